"""Reports as text, JSON, JUnit XML and Markdown; names from outside that must not act in them."""

from __future__ import annotations

import dataclasses
import html
import json
import re
from math import inf, nan
from xml.etree import ElementTree

import numpy as np
import pytest
from drift_reports import CRACK, REPORT, SCRATCH
from markdown_it import MarkdownIt

from neurflow_lightning.evolution.reports import (
    Drift,
    DriftReport,
    Evidence,
    LineageEvent,
    NullUsed,
)
from neurflow_lightning.regression import policy as policy_module
from neurflow_lightning.regression.formats import (
    MARKDOWN_LIMIT,
    SCHEMA,
    SCHEMA_VERSION,
    json_text,
    junit_xml,
    markdown,
    summary,
    text_table,
)
from neurflow_lightning.regression.policy import DEFAULT_POLICY, Condition, parse_policy
from neurflow_lightning.regression.verdicts import Finding, RegressionReport, check_regression
from neurflow_lightning.types import GroupId

POLICY = parse_policy(
    """
conditions:
  - {verdict_at_most: re-described, target: crack}
  - {measure: edge_drift, above_null: 1.5, layer: layer4}
  - {forbid: [split, merge], severity: warn, target: crack, layer: layer4}
  - {measure: core_turnover, at_most: 0.35, target: crack}
""",
    "neurflow.yaml",
)
CHECKED = check_regression(REPORT, POLICY)
KEPT = check_regression(dataclasses.replace(REPORT, targets=(SCRATCH,)), DEFAULT_POLICY)

HOSTILE = [
    "<script>alert(1)</script>",
    "</code></details><img src=x onerror=alert(1)>",
    "]]><failure/>",
    "a|b|c",
    "line\nbreak\r\n| new | row |",
    "`code` ``more``",
    "[link](javascript:alert(1)) ![x](http://evil.example/x.png)",
    "**bold** _it_ ~~gone~~ # title",
    "http://evil.example www.evil.example",
    "&lt;b&gt; &amp;",
    "back\\slash \\| pipe",
    "\x1b[2J\x1b]0;title\x07red",
    "right\u202eleft\u2066 \u05d0\u05d1\u05d2 123 \u0627",
    "\x00\x0b\ufffe\uffff\ud800",
    "\"quoted\" 'twice'",
    "x" * 100_000,
    "细" * 300,
    "e" + "\u0301" * 500,
    "",
]


def hostile(name: str) -> RegressionReport:
    """A report in which every name from outside is ``name``."""
    target = dataclasses.replace(
        CRACK,
        name=name,
        drifts=tuple(
            dataclasses.replace(one, layer=name, below=one.below and name) for one in CRACK.drifts
        ),
        events=(LineageEvent("split", name, (GroupId(name, 0),), (GroupId(name, 1),), (3,), 0.6),),
        evidence=tuple(dataclasses.replace(one, layer=name, name=name) for one in CRACK.evidence),
        transfer=((name, 0.2),),
    )
    report = DriftReport(name, name, "neurons", (target,), "f" * 64)
    written = (*POLICY.conditions, Condition(policy_module.TransferAtLeast(0.5)))
    conditions = tuple(dataclasses.replace(one, target="*", layer="*") for one in written)
    return check_regression(report, dataclasses.replace(POLICY, conditions=conditions, source=name))


# --- text --------------------------------------------------------------------------------

TEXT = """\
neurflow: FAILED (2 failed, 1 warned, 1 not judged, 2 passed)
  baseline: epoch 4, step 110
  candidate: epoch 5, step 132
  compared neuron by neuron, verdict changed, policy neurflow.yaml
  held against other probe images (200 draws) and ordinary training (5 controls)

            target   place            condition                        value         bound
──────────────────────────────────────────────────────────────────────────────────────────
fail        crack    *                verdict at most re-described   changed  re-described
fail        crack    layer3 → layer4  edge_drift at most 1.5 × null     0.41         0.225
warn        crack    layer4           no split or merge                    1             0
not judged  crack    layer3           core_turnover at most 0.35           –          0.35
pass        scratch  layer3 → layer4  edge_drift at most 1.5 × null     0.08          0.15
pass        crack    layer4           core_turnover at most 0.35         0.3          0.35

fail: crack: the verdict is changed, re-described at worst is allowed
    edge  layer3:7 → layer4:2  0.1 → 0.52  45% of the change in the edges into layer4; \
look at image 1 (rows 0–7, columns 0–7), image 4 (rows 4–7, columns 2–7)
    edge  layer3:1 → layer4:2  – → −0.2  36% of the change in the edges into layer4
    image  17  0.2 → 1.4  80% of the change in the images' activations in fc; look at image 17
fail: crack, layer3 → layer4: edge_drift 0.41 is above 0.225, 1.5 times the null's 99 % quantile \
(evidence: see above)
warn: crack, layer4: 1 split happened, none is allowed
    split  layer4/0 → layer4/1, layer4/1  overlap 0.6
not judged: crack, layer3: there is no core_turnover here: nothing to compare
"""


