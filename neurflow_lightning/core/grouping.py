"""Ward clustering with the number of clusters chosen by silhouette (steps 4 and 6).

1. SciPy computes one matrix of distances and from it one Ward tree.
2. Its last merges, one more for every cluster, are the cuts.
3. The silhouette scores of all cuts come from that matrix. scikit-learn's ``silhouette_score``
   starts anew at every cut, which took most of the time: an analysis clusters hundreds of times.

The distances are sums of squared differences. A matrix product would be faster, but it cancels
the distances within tight clusters that lie far apart.

Sources: Ward 1963; Rousseeuw 1987 (silhouette).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from statistics import fmean

import numpy as np
import numpy.typing as npt
from scipy.cluster.hierarchy import linkage
from scipy.spatial.distance import pdist, squareform

from neurflow_lightning.types import (
    CoreNeuron,
    FloatArray,
    GroupId,
    IntArray,
    NeuronGroup,
    PatchGrid,
    SemanticGroup,
)

_Doubles = npt.NDArray[np.float64]
_Member = tuple[CoreNeuron, SemanticGroup]


def cluster(points: FloatArray, most: int, threshold: float = -1.0, least: int = 1) -> IntArray:
    """(n,) cluster of every point, numbered by first appearance.

    Ward linkage, cut where the silhouette score is best among 2 … ``most`` clusters; of equal
    scores the fewest clusters. All points stay together when the best score lies below
    ``threshold``, and in the degenerate cases: fewer than three points, or all points the same
    but for rounding.

    Args:
        points: (n, d).
        most: clusters at most, at least 1.
        threshold: in [-1, 1].
        least: clusters at least, from 1 to ``most``. From 2 on nothing keeps all points together;
            ``least`` points and fewer are a cluster each.

    >>> cluster(np.array([[0.0], [9.0], [0.1], [9.1]]), most=5).tolist()
    [0, 1, 0, 1]
    """
    wide = np.asarray(points, dtype=np.float64)
    together = np.zeros(len(points), dtype=np.int64)
    if len(points) <= least:
        return np.arange(len(points))
    most = min(most, len(points) - 1)
    if most < 2 or (least < 2 and _are_one(wide)):
        return together
    distances = pdist(wide)
    places, splits = _cuts(linkage(distances, "ward"), most)
    leaves = np.argsort(places)
    scores = _silhouettes(squareform(distances)[leaves][:, leaves], splits)
    fewest = max(least - 2, 0)
    best = fewest + int(np.argmax(scores[fewest:]))
    if least < 2 and scores[best] < threshold:
        return together
    return _by_first_appearance(_labels(places, splits[: best + 1]))


def neuron_groups(
    layer: str,
    neurons: Sequence[CoreNeuron],
    most: int,
    grid: PatchGrid,
    patches: int,
    least: int = 1,
) -> tuple[NeuronGroup, ...]:
    """Cluster the semantic groups of a layer's core neurons into neuron groups.

    Args:
        layer: name of the layer.
        neurons: its core neurons; none give no group.
        most: groups at most. With 1 all meanings stay together.
        grid: where the patches lie.
        patches: representative patches kept of each group.
        least: groups at least, as far as there are meanings.
    """
    members = [(neuron, meaning) for neuron in neurons for meaning in neuron.semantic_groups]
    if not members:
        return ()
    vectors = np.stack([meaning.concept_vector for _, meaning in members])
    labels = cluster(vectors, most, least=least)
    return tuple(
        _neuron_group(
            GroupId(layer, number),
            [members[place] for place in np.flatnonzero(labels == number)],
            grid,
            patches,
        )
        for number in range(labels.max() + 1)
    )


def representative_patches(
    concepts: Sequence[npt.ArrayLike], grid: PatchGrid, most: int
) -> IntArray:
    """Rows that stand for several concepts, best first.

    A patch shared by more concepts is better, then one with a higher mean place, then the lower
    row. Of each image its best patch comes before the second best of any: overlapping crops of one
    image say the same thing.

    >>> grid = PatchGrid(3, np.zeros((4, 4)))
    >>> representative_patches([[4, 2, 9], [2, 5]], grid, most=4).tolist()
    [2, 4, 9, 5]
    """
    places: dict[int, list[int]] = {}
    for rows in concepts:
        for place, row in enumerate(np.asarray(rows)):
            places.setdefault(int(row), []).append(place)
    best_first = sorted(places, key=lambda row: (-len(places[row]), fmean(places[row]), row))
    seen: Counter[int] = Counter()
    turn = {}
    for row in best_first:
        turn[row] = seen[grid.image(row)]
        seen[grid.image(row)] += 1
    return np.array(sorted(best_first, key=turn.__getitem__)[:most], dtype=np.int64)


def _neuron_group(
    group: GroupId, members: Sequence[_Member], grid: PatchGrid, patches: int
) -> NeuronGroup:
    concepts = [meaning.patches for _, meaning in members]
    return NeuronGroup(
        id=group,
        members=tuple((neuron.id, meaning.number) for neuron, meaning in members),
        concept_vector=np.mean([meaning.concept_vector for _, meaning in members], axis=0),
        patches=representative_patches(concepts, grid, patches),
    )


def _cuts(tree: _Doubles, most: int) -> tuple[IntArray, IntArray]:
    """The cuts of a linkage tree into 2 … ``most`` clusters.

    Along the leaves of the tree every cluster is a run, and to undo a merge is to split a run.

    Returns:
        (n,) place of every point among the leaves and (most - 1,) places at which the leaves are
        split, the last merge first: the first k - 1 of them make k clusters.
    """
    points = len(tree) + 1
    children = tree[:, :2].astype(int).tolist()
    sizes = [1] * points + tree[:, 3].astype(int).tolist()
    start = [0] * len(sizes)
    splits = []
    for parent in range(len(sizes) - 1, points - 1, -1):
        left, right = children[parent - points]
        start[left] = start[parent]
        start[right] = start[parent] + sizes[left]
        splits.append(start[right])
    return np.array(start[:points]), np.array(splits[: most - 1])


def _labels(places: IntArray, splits: IntArray) -> IntArray:
    return np.searchsorted(np.sort(splits), places, side="right")


def _silhouettes(distances: _Doubles, splits: IntArray) -> _Doubles:
    """Silhouette scores of the cuts into 2, 3, … clusters.

    From the finest cut on, clusters are merged: their sums of distances to every point add up,
    and only the points of the merged cluster get another mean distance to their own.

    Args:
        distances: (n, n) between the points in the order of the leaves.
        splits: (c,) of :func:`_cuts`.

    Returns:
        (c,) in [-1, 1]. A point alone in its cluster scores 0, as does one at distance 0 both from
        its own cluster and from another.
    """
    points = np.arange(len(distances))
    labels = _labels(points, splits)
    sizes = np.bincount(labels)
    sums = np.add.reduceat(distances, np.sort(np.append(0, splits)))  # (c + 1, n)
    others = sums / sizes[:, None]
    others[labels, points] = np.inf
    scores = np.empty(len(splits))
    with np.errstate(invalid="ignore"):
        own = sums[labels, points] / (sizes[labels] - 1)
        for cut in reversed(range(len(splits))):
            other = others.min(axis=0)
            each = (other - own) / np.maximum(own, other)
            each[np.isnan(each)] = 0.0  # 0 / 0
            scores[cut] = each.mean()
            left, right = labels[splits[cut] - 1], labels[splits[cut]]
            labels[labels == right] = left
            members = labels == left
            sizes[left] += sizes[right]
            sums[left] += sums[right]
            others[left] = np.where(members, np.inf, sums[left] / sizes[left])
            others[right] = np.inf
            own[members] = sums[left, members] / (sizes[left] - 1)
    return scores


def _are_one(points: _Doubles) -> bool:
    """Whether all points are the same but for the rounding of float32 arithmetic."""
    size = max(points.max(initial=0.0), -points.min(initial=0.0))
    first = points[0]
    return all(np.abs(point - first).max(initial=0.0) <= 1e-5 * size for point in points)


def _by_first_appearance(labels: IntArray) -> IntArray:
    _, first, inverse = np.unique(labels, return_index=True, return_inverse=True)
    number = np.empty(len(first), dtype=np.int64)
    number[np.argsort(first)] = np.arange(len(first))
    return number[inverse]
