"""The layers of an analysis where none are named.

Neighbours should be cheap to go between and attributions should predict knockouts there. For any
classifier:

1. One forward pass with autograd; every module call remembers the graph node of its output.
2. A call is a *cut point* when every path from the model's output to its input runs through that
   node: (paths output → node) × (paths node → input) = all paths.
3. The *logits layer* is the module whose output the model returns, or the last cut point that
   gives one number a class.
4. In a *residual stream* of tokens, as a transformer has it, the layers are what is added to the
   stream, the outputs of attentions and MLPs: behind a LayerNorm the stream itself misleads
   attributions. They are the modules whose output enters a sum that is a cut point. Where heads
   are neurons, the module that returns an attention's heads takes the attention's place.
5. Elsewhere the layers are the ends of *blocks*, the largest modules that no cut point divides,
   and where modules hold blocks no longer, of the activations behind each weight.
6. Between two chosen layers lies at least one weight that mixes neurons. The deepest ``count`` are
   kept.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from math import prod
from typing import Any

import torch
from torch import Tensor, nn
from torch.autograd.graph import Node

from neurflow_lightning.core.hooks import (
    Forward,
    WatchedModel,
    activations_of,
    plain_module,
    plain_name,
)
from neurflow_lightning.core.layers import channel_axis, response
from neurflow_lightning.core.observation import (
    ModuleCall,
    Observation,
    describe,
    graph_inputs,
    inputs_first,
    observe,
    sample_rows,
)
from neurflow_lightning.errors import LayerError

ROWS = 3
"""Inputs on which the network is seen."""

MOST_SKIPPED = 0.5
"""Share of a network's parameters that may lie between two chosen layers without a word."""

MANY_WEIGHTS = 3
"""A chain of modules without blocks that has more weights than this is cut at each of them."""


def choose_layers(
    model: nn.Module,
    example: Tensor,
    forward: Forward | None = None,
    count: int = 8,
    seen: Observation | None = None,
    heads: Collection[str] = (),
) -> tuple[str, ...]:
    """At most ``count`` layers that cut a classifier well, and its logits, shallow to deep.

    Args:
        model: the classifier, in evaluation mode.
        example: a batch of its inputs.
        forward: how to run it; ``None`` for ``model(batch)``.
        count: how many layers to choose before the logits, at least 1; fewer are chosen where the
            model has fewer cut points.
        seen: of a pass over three rows of the example, where there was one.
        heads: layers that return the heads of an attention side by side; each is chosen in place of
            its attention.

    Raises:
        LayerError: when the model returns no tensor, or none of its layers can serve as logits
            or as a cut point. Layers can then still be named by hand.
    """
    watched = WatchedModel(model, forward)
    inputs = sample_rows(example, ROWS)
    seen = seen or observe(watched, inputs)
    if not isinstance(seen.output, Tensor) or not seen.output.ndim:
        raise LayerError(
            f"No layers can be chosen: the model returned {describe(seen.output)}, wanted one "
            "tensor of logits. Pass a forward function that returns it, or name the layers."
        )
    maps = [call for call in map(_batch_first, seen.calls) if call is not None]
    once = _called_once(maps, seen)
    bottlenecks = _bottlenecks(seen.output.grad_fn, seen.sources)
    cuts = [call for call in once if call.node in bottlenecks]
    logits = _logits_layer(watched, inputs, cuts, seen.output)
    inner = [call for call in cuts if 0 < call.depth < logits.depth]
    chosen = _added_to_stream(once, bottlenecks, seen.output.grad_fn)
    chosen = [call for call in chosen if 0 < call.depth < logits.depth]
    if len(chosen) < 2:
        chosen = _block_ends(inner, watched)
    if not chosen:
        raise LayerError(
            f"No layers can be chosen: nothing before {logits.layer!r} cuts the model in two, so "
            "that everything it decides on runs through it. Name the layers."
        )
    chosen = _one_a_depth(chosen)[-count:]
    with_heads = _by_node(call for call in once if call.layer in heads)
    chosen = [_heads_of(call, with_heads, bottlenecks) for call in chosen]
    return (*(call.layer for call in chosen), logits.layer)


@dataclass(frozen=True)
class SkippedModule:
    """What chosen layers leave out.

    Attributes:
        lower, upper: neighbouring layers.
        name: the largest module between them.
        share: of the network's parameters, that lie between them.
    """

    lower: str
    upper: str
    name: str
    share: float

    def __str__(self) -> str:
        return (
            f"between the layers {self.lower!r} and {self.upper!r}, chosen by default, lie "
            f"{self.share:.0%} of the network's parameters, most of them in {self.name!r}, where "
            "no circuit is looked for: name layers there by layers=[…]"
        )


