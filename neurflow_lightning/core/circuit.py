"""Edge weights of both circuits, each normalised once (steps 5 and 6 of the algorithm).

1. Neuron circuit: ``w(a_i, s)`` is the mean of ``T(a, s, v)`` over the patches of semantic group
   ``i`` of neuron ``a``, divided by the sum of absolute values over the core neurons.
2. Importance: the target has 1 and every neuron hands its own down along |w|.
3. Group circuit: ``w`` summed over the upper group's members and the lower group's neurons, each
   lower neuron shared out among its groups by the patches they hold.

In every array the target (upper) side is the row and the source (lower) side the column.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from neurflow_lightning.config import GroupWeights, WeightScaling
from neurflow_lightning.types import (
    CoreNeuron,
    FloatArray,
    GroupEdge,
    GroupId,
    NeuronConcept,
    NeuronGroup,
    NeuronId,
    SemanticGroup,
)

SCALING_FLOOR = 1e-7
"""What the paper's code adds to a sum of absolute weights."""


def edge_weights(
    attributions: FloatArray,
    concept: NeuronConcept,
    groups: Sequence[SemanticGroup],
    scaling: WeightScaling = "once",
) -> FloatArray:
    """(i, t) w(a_i, s): absolute values of every row sum to 1, or to 0 where none is left.

    Args:
        attributions: (k, t) T(a, s, v) of the core neurons, rows as ``concept.patches``.
        concept: of the upper neuron.
        groups: its semantic groups.
        scaling: ``"in-place"`` is that of :func:`scaled_in_place`: its rows sum to anything.
    """
    means = [attributions[np.isin(concept.patches, group.patches)].mean(axis=0) for group in groups]
    rows = np.stack(means).reshape(len(groups), -1)
    return normalised_rows(rows) if scaling == "once" else scaled_in_place(rows)


def normalised_rows(weights: FloatArray) -> FloatArray:
    """Divide every row by the sum of its absolute values; a row of zeros stays.

    >>> normalised_rows(np.array([[3.0, -1.0], [0.0, 0.0]])).tolist()
    [[0.75, -0.25], [0.0, 0.0]]
    """
    total = np.abs(weights).sum(axis=1, keepdims=True)
    return np.asarray(weights / np.where(total > 0, total, 1), dtype=weights.dtype)


def scaled_in_place(weights: FloatArray) -> FloatArray:
    """Divide column after column by the row's absolute sum as it is by then, as the paper's code.

    So the first weight is divided by the sum of all raw weights, the last by a sum in which it
    alone is raw: what comes out depends on the order and on the unit of the weights.

    >>> scaled_in_place(np.array([[2.0, 2.0], [200.0, 200.0]])).round(3).tolist()
    [[0.5, 0.8], [0.5, 0.998]]
    """
    scaled = np.array(weights, dtype=np.float64)
    for column in range(scaled.shape[1]):
        scaled[:, column] /= np.abs(scaled).sum(axis=1) + SCALING_FLOOR
    return scaled.astype(weights.dtype)


def handed_down(neurons: Sequence[CoreNeuron]) -> dict[int, float]:
    """Importance that a layer's core neurons hand to the neurons of the layer below.

    A neuron gives its own importance to its sources by |w(a_i, s)|, the semantic groups counting
    by the patches they hold. Index of the lower neuron → importance.
    """
    received: dict[int, float] = defaultdict(float)
    for neuron in neurons:
        if neuron.inputs is None:
            continue
        shares = np.array([neuron.share(group.number) for group in neuron.semantic_groups])
        # Importance is shared out whole, also where weights scaled in place do not sum to 1.
        weights = normalised_rows(np.abs(neuron.inputs.weights))
        given = neuron.importance * shares @ weights
        for source, amount in zip(neuron.inputs.sources.tolist(), given.tolist(), strict=True):
            received[source] += amount
    return dict(received)


def group_edges(
    upper: Sequence[NeuronGroup],
    lower: Sequence[NeuronGroup],
    nodes: Mapping[NeuronId, CoreNeuron],
    counting: GroupWeights = "shared",
) -> Iterator[GroupEdge]:
    """Edges from the ``lower`` layer's neuron groups into the ``upper`` layer's.

    Args:
        upper, lower: neuron groups of two neighbouring layers.
        nodes: the core neurons of both layers.
        counting: ``"summed"`` counts a source whole for each of its meanings in a group.

    A source that is no node (left out by ``max_neurons_per_layer``) belongs to no group and
    feeds none. Groups that no neuron links have no edge.
    """
    share = _shares(lower, nodes) if counting == "shared" else _meanings_held(lower)
    for group in upper:
        received: dict[GroupId, float] = defaultdict(float)
        for neuron, meaning in group.members:
            for source, weight in _weights_into(nodes[neuron], meaning):
                for source_group, part in share.get(source, {}).items():
                    received[source_group] += weight * part
        for source_group in sorted(received):
            yield GroupEdge(source_group, group.id, received[source_group])


def _weights_into(neuron: CoreNeuron, meaning: int) -> Iterator[tuple[int, float]]:
    if neuron.inputs is not None:
        row = neuron.inputs.weights[meaning]
        yield from zip(neuron.inputs.sources.tolist(), row.tolist(), strict=True)


def _shares(
    groups: Sequence[NeuronGroup], nodes: Mapping[NeuronId, CoreNeuron]
) -> dict[int, dict[GroupId, float]]:
    """Index of a neuron → neuron group → share of the neuron's patches that belong to it."""
    shares: dict[int, dict[GroupId, float]] = defaultdict(lambda: defaultdict(float))
    for group in groups:
        for neuron, meaning in group.members:
            shares[neuron.index][group.id] += nodes[neuron].share(meaning)
    return shares


def _meanings_held(groups: Sequence[NeuronGroup]) -> dict[int, dict[GroupId, float]]:
    """Index of a neuron → neuron group → how many of the neuron's meanings belong to it."""
    held: dict[int, dict[GroupId, float]] = defaultdict(lambda: defaultdict(float))
    for group in groups:
        for neuron, _ in group.members:
            held[neuron.index][group.id] += 1
    return held
