"""The expected cost of an analysis, compared with the work it then does."""

import math
from dataclasses import replace

import pytest
import torch
from torchvision.models import resnet18
from torchvision.models.vision_transformer import VisionTransformer

from neurflow_lightning import NeurFlowConfig, ProbeSet
from neurflow_lightning.core import planning
from neurflow_lightning.core.machine import Speed, speed_of
from neurflow_lightning.core.observation import ForwardWork, WorkCounter
from neurflow_lightning.core.pipeline import analyze_study
from neurflow_lightning.core.planning import plan_study
from neurflow_lightning.core.study import analysis_mode, open_study

MULTIPLY_ADDS_ONLY = Speed(convolved=1, multiplied=1, numbers=math.inf, operations=math.inf)
FEW = replace(NeurFlowConfig.preset("quick"), resamples=0, images_per_target=6, top_k=12)


def small_vit():
    model = VisionTransformer(32, 8, num_layers=4, num_heads=4, hidden_dim=64, mlp_dim=128)
    torch.nn.init.normal_(model.heads.head.weight)  # it begins with zeros: no neuron is core
    return model


def opened(model, config=FEW, targets=(0,)):
    images = torch.randn(12, 3, 32, 32, generator=torch.Generator().manual_seed(0))
    probes = ProbeSet(images, torch.tensor([0, 1] * 6))
    return open_study(model, probes, None, targets, config, None)


@pytest.fixture
def counted(monkeypatch):
    """Multiply–adds take a second each, all else takes no time."""
    monkeypatch.setattr(planning, "speed_of", lambda device: MULTIPLY_ADDS_ONLY)
    monkeypatch.setattr(planning, "_SECONDS_OF_NEURON", 0)


@pytest.mark.parametrize("make", [resnet18, small_vit])
def test_multiply_adds_are_those_of_the_analysis(make, counted):
    torch.manual_seed(0)
    model = make()
    with analysis_mode(model):
        study = opened(model)
        before = plan_study(study).seconds
        with WorkCounter() as counter:
            analyze_study(study)
        done = counter.so_far().multiply_adds
        after = plan_study(study).seconds
    assert 0.5 < before / done < 2
    assert 0.5 < after / done < 2


@pytest.mark.parametrize("method", ["ig", "norm-held", "gradient_activation"])
def test_multiply_adds_of_a_method_that_was_asked_for(method, counted):
    torch.manual_seed(0)
    model = small_vit()
    config = replace(FEW, attribution=method, nodes=16)
    with analysis_mode(model):
        study = opened(model, config)
        before = plan_study(study).seconds
        with WorkCounter() as counter:
            analyze_study(study)
        done = counter.so_far().multiply_adds
        few = plan_study(opened(model, replace(config, nodes=2))).seconds
    assert 0.5 < before / done < 2
    assert (few < before / 3) is (method == "ig")


def test_neurons_of_the_first_circuit_are_expected_of_the_next(counted):
    """A network that is dead below its logits has one core neuron a layer at most."""
    torch.manual_seed(0)
    model = resnet18()
    torch.nn.init.zeros_(model.fc.weight)
    with analysis_mode(model):
        study = opened(model)
        before = plan_study(study)
        analyze_study(study)
        after = plan_study(study)
    assert study.expected_neurons()["layer4.1"] == 1
    assert sum(after.seconds_by_layer.values()) < sum(before.seconds_by_layer.values()) / 2


def test_targets_cost_as_much_each_and_share_no_images(counted):
    torch.manual_seed(0)
    model = resnet18()
    with analysis_mode(model):
        single, both = plan_study(opened(model)), plan_study(opened(model, targets=(0, 1)))
    assert both.seconds == pytest.approx(2 * single.seconds)


def test_a_device_is_timed_once():
    speed = speed_of(torch.device("cpu"))
    assert speed_of(torch.device("cpu")) is speed
    assert min(speed.convolved, speed.multiplied, speed.numbers) > 1e6
    assert speed.operations > 1e2
    assert speed.convolved < 1e15


def test_work_takes_the_time_of_its_parts():
    speed = Speed(convolved=10, multiplied=5, numbers=2, operations=1)
    work = ForwardWork(multiply_adds=30, convolved=20, numbers=8, operations=3)
    assert speed.seconds(work, rows=2, runs=4) == pytest.approx(2 * (2 + 2 + 4) + 4 * 3)
