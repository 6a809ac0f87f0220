"""Fidelity of weights: does the summed attribution of a set tell what its knockout does.

For an upper neuron ``a`` with its concept ``V_a`` and random sets ``S`` of lower neurons:

- the *effect* of S is the mean over V_a of what the neuron's activation loses when S is knocked
  out;
- the *weight* of S is the sum over S of each neuron's mean attribution over V_a.

Over many sets of one size the two are correlated, for each method of attribution. A linear segment
gives 1 for every method that is exact there. Methods that give no attribution but a ranking (the
magnitude of activations, for one) are measured in the same way; nothing says that their sums mean
anything, and that is what is measured.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from neurflow_lightning.core.attribution import (
    AttributionMethod,
    AttributionRequest,
    NotApplicableError,
    weights,
)
from neurflow_lightning.core.machine import now
from neurflow_lightning.core.methods import find_method
from neurflow_lightning.core.segments import Segment
from neurflow_lightning.evaluation.knockouts import Knockouts
from neurflow_lightning.evaluation.results import WeightFidelity
from neurflow_lightning.evaluation.settings import EvaluationSettings
from neurflow_lightning.evaluation.statistics import (
    Values,
    bootstrap_mean,
    known_mean,
    pearson,
    spearman,
)
from neurflow_lightning.evaluation.subject import Subject, random_set
from neurflow_lightning.method_names import AUTO
from neurflow_lightning.types import CoreNeuron, IntArray

ROUNDING = 1e-6
"""An effect that is a smaller share of the activation is none: it could be rounding."""


@dataclass(frozen=True, slots=True)
class Correlation:
    """Of one upper neuron, size of sets and method.

    Attributes:
        upper, lower: the layers.
        size: neurons in a set.
        method: of attribution.
        pearson, spearman: NaN where either side is constant.
        seconds: that the method took, for each patch.
        reason: why the method could not be used.
    """

    upper: str
    lower: str
    size: int
    method: str
    pearson: float = math.nan
    spearman: float = math.nan
    seconds: float = math.nan
    reason: str = ""


def measure_weights(
    subject: Subject, settings: EvaluationSettings, notes: set[str]
) -> Iterator[Correlation]:
    """Every neuron, size and method of one circuit, deep to shallow.

    Args:
        subject: the circuit and its network.
        settings: which methods and sizes, and how many neurons and sets.
        notes: told which sizes a layer is too small for.
    """
    for segment in subject.segments():
        nodes = subject.upper_neurons(segment, settings.neurons)
        width = subject.study.network.widths[segment.lower]
        sizes = [size for size in settings.set_sizes if size < width]
        if len(sizes) < len(settings.set_sizes):
            notes.add(f"{segment.lower}: {width} neurons are too few for the largest sets")
        random = np.random.default_rng([settings.seed, subject.circuit.target.index, width, 1])
        sets = {
            size: [random_set(random, width, size) for _ in range(settings.weight_sets)]
            for size in sizes
        }
        own = subject.method(segment)
        for node in nodes:
            effects = _effects(subject, segment, node, sets)
            concept = node.concept.patches
            request = subject.request(segment, node.id.index, concept, settings.seed)
            for name in settings.methods:
                method = own if name == AUTO else find_method(name)
                yield from _of_method(request, name, method, sets, effects)


def summarise(
    found: Sequence[Correlation], settings: EvaluationSettings
) -> tuple[WeightFidelity, ...]:
    """A row for each layer pair, size and method, over all targets."""
    keys = dict.fromkeys((one.upper, one.lower, one.size, one.method) for one in found)
    groups: dict[tuple[str, str, int, str], list[Correlation]] = {key: [] for key in keys}
    for one in found:
        groups[one.upper, one.lower, one.size, one.method].append(one)
    return tuple(_row(group, settings) for group in groups.values())


def _effects(
    subject: Subject, segment: Segment, node: CoreNeuron, sets: Mapping[int, Sequence[IntArray]]
) -> dict[int, Values]:
    """Size → (sets,) what the neuron's activation loses on its concept, in the mean."""
    rows = np.sort(node.concept.patches)
    knockouts = Knockouts(subject.study, subject.swept, segment, rows, [node.id.index])
    whole = knockouts.without([])
    rounding = ROUNDING * np.abs(whole).mean()
    effects: dict[int, Values] = {}
    for size, drawn in sets.items():
        found = np.array([(whole - knockouts.without(one)).mean() for one in drawn])
        effects[size] = np.where(np.abs(found) > rounding, found, 0.0)
    return effects


def _of_method(
    request: AttributionRequest,
    name: str,
    method: AttributionMethod,
    sets: Mapping[int, Sequence[IntArray]],
    effects: Mapping[int, Values],
) -> Iterator[Correlation]:
    segment, device = request.segment, request.lower.device
    try:
        method(request.part(range(1)))  # what is loaded and compiled at the first call
        start = now(device)
        found = weights(method(request)).astype(np.float64)
    except NotApplicableError as error:
        for size in sets:
            yield Correlation(segment.upper, segment.lower, size, name, reason=str(error))
        return
    seconds = (now(device) - start) / len(request)
    for size, drawn in sets.items():
        sums = np.array([found[one].sum() for one in drawn])
        linear = pearson(sums, effects[size])
        # Ranks tell differences that are nothing but rounding.
        ranked = math.nan if math.isnan(linear) else spearman(sums, effects[size])
        yield Correlation(*(segment.upper, segment.lower, size, name), linear, ranked, seconds)


def _row(found: Sequence[Correlation], settings: EvaluationSettings) -> WeightFidelity:
    random = np.random.default_rng(settings.seed)
    linear = [one.pearson for one in found]
    first = found[0]
    return WeightFidelity(
        *(first.upper, first.lower, first.size, first.method),
        neurons=len(found),
        sets=settings.weight_sets,
        pearson=bootstrap_mean(linear, random),
        spearman=bootstrap_mean([one.spearman for one in found], random),
        told=int(np.sum(~np.isnan(linear))),
        seconds=known_mean([one.seconds for one in found]),
        reason=next((one.reason for one in found if one.reason), ""),
    )
