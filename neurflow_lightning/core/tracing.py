"""Trace a network once, then cut the part between two of its layers out of the graph.

1. :func:`trace_network` runs the model on symbols (``torch.fx``). A module whose forward cannot
   run on symbols becomes one node of the graph and tracing starts again, as long as no named layer
   lies inside it. Modules' outputs are recorded where modules are called, not by node order.
2. :func:`cut` takes the nodes that the upper layer needs and the lower layer reaches. A value
   that enters them from elsewhere (a skip connection, a size) is a *bypass*.
3. :func:`recording` is the network as a graph that gives the layers and the bypasses of several
   cuts, each copied before anything can write into it. ``Cut.segment`` builds a segment once it is
   known what the bypasses are: tensors of the batch are handed in, sizes are worked out for every
   batch, the rest is fixed.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, fx, nn

from neurflow_lightning.core.hooks import PLAIN, OutputView, WatchedModel, undisturbed


class UntraceableError(Exception):
    """A network, or a segment of it, has no graph. Caught where replay takes over."""


# --- tracing --------------------------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class Trace:
    """A network as a graph.

    Attributes:
        root: the module that the graph's names start from; it holds the model.
        graph: the whole forward pass.
        outputs: layer → node of its activations.
        views: layer → where these are in what the module returns.
    """

    root: nn.Module
    graph: fx.Graph
    outputs: Mapping[str, fx.Node]
    views: Mapping[str, OutputView]

    def view(self, layer: str) -> OutputView:
        """Where a layer's activations are in what its module returns."""
        return self.views.get(layer, PLAIN)


class _Root(nn.Module):
    """Holds the model, so that whatever the tracer attaches to its root stays off the model."""

    def __init__(self, watched: WatchedModel) -> None:
        super().__init__()
        self.model = watched.model
        self._run = watched

    def forward(self, inputs: Tensor) -> None:
        """Only what the named layers return is of interest."""
        self._run(inputs)


class _Tracer(fx.Tracer):
    """Records the outputs of the named layers, and the innermost module that fails."""

    def __init__(
        self,
        layers: Mapping[str, nn.Module],
        views: Mapping[str, OutputView],
        leaves: set[type[nn.Module]],
    ) -> None:
        super().__init__(param_shapes_constant=True)
        self.views = views
        self.names = {id(module): name for name, module in layers.items()}
        self.leaves = leaves
        self.outputs: dict[str, fx.Node] = {}
        self.failed: nn.Module | None = None
        self._failure: Exception | None = None

    def has_layer_inside(self, module: nn.Module) -> bool:
        return any(id(part) in self.names for part in module.modules() if part is not module)

    def is_leaf_module(self, m: nn.Module, module_qualified_name: str) -> bool:
        if self.has_layer_inside(m):
            return False
        return type(m) in self.leaves or super().is_leaf_module(m, module_qualified_name)

    def call_module(self, m: nn.Module, forward: Any, args: Any, kwargs: Any) -> Any:
        compiled_from = getattr(m, "_orig_mod", None)
        if isinstance(compiled_from, nn.Module):  # a compiled module refuses symbols
            return compiled_from(*args, **kwargs)
        try:
            output = super().call_module(m, forward, args, kwargs)
        except Exception as failure:
            self._blame(m, failure)
            raise
        return self._recorded(self.names[id(m)], output) if id(m) in self.names else output

    def _recorded(self, layer: str, output: Any) -> Any:
        """A layer's output, its activations noted; a tuple is taken apart, each entry once."""
        parts = self.views.get(layer, PLAIN).parts
        if parts is not None and isinstance(output, fx.Proxy):
            output = tuple(operator.getitem(output, place) for place in range(parts))
        activations = output if parts is None else output[0]
        if isinstance(activations, fx.Proxy):
            self.outputs[layer] = activations.node
        return output

    def _blame(self, module: nn.Module, failure: Exception) -> None:
        """An exception passes through its innermost module first."""
        if failure is not self._failure:
            self._failure, self.failed = failure, module


def trace_network(watched: WatchedModel, layers: Sequence[str]) -> Trace:
    """The network's graph, with the named layers' outputs marked.

    Raises:
        UntraceableError: when a module cannot be traced and cannot be one node either.
    """
    modules = {layer: watched.modules[layer] for layer in layers}
    leaves: set[type[nn.Module]] = set()
    with undisturbed(watched.model, anew=True):  # no symbol may stay on the model
        while True:
            root, tracer = _Root(watched), _Tracer(modules, watched.views, leaves)
            try:
                graph = tracer.trace(root)
            except Exception as failure:  # the model's own code, run on symbols, may raise any
                leaves.add(_failed_class(tracer, failure))
                continue
            return Trace(root, graph, _all_outputs(tracer, layers), watched.views)


