"""Snapshot ↔ file: one safetensors file each, here or on any filesystem fsspec knows.

The file's arrays and JSON header are those of :mod:`neurflow_lightning.serialization`; the header
is the text of the metadata key ``neurflow``. A file is data: reading one runs nothing, believes
nothing, and takes memory and time in proportion to the size of the file.
"""

from __future__ import annotations

import json
import operator
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from uuid import uuid4

from fsspec import AbstractFileSystem
from fsspec.core import url_to_fs
from fsspec.implementations.local import LocalFileSystem
from safetensors import SafetensorError
from safetensors.numpy import load, save

from neurflow_lightning.errors import SnapshotError, refuse_constant
from neurflow_lightning.serialization import SCHEMA_VERSION, pack, unpack
from neurflow_lightning.types import Snapshot

__all__ = ["SCHEMA_VERSION", "load_snapshot", "save_snapshot"]

SUFFIX = ".safetensors"
METADATA_KEY = "neurflow"
ZIP_MAGIC = b"PK\x03\x04"
LARGEST_HEADER = 16 * 2**20
"""Bytes of the longest header read: a bound on what the JSON parser may be made to build."""


def save_snapshot(snapshot: Snapshot, path: str | os.PathLike[str]) -> None:
    """Write a snapshot to one file; a reader sees the old file or the new one, never a part.

    The same snapshot gives the same bytes. Folders are made as needed.

    Args:
        snapshot: what to write. Its arrays must have the documented shapes and its references
            must resolve; it is read back from its bytes before anything is written.
        path: ends in ``.safetensors``; a local path or a URL of fsspec, such as ``s3://…``.
            Remote files are written under a temporary name and moved: as atomic as the
            filesystem's own move.

    Raises:
        SnapshotError: for another ending, an inconsistent snapshot, or a place that cannot be
            written.
    """
    with _named(path):
        if not os.fspath(path).endswith(SUFFIX):
            raise SnapshotError(f"The name of a snapshot file ends in {SUFFIX!r}.")
        data = encode(snapshot)
        decode(data)
        with _failing_as("Cannot be written"):
            write_anywhere(os.fspath(path), data)


def load_snapshot(path: str | os.PathLike[str]) -> Snapshot:
    """Read a snapshot; nothing in the file can run code.

    Args:
        path: a local path or a URL of fsspec.

    Raises:
        SnapshotError: when there is no such file, or for anything in it that
            :func:`save_snapshot` would not have written; names the path, what was wanted and
            what came.
    """
    with _named(path):
        with _failing_as("Cannot be read"):
            filesystem, place = url_to_fs(os.fspath(path))
            data = filesystem.cat_file(place)
        return decode(data)


# --- bytes -------------------------------------------------------------------------------


def encode(snapshot: Snapshot) -> bytes:
    """The bytes of a snapshot file: the same for the same snapshot.

    Raises:
        SnapshotError: for a snapshot whose arrays have other shapes than documented, or that
            holds something JSON has no word for.
    """
    header, arrays = pack(snapshot)
    try:
        # numpy's whole numbers are written as what they are; floats do not pass operator.index.
        written = json.dumps(header, allow_nan=False, default=operator.index)
    except (TypeError, ValueError) as error:
        raise SnapshotError(f"The header is no JSON: {error}.") from error
    return save(arrays, metadata={METADATA_KEY: written})


def decode(data: bytes) -> Snapshot:
    """The inverse of :func:`encode`, for bytes that anybody may have written.

    Raises:
        SnapshotError: for anything :func:`encode` would not have made.
    """
    outer = _outer_header(data)
    try:
        arrays = load(data)
    except SafetensorError as error:
        raise SnapshotError(f"Is truncated, or no safetensors file: {error}.") from error
    except KeyError as error:
        raise SnapshotError(f"Holds an array of {error}, which is no type of numpy.") from error
    metadata = outer.get("__metadata__")
    if not isinstance(metadata, dict) or METADATA_KEY not in metadata:
        raise SnapshotError(
            f"Is no snapshot: the safetensors metadata has no key {METADATA_KEY!r}."
        )
    return unpack(_parsed(metadata[METADATA_KEY], "header"), arrays)


def _outer_header(data: bytes) -> dict[str, Any]:
    """The JSON object a safetensors file begins with, after its length in eight bytes."""
    if data.startswith(ZIP_MAGIC):
        raise SnapshotError(
            "Is a zip archive, as checkpoints of torch are, and no snapshot: "
            "`neurflow analyze` makes a snapshot of a checkpoint."
        )
    length = int.from_bytes(data[:8], "little")
    if len(data) < 8 or length > len(data) - 8:
        raise SnapshotError(
            f"Is truncated, or no safetensors file: its first 8 bytes promise a header of "
            f"{length} bytes, the file has {len(data)} bytes."
        )
    if length > LARGEST_HEADER:
        raise SnapshotError(f"The header has {length} bytes: wanted at most {LARGEST_HEADER}.")
    outer = _parsed(data[8 : 8 + length], "safetensors header")
    if not isinstance(outer, dict):
        raise SnapshotError("Is no safetensors file: its header is no JSON object.")
    return outer


def _parsed(written: bytes | str, what: str) -> Any:
    try:
        text = written.decode() if isinstance(written, bytes) else written
        return json.loads(text, parse_constant=refuse_constant)
    except (ValueError, TypeError, RecursionError) as error:
        raise SnapshotError(f"The {what} is no JSON: {error}.") from error


# --- files -------------------------------------------------------------------------------


def write_anywhere(path: str, data: bytes) -> None:
    """Write a local or remote file, atomically as far as the filesystem's own move is.

    Raises:
        Exception: whatever the filesystem raises when it cannot be written.
    """
    filesystem, place = url_to_fs(path)
    if isinstance(filesystem, LocalFileSystem):
        write_file(Path(place), data)
    else:
        _write_remote(filesystem, place, data)


def write_file(path: Path, data: bytes) -> None:
    """Write a local file; a reader sees the old one or the new one, never a part.

    Raises:
        OSError: when it cannot be written; then nothing of it is left.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, data)


def write_whole(path: Path, data: bytes) -> None:
    """A local file that is there whole or not at all, also where it takes the place of another.

    Raises:
        OSError: when it cannot be written; its folder must be there.
    """
    unfinished = path.parent / _temporary_name()
    try:
        with unfinished.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise


def _write_remote(filesystem: AbstractFileSystem, place: str, data: bytes) -> None:
    folder, _, _ = place.rpartition("/")
    filesystem.makedirs(folder, exist_ok=True)
    unfinished = f"{folder}/{_temporary_name()}"
    try:
        filesystem.pipe_file(unfinished, data)
        filesystem.mv(unfinished, place)
    except BaseException:
        with suppress(Exception):
            filesystem.rm_file(unfinished)
        raise


def _temporary_name() -> str:
    return f".{uuid4().hex}.tmp"


@contextmanager
def _named(path: str | os.PathLike[str]) -> Iterator[None]:
    """Put the path before the message of every error."""
    try:
        yield
    except SnapshotError as error:
        raise SnapshotError(f"{os.fspath(path)}: {error}") from error


@contextmanager
def _failing_as(what: str) -> Iterator[None]:
    """Turn the errors of a filesystem into ours; each raises those of its own library."""
    try:
        yield
    except FileNotFoundError as error:
        raise SnapshotError(f"{what}: there is no such file or folder.") from error
    except Exception as error:
        reason = str(error).rstrip(".") or type(error).__name__
        raise SnapshotError(f"{what}: {reason}.") from error
