"""What changes from snapshot to snapshot of a real training: logged, told, kept over a resume."""

import pickle
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace

import pytest
import torch
from lightning.pytorch.callbacks import EarlyStopping, ModelCheckpoint
from lightning.pytorch.loggers import TensorBoardLogger
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

from flipping import flipped
from neurflow_lightning import NeurFlowCallback
from neurflow_lightning import callback as callback_module
from neurflow_lightning.core.pipeline import analyze_study
from neurflow_lightning.evolution.comparing import measure_drift
from neurflow_lightning.evolution.noise import quantile
from neurflow_lightning.regression.checking import baseline_null
from neurflow_lightning.render.tags import drift_scalars
from neurflow_lightning.training import analysis, evolving
from trainings import LAYERS, SMALL, Classifier, fit, loader, neurflow, trainer

EDGES = "neurflow/0/net.second/edge_drift"


class Telling(NeurFlowCallback):
    """Keeps the changes that it is told of."""

    def __init__(self, **settings):
        usual = {"layers": LAYERS, "targets": [0, 2], "config": SMALL, "on_error": "raise"}
        super().__init__(**{**usual, "max_overhead": None, "verbose": False, **settings})
        self.told = []

    def on_circuit_change(self, report):
        self.told.append(report)


@pytest.fixture
def staged(monkeypatch):
    """One real analysis stands for all; at the steps in ``turned`` its edges are of other sign."""
    stage, known = SimpleNamespace(turned=()), {}

    def stand_in(study, *, targets, deadline, progress, epoch, step, weights):
        if targets not in known:
            known[targets] = analyze_study(study, targets=targets)
        found = flipped(known[targets]) if step in stage.turned else known[targets]
        return replace(found, epoch=epoch, step=step, weights=weights)

    monkeypatch.setattr(analysis, "analyze_study", stand_in)
    return stage


@pytest.fixture
def incomparable(monkeypatch):
    """Every comparison fails; counts them."""
    calls = []

    def failing(*_, **__):
        calls.append(1)
        raise ZeroDivisionError("on purpose")

    monkeypatch.setattr(evolving, "measure_drift", failing)
    return calls


def own(metrics):
    return {tag: float(value) for tag, value in metrics.items() if tag.startswith("neurflow/")}


# --- reports and logs ------------------------------------------------------------------------


def test_each_snapshot_is_compared_with_the_one_before(tmp_path):
    callback = neurflow()
    fit(tmp_path, callback, max_epochs=3)
    assert len(callback.drift) == 2
    for (before, after), report in zip(pairwise(callback.snapshots), callback.drift, strict=True):
        nulls = baseline_null(before), baseline_null(after)
        expected = measure_drift(before, after, null=nulls, matching="neurons")
        assert (report.before, report.after) == (expected.before, expected.after)
        assert report.matching == "neurons"
        assert repr([one.drifts for one in report.targets]) == repr(
            [one.drifts for one in expected.targets]
        )
        assert any(drift.value > 0 for _, drift in report.all_drifts())


def test_every_drift_is_logged_beside_its_null(tmp_path):
    callback = neurflow()
    used, _ = fit(tmp_path, callback)
    logged = own(used.callback_metrics)
    report = callback.drift[-1]
    expected = drift_scalars(report, callback.snapshots[-1])
    assert {tag: logged.get(tag) for tag in expected} == pytest.approx(expected)
    assert logged[EDGES] == pytest.approx(report.targets[0].drift("edge_drift", "net.second").value)
    place = 0, "edge_drift", "net.second"
    nulls = [baseline_null(one).values[place] for one in callback.snapshots]
    assert logged[f"{EDGES}_null"] == pytest.approx(max(map(quantile, nulls)))
    largest = max(d.value for _, d in report.all_drifts() if d.measure == "edge_drift")
    assert logged["neurflow/edge_drift"] == pytest.approx(largest)


def test_the_first_snapshot_is_a_change_from_nothing(tmp_path, staged):
    callback = neurflow()
    used, _ = fit(tmp_path, callback, max_epochs=1)
    logged = own(used.callback_metrics)
    assert logged["neurflow/edge_drift"] == 1.0
    assert EDGES not in logged
    assert callback.drift == ()


