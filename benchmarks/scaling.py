"""Wall time and peak memory against patches, layers, targets and channels.

    python benchmarks/scaling.py

The network is a ResNet-18 whose channels can be multiplied, with seeded random weights and batch
statistics of photographs of solar cells; of those, as many as needed are the probe images. From
one size, that of the other benchmarks' workload, one number at a time is changed. Each run has a
fresh process; peak memory is what the analysis takes above the network and the images.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from statistics import median
from typing import Any

import torch
from _measuring import Cost, apart, machine, measure, table
from against_reference import (
    GRANULARITIES,
    SEED,
    STATISTICS_CELLS,
    in_turns,
    settle,
    solar_cells,
)
from report import Report, parser, say, tell
from torch import Tensor, nn
from torchvision.models.resnet import BasicBlock

from neurflow_lightning import NeurFlowConfig, ProbeSet, Snapshot, analyze

LAYERS = ("layer2.1", "layer3.0", "layer3.1", "layer4.0", "layer4.1", "fc")
CLASSES = 8
PATCHES_OF_AN_IMAGE = 59
FLAT = 1.25
"""Memory counts as flat when it grows by less from the fewest to the most patches."""


@dataclass(frozen=True)
class Size:
    """How large an analysis is.

    Attributes:
        images: of each target.
        layers: how many of :data:`LAYERS`, counted from the logits.
        targets: classes explained.
        channels: of the first stage; 64 is ResNet-18.
    """

    images: int = 20
    layers: int = 6
    targets: int = 1
    channels: int = 64

    @property
    def patches(self) -> int:
        """Of all targets."""
        return PATCHES_OF_AN_IMAGE * self.images * self.targets


@dataclass(frozen=True)
class Scale:
    """What the sizes share.

    Attributes:
        base: the size that one number at a time is changed of.
        values: attribute of :class:`Size` → its values.
    """

    side: int
    tau: int
    top_k: int
    base: Size
    values: Mapping[str, tuple[int, ...]]

    def sizes(self, axis: str) -> list[Size]:
        """The base with every value of one number."""
        return [replace(self.base, **{axis: value}) for value in self.values[axis]]

    def all_sizes(self) -> list[Size]:
        """Every size once."""
        return list(dict.fromkeys(size for axis in self.values for size in self.sizes(axis)))


FULL = Scale(
    side=64,
    tau=8,
    top_k=50,
    base=Size(),
    values={
        "images": (20, 80, 320),
        "layers": (2, 4, 6),
        "targets": (1, 2, 4),
        "channels": (32, 64, 128),
    },
)
QUICK = Scale(
    side=32,
    tau=2,
    top_k=4,
    base=Size(images=1, layers=3, channels=16),
    values={"images": (1, 4), "layers": (2, 3), "targets": (1, 2), "channels": (8, 16)},
)


@dataclass(frozen=True)
class Run:
    """One analysis: what it took, how many core neurons its circuits have."""

    cost: Cost
    neurons: int


@dataclass(frozen=True)
class Result:
    """All runs of one size."""

    size: Size
    costs: tuple[Cost, ...]
    neurons: int

    @property
    def seconds(self) -> float:
        """Median over the runs."""
        return median(cost.seconds for cost in self.costs)

    @property
    def peak_bytes(self) -> float:
        """Median over the runs."""
        return median(cost.peak_bytes for cost in self.costs)


def resnet(channels: int) -> nn.Sequential:
    """ResNet-18 with this many channels in its first stage; its names are torchvision's."""
    torch.manual_seed(SEED)
    first = nn.Conv2d(3, channels, 7, stride=2, padding=3, bias=False)
    return nn.Sequential(
        OrderedDict(
            stem=nn.Sequential(first, nn.BatchNorm2d(channels), nn.ReLU(), nn.MaxPool2d(3, 2, 1)),
            layer1=_stage(channels, channels, 1),
            layer2=_stage(channels, 2 * channels, 2),
            layer3=_stage(2 * channels, 4 * channels, 2),
            layer4=_stage(4 * channels, 8 * channels, 2),
            pool=nn.AdaptiveAvgPool2d(1),
            flatten=nn.Flatten(),
            fc=nn.Linear(8 * channels, CLASSES),
        )
    )


def _stage(inputs: int, outputs: int, stride: int) -> nn.Sequential:
    shortcut = None
    if stride > 1:
        convolution = nn.Conv2d(inputs, outputs, 1, stride=stride, bias=False)
        shortcut = nn.Sequential(convolution, nn.BatchNorm2d(outputs))
    return nn.Sequential(
        BasicBlock(inputs, outputs, stride, shortcut), BasicBlock(outputs, outputs)
    )


