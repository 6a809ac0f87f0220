"""Neuron concepts and their semantic groups (steps 2 and 4 of the algorithm).

1. The responses of all layers are streamed over the patches; of each neuron only the ``k`` most
   active patches are kept. No layer's activations of all patches are ever held.
2. A neuron's patches, each described by the responses of the layer below, are clustered: every
   cluster is one meaning.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from neurflow_lightning.config import NeurFlowConfig
from neurflow_lightning.core.grouping import cluster
from neurflow_lightning.errors import LayerError
from neurflow_lightning.types import FloatArray, IntArray, NeuronConcept, SemanticGroup


@dataclass(frozen=True)
class TopPatches:
    """The most active patches of every neuron of a layer, so far.

    Attributes:
        activations: (≤ k, C) in falling order down each column.
        rows: (≤ k, C) their patch rows; of equally active patches the lower row comes first.
    """

    activations: Tensor
    rows: Tensor

    def merged(self, responses: Tensor, rows: Tensor, top_k: int) -> TopPatches:
        """The best of these and of a further batch, whose rows come after these.

        Args:
            responses: (B, C) of the batch.
            rows: (B,) ascending.
            top_k: how many to keep.
        """
        activations = torch.cat([self.activations, responses])
        all_rows = torch.cat([self.rows, rows[:, None].expand_as(responses)])
        # A stable sort, unlike topk, breaks ties in the same way on every machine.
        activations, order = activations.sort(dim=0, descending=True, stable=True)
        return TopPatches(activations[:top_k], all_rows.gather(0, order[:top_k]))

    def concept(self, neuron: int) -> NeuronConcept:
        """V_a of one neuron."""
        return NeuronConcept(
            patches=self.rows[:, neuron].numpy(),
            activations=self.activations[:, neuron].float().numpy(),
        )


def stream_top_patches(
    responses: Callable[[IntArray], Mapping[str, Tensor]],
    batches: Iterable[IntArray],
    top_k: int,
) -> dict[str, TopPatches]:
    """The ``top_k`` patches of every neuron of every layer, in one pass.

    Args:
        responses: patch rows (B,) → layer → (B, C).
        batches: ascending patch rows, batch by batch.
        top_k: fewer are found where there are fewer patches.

    Raises:
        LayerError: for activations that are not finite.
    """
    best: dict[str, TopPatches] = {}
    for rows in batches:
        for layer, on_device in responses(rows).items():
            values = on_device.cpu()
            _check_finite(layer, values, rows)
            so_far = best.get(layer) or _no_patches(values)
            best[layer] = so_far.merged(values, torch.from_numpy(rows), top_k)
    return best


def semantic_groups(
    concept: NeuronConcept, descriptions: FloatArray, config: NeurFlowConfig
) -> tuple[SemanticGroup, ...]:
    """Split a neuron's concept into its meanings, the one with the most active patch first.

    Args:
        concept: of the neuron.
        descriptions: (k, C') r(v) of the concept's patches, in their order.
        config: ``max_semantic_groups`` and ``silhouette_threshold`` are used.
    """
    labels = cluster(descriptions, config.max_semantic_groups, config.silhouette_threshold)
    return tuple(
        _semantic_group(number, labels == number, concept, descriptions)
        for number in range(labels.max() + 1)
    )


def single_meaning(concept: NeuronConcept, descriptions: FloatArray) -> tuple[SemanticGroup]:
    """The whole concept as one group: for the shallowest layer, which has none below it."""
    return (_semantic_group(0, np.ones(len(descriptions), bool), concept, descriptions),)


def _semantic_group(
    number: int,
    chosen: np.ndarray[tuple[int, ...], np.dtype[np.bool_]],
    concept: NeuronConcept,
    descriptions: FloatArray,
) -> SemanticGroup:
    return SemanticGroup(
        number=number,
        patches=concept.patches[chosen],
        activation=float(concept.activations[chosen].mean()),
        concept_vector=descriptions[chosen].mean(axis=0),
    )


def _check_finite(layer: str, responses: Tensor, rows: IntArray) -> None:
    broken = torch.nonzero(~responses.isfinite())
    if len(broken):
        row, neuron = (int(one) for one in broken[0])
        raise LayerError(
            f"The activation of neuron {neuron} of {layer!r} on patch {rows[row]} is not finite: "
            "the training has diverged, or a probe input holds NaN or infinity."
        )


def _no_patches(like: Tensor) -> TopPatches:
    width = like.shape[1]
    return TopPatches(like.new_empty((0, width)), torch.empty((0, width), dtype=torch.long))
