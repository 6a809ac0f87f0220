"""Values of some patches, found by the patches' rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from neurflow_lightning.types import IntArray


@dataclass(frozen=True, eq=False)
class Held:
    """Values of U different patches.

    Attributes:
        rows: (U,) the patches, ascending.
        values: (U, ...), or (1, ...) where they are the same for all.
    """

    rows: IntArray
    values: Tensor

    def of(self, rows: IntArray) -> Tensor:
        """(B, ...) the values of the given patches."""
        if len(self.values) == 1:
            return self.values.expand(len(rows), *self.values.shape[1:])
        places = torch.from_numpy(np.searchsorted(self.rows, rows))
        return selected(self.values, places.to(self.values.device))

    def put(self, rows: IntArray, values: Tensor) -> None:
        """Write the values of neighbouring patches; one row of ``values`` stands for all."""
        start = 0 if len(self.values) == 1 else int(np.searchsorted(self.rows, rows[0]))
        self.values[start : start + len(values)] = values


def room(rows: IntArray, shape: Sequence[int], like: Tensor, last: bool) -> Held:
    """Memory for values of the given shape, of the type and on the device of ``like``.

    Args:
        rows: the patches.
        shape: of one row.
        like: any tensor of that type and device.
        last: whether values with channels on axis 1 and two more axes lie with channels last.
    """
    layout = torch.channels_last if last and len(shape) == 3 else torch.contiguous_format
    size = (len(rows), *shape)
    values = torch.empty(size, dtype=like.dtype, device=like.device, memory_format=layout)
    return Held(rows, values)


def is_channels_last(values: Tensor) -> bool:
    """Whether (B, C, H, W) values lie with their channels last."""
    return values.ndim == 4 and values.is_contiguous(memory_format=torch.channels_last)


def selected(values: Tensor, rows: Tensor) -> Tensor:
    """``values[rows]`` in the layout of ``values``."""
    if is_channels_last(values):
        return values.permute(0, 2, 3, 1).index_select(0, rows).permute(0, 3, 1, 2)
    return values.index_select(0, rows)
