"""``analyze(like=…)``: a second network is analysed by the choices made for the first."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import torch
from torch import Tensor, nn
from torch.nn.functional import hardtanh

from neurflow_lightning import (
    NeurFlowConfig,
    ProbeSet,
    analyze,
    load_snapshot,
    measure_drift,
    save_snapshot,
)
from neurflow_lightning.core.attribution import AttributionRequest
from neurflow_lightning.errors import ComparisonError, ConfigError, ProbeError
from neurflow_lightning.types import Snapshot

INPUTS = torch.rand(12, 8, generator=torch.Generator().manual_seed(0)) + 0.5
PROBES = ProbeSet(INPUTS, torch.arange(12) % 3, ["ant", "bee", "cat"])
NUMBERS = NeurFlowConfig(tau=4, top_k=5, nodes=8, granularities=(1.0,), resamples=0)
LAYERS = ("low", "mid", "head")


class Bounded(nn.Module):
    """``mid`` mixes ``tanh``-like values of ``low``: straight at a small gain, flat at a large."""

    def __init__(self, gain: float) -> None:
        super().__init__()
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(5)
            self.low = nn.Linear(8, 8)
            self.mid = nn.Linear(8, 6)
            self.head = nn.Linear(6, 3)
        nn.init.eye_(self.low.weight)
        self.gain = nn.Parameter(torch.tensor(gain))

    def forward(self, values: Tensor) -> Tensor:
        return self.head(self.mid(hardtanh(self.gain * self.low(values))))


STRAIGHT, FLAT = Bounded(0.1), Bounded(5.0)


@pytest.fixture(scope="module")
def first() -> Snapshot:
    return analyze(STRAIGHT, PROBES, layers=LAYERS, targets=["cat", "ant"], config=NUMBERS)


def methods(snapshot: Snapshot) -> dict[str, tuple[str, int, tuple[str, ...]]]:
    return {layer: (one.method, one.nodes, one.hold) for layer, one in snapshot.attribution.items()}


def test_config_layers_and_targets_are_those_of_the_snapshot(first):
    second = analyze(FLAT, PROBES, like=first)
    assert second.config == first.config
    assert second.layers == first.layers
    assert [one.target for one in second.circuits] == [one.target for one in first.circuits]


def test_methods_are_those_of_the_snapshot_where_others_would_be_chosen(first):
    assert first.attribution["mid"].method == "gradient"
    by_itself = analyze(FLAT, PROBES, layers=LAYERS, targets=["cat", "ant"], config=NUMBERS)
    assert by_itself.attribution["mid"].method == "ig"
    second = analyze(FLAT, PROBES, like=first)
    assert methods(second) == methods(first)


def test_the_correlation_is_measured_with_the_present_weights(first):
    second = analyze(FLAT, PROBES, like=first)
    assert first.attribution["mid"].predicts
    assert not second.attribution["mid"].predicts
    assert second.attribution["head"].predicts


def test_the_same_network_has_the_same_circuits(first):
    second = analyze(STRAIGHT, PROBES, like=first)
    for one, other in zip(first.circuits, second.circuits, strict=True):
        assert list(one.neuron_edges()) == list(other.neuron_edges())


def test_snapshots_of_other_methods_are_not_compared(first):
    by_itself = analyze(FLAT, PROBES, layers=LAYERS, targets=["cat", "ant"], config=NUMBERS)
    with pytest.raises(ComparisonError, match=r"'mid'.*gradient.*ig \(8 nodes\)") as raised:
        measure_drift(first, by_itself)
    assert "like=" in str(raised.value)
    measure_drift(first, analyze(FLAT, PROBES, like=first))


def test_nor_of_other_numbers_of_nodes(first):
    few, many = (
        analyze(FLAT, PROBES, layers=LAYERS, targets=[0], attribution="ig", config=config)
        for config in (replace(NUMBERS, nodes=2), replace(NUMBERS, nodes=9))
    )
    with pytest.raises(ComparisonError, match=r"2 nodes.*9 nodes"):
        measure_drift(few, many)


class Replayed(Bounded):
    """No graph can be made of it."""

    def forward(self, values: Tensor) -> Tensor:
        return super().forward(values if values.sum() > -1e9 else -values)


@pytest.mark.parametrize("made", [Bounded, Replayed])
def test_ig_lays_its_nodes_as_it_did(made):
    """Where no graph tells that they may lie evenly, they are gathered at the baseline."""
    network = made(5.0)
    before = analyze(network, PROBES, layers=LAYERS, targets=[0], config=NUMBERS)
    assert methods(before)["mid"] == ("ig", 8, ())
    after = analyze(network, PROBES, like=before)
    assert methods(after) == methods(before)
    for node in before.circuits[0].neurons:
        again = after.circuits[0].neuron(node.id)
        if node.inputs is not None:
            np.testing.assert_array_equal(again.inputs.attributions, node.inputs.attributions)


def test_a_snapshot_from_a_file_serves_as_well(first, tmp_path):
    save_snapshot(first, tmp_path / "first.safetensors")
    loaded = load_snapshot(tmp_path / "first.safetensors")
    assert methods(analyze(FLAT, PROBES, like=loaded)) == methods(first)


@pytest.mark.parametrize(
    "also",
    [
        {"layers": LAYERS},
        {"targets": [0]},
        {"config": NUMBERS},
        {"config": "quick"},
        {"attribution": "gradient"},
        {"layers": LAYERS, "config": NUMBERS},
    ],
    ids="+".join,
)
def test_what_the_snapshot_settles_is_not_given_beside_it(first, also):
    with pytest.raises(ConfigError, match=f"drop {', '.join(also)}"):
        analyze(FLAT, PROBES, like=first, **also)


def test_another_probe_set_is_refused(first):
    other = ProbeSet(INPUTS + 0.01, PROBES.labels, PROBES.class_names)
    with pytest.raises(ProbeError):
        analyze(FLAT, other, like=first)


def test_predicted_classes_are_those_of_the_first_network():
    """The second network predicts otherwise; its circuits are of the same images all the same."""
    config = replace(NUMBERS, images_by="prediction")
    with torch.no_grad():
        wanted = int(STRAIGHT(INPUTS).argmax(1).mode().values)
        other = Bounded(0.1)
        other.head.bias[(wanted + 1) % 3] += 50
        assert not (other(INPUTS).argmax(1) == wanted).any()
    before = analyze(STRAIGHT, PROBES, layers=LAYERS, targets=[wanted], config=config)
    after = analyze(other, PROBES, like=before)
    assert after.probe.fingerprint == before.probe.fingerprint
    patches = [set(one.circuits[0].neurons[0].concept.patches.tolist()) for one in (before, after)]
    assert patches[0] == patches[1]


# --- functions ------------------------------------------------------------------------------


def loudest(request: AttributionRequest) -> Tensor:
    return request.by_neuron(request.lower)


def given_to(network: nn.Module, attribution) -> Snapshot:
    numbers = {"layers": LAYERS, "targets": [0], "config": NUMBERS}
    return analyze(network, PROBES, **numbers, attribution=attribution)


def test_no_function_is_called_because_a_file_names_it():
    before = given_to(STRAIGHT, loudest)
    with pytest.raises(ConfigError, match=r"loudest.*attribution="):
        analyze(FLAT, PROBES, like=before)
    with pytest.raises(ConfigError, match=r"loudest.*attribution="):
        analyze(FLAT, PROBES, like=before, attribution="gradient")
    after = analyze(FLAT, PROBES, like=before, attribution=loudest)
    assert methods(after) == methods(before)


def test_a_function_without_address_has_to_be_given_again():
    nameless = lambda request: loudest(request) + 1  # noqa: E731
    before = given_to(STRAIGHT, nameless)
    with pytest.raises(ConfigError, match="custom"):
        analyze(FLAT, PROBES, like=before)
    after = analyze(FLAT, PROBES, like=before, attribution=nameless)
    assert methods(after) == methods(before)
    assert after.config == before.config
