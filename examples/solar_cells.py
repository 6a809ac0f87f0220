"""Circuits of a ResNet-18 that learns to find defective solar cells on real photographs.

The pictures are electroluminescence photographs of 2624 solar cells (ELPV: Buerhop-Lutz et al.
2018, Deitsch et al. 2019, 2021), which the package ``elpv-dataset`` brings. They are licensed
CC BY-NC-SA 4.0: this example and its test read them from there, and nothing of them is part of
this package.

Experts gave each cell a probability of being defective. Here, 0 means *functional* and 1
*defective*; the cells they were not sure of (1/3 and 2/3) are left out. Equally many of both are
taken, split four to one into training and validation. The network starts from random weights, so
that nothing is downloaded. The data module knows the names of its classes; the callback finds them
there, so that the target can be given by name.

    pip install elpv-dataset
    python examples/solar_cells.py
    tensorboard --logdir runs/solar_cells
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import torch
from elpv_dataset.utils import load_dataset
from lightning import LightningDataModule, Trainer, seed_everything
from lightning.pytorch.loggers import TensorBoardLogger
from torch import Tensor
from torch.nn.functional import interpolate
from torch.utils.data import DataLoader, Dataset, TensorDataset
from torchvision.models import resnet18

from digits import Classifier
from neurflow_lightning import NeurFlowCallback, NeurFlowConfig, Snapshot

MEAN, STD = (0.593,) * 3, (0.163,) * 3
"""Of the functional and the defective cells together, gray in all three channels."""

LAYERS = ["layer1", "layer2", "layer3", "layer4", "fc"]


class SolarCells(LightningDataModule):
    """Equally many functional and defective cells, as ResNet takes them.

    Args:
        cells: how many in all, at most 1430 (twice the defective ones).
        side: their height and width in pixels.
        batch_size: cells in a batch.

    Attributes:
        classes: their names, by class number.
    """

    classes = ("functional", "defective")

    def __init__(self, cells: int = 600, side: int = 96, batch_size: int = 32) -> None:
        super().__init__()
        self.cells = cells
        self.side = side
        self.batch_size = batch_size

    def setup(self, stage: str) -> None:
        """Load, choose and split the cells; always the same ones."""
        photographs, probability, _ = load_dataset()
        chosen = balanced_sample(probability, self.cells // 2)
        images = as_inputs(photographs[chosen], self.side)
        labels = torch.tensor(probability[chosen] == 1).long()
        training = torch.arange(len(labels)) % 10 < 8
        self.train: Dataset[tuple[Tensor, ...]] = TensorDataset(images[training], labels[training])
        self.val: Dataset[tuple[Tensor, ...]] = TensorDataset(images[~training], labels[~training])

    def train_dataloader(self) -> DataLoader[tuple[Tensor, ...]]:
        """Shuffled batches of (images, labels)."""
        return DataLoader(self.train, self.batch_size, shuffle=True)

    def val_dataloader(self) -> DataLoader[tuple[Tensor, ...]]:
        """Batches of (images, labels)."""
        return DataLoader(self.val, self.batch_size)


def balanced_sample(probability: np.ndarray, each: int) -> np.ndarray:
    """Rows of ``each`` functional and ``each`` defective cells, in turns."""
    random = np.random.default_rng(0)
    classes = [np.flatnonzero(probability == value) for value in (0.0, 1.0)]
    return np.stack([random.choice(rows, each, replace=False) for rows in classes], axis=1).ravel()


def as_inputs(photographs: np.ndarray, side: int) -> Tensor:
    """(N, 3, side, side) normalised images of (N, H, W) gray photographs."""
    gray = torch.tensor(photographs, dtype=torch.float32)[:, None] / 255
    small = interpolate(gray, size=(side, side), mode="bilinear", antialias=True)
    return ((small - MEAN[0]) / STD[0]).repeat(1, 3, 1, 1)


class FlippingClassifier(Classifier):
    """Mirrors training batches at random: a solar cell has no up and no left."""

    def training_step(self, batch: tuple[Tensor, Tensor], batch_idx: int) -> Tensor:
        """The loss of one mirrored batch."""
        images, labels = batch
        axes = [axis for axis in (-2, -1) if torch.rand(()) < 0.5]
        return super().training_step((images.flip(axes), labels), batch_idx)


def train(root: Path, epochs: int, data: SolarCells, config: NeurFlowConfig) -> Snapshot:
    """Train, analyse after half the epochs and after all, and return the last snapshot."""
    seed_everything(0, verbose=False)
    neurflow = NeurFlowCallback(
        layers=LAYERS,
        targets=["defective"],
        mean=MEAN,
        std=STD,
        config=config,
        every_n_epochs=max(epochs // 2, 1),
        max_overhead=None,  # the analyses are the point here
    )
    trainer = Trainer(
        max_epochs=epochs,
        accelerator="cpu",
        logger=TensorBoardLogger(root, name="solar_cells"),
        callbacks=[neurflow],
        log_every_n_steps=5,
    )
    network = resnet18(num_classes=len(data.classes))
    trainer.fit(FlippingClassifier(network, learning_rate=1e-3), data)
    return neurflow.snapshots[-1]


def describe(snapshot: Snapshot) -> str:
    """Size of every layer's circuit, deep to shallow."""
    circuit = snapshot.circuit("defective")
    lines = [f"The circuit of {circuit.name!r} after epoch {snapshot.epoch}:"]
    for layer in reversed(circuit.layers):
        found = circuit.statistics(layer)
        lines.append(
            f"  {layer:<16}{found.core_neurons:>4} core neurons in {found.neuron_groups:>2}"
            f" neuron groups, {found.seconds:6.1f} s"
        )
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--root", type=Path, default=Path("runs"), help="folder of the logs")
    parser.add_argument("--epochs", type=int, default=10)
    parser.add_argument("--cells", type=int, default=600, help="solar cells used, at most 1430")
    parser.add_argument("--side", type=int, default=96, help="pixels of a picture's side")
    parser.add_argument("--quick", action="store_true", help="a few patches only")
    args = parser.parse_args()
    few = NeurFlowConfig(tau=2, top_k=8, images_per_target=3, granularities=(1.0, 0.5), nodes=4)
    full = NeurFlowConfig(tau=8, top_k=30, images_per_target=30, max_neurons_per_layer=16)
    data = SolarCells(args.cells, args.side)
    print(describe(train(args.root, args.epochs, data, few if args.quick else full)))
    print(f"See the circuit: tensorboard --logdir {args.root / 'solar_cells'}")


if __name__ == "__main__":
    main()
