"""Ctrl-C while an analysis goes on: what is whole is kept, and the training ends as ever."""

import os
import signal

import pytest
import torch
from lightning.pytorch import Callback
from lightning.pytorch.loggers import TensorBoardLogger
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

from neurflow_lightning import callback as callback_module
from neurflow_lightning import load_snapshot
from neurflow_lightning.core.pipeline import analyze_study
from neurflow_lightning.training import analysis
from test_callback_no_trace import disturb
from trainings import Classifier, differences, footprint, loader, neurflow, trainer

FIRST, SECOND = 0, 2
"""The targets, in the order in which they are analysed."""


@pytest.fixture(autouse=True)
def own_signals():
    """Lightning switches Ctrl-C off once it has seen one."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.fixture
def ctrl_c(monkeypatch):
    """Presses it in the middle of the analysis of one target; traces are left before."""

    def during(target):
        def interrupted(study, *, progress, **settings):
            def told(what, done, total):
                progress(what, done, total)
                if what == f"{target}: net.second":
                    disturb(study)
                    os.kill(os.getpid(), signal.SIGINT)

            return analyze_study(study, progress=told, **settings)

        monkeypatch.setattr(analysis, "analyze_study", interrupted)

    return during


@pytest.fixture
def ctrl_c_in_forward(monkeypatch):
    """Presses it while the network runs, with all hooks in their places."""

    def interrupted(study, **settings):
        disturb(study)
        layer = study.network.model.net.second
        layer.register_forward_hook(lambda *_: os.kill(os.getpid(), signal.SIGINT))
        return analyze_study(study, **settings)

    monkeypatch.setattr(analysis, "analyze_study", interrupted)


def train(folder, *callbacks, **settings):
    """A training that an interrupt ends: its trainer and its model."""
    torch.manual_seed(7)
    model, used = Classifier(), trainer(folder, *callbacks, **settings)
    with pytest.raises(SystemExit):
        used.fit(model, loader(shuffle=True), loader())
    return used, model


def test_what_is_whole_is_kept(tmp_path, ctrl_c, caplog):
    ctrl_c(SECOND)
    callback, logger = neurflow(), TensorBoardLogger(tmp_path)
    with caplog.at_level("INFO"):
        used, _ = train(tmp_path, callback, logger=logger)
    assert (used.global_step, used.interrupted) == (6, True)
    assert [one.step for one in callback.snapshots] == [6]
    (path,) = callback.snapshot_paths
    assert [circuit.name for circuit in load_snapshot(path).circuits] == ["0"]
    assert f"1 of 2 circuits are whole and kept in {path}, of target 0." in caplog.text
    tags = EventAccumulator(logger.log_dir).Reload().Tags()
    assert "neurflow/0/circuit" in tags["images"]
    assert "neurflow_tab/graph" in tags["tensors"]


def test_nothing_is_kept_where_nothing_is_whole(tmp_path, ctrl_c):
    ctrl_c(FIRST)
    callback = neurflow()
    train(tmp_path, callback)
    assert callback.snapshots == callback.snapshot_paths == ()


def test_one_process_of_several_keeps_nothing(tmp_path, ctrl_c, monkeypatch):
    ctrl_c(SECOND)
    monkeypatch.setattr(callback_module, "rank_and_processes", lambda: (0, 2))
    callback = neurflow()
    train(tmp_path, callback)
    assert callback.snapshots == callback.snapshot_paths == ()


def test_an_error_takes_nothing_from_the_interrupt(tmp_path, ctrl_c):
    ctrl_c(SECOND)
    (tmp_path / "taken").write_text("a file, no folder")
    callback = neurflow(on_error="raise", dirpath=str(tmp_path / "taken"))
    with pytest.warns(UserWarning, match="keeping the circuits that were whole failed"):
        train(tmp_path, callback)
    assert callback.snapshot_paths == ()


class Interrupting(Callback):
    """Presses Ctrl-C where the callback would analyse."""

    def on_validation_epoch_end(self, trainer, pl_module):
        if not trainer.sanity_checking:
            os.kill(os.getpid(), signal.SIGINT)


@pytest.mark.parametrize("target", [FIRST, SECOND])
def test_no_trace_of_an_interrupt(target, tmp_path, ctrl_c):
    ctrl_c(target)
    without = footprint(*train(tmp_path, Interrupting()))
    with_it = footprint(*train(tmp_path, neurflow()))
    assert differences(with_it, without) == []


def test_no_trace_of_an_interrupt_in_the_middle_of_a_pass(tmp_path, ctrl_c_in_forward):
    without = footprint(*train(tmp_path, Interrupting()))
    with_it = footprint(*train(tmp_path, neurflow()))
    assert differences(with_it, without) == []
