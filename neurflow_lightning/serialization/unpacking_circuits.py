"""The header and columns of one circuit → :class:`~neurflow_lightning.types.Circuit`.

Each table of the circuit is one function: neurons with their concepts, semantic groups and
inputs; neuron groups with their members; edges.
"""

from __future__ import annotations

from collections.abc import Sequence

from neurflow_lightning.errors import SnapshotError
from neurflow_lightning.serialization.layout import CIRCUIT_KEYS, NEURON_KEYS, Array
from neurflow_lightning.serialization.reading import (
    Columns,
    distinct,
    mapping,
    record,
    shown,
    text,
    texts,
    wanted,
    whole,
)
from neurflow_lightning.types import (
    Circuit,
    CoreNeuron,
    GroupEdge,
    GroupId,
    NeuronConcept,
    NeuronGroup,
    NeuronId,
    NeuronInputs,
    SemanticGroup,
)


def unpack_circuit(header: object, columns: Columns, known: frozenset[str], rows: int) -> Circuit:
    """One circuit.

    Args:
        header: its part of the JSON header.
        columns: its columns, of the right names and types.
        known: the snapshot's layers.
        rows: P, the number of patches of the probe set.

    Raises:
        SnapshotError: for a count, position or name that refers to nothing.
    """
    fields = record(header, columns.prefix + "header", CIRCUIT_KEYS)
    layers = texts(fields["layers"], columns.prefix + "layers")
    distinct(layers, columns.prefix + "layers", known)
    neurons = _neurons(columns, layers, rows)
    groups = _groups(columns, layers, neurons, rows)
    return Circuit(
        target=_target(fields["target"], columns.prefix + "target", layers),
        name=text(fields["name"], columns.prefix + "name"),
        layers=layers,
        neurons=neurons,
        groups=groups,
        edges=_edges(columns, layers, groups),
        seconds=_seconds(fields["seconds"], columns, layers),
        left_out=_left_out(fields["left_out"], columns.prefix + "left_out", layers),
    )


def _target(value: object, what: str, layers: tuple[str, ...]) -> NeuronId:
    fields = record(value, what, NEURON_KEYS)
    target = NeuronId(text(fields["layer"], what), whole(fields["index"], what))
    if target.layer not in layers[-1:]:
        raise wanted(what, f"a neuron of the last of the layers {shown(layers)}", str(target))
    return target


def _seconds(value: object, columns: Columns, layers: tuple[str, ...]) -> dict[str, float]:
    timed = texts(value, columns.prefix + "seconds")
    distinct(timed, columns.prefix + "seconds", frozenset(layers))
    return dict(zip(timed, columns.floats("seconds", len(timed)), strict=True))


def _left_out(value: object, what: str, layers: tuple[str, ...]) -> dict[str, int]:
    left_out = mapping(value, what)
    distinct(tuple(left_out), what, frozenset(layers))
    return {layer: whole(count, what) for layer, count in left_out.items()}


def _neurons(columns: Columns, layers: tuple[str, ...], rows: int) -> tuple[CoreNeuron, ...]:
    layer_of = columns.positions("neurons.layer", len(layers))
    count = len(layer_of)
    ids = _ids(columns, layers, layer_of)
    importances = columns.floats("neurons.importance", count)
    concepts = _concepts(columns, count, rows)
    meanings = _meanings(columns, layers, layer_of, rows)
    inputs = map(_inputs(columns, layer_of, concepts, meanings).get, range(count))
    stabilities = columns.shares("neurons.stability", count)
    return tuple(map(CoreNeuron, ids, importances, concepts, meanings, inputs, stabilities))


def _ids(columns: Columns, layers: tuple[str, ...], layer_of: Sequence[int]) -> list[NeuronId]:
    indices = columns.counts("neurons.index", len(layer_of))
    ids = [NeuronId(layers[at], index) for at, index in zip(layer_of, indices, strict=True)]
    if len(set(ids)) < len(ids):
        raise SnapshotError(f"{columns.prefix}neurons.index: a neuron comes twice.")
    return ids


def _concepts(columns: Columns, count: int, rows: int) -> list[NeuronConcept]:
    lengths = columns.counts("neurons.patch_count", count)
    columns.positions("concepts.patches", rows)
    patches = columns.ragged("concepts.patches", lengths)
    activations = columns.ragged("concepts.activations", lengths)
    return [NeuronConcept(*one) for one in zip(patches, activations, strict=True)]


def _meanings(
    columns: Columns, layers: tuple[str, ...], layer_of: Sequence[int], rows: int
) -> list[tuple[SemanticGroup, ...]]:
    """The semantic groups of every neuron."""
    counts = columns.counts("neurons.semantic_group_count", len(layer_of), least=1)
    lengths = columns.counts("semantic_groups.patch_count")
    columns.check_total("semantic_groups.patch_count", counts)
    owners = [at for at, count in zip(layer_of, counts, strict=True) for _ in range(count)]
    numbers = [number for count in counts for number in range(count)]
    columns.positions("semantic_groups.patches", rows)
    patches = columns.ragged("semantic_groups.patches", lengths)
    activations = columns.floats("semantic_groups.activation", len(lengths))
    vectors = _concept_vectors(columns, "semantic_groups.concept_vectors", layers, owners)
    groups = map(SemanticGroup, numbers, patches, activations, vectors)
    return [tuple(next(groups) for _ in range(count)) for count in counts]


