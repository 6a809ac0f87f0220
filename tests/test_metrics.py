"""Drift as metrics: against the functions of the same name, and against the measures themselves."""

import pickle
from dataclasses import replace

import matplotlib as mpl
import numpy as np
import pytest
import torch
from torchmetrics import MetricCollection

from evolution.snapshots import Neuron, make_circuit
from evolution.snapshots import make_snapshot as by_hand
from factories import make_snapshot
from neurflow_lightning import metrics
from neurflow_lightning.errors import ComparisonError, ConfigError, LayerError, SnapshotError
from neurflow_lightning.evolution.comparing import measure_drift

mpl.use("Agg")

NAMED = {
    metrics.EdgeDrift: metrics.edge_drift,
    metrics.CoreTurnover: metrics.core_turnover,
    metrics.ImportanceTurnover: metrics.importance_turnover,
    metrics.RankTurnover: metrics.rank_turnover,
    metrics.GroupTurnover: metrics.group_turnover,
    metrics.ConceptDrift: metrics.concept_drift,
    metrics.Polysemanticity: metrics.polysemanticity_change,
}
BEFORE, AFTER = make_snapshot(0, step=10), make_snapshot(1, step=20)


def values(measure, before=BEFORE, after=AFTER, matching="neurons"):
    report = measure_drift(before, after, matching=matching)
    told = [drift.value for _, drift in report.all_drifts() if drift.measure == measure]
    return [one for one in told if not np.isnan(one)]


@pytest.mark.parametrize("reduction", ["mean", "max"])
@pytest.mark.parametrize(("metric", "function"), NAMED.items())
def test_a_metric_is_its_function_is_the_measure(metric, function, reduction):
    expected = getattr(np, reduction)(values(metric.measure))
    assert any(values(metric.measure))
    made = metric(reduction=reduction)
    made.update(BEFORE, AFTER)
    assert made.compute().shape == ()
    assert made.compute().item() == pytest.approx(expected, rel=1e-6)
    assert function(BEFORE, AFTER, reduction=reduction).item() == made.compute().item()
    assert metric(reduction=reduction)(BEFORE, AFTER).item() == made.compute().item()


@pytest.mark.parametrize(("metric", "function"), NAMED.items())
def test_nothing_has_changed_from_itself(metric, function):
    assert function(BEFORE, BEFORE).item() == 0
    assert metric()(BEFORE, BEFORE).item() == 0


def test_one_target_and_layer_alone():
    report = measure_drift(BEFORE, AFTER, matching="neurons")
    expected = report.targets[1].drift("edge_drift", "layer3").value
    for target in (1, report.targets[1].name):
        found = metrics.edge_drift(BEFORE, AFTER, target=target, layer="layer3")
        assert found.item() == pytest.approx(expected, rel=1e-6)
        metric = metrics.EdgeDrift(target=target, layer="layer3")
        assert metric(BEFORE, AFTER).item() == found.item()


def test_circuits_can_be_compared_too():
    report = measure_drift(BEFORE, AFTER, matching="neurons")
    metric = metrics.EdgeDrift()
    for one, other in zip(BEFORE.circuits, AFTER.circuits, strict=True):
        metric.update(one, other)
    assert metric.compute().item() == metrics.edge_drift(BEFORE, AFTER).item()
    core = metrics.core_turnover(BEFORE.circuits[0], AFTER.circuits[0], layer="layer2")
    expected = report.targets[0].drift("core_turnover", "layer2").value
    assert core.item() == pytest.approx(expected, rel=1e-6)


def test_circuits_of_another_target_are_left_out():
    metric = metrics.EdgeDrift(target=1)
    metric.update(BEFORE.circuits[0], AFTER.circuits[0])
    assert metric.compute().isnan()
    metric.update(BEFORE.circuits[1], AFTER.circuits[1])
    assert metric.compute().item() == metrics.edge_drift(BEFORE, AFTER, target=1).item()


def test_groups_can_be_matched_by_responses():
    expected = np.mean(values("edge_drift", matching="responses"))
    found = metrics.edge_drift(BEFORE, AFTER, matching="responses").item()
    assert found == pytest.approx(expected, rel=1e-6)
    assert metrics.EdgeDrift(matching="responses")(BEFORE, AFTER).item() == found


def test_updates_are_gathered_until_reset():
    third = make_snapshot(3, step=30)
    metric = metrics.EdgeDrift()
    metric.update(BEFORE, AFTER)
    metric.update(AFTER, third)
    both = values("edge_drift") + values("edge_drift", AFTER, third)
    assert metric.compute().item() == pytest.approx(np.mean(both), rel=1e-6)
    metric.reset()
    metric.update(AFTER, third)
    expected = np.mean(values("edge_drift", AFTER, third))
    assert metric.compute().item() == pytest.approx(expected, rel=1e-6)


