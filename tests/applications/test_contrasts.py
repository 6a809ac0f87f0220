"""The permutation test: exact where it can be counted, uniform under the null, and powerful."""

from itertools import permutations

import numpy as np
import pytest
from scipy.stats import kstest, mannwhitneyu

from neurflow_lightning.applications.contrasts import separation
from neurflow_lightning.errors import ConfigError


def rng(seed=0):
    return np.random.default_rng(seed)


def test_the_area_under_the_curve_is_counted_within_strata():
    scores = [[1.0], [2.0], [3.0], [10.0], [20.0]]
    found = separation(scores, [0, 1, 0, 1, 0], [0, 0, 0, 7, 7], 9, rng())
    assert found.auroc.tolist() == [pytest.approx(1 / 3)]  # 2>1; not 2>3, not 10>20
    assert (found.marked, found.unmarked) == (2, 3)


def test_in_one_stratum_it_is_mann_whitneys_statistic():
    scores = rng(1).normal(size=(30, 2))
    marked = np.arange(30) < 11
    found = separation(scores, marked, np.zeros(30, int), 99, rng())
    for column in (0, 1):
        u = mannwhitneyu(scores[marked, column], scores[~marked, column]).statistic
        assert found.auroc[column] == pytest.approx(u / (11 * 19))


def test_p_is_that_of_all_permutations():
    scores, marks = np.array([3.0, 1.0, 4.0, 1.0, 5.0]), [1, 0, 1, 0, 0]
    found = separation(scores[:, None], marks, np.zeros(5, int), 20_000, rng())
    observed = 3 + 4  # midranks of 3 and 4 are 3 and 4
    ranks = np.array([3.0, 1.5, 4.0, 1.5, 5.0])
    sums = [ranks[np.array(one) == 1].sum() for one in permutations(marks)]
    exact = np.mean([one >= observed for one in sums])
    assert found.p[0] == pytest.approx(exact, abs=0.012)


def test_z_is_the_distance_in_standard_deviations_of_all_permutations():
    ranks, marks = np.array([3.0, 1.5, 4.0, 1.5, 5.0]), [1, 0, 1, 0, 0]
    sums = [ranks[np.array(one) == 1].sum() for one in permutations(marks)]
    found = separation(ranks[:, None], marks, np.zeros(5, int), 9, rng())
    assert found.z[0] == pytest.approx((7 - np.mean(sums)) / np.std(sums))


def test_p_is_uniform_where_there_is_nothing():
    strata = np.repeat([0, 1, 2], 20)
    marked = np.array([place % 20 < 3 + 4 * stratum for place, stratum in enumerate(strata)])
    p = []
    for seed in range(600):  # columns of one call share their permutations
        drawn = rng(seed)
        scores = drawn.normal(size=(60, 1)) + 3.0 * strata[:, None]
        p.append(separation(scores, marked, strata, 99, drawn).p[0])
    assert kstest(p, "uniform").pvalue > 0.01
    assert np.mean(np.array(p) <= 0.05) < 0.08


def test_a_difference_between_strata_is_none_within():
    strata = np.repeat([0, 1], 50)
    marked = np.arange(100) % 50 < np.where(strata == 0, 5, 45)
    scores = strata[:, None] * 10.0 + rng(3).normal(size=(100, 1))
    assert separation(scores, marked, strata, 499, rng()).p[0] > 0.05
    assert separation(scores, marked, np.zeros(100, int), 499, rng()).p[0] < 0.01


def test_what_was_planted_is_found_and_only_that():
    drawn = rng(4)
    scores = drawn.normal(size=(80, 30))
    marked = np.arange(80) < 20
    scores[marked, 7] += 2.0
    found = separation(scores, marked, np.arange(80) % 4, 999, drawn)
    assert found.p.argmin() == found.z.argmax() == 7
    assert found.p[7] == pytest.approx(1 / 1000)


def test_it_is_one_sided():
    scores = np.array([[1.0], [2.0], [3.0], [4.0], [5.0], [6.0]])
    high = separation(scores, [0, 0, 0, 1, 1, 1], np.zeros(6, int), 999, rng())
    low = separation(scores, [1, 1, 1, 0, 0, 0], np.zeros(6, int), 999, rng())
    assert (high.auroc[0], low.auroc[0]) == (1.0, 0.0)
    assert high.p[0] < 0.1
    assert low.p[0] == 1.0


def test_tied_scores_separate_nothing():
    found = separation(np.ones((6, 1)), [1, 0, 1, 0, 0, 0], np.zeros(6, int), 99, rng())
    assert (found.auroc[0], found.z[0], found.p[0]) == (0.5, 0.0, 1.0)


@pytest.mark.parametrize("marked", [[0, 0, 0], [1, 1, 1], [1, 0, 0]])
def test_without_both_kinds_in_a_stratum_there_is_nothing_to_say(marked):
    found = separation(np.ones((3, 2)), marked, [0, 1, 2], 9, rng())
    assert (found.marked, found.unmarked) == (0, 0)
    assert np.isnan([found.auroc, found.z, found.p]).all()


def test_without_permutations_there_is_no_test():
    with pytest.raises(ConfigError, match="permutations=0"):
        separation(np.ones((2, 1)), [0, 1], [0, 0], 0, rng())
