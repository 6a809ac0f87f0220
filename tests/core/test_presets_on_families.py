"""Efforts and layers by default on 20 families of torchvision and 20 of timm."""

from __future__ import annotations

import warnings

import numpy as np
import pytest
import timm
import torch
import torchvision
from torch import nn

from neurflow_lightning import NeurFlowConfig, ProbeSet, analyze

TORCHVISION = {
    **dict.fromkeys(("alexnet", "vgg11", "vgg11_bn", "resnet18", "resnet50"), 64),
    **dict.fromkeys(("resnext50_32x4d", "wide_resnet50_2", "squeezenet1_1", "densenet121"), 64),
    **dict.fromkeys(("googlenet", "shufflenet_v2_x0_5", "mobilenet_v2", "mobilenet_v3_small"), 64),
    **dict.fromkeys(("mnasnet0_5", "efficientnet_b0", "regnet_y_400mf", "convnext_tiny"), 64),
    **dict.fromkeys(("swin_t", "swin_v2_t"), 64),
    "vit_b_32": 224,
}
TIMM = {
    **dict.fromkeys(("resnet10t", "seresnet18", "ecaresnet50t", "dla34", "hrnet_w18_small"), 64),
    **dict.fromkeys(("regnetx_002", "ghostnet_100", "tf_efficientnet_lite0", "mixnet_s"), 64),
    **dict.fromkeys(("convnext_atto", "convnextv2_atto", "poolformer_s12", "rexnet_100"), 64),
    **dict.fromkeys(("vgg11", "mobileone_s0", "repvgg_a0"), 64),
    "vit_tiny_patch16_224": 224,
    "deit_tiny_patch16_224": 224,
    "mixer_s32_224": 224,
    "pit_ti_224": 224,
}


def test_there_are_twenty_of_each():
    assert (len(TORCHVISION), len(TIMM)) == (20, 20)


def made(library: str, name: str) -> tuple[nn.Module, int]:
    """The network with seeded weights; heads that begin with zeros have some."""
    torch.manual_seed(0)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        if library == "timm":
            network, side = timm.create_model(name, num_classes=10), TIMM[name]
        else:
            network, side = torchvision.models.get_model(name, weights=None), TORCHVISION[name]
    for parameter in network.parameters():
        if parameter.ndim == 2 and not parameter.any():
            nn.init.normal_(parameter, std=0.05)
    return network.eval(), side


@pytest.mark.slow
@pytest.mark.parametrize("effort", ["glance", "quick"])
@pytest.mark.parametrize(
    ("library", "name"),
    [("torchvision", one) for one in TORCHVISION] + [("timm", one) for one in TIMM],
)
def test_presets_run(library: str, name: str, effort: str) -> None:
    network, side = made(library, name)
    images = torch.randn(8, 3, side, side, generator=torch.Generator().manual_seed(0))
    probes = ProbeSet(images, torch.zeros(8, dtype=torch.long))
    config = NeurFlowConfig.preset(effort, images_per_target=8, top_k=6)
    (circuit,) = (snapshot := analyze(network, probes, targets=[0], config=config)).circuits
    assert 2 <= len(snapshot.layers) <= config.max_layers + 1
    assert all(circuit.layer_neurons(layer) for layer in snapshot.layers)
    assert set(snapshot.attribution) == set(snapshot.layers[1:])
    for edge in circuit.neuron_edges():
        assert np.isfinite(edge.weight)
