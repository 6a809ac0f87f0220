"""A candidate's snapshot held against a baseline's: nulls, drift, policy, in that order.

The *estimation null* of a snapshot says what other probe images would have changed in it. A change
has to exceed that of both snapshots, since either circuit would have come out otherwise; p is of
the baseline's. It knows nothing of training: a network that learns on moves, and enough of that
exceeds it. *Controls* tell how far: snapshots that only honest training separates from the
baseline, such as those of fine-tunes on trusted data or of neighbouring checkpoints. The drifts
from the baseline to each of them are the *training null*.

Controls are few, and with C of them no p is below 1 / (C + 1). So p is of the estimation null, and
what controls add is a bound: nothing has changed where the drift keeps to the limit that one more
control would keep to in 99 of 100, or is not above that of every control
(:func:`~neurflow_lightning.evolution.noise.upper_limit`). To lie above all of a few controls alone
would say little: one candidate in C + 1 does so at any place. docs/evolution.md has measured both.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from neurflow_lightning.errors import ComparisonError
from neurflow_lightning.evolution.comparing import (
    SIGNIFICANT,
    Transfer,
    are_strangers,
    drift_values,
    measure_drift,
    moment,
)
from neurflow_lightning.evolution.drift import Matching
from neurflow_lightning.evolution.noise import (
    FEWEST_CONTROLS,
    EstimationNull,
    Key,
    Null,
    estimation_null,
    training_null,
)
from neurflow_lightning.evolution.reports import DriftReport
from neurflow_lightning.regression.policy import DEFAULT_POLICY, RegressionPolicy
from neurflow_lightning.regression.verdicts import RegressionReport, check_regression
from neurflow_lightning.storage import load_snapshot
from neurflow_lightning.types import Snapshot

Controls = Iterable[tuple[str, Snapshot]]
"""Snapshots, each with what errors call it."""

USUAL_RESAMPLES = 200
MOST_RESAMPLES = 2000
"""A bound on the time, which grows with the square of the number of targets."""


def check_snapshots(
    baseline: Snapshot,
    candidate: Snapshot,
    policy: RegressionPolicy = DEFAULT_POLICY,
    *,
    controls: Iterable[Snapshot] | None = None,
    transfer: Transfer | None = None,
    matching: Matching | None = None,
    naming: Callable[[DriftReport], DriftReport] | None = None,
) -> RegressionReport:
    """What the policy says of the change from ``baseline`` to ``candidate``.

    The nulls are both snapshots' estimation nulls and, with controls, the training null. Networks
    that share no neuron identities have no estimation null: with fewer than 20 controls their
    verdict is *unjudged*, and conditions on verdicts do not pass; with none, nor do those on nulls.

    Args:
        baseline, candidate: of one probe set, with the same layers, targets and numbers.
        policy: what may change.
        controls: at least three snapshots that only honest training separates from ``baseline``,
            comparable with it; ``None`` takes those of the policy, ``()`` none.
        transfer: target index → layer → functional transfer, where it was measured.
        matching: ``"neurons"`` where both are known to be of one run, see
            :func:`~neurflow_lightning.evolution.comparing.measure_drift`.
        naming: puts names into the drift report, see
            :func:`~neurflow_lightning.applications.labelling.reports.named_report`.

    Raises:
        ComparisonError: when the snapshots cannot be compared, or a control is none.
        PolicyError: when the policy names what they do not have.
        SnapshotError: when a control of the policy cannot be read.
    """
    given = controls_of(policy) if controls is None else _numbered(controls)
    nulls = with_candidate(baseline_nulls(baseline, given, matching or "neurons"), candidate)
    report = measure_drift(baseline, candidate, null=nulls, transfer=transfer, matching=matching)
    return check_regression(report if naming is None else naming(report), policy)


def controls_of(policy: RegressionPolicy) -> Controls:
    """The controls that a policy names, read one by one."""
    return ((f"control {path}", load_snapshot(path)) for path in policy.controls)


def _numbered(controls: Iterable[Snapshot]) -> Controls:
    return (
        (f"control {number} ({moment(control)})", control)
        for number, control in enumerate(controls, start=1)
    )


def baseline_nulls(
    baseline: Snapshot, controls: Controls = (), matching: Matching = "neurons"
) -> tuple[Null, ...]:
    """All nulls that there are: the estimation null unless by responses, the training null if any.

    Raises:
        ComparisonError: names the control that is none; for one or two controls.
    """
    drifts = [_control_drifts(baseline, name, control, matching) for name, control in controls]
    if 0 < len(drifts) < FEWEST_CONTROLS:
        raise ComparisonError(
            f"Controls: wanted at least {FEWEST_CONTROLS}, better 5 or more, as fewer do not tell "
            f"how much ordinary training varies; got {len(drifts)}. Give more, or none."
        )
    estimation = () if matching == "responses" else (baseline_null(baseline),)
    return (*estimation, *([training_null(drifts)] if drifts else []))


def with_candidate(nulls: Sequence[Null], candidate: Snapshot) -> tuple[Null, ...]:
    """The baseline's nulls, and the candidate's own estimation null where there is one of it."""
    estimation = [one for one in nulls if isinstance(one, EstimationNull)]
    others = [one for one in nulls if not isinstance(one, EstimationNull)]
    return (*estimation, *([baseline_null(candidate)] if estimation else []), *others)


def _control_drifts(
    baseline: Snapshot, name: str, control: Snapshot, matching: Matching
) -> dict[Key, float]:
    try:
        values = drift_values(baseline, control, matching)
    except ComparisonError as error:
        raise ComparisonError(f"{name}: {error}") from error
    if matching == "neurons" and are_strangers(values):
        raise ComparisonError(
            f"{name}: Hardly an edge is that of the baseline, as between networks of different "
            "seeds: nothing would be a change beside it. Give snapshots of fine-tunes of the "
            "baseline, or of checkpoints next to it."
        )
    return values


def baseline_null(baseline: Snapshot) -> EstimationNull:
    """The estimation null, with as many draws as one changed place needs to be significant.

    Among the m edge drifts, whose family decides, that takes m / .05, by Benjamini–Hochberg. Beyond
    :data:`MOST_RESAMPLES` draws (m > 100) a change has to show at more than one place, as changes
    do.
    """
    places = (len(baseline.layers) - 1) * len(baseline.circuits)
    needed = round(places / SIGNIFICANT)
    resamples = min(max(needed, USUAL_RESAMPLES), MOST_RESAMPLES)
    return estimation_null(baseline, resamples=resamples)
