"""Names that would like to act: inert in terminals, TensorBoard, pages, pictures, files, reports.

A label that is made refuses what is not seen or too long. The rooms that show labels escape them
all the same: here they are given names that were smuggled past that door.
"""

from __future__ import annotations

import copy
import json
import re
import unicodedata
from dataclasses import replace
from html.parser import HTMLParser
from xml.etree import ElementTree

import pytest
from tensorboard.plugin_util import markdown_to_safe_html

from factories import make_snapshot
from neurflow_lightning.applications.labelling import Description, Labels, follow, label_snapshot
from neurflow_lightning.applications.labelling.collection import LabelledGroup
from neurflow_lightning.applications.labelling.following import carriers
from neurflow_lightning.applications.labelling.handwritten import editable, read_written
from neurflow_lightning.applications.labelling.reports import named_report
from neurflow_lightning.applications.labelling.storing import decode_labels, encode_labels
from neurflow_lightning.cli.telling import drift_text, snapshot_text
from neurflow_lightning.errors import LabelError
from neurflow_lightning.evolution.comparing import measure_drift
from neurflow_lightning.labels import Label, Relation
from neurflow_lightning.regression.formats import junit_xml, markdown, text_table
from neurflow_lightning.regression.policy import DEFAULT_POLICY
from neurflow_lightning.regression.verdicts import check_regression
from neurflow_lightning.render.figures import circuit_picture, patch_grid
from neurflow_lightning.render.html import PageRun, page
from neurflow_lightning.render.record import LONGEST_NAME, make_record
from neurflow_lightning.render.text import circuit_table, drift_tables
from neurflow_lightning.types import GroupId

SEEN = {
    "script": "<script>alert(1)</script>",
    "image": '<img src=x onerror="alert(1)">',
    "end of script": "</script><script>alert(1)</script><!--",
    "link": "[x](javascript:alert(1)) https://evil.example",
    "markdown": "*a* **b** `c` | d | # e ~~f~~",
    "mathtext": r"$\frac{1}{0}$ \input{/etc/passwd}",
    "yaml": '": {x: 1} # - & * ! %',
    "json": '"}], "x": [{"',
    "template": "{{7*7}} ${x} %s {0}",
    "shell": "$(touch ran) `touch ran` ; touch ran",
}
UNSEEN = {
    "ansi": "\x1b[31mred\x1b[0m\x1b]0;title\x07",
    "right to left": "abc\u202edcba\u2066x",
    "lines": "a\nb\r\nc\u2028d\u0085e",
    "nul": "a\x00b",
    "zero width": "a\u200bb\ufeff",
    "10 kB": "x" * 10_000,
    "surrogate": "a\ud800b",
}
ALL = SEEN | UNSEEN
every_name = pytest.mark.parametrize("name", ALL.values(), ids=ALL)
seen_name = pytest.mark.parametrize("name", SEEN.values(), ids=SEEN)


def smuggled(name: str) -> Label:
    """A label that no constructor would make."""
    relation = copy.copy(Relation("x", 0.5, "y"))
    for key in ("group", "text"):
        object.__setattr__(relation, key, name)
    label = copy.copy(Label("x", "y", 0.75, "z", (relation,)))
    for key in ("name", "caption", "source"):
        object.__setattr__(label, key, name)
    return label


def all_named(snapshot, name):
    return {
        circuit.target.index: {group.id: smuggled(name) for group in circuit.groups}
        for circuit in snapshot.circuits
    }


def is_inert(text: str, lines: int | None = None) -> None:
    """Nothing but what is seen, and no more lines than there ought to be."""
    for one in text.replace("\n", ""):
        assert unicodedata.category(one) not in {"Cc", "Cf", "Co", "Cs", "Zl", "Zp"}, ascii(one)
    if lines is not None:
        assert text.count("\n") == lines


class TestAtTheDoor:
    @pytest.mark.parametrize("name", UNSEEN.values(), ids=UNSEEN)
    def test_what_is_not_seen_or_too_long_is_refused(self, name):
        for make in (
            lambda: Label(name),
            lambda: Label("x", caption=name),
            lambda: Label("x", source=name),
            lambda: Relation(name, 0.5),
            lambda: Relation("x", 0.5, name),
        ):
            with pytest.raises(LabelError) as caught:
                make()
            is_inert(str(caught.value), 0)
            assert len(str(caught.value)) < 200

    @seen_name
    def test_what_is_seen_comes_through_as_it_is(self, name):
        class Namer:
            source = "namer"

            def describe(self, question):
                return Description(name, name)

        found = label_snapshot(make_snapshot(), Namer(), targets=[0])
        assert decode_labels(encode_labels(found)) == found
        assert {one.label.name for one in found.groups} == {name}


class TestTerminal:
    @every_name
    def test_show(self, name):
        shot = make_snapshot()
        plain = snapshot_text("a.safetensors", shot, all_named(shot, "x")).count("\n")
        is_inert(snapshot_text("a.safetensors", shot, all_named(shot, name)), plain)


