"""Interventions: change neurons during a forward pass, and see what becomes of the rest.

A circuit says what feeds what by attribution. An intervention tries it out. The outputs of some
neurons of one layer are, on every input,

- *ablated*: set to 0, the baseline of the attributions,
- *scaled* by a number, or
- *patched*: replaced by what they are on another input,

and everything after them is computed on. A neuron group stands for some *meanings* of its neurons;
an intervention changes the neurons as a whole, since nothing in an activation says which meaning it
is of. Likewise the response of a group above is the mean response of its neurons.

:func:`check_edges` does it for every edge of a group circuit. The effect of a lower group on a
meaning ``a_i`` is what ablating the lower group takes from ``a``, as a mean over the patches of
``a_i``, divided as the weights ``w(a_i, s)`` are: by ``Σ_s |mean T(a, s, v)|``, times the number of
positions that ``T`` was averaged over. The effect of an edge is the sum over the upper group's
members. So effects and weights are of one unit, and where only affine operations lie between the
layers and no neuron is in two groups they are equal. Where they differ there is an interaction:
what a neuron adds depends on others (behind a ReLU), or a neuron is in several groups, which share
its weight, and is ablated whole with each.

Sources: Vig et al. 2020 (*Causal mediation analysis for interpreting neural NLP*); Geiger et al.
2021 (*Causal abstractions of neural networks*).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain, pairwise
from typing import Literal, TypeGuard

import numpy as np
import torch
from scipy.stats import rankdata
from torch import Tensor, nn

from neurflow_lightning.config import NeuronUnit
from neurflow_lightning.core.hooks import Forward, Reached
from neurflow_lightning.core.layers import response
from neurflow_lightning.core.memory import in_batches
from neurflow_lightning.core.probes import (
    PatchSet,
    ProbeSet,
    check_fingerprint,
    labelled_as,
    make_patches,
)
from neurflow_lightning.core.segments import Network, open_network
from neurflow_lightning.core.study import analysis_mode
from neurflow_lightning.errors import ConfigError, LayerError, ProbeError
from neurflow_lightning.types import (
    Circuit,
    CoreNeuron,
    FloatArray,
    GroupEdge,
    GroupId,
    IntArray,
    NeuronGroup,
    NeuronId,
    Snapshot,
    frozen_array,
)

EXAMPLES = 3
"""Inputs on which the network is opened."""

How = Literal["ablate"] | float | Tensor
"""What happens to the neurons: set to 0, multiplied, or replaced by what they are on these inputs.
"""

Change = Callable[[Tensor], Tensor]
"""A layer's output → what is put in its place."""

Responses = dict[str, Tensor]
"""Layer → (B, C) responses, on the CPU."""

_Ablated = Callable[[Sequence[int]], FloatArray]
"""Ablated neurons → (R, C) responses of the layer above to the patches looked at."""


@dataclass(frozen=True, eq=False, repr=False)
class Intervention:
    """What an intervention did, on N inputs.

    Attributes:
        neurons: what was changed.
        target: the circuit's target.
        groups: the G neuron groups of the layers above, in the circuit's order.
        logits_before, logits_after: (N,) the target's logit.
        responses_before, responses_after: (N, G) responses of ``groups``: the mean over a group's
            neurons.
    """

    neurons: tuple[NeuronId, ...]
    target: NeuronId
    groups: tuple[GroupId, ...]
    logits_before: FloatArray
    logits_after: FloatArray
    responses_before: FloatArray
    responses_after: FloatArray

    def __post_init__(self) -> None:
        for name in ("logits_before", "logits_after", "responses_before", "responses_after"):
            object.__setattr__(self, name, frozen_array(getattr(self, name), np.float32))

    def __repr__(self) -> str:
        before, after = self.logits_before.mean(), self.logits_after.mean()
        return (
            f"Intervention({', '.join(map(str, self.neurons))}; {self.target} from {before:.3g} to "
            f"{after:.3g}, mean of {len(self.logits_before)} inputs)"
        )

    @property
    def logit_change(self) -> FloatArray:
        """(N,) after minus before."""
        return self.logits_after - self.logits_before

    def change(self, group: GroupId) -> FloatArray:
        """(N,) change of a group's response, after minus before.

        Raises:
            KeyError: for a group that lies in no layer above.
        """
        if group not in self.groups:
            raise KeyError(f"{group} lies in no layer above {self.neurons[0].layer!r}.")
        place = self.groups.index(group)
        return self.responses_after[:, place] - self.responses_before[:, place]


