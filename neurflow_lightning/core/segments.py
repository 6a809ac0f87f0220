"""The part of any network between two of its layers, run alone.

1. :func:`open_network` watches one small forward pass and refuses layers that cannot serve.
2. A *segment* maps the activations of the lower layer to those of the upper one. What enters it
   from elsewhere, such as a skip connection, is held at its true value: the *context*.
3. Traced segments are cut out of the network's graph. Each is checked, when it is made, against
   a replay: at another batch size and at half the lower activations.
4. Replayed segments run the whole model and put the given activations in the lower layer's place.
   They serve where nothing can be traced, and say why (``reason``).

Nothing here alters the model: hooks live for one forward pass, rebound attributes are bound
back, also when a pass fails.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import pairwise
from types import MappingProxyType
from typing import Any, ClassVar, Literal

import torch
from torch import Tensor, fx, nn

from neurflow_lightning.config import NeuronUnit
from neurflow_lightning.core.default_layers import SkippedModule, choose_layers, skipped_module
from neurflow_lightning.core.heads import attention_heads, no_heads_message
from neurflow_lightning.core.hooks import (
    Forward,
    OutputView,
    Reached,
    WatchedModel,
    ordinary,
    undisturbed,
)
from neurflow_lightning.core.layers import channel_axis as usual_channel_axis
from neurflow_lightning.core.layers import resolve_layers, response
from neurflow_lightning.core.observation import (
    ForwardWork,
    ModuleCall,
    Observation,
    describe,
    observe,
    reaches,
    sample_of_rows,
    sample_rows,
)
from neurflow_lightning.core.tracing import (
    Cut,
    Trace,
    UntraceableError,
    batch_axis,
    common_stem,
    cut,
    recording,
    substituting,
    trace_network,
)
from neurflow_lightning.errors import ConfigError, LayerError

__all__ = ["Capture", "Network", "Segment", "open_network", "response"]

Method = Literal["traced", "replayed"]

LARGEST_ERROR = 1e-4
"""A traced segment whose values differ by more from the replay, relatively, is not used."""

LARGEST_NOISE = 1e-2
"""Rounding may change a row's activations by this much, relatively, from batch to batch."""

# Sizes of the two batches on which a network and its segments are tried.
_BATCHES = (2, 3)


# --- segments -------------------------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class Capture:
    """What a segment needs of a batch.

    Attributes:
        lower: (B, ...) activations of the lower layer.
        upper: (B, ...) activations of the upper layer.
        context: what enters the segment beside ``lower``; each with the batch on axis 0.
    """

    lower: Tensor
    upper: Tensor
    context: tuple[Tensor, ...]


@dataclass(frozen=True, eq=False)
class Captures:
    """What all segments of a network need of a batch.

    Attributes:
        activations: layer → (B, ...) its activations.
        contexts: upper layer → what else enters its segment.
        stem: (B, ...) values from which all of these can be computed again; ``None`` without any.
    """

    activations: Mapping[str, Tensor]
    contexts: Mapping[str, tuple[Tensor, ...]]
    stem: Tensor | None


@dataclass(frozen=True, eq=False)
class Stem:
    """The last value on which all that enters a network's segments depends.

    Attributes:
        node: of the network's graph; ``None`` where there is no such value, or no need for it.
        axis: of its batch.
        shape: of one row.
    """

    node: fx.Node | None
    axis: int
    shape: torch.Size


class Segment(ABC):
    """The part of a network from a lower to an upper layer.

    Attributes:
        lower: name of the lower layer.
        upper: name of the upper layer.
        method: how it is run.
        reason: why it is not traced; empty when it is.
    """

    method: ClassVar[Method]
    lower: str
    upper: str
    reason: str

    @property
    @abstractmethod
    def context_shapes(self) -> tuple[torch.Size, ...]:
        """Shapes of what else enters it, without rows; empty where it is replayed."""

    @property
    @abstractmethod
    def needs_context(self) -> bool:
        """Whether anything enters it beside the lower activations."""

    @abstractmethod
    def capture(self, inputs: Tensor) -> Capture:
        """Run the network on (B, ...) inputs, without gradient, and keep what the segment needs."""

    @abstractmethod
    def entering(self, inputs: Tensor) -> tuple[Tensor, tuple[Tensor, ...]]:
        """Lower activations and context of a capture, without what lies above them."""

    @abstractmethod
    def run(self, lower: Tensor, context: tuple[Tensor, ...]) -> Tensor:
        """Upper activations for given lower ones.

        Args:
            lower: (B, ...) activations put in the lower layer's place; not written into.
            context: that of a capture of as many rows.

        Returns:
            (B, ...) activations of the upper layer; differentiable with respect to ``lower`` if
            the caller has gradients enabled.
        """


