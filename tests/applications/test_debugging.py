"""Images seen through circuits of a network whose answers under every mask follow on paper.

Neurons of ``low`` copy the input channels; class 0 is read from neuron 0, class 1 from neuron 1,
and neuron 2, the shortcut, adds twice its own to class 1. Neuron 3 does nothing.
"""

import json
from dataclasses import replace

import numpy as np
import pytest
import torch
from torch import nn

from evolution.snapshots import Neuron, make_circuit, make_snapshot
from neurflow_lightning.applications.debugging import (
    Answers,
    Untested,
    debug_batch,
    debug_image,
    trace_groups,
    worst_mistakes,
)
from neurflow_lightning.applications.recording import CROPS, PAST, Looked, mistakes_record
from neurflow_lightning.applications.telling import image_content
from neurflow_lightning.config import NeurFlowConfig
from neurflow_lightning.core.probes import ProbeSet
from neurflow_lightning.errors import ComparisonError, ConfigError, LayerError, ProbeError
from neurflow_lightning.tensorboard_plugin.checking import unpack_mistakes
from neurflow_lightning.types import GroupId

CONFIG = {"granularities": (1.0, 0.5)}
WEIGHTS = torch.tensor([[1.0, 0.0, 0.0, 0.0], [0.0, 1.0, 2.0, 0.0]])


class Copying(nn.Module):
    def __init__(self):
        super().__init__()
        self.low = nn.Conv2d(4, 4, 1, bias=False)
        self.low.weight.data = torch.eye(4)[:, :, None, None]
        self.drop = nn.Dropout(0.9)
        self.calls = 0
        self.fc = nn.Linear(4, 2, bias=False)
        self.fc.weight.data = WEIGHTS.clone()

    def forward(self, x):
        self.calls += 1
        return self.fc(self.drop(torch.relu(self.low(x))).mean((2, 3)))


def of_class(target, sources):
    """A circuit in which each source neuron is a group, normally active at 1."""
    level = (1.0, 1.0, 1.0, 1.0)
    return make_circuit(
        {
            "low": [Neuron(one, activations=level) for one in sources],
            "fc": [Neuron(target, inputs=sources, activations=level, importance=1.0)],
        },
        name=("cat", "dog")[target],
    )


def snapshot(**changes):
    probes = ProbeSet(torch.zeros(4, 4, 8, 8), torch.tensor([0, 0, 1, 1]), ("cat", "dog"))
    made = make_snapshot(of_class(0, {0: 1.0}), of_class(1, {1: 1.0, 2: 2.0}), **CONFIG)
    return replace(made, probe=probes.info(NeurFlowConfig(**CONFIG)), **changes)


def image(cat=0.0, dog=0.0, shortcut=0.0):
    """Channels that are so active everywhere; the shortcut only in the lower right quarter."""
    made = torch.zeros(4, 8, 8)
    made[0], made[1] = cat, dog
    made[2, 4:, 4:] = shortcut
    return made


MISTAKEN = image(cat=1.0, shortcut=4.0)  # the shortcut's mean is 1, so that class 1 has 2
SHORTCUT = GroupId("low", 1)


