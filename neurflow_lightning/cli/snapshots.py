"""The verbs on snapshot files: ``show``, ``diff`` and ``accept``. No torch is loaded."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from neurflow_lightning.applications.labelling.following import follow
from neurflow_lightning.applications.labelling.reports import named_report
from neurflow_lightning.applications.labelling.storing import labels_beside
from neurflow_lightning.cli.exporting import Compared, check_page, write_comparisons
from neurflow_lightning.cli.output import CommandError, as_json, check_places, deliver
from neurflow_lightning.cli.telling import (
    called,
    drift_content,
    drift_text,
    named,
    snapshot_content,
    snapshot_text,
)
from neurflow_lightning.errors import ComparisonError, PolicyError, SnapshotError
from neurflow_lightning.evolution.comparing import (
    Transfer,
    are_strangers,
    check_comparable,
    measure_drift,
    moment,
)
from neurflow_lightning.evolution.drift import Matching
from neurflow_lightning.evolution.lineage import run_ids
from neurflow_lightning.evolution.noise import Null
from neurflow_lightning.evolution.reports import DriftReport
from neurflow_lightning.labels import NO_LABELS, GroupLabels
from neurflow_lightning.regression.checking import baseline_nulls, with_candidate
from neurflow_lightning.regression.policy import DEFAULT_POLICY, RegressionPolicy, read_policy
from neurflow_lightning.regression.verdicts import RegressionReport, check_regression
from neurflow_lightning.render.record import NO_LINEAGES
from neurflow_lightning.render.text import visible_text
from neurflow_lightning.storage import SUFFIX, load_snapshot, save_snapshot
from neurflow_lightning.types import Snapshot

PASSED, FAILED = 0, 1


def show(said: Namespace) -> int:
    """``neurflow show``: the circuits of one snapshot."""
    check_places({"--json": said.json}, [said.snapshot])
    snapshot = load_snapshot(said.snapshot)
    labels = labels_of(said.snapshot, snapshot)
    document = as_json("show", snapshot_content(said.snapshot, snapshot, labels))
    deliver(snapshot_text(said.snapshot, snapshot, labels), [(said.json, document)])
    return PASSED


def diff(said: Namespace) -> int:
    """``neurflow diff``: what changed; no condition, so that it always passes."""
    places = {"--json": said.json, "--html": said.html}
    check_places(places, [said.before, said.after, *said.controls])
    check_page(said.html)
    check_controls(said.controls, [said.before, said.after])
    baseline = Baseline.read(said.before, said.matching, said.controls)
    after = load_snapshot(said.after)
    report = baseline.drift(said.after, after)
    if said.html is not None:
        files = said.before, said.after
        write_comparisons(said.html, [Compared(files, baseline.snapshot, after, report)])
    deliver(drift_text(report), [(said.json, as_json("diff", drift_content(report)))])
    return PASSED


def accept(said: Namespace) -> int:
    """``neurflow accept``: whoever reads the baseline meanwhile sees the old one or the new one."""
    check_places({"--json": said.json}, [said.baseline, said.candidate])
    if not said.baseline.endswith(SUFFIX):
        raise CommandError(f"{said.baseline}: the name of a baseline ends in {SUFFIX!r}.")
    candidate = load_snapshot(said.candidate)
    with named(said.candidate):
        check_comparable(candidate, candidate)  # one that is not finite fails every check
    _say_unlike(said.baseline, candidate)
    save_snapshot(candidate, said.baseline)
    content = {"baseline": said.baseline, "candidate": said.candidate, "moment": moment(candidate)}
    said_so = f"{said.baseline} is now {called(said.candidate, candidate)}"
    deliver(f"{visible_text(said_so)}\n", [(said.json, as_json("accept", content))])
    return PASSED


def _say_unlike(baseline: str, candidate: Snapshot) -> None:
    """Whether candidates and controls of the old baseline are of no use beside the new one."""
    try:
        check_comparable(load_snapshot(baseline), candidate)
    except ComparisonError as error:
        sys.stderr.write(
            f"neurflow: {visible_text(baseline)}: the new baseline cannot be compared with the "
            f"one it replaces, nor with what could be: {visible_text(str(error))}\n"
        )
    except SnapshotError:  # the first baseline there, or one that is worth replacing
        return


# --- comparing ---------------------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class Baseline:
    """What candidates are held against.

    Attributes:
        path, snapshot: the file, and what is in it.
        matching: how neurons are matched.
        nulls: what counts as noise, beside a candidate's own estimation null; none when matching by
            responses, without controls.
    """

    path: str
    snapshot: Snapshot
    matching: Matching
    nulls: tuple[Null, ...]

    @classmethod
    def read(cls, path: str, matching: Matching, controls: Sequence[str] = ()) -> Baseline:
        """The baseline of a snapshot file."""
        return cls.of(path, load_snapshot(path), matching, controls)

    @classmethod
    def of(
        cls,
        path: str,
        snapshot: Snapshot,
        matching: Matching,
        controls: Sequence[str] = (),
        read: Callable[[str], Snapshot] = load_snapshot,
    ) -> Baseline:
        """The baseline of a snapshot, with its nulls: made once, however many candidates come.

        Args:
            path, snapshot, matching: as of the baseline.
            controls: files of snapshots that only honest training separates from it.
            read: gives the snapshot of one of them.

        Raises:
            ComparisonError: names the baseline, or the control that cannot be compared with it.
        """
        unique = {os.path.realpath(one): one for one in controls}.values()
        with named(path):
            check_comparable(snapshot, snapshot)
        given = ((f"control {one} and {path}", read(one)) for one in unique)
        return cls(path, snapshot, matching, baseline_nulls(snapshot, given, matching))

    def drift(
        self, path: str, candidate: Snapshot, transfer: Transfer | None = None
    ) -> DriftReport:
        """What changed from the baseline to a candidate.

        Args:
            path, candidate: the file, and what is in it.
            transfer: what functional transfer was measured.

        Raises:
            ComparisonError: when they cannot be compared; names both files.
        """
        with named(f"{self.path} and {path}"):
            report = measure_drift(
                self.snapshot,
                candidate,
                null=with_candidate(self.nulls, candidate),
                matching=self.matching,
                transfer=transfer,
            )
        found = {
            (one.target, each.measure, each.layer): each.value for one, each in report.all_drifts()
        }
        if self.matching == "neurons" and are_strangers(found):
            sys.stderr.write(
                f"neurflow: {visible_text(self.path)} and {visible_text(path)} have hardly an edge "
                "in common, as networks of different seeds have: --matching responses compares "
                "groups by what they respond to\n"
            )
        told = replace(
            report, before=called(self.path, self.snapshot), after=called(path, candidate)
        )
        labels = labels_of(self.path, self.snapshot), labels_of(path, candidate)
        known = report.matching == "neurons"
        ids = run_ids(self.snapshot, candidate) if known else [NO_LINEAGES, NO_LINEAGES]
        return named_report(told, *labels, *ids)

    def check(self, path: str, candidate: Snapshot, policy: RegressionPolicy) -> RegressionReport:
        """What a policy says of a candidate; see :meth:`drift`."""
        return check_regression(self.drift(path, candidate), policy)


def labels_of(path: str, snapshot: Snapshot) -> GroupLabels:
    """What the groups of a snapshot file are called: the labels beside it, if there are any.

    Raises:
        LabelError: when their file cannot be read.
    """
    labels = labels_beside(path)
    return follow(labels, [snapshot])[0] if labels.groups else NO_LABELS


def check_controls(controls: Sequence[str], judged: Sequence[str]) -> None:
    """Refuse a control that is judged beside itself.

    Raises:
        CommandError: names the file.
    """
    known = set(map(os.path.realpath, judged))
    for path in controls:
        if os.path.realpath(path) in known:
            raise CommandError(
                f"--controls: {path} is also what is compared, and no drift exceeds itself: wanted "
                "snapshots of other, honest training from the baseline."
            )


def policy_of(path: str | None) -> RegressionPolicy:
    """The policy of a file, or the default one.

    Raises:
        PolicyError: names the file and the option.
    """
    if path is None:
        return DEFAULT_POLICY
    try:
        return read_policy(path)
    except PolicyError as error:
        raise PolicyError(f"--policy: {error}", error.key) from error
