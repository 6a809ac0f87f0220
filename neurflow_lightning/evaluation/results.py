"""What evaluations found: frozen values of numbers and names, without torch."""

from __future__ import annotations

import dataclasses
import math
from dataclasses import dataclass, field
from typing import Any, Literal

from neurflow_lightning.evaluation.statistics import UNKNOWN, Interval

Mode = Literal["mask", "retain"]
Reach = Literal["single", "cumulative"]


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a way of choosing neurons came to.

    Attributes:
        method: its name.
        value: in the same unit as what it is compared with; NaN where it could not be used.
        reason: why it could not be used; empty where it could.
    """

    method: str
    value: float
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Optimality:
    """How much knockouts change concepts: of core neurons, of random sets and of the best sets.

    All overlaps are shares of a concept's patches that stay in it, in [0, 1]; less is better.
    Intervals resample the upper neurons; fewer than five have none, and no verdict.

    Attributes:
        upper, lower: the layers.
        size: neurons in a set (τ, or fewer where a neuron has fewer core neurons).
        neurons: upper neurons looked at, of all targets.
        sets: random sets for each.
        core: mean overlap without the core neurons.
        random: mean overlap without a random set of the lower layer.
        gain: mean of ``random`` minus ``core``, neuron by neuron: above 0, core neurons matter
            more than random ones.
        won: share of neurons whose core set leaves less than its random sets do on average, with
            Wilson's interval.
        beaten: mean share of random sets that leave more than the core set; half of the equal.
        rivals: mean overlap without sets of the same size that others chose.
        searched: upper neurons for which better sets were searched.
        core_searched: mean overlap of the core sets of these neurons alone; NaN without a search.
        greedy: mean overlap of the sets that greedy search found for these; NaN without a search.
        candidates: among how many lower neurons greedy search looked, the highest scores first.
        exhaustive: mean overlap of the best of all sets; NaN where there were too many.
        combinations: how many sets of this size there are.
    """

    upper: str
    lower: str
    size: int
    neurons: int
    sets: int
    core: Interval
    random: Interval
    gain: Interval
    won: Interval
    beaten: Interval
    rivals: tuple[Chosen, ...]
    searched: int
    core_searched: float
    greedy: float
    candidates: int
    exhaustive: float
    combinations: int


@dataclass(frozen=True, slots=True)
class Compared:
    """A number of the network, and what becomes of it.

    Attributes:
        whole: of the untouched network.
        core: with the core treated.
        random: with random sets treated, in the mean.
        gain: how much more the core matters: random minus core when masking, core minus random
            when retaining.
    """

    whole: float
    core: float
    random: float
    gain: Interval


@dataclass(frozen=True, slots=True)
class Fidelity:
    """What the network still does for one target without, or with nothing but, a layer's core.

    Intervals resample the images (own and other ones apart) and the random sets.

    Attributes:
        target, name: the class.
        layer: where neurons are set to 0.
        tau: core neurons a neuron may have.
        mode: ``"mask"`` sets the core to 0, ``"retain"`` all others.
        reach: ``"single"`` does that in this layer, ``"cumulative"`` also in all deeper ones but
            the logits.
        neurons: neurons of the core that were used.
        core_neurons: the layer's core neurons: more than ``neurons`` where they fill more than half
            of the layer; then the most important ones are used, so that as many others exist.
        width: neurons of the layer.
        sets: random sets, all outside of the core used and as large.
        accuracy: the mean of the share of the target's images that are taken for it and of the
            share of other images that are not; NaN where there are no other images.
        logit: the target's mean logit on its own images.
        rivals: the accuracy with sets of the same size that others chose (``"single"`` only).
    """

    target: int
    name: str
    layer: str
    tau: int
    mode: Mode
    reach: Reach
    neurons: int
    core_neurons: int
    width: int
    sets: int
    accuracy: Compared
    logit: Compared
    rivals: tuple[Chosen, ...] = ()


@dataclass(frozen=True, slots=True)
class WeightFidelity:
    """Does the summed attribution of a set tell what its knockout does.

    Attributes:
        upper, lower: the layers.
        size: neurons in a set.
        method: of attribution.
        neurons: upper neurons looked at, of all targets.
        sets: random sets for each.
        pearson, spearman: mean correlation over the upper neurons of summed attribution and
            effect, both means over the neuron's concept, with intervals that resample the neurons.
        told: neurons for which there is a correlation: neither side of it is constant.
        seconds: that the method took for each patch, run as a function, neuron by neuron; what an
            analysis folds or shares is faster.
        reason: why the method could not be used here; empty where it could.
    """

    upper: str
    lower: str
    size: int
    method: str
    neurons: int
    sets: int
    pearson: Interval = UNKNOWN
    spearman: Interval = UNKNOWN
    told: int = 0
    seconds: float = field(default=math.nan, compare=False)
    reason: str = ""


@dataclass(frozen=True, eq=False)
class EvaluationReport:
    """What the evaluations of one snapshot found.

    Attributes:
        targets: (index, name) of every circuit evaluated.
        layers: shallow to deep.
        images: on which the masked network was tried; of these ``own`` is each target's share.
        own: target index → images of it.
        settings: as they were used.
        optimality, fidelity, weights: empty where that was not asked for.
        notes: what could not be compared, and why.
        seconds: by evaluation.
    """

    targets: tuple[tuple[int, str], ...]
    layers: tuple[str, ...]
    images: int
    own: tuple[tuple[int, int], ...]
    settings: dict[str, Any]
    optimality: tuple[Optimality, ...] = ()
    fidelity: tuple[Fidelity, ...] = ()
    weights: tuple[WeightFidelity, ...] = ()
    notes: tuple[str, ...] = ()
    seconds: tuple[tuple[str, float], ...] = ()

    def content(self) -> dict[str, Any]:
        """Plain values, for JSON: the fields as they are, and each comparison's verdict."""
        values = dataclasses.asdict(self)
        for one, row in zip(values["optimality"], self.optimality, strict=True):
            one["beats_random"] = row.gain.verdict
        for one, found in zip(values["fidelity"], self.fidelity, strict=True):
            one["accuracy"]["beats_random"] = found.accuracy.gain.verdict
            one["logit"]["beats_random"] = found.logit.gain.verdict
        return values
