"""Header and arrays → snapshot, for values that anybody may have written.

1. The header is read key by key; its version first.
2. The columns are compared with the layout: names, types, one axis.
3. Every count, position and patch row is checked against what it refers to, then the columns
   are cut into the pieces that the values are built from.

No array is made that is not a piece of one that was given.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

import numpy as np

from neurflow_lightning.config import NeurFlowConfig
from neurflow_lightning.errors import ConfigError, SnapshotError
from neurflow_lightning.method_names import GATE_KINDS, check_method_name
from neurflow_lightning.serialization.layout import (
    ATTRIBUTION_KEYS,
    CONFIG_SINCE,
    DEFINITION,
    IMAGE_COLUMNS,
    PROBE_KEYS,
    READABLE,
    SCHEMA_VERSION,
    SNAPSHOT_COLUMNS,
    Array,
    circuit_columns,
    circuit_prefix,
    column_types,
    config_keys,
    header_keys,
)
from neurflow_lightning.serialization.reading import (
    LARGEST,
    Columns,
    check_columns,
    distinct,
    items,
    mapping,
    record,
    shown,
    text,
    texts,
    wanted,
    whole,
    wholes,
)
from neurflow_lightning.serialization.unpacking_circuits import unpack_circuit
from neurflow_lightning.types import (
    PatchGrid,
    ProbeInfo,
    SegmentAttribution,
    Snapshot,
)

METHODS = ("folded", "traced", "replayed")
PICTURE_MAGIC = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")
"""How a JPEG and a PNG begin."""


def unpack(header: object, arrays: Mapping[str, Array]) -> Snapshot:
    """The inverse of :func:`~neurflow_lightning.serialization.packing.pack`.

    Raises:
        SnapshotError: for anything ``pack`` would not have made, by the name of the key or column.
    """
    version = check_version(header)
    fields = record(header, "header", header_keys(version))
    circuits = items(fields["circuits"], "circuits")
    _check_circuit_count(len(circuits), len(arrays), version)
    pictured = any(name in arrays for name in IMAGE_COLUMNS)
    check_columns(arrays, column_types(len(circuits), version, images=pictured))
    layers = texts(fields["layers"], "layers")
    distinct(layers, "layers")
    known = frozenset(layers)
    probe = _probe(fields["probe"])
    rows = probe.grid.n_images * probe.grid.crops
    return Snapshot(
        circuits=tuple(
            unpack_circuit(circuit, Columns(arrays, circuit_prefix(place)), known, rows)
            for place, circuit in enumerate(circuits)
        ),
        layers=layers,
        config=_config(fields["config"], version),
        probe=probe,
        thumbnails=_pictures(Columns(arrays), tuple(SNAPSHOT_COLUMNS), rows),
        images=_pictures(Columns(arrays), tuple(IMAGE_COLUMNS), probe.grid.n_images)
        if pictured
        else {},
        methods=_methods(fields["methods"], known),
        attribution=_attribution(fields["attribution"], Columns(arrays), known)
        if "attribution" in fields
        else {},
        epoch=_optional_whole(fields["epoch"], "epoch"),
        step=_optional_whole(fields["step"], "step"),
        weights=_weights(fields["weights"]),
        versions=_names(fields["versions"], "versions"),
    )


def check_version(header: object) -> int:
    """The header's version; refused unless it is one of :data:`READABLE`."""
    version = mapping(header, "header").get("schema_version")
    if isinstance(version, int) and version > SCHEMA_VERSION:
        raise SnapshotError(
            f"Written by a newer neurflow-lightning: schema version {shown(version)}, this one "
            f"reads up to {SCHEMA_VERSION}. Upgrade neurflow-lightning."
        )
    if type(version) is not int or version not in READABLE:
        raise wanted("schema_version", f"one of {READABLE}", version)
    return version


def _check_circuit_count(circuits: int, arrays: int, version: int) -> None:
    """Refuse a header that names far more circuits than there are arrays for."""
    if (circuits - 1) * len(circuit_columns(version)) > arrays:
        raise SnapshotError(f"circuits: {circuits} are named, but there are only {arrays} arrays.")


# --- header ------------------------------------------------------------------------------


def _config(value: object, version: int) -> NeurFlowConfig:
    values = {**DEFINITION, **mapping(value, "config")}
    values = record(values, "config", (*config_keys(version), *DEFINITION))
    for since, before in CONFIG_SINCE.items():
        values = values if since <= version else {**before, **values}
    if values["channel_axis"] is not None:
        whole(values["channel_axis"], "config.channel_axis", least=-LARGEST)
    try:
        return NeurFlowConfig.from_dict(values)
    except ConfigError as error:
        raise SnapshotError(f"config: {error}") from error


