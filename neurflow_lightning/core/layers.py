"""Which layers: names resolved, neuron axes found, good cut points chosen.

Choosing, for any classifier:

1. One forward pass with autograd; every module call remembers the graph node of its output.
2. A call is a *cut point* when every path from the model's output to its input runs through that
   node: (paths output → node) × (paths node → input) = all paths.
3. The *logits layer* is the module whose output the model returns, or the last cut point that
   gives one number a class.
4. Cut points of one spatial (or token) size make a *run*; each run gives its last module of the
   highest level in the model's tree, so blocks and stages come before their parts.
5. Between two chosen layers lies at least one weight that mixes neurons.
6. The deepest ``count`` are kept; too few are filled up with other cut points, evenly.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from math import prod
from typing import Any, TypeVar

import torch
from torch import Tensor, nn
from torch.autograd.graph import Node

from neurflow_lightning.core.hooks import Forward, WatchedModel, named_layers, plain_name
from neurflow_lightning.core.observation import (
    ModuleCall,
    Observation,
    Operator,
    describe,
    graph_inputs,
    inputs_first,
    observe,
    sample_rows,
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


# --- choosing -------------------------------------------------------------------------------


def choose_layers(
    model: nn.Module, example: Tensor, forward: Forward | None = None, count: int = 5
) -> tuple[str, ...]:
    """About ``count`` layers that cut a classifier well, and its logits, shallow to deep.

    Args:
        model: the classifier, in evaluation mode.
        example: a batch of its inputs.
        forward: how to run it; ``None`` for ``model(batch)``.
        count: how many layers to choose before the logits, at least 1; fewer are chosen where the
            model has fewer cut points.

    Raises:
        LayerError: when the model returns no tensor, or none of its layers can serve as logits
            or as a cut point. Layers can then still be named by hand.
    """
    watched = WatchedModel(model, forward)
    inputs = sample_rows(example, 3)
    seen = observe(watched, inputs)
    if not isinstance(seen.output, Tensor) or not seen.output.ndim:
        raise LayerError(
            f"No layers can be chosen: the model returned {describe(seen.output)}, wanted one "
            "tensor of logits. Pass a forward function that returns it, or name the layers."
        )
    calls = _cut_points(seen)
    logits = _logits_layer(watched, inputs, calls, seen.output)
    inner = [call for call in calls if 0 < call.depth < logits.depth]
    if not inner:
        raise LayerError(
            f"No layers can be chosen: nothing before {logits.layer!r} cuts the model in two, so "
            "that everything it decides on runs through it. Name the layers."
        )
    chosen = _fill(_stage_ends(inner)[-count:], inner, count)
    return (*(call.layer for call in chosen), logits.layer)


def _cut_points(seen: Observation) -> list[ModuleCall]:
    """Calls of modules called once, with one map of the batch through which every path runs."""
    times: dict[str, int] = {}
    for call in seen.calls:
        times[call.layer] = times.get(call.layer, 0) + 1
    bottlenecks = _bottlenecks(seen.output.grad_fn, seen.sources)
    rows = len(seen.output)
    return [
        call
        for call in seen.calls
        if times[call.layer] == 1 and call.node in bottlenecks and _is_map(call.output, rows)
    ]


def _is_map(output: Any, rows: int) -> bool:
    if not isinstance(output, Tensor) or not output.is_floating_point():
        return False
    return output.ndim >= 2 and len(output) == rows


def _bottlenecks(root: Node | None, sources: set[Node]) -> set[Node]:
    """Graph nodes on every path from ``root`` to ``sources``; empty without any path."""
    order = list(inputs_first(root))
    up = {node: 1 if node in sources else 0 for node in order}
    for node in order:
        if node not in sources:
            up[node] = sum(up[entry] for entry in graph_inputs(node))
    down = dict.fromkeys(order, 0)
    for node in reversed(order):
        down[node] = 1 if node is root else down[node]
        for entry in graph_inputs(node):
            down[entry] += down[node]
    total = up[root] if root is not None else 0
    return {node for node in order if total and up[node] * down[node] == total}


def _logits_layer(
    watched: WatchedModel, inputs: Tensor, calls: Sequence[ModuleCall], output: Tensor
) -> ModuleCall:
    """The most specific module that makes the model's output, before any softmax."""
    shape = _numbers(output).shape
    ends = _holding(watched, inputs, calls, shape[1])
    if not ends or _makes_probabilities(ends[-1]):
        alike = [call for call in calls if call.output.shape == shape]
        ends = [call for call in alike if not _makes_probabilities(call)]
    if not ends:
        raise LayerError(
            "No layers can be chosen: no module of the model gives one number a class that its "
            "output rests on alone. Name the layers, the last being the logits."
        )
    return max((call for call in ends if call.node is ends[-1].node), key=_level)


