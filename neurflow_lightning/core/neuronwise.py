"""Operations whose constants differ from neuron to neuron.

A batch asks for several neurons of one layer at once. Its rows are ordered neuron by neuron: k
patches for the first one, k for the second, and so on. The constants of an operation (a
convolution's kernels, a norm's scale) are those of the m channels that each neuron asks for.

Axes: T neurons; k patches of each; m channels asked for, of C.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import torch
from torch import Tensor
from torch.autograd import Function
from torch.autograd.function import once_differentiable
from torch.nn import functional

Number = tuple[int, ...] | int
"""A convolution's stride, padding or dilation."""

_MOST_POSITIONS = 256
"""Of a map whose kernel's taps are added up by a matrix: it has their square, for each tap."""

_CONVOLUTIONS = {1: functional.conv1d, 2: functional.conv2d, 3: functional.conv3d}


def gathered(values: Tensor, axis: int, indices: Tensor) -> Tensor:
    """(T·k, ..., m, ...) the channels ``indices`` (T, m) of (T·k, ..., C, ...) on ``axis``.

    >>> gathered(torch.arange(6.0).view(2, 3), 1, torch.tensor([[2], [0]])).tolist()
    [[2.0], [3.0]]
    """
    if len(indices) == 1:
        return values.index_select(axis, indices[0])
    shape = [1] * values.ndim
    shape[0], shape[axis] = len(values), indices.shape[1]
    index = _rows(indices, len(values)).view(shape)
    return values.take_along_dim(index, axis)


def sliced(constant: Tensor, axis: int, indices: Tensor) -> Tensor:
    """(T, m, ...) the slices ``indices`` (T, m) of a constant, its ``axis`` coming first."""
    return constant.movedim(axis, 0)[indices]


def beside(constant: Tensor, values: Tensor, axis: int) -> Tensor:
    """A sliced constant (T, m, ...) laid out for arithmetic with (T·k, ..., m on ``axis``, ...).

    The constant's remaining axes are the last ones of ``values`` without ``axis``.
    """
    missing = values.ndim - constant.ndim
    if missing < 0:  # it has a batch axis of its own, of size 1
        constant, missing = constant.squeeze(2), 0
    rest = constant[(slice(None), slice(None), *(None for _ in range(missing)))]
    return _rows(rest.movedim(1, axis), len(values))


def normalised(
    values: Tensor,
    mean: Tensor,
    variance: Tensor,
    weight: Tensor | None,
    bias: Tensor | None,
    eps: float,
) -> Tensor:
    """Batch norm with running statistics of (T·k, m, ...); every constant is (T, m)."""
    scale = (variance + eps).rsqrt()
    scale = scale if weight is None else scale * weight
    shift = -mean * scale if bias is None else bias - mean * scale
    return values * beside(scale, values, 1) + beside(shift, values, 1)


def linear(
    values: Tensor, weight: Tensor, bias: Tensor | None, product: type[Function] | None = None
) -> Tensor:
    """(T·k, ..., m) of (T·k, ..., C); ``weight`` is (T, m, C), ``bias`` (T, m)."""
    neurons, asked, channels = weight.shape
    flat = values.reshape(neurons, -1, channels)
    out = torch.bmm(flat, weight.mT) if product is None else product.apply(flat, weight).mT
    out = out if bias is None else out + bias[:, None]
    return out.view(*values.shape[:-1], asked)


