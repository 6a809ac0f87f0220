"""``analyze``: from a network and a probe set to a snapshot of its circuits.

1. Open the network at the named layers; resolve the targets.
2. Stream the probe patches through it once and keep every neuron's most active patches.
3. For each target walk down from its logit: attribute every core neuron to the layer below, take
   its core neurons there, split its concept into meanings, weigh the edges.
4. Cluster the meanings of every layer into neuron groups, link the groups.
5. Tell how much of it would be there again with other images.

This module calls and never calculates: the arithmetic lives in the rooms beside it.
"""

from __future__ import annotations

import importlib.metadata
import warnings
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import pairwise
from typing import Literal

import numpy as np
import torch
from torch import Tensor, nn

from neurflow_lightning.config import NeurFlowConfig
from neurflow_lightning.core import concepts
from neurflow_lightning.core.attribution import (
    Attribution,
    AttributionMethod,
    knockout_responses,
)
from neurflow_lightning.core.choosing import choose_methods
from neurflow_lightning.core.circuit import edge_weights, group_edges, handed_down
from neurflow_lightning.core.concepts import stream_top_patches
from neurflow_lightning.core.grouping import neuron_groups
from neurflow_lightning.core.hooks import Forward
from neurflow_lightning.core.layer_work import LayerWork
from neurflow_lightning.core.machine import now
from neurflow_lightning.core.memory import give_back
from neurflow_lightning.core.packing import attributions
from neurflow_lightning.core.planning import plan_study
from neurflow_lightning.core.probes import ProbeSet
from neurflow_lightning.core.segments import Segment
from neurflow_lightning.core.selection import (
    knockout_overlap,
    next_in_rank,
    prune_by_knockout,
    rank_core_neurons,
    shares_of_largest,
)
from neurflow_lightning.core.stability import (
    Descriptions,
    draw,
    with_group_stability,
    with_stability,
)
from neurflow_lightning.core.study import Study, analysis_mode, open_study, warn_of_skipped
from neurflow_lightning.core.sweep import Sweep, sweep
from neurflow_lightning.core.thumbnails import encode_pictures
from neurflow_lightning.core.time_limit import TimeLimit, deadline_in, portions
from neurflow_lightning.core.work import PATCHES, STABILITY, Progress, Work, unseen
from neurflow_lightning.errors import AnalysisInterrupted
from neurflow_lightning.resampling import Drawn
from neurflow_lightning.types import (
    PATCHES_SHOWN,
    Circuit,
    CoreNeuron,
    FloatArray,
    IntArray,
    NeuronConcept,
    NeuronGroup,
    NeuronId,
    NeuronInputs,
    SegmentAttribution,
    Snapshot,
)


