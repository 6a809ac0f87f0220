"""Attribution of an upper neuron to the neurons of the layer below (step 3 of the algorithm).

One protocol serves the analysis and the evaluations. An :class:`AttributionRequest` holds a
segment, an upper neuron and the lower activations of some inputs; an :class:`AttributionMethod` is
any function from a request to one number for each input and lower neuron, ``(B, C')``::

    def strongest(request: AttributionRequest) -> Tensor:
        return request.by_neuron(request.lower)

    analyze(network, probes, attribution=strongest)

:class:`PathAttribution` is the family that the package computes fast. For an upper neuron ``a`` and
a patch ``v``, with ``x`` the lower layer's activations on ``v``:

1. the path goes straight from the baseline 0 to ``x``; whatever else enters the segment (a skip
   connection) stays at its true value, and so do the gates that are *held*
   (:mod:`~neurflow_lightning.core.gates`);
2. ``T(a, s, v)`` is ``x · ∫ ∂φ_a/∂x (αx) dα``, averaged over the positions of channel ``s``; the
   integral is a sum over some nodes, or the gradient at ``x`` alone;
3. completeness: the attributions summed over *all* positions equal ``φ_a(v) − φ_a(0)`` of the
   function that was integrated. What is missing is the quadrature's error, the completeness gap.

Sources: Sundararajan, Taly and Yan, *Axiomatic attribution for deep networks*, ICML 2017; held
gates: arXiv 2508.21258 (RelP).
Axes: B (neuron, patch) pairs; C' neurons of the lower layer; C those of the upper.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from typing import Protocol

import torch
from torch import Tensor

from neurflow_lightning.core.gates import GateKind, GateMode, check_kinds
from neurflow_lightning.core.layers import positions
from neurflow_lightning.core.memory import in_batches
from neurflow_lightning.core.quadrature import gauss_legendre
from neurflow_lightning.core.segments import Network, Segment, response
from neurflow_lightning.errors import ConfigError, NeurFlowError
from neurflow_lightning.types import FloatArray

BATCH = 64
"""Inputs attributed at once, unless a request says otherwise."""

Nodes = Sequence[tuple[float, float]]
"""(position, weight) of the quadrature's nodes on the path, ascending."""

AT_INPUT: Nodes = ((1.0, 1.0),)
"""The end of the path: the gradient at the activations themselves."""


class NotApplicableError(NeurFlowError):
    """An attribution method that cannot be used on a segment, with the reason."""


# --- the protocol -----------------------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class AttributionRequest:
    """What is asked of an attribution method: one upper neuron on some inputs.

    Attributes:
        network: that the segment belongs to; in evaluation mode.
        segment: between the two layers.
        neuron: of the upper layer.
        lower: (B, ...) activations of the lower layer, without gradient.
        context: what else enters the segment, a row an input.
        nodes: (position, weight) of the quadrature for integrals along a path.
        seed: of what is drawn.
        batch_size: inputs that may be attributed at once.
    """

    network: Network
    segment: Segment
    neuron: int
    lower: Tensor
    context: tuple[Tensor, ...]
    nodes: tuple[tuple[float, float], ...]
    seed: int = 0
    batch_size: int = BATCH

    def __len__(self) -> int:
        return len(self.lower)

    @property
    def width(self) -> int:
        """C', the neurons of the lower layer."""
        return self.network.widths[self.segment.lower]

    @property
    def positions(self) -> int:
        """Positions of each lower neuron; a method's numbers are means over them."""
        return positions(self.lower, self.axis)

    @property
    def axis(self) -> int:
        """The axis of ``lower`` that holds the neurons."""
        return self.network.channel_axes[self.segment.lower]

    def response(self, lower: Tensor) -> Tensor:
        """(B,) responses of the upper neuron to other lower activations, differentiable."""
        upper = self.segment.run(lower, self.context)
        return response(upper, self.network.channel_axes[self.segment.upper])[:, self.neuron]

    def by_neuron(self, values: Tensor) -> Tensor:
        """(B, C') means over the positions of (B, ...) values shaped as ``lower``."""
        return response(values, self.axis)

    def gradient(self, lower: Tensor) -> Tensor:
        """(B, ...) gradient of each input's response; zero where the segment ignores its input."""
        with torch.enable_grad():
            leaf = lower.detach().requires_grad_()
            total = self.response(leaf).sum()
            if not total.requires_grad:
                return torch.zeros_like(lower)
            (gradient,) = torch.autograd.grad(total, leaf, allow_unused=True)
        return torch.zeros_like(lower) if gradient is None else gradient

    def response_change(self) -> Tensor:
        """(B,) φ(x) − φ(0)."""
        with torch.no_grad():
            return self.response(self.lower) - self.response(torch.zeros_like(self.lower))

    def completeness_gap(self, values: Tensor) -> Tensor:
        """(B,) what (B, C') attributions sum to over all positions, minus the response's change."""
        return values.sum(1) * self.positions - self.response_change()

    def without(self, neurons: Sequence[int]) -> Tensor:
        """(B,) responses of the upper neuron with some lower neurons set to zero: a knockout."""
        indices = torch.tensor(list(neurons), dtype=torch.long, device=self.lower.device)
        with torch.no_grad():
            return self.response(self.lower.index_fill(self.axis, indices, 0.0))

    def part(self, rows: range) -> AttributionRequest:
        """The same request for some of the inputs."""
        at = slice(rows.start, rows.stop)
        return replace(self, lower=self.lower[at], context=tuple(one[at] for one in self.context))


