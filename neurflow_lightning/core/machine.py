"""How fast a device computes: what costs are estimated from.

The device is timed once in a process, on a convolution, a product of matrices, an addition too
large for its caches, and a small operation. On a CPU the processor's time is measured, which other
programs on the machine do not distort; on other devices the time until all of the work is done.
"""

from __future__ import annotations

import functools
import time
from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional

from neurflow_lightning.core.memory import reuse_large_blocks
from neurflow_lightning.core.observation import ForwardWork

_LONG_ENOUGH = 0.04
"""Seconds for which each kind of work is timed: processors' clocks may tick every 4 ms."""

_REACHED = 0.65
"""Share of this speed that networks reach, whose layers are smaller or of other shapes."""

_OPERATIONS = 50
_OVERHEAD = 8
"""Times as long as a bare operation takes, an operation of a network takes to be started: modules,
hooks and autograd come with it."""


@dataclass(frozen=True)
class Speed:
    """What a network does on a device in a second, in float32.

    Attributes:
        convolved: multiply–adds of convolutions.
        multiplied: multiply–adds of products of matrices.
        numbers: elements of values that are read and written.
        operations: operations started.
    """

    convolved: float
    multiplied: float
    numbers: float
    operations: float

    def seconds(self, work: ForwardWork, rows: float, runs: float) -> float:
        """The time that some work takes.

        Args:
            work: of each row; its operations are those of a run.
            rows: how often it is done.
            runs: in how many runs.

        >>> speed = Speed(convolved=200, multiplied=100, numbers=20, operations=4)
        >>> speed.seconds(ForwardWork(300, 200, 20, 4), rows=2, runs=1)
        7.0
        """
        products = work.multiply_adds - work.convolved
        each = work.convolved / self.convolved + products / self.multiplied
        each += work.numbers / self.numbers
        return rows * each + runs * work.operations / self.operations


def synchronize(device: torch.device) -> None:
    """Wait until a device has done all that it was given."""
    if device.type != "cpu":
        of_kind = getattr(torch, device.type, None)
        wait = getattr(of_kind, "synchronize", None) or torch.accelerator.synchronize
        # Apple's takes no device: there is one.
        wait(device) if device.type != "mps" else wait()


def now(device: torch.device) -> float:
    """Seconds of the wall clock when a device has done all that it was given."""
    synchronize(device)
    return time.perf_counter()


@functools.cache
def speed_of(device: torch.device) -> Speed:
    """The speed of a device, measured at the first call, in about a fifth of a second."""
    large = 1 if device.type == "cpu" else 8
    if device.type == "cpu":
        reuse_large_blocks()  # as an analysis does: else each run takes its memory anew
    with torch.inference_mode():
        return Speed(
            convolved=_REACHED * _convolution(device, rows=4 * large),
            multiplied=_REACHED * _product(device, rows=512 * large),
            numbers=_REACHED * _addition(device, size=2**22 * large),
            operations=_REACHED * _small_operations(device),
        )


def _convolution(device: torch.device, rows: int) -> float:
    channels, side = 128, 28
    images = torch.ones(rows, channels, side, side, device=device)
    weight = torch.ones(channels, channels, 3, 3, device=device)
    seconds = _seconds(lambda: functional.conv2d(images, weight, padding=1), device)
    return rows * (channels * side) ** 2 * 9 / seconds


def _product(device: torch.device, rows: int) -> float:
    width = 768
    values = torch.ones(rows, width, device=device)
    weight = torch.ones(width, width, device=device)
    seconds = _seconds(lambda: functional.linear(values, weight), device)
    return rows * width**2 / seconds


def _addition(device: torch.device, size: int) -> float:
    values = torch.ones(size, device=device)
    out = torch.empty_like(values)
    return size / _seconds(lambda: torch.add(values, values, out=out), device)


def _small_operations(device: torch.device) -> float:
    values = torch.ones(4, device=device)

    def several() -> Tensor:
        out = values
        for _ in range(_OPERATIONS):
            out = out + values
        return out

    # One thread starts them, whatever the number of threads.
    seconds = _seconds(several, device, threads=1)
    return _OPERATIONS / (seconds * _OVERHEAD)


def _seconds(work: Callable[[], object], device: torch.device, threads: int | None = None) -> float:
    """Of one run, after a first one that sets things up.

    The smaller of the fastest run's wall time and the mean processor time of a thread.
    """
    work()
    found: list[float] = []
    begun, ticks = now(device), time.process_time()
    while (end := now(device)) - begun < _LONG_ENOUGH:
        work()
        found.append(now(device) - end)
    if device.type != "cpu":
        return min(found)
    of_processor = (time.process_time() - ticks) / len(found)
    known = [of_processor / (threads or torch.get_num_threads())] if of_processor else []
    return min([*found, *known])
