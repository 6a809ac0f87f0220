"""What debugging found, as text: for terminals, as Markdown, and as plain values.

Names come from outside and are made visible, or escaped, wherever they are shown.
"""

from __future__ import annotations

import math
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from neurflow_lightning.applications.debugging import (
    BatchReport,
    GroupContrast,
    GroupTrace,
    Untested,
)
from neurflow_lightning.applications.firing import (
    THRESHOLD,
    CircuitFiring,
    Firing,
    ImageReport,
)
from neurflow_lightning.labels import NO_LABELS, GroupLabels, told_with_name
from neurflow_lightning.render.text import (
    aligned,
    counted,
    markdown_table,
    markdown_text,
    number_text,
    pixels_text,
    share_text,
    visible_text,
)
from neurflow_lightning.types import GroupEdge, GroupId, Snapshot

SHOWN = 8
"""Most groups listed of each kind; the rest is counted."""

WIDTH = 80
"""Columns of a terminal that sentences are wrapped to."""

IMAGE_TERMS = (
    (
        "× normal",
        "how active a group's neurons are on the crop of the image that fires it most, against "
        f"their normal level; over {THRESHOLD} the group has fired",
    ),
    ("importance", "how much of the weight from the class down passes through the group, 0 to 1"),
    ("rows, columns", "of that crop, in pixels from the top left, counted from 0"),
    (
        "margin if masked",
        "what is added to the margin when the group's neurons are set to 0, and the class that "
        "the image is taken for then, if it is another",
    ),
    (
        "share of input",
        "how much of what the group or class after the arrow receives comes from the group before "
        "it; a minus speaks against what is after the arrow",
    ),
)
"""What may stand in an image's tables: term and meaning."""

BATCH_TERMS = (
    (
        "on mistakes, on hits",
        "the share of the images compared on which the group fired: of those wrongly taken, and of "
        "those rightly taken",
    ),
    (
        "AUROC",
        "how often it scores higher on a mistake than on a hit of the same true class: 0.5 by "
        "chance, 1 always, 0 never",
    ),
    ("adj. p", "of a permutation test, adjusted for all groups (Benjamini and Hochberg)"),
)
"""What stands in the tables of many images: term and meaning."""

_NONE = "–"
_HEAD = ("group", "× normal", "importance", "rows", "columns", "margin if masked")
_NUMBERS = ("× normal", "importance")
_CONTRAST_HEAD = ("class", "group", "importance", "on mistakes", "on hits", "AUROC", "adj. p")

_Row = Sequence[str]


@dataclass(frozen=True)
class _Told:
    """A sentence, and maybe a table below it; any characters.

    Attributes:
        sentence: empty for a table that needs none.
        head, rows: of the table; no rows, no table.
        numbers: its columns from one to before another are right-aligned.
    """

    sentence: str
    head: _Row = ()
    rows: Sequence[_Row] = ()
    numbers: tuple[int, int] = (0, 0)

    def lines(self, indent: str = "") -> list[str]:
        """For a terminal."""
        sentence = _wrapped(self.sentence, indent) if self.sentence else []
        if not self.rows:
            return sentence
        cells = [[visible_text(cell) for cell in row] for row in [self.head, *self.rows]]
        inner = indent if not sentence else f"{indent}  "
        return [*sentence, *(f"{inner}{line}" for line in aligned(cells, self.numbers))]

    def markdown(self) -> str:
        """The same as Markdown."""
        sentence = [markdown_text(self.sentence)] if self.sentence else []
        head = [markdown_text(cell) for cell in self.head]
        table = [markdown_table(head, self.numbers, self.rows)] if self.rows else []
        return "\n\n".join([*sentence, *table])


def terms_text(terms: Iterable[tuple[str, str]]) -> str:
    """Terms and meanings for a terminal, the meanings in a column; empty of none."""
    known = [(visible_text(term), visible_text(meaning)) for term, meaning in terms]
    if not known:
        return ""
    room = max(len(term) for term, _ in known) + 2
    lines = ["How to read this"]
    for term, meaning in known:
        first, *rest = textwrap.wrap(meaning, WIDTH - 2 - room)
        lines += [f"  {term:{room}}{first}", *(" " * (2 + room) + line for line in rest)]
    return "\n".join(lines) + "\n"


def terms_markdown(terms: Iterable[tuple[str, str]]) -> str:
    """The same as a Markdown list."""
    return "\n".join(
        f"- *{markdown_text(term)}*: {markdown_text(meaning)}" for term, meaning in terms
    )


