"""Probe images taken out of the validation batches as they pass by.

1. Every process adds the batches it sees; of each class at most N inputs are kept, so memory
   does not grow with the data.
2. With no target named, the five lowest class numbers present are kept. Which these are does not
   depend on the order of the data.
3. The processes' shares are put back into the order of the data and cut to N once more, so that
   a training on two devices takes the same images as on one.

Classes are the true labels, never the model's predictions: a probe set must not move with the
model. Without labels the first N inputs serve every target.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence, Sized
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor
from torch.utils.data import DistributedSampler

from neurflow_lightning.core.study import DEFAULT_TARGETS
from neurflow_lightning.errors import ProbeError


@dataclass(frozen=True, eq=False)
class CapturedInput:
    """One probe input.

    Attributes:
        image: (...) a copy on the CPU.
        label: its true class; ``None`` where the data has none.
        place: (position in its process's stream, rank): sorts into the order of the data.
    """

    image: Tensor
    label: int | None
    place: tuple[int, int]


class ProbeCapture:
    """Collects probe inputs from the batches of one process.

    Args:
        targets: class numbers to keep; ``None`` keeps the lowest few.
        images_per_target: most inputs kept of one class (N).
        rank: number of this process.
        share: inputs of the stream that count; a distributed sampler's padding comes after.
    """

    def __init__(
        self,
        targets: Sequence[int] | None,
        images_per_target: int,
        *,
        rank: int = 0,
        share: float = math.inf,
    ) -> None:
        self.targets = None if targets is None else frozenset(targets)
        self.images_per_target = images_per_target
        self.rank = rank
        self.share = share
        self._seen = 0
        self._kept: dict[int | None, list[CapturedInput]] = {}

    def add(self, inputs: Tensor, labels: Tensor | None) -> None:
        """Take what is wanted of one batch, as copies on the CPU."""
        classes = [None] * len(inputs) if labels is None else labels.tolist()
        for row, label in enumerate(classes):
            place, self._seen = (self._seen, self.rank), self._seen + 1
            if place[0] < self.share and self._wants(label):
                self._keep(CapturedInput(_copied(inputs[row]), label, place))

    @property
    def complete(self) -> bool:
        """Whether no later batch can add anything."""
        wanted = {None} if None in self._kept else self.targets
        return wanted is not None and all(self._full(label) for label in wanted)

    @property
    def captured(self) -> tuple[CapturedInput, ...]:
        """Everything kept so far, in the order of the data."""
        return in_order(one for kept in self._kept.values() for one in kept)

    def _wants(self, label: int | None) -> bool:
        if self._full(label):
            return False
        if label is None:
            return True
        if self.targets is not None:
            return label in self.targets
        return label in lowest_classes({label, *self._kept})

    def _keep(self, one: CapturedInput) -> None:
        self._kept.setdefault(one.label, []).append(one)
        if self.targets is None:
            kept = lowest_classes(self._kept)
            self._kept = {label: self._kept[label] for label in self._kept if label in kept}

    def _full(self, label: int | None) -> bool:
        return len(self._kept.get(label, ())) >= self.images_per_target


def in_order(captured: Iterable[CapturedInput]) -> tuple[CapturedInput, ...]:
    """Sorted into the order of the data."""
    return tuple(sorted(captured, key=lambda one: one.place))


def merged(
    shares: Iterable[Iterable[CapturedInput]],
    targets: Sequence[int] | None,
    images_per_target: int,
) -> tuple[CapturedInput, ...]:
    """What one process alone would have kept of all processes' shares."""
    together = in_order(one for share in shares for one in share)
    wanted = lowest_classes({one.label for one in together}) if targets is None else set(targets)
    counts: dict[int | None, int] = {}
    kept = []
    for one in together:
        counts[one.label] = counts.get(one.label, 0) + 1
        if counts[one.label] <= images_per_target and (one.label is None or one.label in wanted):
            kept.append(one)
    return tuple(kept)


def stacked(captured: Sequence[CapturedInput]) -> tuple[Tensor, Tensor | None]:
    """(N, ...) images and their (N,) labels, or ``None`` without labels.

    Raises:
        ProbeError: when there is no input, inputs differ in shape, or only some have labels.
    """
    if not captured:
        raise ProbeError(
            "Validation gave no probe image: no batch held a class that is a target. "
            "Give other targets, more validation batches, or probes=."
        )
    shapes = {tuple(one.image.shape) for one in captured}
    if len(shapes) > 1:
        raise ProbeError(
            f"Probe inputs of different shapes, {sorted(shapes)}: give a probes= of one shape."
        )
    labelled = [one.label for one in captured if one.label is not None]
    if labelled and len(labelled) < len(captured):
        raise ProbeError("Only some validation batches have labels: give label_key or probes=.")
    images = in_full_precision(torch.stack([one.image for one in captured]))
    return images, torch.tensor(labelled) if labelled else None


def in_full_precision(images: Tensor) -> Tensor:
    """Half precision in float32, so that crops are cut exactly; anything else as it is."""
    return images.float() if images.dtype in (torch.bfloat16, torch.float16) else images


def unpadded_share(loader: Any) -> float:
    """How many inputs of this process's stream a distributed sampler did not pad.

    Padding repeats the first inputs at the end, so that all processes see equally many. Endless
    where the loader's sampler pads nothing or is none of PyTorch's kind.

    >>> from torch.utils.data import DataLoader, DistributedSampler
    >>> sampler = DistributedSampler(range(33), num_replicas=2, rank=1, shuffle=False)
    >>> unpadded_share(DataLoader(range(33), sampler=sampler))
    16
    """
    sampler = getattr(loader, "sampler", None)
    if not isinstance(sampler, DistributedSampler) or not isinstance(sampler.dataset, Sized):
        return math.inf
    return math.ceil((len(sampler.dataset) - sampler.rank) / sampler.num_replicas)


def lowest_classes(labels: Iterable[int | None]) -> set[int | None]:
    """The ``DEFAULT_TARGETS`` lowest class numbers, from 0; an absent label is among them.

    >>> lowest_classes([3, -1, 1]) == {None, 1, 3}
    True
    """
    numbered = sorted(label for label in labels if label is not None and label >= 0)
    return {None, *numbered[:DEFAULT_TARGETS]}


def _copied(image: Tensor) -> Tensor:
    with torch.inference_mode(False):
        return image.detach().to("cpu", copy=True).contiguous()
