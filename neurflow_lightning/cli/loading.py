"""Models, data and weights, as a command line names them.

1. A checkpoint is read with ``weights_only=True``, so that nothing in it runs, and its weights are
   looked through: NaN and infinite ones are refused.
2. Classes are imported by name. Their arguments come from the command line, then from the
   ``config.yaml`` of a LightningCLI run, then from the checkpoint's hyperparameters; jsonargparse
   reads those that are written.
3. The weights go into the model: all of them, and nothing else.
"""

from __future__ import annotations

import argparse
import importlib
import inspect
import json
import re
import sys
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, is_dataclass
from pathlib import Path
from typing import Any, cast, get_args

import torch
import yaml
from jsonargparse import ArgumentParser
from lightning.fabric.utilities.data import AttributeDict
from lightning.pytorch import LightningDataModule, LightningModule
from torch import Tensor, nn

from neurflow_lightning.cli.output import CommandError
from neurflow_lightning.errors import described, near_matches
from neurflow_lightning.render.text import visible_text

TORCHVISION = "torchvision:"
SHOWN = 4
"""Names listed in an error; the rest is counted."""

_FORBIDDEN = re.compile(r"GLOBAL ([\w.]+)|but got <class '([\w.]+)'>")
_COMPILED = "_orig_mod."


# --- checkpoints -------------------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class Checkpoint:
    """A file of weights.

    Attributes:
        path: where it lies.
        weights: name → tensor (or extra state), on the CPU.
        content: the whole checkpoint of Lightning; empty for a plain state dict.
        trusted: the user lets it run code.
    """

    path: str
    weights: Mapping[str, Any]
    content: Mapping[str, Any] = field(default_factory=dict)
    trusted: bool = False

    @property
    def epoch(self) -> int | None:
        """The epoch last trained in; ``None`` where it does not say.

        As of a snapshot of the training: in the end ``"epoch"`` is the number of epochs instead.
        """
        place: Any = self.content
        for key in ("loops", "fit_loop", "epoch_progress", "current", "started"):
            place = place.get(key) if isinstance(place, Mapping) else None
        started = _whole(place)
        return started - 1 if started else _whole(self.content.get("epoch"))

    @property
    def step(self) -> int | None:
        """Optimiser steps taken by then; ``None`` where it does not say."""
        return _whole(self.content.get("global_step"))


def read_checkpoint(path: str, *, unsafe: bool = False) -> Checkpoint:
    """A checkpoint of Lightning, or a state dict.

    Args:
        path: a local file.
        unsafe: load it with ``weights_only=False``: it can then run any code.

    Raises:
        CommandError: names the file, what was wanted and the way out.
    """
    content = _loaded(path, unsafe)
    if isinstance(content, Mapping) and isinstance(content.get("state_dict"), Mapping):
        return Checkpoint(path, content["state_dict"], content, unsafe)
    if isinstance(content, Mapping) and content and all(map(torch.is_tensor, content.values())):
        return Checkpoint(path, content, trusted=unsafe)
    found = type(content).__name__
    if isinstance(content, Mapping):
        found = f"a mapping of {_listed(map(str, content))}" if content else "an empty mapping"
    raise CommandError(
        f"{path}: Holds {found}: wanted a checkpoint of Lightning, with the key 'state_dict', or "
        "a state dict of tensors, as torch.save(model.state_dict(), path) writes it."
    )


def _loaded(path: str, unsafe: bool) -> Any:
    if not Path(path).is_file():
        what = "is a folder" if Path(path).is_dir() else "there is no such file"
        raise CommandError(f"{path}: Cannot be read: {what}.")
    try:
        # Mapped, a file of which only the step is wanted is not read in full.
        mapped = zipfile.is_zipfile(path)
        return torch.load(path, map_location="cpu", weights_only=not unsafe, mmap=mapped)
    except Exception as error:  # torch raises many kinds for a file that is damaged
        forbidden = None if unsafe else _FORBIDDEN.search(str(error))
        if forbidden is None:
            raise CommandError(
                f"{path}: Is damaged, or no checkpoint of PyTorch: {_first_line(error)}"
            ) from error
        name = forbidden[1] or forbidden[2]
        raise CommandError(
            f"{path}: Holds an object of {name}: loading it can run code, so it is refused. If you "
            "trust whoever made the file, give --unsafe-load."
        ) from error


