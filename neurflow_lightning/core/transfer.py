"""Functional transfer: do the core neurons of before still carry the function of now.

A circuit can be found anew in other neurons although the old ones still do the work: where several
neurons serve the same end, attribution may move from one to the other. Masking tells it apart:

1. The *accuracy* A on a target is how well the network tells it from all other classes: the mean of
   the share of its images that are classified as the target, and of the share of all other images
   that are not. A network that gives one answer to everything has ½.
2. The core neurons of a layer are *masked*: their outputs are set to 0, as in a knockout. What the
   accuracy loses is the *drop*.
3. T = (drop when masking the *old* core neurons) / (drop when masking the *new* ones), both in the
   *new* network. With T near 1 the old neurons are as necessary as the new ones; with T near 0 the
   function has moved elsewhere.

**Degenerate cases.** T is a ratio and not clipped: above 1 the old neurons are the more necessary
ones, below 0 masking them makes the network better. Where only the old circuit has no core neuron
in the layer, T is 0. T is NaN, *not to be told*, where masking tells nothing:

- masking the new core neurons costs hardly anything (a drop below :data:`LEAST_DROP`): a redundant
  layer, an accuracy that is at chance already;
- masking as many *other* neurons costs the most part of it too (:data:`LARGEST_CHANCE`): whatever
  is masked breaks the network, and breaking it as much says nothing about the function;
- there are no such others: nearly all neurons of the layer are core, as near the input.

Each layer of each target costs two passes over the images, and :data:`CHANCES` of other neurons;
less where the same neurons were masked before. The shape of ``functional_transfer``'s result is
what :func:`~neurflow_lightning.evolution.comparing.measure_drift` takes as ``transfer``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from itertools import chain
from statistics import fmean

import numpy as np
import torch
from torch import Tensor, nn

from neurflow_lightning.core.hooks import Forward
from neurflow_lightning.core.intervention import check_width, opened, placed
from neurflow_lightning.core.memory import in_batches
from neurflow_lightning.core.segments import Network
from neurflow_lightning.core.study import analysis_mode
from neurflow_lightning.errors import ComparisonError, ConfigError, ProbeError
from neurflow_lightning.types import Circuit, Snapshot

LEAST_DROP = 0.1
"""Of accuracy, below which a drop is of too few images to be divided by."""

LARGEST_CHANCE = 0.5
"""Of the drop: what masking as many other neurons may cost in mean."""

CHANCES = 5
"""Sets of other neurons drawn."""

SEED = 0

Answers = Callable[[str, frozenset[int]], Tensor]
"""Layer, its masked neurons → (N,) the class that the network gives to every image, on the CPU."""


def functional_transfer(
    model: nn.Module,
    before: Snapshot,
    after: Snapshot,
    images: Tensor,
    labels: Tensor,
    *,
    forward: Forward | None = None,
    batch_size: int = 256,
) -> dict[int, dict[str, float]]:
    """T of every target and layer, as the module says.

    Args:
        model: the *new* network, of which ``after`` was made. It is run in evaluation mode; modes,
            parameters, attributes and hooks are left as they were found.
        before, after: snapshots with the same layers and targets.
        images: (N, ...) as the network takes them, on any device; better not those of the probe
            set, on which the circuits were found.
        labels: (N,) true classes.
        forward: ``forward(model, x)`` gives the logits where ``model(x)`` does not.
        batch_size: images in one run of the network.

    Returns:
        Target index → layer, shallow to deep, without the target's own → T.

    Raises:
        ComparisonError: when the snapshots differ in layers or targets.
        ProbeError: when labels do not fit the images, or a target lacks images of its own or of
            other classes.
        LayerError: when the model has not got the snapshots' layers or neurons.
        ConfigError: for a ``batch_size`` below 1.
    """
    _check_snapshots(before, after)
    _check_data(images, labels, after, batch_size)
    old = {circuit.target.index: circuit for circuit in before.circuits}
    with analysis_mode(model):
        config = after.config
        network = opened(model, after.layers, images, forward, config.channel_axis, config.neurons)
        circuits = chain(before.circuits, after.circuits)
        check_width(network, (node.id for circuit in circuits for node in circuit.neurons))
        answers = cache(_answers(network, model, images, batch_size))
        truth = labels.cpu()
        whole = answers(after.layers[0], frozenset())

        def of_layer(target: int, layer: str, now: frozenset[int]) -> float:
            core = _core(old[target], layer)
            others = _others(core | now, len(core), network.widths[layer], target)
            return transfer(
                target,
                truth,
                whole,
                answers(layer, core),
                answers(layer, now),
                [answers(layer, one) for one in others],
            )

        return {
            circuit.target.index: {
                layer: of_layer(circuit.target.index, layer, _core(circuit, layer))
                for layer in after.layers[:-1]
            }
            for circuit in after.circuits
        }


def transfer(
    target: int,
    truth: Tensor,
    whole: Tensor,
    old: Tensor,
    new: Tensor,
    others: Sequence[Tensor],
) -> float:
    """T of one target and layer; NaN where masking tells nothing, as the module says.

    Args:
        target: class index.
        truth: (N,) true classes, some of them the target, some not.
        whole, old, new: (N,) the network's answers: unmasked, and with either core masked.
        others: the same with as many other neurons masked; none where there are none.

    >>> truth = torch.tensor([1, 1, 1, 1, 0])
    >>> old, new = torch.tensor([1, 1, 1, 0, 0]), torch.tensor([1, 1, 0, 0, 0])
    >>> transfer(1, truth, truth, old, new, [truth])
    0.5
    >>> transfer(1, truth, truth, old, new, [new])
    nan
    """

    def drop(answers: Tensor) -> float:
        return target_accuracy(target, truth, whole) - target_accuracy(target, truth, answers)

    necessary = drop(new)
    if necessary < LEAST_DROP or not others:
        return float("nan")
    if fmean(map(drop, others)) > LARGEST_CHANCE * necessary:
        return float("nan")
    return drop(old) / necessary


def target_accuracy(target: int, truth: Tensor, answers: Tensor) -> float:
    """How well answers tell a target from all other classes, in [0, 1]; ½ is chance.

    The mean of sensitivity and specificity ("balanced accuracy").

    >>> target_accuracy(1, torch.tensor([1, 1, 0]), torch.tensor([1, 0, 2]))
    0.75
    """
    right = (answers == target) == (truth == target)
    own = right[truth == target].double().mean()
    other = right[truth != target].double().mean()
    return float((own + other) / 2)


# --- masking -----------------------------------------------------------------------------


def _answers(network: Network, model: nn.Module, images: Tensor, batch_size: int) -> Answers:
    """How to run the network on all images with some neurons of a layer masked."""

    def answers(layer: str, masked: frozenset[int]) -> Tensor:
        neurons = {layer: torch.tensor(sorted(masked), dtype=torch.long)}

        def classes(batch: Tensor) -> Tensor:
            return network.masked(placed(batch, model), neurons).argmax(dim=1).cpu()

        return torch.cat([one for _, one in in_batches(images, batch_size, classes)])

    return answers


def _others(core: frozenset[int], size: int, width: int, seed: int) -> list[frozenset[int]]:
    """Sets of neurons that are core in neither circuit; none where too few are left."""
    left = sorted(set(range(width)) - core)
    if 2 * len(left) < size or not left:
        return []
    draw = np.random.default_rng([SEED, seed]).choice
    sets = (draw(left, min(size, len(left)), replace=False) for _ in range(CHANCES))
    return list({frozenset(one.tolist()) for one in sets})


def _core(circuit: Circuit, layer: str) -> frozenset[int]:
    return frozenset(node.id.index for node in circuit.layer_neurons(layer))


# --- what is checked ---------------------------------------------------------------------


def _check_snapshots(before: Snapshot, after: Snapshot) -> None:
    if before.layers != after.layers:
        raise ComparisonError(
            f"The snapshots are of different layers: {list(before.layers)} and "
            f"{list(after.layers)}. Analyse both with the same layers."
        )
    first, second = ({one.target.index for one in each.circuits} for each in (before, after))
    if first != second:
        raise ComparisonError(
            f"The snapshots are of different targets: {sorted(first)} and {sorted(second)}. "
            "Analyse both for the same targets."
        )


def _check_data(images: Tensor, labels: Tensor, snapshot: Snapshot, batch_size: int) -> None:
    if batch_size < 1:
        raise ConfigError(f"batch_size={batch_size!r}: wanted at least 1.")
    if labels.shape != images.shape[:1]:
        raise ProbeError(
            f"The labels have the shape {tuple(labels.shape)}: wanted one class for each of the "
            f"{len(images)} images, ({len(images)},)."
        )
    for circuit in snapshot.circuits:
        own = int((labels == circuit.target.index).sum())
        if own in (0, len(labels)):
            raise ProbeError(
                f"{own} of {len(labels)} images are of target {circuit.name!r}: its accuracy needs "
                "images of it and of other classes."
            )
