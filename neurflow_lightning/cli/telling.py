"""What the verbs say: snapshots and drift reports as text for a terminal and as plain values."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from neurflow_lightning.applications.firing import edge_share
from neurflow_lightning.errors import ComparisonError
from neurflow_lightning.evolution.comparing import moment
from neurflow_lightning.evolution.reports import DriftReport, TargetDrift
from neurflow_lightning.labels import NO_LABELS, GroupLabels, Label
from neurflow_lightning.regression.formats import (
    EVIDENCE_SHOWN,
    MATCHINGS,
    evidence_cells,
    nulls_told,
    number,
    short,
)
from neurflow_lightning.render.text import (
    aligned,
    plain_attribution_table,
    plain_table,
    visible_text,
)
from neurflow_lightning.types import Circuit, GroupId, Snapshot

_DRIFT_HEAD = ("measure", "place", "value", "null 99 %", "p adjusted")


def called(path: str, snapshot: Snapshot) -> str:
    """A snapshot's name in reports: its file, and when it was taken."""
    return f"{path} ({moment(snapshot)})"


@contextmanager
def named(what: str) -> Iterator[None]:
    """Put the files before the message of a comparison that is refused."""
    try:
        yield
    except ComparisonError as error:
        raise ComparisonError(f"{what}: {error}") from error


# --- a snapshot --------------------------------------------------------------------------


def snapshot_text(path: str, snapshot: Snapshot, labels: GroupLabels = NO_LABELS) -> str:
    """What was analysed, then for each target a table, and the names of its groups."""
    probe = snapshot.probe
    shape = " × ".join(map(str, probe.input_shape))
    labelled = "" if probe.labels is not None else ", without labels"
    head = [
        visible_text(called(path, snapshot)),
        f"  probe set {visible_text(probe.fingerprint[:12])}: "
        f"{probe.grid.n_images} inputs of {shape}{labelled}",
        f"  layers: {', '.join(map(visible_text, snapshot.layers))}",
    ]
    tables = [
        plain_table(one, labels.get(one.target.index, {}), snapshot.attribution)
        for one in snapshot.circuits
    ]
    if snapshot.attribution:  # files of older versions have none
        tables.append(plain_attribution_table(snapshot))
    return "\n\n".join(["\n".join(head), *tables]) + "\n"


def snapshot_content(
    path: str, snapshot: Snapshot, labels: GroupLabels = NO_LABELS
) -> dict[str, Any]:
    """Everything of a snapshot that is not an array of the attribution's own."""
    probe = snapshot.probe
    return {
        "file": path,
        "epoch": snapshot.epoch,
        "step": snapshot.step,
        "weights": snapshot.weights,
        "layers": list(snapshot.layers),
        "config": snapshot.config.to_dict(),
        "probe": {
            "fingerprint": probe.fingerprint,
            "inputs": probe.grid.n_images,
            "input_shape": list(probe.input_shape),
            "labelled": probe.labels is not None,
        },
        "methods": dict(snapshot.methods),
        "attribution": {
            layer: {**one.to_dict(), "predicts": one.predicts}
            for layer, one in snapshot.attribution.items()
        },
        "versions": dict(snapshot.versions),
        "circuits": [
            _circuit_content(snapshot, one, labels.get(one.target.index, {}))
            for one in snapshot.circuits
        ],
    }


def label_content(label: Label) -> dict[str, Any]:
    """A label, with what it is shown as."""
    return {
        "name": label.name,
        "caption": label.caption,
        "score": label.score,
        "source": label.source,
        "fresh": label.fresh,
        "relations": [dataclasses.asdict(one) for one in label.relations],
    }


def _circuit_content(
    snapshot: Snapshot, circuit: Circuit, labels: Mapping[GroupId, Label]
) -> dict[str, Any]:
    return {
        "target": {"index": circuit.target.index, "name": circuit.name},
        "left_out": dict(circuit.left_out),
        "coverage": circuit.coverage,
        "layers": [
            {"layer": layer, **dataclasses.asdict(snapshot.statistics(circuit, layer))}
            for layer in circuit.layers
        ],
        "neurons": [
            {
                "layer": node.id.layer,
                "index": node.id.index,
                "importance": node.importance,
                "semantic_groups": len(node.semantic_groups),
                "stability": node.stability,
            }
            for node in circuit.neurons
        ],
        "groups": [
            {
                "id": str(group.id),
                "neurons": [str(neuron) for neuron in group.neurons],
                "importance": circuit.group_importance(group),
                "patches": group.patches.tolist(),
                "label": label_content(labels[group.id]) if group.id in labels else None,
                "stability": group.stability,
            }
            for group in circuit.groups
        ],
        "edges": [
            {
                "source": str(edge.source),
                "target": str(edge.target),
                "weight": edge.weight,
                "share": edge_share(circuit, edge),
                "stability": edge.stability,
            }
            for edge in circuit.edges
        ],
    }


# --- a drift report ----------------------------------------------------------------------


def drift_text(report: DriftReport) -> str:
    """The verdict, then for each target its measures, lineage events and evidence."""
    head = [
        f"neurflow: {report.verdict}",
        f"  before: {visible_text(report.before)}",
        f"  after:  {visible_text(report.after)}",
        f"  {MATCHINGS[report.matching]}",
        f"  {nulls_told(report.nulls)}",
    ]
    return "\n\n".join(["\n".join(head), *map(_target_text, report.targets)]) + "\n"


def drift_content(report: DriftReport) -> dict[str, Any]:
    """The whole report, with its verdict."""
    return {"verdict": report.verdict, **dataclasses.asdict(report)}


def _target_text(target: TargetDrift) -> str:
    rows = [
        (
            one.measure,
            short(one.place),
            number(one.value),
            number(one.null_quantile),
            number(one.p_adjusted),
        )
        for one in target.drifts
    ]
    more = [*_parts("lineage events", target.events), *_parts("evidence", target.evidence)]
    return "\n".join(
        [f"{short(target.name)}: {target.verdict}", *aligned([_DRIFT_HEAD, *rows], (2, 5)), *more]
    )


def _parts(title: str, parts: Sequence[Any]) -> Iterator[str]:
    """A title and a line for each part, as far as they are shown."""
    if parts:
        yield f"{title}:"
    for one in parts[:EVIDENCE_SHOWN]:
        yield "  " + "  ".join(cell for cell in evidence_cells(one) if cell)
    if len(parts) > EVIDENCE_SHOWN:
        yield f"  and {len(parts) - EVIDENCE_SHOWN} more"