def check_finite(checkpoint: Checkpoint) -> None:
    """Refuse weights that are NaN or infinite.

    Raises:
        CommandError: names the first of them.
    """
    bad = [
        name
        for name, one in checkpoint.weights.items()
        if isinstance(one, Tensor)
        and (one.is_floating_point() or one.is_complex())
        and not torch.isfinite(one).all()
    ]
    if bad:
        raise CommandError(
            f"{checkpoint.path}: The weights {_listed(bad)} hold NaN or infinite values: the "
            "training had diverged. Take an earlier checkpoint."
        )


def load_weights(model: nn.Module, checkpoint: Checkpoint, prefix: str = "") -> None:
    """Put a checkpoint's weights into a model, and call what the model does on loading.

    Args:
        model: of the class that was trained; one of Lightning may say ``strict_loading=False``.
        checkpoint: with weights that are finite.
        prefix: only weights whose names begin so are taken, without it.

    Raises:
        CommandError: for weights that are missing, too many, or of another shape.
    """
    if isinstance(model, LightningModule):
        model.configure_model()
        if checkpoint.content:
            model.on_load_checkpoint(cast(dict[str, Any], checkpoint.content))
    weights = {name.replace(_COMPILED, ""): one for name, one in checkpoint.weights.items()}
    if prefix:
        weights = {
            name.removeprefix(prefix): one
            for name, one in weights.items()
            if name.startswith(prefix)
        }
    strict = bool(getattr(model, "strict_loading", True))
    if strict:
        _check_names(model, weights, checkpoint.path)
    try:
        model.load_state_dict(weights, strict=strict)
    except RuntimeError as error:
        raise CommandError(
            f"{checkpoint.path}: The weights do not fit {type(model).__name__}: {error}. Give the "
            "arguments it was trained with, as --model.NAME VALUE."
        ) from error


def _check_names(model: nn.Module, weights: Mapping[str, Any], path: str) -> None:
    wanted = list(model.state_dict())
    missing = [name for name in wanted if name not in weights]
    extra = [name for name in weights if name not in set(wanted)]
    if not missing and not extra:
        return
    counts = [f"missing are {_listed(missing)}"] if missing else []
    counts += [f"not wanted are {_listed(extra)}"] if extra else []
    raise CommandError(
        f"{path}: The weights are not those of {type(model).__name__}: {'; '.join(counts)}. "
        f"{_way_out(wanted, weights)}"
    )


def _way_out(wanted: Sequence[str], weights: Iterable[str]) -> str:
    """A prefix under which all that is wanted is there, or that the class may be another one."""
    names = set(weights)
    prefixes = {name[: -len(wanted[0])] for name in names if name.endswith(f".{wanted[0]}")}
    fitting = [one for one in sorted(prefixes) if all(one + name in names for name in wanted)]
    if fitting:
        return f"They are there under a prefix: give --prefix {fitting[0]}"
    return "Give the class that was trained, and the arguments it had, as --model.NAME VALUE."


# --- classes -----------------------------------------------------------------------------


@dataclass(frozen=True)
class Part:
    """A class and the arguments that are written for it.

    Attributes:
        place: ``"pkg.module:Class"``, or of torchvision.
        config: arguments of a run's ``config.yaml``.
        argv: arguments of the command line, as ``--model.NAME VALUE``.
    """

    place: str
    config: Mapping[str, Any] = field(default_factory=dict)
    argv: tuple[str, ...] = ()


def make_model(part: Part, checkpoint: Checkpoint) -> nn.Module:
    """The network that a checkpoint's weights belong to, with weights of its own still.

    Raises:
        CommandError: names what is not there or does not fit.
    """
    if part.place.startswith(TORCHVISION):
        return _torchvision_model(part)
    made = imported(part.place, "--model")
    if not (isinstance(made, type) and issubclass(made, nn.Module)):
        raise CommandError(
            f"--model {part.place}: wanted a class of LightningModule or nn.Module, got {made!r}."
        )
    return cast(nn.Module, make("model", part, made, checkpoint))


