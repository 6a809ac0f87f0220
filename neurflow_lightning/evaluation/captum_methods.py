"""Captum's attribution methods, asked about a segment.

A segment with one upper neuron is a module, :class:`SegmentModule`: lower activations → the
neuron's response. What the methods below are by definition is left as it is, so that gradients
(saliency, guided backpropagation, SmoothGrad, internal influence) are in another unit than
attributions (gradient × activation, GradientSHAP, DeepLift, conductance).

Guided backpropagation and DeepLift change how single ReLU *modules* are gone back through. In a
traced segment each call of a ReLU becomes a module of its own, so that functional, shared and
in-place ones are seen too; other non-linear operations keep their gradient. A segment without
ReLU has nothing for them to change, and one that is replayed shows them no modules: they say so.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from typing import Any

import numpy as np
import torch
from captum import attr
from torch import Tensor, fx, nn
from torch.nn import functional

from neurflow_lightning.core.attribution import AttributionRequest, NotApplicableError, in_parts
from neurflow_lightning.core.segments import TracedSegment, response

SMOOTHING = 0.15
"""Standard deviation of SmoothGrad's noise, as a share of the activations' range (Smilkov 2017)."""

SAMPLES = 8
"""Noisy copies of SmoothGrad; random places of GradientSHAP."""

STEPS = 16
"""Of the integrals of conductance and internal influence."""

_RELUS = {functional.relu, functional.relu_, torch.relu, torch.relu_, "relu", "relu_"}


class SegmentModule(nn.Module):
    """A segment and one upper neuron as a module: lower activations, context → (B,) responses.

    Attributes:
        entry: an identity that the lower activations pass: the layer, for methods that want one.
        body: the segment's graph with ReLUs of its own; ``None`` where it is replayed.
    """

    def __init__(self, request: AttributionRequest) -> None:
        super().__init__()
        self.entry = nn.Identity()
        segment = request.segment
        self.body = _with_own_relus(segment.graph) if isinstance(segment, TracedSegment) else None
        self._question = request

    def forward(self, lower: Tensor, *context: Tensor) -> Tensor:
        """(B,) responses of the upper neuron."""
        request = self._question
        run = self.body or (lambda *all_: request.segment.run(all_[0], all_[1:]))
        upper = run(self.entry(lower), *context)
        axis = request.network.channel_axes[request.segment.upper]
        return response(upper, axis)[:, request.neuron]

    def relus(self) -> int:
        """How many calls of ReLU there are in it."""
        return sum(isinstance(one, nn.ReLU) for one in self.modules()) if self.body else 0


def saliency(request: AttributionRequest) -> Tensor:
    """|gradient| (Simonyan et al. 2013)."""
    return _attributed(request, lambda module, part: _of(attr.Saliency(module), part))


def gradient_activation(request: AttributionRequest) -> Tensor:
    """Gradient × activation (Shrikumar et al. 2016)."""
    return _attributed(request, lambda module, part: _of(attr.InputXGradient(module), part))


def guided_backprop(request: AttributionRequest) -> Tensor:
    """Gradient without what ReLUs hand back below zero (Springenberg et al. 2014).

    Raises:
        NotApplicableError: for a segment that has no ReLU or is replayed.
    """
    _check_relus(request)
    return _attributed(request, lambda module, part: _of(attr.GuidedBackprop(module), part))


def smooth_grad(request: AttributionRequest) -> Tensor:
    """Mean |gradient| around the activations (Smilkov et al. 2017)."""

    def work(module: SegmentModule, part: AttributionRequest) -> Tensor:
        spread = SMOOTHING * float(part.lower.max() - part.lower.min())
        method = attr.NoiseTunnel(attr.Saliency(module))
        return _of(method, part, nt_samples=SAMPLES, nt_samples_batch_size=1, stdevs=spread)

    return _attributed(request, work)


def gradient_shap(request: AttributionRequest) -> Tensor:
    """Expected gradient × activation on the way from zero (Lundberg and Lee 2017)."""

    def work(module: SegmentModule, part: AttributionRequest) -> Tensor:
        method, baseline = attr.GradientShap(module), torch.zeros_like(part.lower[:1])
        drawn = [_of(method, part, baselines=baseline, n_samples=1) for _ in range(SAMPLES)]
        return torch.stack(drawn).mean(0)

    return _attributed(request, work)


def deep_lift(request: AttributionRequest) -> Tensor:
    """DeepLift's rescale rule, from zero (Shrikumar et al. 2017).

    Raises:
        NotApplicableError: for a segment that has no ReLU or is replayed.
    """
    _check_relus(request)

    def work(module: SegmentModule, part: AttributionRequest) -> Tensor:
        return _of(attr.DeepLift(module), part, baselines=torch.zeros_like(part.lower))

    return _attributed(request, work)


def internal_influence(request: AttributionRequest) -> Tensor:
    """Mean gradient on the way from zero (Leino et al. 2018)."""

    def work(module: SegmentModule, part: AttributionRequest) -> Tensor:
        return _of(attr.InternalInfluence(module, module.entry), part, n_steps=STEPS)

    return _attributed(request, work)


def conductance(request: AttributionRequest) -> Tensor:
    """Conductance of the lower layer (Dhamdhere et al. 2018) when the way begins at that layer.

    Then it is integrated gradients in Captum's own steps: a check on ours.
    """

    def work(module: SegmentModule, part: AttributionRequest) -> Tensor:
        return _of(attr.LayerConductance(module, module.entry), part, n_steps=STEPS)

    return _attributed(request, work)


# --- how they are run --------------------------------------------------------------------


def _attributed(
    request: AttributionRequest, work: Callable[[SegmentModule, AttributionRequest], Tensor]
) -> Tensor:
    module = SegmentModule(request).eval()
    with _random_state_kept(request.seed), torch.enable_grad(), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Captum tells of each hook that it sets
        return in_parts(request, lambda part: part.by_neuron(work(module, part).detach()))


def _of(method: Any, part: AttributionRequest, **settings: Any) -> Tensor:
    leaf = part.lower.detach().clone().requires_grad_()
    found = method.attribute(leaf, additional_forward_args=part.context or None, **settings)
    attribution: Tensor = found[0] if isinstance(found, tuple) else found
    return attribution


def _check_relus(request: AttributionRequest) -> None:
    if not isinstance(request.segment, TracedSegment):
        raise NotApplicableError(f"the segment is replayed: {request.segment.reason}")
    if not SegmentModule(request).relus():
        raise NotApplicableError("there is no ReLU between the two layers")


def _with_own_relus(graph: fx.GraphModule) -> fx.GraphModule:
    """The graph with a ReLU module for every call of one; everything else is shared."""
    own = fx.GraphModule(graph, deepcopy(graph.graph))
    for number, node in enumerate(list(own.graph.nodes)):
        called = own.get_submodule(str(node.target)) if node.op == "call_module" else None
        is_module = type(called) is nn.ReLU
        is_function = node.op in ("call_function", "call_method") and node.target in _RELUS
        if is_module or is_function:
            name = f"own_relu_{number}"
            own.add_submodule(name, nn.ReLU())
            with own.graph.inserting_before(node):
                replacement = own.graph.call_module(name, node.args[:1] or (node.kwargs["input"],))
            node.replace_all_uses_with(replacement)
            own.graph.erase_node(node)
    own.graph.lint()
    own.recompile()
    return own


@contextmanager
def _random_state_kept(seed: int) -> Iterator[None]:
    """What is drawn inside follows from ``seed``, and nobody outside sees that it was."""
    kept = np.random.get_state()  # Captum draws from it
    try:
        with torch.random.fork_rng():
            torch.manual_seed(seed)
            np.random.seed(seed)
            yield
    finally:
        np.random.set_state(kept)
