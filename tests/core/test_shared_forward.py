"""One forward pass for all neurons of a patch: the numbers of each neuron attributed alone."""

from __future__ import annotations

from functools import partial

import numpy as np
import pytest
import torch
from attributing import NODES, Case, around_maps, asked, on_maps, on_tokens, on_vectors
from cases import CASES, CONV, DENSE, SKIP, Attention
from torch import nn
from torch.nn.functional import relu

from neurflow_lightning.core.attribution import Attribution, PathAttribution, integrated_gradients
from neurflow_lightning.core.layer_work import LayerWork
from neurflow_lightning.core.shared_forward import shared_forward_attributions
from neurflow_lightning.core.sweep import sweep


def undecided(steps):
    """Behind a branch on the data: the segment is replayed."""
    return lambda net, y, *x: steps(net, y, *x) if y.sum() < 1e9 else y


KINDS: dict[str, Case] = {
    "maps, replayed": on_maps(
        undecided(lambda net, y: relu(net.b(relu(net.a(y))))), a=CONV, b=CONV
    ),
    "tokens, replayed": on_tokens(undecided(lambda net, y: net.a(y)), a=Attention),
    "a norm, replayed": on_vectors(
        undecided(lambda net, y: net.b(net.n(y)) + y), b=DENSE, n=partial(nn.LayerNorm, 4)
    ),
    "a skip, replayed": around_maps(
        undecided(lambda net, y, x: relu(net.a(y) + net.skip(x))), a=CONV, skip=SKIP
    ),
    "a skip, traced": CASES["skip"],
    "affine, traced": CASES["conv2d, alone"],
    "some neurons ignore the lower layer": CASES["skip, concatenated"],
}
PATCHES = {
    "each its own": [[0], [3], [5]],
    "all the same": [[4, 1, 2]] * 3,
    "one of them several times": [[4, 1, 4, 4], [1, 1, 1, 1], [0, 5, 4, 2]],
    "one for all, the others once": [[0, 1], [0, 2], [0, 3]],
}
METHODS = {
    "ig": PathAttribution(),
    "norm-held": PathAttribution(hold=("norm",), nodes=2),
    "gradient": PathAttribution(at_input=True),
    "norm-held-gradient": PathAttribution(hold=("norm",), at_input=True),
}


def work_of(study, patches: np.ndarray, neurons: np.ndarray) -> LayerWork:
    swept = sweep(study, np.arange(len(study.patches)), lambda _: None)
    return LayerWork(study, swept, study.segments[0], neurons, patches)


def together(work: LayerWork, method: PathAttribution) -> list[Attribution]:
    nodes = method.path(work.study.nodes(gentle=False))
    places = range(len(work.neurons))
    found = list(shared_forward_attributions(work, places, nodes, method.hold))
    assert [place for place, _ in found] == list(places)
    return [one for _, one in found]


def alone(work: LayerWork, place: int, method: PathAttribution) -> Attribution:
    """The slow twin: one neuron, patch after patch."""
    nodes = method.path(work.study.nodes(gentle=False))
    neuron = torch.tensor([work.neurons[place]])
    parts = []
    for row in work.patches[place]:
        lower, context = work.entering(np.array([row]))
        network, segment = work.study.network, work.segment
        parts.append(
            integrated_gradients(network, segment, lower, context, neuron, nodes, method.hold)
        )
    return Attribution.concatenated(parts)


def check(study, patches: np.ndarray, neurons: np.ndarray, method: PathAttribution) -> None:
    work = work_of(study, patches, neurons)
    for place, found in enumerate(together(work, method)):
        expected = alone(work, place, method)
        for ours, theirs in zip(found.columns(), expected.columns(), strict=True):
            torch.testing.assert_close(ours, theirs, rtol=1e-10, atol=1e-12)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("name", KINDS)
def test_each_neuron_gets_what_it_gets_alone(name, method):
    with KINDS[name].opened() as study:
        patches = np.array(PATCHES["one of them several times"])
        check(study, patches, np.array([2, 0, 3]), METHODS[method])


@pytest.mark.parametrize("budget", [None, 1, 3000])
@pytest.mark.parametrize("patches", PATCHES)
def test_whichever_patches_they_ask_for_and_whatever_fits(patches, budget):
    with KINDS["maps, replayed"].opened(memory_budget=budget) as study:
        check(study, np.array(PATCHES[patches]), np.array([1, 3, 1]), METHODS["ig"])


def test_segments_without_a_graph_are_attributed_so():
    """The neurons of ``asked`` each have patches of their own, in an order of their own."""
    with KINDS["maps, replayed"].opened() as study:
        assert study.methods() == {"up": "replayed"}
        what = asked(study)
        check(study, what.patches, what.neurons, METHODS["ig"])


@pytest.mark.parametrize("neurons", [1, 4])
def test_the_segment_runs_once_a_patch_and_node_however_many_neurons_ask(neurons):
    """And twice more for the change of the response."""
    rows: list[int] = []

    def steps(net, y):
        rows.append(len(y))
        return relu(net.a(y)) if y.sum() < 1e9 else y

    with on_maps(steps, a=CONV).opened() as study:
        work = work_of(study, np.array([[4, 1, 0, 5]] * neurons), np.arange(neurons))
        rows.clear()
        together(work, METHODS["ig"])
    assert sum(rows) == 4 * (NODES + 2)


def test_nothing_is_accumulated_in_grad():
    with KINDS["tokens, replayed"].opened() as study:
        together(work_of(study, np.array([[0, 1]]), np.array([2])), METHODS["norm-held"])
        assert all(one.grad is None for one in study.network.model.parameters())
