"""The time that an analysis may take, shared out among its targets, layers and neurons.

Each target gets an equal part of the time that is left, each layer of a target a part by what its
neurons are expected to cost. Unused time passes to the layers below.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from neurflow_lightning.errors import ConfigError
from neurflow_lightning.types import Snapshot

Clock = Callable[[], float]

FIRST = 4
"""Neurons by which it is measured what the others of a layer will cost."""

NEURONS = 0.85
"""Part of a target's time for its neurons; grouping them and their stability take the rest."""

SHARE = 0.7
"""Part of a layer's time that the next neurons may be expected to take."""

_LEAST = 1e-9  # seconds: a clock may not have ticked


def deadline_in(
    seconds: float | None, like: Snapshot | None = None, clock: Clock = time.perf_counter
) -> float | None:
    """The moment by which an analysis has to end that begins now; ``None`` without a limit.

    Raises:
        ConfigError: for ``seconds`` that are not positive, or that are given beside a snapshot
            which the new one shall be ``like``.
    """
    if seconds is None:
        return None
    if like is not None:
        raise ConfigError(
            "like= already sets how many neurons are expanded, as many as the snapshot has: drop "
            "seconds."
        )
    is_number = isinstance(seconds, int | float) and not isinstance(seconds, bool)
    if not is_number or not 0 < seconds < math.inf:
        raise ConfigError(f"seconds={seconds!r}: expected a positive number, or None for no limit.")
    return clock() + seconds


@dataclass(frozen=True)
class TimeLimit:
    """The time of one target.

    Attributes:
        until: the moment by which its circuit has to be there.
        costs: layer → the seconds that its neurons are expected to take, deep to shallow.
    """

    until: float
    costs: Mapping[str, float]

    @classmethod
    def shared(
        cls,
        deadline: float,
        targets: int,
        costs: Mapping[str, float],
        clock: Clock = time.perf_counter,
    ) -> TimeLimit:
        """The limit of the next of several targets that share the time left.

        >>> TimeLimit.shared(22.0, 2, {"fc": 1.0}, clock=lambda: 2.0).until
        10.5
        """
        moment = clock()
        return cls(moment + NEURONS * (deadline - moment) / targets, costs)

    def until_layer(self, layer: str, clock: Clock = time.perf_counter) -> float:
        """The deadline of a layer that starts now.

        >>> TimeLimit(10.0, {"fc": 1.0, "high": 3.0}).until_layer("fc", clock=lambda: 2.0)
        4.0
        """
        moment = clock()
        layers = list(self.costs)
        left = sum(self.costs[one] for one in layers[layers.index(layer) :])
        return moment + (self.until - moment) * self.costs[layer] / left


def portions(count: int, until: float | None, clock: Clock = time.perf_counter) -> Iterator[slice]:
    """Parts of a layer's neurons, one after the other, as long as there is time.

    A first few show what a neuron costs; each further part may use most of the time left. Without a
    limit all neurons are one part. There is always a first one.

    >>> list(portions(10, None))
    [slice(0, 10, None)]
    """
    if until is None:
        yield slice(0, count)
        return
    begun = clock()
    done, size = 0, min(FIRST if begun < until else 1, count)
    while size > 0:
        yield slice(done, done + size)
        done += size
        each = max((clock() - begun) / done, _LEAST)
        size = min(int(SHARE * (until - clock()) / each), count - done)
