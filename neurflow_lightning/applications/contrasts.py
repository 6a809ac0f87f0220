"""Which scores separate two kinds of images: a stratified rank test by permutation; numpy only.

Images come in strata, such as their true classes. Within each, some are *marked* (the mistakes).
The statistic is how often a marked image scores higher than an unmarked one of the same stratum,
over all such pairs, ties counting half: the area under the ROC curve within strata. Under the null
the marks of a stratum could be on any of its images, so they are dealt anew; nothing else is
assumed.

Strata without both kinds say nothing and are left out. Sources: van Elteren 1960 (stratified rank
sums); Phipson and Smyth 2010 (p = (b + 1) / (m + 1)).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.stats import rankdata

from neurflow_lightning.errors import ConfigError
from neurflow_lightning.types import BoolArray

Doubles = npt.NDArray[np.float64]

_AT_ONCE = 1000  # permutations held at once


@dataclass(frozen=True, eq=False)
class Separation:
    """How well each score separates marked from unmarked images.

    Attributes:
        marked, unmarked: how many images were compared.
        auroc: (G,) in [0, 1], ½ where it does not separate; NaN where nothing could be compared.
        z: (G,) its distance from ½ in standard deviations of the null; 0 where all scores are tied.
        p: (G,) one-sided: marked images score higher; NaN where nothing could be compared.
    """

    marked: int
    unmarked: int
    auroc: Doubles
    z: Doubles
    p: Doubles


def separation(
    scores: npt.ArrayLike,
    marked: npt.ArrayLike,
    strata: npt.ArrayLike,
    permutations: int,
    rng: np.random.Generator,
) -> Separation:
    """Whether marked images score higher than unmarked ones of the same stratum.

    All columns share the same permutations.

    Args:
        scores: (N, G).
        marked: (N,) booleans.
        strata: (N,) whole numbers.
        permutations: how often marks are dealt anew, at least 1; the smallest possible p is
            1 / (permutations + 1).
        rng: deals them.

    Raises:
        ConfigError: for fewer than one permutation.

    >>> found = separation([[1.0], [2.0], [3.0]], [0, 0, 1], [0, 0, 0], 9, np.random.default_rng(0))
    >>> found.auroc.tolist(), found.marked, found.unmarked
    ([1.0], 1, 2)
    """
    if permutations < 1:
        raise ConfigError(f"permutations={permutations!r}: wanted at least 1.")
    scores, strata = np.asarray(scores, np.float64), np.asarray(strata)
    marked = np.asarray(marked, bool)
    parts = [
        (rankdata(scores[rows], axis=0), marked[rows])
        for rows in (strata == one for one in np.unique(strata))
        if 0 < marked[rows].sum() < rows.sum()
    ]
    counts = [(int(marks.sum()), int((~marks).sum())) for _, marks in parts]
    if not parts:
        nothing = np.full(scores.shape[1], np.nan)
        return Separation(0, 0, nothing, nothing, nothing)
    pairs = sum(ones * others for ones, others in counts)
    least = sum(ones * (ones + 1) / 2 for ones, _ in counts)
    observed = sum(ranks[marks].sum(axis=0) for ranks, marks in parts)
    spread = np.sqrt(sum(_variance(ranks, marks) for ranks, marks in parts))
    higher = np.zeros(scores.shape[1])
    for drawn in _dealt(parts, permutations, rng):
        higher += (drawn >= observed - 1e-9).sum(axis=0)
    away = observed - least - pairs / 2
    return Separation(
        marked=sum(ones for ones, _ in counts),
        unmarked=sum(others for _, others in counts),
        auroc=(observed - least) / pairs,
        z=np.divide(away, spread, out=np.zeros_like(away), where=spread > 0),
        p=(higher + 1) / (permutations + 1),
    )


def _variance(ranks: Doubles, marks: BoolArray) -> Doubles:
    """(G,) of the marked images' sum of ranks, when marks are dealt at random."""
    count, ones = len(marks), int(marks.sum())
    squares: Doubles = ((ranks - ranks.mean(axis=0)) ** 2).sum(axis=0)
    return squares * ones * (count - ones) / (count * (count - 1))


def _dealt(
    parts: list[tuple[Doubles, BoolArray]], permutations: int, rng: np.random.Generator
) -> Iterator[Doubles]:
    """(≤ _AT_ONCE, G) sums of ranks of marks dealt anew, part by part."""
    for start in range(0, permutations, _AT_ONCE):
        draws = min(_AT_ONCE, permutations - start)
        total = np.zeros((draws, parts[0][0].shape[1]))
        for ranks, marks in parts:
            dealt = rng.permuted(np.broadcast_to(marks, (draws, len(marks))), axis=1)
            total += dealt.astype(np.float64) @ ranks
        yield total
