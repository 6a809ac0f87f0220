"""Scores of the planted benchmark against scikit-learn's, and their degenerate cases."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from needs import need_module
from neurflow_lightning.evaluation.planted.scoring import (
    adjusted_mutual_information,
    average_precision,
    f1,
    precision_and_recall,
    recall_at,
    share_distance,
)


@pytest.fixture(scope="module", autouse=True)
def sklearn():
    need_module("sklearn", "test")


labels = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=1, max_size=30)


@settings(deadline=None)
@given(labels)
def test_adjusted_mutual_information(pairs):
    from sklearn.metrics import adjusted_mutual_info_score

    one, other = zip(*pairs, strict=True)
    theirs = adjusted_mutual_info_score(one, other)
    assert adjusted_mutual_information(one, other) == pytest.approx(theirs, abs=1e-8)


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 5), st.booleans()), min_size=2, max_size=30))
def test_average_precision_with_ties(pairs):
    from sklearn.metrics import average_precision_score

    found, wanted = zip(*pairs, strict=True)
    if any(wanted):
        truth = np.flatnonzero(wanted).tolist()
        theirs = average_precision_score(wanted, found)
        assert average_precision(found, truth) == pytest.approx(theirs)


def test_scores_of_sets():
    assert recall_at([3.0, 2.0, 1.0], [0, 2], 1) == 0.5
    assert f1(set(), {1}) == 0.0
    precision, recall = precision_and_recall([], [1])
    assert math.isnan(precision)
    assert recall == 0.0


def test_share_distance_knows_signs_and_nothing():
    assert share_distance([1.0, 0.0], [-1.0, 0.0]) == 1.0
    assert share_distance([0.0, 0.0], [0.0, 2.0]) == 0.5
    assert share_distance([0.0], [0.0]) == 0.0