@dataclass(frozen=True, eq=False, repr=False)
class EdgeCheck:
    """Weights of a group circuit beside what ablation measured.

    Attributes:
        edges: all E edges of the circuit.
        effects: (E,) in the unit of the weights, as the module says.
    """

    edges: tuple[GroupEdge, ...]
    effects: FloatArray

    def __post_init__(self) -> None:
        object.__setattr__(self, "effects", frozen_array(self.effects, np.float32))

    def __repr__(self) -> str:
        return (
            f"EdgeCheck({len(self.edges)} edges, Spearman {self.spearman():.2f}, "
            f"same sign {self.same_sign():.2f})"
        )

    def spearman(self, layer: str | None = None) -> float:
        """Rank correlation of weights and effects, in [-1, 1].

        Args:
            layer: only edges into this layer; ``None`` for all.

        NaN with fewer than two edges, or where all weights or all effects are the same.
        """
        weights, effects = self._of(layer)
        ranks = [rankdata(one) for one in (weights, effects)]
        if len(weights) < 2 or any(np.ptp(one) == 0 for one in ranks):
            return float("nan")
        return float(np.corrcoef(ranks[0], ranks[1])[0, 1])

    def same_sign(self, layer: str | None = None) -> float:
        """Share of the absolute weight whose edges have the sign of their effect, in [0, 1].

        Args:
            layer: only edges into this layer; ``None`` for all.

        NaN where there is no weight.
        """
        weights, effects = self._of(layer)
        total = np.abs(weights).sum()
        same = np.sign(weights) == np.sign(effects)
        return float(np.abs(weights[same]).sum() / total) if total else float("nan")

    def _of(self, layer: str | None) -> tuple[FloatArray, FloatArray]:
        chosen = [
            place
            for place, edge in enumerate(self.edges)
            if layer is None or edge.target.layer == layer
        ]
        weights = np.array([self.edges[place].weight for place in chosen])
        return weights, self.effects[chosen]


def intervene(
    model: nn.Module,
    circuit: Circuit,
    what: GroupId | NeuronId | Sequence[NeuronId],
    inputs: Tensor,
    how: How = "ablate",
    *,
    forward: Forward | None = None,
    channel_axis: int | None = None,
    neurons: NeuronUnit = "channels",
    batch_size: int = 256,
) -> Intervention:
    """Change neurons of one layer during a forward pass, and read the effect above.

    Args:
        model: the network of which the circuit was made. It is run in evaluation mode; modes,
            parameters, attributes and hooks are left as they were found.
        circuit: says the layers above, their groups and the target.
        what: a neuron group of the circuit, or any neurons of one of its layers but the target's.
        inputs: (N, ...) as the network takes them.
        how: ``"ablate"``; a finite number to scale by; or one input (1, ...), or N, to patch from.
        forward: ``forward(model, x)`` gives the logits where ``model(x)`` does not.
        channel_axis, neurons: as in the config that the circuit was made with.
        batch_size: inputs in one run of the network, at least 1.

    Raises:
        KeyError: for a group that is none of the circuit's.
        LayerError: for neurons of several layers, of the target's layer, or that the model has not.
        ConfigError: for another ``what`` or ``how``, or a ``batch_size`` below 1.
        ProbeError: for no inputs, or inputs to patch from that fit neither one nor all inputs.

    >>> from neurflow_lightning import NeurFlowConfig, analyze
    >>> model = nn.Sequential(nn.Linear(2, 2, bias=False), nn.Linear(2, 1, bias=False))
    >>> model[0].weight.data, model[1].weight.data = torch.eye(2), torch.tensor([[3.0, -1.0]])
    >>> images = torch.tensor([[1.0, 2.0], [2.0, 2.0]])
    >>> circuit = analyze(model, ProbeSet(images), layers=["0", "1"], targets=[0]).circuits[0]
    >>> intervene(model, circuit, NeuronId("0", 0), images).logit_change.tolist()
    [-3.0, -6.0]
    >>> intervene(model, circuit, NeuronId("0", 1), images, 0.5).logit_change.tolist()
    [1.0, 1.0]
    >>> intervene(model, circuit, NeuronId("0", 0), images, images[:1]).logit_change.tolist()
    [0.0, -3.0]
    """
    changed = _neurons(circuit, what)
    _check_inputs(inputs, how)
    _check_batch_size(batch_size)
    layer = changed[0].layer
    above = circuit.layers[circuit.layers.index(layer) + 1 :]
    with analysis_mode(model):
        network = opened(model, circuit.layers, inputs, forward, channel_axis, neurons)
        check_width(network, changed)
        indices = [one.index for one in changed]

        def both(rows: IntArray) -> tuple[Responses, Responses]:
            batch = placed(inputs[torch.from_numpy(rows)], model)
            given = how[torch.from_numpy(rows)] if _is_many(how) else how
            change = _change(network, layer, indices, given)
            return (
                responses_under(network, batch, above),
                responses_under(network, batch, above, layer, change),
            )

        parts = [part for _, part in in_batches(np.arange(len(inputs)), batch_size, both)]
    groups = [group for group in circuit.groups if group.id.layer in above]
    before, after = (_joined(one) for one in zip(*parts, strict=True))
    return Intervention(
        changed,
        circuit.target,
        tuple(group.id for group in groups),
        *(one[circuit.target.layer][:, circuit.target.index] for one in (before, after)),
        *(_group_responses(groups, one) for one in (before, after)),
    )


