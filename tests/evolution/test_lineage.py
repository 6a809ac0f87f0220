"""Ids of groups over a run: every event, the return of a group, resume, and the stability gate."""

import json
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evolution.snapshots import Neuron, make_circuit, make_snapshot
from factories import make_snapshot as random_snapshot
from neurflow_lightning.errors import SnapshotError
from neurflow_lightning.evolution.lineage import Content, Lineage, overlap, transitions
from neurflow_lightning.types import GroupId


def moment(*groups):
    """A snapshot whose lower layer has these groups of neurons; each of its own four patches."""
    known = sorted({one if isinstance(one, int) else one[0] for group in groups for one in group})
    neurons = [
        Neuron(one, patches=range(4 * one, 4 * one + 4), meanings=split_in_two(one, groups))
        for one in known
    ]
    inputs = dict.fromkeys([one.index for one in neurons], 1.0)
    return make_snapshot(
        make_circuit({"low": neurons, "fc": [Neuron(0, inputs=inputs)]}, {"low": groups}, width=32)
    )


def split_in_two(neuron, groups):
    """Two meanings of two patches each for neurons that are named as (neuron, meaning)."""
    if any((neuron, 0) in group for group in groups):
        first = 4 * neuron
        return [[first, first + 1], [first + 2, first + 3]]
    return None


def run(*snapshots):
    """The lineage after a run, and each step's events of target 0."""
    lineage, told = Lineage(), []
    for snapshot in snapshots:
        lineage, events = lineage.advance(snapshot)
        told.append(events[0])
    return lineage, told


def ids(lineage):
    return {group.number: number for group, number in lineage.ids(0).items()}


def low(*numbers):
    return tuple(GroupId("low", number) for number in numbers)


A, B, C, D = (0, 1, 2, 3), (4, 5, 6), (7, 8, 9), (10, 11)


# --- every event -------------------------------------------------------------------------


def test_the_first_snapshot_gives_ids_and_tells_nothing():
    lineage, told = run(moment(A, B))
    assert ids(lineage) == {0: 0, 1: 1}
    assert told == [()]


def test_groups_survive_whatever_their_numbers():
    lineage, (_, told) = run(moment(A, B), moment(B, A))
    assert ids(lineage) == {0: 1, 1: 0}
    assert [(one.event, one.before, one.after, one.lineage, one.overlap) for one in told] == [
        ("survive", low(1), low(0), (1,), 1.0),
        ("survive", low(0), low(1), (0,), 1.0),
    ]


def test_a_group_that_keeps_enough_of_its_neurons_survives():
    lineage, (_, told) = run(moment(A), moment((0, 1, 2, 20)))
    assert ids(lineage) == {0: 0}
    assert (told[0].event, told[0].overlap) == ("survive", 0.75)


def test_groups_merge_and_the_largest_goes_on():
    lineage, (_, told) = run(moment(B, A), moment(A + B))
    assert [one.event for one in told] == ["merge"]
    assert (told[0].before, told[0].after, told[0].lineage) == (low(0, 1), low(0), (1,))
    assert ids(lineage) == {0: 1}


def test_a_group_splits_and_its_largest_part_goes_on():
    lineage, (_, told) = run(moment(A + B), moment(B, A))
    assert [(one.event, one.before, one.after) for one in told] == [("split", low(0), low(0, 1))]
    assert told[0].lineage == (1, 0)
    assert told[0].overlap == pytest.approx(1.0)
    assert ids(lineage) == {0: 1, 1: 0}


def test_a_group_disappears_and_another_emerges():
    lineage, (_, told) = run(moment(A, B), moment(A, C))
    assert [(one.event, one.before, one.after, one.lineage) for one in told] == [
        ("survive", low(0), low(0), (0,)),
        ("disappear", low(1), (), (1,)),
        ("emerge", (), low(1), (2,)),
    ]
    assert ids(lineage) == {0: 0, 1: 2}


def test_a_group_scattered_in_parts_too_small_disappears():
    _, (_, told) = run(moment(A), moment((0, 20, 21), (1, 22, 23), (2, 24, 25), (3, 26, 27)))
    assert [one.event for one in told] == ["disappear"] + ["emerge"] * 4
    assert told[0].overlap == 0.25


