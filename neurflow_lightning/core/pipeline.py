"""``analyze``: from a network and a probe set to a snapshot of its circuits.

1. Open the network at the named layers; resolve the targets.
2. Stream the probe patches through it once and keep every neuron's most active patches.
3. For each target walk down from its logit: attribute every core neuron to the layer below, take
   its core neurons there, split its concept into meanings, weigh the edges.
4. Cluster the meanings of every layer into neuron groups, link the groups.

This module calls and never calculates: the arithmetic lives in the rooms beside it.
"""

from __future__ import annotations

import importlib.metadata
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Literal

import numpy as np
import torch
from torch import Tensor, nn

from neurflow_lightning.config import NeurFlowConfig
from neurflow_lightning.core import concepts
from neurflow_lightning.core.attribution import (
    Attribution,
    integrated_gradients,
    knockout_responses,
)
from neurflow_lightning.core.circuit import edge_weights, group_edges, handed_down
from neurflow_lightning.core.concepts import TopPatches, stream_top_patches
from neurflow_lightning.core.grouping import neuron_groups
from neurflow_lightning.core.hooks import Forward
from neurflow_lightning.core.probes import ProbeSet
from neurflow_lightning.core.segments import Segment
from neurflow_lightning.core.selection import (
    knockout_overlap,
    prune_by_knockout,
    rank_core_neurons,
)
from neurflow_lightning.core.study import Study, analysis_mode, open_study
from neurflow_lightning.core.thumbnails import encode_thumbnails
from neurflow_lightning.types import (
    Circuit,
    CoreNeuron,
    FloatArray,
    IntArray,
    NeuronConcept,
    NeuronGroup,
    NeuronId,
    NeuronInputs,
    Snapshot,
)

Progress = Callable[[str, int, int], None]

PATCHES_SHOWN = 9
"""Thumbnails kept of every neuron group."""


def analyze(
    model: nn.Module,
    probes: ProbeSet,
    *,
    layers: Sequence[str] | None = None,
    targets: Sequence[int | str] | None = None,
    config: NeurFlowConfig | None = None,
    forward: Forward | None = None,
    progress: Progress | None = None,
    epoch: int | None = None,
    step: int | None = None,
    weights: Literal["raw", "averaged"] = "raw",
) -> Snapshot:
    """Find the circuits by which ``model`` decides for ``targets``.

    Args:
        model: any network that gives class logits. Modes, parameters, attributes and hooks are
            left as they were found; only what the network itself writes in place while it runs
            (a counter of its forward passes) is not undone.
        probes: the inputs that the circuits are read from.
        layers: names of ``model.named_modules()``, shallow to deep, the last one giving the
            logits; a unique ending of a name is enough. ``None`` chooses about five cut points.
        targets: classes, by number or name. ``None`` takes the first five present.
        config: the numbers of the method.
        forward: ``forward(model, x)`` gives the logits where ``model(x)`` does not.
        progress: called as ``progress(what, done, total)``.
        epoch, step, weights: recorded in the snapshot.

    Raises:
        LayerError: for a layer that cannot be analysed.
        ProbeError: for a target without probe images.
        ConfigError: for a target that does not exist.
    """
    config = config or NeurFlowConfig()
    with analysis_mode(model):
        study = open_study(model, probes, layers, targets, config, forward)
        circuits = tuple(_circuits(study, progress or _silent))
    return Snapshot(
        circuits=circuits,
        layers=study.network.layers,
        config=config,
        probe=study.probe,
        thumbnails=encode_thumbnails(probes, study.probe.grid, _patches_shown(circuits)),
        methods={segment.upper: segment.method for segment in study.segments},
        epoch=epoch,
        step=step,
        weights=weights,
        versions=_versions(),
    )


def _circuits(study: Study, progress: Progress) -> Iterator[Circuit]:
    """One circuit a target; targets with the same patches share one pass over them."""
    streamed: dict[bytes, dict[str, TopPatches]] = {}
    for target in study.targets:
        start = time.perf_counter()
        rows = study.patch_rows(target)
        key = rows.tobytes()
        if key not in streamed:
            streamed = {key: _top_patches(study, rows, study.name(target), progress)}
        forward_seconds = time.perf_counter() - start
        yield _circuit(study, target, rows, streamed[key], forward_seconds, progress)


def _top_patches(
    study: Study, rows: IntArray, name: str, progress: Progress
) -> dict[str, TopPatches]:
    done = 0

    def responses(batch: IntArray) -> dict[str, Tensor]:
        nonlocal done
        done += len(batch)
        progress(f"{name}: patches", done, len(rows))
        return study.network.responses(study.inputs(batch))

    return stream_top_patches(responses, study.batches(rows), study.config.top_k)


def _circuit(
    study: Study,
    target: NeuronId,
    rows: IntArray,
    top: Mapping[str, TopPatches],
    forward_seconds: float,
    progress: Progress,
) -> Circuit:
    """Walk down from the target, one layer pair at a time."""
    frontier = {target.index: 1.0}
    neurons: dict[str, tuple[CoreNeuron, ...]] = {}
    seconds = {target.layer: forward_seconds}
    left_out: dict[str, int] = {}
    for layer, segment in _downwards(study):
        start = time.perf_counter()
        found = _most_important(frontier, study.config.max_neurons_per_layer)
        if len(found) < len(frontier):
            left_out[layer] = len(frontier) - len(found)
        nodes = []
        for done, (index, importance) in enumerate(found.items(), start=1):
            concept = top[layer].concept(index)
            neuron = NeuronId(layer, index)
            nodes.append(_core_neuron(study, segment, neuron, importance, concept, rows))
            progress(f"{study.name(target)}: {layer}", done, len(found))
        neurons[layer] = tuple(nodes)
        frontier = handed_down(nodes)
        seconds[layer] = seconds.get(layer, 0.0) + time.perf_counter() - start
    return _linked(study, target, neurons, seconds, left_out)


