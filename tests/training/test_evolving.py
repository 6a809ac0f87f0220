"""A run's snapshots followed one by one: what is compared, what lasts, what survives a resume."""

import pickle
from dataclasses import replace
from itertools import pairwise

import pytest

from evolution.populations import Population
from factories import make_snapshot
from flipping import flipped
from neurflow_lightning.errors import ComparisonError, SnapshotError
from neurflow_lightning.evolution.comparing import measure_drift
from neurflow_lightning.evolution.lineage import Lineage
from neurflow_lightning.regression.checking import (
    baseline_null,
    baseline_nulls,
    with_candidate,
)
from neurflow_lightning.storage import save_snapshot
from neurflow_lightning.training import evolving
from neurflow_lightning.training.archive import SnapshotArchive
from neurflow_lightning.training.evolving import (
    Evolution,
    Pending,
    from_archive,
    last_step,
)

CALM = Population().snapshot(0)
TURNED = flipped(CALM)


def followed(versions, evolution=None, start=0):
    """The evolution after a run of snapshots, ten steps apart, and what each brought."""
    evolution = evolution or Evolution()
    steps = {10 * place: one for place, one in enumerate(versions)}
    found = []
    for step, snapshot in steps.items():
        if step < start:
            continue
        evolution, one = evolution.follow(step - 10 if step else None, steps.__getitem__, snapshot)
        found.append(one)
    return evolution, found


def verdicts(found):
    return [one.report.verdict for one in found if one.report is not None]


def told(found):
    """(how many-th snapshot, targets) of each change that was told."""
    return [
        (place, [target.target for target in change.targets])
        for place, one in enumerate(found)
        for change in one.changes
    ]


def test_the_first_snapshot_is_compared_with_nothing():
    _, (first,) = followed([CALM])
    assert first.report is None
    assert first.changes == ()


def test_each_is_compared_with_the_one_before_as_a_check_does_it():
    run = [Population().snapshot(seed) for seed in range(3)]
    _, found = followed(run)
    for (before, after), one in zip(pairwise(run), found[1:], strict=True):
        nulls = with_candidate(baseline_nulls(before), after)
        expected = measure_drift(before, after, null=nulls, matching="neurons")
        assert one.report.matching == "neurons"
        assert one.report.nulls == expected.nulls
        assert repr(one.report.targets[0].drifts) == repr(expected.targets[0].drifts)


def test_no_change_is_told_of_a_calm_run():
    _, found = followed([CALM] * 5)
    assert verdicts(found) == ["stable"] * 4
    assert told(found) == []


def test_other_images_are_no_change():
    _, found = followed([Population().snapshot(seed) for seed in range(6)])
    assert told(found) == []


@pytest.mark.parametrize(
    ("run", "at"),
    [
        ("AABBB", [3]),  # it comes at once and stays
        ("AABAAA", []),  # it goes again
        ("AABABB", [4]),  # two of three
        ("AABAAB", []),  # one of three, then another one
        ("AABAABB", [6]),
        ("AAB", []),  # too early to say
    ],
)
def test_a_change_that_lasts_is_told_once(run, at):
    _, found = followed([CALM if one == "A" else TURNED for one in run])
    assert [place for place, _ in told(found)] == at


def test_a_change_is_told_from_before_it_to_now():
    _, found = followed([CALM, TURNED, TURNED])
    assert verdicts(found) == ["drifting", "stable"]
    (change,) = found[2].changes
    assert change.verdict == "changed"
    assert {one.value for one in change.targets[0].drifts if one.measure == "edge_drift"} == {1.0}
    assert change.targets[0].evidence


def test_a_change_that_goes_on_is_told_at_every_other_snapshot():
    other, third = (Population(seed=seed).snapshot(0) for seed in (7, 8))
    _, found = followed([CALM, TURNED, other, flipped(other), third])
    assert [place for place, _ in told(found)] == [2, 4]
    assert verdicts(found) == ["drifting", "changed", "drifting", "changed"]


