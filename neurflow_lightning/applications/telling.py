"""What debugging found, as text: for terminals, as Markdown, and as plain values.

Names come from outside and are made visible, or escaped, wherever they are shown.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from neurflow_lightning.applications.debugging import BatchReport, GroupContrast, GroupTrace
from neurflow_lightning.applications.firing import CircuitFiring, Firing, ImageReport, edge_share
from neurflow_lightning.labels import NO_LABELS, GroupLabels, told_with_name
from neurflow_lightning.render.text import aligned, markdown_table, markdown_text, visible_text
from neurflow_lightning.types import GroupId, Snapshot

SHOWN = 8
"""Most groups listed of each kind; the rest is counted."""

_HEAD = ("group", "importance", "times normal", "crops", "best crop", "if masked")
_CONTRAST_HEAD = (
    *("class", "group", "importance", "on mistakes", "on hits", "AUROC", "p adjusted"),
    "mistakes",
)

_Rows = list[Sequence[str]]


# --- one image ---------------------------------------------------------------------------


def verdict(report: ImageReport) -> str:
    """What the network answered, in a line.

    The names are as they are: the caller makes them visible or escapes them.
    """
    said = f"“{_name(report, report.predicted)}”"
    if report.true is None:
        return f"taken for {said}"
    if report.is_mistake:
        return f"taken for {said}, but is “{_name(report, report.true)}”"
    return f"rightly taken for {said}"


def image_text(report: ImageReport, snapshot: Snapshot, title: str) -> str:
    """A report for a terminal: the answer, the paths, and the groups that matter."""
    lines = [visible_text(f"{title}: {verdict(report)}")]
    told = [_margin(report), *_paths(report, snapshot)]
    lines += [f"  {visible_text(one)}" for one in told]
    for heading, rows in _tables(report):
        lines += ["", f"  {visible_text(heading)}"]
        cells = [[visible_text(cell) for cell in row] for row in rows]
        lines += [f"    {line}" for line in aligned([_HEAD, *cells], (1, 4))] if rows else []
    return "\n".join(lines) + "\n"


def image_tables(report: ImageReport, snapshot: Snapshot, title: str) -> str:
    """The same as Markdown."""
    parts = [f"**{markdown_text(f'{title}: {verdict(report)}')}**", markdown_text(_margin(report))]
    parts += [markdown_text(one) for one in _paths(report, snapshot)]
    for heading, rows in _tables(report):
        parts.append(markdown_text(heading))
        parts += [markdown_table(_HEAD, (1, 4), rows)] if rows else []
    return "\n\n".join(parts) + "\n"


def path_text(circuit: CircuitFiring, snapshot: Snapshot, labels: GroupLabels = NO_LABELS) -> str:
    """A path as a chain from the target down, each edge with its share; any characters.

    The share is the edge's weight for each meaning in the upper group.
    """
    known = snapshot.circuit(circuit.target)
    steps = [
        f"{'+' if edge.weight >= 0 else '−'}{abs(edge_share(known, edge)):.2f} ← "
        f"{told_with_name(labels, circuit.target, edge.source)}"
        for edge in circuit.path
    ]
    chain = " ".join(steps) if steps else "nothing that fired feeds it"
    return f"path to “{circuit.name}”: {chain}"


def _name(report: ImageReport, number: int) -> str:
    return report.class_names.get(number, str(number))


def _margin(report: ImageReport) -> str:
    what = "its true class" if report.is_mistake else "the next"
    return f"logit {report.margin:.2f} above that of “{_name(report, report.rival)}”, {what}"


def _asked(report: ImageReport) -> Iterator[int]:
    yield report.predicted
    if report.is_mistake and report.true is not None:
        yield report.true


def _paths(report: ImageReport, snapshot: Snapshot) -> Iterator[str]:
    for target in _asked(report):
        circuit = report.circuit(target)
        if circuit is None:
            yield f"the snapshot has no circuit of “{_name(report, target)}”"
        else:
            yield path_text(circuit, snapshot, report.labels)


def _tables(report: ImageReport) -> Iterator[tuple[str, _Rows]]:
    """Heading and rows of the groups that matter."""
    circuit = report.circuit(report.predicted)
    if circuit is not None:
        fired = [one for one in circuit.below_the_target() if one.fired]
        yield _heading("fired", fired, circuit), _rows(report, circuit, fired)
    rival = report.circuit(report.true) if report.is_mistake else None
    if rival is not None:
        silent = list(report.missing)
        yield _heading("did not fire", silent, rival), _rows(report, rival, silent)


def _heading(what: str, groups: Sequence[Firing], circuit: CircuitFiring) -> str:
    of = f"of the {len(circuit.below_the_target())} groups of “{circuit.name}”"
    shown = f", the {SHOWN} most important" if len(groups) > SHOWN else ""
    return f"{len(groups)} {of} {what}{shown}{':' if groups else '.'}"


def _rows(report: ImageReport, circuit: CircuitFiring, groups: Sequence[Firing]) -> _Rows:
    return [_row(report, circuit, one) for one in groups[:SHOWN]]


def _row(report: ImageReport, circuit: CircuitFiring, one: Firing) -> Sequence[str]:
    box = report.box(one.best)
    place = "–" if box is None else f"{box[3]}×{box[2]} at {box[1]}, {box[0]}"
    return (
        told_with_name(report.labels, circuit.target, one.group),
        f"{one.importance:.2f}",
        f"{one.score:.2f}",
        str(len(one.crops)),
        place,
        _effect(report, one),
    )


def _effect(report: ImageReport, one: Firing) -> str:
    if one.effect is None:
        return "–"
    answer = one.effect.answer
    change = "" if answer == report.predicted else f", taken for “{_name(report, answer)}”"
    return f"margin {one.effect.margin_change:+.2f}{change}"


# --- many images -------------------------------------------------------------------------


def batch_text(report: BatchReport, shown: int = SHOWN) -> str:
    """What mistakes share and what separates them, for a terminal."""
    lines = [_counts(report)]
    for heading, rows in _contrast_tables(report, shown):
        lines += ["", heading]
        cells = [[visible_text(cell) for cell in row] for row in rows]
        lines += [f"  {line}" for line in aligned([_CONTRAST_HEAD, *cells], (2, 8))] if rows else []
    return "\n".join(lines) + "\n"


def _counts(report: BatchReport) -> str:
    return f"{len(report.mistakes)} of {len(report.true)} images were got wrong."


def _contrast_tables(report: BatchReport, shown: int) -> Iterator[tuple[str, _Rows]]:
    told = (
        ("misleads", "Fire more on images wrongly taken for their class than on others"),
        ("missing", "Fire less on images of their class that were taken for something else"),
    )
    significant = report.significant()
    for direction, what in told:
        found = [one for one in significant if one.direction == direction]
        kind = (
            f"{what} (adjusted p ≤ .05): {len(found)}{' groups' if len(found) != 1 else ' group'}"
        )
        rest = f", the first {shown}" if len(found) > shown else ""
        yield f"{kind}{rest}{':' if found else '.'}", _contrast_rows(report, found[:shown])
    if report.shared:
        most = _contrast_rows(report, report.shared[:shown])
        yield "Fired on most images wrongly taken for their class, significant or not:", most


def _contrast_rows(report: BatchReport, contrasts: Sequence[GroupContrast]) -> _Rows:
    return [_contrast_row(report, one) for one in contrasts]


def _contrast_row(report: BatchReport, one: GroupContrast) -> Sequence[str]:
    return (
        f"“{report.class_names[one.target]}”",
        told_with_name(report.labels, one.target, one.group),
        f"{one.importance:.2f}",
        f"{one.fired_mistakes:.0%}",
        f"{one.fired_hits:.0%}",
        f"{one.auroc:.2f}",
        f"{one.p_adjusted:.2g}",
        str(one.mistakes),
    )


# --- over a training ---------------------------------------------------------------------


def trace_text(
    traces: Iterable[GroupTrace],
    snapshots: Sequence[Snapshot],
    target: int,
    labels: GroupLabels = NO_LABELS,
) -> str:
    """One circuit's groups on an image, a column a snapshot, the last one's order."""
    when = [_moment(one, place) for place, one in enumerate(snapshots)]
    rows = [
        [
            told_with_name(labels, target, one.groups[-1]),
            *("–" if score is None else f"{score:.2f}" for score in one.scores),
        ]
        for one in traces
        if one.target == target and one.groups[-1] is not None
    ]
    if not rows:
        return "No group of this circuit can be followed: none is stable.\n"
    cells = [[visible_text(cell) for cell in row] for row in rows]
    return "\n".join(aligned([["times normal", *when], *cells], (1, len(when) + 1))) + "\n"


def _moment(snapshot: Snapshot, place: int) -> str:
    return f"snapshot {place + 1}" if snapshot.epoch is None else f"epoch {snapshot.epoch}"


# --- plain values ------------------------------------------------------------------------


def image_content(report: ImageReport) -> dict[str, Any]:
    """The whole report as plain values."""
    return {
        "predicted": {"index": report.predicted, "name": _name(report, report.predicted)},
        "true": None
        if report.true is None
        else {"index": report.true, "name": _name(report, report.true)},
        "rival": {"index": report.rival, "name": _name(report, report.rival)},
        "margin": report.margin,
        "logits": report.logits.tolist(),
        "threshold": report.threshold,
        "epoch": report.epoch,
        "step": report.step,
        "without_circuit": list(report.without_circuit),
        "circuits": [
            {
                "target": {"index": circuit.target, "name": circuit.name},
                "path": [
                    {"source": str(edge.source), "target": str(edge.target), "weight": edge.weight}
                    for edge in circuit.path
                ],
                "groups": [_firing_content(report, circuit, one) for one in circuit.groups],
            }
            for circuit in report.circuits
        ],
        "misleading": [str(one.group) for one in report.misleading],
        "missing": [str(one.group) for one in report.missing],
    }


def _firing_content(report: ImageReport, circuit: CircuitFiring, one: Firing) -> dict[str, Any]:
    return {
        "id": str(one.group),
        "label": _label_content(report.labels, circuit.target, one.group),
        "importance": one.importance,
        "score": one.score,
        "fired": one.fired,
        "boxes": [report.box(int(crop)) for crop in one.crops]
        if report.boxes is not None
        else None,
        "crops": one.crops.tolist(),
        "crop_scores": one.crop_scores.tolist(),
        "best_crop": one.best,
        "neurons": one.neurons.tolist(),
        "activations": one.activations.tolist(),
        "normal": one.normal.tolist(),
        "effect": None
        if one.effect is None
        else {"margin_change": one.effect.margin_change, "answer": one.effect.answer},
    }


def batch_content(report: BatchReport) -> dict[str, Any]:
    """The whole report as plain values; NaN is ``None``."""
    return {
        "images": len(report.true),
        "mistakes": [
            {
                "image": int(row),
                "true": int(report.true[row]),
                "predicted": int(report.predicted[row]),
                "margin": float(report.margins[row]),
            }
            for row in report.mistakes
        ],
        "threshold": report.threshold,
        "permutations": report.permutations,
        "seed": report.seed,
        "contrasts": [_contrast_content(report, one) for one in report.contrasts],
    }


def _contrast_content(report: BatchReport, one: GroupContrast) -> dict[str, Any]:
    values = {name: getattr(one, name) for name in one.__slots__}
    values["group"] = str(one.group)
    values["label"] = _label_content(report.labels, one.target, one.group)
    return {
        name: None if isinstance(value, float) and math.isnan(value) else value
        for name, value in values.items()
    }


def _label_content(labels: GroupLabels, target: int, group: GroupId) -> str | None:
    label = labels.get(target, {}).get(group)
    return None if label is None else label.told