def _downwards(study: Study) -> Iterator[tuple[str, Segment | None]]:
    """Every layer, deep to shallow, with the segment below it."""
    for segment in reversed(study.segments):
        yield segment.upper, segment
    yield study.network.layers[0], None


def _most_important(frontier: Mapping[int, float], most: int | None) -> dict[int, float]:
    ranked = sorted(frontier.items(), key=lambda one: (-one[1], one[0]))
    return dict(ranked[:most])


def _core_neuron(
    study: Study,
    segment: Segment | None,
    neuron: NeuronId,
    importance: float,
    concept: NeuronConcept,
    rows: IntArray,
) -> CoreNeuron:
    if segment is None:
        own = _own_descriptions(study, neuron.layer, concept)
        return CoreNeuron(neuron, importance, concept, concepts.single_meaning(concept, own), None)
    attribution = _attribution(study, segment, neuron.index, concept)
    groups = concepts.semantic_groups(concept, _array(attribution.lower), study.config)
    values = _array(attribution.values)
    scores = np.abs(values).mean(axis=0)
    core = rank_core_neurons(scores, study.config.tau)
    # A concept of all patches loses none to any knockout: then there is nothing to prune by.
    if study.config.prune_epsilon is not None and len(concept.patches) < len(rows):
        overlap = _overlap_without(study, segment, neuron.index, concept, rows)
        core = prune_by_knockout(core, overlap, study.config.prune_epsilon)
    inputs = NeuronInputs(
        sources=core,
        scores=scores[core],
        attributions=values[:, core],
        weights=edge_weights(values[:, core], concept, groups),
        completeness_gap=_array(attribution.completeness_gap),
        response_change=_array(attribution.response_change),
    )
    return CoreNeuron(neuron, importance, concept, groups, inputs)


def _attribution(
    study: Study, segment: Segment, neuron: int, concept: NeuronConcept
) -> Attribution:
    parts = []
    for rows in study.batches(concept.patches):
        capture = segment.capture(study.inputs(rows))
        neurons = torch.full((len(rows),), neuron, device=study.device)
        parts.append(integrated_gradients(study.network, segment, capture, neurons, study.nodes()))
    return Attribution.concatenated(parts)


def _own_descriptions(study: Study, layer: str, concept: NeuronConcept) -> FloatArray:
    parts = [
        study.network.responses(study.inputs(rows))[layer]
        for rows in study.batches(concept.patches)
    ]
    return _array(torch.cat(parts))


def _overlap_without(
    study: Study, segment: Segment, neuron: int, concept: NeuronConcept, rows: IntArray
) -> Callable[[IntArray], float]:
    """Knockout overlap of a neuron's concept, over all patches of its target."""

    def overlap(knocked_out: IntArray) -> float:
        channels = torch.from_numpy(knocked_out).to(study.device)

        def responses(batch: IntArray) -> dict[str, Tensor]:
            capture = segment.capture(study.inputs(batch))
            left = knockout_responses(study.network, segment, capture, neuron, channels)
            return {segment.upper: left[:, None]}

        top = stream_top_patches(responses, study.batches(rows), len(concept.patches))
        return knockout_overlap(concept.patches, top[segment.upper].rows[:, 0].numpy())

    return overlap


def _linked(
    study: Study,
    target: NeuronId,
    neurons: Mapping[str, tuple[CoreNeuron, ...]],
    seconds: Mapping[str, float],
    left_out: Mapping[str, int],
) -> Circuit:
    """Group the neurons of every layer and link the groups."""
    nodes = {node.id: node for layer in neurons.values() for node in layer}
    groups = {
        # All meanings of the target stand for the same decision, so they stay one group.
        layer: neuron_groups(
            layer,
            found,
            most=1 if layer == target.layer else study.config.max_neuron_groups,
            grid=study.probe.grid,
            patches=study.config.top_k,
        )
        for layer, found in neurons.items()
    }
    return Circuit(
        target=target,
        name=study.name(target),
        layers=study.network.layers,
        neurons=tuple(nodes.values()),
        groups=tuple(group for layer in groups.values() for group in layer),
        edges=tuple(
            edge
            for segment in reversed(study.segments)
            for edge in group_edges(groups[segment.upper], groups[segment.lower], nodes)
        ),
        seconds=seconds,
        left_out=left_out,
    )


def _patches_shown(circuits: Sequence[Circuit]) -> set[int]:
    def shown(group: NeuronGroup) -> list[int]:
        return [int(row) for row in group.patches[:PATCHES_SHOWN]]

    return {row for circuit in circuits for group in circuit.groups for row in shown(group)}


def _versions() -> dict[str, str]:
    packages = ("neurflow-lightning", "torch", "torchvision", "numpy", "scikit-learn")
    return {package: _version(package) for package in packages}


def _version(package: str) -> str:
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return "not installed"  # run from a source tree


def _array(tensor: Tensor) -> FloatArray:
    return tensor.detach().float().cpu().numpy()


def _silent(what: str, done: int, total: int) -> None:
    """Progress nobody asked for."""
