"""What the benchmarks share: time and memory of a piece of work, in a process of its own.

1. :func:`apart` runs a function in a fresh process, so that no run inherits caches, threads or
   memory of the run before.
2. :func:`measure`, called there after everything is loaded, gives the wall time of the work and
   how far the resident memory rose above what it was when the work began.
3. :func:`machine` says on what all this was measured.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import platform
import re
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path
from typing import ParamSpec, TypeVar

import torch

from neurflow_lightning.core.memory import give_back

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")

_PROCESS = Path("/proc/self")
_FORGET_PEAK = "5"
"""Written to clear_refs, it sets VmHWM to the present VmRSS (man 5 proc_pid_clear_refs)."""


@dataclass(frozen=True)
class Cost:
    """What a piece of work took.

    Attributes:
        seconds: wall time.
        peak_bytes: highest resident memory during the work above that when it began; at least 0.
    """

    seconds: float
    peak_bytes: int


@dataclass(frozen=True)
class Machine:
    """What a benchmark ran on.

    Attributes:
        cpu: the model as the system names it.
        bf16: instructions for bfloat16, as the system names them; empty without any.
        cores: that this process may use.
        memory_gib: of the whole machine.
        threads: that torch uses.
        load: of the last minute, when this was asked: 0 on a quiet machine.
    """

    cpu: str
    bf16: tuple[str, ...]
    cores: int
    memory_gib: float
    system: str
    python: str
    torch: str
    threads: int
    load: float

    def __str__(self) -> str:
        bf16 = f"bfloat16 by {', '.join(self.bf16)}" if self.bf16 else "no bfloat16 instructions"
        return (
            f"{self.cpu} ({bf16}), {self.cores} cores, {self.memory_gib:.0f} GiB, {self.system}, "
            f"Python {self.python}, torch {self.torch} with {self.threads} threads, "
            f"load {self.load:.2f} at the start"
        )


def apart(
    function: Callable[Arguments, Result], *args: Arguments.args, **kwargs: Arguments.kwargs
) -> Result:
    """``function(*args, **kwargs)`` in a fresh process; function and values must pickle.

    Raises:
        RuntimeError: when the process ended without an answer, as when memory ran out.

    What the function raises is raised here.
    """
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        try:
            return pool.submit(function, *args, **kwargs).result()
        except BrokenProcessPool:
            raise RuntimeError(
                f"The process of {function.__name__} ended without an answer: most likely the "
                "system killed it for want of memory. Free some, or measure a smaller case."
            ) from None


def measure(work: Callable[[], Result]) -> tuple[Result, Cost]:
    """Do the work, and say what it took.

    The peak is the system's own count of resident pages, which misses no moment.

    Raises:
        RuntimeError: where the system keeps no such count that can be reset (not Linux).

    >>> text, cost = measure(lambda: b"x" * 200_000_000)
    >>> 180_000_000 < cost.peak_bytes < 250_000_000
    True
    """
    gc.collect()
    give_back()  # else the work would fill unseen what loading left free
    _forget_peak()
    before = _resident("VmRSS")
    start = time.perf_counter()
    result = work()
    seconds = time.perf_counter() - start
    return result, Cost(seconds, max(_resident("VmHWM") - before, 0))


def _forget_peak() -> None:
    try:
        (_PROCESS / "clear_refs").write_text(_FORGET_PEAK)
    except OSError as error:
        raise RuntimeError(
            f"Peak memory cannot be measured here ({error}): it takes a Linux whose "
            "/proc/self/clear_refs can be written."
        ) from error


def _resident(count: str) -> int:
    """Bytes of one of the counts of resident memory in /proc/self/status."""
    found = re.search(rf"^{count}:\s+(\d+) kB", (_PROCESS / "status").read_text(), re.MULTILINE)
    if found is None:
        raise RuntimeError(f"/proc/self/status holds no {count}: wanted a Linux that counts it.")
    return int(found[1]) * 1024


def machine() -> Machine:
    """What this runs on, and how busy it is now."""
    info = Path("/proc/cpuinfo").read_text()
    return Machine(
        cpu=_field(info, "model name") or platform.machine(),
        bf16=tuple(flag for flag in _field(info, "flags").split() if "bf16" in flag),
        cores=len(os.sched_getaffinity(0)),
        memory_gib=os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 2**30,
        system=f"{platform.system()} {platform.release()}",
        python=platform.python_version(),
        torch=torch.__version__,
        threads=torch.get_num_threads(),
        load=os.getloadavg()[0],
    )


def _field(info: str, name: str) -> str:
    found = re.search(rf"^{name}\s*:\s*(.+)$", info, re.MULTILINE)
    return found[1].strip() if found else ""


def table(rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table, padded so that it also reads well on a terminal; the first row is its head.

    >>> print(table([("case", "s"), ("small", "1.5")]))
    | case  |   s |
    |-------|----:|
    | small | 1.5 |
    """
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = [_line(row, widths) for row in rows]
    rule = ["-" * (widths[0] + 2), *("-" * (width + 1) + ":" for width in widths[1:])]
    return "\n".join([lines[0], f"|{'|'.join(rule)}|", *lines[1:]])


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    first, *others = (
        cell.rjust(width) if place else cell.ljust(width)
        for place, (cell, width) in enumerate(zip(row, widths, strict=True))
    )
    return f"| {' | '.join([first, *others])} |"
