"""What the operations of a network's graph do to neurons, and along a straight path.

Three questions are put to each operation:

1. *Which neurons of its inputs does it need* for given neurons of its output? A convolution needs
   the kernels of those neurons and all of its input, a pool the same neurons, a softmax everything.
2. *Is it affine* in those of its inputs that move along the path of integrated gradients?
3. *Is it positively homogeneous*, ``f(αx) = α f(x)`` for α > 0? Then its gradient is the same all
   along a path from zero. A ReLU and a max pool are.

What is not listed here needs everything and is neither: always right, never fast.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import torch
from torch import fx
from torch.nn import functional

from neurflow_lightning.core import neuronwise
from neurflow_lightning.types import IntArray


@dataclass(frozen=True, eq=False)
class Neurons:
    """Some neurons of a value.

    Attributes:
        axis: the value's axis that holds the neurons, at least 1; of a constant, at least 0.
        indices: (m,) their indices.
    """

    axis: int
    indices: IntArray


Demand = Neurons | None
"""What is needed of a value: some neurons, or everything."""

OnPath = Callable[[fx.Node], bool]


class Inputs(Protocol):
    """The inputs of one operation in a graph that holds just what is needed."""

    def __call__(self, entry: Any) -> Any:
        """The input, or what is needed of it."""


def shape(node: fx.Node) -> torch.Size | None:
    """Shape of the node's value on a batch of two; ``None`` where it is no tensor."""
    found: torch.Size | None = node.meta.get("shape")
    return found


def has_rows(node: fx.Node) -> bool:
    """Whether its value is a tensor with one row for each patch."""
    return "rows" in node.meta


def is_size(node: fx.Node) -> bool:
    """Whether its value is a number or a shape, and holds no tensor."""
    return "plain" in node.meta


def is_constant(node: Any) -> bool:
    """Whether the node stands for a parameter, a buffer or a table."""
    return isinstance(node, fx.Node) and "constant" in node.meta


class Operation:
    """One that needs everything, and is neither affine nor homogeneous."""

    is_homogeneous = False
    """Whether it is positively homogeneous in its first input, with no other tensor."""

    def is_affine(self, node: fx.Node, on_path: OnPath) -> bool:
        """Whether it is affine in the inputs that are on the path, the others held fixed."""
        return False

    def needs(self, node: fx.Node, asked: Neurons) -> Mapping[fx.Node, Demand] | None:
        """What it needs of each input; ``None`` where it must be run as a whole."""
        return None

    def emit(self, graph: fx.Graph, node: fx.Node, asked: Neurons, inputs: Inputs) -> Any:
        """The operation on just what is needed."""
        return graph.node_copy(node, inputs)


class _Same(Operation):
    """One input, whose neurons stay where they are: activations, pools, dropout."""

    def __init__(self, affine: bool, spatial: int = 0, homogeneous: bool = False) -> None:
        self.affine, self.spatial, self.is_homogeneous = affine, spatial, homogeneous

    def is_affine(self, node: fx.Node, on_path: OnPath) -> bool:
        return self.affine

    def needs(self, node: fx.Node, asked: Neurons) -> Mapping[fx.Node, Demand] | None:
        others = [entry for entry in node.all_input_nodes if entry is not node.args[0]]
        if others:
            return None
        if self.spatial and (asked.axis != 1 or len(_shape(node)) != 2 + self.spatial):
            return None  # without a batch axis, channels would be pooled
        return {_node(node.args[0]): asked}


class _Pairwise(Operation):
    """Arithmetic with broadcasting."""

    def __init__(self, affine: Callable[[list[bool]], bool]) -> None:
        self.affine = affine

    def is_affine(self, node: fx.Node, on_path: OnPath) -> bool:
        moving = [isinstance(one, fx.Node) and on_path(one) for one in node.args]
        return len(moving) == 2 and not node.kwargs and self.affine(moving)

    def needs(self, node: fx.Node, asked: Neurons) -> Mapping[fx.Node, Demand] | None:
        entries = [one for one in node.args if isinstance(one, fx.Node)]
        if node.kwargs or len(node.args) != 2 or len(set(entries)) < len(entries):
            return None
        whole = _shape(node)
        found: dict[fx.Node, Demand] = {}
        for entry in entries:
            own = shape(entry)
            if own is None or not (is_constant(entry) or _rows_meet(entry, node)):
                return None
            axis = asked.axis - (len(whole) - len(own))
            if axis < 0 or own[axis] != whole[asked.axis]:
                found[entry] = None
            elif is_constant(entry) and len(own) == len(whole) and own[0] != 1:
                return None
            else:
                found[entry] = Neurons(axis, asked.indices)
        return found

    def emit(self, graph: fx.Graph, node: fx.Node, asked: Neurons, inputs: Inputs) -> Any:
        needs = self.needs(node, asked) or {}
        values = next(inputs(entry) for entry in needs if not is_constant(entry))

        def laid_out(entry: fx.Node) -> Any:
            if is_constant(entry) and needs[entry] is not None:
                own = (inputs(entry), values, asked.axis)
                return graph.call_function(neuronwise.beside, own)
            return inputs(entry)

        return graph.node_copy(node, laid_out)


