"""What an analysis will do and cost, known before it is done."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

import torch
from torch import nn

from neurflow_lightning.config import NeurFlowConfig
from neurflow_lightning.core.attribution import integrated_gradients
from neurflow_lightning.core.hooks import Forward
from neurflow_lightning.core.probes import ProbeSet
from neurflow_lightning.core.segments import Segment
from neurflow_lightning.core.study import Study, analysis_mode, open_study
from neurflow_lightning.types import IntArray, NeuronId

_TIMED_NODES = 4


@dataclass(frozen=True)
class AnalysisPlan:
    """What an analysis will do, known before it is done.

    Attributes:
        layers: shallow to deep.
        targets, names: the logits explained and their names.
        outputs: neurons of the last layer: one a class where it gives the logits.
        patches: rows of the probe set's patches that will be run, over all targets.
        methods: upper layer → ``"traced"`` or ``"replayed"``, and why where replayed.
        core_neurons: the most core neurons that can be found, over all targets.
        seconds: about this long if no other work shares the processor and as many core neurons
            are found as can be; from timing each segment on one batch.
    """

    layers: tuple[str, ...]
    targets: tuple[NeuronId, ...]
    names: tuple[str, ...]
    outputs: int
    patches: int
    methods: Mapping[str, str]
    core_neurons: int
    seconds: float


def plan(
    model: nn.Module,
    probes: ProbeSet,
    *,
    layers: Sequence[str] | None = None,
    targets: Sequence[int | str] | None = None,
    config: NeurFlowConfig | None = None,
    forward: Forward | None = None,
) -> AnalysisPlan:
    """Check every argument of :func:`analyze` and estimate what it will cost.

    Raises:
        LayerError, ProbeError, ConfigError: as :func:`analyze` would.
    """
    config = config or NeurFlowConfig()
    with analysis_mode(model):
        study = open_study(model, probes, layers, targets, config, forward)
        widest = _most_neurons(study)
        return AnalysisPlan(
            layers=study.network.layers,
            targets=study.targets,
            names=tuple(study.name(target) for target in study.targets),
            outputs=study.network.widths[study.network.layers[-1]],
            patches=sum(len(study.patch_rows(target)) for target in study.targets),
            methods={segment.upper: _method(segment) for segment in study.segments},
            core_neurons=len(study.targets) * sum(widest.values()),
            seconds=len(study.targets) * _estimated_seconds(study, widest),
        )


def _most_neurons(study: Study) -> dict[str, int]:
    """The most core neurons that each layer of one target's circuit can have."""
    config, count, most = study.config, 1, {}
    for layer in reversed(study.network.layers):
        count = min(count, study.network.widths[layer], config.max_neurons_per_layer or count)
        most[layer] = count
        count *= config.tau
    return most


def _estimated_seconds(study: Study, most: Mapping[str, int]) -> float:
    """For one target, from a timed forward pass and a timed attribution in every segment."""
    rows = study.patch_rows(study.targets[0])
    concept = min(study.config.top_k, len(rows))
    sample = rows[: min(concept, study.config.batch_size)]
    forward = _seconds(lambda: study.network.responses(study.inputs(sample))) / len(sample)
    batches = concept / len(sample)
    pruning = _pruning_passes(study.config, concept, len(rows)) * forward * len(rows)
    return forward * len(rows) + sum(
        most[segment.upper] * (batches * _seconds_of_attribution(study, segment, sample) + pruning)
        for segment in study.segments
    )


def _pruning_passes(config: NeurFlowConfig, concept: int, patches: int) -> int:
    """How often a neuron's knockouts go through all patches of its target."""
    return config.tau if config.prune_epsilon is not None and concept < patches else 0


def _seconds_of_attribution(study: Study, segment: Segment, rows: IntArray) -> float:
    """Of attributing one neuron on a batch of patches, from a few of the nodes."""
    few = min(_TIMED_NODES, study.config.nodes)
    neurons = torch.zeros(len(rows), dtype=torch.long, device=study.device)
    capture = segment.capture(study.inputs(rows))
    captured = _seconds(lambda: segment.capture(study.inputs(rows)))
    nodes = list(islice(study.nodes(), few))
    attributed = _seconds(
        lambda: integrated_gradients(study.network, segment, capture, neurons, nodes)
    )
    return captured + attributed * study.config.nodes / few


def _seconds(work: Callable[[], object]) -> float:
    """The better of two runs: the first one of anything also pays for what it sets up."""
    return min(_seconds_once(work) for _ in range(2))


def _seconds_once(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _method(segment: Segment) -> str:
    return f"{segment.method}: {segment.reason}" if segment.reason else segment.method
