"""How images lie in memory while a network runs.

On a CPU a convolution is fastest, and a max pool many times faster, with channels last, and both
hand that on. Networks that put their channels together anew (GoogLeNet's input, for one) lose it.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional
from torch.overrides import TorchFunctionMode

_GAIN = frozenset({torch.conv2d, torch.max_pool2d, functional.max_pool2d})


def kept(layout: torch.memory_format) -> AbstractContextManager[object]:
    """Inside, what enters convolutions and max pools lies in this layout, whoever made it.

    >>> taken = torch.rand(1, 2, 4, 4)
    >>> with kept(torch.channels_last):
    ...     pooled = functional.max_pool2d(taken, 2)
    >>> pooled.is_contiguous(memory_format=torch.channels_last)
    True
    """
    return _ChannelsLast() if layout is torch.channels_last else nullcontext()


class _ChannelsLast(TorchFunctionMode):
    def __torch_function__(
        self,
        func: Any,
        types: Any,
        args: tuple[Any, ...] = (),
        kwargs: Mapping[str, Any] | None = None,
    ) -> Any:
        if func in _GAIN and args and isinstance(args[0], Tensor) and args[0].ndim == 4:
            args = (args[0].contiguous(memory_format=torch.channels_last), *args[1:])
        return func(*args, **(kwargs or {}))
