"""What restricting and folding segments brings on ten families of networks.

    python benchmarks/families.py
    python benchmarks/families.py --networks resnet50 vit_b_32

For each network one pair of layers a block apart and one a stage apart. The same neurons are
attributed on the same patches twice, in turn: as the package does it, and the plain way, which runs
the whole segment at every node, neuron by neuron. Preparing a segment (tracing, the check of its
first use) is not in the times: it is done once a run.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import partial
from statistics import median

import numpy as np
import torch
from _measuring import apart, machine, table
from against_reference import SEED, build, paired_ratio, settle
from report import Report, parser, say, tell
from torch import Tensor, nn

from neurflow_lightning import NeurFlowConfig, ProbeSet
from neurflow_lightning.core.layer_work import LayerWork
from neurflow_lightning.core.packing import attributions
from neurflow_lightning.core.study import Study, analysis_mode, open_study
from neurflow_lightning.core.sweep import sweep

IMAGES = 4
GRANULARITIES = (1.0, 0.5)
LAYER_SCALE = 0.1
"""ConvNeXt begins with 1e-6, where a block is as good as absent."""


@dataclass(frozen=True)
class Family:
    """A network, and two pairs (lower, upper) of its layers."""

    block: tuple[str, str]
    stage: tuple[str, str]
    side: int = 96


FAMILIES = {
    "resnet18": Family(("layer3.0", "layer3.1"), ("layer3", "layer4")),
    "resnet50": Family(("layer3.4", "layer3.5"), ("layer3", "layer4")),
    "resnext50_32x4d": Family(("layer3.4", "layer3.5"), ("layer3", "layer4")),
    "regnet_x_400mf": Family(
        ("trunk_output.block4.block4-10", "trunk_output.block4.block4-11"),
        ("trunk_output.block3", "trunk_output.block4"),
    ),
    "mobilenet_v3_small": Family(("features.9", "features.10"), ("features.8", "features.11")),
    "googlenet": Family(("inception4c", "inception4d"), ("inception3b", "inception4e")),
    "densenet121": Family(
        ("features.denseblock3.denselayer23", "features.denseblock3.denselayer24"),
        ("features.denseblock2", "features.denseblock3"),
    ),
    "convnext_tiny": Family(("features.5.7", "features.5.8"), ("features.5", "features.7")),
    "vit_b_32": Family(
        ("encoder.layers.encoder_layer_9", "encoder.layers.encoder_layer_10"),
        ("encoder.layers.encoder_layer_8", "encoder.layers.encoder_layer_11"),
        side=224,
    ),
    "swin_t": Family(("features.5.4", "features.5.5"), ("features.5", "features.7")),
}
"""A vision transformer has no stages: three blocks stand for one."""


@dataclass(frozen=True)
class Scale:
    """How much is attributed: ``patches`` of each of so many ``neurons``."""

    neurons: int = 4
    patches: int = 16


@dataclass(frozen=True)
class Result:
    """One pair of one network.

    Attributes:
        apart: ``"block"`` or ``"stage"``.
        method: how the package runs the segment, and why it is not folded.
        plain, ours: seconds, round by round.
        difference: largest difference of an attribution, over the largest attribution.
    """

    network: str
    apart: str
    lower: str
    upper: str
    method: str
    plain: tuple[float, ...]
    ours: tuple[float, ...]
    difference: float

    @property
    def times(self) -> float:
        """Median over the rounds of the plain way's seconds over ours."""
        return paired_ratio(self.plain, self.ours)


def network_of(name: str, images: Tensor) -> nn.Module:
    """A seeded classifier whose blocks all do something."""
    network = build(name)
    settle(network, images)
    for parameter_name, parameter in network.named_parameters():
        if parameter_name.endswith("layer_scale"):
            nn.init.constant_(parameter, LAYER_SCALE)
    return network


def find(name: str, scale: Scale, rounds: int) -> list[Result]:
    """Both pairs of one network."""
    family = FAMILIES[name]
    shape = (IMAGES, 3, family.side, family.side)
    images = torch.randn(shape, generator=torch.manual_seed(SEED))
    network = network_of(name, images)
    probes = ProbeSet(images, torch.zeros(IMAGES, dtype=torch.long))
    found = []
    for distance, pair in (("block", family.block), ("stage", family.stage)):
        with analysis_mode(network):
            found.append(_of_pair(name, distance, network, probes, pair, scale, rounds))
    return found


