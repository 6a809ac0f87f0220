"""Layer-wise relevance propagation by zennit, on a segment.

Bach et al. 2015; the composite is *epsilon-plus* (Montavon et al. 2019): the ε rule for linear
maps, z⁺ for convolutions, relevance handed on unchanged through activations and batch norms, and
shared out by value at sums. The relevance of the lower layer is its attribution.

zennit knows rules for modules. In a traced segment each sum becomes a module of its own, so that
skip connections are not counted twice; a segment with modules or functions that have no rule, or
that is replayed, has none.
"""

from __future__ import annotations

import operator
from copy import deepcopy
from typing import Any

import torch
from torch import Tensor, fx, nn
from torch.nn import functional
from zennit.composites import EpsilonPlus
from zennit.layer import Sum
from zennit.types import Activation, AvgPool, BatchNorm, Convolution, Linear

from neurflow_lightning.core.attribution import AttributionRequest, NotApplicableError, in_parts
from neurflow_lightning.core.layers import response
from neurflow_lightning.core.segments import TracedSegment

_RULED = (Activation, AvgPool, BatchNorm, Convolution, Linear)
_HANDED_ON = (
    *(nn.Identity, nn.Flatten, nn.Dropout, nn.Dropout2d),
    *(nn.MaxPool1d, nn.MaxPool2d, nn.MaxPool3d),
)
"""Modules through which relevance goes as a gradient does."""

_SUMS = (operator.add, operator.iadd, torch.add, "add", "add_")
_ACTIVATIONS: dict[Any, type[nn.Module]] = {
    functional.relu: nn.ReLU,
    torch.relu: nn.ReLU,
    "relu": nn.ReLU,
    "relu_": nn.ReLU,
    functional.gelu: nn.GELU,
    functional.silu: nn.SiLU,
}
_SHAPES = (
    *(torch.flatten, torch.reshape, torch.permute, torch.transpose, torch.cat, operator.getitem),
    *("flatten", "reshape", "view", "permute", "transpose", "contiguous", "clone", "size"),
)
"""Functions that only move values."""

_MEANS = (functional.adaptive_avg_pool2d, functional.avg_pool2d, torch.mean, "mean")


class _Added(nn.Module):
    """A sum of two values that relevance is shared out at."""

    def __init__(self) -> None:
        super().__init__()
        self.sum = Sum(dim=-1)

    def forward(self, first: Tensor, second: Tensor) -> Tensor:
        """The sum."""
        whole = torch.zeros_like(first + second)  # larger than one of them, if that is broadcast
        total: Tensor = self.sum(torch.stack([first + whole, second + whole], -1))
        return total


def lrp(request: AttributionRequest) -> Tensor:
    """Relevance of the lower layer for the upper neuron's response.

    Raises:
        NotApplicableError: for a segment that is replayed, or uses something without a rule.
    """
    segment = request.segment
    if not isinstance(segment, TracedSegment):
        raise NotApplicableError(f"the segment is replayed: {segment.reason}")
    body = _with_modules(segment.graph)
    axis = request.network.channel_axes[segment.upper]

    def relevance(part: AttributionRequest) -> Tensor:
        leaf = part.lower.detach().clone().requires_grad_()
        with torch.enable_grad(), EpsilonPlus().context(body) as module:
            own = response(module(leaf, *part.context), axis)[:, part.neuron]
            (found,) = torch.autograd.grad(own, leaf, own.detach())
        return part.by_neuron(found)

    return in_parts(request, relevance)


def _with_modules(graph: fx.GraphModule) -> fx.GraphModule:
    """The graph with a module of its own for every sum and activation.

    Raises:
        NotApplicableError: names what has no rule.
    """
    own = fx.GraphModule(graph, deepcopy(graph.graph))
    for number, node in enumerate(list(own.graph.nodes)):
        if node.op == "call_module":
            _check_module(own.get_submodule(str(node.target)))
        elif node.op in ("call_function", "call_method"):
            module = _module_for(node)
            if module is None:
                _check_function(node)
                continue
            name = f"with_rule_{number}"
            own.add_submodule(name, module)
            with own.graph.inserting_before(node):
                inputs = tuple(one for one in node.args if isinstance(one, fx.Node))
                replacement = own.graph.call_module(name, inputs)
            node.replace_all_uses_with(replacement)
            own.graph.erase_node(node)
    own.recompile()
    return own


def _module_for(node: fx.Node) -> nn.Module | None:
    values = [one for one in node.args if isinstance(one, fx.Node)]
    if node.target in _SUMS and len(values) == 2:
        return _Added()
    kind = _ACTIVATIONS.get(node.target)
    return None if kind is None else kind()


def _check_module(module: nn.Module) -> None:
    if not isinstance(module, (*_RULED, *_HANDED_ON)):
        raise NotApplicableError(f"zennit has no rule for {type(module).__name__}")


def _check_function(node: fx.Node) -> None:
    if node.target not in (*_SHAPES, *_MEANS, getattr):
        name = node.target if isinstance(node.target, str) else node.target.__name__
        raise NotApplicableError(f"zennit has no rule for the function {name!r}")
