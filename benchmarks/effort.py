"""What each effort costs and how near it comes to the paper's, on five networks.

    python benchmarks/effort.py
    python benchmarks/effort.py --networks resnet18 vit_b_16 --efforts glance quick

Each analysis is made in a process of its own: one target, solar cells, the layers chosen by
default. ``paper`` would take hours on the larger networks: of each layer it expands the most
important neurons only, of fewer images, and its seconds are those that the cost model expects of
the whole.
"""

from __future__ import annotations

import math
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, astuple, dataclass, fields, replace
from itertools import product
from pathlib import Path
from statistics import fmean, median
from tempfile import TemporaryDirectory

import numpy as np
import torch
from _measuring import apart, machine, table
from against_reference import TARGET, paired_ratio, solar_cells
from families import network_of
from report import Report, parser, say, tell
from torch import nn

from neurflow_lightning import NeurFlowConfig, ProbeSet, load_snapshot, save_snapshot
from neurflow_lightning.config import PRESETS
from neurflow_lightning.core.attribution import (
    AttributionMethod,
    AttributionRequest,
    PathAttribution,
)
from neurflow_lightning.core.choosing import choose_method, measured
from neurflow_lightning.core.layer_work import LayerWork
from neurflow_lightning.core.machine import speed_of
from neurflow_lightning.core.methods import method_name, recorded_method
from neurflow_lightning.core.packing import attributions
from neurflow_lightning.core.pipeline import analyze_study
from neurflow_lightning.core.planning import plan_study
from neurflow_lightning.core.segments import Segment
from neurflow_lightning.core.selection import ranked
from neurflow_lightning.core.study import Study, analysis_mode, open_study
from neurflow_lightning.core.sweep import Sweep, sweep
from neurflow_lightning.evaluation.knockouts import Knockouts, overlaps
from neurflow_lightning.types import CoreNeuron, IntArray, NeuronId, Snapshot, is_stable

NETWORKS = {"resnet18": 64, "resnet50": 224, "convnext_tiny": 224, "swin_t": 224, "vit_b_16": 224}
"""Network → pixels a side."""

EFFORTS = tuple(PRESETS)
IMAGES = 50
PAPER_NEURONS = 4
"""Core neurons of a layer that ``paper`` expands here."""

PAPER_IMAGES = 12
"""Images that ``paper`` has here, on networks that take 224 pixels."""

JUDGED = "quick"
"""The effort on whose patches knockouts are tried."""

NEURONS = 3
"""Upper neurons of a layer pair whose core sets are compared."""

CORE = 6
"""Core neurons of each that are compared and knocked out."""

PATCHES = 6
"""On how many patches the correlation with knockouts is measured."""

PAIRS = {
    "resnet50": ("layer3", "layer4"),
    "convnext_tiny": ("features.5", "features.7"),
    "vit_b_32": ("encoder.layers.encoder_layer_9", "encoder.layers.encoder_layer_10"),
}
"""Pairs of layers that the methods are compared on: two stages apart, and two blocks."""


@dataclass(frozen=True)
class Cost:
    """What an analysis takes, in seconds.

    Attributes:
        opening: the network.
        planning: the estimate, after the machine was calibrated.
        expected: by the estimate, of the analysis.
        analysis: without opening; NaN for ``paper``.
        coverage: share of the path weight followed.
        neurons: core neurons.
        methods: layer pair by layer pair, deep to shallow.
    """

    opening: float
    planning: float
    expected: float
    analysis: float
    coverage: float
    neurons: int
    methods: tuple[str, ...]


@dataclass(frozen=True)
class Quality:
    """How good the circuit of an effort is; means over layer pairs and upper neurons.

    Attributes:
        core: share of the first :data:`CORE` core neurons that ``paper`` has among its own.
        edges: Pearson correlation of attributions with those of ``paper``.
        overlap: share of a concept left after knocking out the first core neurons: less is better.
        random: the same after knocking out as many random neurons.
        correlation: of attributions with the effects of knockouts.
        stable: share of neuron groups that other images would give too; NaN where not measured.
    """

    core: float
    edges: float
    overlap: float
    random: float
    correlation: float
    stable: float


# -- costs


def prepared(name: str) -> tuple[nn.Module, ProbeSet]:
    """A seeded network and solar cells."""
    images, labels = solar_cells(NETWORKS.get(name, 224))
    probes = images[labels == TARGET][:IMAGES].clone()
    network = network_of(name, probes[:4])
    for parameter in network.parameters():  # heads of transformers begin with zeros
        if parameter.ndim == 2 and not parameter.any():
            nn.init.normal_(parameter, std=0.05)
    with torch.no_grad():
        network(probes[:2])
    return network, ProbeSet(probes, torch.full((len(probes),), TARGET))


