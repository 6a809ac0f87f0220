"""What is made of a checkpoint in ``Trainer.validate``: a snapshot, or functional transfer."""

from __future__ import annotations

import logging
import re
import sys
from argparse import Namespace
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

from lightning.fabric.utilities.exceptions import MisconfigurationException
from lightning.pytorch import (
    Callback,
    LightningDataModule,
    LightningModule,
    Trainer,
    seed_everything,
)
from torch import Tensor, nn

from neurflow_lightning.callback import NeurFlowCallback
from neurflow_lightning.cli.loading import (
    Checkpoint,
    Part,
    RunConfig,
    check_finite,
    find_user_code,
    load_weights,
    make_data,
    make_model,
    read_arguments,
    read_checkpoint,
    read_config,
)
from neurflow_lightning.cli.output import CommandError
from neurflow_lightning.cli.transferring import FEWEST_FRESH, TransferMeter
from neurflow_lightning.config import NeurFlowConfig
from neurflow_lightning.core.probes import ProbeSet
from neurflow_lightning.core.study import foreign_methods
from neurflow_lightning.errors import NeurFlowError, described
from neurflow_lightning.evolution.comparing import Transfer
from neurflow_lightning.render.text import visible_text
from neurflow_lightning.storage import load_snapshot
from neurflow_lightning.types import Snapshot

Watcher = TypeVar("Watcher", bound=Callback)

OF_A_TRAINING = frozenset(
    {
        *("every_n_epochs", "every_n_train_steps", "train_time_interval", "max_overhead"),
        *("dirpath", "filename", "probes", "on_error", "on_validate", "debug_images", "verbose"),
        *("evaluate_at_end", "like"),
    }
)
"""Arguments of the callback that mean nothing for one analysis, or are set here."""

OF_LIKE = ("layers", "targets", "config", "attribution", "seconds")
"""Callback arguments that ``like=`` replaces."""


class PlainModule(LightningModule):
    """A network without Lightning, for ``Trainer.validate``.

    Args:
        network: gives logits.
    """

    def __init__(self, network: nn.Module) -> None:
        super().__init__()
        self.network = network

    def forward(self, inputs: Tensor) -> Any:
        """What the network gives."""
        return self.network(inputs)

    def validation_step(self, batch: Any, batch_idx: int) -> None:
        """Nothing: the probe images are all that is wanted of the batch."""