def test_of_several_targets_only_those_that_changed_are_told():
    calm = make_snapshot(targets=3)
    one, two = flipped(calm, [1]), flipped(calm, [1, 2])
    _, found = followed([calm, one, two, two])
    assert told(found) == [(2, [1]), (3, [2])]


def test_groups_that_are_unstable_get_no_ids():
    run = [make_snapshot(seed, targets=1) for seed in range(2)]
    for stability, known in ((0.7, False), (0.8, True)):
        shaken = [
            replace(
                one,
                circuits=tuple(
                    replace(
                        circuit,
                        groups=tuple(
                            replace(group, stability=stability) for group in circuit.groups
                        ),
                    )
                    for circuit in one.circuits
                ),
            )
            for one in run
        ]
        evolution, (_, second) = followed(shaken)
        assert bool(evolution.lineage.ids(0)) == known
        assert bool(second.report.targets[0].events) == known


def test_lineage_ids_go_on():
    run = [make_snapshot(seed) for seed in range(3)]
    evolution, _ = followed(run)
    lineage = Lineage()
    for snapshot in run:
        lineage, _ = lineage.advance(snapshot)
    assert evolution.lineage == lineage
    assert lineage.ids(0)


def test_a_null_is_made_once(monkeypatch):
    made = []

    def counted(snapshot):
        made.append(snapshot)
        return baseline_null(snapshot)

    monkeypatch.setattr(evolving, "baseline_null", counted)
    followed([CALM, TURNED, TURNED, TURNED])
    assert len(made) == 4  # each snapshot's, however often it is compared


# --- what survives a resume --------------------------------------------------------------


@pytest.mark.parametrize("resumed_at", [10, 20, 30])
def test_a_resumed_run_finds_the_same(resumed_at):
    run = [CALM, TURNED, CALM, TURNED, TURNED]
    whole, expected = followed(run)
    before, _ = followed(run[: resumed_at // 10])
    state = pickle.loads(pickle.dumps(before.state()))
    after, found = followed(run, Evolution.from_state(state), resumed_at)
    assert repr(found) == repr(expected[resumed_at // 10 :])
    assert after == whole


def test_the_state_is_small_and_plain():
    calm = make_snapshot(targets=5, neurons=20)
    evolution, _ = followed([calm, flipped(calm, [3])])
    state = evolution.state()
    assert state["pending"] == {3: {"since": 0, "seen": [True]}}
    assert isinstance(state["lineage"], bytes)
    assert len(pickle.dumps(state)) < 50_000
    assert Evolution.from_state(state) == evolution


@pytest.mark.parametrize(
    "spoilt",
    [
        {},
        {"lineage": b"junk", "pending": {}},
        {"lineage": Evolution().state()["lineage"], "pending": {0: 3}},
        {"lineage": Evolution().state()["lineage"], "pending": None},
    ],
)
def test_a_state_that_cannot_be_read_is_said(spoilt):
    with pytest.raises(SnapshotError, match="memory of changes cannot be read"):
        Evolution.from_state(spoilt)


# --- the snapshots of before -------------------------------------------------------------


def test_snapshots_come_from_memory_or_their_files(tmp_path):
    path = str(tmp_path / "one.safetensors")
    save_snapshot(CALM, path)
    archive = SnapshotArchive({20: TURNED}, {10: path, 20: "nowhere"})
    earlier = from_archive(archive)
    assert earlier(20) is TURNED
    read = earlier(10)
    assert read.circuits[0].edges == CALM.circuits[0].edges
    assert read.probe.fingerprint == CALM.probe.fingerprint
    with pytest.raises(SnapshotError, match="no snapshot of step 30"):
        earlier(30)
    assert [last_step(archive, step) for step in (10, 15, 20, 25)] == [None, 10, 10, 20]


def test_what_cannot_be_compared_is_an_error():
    evolution, _ = followed([CALM])
    other = Population(images=12).snapshot(0)
    with pytest.raises(ComparisonError, match="different numbers"):
        evolution.follow(0, {0: CALM}.__getitem__, other)


def test_a_pending_change_is_a_value():
    assert Pending(3, (True,)) == Pending(3, (True,))
