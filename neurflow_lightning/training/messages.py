"""What is said to people: texts from values.

No square brackets: Rich would read them as markup.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import torch

from neurflow_lightning.core.planning import AnalysisPlan
from neurflow_lightning.core.probes import ProbeSet
from neurflow_lightning.training.distributed import described
from neurflow_lightning.training.schedule import Schedule


def announcement(
    layers: Sequence[str] | None,
    targets: Sequence[int | str] | None,
    schedule: Schedule,
    folder: str,
    probes: ProbeSet | None,
) -> str:
    """What will be done, as far as it is known before the first batch."""
    source = "the first validation epoch" if probes is None else f"{len(probes)} given inputs"
    return "\n".join(
        [
            f"NeurFlow analyses {schedule}.",
            f"  layers: {_listed(layers) if layers else 'chosen from the network'}",
            f"  targets: {_listed(targets) if targets else 'the first classes of the probe set'}",
            f"  probe images: {source}",
            f"  snapshots: {folder}",
        ]
    )


def expectation(plan: AnalysisPlan, probes: ProbeSet, checkpoint_bytes: int) -> str:
    """What one analysis works on and costs, once the probe set is known.

    Args:
        checkpoint_bytes: by how much the probe set makes each checkpoint larger.
    """
    lines = [
        f"NeurFlow has its {len(probes)} probe images{_unlabelled(probes)}.",
        f"  layers: {_listed(plan.layers)}",
        f"  targets: {_listed(_with_counts(plan, probes))}",
        f"  patches: {plan.patches}; core neurons: at most {plan.core_neurons}",
        f"  cost: at most about {_duration(plan.seconds)} for an analysis by one process",
    ]
    if checkpoint_bytes > 1e5:
        lines.append(f"  each checkpoint keeps the probe images: {checkpoint_bytes / 1e6:.1f} MB")
    return "\n".join(lines)


def failure(what: str, error: BaseException) -> str:
    """A warning: what failed, why, and the way out."""
    return (
        f"NeurFlow: {what} failed and was left out; training goes on. {described(error)} "
        f"{_way_out(error)}"
    )


def stale_metrics(monitors: Sequence[str], schedule: Schedule) -> str:
    """A warning: callbacks watch a metric that does not change at every validation."""
    return (
        f"{_listed(monitors)} watches a metric of NeurFlow, which analyses {schedule}. Between two "
        "analyses the last value stands, or none before the first: EarlyStopping counts that as "
        "no improvement, and stops with an error when there is none. Give it strict=False and a "
        "patience that covers several analyses, or analyse as often as you validate."
    )


def _way_out(error: BaseException) -> str:
    if isinstance(error, torch.OutOfMemoryError):
        return "Lower batch_size or images_per_target of NeurFlowConfig."
    return "Give on_error='raise' to see where it comes from."


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


def _duration(seconds: float) -> str:
    if seconds < 10:
        return f"{seconds:.1f} s"
    return f"{seconds:.0f} s" if seconds < 120 else f"{seconds / 60:.0f} min"
