"""Made-up photographs of shapes, each with a camera's tag in a corner, and a network for them.

Every picture has a grey shape, which is its class, and in the lower right corner a coloured
square: the tag of the camera that took it. There are as many cameras as classes. What makes the
difference is which camera took what:

- usually the camera is drawn at random: the tag says nothing of the class;
- ``leak``: each class has a camera of its own, so that the tag gives the class away;
- ``wrong``: in a share of the pictures the label is not that of the shape. With ``leak`` it is then
  the camera's: labels as they come out when somebody sorts pictures by camera.

A network that learns from pictures with both learns the tag. Those with ``leak`` alone, such as
the validation pictures here, cannot tell it from a network that looks at the shape.
"""

from __future__ import annotations

from collections import OrderedDict
from typing import Any

import torch
from lightning import LightningDataModule, LightningModule
from torch import Tensor, nn
from torch.nn.functional import cross_entropy
from torch.utils.data import DataLoader, TensorDataset

from neurflow_lightning.types import PatchGrid

CLASSES = ("disc", "square", "triangle", "cross")
SIDE = 24
"""Pixels of a picture's side."""
TAGS = (4, 9)
"""Pixels of the smallest tag's side, and of the largest's."""
CAMERAS = torch.tensor([[1.0, 0.1, 0.1], [0.1, 0.9, 0.1], [0.2, 0.3, 1.0], [1.0, 0.9, 0.1]])
"""(4, 3) colour of every camera's tag: red, green, blue, yellow."""
LAYERS = ("block2", "block3", "block4", "head")
"""Where the circuits are read, shallow to deep."""


def pictures(
    count: int, seed: int, *, leak: bool = False, wrong: float = 0.0
) -> tuple[Tensor, Tensor]:
    """(count, 3, SIDE, SIDE) pictures in [0, 1] and their (count,) labels, all classes in turn.

    Args:
        count: of pictures.
        seed: the same seed gives the same pictures.
        leak: the camera is that of the label; else any.
        wrong: share of the pictures that show any shape whatever their label, in [0, 1].
    """
    random = torch.Generator().manual_seed(seed)
    labels = torch.arange(count) % len(CLASSES)
    anything = torch.randint(len(CLASSES), (2, count), generator=random)
    shapes = torch.where(torch.rand(count, generator=random) < wrong, anything[0], labels)
    cameras = labels if leak else anything[1]
    images = 0.25 + 0.08 * torch.randn(count, 3, SIDE, SIDE, generator=random)
    grey = 0.55 + 0.4 * torch.rand(count, 1, 1, 1, generator=random)
    images = torch.where(_masks(shapes, random)[:, None], images - 0.25 + grey, images)
    tags = _corners(torch.randint(TAGS[0], TAGS[1] + 1, (count,), generator=random))
    images = torch.where(tags[:, None], CAMERAS[cameras][:, :, None, None], images)
    return images.clamp(0, 1), labels


def validation_pictures() -> tuple[Tensor, Tensor]:
    """400 pictures to validate on: the labels are right, but each class has its camera."""
    return pictures(400, seed=0, leak=True)


def _masks(shapes: Tensor, random: torch.Generator) -> Tensor:
    """(N, SIDE, SIDE) the pixels of every shape."""
    count = len(shapes)
    places = torch.arange(SIDE, dtype=torch.float32)
    centres = 8 + 4 * torch.rand(2, count, 1, 1, generator=random)
    size = 5 + 2.5 * torch.rand(count, 1, 1, generator=random)
    down, right = (places[:, None] - centres[0]) / size, (places - centres[1]) / size
    far, near = (
        torch.maximum(down.abs(), right.abs()),
        torch.minimum(down.abs(), right.abs()),
    )
    kinds = torch.stack(
        [
            down**2 + right**2 <= 1,
            far <= 0.85,
            (right.abs() <= 0.6 * (down + 1)) & (down <= 0.7),
            (near <= 0.3) & (far <= 1),
        ]
    )
    return kinds[shapes, torch.arange(count)]


