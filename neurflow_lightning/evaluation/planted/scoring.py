"""How far an answer is from a truth that is known: sets, rankings, shares, partitions."""

from __future__ import annotations

import math
from collections.abc import Collection, Hashable, Sequence
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from neurflow_lightning.core.selection import ranked

Found = TypeVar("Found", bound=Hashable)


def recall_at(found: npt.ArrayLike, truth: Collection[int], size: int) -> float:
    """Share of ``truth`` among the ``size`` highest scores; of equals the lower index first.

    >>> recall_at([0.1, 3.0, 2.0], [1, 0], 2)
    0.5
    """
    chosen = ranked(np.asarray(found, dtype=np.float32), size)
    return len(set(chosen) & set(truth)) / len(truth)


def average_precision(found: npt.ArrayLike, truth: Collection[int]) -> float:
    """Area under the precision–recall curve, in [0, 1]: Σ (R_n − R_{n−1}) P_n.

    Neurons of one score enter together, so that ties help nobody. Chance gives the share of
    ``truth``.

    >>> average_precision([0.9, 0.8, 0.1], [0, 2])
    0.8333333333333333
    """
    values = np.asarray(found, dtype=np.float64)
    order = np.argsort(-values, kind="stable")
    hits = np.cumsum(np.isin(order, list(truth)))
    ends = np.flatnonzero(np.diff(values[order], append=-np.inf))
    gained = np.diff(hits[ends], prepend=0) / len(truth)
    return float((gained * hits[ends] / (ends + 1)).sum())


def precision_and_recall(found: Collection[Found], truth: Collection[Found]) -> tuple[float, float]:
    """Of two sets; the precision of nothing is NaN.

    >>> precision_and_recall({1, 2, 3, 4}, {1, 2})
    (0.5, 1.0)
    """
    both = len(set(found) & set(truth))
    return both / len(found) if found else math.nan, both / len(truth)


def f1(found: Collection[Found], truth: Collection[Found]) -> float:
    """Harmonic mean of precision and recall, in [0, 1].

    >>> f1({1, 2, 3, 4}, {1, 2})
    0.6666666666666666
    """
    return 2 * len(set(found) & set(truth)) / (len(found) + len(truth))


def shares(values: npt.ArrayLike) -> npt.NDArray[np.float64]:
    """Values over the sum of their absolute values; zeros stay.

    >>> shares([3.0, -1.0]).tolist()
    [0.75, -0.25]
    """
    told = np.asarray(values, dtype=np.float64)
    total = np.abs(told).sum()
    return told / total if total > 0 else told


def share_distance(found: npt.ArrayLike, truth: npt.ArrayLike) -> float:
    """How much of what is shared out goes elsewhere, in [0, 1]: half of Σ|share − true share|.

    Free of scale, so that gradients and attributions can both be compared with effects; ½ where
    either is nothing at all, and 0 where both are.

    >>> share_distance([2.0, 2.0, 0.0], [1.0, 0.0, 0.0])
    0.5
    """
    return float(np.abs(shares(found) - shares(truth)).sum() / 2)


def adjusted_mutual_information(one: Sequence[Hashable], other: Sequence[Hashable]) -> float:
    """How far two partitions agree, 0 by chance and 1 when they are the same.

    Normalised by the mean entropy; 1 where both keep everything together.

    Source: Vinh, Epps and Bailey, *Information theoretic measures for clusterings comparison*,
    JMLR 2010.

    >>> adjusted_mutual_information([0, 0, 1, 1], "aabb")
    1.0
    """
    table = _contingency(one, other)
    rows, columns = table.sum(1), table.sum(0)
    if len(rows) == len(columns) == 1:
        return 1.0
    told = _mutual_information(table) - _expected(rows, columns)
    most = (_entropy(rows) + _entropy(columns)) / 2 - _expected(rows, columns)
    return 1.0 if math.isclose(told, most, abs_tol=1e-12) else told / most


def _contingency(one: Sequence[Hashable], other: Sequence[Hashable]) -> npt.NDArray[np.float64]:
    rows, columns = (
        {label: place for place, label in enumerate(dict.fromkeys(each))} for each in (one, other)
    )
    table = np.zeros((len(rows), len(columns)))
    for left, right in zip(one, other, strict=True):
        table[rows[left], columns[right]] += 1
    return table


def _entropy(counts: npt.NDArray[np.float64]) -> float:
    probabilities = counts / counts.sum()
    return float(-(probabilities * np.log(probabilities)).sum())


def _mutual_information(table: npt.NDArray[np.float64]) -> float:
    joint = table / table.sum()
    chance = np.outer(joint.sum(1), joint.sum(0))
    there = joint > 0
    return float((joint[there] * np.log(joint[there] / chance[there])).sum())


def _expected(rows: npt.NDArray[np.float64], columns: npt.NDArray[np.float64]) -> float:
    """Mutual information of two partitions of these sizes drawn independently, on average."""
    from scipy.stats import hypergeom

    total = rows.sum()
    expected = 0.0
    for a in rows:
        for b in columns:
            counts = np.arange(max(1, a + b - total), min(a, b) + 1)
            terms = counts / total * np.log(total * counts / (a * b))
            expected += float((terms * hypergeom(total, a, b).pmf(counts)).sum())
    return expected