def _failed_class(tracer: _Tracer, failure: Exception) -> type[nn.Module]:
    """The class to make a leaf before the next attempt."""
    failed = tracer.failed
    culprit = type(failed).__name__ if failed is not None else "the forward function"
    reason = f"{culprit} cannot be traced: {type(failure).__name__}: {_first_line(failure)}"
    if failed is None or type(failed) in tracer.leaves or tracer.has_layer_inside(failed):
        raise UntraceableError(reason) from failure
    return type(failed)


def _first_line(failure: Exception) -> str:
    return next(iter(str(failure).splitlines()), "no message")


def _all_outputs(tracer: _Tracer, layers: Sequence[str]) -> dict[str, fx.Node]:
    for layer in layers:
        if layer not in tracer.outputs:
            raise UntraceableError(f"the graph does not contain {layer!r}")
    return tracer.outputs


# --- cutting --------------------------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class Cut:
    """The part of a traced network between two layers.

    Attributes:
        trace: the network.
        lower: node of the lower layer's activations.
        upper: node of the upper layer's.
        lower_view, upper_view: where the layers' activations are in these.
        inside: nodes the segment is made of, in order.
        bypasses: nodes whose values enter it beside the lower layer's.
    """

    trace: Trace
    lower: fx.Node
    upper: fx.Node
    lower_view: OutputView
    upper_view: OutputView
    inside: tuple[fx.Node, ...]
    bypasses: tuple[fx.Node, ...]

    def segment(
        self, values: Sequence[tuple[Any, Any]], batches: tuple[int, int]
    ) -> tuple[fx.GraphModule, tuple[tuple[int, int], ...]]:
        """The segment as a module: (lower, *context) → upper, each with the batch on axis 0.

        The layers' activations are those that their views show.

        Args:
            values: of every bypass its values on two batches of different size and content.
            batches: the sizes of these batches.

        Returns:
            The module, and which of the bypasses make its context, with the axis of their batch.

        Raises:
            UntraceableError: when a value changes with the batch and is no tensor of the batch.
        """
        axes = [batch_axis(pair, batches) for pair in values]
        held = tuple((place, axis) for place, axis in enumerate(axes) if axis is not None)
        graph = fx.Graph()
        entries = [
            graph.placeholder("lower"),
            *(graph.placeholder(f"bypass_{place}") for place, _ in held),
        ]
        made = [_applied(self.lower_view.restored, entries[0])]
        for entry, (_, axis) in zip(entries[1:], held, strict=True):
            made.append(_swapped(graph, entry, axis))
        # Copies: the segment may write into what enters it.
        lower, *context = [graph.call_method("clone", (value,)) for value in made]
        copies: dict[fx.Node, Any] = {self.lower: lower}
        copies.update(zip((self.bypasses[place] for place, _ in held), context, strict=True))
        fixed = _Fixed(self.trace.root, graph, entries[0], batches)
        for node, pair in zip(self.bypasses, values, strict=True):
            if node not in copies:
                copies[node] = fixed.argument(node, pair)
        for node in self.inside:
            copies[node] = graph.node_copy(node, copies.__getitem__)
        graph.output(_applied(self.upper_view.viewed, copies[self.upper]))
        return fx.GraphModule(self.trace.root, graph), held


def cut(trace: Trace, lower: str, upper: str) -> Cut:
    """Cut the segment between two layers out of the network.

    Raises:
        UntraceableError: when no value of the upper layer depends on the lower one's.
    """
    below, above = trace.outputs[lower], trace.outputs[upper]
    reached = _reached_from(below)
    if above not in reached or above is below:
        raise UntraceableError(f"in the graph {upper!r} does not depend on {lower!r}")
    inputs = [node for node in trace.graph.nodes if node.op == "placeholder"]
    is_bypass = _reached_from(*inputs) - reached
    inside = _needed(trace.graph, [above], {below, *is_bypass})
    bypasses = tuple(node for node in _feeding(inside) if node in is_bypass)
    return Cut(trace, below, above, trace.view(lower), trace.view(upper), inside, bypasses)


def _applied(change: Callable[[Any], Any], node: fx.Node) -> fx.Node:
    """The node of what ``change`` makes of a node's value."""
    changed: fx.Proxy = change(fx.Proxy(node))
    return changed.node


def _swapped(graph: fx.Graph, node: fx.Node, batch_axis: int) -> fx.Node:
    """A value with its batch moved from an axis to the first one, or back."""
    return node if batch_axis == 0 else graph.call_method("transpose", (node, 0, batch_axis))


def _reached_from(*starts: fx.Node) -> set[fx.Node]:
    """``starts`` and every node that depends on one of them."""
    reached, waiting = set(starts), list(starts)
    while waiting:
        fresh = [user for user in waiting.pop().users if user not in reached]
        reached.update(fresh)
        waiting.extend(fresh)
    return reached


