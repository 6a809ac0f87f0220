"""A fixture for pytest that holds a network's circuits against a baseline in the repository.

.. code-block:: python

    def test_the_circuits_are_still_the_same(neurflow_regression):
        snapshot = analyze(network, probes, layers=["layer3", "layer4", "fc"])
        neurflow_regression(snapshot, "resnet")

The baseline is ``neurflow_baselines/resnet.safetensors`` beside the test's file. A missing one is
written, and the test fails: look at it (``neurflow show``), and commit it. Where a change is meant,
``pytest --neurflow-update`` writes the baselines of all tests that run anew.

Where neuron groups of the baseline have names (``neurflow label``), the reports tell them.

What may change is said by ``--neurflow-policy FILE`` (see
:mod:`neurflow_lightning.regression.policy`), or by a fixture ``neurflow_policy`` of your own.
Broken conditions of severity ``warn`` are warnings, those of ``fail`` fail the test. Where ordinary
training goes on from the baseline, give ``controls=``, snapshots that nothing else separates from
it: else ordinary change may be told as one (see :mod:`neurflow_lightning.regression.checking`).

pytest loads this module at every start, so that it imports nothing else before it is used.
"""

from __future__ import annotations

import os
import re
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, Union

import pytest

if TYPE_CHECKING:
    from neurflow_lightning.regression.policy import RegressionPolicy
    from neurflow_lightning.regression.verdicts import RegressionReport
    from neurflow_lightning.types import Snapshot

BASELINES = "neurflow_baselines"
UPDATE = "--neurflow-update"
POLICY = "--neurflow-policy"

SnapshotOrPath = Union["Snapshot", str, "os.PathLike[str]"]


class CheckSnapshot(Protocol):
    """``neurflow_regression(snapshot, name)``."""

    def __call__(
        self,
        snapshot: SnapshotOrPath,
        name: str,
        *,
        controls: Sequence[SnapshotOrPath] | None = None,
    ) -> None:
        """Hold a snapshot against the baseline of that name."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the two options."""
    group = parser.getgroup("neurflow", "circuits held against baselines (neurflow-lightning)")
    group.addoption(
        UPDATE,
        action="store_true",
        help=f"write the baselines of neurflow_regression ({BASELINES}/) anew",
    )
    group.addoption(
        POLICY,
        metavar="FILE",
        help="what neurflow_regression allows to change (YAML); without it, a test fails where a "
        "target has changed and warns where it is drifting",
    )


@pytest.fixture(scope="session")
def neurflow_policy(pytestconfig: pytest.Config) -> RegressionPolicy:
    """The policy that ``neurflow_regression`` checks: of ``--neurflow-policy``, or the default.

    Define a fixture of this name to have another one. A relative path is taken from where pytest
    was called.
    """
    from neurflow_lightning.errors import PolicyError
    from neurflow_lightning.regression.policy import DEFAULT_POLICY, read_policy

    given = pytestconfig.getoption(POLICY)
    if given is None:
        return DEFAULT_POLICY
    try:
        return read_policy(pytestconfig.invocation_params.dir / given)
    except PolicyError as error:
        pytest.fail(f"{POLICY}: {error}", pytrace=False)


@pytest.fixture
def neurflow_regression(
    request: pytest.FixtureRequest, neurflow_policy: RegressionPolicy
) -> CheckSnapshot:
    """Call with a snapshot, or a snapshot file's path, and the baseline's name.

    The name is made of letters, digits, ``-``, ``_`` and ``.``; it is a file's name, and tests
    of one folder that use the same name share the baseline.

    ``controls`` are snapshots, or paths, that only honest training separates from the baseline;
    left out, they are those of the policy.

    The test fails when the baseline is missing, cannot be compared with, or differs by more than
    the policy allows.
    """
    folder = request.path.parent / BASELINES
    update = bool(request.config.getoption(UPDATE))

    def check(
        snapshot: SnapshotOrPath, name: str, *, controls: Sequence[SnapshotOrPath] | None = None
    ) -> None:
        __tracebackhide__ = True
        path = folder / f"{_checked_name(name)}.safetensors"
        candidate = _loaded(snapshot)
        if update:
            _write(candidate, path)
        elif path.exists():
            others = None if controls is None else [_loaded(one) for one in controls]
            _say(_compare(path, candidate, neurflow_policy, others), path)
        else:
            _write(candidate, path)
            pytest.fail(
                f"There was no baseline {path}: it has been written. Look at it, commit it, and "
                f"run the test again.",
                pytrace=False,
            )

    return check


