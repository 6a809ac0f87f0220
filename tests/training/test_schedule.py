from datetime import timedelta

import pytest

from neurflow_lightning.errors import ConfigError
from neurflow_lightning.training.schedule import Schedule


def moments(schedule, **values):
    return schedule.due(**{"epoch": 0, "step": 0, "last_step": 0, "seconds": 0.0, **values})


def test_every_epoch_is_the_default():
    assert [moments(Schedule(), epoch=epoch) for epoch in range(3)] == [True, True, True]


def test_epochs_are_counted_from_one():
    due = [moments(Schedule(every_n_epochs=3), epoch=epoch) for epoch in range(7)]
    assert due == [False, False, True, False, False, True, False]


def test_a_multiple_of_the_steps_is_not_missed_by_jumping_over_it():
    schedule, last, taken = Schedule(every_n_train_steps=4), 0, []
    for step in range(0, 20, 3):  # 0 3 6 9 12 15 18
        if moments(schedule, step=step, last_step=last):
            taken, last = [*taken, step], step
    assert taken == [6, 9, 12, 18]


def test_no_step_is_due_twice():
    schedule = Schedule(every_n_train_steps=4)
    assert moments(schedule, step=4, last_step=3)
    assert not moments(schedule, step=4, last_step=4)
    assert not moments(schedule, step=0, last_step=0)


def test_time_counts_from_the_last_analysis():
    schedule = Schedule(train_time_interval=timedelta(minutes=1))
    assert not moments(schedule, seconds=59.9)
    assert moments(schedule, seconds=60.0)


@pytest.mark.parametrize(
    "wrong",
    [
        {"every_n_epochs": 0},
        {"every_n_epochs": True},
        {"every_n_train_steps": -1},
        {"every_n_train_steps": 2.5},
        {"train_time_interval": timedelta(0)},
        {"train_time_interval": 60},
    ],
)
def test_wrong_rhythms_are_named(wrong):
    with pytest.raises(ConfigError, match=next(iter(wrong))):
        Schedule(**wrong)


def test_two_rhythms_exclude_each_other():
    with pytest.raises(ConfigError, match="every_n_epochs and every_n_train_steps exclude"):
        Schedule(every_n_epochs=1, every_n_train_steps=10)


@pytest.mark.parametrize(
    ("schedule", "said"),
    [
        (Schedule(), "every epoch"),
        (Schedule(every_n_epochs=2), "every 2 epochs"),
        (Schedule(every_n_train_steps=10), "every 10 training steps"),
        (Schedule(train_time_interval=timedelta(minutes=5)), "every 0:05:00"),
    ],
)
def test_it_says_itself(schedule, said):
    assert str(schedule) == said
