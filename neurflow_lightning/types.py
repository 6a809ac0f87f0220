"""The values that travel between the rooms: frozen, numpy only, arrays read-only.

Axis letters used in every docstring of the package:

====== ==================================================================================
N      probe images
M      crops of one image
P      patches, P = N · M; patch ``row`` is crop ``row % M`` of image ``row // M``
C      neurons (channels) of a layer; C' those of the layer below
k      patches that make a neuron's concept
t      core neurons of a neuron, at most τ
i      semantic groups of a neuron
====== ==================================================================================

A neuron's only key is :class:`NeuronId`; a neuron group's only key is :class:`GroupId`.
Layers are always named, never indexed, and listed shallow to deep.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from functools import cached_property
from types import MappingProxyType
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from neurflow_lightning.config import NeurFlowConfig
from neurflow_lightning.errors import LayerError, SnapshotError, near_matches
from neurflow_lightning.method_names import NOT_COMPLETE, held_gates

FloatArray = npt.NDArray[np.float32]
HalfArray = npt.NDArray[np.float16]
IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]


PATCHES_SHOWN = 9
"""Patches of a neuron group of which a snapshot keeps pictures, at most."""

STABLE = 0.75
"""The least stability of what is found again whatever images are drawn (Hennig 2007)."""


def is_stable(stability: float | None) -> bool:
    """Whether a stability is at least :data:`STABLE`; what was not measured is taken as stable.

    >>> is_stable(0.8), is_stable(0.7), is_stable(None)
    (True, False, True)
    """
    return stability is None or stability >= STABLE


def frozen_array(values: npt.ArrayLike, dtype: npt.DTypeLike) -> npt.NDArray[Any]:
    """A read-only array that no later write to ``values`` can change.

    >>> frozen_array([1, 2], np.int64).flags.writeable
    False
    """
    array = np.array(values, dtype=dtype)
    array.flags.writeable = False
    return array


def _freeze(instance: object, **dtypes: type[np.generic]) -> None:
    for name, dtype in dtypes.items():
        object.__setattr__(instance, name, frozen_array(getattr(instance, name), dtype))


@dataclass(frozen=True, order=True, slots=True)
class NeuronId:
    """One neuron: a channel of a named layer.

    >>> str(NeuronId("layer3", 7))
    'layer3:7'
    """

    layer: str
    index: int

    def __str__(self) -> str:
        return f"{self.layer}:{self.index}"


@dataclass(frozen=True, order=True, slots=True)
class GroupId:
    """One neuron group: the ``number``-th of a named layer, numbered from 0."""

    layer: str
    number: int

    def __str__(self) -> str:
        return f"{self.layer}/{self.number}"


@dataclass(frozen=True, eq=False)
class PatchGrid:
    """Where every patch lies on its probe image.

    Attributes:
        n_images: N.
        boxes: (M, 4) top, left, height and width of every crop in pixels; ``None`` when the
            inputs are no images and every input is its own patch (then M = 1).

    >>> grid = PatchGrid(2, np.array([[0, 0, 4, 4], [0, 0, 2, 2]]))
    >>> len(grid), grid.image(3), grid.box(3).tolist()
    (4, 1, [0, 0, 2, 2])
    """

    n_images: int
    boxes: IntArray | None

    def __post_init__(self) -> None:
        if self.boxes is not None:
            _freeze(self, boxes=np.int64)

    @property
    def crops(self) -> int:
        """M, the number of patches of one image."""
        return 1 if self.boxes is None else len(self.boxes)

    def __len__(self) -> int:
        return self.n_images * self.crops

    def image(self, row: int) -> int:
        """The probe image that patch ``row`` was cut from."""
        return row // self.crops

    def box(self, row: int) -> IntArray | None:
        """(4,) the patch's box on its image, or ``None`` for inputs that are no images."""
        return None if self.boxes is None else self.boxes[row % self.crops]

    def rows(self, images: npt.ArrayLike) -> IntArray:
        """Rows of all patches of the given images, image by image, in the order given.

        >>> PatchGrid(3, np.zeros((2, 4))).rows([2, 0]).tolist()
        [4, 5, 0, 1]
        """
        first = np.asarray(images, dtype=np.int64)[:, None] * self.crops
        return (first + np.arange(self.crops)).reshape(-1)


