"""Operations without their arithmetic: only what their gradient needs.

The gradient of an affine function does not depend on where it is taken. To pull a cotangent back
through one, its forward pass is needed for the shapes alone, and that pass costs nothing here:
values are a single zero, expanded. Under autocast the gradient is computed in its type. Where an
operation that is not affine follows, its true input is put in the zeros' place
(:func:`stand_in`).
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Sequence
from typing import Any

import torch
from torch import Tensor, fx
from torch.autograd import Function
from torch.autograd.function import once_differentiable
from torch.nn import functional


def without_arithmetic(graph: fx.Graph) -> fx.Graph:
    """A copy of the graph in which the costly affine operations only give their shape."""
    copy = fx.Graph()
    copies: dict[fx.Node, fx.Node] = {}
    for node in graph.nodes:
        function = None if "opaque" in node.meta else _WITHOUT.get(node.target)
        if function is None:
            copies[node] = copy.node_copy(node, copies.__getitem__)
        else:
            tail = tuple(node.meta["shape"][1:])
            args = fx.map_arg(node.args, copies.__getitem__)
            copies[node] = copy.call_function(function, (tail, *args))
    return copy


def multiply_adds(node: fx.Node) -> int:
    """For each patch, where the operation is one that a network's time is spent on; else 0."""
    if "opaque" in node.meta or "shape" not in node.meta:
        return 0
    numbers = math.prod(node.meta["shape"]) // 2  # shapes are those of two patches
    if node.target in _COSTLY:
        (weight,) = _shapes(node.args[1:2])
        return int(math.prod(weight[1:]) * numbers)
    if node.target in _PRODUCTS:
        first, *_ = _shapes(node.args[:1])
        return int(first[-1] * numbers)
    if node.target is functional.scaled_dot_product_attention:
        query, key = _shapes(node.args[:2])
        return int(2 * key[-2] * math.prod(query) // 2)
    return 0


def _shapes(arguments: Sequence[Any]) -> list[torch.Size]:
    return [one.meta["shape"] for one in arguments]


def stand_in(values: Tensor, true: Tensor) -> Tensor:
    """``true``, with ``values`` to receive the gradient."""
    out: Tensor = _StandIn.apply(values, true)
    return out


class _StandIn(Function):
    @staticmethod
    def forward(ctx: Any, values: Tensor, true: Tensor) -> Tensor:
        ctx.dtype = values.dtype
        return true.view_as(true)

    @staticmethod
    @once_differentiable
    def backward(ctx: Any, gradient: Tensor) -> Any:
        return gradient.to(ctx.dtype), None


def nothing(rows: int, tail: tuple[int, ...], like: Tensor) -> Tensor:
    """(rows, *tail) zeros that take no memory."""
    return like.new_zeros(()).expand(rows, *tail)


def _convolution(tail: tuple[int, ...], values: Tensor, weight: Tensor, *rest: Any) -> Tensor:
    _, stride, padding, dilation, groups = rest
    return _apply(_Convolution, tail, values, weight, stride, padding, dilation, groups)


def _linear(tail: tuple[int, ...], values: Tensor, weight: Tensor, *_: Any) -> Tensor:
    return _apply(_Linear, tail, values, weight)


def _batch_norm(tail: tuple[int, ...], values: Tensor, *rest: Any) -> Tensor:
    _, variance, weight, *_, eps = rest
    scale = (variance + eps).rsqrt()
    scale = scale if weight is None else scale * weight
    return _apply(_Scale, tail, values, scale)


def _apply(function: type[Function], tail: tuple[int, ...], *args: Any) -> Tensor:
    values = args[0]
    kind = values.device.type
    narrow = torch.get_autocast_dtype(kind) if torch.is_autocast_enabled(kind) else None
    out: Tensor = function.apply(tail, narrow, *args)
    return out


class _Without(Function):
    """Gives zeros of the right shape; keeps the constant for the gradient."""

    @staticmethod
    def forward(ctx: Any, tail: Any, narrow: Any, values: Any, constant: Any, *numbers: Any) -> Any:
        ctx.save_for_backward(constant)
        ctx.shape, ctx.narrow, ctx.numbers = values.shape, narrow, numbers
        return nothing(len(values), tail, values)

    @staticmethod
    def given(ctx: Any, gradient: Tensor) -> tuple[Tensor, Tensor]:
        """Gradient and constant, in the type to compute in."""
        (constant,) = ctx.saved_tensors
        kind = ctx.narrow or gradient.dtype
        return gradient.to(kind), constant.to(kind)

    @staticmethod
    def result(ctx: Any, found: Tensor, dtype: torch.dtype) -> tuple[Any, ...]:
        return (None, None, found.to(dtype), *(None for _ in range(1 + len(ctx.numbers))))


class _Convolution(_Without):
    @staticmethod
    @once_differentiable
    def backward(ctx: Any, gradient: Tensor) -> Any:
        given, weight = _Without.given(ctx, gradient)
        stride, padding, dilation, groups = ctx.numbers
        axes = weight.ndim - 2
        # Never read: it tells the shape, and by its layout which kernel to take.
        shape = given.new_empty((), device=given.device).expand(ctx.shape)
        if axes == 2 and given.is_contiguous(memory_format=torch.channels_last):
            shape = torch.empty(
                ctx.shape,
                dtype=given.dtype,
                device=given.device,
                memory_format=torch.channels_last,
            )
        found, *_ = torch.ops.aten.convolution_backward(
            given,
            shape,
            weight,
            None,
            _several(stride, axes),
            _several(padding, axes),
            _several(dilation, axes),
            False,
            [0] * axes,
            groups,
            [True, False, False],
        )
        return _Without.result(ctx, found, gradient.dtype)


class _Linear(_Without):
    @staticmethod
    @once_differentiable
    def backward(ctx: Any, gradient: Tensor) -> Any:
        given, weight = _Without.given(ctx, gradient)
        return _Without.result(ctx, given @ weight, gradient.dtype)


class _Scale(_Without):
    @staticmethod
    @once_differentiable
    def backward(ctx: Any, gradient: Tensor) -> Any:
        (scale,) = ctx.saved_tensors
        axes = (1, -1, *(1 for _ in range(gradient.ndim - 2)))
        return _Without.result(ctx, gradient * scale.view(axes), gradient.dtype)


def _several(number: Any, axes: int) -> list[int]:
    return [number] * axes if isinstance(number, int) else list(number)


_WITHOUT: dict[Any, Callable[..., Tensor]] = {
    functional.conv1d: _convolution,
    functional.conv2d: _convolution,
    functional.conv3d: _convolution,
    functional.linear: _linear,
    functional.batch_norm: _batch_norm,
}
_COSTLY = frozenset(_WITHOUT) - {functional.batch_norm}
_PRODUCTS = frozenset({torch.matmul, torch.bmm, operator.matmul, "matmul", "bmm"})
