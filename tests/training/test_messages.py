from dataclasses import replace

import numpy as np
import pytest
import torch

from neurflow_lightning import NeurFlowConfig, ProbeSet, analyze
from neurflow_lightning.core.planning import plan
from neurflow_lightning.training import messages
from neurflow_lightning.training.budget import Budget
from neurflow_lightning.training.schedule import Schedule
from neurflow_lightning.types import Snapshot
from trainings import LAYERS, SMALL, SmallNet, images


def made_by(attribution):
    torch.manual_seed(0)
    net, probes = SmallNet(), ProbeSet(*images().tensors)
    return analyze(net, probes, layers=LAYERS, targets=[0], config=SMALL, attribution=attribution)


@pytest.fixture(scope="module")
def snapshot():
    return made_by("auto")


def with_gap(snapshot: Snapshot, gap: float) -> Snapshot:
    """Every sum of attributions misses the response change by ``gap`` of it."""
    (circuit,) = snapshot.circuits
    neurons = tuple(
        one
        if one.inputs is None
        else replace(
            one,
            inputs=replace(
                one.inputs,
                completeness_gap=gap * np.asarray(one.inputs.response_change, dtype=np.float32),
            ),
        )
        for one in circuit.neurons
    )
    return replace(snapshot, circuits=(replace(circuit, neurons=neurons),))


@pytest.mark.parametrize(
    ("method", "way_out"),
    [("ig", "raise nodes in NeurFlowConfig"), ("norm-held", "attribution='ig'")],
)
def test_rough_attributions_name_layer_gap_and_way_out(method, way_out):
    said = messages.rough_attributions(with_gap(made_by(method), 0.35))
    assert "are rough (gap 35% for target 0" in said
    assert way_out in said
    assert messages.rough_attributions(with_gap(made_by(method), 0.05)) is None


def test_one_pass_has_no_gap_to_be_rough():
    assert messages.rough_attributions(with_gap(made_by("gradient"), 0.35)) is None


def test_groups_of_unknown_stability_name_their_layers_and_the_way_out():
    config = replace(SMALL, resamples=20)
    probes = ProbeSet(*images().tensors)
    for budget, said in ((1, True), (2**30, False)):
        settings = replace(config, memory_budget=budget)
        found = analyze(SmallNet(), probes, layers=LAYERS, targets=[0], config=settings)
        text = messages.ungated_groups(found)
        assert (text is not None) is said
        if text is not None:
            assert f"neuron groups in {', '.join(LAYERS)} is not measured" in text
            assert "Raise memory_budget" in text


@pytest.mark.parametrize(("top_k", "said"), [(30, True), (29, False)])
def test_concepts_that_are_all_patches_are_said(top_k, said):
    config = NeurFlowConfig(
        tau=2, top_k=top_k, nodes=2, images_per_target=3, granularities=(1.0, 0.5)
    )
    probes = ProbeSet(*images().tensors)
    ahead = plan(SmallNet(), probes, layers=LAYERS, targets=[0], config=config)
    text = messages.expectation(ahead, probes, config, 0, 0.0)
    assert ("target 0: every concept is all 30 patches: lower top_k" in text) is said


@pytest.mark.parametrize(("layers", "said"), [(LAYERS, False), (LAYERS[:2], True)])
def test_names_that_do_not_fit_the_last_layer_are_said(layers, said):
    probes = ProbeSet(*images().tensors, class_names=["dog", "eel", "cat"])
    ahead = plan(SmallNet(), probes, layers=layers, targets=[0], config=SMALL)
    text = messages.expectation(ahead, probes, SMALL, 0, 0.0)
    assert ("3 classes have names: the last layer should be" in text) is said


@pytest.fixture(scope="module")
def planned():
    """What a network of three layers costs is set by hand."""
    probes = ProbeSet(*images().tensors)
    ahead = plan(SmallNet(), probes, layers=LAYERS, targets=[0], config=SMALL)

    def expected(seconds_by_layer, paid_by=0.0):
        total = sum(seconds_by_layer.values())
        costly = replace(ahead, seconds=total, seconds_by_layer=seconds_by_layer)
        return messages.expectation(costly, probes, SMALL, 0, paid_by)

    return expected


def test_the_costs_of_layer_pairs_are_listed(planned):
    text = planned({"head": 0.1, "second": 2.9})
    assert "cost: about 3.0 s" in text
    assert "    second->head 0.1 s, first->second 2.9 s" in text
    assert "may cost less" not in text


def test_a_pair_that_costs_most_of_a_long_analysis_comes_with_a_hint(planned):
    assert "most of it is first->second: layers closer" in planned({"head": 1.0, "second": 79.0})
    assert "may cost less" not in planned({"head": 40.0, "second": 40.0})


def test_a_single_pair_is_the_whole_cost(planned):
    assert "->" not in planned({"head": 80.0})


def test_the_training_that_pays_for_an_analysis_is_said(planned):
    assert "budget: 26 min of training pay for one (max_overhead)" in planned({}, 1580.0)
    assert "budget" not in planned({})


def test_what_is_put_off_comes_with_numbers_and_ways_out():
    budget = Budget(0.05, trained=60.0, spent=0.5)
    said = messages.put_off(budget, 62.0, Schedule())
    assert (
        "it costs about 62 s. max_overhead=0.05 allows 3.0 s so far, and 0.5 s were spent" in said
    )
    assert "about one analysis in 21 min of training, at most every epoch" in said
    assert "a higher max_overhead (None: no bound), or cheaper analyses: config='quick'" in said


def test_what_was_put_off_is_counted():
    budget = Budget(0.05, trained=200.0, spent=9.5, put_off=17)
    said = messages.what_was_put_off(budget, 1)
    assert "analysed once; 17 times an analysis was due and had to wait" in said
    assert "9.5 s, 4.8% of the training time" in said
    assert "analysed 3 times; once an" in messages.what_was_put_off(replace(budget, put_off=1), 3)


def test_a_training_that_paid_for_nothing_learns_how_long_it_would_take():
    budget = Budget(0.05, trained=100.0, spent=1.0, put_off=4)
    said = messages.never_paid(budget, 9.0)
    assert "one analysis costs about 9.0 s, which max_overhead=0.05 allows after 3 min" in said
    assert "and there were 100 s. It was due 4 times and put off." in said
    assert "None: no bound" in said
