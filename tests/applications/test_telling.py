"""Reports as text, Markdown, plain values, pictures and pages: what they say, and what is inert."""

import io
import json
from dataclasses import replace
from html.parser import HTMLParser

import numpy as np
import pytest
import torch
from PIL import Image
from test_debugging import MISTAKEN, SHORTCUT, Copying, batch, image, snapshot

from neurflow_lightning.applications import picturing
from neurflow_lightning.applications.debugging import debug_batch, debug_image, trace_groups
from neurflow_lightning.applications.page import Section, debugging_page
from neurflow_lightning.applications.picturing import image_picture
from neurflow_lightning.applications.telling import (
    SHOWN,
    batch_content,
    batch_text,
    image_content,
    image_tables,
    image_text,
    trace_text,
    verdict,
)
from neurflow_lightning.labels import Label

HOSTILE = ("<script>alert(1)</script>", "\x1b[31m[x](http://y)\u202e|\n# h" + "a" * 10_000)


def hostile():
    made = snapshot()
    circuits = tuple(
        replace(one, name=name) for one, name in zip(made.circuits, HOSTILE, strict=True)
    )
    return replace(made, circuits=circuits, probe=replace(made.probe, class_names=HOSTILE))


def report(of=None, true=0, effects=True, given=MISTAKEN):
    return debug_image(Copying(), of or snapshot(), given, true, effects=effects)


def pixels():
    return np.zeros((8, 8, 3), np.uint8)


class TestText:
    def test_says_what_happened_and_what_would_change_it(self):
        text = image_text(report(), snapshot(), "a.png")
        assert text.splitlines()[0] == "a.png: taken for “dog”, but is “cat”"
        assert "logit 1.00 above that of “cat”, its true class" in text
        assert "path to “dog”: +0.67 ← low/1" in text
        assert "path to “cat”: +1.00 ← low/0" in text
        (row,) = [line for line in text.splitlines() if line.split()[:1] == ["low/1"]]
        assert row.split() == [
            *("low/1", "0.50", "4.00", "5", "4×4", "at", "4,", "4"),
            *("margin", "-2.00,", "taken", "for", "“cat”"),
        ]
        assert "0 of the 1 groups of “cat” did not fire." in text

    def test_says_what_is_missing(self):
        text = image_text(report(given=image(cat=0.1, shortcut=4.0)), snapshot(), "a.png")
        assert "path to “cat”: nothing that fired feeds it" in text
        assert "1 of the 1 groups of “cat” did not fire:" in text

    @pytest.mark.parametrize(
        ("true", "says"), [(None, "taken for “dog”"), (1, "rightly taken for “dog”")]
    )
    def test_of_an_image_that_is_no_mistake(self, true, says):
        assert verdict(report(true=true)) == says

    def test_a_class_without_a_circuit_is_said(self):
        only = replace(snapshot(), circuits=snapshot().circuits[:1])
        assert "the snapshot has no circuit of “dog”" in image_text(report(only), only, "a.png")

    def test_markdown_says_the_same(self):
        tables = image_tables(report(), snapshot(), "a.png")
        assert "| low/1 | 0.50 | 4.00 | 5 | 4×4 at 4, 4 | margin -2.00, taken for “cat” |" in tables

    def test_of_many_images(self):
        text = batch_text(debug_batch(Copying(), snapshot(), *batch()))
        assert text.startswith("8 of 32 images were got wrong.")
        separating, shared = [line.split() for line in text.splitlines() if "low/1" in line]
        assert separating == shared
        assert separating[:6] == ["“dog”", "low/1", "0.50", "100%", "0%", "1.00"]
        assert "Fired on most images wrongly taken for their class" in text
        assert "(adjusted p ≤ .05): 1 group:" in text
        assert "(adjusted p ≤ .05): 0 groups." in text

    def test_of_images_without_a_mistake(self):
        text = batch_text(debug_batch(Copying(), snapshot(), *batch(mistakes=0), permutations=9))
        assert text.startswith("0 of 24 images were got wrong.")
        assert "Fired on most" not in text

    def test_over_a_training(self):
        snapshots = snapshot(epoch=3), snapshot(epoch=None)
        reports = [report(one, effects=False) for one in snapshots]
        text = trace_text(trace_groups(snapshots, reports), snapshots, 1)
        head, *rows = text.splitlines()
        assert head.split() == ["times", "normal", "epoch", "3", "snapshot", "2"]
        assert [row.split() for row in rows if "low/1" in row] == [["low/1", "4.00", "4.00"]]
        assert "can be followed" in trace_text((), snapshots, 1)


