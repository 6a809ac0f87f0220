"""Interventions on networks in which every effect follows on paper."""

import numpy as np
import pytest
import torch
from torch import nn

from networks import ConvNet, SmallCNN, dense
from neurflow_lightning import (
    NeurFlowConfig,
    NeuronId,
    ProbeSet,
    analyze,
    check_edges,
    intervene,
)
from neurflow_lightning.core.intervention import EdgeCheck
from neurflow_lightning.errors import ConfigError, LayerError, ProbeError
from neurflow_lightning.types import GroupEdge, GroupId

CONFIG = NeurFlowConfig(granularities=(1.0,), tau=4)
LAYERS = ("low", "high", "fc")


def flat(*means: list[float]) -> torch.Tensor:
    return torch.tensor(means)[:, :, None, None].expand(-1, -1, 2, 2).clone()


IMAGES = flat([1.0, 2.0], [3.0, 1.0], [2.0, 2.0])


@pytest.fixture(scope="module")
def model():
    """high₀ = x₀ + x₁, high₁ = 2·x₁; the logit is high₀ − 3·high₁."""
    return ConvNet(high=[[1.0, 1.0], [0.0, 2.0]], fc=[[1.0, -3.0]])


@pytest.fixture(scope="module")
def circuit(model):
    return analyze(model, ProbeSet(IMAGES), layers=LAYERS, targets=[0], config=CONFIG).circuits[0]


class TestOneNeuron:
    """On (x₀, x₁) the logit is x₀ + x₁ − 6·x₁ = x₀ − 5·x₁."""

    def test_ablated(self, model, circuit):
        done = intervene(model, circuit, NeuronId("low", 1), IMAGES)
        assert done.logits_before.tolist() == [-9.0, -2.0, -8.0]
        assert done.logits_after.tolist() == [1.0, 3.0, 2.0]
        assert done.logit_change.tolist() == [10.0, 5.0, 10.0]

    def test_scaled(self, model, circuit):
        done = intervene(model, circuit, NeuronId("low", 0), IMAGES, 3.0)
        assert done.logit_change.tolist() == [2.0, 6.0, 4.0]

    def test_scaled_by_one_nothing_changes(self, model, circuit):
        done = intervene(model, circuit, NeuronId("low", 0), IMAGES, 1)
        assert not done.logit_change.any()

    def test_patched_from_one_input(self, model, circuit):
        done = intervene(model, circuit, NeuronId("low", 1), IMAGES, IMAGES[1:2])
        assert done.logit_change.tolist() == [5.0, 0.0, 5.0]

    @pytest.mark.parametrize("batch_size", [1, 2, 3])
    def test_patched_from_as_many(self, model, circuit, batch_size):
        done = intervene(
            model, circuit, NeuronId("low", 0), IMAGES, IMAGES.flip(0), batch_size=batch_size
        )
        assert done.logit_change.tolist() == [1.0, 0.0, -1.0]

    def test_all_neurons_patched_are_the_other_input(self, model, circuit):
        both = [NeuronId("low", 0), NeuronId("low", 1)]
        done = intervene(model, circuit, both, IMAGES, IMAGES[1:2])
        assert done.logits_after.tolist() == [-2.0, -2.0, -2.0]


class TestGroups:
    def test_responses_are_those_of_the_groups_above(self, model, circuit):
        """Ablating x₁ takes x₁ from high₀ and 2·x₁ from high₁."""
        done = intervene(model, circuit, NeuronId("low", 1), IMAGES)
        assert {group.layer for group in done.groups} == {"high", "fc"}
        for group in circuit.layer_groups("high"):
            lost = np.mean([{0: 1.0, 1: 2.0}[one.index] for one in group.neurons])
            assert done.change(group.id).tolist() == pytest.approx([-2 * lost, -lost, -2 * lost])
        assert done.change(GroupId("fc", 0)).tolist() == done.logit_change.tolist()

    def test_a_group_stands_for_its_neurons(self, model, circuit):
        group = circuit.layer_groups("low")[0]
        one = intervene(model, circuit, group.id, IMAGES)
        other = intervene(model, circuit, group.neurons, IMAGES)
        assert one.neurons == group.neurons
        assert one.logits_after.tolist() == other.logits_after.tolist()

    def test_groups_that_are_not_above_have_no_change(self, model, circuit):
        done = intervene(model, circuit, NeuronId("high", 1), IMAGES)
        with pytest.raises(KeyError, match=r"low/0 lies in no layer above 'high'"):
            done.change(GroupId("low", 0))