def skipped_module(
    watched: WatchedModel, seen: Observation, layers: Sequence[str]
) -> SkippedModule | None:
    """The module that chosen layers leave out, if that is most of the network.

    Args:
        watched: the network.
        seen: a pass over it.
        layers: shallow to deep.

    Returns:
        Of the neighbouring layers with more than half of the network's parameters between them and
        more than one weight; ``None`` where there are no such neighbours.
    """
    total = sum(one.numel() for one in watched.model.parameters())
    order = {call.layer: place for place, call in enumerate(seen.calls)}
    for lower, upper in pairwise(layers):
        between = seen.calls[order[lower] + 1 : order[upper] + 1]
        inside = {id(one): one for call in between for one in _own_parameters(watched, call)}
        share = sum(one.numel() for one in inside.values()) / max(total, 1)
        if share <= MOST_SKIPPED or between[-1].depth - seen.calls[order[lower]].depth < 2:
            continue
        skipped = [call.layer for call in between if not f"{upper}.".startswith(f"{call.layer}.")]
        if skipped:
            sizes = {name: _size(watched.modules[name]) for name in skipped}
            return SkippedModule(lower, upper, max(skipped, key=sizes.__getitem__), share)
    return None


def _own_parameters(watched: WatchedModel, call: ModuleCall) -> Iterator[Tensor]:
    return watched.modules[call.layer].parameters(recurse=False)


def _size(module: nn.Module) -> int:
    return sum(one.numel() for one in module.parameters())


# --- cut points -----------------------------------------------------------------------------


def _batch_first(call: ModuleCall) -> ModuleCall | None:
    """The call with its activations' batch on axis 0; ``None`` for anything but activations."""
    output = call.output
    if not isinstance(output, Tensor) or not output.is_floating_point() or output.ndim < 2:
        return None
    if len(output) == ROWS:
        return call
    is_second = output.ndim > 2 and output.shape[1] == ROWS
    return replace(call, output=output.transpose(0, 1)) if is_second else None


def _called_once(calls: Sequence[ModuleCall], seen: Observation) -> list[ModuleCall]:
    times: dict[str, int] = {}
    for call in seen.calls:
        times[call.layer] = times.get(call.layer, 0) + 1
    return [call for call in calls if times[call.layer] == 1 and call.node is not None]


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


# --- the logits -----------------------------------------------------------------------------


def _logits_layer(
    watched: WatchedModel, inputs: Tensor, calls: Sequence[ModuleCall], output: Tensor
) -> ModuleCall:
    """The most specific module that makes the model's output, before any softmax."""
    shape = _numbers(output).shape
    ends = _holding(watched, inputs, calls, output, shape[1])
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
    watched: WatchedModel,
    inputs: Tensor,
    calls: Sequence[ModuleCall],
    output: Tensor,
    width: int,
) -> list[ModuleCall]:
    """Those whose activations are the model's output, but for shape."""
    axes = {call.layer: _axis(call) for call in calls}
    alike = [call for call in calls if call.output.shape[axes[call.layer]] == width]
    found = {call.layer: call.values for call in alike if call.values is not None}

    def visit(layer: str, _: tuple[Any, ...], output: Any) -> None:
        found[layer] = activations_of(output)

    unknown = [call.layer for call in alike if call.layer not in found]
    if unknown:  # too large to have been kept: one more pass
        with torch.no_grad():
            watched.run(inputs, unknown, visit)
    logits = _numbers(output)

    def holds(call: ModuleCall) -> bool:
        activations = found.get(call.layer)
        if activations is None or len(activations) != len(logits):
            return False
        given = response(activations, axes[call.layer])
        return torch.allclose(given, logits.to(given.dtype), rtol=1e-4, atol=1e-6)

    return [call for call in alike if holds(call)]


# --- what is added to a stream of tokens ----------------------------------------------------


def _added_to_stream(
    calls: Sequence[ModuleCall], bottlenecks: set[Node], root: Node | None
) -> list[ModuleCall]:
    """The modules whose outputs are added to a residual stream of tokens, in order."""
    by_node = _by_node(calls)
    found = []
    for node in inputs_first(root):
        if node not in bottlenecks or not type(node).__name__.startswith("AddBackward"):
            continue
        branches = [_maker(entry, by_node, bottlenecks) for entry in graph_inputs(node)]
        made = [call for call in branches if call is not None and _is_tokens(call)]
        if len(made) == 1 and len(branches) == 2:
            found += made
    return found


def _by_node(calls: Iterable[ModuleCall]) -> dict[Node, list[ModuleCall]]:
    found: dict[Node, list[ModuleCall]] = {}
    for call in calls:
        assert call.node is not None
        found.setdefault(call.node, []).append(call)
    return found


def _heads_of(
    call: ModuleCall, with_heads: Mapping[Node, Sequence[ModuleCall]], bottlenecks: set[Node]
) -> ModuleCall:
    """The module that returns the heads of an attention; the call itself where there is none."""
    assert call.node is not None
    branch = {call.node}
    waiting = [call.node]
    while waiting and with_heads:  # the branch begins at the stream
        entries = set(graph_inputs(waiting.pop())) - branch - bottlenecks
        branch |= entries
        waiting += entries
    found = [calls for node, calls in with_heads.items() if node in branch]
    return _best(found[0]) if len(found) == 1 else call


