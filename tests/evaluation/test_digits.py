"""On a network that has really learned, core neurons matter more than others."""

import sys
from pathlib import Path

import pytest
import torch
from torch.nn.functional import cross_entropy

from needs import need_module
from neurflow_lightning import NeurFlowConfig, ProbeSet, analyze
from neurflow_lightning.evaluation.running import evaluate
from neurflow_lightning.evaluation.settings import EvaluationSettings


@pytest.fixture(scope="module")
def report():
    need_module("sklearn", "examples")
    sys.path.append(str(Path(__file__).parents[2] / "examples"))
    from digits import SmallCNN, digit_images

    with torch.random.fork_rng():
        torch.manual_seed(0)
        images, labels = digit_images(16)
        model = SmallCNN()
        optimizer = torch.optim.AdamW(model.parameters(), lr=5e-3)
        for step in range(100):
            rows = torch.arange(64) + 64 * (step % 20)
            optimizer.zero_grad()
            cross_entropy(model(images[rows]), labels[rows]).backward()
            optimizer.step()
    held_out = slice(1400, 1700)
    own = torch.nonzero(labels[held_out] == 6)[:5, 0] + 1400
    probes = ProbeSet(images[own], labels[own])
    snapshot = analyze(
        model,
        probes,
        layers=["block2", "block3", "head"],
        targets=[6],
        config=NeurFlowConfig(tau=8, top_k=20, nodes=8),
    )
    settings = EvaluationSettings(
        taus=[4, 8],
        sets=6,
        neurons=5,
        weight_sets=12,
        set_sizes=[1, 10],
        search_runs=12,
        methods=["ig", "activation_magnitude", "random"],
        rivals=["random"],
    )
    return evaluate(
        model,
        snapshot,
        probes,
        images=images[held_out],
        labels=labels[held_out],
        settings=settings,
    )


def test_the_network_has_learned(report):
    assert report.fidelity[0].accuracy.whole > 0.9


def test_core_neurons_hold_the_concepts(report):
    assert {one.upper for one in report.optimality} == {"head", "block3"}
    for one in report.optimality:
        assert one.gain.value > 0
        assert one.won.value > 0.5
    (one,) = (each for each in report.optimality if (each.upper, each.size) == ("block3", 8))
    assert one.gain.verdict == "yes"
    assert one.beaten.low > 0.5


def test_core_neurons_carry_the_logit(report):
    alone = [one for one in report.fidelity if one.reach == "single" and one.layer == "block3"]
    assert len(alone) == 4
    for one in alone:
        assert one.logit.gain.verdict == "yes"


def test_summed_weights_tell_the_effect_and_rankings_do_not(report):
    for upper in ("head", "block3"):
        told = {
            one.method: one.pearson.value
            for one in report.weights
            if (one.upper, one.size) == (upper, 10)
        }
        assert told["ig"] > 0.9
        assert told["ig"] > told["activation_magnitude"]
        assert abs(told["random"]) < 0.6
