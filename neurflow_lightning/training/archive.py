"""The snapshots of a run, by step, and their files."""

from __future__ import annotations

from dataclasses import dataclass, field
from string import Formatter

from neurflow_lightning.errors import ConfigError
from neurflow_lightning.types import Snapshot


@dataclass
class SnapshotArchive:
    """What was taken, keyed by the number of optimiser steps.

    Steps are keys and never counted: a resumed run may leave out an analysis, or begin before
    the last one.

    Attributes:
        snapshots: taken by this process.
        paths: files, also of those taken before a resume.
    """

    snapshots: dict[int, Snapshot] = field(default_factory=dict)
    paths: dict[int, str] = field(default_factory=dict)

    def __contains__(self, step: object) -> bool:
        return step in self.snapshots or step in self.paths

    def state(self) -> dict[int, str]:
        """Step → file; plain values."""
        return dict(self.paths)

    def load(self, state: dict[int, str]) -> None:
        """Go back to what there was; later snapshots belong to a course that was given up."""
        self.paths = dict(state)
        self.snapshots = {step: one for step, one in self.snapshots.items() if step in state}

    def ordered_snapshots(self) -> tuple[Snapshot, ...]:
        """By step."""
        return tuple(self.snapshots[step] for step in sorted(self.snapshots))

    def ordered_paths(self) -> tuple[str, ...]:
        """By step."""
        return tuple(self.paths[step] for step in sorted(self.paths))


def snapshot_path(folder: str, filename: str, epoch: int, step: int) -> str:
    """The file of one snapshot.

    >>> snapshot_path("runs/neurflow", "epoch={epoch}-step={step}", 1, 20)
    'runs/neurflow/epoch=1-step=20.safetensors'
    """
    return f"{folder.rstrip('/')}/{filename.format(epoch=epoch, step=step)}.safetensors"


def check_filename(filename: str) -> None:
    """Refuse a template by which snapshots would overwrite each other.

    Raises:
        ConfigError: without ``{step}``, or with anything but ``{step}`` and ``{epoch}``.

    >>> check_filename("{epoch:02d}-{step:06d}")
    """
    try:
        names = {name for _, name, _, _ in Formatter().parse(filename) if name is not None}
        filename.format(epoch=0, step=0)
    except (ValueError, LookupError) as error:
        raise ConfigError(
            f"filename={filename!r}: wanted a template of {{epoch}} and {{step}}."
        ) from error
    if "step" not in names:
        raise ConfigError(
            f"filename={filename!r}: wanted {{step}} in it, or snapshots overwrite each other."
        )
