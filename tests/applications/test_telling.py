"""Reports as text, Markdown, plain values, pictures and pages: what they say, and what is inert."""

import io
import json
import re
from dataclasses import replace
from html.parser import HTMLParser

import numpy as np
import pytest
import torch
from PIL import Image
from test_debugging import MISTAKEN, SHORTCUT, Copying, batch, image, snapshot

from evolution.snapshots import Neuron, make_circuit
from neurflow_lightning.applications import picturing
from neurflow_lightning.applications.debugging import debug_batch, debug_image, trace_groups
from neurflow_lightning.applications.firing import circuit_firing
from neurflow_lightning.applications.page import Section, debugging_page
from neurflow_lightning.applications.picturing import image_picture
from neurflow_lightning.applications.telling import (
    BATCH_TERMS,
    IMAGE_TERMS,
    SHOWN,
    batch_content,
    batch_text,
    chosen_text,
    image_content,
    image_tables,
    image_terms,
    image_text,
    terms_text,
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
    def test_says_what_fired_first_and_what_would_change_it(self):
        text = image_text(report(), "a.png")
        assert text.splitlines() == [
            "a.png: taken for “dog”, but is “cat”",
            "  margin 1.00: the logit of “dog” above that of “cat”, its true class",
            "",
            "  1 of 2 groups of “dog” fired:",
            "    group  × normal  importance  rows  columns  margin if masked",
            "    low/1      4.00        0.50  4–7   4–7      −2.00, then “cat”",
            "",
            "  1 did not fire (× normal): low/0 (0.00).",
            "",
            "  path to “dog”  share of input",
            "  low/1 → “dog”            +67%",
            "",
            "  1 of 1 group of “cat” fired:",
            "    group  × normal  importance  rows  columns  margin if masked",
            "    low/0      1.00        0.50  0–7   0–7      +1.00",
            "",
            "  path to “cat”  share of input",
            "  low/0 → “cat”           +100%",
        ]

    def test_says_what_is_missing_without_a_column_that_is_empty(self):
        text = image_text(report(given=image(cat=0.1, shortcut=4.0)), "a.png")
        missing = text.split("\n\n")[-2].splitlines()
        assert missing[0] == "  None of 1 group of “cat” fired:"
        assert missing[1].split() == ["group", "×", "normal", "importance", "rows", "columns"]
        assert missing[2].split() == ["low/0", "0.10", "0.50", "0–7", "0–7"]
        assert "No path to “cat”: nothing that fired feeds it." in text
        unmasked = image_text(report(effects=False), "a.png")
        assert "masked" not in unmasked

    def test_vectors_have_no_rows_and_columns(self):
        assert "rows" not in image_text(replace(report(), boxes=None), "a.png")

    def test_numbers_keep_their_side_where_one_of_their_columns_is_left_out(self):
        made = report(effects=False)
        circuits = tuple(
            replace(each, groups=tuple(replace(one, importance=np.nan) for one in each.groups))
            for each in made.circuits
        )
        tables = image_tables(replace(made, circuits=circuits), "a.png")
        assert "| group | × normal | rows | columns |\n| --- | ---: | --- | --- |" in tables

    def test_each_number_of_a_path_stands_beside_its_arrow_from_the_image_up(self):
        level = (1.0,) * 4
        deep = make_circuit(
            {
                "low": [Neuron(0, activations=level)],
                "mid": [Neuron(0, activations=level, inputs={0: 1.0})],
                "fc": [Neuron(1, activations=level, inputs={0: -0.001, 1: 1.0})],
            },
            name="dog",
        )
        every = {layer: np.ones((1, 16)) for layer in deep.layers}
        seen = circuit_firing(deep, every, 0.8)
        text = image_text(replace(report(), circuits=(seen,)), "a.png")
        told = text[text.index("path to") :].split("\n\n")[0].splitlines()
        assert [line.split() for line in told] == [
            ["path", "to", "“dog”", "share", "of", "input"],
            ["low/0", "→", "mid/0", "+100%"],
            ["mid/0", "→", "“dog”", "−0.1%"],
        ]

    @pytest.mark.parametrize(
        ("true", "says"), [(None, "taken for “dog”"), (1, "rightly taken for “dog”")]
    )
    def test_of_an_image_that_is_no_mistake(self, true, says):
        assert verdict(report(true=true)) == says

    def test_a_class_without_a_circuit_is_said_with_the_way_to_one(self):
        only = replace(snapshot(), circuits=snapshot().circuits[:1])
        text = " ".join(image_text(report(only), "a.png").split())
        assert "no circuit of “dog”, which was not among the targets analyzed" in text
        assert "analyze it too: --targets 0 1 of neurflow analyze, targets= in Python." in text
        none = replace(report(only), circuits=())
        text = " ".join(image_text(none, "a.png").split())
        assert text.count("no circuit of") == 1
        assert "“dog” and “cat”, which were not" in text
        assert "--targets 1 0 " in text

    def test_markdown_says_the_same(self):
        tables = image_tables(report(), "a.png")
        assert "| low/1 | 4.00 | 0.50 | 4–7 | 4–7 | −2.00, then “cat” |" in tables
        assert (
            "| path to “dog” | share of input |\n| --- | ---: |\n| low/1 → “dog” | +67% |" in tables
        )

    def test_terms_say_what_every_column_is(self):
        explained = {word for term, _ in [*IMAGE_TERMS, *BATCH_TERMS] for word in term.split(", ")}
        text = image_text(report(), "a.png") + batch_text(
            debug_batch(Copying(), snapshot(), *batch(), permutations=99)
        )
        heads = [line for line in text.splitlines() if "group  " in line or "path to" in line]
        for head in heads:
            columns = [
                one for one in re.split("  +", head.strip()) if one not in ("class", "group")
            ]
            assert {one for one in columns if not one.startswith("path to")} <= explained
        told = terms_text(IMAGE_TERMS)
        assert max(map(len, told.splitlines())) <= 80
        assert "a minus speaks against" in " ".join(told.split())
        assert terms_text(()) == ""

    def test_only_terms_of_columns_that_are_there_are_explained(self):
        def terms(*reports):
            return [term for term, _ in image_terms(reports)]

        vector = replace(report(effects=False), boxes=None)
        assert terms(report()) == terms(vector, report()) == [term for term, _ in IMAGE_TERMS]
        assert terms(vector) == ["× normal", "importance", "share of input"]
        assert terms(replace(report(), circuits=())) == terms() == []

    def test_of_many_images(self):
        text = batch_text(debug_batch(Copying(), snapshot(), *batch()))
        assert text.startswith("8 of 32 images were taken for another class.\n")
        separating, shared = [line.split() for line in text.splitlines() if "low/1" in line]
        assert separating == shared
        assert separating[:9] == [
            *("“dog”", "low/1", "0.50", "100%", "of", "8", "0%", "of", "12"),
        ]
        assert "Fired on most images wrongly taken for their class" in text
        flat = " ".join(text.split())
        assert "taken rightly: 1 of 2 groups tested (adjusted p ≤ .05): class" in flat
        assert (
            "taken rightly: none of 1 group tested (adjusted p ≤ .05). Compared: 8 mistakes with "
            "12 hits for “cat”." in flat
        )
        assert max(map(len, text.splitlines())) <= 80

    def test_what_could_not_be_tested_is_no_finding_of_nothing(self):
        text = batch_text(debug_batch(Copying(), snapshot(), *batch()))
        assert "    “cat”: none of 32 images was wrongly taken for it. Give more images.\n" in text
        assert "“dog”: all 12 images of it were taken rightly, so that nothing is missing." in text
        report = debug_batch(Copying(), snapshot(), *batch(hits=0), permutations=9)
        flat = " ".join(batch_text(report).split())
        assert flat.count("could not be tested.") == 2
        alone = debug_batch(Copying(), snapshot(), *batch(mistakes=1, hits=1), permutations=9)
        assert "“dog”: the only image of it was taken rightly, so that" in batch_text(alone)
        assert "tested (adjusted" not in flat
        assert "“dog”: 8 images of “cat” wrongly taken for it, and none rightly taken" in flat
        assert "“cat”: none of 8 images of it was taken rightly to compare with. Give more" in flat
        assert "“dog”: none of 8 images is of it. Give images of it." in flat
        (dog,) = [
            one
            for one in batch_content(report)["untested"]
            if (one["target"], one["direction"]) == (1, "misleads")
        ]
        assert (dog["mistakes"], dog["hits"]) == (8, 0)
        assert dog["why"].startswith("8 images of “cat” wrongly taken")

    def test_many_classes_that_could_not_be_tested_are_counted(self):
        report = debug_batch(Copying(), snapshot(), *batch(), permutations=9)
        (silent,) = (
            one for one in report.contrasts if one.direction == "misleads" and one.target == 0
        )
        more = tuple(replace(silent, target=number) for number in range(2, 20))
        text = batch_text(replace(report, contrasts=(*report.contrasts, *more)))
        assert f"\n    and {19 - SHOWN} more\n" in text

    def test_of_images_without_a_mistake(self):
        text = batch_text(debug_batch(Copying(), snapshot(), *batch(mistakes=0), permutations=9))
        assert text == (
            "None of 24 images was taken for another class: there is no mistake to explain.\n"
        )

    def test_mistakes_that_no_circuit_explains_are_told_with_the_way_to_one(self):
        only = replace(snapshot(), circuits=snapshot().circuits[:1])
        report = debug_batch(Copying(), only, *batch(), permutations=9)
        flat = " ".join(batch_text(report).split())
        assert "8 of them for “dog”, of which the snapshot has no circuit" in flat
        assert "analyze it too: --targets 0 1 of neurflow analyze" in flat
        assert batch_content(report)["without_circuit"] == {"1": 8}

    def test_which_mistakes_are_told_of_one_by_one(self):
        report = debug_batch(Copying(), snapshot(), *batch(), permutations=9)
        worst = report.mistakes.tolist()
        assert chosen_text(report, []) == ""
        assert chosen_text(report, worst[:2]) == "One by one, the worst first: 2 of 8 mistakes.\n"
        flat = " ".join(chosen_text(report, [worst[3], worst[5]]).split())
        assert "One by one, those that the circuits explain best first: 2 of 8 mistakes." in flat
        assert "Passed over, though of larger margin: 4, taken for a class without" in flat

    def test_all_mistakes_told_in_another_order_are_not_called_the_worst_first(self):
        report = debug_batch(Copying(), snapshot(), *batch(), permutations=9)
        predicted = report.predicted.copy()
        predicted[report.mistakes[0]] = 2  # of which there is no circuit
        report = replace(report, predicted=predicted)
        images = report.explained_best(9).tolist()
        assert images[-1] == report.mistakes[0]
        assert report.passed_over(images) == ()
        told = " ".join(chosen_text(report, images).split())
        assert told == "One by one, those that the circuits explain best first: 8 of 8 mistakes."

    def test_over_a_training(self):
        snapshots = snapshot(epoch=3), snapshot(epoch=None)
        reports = [report(one, effects=False) for one in snapshots]
        text = trace_text(trace_groups(snapshots, reports), snapshots, 1)
        head, *rows = text.splitlines()
        assert head.split() == ["×", "normal", "epoch", "3", "snapshot", "2"]
        assert [row.split() for row in rows if "low/1" in row] == [["low/1", "4.00", "4.00"]]
        assert "can be followed" in trace_text((), snapshots, 1)


NAMES = {1: {SHORTCUT: Label("<b>corner|", score=0.9)}}


class TestNamesOfGroups:
    def test_stand_beside_the_ids_in_text_and_markdown(self):
        made = replace(report(), labels=NAMES)
        text = image_text(made, "a.png")
        assert "low/1 “<b>corner| (0.90)” → “dog”            +67%" in text
        assert [line for line in text.splitlines() if line.startswith("    low/1 “<b>corner")]
        tables = image_tables(made, "a.png")
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
            image_text(report(hostile()), HOSTILE[1]),
            image_text(report(hostile(), given=image(cat=1.0)), "a.png"),
            batch_text(debug_batch(Copying(), hostile(), *batch())),
        ):
            assert "\x1b" not in text
            assert "\u202e" not in text
            assert not any(line.startswith("# h") for line in text.splitlines())

    def test_in_markdown(self):
        tables = image_tables(report(hostile()), HOSTILE[1])
        assert "<script" not in tables
        assert "\n# h" not in tables
        assert "[x](" not in tables

    def test_on_a_page(self):
        text = image_text(report(hostile()), HOSTILE[0])
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
        (step,) = dog["path"]
        assert step["source"] == "low/1"
        # The one edge of two: its weight is the share, as the target has one meaning.
        assert step["share"] == step["weight"] == pytest.approx(2 / 3)

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
    text = image_text(found, "a.png")
    assert f"{SHOWN + 3} of {SHOWN + 3} groups of “dog” fired. The {SHOWN} most important:" in text
    assert sum(line.startswith("    low/") for line in text.splitlines()) == SHOWN
