"""Ward clustering with the number of clusters chosen by silhouette (steps 4 and 6).

Sources: Ward 1963; Rousseeuw 1987 (silhouette).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from scipy.cluster.hierarchy import cut_tree, ward
from scipy.spatial.distance import pdist, squareform
from sklearn.metrics import silhouette_score

from neurflow_lightning.types import (
    CoreNeuron,
    FloatArray,
    GroupId,
    IntArray,
    NeuronGroup,
    PatchGrid,
    SemanticGroup,
)

_Member = tuple[CoreNeuron, SemanticGroup]


def cluster(points: FloatArray, most: int, threshold: float = -1.0) -> IntArray:
    """(n,) cluster of every point, numbered by first appearance.

    Ward linkage, cut where the silhouette score is best among 2 … ``most`` clusters; of equal
    scores the fewest clusters. All points stay together when the best score lies below
    ``threshold``, and in the degenerate cases: fewer than three points, or all points the same
    but for rounding.

    Args:
        points: (n, d).
        most: clusters at most, at least 1.
        threshold: in [-1, 1].

    >>> cluster(np.array([[0.0], [9.0], [0.1], [9.1]]), most=5).tolist()
    [0, 1, 0, 1]
    """
    wide = np.asarray(points, dtype=np.float64)
    together = np.zeros(len(points), dtype=np.int64)
    counts = range(2, min(most, len(points) - 1) + 1)
    if not counts or _are_one(wide):
        return together
    cuts = cut_tree(ward(wide), n_clusters=list(counts)).T
    distances = squareform(pdist(wide))
    scores = [silhouette_score(distances, cut, metric="precomputed") for cut in cuts]
    best = int(np.argmax(scores))
    return together if scores[best] < threshold else _by_first_appearance(cuts[best])


def neuron_groups(
    layer: str, neurons: Sequence[CoreNeuron], most: int, grid: PatchGrid, patches: int
) -> tuple[NeuronGroup, ...]:
    """Cluster the semantic groups of a layer's core neurons into neuron groups.

    Args:
        layer: name of the layer.
        neurons: its core neurons; none give no group.
        most: groups at most. With 1 all meanings stay together.
        grid: where the patches lie.
        patches: representative patches kept of each group.
    """
    members = [(neuron, meaning) for neuron in neurons for meaning in neuron.semantic_groups]
    if not members:
        return ()
    labels = cluster(np.stack([meaning.concept_vector for _, meaning in members]), most)
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
    best_first = sorted(places, key=lambda row: (-len(places[row]), np.mean(places[row]), row))
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


def _are_one(points: npt.NDArray[np.float64]) -> bool:
    """Whether all points are the same but for the rounding of float32 arithmetic."""
    size = np.abs(points).max(initial=0.0)
    return bool(np.all(np.abs(points - points[0]) <= 1e-5 * size))


def _by_first_appearance(labels: IntArray) -> IntArray:
    _, first, inverse = np.unique(labels, return_index=True, return_inverse=True)
    number = np.empty(len(first), dtype=np.int64)
    number[np.argsort(first)] = np.arange(len(first))
    return number[inverse]
