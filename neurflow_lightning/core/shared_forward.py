"""Attributions of many neurons with one forward pass for each patch and node.

For segments that are no graph of known operations. The whole segment is run at every node of the
path, once for each patch, whichever neurons are asked for there; then it is gone back through once
for each (neuron, patch). Patches that as many neurons ask for are run together, so that a backward
pass serves one neuron of each of them.

It is the same sum as :func:`~neurflow_lightning.core.attribution.integrated_gradients`.

Axes: U different patches; R neurons that ask for a patch; C' lower neurons.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from neurflow_lightning.core.attribution import Attribution, HeldRun, Nodes, is_at_input
from neurflow_lightning.core.gates import GateKind
from neurflow_lightning.core.layer_work import LayerWork
from neurflow_lightning.core.layers import positions, response
from neurflow_lightning.core.memory import in_batches
from neurflow_lightning.types import IntArray


def shared_forward_attributions(
    work: LayerWork, places: Sequence[int], nodes: Nodes, hold: tuple[GateKind, ...]
) -> Iterator[tuple[int, Attribution]]:
    """(place, attribution) of some of a layer's neurons, in order; each of k rows."""
    chosen = np.asarray(places)
    for start in range(0, len(chosen), most := _neurons_at_once(work)):
        some = chosen[start : start + most]
        attribution = _of_neurons(work, work.neurons[some], work.patches[some], nodes, hold)
        k = work.patches.shape[1]
        for number, place in enumerate(some.tolist()):
            yield place, attribution.rows(slice(number * k, (number + 1) * k))


def _neurons_at_once(work: LayerWork) -> int:
    """Neurons whose attributions fit into a quarter of the memory budget."""
    numbers = 2 * work.study.network.widths[work.segment.lower] * work.patches.shape[1]
    size = numbers * torch.float32.itemsize
    return int(max(work.study.memory_budget // 4 // size, 1))


def _of_neurons(
    work: LayerWork, neurons: IntArray, patches: IntArray, nodes: Nodes, hold: tuple[GateKind, ...]
) -> Attribution:
    """All (neuron, patch) pairs, neuron by neuron."""
    rows, patch_of = np.unique(patches.ravel(), return_inverse=True)
    asking = neurons.repeat(patches.shape[1])
    askers = np.bincount(patch_of, minlength=len(rows))
    pairs = np.full((len(rows), askers.max()), -1)  # of each patch, those that ask for it
    is_pair = np.arange(pairs.shape[1]) < askers[:, None]
    pairs[is_pair] = patch_of.argsort(kind="stable")
    order = askers.argsort(kind="stable")

    def attributed(some: IntArray) -> Attribution:
        of_some = pairs[some][:, : askers[some].max()]
        batch = _Batch(work, rows[some], asking[of_some.clip(min=0)], of_some >= 0)
        return batch.attribution(nodes, hold)

    parts = in_batches(order, work.study.rows_at_once(work.segment), attributed)
    found = []
    places = []
    for some, attribution in parts:
        found.append(attribution)
        of_some = pairs[some][:, : askers[some].max()].T
        places.append(of_some[of_some >= 0])
    back = torch.from_numpy(np.concatenate(places).argsort())
    return Attribution.concatenated(found).rows(back)


@dataclass(frozen=True, eq=False)
class _Batch:
    """Patches that are run together.

    Attributes:
        work: the layer pair.
        rows: (U,) the patches.
        neurons: (U, R) those that ask for each, any number where ``is_asked`` is false.
        is_asked: (U, R).
    """

    work: LayerWork
    rows: IntArray
    neurons: IntArray
    is_asked: np.ndarray

    def attribution(self, nodes: Nodes, hold: tuple[GateKind, ...]) -> Attribution:
        """The pairs that are asked for: the first of each patch, the second of each, and so on."""
        study, segment = self.work.study, self.work.segment
        axis = study.network.channel_axes[segment.lower]
        lower, context = self.work.entering(self.rows)
        wide = torch.promote_types(lower.dtype, torch.float32)
        sums: list[Tensor | float] = [0.0] * self.neurons.shape[1]
        change = None
        with study.arithmetic():
            run = HeldRun.recorded(segment, lower, context, hold)
            if not is_at_input(nodes):
                change = self._responses(run, lower) - self._responses(run, torch.zeros_like(lower))
            for position, weight in nodes:
                for number, gradient in enumerate(self._gradients(run, position * lower)):
                    values = response(gradient.to(wide) * lower, axis)
                    sums[number] = sums[number] + weight * values
        is_asked = torch.from_numpy(self.is_asked.T)
        of_patch = torch.arange(len(self.rows)).expand(is_asked.shape)[is_asked]
        return Attribution.summed(
            torch.stack([torch.as_tensor(one) for one in sums])[is_asked],
            None if change is None else change.T[is_asked],
            response(lower, axis)[of_patch.to(lower.device)],
            positions(lower, axis),
        )

    def _responses(self, run: HeldRun, lower: Tensor) -> Tensor:
        """(U, R) responses of the neurons."""
        axis = self.work.study.network.channel_axes[self.work.segment.upper]
        with torch.no_grad():
            return response(run(lower), axis).gather(1, self._neurons(lower.device))

    def _gradients(self, run: HeldRun, lower: Tensor) -> Iterator[Tensor]:
        """(U, ...) gradients of the responses of each patch's first neuron, its second, ..."""
        axis = self.work.study.network.channel_axes[self.work.segment.upper]
        leaf = lower.detach().requires_grad_()
        with torch.enable_grad():
            responses = response(run(leaf), axis).gather(1, self._neurons(lower.device))
        last = self.neurons.shape[1] - 1
        for number in range(last + 1):
            gradient = None
            if responses.requires_grad:
                total = torch.zeros_like(responses)
                total[:, number] = 1.0
                (gradient,) = torch.autograd.grad(
                    responses, leaf, total, retain_graph=number < last, allow_unused=True
                )
            yield torch.zeros_like(leaf) if gradient is None else gradient

    def _neurons(self, device: torch.device) -> Tensor:
        return torch.from_numpy(self.neurons).to(device)
