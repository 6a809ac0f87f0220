"""Which neuron groups fire on an image, and how (step 7 of the algorithm); numpy only.

The *normal level* of a neuron in a group is its mean activation on the patches of the meanings that
the group has of it, which the snapshot stores. On a crop, a group's score is the geometric mean,
over its neurons, of the activation divided by the normal level; on an image, the largest over its
crops. A group *fires* when its score is over a threshold: at 1 its neurons are as active as on
the patches that define it. A neuron that is silent on a crop takes the group's score there nearly
to 0, since all of its neurons are to be active at once.

Source: Cao et al. 2025, NeurFlow, image debugging.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from neurflow_lightning.labels import GroupLabels
from neurflow_lightning.types import (
    Circuit,
    FloatArray,
    GroupEdge,
    GroupId,
    IntArray,
    NeuronGroup,
    frozen_array,
)

Doubles = npt.NDArray[np.float64]

THRESHOLD = 0.8
"""The paper's: a group whose score is over it has fired."""

_TINY = 1e-6  # the paper's: keeps quotient and logarithm finite


def normal_levels(circuit: Circuit, group: NeuronGroup) -> Doubles:
    """(n,) normal level of each of a group's neurons, in the order of ``group.neurons``.

    The mean over all patches of the meanings that the group has of the neuron.
    """
    levels = []
    for neuron in group.neurons:
        node = circuit.neuron(neuron)
        meanings = [
            node.semantic_groups[meaning] for one, meaning in group.members if one == neuron
        ]
        patches = [len(one.patches) for one in meanings]
        levels.append(np.average([one.activation for one in meanings], weights=patches))
    return np.array(levels)


def crop_scores(activations: npt.ArrayLike, normal: npt.ArrayLike) -> Doubles:
    """(…, M) score of a group on every crop, at least 0.

    Args:
        activations: (…, M, n) of its neurons on the crops.
        normal: (n,) their normal levels.

    >>> crop_scores([[2.0, 8.0], [2.0, -1.0]], [1.0, 1.0]).round(3).tolist()
    [4.0, 0.001]
    """
    quotients = np.maximum(np.asarray(activations, np.float64), 0) / (np.abs(normal) + _TINY)
    scores: Doubles = np.exp(np.log(quotients + _TINY).mean(axis=-1))
    return scores


@dataclass(frozen=True, slots=True)
class MaskingEffect:
    """What becomes of the answer when a group's neurons are set to 0 on the image.

    Attributes:
        margin_change: of the margin, the predicted class's logit minus its rival's. Negative where
            the group spoke for the answer given.
        answer: the class that the network then gives.
    """

    margin_change: float
    answer: int


@dataclass(frozen=True, eq=False, repr=False)
class Firing:
    """One neuron group on one image.

    Attributes:
        group: which group of the circuit.
        importance: of the group, in [0, 1].
        score: the largest over the crops, at least 0; at 1 as active as is normal for the group.
        fired: whether the score is over the threshold.
        crops: (m,) the crops that fired it, highest score first; empty when it did not fire.
        crop_scores: (m,) their scores.
        best: the crop of the largest score, whether or not it fired.
        neurons: (n,) index of each of the group's neurons.
        activations: (n,) their activations on the best crop.
        normal: (n,) their normal levels.
        effect: of masking the group; ``None`` where that was not measured.
    """

    group: GroupId
    importance: float
    score: float
    fired: bool
    crops: IntArray
    crop_scores: FloatArray
    best: int
    neurons: IntArray
    activations: FloatArray
    normal: FloatArray
    effect: MaskingEffect | None = None

    def __post_init__(self) -> None:
        for name in ("crops", "neurons"):
            object.__setattr__(self, name, frozen_array(getattr(self, name), np.int64))
        for name in ("crop_scores", "activations", "normal"):
            object.__setattr__(self, name, frozen_array(getattr(self, name), np.float32))

    def __repr__(self) -> str:
        return f"Firing({self.group}, score={self.score:.2f}, fired={self.fired})"