def test_no_trace_is_left():
    model = SmallCNN()
    model.train()
    probes = ProbeSet(torch.randn(6, 1, 8, 8, generator=torch.manual_seed(0)))
    config = NeurFlowConfig(tau=2, top_k=5, nodes=2, granularities=(1.0,))
    snapshot = analyze(
        model, probes, layers=["stem", "body", "top", "fc"], targets=[0], config=config
    )
    circuit = snapshot.circuits[0]
    before = {name: one.clone() for name, one in model.state_dict().items()}
    random = torch.get_rng_state()
    intervene(model, circuit, circuit.layer_neurons("stem")[0].id, probes.images, 2.0)
    check_edges(model, snapshot, probes, target=0)
    assert all(torch.equal(one, before[name]) for name, one in model.state_dict().items())
    assert torch.equal(torch.get_rng_state(), random)
    assert all(module.training for module in model.modules())
    assert not any(module._forward_hooks for module in model.modules())


class TestEdges:
    def test_in_a_linear_network_weights_are_effects(self):
        """Positive inputs and weights: no ReLU ever closes. One meaning, one group a neuron."""
        model = nn.Sequential(
            dense([[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]),
            dense([[1.0, -2.0, 0.5], [0.0, 1.0, 4.0]]),
            dense([[3.0, -1.0]]),
        )
        probes = ProbeSet(torch.rand(8, 3, generator=torch.manual_seed(0)) + 0.5)
        config = NeurFlowConfig(tau=4, top_k=5, min_neuron_groups=3, silhouette_threshold=1.0)
        snapshot = analyze(model, probes, layers=["0", "1", "2"], targets=[0], config=config)
        assert all(len(one.members) == 1 for one in snapshot.circuits[0].layer_groups("0"))
        check = check_edges(model, snapshot, probes, target=0, batch_size=3)
        assert len(check.edges) > 4
        np.testing.assert_allclose(
            check.effects, [edge.weight for edge in check.edges], rtol=1e-4, atol=1e-6
        )
        assert check.spearman() == pytest.approx(1.0)
        assert check.same_sign() == 1.0

    def test_a_neuron_in_two_groups_is_ablated_whole_with_each(self):
        """Its weight is shared out; either group takes all of it away."""
        model = ConvNet(high=[[1.0, 0.0], [0.0, 1.0]], fc=[[1.0, 1.0]])
        images = flat(*[[3.0, 0.0]] * 5, *[[0.0, 2.0]] * 5)
        probes = ProbeSet(images)
        snapshot = analyze(model, probes, layers=LAYERS, targets=[0], config=CONFIG)
        circuit = snapshot.circuits[0]
        assert [len(one.neurons) for one in circuit.layer_groups("high")] == [2, 2]
        check = check_edges(model, snapshot, probes, target=0)
        into_target = [place for place, e in enumerate(check.edges) if e.target.layer == "fc"]
        assert [check.edges[place].weight for place in into_target] == pytest.approx([1.0, 1.0])
        assert check.effects[into_target].tolist() == pytest.approx([2.0, 2.0])

    def test_a_closed_relu_shows_as_an_interaction(self):
        """relu(x₀ − x₁) of (3, 2) is 1. Attributions are 3 and −2, of Σ 5.

        Without x₁ there are 2 more, without x₀ the ReLU closes and takes no more than the 1.
        """
        upper = nn.Sequential(dense([[1.0, -1.0]]), nn.ReLU())
        model = nn.Sequential(dense([[1.0, 0.0], [0.0, 1.0]]), upper, dense([[1.0]]))
        probes = ProbeSet(torch.tensor([[3.0, 2.0]]))
        config = NeurFlowConfig(min_neuron_groups=2)
        snapshot = analyze(model, probes, layers=["0", "1", "2"], targets=[0], config=config)
        check = check_edges(model, snapshot, probes, target=0)
        found = {
            snapshot.circuits[0].group(edge.source).neurons[0].index: (edge.weight, float(effect))
            for edge, effect in zip(check.edges, check.effects, strict=True)
            if edge.source.layer == "0"
        }
        assert found[0] == pytest.approx((3 / 5, 1 / 5))
        assert found[1] == pytest.approx((-2 / 5, -2 / 5))

    def test_a_target_that_nothing_feeds_has_no_edges(self):
        model = ConvNet(high=[[1.0]], fc=[[0.0]])
        probes = ProbeSet(flat([3.0]))
        snapshot = analyze(model, probes, layers=LAYERS, targets=[0], config=CONFIG)
        check = check_edges(model, snapshot, probes, target=0)
        assert check.edges == ()
        assert np.isnan([check.spearman(), check.same_sign()]).all()

    def test_measures_of_edges_made_by_hand(self):
        edges = tuple(
            GroupEdge(GroupId("low", number), GroupId("up", 0), weight)
            for number, weight in enumerate([0.5, -0.25, 0.25])
        )
        check = EdgeCheck(edges, np.array([2.0, -1.0, -0.5]))
        assert check.spearman("up") == pytest.approx(1.0)
        assert check.same_sign() == pytest.approx(0.75)
        assert np.isnan(check.spearman("nowhere"))
        assert np.isnan(check.same_sign("nowhere"))
        assert np.isnan(EdgeCheck(edges[:2], np.zeros(2)).spearman())

    def test_it_is_shown_by_its_correlations(self, model):
        probes = ProbeSet(IMAGES)
        snapshot = analyze(model, probes, layers=LAYERS, targets=[0], config=CONFIG)
        check = check_edges(model, snapshot, probes, target=0)
        shown = f"Spearman {check.spearman():.2f}, same sign {check.same_sign():.2f})"
        assert repr(check) == f"EdgeCheck({len(check.edges)} edges, {shown}"

    def test_other_images_are_refused(self, model):
        probes = ProbeSet(IMAGES)
        snapshot = analyze(model, probes, layers=LAYERS, targets=[0], config=CONFIG)
        for other in (IMAGES + 1, IMAGES[:2]):
            with pytest.raises(ProbeError, match="made on other images"):
                check_edges(model, snapshot, ProbeSet(other), target=0)

    def test_images_by_prediction_are_known_again(self):
        model = nn.Sequential(dense([[1.0, 0.0], [0.0, 1.0]]), dense([[1.0, 0.0], [0.0, 1.0]]))
        probes = ProbeSet(torch.tensor([[2.0, 1.0], [3.0, 1.0]]), torch.tensor([1, 1]))
        config = NeurFlowConfig(images_by="prediction")
        snapshot = analyze(model, probes, layers=["0", "1"], targets=[0], config=config)
        check = check_edges(model, snapshot, probes, target=0)
        assert check.effects.tolist() == pytest.approx([1.0])


@pytest.mark.parametrize(
    ("what", "how", "error", "message"),
    [
        ([], "ablate", LayerError, "wanted at least one"),
        ("low/0", "ablate", ConfigError, "'low/0' names no neurons: wanted a group's id"),
        (["low:0"], "ablate", ConfigError, "wanted a group's id"),
        (NeuronId("fc", 0), "ablate", LayerError, "lie below the target's"),
        ([NeuronId("low", 0), NeuronId("high", 0)], 1.0, LayerError, "all of one of the layers"),
        (NeuronId("low", 2), "ablate", LayerError, "low:2, but that layer of the model has 2"),
        (GroupId("low", 99), "ablate", KeyError, "low/99 is no neuron group"),
        (NeuronId("low", 0), "remove", ConfigError, "how='remove': wanted 'ablate', a finite"),
        (NeuronId("low", 0), float("nan"), ConfigError, "how=nan"),
        (NeuronId("low", 0), True, ConfigError, "how=True"),
        (NeuronId("low", 0), IMAGES[:2], ProbeError, r"\(2, 2, 2, 2\) to patch from: wanted one"),
        (NeuronId("low", 0), IMAGES[:, :1], ProbeError, "to patch from"),
    ],
)
def test_what_cannot_be_done_is_refused(model, circuit, what, how, error, message):
    with pytest.raises(error, match=message):
        intervene(model, circuit, what, IMAGES, how)


def test_nothing_to_do_it_on_is_refused(model, circuit):
    with pytest.raises(ProbeError, match="No inputs"):
        intervene(model, circuit, NeuronId("low", 0), IMAGES[:0])
    with pytest.raises(ConfigError, match="batch_size=0"):
        intervene(model, circuit, NeuronId("low", 0), IMAGES, batch_size=0)
