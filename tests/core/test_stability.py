"""How stable core neurons, edges and groups are: known answers, slow twins, and no trace."""

from __future__ import annotations

import dataclasses
import tracemalloc
from collections.abc import Mapping, Sequence

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from evolution.populations import Population
from evolution.resampled import with_images
from evolution.snapshots import Neuron, make_circuit, make_probe
from networks import SmallCNN
from neurflow_lightning import NeurFlowConfig, ProbeSet, Snapshot, analyze
from neurflow_lightning.core import stability
from neurflow_lightning.core.circuit import group_edges
from neurflow_lightning.core.grouping import cluster, neuron_groups
from neurflow_lightning.core.stability import (
    AT_ONCE,
    GROUPS_LESS_OFTEN,
    Descriptions,
    best_jaccards,
    draw,
    with_group_stability,
    with_stability,
)
from neurflow_lightning.errors import SnapshotError
from neurflow_lightning.resampling import Drawn
from neurflow_lightning.types import Circuit, GroupId, NeuronGroup, NeuronId, PatchGrid

MANY = 4000


def drawn_from(images: int, resamples: int = MANY, crops: int = 1):
    return draw(np.arange(images), resamples, make_probe(images, crops).grid, target=0)


def fed(inputs: Mapping[int, Sequence[float]], **others) -> Circuit:
    """A target fed by neurons with these attributions, one patch an image."""
    rows = range(len(next(iter(inputs.values()))))
    low = [Neuron(index, rows) for index in inputs]
    circuit = make_circuit({"low": low, "fc": [Neuron(0, rows, inputs=inputs)]})
    target, *rest = circuit.neurons
    target = dataclasses.replace(target, inputs=dataclasses.replace(target.inputs, **others))
    return dataclasses.replace(circuit, neurons=(target, *rest))


def is_about(share: float, probability: float) -> bool:
    return stats.binomtest(round(share * MANY), MANY, probability).pvalue > 1e-4


# --- core neurons and edges: known answers -----------------------------------------------


def test_what_all_images_agree_on_is_stable():
    circuit = with_stability(fed({0: [3.0] * 6, 1: [-1.0] * 6}), drawn_from(6), None)
    assert {one.stability for one in circuit.neurons} == {1.0}
    assert {one.stability for one in circuit.edges} == {1.0}


def test_a_core_neuron_that_half_of_the_images_are_for_is_core_in_half_of_the_resamples():
    """Of 20 images each is for the core neuron or for the runner-up; 19 draws cannot tie."""
    mine = np.arange(20) % 2
    circuit = fed({0: mine * 1.0}, runners_up=[1], runner_up_shares=(1.0 - mine)[:, None])
    circuit = with_stability(circuit, drawn_from(20), None)
    target, core = circuit.neurons
    assert target.stability == 1.0
    assert is_about(core.stability, 0.5)
    assert circuit.edges[0].stability == core.stability  # no core neuron, no weight


def test_an_edge_whose_sign_hangs_on_one_image():
    """Nine draws of ten images: 9 − m times 1 and m times −5 is positive for m ≤ 1."""
    circuit = with_stability(fed({0: [1.0] * 9 + [-5.0]}), drawn_from(10), None)
    assert is_about(circuit.neurons[1].stability, 1.0)
    kept = stats.binom.cdf(1, 9, 0.1)
    weight = circuit.edges[0].weight
    assert is_about(circuit.edges[0].stability, kept if weight > 0 else 1 - kept)


def test_an_edge_without_weight_has_no_sign_to_keep():
    circuit = fed({0: [1.0] * 4, 1: [1.0] * 4})
    nothing = tuple(dataclasses.replace(one, weight=0.0) for one in circuit.edges)
    circuit = with_stability(dataclasses.replace(circuit, edges=nothing), drawn_from(4), None)
    assert [one.stability for one in circuit.edges] == [0.0, 0.0]


def test_a_neuron_left_out_of_most_resamples_is_unstable():
    """Two alike and one place: which is kept depends on the images."""
    mine = np.arange(20) % 2
    circuit = fed({0: 1.0 + mine, 1: 2.0 - mine})
    circuit = with_stability(circuit, drawn_from(20), 1)
    first, second = circuit.neurons[1:]
    assert is_about(first.stability, 0.5)
    assert first.stability + second.stability == 1.0


