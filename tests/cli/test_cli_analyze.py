"""``analyze``, and ``bisect`` of checkpoints: from real trainings, and what is refused."""

from __future__ import annotations

import json
import math
import os
import subprocess
import sys
from pathlib import Path

import pytest
import torch
import yaml
from command import run

import trainings
from neurflow_lightning import NeurFlowConfig
from neurflow_lightning.evolution.comparing import measure_drift
from neurflow_lightning.storage import load_snapshot

TESTS = Path(trainings.__file__).parent
SHOP = """
import lightning as L
import torch
from torch import nn
from torch.utils.data import DataLoader

from trainings import Classifier, SmallNet, images


class Net(Classifier):
    def __init__(self, classes: int = 3, dropout: float = 0.0):
        super().__init__(SmallNet(dropout, classes))
        self.save_hyperparameters()


class Wrapped(Classifier):
    def __init__(self, network: nn.Module):
        super().__init__(network)


class Interrupted(Net):
    def validation_step(self, batch, batch_idx):
        raise KeyboardInterrupt


class Faulty(Net):
    def validation_step(self, batch, batch_idx):
        raise RuntimeError("out of ink")


class Headless(L.LightningModule):
    def __init__(self):
        super().__init__()
        self.net = SmallNet()

    def validation_step(self, batch, batch_idx):
        pass


class Data(L.LightningDataModule):
    classes = ("ant", "bee", "cat")

    def __init__(self, count: int = 24, seed: int = 0):
        super().__init__()
        self.count, self.seed = count, seed

    def train_dataloader(self):
        return DataLoader(images(self.count, seed=self.seed), batch_size=4, shuffle=True)

    def val_dataloader(self):
        return DataLoader(images(self.count, seed=self.seed), batch_size=4)


class Broken(Data):
    def __init__(self):
        raise RuntimeError("no disk")


nothing = 3
"""

SMALL = (
    *("--neurflow.config.tau", 2, "--neurflow.config.top_k=4", "--neurflow.config.nodes", 2),
    *("--neurflow.config.images_per_target", 3, "--neurflow.config.granularities", "[1.0, 0.5]"),
)
WHAT = ("--layers", *trainings.LAYERS, "--targets", 0, 2)
CPU = ("--accelerator", "cpu")
NET = ("--model", "shop:Net", "--data", "shop:Data", *CPU)


@pytest.fixture(scope="module")
def shop(tmp_path_factory):
    """A folder with the user's module, a training's checkpoint and its snapshot."""
    folder = tmp_path_factory.mktemp("shop")
    (folder / "shop.py").write_text(SHOP)
    sys.path.insert(0, str(folder))
    try:
        import shop

        torch.manual_seed(0)  # else other weights each time, of which some cost nothing to mask
        callback = trainings.neurflow(dirpath=str(folder / "during"))
        data = shop.Data()
        used, model = trainings.fit(
            folder,
            callback,
            model=shop.Net(),
            train=data.train_dataloader(),
            validation=data.val_dataloader(),
        )
        used.save_checkpoint(folder / "net.ckpt")
        torch.save(model.net.state_dict(), folder / "plain.pt")
        yield folder
    finally:
        sys.path.remove(str(folder))
        sys.modules.pop("shop", None)


@pytest.fixture
def work(shop, tmp_path, monkeypatch):
    """The working directory, apart from the files of other tests."""
    for name in ("shop.py", "net.ckpt", "plain.pt"):
        (tmp_path / name).symlink_to(shop / name)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def refused(ran, *parts: str) -> None:
    assert (ran.status, ran.out) == (2, ""), ran.err
    assert "Traceback" not in ran.err
    last = ran.err.splitlines()[-1]
    assert last.startswith("neurflow: ")
    for part in parts:
        assert part in last


def changed_copy(work: Path, name: str, change) -> str:
    checkpoint = torch.load(work / "net.ckpt", weights_only=True)
    change(checkpoint)
    torch.save(checkpoint, work / name)
    return name


