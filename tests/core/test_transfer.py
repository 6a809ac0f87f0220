"""Functional transfer on a network whose answers under every mask follow on paper.

Neurons of ``low`` copy the input. Class 0 is given where neuron 0 or neuron 1 is active, else class
1. Of the four images of class 0 three light neuron 0 and one lights neuron 1; both of class 1 light
neuron 2; nothing lights neuron 3. So masking neuron 0 costs class 0 three of its four images.
"""

from dataclasses import replace
from math import isnan

import pytest
import torch
from torch import nn

from evolution.snapshots import Neuron, make_circuit, make_snapshot
from neurflow_lightning.core.transfer import (
    _others,
    functional_transfer,
    target_accuracy,
    transfer,
)
from neurflow_lightning.errors import ComparisonError, ConfigError, LayerError, ProbeError
from neurflow_lightning.evolution.comparing import measure_drift

LIT = [0, 0, 0, 1, 2, 2]
LABELS = torch.tensor([0, 0, 0, 0, 1, 1])
VECTORS = torch.eye(4)[LIT]


class Either(nn.Module):
    def __init__(self, low):
        super().__init__()
        self.low = low
        self.drop = nn.Dropout(0.9)
        self.fc = nn.Linear(4, 2)
        self.fc.weight.data = torch.tensor([[1.0, 1.0, 0.0, 0.0], [0.0] * 4])
        self.fc.bias.data = torch.tensor([0.0, 0.5])

    def forward(self, x):
        x = self.drop(torch.relu(self.low(x)))
        return self.fc(x.mean((2, 3)) if x.ndim == 4 else x)


def of_vectors():
    low = nn.Linear(4, 4, bias=False)
    low.weight.data = torch.eye(4)
    return Either(low), VECTORS


class Squeezing(Either):
    """Cannot take a single row."""

    def forward(self, x):
        return super().forward(x[:, :, None].squeeze())


def of_vectors_together():
    model, images = of_vectors()
    return Squeezing(model.low), images


def of_images():
    low = nn.Conv2d(4, 4, 1, bias=False)
    low.weight.data = torch.eye(4)[:, :, None, None]
    return Either(low), VECTORS[:, :, None, None].expand(-1, -1, 3, 2).clone()


def snapshot(core, **changes):
    circuit = make_circuit(
        {
            "low": [Neuron(one) for one in core],
            "fc": [Neuron(0, inputs=dict.fromkeys(core, 1.0))],
        }
    )
    return replace(make_snapshot(circuit), **changes)


def measured(old, new, made=of_vectors, **settings):
    model, images = made()
    return functional_transfer(model, snapshot(old), snapshot(new), images, LABELS, **settings)


@pytest.mark.parametrize("made", [of_vectors, of_images])
@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ([0, 1], [0, 1], 1.0),
        ([0], [0, 1], 0.75),
        ([1], [0, 1], 0.25),
        ([0, 1], [1], 4.0),
        ([2], [0], 0.0),
        ([], [0], 0.0),
    ],
)
def test_transfer_is_the_ratio_of_the_drops(old, new, expected, made):
    assert measured(old, new, made) == {0: {"low": pytest.approx(expected)}}


@pytest.mark.parametrize(("old", "new"), [([0], [3]), ([0], []), ([], []), ([3], [3])])
def test_without_any_drop_there_is_no_transfer(old, new):
    assert isnan(measured(old, new)[0]["low"])


def test_better_without_the_old_neurons_is_below_zero():
    """Neuron 1 lights one image more, of class 1, which is answered rightly only without it."""
    model, images = of_vectors()
    images, labels = torch.cat([images, VECTORS[3:4]]), torch.cat([LABELS, torch.tensor([1])])
    images, labels = images[[0, 1, 2, 4, 5, 6]], labels[[0, 1, 2, 4, 5, 6]]
    found = functional_transfer(model, snapshot([1]), snapshot([0]), images, labels)
    # Whole: 1 and 2/3. Without neuron 1: 1 and 1. Without neuron 0: 0 and 2/3.
    assert found[0]["low"] == pytest.approx((5 / 6 - 1) / (5 / 6 - 1 / 3))


@pytest.mark.parametrize("batch_size", [1, 4, 100])
def test_the_size_of_batches_changes_nothing(batch_size):
    assert measured([0], [0, 1], batch_size=batch_size)[0]["low"] == pytest.approx(0.75)


def test_the_same_mask_is_run_once():
    model, images = of_vectors()
    passes = []
    model.fc.register_forward_hook(lambda *_: passes.append(1))

    def count(old, new):
        passes.clear()
        functional_transfer(model, snapshot(old), snapshot(new), images, LABELS)
        return len(passes)

    # Unmasked, masked and the others: two sets of one of three, or of one of two neurons.
    sets = [len(_others(frozenset(core), 1, 4, 0)) for core in ({0, 1}, {0})]
    assert count([0], [1]) - count([], []) == 2 + sets[0]
    assert count([0], [0]) - count([], []) == 1 + sets[1]


