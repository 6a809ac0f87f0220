"""Whether a record is one: bytes that anybody may have written → a graph, or mistakes, of schema 1.

A page draws what it is given. So everything that it relies on is looked at here: what kind each
value is, that numbers are finite, and that edges and patches refer to what is there. Sizes are
bounded before anything is built: a few kilobytes can inflate to gigabytes.
"""

from __future__ import annotations

import json
import reprlib
import zlib
from collections.abc import Callable
from typing import Any, get_args

from neurflow_lightning.errors import NeurFlowError, refuse_constant
from neurflow_lightning.evolution.reports import Event
from neurflow_lightning.render.tags import MISTAKES_SCHEMA, TAB_SCHEMA

LARGEST_GRAPH = 64 * 2**20
"""Bytes of JSON that a record may inflate to."""

LONGEST_TEXT = 1000
"""Characters of a name that are shown; the rest is cut off."""

LARGEST_WHOLE = 2**53
"""Beyond it JavaScript's numbers are not exact."""

Check = Callable[[Any], Any]
Graph = dict[str, Any]


class RecordError(NeurFlowError, ValueError):
    """A record that cannot be shown."""


def unpack_graph(data: object, *, whole: bool = True) -> Graph:
    """The graph in a record.

    Args:
        data: deflated JSON.
        whole: whether it is a whole graph or a light one.

    Raises:
        RecordError: for anything that :func:`~neurflow_lightning.render.record.pack_graph` would
            not have made of a graph, in words for people.
    """
    return _unpacked(data, TAB_SCHEMA, _WHOLE if whole else _LIGHT)


def unpack_mistakes(data: object) -> Graph:
    """What a record of mistakes says; the argument and error are those of :func:`unpack_graph`."""
    return _unpacked(data, MISTAKES_SCHEMA, _MISTAKES)


def _unpacked(data: object, schema: int, check: Check) -> Graph:
    if not isinstance(data, bytes):
        raise RecordError(f"wanted bytes, got {_shown(data)}")
    content = _parsed(_inflated(data))
    if not isinstance(content, dict):
        raise RecordError(f"wanted a JSON object, got {_shown(content)}")
    _check_schema(content.get("schema"), schema)
    try:
        checked: Graph = check(content)
    except RecursionError as error:
        raise RecordError("is nested too deep") from error
    return checked


# --- bytes -------------------------------------------------------------------------------


def _inflated(data: bytes) -> bytes:
    inflater = zlib.decompressobj()
    try:
        written = inflater.decompress(data, LARGEST_GRAPH)
    except zlib.error as error:
        raise RecordError(f"is no deflated JSON ({error})") from error
    if inflater.unconsumed_tail:
        raise RecordError(f"inflates to more than {LARGEST_GRAPH // 2**20} MiB")
    if not inflater.eof:
        raise RecordError("is cut off")
    return written


def _parsed(written: bytes) -> Any:
    try:
        return json.loads(written, parse_constant=refuse_constant)
    except (ValueError, RecursionError) as error:
        raise RecordError(f"is no JSON ({error})") from error


def _check_schema(schema: object, wanted: int) -> None:
    if type(schema) is int and schema > wanted:
        raise RecordError(
            f"is of schema {_shown(schema)}, written by a newer neurflow-lightning than this one, "
            f"which reads {wanted}: upgrade where TensorBoard runs"
        )
    if type(schema) is not int or schema != wanted:
        raise RecordError(f"schema: wanted {wanted}, got {_shown(schema)}")


# --- values ------------------------------------------------------------------------------


def _shown(value: object) -> str:
    return reprlib.repr(value)


def _wanted(what: str, got: object) -> RecordError:
    return RecordError(f"wanted {what}, got {_shown(got)}")


def _whole(value: Any) -> Any:
    if type(value) is not int or not 0 <= value <= LARGEST_WHOLE:
        raise _wanted("a whole number of at least 0", value)
    return value


def _number(value: Any) -> Any:
    kind = type(value)
    if kind is float and value - value == 0.0:  # neither infinite nor NaN, as 1e999 would be
        return value
    if kind is int and -LARGEST_WHOLE <= value <= LARGEST_WHOLE:
        return value
    raise _wanted("a finite number", value)