def check_edges(
    model: nn.Module,
    snapshot: Snapshot,
    probes: ProbeSet,
    *,
    target: int | str,
    forward: Forward | None = None,
    batch_size: int = 256,
) -> EdgeCheck:
    """Hold every edge of a group circuit against what ablating its lower group does.

    Each lower group costs a pass over the patches of the layer above.

    Args:
        model: the network of which the snapshot was made; no trace is left of it.
        snapshot: holds the circuit.
        probes: the images that it was made on.
        target: class number or name.
        forward, batch_size: as in :func:`intervene`.

    Raises:
        SnapshotError: when the snapshot holds no such target.
        ProbeError: for other images.
        LayerError: when the model lacks layers or neurons of the circuit.
        ConfigError: for a ``batch_size`` below 1.

    >>> from neurflow_lightning import analyze
    >>> model = nn.Sequential(nn.Linear(2, 2, bias=False), nn.Linear(2, 1, bias=False))
    >>> model[0].weight.data, model[1].weight.data = torch.eye(2), torch.tensor([[3.0, -1.0]])
    >>> probes = ProbeSet(torch.tensor([[1.0, 1.0], [2.0, 2.0]]))
    >>> snapshot = analyze(model, probes, layers=["0", "1"], targets=[0])
    >>> check = check_edges(model, snapshot, probes, target=0)
    >>> [round(edge.weight, 3) for edge in check.edges], check.effects.round(3).tolist()
    ([0.5], [0.5])
    """
    circuit = snapshot.circuit(target)
    _check_batch_size(batch_size)
    granularities = snapshot.config.granularities
    probes = labelled_as(probes, snapshot.probe)
    check_fingerprint(probes.fingerprint(granularities), snapshot.probe)
    patches = make_patches(probes, granularities)
    effects: dict[tuple[GroupId, GroupId], float] = {}
    with analysis_mode(model):
        example = patches.batch(np.arange(min(EXAMPLES, len(patches))))
        config = snapshot.config
        network = opened(
            model, circuit.layers, example, forward, config.channel_axis, config.neurons
        )
        check_width(network, (node.id for node in circuit.neurons))
        for upper, lower in pairwise(reversed(circuit.layers)):
            if not circuit.layer_groups(lower):  # no attribution came down here
                break
            rows = np.unique([one.concept.patches for one in circuit.layer_neurons(upper)])
            ablated = partial(_ablated, network, patches, batch_size, lower, upper, rows)
            positions = network.shapes[lower].numel() // network.widths[lower]
            found = _effects(circuit, lower, upper, rows, ablated)
            effects |= {pair: effect / positions for pair, effect in found.items()}
    measured = [effects[edge.source, edge.target] for edge in circuit.edges]
    return EdgeCheck(circuit.edges, np.array(measured))


