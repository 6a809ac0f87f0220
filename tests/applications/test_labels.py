"""Labels as values: asked for, scored, followed, merged and stored."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evolution.snapshots import Neuron, make_circuit
from evolution.snapshots import make_snapshot as small_snapshot
from factories import make_snapshot
from neurflow_lightning.applications.firing import edge_share
from neurflow_lightning.applications.labelling import (
    Description,
    Labels,
    follow,
    following,
    label_run,
    label_snapshot,
    read_labels,
    save_labels,
)
from neurflow_lightning.applications.labelling.collection import LabelledGroup, reconciled
from neurflow_lightning.applications.labelling.following import carriers
from neurflow_lightning.applications.labelling.handwritten import (
    editable,
    edited,
    read_written,
    read_written_file,
)
from neurflow_lightning.applications.labelling.reports import named_report
from neurflow_lightning.applications.labelling.scoring import auroc, split_patches
from neurflow_lightning.applications.labelling.storing import (
    decode_labels,
    encode_labels,
    write_labels,
)
from neurflow_lightning.errors import LabelError, LabellingStopped, LayerError, SnapshotError
from neurflow_lightning.evolution.comparing import measure_drift
from neurflow_lightning.labels import Label, Relation
from neurflow_lightning.types import GroupId


@dataclass
class Namer:
    """Numbers what it is asked about, and remembers it."""

    source: str = "namer"
    asked: list = field(default_factory=list)
    error: LabelError | None = None

    def describe(self, question):
        if self.error is not None:
            raise self.error
        self.asked.append(question)
        relations = {one.group.number: f"feeds {question.group}" for one in question.below}
        return Description(f"name {len(self.asked)}", "A caption.", relations)


class Seeing(Namer):
    """Fits by brightness."""

    def match(self, description, pictures):
        return [float(np.asarray(one).mean()) for one in pictures]


# --- asking ------------------------------------------------------------------------------


class TestAsking:
    def test_from_the_shallowest_layer_up_with_the_names_below(self):
        namer = Namer()
        found = label_snapshot(make_snapshot(), namer, targets=[0])
        assert [one.group.layer for one in namer.asked] == ["layer2"] * 3 + ["layer3"] * 3
        assert all(one.below == () for one in namer.asked[:3])
        for question in namer.asked[3:]:
            names = {one.group.number: one.name for one in question.below}
            assert names == {number: f"name {number + 1}" for number in names}
            circuit = make_snapshot().circuit(0)
            shares = {
                edge.source: edge_share(circuit, edge)
                for edge in circuit.edges
                if edge.target == question.group
            }
            assert [one.share for one in question.below] == [
                pytest.approx(shares[one.group]) for one in question.below
            ]
            sizes = [abs(one.share) for one in question.below]
            assert sizes == sorted(sizes, reverse=True)
            assert len(sizes) == len([one for one in shares.values() if one])
        assert found.groups[-1].label.relations[0].text.startswith("feeds layer3/2")
        assert found.groups[0].label.source == "namer"

    def test_without_a_scorer_there_are_no_scores(self):
        found = label_snapshot(make_snapshot(), Namer(), targets=[0])
        assert {one.label.score for one in found.groups} == {None}
        found = label_snapshot(make_snapshot(), Namer(), scorer=Seeing(), targets=[0])
        assert None not in {one.label.score for one in found.groups}

    def test_a_group_that_cannot_be_named_is_told(self):
        missed = []
        namer = Namer(error=LabelError("no idea"))
        assert len(label_snapshot(make_snapshot(), namer, missed=missed.append)) == 0
        assert len(missed) == 12
        with pytest.raises(LabelError, match="no idea"):
            label_snapshot(make_snapshot(), namer)

    def test_a_labeller_that_stops_is_asked_no_more(self):
        missed = []
        namer = Namer(error=LabellingStopped("over"))
        snapshots = [make_snapshot(), make_snapshot(3, step=20)]
        assert len(label_run(snapshots, namer, missed=missed.append)) == 0
        assert [str(one.error) for one in missed] == ["over"]

    def test_inputs_that_are_no_images(self):
        bare = replace(make_snapshot(), thumbnails={}, images={})
        with pytest.raises(LabelError, match="no pictures"):
            label_snapshot(bare, Namer())
        written = read_written("0: {layer3: {1: crack}}", "x", bare)
        (carried,) = carriers(Labels(), [bare])
        (one,) = edited(Labels(), bare, carried, written).groups
        assert (one.label.name, one.label.by_human, one.label.score) == ("crack", True, None)

    def test_unknown_layer_and_target(self):
        with pytest.raises(LayerError, match="Did you mean 'layer2'"):
            label_snapshot(make_snapshot(), Namer(), layers=["layer22"])
        with pytest.raises(SnapshotError, match="No circuit of target 9"):
            label_snapshot(make_snapshot(), Namer(), targets=[9])

    def test_bad_names_are_told_whoever_gave_them(self):
        class Bad(Namer):
            def describe(self, question):
                return Description("x\x1b[31m")

        with pytest.raises(LabelError, match="wanted characters that are seen"):
            label_snapshot(make_snapshot(), Bad())


class TestScoring:
    def test_auroc_against_counting(self):
        rng = np.random.default_rng(0)
        high, low = rng.integers(0, 5, 9), rng.integers(0, 5, 7)
        pairs = [(a > b) + (a == b) / 2 for a in high for b in low]
        assert auroc(high, low) == pytest.approx(sum(pairs) / len(pairs))

    def test_nothing_seen_is_scored(self):
        snapshot = make_snapshot()
        grid = snapshot.probe.grid
        for circuit in snapshot.circuits:
            for group in circuit.groups[:-3]:
                split = split_patches(snapshot, circuit, group)
                own = {int(row) for row in group.patches}
                seen = {grid.image(row) for row in (*split.shown, *split.others)}
                kept = {grid.image(row) for row in (*split.held_out, *split.distractors)}
                assert seen.isdisjoint(kept)
                assert own == {*split.shown, *split.held_out}
                assert own.isdisjoint((*split.others, *split.distractors))
                assert split.shown
                assert split.held_out

    def test_one_image_leaves_nothing_to_score(self):
        snapshot = make_snapshot()
        circuit = snapshot.circuits[0]
        group = circuit.layer_groups("layer3")[0]
        grid = snapshot.probe.grid
        first = [row for row in group.patches if grid.image(row) == grid.image(group.patches[0])]
        lone = replace(group, patches=np.array(first))
        assert split_patches(snapshot, circuit, lone).held_out == ()


# --- following ---------------------------------------------------------------------------


def snapshot(moved: int = 0, step: int = 10, numbers=(0, 1)):
    """Two groups of four neurons each; ``moved`` neurons went from the first to the second."""
    neurons = [Neuron(index, patches=(0, 1, 2, 3)) for index in range(8)]
    first, second = list(range(4 - moved)), list(range(4 - moved, 8))
    parts = [first, second] if numbers == (0, 1) else [second, first]
    inputs = dict.fromkeys(range(8), 1.0)
    circuit = make_circuit(
        {"low": neurons, "fc": [Neuron(0, inputs=inputs, importance=1.0)]}, {"low": parts}
    )
    return small_snapshot(circuit, epoch=0, step=step)


def named(snapshot, number, *labels):
    circuit = snapshot.circuits[0]
    return LabelledGroup.of(snapshot, circuit, circuit.group(GroupId("low", number)), *labels)


LOW0, LOW1 = GroupId("low", 0), GroupId("low", 1)
MID = GroupId("mid", 0)


def fed(inputs, step=10):
    """One group in ``mid``, fed by groups of a neuron each in ``low``."""
    circuit = make_circuit(
        {
            "low": [Neuron(one, patches=(one, one + 1)) for one in range(3)],
            "mid": [Neuron(0, inputs=inputs)],
            "fc": [Neuron(0, inputs={0: 1.0}, importance=1.0)],
        }
    )
    return small_snapshot(circuit, epoch=0, step=step)


def named_low(snapshot, number, name):
    return named(snapshot, number, Label(name))


class TestFollowing:
    def test_a_group_is_known_by_what_it_holds_not_by_its_number(self):
        labels = Labels((named(snapshot(), 0, Label("first", score=0.9)),))
        (found,) = follow(labels, [snapshot(numbers=(1, 0), step=20)])
        assert {group: one.told for group, one in found[0].items()} == {LOW1: "first (0.90)"}

    def test_a_little_change_is_no_change(self):
        labels = Labels((named(snapshot(), 0, Label("first")),))
        (found,) = follow(labels, [snapshot(moved=1, step=20)])
        assert found[0][LOW0].told == "first"

    def test_changed_step_by_step_it_keeps_its_name_with_a_question_mark(self):
        run = [snapshot(), snapshot(moved=1, step=20), snapshot(moved=2, step=30)]
        labels = Labels((named(run[0], 0, Label("first", score=0.9)),))
        told = [one[0][LOW0].told for one in follow(labels, run)]
        assert told == ["first (0.90)", "first (0.90)", "first?"]
        # Without the one between, nobody knows that it is the same.
        assert LOW0 not in follow(labels, [run[2]])[0].get(0, {})

    def test_names_go_back_as_well(self):
        run = [snapshot(), snapshot(moved=1, step=20), snapshot(moved=2, step=30)]
        labels = Labels((named(run[2], 0, Label("last")),))
        told = [one[0][LOW0].told for one in follow(labels, run)]
        assert told == ["last?", "last?", "last"]  # two of three neurons are less than .7

    def test_what_people_said_goes_first(self):
        run = [snapshot(), snapshot(moved=1, step=20)]
        labels = Labels(
            (named(run[1], 0, Label("machine", source="m")), named(run[0], 0, Label("person")))
        )
        assert [one[0][LOW0].name for one in follow(labels, run)] == ["person", "person"]

    def test_other_probe_sets_have_other_patches(self):
        one = named(snapshot(), 0, Label("first"))
        (found,) = follow(Labels((replace(one, probe="0" * 64),)), [snapshot()])
        assert found == {}

    def test_asked_again_only_after_a_significant_change(self):
        run = [make_snapshot(), make_snapshot(step=20), make_snapshot(5, step=30)]
        namer = Namer()
        labels = label_run(run, namer, targets=[0])
        # The second is the first again; of the third, every group is another.
        assert len(namer.asked) == 12
        label_run(run, namer, labels, targets=[0])
        assert len(namer.asked) == 12
        label_run(run[:1], namer, labels, targets=[0], again=True)
        assert len(namer.asked) == 18

    def test_a_run_is_followed_once(self, monkeypatch):
        looked = []

        def counted(circuit, group, contents_of=following.contents_of):
            looked.append(group.id)
            return contents_of(circuit, group)

        monkeypatch.setattr(following, "contents_of", counted)
        run = [make_snapshot(step=step) for step in (10, 20, 30, 40)]
        label_run(run, Namer(), targets=[0])
        assert len(looked) == sum(len(one.groups) for shot in run for one in shot.circuits)

    def test_names_of_later_snapshots_are_not_asked_by(self):
        run = [snapshot(), snapshot(moved=1, step=20), snapshot(moved=2, step=30)]
        run = [replace(one, thumbnails={0: b""}) for one in run]
        trail = following.Trail.of(run)
        labels = Labels((named(run[2], 0, Label("last")),))
        assert trail.carried(labels, 0)[0][LOW0].label.told == "last?"
        assert LOW0 not in trail.carried(labels, 0, later=False).get(0, {})

    def test_what_feeds_a_group_is_that_of_the_snapshot_shown(self):
        first, later = fed({0: 0.75, 1: -0.25}), fed({0: 0.25, 2: 0.75}, step=20)
        low = named_low(first, 0, "stripe"), named_low(first, 1, "dot")
        said = Relation("stripe", 0.75, "draws it"), Relation("dot", -0.25, "blurs it")
        mid = LabelledGroup.of(
            first, first.circuits[0], first.circuits[0].group(MID), Label("eye", relations=said)
        )
        before, after = follow(Labels((*low, mid)), [first, later])
        assert before[0][MID].relations == said
        new = Relation("low/2", 0.75), Relation("stripe", 0.25, "draws it")
        assert after[0][MID].relations == new  # nobody said what low/2 does

    def test_a_number_means_nothing_in_another_snapshot(self):
        first, later = fed({0: 1.0}), fed({0: 0.75, 1: -0.25}, step=20)
        said = (Relation("low/0", 1.0, "draws it"),)
        mid = LabelledGroup.of(
            first, first.circuits[0], first.circuits[0].group(MID), Label("eye", relations=said)
        )
        before, after = follow(Labels((mid,)), [first, later])
        assert before[0][MID].relations == said
        assert after[0][MID].relations == (Relation("low/0", 0.75), Relation("low/1", -0.25))

    def test_people_are_not_asked_over(self):
        run = [snapshot(), snapshot(moved=1, step=20), snapshot(moved=2, step=30)]
        run = [replace(one, thumbnails={0: b""}) for one in run]
        given_names = Labels((named(run[0], 0, Label("mine")), named(run[0], 1, Label("mine too"))))
        namer = Namer(error=LabelError("asked"))
        assert label_run(run, namer, given_names) == given_names


# --- merging -----------------------------------------------------------------------------


def labels_of(*pairs):
    return Labels(tuple(named(snapshot(), number, *labels) for number, *labels in pairs))


MINE, YOURS = Label("mine"), Label("yours")
CLIP, BIG = Label("clip's", source="clip"), Label("big's", source="big")


class TestMerging:
    def test_people_win_and_nothing_is_lost(self):
        merged = labels_of((0, CLIP)).merged(labels_of((0, YOURS), (1, BIG)))
        first, second = merged.groups
        assert first.labels == (YOURS, CLIP)
        assert first.label is YOURS
        assert first.disputing == (CLIP,)
        assert second.labels == (BIG,)
        assert merged.disputed == (first,)

    def test_ours_first_among_equals(self):
        ours, theirs = labels_of((0, MINE, CLIP)), labels_of((0, YOURS, BIG))
        assert ours.merged(theirs).groups[0].labels == (MINE, YOURS, CLIP, BIG)
        assert theirs.merged(ours).groups[0].labels == (YOURS, MINE, BIG, CLIP)

    def test_merging_twice_changes_nothing(self):
        ours, theirs = labels_of((0, MINE)), labels_of((0, YOURS), (1, BIG))
        once = ours.merged(theirs)
        assert once.merged(theirs) == once == once.merged(ours)

    def test_a_source_that_is_asked_again_says_one_thing(self):
        again = labels_of((0, replace(CLIP, name="better")))
        found = labels_of((0, MINE, CLIP)).relabelled(again.groups)
        assert [one.name for one in found.groups[0].labels] == ["mine", "better"]

    @given(
        *[
            st.dictionaries(st.sampled_from([0, 1]), st.sampled_from([MINE, YOURS, CLIP, BIG]))
            for _ in range(3)
        ]
    )
    def test_reconciled_loses_nobodys_change(self, old, one, other):
        before, ours, theirs = (
            labels_of(*((number, label) for number, label in sorted(said.items())))
            for said in (old, one, other)
        )
        found = reconciled(before, ours, theirs).by_key
        for side in (ours, theirs):
            for key, group in side.by_key.items():
                if group != before.by_key.get(key):
                    assert set(group.labels) <= set(found[key].labels)
        for key, group in before.by_key.items():
            if ours.by_key.get(key) == theirs.by_key.get(key) == group:
                assert found[key] == group

    def test_taken_away_by_one_side(self):
        before = labels_of((0, MINE), (1, CLIP))
        ours = labels_of((1, CLIP))
        assert reconciled(before, ours, before) == ours
        assert reconciled(before, before, ours) == ours
        changed = labels_of((0, YOURS), (1, CLIP))
        assert {one.label for one in reconciled(before, ours, changed).groups} == {YOURS, CLIP}


# --- files -------------------------------------------------------------------------------


class TestStoring:
    def test_there_and_back(self, tmp_path):
        labels = label_snapshot(make_snapshot(), Seeing())
        place = str(tmp_path / "run" / "labels.json")
        write_labels(place, labels)
        assert read_labels(place) == labels
        assert [one.name for one in (tmp_path / "run").iterdir()] == ["labels.json"]
        assert decode_labels(encode_labels(labels)) == labels

    def test_remote(self):
        labels = label_snapshot(make_snapshot(), Namer(), targets=[0])
        write_labels("memory://labels-test/labels.json", labels)
        assert read_labels("memory://labels-test/labels.json") == labels
        assert read_labels("memory://labels-test/none.json", missing_ok=True) == Labels()

    def test_what_others_wrote_meanwhile_stays(self, tmp_path):
        place = str(tmp_path / "labels.json")
        before = save_labels(place, Labels(), labels_of((0, CLIP)))
        save_labels(place, before, labels_of((0, YOURS, CLIP)))
        found = save_labels(place, before, labels_of((0, MINE, CLIP), (1, BIG)))
        assert found.groups[0].labels == (MINE, YOURS, CLIP)
        assert read_labels(place) == found

    def test_no_file(self, tmp_path):
        with pytest.raises(LabelError, match="Cannot be read"):
            read_labels(str(tmp_path / "none.json"))

    def test_a_place_that_cannot_be_written(self, tmp_path):
        (tmp_path / "file").write_text("")
        with pytest.raises(LabelError, match="Cannot be written"):
            write_labels(str(tmp_path / "file" / "labels.json"), Labels())

    @pytest.mark.parametrize("data", [b"", b"{", b"[]", b"{}", b"\xff", b"[" * 99_999, b"NaN"])
    def test_no_labels_at_all(self, data):
        with pytest.raises(LabelError):
            decode_labels(data)

    @pytest.mark.parametrize(
        ("path", "value", "says"),
        [
            (("version",), 2, "version 1"),
            (("schema",), "x", "neurflow-labels"),
            (("groups",), {}, "wanted a list"),
            (("groups", 0, "target"), -1, r"groups\[0\]\.target: wanted a whole number"),
            (("groups", 0, "target"), True, "wanted a whole number"),
            (("groups", 0, "layer"), "x" * 2000, "at most 1000"),
            (("groups", 0, "labels"), [], "at least one"),
            (
                ("groups", 0, "labels", 0, "name"),
                "x" * 10_000,
                r"labels\[0\]: name: wanted at most",
            ),
            (("groups", 0, "labels", 0, "name"), "a\u202eb", "characters that are seen"),
            (("groups", 0, "labels", 0, "name"), None, "wanted a text"),
            (("groups", 0, "labels", 0, "caption"), "\x1b[2J", "characters that are seen"),
            (("groups", 0, "labels", 0, "score"), 1.5, r"wanted one in \[0, 1\]"),
            (("groups", 0, "labels", 0, "score"), 10**400, "wanted a number"),
            (("groups", 0, "labels", 0, "relations"), [["x", 2.0, ""]], "share of a relation"),
            (("groups", 0, "labels", 0, "relations"), [["x", 1.0]], "wanted 3 values"),
            (("groups", 0, "labels", 0, "relations"), [["x", 0.5, ""]] * 9, "at most 8"),
            (("groups", 0, "neurons", 0, 2), [3, 1], "ascending"),
            (("groups", 0, "neurons", 0, 1), 1, "wanted 1 to 1 patches"),
            (("groups", 0, "extra"), 1, "wanted an object with the keys"),
        ],
    )
    def test_refused_with_its_place(self, path, value, says):
        document = json.loads(encode_labels(labels_of((0, MINE))))
        inner = document
        for key in path[:-1]:
            inner = inner[key]
        inner[path[-1]] = value
        with pytest.raises(LabelError, match=says) as caught:
            decode_labels(json.dumps(document).encode())
        assert len(str(caught.value)) < 400


# --- by hand -----------------------------------------------------------------------------

WRITTEN = """
0:
  layer3:
    0: no
    1: {name: "a: b", caption: c}