def _concept_vectors(
    columns: Columns, name: str, layers: tuple[str, ...], layer_of: Sequence[int]
) -> list[Array]:
    widths = columns.counts("layers.width", len(layers))
    return columns.ragged(name, [widths[at] for at in layer_of])


def _inputs(
    columns: Columns,
    layer_of: Sequence[int],
    concepts: Sequence[NeuronConcept],
    meanings: Sequence[tuple[SemanticGroup, ...]],
) -> dict[int, NeuronInputs]:
    """Place of a neuron → its inputs, for the neurons that have some."""
    fed = _fed(columns, layer_of)
    t = columns.counts("inputs.source_count", len(fed))
    k = [len(concepts[place].patches) for place in fed]
    i = [len(meanings[place]) for place in fed]
    r = columns.counts("inputs.runner_up_count", len(fed))
    below = [len(meanings[place][0].concept_vector) for place in fed]
    inputs = map(
        NeuronInputs,
        _indices(columns, "inputs.sources", t, below),
        columns.ragged("inputs.scores", t),
        columns.matrices("inputs.attributions", list(zip(k, t, strict=True))),
        columns.matrices("inputs.weights", list(zip(i, t, strict=True))),
        columns.ragged("inputs.completeness_gap", k),
        columns.ragged("inputs.response_change", k),
        _indices(columns, "inputs.runners_up", r, below),
        columns.matrices("inputs.runner_up_shares", list(zip(k, r, strict=True))),
    )
    return dict(zip(fed, inputs, strict=True))


def _indices(
    columns: Columns, name: str, lengths: Sequence[int], below: Sequence[int]
) -> list[Array]:
    """Indices of neurons in the layer below, which has ``below`` of them."""
    pieces = columns.ragged(name, lengths)
    for indices, width in zip(pieces, below, strict=True):
        columns.check_positions(name, indices, width)
    return pieces


def _fed(columns: Columns, layer_of: Sequence[int]) -> list[int]:
    """Places of the neurons with inputs: rising, and none in the shallowest layer."""
    fed = columns.positions("inputs.neuron", len(layer_of))
    if fed != sorted(set(fed)):
        raise SnapshotError(f"{columns.prefix}inputs.neuron: wanted rising places.")
    if any(layer_of[place] == 0 for place in fed):
        raise SnapshotError(
            f"{columns.prefix}inputs.neuron: a neuron of the shallowest layer has no inputs."
        )
    return fed


def _groups(
    columns: Columns, layers: tuple[str, ...], neurons: Sequence[CoreNeuron], rows: int
) -> tuple[NeuronGroup, ...]:
    layer_of = columns.positions("groups.layer", len(layers))
    numbers = columns.counts("groups.number", len(layer_of))
    ids = [GroupId(layers[at], number) for at, number in zip(layer_of, numbers, strict=True)]
    if len(set(ids)) < len(ids):
        raise SnapshotError(f"{columns.prefix}groups.number: a neuron group comes twice.")
    columns.positions("groups.patches", rows)
    patches = columns.ragged("groups.patches", columns.counts("groups.patch_count", len(ids)))
    vectors = _concept_vectors(columns, "groups.concept_vectors", layers, layer_of)
    members = _members(columns, ids, neurons)
    stabilities = columns.shares("groups.stability", len(ids))
    return tuple(map(NeuronGroup, ids, members, vectors, patches, stabilities))


def _members(
    columns: Columns, groups: Sequence[GroupId], neurons: Sequence[CoreNeuron]
) -> list[tuple[tuple[NeuronId, int], ...]]:
    counts = columns.counts("groups.member_count", len(groups), least=1)
    places = columns.positions("members.neuron", len(neurons))
    numbers = columns.counts("members.semantic_group", len(places))
    columns.check_total("members.neuron", counts)
    each = ((neurons[place], number) for place, number in zip(places, numbers, strict=True))
    return [
        tuple(_member(group, *next(each)) for _ in range(count))
        for group, count in zip(groups, counts, strict=True)
    ]


def _member(group: GroupId, neuron: CoreNeuron, number: int) -> tuple[NeuronId, int]:
    if neuron.id.layer != group.layer:
        raise SnapshotError(f"Neuron group {group} has a member of another layer, {neuron.id}.")
    if number >= len(neuron.semantic_groups):
        raise SnapshotError(
            f"Neuron group {group} wants semantic group {number} of {neuron.id}, which has "
            f"{len(neuron.semantic_groups)}."
        )
    return neuron.id, number


def _edges(
    columns: Columns, layers: tuple[str, ...], groups: Sequence[NeuronGroup]
) -> tuple[GroupEdge, ...]:
    sources = columns.positions("edges.source", len(groups))
    targets = columns.positions("edges.target", len(groups), len(sources))
    weights = columns.floats("edges.weight", len(sources))
    below = dict(zip(layers[1:], layers, strict=False))
    stabilities = columns.shares("edges.stability", len(sources))
    edges = [
        GroupEdge(groups[source].id, groups[target].id, weight, stability)
        for source, target, weight, stability in zip(
            sources, targets, weights, stabilities, strict=True
        )
    ]
    for edge in edges:
        if edge.source.layer != below.get(edge.target.layer):
            raise SnapshotError(
                f"{columns.prefix}edges: {edge.source} → {edge.target} does not join a layer "
                "with the next one."
            )
    return tuple(edges)
