"""Records that anybody may have written: each is a graph, or is refused in words."""

import copy
import json
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factories import make_snapshot
from neurflow_lightning.evolution.comparing import measure_drift
from neurflow_lightning.render.record import light, make_record, pack_graph
from neurflow_lightning.tensorboard_plugin import checking
from neurflow_lightning.tensorboard_plugin.checking import (
    RecordError,
    unpack_graph,
    unpack_light,
    unpack_mistakes,
)
from tab_runs import mistakes

BEFORE, AFTER = (make_snapshot(seed, layers=("layer2", "fc"), neurons=3) for seed in (0, 1))
WHOLE = json.loads(
    json.dumps(
        make_record(
            AFTER,
            step=20,
            since=10,
            report=measure_drift(BEFORE, AFTER, matching="neurons"),
            lineages={0: {group.id: 4 for group in AFTER.circuits[0].groups}},
        ).graph
    )
)
LIGHT = light(WHOLE)
MISTAKES = json.loads(json.dumps(mistakes()[400].content))


def refused(graph, *, whole=True):
    """Why a graph is refused."""
    written = json.dumps(graph).encode()
    with pytest.raises(RecordError) as raised:
        unpack_graph(zlib.compress(written), whole=whole)
    return str(raised.value)


def at(graph, *way):
    for step in way:
        graph = graph[step]
    return graph


def changed(*way, to, graph=WHOLE):
    graph = copy.deepcopy(graph)
    at(graph, *way[:-1])[way[-1]] = to
    return graph


def changed_mistakes(*way, to):
    told = copy.deepcopy(MISTAKES)
    at(told, *way[:-1])[way[-1]] = to
    return told


def places(value, way=()):
    """The way to everything in a graph."""
    yield way
    if isinstance(value, dict | list):
        for key, one in value.items() if isinstance(value, dict) else enumerate(value):
            yield from places(one, (*way, key))


def test_what_was_written_comes_back():
    assert unpack_graph(pack_graph(WHOLE)) == WHOLE
    assert unpack_graph(pack_graph(LIGHT), whole=False) == LIGHT


def test_a_light_graph_is_no_whole_one_and_the_other_way_round():
    assert "neurons is missing" in refused(LIGHT)
    assert "size is missing" in refused(WHOLE, whole=False)


@pytest.mark.parametrize(
    ("way", "to", "told"),
    [
        (("schema",), 2, "is of schema 2, written by a newer neurflow-lightning"),
        (("schema",), True, "schema: wanted 1, got True"),
        (("step",), -1, "step: wanted a whole number of at least 0, got -1"),
        (("step",), 1.5, "step: wanted a whole number"),
        (("step",), 2**60, "step: wanted a whole number"),
        (("layers",), "fc", "layers: wanted a list, got 'fc'"),
        (("layers",), ["fc"], "'layer2' is none of the layers"),
        (("targets",), {}, "targets: wanted a list"),
        (("targets", 0), [], "targets: wanted an object, got []"),
        (("targets", 0, "edges", 0), [0, 1], "edges: wanted a list of 4 values"),
        (("targets", 0, "edges", 0, 0), 99, "wanted places among"),
        (("targets", 0, "groups", 0, "patches"), [10**6], "patch 1000000 has no place"),
        (("targets", 0, "drift", "events", 0, "event"), "vanish", "event: wanted one of survive"),
        (("targets", 0, "name"), ["<b>"], "name: wanted text"),
        (("patches",), {"../../etc": [0] * 10}, "patches: wanted numbers as keys"),
        (("patches", "٣"), [0] * 10, "patches: wanted numbers as keys"),
        (("config", "tau"), "16", "tau: wanted a finite number, got '16'"),
        (("attribution",), [], "attribution: wanted an object, got []"),
        (("attribution", "fc"), {"method": "ig"}, "attribution: fc: nodes is missing"),
        (("attribution", "fc", "method"), 3, "method: wanted text, got 3"),
        (("attribution", "fc", "correlation"), "1", "correlation: wanted a finite number"),
        (("attribution", "fc", "predicts"), 1, "predicts: wanted true or false, got 1"),
    ],
)
def test_a_wrong_value_is_named(way, to, told):
    assert told in refused(changed(*way, to=to))


@pytest.mark.parametrize("key", sorted(WHOLE.keys() - {"attribution"}))
def test_a_missing_key_is_named(key):
    graph = {name: value for name, value in WHOLE.items() if name != key}
    assert key in refused(graph)


@pytest.mark.parametrize(("graph", "whole"), [(WHOLE, True), (LIGHT, False)])
def test_records_before_attribution_was_recorded_are_shown(graph, whole):
    before = {name: value for name, value in graph.items() if name != "attribution"}
    assert unpack_graph(pack_graph(before), whole=whole) == before


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from(list(places(WHOLE))[1:]),
    st.sampled_from([None, True, -1, 1e308, 2**70, "<svg onload=x>", [], {}, [[]], {"a": None}]),
)
def test_any_change_is_a_graph_or_refused(way, to):
    data = zlib.compress(json.dumps(changed(*way, to=to)).encode())
    try:
        found = unpack_graph(data)
    except RecordError as error:
        assert str(error)
    else:
        assert unpack_graph(pack_graph(found)) == found


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from(list(places(LIGHT))[1:]),
    st.sampled_from([None, True, -1, 0.5, 1e308, 2**70, "x" * 2000, [], [[]], [1, 2], {}]),
)
def test_rows_looked_at_by_columns_say_what_each_value_does(way, to):
    data = pack_graph(changed(*way, to=to, graph=LIGHT))

    def said():
        try:
            return unpack_graph(data, whole=False)
        except RecordError as error:
            return str(error)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(checking, "_are_rows", lambda *_: False)
        one_by_one = said()
    assert said() == one_by_one


