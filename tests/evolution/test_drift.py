"""Every measure of change: closed forms on hand-made circuits, properties on random ones."""

from dataclasses import replace
from math import isnan

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.spatial.distance import braycurtis
from scipy.stats import spearmanr

from evolution.snapshots import Neuron, make_circuit, make_probe
from factories import make_snapshot
from neurflow_lightning.evolution.drift import (
    concept_drift,
    core_turnover,
    drifts,
    edge_drift,
    evidence,
    group_turnover,
    importance_turnover,
    largest_parts,
    pair,
    polysemanticity_change,
    rank_turnover,
    relative_change,
)
from neurflow_lightning.evolution.matching import (
    chance_corrected_jaccard,
    group_responses,
    target_rows,
)

ROWS = np.arange(16)
GRID = make_probe().grid
MODES = ("neurons", "responses")


def two_layers(neurons, inputs, groups=None, **of_target):
    return make_circuit(
        {"low": neurons, "fc": [Neuron(0, inputs=inputs, **of_target)]}, groups and {"low": groups}
    )


def simple(inputs, **of_target):
    """Neurons 0 to 3 below a target, each with patches of its own."""
    neurons = [Neuron(one, patches=range(4 * one, 4 * one + 4)) for one in range(4)]
    return two_layers(neurons, inputs, **of_target)


def random_pair(first, second, matching="neurons", target=0):
    before, after = make_snapshot(first), make_snapshot(second)
    rows = target_rows(before.probe, before.config, target)
    return pair(before.circuits[target], after.circuits[target], rows, matching)


# --- properties of all measures ----------------------------------------------------------


@pytest.mark.parametrize("matching", MODES)
@given(seed=st.integers(0, 50))
@settings(max_examples=10, deadline=None)
def test_a_circuit_has_not_drifted_from_itself(matching, seed):
    paired = random_pair(seed, seed, matching)
    values = {value for value in drifts(paired).values() if not isnan(value)}
    assert values == {0.0}
    assert evidence(paired, make_snapshot(seed).probe.grid) == ()


@pytest.mark.parametrize("matching", MODES)
@given(seeds=st.tuples(st.integers(0, 50), st.integers(51, 99)))
@settings(max_examples=10, deadline=None)
def test_drift_is_symmetric_and_in_its_range(matching, seeds):
    there, back = (drifts(random_pair(*order, matching)) for order in (seeds, seeds[::-1]))
    assert there.keys() == back.keys()
    for key, value in there.items():
        if isnan(value):
            assert isnan(back[key])
        elif key[0] == "polysemanticity":
            assert value == pytest.approx(-back[key])
        else:
            assert value == pytest.approx(back[key])
            assert 0 <= value <= 1


def test_every_measure_is_told_deep_to_shallow():
    places = list(drifts(random_pair(0, 1)))
    assert [layer for name, layer in places if name == "edge_drift"] == ["fc", "layer3"]
    assert [layer for name, layer in places if name == "core_turnover"] == ["layer3", "layer2"]
    assert ("core_turnover", "layer3") not in drifts(random_pair(0, 1, "responses"))


# --- edges -------------------------------------------------------------------------------


def test_relative_change_of_weights_without_a_sign_is_bray_curtis():
    a, b = np.random.default_rng(0).random((2, 9))
    value = relative_change(dict(enumerate(a)), dict(enumerate(b)))
    assert value == pytest.approx(braycurtis(a, b))


@pytest.mark.parametrize(
    ("inputs", "drift"),
    [
        ({0: 6.0, 1: 2.0}, 0.0),  # weights are shares: twice as much of everything is the same
        ({0: 1.0, 1: 1.0}, 0.25),  # |3/4 − 1/2| + |1/4 − 1/2| of 2
        ({0: 3.0, 1: -1.0}, 0.25),  # a sign that turned
        ({0: 3.0, 2: 1.0}, 0.25),  # another source
        ({2: 3.0, 3: 1.0}, 1.0),
    ],
)
def test_edge_drift_by_hand(inputs, drift):
    paired = pair(simple({0: 3.0, 1: 1.0}), simple(inputs), ROWS)
    assert edge_drift(paired, "fc") == pytest.approx(drift)


def test_edge_drift_does_not_see_how_patches_are_clustered():
    inputs = {0: [4.0, 0.0, 1.0, 1.0], 1: [0.0, 2.0, -1.0, 1.0]}
    whole, split = simple(inputs), simple(inputs, meanings=[[0, 2], [1, 3]])
    assert edge_drift(pair(whole, split, ROWS), "fc") == 0.0


