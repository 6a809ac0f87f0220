"""Labels ↔ a JSON file beside the snapshots, or one to share.

A file is data from anybody: whatever is in it is checked, and refused with its place.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from fsspec.core import url_to_fs

from neurflow_lightning.applications.labelling.collection import (
    LabelledGroup,
    Labels,
    reconciled,
)
from neurflow_lightning.errors import LabelError, refuse_constant
from neurflow_lightning.evolution.lineage import Content
from neurflow_lightning.labels import Label, Relation
from neurflow_lightning.storage import write_anywhere
from neurflow_lightning.types import GroupId

LABELS_FILE = "labels.json"
SCHEMA = "neurflow-labels"
VERSION = 1
LARGEST_FILE = 64 * 2**20
"""Bytes of the largest file read."""

_LONGEST_WORD = 1000


def labels_place(snapshot: str) -> str:
    """Where the labels of a snapshot's run lie.

    >>> labels_place("one.safetensors"), labels_place("s3://runs/neurflow/epoch=4.safetensors")
    ('labels.json', 's3://runs/neurflow/labels.json')
    """
    if "://" in snapshot:
        return f"{snapshot.rpartition('/')[0]}/{LABELS_FILE}"
    return str(Path(snapshot).with_name(LABELS_FILE))


def labels_beside(snapshot: str) -> Labels:
    """The labels of a snapshot's run; none where there is no file.

    Raises:
        LabelError: as of :func:`read_labels`.
    """
    return read_labels(labels_place(snapshot), missing_ok=True)


def read_labels(place: str, *, missing_ok: bool = False) -> Labels:
    """The labels in a file, local or remote.

    Args:
        place: its path or address.
        missing_ok: take a file that is not there for one without labels.

    Raises:
        LabelError: names the file and the place in it that is wrong.
    """
    try:
        filesystem, path = url_to_fs(place)
        if missing_ok and not filesystem.exists(path):
            return Labels()
        size = filesystem.size(path)
        if size is not None and size > LARGEST_FILE:
            raise LabelError(f"{place}: has {size} bytes: wanted at most {LARGEST_FILE}.")
        data = filesystem.cat_file(path)
    except LabelError:
        raise
    except Exception as error:  # every filesystem raises what its own library does
        reason = type(error).__name__ if not str(error) else str(error)
        raise LabelError(f"{place}: Cannot be read: {reason}.") from error
    try:
        return decode_labels(data)
    except LabelError as error:
        raise LabelError(f"{place}: {error}") from error


def save_labels(place: str, before: Labels, after: Labels) -> Labels:
    """Write labels; what others wrote since ``before`` was read stays.

    A reader sees the old file or the new one.

    Returns:
        What was written.

    Raises:
        LabelError: when the file is there but cannot be read, or cannot be written.
    """
    written = reconciled(before, after, read_labels(place, missing_ok=True))
    write_labels(place, written)
    return written


def write_labels(place: str, labels: Labels) -> None:
    """Write labels in place of whatever is there.

    Raises:
        LabelError: when the file cannot be written.
    """
    try:
        write_anywhere(place, encode_labels(labels))
    except Exception as error:  # every filesystem raises what its own library does
        raise LabelError(f"{place}: Cannot be written: {error}.") from error


# --- bytes -------------------------------------------------------------------------------


def encode_labels(labels: Labels) -> bytes:
    """As JSON in ASCII, one group a line: the same bytes for the same labels."""
    lines = ",\n".join(json.dumps(_group(one), allow_nan=False) for one in labels.groups)
    return f'{{"schema": "{SCHEMA}", "version": {VERSION}, "groups": [\n{lines}\n]}}\n'.encode()


def decode_labels(data: bytes) -> Labels:
    """The inverse of :func:`encode_labels`, for bytes that anybody may have written.

    Raises:
        LabelError: for anything :func:`encode_labels` would not have made.

    >>> decode_labels(encode_labels(Labels())) == Labels()
    True
    """
    try:
        document = json.loads(data, parse_constant=refuse_constant)
    except (ValueError, RecursionError) as error:
        raise LabelError(f"Is no JSON: {error}.") from error
    top = _object(document, "the file", {"schema", "version", "groups"})
    if (top["schema"], top["version"]) != (SCHEMA, VERSION):
        raise LabelError(
            f"Is no file of labels of version {VERSION}: wanted the schema {SCHEMA!r}, as "
            "'neurflow label' writes it."
        )
    rows = _list(top["groups"], "groups")
    groups = [_read_group(one, f"groups[{place}]") for place, one in enumerate(rows)]
    return Labels().merged(Labels(tuple(groups)))


def _group(one: LabelledGroup) -> dict[str, Any]:
    return {
        "target": one.target,
        "layer": one.group.layer,
        "group": one.group.number,
        "epoch": one.epoch,
        "step": one.step,
        "labels": [_label(label) for label in one.labels],
        "probe": one.probe,
        "neurons": [[part.neuron, part.of, list(part.patches)] for part in one.contents],
    }


def _label(label: Label) -> dict[str, Any]:
    return {
        "name": label.name,
        "caption": label.caption,
        "score": label.score,
        "source": label.source,
        "relations": [[one.group, one.share, one.text] for one in label.relations],
    }


def _read_group(value: Any, where: str) -> LabelledGroup:
    keys = {"target", "layer", "group", "epoch", "step", "labels", "probe", "neurons"}
    found = _object(value, where, keys)
    labels = _list(found["labels"], f"{where}.labels")
    if not labels:
        raise LabelError(f"{where}.labels: wanted at least one.")
    neurons = _list(found["neurons"], f"{where}.neurons")
    return LabelledGroup(
        probe=_word(found["probe"], f"{where}.probe"),
        target=_whole(found["target"], f"{where}.target"),
        group=GroupId(
            _word(found["layer"], f"{where}.layer"), _whole(found["group"], f"{where}.group")
        ),
        contents=tuple(
            _read_content(one, f"{where}.neurons[{place}]") for place, one in enumerate(neurons)
        ),
        epoch=_optional_whole(found["epoch"], f"{where}.epoch"),
        step=_optional_whole(found["step"], f"{where}.step"),
        labels=tuple(
            _read_label(one, f"{where}.labels[{place}]") for place, one in enumerate(labels)
        ),
    )


def _read_content(value: Any, where: str) -> Content:
    neuron, of, patches = _row(value, where, 3)
    rows = [_whole(row, f"{where}[2]") for row in _list(patches, f"{where}[2]")]
    total = _whole(of, f"{where}[1]")
    if not 0 < len(rows) <= total or any(a >= b for a, b in pairwise(rows)):
        raise LabelError(f"{where}: wanted 1 to {total} patches, ascending.")
    return Content(_whole(neuron, f"{where}[0]"), tuple(rows), total)


def _read_label(value: Any, where: str) -> Label:
    found = _object(value, where, {"name", "caption", "score", "source", "relations"})
    rows = _list(found["relations"], f"{where}.relations")
    return _checked(
        where,
        lambda: Label(
            name=found["name"],
            caption=found["caption"],
            score=None if found["score"] is None else _real(found["score"], f"{where}.score"),
            source=found["source"],
            relations=tuple(
                _read_relation(one, f"{where}.relations[{place}]") for place, one in enumerate(rows)
            ),
        ),
    )


def _read_relation(value: Any, where: str) -> Relation:
    group, share, text = _row(value, where, 3)
    return Relation(group, _real(share, f"{where}[1]"), text)


def _checked(where: str, make: Callable[[], Label]) -> Label:
    try:
        return make()
    except LabelError as error:
        told = str(error)
        raise LabelError(told if told.startswith(where) else f"{where}: {told}") from error


def _object(value: Any, where: str, keys: set[str]) -> Mapping[str, Any]:
    if not isinstance(value, dict) or set(value) != keys:
        raise LabelError(f"{where}: wanted an object with the keys {', '.join(sorted(keys))}.")
    return value


def _list(value: Any, where: str) -> Sequence[Any]:
    if not isinstance(value, list):
        raise LabelError(f"{where}: wanted a list.")
    return value


def _row(value: Any, where: str, length: int) -> Sequence[Any]:
    if len(_list(value, where)) != length:
        raise LabelError(f"{where}: wanted {length} values, got {len(value)}.")
    return value  # type: ignore[no-any-return]


def _word(value: Any, where: str) -> str:
    if not isinstance(value, str) or len(value) > _LONGEST_WORD:
        raise LabelError(f"{where}: wanted a text of at most {_LONGEST_WORD} characters.")
    return value


def _whole(value: Any, where: str) -> int:
    if type(value) is not int or not 0 <= value < 2**63:
        raise LabelError(f"{where}: wanted a whole number, not negative.")
    return value


def _optional_whole(value: Any, where: str) -> int | None:
    return None if value is None else _whole(value, where)


def _real(value: Any, where: str) -> float:
    # What a float cannot hold, such as a number of a thousand digits, is none.
    if type(value) not in (int, float) or not -1e300 < value < 1e300:
        raise LabelError(f"{where}: wanted a number.")
    return float(value)