def _needed(graph: fx.Graph, ends: Sequence[fx.Node], given: set[fx.Node]) -> tuple[fx.Node, ...]:
    """Nodes that ``ends`` depend on, in order; what is ``given`` is followed no further.

    A node that writes into a value needed later is needed too, though nobody uses its result.
    """
    last = max(ends, key=list(graph.nodes).index)
    needed = set(ends)
    started = False
    for node in reversed(graph.nodes):
        started = started or node is last
        if started and (node in needed or _writes_into(node, needed)):
            needed.add(node)
            needed.update(() if node in given else node.all_input_nodes)
    return tuple(node for node in graph.nodes if node in needed - given)


def _writes_into(node: fx.Node, values: set[fx.Node]) -> bool:
    if node.users or not node.args or node.args[0] not in values:
        return False
    if node.op == "call_method":
        return str(node.target).endswith("_") and not str(node.target).endswith("__")
    return node.target is operator.setitem or bool(node.kwargs.get("inplace"))


def _feeding(nodes: Sequence[fx.Node]) -> list[fx.Node]:
    """Nodes that the given ones use directly, each once, in the order of first use."""
    return list(dict.fromkeys(entry for node in nodes for entry in node.all_input_nodes))


def _recorded(value: Any) -> Any:
    """A copy that later operations cannot write into."""
    return value.clone() if isinstance(value, Tensor) else value


def recording(
    trace: Trace,
    layers: Sequence[str],
    cuts: Sequence[Cut],
    held: Sequence[Sequence[int]],
    *,
    stem: fx.Node | None = None,
    resumed: bool = False,
) -> fx.GraphModule:
    """Inputs → (activations of the layers, for each cut its bypasses, the stem), in one pass.

    Layers are recorded when they are made, bypasses when their segment first uses them: what was
    written into them in between belongs to their true value.

    Args:
        trace: the network.
        layers: whose activations are wanted, as the modules return them.
        cuts: parts of that network.
        held: of each cut, which of its bypasses are wanted.
        stem: a node through which everything wanted depends on the inputs.
        resumed: whether the graph takes the stem's value in the place of the inputs.
    """
    graph = fx.Graph()
    copies: dict[fx.Node, fx.Node] = {}
    records: dict[tuple[int | None, fx.Node], fx.Node] = {}
    made = [trace.outputs[layer] for layer in layers]
    wanted = [[cut.bypasses[place] for place in own] for cut, own in zip(cuts, held, strict=True)]
    inside = [set(cut.inside) for cut in cuts]
    is_written = any(_may_write(trace.root, node) for node in trace.graph.nodes)

    def record(number: int | None, node: fx.Node) -> None:
        if (number, node) not in records:
            known = next((one for (_, value), one in records.items() if value is node), None)
            fresh = known if known is not None and not is_written else None
            records[number, node] = fresh or graph.call_function(_recorded, (copies[node],))

    ends = [*made, *(node for own in wanted for node in own), *(() if stem is None else [stem])]
    if is_written:  # up to where the segments use what may have been written into
        ends += [cut.upper for cut in cuts]
    given = {stem} if resumed and stem is not None else set()
    if resumed and stem is not None:
        copies[stem] = graph.call_method("clone", (graph.placeholder("stem"),))
    for node in _with_placeholders(trace.graph, ends, given):
        for number, own in enumerate(wanted):
            for entry in node.all_input_nodes if node in inside[number] else ():
                if entry in own:
                    record(number, entry)
        copies[node] = graph.node_copy(node, copies.__getitem__)
        if node in made or node is stem:
            record(None, node)
    for number, own in enumerate(wanted):
        for node in own:
            record(number, node)
    graph.output(
        (
            tuple(records[None, node] for node in made),
            tuple(tuple(records[number, one] for one in own) for number, own in enumerate(wanted)),
            None if stem is None or resumed else records[None, stem],
        )
    )
    return fx.GraphModule(trace.root, graph)


def substituting(trace: Trace, layer: str, wanted: Sequence[str]) -> fx.GraphModule:
    """(inputs, activations of one layer) → activations of other layers with these in their place.

    All are as the modules return them.
    """
    graph = fx.Graph()
    replaced = trace.outputs[layer]
    ends = [trace.outputs[name] for name in wanted]
    copies: dict[fx.Node, fx.Node] = {}
    records: dict[fx.Node, fx.Node] = {}
    nodes = _with_placeholders(trace.graph, [replaced, *ends], set())
    for node in nodes:
        if node.op == "placeholder":
            copies[node] = graph.node_copy(node)
    given = graph.call_method("clone", (graph.placeholder("activations"),))
    for node in nodes:
        if node.op != "placeholder":
            copied = graph.node_copy(node, copies.__getitem__)
            copies[node] = given if node is replaced else copied
        if node in ends:
            records[node] = graph.call_function(_recorded, (copies[node],))
    graph.output(tuple(records[node] for node in ends))
    return fx.GraphModule(trace.root, graph)