class TestAnalyze:
    def test_a_checkpoint_gives_the_snapshot_of_its_training(self, work, shop, capsys):
        ran = run(capsys, "analyze", "net.ckpt", *NET, *WHAT, *SMALL)
        assert ran.status == 0, ran.err
        made = load_snapshot("net.safetensors")
        during = load_snapshot(sorted((shop / "during").iterdir())[-1])
        assert made.probe.fingerprint == during.probe.fingerprint
        drifts = [drift.value for _, drift in measure_drift(during, made).all_drifts()]
        assert max(abs(one) for one in drifts if not math.isnan(one)) < 1e-4
        assert (made.epoch, made.step) == (during.epoch, during.step)
        assert "Circuit of ant" in ran.out

    def test_says_what_it_chose(self, work, capsys):
        ran = run(capsys, "analyze", "net.ckpt", *NET, *SMALL)
        assert ran.status == 0
        layers = ", ".join(load_snapshot("net.safetensors").layers)
        assert f"neurflow: layers chosen: {layers} (--layers chooses others)" in ran.err
        assert "neurflow: targets chosen: ant, bee, cat (--targets chooses others)" in ran.err
        ran = run(capsys, "analyze", "net.ckpt", *NET, *WHAT, *SMALL, "--out", "x.safetensors")
        assert (ran.status, "chosen" in ran.err) == (0, False)

    def test_json_and_another_file(self, work, capsys):
        ran = run(
            capsys, "analyze", "net.ckpt", *NET, *WHAT, *SMALL, "--out", "x.safetensors", "--json"
        )
        told = json.loads(ran.out)
        assert (told["schema"], told["file"]) == ("neurflow-analyze", "x.safetensors")
        assert [one["target"]["name"] for one in told["circuits"]] == ["ant", "cat"]
        assert not Path("net.safetensors").exists()

    def test_a_plain_state_dict_of_a_plain_module(self, work, capsys):
        data = ("--data", "shop:Data", *CPU)
        ran = run(capsys, "analyze", "plain.pt", "--model", "shop:SmallNet", *data, *WHAT, *SMALL)
        assert ran.status == 0, ran.err
        plain = load_snapshot("plain.safetensors")
        assert plain.step is None
        assert plain.layers == ("first", "second", "head")

    def test_weights_under_a_prefix(self, work, capsys):
        plain = ("--model", "shop:SmallNet", "--data", "shop:Data", *CPU, *WHAT, *SMALL)
        refused(run(capsys, "analyze", "net.ckpt", *plain), "net.ckpt", "give --prefix net.")
        assert run(capsys, "analyze", "net.ckpt", *plain, "--prefix", "net.").status == 0

    def test_a_class_in_an_argument(self, work, capsys):
        ran = run(
            capsys,
            *("analyze", "net.ckpt", "--model", "shop:Wrapped", "--data", "shop:Data", *CPU),
            *("--model.network", "trainings.SmallNet", "--model.network.classes", 3, *WHAT, *SMALL),
        )
        assert ran.status == 0, ran.err

    def test_targets_by_name_and_arguments_of_the_data(self, work, capsys):
        ran = run(
            capsys,
            *("analyze", "net.ckpt", *NET, "--layers", *trainings.LAYERS, "--targets", "bee"),
            *("--data.count", 12, *SMALL, "--json"),
        )
        assert ran.status == 0, ran.err
        told = json.loads(ran.out)
        assert [one["target"]["index"] for one in told["circuits"]] == [1]

    def test_hyperparameters_come_from_the_checkpoint(self, work, capsys):
        import shop

        used, _ = trainings.fit(work, model=shop.Net(classes=5), max_epochs=1)
        used.save_checkpoint("five.ckpt")
        ran = run(capsys, "analyze", "five.ckpt", *NET, *WHAT, *SMALL)
        assert ran.status == 0, ran.err
        again = ("analyze", "five.ckpt", *NET, *WHAT, *SMALL, "--out", "y.safetensors")
        refused(run(capsys, *again, "--model.classes", 4), "five.ckpt", "size mismatch")

    def test_the_config_of_a_run(self, work, capsys):
        callback = {
            "class_path": "neurflow_lightning.NeurFlowCallback",
            "init_args": {
                "layers": list(trainings.LAYERS),
                "targets": [1],
                "every_n_epochs": 2,
                "max_overhead": None,
                "dirpath": "elsewhere",
                "config": {"tau": 2, "top_k": 4, "nodes": 2, "images_per_target": 3},
            },
        }
        config = {
            "seed_everything": 3,
            "trainer": {"limit_val_batches": 2, "callbacks": [callback]},
            "model": {"class_path": "shop.Net", "init_args": {"classes": 3}},
            "data": {"class_path": "shop.Data", "init_args": {"count": 12}},
        }
        Path("config.yaml").write_text(yaml.safe_dump(config))
        ran = run(capsys, "analyze", "net.ckpt", "--config", "config.yaml", *CPU)
        assert ran.status == 0, ran.err
        made = load_snapshot("net.safetensors")
        assert (made.config.tau, made.probe.grid.n_images) == (2, 3)
        assert [one.target.index for one in made.circuits] == [1]
        assert not Path("elsewhere").exists()
        config["model"], config["data"] = {"classes": 3}, {"count": 12}
        Path("config.yaml").write_text(yaml.safe_dump(config))
        fixed = ("analyze", "net.ckpt", "--config", "config.yaml", "--out", "z.safetensors", *CPU)
        refused(run(capsys, *fixed), "wanted --model", "config.yaml does not say the class")
        ran = run(capsys, *fixed, "--model", "shop:Net", "--data", "shop:Data")
        assert ran.status == 0, ran.err
        assert load_snapshot("z.safetensors").probe.fingerprint == made.probe.fingerprint

    def test_torchvision(self, work, capsys):
        from torchvision.models import squeezenet1_1

        torch.save(squeezenet1_1(num_classes=3).state_dict(), "vision.pt")
        (work / "photos.py").write_text(PHOTOS)
        ran = run(
            capsys,
            *("analyze", "vision.pt", "--model", "torchvision:squeezenet1_1", *CPU),
            *("--model.num_classes", 3, "--data", "photos:Photos", *SMALL),
            *("--layers", "features.9", "features.12", "classifier", "--targets", 1),
            *("--neurflow.config.max_neurons_per_layer", 2),
        )
        assert ran.status == 0, ran.err
        assert load_snapshot("vision.safetensors").layers[0] == "features.9"