def test_a_merge_of_one_group_and_a_part_of_another_is_told_as_each_ones_fate():
    lineage, (_, told) = run(moment(B, A), moment((*B, 0, 1), (2, 3)))
    assert [one.event for one in told] == ["survive", "split"]
    assert ids(lineage) == {0: 0, 1: 1}  # the part that nobody else claims carries the split id


# --- over a run --------------------------------------------------------------------------


def test_a_group_that_returns_gets_its_old_id():
    lineage, told = run(moment(A, B), moment(A), moment(A), moment(A, C, B))
    assert ids(lineage) == {0: 0, 1: 2, 2: 1}
    assert [(one.event, one.lineage, one.overlap) for one in told[3][1:]] == [
        ("emerge", (2,), 0.0),
        ("emerge", (1,), 1.0),
    ]


def test_a_group_freed_from_a_merge_gets_its_old_id():
    lineage, told = run(moment(A, B), moment(A + B), moment(B, A))
    assert [one.event for one in told[2]] == ["split"]
    assert ids(lineage) == {0: 1, 1: 0}


def test_a_large_group_that_contains_a_lost_one_is_not_it():
    lineage, _ = run(moment(A, D), moment(A), moment(A, (*D, 20, 21, 22, 23)))
    assert ids(lineage) == {0: 0, 1: 2}


def test_an_id_is_given_once():
    lineage, _ = run(moment(A), moment(B), moment(C), moment(A, B, C, D))
    assert ids(lineage) == {0: 0, 1: 1, 2: 2, 3: 3}
    assert lineage.next_id == 4


def test_ids_of_targets_and_layers_differ():
    snapshot = random_snapshot()
    lineage, _ = Lineage().advance(snapshot)
    given = [number for target in (0, 1) for number in lineage.ids(target).values()]
    assert sorted(given) == list(range(lineage.next_id))
    below = [
        group.id for one in snapshot.circuits for group in one.groups if group.id.layer != "fc"
    ]
    assert len(given) == len(below)


@settings(max_examples=15, deadline=None)
@given(st.lists(st.integers(0, 5), min_size=2, max_size=5), st.integers(1, 4))
def test_resuming_changes_nothing(seeds, cut):
    snapshots = [random_snapshot(seed) for seed in seeds]
    straight = resumed = Lineage()
    for place, snapshot in enumerate(snapshots):
        if place == cut:
            resumed = Lineage.from_dict(json.loads(json.dumps(resumed.to_dict())))
        straight, told = straight.advance(snapshot)
        resumed, told_after = resumed.advance(snapshot)
        assert told == told_after
    assert straight == resumed


def test_a_group_returns_after_a_resume():
    lineage, _ = run(moment(A, B), moment(A))
    resumed = Lineage.from_dict(lineage.to_dict())
    resumed, events = resumed.advance(moment(A, B))
    assert ids(resumed) == {0: 0, 1: 1}
    assert events[0][-1].lineage == (1,)


@pytest.mark.parametrize(
    "damage",
    [
        lambda saved: saved.pop("next_id"),
        lambda saved: saved.update(next_id=-1),
        lambda saved: saved["present"][0].update(layer=3),
        lambda saved: saved["present"][0]["groups"][0].update(neurons=[[0, 0, []]]),
        lambda saved: saved["lost"].append(None),
    ],
)
def test_a_damaged_lineage_is_refused(damage):
    saved = run(moment(A))[0].to_dict()
    damage(saved)
    with pytest.raises(SnapshotError, match="no saved lineage"):
        Lineage.from_dict(saved)


# --- the stability gate ------------------------------------------------------------------


def steady(snapshot, *stabilities):
    """The snapshot with the stability of its lower layer's groups."""
    return replace(snapshot, circuits=(with_stabilities(snapshot.circuits[0], stabilities),))


def with_stabilities(circuit, stabilities):
    given = dict(zip(circuit.layer_groups("low"), stabilities, strict=True))
    return replace(
        circuit, groups=tuple(replace(one, stability=given.get(one)) for one in circuit.groups)
    )