def store_images(side: int, count: int, path: Path) -> None:
    """Write photographs once, for all runs."""
    images, _ = solar_cells(side)
    if count + STATISTICS_CELLS > len(images):
        raise ValueError(
            f"{count} images: wanted at most {len(images) - STATISTICS_CELLS}. Give fewer targets "
            "or fewer images of each."
        )
    torch.save(images[: count + STATISTICS_CELLS].clone(), path)


def run(scale: Scale, size: Size, path: Path) -> Run:
    """One analysis of this size."""
    images = torch.load(path, weights_only=True)
    network = resnet(size.channels)
    settle(network, images[:STATISTICS_CELLS])
    probes = _probes(images[STATISTICS_CELLS:], size)
    config = NeurFlowConfig(
        tau=scale.tau,
        top_k=scale.top_k,
        images_per_target=size.images,
        granularities=GRANULARITIES,
    )
    del images

    def analysis() -> Snapshot:
        return analyze(
            network,
            probes,
            layers=LAYERS[-size.layers :],
            targets=range(size.targets),
            config=config,
        )

    snapshot, cost = measure(analysis)
    return Run(cost, sum(len(circuit.neurons) for circuit in snapshot.circuits))


def _probes(images: Tensor, size: Size) -> ProbeSet:
    """Which class an image is of does not matter here: targets take them in turn."""
    count = size.images * size.targets
    return ProbeSet(images[:count].clone(), torch.arange(count) % size.targets)


def find(scale: Scale, rounds: int) -> list[Result]:
    """Every size in turn, each run in a process of its own."""
    sizes = scale.all_sizes()
    runs: dict[str, list[Run]] = {str(size): [] for size in sizes}
    with tempfile.TemporaryDirectory(prefix="neurflow-benchmark-") as folder:
        path = Path(folder) / "images.pt"
        apart(store_images, scale.side, max(one.images * one.targets for one in sizes), path)
        for number, place in in_turns(list(map(str, range(len(sizes)))), rounds):
            size = sizes[int(place)]
            runs[str(size)].append(apart(run, scale, size, path))
            say(f"round {number}, {size}: {runs[str(size)][-1].cost}")
    return [
        Result(size, tuple(one.cost for one in runs[str(size)]), runs[str(size)][0].neurons)
        for size in sizes
    ]


def growth(scale: Scale, found: Sequence[Result]) -> tuple[float, float, float]:
    """(patches, seconds, memory) of most images over those of fewest."""
    by_size = {one.size: one for one in found}
    fewest, *_, most = (by_size[size] for size in scale.sizes("images"))
    return (
        most.size.patches / fewest.size.patches,
        most.seconds / fewest.seconds,
        most.peak_bytes / max(fewest.peak_bytes, 1),
    )


def results(scale: Scale, found: Sequence[Result]) -> str:
    """The table: one row for each value of each number; the base is in all parts."""
    head = ("changed", "patches", "layers", "targets", "channels", "core neurons", "s", "MB")
    return table([head, *_rows(scale, found)])


def _rows(scale: Scale, found: Sequence[Result]) -> Iterator[tuple[str, ...]]:
    by_size = {one.size: one for one in found}
    for axis in scale.values:
        for size in scale.sizes(axis):
            one = by_size[size]
            counts = (size.patches, size.layers, size.targets, size.channels, one.neurons)
            yield (
                "patches" if axis == "images" else axis,
                *(f"{count:,}" for count in counts),
                f"{one.seconds:.2f}",
                f"{one.peak_bytes / 1e6:.0f}",
            )


def text(scale: Scale, found: Sequence[Result]) -> str:
    patches, seconds, memory = growth(scale, found)
    flat = "flat" if memory < FLAT else "not flat"
    return f"""A ResNet-18 (64 *channels* in its first stage; with others all stages follow) at
{scale.side}×{scale.side}, τ = {scale.tau}, k = {scale.top_k}; patches are of all targets together.
Seconds and megabytes (peak resident memory above that with network and images loaded)
are medians of {len(found[0].costs)} runs, each in a process of its own, the sizes in turn.

With {patches:g} times the patches an analysis takes {seconds:.1f} times as long and {memory:.2f}
times the memory: {flat} in patches (below {FLAT:g})."""


def numbers(scale: Scale, found: Sequence[Result]) -> dict[str, Any]:
    keys = ("patches", "seconds", "memory")
    return {
        "scale": asdict(scale),
        "sizes": [{**asdict(one), "patches": one.size.patches} for one in found],
        "growth": dict(zip(keys, growth(scale, found), strict=True)),
    }


def main(arguments: Sequence[str] | None = None) -> int:
    options: argparse.Namespace = parser(__doc__, rounds=3).parse_args(arguments)
    on = machine()
    say(str(on))
    scale = QUICK if options.quick else FULL
    found = find(scale, options.rounds)
    tell(
        Report(
            "scaling",
            "Scaling",
            on,
            text(scale, found),
            results(scale, found),
            numbers(scale, found),
        ),
        options,
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
