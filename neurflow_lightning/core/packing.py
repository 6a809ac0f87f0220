"""All attributions of a layer, packed into as little work and memory as it takes.

1. Neurons that need the same parts of the segment go together.
2. For as many of them as memory allows, what all of them share (lower activations, context, the
   affine prefix) is computed once for each different patch.
3. Out of that, small groups of neurons are run along the path at once.

Segments that are no graph of known operations, or whose folded gradients do not agree with the
plain ones on two patches, are run the plain way, neuron by neuron.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields

import numpy as np
import torch
from torch import Tensor, fx

from neurflow_lightning.core.attribution import Attribution, integrated_gradients
from neurflow_lightning.core.folding import (
    Batch,
    FoldedSegment,
    Nodes,
    Shared,
    attribute,
    run_prefix,
)
from neurflow_lightning.core.held import Held, is_channels_last, room
from neurflow_lightning.core.memory import in_batches
from neurflow_lightning.core.operations import shape
from neurflow_lightning.core.quadrature import gauss_legendre
from neurflow_lightning.core.restriction import Demands, Split
from neurflow_lightning.core.segments import Segment, relative_error
from neurflow_lightning.core.study import Study
from neurflow_lightning.core.sweep import Sweep
from neurflow_lightning.types import IntArray

LARGEST_ERROR = 1e-2
"""Folded attributions may differ by this much, relatively, from the plain ones on two patches:
a ReLU that flips in the last digit costs 5e-4, a wrong rule everything."""

LARGEST_ERROR_IN_BFLOAT16 = 1e-1

_NODES_OF_CHECK = 2  # a wrong rule is wrong at every node

FAST_WORK = {"cpu": 48 * 2**20}
"""Bytes worked on at once along the path by a CPU: about its cache. Other devices take a part of
the memory budget."""


@dataclass(frozen=True, eq=False)
class LayerWork:
    """The neurons of one layer that are to be attributed to the layer below.

    Attributes:
        study: the network and the probe set.
        swept: the pass over the target's patches.
        segment: the part of the network between the two layers.
        neurons: (F,) indices of the neurons.
        patches: (F, k) patch rows of each.
    """

    study: Study
    swept: Sweep
    segment: Segment
    neurons: IntArray
    patches: IntArray

    def entering(self, rows: IntArray) -> tuple[Tensor, tuple[Tensor, ...]]:
        """Lower activations and context of the given patches."""
        return self.swept.entering(self.study, self.segment, rows)


def attributions(work: LayerWork) -> Iterator[tuple[int, Attribution]]:
    """(place, attribution) of every neuron, in any order; each of k rows."""
    folded = work.study.folded.get(work.segment.upper)
    if folded is None:
        yield from _plain(work, range(len(work.neurons)), work.study.nodes(gentle=False))
        return
    for alike in _alike(work, folded):
        nodes = work.study.nodes(gentle=alike.way.is_gentle)
        way = _folded(alike, nodes) if _agrees(alike) else _plain(work, alike.places, nodes)
        yield from way


# --- the plain way --------------------------------------------------------------------------


def _plain(
    work: LayerWork, places: Sequence[int], nodes: Nodes
) -> Iterator[tuple[int, Attribution]]:
    for place in places:
        yield place, _of_whole_segment(work, int(work.neurons[place]), work.patches[place], nodes)


def _of_whole_segment(work: LayerWork, neuron: int, patches: IntArray, nodes: Nodes) -> Attribution:
    study = work.study

    def attributed(rows: IntArray) -> Attribution:
        lower, context = work.entering(rows)
        neurons = torch.full((len(rows),), neuron, device=study.device)
        with study.path_arithmetic():
            return integrated_gradients(study.network, work.segment, lower, context, neurons, nodes)

    return Attribution.concatenated([part for _, part in study.in_batches(patches, attributed)])


# --- the folded way -------------------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class _Alike:
    """Neurons of a layer that are run in the same way.

    Attributes:
        work: the layer's neurons.
        folded, way: how they are run.
        constants: the present weights.
        places: where they stand in ``work``.
        found: what each of them needs.
    """

    work: LayerWork
    folded: FoldedSegment
    way: Split
    constants: Mapping[fx.Node, Tensor]
    places: Sequence[int]
    found: Sequence[Demands]

    def batch(self, of: Sequence[int], columns: IntArray) -> Batch:
        """Some of the neurons (by their number here) on some of their patches."""
        places = np.array([self.places[one] for one in of])
        return Batch(
            neurons=self.work.neurons[places],
            found=[self.found[one] for one in of],
            rows=self.work.patches[np.ix_(places, columns)],
        )


def _alike(work: LayerWork, folded: FoldedSegment) -> Iterator[_Alike]:
    found = folded.plans(work.neurons.tolist())
    together: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for place, one in enumerate(found):
        together[one.signature].append(place)
    constants = folded.constants()
    for places in together.values():
        own = [found[place] for place in places]
        yield _Alike(work, folded, folded.split(own[0]), constants, places, own)


def _agrees(alike: _Alike) -> bool:
    """Whether one neuron's folded attributions on two patches equal the plain ones."""
    signature = alike.found[0].signature
    trusted = alike.folded.trusted
    if signature not in trusted:
        work = alike.work
        batch = alike.batch([0], np.arange(min(2, work.patches.shape[1])))
        nodes = list(gauss_legendre(_NODES_OF_CHECK))
        ours = _attributed(alike, batch, _shared(alike, np.unique(batch.rows)), nodes)
        plain = _of_whole_segment(work, int(batch.neurons[0]), batch.rows[0], nodes)
        most = LARGEST_ERROR_IN_BFLOAT16 if alike.folded.narrow else LARGEST_ERROR
        trusted[signature] = relative_error(ours.values, plain.values) <= most
    return trusted[signature]