@dataclass(frozen=True, eq=False)
class TracedSegment(Segment):
    """A segment cut out of the network's graph.

    Attributes:
        part: its part of the network's graph.
        graph: (lower, *context) → upper.
        held: which of the bypasses make the context, with the axis of their batch.
        tried: what entered it on three inputs when it was made; for its shapes.
        root: holds the modules and tables that the graph names.
    """

    method: ClassVar[Method] = "traced"
    lower: str
    upper: str
    watched: WatchedModel
    part: Cut
    graph: fx.GraphModule
    held: tuple[tuple[int, int], ...]
    tried: Capture
    root: nn.Module
    reason: str = ""

    @property
    def context_shapes(self) -> tuple[torch.Size, ...]:
        return tuple(value.shape[1:] for value in self.tried.context)

    @property
    def needs_context(self) -> bool:
        return bool(self.held)

    def capture(self, inputs: Tensor) -> Capture:
        if not self.held:
            seen = _activations(self.watched, (self.lower, self.upper), inputs)
            return Capture(seen[self.lower], seen[self.upper], ())
        (lower, upper), (context,), _ = _recorded(self.watched, self._recording, inputs)
        return Capture(
            self.watched.viewed(self.lower, lower),
            self.watched.viewed(self.upper, upper),
            self.context(context),
        )

    def context(self, values: Sequence[Tensor]) -> tuple[Tensor, ...]:
        """What enters beside the lower activations, given the held bypasses' values."""
        return _batch_first(values, self.held)

    @cached_property
    def _recording(self) -> fx.GraphModule:
        held = [[place for place, _ in self.held]]
        return recording(self.part.trace, (self.lower, self.upper), [self.part], held)

    def entering(self, inputs: Tensor) -> tuple[Tensor, tuple[Tensor, ...]]:
        if not self.held:
            return _activations(self.watched, (self.lower,), inputs)[self.lower], ()
        capture = self.capture(inputs)
        return capture.lower, capture.context

    def run(self, lower: Tensor, context: tuple[Tensor, ...]) -> Tensor:
        with undisturbed(self.watched.model):
            upper: Tensor = self.graph(*map(ordinary, (lower, *context)))
        return upper


@dataclass(frozen=True, eq=False)
class _Replayed(Segment):
    method: ClassVar[Method] = "replayed"
    lower: str
    upper: str
    watched: WatchedModel
    reason: str

    @property
    def context_shapes(self) -> tuple[torch.Size, ...]:
        return ()

    @property
    def needs_context(self) -> bool:
        return True

    def capture(self, inputs: Tensor) -> Capture:
        seen = _activations(self.watched, (self.lower, self.upper), inputs)
        return Capture(seen[self.lower], seen[self.upper], (_plain(inputs),))

    def entering(self, inputs: Tensor) -> tuple[Tensor, tuple[Tensor, ...]]:
        seen = _activations(self.watched, (self.lower,), inputs)
        return seen[self.lower], (_plain(inputs),)

    def run(self, lower: Tensor, context: tuple[Tensor, ...]) -> Tensor:
        (inputs,) = context
        upper: list[Tensor] = []

        def visit(layer: str, _: tuple[Any, ...], output: Any) -> Any:
            if layer == self.lower:
                return ordinary(lower).clone()  # the segment may write into what enters it
            upper.append(output)
            raise Reached

        self.watched.run(inputs, (self.lower, self.upper), visit)
        if not upper:
            raise LayerError(
                f"{self.upper!r} is not called when the activations of {self.lower!r} are replaced."
            )
        # A model that computes gradients of its own gives them in a pass without, too.
        return upper[0] if torch.is_grad_enabled() else upper[0].detach()


def _plain(inputs: Tensor) -> Tensor:
    with torch.inference_mode(False):
        return ordinary(inputs).detach()


def _batch_first(values: Sequence[Tensor], held: Sequence[tuple[int, int]]) -> tuple[Tensor, ...]:
    return tuple(value.transpose(0, axis) for value, (_, axis) in zip(values, held, strict=True))


def _recorded(watched: WatchedModel, graph: fx.GraphModule, *inputs: Tensor) -> Any:
    """What a :func:`~neurflow_lightning.core.tracing.recording` gives, without gradient."""
    with undisturbed(watched.model, anew=True), torch.no_grad():
        return graph(*(one.clone() for one in inputs))


def _activations(watched: WatchedModel, layers: Sequence[str], inputs: Tensor) -> dict[str, Tensor]:
    return _outputs(watched, layers, inputs, lambda _, output: output)


def _outputs(
    watched: WatchedModel,
    layers: Sequence[str],
    inputs: Tensor,
    reduce: Callable[[str, Tensor], Tensor],
) -> dict[str, Tensor]:
    """Layer → ``reduce(layer, output)``, copied; the pass ends with the last layer."""
    seen: dict[str, Tensor] = {}

    def visit(layer: str, _: tuple[Any, ...], output: Tensor) -> None:
        given = output.detach()  # see _Replayed.run
        reduced = reduce(layer, given)
        seen[layer] = reduced.clone() if reduced is given else reduced
        if len(seen) == len(layers):
            raise Reached

    with torch.no_grad():
        watched.run(inputs, layers, visit)
    return {layer: seen[layer] for layer in layers}


