"""``neurflow evaluate``: do the circuits of a checkpoint or a snapshot hold.

One validation gives everything: the model with its weights, the probe set as an analysis takes it,
and the images on which the masked network is tried. A snapshot is not analysed again; that it was
made of these images and these weights is checked.
"""

from __future__ import annotations

import sys
from argparse import Namespace
from pathlib import Path
from typing import Any

import torch
from lightning.pytorch import LightningModule, Trainer
from torch import Tensor

from neurflow_lightning.callback import NeurFlowCallback
from neurflow_lightning.cli.analyzing import Analyzer
from neurflow_lightning.cli.output import CommandError, as_json, check_places, deliver
from neurflow_lightning.cli.snapshots import PASSED
from neurflow_lightning.cli.telling import called
from neurflow_lightning.cli.watching import Watching
from neurflow_lightning.core.methods import check_available
from neurflow_lightning.core.planning import AnalysisPlan
from neurflow_lightning.errors import NeurFlowError
from neurflow_lightning.evaluation.figures import pictures
from neurflow_lightning.evaluation.results import EvaluationReport
from neurflow_lightning.evaluation.running import evaluate as run
from neurflow_lightning.evaluation.settings import EvaluationSettings
from neurflow_lightning.evaluation.tables import report_markdown, report_text
from neurflow_lightning.render.text import markdown_text, visible_text
from neurflow_lightning.storage import SUFFIX, load_snapshot, write_file
from neurflow_lightning.training.batches import Key
from neurflow_lightning.training.moments import Moment
from neurflow_lightning.training.trainer_facts import callbacks_of, classifier
from neurflow_lightning.types import Snapshot


def evaluate(said: Namespace) -> int:
    """``neurflow evaluate``: measures, and has no condition to fail."""
    is_snapshot = said.circuits.endswith(SUFFIX)
    places = {"--json": said.json, "--markdown": said.markdown}
    check_places(places, [said.circuits, said.checkpoint, said.config])
    checkpoint = _checkpoint(said, is_snapshot)
    settings = _settings(said)
    check_available(settings.all_methods)
    analyzer = Analyzer.said(said)
    keys = (analyzer.neurflow.get("input_key"), analyzer.neurflow.get("label_key"))
    seen = _Seen(said.images, *keys)
    if is_snapshot:
        snapshot = load_snapshot(said.circuits)
        made_of = {
            "layers": list(snapshot.layers),
            "targets": [one.target.index for one in snapshot.circuits],
            "config": snapshot.config,
        }
        analyzer.settled = made_of
        analyzer.validated(checkpoint, _Looking, seen)
    else:
        _say(f"analysing {checkpoint}")
        snapshot = analyzer.snapshot(checkpoint, seen)
    report = _evaluated(snapshot, seen, settings, said.circuits)
    name = called(said.circuits, snapshot)
    document = as_json("evaluate", {"of": name, **report.content()})
    head = f"# Evaluation of {markdown_text(name)}\n\n"
    _draw(said.plots, report)
    deliver(
        f"{visible_text(name)}\n{report_text(report)}",
        [(said.json, document), (said.markdown, head + report_markdown(report))],
    )
    return PASSED


def _checkpoint(said: Namespace, is_snapshot: bool) -> str:
    if not is_snapshot:
        if said.checkpoint is not None:
            raise CommandError(
                f"--checkpoint {said.checkpoint}: goes with a snapshot, and {said.circuits} is "
                "taken for a checkpoint itself."
            )
        return str(said.circuits)
    if said.checkpoint is None:
        raise CommandError(
            f"{said.circuits}: A snapshot holds no weights: give --checkpoint CKPT, of which it "
            "was made."
        )
    return str(said.checkpoint)


def _settings(said: Namespace) -> EvaluationSettings:
    names = ("what", "taus", "sets", "neurons", "search_runs", "set_sizes", "methods", "seed")
    given = {name: getattr(said, name) for name in names if getattr(said, name) is not None}
    if said.images < 1:
        raise CommandError(f"--images {said.images}: wanted at least 1.")
    return EvaluationSettings(**given)


def _evaluated(
    snapshot: Snapshot, seen: _Seen, settings: EvaluationSettings, path: str
) -> EvaluationReport:
    if seen.module is None or seen.neurflow is None or seen.neurflow.probes is None:
        raise CommandError(f"{path}: The data module gave no validation batch to evaluate on.")
    images, labels = seen.images_and_labels()
    try:
        return run(
            classifier(seen.module.to(seen.device), seen.neurflow.module),
            snapshot,
            seen.neurflow.probes,
            images=None if labels is None else images,
            labels=labels,
            forward=seen.neurflow.forward_fn,
            settings=settings,
            say=_say,
        )
    except NeurFlowError as error:
        raise type(error)(f"{path}: {error}") from error


def _draw(folder: str | None, report: EvaluationReport) -> None:
    if folder is None:
        return
    for name, jpeg in pictures(report).items():
        place = Path(folder) / f"{name}.jpg"
        try:
            write_file(place, jpeg)
        except OSError as error:
            raise CommandError(f"--plots {place}: Cannot be written: {error.strerror}.") from error


def _say(what: str) -> None:
    sys.stderr.write(f"neurflow: {visible_text(what)}\n")


# --- what is taken of a validation ---------------------------------------------------------


class _Looking(NeurFlowCallback):
    """Takes the probe set as an analysis does, and analyses nothing."""

    def _take_snapshot(
        self, trainer: Trainer, pl_module: LightningModule, ahead: AnalysisPlan, moment: Moment
    ) -> None:
        pass


class _Seen(Watching):
    """The model, the callback beside, and the first images of the first loader as they come.

    Args:
        most: images kept.
        input_key, label_key: where a batch keeps its inputs and labels.
    """

    def __init__(self, most: int, input_key: Key | None, label_key: Key | None) -> None:
        super().__init__(input_key, label_key)
        self.module: LightningModule | None = None
        self.neurflow: NeurFlowCallback | None = None
        self.device = torch.device("cpu")
        self._most = most
        self._images: list[Tensor] = []
        self._labels: list[Tensor | None] = []

    def on_validation_batch_start(
        self,
        trainer: Trainer,
        pl_module: LightningModule,
        batch: Any,
        batch_idx: int,
        dataloader_idx: int = 0,
    ) -> None:
        """Note the model and the callback beside, and copy images."""
        self.module, self.device = pl_module, pl_module.device
        beside = (one for one in callbacks_of(trainer) if isinstance(one, NeurFlowCallback))
        self.neurflow = next(beside, None)
        super().on_validation_batch_start(trainer, pl_module, batch, batch_idx, dataloader_idx)

    def has_room(self) -> bool:
        """Whether fewer than ``most`` images were kept."""
        return self._room > 0

    @property
    def _room(self) -> int:
        return self._most - sum(map(len, self._images))

    def take(self, inputs: Tensor, labels: Tensor | None) -> None:
        """Copy images as long as there is room."""
        left = self._room
        self._images.append(inputs[:left].detach().to("cpu", copy=True))
        self._labels.append(None if labels is None else labels[:left].detach().cpu().clone())

    def images_and_labels(self) -> tuple[Tensor, Tensor | None]:
        """(n, ...) and (n,); no labels where a batch had none."""
        labels = [one for one in self._labels if one is not None]
        whole = len(labels) == len(self._labels)
        return torch.cat(self._images), torch.cat(labels) if whole else None
