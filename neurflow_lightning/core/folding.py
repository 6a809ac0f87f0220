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

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import torch
from torch import Tensor, fx

from neurflow_lightning.core.adjoint import nothing
from neurflow_lightning.core.attribution import Attribution, Nodes, is_at_input
from neurflow_lightning.core.held import selected
from neurflow_lightning.core.layers import positions, response
from neurflow_lightning.core.lines import FoldedSegment, Integrals, LastValues, Line, own_lines
from neurflow_lightning.core.neuronwise import gathered
from neurflow_lightning.core.restriction import Common, Entry, Split
from neurflow_lightning.core.switching import change_and_gradients
from neurflow_lightning.types import IntArray


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


def attribute(integrals: Integrals) -> Attribution:
    """Attribute each neuron to the lower layer on each of its patches.

    Returns:
        B rows, neuron by neuron.
    """
    folded, end = integrals.folded, integrals.shared.end
    switched = integrals.way.switched
    change: Tensor | None
    if switched is not None and _is_worth_switching(integrals):
        change, sums = change_and_gradients(integrals, switched)
    else:
        change, sums = _node_by_node(integrals)
    rows = integrals.batch.rows.ravel()
    lower = end[folded.segment.lower].of(rows)
    fixed = {node: end[node].of(rows) for node in folded.segment.context}
    gradient = _pulled_back(integrals, sums, lower, fixed)
    axis = folded.lower_axis
    values = response(gradient.mul_(lower), axis)
    return Attribution.summed(values, change, response(lower, axis), positions(lower, axis))


def _is_worth_switching(integrals: Integrals) -> bool:
    """Whether nodes may share backward passes.

    A patch is run at all of them at once, and at both ends: so many rows there must be room for.
    In half precision oneDNN keeps a kernel for each of the many shapes: hundreds of megabytes.
    """
    is_enough = 1 < len(integrals.nodes) <= integrals.batch.rows.size - 2
    return is_enough and integrals.like.dtype.itemsize >= torch.float32.itemsize


def _node_by_node(integrals: Integrals) -> tuple[Tensor | None, dict[Entry, Tensor]]:
    """(B,) change of the response; its gradients by what enters the path part, summed.

    Of the gradient at the input there is no change to compare with.
    """
    way = integrals.way
    lines = integrals.lines(integrals.batch.rows.ravel())
    at_input = is_at_input(integrals.nodes)
    own = own_lines(way.own, integrals.entering(way.own, lines), at_input=at_input)
    common = None if way.common is None else _shared_path(integrals, way.common, lines)
    path = _Path(integrals, {**lines, **own}, common)
    change = None
    if not at_input:
        change = path.response(1.0) - path.response(0.0)
    return change, path.gradients([(0.5, 1.0)] if way.is_affine else integrals.nodes)


@dataclass(frozen=True, eq=False)
class _CommonPath:
    """The common part on the U different patches of a batch.

    Attributes:
        common: its operations.
        rows: (U,) the patches.
        last: their values where they have just been computed.
        entered: what enters it, of U rows.
        fixed: what enters it and does not move, of B rows; by place among the entries.
        places: (B,) the row of each pair's patch.
    """

    common: Common
    rows: IntArray
    last: LastValues
    entered: Sequence[Line]
    fixed: Mapping[int, Tensor]
    places: Tensor

    def at(self, position: float) -> dict[fx.Node, Tensor]:
        """Its values and what bends in it, (B, ...) each, at a position of the path."""
        known = self.last.at(self.rows, position, lambda: self._of_patches(position))
        return {node: selected(value, self.places) for node, value in known.items()}

    def _of_patches(self, position: float) -> dict[fx.Node, Tensor]:
        part = self.common.part
        with torch.no_grad():
            values = [one.at(position) for one in self.entered]
            known = {entry.source: one for entry, one in zip(part.entries, values, strict=True)}
            known.update(zip(part.outputs, part.run(*values), strict=True))
        wanted = dict.fromkeys((*self.common.given, *self.common.bent))
        return {node: known[node] for node in wanted}

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
    integrals: Integrals, common: Common, lines: Mapping[fx.Node, Line]
) -> _CommonPath:
    unique, places = np.unique(integrals.batch.rows.ravel(), return_inverse=True)
    entered = integrals.entering(common.part, integrals.lines(unique))
    each = integrals.entering(common.part, lines)
    fixed = {place: one.at(0.0) for place, one in enumerate(each) if one.step is None}
    rows = torch.from_numpy(places.ravel()).to(integrals.device)
    return _CommonPath(common, unique, integrals.shared.common, entered, fixed, rows)


