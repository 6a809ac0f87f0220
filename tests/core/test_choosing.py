"""``auto``: the cheapest method whose attributions predict knockouts as well as the best one's."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

import numpy as np
import pytest
import torch
from attributing import opened
from torch import Tensor, nn
from torch.nn.functional import layer_norm, relu

from networks import SmallCNN
from neurflow_lightning import NeurFlowConfig, ProbeSet, analyze
from neurflow_lightning.core.attribution import AttributionRequest, request_attribution, weights
from neurflow_lightning.core.choosing import CANDIDATES, MARGIN, choose_method, measured
from neurflow_lightning.core.methods import PATH_ATTRIBUTIONS, find_method, method_name
from neurflow_lightning.evaluation.planted.failures import normalised, saturating
from neurflow_lightning.evaluation.planted.running import run_planted
from neurflow_lightning.types import PREDICTS, SegmentAttribution, Snapshot

AUTO = find_method("auto")


class Formula(nn.Module):
    def __init__(self, formula: Callable[[Tensor], Tensor]) -> None:
        super().__init__()
        self.low, self.up, self.formula = nn.Identity(), nn.Identity(), formula

    def forward(self, values: Tensor) -> Tensor:
        return self.up(self.formula(self.low(values)))


@contextmanager
def requests(
    formula: Callable[[Tensor], Tensor], inputs: Tensor, neurons: int = 1
) -> Iterator[list[AttributionRequest]]:
    """For the first neurons of ``up = formula(low)``, on all inputs."""
    with opened(Formula(formula), inputs) as study:
        segment = study.segments[0]
        first = request_attribution(study.network, segment, 0, inputs, node_power=3)
        yield [replace(first, neuron=neuron) for neuron in range(neurons)]


def uniform(low: float, high: float, *shape: int) -> Tensor:
    return torch.empty(shape).uniform_(low, high, generator=torch.Generator().manual_seed(1))


def linear(x: Tensor) -> Tensor:
    return torch.stack([2 * x[:, 0] - x[:, 1], x[:, 2] + 3 * x[:, 0]], 1)


def check_rule(compared: dict[str, float], chosen: str) -> None:
    """The cheapest within the margin of the best."""
    known = {name: value for name, value in compared.items() if not np.isnan(value)}
    good = [name for name, value in known.items() if value >= max(known.values()) - MARGIN]
    assert chosen == min(good, key=CANDIDATES.index)


# --- which method ---------------------------------------------------------------------------


def test_on_linear_maps_the_gradient_is_exact_and_no_other_is_tried():
    with requests(linear, uniform(-1, 1, 5, 6), neurons=2) as asked:
        choice = choose_method(asked)
    assert method_name(choice.method) == "gradient"
    assert choice.correlation == pytest.approx(1.0)
    assert list(choice.compared) == ["gradient"]
    for request, found in zip(asked, choice.weights, strict=True):
        np.testing.assert_allclose(found, weights(choice.method(request)), rtol=1e-5)


def test_behind_a_saturated_function_the_gradient_is_not_taken():
    """min(x1, 1) + ¼ x0 with x1 from 2 to 4: at the input x1 has no gradient."""
    inputs = torch.cat([uniform(0.5, 1.5, 6, 1), uniform(2, 4, 6, 1)], 1)
    with requests(lambda x: saturating(x)[:, None], inputs) as asked:
        choice = choose_method(asked)
    assert method_name(choice.method) == "ig"
    assert set(choice.compared) == {"gradient", "ig"}  # without norms there is nothing to hold
    assert choice.compared["gradient"] < PREDICTS < choice.correlation
    assert choice.correlation == choice.compared["ig"]


def test_behind_a_norm_integrated_gradients_are_not_taken():
    with requests(lambda x: normalised(x)[:, None], uniform(0.5, 1.5, 6, 16)) as asked:
        choice = choose_method(asked)
    check_rule(choice.compared, method_name(choice.method))
    assert set(choice.compared) <= set(CANDIDATES)
    assert method_name(choice.method) != "ig"
    assert choice.correlation >= 1 - MARGIN


def test_behind_a_norm_and_a_saturated_function_norms_are_held_along_the_path():
    """min(LN(x)_1 + 6, 1) rises on the way, whatever σ does: not at its end."""
    shift = torch.tensor([0.0, 3.0, 0, 0, 0, 0, 0, 0])

    def formula(x: Tensor) -> Tensor:
        return relu(1 - relu(1 - 3 * layer_norm(x, (8,))))[:, 1:2] + 0.25 * x[:, :1]

    with requests(formula, uniform(0.5, 1.5, 6, 8) + shift) as asked:
        choice = choose_method(asked)
    check_rule(choice.compared, method_name(choice.method))
    assert set(choice.compared) == set(CANDIDATES)
    assert method_name(choice.method) == "norm-held"
    assert choice.compared["gradient"] < choice.correlation - MARGIN


def test_where_no_method_predicts_knockouts_the_correlation_says_so():
    """A product: without any one of its factors all is lost, whatever each is given."""
    with requests(lambda x: x.prod(1, keepdim=True), uniform(0.9, 1.1, 6, 8)) as asked:
        choice = choose_method(asked)
    check_rule(choice.compared, method_name(choice.method))
    assert choice.correlation < PREDICTS
    assert not SegmentAttribution("ig", 4, correlation=choice.correlation).predicts


def test_where_no_knockout_has_an_effect_integrated_gradients_are_taken():
    with requests(lambda x: 0 * x[:, :1] + 1, uniform(0.5, 1.5, 4, 6)) as asked:
        choice = choose_method(asked)
    assert method_name(choice.method) == "ig"
    assert np.isnan(choice.correlation)
    assert SegmentAttribution("ig", 4, correlation=choice.correlation).predicts  # nothing is wrong


@pytest.mark.parametrize("width", [1, 2, 3, 5, 13])
def test_any_width_can_be_chosen_for(width):
    with requests(lambda x: x.sum(1, keepdim=True), uniform(0.5, 1.5, 3, width)) as asked:
        choice = choose_method(asked)
    assert method_name(choice.method) == "gradient"


def test_the_same_requests_give_the_same_choice():
    with requests(lambda x: normalised(x)[:, None], uniform(0.5, 1.5, 6, 16)) as asked:
        state = torch.get_rng_state()
        assert choose_method(asked).compared == choose_method(asked).compared
        assert torch.equal(torch.get_rng_state(), state)


def test_a_correlation_is_that_of_summed_weights_with_the_effects_of_knockouts():
    """Of two neurons each is knocked out alone, and both; nothing changes where nothing is."""

    def formula(x: Tensor) -> Tensor:
        return saturating(x) + 0.1 * x[:, 0] * x[:, 1]

    inputs = uniform(0.7, 1.5, 5, 2)
    with requests(lambda x: formula(x)[:, None], inputs) as asked:
        found = measured(PATH_ATTRIBUTIONS["gradient"], asked)
        given = weights(PATH_ATTRIBUTIONS["gradient"](asked[0]))
    silenced = [inputs * torch.tensor(kept) for kept in ([1, 1], [0, 1], [1, 0], [0, 0])]
    effects = [float((formula(inputs) - formula(one)).mean()) for one in silenced]
    expected = np.corrcoef([0, given[0], given[1], given.sum()], effects)[0, 1]
    assert expected < 0.99
    assert found.correlation == pytest.approx(expected, abs=1e-5)
    assert found.compared == {"gradient": found.correlation}


# --- planted circuits -----------------------------------------------------------------------


@pytest.fixture(scope="module")
def planted() -> dict[tuple[str, str, str], object]:
    report = run_planted(AUTO, "auto", tiers=["T0", "T1", "T2", "T3", "T4"], quick=True)
    assert report.missed() == ()
    return {one.key: one for one in report.measured}


@pytest.mark.parametrize("case", ["saturation", "normalisation"])
def test_little_weight_goes_to_wrong_neurons(planted, case):
    assert planted["T3", case, "share given to the wrong neurons"].value <= 0.1


def test_what_attribution_misses_is_seen_by_the_correlation(planted):
    steep = planted["T3", "steep saturation", "share given to the wrong neurons"]
    assert (steep.verdict, steep.alarm > 1 - PREDICTS) == ("expected miss", True)


@pytest.mark.slow
def test_auto_keeps_the_lines_of_all_networks():
    assert run_planted(AUTO, "auto").missed() == ()


# --- in an analysis -------------------------------------------------------------------------

LAYERS = ("stem", "body", "top", "fc")


def analysed(images: Tensor, **given) -> Snapshot:
    config = NeurFlowConfig(tau=3, top_k=6, granularities=(1.0,), resamples=0)
    labels = torch.arange(len(images)) % 3
    return analyze(SmallCNN(), ProbeSet(images, labels), layers=LAYERS, config=config, **given)


@pytest.fixture(scope="module")
def images() -> Tensor:
    return torch.randn(18, 1, 8, 8, generator=torch.Generator().manual_seed(0))


def test_method_margin_and_correlations_are_recorded_for_each_layer_pair(images):
    snapshot = analysed(images, targets=[0, 2])
    assert snapshot.config.attribution == "auto"
    assert list(snapshot.attribution) == list(LAYERS[1:])
    for record in snapshot.attribution.values():
        check_rule(record.compared, record.method)
        assert record.correlation == record.compared[record.method]
        assert record.margin == MARGIN
        assert record.predicts == (record.correlation >= PREDICTS)
    assert snapshot.attribution["fc"].method == "gradient"  # a mean and a linear map


def test_the_circuit_is_that_of_the_methods_that_were_chosen(images):
    chosen = analysed(images, targets=[0])
    for record in chosen.attribution.values():
        if record.method == "ig":
            continue
        alone = analysed(images, targets=[0], attribution=record.method)
        upper = [layer for layer, one in chosen.attribution.items() if one.method == record.method]
        ours, theirs = (one.circuits[0].layer_neurons(upper[-1])[0] for one in (chosen, alone))
        np.testing.assert_array_equal(ours.inputs.attributions, theirs.inputs.attributions)


@pytest.mark.parametrize("method", ["norm-held", "random"])
def test_a_method_that_was_asked_for_is_kept_and_measured(images, method):
    records = analysed(images, targets=[0], attribution=method).attribution.values()
    for record in records:
        assert record.method == method
        assert not record.compared
    assert all(record.predicts for record in records) is (method == "norm-held")