# --- the network ----------------------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class Network:
    """A model opened for analysis at named layers.

    It follows the model: weights changed after opening count. Made by :func:`open_network`.

    Attributes:
        layers: full names, shallow to deep.
        channel_axes: layer → axis of the neurons in its output, at least 1.
        widths: layer → number of its neurons C.
        shapes: layer → shape of one row of its output.
        largest_bytes: of one row of the largest value that any of its modules returns.
        work: layer → what a forward pass does up to it, for each row.
        skipped: what layers that were chosen leave out, where that is most of the network.
    """

    layers: tuple[str, ...]
    channel_axes: Mapping[str, int]
    widths: Mapping[str, int]
    shapes: Mapping[str, torch.Size]
    largest_bytes: int
    work: Mapping[str, ForwardWork]
    skipped: SkippedModule | None
    watched: WatchedModel
    _graph: Trace | str
    _example: Tensor
    _method: Literal["auto", "traced", "replayed"]
    _segments: dict[tuple[str, str], Segment] = field(default_factory=dict)
    _resuming: dict[str, fx.GraphModule] = field(default_factory=dict)

    @property
    def model(self) -> nn.Module:
        """The model that was opened."""
        return self.watched.model

    def activations(self, inputs: Tensor) -> dict[str, Tensor]:
        """Layer → (B, ...) its activations on a batch, without gradient."""
        return _activations(self.watched, self.layers, inputs)

    def responses(
        self, inputs: Tensor, seen: Callable[[str, Tensor], None] | None = None
    ) -> dict[str, Tensor]:
        """Layer → (B, C) activation of every neuron: the mean over its positions.

        Each map is reduced as soon as it is made; none outlives its layer. ``seen`` is called
        with each layer and its activations before that, and must copy what it wants to keep.
        """

        def reduced(layer: str, output: Tensor) -> Tensor:
            if seen is not None:
                seen(layer, output)
            return response(output, self.channel_axes[layer])

        return _outputs(self.watched, self.layers, inputs, reduced)

    def masked(self, inputs: Tensor, neurons: Mapping[str, Tensor]) -> Tensor:
        """(B, C) responses of the last layer with neurons of other layers set to 0.

        Args:
            inputs: (B, ...) as the network takes them.
            neurons: layer → (n,) indices of its neurons, on any device; the last layer's stay.
        """
        logits = self.layers[-1]
        found: list[Tensor] = []

        def visit(layer: str, _: tuple[Any, ...], output: Tensor) -> Tensor:
            if layer == logits:
                found.append(response(output.detach(), self.channel_axes[logits]))
                raise Reached
            rows = neurons[layer].to(output.device)
            return output.index_fill(self.channel_axes[layer], rows, 0.0)

        with torch.no_grad():
            self.watched.run(inputs, {*neurons, logits}, visit)
        return found[0]

    def segment_work(self, segment: Segment) -> ForwardWork:
        """What one forward pass of a segment does, for each row."""
        return self.work[segment.upper] - self.work[segment.lower]

    def segment(self, lower: str, upper: str) -> Segment:
        """The segment between two of the layers; made and checked once.

        Raises:
            LayerError: when a name is none of :attr:`layers`, no gradient flows from ``upper`` to
                ``lower``, or tracing was demanded and fails.
        """
        for layer in (lower, upper):
            if layer not in self.layers:
                raise LayerError(
                    f"The network is not open at {layer!r}; it is at {', '.join(self.layers)}."
                )
        if (lower, upper) not in self._segments:
            self._segments.update(_made(self, [(lower, upper)]))
        return self._segments[lower, upper]

    def segments(self) -> tuple[Segment, ...]:
        """Those between neighbouring layers; made and checked at once, which is faster.

        Raises:
            LayerError: as :meth:`segment`.
        """
        pairs = list(pairwise(self.layers))
        if not self._segments.keys() >= set(pairs):
            self._segments.update(_made(self, pairs))
        return tuple(self._segments[pair] for pair in pairs)

    def captures(self, inputs: Tensor, *, with_stem: bool = False) -> Captures:
        """All layers' activations and all segments' contexts, if wanted the stem, in one pass.

        Raises:
            UntraceableError: unless all segments are traced.
        """
        graph = self._together_with_stem if with_stem else self._together
        activations, contexts, stem = _recorded(self.watched, graph, inputs)
        return Captures(
            {
                layer: self.watched.viewed(layer, one)
                for layer, one in zip(self.layers, activations, strict=True)
            },
            {
                segment.upper: segment.context(one)
                for segment, one in zip(self._traced(), contexts, strict=True)
            },
            None if stem is None else stem.transpose(0, self.stem.axis),
        )

    def resumed(self, segment: Segment, stem: Tensor) -> tuple[Tensor, tuple[Tensor, ...]]:
        """Lower activations and context of a segment, from the (B, ...) stem's values."""
        if segment.upper not in self._resuming:
            assert isinstance(segment, TracedSegment)
            held = [[place for place, _ in segment.held]]
            self._resuming[segment.upper] = recording(
                segment.part.trace,
                [segment.lower],
                [segment.part],
                held,
                stem=self.stem.node,
                resumed=True,
            )
        assert isinstance(segment, TracedSegment)
        given = stem.transpose(0, self.stem.axis)
        (lower,), (context,), _ = _recorded(self.watched, self._resuming[segment.upper], given)
        return self.watched.viewed(segment.lower, lower), segment.context(context)

    def is_traced(self) -> bool:
        """Whether all segments are traced, so that :meth:`captures` can be had."""
        return len(self._traced()) == len(self.layers) - 1

    def _traced(self) -> tuple[TracedSegment, ...]:
        return tuple(one for one in self.segments() if isinstance(one, TracedSegment))

    @cached_property
    def _together(self) -> fx.GraphModule:
        return self._all_recorded(None)

    @cached_property
    def _together_with_stem(self) -> fx.GraphModule:
        return self._all_recorded(self.stem.node)

    def _all_recorded(self, stem: fx.Node | None) -> fx.GraphModule:
        traced = self._traced()
        if not self.is_traced():
            raise UntraceableError("not all of its segments are traced")
        held = [[place for place, _ in segment.held] for segment in traced]
        parts = [segment.part for segment in traced]
        return recording(parts[0].trace, self.layers, parts, held, stem=stem)

    @cached_property
    def stem(self) -> Stem:
        """Where all segments can be entered again without the network before it."""
        traced = self._traced()
        if not self.is_traced() or not any(segment.needs_context for segment in traced):
            return Stem(None, 0, torch.Size())
        parts = [segment.part for segment in traced]
        node = common_stem(parts[0].trace, parts)
        if node is None:
            return Stem(None, 0, torch.Size())
        graph = recording(parts[0].trace, (), (), (), stem=node)
        few = [_recorded(self.watched, graph, self._example[:rows])[2] for rows in _BATCHES]
        axis = batch_axis((few[0], few[1]), _BATCHES)
        if axis is None:
            return Stem(None, 0, torch.Size())
        return Stem(node, axis, few[0].transpose(0, axis).shape[1:])

    def is_current(self) -> bool:
        """Whether every traced segment still gives the model's own values.

        A trace follows the model's weights, but not numbers that its code reads from attributes.
        """
        inputs = self._example[: _BATCHES[0]]
        traced = [one for one in self._segments.values() if isinstance(one, TracedSegment)]
        try:
            true = self.activations(inputs)
            return all(_is_current(segment, true, inputs) for segment in traced)
        except Exception:  # numbers that decide shapes make a kept graph fail in any way
            return False


