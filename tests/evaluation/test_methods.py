"""Each method against what it gives on paper, and what it leaves behind."""

import importlib.util
from dataclasses import replace

import numpy as np
import pytest
import torch
from torch import nn
from torch.nn.functional import relu

from needs import need_module
from networks import SmallCNN, dense
from neurflow_lightning.core.attribution import (
    NotApplicableError,
    in_parts,
    request_attribution,
    scores,
    weights,
)
from neurflow_lightning.core.methods import check_available, find_method
from neurflow_lightning.core.segments import open_network
from neurflow_lightning.core.study import analysis_mode
from neurflow_lightning.errors import ConfigError
from neurflow_lightning.method_names import CAPTUM, METHODS, ZENNIT


@pytest.fixture(autouse=True, scope="module")
def captum():
    need_module("captum", "captum")


W = [[2.0, -1.0, 0.5], [0.0, 1.0, 1.0]]
X = torch.tensor([[1.0, 2.0, 4.0], [3.0, 1.0, -2.0]])


def asked(model, layers, neuron, inputs, **settings):
    network = open_network(model.eval(), layers, inputs)
    return request_attribution(network, network.segment(*layers), neuron, inputs, **settings)


def linear(neuron=0):
    """f = W x, whose lower layer copies the input."""
    model = nn.Sequential(dense(torch.eye(3).tolist()), dense(W))
    return asked(model, ["0", "1"], neuron, X)


GRADIENT = torch.tensor(W[0]).expand(2, 3)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("ig", X * GRADIENT),
        ("gradient_activation", X * GRADIENT),
        ("gradient_shap", X * GRADIENT),
        ("saliency", GRADIENT.abs()),
        ("smooth_grad", GRADIENT.abs()),
        ("internal_influence", GRADIENT),
        ("activation_magnitude", X.abs()),
        ("neuron_mct", (X * GRADIENT).abs()),
        ("weight_norm", torch.ones(2, 3)),
    ],
)
def test_on_a_linear_segment(name, expected):
    answer = find_method(name)(linear())
    assert answer.shape == (2, 3)
    assert not answer.requires_grad
    torch.testing.assert_close(answer, expected)


@pytest.mark.parametrize(("size", "sizes"), [(2, [2, 3]), (4, [5]), (5, [5]), (1, [1] * 5)])
def test_no_input_is_asked_about_alone_but_by_wish(size, sizes):
    model = nn.Sequential(dense(torch.eye(3).tolist()), dense(W))
    inputs = torch.rand(5, 3)
    request = replace(asked(model, ["0", "1"], 0, inputs), batch_size=size)
    asked_about = []

    def work(part):
        asked_about.append(len(part))
        return part.lower

    torch.testing.assert_close(in_parts(request, work), inputs)
    assert asked_about == sizes


class Rectified(nn.Module):
    """f = relu(x0 − x1) + relu(x1 − x0): what ReLUs are gone back through differs."""

    def __init__(self, kind):
        super().__init__()
        self.low, self.mid = dense(torch.eye(2).tolist()), dense([[1.0, -1.0], [-1.0, 1.0]])
        self.kind, self.act, self.out = kind, nn.ReLU(inplace=True), dense([[1.0, -1.0]])

    def forward(self, x):
        mid = self.mid(self.low(x))
        mid = self.act(mid) if self.kind == "module" else relu(mid)
        return self.out(mid.relu_() if self.kind == "twice" else mid)


@pytest.mark.parametrize("kind", ["module", "function", "twice"])
def test_guided_backprop_and_deep_lift_see_every_relu(kind):
    """f = relu(d) − relu(−d), d = x0 − x1, which is d itself.

    At d = 1 the gradient is (1, −1). Guided backpropagation hands back only what is positive at a
    ReLU: of the second unit it is −1, so nothing. DeepLift's rescale rule gives the same.
    """
    request = asked(Rectified(kind), ["low", "out"], 0, torch.tensor([[2.0, 1.0], [1.0, 3.0]]))
    guided = find_method("guided_backprop")(request)
    # At d = −2 only the second unit is on, and its −1 is not handed back.
    assert guided.tolist() == [[1.0, -1.0], [0.0, 0.0]]
    lift = find_method("deep_lift")(request)
    torch.testing.assert_close(lift, torch.tensor([[2.0, -1.0], [1.0, -3.0]]))


@pytest.mark.parametrize("name", ["guided_backprop", "deep_lift"])
def test_without_relu_there_is_nothing_to_guide(name):
    with pytest.raises(NotApplicableError, match="no ReLU"):
        find_method(name)(linear())


def test_a_replayed_segment_shows_no_modules():
    model = Rectified("module").eval()
    x = torch.tensor([[2.0, 1.0], [1.0, 3.0]])
    network = open_network(model, ["low", "out"], x, method="replayed")
    request = request_attribution(network, network.segment("low", "out"), 0, x)
    with pytest.raises(NotApplicableError, match="replayed: replay was asked for"):
        find_method("deep_lift")(request)
    torch.testing.assert_close(
        find_method("gradient_activation")(request), torch.tensor([[2.0, -1.0], [1.0, -3.0]])
    )


