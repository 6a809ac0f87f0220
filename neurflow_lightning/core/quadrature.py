"""Nodes for integrated gradients, kept apart from the gradients themselves.

The path integral ``∫ f(α) dα`` over [0, 1] becomes ``∫ f(tᵖ) · p · tᵖ⁻¹ dt``, and that a
Gauss–Legendre sum over ``t``. With ``p = 1`` it is the usual rule. Larger powers gather the nodes
near the baseline: a LayerNorm there turns with the first trace of its input, and puts almost the
whole integral next to ``α = 0``.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np


def gauss_legendre(nodes: int, power: int = 1) -> Iterator[tuple[float, float]]:
    """(position, weight) of every node on [0, 1]; the weights sum to 1.

    Exact for polynomials of degree d with ``power · (d + 1) ≤ 2 · nodes``. A single node lies
    half-way whatever the power.

    Args:
        nodes: at least 1.
        power: at least 1 and, with more than one node, at most ``2 · nodes``.

    >>> list(gauss_legendre(1, power=3))
    [(0.5, 1.0)]
    >>> round(sum(weight * position**3 for position, weight in gauss_legendre(2)), 12)
    0.25
    >>> round(sum(weight for _, weight in gauss_legendre(4, power=3)), 12)
    1.0
    """
    power = 1 if nodes == 1 else power
    roots, weights = np.polynomial.legendre.leggauss(nodes)
    for t, weight in zip((roots + 1) / 2, weights / 2, strict=True):
        yield float(t**power), float(weight * power * t ** (power - 1))