class TestImage:
    def test_what_fired_where(self):
        report = debug_image(Copying(), snapshot(), MISTAKEN, "cat")
        assert (report.predicted, report.true, report.is_mistake) == (1, 0, True)
        assert report.logits.tolist() == [1.0, 2.0]
        assert report.margin == 1.0
        (one,) = report.misleading
        assert one.group == SHORTCUT
        assert one.score == pytest.approx(4.0, rel=1e-4)
        # The quarter itself, the three that half or quarter cover it, and the whole image.
        assert report.box(one.best) == (4, 4, 4, 4)
        assert {report.box(int(crop)) for crop in one.crops} == {
            *((0, 0, 8, 8), (2, 2, 4, 4), (2, 4, 4, 4), (4, 2, 4, 4), (4, 4, 4, 4)),
        }
        assert one.activations.tolist() == [4.0]

    def test_the_path_of_the_answer_and_of_the_true_class(self):
        report = debug_image(Copying(), snapshot(), MISTAKEN, 0)
        paths = {one.name: [str(edge.source) for edge in one.path] for one in report.circuits}
        assert paths == {"cat": ["low/0"], "dog": ["low/1"]}

    def test_what_is_missing(self):
        report = debug_image(Copying(), snapshot(), image(cat=0.1, shortcut=4.0), 0)
        assert [one.group for one in report.missing] == [GroupId("low", 0)]
        assert report.circuit(0).path == ()

    def test_what_masking_does_to_the_answer(self):
        report = debug_image(Copying(), snapshot(), MISTAKEN, 0, effects=True)
        shortcut = report.circuit(1).group(SHORTCUT)
        assert shortcut.effect.margin_change == pytest.approx(-2.0)
        assert shortcut.effect.answer == 0
        cat = report.circuit(0).group(GroupId("low", 0))
        assert cat.effect.margin_change == pytest.approx(1.0)
        assert cat.effect.answer == 1
        assert report.circuit(1).group(GroupId("low", 0)).effect is None  # did not fire
        assert report.circuit(1).groups[0].effect is None  # the target itself

    def test_a_right_answer_has_nothing_to_change(self):
        report = debug_image(Copying(), snapshot(), image(dog=1.0), "dog")
        assert not report.is_mistake
        assert report.misleading == report.missing == ()
        assert (report.rival, report.margin) == (0, 1.0)

    def test_what_is_no_tensor_is_told_with_its_shape(self):
        with pytest.raises(ProbeError, match=r"got ndarray of shape \(4, 8, 8\), wanted a tensor"):
            debug_image(Copying(), snapshot(), MISTAKEN.numpy())
        with pytest.raises(ProbeError, match=r"got list, wanted a tensor of shape \(N, 4, 8, 8\)"):
            debug_batch(Copying(), snapshot(), [MISTAKEN], [0])

    def test_nobody_knows_the_class(self):
        report = debug_image(Copying(), snapshot(), MISTAKEN[None], effects=True)
        assert (report.true, report.is_mistake, report.rival) == (None, False, 0)
        assert report.circuit(1).group(SHORTCUT).effect.answer == 0

    def test_a_class_without_a_circuit_is_said(self):
        only = replace(snapshot(), circuits=snapshot().circuits[:1])
        report = debug_image(Copying(), only, MISTAKEN, 0)
        assert report.without_circuit == (1,)
        assert report.misleading == ()
        assert report.circuit(1) is None

    def test_crops_are_those_of_the_probe_images(self):
        given = debug_image(Copying(), snapshot(), MISTAKEN, 0)
        assert given.boxes.tolist() == snapshot().probe.grid.boxes.tolist()

    def test_vectors_are_their_own_crops(self):
        class Dense(Copying):
            def __init__(self):
                super().__init__()
                self.low = nn.Linear(4, 4, bias=False)
                self.low.weight.data = torch.eye(4)

            def forward(self, x):
                return self.fc(torch.relu(self.low(x)))

        probes = ProbeSet(torch.zeros(2, 4))
        made = replace(snapshot(), probe=probes.info(NeurFlowConfig(**CONFIG)))
        report = debug_image(Dense(), made, torch.tensor([1.0, 0.0, 1.0, 0.0]), 0)
        (one,) = report.misleading
        assert (report.boxes, report.box(one.best), one.crops.tolist()) == (None, None, [0])

    @pytest.mark.parametrize(
        ("given", "error", "says"),
        [
            ({"image": torch.zeros(4, 8, 9)}, ProbeError, r"\(4, 8, 9\).*\(4, 8, 8\)"),
            ({"image": torch.zeros(2, 4, 8, 8)}, ProbeError, r"\(2, 4, 8, 8\)"),
            ({"image": np.zeros((4, 8, 8))}, ProbeError, "ndarray"),
            ({"true": 2}, ConfigError, "true=2"),
            ({"true": "cow"}, ConfigError, "'cat', 'dog'"),
            ({"true": True}, ConfigError, "true=True"),
            ({"threshold": 0.0}, ConfigError, "threshold=0.0"),
            ({"threshold": float("nan")}, ConfigError, "threshold=nan"),
            ({"image": torch.full((4, 8, 8), float("nan"))}, LayerError, "not finite"),
        ],
    )
    def test_what_is_refused(self, given, error, says):
        with pytest.raises(error, match=says):
            debug_image(Copying(), snapshot(), **{"image": MISTAKEN, **given})

    def test_a_name_of_two_classes_is_refused_with_both_numbers(self):
        made = snapshot()
        twice = replace(made, probe=replace(made.probe, class_names=("cat", "cat")))
        with pytest.raises(ConfigError, match=r"true='cat': the classes 0 and 1 .* true=0"):
            debug_image(Copying(), twice, MISTAKEN, "cat")
        assert debug_image(Copying(), twice, MISTAKEN, 0).true == 0

    def test_another_network_is_refused(self):
        model = Copying()
        model.low = nn.Conv2d(4, 2, 1)
        model.fc = nn.Linear(2, 2)
        with pytest.raises(LayerError, match=r"low:2.*has 2 neurons"):
            debug_image(model, snapshot(), MISTAKEN)

    def test_logits_wherever_they_come_from(self):
        class Pair(Copying):
            def forward(self, x, flag):
                return super().forward(x)

        report = debug_image(
            Pair(), snapshot(), MISTAKEN, 0, effects=True, forward=lambda model, x: model(x, 1)
        )
        assert report.predicted == 1


