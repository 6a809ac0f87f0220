"""Snapshots whose every edge has turned its sign: the largest drift, of the same neurons."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from neurflow_lightning.types import Circuit, CoreNeuron, Snapshot


def flipped(snapshot: Snapshot, targets: Collection[int] | None = None) -> Snapshot:
    """The snapshot with the signs of all attributions turned, of all ``targets`` or some."""
    circuits = (
        _turned(one) if targets is None or one.target.index in targets else one
        for one in snapshot.circuits
    )
    return replace(snapshot, circuits=tuple(circuits))


def _turned(circuit: Circuit) -> Circuit:
    return replace(
        circuit,
        neurons=tuple(map(_with_turned_inputs, circuit.neurons)),
        edges=tuple(replace(edge, weight=-edge.weight) for edge in circuit.edges),
    )


def _with_turned_inputs(node: CoreNeuron) -> CoreNeuron:
    if node.inputs is None:
        return node
    turned = {
        name: -getattr(node.inputs, name)
        for name in ("attributions", "weights", "runner_up_shares", "response_change")
    }
    return replace(node, inputs=replace(node.inputs, **turned))
