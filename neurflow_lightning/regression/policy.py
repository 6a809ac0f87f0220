"""Which change is allowed: conditions, read from ``neurflow.yaml`` or made in Python.

.. code-block:: yaml

    conditions:
      - verdict_at_most: re-described      # stable, unjudged, drifting, re-described or changed
      - measure: edge_drift
        at_most: 0.3                       # an absolute bound ...
      - measure: edge_drift
        above_null: 1.5                    # ... or at most 1.5 times the null's 99 % quantile
        target: crack                      # a class by number or name; "*", if left out, for all
        layer: "layer[34]"                 # a name or a pattern of the shell; "*" if left out
        severity: warn                     # or fail, if left out
      - forbid: [split, merge]             # lineage events that may not happen
      - require: emerge                    # ... or that must, in one of the layers at least
      - stability_at_least: 0.8            # 1 − group_turnover, or 1 − another measure
      - transfer_at_least: 0.9             # functional transfer, measured on data
    controls:                              # snapshots that only honest training separates from
      - controls/first.safetensors         # the baseline; paths are taken from this file's folder

A condition has exactly one of ``at_most``, ``above_null``, ``verdict_at_most``, ``forbid``,
``require``, ``stability_at_least`` and ``transfer_at_least``. A pair of layers is named by its
upper one. A number is a class's index, in quotes its name: ``3`` and ``"3"`` may be two classes.

Controls make a training null, which a change has to exceed too, see
:mod:`neurflow_lightning.regression.checking`.
"""

from __future__ import annotations

import os
import re
import reprlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from math import isfinite
from pathlib import Path
from typing import Any, Literal, NoReturn, get_args

import yaml

from neurflow_lightning.errors import PolicyError, near_matches
from neurflow_lightning.evolution.reports import VERDICTS, Event, Measure, Verdict

Severity = Literal["warn", "fail"]

EVERY = "*"
MEASURES: tuple[Measure, ...] = get_args(Measure)
EVENTS: tuple[Event, ...] = tuple(one for one in get_args(Event) if one != "survive")
"""Those a report lists: what survives is no event there."""

LARGEST_FILE = 2**20
"""Bytes of the longest policy read."""


# --- rules -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class AtMost:
    """A measure is at most ``bound``, in [0, 1]; of ``polysemanticity`` its absolute value, from 0.

    >>> str(AtMost("edge_drift", 0.3))
    'edge_drift at most 0.3'
    """

    measure: Measure
    bound: float

    def __post_init__(self) -> None:
        _check_word("measure", self.measure, MEASURES)
        _check_number("at_most", self.bound, None if self.measure == "polysemanticity" else 1.0)

    def __str__(self) -> str:
        return f"{self.measure} at most {self.bound:g}"


@dataclass(frozen=True, slots=True)
class AboveNull:
    """A measure is at most ``factor`` times the 99 % quantile of its null; ``factor`` from 0."""

    measure: Measure
    factor: float

    def __post_init__(self) -> None:
        _check_word("measure", self.measure, MEASURES)
        _check_number("above_null", self.factor, None)

    def __str__(self) -> str:
        return f"{self.measure} at most {self.factor:g} × null"


@dataclass(frozen=True, slots=True)
class VerdictAtMost:
    """A target's verdict is no worse than ``verdict``, in the order of ``VERDICTS``."""

    verdict: Verdict

    def __post_init__(self) -> None:
        _check_word("verdict_at_most", self.verdict, VERDICTS)

    def __str__(self) -> str:
        return f"verdict at most {self.verdict}"


@dataclass(frozen=True, slots=True)
class Forbid:
    """None of these lineage events happens in a layer."""

    events: tuple[Event, ...]

    def __post_init__(self) -> None:
        _check_events("forbid", self.events)

    def __str__(self) -> str:
        return f"no {' or '.join(self.events)}"


@dataclass(frozen=True, slots=True)
class Require:
    """Each of these lineage events happens in at least one of the layers covered."""

    events: tuple[Event, ...]

    def __post_init__(self) -> None:
        _check_events("require", self.events)

    def __str__(self) -> str:
        return f"{' and '.join(self.events)} required"


