"""Choices that stay for a run: ``like=`` and ``seconds=``, also across a resume."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

from neurflow_lightning import NeurFlowCallback, ProbeSet, analyze, measure_drift, save_snapshot
from neurflow_lightning.errors import ConfigError
from trainings import LAYERS, SMALL, SmallNet, fit, images, neurflow


def given() -> ProbeSet:
    return ProbeSet(*images().tensors)


@pytest.fixture(scope="module")
def baseline():
    torch.manual_seed(0)
    return analyze(
        SmallNet(), given(), layers=LAYERS, targets=[0, 2], config=SMALL, attribution="norm-held"
    )


def like(snapshot, **settings) -> NeurFlowCallback:
    usual = {"max_overhead": None, "verbose": False, "on_error": "raise", "probes": given()}
    return NeurFlowCallback(like=snapshot, **{**usual, **settings})


@pytest.mark.parametrize("as_given", [str, Path])
def test_a_run_is_analysed_like_a_snapshot_of_its_file(as_given, baseline, tmp_path):
    path = tmp_path / "base.safetensors"
    save_snapshot(baseline, path)
    callback = like(as_given(path))
    fit(tmp_path, callback, max_epochs=1)
    (snapshot,) = callback.snapshots
    assert {one.method for one in snapshot.attribution.values()} == {"norm-held"}
    # Names of layers have the prefix of the LightningModule.
    assert [one.removeprefix("net.") for one in snapshot.layers] == list(baseline.layers)
    assert snapshot.config == baseline.config


def test_what_is_no_snapshot_is_refused():
    with pytest.raises(ConfigError, match="expected a Snapshot"):
        NeurFlowCallback(like=3)


@pytest.mark.parametrize("also", [{"seconds": 3.0}, {"attribution": "ig"}, {"layers": LAYERS}])
def test_what_like_sets_is_refused_beside_it(also, baseline):
    with pytest.raises(ConfigError, match=f"drop {next(iter(also))}"):
        like(baseline, **also)


def counts(snapshot):
    return {
        (circuit.name, layer): len(circuit.layer_neurons(layer))
        for circuit in snapshot.circuits
        for layer in snapshot.layers
    }


def test_analyses_after_the_first_expand_as_many_neurons(tmp_path):
    callback = neurflow(probes=given(), seconds=1e-3)
    fit(tmp_path, callback, max_epochs=3)
    first, *others = callback.snapshots
    assert first.time_bounds
    assert [one.time_bounds for one in others] == [first.time_bounds] * 2
    measure_drift(first, others[-1])  # they can be compared


def test_a_resumed_run_expands_as_many_neurons_and_keeps_its_methods(tmp_path):
    before = neurflow(probes=given(), seconds=1e-3)
    used, _ = fit(tmp_path, before, max_epochs=1)
    path = Path(tmp_path) / "half.ckpt"
    used.save_checkpoint(path)
    (first,) = before.snapshots
    after = neurflow(probes=given(), seconds=1e-3)
    fit(tmp_path, after, max_epochs=2, ckpt_path=path)
    (second,) = after.snapshots
    assert second.time_bounds == first.time_bounds
    assert {layer: one.method for layer, one in second.attribution.items()} == {
        layer: one.method for layer, one in first.attribution.items()
    }


def test_enough_time_bounds_nothing(tmp_path):
    callback = neurflow(probes=given(), seconds=1e6)
    fit(tmp_path, callback, max_epochs=2)
    assert [one.time_bounds for one in callback.snapshots] == [{}, {}]
