"""Whether a record is one: bytes that anybody may have written → a graph, or mistakes, of schema 1.

A page draws what it is given. So everything that it relies on is looked at here: what kind each
value is, that numbers are finite, and that edges and patches refer to what is there. Sizes are
bounded before anything is built: a few kilobytes can inflate to gigabytes.
"""

from __future__ import annotations

import json
import reprlib
import zlib
from collections.abc import Callable, Mapping, Sequence
from itertools import chain
from operator import itemgetter
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
Alike = Callable[[Sequence[Any]], bool]
"""Whether a check would give each of these values back as it is."""

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
    return _checked(_parsed(_inflated(data)), TAB_SCHEMA, _WHOLE if whole else _LIGHT)


def unpack_light(data: object) -> tuple[Graph, bytes]:
    """The light graph in a record, and its JSON.

    That is the record's own wherever nothing had to be left out of it: to write it anew would take
    as long as to check it.

    Raises:
        RecordError: as :func:`unpack_graph`.
    """
    written = _inflated(data)
    found = _parsed(written)
    graph = _checked(found, TAB_SCHEMA, _LIGHT)
    if graph != found:
        written = json.dumps(graph, separators=(",", ":")).encode()
    return graph, written.strip()


def unpack_mistakes(data: object) -> Graph:
    """What a record of mistakes says; the argument and error are those of :func:`unpack_graph`."""
    return _checked(_parsed(_inflated(data)), MISTAKES_SCHEMA, _MISTAKES)


def _checked(content: object, schema: int, check: Check) -> Graph:
    if not isinstance(content, dict):
        raise RecordError(f"wanted a JSON object, got {_shown(content)}")
    _check_schema(content.get("schema"), schema)
    try:
        checked: Graph = check(content)
    except RecursionError as error:
        raise RecordError("is nested too deep") from error
    return checked


# --- bytes -------------------------------------------------------------------------------


def _inflated(data: object) -> bytes:
    if not isinstance(data, bytes):
        raise RecordError(f"wanted bytes, got {_shown(data)}")
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
        return json.loads(written.decode(), parse_constant=refuse_constant)
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


def _truth(value: Any) -> Any:
    if type(value) is not bool:
        raise _wanted("true or false", value)
    return value


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
    if type(value) is not list:
        raise _wanted("a list", value)
    for one in value:  # mostly one or two: without a call for each
        if type(one) is not int or not 0 <= one <= LARGEST_WHOLE:
            raise _wanted("whole numbers of at least 0", value)
    return value


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


def _digits(key: str) -> str:
    if not (key.isascii() and key.isdigit()):
        raise _wanted("numbers as keys", key)
    return key


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


def _may_have(check: Check, **more: Check) -> Check:
    """An object of another check, with any of these keys beside."""

    def checked(value: Any) -> Any:
        found = check(value)
        present = {name: value[name] for name in more if name in value}
        return {**found, **(_object(**{name: more[name] for name in present})(present))}

    return checked


def _within(name: str, error: RecordError) -> RecordError:
    """A complaint that names the way to where it arose."""
    return RecordError(f"{name[:60]}: {error}")


# --- rows of values ----------------------------------------------------------------------
#
# Most of a graph is rows of numbers, and objects of a kind. Looked at by columns they take no call
# for each; only where a column has anything odd in it is every value looked at, to be cut or to be
# complained of.


def _are_wholes(values: Sequence[Any]) -> bool:
    return set(map(type, values)) <= {int} and _are_within(0, values)


def _are_numbers(values: Sequence[Any]) -> bool:
    """Or nothing. JSON has no NaN, and what is infinite lies beyond the bounds."""
    present = [one for one in values if one is not None]
    return set(map(type, present)) <= {int, float} and _are_within(-LARGEST_WHOLE, present)


def _are_within(least: int, values: Sequence[Any]) -> bool:
    return not values or (least <= min(values) and max(values) <= LARGEST_WHOLE)


def _are_texts(values: Sequence[Any]) -> bool:
    return set(map(type, values)) <= {str} and max(map(len, values), default=0) <= LONGEST_TEXT


def _are_whole_lists(values: Sequence[Any]) -> bool:
    return set(map(type, values)) <= {list} and _are_wholes([*chain.from_iterable(values)])


def _or_nothing(are: Alike) -> Alike:
    return lambda values: are([one for one in values if one is not None])


_maybe_text, _maybe_whole = _optional(_text), _optional(_whole)
_event = _one_of(*get_args(Event))
_ALL_ARE: Mapping[Check, Alike] = {
    _whole: _are_wholes,
    _wholes: _are_whole_lists,
    _either: _are_numbers,
    _text: _are_texts,
    _event: lambda values: _are_texts(values) and set(values) <= {*get_args(Event)},
    _maybe_text: _or_nothing(_are_texts),
    _maybe_whole: _or_nothing(_are_wholes),
}