def _effects(
    circuit: Circuit, lower: str, upper: str, rows: IntArray, responses: _Ablated
) -> dict[tuple[GroupId, GroupId], float]:
    """(lower group, upper group) → its effect times positions, of two neighbouring layers."""
    whole = responses([])
    found = {}
    for group in circuit.layer_groups(lower):
        drops = whole - responses([one.index for one in group.neurons])
        for above in circuit.layer_groups(upper):
            found[group.id, above.id] = sum(
                _effect(circuit.neuron(one), meaning, rows, drops) for one, meaning in above.members
            )
    return found


def _effect(neuron: CoreNeuron, meaning: int, rows: IntArray, drops: FloatArray) -> float:
    """Effect on one meaning of a neuron, in the unit of its attributions; 0 where it has none.

    Args:
        neuron: with inputs.
        meaning: number of the semantic group.
        rows: (R,) ascending patch rows.
        drops: (R, C) what its layer lost on them.
    """
    assert neuron.inputs is not None
    patches = neuron.semantic_groups[meaning].patches
    inside = np.isin(neuron.concept.patches, patches)
    unit = float(np.abs(neuron.inputs.attributions[inside].mean(axis=0)).sum())
    lost = drops[np.searchsorted(rows, patches), neuron.id.index].mean()
    return float(lost) / unit if unit else 0.0


# --- passes through the network ------------------------------------------------------------


def _ablated(
    network: Network,
    patches: PatchSet,
    batch_size: int,
    lower: str,
    upper: str,
    rows: IntArray,
    neurons: Sequence[int],
) -> FloatArray:
    """(R, C) responses of ``upper`` to patches, with ``neurons`` of ``lower`` ablated."""
    change = _change(network, lower, neurons, "ablate")

    def responses(batch: IntArray) -> Responses:
        inputs = placed(patches.batch(batch), network.model)
        return responses_under(network, inputs, (upper,), lower, change)

    return _joined([part for _, part in in_batches(rows, batch_size, responses)])[upper]


def _change(network: Network, layer: str, neurons: Sequence[int], how: How) -> Change:
    axis = network.channel_axes[layer]
    if not isinstance(how, Tensor):
        return partial(scaled, axis=axis, neurons=neurons, factor=how)
    values: list[Tensor] = []

    def visit(_: str, __: tuple[object, ...], output: Tensor) -> None:
        values.append(output.index_select(axis, _indices(neurons, output)))
        raise Reached

    inputs = placed(how, network.model)
    network.watched.run(inputs, (layer,), visit)
    return partial(copied, axis=axis, neurons=neurons, values=values[0])


def responses_under(
    network: Network,
    batch: Tensor,
    wanted: Collection[str],
    layer: str | None = None,
    change: Change | None = None,
) -> Responses:
    """Layer → (B, C) responses of the ``wanted`` layers, with the output of ``layer`` changed.

    The pass ends when the last of them is there.

    Args:
        network: knows which axis holds the neurons.
        batch: (B, ...) where the model lies.
        wanted: layers of the network.
        layer: whose output ``change`` replaces; ``None`` changes nothing.
        change: output → what is put in its place.
    """
    found: Responses = {}

    def visit(name: str, _: tuple[object, ...], output: Tensor) -> Tensor | None:
        replaced = change(output) if name == layer and change is not None else None
        if name in wanted:
            shown = output if replaced is None else replaced
            found[name] = response(shown, network.channel_axes[name]).cpu()
        if len(found) == len(wanted):
            raise Reached
        return replaced

    watched = {*wanted, *([layer] if layer is not None else [])}
    network.watched.run(batch, watched, visit)
    return found


def scaled(
    output: Tensor, *, axis: int, neurons: Sequence[int], factor: Literal["ablate"] | float
) -> Tensor:
    """A layer's output with some neurons multiplied; ``"ablate"`` is 0, also of infinities.

    >>> scaled(torch.ones(1, 3), axis=1, neurons=[0, 2], factor=0.5).tolist()
    [[0.5, 1.0, 0.5]]
    """
    rows = _indices(neurons, output)
    if factor == "ablate":
        return output.index_fill(axis, rows, 0.0)
    return output.index_copy(axis, rows, output.index_select(axis, rows) * factor)