def test_the_table():
    assert text_table(CHECKED) == TEXT


def test_a_table_of_what_passed_has_no_reasons():
    *_, rule, first, second = text_table(KEPT).splitlines()
    assert set(rule) == {"─"}
    assert (first.split()[0], second.split()[0]) == ("pass", "pass")
    assert summary(KEPT) == "passed (2 passed)"


def test_much_evidence_is_cut_and_that_is_said():
    many = tuple(Evidence("edge", "layer4", f"edge {one}", 0, 1, 0.05) for one in range(20))
    target = dataclasses.replace(CRACK, evidence=many)
    report = check_regression(dataclasses.replace(REPORT, targets=(target,)), DEFAULT_POLICY)
    for written in (text_table(report), markdown(report)):
        assert "edge 7" in written
        assert "edge 8" not in written
        assert "and 12 more" in written


def test_evidence_that_was_cut_above_is_shown_where_it_is_the_first():
    far = tuple(Evidence("edge", "fc", f"far {one}", 0, 1, 0.1) for one in range(10))
    target = dataclasses.replace(CRACK, evidence=(*far, Evidence("edge", "layer4", "by", 0, 1, 0)))
    report = check_regression(dataclasses.replace(REPORT, targets=(target,)), POLICY)
    verdict, edges = text_table(report).split("\nfail: crack")[1:3]
    assert "far 7" in verdict
    assert "far 8" not in verdict
    assert "edge  by  0 → 1" in edges
    assert "see above" not in edges


def test_groups_matched_by_responses_are_said_to_be():
    report = dataclasses.replace(CHECKED, matching="responses")
    assert "compared by what neuron groups respond to" in text_table(report)


ESTIMATION, TRAINING = NullUsed("estimation", 200), NullUsed("training", 1)


@pytest.mark.parametrize(
    ("nulls", "told"),
    [
        ((), "no null: nothing says what is noise"),
        ((ESTIMATION,), "(200 draws), which ordinary training may exceed: controls would tell"),
        (
            (ESTIMATION, TRAINING),
            "other probe images (200 draws) and ordinary training (1 control)",
        ),
        ((TRAINING,), "held against ordinary training (1 control)"),
    ],
)
def test_every_format_says_what_counted_as_noise(nulls, told):
    report = check_regression(dataclasses.replace(REPORT, nulls=nulls), DEFAULT_POLICY)
    assert f"{told}\n" in text_table(report)
    assert told in re.sub("<[^>]*>", "", html.unescape(rendered(markdown(report))))
    properties = {
        one.get("name"): one.get("value") for one in valid(junit_xml(report)).iter("property")
    }
    assert properties["nulls"].endswith(told)
    assert json.loads(json_text(report))["nulls"] == [dataclasses.asdict(one) for one in nulls]


@pytest.mark.parametrize("name", HOSTILE)
def test_names_do_not_act_in_a_terminal(name):
    written = text_table(hostile(name))
    assert all(one == "\n" or one.isprintable() for one in re.sub("[\ufffe\uffff]", "", written))
    assert written.count("\n") == text_table(hostile("plain")).count("\n")
    assert max(map(len, written.splitlines())) < 300


# --- JSON --------------------------------------------------------------------------------


def rebuilt(content: dict) -> RegressionReport:
    """The report that a JSON object tells of."""
    head = {key: content[key] for key in ("before", "after", "matching", "verdict", "policy")}
    findings = tuple(map(rebuilt_finding, content["findings"]))
    nulls = tuple(NullUsed(**one) for one in content["nulls"])
    return RegressionReport(**head, findings=findings, nulls=nulls)


def rebuilt_finding(content: dict) -> Finding:
    condition, target = content["condition"], content["target"]
    rule = {key: as_tuple(value) for key, value in condition["rule"].items()}
    return Finding(
        condition=Condition(
            getattr(policy_module, rule.pop("kind"))(**rule),
            condition["target"],
            condition["layer"],
            content["severity"],
            condition["line"],
        ),
        target=target["index"],
        name=target["name"],
        place=content["place"],
        severity=content["severity"],
        value=as_number(content["value"]),
        bound=as_number(content["bound"]),
        passed=content["passed"],
        why=content["why"],
        evidence=tuple(map(rebuilt_evidence, content["evidence"])),
    )


