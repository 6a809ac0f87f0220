"""Drift reports made by hand: one target whose circuit changed, one that stayed."""

from __future__ import annotations

import dataclasses
from math import nan

from neurflow_lightning.evolution.reports import (
    Drift,
    DriftReport,
    Evidence,
    LineageEvent,
    NullUsed,
    TargetDrift,
)
from neurflow_lightning.types import GroupId

PLACES = ((1, 0, 0, 8, 8), (4, 4, 2, 4, 6))

CRACK = TargetDrift(
    target=1,
    name="crack",
    drifts=(
        Drift("edge_drift", "fc", "layer4", 0.05, 0.1, 0.4, 0.5),
        Drift("edge_drift", "layer4", "layer3", 0.41, 0.15, 0.0099, 0.02),
        Drift("core_turnover", "layer4", None, 0.3, 0.2, 0.0099, 0.02),
        Drift("core_turnover", "layer3", None, nan, nan, nan, nan),
        Drift("group_turnover", "layer4", None, 0.25, nan, nan, nan),
        Drift("group_turnover", "layer3", None, 0.1, 0.3, 0.5, 0.6),
        Drift("polysemanticity", "layer4", None, -1.5, 0.5, 0.03, 0.06),
    ),
    events=(
        LineageEvent(
            "split", "layer4", (GroupId("layer4", 0),), (GroupId("layer4", 1),) * 2, (3, 7), 0.6
        ),
        LineageEvent("emerge", "layer3", (), (GroupId("layer3", 2),), (9,), 0.0),
    ),
    evidence=(
        Evidence("edge", "layer4", "layer3:7 → layer4:2", 0.1, 0.52, 0.45, (12, 40), "", PLACES),
        Evidence("edge", "layer4", "layer3:1 → layer4:2", nan, -0.2, 0.36),
        Evidence("image", "fc", "17", 0.2, 1.4, 0.8, (170, 171), "", ((17,), (17,))),
    ),
    transfer=(("layer4", 0.42), ("layer3", 0.95)),
    verdict="changed",
)

SCRATCH = TargetDrift(
    target=2,
    name="scratch",
    drifts=(
        Drift("edge_drift", "fc", "layer4", 0.02, 0.1, 0.6, 0.6),
        Drift("edge_drift", "layer4", "layer3", 0.08, 0.1, 0.3, 0.5),
        Drift("core_turnover", "layer4", None, 0.0, 0.0, 1.0, 1.0),
        Drift("core_turnover", "layer3", None, 0.1, 0.2, 0.3, 0.5),
        Drift("group_turnover", "layer4", None, 0.0, 0.3, 1.0, 1.0),
        Drift("group_turnover", "layer3", None, 0.0, 0.3, 1.0, 1.0),
        Drift("polysemanticity", "layer4", None, 0.25, 0.5, 0.3, 0.5),
    ),
    events=(),
    evidence=(),
    transfer=(("layer4", 1.0), ("layer3", 1.02)),
    verdict="stable",
)

REPORT = DriftReport(
    before="epoch 4, step 110",
    after="epoch 5, step 132",
    matching="neurons",
    targets=(CRACK, SCRATCH),
    fingerprint="f" * 64,
    nulls=(NullUsed("estimation", 200), NullUsed("training", 5)),
)


def without_null(target: TargetDrift) -> TargetDrift:
    drifts = (dataclasses.replace(one, null_quantile=nan, p=nan) for one in target.drifts)
    return dataclasses.replace(target, drifts=tuple(drifts))
