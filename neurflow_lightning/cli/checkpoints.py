"""The verbs that may run a network: ``analyze`` and ``bisect``.

A checkpoint is analysed by ``Trainer.validate`` and the callback of a training: the probe images
are the first of the validation data, so that a snapshot made here and one made during the training
are of the same images. torch and Lightning are loaded only when there is a checkpoint.
"""

from __future__ import annotations

import json
import os
import sys
from argparse import Namespace
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from neurflow_lightning.cli.output import CommandError, as_json, check_places, deliver
from neurflow_lightning.cli.searching import Step, find_step
from neurflow_lightning.cli.snapshots import FAILED, PASSED, Baseline, check_controls, policy_of
from neurflow_lightning.cli.telling import called, snapshot_content, snapshot_text
from neurflow_lightning.regression.formats import json_text, text_table
from neurflow_lightning.regression.policy import RegressionPolicy
from neurflow_lightning.regression.verdicts import RegressionReport
from neurflow_lightning.render.text import aligned, visible_text
from neurflow_lightning.storage import SUFFIX, load_snapshot, save_snapshot
from neurflow_lightning.types import Snapshot

if TYPE_CHECKING:
    from neurflow_lightning.cli.analyzing import Analyzer


def analyze(said: Namespace) -> int:
    """``neurflow analyze``: one snapshot of one checkpoint."""
    out = _out(said.checkpoint, said.out)
    check_places({"--json": said.json}, [said.checkpoint, out, said.config])
    from neurflow_lightning.cli.analyzing import Analyzer

    snapshot = Analyzer.said(said).snapshot(said.checkpoint)
    save_snapshot(snapshot, out)
    document = as_json("analyze", snapshot_content(out, snapshot))
    deliver(snapshot_text(out, snapshot), [(said.json, document)])
    return PASSED


def bisect(said: Namespace) -> int:
    """``neurflow bisect``: fails where nothing has changed from the first to the last."""
    policy = policy_of(said.policy)
    controls = policy.controls if said.controls is None else said.controls
    judged = [said.good, said.bad, *said.between]
    check_places({"--json": said.json}, [*judged, *controls, said.policy, said.config])
    check_controls(controls, judged)
    files = Files(said)
    row = _row(said, files.step)
    first = files.snapshot(row[0])
    baseline = Baseline.of(row[0], first, "neurons", controls, files.snapshot)
    _check_judged(baseline, policy)
    reports: dict[int, RegressionReport] = {}

    def is_changed(place: int) -> bool:
        path = row[place]
        reports[place] = baseline.check(path, files.snapshot(path), policy)
        return not reports[place].passed

    last = len(row) - 1
    if not is_changed(last):
        step, told = None, reports[last]
        looked = {0: False, last: False}
    else:
        step = find_step(len(row), is_changed)
        told, looked = reports[step.bad], dict(step.looked)
    names = {0: called(row[0], baseline.snapshot)} | {at: one.after for at, one in reports.items()}
    document: dict[str, object] = {
        "found": step is not None,
        "last_good": None if step is None else row[step.good],
        "first_bad": None if step is None else row[step.bad],
        "monotone": None if step is None else step.is_monotone,
        "checkpoints": len(row),
        "looked_at": [
            {"file": row[place], "name": names[place], "changed": changed}
            for place, changed in looked.items()
        ],
    }
    head = _nothing(names[0], names[last]) if step is None else _found(step, names)
    words = {False: "as before", True: "changed"}
    lines = aligned([(words[looked[at]], visible_text(names[at])) for at in looked])
    seen = "\n".join(f"  {line}" for line in lines)
    text = f"{head}\n\nlooked at {len(looked)} of {len(row)}:\n{seen}\n\n{text_table(told)}"
    deliver(text, [(said.json, _bisect_json(document, told))])
    return FAILED if step is None else PASSED


# --- files -------------------------------------------------------------------------------