def rebuilt_evidence(content: dict) -> Evidence | LineageEvent:
    if "event" in content:
        sides = {side: tuple(GroupId(**one) for one in content[side]) for side in SIDES}
        return LineageEvent(**{**content, **sides, "lineage": tuple(content["lineage"])})
    numbers = {side: as_number(content[side]) for side in SIDES}
    rows = {"patches": tuple(content["patches"]), "places": tuple(map(tuple, content["places"]))}
    return Evidence(**{**content, **numbers, **rows})


SIDES = ("before", "after")


def as_tuple(value: object) -> object:
    return tuple(value) if isinstance(value, list) else value


def as_number(value: object) -> object:
    return nan if value is None else value


@pytest.mark.parametrize("report", [CHECKED, KEPT, hostile("<b>\x1b[31m\u202e\ud800|")])
def test_json_holds_the_whole_report(report):
    written = json_text(report)
    assert written.isascii()
    content = json.loads(written)
    assert (content["schema"], content["version"]) == (SCHEMA, SCHEMA_VERSION)
    assert content["passed"] is report.passed
    assert repr(rebuilt(content)) == repr(report)  # NaN is not equal to itself


def test_the_keys_of_json_are_stable():
    content = json.loads(json_text(CHECKED))
    assert list(content) == [
        *("schema", "version", "passed", "verdict", "before", "after", "matching", "nulls"),
        *("policy", "findings"),
    ]
    assert list(content["findings"][0]) == [
        *("condition", "target", "place", "severity", "value", "bound", "passed", "why"),
        "evidence",
    ]
    assert content["findings"][0]["condition"] == {
        "text": "verdict at most re-described",
        "rule": {"kind": "VerdictAtMost", "verdict": "re-described"},
        "target": "crack",
        "layer": "*",
        "line": 3,
    }
    assert json_text(CHECKED) == json_text(check_regression(REPORT, POLICY))


def test_numbers_of_numpy_and_infinite_ones_are_written():
    event = LineageEvent("split", "fc", (GroupId("fc", np.int64(1)),), (), (), np.float32(0.5))
    finding = dataclasses.replace(CHECKED.findings[0], value=-inf, bound=nan, evidence=(event,))
    report = dataclasses.replace(CHECKED, findings=(finding,))
    (content,) = json.loads(json_text(report), parse_constant=pytest.fail)["findings"]
    assert (content["value"], content["bound"]) == ("-Infinity", None)
    assert content["evidence"][0]["before"] == [{"layer": "fc", "number": 1}]
    assert content["evidence"][0]["overlap"] == 0.5


# --- JUnit -------------------------------------------------------------------------------

# What Jenkins' junit-10.xsd allows of it: element → required and other attributes, children.
ALLOWED = {
    "testsuites": (set(), {"name", "time", "tests", "failures", "errors"}, {"testsuite"}),
    "testsuite": (
        {"name", "tests", "failures", "errors"},
        {"skipped", "time", "timestamp", "hostname", "id", "package"},
        {"properties", "testcase", "system-out", "system-err"},
    ),
    "testcase": (
        {"name", "classname"},
        {"time", "status", "assertions"},
        {"skipped", "error", "failure", "system-out", "system-err"},
    ),
    "properties": (set(), set(), {"property"}),
    "property": ({"name", "value"}, set(), set()),
    "failure": ({"message"}, {"type"}, set()),
    "skipped": (set(), {"message"}, set()),
    "system-out": (set(), set(), set()),
}


def valid(written: str) -> ElementTree.Element:
    root = ElementTree.fromstring(written.encode())
    assert root.tag == "testsuites"
    for element in root.iter():
        required, optional, children = ALLOWED[element.tag]
        assert required <= set(element.attrib) <= required | optional
        assert {child.tag for child in element} <= children
    (suite,) = root
    cases = suite.findall("testcase")
    for key, tag in (("failures", "failure"), ("skipped", "skipped"), ("errors", "error")):
        assert int(suite.get(key)) == sum(case.find(tag) is not None for case in cases)
    assert int(suite.get("tests")) == len(cases)
    return suite


