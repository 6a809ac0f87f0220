"""Tiny trainings that take well under a second, and everything that may be noticed of one."""

from __future__ import annotations

import copy
import random

import lightning as L
import numpy as np
import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

from neurflow_lightning import NeurFlowCallback, NeurFlowConfig

SMALL = NeurFlowConfig(tau=2, top_k=4, nodes=2, images_per_target=3, granularities=(1.0, 0.5))
LAYERS = ("first", "second", "head")


class SmallNet(nn.Module):
    def __init__(self, dropout=0.0, classes=3):
        super().__init__()
        self.first = nn.Sequential(
            nn.Conv2d(1, 4, 3, padding=1), nn.BatchNorm2d(4), nn.ReLU(inplace=True)
        )
        self.drop = nn.Dropout(dropout)
        self.second = nn.Sequential(nn.Conv2d(4, 6, 3, stride=2, padding=1), nn.ReLU())
        self.head = nn.Linear(6, classes)

    def forward(self, x):
        return self.head(self.second(self.drop(self.first(x))).mean((2, 3)))


class Classifier(L.LightningModule):
    """Remembers which batches its steps saw."""

    def __init__(self, net=None):
        super().__init__()
        self.net = SmallNet() if net is None else net
        self.train_order, self.validation_order = [], []

    def forward(self, x):
        return self.net(x)

    def training_step(self, batch, batch_idx):
        self.train_order.append(batch[0].double().sum().item())
        loss = nn.functional.cross_entropy(self(batch[0]), batch[1])
        self.log("loss", loss)
        return loss

    def validation_step(self, batch, batch_idx):
        self.validation_order.append(batch[0].double().sum().item())
        self.log("val_loss", nn.functional.cross_entropy(self(batch[0]), batch[1]))

    def configure_optimizers(self):
        return torch.optim.AdamW(self.parameters(), lr=0.01)


def images(count=24, classes=3, seed=0):
    """Images whose class shows as a bright row."""
    random_state = torch.Generator().manual_seed(seed)
    labels = torch.arange(count) % classes
    pictures = 0.1 * torch.randn(count, 1, 8, 8, generator=random_state)
    pictures[torch.arange(count), 0, labels] += 1
    return TensorDataset(pictures, labels)


def loader(dataset=None, **settings):
    return DataLoader(images() if dataset is None else dataset, **{"batch_size": 4, **settings})


def neurflow(**settings):
    """A callback for trainings too short to pay for an analysis: without a bound, each is made."""
    usual = {"layers": LAYERS, "targets": [0, 2], "config": SMALL, "on_error": "raise"}
    return NeurFlowCallback(**{**usual, "max_overhead": None, "verbose": False, **settings})


def trainer(folder, *callbacks, **settings):
    usual = {
        "max_epochs": 2,
        "accelerator": "cpu",
        "logger": False,
        "enable_checkpointing": False,
        "enable_progress_bar": False,
        "enable_model_summary": False,
        "log_every_n_steps": 1,
    }
    return L.Trainer(default_root_dir=folder, callbacks=list(callbacks), **{**usual, **settings})


def fit(folder, *callbacks, model=None, train=None, validation=None, ckpt_path=None, **settings):
    """A finished training: its trainer and its model."""
    L.seed_everything(1, verbose=False)
    model = Classifier() if model is None else model
    used = trainer(folder, *callbacks, **settings)
    train = loader(shuffle=True) if train is None else train
    validation = loader() if validation is None else validation
    used.fit(model, train, validation, ckpt_path=ckpt_path)
    return used, model


def footprint(used, model):
    """Everything by which two trainings could be told apart, after they ended."""
    return {
        "weights": {name: one.clone() for name, one in model.state_dict().items()},
        "optimisers": [copy.deepcopy(one.state_dict()) for one in used.optimizers],
        "modes": {name: module.training for name, module in model.named_modules()},
        "needs": {name: one.requires_grad for name, one in model.named_parameters()},
        "gradients": {name: one.grad for name, one in model.named_parameters()},
        "hooks": {name: len(module._forward_hooks) for name, module in model.named_modules()},
        "train order": getattr(model, "train_order", None),
        "validation order": getattr(model, "validation_order", None),
        "torch": torch.get_rng_state(),
        "numpy": np.random.get_state()[1],
        "python": random.getstate(),
        "steps": used.global_step,
    }


def differences(one, other):
    """Places at which two nested values differ by as little as a bit."""
    left, right = dict(leaves(one)), dict(leaves(other))
    places = [*left, *(place for place in right if place not in left)]
    return [place for place in places if left.get(place) != right.get(place)]


def leaves(value, place=""):
    """(place, value) of everything within, tensors and arrays as their bytes."""
    if isinstance(value, torch.Tensor):
        flat = value.detach().contiguous().reshape(-1).view(torch.uint8)
        yield place, (value.dtype, value.shape, flat.numpy().tobytes())
    elif isinstance(value, np.ndarray):
        yield place, (value.dtype, value.shape, value.tobytes())
    elif isinstance(value, dict | list | tuple):
        items = value.items() if isinstance(value, dict) else enumerate(value)
        for key, one in items:
            yield from leaves(one, f"{place}/{key}")
    else:
        yield place, (type(value), value)