def open_network(
    model: nn.Module,
    layers: Sequence[str] | None,
    example: Tensor,
    *,
    forward: Forward | None = None,
    channel_axis: int | None = None,
    neurons: NeuronUnit = "channels",
    method: Literal["auto", "traced", "replayed"] = "auto",
    count: int = 8,
    segments: bool = False,
) -> Network:
    """Open a model for analysis at named layers.

    Args:
        model: the model, in evaluation mode; plain, wrapped or compiled.
        layers: at least two names, shallow to deep; a unique ending of a name is enough.
            ``None`` chooses them, see
            :func:`~neurflow_lightning.core.default_layers.choose_layers`.
        example: a batch of real inputs on the model's device, at least one row.
        forward: how to run the model on a batch; ``None`` for ``model(batch)``.
        channel_axis: axis of the neurons in all outputs with more than two axes; ``None`` finds
            it for each layer. Layers whose neurons are heads have them on the last axis but one.
        neurons: ``"channels"``, or ``"heads"`` for those of attentions in the layers that have
            them, see :mod:`neurflow_lightning.core.heads`; other layers have channels.
        method: ``"auto"`` traces segments where that gives the right values and replays the
            others; the other two settle it.
        count: most layers to choose before the logits.
        segments: whether to make all segments now, which saves a pass.

    Raises:
        LayerError: for a layer that does not exist, whose name is ambiguous, that is listed twice,
            is never called or more than once, returns no floating-point tensor, has its batch on
            another axis than 0, or does not lie before the next one; for activations that are not
            finite, change from run to run or depend on the other rows of the batch; for a model
            with TorchScript modules; for ``neurons="heads"`` where no layer has heads.
        ConfigError: for a method or ``neurons`` that do not exist.

    >>> model = nn.Sequential(nn.Linear(3, 4), nn.ReLU(), nn.Linear(4, 2))
    >>> network = open_network(model, ["1", "2"], torch.ones(2, 3))
    >>> network.widths["1"], network.segment("1", "2").method
    (4, 'traced')
    """
    if method not in ("auto", "traced", "replayed"):
        raise ConfigError(f"method={method!r}: wanted 'auto', 'traced' or 'replayed'.")
    if neurons not in ("channels", "heads"):
        raise ConfigError(f"neurons={neurons!r}: expected 'channels' or 'heads'.")
    _check_eager(model)
    watched = WatchedModel(model, forward)
    example = _plain(sample_rows(example, max(_BATCHES)))
    seen = observe(watched, example)
    heads = attention_heads(watched, seen) if neurons == "heads" else {}
    names = _layer_list(watched, layers, example, seen, count, heads)
    calls = {name: _only_call(name, seen) for name in names}
    if neurons == "heads" and heads.keys().isdisjoint(names):
        raise LayerError(no_heads_message(names, heads))
    watched = replace(watched, views=_views(watched, calls, example, heads))
    calls = {name: _as_viewed(call, watched.view(name)) for name, call in calls.items()}
    true = _checked_rows(watched, calls, example)
    graph = _trace_or_reason(watched, names)
    _check_order(calls, seen, graph)
    axes = {
        name: call.output.ndim - 2 if name in heads else _axis(call, channel_axis)
        for name, call in calls.items()
    }
    widths = {name: call.output.shape[axes[name]] for name, call in calls.items()}
    shapes = {name: call.output.shape[1:] for name, call in calls.items()}
    network = Network(
        layers=names,
        channel_axes=MappingProxyType(axes),
        widths=MappingProxyType(widths),
        shapes=MappingProxyType(shapes),
        largest_bytes=_row_bytes(seen, len(example)),
        work=MappingProxyType({name: call.work for name, call in calls.items()}),
        skipped=skipped_module(watched, seen, names) if layers is None else None,
        watched=watched,
        _graph=graph,
        _example=example,
        _method=method,
    )
    if segments:
        network._segments.update(_made(network, list(pairwise(names)), true))
    return network


