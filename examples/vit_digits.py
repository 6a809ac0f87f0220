"""A small vision transformer on scikit-learn's digits: circuits of token models.

A neuron is one of the embedding channels; its activation is the mean over the tokens. Nothing has
to be said about that: the callback finds the channel axis itself. Nor about layers and attribution:
by default the layers are what attentions and MLPs add to the residual stream, and the attribution
method of each layer pair is chosen by real knockouts.

    python examples/vit_digits.py
    tensorboard --logdir runs/vit
"""

from __future__ import annotations

import argparse
from pathlib import Path

from lightning import Trainer, seed_everything
from lightning.pytorch.loggers import TensorBoardLogger
from torch import nn
from torchvision.models import VisionTransformer

from digits import Classifier, DigitsData
from neurflow_lightning import NeurFlowCallback, NeurFlowConfig, Snapshot


def small_vit() -> VisionTransformer:
    """Three encoder blocks over 8 x 8 tokens of 4 x 4 gray pixels each: 106 thousand weights."""
    network = VisionTransformer(
        image_size=32,
        patch_size=4,
        num_layers=3,
        num_heads=4,
        hidden_dim=64,
        mlp_dim=128,
        num_classes=10,
    )
    network.conv_proj = nn.Conv2d(1, 64, kernel_size=4, stride=4)
    return network


def train(root: Path, epochs: int, config: NeurFlowConfig) -> Snapshot:
    """Train, analyse after the last epoch, and return that snapshot."""
    seed_everything(0, verbose=False)
    neurflow = NeurFlowCallback(
        targets=["3", "8"],
        config=config,
        every_n_epochs=epochs,
        max_overhead=None,  # the analysis is the point here
    )
    trainer = Trainer(
        max_epochs=epochs,
        accelerator="cpu",
        logger=TensorBoardLogger(root, name="vit"),
        callbacks=[neurflow],
        log_every_n_steps=10,
    )
    trainer.fit(Classifier(small_vit()), DigitsData())
    return neurflow.snapshots[-1]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--root", type=Path, default=Path("runs"), help="folder of the logs")
    parser.add_argument("--epochs", type=int, default=12)
    parser.add_argument("--quick", action="store_true", help="a few patches only")
    args = parser.parse_args()
    few = NeurFlowConfig(tau=3, top_k=8, images_per_target=3, granularities=(1.0, 0.5), nodes=4)
    config = few if args.quick else NeurFlowConfig(tau=8, images_per_target=20)
    for circuit in train(args.root, args.epochs, config).circuits:
        counts = ", ".join(f"{len(circuit.layer_groups(one))} in {one}" for one in circuit.layers)
        print(f"digit {circuit.name}: neuron groups {counts}")
    print(f"See the circuits: tensorboard --logdir {args.root / 'vit'}")


if __name__ == "__main__":
    main()
