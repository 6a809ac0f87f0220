"""A regression report as a table for people, as JSON, as JUnit XML and as Markdown.

The table and Markdown show broken conditions first. Names come from outside: nothing in them acts
(see :mod:`neurflow_lightning.render.text`), and those too long for a line are cut in the middle.
JSON alone holds them as they are, in ASCII.
"""

from __future__ import annotations

import dataclasses
import html
import json
import math
import re
from collections.abc import Iterable, Sequence
from numbers import Integral, Real
from typing import Any
from xml.etree import ElementTree

from neurflow_lightning.evolution.reports import Evidence, LineageEvent, NullUsed
from neurflow_lightning.regression.verdicts import Finding, RegressionReport
from neurflow_lightning.render.text import (
    aligned,
    columns_wide,
    counted,
    markdown_text,
    number_text,
    pixels_text,
    visible_text,
)

SCHEMA = "neurflow-regression"
SCHEMA_VERSION = 1
"""Raised when a key changes its meaning or goes; new keys may come without."""

LONGEST_NAME = 48
EVIDENCE_SHOWN = 8
MARKDOWN_LIMIT = 60_000
"""Characters: GitHub refuses comments longer than 65 536."""

_OUTCOMES = ("fail", "warn", "not judged", "pass")
_HEAD = ("", "target", "place", "condition", "value", "bound")
MATCHINGS = {
    "neurons": "compared neuron by neuron",
    "responses": "compared by what neuron groups respond to",
}
_WHOLES = {
    "edge": "the edges into",
    "group": "the groups of",
    "image": "the images' activations in",
}
"""What a piece of evidence is a share of, before the layer's name."""

_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def text_table(report: RegressionReport) -> str:
    """For a terminal: a summary, a row a finding, and why and on what evidence it did not pass."""
    rows = [_HEAD, *(_cells(one) for one in _sorted(report))]
    head, *lines = aligned(rows, (len(_HEAD) - 2, len(_HEAD)))
    rule = "─" * max(map(columns_wide, [head, *lines]))
    title = [f"neurflow: {summary(report)}", *(f"  {line}" for line in _compared(report)), ""]
    reasons = [line for one in _broken(report) for line in _reason(one)]
    return "\n".join([*title, head, rule, *lines, *([""] if reasons else []), *reasons]) + "\n"


def json_text(report: RegressionReport) -> str:
    """As JSON of :data:`SCHEMA`, in ASCII, with the same order of keys for every report.

    NaN is ``null``, an infinite value ``"Infinity"`` or ``"-Infinity"``; ``passed`` of a finding is
    ``null`` where it could not be judged.
    """
    return json.dumps(plain(json_content(report)), indent=2, allow_nan=False) + "\n"


def json_content(report: RegressionReport) -> dict[str, Any]:
    """What :func:`json_text` writes, with numbers as they are."""
    return {
        "schema": SCHEMA,
        "version": SCHEMA_VERSION,
        "passed": report.passed,
        "verdict": report.verdict,
        "before": report.before,
        "after": report.after,
        "matching": report.matching,
        "nulls": [dataclasses.asdict(one) for one in report.nulls],
        "policy": report.policy,
        "findings": [_finding_content(one) for one in report.findings],
    }


def junit_xml(report: RegressionReport) -> str:
    """As JUnit XML, as Jenkins and others read it: a test case a finding.

    A broken condition of severity ``fail`` is a failure, one of ``warn`` passes with its warning
    as the case's output, and what could not be judged is skipped.
    """
    return junit_document([("neurflow", report)])


def junit_document(reports: Iterable[tuple[str, RegressionReport]]) -> str:
    """Several reports as one document of JUnit XML, a test suite each, under the names given."""
    root = ElementTree.Element("testsuites")
    root.extend([_suite(name, report) for name, report in reports])
    ElementTree.indent(root)
    written = ElementTree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{written}\n'


def _suite(name: str, report: RegressionReport) -> ElementTree.Element:
    # Numbered by condition, so that the names of cases differ.
    conditions = list(dict.fromkeys(one.condition for one in report.findings))
    cases = [_case(one, 1 + conditions.index(one.condition)) for one in report.findings]
    counts = {
        "tests": str(len(cases)),
        "failures": str(sum(case.find("failure") is not None for case in cases)),
        "errors": "0",
        "skipped": str(sum(case.find("skipped") is not None for case in cases)),
        "time": "0",
    }
    suite = ElementTree.Element("testsuite", {"name": _xml(name), **counts})
    properties = ElementTree.SubElement(suite, "properties")
    for key, told in (("compared", _compared(report)[2]), ("nulls", nulls_told(report.nulls))):
        ElementTree.SubElement(properties, "property", {"name": key, "value": _xml(told)})
    suite.extend(cases)
    return suite