def _row_bytes(seen: Observation, rows: int) -> int:
    """Of one row of the largest dense tensor that a module returned, at least 1."""
    outputs = (call.output for call in seen.calls)
    sizes = (one.nbytes for one in outputs if isinstance(one, Tensor) and one.is_meta)
    return max(max(sizes, default=0) // rows, 1)


def _views(
    watched: WatchedModel,
    calls: Mapping[str, ModuleCall],
    example: Tensor,
    heads: Mapping[str, int],
) -> dict[str, OutputView]:
    """Where each layer's activations are in its output; those that are all of it are left out."""
    views = {name: OutputView(call.parts) for name, call in calls.items() if call.parts}
    second = _batch_second(replace(watched, views=views), calls, example)
    for name, call in calls.items():
        view = OutputView(call.parts, 1 if name in second else 0, heads.get(name))
        if not view.is_plain:
            views[name] = view
    return views


def _batch_second(
    watched: WatchedModel, calls: Mapping[str, ModuleCall], example: Tensor
) -> set[str]:
    """The layers whose activations have their batch on axis 1."""
    few, many = _BATCHES
    doubtful = [
        name
        for name, call in calls.items()
        if call.output.ndim > 2 and call.output.shape[1] == many
    ]
    fewer = _shapes(watched, doubtful, example[:few]) if doubtful else {}
    return {name for name, shape in fewer.items() if shape[0] != few and shape[1] == few}


def _shapes(
    watched: WatchedModel, layers: Collection[str], inputs: Tensor
) -> dict[str, torch.Size]:
    """Layer → shape of its activations, as they are returned."""
    seen: dict[str, torch.Size] = {}

    def visit(layer: str, _: tuple[Any, ...], output: Tensor) -> None:
        seen[layer] = output.shape
        if len(seen) == len(layers):
            raise Reached

    with torch.no_grad():
        watched.run(inputs, layers, visit)
    return seen


def _as_viewed(call: ModuleCall, view: OutputView) -> ModuleCall:
    """The call with its activations as the view shows them."""
    return replace(call, output=view.viewed(call.output))


def _layer_list(
    watched: WatchedModel,
    layers: Sequence[str] | None,
    example: Tensor,
    seen: Observation,
    count: int,
    heads: Collection[str],
) -> tuple[str, ...]:
    if layers is None:
        return choose_layers(watched.model, example, watched.forward, count, seen, heads)
    names = resolve_layers(watched.model, layers)
    if len(names) < 2:
        raise LayerError(f"layers={list(layers)!r}: wanted at least two layers, shallow to deep.")
    listed: dict[str, str] = {}
    for name, given in zip(names, layers, strict=True):
        earlier = listed.get(name)
        if earlier == given:
            raise LayerError(f"{given!r} is listed twice: list every layer once.")
        if earlier is not None:
            raise LayerError(f"{earlier!r} and {given!r} are one module: list it once.")
        listed[name] = given
    return names


# --- what is refused ------------------------------------------------------------------------


def _check_eager(model: nn.Module) -> None:
    for name, module in model.named_modules():
        if isinstance(module, torch.jit.ScriptModule):
            raise LayerError(
                f"{repr(name) if name else 'The model'} is a TorchScript module, inside which no "
                "layer can be watched: analyse the Python module it was scripted or traced from."
            )


def _only_call(layer: str, seen: Observation) -> ModuleCall:
    """The layer's one call; it must have returned a floating-point tensor."""
    calls = [call for call in seen.calls if call.layer == layer]
    if not calls:
        raise LayerError(f"{layer!r} is never called in a forward pass: name a layer that is.")
    if len(calls) > 1:
        raise LayerError(
            f"{layer!r} is called {len(calls)} times in one forward pass, so that its activations "
            "are ambiguous: name a layer around it or beside it."
        )
    output = calls[0].output
    if not isinstance(output, Tensor) or not output.is_floating_point() or output.ndim < 2:
        kind = f" of {output.dtype}" if isinstance(output, Tensor) else ""
        raise LayerError(
            f"{layer!r} returns {describe(output)}{kind}; wanted one floating-point tensor with a "
            "batch axis and an axis of neurons, or a tuple that begins with one: name a layer "
            "inside it or around it."
        )
    return calls[0]


def _checked_rows(
    watched: WatchedModel, calls: Mapping[str, ModuleCall], example: Tensor
) -> dict[str, Tensor]:
    """Activations of the first rows; a row must give finite values, alike in any batch and run.

    Args:
        watched: the model.
        calls: of the layers, in a batch of all rows.
        example: that batch.
    """
    few = _BATCHES[0]
    fewer = _activations(watched, list(calls), example[:few])
    for layer, call in calls.items():
        _check_batch_axis(layer, fewer[layer].shape, call.output.shape)
        _check_finite(layer, fewer[layer])
    doubtful = [layer for layer, call in calls.items() if _seems_other(fewer[layer], call.sample)]
    if doubtful:
        more = _activations(watched, list(calls), example)
        dependent = [layer for layer in doubtful if _differs(fewer[layer], more[layer][:few])]
        if dependent:
            again = _activations(watched, list(calls), example)
            changing = [layer for layer in dependent if _differs(again[layer], more[layer])]
            raise LayerError(_changing(changing[0]) if changing else _depending(dependent[0]))
    return fewer


def _seems_other(fewer: Tensor, sample: Tensor | None) -> bool:
    """Whether activations may differ from those of the same rows in a larger batch."""
    return sample is None or _differs(sample_of_rows(fewer), sample[: len(fewer)])


def _check_batch_axis(layer: str, fewer: torch.Size, more: torch.Size) -> None:
    few, many = _BATCHES
    if (fewer[0], more[0]) != (few, many):
        raise LayerError(
            f"{layer!r} returns shape {tuple(fewer)} for {few} inputs and "
            f"{tuple(more)} for {many}: wanted the batch on axis 0, or of tokens on axis 1. "
            "Name a layer whose output has one row an input."
        )


def _check_finite(layer: str, activations: Tensor) -> None:
    if not activations.isfinite().all():
        raise LayerError(
            f"The activations of {layer!r} are not finite: the training has diverged, or a probe "
            "input holds NaN or infinity."
        )


def _differs(given: Tensor, wanted: Tensor) -> bool:
    """Whether by more than rounding: half the digits of the number type may be lost to it."""
    noise = max(LARGEST_NOISE, torch.finfo(wanted.dtype).eps ** 0.5)
    return not relative_error(given, wanted) <= noise


def _changing(layer: str) -> str:
    return (
        f"{layer!r} gives other values each time the model is run on the same batch: put the model "
        "in evaluation mode, and call functions such as F.dropout with training=self.training."
    )


def _depending(layer: str) -> str:
    return (
        f"The activations of {layer!r} for a row depend on the other rows of its batch: use "
        "running statistics (track_running_stats=True) or a norm within a row, such as GroupNorm, "
        "or name layers before the one that mixes rows."
    )


def _trace_or_reason(watched: WatchedModel, layers: Sequence[str]) -> Trace | str:
    try:
        return trace_network(watched, layers)
    except UntraceableError as error:
        return str(error)


def _check_order(calls: Mapping[str, ModuleCall], seen: Observation, graph: Trace | str) -> None:
    """Every layer must feed the next one."""
    for lower, upper in pairwise(calls):
        if calls[lower].node is not None and calls[lower].node is calls[upper].node:
            raise LayerError(f"{lower!r} and {upper!r} return the same values: list one of them.")
        if not _feeds(calls[lower], calls[upper], graph):
            raise LayerError(_wrong_order(lower, upper, calls, seen))


def _feeds(lower: ModuleCall, upper: ModuleCall, graph: Trace | str) -> bool:
    if reaches(lower.node, upper.node):
        return True
    try:
        return not isinstance(graph, str) and bool(cut(graph, lower.layer, upper.layer))
    except UntraceableError:
        return False


def _wrong_order(lower: str, upper: str, calls: Mapping[str, ModuleCall], seen: Observation) -> str:
    start = f"{lower!r} does not lie before {upper!r}"
    if reaches(calls[upper].node, calls[lower].node):
        right = [call.layer for call in seen.calls if call.layer in calls]
        return f"{start}: it is computed from it. List shallow to deep: {', '.join(right)}."
    return (
        f"{start}: nothing that {upper!r} computes depends on it. They may lie on parallel "
        "branches; list layers that feed one another."
    )


def _axis(call: ModuleCall, wanted: int | None) -> int:
    axes = call.output.ndim
    if wanted is None or axes == 2:
        return usual_channel_axis(call.output.shape, call.operator)
    axis = wanted % axes if -axes <= wanted < axes else 0
    if axis == 0:
        raise LayerError(
            f"channel_axis={wanted}: {call.layer!r} returns shape {tuple(call.output.shape)}, in "
            f"which neurons can lie on the axes 1 to {axes - 1}."
        )
    return axis


# --- making a segment -----------------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class _Trial:
    """What segments are tried on: two batches of different size and content.

    Attributes:
        layers: those that any of the segments lies between.
        batches: the inputs.
        true: the layers' activations on the first batch, by the model itself.
    """

    layers: tuple[str, ...]
    batches: tuple[Tensor, Tensor]
    true: Mapping[str, Tensor]


def _made(
    network: Network, pairs: Sequence[tuple[str, str]], true: Mapping[str, Tensor] | None = None
) -> dict[tuple[str, str], Segment]:
    """The segments between pairs of layers, traced where that gives the right values.

    Args:
        network: opened at all of the layers.
        pairs: lower and upper ones.
        true: the layers' activations on the first batch that segments are tried on.
    """
    named = {layer for pair in pairs for layer in pair}
    layers = tuple(layer for layer in network.layers if layer in named)
    example = network._example
    other = example * 0.5 if example.is_floating_point() else example.flip(0)
    first = example[: _BATCHES[0]]
    true = true or _activations(network.watched, layers, first)
    trial = _Trial(layers, (first, other), true)
    with undisturbed(network.model):  # graphs keep what autograd can use
        traced = _traced(network, pairs, trial)
        is_right = len(pairs) > 1 and _is_right_as_a_whole(network, traced, trial)
        return {
            pair: _settled(network, pair, traced[pair], trial, is_right=is_right) for pair in pairs
        }


def _is_right_as_a_whole(network: Network, traced: Mapping[Any, Any], trial: _Trial) -> bool:
    """Whether the network's graph does as the network where a layer's activations are halved.

    Those of the shallowest layer: all layers above have other activations then. It saves a run of
    the network for each segment.
    """
    graph, watched, batch = network._graph, network.watched, trial.batches[0]
    if isinstance(graph, str) or any(isinstance(one, str) for one in traced.values()):
        return False
    lowest, *above = trial.layers
    half = trial.true[lowest] * 0.5
    wanted: dict[str, Tensor] = {}

    def visit(layer: str, _: tuple[Any, ...], output: Tensor) -> Tensor | None:
        if layer == lowest:
            return half.clone()
        wanted[layer] = output.detach().clone()
        if len(wanted) == len(above):
            raise Reached
        return None

    try:
        with torch.no_grad():
            watched.run(batch, trial.layers, visit)
            replaced = watched.view(lowest).restored(half)
            found = _recorded(watched, substituting(graph, lowest, above), batch, replaced)
    except Exception:  # generated code may fail in any way: each segment is looked at then
        return False
    given = {layer: watched.viewed(layer, one) for layer, one in zip(above, found, strict=True)}
    return wanted.keys() == given.keys() and all(
        relative_error(given[layer], wanted[layer]) <= LARGEST_ERROR for layer in above
    )


def _settled(
    network: Network,
    pair: tuple[str, str],
    traced: tuple[TracedSegment, list[Capture]] | str,
    trial: _Trial,
    *,
    is_right: bool,
) -> Segment:
    """The traced segment if it gives the model's values, else the replayed one.

    ``is_right`` says that the graph it was cut out of does, other activations than the true ones.
    """
    replayed = _Replayed(*pair, network.watched, "replay was asked for")
    if network._method == "replayed":
        return _checked_replay(replayed, trial)
    try:
        if isinstance(traced, str):
            raise UntraceableError(traced)
        return _verified(*traced, replayed, trial, is_right=is_right)
    except UntraceableError as error:
        if network._method == "traced":
            raise LayerError(
                f"The segment from {pair[0]!r} to {pair[1]!r} cannot be traced: {error}. "
                "method='auto' replays it instead."
            ) from error
        return _checked_replay(replace(replayed, reason=str(error)), trial)


def _traced(
    network: Network, pairs: Sequence[tuple[str, str]], trial: _Trial
) -> dict[tuple[str, str], tuple[TracedSegment, list[Capture]] | str]:
    """Pair → its segment with captures of both batches, or why it cannot be traced.

    All are recorded in one pass over each batch; where that fails, each by itself.
    """
    graph = network._graph
    if isinstance(graph, str) or network._method == "replayed":
        return dict.fromkeys(pairs, graph if isinstance(graph, str) else "")
    found: dict[tuple[str, str], tuple[TracedSegment, list[Capture]] | str] = {}
    cuts: dict[tuple[str, str], Cut] = {}
    for pair in pairs:
        try:
            cuts[pair] = cut(graph, *pair)
        except UntraceableError as error:
            found[pair] = str(error)
    try:
        return {**found, **_recorded_segments(network, cuts, trial)}
    except Exception:  # generated code may fail in any way: which segment's it was shows below
        pass
    for pair, part in cuts.items():
        try:
            found |= _recorded_segments(network, {pair: part}, trial)
        except UntraceableError as error:
            found[pair] = str(error)
        except Exception as failure:
            found[pair] = f"its graph fails: {failure}"
    return found


def _recorded_segments(
    network: Network, cuts: Mapping[tuple[str, str], Cut], trial: _Trial
) -> dict[tuple[str, str], tuple[TracedSegment, list[Capture]]]:
    watched = network.watched
    named = {layer for pair in cuts for layer in pair}
    layers = [layer for layer in trial.layers if layer in named]
    if not cuts:
        return {}
    every = [list(range(len(part.bypasses))) for part in cuts.values()]
    trace = next(iter(cuts.values())).trace
    graph = recording(trace, layers, list(cuts.values()), every)
    both = [_recorded(watched, graph, batch) for batch in trial.batches]
    found = {}
    for number, (pair, part) in enumerate(cuts.items()):
        bypasses = [contexts[number] for _, contexts, _ in both]
        body, held = part.segment(list(zip(*bypasses, strict=True)), _BATCHES)
        captures = []
        for (activations, *_), values in zip(both, bypasses, strict=True):
            own = dict(zip(layers, activations, strict=True))
            lower, upper = (watched.viewed(layer, own[layer]) for layer in pair)
            context = _batch_first([values[place] for place, _ in held], held)
            captures.append(Capture(lower, upper, context))
        segment = TracedSegment(*pair, watched, part, body, held, captures[1], trace.root)
        found[pair] = (segment, captures)
    return found


def _verified(
    traced: TracedSegment,
    captures: list[Capture],
    replayed: _Replayed,
    trial: _Trial,
    *,
    is_right: bool,
) -> Segment:
    """The traced segment, compared with the model and the replayed one.

    Raises:
        UntraceableError: when it fails, or gives other values.
    """
    try:
        error = max(_disagreement(traced, captures, trial))
        if not is_right:
            error = max(error, _disagreement_at_half(traced, captures[1], replayed, trial))
    except UntraceableError:
        raise
    except Exception as failure:  # generated code may fail in any way; replay will not
        raise UntraceableError(f"its graph fails: {failure}") from failure
    if not error <= LARGEST_ERROR:
        raise UntraceableError(f"its graph gives values that differ by {error:.1e} from the model")
    return _differentiable(traced, captures[0])


def _disagreement(traced: TracedSegment, captures: Sequence[Capture], trial: _Trial) -> list[float]:
    """Relative errors against the model at the true activations, in batches of both sizes."""
    ours, other = captures
    with torch.no_grad():
        same, larger = (traced.run(one.lower, one.context) for one in captures)
    return [
        relative_error(ours.lower, trial.true[traced.lower]),
        relative_error(ours.upper, trial.true[traced.upper]),
        relative_error(same, trial.true[traced.upper]),
        relative_error(larger, other.upper),
    ]


def _disagreement_at_half(
    traced: TracedSegment, other: Capture, replayed: _Replayed, trial: _Trial
) -> float:
    """Relative error against the model at half the lower activations.

    Rows do not depend on one another: of the second batch as many are replayed as the first has.
    """
    few = len(trial.batches[0])
    half = other.lower * 0.5
    with torch.no_grad():
        halved = traced.run(half, other.context)[:few]
        wanted = replayed.run(half[:few], (trial.batches[1][:few],))
    return relative_error(halved, wanted)


def relative_error(given: Tensor, wanted: Tensor) -> float:
    """Largest difference over the largest wanted value; infinite for other shapes.

    >>> round(relative_error(torch.tensor([1.0, 2.2]), torch.tensor([1.0, 2.0])), 3)
    0.1
    """
    if given.shape != wanted.shape:
        return float("inf")
    difference = (given.double() - wanted.double()).abs().max()
    scale = wanted.double().abs().max()
    return float(difference / scale) if scale > 0 else float(difference)


def _is_current(segment: TracedSegment, true: Mapping[str, Tensor], inputs: Tensor) -> bool:
    """Whether the graph's values on a batch are the model's own."""
    capture = segment.capture(inputs)
    with torch.no_grad():
        again = segment.run(true[segment.lower], capture.context)
    pairs = (
        (capture.lower, true[segment.lower]),
        (capture.upper, true[segment.upper]),
        (again, true[segment.upper]),
    )
    return all(relative_error(given, wanted) <= LARGEST_ERROR for given, wanted in pairs)


def _checked_replay(replayed: _Replayed, trial: _Trial) -> Segment:
    seen = trial.true
    capture = Capture(seen[replayed.lower], seen[replayed.upper], (_plain(trial.batches[0]),))
    with torch.no_grad():
        again = replayed.run(capture.lower, capture.context)
    error = relative_error(again, capture.upper)
    if not error <= LARGEST_ERROR:
        raise LayerError(_changing(replayed.upper))
    return _differentiable(replayed, capture)


def _differentiable(segment: Segment, capture: Capture) -> Segment:
    with torch.inference_mode(False), torch.enable_grad():
        lower = capture.lower.clone().requires_grad_().clone()
        upper = segment.run(lower, capture.context)
    if not reaches(lower.grad_fn, upper.grad_fn):
        raise LayerError(
            f"No gradient flows from {segment.upper!r} to {segment.lower!r}: it is cut off by "
            "detach() or no_grad() in the model. Name layers on one side of that."
        )
    return segment