def test_patches_of_foreign_images_are_named():
    circuit = fed({0: [1.0] * 8})
    with pytest.raises(SnapshotError, match="patch of image 5, which is none"):
        with_stability(circuit, draw(np.arange(5), 10, make_probe(8, 1).grid, 0), None)


# --- core neurons and edges: one resample at a time --------------------------------------


def grouped(circuit: Circuit, count: int = 3) -> Circuit:
    """The circuit with its meanings dealt out to ``count`` groups a layer, and their edges."""
    groups: dict[str, list[NeuronGroup]] = {}
    for layer in circuit.layers:
        nodes = circuit.layer_neurons(layer)
        members = [(node.id, one.number) for node in nodes for one in node.semantic_groups]
        hands = [tuple(members[place::count]) for place in range(count)]
        groups[layer] = [
            NeuronGroup(GroupId(layer, number), hand, np.zeros(1), [0])
            for number, hand in enumerate(filter(None, hands))
        ]
    return linked(circuit, groups)


def linked(circuit: Circuit, groups: Mapping[str, Sequence[NeuronGroup]]) -> Circuit:
    nodes = {node.id: node for node in circuit.neurons}
    pairs = zip(circuit.layers[:0:-1], circuit.layers[-2::-1], strict=True)
    return dataclasses.replace(
        circuit,
        groups=tuple(one for layer in reversed(circuit.layers) for one in groups[layer]),
        edges=tuple(
            edge for up, low in pairs for edge in group_edges(groups[up], groups[low], nodes)
        ),
    )


def regrouped(before: Circuit, after: Circuit) -> Circuit:
    """The circuit made again, its meanings in the groups they were in before."""
    known = {node.id: node for node in after.neurons}

    def again(member: tuple[NeuronId, int]):
        neuron, number = member
        old = set(before.neuron(neuron).semantic_groups[number].patches.tolist())
        for one in known[neuron].semantic_groups if neuron in known else ():
            if old >= set(one.patches.tolist()):
                yield neuron, one.number

    groups = {
        layer: [
            dataclasses.replace(
                one, members=tuple(new for old in one.members for new in again(old))
            )
            for one in before.layer_groups(layer)
        ]
        for layer in before.layers
    }
    return linked(after, groups)


@pytest.mark.parametrize(
    "population",
    [
        Population(layers=("low", "fc"), width=10, tau=5, image_noise=1.5),
        Population(layers=("low", "fc"), width=10, tau=5, image_noise=1.5, most=3),
        Population(layers=("first", "low", "mid", "fc"), width=7, tau=7, image_noise=1.5),
    ],
    ids=["runners-up", "bounded", "deep"],
)
def test_shares_are_those_of_circuits_made_again_one_by_one(population):
    snapshot = population.snapshot(0)
    circuit = grouped(snapshot.circuits[0])
    snapshot = dataclasses.replace(snapshot, circuits=(circuit,))
    drawn = draw(np.arange(population.images), 40, snapshot.probe.grid, 0)
    made = with_stability(circuit, drawn, population.most)
    again = [with_images(snapshot, counts).circuits[0] for counts in drawn.counts]
    for node in made.neurons:
        core = [any(one.id == node.id for one in each.neurons) for each in again]
        assert node.stability == pytest.approx(np.mean(core))
    edges = [
        {(one.source, one.target): one.weight for one in regrouped(circuit, each).edges}
        for each in again
    ]
    assert len({one.stability for one in made.edges}) > 1
    for edge in made.edges:
        weights = [each.get((edge.source, edge.target), 0.0) for each in edges]
        assert edge.stability == pytest.approx(np.mean(np.array(weights) * edge.weight > 0))


def test_memory_does_not_grow_with_the_resamples():
    width, patches = 1000, 8
    lowest = {index: [1.0] * patches for index in range(width - 40, width)}
    circuit = grouped(
        make_circuit(
            {
                "low": [Neuron(index, range(patches)) for index in lowest],
                "mid": [Neuron(index, range(patches), inputs=lowest) for index in range(10)],
                "fc": [
                    Neuron(0, range(patches), inputs={one: [1.0] * patches for one in range(10)})
                ],
            },
            width=width,
        ),
        10,
    )

    def peak(resamples: int) -> int:
        drawn = drawn_from(patches, resamples)
        with_stability(circuit, drawn, None)  # so that nothing is set up for the first time
        tracemalloc.start()
        with_stability(circuit, drawn, None)
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    assert peak(8 * AT_ONCE) < 1.5 * peak(AT_ONCE)