def test_junit_has_a_case_for_each_finding():
    suite = valid(junit_xml(CHECKED))
    found = suite.findall("testcase")
    cases = {(case.get("classname"), case.get("name")): [*case] for case in found}
    assert len(cases) == len(CHECKED.findings) == len(found)
    told = {name: [one.tag for one in inside] for (_, name), inside in cases.items()}
    assert told == {
        "1. verdict at most re-described (*)": ["failure"],
        "2. edge_drift at most 1.5 × null (layer3 → layer4)": [],
        "3. no split or merge (layer4)": ["system-out"],
        "4. core_turnover at most 0.35 (layer4)": [],
        "4. core_turnover at most 0.35 (layer3)": ["skipped"],
    }
    (failure,) = cases["neurflow.crack", "2. edge_drift at most 1.5 × null (layer3 → layer4)"]
    assert failure.get("message").startswith("edge_drift 0.41 is above 0.225")
    assert "layer3:7 → layer4:2" in failure.text


def test_equal_rules_of_two_conditions_are_two_cases():
    rules = (
        Condition(policy_module.AtMost("edge_drift", 0.1), "crack", "fc", line=n) for n in "ab"
    )
    policy = dataclasses.replace(POLICY, conditions=tuple(rules))
    suite = valid(junit_xml(check_regression(REPORT, policy)))
    assert [case.get("name")[:2] for case in suite.findall("testcase")] == ["1.", "2."]


@pytest.mark.parametrize("name", HOSTILE)
def test_names_do_not_act_in_junit(name):
    suite, plain = valid(junit_xml(hostile(name))), valid(junit_xml(hostile("plain")))
    assert [one.tag for one in suite.iter()] == [one.tag for one in plain.iter()]
    assert len(junit_xml(hostile(name))) < 50_000


# --- Markdown ----------------------------------------------------------------------------


def rendered(written: str) -> str:
    return (
        MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).render(written)
    )


def tags(page: str) -> list[str]:
    return re.findall(r"<[^>]*>", page)


def test_markdown_starts_with_a_summary_and_what_was_broken():
    head, compared, table, *details = markdown(CHECKED).strip().split("\n\n")
    assert head == "**neurflow: FAILED (2 failed, 1 warned, 1 not judged, 2 passed)**"
    assert "candidate&#58; epoch 5, step 132" in compared
    rows = table.splitlines()
    assert rows[0] == "|  | target | place | condition | value | bound |"
    assert [row.split()[1] for row in rows[2:]] == ["fail", "fail", "warn", "not"]
    assert rows[3] == (
        "| fail | <code>crack</code> | <code>layer3 → layer4</code> "
        "| <code>edge\\_drift at most 1.5 × null</code> | <code>0.41</code> | <code>0.225</code> |"
    )
    assert "<details><summary><code>2 passed</code></summary>" in details


def test_markdown_renders_as_tables_within_details():
    page = rendered(markdown(CHECKED))
    assert page.count("<table>") == page.count("</table>") == 4
    assert page.count("<details>") == page.count("</details>") == 3
    assert "|" not in re.sub("<[^>]*>", "", page)
    assert html.unescape(page).count("layer3:7 → layer4:2") == 1  # told once


def test_markdown_of_what_passed_is_folded():
    assert rendered(markdown(KEPT)).count("<table>") == 1
    assert "<details><summary><code>2 passed</code></summary>" in markdown(KEPT)


@pytest.mark.parametrize("name", HOSTILE)
def test_names_do_not_act_in_markdown(name):
    # An empty name leaves no <code> either.
    page, plain = rendered(markdown(hostile(name))), rendered(markdown(hostile("plain")))
    ours = [one for one in tags(page) if "code" not in one]
    assert ours == [one for one in tags(plain) if "code" not in one]
    # Within <summary> stands HTML, where GitHub looks for no links.
    markdown_only = re.sub("<summary>.*</summary>", "", markdown(hostile(name)))
    assert "http:" not in markdown_only
    assert "www." not in markdown_only


def test_mentions_stand_in_code_where_github_makes_none():
    page = rendered(markdown(hostile("@everyone")))
    assert page.count("@everyone") > 5
    assert "@everyone" not in re.sub(r"<code>.*?</code>", "", page)


def test_markdown_fits_into_a_comment():
    layers = [f"{'|' * 40}{number}" for number in range(2000)]
    drifts = tuple(Drift("core_turnover", one, None, 0.9, nan, nan, nan) for one in layers)
    target = dataclasses.replace(CRACK, drifts=drifts)
    condition = Condition(policy_module.AtMost("core_turnover", 0.1))
    report = check_regression(
        dataclasses.replace(REPORT, targets=(target,)),
        dataclasses.replace(POLICY, conditions=(condition,)),
    )
    written = markdown(report)
    assert MARKDOWN_LIMIT * 0.9 < len(written) <= MARKDOWN_LIMIT
    left = int(re.search(r"(\d+) more parts of this report did not fit", written)[1])
    rows = written.count("| fail |")
    assert rows + left == 2 * 2000  # a row and its evidence for each finding
