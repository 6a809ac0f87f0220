"""The evaluations on a network whose answer to every mask is known, and what they refuse."""

from dataclasses import replace

import numpy as np
import pytest
import torch
from deciding import EACH, LAYERS, Deciding, analysed, images
from torch import nn

from needs import need_module
from networks import ResidualNet
from neurflow_lightning import NeurFlowConfig, ProbeSet, analyze
from neurflow_lightning.core.study import analysis_mode, open_study
from neurflow_lightning.errors import ComparisonError, ConfigError, ProbeError
from neurflow_lightning.evaluation.fidelity import MaskedNetwork
from neurflow_lightning.evaluation.running import evaluate
from neurflow_lightning.evaluation.settings import EvaluationSettings
from neurflow_lightning.evaluation.subject import core_sets, random_set

FEW = EvaluationSettings(
    taus=[2], sets=6, weight_sets=12, set_sizes=[1, 3], search_runs=40, search_neurons=2
)


@pytest.fixture(scope="module")
def report():
    need_module("captum", "captum")
    model, snapshot, probes = analysed()
    return evaluate(model, snapshot, probes, settings=FEW)


# --- the known answers -------------------------------------------------------------------


def test_the_circuit_is_the_one_that_was_built():
    _, snapshot, _ = analysed()
    assert core_sets(snapshot.circuits[0], 2) == {"high": (0,), "low": (5, 2)}
    assert core_sets(snapshot.circuits[0], 1) == {"high": (0,), "low": (5,)}


def test_masking_the_core_leaves_chance_and_masking_others_changes_nothing(report):
    masked = [one for one in report.fidelity if one.mode == "mask"]
    assert {(one.layer, one.reach) for one in masked} == {
        ("high", "single"),
        ("low", "single"),
        ("low", "cumulative"),
    }
    for one in masked:
        found = one.accuracy
        assert (found.whole, found.core, found.random) == (1.0, 0.5, 1.0)
        assert (found.gain.value, found.gain.low, found.gain.high) == pytest.approx((0.5,) * 3)
        assert one.logit.core == pytest.approx(0, abs=1e-6)
        assert one.logit.random == pytest.approx(one.logit.whole, rel=1e-6)
        assert one.logit.gain.verdict == "yes"


def test_the_core_alone_does_the_work_and_others_alone_do_not(report):
    retained = [one for one in report.fidelity if one.mode == "retain"]
    assert len(retained) == 3
    for one in retained:
        assert (one.accuracy.core, one.accuracy.random) == (1.0, 0.5)
        assert one.accuracy.gain.verdict == "yes"
        assert one.logit.core == pytest.approx(one.logit.whole, rel=1e-6)


def test_rivals_that_know_the_weights_choose_the_core_too(report):
    (one,) = (one for one in report.fidelity if (one.layer, one.mode) == ("high", "mask"))
    found = {each.method: each.value for each in one.rivals}
    assert found["neuron_mct"] == 0.5
    (low,) = (
        each
        for each in report.fidelity
        if (each.layer, each.mode, each.reach) == ("low", "mask", "single")
    )
    norms = {each.method: each.value for each in low.rivals}
    assert norms["weight_norm"] == 1.0  # all filters are alike, so that it takes the first two


def test_without_the_core_nothing_is_left_of_a_concept(report):
    """Knocked out, all patches answer 0, and the first ones lead: those that answered least."""
    (one,) = (each for each in report.optimality if each.upper == "fc")
    assert (one.size, one.neurons, one.sets) == (2, 1, 6)
    assert one.core.value == 0
    assert one.exhaustive == one.greedy == 0
    assert one.combinations == 8  # the logit has one core neuron, and its sets are of one


def test_random_sets_leave_all_unless_they_hold_one_of_the_two(report):
    (one,) = (each for each in report.optimality if each.upper == "high")
    assert one.core.value == 0
    assert one.random.value > 0.4
    assert one.beaten.value > 0.5
    assert one.exhaustive == 0
    assert one.combinations == 28
    assert {each.method: each.value for each in one.rivals}["weight_norm"] == 1.0


@pytest.mark.parametrize("upper", ["fc", "high"])
def test_on_a_linear_way_weights_are_effects(report, upper):
    told = {one.method: one for one in report.weights if (one.upper, one.size) == (upper, 3)}
    for exact in ("ig", "gradient_activation", "gradient_shap", "conductance"):
        assert told[exact].pearson.value == pytest.approx(1, abs=1e-5)
        assert told[exact].spearman.value > 0.99
    assert told["activation_magnitude"].pearson.value < 0.95