@dataclass(frozen=True, eq=False)
class ProbeInfo:
    """What a snapshot remembers of its probe set: everything but the pixels.

    Attributes:
        fingerprint: the same string on every machine for the same images, labels and crops.
        grid: the patches.
        input_shape: shape of one probe input, without the batch axis.
        labels: (N,) class of every probe image, or ``None`` without labels. Where the config takes
            images by prediction, the predicted class.
        class_names: name of every class, or empty when unknown.
    """

    fingerprint: str
    grid: PatchGrid
    input_shape: tuple[int, ...]
    labels: IntArray | None = None
    class_names: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.labels is not None:
            _freeze(self, labels=np.int64)

    def class_name(self, target: int) -> str:
        """The name of class ``target``; its number where no name is known."""
        return self.class_names[target] if target < len(self.class_names) else str(target)


@dataclass(frozen=True, eq=False)
class NeuronConcept:
    """The patches on which a neuron is most active (V_a).

    Attributes:
        patches: (k,) patch rows, most active first.
        activations: (k,) the neuron's activation on them: the mean over positions.
    """

    patches: IntArray
    activations: FloatArray

    def __post_init__(self) -> None:
        _freeze(self, patches=np.int64, activations=np.float32)


@dataclass(frozen=True, eq=False)
class SemanticGroup:
    """One meaning of a neuron: a cluster of its concept's patches.

    Attributes:
        number: counts the neuron's groups from 0; row of :attr:`NeuronInputs.weights`.
        patches: (n,) patch rows, most active first.
        activation: mean activation of the neuron on them.
        concept_vector: (C',) mean of r(v) over the group: activations of all neurons of the
            layer below. In the shallowest layer, of the layer itself.
    """

    number: int
    patches: IntArray
    activation: float
    concept_vector: FloatArray

    def __post_init__(self) -> None:
        _freeze(self, patches=np.int64, concept_vector=np.float32)


@dataclass(frozen=True, eq=False)
class NeuronInputs:
    """What feeds a neuron: its core neurons in the layer below.

    Attributes:
        sources: (t,) index of every core neuron in the layer below, highest score first.
        scores: (t,) mean over V_a of |T(a, s, v)|.
        attributions: (k, t) T(a, s, v): rows as the concept's patches, columns as ``sources``.
        weights: (i, t) w(a_i, s); absolute values of a row sum to 1, or to 0 where the group
            received no attribution at all, unless they were scaled ``"in-place"``.
        completeness_gap: (k,) sum of all attributions minus ``response_change``: the error of
            the quadrature in units of the neuron's activation.
        response_change: (k,) φ_a(v) − φ_a(baseline).
        runners_up: (r,) index of the neurons next in score, highest first: those that would be
            core had other images been drawn. Empty where they were not kept.
        runner_up_shares: (k, r) their T(a, s, v), as ``attributions`` but divided by the largest
            |T| of the core neurons. In half precision: its rounding of 2⁻¹¹ is far below what
            another draw of images changes, and no network's units exceed its range once divided.
    """

    sources: IntArray
    scores: FloatArray
    attributions: FloatArray
    weights: FloatArray
    completeness_gap: FloatArray
    response_change: FloatArray
    runners_up: IntArray = field(default_factory=lambda: np.empty(0, np.int64))
    runner_up_shares: HalfArray = field(default_factory=lambda: np.empty((0, 0), np.float16))

    def __post_init__(self) -> None:
        _freeze(
            self,
            sources=np.int64,
            scores=np.float32,
            attributions=np.float32,
            weights=np.float32,
            completeness_gap=np.float32,
            response_change=np.float32,
            runners_up=np.int64,
            runner_up_shares=np.float16,
        )
        if self.runner_up_shares.shape == (0, 0):  # none, of as many patches as there are
            none = self.runner_up_shares.reshape(len(self.attributions), 0)
            object.__setattr__(self, "runner_up_shares", none)

    @property
    def largest_attribution(self) -> float:
        """The largest |T(a, s, v)| of the core neurons; 0 without any."""
        return float(np.abs(self.attributions).max(initial=0.0))

    @property
    def runner_up_attributions(self) -> FloatArray:
        """(k, r) T(a, s, v) of the runners-up, to about three decimal digits.

        >>> inputs = NeuronInputs(
        ...     [4], [2.0], [[2.0]], [[1.0]], [0.0], [2.0], [7], [[0.25]]
        ... )
        >>> inputs.runner_up_attributions.tolist()
        [[0.5]]
        """
        return self.runner_up_shares.astype(np.float32) * np.float32(self.largest_attribution)


