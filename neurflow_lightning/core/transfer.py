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
ones, below 0 masking them makes the network better. Where masking the new core neurons costs
nothing (no core neurons, a redundant layer, an accuracy that is at chance already) there is nothing
to compare with, and T is NaN; where only the old circuit has no core neuron in the layer, T is 0.
And a drop is made of whole images: T of a drop of few images is a rough number.

Each layer of each target costs two passes over the images, less where the same neurons were masked
before. The shape of ``functional_transfer``'s result is what
:func:`~neurflow_lightning.evolution.comparing.measure_drift` takes as ``transfer``.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from itertools import chain

import torch
from torch import Tensor, nn

from neurflow_lightning.core.hooks import Forward
from neurflow_lightning.core.intervention import check_width, opened, placed
from neurflow_lightning.core.segments import Network
from neurflow_lightning.core.study import analysis_mode
from neurflow_lightning.errors import ComparisonError, ConfigError, ProbeError
from neurflow_lightning.types import Circuit, Snapshot

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
        axis = after.config.channel_axis
        network = opened(model, after.layers, images, forward, axis)
        circuits = chain(before.circuits, after.circuits)
        check_width(network, (node.id for circuit in circuits for node in circuit.neurons))
        answers = cache(_answers(network, model, images, batch_size))
        truth = labels.cpu()
        whole = answers(after.layers[0], frozenset())
        return {
            circuit.target.index: {
                layer: transfer(
                    circuit.target.index,
                    truth,
                    whole,
                    answers(layer, _core(old[circuit.target.index], layer)),
                    answers(layer, _core(circuit, layer)),
                )
                for layer in after.layers[:-1]
            }
            for circuit in after.circuits
        }


def transfer(target: int, truth: Tensor, whole: Tensor, old: Tensor, new: Tensor) -> float:
    """T of one target and layer; NaN where masking the new core neurons costs nothing.

    Args:
        target: class index.
        truth: (N,) true classes, some of them the target, some not.
        whole, old, new: (N,) the network's answers: unmasked, and with either core masked.

    >>> truth = torch.tensor([1, 1, 1, 1, 0])
    >>> old, new = torch.tensor([1, 1, 1, 0, 0]), torch.tensor([1, 1, 0, 0, 0])
    >>> transfer(1, truth, truth, old, new)
    0.5
    """
    accuracy = target_accuracy(target, truth, whole)
    drop = accuracy - target_accuracy(target, truth, new)
    if drop <= 0:
        return float("nan")
    return (accuracy - target_accuracy(target, truth, old)) / drop


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
        starts = range(0, len(images), batch_size)
        batches = (placed(images[start : start + batch_size], model) for start in starts)
        return torch.cat([network.masked(one, neurons).argmax(dim=1).cpu() for one in batches])

    return answers


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
