"""Every departure of the paper's code from the definition, on cases worked out on paper."""

from dataclasses import replace

import numpy as np
import pytest
import torch
from torch import nn

from networks import ConvNet, TokenNet
from neurflow_lightning import NeurFlowCallback, NeurFlowConfig, ProbeSet, analyze
from neurflow_lightning.core.circuit import edge_weights, group_edges, handed_down
from neurflow_lightning.core.concepts import semantic_groups
from neurflow_lightning.core.grouping import cluster
from neurflow_lightning.errors import ConfigError, ProbeError
from neurflow_lightning.types import (
    Circuit,
    CoreNeuron,
    GroupId,
    NeuronConcept,
    NeuronGroup,
    NeuronId,
    NeuronInputs,
    SemanticGroup,
)

DEFINITION = NeurFlowConfig(granularities=(1.0,), tau=3)
LAYERS = ("low", "high", "fc")


def circuit_of(config: NeurFlowConfig, images, model=None) -> Circuit:
    model = model or ConvNet(high=[[1.0, 0.0], [0.0, 1.0]], fc=[[1.0, 1.0]])
    return analyze(model, ProbeSet(images), layers=LAYERS, targets=[0], config=config).circuits[0]


def flat(*means: list[float]) -> torch.Tensor:
    return torch.tensor(means)[:, :, None, None].expand(-1, -1, 4, 4).clone()


class TestImagesByPrediction:
    """Two logits that copy two inputs: the prediction is the larger input, whatever the label."""

    images = torch.tensor([[3.0, 1.0], [1.0, 3.0], [5.0, 2.0], [2.0, 9.0]])
    labels = torch.tensor([1, 1, 0, 0])

    def patches(self, **changes) -> set[int]:
        model = nn.Sequential(nn.Identity(), nn.Linear(2, 2, bias=False))
        model[0] = nn.Linear(2, 2, bias=False)
        for layer in model:
            layer.weight.data = torch.eye(2)
        config = replace(DEFINITION, **changes)
        probes = ProbeSet(self.images, self.labels)
        snapshot = analyze(model, probes, layers=["0", "1"], targets=[0], config=config)
        return set(snapshot.circuits[0].neurons[0].concept.patches.tolist())

    def test_the_definition_takes_true_labels(self):
        assert self.patches() == {2, 3}

    @pytest.mark.parametrize("batch_size", [None, 1, 3])
    def test_the_reference_takes_what_the_model_predicts(self, batch_size):
        assert self.patches(images_by="prediction", batch_size=batch_size) == {0, 2}

    def test_a_class_that_is_never_predicted_has_no_image(self):
        model = nn.Sequential(nn.Linear(2, 2), nn.Linear(2, 2))
        model[1].bias.data = torch.tensor([0.0, 1e6])
        config = replace(DEFINITION, images_by="prediction")
        with pytest.raises(ProbeError, match="No probe image of class 0"):
            analyze(
                model,
                ProbeSet(self.images, self.labels),
                layers=["0", "1"],
                targets=[0],
                config=config,
            )

    def test_the_snapshot_says_the_predictions(self):
        model = nn.Sequential(nn.Linear(2, 2, bias=False), nn.Linear(2, 2, bias=False))
        for layer in model:
            layer.weight.data = torch.eye(2)
        config = replace(DEFINITION, images_by="prediction")
        probes = ProbeSet(self.images)  # labels are not even needed
        snapshot = analyze(model, probes, layers=["0", "1"], config=config)
        assert snapshot.probe.labels.tolist() == [0, 1, 0, 1]
        assert [circuit.target.index for circuit in snapshot.circuits] == [0, 1]

    def test_a_training_refuses_it(self):
        with pytest.raises(ConfigError, match="one probe set serves the whole run"):
            NeurFlowCallback(config=NeurFlowConfig.reference())
        NeurFlowCallback(config=NeurFlowConfig.reference(images_by="label"))