# --- sets and masks ----------------------------------------------------------------------


def test_a_core_that_fills_the_layer_is_cut_to_half_of_it():
    _, snapshot, probes = analysed()
    settings = replace(FEW, what=["fidelity"], rivals=[], taus=[4])
    crowded = nn.Sequential(nn.Linear(8, 4), nn.ReLU(), nn.Linear(4, 2))
    torch.manual_seed(0)
    nn.init.uniform_(crowded[0].weight, 0.1, 1.0)
    config = replace(snapshot.config, tau=4)
    found = analyze(crowded, probes, layers=["1", "2"], targets=[1], config=config)
    report = evaluate(crowded, found, probes, settings=settings)
    one = report.fidelity[0]
    assert (one.neurons, one.core_neurons, one.width) == (2, 4, 4)
    assert report.notes == ("1: where half of it is core, the other half is the only random set",)


def test_random_sets_hold_none_of_the_core():
    random = np.random.default_rng(0)
    for _ in range(50):
        drawn = random_set(random, 10, 5, without=[1, 3, 5, 7])
        assert len(set(drawn.tolist())) == 5
        assert not {1, 3, 5, 7} & set(drawn.tolist())


class Squeezing(Deciding):
    """Cannot take a single row."""

    def forward(self, values):
        return super().forward(values[:, :, None].squeeze())


@pytest.mark.parametrize("upward", [True, False])
def test_no_image_is_run_alone(upward):
    _, snapshot, probes = analysed()
    model = Squeezing()
    with analysis_mode(model):
        config = snapshot.config if upward else replace(snapshot.config, memory_budget=1)
        study = open_study(model, probes, LAYERS, [1], config, None)
        found = MaskedNetwork(study, probes.images, 2 * EACH - 1).logits({"low": np.array([2])})
    torch.testing.assert_close(found[:, 1], probes.images[:, 5])


@pytest.mark.parametrize("upward", [True, False])
def test_masks_are_the_same_from_a_layer_up_and_from_the_images(upward):
    model, snapshot, probes = analysed()
    masks = {"low": np.array([2]), "high": np.array([1])}
    with analysis_mode(model):
        config = snapshot.config if upward else replace(snapshot.config, memory_budget=1)
        study = open_study(model, probes, LAYERS, [1], config, None)
        found = MaskedNetwork(study, probes.images, 5).logits(masks)
    assert torch.equal(found[:, 0], torch.zeros(2 * EACH))
    torch.testing.assert_close(found[:, 1], probes.images[:, 5])


def test_a_skip_around_a_layer_is_not_masked_with_it():
    """logit = mean(x) + mean(branch): the block's own sum is masked, not what enters it."""
    net = ResidualNet([[0.0, 1.0], [1.0, 0.0]], [[1.0, 1.0], [0.0, 1.0]])
    images = torch.rand(4, 2, 3, 3)
    probes = ProbeSet(images)
    with analysis_mode(net):
        config = NeurFlowConfig(granularities=(1.0,))
        study = open_study(net, probes, ["low", "block.branch", "fc"], [0], config, None)
        assert study.segments[1].needs_context
        network = MaskedNetwork(study, images, 4)
        masked = network.logits({"block.branch": np.array([0, 1])})
    torch.testing.assert_close(masked[:, 0], images.mean((2, 3)).sum(1))


# --- settings and bad input --------------------------------------------------------------


def test_the_same_seed_gives_the_same_report_and_another_one_other_sets():
    model, snapshot, probes = analysed()
    settings = replace(FEW, methods=["ig"], rivals=[])

    def found(seed):
        made = evaluate(model, snapshot, probes, settings=replace(settings, seed=seed))
        weights = tuple(replace(one, seconds=0.0) for one in made.weights)
        return repr(replace(made, seconds=(), settings={}, weights=weights))

    assert found(0) == found(0)
    assert found(0) != found(1)


def test_it_leaves_no_trace():
    model, snapshot, probes = analysed()
    model.train()

    def state():
        return (
            {name: one.numpy().tobytes() for name, one in model.state_dict().items()},
            [one.training for one in model.modules()],
            [(one.requires_grad, one.grad) for one in model.parameters()],
            [len(one._forward_hooks) for one in model.modules()],
            [dict(vars(one)) for one in model.modules()],
            torch.get_rng_state().tolist(),
            np.random.get_state()[1].tolist(),
        )

    before = state()
    evaluate(model, snapshot, probes, settings=FEW)
    assert state() == before


