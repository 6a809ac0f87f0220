"""Attribution methods by name and by function: naive twins, what is recorded, what is refused."""

from __future__ import annotations

from functools import partial

import numpy as np
import pytest
import torch
from attributing import opened
from torch import Tensor

from networks import ConvNet, SmallCNN
from neurflow_lightning import NeurFlowConfig, ProbeSet, analyze
from neurflow_lightning.core.attribution import (
    AttributionRequest,
    PathAttribution,
    completeness_gap,
    request_attribution,
)
from neurflow_lightning.core.methods import PATH_ATTRIBUTIONS, find_method
from neurflow_lightning.errors import ConfigError
from neurflow_lightning.method_names import METHODS, PATH_METHODS, check_method_name
from neurflow_lightning.types import Circuit, NeuronId, Snapshot

LAYERS = ("stem", "top", "fc")
NUMBERS = {"tau": 4, "top_k": 5, "granularities": (1.0,), "resamples": 0, "node_power": 1}


@pytest.fixture(scope="module")
def model() -> SmallCNN:
    return SmallCNN().double().eval()


@pytest.fixture(scope="module")
def images() -> Tensor:
    return torch.randn(7, 1, 8, 8, generator=torch.Generator().manual_seed(0)).double()


def analysed(model, images, attribution=None, **numbers) -> Snapshot:
    config = NeurFlowConfig(**{**NUMBERS, **numbers})
    given = {"layers": LAYERS, "targets": [1], "config": config, "attribution": attribution}
    return analyze(model, ProbeSet(images), **given)


# --- naive twins ----------------------------------------------------------------------------


def gauss(nodes: int) -> list[tuple[float, float]]:
    positions, weights = np.polynomial.legendre.leggauss(nodes)
    return list(zip((positions + 1) / 2, weights / 2, strict=True))


def naive(model: SmallCNN, image: Tensor, neuron: int, path: list[tuple[float, float]]) -> Tensor:
    """(C',) of a neuron of ``top`` and the maps of ``stem``: one image, node after node."""
    lower = model.stem(image[None]).detach()
    total = torch.zeros_like(lower)
    for position, weight in path:
        leaf = (position * lower).requires_grad_()
        with torch.enable_grad():
            answer = model.top(model.body(leaf)).mean((2, 3))[0, neuron]
        total += weight * torch.autograd.grad(answer, leaf)[0]
    return (total * lower).mean((2, 3))[0]


def check_against_naive(circuit: Circuit, model, images, path) -> None:
    for node in circuit.layer_neurons("top"):
        for row, found in zip(node.concept.patches, node.inputs.attributions, strict=True):
            expected = naive(model, images[int(row)], node.id.index, path).numpy()
            np.testing.assert_allclose(found, expected[node.inputs.sources], rtol=2e-5, atol=1e-9)


def test_gradient_is_one_pass_at_the_input_times_the_activation(model, images):
    circuit = analysed(model, images, "gradient").circuits[0]
    check_against_naive(circuit, model, images, [(1.0, 1.0)])
    assert circuit.statistics("top").completeness_gap == 0  # of the linear function it stands for


@pytest.mark.parametrize("nodes", [1, 3, 8])
def test_ig_sums_the_gradients_at_its_nodes(model, images, nodes):
    circuit = analysed(model, images, "ig", nodes=nodes).circuits[0]
    check_against_naive(circuit, model, images, gauss(nodes))


def test_midpoint_is_one_node_half_way(model, images):
    circuit = analysed(model, images, "midpoint").circuits[0]
    check_against_naive(circuit, model, images, [(0.5, 1.0)])


def test_without_norms_holding_them_changes_nothing_but_the_nodes(model, images):
    for name, path in {"norm-held": gauss(4), "norm-held-gradient": [(1.0, 1.0)]}.items():
        circuit = analysed(model, images, name).circuits[0]
        check_against_naive(circuit, model, images, path)


@pytest.mark.parametrize("name", PATH_METHODS)
def test_the_protocol_gives_what_the_analysis_gives(model, images, name):
    node = analysed(model, images, name).circuits[0].layer_neurons("top")[0]
    with opened(model, images, LAYERS[:2]) as study:
        rows = torch.tensor(node.concept.patches)
        segment = study.segments[0]
        request = request_attribution(study.network, segment, node.id.index, images[rows], nodes=4)
        values = find_method(name)(request)
        gap = completeness_gap(find_method(name), request, values)
    values = values.numpy()
    np.testing.assert_allclose(values[:, node.inputs.sources], node.inputs.attributions, rtol=1e-5)
    np.testing.assert_allclose(gap, node.inputs.completeness_gap, atol=1e-7)


def test_a_requests_gradients_and_knockouts(model, images):
    with opened(model, images, LAYERS[:2]) as study:
        segment = study.segments[0]
        request = request_attribution(study.network, segment, 3, images, nodes=2)
        assert (len(request), request.width, request.positions) == (7, 6, 64)
        own = torch.stack([naive(model, image, 3, [(1.0, 1.0)]) for image in images])
        found = request.by_neuron(request.gradient(request.lower) * request.lower)
        torch.testing.assert_close(found, own)
        silenced = request.lower.clone()
        silenced[:, [1, 4]] = 0
        expected = model.top(model.body(silenced)).mean((2, 3))[:, 3]
        torch.testing.assert_close(request.without([1, 4]), expected)
        torch.testing.assert_close(request.part(range(2, 5)).lower, request.lower[2:5])


