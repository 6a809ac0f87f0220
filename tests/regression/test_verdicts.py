"""Every kind of condition, kept and broken, on drift reports made by hand."""

from __future__ import annotations

import dataclasses
from math import isnan, nan

import pytest
from drift_reports import CRACK, REPORT, SCRATCH, without_null

from neurflow_lightning.evolution.reports import DriftReport
from neurflow_lightning.regression.policy import (
    DEFAULT_POLICY,
    AboveNull,
    AtMost,
    Condition,
    Forbid,
    PolicyError,
    RegressionPolicy,
    Require,
    StabilityAtLeast,
    TransferAtLeast,
    VerdictAtMost,
    parse_policy,
)
from neurflow_lightning.regression.verdicts import Finding, RegressionReport, check_regression


def check(condition: Condition, report: DriftReport = REPORT) -> RegressionReport:
    return check_regression(report, RegressionPolicy((condition,), "neurflow.yaml"))


def places(findings: tuple[Finding, ...]) -> dict[tuple[str, str], bool | None]:
    return {(one.name, one.place): one.passed for one in findings}


def only(findings: tuple[Finding, ...], name: str, place: str) -> Finding:
    (found,) = (one for one in findings if (one.name, one.place) == (name, place))
    return found


# --- each kind ---------------------------------------------------------------------------


def test_an_absolute_bound():
    findings = check(Condition(AtMost("edge_drift", 0.08))).findings
    assert places(findings) == {
        ("crack", "layer4 → fc"): True,
        ("crack", "layer3 → layer4"): False,
        ("scratch", "layer4 → fc"): True,
        ("scratch", "layer3 → layer4"): True,  # 0.08: the bound itself is allowed
    }
    broken = only(findings, "crack", "layer3 → layer4")
    assert (broken.value, broken.bound) == (0.41, 0.08)
    assert broken.why == "edge_drift 0.41 is above 0.08"
    assert [one.name for one in broken.evidence] == ["layer3:7 → layer4:2", "layer3:1 → layer4:2"]
    assert only(findings, "crack", "layer4 → fc").evidence == ()


def test_meanings_that_went_are_a_difference_too():
    findings = check(Condition(AtMost("polysemanticity", 1.0))).findings
    assert places(findings) == {("crack", "layer4"): False, ("scratch", "layer4"): True}
    assert findings[0].value == 1.5


def test_a_bound_relative_to_the_null():
    findings = check(Condition(AboveNull("edge_drift", 1.5), "crack", "layer4")).findings
    assert places(findings) == {("crack", "layer3 → layer4"): False}
    assert findings[0].bound == pytest.approx(0.225)
    assert findings[0].why == "edge_drift 0.41 is above 0.225, 1.5 times the null's 99 % quantile"
    assert check(Condition(AboveNull("edge_drift", 3), "crack")).passed


def test_no_drift_with_a_null_of_zero_passes():
    finding = only(
        check(Condition(AboveNull("core_turnover", 1))).findings, name="scratch", place="layer4"
    )
    assert (finding.value, finding.bound, finding.passed) == (0.0, 0.0, True)


@pytest.mark.parametrize(
    ("verdict", "allowed", "passed"),
    [
        ("stable", "stable", True),
        ("stable", "unjudged", True),
        ("drifting", "unjudged", False),
        ("drifting", "stable", False),
        ("drifting", "drifting", True),
        ("re-described", "drifting", False),
        ("re-described", "re-described", True),
        ("changed", "re-described", False),
        ("changed", "changed", True),
    ],
)
def test_a_verdict_at_most(verdict, allowed, passed):
    report = dataclasses.replace(REPORT, targets=(dataclasses.replace(CRACK, verdict=verdict),))
    (finding,) = check(Condition(VerdictAtMost(allowed)), report).findings
    assert finding.passed is passed
    assert (finding.place, finding.value, finding.bound) == ("*", verdict, allowed)
    assert finding.why == f"the verdict is {verdict}, {allowed} at worst is allowed"
    assert finding.evidence == (() if passed else CRACK.evidence)


