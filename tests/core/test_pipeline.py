import io
import time
from dataclasses import replace

import numpy as np
import pytest
import torch
from PIL import Image
from torch import nn

from networks import SmallCNN
from neurflow_lightning import NeurFlowConfig, ProbeSet, analyze
from neurflow_lightning.core import pipeline
from neurflow_lightning.core.planning import plan
from neurflow_lightning.core.thumbnails import encode_pictures
from neurflow_lightning.errors import ConfigError, LayerError, ProbeError
from neurflow_lightning.types import NeuronId, PatchGrid, Snapshot

SMALL = NeurFlowConfig(tau=3, top_k=12, nodes=4, batch_size=7)
LAYERS = ["stem", "body", "top", "fc"]


@pytest.fixture(scope="module")
def probes() -> ProbeSet:
    images = torch.randn(9, 1, 8, 8, generator=torch.Generator().manual_seed(0))
    return ProbeSet(images, torch.tensor([0, 1, 2] * 3), ["cat", "dog", "owl"])


@pytest.fixture(scope="module")
def snapshot(probes) -> Snapshot:
    return analyze(SmallCNN(), probes, layers=LAYERS, config=SMALL, epoch=4, step=99)


def test_snapshot_says_how_it_was_made(snapshot, probes):
    assert snapshot.layers == tuple(LAYERS)
    assert [circuit.name for circuit in snapshot.circuits] == ["cat", "dog", "owl"]
    assert snapshot.probe.fingerprint == probes.fingerprint(SMALL.granularities)
    assert (snapshot.epoch, snapshot.step, snapshot.config) == (4, 99, SMALL)
    assert snapshot.methods == {"body": "folded", "top": "folded", "fc": "folded"}
    assert "torch" in snapshot.versions
    assert snapshot.circuit("dog") is snapshot.circuit(1)


def test_circuit_keeps_its_promises(snapshot):
    for circuit in snapshot.circuits:
        rows = set(range(len(snapshot.probe.grid)))
        own = {
            row
            for row in rows
            if snapshot.probe.labels[snapshot.probe.grid.image(row)] == circuit.target.index
        }
        for layer in LAYERS:
            importance = sum(node.importance for node in circuit.layer_neurons(layer))
            assert importance == pytest.approx(1.0)
        for node in circuit.neurons:
            assert set(node.concept.patches.tolist()) <= own
            assert (np.diff(node.concept.activations) <= 0).all()
            parts = [row for group in node.semantic_groups for row in group.patches.tolist()]
            assert sorted(parts) == sorted(node.concept.patches.tolist())
            if node.inputs is not None:
                assert len(node.inputs.sources) <= SMALL.tau
                assert (np.diff(node.inputs.scores) <= 0).all()
                np.testing.assert_allclose(np.abs(node.inputs.weights).sum(1), 1.0, rtol=1e-5)
                below = circuit.layer_below(node.id.layer)
                for source in node.inputs.sources:
                    circuit.neuron(NeuronId(below, int(source)))
        for group in circuit.groups:
            incoming = [edge for edge in circuit.edges if edge.target == group.id]
            assert sum(abs(edge.weight) for edge in incoming) <= len(group.members) + 1e-5
            assert set(group.patches[:9].tolist()) <= set(snapshot.thumbnails)
        assert len(circuit.layer_groups("fc")) == 1


def test_same_inputs_same_snapshot(snapshot, probes):
    again = analyze(SmallCNN(), probes, layers=LAYERS, config=SMALL)
    for one, other in zip(snapshot.circuits, again.circuits, strict=True):
        assert [node.id for node in one.neurons] == [node.id for node in other.neurons]
        assert list(one.neuron_edges()) == list(other.neuron_edges())
        assert one.edges == other.edges


def test_batch_size_changes_nothing_but_rounding(snapshot, probes):
    config = NeurFlowConfig(tau=3, top_k=12, nodes=4, batch_size=500)
    again = analyze(SmallCNN(), probes, layers=LAYERS, config=config)
    for one, other in zip(snapshot.circuits, again.circuits, strict=True):
        assert {node.id for node in one.neurons} == {node.id for node in other.neurons}
        weights = {(e.source, e.target, e.semantic_group): e.weight for e in one.neuron_edges()}
        others = {(e.source, e.target, e.semantic_group): e.weight for e in other.neuron_edges()}
        assert weights == pytest.approx(others, abs=1e-4)


