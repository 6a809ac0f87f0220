"""What the digit examples share: real handwritten digits, a small network and its training.

The digits come with scikit-learn (1797 pictures of 8 x 8 pixels; UCI, CC BY 4.0), so that
nothing is downloaded. They are enlarged to 32 x 32 pixels: deep layers then still have places.
"""

from __future__ import annotations

from collections import OrderedDict

import torch
from lightning import LightningDataModule, LightningModule
from sklearn.datasets import load_digits
from torch import Tensor, nn
from torch.nn.functional import cross_entropy, interpolate
from torch.utils.data import DataLoader, TensorDataset, random_split


def digit_images(side: int = 32) -> tuple[Tensor, Tensor]:
    """(1797, 1, side, side) pictures in [0, 1] and their (1797,) labels."""
    digits = load_digits()
    small = torch.tensor(digits.images / 16, dtype=torch.float32)[:, None]
    images = interpolate(small, size=(side, side), mode="bilinear", align_corners=False)
    return images, torch.tensor(digits.target)


class DigitsData(LightningDataModule):
    """Three quarters of the digits to train on, the rest to validate on; always the same split.

    Attributes:
        classes: the digits' names; the callback looks for them here.
    """

    classes = tuple("0123456789")

    def __init__(self, batch_size: int = 64, side: int = 32) -> None:
        super().__init__()
        self.batch_size = batch_size
        self.side = side

    def setup(self, stage: str) -> None:
        """Split the digits."""
        generator = torch.Generator().manual_seed(0)
        dataset = TensorDataset(*digit_images(self.side))
        self.train, self.val = random_split(dataset, [0.75, 0.25], generator)

    def train_dataloader(self) -> DataLoader[tuple[Tensor, ...]]:
        """Shuffled batches of (images, labels)."""
        return DataLoader(self.train, self.batch_size, shuffle=True)

    def val_dataloader(self) -> DataLoader[tuple[Tensor, ...]]:
        """Batches of (images, labels)."""
        return DataLoader(self.val, self.batch_size)


class SmallCNN(nn.Sequential):
    """Three convolution blocks and a linear head: 24 thousand weights."""

    def __init__(self, classes: int = 10) -> None:
        super().__init__(
            OrderedDict(
                block1=_block(1, 16),
                block2=_block(16, 32),
                block3=_block(32, 64),
                pool=nn.AdaptiveAvgPool2d(1),
                flatten=nn.Flatten(),
                head=nn.Linear(64, classes),
            )
        )


def _block(inputs: int, outputs: int) -> nn.Sequential:
    return nn.Sequential(
        nn.Conv2d(inputs, outputs, kernel_size=3, padding=1),
        nn.BatchNorm2d(outputs),
        nn.ReLU(),
        nn.MaxPool2d(2),
    )


class Classifier(LightningModule):
    """Trains any network by cross-entropy and logs its accuracy on the validation set."""

    def __init__(self, network: nn.Module, learning_rate: float = 1e-3) -> None:
        super().__init__()
        self.network = network
        self.learning_rate = learning_rate

    def forward(self, images: Tensor) -> Tensor:
        """(N, classes) logits."""
        logits: Tensor = self.network(images)
        return logits

    def training_step(self, batch: tuple[Tensor, Tensor], batch_idx: int) -> Tensor:
        """The loss of one batch."""
        images, labels = batch
        loss = cross_entropy(self(images), labels)
        self.log("train_loss", loss)
        return loss

    def validation_step(self, batch: tuple[Tensor, Tensor], batch_idx: int) -> None:
        """Log loss and accuracy."""
        images, labels = batch
        logits = self(images)
        accuracy = (logits.argmax(dim=1) == labels).float().mean()
        self.log("val_loss", cross_entropy(logits, labels))
        self.log("val_accuracy", accuracy, prog_bar=True)

    def configure_optimizers(self) -> torch.optim.Optimizer:
        """AdamW."""
        return torch.optim.AdamW(self.parameters(), lr=self.learning_rate)