class TestWhatTellsNothing:
    """Whatever is masked breaks the network: T of 1 would say that the function stayed."""

    def test_other_neurons_matter_as_much(self):
        model, images = of_vectors()
        model.fc.weight.data = torch.tensor([[1.0, 1.0, 1.0, 1.0], [0.0] * 4])
        model.low.weight.data = torch.ones(4, 4) / 4  # every neuron says the same
        model.fc.bias.data = torch.tensor([0.0, 0.9])
        labels = torch.tensor([0, 0, 0, 0, 1, 1])
        images = torch.cat([images[:4], -images[4:]])
        found = functional_transfer(model, snapshot([0]), snapshot([1]), images, labels)
        assert isnan(found[0]["low"])

    def test_all_neurons_are_core(self):
        assert isnan(measured([0, 1, 2, 3], [0, 1, 2, 3])[0]["low"])

    def test_a_drop_of_few_images_is_none(self):
        truth = torch.tensor([1] * 20 + [0])
        new = torch.tensor([1] * 17 + [0] * 4)
        assert isnan(transfer(1, truth, truth, new, new, [truth]))
        new = torch.tensor([1] * 15 + [0] * 6)
        assert transfer(1, truth, truth, new, new, [truth]) == 1.0

    def test_others_are_core_in_neither_circuit(self):
        for one in _others(frozenset({1, 4}), 3, 9, 0):
            assert len(one) == 3
            assert not one & {1, 4}
        assert _others(frozenset(range(8)), 6, 10, 0) == []


def test_how_the_model_is_run_can_be_said():
    class Nested(nn.Module):
        def __init__(self):
            super().__init__()
            self.net = of_vectors()[0]

        def forward(self, x):
            raise AssertionError("not to be called")

    renamed = [
        make_snapshot(
            make_circuit(
                {
                    "net.low": [Neuron(one) for one in core],
                    "net.fc": [Neuron(0, inputs=dict.fromkeys(core, 1.0))],
                }
            )
        )
        for core in ([0], [0, 1])
    ]
    found = functional_transfer(
        Nested(), *renamed, VECTORS, LABELS, forward=lambda model, x: model.net(x)
    )
    assert found == {0: {"net.low": pytest.approx(0.75)}}


# --- what it feeds -----------------------------------------------------------------------


def test_measure_drift_takes_it():
    before, after = snapshot([0]), snapshot([0, 1])
    model, images = of_vectors()
    transfer = functional_transfer(model, before, after, images, LABELS)
    report = measure_drift(before, after, transfer=transfer)
    assert report.targets[0].transfer == (("low", pytest.approx(0.75)),)


@pytest.mark.parametrize(
    ("old", "new", "verdict"), [([0], [1], "re-described"), ([1], [0], "changed")]
)
def test_what_the_old_neurons_still_carry_is_re_described(old, new, verdict):
    transfer = measured(old, new)
    report = measure_drift(snapshot(old), snapshot(new), transfer=transfer, matching="neurons")
    assert report.verdict == verdict


# --- no trace ----------------------------------------------------------------------------


def footprint(model):
    return (
        {name: one.numpy().tobytes() for name, one in model.state_dict().items()},
        [module.training for module in model.modules()],
        [(one.requires_grad, one.grad) for one in model.parameters()],
        [len(module._forward_hooks) for module in model.modules()],
        [dict(vars(module)) for module in model.modules()],
        torch.get_rng_state().tolist(),
        torch.is_grad_enabled(),
    )


def test_it_leaves_no_trace():
    model, images = of_vectors()
    model.train()
    model.fc.bias.requires_grad_(False)
    before, given = footprint(model), images.clone()
    functional_transfer(model, snapshot([0]), snapshot([1]), images, LABELS)
    assert footprint(model) == before
    assert torch.equal(images, given)


def test_it_leaves_no_trace_when_it_fails():
    model, images = of_vectors()
    calls = []

    def failing(net, x):
        calls.append(1)
        if len(calls) > 8:  # past the opening, within the masking
            raise ZeroDivisionError("on purpose")
        return net(x)

    before = footprint(model)
    with pytest.raises(ZeroDivisionError):
        functional_transfer(
            model, snapshot([0]), snapshot([1]), images, LABELS, forward=failing, batch_size=1
        )
    assert footprint(model) == before


# --- what is refused ---------------------------------------------------------------------


def test_accuracy_of_one_answer_to_everything_is_chance():
    for answer in (0, 1, 2):
        assert target_accuracy(0, LABELS, torch.full((6,), answer)) == 0.5


def refused(error, words, before=None, after=None, labels=LABELS, **settings):
    model, images = of_vectors()
    with pytest.raises(error, match=words):
        functional_transfer(
            model, before or snapshot([0]), after or snapshot([1]), images, labels, **settings
        )


def test_other_layers_and_targets_are_refused():
    refused(
        ComparisonError,
        r"layers: \['low', 'fc'\] and \['lo'\]",
        after=snapshot([1], layers=("lo",)),
    )
    cat = snapshot([1])
    (circuit,) = cat.circuits
    other = replace(circuit, target=replace(circuit.target, index=1))
    refused(ComparisonError, r"targets: \[0\] and \[1\]", after=replace(cat, circuits=(other,)))


def test_labels_that_do_not_fit_are_refused():
    refused(ProbeError, r"shape \(5,\): wanted one class for each of the 6", labels=LABELS[:5])


@pytest.mark.parametrize(("answer", "own"), [(1, 0), (0, 6)])
def test_an_accuracy_needs_images_of_both_kinds(answer, own):
    refused(ProbeError, f"{own} of 6 images are of target '0'", labels=torch.full((6,), answer))


def test_neurons_that_the_model_has_not_got_are_named():
    refused(LayerError, "neuron low:9, but that layer of the model has 4", before=snapshot([9]))


def test_batches_of_nothing_are_refused():
    refused(ConfigError, "batch_size=0: wanted at least 1", batch_size=0)


def test_no_image_is_run_alone():
    found = measured([0], [0, 1], of_vectors_together, batch_size=len(LIT) - 1)
    assert found[0]["low"] == pytest.approx(0.75)
