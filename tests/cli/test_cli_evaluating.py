"""``neurflow evaluate``: of checkpoints and of snapshots, and what is refused."""

from __future__ import annotations

import json
import sys

import pytest
import torch
from command import run

import trainings

SHOP = """
import lightning as L
from torch.utils.data import DataLoader

from trainings import Classifier, SmallNet, images


class Net(Classifier):
    def __init__(self):
        super().__init__(SmallNet())


class Data(L.LightningDataModule):
    classes = ("ant", "bee", "cat")

    def __init__(self, seed: int = 0):
        super().__init__()
        self.seed = seed

    def val_dataloader(self):
        return DataLoader(images(24, seed=self.seed), batch_size=4)
"""

SMALL = (
    *("--neurflow.config.tau", 2, "--neurflow.config.top_k=4", "--neurflow.config.nodes", 2),
    *("--neurflow.config.images_per_target", 3, "--neurflow.config.granularities", "[1.0, 0.5]"),
    *("--layers", *trainings.LAYERS, "--targets", 0, 2),
)
FEW = (
    *("--sets", 2, "--neurons", 1, "--set-sizes", 1, 2, "--search-runs", 3),
    *("--methods", "ig", "neuron_mct", "--taus", 1, 2),
)
NET = ("--model", "counter:Net", "--data", "counter:Data", "--accelerator", "cpu")


@pytest.fixture(scope="module")
def shop(tmp_path_factory):
    """A folder with the user's module, and a checkpoint of a training."""
    folder = tmp_path_factory.mktemp("counter")
    (folder / "counter.py").write_text(SHOP)
    sys.path.insert(0, str(folder))
    try:
        import counter

        used, model = trainings.fit(folder, model=counter.Net())
        used.save_checkpoint(folder / "net.ckpt")
        torch.save(model.net.state_dict(), folder / "plain.pt")
        yield folder
    finally:
        sys.path.remove(str(folder))
        sys.modules.pop("counter", None)


@pytest.fixture
def work(shop, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return shop


def test_of_a_checkpoint(work, tmp_path, capsys):
    ran = run(
        *(capsys, "evaluate", work / "net.ckpt", *NET, *SMALL, *FEW),
        *("--json", "a.json", "--markdown", "a.md", "--plots", "plots"),
    )
    assert ran.status == 0, ran.err
    assert "optimality: core neurons beat random sets in" in ran.out
    assert "Fidelity of weights" in ran.out
    read = json.loads((tmp_path / "a.json").read_text())
    assert read["schema"] == "neurflow-evaluate"
    assert read["images"] == 24
    assert read["targets"] == [[0, "ant"], [2, "cat"]]
    assert {one["layer"] for one in read["fidelity"]} == {"net.second", "net.first"}
    assert (tmp_path / "a.md").read_text().startswith("# Evaluation of")
    drawn = sorted(one.name for one in (tmp_path / "plots").iterdir())
    assert drawn == ["fidelity.jpg", "optimality.jpg", "weights.jpg"]


def test_a_snapshot_gives_what_its_checkpoint_gives(work, tmp_path, capsys):
    analysed = run(capsys, "analyze", work / "net.ckpt", *NET, *SMALL, "--out", "a.safetensors")
    assert analysed.status == 0, analysed.err
    what = (*FEW, "--what", "fidelity", "--images", 10, "--json", "-")
    own = run(capsys, "evaluate", work / "net.ckpt", *NET, *SMALL, *what)
    snapshot = run(
        *(capsys, "evaluate", "a.safetensors", "--checkpoint", work / "net.ckpt", *NET, *what)
    )
    assert snapshot.status == own.status == 0, snapshot.err
    assert "analysing" not in snapshot.err
    first, second = (json.loads(one.out) for one in (own, snapshot))
    assert first["fidelity"] == second["fidelity"]
    assert first["images"] == 10
    assert second["optimality"] == second["weights"] == []


def test_a_plain_network_is_evaluated_too(work, capsys):
    ran = run(
        *(capsys, "evaluate", work / "plain.pt", "--model", "trainings:SmallNet"),
        *("--data", "counter:Data", "--accelerator", "cpu", *SMALL, *FEW, "--what", "optimality"),
    )
    assert ran.status == 0, ran.err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["a.safetensors", *NET], "A snapshot holds no weights: give --checkpoint"),
        (["net.ckpt", "--checkpoint", "b.ckpt", *NET], "--checkpoint b.ckpt: goes with a snapshot"),
        (["net.ckpt", *NET, "--sets", 1], "sets=1: wanted a whole number of at least 2"),
        (["net.ckpt", *NET, "--images", 0], "--images 0: wanted at least 1"),
        (
            ["net.ckpt", *NET, "--methods", "salience"],
            "'salience'. Did you mean",
        ),
        (["net.ckpt", *NET, "--what", "truth"], "invalid choice: 'truth'"),
        (["net.ckpt"], "wanted --model"),
        (["net.ckpt", "b.ckpt", *NET], "unrecognized arguments: b.ckpt"),
        (["net.ckpt", "--images", 5, "b", "c"], "unrecognized arguments: b c"),
    ],
)
def test_misuse_is_one_line_and_2(work, capsys, arguments, words):
    ran = run(capsys, "evaluate", *arguments)
    assert ran.status == 2
    assert words in ran.err
    assert ran.err.count("\n") == 1


def test_a_snapshot_of_other_images_or_weights_is_refused(work, tmp_path, capsys):
    made = run(capsys, "analyze", work / "net.ckpt", *NET, *SMALL, "--out", "a.safetensors")
    assert made.status == 0
    of = ("evaluate", "a.safetensors", "--checkpoint")
    other = run(capsys, *of, work / "net.ckpt", *NET, "--data.seed", 3, *FEW)
    assert other.status == 2
    assert "a.safetensors: The snapshot was made on other images" in other.err
    content = torch.load(work / "net.ckpt", weights_only=True)
    for one in content["state_dict"].values():
        if one.is_floating_point():
            one.mul_(1.5)
    torch.save(content, tmp_path / "other.ckpt")
    changed = run(capsys, *of, tmp_path / "other.ckpt", *NET, *FEW)
    assert changed.status == 2
    assert "not the one that the circuit" in changed.err
