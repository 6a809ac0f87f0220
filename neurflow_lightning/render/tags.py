"""Under which names a snapshot's numbers and pictures are logged."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from itertools import count

from neurflow_lightning.evolution.reports import DriftReport
from neurflow_lightning.render.text import visible_text
from neurflow_lightning.types import Circuit, LayerStatistics, Snapshot

ROOT = "neurflow"
METRICS = ("core_neurons", "semantic_groups", "neuron_groups", "completeness_gap", "seconds")
METRICS_OF_SEGMENTS = ("semantic_groups", "completeness_gap")
"""Metrics that the shallowest layer does not have: no segment leads to it."""

FROM_NOTHING = 1.0
"""The edge drift where there is nothing to compare with: all edges are new."""

TAB_PLUGIN = "neurflow"
"""What TensorBoard calls the tab's plugin, and with it the owner of the tab's records."""

TAB_SCHEMA = 1
"""Raised whenever a page of the version before could misread a graph."""

MISTAKES_SCHEMA = 1
"""Likewise of the mistakes seen through one."""

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


def tab_tags(place: int = 0) -> tuple[str, str]:
    """The tags of the tab's records: graph and atlas.

    Args:
        place: of the callback among those of the training, from 0; each writes records of its own.

    >>> tab_tags(), tab_tags(1)
    (('neurflow_tab/graph', 'neurflow_tab/atlas'), ('neurflow_tab/graph_2', 'neurflow_tab/atlas_2'))
    """
    return _of_place("graph", place), _of_place("atlas", place)


def mistakes_tags(place: int = 0) -> tuple[str, str]:
    """Likewise of the records of mistakes: what is told of them, and their images.

    >>> mistakes_tags(1)
    ('neurflow_tab/mistakes_2', 'neurflow_tab/mistaken_images_2')
    """
    return _of_place("mistakes", place), _of_place("mistaken_images", place)


def _of_place(name: str, place: int) -> str:
    return f"neurflow_tab/{name}_{place + 1}" if place else f"neurflow_tab/{name}"


def tab_place(tag: str) -> int | None:
    """The inverse for the tag of a graph; ``None`` for any other.

    >>> tab_place("neurflow_tab/graph"), tab_place("neurflow_tab/graph_2"), tab_place("loss")
    (0, 1, None)
    """
    found = re.fullmatch(r"neurflow_tab/graph(?:_([1-9]\d{0,3}))?", tag)
    if found is None or found[1] == "1":
        return None
    return int(found[1] or 1) - 1


def snapshot_scalars(snapshot: Snapshot) -> dict[str, float]:
    """What is logged as scalars, by tag.

    ``neurflow/<target>/<layer>/<metric>`` with the metrics of
    :class:`~neurflow_lightning.types.LayerStatistics`, and ``neurflow/seconds``, the wall time of
    the whole analysis. Numbers without a meaning (NaN, as in the shallowest layer) are left out.
    """
    scalars = {f"{ROOT}/seconds": snapshot.seconds}
    for circuit, tag in zip(snapshot.circuits, target_tags(snapshot), strict=True):
        for layer in circuit.layers:
            scalars |= _layer_scalars(
                f"{tag}/{tag_part(layer)}", snapshot.statistics(circuit, layer)
            )
    return scalars


def _layer_scalars(tag: str, statistics: LayerStatistics) -> dict[str, float]:
    values = {metric: float(getattr(statistics, metric)) for metric in METRICS}
    return {f"{tag}/{metric}": value for metric, value in values.items() if not math.isnan(value)}


def drift_scalars(report: DriftReport | None, snapshot: Snapshot) -> dict[str, float]:
    """What is logged of a drift report as scalars, by tag.

    ``neurflow/<target>/<layer>/<measure>`` (of a layer pair the upper layer) and beside it
    ``…/<measure>_null``, the 99 % quantile of its null; values without a meaning (NaN) are left out
    with their null, and so is a null that there is none of. Then the run's headline:
    ``neurflow/edge_drift``, the largest edge drift of all targets and layers, and
    ``neurflow/edge_drift_null``, the quantile of that same place. Without a report, or any edge
    drift in it, that is :data:`FROM_NOTHING`: what watches it must always find a number.

    Args:
        report: of the change to ``snapshot``; ``None`` where there is nothing to compare with.
        snapshot: whose targets give the tags.
    """
    tags = tags_by_target(snapshot)
    scalars: dict[str, float] = {}
    edges: list[tuple[float, float]] = []  # value and null
    for target, drift in [] if report is None else list(report.all_drifts()):
        if math.isnan(drift.value):
            continue
        tag = f"{tags[target.target]}/{tag_part(drift.layer)}/{drift.measure}"
        scalars |= _beside_its_null(tag, drift.value, drift.null_quantile)
        if drift.measure == "edge_drift":
            edges.append((drift.value, drift.null_quantile))
    largest = max(edges, key=lambda one: one[0], default=(FROM_NOTHING, math.nan))
    return scalars | _beside_its_null(f"{ROOT}/edge_drift", *largest)


def tags_by_target(snapshot: Snapshot) -> Mapping[int, str]:
    """Target index → its tag, see :func:`target_tags`."""
    indices = (circuit.target.index for circuit in snapshot.circuits)
    return dict(zip(indices, target_tags(snapshot), strict=True))


def _beside_its_null(tag: str, value: float, null: float) -> dict[str, float]:
    return {tag: value} if math.isnan(null) else {tag: value, f"{tag}_null": null}
