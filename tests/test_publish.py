"""Who gets what: real TensorBoard folders, and stand-ins with the calls of other loggers."""

from __future__ import annotations

import dataclasses
import io
from pathlib import Path
from typing import Any

import pytest
from lightning.pytorch.loggers import CSVLogger, TensorBoardLogger
from lightning.pytorch.loggers.logger import DummyLogger
from PIL import Image
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
from tensorboard.plugins.custom_scalar import layout_pb2

import neurflow_lightning.publish
from factories import make_snapshot
from neurflow_lightning.errors import SnapshotError
from neurflow_lightning.evolution.comparing import measure_drift
from neurflow_lightning.evolution.reports import DriftReport
from neurflow_lightning.publish import (
    publish_concept_vectors,
    publish_drift,
    publish_mistakes,
    publish_snapshot,
)

LAYERS = ("layer2", "layer3", "fc")


class WandbLike:
    """``WandbLogger.log_image``: the same parameters, the same refusals."""

    def __init__(self) -> None:
        self.images: list[tuple[str, Image.Image, int | None]] = []

    def log_image(
        self, key: str, images: list[Any], step: int | None = None, **kwargs: Any
    ) -> None:
        if not isinstance(images, list):
            raise TypeError(f'Expected a list as "images", found {type(images)}')
        for name, values in kwargs.items():
            if len(values) != len(images):
                raise ValueError(f"Expected {len(images)} items for {name}")
        self.images += [(key, image, step) for image in images]


class MlflowClientLike:
    """``MlflowClient.log_image`` and ``log_text``: the same parameters, the same refusals."""

    def __init__(self) -> None:
        self.images: list[tuple[str, Image.Image, str | None, int | None]] = []
        self.texts: dict[str, str] = {}

    def log_image(
        self,
        run_id: str,
        image: Any,
        artifact_file: str | None = None,
        key: str | None = None,
        step: int | None = None,
        timestamp: int | None = None,
        synchronous: bool | None = None,
    ) -> None:
        if artifact_file is not None and (key, step, timestamp) != (None, None, None):
            raise TypeError("artifact_file cannot be used with key, step or timestamp")
        if artifact_file is None and key is None:
            raise TypeError("one of artifact_file and key must be given")
        self.images.append((run_id, image, key, step))

    def log_text(self, run_id: str, text: str, artifact_file: str) -> None:
        self.texts[artifact_file] = text


class MlflowLike:
    def __init__(self) -> None:
        self.experiment = MlflowClientLike()
        self.run_id = "run7"


class Unreachable:
    @property
    def experiment(self) -> Any:
        raise ConnectionError("no server")


class FullDisk(WandbLike):
    def log_image(self, key: str, images: list[Any], step: int | None = None, **_: Any) -> None:
        raise OSError("no space left")


def picture_tags(target: str) -> set[str]:
    grids = {f"neurflow/{target}/{layer}/patches" for layer in LAYERS}
    return {f"neurflow/{target}/circuit", *grids}


def read(folder: str) -> EventAccumulator:
    return EventAccumulator(
        folder, size_guidance={"images": 0, "tensors": 0, "scalars": 0}
    ).Reload()


def test_tensorboard_gets_pictures_tables_and_layout_at_the_step_given(tmp_path):
    logger = TensorBoardLogger(tmp_path)
    for step in (4, 9):
        logger.log_metrics({"loss": 1.0}, step)
        snapshot = make_snapshot(step=step, targets=1)
        assert publish_snapshot([logger], snapshot, step, layout=step == 4) == []
    events = read(logger.log_dir)
    tags = events.Tags()
    assert set(tags["images"]) == picture_tags("functional")
    for tag in tags["images"]:
        assert [event.step for event in events.Images(tag)] == [4, 9]
        for event in events.Images(tag):
            jpeg = event.encoded_image_string
            assert jpeg.startswith(b"\xff\xd8\xff")
            assert len(jpeg) <= 200_000
            picture = Image.open(io.BytesIO(jpeg))
            picture.load()
            assert picture.size == (event.width, event.height)
            assert picture.width == 1200
    table = events.Tensors("neurflow/functional/table")
    assert [event.step for event in table] == [4, 9]
    assert "| layer3 | 6 |" in table[0].tensor_proto.string_val[0].decode()
    (written,) = events.Tensors("custom_scalars__config__")
    layout = layout_pb2.Layout.FromString(written.tensor_proto.string_val[0])
    assert layout.category[0].chart[0].title == "layer2"
    assert len(events.Scalars("loss")) == 2
    assert len(list(Path(logger.log_dir).glob("events.out.tfevents.*"))) == 1


def test_concept_vectors_reach_the_projector(tmp_path):
    logger = TensorBoardLogger(tmp_path)
    assert (
        publish_concept_vectors([logger, CSVLogger(tmp_path), WandbLike()], make_snapshot(), 12)
        == []
    )
    run = Path(logger.log_dir)
    config = (run / "projector_config.pbtxt").read_text()
    for layer in LAYERS:
        assert f'tensor_name: "neurflow/{layer}:00012"' in config
        folder = run / "00012" / f"neurflow%2f{layer}"
        header, *rows = (folder / "metadata.tsv").read_text().splitlines()
        assert header.split("\t") == ["target", "group", "neurons", "layer"]
        vectors = (folder / "tensors.tsv").read_text().splitlines()
        assert len(rows) == len(vectors)
        assert {len(row.split("\t")) for row in rows} == {4}
        sprite = Image.open(folder / "sprite.png")
        assert sprite.size[0] % 48 == 0
    assert len(list(run.glob("events.out.tfevents.*"))) == 1