class _Convolution(Operation):
    def is_affine(self, node: fx.Node, on_path: OnPath) -> bool:
        return not any(on_path(entry) for entry in node.all_input_nodes if entry != node.args[0])

    def needs(self, node: fx.Node, asked: Neurons) -> Mapping[fx.Node, Demand] | None:
        values, weight, bias, *_, groups = node.args
        if asked.axis != 1 or not _has_constants(node):
            return None
        inner = Neurons(1, _of_groups(asked.indices, _shape(_node(weight)), groups))
        return {
            _node(values): None if groups == 1 else inner,
            _node(weight): Neurons(0, asked.indices),
            **({} if bias is None else {_node(bias): Neurons(0, asked.indices)}),
        }

    def emit(self, graph: fx.Graph, node: fx.Node, asked: Neurons, inputs: Inputs) -> Any:
        *tensors, stride, padding, dilation, groups = node.args
        own = 1 if groups == 1 else len(asked.indices)
        given = (inputs(entry) for entry in tensors)
        return graph.call_function(neuronwise.convolution, (*given, stride, padding, dilation, own))


class _Linear(Operation):
    def is_affine(self, node: fx.Node, on_path: OnPath) -> bool:
        return not any(on_path(entry) for entry in node.all_input_nodes if entry != node.args[0])

    def needs(self, node: fx.Node, asked: Neurons) -> Mapping[fx.Node, Demand] | None:
        values, weight, bias = node.args
        if asked.axis != len(_shape(node)) - 1 or not _has_constants(node):
            return None
        rows = Neurons(0, asked.indices)
        return {
            _node(values): None,
            _node(weight): rows,
            **({} if bias is None else {_node(bias): rows}),
        }

    def emit(self, graph: fx.Graph, node: fx.Node, asked: Neurons, inputs: Inputs) -> Any:
        return graph.call_function(neuronwise.linear, tuple(inputs(entry) for entry in node.args))


class _BatchNorm(Operation):
    def is_affine(self, node: fx.Node, on_path: OnPath) -> bool:
        return True

    def needs(self, node: fx.Node, asked: Neurons) -> Mapping[fx.Node, Demand] | None:
        if asked.axis != 1 or not _has_constants(node):
            return None
        values, *constants = _nodes(node)
        return {values: asked, **{one: Neurons(0, asked.indices) for one in constants}}

    def emit(self, graph: fx.Graph, node: fx.Node, asked: Neurons, inputs: Inputs) -> Any:
        values, mean, variance, weight, bias, *_, eps = node.args
        given = (inputs(entry) for entry in (values, mean, variance, weight, bias))
        return graph.call_function(neuronwise.normalised, (*given, eps))


class _Concatenation(Operation):
    def is_affine(self, node: fx.Node, on_path: OnPath) -> bool:
        return True

    def needs(self, node: fx.Node, asked: Neurons) -> Mapping[fx.Node, Demand] | None:
        parts, axis = _concatenated(node)
        if axis == 0 or isinstance(parts, fx.Node) or len(set(parts)) < len(parts):
            return None
        if axis != asked.axis:
            return dict.fromkeys(parts, asked)
        ends = np.cumsum([_shape(part)[axis] for part in parts])
        place = np.searchsorted(ends, asked.indices, side="right")
        if np.any(np.diff(place) < 0):
            return None
        starts = np.concatenate([[0], ends])
        return {
            parts[one]: Neurons(axis, asked.indices[place == one] - starts[one])
            for one in np.unique(place)
        }

    def emit(self, graph: fx.Graph, node: fx.Node, asked: Neurons, inputs: Inputs) -> Any:
        parts, axis = _concatenated(node)
        needed = self.needs(node, asked) or {}
        given = [inputs(part) for part in parts if part in needed]
        return given[0] if len(given) == 1 else graph.call_function(torch.cat, (given, axis))


