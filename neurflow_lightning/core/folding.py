"""Integrated gradients of many neurons at once, the affine beginning of the segment folded.

On the path ``z = αx`` whatever is affine in ``x`` equals ``F(0) + α(F(x) − F(0))``, with the same
gradient everywhere. So is what a ReLU or a max pool makes of ``αx`` itself: ``α F(x)``. So:

1. the prefix ``F`` is run once for each patch, for all neurons and all nodes;
2. the path part is run at every node, and its gradients with respect to the prefix's values are
   summed with the nodes' weights;
3. that sum is pulled back through the prefix once for each (neuron, patch).

It is the same quadrature sum as :func:`~neurflow_lightning.core.attribution.integrated_gradients`,
which is what it is checked against. A path part that is affine itself takes one node.

Axes: T neurons; k patches of each; B = T · k rows, neuron by neuron; U different patches; C' lower
neurons.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import torch
from torch import Tensor, fx

from neurflow_lightning.core.adjoint import nothing
from neurflow_lightning.core.attribution import Attribution
from neurflow_lightning.core.held import Held, selected
from neurflow_lightning.core.layers import response
from neurflow_lightning.core.lowering import Lowered
from neurflow_lightning.core.neuronwise import gathered, sliced
from neurflow_lightning.core.operations import Neurons
from neurflow_lightning.core.restriction import (
    Common,
    Demands,
    Entry,
    Part,
    Split,
    demands,
    split,
    stacked,
)
from neurflow_lightning.types import IntArray

Nodes = Sequence[tuple[float, float]]


@dataclass(frozen=True, eq=False)
class Shared:
    """What all neurons share: values of the patches, by the segment's nodes.

    Attributes:
        end: of the lower layer, the context and the prefix, at the patches' true activations.
        start: of the prefix, at the baseline.
    """

    end: Mapping[fx.Node, Held]
    start: Mapping[fx.Node, Held]


@dataclass(frozen=True, eq=False)
class FoldedSegment:
    """A segment, and how it is run for neurons of each signature.

    Attributes:
        segment: its operations.
        lower_axis, upper_axis: the axes of the neurons in both layers' activations.
        narrow: whether the prefix is run in bfloat16.
        doubts: signature → why its attributions are not to be trusted; empty where they were found
            to equal the plain ones.
    """

    segment: Lowered
    lower_axis: int
    upper_axis: int
    narrow: bool = False
    doubts: dict[tuple[object, ...], str] = field(default_factory=dict)
    _splits: dict[tuple[object, ...], Split] = field(default_factory=dict)

    def plans(self, neurons: Iterable[int]) -> list[Demands]:
        """What each neuron of the upper layer needs."""
        return [
            demands(self.segment, Neurons(self.upper_axis, np.array([neuron])))
            for neuron in neurons
        ]

    def split(self, found: Demands) -> Split:
        """How neurons of this signature are run; made once."""
        signature = found.signature
        if signature not in self._splits:
            self._splits[signature] = split(self.segment, found)
        return self._splits[signature]

    def constants(self) -> dict[fx.Node, Tensor]:
        """The present weights."""
        return {node: self.segment.constant(node) for node in self.segment.constants}

    def arithmetic(self, device: torch.device) -> AbstractContextManager[object]:
        """The precision in which the prefix is run and pulled back through."""
        return torch.autocast(device.type, torch.bfloat16) if self.narrow else nullcontext()


@dataclass(frozen=True, eq=False)
class Batch:
    """Several neurons of one signature, on k patches each.

    Attributes:
        neurons: (T,) their indices in the upper layer.
        found: what each of them needs.
        rows: (T, k) their patches.
    """

    neurons: IntArray
    found: Sequence[Demands]
    rows: IntArray


def run_prefix(
    folded: FoldedSegment,
    way: Split,
    lower: Tensor,
    context: tuple[Tensor, ...],
    constants: Mapping[fx.Node, Tensor],
) -> tuple[Tensor, ...]:
    """(B, ...) the prefix's values on a batch of patches, in the order of ``way.folded``."""
    if way.prefix is None:
        return ()
    with torch.no_grad(), folded.arithmetic(lower.device):
        values = way.prefix(lower, *context, *constants.values())
    return tuple(value.to(lower.dtype) for value in values)


