"""Which networks can be analysed: run segments of torchvision's classifiers, write a table.

    python benchmarks/compatibility.py          # one or two of each family → docs/compatibility.md
    python benchmarks/compatibility.py --all    # every classifier torchvision lists
    python benchmarks/compatibility.py resnet50 --to table.md

Every model has random weights and the smallest input that runs well. For each pair of neighbouring
layers that the package chooses, the segment is run on captured lower activations, once as the
package runs it and once replayed; both must give the upper activations.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import torch
import torchvision
from torch import Tensor, nn

from neurflow_lightning.core.segments import LARGEST_ERROR, Segment, open_network, relative_error

FAMILIES = (
    "alexnet",
    "vgg11",
    "vgg11_bn",
    "resnet18",
    "resnext50_32x4d",
    "wide_resnet50_2",
    "squeezenet1_0",
    "squeezenet1_1",
    "densenet121",
    "inception_v3",
    "googlenet",
    "shufflenet_v2_x0_5",
    "mobilenet_v2",
    "mobilenet_v3_small",
    "mnasnet0_5",
    "efficientnet_b0",
    "efficientnet_v2_s",
    "regnet_x_400mf",
    "regnet_y_400mf",
    "convnext_tiny",
    "vit_b_32",
    "swin_t",
    "swin_v2_t",
    "maxvit_t",
)
"""At least one small model of each family of classifiers."""

TABLE = Path(__file__).parents[1] / "docs" / "compatibility.md"

_SIDES = {"inception_v3": 75, "maxvit_t": 224, "vit_h_14": 56}
_ROWS = 4


@dataclass(frozen=True)
class Row:
    """One model of the table.

    Attributes:
        error: largest relative error of all its segments, run either way.
        methods: how the package runs them, in order.
        reasons: why some are replayed.
    """

    model: str
    side: int
    layers: tuple[str, ...]
    methods: tuple[str, ...]
    reasons: tuple[str, ...]
    error: float

    @property
    def passed(self) -> bool:
        """Whether both ways of running gave the model's values."""
        return self.error <= LARGEST_ERROR


def build(name: str) -> tuple[nn.Module, Tensor]:
    """A classifier with random weights, in evaluation mode, and a batch for it."""
    side = _SIDES.get(name, 64)
    options: dict[str, Any] = {"weights": None, "num_classes": 10}
    if name.startswith("vit_"):
        options["image_size"] = side
    if name in ("inception_v3", "googlenet"):
        options["init_weights"] = False  # scipy's truncated normal takes most of a minute
    torch.manual_seed(0)
    model = torchvision.models.get_model(name, **options).eval()
    _wake(model)
    return model, torch.randn(_ROWS, 3, side, side)


def _wake(model: nn.Module) -> None:
    """Some heads start at zero, where every result would be right."""
    for parameter in model.parameters():
        if parameter.ndim == 2 and not parameter.any():
            nn.init.normal_(parameter, std=0.02)


def check(name: str) -> Row:
    """Run every segment of one model both ways."""
    model, inputs = build(name)
    network = open_network(model, None, inputs[:2])
    pairs = list(pairwise(network.layers))
    segments = [network.segment(*pair) for pair in pairs]
    replay = open_network(model, network.layers, inputs[:2], method="replayed")
    truth = replay.activations(inputs)
    both = [*segments, *(replay.segment(*pair) for pair in pairs)]
    return Row(
        name,
        inputs.shape[-1],
        network.layers,
        tuple(segment.method for segment in segments),
        tuple(segment.reason for segment in segments if segment.reason),
        max(_error(segment, inputs, truth[segment.upper]) for segment in both),
    )


def _error(segment: Segment, inputs: Tensor, truth: Tensor) -> float:
    if not truth.any():
        raise ValueError(f"{segment.upper!r} gives zeros only: nothing can be learnt from them.")
    capture = segment.capture(inputs)
    with torch.no_grad():
        return relative_error(segment.run(capture.lower, capture.context), truth)


def page(rows: Sequence[Row]) -> str:
    """The page: what was done, the table, why anything was replayed."""
    passed = sum(row.passed for row in rows)
    reasons = [
        f"- `{row.model}`: {reason}" for row in rows for reason in dict.fromkeys(row.reasons)
    ]
    head = f"""# Compatibility

{passed} of {len(rows)} models pass, with torch {torch.__version__.split("+")[0]} and torchvision \
{torchvision.__version__.split("+")[0]}.

Made by `benchmarks/compatibility.py` (`--all` for every model): classifiers of torchvision with
random weights, in evaluation mode, float32, {_ROWS} inputs. The layers are those chosen with
`layers=None`. For every two neighbours the segment between them is run on the lower
activations, as the package runs it and replayed. The error is the largest difference from the
model's own upper activations, over the largest of these, in either way of running it; a model
passes up to {LARGEST_ERROR:g}.

| model | input | layers chosen | segments | largest error | pass |
|---|---|---|---|---|---|
"""
    table = "".join(f"{_line(row)}\n" for row in rows)
    why = "\nReplayed because:\n\n" + "\n".join(reasons) + "\n" if reasons else ""
    return head + table + why


def _line(row: Row) -> str:
    counts = {method: row.methods.count(method) for method in dict.fromkeys(row.methods)}
    segments = ", ".join(f"{count} {method}" for method, count in counts.items())
    layers = ", ".join(f"`{layer}`" for layer in row.layers)
    verdict = "yes" if row.passed else "**no**"
    cells = (row.model, f"{row.side}×{row.side}", layers, segments, f"{row.error:.1e}", verdict)
    return f"| {' | '.join(cells)} |"


def write(path: Path, text: str) -> None:
    """All of it or nothing."""
    with tempfile.NamedTemporaryFile("w", dir=path.parent, delete=False, encoding="utf-8") as file:
        file.write(text)
    Path(file.name).chmod(0o644)
    os.replace(file.name, path)  # noqa: PTH105 - both are paths already


def run(names: Iterable[str]) -> list[Row]:
    rows = []
    for name in names:
        rows.append(check(name))
        print(_line(rows[-1]), file=sys.stderr, flush=True)
    return rows


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("models", nargs="*", help="names; one of each family without any")
    parser.add_argument("--all", action="store_true", help="every classifier torchvision lists")
    parser.add_argument("--to", type=Path, default=TABLE, help="where to write the page")
    options = parser.parse_args(arguments)
    names = options.models or FAMILIES
    if options.all:
        names = torchvision.models.list_models(module=torchvision.models)
    rows = run(names)
    write(options.to, page(rows))
    return 0 if all(row.passed for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