def markdown(report: RegressionReport) -> str:
    """For a pull request: a summary, a table, evidence and passed conditions folded away.

    At most :data:`MARKDOWN_LIMIT` characters: what is left out is said.
    """
    broken = _broken(report)
    passed = [one for one in _sorted(report) if one.passed]
    compared = "<br>".join(code(line) for line in _compared(report))
    parts = [f"**neurflow: {summary(report)}**\n\n{compared}\n"]
    if broken:
        parts += ["\n" + _head_rows(_HEAD), *(_table_row(_cells(one)) for one in broken)]
        parts += [_details(_heading(one), _evidence_table(one)) for one in broken]
    if passed:
        table = _head_rows(_HEAD) + "".join(_table_row(_cells(one)) for one in passed)
        parts.append(_details(f"{len(passed)} passed", table))
    return bounded(parts, MARKDOWN_LIMIT)


def summary(report: RegressionReport) -> str:
    """One line: whether it passed, and how many findings there are of each outcome."""
    outcomes = [_outcome(one) for one in report.findings]
    words = {"fail": "failed", "warn": "warned", "not judged": "not judged", "pass": "passed"}
    counts = [f"{n} {words[one]}" for one in _OUTCOMES if (n := outcomes.count(one))]
    return f"{'passed' if report.passed else 'FAILED'} ({', '.join(counts)})"


# --- findings ----------------------------------------------------------------------------


def _outcome(finding: Finding) -> str:
    if finding.passed is None:
        return "not judged"
    return "pass" if finding.passed else finding.severity


def _sorted(report: RegressionReport) -> list[Finding]:
    """Worst first, else in the order of the policy."""
    return sorted(report.findings, key=lambda one: _OUTCOMES.index(_outcome(one)))


def _broken(report: RegressionReport) -> list[Finding]:
    """What did not pass, worst first, with the evidence that was not shown before it."""
    shown: set[tuple[int, Evidence | LineageEvent]] = set()
    findings = []
    for one in _sorted(report):
        if not one.passed:
            fresh = tuple(part for part in one.evidence if (one.target, part) not in shown)
            if not any(part in fresh for part in one.evidence[:EVIDENCE_SHOWN]):
                fresh = ()  # what it would show is there already
            shown |= {(one.target, part) for part in fresh[:EVIDENCE_SHOWN]}
            why = one.why if len(fresh) == len(one.evidence) else f"{one.why} (evidence: see above)"
            findings.append(dataclasses.replace(one, evidence=fresh, why=why))
    return findings


def _compared(report: RegressionReport) -> list[str]:
    return [
        f"baseline: {short(report.before)}",
        f"candidate: {short(report.after)}",
        f"{MATCHINGS[report.matching]}, verdict {report.verdict}, policy {short(report.policy)}",
        nulls_told(report.nulls),
    ]


def nulls_told(nulls: Sequence[NullUsed]) -> str:
    """What counted as noise, and what did not.

    >>> images = NullUsed("estimation", 200)
    >>> nulls_told([images, images, NullUsed("training", 3)])
    'held against other probe images (200 + 200 draws) and ordinary training (3 controls)'
    """
    if not nulls:
        return "held against no null: nothing says what is noise"
    images = " + ".join(str(one.draws) for one in nulls if one.kind == "estimation")
    training = [counted(one.draws, "control") for one in nulls if one.kind == "training"]
    told = [f"other probe images ({images} draws)"] if images else []
    told += [f"ordinary training ({one})" for one in training]
    alone = "" if training else ", which ordinary training may exceed: controls would tell"
    return f"held against {' and '.join(told)}{alone}"


def _cells(finding: Finding) -> list[str]:
    return [
        _outcome(finding),
        short(finding.name),
        short(finding.place),
        str(finding.condition.rule),
        number(finding.value),
        number(finding.bound),
    ]


def _heading(finding: Finding) -> str:
    place = "" if finding.place == "*" else f", {short(finding.place)}"
    return f"{_outcome(finding)}: {short(finding.name)}{place}: {visible_text(finding.why)}"


def _reason(finding: Finding) -> list[str]:
    """The heading, and a line for each piece of evidence."""
    shown = [evidence_cells(one) for one in finding.evidence[:EVIDENCE_SHOWN]]
    lines = ["    " + "  ".join(cell for cell in cells if cell) for cells in shown]
    return [_heading(finding), *lines, *(f"    {line}" for line in _more(finding))]


def _more(finding: Finding) -> list[str]:
    rest = len(finding.evidence) - EVIDENCE_SHOWN
    return [f"and {rest} more"] if rest > 0 else []


def evidence_cells(one: Evidence | LineageEvent) -> tuple[str, str, str, str]:
    """What it is, its name, how it changed, what share of the change it is and where to look.

    A patch is told by its image and the pixels in it: ``image 3 (rows 8–21, columns 0–13)``.
    """
    if isinstance(one, LineageEvent):
        sides = (", ".join(map(str, side)) or "–" for side in (one.before, one.after))
        names = " → ".join(short(side) for side in sides)
        names += _called(one)
        return (one.event, names, f"overlap {number(one.overlap)}", "")
    whole = f"the change in {_WHOLES[one.kind]} {short(one.layer)}"
    share = "" if math.isnan(one.share) else f"{one.share:.0%} of {whole}"
    places = ", ".join(dict.fromkeys(map(_place, one.places)))
    look = "; ".join(filter(None, [share, f"look at {places}" if places else ""]))
    change = f"{number(one.before)} → {number(one.after)}"
    return (one.kind, short(one.name) + _called(one), change, look)