@dataclass
class Analyzer:
    """Analyses checkpoints that share classes, layers and targets, on one probe set.

    Attributes:
        model, data: the classes and their arguments.
        neurflow: arguments of the callback.
        trainer: arguments of the trainer.
        seed: set before each model and its data are made.
        prefix, unsafe: see :func:`~neurflow_lightning.cli.loading.load_weights` and
            :func:`~neurflow_lightning.cli.loading.read_checkpoint`.
        like: a snapshot whose layers, targets, config and attribution methods are taken.
        probes: taken at the first analysis, and given to those that follow.
        settled: layers and targets of the first analysis, likewise.
    """

    model: Part
    data: Part
    neurflow: Mapping[str, Any]
    trainer: Mapping[str, Any]
    seed: int
    prefix: str = ""
    unsafe: bool = False
    like: Snapshot | None = None
    probes: ProbeSet | None = field(init=False, default=None)
    settled: Mapping[str, Any] = field(init=False, default_factory=dict)

    @classmethod
    def said(cls, said: Namespace) -> Analyzer:
        """As a command line and the config of a run say.

        Raises:
            CommandError: names the option that is missing or wrong.
        """
        like = _checked_like(said)
        find_user_code()
        config = read_config(said.config) if said.config else RunConfig()
        trainer = {**config.trainer, "accelerator": said.accelerator}
        return cls(
            model=part_of("model", said, config.model),
            data=part_of("data", said, config.data),
            neurflow=callback_settings(said, config),
            trainer=trainer,
            seed=seed_of(said, config),
            prefix=said.prefix,
            unsafe=said.unsafe_load,
            like=like,
        )

    def snapshot(self, path: str, *also: Callback) -> Snapshot:
        """Analyse one checkpoint.

        Args:
            path: of the checkpoint.
            *also: callbacks that see the same validation.

        Raises:
            NeurFlowError: names the file, what was wanted and the way out.
        """
        checkpoint, callback = self.validated(path, NeurFlowCallback, *also)
        if not callback.snapshots:
            raise CommandError(f"{path}: The data module gave no validation batch to analyse.")
        (snapshot,) = callback.snapshots
        if self.like is None:
            self._say_chosen(snapshot)
            self.like = snapshot
        self.probes = callback.probes
        self.settled = {
            "layers": list(snapshot.layers),
            "targets": [one.target.index for one in snapshot.circuits],
        }
        return replace(snapshot, epoch=checkpoint.epoch, step=checkpoint.step)

    def _say_chosen(self, snapshot: Snapshot) -> None:
        """Which layers and targets were chosen where none were asked for."""
        chosen = {
            "layers": snapshot.layers,
            "targets": [circuit.name for circuit in snapshot.circuits],
        }
        for name, values in chosen.items():
            if not self.neurflow.get(name):
                told = ", ".join(map(visible_text, values))
                sys.stderr.write(f"neurflow: {name} chosen: {told} (--{name} chooses others)\n")

    def validated(
        self, path: str, kind: type[NeurFlowCallback], *also: Callback
    ) -> tuple[Checkpoint, NeurFlowCallback]:
        """A checkpoint, and the callback after one validation of its model.

        Raises:
            NeurFlowError: names the file, what was wanted and the way out.
        """
        made = self._made(path)
        settings = dict(made.settings)
        if self.like is not None:
            # An attribution method of one's own is given again: no file can name it.
            kept = (name for name in settings if name not in OF_LIKE or name == "attribution")
            settings = {name: settings[name] for name in kept}
            settings["like"] = self.like
            if not foreign_methods(self.like):
                settings.pop("attribution", None)
        callback = _callback(kind, settings, self.probes)
        _validate([callback, *also], made, self.trainer)
        return made.checkpoint, callback

    def transfer(self, path: str, before: Snapshot, after: Snapshot) -> Transfer:
        """Functional transfer, measured on validation images; says so where they are probe images.

        Args:
            path: the checkpoint that ``after`` was made of.
            before, after: with the same layers and targets.

        Raises:
            NeurFlowError: names the file, what was wanted and the way out.
        """
        made = self._made(path)
        check_step(made.checkpoint, after)
        meter = TransferMeter(made.settings, before, after)
        _validate([meter], made, self.trainer)
        for name in meter.on_probe:
            sys.stderr.write(
                f"neurflow: functional transfer for {visible_text(name)} is measured on its probe "
                f"images too: validation has fewer than {FEWEST_FRESH} others\n"
            )
        return meter.transfer

    def watched(self, path: str, snapshot: Snapshot, make: Callable[..., Watcher]) -> Watcher:
        """A callback of one's own, after it has seen a validation.

        Args:
            path: the checkpoint that ``snapshot`` was made of.
            snapshot: asked for its step alone.
            make: called with the arguments of ``NeurFlowCallback``.

        Raises:
            NeurFlowError: names the file, what was wanted and the way out.
        """
        made = self._made(path)
        check_step(made.checkpoint, snapshot)
        watcher = make(made.settings)
        _validate([watcher], made, self.trainer)
        return watcher

    def _made(self, path: str) -> _Made:
        checkpoint = read_checkpoint(path, unsafe=self.unsafe)
        check_finite(checkpoint)
        seed_everything(self.seed, verbose=False)
        model = make_model(self.model, checkpoint)
        load_weights(model, checkpoint, self.prefix)
        data = make_data(self.data, checkpoint)
        settings = {**self.neurflow, **self.settled}
        if not isinstance(model, LightningModule):
            model = PlainModule(model)
            inner = settings.get("module")
            settings["module"] = f"network.{inner}" if inner else "network"
        return _Made(checkpoint, model, data, settings)


def check_step(checkpoint: Checkpoint, snapshot: Snapshot) -> None:
    """Refuse a checkpoint that a snapshot cannot have been made of.

    Raises:
        CommandError: when both tell their training step, and it is not the same.
    """
    steps = checkpoint.step, snapshot.step
    if None not in steps and steps[0] != steps[1]:
        raise CommandError(
            f"{checkpoint.path}: Is of step {steps[0]}, and the snapshot of step {steps[1]}: "
            "wanted the checkpoint that the snapshot was made of."
        )


@dataclass(frozen=True)
class _Made:
    """A checkpoint's network with its weights, its data, and arguments of the callback."""

    checkpoint: Checkpoint
    model: LightningModule
    data: LightningDataModule
    settings: Mapping[str, Any]


def _callback(
    kind: type[NeurFlowCallback], settings: Mapping[str, Any], probes: ProbeSet | None
) -> NeurFlowCallback:
    return kind(
        **settings,
        probes=probes,
        max_overhead=None,
        on_error="raise",
        on_validate=True,
    )