def _checked_name(name: object) -> str:
    from neurflow_lightning.errors import ConfigError

    if not isinstance(name, str) or not re.fullmatch(r"\w[\w.-]{0,99}", name):
        wanted = "letters, digits, '-', '_' and '.', at most 100, neither '-' nor '.' first"
        raise ConfigError(f"Baseline name: wanted {wanted}; got {name!r}.")
    return name


def _loaded(snapshot: SnapshotOrPath) -> Snapshot:
    from neurflow_lightning.errors import ConfigError
    from neurflow_lightning.storage import load_snapshot
    from neurflow_lightning.types import Snapshot

    if isinstance(snapshot, Snapshot):
        return snapshot
    if isinstance(snapshot, str | os.PathLike):
        return load_snapshot(snapshot)
    raise ConfigError(f"Wanted a Snapshot or a snapshot file's path, got {snapshot!r}.")


def _write(candidate: Snapshot, path: Path) -> None:
    """Whole or not at all, also where several workers write the same baseline.

    The test fails for a snapshot whose numbers are not finite: nothing could be held against it.
    """
    __tracebackhide__ = True
    from neurflow_lightning.errors import ComparisonError
    from neurflow_lightning.evolution.comparing import check_comparable
    from neurflow_lightning.storage import save_snapshot

    try:
        check_comparable(candidate, candidate)
    except ComparisonError as error:
        pytest.fail(f"The baseline {path} is not written: {error}", pytrace=False)
    save_snapshot(candidate, path)


def _compare(
    path: Path,
    candidate: Snapshot,
    policy: RegressionPolicy,
    controls: Sequence[Snapshot] | None,
) -> RegressionReport:
    """What the policy says; the test fails where baseline and candidate cannot be compared.

    Groups are called by the names beside the baseline.
    """
    __tracebackhide__ = True
    from neurflow_lightning.applications.labelling.following import follow
    from neurflow_lightning.applications.labelling.reports import named_report
    from neurflow_lightning.applications.labelling.storing import labels_beside
    from neurflow_lightning.errors import LabelError, NeurFlowError
    from neurflow_lightning.evolution.comparing import check_comparable
    from neurflow_lightning.regression.checking import check_snapshots
    from neurflow_lightning.storage import load_snapshot

    try:
        baseline = load_snapshot(path)
        check_comparable(baseline, candidate)
    except NeurFlowError as error:
        pytest.fail(f"{error}\n{_way_out(path)}", pytrace=False)
    try:
        labels = labels_beside(str(path))
    except LabelError as error:
        way_out = "Mend that file, or move it away: groups are then told by their ids."
        pytest.fail(f"{error}\n{way_out}", pytrace=False)
    before, after = (follow(labels, [one])[0] for one in (baseline, candidate))
    return check_snapshots(
        baseline,
        candidate,
        policy,
        controls=controls,
        naming=lambda report: named_report(report, before, after),
    )


def _say(report: RegressionReport, path: Path) -> None:
    """Fail the test, or warn, or say nothing."""
    __tracebackhide__ = True
    from neurflow_lightning.regression.formats import text_table

    if not report.passed:
        pytest.fail(f"{text_table(report)}\n{_way_out(path)}", pytrace=False)
    if report.broken("warn"):
        warnings.warn(text_table(report), UserWarning, stacklevel=3)


def _way_out(path: Path) -> str:
    return f"Where the change is meant, write the baseline {path} anew: pytest {UPDATE}"
