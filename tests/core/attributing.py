"""A pair of layers attributed the package's way and the plain way, for comparison."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields
from functools import partial
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from neurflow_lightning import NeurFlowConfig, ProbeSet
from neurflow_lightning.core.attribution import (
    Attribution,
    PathAttribution,
    integrated_gradients,
)
from neurflow_lightning.core.gates import GateKind
from neurflow_lightning.core.layer_work import LayerWork
from neurflow_lightning.core.layers import response
from neurflow_lightning.core.packing import attributions
from neurflow_lightning.core.restriction import Split
from neurflow_lightning.core.segments import Segment
from neurflow_lightning.core.study import Study, analysis_mode, open_study
from neurflow_lightning.core.sweep import sweep

NODES = 3
IG = PathAttribution()


@contextmanager
def opened(
    model: nn.Module, inputs: Tensor, layers: Sequence[str] | None = ("low", "up"), **config: Any
) -> Iterator[Study]:
    """A study whose patches are the whole inputs, its network in evaluation mode."""
    settings = {"nodes": NODES, "node_power": 3, "granularities": (1.0,), **config}
    with analysis_mode(model):
        yield open_study(model, ProbeSet(inputs), layers, [0], NeurFlowConfig(**settings), None)


@dataclass(frozen=True)
class Asked:
    """(F,) neurons of a segment's upper layer, each on (k,) patches of its own."""

    segment: Segment
    neurons: np.ndarray
    patches: np.ndarray


def asked(study: Study, neurons: Sequence[int] | None = None, k: int = 3, pair: int = -1) -> Asked:
    """Some neurons (all without any named) of a layer pair, each on k patches in any order."""
    segment = study.segments[pair]
    chosen = range(study.network.widths[segment.upper]) if neurons is None else neurons
    draw = np.random.default_rng(0).permutation
    patches = np.stack([draw(len(study.patches))[:k] for _ in chosen])
    return Asked(segment, np.array(chosen), patches)


def ways(study: Study, hold: tuple[GateKind, ...] = ()) -> list[Split]:
    """How each neuron of the layer ``up`` is run."""
    folded = study.folded("up", hold)
    found = folded.plans(range(study.network.widths["up"]))
    return [folded.split(one) for one in found]


def the_packages_way(study: Study, what: Asked, method: PathAttribution = IG) -> Attribution:
    """All rows, neuron by neuron."""
    swept = sweep(study, np.arange(len(study.patches)), lambda _: None)
    work = LayerWork(study, swept, what.segment, what.neurons, what.patches)
    found = dict(attributions(work, method))
    assert sorted(found) == list(range(len(what.neurons)))
    return Attribution.concatenated([found[place] for place in sorted(found)])


def the_plain_way(study: Study, what: Asked, method: PathAttribution = IG) -> Attribution:
    """The same by integrated gradients over the segment as it was cut."""
    rows = what.patches.ravel()
    capture = what.segment.capture(study.inputs(rows))
    neurons = torch.from_numpy(what.neurons.repeat(what.patches.shape[1]))
    nodes = method.path(study.nodes(gentle=False))
    return integrated_gradients(
        study.network, what.segment, capture.lower, capture.context, neurons, nodes, method.hold
    )


def largest_difference(found: Attribution, plain: Attribution, scale: float) -> float:
    """Attributions relative to the largest of them, responses to ``scale``."""
    scales = {"values": float(plain.values.abs().max())}
    assert scales["values"] > 0  # else anything would be right
    return max(
        float((getattr(found, one.name) - getattr(plain, one.name)).abs().max())
        / scales.get(one.name, scale)
        for one in fields(Attribution)
    )


def difference(
    study: Study,
    neurons: Sequence[int] | None = None,
    k: int = 3,
    method: PathAttribution = IG,
) -> float:
    """Between the package's way and the plain one, for the deepest pair of layers."""
    what = asked(study, neurons, k)
    upper = what.segment.capture(study.inputs(np.arange(len(study.patches)))).upper
    axis = study.network.channel_axes[what.segment.upper]
    scale = float(response(upper, axis).abs().max())
    ours, plain = the_packages_way(study, what, method), the_plain_way(study, what, method)
    return largest_difference(ours, plain, scale)