@dataclass(frozen=True, eq=False, repr=False)
class CircuitFiring:
    """One circuit on one image.

    Attributes:
        target: class index.
        name: of the class, any text.
        groups: in the circuit's order, layers deep to shallow.
        path: from the target down, see :func:`strongest_path`.
        shares: :func:`edge_share` of each edge of the path.
    """

    target: int
    name: str
    groups: tuple[Firing, ...]
    path: tuple[GroupEdge, ...]
    shares: tuple[float, ...]

    def __repr__(self) -> str:
        fired = sum(one.fired for one in self.groups)
        return f"CircuitFiring({self.name!r}, {fired} of {len(self.groups)} groups fired)"

    def steps(self) -> tuple[tuple[GroupEdge, float], ...]:
        """The edges of the path from the target down, each with its share."""
        return tuple(zip(self.path, self.shares, strict=True))

    def group(self, group: GroupId) -> Firing:
        """One group; ``KeyError`` when the circuit has none of that id."""
        for one in self.groups:
            if one.group == group:
                return one
        raise KeyError(f"{group} is no neuron group of target {self.name!r}.")

    def below_the_target(self) -> tuple[Firing, ...]:
        """All groups but those of the target itself, most important first."""
        layer = self.groups[0].group.layer if self.groups else ""
        below = [one for one in self.groups if one.group.layer != layer]
        return tuple(sorted(below, key=lambda one: -one.importance))


@dataclass(frozen=True, eq=False, repr=False)
class ImageReport:
    """An image, seen through the circuits of a snapshot.

    Attributes:
        logits: (C,) of the last layer, on the whole image.
        true: the image's class; ``None`` where nobody said.
        circuits: every circuit of the snapshot, in its order.
        class_names: index → name, of the targets, the predicted and true class, and the rival.
        boxes: (M, 4) top, left, height and width of the crops; ``None`` for what is no image.
        threshold: a score over it fires.
        epoch, step: of the snapshot.
        labels: what the groups are called; nothing looks for them, whoever has them puts them in.
    """

    logits: FloatArray
    true: int | None
    circuits: tuple[CircuitFiring, ...]
    class_names: Mapping[int, str]
    boxes: IntArray | None
    threshold: float = THRESHOLD
    epoch: int | None = None
    step: int | None = None
    labels: GroupLabels = field(default_factory=dict)
    _by_target: Mapping[int, CircuitFiring] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "logits", frozen_array(self.logits, np.float32))
        by_target = {one.target: one for one in self.circuits}
        object.__setattr__(self, "_by_target", by_target)

    def __repr__(self) -> str:
        return f"ImageReport(predicted={self.predicted}, true={self.true}, {list(self.circuits)})"

    @property
    def predicted(self) -> int:
        """The class with the largest logit."""
        return int(self.logits.argmax())

    @property
    def is_mistake(self) -> bool:
        """Whether a true class was said, and another is predicted."""
        return self.true is not None and self.true != self.predicted

    @property
    def rival(self) -> int:
        """The class that the margin is measured against: the true one, or else the second best."""
        if self.true is not None and self.is_mistake:
            return self.true
        return int(np.argsort(-self.logits, kind="stable")[1]) if len(self.logits) > 1 else 0

    @property
    def margin(self) -> float:
        """The predicted class's logit minus its rival's, at least 0."""
        return float(self.logits[self.predicted] - self.logits[self.rival])

    def circuit(self, target: int | None) -> CircuitFiring | None:
        """The circuit of a class; ``None`` where the snapshot has none."""
        return None if target is None else self._by_target.get(target)

    @property
    def without_circuit(self) -> tuple[int, ...]:
        """The classes among predicted and true of which the snapshot has no circuit."""
        asked = [self.predicted, *([] if self.true is None else [self.true])]
        return tuple(one for one in dict.fromkeys(asked) if one not in self._by_target)

    @property
    def misleading(self) -> tuple[Firing, ...]:
        """Of a mistake: groups of the predicted class that fired, most important first."""
        circuit = self.circuit(self.predicted) if self.is_mistake else None
        return () if circuit is None else tuple(x for x in circuit.below_the_target() if x.fired)

    @property
    def missing(self) -> tuple[Firing, ...]:
        """Of a mistake: groups of the true class that did not fire, most important first."""
        circuit = self.circuit(self.true) if self.is_mistake else None
        return (
            () if circuit is None else tuple(x for x in circuit.below_the_target() if not x.fired)
        )

    def box(self, crop: int) -> tuple[int, int, int, int] | None:
        """Top, left, height and width of a crop; ``None`` for what is no image."""
        if self.boxes is None:
            return None
        top, left, height, width = self.boxes[crop].tolist()
        return top, left, height, width


