"""What is evaluated: a network opened on the probe set of a snapshot, and one of its circuits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from neurflow_lightning.core.attribution import AttributionMethod, AttributionRequest
from neurflow_lightning.core.choosing import AutomaticAttribution
from neurflow_lightning.core.layer_work import LayerWork
from neurflow_lightning.core.methods import recorded_method
from neurflow_lightning.core.segments import Segment
from neurflow_lightning.core.study import Study
from neurflow_lightning.core.sweep import Sweep, sweep
from neurflow_lightning.errors import ComparisonError
from neurflow_lightning.method_names import is_own
from neurflow_lightning.types import Circuit, CoreNeuron, IntArray, SegmentAttribution, Snapshot

LARGEST_DIFFERENCE = 1e-2
"""Activations that differ by more from the snapshot's, relatively, are another network's."""


@dataclass(frozen=True, eq=False)
class Subject:
    """A circuit beside the network it was found in.

    Attributes:
        study: the network, open on the snapshot's probe set at its layers.
        circuit: of one target.
        swept: the pass over the target's patches.
        attribution: upper layer → how the circuit's neurons were attributed.
    """

    study: Study
    circuit: Circuit
    swept: Sweep
    attribution: Mapping[str, SegmentAttribution] = field(default_factory=dict)

    def segments(self) -> Iterator[Segment]:
        """From the target's down."""
        yield from reversed(self.study.segments)

    def upper_neurons(self, segment: Segment, most: int) -> tuple[CoreNeuron, ...]:
        """The most important neurons of a segment's upper layer that have core neurons."""
        nodes = self.circuit.layer_neurons(segment.upper)
        return tuple(one for one in nodes if one.inputs is not None and len(one.inputs.sources))[
            :most
        ]

    def method(self, segment: Segment) -> AttributionMethod:
        """What ``"auto"`` stands for: the circuit's own method, or else one that is chosen."""
        record = self.attribution.get(segment.upper)
        if record is None or not is_own(record.method):
            return AutomaticAttribution()
        return recorded_method(record)

    def request(
        self, segment: Segment, neuron: int, rows: IntArray, seed: int
    ) -> AttributionRequest:
        """What the lower layer does for an upper neuron on some patches."""
        work = LayerWork(self.study, self.swept, segment, np.array([neuron]), rows[None])
        return replace(work.request(neuron, rows), seed=seed)


def subjects(study: Study, snapshot: Snapshot) -> Iterator[Subject]:
    """Every circuit of a snapshot beside the network.

    Raises:
        ComparisonError: when the network is not the one that the snapshot was made of.
    """
    for circuit in snapshot.circuits:
        swept = sweep(study, study.patch_rows(circuit.target), lambda _: None)
        _check_same_network(swept, circuit)
        yield Subject(study, circuit, swept, snapshot.attribution)


def core_sets(circuit: Circuit, tau: int) -> dict[str, tuple[int, ...]]:
    """Layer below the target's → its core neurons where each neuron keeps ``tau`` of its own.

    Deep to shallow; within a layer by importance in the whole circuit, then index. Neurons that
    the circuit left out stay out.
    """
    frontier = {circuit.target.index}
    found: dict[str, tuple[int, ...]] = {}
    for layer in circuit.layers[:0:-1]:
        below = circuit.layer_below(layer)
        assert below is not None
        nodes = [one for one in circuit.layer_neurons(layer) if one.id.index in frontier]
        fed = {int(s) for one in nodes if one.inputs is not None for s in one.inputs.sources[:tau]}
        kept = [one.id.index for one in circuit.layer_neurons(below) if one.id.index in fed]
        found[below] = tuple(kept)
        frontier = set(kept)
    return found


def random_set(
    random: np.random.Generator, width: int, size: int, without: Sequence[int] = ()
) -> IntArray:
    """(size,) ascending neurons of a layer, none of those ``without``.

    >>> random_set(np.random.default_rng(0), 4, 2, without=[0, 3]).tolist()
    [1, 2]
    """
    left = np.setdiff1d(np.arange(width), np.asarray(without, dtype=np.int64))
    return np.sort(random.choice(left, size, replace=False))


def _check_same_network(swept: Sweep, circuit: Circuit) -> None:
    """Every concept must hold the activations that the network has on its patches now."""
    for node in circuit.neurons:
        top = swept.top[node.id.layer]
        if node.id.index >= top.rows.shape[1]:
            raise _another(circuit, f"it has no neuron {node.id}")
        now = top.concept(node.id.index).activations
        then = node.concept.activations
        largest = max(float(np.abs(then).max()), 1e-12)
        if len(now) != len(then) or float(np.abs(now - then).max()) > LARGEST_DIFFERENCE * largest:
            raise _another(circuit, f"neuron {node.id} responds otherwise to the probe images")


def _another(circuit: Circuit, why: str) -> ComparisonError:
    return ComparisonError(
        f"The network is not the one that the circuit of {circuit.name!r} was found in: {why}. "
        "Give the weights that the snapshot was made of, or analyse anew."
    )
