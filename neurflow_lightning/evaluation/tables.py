"""Evaluations as tables, for a terminal and as Markdown, and as scalars; names are escaped."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from textwrap import fill

from neurflow_lightning.evaluation.results import (
    Chosen,
    EvaluationReport,
    Fidelity,
    Optimality,
    WeightFidelity,
)
from neurflow_lightning.evaluation.statistics import Interval, known_mean
from neurflow_lightning.render.tags import ROOT, tag_part
from neurflow_lightning.render.text import (
    aligned,
    counted,
    markdown_table,
    markdown_text,
    number_text,
    visible_text,
)

SHOWN = 6
"""Comparisons that core neurons do not win, named in the verdict; the rest is counted."""

_MODES = {"mask": "masked", "retain": "retained"}
_REACHES = {"single": "alone", "cumulative": "and all deeper"}


@dataclass(frozen=True)
class Table:
    """A table for people.

    Attributes:
        title: what it is.
        said: how it is read.
        columns: their heads.
        words: so many columns from the left hold words, the others numbers.
        rows: a cell for each column.
    """

    title: str
    said: str
    columns: tuple[str, ...]
    words: int
    rows: tuple[tuple[str, ...], ...]

    def markdown(self) -> str:
        """As Markdown, with every name escaped."""
        heads = [markdown_text(one) for one in self.columns]
        table = markdown_table(heads, (self.words, len(self.columns)), self.rows)
        return f"**{self.title}**\n\n{self.said}\n\n{table}\n"

    def text(self) -> str:
        """For a terminal."""
        rows = [[visible_text(cell) for cell in row] for row in (self.columns, *self.rows)]
        head, *lines = aligned(rows, (self.words, len(self.columns)))
        rule = "─" * max(map(len, [head, *lines]))
        said = fill(self.said.replace("*", ""), 100)
        return "\n".join([self.title, said, "", head, rule, *lines]) + "\n"


def tables(report: EvaluationReport) -> dict[str, Table]:
    """Name → table, of every evaluation there is."""
    made: dict[str, Callable[[EvaluationReport], Table]] = {}
    if report.optimality:
        made["optimality"] = optimality_table
    if report.fidelity:
        made["fidelity"] = fidelity_table
    if report.weights:
        made["weights"] = weights_table
    return {name: make(report) for name, make in made.items()}


def report_text(report: EvaluationReport) -> str:
    """All tables for a terminal, headed by where core neurons do not beat random sets."""
    parts = [verdict(report), *(table.text() for table in tables(report).values())]
    return "\n".join([*parts, *(f"note: {visible_text(one)}" for one in _notes(report))])


def report_markdown(report: EvaluationReport) -> str:
    """All tables as Markdown."""
    parts = [markdown_text(line) for line in verdict(report).splitlines()]
    notes = [f"- {markdown_text(one)}" for one in _notes(report)]
    said = [table.markdown() for table in tables(report).values()]
    return "\n\n".join(["  \n".join(parts), *said, *(["\n".join(notes) + "\n"] if notes else [])])


def verdict(report: EvaluationReport) -> str:
    """In how many comparisons core neurons beat random sets, and where they do not."""
    places = [f"{one.name}, {one.layer}, {_way(one)} (τ={one.tau})" for one in report.fidelity]
    told = {
        "optimality": [(f"{_pair(one)} (τ={one.size})", one.gain) for one in report.optimality],
        "fidelity by accuracy": [
            (place, one.accuracy.gain)
            for place, one in zip(places, report.fidelity, strict=True)
            if not math.isnan(one.accuracy.gain.value)
        ],
        "fidelity by the logit": [
            (place, one.logit.gain) for place, one in zip(places, report.fidelity, strict=True)
        ],
    }
    lines = [_count(what, found) for what, found in told.items() if found]
    return "".join(f"{visible_text(line)}\n" for line in lines)


def _count(what: str, found: Sequence[tuple[str, Interval]]) -> str:
    places = {
        said: [place for place, gain in found if gain.verdict == verdict]
        for verdict, said in (
            ("no", "random sets beat them in"),
            ("unclear", "their intervals hold 0, or there is none, in"),
        )
    }
    won = len(found) - sum(map(len, places.values()))
    line = f"{what}: core neurons beat random sets in {won} of {len(found)}"
    return "; ".join([line, *(_named(said, rest) for said, rest in places.items() if rest)])


def _named(said: str, places: Sequence[str]) -> str:
    more = [f"and {len(places) - SHOWN} more"] if len(places) > SHOWN else []
    return f"{said} {len(places)}: {', '.join([*places[:SHOWN], *more])}"


def _notes(report: EvaluationReport) -> list[str]:
    """What could not be compared, and which methods could not be asked, and why."""
    asked = chain(
        ((one.method, one.reason, _pair(one)) for one in report.weights),
        (
            (each.method, each.reason, _pair(one))
            for one in report.optimality
            for each in one.rivals
        ),
        ((each.method, each.reason, one.layer) for one in report.fidelity for each in one.rivals),
    )
    refused: dict[tuple[str, str], dict[str, None]] = {}
    for method, reason, place in asked:
        if reason:
            refused.setdefault((_words(method), reason), {})[place] = None
    told = (f"{name} ({', '.join(places)}): {why}" for (name, why), places in refused.items())
    return [*report.notes, *told]


def optimality_table(report: EvaluationReport) -> Table:
    """A row for each layer pair and size."""
    rivals = _rivals([one.rivals for one in report.optimality])
    rows = tuple(
        (
            _pair(one),
            str(one.size),
            str(one.neurons),
            _interval(one.core),
            number_text(one.random.value),
            _interval(one.gain),
            one.gain.verdict,
            _share(one.won),
            _share(one.beaten),
            *(_chosen(one.rivals, name) for name in rivals),
            number_text(one.core_searched),
            f"{number_text(one.greedy)} ({one.candidates})" if one.candidates else "–",
            number_text(one.exhaustive),
        )
        for one in report.optimality
    )
    said = (
        "Share of a concept's patches that stay in it after a knockout: less is better. "
        f"{report.settings['sets']} random sets; 95 % intervals over neurons. *Searched* are the "
        "core sets of those neurons for which a better set was searched; greedy with the number of "
        "its candidates, exhaustive where all sets could be tried."
    )
    heads = ("τ", "neurons", "core", "random", "random − core", "beats random")
    tail = ("searched", "greedy", "exhaustive")
    share = ("neurons won", "sets beaten")
    return Table(
        "Optimality", said, ("upper ← lower", *heads, *share, *map(_words, rivals), *tail), 1, rows
    )


def fidelity_table(report: EvaluationReport) -> Table:
    """A row for each target, layer, τ and way of masking."""
    rivals = _rivals([one.rivals for one in report.fidelity])
    rows = tuple(
        (
            one.name,
            one.layer,
            _way(one),
            str(one.tau),
            _counted(one),
            number_text(one.accuracy.whole),
            number_text(one.accuracy.core),
            number_text(one.accuracy.random),
            _interval(one.accuracy.gain),
            one.accuracy.gain.verdict,
            number_text(one.logit.whole),
            number_text(one.logit.core),
            number_text(one.logit.random),
            one.logit.gain.verdict,
            *(_chosen(one.rivals, name) for name in rivals),
        )
        for one in report.fidelity
    )
    said = (
        "Balanced accuracy of target against all others (½ is chance) and the target's logit, "
        f"on {report.images} images, with core neurons or random sets outside of them masked or "
        "retained. *Gain*: how much more the core matters, with its 95 % interval. *Neurons*: used "
        "of core, of the layer."
    )
    columns = (
        *("target", "layer", "way", "τ", "neurons", "whole", "core", "random", "gain"),
        *("beats random", "logit", "logit core", "logit random", "beats by logit"),
    )
    return Table("Fidelity of core neurons", said, (*columns, *map(_words, rivals)), 3, rows)


def weights_table(report: EvaluationReport) -> Table:
    """A row for each layer pair and method, a column for each size."""
    sizes = sorted({one.size for one in report.weights})
    places = dict.fromkeys((_pair(one), one.method) for one in report.weights)
    found = {(_pair(one), one.method, one.size): one for one in report.weights}
    rows = tuple(
        (
            pair,
            _words(method),
            *(_correlation(found.get((pair, method, size))) for size in sizes),
            _milliseconds(report, pair, method),
        )
        for pair, method in places
    )
    said = (
        "Correlation of a random set's summed attribution with what its knockout does, Pearson / "
        f"Spearman, mean over neurons; {report.settings['weight_sets']} sets of each size. "
        "Milliseconds that each method takes for a neuron and a patch."
    )
    heads = [*(counted(size, "neuron") for size in sizes), "ms"]
    return Table("Fidelity of weights", said, ("upper ← lower", "method", *heads), 2, rows)


def scalars(report: EvaluationReport) -> dict[str, float]:
    """What is logged, by tag; numbers without a meaning are left out.

    ``neurflow/evaluation/<upper>/overlap_core``, ``…_random`` and ``…_gain`` (optimality, at the
    largest τ), ``…/<target>/<layer>/mask_gain`` and ``…/retain_gain`` (fidelity of the layer alone,
    at the largest τ) and ``…/<upper>/pearson_<size>`` (weights of the first method).
    """
    found = dict(_scalars(report))
    return {tag: value for tag, value in found.items() if not math.isnan(value)}


def _scalars(report: EvaluationReport) -> Iterator[tuple[str, float]]:
    root = f"{ROOT}/evaluation"
    for one in report.optimality:  # sizes ascend, so that the largest is kept
        tag = f"{root}/{tag_part(one.upper)}/overlap"
        yield f"{tag}_core", one.core.value
        yield f"{tag}_random", one.random.value
        yield f"{tag}_gain", one.gain.value
    for row in report.fidelity:
        if row.reach == "single":
            tag = f"{root}/{tag_part(row.name) or row.target}/{tag_part(row.layer)}/{row.mode}_gain"
            yield tag, _headline(row).value
    for found in report.weights:
        if found.method == report.settings["methods"][0]:
            yield f"{root}/{tag_part(found.upper)}/pearson_{found.size}", found.pearson.value


# --- cells -------------------------------------------------------------------------------


def _headline(one: Fidelity) -> Interval:
    """The accuracy's gain; the logit's where there is no accuracy."""
    return one.logit.gain if math.isnan(one.accuracy.gain.value) else one.accuracy.gain


def _pair(one: Optimality | WeightFidelity) -> str:
    return f"{one.upper} ← {one.lower}"


def _way(one: Fidelity) -> str:
    return f"{_MODES[one.mode]} {_REACHES[one.reach]}"


def _counted(one: Fidelity) -> str:
    return f"{one.neurons} of {one.core_neurons}, {one.width}"


def _rivals(chosen: Sequence[Sequence[Chosen]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.method for row in chosen for one in row))


def _chosen(row: Sequence[Chosen], name: str) -> str:
    return next((number_text(one.value) for one in row if one.method == name), "–")


def _milliseconds(report: EvaluationReport, pair: str, method: str) -> str:
    rows = (row for row in report.weights if (_pair(row), row.method) == (pair, method))
    seconds = known_mean([row.seconds for row in rows])
    return number_text(1000 * seconds)


def _correlation(one: WeightFidelity | None) -> str:
    if one is None or math.isnan(one.pearson.value):
        return "–"
    return f"{number_text(one.pearson.value)} / {number_text(one.spearman.value)}"


def _words(name: str) -> str:
    return name.replace("_", " ")


def _interval(one: Interval) -> str:
    """With the signs of its ends, even of −0.00: they decide the verdict."""
    if math.isnan(one.value) or math.isnan(one.low):
        return number_text(one.value)
    ends = (f"{end:.2f}".replace("-", "−") for end in (one.low, one.high))
    return f"{number_text(one.value)} [{', '.join(ends)}]"


def _share(one: Interval) -> str:
    if math.isnan(one.value) or math.isnan(one.low):
        return "–" if math.isnan(one.value) else f"{one.value:.0%}"
    return f"{one.value:.0%} [{one.low:.0%}, {one.high:.0%}]"