class _Reshape(Operation):
    """Reshaping that leaves the neurons' axis alone."""

    is_homogeneous = True

    def is_affine(self, node: fx.Node, on_path: OnPath) -> bool:
        return not any(on_path(entry) for entry in node.all_input_nodes if entry != node.args[0])

    def needs(self, node: fx.Node, asked: Neurons) -> Mapping[fx.Node, Demand] | None:
        before, after = shape(_node(node.args[0])), _shape(node)
        if before is None or not _rows_meet(_node(node.args[0]), node) or len(before) < 2:
            return None
        if asked.axis == 1 and before[1] == after[1]:
            return {_node(node.args[0]): Neurons(1, asked.indices)}
        if asked.axis == len(after) - 1 and before[-1] == after[-1]:
            return {_node(node.args[0]): Neurons(len(before) - 1, asked.indices)}
        return None

    def emit(self, graph: fx.Graph, node: fx.Node, asked: Neurons, inputs: Inputs) -> Any:
        given, after = inputs(node.args[0]), tuple(_shape(node))
        if asked.axis == 1 and _shape(_node(node.args[0]))[1] == after[1]:
            return graph.call_function(neuronwise.reshaped_after, (given, after[2:]))
        return graph.call_function(neuronwise.reshaped_between, (given, after[1:-1]))


class _Affine(Operation):
    """Affine in its first input, with whatever neurons."""

    def is_affine(self, node: fx.Node, on_path: OnPath) -> bool:
        return not any(on_path(entry) for entry in node.all_input_nodes if entry != node.args[0])


class _Unflatten(_Affine):
    """One axis made into several; of the last one made into two the first may hold neurons."""

    def needs(self, node: fx.Node, asked: Neurons) -> Mapping[fx.Node, Demand] | None:
        entry = _node(node.args[0])
        before, after = shape(entry), _shape(node)
        if before is None or not _rows_meet(entry, node) or len(after) != len(before) + 1:
            return None
        if after[:-2] != before[:-1] or asked.axis != len(after) - 2:
            return None
        each = after[-1]
        channels: IntArray = asked.indices[:, None] * each + np.arange(each)
        return {entry: Neurons(len(before) - 1, channels.ravel())}

    def emit(self, graph: fx.Graph, node: fx.Node, asked: Neurons, inputs: Inputs) -> Any:
        sizes = (-1, _shape(node)[-1])
        return graph.call_function(torch.unflatten, (inputs(node.args[0]), -1, sizes))


class _Permutation(Operation):
    """Axes in another order."""

    is_homogeneous = True

    def __init__(self, order: Callable[[fx.Node, int], Sequence[int] | None]) -> None:
        self.order = order

    def is_affine(self, node: fx.Node, on_path: OnPath) -> bool:
        return True

    def needs(self, node: fx.Node, asked: Neurons) -> Mapping[fx.Node, Demand] | None:
        axes = len(_shape(node))
        order = self.order(node, axes)
        if order is None or order[0] % axes != 0:
            return None
        return {_node(node.args[0]): Neurons(order[asked.axis] % axes, asked.indices)}


class _Mean(Operation):
    """A mean over axes that hold no neurons."""

    def is_affine(self, node: fx.Node, on_path: OnPath) -> bool:
        return True

    def needs(self, node: fx.Node, asked: Neurons) -> Mapping[fx.Node, Demand] | None:
        over, keep = _argument(node, 1, "dim"), _argument(node, 2, "keepdim", False)
        before = shape(_node(node.args[0]))
        if over is None or before is None or (set(node.kwargs) - {"dim", "keepdim"}):
            return None
        gone = {axis % len(before) for axis in ([over] if isinstance(over, int) else over)}
        if 0 in gone:
            return None
        left = [axis for axis in range(len(before)) if keep or axis not in gone]
        axis = left[asked.axis]
        return None if axis in gone else {_node(node.args[0]): Neurons(axis, asked.indices)}


def _permuted(node: fx.Node, axes: int) -> Sequence[int] | None:
    order: Any = node.args[1:] if len(node.args) > 2 else _argument(node, 1, "dims")
    whole = isinstance(order, list | tuple) and all(isinstance(axis, int) for axis in order)
    return order if whole and len(order) == axes else None


def _transposed(node: fx.Node, axes: int) -> Sequence[int] | None:
    swapped: tuple[Any, ...] = (*node.args[1:], *node.kwargs.values())
    if len(swapped) != 2 or not all(isinstance(axis, int) for axis in swapped):
        return None
    one, other = (axis % axes for axis in swapped)
    order = list(range(axes))
    order[one], order[other] = other, one
    return order


def _concatenated(node: fx.Node) -> tuple[Sequence[Any], int]:
    parts = _argument(node, 0, "tensors")
    axis = _argument(node, 1, "dim", 0)
    return parts, axis % len(_shape(node))


def _of_groups(rows: IntArray, weight: Sequence[int], groups: Any) -> IntArray:
    """(m · C',) input channels of the groups that the output channels ``rows`` belong to."""
    group = rows // (weight[0] // groups)
    inputs: IntArray = group[:, None] * weight[1] + np.arange(weight[1])
    return inputs.ravel()