def _either(value: Any) -> Any:
    """A number or nothing."""
    return None if value is None else _number(value)


def _text(value: Any) -> Any:
    if type(value) is not str:
        raise _wanted("text", value)
    return value if len(value) <= LONGEST_TEXT else f"{value[: LONGEST_TEXT - 1]}…"


def _optional(check: Check) -> Check:
    return lambda value: None if value is None else check(value)


def _one_of(*known: str) -> Check:
    def check(value: Any) -> Any:
        if value not in known:
            raise _wanted(f"one of {', '.join(known)}", value)
        return value

    return check


def _each(check: Check) -> Check:
    def checked(value: Any) -> Any:
        if type(value) is not list:
            raise _wanted("a list", value)
        return [check(one) for one in value]

    return checked


def _wholes(value: Any) -> Any:
    """Whole numbers: the bulk of a graph, so that no function is called for each."""
    if type(value) is not list:
        raise _wanted("a list", value)
    for one in value:
        if type(one) is not int or not 0 <= one <= LARGEST_WHOLE:
            raise _wanted("whole numbers of at least 0", value)
    return value


def _many_wholes(count: int) -> Check:
    def checked(value: Any) -> Any:
        if len(_wholes(value)) != count:
            raise _wanted(f"a list of {count} values", value)
        return value

    return checked


def _row(*checks: Check) -> Check:
    def checked(value: Any) -> Any:
        if type(value) is not list or len(value) != len(checks):
            raise _wanted(f"a list of {len(checks)} values", value)
        return [check(one) for check, one in zip(checks, value, strict=True)]

    return checked


def _by_name(check: Check, name_check: Check = _text) -> Check:
    def checked(value: Any) -> Any:
        if type(value) is not dict:
            raise _wanted("an object", value)
        found: Graph = {}
        for name, one in value.items():
            key = name_check(name)
            try:
                found[key] = check(one)
            except RecordError as error:
                raise _within(name, error) from None
        return found

    return checked


def _by_number(check: Check) -> Check:
    def number(key: str) -> str:
        if not (key.isascii() and key.isdigit()):
            raise _wanted("numbers as keys", key)
        return key

    return _by_name(check, number)


def _object(**checks: Check) -> Check:
    """An object that has all these keys; others, of a later version, are left out."""
    parts, names = tuple(checks.items()), checks.keys()

    def checked(value: Any) -> Any:
        if type(value) is not dict:
            raise _wanted("an object", value)
        if not names <= value.keys():
            missing = next(name for name in names if name not in value)
            raise RecordError(f"{missing} is missing")
        found: Graph = {}
        name = ""
        try:
            for name, check in parts:
                found[name] = check(value[name])
        except RecordError as error:
            raise _within(name, error) from None
        return found

    return checked


def _within(name: str, error: RecordError) -> RecordError:
    """A complaint that names the way to where it arose."""
    return RecordError(f"{name[:60]}: {error}")


# --- the schema --------------------------------------------------------------------------

_STATISTICS = _object(
    core_neurons=_either,
    semantic_groups=_either,
    neuron_groups=_either,
    completeness_gap=_either,
    seconds=_either,
)
_GROUP: dict[str, Check] = {
    "layer": _text,
    "number": _whole,
    "lineage": _optional(_whole),
    "importance": _either,
    "stability": _either,
    "label": _optional(_text),
    "patches": _wholes,
}
_NEURON = _object(
    layer=_text,
    index=_whole,
    importance=_either,
    meanings=_whole,
    gap=_either,
    stability=_either,
    inputs=_each(_row(_whole, _either)),
)
_EVENT = _object(
    event=_one_of(*get_args(Event)),
    layer=_text,
    before=_wholes,
    after=_wholes,
    lineage=_wholes,
    overlap=_either,
)
_EVIDENCE = _object(
    kind=_text,
    layer=_text,
    name=_text,
    before=_either,
    after=_either,
    share=_either,
    patches=_wholes,
)
_DRIFT: dict[str, Check] = {
    "verdict": _text,
    "drifts": _each(_row(_text, _text, _optional(_text), _either, _either, _either, _either)),
    "events": _each(_EVENT),
    "transfer": _by_name(_either),
}
_TARGET: dict[str, Check] = {
    "target": _whole,
    "name": _text,
    "statistics": _by_name(_STATISTICS),
    "left_out": _by_name(_whole),
    "edges": _each(_row(_whole, _whole, _either, _either)),
}


