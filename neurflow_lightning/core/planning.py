"""What an analysis will do and cost, known before it is done."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from torch import nn

from neurflow_lightning.config import NeurFlowConfig
from neurflow_lightning.core.attribution import AttributionMethod
from neurflow_lightning.core.hooks import Forward
from neurflow_lightning.core.layer_work import LayerWork
from neurflow_lightning.core.packing import attributions
from neurflow_lightning.core.probes import ProbeSet
from neurflow_lightning.core.segments import Segment
from neurflow_lightning.core.study import Study, analysis_mode, open_study
from neurflow_lightning.core.sweep import Sweep, sweep
from neurflow_lightning.types import NeuronId, Snapshot

_TIMED_NODES, _TIMED_NEURONS, _TIMED_PATCHES = 3, 2, 8


@dataclass(frozen=True)
class AnalysisPlan:
    """What an analysis will do, known before it is done.

    Attributes:
        layers: shallow to deep.
        targets, names: the logits explained and their names.
        outputs: neurons of the last layer: one a class where it gives the logits.
        patches: rows of the probe set's patches that will be run, over all targets.
        methods: upper layer → ``"folded"``, ``"traced"`` or ``"replayed"``, and why it is not
            folded.
        core_neurons: the most core neurons that can be found, over all targets.
        seconds: about this long if no other work shares the processor and as many core neurons
            are found as can be; from timing each segment on one batch. Stability comes on top:
            about half a second for a circuit of some hundred core neurons, a sixth of a short
            analysis.
        seconds_by_layer: upper layer → the part of ``seconds`` that its layer pair takes, deep to
            shallow. A pair one block apart is cheap, one a stage apart is not.
    """

    layers: tuple[str, ...]
    targets: tuple[NeuronId, ...]
    names: tuple[str, ...]
    outputs: int
    patches: int
    methods: Mapping[str, str]
    core_neurons: int
    seconds: float
    seconds_by_layer: Mapping[str, float] = field(default_factory=dict)


def plan(
    model: nn.Module,
    probes: ProbeSet,
    *,
    layers: Sequence[str] | None = None,
    targets: Sequence[int | str] | None = None,
    config: NeurFlowConfig | str | None = None,
    attribution: str | AttributionMethod | None = None,
    like: Snapshot | None = None,
    forward: Forward | None = None,
) -> AnalysisPlan:
    """Check every argument of :func:`analyze` and estimate what it will cost.

    Raises:
        LayerError, ProbeError, ConfigError: as :func:`analyze` would.
    """
    with analysis_mode(model):
        return plan_study(
            open_study(
                model, probes, layers, targets, config, forward, attribution=attribution, like=like
            )
        )


def plan_study(study: Study) -> AnalysisPlan:
    """:func:`plan` with a network that is open already, in its :func:`analysis_mode`."""
    targets = len(study.targets)
    seconds = {layer: targets * one for layer, one in _seconds_of_layers(study).items()}
    forward = targets * _seconds_of_patches(study)
    return AnalysisPlan(
        layers=study.network.layers,
        targets=study.targets,
        names=tuple(study.name(target) for target in study.targets),
        outputs=study.network.widths[study.network.layers[-1]],
        patches=sum(len(study.patch_rows(target)) for target in study.targets),
        methods={upper: _method(study, upper) for upper in study.methods()},
        core_neurons=targets * _most_core_neurons(study),
        seconds=forward + sum(seconds.values()),
        seconds_by_layer=seconds,
    )


def _most_core_neurons(study: Study) -> int:
    """Of one target's circuit, in all layers."""
    most = study.most_neurons()
    lowest, above = study.network.layers[:2]
    bound = study.config.max_neurons_per_layer
    widest = min(most[above] * study.config.tau, study.network.widths[lowest])
    return sum(most.values()) + min(widest, bound or widest)


def _seconds_of_patches(study: Study) -> float:
    """To run one target's patches through the network."""
    rows = study.patch_rows(study.targets[0])
    sample = rows[: study.batch_size]
    return _seconds(lambda: sweep(study, sample, _unseen)) / len(sample) * len(rows)


def _seconds_of_layers(study: Study) -> dict[str, float]:
    """Upper layer → for one target, if it has as many neurons as it can have."""
    rows = study.patch_rows(study.targets[0])
    k = min(study.config.top_k, len(rows))
    sample = rows[: min(k, _TIMED_PATCHES)]
    swept = sweep(study, sample, _unseen)
    most = study.most_neurons()
    return {
        segment.upper: _seconds_of_pair(study, swept, segment)
        * (most[segment.upper] * (k + _pruning_passes(study.config, k, len(rows)) * len(rows)))
        for segment in reversed(study.segments)
    }


def _pruning_passes(config: NeurFlowConfig, concept: int, patches: int) -> float:
    """What a neuron's knockouts cost for each patch of its target, in attributions of a pair.

    A knockout is one run of the segment, an attribution about two runs at every node.
    """
    wanted = config.prune_epsilon is not None and concept < patches
    return config.tau / (2 * config.nodes) if wanted else 0.0


def _seconds_of_pair(study: Study, swept: Sweep, segment: Segment) -> float:
    """To attribute one neuron on one patch, extrapolated from fewer nodes."""
    width = study.network.widths[segment.upper]
    neurons = np.arange(min(_TIMED_NEURONS, width))
    patches = np.tile(swept.rows, (len(neurons), 1))

    def with_nodes(nodes: int) -> float:
        few = replace(study, config=replace(study.config, nodes=nodes))
        work = LayerWork(few, swept, segment, neurons, patches)
        return _seconds(lambda: sum(1 for _ in attributions(work))) / patches.size

    one, some = with_nodes(1), with_nodes(_TIMED_NODES)
    each = max(some - one, 0.0) / (_TIMED_NODES - 1)
    return one + each * (study.config.nodes - 1)


def _seconds(work: Callable[[], object]) -> float:
    """The better of two runs: the first one of anything also pays for what it sets up."""
    return min(_seconds_once(work) for _ in range(2))


def _seconds_once(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _method(study: Study, upper: str) -> str:
    method, reason = study.methods()[upper], study.reason(upper)
    return f"{method}: {reason}" if reason else method


def _unseen(patches: int) -> None:
    """Nobody watches."""