def test_edges_into_a_neuron_of_one_side_count_in_full():
    def three(upper):
        inputs = {one: {0: 1.0} for one in upper}
        return make_circuit(
            {
                "low": [Neuron(0)],
                "mid": [Neuron(one, inputs=inputs[one]) for one in upper],
                "fc": [Neuron(0, inputs=dict.fromkeys(upper, 1.0))],
            }
        )

    assert edge_drift(pair(three([0, 1]), three([1, 2]), ROWS), "mid") == pytest.approx(0.5)


def test_without_any_weight_there_is_nothing_to_compare():
    assert isnan(edge_drift(pair(simple({0: 0.0}), simple({0: 0.0}), ROWS), "fc"))


# --- neurons -----------------------------------------------------------------------------


def layer_of(importances, **more):
    neurons = [Neuron(one, importance=value, **more) for one, value in importances.items()]
    return two_layers(neurons, dict.fromkeys(importances, 1.0))


def test_core_turnover_is_corrected_by_the_width_of_the_layer():
    paired = pair(layer_of({0: 0.5, 1: 0.5}), layer_of({1: 0.5, 2: 0.5}), ROWS)
    expected = 1 - chance_corrected_jaccard({0, 1}, {1, 2}, population=16)
    assert core_turnover(paired, "low") == pytest.approx(expected)


def test_core_turnover_says_nothing_where_a_side_has_the_whole_layer():
    whole = layer_of(dict.fromkeys(range(16), 1 / 16))
    part = layer_of(dict.fromkeys(range(15), 1 / 16))
    assert core_turnover(pair(whole, whole, ROWS), "low") == 0
    assert isnan(core_turnover(pair(whole, part, ROWS), "low"))


def test_core_neurons_that_avoid_each_other_have_turned_over_and_no_more():
    low, high = (layer_of(dict.fromkeys(some, 0.1)) for some in (range(8), range(8, 16)))
    assert core_turnover(pair(low, high, ROWS), "low") == 1.0


def test_importance_turnover_by_hand():
    paired = pair(layer_of({0: 0.6, 1: 0.4}), layer_of({0: 0.2, 2: 0.8}), ROWS)
    assert importance_turnover(paired, "low") == pytest.approx(1 - 0.2 / (0.6 + 0.4 + 0.8))
    nothing = layer_of({0: 0.0})
    assert isnan(importance_turnover(pair(nothing, nothing, ROWS), "low"))


def test_rank_turnover_sees_an_exchange_that_core_turnover_does_not():
    paired = pair(layer_of({0: 0.6, 1: 0.4}), layer_of({0: 0.4, 1: 0.6}), ROWS)
    assert core_turnover(paired, "low") == 0
    assert rank_turnover(paired, "low") == pytest.approx(0.1)  # agreements 0, 1, 1 … and p = .9


def test_polysemanticity_is_a_difference_and_has_none_in_the_shallowest_layer():
    def three(meanings):
        mid = Neuron(0, inputs={0: 1.0}, meanings=meanings)
        return make_circuit({"low": [Neuron(0)], "mid": [mid], "fc": [Neuron(0, inputs={0: 1.0})]})

    paired = pair(three([[0, 1, 2, 3]]), three([[0], [1], [2, 3]]), ROWS)
    assert polysemanticity_change(paired, "mid") == 2
    assert isnan(polysemanticity_change(paired, "low"))


# --- groups ------------------------------------------------------------------------------


def test_group_turnover_is_the_importance_without_a_counterpart():
    before = layer_of({0: 0.5, 1: 0.5}, patches=[0, 1])
    after = two_layers([Neuron(0, patches=[0, 1]), Neuron(7, patches=[8, 9])], {0: 1.0, 7: 1.0})
    assert group_turnover(pair(before, after, ROWS), "low") == pytest.approx(0.5)


def test_concept_drift_is_one_minus_spearman_of_a_groups_response():
    before = two_layers([Neuron(0, patches=[0, 1, 2, 3])], {0: 1.0})
    after = two_layers([Neuron(0, patches=[3, 1, 0, 5])], {0: 1.0})
    paired = pair(before, after, ROWS)
    responses = [group_responses(one, "low", ROWS)[0] for one in (before, after)]
    expected = 1 - spearmanr(*responses).statistic
    assert 0 < concept_drift(paired, "low") == pytest.approx(expected)