class TestTensorBoard:
    @every_name
    def test_tables(self, name):
        shot = make_snapshot()
        (own, _) = all_named(shot, name).values()
        table = circuit_table(shot.circuits[0], own)
        html = markdown_to_safe_html(table)
        assert set(re.findall(r"<(\w+)", html)) <= {
            *("p", "strong", "table", "thead", "tbody", "tr", "th", "td")
        }
        groups = len(shot.circuits[0].groups)
        assert html.count("<tr>") == len(shot.layers) + 1 + groups + 1
        assert table.count("\n| layer |") == 2
        is_inert(table)


class Parts(HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)
        self.attributes += [name for name, _ in attributes]


class TestPage:
    @every_name
    def test_no_element_more_than_without(self, name):
        shot = make_snapshot()
        pages = [
            Parts(page([PageRun("r", [record], [0.0])], "start()", title="t"))
            for record in (
                make_record(shot, step=1, labels=all_named(shot, one)) for one in ("x", name)
            )
        ]
        assert pages[0].tags == pages[1].tags
        assert pages[0].attributes == pages[1].attributes

    @every_name
    def test_record(self, name):
        shot = make_snapshot()
        graph = make_record(shot, step=1, labels=all_named(shot, name)).graph
        for group in graph["targets"][0]["groups"]:
            assert len(group["label"]) <= LONGEST_NAME
            is_inert(group["label"], 0)

    def test_the_name_is_there_with_its_score(self):
        shot = make_snapshot()
        labels = {0: {GroupId("layer3", 1): Label("crack", score=0.914)}}
        graph = make_record(shot, step=1, labels=labels).graph
        told = [group["label"] for group in graph["targets"][0]["groups"]]
        assert told.count(None) == len(told) - 1
        assert "crack (0.91)" in told


class TestPictures:
    @pytest.mark.parametrize("name", [n for n in ALL.values() if len(n) < 200])
    def test_drawn(self, name):
        shot = make_snapshot()
        labels = all_named(shot, name)
        assert circuit_picture(shot, shot.circuits[0], labels=labels).startswith(b"\xff\xd8")
        assert patch_grid(shot, shot.circuits[0], "layer3", labels=labels).startswith(b"\xff\xd8")

    def test_names_are_in_the_picture(self):
        shot = make_snapshot()
        labels = {0: {GroupId("layer3", 1): Label("crack", score=0.91)}}
        for draw in (
            lambda **named: circuit_picture(shot, shot.circuits[0], **named),
            lambda **named: patch_grid(shot, shot.circuits[0], "layer3", **named),
        ):
            assert draw(labels=labels) != draw() == draw(labels={})


class TestFiles:
    @seen_name
    def test_labels_are_ascii_and_one_group_a_line(self, name):
        shot = make_snapshot()
        circuit = shot.circuits[0]
        labels = Labels((LabelledGroup.of(shot, circuit, circuit.groups[-1], Label(name)),))
        data = encode_labels(labels)
        assert data.isascii()
        assert data.count(b"\n") == 3
        assert json.loads(data)["groups"][0]["labels"][0]["name"] == name

    @seen_name
    def test_yaml_to_edit(self, name):
        """Read back, it is what it was: no name gets out of its quotes."""
        shot = replace(make_snapshot())
        circuit = shot.circuits[0]
        label, other = Label(name, name), Label("x" + name[:50], source=name)
        group = circuit.layer_groups("layer3")[0]
        labels = Labels((LabelledGroup.of(shot, circuit, group, label, other),))
        (carried,) = carriers(labels, [shot])
        text = editable(f"{name}.safetensors", shot, carried)
        is_inert(text)
        written = read_written(text, "x", shot)
        assert written[0][group.id] == Description(name, name)
        assert sum(one is not None for own in written.values() for one in own.values()) == 1

    @every_name
    def test_yaml_from_others(self, name):
        shot = make_snapshot()
        text = f"0:\n  layer3:\n    0: {json.dumps(name)}\n"
        if name in SEEN.values():
            assert read_written(text, "x", shot)[0][GroupId("layer3", 0)].name == name
            return
        with pytest.raises(LabelError, match="line 3") as caught:
            read_written(text, "x", shot)
        is_inert(str(caught.value), 0)


class TestReports:
    @every_name
    def test_drift_and_check(self, name):
        before, after = make_snapshot(), make_snapshot(3, step=20)
        report = measure_drift(before, after, matching="neurons")
        names = [
            named_report(report, all_named(before, one), all_named(after, one))
            for one in ("x", name)
        ]
        plain, told = (check_regression(one, DEFAULT_POLICY) for one in names)
        is_inert(text_table(told), text_table(plain).count("\n"))
        is_inert(drift_text(names[1]), drift_text(names[0]).count("\n"))
        tags = [re.findall(r"<(/?\w+)", markdown(one)) for one in (plain, told)]
        assert tags[0] == tags[1]
        ElementTree.fromstring(junit_xml(told))
        for target in names[1].targets:
            html = markdown_to_safe_html(drift_tables(names[1], target))
            assert set(re.findall(r"<(\w+)", html)) <= {
                *("p", "strong", "table", "thead", "tbody", "tr", "th", "td")
            }


def test_following_shows_what_was_stored():
    shot = make_snapshot()
    circuit = shot.circuits[0]
    group = circuit.layer_groups("layer3")[0]
    labels = Labels((LabelledGroup.of(shot, circuit, group, Label("<b>")),))
    assert follow(labels, [shot])[0][0][group.id].told == "<b>"