NAMES = {1: {SHORTCUT: Label("<b>corner|", score=0.9)}}


class TestNamesOfGroups:
    def test_stand_beside_the_ids_in_text_and_markdown(self):
        made = replace(report(), labels=NAMES)
        text = image_text(made, snapshot(), "a.png")
        assert "path to “dog”: +0.67 ← low/1 “<b>corner| (0.90)”" in text
        assert [line for line in text.splitlines() if line.startswith("    low/1 “<b>corner")]
        tables = image_tables(made, snapshot(), "a.png")
        assert "<b>" not in tables
        assert "corner" in tables

    def test_of_many_images_and_over_a_training(self):
        many = debug_batch(Copying(), snapshot(), *batch(), permutations=99)
        assert "low/1 “<b>corner| (0.90)”" in batch_text(replace(many, labels=NAMES))
        snapshots = snapshot(epoch=3), snapshot(epoch=4)
        reports = [report(one, effects=False) for one in snapshots]
        traces = trace_groups(snapshots, reports)
        assert "corner" in trace_text(traces, snapshots, 1, NAMES)
        assert "corner" not in trace_text(traces, snapshots, 0, NAMES)

    def test_in_plain_values(self):
        made = replace(report(), labels=NAMES)
        groups = image_content(made)["circuits"][1]["groups"]
        labels = {one["id"]: one["label"] for one in groups}
        assert labels["low/1"] == "<b>corner| (0.90)"
        assert labels["low/0"] is None
        many = debug_batch(Copying(), snapshot(), *batch(), permutations=9)
        content = batch_content(replace(many, labels=NAMES))
        told = {(one["target"], one["group"]): one["label"] for one in content["contrasts"]}
        assert (told[1, "low/1"], told[0, "low/0"]) == ("<b>corner| (0.90)", None)

    def test_take_the_place_of_ids_in_a_picture(self, monkeypatch):
        shown = []
        fit = picturing.fit_text
        monkeypatch.setattr(
            picturing, "fit_text", lambda text, *a, **k: shown.append(text) or fit(text, *a, **k)
        )
        image_picture(replace(report(), labels=NAMES), snapshot(), pixels())
        assert shown.count("<b>corner| (0.90)") == 2  # on the path and in its row
        assert "low/1" not in shown


class TestHostileNames:
    def test_in_a_terminal(self):
        for text in (
            image_text(report(hostile()), hostile(), HOSTILE[1]),
            image_text(report(hostile(), given=image(cat=1.0)), hostile(), "a.png"),
            batch_text(debug_batch(Copying(), hostile(), *batch())),
        ):
            assert "\x1b" not in text
            assert "\u202e" not in text
            assert not any(line.startswith("# h") for line in text.splitlines())

    def test_in_markdown(self):
        tables = image_tables(report(hostile()), hostile(), HOSTILE[1])
        assert "<script" not in tables
        assert "\n# h" not in tables
        assert "[x](" not in tables

    def test_on_a_page(self):
        text = image_text(report(hostile()), hostile(), HOSTILE[0])
        page = debugging_page(HOSTILE[0], text, [Section(HOSTILE[0], text, b"jpeg")])
        tags = []

        class Tags(HTMLParser):
            def handle_starttag(self, tag, attrs):
                tags.append(tag)

        Tags().feed(page)
        assert "script" not in tags
        assert tags.count("img") == 1
        assert "default-src &#x27;none&#x27;" in page

    def test_in_a_picture(self):
        made = hostile()
        assert image_picture(report(made), made, pixels(), HOSTILE[1])[:2] == b"\xff\xd8"


