from types import SimpleNamespace

import numpy as np
import pytest

from neurflow_lightning.errors import ConfigError
from neurflow_lightning.training.budget import Budget, Meter, expected_cost


@pytest.fixture
def clock():
    return SimpleNamespace(now=100.0)


def metered(clock, max_overhead=None, **booked):
    return Meter(Budget(max_overhead, **booked), lambda: clock.now)


@pytest.mark.parametrize("wrong", [0, -0.1, 1.01, 5, float("nan"), True, "0.05"])
def test_wrong_shares_are_named(wrong):
    with pytest.raises(ConfigError, match=r"max_overhead=.*wanted a share of the training time"):
        Budget(wrong)


@pytest.mark.parametrize("share", [None, 1, 1.0, 0.001, np.float64(0.05)])
def test_shares_up_to_the_whole_training_are_taken(share):
    assert Budget(share).max_overhead == share


def test_own_work_and_the_next_analysis_must_fit_into_the_share():
    budget = Budget(0.5, trained=10.0, spent=2.0)
    assert budget.allows(3.0)
    assert not budget.allows(3.1)
    assert not Budget(0.5).allows(0.1)


def test_without_a_bound_everything_is_allowed():
    assert Budget(None, trained=0.0, spent=1e9).allows(1e9)
    assert Budget(None).training_for(5.0) == 0.0


def test_before_the_first_second_of_training_the_overhead_is_infinite():
    assert Budget(None, spent=1.0).overhead == float("inf")


@pytest.mark.parametrize(
    ("targets", "processes", "cost"), [(1, 1, 12), (3, 1, 12), (3, 2, 8), (4, 2, 6), (2, 8, 6)]
)
def test_the_process_with_most_targets_decides_what_an_analysis_costs(targets, processes, cost):
    assert expected_cost(12.0, targets, processes) == pytest.approx(cost)


def test_time_is_booked_as_training_or_own_work(clock):
    meter = metered(clock)
    clock.now += 1  # nothing has begun
    with meter.own_work():
        clock.now += 2  # as planning does before the training
    clock.now += 4
    meter.start_training()
    clock.now += 8
    with meter.own_work():
        clock.now += 16
    clock.now += 32
    budget = meter.read()
    assert (budget.trained, budget.spent) == (8 + 32, 2 + 16)
    assert budget.overhead == 18 / 40


@pytest.mark.parametrize("error", [ZeroDivisionError, KeyboardInterrupt])
def test_own_work_that_fails_was_own_work(error, clock):
    meter = metered(clock)
    meter.start_training()
    with pytest.raises(error), meter.own_work():
        clock.now += 3
        raise error
    clock.now += 5
    assert (meter.read().spent, meter.read().trained) == (3, 5)


def test_what_passes_between_two_trainings_is_neither(clock):
    meter = metered(clock)
    meter.start_training()
    clock.now += 1
    meter.read()
    clock.now += 100  # the training ended by an error that nobody told of
    meter.stop()
    clock.now += 100
    meter.start_training()
    clock.now += 1
    assert meter.read() == Budget(None, trained=2.0)


def test_an_analysis_tells_what_the_next_one_costs(clock):
    meter = metered(clock)
    with meter.own_work():
        clock.now += 1
        with meter.analysis():
            clock.now += 7
        clock.now += 1
    assert meter.read() == Budget(None, spent=9.0, last_cost=7.0)


def test_an_analysis_that_fails_is_paid_and_tells_no_cost(clock):
    meter = metered(clock, last_cost=7.0, owed=True)
    with pytest.raises(ZeroDivisionError), meter.own_work(), meter.analysis():
        clock.now += 2
        raise ZeroDivisionError
    assert meter.read() == Budget(None, spent=2.0, last_cost=7.0)


def test_what_is_put_off_is_owed_until_it_is_made(clock):
    meter = metered(clock, 0.05)
    meter.put_off(due=True)
    meter.put_off(due=False)
    assert (meter.budget.put_off, meter.budget.owed) == (1, True)
    with meter.own_work(), meter.analysis():
        assert not meter.budget.owed
    assert (meter.budget.put_off, meter.budget.owed) == (1, False)


def test_the_state_is_plain_and_complete():
    budget = Budget(0.1, 1.0, 2.0, 3.0, 4, True)
    state = budget.state()
    assert {type(value) for value in state.values()} <= {int, float, bool}
    assert Budget(0.1, **state) == budget


@pytest.mark.parametrize("cost", [0.01, 0.7, 3.0, 40.0])
@pytest.mark.parametrize("share", [0.02, 0.05, 0.5])
def test_a_long_training_spends_its_share_and_no_more(share, cost, clock):
    """Due every second: what is saved up is spent in full, so that nothing is halved."""
    meter = metered(clock, share)
    meter.start_training()
    made = 0
    for _ in range(10_000):
        clock.now += 1
        with meter.own_work():
            if meter.read().allows(cost):
                made += 1
                clock.now += cost
        assert meter.budget.overhead <= share + 1e-9
    assert made == pytest.approx(min(10_000, 10_000 * share / cost), abs=1)