@dataclass(frozen=True, eq=False)
class CoreNeuron:
    """A node of the neuron circuit.

    Attributes:
        id: which neuron.
        importance: path weight to the target in [0, 1]; the target has 1 and a neuron hands
            its own down by |weight|, so that the importances of one layer sum to at most 1.
        concept: its patches.
        semantic_groups: its meanings, at least one; their number is its polysemanticity.
        inputs: its core neurons; ``None`` in the shallowest layer.
        stability: share of resamples of the probe images in which it is core too, in [0, 1];
            ``None`` where that was not measured.
    """

    id: NeuronId
    importance: float
    concept: NeuronConcept
    semantic_groups: tuple[SemanticGroup, ...]
    inputs: NeuronInputs | None
    stability: float | None = None

    def share(self, meaning: int) -> float:
        """Share of the concept's patches that belong to one semantic group, in [0, 1]."""
        return len(self.semantic_groups[meaning].patches) / len(self.concept.patches)


@dataclass(frozen=True, slots=True)
class NeuronEdge:
    """``weight`` from a lower neuron into one semantic group of an upper one: w(a_i, s)."""

    source: NeuronId
    target: NeuronId
    semantic_group: int
    weight: float


@dataclass(frozen=True, eq=False)
class NeuronGroup:
    """Semantic groups of one layer that mean the same: a box of the group circuit.

    Attributes:
        id: which group.
        members: (neuron, number of its semantic group), at least one.
        concept_vector: mean of the members' concept vectors.
        patches: rows of its most representative patches, best first: those shared by most
            members, of each image the best before any second best.
        stability: mean Jaccard index with the most similar group of a resample of the probe
            images (Hennig 2007), in [0, 1]; ``None`` where that was not measured.
    """

    id: GroupId
    members: tuple[tuple[NeuronId, int], ...]
    concept_vector: FloatArray
    patches: IntArray
    stability: float | None = None

    def __post_init__(self) -> None:
        _freeze(self, patches=np.int64, concept_vector=np.float32)

    @property
    def neurons(self) -> tuple[NeuronId, ...]:
        """Its distinct neurons, in order."""
        return tuple(sorted({neuron for neuron, _ in self.members}))


@dataclass(frozen=True, slots=True)
class GroupEdge:
    """Weight from a neuron group of the lower layer into one of the upper layer.

    Sums w(a_i, s) over the upper group's members; a neuron in several lower groups is shared
    out among them, so the absolute value is at most the number of the upper group's members (unless
    the config says ``"summed"`` or ``"in-place"``).

    ``stability`` is the share of resamples of the probe images in which the weight has the same
    sign, in [0, 1]; ``None`` where that was not measured.
    """

    source: GroupId
    target: GroupId
    weight: float
    stability: float | None = None


PREDICTS = 0.8
"""The least correlation with knockouts at which attributions count as predicting them."""


