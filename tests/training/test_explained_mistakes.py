"""Which mistakes a training tells of, on a network whose logits are what is put into the images."""

from dataclasses import replace

import pytest
import torch
from torch import nn

from evolution.snapshots import Neuron, make_circuit, make_snapshot
from neurflow_lightning import ProbeSet, debug_batch, debug_image
from neurflow_lightning.applications.telling import image_content
from neurflow_lightning.config import NeurFlowConfig
from neurflow_lightning.training.mistakes import explained_mistakes

CONFIG = {"granularities": (1.0, 0.5)}
MISTAKES = ((2, 3, 9.0), (0, 3, 5.0), (1, 0, 1.0), (2, 0, 2.0), (0, 0, 3.0), (0, 2, 4.0))
"""True class, class taken for, margin."""


class Copying(nn.Module):
    def __init__(self):
        super().__init__()
        self.low = nn.Identity()
        self.fc = nn.Linear(4, 4, bias=False)
        self.fc.weight.data = torch.eye(4)

    def forward(self, x):
        return self.fc(self.low(x).mean((2, 3)))


def snapshot(*targets):
    level = (1.0,) * 4
    circuits = [
        make_circuit(
            {
                "low": [Neuron(0, activations=level)],
                "fc": [Neuron(one, inputs={0: 1.0}, activations=level, importance=1.0)],
            },
            name=f"class {one}",
        )
        for one in targets
    ]
    probes = ProbeSet(torch.zeros(4, 4, 8, 8), torch.tensor([0, 0, 1, 1]))
    made = make_snapshot(*circuits, **CONFIG)
    return replace(made, probe=probes.info(NeurFlowConfig(**CONFIG)))


def batch():
    images = torch.zeros(len(MISTAKES), 4, 8, 8)
    for row, (_, taken, margin) in enumerate(MISTAKES):
        images[row, taken] = margin
    return images, torch.tensor([true for true, *_ in MISTAKES])


def told(shot, most):
    found, answers = explained_mistakes(Copying(), shot, *batch(), most)
    assert answers.taken.tolist() == [taken for _, taken, _ in MISTAKES]
    return [one.image for one in found]


@pytest.mark.parametrize("targets", [(0,), (3,), (0, 1, 2, 3)])
@pytest.mark.parametrize("most", [1, 3, 9])
def test_those_that_circuits_explain_come_first(targets, most):
    everything = debug_batch(Copying(), snapshot(*targets), *batch(), permutations=9)
    assert told(snapshot(*targets), most) == everything.explained_best(most).tolist()


def test_a_larger_margin_without_a_circuit_does_not_come_before():
    assert told(snapshot(0), 9) == [3, 2, 1, 5, 0]
    assert told(snapshot(0, 1, 2, 3), 9) == [0, 1, 5, 3, 2]


def test_each_is_what_it_is_alone():
    images, labels = batch()
    found, _ = explained_mistakes(Copying(), snapshot(0), images, labels, 2)
    for one in found:
        true = int(labels[one.image])
        alone = debug_image(Copying(), snapshot(0), images[one.image], true, effects=True)
        assert image_content(one.report) == image_content(alone)


def test_none_are_none():
    images, labels = batch()
    found, answers = explained_mistakes(Copying(), snapshot(0), images[4:5], labels[4:5], 3)
    assert (found, answers.taken.tolist()) == ((), [0])