def state(model):
    return {
        "modes": [one.training for one in model.modules()],
        "hooks": [len(one._forward_hooks) for one in model.modules()],
        "needs": [one.requires_grad for one in model.parameters()],
        "weights": [one.clone() for one in model.parameters()],
        "gradients": [one.grad for one in model.parameters()],
        "calls": model.calls,
    }


def test_no_trace_is_left(monkeypatch):
    model = Copying().train()
    model.drop.eval()
    before, rng = state(model), torch.get_rng_state()
    debug_image(model, snapshot(), MISTAKEN, 0, effects=True)
    debug_batch(model, snapshot(), *batch(), permutations=9)
    worst_mistakes(model, snapshot(), *batch(), 2)
    after = state(model)
    assert all(map(torch.equal, before.pop("weights"), after.pop("weights")))
    assert before == after
    assert torch.equal(rng, torch.get_rng_state())
    assert torch.is_grad_enabled()


def batch(mistakes=8, hits=12):
    """Cats, of which some have the shortcut and are taken for dogs; and dogs, none mistaken."""
    noise = torch.rand(mistakes + 2 * hits, generator=torch.Generator().manual_seed(0)) * 0.3
    images = [
        *(image(cat=0.8 + float(one), shortcut=5.0) for one in noise[:mistakes]),
        *(image(cat=0.8 + float(one), dog=0.1) for one in noise[mistakes : mistakes + hits]),
        *(image(dog=0.8 + float(one)) for one in noise[mistakes + hits :]),
    ]
    return torch.stack(images), torch.tensor([0] * (mistakes + hits) + [1] * hits)


