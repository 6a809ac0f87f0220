"""The snapshots of a run, by step, and their files."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from itertools import count
from string import Formatter

from fsspec.core import url_to_fs

from neurflow_lightning.errors import ConfigError, SnapshotError
from neurflow_lightning.storage import SUFFIX
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
    >>> snapshot_path("memory://", "{step}", 1, 20)
    'memory://20.safetensors'
    """
    return _inside(folder, filename.format(epoch=epoch, step=step) + SUFFIX)


def check_filename(filename: str) -> None:
    """Refuse a template by which snapshots would overwrite each other, or leave their folder.

    Raises:
        ConfigError: without ``{step}``, with anything but ``{step}`` and ``{epoch}`` in braces,
            or with a slash.

    >>> check_filename("{epoch:02d}-{step:06d}")
    """
    wanted = "wanted a template of the fields {epoch} and {step}, such as '{epoch:02d}-{step}'"
    try:
        names = {name for _, name, _, _ in Formatter().parse(filename) if name is not None}
        if unknown := names - {"epoch", "step"}:
            raise LookupError(f"no field {min(unknown)!r}")
        filename.format(epoch=0, step=0)
    except (ValueError, LookupError) as error:
        raise ConfigError(f"filename={filename!r}: {wanted}.") from error
    if "step" not in names:
        raise ConfigError(
            f"filename={filename!r}: wanted {{step}} in it, or snapshots overwrite each other."
        )
    if "/" in filename:
        raise ConfigError(f"filename={filename!r}: wanted no slash; folders go into dirpath.")


def unused_folder(folder: str, known: Collection[str], taken: Collection[str] = ()) -> str:
    """``folder``, or its first version that nobody else's snapshots lie in.

    Versions are ``folder-v1``, ``folder-v2`` and so on, as ``ModelCheckpoint`` numbers files.
    Inside a place without a name of its own (``"."``, ``"memory://"``, a bucket) they are the
    folders ``v1``, ``v2``. Nothing is made or written. A run resumed from a checkpoint older
    than its last snapshot goes on in a new version: that snapshot is not in ``known``.

    Two runs started at once, neither of which has a file yet, are not told apart: give them
    different folders.

    Args:
        folder: a local path or any address of fsspec; need not exist.
        known: files of the run itself; they do not count.
        taken: folders already given in this run to callbacks that may not have written yet.

    Raises:
        SnapshotError: when a folder cannot be listed.

    >>> unused_folder("memory://runs", known=(), taken=["memory://runs"])
    'memory://runs-v1'
    """
    try:
        own, others = set(map(_place, known)), set(map(_place, taken))
        return next(
            version
            for version in _versions(folder)
            if _place(version) not in others and _snapshot_files(version) <= own
        )
    except Exception as error:  # each filesystem raises those of its own library
        raise SnapshotError(f"{folder}: Cannot be listed: {error}.") from error


def _versions(folder: str) -> Iterator[str]:
    yield folder
    named = "/" in _place(folder) and folder.rstrip("/").rpartition("/")[2] not in ("", ".", "..")
    for number in count(1):
        yield f"{folder.rstrip('/')}-v{number}" if named else _inside(folder, f"v{number}")


def _snapshot_files(folder: str) -> set[str]:
    filesystem, place = url_to_fs(folder)
    filesystem.invalidate_cache(place)
    try:
        names = filesystem.ls(place, detail=False)
    except FileNotFoundError:
        return set()
    return {name for name in names if name.endswith(SUFFIX)}


def _place(address: str) -> str:
    """What a filesystem itself calls the address: one name for all ways of writing it."""
    return str(url_to_fs(address)[1])


def _inside(folder: str, name: str) -> str:
    return f"{folder}{name}" if folder.endswith("/") else f"{folder}/{name}"