def make_data(part: Part, checkpoint: Checkpoint) -> LightningDataModule:
    """The data module.

    Raises:
        CommandError: names what is not there or does not fit.
    """
    made = imported(part.place, "--data")
    if not (isinstance(made, type) and issubclass(made, LightningDataModule)):
        raise CommandError(
            f"--data {part.place}: wanted a class of lightning's LightningDataModule, got {made!r}."
        )
    return cast(LightningDataModule, make("data", part, made, checkpoint))


def imported(place: str, option: str) -> Any:
    """What ``"pkg.module:Class"``, or ``"pkg.module.Class"``, names. Importing runs its code.

    Raises:
        CommandError: names the option, and what is not there.
    """
    split = place.partition(":") if ":" in place else place.rpartition(".")
    module_name, _, name = split
    if not module_name or not name:
        raise CommandError(f"{option} {place}: wanted pkg.module:Class.")
    try:
        module = importlib.import_module(module_name)
    except Exception as error:  # whatever the module does
        raise CommandError(
            f"{option} {place}: {module_name!r} cannot be imported from {Path.cwd()} or Python's "
            f"path: {described(error)}."
        ) from error
    if not hasattr(module, name):
        near = near_matches(name, [one for one in vars(module) if not one.startswith("_")])
        raise CommandError(f"{option} {place}: {module_name!r} has no {name!r}. {near}")
    return getattr(module, name)


def find_user_code() -> None:
    """Let modules of the working directory be imported, as ``python -m`` does."""
    if not {"", str(Path.cwd())} & set(sys.path):
        sys.path.insert(0, str(Path.cwd()))


def make(key: str, part: Part, made: type, checkpoint: Checkpoint) -> Any:
    """An instance, of the arguments that are written, saved, or the class's own.

    Args:
        key: ``"model"`` or ``"data"``.
        part: what is written.
        made: the class.
        checkpoint: with the hyperparameters it saved.

    Raises:
        CommandError: for arguments that the class does not take or lacks.
    """
    options = {_argument(token) for token in part.argv if token.startswith("--")}
    config, kept = _saved(key, made, checkpoint, {*part.config, *options})
    values = read_arguments(key, made, {**config, **part.config}, part.argv, skip=set(kept))
    try:
        return made(**values, **kept)
    except Exception as error:  # whatever the class does
        raise CommandError(f"--{key} {part.place}: cannot be made: {described(error)}") from error


def read_arguments(
    key: str,
    made: type,
    config: Mapping[str, Any],
    argv: Sequence[str],
    skip: set[str],
) -> dict[str, Any]:
    """Arguments of a class as jsonargparse reads them: name → value, classes in them made.

    Args:
        key: before the dot of the options.
        made: the class whose signature says which arguments there are.
        config: as of a YAML file.
        argv: ``--key.NAME VALUE``; comes before ``config``.
        skip: arguments that are not wanted.

    Raises:
        CommandError: for what the class does not take, or lacks.
    """
    parser = ArgumentParser(exit_on_error=False)
    try:
        parser.add_class_arguments(
            made, key, skip=skip, instantiate=False, fail_untyped=False, sub_configs=True
        )
        given = [f"--{key}", json.dumps(dict(config))] if config else []
        read = parser.parse_args([*given, *argv])
    except (argparse.ArgumentError, TypeError, ValueError) as error:
        told = _unknown(argv, made) or f"--{key}: {made.__name__}: {visible_text(str(error))}"
        raise CommandError(told) from error
    try:
        # Called `instantiate` from jsonargparse 4.49 on.
        instantiate = getattr(parser, "instantiate", None) or parser.instantiate_classes
        values = instantiate(read).get(key)
    except Exception as error:  # whatever the classes of the arguments do
        raise CommandError(f"--{key}: {made.__name__}: {described(error)}") from error
    return {} if values is None else dict(values.as_dict())


