"""Remakes the pictures of the NeurFlow tab, from a training on real photographs of solar cells.

    make pictures

A ResNet-18 learns to tell defective cells from functional ones (``examples/solar_cells.py``, whose
docstring names the photographs and their licence), with a snapshot after each epoch. The run becomes a
page as ``neurflow export`` writes it; Chromium opens it, and what it shows becomes
``docs/images/tab_*.webp``: each view, light and dark, and for the README one picture that moves.
"""

from __future__ import annotations

import argparse
import io
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT / "examples"), str(ROOT / "tests")]

from browsers import Tab, chromium, guarded, open_file  # noqa: E402

if TYPE_CHECKING:
    from playwright.sync_api import Browser

IMAGES = Path(__file__).parent / "images"
EPOCHS = 8
WIDTH, HEIGHT = 1280, 800
SCALE = 1.25
"""Pixels of a picture for one of the page."""

MOVING_WIDTH = 960
MOVING_BYTES = 1_500_000
QUALITY = 82


def trained(folder: Path) -> Path:
    """The run's folder of logs."""
    from lightning import Trainer, seed_everything
    from lightning.pytorch.loggers import TensorBoardLogger
    from torchvision.models import resnet18

    from neurflow_lightning import NeurFlowCallback, NeurFlowConfig
    from solar_cells import LAYERS, MEAN, STD, FlippingClassifier, SolarCells

    seed_everything(0, verbose=False)
    neurflow = NeurFlowCallback(
        layers=LAYERS,
        targets=["defective"],
        mean=MEAN,
        std=STD,
        config=NeurFlowConfig(tau=6, top_k=16, images_per_target=16, max_neurons_per_layer=10),
        every_n_epochs=1,
        max_overhead=None,
    )
    logger = TensorBoardLogger(folder, name="", version="solar_cells")
    trainer = Trainer(
        max_epochs=EPOCHS,
        accelerator="cpu",
        logger=logger,
        callbacks=[neurflow],
        enable_checkpointing=False,
        log_every_n_steps=5,
    )
    data = SolarCells()
    trainer.fit(FlippingClassifier(resnet18(num_classes=len(data.classes)), 5e-4), data)
    return Path(logger.log_dir)
