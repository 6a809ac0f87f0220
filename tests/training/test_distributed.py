import dataclasses
import pickle

import pytest

from factories import make_snapshot
from neurflow_lightning.errors import NeurFlowError
from neurflow_lightning.storage import encode
from neurflow_lightning.training import distributed
from neurflow_lightning.training.distributed import (
    Outcome,
    attempt,
    merge_snapshots,
    packed,
    settle,
    share,
)


@pytest.fixture
def answers(monkeypatch):
    """What rank 1 answers in every exchange; rank 0 is this process."""
    other = []
    monkeypatch.setattr(distributed, "gathered", lambda value: [value, *other])
    return other


def test_values_come_by_rank(answers):
    answers.append(("theirs", None))
    assert settle(Outcome("ours")) == ("ours", "theirs")


def test_an_error_elsewhere_is_raised_here_and_names_its_rank(answers):
    answers.append((None, (RuntimeError, "ZeroDivisionError: division by zero")))
    with pytest.raises(RuntimeError, match="On rank 1: ZeroDivisionError: division by zero"):
        settle(Outcome("ours"))


def test_a_wrong_argument_elsewhere_is_one_here(answers):
    answers.append((None, (NeurFlowError, "No such layer.")))
    with pytest.raises(NeurFlowError, match="On rank 1: No such layer"):
        settle(Outcome("ours"))


def test_an_own_error_is_raised_only_after_the_exchange(answers, monkeypatch):
    exchanged = []
    monkeypatch.setattr(
        distributed, "gathered", lambda value: exchanged.append(value) or [value, ("theirs", None)]
    )
    with pytest.raises(ZeroDivisionError):
        settle(attempt(lambda: 1 / 0))
    assert exchanged == [(None, (RuntimeError, "ZeroDivisionError: division by zero"))]


def test_an_interrupt_is_not_caught():
    def interrupted():
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        attempt(interrupted)


def test_shares_are_even_and_whole():
    shares = [share(range(7), rank, 3) for rank in range(3)]
    assert shares == [(0, 3, 6), (1, 4), (2, 5)]


def test_snapshots_travel_frozen_and_whole():
    sent = make_snapshot()
    received = pickle.loads(packed(("beside", sent)))[1]
    assert encode(received) == encode(sent)
    assert not received.circuits[0].neurons[0].concept.patches.flags.writeable


def test_shares_merge_to_the_snapshot_of_one_process():
    whole = make_snapshot(targets=3)
    parts = [
        dataclasses.replace(
            whole,
            circuits=whole.circuits[rank::2],
            thumbnails=dict(list(whole.thumbnails.items())[rank::2]),
            images=dict(list(whole.images.items())[rank::2]),
        )
        for rank in range(2)
    ]
    targets = [circuit.target for circuit in whole.circuits]
    assert encode(merge_snapshots([*parts, None], targets)) == encode(whole)
