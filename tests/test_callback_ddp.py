"""Two processes end well, with one set of snapshots and the weights of a training without."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
import torch

from ddp_trainings import odd
from neurflow_lightning import load_snapshot
from neurflow_lightning.storage import decode
from trainings import differences, fit, neurflow

LIMIT = 240
"""Seconds after which two processes that wait for each other are given up."""


@pytest.fixture(scope="module")
def runs(tmp_path_factory):
    """(what a training left on a rank, the folder, what was printed)."""
    folder = tmp_path_factory.mktemp("ddp")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    script = Path(__file__).with_name("ddp_trainings.py")
    done = subprocess.run(
        [sys.executable, str(script), str(folder)],
        env={**os.environ, "MASTER_PORT": port, "OMP_NUM_THREADS": "1"},
        capture_output=True,
        text=True,
        timeout=LIMIT,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]

    def left(name, rank):
        return torch.load(folder / f"{name}-{rank}.pt", weights_only=False)

    return left, folder, done.stderr


@pytest.mark.parametrize("name", ["with", "failing"])
@pytest.mark.parametrize("rank", [0, 1])
def test_weights_are_those_of_a_training_without(name, rank, runs):
    left, _, _ = runs
    one, other = left("without", rank), left(name, rank)
    assert one["steps"] == other["steps"] == 6
    compared = ("weights", "optimisers", "train order", "torch")
    assert differences({key: one[key] for key in compared}, {k: other[k] for k in compared}) == []


def test_there_is_one_set_of_snapshots_on_disk(runs):
    left, folder, _ = runs
    names = ["epoch=0-step=3.safetensors", "epoch=1-step=6.safetensors"]
    assert sorted(path.name for path in (folder / "snapshots").iterdir()) == names
    paths = [str(folder / "snapshots" / name) for name in names]
    assert left("with", 0)["paths"] == left("with", 1)["paths"] == paths
    assert [one.target.index for one in load_snapshot(paths[0]).circuits] == [0, 1, 2]


def test_every_process_holds_the_same_snapshots_and_metrics(runs):
    left, _, _ = runs
    zero, one = left("with", 0), left("with", 1)
    assert len(zero["snapshots"]) == 2
    assert zero["snapshots"] == one["snapshots"]
    own = [
        {tag: value for tag, value in found["metrics"].items() if tag.startswith("neurflow/")}
        for found in (zero, one)
    ]
    assert len(own[0]) > 10
    assert own[0] == own[1]


def test_the_first_process_compares_and_every_one_learns_of_it(runs):
    left, _, _ = runs
    zero, one = left("with", 0), left("with", 1)
    assert len(zero["drift"]) == 1
    assert zero["drift"] == one["drift"]
    assert 0 < zero["metrics"]["neurflow/edge_drift"] < 1
    assert "neurflow/0/net.second/edge_drift_null" in one["metrics"]


def test_probe_images_are_those_of_one_process(runs, tmp_path):
    """25 images pad to 26: the repeated one must not be a probe image."""
    left, _, _ = runs
    alone = neurflow(targets=[0, 1, 2])
    fit(tmp_path, alone, validation=odd(), max_epochs=1)
    for rank in (0, 1):
        images, labels = left("with", rank)["probes"]
        assert torch.equal(images, alone.probes.images)
        assert torch.equal(labels, alone.probes.labels)


def test_targets_are_shared_out_and_put_together(runs):
    left, _, _ = runs
    snapshot = decode(left("with", 0)["snapshots"][-1])
    assert [circuit.target.index for circuit in snapshot.circuits] == [0, 1, 2]
    shown = {
        int(row)
        for circuit in snapshot.circuits
        for group in circuit.groups
        for row in group.patches[:1]
    }
    assert shown <= set(snapshot.thumbnails)


def test_the_first_process_decides_what_can_be_paid(runs):
    """Two thirds of three seconds can be paid after four steps of a second: not after three."""
    left, folder, said = runs
    assert [path.name for path in (folder / "bounded").iterdir()] == ["epoch=1-step=6.safetensors"]
    zero, one = left("bounded", 0), left("bounded", 1)
    assert len(zero["snapshots"]) == 1
    assert zero["snapshots"] == one["snapshots"]
    overheads = [found["metrics"]["neurflow/overhead"] for found in (zero, one)]
    assert overheads == [0.0, 0.0]  # the other process trained for no time at all
    assert said.count("NeurFlow puts an analysis off: it costs about 2.0 s") == 1


def test_an_analysis_that_fails_on_one_process_is_left_out_on_all(runs):
    left, folder, said = runs
    assert left("failing", 0)["snapshots"] == left("failing", 1)["snapshots"] == []
    assert not (folder / "none").exists()
    assert "On rank 1: ZeroDivisionError: on purpose" in said
