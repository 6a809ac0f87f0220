"""Ctrl-C while an analysis goes on: what is whole is kept, and the training ends as ever."""

import signal

import pytest
import torch
from lightning.pytorch import Callback
from lightning.pytorch.loggers import TensorBoardLogger
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

from neurflow_lightning import analyze, load_snapshot
from neurflow_lightning import callback as callback_module
from neurflow_lightning.errors import AnalysisInterrupted
from neurflow_lightning.training import analysis
from test_callback_no_trace import disturb
from trainings import Classifier, differences, footprint, loader, neurflow, trainer

WHOLE = [0]
"""The target whose circuit is whole when Ctrl-C comes; target 2 is not."""


@pytest.fixture(autouse=True)
def own_signals():
    """Lightning switches Ctrl-C off once it has seen one."""
    before = signal.getsignal(signal.SIGINT)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.fixture
def interrupted(monkeypatch):
    """Says which interrupt comes during each analysis; traces are left before."""

    def by(interrupt):
        def interrupting(model, probes, *, targets, progress, **settings):
            snapshot = analyze(model, probes, targets=WHOLE, **settings)
            disturb(model, probes)
            raise interrupt(snapshot)

        monkeypatch.setattr(analysis, "analyze", interrupting)

    return by


def train(folder, *callbacks, **settings):
    """A training that an interrupt ends: its trainer and its model."""
    torch.manual_seed(7)
    model, used = Classifier(), trainer(folder, *callbacks, **settings)
    with pytest.raises(SystemExit):
        used.fit(model, loader(shuffle=True), loader())
    return used, model


def test_what_is_whole_is_kept(tmp_path, interrupted, caplog):
    interrupted(AnalysisInterrupted)
    callback, logger = neurflow(), TensorBoardLogger(tmp_path)
    with caplog.at_level("INFO"):
        used, _ = train(tmp_path, callback, logger=logger)
    assert (used.global_step, used.interrupted) == (6, True)
    assert [one.step for one in callback.snapshots] == [6]
    (path,) = callback.snapshot_paths
    assert [circuit.name for circuit in load_snapshot(path).circuits] == ["0"]
    assert f"1 of 2 circuits are whole and kept in {path}, of target 0." in caplog.text
    pictures = EventAccumulator(logger.log_dir).Reload().Tags()["images"]
    assert "neurflow/0/circuit" in pictures


def test_nothing_is_kept_where_nothing_is_whole(tmp_path, interrupted):
    interrupted(lambda _: AnalysisInterrupted(None))
    callback = neurflow()
    train(tmp_path, callback)
    assert callback.snapshots == callback.snapshot_paths == ()


def test_one_process_of_several_keeps_nothing(tmp_path, interrupted, monkeypatch):
    interrupted(AnalysisInterrupted)
    monkeypatch.setattr(callback_module, "rank_and_processes", lambda: (0, 2))
    callback = neurflow()
    train(tmp_path, callback)
    assert callback.snapshots == callback.snapshot_paths == ()


def test_an_error_takes_nothing_from_the_interrupt(tmp_path, interrupted):
    interrupted(AnalysisInterrupted)
    (tmp_path / "taken").write_text("a file, no folder")
    callback = neurflow(on_error="raise", dirpath=str(tmp_path / "taken"))
    with pytest.warns(UserWarning, match="keeping the circuits that were whole failed"):
        train(tmp_path, callback)
    assert callback.snapshot_paths == ()


@pytest.mark.parametrize("interrupt", [AnalysisInterrupted, lambda _: KeyboardInterrupt()])
def test_no_trace_of_an_interrupt(interrupt, tmp_path, interrupted):
    class Interrupting(Callback):
        def on_validation_epoch_end(self, trainer, pl_module):
            if not trainer.sanity_checking:
                raise KeyboardInterrupt

    interrupted(interrupt)
    without = footprint(*train(tmp_path, Interrupting()))
    with_it = footprint(*train(tmp_path, neurflow()))
    assert differences(with_it, without) == []