def test_only_what_was_asked_for_is_there():
    model, snapshot, probes = analysed()
    report = evaluate(model, snapshot, probes, settings=replace(FEW, what=["fidelity"]))
    assert report.fidelity
    assert not report.optimality
    assert not report.weights
    assert [name for name, _ in report.seconds] == ["fidelity"]


def test_without_other_classes_there_is_a_logit_but_no_accuracy():
    model, snapshot, probes = analysed()
    own = images()[0][EACH:]
    settings = replace(FEW, what=["fidelity"])
    report = evaluate(
        model, snapshot, probes, images=own, labels=torch.ones(EACH).long(), settings=settings
    )
    one = report.fidelity[0]
    assert np.isnan([one.accuracy.whole, one.accuracy.core, one.accuracy.gain.value]).all()
    assert one.logit.gain.verdict == "yes"


def test_concepts_of_all_patches_are_left_out_and_said():
    model, snapshot, probes = analysed()
    config = replace(snapshot.config, top_k=50)
    found = analyze(model, probes, layers=LAYERS, targets=[1], config=config)
    report = evaluate(model, found, probes, settings=replace(FEW, what=["optimality"]))
    assert report.optimality == ()
    assert any("concepts of all patches" in one for one in report.notes)


def refused(error, words, *, change=lambda model: model, probes=None, settings=FEW, **data):
    model, snapshot, own = analysed()
    with pytest.raises(error, match=words):
        evaluate(change(model), snapshot, probes or own, settings=settings, **data)


def test_another_network_is_refused():
    def changed(model):
        with torch.no_grad():
            model.high.weight.mul_(1.5)
        return model

    refused(
        ComparisonError, r"not the one that the circuit of 'yes' .*fc:1 responds", change=changed
    )


def test_another_probe_set_is_refused():
    values, labels = images()
    for other in (ProbeSet(values + 1, labels), ProbeSet(values[1:], labels[1:])):
        refused(ProbeError, "made on other images", probes=other)


def test_images_by_prediction_are_known_again():
    """Their true labels would give the target other images."""
    values, labels = images()
    model, probes = Deciding(), ProbeSet(values, 1 - labels)
    config = NeurFlowConfig(tau=2, top_k=4, nodes=2, images_by="prediction")
    snapshot = analyze(model, probes, layers=LAYERS, targets=[1], config=config)
    report = evaluate(model, snapshot, probes, settings=replace(FEW, what=["fidelity"], rivals=[]))
    assert report.own == ((1, EACH),)
    assert {one.accuracy.whole for one in report.fidelity} == {1.0}


def test_fidelity_needs_labels_and_images_of_the_target():
    values, labels = images()
    refused(ProbeError, "wanted both or neither", images=values)
    refused(ProbeError, r"shape \(3,\): wanted one class", images=values, labels=labels[:3])
    refused(
        ProbeError,
        "None of the 12 images is of target 'yes'",
        images=values[:EACH],
        labels=labels[:EACH],
    )


def test_without_labels_fidelity_alone_is_impossible():
    values, _ = images()
    model, probes = Deciding(), ProbeSet(values)
    snapshot = analyze(model, probes, layers=LAYERS, targets=[1], config=NeurFlowConfig(top_k=4))
    with pytest.raises(ProbeError, match="Fidelity needs images with labels"):
        evaluate(model, snapshot, probes, settings=FEW)
    some = replace(FEW, what=["optimality"])
    assert evaluate(model, snapshot, probes, settings=some).optimality


@pytest.mark.parametrize(
    ("argument", "words"),
    [
        ({"what": ["truth"]}, "'truth'"),
        ({"what": []}, r"what=\[\]: wanted a list"),
        ({"what": "fidelity"}, "wanted a list"),
        ({"taus": [0]}, "taus=0: wanted a whole number of at least 1"),
        ({"sets": 1}, "sets=1: wanted a whole number of at least 2"),
        ({"methods": ["gradients"]}, "'gradients'. Did you mean 'gradient'"),
        ({"seed": True}, "seed=True"),
    ],
)
def test_settings_out_of_range_are_named(argument, words):
    with pytest.raises(ConfigError, match=words):
        EvaluationSettings(**argument)
