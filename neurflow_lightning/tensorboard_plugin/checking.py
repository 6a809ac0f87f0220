"""Whether a record is one: bytes that anybody may have written → a graph of schema 1.

A page draws what it is given. So everything that it relies on is looked at here: what kind each
value is, that numbers are finite, and that edges and patches refer to what is there. Sizes are
bounded before anything is built: a few kilobytes can inflate to gigabytes.
"""

from __future__ import annotations

import json
import reprlib
import zlib
from collections.abc import Callable, Iterable
from typing import Any, NoReturn

from neurflow_lightning.errors import NeurFlowError
from neurflow_lightning.render.tags import TAB_SCHEMA

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
    if not isinstance(data, bytes):
        raise RecordError(f"wanted bytes, got {_shown(data)}")
    graph = _parsed(_inflated(data))
    if not isinstance(graph, dict):
        raise RecordError(f"wanted a JSON object, got {_shown(graph)}")
    _check_schema(graph.get("schema"))
    try:
        checked: Graph = (_WHOLE if whole else _LIGHT)(graph)
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
        return json.loads(written, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        raise RecordError(f"is no JSON ({error})") from error


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number of JSON")


def _check_schema(schema: object) -> None:
    if type(schema) is int and schema > TAB_SCHEMA:
        raise RecordError(
            f"is of schema {_shown(schema)}, written by a newer neurflow-lightning than this one, "
            f"which reads {TAB_SCHEMA}: upgrade where TensorBoard runs"
        )
    if type(schema) is not int or schema != TAB_SCHEMA:
        raise RecordError(f"schema: wanted {TAB_SCHEMA}, got {_shown(schema)}")


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


def _wholes(count: int) -> Check:
    """So many whole numbers: the bulk of a graph, so that no function is called for each."""

    def checked(value: Any) -> Any:
        if type(value) is not list or len(value) != count:
            raise _wanted(f"a list of {count} values", value)
        for one in value:
            if type(one) is not int or not 0 <= one <= LARGEST_WHOLE:
                raise _wanted("whole numbers of at least 0", value)
        return value

    return checked


def _row(*checks: Check) -> Check:
    def checked(value: Any) -> Any:
        if type(value) is not list or len(value) != len(checks):
            raise _wanted(f"a list of {len(checks)} values", value)
        return [check(one) for check, one in zip(checks, value, strict=True)]

    return checked


def _by_name(check: Check) -> Check:
    def checked(value: Any) -> Any:
        if type(value) is not dict:
            raise _wanted("an object", value)
        return _checked((name, check, one) for name, one in value.items())

    return checked


def _by_number(check: Check) -> Check:
    named = _by_name(check)

    def checked(value: Any) -> Any:
        found = named(value)
        for key in found:
            if not (key.isascii() and key.isdigit()):
                raise _wanted("numbers as keys", key)
        return found

    return checked


def _object(**checks: Check) -> Check:
    """An object that has all these keys; others, of a later version, are left out."""

    def checked(value: Any) -> Any:
        if type(value) is not dict:
            raise _wanted("an object", value)
        for name in checks:
            if name not in value:
                raise RecordError(f"{name} is missing")
        return _checked((name, check, value[name]) for name, check in checks.items())

    return checked


def _checked(parts: Iterable[tuple[str, Check, Any]]) -> Graph:
    """An object of names with what their checks make of their values; complaints name the way."""
    found: Graph = {}
    name = ""
    try:
        for name, check, value in parts:
            found[_text(name)] = check(value)
    except RecordError as error:
        raise RecordError(f"{name[:60]}: {error}") from None
    return found


def _config(value: Any) -> Any:
    return _by_name(_optional(_number))(value)


# --- the schema --------------------------------------------------------------------------

_EITHER = _optional(_number)
_WHOLES = _each(_whole)

_STATISTICS = _object(
    core_neurons=_EITHER,
    semantic_groups=_EITHER,
    neuron_groups=_EITHER,
    completeness_gap=_EITHER,
    seconds=_EITHER,
)
_GROUP: dict[str, Check] = {
    "layer": _text,
    "number": _whole,
    "lineage": _optional(_whole),
    "importance": _EITHER,
    "stability": _EITHER,
    "label": _optional(_text),
    "patches": _WHOLES,
}
_NEURON = _object(
    layer=_text,
    index=_whole,
    importance=_EITHER,
    meanings=_whole,
    gap=_EITHER,
    stability=_EITHER,
    inputs=_each(_row(_whole, _EITHER)),
)
_EVENT = _object(
    event=_one_of("survive", "split", "merge", "disappear", "emerge"),
    layer=_text,
    before=_WHOLES,
    after=_WHOLES,
    lineage=_WHOLES,
    overlap=_EITHER,
)
_EVIDENCE = _object(
    kind=_text,
    layer=_text,
    name=_text,
    before=_EITHER,
    after=_EITHER,
    share=_EITHER,
    patches=_WHOLES,
)
_DRIFT: dict[str, Check] = {
    "verdict": _text,
    "drifts": _each(_row(_text, _text, _optional(_text), _EITHER, _EITHER, _EITHER, _EITHER)),
    "events": _each(_EVENT),
    "transfer": _by_name(_EITHER),
}
_TARGET: dict[str, Check] = {
    "target": _whole,
    "name": _text,
    "statistics": _by_name(_STATISTICS),
    "left_out": _by_name(_whole),
    "edges": _each(_row(_whole, _whole, _EITHER, _EITHER)),
}


def _target(whole: bool) -> Check:
    members = _each(_row(_whole, _whole, _EITHER))
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
        config=_config,
        methods=_by_name(_text),
        matching=_optional(_text),
        targets=_each(_target(whole)),
        patches=_by_number(_wholes(10)),
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
