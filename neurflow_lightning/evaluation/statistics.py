"""Numbers with their 95 % intervals, and correlations that know when there is none."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Any

import numpy as np
import numpy.typing as npt

Values = npt.NDArray[np.float64]

RESAMPLES = 1000
LEAST = 5
"""Values that the bootstrap wants."""

_LEVELS = (2.5, 97.5)
_QUANTILE = 1.959963984540054  # of the standard normal distribution, at 97.5 %


@dataclass(frozen=True, slots=True)
class Interval:
    """An estimate and its 95 % confidence interval.

    Attributes:
        value: the estimate; NaN where nothing was measured.
        low, high: ends of the interval; NaN where there are too few measurements for one.
    """

    value: float
    low: float
    high: float

    @property
    def verdict(self) -> str:
        """``"yes"`` when all of it lies above 0, ``"no"`` when all lies below, else ``"unclear"``.

        >>> Interval(0.2, 0.1, 0.3).verdict, Interval(0.2, -0.1, 0.3).verdict
        ('yes', 'unclear')
        """
        if self.low > 0:
            return "yes"
        return "no" if self.high < 0 else "unclear"


UNKNOWN = Interval(math.nan, math.nan, math.nan)


def wilson(successes: int, trials: int) -> Interval:
    """A share and Wilson's score interval (Wilson 1927); unknown without trials.

    >>> found = wilson(10, 10)
    >>> round(found.low, 3), round(found.high, 3)
    (0.722, 1.0)
    """
    if trials == 0:
        return UNKNOWN
    share, squared = successes / trials, _QUANTILE**2
    middle = (share + squared / (2 * trials)) / (1 + squared / trials)
    spread = math.sqrt(share * (1 - share) / trials + squared / (4 * trials**2))
    half = _QUANTILE * spread / (1 + squared / trials)
    return Interval(share, max(middle - half, 0.0), min(middle + half, 1.0))


def known_mean(values: Sequence[float]) -> float:
    """The mean of the values that are not NaN; NaN without any.

    >>> known_mean([1.0, math.nan, 3.0]), known_mean([math.nan])
    (2.0, nan)
    """
    known = [value for value in values if not math.isnan(value)]
    return fmean(known) if known else math.nan


def bootstrap_mean(values: npt.ArrayLike, random: np.random.Generator) -> Interval:
    """The mean and the percentile interval of resampling ``values``; NaN are left out.

    Fewer than :data:`LEAST` have no interval: of a handful, resamples know too little.

    >>> bootstrap_mean([2.0] * 5, np.random.default_rng(0))
    Interval(value=2.0, low=2.0, high=2.0)
    """
    told = np.asarray(values, dtype=np.float64)
    told = told[~np.isnan(told)]
    if len(told) == 0:
        return UNKNOWN
    if len(told) < LEAST:
        return Interval(float(told.mean()), math.nan, math.nan)
    drawn = random.choice(told, (RESAMPLES, len(told))).mean(axis=1)
    return percentile_interval(float(told.mean()), drawn)


def percentile_interval(value: float, resampled: Values) -> Interval:
    """An estimate with the percentiles of its resamples."""
    low, high = np.percentile(resampled, _LEVELS)
    return Interval(*(float(one) + 0.0 for one in (value, low, high)))  # no negative zero


def pearson(one: npt.ArrayLike, other: npt.ArrayLike) -> float:
    """Pearson's correlation; NaN where either is constant, up to rounding.

    >>> round(pearson([1, 2, 3], [2, 4, 6]), 12), pearson([1, 1, 1], [1, 2, 3])
    (1.0, nan)
    """
    left, right = (_standardised(np.asarray(each, dtype=np.float64)) for each in (one, other))
    return math.nan if left is None or right is None else float((left * right).mean())


def spearman(one: npt.ArrayLike, other: npt.ArrayLike) -> float:
    """Spearman's correlation: Pearson's of the ranks, equal values sharing their mean rank.

    >>> round(spearman([1, 10, 100], [1, 2, 3]), 12)
    1.0
    """
    from scipy.stats import rankdata

    return pearson(rankdata(np.asarray(one)), rankdata(np.asarray(other)))


def _standardised(values: Values) -> Any:
    spread = values.std() if len(values) > 1 else 0.0
    if not spread > 1e-9 * np.abs(values).max(initial=0.0):
        return None
    return (values - values.mean()) / spread
