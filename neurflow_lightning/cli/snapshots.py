"""The verbs on snapshot files: ``show``, ``diff``, ``check`` and ``accept``. No torch is loaded."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

from neurflow_lightning.cli.exporting import Compared, check_page, write_comparisons
from neurflow_lightning.cli.output import CommandError, as_json, check_places, deliver
from neurflow_lightning.cli.telling import (
    called,
    drift_content,
    drift_text,
    snapshot_content,
    snapshot_text,
)
from neurflow_lightning.errors import ComparisonError
from neurflow_lightning.evolution.comparing import check_comparable, measure_drift, moment
from neurflow_lightning.evolution.drift import Matching
from neurflow_lightning.evolution.noise import EstimationNull
from neurflow_lightning.evolution.reports import DriftReport
from neurflow_lightning.regression.checking import baseline_null
from neurflow_lightning.regression.formats import (
    MARKDOWN_LIMIT,
    bounded,
    code,
    json_content,
    junit_document,
    markdown,
    short,
    summary,
    text_table,
)
from neurflow_lightning.regression.policy import (
    DEFAULT_POLICY,
    PolicyError,
    RegressionPolicy,
    read_policy,
)
from neurflow_lightning.regression.verdicts import RegressionReport, check_regression
from neurflow_lightning.render.text import visible_text
from neurflow_lightning.storage import SUFFIX, load_snapshot, save_snapshot
from neurflow_lightning.types import Snapshot

PASSED, FAILED = 0, 1


def show(said: Namespace) -> int:
    """``neurflow show``: the circuits of one snapshot."""
    check_places({"--json": said.json}, [said.snapshot])
    snapshot = load_snapshot(said.snapshot)
    document = as_json("show", snapshot_content(said.snapshot, snapshot))
    deliver(snapshot_text(said.snapshot, snapshot), [(said.json, document)])
    return PASSED


def diff(said: Namespace) -> int:
    """``neurflow diff``: what changed; no condition, so that it always passes."""
    check_places({"--json": said.json, "--html": said.html}, [said.before, said.after])
    check_page(said.html)
    baseline = Baseline.read(said.before, said.matching)
    after = load_snapshot(said.after)
    report = baseline.drift(said.after, after)
    if said.html is not None:
        files = said.before, said.after
        write_comparisons(said.html, [Compared(files, baseline.snapshot, after, report)])
    deliver(drift_text(report), [(said.json, as_json("diff", drift_content(report)))])
    return PASSED


def check(said: Namespace) -> int:
    """``neurflow check``: fails when a candidate breaks a condition of severity ``fail``."""
    places = {"--json": said.json, "--junit": said.junit, "--markdown": said.markdown}
    places |= {"--html": said.html}
    check_page(said.html)
    policy_file = [] if said.policy is None else [said.policy]
    check_places(places, [said.baseline, *said.candidates, *policy_file])
    policy = policy_of(said.policy)
    baseline = Baseline.read(said.baseline, said.matching)
    pairs: list[Compared] = []
    reports: list[RegressionReport] = []
    for path in dict.fromkeys(said.candidates):
        candidate = load_snapshot(path)
        drift = baseline.drift(path, candidate)
        reports.append(check_regression(drift, policy))
        if said.html is not None:
            files = said.baseline, path
            pairs.append(Compared(files, baseline.snapshot, candidate, drift))
    if said.html is not None:
        failed = [place for place, one in enumerate(reports) if not one.passed]
        write_comparisons(said.html, pairs, shown=failed[0] if failed else 0)
    deliver(
        "\n".join(map(text_table, reports)),
        [
            (said.json, _checks_json(said.baseline, said.candidates, reports)),
            (said.junit, _checks_junit(said.candidates, reports)),
            (said.markdown, _checks_markdown(reports)),
        ],
    )
    return PASSED if all(one.passed for one in reports) else FAILED


def accept(said: Namespace) -> int:
    """``neurflow accept``: whoever reads the baseline meanwhile sees the old one or the new one."""
    check_places({"--json": said.json}, [said.baseline, said.candidate])
    if not said.baseline.endswith(SUFFIX):
        raise CommandError(f"{said.baseline}: the name of a baseline ends in {SUFFIX!r}.")
    candidate = load_snapshot(said.candidate)
    with named(said.candidate):
        check_comparable(candidate, candidate)  # one that is not finite fails every check
    save_snapshot(candidate, said.baseline)
    content = {"baseline": said.baseline, "candidate": said.candidate, "moment": moment(candidate)}
    said_so = f"{said.baseline} is now {called(said.candidate, candidate)}"
    deliver(f"{visible_text(said_so)}\n", [(said.json, as_json("accept", content))])
    return PASSED


# --- comparing ---------------------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class Baseline:
    """What candidates are held against.

    Attributes:
        path, snapshot: the file, and what is in it.
        matching: how neurons are matched.
        null: the baseline's own; ``None`` when matching by responses, where there is none.
    """

    path: str
    snapshot: Snapshot
    matching: Matching
    null: EstimationNull | None

    @classmethod
    def read(cls, path: str, matching: Matching) -> Baseline:
        """The baseline of a snapshot file."""
        return cls.of(path, load_snapshot(path), matching)

    @classmethod
    def of(cls, path: str, snapshot: Snapshot, matching: Matching) -> Baseline:
        """The baseline of a snapshot, with its null: made once, however many candidates come."""
        with named(path):
            check_comparable(snapshot, snapshot)
        null = baseline_null(snapshot) if matching == "neurons" else None
        return cls(path, snapshot, matching, null)

    def drift(self, path: str, candidate: Snapshot) -> DriftReport:
        """What changed from the baseline to a candidate.

        Raises:
            ComparisonError: when they cannot be compared; names both files.
        """
        with named(f"{self.path} and {path}"):
            report = measure_drift(self.snapshot, candidate, null=self.null, matching=self.matching)
        return replace(
            report, before=called(self.path, self.snapshot), after=called(path, candidate)
        )

    def check(self, path: str, candidate: Snapshot, policy: RegressionPolicy) -> RegressionReport:
        """What a policy says of a candidate."""
        return check_regression(self.drift(path, candidate), policy)


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


@contextmanager
def named(what: str) -> Iterator[None]:
    """Put the files before the message of a comparison that is refused."""
    try:
        yield
    except ComparisonError as error:
        raise ComparisonError(f"{what}: {error}") from error


# --- several reports in one document -----------------------------------------------------


def _checks_json(baseline: str, candidates: Sequence[str], reports: list[RegressionReport]) -> str:
    told = zip(dict.fromkeys(candidates), reports, strict=True)
    return as_json(
        "check",
        {
            "passed": all(one.passed for one in reports),
            "baseline": baseline,
            "reports": [{"candidate": path, **json_content(one)} for path, one in told],
        },
    )


def _checks_markdown(reports: list[RegressionReport]) -> str:
    """One after the other; of several the summaries come first, so that none is cut off."""
    if len(reports) == 1:
        return markdown(reports[0])
    summaries = "".join(f"- {summary(one)}: {code(short(one.after))}\n" for one in reports)
    return bounded([summaries, *(f"\n{markdown(one)}" for one in reports)], MARKDOWN_LIMIT)


def _checks_junit(candidates: Sequence[str], reports: list[RegressionReport]) -> str:
    """One document with a test suite for each candidate, named by its file."""
    names = [f"neurflow: {short(path)}" for path in dict.fromkeys(candidates)]
    return junit_document(zip(names, reports, strict=True))
