"""Networks that the fast way cannot take, or must not take on trust: the plain way's answer."""

import operator
from functools import partial
from itertools import chain

import numpy as np
import pytest
import torch
from attributing import (
    Case,
    asked,
    difference,
    on_maps,
    on_tokens,
    on_vectors,
    opened,
    the_packages_way,
    the_plain_way,
)
from cases import CONV, DENSE, Untraceable
from torch import Tensor, nn
from torch.nn import functional
from torch.nn.functional import relu

from neurflow_lightning import NeurFlowConfig, ProbeSet, analyze
from neurflow_lightning.core.memory import in_batches


class InPlace(nn.Module):
    """Has no graph, and writes into what it is given."""

    def forward(self, values: Tensor) -> Tensor:
        return values.mul_(2) if values.sum() < 1e9 else values


def _by_where(net, y: Tensor) -> Tensor:
    found = relu(net.a(y))
    return torch.where(found > 0.1, input=found, other=found * 0.5)


def _heads(net, tokens: Tensor) -> Tensor:
    """Key and value on a first axis of two, with sizes written out: no axis of patches."""
    key, value = net.a(tokens).view(-1, 5, 2, 2, 4).permute(2, 0, 3, 1, 4).unbind(0)
    return (relu(key) + value).mean(1)


ODD = {
    "writes into what it is given": on_maps(
        lambda net, y: relu(net.b(net.a(y))), a=InPlace, b=CONV
    ),
    "input= in second place": on_maps(_by_where, a=CONV),
    "two heads on the first axis": on_tokens(_heads, a=partial(nn.Linear, 4, 16)),
    "rows as one map": on_vectors(
        lambda net, y: net.b(functional.max_pool1d(relu(net.a(y)), 2)),
        a=DENSE,
        b=partial(nn.Linear, 2, 3),
    ),
    "rows as one map, alone": on_vectors(
        lambda net, y: functional.avg_pool1d(relu(net.a(y)), 2), a=DENSE
    ),
    "rounded down": on_maps(
        lambda net, y: relu(net.a(torch.div(y, 0.25, rounding_mode="floor") + y)), a=CONV
    ),
}


@pytest.mark.parametrize("name", ODD)
def test_what_is_odd_is_right(name):
    with ODD[name].opened(nodes=4, node_power=1) as study:
        assert difference(study) < 1e-11


def test_a_layer_that_hands_on_a_copy():
    model = nn.Sequential(nn.Linear(3, 4), nn.ReLU(), Copy(), nn.Linear(4, 2))
    with opened(model, torch.rand(6, 3), ["1", "2", "3"]) as study:
        assert study.methods() == {"2": "traced", "3": "folded"}
        assert "hands on" in study.reason("2")
        what = asked(study, pair=0)
        found, plain = the_packages_way(study, what), the_plain_way(study, what)
    torch.testing.assert_close(found.values, plain.values)
    torch.testing.assert_close(found.values.sum(1), found.response_change)


class Copy(nn.Module):
    """Gives what it gets."""

    def forward(self, values: Tensor) -> Tensor:
        return values.clone()


def test_what_fails_is_run_the_plain_way_and_said(monkeypatch):
    case: Case = on_maps(lambda net, y: relu(net.b(net.a(y))), a=CONV, b=CONV)

    def fails(*_):
        raise ValueError("no such thing")

    with case.opened() as study:
        monkeypatch.setattr("neurflow_lightning.core.packing.attribute", fails)
        assert difference(study) < 1e-11
        assert study.methods() == {"up": "traced"}
        assert study.reason("up") == "ValueError: no such thing"


def test_running_out_of_memory_is_no_doubt(monkeypatch):
    case: Case = on_maps(lambda net, y: relu(net.b(net.a(y))), a=CONV, b=CONV)

    def full(*_):
        raise torch.OutOfMemoryError("full")

    with case.opened() as study:
        monkeypatch.setattr("neurflow_lightning.core.packing.attribute", full)
        with pytest.raises(torch.OutOfMemoryError):
            the_packages_way(study, asked(study))


def test_half_precision_is_no_doubt():
    case: Case = on_maps(
        lambda net, y: relu(net.c(relu(net.b(relu(net.a(y)))))), a=CONV, b=CONV, c=CONV
    )
    with case.opened(torch.bfloat16, nodes=16) as study:
        the_packages_way(study, asked(study))
        assert study.methods() == {"up": "folded"}