def _maker(
    node: Node, by_node: Mapping[Node, Sequence[ModuleCall]], bottlenecks: set[Node]
) -> ModuleCall | None:
    """The module that made one side of a sum, if that is a branch; a scale may come after it."""
    current: Node | None = node
    while current is not None and current not in bottlenecks:
        if current in by_node:
            return _best(by_node[current])
        entries = [entry for entry in graph_inputs(current) if not _is_parameter(entry)]
        current = entries[0] if len(entries) == 1 else None
    return None


def _is_parameter(node: Node) -> bool:
    return "AccumulateGrad" in type(node).__name__


def _is_tokens(call: ModuleCall) -> bool:
    """Whether its neurons are on the last axis of at least three."""
    axes: int = call.output.ndim
    return axes > 2 and _axis(call) == axes - 1


# --- the ends of blocks ---------------------------------------------------------------------


def _block_ends(cuts: Sequence[ModuleCall], watched: WatchedModel) -> list[ModuleCall]:
    """The last cut point of each block, and of each weight outside of blocks."""
    by_layer = {call.layer: call for call in cuts}
    blocks = _block_classes(cuts, watched)
    ends = list(_walk("", plain_module(watched.model), by_layer, blocks, watched))
    order = {call.layer: place for place, call in enumerate(cuts)}
    ends.sort(key=lambda call: order[call.layer])
    ends = [call for call in ends if call.depth]
    return [_best_of_depth(list(group)) for _, group in groupby(ends, key=lambda one: one.depth)]


def _walk(
    name: str,
    module: nn.Module,
    cuts: Mapping[str, ModuleCall],
    blocks: set[type[nn.Module]],
    watched: WatchedModel,
) -> Iterator[ModuleCall]:
    """Cut points below a module, outermost blocks first; inside of blocks there are none."""
    own = cuts.get(name)
    children = [f"{name}.{child}" if name else child for child, _ in module.named_children()]
    if own is not None and (not children or type(module) in blocks or _is_short_chain(module)):
        yield own
        return
    for child in map(plain_name, children):
        yield from _walk(child, watched.modules[child], cuts, blocks, watched)


def _block_classes(cuts: Sequence[ModuleCall], watched: WatchedModel) -> set[type[nn.Module]]:
    """Classes of modules that are blocks: of some instance no cut point divides the inside.

    So a residual block counts as one also where it changes the size and has no skip connection. A
    chain that only runs its modules in turn is no block, whatever is in it, nor is what holds a
    single block: a stage of one would have all stages taken for blocks.
    """
    found: set[type[nn.Module]] = set()
    for call in cuts:
        module = watched.modules[call.layer]
        if not call.is_composite or _is_chain(module):
            continue
        inside = [
            one for one in cuts if one.is_composite and one.layer.startswith(f"{call.layer}.")
        ]
        divides = any(one.node is not call.node for one in inside)
        parts = [watched.modules[one.layer] for one in inside]
        if not divides and not any(_is_all_of(part, module) for part in parts):
            found.add(type(module))
    return found


def _is_all_of(part: nn.Module, module: nn.Module) -> bool:
    """Whether a part that is no mere chain holds all parameters of a module."""
    return not _is_chain(part) and set(part.parameters()) == set(module.parameters())


def _is_chain(module: nn.Module) -> bool:
    return type(module).forward is nn.Sequential.forward


def _is_short_chain(module: nn.Module) -> bool:
    """Whether it runs a few modules without parts in turn, as convolution, norm, activation."""
    parts = list(module.children())
    is_flat = not any(True for part in parts for _ in part.children())
    weights = sum(one.ndim > 1 for part in parts for one in part.parameters(recurse=False))
    return _is_chain(module) and is_flat and weights <= MANY_WEIGHTS


# --- of several calls the one ---------------------------------------------------------------


def _axis(call: ModuleCall) -> int:
    return channel_axis(call.output.shape, call.operator)


def _extent(call: ModuleCall) -> int:
    """How many positions the layer's map has; alike for a map, its windows and its tokens."""
    shape: tuple[int, ...] = tuple(call.output.shape)
    return prod(shape[1:]) // shape[_axis(call)]


def _best(calls: Sequence[ModuleCall]) -> ModuleCall:
    """The last composite of the highest level; without composites the last such module.

    Of modules that hand on one value, as dropout does in evaluation, the one that made it.
    """
    able = [call for call in calls if call.is_composite] or calls
    highest = min(map(_level, able))
    ends = [call for call in able if call.level == highest]
    return next(call for call in ends if call.node is ends[-1].node)


def _best_of_depth(group: Sequence[ModuleCall]) -> ModuleCall:
    """Of one depth the best of its first map size: a pool after it adds nothing."""
    extent = _extent(group[0])
    return _best([call for call in group if _extent(call) == extent])


def _level(call: ModuleCall) -> int:
    return call.level


def _one_a_depth(calls: Iterable[ModuleCall]) -> list[ModuleCall]:
    """Drop a layer that no mixing weight parts from the one before."""
    kept: list[ModuleCall] = []
    for call in calls:
        if not kept or call.depth > kept[-1].depth:
            kept.append(call)
    return kept
