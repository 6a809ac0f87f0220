"""Time of an analysis against the floor: what its multiply-adds take in bare calls of torch.

    python benchmarks/floor.py

The answer needs, whoever computes it:

1. one forward pass of every patch: ``model(x)``, eager, channels last, 32 patches at a time,
   without hooks, the patches cut before the clock starts;
2. for each layer pair the convolution that its affine prefix is (the first of the upper block),
   forward, once for each different patch of the upper layer's core neurons;
3. that convolution's gradient by its input, once for each (neuron, patch) pair.

How many patches and pairs there are is read from the analysis's own snapshot. Batch norm is free
in 2 and 3, as it can be folded into the weights; so are the rest of the upper block, which is run
at the nodes for one channel, and all clustering. Nothing is moved: every batch of 2 and 3 reads the
same rows. 3 runs at the fastest of a few batch sizes. The floor is what 1, 2 and 3 take together.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
import torch
from _measuring import apart, machine, table
from _workload import described, prepared, workload
from against_reference import Case, analysis, config_of, opened, paired_ratio
from report import Report, parser, say, tell
from torch import Tensor, nn
from torch.utils.flop_counter import FlopCounterMode
from torchvision.models.resnet import BasicBlock

from neurflow_lightning import ProbeSet, Snapshot
from neurflow_lightning.core.probes import make_patches

GOAL = 1.5
BATCH = 32
PULL_BACK_BATCHES = (64, 256, 1024)


@dataclass(frozen=True)
class Job:
    """A part of the floor.

    Attributes:
        name: what is computed.
        rows: how often: patches, or (neuron, patch) pairs.
        multiply_adds: of all rows.
        work: does it once and gives the seconds it took.
    """

    name: str
    rows: int
    multiply_adds: int
    work: Callable[[], float]


@dataclass(frozen=True)
class Part:
    """A :class:`Job` that was done, once a round."""

    name: str
    rows: int
    multiply_adds: int
    seconds: tuple[float, ...]


@dataclass(frozen=True)
class Found:
    """Seconds of the analysis and of every part of its floor, round by round."""

    analysis: tuple[float, ...]
    parts: tuple[Part, ...]

    @property
    def floor(self) -> tuple[float, ...]:
        """Seconds of all parts together, round by round."""
        return tuple(map(sum, zip(*(part.seconds for part in self.parts), strict=True)))

    @property
    def ratio(self) -> float:
        """Median over the rounds of the analysis over its floor."""
        return paired_ratio(self.analysis, self.floor)


def find(case: Case, path: Path, rounds: int) -> Found:
    """Analysis and floor in turn, in this process."""
    network, probes = opened(case, path)
    analyse = analysis(case, network, probes)
    jobs = list(floor_jobs(case, network, probes, analyse()))
    taken: list[list[float]] = []
    for _ in range(rounds):
        taken.append([_seconds(analyse), *(job.work() for job in jobs)])
    whole, *parts = (tuple(column) for column in zip(*taken, strict=True))
    return Found(
        whole,
        tuple(
            Part(job.name, job.rows, job.multiply_adds, seconds)
            for job, seconds in zip(jobs, parts, strict=True)
        ),
    )


def floor_jobs(
    case: Case, network: nn.Module, probes: ProbeSet, snapshot: Snapshot
) -> Iterator[Job]:
    """What the snapshot's circuit needs."""
    yield _forward(case, network, probes)
    circuit = snapshot.circuits[0]
    example = probes.images[:2]
    for lower, upper in pairwise(case.layers):
        block = network.get_submodule(upper)
        if not isinstance(block, BasicBlock):
            continue  # between the last block and the logits there is no convolution
        concepts = [node.concept.patches for node in circuit.layer_neurons(upper)]
        shape = _input_of(network, block.conv1, example).shape[1:]
        rows = len(np.unique(concepts))
        yield _prefix(f"prefix {lower} → {upper}", block.conv1, shape, rows)
        pairs = sum(map(len, concepts))
        yield _pull_back(f"pull-back {upper} → {lower}", block.conv1, shape, pairs)


def _forward(case: Case, network: nn.Module, probes: ProbeSet) -> Job:
    patches = make_patches(probes, config_of(case).granularities)
    batches = np.array_split(np.arange(len(patches)), range(BATCH, len(patches), BATCH))

    def work() -> float:
        seconds = 0.0
        for rows in batches:
            inputs = patches.batch(rows).contiguous(memory_format=torch.channels_last)
            seconds += _seconds(lambda inputs=inputs: network(inputs))
        return seconds

    each = _multiply_adds(lambda: network(probes.images[:1]))
    return Job("forward pass", len(patches), each * len(patches), work)