def _makes_probabilities(call: ModuleCall) -> bool:
    return type(call.node).__name__.startswith(("Softmax", "LogSoftmax", "Sigmoid", "LogSigmoid"))


def _numbers(output: Tensor) -> Tensor:
    """(B, K) of what a model returned."""
    return output.detach().flatten(1) if output.ndim > 1 else output.detach()[:, None]


def _holding(
    watched: WatchedModel, inputs: Tensor, calls: Sequence[ModuleCall], width: int
) -> list[ModuleCall]:
    """Those whose activations are the model's output, but for shape: seen in one more pass."""
    axes = {call.layer: channel_axis(call.output.shape, call.operator) for call in calls}
    alike = [call for call in calls if call.output.shape[axes[call.layer]] == width]
    found: dict[str, Tensor] = {}

    def visit(layer: str, _: tuple[Any, ...], output: Tensor) -> None:
        found[layer] = response(output, axes[layer])

    with torch.no_grad():
        output = _numbers(watched.run(inputs, [call.layer for call in alike], visit))

    def holds(given: Tensor) -> bool:
        return torch.allclose(given, output.to(given.dtype), rtol=1e-4, atol=1e-6)

    return [call for call in alike if call.layer in found and holds(found[call.layer])]


def _extent(call: ModuleCall) -> int:
    """How many positions the layer's map has; alike for a map, its windows and its tokens."""
    shape: tuple[int, ...] = tuple(call.output.shape)
    return prod(shape[1:]) // shape[channel_axis(shape, call.operator)]


def _stage_ends(calls: Sequence[ModuleCall]) -> list[ModuleCall]:
    """One layer for each run of one map size.

    Of runs without positions only whole blocks count: hidden layers of a classifier's head are
    taken when nothing better is left.
    """
    ends = [_best(list(run)) for _, run in groupby(calls, key=_extent)]
    return _one_a_depth(end for end in ends if _extent(end) > 1 or end.is_composite)


def _best(run: Sequence[ModuleCall]) -> ModuleCall:
    """The last composite of the highest level; without composites the last such module.

    Of modules that hand on one value, as dropout does in evaluation, the one that made it.
    """
    able = [call for call in run if call.is_composite] or run
    highest = min(map(_level, able))
    ends = [call for call in able if call.level == highest]
    return next(call for call in ends if call.node is ends[-1].node)


def _level(call: ModuleCall) -> int:
    return call.level


def _one_a_depth(calls: Iterable[ModuleCall]) -> list[ModuleCall]:
    """Drop a layer that no mixing weight parts from the one before."""
    kept: list[ModuleCall] = []
    for call in calls:
        if not kept or call.depth > kept[-1].depth:
            kept.append(call)
    return kept


def _fill(
    chosen: Sequence[ModuleCall], calls: Sequence[ModuleCall], count: int
) -> list[ModuleCall]:
    """``chosen``, filled up to ``count`` with other cut points, the higher levels first.

    Those of one level are spread evenly over the depth of the network.
    """
    filled, taken = list(chosen), {call.depth for call in chosen}
    by_depth = groupby(calls, key=lambda call: call.depth)
    free = [_best_of_depth(list(group)) for depth, group in by_depth if depth not in taken]
    for level in sorted({call.level for call in free}):
        filled += _evenly([call for call in free if call.level == level], count - len(filled))
    return sorted(filled, key=lambda call: call.depth)


def _best_of_depth(group: Sequence[ModuleCall]) -> ModuleCall:
    """Of one depth the best of its first map size: a pool after it adds nothing."""
    extent = _extent(group[0])
    return _best([call for call in group if _extent(call) == extent])


def _evenly(values: Sequence[_Value], count: int) -> list[_Value]:
    """At most ``count`` of the values, evenly spaced: the middles of as many equal shares.

    >>> _evenly([1, 2, 3, 4, 5, 6], 2)
    [2, 5]
    """
    count = min(max(count, 0), len(values))
    return [values[((2 * place + 1) * len(values) - 1) // (2 * count)] for place in range(count)]