class TestAtLeastTwoMeanings:
    def meanings(self, descriptions, **changes) -> list[list[int]]:
        count = len(descriptions)
        concept = NeuronConcept(np.arange(count), np.arange(count, 0, -1.0))
        config = NeurFlowConfig(silhouette_threshold=1.0, **changes)
        found = semantic_groups(concept, np.asarray(descriptions, np.float32), config)
        return [group.patches.tolist() for group in found]

    def test_weak_structure_is_one_meaning_by_definition_and_two_in_the_reference(self):
        points = [[0.0], [1.0], [2.0], [3.5]]
        assert self.meanings(points) == [[0, 1, 2, 3]]
        assert self.meanings(points, min_semantic_groups=2) == [[0, 1], [2, 3]]

    def test_so_are_equal_patches(self):
        split = self.meanings(np.ones((4, 3)), min_semantic_groups=2)
        assert len(split) == 2
        assert sorted([*split[0], *split[1]]) == [0, 1, 2, 3]

    def test_the_fewest_come_before_the_best(self):
        """Two clear clusters, cut into three where three are the fewest."""
        points = np.array([[0.0], [0.1], [9.0], [9.3], [9.4]])
        assert cluster(points, 4).max() == 1
        assert cluster(points, 4, least=3).tolist() == [0, 0, 1, 2, 2]

    @pytest.mark.parametrize("count", [0, 1, 2])
    def test_few_points_are_a_cluster_each(self, count):
        assert cluster(np.zeros((count, 2)), 5, least=2).tolist() == list(range(count))

    def test_three_points_make_two_clusters(self):
        assert cluster(np.array([[0.0], [5.0], [5.1]]), 5, least=2).tolist() == [0, 1, 1]


class TestNeuronGroups:
    """Three images of one kind: all meanings are alike, and nothing is to be told apart."""

    images = flat([3.0, 1.0], [2.9, 1.1], [3.1, 0.9], [3.0, 1.2])

    def test_the_target_is_split_only_where_asked_for(self):
        meanings = replace(DEFINITION, min_semantic_groups=2)
        whole = circuit_of(meanings, self.images)
        assert len(whole.neuron(NeuronId("fc", 0)).semantic_groups) == 2
        assert len(whole.layer_groups("fc")) == 1
        split = circuit_of(replace(meanings, split_target=True, min_neuron_groups=2), self.images)
        assert [len(group.members) for group in split.layer_groups("fc")] == [1, 1]

    def test_a_layer_of_two_like_meanings_is_two_groups_in_the_reference(self):
        """``high`` has one meaning a neuron, two in all, described alike."""
        one_meaning = replace(DEFINITION, silhouette_threshold=1.0)
        together = circuit_of(one_meaning, self.images)
        assert len(together.layer_groups("high")) == 1
        apart = circuit_of(replace(one_meaning, min_neuron_groups=2), self.images)
        assert len(apart.layer_groups("high")) == 2
        assert len(apart.layer_groups("fc")) == 1


