"""``max_patches_per_image``: no concept rests on few images; without it the paper's concepts."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
import torch
from torch import Tensor, nn

from networks import SmallCNN
from neurflow_lightning import NeurFlowConfig, ProbeSet, analyze
from neurflow_lightning.core.probes import make_patches
from neurflow_lightning.errors import ConfigError
from neurflow_lightning.types import Snapshot

LAYERS = ("stem", "top", "fc")
CROPS = (1.0, 0.5)
IMAGES = torch.randn(8, 1, 8, 8, generator=torch.Generator().manual_seed(4))


def analysed(most: int | None, top_k: int = 12, images: Tensor = IMAGES, **numbers) -> Snapshot:
    config = NeurFlowConfig(
        **{"granularities": CROPS, "tau": 4, "top_k": top_k, "max_patches_per_image": most},
        **{"resamples": 0, "attribution": "gradient", **numbers},
    )
    return analyze(SmallCNN(), ProbeSet(images), layers=LAYERS, targets=[0], config=config)


def responses(images: Tensor = IMAGES) -> dict[str, Tensor]:
    """Layer → (patches, neurons), by running the network by hand."""
    patches = make_patches(ProbeSet(images), CROPS)
    batch = patches.batch(np.arange(len(patches)))
    model = SmallCNN().eval()
    with torch.no_grad():
        stem = model.stem(batch)
        top = model.top(model.body(stem)).mean((2, 3))
        return {"stem": stem.mean((2, 3)), "top": top, "fc": model.fc(top)}


def allowed(own: Tensor, most: int | None, top_k: int, crops: int) -> list[int]:
    """A neuron's most active patches, taken one by one."""
    images: Counter[int] = Counter()
    taken = []
    for row in own.argsort(descending=True, stable=True).tolist():
        if most is None or images[row // crops] < most:
            images[row // crops] += 1
            taken.append(row)
    return taken[:top_k]


@pytest.mark.parametrize("most", [1, 2, 3])
def test_no_concept_has_more_patches_of_one_image(most):
    snapshot = analysed(most)
    grid = snapshot.probe.grid
    for node in snapshot.circuits[0].neurons:
        of_image = Counter(grid.image(row) for row in node.concept.patches.tolist())
        assert max(of_image.values()) <= most
        assert len(node.concept.patches) == min(12, 8 * most)
    unbound = analysed(None).circuits[0].neurons
    counts = [Counter(grid.image(row) for row in one.concept.patches.tolist()) for one in unbound]
    assert max(max(one.values()) for one in counts) > most  # else nothing was bound


@pytest.mark.parametrize("most", [None, 2])
def test_concepts_are_the_most_active_patches_that_are_allowed(most):
    true = responses()
    crops = len(true["fc"]) // 8
    for node in analysed(most).circuits[0].neurons:
        own = true[node.id.layer][:, node.id.index]
        expected = allowed(own, most, 12, crops)
        assert node.concept.patches.tolist() == expected
        np.testing.assert_allclose(
            node.concept.activations, own[expected].numpy(), rtol=1e-4, atol=1e-6
        )


def test_with_the_limit_unset_the_concepts_are_those_of_the_paper():
    """Its config has no limit; whatever else differs does not touch concepts."""
    assert NeurFlowConfig.preset("paper").max_patches_per_image is None
    assert NeurFlowConfig.reference().max_patches_per_image is None
    paper = NeurFlowConfig.preset("paper", granularities=CROPS, tau=4, top_k=12, resamples=0)
    given = {"layers": LAYERS, "targets": [0], "config": paper}
    expected = analyze(SmallCNN(), ProbeSet(IMAGES), **given).circuits[0]
    found = analysed(None, attribution="ig", nodes=16).circuits[0]
    assert [one.id for one in found.neurons] == [one.id for one in expected.neurons]
    for one, other in zip(found.neurons, expected.neurons, strict=True):
        assert one.concept.patches.tolist() == other.concept.patches.tolist()


@pytest.mark.parametrize("most", [1, 3, None])
def test_with_fewer_patches_than_k_all_that_are_allowed_are_taken(most):
    images = IMAGES[:2]
    crops = len(make_patches(ProbeSet(images), CROPS)) // 2
    for node in analysed(most, top_k=500, images=images).circuits[0].neurons:
        assert len(node.concept.patches) == 2 * (crops if most is None else most)


def test_one_image_whose_only_patch_is_itself():
    config = NeurFlowConfig(granularities=(1.0,), max_patches_per_image=1, top_k=50)
    model = nn.Sequential(nn.Linear(3, 4), nn.ReLU(), nn.Linear(4, 2))
    probes = ProbeSet(torch.rand(1, 3))
    circuit = analyze(model, probes, layers=["1", "2"], targets=[0], config=config).circuits[0]
    assert {tuple(one.concept.patches) for one in circuit.neurons} == {(0,)}


@pytest.mark.parametrize("most", [None, 1])
def test_pruning_counts_what_knockouts_leave_of_the_patches_that_are_allowed(most):
    """Of the target: the shortest prefix of the ranking that loses as much as any."""
    whole = analysed(most, top_k=4).circuits[0].neurons[0]
    top = responses()["top"]
    fc, crops = SmallCNN().fc, len(top) // 8
    left = []
    for end in range(1, len(whole.inputs.sources) + 1):
        silenced = top.index_fill(1, torch.tensor(whole.inputs.sources[:end]), 0.0)
        rows = allowed(fc(silenced)[:, 0], most, 4, crops)
        left.append(len(set(rows) & set(whole.concept.patches.tolist())))
    expected = whole.inputs.sources[: left.index(min(left)) + 1].tolist()
    pruned = analysed(most, top_k=4, prune_epsilon=0.0).circuits[0].neurons[0]
    assert pruned.inputs.sources.tolist() == expected


def test_stability_is_measured_with_the_limit_too():
    snapshot = analysed(2, resamples=10)
    for node in snapshot.circuits[0].neurons:
        assert 0 <= node.stability <= 1


@pytest.mark.parametrize("wrong", [0, -1, 1.5, True, "2"])
def test_no_other_limit_is_taken(wrong):
    with pytest.raises(ConfigError, match="max_patches_per_image"):
        NeurFlowConfig(max_patches_per_image=wrong)