@dataclass(frozen=True, slots=True)
class StabilityAtLeast:
    """The share that stayed as it was, 1 − ``measure``, is at least ``bound``, in [0, 1]."""

    bound: float
    measure: Measure = "group_turnover"

    def __post_init__(self) -> None:
        bounded = [one for one in MEASURES if one != "polysemanticity"]
        _check_word("measure", self.measure, bounded)
        _check_number("stability_at_least", self.bound, 1.0)

    def __str__(self) -> str:
        return f"stability (1 − {self.measure}) at least {self.bound:g}"


@dataclass(frozen=True, slots=True)
class TransferAtLeast:
    """Functional transfer of the old core neurons is at least ``bound``, in [0, 1]."""

    bound: float

    def __post_init__(self) -> None:
        _check_number("transfer_at_least", self.bound, 1.0)

    def __str__(self) -> str:
        return f"functional transfer at least {self.bound:g}"


Rule = AtMost | AboveNull | VerdictAtMost | Forbid | Require | StabilityAtLeast | TransferAtLeast


@dataclass(frozen=True, slots=True)
class Condition:
    """A rule, where it holds, and how much it matters.

    Attributes:
        rule: what must hold.
        target: class index, class name, or ``"*"`` for every target of the report.
        layer: a layer's name, a pattern of :mod:`fnmatch`, or ``"*"`` for every layer. A verdict
            is of a whole target and takes no layer.
        severity: ``"fail"`` or ``"warn"``.
        line: where it stands in its file, from 1; ``None`` outside a file.

    Raises:
        PolicyError: for a value that is none of those.
    """

    rule: Rule
    target: int | str = EVERY
    layer: str = EVERY
    severity: Severity = "fail"
    line: int | None = None

    def __post_init__(self) -> None:
        _check_word("severity", self.severity, get_args(Severity))
        if isinstance(self.target, bool) or not isinstance(self.target, int | str):
            _refuse("target", self.target, "a class by number, or by name in quotes, or '*'")
        if not isinstance(self.layer, str) or not self.layer:
            _refuse("layer", self.layer, "a layer's name, a pattern or '*'")
        if isinstance(self.rule, VerdictAtMost) and self.layer != EVERY:
            _refuse("layer", self.layer, "no layer, as a verdict is of the whole target")


@dataclass(frozen=True, slots=True)
class RegressionPolicy:
    """All conditions, at least one.

    Attributes:
        conditions: in the order of the file.
        source: where they come from, for people.
        controls: paths of snapshots that make a training null, where none are given otherwise.

    Raises:
        PolicyError: when there is no condition: such a policy would pass everything.
    """

    conditions: tuple[Condition, ...]
    source: str = "a policy made in Python"
    controls: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.conditions:
            raise PolicyError(
                "A policy with no condition passes everything: wanted at least one.", "conditions"
            )
        if not all(isinstance(one, str) and one for one in self.controls):
            _refuse("controls", self.controls, "paths of snapshots")


def _refuse(key: str, given: object, wanted: str) -> NoReturn:
    raise PolicyError(f"{key}: wanted {wanted}, got {reprlib.repr(given)}.", key)


def _check_word(key: str, given: object, known: Iterable[str]) -> None:
    words = list(known)
    if given not in words:
        near = near_matches(str(given)[:100], words, limit=len(words))
        raise PolicyError(f"{key}: {reprlib.repr(given)} is none that is known. {near}", key)


def _check_number(key: str, given: object, most: float | None) -> None:
    wanted = "a number from 0" + ("" if most is None else f" to {most:g}")
    if isinstance(given, bool) or not isinstance(given, int | float):
        _refuse(key, given, wanted)
    if not isfinite(given) or given < 0 or (most is not None and given > most):
        _refuse(key, given, wanted)


def _check_events(key: str, given: object) -> None:
    if not isinstance(given, tuple) or not given:
        _refuse(key, given, f"one or more of {', '.join(EVENTS)}")
    for event in given:
        _check_word(key, event, EVENTS)