@dataclass(frozen=True)
class SegmentAttribution:
    """How the neurons of a layer were attributed to the layer below, and how well that predicts.

    Attributes:
        method: its name, see :data:`~neurflow_lightning.method_names.METHODS`, or the
            ``package.module:function`` of a method from outside.
        nodes: of the quadrature; 0 where the method has none.
        hold: kinds of gates that kept their true values.
        correlation: Pearson correlation of the attributions with the effects of real knockouts, in
            [-1, 1]; NaN where it was not measured.
        compared: method → its correlation, of those among which this one was chosen.
        margin: how far below the best of them a chosen method's correlation may be.

    >>> print(SegmentAttribution("norm-held", 4, ("norm",)), SegmentAttribution("gradient", 1))
    norm-held (4 nodes) gradient
    """

    method: str
    nodes: int
    hold: tuple[str, ...] = ()
    correlation: float = float("nan")
    compared: Mapping[str, float] = field(default_factory=dict)
    margin: float = float("nan")

    def __post_init__(self) -> None:
        object.__setattr__(self, "hold", tuple(self.hold))
        object.__setattr__(self, "compared", MappingProxyType(dict(self.compared)))

    def to_dict(self) -> dict[str, Any]:
        """Plain Python values, as its arguments.

        >>> SegmentAttribution(**SegmentAttribution("ig", 16).to_dict()).nodes
        16
        """
        values = {one.name: getattr(self, one.name) for one in fields(self)}
        return {**values, "hold": list(self.hold), "compared": dict(self.compared)}

    def __str__(self) -> str:
        return f"{self.method} ({self.nodes} nodes)" if self.nodes > 1 else self.method

    @property
    def predicts(self) -> bool:
        """Whether the attributions predict knockouts; true where that was not measured.

        >>> SegmentAttribution("ig", 16, correlation=0.5).predicts
        False
        """
        return not self.correlation < PREDICTS

    @property
    def has_gap(self) -> bool:
        """Whether its attributions are meant to add up to the change of the response.

        Those of the gradient at the input and of scores that integrate nothing are not.

        >>> [SegmentAttribution(name, 1).has_gap for name in ("norm-held-gradient", "ig", "random")]
        [False, True, False]
        """
        held = held_gates(self.method)
        return self.method not in NOT_COMPLETE if held is None else not held[1]


@dataclass(frozen=True, slots=True)
class LayerStatistics:
    """What is logged of one target and layer.

    Attributes:
        core_neurons: how many were found.
        semantic_groups: mean number a neuron: the layer's polysemanticity. NaN in the
            shallowest layer, where meanings cannot be told apart.
        neuron_groups: how many.
        completeness_gap: Σ|gap| / Σ|response change| over all (neuron, patch); NaN in the
            shallowest layer, and 0 where nothing changed and nothing was missed.
        seconds: wall time spent on the layer for this target.
    """

    core_neurons: int
    semantic_groups: float
    neuron_groups: int
    completeness_gap: float
    seconds: float


