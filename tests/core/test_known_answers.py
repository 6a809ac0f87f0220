"""Whole circuits of networks written by hand: every number below follows on paper."""

import numpy as np
import pytest
import torch

from networks import ConvNet, DenseNet, PassThrough, ResidualNet, TokenNet
from neurflow_lightning import NeurFlowConfig, ProbeSet, analyze
from neurflow_lightning.types import Circuit, NeuronId

WHOLE = NeurFlowConfig(granularities=(1.0,), tau=3)


def flat_images(*means: list[float], side: int = 4) -> torch.Tensor:
    """(N, C, side, side) images with the given constant channels."""
    return torch.tensor(means)[:, :, None, None].expand(-1, -1, side, side).clone()


def only_circuit(model, inputs, layers, config=WHOLE, target=0) -> Circuit:
    return analyze(
        model, ProbeSet(inputs), layers=layers, targets=[target], config=config
    ).circuits[0]


def weights(circuit: Circuit, neuron: NeuronId) -> list[dict[int, float]]:
    """For each semantic group: lower neuron → weight."""
    inputs = circuit.neuron(neuron).inputs
    return [
        {int(source): float(weight) for source, weight in zip(inputs.sources, row, strict=True)}
        for row in inputs.weights
    ]


def test_conv_network():
    """high₀ = 2·x₀ − x₁ on x = (1, 0.5, 9): T ∝ (2, −0.5, 0), so w = (0.8, −0.2).

    The third channel is strong but has weight 0: a decoy that must not be core.
    """
    model = ConvNet(high=[[2.0, -1.0, 0.0], [0.0, 0.0, 1.0]], fc=[[1.0, 0.0]])
    images = flat_images([1.0, 0.5, 9.0], [1.0, 0.5, 8.0], [1.0, 0.5, 7.0])
    circuit = only_circuit(model, images, ["low", "high", "fc"])
    assert [str(node.id) for node in circuit.neurons] == ["fc:0", "high:0", "low:0", "low:1"]
    assert weights(circuit, NeuronId("fc", 0)) == [{0: pytest.approx(1.0)}]
    assert weights(circuit, NeuronId("high", 0)) == [
        {0: pytest.approx(0.8), 1: pytest.approx(-0.2)}
    ]
    assert [node.importance for node in circuit.neurons] == pytest.approx([1.0, 1.0, 0.8, 0.2])


def test_a_neuron_with_two_meanings_has_two_sets_of_edges():
    """high₀ = x₀ + x₁ fires for either channel: each meaning is fed by its own neuron alone."""
    model = ConvNet(high=[[1.0, 1.0, 0.0]], fc=[[1.0]])
    images = flat_images(*[[2.0, 0.0, 1.0]] * 4, *[[0.0, 1.0, 1.0]] * 4)
    circuit = only_circuit(model, images, ["low", "high", "fc"])
    node = circuit.neuron(NeuronId("high", 0))
    assert [group.patches.tolist() for group in node.semantic_groups] == [
        [0, 1, 2, 3],
        [4, 5, 6, 7],
    ]
    first, second = weights(circuit, node.id)
    assert first == {0: pytest.approx(1.0), 1: pytest.approx(0.0)}
    assert second == {0: pytest.approx(0.0), 1: pytest.approx(1.0)}
    # Scores average over both meanings: |T₀| is (2, …, 0, …), |T₁| is (0, …, 1, …), over 16
    # positions of a mean over 16.
    assert node.inputs.scores.tolist() == pytest.approx([1 / 16, 0.5 / 16])


def test_residual_block_counts_branch_and_skip_together():
    """block₁ = x₁ + (x₀ + 2·x₁)/1 on x = (1, 1): weights 1 and 3 of 4."""
    model = ResidualNet(branch=[[0.0, 0.0], [1.0, 2.0]], fc=[[0.0, 1.0]])
    circuit = only_circuit(model, flat_images([1.0, 1.0], [2.0, 2.0]), ["low", "block", "fc"])
    assert weights(circuit, NeuronId("block", 1)) == [
        {1: pytest.approx(0.75), 0: pytest.approx(0.25)}
    ]


def test_dense_block_passes_and_grows():
    """block = (x₀, x₁, 4·x₁); the target takes x₀ and the grown channel."""
    model = DenseNet(growth=[[0.0, 4.0]], fc=[[1.0, 0.0, 0.5]])
    circuit = only_circuit(model, flat_images([2.0, 1.0], [4.0, 2.0]), ["low", "block", "fc"])
    assert weights(circuit, NeuronId("fc", 0)) == [{0: pytest.approx(0.5), 2: pytest.approx(0.5)}]
    assert weights(circuit, NeuronId("block", 0)) == [{0: pytest.approx(1.0)}]
    assert weights(circuit, NeuronId("block", 2)) == [{1: pytest.approx(1.0)}]


def test_token_network():
    """mix₀ = e₀ − 3·e₁, the target takes mix₀ and twice mix₁ = e₂."""
    model = TokenNet(mix=[[1.0, -3.0, 0.0], [0.0, 0.0, 1.0]], fc=[[1.0, 2.0]])
    tokens = torch.ones(4, 5, 3) * torch.tensor([1.0, 1.0, 2.0])
    circuit = only_circuit(model, tokens, ["embed", "mix", "fc"])
    # mix = (−2, 2): contributions to the logit −2 and 4.
    assert weights(circuit, NeuronId("fc", 0)) == [
        {1: pytest.approx(2 / 3), 0: pytest.approx(-1 / 3)}
    ]
    assert weights(circuit, NeuronId("mix", 0)) == [
        {1: pytest.approx(-0.75), 0: pytest.approx(0.25)}
    ]


