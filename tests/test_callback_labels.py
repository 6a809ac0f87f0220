"""Names of neuron groups in a training, and in what it wrote after it has ended."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from lightning.pytorch import Callback
from lightning.pytorch.loggers import TensorBoardLogger
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

from neurflow_lightning.applications.labelling import Description, label_snapshot, save_labels
from neurflow_lightning.applications.labelling.collection import Labels
from neurflow_lightning.cli import main
from neurflow_lightning.cli.exporting import opened_events
from neurflow_lightning.storage import load_snapshot
from neurflow_lightning.tensorboard_plugin.checking import unpack_graph
from tensorboards import PATIENCE, tensorboard
from trainings import fit, neurflow


class Namer:
    source = "namer"

    def describe(self, question):
        return Description(f"<b>{question.group.number}</b>")


def name_all(folder, path):
    new = label_snapshot(load_snapshot(path), Namer())
    save_labels(f"{folder}/labels.json", Labels(), new)


def written(log_dir, tag="neurflow_tab/graph"):
    events = EventAccumulator(str(log_dir), size_guidance={"tensors": 0}).Reload()
    return [unpack_graph(one.tensor_proto.string_val[1]) for one in events.Tensors(tag)]


def shown(log_dir):
    """As the tab reads it."""
    experiment, asked = opened_events(str(log_dir))
    (run,) = experiment.runs(asked)
    return [experiment.detail(asked, run, step) for step in experiment.steps(asked, run)]


def names(graph):
    return [group["label"] for target in graph["targets"] for group in target["groups"]]


class Somebody(Callback):
    """Names the groups of the first snapshot while the training goes on."""

    def on_train_epoch_start(self, trainer, pl_module):
        if trainer.current_epoch == 1:
            (path,) = Path(trainer.log_dir).rglob("*.safetensors")
            name_all(path.parent, path)


def test_mistakes_are_told_with_the_names(tmp_path):
    callback = neurflow(debug_images=2)
    logger = TensorBoardLogger(tmp_path)
    fit(tmp_path, Somebody(), callback, logger=logger, max_epochs=2)
    for one in callback.mistakes:
        told = {label.name for groups in one.report.labels.values() for label in groups.values()}
        assert "<b>0</b>" in told
    events = EventAccumulator(logger.log_dir, size_guidance={"tensors": 0}).Reload()
    texts = [
        one.tensor_proto.string_val[0].decode()
        for one in events.Tensors("neurflow_mistakes/groups")
    ]
    assert "&lt;b&gt;" not in texts[0]
    assert "<b>" not in texts[1]
    assert "&lt;b&gt;" in texts[1]


def test_a_training_takes_names_up(tmp_path):
    logger = TensorBoardLogger(tmp_path)
    fit(tmp_path, neurflow(), Somebody(), logger=logger, max_epochs=3)
    first, *others = written(logger.log_dir)
    assert set(names(first)) == {None}
    told = [name for one in others for name in names(one) if name is not None]
    assert told, "no group of the first snapshot lasts: choose another training"
    assert all(name.startswith("<b>") for name in told)
    events = EventAccumulator(logger.log_dir, size_guidance={"tensors": 0}).Reload()
    tables = [tag for tag in events.Tags()["tensors"] if "/table" in tag]
    texts = [one.tensor_proto.string_val[0] for tag in tables for one in events.Tensors(tag)]
    assert any(b"&lt;b&gt;" in text for text in texts)
    assert not any(b"<b>" in text for text in texts)


def test_labels_that_are_none_do_not_stop_a_training(tmp_path):
    (tmp_path / "snapshots").mkdir()
    (tmp_path / "snapshots" / "labels.json").write_text("{")
    callback = neurflow(dirpath=tmp_path / "snapshots", on_error="warn")
    logger = TensorBoardLogger(tmp_path)
    with pytest.warns(UserWarning, match="reading the names of neuron groups"):
        fit(tmp_path, callback, logger=logger)
    assert len(written(logger.log_dir)) == len(callback.snapshots) > 0


def test_names_go_into_the_tab_after_a_training(tmp_path, capsys):
    logger, callback = TensorBoardLogger(tmp_path), neurflow()
    fit(tmp_path, callback, logger=logger, max_epochs=2)
    logger.finalize("success")
    before = shown(logger.log_dir)
    folder = Path(logger.log_dir) / "neurflow"
    paths = sorted(folder.glob("*.safetensors"))
    assert len(paths) == 2
    name_all(folder, paths[0])
    assert main(["label", str(folder), "--tab", logger.log_dir]) == 0
    assert "with other names than before" in capsys.readouterr().out
    after = shown(logger.log_dir)
    unnamed = [name for name in names(after[0]) if name is None]
    targets = [group for one in callback.snapshots[0].circuits for group in one.groups[:1]]
    assert len(unnamed) == len(targets)  # their name is the class's
    for one, other in zip(before, after, strict=True):
        # The training's time, and yet another, by which an open tab knows that it is to be read.
        assert 0 < other["wall_time"] - one["wall_time"] < 1e-4
        for graph in (one, other):
            graph.pop("wall_time")
            for target in graph["targets"]:
                for group in target["groups"]:
                    group.pop("label")
        assert json.dumps(one) == json.dumps(other)
    # The same once more writes nothing.
    files = set(Path(logger.log_dir).iterdir())
    assert main(["label", str(folder), "--tab", logger.log_dir]) == 0
    assert capsys.readouterr().out.endswith("0 records with other names than before\n")
    assert set(Path(logger.log_dir).iterdir()) == files


@pytest.mark.parametrize("fast", [True, False], ids=["rust", "python"])
def test_a_real_tensorboard_shows_the_names_at_the_training_s_times(tmp_path, fast):
    logger = TensorBoardLogger(tmp_path / "logs", name="", version="run")
    fit(tmp_path, neurflow(), logger=logger, max_epochs=3)
    logger.finalize("success")
    before = [one["wall_time"] for one in shown(logger.log_dir)]
    folder = Path(logger.log_dir) / "neurflow"
    name_all(folder, min(folder.glob("*.safetensors")))
    assert main(["label", str(folder), "--tab", logger.log_dir]) == 0
    (tmp_path / "board").mkdir()
    with tensorboard(tmp_path / "logs", tmp_path / "board", fast=fast) as board:
        series = board.wait_for("run", 3)["snapshots"]
        end = time.monotonic() + PATIENCE  # the training's file may be read before the names'
        while not any(names(series[0])) and time.monotonic() < end:
            time.sleep(0.2)
            series = board.wait_for("run", 3)["snapshots"]
    assert any(names(series[0]))
    assert [one["wall_time"] for one in series] == pytest.approx(before, rel=0, abs=1e-4)


def test_no_records_there(tmp_path, capsys):
    logger, callback = TensorBoardLogger(tmp_path), neurflow()
    fit(tmp_path, callback, logger=logger, max_epochs=1)
    folder = Path(logger.log_dir) / "neurflow"
    (tmp_path / "empty").mkdir()
    assert main(["label", str(folder), "--tab", str(tmp_path / "empty")]) == 2
    assert "No records of the NeurFlow tab" in capsys.readouterr().err