def attribute(
    folded: FoldedSegment,
    way: Split,
    batch: Batch,
    shared: Shared,
    constants: Mapping[fx.Node, Tensor],
    nodes: Nodes,
) -> Attribution:
    """Attribute each neuron to the lower layer on each of its patches.

    Args:
        folded: the segment.
        way: how it is run for these neurons.
        batch: the neurons and their patches.
        shared: what was computed for these patches.
        constants: the weights.
        nodes: (position, weight) on the path.

    Returns:
        B rows, neuron by neuron.
    """
    lines = _lines(folded, way, shared, batch.rows.ravel())
    lower = lines[folded.segment.lower].at(1.0)
    own = _own_lines(way.own, _entered(way.own, batch, lines, constants))
    common = None
    if way.common is not None:
        common = _shared_path(folded, way, way.common, batch, shared, lines, constants)
    path = _Path(way, batch, folded.upper_axis, {**lines, **own}, constants, common)
    change = path.response(1.0) - path.response(0.0)
    sums = path.gradients([(0.5, 1.0)] if way.is_affine else nodes)
    fixed = {node: one.at(0.0) for node, one in lines.items() if one.step is None}
    del lines, own, common, path  # pulling back takes as much memory again
    gradient = _pulled_back(folded, way, batch, sums, lower, fixed, constants)
    by_position = gradient * lower
    total = by_position.flatten(1).sum(1, dtype=change.dtype)
    return Attribution(
        values=response(by_position, folded.lower_axis),
        completeness_gap=total - change,
        response_change=change,
        lower=response(lower, folded.lower_axis),
    )


@dataclass(frozen=True, eq=False)
class _Line:
    """A value along the path: ``begin + α · step``. A missing part is zero."""

    begin: Tensor | None
    step: Tensor | None

    def at(self, position: float) -> Tensor:
        if self.step is None:
            assert self.begin is not None
            return self.begin
        if self.begin is None:
            return self.step if position == 1.0 else self.step * position
        return torch.add(self.begin, self.step, alpha=position)

    @property
    def device(self) -> torch.device:
        part = self.step if self.begin is None else self.begin
        assert part is not None
        return part.device

    def each(self, change: Callable[[Tensor], Tensor]) -> _Line:
        return _Line(*(None if one is None else change(one) for one in (self.begin, self.step)))


def _entered(
    part: Part,
    batch: Batch,
    lines: Mapping[fx.Node, _Line],
    constants: Mapping[fx.Node, Tensor],
) -> list[_Line]:
    """What enters a part, with just the neurons that are needed of it."""
    device = next(iter(lines.values())).device
    return [_entry(one, batch, lines, constants, device) for one in part.entries]


def _entry(
    entry: Entry,
    batch: Batch,
    lines: Mapping[fx.Node, _Line],
    constants: Mapping[fx.Node, Tensor],
    device: torch.device,
) -> _Line:
    need = entry.need(batch.found[0])
    if need is None:
        source = entry.source
        return _Line(constants[source], None) if source in constants else lines[source]
    indices = torch.from_numpy(stacked(entry, batch.found)).to(device)
    if entry.kind == "indices":
        return _Line(indices, None)
    if entry.kind == "constant":
        return _Line(sliced(constants[entry.source], need.axis, indices), None)
    return lines[entry.source].each(lambda value: gathered(value, need.axis, indices))


def _own_lines(part: Part, entered: Sequence[_Line]) -> dict[fx.Node, _Line]:
    """The own prefix's values along the path: it is affine, so that two points tell all."""
    with torch.no_grad():
        begin, end = (part.run(*(one.at(position) for one in entered)) for position in (0.0, 1.0))
    return {
        node: _Line(first, last - first)
        for node, first, last in zip(part.outputs, begin, end, strict=True)
    }


def _lines(
    folded: FoldedSegment, way: Split, shared: Shared, rows: IntArray
) -> dict[fx.Node, _Line]:
    """The lower activations, prefix and context of some patches, along the path."""
    lower = folded.segment.lower
    lines = {lower: _Line(None, shared.end[lower].of(rows))}
    for node in (*way.folded, *folded.segment.context):
        begin = shared.start[node].of(rows) if node in shared.start else None
        end = shared.end[node].of(rows)
        lines[node] = _Line(end, None) if begin is None else _Line(begin, end - begin)
    return lines


