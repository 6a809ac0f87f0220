"""``neurflow debug``: image files and validations, from a real training, and what is refused."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path

import lightning as L
import pytest
import torch
from command import HOSTILE, run
from PIL import Image

import trainings
from neurflow_lightning.applications.labelling.collection import LabelledGroup, Labels
from neurflow_lightning.applications.labelling.storing import write_labels
from neurflow_lightning.labels import Label
from neurflow_lightning.storage import load_snapshot, save_snapshot

SHOP = """
import lightning as L
import torch
from torch.utils.data import DataLoader, Dataset, Subset

from trainings import Classifier, SmallNet, images


class Net(Classifier):
    def __init__(self):
        super().__init__(SmallNet())


def read(picture):
    grey = picture.convert("L").resize((8, 8))
    return torch.frombuffer(bytearray(grey.tobytes()), dtype=torch.uint8).reshape(1, 8, 8) / 255


def wrong_size(picture):
    return torch.zeros(1, 9, 9)


def broken(picture):
    raise RuntimeError("no ink")


class Data(L.LightningDataModule):
    classes = ("ant", "bee", "cat")

    def train_dataloader(self):
        return DataLoader(images(), batch_size=4)

    def val_dataloader(self):
        return DataLoader(images(), batch_size=4)


class Unlabelled(Data):
    def val_dataloader(self):
        return DataLoader([one for one, _ in images()], batch_size=4)


class Files(Dataset):
    transform = staticmethod(read)

    def __init__(self):
        self.inner = images()

    def __len__(self):
        return len(self.inner)

    def __getitem__(self, place):
        return self.inner[place]


class Transformed(Data):
    def val_dataloader(self):
        return DataLoader(Subset(Files(), range(12)), batch_size=4)


