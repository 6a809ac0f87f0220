from dataclasses import replace

import numpy as np
import pytest

from factories import make_snapshot
from neurflow_lightning.core.selection import shares_of_largest
from neurflow_lightning.errors import LayerError, SnapshotError
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


def neuron(index: int, importance: float, *meanings: list[int], gap: float = 0.0) -> CoreNeuron:
    rows = [row for patches in meanings for row in patches]
    inputs = NeuronInputs(
        sources=[0],
        scores=[1.0],
        attributions=np.ones((len(rows), 1)),
        weights=np.ones((len(meanings), 1)),
        completeness_gap=np.full(len(rows), gap),
        response_change=np.full(len(rows), -2.0),
    )
    groups = tuple(
        SemanticGroup(number, patches, 1.0, [0.0]) for number, patches in enumerate(meanings)
    )
    concept = NeuronConcept(rows, np.ones(len(rows)))
    return CoreNeuron(NeuronId("up", index), importance, concept, groups, inputs)


def circuit(*neurons: CoreNeuron, groups: tuple[NeuronGroup, ...] = ()) -> Circuit:
    return Circuit(NeuronId("up", 0), "cat", ("low", "up"), neurons, groups, ())


def test_importance_of_a_group_shares_its_neurons_out():
    one = NeuronGroup(GroupId("up", 0), ((NeuronId("up", 0), 0), (NeuronId("up", 1), 0)), [0], [1])
    two = NeuronGroup(GroupId("up", 1), ((NeuronId("up", 0), 1),), [0], [4])
    whole = circuit(neuron(0, 0.6, [1, 2, 3], [4]), neuron(1, 0.4, [7]), groups=(one, two))
    assert whole.group_importance(one) == pytest.approx(0.6 * 0.75 + 0.4)
    assert whole.group_importance(two) == pytest.approx(0.6 * 0.25)


def test_statistics_of_a_layer():
    found = circuit(neuron(0, 1.0, [1, 2], [3], gap=-0.02), neuron(1, 0.5, [1])).statistics("up")
    assert found.core_neurons == 2
    assert found.semantic_groups == 1.5
    assert found.completeness_gap == pytest.approx(0.06 / 8)
    assert found.seconds == 0.0


def test_statistics_of_a_layer_without_a_layer_below():
    found = circuit(neuron(0, 1.0, [1])).statistics("low")
    assert found.core_neurons == 0
    assert np.isnan(found.semantic_groups)
    assert np.isnan(found.completeness_gap)


def test_arrays_cannot_be_written_and_are_copies():
    rows = np.array([3, 1])
    concept = NeuronConcept(rows, [1.0, 0.5])
    rows[0] = 9
    assert concept.patches.tolist() == [3, 1]
    with pytest.raises(ValueError, match="read-only"):
        concept.patches[0] = 5


def test_what_is_not_there_is_named():
    snapshot = make_snapshot()
    first = snapshot.circuits[0]
    with pytest.raises(KeyError, match="layer2:999 is no core neuron"):
        first.neuron(NeuronId("layer2", 999))
    with pytest.raises(KeyError, match="layer2/99 is no neuron group"):
        first.group(GroupId("layer2", 99))
    with pytest.raises(SnapshotError, match=r"No circuit of target 'functionall'.*'functional'"):
        snapshot.circuit("functionall")


def test_a_name_of_two_targets_is_refused():
    snapshot = make_snapshot()
    first = snapshot.circuits[0]
    other = replace(first, target=NeuronId(first.target.layer, first.target.index + 1))
    alike = replace(snapshot, circuits=(first, other))
    with pytest.raises(SnapshotError, match=f"are named '{first.name}': .*Give the number"):
        alike.circuit(first.name)
    assert alike.circuit(other.target.index) is other


def test_a_layer_that_is_not_there_is_named():
    first = make_snapshot().circuits[0]
    for ask in (first.layer_neurons, first.layer_groups, first.statistics):
        with pytest.raises(LayerError, match=r"no layer 'layer22'.*'layer2'"):
            ask("layer22")


def test_snapshots_and_circuits_show_themselves_in_a_line():
    snapshot = make_snapshot(epoch=4, step=99)
    assert repr(snapshot).startswith("Snapshot(epoch=4, step=99, circuits of 'functional', ")
    assert repr(snapshot.circuits[0]).startswith("Circuit('functional', target=fc:0, ")
    assert len(repr(snapshot)) < 200


def test_edges_of_the_neuron_circuit_name_both_ends():
    first = make_snapshot().circuits[0]
    edges = list(first.neuron_edges())
    assert {edge.target.layer for edge in edges} == set(first.layers[1:])
    for edge in edges:
        assert first.layer_below(edge.target.layer) == edge.source.layer
        assert edge.semantic_group < len(first.neuron(edge.target).semantic_groups)


def inputs(attributions, **runners_up) -> NeuronInputs:
    k, t = np.shape(attributions)
    return NeuronInputs(
        range(t), np.ones(t), attributions, np.ones((1, t)), np.zeros(k), np.ones(k), **runners_up
    )


def test_runners_up_are_empty_unless_given():
    found = inputs(np.ones((4, 2)))
    assert found.runners_up.tolist() == []
    assert found.runner_up_attributions.shape == (4, 0)


@pytest.mark.parametrize("unit", [1e-30, 1.0, 1e30])
def test_runners_up_keep_three_digits_in_any_unit(unit):
    """Half precision alone would end at 65 504 and 6e-8."""
    exact = np.array([[0.123456], [-0.000987654]], dtype=np.float32) * unit
    shares = shares_of_largest(exact, np.array([[0.5], [-2.0]], dtype=np.float32) * unit)
    found = inputs(
        np.array([[0.5], [-2.0]]) * unit, runners_up=[7], runner_up_shares=shares
    ).runner_up_attributions
    np.testing.assert_allclose(found, exact, rtol=1e-3)


def test_runners_up_of_a_neuron_that_receives_nothing():
    nothing = np.zeros((3, 1), dtype=np.float32)
    shares = shares_of_largest(nothing, nothing[:, :0])
    found = inputs(nothing[:, :0], runners_up=[7], runner_up_shares=shares)
    assert found.largest_attribution == 0
    assert found.runner_up_attributions.tolist() == [[0.0]] * 3