def _are_rows(rows: Sequence[Any], kind: type, checks: Sequence[Check]) -> bool:
    """Whether nothing is odd in any row; where there is no row, nothing is."""
    if set(map(type, rows)) - {kind} or set(map(len, rows)) - {len(checks)}:
        return False
    columns = zip(*rows, strict=True)
    return all(_ALL_ARE[check](column) for check, column in zip(checks, columns, strict=False))


def _rows(*checks: Check) -> Check:
    """A list of rows."""
    each = _each(_row(*checks))

    def checked(value: Any) -> Any:
        return value if type(value) is list and _are_rows(value, list, checks) else each(value)

    return checked


def _rows_by_number(*checks: Check) -> Check:
    """An object of rows."""
    each = _by_name(_row(*checks), _digits)

    def checked(value: Any) -> Any:
        if type(value) is dict and _are_rows([*value.values()], list, checks):
            return {_digits(key): row for key, row in value.items()}
        return each(value)

    return checked


def _objects(**checks: Check) -> Check:
    """A list of objects, as :func:`_object`."""
    each, values = _each(_object(**checks)), itemgetter(*checks)

    def checked(value: Any) -> Any:
        try:
            rows = [values(one) for one in value if len(one) == len(checks)]
        except (TypeError, KeyError):
            return each(value)
        whole = type(value) is list and len(rows) == len(value)
        return value if whole and _are_rows(rows, tuple, tuple(checks.values())) else each(value)

    return checked


# --- the schema --------------------------------------------------------------------------

_STATISTICS = _object(
    core_neurons=_either,
    semantic_groups=_either,
    neuron_groups=_either,
    completeness_gap=_either,
    seconds=_either,
)
_ATTRIBUTION = _object(
    method=_text, nodes=_whole, correlation=_either, margin=_either, predicts=_truth
)
_GROUP: dict[str, Check] = {
    "layer": _text,
    "number": _whole,
    "lineage": _maybe_whole,
    "importance": _either,
    "stability": _either,
    "label": _maybe_text,
    "patches": _wholes,
}
_NEURON = _object(
    layer=_text,
    index=_whole,
    importance=_either,
    meanings=_whole,
    gap=_either,
    stability=_either,
    inputs=_rows(_whole, _either),
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
    "drifts": _rows(_text, _text, _maybe_text, _either, _either, _either, _either),
    "events": _objects(
        event=_event,
        layer=_text,
        before=_wholes,
        after=_wholes,
        lineage=_wholes,
        overlap=_either,
    ),
    "transfer": _by_name(_either),
}
_TARGET: dict[str, Check] = {
    "target": _whole,
    "name": _text,
    "statistics": _by_name(_STATISTICS),
    "left_out": _by_name(_whole),
    "edges": _rows(_whole, _whole, _either, _either),
}


def _target(whole: bool) -> Check:
    members = _rows(_whole, _whole, _either)
    whole_groups = _each(_object(**_GROUP, members=members))
    groups = whole_groups if whole else _objects(**_GROUP, size=_whole)
    drift = _object(**_DRIFT, evidence=_each(_EVIDENCE)) if whole else _object(**_DRIFT)
    parts = {**_TARGET, "groups": groups, "drift": _optional(drift)}
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
    checks = _may_have(
        _object(
            schema=_whole,
            epoch=_optional(_whole),
            step=_whole,
            since=_optional(_whole),
            weights=_text,
            fingerprint=_text,
            layers=_each(_text),
            config=_by_name(_either),
            methods=_by_name(_text),
            matching=_maybe_text,
            targets=_each(_target(whole)),
            patches=_rows_by_number(*[_whole] * 10),
            images=_rows_by_number(*[_whole] * 5, _maybe_text),
            input=_optional(_row(_whole, _whole)),
        ),
        attribution=_by_name(_ATTRIBUTION),  # records of the first versions have none
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

_FIRING = _may_have(
    _object(
        layer=_text,
        number=_whole,
        importance=_either,
        score=_number,
        crops=_each(_row(_whole, _number)),
        effect=_optional(_row(_either, _whole)),
    ),
    fired=_truth,  # records of the first versions leave it to the score
)
_SEEN = _object(
    image=_whole,
    true=_whole,
    predicted=_whole,
    sure=_either,
    right=_either,
    margin=_either,
    picture=_optional(_row(*[_whole] * 5)),
    past=_rows(_whole, _whole, _either, _either, _whole),
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
        crops=_rows(*[_whole] * 4),
        names=_by_name(_text, _digits),
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