def test_weight_norm_wants_a_filter_for_each_neuron():
    model = nn.Sequential(nn.ReLU(), dense(W))
    request = asked(model, ["0", "1"], 0, X)
    with pytest.raises(NotApplicableError, match="no weight with a row for each of its 3"):
        find_method("weight_norm")(request)
    normed = nn.Sequential(dense([[3.0, 4.0, 0.0], [0.0, 0.0, 1.0]]), dense([[1.0, 1.0]]))
    answer = find_method("weight_norm")(asked(normed, ["0", "1"], 0, X))
    assert answer.tolist() == [[5.0, 1.0], [5.0, 1.0]]


def test_correlation_takes_company_for_work():
    """x1 goes with x0 and has no weight; x2 never changes."""
    model = nn.Sequential(dense(torch.eye(3).tolist()), dense([[1.0, 0.0, 0.0]]))
    x = torch.tensor([[1.0, -2.0, 5.0], [2.0, -4.0, 5.0], [4.0, -8.0, 5.0]])
    request = asked(model, ["0", "1"], 0, x)
    answer = find_method("activation_correlation")(request)
    assert answer[0].tolist() == pytest.approx([1.0, -1.0, 0.0])
    assert scores(find_method("ig")(request))[1] == 0


def test_scores_rank_and_weights_sum():
    answer = torch.tensor([[1.0, -2.0], [-1.0, -2.0]])
    assert scores(answer).tolist() == [1.0, 2.0]
    assert weights(answer).tolist() == [0.0, -2.0]


@pytest.fixture(scope="module")
def convolutional():
    model = SmallCNN().eval()
    images = torch.randn(5, 1, 8, 8, generator=torch.Generator().manual_seed(0))
    with analysis_mode(model):
        network = open_network(model, ["stem", "top"], images)
        yield request_attribution(network, network.segment("stem", "top"), 3, images, seed=7)


@pytest.mark.parametrize("name", METHODS)
def test_any_selector_is_repeatable_and_leaves_no_trace(name, convolutional):
    model = convolutional.network.model

    def state():
        return (
            [len(one._forward_hooks) + len(one._backward_hooks) for one in model.modules()],
            [len(one._forward_pre_hooks) for one in model.modules()],
            [(one.requires_grad, one.grad) for one in model.parameters()],
            [dict(vars(one)) for one in model.modules()],
            torch.get_rng_state().tolist(),
            np.random.get_state()[1].tolist(),
            torch.is_grad_enabled(),
            convolutional.lower.requires_grad,
        )

    before = state()
    once = find_method(name)(convolutional)
    assert state() == before
    torch.rand(3)
    np.random.rand(3)
    assert torch.equal(find_method(name)(convolutional), once)
    assert once.shape == (5, 6)
    assert once.isfinite().all()


def test_captums_conductance_is_integrated_gradients(convolutional):
    """Up to its own steps, which leave out a little at both ends of the way."""
    torch.testing.assert_close(
        find_method("conductance")(linear()), X * GRADIENT, rtol=0.01, atol=0
    )
    theirs, ours = (find_method(name)(convolutional).flatten() for name in ("conductance", "ig"))
    assert torch.corrcoef(torch.stack([theirs, ours]))[0, 1] > 0.99


def test_captum_missing_names_the_extra(monkeypatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(
        ConfigError, match=r"saliency: captum.*neurflow-lightning\[captum\]"
    ) as said:
        find_method("saliency")
    assert "neuron_mct" in str(said.value)
    check_available(set(METHODS) - {*CAPTUM, *ZENNIT})


def test_unknown_names_are_refused():
    with pytest.raises(ConfigError, match=r"'salience'\. Did you mean 'saliency'"):
        find_method("salience")


# --- layer-wise relevance propagation -------------------------------------------------------


def test_relevance_of_a_linear_segment_is_gradient_times_activation():
    torch.testing.assert_close(find_method("lrp")(linear()), X * GRADIENT, atol=1e-4, rtol=1e-4)


class Skip(nn.Module):
    """f = relu(2 x0 + x1) + (x0 + x1), a branch beside a skip connection."""

    def __init__(self):
        super().__init__()
        self.low, self.branch = dense(torch.eye(2).tolist()), dense([[2.0, 1.0]])
        self.past, self.act, self.out = dense([[1.0, 1.0]]), nn.ReLU(), nn.Identity()

    def forward(self, x):
        low = self.low(x)
        return self.out(self.act(self.branch(low)) + self.past(low))


def test_relevance_is_conserved_at_a_sum():
    """All of it comes from x0 and x1: at (1, 2) that is 4 + 3, at (1, -2) only the skip is on."""
    request = asked(Skip(), ["low", "out"], 0, torch.tensor([[1.0, 2.0], [1.0, -3.0]]))
    relevance = find_method("lrp")(request)
    torch.testing.assert_close(relevance.sum(1), torch.tensor([7.0, -2.0]), atol=1e-3, rtol=1e-3)
    torch.testing.assert_close(relevance[0], torch.tensor([3.0, 4.0]), atol=1e-3, rtol=1e-3)


def test_relevance_names_what_has_no_rule():
    model = nn.Sequential(dense(torch.eye(3).tolist()), nn.LayerNorm(3))
    with pytest.raises(NotApplicableError, match="LayerNorm"):
        find_method("lrp")(asked(model, ["0", "1"], 0, X))
