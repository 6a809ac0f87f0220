"""Neuron concepts and their semantic groups (steps 2 and 4 of the algorithm).

1. The responses of all layers are streamed over the patches; of each neuron only the ``k`` most
   active patches are kept, if wanted at most some of one image, whose overlapping crops would
   otherwise win together. No layer's activations of all patches are ever held.
2. A neuron's patches, each described by the responses of the layer below, are clustered: every
   cluster is one meaning.
"""

from __future__ import annotations

import math
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
    """The best patches so far, and a buffer of those not compared yet: both never grow.

    Where a neuron has fewer patches than another by now, the places left are of row -1.
    """

    def __init__(self, like: Tensor, top_k: int, limit: ImageLimit | None) -> None:
        self.top_k, self.limit, self.filled = top_k, limit, 0
        shape = (like.shape[1], top_k + max(_WAITING * top_k, len(like)))
        self.activations = like.new_empty(shape)
        self.rows = torch.empty(shape, dtype=torch.long)

    def add(self, responses: Tensor, rows: Tensor) -> None:
        """(B, C) responses to patches whose ``rows`` come after all earlier ones."""
        while len(rows):
            room = self.rows.shape[1] - self.filled
            if room == 0:
                self._compare()
                continue
            place = slice(self.filled, self.filled + min(room, len(rows)))
            self.activations[:, place] = responses[:room].T
            self.rows[:, place] = rows[:room]
            self.filled = place.stop
            responses, rows = responses[room:], rows[room:]

    def finished(self) -> TopPatches:
        self._compare()
        kept = slice(0, self.filled)
        return TopPatches(self.activations[:, kept].T.clone(), self.rows[:, kept].T.clone())

    def _compare(self) -> None:
        activations, rows = self._ordered(
            self.activations[:, : self.filled], self.rows[:, : self.filled]
        )
        if self.limit is not None:
            is_over = _places_within(rows // self.limit.crops) >= self.limit.most
            activations = activations.masked_fill(is_over, -math.inf)
            activations, rows = self._ordered(activations, rows.masked_fill(is_over, -1))
        longest = int((rows >= 0).sum(1).max()) if len(rows) else 0
        self.filled = min(longest, self.top_k)
        self.activations[:, : self.filled] = activations[:, : self.filled]
        self.rows[:, : self.filled] = rows[:, : self.filled]

    @staticmethod
    def _ordered(activations: Tensor, rows: Tensor) -> tuple[Tensor, Tensor]:
        # A stable sort, unlike topk, breaks ties in the same way on every machine.
        ordered = activations.sort(dim=1, descending=True, stable=True)
        return ordered.values, rows.gather(1, ordered.indices)


_WAITING = 4  # buffered patches for each kept one


@dataclass(frozen=True)
class ImageLimit:
    """At most so many patches of one image in a neuron's concept.

    Attributes:
        crops: patches that an image has; those of image ``i`` are the rows from ``i * crops`` on.
        most: of them in one concept.
    """

    crops: int
    most: int


def _places_within(groups: Tensor) -> Tensor:
    """(C, n) of (C, n) groups: how many earlier ones of its row are of the same group.

    >>> _places_within(torch.tensor([[7, 4, 7, 7]])).tolist()
    [[0, 0, 1, 2]]
    """
    together = groups.sort(dim=1, stable=True)
    place = torch.arange(groups.shape[1]).expand_as(groups)
    begins = torch.ones_like(groups, dtype=torch.bool)
    begins[:, 1:] = together.values[:, 1:] != together.values[:, :-1]
    first = torch.where(begins, place, 0).cummax(1).values
    return torch.empty_like(groups).scatter_(1, together.indices, place - first)


def stream_top_patches(
    parts: Iterable[tuple[IntArray, Mapping[str, Tensor]]],
    top_k: int,
    limit: ImageLimit | None = None,
) -> dict[str, TopPatches]:
    """The ``top_k`` patches of every neuron of every layer, in one pass.

    Args:
        parts: batch by batch ascending patch rows (B,), and layer → (B, C) responses.
        top_k: fewer are found where there are fewer patches.
        limit: of patches of one image; with few images there are fewer patches in all.

    Raises:
        LayerError: for activations that are not finite.
    """
    best: dict[str, _Best] = {}
    for rows, responses in parts:
        for layer, on_device in responses.items():
            values = on_device.cpu()
            _check_finite(layer, values, rows)
            if layer not in best:
                best[layer] = _Best(values, top_k, limit)
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
