"""Questions to a trainer, each answered in one place.

Strategies and callbacks are told by the names of their classes, because ``lightning`` and
``pytorch_lightning`` have separate ones that either trainer takes.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any, Literal

import torch
from lightning.pytorch import LightningModule, Trainer
from torch import nn
from torch.nn.parameter import is_lazy
from torch.utils._pytree import tree_leaves

from neurflow_lightning.errors import ConfigError, near_matches
from neurflow_lightning.training.moments import Moment

SHARDED = ("FSDPStrategy", "DeepSpeedStrategy", "ModelParallelStrategy", "XLAFSDPStrategy")
"""Strategies under which no process has the whole model."""


_WITHOUT_FORWARD = {
    ("lightning", "LightningModule"),
    ("pytorch_lightning", "LightningModule"),
    ("torch", "Module"),
}
"""(package, class) whose ``forward`` is only a placeholder."""


def class_names_of(value: object) -> set[str]:
    """Names of an object's class and of all classes it inherits from."""
    return {one.__name__ for one in type(value).__mro__}


def sharded_strategy(trainer: Trainer) -> str | None:
    """The strategy's name if it splits the model over the processes."""
    found = class_names_of(trainer.strategy).intersection(SHARDED)
    return type(trainer.strategy).__name__ if found else None


def loaders(trainer: Trainer) -> list[Any]:
    """The data loaders of training and validation that are known by now."""
    return [
        loader
        for several in (trainer.train_dataloader, trainer.val_dataloaders)
        if several is not None
        for loader in tree_leaves(several)
    ]


def first_validation_loader(trainer: Trainer) -> Any:
    """The one whose batches come first; ``None`` before validation was set up."""
    leaves = tree_leaves(trainer.val_dataloaders)
    return leaves[0] if leaves else None


def known_class_names(trainer: Trainer) -> tuple[str, ...]:
    """What the data module or the validation data set calls ``classes``; empty if nothing."""
    dataset = getattr(first_validation_loader(trainer), "dataset", None)
    holders = [getattr(trainer, "datamodule", None)]
    while dataset is not None:
        holders.append(dataset)
        dataset = getattr(dataset, "dataset", None)
    for holder in holders:
        names = getattr(holder, "classes", None)
        if isinstance(names, list | tuple) and all(isinstance(name, str) for name in names):
            return tuple(names)
    return ()


def analysed_weights(trainer: Trainer, own: object, moment: Moment) -> Literal["raw", "averaged"]:
    """Whose weights the model holds at a ``moment``, seen by callback ``own``.

    Weight averaging swaps its weights in when a validation epoch starts, and back when it ends. A
    callback listed before it still sees the averaged ones at the end, one listed after it does not.
    """
    if moment != "validation":
        return "raw"
    callbacks = callbacks_of(trainer)
    later = callbacks[callbacks.index(own) + 1 :]
    swapping = [one for one in later if "WeightAveraging" in class_names_of(one)]
    return "averaged" if any(_has_average(one) for one in swapping) else "raw"


def _has_average(callback: object) -> bool:
    return getattr(callback, "_average_model", None) is not None


def stale_monitors(trainer: Trainer) -> list[str]:
    """Callbacks that watch a metric logged here, as ``Name(monitor='…')``."""
    return [
        f"{type(one).__name__}(monitor={monitor!r})"
        for one in callbacks_of(trainer)
        if isinstance(monitor := getattr(one, "monitor", None), str)
        and monitor.startswith("neurflow/")
    ]


def callbacks_of(trainer: Trainer) -> list[Any]:
    """The trainer's callbacks, in the order in which they are called."""
    return list(getattr(trainer, "callbacks", ()))


def profiled(trainer: Trainer, what: str) -> AbstractContextManager[Any]:
    """A section of the trainer's profiler."""
    profile: Callable[[str], AbstractContextManager[Any]] = trainer.profiler.profile  # type: ignore[attr-defined]
    return profile(f"[NeurFlow]{what}")


def dry_run(trainer: Trainer) -> bool:
    """Whether ``fast_dev_run`` is on: nothing is to be written."""
    return bool(getattr(trainer, "fast_dev_run", False))


def classifier(pl_module: LightningModule, module: str | nn.Module | None) -> nn.Module:
    """The module whose circuits are read.

    Raises:
        ConfigError: when ``pl_module`` has no submodule of that name.
    """
    if isinstance(module, nn.Module):
        return module
    if module is None:
        return pl_module
    known: dict[str, nn.Module] = dict(pl_module.named_modules())
    if module not in known:
        raise ConfigError(f"module={module!r} is none here. {near_matches(module, known)}")
    return known[module]


def has_forward(pl_module: LightningModule) -> bool:
    """Whether the user gave the module a ``forward``."""
    if "forward" in vars(pl_module):
        return True
    owner = next(one for one in type(pl_module).__mro__ if "forward" in vars(one))
    package = owner.__module__.partition(".")[0]
    return (package, owner.__name__) not in _WITHOUT_FORWARD


def is_initialized(module: nn.Module) -> bool:
    """Whether every lazy parameter has its shape by now."""
    return not any(is_lazy(one) for one in (*module.parameters(), *module.buffers()))


def precision_context(
    trainer: Trainer, device: torch.device, *, of_trainer: bool
) -> AbstractContextManager[Any]:
    """What the trainer's own steps run in, or autocast off."""
    if of_trainer:
        return trainer.precision_plugin.forward_context()
    return torch.autocast(device.type, enabled=False)
