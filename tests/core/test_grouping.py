import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from scipy.cluster.hierarchy import linkage
from scipy.spatial.distance import pdist, squareform
from sklearn.cluster import AgglomerativeClustering
from sklearn.metrics import adjusted_rand_score, silhouette_score

from neurflow_lightning.core.grouping import (
    _cuts,
    _labels,
    _silhouettes,
    cluster,
    representative_patches,
)
from neurflow_lightning.types import PatchGrid


def slow_twin(points: np.ndarray, most: int) -> tuple[np.ndarray, np.ndarray]:
    """Labels (cuts, n) and silhouette scores (cuts,) by scikit-learn, each cut from the start."""
    counts = range(2, min(most, len(points) - 1) + 1)
    labels = [AgglomerativeClustering(count).fit_predict(points) for count in counts]
    distances = squareform(pdist(points))
    return np.stack(labels), np.array(
        [silhouette_score(distances, cut, metric="precomputed") for cut in labels]
    )


def fast_twin(points: np.ndarray, most: int) -> tuple[np.ndarray, np.ndarray]:
    places, splits = _cuts(linkage(points, "ward"), min(most, len(points) - 1))
    distances = squareform(pdist(points[np.argsort(places)]))
    labels = [_labels(places, splits[:count]) for count in range(1, len(splits) + 1)]
    return np.stack(labels), _silhouettes(distances, splits)


def same_partition(these: np.ndarray, those: np.ndarray) -> bool:
    return adjusted_rand_score(these, those) == 1.0


def cloud(generator: np.random.Generator, count: int) -> np.ndarray:
    return generator.normal(size=(count, 6))


def lumps(generator: np.random.Generator, count: int) -> np.ndarray:
    centres = 10 * generator.normal(size=(5, 6))
    return centres[np.arange(count) % 5] + cloud(generator, count)


def far_tight_lumps(generator: np.random.Generator, count: int) -> np.ndarray:
    return lumps(generator, count).round(-1) + 1e-6 * cloud(generator, count)


def duplicates(generator: np.random.Generator, count: int) -> np.ndarray:
    return cloud(generator, count)[np.arange(count) % ((count + 1) // 2)]


def integers(generator: np.random.Generator, count: int) -> np.ndarray:
    """With many equal distances and some equal scores; never all the same."""
    points = generator.integers(4, size=(count, 2)).astype(float)
    points[0] = 4
    return points


def cloud_far_out(generator: np.random.Generator, count: int) -> np.ndarray:
    """Where distances by a matrix product would be off by about 1e-8 of their size."""
    return 1 + 1e-4 * cloud(generator, count)


def rectified(generator: np.random.Generator, count: int) -> np.ndarray:
    return np.maximum(generator.normal(size=(count, 64)), 0).astype(np.float32)


KINDS = [cloud, cloud_far_out, lumps, far_tight_lumps, duplicates, integers, rectified]


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=25, deadline=None)
@given(count=st.integers(3, 40), most=st.integers(2, 45), seed=st.integers(0, 10**6))
@example(count=300, most=100, seed=0)
def test_every_cut_and_score_equals_scikit_learn(kind, count, most, seed):
    points = kind(np.random.default_rng(seed), count)
    (labels, scores), (true_labels, true_scores) = fast_twin(points, most), slow_twin(points, most)
    assert len(labels) == len(true_labels)
    assert all(map(same_partition, labels, true_labels))
    np.testing.assert_allclose(scores, true_scores, rtol=0, atol=2e-15)
    chosen = cluster(points, most)
    cut = chosen.max() - 1
    assert same_partition(chosen, true_labels[cut])
    best = true_scores.max()
    assert true_scores[cut] == pytest.approx(best, rel=0, abs=2e-15)
    assert cluster(points, most, threshold=best - 4e-15).tolist() == chosen.tolist()
    assert cluster(points, most, threshold=best + 4e-15).max() == 0


def test_of_equal_scores_the_fewest_clusters():
    points = np.array([[0.0], [0.0], [2.0], [3.0], [5.0]])
    _, scores = slow_twin(points, most=4)
    assert scores.tolist() == pytest.approx([0.6, 0.6, 0.4])
    assert cluster(points, most=4).tolist() == [0, 0, 1, 1, 1]


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


def test_a_score_at_the_threshold_is_enough():
    assert cluster(np.array([[0.0], [0.0], [9.0], [9.0]]), 3, threshold=1.0).tolist() == [
        0,
        0,
        1,
        1,
    ]


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
