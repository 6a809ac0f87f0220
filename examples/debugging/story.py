"""A network that reads a sticker instead of the digit, and how debugging finds it.

One digit was always photographed with a red square in the corner (``marked_digits.py``). The
network is as good as it should be on pictures of that collection. In use, other digits have the
square too, and are taken for the marked one. ``debug_batch`` asks which neuron groups separate
these mistakes from digits that were got right; the first it names should be one that sees the
square.

Whether it does is measured with what debugging is not told: the same pictures without the square.
A group *sees the square* if its score on the pictures that are mistaken because of it falls to less
than half once the square is gone (the median picture's).

    python examples/debugging/story.py             # one training, with pictures: a minute
    python examples/debugging/story.py --seeds 10  # how often it is found, each time another digit
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import torch
from lightning import Trainer, seed_everything
from marked_digits import LAYERS, MarkedClassifier, MarkedDigits
from torch import Tensor

from neurflow_lightning import (
    NeurFlowConfig,
    ProbeSet,
    Snapshot,
    analyze,
    debug_batch,
    debug_image,
)
from neurflow_lightning.applications.debugging import BatchReport, GroupContrast
from neurflow_lightning.applications.picturing import image_picture
from neurflow_lightning.applications.telling import batch_text, image_text

EPOCHS = 8
COMPARED = 20
"""Most mistakes that are looked at again without the square."""
CONFIG = NeurFlowConfig(tau=8, top_k=30, images_per_target=30, nodes=8, max_neurons_per_layer=12)


@dataclass(frozen=True)
class Found:
    """What debugging found in one training.

    Attributes:
        marked: the digit with the square.
        probe_accuracy: on pictures as they were collected.
        use_accuracy: on pictures as they come in use.
        caused: pictures of other digits that are taken for the marked one because of the square:
            without it, the same network gets them right.
        report: of :func:`debug_batch`.
        with_square, without: median score of the group named first on these pictures.
    """

    marked: int
    probe_accuracy: float
    use_accuracy: float
    caused: Tensor
    report: BatchReport
    with_square: float
    without: float

    @property
    def first(self) -> GroupContrast:
        """The group that debugging names first."""
        return self.report.suspects[0]

    @property
    def is_found(self) -> bool:
        """Whether that is of the marked digit's circuit, significant, and sees the square."""
        significant = self.first in self.report.significant()
        sees = self.without < self.with_square / 2
        return self.first.target == self.marked and significant and sees


def trained(data: MarkedDigits, seed: int) -> MarkedClassifier:
    """The network, in evaluation mode."""
    seed_everything(seed, verbose=False)
    model = MarkedClassifier()
    trainer = Trainer(
        max_epochs=EPOCHS,
        accelerator="cpu",
        logger=False,
        enable_checkpointing=False,
        enable_model_summary=False,
        enable_progress_bar=False,
        limit_val_batches=0,
    )
    trainer.fit(model, train_dataloaders=data.train_dataloader())
    return model.eval()


def analysed(model: MarkedClassifier, data: MarkedDigits, marked: int) -> Snapshot:
    """Circuits of the marked digit and two others, from pictures as they were collected."""
    images, labels = data.probe
    return analyze(
        model,
        ProbeSet(images, labels, data.classes, mean=(0, 0, 0), std=(1, 1, 1)),
        layers=LAYERS,
        targets=[marked, (marked + 1) % 10, (marked + 5) % 10],
        config=CONFIG,
    )


@torch.no_grad()
def debugged(model: MarkedClassifier, data: MarkedDigits, snapshot: Snapshot, marked: int) -> Found:
    """What debugging finds in the pictures as they come in use."""
    images, labels = data.use
    answers, plain = model(images).argmax(dim=1), model(data.plain).argmax(dim=1)
    caused = torch.nonzero((answers == marked) & (labels != marked) & (plain == labels))[:, 0]
    report = debug_batch(model, snapshot, images, labels)
    chosen = caused[:COMPARED]
    probe_images, probe_labels = data.probe
    return Found(
        marked=marked,
        probe_accuracy=_share(model(probe_images).argmax(dim=1) == probe_labels),
        use_accuracy=_share(answers == labels),
        caused=caused,
        report=report,
        with_square=score(model, snapshot, images[chosen], report.suspects[0]),
        without=score(model, snapshot, data.plain[chosen], report.suspects[0]),
    )


