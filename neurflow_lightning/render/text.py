"""A circuit as a table: Markdown for dashboards, plain text for terminals.

Names come from outside (data sets, snapshot files). Nothing in them may act: control characters
and terminal sequences are removed everywhere, and in Markdown every character with a meaning is
escaped.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from types import MappingProxyType

from neurflow_lightning.evolution.reports import Drift, DriftReport, LineageEvent, TargetDrift
from neurflow_lightning.labels import UNSEEN, Label
from neurflow_lightning.types import (
    PREDICTS,
    Circuit,
    CoreNeuron,
    GroupId,
    SegmentAttribution,
    Snapshot,
    is_stable,
)

_TERMINAL_SEQUENCE = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]"  # CSI: colours, cursor
    r"|(?:\x1b\]|\x9d)[^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)?"  # OSC: window titles, links
    r"|\x1b[@-Z\\-_]"
)
_BACKSLASHED = re.compile(r"([\\*_{}\[\]()#!])")
_ENTITIES = {ord(character): f"&#{ord(character)};" for character in "|`~:"} | {
    ord("&"): "&amp;",
    ord("<"): "&lt;",
    ord(">"): "&gt;",
}

_COLUMNS = (
    "layer",
    "core neurons",
    "stability",
    "meanings a neuron",
    "neuron groups",
    "completeness gap",
    "time (s)",
    "strongest neurons",
)
_STRONGEST = 3

_ATTRIBUTION_TITLE = "Attribution of layer pairs"
_ATTRIBUTION_COLUMNS = (
    *("layer pair", "method", "correlation with knockouts", "margin"),
    "predicts knockouts",
)
_DRIFT_COLUMNS = ("place", "measure", "drift", "null, 99 %", "p", "p adjusted")
_LABEL_COLUMNS = (
    *("layer", "group", "name", "score"),
    *("fed by (share of its input)", "named by", "caption"),
)
_EVENT_COLUMNS = ("what happened", "before", "after", "lineage", "overlap")

OwnLabels = Mapping[GroupId, Label]
"""What the groups of one circuit are called."""

_NO_LABELS: OwnLabels = MappingProxyType({})

Attributions = Mapping[str, SegmentAttribution]
"""Upper layer → how its neurons were attributed."""

_NO_ATTRIBUTIONS: Attributions = MappingProxyType({})


def visible_text(text: str) -> str:
    r"""``text`` on one line, without terminal sequences and characters that are not seen.

    Control, format (such as the ones that turn the direction of writing) and private characters
    go; every run of white space becomes one space.

    >>> visible_text("\x1b[31mred\x1b[0m\ncrack\u202e")
    'red crack'
    """
    spaced = re.sub(r"\s+", " ", _TERMINAL_SEQUENCE.sub("", text))
    return "".join(one for one in spaced if unicodedata.category(one) not in UNSEEN).strip()


def markdown_text(text: str) -> str:
    r"""``text`` as Markdown that shows it and does nothing else.

    Safe in a table's cell, for CommonMark, GitHub and Python-Markdown (TensorBoard's): HTML,
    links, emphasis, code and cell borders in it are inert.

    >>> markdown_text("<b>a|b</b> `c`")
    '&lt;b&gt;a&#124;b&lt;/b&gt; &#96;c&#96;'
    >>> markdown_text("max_pool [x](y)")
    'max\\_pool \\[x\\]\\(y\\)'
    """
    return _BACKSLASHED.sub(r"\\\1", visible_text(text)).translate(_ENTITIES)


def number_text(value: float, form: str = ".2f") -> str:
    """A number for people: with minus signs that are some, "–" where there is none, no signed zero.

    Args:
        value: may be infinite or NaN.
        form: as of :func:`format`.

    >>> number_text(-0.25), number_text(-0.001, "+.2f"), number_text(0.031, "+.0%")
    ('−0.25', '0.00', '+3%')
    >>> number_text(1e-7, ".2g")
    '1e−07'
    """
    if math.isnan(value):
        return "–"
    if math.isinf(value):
        return "∞" if value > 0 else "−∞"
    told = format(value, form)
    if not any(digit in told for digit in "123456789"):
        return told.lstrip("+-")
    return told.replace("-", "−")


def share_text(share: float) -> str:
    """A signed share as a percentage; one that is nearly nothing keeps its sign.

    >>> share_text(0.264), share_text(-0.004), share_text(0.0001), share_text(-0.0001)
    ('+26%', '−0.4%', '<0.1%', '>−0.1%')
    """
    size = abs(share)
    if size < 0.0005:
        return "0%" if share == 0 else ">−0.1%" if share < 0 else "<0.1%"
    return number_text(share, "+.1%" if size < 0.01 else "+.0%")


def counted(count: int, thing: str) -> str:
    """How many of something.

    >>> counted(1, "image"), counted(2, "image")
    ('1 image', '2 images')
    """
    return f"{count} {thing}{'' if count == 1 else 's'}"


def pixels_text(start: int, length: int) -> str:
    """Rows or columns of an image, the last one among them, counted from 0.

    >>> pixels_text(18, 6), pixels_text(3, 1)
    ('18–23', '3')
    """
    return f"{start}–{start + length - 1}" if length > 1 else str(start)


def circuit_table(
    circuit: Circuit,
    labels: OwnLabels = _NO_LABELS,
    attributions: Attributions = _NO_ATTRIBUTIONS,
) -> str:
    """The circuit as a Markdown table, a row a layer, shallow to deep.

    Columns: the layer, its core neurons (and how many were left out), their
    mean stability, mean number of semantic groups a neuron, neuron groups (and how many of them are
    unstable, or that it is unknown), completeness gap in per cent of the response change, seconds,
    and the most important neurons with their importance. A dash stands where a number was not
    measured or has no meaning, as in the shallowest layer. Below it stand the names of neuron
    groups, if there are any.

    Args:
        circuit: what to show.
        labels: what its groups are called.
        attributions: those of its snapshot; a method without a completeness gap gets a dash.
    """
    table = markdown_table(_COLUMNS, (1, len(_COLUMNS) - 1), _rows(circuit, attributions))
    names = f"\n{label_table(circuit, labels)}\n" if labels else ""
    title = f"Circuit of {markdown_text(circuit.name)}{_followed(circuit)}"
    return f"**{title}**\n\n{table}\n{names}"


def plain_table(
    circuit: Circuit,
    labels: OwnLabels = _NO_LABELS,
    attributions: Attributions = _NO_ATTRIBUTIONS,
) -> str:
    """The table of :func:`circuit_table` for a terminal: aligned columns, nothing but text."""
    title = f"Circuit of {visible_text(circuit.name)}{_followed(circuit)}"
    names = ["", plain_label_table(circuit, labels)] if labels else []
    rows = _rows(circuit, attributions)
    return "\n".join([title, *_ruled(_COLUMNS, rows, (1, len(_COLUMNS) - 1)), *names])


def _followed(circuit: Circuit) -> str:
    if not circuit.left_out:
        return ""
    return f" ({circuit.coverage:.0%} of the path weight followed)"


def attribution_table(snapshot: Snapshot) -> str:
    """How each layer pair was attributed, as a Markdown table, shallow to deep.

    Columns: the lower and the upper layer, the attribution method, the correlation of its
    attributions with the effects of real knockouts, by how much the best method that was compared
    may have been better, and whether the attributions predict knockouts. A dash stands where that
    was not measured. Empty where there is no layer pair.
    """
    if not (rows := _attribution_rows(snapshot)):
        return ""
    table = markdown_table(_ATTRIBUTION_COLUMNS, (2, 4), rows)
    return f"**{_ATTRIBUTION_TITLE}**\n\n{table}\n"


def plain_attribution_table(snapshot: Snapshot) -> str:
    """The table of :func:`attribution_table` for a terminal."""
    if not (rows := _attribution_rows(snapshot)):
        return ""
    return "\n".join([_ATTRIBUTION_TITLE, *_ruled(_ATTRIBUTION_COLUMNS, rows, (2, 4))])


def _ruled(
    columns: Sequence[str], rows: Iterable[Sequence[str]], numbers: tuple[int, int]
) -> list[str]:
    """A table for a terminal, as lines, with a rule below its head."""
    cells = [columns, *([visible_text(cell) for cell in row] for row in rows)]
    head, *lines = aligned(cells, numbers)
    return [head, "─" * max(map(len, [head, *lines])), *lines]


def label_table(circuit: Circuit, labels: OwnLabels) -> str:
    """The neuron groups that have a name as a Markdown table, shallow to deep.

    Columns: layer, number, name (with a question mark if the group has changed since it was
    named), how well the name picks the group's patches (AUROC), what feeds the group most, with the
    share of its input, who named it, and its caption.
    """
    return markdown_table(_LABEL_COLUMNS, (3, 4), _label_rows(circuit, labels))


def plain_label_table(circuit: Circuit, labels: OwnLabels) -> str:
    """The table of :func:`label_table` for a terminal."""
    rows = [[visible_text(cell) for cell in row] for row in _label_rows(circuit, labels)]
    return "\n".join(aligned([_LABEL_COLUMNS, *rows], (3, 4)))


def drift_tables(report: DriftReport, target: TargetDrift) -> str:
    """What changed in one target's circuit, as Markdown: its drifts, then its lineage events.

    Drifts have a row a place and measure, as the report orders them: the value, the 99 % quantile
    of its null, p and adjusted p; a dash stands where there is no number. Events have a row each:
    the neuron groups before and after, their lineage ids, which stay the same over a run, and the
    overlap of the old with the new group.
    """
    drifts = markdown_table(_DRIFT_COLUMNS, (2, 6), map(_drift_row, target.drifts))
    title = f"**What changed in the circuit of {markdown_text(target.name)}**"
    when = f"{markdown_text(report.before)} → {markdown_text(report.after)}: {target.verdict}"
    return f"{title}\n\n{when}\n\n{drifts}\n\n{_event_table(target.events)}\n"


def _event_table(events: Sequence[LineageEvent]) -> str:
    if not events:
        return "No neuron group came, went, split or merged."
    return markdown_table(_EVENT_COLUMNS, (4, 5), map(_event_row, events))


def _drift_row(drift: Drift) -> list[str]:
    return [
        drift.place,
        drift.measure,
        number_text(drift.value, ".3f"),
        number_text(drift.null_quantile, ".3f"),
        number_text(drift.p, ".3g"),
        number_text(drift.p_adjusted, ".3g"),
    ]


def _event_row(event: LineageEvent) -> list[str]:
    return [
        event.event + (f" “{event.called}”" if event.called else ""),
        _groups(event.before),
        _groups(event.after),
        ", ".join(map(str, event.lineage)) or "–",
        number_text(event.overlap),
    ]


def _groups(groups: Iterable[GroupId]) -> str:
    return ", ".join(map(str, groups)) or "–"


def markdown_table(
    columns: Sequence[str], numbers: tuple[int, int], rows: Iterable[Sequence[str]]
) -> str:
    """A table of escaped cells; the columns from one to before another are right-aligned."""
    first, last = numbers
    rule = ["---:" if first <= place < last else "---" for place in range(len(columns))]
    escaped = [[markdown_text(cell) for cell in row] for row in rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in [columns, rule, *escaped])


def _rows(circuit: Circuit, attributions: Attributions) -> list[list[str]]:
    return [_row(circuit, layer, attributions.get(layer)) for layer in circuit.layers]


def _row(circuit: Circuit, layer: str, attribution: SegmentAttribution | None) -> list[str]:
    has_gap = attribution is None or attribution.has_gap
    statistics = circuit.statistics(layer)
    left_out = circuit.left_out.get(layer, 0)
    strongest = circuit.layer_neurons(layer)[:_STRONGEST]
    return [
        layer,
        f"{statistics.core_neurons}" + (f" (+{left_out} left out)" if left_out else ""),
        number_text(_mean_stability(circuit.layer_neurons(layer))),
        number_text(statistics.semantic_groups),
        f"{statistics.neuron_groups}" + _told_unstable(circuit, layer),
        number_text(statistics.completeness_gap, ".2%") if has_gap else "–",
        number_text(statistics.seconds),
        ", ".join(f"{node.id.index} ({node.importance:.2f})" for node in strongest) or "–",
    ]


def _attribution_rows(snapshot: Snapshot) -> list[list[str]]:
    return [
        [f"{lower} → {upper}", *_attribution_cells(snapshot.attribution_of(upper))]
        for lower, upper in pairwise(snapshot.layers)
    ]


def _attribution_cells(attribution: SegmentAttribution) -> list[str]:
    measured = not math.isnan(attribution.correlation)
    return [
        str(attribution),
        number_text(attribution.correlation),
        number_text(attribution.margin),
        ("yes" if attribution.predicts else f"✗ no, below {PREDICTS:g}") if measured else "–",
    ]


def _told_unstable(circuit: Circuit, layer: str) -> str:
    if layer in circuit.ungated_layers():
        return " (stability unknown)"
    unstable = sum(not is_stable(group.stability) for group in circuit.layer_groups(layer))
    return f" ({unstable} unstable)" if unstable else ""


def _label_rows(circuit: Circuit, labels: OwnLabels) -> list[list[str]]:
    return [
        _label_row(group.id, labels[group.id])
        for layer in circuit.layers
        for group in circuit.layer_groups(layer)
        if group.id in labels
    ]


def _label_row(group: GroupId, label: Label) -> list[str]:
    fed_by = (f"{one.group} {share_text(one.share)}" for one in label.relations[:_STRONGEST])
    return [
        group.layer,
        str(group.number),
        label.name if label.fresh else f"{label.name}?",
        number_text(label.score) if label.fresh and label.score is not None else "–",
        ", ".join(fed_by) or "–",
        label.source,
        label.caption or "–",
    ]


def _mean_stability(nodes: Iterable[CoreNeuron]) -> float:
    told = [node.stability for node in nodes if node.stability is not None]
    return sum(told) / len(told) if told else math.nan


def aligned(rows: Sequence[Sequence[str]], numbers: tuple[int, int] = (0, 0)) -> list[str]:
    """Rows as lines of a terminal, their columns aligned.

    Args:
        rows: with one cell a column, at least one row.
        numbers: the columns from one to before another are right-aligned.

    >>> aligned([("layer", "value"), ("fc", "0.25"), ("layer4", "12")], (1, 2))
    ['layer   value', 'fc       0.25', 'layer4     12']
    """
    first, last = numbers
    widths = [max(map(columns_wide, column)) for column in zip(*rows, strict=True)]

    def padded(place: int, cell: str) -> str:
        fill = " " * (widths[place] - columns_wide(cell))
        return fill + cell if first <= place < last else cell + fill

    return ["  ".join(padded(*one) for one in enumerate(row)).rstrip() for row in rows]


def columns_wide(text: str) -> int:
    """How many columns of a terminal ``text`` takes."""
    return sum(
        0 if unicodedata.combining(one) else 1 + (unicodedata.east_asian_width(one) in "WF")
        for one in text
    )
