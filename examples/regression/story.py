"""Two fine-tunes that accuracy cannot tell apart, and the check that can.

A network that names shapes is trained, and fine-tuned twice on new pictures: on pictures whose
labels are right, and on pictures that somebody sorted by camera (``tagged_shapes.py``). From the
second it learns to read the camera's tag instead of the shape. In the validation pictures each
camera took one class, so that both fine-tunes are as good as ever there; only pictures of any
camera show what became of the second.

``neurflow analyze`` and ``neurflow check`` see it in the circuits, on those very validation
pictures: the check passes the first, fails the second, and names the patches with the tag as
evidence. Half a minute:

    python examples/regression/story.py
"""

from __future__ import annotations

import argparse
import io
import json
import shlex
from collections.abc import Iterable, Mapping
from contextlib import redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

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
from torch import Tensor

from neurflow_lightning import load_snapshot
from neurflow_lightning.cli import main as run_command

TARGETS = ("disc", "triangle")
IMAGES = 30
"""Probe images of each target."""
ANALYSIS = (
    *("--model", "tagged_shapes:Classifier", "--data", "tagged_shapes:TaggedShapes"),
    *("--layers", *LAYERS, "--targets", *TARGETS, "--accelerator", "cpu"),
    *("--neurflow.config.tau", "6", "--neurflow.config.top_k", "30"),
    *("--neurflow.config.images_per_target", str(IMAGES), "--neurflow.config.nodes", "8"),
)

EPOCHS, FINE_TUNING_EPOCHS = 25, 8
FINE_TUNING_RATE = 0.005
FINE_TUNES = {
    "honest": TaggedShapes(512, seed=2),
    "shortcut": TaggedShapes(512, seed=2, leak=True, wrong=0.8),
}


@dataclass(frozen=True)
class Trained:
    """A network after its training; checkpoint and snapshot bear its name.

    Attributes:
        name: of its files.
        validation: accuracy on the validation pictures, where each class has its camera.
        any_camera: accuracy on pictures of any camera.
    """

    name: str
    validation: float
    any_camera: float


@dataclass(frozen=True)
class Checked:
    """A fine-tune held against the baseline.

    Attributes:
        trained: the fine-tune.
        status: what ``neurflow check`` ended with: 0 passed, 1 failed.
        text: what it said.
        report: the same from its JSON.
        evidence: rows of the patches named for what grew, without repetition; empty where it
            passed.
        tag_share: share of these that show the tag, NaN without any.
    """

    trained: Trained
    status: int
    text: str
    report: Mapping[str, Any]
    evidence: tuple[int, ...]
    tag_share: float


def story(root: Path) -> tuple[Trained, tuple[Checked, ...]]:
    """Baseline and checked fine-tunes; checkpoints, snapshots and reports are left in ``root``."""
    root.mkdir(parents=True, exist_ok=True)
    seed_everything(0, verbose=False)
    start = Classifier()
    baseline = trained(root, "baseline", start, TaggedShapes(), EPOCHS)
    found = []
    for name, data in FINE_TUNES.items():
        network = Classifier.load_from_checkpoint(
            root / "baseline.ckpt", learning_rate=FINE_TUNING_RATE
        )
        found.append(checked(root, trained(root, name, network, data, FINE_TUNING_EPOCHS)))
    return baseline, tuple(found)


def trained(root: Path, name: str, network: Classifier, data: TaggedShapes, epochs: int) -> Trained:
    """Train and save one network, and analyse its checkpoint."""
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
    checkpoint, snapshot = (root / f"{name}{ending}" for ending in (".ckpt", ".safetensors"))
    trainer.save_checkpoint(checkpoint)
    status, _ = neurflow("analyze", checkpoint, *ANALYSIS, "--out", snapshot)
    if status != 0:
        raise SystemExit(status)
    return Trained(
        name=name,
        validation=accuracy(network, validation_pictures()),
        any_camera=accuracy(network, pictures(400, seed=3)),
    )


def checked(root: Path, fine_tune: Trained) -> Checked:
    """Hold the snapshot of a fine-tune against that of the baseline."""
    snapshots = [root / f"{name}.safetensors" for name in ("baseline", fine_tune.name)]
    written = root / f"{fine_tune.name}.json"
    status, text = neurflow("check", *snapshots, "--json", written)
    (report,) = json.loads(written.read_text(encoding="utf-8"))["reports"]
    broken = [
        finding
        for finding in report["findings"]
        if finding["passed"] is False and finding["severity"] == "fail"
    ]
    rows = what_grew(part for finding in broken for part in finding["evidence"])
    return Checked(fine_tune, status, text, report, rows, share_with_tag(snapshots[0], rows))


def neurflow(*words: object) -> tuple[int, str]:
    """One command as in a shell: its status, and what it says."""
    argv = [str(word) for word in words]
    print(f"$ neurflow {shlex.join(argv)}")
    with redirect_stdout(io.StringIO()) as said:
        status = run_command(argv)
    return status, said.getvalue()


def what_grew(evidence: Iterable[Mapping[str, Any]]) -> tuple[int, ...]:
    """Rows of the patches to look at for all that is new or weighs more, greatest share first.

    Args:
        evidence: as a report's JSON has it; a weight that is missing on a side is ``None``, and
            events of neuron groups have neither weights nor patches.
    """
    grown = [
        one
        for one in evidence
        if "patches" in one and one["after"] is not None
        if one["before"] is None or abs(one["after"]) > abs(one["before"])
    ]
    return tuple(dict.fromkeys(row for one in grown for row in one["patches"]))


def share_with_tag(snapshot: Path, rows: Iterable[int] | None = None) -> float:
    """Share of a snapshot's patches that show the tag, of all if none are given; NaN of none."""
    probe = load_snapshot(snapshot).probe
    shown = shows_tag(probe_pictures(), probe.grid)
    chosen = shown if rows is None else shown[list(rows)]
    return float(chosen.float().mean())


def probe_pictures() -> Tensor:
    """The pictures that circuits are read from: the first validation pictures of each target."""
    images, labels = validation_pictures()
    targets = torch.tensor([CLASSES.index(name) for name in TARGETS])
    return images[torch.isin(labels, targets)][: len(TARGETS) * IMAGES]


def told(root: Path, baseline: Trained, fine_tunes: Iterable[Checked]) -> str:
    """The story in words and tables."""
    fine_tunes = list(fine_tunes)
    lines = ["", f"{'accuracy':<12}{'validation':>12}{'any camera':>12}"]
    for one in [baseline, *(each.trained for each in fine_tunes)]:
        lines.append(f"{one.name:<12}{one.validation:>12.3f}{one.any_camera:>12.3f}")
    by_chance = share_with_tag(root / "baseline.safetensors")
    for each in fine_tunes:
        lines += ["", f"── {each.trained.name} " + "─" * 60, "", each.text]
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
    print(told(options.root, *story(options.root)))
    print(f"\nCheckpoints, snapshots and reports: {options.root}")


if __name__ == "__main__":
    main()