@pytest.mark.filterwarnings("ignore:The ``compute`` method")
def test_nothing_to_compare_is_nan():
    assert metrics.EdgeDrift().compute().isnan()
    bare = by_hand(make_circuit({"low": [], "fc": [Neuron(0)]}))
    assert metrics.edge_drift(bare, bare).isnan()
    assert metrics.EdgeDrift(reduction="max")(bare, bare).isnan()


def test_places_with_nothing_to_compare_are_left_out():
    whole, width = range(4), 4
    full = {
        "low": [Neuron(one) for one in whole],
        "fc": [Neuron(0, inputs=dict.fromkeys(whole, 1.0))],
    }
    part = {"low": [Neuron(0)], "fc": [Neuron(0, inputs={0: 1.0})]}
    moved = {"low": [Neuron(1)], "fc": [Neuron(0, inputs={1: 1.0})]}
    circuits = [make_circuit(one, width=width) for one in (full, part, moved)]
    metric = metrics.CoreTurnover()
    metric.update(circuits[0], circuits[1])  # all neurons against one: the overlap is fixed
    assert metric.compute().isnan()
    metric.update(circuits[1], circuits[2])
    assert metric.compute().item() == 1


# --- as torchmetrics ---------------------------------------------------------------------


@pytest.mark.parametrize("groups", [True, False])
def test_a_collection_keeps_them_apart(groups):
    """After an update without any drift all values are equal, and states might be shared."""
    collection = MetricCollection(
        {
            **{metric.measure: metric() for metric in NAMED},
            "largest": metrics.EdgeDrift(reduction="max"),
            "deepest": metrics.EdgeDrift(layer="fc"),
            "cat": metrics.EdgeDrift(target=1),
        },
        compute_groups=groups,
    )
    collection.update(BEFORE, BEFORE)
    collection.update(BEFORE, AFTER)
    found = collection.compute()
    for metric in NAMED:
        alone = metric()
        alone.update(BEFORE, BEFORE)
        alone.update(BEFORE, AFTER)
        assert found[metric.measure].item() == alone.compute().item()
    assert found["largest"].item() == pytest.approx(max(values("edge_drift")), rel=1e-6)
    for name, where in (("deepest", {"layer": "fc"}), ("cat", {"target": 1})):
        expected = metrics.edge_drift(BEFORE, AFTER, **where).item() / 2
        assert found[name].item() == pytest.approx(expected, rel=1e-5)


def test_what_processes_exchange_is_reduced_alike():
    """After an exchange torchmetrics leaves one tensor of all values in place of the list."""
    metric = metrics.EdgeDrift()
    metric.update(BEFORE, AFTER)
    expected = metric.compute().item()
    (name,) = metric.metric_state
    setattr(metric, name, torch.cat(metric.metric_state[name]))
    metric._computed = None
    assert metric.compute().item() == expected


def test_a_metric_can_be_pickled_and_cloned():
    metric = metrics.EdgeDrift(layer="fc")
    metric.update(BEFORE, AFTER)
    for copy in (pickle.loads(pickle.dumps(metric)), metric.clone()):
        assert copy.compute().item() == metric.compute().item()


@pytest.mark.parametrize("metric", NAMED)
def test_it_can_be_drawn(metric):
    made = metric()
    figure, axes = made.plot([made(BEFORE, BEFORE), made(BEFORE, AFTER)])
    assert axes.get_figure() is figure
    (line, *_) = axes.lines
    assert len(line.get_ydata()) == 2
    figure, axes = made.plot()
    assert figure is not None


# --- what is refused ---------------------------------------------------------------------


def test_what_cannot_be_compared_is_refused():
    other = replace(AFTER, probe=replace(AFTER.probe, fingerprint="e" * 64))
    with pytest.raises(ComparisonError, match="different probe sets"):
        metrics.edge_drift(BEFORE, other)
    with pytest.raises(ComparisonError, match="Cannot compare Snapshot with Circuit"):
        metrics.EdgeDrift().update(BEFORE, AFTER.circuits[0])
    with pytest.raises(ComparisonError, match="wanted the same target and layers"):
        metrics.edge_drift(BEFORE.circuits[0], AFTER.circuits[1])
    with pytest.raises(SnapshotError, match="No circuit of target 'dog'"):
        metrics.edge_drift(BEFORE, AFTER, target="dog")
    with pytest.raises(LayerError, match=r"no edge_drift of layer 'layer2'. .*'layer3'"):
        metrics.edge_drift(BEFORE, AFTER, layer="layer2")


@pytest.mark.parametrize(
    ("metric", "settings", "words"),
    [
        (metrics.EdgeDrift, {"reduction": "sum"}, "reduction='sum': wanted one of"),
        (metrics.EdgeDrift, {"matching": "names"}, "matching='names': wanted one of"),
        (metrics.CoreTurnover, {"matching": "responses"}, "have no core turnover"),
    ],
)
def test_wrong_arguments_are_refused(metric, settings, words):
    with pytest.raises(ConfigError, match=words):
        metric(**settings)
    assert metric(**settings, validate_args=False) is not None
