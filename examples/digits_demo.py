"""Watch the circuits of a small CNN form while it learns scikit-learn's digits.

Trains for a few epochs with :class:`NeurFlowCallback`, which analyses the network after each of
them, and then prints what changed between the first snapshot and the last. ``make demo`` runs it;
by hand:

    python examples/digits_demo.py
    tensorboard --logdir runs/digits
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import torch
from lightning import Callback, LightningModule, Trainer, seed_everything
from lightning.pytorch.loggers import TensorBoardLogger

from digits import Classifier, DigitsData, SmallCNN
from neurflow_lightning import Circuit, NeurFlowCallback, NeurFlowConfig, Snapshot

TARGETS = ["3", "8"]
LAYERS = ["block1", "block2", "block3", "head"]


class AccuracyByEpoch(Callback):
    """Remembers the validation accuracy of every epoch."""

    def __init__(self) -> None:
        self.values: dict[int, float] = {}

    def on_validation_end(self, trainer: Trainer, pl_module: LightningModule) -> None:
        """Keep what the module logged."""
        self.values[trainer.current_epoch] = float(trainer.callback_metrics["val_accuracy"])


@dataclass(frozen=True)
class LayerChange:
    """How one layer of a circuit differs between two snapshots.

    Attributes:
        layer: its name.
        kept, new, gone: core neurons in both, only in the later, only in the earlier snapshot.
        meanings: semantic groups a neuron, before and after.
        groups: neuron groups, before and after.
    """

    layer: str
    kept: int
    new: int
    gone: int
    meanings: tuple[float, float]
    groups: tuple[int, int]

    @property
    def jaccard(self) -> float:
        """Share of the core neurons of either snapshot that are in both; 1 where none are."""
        either = self.kept + self.new + self.gone
        return self.kept / either if either else 1.0


def layer_changes(before: Circuit, after: Circuit) -> Iterator[LayerChange]:
    """What changed in every layer below the logits, deep to shallow."""
    for layer in reversed(after.layers[:-1]):
        old = {node.id for node in before.layer_neurons(layer)}
        new = {node.id for node in after.layer_neurons(layer)}
        was, became = before.statistics(layer), after.statistics(layer)
        yield LayerChange(
            layer=layer,
            kept=len(old & new),
            new=len(new - old),
            gone=len(old - new),
            meanings=(was.semantic_groups, became.semantic_groups),
            groups=(was.neuron_groups, became.neuron_groups),
        )


def report(first: Snapshot, last: Snapshot, accuracies: dict[int, float]) -> str:
    """The changes as a text table, one block for each target."""
    lines = [
        f"What changed from epoch {first.epoch} to epoch {last.epoch}",
        f"  validation accuracy  {accuracies[first.epoch or 0]:.3f} → "
        f"{accuracies[last.epoch or 0]:.3f}",
    ]
    for circuit in last.circuits:
        lines += ["", *target_table(first.circuit(circuit.name), circuit)]
    return "\n".join(lines)


def target_table(before: Circuit, after: Circuit) -> list[str]:
    """Heading and rows of one target."""
    heading = f"  {'layer':<16}{'kept':>6}{'new':>6}{'gone':>6}{'Jaccard':>9}"
    heading += f"{'meanings a neuron':>21}{'neuron groups':>17}"
    rows = [table_row(change) for change in layer_changes(before, after)]
    return [f"digit {after.name}: core neurons of its circuit", heading, *rows]


def table_row(change: LayerChange) -> str:
    """One layer as a row."""
    meanings = "{:.2f} → {:.2f}".format(*change.meanings).replace("nan → nan", "–")
    groups = "{} → {}".format(*change.groups)
    return (
        f"  {change.layer:<16}{change.kept:>6}{change.new:>6}{change.gone:>6}"
        f"{change.jaccard:>9.2f}{meanings:>21}{groups:>17}"
    )


def train(root: Path, epochs: int, config: NeurFlowConfig) -> str:
    """Train, analyse after every epoch, and say what changed and where it lies."""
    torch.set_num_threads(1)  # in a network this small, threads mostly wait for each other
    seed_everything(0, verbose=False)
    logger = TensorBoardLogger(root, name="digits")
    accuracy = AccuracyByEpoch()
    neurflow = NeurFlowCallback(
        layers=LAYERS,
        targets=TARGETS,
        config=config,
        every_n_epochs=1,
        max_overhead=None,  # the analyses are the point here, and the training takes seconds
    )
    trainer = Trainer(
        max_epochs=epochs,
        accelerator="cpu",
        logger=logger,
        callbacks=[accuracy, neurflow],
        num_sanity_val_steps=0,
        enable_model_summary=False,
        log_every_n_steps=10,
    )
    trainer.fit(Classifier(SmallCNN(), learning_rate=3e-3), DigitsData())
    changes = report(neurflow.snapshots[0], neurflow.snapshots[-1], accuracy.values)
    return f"\n{changes}\n\nLogs and snapshots: {logger.log_dir}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--root", type=Path, default=Path("runs"), help="folder of the logs")
    parser.add_argument("--epochs", type=int, default=5)
    parser.add_argument("--quick", action="store_true", help="a few patches only")
    parser.add_argument("--tensorboard", default="tensorboard", help="the program to name")
    args = parser.parse_args()
    few = NeurFlowConfig(tau=4, top_k=10, images_per_target=4, granularities=(1.0, 0.5), nodes=4)
    full = NeurFlowConfig(tau=6, top_k=30, images_per_target=20, nodes=8)
    print(train(args.root, args.epochs, few if args.quick else full))
    print(f"See the circuits:   {args.tensorboard} --logdir {args.root / 'digits'}")


if __name__ == "__main__":
    main()