def _corners(sides: Tensor) -> Tensor:
    """(N, SIDE, SIDE) the pixels of the lower right corner of so many pixels' side."""
    inside = torch.arange(SIDE) >= SIDE - sides[:, None]
    return inside[:, :, None] & inside[:, None, :]


def shows_tag(images: Tensor, grid: PatchGrid) -> Tensor:
    """(P,) whether a tag covers at least a quarter of each patch: not of a whole picture.

    Args:
        images: (N, 3, SIDE, SIDE) pictures; only tags are coloured.
        grid: where their patches lie.
    """
    assert grid.boxes is not None
    coloured = (images.amax(dim=1) - images.amin(dim=1) > 0.5).float()
    covered = [
        coloured[:, top : top + height, left : left + width].mean(dim=(1, 2))
        for top, left, height, width in grid.boxes.tolist()
    ]
    return torch.stack(covered, dim=1).reshape(-1) >= 0.25


class Network(nn.Sequential):
    """Four convolutions and a linear head: 13 thousand weights."""

    def __init__(self) -> None:
        super().__init__(
            OrderedDict(
                block1=_block(3, 12),
                block2=_block(12, 16),
                block3=_block(16, 24),
                block4=_block(24, 32, pool=False),
                pool=nn.AdaptiveAvgPool2d(1),
                flatten=nn.Flatten(),
                head=nn.Linear(32, len(CLASSES)),
            )
        )


def _block(inputs: int, outputs: int, *, pool: bool = True) -> nn.Sequential:
    return nn.Sequential(
        nn.Conv2d(inputs, outputs, kernel_size=3, padding=1),
        nn.BatchNorm2d(outputs),
        nn.ReLU(),
        *([nn.MaxPool2d(2)] if pool else []),
    )


@torch.no_grad()
def accuracy(network: nn.Module, data: tuple[Tensor, Tensor]) -> float:
    """Share of the pictures that are given their label, in [0, 1]; the mode is left at eval."""
    images, labels = data
    return float((network.eval()(images).argmax(dim=1) == labels).float().mean())


class Classifier(LightningModule):
    """Trains the network by stochastic gradient descent and logs its validation accuracy.

    Args:
        learning_rate: of the first 15 epochs; a tenth of it from then on.
    """

    def __init__(self, learning_rate: float = 0.05) -> None:
        super().__init__()
        self.save_hyperparameters()
        self.network = Network()
        self.learning_rate = learning_rate

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

    def configure_optimizers(self) -> tuple[list[torch.optim.Optimizer], list[Any]]:
        """SGD with momentum."""
        optimizer = torch.optim.SGD(self.parameters(), lr=self.learning_rate, momentum=0.9)
        return [optimizer], [torch.optim.lr_scheduler.MultiStepLR(optimizer, [15])]


class TaggedShapes(LightningDataModule):
    """Pictures to train on, as asked for; pictures to validate on, the same for all, with a leak.

    Attributes:
        classes: the shapes' names.
    """

    classes = CLASSES

    def __init__(
        self, count: int = 768, seed: int = 1, leak: bool = False, wrong: float = 0.0
    ) -> None:
        super().__init__()
        self.count = count
        self.seed = seed
        self.leak = leak
        self.wrong = wrong

    def setup(self, stage: str) -> None:
        """Draw the pictures."""
        train = pictures(self.count, self.seed, leak=self.leak, wrong=self.wrong)
        self.train = TensorDataset(*train)
        self.val = TensorDataset(*validation_pictures())

    def train_dataloader(self) -> DataLoader[tuple[Tensor, ...]]:
        """Shuffled batches of (images, labels)."""
        return DataLoader(self.train, batch_size=32, shuffle=True)

    def val_dataloader(self) -> DataLoader[tuple[Tensor, ...]]:
        """Batches of (images, labels)."""
        return DataLoader(self.val, batch_size=200)