def _of_pair(
    name: str,
    distance: str,
    network: nn.Module,
    probes: ProbeSet,
    pair: tuple[str, str],
    scale: Scale,
    rounds: int,
) -> Result:
    config = NeurFlowConfig.preset(
        "paper",
        top_k=scale.patches,
        images_per_target=IMAGES,
        granularities=GRANULARITIES,
        node_power=1,  # of itself the plain way would take other nodes
    )
    study = open_study(network, probes, pair, [0], config, None)
    ours, plain = (
        partial(_values, work) for work in (_work(study, scale), _work(_unfolded(study), scale))
    )
    difference = relative_difference(ours(), plain())  # and both ways have run once
    taken = [(_seconds(plain), _seconds(ours)) for _ in range(rounds)]
    lower, upper = study.network.layers
    return Result(
        name,
        distance,
        lower,
        upper,
        _method(study, upper),
        plain=tuple(one for one, _ in taken),
        ours=tuple(one for _, one in taken),
        difference=difference,
    )


def _unfolded(study: Study) -> Study:
    """The same study, all of whose segments are run the plain way."""
    reasons = {(one.upper, ()): "the plain way was asked for" for one in study.segments}
    return replace(study, _folded=reasons)


def _work(study: Study, scale: Scale) -> LayerWork:
    """Neurons spread over the upper layer, each with its most active patches."""
    (segment,) = study.segments
    swept = sweep(study, study.patch_rows(study.targets[0]), lambda _: None)
    width = study.network.widths[segment.upper]
    neurons = np.linspace(0, width - 1, min(scale.neurons, width)).astype(int)
    concepts = [swept.top[segment.upper].concept(int(neuron)).patches for neuron in neurons]
    return LayerWork(study, swept, segment, neurons, np.stack(concepts))


def _values(work: LayerWork) -> Tensor:
    """(neurons, patches, lower neurons) attributions."""
    found = {place: attribution.values for place, attribution in attributions(work)}
    return torch.stack([found[place] for place in range(len(work.neurons))])


def relative_difference(found: Tensor, expected: Tensor) -> float:
    """Largest difference over the largest expected value.

    >>> relative_difference(torch.tensor([1.0, 4.0]), torch.tensor([2.0, 4.0]))
    0.25

    Raises:
        ValueError: when all expected values are zero: from them nothing can be learnt.
    """
    largest = float(expected.abs().max())
    if largest == 0:
        raise ValueError("All attributions are zero: choose other layers or other weights.")
    return float((found - expected).abs().max()) / largest


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _method(study: Study, upper: str) -> str:
    reason = study.reason(upper)
    return study.methods()[upper] + (f": {reason}" if reason else "")


def results(found: Sequence[Result]) -> str:
    """The table: a row for each pair."""
    head = ("network", "pair", "segment", "plain s", "ours s", "times faster", "difference")
    return table([head, *(_row(one) for one in found)])


def _row(one: Result) -> tuple[str, ...]:
    return (
        one.network,
        one.apart,
        one.method.partition(":")[0],
        f"{median(one.plain):.3f}",
        f"{median(one.ours):.3f}",
        f"{one.times:.1f}",
        f"{one.difference:.0e}",
    )


def text(found: Sequence[Result], scale: Scale) -> str:
    reasons = [
        f"- {one.network}, {one.apart}: {one.method}\n" for one in found if ":" in one.method
    ]
    why = "\n\nNot folded:\n\n" + "".join(reasons) if reasons else ""
    pairs = "".join(f"- {one.network}, {one.apart}: {one.lower} → {one.upper}\n" for one in found)
    return f"""{scale.neurons} neurons of the upper layer on {scale.patches} patches each, 16 nodes,
float32; seeded random weights and images, 96×96 (vit_b_32: 224×224). *Plain* runs the whole segment
at every node, *ours* is what the package does with the segment; medians of {len(found[0].plain)}
runs in turn, the ratios taken within a round. *Difference* is the largest of any attribution,
over the largest attribution.

The pairs:

{pairs.rstrip()}{why.rstrip()}"""


def main(arguments: Sequence[str] | None = None) -> int:
    made = parser(__doc__, rounds=3)
    made.add_argument("--networks", nargs="+", choices=FAMILIES, default=None)
    options = made.parse_args(arguments)
    on = machine()
    say(str(on))
    scale = Scale(neurons=2, patches=4) if options.quick else Scale()
    names = options.networks or (["resnet18", "mobilenet_v3_small"] if options.quick else FAMILIES)
    found: list[Result] = []
    for name in names:
        found += apart(find, name, scale, options.rounds)
        say(results(found[-2:]))
    numbers: Mapping[str, object] = {
        "scale": asdict(scale),
        "pairs": [{**asdict(one), "times": one.times} for one in found],
    }
    title = "Families of networks"
    tell(Report("families", title, on, text(found, scale), results(found), numbers), options)
    return 0


if __name__ == "__main__":
    sys.exit(main())