def firing(
    circuit: Circuit, group: NeuronGroup, activations: npt.ArrayLike, threshold: float
) -> Firing:
    """One group on one image.

    Args:
        circuit: whose group it is.
        group: the group.
        activations: (M, n) of its neurons, in the order of ``group.neurons``, on the crops.
        threshold: a score over it fires.
    """
    activations = np.asarray(activations)
    normal = normal_levels(circuit, group)
    scores = crop_scores(activations, normal)
    order = np.argsort(-scores, kind="stable")
    over = order[scores[order] > threshold]
    best = int(order[0])
    return Firing(
        group=group.id,
        importance=circuit.group_importance(group),
        score=float(scores[best]),
        fired=len(over) > 0,
        crops=over,
        crop_scores=scores[over].astype(np.float32),
        best=best,
        neurons=np.array([one.index for one in group.neurons]),
        activations=activations[best],
        normal=normal.astype(np.float32),
    )


def strongest_path(
    circuit: Circuit, scores: Mapping[GroupId, float], threshold: float
) -> tuple[GroupEdge, ...]:
    """The path through a circuit along which it was decided, from the target down.

    Among the chains of edges that lead from the target through groups that fired, those that
    reach lowest; of these the one with the largest product of the edges' absolute shares, an
    edge's share being its weight for each member of its upper group. The target's own groups need
    not have fired. Empty when nothing that fired feeds the target.

    Args:
        circuit: the circuit.
        scores: group → score on the image.
        threshold: a score over it fires.
    """
    last = circuit.layers[-1]
    fired = {group for group, score in scores.items() if score > threshold}
    starts = [one.id for one in circuit.layer_groups(last)]
    starts = [one for one in starts if one in fired] or starts
    chains: dict[GroupId, tuple[GroupEdge, ...]] = {}

    def strength(chain: Sequence[GroupEdge]) -> tuple[int, float]:
        return len(chain), math.prod(abs(edge_share(circuit, edge)) for edge in chain)

    for layer in circuit.layers:  # shallow to deep: the chains below a group are known before it
        for group in circuit.layer_groups(layer):
            below = (
                (edge, *chains[edge.source])
                for edge in circuit.edges
                if edge.target == group.id and edge.source in fired
            )
            chains[group.id] = max(below, key=strength, default=())
    return max((chains[one] for one in starts), key=strength, default=())


def edge_share(circuit: Circuit, edge: GroupEdge) -> float:
    """The share of its input that the upper group of an edge gets from the lower one, in [-1, 1].

    The edge's weight for each member of the upper group; with a minus it lowers the group.
    """
    return edge.weight / len(circuit.group(edge.target).members)


def circuit_firing(
    circuit: Circuit, responses: Mapping[str, npt.ArrayLike], threshold: float
) -> CircuitFiring:
    """One circuit on one image.

    Args:
        circuit: the circuit.
        responses: layer → (M, C) responses to the image's crops.
        threshold: a score over it fires.
    """
    groups = tuple(
        firing(circuit, group, np.asarray(responses[group.id.layer])[:, _indices(group)], threshold)
        for group in circuit.groups
    )
    scores = {one.group: one.score for one in groups}
    path = strongest_path(circuit, scores, threshold)
    shares = tuple(edge_share(circuit, edge) for edge in path)
    return CircuitFiring(circuit.target.index, circuit.name, groups, path, shares)


def group_scores(circuit: Circuit, responses: Mapping[str, npt.ArrayLike]) -> Doubles:
    """(N, G) score of every group of a circuit on every image.

    Args:
        circuit: the circuit.
        responses: layer → (N, M, C) responses to the images' crops.
    """
    columns = [
        crop_scores(
            np.asarray(responses[group.id.layer])[..., _indices(group)],
            normal_levels(circuit, group),
        ).max(axis=-1)
        for group in circuit.groups
    ]
    return np.stack(columns, axis=-1)


def _indices(group: NeuronGroup) -> list[int]:
    return [one.index for one in group.neurons]
