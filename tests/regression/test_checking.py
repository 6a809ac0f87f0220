"""Snapshots held against a baseline: null, drift and policy together."""

from __future__ import annotations

import dataclasses
import subprocess
import sys

import pytest

from factories import make_snapshot
from neurflow_lightning.errors import ComparisonError, SnapshotError
from neurflow_lightning.regression import checking
from neurflow_lightning.regression.checking import baseline_null, check_snapshots
from neurflow_lightning.regression.policy import (
    DEFAULT_POLICY,
    AtMost,
    Condition,
    RegressionPolicy,
    TransferAtLeast,
)
from neurflow_lightning.storage import save_snapshot


def test_a_snapshot_is_no_change_from_itself():
    snapshot = make_snapshot()
    report = check_snapshots(snapshot, snapshot)
    assert report.passed
    assert [one.passed for one in report.findings] == [True] * 4
    nothing = RegressionPolicy((Condition(AtMost("edge_drift", 0.0)),))
    assert check_snapshots(snapshot, snapshot, nothing).passed


def test_another_circuit_is_a_change_with_evidence():
    report = check_snapshots(make_snapshot(0, step=10), make_snapshot(1, step=20))
    assert (report.passed, report.verdict, report.matching) == (False, "changed", "neurons")
    assert (report.before, report.after) == ("epoch 0, step 10", "epoch 0, step 20")
    for finding in report.broken("fail"):
        assert {one.kind for one in finding.evidence} >= {"edge"}


def test_networks_without_common_neurons_do_not_pass_for_stable():
    report = check_snapshots(make_snapshot(0), make_snapshot(2))
    assert (report.passed, report.verdict, report.matching) == (False, "unjudged", "responses")


@pytest.mark.parametrize(
    ("matching", "verdict"), [("neurons", "changed"), ("responses", "unjudged")]
)
def test_the_matching_can_be_said(matching, verdict):
    report = check_snapshots(make_snapshot(0), make_snapshot(2), matching=matching)
    assert (report.passed, report.verdict, report.matching) == (False, verdict, matching)


def test_a_change_exceeds_the_noise_of_both_snapshots(monkeypatch):
    """Whichever of the two circuits would have come out otherwise with other images."""
    before, after = make_snapshot(0, step=10), make_snapshot(1, step=20)
    null = baseline_null(before)
    far = dataclasses.replace(
        null, values={key: draws * 0 + 1.0 for key, draws in null.values.items()}
    )
    for noisy in (before, after):
        nulls = {id(one): far if one is noisy else null for one in (before, after)}
        monkeypatch.setattr(checking, "baseline_null", lambda one, nulls=nulls: nulls[id(one)])
        report = check_snapshots(before, after)
        assert report.passed
        assert report.verdict in ("stable", "drifting")
    monkeypatch.setattr(checking, "baseline_null", lambda _: null)
    assert not check_snapshots(before, after).passed


