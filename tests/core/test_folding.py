"""Restricted, folded, several neurons at once: the numbers of the plain way."""

import numpy as np
import pytest
import torch
from attributing import NODES, Asked, Case, asked, difference, on_maps, the_packages_way, ways
from cases import CASES, CONV
from torch.nn.functional import relu

from neurflow_lightning.core import packing

AFFINE = {
    *(name for name in CASES if name.endswith(", alone")),
    "cat of one thing twice",
    "dropout",
    "flattened by a module",
    "squeeze",
    "view by size",
}
"""One node is enough, whatever neuron is asked for."""

WHOLE = {
    "cat of chunks",
    "cat of one thing twice",
    "class token",
    "mean of two heads",
    "positions first",
    "positions first, transposed",
    "scale worked out",
    "shuffled",
    "softmax",
    "square",
    "sum",
}
"""All neurons of the upper layer are computed: its last operation is not known to do less."""

UNFOLDED = {
    *(name for name in CASES if name.endswith(", alone")),  # affine to the end
    "attention",
    "chunked rows",
    "conv2d circular",
    "conv2d padding by name",
    "conv2d same",
    "dropout",
    "forward of its own",
    "group norm",
    "hooked",
    "parametrized",
    "pool with indices",
    "positions first",
    "positions first, transposed",
}
"""Begins with what is not known to be affine, or is affine to its end."""


@pytest.mark.parametrize("name", CASES)
def test_equals_the_plain_way_to_the_last_digits(name):
    with CASES[name].opened() as study:
        assert difference(study) < 1e-11
        assert study.methods() == {"up": "folded"}


@pytest.mark.parametrize("name", CASES)
def test_equals_the_plain_way_in_single_precision(name):
    with CASES[name].opened(torch.float32) as study:
        assert difference(study) < 1e-5
        assert study.methods() == {"up": "folded"}


@pytest.mark.parametrize("name", CASES)
def test_saves_what_it_can(name):
    """Else a rule that is never used would pass every comparison."""
    with CASES[name].opened() as study:
        found = ways(study)
    assert all(way.whole for way in found) == any(way.whole for way in found) == (name in WHOLE)
    assert all(way.is_affine for way in found) == (name in AFFINE)
    is_folded = [bool(way.folded or way.own.outputs) for way in found]
    assert any(is_folded) == (name not in UNFOLDED)


COMMON = {name for name in CASES if name.startswith("bottleneck")}
"""What lies in the middle is needed as a whole, whatever neuron is asked for."""


@pytest.mark.parametrize("name", CASES)
def test_shares_what_neurons_have_in_common(name):
    with CASES[name].opened() as study:
        assert {way.common is not None for way in ways(study)} == {name in COMMON}


SEVERAL = [
    "batch norm 2d",
    "bottleneck",
    "bottleneck with a gate",
    "bottleneck on tokens",
    "bottleneck, multiplied",
    "bottleneck, passed by",
    "cat of neurons",
    "channels last",
    "conv1d, everywhere",
    "conv2d grouped, first",
    "conv2d multiplied, everywhere",
    "conv3d, everywhere",
    "gate at the end",
    "linear on tokens",
    "mean of two heads",
    "positions first",
    "residual in place",
    "skip, concatenated",
    "skip, multiplied",
]


@pytest.mark.parametrize(
    ("neurons", "k"), [([1], 1), ([2], 3), ([3, 0], 2), ([2, 0, 3, 1, 2], 4), ([3, 1], 6)]
)
@pytest.mark.parametrize("name", SEVERAL)
def test_any_number_of_neurons_and_patches(name, neurons, k):
    with CASES[name].opened() as study:
        assert difference(study, neurons, k) < 1e-11


@pytest.mark.parametrize("budget", [1, 4000, 40_000])
@pytest.mark.parametrize("name", [*SEVERAL, "skip"])
def test_any_memory_budget(name, budget, monkeypatch):
    """Where little fits, patches come by one after the other, each with all of its neurons."""
    taken = []
    by_patch = packing._by_patch

    def noted(*args):
        taken.append(1)
        return by_patch(*args)

    monkeypatch.setattr(packing, "_by_patch", noted)
    with CASES[name].opened(memory_budget=budget) as study:
        assert difference(study, k=5) < 1e-11
    assert taken or budget > 1


def test_a_neuron_does_not_depend_on_those_beside_it():
    with CASES["cat of neurons"].opened() as study:
        every = asked(study)
        together = the_packages_way(study, every).values
        for place in range(len(every.neurons)):
            one = Asked(every.segment, every.neurons[[place]], every.patches[[place]])
            alone = the_packages_way(study, one).values
            torch.testing.assert_close(
                alone, together[3 * place : 3 * place + 3], atol=1e-13, rtol=0
            )


def test_a_patch_counts_each_time_it_is_asked_for():
    with CASES["conv2d, everywhere"].opened() as study:
        what = Asked(study.segments[0], np.array([0]), np.array([[4, 1, 4, 4]]))
        values = the_packages_way(study, what).values
    torch.testing.assert_close(values[[0, 0]], values[[2, 3]], atol=0, rtol=0)
    assert not torch.equal(values[0], values[1])


