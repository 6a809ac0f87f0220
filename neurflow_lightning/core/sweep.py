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
from neurflow_lightning.core.held import Held, room
from neurflow_lightning.core.segments import Segment, response
from neurflow_lightning.core.study import Study
from neurflow_lightning.types import FloatArray, IntArray


@dataclass(frozen=True, eq=False)
class Sweep:
    """What one pass over a target's patches has shown.

    Attributes:
        rows: (P,) the target's patches, ascending.
        top: layer → the most active patches of each of its neurons.
        kept: layer → its activations on these patches, for some layers.
    """

    rows: IntArray
    top: Mapping[str, TopPatches]
    kept: dict[str, Held]

    def entering(
        self, study: Study, segment: Segment, rows: IntArray
    ) -> tuple[Tensor, tuple[Tensor, ...]]:
        """Lower activations and context of the given patches: kept, or taken again."""
        kept = self.kept.get(segment.lower)
        if kept is None:
            with study.forward_arithmetic():
                capture = segment.capture(study.inputs(rows))
            return capture.lower, capture.context
        return kept.of(rows), ()

    def forget(self, layer: str) -> None:
        """Let go of a layer's activations: what needed them is done."""
        self.kept.pop(layer, None)

    def lowest_responses(self, study: Study, rows: IntArray) -> FloatArray:
        """(U, C) responses of the shallowest layer to the given patches."""
        lowest = study.segments[0]
        axis = study.network.channel_axes[lowest.lower]

        def responses(batch: IntArray) -> Tensor:
            return response(self.entering(study, lowest, batch)[0], axis)

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
    kept = _room(study, rows)

    def responses(batch: IntArray) -> dict[str, Tensor]:
        def keep(layer: str, activations: Tensor) -> None:
            if layer in kept:
                kept[layer].put(batch, activations)

        with study.forward_arithmetic():
            found = study.network.responses(study.inputs(batch), keep)
        seen(len(batch))
        return found

    top = stream_top_patches(study.in_batches(rows, responses), study.config.top_k)
    return Sweep(rows, top, kept)


def _room(study: Study, rows: IntArray) -> dict[str, Held]:
    """Layer → memory for its activations, the deepest first, as long as there is some.

    Few patches are needed of what the target itself is computed from: they are taken again.
    """
    left = study.memory_budget // 2
    found = {}
    like = torch.empty(0, dtype=study.dtype, device=study.device)
    for segment in reversed(study.segments[:-1]):
        shape = study.network.shapes[segment.lower]
        size = len(rows) * math.prod(shape) * study.dtype.itemsize
        if not segment.needs_context and size <= left:
            left -= size
            found[segment.lower] = room(rows, shape, like, study.layout == torch.channels_last)
    return found