def test_concept_drift_weighs_groups_by_importance_and_needs_one_matched():
    def circuit(patches):
        busy = Neuron(0, patches=[0, 1], importance=0.9)
        return two_layers([busy, Neuron(1, patches=patches, importance=0.1)], {0: 1.0, 1: 1.0})

    paired = pair(circuit([4, 5]), circuit([8, 9]), ROWS)
    assert concept_drift(paired, "low") == pytest.approx(0.1)
    strange = two_layers([Neuron(7, patches=[8, 9])], {7: 1.0})
    alone = pair(two_layers([Neuron(0, patches=[0, 1])], {0: 1.0}), strange, ROWS)
    assert isnan(concept_drift(alone, "low"))
    assert group_turnover(alone, "low") == 1


@pytest.mark.parametrize("seed", range(3))
def test_channels_that_changed_places_drift_by_neurons_and_not_by_responses(seed):
    before = make_snapshot(seed).circuits[0]
    after = renumbered(before, seed)
    rows = target_rows(make_snapshot(seed).probe, make_snapshot(seed).config, 0)
    by_neurons = drifts(pair(before, after, rows))
    by_responses = drifts(pair(before, after, rows, "responses"))
    assert by_neurons["edge_drift", "layer3"] > 0.5
    assert {value for value in by_responses.values() if not isnan(value)} == {0.0}


def renumbered(circuit, seed):
    """The same circuit with the neurons below the target at other places."""
    top = circuit.target.layer
    place = np.random.default_rng(seed).permutation(64)

    def moved(neuron):
        return neuron if neuron.layer == top else replace(neuron, index=int(place[neuron.index]))

    neurons = tuple(
        replace(
            node,
            id=moved(node.id),
            inputs=node.inputs and replace(node.inputs, sources=place[node.inputs.sources]),
        )
        for node in circuit.neurons
    )
    groups = tuple(
        replace(group, members=tuple((moved(one), number) for one, number in group.members))
        for group in circuit.groups
    )
    return replace(circuit, neurons=neurons, groups=groups)


# --- evidence ----------------------------------------------------------------------------


@given(st.dictionaries(st.integers(), st.floats(0, 1), max_size=8), st.floats(0.1, 0.95))
def test_the_largest_parts_are_enough_and_none_is_too_many(changes, enough):
    parts = largest_parts(changes, enough)
    if not sum(changes.values()):
        assert parts == {}
        return
    shares = list(parts.values())
    assert sum(shares) >= enough - 1e-9
    assert sum(shares[:-1]) < enough
    assert shares == sorted(shares, reverse=True)


@pytest.mark.parametrize("matching", MODES)
def test_evidence_makes_up_four_fifths_of_every_change(matching):
    paired = random_pair(0, 1, matching)
    found = evidence(paired, make_snapshot(0).probe.grid)
    places = {("edge", layer) for layer in ("fc", "layer3")}
    places |= {(kind, layer) for kind in ("group", "image") for layer in ("layer3", "layer2")}
    assert {(one.kind, one.layer) for one in found} == places
    for kind, layer in places:
        share = sum(one.share for one in found if (one.kind, one.layer) == (kind, layer))
        assert 0.8 - 1e-9 <= share <= 1 + 1e-9
    assert [one.share for one in found] == sorted((one.share for one in found), reverse=True)


def test_an_edge_is_shown_on_the_patches_where_its_source_contributes_most():
    after = simple({0: 1.0, 2: [0.0, 5.0, 1.0, -9.0]})
    found = evidence(pair(simple({0: 1.0}), after, ROWS), GRID)
    edge = next(one for one in found if one.name == "low:2 → fc:0")
    assert isnan(edge.before)
    assert edge.after < 0
    assert edge.patches == (3, 1, 2, 0)


def test_the_image_that_a_neuron_turned_to_is_named():
    before = two_layers([Neuron(0, patches=[0, 2, 4, 6])], {0: 1.0})
    after = two_layers([Neuron(0, patches=[15, 14, 0, 2])], {0: 1.0})
    images = [one for one in evidence(pair(before, after, ROWS), GRID) if one.kind == "image"]
    assert images[0].name == "7"
    assert images[0].patches == (15, 14)
    assert images[0].before == 0
    assert images[0].after == pytest.approx(0.5 * (1 + 0.75) / 2)


def test_a_group_on_one_side_only_has_no_importance_on_the_other():
    gone = layer_of({0: 0.5, 1: 0.5}, patches=[0, 1])
    kept = layer_of({0: 0.5}, patches=[0, 1])
    groups = [one for one in evidence(pair(gone, kept, ROWS), GRID) if one.kind == "group"]
    assert [(one.name, one.before, one.share) for one in groups] == [("low/1", 0.5, 1.0)]
    assert isnan(groups[0].after)
    assert groups[0].patches == (0, 1)