def test_a_light_graph_is_handed_on_as_it_was_written():
    packed = pack_graph(LIGHT)
    assert unpack_light(packed) == (LIGHT, zlib.decompress(packed))


def test_what_is_left_out_of_a_light_graph_is_not_handed_on():
    graph, written = unpack_light(pack_graph({**LIGHT, "mood": "<script>"}))
    assert graph == LIGHT == json.loads(written)


def test_keys_of_a_later_version_are_left_out():
    assert unpack_graph(pack_graph({**WHOLE, "mood": "<script>"})) == WHOLE


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "is cut off"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "is no deflated JSON"),
        (pack_graph(WHOLE)[:-20], "is cut off"),
        (zlib.compress(b"{"), "is no JSON"),
        (zlib.compress(b"[]"), "wanted a JSON object"),
        (zlib.compress(b'{"schema": NaN}'), "NaN is no number of JSON"),
        (zlib.compress(b'{"schema": ' + b"9" * 5000 + b"}"), "is no JSON"),
        (zlib.compress(b"\xff\xfe"), "is no JSON"),
        (zlib.compress(b"[" * 200_000), "is no JSON"),
        ("text", "wanted bytes"),
        (None, "wanted bytes"),
    ],
)
def test_bytes_that_are_no_record_are_refused(data, told):
    with pytest.raises(RecordError, match=told):
        unpack_graph(data)


def test_infinity_by_a_large_exponent_is_refused():
    written = json.dumps(WHOLE).replace('"overlap": ', '"overlap": 1e999, "x": ', 1)
    with pytest.raises(RecordError, match="overlap: wanted a finite number, got inf"):
        unpack_graph(zlib.compress(written.encode()))


def test_a_bomb_is_not_unfolded(monkeypatch):
    monkeypatch.setattr(checking, "LARGEST_GRAPH", 2**20)
    bomb = zlib.compress(b" " * 2**24 + b"{}")
    assert len(bomb) < 20_000
    with pytest.raises(RecordError, match="inflates to more than 1 MiB"):
        unpack_graph(bomb)


def test_a_name_of_ten_kilobytes_is_cut():
    name = unpack_graph(pack_graph(changed("targets", 0, "name", to="x" * 10_000)))["targets"][0]
    assert name["name"] == "x" * (checking.LONGEST_TEXT - 1) + "…"


def test_a_complaint_about_a_large_value_is_short():
    assert len(refused(changed("layers", to="x" * 10**6))) < 200
    assert len(refused({**WHOLE, "config": {"k" * 10**5: "x"}})) < 200


# --- mistakes ----------------------------------------------------------------------------


def test_mistakes_come_back():
    assert unpack_mistakes(pack_graph(MISTAKES)) == MISTAKES


@pytest.mark.parametrize("fired", [True, False])
def test_what_fired_is_told_of_mistakes_if_they_say_it(fired):
    way = ("mistakes", 0, "circuits", 0, "groups", 0)
    group = {**MISTAKES["mistakes"][0]["circuits"][0]["groups"][0]}
    before = changed_mistakes(*way, to={key: group[key] for key in group if key != "fired"})
    said = changed_mistakes(*way, to={**group, "fired": fired})
    for one in (before, said):
        assert unpack_mistakes(pack_graph(one)) == one


@pytest.mark.parametrize(
    ("way", "to", "told"),
    [
        (("schema",), 2, "is of schema 2, written by a newer neurflow-lightning"),
        (("mistakes", 0, "image"), -1, "image: wanted a whole number"),
        (("mistakes", 0, "sure"), "0.9", "sure: wanted a finite number"),
        (("mistakes", 0, "picture"), [0, 1], "picture: wanted a list of 5 values"),
        (("mistakes", 0, "past", 0), [5], "past: wanted a list of 5 values"),
        (("mistakes", 0, "circuits", 0, "groups", 0, "score"), None, "score: wanted a finite"),
        (("mistakes", 0, "circuits", 0, "groups", 0, "fired"), 1, "fired: wanted true or false"),
        (
            ("mistakes", 0, "circuits", 0, "groups", 0, "crops"),
            [[5, 1.0]],
            "wanted one of 5, got 5",
        ),
        (("mistakes", 0, "circuits", 0, "path"), [["x", 0, 1.0]], "none of its circuit's groups"),
        (("crops",), [[0, 0, 1]], "crops: wanted a list of 4 values"),
        (("names",), {"<b>": "x"}, "names: wanted numbers as keys"),
    ],
)
def test_a_wrong_value_of_mistakes_is_named(way, to, told):
    with pytest.raises(RecordError) as raised:
        unpack_mistakes(pack_graph(changed_mistakes(*way, to=to)))
    assert told in str(raised.value)


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from(list(places(MISTAKES))[1:]),
    st.sampled_from([None, True, -1, 1e308, 2**70, "<svg onload=x>", [], {}, [[]], {"a": None}]),
)
def test_any_change_of_mistakes_is_a_record_or_refused(way, to):
    try:
        found = unpack_mistakes(zlib.compress(json.dumps(changed_mistakes(*way, to=to)).encode()))
    except RecordError as error:
        assert str(error)
    else:
        assert unpack_mistakes(pack_graph(found)) == found
