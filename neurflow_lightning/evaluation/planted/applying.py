"""An attribution method applied to one layer pair, or to a whole network."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import torch
from torch import Tensor, nn

from neurflow_lightning.config import NeurFlowConfig
from neurflow_lightning.core.attribution import (
    AttributionMethod,
    AttributionRequest,
    completeness_gap,
    request_attribution,
)
from neurflow_lightning.core.choosing import AutomaticAttribution
from neurflow_lightning.core.pipeline import analyze
from neurflow_lightning.core.probes import ProbeSet
from neurflow_lightning.core.segments import Network, open_network
from neurflow_lightning.core.study import analysis_mode
from neurflow_lightning.types import Snapshot

ALL = (1.0,)
"""Granularities: an image is its own only patch."""


@contextmanager
def opened(model: nn.Module, layers: Sequence[str], inputs: Tensor) -> Iterator[Network]:
    """A network in evaluation mode, open at ``layers``."""
    with analysis_mode(model):
        yield open_network(model, layers, inputs[:3])


def concept_request(
    network: Network, lower: str, upper: str, neuron: int, inputs: Tensor, top_k: int
) -> AttributionRequest:
    """A request about the neuron's concept: the ``top_k`` inputs on which it is most active."""
    segment = network.segment(lower, upper)
    active = network.responses(inputs)[upper][:, neuron]
    rows = active.sort(descending=True, stable=True).indices[:top_k]
    return request_attribution(network, segment, neuron, inputs[rows])


def gap_share(
    method: AttributionMethod,
    requests: Sequence[AttributionRequest],
    attributions: Sequence[Tensor],
) -> float:
    """Σ|gap| / Σ|change| over all neurons and inputs: the share that the quadrature misses."""
    gap = 0.0
    for request, values in zip(requests, attributions, strict=True):
        chosen = method.choose(request) if isinstance(method, AutomaticAttribution) else method
        gap += float(completeness_gap(chosen, request, values).abs().sum())
    return gap / sum(float(request.response_change().abs().sum()) for request in requests)


def knockout_effect(request: AttributionRequest, neurons: Sequence[int]) -> Tensor:
    """(B,) what the response loses when lower neurons are set to 0."""
    return request.without([]) - request.without(neurons)


def single_effects(request: AttributionRequest) -> Tensor:
    """(C',) exact ablation: the mean effect of each lower neuron's knockout alone."""
    return torch.stack(
        [knockout_effect(request, [neuron]).mean() for neuron in range(request.width)]
    )


def circuits_by(
    method: AttributionMethod,
    model: nn.Module,
    probes: ProbeSet,
    layers: Sequence[str],
    targets: Sequence[int],
    config: NeurFlowConfig,
) -> Snapshot:
    """The circuits of ``analyze`` with a method's attributions."""
    return analyze(model, probes, layers=layers, targets=targets, config=config, attribution=method)


def exact_knockout(request: AttributionRequest) -> Tensor:
    """(B, C') what each neuron's knockout alone does: ablation itself, as a method.

    The reference that no method of scoring single neurons can be asked to beat, at the price of a
    run of the segment for each neuron. Divided by the positions, as attributions are.
    """
    effects = [knockout_effect(request, [neuron]) for neuron in range(request.width)]
    return torch.stack(effects, 1) / request.positions