def test_an_unstable_group_has_no_id_and_makes_no_event():
    lineage, (_, told) = run(steady(moment(A), 0.75), steady(moment(A, B), 1.0, 0.74))
    assert ids(lineage) == {0: 0}
    assert [one.event for one in told] == ["survive"]


def test_a_group_whose_stability_was_not_measured_is_taken_as_stable():
    lineage, _ = run(steady(moment(A, B), None, 0.74))
    assert ids(lineage) == {0: 0}


def test_an_unstable_group_that_vanishes_makes_no_event():
    _, (_, told) = run(steady(moment(A, B), 1, 0.5), steady(moment(A), 1))
    assert [one.event for one in told] == ["survive"]


def test_a_group_that_was_unstable_for_a_while_wakes_with_its_id():
    both = moment(A, B)
    lineage, told = run(steady(both, 1, 1), steady(both, 1, 0.5), steady(both, 1, 1))
    assert ids(lineage) == {0: 0, 1: 1}
    assert [one.event for one in told[1]] == ["survive"]
    assert [(one.event, one.lineage) for one in told[2]] == [("survive", (0,)), ("survive", (1,))]


def test_a_group_that_becomes_stable_gets_an_id_without_an_event():
    lineage, (_, told) = run(steady(moment(A), 0.74), steady(moment(A), 0.76))
    assert told == ()
    assert ids(lineage) == {0: 0}


def test_parts_of_an_unstable_group_get_ids_without_an_event():
    lineage, (_, told) = run(steady(moment(A + B), 0.5), steady(moment(A, B), 1, 1))
    assert told == ()
    assert ids(lineage) == {0: 0, 1: 1}


def test_a_group_that_was_told_to_be_gone_is_told_to_be_back_once_it_is_stable():
    both = moment(A, B)
    _, told = run(both, moment(A), steady(both, 1, 0.5), steady(both, 1, 1))
    assert [one.event for one in told[1]] == ["survive", "disappear"]
    assert [(one.event, one.lineage) for one in told[3]] == [("survive", (0,)), ("emerge", (1,))]


def test_only_groups_with_ids_merge():
    _, (_, told) = run(steady(moment(A, B), 1, 0.2), steady(moment(A + B), 1))
    assert [(one.event, one.before) for one in told] == [("survive", low(0))]


# --- overlap and transitions -------------------------------------------------------------


def test_a_neuron_in_two_groups_goes_where_its_patches_go():
    first, second = ((0, 0), 1, 2), ((0, 1), 3, 4)
    lineage, (_, told) = run(moment(first, second), moment(second, first))
    assert [one.overlap for one in told] == [1.0, 1.0]
    assert ids(lineage) == {0: 1, 1: 0}


def test_a_neuron_with_none_of_its_old_patches_left_goes_by_its_shares():
    old = (Content(0, (1, 2), 2),)
    parts = [(Content(0, (5, 6, 7), 4),), (Content(0, (8,), 4),)]
    assert [overlap(old, part, parts) for part in parts] == [0.75, 0.25]


def test_a_neuron_no_longer_core_goes_nowhere():
    old = (Content(0, (1,), 1), Content(1, (2,), 1))
    assert overlap(old, old[:1], [old[:1]]) == 0.5
    assert overlap((), old, [old]) == 0.0


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 40), st.integers(0, 40))
def test_what_a_group_hands_on_is_at_most_the_whole(first, second):
    _, events = Lineage().advance(random_snapshot(first))[0].advance(random_snapshot(second))
    for one in events[0]:
        assert 0 <= one.overlap <= 1


@given(st.integers(1, 5), st.integers(0, 5), st.integers(0, 2**32 - 1))
def test_every_group_has_exactly_one_fate(old, new, seed):
    shares = np.random.default_rng(seed).dirichlet(np.full(new + 1, 0.3), old)[:, :new]
    found = transitions(shares)
    assert sorted(one for each in found for one in each.before) == list(range(old))
    assert {one for each in found for one in each.after} == set(range(new))