def _folded(alike: _Alike, nodes: Nodes) -> Iterator[tuple[int, Attribution]]:
    group, columns = _fitting(alike, alike.work.patches.shape[1])
    for several in _sharing(alike):
        rows = alike.work.patches[[alike.places[one] for one in several]]
        shared = _shared(alike, np.unique(rows))
        for start in range(0, len(several), group):
            yield from _at_once(alike, several[start : start + group], shared, columns, nodes)


def _at_once(
    alike: _Alike, chosen: Sequence[int], shared: Shared, columns: int, nodes: Nodes
) -> Iterator[tuple[int, Attribution]]:
    """Some neurons together, on ``columns`` of their patches at a time."""

    def attributed(part: IntArray) -> Attribution:
        return _attributed(alike, alike.batch(chosen, part), shared, nodes)

    k = alike.work.patches.shape[1]
    parts = [one for _, one in in_batches(np.arange(k), columns, attributed)]
    for number, one in enumerate(chosen):
        yield alike.places[one], _of_neuron(parts, number, len(chosen))


def _attributed(alike: _Alike, batch: Batch, shared: Shared, nodes: Nodes) -> Attribution:
    with alike.work.study.path_arithmetic():
        return attribute(alike.folded, alike.way, batch, shared, alike.constants, nodes)


def _of_neuron(parts: Sequence[Attribution], number: int, count: int) -> Attribution:
    """The rows of one neuron out of parts that hold ``count`` neurons each."""

    def rows(values: Tensor) -> Tensor:
        return values.view(count, -1, *values.shape[1:])[number]

    return Attribution.concatenated(
        [Attribution(*(rows(getattr(part, one.name)) for one in fields(part))) for part in parts]
    )


def _sharing(alike: _Alike) -> Iterator[list[int]]:
    """Neurons whose different patches can be held at once."""
    most = alike.work.study.memory_budget // 4 // max(_held_bytes(alike), 1)
    several: list[int] = []
    rows: set[int] = set()
    for number, place in enumerate(alike.places):
        own = set(alike.work.patches[place].tolist())
        if several and len(rows | own) > most:
            yield several
            several, rows = [], set()
        several.append(number)
        rows |= own
    yield several


def _shared(alike: _Alike, rows: IntArray) -> Shared:
    """What all neurons share, of the given patches."""
    work, folded, way = alike.work, alike.folded, alike.way
    end: dict[fx.Node, Held] = {}
    start: dict[fx.Node, Held] = {}
    kept = work.swept.kept.get(work.segment.lower)
    if kept is not None:
        end[folded.segment.lower] = kept

    def prefix(lower: Tensor, context: tuple[Tensor, ...]) -> dict[fx.Node, Tensor]:
        found = run_prefix(folded, way, lower, context, alike.constants)
        return dict(zip(way.folded, found, strict=True))

    def fill(batch: IntArray) -> None:
        lower, context = work.entering(batch)
        if kept is None:
            _put(end, {folded.segment.lower: lower}, rows, batch)
        _put(end, dict(zip(folded.segment.context, context, strict=True)), rows, batch)
        _put(end, prefix(lower, context), rows, batch)
        if context:
            _put(start, prefix(torch.zeros_like(lower), context), rows, batch)
        elif not start:  # the same for all patches: one row stands for them
            _put(start, prefix(torch.zeros_like(lower[:1]), ()), rows[:1], rows[:1])

    if kept is None or way.folded:
        for _ in work.study.in_batches(rows, fill):
            pass
    return Shared(end, start)


def _put(
    to: dict[fx.Node, Held], found: Mapping[fx.Node, Tensor], rows: IntArray, batch: IntArray
) -> None:
    for node, value in found.items():
        if node not in to:
            to[node] = room(rows, value.shape[1:], value, is_channels_last(value))
        to[node].put(batch, value)


def _held_bytes(alike: _Alike) -> int:
    """Bytes that one patch takes in :func:`_shared`."""
    segment, kept = alike.folded.segment, alike.work.swept.kept
    lower = () if alike.work.segment.lower in kept else (segment.lower,)
    nodes = (*lower, *segment.context, *alike.way.folded)
    return sum(_elements(node) for node in nodes) * alike.work.study.dtype.itemsize


def _fitting(alike: _Alike, k: int) -> tuple[int, int]:
    """Neurons, and patches of each, to run along the path at once."""
    study, way = alike.work.study, alike.way
    whole = {
        one.source
        for one in (*way.own.entries, *way.path.entries)
        if one.kind == "path" and one.use is None and one.source not in way.own.outputs
    }
    moving = sum(_elements(node) for node in whole)
    inside = sum(_elements(node) for node in way.path.run.graph.nodes if node.op != "placeholder")
    along = (5 * moving + 2 * inside) * study.dtype.itemsize
    pulled = 4 * _elements(alike.folded.segment.lower) * study.dtype.itemsize
    most = study.memory_budget // 4 // max(along + pulled, 1)
    fast = FAST_WORK.get(study.device.type, study.memory_budget) // max(along, 1)
    return max(min(most, fast) // k, 1), max(min(k, most), 1)


def _elements(node: fx.Node) -> int:
    """Numbers in one row of the node's value, if it is computed as a whole."""
    found = shape(node)
    return 0 if found is None else math.prod(found[1:])