DEFAULT_POLICY = RegressionPolicy(
    (
        Condition(VerdictAtMost("re-described")),
        Condition(VerdictAtMost("stable"), severity="warn"),
    ),
    source="the default policy",
)
"""Fails where a target has *changed*, warns where it is not *stable*."""


# --- reading -----------------------------------------------------------------------------


def read_policy(path: str | os.PathLike[str]) -> RegressionPolicy:
    """The policy of a YAML file; nothing in the file can run code.

    Paths of controls are taken from the file's folder, URLs such as ``s3://…`` as they are.

    Raises:
        PolicyError: when there is no such file, or for anything in it that is no policy; names
            file, line and key, and what was wanted.
    """
    source = os.fspath(path)
    try:
        with Path(path).open("rb") as file:
            data = file.read(LARGEST_FILE + 1)
        if len(data) > LARGEST_FILE:
            raise PolicyError(f"{source}: Is longer than {LARGEST_FILE} bytes: no policy.")
        policy = parse_policy(data.decode("utf-8-sig"), source)
    except FileNotFoundError as error:
        raise PolicyError(f"{source}: There is no such file.") from error
    except OSError as error:
        raise PolicyError(f"{source}: Cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise PolicyError(f"{source}: Is no text in UTF-8: {error.reason}.") from error
    folder = Path(path).parent
    return replace(
        policy,
        controls=tuple(one if "://" in one else str(folder / one) for one in policy.controls),
    )


def parse_policy(text: str, source: str = "policy") -> RegressionPolicy:
    """The policy that ``text`` writes in YAML.

    Args:
        text: as in this module's docstring.
        source: what errors call it.

    Raises:
        PolicyError: for anything else; names source, line and key, and what was wanted.

    >>> policy = parse_policy("conditions: [{measure: edge_drift, at_most: 0.3, layer: layer4}]")
    >>> str(policy.conditions[0].rule), policy.conditions[0].severity
    ('edge_drift at most 0.3', 'fail')
    """
    document = _composed(text, source)
    if document is None:
        raise PolicyError(f"{source}: Is empty: wanted 'conditions:' and a list below it.")
    top = _entries(document, ["conditions", "controls"], source)
    if "conditions" not in top:
        raise _at(document, source, "Wanted the key 'conditions' and a list below it.")
    listed = top["conditions"]
    if not isinstance(listed, yaml.SequenceNode):
        raise _at(listed, source, "conditions: wanted a list, each entry after a '-'.")
    controls = _words(top["controls"]) if "controls" in top else ()
    conditions = tuple(_condition(one, source) for one in listed.value)
    try:
        return RegressionPolicy(conditions, source, controls)
    except PolicyError as error:
        raise _at(top[error.key or "conditions"], source, str(error)) from error


def _composed(text: str, source: str) -> yaml.Node | None:
    try:
        node: yaml.Node | None = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        place = f", line {error.problem_mark.line + 1}" if error.problem_mark else ""
        raise PolicyError(f"{source}{place}: Is no YAML: {error.problem}.") from error
    except yaml.YAMLError as error:
        raise PolicyError(f"{source}: Is no YAML: {' '.join(str(error).split())}.") from error
    except RecursionError as error:
        raise PolicyError(f"{source}: Is nested too deeply for a policy.") from error
    return node


def _at(node: yaml.Node, source: str, message: str) -> PolicyError:
    return PolicyError(f"{source}, line {node.start_mark.line + 1}: {message}")


def _entries(node: yaml.Node, known: Iterable[str], source: str) -> dict[str, yaml.Node]:
    """The mapping's values by key; each key known and said once."""
    words = list(known)
    if not isinstance(node, yaml.MappingNode):
        raise _at(node, source, f"Wanted keys with values, such as '{words[0]}: …'.")
    found: dict[str, yaml.Node] = {}
    for key, value in node.value:
        name = key.value if isinstance(key, yaml.ScalarNode) else "a list or mapping"
        if name not in words:
            near = near_matches(name[:100], words, limit=len(words))
            raise _at(key, source, f"Unknown key {reprlib.repr(name)}. {near}")
        if name in found:
            raise _at(key, source, f"The key {name!r} is there twice.")
        found[name] = value
    return found


def _text(node: yaml.Node) -> Any:
    """A scalar as it is written, so that a layer may be called ``1`` or ``on``."""
    return node.value if isinstance(node, yaml.ScalarNode) else None


def _words(node: yaml.Node) -> Any:
    if isinstance(node, yaml.SequenceNode):
        return tuple(_text(one) for one in node.value)
    return (_text(node),)


def _class(node: yaml.Node) -> Any:
    """A class's number or name; what YAML reads as yes, no, a date or an octal number is neither.

    Returns what was written, in a list, for what is neither: the condition then refuses it.
    """
    if not isinstance(node, yaml.ScalarNode):
        return None
    if node.tag == "tag:yaml.org,2002:int":
        return int(node.value) if re.fullmatch(r"0|-?[1-9]\d{0,17}", node.value) else [node.value]
    return node.value if node.tag == "tag:yaml.org,2002:str" else [node.value]


def _number(node: yaml.Node) -> Any:
    """A number, also as ``1e-3``, which YAML 1.1 takes for a word."""
    if not isinstance(node, yaml.ScalarNode):
        return None
    is_number = node.style is None and re.fullmatch(
        r"[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?", node.value, re.ASCII | re.IGNORECASE
    )
    return float(node.value) if is_number else node.value


_MakeRule = Callable[[Any, Mapping[str, Any]], Rule]

_RULES: dict[str, tuple[Callable[[yaml.Node], Any], _MakeRule]] = {
    "at_most": (_number, lambda value, rest: AtMost(rest["measure"], value)),
    "above_null": (_number, lambda value, rest: AboveNull(rest["measure"], value)),
    "verdict_at_most": (_text, lambda value, rest: VerdictAtMost(value)),
    "forbid": (_words, lambda value, rest: Forbid(value)),
    "require": (_words, lambda value, rest: Require(value)),
    "stability_at_least": (
        _number,
        lambda value, rest: StabilityAtLeast(value, rest.get("measure", "group_turnover")),
    ),
    "transfer_at_least": (_number, lambda value, rest: TransferAtLeast(value)),
}
_MEASURED = {"at_most": True, "above_null": True, "stability_at_least": False}
"""Rules that take a measure → whether they must have one."""
_PLACES: dict[str, Callable[[yaml.Node], Any]] = {
    "target": _class,
    "layer": _text,
    "severity": _text,
}


def _condition(node: yaml.Node, source: str) -> Condition:
    entries = _entries(node, [*_RULES, "measure", *_PLACES], source)
    kind = _kind(node, entries, source)
    read, make = _RULES[kind]
    measure = {"measure": _text(entries["measure"])} if "measure" in entries else {}
    places = {key: _PLACES[key](entries[key]) for key in _PLACES if key in entries}
    line = node.start_mark.line + 1
    try:
        return Condition(make(read(entries[kind]), measure), **places, line=line)
    except PolicyError as error:
        raise _at(entries.get(error.key or "", node), source, str(error)) from error


def _kind(node: yaml.Node, entries: Mapping[str, yaml.Node], source: str) -> str:
    """The one key that says which rule a condition is."""
    kinds = [key for key in _RULES if key in entries]
    if len(kinds) != 1:
        what = f"has {' and '.join(kinds)}" if kinds else "says no rule"
        raise _at(node, source, f"A condition {what}: wanted one of {', '.join(_RULES)}.")
    (kind,) = kinds
    if _MEASURED.get(kind, False) and "measure" not in entries:
        wanted = f"wanted 'measure', one of {', '.join(MEASURES)}"
        raise _at(node, source, f"{kind} says no measure: {wanted}.")
    if kind not in _MEASURED and "measure" in entries:
        raise _at(entries["measure"], source, f"measure: {kind} takes none.")
    return kind
