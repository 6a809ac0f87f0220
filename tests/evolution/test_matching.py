"""Agreement of sets, rankings and groups: closed forms, chance, and other people's functions."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import spearmanr
from sklearn.metrics import jaccard_score

from evolution.snapshots import Neuron, make_circuit, make_probe
from neurflow_lightning.config import NeurFlowConfig
from neurflow_lightning.errors import ComparisonError
from neurflow_lightning.evolution.matching import (
    assign,
    chance_corrected_jaccard,
    expected_jaccard,
    group_responses,
    jaccard,
    match_groups,
    neuron_response,
    rank_biased_overlap,
    response_correlations,
    ruzicka,
    target_rows,
)
from neurflow_lightning.types import GroupId

ROWS = np.arange(16)
sets = st.sets(st.integers(0, 11))
rankings = st.lists(st.integers(0, 9), unique=True, max_size=8)
weights = st.dictionaries(st.integers(0, 5), st.floats(0, 10), max_size=6)


# --- sets --------------------------------------------------------------------------------


@given(sets.filter(bool), sets)
def test_jaccard_is_that_of_scikit_learn(a, b):
    masks = [[number in one for number in range(12)] for one in (a, b)]
    assert jaccard(a, b) == pytest.approx(jaccard_score(*masks))


@pytest.mark.parametrize(("first", "second", "population"), [(2, 3, 6), (4, 4, 6), (1, 5, 6)])
def test_expected_jaccard_is_the_mean_over_all_sets(first, second, population):
    every = range(population)
    fixed = set(range(first))
    mean = np.mean([jaccard(fixed, one) for one in itertools.combinations(every, second)])
    assert expected_jaccard(first, second, population) == pytest.approx(mean)


def test_chance_corrected_jaccard_is_zero_in_mean_under_random_sets():
    rng = np.random.default_rng(0)
    values = [
        chance_corrected_jaccard(rng.permutation(64)[:48], rng.permutation(64)[:40], 64)
        for _ in range(2000)
    ]
    assert abs(np.mean(values)) < 4 * np.std(values) / np.sqrt(len(values))
    plain = jaccard(rng.permutation(64)[:48], rng.permutation(64)[:40])
    assert plain > 0.4  # what plain Jaccard says of sets that have nothing to do with each other


@given(sets, sets)
def test_chance_corrected_jaccard_is_symmetric_and_at_most_the_plain_one(a, b):
    value = chance_corrected_jaccard(a, b, 12)
    assert value == pytest.approx(chance_corrected_jaccard(b, a, 12))
    assert value <= jaccard(a, b) + 1e-12
    assert (value == 1.0) == (a == b)


@pytest.mark.parametrize(
    ("a", "b", "value"), [(set(), set(), 1), (set(), {1}, 0), (set(range(4)), {1, 2}, 0)]
)
def test_chance_corrected_jaccard_where_sizes_fix_the_overlap(a, b, value):
    assert chance_corrected_jaccard(a, b, 4) == value


def test_a_population_smaller_than_the_sets_is_refused():
    with pytest.raises(ComparisonError, match="3 different neurons in a layer of 2"):
        chance_corrected_jaccard({0, 1}, {2}, 2)
    with pytest.raises(ComparisonError, match="Sets of 3 and 1 from a population of 2"):
        expected_jaccard(3, 1, 2)


@given(weights, weights)
def test_ruzicka_is_symmetric_and_bounded(a, b):
    assert ruzicka(a, b) == pytest.approx(ruzicka(b, a))
    assert 0 <= ruzicka(a, b) <= 1
    assert ruzicka(a, a) == 1


@given(sets, sets)
def test_ruzicka_of_zeros_and_ones_is_jaccard(a, b):
    assert ruzicka(dict.fromkeys(a, 1.0), dict.fromkeys(b, 1.0)) == pytest.approx(jaccard(a, b))


def test_ruzicka_refuses_a_negative_weight():
    with pytest.raises(ComparisonError, match="negative"):
        ruzicka({"a": -1.0}, {"a": 1.0})


# --- rankings ----------------------------------------------------------------------------


def rbo_by_its_sum(first, second, p, depth=3000):
    """The infinite sum, both lists prolonged by items in the proportion seen at their ends."""
    short, long = sorted((first, second), key=len)
    s, l = len(short), len(long)  # noqa: E741
    x_s = len(set(short) & set(long[:s]))
    x_l = len(set(short) & set(long))
    total = 0.0
    for d in range(1, depth + 1):
        if d <= s:
            agreement = len(set(short[:d]) & set(long[:d])) / d
        elif d <= l:
            agreement = (len(set(short) & set(long[:d])) + x_s / s * (d - s)) / d
        else:
            agreement = (x_l + x_s / s * (l - s)) / l
        total += agreement * p ** (d - 1) * (1 - p)
    return total


@given(rankings.filter(bool), rankings.filter(bool), st.sampled_from([0.5, 0.9]))
def test_rank_biased_overlap_is_its_infinite_sum(a, b, p):
    assert rank_biased_overlap(a, b, p) == pytest.approx(rbo_by_its_sum(a, b, p), abs=1e-9)


@given(rankings, rankings)
def test_rank_biased_overlap_is_symmetric_bounded_and_one_for_the_same(a, b):
    assert rank_biased_overlap(a, b) == pytest.approx(rank_biased_overlap(b, a))
    assert 0 <= rank_biased_overlap(a, b) <= 1
    assert rank_biased_overlap(a, a) == 1


def test_rank_biased_overlap_of_known_rankings():
    # By hand: agreements 0, 1 with p = .5 are (1 − p) (0 + p · 1) + p² · 1.
    assert rank_biased_overlap("ab", "ba", 0.5) == pytest.approx(0.5)
    # "a" is first in both; what follows differs: (1 − p) (1 + p / 2) + p² / 2.
    assert rank_biased_overlap("ab", "ac", 0.5) == pytest.approx(0.75)
    assert rank_biased_overlap("ab", "") == 0
    head = rank_biased_overlap("abcdef", "bacdef")
    assert head < rank_biased_overlap("abcdef", "abcdfe")


def test_rank_biased_overlap_refuses_what_is_no_ranking():
    with pytest.raises(ComparisonError, match="ranked twice"):
        rank_biased_overlap("aa", "ab")
    with pytest.raises(ComparisonError, match="p=1"):
        rank_biased_overlap("a", "b", 1)


# --- responses ---------------------------------------------------------------------------


def one_layer(*neurons, groups=None):
    return make_circuit(
        {"low": neurons, "fc": [Neuron(0, inputs={one.index: 1.0 for one in neurons})]},
        groups and {"low": groups},
    )


def test_a_response_does_not_change_with_the_activations_scale_and_keeps_their_order():
    plain = one_layer(Neuron(0, activations=[4, 3, 1, 0.5])).layer_neurons("low")[0]
    scaled = one_layer(Neuron(0, activations=[40, 30, 10, 5])).layer_neurons("low")[0]
    np.testing.assert_allclose(neuron_response(plain), neuron_response(scaled))
    assert neuron_response(plain).tolist() == sorted(neuron_response(plain), reverse=True)
    assert neuron_response(plain)[[0, -1]].tolist() == [1.0, 0.25]


def test_a_dead_neuron_responds_to_all_its_patches_alike():
    dead = one_layer(Neuron(0, activations=[0, 0, 0, 0])).layer_neurons("low")[0]
    assert neuron_response(dead).tolist() == [0.25] * 4


def test_a_group_responds_on_its_own_meanings_only():
    circuit = one_layer(
        Neuron(0, patches=[3, 5, 7, 9], meanings=[[3, 7], [5, 9]]),
        Neuron(1, patches=[3, 8], activations=[2, 1]),
        groups=[[(0, 0), 1], [(0, 1)]],
    )
    first, second = group_responses(circuit, "low", ROWS)
    assert np.flatnonzero(first).tolist() == [3, 7, 8]
    assert first[3] == pytest.approx((1 + 1) / 2)
    assert np.flatnonzero(second).tolist() == [5, 9]


@given(st.integers(0, 2**32 - 1))
def test_response_correlations_are_those_of_scipy(seed):
    rng = np.random.default_rng(seed)
    a, b = rng.integers(0, 4, (3, 20)).astype(float), rng.integers(0, 4, (2, 20)).astype(float)
    expected = [[spearmanr(x, y).statistic for y in b] for x in a]
    np.testing.assert_allclose(response_correlations(a, b), expected, atol=1e-9)


def test_constant_responses_resemble_one_another_only():
    constant, varied = np.full((1, 4), 0.25), np.arange(4.0)[None]
    assert response_correlations(constant, 2 * constant).tolist() == [[1.0]]
    assert response_correlations(constant, varied).tolist() == [[0.0]]


def test_the_patches_of_a_target_are_those_of_its_first_images():
    probe = make_probe(images=4, crops=2, labels=[1, 0, 1, 1])
    config = NeurFlowConfig(images_per_target=2)
    assert target_rows(probe, config, 1).tolist() == [0, 1, 4, 5]
    assert target_rows(make_probe(images=4), config, 1).tolist() == [0, 1, 2, 3]


# --- groups ------------------------------------------------------------------------------


@given(st.integers(0, 4), st.integers(0, 4), st.integers(0, 2**32 - 1))
def test_the_assignment_is_the_best_of_all(rows, columns, seed):
    table, least = np.random.default_rng(seed).random((rows, columns)), 0.3
    gain = sum(table[pair] - least for pair in assign(table, least))
    best = 0.0
    for count in range(min(rows, columns) + 1):
        for one in itertools.combinations(range(rows), count):
            for other in itertools.permutations(range(columns), count):
                best = max(best, sum(table[pair] - least for pair in zip(one, other, strict=True)))
    assert gain == pytest.approx(best)
    assert all(table[pair] >= least for pair in assign(table, least))
    assert {(b, a) for a, b in assign(table.T, least)} == set(assign(table, least))


def test_groups_that_swapped_their_numbers_are_matched():
    neurons = [Neuron(0, patches=[0, 1, 2]), Neuron(1, patches=[5, 6, 7])]
    before = one_layer(*neurons, groups=[[0], [1]])
    after = one_layer(*neurons, groups=[[1], [0]])
    found = match_groups(before, after, "low", ROWS)
    assert found.places == ((0, 1), (1, 0))
    assert set(found.pairs().values()) == {1.0}


def test_with_no_weight_on_members_groups_are_matched_by_responses():
    before = one_layer(Neuron(0, patches=[0, 1, 2]), Neuron(1, patches=[5, 6, 7]))
    after = one_layer(Neuron(8, patches=[5, 6, 7]), Neuron(9, patches=[0, 1, 2]))
    assert match_groups(before, after, "low", ROWS, member_weight=0.0).places == ((0, 1), (1, 0))
    by_members = match_groups(before, after, "low", ROWS, member_weight=1.0)
    assert by_members.places == ()
    left_over = {(GroupId("low", 0), None), (None, GroupId("low", 0))}
    assert left_over < set(by_members.pairs())