def convolution(
    values: Tensor,
    weight: Tensor,
    bias: Tensor | None,
    stride: Sequence[int] | int,
    padding: Sequence[int] | int,
    dilation: Sequence[int] | int,
    groups: int,
    product: type[Function] | None = None,
) -> Tensor:
    """(T·k, m, ...) of (T·k, C, ...).

    Args:
        values: all channels, or with groups those of each asked-for channel's group, m · C'.
        weight: (T, m, C', *kernel).
        bias: (T, m).
        stride, padding, dilation: of the convolution.
        groups: 1, or m.
        product: of positions and constants; :class:`_NoProduct` where only gradients are wanted.
    """
    convolve = _CONVOLUTIONS[weight.ndim - 3]
    neurons, asked, channels, *kernel = weight.shape
    if neurons == 1 and asked > 1 and product is None:
        own = None if bias is None else bias[0]
        return convolve(values, weight[0], own, stride, padding, dilation, groups)
    if groups > 1:
        return _grouped(values, weight, bias, stride, padding, dilation)
    # A matrix product for every tap of the kernel; then each is moved to where it is added.
    taps = math.prod(kernel)
    matrix = weight.flatten(3).mT.reshape(neurons, asked * taps, channels)
    positions = values.movedim(1, -1)
    products = (product or _Product).apply(positions.reshape(neurons, -1, channels), matrix)
    size = tuple(positions.shape[1:-1])
    rows = products.unflatten(2, (-1, *size)).transpose(1, 2).flatten(0, 1)
    move = _Mover(tuple(kernel), _fixed(stride), _fixed(padding), _fixed(dilation))
    out = move.whole(rows, asked, size) if move.is_small(size, channels) else move(rows, asked)
    return out if bias is None else out + beside(bias, out, 1)


def _fixed(number: Sequence[int] | int) -> Number:
    return number if isinstance(number, int) else tuple(number)


@dataclass(frozen=True)
class _Mover:
    """Adds up the products of a kernel's taps, (B, m · taps, ...) → (B, m, ...).

    It is a convolution of ones and zeros. On small maps the same as a matrix is faster.
    """

    kernel: tuple[int, ...]
    stride: Number
    padding: Number
    dilation: Number

    def __call__(self, rows: Tensor, asked: int) -> Tensor:
        ones = _ones(self.kernel, rows.dtype, rows.device)
        return self._convolved(rows, ones.expand(asked, *ones.shape[1:]), asked)

    def is_small(self, size: tuple[int, ...], channels: int) -> bool:
        """Whether the matrix is small, and costs no more than the products of all channels."""
        return math.prod(size) <= min(channels, _MOST_POSITIONS)

    def whole(self, rows: Tensor, asked: int, size: tuple[int, ...]) -> Tensor:
        """The same by one product of matrices."""
        matrix, after = _moving_matrix(self, size, rows.dtype, rows.device)
        return (rows.reshape(len(rows), asked, -1) @ matrix).view(len(rows), asked, *after)

    def matrix(
        self, size: tuple[int, ...], dtype: torch.dtype, device: torch.device
    ) -> tuple[Tensor, tuple[int, ...]]:
        """(taps · positions, positions after), and the size of the map after."""
        positions, taps = math.prod(size), math.prod(self.kernel)
        each = torch.eye(positions, dtype=dtype, device=device).view(-1, 1, *size)
        ones = _ones(self.kernel, dtype, device).transpose(0, 1)
        moved = self._convolved(each, ones, 1)  # (positions, taps, *after)
        return moved.transpose(0, 1).reshape(taps * positions, -1), tuple(moved.shape[2:])

    def _convolved(self, rows: Tensor, ones: Tensor, groups: int) -> Tensor:
        convolve = _CONVOLUTIONS[len(self.kernel)]
        return convolve(rows, ones, None, self.stride, self.padding, self.dilation, groups)


@lru_cache(maxsize=32)
def _ones(kernel: tuple[int, ...], dtype: torch.dtype, device: torch.device) -> Tensor:
    """(1, taps, *kernel) each tap's product goes to where it is added."""
    taps = math.prod(kernel)
    return torch.eye(taps, dtype=dtype, device=device).view(1, taps, *kernel)


@lru_cache(maxsize=8)  # of at most 5 MB each, for kernels of up to 3 x 3
def _moving_matrix(
    mover: _Mover, size: tuple[int, ...], dtype: torch.dtype, device: torch.device
) -> tuple[Tensor, tuple[int, ...]]:
    with torch.no_grad(), torch.autocast(device.type, enabled=False):
        return mover.matrix(size, dtype, device)