class TestBatch:
    def test_what_misleads_comes_first_and_alone(self):
        report = debug_batch(Copying(), snapshot(), *batch())
        first = report.suspects[0]
        assert (first.target, first.group, first.direction) == (1, SHORTCUT, "misleads")
        assert (first.mistakes, first.hits) == (8, 12)
        assert (first.fired_mistakes, first.fired_hits, first.auroc) == (1.0, 0.0, 1.0)
        assert first.p_adjusted < 0.01
        assert report.significant() == (first,)
        assert report.shared == (first,)

    def test_dogs_have_no_mistakes_to_test(self):
        report = debug_batch(Copying(), snapshot(), *batch())
        missing = [one for one in report.contrasts if (one.target, one.direction) == (1, "missing")]
        assert len(missing) == 2
        assert all(np.isnan(one.p) and one.mistakes == 0 for one in missing)
        assert all(np.isnan(one.fired_mistakes) for one in missing)

    def test_what_is_missing_is_found(self):
        images, labels = batch(mistakes=0)
        faint = torch.stack([image(cat=0.05, dog=0.1 + 0.01 * one) for one in range(8)])
        report = debug_batch(
            Copying(),
            snapshot(),
            torch.cat([images, faint]),
            torch.cat([labels, torch.zeros(8).long()]),
        )
        (found,) = [one for one in report.significant() if one.direction == "missing"]
        assert (found.target, found.group, found.auroc) == (0, GroupId("low", 0), 0.0)
        assert (found.fired_mistakes, found.fired_hits) == (0.0, 1.0)

    def test_mistakes_are_listed_the_worst_first(self):
        report = debug_batch(Copying(), snapshot(), *batch(), permutations=9)
        assert sorted(report.mistakes.tolist()) == list(range(8))
        assert np.all(np.diff(report.margins[report.mistakes]) <= 0)

    def test_what_could_not_be_tested_is_told_with_its_counts(self):
        report = debug_batch(Copying(), snapshot(), *batch(), permutations=9)
        assert report.untested == (
            Untested(0, "misleads", (), 0, 0),
            Untested(1, "missing", (1,), 0, 12),
        )
        nothing_right = debug_batch(Copying(), snapshot(), *batch(hits=0), permutations=9)
        assert nothing_right.untested == (
            Untested(0, "misleads", (), 0, 0),
            Untested(0, "missing", (0,), 8, 0),
            Untested(1, "misleads", (0,), 8, 0),
            Untested(1, "missing", (1,), 0, 0),
        )

    def test_mistakes_that_circuits_explain_come_first(self):
        report = debug_batch(Copying(), snapshot(), *batch(), permutations=9)
        of_cats = replace(
            report,
            true=np.array([1, 0, 2, 2, 0, 3, 0]),
            predicted=np.array([0, 3, 3, 0, 0, 2, 2]),
            margins=np.array([1.0, 4.0, 9.0, 2.0, 0.0, 8.0, 5.0]),
            targets=(0,),
        )
        assert of_cats.mistakes.tolist() == [2, 5, 6, 1, 3, 0]
        # Taken for a cat; then cats; then the others: the larger margin first.
        assert of_cats.explained_best(9).tolist() == [3, 0, 6, 1, 2, 5]
        assert of_cats.explained_best(2).tolist() == [3, 0]
        assert of_cats.passed_over([3, 0]) == (2, 5, 6, 1)
        assert of_cats.passed_over([2, 5]) == of_cats.passed_over([]) == ()
        assert list(of_cats.without_circuit.items()) == [(3, 2), (2, 2)]

    def test_a_circuit_of_the_logits_alone_is_one(self):
        made = snapshot(circuits=(of_class(0, {0: 1.0}), of_class(1, {})))
        report = debug_batch(Copying(), made, *batch(), permutations=9)
        assert {one.target for one in report.contrasts} == {0}
        assert report.targets == (0, 1)
        assert report.without_circuit == {}

    def test_the_logits_own_groups_are_not_tested(self):
        report = debug_batch(Copying(), snapshot(), *batch(), permutations=9)
        assert {one.group.layer for one in report.contrasts} == {"low"}

    def test_the_same_seed_gives_the_same(self):
        images, _ = batch()
        labels = torch.arange(len(images)) % 2  # mistakes of every kind, which nothing separates
        first, second, other = (
            debug_batch(Copying(), snapshot(), images, labels, permutations=99, seed=seed).contrasts
            for seed in (0, 0, 1)
        )
        assert repr(first) == repr(second)
        assert repr(first) != repr(other)

    def test_without_a_mistake_nothing_is_found(self):
        report = debug_batch(Copying(), snapshot(), *batch(mistakes=0))
        assert len(report.mistakes) == 0
        assert report.significant() == report.suspects == report.shared == ()

    def test_one_image_is_enough_to_run(self):
        images, labels = batch()
        assert len(debug_batch(Copying(), snapshot(), images[:1], labels[:1]).mistakes) == 1

    @pytest.mark.parametrize(
        ("images", "labels", "says"),
        [
            (torch.zeros(2, 4, 8, 8), torch.zeros(3).long(), r"\(3,\)"),
            (torch.zeros(2, 4, 8, 8), torch.zeros(2), "float32"),
            (torch.zeros(2, 4, 8, 8), [0, 2], "0 to 1"),
            (torch.zeros(2, 4, 8, 8), [0, -1], "Labels from -1"),
            (torch.zeros(0, 4, 8, 8), [], "at least 1"),
            (torch.zeros(2, 3, 8, 8), [0, 1], r"\(2, 3, 8, 8\)"),
        ],
    )
    def test_what_is_refused(self, images, labels, says):
        with pytest.raises(ProbeError, match=says):
            debug_batch(Copying(), snapshot(), images, labels)

    def test_without_permutations_there_is_no_test(self):
        with pytest.raises(ConfigError, match="permutations=0"):
            debug_batch(Copying(), snapshot(), *batch(), permutations=0)


