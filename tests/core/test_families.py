"""Every family of torchvision's classifiers: segments reproduce the network, traced and replayed."""

from __future__ import annotations

import importlib.util
import sys
from itertools import pairwise
from pathlib import Path
from types import ModuleType

import pytest
import torch
import torchvision

from neurflow_lightning.core.segments import open_network, relative_error

LARGEST_ERROR = 1e-4


def _load(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[path.stem] = module
    spec.loader.exec_module(module)
    return module


compatibility = _load(Path(__file__).parents[2] / "benchmarks" / "compatibility.py")

FAST = compatibility.FAMILIES
SLOW = [
    name for name in torchvision.models.list_models(module=torchvision.models) if name not in FAST
]


def _check(name: str) -> None:
    """Both ways of running, at another batch size than the segments were tried at."""
    model, inputs = compatibility.build(name)
    layers = open_network(model, None, inputs).layers
    assert len(layers) == 6
    for method in ("traced", "replayed"):
        network = open_network(model, layers, inputs[:2], method=method)
        truth = network.activations(inputs)
        for lower, upper in pairwise(layers):
            segment = network.segment(lower, upper)
            capture = segment.capture(inputs)
            with torch.no_grad():
                given = segment.run(capture.lower, capture.context)
            assert segment.method == method
            assert truth[upper].abs().max() > 0
            assert relative_error(given, truth[upper]) <= LARGEST_ERROR
            assert relative_error(capture.upper, truth[upper]) <= LARGEST_ERROR


@pytest.mark.parametrize("name", FAST)
def test_segments_reproduce_each_family(name) -> None:
    _check(name)


@pytest.mark.slow
@pytest.mark.parametrize("name", SLOW)
def test_segments_reproduce_every_other_model(name) -> None:
    _check(name)


def test_every_classifier_of_torchvision_is_tested() -> None:
    prefixes = {name.rstrip("0123456789").split("_")[0] for name in FAST}
    for name in SLOW:
        assert any(name.startswith(prefix) for prefix in prefixes), f"no small model for {name}"


def test_the_page_says_what_failed_and_why() -> None:
    row = compatibility.Row("net", 8, ("a", "b"), ("replayed",), ("because",), 0.5)
    text = compatibility.page([row])
    assert "0 of 1 models pass" in text
    assert "| net | 8×8 | `a`, `b` | 1 replayed | 5.0e-01 | **no** |" in text
    assert "- `net`: because" in text
