"""Integrated gradients against closed forms and a slow twin."""

import numpy as np
import pytest
import torch
from torch import nn

from networks import ConvNet, ResidualNet, SmallCNN, TokenNet
from neurflow_lightning.core.attribution import integrated_gradients, knockout_responses
from neurflow_lightning.core.quadrature import gauss_legendre
from neurflow_lightning.core.segments import open_network
from neurflow_lightning.core.study import analysis_mode


def attribute(model, layers, inputs, neurons, nodes=16, method="auto", power=1):
    with analysis_mode(model):
        network = open_network(model, layers, inputs, method=method)
        segment = network.segment(*network.layers)
        capture = segment.capture(inputs)
        return integrated_gradients(
            network,
            segment,
            capture.lower,
            capture.context,
            torch.tensor(neurons),
            gauss_legendre(nodes, power),
        )


@pytest.mark.parametrize("nodes", range(1, 9))
def test_quadrature_is_exact_for_polynomials(nodes):
    for degree in range(2 * nodes):
        total = sum(weight * position**degree for position, weight in gauss_legendre(nodes))
        assert total == pytest.approx(1 / (degree + 1), abs=1e-14)


@pytest.mark.parametrize("power", [2, 3])
@pytest.mark.parametrize("nodes", [2, 5, 16])
def test_gathered_nodes_are_exact_for_lower_polynomials(nodes, power):
    for degree in range(2 * nodes // power):
        total = sum(w * position**degree for position, w in gauss_legendre(nodes, power))
        assert total == pytest.approx(1 / (degree + 1), abs=1e-13)


def test_gathered_nodes_resolve_what_happens_next_to_the_baseline():
    """∫ d/dα tanh(500 α) dα = 1, nearly all of it in the first two hundredths of the path."""

    def gap(power: int) -> float:
        slopes = (w * 500 * (1 - np.tanh(500 * at) ** 2) for at, w in gauss_legendre(16, power))
        return abs(sum(slopes) - 1)

    assert gap(1) > 0.8
    assert gap(3) < 0.04


def test_the_gap_is_what_the_sum_has_too_much():
    """f = x² at x = 1: one node half-way gives 1 (exact); f = x³ gives 3/4, so the gap is −1/4."""
    model = nn.Sequential(nn.Identity(), Cube()).double()
    attribution = attribute(model, ["0", "1"], torch.ones(1, 2).double(), [0], nodes=1)
    assert attribution.completeness_gap.item() == pytest.approx(-0.25)
    assert attribution.response_change.item() == pytest.approx(1.0)


def test_linear_segment_gives_weight_times_input():
    weights = [[1.0, -2.0, 0.5], [0.0, 3.0, 1.0]]
    model = nn.Sequential(nn.Linear(3, 3), nn.Linear(3, 2)).double()
    model[1].weight.data = torch.tensor(weights).double()
    inputs = torch.rand(4, 3).double()
    attribution = attribute(model, ["0", "1"], inputs, [0, 1, 0, 1], nodes=1)
    with torch.no_grad():
        expected = model[1].weight[[0, 1, 0, 1]] * model[0](inputs)
    torch.testing.assert_close(attribution.values, expected, atol=1e-12, rtol=0)
    assert attribution.completeness_gap.abs().max() < 1e-12


def test_values_are_averaged_over_positions_and_the_gap_sums_them():
    """A 1 x 1 convolution on all-ones 2 x 3 maps: T = weight, φ(v) − φ(0) = Σ weights."""
    model = ConvNet(high=[[2.0, -1.0]], fc=[[1.0]])
    attribution = attribute(model, ["low", "high"], torch.ones(1, 2, 2, 3), [0])
    # φ is a mean over 6 positions, so each of the 6 positions carries weight / 6 of it.
    torch.testing.assert_close(attribution.values, torch.tensor([[2.0, -1.0]]) / 6)
    torch.testing.assert_close(attribution.response_change, torch.tensor([1.0]))
    assert attribution.completeness_gap.abs().max() < 1e-6


def test_a_skip_connection_stays_at_its_true_value():
    """Only the branch is attributed: at the baseline the skip still carries x."""
    model = ResidualNet(branch=[[0.5, 0.0], [0.0, 2.0]], fc=[[1.0, 0.0]])
    inputs = torch.ones(1, 2, 2, 2)
    attribution = attribute(model, ["block.branch", "block"], inputs, [1])
    torch.testing.assert_close(attribution.response_change, torch.tensor([2.0]))
    torch.testing.assert_close(attribution.values * 4, torch.tensor([[0.0, 2.0]]))


def test_tokens_have_their_neurons_last():
    model = TokenNet(mix=[[1.0, 2.0, 0.0]], fc=[[1.0]])
    tokens = torch.rand(2, 5, 3)
    attribution = attribute(model, ["embed", "mix"], tokens, [0, 0])
    expected = torch.tensor([1.0, 2.0, 0.0]) * tokens.mean(1) / 5
    torch.testing.assert_close(attribution.values, expected)


class Attending(nn.Module):
    """Tokens through fixed, linear attention beside a skip: any token feeds any other."""

    def __init__(self):
        super().__init__()
        self.low, self.values = nn.Linear(4, 4), nn.Linear(4, 4)
        self.attention = nn.Parameter(torch.randn(5, 5).softmax(-1))
        self.up = nn.Identity()

    def forward(self, tokens):
        tokens = self.low(tokens)
        return self.up(tokens + self.attention @ self.values(tokens))


def test_on_linear_tokens_attributions_are_knockouts():
    torch.manual_seed(0)
    model, tokens = Attending().double(), torch.randn(3, 5, 4).double()
    found = attribute(model, ["low", "up"], tokens, [2, 2, 2], nodes=1).values * 5
    with analysis_mode(model):
        network = open_network(model, ["low", "up"], tokens)
        segment = network.segment("low", "up")
        lower, context = segment.entering(tokens)

        def answer(*out):
            rows = torch.tensor(out, dtype=torch.long)
            return knockout_responses(network, segment, lower, context, 2, rows)

        lost = torch.stack([answer() - answer(neuron) for neuron in range(4)], 1)
    torch.testing.assert_close(found, lost, atol=1e-12, rtol=0)


class Normed(nn.Module):
    """A skip beside a weighted sum of what a LayerNorm makes of the same 6 neurons."""

    def __init__(self):
        super().__init__()
        self.low, self.norm = nn.Linear(6, 6), nn.LayerNorm(6, eps=1e-6, elementwise_affine=False)
        self.branch, self.up = nn.Linear(6, 6, bias=False), nn.Identity()

    def forward(self, values):
        values = self.low(values)
        return self.up(values + self.branch(self.norm(values)))


def test_a_layer_norm_is_given_more_than_its_knockouts_are_worth():
    """Of LN(x)·w with deviation s, neuron i gets asinh(s/√ε) · gradient × activation, and of
    LN(x)·w itself the share x_i (x_i - mean) / Σ(x - mean)²; of the skip it gets what it is.
    """
    torch.manual_seed(0)
    model, inputs = Normed().double(), torch.randn(3, 6).double()
    with torch.no_grad():
        x = model.low(inputs)
        weights = model.branch.weight[1]
        centred, spread = x - x.mean(1, keepdim=True), x.std(1, correction=0, keepdim=True)
        answer = (centred / spread * weights).sum(1, keepdim=True)
        by_gradient = x * (weights - weights.mean() - centred / spread / 6 * answer) / spread
        share = x * centred / (6 * spread**2)
        expected = torch.asinh(spread / 1e-3) * by_gradient + share * answer
        expected[:, 1] += x[:, 1]
    found = attribute(model, ["low", "up"], inputs, [1] * 3, nodes=200, power=3).values
    torch.testing.assert_close(found, expected, rtol=1e-4, atol=1e-4)


@pytest.mark.parametrize("method", ["traced", "replayed"])
def test_completeness_gap_closes_with_nodes(method):
    torch.manual_seed(0)
    model, inputs = SmallCNN().double(), torch.randn(8, 1, 8, 8).double()
    gaps = [
        attribute(model, ["stem", "fc"], inputs, [0, 1, 2, 0] * 2, nodes, method)
        .completeness_gap.abs()
        .mean()
        for nodes in (1, 8, 64, 512)
    ]
    assert gaps[0] > gaps[1] > gaps[2] > gaps[3]
    assert gaps[3] < 1e-4


def test_equals_a_slow_twin_over_the_whole_network():
    """Midpoint sum with 4,000 steps, one patch and one neuron at a time, by a plain hook."""
    torch.manual_seed(1)
    model, inputs = SmallCNN().double().eval(), torch.randn(2, 1, 8, 8).double()
    attribution = attribute(model, ["body", "fc"], inputs, [2, 0], nodes=256)
    for row, neuron in enumerate([2, 0]):
        lower = model.body(model.stem(inputs[row : row + 1])).detach()
        path = ((torch.arange(4000).double() + 0.5) / 4000)[:, None, None, None] * lower
        path.requires_grad_()
        outputs = model.fc(model.top(path).mean((2, 3)))[:, neuron]
        (gradients,) = torch.autograd.grad(outputs.sum(), path)
        expected = (gradients.mean(0) * lower[0]).mean((1, 2))
        torch.testing.assert_close(attribution.values[row], expected, atol=2e-6, rtol=1e-3)


def test_one_node_is_the_gradient_at_half_way_times_input():
    model = nn.Sequential(nn.Linear(3, 3), Square()).double()
    inputs = torch.rand(2, 3).double()
    with torch.no_grad():
        lower = model[0](inputs)
    attribution = attribute(model, ["0", "1"], inputs, [0, 1], nodes=1)
    expected = torch.zeros(2, 3).double()
    expected[0, 0], expected[1, 1] = lower[0, 0] ** 2, lower[1, 1] ** 2
    torch.testing.assert_close(attribution.values, expected)


class Cube(nn.Module):
    def forward(self, inputs):
        return inputs**3


class Square(nn.Module):
    def forward(self, inputs):
        return inputs**2


def test_traced_and_replayed_attributions_agree():
    torch.manual_seed(2)
    model, inputs = SmallCNN(), torch.randn(6, 1, 8, 8)
    neurons = [0, 3, 5, 1, 7, 9]
    traced = attribute(model, ["stem", "top"], inputs, neurons, method="traced")
    replayed = attribute(model, ["stem", "top"], inputs, neurons, method="replayed")
    torch.testing.assert_close(traced.values, replayed.values, atol=1e-6, rtol=1e-4)


def test_knockout_sets_the_whole_channel_to_zero():
    model = ConvNet(high=[[2.0, 3.0], [1.0, 1.0]], fc=[[1.0, 0.0]])
    inputs = torch.ones(3, 2, 2, 2)
    with analysis_mode(model):
        network = open_network(model, ["low", "high"], inputs)
        segment = network.segment("low", "high")
        capture = segment.capture(inputs)
        left = knockout_responses(
            network, segment, capture.lower, capture.context, 0, torch.tensor([1])
        )
    np.testing.assert_allclose(left, [2.0, 2.0, 2.0])


def test_nothing_is_accumulated_in_grad():
    model = SmallCNN()
    attribute(model, ["stem", "fc"], torch.randn(4, 1, 8, 8), [0, 1, 2, 0])
    assert all(parameter.grad is None for parameter in model.parameters())
    assert all(parameter.requires_grad for parameter in model.parameters())