class AttributionMethod(Protocol):
    """Gives every lower neuron a number for each input: (B, C'), on any device.

    A method that has one number a neuron repeats it for every input. It leaves the model, the
    gradients and every random state as it found them, and gives the same result for the same
    request. :class:`NotApplicableError` says why it has none.
    """

    def __call__(self, request: AttributionRequest, /) -> Tensor:
        """(B, C') what each lower neuron does for the request's neuron."""
        ...


def request_attribution(
    network: Network,
    segment: Segment,
    neuron: int,
    inputs: Tensor,
    *,
    nodes: int = 16,
    node_power: int = 1,
    seed: int = 0,
) -> AttributionRequest:
    """A request for inputs of the network.

    Args:
        network: opened at both layers of the segment.
        segment: one of the network's.
        neuron: of the segment's upper layer.
        inputs: (B, ...) as the network takes them.
        nodes, node_power: of the quadrature along a path, as ``NeurFlowConfig`` has them.
        seed: of what a method draws.
    """
    lower, context = segment.entering(inputs)
    path = tuple(gauss_legendre(nodes, node_power))
    return AttributionRequest(network, segment, neuron, lower, context, path, seed)


def in_parts(request: AttributionRequest, work: Callable[[AttributionRequest], Tensor]) -> Tensor:
    """(B, ...) of what treats each input by itself, ``batch_size`` inputs at a time."""
    parts = in_batches(
        range(len(request)), request.batch_size, lambda rows: work(request.part(rows)).detach()
    )
    return torch.cat([one for _, one in parts])


def scores(values: Tensor) -> FloatArray:
    """(C',) by which neurons are ranked: the mean absolute attribution over the inputs.

    >>> scores(torch.tensor([[1.0, 0.0], [-1.0, 0.5]])).tolist()
    [1.0, 0.25]
    """
    return values.detach().abs().mean(0).float().cpu().numpy()


def weights(values: Tensor) -> FloatArray:
    """(C',) what may be added up over sets of neurons: the mean attribution over the inputs.

    >>> weights(torch.tensor([[1.0, 0.0], [-1.0, 0.5]])).tolist()
    [0.0, 0.25]
    """
    return values.detach().mean(0).float().cpu().numpy()


