"""Functional transfer on the images of a validation.

The probe images are the first of each target, and the core neurons were chosen on them. So they
serve only where hardly another image of the target is there. Of other classes equally many are
taken, as far as there are so many: in data sorted by class the first would be all of one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import chain
from typing import Any

import torch
from lightning.pytorch import LightningModule, Trainer
from torch import Tensor

from neurflow_lightning.cli.watching import Watching
from neurflow_lightning.core.transfer import functional_transfer
from neurflow_lightning.errors import ProbeError
from neurflow_lightning.evolution.comparing import Transfer
from neurflow_lightning.training.trainer_facts import classifier, precision_context
from neurflow_lightning.types import Snapshot

TARGET_IMAGES, OTHER_IMAGES = 200, 1000
"""Most images kept of each target, and of all other classes together."""
FEWEST_FRESH = 10
"""Images of a target that are no probe images; of fewer its accuracy would be too coarse."""


class TransferMeter(Watching):
    """Keeps images of a validation, and masks core neurons on them at its end.

    Args:
        settings: arguments of ``NeurFlowCallback`` that say where inputs, labels and the classifier
            are.
        before, after: with the same layers and targets; ``after`` is of the network validated.

    Attributes:
        transfer: target index → layer → T; empty before the validation.
        on_probe: names of the targets for which the probe images had to serve.
    """

    def __init__(self, settings: Mapping[str, Any], before: Snapshot, after: Snapshot) -> None:
        super().__init__(settings.get("input_key"), settings.get("label_key"))
        self.transfer: Transfer = {}
        self.on_probe: tuple[str, ...] = ()
        self._settings = settings
        self._snapshots = before, after
        self._kept = Kept(
            [circuit.target.index for circuit in after.circuits], after.config.images_per_target
        )

    def take(self, inputs: Tensor, labels: Tensor | None) -> None:
        """Copy what there is room for."""
        if labels is None:
            raise ProbeError(
                "The validation data has no class labels: functional transfer is a ratio of "
                "accuracies. Name them by --neurflow.label_key."
            )
        for image, label in zip(inputs, labels.tolist(), strict=True):
            self._kept.add(image, label)

    def on_validation_epoch_end(self, trainer: Trainer, pl_module: LightningModule) -> None:
        """Measure."""
        kept = self._kept.images()
        if not kept:
            raise ProbeError("The data module gave no validation image.")
        labels, images = zip(*kept, strict=True)
        circuits = self._snapshots[1].circuits
        lacking = self._kept.lacking()
        self.on_probe = tuple(one.name for one in circuits if one.target.index in lacking)
        of_trainer = bool(self._settings.get("trainer_precision"))
        with precision_context(trainer, pl_module.device, of_trainer=of_trainer):
            self.transfer = functional_transfer(
                classifier(pl_module, self._settings.get("module")),
                *self._snapshots,
                torch.stack(images),
                torch.tensor(labels),
                forward=self._settings.get("forward_fn"),
            )


class Kept:
    """Images kept of a stream, copied to the CPU.

    Args:
        targets: class indices.
        probe_images: how many of each target come first that are probe images.
    """

    def __init__(self, targets: Iterable[int], probe_images: int) -> None:
        self._probe_images = probe_images
        self._probe: dict[int, list[Tensor]] = {target: [] for target in targets}
        self._fresh: dict[int, list[Tensor]] = {target: [] for target in self._probe}
        self._others: dict[int, list[Tensor]] = {}

    def add(self, image: Tensor, label: int) -> None:
        """Keep an image if there is room for it; of other classes the most frequent makes room."""
        if label not in self._probe:
            self._add_other(image, label)
        elif len(self._probe[label]) < self._probe_images:
            self._probe[label].append(_copied(image))
        elif len(self._fresh[label]) < TARGET_IMAGES:
            self._fresh[label].append(_copied(image))

    def lacking(self) -> set[int]:
        """The targets for which probe images have to serve."""
        return {label for label, fresh in self._fresh.items() if len(fresh) < FEWEST_FRESH}

    def images(self) -> list[tuple[int, Tensor]]:
        """Label and image of all that serve."""
        lacking = self.lacking()
        own = {
            label: [*probe, *self._fresh[label]][:TARGET_IMAGES]
            if label in lacking
            else self._fresh[label]
            for label, probe in self._probe.items()
        }
        served = chain(own.items(), self._others.items())
        return [(label, image) for label, images in served for image in images]

    def _add_other(self, image: Tensor, label: int) -> None:
        kept = self._others.setdefault(label, [])
        if sum(map(len, self._others.values())) >= OTHER_IMAGES:
            most = max(self._others.values(), key=len)
            if len(kept) + 1 >= len(most):
                return
            most.pop()
        kept.append(_copied(image))


def _copied(image: Tensor) -> Tensor:
    return image.detach().cpu().clone()