def _validate(callbacks: list[Callback], made: _Made, settings: Mapping[str, Any]) -> None:
    """One validation, in which the callbacks do their work.

    Nothing stays on disk: whoever called writes what is wanted.
    """
    path = made.checkpoint.path
    try:
        with _quiet_lightning(), TemporaryDirectory(prefix="neurflow-") as folder:
            trainer = Trainer(
                **settings,
                devices=1,
                callbacks=callbacks,
                logger=False,
                enable_checkpointing=False,
                enable_model_summary=False,
                enable_progress_bar=False,  # Lightning's bar writes to standard output
                default_root_dir=folder,
            )
            trainer.validate(made.model, datamodule=made.data, verbose=False)
    except NeurFlowError as error:
        raise type(error)(f"{path}: {error}") from error
    except MisconfigurationException as error:
        raise CommandError(f"{path}: {described(error)}") from error
    except SystemExit as stop:  # Lightning's answer to Ctrl-C; its status 1 is a failed check
        raise KeyboardInterrupt from stop


@contextmanager
def _quiet_lightning() -> Iterator[None]:
    """Without what it tells of devices it did not find; its warnings are heard."""
    logger = logging.getLogger("lightning.pytorch")
    before = logger.level
    logger.setLevel(logging.WARNING)
    try:
        yield
    finally:
        logger.setLevel(before)


# --- arguments ---------------------------------------------------------------------------


def part_of(key: str, said: Namespace, config: tuple[str | None, Mapping[str, Any]]) -> Part:
    """Class and arguments: of the command line, or else of the run's config."""
    place = getattr(said, key) or config[0]
    if place is None:
        example = "MyModel" if key == "model" else "MyData"
        hint = f" ({said.config} does not say the class)" if said.config else ""
        raise CommandError(f"wanted --{key} pkg.module:{example}{hint}.")
    return Part(place, config[1], _of(key, said.dotted))


def _of(key: str, dotted: Sequence[str]) -> tuple[str, ...]:
    """The options of one class among those of all, each with its value.

    >>> _of("data", ["--model.width", "8", "--data.side=3", "--data.x", "--model.y"])
    ('--data.side=3', '--data.x', '--model.y')
    """
    tokens, found = iter(dotted), []
    for token in tokens:
        pair = [token] if "=" in token else [token, next(tokens)]
        if token.startswith(f"--{key}."):
            found += pair
    return tuple(found)


def seed_of(said: Namespace, config: RunConfig) -> int:
    """``--seed``, else the run's, else 0."""
    return next(one for one in (said.seed, config.seed, 0) if one is not None)


def callback_settings(said: Namespace, config: RunConfig) -> dict[str, Any]:
    """Arguments of the callback: of the command line, or else of the run's own callback."""
    written = {name: one for name, one in config.neurflow.items() if name not in OF_A_TRAINING}
    if said.layers:
        written["layers"] = said.layers
    if said.effort:
        written["config"] = NeurFlowConfig.preset(said.effort).to_dict()
    for name in ("attribution", "seconds"):
        if getattr(said, name) is not None:
            written[name] = getattr(said, name)
    if said.targets:
        written["targets"] = [int(one) if _is_number(one) else one for one in said.targets]
    argv = _of("neurflow", said.dotted)
    read = read_arguments("neurflow", NeurFlowCallback, written, argv, skip=set(OF_A_TRAINING))
    return {**read, "verbose": said.verbose}


def _checked_like(said: Namespace) -> Snapshot | None:
    """The snapshot of ``--like``, with no option beside it that it replaces.

    Raises:
        CommandError: names the first one.
    """
    if said.like is None:
        return None
    if not (given := replaced_by_like(said)):
        like = load_snapshot(said.like)
        if not (given := replaced_by_like(said, like)):
            return like
    raise CommandError(
        "--like already sets layers, targets, effort, attribution and how many neurons are "
        f"expanded: drop {given[0]}."
    )


def replaced_by_like(said: Namespace, like: Snapshot | None = None) -> list[str]:
    """Options of the command line that a snapshot which the new one shall be ``like`` replaces.

    Its attribution method only replaces another one where it can be found by its name.
    """
    names = ["layers", "targets", "effort", "seconds"]
    if like is not None and not foreign_methods(like):
        names.append("attribution")
    given = [f"--{name}" for name in names if getattr(said, name) is not None]
    dotted = tuple(f"--neurflow.{name}" for name in OF_LIKE)
    return [*given, *(token for token in said.dotted if token.startswith(dotted))]


def _is_number(text: str) -> bool:
    return re.fullmatch(r"\d{1,9}", text) is not None
