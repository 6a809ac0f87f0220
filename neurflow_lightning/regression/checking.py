"""A candidate's snapshot held against a baseline's: null, drift, policy, in that order."""

from __future__ import annotations

from neurflow_lightning.evolution.comparing import SIGNIFICANT, Transfer, measure_drift
from neurflow_lightning.evolution.drift import Matching
from neurflow_lightning.evolution.noise import EstimationNull, estimation_null
from neurflow_lightning.regression.policy import DEFAULT_POLICY, RegressionPolicy
from neurflow_lightning.regression.verdicts import RegressionReport, check_regression
from neurflow_lightning.types import Snapshot

FEWEST_RESAMPLES = 200
MOST_RESAMPLES = 2000
"""A bound on the time, which grows with the square of the number of targets."""


def check_snapshots(
    baseline: Snapshot,
    candidate: Snapshot,
    policy: RegressionPolicy = DEFAULT_POLICY,
    *,
    transfer: Transfer | None = None,
    matching: Matching | None = None,
) -> RegressionReport:
    """What the policy says of the change from ``baseline`` to ``candidate``.

    The null is the baseline's estimation null; of two networks that share no neuron identities
    there is none, so that their verdict is *unjudged*, and conditions on verdicts and nulls do not
    pass.

    Args:
        baseline, candidate: of one probe set, with the same layers, targets and numbers.
        policy: what may change.
        transfer: target index → layer → functional transfer, where it was measured.
        matching: ``"neurons"`` where both are known to be of one run, see
            :func:`~neurflow_lightning.evolution.comparing.measure_drift`.

    Raises:
        ComparisonError: when the snapshots cannot be compared.
        PolicyError: when the policy names what they do not have.
    """
    null = None if matching == "responses" else baseline_null(baseline)
    return check_regression(
        measure_drift(baseline, candidate, null=null, transfer=transfer, matching=matching), policy
    )


def baseline_null(baseline: Snapshot) -> EstimationNull:
    """The estimation null, with as many draws as one changed place needs to be significant.

    Among the m edge drifts, whose family decides, that takes m / .05, by Benjamini–Hochberg. Beyond
    :data:`MOST_RESAMPLES` draws (m > 100) a change has to show at more than one place, as changes
    do.
    """
    places = (len(baseline.layers) - 1) * len(baseline.circuits)
    needed = round(places / SIGNIFICANT)
    resamples = min(max(needed, FEWEST_RESAMPLES), MOST_RESAMPLES)
    return estimation_null(baseline, resamples=resamples)
