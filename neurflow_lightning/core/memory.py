"""How much may be held at once, and what happens when it was too much."""

from __future__ import annotations

import ctypes
import os
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import torch

Items = TypeVar("Items", bound=Any)
Result = TypeVar("Result")

SHARE = {"cpu": 1 / 8, "cuda": 1 / 4}
"""Part of a device's free memory that an analysis takes by default."""

MOST_ON_CPU = 144 * 2**20
"""Bytes taken by default on a CPU at most: more does not make it faster."""

LARGEST_REUSED = 31 * 2**20
"""Bytes of the largest blocks that are kept for reuse; glibc learns up to 32 MiB."""

MOST_KEPT_ON_CPU = 2 * 2**30
"""Bytes of what enters the segments that are kept by default on a CPU at most."""

_GROUPS = {
    "": ("", "memory.max", "memory.current"),
    "memory": ("memory", "memory.limit_in_bytes", "memory.usage_in_bytes"),
}
"""Folder, limit and use of control groups, versions 2 and 1, by what the system calls them."""

UNKNOWN = 2**30
"""Bytes believed to be free where a system does not say."""


def default_budget(device: torch.device) -> int:
    """Bytes that an analysis may take on a device beside the network and the probe images."""
    free = free_memory(device) * SHARE.get(device.type, SHARE["cpu"])
    return int(min(free, MOST_ON_CPU) if device.type == "cpu" else free)


def budget_of_kept(device: torch.device) -> int:
    """Bytes of what enters the segments that may be kept, so that nothing is run again for it.

    Processes that share a machine, as those of a DDP training, share what is free.
    """
    processes = int(os.environ.get("LOCAL_WORLD_SIZE", "1")) if device.type == "cpu" else 1
    free = free_memory(device) * SHARE.get(device.type, SHARE["cpu"]) / processes
    return int(min(free, MOST_KEPT_ON_CPU) if device.type == "cpu" else free)


def free_memory(device: torch.device) -> int:
    """Bytes that are free on the device, as far as it says."""
    if device.type == "cuda":
        unused = torch.cuda.memory_reserved(device) - torch.cuda.memory_allocated(device)
        return int(torch.cuda.mem_get_info(device)[0]) + unused
    return min([_free_on_machine(), *_free_in_groups()])


def _free_on_machine() -> int:
    try:  # what a full page cache would give back counts as free
        found = re.search(r"MemAvailable:\s+(\d+) kB", Path("/proc/meminfo").read_text())
        if found is not None:
            return int(found[1]) * 1024
        return os.sysconf("SC_AVPHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (AttributeError, ValueError, OSError):
        return UNKNOWN


def _free_in_groups(
    root: Path = Path("/sys/fs/cgroup"), own: Path = Path("/proc/self/cgroup")
) -> Iterator[int]:
    """What the limits of a container or a batch job leave; beyond them the process is killed."""
    with suppress(OSError):
        for line in own.read_text().splitlines():
            _, kinds, group = line.split(":", 2)
            if kinds in _GROUPS:
                folder, limit, used = _GROUPS[kinds]
                path = root / folder / group.lstrip("/")
                for one in (path, *path.parents):
                    with suppress(OSError, ValueError):  # no such group or limit, or "max"
                        left = int((one / limit).read_text()) - int((one / used).read_text())
                        yield max(left, 0)


def reuse_large_blocks() -> None:
    """Have the C library keep large blocks that are freed for the next ones.

    glibc learns from what a program frees: it gives blocks larger than any before, and more free
    memory than twice that, back to the system at once. In a fresh process each run of a network
    would give its values back and take them anew, page by page: an analysis took a tenth longer.
    It learns for the rest of the process, as it would from any large block; :func:`give_back`
    gives back all the same.
    """
    np.empty(LARGEST_REUSED, np.uint8)  # no page of it is ever touched, unlike torch's at times


def give_back() -> None:
    """Give the system the memory that the C library holds free.

    Between the steps of an analysis glibc keeps what large values have left, in holes where those
    of the next step do not fit: as much again as is used. Other C libraries have no such call.
    """
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None) if os.name == "posix" else None
    if trim is not None:
        trim(0)


def in_batches(
    items: Items, size: int, work: Callable[[Items], Result]
) -> Iterator[tuple[Items, Result]]:
    """(batch, its result) for all items of a sequence, ``size`` at a time.

    A single item left over joins the batch before it: networks with ``squeeze()`` fail on one row.
    When memory runs out the size is halved, for the rest of the items too.

    Raises:
        torch.OutOfMemoryError: when a single item is too much.

    >>> [result for _, result in in_batches([1, 2, 3, 4, 5], 2, sum)]
    [3, 12]
    """
    start = 0
    while start < len(items):
        left = len(items) - start
        batch = items[start : start + (left if 1 < size == left - 1 else size)]
        try:
            result = work(batch)
        except (torch.OutOfMemoryError, RuntimeError, MemoryError) as error:
            if len(batch) == 1 or not _out_of_memory(error):
                raise
            size = len(batch) // 2
            continue
        yield batch, result
        start += len(batch)


def _out_of_memory(error: Exception) -> bool:
    """The CPU's allocator has no error type of its own."""
    if isinstance(error, torch.OutOfMemoryError):
        torch.cuda.empty_cache()
        return True
    return isinstance(error, MemoryError) or any(one in str(error) for one in _OUT_OF_MEMORY)


_OUT_OF_MEMORY = ("DefaultCPUAllocator", "out of memory", "CUBLAS_STATUS_ALLOC_FAILED")