class TestWorstMistakes:
    def test_are_the_worst_with_what_all_are_taken_for(self):
        images, labels = batch()
        found, answers = worst_mistakes(Copying(), snapshot(), images, labels, 3)
        everything = debug_batch(Copying(), snapshot(), images, labels, permutations=9)
        assert [one.image for one in found] == everything.mistakes[:3].tolist()
        assert answers.taken.tolist() == everything.predicted.tolist()
        assert (answers.sure >= answers.right).all()
        wrong = answers.taken != everything.true
        assert ((answers.sure > answers.right) == wrong).all()
        assert all(one.report.is_mistake for one in found)

    def test_none_are_none(self):
        assert worst_mistakes(Copying(), snapshot(), *batch(mistakes=0), 3)[0] == ()

    def test_each_is_what_it_is_alone(self):
        images, labels = batch()
        found, _ = worst_mistakes(Copying(), snapshot(), images, labels, 2, effects=True)
        for one in found:
            true = int(labels[one.image])
            alone = debug_image(Copying(), snapshot(), images[one.image], true, effects=True)
            assert image_content(one.report) == image_content(alone)

    def test_the_network_is_opened_once_for_all(self):
        images, labels = batch()
        calls = {}
        for most in (1, 3):
            model = Copying()
            worst_mistakes(model, snapshot(), images, labels, most)
            calls[most] = model.calls
        crops = 2  # runs of the network: one for the crops of each further image
        assert calls[3] - calls[1] <= 2 * crops