@dataclass(frozen=True, eq=False)
class _CommonPath:
    """The common part on the U different patches of a batch.

    Attributes:
        common: its operations.
        entered: what enters it, of U rows.
        fixed: what enters it and does not move, of B rows; by place among the entries.
        places: (B,) the row of each pair's patch.
    """

    common: Common
    entered: Sequence[_Line]
    fixed: Mapping[int, Tensor]
    places: Tensor

    def at(self, position: float) -> dict[fx.Node, Tensor]:
        """Its values and what bends in it, (B, ...) each, at a position of the path."""
        part = self.common.part
        with torch.no_grad():
            values = [one.at(position) for one in self.entered]
            known = {entry.source: one for entry, one in zip(part.entries, values, strict=True)}
            known.update(zip(part.outputs, part.run(*values), strict=True))
            wanted = dict.fromkeys((*self.common.given, *self.common.bent))
            return {node: selected(known[node], self.places) for node in wanted}

    def pulled_back(
        self, values: Mapping[fx.Node, Tensor], gradients: Mapping[fx.Node, Tensor]
    ) -> dict[Entry, Tensor]:
        """Gradient by each entry that moves, given those by what the path part uses."""
        entries = self.common.part.entries
        rows = len(self.places)
        given: list[Tensor] = []
        leaves: dict[Entry, Tensor] = {}
        for place, (entry, line) in enumerate(zip(entries, self.entered, strict=True)):
            if line.step is None:
                given.append(self.fixed[place])
            else:
                leaf = nothing(rows, tuple(line.step.shape[1:]), line.step)
                leaves[entry] = leaf.detach().requires_grad_()
                given.append(leaves[entry])
        with torch.enable_grad():
            true = (values[node] for node in self.common.bent)
            made = dict(zip(self.common.given, self.common.adjoint(*given, *true), strict=True))
        reached = [node for node in gradients if made[node].requires_grad]
        if not reached:
            return {}
        found = torch.autograd.grad(
            [made[node] for node in reached],
            list(leaves.values()),
            [gradients[node].to(made[node].dtype) for node in reached],
            allow_unused=True,
        )
        return {entry: one for entry, one in zip(leaves, found, strict=True) if one is not None}


def _shared_path(
    folded: FoldedSegment,
    way: Split,
    common: Common,
    batch: Batch,
    shared: Shared,
    lines: Mapping[fx.Node, _Line],
    constants: Mapping[fx.Node, Tensor],
) -> _CommonPath:
    unique, places = np.unique(batch.rows.ravel(), return_inverse=True)
    few = _lines(folded, way, shared, unique)
    entered = _entered(common.part, batch, few, constants)
    each = _entered(common.part, batch, lines, constants)
    fixed = {place: one.at(0.0) for place, one in enumerate(each) if one.step is None}
    device = next(iter(lines.values())).device
    return _CommonPath(common, entered, fixed, torch.from_numpy(places.ravel()).to(device))


