"""One forward pass over a target's patches: what every later step starts from.

Of each neuron the most active patches are kept. The lower layers' activations are kept too where a
segment needs nothing else and the memory budget allows, so that the network need not run again.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import torch
from torch import Tensor

from neurflow_lightning.core.concepts import TopPatches, stream_top_patches
from neurflow_lightning.core.held import Held, is_channels_last, room
from neurflow_lightning.core.segments import Segment, response
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
        lowest: (P, C) responses of the shallowest layer, where there is room for them.
    """

    rows: IntArray
    top: Mapping[str, TopPatches]
    kept: dict[str, Held]
    lowest: Held | None

    def entering(
        self, study: Study, segment: Segment, rows: IntArray
    ) -> tuple[Tensor, tuple[Tensor, ...]]:
        """Lower activations and context of the given patches: kept, or taken again.

        They are taken from the next lower layer that was kept and leads there, or else from
        the patches.
        """
        if segment.lower in self.kept:
            return self.kept[segment.lower].of(rows), ()
        with study.passing():
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

    def forget(self, layer: str) -> None:
        """Let go of a layer's activations: what needed them is done."""
        self.kept.pop(layer, None)

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
    wanted, lowest = _to_keep(study, rows), _room_for_responses(study, rows)
    kept: dict[str, Held] = {}
    shallowest = study.network.layers[0]

    def responses(batch: IntArray) -> dict[str, Tensor]:
        def keep(layer: str, activations: Tensor) -> None:
            if layer not in wanted:
                return
            if layer not in kept:
                last = is_channels_last(activations)
                kept[layer] = room(rows, activations.shape[1:], activations, last)
            kept[layer].put(batch, activations)

        with study.passing():
            found = study.network.responses(study.inputs(batch), keep)
        if lowest is not None:
            lowest.put(batch, found[shallowest])
        seen(len(batch))
        return found

    batches = study.in_batches(rows, responses)
    top = stream_top_patches(batches, study.config.top_k, study.image_limit)
    return Sweep(rows, top, kept, lowest)


def _to_keep(study: Study, rows: IntArray) -> set[str]:
    """Layers whose activations fit into memory, unless just a few patches are needed again.

    Shallow ones first: those above are a few operations away from them.
    """
    left = study.memory_budget // 2
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
