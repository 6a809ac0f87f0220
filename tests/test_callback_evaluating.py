"""``evaluate_at_end``: what the callback measures when ``fit`` ends, without leaving a trace."""

import pytest
import torch
from lightning.pytorch.loggers import TensorBoardLogger
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

from neurflow_lightning.errors import ConfigError
from neurflow_lightning.evaluation.settings import EvaluationSettings
from trainings import differences, fit, footprint, neurflow

FEW = EvaluationSettings(
    taus=[1, 2],
    sets=2,
    neurons=1,
    weight_sets=3,
    set_sizes=[1, 2],
    search_runs=3,
    methods=["ig"],
)


def test_the_last_snapshot_is_evaluated_shown_and_nothing_is_changed(tmp_path):
    callback = neurflow(evaluate_at_end=FEW)
    logger = TensorBoardLogger(tmp_path, name="run")
    used, model = fit(tmp_path, callback, logger=logger)
    report = callback.evaluation
    assert [name for _, name in report.targets] == ["0", "2"]
    assert report.optimality
    assert report.fidelity
    assert report.weights
    seen = EventAccumulator(logger.log_dir, size_guidance={"images": 0}).Reload().Tags()
    assert "neurflow/evaluation/0/net.second/mask_gain" in seen["scalars"]
    assert {f"neurflow/evaluation/{one}" for one in FEW.what} <= set(seen["images"])
    plain = fit(tmp_path, logger=TensorBoardLogger(tmp_path, name="plain"))
    assert differences(footprint(used, model), footprint(*plain)) == []


def test_without_being_asked_nothing_is_evaluated(tmp_path):
    callback = neurflow()
    fit(tmp_path, callback)
    assert callback.evaluation is None


def test_a_network_that_has_trained_on_is_not_evaluated(tmp_path):
    callback = neurflow(evaluate_at_end=FEW, on_error="warn", every_n_epochs=2)
    with pytest.warns(UserWarning, match="the evaluation failed.*not the one that the circuit"):
        fit(tmp_path, callback, max_epochs=3)
    assert callback.evaluation is None


def test_missing_captum_is_said_before_the_training(monkeypatch):
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(ConfigError, match=r"neurflow-lightning\[captum\]"):
        neurflow(evaluate_at_end=True)
    assert torch.is_grad_enabled()
