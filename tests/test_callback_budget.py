"""What the callback may take of a training's time; by its clock a training step takes a second."""

from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace

import pytest
import torch
from lightning.pytorch.callbacks import ModelCheckpoint

from neurflow_lightning import ProbeSet
from neurflow_lightning import callback as callback_module
from neurflow_lightning.core.pipeline import analyze_study
from neurflow_lightning.training import analysis
from trainings import Classifier, fit, images, neurflow

EPOCH = 6
"""Training steps, and seconds, of an epoch."""


def given():
    return ProbeSet(*images().tensors)


@pytest.fixture
def clock(monkeypatch):
    """Seconds that pass only where a test lets them pass."""
    clock = SimpleNamespace(now=0.0)
    monkeypatch.setattr(callback_module, "time", SimpleNamespace(monotonic=lambda: clock.now))
    return clock


@pytest.fixture
def costs(monkeypatch, clock):
    """Seconds that an analysis takes, and that the plan expects of one; set by each test."""
    costs = SimpleNamespace(analysis=0.0, expected=0.0, planning=0.0)
    known, plan_study = {}, analysis.plan_study

    def timed_analysis(study, *, targets, deadline, progress, epoch, step, weights):
        clock.now += costs.analysis
        if targets not in known:
            known[targets] = analyze_study(study, targets=targets)
        return replace(known[targets], epoch=epoch, step=step, weights=weights)

    def timed_plan(study):
        clock.now += costs.planning
        return replace(plan_study(study), seconds=costs.expected)

    monkeypatch.setattr(analysis, "analyze_study", timed_analysis)
    monkeypatch.setattr(analysis, "plan_study", timed_plan)
    return costs


@pytest.fixture
def trained(tmp_path, clock):
    """Trains by the clock; gives the steps at which there were analyses."""

    class Ticking(Classifier):
        def training_step(self, batch, batch_idx):
            clock.now += 1
            return super().training_step(batch, batch_idx)

    def steps(callback, *others, **settings):
        fit(tmp_path, callback, *others, model=Ticking(), **settings)
        return [one.step for one in callback.snapshots]

    return steps


def said(recwarn):
    return [str(one.message) for one in recwarn if "NeurFlow" in str(one.message)]


# --- when ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("schedule", "settings", "cost", "expected"),
    [
        ({}, {}, 6, [12, 24, 36]),
        ({}, {}, 3, [6, 12, 18, 24, 30, 36]),
        ({}, {}, 5, [12, 24, 30]),
        ({"every_n_epochs": 2}, {}, 9, [18, 36]),
        ({"every_n_epochs": 3}, {"val_check_interval": 0.5}, 11, [24]),
        ({"every_n_train_steps": 4}, {}, 3, [6, 12, 18, 24, 30, 36]),
        ({"every_n_train_steps": 4}, {}, 4, [8, 16, 24, 32]),
        ({"every_n_train_steps": 12}, {}, 13, [30]),
        ({"train_time_interval": timedelta(seconds=10)}, {}, 6, [12, 24, 36]),
        ({}, {"limit_val_batches": 0}, 6, [12, 24, 36]),
        ({"every_n_train_steps": 9}, {"limit_val_batches": 0}, 5, [12, 24, 30]),
    ],
)
def test_the_schedule_is_stretched_to_what_can_be_paid(
    schedule, settings, cost, expected, trained, costs
):
    costs.analysis = costs.expected = cost
    callback = neurflow(max_overhead=0.5, probes=given(), **schedule)
    assert trained(callback, max_epochs=6, **settings) == expected


def test_without_a_bound_the_schedule_holds(trained, costs):
    costs.analysis = costs.expected = 1e6
    assert trained(neurflow(max_overhead=None)) == [6, 12]


def test_first_the_plan_tells_the_cost_and_then_the_last_analysis(trained, costs):
    costs.expected, costs.analysis = 0.5, 6.0
    assert trained(neurflow(max_overhead=0.5), max_epochs=5) == [6, 24]


def test_a_plan_is_for_one_process_and_its_cost_is_shared(trained, costs, monkeypatch):
    """Two targets on two processes take half of the time, and one takes all of it."""
    costs.expected = 4.0
    processes = SimpleNamespace(count=1)
    monkeypatch.setattr(callback_module, "rank_and_processes", lambda: (0, processes.count))
    assert trained(neurflow(max_overhead=0.5, probes=given())) == [12]
    processes.count = 2
    assert trained(neurflow(max_overhead=0.5, probes=given())) == [6, 12]
    assert trained(neurflow(max_overhead=0.5, probes=given(), targets=[0])) == [12]


def test_a_dry_run_shows_an_analysis_whatever_it_costs(trained, costs):
    costs.expected = 1e6
    assert len(trained(neurflow(max_overhead=0.05), fast_dev_run=True)) == 1


