"""Names under which things are logged."""

from __future__ import annotations

import dataclasses
import math

import pytest

from factories import make_snapshot
from neurflow_lightning.evolution.comparing import measure_drift
from neurflow_lightning.regression.checking import baseline_null
from neurflow_lightning.render.tags import (
    ascii_tag,
    drift_scalars,
    snapshot_scalars,
    tag_part,
    tags_by_target,
    target_tags,
)
from neurflow_lightning.types import Snapshot


def named(*names: str) -> Snapshot:
    snapshot = make_snapshot(targets=len(names))
    circuits = zip(snapshot.circuits, names, strict=True)
    return dataclasses.replace(
        snapshot, circuits=tuple(dataclasses.replace(one, name=name) for one, name in circuits)
    )


def test_plain_names_are_kept():
    assert target_tags(named("cat", "Golden Retriever")) == (
        "neurflow/cat",
        "neurflow/Golden Retriever",
    )


@pytest.mark.parametrize(
    "names",
    [
        ("cat", "cat", "cat"),
        ("a/b", "a_b", "a|b"),
        ("", "..", "\x00"),
        ("细胞", "组织"),
        ("x_1", "x", "x"),
        ("cat_1", "cat", "cat"),
        ("a" * 200, "a" * 201),
    ],
)
def test_tags_are_unique_and_safe_also_in_ascii(names):
    tags = target_tags(named(*names))
    assert len({ascii_tag(tag) for tag in tags}) == len(names)
    for tag in tags:
        root, part = tag.split("/")
        assert (root, part.strip(" .")) == ("neurflow", part)
        assert part.isprintable()
        assert 0 < len(part) <= 70


def test_a_path_cannot_be_made_of_a_name():
    assert "/" not in tag_part("../../etc/passwd")
    assert not tag_part("../../etc").startswith(".")


def test_scalars_are_the_statistics_without_nan():
    snapshot = make_snapshot(targets=1)
    circuit = snapshot.circuits[0]
    scalars = snapshot_scalars(snapshot)
    statistics = circuit.statistics("layer3")
    assert scalars["neurflow/functional/layer3/core_neurons"] == statistics.core_neurons
    assert scalars["neurflow/functional/layer3/semantic_groups"] == statistics.semantic_groups
    assert scalars["neurflow/functional/layer3/neuron_groups"] == statistics.neuron_groups
    assert scalars["neurflow/functional/layer3/completeness_gap"] == statistics.completeness_gap
    assert scalars["neurflow/functional/layer3/seconds"] == statistics.seconds
    assert scalars["neurflow/seconds"] == pytest.approx(snapshot.seconds)
    assert "neurflow/functional/layer2/semantic_groups" not in scalars
    assert "neurflow/functional/layer2/completeness_gap" not in scalars
    assert not snapshot.attribution_of("fc").has_gap
    assert "neurflow/functional/fc/completeness_gap" not in scalars
    assert not any(math.isnan(value) for value in scalars.values())
    assert len(scalars) == 1 + 3 * 5 - 3


def test_names_beyond_ascii_get_their_number():
    """Their letters are lost in MLflow, and emoji everywhere: the number tells them apart."""
    snapshot = named("a/b", "🐱", "🐶", "Körper")
    numbers = [circuit.target.index for circuit in snapshot.circuits]
    assert target_tags(snapshot) == (
        "neurflow/a_b",
        f"neurflow/target_{numbers[1]}",
        f"neurflow/target_{numbers[2]}",
        f"neurflow/Körper_{numbers[3]}",
    )
    assert len(set(numbers)) == 4


def test_drifts_are_logged_beside_their_null_without_nan():
    before, after = make_snapshot(0, targets=2), make_snapshot(1, targets=2)
    report = measure_drift(before, after, null=baseline_null(before), matching="neurons")
    scalars, tags = drift_scalars(report, after), tags_by_target(after)
    edges = []
    for target, drift in report.all_drifts():
        tag = f"{tags[target.target]}/{drift.layer}/{drift.measure}"
        assert scalars.get(tag, math.nan) == pytest.approx(drift.value, nan_ok=True)
        null = math.nan if math.isnan(drift.value) else drift.null_quantile
        assert scalars.get(f"{tag}_null", math.nan) == pytest.approx(null, nan_ok=True)
        edges += [drift] if drift.measure == "edge_drift" else []
    largest = max(edges, key=lambda one: one.value)
    assert scalars["neurflow/edge_drift"] == largest.value
    assert scalars["neurflow/edge_drift_null"] == largest.null_quantile
    assert not any(math.isnan(value) for value in scalars.values())


def test_where_there_is_nothing_to_compare_with_all_edges_are_new():
    snapshot = make_snapshot()
    assert drift_scalars(None, snapshot) == {"neurflow/edge_drift": 1.0}
    report = measure_drift(snapshot, snapshot, matching="neurons")
    bare = (dataclasses.replace(one, drifts=()) for one in report.targets)
    empty = dataclasses.replace(report, targets=tuple(bare))
    assert drift_scalars(empty, snapshot) == {"neurflow/edge_drift": 1.0}


def test_without_a_null_there_is_none_beside():
    snapshot = make_snapshot()
    scalars = drift_scalars(measure_drift(snapshot, snapshot), snapshot)
    assert scalars["neurflow/edge_drift"] == 0
    assert not any(tag.endswith("_null") for tag in scalars)