@dataclass(frozen=True, eq=False, repr=False)
class Circuit:
    """How a network decides for one target, on one probe set.

    Attributes:
        target: the logit explained.
        name: the target's name for people.
        layers: shallow to deep; the last holds the target.
        neurons: the neuron circuit's nodes; layers deep to shallow, within a layer by
            importance, then index.
        groups: the group circuit's nodes; layers deep to shallow.
        edges: the group circuit's edges.
        seconds: wall time by layer; what is done once a target, running its patches and making the
            circuit again for its stability, is its layer's.
        left_out: core neurons dropped by ``max_neurons_per_layer`` or for want of time, by layer.
    """

    target: NeuronId
    name: str
    layers: tuple[str, ...]
    neurons: tuple[CoreNeuron, ...]
    groups: tuple[NeuronGroup, ...]
    edges: tuple[GroupEdge, ...]
    seconds: Mapping[str, float] = field(default_factory=dict)
    left_out: Mapping[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "seconds", MappingProxyType(dict(self.seconds)))
        object.__setattr__(self, "left_out", MappingProxyType(dict(self.left_out)))

    def __repr__(self) -> str:
        return (
            f"Circuit({self.name!r}, target={self.target}, {len(self.neurons)} neurons, "
            f"{len(self.groups)} groups, layers={', '.join(self.layers)})"
        )

    @cached_property
    def _nodes(self) -> Mapping[NeuronId, CoreNeuron]:
        return {node.id: node for node in self.neurons}

    def neuron(self, neuron: NeuronId) -> CoreNeuron:
        """The node of one neuron; ``KeyError`` when it is no core neuron."""
        if neuron not in self._nodes:
            raise KeyError(f"{neuron} is no core neuron of target {self.name!r}.")
        return self._nodes[neuron]

    def group(self, group: GroupId) -> NeuronGroup:
        """One neuron group; ``KeyError`` when there is none of that id."""
        for node in self.groups:
            if node.id == group:
                return node
        raise KeyError(f"{group} is no neuron group of target {self.name!r}.")

    def layer_neurons(self, layer: str) -> tuple[CoreNeuron, ...]:
        """Core neurons of one layer, most important first; empty when none were found.

        Raises:
            LayerError: when the circuit has no such layer.
        """
        self._check_layer(layer)
        return tuple(node for node in self.neurons if node.id.layer == layer)

    def layer_groups(self, layer: str) -> tuple[NeuronGroup, ...]:
        """Neuron groups of one layer, by number.

        Raises:
            LayerError: when the circuit has no such layer.
        """
        self._check_layer(layer)
        return tuple(group for group in self.groups if group.id.layer == layer)

    def _check_layer(self, layer: str) -> None:
        if layer not in self.layers:
            known = near_matches(layer, self.layers)
            raise LayerError(f"The circuit has no layer {layer!r}. {known}")

    def group_importance(self, group: NeuronGroup) -> float:
        """The importance of its neurons, each shared out among its meanings by their patches.

        In [0, 1]; the neuron groups of one layer sum to the importance of the layer's neurons.
        """
        members = ((self.neuron(one), meaning) for one, meaning in group.members)
        return sum(node.importance * node.share(meaning) for node, meaning in members)

    @property
    def coverage(self) -> float:
        """Share of the target's path weight that the circuit follows down to its lowest layer.

        In [0, 1]: the importance of that layer's core neurons. The rest went through core neurons
        that were left out, or ended at neurons that nothing below feeds.
        """
        return min(sum(node.importance for node in self.layer_neurons(self.layers[0])), 1.0)

    def layer_below(self, layer: str) -> str | None:
        """The next shallower layer listed, or ``None`` for the shallowest."""
        place = self.layers.index(layer)
        return self.layers[place - 1] if place else None

    def neuron_edges(self) -> Iterator[NeuronEdge]:
        """Every edge of the neuron circuit, deep to shallow."""
        for node in self.neurons:
            below = self.layer_below(node.id.layer)
            if node.inputs is None or below is None:
                continue
            for number, row in enumerate(node.inputs.weights):
                for source, weight in zip(node.inputs.sources, row, strict=True):
                    yield NeuronEdge(NeuronId(below, int(source)), node.id, number, float(weight))

    def ungated_layers(self) -> tuple[str, ...]:
        """Layers whose neurons have a stability but whose groups have none, shallow to deep.

        There the responses that are clustered did not fit into the memory budget, and every group
        counts as stable.
        """
        return tuple(
            layer
            for layer in self.layers
            if any(group.stability is None for group in self.layer_groups(layer))
            and any(node.stability is not None for node in self.layer_neurons(layer))
        )

    def statistics(self, layer: str) -> LayerStatistics:
        """What is logged of one layer."""
        nodes = self.layer_neurons(layer)
        return LayerStatistics(
            core_neurons=len(nodes),
            semantic_groups=_polysemanticity(nodes),
            neuron_groups=len(self.layer_groups(layer)),
            completeness_gap=_relative_gap(nodes),
            seconds=self.seconds.get(layer, 0.0),
        )


def _polysemanticity(nodes: tuple[CoreNeuron, ...]) -> float:
    counts = [len(node.semantic_groups) for node in nodes if node.inputs is not None]
    return float(np.mean(counts)) if counts else float("nan")


