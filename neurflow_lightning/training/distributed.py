"""What the processes of a distributed training tell each other.

Each process analyses its own share of the targets and may fail on its own. So first every
process settles how its work went, and only then all meet in one exchange: nobody waits for a
process that will not come.
"""

from __future__ import annotations

import io
import pickle
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar, cast

import torch.distributed as dist

from neurflow_lightning.errors import NeurFlowError, described
from neurflow_lightning.storage import decode, encode
from neurflow_lightning.types import NeuronId, Snapshot

_Value = TypeVar("_Value")
_Item = TypeVar("_Item")


@dataclass(frozen=True)
class Outcome(Generic[_Value]):
    """How one process's work went: its value, which means nothing beside an error."""

    value: _Value
    error: Exception | None = None


def attempt(work: Callable[[], _Value]) -> Outcome[_Value]:
    """The outcome of ``work``; only errors are caught, never an interrupt.

    >>> attempt(lambda: 1 / 0).error
    ZeroDivisionError('division by zero')
    """
    try:
        return Outcome(work())
    except Exception as error:
        return Outcome(cast(_Value, None), error)


def settle(outcome: Outcome[_Value]) -> tuple[_Value, ...]:
    """The values of all processes, by rank; a collective call.

    Raises:
        Exception: the process's own error, if it had one.
        NeurFlowError, RuntimeError: on every other process, naming the rank that failed and its
            error; which of the two tells whether that was a ``NeurFlowError``.

    >>> settle(Outcome(3))
    (3,)
    """
    error = outcome.error
    kind = NeurFlowError if isinstance(error, NeurFlowError) else RuntimeError
    failure = None if error is None else (kind, described(error))
    shares = gathered((outcome.value, failure))
    if error is not None:
        raise error
    for rank, (_, failed) in enumerate(shares):
        if failed is not None:
            raise failed[0](f"On rank {rank}: {failed[1]}")
    return tuple(value for value, _ in shares)


def gathered(value: _Value) -> list[_Value]:
    """``value`` of every process, by rank; a collective call where there are several.

    >>> gathered("alone")
    ['alone']
    """
    _, processes = rank_and_processes()
    if processes == 1:
        return [value]
    buffers: list[Any] = [None] * processes
    dist.all_gather_object(buffers, packed(value))
    return [pickle.loads(buffer) for buffer in buffers]


def rank_and_processes() -> tuple[int, int]:
    """The number of this process, and how many there are.

    >>> rank_and_processes()
    (0, 1)
    """
    if not (dist.is_available() and dist.is_initialized()):
        return 0, 1
    return dist.get_rank(), dist.get_world_size()


def share(items: Sequence[_Item], rank: int, processes: int) -> tuple[_Item, ...]:
    """What one process works on: every so many items one, so that shares are even.

    >>> share("abcde", 1, 2)
    ('b', 'd')
    """
    return tuple(items[rank::processes])


_SLOWEST_FIRST = ("replayed", "traced", "folded")


def merge_snapshots(shares: Sequence[Snapshot | None], targets: Sequence[NeuronId]) -> Snapshot:
    """One snapshot of all processes' circuits, in the order of ``targets``.

    Of the ways in which a segment was run the slowest counts.

    Args:
        shares: one a process, at least one; ``None`` where a process had no target.
        targets: those of all processes.
    """
    parts = [part for part in shares if part is not None]
    circuits = {circuit.target: circuit for part in parts for circuit in part.circuits}
    thumbnails = {row: crop for part in parts for row, crop in part.thumbnails.items()}
    images = {number: image for part in parts for number, image in part.images.items()}
    return replace(
        parts[0],
        circuits=tuple(circuits[target] for target in targets),
        methods={
            layer: min((part.methods[layer] for part in parts), key=_SLOWEST_FIRST.index)
            for layer in parts[0].methods
        },
        thumbnails=dict(sorted(thumbnails.items())),
        images=dict(sorted(images.items())),
    )


def packed(value: object) -> bytes:
    """``value`` as bytes for ``pickle.loads``: only between the processes of one training."""
    buffer = io.BytesIO()
    _Pickler(buffer, protocol=pickle.HIGHEST_PROTOCOL).dump(value)
    return buffer.getvalue()


class _Pickler(pickle.Pickler):
    """Snapshots travel as the bytes of their file, which read back frozen."""

    def reducer_override(self, obj: Any) -> Any:
        return (decode, (encode(obj),)) if isinstance(obj, Snapshot) else NotImplemented