def test_all_that_the_callback_does_is_its_own_work(trained, costs, clock, monkeypatch):
    def showing(*_, **__):
        clock.now += 1
        return ()

    monkeypatch.setattr(callback_module, "publish_snapshot", showing)
    monkeypatch.setattr(callback_module, "publish_concept_vectors", showing)
    monkeypatch.setattr(callback_module, "save_snapshot", showing)
    costs.planning, costs.analysis = 10.0, 100.0
    callback = neurflow(max_overhead=None)
    trained(callback)
    budget = callback.state_dict()["budget"]
    # After the first validation, planning; twice: analysed, written, shown.
    assert budget["spent"] == 10 + 2 * (100 + 1 + 1) + 1
    assert budget["last_cost"] == 102
    assert budget["trained"] == 2 * EPOCH


def test_an_analysis_that_fails_is_paid_too(trained, costs, clock, monkeypatch):
    def failing(*_, **__):
        clock.now += 4
        raise ZeroDivisionError

    monkeypatch.setattr(analysis, "analyze_study", failing)
    callback = neurflow(max_overhead=0.5, on_error="warn")
    with pytest.warns(UserWarning, match="ZeroDivisionError"):
        trained(callback, max_epochs=1)
    budget = callback.state_dict()["budget"]
    assert (budget["spent"], budget["last_cost"], budget["owed"]) == (4, None, False)


def test_a_second_training_begins_with_nothing_spent(trained, costs):
    costs.analysis = costs.expected = 6
    callback = neurflow(max_overhead=0.5)
    assert trained(callback, max_epochs=2) == [12]
    assert trained(callback, max_epochs=3) == [12]


# --- resuming --------------------------------------------------------------------------------


def test_what_was_trained_and_owed_before_a_resume_counts(trained, costs, tmp_path):
    """The third epoch alone could not pay, and alone would not be due."""
    costs.analysis = costs.expected = 9
    every = ModelCheckpoint(tmp_path, filename="{step}", save_top_k=-1)
    arguments = {"max_overhead": 0.5, "every_n_epochs": 2}
    assert trained(neurflow(**arguments), every, max_epochs=2, enable_checkpointing=True) == []
    path = tmp_path / "step=12.ckpt"
    assert trained(neurflow(**arguments), max_epochs=3, ckpt_path=path) == [18]


def test_what_is_booked_loads_with_weights_only(trained, costs, tmp_path):
    costs.analysis = costs.expected = 6
    every = ModelCheckpoint(tmp_path, filename="{step}", save_top_k=-1)
    callback = neurflow(max_overhead=0.5)
    trained(callback, every, max_epochs=3, enable_checkpointing=True)
    booked = [
        torch.load(tmp_path / f"step={step}.ckpt", weights_only=True)["callbacks"]
        for step in (6, 12, 18)
    ]
    usual = {"trained": 18.0, "spent": 6.0, "last_cost": 6.0, "put_off": 2, "owed": True}
    assert [one[callback.state_key]["budget"] for one in booked] == [
        {**usual, "trained": 6.0, "spent": 0.0, "last_cost": None, "put_off": 1},
        {**usual, "trained": 12.0, "put_off": 1, "owed": False},
        usual,
    ]


# --- said and logged -------------------------------------------------------------------------


def test_that_analyses_are_put_off_is_said_once(trained, costs, recwarn):
    costs.analysis = costs.expected = 13
    trained(neurflow(max_overhead=0.5), max_epochs=6)
    (warning,) = said(recwarn)
    assert "it costs about 13 s. max_overhead=0.5 allows 3.0 s so far" in warning
    assert "about one analysis in 26 s of training, at most every epoch" in warning


def test_at_the_end_it_is_said_how_often_one_had_to_wait(trained, costs, caplog):
    costs.analysis = costs.expected = 6
    with caplog.at_level("INFO"):
        trained(neurflow(max_overhead=0.5, verbose=True), max_epochs=5)
    assert "every epoch, as far as 50% of the training time allow it" in caplog.text
    assert "analysed 2 times; 3 times an analysis was due and had to wait" in caplog.text
    assert "12 s, 40% of the training time" in caplog.text


def test_the_report_says_how_much_training_pays_for_an_analysis(trained, costs, caplog):
    costs.expected = 6
    with caplog.at_level("INFO"):
        trained(neurflow(max_overhead=0.05, verbose=True, probes=given()), max_epochs=1)
    assert "budget: 2 min of training pay for one (max_overhead)" in caplog.text


def test_a_training_too_short_for_its_first_analysis_learns_the_way_out(trained, costs, recwarn):
    costs.expected = 60
    assert trained(neurflow(max_overhead=0.05)) == []
    assert "puts an analysis off" in said(recwarn)[0]
    assert "analysed nothing in this training: one analysis costs about 60 s" in said(recwarn)[1]
    assert "after 20 min of training, and there were 12 s. It was due 2 times" in said(recwarn)[1]
    assert "None: no bound" in said(recwarn)[1]
    assert len(said(recwarn)) == 2


def test_the_overhead_so_far_is_logged(tmp_path, clock, costs, trained):
    costs.analysis, logged = 3, []

    class Reading(ModelCheckpoint):
        def on_validation_end(self, trainer, pl_module):
            if not trainer.sanity_checking:
                logged.append(trainer.callback_metrics["neurflow/overhead"].item())

    trained(neurflow(), Reading(tmp_path), enable_checkpointing=True)
    assert logged == [3 / 6, 6 / 12]
