"""Weights and importances of circuits small enough to be worked out on paper."""

import numpy as np
import pytest

from neurflow_lightning.core.circuit import edge_weights, group_edges, handed_down
from neurflow_lightning.types import (
    CoreNeuron,
    GroupEdge,
    GroupId,
    NeuronConcept,
    NeuronGroup,
    NeuronId,
    NeuronInputs,
    SemanticGroup,
)


def meaning(number: int, patches: list[int]) -> SemanticGroup:
    return SemanticGroup(number, np.array(patches), 1.0, np.zeros(2))


def neuron(layer, index, meanings, sources=None, weights=None, importance=1.0) -> CoreNeuron:
    groups = tuple(meaning(number, patches) for number, patches in enumerate(meanings))
    rows = [row for patches in meanings for row in patches]
    inputs = None
    if sources is not None:
        empty = np.zeros(len(rows))
        inputs = NeuronInputs(
            sources,
            np.ones(len(sources)),
            np.zeros((len(rows), len(sources))),
            weights,
            empty,
            empty,
        )
    concept = NeuronConcept(np.array(rows), np.ones(len(rows)))
    return CoreNeuron(NeuronId(layer, index), importance, concept, groups, inputs)


def group(layer: str, number: int, *members: tuple[int, int]) -> NeuronGroup:
    ids = tuple((NeuronId(layer, index), which) for index, which in members)
    return NeuronGroup(GroupId(layer, number), ids, np.zeros(2), np.array([0]))


def test_weights_are_means_over_the_group_normalised_once():
    concept = NeuronConcept(np.array([5, 6, 7]), np.ones(3))
    attributions = np.array([[1.0, -1.0], [9.0, 3.0], [5.0, -1.0]], dtype=np.float32)
    weights = edge_weights(attributions, concept, [meaning(0, [5, 7]), meaning(1, [6])])
    np.testing.assert_allclose(weights, [[0.75, -0.25], [0.75, 0.25]])


def test_a_group_without_attribution_keeps_zeros():
    concept = NeuronConcept(np.array([5, 6]), np.ones(2))
    weights = edge_weights(np.zeros((2, 3), np.float32), concept, [meaning(0, [5, 6])])
    assert weights.tolist() == [[0.0, 0.0, 0.0]]


def test_no_core_neuron_leaves_no_weight():
    concept = NeuronConcept(np.array([5, 6]), np.ones(2))
    assert edge_weights(np.zeros((2, 0), np.float32), concept, [meaning(0, [5, 6])]).shape == (1, 0)


def test_importance_is_handed_down_along_absolute_weights():
    """Two meanings of 3 and 1 patches: 3/4 · |0.5| + 1/4 · |1| of 0.8 goes to neuron 4."""
    upper = neuron("up", 0, [[1, 2, 3], [4]], [4, 2], [[-0.5, 0.5], [1.0, 0.0]], importance=0.8)
    received = handed_down([upper])
    assert received == pytest.approx({4: 0.8 * (0.375 + 0.25), 2: 0.8 * 0.375})
    assert sum(received.values()) == pytest.approx(0.8)


def test_group_edges_share_a_neuron_out_by_its_patches():
    lower = [
        neuron("low", 0, [[1, 2, 3], [4]]),  # 3/4 in group 0, 1/4 in group 1
        neuron("low", 1, [[1, 2]]),
    ]
    upper = [
        neuron("up", 7, [[1], [2]], [0, 1], [[0.6, -0.4], [1.0, 0.0]]),
        neuron("up", 8, [[3]], [1], [[1.0]]),
    ]
    nodes = {one.id: one for one in (*lower, *upper)}
    lower_groups = [group("low", 0, (0, 0)), group("low", 1, (0, 1), (1, 0))]
    upper_groups = [group("up", 0, (7, 0), (8, 0)), group("up", 1, (7, 1))]
    edges = list(group_edges(upper_groups, lower_groups, nodes))
    assert [(edge.source.number, edge.target.number) for edge in edges] == [
        (0, 0), (1, 0), (0, 1), (1, 1),
    ]  # fmt: skip
    assert [edge.weight for edge in edges] == pytest.approx(
        [0.6 * 0.75, 0.6 * 0.25 - 0.4 + 1.0, 0.75, 0.25]
    )


def test_absolute_weights_into_a_group_stay_within_its_members():
    lower = [neuron("low", 0, [[1], [2]]), neuron("low", 1, [[1]])]
    upper = [neuron("up", 0, [[1]], [0, 1], [[0.5, 0.5]])]
    nodes = {one.id: one for one in (*lower, *upper)}
    edges = group_edges(
        [group("up", 0, (0, 0))], [group("low", 0, (0, 0), (1, 0)), group("low", 1, (0, 1))], nodes
    )
    assert sum(abs(edge.weight) for edge in edges) == pytest.approx(1.0)


def test_a_source_that_is_no_node_feeds_no_group():
    lower = [neuron("low", 0, [[1]])]
    upper = [neuron("up", 0, [[1]], [0, 5], [[0.5, 0.5]])]
    nodes = {one.id: one for one in (*lower, *upper)}
    (edge,) = group_edges([group("up", 0, (0, 0))], [group("low", 0, (0, 0))], nodes)
    assert edge == GroupEdge(GroupId("low", 0), GroupId("up", 0), 0.5)
