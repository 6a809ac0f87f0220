"""A network opened for analysis on a probe set: what every step of the walk down needs.

Layers and targets are settled here, so that a wrong name fails before any work is done.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import torch
from torch import Tensor, nn

from neurflow_lightning.config import NeurFlowConfig
from neurflow_lightning.core.hooks import Forward, undisturbed
from neurflow_lightning.core.probes import PatchSet, ProbeSet, make_patches
from neurflow_lightning.core.quadrature import gauss_legendre
from neurflow_lightning.core.segments import Network, Segment, open_network
from neurflow_lightning.errors import ConfigError, near_matches
from neurflow_lightning.types import IntArray, NeuronId, ProbeInfo

DEFAULT_TARGETS = 5
"""Targets chosen when none are named: the first classes present in the probe set."""


@dataclass(frozen=True)
class Study:
    """A network opened for analysis on a probe set: everything the walk down needs."""

    network: Network
    segments: tuple[Segment, ...]
    probes: ProbeSet
    probe: ProbeInfo
    patches: PatchSet
    targets: tuple[NeuronId, ...]
    config: NeurFlowConfig
    device: torch.device
    dtype: torch.dtype

    def inputs(self, rows: IntArray) -> Tensor:
        """(B, ...) patches as the network takes them."""
        return _placed(self.patches.batch(rows), self.device, self.dtype)

    def patch_rows(self, target: NeuronId) -> IntArray:
        """Rows of the target's patches, ascending."""
        images = self.probes.images_of(target.index, self.config.images_per_target)
        return self.patches.grid.rows(images)

    def batches(self, rows: IntArray) -> Iterator[IntArray]:
        """The rows in batches of the configured size."""
        size = self.config.batch_size
        for start in range(0, len(rows), size):
            yield rows[start : start + size]

    def name(self, target: NeuronId) -> str:
        """The target's name for people."""
        return self.probe.class_name(target.index)

    def nodes(self) -> Iterator[tuple[float, float]]:
        """(position, weight) of every node of the quadrature."""
        return gauss_legendre(self.config.nodes, self.config.node_power)


def open_study(
    model: nn.Module,
    probes: ProbeSet,
    layers: Sequence[str] | None,
    targets: Sequence[int | str] | None,
    config: NeurFlowConfig,
    forward: Forward | None,
) -> Study:
    """Open the network on two probe inputs and settle layers and targets."""
    device, dtype = _placement(model)
    patches = make_patches(probes, config.granularities)
    example = _placed(patches.batch(np.arange(2) % len(patches)), device, dtype)
    network = open_network(
        model, layers, example, forward=forward, channel_axis=config.channel_axis
    )
    logits = network.layers[-1]
    study = Study(
        network=network,
        segments=tuple(network.segment(lower, upper) for lower, upper in pairwise(network.layers)),
        probes=probes,
        probe=probes.info(config),
        patches=patches,
        targets=_resolved_targets(targets, probes, logits, network.widths[logits]),
        config=config,
        device=device,
        dtype=dtype,
    )
    for target in study.targets:
        study.patch_rows(target)  # a target without probe images is an error now, not later
    return study


@contextmanager
def analysis_mode(model: nn.Module) -> Iterator[None]:
    """Evaluation mode, outside of inference mode; every module's own mode comes back after.

    Parameters keep their ``requires_grad``: reentrant checkpointing fails with frozen ones.
    """
    training = [(module, module.training) for module in model.modules()]
    try:
        for module, _ in training:
            module.training = False
        with torch.inference_mode(False), torch.no_grad(), undisturbed(model):
            yield
    finally:
        for module, mode in training:
            module.training = mode


def _resolved_targets(
    targets: Sequence[int | str] | None, probes: ProbeSet, logits: str, width: int
) -> tuple[NeuronId, ...]:
    if targets is None:
        targets = choose_targets(probes)
    if isinstance(targets, str) or not isinstance(targets, Sequence) or not targets:
        raise ConfigError(f"targets={targets!r}: wanted a list of classes, or None to choose.")
    found = tuple(NeuronId(logits, _class_number(one, probes, logits, width)) for one in targets)
    if len(set(found)) < len(found):
        raise ConfigError(f"targets={list(targets)!r} names a class twice.")
    return found


def choose_targets(probes: ProbeSet) -> tuple[int, ...]:
    """The first :data:`DEFAULT_TARGETS` classes present in the probe set; -1 is no class.

    Raises:
        ConfigError: for a probe set without labels, where any neuron may be a target.
    """
    if probes.labels is None:
        raise ConfigError(
            "targets=None needs labels to choose from, and the probe set has none. "
            "Name the neurons of the last layer to explain, e.g. targets=[0, 1]."
        )
    return tuple(one for one in probes.targets() if one >= 0)[:DEFAULT_TARGETS]


def _class_number(target: int | str, probes: ProbeSet, logits: str, width: int) -> int:
    if isinstance(target, str):
        if target not in probes.class_names:
            raise ConfigError(
                f"No class is named {target!r}. {near_matches(target, probes.class_names)}"
            )
        target = probes.class_names.index(target)
    if isinstance(target, bool) or not isinstance(target, int) or not 0 <= target < width:
        raise ConfigError(
            f"Target {target!r}: {logits!r} has the neurons 0 to {width - 1}.{_one_logit(width)}"
        )
    return int(target)


def _one_logit(width: int) -> str:
    if width > 1:
        return ""
    return (
        " One logit stands for two classes: let forward return both, such as "
        "torch.cat([-logit, logit], 1), or give targets=[0] and probes of one class, labelled 0."
    )


def _placed(batch: Tensor, device: torch.device, dtype: torch.dtype) -> Tensor:
    batch = batch.to(device)
    return batch.to(dtype) if batch.is_floating_point() else batch


def _placement(model: nn.Module) -> tuple[torch.device, torch.dtype]:
    """Where the network's first floating parameter or buffer lies, and its type."""
    for tensor in (*model.parameters(), *model.buffers()):
        if tensor.is_floating_point():
            return tensor.device, tensor.dtype
    return torch.device("cpu"), torch.float32
