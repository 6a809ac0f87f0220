"""A circuit made again from what it stores, as other probe images would have made it.

1. Images of the target are drawn with replacement. All patches of an image are drawn with it: crops
   of one image are no independent observations.
2. Every patch of a neuron's concept weighs as often as its image was drawn. Weighted means of
   |T(a, s, v)| rank the candidates, core neurons and runners-up, and as many as before are core.
3. The weights of every semantic group follow from the weighted means of T and are normalised
   again, and the importances are handed down again, from the target to the shallowest layer.

What is taken as it was: which patches belong to which semantic group. A concept is thinned, never
refilled, since patches outside of it were not attributed. A neuron that becomes core in a resample
but was not attributed has unknown inputs; what it hands down goes where a core neuron drawn by
chance would send it (hot-deck imputation), for a layer below would else seem too steady.

Arrays begin with the axes of the resamples, written ``…``: as many as the draws have.

Sources: Efron 1979; Rao and Wu 1988 (n − 1 draws).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from neurflow_lightning.errors import SnapshotError
from neurflow_lightning.types import BoolArray, Circuit, CoreNeuron, IntArray, PatchGrid

Doubles = npt.NDArray[np.float64]


def bootstrap(images: int, shape: tuple[int, ...], rng: np.random.Generator) -> IntArray:
    """(…, n) how often every image is drawn: n − 1 draws with replacement.

    One draw less than there are images gives a mean the variance it has among samples of n images.

    >>> bootstrap(5, (2, 3), np.random.default_rng(0)).sum(axis=-1).tolist()
    [[4, 4, 4], [4, 4, 4]]
    """
    return rng.multinomial(max(images - 1, 1), np.full(images, 1 / images), size=shape)


@dataclass(frozen=True, eq=False)
class Drawn:
    """Which images were drawn.

    Attributes:
        counts: (…, n) how often every image was.
        images: (n,) ascending numbers of a target's images.
        grid: where the patches lie.
    """

    counts: IntArray
    images: IntArray
    grid: PatchGrid

    def weights(self, node: CoreNeuron) -> Doubles:
        """(…, k) how often each patch of a neuron's concept was drawn.

        Raises:
            SnapshotError: for a patch of an image that is not the target's.
        """
        return self.weights_of(node.concept.patches, node).astype(np.float64)

    def weights_of(self, patches: IntArray, node: CoreNeuron) -> IntArray:
        """(…, n) how often each of n patches of a neuron's concept was drawn.

        Raises:
            SnapshotError: for a patch of an image that is not the target's.
        """
        images = patches // self.grid.crops
        place = np.minimum(np.searchsorted(self.images, images), len(self.images) - 1)
        foreign = images[self.images[place] != images]
        if len(foreign):
            raise SnapshotError(
                f"The concept of {node.id} has a patch of image {foreign[0]}, which is none of the "
                f"target's {len(self.images)} probe images: the snapshot contradicts itself."
            )
        return np.asarray(self.counts[..., place])

    def known(self, node: CoreNeuron, weights: Doubles) -> BoolArray:
        """(…,) where enough was drawn to say what feeds a neuron.

        A concept of a single image says nothing about other images, drawn or not.
        """
        several = len(np.unique(node.concept.patches // self.grid.crops)) > 1
        return np.logical_and(weights.any(axis=-1), several)


@dataclass(frozen=True, eq=False)
class InputsAgain:
    """What feeds a neuron when its patches weigh differently; 0 for what is not core.

    Attributes:
        candidates: (c,) core neurons of before, then runners-up.
        edges: (…, c) their edges into the neuron, all meanings together.
        weights: (…, i, c) their edges into each meaning. Of both, absolute values sum to 1, or to
            0 where nothing was drawn.
        given: (…, c) the shares of the neuron's importance that they are handed.
    """

    candidates: IntArray
    edges: Doubles
    weights: Doubles
    given: Doubles


@dataclass(frozen=True, eq=False)
class NeuronAgain:
    """A neuron whose inputs are stored: ``weights`` (…, k) of its patches, and what feeds it."""

    node: CoreNeuron
    weights: Doubles
    inputs: InputsAgain


def layers_again(
    circuit: Circuit, drawn: Drawn, most: int | None, rng: np.random.Generator
) -> Iterator[tuple[str, Doubles, Iterator[NeuronAgain]]]:
    """Every layer of a circuit made again, deep to shallow, down to one without stored inputs.

    Args:
        circuit: of before.
        drawn: the images.
        most: ``max_neurons_per_layer``.
        rng: for the inputs of neurons that were not attributed.

    Yields:
        The layer, the (…, C) importances of its neurons, 0 for those that are not core, and those
        neurons of before that have inputs, to be gone through once at most.
    """
    resamples = drawn.counts.shape[:-1]
    importance = np.zeros((*resamples, circuit.target.index + 1))
    importance[..., circuit.target.index] = 1.0
    for layer in reversed(circuit.layers):
        kept = most_important(importance, _most_kept(circuit, layer, most))
        nodes = [node for node in circuit.layer_neurons(layer) if node.inputs is not None]
        if not nodes:
            yield layer, kept, iter(())
            return
        importance = np.zeros((*resamples, len(nodes[0].semantic_groups[0].concept_vector)))
        neurons = _neurons_again(nodes, drawn, kept, importance)
        yield layer, kept, neurons
        for _ in neurons:  # what was not gone through hands its importance down all the same
            pass
        _hand_down_unknown(importance, kept, nodes, rng)


def _most_kept(circuit: Circuit, layer: str, most: int | None) -> int | None:
    """Core neurons to keep in a layer: the circuit's own count where some were left out."""
    return len(circuit.layer_neurons(layer)) if circuit.left_out.get(layer) else most


