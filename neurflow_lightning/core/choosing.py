"""The attribution method of a layer pair, chosen by what predicts knockouts there.

A core neuron is defined by what its knockout does (Def. 3 of the paper); attributions stand in for
that, and which of them stands in best depends on what lies between the layers: behind a LayerNorm
of the residual stream integrated gradients fail, behind a saturated function the gradient does. So
for a few upper neurons and a few of their patches

1. lower neurons to knock out are drawn, alone and in sets: some at random, some of those that the
   cheap methods name;
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
from neurflow_lightning.core.memory import in_batches
from neurflow_lightning.core.methods import PATH_ATTRIBUTIONS, method_name
from neurflow_lightning.core.selection import ranked
from neurflow_lightning.core.study import ChosenMethod
from neurflow_lightning.core.tracing import UntraceableError
from neurflow_lightning.types import SegmentAttribution

MARGIN = 0.02
"""By how much a dearer method has to be better, in correlation, to be taken."""

NEURONS = 2
"""Upper neurons for which methods are compared."""

PATCHES = (2, 6)
"""Patches of each: an eighth of the concept, but no fewer and no more than these."""

SETS = 12
"""Knockouts of single neurons, and of sets of several sizes."""

FIRST = 8
"""Knockouts, both of single neurons and of sets, that suffice where they agree with the cheapest
method."""

SET_SIZES = (4, 8, 16)
"""Neurons in a set."""

CANDIDATES = ("gradient", "norm-held-gradient", "norm-held", "ig")
"""What is chosen from, the cheapest first."""

NAMING = ("gradient", "ig")
"""Those whose neurons are knocked out, as far as they have been tried."""

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
    """

    method: PathAttribution
    correlation: float
    compared: Mapping[str, float]


class AutomaticAttribution:
    """The cheapest method whose attributions predict knockouts as well as the best one's.

    In an analysis the choice is made once for a layer pair; called with a request, it is made for
    that request.
    """

    name = "auto"

    def __call__(self, request: AttributionRequest) -> Tensor:
        """(B, C') attributions by the method that is chosen for these inputs."""
        return self.choose(request)(request)

    def choose(self, request: AttributionRequest) -> PathAttribution:
        """The method for these inputs."""
        return choose_method([request]).method