"<b>crack</b> & |pipe|":
  layer2:
    2: <script>
"""


class TestHandwritten:
    def test_read(self):
        found = read_written(WRITTEN, "x", make_snapshot())
        assert found[0][GroupId("layer3", 0)] == Description("no")
        assert found[0][GroupId("layer3", 1)] == Description("a: b", "c")
        assert found[1][GroupId("layer2", 2)] == Description("<script>")

    @pytest.mark.parametrize(
        ("text", "says"),
        [
            ("0:\n  layer3:\n   - x", "line 3: wanted keys"),
            ("0:\n  layer9: {}", "line 2: no layer 'layer9'"),
            ("0:\n  fc: {0: x}", "line 2: no layer 'fc' with groups to name"),
            (
                "0:\n  layer3:\n    7: x",
                "line 3: no group '7' in layer 'layer3'. There are 0",
            ),
            (
                "0: {layer3: {0: a, 2: c, 9: x}}",
                "no group '9' in layer 'layer3'. There are 0, 1, 2.",
            ),
            (
                "0:\n  layer3:\n    0: x\n    0: y",
                "line 4: group 0 of layer 'layer3' is there twice",
            ),
            ("0:\n  layer3: {}\n  layer3: {}", "line 3: layer 'layer3' is there twice"),
            ("0: {}\nfunctional: {}", "line 2: class 'functional' is there twice"),
            ("9: {}", "line 1: no circuit of class number 9. There are 0, 1"),
            ("functionl: {}", "line 1: no circuit of a class named 'functionl'. Did you mean"),
            ("0:\n  layer3:\n    0: {caption: x}", "line 3: wanted 'name: …'"),
            ("0:\n  layer3:\n    0: {name: x, nam: y}", "line 3: wanted a name and"),
            ("0:\n  layer3:\n    0: {name: [x]}", "line 3: name: wanted a text"),
            ("0:\n  layer3:\n    0: [x]", "line 3: wanted keys"),
            ("0:\n  layer3:\n    0: " + "x" * 81, "line 3: name: wanted at most 80"),
            ('0:\n  layer3:\n    0: "a\\u202eb"', "line 3: name: wanted characters that are seen"),
            ('0:\n  layer3:\n    0: "a\\nb"', "line 3: name: wanted characters that are seen"),
            ("0:\n  layer3:\n    0: a\x1b[31m", "line 3: wanted characters that are seen"),
            ("0:\n  layer3:\n  \t0: x", "line 3: is no YAML"),
            ("0: {layer3: {0: !!python/object/apply:os.system [x]}}", "line 1: wanted keys"),
            ("x", "line 1: wanted keys"),
        ],
    )
    def test_refused_with_the_line(self, text, says):
        with pytest.raises(LabelError) as caught:
            read_written(text, "names.yaml", make_snapshot())
        assert str(caught.value).startswith("names.yaml, ")
        assert says in str(caught.value)

    def test_aliases_do_not_blow_up(self):
        bomb = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
            f"{chr(98 + i)}: &{chr(98 + i)} [{','.join(['*' + chr(97 + i)] * 9)}]\n"
            for i in range(8)
        )
        with pytest.raises(LabelError, match="line 1"):
            read_written(bomb, "x", make_snapshot())

    def test_files(self, tmp_path):
        (tmp_path / "names.yaml").write_bytes(b"\xff")
        with pytest.raises(LabelError, match="UTF-8"):
            read_written_file(str(tmp_path / "names.yaml"), make_snapshot())
        with pytest.raises(LabelError, match="Cannot be read"):
            read_written_file(str(tmp_path / "none.yaml"), make_snapshot())
        (tmp_path / "empty.yaml").write_text("")
        assert read_written_file(str(tmp_path / "empty.yaml"), make_snapshot()) == {}


class TestEditing:
    def test_what_is_not_touched_stays_whoevers_it_was(self):
        shot = make_snapshot()
        labels = label_snapshot(shot, Seeing())
        (carried,) = carriers(labels, [shot])
        text = editable("x", shot, carried)
        assert edited(labels, shot, carried, read_written(text, "x", shot)) == labels
        less = "\n".join(line for line in text.splitlines() if "name 3" not in line)
        assert "name 3" not in less

    def test_a_group_is_told_with_what_it_is_recognised_by(self):
        many = [Neuron(one, patches=(0, 1), importance=0.05) for one in range(14)]
        circuit = make_circuit(
            {"low": many, "fc": [Neuron(0, inputs={0: 1.0}, importance=1.0)]},
            {"low": [list(range(1, 14)), [0]]},
        )
        text = editable("x", small_snapshot(circuit), {}, {0: {LOW1: 47}})
        neurons = "neurons 1, 2, 3, 4, 5, 6, 7, 8 and 5 more"
        assert f"\n    0:  # importance 65%, {neurons}\n" in text
        assert "\n    1:  # importance 5%, lineage 47, neuron 0\n" in text

    def test_changed_added_and_taken_away(self):
        shot = make_snapshot()
        labels = label_snapshot(shot, Seeing(), layers=["layer3"], targets=[0])
        (carried,) = carriers(labels, [shot])
        text = editable("x", shot, carried).replace('"name 1"', '"dark: corner # 1"')
        text = text.replace('"name 2"', '""').replace('name: ""\n', 'name: "new"\n', 2)
        found = edited(labels, shot, carried, read_written(text, "x", shot))
        shown = follow(found, [shot])[0][0]
        told = {str(group): (one.name, one.source) for group, one in shown.items()}
        assert told["layer3/0"] == ("dark: corner # 1", "human")
        assert told["layer3/2"] == ("name 3", "namer")
        assert ("new", "human") in told.values()
        before = labels.groups[0].label
        after = found.by_key[labels.groups[0].key]
        assert after.labels == (
            replace(before, name="dark: corner # 1", score=None, source="human"),
            before,
        )

    def test_a_score_is_of_a_name(self):
        shot = make_snapshot()
        labels = label_snapshot(shot, Seeing(), layers=["layer3"], targets=[0])
        (carried,) = carriers(labels, [shot])
        written = {0: {GroupId("layer3", 0): Description("name 1", "Put right.")}}
        found = edited(labels, shot, carried, written).groups[0]
        assert found.label.score == labels.groups[0].label.score is not None
        written = {0: {GroupId("layer3", 0): Description("new")}}
        rescored = edited(labels, shot, carried, written, Seeing()).groups[0].label
        assert (rescored.name, rescored.score) == ("new", found.label.score)

    def test_a_name_put_right_goes_to_all_of_the_run(self):
        run = [snapshot(), snapshot(moved=1, step=20)]
        labels = Labels((named(run[0], 0, CLIP),))
        (carried,) = carriers(labels, run[1:])
        after = edited(labels, run[1], carried, {0: {LOW0: Description("mine")}})
        assert [one[0][LOW0].name for one in follow(after, run)] == ["mine", "mine"]
        assert len(after) == 1


class TestReports:
    def test_events_and_evidence_have_names(self):
        before, after = snapshot(), snapshot(moved=3, step=20)
        names = {0: {LOW0: Label("first", score=0.5)}}, {0: {LOW1: Label("whole")}}
        report = measure_drift(before, after, matching="neurons")
        told = named_report(report, *names)
        (target,) = told.targets
        (merged,) = [one for one in target.events if one.event == "merge"]
        assert merged.called == "first (0.50) → whole"
        called = {one.name: one.called for one in target.evidence if one.kind == "group"}
        assert called == {"low/0": "first (0.50)", "low/1": "whole"}
        assert named_report(report, {}, {}) is report
        ids = {0: {LOW0: 4}}, {0: {LOW0: 9, LOW1: 4}}
        (mixed,) = named_report(report, names[0], {}, *ids).targets
        assert next(one for one in mixed.events if one.event == "merge").called == (
            "first (0.50) → group 4"
        )
        assert (
            replace(
                target,
                events=tuple(replace(one, called="") for one in target.events),
                evidence=tuple(replace(one, called="") for one in target.evidence),
            )
            == report.targets[0]
        )


def test_relation_and_label_refuse():
    with pytest.raises(LabelError, match="share"):
        Relation("x", float("nan"))
    with pytest.raises(LabelError, match="score"):
        Label("x", score=True)
    with pytest.raises(LabelError, match="wanted a text"):
        Label("  ")
    with pytest.raises(LabelError, match="at most 80"):
        Label("x" * 10_000)