def _place(place: Sequence[int]) -> str:
    image, *box = place
    if not box:
        return f"image {image}"
    top, left, height, width = box
    rows, columns = pixels_text(top, height), pixels_text(left, width)
    return f"image {image} (rows {rows}, columns {columns})"


def _called(one: Evidence | LineageEvent) -> str:
    return f" “{short(one.called)}”" if one.called else ""


# --- text --------------------------------------------------------------------------------


def short(name: str) -> str:
    """On one line, and cut in the middle where it is too long: layers differ at the end."""
    seen = visible_text(name)
    if len(seen) <= LONGEST_NAME:
        return seen
    return f"{seen[: LONGEST_NAME // 2]}…{seen[1 - LONGEST_NAME // 2 :]}"


def number(value: float | str) -> str:
    """With three digits; a dash where there is none."""
    if isinstance(value, str):
        return value
    return number_text(value, ".3g")


# --- JSON --------------------------------------------------------------------------------


def _finding_content(finding: Finding) -> dict[str, Any]:
    condition = finding.condition
    return {
        "condition": {
            "text": str(condition.rule),
            "rule": {"kind": type(condition.rule).__name__, **dataclasses.asdict(condition.rule)},
            "target": condition.target,
            "layer": condition.layer,
            "line": condition.line,
        },
        "target": {"index": finding.target, "name": finding.name},
        "place": finding.place,
        "severity": finding.severity,
        "value": finding.value,
        "bound": finding.bound,
        "passed": finding.passed,
        "why": finding.why,
        "evidence": [dataclasses.asdict(one) for one in finding.evidence],
    }


def plain(value: Any) -> Any:
    """Only what JSON has a word for; numpy's numbers as Python's."""
    if isinstance(value, dict):
        return {key: plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    if value is None or isinstance(value, bool | str):
        return value
    if isinstance(value, Integral):
        return int(value)
    assert isinstance(value, Real)
    return _plain_real(float(value))


def _plain_real(value: float) -> float | str | None:
    if math.isnan(value):
        return None
    return value if math.isfinite(value) else ("Infinity" if value > 0 else "-Infinity")


# --- JUnit -------------------------------------------------------------------------------


def _case(finding: Finding, number: int) -> ElementTree.Element:
    names = {
        "classname": f"neurflow.{short(finding.name)}",
        "name": f"{number}. {finding.condition.rule} ({short(finding.place)})",
        "time": "0",
    }
    case = ElementTree.Element("testcase", {key: _xml(name) for key, name in names.items()})
    outcome = _outcome(finding)
    if outcome == "not judged":
        ElementTree.SubElement(case, "skipped", {"message": _xml(finding.why)})
    elif outcome == "fail":
        message = {"message": _xml(finding.why), "type": "neurflow"}
        ElementTree.SubElement(case, "failure", message).text = _xml("\n".join(_reason(finding)))
    elif outcome == "warn":
        ElementTree.SubElement(case, "system-out").text = _xml("\n".join(_reason(finding)))
    return case


def _xml(text: str) -> str:
    """Without the characters that XML 1.0 has no way to write."""
    return _NO_XML.sub("", text)


# --- Markdown ----------------------------------------------------------------------------


def code(text: str) -> str:
    """In ``<code>``, where GitHub makes no mention of ``@name`` and no link of an issue number."""
    return f"<code>{markdown_text(text).replace('www.', 'www&#46;')}</code>" if text else ""


def _head_rows(cells: Iterable[str]) -> str:
    names = list(cells)
    return f"| {' | '.join(names)} |\n|{' --- |' * len(names)}\n"


def _table_row(cells: Sequence[str]) -> str:
    first, *rest = cells
    return f"| {first} | {' | '.join(code(cell) for cell in rest)} |\n"


def _evidence_table(finding: Finding) -> str:
    shown = [evidence_cells(one) for one in finding.evidence[:EVIDENCE_SHOWN]]
    if not shown:
        return ""
    rows = "".join(_table_row(cells) for cells in shown)
    more = "".join(f"\n{line}\n" for line in _more(finding))
    return _head_rows(("evidence", "what", "before → after", "share, where")) + rows + more


def _details(heading: str, body: str) -> str:
    """Folded; within ``<summary>`` GitHub reads HTML, not Markdown."""
    if not body:
        return f"\n{code(heading)}\n"
    title = f"<code>{html.escape(heading)}</code>"
    return f"\n<details><summary>{title}</summary>\n\n{body}\n</details>\n"


def bounded(parts: Sequence[str], limit: int) -> str:
    """As many parts, from the first, as fit, and a line that says how many do not."""
    said = "\n\n{} more parts of this report did not fit here.\n"
    written, room = "", limit - len(said) - 20
    for number, part in enumerate(parts):
        if len(written) + len(part) > room:
            return written + said.format(len(parts) - number)
        written += part
    return written
