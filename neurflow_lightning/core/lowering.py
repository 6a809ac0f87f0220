"""A segment's graph as pure functions of tensors.

1. A module of PyTorch's own becomes the function it calls; its parameters and buffers become
   *constants*, inputs of the graph that are read from the model at each use, so that the graph
   follows the model's weights.
2. Operations that write in place become those that do not; what reads the written value later
   reads the result.
3. Modules that are not known stay as they are.

The functions are called with all arguments in their places, so that
:mod:`~neurflow_lightning.core.operations` can read them.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, fx, nn
from torch.nn import functional
from torchvision.ops import stochastic_depth

from neurflow_lightning.core.tracing import UntraceableError


@dataclass(frozen=True, eq=False)
class Lowered:
    """A segment as pure functions.

    Attributes:
        root: the module that the names of opaque modules start from.
        graph: its nodes carry ``meta["shape"]`` on a batch of two, where they are tensors;
            ``meta["rows"]`` where those have one row for each of the batch; ``meta["plain"]`` where
            they hold no tensor.
        lower: the lower layer's activations.
        context: what enters beside them, row by row.
        constants: node → attribute of ``root``, dotted.
        upper: the upper layer's activations.
    """

    root: nn.Module
    graph: fx.Graph
    lower: fx.Node
    context: tuple[fx.Node, ...]
    constants: Mapping[fx.Node, str]
    upper: fx.Node

    def constant(self, node: fx.Node) -> Tensor:
        """The present value of a constant."""
        return self._attribute(node).detach()

    def is_parameter(self, node: fx.Node) -> bool:
        """Whether a constant is a parameter, and no buffer."""
        return isinstance(self._attribute(node), nn.Parameter)

    def _attribute(self, node: fx.Node) -> Tensor:
        value: Any = self.root
        for part in self.constants[node].split("."):
            value = getattr(value, part)
        return value  # type: ignore[no-any-return]


def lowered(segment: fx.GraphModule, root: nn.Module, example: tuple[Tensor, ...]) -> Lowered:
    """``segment`` as pure functions.

    Args:
        segment: (lower, *context) → upper.
        root: holds what the segment's graph names.
        example: lower and context of three rows.

    Raises:
        UntraceableError: where something is written in place in a way that is not understood.
    """
    lowering = _Lowering(segment, root)
    lowering.run()
    made = lowering.made
    record_shapes(made, example)
    return made


class _Lowering:
    """Copies a graph node by node; ``values`` maps its nodes to what stands for them."""

    def __init__(self, segment: fx.GraphModule, root: nn.Module) -> None:
        self.segment, self.root = segment, root
        self.graph = fx.Graph()
        self.values: dict[fx.Node, Any] = {}
        self.constants: dict[str, fx.Node] = {}

    def run(self) -> None:
        inputs = []
        for node in self.segment.graph.nodes:
            if node.op == "placeholder":
                self.values[node] = self.graph.placeholder(node.name)
                inputs.append(self.values[node])
            elif node.op == "output":
                upper = self._given(node.args[0])
                if upper in inputs:
                    raise UntraceableError("the upper layer only hands on what the lower one gives")
                self.graph.output(upper)
            else:
                self.values[node] = self._copied(node)
        # A placeholder must stand before what uses it: constants were met on the way.
        self.made = _with_constants_first(self.root, self.graph, inputs, self.constants, upper)

    def _given(self, argument: Any) -> Any:
        return fx.map_arg(argument, self.values.__getitem__)

    def _copied(self, node: fx.Node) -> Any:
        if node.op == "get_attr":
            return self.constant(str(node.target))
        if node.op == "call_module":
            return self._module(node)
        if node.op == "call_method":
            return self._method(node)
        return self._function(node)

    def constant(self, name: str) -> fx.Node:
        if name not in self.constants:
            self.constants[name] = self.graph.get_attr(name)
        return self.constants[name]

    def _module(self, node: fx.Node) -> Any:
        name, module = str(node.target), self.root.get_submodule(str(node.target))
        function = _FUNCTIONS.get(type(module)) if _is_plain(module) else None
        args = self._given(node.args)
        if isinstance(module, nn.MultiheadAttention) and _is_plain_attention(module, args, node):
            return _self_attention(self, name, module, args[0]), None
        if function is None or len(args) != 1 or node.kwargs:
            if getattr(module, "inplace", False):
                raise UntraceableError(f"{name!r} writes in place")
            # Whatever it writes into, nobody else reads it.
            copies = fx.map_arg(args, lambda one: self.graph.call_method("clone", (one,)))
            return self.graph.call_module(name, copies, self._given(node.kwargs))
        result = function(self, name, module, args[0])
        if getattr(module, "inplace", False):
            self._written(node.args[0], result)
        return result

    def _method(self, node: fx.Node) -> Any:
        target = str(node.target)
        args, kwargs = self._given(node.args), self._given(node.kwargs)
        if target == "clone":  # nothing writes any more
            return args[0]
        if target == "view" and not kwargs and not isinstance(args[1], torch.dtype):
            target = "reshape"  # values may lie in memory in another order
        if not target.endswith("_") or target.endswith("__"):
            return self.graph.call_method(target, args, kwargs)
        if not callable(getattr(Tensor, target[:-1], None)):
            raise UntraceableError(f"{target!r} writes in place")
        result = self.graph.call_method(target[:-1], args, kwargs)
        self._written(node.args[0], result)
        return result

    def _function(self, node: fx.Node) -> Any:
        target: Any = node.target
        args, kwargs = self._given(node.args), dict(self._given(node.kwargs))
        if "input" in kwargs and not args:  # PyTorch's functions name their first argument so
            args = (kwargs.pop("input"), *args)
        if target is operator.setitem:
            raise UntraceableError("it assigns to parts of a tensor")
        if target is operator.getitem and isinstance(args[0], tuple):
            return args[0][args[1]]
        pure, in_place = _IN_PLACE.get(target), kwargs.get("inplace")
        kwargs = {name: value for name, value in kwargs.items() if name != "inplace"}
        if pure is None and _writes(target):
            raise UntraceableError(f"{target.__name__!r} writes in place")
        if pure is not None or in_place:
            result = self.graph.call_function(pure or target, args, kwargs)
            self._written(node.args[0], result)
            return result
        if target in _FORMS:
            return self._canonical(target, args, kwargs)
        if _is_idle(target, args, kwargs):
            return args[0]
        return self.graph.call_function(target, args, kwargs)

    def _canonical(self, target: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> fx.Node:
        names = list(_FORMS[target])
        given = {**_FORMS[target], **dict(zip(names, args, strict=False)), **kwargs}
        node = self.graph.call_function(target, tuple(given[name] for name in names))
        if set(given) != set(names):
            raise UntraceableError(f"{target.__name__} is called in an unknown form")
        if given.get("training") or isinstance(given.get("padding"), str):
            node.meta["opaque"] = True
        return node

    def _written(self, place: Any, result: Any) -> None:
        """What was in ``place`` is now the result, for all that comes after."""
        if isinstance(place, fx.Node):
            self.values[place] = result


_Function = Callable[[_Lowering, str, Any, Any], Any]


def _convolution(function: Any) -> _Function:
    def emit(to: _Lowering, name: str, module: Any, values: Any) -> Any:
        if module.padding_mode != "zeros" or isinstance(module.padding, str):
            return to.graph.call_module(name, (values,))
        constants = _own(to, name, module, "weight", "bias")
        numbers = (module.stride, module.padding, module.dilation, module.groups)
        return to.graph.call_function(function, (values, *constants, *numbers))

    return emit


def _linear(to: _Lowering, name: str, module: Any, values: Any) -> Any:
    constants = _own(to, name, module, "weight", "bias")
    return to.graph.call_function(functional.linear, (values, *constants))


def _batch_norm(to: _Lowering, name: str, module: Any, values: Any) -> Any:
    if module.running_mean is None or module.training:
        return to.graph.call_module(name, (values,))
    constants = _own(to, name, module, "running_mean", "running_var", "weight", "bias")
    return to.graph.call_function(
        functional.batch_norm, (values, *constants, False, 0.0, module.eps)
    )


def _with_numbers(function: Any, *names: str) -> _Function:
    """A function whose keyword arguments are attributes of the module."""

    def emit(to: _Lowering, name: str, module: Any, values: Any) -> Any:
        if getattr(module, "return_indices", False):
            return to.graph.call_module(name, (values,))
        numbers = {one: getattr(module, one) for one in names}
        return to.graph.call_function(function, (values,), numbers)

    return emit


def _unchanged(to: _Lowering, name: str, module: Any, values: Any) -> Any:
    return to.graph.call_module(name, (values,)) if module.training else values


def _identity(to: _Lowering, name: str, module: Any, values: Any) -> Any:
    return values


def _flatten(to: _Lowering, name: str, module: Any, values: Any) -> Any:
    return to.graph.call_function(torch.flatten, (values, module.start_dim, module.end_dim))


def _layer_norm(to: _Lowering, name: str, module: Any, values: Any) -> Any:
    constants = _own(to, name, module, "weight", "bias")
    shape = tuple(module.normalized_shape)
    return to.graph.call_function(functional.layer_norm, (values, shape, *constants, module.eps))


def _rms_norm(to: _Lowering, name: str, module: Any, values: Any) -> Any:
    constants = _own(to, name, module, "weight")
    shape = tuple(module.normalized_shape)
    return to.graph.call_function(functional.rms_norm, (values, shape, *constants, module.eps))


def _group_norm(to: _Lowering, name: str, module: Any, values: Any) -> Any:
    constants = _own(to, name, module, "weight", "bias")
    numbers = (values, module.num_groups, *constants, module.eps)
    return to.graph.call_function(functional.group_norm, numbers)


def _is_plain_attention(
    module: nn.MultiheadAttention, args: tuple[Any, ...], node: fx.Node
) -> bool:
    """Whether it is self-attention without masks, whose weights nobody asks for."""
    with_others = ("key_padding_mask", "attn_mask", "is_causal")
    is_whole = module._qkv_same_embed_dim and module.bias_k is None and not module.add_zero_attn
    asks = all(user.target is operator.getitem and user.args[1] == 0 for user in node.users)
    is_self = len(args) == 3 and args[0] is args[1] is args[2]
    is_masked = any(node.kwargs.get(name) not in (None, False) for name in with_others)
    idle = module.dropout == 0 or not module.training
    return bool(
        _is_plain(module)
        and _is_plain(module.out_proj)
        and type(module) is nn.MultiheadAttention
        and (is_whole and module.batch_first and asks and is_self and idle and not is_masked)
    )


def _self_attention(to: _Lowering, name: str, module: nn.MultiheadAttention, values: Any) -> Any:
    """Self-attention of (B, T, C) as its parts: projections, heads, attention."""
    call, graph = to.graph.call_function, to.graph
    weight = to.constant(f"{name}.in_proj_weight")
    bias = None if module.in_proj_bias is None else to.constant(f"{name}.in_proj_bias")
    together = call(functional.linear, (values, weight, bias))
    parts = call(torch.chunk, (together, 3, -1))
    heads = (module.num_heads, module.head_dim)
    query, key, value = (
        call(torch.transpose, (call(torch.unflatten, (part, -1, heads)), 1, 2))
        for part in (call(operator.getitem, (parts, place)) for place in range(3))
    )
    mixed = call(functional.scaled_dot_product_attention, (query, key, value))
    tokens = graph.call_function(torch.flatten, (call(torch.transpose, (mixed, 1, 2)), 2))
    constants = _own(to, f"{name}.out_proj", module.out_proj, "weight", "bias")
    return call(functional.linear, (tokens, *constants))


def _own(to: _Lowering, name: str, module: nn.Module, *attributes: str) -> list[Any]:
    return [
        None if getattr(module, one) is None else to.constant(f"{name}.{one}") for one in attributes
    ]


_POOL = ("kernel_size", "stride", "padding")

_FUNCTIONS: dict[type[nn.Module], _Function] = {
    nn.Conv1d: _convolution(functional.conv1d),
    nn.Conv2d: _convolution(functional.conv2d),
    nn.Conv3d: _convolution(functional.conv3d),
    nn.Linear: _linear,
    nn.BatchNorm1d: _batch_norm,
    nn.BatchNorm2d: _batch_norm,
    nn.BatchNorm3d: _batch_norm,
    nn.LayerNorm: _layer_norm,
    nn.RMSNorm: _rms_norm,
    nn.GroupNorm: _group_norm,
    nn.ReLU: _with_numbers(functional.relu),
    nn.ReLU6: _with_numbers(functional.relu6),
    nn.GELU: _with_numbers(functional.gelu, "approximate"),
    nn.SiLU: _with_numbers(functional.silu),
    nn.Mish: _with_numbers(functional.mish),
    nn.ELU: _with_numbers(functional.elu, "alpha"),
    nn.CELU: _with_numbers(functional.celu, "alpha"),
    nn.SELU: _with_numbers(functional.selu),
    nn.LeakyReLU: _with_numbers(functional.leaky_relu, "negative_slope"),
    nn.Hardswish: _with_numbers(functional.hardswish),
    nn.Hardsigmoid: _with_numbers(functional.hardsigmoid),
    nn.Hardtanh: _with_numbers(functional.hardtanh, "min_val", "max_val"),
    nn.Softplus: _with_numbers(functional.softplus, "beta", "threshold"),
    nn.Sigmoid: _with_numbers(torch.sigmoid),
    nn.Tanh: _with_numbers(torch.tanh),
    nn.MaxPool1d: _with_numbers(functional.max_pool1d, *_POOL, "dilation", "ceil_mode"),
    nn.MaxPool2d: _with_numbers(functional.max_pool2d, *_POOL, "dilation", "ceil_mode"),
    nn.MaxPool3d: _with_numbers(functional.max_pool3d, *_POOL, "dilation", "ceil_mode"),
    nn.AvgPool1d: _with_numbers(functional.avg_pool1d, *_POOL, "ceil_mode", "count_include_pad"),
    nn.AvgPool2d: _with_numbers(
        functional.avg_pool2d, *_POOL, "ceil_mode", "count_include_pad", "divisor_override"
    ),
    nn.AvgPool3d: _with_numbers(
        functional.avg_pool3d, *_POOL, "ceil_mode", "count_include_pad", "divisor_override"
    ),
    nn.AdaptiveAvgPool1d: _with_numbers(functional.adaptive_avg_pool1d, "output_size"),
    nn.AdaptiveAvgPool2d: _with_numbers(functional.adaptive_avg_pool2d, "output_size"),
    nn.AdaptiveAvgPool3d: _with_numbers(functional.adaptive_avg_pool3d, "output_size"),
    nn.Flatten: _flatten,
    nn.Identity: _identity,
    nn.Dropout: _unchanged,
    nn.Dropout1d: _unchanged,
    nn.Dropout2d: _unchanged,
    nn.Dropout3d: _unchanged,
    nn.AlphaDropout: _unchanged,
}

_IN_PLACE: dict[Any, Any] = {
    operator.iadd: operator.add,
    operator.isub: operator.sub,
    operator.imul: operator.mul,
    operator.itruediv: operator.truediv,
    operator.ipow: operator.pow,
    torch.relu_: torch.relu,
    functional.relu_: functional.relu,
}

_LINEAR = {"input": None, "weight": None, "bias": None}
_CONVOLUTION = {**_LINEAR, "stride": 1, "padding": 0, "dilation": 1, "groups": 1}
_FORMS: dict[Any, dict[str, Any]] = {
    functional.conv1d: _CONVOLUTION,
    functional.conv2d: _CONVOLUTION,
    functional.conv3d: _CONVOLUTION,
    functional.linear: _LINEAR,
    functional.batch_norm: {
        "input": None,
        "running_mean": None,
        "running_var": None,
        "weight": None,
        "bias": None,
        "training": False,
        "momentum": 0.1,
        "eps": 1e-5,
    },
}


def _is_idle(target: Any, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> bool:
    """Whether it is a function that drops values, outside of training."""
    place = _TRAINING.get(target)
    if place is None:
        return False
    return not (args[place] if len(args) > place else kwargs.get("training", True))


# Functions that drop values, and the place of their argument ``training``.
_TRAINING: dict[Any, int] = {
    functional.dropout: 2,
    functional.dropout1d: 2,
    functional.dropout2d: 2,
    functional.dropout3d: 2,
    functional.alpha_dropout: 2,
    stochastic_depth: 3,
}


def _writes(target: Any) -> bool:
    """Whether a function's name says that it writes into its first argument: ``leaky_relu_``."""
    name, module = getattr(target, "__name__", ""), getattr(target, "__module__", "")
    return name.endswith("_") and not name.endswith("__") and module != operator.add.__module__


