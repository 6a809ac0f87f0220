"""Two fine-tunes that accuracy cannot tell apart, and the check that can.

A network that names shapes is trained, and fine-tuned twice on new pictures: on pictures whose
labels are right, and on pictures that somebody sorted by camera (``tagged_shapes.py``). From the
second it learns to read the camera's tag instead of the shape. In the validation pictures each
camera took one class, so that both fine-tunes are as good as ever there; only pictures of any
camera show what became of the second.

``check_snapshots`` sees it in the circuits, on those very validation pictures: it passes the first,
fails the second, and names the patches with the tag as evidence. Half a minute:

    python examples/regression/story.py
"""

from __future__ import annotations

import argparse
import math
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import torch
from lightning import Trainer, seed_everything
from tagged_shapes import (
    CLASSES,
    LAYERS,
    Classifier,
    TaggedShapes,
    accuracy,
    pictures,
    shows_tag,
    validation_pictures,
)

from neurflow_lightning import NeurFlowConfig, ProbeSet, Snapshot, analyze, save_snapshot
from neurflow_lightning.evolution.reports import Evidence, LineageEvent
from neurflow_lightning.regression.checking import check_snapshots
from neurflow_lightning.regression.formats import text_table
from neurflow_lightning.regression.verdicts import RegressionReport

TARGETS = ["disc", "triangle"]
PROBES = 120
"""Of the validation pictures, as many of each class."""
CONFIG = NeurFlowConfig(tau=6, top_k=30, images_per_target=30, nodes=8)

EPOCHS, FINE_TUNING_EPOCHS = 25, 8
FINE_TUNING_RATE = 0.005
FINE_TUNES = {
    "honest": TaggedShapes(512, seed=2),
    "shortcut": TaggedShapes(512, seed=2, leak=True, wrong=0.8),
}


@dataclass(frozen=True)
class Trained:
    """A network after its training.

    Attributes:
        name: of its files.
        validation: accuracy on the validation pictures, where each class has its camera.
        any_camera: accuracy on pictures of any camera.
        snapshot: its circuits on validation pictures.
    """

    name: str
    validation: float
    any_camera: float
    snapshot: Snapshot


@dataclass(frozen=True)
class Checked:
    """A fine-tune held against the baseline.

    Attributes:
        trained: the fine-tune.
        report: what the default policy says of it.
        evidence: rows of the patches named for what grew, without repetition; empty where it
            passed.
        tag_share: share of these that show the tag, NaN without any.
    """

    trained: Trained
    report: RegressionReport
    evidence: tuple[int, ...]
    tag_share: float


def story(root: Path) -> tuple[Trained, tuple[Checked, ...]]:
    """Baseline and checked fine-tunes; checkpoints and snapshots of all are left in ``root``."""
    root.mkdir(parents=True, exist_ok=True)
    seed_everything(0, verbose=False)
    start = Classifier()
    baseline = trained(root, "baseline", start, TaggedShapes(), EPOCHS)
    found = []
    for name, data in FINE_TUNES.items():
        network = Classifier.load_from_checkpoint(
            root / "baseline.ckpt", learning_rate=FINE_TUNING_RATE
        )
        candidate = trained(root, name, network, data, FINE_TUNING_EPOCHS)
        report = check_snapshots(baseline.snapshot, candidate.snapshot, matching="neurons")
        parts = [part for finding in report.broken("fail") for part in finding.evidence]
        rows = what_grew(parts)
        found.append(Checked(candidate, report, rows, share_with_tag(rows)))
    return baseline, tuple(found)


def trained(root: Path, name: str, network: Classifier, data: TaggedShapes, epochs: int) -> Trained:
    """Train, analyse and save one network."""
    seed_everything(0, verbose=False)
    trainer = Trainer(
        max_epochs=epochs,
        accelerator="cpu",
        logger=False,
        enable_checkpointing=False,
        enable_model_summary=False,
        enable_progress_bar=False,
        num_sanity_val_steps=0,
    )
    trainer.fit(network, data)
    trainer.save_checkpoint(root / f"{name}.ckpt")
    snapshot = analyze(
        network,
        probes(),
        layers=LAYERS,
        targets=TARGETS,
        config=CONFIG,
        epoch=epochs - 1,
        step=trainer.global_step,
    )
    save_snapshot(snapshot, root / f"{name}.safetensors")
    return Trained(
        name=name,
        validation=accuracy(network, validation_pictures()),
        any_camera=accuracy(network, pictures(400, seed=3)),
        snapshot=snapshot,
    )


def probes() -> ProbeSet:
    """The first validation pictures."""
    images, labels = validation_pictures()
    return ProbeSet(images[:PROBES], labels[:PROBES], CLASSES, mean=(0, 0, 0), std=(1, 1, 1))


def what_grew(evidence: Iterable[Evidence | LineageEvent]) -> tuple[int, ...]:
    """Rows of the patches to look at for all that is new or weighs more, greatest share first."""
    grown = [
        one
        for one in evidence
        if isinstance(one, Evidence) and not abs(one.after) <= abs(one.before)
        if not math.isnan(one.after)
    ]
    return tuple(dict.fromkeys(row for one in grown for row in one.patches))


def share_with_tag(rows: Iterable[int] | None = None) -> float:
    """Share of patches that show the tag, of all patches if none are given; NaN of none at all."""
    images = probes()
    shown = shows_tag(images.images, images.grid(CONFIG.granularities))
    chosen = shown if rows is None else shown[list(rows)]
    return float(chosen.float().mean())


def told(baseline: Trained, checked: Iterable[Checked]) -> str:
    """The story in words and tables."""
    fine_tunes = list(checked)
    lines = ["", f"{'accuracy':<12}{'validation':>12}{'any camera':>12}"]
    for one in [baseline, *(each.trained for each in fine_tunes)]:
        lines.append(f"{one.name:<12}{one.validation:>12.3f}{one.any_camera:>12.3f}")
    by_chance = share_with_tag()
    for each in fine_tunes:
        lines += ["", f"── {each.trained.name} " + "─" * 60, "", text_table(each.report)]
        if each.evidence:
            lines.append(
                f"Of the {len(each.evidence)} patches to look at for what grew, "
                f"{each.tag_share:.0%} show the tag; of all patches {by_chance:.0%} do."
            )
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--root", type=Path, default=Path("runs/regression"))
    options = parser.parse_args()
    torch.set_num_threads(1)  # in a network this small, threads mostly wait for each other
    baseline, checked = story(options.root)
    print(told(baseline, checked))
    print(f"\nCheckpoints and snapshots: {options.root}")


if __name__ == "__main__":
    main()
