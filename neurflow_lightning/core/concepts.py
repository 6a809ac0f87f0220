"""Neuron concepts and their semantic groups (steps 2 and 4 of the algorithm).

1. The responses of all layers are streamed over the patches; of each neuron only the ``k`` most
   active patches are kept. No layer's activations of all patches are ever held.
2. A neuron's patches, each described by the responses of the layer below, are clustered: every
   cluster is one meaning.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from neurflow_lightning.config import NeurFlowConfig
from neurflow_lightning.core.grouping import cluster
from neurflow_lightning.errors import LayerError
from neurflow_lightning.types import (
    BoolArray,
    FloatArray,
    IntArray,
    NeuronConcept,
    SemanticGroup,
)


@dataclass(frozen=True)
class TopPatches:
    """The most active patches of every neuron of a layer.

    Attributes:
        activations: (≤ k, C) in falling order down each column.
        rows: (≤ k, C) their patch rows; of equally active patches the lower row comes first.
    """

    activations: Tensor
    rows: Tensor

    def concept(self, neuron: int) -> NeuronConcept:
        """V_a of one neuron."""
        return NeuronConcept(
            patches=self.rows[:, neuron].numpy(),
            activations=self.activations[:, neuron].float().numpy(),
        )


class _Best:
    """The best patches so far, and a buffer of those not compared yet: both never grow."""

    def __init__(self, like: Tensor, top_k: int) -> None:
        self.top_k, self.filled = top_k, 0
        shape = (like.shape[1], top_k + max(_WAITING * top_k, len(like)))
        self.activations = like.new_empty(shape)
        self.rows = torch.empty(shape, dtype=torch.long)

    def add(self, responses: Tensor, rows: Tensor) -> None:
        """(B, C) responses to patches whose ``rows`` come after all earlier ones."""
        if self.filled + len(rows) > self.rows.shape[1]:
            self._compare()
        place = slice(self.filled, self.filled + len(rows))
        self.activations[:, place] = responses.T
        self.rows[:, place] = rows
        self.filled += len(rows)

    def finished(self) -> TopPatches:
        self._compare()
        kept = slice(0, self.filled)
        return TopPatches(self.activations[:, kept].T.clone(), self.rows[:, kept].T.clone())

    def _compare(self) -> None:
        # A stable sort, unlike topk, breaks ties in the same way on every machine.
        filled = self.activations[:, : self.filled].sort(dim=1, descending=True, stable=True)
        rows = self.rows[:, : self.filled].gather(1, filled.indices)
        self.filled = min(self.filled, self.top_k)
        self.activations[:, : self.filled] = filled.values[:, : self.filled]
        self.rows[:, : self.filled] = rows[:, : self.filled]


_WAITING = 4  # buffered patches for each kept one


def stream_top_patches(
    parts: Iterable[tuple[IntArray, Mapping[str, Tensor]]], top_k: int
) -> dict[str, TopPatches]:
    """The ``top_k`` patches of every neuron of every layer, in one pass.

    Args:
        parts: batch by batch ascending patch rows (B,), and layer → (B, C) responses.
        top_k: fewer are found where there are fewer patches.

    Raises:
        LayerError: for activations that are not finite.
    """
    best: dict[str, _Best] = {}
    for rows, responses in parts:
        for layer, on_device in responses.items():
            values = on_device.cpu()
            _check_finite(layer, values, rows)
            if layer not in best:
                best[layer] = _Best(values, top_k)
            best[layer].add(values, torch.from_numpy(rows))
    return {layer: found.finished() for layer, found in best.items()}


def semantic_groups(
    concept: NeuronConcept, descriptions: FloatArray, config: NeurFlowConfig
) -> tuple[SemanticGroup, ...]:
    """Split a neuron's concept into its meanings, the one with the most active patch first.

    Args:
        concept: of the neuron.
        descriptions: (k, C') r(v) of the concept's patches, in their order.
        config: ``max_semantic_groups``, ``min_semantic_groups`` and ``silhouette_threshold`` are
            used.
    """
    labels = cluster(
        descriptions,
        config.max_semantic_groups,
        config.silhouette_threshold,
        config.min_semantic_groups,
    )
    return tuple(
        _semantic_group(number, labels == number, concept, descriptions)
        for number in range(labels.max() + 1)
    )


def single_meaning(concept: NeuronConcept, descriptions: FloatArray) -> tuple[SemanticGroup]:
    """The whole concept as one group: for the shallowest layer, which has none below it."""
    return (_semantic_group(0, np.ones(len(descriptions), bool), concept, descriptions),)


def _semantic_group(
    number: int,
    chosen: BoolArray,
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
    if not responses.isfinite().all():
        row, neuron = (int(one) for one in torch.nonzero(~responses.isfinite())[0])
        raise LayerError(
            f"The activation of neuron {neuron} of {layer!r} on patch {rows[row]} is not finite: "
            "the training has diverged, or a probe input holds NaN or infinity."
        )