def _target(whole: bool) -> Check:
    members = _each(_row(_whole, _whole, _either))
    group = _object(**_GROUP, members=members) if whole else _object(**_GROUP, size=_whole)
    drift = _object(**_DRIFT, evidence=_each(_EVIDENCE)) if whole else _object(**_DRIFT)
    parts = {**_TARGET, "groups": _each(group), "drift": _optional(drift)}
    target = _object(**parts, neurons=_each(_NEURON)) if whole else _object(**parts)

    def checked(value: Any) -> Any:
        found = target(value)
        count = len(found["groups"])
        for source, end, *_ in found["edges"]:
            if source >= count or end >= count:
                raise RecordError(f"edges: wanted places among {count} groups, got {source, end}")
        return found

    return checked


def _graph(whole: bool) -> Check:
    checks = _object(
        schema=_whole,
        epoch=_optional(_whole),
        step=_whole,
        since=_optional(_whole),
        weights=_text,
        fingerprint=_text,
        layers=_each(_text),
        config=_by_name(_either),
        methods=_by_name(_text),
        matching=_optional(_text),
        targets=_each(_target(whole)),
        patches=_by_number(_many_wholes(10)),
        images=_by_number(_row(*[_whole] * 5, _optional(_text))),
        input=_optional(_row(_whole, _whole)),
    )

    def checked(value: Any) -> Any:
        graph = checks(value)
        _check_references(graph)
        return graph

    return checked


def _check_references(graph: Graph) -> None:
    layers, patches = set(graph["layers"]), graph["patches"]
    for target in graph["targets"]:
        for group in target["groups"]:
            if group["layer"] not in layers:
                raise RecordError(f"groups: {_shown(group['layer'])} is none of the layers")
            for row in group["patches"]:
                if str(row) not in patches:
                    raise RecordError(f"groups: patch {row} has no place in the atlas")


_WHOLE = _graph(whole=True)
_LIGHT = _graph(whole=False)


# --- the schema of mistakes --------------------------------------------------------------

_FIRING = _object(
    layer=_text,
    number=_whole,
    importance=_either,
    score=_number,
    crops=_each(_row(_whole, _number)),
    effect=_optional(_row(_either, _whole)),
)
_SEEN = _object(
    image=_whole,
    true=_whole,
    predicted=_whole,
    sure=_either,
    right=_either,
    margin=_either,
    picture=_optional(_many_wholes(5)),
    past=_each(_row(_whole, _whole, _either, _either, _whole)),
    circuits=_each(
        _object(target=_whole, path=_each(_row(_text, _whole, _either)), groups=_each(_FIRING))
    ),
)


def _mistakes() -> Check:
    checks = _object(
        schema=_whole,
        step=_whole,
        images=_whole,
        wrong=_whole,
        threshold=_number,
        input=_optional(_row(_whole, _whole)),
        crops=_each(_many_wholes(4)),
        names=_by_number(_text),
        mistakes=_each(_SEEN),
    )

    def checked(value: Any) -> Any:
        found = checks(value)
        for mistake in found["mistakes"]:
            for circuit in mistake["circuits"]:
                _check_firings(circuit, found["crops"])
        return found

    return checked


def _check_firings(circuit: Graph, boxes: list[Any]) -> None:
    known = {(group["layer"], group["number"]) for group in circuit["groups"]}
    for layer, number, _ in circuit["path"]:
        if (layer, number) not in known:
            raise RecordError(f"path: {_shown((layer, number))} is none of its circuit's groups")
    for group in circuit["groups"]:
        for crop, _ in group["crops"]:
            if boxes and crop >= len(boxes):
                raise RecordError(f"crops: wanted one of {len(boxes)}, got {crop}")


_MISTAKES = _mistakes()
