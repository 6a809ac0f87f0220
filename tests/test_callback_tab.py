"""The records of the NeurFlow tab that a training writes."""

import pytest
from lightning.pytorch.callbacks import ModelCheckpoint
from lightning.pytorch.loggers import CSVLogger, TensorBoardLogger
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

from neurflow_lightning import callback as callback_module
from neurflow_lightning.evolution.lineage import Lineage
from neurflow_lightning.render.record import LARGE_BYTES
from neurflow_lightning.storage import load_snapshot
from neurflow_lightning.tensorboard_plugin.checking import unpack_graph
from neurflow_lightning.training import evolving, messages
from trainings import Classifier, fit, loader, neurflow, trainer

GRAPH = "neurflow_tab/graph"


def events_of(folder):
    return EventAccumulator(str(folder), size_guidance={"tensors": 0, "scalars": 0}).Reload()


def records(logger, tag=GRAPH):
    """The graphs that were logged, in order."""
    events = events_of(logger.log_dir)
    found = [unpack_graph(one.tensor_proto.string_val[1]) for one in events.Tensors(tag)]
    assert [one["step"] for one in found] == [one.step for one in events.Tensors(tag)]
    return found


def ids_of(graph):
    return [group["lineage"] for target in graph["targets"] for group in target["groups"]]


@pytest.fixture
def failing(monkeypatch):
    """Every comparison fails."""

    def raised(*_, **__):
        raise ZeroDivisionError("on purpose")

    monkeypatch.setattr(evolving, "measure_drift", raised)


def test_every_snapshot_is_there_at_the_step_of_its_file_with_what_changed(tmp_path):
    logger, callback = TensorBoardLogger(tmp_path), neurflow()
    fit(tmp_path, callback, logger=logger, max_epochs=3)
    graphs = records(logger)
    assert [one["step"] for one in graphs] == [6, 12, 18]
    assert [load_snapshot(path).step for path in callback.snapshot_paths] == [6, 12, 18]
    scalars = events_of(logger.log_dir).Scalars("neurflow/seconds")
    assert [one.step for one in scalars] == [5, 11, 17]  # Lightning's own count
    assert [one["epoch"] for one in graphs] == [0, 1, 2]
    assert [one["since"] for one in graphs] == [None, 6, 12]
    assert graphs[0]["targets"][0]["drift"] is None
    for graph, report in zip(graphs[1:], callback.drift, strict=True):
        told = {one["target"]: one["drift"]["verdict"] for one in graph["targets"]}
        assert told == {one.target: one.verdict for one in report.targets}


def test_ids_of_groups_stay_the_same_over_the_run(tmp_path):
    logger, callback = TensorBoardLogger(tmp_path), neurflow()
    fit(tmp_path, callback, logger=logger, max_epochs=3)
    lineage = Lineage()
    for graph, snapshot in zip(records(logger), callback.snapshots, strict=True):
        lineage, _ = lineage.advance(snapshot)
        for target in graph["targets"]:
            ids = {(one.layer, one.number): n for one, n in lineage.ids(target["target"]).items()}
            told = {(one["layer"], one["number"]): one["lineage"] for one in target["groups"]}
            assert {place: number for place, number in told.items() if number is not None} == ids


def test_where_comparing_failed_the_snapshot_is_there_without_drift_and_ids(tmp_path, failing):
    logger = TensorBoardLogger(tmp_path)
    with pytest.warns(UserWarning, match="on purpose"):
        fit(tmp_path, neurflow(on_error="warn"), logger=logger)
    first, second = records(logger)
    assert any(one["lineage"] is not None for one in first["targets"][0]["groups"])
    assert second["targets"][0]["drift"] is second["since"] is None
    assert {one["lineage"] for one in second["targets"][0]["groups"]} == {None}


