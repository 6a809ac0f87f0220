"""All attributions of a layer, packed into as little work and memory as it takes.

1. Neurons that need the same parts of the segment go together.
2. For as many of them as memory allows, what all of them share (lower activations, context, the
   affine prefix) is computed once for each different patch.
3. Out of that, small groups of neurons are run along the path at once.

Segments that are no graph of known operations, or whose folded gradients do not agree with the
plain ones on a few patches, are run as a whole (:mod:`~neurflow_lightning.core.shared_forward`).
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields

import numpy as np
import torch
from torch import Tensor, fx

from neurflow_lightning.core.attribution import (
    AT_INPUT,
    Attribution,
    AttributionMethod,
    Nodes,
    PathAttribution,
    completeness_gap,
    integrated_gradients,
)
from neurflow_lightning.core.folding import attribute, run_prefix
from neurflow_lightning.core.held import Held, is_channels_last, room
from neurflow_lightning.core.layer_work import LayerWork
from neurflow_lightning.core.layers import response
from neurflow_lightning.core.lines import Batch, FoldedSegment, Integrals, LastValues, Shared
from neurflow_lightning.core.memory import in_batches
from neurflow_lightning.core.methods import attributed
from neurflow_lightning.core.operations import shape
from neurflow_lightning.core.quadrature import gauss_legendre
from neurflow_lightning.core.restriction import Part, Split, indices_of
from neurflow_lightning.core.shared_forward import shared_forward_attributions
from neurflow_lightning.core.study import FAST_WORK, Study
from neurflow_lightning.errors import described
from neurflow_lightning.types import IntArray

LARGEST_ERROR = 1e-2
"""Folded attributions may differ by this much, relatively, from the plain ones on a few patches,
and by more in half precision: a ReLU that flips in the last digit costs 5e-4, a wrong rule
everything."""

_NODES_OF_CHECK = 2  # a wrong rule is wrong at every node
_PATCHES_OF_CHECK = 3  # two may be taken for an axis of two
_NEURONS_OF_CHECK = 4  # those that get nothing at all show nothing


def attributions(
    work: LayerWork, method: AttributionMethod | None = None, *, is_checked: bool = True
) -> Iterator[tuple[int, Attribution]]:
    """(place, attribution) of every neuron, in any order; each of k rows.

    Args:
        work: the neurons and their patches.
        method: how they are attributed; ``None`` for integrated gradients.
        is_checked: whether folded attributions are compared with the plain ones first.
    """
    method = method or PathAttribution()
    if not isinstance(method, PathAttribution):
        yield from _by_function(work, method)
        return
    folded = work.study.folded(work.segment.upper, method.hold)
    if folded is None:
        nodes = _nodes(work.study, method, is_gentle=False)
        yield from shared_forward_attributions(work, range(len(work.neurons)), nodes, method.hold)
        return
    for alike in _alike(work, method, folded):
        nodes = _nodes(work.study, method, is_gentle=alike.way.is_gentle)
        if is_checked and _doubt(alike):
            places = alike.places.tolist()
            yield from shared_forward_attributions(work, places, nodes, method.hold)
        else:
            yield from _folded(alike, nodes)


def _nodes(study: Study, method: PathAttribution, *, is_gentle: bool) -> Nodes:
    # With the norms held nothing changes fastest next to the baseline.
    return method.path(study.nodes(gentle=is_gentle or "norm" in method.hold))


def _by_function(work: LayerWork, method: AttributionMethod) -> Iterator[tuple[int, Attribution]]:
    """Neuron by neuron, by any method."""
    for place, neuron in enumerate(work.neurons.tolist()):
        request = work.request(neuron, work.patches[place])
        values = attributed(method, request)
        gap = completeness_gap(method, request, values)
        change = values.sum(1) * request.positions - gap
        yield place, Attribution(values, gap, change, response(request.lower, request.axis))


# --- the folded way -------------------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class _Alike:
    """Neurons of a layer that are run in the same way.

    Attributes:
        work: the layer's neurons.
        method: how they are attributed.
        folded, way: how they are run.
        constants: the present weights.
        places: where they stand in ``work``.
        every: all of them, on all of their patches.
    """

    work: LayerWork
    method: PathAttribution
    folded: FoldedSegment
    way: Split
    constants: Mapping[fx.Node, Tensor]
    places: IntArray
    every: Batch

    def batch(self, of: Sequence[int] | IntArray, columns: IntArray) -> Batch:
        """Some of the neurons (by their number here) on some of their patches.

        Args:
            of: T of them; one may be there more than once.
            columns: (k,) places among the patches of each, or (T, k) of each its own.
        """
        chosen = np.asarray(of)
        return self.every.taken(chosen, self.every.rows[chosen[:, None], columns])


def _alike(work: LayerWork, method: PathAttribution, folded: FoldedSegment) -> Iterator[_Alike]:
    found = folded.plans(work.neurons.tolist())
    together: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for place, one in enumerate(found):
        together[one.signature].append(place)
    constants = folded.constants()
    for places in map(np.array, together.values()):
        own = [found[place] for place in places]
        every = Batch(work.neurons[places], own[0], indices_of(own), work.patches[places])
        yield _Alike(work, method, folded, folded.split(own[0]), constants, places, every)


def _doubt(alike: _Alike) -> str:
    """Why the folded attributions are not to be trusted; empty where they equal the plain ones."""
    signature = alike.every.found.signature
    doubts = alike.folded.doubts
    if signature not in doubts:
        doubts[signature] = _difference(alike)
    return doubts[signature]


def _difference(alike: _Alike) -> str:
    """What is wrong with folded attributions on a few patches of a few neurons.

    A ReLU that switches in the last digit moves one patch of one neuron; a wrong rule moves them
    all. So two patches must differ, of one neuron or of two, if there are two.
    """
    work = alike.work
    nodes = AT_INPUT if alike.method.at_input else list(gauss_legendre(_NODES_OF_CHECK))
    columns = np.arange(min(_PATCHES_OF_CHECK, work.patches.shape[1]))
    checked = min(_NEURONS_OF_CHECK, len(alike.places))
    differing, is_silent, few = 0, True, min(2, checked * len(columns)) - 1
    for neuron in range(checked):
        rows = np.tile(alike.every.rows[neuron, columns], (2, 1))
        batch = alike.every.taken(np.array([neuron, (neuron + 1) % len(alike.places)]), rows)
        plain = _of_whole_segment(alike, int(batch.neurons[0]), batch.rows[0], nodes)
        try:
            ours = _attributed(alike, batch, _shared(alike, np.unique(batch.rows)), nodes)
        except torch.OutOfMemoryError:
            raise
        except Exception as error:  # code that nobody foresaw: it is run the plain way
            return described(error)
        largest = float(plain.values.abs().max()) or 1.0
        errors = (ours.values[: len(columns)] - plain.values).abs().amax(1) / largest
        differing += int((~(errors <= _largest_error(alike))).sum())
        is_silent = is_silent and not plain.values.any()
        if differing > few or (differing == 0 and not is_silent):
            break
    return "its folded gradients differ from the plain ones" if differing > few else ""


def _of_whole_segment(alike: _Alike, neuron: int, patches: IntArray, nodes: Nodes) -> Attribution:
    work, study = alike.work, alike.work.study
    lower, context = work.entering(patches)
    neurons = torch.full((len(patches),), neuron, device=study.device)
    with study.arithmetic():
        return integrated_gradients(
            study.network, work.segment, lower, context, neurons, nodes, alike.method.hold
        )


def _largest_error(alike: _Alike) -> float:
    study = alike.work.study
    dtype = study.dtype
    with study.arithmetic():
        if torch.is_autocast_enabled(study.device.type):
            dtype = torch.get_autocast_dtype(study.device.type)
    dtype = torch.bfloat16 if alike.folded.narrow else dtype
    return max(LARGEST_ERROR, float(torch.finfo(dtype).eps ** 0.5))


def _folded(alike: _Alike, nodes: Nodes) -> Iterator[tuple[int, Attribution]]:
    rows = np.unique(alike.every.rows)
    if alike.way.is_by_neuron and len(rows) <= _shareable(alike):
        yield from _by_neuron(alike, rows, nodes)
    else:
        yield from _by_patch(alike, rows, nodes)


def _by_neuron(alike: _Alike, rows: IntArray, nodes: Nodes) -> Iterator[tuple[int, Attribution]]:
    """What neurons share fits into memory: a few neurons at a time, on all of their patches."""
    shared = _shared(alike, rows)
    k = alike.every.rows.shape[1]
    group, columns = max(_pairs(alike) // k, 1), min(_pairs(alike), k)

    def attributed(chosen: Sequence[int]) -> list[Attribution]:
        def on_patches(part: IntArray) -> Attribution:
            return _attributed(alike, alike.batch(chosen, part), shared, nodes)

        return [one for _, one in in_batches(np.arange(k), columns, on_patches)]

    for chosen, parts in in_batches(range(len(alike.places)), group, attributed):
        for number, one in enumerate(chosen):
            yield alike.places[one], _of_neuron(parts, number, len(chosen))


def _by_patch(alike: _Alike, rows: IntArray, nodes: Nodes) -> Iterator[tuple[int, Attribution]]:
    """It does not, or neurons share work at every node: patch by patch, with all their neurons.

    Every patch is run through the network once for as many neurons as can be kept unfinished.
    """
    block = max(_shareable(alike), 1)
    for some in _unfinished(alike):
        patches = alike.every.rows[some]
        needed = rows[np.isin(rows, patches)]
        results = _no_results(alike, patches.shape)
        for start in range(0, len(needed), block):
            few = needed[start : start + block]
            pairs = np.argwhere(np.isin(patches, few))
            pairs = pairs[np.argsort(patches[tuple(pairs.T)], kind="stable")]
            shared = _shared(alike, few)
            for chosen, found in _pairs_at_once(alike, some, pairs, shared, nodes):
                _write(results, chosen, found)
        for number, one in enumerate(some):
            yield alike.places[one], Attribution(*(values[number] for values in results))


def _no_results(alike: _Alike, shape: tuple[int, ...]) -> list[Tensor]:
    """Room for the fields of an attribution of (neurons, k) pairs."""
    study = alike.work.study
    width = study.network.widths[alike.work.segment.lower]
    dtype = torch.promote_types(study.dtype, torch.float32)
    sizes = {"values": (*shape, width), "lower": (*shape, width)}
    return [
        torch.empty(sizes.get(one.name, shape), dtype=dtype, device=study.device)
        for one in fields(Attribution)
    ]


def _write(results: Sequence[Tensor], pairs: IntArray, found: Attribution) -> None:
    places = tuple(torch.from_numpy(np.ascontiguousarray(pairs.T)).to(results[0].device))
    for values, one in zip(results, fields(found), strict=True):
        values[places] = getattr(found, one.name).to(values.dtype)


def _pairs_at_once(
    alike: _Alike, some: IntArray, pairs: IntArray, shared: Shared, nodes: Nodes
) -> Iterator[tuple[IntArray, Attribution]]:
    """(neuron, column) pairs, each a neuron of its own with one patch."""

    def attributed(few: IntArray) -> Attribution:
        batch = alike.batch(some[few[:, 0]], few[:, 1:])
        return _attributed(alike, batch, shared, nodes)

    yield from in_batches(pairs, _pairs(alike), attributed)


def _unfinished(alike: _Alike) -> Iterator[IntArray]:
    """Neurons whose attributions can be kept while their patches come by."""
    study, segment = alike.work.study, alike.work.segment
    size = 2 * study.network.widths[segment.lower] * alike.every.rows.shape[1]
    count = max(study.memory_budget // 4 // (size * study.dtype.itemsize), 1)
    for start in range(0, len(alike.places), count):
        yield np.arange(start, min(start + count, len(alike.places)))


def _attributed(alike: _Alike, batch: Batch, shared: Shared, nodes: Nodes) -> Attribution:
    integrals = Integrals(alike.folded, alike.way, batch, shared, alike.constants, nodes)
    with alike.work.study.arithmetic():
        return attribute(integrals)


def _of_neuron(parts: Sequence[Attribution], number: int, count: int) -> Attribution:
    """The rows of one neuron out of parts that hold ``count`` neurons each."""

    def rows(values: Tensor) -> Tensor:
        return values.view(count, -1, *values.shape[1:])[number]

    return Attribution.concatenated(
        [Attribution(*(rows(getattr(part, one.name)) for one in fields(part))) for part in parts]
    )


def _shared(alike: _Alike, rows: IntArray) -> Shared:
    """What all neurons share, of the given patches."""
    work, folded, way = alike.work, alike.folded, alike.way
    end: dict[fx.Node, Held] = {}
    start: dict[fx.Node, Held] = {}
    kept = work.swept.kept.get(work.segment.lower) if work.swept.has(work.segment) else None
    if kept is not None:
        end[folded.segment.lower] = kept

    def prefix(lower: Tensor, context: tuple[Tensor, ...]) -> dict[fx.Node, Tensor]:
        found = run_prefix(folded, way, lower, context, alike.constants)
        return dict(zip(way.folded, found, strict=True))

    def fill(batch: IntArray) -> None:
        lower, context = work.entering(batch)
        with work.study.arithmetic():
            context = folded.context(lower, context, alike.constants)
        if kept is None:
            _put(end, {folded.segment.lower: lower}, rows, batch)
        _put(end, dict(zip(folded.segment.context, context, strict=True)), rows, batch)
        _put(end, prefix(lower, context), rows, batch)
        if alike.method.at_input:  # then nobody looks at the baseline
            return
        if context:
            _put(start, prefix(torch.zeros_like(lower), context), rows, batch)
        elif not start:  # the same for all patches: one row stands for them
            begin = prefix(torch.zeros_like(lower[:2]), ())  # ``squeeze()`` needs two
            _put(start, {node: value[:1] for node, value in begin.items()}, rows[:1], rows[:1])

    if kept is None or way.folded or folded.segment.context:
        for _ in work.study.in_batches(rows, fill):
            pass
    return Shared(end, start, LastValues(work.study.memory_budget // 8))


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
    twice = alike.way.folded if segment.context else ()  # the baseline's depends on the context
    nodes = (*lower, *segment.context, *alike.way.folded, *twice)
    return sum(_elements(node) for node in nodes) * alike.work.study.dtype.itemsize


def _shareable(alike: _Alike) -> int:
    """Patches of which all that neurons share can be held at once."""
    work = alike.work
    # More than half of the budget is kept only where memory is free beside it.
    kept = min(
        sum(one.values.nbytes for one in work.swept.kept.values()), work.study.memory_budget // 2
    )
    left = work.study.memory_budget - kept - _pairs(alike) * _bytes_along(alike)
    return int(left // max(_held_bytes(alike), 1))


def _pairs(alike: _Alike) -> int:
    """(neuron, patch) pairs to run along the path at once."""
    study = alike.work.study
    most = study.memory_budget // 3
    return max(min(most, FAST_WORK.get(study.device.type, most)) // _bytes_along(alike), 1)


def _bytes_along(alike: _Alike) -> int:
    """Bytes that one pair takes on the path and on the way back, as far as they are of all neurons.

    Of what moves on the path: two points of its line, the sum of its gradients, its value and
    gradient at a node, and each value computed from it with its gradient. Then the lower
    activations, and three more of their size while gradients are pulled back.
    """
    way, lower = alike.way, _elements(alike.folded.segment.lower)
    parts = (way.path,) if way.common is None else (way.common.part, way.path)
    entering = {node for part in parts for node in _entering_whole(part)}
    moving = sum(map(_elements, entering - set(way.own.outputs)))
    made = (node for part in parts for node in part.run.graph.nodes if node.op != "placeholder")
    inside = sum(map(_elements, made))
    own = sum(map(_elements, _entering_whole(way.own)))
    elements = lower + 3 * moving + max(2 * moving + 2 * inside, 2 * own, 3 * lower)
    return max(elements, 1) * alike.work.study.dtype.itemsize


def _entering_whole(part: Part) -> set[fx.Node]:
    """What enters a part along the path, with all of its neurons."""
    return {one.source for one in part.entries if one.kind == "path" and one.use is None}


def _elements(node: fx.Node) -> int:
    """Numbers in one row of the node's value, if it is computed as a whole."""
    found = shape(node)
    return 0 if found is None else math.prod(found[1:])
