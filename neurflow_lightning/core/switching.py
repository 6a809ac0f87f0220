"""One backward pass for all nodes between which none of a neuron's ReLUs switches.

For path parts that are :class:`~neurflow_lightning.core.restriction.Switched`. Along the path the
neuron's response is ``L_g(r)``: ``r(α) = relu(b + αs)`` is bent at once, and ``g(α)``, of zeros and
ones, are the *switches* of its later ReLUs. Its gradient by ``b + αs`` is ``r'(α) ⊙ A g(α)`` with a
linear ``A``. In the quadrature's sum ``Σ_j w_j r'_j ⊙ A g_j``

1. each element of ``b + αs`` crosses zero once, where ``V`` is the weight of the nodes before that:
   ``r'`` is one from there on, or up to there. Of the nodes up to the weight ``t``, those at which
   it is one weigh ``K(t) = max(t − V, 0)``, or ``min(t, V)``;
2. ``g`` stays the same in *runs* of nodes, ``g_1 ... g_D``, which end at weights ``t_1 ... t_D``.

Summed by parts it is ``Σ_d K(t_d) ⊙ A(g_d − g_{d+1})``, with ``g_{D+1} = 0``: D backward passes.
The switches are found by running the path part forward at every node, once for each patch, for all
neurons that ask for it.

Axes: B (neuron, patch) pairs; U different patches; n nodes; m neurons of one patch; G switches of a
pair.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import torch
from torch import Tensor, fx

from neurflow_lightning.core.adjoint import nothing
from neurflow_lightning.core.attribution import Nodes
from neurflow_lightning.core.held import selected
from neurflow_lightning.core.layers import response
from neurflow_lightning.core.lines import Batch, Integrals, Line, own_lines
from neurflow_lightning.core.restriction import Demands, Entry, Switched
from neurflow_lightning.types import BoolArray, IntArray


def change_and_gradients(
    integrals: Integrals, switched: Switched
) -> tuple[Tensor, dict[Entry, Tensor]]:
    """The change of the response, and its gradients by what enters the path part.

    In single or double precision also under autocast: it is bound by memory, not by arithmetic.

    Args:
        integrals: what is wanted.
        switched: the path part, so that its switches are seen and can be set.

    Returns:
        (B,) response at the end of the path less that at its beginning; entry → (B, ...) the
        gradients' sum over the nodes, weighted.
    """
    batch = integrals.batch
    neurons, k = batch.rows.shape
    each = batch.taken(np.repeat(np.arange(neurons), k), batch.rows.reshape(-1, 1))
    pairs = replace(integrals, batch=each)
    with torch.autocast(pairs.device.type, enabled=False):
        seen = _seen(pairs, switched)
        return seen.change, _gradients(pairs, switched, seen)


# --- forward: which switches are on where ---------------------------------------------------


@dataclass(frozen=True, eq=False)
class _Bent:
    """Where a line of U patches is above zero, element by element, by the weight of the nodes.

    Attributes:
        since: (U, ...) of those before it: 0 where the path begins above zero.
        until: (U, ...) of those before its end: of all of them where the path ends above zero.
    """

    since: Tensor
    until: Tensor

    def of(self, rows: Tensor) -> _Bent:
        """Of some patches."""
        return _Bent(selected(self.since, rows), selected(self.until, rows))

    def up_to(self, ends: Tensor, out: Tensor) -> Tensor:
        """``K(t)`` of the first R rows, exactly 0 where they are not above zero up to ``ends``."""
        count = len(ends)
        shape = (-1, *(1 for _ in self.since.shape[1:]))
        since = self.since[:count]
        ends = ends.view(shape).expand_as(since)
        return torch.clamp(ends, since, self.until[:count], out=out[:count]).sub_(since)


@dataclass(frozen=True, eq=False)
class _Seen:
    """What the forward passes have shown of B pairs and their U patches.

    Attributes:
        change: (B,) change of the response along the path.
        switches: (B, n, G) which of each pair's later ReLUs are on, at every node.
        bent: place of an entry that is bent at once → what becomes of it.
        patches: (B,) row of each pair's patch in ``bent``.
        sizes: of what each later ReLU bends for one neuron, without rows.
        moving: place of an entry that moves → its size for one neuron, without rows.
    """

    change: Tensor
    switches: Tensor
    bent: Mapping[int, _Bent]
    patches: Tensor
    sizes: Sequence[tuple[int, ...]]
    moving: Mapping[int, tuple[int, ...]]


def _seen(pairs: Integrals, switched: Switched) -> _Seen:
    """Forward at every node: a few patches at a time, each with all neurons that ask for it.

    Args:
        pairs: neurons with one patch each.
        switched: the path part.
    """
    rows, patch_of = np.unique(pairs.batch.rows[:, 0], return_inverse=True)
    asked = np.bincount(patch_of)
    together = np.zeros((len(rows), asked.max()), dtype=np.int64)  # pairs of each patch
    is_asked = np.arange(asked.max()) < asked[:, None]
    together[is_asked] = patch_of.argsort(kind="stable")
    together = np.where(is_asked, together, together[:, :1])
    order = asked.argsort(kind="stable")  # patches with about as many neurons go together
    size = max(len(patch_of) // (len(pairs.nodes) + 2), 1)
    parts, places = [], []
    for start in range(0, len(order), size):
        few = order[start : start + size]
        most = asked[few[-1]]
        some, real = together[few, :most], is_asked[few, :most]
        parts.append(_of_patches(pairs, switched, rows[few], some, real))
        places.append(some[real])
    return _joined(parts, torch.from_numpy(np.concatenate(places).argsort()).to(pairs.device))


def _joined(parts: Sequence[_Seen], order: Tensor) -> _Seen:
    """All parts as one, its pairs in another order."""
    starts = np.cumsum([0, *(len(next(iter(one.bent.values())).since) for one in parts)])
    patches = [one.patches + int(start) for one, start in zip(parts, starts, strict=False)]
    return _Seen(
        change=torch.cat([one.change for one in parts])[order],
        switches=torch.cat([one.switches for one in parts])[order],
        bent={
            place: _Bent(
                since=torch.cat([one.bent[place].since for one in parts]),
                until=torch.cat([one.bent[place].until for one in parts]),
            )
            for place in parts[0].bent
        },
        patches=torch.cat(patches)[order],
        sizes=parts[0].sizes,
        moving=parts[0].moving,
    )


def _of_patches(
    pairs: Integrals, switched: Switched, rows: IntArray, together: IntArray, is_asked: BoolArray
) -> _Seen:
    """U patches and their pairs.

    Args:
        pairs, switched: as in :func:`_seen`.
        rows: (U,) the patches.
        together: (U, m) pairs of each, filled up with its first one.
        is_asked: (U, m) which of them count.
    """
    every, path, nodes = pairs.batch, pairs.way.path, pairs.nodes
    indices = {use: one[together].reshape(len(rows), -1) for use, one in every.indices.items()}
    batch = Batch(every.neurons[together[:, 0]], every.found, indices, rows[:, None])
    patches = replace(pairs, batch=batch)
    lines = patches.lines(rows)
    own = own_lines(pairs.way.own, patches.entering(pairs.way.own, lines))
    entered = patches.entering(path, {**lines, **own})
    positions = (0.0, *(position for position, _ in nodes), 1.0)
    values = [
        _at_all(line, positions) if entry.is_by_patch else line.at(0.0)
        for entry, line in zip(path.entries, entered, strict=True)
    ]
    with torch.no_grad():
        upper, *bent_later = switched.run(*values)
    at_all = (len(rows), len(positions))
    responses = _by_patch(response(upper, pairs.folded.upper_axis), at_all)
    later = [one.movedim(axis, 1) for one, axis in zip(bent_later, switched.axes, strict=True)]
    real = torch.from_numpy(is_asked).to(pairs.device)
    places = torch.arange(len(rows), device=pairs.device)
    return _Seen(
        change=(responses[:, -1] - responses[:, 0])[real],
        switches=_switches(later, (*together.shape, len(nodes)), pairs.device)[real],
        bent={place: _bent(_by_patch(values[place], at_all), nodes) for place in switched.at_once},
        patches=places[:, None].expand(real.shape)[real],
        sizes=[tuple(one.shape[2:]) for one in later],
        moving={
            place: _of_one(entry, every.found, values[place])
            for place, (entry, line) in enumerate(zip(path.entries, entered, strict=True))
            if line.step is not None
        },
    )


def _switches(bent: Sequence[Tensor], sizes: tuple[int, int, int], device: torch.device) -> Tensor:
    """(U, m, n, G) which elements of the (U · N, m, ...) values are above zero at the nodes."""
    patches, neurons, nodes = sizes
    none = torch.empty((*sizes, 0), dtype=torch.bool, device=device)
    by_patch = (one.reshape(patches, nodes + 2, neurons, -1)[:, 1:-1] for one in bent)
    return torch.cat([none, *((one > 0).transpose(1, 2) for one in by_patch)], 3)


def _by_patch(values: Tensor, sizes: tuple[int, int]) -> Tensor:
    """(U · N, ...) → (U, N, ...)."""
    return values.view(*sizes, *values.shape[1:])


def _at_all(line: Line, positions: Sequence[float]) -> Tensor:
    """(U · N, ...) of a line of U rows, at N positions each."""
    if line.step is None:
        return line.at(0.0).repeat_interleave(len(positions), 0)
    step = line.step[:, None]
    along = step.new_tensor(positions).view(1, -1, *(1 for _ in line.step.shape[1:]))
    values = along * step if line.begin is None else torch.addcmul(line.begin[:, None], along, step)
    return values.flatten(0, 1)


def _bent(values: Tensor, nodes: Nodes) -> _Bent:
    """Of (U, n + 2, ...) values at the beginning of the path, its nodes and its end."""
    # Truth values are held as numbers, with which arithmetic is many times as fast.
    began_above, as_begun = torch.empty_like(values[:, 0]), torch.empty_like(values[:, 0])
    torch.gt(values[:, 0], 0.0, out=began_above)
    crossing = torch.zeros_like(began_above)
    for place, (_, weight) in enumerate(nodes, start=1):
        torch.gt(values[:, place], 0.0, out=as_begun)
        torch.eq(as_begun, began_above, out=as_begun)
        crossing.add_(as_begun, alpha=weight)
    until = crossing * began_above
    whole = float(_ends(nodes, values.dtype)[-1])
    return _Bent(since=crossing - until, until=until + whole * (1 - began_above))


def _ends(nodes: Nodes, dtype: torch.dtype) -> Tensor:
    """(n,) weight of the nodes up to each, added as above: in order, to the last digit."""
    weights = torch.tensor([weight for _, weight in nodes], dtype=dtype)
    return torch.from_numpy(np.cumsum(weights.numpy()))


def _of_one(entry: Entry, found: Demands, value: Tensor) -> tuple[int, ...]:
    """Size of what one neuron needs of an entry, given that of several; without rows."""
    need = found.values[entry.source] if entry.use is None else found.uses[entry.use]
    size = list(value.shape)
    if need is not None:
        size[need.axis] = len(need.indices)
    return tuple(size[1:])


# --- backward: once for every run of nodes --------------------------------------------------


@dataclass(frozen=True, eq=False)
class _Runs:
    """The runs of B pairs, those with the most of them first.

    Attributes:
        order: (B,) the pairs.
        counts: how many pairs have a first run, a second one, and so on.
        switches: (B, D, G) in each run; zeros in runs that there are not.
        ends: (B, D) weight of the nodes up to the end of each run.
        mean: (B, G) weight of the nodes at which each switch is on.
    """

    order: Tensor
    counts: Sequence[int]
    switches: Tensor
    ends: Tensor
    mean: Tensor


def _runs(switches: Tensor, nodes: Nodes, dtype: torch.dtype) -> _Runs:
    weights = torch.tensor([weight for _, weight in nodes], dtype=dtype, device=switches.device)
    is_end = switches.new_ones(switches.shape[:2])
    is_end[:, :-1] = (switches[:, 1:] != switches[:, :-1]).any(2)
    order = is_end.sum(1).argsort(stable=True, descending=True)
    is_end, switches = is_end[order], switches[order]
    most = int(is_end[0].sum())
    ends = (~is_end).byte().argsort(dim=1, stable=True)[:, :most]
    is_run = is_end.gather(1, ends)
    at_ends = switches.take_along_dim(ends[:, :, None], 1) & is_run[:, :, None]
    return _Runs(
        order=order,
        counts=is_run.sum(0).tolist(),
        switches=at_ends.to(dtype),
        ends=_ends(nodes, dtype).to(switches.device)[ends],
        mean=(switches * weights[:, None]).sum(1),
    )


def _gradients(pairs: Integrals, switched: Switched, seen: _Seen) -> dict[Entry, Tensor]:
    runs = _runs(seen.switches, pairs.nodes, seen.change.dtype)
    back = _Back.of(pairs, switched, seen, runs.order)
    patches = seen.patches[runs.order]
    sums = back.gradients(runs.mean, tuple(seen.moving.keys() - seen.bent.keys()))
    sums |= _of_bent(back, runs, {place: one.of(patches) for place, one in seen.bent.items()})
    back_again = runs.order.argsort()
    entries = pairs.way.path.entries
    return {entries[place]: selected(one, back_again) for place, one in sums.items()}


def _of_bent(back: _Back, runs: _Runs, bent: Mapping[int, _Bent]) -> dict[int, Tensor]:
    """Place → (B, ...) the gradients by lines that are bent at once."""
    sums = {place: torch.zeros_like(one.since) for place, one in bent.items()}
    room = {place: torch.empty_like(one.since) for place, one in bent.items()}
    for run, count in enumerate(runs.counts):
        steps = runs.switches[:count, run].clone()
        if run + 1 < len(runs.counts):
            steps -= runs.switches[:count, run + 1]
        for place, gradient in back.gradients(steps, tuple(bent)).items():
            weights = bent[place].up_to(runs.ends[:count, run], out=room[place])
            sums[place][:count].addcmul_(weights, gradient)
    return sums


@dataclass(frozen=True, eq=False)
class _Back:
    """Pulls gradients back to what enters the path part, of pairs in some order.

    Attributes:
        adjoint: switches and entries → the neuron's value.
        axis: of the neurons in it.
        entered: what stands still, by place among the entries; and whether it has one row for each
            pair.
        moving: place → size of what moves, without rows.
        sizes, axes: of what each switch belongs to, without rows.
        like: a tensor of the activations' type.
    """

    adjoint: fx.GraphModule
    axis: int
    entered: Mapping[int, tuple[Tensor, bool]]
    moving: Mapping[int, tuple[int, ...]]
    sizes: Sequence[tuple[int, ...]]
    axes: Sequence[int]
    like: Tensor

    @staticmethod
    def of(pairs: Integrals, switched: Switched, seen: _Seen, order: Tensor) -> _Back:
        places = order.cpu().numpy()
        rows = pairs.batch.rows[places]
        ordered = replace(pairs, batch=pairs.batch.taken(places, rows))
        held = pairs.shared.end
        context = {
            node: Line(held[node].of(rows[:, 0]), None) for node in pairs.folded.segment.context
        }
        return _Back(
            adjoint=switched.adjoint,
            axis=pairs.folded.upper_axis,
            entered={
                place: (
                    ordered.entry(entry, context).at(0.0),
                    entry.use is not None or entry.is_by_patch,
                )
                for place, entry in enumerate(pairs.way.path.entries)
                if place not in seen.moving
            },
            moving=seen.moving,
            sizes=seen.sizes,
            axes=switched.axes,
            like=pairs.like,
        )

    def gradients(self, switches: Tensor, wanted: Sequence[int]) -> dict[int, Tensor]:
        """Place → (R, ...) gradient of the response for (R, G) switches of the first R pairs."""
        if not wanted:
            return {}
        count = len(switches)
        values = {
            place: value[:count] if is_by_pair else value
            for place, (value, is_by_pair) in self.entered.items()
        }
        for place, size in self.moving.items():
            leaf = nothing(count, size, self.like)
            values[place] = leaf.detach().requires_grad_() if place in wanted else leaf
        parts = torch.split(switches, [math.prod(size) for size in self.sizes], 1)
        shaped = [
            part.view(count, 1, *size).movedim(1, axis)
            for part, size, axis in zip(parts, self.sizes, self.axes, strict=True)
        ]
        with torch.enable_grad():
            upper = self.adjoint(*(values[place] for place in range(len(values))), *shaped)
            chosen = response(upper, self.axis).sum()
        if not chosen.requires_grad:  # nothing that is wanted reaches the neuron
            return {}
        found = torch.autograd.grad(chosen, [values[place] for place in wanted], allow_unused=True)
        return {
            place: gradient
            for place, gradient in zip(wanted, found, strict=True)
            if gradient is not None
        }
