"""Under which names a snapshot's numbers and pictures are logged."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from itertools import count

from neurflow_lightning.render.text import visible_text
from neurflow_lightning.types import Circuit, LayerStatistics, Snapshot

ROOT = "neurflow"
METRICS = ("core_neurons", "semantic_groups", "neuron_groups", "completeness_gap", "seconds")
METRICS_OF_SEGMENTS = ("semantic_groups", "completeness_gap")
"""Metrics that the shallowest layer does not have: no segment leads to it."""

_LONGEST = 60


def tag_part(name: str) -> str:
    r"""``name`` as one part of a tag: letters, digits and ``" _.-"``, no slash, at most 60 long.

    Empty when nothing of it can be kept.

    >>> tag_part("a/b\n<c>")
    'a_b _c_'
    >>> tag_part("..")
    ''
    """
    return re.sub(r"[^\w .-]", "_", visible_text(name))[:_LONGEST].strip(" .")


def ascii_tag(tag: str) -> str:
    """``tag`` as MLflow takes it: what Lightning's ``MLFlowLogger`` makes of a metric's name.

    >>> ascii_tag("neurflow/Körper_2/circuit")
    'neurflow/Krper_2/circuit'
    """
    return re.sub(r"[^a-zA-Z0-9_/. -]+", "", tag)


def target_tags(snapshot: Snapshot) -> tuple[str, ...]:
    """``neurflow/<target>`` for every circuit, in order, no two alike, also in MLflow's ASCII.

    A target's number is added where its name alone is not enough: characters beyond ASCII, a
    name that another target has too, no name that can be kept.
    """
    taken: set[str] = set()
    tags = []
    for circuit in snapshot.circuits:
        part = next(part for part in _candidates(circuit) if ascii_tag(part) not in taken)
        taken.add(ascii_tag(part))
        tags.append(f"{ROOT}/{part}")
    return tuple(tags)


def _candidates(circuit: Circuit) -> Iterator[str]:
    name, index = tag_part(circuit.name), circuit.target.index
    if name and circuit.name.isascii():
        yield name
    numbered = f"{name if name.strip('_') else 'target'}_{index}"
    yield numbered
    for number in count(2):
        yield f"{numbered}_{number}"


def snapshot_scalars(snapshot: Snapshot) -> dict[str, float]:
    """What is logged as scalars, by tag.

    ``neurflow/<target>/<layer>/<metric>`` with the metrics of
    :class:`~neurflow_lightning.types.LayerStatistics`, and ``neurflow/seconds``, the wall time of
    the whole analysis. Numbers without a meaning (NaN, as in the shallowest layer) are left out.
    """
    scalars = {f"{ROOT}/seconds": snapshot.seconds}
    for circuit, tag in zip(snapshot.circuits, target_tags(snapshot), strict=True):
        for layer in circuit.layers:
            scalars |= _layer_scalars(f"{tag}/{tag_part(layer)}", circuit.statistics(layer))
    return scalars


def _layer_scalars(tag: str, statistics: LayerStatistics) -> dict[str, float]:
    values = {metric: float(getattr(statistics, metric)) for metric in METRICS}
    return {f"{tag}/{metric}": value for metric, value in values.items() if not math.isnan(value)}