def _relative_gap(nodes: tuple[CoreNeuron, ...]) -> float:
    inputs = [node.inputs for node in nodes if node.inputs is not None]
    if not inputs:
        return float("nan")
    gap = sum(float(np.abs(one.completeness_gap).sum(dtype=np.float64)) for one in inputs)
    change = sum(float(np.abs(one.response_change).sum(dtype=np.float64)) for one in inputs)
    if gap == 0.0:
        return 0.0
    return gap / change if change else float("inf")


@dataclass(frozen=True, eq=False, repr=False)
class Snapshot:
    """All circuits of a network at one moment of its training.

    Attributes:
        circuits: one for each target.
        layers: the layers analysed, shallow to deep.
        config: the numbers used.
        probe: the probe set's description.
        thumbnails: patch row → encoded JPEG or PNG of the crop, for the patches shown;
            empty for inputs that are no images.
        images: probe image → encoded JPEG or PNG of it, small, for the images that the patches
            shown were cut from; empty where ``thumbnails`` is, and in older files.
        methods: upper layer → how its segment was run: ``"folded"`` (restricted to the neurons
            asked for, its affine beginning run once), ``"traced"`` (as a whole) or ``"replayed"``.
        attribution: upper layer → how its neurons were attributed; empty in older files.
        epoch, step: when it was taken; ``None`` outside a training.
        weights: ``"averaged"`` when weight averaging had swapped its weights in.
        versions: package → version.
    """

    circuits: tuple[Circuit, ...]
    layers: tuple[str, ...]
    config: NeurFlowConfig
    probe: ProbeInfo
    thumbnails: Mapping[int, bytes] = field(default_factory=dict)
    images: Mapping[int, bytes] = field(default_factory=dict)
    methods: Mapping[str, str] = field(default_factory=dict)
    attribution: Mapping[str, SegmentAttribution] = field(default_factory=dict)
    epoch: int | None = None
    step: int | None = None
    weights: Literal["raw", "averaged"] = "raw"
    versions: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name in ("thumbnails", "images", "methods", "attribution", "versions"):
            object.__setattr__(self, name, MappingProxyType(dict(getattr(self, name))))

    def __repr__(self) -> str:
        names = ", ".join(repr(circuit.name) for circuit in self.circuits)
        when = f"epoch={self.epoch}, step={self.step}"
        return f"Snapshot({when}, circuits of {names}, layers={', '.join(self.layers)})"

    def attribution_of(self, layer: str) -> SegmentAttribution:
        """How the neurons of a layer were attributed, as the config has it in older files."""
        return self.attribution.get(layer) or SegmentAttribution(
            self.config.attribution, self.config.nodes
        )

    @property
    def time_bounds(self) -> dict[tuple[int, str], int]:
        """(target, layer) → core neurons, where time sufficed for no more."""
        most = self.config.max_neurons_per_layer
        counts = {
            (circuit.target.index, layer): len(circuit.layer_neurons(layer))
            for circuit in self.circuits
            for layer, count in circuit.left_out.items()
            if count
        }
        return {place: count for place, count in counts.items() if count != most}

    def statistics(self, circuit: Circuit, layer: str) -> LayerStatistics:
        """Those of one of its circuits; the gap is NaN where the layer's method has none."""
        found = circuit.statistics(layer)
        if self.attribution_of(layer).has_gap:
            return found
        return replace(found, completeness_gap=float("nan"))

    @property
    def seconds(self) -> float:
        """Wall time of the whole analysis, summed over targets and layers."""
        return sum(sum(circuit.seconds.values()) for circuit in self.circuits)

    def circuit(self, target: int | str) -> Circuit:
        """The circuit of one target, by class number or name.

        Raises:
            SnapshotError: when the snapshot holds no such target, or several of that name.
        """
        found = [one for one in self.circuits if target in (one.target.index, one.name)]
        if len(found) > 1:
            numbers = ", ".join(str(one.target.index) for one in found)
            raise SnapshotError(
                f"Several targets of this snapshot are named {target!r}: {numbers}. "
                "Give the number of one."
            )
        if found:
            return found[0]
        known = [circuit.name for circuit in self.circuits]
        raise SnapshotError(
            f"No circuit of target {target!r} in this snapshot. {near_matches(str(target), known)}"
        )
