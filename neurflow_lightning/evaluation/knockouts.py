"""What a layer answers when neurons of the layer below are knocked out, on many patches."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from neurflow_lightning.core.concepts import ImageLimit, stream_top_patches
from neurflow_lightning.core.segments import Segment, response
from neurflow_lightning.core.study import Study
from neurflow_lightning.core.sweep import Sweep
from neurflow_lightning.evaluation.statistics import Values
from neurflow_lightning.types import FloatArray, IntArray

Entering = tuple[Tensor, tuple[Tensor, ...]]


class Knockouts:
    """The segment between two layers on some patches, run with lower neurons set to 0.

    What enters the segment is kept between runs where it fits into half of the memory budget.

    Args:
        study: the network.
        swept: the pass over the target's patches.
        segment: one of the network's.
        rows: (R,) the patches, ascending.
        uppers: (F,) the upper neurons that are looked at.
    """

    def __init__(
        self,
        study: Study,
        swept: Sweep,
        segment: Segment,
        rows: IntArray,
        uppers: Sequence[int],
    ) -> None:
        self.rows = rows
        self._study, self._swept = study, swept
        self._segment, self._uppers = segment, list(uppers)
        self.limit = study.image_limit
        self._kept: list[Entering] | None = None

    def without(self, neurons: npt.ArrayLike) -> FloatArray:
        """(R, F) responses of the upper neurons with ``neurons`` of the lower layer set to 0."""
        study, network = self._study, self._study.network
        indices = torch.from_numpy(np.array(neurons, dtype=np.int64).reshape(-1)).to(study.device)
        below, above = (
            network.channel_axes[one] for one in (self._segment.lower, self._segment.upper)
        )
        parts = []
        for lower, context in self._entering():
            with torch.no_grad(), study.arithmetic():
                upper = self._segment.run(lower.index_fill(below, indices, 0.0), context)
            parts.append(response(upper, above)[:, self._uppers].float().cpu())
        return torch.cat(parts).numpy()

    def _entering(self) -> Iterator[Entering]:
        if self._kept is not None:
            yield from self._kept
            return
        study, kept, size = self._study, [], 0
        budget = study.memory_budget // 2
        for _, entering in study.in_batches(
            self.rows, lambda rows: self._swept.entering(study, self._segment, rows)
        ):
            size += sum(one.nbytes for one in (entering[0], *entering[1]))
            if size <= budget:
                kept.append(entering)
            else:
                kept.clear()
            yield entering
        if size <= budget:
            self._kept = kept


def overlaps(
    rows: IntArray,
    responses: FloatArray,
    concepts: Sequence[IntArray],
    limit: ImageLimit | None = None,
) -> Values:
    """(F,) share of each neuron's concept that is still among its most active patches.

    Of equally active patches the lower row comes first, as when concepts are made.

    Args:
        rows: (R,) patches, ascending.
        responses: (R, F) of the neurons.
        concepts: F times (k,) patch rows.
        limit: of patches of one image, as when the concepts were made.

    >>> overlaps(np.arange(4), np.array([[3.0], [2.0], [0.0], [1.0]]), [np.array([0, 2])]).tolist()
    [0.5]
    """
    most = max(map(len, concepts), default=0)
    parts = [(rows, {"upper": torch.from_numpy(responses)})]
    top = stream_top_patches(parts, most, limit)["upper"].rows.numpy()
    shares = [
        np.isin(concept, top[: len(concept), place]).mean()
        for place, concept in enumerate(concepts)
    ]
    return np.array(shares, dtype=np.float64)
