"""How far an analysis is, and how long it will still take.

What is left is estimated from what was measured: seconds for a patch, and for a neuron of each
layer. How many neurons the layers below will have is not known before they are reached, and is
expected as in a plan.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Mapping, Sequence
from statistics import fmean

Progress = Callable[[str, float, float], None]
"""Called as ``progress(what, done, total)``: seconds since the start, and expected at the end."""


def unseen(what: str, done: float, total: float) -> None:
    """Progress that nobody watches."""


PATCHES = "patches"
"""The stage before all layers: running the target's patches through the network."""

STABILITY = "stability"
"""The stage after all layers: making the circuit again with other images."""


def most_neurons(
    layers: Sequence[str], widths: Mapping[str, int], first: int, tau: int, most: int | None
) -> dict[str, int]:
    """Layer → the most core neurons it can have, deep to shallow.

    Args:
        layers: deep to shallow.
        widths: layer → its neurons.
        first: neurons of the deepest of them.
        tau: core neurons of each neuron at most.
        most: neurons kept in a layer at most.

    >>> most_neurons(["fc", "high", "low"], {"fc": 10, "high": 64, "low": 32}, 1, 8, None)
    {'fc': 1, 'high': 8, 'low': 32}
    """
    found = {}
    count = first
    for layer in layers:
        count = min(count, widths[layer], most or count)
        found[layer] = count
        count *= tau
    return found


class Work:
    """The stages of an analysis, told to whoever watches.

    Args:
        progress: told after each step.
        targets: how many circuits there will be.
        neurons: (layer, its neurons) → layer → neurons expected in it and below, deep to shallow,
            as far as they cost anything.
        clock: seconds.
    """

    def __init__(
        self,
        progress: Progress,
        targets: int,
        neurons: Callable[[str | None, int], Mapping[str, int]],
        clock: Callable[[], float] = time.perf_counter,
    ) -> None:
        self._progress, self._neurons, self._clock = progress, neurons, clock
        self._targets_left = targets
        self._begun = self._stage_begun = clock()
        self._told = -math.inf
        self._seconds_each: dict[str, float] = {}
        self._left: Mapping[str, int] = {}
        self._patches = 0

    def begin_target(self, patches: int) -> None:
        """The next target begins with its patches; 0 where they have been run before."""
        self._targets_left -= 1
        self._patches = max(self._patches, patches)
        self._left = self._neurons(None, 1)
        self._stage_begun = self._clock()

    def begin_layer(self, layer: str, neurons: int) -> None:
        """A layer whose neurons are now known."""
        self._left = self._neurons(layer, neurons)
        self._stage_begun = self._clock()

    def advance(self, what: str, stage: str, done: int, count: int) -> None:
        """``done`` of ``count`` patches or neurons of a stage, told under the name ``what``."""
        now = self._clock()
        if now - self._told < _SOONEST and done < count:
            return
        self._told = now
        if done > 1 or count == 1:  # the first one also pays for what all of them share
            self._seconds_each[stage] = (now - self._stage_begun) / done
        left = self._expected(stage, count - done)
        left += sum(self._expected(one, many) for one, many in self._left.items() if one != stage)
        left += self._targets_left * self._whole_target()
        self._progress(what, now - self._begun, now - self._begun + left)

    def _whole_target(self) -> float:
        patches = self._seconds_each.get(PATCHES, 0.0) * self._patches
        return patches + sum(self._expected(*one) for one in self._neurons(None, 1).items())

    def _expected(self, layer: str, neurons: int) -> float:
        """Of an unknown layer what the known ones take, or a guess from the patches."""
        known = [seconds for stage, seconds in self._seconds_each.items() if stage != PATCHES]
        guess = fmean(known) if known else self._seconds_each.get(PATCHES, 0.0) * _NEURON_IN_PATCHES
        return self._seconds_each.get(layer, guess) * neurons


_SOONEST = 0.1  # seconds between two reports: several neurons come out at once

_NEURON_IN_PATCHES = 10  # attributing a neuron takes about as long as running this many patches
