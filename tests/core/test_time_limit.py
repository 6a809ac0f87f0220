"""Any-time analyses: how time is shared out, and circuits that are whole whenever it ends."""

import math
from dataclasses import replace

import pytest
import torch

from networks import SmallCNN
from neurflow_lightning import NeurFlowConfig, ProbeSet, analyze
from neurflow_lightning.core.pipeline import analyze_study
from neurflow_lightning.core.study import analysis_mode, open_study
from neurflow_lightning.core.time_limit import TimeLimit, deadline_in, portions
from neurflow_lightning.errors import ComparisonError, ConfigError
from neurflow_lightning.evolution.comparing import measure_drift

SMALL = NeurFlowConfig(tau=3, top_k=12, nodes=4, batch_size=7, resamples=8)
LAYERS = ["stem", "body", "top", "fc"]


@pytest.fixture(scope="module")
def probes():
    images = torch.randn(9, 1, 8, 8, generator=torch.Generator().manual_seed(0))
    return ProbeSet(images, torch.tensor([0, 1, 2] * 3), ["cat", "dog", "owl"])


def of_neurons(seconds_each):
    """A clock that a neuron's work turns, and what does the work."""
    time = [0.0]

    def work(neurons):
        time[0] += seconds_each * neurons

    return (lambda: time[0]), work


# --- sharing time ----------------------------------------------------------------------------


@pytest.mark.parametrize(("until", "least", "most"), [(3, 3, 3), (10, 9, 10), (100, 40, 40)])
def test_neurons_are_expanded_until_the_time_is_used(until, least, most):
    clock, work = of_neurons(1.0)
    done = 0
    for portion in portions(40, until, clock):
        assert portion.start == done
        work(portion.stop - portion.start)
        done = portion.stop
    assert least <= done <= max(most, 4)
    assert clock() <= max(until, 4)


def test_no_time_is_enough_for_one_neuron():
    clock, _ = of_neurons(1.0)
    assert list(portions(40, -1.0, clock)) == [slice(0, 1)]


def test_time_that_a_layer_leaves_goes_to_those_below():
    limit = TimeLimit(until=12.0, costs={"fc": 1.0, "high": 1.0, "low": 2.0})
    assert limit.until_layer("fc", clock=lambda: 0.0) == 3.0
    assert limit.until_layer("high", clock=lambda: 0.0) == 4.0
    assert limit.until_layer("low", clock=lambda: 11.0) == 12.0


@pytest.mark.parametrize("seconds", [0, -1, math.nan, math.inf, True, "3"])
def test_seconds_are_positive(seconds):
    with pytest.raises(ConfigError, match=r"seconds=.*positive"):
        deadline_in(seconds)


# --- circuits --------------------------------------------------------------------------------


def test_plenty_of_time_changes_nothing(probes):
    limited = analyze(SmallCNN(), probes, layers=LAYERS, config=SMALL, seconds=1e6)
    unlimited = analyze(SmallCNN(), probes, layers=LAYERS, config=SMALL)
    for one, other in zip(limited.circuits, unlimited.circuits, strict=True):
        assert [node.id for node in one.neurons] == [node.id for node in other.neurons]
        for edge, same in zip(one.edges, other.edges, strict=True):
            assert (edge.source, edge.target) == (same.source, same.target)
            assert edge.weight == pytest.approx(same.weight, abs=1e-5)
        assert one.coverage == pytest.approx(1.0, abs=1e-6)


def test_no_time_gives_the_most_important_neuron_of_each_layer(probes):
    whole = analyze(SmallCNN(), probes, layers=LAYERS, config=SMALL)
    short = analyze(SmallCNN(), probes, layers=LAYERS, config=SMALL, seconds=1e-3)
    for circuit in short.circuits:
        full = whole.circuit(circuit.name)
        assert [len(circuit.layer_neurons(one)) for one in LAYERS] == [3, 1, 1, 1]
        assert circuit.layer_neurons("top")[0].id == full.layer_neurons("top")[0].id
        assert circuit.left_out["top"] == len(full.layer_neurons("top")) - 1
        lowest = sum(node.importance for node in circuit.layer_neurons("stem"))
        assert circuit.coverage == pytest.approx(lowest)
        assert 0 < circuit.coverage < 1
        assert all(circuit.layer_groups(one) for one in LAYERS)
        assert all(node.stability is not None for node in circuit.neurons)


def test_a_study_keeps_to_the_bounds_it_is_given(probes):
    model = SmallCNN()
    with analysis_mode(model):
        study = open_study(model, probes, LAYERS, None, SMALL, None)
        first = analyze_study(study, deadline=deadline_in(1e-3))
        assert study.bounds == {}
        study.bounds.update(first.time_bounds)
        second = analyze_study(study)
    assert first.time_bounds == second.time_bounds != {}


def test_what_the_config_leaves_out_is_no_bound_of_time(probes):
    config = replace(SMALL, max_neurons_per_layer=2)
    whole = analyze(SmallCNN(), probes, layers=LAYERS, config=config)
    assert any(circuit.left_out for circuit in whole.circuits)
    assert whole.time_bounds == {}


def test_circuits_cut_at_different_places_are_not_compared(probes):
    whole = analyze(SmallCNN(), probes, layers=LAYERS, config=SMALL)
    short = analyze(SmallCNN(), probes, layers=LAYERS, config=SMALL, seconds=1e-3)
    for before, after in ((whole, short), (short, whole)):
        with pytest.raises(ComparisonError, match="like=BEFORE"):
            measure_drift(before, after)
    same = analyze(SmallCNN(), probes, like=short)
    drifts = [one.value for _, one in measure_drift(short, same).all_drifts()]
    assert not any(value > 0 for value in drifts)


def test_like_expands_as_many_neurons(probes):
    short = analyze(SmallCNN(), probes, layers=LAYERS, config=SMALL, seconds=1e-3)
    same = analyze(SmallCNN(), probes, like=short)
    for one, other in zip(short.circuits, same.circuits, strict=True):
        assert [node.id for node in one.neurons] == [node.id for node in other.neurons]
        assert one.left_out == other.left_out


def test_like_and_seconds_exclude_each_other(probes):
    short = analyze(SmallCNN(), probes, layers=LAYERS, config=SMALL, seconds=1e-3)
    with pytest.raises(ConfigError, match="drop seconds"):
        analyze(SmallCNN(), probes, like=short, seconds=3)