def test_what_was_trusted_is_checked_again_at_the_next_analysis(monkeypatch):
    """Weights move on: what was wrong unseen at first may show later."""
    case: Case = on_maps(lambda net, y: relu(net.b(net.a(y))), a=CONV, b=CONV)
    with case.opened() as study:
        the_packages_way(study, asked(study))
        assert study.methods() == {"up": "folded"}
        study.check_again()
        monkeypatch.setattr("neurflow_lightning.core.packing._largest_error", lambda alike: -1.0)
        assert difference(study) < 1e-11
        assert study.methods() == {"up": "traced"}
        assert "differ" in study.reason("up")


# --- what becomes of nothing ----------------------------------------------------------------


def _probes() -> ProbeSet:
    return ProbeSet(torch.rand(4, 3, 8, 8), torch.zeros(4, dtype=torch.long))


def _small() -> nn.Sequential:
    return nn.Sequential(
        nn.Conv2d(3, 4, 3), nn.ReLU(), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(4, 2)
    )


@pytest.mark.parametrize("layers", [["1", "4"], ["0", "1", "4"]])
def test_a_head_of_zeros_has_a_circuit_of_the_target_alone(layers):
    """As before the first step of a training that starts with one."""
    model = _small()
    nn.init.zeros_(model[4].weight)
    config = NeurFlowConfig(top_k=5, tau=2, nodes=2)
    (circuit,) = analyze(model, _probes(), layers=layers, targets=[0], config=config).circuits
    assert [neuron.id for neuron in circuit.neurons] == [circuit.target]


def test_activations_are_kept_as_the_layer_gave_them():
    """A shuffle gives contiguous maps even of channels-last ones, and the next layer needs that."""

    class Shuffle(nn.Module):
        def forward(self, maps: Tensor) -> Tensor:
            rows, _, height, width = maps.shape
            return maps.reshape(rows, 2, 2, height, width).transpose(1, 2).reshape(maps.shape)

    class View(nn.Module):
        def forward(self, maps: Tensor) -> Tensor:
            return maps.view(maps.shape[0], -1)

    model = nn.Sequential(nn.Conv2d(3, 4, 3), Shuffle(), View(), nn.Linear(144, 3), nn.Linear(3, 2))
    config = NeurFlowConfig(top_k=5, tau=2, nodes=2, batch_size=5)
    analyze(model, _probes(), layers=["1", "3", "4"], targets=[0], config=config)


def test_a_network_that_asserts_its_layout_is_given_it():
    class Strict(nn.Module):
        def forward(self, maps: Tensor) -> Tensor:
            assert maps.is_contiguous(), "maps must be contiguous"
            return maps * 1.0

    model = nn.Sequential(Strict(), *_small())
    config = NeurFlowConfig(top_k=5, tau=2, nodes=2)
    snapshot = analyze(model, _probes(), layers=["2", "5"], targets=[0], config=config)
    assert snapshot.circuits[0].neurons


# --- batches --------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [1, 2, 3, 4, 7, 9])
@pytest.mark.parametrize("count", [1, 2, 3, 4, 7, 8, 9])
def test_no_item_is_left_alone(size, count):
    batches = [batch for batch, _ in in_batches(range(count), size, len)]
    assert list(chain(*batches)) == list(range(count))
    if size > 1 and count > 1:
        assert min(map(len, batches)) > 1
    assert max(map(len, batches)) <= size + (size > 1)


@pytest.mark.parametrize("message", ["CUDA out of memory", "CUBLAS_STATUS_ALLOC_FAILED when ..."])
def test_a_batch_is_halved_when_memory_runs_out(message):
    tried = []

    def work(items):
        tried.append(len(items))
        if len(items) > 3:
            raise RuntimeError(message)
        return sum(items)

    assert sum(result for _, result in in_batches(range(10), 8, work)) == sum(range(10))
    assert tried == [8, 4, 2, 2, 2, 2, 2]


def test_other_errors_are_not_taken_for_memory():
    with pytest.raises(RuntimeError, match="shapes"):
        list(in_batches(range(10), 8, lambda _: operator.truediv(1, 1) and _fail()))


def _fail() -> None:
    raise RuntimeError("shapes do not match")


def test_an_untraceable_part_is_run_as_it_is():
    case: Case = on_maps(lambda net, y: net.b(net.a(y)), a=Untraceable, b=CONV)
    with case.opened() as study:
        assert difference(study) < 1e-11
        assert np.isfinite(the_packages_way(study, asked(study)).values.numpy()).all()