class TestWeightScaling:
    concept = NeuronConcept(np.array([5, 6]), np.ones(2))
    whole = (SemanticGroup(0, np.array([5, 6]), 1.0, np.zeros(1)),)

    def weights(self, attributions, scaling):
        rows = np.array([attributions] * 2, np.float32)
        return edge_weights(rows, self.concept, self.whole, scaling)[0]

    def test_in_place_each_is_divided_by_what_is_there_by_then(self):
        """2 / (2 + 1 + 1), then −1 / (1/2 + 1 + 1), then 1 / (1/2 + 2/5 + 1)."""
        assert self.weights([2.0, -1.0, 1.0], "in-place") == pytest.approx(
            [1 / 2, -1 / 2.5, 1 / 1.9]
        )
        assert self.weights([2.0, -1.0, 1.0], "once") == pytest.approx([0.5, -0.25, 0.25])

    def test_in_place_the_unit_matters(self):
        assert self.weights([1000.0, 1000.0], "in-place") == pytest.approx([0.5, 1.0], abs=1e-3)
        assert self.weights([0.001, 0.001], "in-place") == pytest.approx([0.5, 0.002], abs=1e-3)

    def test_no_attribution_is_no_weight(self):
        assert self.weights([0.0, 0.0], "in-place").tolist() == [0.0, 0.0]

    def test_importance_is_a_share_all_the_same(self):
        weights = self.weights([2.0, -1.0, 1.0], "in-place")
        inputs = NeuronInputs([4, 2, 7], [2, 1, 1], np.zeros((2, 3)), weights[None], [0, 0], [0, 0])
        node = CoreNeuron(NeuronId("up", 0), 0.8, self.concept, self.whole, inputs)
        received = handed_down([node])
        assert sum(received.values()) == pytest.approx(0.8)
        assert received[4] / received[2] == pytest.approx(0.5 / 0.4)

    def test_a_whole_circuit_has_them(self):
        """high₀ = 4·x₀ + 2·x₁ on (1, 1): attributions 4/16 and 2/16, a sixteenth for a position."""
        model = ConvNet(high=[[4.0, 2.0]], fc=[[1.0]])
        circuit = circuit_of(
            replace(DEFINITION, weight_scaling="in-place"), flat([1.0, 1.0]), model
        )
        first = 4 / (4 + 2)
        second = (2 / 16) / (first + 2 / 16)
        inputs = circuit.neuron(NeuronId("high", 0)).inputs
        assert inputs.attributions[0].tolist() == pytest.approx([4 / 16, 2 / 16])
        assert inputs.weights[0].tolist() == pytest.approx([first, second], rel=1e-5)


class TestGroupWeights:
    def test_summed_a_neuron_counts_whole_for_each_of_its_meanings(self):
        """Neuron 0 has two meanings in group 0 and one in group 1; shared, 3/4 and 1/4."""
        concept = NeuronConcept(np.arange(4), np.ones(4))
        parts = [[0, 1], [2], [3]]
        meanings = tuple(
            SemanticGroup(number, np.array(rows), 1.0, np.zeros(1))
            for number, rows in enumerate(parts)
        )
        low = CoreNeuron(NeuronId("low", 0), 1.0, concept, meanings, None)
        inputs = NeuronInputs([0], [1.0], np.ones((4, 1)), [[0.5]], np.zeros(4), np.ones(4))
        whole = (SemanticGroup(0, np.arange(4), 1.0, np.zeros(1)),)
        up = CoreNeuron(NeuronId("up", 0), 1.0, concept, whole, inputs)
        nodes = {one.id: one for one in (low, up)}
        lower = [self.group("low", 0, (low.id, 0), (low.id, 1)), self.group("low", 1, (low.id, 2))]
        upper = [self.group("up", 0, (up.id, 0))]

        def weights(counting):
            return [edge.weight for edge in group_edges(upper, lower, nodes, counting)]

        assert weights("shared") == pytest.approx([0.5 * 3 / 4, 0.5 / 4])
        assert weights("summed") == pytest.approx([0.5 * 2, 0.5])

    @staticmethod
    def group(layer: str, number: int, *members) -> NeuronGroup:
        return NeuronGroup(GroupId(layer, number), members, np.zeros(1), np.array([0]))


def test_of_tokens_the_reference_takes_the_positions_for_neurons():
    model = TokenNet(mix=[[1.0, 0.0], [0.0, 1.0]], fc=[[1.0, 1.0]])
    tokens = ProbeSet(torch.rand(4, 5, 2, generator=torch.manual_seed(0)))
    config = NeurFlowConfig.reference(images_by="label", tau=9)
    snapshot = analyze(model, tokens, layers=["embed", "mix", "fc"], targets=[0], config=config)
    assert len(snapshot.circuits[0].layer_neurons("mix")) == 5
    defined = analyze(model, tokens, layers=["embed", "mix", "fc"], targets=[0], config=DEFINITION)
    assert len(defined.circuits[0].layer_neurons("mix")) == 2
