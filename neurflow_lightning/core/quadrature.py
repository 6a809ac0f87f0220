"""Nodes for integrated gradients, kept apart from the gradients themselves.

The path integral over ``α`` in [0, 1] is replaced by a Gauss–Legendre sum, exact for integrands
that are polynomials of degree up to ``2 · nodes − 1``.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np


def gauss_legendre(nodes: int) -> Iterator[tuple[float, float]]:
    """(position, weight) of every node on [0, 1]; the weights sum to 1.

    >>> [(round(position, 3), weight) for position, weight in gauss_legendre(1)]
    [(0.5, 1.0)]
    >>> round(sum(weight * position**3 for position, weight in gauss_legendre(2)), 12)
    0.25
    """
    positions, weights = np.polynomial.legendre.leggauss(nodes)
    for position, weight in zip(positions, weights, strict=True):
        yield float((position + 1) / 2), float(weight / 2)