def cost(name: str, effort: str, path: Path) -> Cost:
    """Analyse, and write the snapshot."""
    network, probes = prepared(name)
    config = NeurFlowConfig.preset(effort)
    speed_of(torch.device("cpu"))
    with analysis_mode(network):
        start = time.perf_counter()
        study = open_study(network, probes, None, [TARGET], config, None)
        opened = time.perf_counter()
        expected = plan_study(study).seconds
        planned = time.perf_counter()
        if effort == "paper":
            images = IMAGES if NETWORKS[name] < 224 else PAPER_IMAGES
            config = replace(config, max_neurons_per_layer=PAPER_NEURONS, images_per_target=images)
            study = replace(study, config=config)
        begun = time.perf_counter()
        snapshot = analyze_study(study)
        seconds = time.perf_counter() - begun
    save_snapshot(snapshot, str(path))
    (circuit,) = snapshot.circuits
    return Cost(
        opening=opened - start,
        planning=planned - opened,
        expected=expected,
        analysis=math.nan if effort == "paper" else seconds,
        coverage=circuit.coverage,
        neurons=len(circuit.neurons),
        methods=tuple(str(record) for record in reversed([*snapshot.attribution.values()])),
    )


# -- quality


def quality(name: str, paths: Mapping[str, Path]) -> dict[str, Quality]:
    """The quality of each effort's snapshot, ``paper``'s among them."""
    network, probes = prepared(name)
    snapshots = {effort: load_snapshot(str(path)) for effort, path in paths.items()}
    paper = snapshots["paper"]
    with analysis_mode(network):
        layers = max((snapshot.layers for snapshot in snapshots.values()), key=len)
        config = NeurFlowConfig.preset(JUDGED)
        study = open_study(network, probes, layers, [TARGET], config, None)
        swept = sweep(study, study.patch_rows(study.targets[0]), lambda _: None)
        return {
            effort: _quality(study, swept, snapshot, paper)
            for effort, snapshot in snapshots.items()
        }


def _quality(study: Study, swept: Sweep, snapshot: Snapshot, paper: Snapshot) -> Quality:
    (circuit,) = snapshot.circuits
    rows = [
        row
        for segment in study.segments
        if segment.upper in snapshot.attribution and segment.lower in snapshot.layers
        for row in _of_pair(study, swept, segment, snapshot, paper)
    ]
    groups = [group.stability for group in circuit.groups if group.stability is not None]
    measures = ("core", "edges", "overlap", "random", "correlation")
    means = {
        name: float(np.nanmean(column))
        for name, column in zip(measures, zip(*rows, strict=True), strict=True)
    }
    return Quality(**means, stable=fmean(map(is_stable, groups)) if groups else math.nan)


def _of_pair(
    study: Study, swept: Sweep, segment: Segment, snapshot: Snapshot, paper: Snapshot
) -> Iterator[tuple[float, ...]]:
    """Of each of a few neurons: core, edges, overlap, random, correlation."""
    (circuit,), (truth,) = snapshot.circuits, paper.circuits
    cores = {
        node: node.inputs.sources[:CORE]
        for node in circuit.layer_neurons(segment.upper)[:NEURONS]
        if node.inputs is not None and len(node.inputs.sources)
    }
    if not cores:
        return
    known: Mapping[NeuronId, CoreNeuron] = {}
    if segment.upper in truth.layers and segment.lower in truth.layers:
        known = {node.id: node for node in truth.layer_neurons(segment.upper)}
    work = _work(study, swept, segment, [node.id.index for node in cores])
    method = recorded_method(snapshot.attribution[segment.upper], PathAttribution())
    with study.arithmetic():
        correlation = measured(method, _requests(work)).correlation
    random = np.random.default_rng(0)
    width = study.network.widths[segment.lower]
    others = [random.choice(width, len(core), replace=False) for core in cores.values()]
    left = zip(cores, _left(work, [*cores.values()]), _left(work, others), strict=True)
    for node, of_core, of_others in left:
        yield (*_agreement(node, known.get(node.id)), of_core, of_others, correlation)


def _agreement(node: CoreNeuron, other: CoreNeuron | None) -> tuple[float, float]:
    """Share of the core neurons, and correlation of attributions; NaN where there is no other."""
    if other is None or node.inputs is None or other.inputs is None:
        return math.nan, math.nan
    own, truth = _means(node), _means(other)
    if not own or not truth:
        return math.nan, math.nan
    first = [set(list(means)[:CORE]) for means in (own, truth)]
    shared = len(first[0] & first[1]) / min(map(len, first))
    both = sorted(own.keys() | truth.keys())
    pairs = np.array([[means.get(source, 0.0) for source in both] for means in (own, truth)])
    return shared, float(np.corrcoef(pairs)[0, 1]) if len(both) > 1 else math.nan