def common_stem(trace: Trace, cuts: Sequence[Cut]) -> fx.Node | None:
    """The last node through which all that enters the cuts depends on the network's inputs.

    The cuts can be entered again from its value alone, without what lies before it; ``None`` where
    there is no such node but an input.
    """
    targets = [node for cut in cuts for node in (cut.lower, *cut.bypasses)]
    inputs = [node for node in trace.graph.nodes if node.op == "placeholder"]
    reached = _reached_from(*inputs)
    up = {node: 1 if node in inputs else 0 for node in trace.graph.nodes}
    for node in trace.graph.nodes:
        if node not in inputs:
            up[node] = sum(up[entry] for entry in node.all_input_nodes)
    down = dict.fromkeys(trace.graph.nodes, 0)
    for node in targets:
        down[node] += 1
    for node in reversed(trace.graph.nodes):
        for entry in node.all_input_nodes:
            down[entry] += down[node]
    total = sum(up[node] for node in targets)
    stems = [node for node in reached if total and up[node] * down[node] == total]
    order = {node: place for place, node in enumerate(trace.graph.nodes)}
    last = max(stems, key=order.__getitem__, default=None)
    return None if last is None or last in inputs else last


def _may_write(root: nn.Module, node: fx.Node) -> bool:
    """Whether the node may write into a value: by its name, or as a module that works in place."""
    if node.op == "call_module":
        module = root.get_submodule(str(node.target))
        is_known = type(module).__module__.startswith("torch.nn.")
        return bool(getattr(module, "inplace", False)) or not is_known
    name = str(getattr(node.target, "__name__", node.target))
    is_method = name.endswith("_") and not name.endswith("__")
    is_operator = node.target in (operator.setitem, operator.iadd, operator.imul, operator.isub)
    return is_method or is_operator or bool(node.kwargs.get("inplace"))


def _with_placeholders(
    graph: fx.Graph, ends: Sequence[fx.Node], given: set[fx.Node]
) -> list[fx.Node]:
    """Nodes that ``ends`` depend on, in order, without the ``given`` ones; inputs are kept."""
    needed = set(_needed(graph, ends, given))
    is_input = {node for node in graph.nodes if node.op == "placeholder" and not given}
    return [node for node in graph.nodes if node in needed or node in is_input]


def batch_axis(values: tuple[Any, Any], batches: tuple[int, int]) -> int | None:
    """The axis, first or second, on which both values have one row for each of their batch."""
    first, second = values
    if not isinstance(first, Tensor) or not isinstance(second, Tensor):
        return None
    for axis in range(min(first.ndim, second.ndim, 2)):
        sizes = (first.shape[axis], second.shape[axis])
        rest = [[*one.shape[:axis], *one.shape[axis + 1 :]] for one in (first, second)]
        if sizes == batches and rest[0] == rest[1]:
            return axis
    return None


@dataclass(frozen=True, eq=False)
class _Fixed:
    """Bypasses that are no tensors of the batch, as arguments of the segment's nodes."""

    root: nn.Module
    graph: fx.Graph
    lower: fx.Node
    batches: tuple[int, int]

    def argument(self, node: fx.Node, values: tuple[Any, Any]) -> Any:
        first, second = values
        if isinstance(first, list | tuple) and len(first) == len(second):
            pairs = zip(first, second, strict=True)
            return tuple(self.argument(node, pair) for pair in pairs)
        if isinstance(first, Tensor) and isinstance(second, Tensor):
            return self._tensor(node, first, second)
        if first == second:
            return first
        return self._per_row(node, first, second)

    def _tensor(self, node: fx.Node, first: Tensor, second: Tensor) -> fx.Node:
        """A table that depends on sizes only: alike for both batches."""
        if not torch.equal(first, second):
            raise UntraceableError(
                f"{node.name!r} enters the segment with shape {tuple(first.shape)}, in which no "
                "axis is the batch, and changes with it"
            )
        name = f"_held_{node.name}"
        self.root.register_buffer(name, first.detach(), persistent=False)
        return self.graph.get_attr(name)

    def _per_row(self, node: fx.Node, first: Any, second: Any) -> fx.Node:
        """A size that grows with the batch, as in ``reshape(batch * windows, ...)``."""
        whole = all(isinstance(value, int) for value in (first, second))
        if (
            not whole
            or first % self.batches[0]
            or first * self.batches[1] != second * self.batches[0]
        ):
            raise UntraceableError(f"{node.name!r} changes with the batch: {first!r}, {second!r}")
        rows = self.graph.call_method("size", (self.lower, 0))
        return self.graph.call_function(operator.mul, (rows, first // self.batches[0]))