def test_wandb_gets_pictures_through_its_own_call():
    logger = WandbLike()
    assert publish_snapshot([logger], make_snapshot(targets=1), 7) == []
    assert {key for key, _, _ in logger.images} == picture_tags("functional")
    assert {step for _, _, step in logger.images} == {7}
    assert {image.width for _, image, _ in logger.images} == {1200}


def test_mlflow_gets_pictures_and_tables_through_its_own_calls():
    logger = MlflowLike()
    snapshot = make_snapshot(targets=3)
    assert publish_snapshot([logger], snapshot, 7) == []
    client = logger.experiment
    assert {run for run, *_ in client.images} == {"run7"}
    assert {step for *_, step in client.images} == {7}
    keys = [key for _, _, key, _ in client.images]
    assert len(set(keys)) == len(keys) == 3 * 4
    assert all(key.isascii() and "|" not in key for key in keys)
    assert len(client.texts) == 3
    assert "Circuit of functional" in client.texts["neurflow/functional/table-step00000007.md"]


def test_a_csv_logger_and_no_logger_get_nothing_and_nothing_is_drawn(tmp_path, monkeypatch):
    def drawn(*_: object) -> bytes:
        raise AssertionError("drawn for nobody")

    monkeypatch.setattr(neurflow_lightning.publish, "circuit_picture", drawn)
    assert publish_snapshot([CSVLogger(tmp_path)], make_snapshot(), 1) == []
    assert publish_snapshot([], make_snapshot(), 1) == []
    assert publish_concept_vectors([], make_snapshot(), 1) == []


def test_the_dummy_logger_of_other_ranks_and_fast_dev_run_takes_all():
    assert publish_snapshot([DummyLogger()], make_snapshot(), 1) == []
    assert publish_concept_vectors([DummyLogger()], make_snapshot(), 1) == []


def test_a_logger_that_fails_does_not_stop_the_others_and_is_named():
    good = WandbLike()
    failures = publish_snapshot([Unreachable(), FullDisk(), good], make_snapshot(targets=1), 1)
    assert [(one.logger, str(one.error)) for one in failures] == [
        ("Unreachable", "no server"),
        ("FullDisk", "no space left"),
    ]
    assert len(good.images) == 4


def test_a_broken_snapshot_is_no_logger_s_fault():
    snapshot = make_snapshot()
    broken = dataclasses.replace(snapshot, thumbnails=dict.fromkeys(snapshot.thumbnails, b"junk"))
    with pytest.raises(SnapshotError, match="thumbnail of patch"):
        publish_snapshot([WandbLike()], broken, 1)


def test_layers_without_groups_get_no_grid():
    snapshot = make_snapshot(targets=1)
    circuit = snapshot.circuits[0]
    groups = tuple(group for group in circuit.groups if group.id.layer != "layer2")
    circuit = dataclasses.replace(circuit, groups=groups, edges=())
    logger = WandbLike()
    publish_snapshot([logger], dataclasses.replace(snapshot, circuits=(circuit,)), 1)
    assert {key for key, *_ in logger.images} == picture_tags("functional") - {
        "neurflow/functional/layer2/patches"
    }


# --- what changed ------------------------------------------------------------------------


def changed() -> DriftReport:
    return measure_drift(make_snapshot(0), make_snapshot(1), matching="neurons")


def test_tensorboard_gets_tables_of_what_changed_beside_those_of_the_snapshot(tmp_path):
    logger = TensorBoardLogger(tmp_path)
    snapshot = make_snapshot(1)
    assert publish_snapshot([logger], snapshot, 9) == []
    assert publish_drift([logger], changed(), snapshot, 9) == []
    events = read(logger.log_dir)
    tags = [tag for tag in events.Tags()["tensors"] if tag.endswith("/drift")]
    assert "neurflow/functional/drift" in tags
    assert len(tags) == 2
    (table,) = events.Tensors("neurflow/functional/drift")
    assert table.step == 9
    text = table.tensor_proto.string_val[0].decode()
    assert "What changed in the circuit of functional" in text
    assert "| what happened |" in text
    assert len(events.Tensors("neurflow/functional/table")) == 1


def test_other_loggers_get_what_they_can_take_of_what_changed():
    wandb, mlflow = WandbLike(), MlflowLike()
    failures = publish_drift([wandb, mlflow, Unreachable()], changed(), make_snapshot(1), 9)
    assert [one.logger for one in failures] == ["Unreachable"]
    assert wandb.images == mlflow.experiment.images == []
    assert len(mlflow.experiment.texts) == 2
    assert "neurflow/functional/drift-step00000009.md" in mlflow.experiment.texts


def test_without_a_logger_for_them_no_tables_are_made(tmp_path, monkeypatch):
    def made(*_: object) -> str:
        raise AssertionError("made for nobody")

    monkeypatch.setattr(neurflow_lightning.publish, "drift_tables", made)
    assert publish_drift([CSVLogger(tmp_path)], changed(), make_snapshot(1), 1) == []


def test_mistakes_go_to_whoever_takes_pictures_and_are_made_once_or_never():
    made = []

    def make():
        made.append(1)
        return {"1": jpeg(), "2": jpeg()}, "what fired"

    assert publish_mistakes([CSVLogger("unused")], make, 9) == []
    assert made == []
    wandb, mlflow = WandbLike(), MlflowLike()
    failures = publish_mistakes([wandb, mlflow, Unreachable()], make, 9)
    assert [one.logger for one in failures] == ["Unreachable"]
    assert made == [1]
    assert len(wandb.images) == len(mlflow.experiment.images) == 2
    assert mlflow.experiment.texts == {"neurflow_mistakes/groups-step00000009.md": "what fired"}


def jpeg() -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (8, 8)).save(buffer, "JPEG")
    return buffer.getvalue()
