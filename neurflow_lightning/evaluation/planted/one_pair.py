"""T1: one layer pair in which 8 of 64 neurons drive the target.

The lower layer's 64 neurons, in an order that is drawn anew each time:

======== ==== ============================================================================
drivers     8 feed the target by a filter of 3 × 3, three in four of them positively
decoys     16 near-copies of drivers (correlation above .95), twice as loud, of weight 0
silent      8 with a driver's weight that never fire
leaks      32 others, which feed the target by about ``ρ`` of a driver's weight, of either sign
======== ==== ============================================================================

Weights of drivers and leaks vary by a quarter, and how loud a neuron is by three tenths: at ρ = ¼
the strongest leak stays below the weakest driver, at ½ it need not.

Near-copies are there for whatever takes company for work, silent neurons for whatever looks at
weights alone: without silent neurons a plain gradient would reach AUPRC 1.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
import torch
from torch import Tensor, nn

from neurflow_lightning.core.attribution import AttributionMethod, scores
from neurflow_lightning.evaluation.planted.applying import concept_request, opened
from neurflow_lightning.evaluation.planted.cases import Case, Tier
from neurflow_lightning.evaluation.planted.results import Line, Measured
from neurflow_lightning.evaluation.planted.scoring import average_precision, recall_at

WIDTH, DRIVERS, DECOYS, SILENT = 64, 8, 16, 8
INPUTS, TOP_K, SIDE = 150, 50, 6
LEAKS = (0.0, 0.1, 0.25, 0.5)


@dataclass(frozen=True, eq=False)
class Pair:
    """A network with one planted layer pair.

    Attributes:
        model: with the layers ``low``, which copies its input, and ``high``, one neuron.
        inputs: (N, 64, 6, 6).
        drivers: those of ``low`` that drive it.
    """

    model: nn.Module
    inputs: Tensor
    drivers: frozenset[int]


def make_pair(leak: float, seed: int) -> Pair:
    """A pair in which other neurons have ``leak`` of a driver's weight."""
    generator = torch.Generator().manual_seed(seed)
    driving = _fields((INPUTS, DRIVERS, SIDE, SIDE), generator)
    originals = driving[:, torch.arange(DECOYS) % DRIVERS]
    decoys = 2 * originals + 0.2 * _fields(originals.shape, generator)
    silent = torch.zeros(INPUTS, SILENT, SIDE, SIDE)
    leaking = WIDTH - DRIVERS - DECOYS - SILENT
    others = _fields((INPUTS, leaking, SIDE, SIDE), generator)
    sizes = _around_one(DRIVERS + leaking, 0.25, generator)
    weights = torch.cat(
        [
            sizes[:DRIVERS] * _signs(DRIVERS),
            torch.zeros(DECOYS),
            torch.ones(SILENT),
            leak * sizes[DRIVERS:] * _signs(leaking),
        ]
    )
    shape = 0.5 + torch.rand(WIDTH, 3, 3, generator=generator)
    kernel = weights[:, None, None] * shape / shape.sum((1, 2), keepdim=True)
    order = torch.randperm(WIDTH, generator=generator)
    inputs = torch.cat([driving, decoys, silent, others], 1)[:, order]
    drivers = torch.isin(order, torch.arange(DRIVERS)).nonzero()[:, 0]
    return Pair(_network(kernel[order]), inputs, frozenset(drivers.tolist()))


def _fields(shape: Sequence[int], generator: torch.Generator) -> Tensor:
    """Positive maps of a strength that changes from neuron to neuron, input to input."""
    loud = _around_one(shape[1], 0.3, generator)[:, None, None]
    strength = torch.rand(*shape[:2], 1, 1, generator=generator) * 1.5 + 0.25
    return loud * strength * torch.rand(*shape, generator=generator)


def _around_one(count: int, spread: float, generator: torch.Generator) -> Tensor:
    return 1 + spread * (2 * torch.rand(count, generator=generator) - 1)


def _signs(count: int) -> Tensor:
    """Three in four are 1, the others −1."""
    return 1 - 2.0 * (torch.arange(count) % 4 == 3)


def _network(kernel: Tensor) -> nn.Module:
    low = nn.Conv2d(WIDTH, WIDTH, 1, bias=False)
    convolution = nn.Conv2d(WIDTH, 1, 3, padding=1)
    convolution.load_state_dict({"weight": kernel[None], "bias": torch.tensor([-0.25])})
    with torch.no_grad():
        low.weight.copy_(torch.eye(WIDTH)[:, :, None, None])
    return nn.Sequential(OrderedDict(low=low, high=nn.Sequential(convolution, nn.ReLU())))


def _leaking(leak: float, method: AttributionMethod, seeds: Sequence[int]) -> Iterator[Measured]:
    found, pairs = [], [make_pair(leak, seed) for seed in seeds]
    for pair in pairs:
        with opened(pair.model, ("low", "high"), pair.inputs) as network:
            request = concept_request(network, "low", "high", 0, pair.inputs, TOP_K)
            found.append(scores(method(request)))
    case = _name(leak)
    for size in (DRIVERS, 2 * DRIVERS):
        recalls = [
            recall_at(one, pair.drivers, size) for one, pair in zip(found, pairs, strict=True)
        ]
        wanted = size == (DRIVERS if leak <= 0.25 else 2 * DRIVERS)
        line = Line(0.95) if wanted else None
        yield Measured("T1", case, f"recall@{size}", float(np.mean(recalls)), line)
    areas = [average_precision(one, pair.drivers) for one, pair in zip(found, pairs, strict=True)]
    line = Line(0.98) if leak <= 0.25 else None
    yield Measured("T1", case, "AUPRC", float(np.mean(areas)), line)


def _name(leak: float) -> str:
    return f"leak {leak:g}"


TIER = Tier(
    "T1",
    "one layer pair: 8 of 64 neurons drive the target, among decoys",
    tuple(Case(_name(leak), partial(_leaking, leak)) for leak in LEAKS),
    seeds=(20, 3),
)
