import weakref

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from neurflow_lightning.config import NeurFlowConfig
from neurflow_lightning.core.concepts import (
    ImageLimit,
    semantic_groups,
    single_meaning,
    stream_top_patches,
)
from neurflow_lightning.errors import LayerError
from neurflow_lightning.types import NeuronConcept


def batches(count: int, size: int) -> list[np.ndarray]:
    return [np.arange(start, min(start + size, count)) for start in range(0, count, size)]


def parts(responses, rows: list[np.ndarray], layer: str = "layer"):
    return ((batch, {layer: responses(batch)}) for batch in rows)


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 40), st.integers(1, 17), st.integers(1, 12), st.integers(0, 10**6))
def test_streamed_top_k_equals_sorting_everything(count, size, top_k, seed):
    """Small whole numbers make ties likely: the lower row must win them."""
    values = torch.randint(4, (count, 3), generator=torch.Generator().manual_seed(seed)).float()
    top = stream_top_patches(parts(lambda rows: values[rows], batches(count, size)), top_k)
    activations, rows = values.sort(dim=0, descending=True, stable=True)
    assert torch.equal(top["layer"].activations, activations[:top_k])
    assert torch.equal(top["layer"].rows, rows[:top_k])


def sorted_with_limit(values: torch.Tensor, top_k: int, limit: ImageLimit) -> list[int]:
    """One neuron's rows, the most active first: each taken unless its image has enough."""
    taken: list[int] = []
    for row in values.sort(descending=True, stable=True).indices.tolist():
        same = sum(row // limit.crops == one // limit.crops for one in taken)
        if same < limit.most and len(taken) < top_k:
            taken.append(row)
    return taken


@settings(max_examples=60, deadline=None)
@given(
    count=st.integers(1, 60),
    size=st.integers(1, 17),
    top_k=st.integers(1, 12),
    crops=st.integers(1, 7),
    most=st.integers(1, 8),
    seed=st.integers(0, 10**6),
)
def test_streamed_top_k_with_a_limit_of_patches_equals_sorting_everything(
    count, size, top_k, crops, most, seed
):
    values = torch.randint(6, (count, 3), generator=torch.Generator().manual_seed(seed)).float()
    limit = ImageLimit(crops, most)
    top = stream_top_patches(parts(lambda rows: values[rows], batches(count, size)), top_k, limit)[
        "layer"
    ]
    for neuron, own in enumerate(values.T):
        rows = sorted_with_limit(own, top_k, limit)
        assert top.concept(neuron).patches.tolist() == rows
        assert top.concept(neuron).activations.tolist() == own[rows].tolist()


def test_a_limit_that_bounds_nothing_changes_nothing():
    values = torch.rand(40, 3, generator=torch.Generator().manual_seed(0))
    found, plain = (
        stream_top_patches(parts(lambda rows: values[rows], batches(40, 7)), 9, limit)["layer"]
        for limit in (ImageLimit(4, 4), None)
    )
    assert torch.equal(found.rows, plain.rows)


def test_no_batch_outlives_its_turn():
    alive: list[weakref.ref] = []

    def responses(rows):
        assert sum(one() is not None for one in alive) <= 1
        values = torch.rand(len(rows), 8)
        alive.append(weakref.ref(values))
        return values

    top = stream_top_patches(parts(responses, batches(1000, 10)), top_k=5)
    assert top["layer"].rows.shape == (5, 8)


def test_fewer_patches_than_k():
    top = stream_top_patches(parts(lambda rows: torch.rand(len(rows), 2), batches(3, 2)), 50)
    assert top["layer"].concept(1).patches.shape == (3,)


def test_activations_that_are_not_finite_are_named():
    values = torch.ones(6, 3)
    values[4, 2] = float("nan")
    with pytest.raises(LayerError, match=r"neuron 2 of 'body' on patch 4 is not finite"):
        stream_top_patches(parts(lambda rows: values[rows], batches(6, 4), "body"), top_k=2)


def concept(k: int) -> NeuronConcept:
    return NeuronConcept(np.arange(10, 10 + k), np.linspace(2.0, 1.0, k))


def test_two_meanings_are_found_and_described():
    descriptions = np.array([[0, 5], [5, 0], [0, 5.1], [5.1, 0], [0, 4.9]], dtype=np.float32)
    first, second = semantic_groups(concept(5), descriptions, NeurFlowConfig())
    assert first.patches.tolist() == [10, 12, 14]
    assert second.patches.tolist() == [11, 13]
    np.testing.assert_allclose(first.concept_vector, [0, 5], atol=1e-6)
    assert first.activation == pytest.approx(1.5)


def test_one_meaning_stays_one():
    """Sixty-four independent directions hold no structure: the best silhouette is near 0."""
    descriptions = np.random.default_rng(0).normal(size=(50, 64)).astype(np.float32)
    assert len(semantic_groups(concept(50), descriptions, NeurFlowConfig())) == 1


def test_single_meaning_holds_the_whole_concept():
    (group,) = single_meaning(concept(4), np.ones((4, 3), dtype=np.float32))
    assert group.patches.tolist() == [10, 11, 12, 13]
