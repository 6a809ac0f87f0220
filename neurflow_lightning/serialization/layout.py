"""The layout both directions share: keys of the header, names and types of the columns.

The header holds text, whole numbers and the config; every other number lies in an array, so
that NaN and infinities need no place in JSON. A list of neurons, groups or patches is stored as
*columns*: one-dimensional arrays in which the rows of all neurons follow each other. Rows of
unequal length are concatenated, and a column named ``…_count`` holds their lengths. Whatever
follows from other columns is not stored: a semantic group's number is its place, the shape of
an attribution matrix is (patches, sources) of its neuron.

A *position* is a place in another table of the same circuit, counted from 0.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import fields
from typing import Any

import numpy as np
import numpy.typing as npt

from neurflow_lightning.config import DEPARTURES, NeurFlowConfig

Array = npt.NDArray[Any]

SCHEMA_VERSION = 3
"""Raised whenever a reader of the version before could not read a file, or misread it."""

READABLE = (1, 2, 3)
"""Versions that are read. Files of version 1 say nothing of stability, those before 3 nothing of
attribution: then it was always by integrated gradients."""

HEADER_KEYS = (
    "schema_version",
    "config",
    "layers",
    "probe",
    "circuits",
    "methods",
    "attribution",
    "epoch",
    "step",
    "weights",
    "versions",
)
DEFINITION = {name: getattr(NeurFlowConfig(), name) for name in (*DEPARTURES, "neurons")}
"""Fields of the config that are written only where they differ from these defaults, so that files
from before there were such fields mean the same."""
CONFIG_KEYS = tuple(one.name for one in fields(NeurFlowConfig) if one.name not in DEFINITION)
PROBE_KEYS = ("fingerprint", "n_images", "boxes", "input_shape", "labels", "class_names")
CIRCUIT_KEYS = ("target", "name", "layers", "seconds", "left_out")
NEURON_KEYS = ("layer", "index")
ATTRIBUTION_KEYS = ("layer", "method", "nodes", "hold", "compared")

_INT, _HALF, _FLOAT, _DOUBLE, _BYTE = map(np.dtype, ("<i8", "<f2", "<f4", "<f8", "u1"))

SNAPSHOT_COLUMNS = {
    "thumbnails.row": _INT,
    "thumbnails.byte_count": _INT,
    "thumbnails.bytes": _BYTE,
}
IMAGE_COLUMNS = {  # all of them or none: older files have none
    "images.image": _INT,
    "images.byte_count": _INT,
    "images.bytes": _BYTE,
}
ATTRIBUTION_COLUMNS = {  # rows as the header's list of attributions
    "attribution.correlation": _DOUBLE,  # NaN where it was not measured
    "attribution.margin": _DOUBLE,  # likewise
    "attribution.compared": _DOUBLE,  # of every method compared there
}
CIRCUIT_COLUMNS = {
    "layers.width": _INT,  # C' of the layer's concept vectors, as in circuit.layers
    "seconds": _DOUBLE,  # as the header's list of layers
    "neurons.layer": _INT,  # position in circuit.layers
    "neurons.index": _INT,
    "neurons.importance": _DOUBLE,
    "neurons.stability": _DOUBLE,  # NaN where it was not measured
    "neurons.patch_count": _INT,  # k
    "neurons.semantic_group_count": _INT,  # i
    "concepts.patches": _INT,
    "concepts.activations": _FLOAT,
    "semantic_groups.activation": _DOUBLE,
    "semantic_groups.patch_count": _INT,
    "semantic_groups.patches": _INT,
    "semantic_groups.concept_vectors": _FLOAT,
    "inputs.neuron": _INT,  # position of the neuron that is fed, rising
    "inputs.source_count": _INT,  # t
    "inputs.sources": _INT,
    "inputs.scores": _FLOAT,
    "inputs.attributions": _FLOAT,  # k × t, row by row
    "inputs.weights": _FLOAT,  # i × t, row by row
    "inputs.completeness_gap": _FLOAT,
    "inputs.response_change": _FLOAT,
    "inputs.runner_up_count": _INT,  # r
    "inputs.runners_up": _INT,
    "inputs.runner_up_shares": _HALF,  # k × r, row by row
    "groups.layer": _INT,  # position in circuit.layers
    "groups.number": _INT,
    "groups.stability": _DOUBLE,  # NaN where it was not measured
    "groups.member_count": _INT,
    "groups.patch_count": _INT,
    "groups.patches": _INT,
    "groups.concept_vectors": _FLOAT,
    "members.neuron": _INT,  # position in neurons
    "members.semantic_group": _INT,
    "edges.source": _INT,  # position in groups
    "edges.target": _INT,  # position in groups
    "edges.weight": _DOUBLE,
    "edges.stability": _DOUBLE,  # NaN where it was not measured
}
COLUMNS_SINCE = {2: ("neurons.stability", "groups.stability", "edges.stability")}
HEADER_SINCE = {3: ("attribution",)}
CONFIG_SINCE: Mapping[int, Mapping[str, object]] = {
    2: {"resamples": 0},
    3: {"attribution": "ig", "max_layers": 5, "max_patches_per_image": None},
}
"""Version → fields that came with it, and what was done before there were any."""


def circuit_prefix(place: int) -> str:
    """What the columns of the ``place``-th circuit begin with.

    >>> circuit_prefix(0) + "neurons.layer"
    'circuits.0.neurons.layer'
    """
    return f"circuits.{place}."


def column_types(
    circuits: int, version: int = SCHEMA_VERSION, *, images: bool
) -> dict[str, np.dtype[Any]]:
    """Name → type of every column of a snapshot with that many circuits, and with source images."""
    own = circuit_columns(version)
    return (
        SNAPSHOT_COLUMNS
        | (ATTRIBUTION_COLUMNS if version >= 3 else {})
        | (IMAGE_COLUMNS if images else {})
        | {
            circuit_prefix(place) + name: dtype
            for place in range(circuits)
            for name, dtype in own.items()
        }
    )


def circuit_columns(version: int = SCHEMA_VERSION) -> dict[str, np.dtype[Any]]:
    """Name → type of every column of one circuit."""
    later = _later(COLUMNS_SINCE, version)
    return {name: dtype for name, dtype in CIRCUIT_COLUMNS.items() if name not in later}


def header_keys(version: int = SCHEMA_VERSION) -> tuple[str, ...]:
    """The keys of a header."""
    later = _later(HEADER_SINCE, version)
    return tuple(key for key in HEADER_KEYS if key not in later)


def config_keys(version: int = SCHEMA_VERSION) -> tuple[str, ...]:
    """The keys of a header's config."""
    later = _later(CONFIG_SINCE, version)
    return tuple(key for key in CONFIG_KEYS if key not in later)


def _later(since: Mapping[int, Collection[str]], version: int) -> set[str]:
    """The names that came after a version."""
    return {name for began, names in since.items() if began > version for name in names}
