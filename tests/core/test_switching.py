"""Nodes between which none of a neuron's ReLUs switches share a backward pass: the same sums."""

from functools import partial
from itertools import pairwise

import numpy as np
import pytest
import torch
from attributing import (
    Case,
    around_maps,
    asked,
    difference,
    on_maps,
    on_tokens,
    the_packages_way,
    the_plain_way,
    ways,
)
from cases import CASES, CONV, DENSE, SKIP
from torch import nn
from torch.nn.functional import relu

from neurflow_lightning.core import restriction

WIDE = partial(nn.Conv2d, 4, 8, 3, padding=1)
NORM = partial(nn.BatchNorm2d, 4)

SWITCHED = {
    "basic block": on_maps(
        lambda net, y: relu(net.n(net.b(relu(net.m(net.a(y))))) + y), a=CONV, b=CONV, m=NORM, n=NORM
    ),
    "basic block, strided": on_maps(
        lambda net, y: relu(net.n(net.b(relu(net.m(net.a(y))))) + net.o(net.c(y))),
        a=partial(nn.Conv2d, 4, 4, 3, stride=2, padding=1),
        b=CONV,
        c=partial(nn.Conv2d, 4, 4, 1, stride=2),
        m=NORM,
        n=NORM,
        o=NORM,
    ),
    "branch of an inception": on_maps(
        lambda net, y: torch.cat([relu(net.c(relu(net.a(y)))), relu(net.d(relu(net.b(y))))], 1),
        a=CONV,
        b=CONV,
        c=CONV,
        d=WIDE,
    ),
    "two lines bent at once": on_maps(
        lambda net, y: relu(net.c(relu(net.a(y))) + net.d(relu(net.b(y))) + 0.2),
        a=CONV,
        b=CONV,
        c=CONV,
        d=CONV,
    ),
    "two later ReLUs beside each other": on_maps(
        lambda net, y: net.p(relu(net.c(relu(net.a(y))))) - 2 * relu(net.d(relu(net.b(y))) - y),
        a=CONV,
        b=CONV,
        c=CONV,
        d=CONV,
        p=partial(nn.AvgPool2d, 3, 1, 1),
    ),
    "no later ReLU": on_maps(lambda net, y: net.b(relu(net.a(y))) + y, a=CONV, b=CONV),
    "held still beside it": around_maps(
        lambda net, y, x: relu(net.b(relu(net.a(y) + net.s(x))) + net.s(x)), a=CONV, b=CONV, s=SKIP
    ),
    "tokens": on_tokens(lambda net, y: relu(net.b(relu(net.a(y)))), a=DENSE, b=DENSE),
    "flattened": CASES["flattened"],
    "dead units": on_maps(
        lambda net, y: relu(net.b(relu(net.a(y) + net.w))),
        a=partial(nn.Conv2d, 4, 4, 1, groups=4),
        b=CONV,
        w=lambda: nn.Parameter(torch.tensor([-9.0, 0, 0, -9]).view(4, 1, 1)),
    ),
}
"""What all neurons have in common is bent once; what is their own, at most once more."""

OTHERWISE = {
    "a third ReLU": on_maps(
        lambda net, y: relu(net.b(relu(net.a(y)))) + relu(relu(net.b(relu(net.a(y)))) - 0.1),
        a=CONV,
        b=CONV,
    ),
    "one way without a later ReLU": on_maps(
        lambda net, y: relu(net.b(relu(net.a(y)))) + net.c(relu(net.a(y))), a=CONV, b=CONV, c=CONV
    ),
    "a line used straight as well": on_maps(lambda net, y: _twice(net, net.a(y)), a=CONV, b=CONV),
    "grouped": on_maps(
        lambda net, y: relu(net.d(net.b(relu(net.a(y))))),
        a=CONV,
        b=CONV,
        d=partial(nn.Conv2d, 4, 4, 3, padding=1, groups=2),
    ),
    "a ReLU of weights": on_maps(
        lambda net, y: relu(net.b(relu(net.a(y)) * relu(net.w)) + y),
        a=CONV,
        b=CONV,
        w=lambda: nn.Parameter(torch.tensor([1.0, -1, 2, 3]).view(4, 1, 1)),
    ),
    "whole, and bent later": on_maps(
        lambda net, y: _beside(net.n(relu(net.a(y))), net), a=CONV, b=CONV, n=NORM
    ),
    "bent by something else": on_maps(
        lambda net, y: torch.tanh(net.b(relu(net.a(y)))), a=CONV, b=CONV
    ),
    "pooled by the largest": CASES["functional.max_pool2d"],
    "bottleneck": CASES["bottleneck"],
}


def _twice(net, line):
    return relu(net.b(relu(line) + line))


def _beside(value, net):
    return relu(value) + relu(net.b(value))


@pytest.mark.parametrize("name", SWITCHED)
def test_is_used(name):
    with SWITCHED[name].opened() as study:
        assert all(way.switched is not None for way in ways(study))