def _argument(option: str) -> str:
    """The argument that an option is for.

    >>> _argument("--model.width.x=3"), _argument("--model.widths+")
    ('width', 'widths')
    """
    return option.partition("=")[0].split(".")[1].rstrip("+")


def _unknown(argv: Sequence[str], made: type) -> str:
    """What is said of the first option that no class takes; nothing where all are known.

    >>> from neurflow_lightning.config import NeurFlowConfig
    >>> _unknown(["--neurflow.tao=4"], NeurFlowConfig)
    "--neurflow.tao: NeurFlowConfig takes no 'tao'. Did you mean 'tau'?"

    Of any other class than a dataclass a subclass may be given, with arguments of its own:

    >>> class Net:
    ...     def __init__(self, optimizer: torch.optim.Optimizer) -> None: ...
    >>> _unknown(["--model.optimizer.lr=much"], Net)
    ''
    """
    for option in (token.partition("=")[0] for token in argv if token.startswith("--")):
        kinds = [made]
        for name in option.rstrip("+").split(".")[1:]:
            taken = {key: one for kind in kinds for key, one in _parameters(kind).items()}
            if not taken or _takes_any(taken.values()) or name in {"class_path", "init_args"}:
                break
            if name not in taken:
                kind = kinds[0].__name__
                return f"{option}: {kind} takes no {name!r}. {near_matches(name, taken)}"
            hint = taken[name].annotation
            hints = get_args(hint) or (hint,)
            kinds = [one for one in hints if isinstance(one, type) and is_dataclass(one)]
    return ""


def _parameters(kind: type) -> Mapping[str, inspect.Parameter]:
    """With their types; nothing for what cannot be looked into."""
    with suppress(ValueError, TypeError, NameError, AttributeError):
        return inspect.signature(kind, eval_str=True).parameters
    return {}


