"""The verb ``debug``: image files, or the mistakes of a validation, seen through a snapshot."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, cast

import torch
from lightning.pytorch import LightningModule, Trainer, seed_everything
from PIL import Image
from torch import Tensor, nn

from neurflow_lightning.applications.debugging import (
    BatchReport,
    debug_batch,
    debug_image,
    trace_groups,
)
from neurflow_lightning.applications.firing import ImageReport
from neurflow_lightning.applications.page import Section, debugging_page
from neurflow_lightning.applications.picturing import image_picture
from neurflow_lightning.applications.telling import (
    BATCH_TERMS,
    batch_content,
    batch_text,
    chosen_text,
    image_content,
    image_terms,
    image_text,
    terms_text,
    trace_text,
)
from neurflow_lightning.cli.analyzing import (
    Analyzer,
    callback_settings,
    check_step,
    part_of,
    seed_of,
)
from neurflow_lightning.cli.loading import (
    Checkpoint,
    RunConfig,
    check_finite,
    find_user_code,
    imported,
    load_weights,
    make_data,
    make_model,
    read_checkpoint,
    read_config,
)
from neurflow_lightning.cli.output import CommandError, as_json, check_places, deliver, write
from neurflow_lightning.cli.snapshots import PASSED, labels_of
from neurflow_lightning.cli.watching import Watching
from neurflow_lightning.core.probes import ProbeSet
from neurflow_lightning.core.thumbnails import displayable, per_channel
from neurflow_lightning.errors import ProbeError, described
from neurflow_lightning.evolution.comparing import moment
from neurflow_lightning.labels import GroupLabels
from neurflow_lightning.render.text import visible_text
from neurflow_lightning.storage import load_snapshot
from neurflow_lightning.training.trainer_facts import classifier, precision_context
from neurflow_lightning.types import Snapshot

IMAGES = 2000
"""Most validation images looked at: the first that come."""

_WAYS = (
    "wanted --transform pkg.module:function, 'data' for the transform of the data module's "
    "validation data set, or 'resize'"
)


def debug(said: Namespace) -> int:
    """``neurflow debug``: reports; it fails on nothing that it finds."""
    _check_said(said)
    earlier = [one for pair in said.earlier for one in pair]
    inputs = [said.snapshot, said.checkpoint, *said.images, *earlier]
    check_places({"--json": said.json, "--html": said.html}, inputs)
    snapshot = load_snapshot(said.snapshot)
    find_user_code()
    batch: BatchReport | None = None
    names = labels_of(said.snapshot, snapshot)
    if said.images:
        seen = _files(said, snapshot, names)
    else:
        batch, seen = _mistakes(said, snapshot)
        batch = replace(batch, labels=names)
    seen = [replace(one, report=replace(one.report, labels=names)) for one in seen]
    pictures = [one.picture(snapshot) if said.html or said.plots else None for one in seen]
    _plot(said.plots, pictures)
    intro = "" if batch is None else _intro(batch, seen)
    tested = batch is not None and len(batch.mistakes) > 0
    terms = [*(BATCH_TERMS if tested else ()), *image_terms(one.report for one in seen)]
    parts = [intro, *(one.text() for one in seen), terms_text(terms)]
    content = {
        "snapshot": said.snapshot,
        "checkpoint": said.checkpoint,
        "images": [one.content() for one in seen],
        **({"batch": _batch_content(batch, seen)} if batch else {}),
    }
    documents = [(said.json, as_json("debug", content))]
    if said.html:
        sections = [
            Section(one.title, one.text(), picture)
            for one, picture in zip(seen, pictures, strict=True)
        ]
        title = f"Debugging: {said.snapshot} ({moment(snapshot)})"
        documents.append((said.html, debugging_page(title, intro, sections, terms)))
    deliver("\n".join(filter(None, parts)), documents)
    return PASSED


def _intro(batch: BatchReport, seen: Sequence[_Seen]) -> str:
    return "\n".join(filter(None, [batch_text(batch), chosen_text(batch, _numbers(seen))]))


def _batch_content(batch: BatchReport, seen: Sequence[_Seen]) -> dict[str, Any]:
    return {**batch_content(batch), "passed_over": list(batch.passed_over(_numbers(seen)))}


def _numbers(seen: Sequence[_Seen]) -> list[int]:
    """Of mistakes among the validation images."""
    return [one.number for one in seen if one.number is not None]


def _check_said(said: Namespace) -> None:
    if bool(said.images) == (said.mistakes is not None):
        raise CommandError("debug: wanted either image files or --mistakes.")
    if said.mistakes is not None and said.mistakes < 0:
        raise CommandError(f"debug: --mistakes {said.mistakes}: wanted at least 0.")
    for option in ("true", "transform", "earlier"):
        if said.mistakes is not None and getattr(said, option):
            raise CommandError(f"debug: --{option} is for image files, and --mistakes was given.")
    if said.plots is not None:
        try:
            Path(said.plots).mkdir(parents=True, exist_ok=True)
        except OSError as error:
            told = f"--plots {said.plots}: Cannot be made a folder: {error.strerror}."
            raise CommandError(told) from error


# --- what was seen -----------------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class _Seen:
    """An image with its report.

    Attributes:
        title: what it is called.
        image: (...) as the network takes it.
        report: of it.
        settings: with ``mean`` and ``std``, for true colours, where they are known.
        over_time: the same groups at earlier moments, as text; empty without any.
        number: among the validation images; ``None`` for a file.
    """

    title: str
    image: Tensor
    report: ImageReport
    settings: Mapping[str, Any]
    over_time: str = ""
    number: int | None = None

    def text(self) -> str:
        """For a terminal."""
        told = image_text(self.report, self.title)
        return f"{told}\n{self.over_time}" if self.over_time else told

    def content(self) -> dict[str, Any]:
        """For JSON."""
        return {"image": self.title, **image_content(self.report)}

    def picture(self, snapshot: Snapshot) -> bytes | None:
        """As JPEG; ``None`` for what is no image."""
        if self.report.boxes is None:
            return None
        mean, std = self.settings.get("mean"), self.settings.get("std")
        pixels = displayable(ProbeSet(self.image[None], mean=mean, std=std), 0)
        return image_picture(self.report, snapshot, pixels, self.title)


def _plot(folder: str | None, pictures: Sequence[bytes | None]) -> None:
    if folder is None:
        return
    for place, picture in enumerate(pictures):
        if picture is None:
            raise CommandError("--plots: the network's inputs are no images.")
        write(Path(folder) / f"debug_{place + 1}.jpg", picture)


# --- image files -------------------------------------------------------------------------


def _files(said: Namespace, snapshot: Snapshot, names: GroupLabels) -> list[_Seen]:
    config = read_config(said.config) if said.config else RunConfig()
    settings = callback_settings(said, config)
    network = _network(said, config, settings, said.checkpoint, snapshot)
    before = [
        (one, _network(said, config, settings, checkpoint, one))
        for one, checkpoint in ((load_snapshot(path), ckpt) for path, ckpt in said.earlier)
    ]
    transform, told = _transform(said, config, settings, snapshot)
    sys.stderr.write(f"neurflow: images are read by {visible_text(told)}\n")
    true = int(said.true) if said.true is not None and said.true.isdecimal() else said.true
    found = []
    for path in said.images:
        image = _read(path, transform, told, snapshot)

        def report(
            one: Snapshot, model: nn.Module, image: Tensor = image, effects: bool = False
        ) -> ImageReport:
            forward = settings.get("forward_fn")
            return debug_image(model, one, image, true, effects=effects, forward=forward)

        now = report(snapshot, network, effects=not said.no_effects)
        over_time = _over_time(before, snapshot, now, report, names) if before else ""
        found.append(_Seen(path, image, now, settings, over_time))
    return found


def _network(
    said: Namespace,
    config: RunConfig,
    settings: Mapping[str, Any],
    path: str,
    snapshot: Snapshot,
) -> nn.Module:
    """The classifier of a checkpoint, on the CPU."""
    checkpoint = _checkpoint(said, path)
    check_finite(checkpoint)
    check_step(checkpoint, snapshot)
    seed_everything(seed_of(said, config), verbose=False)
    model = make_model(part_of("model", said, config.model), checkpoint)
    load_weights(model, checkpoint, said.prefix)
    # Only a LightningModule has more to it than a module, and a name is looked up in either.
    return classifier(cast(LightningModule, model), settings.get("module"))


def _checkpoint(said: Namespace, path: str) -> Checkpoint:
    return read_checkpoint(path, unsafe=said.unsafe_load)


def _over_time(
    before: Sequence[tuple[Snapshot, nn.Module]],
    snapshot: Snapshot,
    now: ImageReport,
    report: Callable[[Snapshot, nn.Module], ImageReport],
    names: GroupLabels,
) -> str:
    snapshots = [*(one for one, _ in before), snapshot]
    reports = [*(report(one, model) for one, model in before), now]
    traces = trace_groups(snapshots, reports)
    lines = ["  taken for: " + ", then ".join(f"“{_answer(one)}”" for one in reports)]
    for circuit in now.circuits:
        if circuit.target in (now.predicted, now.true):
            lines.append(f"  the groups of “{circuit.name}” before:")
            told = trace_text(traces, snapshots, circuit.target, names)
            lines += [f"    {line}" for line in told.splitlines()]
    return "\n".join(map(_kept_indent, lines)) + "\n"


def _answer(report: ImageReport) -> str:
    return report.class_names[report.predicted]


def _kept_indent(line: str) -> str:
    indent = line[: len(line) - len(line.lstrip())]
    # Columns are aligned by runs of spaces, so each line is made visible part by part.
    return indent + "  ".join(visible_text(part) for part in line.strip().split("  "))


# --- how files become inputs -------------------------------------------------------------

Transform = Callable[[Image.Image], Any]


def _transform(
    said: Namespace, config: RunConfig, settings: Mapping[str, Any], snapshot: Snapshot
) -> tuple[Transform, str]:
    """How a picture becomes what the network takes, and how that is told."""
    how = said.transform
    if how == "resize":
        return _resizing(settings, snapshot)
    if how is None or how == "data":
        return _of_data(said, config, how)
    made = imported(how, "--transform")
    if not callable(made):
        raise CommandError(f"--transform {how}: is not callable: {_WAYS}.")
    return made, how


def _of_data(said: Namespace, config: RunConfig, how: str | None) -> tuple[Transform, str]:
    """The ``transform`` of the validation data set, as those of torchvision have it."""
    if not (said.data or config.data[0]):
        needs = "--transform data needs --data" if how else "nothing says how to read image files"
        raise CommandError(f"debug: {needs}: {_WAYS}.")
    checkpoint = _checkpoint(said, said.checkpoint)
    part = part_of("data", said, config.data)
    data = make_data(part, checkpoint)
    try:
        data.prepare_data()
        data.setup("validate")
        loader = data.val_dataloader()
    except Exception as error:  # whatever the data module does
        raise CommandError(f"--data {part.place}: {described(error)}") from error
    loader = loader[0] if isinstance(loader, list | tuple) else loader
    dataset: Any = getattr(loader, "dataset", None)
    while hasattr(dataset, "dataset") and not callable(getattr(dataset, "transform", None)):
        dataset = dataset.dataset  # of a Subset
    transform = getattr(dataset, "transform", None)
    if not callable(transform):
        raise CommandError(
            f"--data {part.place}: its validation data set, {type(dataset).__name__}, has no "
            f"'transform': {_WAYS}."
        )
    return transform, f"the transform of {type(dataset).__name__}, the validation data set"


def _resizing(settings: Mapping[str, Any], snapshot: Snapshot) -> tuple[Transform, str]:
    shape = snapshot.probe.input_shape
    if len(shape) != 3 or shape[0] not in (1, 3):
        raise CommandError(
            f"--transform resize: the network takes inputs of shape {shape}: wanted images of 1 "
            "or 3 channels. Give a function of your own."
        )
    channels, height, width = shape
    mean, std = settings.get("mean"), settings.get("std")
    if (mean is None) != (std is None):
        raise CommandError("--transform resize: wanted both --neurflow.mean and --neurflow.std.")
    for name, values in (("mean", mean), ("std", std)):
        if values is not None and len(values) != channels:
            raise CommandError(
                f"--neurflow.{name} has {len(values)} numbers; the images have {channels}."
            )

    def resized(picture: Image.Image) -> Tensor:
        picture = picture.convert("RGB" if channels == 3 else "L")
        picture = picture.resize((width, height), Image.Resampling.BILINEAR)
        pixels = torch.frombuffer(bytearray(picture.tobytes()), dtype=torch.uint8)
        values = pixels.reshape(height, width, channels).permute(2, 0, 1).float() / 255
        if mean is None or std is None:
            return values
        return (values - per_channel(mean)) / per_channel(std)

    told = f"resizing to {width}×{height}, scaled to [0, 1]"
    return resized, f"{told}, " + ("not normalised" if mean is None else "normalised")


def _read(path: str, transform: Transform, told: str, snapshot: Snapshot) -> Tensor:
    try:
        with Image.open(path) as opened:
            picture = opened.convert("RGB") if opened.mode not in ("RGB", "L") else opened.copy()
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise CommandError(f"{path}: Is no image that Pillow reads: {error}.") from error
    try:
        image = transform(picture)
    except Exception as error:  # whatever the transform does
        raise CommandError(f"{path}: {told} failed: {described(error)}") from error
    wanted = snapshot.probe.input_shape
    if not isinstance(image, Tensor) or tuple(image.shape) != wanted:
        shape = tuple(image.shape) if isinstance(image, Tensor) else type(image).__name__
        raise CommandError(
            f"{path}: {told} gave {shape}: wanted a tensor of shape {wanted}, as the probe images "
            "have it."
        )
    return image


# --- the mistakes of a validation --------------------------------------------------------


def _mistakes(said: Namespace, snapshot: Snapshot) -> tuple[BatchReport, list[_Seen]]:
    analyzer = Analyzer.said(said)
    watcher = analyzer.watched(
        said.checkpoint,
        snapshot,
        lambda settings: _MistakeWatcher(settings, snapshot, said.mistakes, not said.no_effects),
    )
    if watcher.batch is None:
        raise CommandError(f"{said.checkpoint}: The data module gave no validation image.")
    return watcher.batch, watcher.seen


class _MistakeWatcher(Watching):
    """Keeps the first images of a validation, and debugs them at its end.

    Args:
        settings: arguments of ``NeurFlowCallback`` that say where inputs, labels and the classifier
            are.
        snapshot: of the network validated.
        most: mistakes debugged one by one.
        effects: as of ``debug_image``.

    Attributes:
        batch: what mistakes share; ``None`` before the validation.
        seen: the mistakes that the circuits explain best.
    """

    def __init__(
        self, settings: Mapping[str, Any], snapshot: Snapshot, most: int, effects: bool
    ) -> None:
        super().__init__(settings.get("input_key"), settings.get("label_key"))
        self.batch: BatchReport | None = None
        self.seen: list[_Seen] = []
        self._settings, self._snapshot = settings, snapshot
        self._most, self._effects = most, effects
        self._kept: list[tuple[Tensor, Tensor]] = []

    def has_room(self) -> bool:
        """Whether fewer than :data:`IMAGES` were kept."""
        return self._room > 0

    @property
    def _room(self) -> int:
        return IMAGES - sum(len(labels) for _, labels in self._kept)

    def take(self, inputs: Tensor, labels: Tensor | None) -> None:
        """Copy what there is room for."""
        if labels is None:
            raise ProbeError(
                "The validation data has no class labels, and without them nothing is a mistake. "
                "Name them by --neurflow.label_key."
            )
        room = self._room
        self._kept.append((inputs[:room].detach().cpu().clone(), labels[:room].cpu().clone()))

    def on_validation_epoch_end(self, trainer: Trainer, pl_module: LightningModule) -> None:
        """Debug."""
        if not self._kept:
            return
        images, labels = (torch.cat(parts) for parts in zip(*self._kept, strict=True))
        of_trainer = bool(self._settings.get("trainer_precision"))
        model = classifier(pl_module, self._settings.get("module"))
        forward = self._settings.get("forward_fn")
        with precision_context(trainer, pl_module.device, of_trainer=of_trainer):
            self.batch = debug_batch(model, self._snapshot, images, labels, forward=forward)
            self.seen = [
                self._seen(model, number, images[number], int(labels[number]))
                for number in self.batch.explained_best(self._most).tolist()
            ]

    def _seen(self, model: nn.Module, number: int, image: Tensor, true: int) -> _Seen:
        forward = self._settings.get("forward_fn")
        report = debug_image(
            model, self._snapshot, image, true, effects=self._effects, forward=forward
        )
        title = f"validation image {number}"
        return _Seen(title, image, report, self._settings, number=number)
