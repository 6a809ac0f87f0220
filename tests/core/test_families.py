"""Every family of torchvision's classifiers: segments, run either way, reproduce the network."""

from __future__ import annotations

import importlib.util
import re
import sys
from itertools import pairwise
from pathlib import Path
from types import ModuleType

import pytest
import torch
import torchvision
from torch import Tensor

from neurflow_lightning.core.segments import Capture, Segment, open_network, relative_error

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

SECOND_OF_FAMILY = ("vgg11_bn", "squeezenet1_0")
FAST = [name for name in compatibility.FAMILIES if name not in SECOND_OF_FAMILY]
SLOW = [
    name for name in torchvision.models.list_models(module=torchvision.models) if name not in FAST
]


def _check(name: str) -> None:
    """All pairs, traced and replayed, at another batch size than they were tried at."""
    row = compatibility.check(name)
    assert 7 <= len(row.layers) <= 9
    assert set(row.methods) == {"traced"}
    assert row.error <= LARGEST_ERROR


@pytest.mark.parametrize("name", FAST)
def test_segments_reproduce_each_family(name) -> None:
    _check(name)


@pytest.mark.slow
@pytest.mark.parametrize("name", SLOW)
def test_segments_reproduce_every_other_model(name) -> None:
    _check(name)


BYPASSED = {
    "resnet18": ("layer2.0.conv1", "layer2.0.bn2", "layer2.0", "layer2.1.conv1", "layer3"),
    "densenet121": (
        "denseblock2.denselayer1.conv1",
        "denseblock2.denselayer3.relu1",
        "denseblock2.denselayer3.conv2",
        "denseblock2",
    ),
    "googlenet": ("inception3a.branch2.0", "inception3a.branch2.1.bn", "inception3a"),
    "shufflenet_v2_x0_5": ("stage2.1.branch2.2", "stage2.1.branch2", "stage2.1", "stage2"),
    "mobilenet_v3_small": ("features.1.block.0.2", "features.1.block.1.fc1", "features.1"),
    "efficientnet_b0": ("features.3.1.block.0", "features.3.1.block.2.fc1", "features.3.1"),
    "regnet_y_400mf": ("block2.block2-1.f.a", "block2.block2-1.f.se.fc2", "block2.block2-1"),
    "convnext_tiny": ("features.3.1.block.0", "features.3.1.block.4", "features.3.1", "features.5"),
    "vit_b_32": ("encoder_layer_1.ln_1", "encoder_layer_1.mlp.0", "encoder_layer_2"),
    "swin_t": ("features.1.1.norm1", "features.1.1.attn", "features.1.1.mlp.1", "features.1"),
}


@pytest.mark.parametrize("name", BYPASSED)
def test_what_bypasses_a_segment_is_held(name) -> None:
    """Layers inside blocks: skips, dense connections, branches and gates pass them by."""
    model, inputs = compatibility.build(name)
    networks = [
        open_network(model, BYPASSED[name], inputs[:2], method=method)
        for method in ("traced", "replayed")
    ]
    contexts = 0
    for lower, upper in pairwise(networks[0].layers):
        segments = [network.segment(lower, upper) for network in networks]
        captures = [segment.capture(inputs) for segment in segments]
        contexts += len(captures[0].context)
        for scale in (1.0, 0.3):
            given, wanted = (
                _upper_and_gradient(segment, capture, scale)
                for segment, capture in zip(segments, captures, strict=True)
            )
            assert relative_error(given[0], wanted[0]) <= LARGEST_ERROR
            assert relative_error(given[1], wanted[1]) <= LARGEST_ERROR
            assert wanted[1].any()
    assert contexts > 0


def _upper_and_gradient(segment: Segment, capture: Capture, scale: float) -> tuple[Tensor, Tensor]:
    lower = (capture.lower * scale).requires_grad_()
    upper = segment.run(lower, capture.context)
    (gradient,) = torch.autograd.grad(upper.square().mean(), lower)
    return upper.detach(), gradient


def test_every_classifier_of_torchvision_is_tested() -> None:
    families = {_family(name) for name in FAST}
    assert {_family(name) for name in SLOW} <= families
    assert len(families) == 18


def _family(name: str) -> str:
    return re.match("[a-z]+", name)[0]  # type: ignore[index]


def test_the_page_says_what_failed_and_why() -> None:
    row = compatibility.Row("net", 8, ("a", "b"), ("replayed",), ("because",), 0.5)
    text = compatibility.page([row])
    assert "0 of 1 models pass" in text
    assert "| net | 8×8 | `a`, `b` | 1 replayed | 5.0e-01 | **no** |" in text
    assert "- `net`: because" in text