def chosen_for(work: LayerWork) -> ChosenMethod:
    """The method of a layer pair, chosen or as it was asked for, with what a snapshot records.

    Args:
        work: the layer's neurons, the most important first.
    """
    study = work.study
    method: AttributionMethod = study.attribution
    if not isinstance(method, AutomaticAttribution):
        return ChosenMethod(method, _record(method, study.config.nodes))
    k = work.patches.shape[1]
    columns = np.linspace(0, k - 1, min(max(k // 8, PATCHES[0]), PATCHES[1], k))
    requests = [
        work.request(int(neuron), patches[columns.astype(int)])
        for neuron, patches in zip(work.neurons[:NEURONS], work.patches[:NEURONS], strict=True)
    ]
    with study.arithmetic():
        choice = choose_method(requests)
    record = replace(
        _record(choice.method, study.config.nodes),
        correlation=choice.correlation,
        compared=choice.compared,
        margin=MARGIN,
    )
    return ChosenMethod(choice.method, record)


def _record(method: AttributionMethod, nodes: int) -> SegmentAttribution:
    if not isinstance(method, PathAttribution):
        return SegmentAttribution(method_name(method), 0)
    path = 1 if method.at_input else method.nodes or nodes
    return SegmentAttribution(method_name(method), path, method.hold)


def choose_method(requests: Sequence[AttributionRequest]) -> Choice:
    """The cheapest candidate within :data:`MARGIN` of the best one.

    Args:
        requests: for at least one upper neuron of one segment, each with at least one input.

    Where no knockout has any effect there is nothing to tell methods apart, and the correlation is
    NaN: integrated gradients are taken.
    """
    requests = [replace(request, batch_size=max(len(request), 1)) for request in requests]
    has_norms = any(_has_norms(request) for request in requests)
    candidates = [
        PATH_ATTRIBUTIONS[name]
        for name in CANDIDATES
        if has_norms or not PATH_ATTRIBUTIONS[name].hold
    ]
    found = {candidates[0]: _tried(candidates[0], requests)}
    cheapest = found[candidates[0]]
    if cheapest is not None:
        trials = _trials(requests, [cheapest])
        first = _mean_correlation(trials, cheapest, FIRST)
        if first >= 1 - MARGIN:
            return Choice(candidates[0], first, {method_name(candidates[0]): first})
    found |= {one: _tried(one, requests) for one in candidates[1:]}
    naming = [found[one] for one in candidates if method_name(one) in NAMING]
    trials = _trials(requests, [one for one in naming if one is not None])
    compared: dict[PathAttribution, float] = {}
    for candidate in candidates:
        values = found[candidate]
        if values is not None:
            compared[candidate] = _mean_correlation(trials, values, None)
    names = {method_name(method): value for method, value in compared.items()}
    known = {method: value for method, value in compared.items() if not math.isnan(value)}
    if not known:
        return Choice(PATH_ATTRIBUTIONS["ig"], math.nan, names)
    best = max(known.values())
    method = next(method for method, value in known.items() if value >= best - MARGIN)
    return Choice(method, known[method], names)


def _trials(
    requests: Sequence[AttributionRequest], named_by: Sequence[Sequence[Values]]
) -> list[_Trial]:
    return [
        _Trial.of(request, [values[place] for values in named_by])
        for place, request in enumerate(requests)
    ]


def _has_norms(request: AttributionRequest) -> bool:
    part = request.part(range(min(len(request), 2)))
    with torch.no_grad(), GateMode(("norm",)) as recorded:
        part.response(part.lower)
    return bool(recorded.factors)


def _tried(method: PathAttribution, requests: Sequence[AttributionRequest]) -> list[Values] | None:
    """(C',) weights for each request; ``None`` where the method cannot be used."""
    try:
        return [weights(method(one)).astype(np.float64) * one.positions for one in requests]
    except (NotApplicableError, UntraceableError):
        return None


def _mean_correlation(
    trials: Sequence[_Trial], values: Sequence[Values], count: int | None
) -> float:
    """Over the upper neurons, of the first ``count`` knockouts or all."""
    return _mean([trial.correlation(own, count) for trial, own in zip(trials, values, strict=True)])


@dataclass(eq=False)
class _Trial:
    """Knockouts for one upper neuron, run when they are asked for.

    Attributes:
        request: for the neuron.
        knockouts: the lower neurons of each, single ones and sets in turn.
    """

    request: AttributionRequest
    knockouts: Sequence[list[int]]
    _effects: list[float] = field(default_factory=list)

    @staticmethod
    def of(request: AttributionRequest, named_by: Sequence[Values]) -> _Trial:
        """Draw the knockouts."""
        random = np.random.default_rng([request.seed, request.neuron, request.width])
        singles = _singles(request.width, named_by, random)
        sets = _sets(request.width, named_by, random)
        pairs = zip_longest(singles, sets)
        return _Trial(request, [one for pair in pairs for one in pair if one is not None])

    def correlation(self, weights: Values, count: int | None) -> float:
        """Of the summed weights of what was knocked out with the effects.

        Nothing changes where nothing is knocked out: that is a point too. NaN where no knockout has
        an effect.

        Args:
            weights: (C',) by which the effects are to be predicted.
            count: how many knockouts are looked at; ``None`` for all.
        """
        knockouts = self.knockouts[:count]
        known = len(self._effects)
        self._effects += _effects(self.request, knockouts[known:]).tolist()
        sums = np.array([0.0, *(weights[neurons].sum() for neurons in knockouts)])
        effects = np.array([0.0, *self._effects[: len(knockouts)]])
        if not effects.any():
            return math.nan
        return float(np.corrcoef(sums, effects)[0, 1]) if np.ptp(sums) > 0 else 0.0


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


def _effects(request: AttributionRequest, knockouts: Sequence[Sequence[int]]) -> Values:
    """(K,) mean loss of the response by each knockout."""
    if not knockouts:
        return np.empty(0)
    whole = request.without([]).mean()
    rows = max(request.batch_size // len(request), 1)
    found: list[float] = []

    def responses(some: Sequence[Sequence[int]]) -> Tensor:
        lower = request.lower.repeat(len(some), *[1] * (request.lower.ndim - 1))
        for place, neurons in enumerate(some):
            own = lower[place * len(request) : (place + 1) * len(request)]
            own.index_fill_(request.axis, torch.tensor(neurons, device=own.device), 0.0)
        context = tuple(one.repeat(len(some), *[1] * (one.ndim - 1)) for one in request.context)
        with torch.no_grad():
            left = replace(request, lower=lower, context=context).response(lower)
        return whole - left.view(len(some), -1).mean(1)

    for _, losses in in_batches(knockouts, rows, responses):
        found += losses.tolist()
    effects = np.array(found)
    size = float(whole.abs()) or 1.0
    return np.where(np.abs(effects) > ROUNDING * size, effects, 0.0)


def _mean(values: Sequence[float]) -> float:
    known = [value for value in values if not math.isnan(value)]
    return float(np.mean(known)) if known else math.nan
