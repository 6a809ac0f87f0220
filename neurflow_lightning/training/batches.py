"""Inputs and class labels out of whatever a data loader yields.

A batch may be a tensor, a tuple or list (inputs, labels, …), a mapping, a dataclass, a named
tuple or any object with attributes. A key is a name, a position, or a dotted path of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import torch
from torch import Tensor

from neurflow_lightning.errors import ProbeError, near_matches

Key = str | int

INPUT_NAMES = ("image", "images", "img", "pixel_values", "input", "inputs", "input_ids", "x")
"""Names looked for in a batch with names when no ``input_key`` is given."""

LABEL_NAMES = ("label", "labels", "target", "targets", "class", "classes", "y")
"""Names looked for in a batch with names when no ``label_key`` is given."""


def inputs_and_labels(
    batch: Any, input_key: Key | None = None, label_key: Key | None = None
) -> tuple[Tensor, Tensor | None]:
    """The (N, ...) inputs of a batch and their (N,) class labels, both still the batch's own.

    Without keys the inputs are the batch itself, its first item or the one item named as in
    :data:`INPUT_NAMES`; labels are its second item or the one named as in :data:`LABEL_NAMES`.
    What stands there but is no class number for each input (a mask, a regression target) gives
    ``None``; a ``label_key`` that names such a thing is an error.

    Raises:
        ProbeError: when inputs, or the labels asked for, are not found.

    >>> batch = {"image": torch.zeros(2, 3), "label": torch.tensor([1, 7])}
    >>> images, labels = inputs_and_labels(batch)
    >>> images.shape, labels.tolist()
    (torch.Size([2, 3]), [1, 7])
    """
    inputs = look_up(batch, input_key) if input_key is not None else _guessed_inputs(batch)
    if not isinstance(inputs, Tensor) or inputs.ndim < 2:
        raise ProbeError(
            f"The inputs of a batch are {_described(inputs)}: wanted one tensor (N, ...). "
            f"Name them by input_key. The batch is {_described(batch)}."
        )
    if label_key is None:
        return inputs, class_labels(_guessed_labels(batch), len(inputs))
    labels = class_labels(look_up(batch, label_key), len(inputs))
    if labels is None:
        raise ProbeError(
            f"label_key={label_key!r} names {_described(look_up(batch, label_key))}: "
            f"wanted one class number for each of the {len(inputs)} inputs."
        )
    return inputs, labels


def unusable_labels(batch: Any, inputs: Tensor) -> str | None:
    """What stands where labels are looked for, where that is no class number for each input.

    >>> images = torch.zeros(2, 3)
    >>> unusable_labels((images, torch.rand(2)), images)
    'a tensor (2,) of torch.float32'
    """
    found = _guessed_labels(batch)
    if found is None or class_labels(found, len(inputs)) is not None:
        return None
    return _described(found)


def look_up(batch: Any, key: Key) -> Any:
    """What a batch holds under a name, a position or a dotted path of them.

    Raises:
        ProbeError: when there is nothing.

    >>> look_up({"left": (1, 2)}, "left.1")
    2
    """
    if _holds(batch, key):
        return _item(batch, key)
    first, _, rest = str(key).partition(".")
    if rest and _holds(batch, first):
        return look_up(_item(batch, first), rest)
    known = near_matches(str(key), _names(batch))
    raise ProbeError(f"A batch has no {key!r}: it is {_described(batch)}. {known}")


def is_spent(batch: Any, input_key: Key | None) -> bool:
    """Whether there is nothing on the way to the inputs: a combined loader's part ran dry.

    >>> is_spent({"left": None, "right": (1, 2)}, "left.0")
    True
    """
    if batch is None or input_key is None:
        return batch is None
    if _holds(batch, input_key):
        return _item(batch, input_key) is None
    first, _, rest = str(input_key).partition(".")
    return bool(rest) and _holds(batch, first) and is_spent(_item(batch, first), rest)


def class_labels(values: Any, count: int) -> Tensor | None:
    """(count,) class numbers, or ``None`` when ``values`` are not one class for each input.

    One-hot rows are read as the numbers that they stand for.

    >>> class_labels([3, 1], 2)
    tensor([3, 1])
    >>> class_labels(torch.tensor([[0.0, 1.0], [1.0, 0.0]]), 2)
    tensor([1, 0])
    >>> class_labels(torch.rand(2, 5), 2) is None
    True
    """
    if isinstance(values, list | tuple) and values and all(type(one) is int for one in values):
        values = torch.tensor(values)
    if not isinstance(values, Tensor):
        return None
    if _is_one_hot(values, count):
        return values.int().argmax(1)
    if (
        values.dtype == torch.bool
        or values.is_floating_point()
        or values.is_complex()
        or values.ndim == 0
    ):
        return None
    return values.reshape(-1) if len(values) == values.numel() == count else None


def _is_one_hot(values: Tensor, count: int) -> bool:
    if values.ndim != 2 or values.shape[1] < 2 or len(values) != count or values.is_complex():
        return False
    ones, zeros = values == 1, values == 0
    return bool((ones | zeros).all() and (ones.sum(1) == 1).all())


def _guessed_inputs(batch: Any) -> Any:
    if isinstance(batch, Tensor):
        return batch
    if isinstance(batch, Sequence) and not isinstance(batch, str):
        return batch[0] if batch else None
    return _only_named(batch, INPUT_NAMES, "input_key")


def _guessed_labels(batch: Any) -> Any:
    if isinstance(batch, Tensor):
        return None
    if isinstance(batch, Sequence):
        return batch[1] if len(batch) > 1 else None
    return _only_named(batch, LABEL_NAMES, "label_key")


def _only_named(batch: Any, names: Sequence[str], argument: str) -> Any:
    """The one item that bears such a name; ``None`` where none does."""
    found = [name for name in names if _holds(batch, name)]
    if len(found) > 1:
        raise ProbeError(
            f"A batch has {' and '.join(map(repr, found))}: say by {argument} which one is meant."
        )
    return _item(batch, found[0]) if found else None


def _holds(batch: Any, key: Key) -> bool:
    if isinstance(batch, Mapping):
        return key in batch
    if isinstance(batch, Sequence) and _is_position(key):
        return -len(batch) <= int(key) < len(batch)
    return isinstance(key, str) and hasattr(batch, key)


def _item(batch: Any, key: Key) -> Any:
    if isinstance(batch, Mapping):
        return batch[key]
    if isinstance(batch, Sequence) and _is_position(key):
        return batch[int(key)]
    return getattr(batch, str(key))


def _is_position(key: Key) -> bool:
    return isinstance(key, int) or key.lstrip("-").isdigit()


def _names(batch: Any) -> list[str]:
    if isinstance(batch, Mapping):
        return [str(key) for key in batch]
    if isinstance(batch, Sequence):
        return [str(place) for place in range(len(batch))]
    return [name for name in getattr(batch, "__dict__", {}) if not name.startswith("_")]


def _described(value: Any) -> str:
    if isinstance(value, Tensor):
        return f"a tensor {tuple(value.shape)} of {value.dtype}"
    if isinstance(value, Mapping):
        return f"a {type(value).__name__} of {', '.join(map(repr, value))}"
    if isinstance(value, list | tuple):
        return f"a {type(value).__name__} of {len(value)}"
    return "nothing" if value is None else f"a {type(value).__name__}"
