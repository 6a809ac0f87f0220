"""Layers by name, the axis of their neurons, and the activation of a neuron."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeVar

import torch
from torch import Tensor, nn

from neurflow_lightning.core.hooks import named_layers, plain_name
from neurflow_lightning.core.observation import (
    Operator,
)
from neurflow_lightning.errors import LayerError, near_matches

_Value = TypeVar("_Value")


# --- names ----------------------------------------------------------------------------------


def resolve_layers(model: nn.Module, names: Sequence[str]) -> tuple[str, ...]:
    """Full names of the layers meant by ``names``, in the order given.

    A full name of ``model.named_modules()`` means itself; otherwise a unique ending of a dotted
    name is enough. A module with several names goes by the first. The ``_orig_mod`` of compiled
    modules is left out on both sides.

    Raises:
        LayerError: for a name that nothing ends in, or that several layers end in.

    >>> resolve_layers(nn.ModuleDict({"net": nn.Sequential(nn.Linear(2, 2))}), ["0"])
    ('net.0',)
    """
    if isinstance(names, str):
        raise LayerError(f"layers={names!r}: wanted a list of layer names, shallow to deep.")
    layers = named_layers(model)
    first = {id(module): name for name, module in reversed(layers.items())}
    known = {name: first[id(module)] for name, module in layers.items()}
    return tuple(_resolve(name, known) for name in names)


def _resolve(name: object, known: Mapping[str, str]) -> str:
    """``known`` maps every name of a module to its first one."""
    if not isinstance(name, str):
        raise LayerError(f"{name!r} is no layer name: wanted a string.")
    wanted = plain_name(name)
    if wanted in known:
        return known[wanted]
    ending = [first for full, first in known.items() if wanted and full.endswith(f".{wanted}")]
    endings = list(dict.fromkeys(ending))
    if not endings:
        raise LayerError(f"No layer is named {name!r}. {near_matches(wanted, known)}")
    if len(endings) > 1:
        raise LayerError(
            f"{name!r} could mean {_quoted(endings)}: give more of the name to tell them apart."
        )
    return endings[0]


def _quoted(names: Sequence[str], limit: int = 5) -> str:
    rest = f" and {len(names) - limit} more" if len(names) > limit else ""
    return ", ".join(repr(name) for name in names[:limit]) + rest


# --- the axis of the neurons ----------------------------------------------------------------


def channel_axis(shape: Sequence[int], operator: Operator | None) -> int:
    """The axis of a layer's output that holds its neurons.

    Axis 1 of (N, C) and (N, C, H, W), the last of tokens (N, T, C). Where the last module with
    weights tells it otherwise its word counts: a convolution or batch norm over as many positions
    puts the neurons on axis 1; after a linear layer or a layer norm they are on the axis, first or
    last, that is as long as the layer is wide.

    >>> channel_axis((2, 7, 7, 96), Operator(96, -1, (7, 7))), channel_axis((2, 96, 7, 7), None)
    (3, 1)
    >>> channel_axis((2, 50, 96), None), channel_axis((2, 16, 100), Operator(16, 1, (100,)))
    (2, 1)
    """
    last = len(shape) - 1
    if last == 1:
        return 1
    usual = last if last == 2 else 1
    if operator is None:
        return usual
    if operator.is_channels_first(last - 1):
        return last if operator.was_permuted(shape) else 1
    matching = [axis for axis in (1, last) if shape[axis] == operator.width]
    return matching[0] if len(matching) == 1 else usual


def positions(activations: Tensor, channel_axis: int) -> int:
    """How many positions each neuron has.

    >>> positions(torch.zeros(2, 3, 4, 5), 1)
    20
    """
    return activations[0].numel() // activations.shape[channel_axis]


def response(activations: Tensor, channel_axis: int) -> Tensor:
    """A layer's activations → (B, C) activation of every neuron: the mean over its positions.

    Args:
        activations: (B, ...) with the neurons on ``channel_axis``.
        channel_axis: at least 1.

    Returns:
        Never a view of ``activations``; float32, or float64 if the activations are.

    >>> response(torch.arange(8.0).reshape(1, 2, 4), 1).tolist()
    [[1.5, 5.5]]
    """
    dtype = torch.promote_types(activations.dtype, torch.float32)
    if activations.ndim == 2:
        return activations.to(dtype, copy=True)
    return activations.movedim(channel_axis, 1).flatten(2).mean(2, dtype=dtype)
