"""How much of a circuit would be there again with other probe images.

Images of the target are drawn with replacement, B times, all patches of an image together, and for
each resample the circuit is made again without running the network. Of B resamples,

1. a *core neuron* is as stable as the share in which it is core too
   (:mod:`neurflow_lightning.resampling` says how core sets are made again);
2. an *edge* of the group circuit as the share in which its weight has the same sign. The groups
   keep their members; members that are not core weigh nothing, and a weight of 0 has no sign;
3. a *neuron group* as the mean of its best Jaccard index with a group of the resample. The concept
   vectors of all meanings are taken again over the patches drawn and clustered as they were, with a
   number of clusters chosen anew. The index is over meanings with a patch that was drawn; a group
   without any is not found (0).

A group of at least .75 is *stable*; below, its meaning should not be relied on, and below .5 it is
as good as dissolved (Hennig's advice). The only group of a layer that has one whatever is drawn, as
the target's, is as stable as its images are many. With a single image nothing is measured.

Sources: Efron 1979; Hennig 2007 (cluster-wise assessment of cluster stability).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np
from scipy.sparse import csr_matrix

from neurflow_lightning.core.grouping import cluster
from neurflow_lightning.resampling import (
    Doubles,
    Drawn,
    NeuronAgain,
    bootstrap,
    layers_again,
    meaning_shares,
)
from neurflow_lightning.types import (
    BoolArray,
    Circuit,
    CoreNeuron,
    FloatArray,
    GroupId,
    IntArray,
    NeuronGroup,
    NeuronId,
    PatchGrid,
)

_Key = TypeVar("_Key")

SEED = 20250
GROUPS_LESS_OFTEN = 4
"""Groups are found again in every fourth resample only: clustering takes most of the time."""

AT_ONCE = 50
"""Resamples whose edges are made at once: bounds the memory, to some 20 MB for layers of 2000."""


@dataclass(frozen=True, eq=False)
class Descriptions:
    """r(v) of the patches of a layer's concepts.

    Attributes:
        rows: (U,) the patches, ascending.
        vectors: (U, C') filled in as they come by.
    """

    rows: IntArray
    vectors: FloatArray

    @classmethod
    def empty(cls, patches: IntArray, width: int) -> Descriptions:
        """Room for the descriptions of some patches, in any order and shape."""
        rows = np.unique(patches)
        return cls(rows, np.zeros((len(rows), width), dtype=np.float32))

    def put(self, patches: IntArray, vectors: FloatArray) -> None:
        """Keep the (n, C') descriptions of (n,) patches."""
        self.vectors[np.searchsorted(self.rows, patches)] = vectors


def draw(images: IntArray, resamples: int, grid: PatchGrid, target: int) -> Drawn | None:
    """The resamples of a target's images: the same for the same images and target.

    ``None`` where there is nothing to draw: no resamples, or a single image.
    """
    if resamples == 0 or len(images) < 2:
        return None
    rng = np.random.default_rng([SEED, target])
    return Drawn(bootstrap(len(images), (resamples,), rng), images, grid)


# --- neuron groups -----------------------------------------------------------------------


def with_group_stability(
    groups: Sequence[NeuronGroup],
    neurons: Sequence[CoreNeuron],
    described: Descriptions,
    drawn: Drawn,
    most: int,
    least: int = 1,
) -> tuple[NeuronGroup, ...]:
    """The neuron groups of a layer with their stability.

    Args:
        groups: of all ``neurons``' meanings.
        neurons: the layer's.
        described: r(v) of their concepts' patches.
        drawn: the resamples.
        most, least: groups at most and at least, as when the groups were found.
    """
    place = _place_of(groups)
    members = [(node.id, meaning.number) for node in neurons for meaning in node.semantic_groups]
    before = np.array([place[member] for member in members], dtype=np.int64)
    found = [
        best_jaccards(before[present], cluster(points, most, least=least), len(groups))
        for present, points in _points_again(neurons, described, drawn)
    ]
    means = np.mean(found, axis=0).tolist() if groups else []
    return tuple(replace(one, stability=mean) for one, mean in zip(groups, means, strict=True))


def _points_again(
    neurons: Sequence[CoreNeuron], described: Descriptions, drawn: Drawn
) -> Iterator[tuple[BoolArray, FloatArray]]:
    """For each resample which (m,) meanings have a patch, and the concept vectors of those."""
    meanings = [(node, meaning.patches) for node in neurons for meaning in node.semantic_groups]
    if not meanings:
        return
    columns = np.searchsorted(described.rows, np.concatenate([rows for _, rows in meanings]))
    starts = np.cumsum([0, *(len(rows) for _, rows in meanings)])
    some = replace(drawn, counts=drawn.counts[::GROUPS_LESS_OFTEN])
    weights = np.concatenate([some.weights_of(rows, node) for node, rows in meanings], axis=-1)
    shape = len(meanings), len(described.rows)
    for drawn_once in weights.astype(np.float32):
        table = csr_matrix((drawn_once, columns, starts), shape=shape)
        total = np.add.reduceat(drawn_once, starts[:-1])
        present = total > 0
        points = (table @ described.vectors)[present] / total[present, None]
        yield present, points.astype(np.float32, copy=False)


def best_jaccards(before: IntArray, after: IntArray, groups: int) -> Doubles:
    """(groups,) best Jaccard index of every group with a new one; 0 for a group without points.

    Args:
        before: (n,) group of every point.
        after: (n,) new group of every point.
        groups: how many there were.

    >>> best_jaccards(np.array([0, 0, 0, 1]), np.array([1, 1, 0, 0]), 3).round(2).tolist()
    [0.67, 0.5, 0.0]
    """
    common = np.zeros((groups, int(after.max(initial=0)) + 1))
    np.add.at(common, (before, after), 1)
    either = common.sum(axis=1, keepdims=True) + common.sum(axis=0) - common
    best: Doubles = (common / np.maximum(either, 1)).max(axis=1)
    return best


# --- core neurons and edges --------------------------------------------------------------


def with_stability(circuit: Circuit, drawn: Drawn, most: int | None) -> Circuit:
    """The circuit with the stability of its core neurons and edges.

    Args:
        circuit: whose groups keep theirs.
        drawn: the resamples.
        most: ``max_neurons_per_layer``.
    """
    rng = np.random.default_rng([SEED, circuit.target.index, 1])  # not the draws of the images
    starts = range(AT_ONCE, len(drawn.counts), AT_ONCE)
    parts = [replace(drawn, counts=counts) for counts in np.split(drawn.counts, starts)]
    cores, edges = zip(*(_made_again(circuit, part, most, rng) for part in parts), strict=True)
    core, weights = _joined(cores), _joined(edges)
    return replace(
        circuit,
        neurons=tuple(
            replace(node, stability=float(core[node.id].mean())) for node in circuit.neurons
        ),
        edges=tuple(
            replace(edge, stability=same_sign(edge.weight, weights[edge.source, edge.target]))
            for edge in circuit.edges
        ),
    )


def _made_again(
    circuit: Circuit, drawn: Drawn, most: int | None, rng: np.random.Generator
) -> tuple[dict[NeuronId, Doubles], dict[tuple[GroupId, GroupId], Doubles]]:
    """In which of (B,) resamples every core neuron is core, and the (B,) weights of every edge."""
    core: dict[NeuronId, Doubles] = {}
    weights: dict[tuple[GroupId, GroupId], Doubles] = {}
    upper: tuple[NeuronGroup, ...] = ()
    received = np.empty((len(drawn.counts), 0, 0))
    for layer, importance, neurons in layers_again(circuit, drawn, most, rng):
        present = importance > 0
        nodes, groups = circuit.layer_neurons(layer), circuit.layer_groups(layer)
        core |= {node.id: present[:, node.id.index].astype(np.float64) for node in nodes}
        if upper:
            shares = _shares(nodes, groups, drawn, present.shape[1])
            again = (received * present[:, None]) @ shares
            weights |= {
                (source.id, target.id): again[:, up, low]
                for up, target in enumerate(upper)
                for low, source in enumerate(groups)
            }
        upper, received = groups, _received(groups, neurons, present)
    return core, weights


def _joined(parts: Sequence[Mapping[_Key, Doubles]]) -> dict[_Key, Doubles]:
    """Arrays of the same keys, part after part."""
    return {key: np.concatenate([part[key] for part in parts]) for key in parts[0]}


def same_sign(weight: float, again: Doubles) -> float:
    """Share of the (B,) weights that have the sign of ``weight``; 0 has none.

    >>> same_sign(0.5, np.array([0.1, -0.1, 0.0, 2.0]))
    0.5
    """
    return float(np.mean(again * weight > 0))


def _received(
    groups: Sequence[NeuronGroup], neurons: Iterable[NeuronAgain], present: BoolArray
) -> Doubles:
    """(B, G, C') what the groups of a layer receive from every neuron of the layer below.

    Args:
        groups: of the layer.
        neurons: its neurons, made again.
        present: (B, C) which of them are core.
    """
    place = _place_of(groups)
    received = np.empty((len(present), 0, 0))
    for again in neurons:
        if not received.size:
            width = len(again.node.semantic_groups[0].concept_vector)
            received = np.zeros((len(present), len(groups), width))
        weights = again.inputs.weights * present[:, again.node.id.index, None, None]
        for meaning in again.node.semantic_groups:
            into = received[:, place[again.node.id, meaning.number]]
            into[:, again.inputs.candidates] += weights[:, meaning.number]
    return received


def _shares(
    nodes: Sequence[CoreNeuron], groups: Sequence[NeuronGroup], drawn: Drawn, width: int
) -> Doubles:
    """(B, C, G) share of every neuron's patches drawn that belongs to each group of its layer."""
    place = _place_of(groups)
    shares = np.zeros((len(drawn.counts), width, len(groups)))
    for node in nodes:
        parts = meaning_shares(node, drawn.weights(node))
        for meaning in node.semantic_groups:
            group = place[node.id, meaning.number]
            shares[:, node.id.index, group] += parts[:, meaning.number]
    return shares


def _place_of(groups: Sequence[NeuronGroup]) -> dict[tuple[NeuronId, int], int]:
    """Meaning → place of its group."""
    return {member: place for place, group in enumerate(groups) for member in group.members}