def test_forbidden_events():
    findings = check(Condition(Forbid(("split", "merge")), "crack")).findings
    assert places(findings) == {
        ("crack", "fc"): True,
        ("crack", "layer4"): False,
        ("crack", "layer3"): True,  # emerge is allowed
    }
    broken = only(findings, "crack", "layer4")
    assert (broken.value, broken.bound) == (1, 0)
    assert broken.why == "1 split happened, none is allowed"
    assert broken.evidence == CRACK.events[:1]


@pytest.mark.parametrize(
    ("events", "layer", "passed", "why"),
    [
        (("split",), "*", True, "all happened"),
        (("split", "emerge"), "layer*", True, "all happened"),
        (("split",), "layer3", False, "no split happened"),
        (("merge", "emerge", "disappear"), "*", False, "no merge and no disappear happened"),
    ],
)
def test_required_events(events, layer, passed, why):
    (finding,) = check(Condition(Require(events), "crack", layer)).findings
    assert (finding.passed, finding.why, finding.place) == (passed, why, layer)


def test_minimum_stability():
    findings = check(Condition(StabilityAtLeast(0.8), "crack")).findings
    assert places(findings) == {("crack", "layer4"): False, ("crack", "layer3"): True}
    assert findings[0].why == "1 − group_turnover 0.75 is below 0.8"
    assert check(Condition(StabilityAtLeast(0.75), "crack")).passed
    assert not check(Condition(StabilityAtLeast(0.6, "edge_drift"), "crack")).passed


def test_functional_transfer():
    findings = check(Condition(TransferAtLeast(0.9), "crack")).findings
    assert places(findings) == {("crack", "layer4"): False, ("crack", "layer3"): True}
    assert findings[0].why == "functional transfer 0.42 is below 0.9"
    assert check(Condition(TransferAtLeast(0.9), "scratch")).passed


# --- what cannot be judged ---------------------------------------------------------------


def test_a_place_with_nothing_to_compare_is_not_judged_where_others_are():
    report = check(Condition(AtMost("core_turnover", 0.5), "crack"))
    finding = only(report.findings, "crack", "layer3")
    assert finding.passed is None
    assert isnan(finding.value)
    assert finding.why == "there is no core_turnover here: nothing to compare"
    assert report.passed


def test_but_a_condition_that_is_judged_nowhere_does_not_pass():
    report = check(Condition(AtMost("core_turnover", 0.5), "crack", "layer3"))
    assert places(report.findings) == {("crack", "layer3"): False}
    assert not report.passed


def test_each_target_is_judged_by_itself():
    report = check(Condition(AtMost("core_turnover", 0.5), layer="layer3"))
    assert places(report.findings) == {("crack", "layer3"): False, ("scratch", "layer3"): True}


def test_no_null_is_not_a_low_one():
    report = check(Condition(AboveNull("group_turnover", 1), "crack", "layer4"))
    (finding,) = report.findings
    assert (finding.passed, finding.value) == (False, 0.25)
    assert finding.why == "group_turnover is 0.25, but has no null here to be held against"


def unjudged(allowed):
    target = dataclasses.replace(without_null(SCRATCH), verdict="unjudged")
    report = dataclasses.replace(REPORT, targets=(target,))
    (finding,) = check(Condition(VerdictAtMost(allowed)), report).findings
    return finding


@pytest.mark.parametrize("allowed", ["stable", "drifting", "re-described", "changed"])
def test_an_unjudged_verdict_does_not_pass(allowed):
    finding = unjudged(allowed)
    assert finding.passed is False
    assert finding.why == "the verdict is unjudged: no edge drift had a null of enough draws"


def test_an_unjudged_verdict_passes_where_it_is_named():
    assert unjudged("unjudged").passed is True


def test_functional_transfer_without_data_does_not_pass():
    report = dataclasses.replace(REPORT, targets=(dataclasses.replace(CRACK, transfer=()),))
    (finding,) = check(Condition(TransferAtLeast(0.5)), report).findings
    assert finding.passed is False
    assert finding.why == "no functional transfer (it needs data) was measured here"


def test_transfer_that_could_not_be_measured_does_not_pass():
    target = dataclasses.replace(CRACK, transfer=(("layer4", nan),))
    report = dataclasses.replace(REPORT, targets=(target,))
    (finding,) = check(Condition(TransferAtLeast(0.5)), report).findings
    assert (finding.passed, finding.why) == (
        False,
        "functional transfer could not be measured here",
    )


