"""Functional transfer on the images of a validation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import torch
from lightning.pytorch import Callback, LightningModule, Trainer
from torch import Tensor

from neurflow_lightning.core.transfer import functional_transfer
from neurflow_lightning.errors import ProbeError
from neurflow_lightning.evolution.comparing import Transfer
from neurflow_lightning.training.batches import inputs_and_labels
from neurflow_lightning.training.trainer_facts import classifier, precision_context
from neurflow_lightning.types import Snapshot

TARGET_IMAGES, OTHER_IMAGES = 200, 1000
"""Most images kept of each target, and of all other classes together: the first that come."""


class TransferMeter(Callback):
    """Keeps images of a validation, and masks core neurons on them at its end.

    Args:
        settings: arguments of ``NeurFlowCallback`` that say where inputs, labels and the classifier
            are.
        before, after: with the same layers and targets; ``after`` is of the network validated.

    Attributes:
        transfer: target index → layer → T; empty before the validation.
    """

    def __init__(self, settings: Mapping[str, Any], before: Snapshot, after: Snapshot) -> None:
        self.transfer: Transfer = {}
        self._settings = settings
        self._snapshots = before, after
        targets = [circuit.target.index for circuit in after.circuits]
        self._room: dict[int | None, int] = dict.fromkeys(targets, TARGET_IMAGES)
        self._room[None] = OTHER_IMAGES
        self._kept: list[tuple[Tensor, int]] = []

    def on_validation_batch_start(
        self,
        trainer: Trainer,
        pl_module: LightningModule,
        batch: Any,
        batch_idx: int,
        dataloader_idx: int = 0,
    ) -> None:
        """Copy what there is room for, of the first data loader."""
        if dataloader_idx != 0:
            return
        keys = self._settings.get("input_key"), self._settings.get("label_key")
        inputs, labels = inputs_and_labels(batch, *keys)
        if labels is None:
            raise ProbeError(
                "The validation data has no class labels: functional transfer is a ratio of "
                "accuracies. Name them by --neurflow.label_key."
            )
        for image, label in zip(inputs, labels.tolist(), strict=True):
            place = label if label in self._room else None
            if self._room[place]:
                self._room[place] -= 1
                self._kept.append((image.detach().cpu().clone(), label))

    def on_validation_epoch_end(self, trainer: Trainer, pl_module: LightningModule) -> None:
        """Measure."""
        if not self._kept:
            raise ProbeError("The data module gave no validation image.")
        images, labels = zip(*self._kept, strict=True)
        of_trainer = bool(self._settings.get("trainer_precision"))
        with precision_context(trainer, pl_module.device, of_trainer=of_trainer):
            self.transfer = functional_transfer(
                classifier(pl_module, self._settings.get("module")),
                *self._snapshots,
                torch.stack(images),
                torch.tensor(labels),
                forward=self._settings.get("forward_fn"),
            )
