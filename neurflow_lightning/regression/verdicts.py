"""Whether a drift report keeps to a policy: one finding for each condition and place.

A finding passes, fails, or could not be judged, because there was nothing to compare. Of the
places that a condition covers in a target, at least one must be judged: else all of them count
as not kept, so that a condition that says nothing never passes.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import singledispatch
from math import isnan, nan
from typing import Literal

from neurflow_lightning.errors import PolicyError, near_matches
from neurflow_lightning.evolution.reports import (
    VERDICTS,
    Drift,
    DriftReport,
    Evidence,
    LineageEvent,
    Measure,
    NullUsed,
    TargetDrift,
    Verdict,
)
from neurflow_lightning.regression.policy import (
    EVERY,
    AboveNull,
    AtMost,
    Condition,
    Forbid,
    RegressionPolicy,
    Require,
    Rule,
    Severity,
    StabilityAtLeast,
    TransferAtLeast,
    VerdictAtMost,
)


@dataclass(frozen=True, slots=True)
class Finding:
    """One condition at one place.

    Attributes:
        condition: of the policy.
        target: class index.
        name: the target's name.
        place: a layer, ``"layer3 → layer4"`` for a pair, or ``"*"`` for a whole target.
        severity: the condition's.
        value: what was found: a measure, a count of events or a verdict; NaN without one.
        bound: what it was held against, in the units of ``value``; NaN without one.
        passed: whether the condition holds; ``None`` where that could not be judged, but was
            elsewhere in the target.
        why: a sentence, without names from outside.
        evidence: of the change, where it did not pass; greatest share first.
    """

    condition: Condition
    target: int
    name: str
    place: str
    severity: Severity
    value: float | Verdict
    bound: float | Verdict
    passed: bool | None
    why: str
    evidence: tuple[Evidence | LineageEvent, ...] = ()


@dataclass(frozen=True, slots=True)
class RegressionReport:
    """What a policy says of a drift report.

    Attributes:
        before, after: what the snapshots are called.
        matching: how they were compared, see :class:`DriftReport`.
        verdict: the drift report's.
        policy: where the conditions come from.
        findings: in the order of the policy, then of targets and places.
        nulls: the drift report's.
    """

    before: str
    after: str
    matching: Literal["neurons", "responses"]
    verdict: Verdict
    policy: str
    findings: tuple[Finding, ...]
    nulls: tuple[NullUsed, ...] = ()

    @property
    def passed(self) -> bool:
        """Whether no condition of severity ``fail`` was broken."""
        return not self.broken("fail")

    def broken(self, severity: Severity) -> tuple[Finding, ...]:
        """The findings of one severity that did not pass."""
        return tuple(
            one for one in self.findings if one.passed is False and one.severity == severity
        )


def check_regression(report: DriftReport, policy: RegressionPolicy) -> RegressionReport:
    """Hold a drift report against a policy.

    Args:
        report: of at least one target.
        policy: whose targets and layers the report has.

    Returns:
        A finding for each condition and place it covers: each target for a verdict or required
        events, each layer (pair) otherwise. NaN is no value: see this module's docstring.

    Raises:
        PolicyError: for a target or layer of the policy that the report does not have, and for a
            report without targets.
    """
    if not report.targets:
        raise PolicyError("The drift report holds no target: there is nothing to check.")
    findings = tuple(
        finding
        for condition in policy.conditions
        for target in _targets(condition, report, policy.source)
        for finding in _judged(condition, target)
    )
    return RegressionReport(
        before=report.before,
        after=report.after,
        matching=report.matching,
        verdict=report.verdict,
        policy=policy.source,
        findings=findings,
        nulls=report.nulls,
    )


# --- places ------------------------------------------------------------------------------


def _targets(condition: Condition, report: DriftReport, source: str) -> list[TargetDrift]:
    """The targets a condition covers, after a look at whether it names what there is."""
    found = [one for one in report.targets if _is_target(condition.target, one)]
    if not found:
        names = [one.name for one in report.targets]
        raise PolicyError(
            f"{_where(condition, source)}: target: {condition.target!r} is not in the report. "
            f"{near_matches(str(condition.target), [*names, *_indices(report)])}",
            "target",
        )
    layers = list(dict.fromkeys(layer for one in found for layer in _layers(one)))
    if condition.layer != EVERY and not _covered(condition, layers):
        raise PolicyError(
            f"{_where(condition, source)}: layer: {condition.layer!r} is not in the report. "
            f"{near_matches(condition.layer, layers)}",
            "layer",
        )
    return found


def _is_target(wanted: int | str, target: TargetDrift) -> bool:
    return wanted in (EVERY, target.name if isinstance(wanted, str) else target.target)


def _indices(report: DriftReport) -> list[str]:
    return [str(one.target) for one in report.targets if one.name != str(one.target)]


def _where(condition: Condition, source: str) -> str:
    return source if condition.line is None else f"{source}, line {condition.line}"


def _layers(target: TargetDrift) -> list[str]:
    """Every layer that something is said of, in the order of the drifts."""
    named = [layer for one in target.drifts for layer in (one.layer, one.below) if layer]
    named += [one.layer for one in target.events] + [layer for layer, _ in target.transfer]
    return list(dict.fromkeys(named))


def _covered(condition: Condition, layers: Iterable[str]) -> list[str]:
    """The layers of that very name, or else those the pattern fits."""
    known = list(layers)
    if condition.layer in known:
        return [condition.layer]
    return [one for one in known if fnmatchcase(one, condition.layer)]


# --- one condition -----------------------------------------------------------------------


def _judged(condition: Condition, target: TargetDrift) -> list[Finding]:
    """The findings of a condition in a target: at least one, and at least one of them judged."""
    findings = [*_judge(condition.rule, condition, target)]
    if any(one.passed is not None for one in findings):
        return findings
    if not findings:
        why = f"no {_asked(condition.rule)} was measured here"
        return [_finding(condition, target, condition.layer, nan, nan, False, why)]
    return [dataclasses.replace(one, passed=False) for one in findings]


def _asked(rule: Rule) -> str:
    """What a rule looks at, in words."""
    if isinstance(rule, AtMost | AboveNull | StabilityAtLeast):
        return rule.measure
    return "functional transfer (it needs data)" if isinstance(rule, TransferAtLeast) else "layer"


@singledispatch
def _judge(rule: Rule, condition: Condition, target: TargetDrift) -> Iterator[Finding]:
    """A finding for each place of the target that the condition covers; maybe none."""
    raise TypeError(f"No rule: {rule!r}.")


@_judge.register
def _at_most(rule: AtMost, condition: Condition, target: TargetDrift) -> Iterator[Finding]:
    for drift in _drifts(rule.measure, condition, target):
        value = abs(drift.value)
        why = f"{rule.measure} {_compared(value, rule.bound)}"
        yield _of_drift(condition, target, drift, value, rule.bound, value <= rule.bound, why)


@_judge.register
def _above_null(rule: AboveNull, condition: Condition, target: TargetDrift) -> Iterator[Finding]:
    for drift in _drifts(rule.measure, condition, target):
        value, bound = abs(drift.value), rule.factor * drift.null_quantile
        null = f"{rule.factor:g} times the null's 99 % quantile"
        why = f"{rule.measure} {_compared(value, bound)}, {null}"
        yield _of_drift(condition, target, drift, value, bound, value <= bound, why)


@_judge.register
def _stability(
    rule: StabilityAtLeast, condition: Condition, target: TargetDrift
) -> Iterator[Finding]:
    for drift in _drifts(rule.measure, condition, target):
        value = 1 - drift.value
        why = f"1 − {rule.measure} {_compared(value, rule.bound)}"
        yield _of_drift(condition, target, drift, value, rule.bound, value >= rule.bound, why)


@_judge.register
def _transfer(
    rule: TransferAtLeast, condition: Condition, target: TargetDrift
) -> Iterator[Finding]:
    covered = _covered(condition, _layers(target))
    for layer, value in target.transfer:
        if layer in covered:
            why = f"functional transfer {_compared(value, rule.bound)}"
            if isnan(value):
                why = "functional transfer could not be measured here"
            evidence = _evidence(target, layer)
            kept = _kept(value >= rule.bound, value)
            yield _finding(condition, target, layer, value, rule.bound, kept, why, evidence)


@_judge.register
def _verdict(rule: VerdictAtMost, condition: Condition, target: TargetDrift) -> Iterator[Finding]:
    passed: bool | None = VERDICTS.index(target.verdict) <= VERDICTS.index(rule.verdict)
    why = f"the verdict is {target.verdict}, {rule.verdict} at worst is allowed"
    if target.verdict == "unjudged" != rule.verdict:
        # It may be any of the others: only a policy that names it can let it pass.
        passed, why = None, "the verdict is unjudged: no edge drift had a null of enough draws"
    yield _finding(
        condition, target, EVERY, target.verdict, rule.verdict, passed, why, target.evidence
    )


@_judge.register
def _forbid(rule: Forbid, condition: Condition, target: TargetDrift) -> Iterator[Finding]:
    for layer in _covered(condition, _layers(target)):
        events = _events(target, rule.events, [layer])
        counts = [
            f"{len(found)} {kind}"
            for kind in rule.events
            if (found := [one for one in events if one.event == kind])
        ]
        why = f"{', '.join(counts) or 'none'} happened, none is allowed"
        yield _finding(condition, target, layer, len(events), 0, not events, why, events)


@_judge.register
def _require(rule: Require, condition: Condition, target: TargetDrift) -> Iterator[Finding]:
    layers = _covered(condition, _layers(target))
    if layers:
        seen = {one.event for one in _events(target, rule.events, layers)}
        missing = [kind for kind in rule.events if kind not in seen]
        why = f"no {' and no '.join(missing)} happened" if missing else "all happened"
        wanted = len(set(rule.events))
        yield _finding(condition, target, condition.layer, len(seen), wanted, not missing, why)


def _drifts(measure: Measure, condition: Condition, target: TargetDrift) -> list[Drift]:
    own = [one for one in target.drifts if one.measure == measure]
    covered = _covered(condition, _layers(target))
    return [one for one in own if one.layer in covered]


def _events(
    target: TargetDrift, kinds: Iterable[str], layers: Iterable[str]
) -> tuple[LineageEvent, ...]:
    wanted, places = set(kinds), set(layers)
    return tuple(one for one in target.events if one.event in wanted and one.layer in places)


def _evidence(target: TargetDrift, layer: str) -> tuple[Evidence, ...]:
    return tuple(one for one in target.evidence if one.layer == layer)


# --- findings ----------------------------------------------------------------------------


def _of_drift(
    condition: Condition,
    target: TargetDrift,
    drift: Drift,
    value: float,
    bound: float,
    kept: bool,
    why: str,
) -> Finding:
    if isnan(value):
        why = f"there is no {drift.measure} here: nothing to compare"
    elif isnan(bound):
        why = f"{drift.measure} is {value:.3g}, but has no null here to be held against"
    evidence = _evidence(target, drift.layer)
    judged = _kept(kept, value, bound)
    return _finding(condition, target, drift.place, value, bound, judged, why, evidence)


def _kept(kept: bool, *numbers: float) -> bool | None:
    return None if any(isnan(one) for one in numbers) else bool(kept)


def _finding(
    condition: Condition,
    target: TargetDrift,
    place: str,
    value: float | Verdict,
    bound: float | Verdict,
    passed: bool | None,
    why: str,
    evidence: tuple[Evidence | LineageEvent, ...] = (),
) -> Finding:
    return Finding(
        condition=condition,
        target=int(target.target),
        name=target.name,
        place=place,
        severity=condition.severity,
        value=value if isinstance(value, str) else float(value),
        bound=bound if isinstance(bound, str) else float(bound),
        passed=passed,
        why=why,
        evidence=() if passed else evidence,
    )


def _compared(value: float, bound: float) -> str:
    """Both numbers, with as many digits as it takes to tell them apart.

    >>> _compared(0.41234, 0.3), _compared(0.30004, 0.3)
    ('0.412 is above 0.3', '0.30004 is above 0.3')
    """
    forms = [f"{{:.{digits}g}}" for digits in (3, 6, 17)]
    form = next((one for one in forms if one.format(value) != one.format(bound)), forms[0])
    relation = "above" if value > bound else "below" if value < bound else "equal to"
    return f"{form.format(value)} is {relation} {form.format(bound)}"