def _prefix(name: str, convolution: nn.Conv2d, shape: Sequence[int], rows: int) -> Job:
    values = _channels_last(BATCH, shape)
    weight, (stride, padding) = convolution.weight, _numbers(convolution)

    def run(count: int) -> None:
        torch.conv2d(values[:count], weight, None, stride, padding)

    each = _multiply_adds(lambda: run(1))
    return Job(name, rows, each * rows, lambda: _in_batches(run, rows, BATCH))


def _pull_back(name: str, convolution: nn.Conv2d, shape: Sequence[int], pairs: int) -> Job:
    weight, (stride, padding) = convolution.weight, _numbers(convolution)
    values = _channels_last(max(PULL_BACK_BATCHES), shape)
    tail = torch.conv2d(values[:1], weight, None, stride, padding).shape[1:]
    gradient = _channels_last(len(values), tail)

    def run(count: int) -> None:
        torch.ops.aten.convolution_backward(
            *(gradient[:count], values[:count], weight, None),
            *(stride, padding, [1, 1], False, [0, 0], 1),
            [True, False, False],
        )

    each = _multiply_adds(lambda: run(1))
    best = min(PULL_BACK_BATCHES, key=lambda size: _seconds_of_a_row(run, min(size, pairs)))
    return Job(name, pairs, each * pairs, lambda: _in_batches(run, pairs, best))


def _numbers(convolution: nn.Conv2d) -> tuple[list[int], list[int]]:
    """Stride and padding; a basic block has neither dilation nor groups."""
    return list(convolution.stride), [int(one) for one in convolution.padding]


def _in_batches(run: Callable[[int], None], rows: int, size: int) -> float:
    def work() -> None:
        for start in range(0, rows, size):
            run(min(size, rows - start))

    return _seconds(work)


def _seconds_of_a_row(run: Callable[[int], None], rows: int) -> float:
    run(rows)  # the first call of any size also sets up its kernel
    return min(_seconds(lambda: run(rows)) for _ in range(3)) / rows


def _seconds(work: Callable[[], object]) -> float:
    with torch.no_grad():
        start = time.perf_counter()
        work()
        return time.perf_counter() - start


def _multiply_adds(work: Callable[[], object]) -> int:
    with torch.no_grad(), FlopCounterMode(display=False) as counter:
        work()
    return int(counter.get_total_flops()) // 2


def _channels_last(rows: int, shape: Sequence[int]) -> Tensor:
    return torch.rand(rows, *shape).contiguous(memory_format=torch.channels_last)


def _input_of(network: nn.Module, convolution: nn.Conv2d, images: Tensor) -> Tensor:
    seen: list[Tensor] = []
    handle = convolution.register_forward_pre_hook(lambda _, inputs: seen.append(inputs[0]))
    try:
        with torch.no_grad():
            network(images)
    finally:
        handle.remove()
    return seen[0]


def results(found: Found) -> str:
    """The table: every part, their sum, the analysis."""
    head = ("part", "rows", "multiply-adds (10⁹)", "s", "10⁹ a second")
    rows = [_row(part.name, part.rows, part.multiply_adds, part.seconds) for part in found.parts]
    everything = sum(part.multiply_adds for part in found.parts)
    whole = _row("floor", None, everything, found.floor)
    ours = _row("analysis", None, everything, found.analysis)
    return table([head, *rows, whole, ours])


def _row(name: str, rows: int | None, adds: int, seconds: Sequence[float]) -> tuple[str, ...]:
    middle = median(seconds)
    count = "" if rows is None else f"{rows:,}"
    return name, count, f"{adds / 1e9:.1f}", f"{middle:.2f}", f"{adds / 1e9 / middle:.0f}"


def text(case: Case, found: Found) -> str:
    met = "met" if found.ratio <= GOAL else "not met"
    return f"""The workload: {described(case)}.

The floor is what the multiply-adds that the answer needs take in bare calls of torch: one forward
pass of all patches without hooks; the first convolution of each upper block once for each different
patch; its gradient by the input once for each (neuron, patch) pair, at the fastest of the batch
sizes {", ".join(map(str, PULL_BACK_BATCHES))}. Everything else is free in it. Medians of
{len(found.analysis)} rounds, analysis and floor in turn.

The analysis takes {found.ratio:.2f} times its floor (goal: at most {GOAL:g}, {met})."""


def numbers(case: Case, found: Found) -> dict[str, Any]:
    return {"case": asdict(case), **asdict(found), "floor": found.floor, "ratio": found.ratio}


def main(arguments: Sequence[str] | None = None) -> int:
    options = parser(__doc__, rounds=5).parse_args(arguments)
    on = machine()
    case = workload(options.quick)
    say(f"{on}\n{case.name}: {options.rounds} rounds")
    with prepared(case) as path:
        found = apart(find, case, path, options.rounds)
    title = "Against the floor"
    tell(
        Report("floor", title, on, text(case, found), results(found), numbers(case, found)), options
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
