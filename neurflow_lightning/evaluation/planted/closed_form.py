"""T0: networks whose integrated gradients are known in closed form.

1. *Linear*: what a neuron adds to the response, which is also what it gets.
2. *ReLU without bias*, ``Σ_j v_j relu(w_j·x)``: the units that are on stay on along the whole way
   from 0, so that ``T_s = x_s Σ_j v_j w_js [w_j·x > 0]``.
3. *ReLU with bias*, ``Σ_j v_j relu(w_j·x + b_j)``: a unit is on along a part ``p_j`` of the way
   that follows from where it crosses 0, so that ``T_s = x_s Σ_j v_j w_js p_j``. Quadrature has to
   find these places. With 16 nodes, the default, each is off by up to a sixteenth of the way, and
   the weights ``v_j`` of both signs leave a small response: the gap is 2 %, and says so. With 64
   nodes it is below the line. A method that takes no notice of the request's nodes gives the same
   in both. The gap is that of the function that the method integrates.

All in float64. None of it uses gradients.
"""

from __future__ import annotations

import math
from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from functools import partial

import torch
from torch import Tensor, nn

from neurflow_lightning.core.attribution import AttributionMethod, request_attribution
from neurflow_lightning.evaluation.planted.applying import gap_share, opened
from neurflow_lightning.evaluation.planted.cases import Case, Tier
from neurflow_lightning.evaluation.planted.results import Line, Measured

EXACT = Line(1e-6, at_least=False)
SMALL_GAP = Line(0.01, at_least=False)

WIDTH, HIDDEN, UPPER, INPUTS = 24, 64, 5, 32
SIDE = 6
NODES = 16

Truth = Callable[[nn.Sequential, Tensor, int], Tensor]


def linear(generator: torch.Generator) -> tuple[nn.Sequential, Tensor]:
    """A convolution of 3 × 3 with bias, and its inputs."""
    high = nn.Conv2d(WIDTH, UPPER, 3, padding=1)
    return _drawn(nn.Identity(), high, (WIDTH, SIDE, SIDE), generator)


def rectified(generator: torch.Generator, *, bias: bool) -> tuple[nn.Sequential, Tensor]:
    """A layer of ReLUs and a linear one, and its inputs."""
    high = nn.Sequential(
        nn.Linear(WIDTH, HIDDEN, bias=bias), nn.ReLU(), nn.Linear(HIDDEN, UPPER, bias=False)
    )
    return _drawn(nn.Identity(), high, (WIDTH,), generator)


def linear_truth(model: nn.Sequential, inputs: Tensor, neuron: int) -> Tensor:
    """(B, C') by superposition: the response to each channel alone, less that to nothing."""
    high = model[1]
    nothing = high(torch.zeros_like(inputs)).mean((2, 3))[:, neuron]
    alone = []
    for channel in range(WIDTH):
        only = torch.zeros_like(inputs)
        only[:, channel] = inputs[:, channel]
        alone.append(high(only).mean((2, 3))[:, neuron] - nothing)
    return torch.stack(alone, 1) / SIDE**2


def rectified_truth(model: nn.Sequential, inputs: Tensor, neuron: int) -> Tensor:
    """(B, C') by the part of the way along which each unit is on."""
    weights = dict(model.named_parameters())
    first, last = weights["high.0.weight"], weights["high.2.weight"]
    bias = weights.get("high.0.bias", torch.zeros(HIDDEN).to(inputs))
    toward = inputs @ first.T
    crossing = (-bias / toward).clamp(0, 1)
    ends_on, begins_on = toward + bias > 0, (bias > 0).expand_as(toward)
    part = torch.where(ends_on, 1 - crossing * ~begins_on, crossing * begins_on)
    return inputs * ((part * last[neuron]) @ first)


def _drawn(
    low: nn.Module, high: nn.Module, shape: tuple[int, ...], generator: torch.Generator
) -> tuple[nn.Sequential, Tensor]:
    model = nn.Sequential(OrderedDict(low=low, high=high)).double().eval()
    with torch.no_grad():
        for one in model.parameters():
            one.copy_(torch.randn(one.shape, generator=generator, dtype=torch.float64) / 4)
    return model, torch.randn(INPUTS, *shape, generator=generator, dtype=torch.float64)


def _case(
    case: str,
    make: Callable[[torch.Generator], tuple[nn.Sequential, Tensor]],
    truth: Truth,
    error: Line | None,
    nodes: int,
    why_missed: str,
    method: AttributionMethod,
    seeds: Sequence[int],
) -> Iterator[Measured]:
    errors, gaps = [], []
    for seed in seeds:
        model, inputs = make(torch.Generator().manual_seed(seed))
        with opened(model, ("low", "high"), inputs) as network:
            segment = network.segment("low", "high")
            requests = [
                request_attribution(network, segment, neuron, inputs, nodes=nodes)
                for neuron in range(UPPER)
            ]
            attributions = [method(request).detach() for request in requests]
            gaps.append(gap_share(method, requests, attributions))
            errors += [
                _error(values, truth(model, inputs, neuron))
                for neuron, values in enumerate(attributions)
            ]
    yield Measured("T0", case, "error, relative", max(errors), error)
    yield Measured(
        "T0",
        case,
        "completeness gap",
        max(gaps),
        SMALL_GAP,
        why_missed=why_missed,
        shown_by="completeness gap" if why_missed else "",
        alarm=max(gaps) if why_missed else math.nan,
    )


def _error(values: Tensor, truth: Tensor) -> float:
    return float((values.double() - truth).abs().max() / truth.abs().max())


def _named(
    case: str,
    make: Callable[[torch.Generator], tuple[nn.Sequential, Tensor]],
    truth: Truth,
    error: Line | None,
    *,
    nodes: int = NODES,
    why_missed: str = "",
) -> Case:
    return Case(case, partial(_case, case, make, truth, error, nodes, why_missed))


_BIASED = partial(rectified, bias=True)
TIER = Tier(
    "T0",
    "integrated gradients in closed form",
    (
        _named("linear", linear, linear_truth, EXACT),
        _named("ReLU without bias", partial(rectified, bias=False), rectified_truth, EXACT),
        _named("ReLU with bias, 64 nodes", _BIASED, rectified_truth, None, nodes=64),
        _named(
            "ReLU with bias, 16 nodes",
            _BIASED,
            rectified_truth,
            None,
            why_missed="16 nodes find where a ReLU turns to a sixteenth of the way",
        ),
    ),
    seeds=(10, 2),
)
