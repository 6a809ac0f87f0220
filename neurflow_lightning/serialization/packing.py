"""Snapshot → header and arrays.

Packing refuses only what the columns could not give back: an array of a shape other than
documented, a reference to something the circuit does not hold. Everything else is checked by
:func:`~neurflow_lightning.serialization.unpacking.unpack`.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from neurflow_lightning.config import NeurFlowConfig
from neurflow_lightning.errors import SnapshotError
from neurflow_lightning.serialization.layout import (
    CIRCUIT_COLUMNS,
    DEFINITION,
    IMAGE_COLUMNS,
    SCHEMA_VERSION,
    SNAPSHOT_COLUMNS,
    Array,
    circuit_prefix,
    column_types,
)
from neurflow_lightning.types import (
    Circuit,
    CoreNeuron,
    GroupEdge,
    GroupId,
    NeuronGroup,
    NeuronId,
    NeuronInputs,
    ProbeInfo,
    SegmentAttribution,
    Snapshot,
)

Column = list[npt.ArrayLike]


def pack(snapshot: Snapshot) -> tuple[dict[str, Any], dict[str, Array]]:
    """The snapshot as a JSON header and one-dimensional arrays.

    Raises:
        SnapshotError: for an array whose shape is not the documented one, or a reference to a
            layer, neuron, semantic group or neuron group that does not exist.
    """
    columns: dict[str, Column] = {
        circuit_prefix(place) + name: column
        for place, circuit in enumerate(snapshot.circuits)
        for name, column in _circuit_columns(circuit).items()
    }
    columns |= _picture_columns(SNAPSHOT_COLUMNS, snapshot.thumbnails)
    columns |= _picture_columns(IMAGE_COLUMNS, snapshot.images)
    columns |= _attribution_columns(tuple(snapshot.attribution.values()))
    types = column_types(len(snapshot.circuits), images=bool(snapshot.images))
    return _header(snapshot), {name: _joined(columns[name], types[name]) for name in types}


def _header(snapshot: Snapshot) -> dict[str, Any]:
    return {
        "schema_version": SCHEMA_VERSION,
        "config": _config_header(snapshot.config),
        "layers": list(snapshot.layers),
        "probe": _probe_header(snapshot.probe),
        "circuits": [_circuit_header(circuit) for circuit in snapshot.circuits],
        "methods": dict(snapshot.methods),
        "attribution": [
            _attribution_header(layer, one) for layer, one in snapshot.attribution.items()
        ],
        "epoch": snapshot.epoch,
        "step": snapshot.step,
        "weights": snapshot.weights,
        "versions": dict(snapshot.versions),
    }


def _config_header(config: NeurFlowConfig) -> dict[str, Any]:
    values = config.to_dict().items()
    same = DEFINITION.items()
    return {name: value for name, value in values if (name, value) not in same}


def _probe_header(probe: ProbeInfo) -> dict[str, Any]:
    return {
        "fingerprint": probe.fingerprint,
        "n_images": probe.grid.n_images,
        "boxes": None if probe.grid.boxes is None else probe.grid.boxes.tolist(),
        "input_shape": list(probe.input_shape),
        "labels": None if probe.labels is None else probe.labels.tolist(),
        "class_names": list(probe.class_names),
    }


def _circuit_header(circuit: Circuit) -> dict[str, Any]:
    return {
        "target": {"layer": circuit.target.layer, "index": circuit.target.index},
        "name": circuit.name,
        "layers": list(circuit.layers),
        "seconds": list(circuit.seconds),
        "left_out": dict(circuit.left_out),
    }


def _attribution_header(layer: str, attribution: SegmentAttribution) -> dict[str, Any]:
    return {
        "layer": layer,
        "method": attribution.method,
        "nodes": attribution.nodes,
        "hold": list(attribution.hold),
        "compared": list(attribution.compared),
    }


def _attribution_columns(attributions: Sequence[SegmentAttribution]) -> dict[str, Column]:
    return {
        "attribution.correlation": [one.correlation for one in attributions],
        "attribution.margin": [one.margin for one in attributions],
        "attribution.compared": [value for one in attributions for value in one.compared.values()],
    }


def _picture_columns(names: Iterable[str], pictures: Mapping[int, bytes]) -> dict[str, Column]:
    encoded = [np.frombuffer(one, np.uint8) for one in pictures.values()]
    columns: tuple[Column, ...] = (list(pictures), [len(one) for one in encoded], [*encoded])
    return dict(zip(names, columns, strict=True))


def _circuit_columns(circuit: Circuit) -> dict[str, Column]:
    layers = {layer: place for place, layer in enumerate(circuit.layers)}
    widths = _widths(circuit)
    return {
        "layers.width": [widths.get(layer, 0) for layer in circuit.layers],
        "seconds": list(circuit.seconds.values()),
        **_neuron_columns(circuit.neurons, layers),
        **_meaning_columns(circuit.neurons, widths),
        **_input_columns(circuit.neurons),
        **_group_columns(circuit.groups, layers, widths),
        **_member_columns(circuit),
        **_edge_columns(circuit.edges, circuit.groups),
    }


def _widths(circuit: Circuit) -> dict[str, int]:
    """Layer → length of the first concept vector found there; all others must have the same."""
    widths: dict[str, int] = {}
    for node in circuit.neurons:
        for meaning in node.semantic_groups:
            widths.setdefault(node.id.layer, meaning.concept_vector.size)
    return widths


def _neuron_columns(nodes: Sequence[CoreNeuron], layers: Mapping[str, int]) -> dict[str, Column]:
    return {
        "neurons.layer": [
            _place(layers, node.id.layer, f"the layer of {node.id}") for node in nodes
        ],
        "neurons.index": [node.id.index for node in nodes],
        "neurons.importance": [node.importance for node in nodes],
        "neurons.stability": _stabilities(nodes),
        "neurons.patch_count": [len(node.concept.patches) for node in nodes],
        "neurons.semantic_group_count": [len(node.semantic_groups) for node in nodes],
        "concepts.patches": [
            _vector(node.concept.patches, f"patches of {node.id}") for node in nodes
        ],
        "concepts.activations": [
            _shaped(
                node.concept.activations, (len(node.concept.patches),), f"activations of {node.id}"
            )
            for node in nodes
        ],
    }


def _meaning_columns(nodes: Sequence[CoreNeuron], widths: Mapping[str, int]) -> dict[str, Column]:
    meanings = [
        (f"semantic group {place} of {node.id}", widths[node.id.layer], meaning)
        for node in nodes
        for place, meaning in enumerate(node.semantic_groups)
    ]
    _check_numbers(nodes)
    return {
        "semantic_groups.activation": [one.activation for _, _, one in meanings],
        "semantic_groups.patch_count": [len(one.patches) for _, _, one in meanings],
        "semantic_groups.patches": [
            _vector(one.patches, f"patches of {what}") for what, _, one in meanings
        ],
        "semantic_groups.concept_vectors": [
            _shaped(one.concept_vector, (width,), f"concept vector of {what}")
            for what, width, one in meanings
        ],
    }


def _check_numbers(nodes: Iterable[CoreNeuron]) -> None:
    for node in nodes:
        numbers = [meaning.number for meaning in node.semantic_groups]
        if numbers != list(range(len(numbers))):
            raise SnapshotError(
                f"Semantic groups of {node.id} are numbered {numbers}: wanted 0, 1, 2 … in order."
            )


def _input_columns(nodes: Sequence[CoreNeuron]) -> dict[str, Column]:
    rows = [
        {"neuron": place, **_input_row(node, node.inputs)}
        for place, node in enumerate(nodes)
        if node.inputs is not None
    ]
    names = [name.removeprefix("inputs.") for name in CIRCUIT_COLUMNS if name.startswith("inputs.")]
    return {f"inputs.{name}": [row[name] for row in rows] for name in names}


def _input_row(node: CoreNeuron, inputs: NeuronInputs) -> Mapping[str, npt.ArrayLike]:
    k, t, i = len(node.concept.patches), len(inputs.sources), len(node.semantic_groups)
    r = len(inputs.runners_up)
    shapes = {
        "sources": (t,),
        "scores": (t,),
        "attributions": (k, t),
        "weights": (i, t),
        "completeness_gap": (k,),
        "response_change": (k,),
        "runners_up": (r,),
        "runner_up_shares": (k, r),
    }
    return {"source_count": t, "runner_up_count": r} | {
        name: _shaped(getattr(inputs, name), shape, f"{name} of {node.id}")
        for name, shape in shapes.items()
    }


def _group_columns(
    groups: Sequence[NeuronGroup], layers: Mapping[str, int], widths: Mapping[str, int]
) -> dict[str, Column]:
    return {
        "groups.layer": [_place(layers, one.id.layer, f"the layer of {one.id}") for one in groups],
        "groups.number": [one.id.number for one in groups],
        "groups.stability": _stabilities(groups),
        "groups.member_count": [len(one.members) for one in groups],
        "groups.patch_count": [len(one.patches) for one in groups],
        "groups.patches": [_vector(one.patches, f"patches of {one.id}") for one in groups],
        "groups.concept_vectors": [
            _shaped(
                one.concept_vector, (widths.get(one.id.layer, 0),), f"concept vector of {one.id}"
            )
            for one in groups
        ],
    }


def _member_columns(circuit: Circuit) -> dict[str, Column]:
    nodes: dict[NeuronId, int] = {node.id: place for place, node in enumerate(circuit.neurons)}
    members = [(group.id, *member) for group in circuit.groups for member in group.members]
    return {
        "members.neuron": [
            _place(nodes, neuron, f"a member of {one}") for one, neuron, _ in members
        ],
        "members.semantic_group": [number for _, _, number in members],
    }


def _edge_columns(edges: Sequence[GroupEdge], groups: Sequence[NeuronGroup]) -> dict[str, Column]:
    known: dict[GroupId, int] = {group.id: place for place, group in enumerate(groups)}
    return {
        "edges.source": [_place(known, edge.source, "an edge's source") for edge in edges],
        "edges.target": [_place(known, edge.target, "an edge's target") for edge in edges],
        "edges.weight": [edge.weight for edge in edges],
        "edges.stability": _stabilities(edges),
    }


def _stabilities(measured: Sequence[CoreNeuron | NeuronGroup | GroupEdge]) -> Column:
    return [math.nan if one.stability is None else one.stability for one in measured]


def _place(known: Mapping[Any, int], key: Hashable, what: str) -> int:
    if key not in known:
        raise SnapshotError(f"{key} is {what}, but the circuit does not hold it.")
    return known[key]


def _vector(array: Array, what: str) -> Array:
    return _shaped(array, (array.size,), what)


def _shaped(array: Array, shape: tuple[int, ...], what: str) -> Array:
    if array.shape != shape:
        raise SnapshotError(f"{what}: wanted shape {shape}, got {array.shape}.")
    return array


def _joined(parts: Column, dtype: np.dtype[Any]) -> Array:
    rows = [np.empty(0, dtype), *map(np.ravel, parts)]
    return np.concatenate(rows, dtype=dtype, casting="same_kind")
