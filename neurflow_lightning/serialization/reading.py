"""Strict readers of untrusted values: each gives what was wanted or names what came instead.

Nothing here believes a length before it has been compared with the data that is really there,
and all sums of lengths are Python integers, which cannot overflow.
"""

from __future__ import annotations

import math
import reprlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

import numpy as np

from neurflow_lightning.errors import SnapshotError
from neurflow_lightning.serialization.layout import Array

LARGEST = 2**63 - 1
"""The largest whole number a column can hold."""


# --- JSON values -------------------------------------------------------------------------


def record(value: object, what: str, keys: Collection[str]) -> dict[str, Any]:
    """A JSON object with exactly these keys."""
    if not isinstance(value, dict):
        raise wanted(what, "an object", value)
    missing, unknown = sorted(set(keys) - set(value)), sorted(set(value) - set(keys))
    if missing:
        raise SnapshotError(f"{what}: {missing[0]!r} is missing.")
    if unknown:
        raise SnapshotError(f"{what}: {shown(unknown[0])} is unknown; wanted only {list(keys)}.")
    return value


def mapping(value: object, what: str) -> dict[str, Any]:
    """A JSON object with any keys."""
    if not isinstance(value, dict):
        raise wanted(what, "an object", value)
    return value


def items(value: object, what: str) -> list[Any]:
    """A JSON list."""
    if not isinstance(value, list):
        raise wanted(what, "a list", value)
    return value


def text(value: object, what: str) -> str:
    """A JSON string."""
    if not isinstance(value, str):
        raise wanted(what, "text", value)
    return value


def texts(value: object, what: str) -> tuple[str, ...]:
    """A JSON list of strings."""
    return tuple(text(one, what) for one in items(value, what))


def whole(value: object, what: str, least: int = 0) -> int:
    """A whole number of at least ``least`` that fits a column.

    >>> whole(3, "epoch")
    3
    >>> whole(True, "epoch")
    Traceback (most recent call last):
        ...
    neurflow_lightning.errors.SnapshotError: epoch: wanted a whole number of at least 0, got True.
    """
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= LARGEST:
        raise wanted(what, f"a whole number of at least {least}", value)
    return value


def wholes(value: object, what: str, least: int = 0) -> list[int]:
    """A JSON list of whole numbers."""
    return [whole(one, what, least) for one in items(value, what)]


def distinct(names: Sequence[str], what: str, known: frozenset[str] | None = None) -> None:
    """Refuse a name that comes twice, or one that is not ``known``."""
    if len(set(names)) < len(names):
        raise SnapshotError(f"{what}: {shown(names)} names one twice.")
    unknown = [] if known is None else [name for name in names if name not in known]
    if unknown:
        raise SnapshotError(f"{what}: {shown(unknown[0])} is no layer of the snapshot.")


def wanted(what: str, expected: str, got: object) -> SnapshotError:
    """The error for a value of the wrong kind."""
    return SnapshotError(f"{what}: wanted {expected}, got {shown(got)}.")


def shown(value: object) -> str:
    """A short form of any value, however long or deep."""
    return reprlib.repr(value)


# --- columns -----------------------------------------------------------------------------


@dataclass(frozen=True)
class Columns:
    """The columns of one circuit, or of the snapshot itself.

    Attributes:
        arrays: name → one-dimensional array of the type the layout gives it.
        prefix: what the names of these columns begin with.
    """

    arrays: Mapping[str, Array]
    prefix: str = ""

    def array(self, name: str, rows: int | None = None) -> Array:
        """A column; with ``rows`` it must have that many."""
        values = self.arrays[self.prefix + name]
        if rows is not None and len(values) != rows:
            raise SnapshotError(f"{self.prefix}{name}: wanted {rows} rows, got {len(values)}.")
        return values

    def floats(self, name: str, rows: int) -> list[float]:
        """A column of any numbers, NaN among them."""
        return [float(value) for value in self.array(name, rows)]

    def shares(self, name: str, rows: int) -> list[float | None]:
        """A column of numbers in [0, 1]; ``None`` for NaN, and for all where there is no column."""
        if self.prefix + name not in self.arrays:
            return [None] * rows
        values = self.array(name, rows)
        told = values[~np.isnan(values)]
        if told.size and (told.min() < 0 or told.max() > 1):
            worst = float(told.min() if told.min() < 0 else told.max())
            raise wanted(self.prefix + name, "numbers from 0 to 1, or NaN", worst)
        return [None if math.isnan(value) else value for value in values.tolist()]

    def correlations(self, name: str, rows: int) -> list[float]:
        """A column of numbers in [-1, 1], and NaN."""
        values = self.array(name, rows)
        if (np.abs(values) > 1 + 1e-6).any():
            worst = float(np.nanmax(np.abs(values)))
            raise wanted(self.prefix + name, "numbers from -1 to 1, or NaN", worst)
        return [float(value) for value in values]

    def counts(self, name: str, rows: int | None = None, least: int = 0) -> list[int]:
        """A column of whole numbers of at least ``least``."""
        values = self.array(name, rows)
        if values.size and values.min() < least:
            expected = f"whole numbers of at least {least}"
            raise wanted(self.prefix + name, expected, int(values.min()))
        return [int(value) for value in values]

    def positions(self, name: str, size: int, rows: int | None = None) -> list[int]:
        """A column of places in a table of ``size`` rows."""
        self.check_positions(name, self.array(name, rows), size)
        return [int(value) for value in self.array(name)]

    def check_positions(self, name: str, values: Array, size: int) -> None:
        """Refuse a value outside of 0 … ``size`` − 1."""
        if values.size and (values.min() < 0 or int(values.max()) >= size):
            worst = int(values.min() if values.min() < 0 else values.max())
            raise wanted(self.prefix + name, f"places from 0 to {size - 1}", worst)

    def check_total(self, name: str, lengths: Sequence[int]) -> None:
        """Refuse lengths that do not use up the column exactly."""
        rows = len(self.array(name))
        if sum(lengths) != rows:
            raise SnapshotError(
                f"{self.prefix}{name}: wanted {sum(lengths)} rows by the counts of its pieces, "
                f"got {rows}."
            )

    def ragged(self, name: str, lengths: Sequence[int]) -> list[Array]:
        """A column cut into consecutive pieces of these lengths, which must use it up."""
        self.check_total(name, lengths)
        values, ends = self.array(name), accumulate(lengths)
        return [values[end - length : end] for end, length in zip(ends, lengths, strict=True)]

    def matrices(self, name: str, shapes: Sequence[tuple[int, int]]) -> list[Array]:
        """A column cut into consecutive matrices of these shapes."""
        pieces = self.ragged(name, [height * width for height, width in shapes])
        return [piece.reshape(shape) for piece, shape in zip(pieces, shapes, strict=True)]


def check_columns(arrays: Mapping[str, Array], types: Mapping[str, np.dtype[Any]]) -> None:
    """Refuse missing and unknown columns, other types, and anything not one-dimensional."""
    missing, unknown = sorted(set(types) - set(arrays)), sorted(set(arrays) - set(types))
    if missing:
        raise SnapshotError(f"Array {missing[0]!r} is missing.")
    if unknown:
        raise SnapshotError(f"Array {shown(unknown[0])} is unknown.")
    for name, dtype in types.items():
        got = arrays[name]
        if got.dtype != dtype or got.ndim != 1:
            raise SnapshotError(
                f"{name}: wanted a one-dimensional array of {dtype.name}, "
                f"got {got.dtype.name} of shape {got.shape}."
            )