def test_model_is_left_as_it_was_found(probes):
    model = SmallCNN()
    model.train()
    model.stem[1].eval()
    model.fc.weight.requires_grad_(False)
    before = {name: value.clone() for name, value in model.state_dict().items()}
    attributes = {name: set(vars(module)) for name, module in model.named_modules()}
    analyze(model, probes, layers=LAYERS, targets=[0], config=SMALL)
    assert model.training
    assert model.drop.training
    assert not model.stem[1].training
    assert not model.fc.weight.requires_grad
    assert all(parameter.grad is None for parameter in model.parameters())
    assert all(torch.equal(value, before[name]) for name, value in model.state_dict().items())
    assert {name: set(vars(module)) for name, module in model.named_modules()} == attributes
    assert not any(module._forward_hooks or module._forward_pre_hooks for module in model.modules())


def test_caller_in_inference_mode(probes):
    model = SmallCNN()
    with torch.inference_mode():
        snapshot = analyze(model, probes, layers=LAYERS, targets=[1], config=SMALL)
    assert snapshot.circuit(1).statistics("fc").core_neurons == 1


def test_images_beyond_the_limit_are_not_looked_at(probes):
    config = NeurFlowConfig(tau=2, top_k=200, nodes=2, images_per_target=2)
    circuit = analyze(SmallCNN(), probes, layers=LAYERS, targets=[1], config=config).circuit(1)
    images = {int(row) // 59 for node in circuit.neurons for row in node.concept.patches}
    assert images == {1, 4}  # the first two of class 1


def test_bounded_search_says_what_it_left_out(probes):
    config = NeurFlowConfig(tau=3, top_k=12, nodes=4, max_neurons_per_layer=2)
    circuit = analyze(SmallCNN(), probes, layers=LAYERS, targets=[0], config=config).circuit(0)
    assert all(len(circuit.layer_neurons(layer)) <= 2 for layer in LAYERS)
    assert circuit.left_out["top"] == 1
    kept = [node.importance for node in circuit.layer_neurons("top")]
    assert kept == sorted(kept, reverse=True)


def test_pruning_keeps_a_prefix(probes, snapshot):
    config = NeurFlowConfig(tau=3, top_k=12, nodes=4, batch_size=7, prune_epsilon=1.0)
    circuit = analyze(SmallCNN(), probes, layers=LAYERS, targets=[0], config=config).circuit(0)
    whole = snapshot.circuit(0).neuron(NeuronId("fc", 0)).inputs.sources
    assert circuit.neuron(NeuronId("fc", 0)).inputs.sources.tolist() == whole[:1].tolist()


def test_without_labels_any_neuron_of_the_last_layer_is_a_target(probes):
    unlabelled = ProbeSet(probes.images)
    snapshot = analyze(SmallCNN(), unlabelled, layers=["stem", "top"], targets=[7], config=SMALL)
    assert snapshot.circuits[0].target == NeuronId("top", 7)
    assert snapshot.circuits[0].name == "7"


def test_vectors_have_no_thumbnails():
    model = nn.Sequential(nn.Linear(5, 8), nn.ReLU(), nn.Linear(8, 2))
    probes = ProbeSet(torch.rand(20, 5), torch.arange(20) % 2)
    snapshot = analyze(model, probes, layers=["1", "2"], config=SMALL)
    assert not snapshot.thumbnails
    assert not snapshot.images
    assert snapshot.circuit(1).statistics("2").core_neurons == 1


def test_thumbnails_are_jpeg(snapshot):
    assert snapshot.thumbnails
    assert all(image[:3] == b"\xff\xd8\xff" for image in snapshot.thumbnails.values())


def test_the_images_that_patches_shown_were_cut_from_are_kept_small(snapshot, probes):
    grid = snapshot.probe.grid
    assert set(snapshot.images) == {grid.image(row) for row in snapshot.thumbnails}
    height, width = probes.images.shape[2:]
    for image in snapshot.images.values():
        with Image.open(io.BytesIO(image)) as picture:
            assert picture.format == "JPEG"
            assert picture.size == (width, height)  # never enlarged


def test_large_images_are_kept_small():
    probes = ProbeSet(torch.rand(2, 3, 300, 200), torch.zeros(2, dtype=torch.long))
    grid = PatchGrid(2, np.array([[0, 0, 300, 200]]))
    (image,) = encode_pictures(probes, grid, [1])[1].values()
    with Image.open(io.BytesIO(image)) as picture:
        assert picture.size == (64, 96)


def test_the_seconds_of_the_stability_are_told(probes, monkeypatch):
    def slow(circuit, *_):
        time.sleep(0.5)
        return circuit

    monkeypatch.setattr(pipeline, "with_stability", slow)
    snapshot = analyze(SmallCNN(), probes, layers=LAYERS, targets=[0], config=SMALL)
    assert snapshot.circuits[0].seconds[LAYERS[-1]] > 0.5


@pytest.mark.parametrize(("resamples", "images", "said"), [(0, 8, False), (10, 1, True)])
def test_progress_counts_to_the_end_without_stability_too(resamples, images, said):
    seen = {}
    probes = ProbeSet(torch.randn(images, 1, 8, 8), torch.zeros(images, dtype=torch.long), ["cat"])
    config = replace(SMALL, resamples=resamples)

    def progress(what: str, done: float, total: float) -> None:
        seen[what] = (done, total)

    settings = {"layers": LAYERS, "targets": [0], "config": config, "progress": progress}
    analyze(SmallCNN(), probes, **settings)
    *_, (done, total) = seen.values()
    assert done == total
    assert ("cat: stability" in seen) is said


def test_progress_counts_to_the_end(probes):
    """In seconds, over the whole analysis; the lowest layer costs nothing and is not shown."""
    seen: dict[str, tuple[float, float]] = {}

    def progress(what: str, done: float, total: float) -> None:
        assert 0 <= done <= total
        seen[what] = (done, total)

    analyze(SmallCNN(), probes, layers=LAYERS, targets=[0], config=SMALL, progress=progress)
    assert list(seen) == [f"cat: {name}" for name in ["patches", *LAYERS[:0:-1], "stability"]]
    *_, (done, total) = seen.values()
    assert done == total


def test_forward_function(probes):
    class Unusual(nn.Module):
        def __init__(self):
            super().__init__()
            self.net = SmallCNN()

    snapshot = analyze(
        Unusual(), probes, layers=["stem", "top", "fc"], targets=["owl"], config=SMALL,
        forward=lambda model, images: model.net(images),
    )  # fmt: skip
    assert snapshot.layers == ("net.stem", "net.top", "net.fc")


def test_half_and_double_precision_models(probes):
    for dtype in (torch.float64, torch.bfloat16):
        snapshot = analyze(SmallCNN().to(dtype), probes, layers=LAYERS, targets=[0], config=SMALL)
        assert snapshot.circuit(0).statistics("body").core_neurons > 0


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ({"targets": ["dgo"]}, ConfigError, "No class is named 'dgo'. Did you mean 'dog'"),
        ({"targets": [3]}, ConfigError, "'fc' has the neurons 0 to 2"),
        ({"targets": [-1]}, ConfigError, "'fc' has the neurons 0 to 2"),
        ({"targets": []}, ConfigError, r"targets=\[\]: wanted a list"),
        ({"targets": 1}, ConfigError, "targets=1: wanted a list"),
        ({"targets": "cat"}, ConfigError, "targets='cat': wanted a list"),
        ({"targets": [0.7]}, ConfigError, "Target 0.7: 'fc' has the neurons 0 to 2"),
        ({"targets": [1, "dog"]}, ConfigError, "names a class twice"),
        ({"layers": ["stemm", "fc"]}, LayerError, "stem"),
        ({"layers": ["fc", "stem"]}, LayerError, "fc"),
    ],
)
def test_wrong_arguments_fail_with_the_way_out(probes, arguments, error, message):
    with pytest.raises(error, match=message):
        analyze(SmallCNN(), probes, **{"layers": LAYERS, "config": SMALL, **arguments})


