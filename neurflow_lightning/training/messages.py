"""What is said to people: texts from values.

No square brackets: Rich would read them as markup.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import torch

from neurflow_lightning.config import NeurFlowConfig
from neurflow_lightning.core.planning import AnalysisPlan
from neurflow_lightning.core.probes import ProbeSet
from neurflow_lightning.errors import described
from neurflow_lightning.render.record import LARGE_BYTES
from neurflow_lightning.training.budget import Budget
from neurflow_lightning.training.schedule import Schedule
from neurflow_lightning.types import PREDICTS, NeuronId, Snapshot

ROUGH = 0.1
"""Relative completeness gap above which attributions are called rough."""

LONG = 10.0
"""Seconds from which on an analysis is worth a hint how to make it cheaper."""

_MORE = (
    "a higher max_overhead (None: no bound), or cheaper analyses: config='quick' or 'glance', or "
    "fewer targets"
)


def announcement(
    layers: Sequence[str] | None,
    targets: Sequence[int | str] | None,
    rhythm: str,
    folder: str,
    probes: ProbeSet | None,
) -> str:
    """What will be done, as far as it is known before the first batch."""
    source = "the first validation epoch" if probes is None else f"{len(probes)} given inputs"
    return "\n".join(
        [
            f"NeurFlow analyses {rhythm}.",
            f"  layers: {_listed(layers) if layers else 'chosen from the network'}",
            f"  targets: {_listed(targets) if targets else 'the first classes of the probe set'}",
            f"  probe images: {source}",
            f"  snapshots: {folder}",
        ]
    )


def large_record(size: int) -> str | None:
    """That a record of the NeurFlow tab is large; nothing where it is not.

    >>> large_record(200_000) is None
    True
    """
    if size <= LARGE_BYTES:
        return None
    return (
        f"NeurFlow: a snapshot takes {size / 1e6:.1f} MB in TensorBoard's event file. Its patches "
        "are drawn as small as they can be: with hundreds of snapshots TensorBoard will be slow. "
        "Fewer targets, a smaller max_neuron_groups in NeurFlowConfig, or fewer analyses help."
    )


def large_mistakes(size: int) -> str | None:
    """That the mistakes of a snapshot are large in the NeurFlow tab; nothing where they are not.

    >>> large_mistakes(200_000) is None
    True
    """
    if size <= LARGE_BYTES:
        return None
    return (
        f"NeurFlow: the mistakes of a snapshot take {size / 1e6:.1f} MB in TensorBoard's event "
        "file. With hundreds of snapshots TensorBoard will be slow. A smaller debug_images helps."
    )


def rhythm(schedule: Schedule, max_overhead: float | None) -> str:
    """How often analyses come.

    >>> rhythm(Schedule(every_n_epochs=2), 0.05)
    'every 2 epochs, as far as 5% of the training time allow it (max_overhead)'
    """
    if max_overhead is None:
        return str(schedule)
    share = _percent(max_overhead)
    return f"{schedule}, as far as {share} of the training time allow it (max_overhead)"


def expectation(
    plan: AnalysisPlan,
    probes: ProbeSet,
    config: NeurFlowConfig,
    checkpoint_bytes: int,
    paid_by: float,
    seconds: float | None = None,
) -> str:
    """What one analysis works on and costs, once the probe set is known.

    Args:
        checkpoint_bytes: by how much the probe set makes each checkpoint larger.
        paid_by: seconds of training that pay for one analysis; 0 without a bound.
        seconds: the time that it is limited to.
    """
    lines = [
        f"NeurFlow has its {len(probes)} probe images{_unlabelled(probes)}.",
        f"  layers: {_listed(plan.layers)}",
        f"  targets: {_listed(_with_counts(plan, probes))}",
        f"  patches: {plan.patches}; core neurons: at most {plan.core_neurons}",
        f"  cost: about {_duration(plan.seconds)} for an analysis by one process that has the "
        f"machine to itself{_limited(plan, seconds)}",
        *(f"    {one}" for one in _costs_of_pairs(plan)),
    ]
    if paid_by > 0:
        lines.append(f"  budget: {_duration(paid_by)} of training pay for one (max_overhead)")
    lines += [f"  {one}" for one in (*_unnamed(plan, probes), *_indistinct(plan, probes, config))]
    if checkpoint_bytes > 1e5:
        lines.append(f"  each checkpoint keeps the probe images: {checkpoint_bytes / 1e6:.1f} MB")
    return "\n".join(lines)


def failure(what: str, error: BaseException) -> str:
    """A warning: what failed, why, and the way out."""
    return (
        f"NeurFlow: {what} failed and was left out; training goes on. {described(error)} "
        f"{_way_out(error)}"
    )


def put_off(budget: Budget, cost: float, schedule: Schedule) -> str:
    """A warning: an analysis is due and cannot be paid.

    Args:
        cost: seconds that it is expected to take.
    """
    assert budget.max_overhead is not None
    earned = budget.max_overhead * budget.trained
    return (
        f"NeurFlow puts an analysis off: it costs about {_duration(cost)}. {_bound(budget)} allows "
        f"{_duration(earned)} so far, and {_duration(budget.spent)} were spent. So there will be "
        f"about one analysis in {_duration(budget.training_for(cost))} of training, at most "
        f"{schedule}. For more, give {_MORE}."
    )


def what_was_put_off(budget: Budget, made: int) -> str:
    """At the end: how often an analysis was due and could not be paid at that moment.

    Args:
        made: how many analyses there were.
    """
    return (
        f"NeurFlow analysed {_times(made)}; {_times(budget.put_off)} an analysis was due and had "
        f"to wait, to keep {_bound(budget)}. All took {_duration(budget.spent)}, "
        f"{_percent(budget.overhead)} of the training time."
    )


def never_paid(budget: Budget, cost: float) -> str:
    """A warning at the end: nothing was analysed, because nothing could be paid.

    Args:
        cost: seconds that one analysis was expected to take.
    """
    return (
        f"NeurFlow analysed nothing in this training: one analysis costs about {_duration(cost)}, "
        f"which {_bound(budget)} allows after "
        f"{_duration(budget.training_for(budget.spent + cost))} of training, and there were "
        f"{_duration(budget.trained)}. It was due {_times(budget.put_off)} and put off. Give "
        f"{_MORE}."
    )


def interrupted(snapshot: Snapshot, targets: Sequence[str], path: str | None) -> str:
    """Ctrl-C during an analysis: what of it is kept.

    Args:
        targets: names of all targets of the analysis.
        path: the file, if one was written.
    """
    whole = [circuit.name for circuit in snapshot.circuits]
    where = "" if path is None else f" in {path}"
    return (
        f"NeurFlow was interrupted: {len(whole)} of {len(targets)} circuits are whole and kept"
        f"{where}, of {_noun('target', whole)} {_listed(whole)}."
    )


def stale_metrics(monitors: Sequence[str], schedule: Schedule, max_overhead: float | None) -> str:
    """A warning: callbacks watch a metric that does not change at every validation."""
    return (
        f"{_watching(monitors)} a metric of NeurFlow, which analyses "
        f"{rhythm(schedule, max_overhead)}. Between two analyses the last value stands, or none "
        "before the first: EarlyStopping counts that as no improvement, ModelCheckpoint ranks "
        "checkpoints by it, and both stop with an error when there is none. Give EarlyStopping "
        "strict=False and a patience that covers several analyses, let ModelCheckpoint save only "
        "when there was an analysis (every_n_epochs, every_n_train_steps), or analyse as often as "
        "you validate, with max_overhead=None."
    )


def unsure_metrics(monitors: Sequence[str]) -> str:
    """A warning: callbacks watch a metric that is not there if the first analysis fails."""
    return (
        f"{_watching(monitors)} a metric of NeurFlow. With on_error='warn' an analysis that fails "
        "logs none, and if that is the first one, EarlyStopping and ModelCheckpoint end the "
        "training. Give EarlyStopping strict=False and ModelCheckpoint another metric, or "
        "on_error='raise' to see the cause itself."
    )


def absent_targets(absent: Sequence[int | str], present: Sequence[int]) -> str:
    """A warning: the validation epoch that gave the probe images had none of some targets."""
    return (
        f"NeurFlow found no probe image of {_noun('target', absent)} {_listed(absent)} in the "
        f"first validation epoch, only of classes {_listed(present)}: the others are analysed, "
        "these never in this run. Give more validation batches, or probes= that hold them."
    )


def unusable_labels(found: str) -> str:
    """A warning: what stands in place of the labels cannot tell the classes apart.

    Args:
        found: what stands there.
    """
    return (
        f"NeurFlow found {found} where it looked for labels, and wanted one class number for each "
        "input: every probe image now serves every target. Name the labels by label_key, or give "
        "probes=ProbeSet(images, labels)."
    )


def never_analysed(schedule: Schedule, captured: bool) -> str:
    """A warning at the end: nothing was analysed, and no error was the reason.

    Args:
        captured: whether there was a probe set.
    """
    reason = (
        f"it analyses {schedule}, and no such moment came. Let it analyse more often, or train "
        "for longer."
        if captured
        else "no validation epoch gave it probe images. Validate at least once, or give probes=."
    )
    return f"NeurFlow analysed nothing in this training: {reason}"


def rough_attributions(snapshot: Snapshot) -> str | None:
    """A warning: attributions that miss the response change by more than :data:`ROUGH`."""
    gaps = [
        (snapshot.statistics(circuit, layer).completeness_gap, layer, circuit.name)
        for circuit in snapshot.circuits
        for layer in circuit.layers
    ]
    rough = [one for one in gaps if one[0] > ROUGH]  # NaN, in the lowest layer, is not
    if not rough:
        return None
    gap, layer, target = max(rough)
    return (
        f"NeurFlow: the attributions of layer {layer} are rough (gap {gap:.0%} for target "
        f"{target}; {len(rough)} of all layers and targets above {ROUGH:.0%}): "
        f"{_finer(snapshot, layer)}."
    )


def _finer(snapshot: Snapshot, layer: str) -> str:
    method = snapshot.attribution_of(layer)
    if method.method == "ig":
        return "raise nodes in NeurFlowConfig"
    return f"{method} cannot be made finer; attribution='ig' with more nodes can"


def unpredictive(snapshot: Snapshot) -> str | None:
    """A warning: layer pairs where the attributions do not predict what knockouts do."""
    lower = dict(zip(snapshot.layers[1:], snapshot.layers, strict=False))
    found = [
        f"{lower[layer]}->{layer} ({one}: correlation {one.correlation:.2f})"
        for layer, one in snapshot.attribution.items()
        if not one.predicts
    ]
    if not found:
        return None
    return (
        f"NeurFlow: between {_listed(found)} the attributions correlate poorly with the effects of "
        f"knockouts (below {PREDICTS:g}): edges there are marked. Layers closer "
        "together, or other attribution= methods, may predict it."
    )


def ungated_groups(snapshot: Snapshot) -> str | None:
    """A warning: neuron groups whose stability was not measured, for want of memory."""
    ungated = {layer for circuit in snapshot.circuits for layer in circuit.ungated_layers()}
    if not ungated:
        return None
    layers = ", ".join(layer for layer in snapshot.layers if layer in ungated)
    return (
        f"NeurFlow: the stability of the neuron groups in {layers} is not measured, and all of "
        "them count as stable: the responses that are clustered do not fit into an eighth of the "
        "memory budget. Raise memory_budget in NeurFlowConfig, or lower top_k, tau or "
        "max_neurons_per_layer."
    )


def _limited(plan: AnalysisPlan, seconds: float | None) -> str:
    if seconds is None or seconds >= plan.seconds:
        return ""
    return f"; seconds={seconds:g} leaves out the least important neurons"


def _costs_of_pairs(plan: AnalysisPlan) -> list[str]:
    """A line with the cost of each layer pair, where there are several; what may make it less."""
    costs = plan.seconds_by_layer
    if len(costs) < 2:
        return []
    lower = dict(zip(plan.layers[1:], plan.layers, strict=False))
    pairs = {upper: f"{lower[upper]}->{upper}" for upper in costs}
    most = max(costs, key=lambda upper: costs[upper])
    lines = [_listed([f"{pair} {_duration(costs[upper])}" for upper, pair in pairs.items()])]
    if plan.seconds > LONG and costs[most] > plan.seconds / 2:
        lines.append(
            f"most of it is {pairs[most]}: layers closer together there, or "
            "max_neurons_per_layer, may cost less; config='quick' or seconds= bounds it"
        )
    return lines


def _way_out(error: BaseException) -> str:
    if isinstance(error, torch.OutOfMemoryError):
        return "Lower memory_budget, batch_size or images_per_target of NeurFlowConfig."
    if isinstance(error, TypeError):
        return (
            "If the network takes more than the inputs, give forward_fn(module, inputs); "
            "on_error='raise' shows where it comes from."
        )
    return "Give on_error='raise' to see where it comes from."


def _watching(monitors: Sequence[str]) -> str:
    return f"{_listed(monitors)} {'watches' if len(monitors) == 1 else 'watch'}"


def _noun(name: str, several: Sequence[object]) -> str:
    return name if len(several) == 1 else f"{name}s"


def _unnamed(plan: AnalysisPlan, probes: ProbeSet) -> list[str]:
    """A line where the last layer cannot be what the classes' names are for."""
    names = len(probes.class_names)
    if names in (0, plan.outputs):
        return []
    return [
        f"{plan.layers[-1]} has {plan.outputs} neurons, but {names} classes have names: the last "
        "layer should be the one that gives the logits"
    ]


