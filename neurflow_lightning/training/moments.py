"""The three moments at which an analysis may happen, and how metrics are logged at each.

``"validation"``
    the end of a validation epoch. The one moment whose metrics reach early stopping and
    checkpoints in every set-up, so it is the usual one.
``"train_batch"``
    the end of a training batch. Metrics go to the loggers at once, because ``log`` would keep
    back what does not fall on a multiple of ``log_every_n_steps``.
``"train_epoch"``
    the end of a training epoch, where there is no validation.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import torch
from lightning.pytorch import LightningModule, Trainer

Moment = Literal["validation", "train_batch", "train_epoch"]


def logged_step(trainer: Trainer, moment: Moment) -> int:
    """The step at which ``log`` records: training batches that stepped, counted from 0.

    When a training epoch has ended the trainer's counter is one ahead of what ``log`` uses.
    """
    step = trainer.fit_loop.epoch_loop._batches_that_stepped
    return max(step - 1, 0) if moment == "train_epoch" else step


def log_scalars(
    trainer: Trainer, pl_module: LightningModule, values: Mapping[str, float], moment: Moment
) -> None:
    """Log ``values``, which are the same on every process, at :func:`logged_step`."""
    if moment == "train_batch":
        trainer.callback_metrics.update({tag: torch.tensor(one) for tag, one in values.items()})
        for logger in trainer.loggers:
            logger.log_metrics(dict(values), step=logged_step(trainer, moment))
        return
    pl_module.log_dict(
        dict(values),
        on_step=False,
        on_epoch=True,
        sync_dist=trainer.world_size > 1,
        batch_size=1,
        add_dataloader_idx=False,
    )
