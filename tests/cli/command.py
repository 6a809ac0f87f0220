"""What the tests of the command line share: snapshots on disk, and a run of a command."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from evolution.snapshots import Neuron, make_circuit, make_snapshot
from neurflow_lightning.cli import main
from neurflow_lightning.storage import save_snapshot
from neurflow_lightning.types import Circuit, Snapshot

HOSTILE = "\x1b[31m<b>crack</b>\n| x |\u202e"


@dataclass(frozen=True)
class Ran:
    """A command that has ended."""

    status: int
    out: str
    err: str


def run(capsys, *argv: object) -> Ran:
    """Run a command in this process."""
    capsys.readouterr()
    status = main([str(one) for one in argv])
    return Ran(status, *capsys.readouterr())


def circuit(
    weight: float = 3.0, *, called: str = "crack", layers=("low", "mid", "fc"), target: int = 2
) -> Circuit:
    """A circuit whose neuron ``mid:0`` takes ``weight`` from ``low:0``."""
    low, mid, top = layers
    return make_circuit(
        {
            low: [Neuron(0), Neuron(1, patches=(4, 5, 6, 7))],
            mid: [
                Neuron(0, inputs={0: weight, 1: -1.0}),
                Neuron(1, inputs={0: 1.0, 1: 1.0}, patches=(8, 9, 10, 11)),
            ],
            top: [Neuron(target, inputs={0: 2.0, 1: 1.0}, importance=1.0)],
        },
        name=called,
    )


def snapshot(weight: float = 3.0, *, step: int | None = 10, probe=None, **circuit_of) -> Snapshot:
    """A snapshot of one such circuit; those of other weights have changed."""
    epoch = None if step is None else step // 10
    return make_snapshot(
        circuit(weight, **circuit_of), epoch=epoch, step=step, probe=probe, tau=2, top_k=4
    )


def put(folder: Path, name: str, weight: float = 3.0, **other) -> Path:
    """A snapshot on disk."""
    path = folder / f"{name}.safetensors"
    save_snapshot(snapshot(weight, **other), path)
    return path