def test_unknown_inputs_are_not_drawn_as_the_images_are(monkeypatch):
    """Two uses of one stream of chance would depend on each other."""
    made = []

    def kept(seed):
        made.append(seed)
        return np.random.Generator(np.random.PCG64(0))

    monkeypatch.setattr(stability.np.random, "default_rng", kept)
    with_stability(fed({0: [1.0] * 4}), drawn_from(4, 10), None)
    first, second = made
    assert first != second


# --- neuron groups -----------------------------------------------------------------------


def described(vectors: np.ndarray, crops: int = 1, of: int = 4, meanings: int = 1):
    """Neurons of ``of`` patches each in turn, the groups of their concepts, and all vectors."""
    rows = np.arange(len(vectors))
    patches = [rows[start : start + of] for start in range(0, len(rows), of)]
    circuit = make_circuit(
        {
            "low": [
                Neuron(
                    index,
                    own,
                    meanings=[part.tolist() for part in np.array_split(own, meanings)],
                    vector=vectors[own].mean(axis=0),
                )
                for index, own in enumerate(patches)
            ],
            "fc": [Neuron(0)],
        }
    )
    nodes = circuit.layer_neurons("low")
    kept = Descriptions.empty(rows, vectors.shape[1])
    kept.put(rows, vectors)
    grid = PatchGrid(len(rows) // crops, np.zeros((crops, 4)))
    groups = neuron_groups("low", nodes, 5, grid, 3)
    return groups, nodes, kept, draw(np.arange(grid.n_images), 400, grid, 0)


def test_clear_clusters_are_found_in_every_resample():
    """Each neuron has a patch of every image, so that no draw is without it."""
    rng = np.random.default_rng(0)
    centres = np.repeat([0.0, 50.0], 8)
    vectors = np.tile(centres, 12)[:, None] + rng.normal(size=(12 * 16, 3))
    nodes = [Neuron(index, np.arange(12) * 16 + index) for index in range(16)]
    circuit = make_circuit({"low": nodes, "fc": [Neuron(0)]})
    found = [
        dataclasses.replace(
            node,
            semantic_groups=(
                dataclasses.replace(
                    node.semantic_groups[0],
                    concept_vector=vectors[node.concept.patches].mean(axis=0),
                ),
            ),
        )
        for node in circuit.layer_neurons("low")
    ]
    grid = PatchGrid(12, np.zeros((16, 4)))
    groups = neuron_groups("low", found, 5, grid, 3)
    kept = Descriptions.empty(np.arange(len(vectors)), 3)
    kept.put(np.arange(len(vectors)), vectors)
    drawn = draw(np.arange(12), 200, grid, 0)
    stable = with_group_stability(groups, found, kept, drawn, 5)
    assert [len(one.members) for one in stable] == [8, 8]
    assert [one.stability for one in stable] == [1.0, 1.0]
    assert [one.id for one in stable] == [one.id for one in groups]


def test_a_group_of_one_image_is_there_as_often_as_the_image():
    """All meanings together: the group is whole in each resample with one of its images."""
    vectors = np.ones((3, 2))
    groups, nodes, kept, _ = described(vectors, crops=3, of=3)
    grid = PatchGrid(5, np.zeros((3, 4)))
    drawn = draw(np.arange(5), MANY * GROUPS_LESS_OFTEN, grid, 0)
    (only,) = with_group_stability(groups, nodes, kept, drawn, 1)
    assert is_about(only.stability, 1 - (4 / 5) ** 4)


@pytest.mark.parametrize("seed", range(3))
def test_groups_are_found_again_as_one_by_one(seed):
    rng = np.random.default_rng(seed)
    vectors = rng.normal(size=(60, 2)) + 3 * rng.integers(0, 3, 60)[:, None]
    groups, nodes, kept, drawn = described(vectors, crops=2, of=5, meanings=2)
    made = with_group_stability(groups, nodes, kept, drawn, 5)
    best = []
    for counts in drawn.counts[::GROUPS_LESS_OFTEN]:
        points, members = [], []
        for node in nodes:
            for meaning in node.semantic_groups:
                rows = np.repeat(meaning.patches, counts[meaning.patches // 2])
                if len(rows):
                    points.append(vectors[rows].mean(axis=0))
                    members.append((node.id, meaning.number))
        labels = cluster(np.array(points, dtype=np.float32), 5)
        new = [
            {members[at] for at in np.flatnonzero(labels == number)}
            for number in range(labels.max() + 1)
        ]
        there = [set(one.members) & set(members) for one in groups]
        best.append([max(len(a & b) / len(a | b) for b in new) for a in there])
    np.testing.assert_allclose([one.stability for one in made], np.mean(best, axis=0), atol=1e-12)
    assert any(one.stability < 1 for one in made)


def test_weights_are_taken_only_of_the_resamples_that_count(monkeypatch):
    groups, nodes, kept, drawn = described(np.random.default_rng(0).normal(size=(40, 2)))
    counted, weights_of = [], Drawn.weights_of

    def watched(self, patches, node):
        counted.append(len(self.counts))
        return weights_of(self, patches, node)

    monkeypatch.setattr(Drawn, "weights_of", watched)
    with_group_stability(groups, nodes, kept, drawn, 5)
    assert set(counted) == {len(drawn.counts) // GROUPS_LESS_OFTEN}


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 4)), max_size=12))
def test_best_jaccards_of_sets(pairs):
    before, after = (
        (np.array(one, dtype=np.int64) for one in zip(*pairs, strict=True))
        if pairs
        else (
            np.empty(0, np.int64),
            np.empty(0, np.int64),
        )
    )
    for group, found in enumerate(best_jaccards(before, after, 4)):
        old = set(np.flatnonzero(before == group))
        new = [set(np.flatnonzero(after == one)) for one in range(5)]
        assert found == pytest.approx(max(len(old & one) / max(len(old | one), 1) for one in new))


