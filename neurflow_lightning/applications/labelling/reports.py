"""What groups are called, in reports of what changed: by labels, else by their lineage ids."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import replace

from neurflow_lightning.evolution.reports import DriftReport, Evidence, LineageEvent, TargetDrift
from neurflow_lightning.labels import GroupLabels, Label
from neurflow_lightning.render.record import NO_LINEAGES, Lineages
from neurflow_lightning.types import GroupId

_Names = Mapping[GroupId, str]


def named_report(
    report: DriftReport,
    before: GroupLabels,
    after: GroupLabels,
    before_ids: Lineages = NO_LINEAGES,
    after_ids: Lineages = NO_LINEAGES,
) -> DriftReport:
    """The report with the names of the groups in its events and evidence.

    Args:
        report: of the change from one snapshot to another.
        before, after: what the groups of each are called.
        before_ids, after_ids: their lineage ids; a group without a label is called by its own, as
            in the NeurFlow tab: ``group 7``.
    """
    sides = (before, before_ids), (after, after_ids)
    if not any(map(any, sides)):
        return report
    return replace(
        report,
        targets=tuple(
            _named(
                one,
                *(
                    _own(labels.get(one.target, {}), ids.get(one.target, {}))
                    for labels, ids in sides
                ),
            )
            for one in report.targets
        ),
    )


def _own(labels: Mapping[GroupId, Label], ids: Mapping[GroupId, int]) -> _Names:
    by_id = {group: f"group {number}" for group, number in ids.items()}
    return by_id | {group: label.told for group, label in labels.items()}


def _named(target: TargetDrift, before: _Names, after: _Names) -> TargetDrift:
    return replace(
        target,
        events=tuple(replace(one, called=_event(one, before, after)) for one in target.events),
        evidence=tuple(
            replace(one, called=_evidence(one, before, after)) for one in target.evidence
        ),
    )


def _event(event: LineageEvent, before: _Names, after: _Names) -> str:
    return _joined((_told(event.before, before), _told(event.after, after)), " → ")


def _evidence(evidence: Evidence, before: _Names, after: _Names) -> str:
    """Of a group: it is told by its words, and is missing where it has no number."""
    if evidence.kind != "group":
        return ""
    words = evidence.name.split(" ⇒ ")
    sides = [
        ([] if math.isnan(evidence.before) else words[:1], before),
        ([] if math.isnan(evidence.after) else words[-1:], after),
    ]
    return _joined(
        (_told((group for group in own if str(group) in side), own) for side, own in sides), " ⇒ "
    )


def _told(groups: Iterable[GroupId], own: _Names) -> str:
    return _joined((own[one] for one in groups if one in own), ", ")


def _joined(parts: Iterable[str], between: str) -> str:
    """Those that are there, each once."""
    return between.join(dict.fromkeys(part for part in parts if part))
