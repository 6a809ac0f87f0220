from dataclasses import replace

import numpy as np
import pytest
import torch

from neurflow_lightning import NeurFlowConfig, ProbeSet, analyze
from neurflow_lightning.core.planning import plan
from neurflow_lightning.training import messages
from neurflow_lightning.types import Snapshot
from trainings import LAYERS, SMALL, SmallNet, images


@pytest.fixture(scope="module")
def snapshot():
    torch.manual_seed(0)
    net, probes = SmallNet(), ProbeSet(*images().tensors)
    return analyze(net, probes, layers=LAYERS, targets=[0], config=SMALL)


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


def test_rough_attributions_name_layer_gap_and_way_out(snapshot):
    said = messages.rough_attributions(with_gap(snapshot, 0.35))
    assert "are rough (gap 35% for target 0" in said
    assert "raise nodes in NeurFlowConfig" in said
    assert messages.rough_attributions(with_gap(snapshot, 0.05)) is None


@pytest.mark.parametrize(("top_k", "said"), [(30, True), (29, False)])
def test_concepts_that_are_all_patches_are_said(top_k, said):
    config = NeurFlowConfig(
        tau=2, top_k=top_k, nodes=2, images_per_target=3, granularities=(1.0, 0.5)
    )
    probes = ProbeSet(*images().tensors)
    ahead = plan(SmallNet(), probes, layers=LAYERS, targets=[0], config=config)
    text = messages.expectation(ahead, probes, config, 0)
    assert ("target 0: every concept is all 30 patches: lower top_k" in text) is said


@pytest.mark.parametrize(("layers", "said"), [(LAYERS, False), (LAYERS[:2], True)])
def test_names_that_do_not_fit_the_last_layer_are_said(layers, said):
    probes = ProbeSet(*images().tensors, class_names=["dog", "eel", "cat"])
    ahead = plan(SmallNet(), probes, layers=layers, targets=[0], config=SMALL)
    text = messages.expectation(ahead, probes, SMALL, 0)
    assert ("3 classes have names: the last layer should be" in text) is said