def _argument(node: fx.Node, place: int, name: str, default: Any = None) -> Any:
    return node.args[place] if len(node.args) > place else node.kwargs.get(name, default)


def _node(argument: Any) -> fx.Node:
    assert isinstance(argument, fx.Node)
    return argument


def _nodes(node: fx.Node) -> list[fx.Node]:
    return [one for one in node.args if isinstance(one, fx.Node)]


def _has_constants(node: fx.Node) -> bool:
    """Whether all that enters it beside its first argument are weights as they are stored."""
    return all(is_constant(one) for one in _nodes(node)[1:])


def _rows_meet(entry: fx.Node, node: fx.Node) -> bool:
    """Whether both have their patches on axis 0: what is computed from constants has none."""
    return has_rows(entry) and has_rows(node)


def _shape(node: fx.Node) -> torch.Size:
    found = shape(node)
    assert found is not None
    return found


# --- the table ------------------------------------------------------------------------------

_ACTIVATIONS = (
    torch.sigmoid,
    torch.tanh,
    "sigmoid",
    "tanh",
    functional.relu6,
    functional.gelu,
    functional.silu,
    functional.mish,
    functional.elu,
    functional.celu,
    functional.selu,
    functional.hardswish,
    functional.hardsigmoid,
    functional.hardtanh,
    functional.softplus,
    functional.softsign,
    functional.logsigmoid,
    functional.sigmoid,
    functional.tanh,
)
_MAX_POOLS = {functional.max_pool1d: 1, functional.max_pool2d: 2, functional.max_pool3d: 3}
_MEAN_POOLS = {
    functional.avg_pool1d: 1,
    functional.avg_pool2d: 2,
    functional.avg_pool3d: 3,
    functional.adaptive_avg_pool1d: 1,
    functional.adaptive_avg_pool2d: 2,
    functional.adaptive_avg_pool3d: 3,
}
RELUS = (functional.relu, torch.relu, "relu")
CONVOLUTIONS = (functional.conv1d, functional.conv2d, functional.conv3d)

_RULES: dict[Any, Operation] = {
    **dict.fromkeys(_ACTIVATIONS, _Same(affine=False)),
    **dict.fromkeys((*RELUS, functional.leaky_relu), _Same(affine=False, homogeneous=True)),
    **{
        pool: _Same(affine=False, spatial=axes, homogeneous=True)
        for pool, axes in _MAX_POOLS.items()
    },
    **{pool: _Same(affine=True, spatial=axes) for pool, axes in _MEAN_POOLS.items()},
    **dict.fromkeys(("contiguous", operator.neg, torch.neg), _Same(affine=True)),
    **dict.fromkeys((operator.add, torch.add, "add"), _Pairwise(any)),
    **dict.fromkeys((operator.sub, torch.sub, "sub"), _Pairwise(any)),
    **dict.fromkeys((operator.mul, torch.mul, "mul"), _Pairwise(lambda moving: sum(moving) == 1)),
    **dict.fromkeys(
        (operator.truediv, torch.div, "div"), _Pairwise(lambda moving: moving == [True, False])
    ),
    **dict.fromkeys(CONVOLUTIONS, _Convolution()),
    functional.linear: _Linear(),
    functional.batch_norm: _BatchNorm(),
    **dict.fromkeys((torch.cat, torch.concat), _Concatenation()),
    **dict.fromkeys((torch.flatten, torch.reshape, "flatten", "view", "reshape"), _Reshape()),
    **dict.fromkeys((torch.unflatten, "unflatten"), _Unflatten()),
    **dict.fromkeys((torch.permute, "permute"), _Permutation(_permuted)),
    **dict.fromkeys((torch.transpose, "transpose"), _Permutation(_transposed)),
    **dict.fromkeys((torch.mean, "mean"), _Mean()),
    **dict.fromkeys(
        (
            *(operator.getitem, torch.chunk, "chunk", torch.unbind, "unbind", torch.split, "split"),
            *(torch.select, "select", torch.roll, "roll"),
            *(torch.unsqueeze, "unsqueeze", torch.squeeze, "squeeze", "expand", "expand_as"),
            *(torch.movedim, "movedim", torch.narrow, "narrow"),
        ),
        _Affine(),
    ),
}


_OPAQUE = Operation()


def operation(node: fx.Node) -> Operation:
    """What is known of the node's operation."""
    return _OPAQUE if "opaque" in node.meta else _RULES.get(node.target, _OPAQUE)


def is_known(node: fx.Node) -> bool:
    """Whether anything is known of the node's operation."""
    return operation(node) is not _OPAQUE