nothing = 3
"""


@pytest.fixture(scope="module")
def shop(tmp_path_factory):
    """A folder with the user's module, two checkpoints, their snapshots, and pictures.

    And the later checkpoint once more, in which everything is taken for an ant: mistakes of which
    it is known that there are some.
    """
    folder = tmp_path_factory.mktemp("shop")
    (folder / "debugshop.py").write_text(SHOP)
    sys.path.insert(0, str(folder))
    try:
        import debugshop

        data = debugshop.Data()
        for name, epochs in (("early", 1), ("net", 2)):
            callback = trainings.neurflow(
                class_names=data.classes, every_n_epochs=epochs, targets=[0, 1, 2]
            )
            L.seed_everything(1, verbose=False)  # the weights are drawn before the fit
            used, _ = trainings.fit(
                folder,
                callback,
                model=debugshop.Net(),
                train=data.train_dataloader(),
                validation=data.val_dataloader(),
                max_epochs=epochs,
            )
            used.save_checkpoint(folder / f"{name}.ckpt")
            snapshot = callback.snapshots[-1]
            save_snapshot(snapshot, folder / f"{name}.safetensors")
        biased = torch.load(folder / "net.ckpt", weights_only=True)
        biased["state_dict"]["net.head.bias"][0] += 100
        torch.save(biased, folder / "ants.ckpt")
        pixels = (trainings.images().tensors[0][:2, 0].clamp(0, 1) * 255).byte().numpy()
        for place, one in enumerate(pixels):
            Image.fromarray(one).save(folder / f"{place}.png")
        (folder / "text.png").write_text("no picture")
        yield folder
    finally:
        sys.path.remove(str(folder))
        sys.modules.pop("debugshop", None)


@pytest.fixture
def work(shop, tmp_path, monkeypatch):
    """The working directory, apart from the files of other tests."""
    for one in shop.iterdir():
        if one.is_file():
            (tmp_path / one.name).symlink_to(one)
    monkeypatch.chdir(tmp_path)
    return tmp_path


MODEL = ("--checkpoint", "net.ckpt", "--model", "debugshop:Net", "--accelerator", "cpu")
READ = ("--transform", "debugshop:read")
TWO = ("--neurflow.mean", "[0.5, 0.5]", "--neurflow.std", "[0.5, 0.5]")


def debug(capsys, *argv):
    return run(capsys, "debug", "net.safetensors", *argv)


def refused(ran, *parts: str) -> None:
    assert (ran.status, ran.out) == (2, ""), ran.err
    assert "Traceback" not in ran.err
    last = ran.err.splitlines()[-1]
    assert last.startswith("neurflow: ")
    for part in parts:
        assert part in last


class TestFiles:
    def test_are_told_one_after_the_other(self, work, capsys):
        ran = debug(capsys, "0.png", "1.png", *MODEL, *READ)
        assert ran.status == 0, ran.err
        assert "0.png: taken for “" in ran.out
        assert "1.png: taken for “" in ran.out
        assert "images are read by debugshop:read" in ran.err

    def test_may_be_named_before_and_after_options(self, work, capsys):
        def images(*argv):
            return [
                one["image"]
                for one in json.loads(debug(capsys, *argv, "--json", "-").out)["images"]
            ]

        assert images(*MODEL, *READ, "0.png", "1.png") == ["0.png", "1.png"]
        assert images("0.png", *MODEL, *READ, "1.png") == ["0.png", "1.png"]
        refused(debug(capsys, *MODEL, *READ, "0.png", "--colour"), "unrecognized", "--colour")

    def test_what_is_told_is_what_the_network_says(self, work, capsys):
        import debugshop

        model = debugshop.Net().eval()
        model.load_state_dict(torch.load("net.ckpt", weights_only=True)["state_dict"])
        with torch.no_grad():
            logits = model(debugshop.read(Image.open("0.png"))[None])[0]
        ran = debug(capsys, "0.png", *MODEL, *READ, "--true", "bee", "--json")
        told = json.loads(ran.out)
        assert told["schema"] == "neurflow-debug"
        (image,) = told["images"]
        assert image["logits"] == pytest.approx(logits.tolist(), abs=1e-5)
        assert image["true"] == {"index": 1, "name": "bee"}
        assert len(image["circuits"]) == 3

    def test_effects_are_measured_unless_refused(self, work, capsys):
        def effects(*more):
            told = json.loads(debug(capsys, "0.png", *MODEL, *READ, "--json", *more).out)
            groups = [one for each in told["images"][0]["circuits"] for one in each["groups"]]
            return [one["effect"] for one in groups if one["effect"]]

        assert effects()
        assert not effects("--no-effects")

    @pytest.mark.parametrize("more", [(), ("--transform", "data")])
    def test_are_read_as_the_validation_data_set_does(self, work, capsys, more):
        data = ("--data", "debugshop:Transformed")
        ran = debug(capsys, "0.png", *MODEL, *data, *more, "--json")
        by_name = debug(capsys, "0.png", *MODEL, *READ, "--json")
        assert "the transform of Files, the validation data set" in ran.err
        logits = [json.loads(one.out)["images"][0]["logits"] for one in (ran, by_name)]
        assert logits[0] == logits[1]

    def test_are_resized_and_normalised(self, work, capsys):
        plain = debug(capsys, "0.png", *MODEL, "--transform", "resize", "--json")
        assert "resizing to 8×8, scaled to [0, 1], not normalised" in plain.err
        by_name = debug(capsys, "0.png", *MODEL, *READ, "--json")
        colours = ("--neurflow.mean", "[0.5]", "--neurflow.std", "[0.25]")
        normal = debug(capsys, "0.png", *MODEL, "--transform", "resize", *colours, "--json")
        assert "normalised" in normal.err
        logits = [json.loads(one.out)["images"][0]["logits"] for one in (plain, by_name, normal)]
        assert logits[0] == pytest.approx(logits[1])
        assert logits[0] != pytest.approx(logits[2])

    def test_beside_earlier_moments(self, work, capsys):
        earlier = ("--earlier", "early.safetensors", "early.ckpt")
        ran = debug(capsys, "0.png", *MODEL, *READ, *earlier)
        assert ran.status == 0, ran.err
        assert "the groups of “" in ran.out
        assert "epoch 0" in ran.out
        assert "epoch 1" in ran.out

    def test_pictures_and_a_page(self, work, capsys):
        ran = debug(
            capsys, "0.png", "1.png", *MODEL, *READ, "--plots", "new/plots", "--html", "page.html"
        )
        assert ran.status == 0, ran.err
        drawn = sorted(Path("new/plots").iterdir())
        assert [Image.open(one).format for one in drawn] == ["JPEG"] * 2
        page = Path("page.html").read_text()
        assert page.count("data:image/jpeg;base64,") == 2
        assert "1.png: taken for" in page
        assert page.count("<dt>share of input</dt>") == 1

    def test_hostile_class_names_are_inert(self, work, capsys):
        made = load_snapshot("net.safetensors")
        circuits = tuple(replace(one, name=f"{HOSTILE}{one.name}") for one in made.circuits)
        names = tuple(one.name for one in circuits)
        evil = replace(made, circuits=circuits, probe=replace(made.probe, class_names=names))
        save_snapshot(evil, "evil.safetensors")
        earlier = ("--earlier", "early.safetensors", "early.ckpt")
        ran = run(
            capsys, *("debug", "evil.safetensors", "0.png", *MODEL, *READ, "--html", "page.html")
        )
        assert ran.status == 0, ran.err
        followed = run(capsys, "debug", "evil.safetensors", "0.png", *MODEL, *READ, *earlier)
        for out in (ran.out, followed.out):
            assert "\x1b" not in out
            assert "\u202e" not in out
        assert "<b>" not in Path("page.html").read_text()


class TestMistakes:
    ANTS = ("--checkpoint", "ants.ckpt", *MODEL[2:], "--data", "debugshop:Data")

    def test_of_a_validation(self, work, capsys):
        ran = debug(capsys, "--mistakes", 2, *self.ANTS, "--json")
        assert ran.status == 0, ran.err
        told = json.loads(ran.out)
        batch = told["batch"]
        assert batch["images"] == 24
        shown = [one["image"] for one in told["images"]]
        worst = [f"validation image {one['image']}" for one in batch["mistakes"][:2]]
        assert shown == worst
        assert len(batch["mistakes"]) == 16
        assert {one["direction"] for one in batch["contrasts"]} == {"misleads", "missing"}

    def test_those_that_the_snapshot_explains_come_first(self, work, capsys):
        def told(name, most, *more):
            ran = run(capsys, "debug", name, "--mistakes", most, *self.ANTS, *more)
            assert ran.status == 0, ran.err
            return ran.out

        worst = json.loads(told("net.safetensors", 0, "--json"))["batch"]["mistakes"]
        assert {one["predicted"] for one in worst} == {0}
        true = [one["true"] for one in worst]
        assert set(true) == {1, 2}
        other = 3 - true[0]  # the worst of this one is not the worst of all
        passed = [one["image"] for one in worst[: true.index(other)]]
        made = load_snapshot("net.safetensors")
        save_snapshot(replace(made, circuits=(made.circuit(other),)), "only.safetensors")
        out = told("only.safetensors", 1)
        assert f"validation image {worst[len(passed)]['image']}: taken for “ant”" in out
        flat = " ".join(out.split())
        assert f"Passed over, though of larger margin: {len(passed)}, taken for" in flat
        assert f"--targets {other} 0 of neurflow analyze" in flat
        assert "× normal" in out[out.index("How to read this") :]
        batch = json.loads(told("only.safetensors", 1, "--json"))["batch"]
        assert batch["passed_over"] == passed

    def test_groups_have_their_names(self, work, capsys):
        made = load_snapshot("net.safetensors")
        named = [
            LabelledGroup.of(made, circuit, group, Label("bright row"))
            for circuit in made.circuits
            for group in circuit.groups
        ]
        write_labels("labels.json", Labels(tuple(named)))
        ran = debug(capsys, "--mistakes", 1, *self.ANTS)
        assert "“bright row”" in ran.out
        told = json.loads(debug(capsys, "0.png", *MODEL, *READ, "--json").out)
        groups = [one for each in told["images"][0]["circuits"] for one in each["groups"]]
        assert {one["label"] for one in groups} == {"bright row"}
        earlier = ("--earlier", "early.safetensors", "early.ckpt")
        ran = debug(capsys, "0.png", *MODEL, *READ, *earlier)
        assert "“bright row”" in ran.out[ran.out.index("before:") :]

    def test_none_but_what_they_share(self, work, capsys):
        ran = debug(capsys, "--mistakes", 0, *self.ANTS)
        assert ran.status == 0, ran.err
        assert "16 of 24 images were taken for another class." in ran.out
        assert "validation image" not in ran.out
        assert "One by one" not in ran.out
        assert "share of input" not in ran.out

    def test_need_labels(self, work, capsys):
        ran = debug(capsys, "--mistakes", *MODEL, "--data", "debugshop:Unlabelled")
        refused(ran, "net.ckpt", "no class labels", "--neurflow.label_key")


class TestRefused:
    @pytest.mark.parametrize(
        ("argv", "parts"),
        [
            ((*MODEL, *READ), ("image files or --mistakes",)),
            (("0.png", "--mistakes", *MODEL), ("image files or --mistakes",)),
            (("--mistakes", "-1", *MODEL), ("at least 0",)),
            (("--mistakes", *MODEL, "--true", "1"), ("--true is for image files",)),
            (("--mistakes", *MODEL, *READ), ("--transform is for image files",)),
            (("--mistakes", *MODEL), ("--data pkg.module:MyData",)),
            (("0.png", *MODEL), ("nothing says how to read", "'data'", "'resize'")),
            (("0.png", *MODEL, "--transform", "data"), ("needs --data",)),
            (("0.png", *MODEL, "--data", "debugshop:Data"), ("TensorDataset", "no 'transform'")),
            (("0.png", *MODEL, "--transform", "debugshop:redd"), ("Did you mean 'read'",)),
            (("0.png", *MODEL, "--transform", "debugshop:nothing"), ("not callable",)),
            (("0.png", *MODEL, "--transform", "debugshop:broken"), ("0.png", "no ink")),
            (
                ("0.png", *MODEL, "--transform", "debugshop:wrong_size"),
                ("(1, 9, 9)", "(1, 8, 8)"),
            ),
            (
                ("0.png", *MODEL, "--transform", "resize", "--neurflow.mean", "[0.5]"),
                ("both --neurflow.mean and --neurflow.std",),
            ),
            (
                ("0.png", *MODEL, "--transform", "resize", *TWO),
                ("--neurflow.mean has 2 numbers",),
            ),
            (("text.png", *MODEL, *READ), ("text.png: Is no image",)),
            (("none.png", *MODEL, *READ), ("none.png: Is no image",)),
            (("0.png", *MODEL, *READ, "--true", "cow"), ("'cow'", "'bee'")),
            (("0.png", *MODEL, *READ, "--true", "7"), ("from 0 to 2",)),
            (("0.png", *MODEL, *READ, "--plots", "0.png"), ("--plots 0.png: Cannot be made",)),
            (("0.png", *MODEL, *READ, "--html", "0.png"), ("--html would write to 0.png",)),
            (
                ("0.png", *READ, "--checkpoint", "early.ckpt", "--model", "debugshop:Net"),
                ("early.ckpt", "of step 6", "of step 12"),
            ),
        ],
    )
    def test_with_the_way_out(self, work, capsys, argv, parts):
        refused(debug(capsys, *argv), *parts)

    def test_a_checkpoint_is_wanted(self, work, capsys):
        refused(debug(capsys, "0.png"), "--checkpoint")