class Files:
    """Snapshot files, and checkpoints that are analysed when they are asked for.

    Args:
        said: the command line.
    """

    def __init__(self, said: Namespace) -> None:
        self._said = said
        self._first: Snapshot | None = None
        self._analyzer: Analyzer | None = None

    def snapshot(self, path: str) -> Snapshot:
        """The snapshot of a file, made like the first of them if it is a checkpoint."""
        if path.endswith(SUFFIX):
            loaded = load_snapshot(path)
            self._first = self._first or loaded
            return loaded
        if self._analyzer is None:
            from neurflow_lightning.cli.analyzing import Analyzer, replaced_by_like

            self._analyzer = Analyzer.said(self._said)
            if not replaced_by_like(self._said, self._first):
                self._analyzer.like = self._analyzer.like or self._first
        sys.stderr.write(f"neurflow: analysing {visible_text(path)}\n")
        return self._analyzer.snapshot(path)

    def step(self, path: str) -> int | None:
        """The training step of a file; ``None`` where it does not tell."""
        if path.endswith(SUFFIX):
            return load_snapshot(path).step
        from neurflow_lightning.cli.loading import read_checkpoint

        return read_checkpoint(path, unsafe=self._said.unsafe_load).step


def _out(checkpoint: str, out: str | None) -> str:
    """Where the snapshot goes; without a word about it, nothing is overwritten."""
    if out is None:
        out = str(Path(checkpoint).with_suffix(SUFFIX))
        if Path(out).exists():
            raise CommandError(f"{out}: Is there already. Say --out {out} to write it anew.")
    if not out.endswith(SUFFIX):
        raise CommandError(f"--out {out}: the name of a snapshot file ends in {SUFFIX!r}.")
    return out


def _row(said: Namespace, step_of: Callable[[str], int | None]) -> list[str]:
    """The files from good to bad: by training step where all tell it, else as they were given.

    A fine-tune counts its steps anew: BAD may be of an earlier step than GOOD, if there are files
    between them, and these are of its own training then.

    Raises:
        CommandError: when one does not lie between good and bad.
    """
    ends = {os.path.realpath(said.good), os.path.realpath(said.bad)}
    if len(ends) == 1:
        raise CommandError(f"bisect: GOOD and BAD are one file, {said.good}.")
    unique = {os.path.realpath(path): path for path in said.between}
    between = [path for place, path in unique.items() if place not in ends]
    row = [said.good, *between, said.bad]
    steps = {path: step_of(path) for path in row}
    known = {path: step for path, step in steps.items() if step is not None}
    if len(known) < len(row):
        return row
    first, last = known[said.good], known[said.bad]
    if first >= last and not between:
        raise CommandError(
            f"bisect: BAD ({said.bad}) is of step {last}: wanted one after step {first} of GOOD "
            f"({said.good}), or, of a fine-tune that counts anew, the checkpoints between them."
        )
    since = first if first < last else 0
    for path in between:
        if not since <= known[path] <= last:
            raise CommandError(
                f"{path}: Is of step {known[path]}: wanted one from step {since} to step {last} of "
                f"BAD ({said.bad}); GOOD ({said.good}) is of step {first}."
            )
    return [said.good, *sorted(between, key=lambda path: known[path]), said.bad]


def _check_judged(baseline: Baseline, policy: RegressionPolicy) -> None:
    """Refuse a policy that no snapshot keeps: whatever is looked at would be told as changed.

    Raises:
        CommandError: names the first condition that not even the baseline itself keeps.
    """
    for finding in baseline.check(baseline.path, baseline.snapshot, policy).broken("fail"):
        raise CommandError(
            f"bisect: GOOD ({baseline.path}), held against itself, does not pass: "
            f"{finding.condition.rule} for {finding.name!r}: {finding.why}. What no snapshot keeps "
            "tells no change: give a --policy without it, or controls enough for a verdict."
        )


# --- what bisect says --------------------------------------------------------------------


def _found(step: Step, names: dict[int, str]) -> str:
    lines = [
        "neurflow: the circuit changed",
        f"  after {visible_text(names[step.good])}",
        f"  by    {visible_text(names[step.bad])}",
    ]
    if not step.is_monotone:
        odd = [at for at, changed in step.looked.items() if changed != (at >= step.bad)]
        shown = ", ".join(visible_text(names[place]) for place in odd)
        lines.append(
            f"  NOT MONOTONE at {shown}: the change came and went, and this is one of its steps"
        )
    return "\n".join(lines)


def _nothing(good: str, bad: str) -> str:
    return (
        f"neurflow: nothing to find: {visible_text(bad)} passes what is asked of it, held against "
        f"{visible_text(good)}"
    )


def _bisect_json(document: dict[str, object], report: RegressionReport) -> str:
    return as_json("bisect", {**document, "report": json.loads(json_text(report))})