def test_a_resumed_run_goes_on_from_the_record_before_it(tmp_path):
    keep = ModelCheckpoint(tmp_path, filename="{step}", save_top_k=-1)
    whole = TensorBoardLogger(tmp_path, version="whole")
    fit(tmp_path, neurflow(), keep, logger=whole, max_epochs=4, enable_checkpointing=True)
    resumed = TensorBoardLogger(tmp_path, version="resumed")
    fit(tmp_path, neurflow(), logger=resumed, max_epochs=4, ckpt_path=tmp_path / "step=12.ckpt")
    kept = [one["since"] for one in records(whole)]
    assert kept == [None, 6, 12, 18]
    assert [(one["step"], one["since"]) for one in records(resumed)] == [(18, 12), (24, 18)]
    same = 0
    for one, other in zip(records(resumed), records(whole)[2:], strict=True):
        pairs = list(zip(ids_of(one), ids_of(other), strict=True))
        # The resumed training shuffles otherwise: a group may be stable in one of them alone.
        known = [pair for pair in pairs if None not in pair]
        assert all(id_ == other_id for id_, other_id in known)
        same += len(known)
    assert same


def test_a_second_fit_begins_anew(tmp_path):
    callback = neurflow()
    for version in ("one", "two"):
        logger = TensorBoardLogger(tmp_path, version=version)
        fit(tmp_path, callback, logger=logger)
        assert [one["since"] for one in records(logger)] == [None, 6]


def test_in_validate_a_record_is_written_without_a_comparison(tmp_path):
    logger = TensorBoardLogger(tmp_path)
    used = trainer(tmp_path, neurflow(on_validate=True), logger=logger)
    used.validate(Classifier(), loader(), verbose=False)
    (graph,) = records(logger)
    assert graph["targets"][0]["drift"] is None


def test_a_validation_after_a_training_leaves_what_was_told_of_the_step(tmp_path):
    logger, callback = TensorBoardLogger(tmp_path), neurflow(on_validate=True, debug_images=1)
    used, model = fit(tmp_path, callback, logger=logger)
    used.validate(model, loader(), verbose=False)
    graphs = records(logger)
    assert [one["step"] for one in graphs] == [6, 12]
    assert graphs[-1]["targets"][0]["drift"] is not None
    mistakes = events_of(logger.log_dir).Tensors("neurflow_tab/mistakes")
    assert [one.step for one in mistakes] == [6, 12]


def test_several_callbacks_have_tags_of_their_own(tmp_path):
    logger = TensorBoardLogger(tmp_path)
    two = [neurflow(targets=[0]), neurflow(targets=[2], dirpath=tmp_path / "second")]
    fit(tmp_path, *two, logger=logger)
    for tag, target in ((GRAPH, 0), (f"{GRAPH}_2", 2)):
        graphs = records(logger, tag)
        assert len(graphs) == 2
        assert {one["target"] for graph in graphs for one in graph["targets"]} == {target}


def test_no_record_is_made_for_loggers_that_take_none(tmp_path, monkeypatch):
    monkeypatch.setattr(callback_module, "make_record", None)
    fit(tmp_path, neurflow(), logger=CSVLogger(tmp_path))


def test_an_error_in_making_a_record_does_not_end_the_training(tmp_path, monkeypatch):
    monkeypatch.setattr(callback_module, "make_record", None)
    with pytest.warns(UserWarning, match="NeurFlow tab"):
        used, _ = fit(tmp_path, neurflow(on_error="warn"), logger=TensorBoardLogger(tmp_path))
    assert used.state.finished


def test_large_records_are_told_once(tmp_path, monkeypatch, recwarn):
    monkeypatch.setattr(messages, "LARGE_BYTES", 10)
    fit(tmp_path, neurflow(), logger=TensorBoardLogger(tmp_path), max_epochs=3)
    told = [str(one.message) for one in recwarn if "event file" in str(one.message)]
    assert len(told) == 1
    assert "MB in TensorBoard's event file" in told[0]


def test_how_large_a_record_may_be_before_it_is_told():
    assert messages.large_record(LARGE_BYTES) is None
    assert "0.6 MB" in messages.large_record(600_000)


def test_checkpoints_of_before_there_were_records_can_be_resumed(tmp_path):
    callback = neurflow()
    fit(tmp_path, callback)
    state = callback.state_dict()
    del state["recorded_step"]
    neurflow().load_state_dict(state)
