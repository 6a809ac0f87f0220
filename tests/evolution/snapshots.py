"""Small circuits made by hand, for tests that must know every number in them.

A circuit is said as layer → neurons, shallow to deep; the last layer holds the target:

    make_circuit({"low": [Neuron(0), Neuron(1)], "fc": [Neuron(0, inputs={0: 3.0, 1: -1.0})]})

Without a word about groups every neuron is a group of its own. Large random snapshots come from
``factories.make_snapshot``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from neurflow_lightning.config import NeurFlowConfig
from neurflow_lightning.core.circuit import edge_weights, group_edges
from neurflow_lightning.types import (
    Circuit,
    CoreNeuron,
    GroupId,
    NeuronConcept,
    NeuronGroup,
    NeuronId,
    NeuronInputs,
    PatchGrid,
    ProbeInfo,
    SemanticGroup,
    Snapshot,
)

__all__ = ["Neuron", "make_circuit", "make_probe", "make_snapshot"]

WIDTH = 16


@dataclass(frozen=True)
class Neuron:
    """A core neuron in few words.

    Attributes:
        index: in its layer.
        patches: (k,) rows, most active first.
        activations: (k,) falling; left out, k, k - 1 … 1.
        meanings: the patches of every semantic group; left out, one of all patches.
        inputs: source → attribution, the same on every patch, or (k,) one for each patch.
        importance: in [0, 1].
        vector: the concept vector of all its meanings; left out, a one at ``index``.
    """

    index: int
    patches: Sequence[int] = (0, 1, 2, 3)
    activations: Sequence[float] | None = None
    meanings: Sequence[Sequence[int]] | None = None
    inputs: Mapping[int, float | Sequence[float]] = field(default_factory=dict)
    importance: float = 0.5
    vector: Sequence[float] | None = None


def make_circuit(
    layers: Mapping[str, Sequence[Neuron]],
    groups: Mapping[str, Sequence[Sequence[int | tuple[int, int]]]] | None = None,
    width: int = WIDTH,
    name: str = "",
) -> Circuit:
    """A whole circuit.

    Args:
        layers: layer → its neurons, shallow to deep; the last holds the target alone.
        groups: layer → the groups' members: a neuron's index stands for all its meanings, a pair
            for one of them. Layers left out have one group a neuron.
        width: neurons of every layer: the length of the concept vectors.
        name: of the target; left out, its index.
    """
    names = tuple(layers)
    nodes = tuple(
        _core_neuron(layer, neuron, layer == names[0], width)
        for layer in reversed(names)
        for neuron in layers[layer]
    )
    known = {node.id: node for node in nodes}
    parts = {
        layer: (groups or {}).get(layer, [[one.index] for one in layers[layer]]) for layer in names
    }
    made = {layer: _groups(layer, parts[layer], known) for layer in names}
    pairs = zip(names[:0:-1], names[-2::-1], strict=True)
    edges = [edge for up, low in pairs for edge in group_edges(made[up], made[low], known)]
    target = NeuronId(names[-1], layers[names[-1]][0].index)
    return Circuit(
        target=target,
        name=name or str(target.index),
        layers=names,
        neurons=nodes,
        groups=tuple(group for layer in reversed(names) for group in made[layer]),
        edges=tuple(edges),
        seconds=dict.fromkeys(names, 0.5),
    )


def make_probe(
    images: int = 8,
    crops: int = 2,
    labels: Sequence[int] | None = None,
    fingerprint: str = "f" * 64,
) -> ProbeInfo:
    """A probe set of ``images`` pictures of 8 × 8 pixels, each cut into ``crops`` patches."""
    boxes = np.array([[0, 0, 8, 8]] + [[0, left, 4, 4] for left in range(crops - 1)])
    return ProbeInfo(fingerprint, PatchGrid(images, boxes), (3, 8, 8), labels)


def make_snapshot(
    *circuits: Circuit,
    probe: ProbeInfo | None = None,
    epoch: int | None = 0,
    step: int | None = 10,
    **numbers: Any,
) -> Snapshot:
    """A snapshot of hand-made circuits; ``numbers`` are those of :class:`NeurFlowConfig`."""
    return Snapshot(
        circuits=circuits,
        layers=circuits[0].layers,
        config=NeurFlowConfig(**numbers),
        probe=probe or make_probe(),
        epoch=epoch,
        step=step,
    )


def _core_neuron(layer: str, neuron: Neuron, shallowest: bool, width: int) -> CoreNeuron:
    k = len(neuron.patches)
    activations = range(k, 0, -1) if neuron.activations is None else neuron.activations
    concept = NeuronConcept(neuron.patches, np.array(activations))
    vector = np.eye(width)[neuron.index] if neuron.vector is None else neuron.vector
    meanings = tuple(
        SemanticGroup(
            number=number,
            patches=np.array(rows, dtype=np.int64),
            activation=float(concept.activations[np.isin(concept.patches, rows)].mean()),
            concept_vector=vector,
        )
        for number, rows in enumerate(neuron.meanings or [neuron.patches])
    )
    inputs = None if shallowest else _inputs(neuron, concept, meanings)
    return CoreNeuron(NeuronId(layer, neuron.index), neuron.importance, concept, meanings, inputs)


def _inputs(
    neuron: Neuron, concept: NeuronConcept, meanings: tuple[SemanticGroup, ...]
) -> NeuronInputs:
    k = len(neuron.patches)
    columns = [np.broadcast_to(values, (k,)) for values in neuron.inputs.values()]
    attributions = np.array(columns, dtype=np.float32).reshape(len(columns), k).T
    return NeuronInputs(
        sources=list(neuron.inputs),
        scores=np.abs(attributions).mean(axis=0),
        attributions=attributions,
        weights=edge_weights(attributions, concept, meanings),
        completeness_gap=np.zeros(k),
        response_change=attributions.sum(axis=1),
    )


def _groups(
    layer: str,
    parts: Sequence[Sequence[int | tuple[int, int]]],
    known: Mapping[NeuronId, CoreNeuron],
) -> list[NeuronGroup]:
    groups = []
    for number, part in enumerate(parts):
        members = [member for one in part for member in _members(layer, one, known)]
        meanings = [known[neuron].semantic_groups[meaning] for neuron, meaning in members]
        groups.append(
            NeuronGroup(
                id=GroupId(layer, number),
                members=tuple(members),
                concept_vector=np.mean([one.concept_vector for one in meanings], axis=0),
                patches=list(dict.fromkeys(int(row) for one in meanings for row in one.patches)),
            )
        )
    return groups


def _members(
    layer: str, member: int | tuple[int, int], known: Mapping[NeuronId, CoreNeuron]
) -> list[tuple[NeuronId, int]]:
    if isinstance(member, tuple):
        return [(NeuronId(layer, member[0]), member[1])]
    neuron = NeuronId(layer, member)
    return [(neuron, meaning.number) for meaning in known[neuron].semantic_groups]