def _wrapped(sentence: str, indent: str = "") -> list[str]:
    return textwrap.wrap(
        visible_text(sentence),
        WIDTH,
        initial_indent=indent,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _listed(names: Sequence[str]) -> str:
    """As far as they are shown: "a, b and c"."""
    shown = [*names[:SHOWN], *([f"{len(names) - SHOWN} more"] if len(names) > SHOWN else [])]
    return " and ".join(filter(None, [", ".join(shown[:-1]), shown[-1]]))


def _analyze_too(known: Iterable[int], wanted: Sequence[int]) -> str:
    """How a snapshot comes to have circuits of more classes."""
    numbers = " ".join(map(str, [*known, *wanted]))
    what = "it" if len(wanted) == 1 else "them"
    return f"analyze {what} too: --targets {numbers} of neurflow analyze, targets= in Python"


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


def image_text(report: ImageReport, title: str) -> str:
    """A report for a terminal: the answer, the groups that fired, and the paths.

    What its columns are, :func:`image_terms` says.
    """
    lines = [visible_text(f"{title}: {verdict(report)}"), *_wrapped(_margin(report), "  ")]
    for one in _image_parts(report):
        lines += ["", *one.lines("  ")]
    return "\n".join(lines) + "\n"


def image_tables(report: ImageReport, title: str) -> str:
    """The same as Markdown."""
    parts = [f"**{markdown_text(f'{title}: {verdict(report)}')}**", markdown_text(_margin(report))]
    parts += [one.markdown() for one in _image_parts(report)]
    return "\n\n".join(parts) + "\n"


def image_terms(reports: Iterable[ImageReport]) -> tuple[tuple[str, str], ...]:
    """Those of :data:`IMAGE_TERMS` that stand in the tables of some reports: term and meaning."""
    parts = (one for report in reports for one in _image_parts(report))
    told = {head for one in parts if one.rows for head in one.head}
    return tuple(
        (term, meaning) for term, meaning in IMAGE_TERMS if not told.isdisjoint(term.split(", "))
    )


def _name(report: ImageReport, number: int) -> str:
    return report.class_names.get(number, str(number))


def _margin(report: ImageReport) -> str:
    what = "its true class" if report.is_mistake else "the next"
    return (
        f"margin {number_text(report.margin)}: the logit of “{_name(report, report.predicted)}” "
        f"above that of “{_name(report, report.rival)}”, {what}"
    )


def _image_parts(report: ImageReport) -> Iterator[_Told]:
    """Of the predicted class, then of a mistake's true class."""
    yield from _class_parts(report, report.predicted)
    if report.is_mistake and report.true is not None:
        yield from _class_parts(report, report.true)


def _class_parts(report: ImageReport, target: int) -> Iterator[_Told]:
    """The groups that fired, of the true class those that did not, and the path."""
    circuit = report.circuit(target)
    if circuit is None:
        if target == report.without_circuit[0]:  # said once of both
            yield _Told(_without_circuit(report))
        return
    groups = circuit.below_the_target()
    fired = [one for one in groups if one.fired]
    silent = [one for one in groups if not one.fired]
    many = f"{len(fired) or 'None'} of {counted(len(groups), 'group')} of “{circuit.name}” fired"
    is_reason = target == report.predicted  # of the true class what is missing counts as much
    if fired or not silent:
        yield _groups_told(report, circuit, many, fired)
    if fired and silent and is_reason:
        yield _silent_told(report, circuit, silent)
    elif silent:
        told = f"{len(silent)} did not fire" if fired else many
        yield _groups_told(report, circuit, told, silent)
    yield _path_told(report, circuit)


def _without_circuit(report: ImageReport) -> str:
    missing = report.without_circuit
    names = _listed([f"“{_name(report, one)}”" for one in missing])
    which, see = ("was", "one") if len(missing) == 1 else ("were", "them")
    wanted = _analyze_too([one.target for one in report.circuits], missing)
    return (
        f"The snapshot has no circuit of {names}, which {which} not among the targets analyzed. To "
        f"see {see}, {wanted}."
    )


def _groups_told(
    report: ImageReport, circuit: CircuitFiring, what: str, groups: Sequence[Firing]
) -> _Told:
    shown = f". The {SHOWN} most important" if len(groups) > SHOWN else ""
    rows = [_row(report, circuit, one) for one in groups[:SHOWN]]
    used = [at for at in range(len(_HEAD)) if any(row[at] != _NONE for row in rows)]
    return _Told(
        f"{what}{shown}{':' if rows else '.'}",
        [_HEAD[at] for at in used],
        [[row[at] for at in used] for row in rows],
        (1, 1 + sum(_HEAD[at] in _NUMBERS for at in used)),
    )


def _silent_told(report: ImageReport, circuit: CircuitFiring, groups: Sequence[Firing]) -> _Told:
    """The most important ones in a sentence."""
    said = [
        f"{told_with_name(report.labels, circuit.target, one.group)} ({number_text(one.score)})"
        for one in groups[:SHOWN]
    ]
    more = f" and {len(groups) - SHOWN} more" if len(groups) > SHOWN else ""
    return _Told(f"{len(groups)} did not fire (× normal): {', '.join(said)}{more}.")


def _row(report: ImageReport, circuit: CircuitFiring, one: Firing) -> _Row:
    box = report.box(one.best)
    return (
        told_with_name(report.labels, circuit.target, one.group),
        number_text(one.score),
        number_text(one.importance),
        _NONE if box is None else pixels_text(box[0], box[2]),
        _NONE if box is None else pixels_text(box[1], box[3]),
        _effect(report, one),
    )


def _effect(report: ImageReport, one: Firing) -> str:
    if one.effect is None:
        return _NONE
    answer = one.effect.answer
    change = "" if answer == report.predicted else f", then “{_name(report, answer)}”"
    return f"{number_text(one.effect.margin_change, '+.2f')}{change}"


def _path_told(report: ImageReport, circuit: CircuitFiring) -> _Told:
    """An edge a row, from the image up to the class."""
    if not circuit.path:
        return _Told(f"No path to “{circuit.name}”: nothing that fired feeds it.")
    steps = circuit.steps()[::-1]
    rows = [(_edge(report, circuit, edge), share_text(share)) for edge, share in steps]
    return _Told("", (f"path to “{circuit.name}”", "share of input"), rows, (1, 2))


def _edge(report: ImageReport, circuit: CircuitFiring, edge: GroupEdge) -> str:
    source = told_with_name(report.labels, circuit.target, edge.source)
    if edge is circuit.path[0]:
        return f"{source} → “{circuit.name}”"
    return f"{source} → {told_with_name(report.labels, circuit.target, edge.target)}"


# --- many images -------------------------------------------------------------------------


def batch_text(report: BatchReport, shown: int = SHOWN) -> str:
    """What mistakes share and what separates them, for a terminal.

    What its columns are, :data:`BATCH_TERMS` says.
    """
    return "\n\n".join("\n".join(lines) for lines in _batch_parts(report, shown)) + "\n"


def chosen_text(report: BatchReport, images: Sequence[int]) -> str:
    """Which mistakes are told of one by one, and how many worse ones are not; empty of none.

    Args:
        report: of all images.
        images: the mistakes told of, in their order.
    """
    if not images:
        return ""
    worst = report.mistakes[: len(images)].tolist()
    first = "the worst" if [*images] == worst else "those that the circuits explain best"
    some = f"{len(images)} of {counted(len(report.mistakes), 'mistake')}"
    told = f"One by one, {first} first: {some}."
    passed = len(report.passed_over(images))
    if passed:
        told += (
            f" Passed over, though of larger margin: {passed}, taken for a class without a circuit."
        )
    return "\n".join(_wrapped(told)) + "\n"


def _batch_parts(report: BatchReport, shown: int) -> Iterator[list[str]]:
    """Paragraphs and tables."""
    yield _wrapped(_counts(report))
    if len(report.mistakes):
        yield from _direction_parts(report, "misleads", shown)
        yield from _direction_parts(report, "missing", shown)
    if report.shared:
        told = "Fired on most images wrongly taken for their class, significant or not:"
        yield _contrasts_told(report, told, report.shared[:shown])


def _counts(report: BatchReport) -> str:
    mistakes, images = len(report.mistakes), counted(len(report.true), "image")
    if not mistakes:
        return f"None of {images} was taken for another class: there is no mistake to explain."
    told = f"{mistakes} of {images} {'was' if mistakes == 1 else 'were'} taken for another class."
    missing = report.without_circuit
    if not missing:
        return told
    alone = len(missing) == 1
    names = [
        _class(report, one) + ("" if alone else f" ({count})") for one, count in missing.items()
    ]
    return (
        f"{told} {sum(missing.values())} of them for {_listed(names)}, of which the snapshot has "
        f"no circuit, because {'it was' if alone else 'they were'} not among the targets analyzed. "
        f"To see why, {_analyze_too(report.targets, [*missing][:SHOWN])}."
    )


_ASKED = {
    "misleads": "Misleading groups, which score higher on images wrongly taken for their class "
    "than on images of the same true classes taken rightly",
    "missing": "Missing groups, which score lower on images of their class taken for another than "
    "on those taken rightly",
}


def _direction_parts(report: BatchReport, direction: str, shown: int) -> Iterator[list[str]]:
    """What was found, and what could not be tested and why."""
    tested = [one for one in report.contrasts if one.direction == direction and one.mistakes]
    found = [one for one in report.significant() if one.direction == direction]
    untested = [one for one in report.untested if one.direction == direction]
    told = f"{len(found) or 'none'} of {counted(len(tested), 'group')} tested (adjusted p ≤ .05)"
    if not tested:
        told = "could not be tested."
    elif not found:
        told += f". Compared: {_compared(report, tested)}."
    else:
        told += f". The first {shown}:" if len(found) > shown else ":"
    table = _contrasts_told(report, f"{_ASKED[direction]}: {told}", found[:shown])
    yield [*table, *_untested(report, untested, tested)]


def _compared(report: BatchReport, tested: Sequence[GroupContrast]) -> str:
    counts = {one.target: (one.mistakes, one.hits) for one in tested}
    return _listed(
        [
            f"{counted(mistakes, 'mistake')} with {counted(hits, 'hit')} for {_class(report, at)}"
            for at, (mistakes, hits) in sorted(counts.items())
        ]
    )


def _untested(
    report: BatchReport, untested: Sequence[Untested], tested: Sequence[GroupContrast]
) -> Iterator[str]:
    """For each class the reason and the way out."""
    if untested and tested:
        yield "  Could not be tested:"
    indent = "    " if tested else "  "
    for one in untested[:SHOWN]:
        yield from _wrapped(f"{_class(report, one.target)}: {why_untested(report, one)}", indent)
    if len(untested) > SHOWN:
        yield f"{indent}and {len(untested) - SHOWN} more"


def why_untested(report: BatchReport, one: Untested) -> str:
    """Why a class's groups could not be tested, with the counts, and what to do; any characters."""
    images = counted(len(report.true), "image")
    if one.direction == "misleads":
        if not one.mistakes:
            return f"none of {images} was wrongly taken for it. Give more images."
        names = _listed([_class(report, true) for true in one.classes])
        return (
            f"{counted(one.mistakes, 'image')} of {names} wrongly taken for it, and none rightly "
            "taken to compare with. Give more images of that, or a later checkpoint with its "
            "snapshot."
        )
    if not one.mistakes and not one.hits:
        return f"none of {images} is of it. Give images of it."
    own = counted(one.mistakes + one.hits, "image")
    if not one.mistakes:
        all_were = "the only image of it was" if one.hits == 1 else f"all {own} of it were"
        return f"{all_were} taken rightly, so that nothing is missing."
    return (
        f"none of {own} of it was taken rightly to compare with. Give more images of it, or a "
        "later checkpoint with its snapshot."
    )


def _class(report: BatchReport, target: int) -> str:
    return f"“{report.class_names.get(target, str(target))}”"


def _contrasts_told(
    report: BatchReport, sentence: str, contrasts: Sequence[GroupContrast]
) -> list[str]:
    rows = [_contrast_row(report, one) for one in contrasts]
    return _Told(sentence, _CONTRAST_HEAD, rows, (2, 7)).lines()


def _contrast_row(report: BatchReport, one: GroupContrast) -> _Row:
    return (
        _class(report, one.target),
        told_with_name(report.labels, one.target, one.group),
        number_text(one.importance),
        f"{one.fired_mistakes:.0%} of {one.mistakes}",
        f"{one.fired_hits:.0%} of {one.hits}",
        number_text(one.auroc),
        number_text(one.p_adjusted, ".2g"),
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
            *(_NONE if score is None else number_text(score) for score in one.scores),
        ]
        for one in traces
        if one.target == target and one.groups[-1] is not None
    ]
    if not rows:
        return "No group of this circuit can be followed: none is stable.\n"
    cells = [[visible_text(cell) for cell in row] for row in rows]
    return "\n".join(aligned([["× normal", *when], *cells], (1, len(when) + 1))) + "\n"


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
                    {
                        "source": str(edge.source),
                        "target": str(edge.target),
                        "share": share,
                        "weight": edge.weight,
                    }
                    for edge, share in circuit.steps()
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
        "untested": [
            {
                "target": one.target,
                "direction": one.direction,
                "mistakes": one.mistakes,
                "hits": one.hits,
                "why": why_untested(report, one),
            }
            for one in report.untested
        ],
        "without_circuit": {str(one): count for one, count in report.without_circuit.items()},
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