def _is_plain(module: nn.Module) -> bool:
    """Whether a call of the module is its forward and nothing else."""
    hooked = (module._forward_hooks, module._forward_pre_hooks, module._backward_hooks)
    changed = hasattr(module, "parametrizations") or "forward" in vars(module)
    return not any(hooked) and not changed


def _with_constants_first(
    root: nn.Module,
    graph: fx.Graph,
    inputs: list[fx.Node],
    constants: Mapping[str, fx.Node],
    upper: fx.Node,
) -> Lowered:
    """The graph with constants as inputs, after its own ones."""
    made = fx.Graph()
    copies: dict[fx.Node, fx.Node] = {node: made.placeholder(node.name) for node in inputs}
    names = {}
    for name, node in constants.items():
        copies[node] = made.placeholder(node.name)
        copies[node].meta["constant"] = True
        names[copies[node]] = name
    for node in graph.nodes:
        if node not in copies and node.op != "output":
            copies[node] = made.node_copy(node, copies.__getitem__)
    made.output(copies[upper])
    lower, *context = (copies[node] for node in inputs)
    return Lowered(root, made, lower, tuple(context), names, copies[upper])


class _Values(fx.Interpreter):
    """Notes every value."""

    def __init__(self, made: Lowered) -> None:
        super().__init__(made.root, graph=made.graph)
        self.found: dict[fx.Node, Any] = {}

    def run_node(self, n: fx.Node) -> Any:
        self.found[n] = super().run_node(n)
        return self.found[n]


def record_shapes(made: Lowered, example: tuple[Tensor, ...]) -> None:
    """On two batch sizes: a first axis of two may be anything."""
    constants = [made.constant(node) for node in made.constants]
    many = len(example[0])
    two, more = _Values(made), _Values(made)
    with torch.no_grad():
        two.run(*(one[:2] for one in example), *constants)
        more.run(*example, *constants)
    for node, value in two.found.items():
        if isinstance(value, Tensor):
            node.meta["shape"] = value.shape
            if value.shape[:1] == (2,) and more.found[node].shape == (many, *value.shape[1:]):
                node.meta["rows"] = True
        elif not _holds_tensors(value):
            node.meta["plain"] = True


def _holds_tensors(value: Any) -> bool:
    if isinstance(value, list | tuple):
        return any(map(_holds_tensors, value))
    return isinstance(value, Tensor) or not isinstance(value, _PLAIN)


_PLAIN = (int, float, bool, str, torch.dtype, torch.device, type(None))
