"""What groups are called, in reports of what changed."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import replace

from neurflow_lightning.evolution.reports import DriftReport, Evidence, LineageEvent, TargetDrift
from neurflow_lightning.labels import GroupLabels, Label
from neurflow_lightning.types import GroupId

_Own = Mapping[GroupId, Label]


def named_report(report: DriftReport, before: GroupLabels, after: GroupLabels) -> DriftReport:
    """The report with the names of the groups in its events and evidence.

    Args:
        report: of the change from one snapshot to another.
        before, after: what the groups of each are called.
    """
    if not before and not after:
        return report
    return replace(
        report,
        targets=tuple(
            _named(one, before.get(one.target, {}), after.get(one.target, {}))
            for one in report.targets
        ),
    )


def _named(target: TargetDrift, before: _Own, after: _Own) -> TargetDrift:
    return replace(
        target,
        events=tuple(replace(one, called=_event(one, before, after)) for one in target.events),
        evidence=tuple(
            replace(one, called=_evidence(one, before, after)) for one in target.evidence
        ),
    )


def _event(event: LineageEvent, before: _Own, after: _Own) -> str:
    return _joined((_names(event.before, before), _names(event.after, after)), " → ")


def _evidence(evidence: Evidence, before: _Own, after: _Own) -> str:
    """Of a group: it is told by its words, and is missing where it has no number."""
    if evidence.kind != "group":
        return ""
    words = evidence.name.split(" ⇒ ")
    sides = [
        ([] if math.isnan(evidence.before) else words[:1], before),
        ([] if math.isnan(evidence.after) else words[-1:], after),
    ]
    return _joined(
        (_names((group for group in own if str(group) in side), own) for side, own in sides), " ⇒ "
    )


def _names(groups: Iterable[GroupId], own: _Own) -> str:
    return _joined((own[one].told for one in groups if one in own), ", ")


def _joined(parts: Iterable[str], between: str) -> str:
    """Those that are there, each once."""
    return between.join(dict.fromkeys(part for part in parts if part))