@dataclass(frozen=True, eq=False)
class _Path:
    """What is run at every node, on a batch.

    Attributes:
        integrals: the operations, and the neurons with their patches.
        lines: what enters along straight lines.
        common: what neurons share.
    """

    integrals: Integrals
    lines: Mapping[fx.Node, Line]
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
    def straight(self) -> dict[int, Line]:
        """What enters the path part along straight lines, by place among its entries."""
        given = () if self.common is None else self.common.common.given
        return {
            place: self.integrals.entry(entry, self.lines)
            for place, entry in enumerate(self.integrals.way.path.entries)
            if entry.source not in given or entry.kind == "indices"
        }

    def _gradient(
        self, position: float, shared: Mapping[fx.Node, Tensor]
    ) -> Iterator[tuple[Entry, Tensor]]:
        entries = self.integrals.way.path.entries
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
        way = self.integrals.way
        values = [
            straight[place] if place in straight else self._of_neurons(place, shared[entry.source])
            for place, entry in enumerate(way.path.entries)
        ]
        (upper,) = way.path.run(*values)
        responses = response(upper, self.integrals.folded.upper_axis)
        if not way.whole:
            return responses[:, 0]
        neurons = torch.from_numpy(self.integrals.batch.neurons).to(responses.device)
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
        batch, entries = self.integrals.batch, self.integrals.way.path.entries
        found = {
            place: (batch.found.uses[entry.use], batch.indices[entry.use])
            for place, entry in enumerate(entries)
            if place not in self.straight and entry.use is not None
        }
        return {
            place: (need.axis, torch.from_numpy(indices).to(self.integrals.device))
            for place, (need, indices) in found.items()
            if need is not None
        }


def _zeros(gradient: Tensor) -> Tensor:
    # Small gradients of half-precision networks would vanish in a sum of their own type.
    return torch.zeros_like(gradient, dtype=torch.promote_types(gradient.dtype, torch.float32))


def _pulled_back(
    integrals: Integrals,
    sums: Mapping[Entry, Tensor],
    lower: Tensor,
    fixed: Mapping[fx.Node, Tensor],
) -> Tensor:
    """(B, ...) gradient with respect to the lower activations; ``fixed`` stands still."""
    folded, way = integrals.folded, integrals.way
    segment = folded.segment
    with torch.enable_grad():
        # Where all is affine only the shape matters; else which way each rectifier was set.
        start = lower if way.is_rectified else nothing(len(lower), tuple(lower.shape[1:]), lower)
        leaf = start.detach().requires_grad_()
        values = {**fixed, segment.lower: leaf}
        if way.adjoint is not None:
            with folded.arithmetic(lower.device):
                context = (fixed[node] for node in segment.context)
                found = way.adjoint(leaf, *context, *integrals.constants.values())
            values.update(zip(way.folded, found, strict=True))
        standing = {node: Line(value, None) for node, value in values.items()}
        if way.own.outputs:
            entered = integrals.entering(way.own, standing)
            found = way.own.run(*(one.at(0.0) for one in entered))
            own = (Line(one, None) for one in found)
            standing.update(zip(way.own.outputs, own, strict=True))
        reached = {entry: integrals.entry(entry, standing).at(0.0) for entry in sums}
    if not reached:
        return torch.zeros_like(lower)
    (gradient,) = torch.autograd.grad(
        list(reached.values()), leaf, list(sums.values()), allow_unused=True
    )
    return torch.zeros_like(lower) if gradient is None else gradient