@dataclass(frozen=True, eq=False)
class _Path:
    """What is run at every node, on a batch.

    Attributes:
        way, batch: the operations, and the neurons with their patches.
        axis: of the neurons in the upper layer's activations.
        lines: what enters along straight lines.
        constants: the weights.
        common: what neurons share.
    """

    way: Split
    batch: Batch
    axis: int
    lines: Mapping[fx.Node, _Line]
    constants: Mapping[fx.Node, Tensor]
    common: _CommonPath | None

    def response(self, position: float) -> Tensor:
        """(B,) response of each row's neuron at a position of the path, without gradient."""
        with torch.no_grad():
            shared = {} if self.common is None else self.common.at(position)
            straight = {place: one.at(position) for place, one in self.straight.items()}
            return self._chosen(straight, shared)

    def gradients(self, nodes: Nodes) -> dict[Entry, Tensor]:
        """Of the response, by each straight entry that moves: the sum over the nodes, weighted."""
        sums: dict[Entry, Tensor] = {}
        for position, weight in nodes:
            shared = {} if self.common is None else self.common.at(position)
            for entry, gradient in self._gradient(position, shared):
                if entry not in sums:
                    sums[entry] = _zeros(gradient)
                sums[entry].add_(gradient, alpha=weight)
        return sums

    @cached_property
    def straight(self) -> dict[int, _Line]:
        """What enters the path part along straight lines, by place among its entries."""
        given = () if self.common is None else self.common.common.given
        return {
            place: _entry(entry, self.batch, self.lines, self.constants, self.device)
            for place, entry in enumerate(self.way.path.entries)
            if entry.source not in given or entry.kind == "indices"
        }

    @property
    def device(self) -> torch.device:
        return next(iter(self.lines.values())).device

    def _gradient(
        self, position: float, shared: Mapping[fx.Node, Tensor]
    ) -> Iterator[tuple[Entry, Tensor]]:
        entries = self.way.path.entries
        values = {place: one.at(position) for place, one in self.straight.items()}
        leaves: dict[int, Tensor] = {}
        for place, one in self.straight.items():
            if one.step is not None:
                leaves[place] = values[place] = values[place].detach().requires_grad_()
        given = () if self.common is None else self.common.common.given
        bent = {node: shared[node].detach().requires_grad_() for node in given}
        with torch.enable_grad():
            chosen = self._chosen(values, {**shared, **bent}).sum()
        if not chosen.requires_grad:
            return
        wanted = [*leaves.values(), *bent.values()]
        found = torch.autograd.grad(chosen, wanted, allow_unused=True)
        for place, gradient in zip(leaves, found, strict=False):
            if gradient is not None:
                yield entries[place], gradient
        if self.common is not None:
            by_node = zip(bent, found[len(leaves) :], strict=True)
            known = {node: gradient for node, gradient in by_node if gradient is not None}
            yield from self.common.pulled_back(shared, known).items()

    def _chosen(self, straight: Mapping[int, Tensor], shared: Mapping[fx.Node, Tensor]) -> Tensor:
        """(B,) responses; ``shared`` are the common part's values."""
        values = [
            straight[place] if place in straight else self._of_neurons(place, shared[entry.source])
            for place, entry in enumerate(self.way.path.entries)
        ]
        (upper,) = self.way.path.run(*values)
        responses = response(upper, self.axis)
        if not self.way.whole:
            return responses[:, 0]
        neurons = torch.from_numpy(self.batch.neurons).to(responses.device)
        own = neurons.repeat_interleave(len(responses) // len(neurons))
        return responses.gather(1, own[:, None])[:, 0]

    def _of_neurons(self, place: int, value: Tensor) -> Tensor:
        """Of a common value what the neurons need."""
        if place not in self._picked:
            return value
        axis, indices = self._picked[place]
        return gathered(value, axis, indices)

    @cached_property
    def _picked(self) -> dict[int, tuple[int, Tensor]]:
        """Axis and indices of what is picked out of common values, by place among the entries."""
        return {
            place: (need.axis, torch.from_numpy(stacked(entry, self.batch.found)).to(self.device))
            for place, entry in enumerate(self.way.path.entries)
            if place not in self.straight and (need := entry.need(self.batch.found[0])) is not None
        }


def _zeros(gradient: Tensor) -> Tensor:
    # Small gradients of half-precision networks would vanish in a sum of their own type.
    return torch.zeros_like(gradient, dtype=torch.promote_types(gradient.dtype, torch.float32))


def _pulled_back(
    folded: FoldedSegment,
    way: Split,
    batch: Batch,
    sums: Mapping[Entry, Tensor],
    lower: Tensor,
    fixed: Mapping[fx.Node, Tensor],
    constants: Mapping[fx.Node, Tensor],
) -> Tensor:
    """(B, ...) gradient with respect to the lower activations; ``fixed`` stands still."""
    segment = folded.segment
    with torch.enable_grad():
        # Where all is affine only the shape matters; else which way each rectifier was set.
        start = lower if way.is_rectified else nothing(len(lower), tuple(lower.shape[1:]), lower)
        leaf = start.detach().requires_grad_()
        values = {**fixed, segment.lower: leaf}
        if way.adjoint is not None:
            with folded.arithmetic(lower.device):
                context = (fixed[node] for node in segment.context)
                found = way.adjoint(leaf, *context, *constants.values())
            values.update(zip(way.folded, found, strict=True))
        standing = {node: _Line(value, None) for node, value in values.items()}
        if way.own.outputs:
            entered = _entered(way.own, batch, standing, constants)
            found = way.own.run(*(one.at(0.0) for one in entered))
            own = (_Line(one, None) for one in found)
            standing.update(zip(way.own.outputs, own, strict=True))
        reached = {
            entry: _entry(entry, batch, standing, constants, lower.device).at(0.0) for entry in sums
        }
    if not reached:
        return torch.zeros_like(lower)
    (gradient,) = torch.autograd.grad(
        list(reached.values()), leaf, list(sums.values()), allow_unused=True
    )
    return torch.zeros_like(lower) if gradient is None else gradient