def _probe(value: object) -> ProbeInfo:
    fields = record(value, "probe", PROBE_KEYS)
    grid = _grid(fields)
    labels = fields["labels"]
    if labels is not None:
        labels = wholes(labels, "probe.labels", least=-LARGEST)
        if len(labels) != grid.n_images:
            raise SnapshotError(f"probe.labels: wanted {grid.n_images} rows, got {len(labels)}.")
    return ProbeInfo(
        fingerprint=text(fields["fingerprint"], "probe.fingerprint"),
        grid=grid,
        input_shape=tuple(wholes(fields["input_shape"], "probe.input_shape")),
        labels=labels,
        class_names=texts(fields["class_names"], "probe.class_names"),
    )


def _grid(fields: Mapping[str, Any]) -> PatchGrid:
    n_images = whole(fields["n_images"], "probe.n_images")
    if fields["boxes"] is None:
        return PatchGrid(n_images, None)
    boxes = [wholes(box, "probe.boxes") for box in items(fields["boxes"], "probe.boxes")]
    if not boxes or any(len(box) != 4 for box in boxes):
        raise wanted("probe.boxes", "one or more of [top, left, height, width]", boxes)
    if n_images * len(boxes) > LARGEST:
        raise wanted("probe.n_images", f"at most {LARGEST} patches", n_images * len(boxes))
    return PatchGrid(n_images, np.array(boxes, dtype=np.int64))


def _methods(value: object, layers: frozenset[str]) -> dict[str, str]:
    methods = _names(value, "methods")
    distinct(tuple(methods), "methods", layers)
    for layer, method in methods.items():
        if method not in METHODS:
            raise wanted(f"methods[{layer!r}]", f"one of {METHODS}", method)
    return methods


def _attribution(
    value: object, columns: Columns, layers: frozenset[str]
) -> dict[str, SegmentAttribution]:
    written = [record(one, "attribution", ATTRIBUTION_KEYS) for one in items(value, "attribution")]
    upper = texts([one["layer"] for one in written], "attribution.layer")
    distinct(upper, "attribution", layers)
    compared = [texts(one["compared"], "attribution.compared") for one in written]
    for names in compared:
        distinct(names, "attribution.compared")
    values = columns.correlations("attribution.compared", sum(map(len, compared)))
    parts = iter(values)
    correlations = columns.correlations("attribution.correlation", len(written))
    margins = columns.floats("attribution.margin", len(written))
    return {
        layer: SegmentAttribution(
            method=_method_name(one["method"]),
            nodes=whole(one["nodes"], "attribution.nodes"),
            hold=_gates(one["hold"]),
            correlation=correlation,
            compared={name: next(parts) for name in names},
            margin=margin,
        )
        for layer, one, names, correlation, margin in zip(
            upper, written, compared, correlations, margins, strict=True
        )
    }


def _method_name(value: object) -> str:
    name = text(value, "attribution.method")
    try:
        check_method_name(name)
    except ConfigError as error:
        raise SnapshotError(f"attribution.method: {error}") from error
    return name


def _gates(value: object) -> tuple[str, ...]:
    kinds = texts(value, "attribution.hold")
    for kind in kinds:
        if kind not in GATE_KINDS:
            raise wanted("attribution.hold", f"some of {GATE_KINDS}", kind)
    return kinds


def _names(value: object, what: str) -> dict[str, str]:
    return {key: text(one, f"{what}[{shown(key)}]") for key, one in mapping(value, what).items()}


def _optional_whole(value: object, what: str) -> int | None:
    return None if value is None else whole(value, what)


def _weights(value: object) -> Literal["raw", "averaged"]:
    if value == "raw":
        return "raw"
    if value == "averaged":
        return "averaged"
    raise wanted("weights", "'raw' or 'averaged'", value)


# --- columns of the snapshot -------------------------------------------------------------


def _pictures(columns: Columns, names: tuple[str, ...], size: int) -> dict[int, bytes]:
    """Place among ``size`` patches or images → its picture; ``names`` of place, length, bytes."""
    place_of, length_of, bytes_of = names
    places = columns.positions(place_of, size)
    lengths = columns.counts(length_of, len(places))
    pictures = [piece.tobytes() for piece in columns.ragged(bytes_of, lengths)]
    what = place_of.partition(".")[2].replace("row", "patch")
    for place, picture in zip(places, pictures, strict=True):
        if not picture.startswith(PICTURE_MAGIC):
            raise wanted(f"{bytes_of} of {what} {place}", "a JPEG or PNG", picture[:8])
    if len(set(places)) < len(places):
        raise SnapshotError(f"{place_of}: the same {what} has two pictures.")
    return dict(zip(places, pictures, strict=True))
