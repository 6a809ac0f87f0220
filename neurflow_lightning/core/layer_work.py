"""The neurons of one layer that are to be attributed to the layer below."""

from __future__ import annotations

from dataclasses import dataclass

from torch import Tensor

from neurflow_lightning.core.attribution import AttributionRequest
from neurflow_lightning.core.segments import Segment
from neurflow_lightning.core.study import Study
from neurflow_lightning.core.sweep import Sweep
from neurflow_lightning.types import IntArray


@dataclass(frozen=True, eq=False)
class LayerWork:
    """The neurons of one layer that are to be attributed to the layer below.

    Attributes:
        study: the network and the probe set.
        swept: the pass over the target's patches.
        segment: the part of the network between the two layers.
        neurons: (F,) indices of the neurons.
        patches: (F, k) patch rows of each.
    """

    study: Study
    swept: Sweep
    segment: Segment
    neurons: IntArray
    patches: IntArray

    def entering(self, rows: IntArray) -> tuple[Tensor, tuple[Tensor, ...]]:
        """Lower activations and context of the given patches."""
        return self.swept.entering(self.study, self.segment, rows)

    def request(self, neuron: int, rows: IntArray) -> AttributionRequest:
        """A request for one of the upper neurons on some patches."""
        lower, context = self.entering(rows)
        return AttributionRequest(
            network=self.study.network,
            segment=self.segment,
            neuron=neuron,
            lower=lower,
            context=context,
            # Nodes that suit a LayerNorm cost others next to nothing.
            nodes=tuple(self.study.nodes(gentle=False)),
            batch_size=self.study.batch_size,
        )