def _means(node: CoreNeuron) -> dict[int, float]:
    """Core neuron → mean attribution, of core neurons and runners-up, highest score first."""
    inputs = node.inputs
    assert inputs is not None
    sources = np.concatenate([inputs.sources, inputs.runners_up]).tolist()
    values = np.hstack([inputs.attributions, inputs.runner_up_attributions]).mean(axis=0)
    return dict(zip(sources, values.tolist(), strict=True))


# -- methods on layer pairs


@dataclass(frozen=True)
class Pair:
    """A method on one pair of layers.

    Attributes:
        seconds: for each (neuron, patch), round by round.
        agreement: share of the first 8 core neurons that integrated gradients with 64 nodes have.
        overlap, correlation: as in :class:`Quality`, with 8 core neurons.
    """

    network: str
    method: str
    seconds: tuple[float, ...]
    agreement: float
    overlap: float
    correlation: float


def pair(name: str, rounds: int) -> list[Pair]:
    """The paper's integrated gradients with 16 nodes, and what ``auto`` takes, in turn."""
    network, probes = prepared(name)
    with analysis_mode(network):
        config = NeurFlowConfig.preset(JUDGED, nodes=16)
        study = open_study(network, probes, PAIRS[name], [TARGET], config, None)
        swept = sweep(study, study.patch_rows(study.targets[0]), lambda _: None)
        (segment,) = study.segments
        spread = np.linspace(0, study.network.widths[segment.upper] - 1, 4).astype(int)
        work = _work(study, swept, segment, spread.tolist())
        requests = _requests(work)
        ig = PathAttribution()
        methods: dict[str, AttributionMethod] = {"ig": ig, "auto": choose_method(requests).method}
        finer = replace(study, config=replace(config, nodes=64))
        truth = _first(replace(work, study=finer), ig)
        core = {way: _first(work, method) for way, method in methods.items()}
        seconds: dict[str, list[float]] = {way: [] for way in methods}
        for _ in range(rounds):
            for way, method in methods.items():
                start = time.perf_counter()
                _first(work, method)
                seconds[way].append((time.perf_counter() - start) / work.patches.size)
        return [
            Pair(
                network=name,
                method="ig" if way == "ig" else f"auto: {method_name(method)}",
                seconds=tuple(seconds[way]),
                agreement=fmean(
                    len({*a} & {*b}) / 8 for a, b in zip(core[way], truth, strict=True)
                ),
                overlap=fmean(_left(work, core[way])),
                correlation=measured(method, requests).correlation,
            )
            for way, method in methods.items()
        ]


def _work(study: Study, swept: Sweep, segment: Segment, neurons: Sequence[int]) -> LayerWork:
    """Neurons of the upper layer, on the most active patches of each."""
    concepts = [swept.top[segment.upper].concept(neuron).patches for neuron in neurons]
    return LayerWork(study, swept, segment, np.array(neurons), np.stack(concepts))


def _requests(work: LayerWork) -> list[AttributionRequest]:
    """For all neurons on the same few patches, some of each."""
    rows = list(dict.fromkeys(work.patches.T.ravel().tolist()))[:PATCHES]
    first = work.request(int(work.neurons[0]), np.array(rows))
    return [replace(first, neuron=neuron) for neuron in work.neurons.tolist()]


def _first(work: LayerWork, method: AttributionMethod) -> list[list[int]]:
    """The first 8 core neurons of each neuron."""
    found = {
        place: ranked(attribution.values.abs().mean(0).numpy(), 8)
        for place, attribution in attributions(work, method)
    }
    return [found[place] for place in range(len(work.neurons))]


def _left(work: LayerWork, cores: Sequence[Sequence[int] | IntArray]) -> list[float]:
    """For each neuron, the share of its concept that is left after knocking out its core."""
    knockouts = Knockouts(
        work.study, work.swept, work.segment, work.swept.rows, work.neurons.tolist()
    )
    left = (
        overlaps(knockouts.rows, knockouts.without(core), [*work.patches], knockouts.limit)
        for core in cores
    )
    return [float(found[place]) for place, found in enumerate(left)]


# -- results


def costs_table(costs: Mapping[tuple[str, str], Sequence[Cost]]) -> str:
    head = (
        *("network", "effort", "opening s", "analysis s", "expected s", "expected ÷ true"),
        *("estimate s", "neurons", "coverage", "methods"),
    )
    return table([head, *(_cost_row(*key, runs) for key, runs in costs.items())])


