"""A network in which exactly two neurons of the lowest layer decide, so that every mask's answer is
known on paper.

Class 1 has the logit ``x2 + x5``, class 0 the logit ``x7``, which is ½ in every input. Images of
class 1 have ``x2 + x5`` of 1 and more, rising with their number; all others have 0 there. All
other inputs are louder noise that reaches nothing.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn.functional import relu

from networks import dense
from neurflow_lightning import NeurFlowConfig, ProbeSet, analyze
from neurflow_lightning.types import Snapshot

LAYERS = ["low", "high", "fc"]
WIDTH = 8
EACH = 12
CONFIG = NeurFlowConfig(tau=2, top_k=4, nodes=2)


class Deciding(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        mix = torch.zeros(WIDTH, WIDTH)
        mix[0, [2, 5]], mix[1, 7] = 1.0, 1.0
        mix[2:, [0, 1, 3, 4, 6]] = torch.arange(5.0) / 2
        out = torch.zeros(2, WIDTH)
        out[1, 0], out[0, 1] = 1.0, 1.0
        self.low, self.high = dense(torch.eye(WIDTH).tolist()), dense(mix.tolist())
        self.drop = nn.Dropout(0.5)
        self.fc = dense(out.tolist())

    def forward(self, values: Tensor) -> Tensor:
        return self.fc(relu(self.high(self.drop(relu(self.low(values))))))


def images() -> tuple[Tensor, Tensor]:
    """(24, 8) inputs, first those of class 0, and their classes."""
    values = 4 * torch.rand(2 * EACH, WIDTH, generator=torch.Generator().manual_seed(0))
    values[:, 7] = 0.5
    values[:EACH, [2, 5]] = 0.0
    rising = torch.linspace(0.5, 1.5, EACH)
    values[EACH:, 2], values[EACH:, 5] = rising, rising**2
    return values, torch.arange(2 * EACH) // EACH


def analysed() -> tuple[nn.Module, Snapshot, ProbeSet]:
    """The network, the circuit of class 1, and its probe set."""
    model, probes = Deciding(), ProbeSet(*images(), ["<b>no</b> | $x$", "yes"])
    return model, analyze(model, probes, layers=LAYERS, targets=[1], config=CONFIG), probes
