"""T6: changes of a network that leave its function as it was, or nearly.

Circuits of the trained network of T4 are found again after each, and the edge drift from the first
is compared with its null: what other images would have changed (``estimation_null``, 99 %).

1. *Batch size*: patches run through the network a few at a time.
2. *dtype*: the network in float64, and in bfloat16.
3. *Rescaling*: each ReLU's channel by a factor between ½ and 2, and what it feeds by the inverse.
4. *Permutation* of the channels of all hidden layers: neurons keep no names. By their names the
   circuits are strangers; groups matched by their responses must find each other again.

A drift over its null is a miss: ≤ 1 is the line, for the largest of all layer pairs. Of groups
matched by responses there is no null of their own; they are held to that of neurons, at the same
place. As a control, a network trained from another seed must exceed it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from copy import deepcopy
from dataclasses import replace
from itertools import pairwise

import torch
from torch import Tensor, nn

from neurflow_lightning.config import NeurFlowConfig
from neurflow_lightning.core.attribution import AttributionMethod
from neurflow_lightning.core.probes import ProbeSet
from neurflow_lightning.evaluation.planted import factors
from neurflow_lightning.evaluation.planted.applying import ALL, circuits_by
from neurflow_lightning.evaluation.planted.cases import Case, Tier
from neurflow_lightning.evaluation.planted.results import Line, Measured
from neurflow_lightning.evolution.comparing import measure_drift
from neurflow_lightning.evolution.drift import Matching
from neurflow_lightning.evolution.noise import estimation_null, quantile
from neurflow_lightning.types import Snapshot

RATIO = "edge drift ÷ its null"
BY_RESPONSES = f"{RATIO}, by responses"
STRANGER = "known for a stranger by name"
WITHIN = Line(1.0, at_least=False)
EXCEEDED = Line(1.0)

NEGLIGIBLE = 0.01
"""Edge drift that is none, whatever the null: a method with one number for all inputs has a null
of 0."""

LAYERS = factors.LAYERS
CONFIG = NeurFlowConfig(
    granularities=ALL,
    images_per_target=factors.PROBES,
    tau=8,
    top_k=40,
    max_neurons_per_layer=12,
    resamples=0,
)

Change = Callable[[nn.Sequential, int], nn.Sequential]


def same(model: nn.Sequential, seed: int) -> nn.Sequential:
    """The network as it was."""
    return model


def retrained(model: nn.Sequential, seed: int) -> nn.Sequential:
    """Another network, trained from another seed to do the same."""
    return factors.trained(seed + 1)[0]


def in_double(model: nn.Sequential, seed: int) -> nn.Sequential:
    """In float64."""
    return deepcopy(model).double()


def in_bfloat16(model: nn.Sequential, seed: int) -> nn.Sequential:
    """In bfloat16: weights, activations and gradients."""
    return deepcopy(model).bfloat16()


def rescaled(model: nn.Sequential, seed: int) -> nn.Sequential:
    """Each hidden channel times a factor between ½ and 2, its outgoing weights by the inverse."""
    changed, generator = deepcopy(model), torch.Generator().manual_seed(seed)
    with torch.no_grad():
        for incoming, outgoing in _hidden(changed):
            factor = 2 ** (2 * torch.rand(len(incoming[0]), generator=generator) - 1)
            for one in incoming:
                one.mul_(factor.reshape(-1, *[1] * (one.ndim - 1)))
            outgoing.div_(factor.reshape(-1, *[1] * (outgoing.ndim - 2)))
    return changed


def permuted(model: nn.Sequential, seed: int) -> nn.Sequential:
    """The channels of every hidden layer in another order."""
    changed, generator = deepcopy(model), torch.Generator().manual_seed(seed)
    with torch.no_grad():
        for incoming, outgoing in _hidden(changed):
            order = torch.randperm(len(incoming[0]), generator=generator)
            for one in (*incoming, outgoing.transpose(0, 1)):
                one.copy_(one[order])
    return changed


def _hidden(model: nn.Sequential) -> Iterator[tuple[list[Tensor], Tensor]]:
    """For every hidden layer the weights and the bias that make it, and the weights it feeds."""
    weighted = [one for one in model.modules() if isinstance(one, nn.Conv2d | nn.Linear)]
    for lower, upper in pairwise(weighted):
        yield list(lower.parameters()), upper.weight


def _snapshot(
    method: AttributionMethod, change: Change, seed: int, batch_size: int | None = None
) -> Snapshot:
    model, probes, _ = factors.trained(seed)
    config = replace(CONFIG, batch_size=batch_size)
    return circuits_by(method, change(model, seed), ProbeSet(probes), LAYERS, [0], config)


def _ratio(before: Snapshot, after: Snapshot, matching: Matching) -> float:
    """The largest edge drift, as a multiple of its null."""
    null = estimation_null(before)
    found = measure_drift(before, after, matching=matching).all_drifts()
    return max(
        one.value / max(quantile(null.values[target.target, "edge_drift", one.layer]), NEGLIGIBLE)
        for target, one in found
        if one.measure == "edge_drift"
    )


def _measured(method: AttributionMethod, seeds: Sequence[int]) -> Iterator[Measured]:
    rows = [dict(_one_network(method, seed)) for seed in seeds]
    for case, measure in rows[0]:
        values = [row[case, measure] for row in rows]
        if case == CONTROL:
            yield Measured("T6", case, measure, min(values), EXCEEDED)
        elif measure == STRANGER:
            yield Measured("T6", case, measure, min(values), Line(1.0))
        else:
            yield Measured("T6", case, measure, max(values), WITHIN)


def _one_network(method: AttributionMethod, seed: int) -> Iterator[tuple[tuple[str, str], float]]:
    before = _snapshot(method, same, seed)
    for case, change, batch_size in CHANGES:
        after = _snapshot(method, change, seed, batch_size)
        yield (case, RATIO), _ratio(before, after, "neurons")
    after = _snapshot(method, permuted, seed)
    yield ("permutation", BY_RESPONSES), _ratio(before, after, "responses")
    is_stranger = measure_drift(before, after).matching == "responses"
    yield ("permutation", STRANGER), float(is_stranger)
    other = _snapshot(method, retrained, seed)
    yield (CONTROL, RATIO), _ratio(before, other, "neurons")
    yield (CONTROL, BY_RESPONSES), _ratio(before, other, "responses")


CONTROL = "control: another network"
CHANGES: tuple[tuple[str, Change, int | None], ...] = (
    ("batch size", same, 7),
    ("float64", in_double, None),
    ("bfloat16", in_bfloat16, None),
    ("rescaling", rescaled, None),
)
TIER = Tier(
    "T6",
    "changes that leave the function as it was",
    (Case("all", _measured),),
    seeds=(2, 1),
)
