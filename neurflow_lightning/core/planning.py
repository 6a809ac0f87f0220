"""What an analysis will do and cost, known before it is done."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from torch import nn

from neurflow_lightning.config import NeurFlowConfig
from neurflow_lightning.core.attribution import AttributionMethod, PathAttribution
from neurflow_lightning.core.choosing import AutomaticAttribution, patches_compared
from neurflow_lightning.core.default_layers import SkippedModule
from neurflow_lightning.core.held import Held
from neurflow_lightning.core.hooks import Forward
from neurflow_lightning.core.layer_work import LayerWork
from neurflow_lightning.core.machine import Speed, speed_of
from neurflow_lightning.core.observation import ForwardWork, WorkCounter
from neurflow_lightning.core.packing import attributions
from neurflow_lightning.core.probes import ProbeSet
from neurflow_lightning.core.segments import Segment, TracedSegment
from neurflow_lightning.core.study import Study, analysis_mode, open_study, warn_of_skipped
from neurflow_lightning.core.sweep import Sweep
from neurflow_lightning.types import NeuronId, Snapshot

_PATCHES = 2
"""Patches on which the work of a layer pair is counted."""

_TRIALS = 18
"""Runs of a segment by which a method is judged, for each of a few patches."""

_CHECKED = 12
"""(neuron, patch) pairs by which the folded way of a layer pair is checked."""

_SETUP = 6000
"""Setup cost of a layer pair (choosing the method, folding the graph), in operations."""

_SECONDS_OF_NEURON = 2e-3
"""To split a neuron's concept, to group it, and to measure how stable it is."""


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
        seconds: about this long if no other work shares the processor: from the multiply–adds,
            numbers and operations of the network and of attributing in each layer pair, and how
            fast the device does them.
        seconds_by_layer: upper layer → the part of ``seconds`` that its layer pair takes, deep to
            shallow.
        skipped: what layers chosen by default leave out, where that is most of the network.
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
    skipped: SkippedModule | None = None


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
        study = open_study(
            model, probes, layers, targets, config, forward, attribution=attribution, like=like
        )
        warn_of_skipped(study)
        return plan_study(study)


def plan_study(study: Study) -> AnalysisPlan:
    """:func:`plan` with a network that is open already, in its :func:`analysis_mode`."""
    targets = len(study.targets)
    speed = speed_of(study.device)
    layers = {
        segment.upper: targets * _seconds_of_pair(study, segment, speed)
        for segment in reversed(study.segments)
    }
    return AnalysisPlan(
        layers=study.network.layers,
        targets=study.targets,
        names=tuple(study.name(target) for target in study.targets),
        outputs=study.network.widths[study.network.layers[-1]],
        patches=sum(len(study.patch_rows(target)) for target in study.targets),
        methods={upper: _method(study, upper) for upper in study.methods()},
        core_neurons=targets * _most_core_neurons(study),
        seconds=_seconds_of_patches(study, speed) + sum(layers.values()),
        seconds_by_layer=layers,
        skipped=study.network.skipped,
    )


def _most_core_neurons(study: Study) -> int:
    """Of one target's circuit, in all layers."""
    most = study.most_neurons()
    lowest, above = study.network.layers[:2]
    bound = study.config.max_neurons_per_layer
    widest = min(most[above] * study.config.tau, study.network.widths[lowest])
    return sum(most.values()) + min(widest, bound or widest)


def _seconds_of_patches(study: Study, speed: Speed) -> float:
    """To run all targets' patches through the network; those of several targets once."""
    passes = {rows.tobytes(): len(rows) for rows in map(study.patch_rows, study.targets)}
    work = study.network.work[study.network.layers[-1]]
    batches = sum(math.ceil(rows / study.batch_size) for rows in passes.values())
    return speed.seconds(work, sum(passes.values()), batches)


def _seconds_of_pair(study: Study, segment: Segment, speed: Speed) -> float:
    """To attribute the neurons of a layer to the layer below, for one target."""
    neurons = study.expected_neurons()[segment.upper]
    rows = len(study.patch_rows(study.targets[0]))
    k = min(study.config.top_k, rows)
    pairs, patches = neurons * k, min(neurons * k, rows)
    forward = study.network.segment_work(segment)
    each_patch, each_pair = _counted(study, segment, _expected_method(study, segment))
    at_once = study.rows_at_once(segment)
    seconds = speed.seconds(each_patch, patches, patches / study.batch_size)
    seconds += speed.seconds(each_pair, pairs + _CHECKED, 2 + pairs / at_once)
    few = patches_compared(k)
    runs = _TRIALS * few / min(study.batch_size, _TRIALS * few)
    seconds += speed.seconds(forward, _TRIALS * few, runs)
    if study.config.prune_epsilon is not None and k < rows:
        runs = study.config.tau * neurons * rows
        seconds += speed.seconds(forward, runs, runs / study.batch_size)
    return seconds + _SETUP / speed.operations + neurons * _SECONDS_OF_NEURON


_CHEAPEST = PathAttribution(at_input=True)
"""What ``"auto"`` mostly chooses; the dearer methods are for few layer pairs."""


def _expected_method(study: Study, segment: Segment) -> AttributionMethod:
    if segment.upper in study.chosen:
        return study.chosen[segment.upper].method
    is_automatic = isinstance(study.attribution, AutomaticAttribution)
    return _CHEAPEST if is_automatic else study.attribution


def _counted(
    study: Study, segment: Segment, method: AttributionMethod
) -> tuple[ForwardWork, ForwardWork]:
    """What attributing does for each patch, and for each (neuron, patch) besides.

    Counted on one neuron and two patches. Half of it is taken to be shared by neurons: forward, of
    which the other half goes back.
    """
    if isinstance(method, PathAttribution):
        study.folded(segment.upper, method.hold)  # made once, and not counted
    if isinstance(segment, TracedSegment):
        lower, context = segment.tried.lower, segment.tried.context
    else:
        lower, context = segment.entering(study.inputs(np.arange(_PATCHES) % len(study.patches)))
    rows = np.arange(_PATCHES)
    kept = {segment.lower: Held(rows, lower[:_PATCHES])}
    contexts = {segment.upper: tuple(Held(rows, value[:_PATCHES]) for value in context)}
    swept = Sweep(rows, {}, kept, contexts, None, None)
    work = LayerWork(study, swept, segment, np.zeros(1, np.int64), rows[None])
    with WorkCounter(_PATCHES) as counter, study.arithmetic():
        for _ in attributions(work, method, is_checked=False):
            pass
    found = counter.so_far()
    return replace(found.times(0.5), operations=0), replace(
        found.times(0.5), operations=found.operations
    )


def _method(study: Study, upper: str) -> str:
    method, reason = study.methods()[upper], study.reason(upper)
    return f"{method}: {reason}" if reason else method
