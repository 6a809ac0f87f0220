"""Ways to choose neurons that need no path integral: what core neurons are compared with."""

from __future__ import annotations

import torch
from torch import Tensor

from neurflow_lightning.core.attribution import AttributionRequest, NotApplicableError, in_parts
from neurflow_lightning.core.hooks import named_layers


def activation_magnitude(request: AttributionRequest) -> Tensor:
    """Mean absolute activation, whatever comes of it above."""
    return request.by_neuron(request.lower.abs())


def activation_correlation(request: AttributionRequest) -> Tensor:
    """Correlation over the inputs of a lower neuron's response with the upper one's.

    The same number for every input; 0 where either does not change. It knows nothing of the
    weights between the two: a neuron that only keeps company with the ones that matter looks as
    good as they do.
    """
    lower = request.by_neuron(request.lower).double()
    with torch.no_grad():
        upper = in_parts(request, lambda part: part.response(part.lower)).double()
    return _correlation(lower, upper).expand(len(request), -1)


def weight_norm(request: AttributionRequest) -> Tensor:
    """L2 norm of the weights that make each lower neuron (its filter), as in pruning.

    Of the last convolution or linear map in the lower layer that has one filter a neuron. The
    same number for every input, and for every upper neuron.

    Raises:
        NotApplicableError: when the layer has none.
    """
    layer = named_layers(request.network.model)[request.segment.lower]
    filters = [one for one in layer.parameters() if one.ndim > 1 and len(one) == request.width]
    if not filters:
        raise NotApplicableError(
            f"{request.segment.lower!r} has no weight with a row for each of its "
            f"{request.width} neurons."
        )
    norm: Tensor = torch.linalg.vector_norm(filters[-1].detach().flatten(1), dim=1)
    return norm.expand(len(request), -1)


def neuron_mct(request: AttributionRequest) -> Tensor:
    """Marginal contribution by a first-order Taylor step, as NeuronMCT has it.

    |activation × gradient| of every place of a channel, which is a unit of its own there, then the
    mean over the places.

    Source: Khakzar et al., *Neural response interpretation through the lens of critical
    pathways*, CVPR 2021.
    """

    def work(part: AttributionRequest) -> Tensor:
        return part.by_neuron((part.lower * part.gradient(part.lower)).abs())

    return in_parts(request, work)


def random(request: AttributionRequest) -> Tensor:
    """Uniform numbers in [0, 1), the same for every input."""
    generator = torch.Generator().manual_seed(request.seed * 1_000_003 + request.neuron)
    return torch.rand(request.width, generator=generator).expand(len(request), -1)


def _correlation(lower: Tensor, upper: Tensor) -> Tensor:
    """(C',) of (B, C') with (B,)."""
    left, right = lower - lower.mean(0), upper - upper.mean()
    product = (left * right[:, None]).sum(0)
    size = left.norm(dim=0) * right.norm()
    return torch.where(size > 0, product / size.clamp(min=1e-300), 0.0)