def _saved(
    key: str, made: type, checkpoint: Checkpoint, written: set[str]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Hyperparameters to be read like a config, and those to be kept as they are.

    LightningCLI saves what its config says: of some values only which class is to be made. Whoever
    made the checkpoint would choose what runs here, so that is done only if he is trusted.

    Args:
        key: ``"model"`` or ``"data"``.
        made: the class.
        checkpoint: that saved them.
        written: arguments that are said otherwise.

    Raises:
        CommandError: for a class that is to be made, of a checkpoint that is not trusted.
    """
    if not issubclass(made, LightningModule | LightningDataModule):
        return {}, {}
    saved = checkpoint.content.get(made.CHECKPOINT_HYPER_PARAMS_KEY)
    if not isinstance(saved, Mapping):
        return {}, {}
    parameters = inspect.signature(made).parameters
    whole = checkpoint.content.get(made.CHECKPOINT_HYPER_PARAMS_NAME)
    if isinstance(whole, str) and whole in {*parameters} - {*saved} - written and saved:
        return {}, {whole: AttributeDict(saved)}
    taken = {
        name: value
        for name, value in saved.items()
        if name not in {"_instantiator", "_class_path"} | written
        and (name in parameters or _takes_any(parameters.values()))
    }
    if "_instantiator" not in saved:
        return {}, taken
    if checkpoint.trusted:
        return taken, {}
    for name, value in taken.items():
        if _names_class(value):
            raise CommandError(
                f"{checkpoint.path}: Its hyperparameter {name!r} names a class to be made, which "
                f"can run code. Give --{key}.{name}, or --config of the run; or --unsafe-load, if "
                "you trust whoever made the file."
            )
    return {}, taken


def _takes_any(parameters: Iterable[inspect.Parameter]) -> bool:
    return any(one.kind is one.VAR_KEYWORD for one in parameters)


def _names_class(value: Any) -> bool:
    """Whether jsonargparse would make an object of it, or of something in it."""
    if isinstance(value, Mapping):
        return "class_path" in value or any(map(_names_class, value.values()))
    return isinstance(value, list | tuple) and any(map(_names_class, value))


def _torchvision_model(part: Part) -> nn.Module:
    from torchvision.models import get_model, list_models

    name = part.place.removeprefix(TORCHVISION)
    if name not in list_models():
        raise CommandError(f"--model {part.place}: {near_matches(name, list_models())}")
    tokens = [piece for token in part.argv for piece in token.split("=", 1)]
    pairs = zip(tokens[::2], tokens[1::2], strict=True)
    given = {option.removeprefix("--model."): yaml.safe_load(value) for option, value in pairs}
    try:
        return cast(nn.Module, get_model(name, weights=None, **{**part.config, **given}))
    except Exception as error:  # whatever torchvision makes of the arguments
        raise CommandError(f"--model {part.place}: cannot be made: {described(error)}") from error


# --- the config of a run -----------------------------------------------------------------


@dataclass(frozen=True)
class RunConfig:
    """What is used of the ``config.yaml`` that a LightningCLI run saved.

    Attributes:
        model, data: class path, if the file says it, and arguments.
        neurflow: arguments of the run's NeurFlowCallback; empty without one.
        trainer: those of the trainer's arguments that change what the callback sees.
        seed: of the run.
    """

    model: tuple[str | None, Mapping[str, Any]] = (None, {})
    data: tuple[str | None, Mapping[str, Any]] = (None, {})
    neurflow: Mapping[str, Any] = field(default_factory=dict)
    trainer: Mapping[str, Any] = field(default_factory=dict)
    seed: int | None = None


def read_config(path: str) -> RunConfig:
    """Read a run's ``config.yaml``; nothing in it is run.

    Raises:
        CommandError: when there is no such file, or it is no such config.
    """
    try:
        content = yaml.safe_load(Path(path).read_text(encoding="utf-8"))
    except OSError as error:
        raise CommandError(f"--config {path}: Cannot be read: {error.strerror}.") from error
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError) as error:
        raise CommandError(f"--config {path}: Is no YAML: {error}") from error
    if not isinstance(content, dict) or not {"model", "data", "trainer"} & set(content):
        raise CommandError(
            f"--config {path}: wanted the config.yaml of a LightningCLI run, with the keys "
            "'model', 'data' and 'trainer'."
        )
    trainer = content.get("trainer") or {}
    seed = content.get("seed_everything")
    used = ("limit_val_batches", "precision")
    return RunConfig(
        model=_section(content.get("model"), f"{path}: model"),
        data=_section(content.get("data"), f"{path}: data"),
        neurflow=_callback_arguments(trainer.get("callbacks"), path),
        trainer={name: trainer[name] for name in used if trainer.get(name) is not None},
        seed=_whole(seed),
    )


def _section(section: Any, where: str) -> tuple[str | None, Mapping[str, Any]]:
    """Class path and arguments of a class: LightningCLI leaves out a class that its code fixes."""
    if section is None or isinstance(section, str):
        return section, {}
    if not isinstance(section, dict):
        raise CommandError(f"--config {where}: wanted keys with values, got {section!r}.")
    if "class_path" not in section:
        return None, section
    arguments = {**(section.get("init_args") or {}), **(section.get("dict_kwargs") or {})}
    return str(section["class_path"]), arguments


def _callback_arguments(callbacks: Any, path: str) -> Mapping[str, Any]:
    listed = callbacks if isinstance(callbacks, list) else [callbacks]
    sections = [_section(one, f"{path}: callbacks") for one in listed if one is not None]
    ours = [
        arguments
        for place, arguments in sections
        if place is not None and place.rpartition(".")[2] == "NeurFlowCallback"
    ]
    if len(ours) > 1:
        raise CommandError(
            f"--config {path}: has {len(ours)} callbacks of NeurFlow, and one is wanted: delete "
            "the others in a copy of it."
        )
    return ours[0] if ours else {}


# --- words -------------------------------------------------------------------------------


def _whole(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _listed(names: Iterable[str]) -> str:
    listed = list(names)
    rest = f" and {len(listed) - SHOWN} more" if len(listed) > SHOWN else ""
    return ", ".join(map(repr, listed[:SHOWN])) + rest


def _first_line(error: Exception) -> str:
    lines = str(error).strip().splitlines() or [type(error).__name__]
    return lines[0][:200]