class TestRecord:
    def told(self, most=2, before=()):
        images, labels = batch()
        probes = ProbeSet(images, labels, ("cat", "dog"))
        mistakes, answers = worst_mistakes(
            Copying(), snapshot(), images, labels, most, effects=True
        )
        now = Looked(9, answers, frozenset(one.image for one in mistakes))
        record = mistakes_record(mistakes, snapshot(), probes, [*before, now])
        return mistakes, answers, record

    def test_is_one_that_the_tab_reads(self):
        _, _, record = self.told()
        assert unpack_mistakes(record.packed) == json.loads(json.dumps(record.content))

    def test_says_what_the_reports_say(self):
        mistakes, answers, record = self.told()
        content = record.content
        assert content["wrong"] == int((answers.taken != batch()[1].numpy()).sum())
        assert content["names"] == {"0": "cat", "1": "dog"}
        assert content["input"] == [8, 8]
        for one, told in zip(mistakes, content["mistakes"], strict=True):
            report = one.report
            assert (told["image"], told["true"], told["predicted"]) == (one.image, 0, 1)
            assert told["sure"] + told["right"] == pytest.approx(1, abs=1e-3)
            assert [each["target"] for each in told["circuits"]] == [1, 0]
            groups = told["circuits"][0]["groups"]
            fired = {each.group: each for each in report.circuit(1).below_the_target()}
            assert len(groups) == len(fired)
            for group in groups:
                known = fired[GroupId(group["layer"], group["number"])]
                assert group["score"] == pytest.approx(known.score, rel=1e-3)
                assert group["fired"] == known.fired
                assert group["crops"][0] == [known.best, pytest.approx(known.score, rel=1e-3)]
                assert len(group["crops"]) <= CROPS
                assert (group["effect"] is None) == (known.effect is None)
            path = [(layer, place) for layer, place, _ in told["circuits"][0]["path"]]
            edges = [(edge.source.layer, edge.source.number) for edge in report.circuit(1).path]
            assert path == edges != []

    def test_the_verdict_is_of_the_score_before_it_was_rounded(self):
        images, labels = batch()
        probes = ProbeSet(images, labels, ("cat", "dog"))
        (one,), answers = worst_mistakes(Copying(), snapshot(), images, labels, 1)
        dog = one.report.circuit(1)
        barely = tuple(replace(each, score=0.80001, fired=True) for each in dog.groups)
        circuits = one.report.circuits[0], replace(dog, groups=barely)
        told = replace(one, report=replace(one.report, circuits=circuits))
        now = Looked(9, answers, frozenset([one.image]))
        content = mistakes_record([told], snapshot(), probes, [now]).content
        groups = content["mistakes"][0]["circuits"][0]["groups"]
        assert [(each["score"], each["fired"]) for each in groups] == [(0.8, True)] * 2

    def test_tells_what_an_image_was_taken_for_before(self):
        mistakes, answers, _ = self.told()
        first = mistakes[0].image
        right = Answers(batch()[1].numpy(), answers.sure, answers.sure)
        before = [Looked(step, right, frozenset()) for step in range(PAST + 3)]
        before[-1] = Looked(8, answers, frozenset([first]))
        told = self.told(before=before)[2].content["mistakes"][0]
        assert len(told["past"]) == PAST
        assert told["past"][0][:2] == [3, 0]
        assert told["past"][-1][:2] == [8, 1]
        assert [one[4] for one in told["past"]] == [0] * (PAST - 1) + [1]

    def test_no_mistakes_are_told_too(self):
        record = self.told(most=0)[2]
        assert record.content["mistakes"] == [] == list(record.sheets)
        assert unpack_mistakes(record.packed)["wrong"] > 0


class TestTraces:
    def test_the_same_group_at_every_moment(self):
        early, late = Copying(), Copying()
        early.low.weight.data[2] *= 0.5
        snapshots = snapshot(epoch=0), snapshot(epoch=1)
        reports = [
            debug_image(model, one, MISTAKEN, 0)
            for model, one in zip((early, late), snapshots, strict=True)
        ]
        traces = {(one.target, one.groups[-1]): one for one in trace_groups(snapshots, reports)}
        assert traces[1, SHORTCUT].scores == pytest.approx((2.0, 4.0), rel=1e-4)
        assert traces[1, SHORTCUT].groups == (SHORTCUT, SHORTCUT)
        assert traces[0, GroupId("low", 0)].scores == pytest.approx((1.0, 1.0), rel=1e-4)

    def test_a_group_that_was_not_there_has_no_score(self):
        before = replace(snapshot(), circuits=(of_class(0, {0: 1.0}), of_class(1, {1: 1.0})))
        snapshots = before, snapshot()
        reports = [debug_image(Copying(), one, MISTAKEN, 0) for one in snapshots]
        (found,) = [one for one in trace_groups(snapshots, reports) if one.scores[0] is None]
        assert (found.target, found.groups) == (1, (None, SHORTCUT))

    @pytest.mark.parametrize("count", [0, 2])
    def test_there_is_a_report_for_each_snapshot(self, count):
        with pytest.raises(ComparisonError, match="one for each"):
            trace_groups([snapshot()] * count, [])
