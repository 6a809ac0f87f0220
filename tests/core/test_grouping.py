import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.cluster import AgglomerativeClustering
from sklearn.metrics import adjusted_rand_score, silhouette_score

from neurflow_lightning.core.grouping import cluster, representative_patches
from neurflow_lightning.types import PatchGrid


def slow_twin(points: np.ndarray, most: int) -> np.ndarray:
    """The definition, with scikit-learn's own loop over the number of clusters."""
    best, chosen = -2.0, None
    for count in range(2, min(most, len(points) - 1) + 1):
        labels = AgglomerativeClustering(count, linkage="ward").fit_predict(points)
        score = silhouette_score(points, labels)
        if score > best:
            best, chosen = score, labels
    return chosen


@settings(max_examples=30, deadline=None)
@given(st.integers(3, 40), st.integers(2, 8), st.integers(0, 10**6))
def test_equals_scikit_learn(count, most, seed):
    points = np.random.default_rng(seed).normal(size=(count, 6))
    assert adjusted_rand_score(cluster(points, most), slow_twin(points, most)) == 1.0


def test_planted_clusters_are_found():
    generator = np.random.default_rng(0)
    truth = np.repeat([0, 1, 2, 3], 10)
    points = 10 * generator.normal(size=(4, 5))[truth] + generator.normal(size=(40, 5))
    assert cluster(points, most=8).tolist() == truth.tolist()


def test_clusters_are_numbered_by_first_appearance():
    assert cluster(np.array([[9.0], [0.0], [9.1], [0.1], [50.0], [50.1]]), 5).tolist() == [
        0, 1, 0, 1, 2, 2,
    ]  # fmt: skip


@pytest.mark.parametrize("points", [np.zeros((1, 3)), np.eye(2), np.ones((7, 2)), np.zeros((5, 0))])
def test_degenerate_points_stay_together(points):
    assert cluster(points, most=5).tolist() == [0] * len(points)


def test_rounding_is_no_structure():
    points = np.ones((50, 8), np.float32)
    points[:30] += 1e-7
    assert cluster(points, most=5).max() == 0


def test_threshold_keeps_weak_structure_together():
    points = np.random.default_rng(1).normal(size=(60, 40))
    assert cluster(points, 5, threshold=0.25).max() == 0
    assert cluster(points, 5, threshold=-1.0).max() >= 1


def test_representative_patches_prefer_the_shared_then_the_higher_ranked():
    every_patch_its_image = PatchGrid(10, None)
    assert representative_patches([[7, 1, 2], [1, 7], [1]], every_patch_its_image, 2).tolist() == [
        1, 7,
    ]  # fmt: skip
    assert representative_patches([[3], [2]], every_patch_its_image, 5).tolist() == [2, 3]


def test_representative_patches_show_every_image_before_one_twice():
    grid = PatchGrid(3, np.zeros((10, 4)))
    rows = representative_patches([[3, 5, 4, 17, 21, 12]], grid, most=5)
    assert rows.tolist() == [3, 17, 21, 5, 12]
