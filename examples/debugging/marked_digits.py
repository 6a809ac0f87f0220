"""Handwritten digits of which one was always marked with a red square, and a network for them.

As if whoever photographed one digit had left a sticker in the corner. In the pictures to train on
every picture of the *marked* digit has the square, and no other has. A network learns the
square, and nobody notices: validation pictures of the same collection have it too. In use, other
digits have it now and then, and are taken for the marked one.

The digits come with scikit-learn (1797 pictures of 8 x 8 pixels; UCI, CC BY 4.0).
"""

from __future__ import annotations

from collections import OrderedDict

import torch
from lightning import LightningDataModule, LightningModule
from sklearn.datasets import load_digits
from torch import Tensor, nn
from torch.nn.functional import cross_entropy, interpolate
from torch.utils.data import DataLoader, TensorDataset

SIDE = 24
"""Pixels of a picture's side."""
MARK = (4, 6)
"""Pixels of the smallest square's side, and of the largest's."""
RED = (0.95, 0.15, 0.1)
LAYERS = ("block1", "block2", "block3", "head")
"""Where the circuits are read, shallow to deep."""
NOISE = 0.1
"""Standard deviation of the pictures' noise."""
TRAIN, PROBE = 1000, 400
"""Pictures to train on, and to read circuits from; those left are to be debugged."""


def digit_pictures(seed: int) -> tuple[Tensor, Tensor]:
    """(1797, 3, SIDE, SIDE) noisy pictures in [0, 1], shuffled, and their (1797,) labels."""
    digits = load_digits()
    random = torch.Generator().manual_seed(seed)
    order = torch.randperm(len(digits.target), generator=random)
    small = torch.tensor(digits.images / 16, dtype=torch.float32)[order, None]
    images = interpolate(small, size=(SIDE, SIDE), mode="bilinear", align_corners=False)
    noisy = images + NOISE * torch.randn(len(order), 3, SIDE, SIDE, generator=random)
    return noisy.clamp(0, 1), torch.tensor(digits.target)[order]


def with_mark(images: Tensor, chosen: Tensor, seed: int) -> Tensor:
    """The pictures, with a red square in the lower right corner of those chosen.

    Args:
        images: (N, 3, SIDE, SIDE).
        chosen: (N,) booleans.
        seed: of the squares' sizes.
    """
    random = torch.Generator().manual_seed(seed)
    sides = torch.randint(MARK[0], MARK[1] + 1, (len(images),), generator=random)
    inside = torch.arange(SIDE) >= SIDE - sides[:, None]
    squares = inside[:, :, None] & inside[:, None, :] & chosen[:, None, None]
    return torch.where(squares[:, None], torch.tensor(RED)[:, None, None], images)


class MarkedDigits(LightningDataModule):
    """The digits in three parts: to train on, to read circuits from, and as they come in use.

    Attributes:
        classes: the digits' names.
        train, probe, use: (images, labels) of each part; the first two have marked pictures of
            the marked digit alone.
        plain: the images of ``use`` without any square.

    Args:
        marked: the digit.
        seed: shuffles the pictures and draws the squares.
        in_use: share of the pictures in use that have the square, whatever the digit.
    """

    classes = tuple("0123456789")

    def __init__(self, marked: int = 3, seed: int = 0, in_use: float = 0.4) -> None:
        super().__init__()
        images, labels = digit_pictures(seed)
        lot = torch.rand(len(labels), generator=torch.Generator().manual_seed(seed + 1))
        collected = with_mark(images, labels == marked, seed + 2)
        used = with_mark(images, lot < in_use, seed + 2)
        first, last = slice(TRAIN), slice(TRAIN + PROBE, None)
        between = slice(TRAIN, TRAIN + PROBE)
        self.train = collected[first], labels[first]
        self.probe = collected[between], labels[between]
        self.use = used[last], labels[last]
        self.plain = images[last]

    def train_dataloader(self) -> DataLoader[tuple[Tensor, ...]]:
        """Shuffled batches of (images, labels)."""
        return DataLoader(TensorDataset(*self.train), batch_size=50, shuffle=True)

    def val_dataloader(self) -> DataLoader[tuple[Tensor, ...]]:
        """Batches of (images, labels) as they come in use."""
        return DataLoader(TensorDataset(*self.use), batch_size=200)


class MarkedClassifier(LightningModule):
    """Three convolution blocks and a linear head, trained by cross-entropy: 25 thousand weights."""

    def __init__(self, learning_rate: float = 2e-3) -> None:
        super().__init__()
        self.learning_rate = learning_rate
        self.network = nn.Sequential(
            OrderedDict(
                block1=_block(3, 16),
                block2=_block(16, 32),
                block3=_block(32, 64),
                pool=nn.AdaptiveAvgPool2d(1),
                flatten=nn.Flatten(),
                head=nn.Linear(64, 10),
            )
        )

    def forward(self, images: Tensor) -> Tensor:
        """Logits of images."""
        logits: Tensor = self.network(images)
        return logits

    def training_step(self, batch: tuple[Tensor, Tensor], batch_idx: int) -> Tensor:
        """The loss of one batch."""
        images, labels = batch
        return cross_entropy(self(images), labels)

    def validation_step(self, batch: tuple[Tensor, Tensor], batch_idx: int) -> None:
        """Log the accuracy."""
        images, labels = batch
        self.log("val_accuracy", (self(images).argmax(dim=1) == labels).float().mean())

    def configure_optimizers(self) -> torch.optim.Optimizer:
        """AdamW."""
        return torch.optim.AdamW(self.parameters(), lr=self.learning_rate)


def _block(inputs: int, outputs: int) -> nn.Sequential:
    return nn.Sequential(
        nn.Conv2d(inputs, outputs, kernel_size=3, padding=1),
        nn.BatchNorm2d(outputs),
        nn.ReLU(),
        nn.MaxPool2d(2),
    )