def _neurons_again(
    nodes: Sequence[CoreNeuron], drawn: Drawn, kept: Doubles, received: Doubles
) -> Iterator[NeuronAgain]:
    """The neurons one by one; each adds to the (…, C') importances of the layer below."""
    for node in nodes:
        weights = drawn.weights(node)
        inputs = inputs_again(node, weights)
        received[..., inputs.candidates] += kept[..., node.id.index, None] * inputs.given
        yield NeuronAgain(node, weights, inputs)


def inputs_again(node: CoreNeuron, weights: Doubles) -> InputsAgain:
    """What feeds a neuron with inputs when its patches have these (…, k) weights.

    Where all weights are 0, all patches count alike.
    """
    assert node.inputs is not None
    values = np.hstack([node.inputs.attributions, node.inputs.runner_up_attributions])
    values = values.astype(np.float64)
    weights = np.where(weights.any(axis=-1, keepdims=True), weights, 1.0)
    core = _core(weights @ np.abs(values), len(node.inputs.sources))
    inside = weights[..., None, :] * _membership(node)
    into = inside.reshape(-1, len(values)) @ values  # one product instead of one a resample
    into = _normalised(into.reshape(*inside.shape[:-1], -1) * core[..., None, :])
    shares = inside.sum(axis=-1) / weights.sum(axis=-1, keepdims=True)
    return InputsAgain(
        candidates=_candidates(node),
        edges=_normalised(weights @ values * core),
        weights=into,
        given=(shares[..., None, :] @ np.abs(into))[..., 0, :],
    )


def meaning_shares(node: CoreNeuron, weights: Doubles) -> Doubles:
    """(…, i) share of a neuron's patches, weighted by (…, k), that each of its meanings holds.

    Where all weights are 0, all patches count alike.
    """
    weights = np.where(weights.any(axis=-1, keepdims=True), weights, 1.0)
    return np.asarray(weights @ _membership(node).T / weights.sum(axis=-1, keepdims=True))


def most_important(importance: Doubles, most: int | None) -> Doubles:
    """Importances with all but the ``most`` largest of each circuit set to 0.

    >>> most_important(np.array([[0.5, 0.2, 0.3]]), 2).tolist()
    [[0.5, 0.0, 0.3]]
    """
    if most is None or most >= importance.shape[-1]:
        return importance
    kept = importance.copy()
    dropped = np.argsort(-importance, axis=-1, kind="stable")[..., most:]
    np.put_along_axis(kept, dropped, 0.0, axis=-1)
    return kept


def _hand_down_unknown(
    received: Doubles, kept: Doubles, nodes: Sequence[CoreNeuron], rng: np.random.Generator
) -> None:
    """Add to what a layer receives the importance of neurons above whose inputs are unknown.

    Each of them gets the shares of a core neuron drawn by chance, and sources drawn by how many
    core neurons have them as candidates: the same in all circuits given.

    Args:
        received: (…, C') importances of the layer below, added to in place.
        kept: (…, C) importances of this layer.
        nodes: its neurons with inputs, at least one.
    """
    candidates = [_candidates(node) for node in nodes]
    popular = np.bincount(np.concatenate(candidates), minlength=received.shape[-1])
    if not popular.any():
        return
    unknown = set(np.flatnonzero(kept.reshape(-1, kept.shape[-1]).any(axis=0)).tolist())
    for index in sorted(unknown - {node.id.index for node in nodes}):
        shares = _shares_given(nodes[int(rng.integers(len(nodes)))])
        sources = rng.choice(len(popular), len(shares), replace=False, p=popular / popular.sum())
        received[..., sources] += kept[..., index, None] * shares


def _candidates(node: CoreNeuron) -> IntArray:
    """(c,) core neurons, then runners-up."""
    assert node.inputs is not None
    return np.concatenate([node.inputs.sources, node.inputs.runners_up])


def _shares_given(node: CoreNeuron) -> Doubles:
    """(t,) shares of a neuron's importance that its core neurons are given."""
    assert node.inputs is not None
    shares = np.array([node.share(group.number) for group in node.semantic_groups])
    weights = np.abs(node.inputs.weights.astype(np.float64))
    total = weights.sum(axis=1, keepdims=True)  # 1, but for the scaling of the reference code
    return np.asarray(shares @ np.divide(weights, total, where=total > 0, out=weights))


def _membership(node: CoreNeuron) -> Doubles:
    """(i, k) 1 where a patch of the concept belongs to a meaning."""
    patches = node.concept.patches[:, None]
    groups = [(patches == group.patches).any(axis=1) for group in node.semantic_groups]
    return np.stack(groups).astype(np.float64)


def _normalised(weights: Doubles) -> Doubles:
    """Divide by the sum of absolute values along the last axis; zeros stay."""
    total = np.abs(weights).sum(axis=-1, keepdims=True)
    return np.asarray(weights / np.where(total > 0, total, 1.0))


def _core(scores: Doubles, count: int) -> BoolArray:
    """(…, c) which are among the ``count`` highest scores, of equals the first, and above 0."""
    core = np.zeros(scores.shape, dtype=bool)
    best = np.argsort(-scores, axis=-1, kind="stable")[..., :count]
    np.put_along_axis(core, best, True, axis=-1)
    return np.logical_and(core, scores > 0)
