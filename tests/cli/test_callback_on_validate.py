"""``NeurFlowCallback(on_validate=True)``: one analysis in ``Trainer.validate``, if asked for."""

from __future__ import annotations

import math

import pytest
import torch
from lightning.pytorch.loggers import CSVLogger

from neurflow_lightning.errors import LayerError
from trainings import Classifier, differences, fit, footprint, loader, neurflow, trainer


def validated(folder, callback, model=None, **settings):
    torch.manual_seed(0)
    model = Classifier() if model is None else model
    used = trainer(folder, callback, **settings)
    used.validate(model, loader(), verbose=False)
    return used, model


def test_it_takes_one_snapshot_and_leaves_no_trace(tmp_path):
    callback = neurflow(on_validate=True)
    used, model = validated(tmp_path, callback)
    (snapshot,) = callback.snapshots
    assert [one.target.index for one in snapshot.circuits] == [0, 2]
    assert len(callback.snapshot_paths) == 1
    other, plain = validated(tmp_path, neurflow())
    assert differences(footprint(used, model), footprint(other, plain)) == []


def test_it_needs_no_schedule_and_no_budget(tmp_path):
    callback = neurflow(on_validate=True, every_n_epochs=50, max_overhead=0.01)
    validated(tmp_path, callback)
    assert len(callback.snapshots) == 1


def test_probes_are_those_of_a_training(tmp_path):
    during, after = neurflow(), neurflow(on_validate=True)
    _, model = fit(tmp_path, during)
    validated(tmp_path, after, model)
    old, new = during.snapshots[-1], after.snapshots[-1]
    assert old.probe.fingerprint == new.probe.fingerprint
    for one, other in zip(old.circuits, new.circuits, strict=True):
        assert [node.id for node in one.neurons] == [node.id for node in other.neurons]
        assert [edge.weight for edge in one.neuron_edges()] == pytest.approx(
            [edge.weight for edge in other.neuron_edges()]
        )


def test_given_probes_serve_other_weights(tmp_path):
    callback = neurflow(on_validate=True)
    validated(tmp_path, callback)
    probes, first = callback.probes, callback.snapshots[-1]
    other = Classifier()
    validated(tmp_path, callback, other)
    assert callback.probes is probes
    assert callback.snapshots[-1] is not first


def test_scalars_reach_the_logger(tmp_path):
    logger = CSVLogger(tmp_path)
    used, _ = validated(tmp_path, neurflow(on_validate=True), logger=logger)
    metrics = used.callback_metrics
    assert "neurflow/0/net.second/core_neurons" in metrics
    assert "neurflow/overhead" not in metrics  # of no training there is no share
    assert not any(math.isinf(float(one)) for one in metrics.values())


def test_wrong_layers_are_an_error(tmp_path):
    with pytest.raises(LayerError, match="frist"):
        validated(tmp_path, neurflow(on_validate=True, layers=["frist", "head"]))


def test_a_fit_is_as_it_was(tmp_path):
    """Also when the same callback then watches a validation: that snapshot is one more, or anew."""
    plain, asked = neurflow(), neurflow(on_validate=True)
    _, one = fit(tmp_path / "a", plain)
    used, other = fit(tmp_path / "b", asked)
    assert differences(one.state_dict(), other.state_dict()) == []
    taken = [each.step for each in asked.snapshots]
    assert taken == [each.step for each in plain.snapshots]
    used.validate(other, loader(), verbose=False)
    assert [each.step for each in asked.snapshots] == taken