def _cost_row(name: str, effort: str, runs: Sequence[Cost]) -> tuple[str, ...]:
    first = runs[0]
    seconds = median(run.analysis for run in runs)
    expected = median(run.expected for run in runs)
    counts = Counter(first.methods)
    return (
        name,
        effort,
        f"{median(run.opening for run in runs):.2f}",
        "–" if math.isnan(seconds) else f"{seconds:.2f}",
        f"{expected:.3g}",
        "–" if math.isnan(seconds) else f"{expected / seconds:.2f}",
        f"{median(run.planning for run in runs):.2f}",
        str(first.neurons),
        f"{first.coverage:.0%}",
        ", ".join(f"{count} {method}" for method, count in counts.items()),
    )


def quality_table(found: Mapping[str, Mapping[str, Quality]]) -> str:
    head = ("network", "effort", *(measure.name for measure in fields(Quality)))
    rows = [
        (name, effort, *(_number(value) for value in astuple(quality)))
        for name, efforts in found.items()
        for effort, quality in efforts.items()
    ]
    return table([head, *rows])


def pairs_table(found: Sequence[Pair]) -> str:
    head = ("network", "method", "ms", "times faster", "agreement", "overlap", "correlation")
    ig = {row.network: row for row in found if row.method == "ig"}
    rows = [
        (
            row.network,
            row.method,
            f"{1000 * median(row.seconds):.2f}",
            f"{paired_ratio(ig[row.network].seconds, row.seconds):.1f}",
            *(_number(value) for value in (row.agreement, row.overlap, row.correlation)),
        )
        for row in found
    ]
    return table([head, *rows])


def _number(value: float) -> str:
    return "–" if math.isnan(value) else f"{value:.2f}"


TEXT = f"""One target on up to {IMAGES} solar cells, seeded weights, layers chosen by default, a
fresh process each; medians of the rounds. *Expected* is what the cost model says before the
analysis, *estimate* how long it takes to say so. `paper` expands {PAPER_NEURONS} neurons of a layer
here, of {PAPER_IMAGES} images on all but the ResNet-18, and its whole is expected to take so long.

*core*: share of the first {CORE} core neurons of a neuron that `paper` has too; *edges*:
correlation of the attributions with `paper`'s; *overlap*: share of a concept that is left after
knocking these core neurons out (less is better), *random* of as many random ones; *correlation*: of
attributions with the effects of knockouts; *stable*: share of neuron groups that other images would
give too. Means over the {NEURONS} most important neurons of each layer.

The last table: integrated gradients with 16 nodes, as the paper takes them, and what `auto` chooses
on one pair of layers, milliseconds for each (neuron, patch), in turn; *agreement* of the first 8
core neurons with those of 64 nodes."""


def main(arguments: Sequence[str] | None = None) -> int:
    made = parser(__doc__, rounds=3)
    made.add_argument("--networks", nargs="+", choices=NETWORKS, default=list(NETWORKS))
    made.add_argument("--efforts", nargs="+", choices=EFFORTS, default=list(EFFORTS))
    made.add_argument("--snapshots", type=Path, help="folder to keep the snapshots in")
    options = made.parse_args(arguments)
    on = machine()
    say(str(on))
    names = ["resnet18"] if options.quick else options.networks
    efforts = ["glance", "paper"] if options.quick else options.efforts
    costs: dict[tuple[str, str], list[Cost]] = {}
    qualities: dict[str, dict[str, Quality]] = {}
    with TemporaryDirectory() as temporary:
        folder = options.snapshots or Path(temporary)
        folder.mkdir(exist_ok=True)
        paths = {
            name: {effort: folder / f"{name}-{effort}.safetensors" for effort in efforts}
            for name in names
        }
        for effort, name in product(efforts, names):  # what has to be exact comes first
            rounds = options.rounds if effort in ("glance", "quick") else 1
            path = paths[name][effort]
            costs[name, effort] = [apart(cost, name, effort, path) for _ in range(rounds)]
            say(costs_table({(name, effort): costs[name, effort]}))
        for name in names if "paper" in efforts else ():
            qualities[name] = apart(quality, name, paths[name])
            say(quality_table({name: qualities[name]}))
    found: list[Pair] = []
    for name in () if options.quick else PAIRS:
        found += apart(pair, name, options.rounds)
        say(pairs_table(found[-2:]))
    numbers = {
        "costs": [
            {"network": name, "effort": effort, "runs": [asdict(run) for run in runs]}
            for (name, effort), runs in costs.items()
        ],
        "quality": {
            name: {effort: asdict(quality) for effort, quality in efforts.items()}
            for name, efforts in qualities.items()
        },
        "pairs": [asdict(row) for row in found],
    }
    costs = {key: costs[key] for key in product(names, efforts)}
    tables = [costs_table(costs), quality_table(qualities), pairs_table(found)]
    tell(Report("effort", "Efforts", on, TEXT, "\n\n".join(tables), numbers), options)
    return 0


if __name__ == "__main__":
    sys.exit(main())