# --- attribution along a path -----------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class PathAttribution:
    """Integrated gradients of a segment, some of whose gates may be held at their true values.

    Args:
        hold: kinds of gates that keep the value they have on the patch itself, see
            :mod:`~neurflow_lightning.core.gates`.
        nodes: of Gauss–Legendre quadrature, evenly laid, at least 1; ``None`` takes those of the
            request.
        at_input: take the gradient at the activations themselves instead of integrating it:
            gradient × activation, in one pass.

    Raises:
        ConfigError: for a kind of gate that does not exist, fewer than one node, or nodes for the
            gradient at the input.

    >>> PathAttribution(hold=["norm"], nodes=4).hold
    ('norm',)
    """

    hold: tuple[GateKind, ...] = ()
    nodes: int | None = None
    at_input: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "hold", check_kinds(self.hold))
        if self.nodes is not None and (isinstance(self.nodes, bool) or self.nodes < 1):
            raise ConfigError(f"nodes={self.nodes!r}: expected an int >= 1, or None.")
        if self.at_input and self.nodes is not None:
            raise ConfigError(
                f"nodes={self.nodes} with at_input=True: the gradient at the input takes none."
            )

    def completeness_gap(self, request: AttributionRequest, values: Tensor) -> Tensor:
        """(B,) what attributions sum to, minus the change of the function that was integrated.

        With gates held that is the function with the gates held. The gradient at the input is
        exact for the linear function that it stands for.
        """
        if self.at_input:
            return torch.zeros_like(values[:, 0])
        held = HeldRun.recorded(request.segment, request.lower, request.context, self.hold)
        neurons = torch.full((len(request),), request.neuron, device=values.device)
        change = _response_change(request.network, held, request.lower, neurons)
        return values.sum(1) * request.positions - change

    def path(self, default: Nodes) -> Nodes:
        """The nodes that are taken, given those of a request."""
        if self.at_input:
            return AT_INPUT
        return default if self.nodes is None else tuple(gauss_legendre(self.nodes))

    def __call__(self, request: AttributionRequest) -> Tensor:
        """(B, C') T(a, s, v)."""
        nodes = self.path(request.nodes)

        def work(part: AttributionRequest) -> Tensor:
            neurons = torch.full((len(part),), part.neuron, device=part.lower.device)
            return integrated_gradients(
                part.network, part.segment, part.lower, part.context, neurons, nodes, self.hold
            ).values

        return in_parts(request, work)


def completeness_gap(
    method: AttributionMethod, request: AttributionRequest, values: Tensor
) -> Tensor:
    """(B,) what a method's attributions sum to, minus the change of what it integrated.

    That is the upper neuron's response, unless the method has a ``completeness_gap`` of its own.
    """
    own = getattr(method, "completeness_gap", None)
    if own is None:
        return request.completeness_gap(values)
    gap: Tensor = own(request, values)
    return gap


@dataclass(frozen=True)
class Attribution:
    """The attributions of B (neuron, patch) pairs.

    Attributes:
        values: (B, C') T(a, s, v).
        completeness_gap: (B,) sum of all attributions minus ``response_change``.
        response_change: (B,) φ_a(v) − φ_a(0) of the function that was integrated: with gates held,
            that with the gates held; of the gradient at the input, its linear function.
        lower: (B, C') r(v), the responses of the lower layer.
    """

    values: Tensor
    completeness_gap: Tensor
    response_change: Tensor
    lower: Tensor

    @staticmethod
    def summed(values: Tensor, change: Tensor | None, lower: Tensor, positions: int) -> Attribution:
        """With the completeness gap of (B, C') values.

        Args:
            values: means over the positions.
            change: of the response; ``None`` for a linear function, which has no gap.
            lower: (B, C') responses of the lower layer.
            positions: of each lower neuron.
        """
        total = values.sum(1) * positions
        change = total if change is None else change
        return Attribution(values, total - change, change, lower)

    @staticmethod
    def concatenated(parts: Sequence[Attribution]) -> Attribution:
        """The pairs of all parts, one after the other."""
        columns = zip(*(part.columns() for part in parts), strict=True)
        return Attribution(*(torch.cat(column) for column in columns))

    def columns(self) -> tuple[Tensor, ...]:
        """All attributes, in order."""
        return self.values, self.completeness_gap, self.response_change, self.lower

    def rows(self, rows: Tensor | slice) -> Attribution:
        """Some of the pairs, in the order given."""
        return Attribution(*(column[rows] for column in self.columns()))