def test_scalars_and_tables_stand_at_the_steps_of_log(tmp_path, staged):
    logger = TensorBoardLogger(tmp_path)
    staged.turned = (12,)
    fit(tmp_path, neurflow(), logger=logger)
    events = EventAccumulator(logger.log_dir, size_guidance={"tensors": 0, "scalars": 0}).Reload()
    assert [one.step for one in events.Scalars("neurflow/edge_drift")] == [5, 11]
    assert [one.value for one in events.Scalars("neurflow/edge_drift")] == [1.0, 1.0]
    assert [one.step for one in events.Scalars(EDGES)] == [11]
    assert [one.step for one in events.Scalars(f"{EDGES}_null")] == [11]
    (table,) = events.Tensors("neurflow/0/drift")
    assert table.step == 11
    text = table.tensor_proto.string_val[0].decode()
    assert "| net.first → net.second | edge\\_drift | 1.000 |" in text


def test_nothing_is_compared_in_validate(tmp_path, staged):
    callback, model = neurflow(on_validate=True), Classifier()
    used = trainer(tmp_path, callback)
    for _ in range(2):
        used.validate(model, loader(), verbose=False)
    assert callback.drift == ()
    assert not any(tag.endswith("edge_drift") for tag in own(used.callback_metrics))


# --- early stopping and checkpoints ----------------------------------------------------------


def test_early_stopping_ends_a_training_whose_circuits_have_settled(tmp_path, staged):
    staged.turned = (12, 18)
    settled = EarlyStopping("neurflow/edge_drift", mode="min", stopping_threshold=0.1, patience=9)
    callback = neurflow()
    used, _ = fit(tmp_path, callback, settled, max_epochs=9)
    largest = [
        max(d.value for _, d in report.all_drifts() if d.measure == "edge_drift")
        for report in callback.drift
    ]
    assert largest == [1.0, 0.0]  # turned at step 12, the same at 18
    assert used.current_epoch == 3


def test_early_stopping_has_a_value_from_the_first_validation_on(tmp_path, staged):
    """It is strict by default: without a value it would end the training with an error."""
    patient = EarlyStopping("neurflow/edge_drift", mode="min", patience=2)
    used, _ = fit(tmp_path, neurflow(), patient, max_epochs=6)
    assert used.current_epoch == 4  # 1 from nothing, then 0 is best, and two without a better one


def test_that_it_may_stand_still_is_said_before_the_training(tmp_path, staged):
    patient = EarlyStopping("neurflow/edge_drift", strict=False)
    with pytest.warns(UserWarning, match="monitor='neurflow/edge_drift'.* the last value stands"):
        fit(tmp_path, patient, neurflow(every_n_epochs=2), max_epochs=2)


def test_checkpoints_are_ranked_by_it(tmp_path, staged):
    staged.turned = (6,)
    best = ModelCheckpoint(tmp_path / "best", monitor="neurflow/edge_drift", filename="{step}")
    fit(tmp_path, best, neurflow(), max_epochs=3, enable_checkpointing=True)
    assert best.best_model_score == 0
    assert Path(best.best_model_path).name == "step=18.ckpt"


# --- changes that last -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("turned", "told"),
    [
        ((), []),
        ((12, 18, 24), [("epoch 0, step 6", "epoch 2, step 18")]),
        ((12,), []),
        ((12, 24), [("epoch 0, step 6", "epoch 3, step 24")]),
        ((24,), []),
    ],
)
def test_a_change_that_lasts_is_told(turned, told, tmp_path, staged):
    staged.turned = turned
    callback = Telling()
    fit(tmp_path, callback, max_epochs=4)
    assert [(one.before, one.after) for one in callback.told] == told
    assert {one.verdict for one in callback.told} <= {"changed"}
    assert len(callback.drift) == 3
    assert "changed" not in {one.verdict for one in callback.drift[:1]}


def test_an_error_in_the_answer_to_a_change_is_a_warning(tmp_path, staged):
    class Breaking(NeurFlowCallback):
        def on_circuit_change(self, report):
            raise ZeroDivisionError("on purpose")

    staged.turned = (12, 18)
    settings = {"layers": LAYERS, "targets": [0], "config": SMALL, "max_overhead": None}
    with pytest.warns(UserWarning, match="on_circuit_change failed.*on purpose"):
        used, _ = fit(tmp_path, Breaking(**settings, verbose=False), max_epochs=3)
    assert used.global_step == 18
    with pytest.raises(ZeroDivisionError):
        fit(tmp_path, Breaking(**settings, on_error="raise", verbose=False), max_epochs=3)


# --- errors and costs ------------------------------------------------------------------------


