"""The workload that several benchmarks share: that of the comparison with the reference code."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from _measuring import apart
from against_reference import CASES, Case, prepare

QUICK = Case(
    "quick",
    "resnet18",
    side=32,
    images=2,
    layers=("layer3.1", "layer4.0", "layer4.1", "fc"),
    tau=2,
    top_k=4,
    epochs=0,
)


def workload(quick: bool) -> Case:
    """ResNet-18 at 64×64, or something tiny of the same kind."""
    return QUICK if quick else CASES["resnet18-64"]


def described(case: Case) -> str:
    """A case in words."""
    return (
        f"{case.architecture} with seeded random weights and batch statistics of solar cells, "
        f"{case.images} images of {case.side}×{case.side} ({case.patches} patches), "
        f"τ = {case.tau}, k = {case.top_k}, layers {', '.join(case.layers)}"
    )


@contextmanager
def prepared(case: Case) -> Iterator[Path]:
    """A file with the case's images and weights."""
    with tempfile.TemporaryDirectory(prefix="neurflow-benchmark-") as folder:
        path = Path(folder) / "case.pt"
        apart(prepare, case, "random", path)
        yield path
