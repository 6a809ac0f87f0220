"""A snapshot as the NeurFlow tab shows it: one JSON object and a few sheets of small pictures.

What a page needs of a snapshot is some ten kilobytes of numbers, and the patches. The numbers are
the *graph*; the patches lie side by side on JPEG *sheets* (the atlas), each in a cell whose sides
are multiples of 16 pixels, so that no block of the JPEG holds parts of two of them.

**Size.** A run keeps hundreds of records. The sheets of one are drawn as fine as fits a limit: the
first of :data:`FINENESS` that does, else the last of them. From step to step first quality goes,
then size, then the patches of lesser rank; the best patch of every group stays.

The graph, schema 1 (numbers that are not finite are ``null``)::

    {"schema": 1, "epoch": 4, "step": 110, "since": 80, "weights": "raw", "fingerprint": "…",
     "layers": ["layer2", "layer3", "fc"], "config": {"tau": 16, "top_k": 50, "nodes": 16},
     "methods": {"layer3": "folded"}, "matching": "neurons",
     "attribution": {"layer3": {"method": "norm-held", "nodes": 4, "correlation": 0.97,
                                "margin": 0.02, "predicts": true}},
     "targets": [{
       "target": 3, "name": "cat", "statistics": {layer: …LayerStatistics}, "left_out": {},
       "groups": [{"layer", "number", "lineage", "importance", "stability", "label",
                   "patches": [row…], "members": [[neuron, meaning, share]…]}…],
       "edges": [[source position in groups, target position, weight, stability]…],
       "neurons": [{"layer", "index", "importance", "meanings", "gap", "stability",
                    "inputs": [[neuron below, weight]…]}…],
       "drift": {"verdict", "drifts": [[measure, layer, below, value, null quantile, p,
                 p adjusted]…], "events": […], "evidence": […], "transfer": {}}}],
     "patches": {row: [sheet, x, y, w, h, image, top, left, height, width]},
     "images": {image: [sheet, x, y, w, h, label]},
     "input": [height, width]}

``step`` is the one it is logged at, ``since`` that of the snapshot it was compared with. A box of a
patch is in pixels of its image; ``input`` is ``null`` for inputs that are no images.
``attribution`` names upper layers; records of the first versions have none. ``predicts`` is whether
the attributions predict knockouts. Completeness gaps are ``null`` for a method that has none.
"""

from __future__ import annotations

import json
import math
import zlib
from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Any

import numpy as np

from neurflow_lightning.evolution.reports import DriftReport, TargetDrift
from neurflow_lightning.labels import NO_LABELS, GroupLabels, Label
from neurflow_lightning.render.sheets import at_most, on_sheets
from neurflow_lightning.render.tags import TAB_SCHEMA
from neurflow_lightning.render.text import visible_text
from neurflow_lightning.render.thumbnails import decode_thumbnail
from neurflow_lightning.types import (
    PATCHES_SHOWN,
    Circuit,
    CoreNeuron,
    GroupId,
    NeuronGroup,
    PatchGrid,
    SegmentAttribution,
    Snapshot,
)

AIMED_BYTES = 150_000
"""Of one record, both graphs and the sheets together."""

LARGE_BYTES = 500_000
"""From here on a record is worth a warning."""

LIGHT_PATCHES = 4
"""Patches of a group in a light graph, at most."""

INPUTS = 8
"""Core neurons of a neuron that are named, at most."""

EVIDENCE = 24
"""Pieces of evidence of a target, at most."""

LONGEST_NAME = 200

Lineages = Mapping[int, Mapping[GroupId, int]]
"""Target index → neuron group → its id, which stays the same over a run."""

NO_LINEAGES: Lineages = MappingProxyType({})


@dataclass(frozen=True)
class Fineness:
    """How fine an atlas is drawn.

    Attributes:
        patches: of a group, at most.
        side: most pixels of a patch's longer side.
        image_side: most pixels of a source image's longer side.
        quality: of the JPEG.
    """

    patches: int
    side: int
    image_side: int
    quality: int


FINENESS = (
    Fineness(PATCHES_SHOWN, 64, 96, 85),
    Fineness(PATCHES_SHOWN, 64, 96, 70),
    Fineness(PATCHES_SHOWN, 64, 64, 55),
    Fineness(PATCHES_SHOWN, 48, 64, 55),
    Fineness(6, 48, 64, 50),
    Fineness(4, 48, 48, 50),
    Fineness(4, 32, 48, 50),
    Fineness(2, 32, 32, 50),
    Fineness(1, 32, 32, 40),
)


