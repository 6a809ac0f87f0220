"""Which patches a labeller is shown, and how well a name picks the others.

A name is good if it tells a group's patches from others that the same layer responds to: ones the
labeller has not seen, of images it has not seen. So the probe images are split in two, those of the
group in turn from its best patch on. The score is the area under the ROC curve: the chance that
a held-out patch of the group fits the name better than one of another group.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from neurflow_lightning.types import Circuit, NeuronGroup, Snapshot

MOST_OTHERS = 24
"""Patches of other groups on either side, at most."""


@dataclass(frozen=True, slots=True)
class Split:
    """Rows of patches: of a group and of others, what a labeller sees and what it is scored on.

    Attributes:
        shown, others: seen: the group's, best first, and other groups'.
        held_out, distractors: the same, kept for the score. No image is on both sides.
    """

    shown: tuple[int, ...]
    others: tuple[int, ...]
    held_out: tuple[int, ...]
    distractors: tuple[int, ...]


def split_patches(snapshot: Snapshot, circuit: Circuit, group: NeuronGroup) -> Split:
    """The patches of a group, and others of its layer, of all targets, that it does not hold.

    Only patches with a picture. A group whose patches are all of one image has none held out.
    """
    grid, pictures = snapshot.probe.grid, snapshot.thumbnails
    own = [int(row) for row in group.patches if int(row) in pictures]
    images = list(dict.fromkeys(map(grid.image, own)))
    seen = set(images[::2])
    elsewhere = _elsewhere(snapshot, group)
    held = {int(row) for row in _held(circuit, group)}.union(own)
    rest = [row for row in elsewhere if row in pictures and row not in held]
    strangers = sorted({grid.image(row) for row in rest}.difference(images))
    seen.update(strangers[::2])
    return Split(
        shown=tuple(row for row in own if grid.image(row) in seen),
        others=_spread([row for row in rest if grid.image(row) in seen], MOST_OTHERS),
        held_out=tuple(row for row in own if grid.image(row) not in seen),
        distractors=_spread([row for row in rest if grid.image(row) not in seen], MOST_OTHERS),
    )


def auroc(positives: npt.ArrayLike, negatives: npt.ArrayLike) -> float | None:
    """The chance that a positive has a larger value than a negative; ties count half.

    ``None`` without any of either.

    >>> auroc([0.9, 0.4], [0.1, 0.4]), auroc([], [0.1])
    (0.875, None)
    """
    high = np.asarray(positives, dtype=np.float64).reshape(-1, 1)
    low = np.asarray(negatives, dtype=np.float64).reshape(1, -1)
    if not high.size or not low.size:
        return None
    return float(np.mean((high > low) + 0.5 * (high == low)))


def _elsewhere(snapshot: Snapshot, group: NeuronGroup) -> list[int]:
    """Patches of the layer's other groups, of every target, each once and in order."""
    layer = group.id.layer
    found = {
        int(row)
        for circuit in snapshot.circuits
        if layer in circuit.layers
        for other in circuit.layer_groups(layer)
        if other is not group
        for row in other.patches
    }
    return sorted(found)


def _held(circuit: Circuit, group: NeuronGroup) -> Iterable[int]:
    """All patches of the group's meanings, also those that are not shown."""
    for neuron, meaning in group.members:
        yield from circuit.neuron(neuron).semantic_groups[meaning].patches


def _spread(rows: Sequence[int], most: int) -> tuple[int, ...]:
    """At most so many of them, evenly spread."""
    if len(rows) <= most:
        return tuple(rows)
    places = np.linspace(0, len(rows) - 1, most).round().astype(int)
    return tuple(rows[place] for place in places)