PHOTOS = """
import lightning as L
import torch
from torch.utils.data import DataLoader, TensorDataset


class Photos(L.LightningDataModule):
    def val_dataloader(self):
        random_state = torch.Generator().manual_seed(0)
        pictures = torch.rand(6, 3, 64, 64, generator=random_state)
        return DataLoader(TensorDataset(pictures, torch.arange(6) % 3), batch_size=2)
"""


class TestRefused:
    def test_nan_weights(self, work, capsys):
        def spoil(checkpoint):
            checkpoint["state_dict"]["net.head.bias"][1] = float("nan")

        name = changed_copy(work, "nan.ckpt", spoil)
        refused(run(capsys, "analyze", name, *NET, *WHAT), "nan.ckpt", "'net.head.bias'", "NaN")

    def test_missing_and_unexpected_weights(self, work, capsys):
        def spoil(checkpoint):
            weights = checkpoint["state_dict"]
            weights["net.tail.bias"] = weights.pop("net.head.bias")

        name = changed_copy(work, "keys.ckpt", spoil)
        refused(
            run(capsys, "analyze", name, *NET, *WHAT),
            "keys.ckpt",
            "missing are 'net.head.bias'; not wanted are 'net.tail.bias'",
        )

    @pytest.mark.parametrize("content", [b"", b"hello", b"\x80\x02}q\x00.", None])
    def test_damaged_files(self, content, work, capsys):
        whole = (work / "net.ckpt").read_bytes()
        Path("bad.ckpt").write_bytes(whole[: len(whole) // 2] if content is None else content)
        refused(run(capsys, "analyze", "bad.ckpt", *NET, *WHAT), "bad.ckpt: ")

    def test_code_in_a_checkpoint_is_not_run(self, work, capsys):
        checkpoint = torch.load(work / "net.ckpt", weights_only=True)
        torch.save({**checkpoint, "extra": Trap()}, work / "trap.ckpt")
        Trap.sprung = False
        refused(
            run(capsys, "analyze", "trap.ckpt", *NET, *WHAT, *SMALL), "trap.ckpt", "--unsafe-load"
        )
        assert not Trap.sprung
        ran = run(capsys, "analyze", "trap.ckpt", *NET, *WHAT, *SMALL, "--unsafe-load")
        assert ran.status == 0, ran.err
        assert Trap.sprung

    def test_classes_that_a_checkpoint_names_are_not_made(self, work, capsys):
        def spoil(checkpoint):
            checkpoint["hyper_parameters"] = {
                "_instantiator": "lightning.pytorch.cli.instantiate_module",
                "network": {"class_path": "trainings.SmallNet", "init_args": {"classes": 3}},
            }

        name = changed_copy(work, "cli.ckpt", spoil)
        wrapped = ("--model", "shop:Wrapped", "--data", "shop:Data", *CPU, *WHAT, *SMALL)
        refused(run(capsys, "analyze", name, *wrapped), "'network' names a class", "--unsafe-load")
        given = ("--model.network", "trainings.SmallNet")
        assert run(capsys, "analyze", name, *wrapped, *given).status == 0
        out = ("--out", "cli.safetensors")
        ran = run(capsys, "analyze", name, *wrapped, *out, "--unsafe-load")
        assert ran.status == 0, ran.err

    def test_other_dictionaries(self, work, capsys):
        torch.save({"weights": 3, "more": [1]}, "odd.pt")
        refused(run(capsys, "analyze", "odd.pt", *NET), "a mapping of 'weights', 'more'")
        torch.save([1], "list.pt")
        refused(run(capsys, "analyze", "list.pt", *NET), "Holds list")

    @pytest.mark.parametrize(
        ("argv", "parts"),
        [
            (["--data", "shop:Data"], ["wanted --model"]),
            (["--model", "shop:Net"], ["wanted --data"]),
            (["--model", "shop", "--data", "shop:Data"], ["wanted pkg.module:Class"]),
            (["--model", "shp:Net", "--data", "shop:Data"], ["'shp' cannot be imported"]),
            (["--model", "shop:Nett", "--data", "shop:Data"], ["Did you mean 'Net'"]),
            (["--model", "shop:nothing", "--data", "shop:Data"], ["got 3"]),
            (["--model", "shop:Data", "--data", "shop:Data"], ["LightningModule or nn.Module"]),
            (["--model", "shop:Net", "--data", "shop:Net"], ["LightningDataModule"]),
            (["--model", "shop:Net", "--data", "shop:Broken"], ["RuntimeError: no disk"]),
            (["--model", "shop:Wrapped", "--data", "shop:Data"], ["--model", "network"]),
            (["--model", "torchvision:resnet19", "--data", "shop:Data"], ["'resnet18'"]),
            (
                [*NET, "--model.clases", "3"],
                ["--model.clases: Net takes", "mean 'classes'"],
            ),
            ([*NET, "--model.classes", "many"], ["--model", "classes"]),
            ([*NET, "--neurflow.config.tau", "0"], ["tau"]),
            ([*NET, "--neurflow.config.tua=3"], ["NeurFlowConfig takes no 'tua'", "'tau'"]),
            ([*NET, "--neurflow.targts", "3"], ["NeurFlowCallback takes no", "'targets'"]),
            ([*NET, "--neurflow.max_overhead", "1"], ["max_overhead"]),
            ([*NET, "--layers", "frist", "head"], ["net.ckpt", "'frist'"]),
            ([*NET, "--targets", "dog"], ["net.ckpt", "No class is named 'dog'"]),
            ([*NET, "--targets", "7"], ["net.ckpt", "no batch held a class that is a target"]),
            ([*NET, "--config", "none.yaml"], ["none.yaml: Cannot be read"]),
            ([*NET, "--config", "shop.py"], ["shop.py"]),
            (["--model", "shop:Headless", "--data", "shop:Data", *CPU], ["no forward"]),
            ([*NET, "--out", "net.ckpt"], ["--out net.ckpt"]),
        ],
    )
    def test_misuse(self, argv, parts, work, capsys):
        refused(run(capsys, "analyze", "net.ckpt", *SMALL[:2], *argv), *parts)
        assert not Path("net.safetensors").exists()

    def test_an_interrupt_is_no_failed_check(self, work, capsys, monkeypatch):
        monkeypatch.setattr("signal.signal", lambda *_: None)  # Lightning switches Ctrl-C off
        model = ("--model", "shop:Interrupted", "--data", "shop:Data", *CPU)
        ran = run(capsys, "analyze", "net.ckpt", *model)
        assert (ran.status, ran.out) == (130, "")
        assert not Path("net.safetensors").exists()

    def test_an_error_of_the_users_code_shows_where_it_is(self, work, capsys):
        model = ("--model", "shop:Faulty", "--data", "shop:Data", *CPU)
        ran = run(capsys, "analyze", "net.ckpt", *model)
        assert (ran.status, ran.out) == (2, "")
        assert "shop.py" in ran.err
        assert ran.err.endswith("RuntimeError: out of ink\n")

    def test_a_snapshot_that_is_there_is_kept(self, work, capsys):
        Path("net.safetensors").write_text("mine")
        refused(run(capsys, "analyze", "net.ckpt", *NET), "net.safetensors: Is there already")
        assert Path("net.safetensors").read_text() == "mine"


class TestTransfer:
    """``check --checkpoints``: the old core neurons masked in the new network."""

    POLICY = "conditions: [{transfer_at_least: 0.9}]"

    @pytest.fixture
    def analysed(self, work, capsys):
        """``net`` and ``later``, whose second layer has the same neurons in another order."""

        def turned(checkpoint):
            weights = checkpoint["state_dict"]
            for name in ("net.second.0.weight", "net.second.0.bias"):
                weights[name].copy_(weights[name].flip(0))
            weights["net.head.weight"].copy_(weights["net.head.weight"].flip(1))

        changed_copy(work, "later.ckpt", turned)
        for name in ("net", "later"):
            few = ("--neurflow.config.max_neurons_per_layer", 2)
            ran = run(capsys, "analyze", f"{name}.ckpt", *NET, *WHAT, *SMALL, *few)
            assert ran.status == 0, ran.err
        (work / "transfer.yaml").write_text(self.POLICY)
        return work

    CHECK = ("check", "net.safetensors", "later.safetensors", "--policy", "transfer.yaml", "--json")

    def test_it_is_measured_in_the_network_of_the_candidate(self, analysed, capsys):
        from shop import Net

        from neurflow_lightning.core.transfer import functional_transfer

        ran = run(capsys, *self.CHECK, "-", "--checkpoints", "later.ckpt", *NET)
        assert "Traceback" not in ran.err, ran.err
        found = json.loads(ran.out)["reports"][0]["findings"]
        told = {(one["target"]["index"], one["place"]): one["value"] for one in found}
        model = Net()
        model.load_state_dict(torch.load("later.ckpt", weights_only=True)["state_dict"])
        expected = functional_transfer(
            model,
            *(load_snapshot(f"{name}.safetensors") for name in ("net", "later")),
            *trainings.images().tensors,
        )
        assert {target for target, _ in told} == set(expected)
        for (target, place), value in told.items():
            wanted = expected[target][f"{place}"]
            assert (value is None and math.isnan(wanted)) or value == pytest.approx(wanted)
        assert any(value is None or value < 0.9 for value in told.values())
        assert ran.status == 1

    def test_what_stayed_carries_its_function(self, analysed, capsys):
        place = "target: cat, layer: net.second"
        (analysed / "transfer.yaml").write_text(
            f"conditions: [{{transfer_at_least: 0.9, {place}}}]"
        )
        same = ("check", "net.safetensors", "net.safetensors", "--policy", "transfer.yaml")
        ran = run(capsys, *same, "--checkpoints", "net.ckpt", *NET)
        assert ran.status == 0, ran.out + ran.err
        assert run(capsys, *same).status == 1

    def test_images_are_bounded_and_labels_wanted(self, analysed, capsys, monkeypatch):
        from neurflow_lightning.cli import transferring

        seen = []

        def measured(model, before, after, images, labels, forward):
            seen.append((labels.tolist(), images))
            return {}

        monkeypatch.setattr(transferring, "functional_transfer", measured)
        monkeypatch.setattr(transferring, "TARGET_IMAGES", 2)
        monkeypatch.setattr(transferring, "OTHER_IMAGES", 3)
        monkeypatch.setattr(transferring, "FEWEST_FRESH", 1)
        given = (*self.CHECK, "-", "--checkpoints", "later.ckpt", *NET)
        told = "functional transfer for cat is measured on its probe images too"
        assert told not in run(capsys, *given).err
        ((labels, images),) = seen
        assert labels == [0, 0, 2, 2, 1, 1, 1]
        pictures, truth = trainings.images().tensors
        of_cat = pictures[truth == 2]
        assert torch.equal(images[2:4], of_cat[3:5])  # the first three are the probe images
        monkeypatch.setattr(transferring, "FEWEST_FRESH", 10)
        assert told in run(capsys, *given).err
        assert torch.equal(seen[1][1][2:4], of_cat[:2])
        ran = run(capsys, *given, "--neurflow.label_key", "labels")
        refused_last(ran, "later.ckpt: A batch has no 'labels'")

    def test_other_classes_are_taken_evenly_in_whatever_order_they_come(self, monkeypatch):
        from neurflow_lightning.cli import transferring

        monkeypatch.setattr(transferring, "OTHER_IMAGES", 6)
        kept = transferring.Kept([9], probe_images=1)
        for label in [0] * 20 + [1] * 20 + [2]:
            kept.add(torch.zeros(1), label)
        labels = [label for label, _ in kept.images()]
        assert (labels.count(0), labels.count(1), labels.count(2)) in [(3, 2, 1), (2, 3, 1)]

    def test_what_cannot_be_compared_is_told_before_a_network_is_run(self, analysed, capsys):
        run(
            capsys, "analyze", "net.ckpt", *NET, *WHAT, *SMALL, "--neurflow.config.tau", 1, "--out",
            "odd.safetensors",
        )  # fmt: skip
        ran = run(
            capsys, "check", "net.safetensors", "odd.safetensors", "--checkpoints", "no", *NET
        )
        refused_last(ran, "net.safetensors and odd.safetensors: The snapshots were made with")

    def test_the_checkpoint_must_be_the_candidates(self, analysed, capsys):
        def later(checkpoint):
            checkpoint["global_step"] += 7

        changed_copy(analysed, "other.ckpt", later)
        ran = run(capsys, *self.CHECK, "-", "--checkpoints", "other.ckpt", *NET)
        refused_last(ran, "other.ckpt: Is of step 19, and the snapshot of step 12")


def refused_last(ran, words: str) -> None:
    """Status 2, with these words on the last line of standard error."""
    assert (ran.status, ran.out) == (2, "")
    assert words in ran.err.splitlines()[-1]


class Trap:
    """Runs code when it is unpickled."""

    sprung = False

    def __reduce__(self):
        return (_spring, ())


def _spring():
    Trap.sprung = True


class TestBisect:
    @pytest.fixture
    def checkpoints(self, work):
        """Eight checkpoints; from the sixth on the network is another one."""
        original = torch.load(work / "net.ckpt", weights_only=True)
        random_state = torch.Generator().manual_seed(3)
        other = {
            name: torch.randn(one.shape, generator=random_state)
            if one.is_floating_point() and "running" not in name
            else one
            for name, one in original["state_dict"].items()
        }
        for place in range(8):
            weights = other if place >= 5 else original["state_dict"]
            torch.save({**original, "state_dict": weights, "global_step": place}, f"c{place}.ckpt")
        return [f"c{place}.ckpt" for place in range(8)]

    def test_finds_the_checkpoint(self, checkpoints, capsys):
        ran = run(
            capsys, "bisect", "c0.ckpt", "c7.ckpt", *checkpoints, *NET, *WHAT, *SMALL, "--json"
        )
        assert ran.status == 0, ran.err
        told = json.loads(ran.out)
        assert (told["last_good"], told["first_bad"]) == ("c4.ckpt", "c5.ckpt")
        assert ran.err.count("neurflow: analysing") == len(told["looked_at"]) <= 7

    def test_needs_to_know_the_model(self, checkpoints, capsys):
        refused(run(capsys, "bisect", "c0.ckpt", "c7.ckpt"), "wanted --model")


def test_like_takes_layers_targets_config_and_methods(work, capsys):
    wanted = ("--attribution", "norm-held", *WHAT, *SMALL)
    assert (
        run(capsys, "analyze", "net.ckpt", *NET, *wanted, "--out", "base.safetensors").status == 0
    )
    also = ("--like", "base.safetensors", "--attribution", "ig")
    refused(run(capsys, "analyze", "net.ckpt", *NET, *also), "drop --attribution")
    assert run(capsys, "analyze", "net.ckpt", *NET, "--like", "base.safetensors").status == 0
    base, same = load_snapshot("base.safetensors"), load_snapshot("net.safetensors")
    assert {one.method for one in same.attribution.values()} == {"norm-held"}
    assert (same.layers, same.config) == (base.layers, base.config)
    drifts = measure_drift(base, same).targets[0].drifts
    assert {one.value for one in drifts if one.measure == "edge_drift"} == {0}


@pytest.mark.parametrize(
    "option",
    [
        ("--layers", "head"),
        ("--targets", 0),
        ("--effort", "quick"),
        ("--neurflow.attribution", "ig"),
        ("--seconds", 3),
        ("--neurflow.config.tau", 4),
    ],
)
def test_like_and_what_it_stands_for_are_refused(work, capsys, option):
    refused(
        run(capsys, "analyze", "net.ckpt", *NET, "--like", "base.safetensors", *option), option[0]
    )


def test_efforts_are_presets_of_which_numbers_can_be_changed(work, capsys):
    few = ("--neurflow.config.images_per_target", 3)
    ran = run(capsys, "analyze", "net.ckpt", *NET, *WHAT, "--effort", "glance", *few)
    assert ran.status == 0, ran.err
    glance = NeurFlowConfig.preset("glance", images_per_target=3)
    assert load_snapshot("net.safetensors").config == glance


@pytest.mark.parametrize(
    ("option", "parts"),
    [
        (("--effort", "quik"), ["quik", "quick"]),
        (("--attribution", "norm-hold"), ["norm-hold", "norm-held"]),
        (("--seconds", 0), ["seconds=0", "positive"]),
        (("--like", "none.safetensors"), ["none.safetensors", "no such file"]),
    ],
)
def test_wrong_efforts_methods_and_times_are_refused(work, capsys, option, parts):
    refused(run(capsys, "analyze", "net.ckpt", *NET, *option), *parts)


def test_few_seconds_leave_neurons_out_and_bisect_makes_all_alike(work, capsys):
    """The first analysis takes one neuron a layer where no time is left, and so do the others."""
    for name in ("b.ckpt", "c.ckpt"):
        changed_copy(work, name, lambda checkpoint: None)
    wanted = ("--seconds", 1e-3, *WHAT, *SMALL)
    assert run(capsys, "analyze", "net.ckpt", *NET, *wanted).status == 0
    first = load_snapshot("net.safetensors").circuits[0]
    assert len(first.layer_neurons("net.second")) == 1
    assert first.left_out["net.second"] == 1
    assert 0 < first.coverage < 1
    ran = run(capsys, "bisect", "net.safetensors", "b.ckpt", "c.ckpt", *NET)
    assert (ran.status, "nothing to find" in ran.out) == (1, True), ran.err


def test_end_to_end(work):
    """As a user would: analysed, accepted and checked against, by processes of their own."""

    def neurflow(*argv: object, status: int = 0) -> str:
        ran = subprocess.run(
            [sys.executable, "-m", "neurflow_lightning", *map(str, argv)],
            capture_output=True,
            text=True,
            env={**os.environ, "PYTHONPATH": path, "OMP_NUM_THREADS": "1"},
            stdin=subprocess.DEVNULL,
            check=False,
        )
        assert ran.returncode == status, ran.stdout + ran.stderr
        return ran.stdout + ran.stderr

    path = os.pathsep.join([str(TESTS), os.environ.get("PYTHONPATH", "")])

    def spoil(checkpoint):
        weights = checkpoint["state_dict"]["net.second.0.weight"]
        weights.copy_(-weights.flip(0))

    changed_copy(work, "later.ckpt", spoil)
    neurflow("analyze", "net.ckpt", *NET, *WHAT, *SMALL)
    assert "is now net.safetensors" in neurflow("accept", "base.safetensors", "net.safetensors")
    neurflow("analyze", "later.ckpt", *NET, "--like", "base.safetensors")
    assert "neurflow: passed" in neurflow("check", "base.safetensors", "net.safetensors")
    said = neurflow("check", "base.safetensors", "later.safetensors", status=1)
    assert "neurflow: FAILED" in said
    said = neurflow("analyze", "none.ckpt", *NET, status=2)
    assert said == "neurflow: none.ckpt: Cannot be read: there is no such file.\n"