@pytest.mark.parametrize("name", OTHERWISE)
def test_is_not_used_where_it_would_be_wrong(name):
    with OTHERWISE[name].opened(nodes=5) as study:
        assert all(way.switched is None for way in ways(study))
        assert difference(study, k=6) < 1e-11
        assert study.methods() == {"up": "folded"}


@pytest.mark.parametrize("power", [1, 3])
@pytest.mark.parametrize("nodes", [1, 2, 16, 50])
@pytest.mark.parametrize("name", SWITCHED)
def test_equals_the_plain_sum_over_the_nodes(name, nodes, power):
    with SWITCHED[name].opened(nodes=nodes, node_power=power) as study:
        every = [neuron for neuron in range(study.network.widths["up"]) for _ in range(4)]
        assert len(every) * 6 >= nodes + 2
        assert difference(study, every, k=6) < 1e-11
        assert study.methods() == {"up": "folded"}


@pytest.mark.parametrize(
    ("neurons", "k"), [([0], 2), ([2], 4), ([2, 0], 2), ([2, 0, 1, 2], 4), ([1, 1, 2], 6)]
)
@pytest.mark.parametrize("name", SWITCHED)
def test_any_number_of_neurons_and_patches(name, neurons, k):
    with SWITCHED[name].opened(nodes=2) as study:
        assert difference(study, neurons, k) < 1e-11


@pytest.mark.parametrize("budget", [1, 4000, 40_000, 10**7])
@pytest.mark.parametrize("name", SWITCHED)
def test_any_memory_budget(name, budget):
    with SWITCHED[name].opened(nodes=6, memory_budget=budget) as study:
        assert difference(study, k=5) < 1e-11


def test_a_patch_is_run_at_all_nodes_only_where_so_many_rows_have_room():
    with SWITCHED["basic block"].opened(nodes=16) as study:
        assert not backward_rows(study, asked(study, [0], 6))
        assert backward_rows(study, asked(study, [0, 1, 2], 6))


@pytest.mark.parametrize("settings", [{}, {"precision": "bf16"}])
@pytest.mark.parametrize("name", [one for one in SWITCHED if not one.startswith("basic")])
def test_in_narrow_numbers_no_worse_than_node_by_node(name, settings, monkeypatch):
    """Batch norms are drawn anew for each type of number: they have no true values here."""
    case: Case = SWITCHED[name]

    def values(dtype, **settings):
        with case.opened(dtype, nodes=6, **settings) as study:
            found = the_packages_way(study, asked(study, k=6)).values
            assert study.methods() == {"up": "folded"}
            return found.double()

    true = values(torch.float64)
    ours = values(torch.float32, **settings)
    monkeypatch.setattr(restriction, "_switched", lambda *_: None)
    theirs = values(torch.float32, **settings)
    assert (ours - true).square().mean() <= 1.5 * (theirs - true).square().mean()


def test_networks_of_half_precision_are_run_node_by_node():
    with SWITCHED["basic block"].opened(torch.bfloat16, nodes=6) as study:
        assert not backward_rows(study, asked(study, k=6))
        assert study.methods() == {"up": "folded"}


def test_what_is_off_all_along_the_path_gets_exactly_nothing():
    """A neuron whose score is exactly 0 is no core neuron: rounding must not make one of it."""
    with SWITCHED["dead units"].opened(nodes=16) as study:
        what = asked(study, k=6)
        dead = the_plain_way(study, what).values == 0
        assert 0 < dead.sum() < dead.numel()
        assert backward_rows(study, what)
        assert torch.equal(the_packages_way(study, what).values == 0, dead)


def backward_rows(study, what) -> list[int]:
    """Pairs in each backward pass through the path part, the check left out."""
    the_packages_way(study, what)
    folded = study.folded("up")
    (switched,) = {folded.split(one).switched for one in folded.plans(what.neurons.tolist())}
    rows: list[int] = []
    note = lambda _, entries, out: rows.append(len(out))  # noqa: E731
    hook = switched.adjoint.register_forward_hook(note)
    the_packages_way(study, what)
    hook.remove()
    return rows


def test_one_backward_pass_for_each_state_of_the_switches():
    """As many as a pair has runs, counted the slow way."""
    nodes = 16
    with SWITCHED["tokens"].opened(nodes=nodes) as study:
        what = asked(study, [0, 1, 2, 3], 6)
        rows = backward_rows(study, what)
        net = study.network.model
        low = net.low(study.inputs(what.patches.ravel()))
        own = np.repeat(what.neurons, what.patches.shape[1])
        with torch.no_grad():
            states = [
                net.b(relu(net.a(low * position)))[range(len(own)), :, own] > 0
                for position, _ in study.nodes(gentle=True)
            ]
        changes = sum((a != b).any(1).long() for a, b in pairwise(states))
        assert sum(rows) == int((1 + changes).sum())
        assert sum(rows) < nodes * len(own)


def test_without_a_later_relu_one_backward_pass_serves_all_nodes():
    """One more for the value that passes by."""
    with SWITCHED["no later ReLU"].opened(nodes=6) as study:
        assert backward_rows(study, asked(study, [0, 3], 4)) == [2 * 4, 2 * 4]