def analyze(  # noqa: PLR0913
    model: nn.Module,
    probes: ProbeSet,
    *,
    layers: Sequence[str] | None = None,
    targets: Sequence[int | str] | None = None,
    config: NeurFlowConfig | str | None = None,
    attribution: str | AttributionMethod | None = None,
    like: Snapshot | None = None,
    seconds: float | None = None,
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
            logits; a unique ending of a name is enough. ``None`` chooses block ends, or what the
            blocks of a transformer add to its residual stream.
        targets: classes, by number or name. ``None`` takes the first five present.
        config: the numbers of the method, or the name of an effort: ``"glance"``, ``"quick"``,
            ``"standard"`` (``None``) or ``"paper"``.
        attribution: how upper neurons are attributed to lower ones: a name of
            :data:`~neurflow_lightning.method_names.METHODS`, ``package.module:function``, or a
            function from an :class:`~neurflow_lightning.core.attribution.AttributionRequest` to
            (B, C') numbers. ``None`` takes the config's.
        like: a snapshot whose layers, targets, config and attribution methods are taken, so that
            the two can be compared; the probe set has to be the one it was made on.
        seconds: the time that the whole analysis may take. Neurons are expanded in the order of
            their importance until it is used, at least one a layer; :attr:`Circuit.coverage` is
            the share of the path weight that was followed. Opening the network, running the patches
            and choosing methods count, but are always done. ``None`` expands all neurons.
        forward: ``forward(model, x)`` gives the logits where ``model(x)`` does not.
        progress: called as ``progress(what, done, total)`` with the seconds since the start and
            those expected for the whole analysis.
        epoch, step, weights: recorded in the snapshot.

    Raises:
        LayerError: for a layer that cannot be analysed.
        ProbeError: for a target without probe images, or a probe set other than that of ``like``.
        ConfigError: for a target or a method that does not exist, or ``seconds`` that are not
            positive, or given beside ``like``.
        AnalysisInterrupted: at Ctrl-C, a ``KeyboardInterrupt``; its ``snapshot`` holds the circuits
            that were whole by then.
    """
    deadline = deadline_in(seconds, like)
    with analysis_mode(model):
        study = open_study(
            model, probes, layers, targets, config, forward, attribution=attribution, like=like
        )
        warn_of_skipped(study)
        return analyze_study(
            study, deadline=deadline, progress=progress, epoch=epoch, step=step, weights=weights
        )


def analyze_study(
    study: Study,
    *,
    targets: Sequence[NeuronId] | None = None,
    deadline: float | None = None,
    progress: Progress | None = None,
    epoch: int | None = None,
    step: int | None = None,
    weights: Literal["raw", "averaged"] = "raw",
) -> Snapshot:
    """:func:`analyze` with a network that is open already, in its :func:`analysis_mode`.

    Args:
        study: the network, the probe set and all settings.
        targets: those of the study's to explain now; ``None`` for all.
        deadline: when it has to end, see :func:`deadline_in`. To compare with it, a later analysis
            keeps to its :attr:`Snapshot.time_bounds` (``study.bounds``).
        progress, epoch, step, weights: as in :func:`analyze`.

    Raises:
        AnalysisInterrupted: at Ctrl-C; it holds the circuits that are whole.
    """
    targets = study.targets if targets is None else targets
    study.check_again()
    circuits: list[Circuit] = []

    def snapshot() -> Snapshot:
        shown = _patches_shown(circuits)
        thumbnails, images = encode_pictures(study.probes, study.probe.grid, shown)
        return Snapshot(
            circuits=tuple(circuits),
            layers=study.network.layers,
            config=study.config,
            probe=study.probe,
            thumbnails=thumbnails,
            images=images,
            methods=study.methods(),
            attribution=study.records(),
            epoch=epoch,
            step=step,
            weights=weights,
            versions=_versions(),
        )

    try:
        circuits.extend(_circuits(study, targets, deadline, progress or unseen))
    except KeyboardInterrupt:
        raise AnalysisInterrupted(snapshot() if circuits else None) from None
    finally:
        give_back()  # what the last pass has kept
    _warn_of_empty(circuits)
    return snapshot()


def choose_for_study(study: Study) -> dict[str, SegmentAttribution]:
    """How the neurons of each layer will be attributed, chosen without analysing them.

    Args:
        study: its first target is what the choice goes down from, as in :func:`analyze_study`.
    """
    target = study.targets[0]
    swept = sweep(study, study.patch_rows(target), lambda _: None)
    study.chosen.update(choose_methods(study, swept, target))
    return study.records()


def _circuits(
    study: Study, targets: Sequence[NeuronId], deadline: float | None, progress: Progress
) -> Iterator[Circuit]:
    """One circuit a target; targets with the same patches share one pass over them."""
    work = Work(progress, len(targets), partial(_costly_neurons, study))
    passes: dict[bytes, Sweep] = {}
    keys = [study.patch_rows(target).tobytes() for target in targets]
    uses = Counter(keys)
    costs: Mapping[str, float] = {}
    seconds_of_pass = 0.0
    for place, (target, key) in enumerate(zip(targets, keys, strict=True)):
        start = now(study.device)
        rows = study.patch_rows(target)
        work.begin_target(0 if key in passes else len(rows))
        if key not in passes:
            passes.clear()  # before the next pass fills as much memory
            passes[key] = _sweep(study, rows, study.name(target), work)
            seconds_of_pass = now(study.device) - start
        if target == targets[0]:
            study.chosen.update(choose_methods(study, passes[key], target))
        forward_seconds = now(study.device) - start
        limit = None
        if deadline is not None:
            costs = costs or plan_study(study).seconds_by_layer
            passes_left = sum(one != other for one, other in pairwise(keys[place:]))
            until = deadline - seconds_of_pass * passes_left
            limit = TimeLimit.shared(until, len(targets) - place, costs)
            _warn_of_no_time(study, limit, now(study.device))
        yield _circuit(study, target, passes[key], forward_seconds, work, uses[key] > 1, limit)


def _warn_of_no_time(study: Study, limit: TimeLimit, moment: float) -> None:
    if limit.until < moment:
        warnings.warn(
            "NeurFlow: opening the network, running the patches and choosing methods took longer "
            "than the seconds= given: one neuron of each layer is left. Give more seconds, or an "
            "effort with fewer patches: config='quick' or 'glance'"
            f"{'' if study.config.effort == 'custom' else f' (this was {study.config.effort!r})'}.",
            stacklevel=2,
        )


def _warn_of_empty(circuits: Sequence[Circuit]) -> None:
    empty = [one.name for one in circuits if not one.layer_neurons(one.layers[-2])]
    if empty:
        warnings.warn(
            f"NeurFlow: no neuron of {circuits[0].layers[-2]!r} has an effect on the target "
            f"{', '.join(empty)}: the circuit is empty. A last layer of zeros, as some networks "
            "have before their training, does that.",
            stacklevel=2,
        )


def _costly_neurons(study: Study, layer: str | None, count: int) -> dict[str, int]:
    """Stage → neurons that will be attributed, from ``layer`` (or the top) down, as expected.

    The stability of a circuit is made at once, as if it were one neuron.
    """
    if layer == STABILITY:
        return {}
    last = {STABILITY: 1} if study.config.resamples else {}
    if layer == study.network.layers[0]:
        return last
    return study.expected_neurons(layer, count) | last


def _sweep(study: Study, rows: IntArray, name: str, work: Work) -> Sweep:
    done = 0

    def seen(patches: int) -> None:
        nonlocal done
        done += patches
        work.advance(f"{name}: {PATCHES}", PATCHES, done, len(rows))

    give_back()  # what opening the network has left
    swept = sweep(study, rows, seen)
    give_back()
    return swept


def _circuit(
    study: Study,
    target: NeuronId,
    swept: Sweep,
    forward_seconds: float,
    work: Work,
    shared: bool,
    limit: TimeLimit | None,
) -> Circuit:
    """Walk down from the target, one layer pair at a time.

    Unless another target needs its pass over the patches too (``shared``), what that has kept is
    let go on the way.
    """
    drawn = _draw(study, target, swept)
    frontier = {target.index: 1.0}
    neurons: dict[str, tuple[CoreNeuron, ...]] = {}
    groups: dict[str, tuple[NeuronGroup, ...]] = {}
    seconds = {target.layer: forward_seconds}
    left_out: dict[str, int] = {}
    for layer, segment in _downwards(study):
        start = now(study.device)
        found = _most_important(frontier, study.most_kept(target, layer))

        def seen(done: int, layer: str = layer, count: int = len(found)) -> None:
            work.advance(f"{study.name(target)}: {layer}", layer, done, count)

        work.begin_layer(layer, len(found))
        described = None if drawn is None else _descriptions(study, swept, layer, segment, found)
        neurons[layer] = (
            _lowest_neurons(study, swept, found, described)
            if segment is None
            else _core_neurons(
                study,
                swept,
                segment,
                found,
                described,
                seen,
                None if limit is None else limit.until_layer(layer),
            )
        )
        if len(neurons[layer]) < len(frontier):
            left_out[layer] = len(frontier) - len(neurons[layer])
        groups[layer] = _grouped(study, target, layer, neurons[layer], described, drawn)
        if segment is not None and not shared and segment is not study.segments[0]:
            swept.forget(segment)
        give_back()
        frontier = handed_down(neurons[layer])
        seconds[layer] = seconds.get(layer, 0.0) + now(study.device) - start
    circuit = _linked(study, target, neurons, groups, seconds, left_out)
    for layer, nodes in neurons.items():
        study.core_counts[layer] = max(len(nodes), study.core_counts.get(layer, 1))
    return _with_stability(study, circuit, drawn, work)


def _with_stability(study: Study, circuit: Circuit, drawn: Drawn | None, work: Work) -> Circuit:
    """The circuit with the stability of neurons and edges; its seconds are the target's layer's."""
    if not study.config.resamples:
        return circuit
    start = now(study.device)
    work.begin_layer(STABILITY, 1)
    if drawn is not None:
        circuit = with_stability(circuit, drawn, study.config.max_neurons_per_layer)
    work.advance(f"{circuit.name}: {STABILITY}", STABILITY, 1, 1)
    seconds = dict(circuit.seconds)
    seconds[circuit.target.layer] += now(study.device) - start
    return replace(circuit, seconds=seconds)


def _draw(study: Study, target: NeuronId, swept: Sweep) -> Drawn | None:
    """The resamples of the images; ``None`` where stability is not to be, or cannot be, told."""
    images = np.unique(swept.rows // study.probe.grid.crops)
    return draw(images, study.config.resamples, study.probe.grid, target.index)


def _descriptions(
    study: Study, swept: Sweep, layer: str, segment: Segment | None, found: Mapping[int, float]
) -> Descriptions | None:
    """Room for r(v) of a layer's concepts, where the memory budget has it."""
    width = study.network.widths[layer if segment is None else segment.lower]
    patches = swept.top[layer].rows[:, list(found)].numpy()
    size = min(patches.size, len(swept.rows)) * width * torch.float32.itemsize
    if size > study.memory_budget // 8:
        return None
    return Descriptions.empty(patches, width)


def _downwards(study: Study) -> Iterator[tuple[str, Segment | None]]:
    """Every layer, deep to shallow, with the segment below it."""
    for segment in reversed(study.segments):
        yield segment.upper, segment
    yield study.network.layers[0], None


def _most_important(frontier: Mapping[int, float], most: int | None) -> dict[int, float]:
    ranked = sorted(frontier.items(), key=lambda one: (-one[1], one[0]))
    return dict(ranked[:most])


def _core_neurons(
    study: Study,
    swept: Sweep,
    segment: Segment,
    found: Mapping[int, float],
    described: Descriptions | None,
    seen: Callable[[int], None],
    until: float | None,
) -> tuple[CoreNeuron, ...]:
    """The neurons of a layer, with what they are computed from; fewer where time runs out."""
    if not found:  # no attribution came down here
        return ()
    method = study.chosen[segment.upper].method
    nodes: dict[int, CoreNeuron] = {}
    clock = partial(now, study.device)
    for portion in portions(len(found), until, clock):
        indices = np.array(list(found)[portion])
        concept = [swept.top[segment.upper].concept(index) for index in indices.tolist()]
        patches = np.stack([one.patches for one in concept])
        work = LayerWork(study, swept, segment, indices, patches)
        for place, attribution in attributions(work, method):
            neuron = NeuronId(segment.upper, int(indices[place]))
            nodes[neuron.index] = _core_neuron(
                study, swept, segment, neuron, found[neuron.index], concept[place], attribution
            )
            if described is not None:
                described.put(concept[place].patches, _array(attribution.lower))
            seen(len(nodes))
    return tuple(nodes[index] for index in found if index in nodes)


def _core_neuron(
    study: Study,
    swept: Sweep,
    segment: Segment,
    neuron: NeuronId,
    importance: float,
    concept: NeuronConcept,
    attribution: Attribution,
) -> CoreNeuron:
    groups = concepts.semantic_groups(concept, _array(attribution.lower), study.config)
    values = _array(attribution.values)
    scores = np.abs(values).mean(axis=0)
    core = rank_core_neurons(scores, study.config.tau)
    # A concept of all patches loses none to any knockout: then there is nothing to prune by.
    if study.config.prune_epsilon is not None and len(concept.patches) < len(swept.rows):
        overlap = _overlap_without(study, swept, segment, neuron.index, concept)
        core = prune_by_knockout(core, overlap, study.config.prune_epsilon)
    runners_up = next_in_rank(scores, core, study.config.tau)
    inputs = NeuronInputs(
        sources=core,
        scores=scores[core],
        attributions=values[:, core],
        weights=edge_weights(values[:, core], concept, groups, study.config.weight_scaling),
        completeness_gap=_array(attribution.completeness_gap),
        response_change=_array(attribution.response_change),
        runners_up=runners_up,
        runner_up_shares=shares_of_largest(values[:, runners_up], values[:, core]),
    )
    return CoreNeuron(neuron, importance, concept, groups, inputs)


def _lowest_neurons(
    study: Study,
    swept: Sweep,
    found: Mapping[int, float],
    described: Descriptions | None,
) -> tuple[CoreNeuron, ...]:
    """The neurons of the shallowest layer, described by the responses of their own layer."""
    if not found:
        return ()
    layer = study.network.layers[0]
    concept = {index: swept.top[layer].concept(index) for index in found}
    rows = np.unique([one.patches for one in concept.values()])
    responses = swept.lowest_responses(study, rows)
    if described is not None:
        described.put(rows, responses)
    return tuple(
        CoreNeuron(
            NeuronId(layer, index),
            importance,
            concept[index],
            concepts.single_meaning(
                concept[index], responses[np.searchsorted(rows, concept[index].patches)]
            ),
            None,
        )
        for index, importance in found.items()
    )


def _overlap_without(
    study: Study, swept: Sweep, segment: Segment, neuron: int, concept: NeuronConcept
) -> Callable[[IntArray], float]:
    """Knockout overlap of a neuron's concept, over all patches of its target."""

    def overlap(knocked_out: IntArray) -> float:
        channels = torch.from_numpy(knocked_out).to(study.device)

        def responses(batch: IntArray) -> dict[str, Tensor]:
            lower, context = swept.entering(study, segment, batch)
            left = knockout_responses(study.network, segment, lower, context, neuron, channels)
            return {segment.upper: left[:, None]}

        parts = study.in_batches(swept.rows, responses)
        top = stream_top_patches(parts, len(concept.patches), study.image_limit)[segment.upper]
        return knockout_overlap(concept.patches, top.rows[:, 0].numpy())

    return overlap


def _grouped(
    study: Study,
    target: NeuronId,
    layer: str,
    neurons: tuple[CoreNeuron, ...],
    described: Descriptions | None,
    drawn: Drawn | None,
) -> tuple[NeuronGroup, ...]:
    """The neuron groups of a layer, with their stability where it can be told.

    All meanings of the target stand for the same decision, unless they shall be split.
    """
    config = study.config
    one = layer == target.layer and not config.split_target
    least, most = (1, 1) if one else (config.min_neuron_groups, config.max_neuron_groups)
    groups = neuron_groups(layer, neurons, most, study.probe.grid, config.top_k, least)
    if described is None or drawn is None:
        return groups
    return with_group_stability(groups, neurons, described, drawn, most, least)


def _linked(
    study: Study,
    target: NeuronId,
    neurons: Mapping[str, tuple[CoreNeuron, ...]],
    groups: Mapping[str, tuple[NeuronGroup, ...]],
    seconds: Mapping[str, float],
    left_out: Mapping[str, int],
) -> Circuit:
    """Link the groups of all layers."""
    nodes = {node.id: node for layer in neurons.values() for node in layer}
    return Circuit(
        target=target,
        name=study.name(target),
        layers=study.network.layers,
        neurons=tuple(nodes.values()),
        groups=tuple(group for layer in groups.values() for group in layer),
        edges=tuple(
            edge
            for segment in reversed(study.segments)
            for edge in group_edges(
                groups[segment.upper], groups[segment.lower], nodes, study.config.group_weights
            )
        ),
        seconds=seconds,
        left_out=left_out,
    )


def _patches_shown(circuits: Sequence[Circuit]) -> set[int]:
    def shown(group: NeuronGroup) -> list[int]:
        return [int(row) for row in group.patches[:PATCHES_SHOWN]]

    return {row for circuit in circuits for group in circuit.groups for row in shown(group)}


def _versions() -> dict[str, str]:
    packages = ("neurflow-lightning", "torch", "torchvision", "numpy", "scipy")
    return {package: _version(package) for package in packages}


def _version(package: str) -> str:
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return "not installed"  # run from a source tree


def _array(tensor: Tensor) -> FloatArray:
    return tensor.detach().float().cpu().numpy()
