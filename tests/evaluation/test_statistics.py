from math import isnan

import numpy as np
import pytest

from neurflow_lightning.evaluation.statistics import (
    UNKNOWN,
    Interval,
    bootstrap_mean,
    pearson,
    spearman,
    wilson,
)


@pytest.fixture
def random():
    return np.random.default_rng(0)


def test_wilson_is_the_textbook_interval():
    """Of 8 in 10: Newcombe (1998), method 3."""
    found = wilson(8, 10)
    assert (found.value, found.low, found.high) == pytest.approx((0.8, 0.4902, 0.9433), abs=1e-4)
    assert wilson(0, 0) == UNKNOWN
    assert wilson(0, 5).low == 0.0
    assert wilson(5, 5).high == 1.0


def test_the_bootstrap_covers_as_it_says(random):
    """About 95 of 100 intervals of normal values hold the true mean."""
    covered = sum(
        one.low <= 0 <= one.high
        for one in (bootstrap_mean(random.normal(size=40), random) for _ in range(200))
    )
    assert 0.88 <= covered / 200 <= 0.99


def test_a_few_values_have_no_interval_and_none_has_no_value(random):
    assert bootstrap_mean([3.0, 4.0, np.nan], random).value == 3.5
    assert bootstrap_mean([1.0, 2.0, 3.0, 4.0], random).verdict == "unclear"
    assert bootstrap_mean([1.0, 2.0, 3.0, 4.0, 5.0], random).verdict == "yes"
    assert isnan(bootstrap_mean([3.0, np.nan], random).low)
    assert isnan(bootstrap_mean([np.nan], random).value)


@pytest.mark.parametrize(
    ("low", "high", "verdict"),
    [
        (0.1, 0.2, "yes"),
        (-0.2, -0.1, "no"),
        (-0.1, 0.1, "unclear"),
        (0.0, 0.0, "unclear"),
        (float("nan"), float("nan"), "unclear"),
    ],
)
def test_verdict(low, high, verdict):
    assert Interval((low + high) / 2, low, high).verdict == verdict


def test_correlations(random):
    one, other = random.normal(size=(2, 50))
    assert pearson(one, other) == pytest.approx(np.corrcoef(one, other)[0, 1])
    assert pearson(one, -2 * one + 1) == pytest.approx(-1)
    assert spearman(one, np.exp(one)) == pytest.approx(1)
    assert isnan(pearson(one, np.full(50, 1e6) + 1e-6 * other))
    assert isnan(spearman([1.0], [2.0]))
