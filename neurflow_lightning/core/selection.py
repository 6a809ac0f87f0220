"""Core neurons from attribution scores, and knockout pruning (step 3 of the algorithm).

The exact definition (Def. 3 of the paper) asks for the set of at most τ neurons whose knockout
changes a concept most; searching for it is combinatorial. The approximation ranks the neurons by
their mean absolute attribution and takes the first τ.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from neurflow_lightning.types import FloatArray, HalfArray, IntArray


def rank_core_neurons(scores: FloatArray, tau: int) -> IntArray:
    """Indices of the ``tau`` highest scores, highest first; of equals the lower index first.

    A neuron whose score is exactly 0 changes nothing and is never core.

    >>> rank_core_neurons(np.array([0.0, 2.0, 1.0, 2.0]), 3).tolist()
    [1, 3, 2]
    """
    order = np.array(ranked(scores, tau), dtype=np.int64)
    return order[scores[order] > 0]


def ranked(scores: npt.ArrayLike, size: int) -> list[int]:
    """Indices of the ``size`` highest scores, highest first; of equals the lower index first.

    >>> ranked([0.0, 2.0, 2.0], 2)
    [1, 2]
    """
    order = np.argsort(-np.asarray(scores), kind="stable")
    return [int(index) for index in order[:size]]


def next_in_rank(scores: FloatArray, core: IntArray, tau: int) -> IntArray:
    """The runners-up: what follows the ``core`` in the ranking down to place ``2 * tau``.

    They are what a draw of other images could make core.

    >>> next_in_rank(np.array([0.5, 2.0, 1.0, 0.0]), np.array([1]), tau=1).tolist()
    [2]
    """
    return rank_core_neurons(scores, 2 * tau)[len(core) :]


def shares_of_largest(attributions: FloatArray, core: FloatArray) -> HalfArray:
    """(k, r) ``attributions`` divided by the largest absolute value of the (k, t) ``core`` ones.

    A runner-up's mean is below each core neuron's, so that no value exceeds k.

    >>> shares_of_largest(np.array([[1.0]]), np.array([[-4.0]])).tolist()
    [[0.25]]
    """
    largest = np.abs(core).max(initial=0.0)
    return np.asarray(attributions / (largest if largest > 0 else 1), dtype=np.float16)


def knockout_overlap(before: IntArray, after: IntArray) -> float:
    """Share of a concept's patches that are still in it after a knockout, in [0, 1].

    >>> knockout_overlap(np.array([3, 1, 2, 0]), np.array([1, 5, 3, 7]))
    0.5
    """
    return len(np.intersect1d(before, after)) / len(before)


def prune_by_knockout(
    ranking: IntArray, overlap_without: Callable[[IntArray], float], epsilon: float
) -> IntArray:
    """The shortest prefix of ``ranking`` that is within ``epsilon`` of the best knockout.

    Args:
        ranking: core neurons, best first.
        overlap_without: prefix → knockout overlap, in [0, 1].
        epsilon: in [0, 1].

    >>> overlaps = {1: 0.6, 2: 0.22, 3: 0.2, 4: 0.2}
    >>> ranking = np.array([7, 3, 9, 1])
    >>> prune_by_knockout(ranking, lambda prefix: overlaps[len(prefix)], 0.05).tolist()
    [7, 3]
    """
    if len(ranking) == 0:
        return ranking
    overlaps = np.array([overlap_without(ranking[: n + 1]) for n in range(len(ranking))])
    shortest = int(np.flatnonzero(overlaps <= overlaps.min() + epsilon)[0])
    return ranking[: shortest + 1]