@dataclass(frozen=True, eq=False)
class Record:
    """One snapshot for the tab.

    Attributes:
        graph: plain values, as the module says; ready for JSON.
        sheets: JPEG files; empty for inputs that are no images.
    """

    graph: Mapping[str, Any]
    sheets: tuple[bytes, ...]

    @cached_property
    def packed_graphs(self) -> tuple[bytes, bytes]:
        """The graph as deflated JSON, light and whole: the same bytes for the same graph."""
        return pack_graph(light(self.graph)), pack_graph(self.graph)

    @property
    def size(self) -> int:
        """Bytes of the packed graphs and the sheets."""
        return sum(map(len, self.packed_graphs)) + sum(map(len, self.sheets))


def pack_graph(graph: Mapping[str, Any]) -> bytes:
    """A graph, or the mistakes seen through it, as deflated JSON."""
    written = json.dumps(graph, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return zlib.compress(written.encode("utf-8", "replace"), 6)


def make_record(
    snapshot: Snapshot,
    *,
    step: int,
    report: DriftReport | None = None,
    since: int | None = None,
    lineages: Lineages = NO_LINEAGES,
    labels: GroupLabels = NO_LABELS,
    aimed_bytes: int = AIMED_BYTES,
) -> Record:
    """The record of a snapshot.

    Args:
        snapshot: what to show.
        step: the one it is logged at.
        report: what changed up to this snapshot; ``None`` where nothing was compared.
        since: the step at which the snapshot before was logged, if there was a comparison.
        lineages: ids of the groups; those that have none get ``null``.
        labels: what they are called; likewise.
        aimed_bytes: sheets are drawn coarser until :attr:`Record.size` is no larger, as far as they
            can be.

    Raises:
        SnapshotError: when a thumbnail is no JPEG or PNG.
    """
    told = {} if report is None else {one.target: one for one in report.targets}
    graph: dict[str, Any] = {
        "schema": TAB_SCHEMA,
        "epoch": snapshot.epoch,
        "step": step,
        "since": since,
        "weights": snapshot.weights,
        "fingerprint": snapshot.probe.fingerprint,
        "layers": list(snapshot.layers),
        "config": {name: getattr(snapshot.config, name) for name in ("tau", "top_k", "nodes")},
        "methods": dict(snapshot.methods),
        "attribution": {
            upper: _attribution(snapshot.attribution_of(upper)) for upper in snapshot.layers[1:]
        },
        "matching": None if report is None else report.matching,
        "targets": [
            _target(
                snapshot,
                circuit,
                lineages.get(circuit.target.index, {}),
                labels.get(circuit.target.index, {}),
                told.get(circuit.target.index),
            )
            for circuit in snapshot.circuits
        ],
        "input": _input_size(snapshot),
    }
    pictures = _Pictures(snapshot)

    def drawn(fineness: Fineness) -> Record:
        atlas = pictures.drawn(fineness)
        return Record(_with_places(graph, atlas), atlas.sheets)

    return _finest(drawn, aimed_bytes)


def _finest(drawn: Callable[[Fineness], Record], aimed_bytes: int) -> Record:
    """The finest record that is small enough, or else the coarsest.

    Whole records are weighed: of the graph, what names the pictures' places grows with them. By
    halves, since drawing takes its time.
    """
    records: dict[int, Record] = {}

    def fits(step: int) -> bool:
        records[step] = drawn(FINENESS[step])
        return records[step].size <= aimed_bytes

    coarsest = len(FINENESS) - 1
    step = bisect_left(range(coarsest), True, key=fits)
    return records[step] if step in records else drawn(FINENESS[coarsest])


def light(graph: Mapping[str, Any]) -> dict[str, Any]:
    """What a page needs of every snapshot at once.

    Without neurons, evidence, members of groups (only their number, ``size``), and all but the
    first :data:`LIGHT_PATCHES` patches of a group. Written beside the whole graph, because to read
    hundreds of whole graphs takes seconds.
    """
    targets = [_light_target(target) for target in graph["targets"]]
    rows = {str(row) for one in targets for group in one["groups"] for row in group["patches"]}
    patches = {row: place for row, place in graph["patches"].items() if row in rows}
    sources = {str(place[5]) for place in patches.values()}
    images = {image: place for image, place in graph["images"].items() if image in sources}
    return {**graph, "targets": targets, "patches": patches, "images": images}


def _light_target(target: Mapping[str, Any]) -> dict[str, Any]:
    drift = target["drift"]
    return {
        **_without("neurons", target),
        "groups": [
            {
                **_without("members", group),
                "size": len(group["members"]),
                "patches": group["patches"][:LIGHT_PATCHES],
            }
            for group in target["groups"]
        ],
        "drift": None if drift is None else _without("evidence", drift),
    }


def _without(name: str, values: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if key != name}


# --- the graph ---------------------------------------------------------------------------


def _attribution(attribution: SegmentAttribution) -> dict[str, Any]:
    return {
        "method": shown_name(attribution.method),
        "nodes": attribution.nodes,
        "correlation": number(attribution.correlation),
        "margin": number(attribution.margin),
        "predicts": attribution.predicts,
    }


def _target(
    snapshot: Snapshot,
    circuit: Circuit,
    lineages: Mapping[GroupId, int],
    labels: Mapping[GroupId, Label],
    drift: TargetDrift | None,
) -> dict[str, Any]:
    place = {group.id: position for position, group in enumerate(circuit.groups)}
    return {
        "target": circuit.target.index,
        "name": shown_name(circuit.name),
        "statistics": {layer: _statistics(snapshot, circuit, layer) for layer in circuit.layers},
        "left_out": dict(circuit.left_out),
        "groups": [
            _group(circuit, group, lineages.get(group.id), labels.get(group.id))
            for group in circuit.groups
        ],
        "edges": [
            [place[one.source], place[one.target], number(one.weight), number(one.stability)]
            for one in circuit.edges
        ],
        "neurons": [_neuron(snapshot, node) for node in circuit.neurons],
        "drift": None if drift is None else _drift(drift),
    }


def _statistics(snapshot: Snapshot, circuit: Circuit, layer: str) -> dict[str, float | int | None]:
    told = snapshot.statistics(circuit, layer)
    return {
        "core_neurons": told.core_neurons,
        "semantic_groups": number(told.semantic_groups),
        "neuron_groups": told.neuron_groups,
        "completeness_gap": number(told.completeness_gap),
        "seconds": number(told.seconds),
    }


def _group(
    circuit: Circuit, group: NeuronGroup, lineage: int | None, label: Label | None
) -> dict[str, Any]:
    return {
        "layer": group.id.layer,
        "number": group.id.number,
        "lineage": lineage,
        "importance": number(circuit.group_importance(group)),
        "stability": number(group.stability),
        "label": None if label is None else shown_name(label.told),
        "patches": [int(row) for row in group.patches[:PATCHES_SHOWN]],
        "members": [
            [neuron.index, meaning, number(circuit.neuron(neuron).share(meaning))]
            for neuron, meaning in group.members
        ],
    }


def _neuron(snapshot: Snapshot, node: CoreNeuron) -> dict[str, Any]:
    has_gap = snapshot.attribution_of(node.id.layer).has_gap
    return {
        "layer": node.id.layer,
        "index": node.id.index,
        "importance": number(node.importance),
        "meanings": len(node.semantic_groups),
        "gap": _gap(node) if has_gap else None,
        "stability": number(node.stability),
        "inputs": _inputs(node),
    }


def _gap(node: CoreNeuron) -> float | None:
    """Σ|gap| / Σ|response change| over the neuron's patches; ``None`` without inputs."""
    if node.inputs is None:
        return None
    gap = float(np.abs(node.inputs.completeness_gap).sum(dtype=np.float64))
    change = float(np.abs(node.inputs.response_change).sum(dtype=np.float64))
    return 0.0 if gap == 0.0 else number(gap / change) if change else None


def _inputs(node: CoreNeuron) -> list[list[int | float | None]]:
    """The strongest core neurons, each with its weight summed over the neuron's meanings."""
    if node.inputs is None:
        return []
    weights = node.inputs.weights.sum(axis=0, dtype=np.float64)
    strongest = np.argsort(-np.abs(weights), kind="stable")[:INPUTS]
    return [[int(node.inputs.sources[at]), number(weights[at])] for at in strongest]


def _drift(drift: TargetDrift) -> dict[str, Any]:
    return {
        "verdict": drift.verdict,
        "drifts": [
            [
                *(one.measure, one.layer, one.below),
                *map(number, (one.value, one.null_quantile, one.p, one.p_adjusted)),
            ]
            for one in drift.drifts
        ],
        "events": [
            {
                "event": one.event,
                "layer": one.layer,
                "before": [group.number for group in one.before],
                "after": [group.number for group in one.after],
                "lineage": list(one.lineage),
                "overlap": number(one.overlap),
            }
            for one in drift.events
        ],
        "evidence": [
            {
                "kind": one.kind,
                "layer": one.layer,
                "name": one.name,
                "before": number(one.before),
                "after": number(one.after),
                "share": number(one.share),
                "patches": list(one.patches),
            }
            for one in drift.evidence[:EVIDENCE]
        ],
        "transfer": {layer: number(value) for layer, value in drift.transfer},
    }


def _input_size(snapshot: Snapshot) -> list[int] | None:
    """Height and width of a probe image."""
    if snapshot.probe.grid.boxes is None:
        return None
    return [int(side) for side in snapshot.probe.input_shape[-2:]]


def number(value: float | None) -> float | None:
    """A number to four digits, as far as there is one.

    >>> number(0.123456), number(float("nan")), number(None)
    (0.1235, None, None)
    """
    if value is None or not math.isfinite(value):
        return None
    return float(f"{value:.4g}")


def shown_name(name: str) -> str:
    r"""A name from outside on one line, not longer than a page can show.

    >>> shown_name("a\tb"), len(shown_name("long" * 1000))
    ('a b', 200)
    """
    seen = visible_text(name)
    return seen if len(seen) <= LONGEST_NAME else f"{seen[: LONGEST_NAME - 1]}…"


# --- the atlas ---------------------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class _Atlas:
    """Sheets, and where on them patches and images lie: sheet, x, y, width, height."""

    sheets: tuple[bytes, ...]
    patches: Mapping[int, tuple[int, ...]]
    images: Mapping[int, tuple[int, ...]]
    labels: Mapping[int, str | None]
    grid: PatchGrid

    def patch(self, row: int) -> list[int]:
        """Where a patch lies in the atlas, and on its image."""
        box = self.grid.box(row)
        assert box is not None  # without boxes there are no patches
        return [*self.patches[row], self.grid.image(row), *map(int, box)]


class _Pictures:
    """Everything of a snapshot that may be drawn, decoded once."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._groups = [group for circuit in snapshot.circuits for group in circuit.groups]
        self._probe, self._thumbnails = snapshot.probe, snapshot.thumbnails
        drawable = snapshot.probe.grid.boxes is not None
        rows = self._rows(PATCHES_SHOWN) if drawable else []
        self._patches = {row: decode_thumbnail(snapshot.thumbnails, row) for row in rows}
        self._images = {
            image: decode_thumbnail(snapshot.images, image, "source image")
            for image in self._sources(rows)
            if image in snapshot.images
        }

    def drawn(self, fineness: Fineness) -> _Atlas:
        rows = [row for row in self._rows(fineness.patches) if row in self._patches]
        images = [image for image in self._sources(rows) if image in self._images]
        patches = [at_most(self._patches[row], fineness.side) for row in rows]
        sources = [at_most(self._images[image], fineness.image_side) for image in images]
        # Patches and images lie on sheets of their own: most views never ask for the latter.
        first, places = on_sheets(patches, fineness.quality, 0)
        more, source_places = on_sheets(sources, fineness.quality, len(first))
        return _Atlas(
            (*first, *more),
            dict(zip(rows, places, strict=True)),
            dict(zip(images, source_places, strict=True)),
            {image: self._label(image) for image in images},
            self._probe.grid,
        )

    def _rows(self, of_each: int) -> list[int]:
        """Patches shown, group by group, each once."""
        shown = (int(row) for group in self._groups for row in group.patches[:of_each])
        return [row for row in dict.fromkeys(shown) if row in self._thumbnails]

    def _sources(self, rows: Sequence[int]) -> list[int]:
        return list(dict.fromkeys(self._probe.grid.image(row) for row in rows))

    def _label(self, image: int) -> str | None:
        labels = self._probe.labels
        return None if labels is None else shown_name(self._probe.class_name(int(labels[image])))


def _with_places(graph: Mapping[str, Any], atlas: _Atlas) -> dict[str, Any]:
    """The graph with the places of its pictures; it names only patches that are there."""
    places = {str(row): atlas.patch(row) for row in atlas.patches}
    images = {str(one): [*place, atlas.labels[one]] for one, place in atlas.images.items()}
    targets = [_naming_only(atlas.patches, target) for target in graph["targets"]]
    return {**graph, "targets": targets, "patches": places, "images": images}


def _naming_only(patches: Mapping[int, Any], target: Mapping[str, Any]) -> dict[str, Any]:
    def kept(one: Mapping[str, Any]) -> dict[str, Any]:
        return {**one, "patches": [row for row in one["patches"] if row in patches]}

    drift = target["drift"]
    if drift is not None:
        drift = {**drift, "evidence": [kept(one) for one in drift["evidence"]]}
    return {**target, "groups": [kept(one) for one in target["groups"]], "drift": drift}