# --- in an analysis ----------------------------------------------------------------------

SMALL = NeurFlowConfig(tau=3, top_k=12, nodes=4, resamples=40)
LAYERS = ["stem", "body", "top", "fc"]


def probes(images: int = 9) -> ProbeSet:
    inputs = torch.randn(images, 1, 8, 8, generator=torch.Generator().manual_seed(0))
    return ProbeSet(inputs, torch.arange(images) % 3, ["cat", "dog", "owl"])


def analyzed(images: int = 9, **numbers) -> Snapshot:
    torch.manual_seed(1)
    config = dataclasses.replace(SMALL, **numbers)
    return analyze(SmallCNN(), probes(images), layers=LAYERS, targets=[0], config=config)


def stabilities(snapshot: Snapshot):
    (circuit,) = snapshot.circuits
    return [
        [one.stability for one in each] for each in (circuit.neurons, circuit.groups, circuit.edges)
    ]


def test_an_analysis_measures_everything():
    for found in stabilities(analyzed()):
        assert found
        assert all(0 <= one <= 1 for one in found)


def test_the_same_analysis_gives_the_same_stability():
    assert stabilities(analyzed()) == stabilities(analyzed())


def test_random_states_stay_as_they_were():
    model, given = SmallCNN(), probes()
    torch.manual_seed(3)
    np.random.seed(3)
    before = torch.get_rng_state(), np.random.get_state()[1].tobytes()
    analyze(model, given, layers=LAYERS, targets=[0], config=SMALL)
    after = torch.get_rng_state(), np.random.get_state()[1].tobytes()
    assert torch.equal(before[0], after[0])
    assert before[1] == after[1]


@pytest.mark.parametrize("given", [{"resamples": 0}, {"images": 3}], ids=["off", "one image"])
def test_nothing_is_measured_where_nothing_can_be_drawn(given):
    for found in stabilities(analyzed(**given)):
        assert set(found) == {None}


def test_switched_off_the_circuit_is_the_same():
    one, other = (analyzed(resamples=number).circuits[0] for number in (40, 0))
    assert [node.id for node in one.neurons] == [node.id for node in other.neurons]
    assert [group.members for group in one.groups] == [group.members for group in other.groups]
    assert [edge.weight for edge in one.edges] == [edge.weight for edge in other.edges]


def test_without_memory_for_descriptions_groups_are_not_measured():
    neurons, groups, edges = stabilities(analyzed(memory_budget=1))
    assert set(groups) == {None}
    assert None not in {*neurons, *edges}
