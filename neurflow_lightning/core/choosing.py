"""The attribution method of each layer pair, chosen by what predicts knockouts there.

A core neuron is defined by what its knockout does (Def. 3 of the paper); attributions stand in for
that, and which method predicts best depends on what lies between the layers: behind a LayerNorm
of the residual stream integrated gradients fail, behind a saturated function the gradient does. So
for a few upper neurons and a few of their patches

1. lower neurons to knock out are drawn, alone and in sets: some at random, some of the most active
   ones and of those that a method names;
2. the effect of each knockout on the upper neuron is measured by running the segment without it;
3. a method's *correlation* is Pearson's, of the summed attributions of what was knocked out with
   the effects; the mean over the upper neurons;
4. the cheapest method within :data:`MARGIN` of the best one is taken. Where the cheapest agrees
   with the first knockouts so well that none could be better by more than that, no other is tried.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import zip_longest

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from neurflow_lightning.core.attribution import (
    AttributionMethod,
    AttributionRequest,
    NotApplicableError,
    PathAttribution,
    weights,
)
from neurflow_lightning.core.gates import GateMode
from neurflow_lightning.core.layer_work import LayerWork
from neurflow_lightning.core.layers import response
from neurflow_lightning.core.memory import in_batches
from neurflow_lightning.core.methods import PATH_ATTRIBUTIONS, attributed, method_name
from neurflow_lightning.core.selection import ranked
from neurflow_lightning.core.study import ChosenMethod, Study
from neurflow_lightning.core.sweep import Sweep
from neurflow_lightning.core.tracing import UntraceableError
from neurflow_lightning.types import PREDICTS, IntArray, NeuronId, SegmentAttribution

MARGIN = 0.02
"""By how much a dearer method has to be better, in correlation, to be taken."""

NEURONS = 2
"""Upper neurons for which methods are compared."""

PATCHES = (2, 6)
"""Patches: an eighth of a concept, but no fewer and no more than these."""

SETS = 12
"""Knockouts of single neurons, and of sets of several sizes."""

FIRST = 8
"""Knockouts, both of single neurons and of sets, that suffice where they agree with the cheapest
method."""

SET_SIZES = (4, 8, 16)
"""Neurons in a set."""

CANDIDATES = ("gradient", "norm-held-gradient", "norm-held", "ig")
"""What is chosen from, the cheapest first."""

ROUNDING = 1e-6
"""An effect that is a smaller share of the response is none: it could be rounding."""

Values = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Choice:
    """The method that was chosen.

    Attributes:
        method: the method.
        correlation: its own.
        compared: name → correlation, of all that were tried.
        weights: (C',) attributions by it for each request, summed; ``None`` where it gave none.
    """

    method: AttributionMethod
    correlation: float
    compared: Mapping[str, float]
    weights: Sequence[Values] | None


class AutomaticAttribution:
    """The cheapest method whose attributions predict knockouts as well as the best one's.

    In an analysis the choice is made once for a layer pair (:func:`choose_methods`); called with a
    request, it is made for that request.
    """

    name = "auto"

    def __call__(self, request: AttributionRequest) -> Tensor:
        """(B, C') attributions by the method that is chosen for these inputs."""
        return self.choose(request)(request)

    def choose(self, request: AttributionRequest) -> AttributionMethod:
        """The method for these inputs."""
        return choose_method([request]).method


def choose_methods(study: Study, swept: Sweep, target: NeuronId) -> dict[str, ChosenMethod]:
    """Upper layer → how its neurons are attributed to the layer below.

    A method that was asked for, or chosen before (``study.chosen``), is kept; how well it predicts
    knockouts is measured with the present weights all the same.

    Args:
        study: the network and the probe set.
        swept: the pass over the target's patches.
        target: from which the choice goes down, by the most important neurons of each layer.
    """
    asked = None
    if not isinstance(study.attribution, AutomaticAttribution):
        asked = ChosenMethod(study.attribution, _record(study.attribution, study.config.nodes))
    found: dict[str, ChosenMethod] = {}
    neurons = [target.index]
    for segment in reversed(study.segments):
        patches = np.stack([swept.top[segment.upper].concept(one).patches for one in neurons])
        work = LayerWork(study, swept, segment, np.array(neurons), patches)
        found[segment.upper], neurons = _chosen(work, study.chosen.get(segment.upper, asked))
    return found


def _chosen(work: LayerWork, before: ChosenMethod | None) -> tuple[ChosenMethod, list[int]]:
    """The method of a layer pair, and the lower neurons to go on with."""
    config = work.study.config
    first = work.request(int(work.neurons[0]), _rows(work))
    requests = [replace(first, neuron=neuron) for neuron in work.neurons.tolist()]
    with work.study.arithmetic():
        choice = choose_method(requests) if before is None else measured(before.method, requests)
    lower = _most_important(choice.weights, first.width)
    if before is not None:
        # What it was compared with belongs to the weights of then.
        record = replace(before.record, correlation=choice.correlation, compared={})
        return ChosenMethod(before.method, record), lower
    record = replace(
        _record(choice.method, config.nodes),
        correlation=choice.correlation,
        compared=choice.compared,
        margin=MARGIN,
    )
    return ChosenMethod(choice.method, record), lower


def _most_important(weights: Sequence[Values] | None, width: int) -> list[int]:
    """The neurons with the largest weights; the first ones where there are none."""
    sizes = np.zeros(width) if weights is None else np.sum([np.abs(one) for one in weights], 0)
    return [int(one) for one in ranked(sizes, min(NEURONS, width))]


def patches_compared(k: int) -> int:
    """On how many of the patches of a concept methods are compared."""
    return min(max(k // 8, PATCHES[0]), PATCHES[1])


def _rows(work: LayerWork) -> IntArray:
    """The patches on which the neurons are most active, of each in turn."""
    count = patches_compared(work.patches.shape[1])
    in_turn = work.patches.T.ravel().tolist()
    return np.array(list(dict.fromkeys(in_turn))[:count])


def _record(method: AttributionMethod, nodes: int) -> SegmentAttribution:
    if not isinstance(method, PathAttribution):
        return SegmentAttribution(method_name(method), 0)
    path = 1 if method.at_input else method.nodes or nodes
    return SegmentAttribution(method_name(method), path, method.hold)


def choose_method(requests: Sequence[AttributionRequest]) -> Choice:
    """The cheapest candidate within :data:`MARGIN` of the best one.

    Args:
        requests: for at least one upper neuron of one segment, all with the same inputs.

    Where no knockout has any effect the methods cannot be compared, and the correlation is
    NaN: integrated gradients are taken.
    """
    has_norms = _has_norms(requests[0])
    candidates = [
        PATH_ATTRIBUTIONS[name]
        for name in CANDIDATES
        if has_norms or not PATH_ATTRIBUTIONS[name].hold
    ]
    first = candidates[0]
    found = {first: _tried(first, requests)}
    trial = _Trial.of(requests, found[first] or ())
    if (agreement := trial.correlation(found[first], FIRST)) >= 1 - MARGIN:
        return Choice(first, agreement, {method_name(first): agreement}, found[first])
    found |= {method: _tried(method, requests) for method in candidates[1:]}
    naming = [one for method in candidates if not method.hold for one in found[method] or ()]
    trial = _Trial.of(requests, naming)
    tried = {method: values for method, values in found.items() if values is not None}
    compared = {method: trial.correlation(values, None) for method, values in tried.items()}
    names = {method_name(method): value for method, value in compared.items()}
    known = {method: value for method, value in compared.items() if not math.isnan(value)}
    if not known:
        ig = PATH_ATTRIBUTIONS["ig"]
        return Choice(ig, math.nan, names, found[ig])
    best = max(known.values())
    method = next(method for method, value in known.items() if value >= best - MARGIN)
    return Choice(method, known[method], names, found[method])


def measured(method: AttributionMethod, requests: Sequence[AttributionRequest]) -> Choice:
    """A method and how well it predicts knockouts, with none to compare it with.

    Args:
        method: any method.
        requests: for at least one upper neuron of one segment, all with the same inputs.
    """
    values = _tried(method, requests)
    trial = _Trial.of(requests, values or ())
    correlation = trial.correlation(values, FIRST)
    if not correlation >= PREDICTS:
        correlation = trial.correlation(values, None)
    return Choice(method, correlation, {method_name(method): correlation}, values)


def _has_norms(request: AttributionRequest) -> bool:
    part = request.part(range(min(len(request), 2)))
    with torch.no_grad(), GateMode(("norm",)) as recorded:
        part.response(part.lower)
    return bool(recorded.factors)


def _tried(
    method: AttributionMethod, requests: Sequence[AttributionRequest]
) -> list[Values] | None:
    """(C',) weights for each request; ``None`` where the method cannot be used."""
    try:
        return [
            weights(attributed(method, one)).astype(np.float64) * one.positions for one in requests
        ]
    except (NotApplicableError, UntraceableError):
        return None


@dataclass(eq=False)
class _Trial:
    """Knockouts of lower neurons, run when they are asked for.

    Attributes:
        requests: for A upper neurons, with the same inputs.
        knockouts: the lower neurons of each, single ones and sets in turn.
    """

    requests: Sequence[AttributionRequest]
    knockouts: Sequence[list[int]]
    _effects: list[Values] = field(default_factory=list)

    @staticmethod
    def of(requests: Sequence[AttributionRequest], named_by: Sequence[Values]) -> _Trial:
        """Draw the knockouts: some at random, some of the most active and the named neurons."""
        first = requests[0]
        loudness = first.by_neuron(first.lower.abs()).mean(0).double().cpu().numpy()
        named_by = [loudness, *named_by]
        random = np.random.default_rng([first.seed, first.neuron, first.width])
        singles = _singles(first.width, named_by, random)
        sets = _sets(first.width, named_by, random)
        pairs = zip_longest(singles, sets)
        return _Trial(requests, [one for pair in pairs for one in pair if one is not None])

    def correlation(self, weights: Sequence[Values] | None, count: int | None) -> float:
        """Of the summed weights of what was knocked out with the effects, mean over the neurons.

        Nothing changes where nothing is knocked out: that is a point too. NaN without weights, or
        where no knockout has an effect.

        Args:
            weights: (C',) of each upper neuron.
            count: how many knockouts are looked at; ``None`` for all.
        """
        if weights is None:
            return math.nan
        knockouts = self.knockouts[:count]
        self._effects += _effects(self.requests, knockouts[len(self._effects) :])
        effects = np.stack([np.zeros(len(self.requests)), *self._effects[: len(knockouts)]])
        found = []
        for own, effect in zip(weights, effects.T, strict=True):
            sums = np.array([0.0, *(own[neurons].sum() for neurons in knockouts)])
            if effect.any():
                found.append(np.corrcoef(sums, effect)[0, 1] if np.ptp(sums) > 0 else 0.0)
        return float(np.mean(found)) if found else math.nan


def _singles(
    width: int, named_by: Sequence[Values], random: np.random.Generator
) -> list[list[int]]:
    if width <= SETS:
        return [[neuron] for neuron in range(width)]
    named = _named(named_by, SETS // (2 * max(len(named_by), 1)))
    others = np.setdiff1d(np.arange(width), named)
    drawn = random.choice(others, max(SETS - len(named), 0), replace=False)
    return [[int(neuron)] for neuron in (*named, *drawn)]


def _sets(width: int, named_by: Sequence[Values], random: np.random.Generator) -> list[list[int]]:
    """Half of each set are neurons that a method names, as far as there are other neurons."""
    sizes = [size for size in SET_SIZES if size < width] or [
        size for size in (2, 3) if size <= width
    ]
    found = []
    for place in range(SETS if width > 2 else len(sizes)):
        size = sizes[place % len(sizes)]
        named = _named(named_by, size)
        some = random.choice(named, min(size // 2, len(named)), replace=False)
        rest = np.setdiff1d(np.arange(width), some)
        drawn = random.choice(rest, min(size - len(some), len(rest)), replace=False)
        found.append(sorted(int(neuron) for neuron in (*some, *drawn)))
    return found


def _named(named_by: Sequence[Values], each: int) -> list[int]:
    """The neurons with the largest weights by each method, once."""
    return list(dict.fromkeys(one for found in named_by for one in ranked(np.abs(found), each)))


def _effects(
    requests: Sequence[AttributionRequest], knockouts: Sequence[Sequence[int]]
) -> list[Values]:
    """(A,) mean loss of each upper neuron's response, by each knockout."""
    first = requests[0]
    rows = len(first)
    axis = first.network.channel_axes[first.segment.upper]
    neurons = [request.neuron for request in requests]

    def responses(some: Sequence[Sequence[int]]) -> Tensor:
        lower = first.lower.repeat(len(some), *[1] * (first.lower.ndim - 1))
        for place, knocked_out in enumerate(some):
            own = lower[place * rows : (place + 1) * rows]
            own.index_fill_(first.axis, torch.tensor(knocked_out, device=own.device).long(), 0.0)
        context = tuple(one.repeat(len(some), *[1] * (one.ndim - 1)) for one in first.context)
        with torch.no_grad():
            found = response(first.segment.run(lower, context), axis)[:, neurons]
        return found.double().view(len(some), rows, -1).mean(1)

    if not knockouts:
        return []
    whole = responses([[]])[0]
    at_once = max(first.batch_size // rows, 1)
    losses = torch.cat([whole - left for _, left in in_batches(knockouts, at_once, responses)])
    is_effect = losses.abs() > ROUNDING * whole.abs()
    return list(torch.where(is_effect, losses, 0.0).cpu().numpy())