def test_an_error_in_comparing_warns_once_and_training_goes_on(tmp_path, incomparable, recwarn):
    callback = neurflow(on_error="warn")
    used, _ = fit(tmp_path, callback, max_epochs=3)
    said = [str(one.message) for one in recwarn if "comparing" in str(one.message)]
    assert len(incomparable) == 2
    assert len(said) == 1
    assert "comparing with the snapshot before failed" in said[0]
    assert (used.global_step, len(callback.snapshots), callback.drift) == (18, 3, ())
    assert own(used.callback_metrics)["neurflow/edge_drift"] == 1.0


def test_an_error_in_comparing_can_be_raised(tmp_path, incomparable):
    with pytest.raises(ZeroDivisionError):
        fit(tmp_path, neurflow(on_error="raise"))


def test_a_snapshot_is_kept_before_it_is_compared(tmp_path, staged, monkeypatch):
    def interrupted(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(evolving, "measure_drift", interrupted)
    callback = neurflow()
    with pytest.raises((KeyboardInterrupt, SystemExit)):
        fit(tmp_path, callback, max_epochs=3)
    assert [Path(path).name for path in callback.snapshot_paths] == [
        "epoch=0-step=6.safetensors",
        "epoch=1-step=12.safetensors",
    ]
    assert all(Path(path).exists() for path in callback.snapshot_paths)


def test_comparing_is_paid_for_like_the_analysis(tmp_path, staged, monkeypatch):
    clock = SimpleNamespace(now=0.0)
    monkeypatch.setattr(callback_module, "time", SimpleNamespace(monotonic=lambda: clock.now))

    def slow(*arguments, **settings):
        clock.now += 7.0
        return measure_drift(*arguments, **settings)

    monkeypatch.setattr(evolving, "measure_drift", slow)
    callback = neurflow()
    fit(tmp_path, callback)
    budget = callback.state_dict()["budget"]
    assert (budget["last_cost"], budget["spent"]) == (7.0, 7.0)


# --- resuming --------------------------------------------------------------------------------


def checkpointed(folder, *callbacks, **settings):
    every = ModelCheckpoint(folder, filename="{step}", save_top_k=-1)
    return fit(folder, every, *callbacks, enable_checkpointing=True, **settings)


@pytest.mark.parametrize("step", [6, 12, 18])
def test_a_resumed_run_finds_the_same_changes(step, tmp_path, staged):
    """Ids, nulls and what is pending survive; the snapshots of before come from their files."""
    staged.turned = (12, 18, 24)
    whole, resumed = Telling(), Telling()
    checkpointed(tmp_path, whole, max_epochs=4)
    fit(tmp_path, resumed, max_epochs=4, ckpt_path=tmp_path / f"step={step}.ckpt")
    since = step // 6 - 1
    assert repr(resumed.drift) == repr(whole.drift[since:])
    late = [one for one in whole.told if int(one.after.split()[-1]) > step]
    assert repr(resumed.told) == repr(late)
    assert resumed.state_dict()["evolution"] == whole.state_dict()["evolution"]


def test_what_is_kept_in_checkpoints_is_small_and_loads_with_weights_only(tmp_path, staged):
    callback = neurflow()
    checkpointed(tmp_path, callback)
    state = torch.load(tmp_path / "step=12.ckpt", weights_only=True)
    kept = state["callbacks"][callback.state_key]["evolution"]
    assert kept == callback.state_dict()["evolution"]
    assert len(pickle.dumps(kept)) < 5_000


def test_without_the_file_of_before_the_run_begins_anew(tmp_path, staged):
    checkpointed(tmp_path, neurflow())
    for path in tmp_path.glob("neurflow/*.safetensors"):
        path.unlink()
    resumed = neurflow(on_error="warn")
    with pytest.warns(UserWarning, match="comparing with the snapshot before failed.*no such file"):
        fit(tmp_path, resumed, max_epochs=4, ckpt_path=tmp_path / "step=12.ckpt")
    assert [one.after for one in resumed.drift] == ["epoch 3, step 24"]


def test_a_second_training_begins_anew(tmp_path, staged):
    staged.turned = (12,)
    callback = Telling()
    for folder in ("one", "two"):
        fit(tmp_path / folder, callback)
        assert len(callback.drift) == 1
        assert callback.drift[0].before == "epoch 0, step 6"


def test_an_earlier_checkpoint_gives_up_what_came_after_it(tmp_path, staged):
    callback = Telling()
    checkpointed(tmp_path, callback, max_epochs=3)
    assert len(callback.drift) == 2
    fit(tmp_path, callback, max_epochs=1, ckpt_path=tmp_path / "step=6.ckpt")
    assert callback.drift == ()