def test_a_measure_that_the_layer_does_not_have_does_not_pass():
    report = check(Condition(AtMost("edge_drift", 1.0), "crack", "layer3"))
    (finding,) = report.findings
    assert (finding.passed, finding.place) == (False, "layer3")
    assert finding.why == "no edge_drift was measured here"


# --- places ------------------------------------------------------------------------------


def test_patterns_cover_layers():
    findings = check(Condition(AtMost("group_turnover", 1), "crack", "layer[3-9]")).findings
    assert [one.place for one in findings] == ["layer4", "layer3"]


def test_a_layer_of_that_very_name_is_meant_before_a_pattern():
    drift = dataclasses.replace(CRACK.drifts[4], layer="layer[4]")
    target = dataclasses.replace(CRACK, drifts=(*CRACK.drifts, drift))
    report = dataclasses.replace(REPORT, targets=(target,))
    findings = check(Condition(AtMost("group_turnover", 1), layer="layer[4]"), report).findings
    assert [one.place for one in findings] == ["layer[4]"]


def test_a_number_is_an_index_and_a_word_a_name():
    three = dataclasses.replace(SCRATCH, target=3, name="8")
    eight = dataclasses.replace(CRACK, target=8, name="3")
    report = dataclasses.replace(REPORT, targets=(three, eight))
    of_index = check(Condition(VerdictAtMost("changed"), target=3), report).findings
    of_name = check(Condition(VerdictAtMost("changed"), target="3"), report).findings
    assert [one.target for one in of_index] == [3]
    assert [one.target for one in of_name] == [8]


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("target: crak", r"neurflow.yaml, line 1: target: 'crak' is not .* mean 'crack'"),
        ("target: 7", r"target: 7 is not in the report. Known are 'crack', 'scratch', '1', '2'"),
        ("layer: layr4", r"neurflow.yaml, line 1: layer: 'layr4' is not .* mean 'layer4'"),
        ("layer: 'conv*'", r"layer: 'conv\*' is not in the report. Known are 'fc'"),
    ],
)
def test_what_the_report_does_not_have_is_an_error(written, message):
    policy = parse_policy(f"conditions: [{{forbid: split, {written}}}]", "neurflow.yaml")
    with pytest.raises(PolicyError, match=message):
        check_regression(REPORT, policy)


def test_a_report_of_nothing_is_an_error():
    with pytest.raises(PolicyError, match="holds no target"):
        check_regression(dataclasses.replace(REPORT, targets=()), DEFAULT_POLICY)


# --- the report --------------------------------------------------------------------------


def test_the_default_policy_fails_on_changed():
    report = check_regression(REPORT, DEFAULT_POLICY)
    assert not report.passed
    assert places(report.broken("fail")) == {("crack", "*"): False}
    assert (report.verdict, report.policy) == ("changed", "the default policy")
    assert (report.before, report.after, report.matching) == (
        "epoch 4, step 110",
        "epoch 5, step 132",
        "neurons",
    )


@pytest.mark.parametrize("verdict", ["drifting", "re-described"])
def test_the_default_policy_warns_on_less(verdict):
    target = dataclasses.replace(CRACK, verdict=verdict)
    report = check_regression(dataclasses.replace(REPORT, targets=(target,)), DEFAULT_POLICY)
    assert report.passed
    assert places(report.broken("warn")) == {("crack", "*"): False}


def test_a_warning_does_not_fail():
    report = check(Condition(AtMost("edge_drift", 0.0), severity="warn"))
    assert report.passed
    assert len(report.broken("warn")) == 4


def test_findings_follow_the_policy_then_targets_then_places():
    policy = RegressionPolicy(
        (Condition(VerdictAtMost("changed")), Condition(AtMost("group_turnover", 1)))
    )
    assert [(one.name, one.place) for one in check_regression(REPORT, policy).findings] == [
        ("crack", "*"),
        ("scratch", "*"),
        ("crack", "layer4"),
        ("crack", "layer3"),
        ("scratch", "layer4"),
        ("scratch", "layer3"),
    ]