class TestPlainValues:
    def test_everything_of_an_image_is_there(self):
        content = json.loads(json.dumps(image_content(report())))
        assert content["predicted"] == {"index": 1, "name": "dog"}
        assert content["misleading"] == ["low/1"]
        dog = content["circuits"][1]
        (group,) = [one for one in dog["groups"] if one["id"] == "low/1"]
        assert group["effect"] == {"margin_change": pytest.approx(-2.0), "answer": 0}
        assert group["boxes"][0] == [4, 4, 4, 4]
        assert dog["path"][0]["source"] == "low/1"

    def test_everything_of_many_images_is_there(self):
        content = batch_content(debug_batch(Copying(), snapshot(), *batch(), permutations=99))
        json.dumps(content, allow_nan=False)
        assert len(content["mistakes"]) == 8
        first = content["contrasts"][0]
        assert (first["group"], first["direction"], first["p"]) == ("low/1", "misleads", 0.01)
        assert content["contrasts"][-1]["p"] is None


class TestPicture:
    def opened(self, made, **changes):
        return Image.open(io.BytesIO(image_picture(made, snapshot(**changes), pixels(), "a.png")))

    def test_has_a_column_for_each_class_that_has_a_circuit(self):
        only = replace(snapshot(), circuits=snapshot().circuits[:1])
        widths = [
            self.opened(report()).width,
            self.opened(report(true=1)).width,
            self.opened(report(only, true=None)).width,
        ]
        assert widths[0] > widths[1] == widths[2]

    def test_shows_the_image_with_boxes_of_what_fired(self):
        shown = np.asarray(self.opened(report()).convert("RGB")).astype(int)
        large = shown[88 : 88 + 288, 24 : 24 + 288]
        blue = (large[..., 2] - large[..., 0]) > 100
        assert blue[150:, 150:].any()
        assert not blue[:140, :140].any()

    def test_vectors_cannot_be_drawn(self):
        with pytest.raises(ValueError, match="no image"):
            image_picture(replace(report(), boxes=None), snapshot(), pixels())

    def test_of_grey_images_too(self):
        assert image_picture(report(), snapshot(), np.zeros((8, 8), np.uint8))


def test_long_lists_are_cut_and_counted():
    from evolution.snapshots import Neuron, make_circuit
    from neurflow_lightning.types import NeuronId

    level = (1.0,) * 4
    low = [Neuron(one, activations=level) for one in range(SHOWN + 3)]
    big = make_circuit(
        {"low": low, "fc": [Neuron(1, inputs=dict.fromkeys(range(SHOWN + 3), 1.0))]}, name="dog"
    )
    assert big.target == NeuronId("fc", 1)

    class Wide(Copying):
        def __init__(self):
            super().__init__()
            self.low = torch.nn.Conv2d(4, SHOWN + 3, 1, bias=False)
            self.low.weight.data[:] = 1.0
            self.fc = torch.nn.Linear(SHOWN + 3, 2, bias=False)
            self.fc.weight.data = torch.tensor([[0.0], [1.0]]).expand(2, SHOWN + 3).clone()

    made = replace(snapshot(), circuits=(big,))
    found = debug_image(Wide(), made, image(cat=1.0), 1)
    text = image_text(found, made, "a.png")
    assert f"{SHOWN + 3} of the {SHOWN + 3} groups of “dog” fired, the {SHOWN} most" in text
    assert sum(line.strip().startswith("low/") for line in text.splitlines()) == SHOWN
