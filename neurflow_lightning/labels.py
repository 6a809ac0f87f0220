"""What neuron groups are called, by whom, and how well the names fit.

A name comes from outside: a person, a model, a file somebody sent. A :class:`Label` holds none that
is long or has characters that are not seen, wherever it came from. Markup it may hold: whoever
shows a label escapes it, as every other name.
"""

from __future__ import annotations

import math
import reprlib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from neurflow_lightning.errors import LabelError
from neurflow_lightning.types import GroupId

LONGEST_NAME = 80
LONGEST_CAPTION = 400
LONGEST_RELATION = 200
MOST_RELATIONS = 8

HUMAN = "human"
"""The source of names that people gave; they win over all others."""

UNSEEN = frozenset({"Cc", "Cf", "Co", "Cs", "Zl", "Zp"})
"""Unicode's categories of characters that are not seen: control, format, private, separators."""


def checked_text(what: str, text: Any, longest: int, *, may_be_empty: bool = True) -> str:
    r"""``text``, if it is one that can be shown.

    Raises:
        LabelError: for anything but a text of at most ``longest`` characters, each of them seen.

    >>> checked_text("name", "dark corner", 80)
    'dark corner'
    >>> checked_text("name", "dark\x1b[31m corner", 80)
    Traceback (most recent call last):
        ...
    neurflow_lightning.errors.LabelError: name: wanted characters that are seen, got '\x1b' ...
    """
    if not isinstance(text, str):
        raise LabelError(f"{what}: wanted a text, got {reprlib.repr(text)}.")
    if len(text) > longest:
        raise LabelError(f"{what}: wanted at most {longest} characters, got {len(text)}.")
    for place, one in enumerate(text):
        if unicodedata.category(one) in UNSEEN:
            raise LabelError(
                f"{what}: wanted characters that are seen, got {one!a} at place {place}."
            )
    if not may_be_empty and not text.strip():
        raise LabelError(f"{what}: wanted a text, got an empty one.")
    return text


@dataclass(frozen=True, slots=True)
class Relation:
    """How a neuron group of the layer below feeds a group.

    Attributes:
        group: the name of the group below, or its id in words, such as ``"layer2/3"``.
        share: of what the group receives, in [-1, 1]; what is negative lowers it.
        text: what it does there, in words; may be empty.
    """

    group: str
    share: float
    text: str = ""

    def __post_init__(self) -> None:
        # An id in words names a layer, which may be long.
        checked_text("group of a relation", self.group, LONGEST_CAPTION, may_be_empty=False)
        checked_text("relation", self.text, LONGEST_RELATION)
        if not -1 <= _number("share of a relation", self.share) <= 1:
            raise LabelError(f"share of a relation: wanted one in [-1, 1], got {self.share}.")


@dataclass(frozen=True, slots=True)
class Label:
    """What a neuron group is called.

    Attributes:
        name: a few words.
        caption: a sentence on what its patches have in common; may be empty.
        score: how well the name picks the group's patches among others: the area under the ROC
            curve over patches that the labeller was not shown, in [0, 1], .5 by chance; ``None``
            where it was not measured.
        source: who named it: :data:`HUMAN`, or a model's name.
        relations: to the groups below that feed it most, strongest first.
        fresh: whether the group is still what it was when it was named.

    Raises:
        LabelError: for texts that are too long or not all seen, and numbers out of range.

    >>> Label("dark corner", score=0.912).told, Label("dark corner", fresh=False).told
    ('dark corner (0.91)', 'dark corner?')
    """

    name: str
    caption: str = ""
    score: float | None = None
    source: str = HUMAN
    relations: tuple[Relation, ...] = ()
    fresh: bool = True

    def __post_init__(self) -> None:
        checked_text("name", self.name, LONGEST_NAME, may_be_empty=False)
        checked_text("caption", self.caption, LONGEST_CAPTION)
        checked_text("source", self.source, LONGEST_RELATION, may_be_empty=False)
        if self.score is not None and not 0 <= _number("score", self.score) <= 1:
            raise LabelError(f"score: wanted one in [0, 1], got {self.score}.")
        if len(self.relations) > MOST_RELATIONS:
            raise LabelError(
                f"relations: wanted at most {MOST_RELATIONS}, got {len(self.relations)}."
            )

    @property
    def by_human(self) -> bool:
        """Whether a person gave it."""
        return self.source == HUMAN

    @property
    def told(self) -> str:
        """The name with its score; with a question mark if the group has changed since.

        A score is of the patches that were named, so that none is told of a group that changed.
        """
        if not self.fresh:
            return f"{self.name}?"
        return self.name if self.score is None else f"{self.name} ({self.score:.2f})"


GroupLabels = Mapping[int, Mapping[GroupId, Label]]
"""Target index → neuron group → its label, of the groups that have one."""

NO_LABELS: GroupLabels = MappingProxyType({})


def told_with_name(labels: GroupLabels, target: int, group: GroupId) -> str:
    """A group's id, and its name where it has one; any characters.

    >>> told_with_name({3: {GroupId("low", 0): Label("corner")}}, 3, GroupId("low", 0))
    'low/0 “corner”'
    >>> told_with_name(NO_LABELS, 3, GroupId("low", 0))
    'low/0'
    """
    label = labels.get(target, {}).get(group)
    return str(group) if label is None else f"{group} “{label.told}”"


def _number(what: str, value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise LabelError(f"{what}: wanted a number, got {reprlib.repr(value)}.")
    return float(value)