def copied(output: Tensor, *, axis: int, neurons: Sequence[int], values: Tensor) -> Tensor:
    """A layer's output with some neurons replaced by (B, ...) or (1, ...) ``values``."""
    rows = _indices(neurons, output)
    return output.index_copy(axis, rows, values.expand(len(output), *values.shape[1:]))


def opened(
    model: nn.Module,
    layers: Sequence[str],
    inputs: Tensor,
    forward: Forward | None,
    channel_axis: int | None,
    neurons: NeuronUnit,
) -> Network:
    """The network at the layers of a circuit, whose neurons lie on the axes found then."""
    example = placed(inputs[:EXAMPLES], model)
    return open_network(
        model, layers, example, forward=forward, channel_axis=channel_axis, neurons=neurons
    )


def placed(batch: Tensor, model: nn.Module) -> Tensor:
    """A batch where the model lies, of its type."""
    for tensor in chain(model.parameters(), model.buffers()):
        if tensor.is_floating_point():
            return batch.to(tensor.device, tensor.dtype if batch.is_floating_point() else None)
    return batch


def _indices(neurons: Sequence[int], like: Tensor) -> Tensor:
    return torch.tensor(neurons, dtype=torch.long, device=like.device)


def _is_many(how: How) -> TypeGuard[Tensor]:
    """Whether every input has one of its own to patch from."""
    return isinstance(how, Tensor) and len(how) > 1


def _joined(parts: Sequence[Responses]) -> dict[str, FloatArray]:
    """Layer → (N, C) responses of all batches."""
    return {layer: torch.cat([one[layer] for one in parts]).numpy() for layer in parts[0]}


def _group_responses(groups: Sequence[NeuronGroup], found: Mapping[str, FloatArray]) -> FloatArray:
    """(N, G) mean responses of the groups' neurons."""
    columns = [
        found[group.id.layer][:, [one.index for one in group.neurons]].mean(axis=1)
        for group in groups
    ]
    return np.stack(columns, axis=1)


# --- what is checked ---------------------------------------------------------------------


def _neurons(
    circuit: Circuit, what: GroupId | NeuronId | Sequence[NeuronId]
) -> tuple[NeuronId, ...]:
    if isinstance(what, GroupId):
        what = circuit.group(what).neurons
    neurons = (what,) if isinstance(what, NeuronId) else what
    if not isinstance(neurons, Sequence) or not all(isinstance(one, NeuronId) for one in neurons):
        raise ConfigError(
            f"{what!r} names no neurons: wanted a group's id, such as circuit.groups[0].id, a "
            "NeuronId, or a list of these."
        )
    neurons = tuple(neurons)
    layers = {one.layer for one in neurons}
    if len(layers) != 1 or not layers <= set(circuit.layers[:-1]):
        raise LayerError(
            f"Neurons of {sorted(layers)}: wanted at least one, all of one of the layers "
            f"{list(circuit.layers[:-1])}, which lie below the target's."
        )
    return neurons


def _check_inputs(inputs: Tensor, how: How) -> None:
    if len(inputs) == 0:
        raise ProbeError("No inputs: wanted (N, ...), N at least 1.")
    if isinstance(how, Tensor):
        if how.shape[1:] != inputs.shape[1:] or len(how) not in (1, len(inputs)):
            raise ProbeError(
                f"Inputs of shape {tuple(how.shape)} to patch from: wanted one or {len(inputs)} "
                f"of shape {tuple(inputs.shape[1:])}."
            )
    elif how != "ablate" and (isinstance(how, str | bool) or not math.isfinite(how)):
        raise ConfigError(
            f"how={how!r}: wanted 'ablate', a finite number to scale by, or inputs to patch from."
        )


def _check_batch_size(batch_size: int) -> None:
    if batch_size < 1:
        raise ConfigError(f"batch_size={batch_size!r}: wanted at least 1.")


def check_width(network: Network, neurons: Iterable[NeuronId]) -> None:
    """Refuse neurons that the model has not got.

    Raises:
        LayerError: for the first of them.
    """
    for neuron in neurons:
        width = network.widths[neuron.layer]
        if not 0 <= neuron.index < width:
            raise LayerError(
                f"The circuit holds neuron {neuron}, but that layer of the model has {width} "
                "neurons. Give the model that the circuit was made of."
            )