# --- functions of one's own -----------------------------------------------------------------


def loudest(request: AttributionRequest) -> Tensor:
    """A method: what is most active."""
    return request.by_neuron(request.lower)


def test_a_function_ranks_the_neurons_and_is_recorded_by_its_address():
    """high reads x0 alone, yet x1 is louder: the function is what decides."""
    net = ConvNet(high=[[1.0, 0.0]], fc=[[1.0]])
    images = torch.tensor([1.0, 3.0])[None, :, None, None].expand(4, -1, 2, 2)
    numbers = NeurFlowConfig(tau=1, granularities=(1.0,), resamples=0)
    given = {"layers": ["low", "high", "fc"], "targets": [0], "config": numbers}
    snapshot = analyze(net, ProbeSet(images), **given, attribution=loudest)
    inputs = snapshot.circuits[0].neuron(NeuronId("high", 0)).inputs
    assert inputs.sources.tolist() == [1]
    assert (inputs.attributions == 3).all()
    np.testing.assert_allclose(inputs.completeness_gap, (1 + 3) * 4 - 1)  # 4 positions; φ = x0
    assert snapshot.config.attribution == f"{__name__}:loudest"
    assert {one.method for one in snapshot.attribution.values()} == {f"{__name__}:loudest"}
    again = analyze(net, ProbeSet(images), **given, attribution=f"{__name__}:loudest")
    assert again.attribution == snapshot.attribution


class Loudest:
    """A method with an attribute that is often there."""

    name = "my own"

    def __call__(self, request: AttributionRequest) -> Tensor:
        return loudest(request)


NAMELESS = {
    "lambda": lambda request: 2 * loudest(request),
    "partial": partial(loudest),
    "object": Loudest(),
    "bound method": Loudest().__call__,
}


@pytest.mark.parametrize("kind", NAMELESS)
def test_a_function_that_no_address_leads_to_is_recorded_as_custom(model, images, kind):
    snapshot = analysed(model, images, NAMELESS[kind])
    assert snapshot.config.attribution == "custom"
    for record in snapshot.attribution.values():
        assert (record.method, record.nodes, record.hold) == ("custom", 0, ())
        assert -1 <= record.correlation <= 1
    with pytest.raises(ConfigError, match="the function itself"):
        analysed(model, images, snapshot.config.attribution)


def test_a_function_is_called_once_a_neuron_with_its_own_patches(model, images):
    """And before that on fewer, to see whether it predicts knockouts."""
    asked: list[tuple[str, int, int]] = []

    def noted(request: AttributionRequest) -> Tensor:
        asked.append((request.segment.upper, request.neuron, len(request)))
        return loudest(request)

    circuit = analysed(model, images, noted).circuits[0]
    expected = [("fc", 1, 5), *(("top", one.id.index, 5) for one in circuit.layer_neurons("top"))]
    assert sorted(one for one in asked if one[2] == 5) == sorted(expected)
    assert {count for _, _, count in asked} == {2, 5}


def test_of_a_result_of_another_shape_both_shapes_are_named(model, images):
    with pytest.raises(ConfigError, match=r"\(2,\).*\(2, 10\)"):
        analysed(model, images, lambda request: loudest(request)[:, 0])


# --- names ----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", PATH_METHODS)
def test_a_method_is_recorded_by_the_name_it_was_asked_for(model, images, name):
    snapshot = analysed(model, images, name)
    method = PATH_ATTRIBUTIONS[name]
    nodes = 1 if method.at_input else method.nodes or 4
    for record in snapshot.attribution.values():
        assert (record.method, record.nodes, record.hold) == (name, nodes, method.hold)
    assert snapshot.config.attribution == name


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("gradiant", "'gradient'"),
        ("norm-hold", "'norm-held'"),
        ("norm_held", "'norm-held'"),
        ("atuo", "'auto'"),
        ("integrated_gradients", "'ig'"),
        ("attention-held", "'norm-held'"),
    ],
)
def test_a_wrong_name_gets_near_matches_wherever_it_is_given(model, images, name, near):
    with pytest.raises(ConfigError, match=near):
        find_method(name)
    with pytest.raises(ConfigError, match=near):
        NeurFlowConfig(attribution=name)
    with pytest.raises(ConfigError, match=near):
        analysed(model, images, name)


def test_every_name_is_a_name():
    for name in METHODS:
        check_method_name(name)


@pytest.mark.parametrize("given", [3, ["ig"], b"ig"], ids=repr)
def test_what_is_neither_name_nor_function_is_refused(model, images, given):
    with pytest.raises(ConfigError, match="attribution="):
        analysed(model, images, given)


@pytest.mark.parametrize(
    "settings",
    [{"nodes": 0}, {"nodes": True}, {"nodes": 3, "at_input": True}, {"hold": ["norms"]}],
    ids=repr,
)
def test_settings_of_a_path_that_make_no_sense_are_refused(settings):
    with pytest.raises(ConfigError):
        PathAttribution(**settings)
