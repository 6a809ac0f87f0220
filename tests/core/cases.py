"""Small segments, one for each thing that a network may do between two layers."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import torch
from attributing import Case, around_maps, on_maps, on_rows, on_tokens, on_vectors, on_volumes
from torch import Tensor, nn
from torch.nn import functional
from torch.nn.functional import relu, silu
from torch.nn.utils import parametrizations

CONV = partial(nn.Conv2d, 4, 4, 3, padding=1)
DENSE = partial(nn.Linear, 4, 4)
SKIP = partial(nn.Conv2d, 3, 4, 1)


def number(*shape: int) -> Callable[[], nn.Parameter]:
    """A parameter of that shape."""
    return lambda: nn.Parameter(torch.rand(shape) + 0.5)


class Untraceable(nn.Module):
    """Has no graph; one operation that nothing is known of."""

    def forward(self, values: Tensor) -> Tensor:
        return values * 2 + relu(values) if values.sum() < 1e9 else values


class Gate(nn.Module):
    """Squeeze and excitation."""

    def __init__(self, mean: nn.Module) -> None:
        super().__init__()
        self.mean, self.down, self.up = mean, nn.Conv2d(4, 2, 1), nn.Conv2d(2, 4, 1)

    def forward(self, maps: Tensor) -> Tensor:
        return torch.sigmoid(self.up(relu(self.down(self.mean(maps))))) * maps


class Attention(nn.Module):
    """Of one head, written out."""

    def __init__(self) -> None:
        super().__init__()
        self.norm, self.together, self.out = nn.LayerNorm(4), nn.Linear(4, 12), nn.Linear(4, 4)

    def forward(self, tokens: Tensor) -> Tensor:
        query, key, value = self.together(self.norm(tokens)).chunk(3, -1)
        weights = torch.softmax(query @ key.transpose(1, 2), -1)
        return tokens + self.out(weights @ value)


def doubled(module: nn.Module) -> nn.Module:
    """With a hook, so that the weights alone do not tell what it does."""
    module.register_forward_hook(lambda _, __, output: output * 2)
    return module


def rebound(module: nn.Module) -> nn.Module:
    """With a forward of its own."""
    before = module.forward
    module.forward = lambda values: before(values) * 2  # type: ignore[method-assign]
    return module


# --- convolutions ---------------------------------------------------------------------------

_CONVOLUTIONS: dict[str, tuple[Callable[..., Case], Callable[[int], nn.Module]]] = {
    "conv2d": (on_maps, lambda c: nn.Conv2d(c, c, 3, padding=1)),
    "conv2d strided": (on_maps, lambda c: nn.Conv2d(c, 6, 3, stride=2, padding=(1, 2))),
    "conv2d dilated": (on_maps, lambda c: nn.Conv2d(c, c, (3, 2), dilation=(1, 2), padding=2)),
    "conv2d pointwise": (on_maps, lambda c: nn.Conv2d(c, 5, 1, bias=False)),
    "conv2d grouped": (on_maps, lambda c: nn.Conv2d(c, 4, 3, padding=1, groups=2)),
    "conv2d depthwise": (on_maps, lambda c: nn.Conv2d(c, c, 3, padding=1, groups=c, bias=False)),
    "conv2d multiplied": (on_maps, lambda c: nn.Conv2d(c, 2 * c, 3, padding=1, groups=c)),
    "conv1d": (on_rows, lambda c: nn.Conv1d(c, c, 3, padding=2, dilation=2)),
    "conv1d grouped": (on_rows, lambda c: nn.Conv1d(c, 6, 3, stride=2, padding=1, groups=2)),
    "conv3d": (on_volumes, lambda c: nn.Conv3d(c, c, (2, 1, 3), padding=(1, 0, 1))),
    "conv3d depthwise": (on_volumes, lambda c: nn.Conv3d(c, c, 2, padding=1, groups=c)),
}


def _three(make: Callable[[int], nn.Module]) -> dict[str, Callable[[], nn.Module]]:
    """One after the other."""

    def built(place: int) -> nn.Module:
        channels = 4
        for _ in range(place):
            channels = make(channels).out_channels  # type: ignore[assignment]
        return make(channels)

    return {name: partial(built, place) for place, name in enumerate("abc")}


def _convolutions() -> dict[str, Case]:
    found = {}
    for name, (on, make) in _CONVOLUTIONS.items():
        parts = _three(make)
        found[f"{name}, first"] = on(lambda net, y: relu(net.a(y)), a=parts["a"])
        found[f"{name}, alone"] = on(lambda net, y: net.a(y), a=parts["a"])
        if name != "conv2d grouped":  # needs four channels
            steps = lambda net, y: silu(net.c(silu(net.b(net.a(y)))))  # noqa: E731
            found[f"{name}, everywhere"] = on(steps, **parts)
    return found


# --- activations and pools ------------------------------------------------------------------

_ACTIVATIONS: dict[str, Callable[[], Any]] = {
    "relu module": nn.ReLU,
    "relu6": nn.ReLU6,
    "gelu": nn.GELU,
    "gelu tanh": lambda: nn.GELU("tanh"),
    "silu": nn.SiLU,
    "mish": nn.Mish,
    "elu": lambda: nn.ELU(0.5),
    "celu": lambda: nn.CELU(0.5),
    "selu": nn.SELU,
    "leaky relu": lambda: nn.LeakyReLU(0.2),
    "hardswish": nn.Hardswish,
    "hardsigmoid": nn.Hardsigmoid,
    "hardtanh": lambda: nn.Hardtanh(-0.3, 0.4),
    "softplus": lambda: nn.Softplus(2.0, 1.5),
    "sigmoid": nn.Sigmoid,
    "tanh": nn.Tanh,
    "relu in place": lambda: nn.ReLU(inplace=True),
    "silu in place": lambda: nn.SiLU(inplace=True),
    "leaky relu in place": lambda: nn.LeakyReLU(0.2, inplace=True),
}

_ACTIVATION_FUNCTIONS: dict[str, Callable[[Tensor], Tensor]] = {
    "torch.relu": torch.relu,
    "torch.relu by name": lambda y: torch.relu(input=y),
    "torch.tanh": torch.tanh,
    "torch.sigmoid": torch.sigmoid,
    "functional.tanh": functional.tanh,
    "functional.sigmoid": functional.sigmoid,
    "functional.softsign": functional.softsign,
    "functional.logsigmoid": functional.logsigmoid,
    "functional.gelu": lambda y: functional.gelu(y, approximate="tanh"),
    "functional.leaky_relu": lambda y: functional.leaky_relu(y, 0.3),
    "method relu": lambda y: y.relu(),
    "method sigmoid": lambda y: y.sigmoid(),
    "functional.relu in place": lambda y: relu(y, inplace=True),
    "functional.elu in place": lambda y: functional.elu(y, 0.5, True),
    "relu_": lambda y: y.relu_(),
    "torch.relu_": torch.relu_,
}

_POOLS: dict[str, tuple[Callable[..., Case], Callable[[], nn.Module]]] = {
    "max pool 1d": (on_rows, lambda: nn.MaxPool1d(3, 2, 1, ceil_mode=True)),
    "max pool 2d": (on_maps, lambda: nn.MaxPool2d((2, 3), (1, 2), dilation=2)),
    "max pool 3d": (on_volumes, lambda: nn.MaxPool3d((2, 1, 2))),
    "mean pool 1d": (on_rows, lambda: nn.AvgPool1d(3, 2, 1, True, False)),
    "mean pool 2d": (on_maps, lambda: nn.AvgPool2d(3, 2, 1, True, False, 5)),
    "mean pool 3d": (on_volumes, lambda: nn.AvgPool3d((2, 1, 2))),
    "adaptive pool 1d": (on_rows, lambda: nn.AdaptiveAvgPool1d(2)),
    "adaptive pool 2d": (on_maps, lambda: nn.AdaptiveAvgPool2d((3, 2))),
    "adaptive pool 3d": (on_volumes, lambda: nn.AdaptiveAvgPool3d(1)),
}

_POOL_FUNCTIONS: dict[str, Callable[[Tensor], Tensor]] = {
    "functional.max_pool2d": lambda y: functional.max_pool2d(y, 2),
    "functional.avg_pool2d": lambda y: functional.avg_pool2d(input=y, kernel_size=2),
    "functional.adaptive_avg_pool2d": lambda y: functional.adaptive_avg_pool2d(y, 2),
}


def _activations_and_pools() -> dict[str, Case]:
    # A pointwise map for rows, maps and volumes alike.
    maps = {on_rows: nn.Conv1d, on_maps: nn.Conv2d, on_volumes: nn.Conv3d}
    found = {}
    for name, act in _ACTIVATIONS.items():
        found[name] = on_maps(lambda net, y: net.b(net.act(net.a(y))), a=CONV, b=CONV, act=act)
    for name, function in _ACTIVATION_FUNCTIONS.items():
        steps = lambda net, y, act=function: act(net.b(relu(net.a(y))))  # noqa: E731
        found[name] = on_maps(steps, a=CONV, b=CONV)
    for name, (on, pool) in _POOLS.items():
        conv = partial(maps[on], 4, 4, 1)
        steps = lambda net, y: net.pool(relu(net.a(y)))  # noqa: E731
        found[f"{name} at the end"] = on(steps, a=conv, pool=pool)
        steps = lambda net, y: relu(net.b(net.pool(net.a(y))))  # noqa: E731
        found[f"{name} inside"] = on(steps, a=conv, b=conv, pool=pool)
    for name, function in _POOL_FUNCTIONS.items():
        steps = lambda net, y, pool=function: pool(net.b(relu(pool(net.a(y)))))  # noqa: E731
        found[name] = on_maps(steps, a=CONV, b=CONV)
    return found


# --- everything else ------------------------------------------------------------------------


def _residual_in_place(net: Any, maps: Tensor) -> Tensor:
    out = net.norm(net.a(maps))
    out += maps
    return silu(net.b(relu(out, inplace=True)))


def _written_methods(net: Any, maps: Tensor) -> Tensor:
    out = net.a(maps)
    out.add_(maps)
    out.mul_(net.w)
    out *= 2
    out -= maps
    out /= 3
    out.relu_()
    return relu(net.b(out))


def _alias(net: Any, maps: Tensor) -> Tensor:
    """What a module writes in place is what is added later."""
    out = net.a(maps)
    return net.b(net.act(out)) + out


def _channels_last(net: Any, maps: Tensor) -> Tensor:
    """As ConvNeXt does."""
    out = net.depthwise(maps).permute(0, 2, 3, 1)
    out = net.out(functional.gelu(net.inside(net.norm(out)))).permute(0, 3, 1, 2)
    return maps + net.scale * out


def _shuffled(net: Any, maps: Tensor) -> Tensor:
    out = relu(net.a(maps)).view(maps.shape[0], 2, 2, 6, 5).transpose(1, 2).contiguous()
    return out.view(maps.shape[0], -1, 6, 5)


def _two_heads(net: Any, vectors: Tensor) -> Tensor:
    """The rows are on axis 1 in between."""
    return torch.stack([silu(net.a(vectors)), silu(net.b(vectors))]).mean(0)


def _both_ways(net: Any, maps: Tensor) -> Tensor:
    """Twice as many rows in between."""
    one, other = relu(net.a(torch.cat([maps, maps.flip(3)], 0))).chunk(2, 0)
    return one + other


def _squared(values: Tensor) -> Tensor:
    return values * values


def _power(values: Tensor) -> Tensor:
    values **= 2
    return relu(values - 0.1)


def _gated(halves: tuple[Tensor, Tensor]) -> Tensor:
    return halves[0] * relu(halves[1])


def _with_itself(act: Callable[[Tensor], Tensor], net: Any, maps: Tensor) -> Tensor:
    """Of ``maps`` the sum needs its own neurons, the convolution others."""
    return maps + act(net.b(maps))


_OTHERS: dict[str, Case] = {
    # Linear maps and norms.
    "linear on vectors": on_vectors(lambda net, y: net.b(relu(net.a(y))), a=DENSE, b=DENSE),
    "linear on tokens": on_tokens(lambda net, y: net.b(relu(net.a(y))), a=DENSE, b=DENSE),
    "linear without bias": on_tokens(
        lambda net, y: relu(net.a(y)), a=lambda: nn.Linear(4, 3, bias=False)
    ),
    "functional.linear": on_tokens(
        lambda net, y: relu(functional.linear(input=y, weight=net.w, bias=net.v)),
        w=number(3, 4),
        v=number(3),
    ),
    "functional.conv2d": on_maps(
        lambda net, y: relu(functional.conv2d(y, net.w, padding=1, groups=2)), w=number(4, 2, 3, 3)
    ),
    "conv2d padding by name": on_maps(
        lambda net, y: relu(net.a(functional.conv2d(y, net.w, padding="same"))),
        a=CONV,
        w=number(4, 4, 3, 3),
    ),
    "conv2d same": on_maps(
        lambda net, y: relu(net.b(relu(net.a(y)))),
        a=lambda: nn.Conv2d(4, 4, 3, padding="same"),
        b=CONV,
    ),
    "conv2d circular": on_maps(
        lambda net, y: relu(net.b(net.a(y))),
        a=lambda: nn.Conv2d(4, 4, 3, padding=1, padding_mode="circular"),
        b=CONV,
    ),
    "batch norm 2d": on_maps(
        lambda net, y: relu(net.n(net.b(relu(net.m(net.a(y)))))),
        a=CONV,
        b=CONV,
        m=lambda: nn.BatchNorm2d(4, eps=0.1),
        n=lambda: nn.BatchNorm2d(4, affine=False),
    ),
    "batch norm 1d": on_rows(
        lambda net, y: relu(net.m(net.a(y))),
        a=lambda: nn.Conv1d(4, 4, 1),
        m=lambda: nn.BatchNorm1d(4),
    ),
    "batch norm of vectors": on_vectors(
        lambda net, y: relu(net.m(net.a(y))), a=DENSE, m=lambda: nn.BatchNorm1d(4)
    ),
    "batch norm 3d": on_volumes(
        lambda net, y: relu(net.m(net.a(y))),
        a=lambda: nn.Conv3d(4, 4, 1),
        m=lambda: nn.BatchNorm3d(4),
    ),
    "functional.batch_norm": on_maps(
        lambda net, y: relu(functional.batch_norm(y, net.mean, net.var, net.w * 2, net.w, eps=0.1)),
        mean=lambda: torch.rand(4),
        var=lambda: torch.rand(4) + 0.5,
        w=number(4),
    ),
    "layer norm": on_tokens(
        lambda net, y: relu(net.b(net.norm(net.a(y)))),
        a=DENSE,
        b=DENSE,
        norm=lambda: nn.LayerNorm(4),
    ),
    "group norm": on_maps(
        lambda net, y: relu(net.a(net.norm(y))), a=CONV, norm=lambda: nn.GroupNorm(2, 4)
    ),
    # Arithmetic.
    "residual in place": on_maps(
        _residual_in_place, a=CONV, b=CONV, norm=lambda: nn.BatchNorm2d(4)
    ),
    "methods in place": on_maps(_written_methods, a=CONV, b=CONV, w=number(4, 1, 1)),
    "written and added": on_maps(_alias, a=CONV, b=CONV, act=lambda: nn.ReLU(inplace=True)),
    "difference": on_maps(lambda net, y: relu(1 - net.a(y) * 0.5 - y), a=CONV),
    "weighted sum": on_maps(lambda net, y: relu(torch.add(net.a(y), y, alpha=2)), a=CONV),
    "negative": on_maps(lambda net, y: relu(-net.a(y)), a=CONV),
    "product of two": on_maps(lambda net, y: net.a(y) * net.b(y), a=CONV, b=CONV),
    "square": on_maps(lambda net, y: _squared(net.a(y)), a=CONV),
    "quotient of two": on_maps(lambda net, y: net.a(y) / (net.b(y) ** 2 + 1), a=CONV, b=CONV),
    "quotient of a number": on_maps(lambda net, y: 1 / (relu(net.a(y)) + 1), a=CONV),
    "power in place": on_maps(lambda net, y: _power(net.a(y)), a=CONV),
    "spread over neurons": on_maps(
        lambda net, y: relu(net.a(y)) * net.b(y).mean(1, keepdim=True), a=CONV, b=CONV
    ),
    "gate": on_maps(
        lambda net, y: net.b(net.gate(relu(net.a(y)))),
        a=CONV,
        b=CONV,
        gate=lambda: Gate(nn.AdaptiveAvgPool2d(1)),
    ),
    "gate at the end": on_maps(
        lambda net, y: net.gate(net.a(y)), a=CONV, gate=lambda: Gate(nn.AdaptiveAvgPool2d(1))
    ),
    "scale (C, 1, 1)": on_maps(
        lambda net, y: y + net.w * relu(net.a(y)), a=CONV, w=number(4, 1, 1)
    ),
    "scale (1, C, 1, 1)": on_maps(
        lambda net, y: relu(net.a(y)) * net.w + net.v, a=CONV, w=number(1, 4, 1, 1), v=number(1)
    ),
    "scale (C,)": on_tokens(lambda net, y: relu(net.a(y)) * net.w, a=DENSE, w=number(4)),
    "scale (1, 1, C)": on_tokens(lambda net, y: relu(net.a(y)) * net.w, a=DENSE, w=number(1, 1, 4)),
    "scale (C,) of vectors": on_vectors(
        lambda net, y: relu(net.a(y)) * net.w, a=DENSE, w=number(4)
    ),
    "scale (C,) of columns": on_maps(  # C as many as columns: it is theirs, not the neurons'
        lambda net, y: relu(net.a(y)) * net.w, a=CONV, w=number(5)
    ),
    "positions (T, C)": on_tokens(lambda net, y: relu(net.a(y)) + net.w, a=DENSE, w=number(5, 4)),
    "positions (1, T, C)": on_tokens(
        lambda net, y: relu(net.a(y) + net.w), a=DENSE, w=number(1, 5, 4)
    ),
    "scale worked out": on_maps(
        lambda net, y: relu(net.a(y)) * net.w.view(1, -1, 1, 1) * torch.sigmoid(net.v),
        a=CONV,
        w=number(4),
        v=number(1, 4, 1, 1),
    ),
    "weights worked out": on_maps(
        lambda net, y: relu(functional.conv2d(y, net.w * 2, net.v)),
        w=number(3, 4, 2, 2),
        v=number(3),
    ),
    "bias worked out": on_vectors(
        lambda net, y: relu(functional.linear(relu(y), net.w, net.v * 2)),
        w=number(3, 4),
        v=number(3),
    ),
    # Concatenation.
    "cat of neurons": on_maps(
        lambda net, y: torch.cat([net.a(y), relu(net.b(y)), y], 1), a=CONV, b=CONV
    ),
    "cat by name": on_maps(
        lambda net, y: relu(net.b(torch.cat(tensors=[relu(net.a(y)), y], dim=1))),
        a=CONV,
        b=lambda: nn.Conv2d(8, 3, 1),
    ),
    "cat of positions": on_maps(
        lambda net, y: relu(torch.cat([net.a(y), relu(net.b(y))], -1)), a=CONV, b=CONV
    ),
    "cat of a class token": on_tokens(
        lambda net, y: relu(net.a(torch.cat([net.w.expand(y.shape[0], -1, -1), y], 1))),
        a=DENSE,
        w=number(1, 1, 4),
    ),
    "cat of one thing twice": on_maps(lambda net, y: torch.cat([net.a(y)] * 2, 1), a=CONV),
    "cat of chunks": on_maps(lambda net, y: torch.cat(relu(net.a(y)).chunk(2, 1), 2), a=CONV),
    # Shapes.
    "flattened": on_maps(
        lambda net, y: relu(net.b(torch.flatten(relu(net.a(y)), 1))),
        a=CONV,
        b=lambda: nn.Linear(120, 3),
    ),
    "flattened by a module": on_maps(
        lambda net, y: net.b(net.flat(net.a(y))),
        a=CONV,
        b=lambda: nn.Linear(120, 3),
        flat=nn.Flatten,
    ),
    "flattened positions": on_maps(
        lambda net, y: torch.flatten(input=relu(net.a(y)), start_dim=2), a=CONV
    ),
    "view": on_maps(lambda net, y: relu(net.a(y)).view(-1, 4, 30), a=CONV),
    "view by size": on_maps(
        lambda net, y: net.b(net.a(y).view(y.size(0), -1)), a=CONV, b=lambda: nn.Linear(120, 3)
    ),
    "reshaped tokens": on_tokens(
        lambda net, y: relu(net.a(y.reshape(-1, 5, 1, 4))).reshape(-1, 5, 4), a=DENSE
    ),
    "channels last": on_maps(
        _channels_last,
        depthwise=lambda: nn.Conv2d(4, 4, 3, padding=1, groups=4),
        norm=lambda: nn.LayerNorm(4),
        inside=lambda: nn.Linear(4, 8),
        out=lambda: nn.Linear(8, 4),
        scale=number(4, 1, 1),
    ),
    "permuted by name": on_maps(lambda net, y: relu(net.a(y.permute(dims=(0, 2, 3, 1)))), a=DENSE),
    "tokens of maps": on_maps(
        lambda net, y: relu(net.a(y.flatten(2).transpose(1, 2))).transpose(-1, 1), a=DENSE
    ),
    "positions first": on_tokens(
        lambda net, y: silu(net.a(y.permute(1, 0, 2))).permute(1, 0, 2), a=DENSE
    ),
    "positions first, transposed": on_tokens(
        lambda net, y: relu(net.a(y.transpose(0, 1))).transpose(0, 1), a=DENSE
    ),
    "mean": on_maps(lambda net, y: net.b(relu(net.a(y)).mean((2, 3))), a=CONV, b=DENSE),
    "mean, kept": on_maps(lambda net, y: relu(net.a(y).mean([-1, 2], keepdim=True)), a=CONV),
    "torch.mean": on_tokens(lambda net, y: torch.mean(relu(net.a(y)), dim=1), a=DENSE),
    "mean over neurons": on_maps(
        lambda net, y: relu(net.a(y) - net.a(y).mean(1, keepdim=True)), a=CONV
    ),
    "mean of two heads": on_vectors(_two_heads, a=DENSE, b=DENSE),
    "sum": on_maps(lambda net, y: relu(net.a(y)).sum((2, 3)), a=CONV),
    "class token": on_tokens(lambda net, y: relu(net.a(y))[:, 0], a=DENSE),
    "getitem": on_maps(lambda net, y: relu(net.a(y[:, :, ::2])), a=CONV),
    "chunk": on_maps(lambda net, y: _gated(net.a(y).chunk(2, 1)), a=CONV),
    "chunked rows": on_maps(_both_ways, a=CONV),
    "squeeze": on_maps(
        lambda net, y: net.a(functional.adaptive_avg_pool2d(y, 1).squeeze()), a=DENSE
    ),
    "unsqueeze and expand": on_vectors(
        lambda net, y: relu(net.a(y)[:, None].expand(-1, 3, -1).unsqueeze(2)).mean(2), a=DENSE
    ),
    "shuffled": on_maps(_shuffled, a=CONV),
    # Modules.
    "dropout": on_maps(
        lambda net, y: net.out(functional.dropout(net.a(net.drop(y)), 0.5, net.training)),
        a=CONV,
        drop=lambda: nn.Dropout2d(0.5, inplace=True),
        out=lambda: nn.Dropout(0.3),
    ),
    "shared weights": on_maps(lambda net, y: relu(net.a(relu(net.a(net.a(y))))), a=CONV),
    "parametrized": on_maps(
        lambda net, y: relu(net.b(relu(net.a(y)))),
        a=lambda: parametrizations.weight_norm(CONV()),
        b=CONV,
    ),
    "hooked": on_maps(lambda net, y: relu(net.b(net.a(y))), a=lambda: doubled(CONV()), b=CONV),
    "forward of its own": on_maps(
        lambda net, y: relu(net.b(net.a(y))), a=lambda: rebound(CONV()), b=CONV
    ),
    "custom module": on_maps(
        lambda net, y: relu(net.b(net.u(net.a(y)))), a=CONV, b=CONV, u=Untraceable
    ),
    "pool with indices": on_maps(
        lambda net, y: relu(net.a(net.pool(y)[0])),
        a=CONV,
        pool=lambda: nn.MaxPool2d(2, return_indices=True),
    ),
    "prelu": on_maps(
        lambda net, y: net.b(net.act(net.a(y))), a=CONV, b=CONV, act=lambda: nn.PReLU(4)
    ),
    "attention": on_tokens(lambda net, y: net.a(y), a=Attention),
    # A beginning that is homogeneous.
    "rectified and pooled first": on_maps(
        lambda net, y: relu(net.a(functional.max_pool2d(relu(y), 2, padding=1))), a=CONV
    ),
    "pooled two ways": on_maps(
        lambda net, y: (
            relu(net.a(functional.max_pool2d(y, 3, 1, 1))) * functional.leaky_relu(y, 0.2)
        ),
        a=CONV,
    ),
    "rectified, then depthwise": on_maps(
        lambda net, y: relu(net.a(functional.leaky_relu(y, 0.1))),
        a=partial(nn.Conv2d, 4, 4, 3, padding=1, groups=4),
    ),
    "rectified, then flat": on_maps(
        lambda net, y: relu(net.a(torch.flatten(relu(y), 1))), a=partial(nn.Linear, 120, 3)
    ),
    # What passes the lower layer by.
    "bottleneck": on_maps(
        lambda net, y: relu(net.c(relu(net.n(net.b(relu(net.m(net.a(y))))))) + y),
        a=CONV,
        b=CONV,
        c=CONV,
        m=partial(nn.BatchNorm2d, 4),
        n=partial(nn.BatchNorm2d, 4),
    ),
    "bottleneck with a gate": on_maps(
        lambda net, y: net.c(net.gate(silu(net.b(silu(net.a(y)))))) + y,
        a=CONV,
        b=CONV,
        c=CONV,
        gate=lambda: Gate(nn.AdaptiveAvgPool2d(1)),
    ),
    "bottleneck of two branches": on_maps(
        lambda net, y: relu(net.c(torch.cat([relu(net.a(y)), net.b(relu(net.a(y)))], 1))),
        a=CONV,
        b=CONV,
        c=partial(nn.Conv2d, 8, 4, 1),
    ),
    "bottleneck, pooled": on_maps(
        lambda net, y: relu(net.c(functional.max_pool2d(net.b(relu(net.a(y))), 2))),
        a=CONV,
        b=CONV,
        c=CONV,
    ),
    "bottleneck, straight as well": on_maps(
        lambda net, y: relu(net.c(net.b(relu(net.a(y))) + net.a(y)) + net.a(y)),
        a=CONV,
        b=CONV,
        c=CONV,
    ),
    "bottleneck on tokens": on_tokens(
        lambda net, y: net.c(silu(net.b(silu(net.a(y))))),
        a=partial(nn.Linear, 4, 32),
        b=partial(nn.Linear, 32, 32),
        c=partial(nn.Linear, 32, 4),
    ),
    "bottleneck, passed by": around_maps(
        lambda net, y, x: relu(net.c(relu(net.b(relu(net.a(y)) + net.skip(x)) + net.skip(x)))),
        a=CONV,
        b=CONV,
        c=CONV,
        skip=SKIP,
    ),
    "bottleneck, multiplied": around_maps(
        lambda net, y, x: net.c(relu(net.b(relu(net.a(y) * net.skip(x)))) * net.b(relu(net.a(y)))),
        a=CONV,
        b=CONV,
        c=CONV,
        skip=SKIP,
    ),
    "skip": around_maps(
        lambda net, y, x: relu(net.b(relu(net.a(y))) + net.skip(x)), a=CONV, b=CONV, skip=SKIP
    ),
    "skip, concatenated": around_maps(
        lambda net, y, x: torch.cat([relu(net.a(y)), net.skip(x)], 1), a=CONV, skip=SKIP
    ),
    "skip, multiplied": around_maps(
        lambda net, y, x: relu(net.b(net.a(y) * net.skip(x))), a=CONV, b=CONV, skip=SKIP
    ),
    "skip, multiplied late": around_maps(
        lambda net, y, x: relu(net.a(y)) * net.skip(x) - y, a=CONV, skip=SKIP
    ),
    # Demands that conflict.
    "some and all": on_maps(lambda net, y: _with_itself(relu, net, relu(net.a(y))), a=CONV, b=CONV),
    "some and others": on_maps(
        lambda net, y: _with_itself(torch.tanh, net, relu(net.a(y))),
        a=CONV,
        b=lambda: nn.Conv2d(4, 4, 3, padding=1, groups=2),
    ),
    "softmax": on_vectors(lambda net, y: torch.softmax(net.a(y), 1), a=DENSE),
}


CASES: dict[str, Case] = {**_convolutions(), **_activations_and_pools(), **_OTHERS}
