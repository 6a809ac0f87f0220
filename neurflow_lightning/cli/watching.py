"""What the verbs that run a network take of a validation, beside what the callback takes."""

from __future__ import annotations

from typing import Any

from lightning.pytorch import Callback, LightningModule, Trainer
from torch import Tensor

from neurflow_lightning.training.batches import Key, inputs_and_labels


class Watching(Callback):
    """Is handed the inputs and labels of the first data loader as they come.

    Args:
        input_key, label_key: where a batch keeps its inputs and labels.
    """

    def __init__(self, input_key: Key | None, label_key: Key | None) -> None:
        self._keys = input_key, label_key

    def on_validation_batch_start(
        self,
        trainer: Trainer,
        pl_module: LightningModule,
        batch: Any,
        batch_idx: int,
        dataloader_idx: int = 0,
    ) -> None:
        """Hand over before ``validation_step`` can change the batch."""
        if dataloader_idx == 0 and self.has_room():
            self.take(*inputs_and_labels(batch, *self._keys))

    def has_room(self) -> bool:
        """Whether more is wanted."""
        return True

    def take(self, inputs: Tensor, labels: Tensor | None) -> None:
        """Copy what is wanted of a batch: (B, ...) inputs, and (B,) labels where it has any."""
        raise NotImplementedError