class Between(nn.Module):
    """Two layers, ``low`` and ``up``, and what lies between them.

    Args:
        steps: (this network, low's activations) → up's; with ``around`` the network's inputs come
            last, so that something passes the lower layer by.
        low: the lower layer.
        around: whether ``steps`` is given the inputs too.
        parts: modules, parameters and buffers that ``steps`` finds by name.
    """

    def __init__(
        self, steps: Callable[..., Tensor], low: nn.Module, around: bool, **parts: Any
    ) -> None:
        super().__init__()
        self.low, self.steps, self.around, self.up = low, steps, around, nn.Identity()
        for name, part in parts.items():
            if isinstance(part, Tensor) and not isinstance(part, nn.Parameter):
                self.register_buffer(name, part)
            else:
                setattr(self, name, part)

    def forward(self, inputs: Tensor) -> Tensor:
        past = (inputs,) if self.around else ()
        return self.up(self.steps(self, self.low(inputs), *past))


@dataclass(frozen=True)
class Case:
    """What lies between two layers, and inputs for it."""

    build: Callable[[], Between]
    shape: tuple[int, ...]

    def opened(self, dtype: torch.dtype = torch.float64, **config: Any) -> Any:
        """The network and six inputs, opened; the same numbers at every call."""
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(1)
            model = self.build().to(dtype)
            for module in model.modules():
                if isinstance(module, nn.modules.batchnorm._BatchNorm) and module.affine:
                    nn.init.uniform_(module.weight, 0.5, 1.5)
                    nn.init.uniform_(module.bias, -0.5, 0.5)
                if getattr(module, "running_var", None) is not None:
                    nn.init.uniform_(module.running_mean, -0.5, 0.5)
                    nn.init.uniform_(module.running_var, 0.5, 1.5)
            inputs = torch.randn(6, *self.shape).to(dtype)
        return opened(model, inputs, **config)


def on_maps(steps: Callable[[Any, Tensor], Tensor], **parts: Callable[[], Any]) -> Case:
    """Between (B, 4, 6, 5) maps and whatever ``steps`` makes of them."""
    return _case(steps, partial(nn.Conv2d, 3, 4, 3, padding=1), (3, 6, 5), parts)


def around_maps(steps: Callable[[Any, Tensor, Tensor], Tensor], **parts: Callable[[], Any]) -> Case:
    """The same, with the (B, 3, 6, 5) inputs passing by."""
    low = partial(nn.Conv2d, 3, 4, 3, padding=1)
    return _case(steps, low, (3, 6, 5), parts, around=True)


def on_rows(steps: Callable[[Any, Tensor], Tensor], **parts: Callable[[], Any]) -> Case:
    """Between (B, 4, 7) rows."""
    return _case(steps, partial(nn.Conv1d, 3, 4, 3, padding=1), (3, 7), parts)


def on_volumes(steps: Callable[[Any, Tensor], Tensor], **parts: Callable[[], Any]) -> Case:
    """Between (B, 4, 4, 3, 5) volumes."""
    return _case(steps, partial(nn.Conv3d, 2, 4, 1), (2, 4, 3, 5), parts)


def on_tokens(steps: Callable[[Any, Tensor], Tensor], **parts: Callable[[], Any]) -> Case:
    """Between (B, 5, 4) tokens, neurons last."""
    return _case(steps, partial(nn.Linear, 3, 4), (5, 3), parts)


def on_vectors(steps: Callable[[Any, Tensor], Tensor], **parts: Callable[[], Any]) -> Case:
    """Between (B, 4) vectors."""
    return _case(steps, partial(nn.Linear, 3, 4), (3,), parts)


def _case(
    steps: Callable[..., Tensor],
    low: Callable[[], nn.Module],
    shape: tuple[int, ...],
    parts: dict[str, Callable[[], Any]],
    around: bool = False,
) -> Case:
    def build() -> Between:
        return Between(steps, low(), around, **{name: make() for name, make in parts.items()})

    return Case(build, shape)
