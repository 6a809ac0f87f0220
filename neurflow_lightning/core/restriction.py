"""A segment cut down to the neurons asked for, its straight beginning split off.

1. :func:`demands` walks from the upper layer's neurons back to the lower layer and notes what is
   needed of each value: everything, or some neurons of it.
2. What is needed as a whole and moves on a straight line is the *prefix*: what is affine in the
   lower activations, and what homogeneous operations make of them alone. It does not depend on
   the neurons asked for: it is run once for each patch.
3. What some neurons need of such operations on that is their *own prefix*: it is run once for
   each (neuron, patch).
4. The rest is run at every node of the path of integrated gradients. What bends there but does not
   depend on the neurons asked for, such as the inner convolution of a bottleneck, is the *common
   part*: forward it is run once for each patch, only its gradient once for each (neuron, patch).
5. What is left is the *path part*. Where only ReLUs bend in it, it is :class:`Switched`: nodes
   between which none of the neuron's own ReLUs switches share their gradient.

The own prefix and the path part are run on several neurons at once. What enters a part from
outside are its *entries*.

Neurons with the same :attr:`Demands.signature` share one :class:`Split`; their entries differ
only in the indices of what is needed.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import torch
from torch import fx

from neurflow_lightning.core import neuronwise
from neurflow_lightning.core.adjoint import multiply_adds, stand_in, without_arithmetic
from neurflow_lightning.core.lowering import Lowered
from neurflow_lightning.core.operations import (
    CONVOLUTIONS,
    RELUS,
    Demand,
    Neurons,
    has_rows,
    is_constant,
    is_known,
    is_size,
    operation,
    shape,
)
from neurflow_lightning.types import IntArray

WORTH_SHARING = 8
"""Multiply-adds for each number of a common part's values: with fewer (depthwise convolutions)
handing values over costs more than computing them again."""

Use = tuple[fx.Node, fx.Node]
"""An operation, and one of its inputs."""


@dataclass(frozen=True, eq=False)
class Demands:
    """What some neurons of the upper layer need.

    Attributes:
        values: node → what is computed of it; nodes that are not needed are missing.
        uses: (operation, input) → what the operation needs of the input.
    """

    values: Mapping[fx.Node, Demand]
    uses: Mapping[Use, Demand]

    @property
    def signature(self) -> tuple[object, ...]:
        """Equal for neurons whose needs differ only in indices."""
        return tuple(
            (*(node.name for node in use), None if need is None else (need.axis, len(need.indices)))
            for use, need in self.uses.items()
        )


def indices_of(several: Sequence[Demands]) -> dict[Use, IntArray]:
    """Use → (T, m) the indices that each of T neurons of one signature needs there."""
    return {
        use: np.stack([needs.indices for found in several if (needs := found.uses[use])])
        for use, need in several[0].uses.items()
        if need is not None
    }


def demands(segment: Lowered, asked: Neurons) -> Demands:
    """What the neurons ``asked`` for of the upper layer need."""
    values: dict[fx.Node, Demand] = {segment.upper: asked}
    uses: dict[Use, Demand] = {}
    for node in reversed(segment.graph.nodes):
        if node not in values or node.op in ("placeholder", "output"):
            continue
        own = values[node]
        needs = None if own is None else operation(node).needs(node, own)
        if needs is None:
            values[node] = None
            needs = dict.fromkeys(node.all_input_nodes)
        for entry, need in needs.items():
            uses[node, entry] = need
            values[entry] = _union(values[entry], need) if entry in values else need
    return Demands(values, uses)


def _union(one: Demand, other: Demand) -> Demand:
    """Both, where they are the same; else everything."""
    if one is None or other is None or one.axis != other.axis:
        return None
    return one if np.array_equal(one.indices, other.indices) else None


# --- the split ------------------------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class Entry:
    """What enters the path part from outside of it.

    Attributes:
        kind: ``"path"`` moves along the path, ``"context"`` and ``"constant"`` stand still;
            ``"indices"`` are those of neurons to pick out of a value inside.
        source: the value, a node of the segment's graph.
        use: where the neurons to pick out of it are found in the demands; ``None`` where it
            enters as it is.
    """

    kind: Literal["path", "context", "constant", "indices"]
    source: fx.Node
    use: Use | None

    @property
    def is_by_patch(self) -> bool:
        """Whether it has one row for each patch."""
        return self.kind in ("path", "context")


@dataclass(frozen=True, eq=False)
class Part:
    """Some operations of a segment, for neurons of one signature.

    Attributes:
        run: what enters it → a tuple of its outputs.
        entries: what ``run`` takes, in order.
        outputs: the segment's nodes that it gives, in order.
    """

    run: fx.GraphModule
    entries: tuple[Entry, ...]
    outputs: tuple[fx.Node, ...]


@dataclass(frozen=True, eq=False)
class Common:
    """What is run at every node and yet shared by all neurons.

    Attributes:
        part: its operations; gives ``given``, and those of ``bent`` that are made inside.
        given: its values that the path part uses.
        bent: the values that enter operations which are not affine.
        adjoint: (entries, true values of ``bent``) → ``given``, without arithmetic: for pulling
            gradients back.
    """

    part: Part
    given: tuple[fx.Node, ...]
    bent: tuple[fx.Node, ...]
    adjoint: fx.GraphModule


@dataclass(frozen=True, eq=False)
class Switched:
    """A path part in which nothing bends but ReLUs: some at once, and later ones of each neuron.

    A ReLU *at once* bends a value that enters along a straight line. Either every way from there to
    the neuron leads through one *later* ReLU, which bends just what the neuron needs, or there is
    no later one. All else is affine: for given states of the later ReLUs, their *switches*, the
    gradient behind those at once is the same all along the path.

    Attributes:
        at_once: places among the path part's entries of the lines that are bent at once.
        axes: of the neurons in each value that a later ReLU bends.
        run: the path part's entries → (upper, *values that later ReLUs bend). Serves for any
            number of neurons asked for together.
        adjoint: (entries, but what the ReLU made in place of lines bent at once, *switches) →
            upper, without the arithmetic of operations on all neurons.
    """

    at_once: tuple[int, ...]
    axes: tuple[int, ...]
    run: fx.GraphModule
    adjoint: fx.GraphModule


@dataclass(frozen=True, eq=False)
class Split:
    """A segment for neurons of one signature.

    Attributes:
        prefix: (lower, *context, *constants) → values of ``folded``; ``None`` without a prefix.
        adjoint: the same without arithmetic, for pulling gradients back.
        folded: the prefix's values that are used outside of it.
        own: the own prefix; without outputs where there is none.
        common: the common part; ``None`` where sharing it saves nothing.
        path: the path part; gives the upper layer's activations.
        switched: how the path part is run with fewer nodes; ``None`` where it cannot.
        whole: whether ``path`` gives all neurons of the upper layer.
        is_rectified: whether a prefix holds an operation that is homogeneous and not affine:
            gradients must be pulled back at the true lower activations.
        is_affine: whether common and path part are affine: the gradient is the same everywhere.
        is_gentle: whether it is made of known operations only, none of which changes fastest next
            to the baseline, as a LayerNorm does.
    """

    prefix: fx.GraphModule | None
    adjoint: fx.GraphModule | None
    folded: tuple[fx.Node, ...]
    own: Part
    common: Common | None
    path: Part
    switched: Switched | None
    whole: bool
    is_rectified: bool
    is_affine: bool
    is_gentle: bool

    @property
    def is_by_neuron(self) -> bool:
        """Whether neurons that ask for the same patch have nothing in common but the prefix."""
        return self.common is None and self.switched is None


def split(segment: Lowered, found: Demands) -> Split:
    """Split a segment at the ends of its prefixes."""
    moving = moving_nodes(segment)
    homogeneous = _homogeneous(segment)

    def bends(node: fx.Node) -> bool:
        return node in moving and not operation(node).is_affine(node, moving.__contains__)

    def is_straight(node: fx.Node) -> bool:
        """Whether it moves along a straight line, with the same gradient everywhere."""
        return node in moving and (node in homogeneous or not bends(node))

    inputs = {node for node in segment.graph.nodes if node.op == "placeholder"}
    needed = [node for node in segment.graph.nodes if node in found.values and node not in inputs]
    prefix = _straight(
        needed, inputs, moving, lambda node: is_straight(node) and _is_whole(node, found)
    )
    prefix = _with_rows_at_its_ends(prefix - {segment.upper}, needed, moving, set())
    own = _straight(
        [node for node in needed if node not in prefix],
        inputs | prefix,
        moving,
        lambda node: is_straight(node) and has_rows(node) and not _is_whole(node, found),
    )
    own = (own & moving) - {segment.upper}
    still = {node for node in needed if node not in moving}
    rest = _with_still([node for node in needed if node not in prefix | own | still], needed, still)
    whole = found.values[segment.upper] is None
    shared = set() if whole else _shareable(rest, inputs | prefix, found, moving, bends)
    own_path = _with_still([node for node in rest if node not in shared | still], rest, still)
    path = _part(segment, found, own_path, moving, (segment.upper,), own)
    shared_path = _with_still([node for node in rest if node in shared & moving], rest, still)
    common = _common(segment, found, shared_path, path, moving, bends)
    used = dict.fromkeys(entry.source for entry in path.entries)
    asked = tuple(node for node in used if node in own)
    own_prefix = _with_still([node for node in needed if node in own], needed, still)
    before = _part(segment, found, own_prefix, moving, asked, set())
    parts = (before, path) if common is None else (before, common.part, path)
    entered = [entry.source for part in parts for entry in part.entries]
    folded = tuple(node for node in dict.fromkeys(entered) if node in prefix)
    graph = _prefix_graph(segment, prefix, folded)
    return Split(
        prefix=fx.GraphModule(segment.root, graph) if folded else None,
        adjoint=fx.GraphModule(segment.root, without_arithmetic(graph)) if folded else None,
        folded=folded,
        own=before,
        common=common,
        path=path,
        switched=None if whole or common else _switched(segment, found, own_path, own, moving),
        whole=whole,
        is_rectified=any(bends(node) for node in prefix | own),
        is_affine=not any(bends(node) for node in rest),
        is_gentle=all(is_known(node) or is_size(node) for node in rest),
    )


def moving_nodes(segment: Lowered) -> set[fx.Node]:
    """What depends on the values of the lower activations, and not on their shape alone."""
    moving = {segment.lower}
    for node in segment.graph.nodes:
        if not is_size(node) and any(entry in moving for entry in node.all_input_nodes):
            moving.add(node)
    return moving


def _homogeneous(segment: Lowered) -> set[fx.Node]:
    """What is made of the lower activations by positively homogeneous operations alone."""
    found = {segment.lower}
    for node in segment.graph.nodes:
        inputs = node.all_input_nodes
        if len(inputs) == 1 and inputs[0] in found and operation(node).is_homogeneous:
            found.add(node)
    return found


def _straight(
    needed: Sequence[fx.Node],
    before: set[fx.Node],
    moving: set[fx.Node],
    wanted: Callable[[fx.Node], bool],
) -> set[fx.Node]:
    """Wanted operations that use nothing but ``before``, one another, and what stands still."""
    found: set[fx.Node] = set()
    for node in needed:
        if (
            node.op in ("call_function", "call_method")
            and (node not in moving or wanted(node))
            and all(entry in before or entry in found for entry in node.all_input_nodes)
        ):
            found.add(node)
    return found


def _with_rows_at_its_ends(
    part: set[fx.Node], needed: Sequence[fx.Node], moving: set[fx.Node], handed_out: set[fx.Node]
) -> set[fx.Node]:
    """The largest part of ``part`` whose values have one row a patch wherever they leave it.

    Inside, such as in the windows of an attention, they may be laid out in any way. What stands
    still (sizes, tables) is worked out again in each part that needs it.

    Args:
        part: operations that use nothing but one another, and what comes before.
        needed: all operations of the segment that count, in order.
        moving: what depends on the lower activations.
        handed_out: those of the part whose values are used outside in any case.
    """
    still = {node for node in needed if node not in moving}
    part = set(part)
    while True:
        outside = [node for node in needed if node in moving and node not in part]
        users = {*outside, *_still_needed(outside, still)}
        lost = {
            node
            for node in part & moving
            if not has_rows(node)
            and (node in handed_out or any(one in users for one in node.users))
        }
        if not lost:
            return part
        for node in needed:
            if node in part and any(entry in lost for entry in node.all_input_nodes):
                lost.add(node)
        part -= lost


def _still_needed(nodes: Sequence[fx.Node], still: set[fx.Node]) -> set[fx.Node]:
    """What stands still and is used by ``nodes``, with all that it is worked out from."""
    found: set[fx.Node] = set()
    waiting = list(nodes)
    while waiting:
        fresh = [one for one in waiting.pop().all_input_nodes if one in still and one not in found]
        found.update(fresh)
        waiting += fresh
    return found


def _with_still(
    nodes: Sequence[fx.Node], needed: Sequence[fx.Node], still: set[fx.Node]
) -> list[fx.Node]:
    """The operations with what they use of what stands still, in order."""
    wanted = {*nodes, *_still_needed(nodes, still)}
    return [node for node in needed if node in wanted]


def _shareable(
    rest: Sequence[fx.Node],
    before: set[fx.Node],
    found: Demands,
    moving: set[fx.Node],
    bends: Callable[[fx.Node], bool],
) -> set[fx.Node]:
    """What all neurons need as a whole, up to the last costly operation."""

    def is_common(node: fx.Node) -> bool:
        return node in moving and _is_whole(node, found)

    candidates = _straight(rest, before, moving, is_common)
    useful: set[fx.Node] = set()
    for node in reversed(rest):
        users = (user in useful for user in node.users)
        if node in candidates and (multiply_adds(node) or any(users)):
            useful.add(node)
    # What bends after the last costly one is cheaper run where it is used than handed over.
    wanted = useful | {node for node in candidates if not bends(node)}
    common = _straight(rest, before, moving, wanted.__contains__)
    bent = {entry for node in common if bends(node) for entry in node.all_input_nodes}
    common = _with_rows_at_its_ends(common, rest, moving, bent)
    work = sum(map(multiply_adds, common))
    return common if work > WORTH_SHARING * sum(map(_numbers, common & moving)) else set()


def _numbers(node: fx.Node) -> int:
    """In a value, for each patch."""
    found = shape(node)
    return 0 if found is None else math.prod(found) // 2


def _common(
    segment: Lowered,
    found: Demands,
    nodes: Sequence[fx.Node],
    path: Part,
    moving: set[fx.Node],
    bends: Callable[[fx.Node], bool],
) -> Common | None:
    if not nodes:
        return None
    inside = set(nodes)
    used = (entry.source for entry in path.entries)
    given = tuple(dict.fromkeys(node for node in used if node in inside))
    bending = (entry for node in nodes if bends(node) for entry in node.all_input_nodes)
    bent = tuple(dict.fromkeys(entry for entry in bending if entry in moving))
    outputs = tuple(dict.fromkeys([*given, *(node for node in bent if node in inside)]))
    part = _part(segment, found, nodes, moving, outputs, set())
    graph = _standing_graph(nodes, part, given, bent, bends)
    return Common(part, given, bent, fx.GraphModule(segment.root, without_arithmetic(graph)))


def _standing_graph(
    nodes: Sequence[fx.Node],
    part: Part,
    given: Sequence[fx.Node],
    bent: Sequence[fx.Node],
    bends: Callable[[fx.Node], bool],
) -> fx.Graph:
    """(entries, true values of ``bent``) → ``given``; what bends sees the true values."""
    graph = fx.Graph()
    copies = {
        entry.source: graph.placeholder(f"entry_{place}")
        for place, entry in enumerate(part.entries)
    }
    true = {node: graph.placeholder(f"true_{place}") for place, node in enumerate(bent)}
    standing: dict[fx.Node, fx.Node] = {}
    for node in nodes:
        if bends(node):
            for entry in node.all_input_nodes:
                if entry in true and entry not in standing:
                    pair = (copies[entry], true[entry])
                    standing[entry] = graph.call_function(stand_in, pair)
            copies[node] = graph.node_copy(node, lambda one: standing.get(one, copies[one]))
        else:
            copies[node] = graph.node_copy(node, copies.__getitem__)
    graph.output(tuple(copies[node] for node in given))
    return graph


def _switched(
    segment: Lowered,
    found: Demands,
    nodes: Sequence[fx.Node],
    own: set[fx.Node],
    moving: set[fx.Node],
) -> Switched | None:
    inside = set(nodes)
    if not all(_is_for_any_number(node, found) for node in inside | own):
        return None
    at_once: set[fx.Node] = set()
    later: list[fx.Node] = []
    passed: dict[fx.Node, set[int]] = {}  # later ReLUs on the ways from those at once
    for node in nodes:
        before = set().union(*(passed.get(entry, ()) for entry in node.all_input_nodes))
        is_relu = node.target in RELUS
        if not is_relu and (
            node not in moving or operation(node).is_affine(node, moving.__contains__)
        ):
            passed[node] = before
        elif not is_relu or node not in moving:
            return None
        elif not _is_whole(node, found):
            later.append(node)
            passed[node] = {count + 1 for count in before}
        elif node.all_input_nodes[0] not in inside:
            at_once.add(node)
            passed[node] = {0}
        else:
            return None
    entering = {node.all_input_nodes[0] for node in at_once}
    users = {user for entry in entering for user in entry.users if user in inside}
    if not at_once or users != at_once or passed[segment.upper] != {min(len(later), 1)}:
        return None
    bent = tuple(node.all_input_nodes[0] for node in later)
    if any((need := found.values[node]) is None or len(need.indices) > 1 for node in bent):
        return None  # a switch is one channel's: the neuron of a head needs all of its channels
    part = _part(segment, found, nodes, moving, (segment.upper, *bent), own)
    places = [place for place, one in enumerate(part.entries) if one.source in entering]
    adjoint = _switching_graph(part.run.graph, places, len(later))
    return Switched(
        at_once=tuple(places),
        axes=tuple(need.axis for one in bent if (need := found.values[one])),
        run=part.run,
        adjoint=fx.GraphModule(segment.root, adjoint),
    )


def _is_for_any_number(node: fx.Node, found: Demands) -> bool:
    """Whether what is emitted for one neuron serves for any number of them."""
    is_grouped = node.target in CONVOLUTIONS and node.args[-1] != 1
    return _is_whole(node, found) or not is_grouped


def _switching_graph(run: fx.Graph, at_once: Sequence[int], switches: int) -> fx.Graph:
    """Of :attr:`Switched.run`, what :attr:`Switched.adjoint` says."""
    graph = fx.Graph()
    inputs = [node for node in run.nodes if node.op == "placeholder"]
    copies = {node: graph.placeholder(node.name) for node in inputs}
    given = iter([graph.placeholder(f"switch_{place}") for place in range(switches)])
    bent_at_once = {inputs[place] for place in at_once}
    for node in run.nodes:
        if node.op == "output":
            graph.output(copies[node.args[0][0]])
        elif node.target in RELUS:
            value = copies[node.args[0]]
            if node.args[0] not in bent_at_once:
                value = graph.call_function(torch.mul, (value, next(given)))
            copies[node] = value
        elif node not in copies:
            copies[node] = graph.node_copy(node, copies.__getitem__)
            copies[node].target = neuronwise.WITHOUT_ARITHMETIC.get(node.target, node.target)
    return graph


def _is_whole(node: fx.Node, found: Demands) -> bool:
    return found.values[node] is None


def _part(
    segment: Lowered,
    found: Demands,
    nodes: Sequence[fx.Node],
    moving: set[fx.Node],
    outputs: tuple[fx.Node, ...],
    restricted: set[fx.Node],
) -> Part:
    """The given operations; ``restricted`` holds those outside that give just what is needed."""
    emitter = _Emitter(found, set(nodes), moving, restricted)
    for node in nodes:
        emitter.add(node)
    graph = emitter.finished(outputs)
    return Part(fx.GraphModule(segment.root, graph), tuple(emitter.entries), outputs)


def _prefix_graph(segment: Lowered, prefix: set[fx.Node], folded: Sequence[fx.Node]) -> fx.Graph:
    graph = fx.Graph()
    copies: dict[fx.Node, fx.Node] = {}
    for node in segment.graph.nodes:
        if node.op == "placeholder" or node in prefix:
            copies[node] = graph.node_copy(node, copies.__getitem__)
    graph.output(tuple(copies[node] for node in folded))
    graph.eliminate_dead_code()
    return graph


class _Emitter:
    """Writes a part, and lists what enters it."""

    def __init__(
        self,
        found: Demands,
        inside: set[fx.Node],
        moving: set[fx.Node],
        restricted: set[fx.Node],
    ) -> None:
        self.found, self.inside, self.moving, self.restricted = found, inside, moving, restricted
        self.graph = fx.Graph()
        self.start = self.graph.call_function(neuronwise.gathered)  # entries are put before it
        self.values: dict[fx.Node, Any] = {}
        self.entries: list[Entry] = []
        self.placeholders: dict[tuple[fx.Node, Use | None, str], fx.Node] = {}

    def add(self, node: fx.Node) -> None:
        """One operation more."""
        asked = self.found.values[node]

        def given(entry: Any) -> Any:
            return self._given((node, entry)) if isinstance(entry, fx.Node) else entry

        if asked is None:
            self.values[node] = self.graph.node_copy(node, given)
        else:
            made = operation(node).emit(self.graph, node, asked, given)
            if isinstance(made, fx.Node):
                made.meta = {}  # its shape is not that of the whole
            self.values[node] = made

    def finished(self, outputs: Sequence[fx.Node]) -> fx.Graph:
        """The graph, with its outputs."""
        self.graph.output(tuple(self.values[node] for node in outputs))
        self.graph.erase_node(self.start)
        return self.graph

    def _given(self, use: Use) -> fx.Node:
        entry, need = use[1], self.found.uses[use]
        if entry not in self.inside:
            whole = need is None or entry in self.restricted
            return self._placeholder(Entry(self._kind(entry), entry, None if whole else use))
        value: fx.Node = self.values[entry]
        if need is None or self.found.values[entry] is not None:
            return value
        indices = self._placeholder(Entry("indices", entry, use))
        return self.graph.call_function(neuronwise.gathered, (value, need.axis, indices))

    def _placeholder(self, entry: Entry) -> fx.Node:
        key = (entry.source, entry.use, entry.kind)
        if key not in self.placeholders:
            with self.graph.inserting_before(self.start):
                self.placeholders[key] = self.graph.placeholder(f"entry_{len(self.entries)}")
            self.entries.append(entry)
        return self.placeholders[key]

    def _kind(self, entry: fx.Node) -> Literal["path", "context", "constant"]:
        if is_constant(entry):
            return "constant"
        return "path" if entry in self.moving else "context"