def test_a_name_of_two_classes_is_refused(probes):
    alike = replace(probes, class_names=("cat", "dog", "cat"))
    with pytest.raises(ConfigError, match="Several classes are named 'cat': 0, 2"):
        analyze(SmallCNN(), alike, layers=LAYERS, targets=["cat"], config=SMALL)


def test_target_without_probe_images(probes):
    few = ProbeSet(probes.images[:2], torch.tensor([0, 1]))
    with pytest.raises(ProbeError, match="No probe image of class 2"):
        analyze(SmallCNN(), few, layers=LAYERS, targets=[0, 2], config=SMALL)


def test_targets_none_needs_labels(probes):
    with pytest.raises(ConfigError, match="targets=None needs labels"):
        analyze(SmallCNN(), ProbeSet(probes.images), layers=LAYERS, config=SMALL)


def test_images_labelled_as_no_class_choose_no_target(probes):
    labels = torch.tensor([-1, 1, 2] * 3)
    snapshot = analyze(
        SmallCNN(), ProbeSet(probes.images, labels), layers=["stem", "fc"], config=SMALL
    )
    assert [circuit.target.index for circuit in snapshot.circuits] == [1, 2]


def test_plan_bounds_the_work(probes, snapshot):
    expected = plan(SmallCNN(), probes, layers=LAYERS, config=SMALL)
    assert expected.layers == snapshot.layers
    assert expected.names == ("cat", "dog", "owl")
    assert expected.patches == 9 * 59
    assert expected.core_neurons == 3 * (1 + 3 + 8 + 6)
    assert expected.seconds > 0
    for circuit in snapshot.circuits:
        assert len(circuit.neurons) <= expected.core_neurons / 3