# --- how often each part is run -------------------------------------------------------------


def runs(study, neurons, k) -> tuple[list[int], list[int]]:
    """(rows in each run of the prefix, rows in each run of the path part), the check left out."""
    the_packages_way(study, asked(study, neurons, k))  # settles the check
    prefix: list[int] = []
    path: list[int] = []
    split = study.folded("up").split(study.folded("up").plans(neurons)[0])
    hooks = [split.path.run.register_forward_hook(lambda _, entries, out: path.append(len(out[0])))]
    if split.prefix is not None:
        hooks.append(split.prefix.register_forward_hook(lambda _, x, out: prefix.append(len(x[0]))))
    the_packages_way(study, asked(study, neurons, k))
    for hook in hooks:
        hook.remove()
    return prefix, path


def test_the_prefix_is_run_once_a_patch_and_the_path_at_every_node():
    """Twice more for the change of the response; the baseline is one row for all."""
    with CASES["conv2d, everywhere"].opened() as study:
        prefix, path = runs(study, [0, 1, 2], 4)
        assert sum(prefix) <= 6 + 2  # the six patches that there are, and the baseline
        assert path == [3 * 4] * (NODES + 2)


def test_the_common_part_is_run_once_a_patch_however_many_neurons_share_it():
    """Nodes, the change of the response, and no more rows than there are different patches."""
    with CASES["bottleneck"].opened() as study:
        what = asked(study, [0, 1, 2, 3], 4)
        the_packages_way(study, what)  # settles the check
        folded = study.folded("up")
        common = folded.split(folded.plans([0])[0]).common
        rows: list[int] = []
        note = lambda _, entries, out: rows.append(len(out[0]))  # noqa: E731
        hook = common.part.run.register_forward_hook(note)
        the_packages_way(study, what)
        hook.remove()
        different = len(np.unique(what.patches))
        assert different < what.patches.size
        assert sum(rows) == different * (NODES + 2)


@pytest.mark.parametrize("name", ["conv2d, alone", "flattened by a module", "squeeze"])
def test_an_affine_segment_takes_one_node_and_leaves_no_gap(name):
    with CASES[name].opened(nodes=64) as study:
        _, path = runs(study, [0, 2], 3)
        assert path == [2 * 3] * (1 + 2)
        found = the_packages_way(study, asked(study))
        assert found.response_change.abs().min() > 1e-5
        assert found.completeness_gap.abs().max() < 1e-13


def test_context_keeps_its_value_at_the_baseline():
    """relu(branch(0) + skip(x)) is not zero: the change is what the lower layer makes of it."""
    with CASES["skip"].opened(nodes=400, node_power=1) as study:
        found = the_packages_way(study, asked(study))
        assert found.completeness_gap.abs().max() < 1e-3 * found.response_change.abs().max()
        assert study.segments[0].needs_context


def test_neurons_that_do_not_depend_on_the_lower_layer_get_nothing():
    with CASES["skip, concatenated"].opened() as study:
        found = the_packages_way(study, asked(study, [4, 5, 6, 7]))
        assert not found.values.any()
        assert not found.response_change.any()
        assert not found.completeness_gap.any()
        assert found.lower.any()


def test_weights_are_read_at_every_use():
    """A study serves a training whose weights move on."""
    with CASES["batch norm 2d"].opened() as study:
        before = the_packages_way(study, asked(study)).values
        net = study.network.model
        with torch.no_grad():
            for name in ("a.weight", "b.bias", "m.running_mean", "m.weight", "n.running_var"):
                net.state_dict()[name].mul_(1.7)
        assert difference(study) < 1e-11
        after = the_packages_way(study, asked(study)).values
        assert (after - before).abs().max() > 0.01 * before.abs().max()


def test_nothing_is_left_on_the_model():
    with CASES["residual in place"].opened() as study:
        before = {name: one.clone() for name, one in study.network.model.state_dict().items()}
        the_packages_way(study, asked(study))
        after = study.network.model.state_dict()
    assert all(torch.equal(one, before[name]) for name, one in after.items())
    assert all(one.grad is None for one in study.network.model.parameters())


# --- what a network of half precision keeps -------------------------------------------------


def test_small_gradients_of_a_half_precision_network_are_not_lost():
    """Sixteen of them are summed: in bfloat16 each addition would round to eight bits."""
    case: Case = on_maps(lambda net, y: torch.tanh(net.b(relu(net.a(y)))), a=CONV, b=CONV)
    with case.opened(torch.bfloat16, nodes=16) as study:
        narrow = the_packages_way(study, asked(study)).values
    with case.opened(torch.float32, nodes=16) as study:
        wide = the_packages_way(study, asked(study)).values
    assert narrow.dtype == torch.float32
    assert (narrow - wide).abs().max() < 0.03 * wide.abs().max()
