"""One forward pass over a target's patches: what every later step starts from.

Of each neuron the most active patches are kept. What enters the segments is kept too where the
memory budget allows, so that the network need not run again: the lower activations of segments that
need nothing else; of the others the context as well, or the *stem*, from which all of them can be
entered again without what lies before it.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import torch
from torch import Tensor

from neurflow_lightning.core.concepts import TopPatches, stream_top_patches
from neurflow_lightning.core.held import Held, is_channels_last, room
from neurflow_lightning.core.segments import Captures, Segment, response
from neurflow_lightning.core.study import Study
from neurflow_lightning.types import FloatArray, IntArray

FEW = 1 / 8
"""Share of the patches that is sooner run again than kept: where no more are needed of a layer."""


@dataclass(frozen=True, eq=False)
class Sweep:
    """What one pass over a target's patches has shown.

    Attributes:
        rows: (P,) the target's patches, ascending.
        top: layer → the most active patches of each of its neurons.
        kept: layer → its activations on these patches, for some layers.
        contexts: upper layer → what else enters its segment, where that is kept.
        stem: values from which the segments can be entered again, where they are kept.
        lowest: (P, C) responses of the shallowest layer, where there is room for them.
    """

    rows: IntArray
    top: Mapping[str, TopPatches]
    kept: dict[str, Held]
    contexts: dict[str, tuple[Held, ...]]
    stem: Held | None
    lowest: Held | None

    def has(self, segment: Segment) -> bool:
        """Whether all that enters a segment is kept."""
        is_whole = not segment.needs_context or segment.upper in self.contexts
        return segment.lower in self.kept and is_whole

    def entering(
        self, study: Study, segment: Segment, rows: IntArray
    ) -> tuple[Tensor, tuple[Tensor, ...]]:
        """Lower activations and context of the given patches: kept, or taken again.

        They are taken from the next lower layer that was kept and leads there, from the stem, or
        else from the patches.
        """
        if self.has(segment):
            context = self.contexts.get(segment.upper, ())
            return self.kept[segment.lower].of(rows), tuple(one.of(rows) for one in context)
        with study.passing():
            if segment.needs_context and self.stem is not None:
                return study.network.resumed(segment, self.stem.of(rows))
            way = () if segment.needs_context else self._way_up(study, segment.lower)
            if not way:
                return segment.entering(study.inputs(rows))
            values = self.kept[way[0].lower].of(rows)
            with torch.no_grad():
                for one in way:
                    values = one.run(values, ())
            return values, ()

    def _way_up(self, study: Study, layer: str) -> tuple[Segment, ...]:
        """Segments from a layer that was kept to ``layer``, if nothing else enters them."""
        way: list[Segment] = []
        for segment in reversed(study.segments[: study.network.layers.index(layer)]):
            if segment.needs_context:
                return ()
            way.insert(0, segment)
            if segment.lower in self.kept:
                return tuple(way)
        return ()

    def forget(self, segment: Segment) -> None:
        """Let go of what enters a segment: what needed it is done."""
        self.kept.pop(segment.lower, None)
        self.contexts.pop(segment.upper, None)

    def lowest_responses(self, study: Study, rows: IntArray) -> FloatArray:
        """(U, C) responses of the shallowest layer to the given patches."""
        segment = study.segments[0]
        axis = study.network.channel_axes[segment.lower]

        def responses(batch: IntArray) -> Tensor:
            if self.lowest is not None:
                return self.lowest.of(batch)
            return response(self.entering(study, segment, batch)[0], axis)

        parts = [part for _, part in study.in_batches(rows, responses)]
        return torch.cat(parts).float().cpu().numpy()


def sweep(study: Study, rows: IntArray, seen: Callable[[int], None]) -> Sweep:
    """Run a target's patches through the network once.

    Args:
        study: the network and the probe set.
        rows: (P,) the patches, ascending.
        seen: called with the number of patches after each batch.

    Raises:
        LayerError: for activations that are not finite.
    """
    keeping = _Keeping(study, rows)
    lowest = _room_for_responses(study, rows)
    shallowest = study.network.layers[0]

    def responses(batch: IntArray) -> dict[str, Tensor]:
        with study.passing():
            found = keeping.run(batch)
        if lowest is not None:
            lowest.put(batch, found[shallowest])
        seen(len(batch))
        return found

    batches = study.in_batches(rows, responses)
    top = stream_top_patches(batches, study.config.top_k, study.image_limit)
    return Sweep(rows, top, keeping.kept, keeping.contexts, keeping.stem, lowest)


class _Keeping:
    """Runs the network over patches, and keeps what fits into memory of what enters segments."""

    def __init__(self, study: Study, rows: IntArray) -> None:
        self.study, self.rows = study, rows
        self.with_context, self.with_stem, left = _with_context(study, rows)
        self.layers = _to_keep(study, rows, left)
        self.kept: dict[str, Held] = {}
        self.contexts: dict[str, tuple[Held, ...]] = {}
        self.stem: Held | None = None

    def run(self, batch: IntArray) -> dict[str, Tensor]:
        """Layer → (B, C) responses to the patches of a batch."""
        network, inputs = self.study.network, self.study.inputs(batch)
        if not self.with_context and not self.with_stem:
            return network.responses(inputs, lambda *made: self._keep(batch, *made))
        found = network.captures(inputs, with_stem=self.with_stem)
        for layer, activations in found.activations.items():
            self._keep(batch, layer, activations)
        self._keep_contexts(batch, found)
        return {
            layer: response(activations, network.channel_axes[layer])
            for layer, activations in found.activations.items()
        }

    def _keep(self, batch: IntArray, layer: str, activations: Tensor) -> None:
        if layer in self.layers or layer in {one.lower for one in self.with_context}:
            self.kept.setdefault(layer, self._room(activations)).put(batch, activations)

    def _keep_contexts(self, batch: IntArray, found: Captures) -> None:
        for segment in self.with_context:
            values = found.contexts[segment.upper]
            if segment.upper not in self.contexts:
                self.contexts[segment.upper] = tuple(self._room(one) for one in values)
            for place, value in zip(self.contexts[segment.upper], values, strict=True):
                place.put(batch, value)
        if self.with_stem and found.stem is not None:
            self.stem = self.stem or self._room(found.stem)
            self.stem.put(batch, found.stem)

    def _room(self, like: Tensor) -> Held:
        return room(self.rows, like.shape[1:], like, is_channels_last(like))


def _with_context(study: Study, rows: IntArray) -> tuple[list[Segment], bool, int]:
    """Segments whose lower activations and context are kept; else whether the stem is.

    All of them, or the stem: some alone would not save the run of the network for the others. And
    the bytes that are left.
    """
    budget = study.kept_budget
    network = study.network
    segments = [one for one in study.segments if one.needs_context]
    if not segments or not network.is_traced():
        return [], False, budget
    size = len(rows) * study.dtype.itemsize
    numbers = sum(
        math.prod(shape)
        for segment in segments
        for shape in (network.shapes[segment.lower], *segment.context_shapes)
    )
    if numbers * size <= budget:
        return segments, False, budget - numbers * size
    stem = network.stem
    of_stem = math.prod(stem.shape) * size
    fits = stem.node is not None and of_stem <= budget
    return [], fits, budget - of_stem * fits


def _to_keep(study: Study, rows: IntArray, left: int) -> set[str]:
    """Layers whose activations fit into ``left`` bytes, unless few patches are needed again.

    Shallow ones first: those above are a few operations away from them.
    """
    most = study.most_neurons()
    found = set()
    for segment in study.segments:
        numbers = math.prod(study.network.shapes[segment.lower])
        size = len(rows) * numbers * study.dtype.itemsize
        needed = min(most[segment.upper] * study.config.top_k, len(rows))
        if not segment.needs_context and size <= left and needed > len(rows) * FEW:
            left -= size
            found.add(segment.lower)
    return found


def _room_for_responses(study: Study, rows: IntArray) -> Held | None:
    width = study.network.widths[study.network.layers[0]]
    if len(rows) * width * torch.float32.itemsize > study.memory_budget // 16:
        return None
    like = torch.empty(0, dtype=torch.float32, device=study.device)
    return room(rows, (width,), like, last=False)
