"""Selectors side by side on circuits with known answers, for a terminal and as Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from neurflow_lightning.evaluation.planted.results import Measured, PlantedReport
from neurflow_lightning.evaluation.tables import Table
from neurflow_lightning.render.text import number_text

_MARKS = {"passed": "✓", "missed": "✗", "expected miss": "✗ (expected)", "no line": ""}
_Key = tuple[str, str, str]


def side_by_side(reports: Sequence[PlantedReport], titles: Mapping[str, str]) -> list[Table]:
    """A table for each tier, a row for each measure and a column for each method.

    Args:
        reports: of the methods, at least one.
        titles: tier → what is planted there.
    """
    found = [{one.key: one for one in report.measured} for report in reports]
    keys = list(
        dict.fromkeys(one.key for report in reports for one in report.measured if not one.note)
    )
    lines = {one.key: str(one.line or "–") for report in reports for one in report.measured}
    heads = ("case", "measure", "line", *(_words(report.method) for report in reports))
    return [
        Table(
            f"{tier}: {titles[tier]}",
            "✓ reaches the line, ✗ does not. *Expected* are misses that attribution along a path "
            "is known to make; – is what a method cannot be asked.",
            heads,
            3,
            tuple(
                (key[1], key[2], lines[key], *(_cell(one.get(key)) for one in found))
                for key in keys
                if key[0] == tier
            ),
        )
        for tier in dict.fromkeys(tier for tier, _, _ in keys)
    ]


def expected_misses(report: PlantedReport) -> Table | None:
    """What a method was expected to miss, and how it shows; ``None`` if nothing."""
    rows = tuple(
        (one.tier, one.case, one.why_missed, one.shown_by, _number(one.alarm))
        for one in report.measured
        if one.verdict == "expected miss"
    )
    if not rows:
        return None
    return Table(
        f"Expected misses of {_words(report.method)}",
        "Each shows on a check whose answer would be 0 if nothing was wrong.",
        ("tier", "case", "why", "shown by", "answer"),
        4,
        rows,
    )


def seconds_table(reports: Sequence[PlantedReport]) -> Table:
    """Wall time of each method and tier."""
    tiers = list(dict.fromkeys(tier for report in reports for tier in report.seconds))
    rows = tuple(
        (
            _words(one.method),
            *(f"{one.seconds[tier]:.1f}" if tier in one.seconds else "–" for tier in tiers),
            f"{sum(one.seconds.values()):.1f}",
        )
        for one in reports
    )
    return Table("Seconds", "Wall time.", ("method", *tiers, "all"), 1, rows)


def all_tables(reports: Sequence[PlantedReport], titles: Mapping[str, str]) -> list[Table]:
    """Every table there is."""
    misses: Iterable[Table | None] = map(expected_misses, reports[:1])
    return [
        *side_by_side(reports, titles),
        *(one for one in misses if one is not None),
        seconds_table(reports),
    ]


def _cell(one: Measured | None) -> str:
    if one is None:
        return "–"
    return f"{_number(one.value)} {_MARKS[one.verdict]}".strip()


def _number(value: float) -> str:
    return number_text(value, ".2g" if 0 < abs(value) < 0.01 else ".2f")


def _words(name: str) -> str:
    return name if ":" in name else name.replace("_", " ")
