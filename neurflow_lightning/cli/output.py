"""Where results go: a text for people, and documents for machines, to files or standard output."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from neurflow_lightning.errors import NeurFlowError
from neurflow_lightning.regression.formats import plain
from neurflow_lightning.storage import write_whole

STANDARD_OUTPUT = "-"
_NO_DOCUMENTS = (".safetensors", ".ckpt", ".pt", ".pth")


class CommandError(NeurFlowError, ValueError):
    """A command line that asks for what cannot be done."""


def check_places(places: Mapping[str, str | None], inputs: Iterable[str | None]) -> None:
    """Refuse documents that would overwrite what was given, or each other.

    Args:
        places: option → file, ``"-"``, or ``None`` where it was not given.
        inputs: files that are read, ``None`` for one that was not given.

    Raises:
        CommandError: names the option and the way out.
    """
    known = {_resolved(one): "a file that is read" for one in inputs if one is not None}
    for option, place in places.items():
        if place is None:
            continue
        key = place if place == STANDARD_OUTPUT else _resolved(place)
        if place.endswith(_NO_DOCUMENTS) or key in known:
            what = known.get(key, "no name for a document")
            raise CommandError(
                f"{option} would write to {place}: that is {what}. Name another file, or write "
                f"'{option} -' for standard output."
            )
        known[key] = f"where {option} writes"


def deliver(text: str, documents: Sequence[tuple[str | None, str]] = ()) -> None:
    """Write documents to their places, and ``text`` to standard output if none of them goes there.

    Args:
        documents: place (see :func:`check_places`) and content of each.

    Raises:
        CommandError: when a file cannot be written.
    """
    for place, content in documents:
        if place is not None and place != STANDARD_OUTPUT:
            _write(Path(place), content)
    instead = [content for place, content in documents if place == STANDARD_OUTPUT]
    sys.stdout.write(instead[0] if instead else text)
    sys.stdout.flush()


def as_json(schema: str, content: Mapping[str, Any]) -> str:
    """An object that names its schema; NaN is ``null``, an infinite value ``"Infinity"``."""
    named = {"schema": f"neurflow-{schema}", "version": 1, **content}
    return json.dumps(plain(named), indent=2, allow_nan=False) + "\n"


def _write(path: Path, content: str) -> None:
    """Whole or not at all, into a folder that is there; a pipe or device is written to as it is."""
    try:
        if path.exists() and not path.is_file():
            path.write_text(content, encoding="utf-8")
        else:
            write_whole(path.resolve(), content.encode())
    except OSError as error:
        raise CommandError(f"{path}: Cannot be written: {error.strerror}.") from error


def _resolved(place: str) -> str:
    return os.path.realpath(place)
