"""Integrated gradients of neurons over a segment (step 3 of the algorithm).

For an upper neuron ``a`` and a patch ``v``, with ``x`` the lower layer's activations on ``v``:

1. the path goes straight from the baseline 0 to ``x``; whatever else enters the segment (a skip
   connection) stays at its true value;
2. ``T(a, s, v)`` is ``x · ∫ ∂φ_a/∂x (αx) dα``, averaged over the positions of channel ``s``;
3. completeness: the attributions summed over *all* positions equal ``φ_a(v) − φ_a(0)``. What is
   missing is the quadrature's error, the completeness gap.

Source: Sundararajan, Taly and Yan, *Axiomatic attribution for deep networks*, ICML 2017.
Axes: B (neuron, patch) pairs; C' neurons of the lower layer; C those of the upper.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import torch
from torch import Tensor

from neurflow_lightning.core.segments import Network, Segment, response


@dataclass(frozen=True)
class Attribution:
    """What integrated gradients say of B (neuron, patch) pairs.

    Attributes:
        values: (B, C') T(a, s, v).
        completeness_gap: (B,) sum of all attributions minus ``response_change``.
        response_change: (B,) φ_a(v) − φ_a(0).
        lower: (B, C') r(v), the responses of the lower layer.
    """

    values: Tensor
    completeness_gap: Tensor
    response_change: Tensor
    lower: Tensor

    @staticmethod
    def concatenated(parts: list[Attribution]) -> Attribution:
        """The pairs of all parts, one after the other."""
        return Attribution(
            *(
                torch.cat([getattr(part, name) for part in parts])
                for name in ("values", "completeness_gap", "response_change", "lower")
            )
        )


def integrated_gradients(
    network: Network,
    segment: Segment,
    lower: Tensor,
    context: tuple[Tensor, ...],
    neurons: Tensor,
    nodes: Iterable[tuple[float, float]],
) -> Attribution:
    """Attribute each pair's neuron to the lower layer.

    The plain way, for any segment: the whole of it is run at every node. What
    :mod:`~neurflow_lightning.core.folding` does faster is checked against it.

    Args:
        network: knows which axis holds the neurons.
        segment: the part of the network between the two layers.
        lower: (B, ...) activations of the lower layer on the patches, one row a pair.
        context: what else enters the segment there.
        neurons: (B,) index of each pair's upper neuron.
        nodes: (position, weight) on the path, as the quadrature's ``gauss_legendre`` gives them.
    """
    # Small gradients of half-precision networks would vanish in a sum of their own type.
    wide = torch.promote_types(lower.dtype, torch.float32)
    gradient = torch.zeros_like(lower, dtype=wide)
    for position, weight in nodes:
        gradient += weight * _gradient(network, segment, position * lower, context, neurons)
    by_position = gradient * lower
    axis = network.channel_axes[segment.lower]
    change = _response_change(network, segment, lower, context, neurons)
    total = by_position.flatten(1).sum(1, dtype=change.dtype)
    return Attribution(
        values=response(by_position, axis),
        completeness_gap=total - change,
        response_change=change,
        lower=response(lower, axis),
    )


def knockout_responses(
    network: Network,
    segment: Segment,
    lower: Tensor,
    context: tuple[Tensor, ...],
    neuron: int,
    knocked_out: Tensor,
) -> Tensor:
    """(B,) response of the upper ``neuron`` with the lower neurons ``knocked_out`` set to zero."""
    axis = network.channel_axes[segment.lower]
    with torch.no_grad():
        upper = segment.run(lower.index_fill(axis, knocked_out, 0.0), context)
        return response(upper, network.channel_axes[segment.upper])[:, neuron]


def _gradient(
    network: Network,
    segment: Segment,
    lower: Tensor,
    context: tuple[Tensor, ...],
    neurons: Tensor,
) -> Tensor:
    """∂φ_a/∂x at ``lower``, one neuron a row; zero where the segment ignores its input."""
    with torch.enable_grad():
        leaf = lower.detach().requires_grad_()
        upper = segment.run(leaf, context)
        chosen = _chosen_response(network, segment, upper, neurons).sum()
        if not chosen.requires_grad:
            return torch.zeros_like(lower)
        (gradient,) = torch.autograd.grad(chosen, leaf, allow_unused=True)
    return torch.zeros_like(lower) if gradient is None else gradient


def _response_change(
    network: Network,
    segment: Segment,
    lower: Tensor,
    context: tuple[Tensor, ...],
    neurons: Tensor,
) -> Tensor:
    with torch.no_grad():
        end, begin = (
            _chosen_response(network, segment, segment.run(at, context), neurons)
            for at in (lower, torch.zeros_like(lower))
        )
    return end - begin


def _chosen_response(network: Network, segment: Segment, upper: Tensor, neurons: Tensor) -> Tensor:
    responses = response(upper, network.channel_axes[segment.upper])
    return responses.gather(1, neurons[:, None])[:, 0]