class _Product(Function):
    """(T, q, n) products of (T, n, C) positions with (T, q, C) constants.

    Few results of many positions: both ways are fastest with the long axis inside, which autograd
    by itself would not choose.
    """

    @staticmethod
    def forward(ctx: Any, positions: Tensor, matrix: Tensor) -> Tensor:
        kind = torch.get_autocast_dtype(positions.device.type)
        if torch.is_autocast_enabled(positions.device.type):
            positions, matrix = positions.to(kind), matrix.to(kind)
        ctx.save_for_backward(matrix)
        return torch.bmm(matrix, positions.mT)

    @staticmethod
    @once_differentiable
    def backward(ctx: Any, gradient: Tensor) -> Any:
        (matrix,) = ctx.saved_tensors
        return torch.bmm(gradient.mT, matrix), None


class _NoProduct(_Product):
    """Gives its shape, in zeros that take no memory, and the gradient."""

    @staticmethod
    def forward(ctx: Any, positions: Tensor, matrix: Tensor) -> Tensor:
        kind = positions.device.type
        if torch.is_autocast_enabled(kind):
            matrix = matrix.to(torch.get_autocast_dtype(kind))
        ctx.save_for_backward(matrix)
        return matrix.new_zeros(()).expand(*matrix.shape[:2], positions.shape[1])


def convolution_without_arithmetic(*given: Any) -> Tensor:
    """As :func:`convolution`, for pulling gradients back: its values are zeros."""
    values, weight, bias, stride, padding, dilation, groups = given
    return convolution(values, weight, bias, stride, padding, dilation, groups, _NoProduct)


def linear_without_arithmetic(values: Tensor, weight: Tensor, bias: Tensor | None) -> Tensor:
    """As :func:`linear`, for pulling gradients back: its values are zeros."""
    return linear(values, weight, bias, _NoProduct)


WITHOUT_ARITHMETIC: dict[Any, Any] = {
    convolution: convolution_without_arithmetic,
    linear: linear_without_arithmetic,
}
"""Operation → the same for pulling gradients back."""


def _grouped(
    values: Tensor,
    weight: Tensor,
    bias: Tensor | None,
    stride: Sequence[int] | int,
    padding: Sequence[int] | int,
    dilation: Sequence[int] | int,
) -> Tensor:
    """The neurons side by side, as the groups of one convolution."""
    neurons, asked = weight.shape[:2]
    beside_one_another = _neurons_to_channels(values, neurons)
    out = _CONVOLUTIONS[weight.ndim - 3](
        beside_one_another,
        weight.flatten(0, 1),
        None if bias is None else bias.flatten(),
        stride,
        padding,
        dilation,
        neurons * asked,
    )
    return _channels_to_neurons(out, neurons)


def _neurons_to_channels(values: Tensor, neurons: int) -> Tensor:
    """(T·k, c, ...) → (k, T·c, ...)."""
    return values.view(neurons, -1, *values.shape[1:]).transpose(0, 1).flatten(1, 2)


def _channels_to_neurons(values: Tensor, neurons: int) -> Tensor:
    """(k, T·m, ...) → (T·k, m, ...)."""
    return values.view(len(values), neurons, -1, *values.shape[2:]).transpose(0, 1).flatten(0, 1)


def _rows(constants: Tensor, rows: int) -> Tensor:
    """(T, ...) → (T·k, ...)."""
    return constants.repeat_interleave(rows // len(constants), 0)


def reshaped_after(values: Tensor, tail: Sequence[int]) -> Tensor:
    """(B, c, ...) → (B, c, *tail)."""
    return values.reshape(*values.shape[:2], *tail)


def reshaped_between(values: Tensor, middle: Sequence[int]) -> Tensor:
    """(B, ..., c) → (B, *middle, c)."""
    return values.reshape(len(values), *middle, values.shape[-1])