class TestControls:
    BASELINE, CANDIDATE = make_snapshot(0, step=10), make_snapshot(1, step=20)

    def test_without_any_the_estimation_nulls_are_alone(self):
        report = check_snapshots(self.BASELINE, self.CANDIDATE, controls=())
        assert report == check_snapshots(self.BASELINE, self.CANDIDATE)
        assert [one.kind for one in report.nulls] == ["estimation", "estimation"]

    def test_a_change_exceeds_both_nulls(self):
        calm, wild = [self.BASELINE] * 3, [self.CANDIDATE] * 4
        report = check_snapshots(self.BASELINE, self.CANDIDATE, controls=calm)
        assert report.verdict == "changed"
        report = check_snapshots(self.BASELINE, self.CANDIDATE, controls=wild)
        assert (report.passed, report.verdict) == (True, "stable")
        assert [(one.kind, one.draws) for one in report.nulls] == [
            ("estimation", 200),
            ("estimation", 200),
            ("training", 4),
        ]

    def test_those_of_a_policy_are_read_unless_others_are_given(self, tmp_path):
        for number in range(3):
            save_snapshot(self.CANDIDATE, tmp_path / f"{number}.safetensors")
        paths = tuple(str(one) for one in sorted(tmp_path.iterdir()))
        policy = dataclasses.replace(DEFAULT_POLICY, controls=paths)
        assert check_snapshots(self.BASELINE, self.CANDIDATE, policy).passed
        assert not check_snapshots(self.BASELINE, self.CANDIDATE, policy, controls=()).passed
        with pytest.raises(SnapshotError, match=r"none\.safetensors: Cannot be read"):
            policy = dataclasses.replace(policy, controls=(*paths, "none.safetensors"))
            check_snapshots(self.BASELINE, self.CANDIDATE, policy)

    @pytest.mark.parametrize(
        ("control", "words"),
        [
            (make_snapshot(2, step=30), "control 3 .*step 30.*: Hardly an edge is that of the"),
            (make_snapshot(layers=("layer3", "fc")), "control 3 .*: .*of different layers"),
            (None, r"wanted at least 3, better 5 or more.*; got 2\. Give more, or none"),
        ],
    )
    def test_what_is_none_is_refused(self, control, words):
        controls = [self.BASELINE, self.BASELINE, *([control] if control else [])]
        with pytest.raises(ComparisonError, match=words):
            check_snapshots(self.BASELINE, self.CANDIDATE, controls=controls)

    def test_by_responses_networks_of_other_seeds_are_controls(self):
        others = [make_snapshot(seed) for seed in (2, 3, 4, 5)]
        for controls, verdicts in ((others, {"unjudged"}), (others * 30, {"stable", "drifting"})):
            given = {"matching": "responses", "controls": controls}
            report = check_snapshots(self.BASELINE, make_snapshot(6), **given)
            assert report.verdict in verdicts
            assert report.passed is (report.verdict != "unjudged")
            assert [one.kind for one in report.nulls] == ["training"]

    def test_strangers_are_not_held_against_nulls_of_neurons(self):
        report = check_snapshots(self.BASELINE, make_snapshot(2), controls=[self.CANDIDATE] * 3)
        assert (report.verdict, report.nulls) == ("unjudged", ())


def test_transfer_is_handed_on():
    snapshot = make_snapshot(targets=1)
    policy = RegressionPolicy((Condition(TransferAtLeast(0.9)),))
    assert not check_snapshots(snapshot, snapshot, policy).passed
    transfer = {0: {"layer3": 0.95}}
    (finding,) = check_snapshots(snapshot, snapshot, policy, transfer=transfer).findings
    assert (finding.place, finding.value, finding.passed) == ("layer3", 0.95, True)


def test_other_probes_are_refused():
    snapshot = make_snapshot()
    probe = dataclasses.replace(snapshot.probe, fingerprint="e" * 64)
    with pytest.raises(ComparisonError, match="different probe sets"):
        check_snapshots(snapshot, dataclasses.replace(snapshot, probe=probe))


@pytest.mark.parametrize(("targets", "draws"), [(1, 200), (5, 200), (6, 240), (60, 2000)])
def test_there_are_draws_enough_for_one_changed_place(targets, draws, monkeypatch):
    asked = []
    monkeypatch.setattr(
        checking, "estimation_null", lambda _, *, resamples: asked.append(resamples)
    )
    snapshot = make_snapshot(targets=1, neurons=3)
    baseline_null(dataclasses.replace(snapshot, circuits=snapshot.circuits * targets))
    assert asked == [draws]


@pytest.mark.parametrize("targets", [1, 6])
def test_one_changed_place_can_be_significant(targets):
    null = baseline_null(make_snapshot(targets=targets, neurons=3))
    # A draw of which nothing can be said is left out.
    draws = max(len(one) for one in null.values.values())
    edges = [key for key in null.values if key[1] == "edge_drift"]
    assert len(edges) == 2 * targets
    assert len(edges) / (draws + 1) < 0.05


def test_checks_load_without_torch():
    modules = "checking, formats, policy, verdicts"
    code = f"import sys; from neurflow_lightning.regression import {modules}; print(*sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(ran.stdout.split())
    assert "neurflow_lightning.regression.checking" in loaded
    assert loaded & {"torch", "torchvision", "lightning", "matplotlib"} == set()