def integrated_gradients(
    network: Network,
    segment: Segment,
    lower: Tensor,
    context: tuple[Tensor, ...],
    neurons: Tensor,
    nodes: Iterable[tuple[float, float]],
    hold: Sequence[GateKind] = (),
) -> Attribution:
    """Attribute each pair's neuron to the lower layer.

    The plain way, for any segment: the whole of it is run at every node, for each pair. What is
    done faster elsewhere is compared with it.

    Args:
        network: knows which axis holds the neurons.
        segment: the part of the network between the two layers.
        lower: (B, ...) activations of the lower layer on the patches, one row a pair.
        context: what else enters the segment there.
        neurons: (B,) index of each pair's upper neuron.
        nodes: (position, weight) on the path, as the quadrature's ``gauss_legendre`` gives them.
        hold: kinds of gates that keep their values on the patches.
    """
    nodes = tuple(nodes)
    held = HeldRun.recorded(segment, lower, context, hold)
    # Small gradients of half-precision networks would vanish in a sum of their own type.
    wide = torch.promote_types(lower.dtype, torch.float32)
    gradient = torch.zeros_like(lower, dtype=wide)
    for position, weight in nodes:
        gradient += weight * _gradient(network, held, position * lower, neurons)
    axis = network.channel_axes[segment.lower]
    change = None
    if not is_at_input(nodes):
        change = _response_change(network, held, lower, neurons)
    values = response(gradient * lower, axis)
    return Attribution.summed(values, change, response(lower, axis), positions(lower, axis))


def is_at_input(nodes: Nodes) -> bool:
    """Whether the gradient is taken at the end of the path alone."""
    return all(position == 1.0 for position, _ in nodes)


@dataclass(frozen=True, eq=False)
class HeldRun:
    """A segment on some patches, with the values that its held gates have there.

    Attributes:
        segment: the segment.
        context: what enters it beside the lower activations.
        hold: which gates are held.
        factors: their values, in the order of their calls.
    """

    segment: Segment
    context: tuple[Tensor, ...]
    hold: tuple[GateKind, ...]
    factors: tuple[Tensor, ...]

    @staticmethod
    def recorded(
        segment: Segment, lower: Tensor, context: tuple[Tensor, ...], hold: Sequence[GateKind]
    ) -> HeldRun:
        """The gates' values at the true lower activations."""
        factors: tuple[Tensor, ...] = ()
        if hold:
            with torch.no_grad(), GateMode(hold) as recorded:
                segment.run(lower, context)
            factors = tuple(recorded.factors)
        return HeldRun(segment, context, tuple(hold), factors)

    def __call__(self, lower: Tensor) -> Tensor:
        """(B, ...) upper activations for other lower ones of the same rows."""
        with self._holding():
            return self.segment.run(lower, self.context)

    def _holding(self) -> AbstractContextManager[object]:
        return GateMode(self.hold, self.factors) if self.hold else nullcontext()


def knockout_responses(
    network: Network,
    segment: Segment,
    lower: Tensor,
    context: tuple[Tensor, ...],
    neuron: int,
    knocked_out: Tensor,
) -> Tensor:
    """(B,) response of the upper ``neuron`` with the lower neurons ``knocked_out`` set to zero."""
    axis = network.channel_axes[segment.lower]
    with torch.no_grad():
        upper = segment.run(lower.index_fill(axis, knocked_out, 0.0), context)
        return response(upper, network.channel_axes[segment.upper])[:, neuron]


def _gradient(network: Network, run: HeldRun, lower: Tensor, neurons: Tensor) -> Tensor:
    """∂φ_a/∂x at ``lower``, one neuron a row; zero where the segment ignores its input."""
    with torch.enable_grad():
        leaf = lower.detach().requires_grad_()
        chosen = _chosen_response(network, run.segment, run(leaf), neurons).sum()
        if not chosen.requires_grad:
            return torch.zeros_like(lower)
        (gradient,) = torch.autograd.grad(chosen, leaf, allow_unused=True)
    return torch.zeros_like(lower) if gradient is None else gradient


def _response_change(network: Network, run: HeldRun, lower: Tensor, neurons: Tensor) -> Tensor:
    with torch.no_grad():
        end, begin = (
            _chosen_response(network, run.segment, run(at), neurons)
            for at in (lower, torch.zeros_like(lower))
        )
    return end - begin


def _chosen_response(network: Network, segment: Segment, upper: Tensor, neurons: Tensor) -> Tensor:
    responses = response(upper, network.channel_axes[segment.upper])
    return responses.gather(1, neurons[:, None])[:, 0]