def test_group_circuit_of_two_separate_paths():
    """Two channels that never fire together, each feeding the target on its own images.

    Every neuron has two meanings (its images and the others'), described by (3, 0) and (0, 2).
    Meanings that are described alike form a neuron group, half of each neuron in each; either
    group hands 1/2 + 1/2 to the target, and receives 1 from the layer below.
    """
    model = ConvNet(high=[[1.0, 0.0], [0.0, 1.0]], fc=[[1.0, 1.0]])
    images = flat_images(*[[3.0, 0.0]] * 5, *[[0.0, 2.0]] * 5)
    circuit = only_circuit(model, images, ["low", "high", "fc"])
    zero, one = NeuronId("high", 0), NeuronId("high", 1)
    first, second = circuit.layer_groups("high")
    assert first.members == ((zero, 0), (one, 1))
    assert second.members == ((zero, 1), (one, 0))
    np.testing.assert_allclose(first.concept_vector, [3.0, 0.0], atol=1e-6)
    np.testing.assert_allclose(second.concept_vector, [0.0, 2.0], atol=1e-6)
    (target,) = circuit.layer_groups("fc")
    assert target.members == ((NeuronId("fc", 0), 0), (NeuronId("fc", 0), 1))
    (low,) = circuit.layer_groups("low")
    assert {(edge.source, edge.target): edge.weight for edge in circuit.edges} == {
        (first.id, target.id): pytest.approx(1.0),
        (second.id, target.id): pytest.approx(1.0),
        (low.id, first.id): pytest.approx(1.0),
        (low.id, second.id): pytest.approx(1.0),
    }


def test_scores_count_attributions_of_both_signs():
    """high₀ = relu(x₀ + x₁) is fed by x₀ = ±1: its mean is 0, its mean absolute value is not.

    x₁ = 2 keeps the sum positive, so the segment is linear: |T₀| = 1, T₁ = 2, over 16 positions.
    """
    model = PassThrough(high=[[1.0, 1.0]], fc=[[1.0]])
    images = flat_images([1.0, 2.0], [-1.0, 2.0], [1.0, 2.0], [-1.0, 2.0])
    inputs = only_circuit(model, images, ["low", "high", "fc"]).neuron(NeuronId("high", 0)).inputs
    assert dict(zip(inputs.sources.tolist(), inputs.scores.tolist(), strict=True)) == {
        0: pytest.approx(1 / 16),
        1: pytest.approx(2 / 16),
    }


def test_pruning_looks_at_all_patches_and_at_the_neuron_asked_for():
    """fc₁ = 3·h₀ + h₁: without h₀ alone the order of the patches turns, so one neuron is enough.

    fc₀ takes only h₁, so reading it instead would keep the whole ranking.
    """
    model = ConvNet(high=[[1.0, 0.0], [0.0, 1.0]], fc=[[0.0, 1.0], [3.0, 1.0]])
    images = flat_images([3.0, 1.0], [2.9, 1.1], [1.0, 3.0], [0.9, 3.1])
    config = NeurFlowConfig(granularities=(1.0,), tau=2, top_k=2, prune_epsilon=0.0)
    circuit = only_circuit(model, images, ["low", "high", "fc"], config, target=1)
    target = circuit.neuron(NeuronId("fc", 1))
    assert target.concept.patches.tolist() == [0, 1]
    assert target.inputs.sources.tolist() == [0]


def test_a_concept_of_all_patches_is_not_pruned():
    model = ConvNet(high=[[1.0, 0.0], [0.0, 1.0]], fc=[[3.0, 1.0]])
    config = NeurFlowConfig(granularities=(1.0,), tau=2, top_k=9, prune_epsilon=0.0)
    circuit = only_circuit(
        model, flat_images([3.0, 1.0], [1.0, 2.0]), ["low", "high", "fc"], config
    )
    assert circuit.neuron(NeuronId("fc", 0)).inputs.sources.tolist() == [0, 1]


def test_concept_vectors_hold_all_neurons_of_the_layer_that_describes_them():
    model = ConvNet(high=[[1.0, 0.0, 1.0, 0.0], [0.0, 1.0, 0.0, 1.0]], fc=[[1.0, 2.0]])
    images = flat_images([1.0, 2.0, 3.0, 4.0], [1.0, 2.0, 3.0, 4.0])
    circuit = only_circuit(model, images, ["low", "high", "fc"])
    (meaning,) = circuit.neuron(NeuronId("fc", 0)).semantic_groups
    np.testing.assert_allclose(meaning.concept_vector, [4.0, 6.0])
    (meaning,) = circuit.neuron(NeuronId("high", 1)).semantic_groups
    np.testing.assert_allclose(meaning.concept_vector, [1.0, 2.0, 3.0, 4.0])
    (meaning,) = circuit.neuron(NeuronId("low", 3)).semantic_groups
    np.testing.assert_allclose(meaning.concept_vector, [1.0, 2.0, 3.0, 4.0])


def test_completeness_holds_exactly_where_the_path_is_linear():
    model = ConvNet(high=[[2.0, 1.0]], fc=[[1.0]])
    circuit = only_circuit(model, flat_images([1.0, 0.5], [2.0, 1.0]), ["low", "high", "fc"])
    assert circuit.statistics("high").completeness_gap == pytest.approx(0.0, abs=1e-6)
    for edge_sum in np.abs(circuit.neuron(NeuronId("high", 0)).inputs.weights).sum(axis=1):
        assert edge_sum == pytest.approx(1.0)
