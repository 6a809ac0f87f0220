"""What a segment needs of a batch of (neuron, patch) pairs, and how it moves along the path.

On the way from the baseline 0 to the lower activations whatever is affine moves on a straight
:class:`Line`, of which two points tell all.

Axes: T neurons; k patches of each; B = T · k rows, neuron by neuron.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field

import numpy as np
import torch
from torch import Tensor, fx

from neurflow_lightning.core.attribution import Nodes
from neurflow_lightning.core.held import Held
from neurflow_lightning.core.lowering import Lowered
from neurflow_lightning.core.neuronwise import gathered, sliced
from neurflow_lightning.core.operations import Neurons
from neurflow_lightning.core.restriction import Demands, Entry, Part, Split, Use, demands, split
from neurflow_lightning.types import IntArray


@dataclass(frozen=True, eq=False)
class Shared:
    """What all neurons share: values of the patches, by the segment's nodes.

    Attributes:
        end: of the lower layer, the context and the prefix, at the patches' true activations.
        start: of the prefix, at the baseline; empty where only the input is looked at.
        common: values of the common part that were computed last.
    """

    end: Mapping[fx.Node, Held]
    start: Mapping[fx.Node, Held]
    common: LastValues


class LastValues:
    """Values of the same patches at several positions of the path, for the next few neurons.

    Args:
        room: bytes that are kept at most.
    """

    def __init__(self, room: int) -> None:
        self.room = room
        self._rows = b""
        self._at: dict[float, Mapping[fx.Node, Tensor]] = {}

    def at(
        self, rows: IntArray, position: float, compute: Callable[[], Mapping[fx.Node, Tensor]]
    ) -> Mapping[fx.Node, Tensor]:
        """The values of the patches ``rows`` at a position: known, or computed and kept."""
        if rows.tobytes() != self._rows:
            self._rows, self._at = rows.tobytes(), {}
        if position in self._at:
            return self._at[position]
        values = compute()
        size = sum(value.nbytes for value in values.values())
        if size * (len(self._at) + 1) <= self.room:
            self._at[position] = values
        return values


@dataclass(frozen=True, eq=False)
class FoldedSegment:
    """A segment, and how it is run for neurons of each signature.

    Attributes:
        segment: its operations.
        lower_axis, upper_axis: the axes of the neurons in both layers' activations.
        narrow: whether the prefix is run in bfloat16.
        factors: (lower, *context, *constants) → values of the held gates, which are the last of the
            segment's context; ``None`` where no gate is held.
        doubts: signature → why its attributions are not to be trusted; empty where they were found
            to equal the plain ones.
    """

    segment: Lowered
    lower_axis: int
    upper_axis: int
    narrow: bool = False
    factors: fx.GraphModule | None = None
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

    def context(
        self, lower: Tensor, context: tuple[Tensor, ...], constants: Mapping[fx.Node, Tensor]
    ) -> tuple[Tensor, ...]:
        """What enters the segment beside its lower activations: also the held gates' values."""
        if self.factors is None:
            return context
        with torch.no_grad():
            held: tuple[Tensor, ...] = self.factors(lower, *context, *constants.values())
        return (*context, *held)

    def arithmetic(self, device: torch.device) -> AbstractContextManager[object]:
        """The precision in which the prefix is run and pulled back through."""
        return torch.autocast(device.type, torch.bfloat16) if self.narrow else nullcontext()


@dataclass(frozen=True, eq=False)
class Batch:
    """Several neurons of one signature, on k patches each.

    Attributes:
        neurons: (T,) their indices in the upper layer.
        found: what the first neuron of that signature needs; only the others' indices differ.
        indices: use → (T, m) the indices of what each neuron needs there.
        rows: (T, k) their patches.
    """

    neurons: IntArray
    found: Demands
    indices: Mapping[Use, IntArray]
    rows: IntArray

    def taken(self, places: IntArray, rows: IntArray) -> Batch:
        """Some of its neurons, each on patches of its own."""
        indices = {use: one[places] for use, one in self.indices.items()}
        return Batch(self.neurons[places], self.found, indices, rows)


@dataclass(frozen=True, eq=False)
class Line:
    """A value along the path: ``begin + α · step``. A missing part is zero."""

    begin: Tensor | None
    step: Tensor | None

    def at(self, position: float) -> Tensor:
        """Its value at a position of the path, 0 to 1."""
        if self.step is None:
            assert self.begin is not None
            return self.begin
        if self.begin is None:
            return self.step if position == 1.0 else self.step * position
        return torch.add(self.begin, self.step, alpha=position)

    def each(self, change: Callable[[Tensor], Tensor]) -> Line:
        """Both parts changed in the same way."""
        return Line(*(None if one is None else change(one) for one in (self.begin, self.step)))


def own_lines(
    part: Part, entered: Sequence[Line], *, at_input: bool = False
) -> dict[fx.Node, Line]:
    """The own prefix's values along the path: it is affine, so that two points tell all.

    With ``at_input`` only its end is right.
    """
    with torch.no_grad():
        if at_input:
            ends = part.run(*(one.at(1.0) for one in entered))
            return {node: Line(None, end) for node, end in zip(part.outputs, ends, strict=True)}
        begin, end = (part.run(*(one.at(position) for one in entered)) for position in (0.0, 1.0))
    return {
        node: Line(first, last - first)
        for node, first, last in zip(part.outputs, begin, end, strict=True)
    }


@dataclass(frozen=True, eq=False)
class Integrals:
    """The path integrals that are to be taken: of several neurons, on several patches each.

    Attributes:
        folded: the segment.
        way: how it is run for these neurons.
        batch: the neurons and their patches.
        shared: what was computed for these patches.
        constants: the weights.
        nodes: (position, weight) on the path.
    """

    folded: FoldedSegment
    way: Split
    batch: Batch
    shared: Shared
    constants: Mapping[fx.Node, Tensor]
    nodes: Nodes

    def lines(self, rows: IntArray) -> dict[fx.Node, Line]:
        """The lower activations, prefix and context of some patches, along the path."""
        shared, segment = self.shared, self.folded.segment
        ends = {node: one.of(rows) for node, one in shared.end.items()}
        lines = {node: Line(ends[node], None) for node in segment.context}
        for node in (segment.lower, *self.way.folded):
            begin = shared.start[node].of(rows) if node in shared.start else None
            lines[node] = Line(begin, ends[node] if begin is None else ends[node] - begin)
        return lines

    def entering(self, part: Part, lines: Mapping[fx.Node, Line]) -> list[Line]:
        """What enters a part, with just the neurons that are needed of it."""
        return [self.entry(one, lines) for one in part.entries]

    def entry(self, entry: Entry, lines: Mapping[fx.Node, Line]) -> Line:
        """What enters at one place, with just the neurons that are needed of it."""
        constants = self.constants
        if entry.use is None:
            source = entry.source
            return Line(constants[source], None) if source in constants else lines[source]
        need = self.batch.found.uses[entry.use]
        assert need is not None
        indices = torch.from_numpy(self.batch.indices[entry.use]).to(self.device)
        if entry.kind == "indices":
            return Line(indices, None)
        if entry.kind == "constant":
            return Line(sliced(constants[entry.source], need.axis, indices), None)
        return lines[entry.source].each(lambda value: gathered(value, need.axis, indices))

    @property
    def device(self) -> torch.device:
        """Where all of it lies."""
        return self.like.device

    @property
    def like(self) -> Tensor:
        """A tensor of the activations' type, where they lie."""
        return self.shared.end[self.folded.segment.lower].values
