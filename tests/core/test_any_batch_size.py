"""Any number of inputs, batch size and k gives the circuit of a run in one batch."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from hypothesis import example, given, settings
from hypothesis import strategies as st
from torch import nn

from neurflow_lightning import NeurFlowConfig, ProbeSet, analyze
from neurflow_lightning.types import Circuit


def network() -> nn.Module:
    """Convolutions, and a LayerNorm behind them; double, so that no two patches tie."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(3)
        return (
            nn.Sequential(
                *(nn.Conv2d(1, 5, 3), nn.ReLU(), nn.Conv2d(5, 6, 2), nn.ReLU()),
                *(nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.LayerNorm(6), nn.Linear(6, 2)),
            )
            .double()
            .eval()
        )


NETWORK = network()
IMAGES = torch.rand(40, 1, 6, 6, generator=torch.Generator().manual_seed(0)).double()


def circuit(images: int, batch_size: int | None, k: int, **numbers) -> Circuit:
    config = NeurFlowConfig(
        **{"granularities": (1.0,), "resamples": 0, **numbers},
        **{"tau": 3, "nodes": 2, "top_k": k, "batch_size": batch_size},
    )
    probes = ProbeSet(IMAGES[:images])
    given = {"layers": ["1", "3", "7"], "targets": [1], "config": config}
    return analyze(NETWORK, probes, **given).circuits[0]


def check_same(found: Circuit, expected: Circuit) -> None:
    assert [one.id for one in found.neurons] == [one.id for one in expected.neurons]
    for one, other in zip(found.neurons, expected.neurons, strict=True):
        assert one.concept.patches.tolist() == other.concept.patches.tolist()
        assert one.importance == pytest.approx(other.importance, rel=1e-5)
        if one.inputs is not None:
            assert one.inputs.sources.tolist() == other.inputs.sources.tolist()
            np.testing.assert_allclose(
                one.inputs.attributions, other.inputs.attributions, rtol=1e-5, atol=1e-8
            )
    assert [one.members for one in found.groups] == [one.members for one in expected.groups]


@settings(max_examples=40, deadline=None)
@given(images=st.integers(1, 23), batch_size=st.integers(1, 25), k=st.integers(1, 25))
@example(images=11, batch_size=5, k=1)  # the last of eleven joins the batch before it
@example(images=11, batch_size=10, k=2)
@example(images=2, batch_size=1, k=1)
@example(images=1, batch_size=1, k=5)
@example(images=21, batch_size=2, k=20)
def test_the_batch_size_changes_nothing(images, batch_size, k):
    check_same(circuit(images, batch_size, k), circuit(images, images, k))


@settings(max_examples=15, deadline=None)
@given(
    images=st.integers(1, 9),
    batch_size=st.integers(1, 12),
    k=st.integers(1, 14),
    most=st.one_of(st.none(), st.integers(1, 6)),
)
@example(images=3, batch_size=7, k=2, most=1)  # fifteen crops: again one more
def test_nor_does_it_with_several_crops_of_an_image(images, batch_size, k, most):
    numbers = {"granularities": (1.0, 0.5), "max_patches_per_image": most}
    ours = circuit(images, batch_size, k, **numbers)
    check_same(ours, circuit(images, 1000, k, **numbers))


@pytest.mark.parametrize("attribution", ["ig", "gradient", "norm-held"])
@pytest.mark.parametrize(("images", "batch_size", "k"), [(11, 5, 1), (12, 11, 12), (9, 2, 4)])
def test_whatever_the_attribution(images, batch_size, k, attribution):
    ours = circuit(images, batch_size, k, attribution=attribution)
    check_same(ours, circuit(images, images, k, attribution=attribution))


@pytest.mark.parametrize("budget", [1, 20_000])
def test_whatever_the_memory_budget(budget):
    check_same(circuit(17, None, 6, memory_budget=budget), circuit(17, 17, 6))


@pytest.mark.parametrize("batch_size", [3, 10])
def test_pruning_by_knockouts_takes_any_batch_size(batch_size):
    check_same(circuit(11, batch_size, 5, prune_epsilon=0.1), circuit(11, 11, 5, prune_epsilon=0.1))