def _indistinct(plan: AnalysisPlan, probes: ProbeSet, config: NeurFlowConfig) -> list[str]:
    """A line for each target whose every concept must be all of its patches."""
    counts = [_patches_of(target, probes, config) for target in plan.targets]
    return [
        f"target {name}: every concept is all {count} patches: lower top_k or give more images"
        for name, count in zip(plan.names, counts, strict=True)
        if count <= config.top_k
    ]


def _patches_of(target: NeuronId, probes: ProbeSet, config: NeurFlowConfig) -> int:
    images = probes.images_of(target.index, config.images_per_target)
    return len(images) * probes.grid(config.granularities).crops


def _with_counts(plan: AnalysisPlan, probes: ProbeSet) -> list[str]:
    if probes.labels is None:
        return list(plan.names)
    counts = Counter(int(label) for label in probes.labels)
    return [
        f"{name} ({counts[target.index]} images)"
        for name, target in zip(plan.names, plan.targets, strict=True)
    ]


def _unlabelled(probes: ProbeSet) -> str:
    return ", without class labels: each serves every target" if probes.labels is None else ""


def _listed(values: Sequence[object]) -> str:
    return ", ".join(str(value) for value in values)


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"


def _bound(budget: Budget) -> str:
    return f"max_overhead={budget.max_overhead:g}"


def _percent(share: float) -> str:
    return f"{100 * share:.0f}%" if share >= 0.1 else f"{100 * share:.2g}%"


def _duration(seconds: float) -> str:
    if seconds < 10:
        return f"{seconds:.1f} s"
    return f"{seconds:.0f} s" if seconds < 120 else f"{seconds / 60:.0f} min"