def score(
    model: MarkedClassifier, snapshot: Snapshot, images: Iterable[Tensor], one: GroupContrast
) -> float:
    """The median score of a group on the images, NaN of none."""
    reports = [debug_image(model, snapshot, image) for image in images]
    circuits = [report.circuit(one.target) for report in reports]
    scores = [each.group(one.group).score for each in circuits if each is not None]
    return median(scores) if scores else float("nan")


def _share(truths: Iterable[object]) -> float:
    values = [bool(one) for one in truths]
    return sum(values) / len(values) if values else float("nan")


def rate(seeds: int) -> float:
    """Run so many seeds, each with another digit marked, and say how often the square is found."""
    found = []
    print("seed  digit  accuracy: collected  in use  caused  named first     with  without  found")
    for seed in range(seeds):
        marked = seed % 10
        data = MarkedDigits(marked, seed)
        model = trained(data, seed)
        one = debugged(model, data, analysed(model, data, marked), marked)
        found.append(one.is_found)
        group = f"{one.first.target}: {str(one.first.group).removeprefix('network.')}"
        print(
            f"{seed:4}  {marked:5}  {one.probe_accuracy:19.3f}  {one.use_accuracy:6.3f}  "
            f"{len(one.caused):6}  {group:12}  {one.with_square:6.2f}  {one.without:7.2f}  "
            f"{'yes' if one.is_found else 'no':>5}",
            flush=True,
        )
    return _share(found)


def told(found: Found) -> str:
    """What debugging found, in words."""
    return "\n".join(
        [
            f"Accuracy on pictures as collected, where each {found.marked} has the square: "
            f"{found.probe_accuracy:.3f}",
            f"Accuracy in use, where any digit may have it: {found.use_accuracy:.3f}",
            "",
            batch_text(found.report),
            f"Named first: {found.first.group} of digit {found.first.target}. On "
            f"{len(found.caused)} pictures mistaken because of the square it is at",
            f"{found.with_square:.2f} of its normal level, and at {found.without:.2f} without it.",
        ]
    )


def explained(
    model: MarkedClassifier, data: MarkedDigits, snapshot: Snapshot, found: Found, root: Path
) -> str:
    """The two worst mistakes because of the square in words; their pictures are left in ``root``.

    Those whose own class has a circuit come first.
    """
    root.mkdir(parents=True, exist_ok=True)
    images, labels = data.use
    known = [one.target.index for one in snapshot.circuits]
    margins = found.report.margins
    order = sorted(
        found.caused.tolist(), key=lambda row: (int(labels[row]) not in known, -margins[row])
    )
    lines = []
    for place, row in enumerate(order[:2], 1):
        report = debug_image(model, snapshot, images[row], int(labels[row]), effects=True)
        title = f"Picture {row}"
        pixels = (images[row].permute(1, 2, 0) * 255).round().byte().numpy()
        picture = root / f"mistake_{place}.jpg"
        picture.write_bytes(image_picture(report, snapshot, pixels, title))
        lines += ["", image_text(report, title), f"Picture: {picture}"]
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--seeds", type=int, default=0, help="only say how often it is found")
    parser.add_argument("--marked", type=int, default=3, help="the digit with the square")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--root", type=Path, default=Path("runs/debugging"))
    options = parser.parse_args()
    torch.set_num_threads(1)  # in a network this small, threads mostly wait for each other
    if options.seeds:
        print(f"\nNamed first is a group that sees the square: {rate(options.seeds):.0%} of seeds")
        return
    data = MarkedDigits(options.marked, options.seed)
    model = trained(data, options.seed)
    snapshot = analysed(model, data, options.marked)
    found = debugged(model, data, snapshot, options.marked)
    print(told(found))
    print(explained(model, data, snapshot, found, options.root))


if __name__ == "__main__":
    main()
