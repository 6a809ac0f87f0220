"""Every number of the method, in one frozen value, validated once; and four sets of them by name.

:data:`PRESETS` are efforts: how long an analysis takes, and how near it comes to the paper's.
``NeurFlowConfig()`` is ``"standard"``; ``docs/effort.md`` has what each costs and finds.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Literal, TypeGuard, get_args

from neurflow_lightning.errors import ConfigError, near_matches
from neurflow_lightning.method_names import AUTO, check_method_name

Precision = Literal["32", "bf16-prefix", "bf16", "auto"]
ImagesBy = Literal["label", "prediction"]
WeightScaling = Literal["once", "in-place"]
GroupWeights = Literal["shared", "summed"]
NeuronUnit = Literal["channels", "heads"]

DEPARTURES = (
    "images_by",
    "min_semantic_groups",
    "min_neuron_groups",
    "split_target",
    "weight_scaling",
    "group_weights",
)
"""Fields by which the paper's code can be followed where it departs from the definition."""


@dataclass(frozen=True, kw_only=True)
class NeurFlowConfig:
    """The numbers of NeurFlow (Cao et al., ICLR 2025).

    The defaults are those of the preset ``"standard"``; :meth:`preset` gives ``"glance"``,
    ``"quick"`` and the paper's own, ``"paper"``. Wherever a config is taken, such a name serves as
    well.

    Args:
        tau: most core neurons a neuron may have (τ of Def. 3), at least 1.
        top_k: patches that make a neuron's concept (k), at least 1; fewer are taken where a
            target has fewer patches.
        granularities: side of the crop windows as shares of the input's side, each in (0, 1].
        images_per_target: most probe images taken of one target (N), at least 1.
        max_patches_per_image: most patches of one image in a neuron's concept, at least 1; ``None``
            for no bound. Overlapping crops of one image win together, so that without a bound a
            concept may rest on few images. A concept has fewer than ``top_k`` patches where there
            are too few images.
        max_layers: most layers chosen before the logits where none are named, the deepest ones; at
            least 1.
        attribution: how upper neurons are attributed to lower ones: a name of
            :data:`~neurflow_lightning.method_names.METHODS` or ``package.module:function``.
            ``"auto"`` takes for each layer pair the cheapest method that predicts knockouts as well
            as any; the paper's is ``"ig"``.
        nodes: Gauss–Legendre nodes of integrated gradients, at least 1.
        node_power: from 1 to 3. With 1 the nodes lie as usual; more gathers them near the
            baseline, where a LayerNorm puts most of the integral
            (:mod:`neurflow_lightning.core.quadrature`). ``None`` takes 1 for segments made of
            convolutions, linear maps, batch norms, activations and pools, and 3 for all others and
            those that are run the plain way.
        prune_epsilon: ``None`` keeps all τ core neurons. A number in [0, 1] keeps the shortest
            prefix of the ranking whose knockout overlap is within it of the smallest overlap.
            Costs up to τ runs of the segment on every patch, for each neuron.
        max_semantic_groups: most meanings a neuron may have, at least 1.
        max_neuron_groups: most neuron groups in a layer, at least 1.
        silhouette_threshold: a neuron whose best silhouette score lies below it keeps one
            meaning, in [-1, 1]. Below 0.25 there is "no substantial structure" (Kaufman and
            Rousseeuw, 1990).
        max_neurons_per_layer: ``None`` searches the whole circuit. A number keeps, in each
            layer, that many core neurons: those with the largest importance (path weight to
            the target). What was left out is stored in :attr:`Circuit.left_out`.
        resamples: draws of the probe images from which the stability of core neurons, edges and
            neuron groups is told (:mod:`neurflow_lightning.core.stability`), at least 0. With 0
            it is not measured; nor is that of the groups of a layer whose responses do not fit into
            an eighth of the memory budget.
        batch_size: patches in one run of the network, at least 1. ``None`` takes as many as are
            fast on the device and fit into two fifths of the memory budget, but at least 2.
        memory_budget: bytes that an analysis may hold beside the network and the probe images,
            at least 1. ``None`` takes an eighth of the memory that is free, on a CPU at most
            144 MiB, and a quarter of a GPU's; and as much again of what is free, on a CPU at most
            2 GiB, for activations that would be computed again. What running a batch of patches
            through the network takes comes on top at times (see ``batch_size``), and what one patch
            needs is taken whatever the budget.
        precision: arithmetic on networks of type float32. ``"32"`` keeps to float32;
            ``"bf16-prefix"`` runs that part of the segments in bfloat16 that is affine and the same
            for all neurons, ``"bf16"`` everything; ``"auto"`` is ``"bf16-prefix"`` where the device
            computes it fast, and float32 elsewhere. Only ``"bf16"`` can change which patches make
            a concept.
        channel_axis: the axis that holds the neurons of every layer's activations; ``None``
            finds it for each layer.
        neurons: what a neuron is. With ``"heads"``, layers whose module returns the heads of an
            attention side by side, before its output projection, have a neuron for each head: its
            response is the mean over the head's channels and positions, in which signs may cancel;
            attributions and knockouts are of the whole head. All other layers, and all with
            ``"channels"``, have a neuron for each channel
            (:mod:`neurflow_lightning.core.heads`).
        images_by: ``"label"`` takes the probe images of a target by their true class,
            ``"prediction"`` those that the model takes for it, labelled or not. They change with
            the model, and snapshots of other predictions cannot be compared: the callback, which
            keeps one probe set for a run, refuses it.
        min_semantic_groups: fewest meanings of a neuron, from 1 to ``max_semantic_groups``. From 2
            on no concept stays in one piece, and ``silhouette_threshold`` has no say.
        min_neuron_groups: fewest neuron groups in a layer, from 1 to ``max_neuron_groups``; as many
            as there are meanings where those are fewer.
        split_target: whether the target's meanings are clustered into neuron groups as those of
            any neuron are; they stay one group otherwise.
        weight_scaling: ``"once"`` divides the weights into a semantic group by the sum of their
            absolute values. ``"in-place"`` divides one after the other by the sum over those that
            are divided already and those that are not yet: what comes out depends on the
            attributions' unit.
        group_weights: ``"shared"`` shares a neuron out among its neuron groups; ``"summed"`` counts
            it whole for each of its meanings.

    The last six follow the paper's code where it departs from the definition; their defaults are
    the definition. :meth:`reference` sets them all.

    Raises:
        ConfigError: when a number lies outside its range.

    >>> NeurFlowConfig(tau=8).tau
    8
    >>> NeurFlowConfig(tau=0)
    Traceback (most recent call last):
        ...
    neurflow_lightning.errors.ConfigError: tau=0: wanted a whole number of at least 1.
    """

    tau: int = 16
    top_k: int = 50
    granularities: tuple[float, ...] = (1.0, 0.5, 0.25)
    images_per_target: int = 50
    max_patches_per_image: int | None = 5
    max_layers: int = 8
    attribution: str = AUTO
    nodes: int = 4
    node_power: int | None = None
    prune_epsilon: float | None = None
    max_semantic_groups: int = 5
    max_neuron_groups: int = 10
    silhouette_threshold: float = 0.25
    max_neurons_per_layer: int | None = 24
    resamples: int = 100
    batch_size: int | None = None
    memory_budget: int | None = None
    precision: Precision = "32"
    channel_axis: int | None = None
    neurons: NeuronUnit = "channels"
    images_by: ImagesBy = "label"
    min_semantic_groups: int = 1
    min_neuron_groups: int = 1
    split_target: bool = False
    weight_scaling: WeightScaling = "once"
    group_weights: GroupWeights = "shared"

    def __post_init__(self) -> None:
        for name in _COUNTS:
            _check_count(name, getattr(self, name))
        for name in _COUNTS_OR_NONE:
            if getattr(self, name) is not None:
                _check_count(name, getattr(self, name))
        _check_count("resamples", self.resamples, least=0)
        if not isinstance(self.attribution, str):
            raise ConfigError(f"attribution={self.attribution!r}: expected a name.")
        check_method_name(self.attribution)
        if self.prune_epsilon is not None:
            _check_range("prune_epsilon", self.prune_epsilon, 0.0, 1.0)
        _check_range("silhouette_threshold", self.silhouette_threshold, -1.0, 1.0)
        if self.node_power is not None:
            _check_choice("node_power", self.node_power, (1, 2, 3))
        _check_choice("precision", self.precision, get_args(Precision))
        if self.channel_axis is not None and not _is_whole(self.channel_axis):
            raise ConfigError(f"channel_axis={self.channel_axis!r}: wanted a whole number or None.")
        for name, choices in _CHOICES.items():
            _check_choice(name, getattr(self, name), choices)
        for groups in ("semantic_groups", "neuron_groups"):
            self._check_order(f"min_{groups}", f"max_{groups}")
        object.__setattr__(self, "granularities", _checked_granularities(self.granularities))

    @classmethod
    def preset(cls, name: str, **changes: Any) -> NeurFlowConfig:
        """The numbers of an effort: ``"glance"``, ``"quick"``, ``"standard"`` or ``"paper"``.

        Args:
            name: of the effort.
            changes: fields to override.

        Raises:
            ConfigError: for a name or a field that does not exist, with near matches.

        >>> NeurFlowConfig.preset("paper").nodes, NeurFlowConfig.preset("quick", tau=4).tau
        (16, 4)
        >>> NeurFlowConfig.preset("quik")
        Traceback (most recent call last):
            ...
        neurflow_lightning.errors.ConfigError: No effort is named 'quik'. Did you mean 'quick'?
        """
        if name not in PRESETS:
            raise ConfigError(f"No effort is named {name!r}. {near_matches(str(name), PRESETS)}")
        known = [one.name for one in fields(cls)]
        for change in changes:
            if change not in known:
                raise ConfigError(
                    f"NeurFlowConfig has no field {change!r}. {near_matches(change, known)}"
                )
        return cls(**{**PRESETS[name], **changes})

    @property
    def effort(self) -> str:
        """The name of the preset with these numbers; ``"custom"`` where there is none.

        >>> NeurFlowConfig().effort, NeurFlowConfig(tau=3).effort
        ('standard', 'custom')
        """
        return next((name for name in PRESETS if self.preset(name) == self), "custom")

    @classmethod
    def reference(cls, **changes: Any) -> NeurFlowConfig:
        """What the code of the paper's authors computes, departures from the definition included.

        The numbers are those of its ``run.py`` (github.com/tue147/neurflow); ``docs/reference.md``
        says what each of them changes, and what is not followed.

        Args:
            changes: fields that shall be otherwise. In a training ``images_by="label"`` is needed.

        >>> NeurFlowConfig.reference(tau=8).nodes
        50
        """
        return cls(**{**PRESETS["paper"], **_REFERENCE, **changes})

    def to_dict(self) -> dict[str, Any]:
        """Plain Python values, ready for JSON.

        >>> NeurFlowConfig.from_dict(NeurFlowConfig(tau=4).to_dict()).tau
        4
        """
        return {**asdict(self), "granularities": list(self.granularities)}

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> NeurFlowConfig:
        """The inverse of :meth:`to_dict`.

        Raises:
            ConfigError: for a key that is no number of the method, or a value out of range.
        """
        unknown = sorted(set(values) - {field.name for field in fields(cls)})
        if unknown:
            known = [field.name for field in fields(cls)]
            raise ConfigError(f"unknown field {unknown[0]!r}. {near_matches(unknown[0], known)}")
        return cls(**values)

    def _check_order(self, low: str, high: str) -> None:
        least, most = getattr(self, low), getattr(self, high)
        if least > most:
            raise ConfigError(f"{low}={least}: wanted at most {high}={most}.")


PRESETS: Mapping[str, Mapping[str, Any]] = {
    "glance": {
        "tau": 6,
        "top_k": 6,
        "granularities": (1.0,),
        "images_per_target": 12,
        "max_patches_per_image": None,
        "max_layers": 3,
        "max_neurons_per_layer": 6,
        "resamples": 20,
    },
    "quick": {
        "tau": 8,
        "top_k": 20,
        "granularities": (1.0, 0.5),
        "images_per_target": 20,
        "max_patches_per_image": 4,
        "max_layers": 6,
        "max_neurons_per_layer": 12,
        "resamples": 50,
    },
    "standard": {},
    "paper": {
        "max_patches_per_image": None,
        "max_layers": 5,
        "attribution": "ig",
        "nodes": 16,
        "max_neurons_per_layer": None,
    },
}
"""Effort → the fields in which it differs from the defaults, the least first."""


def config_of(given: NeurFlowConfig | str | None) -> NeurFlowConfig:
    """The config that an argument stands for: itself, a preset's, or the default.

    Raises:
        ConfigError: for a name that no preset has, or something else.

    >>> config_of("glance").effort
    'glance'
    """
    if given is None:
        return NeurFlowConfig()
    if isinstance(given, str):
        return NeurFlowConfig.preset(given)
    if not isinstance(given, NeurFlowConfig):
        raise ConfigError(
            f"config={given!r}: expected a NeurFlowConfig or the name of an effort: "
            f"{', '.join(PRESETS)}."
        )
    return given


_REFERENCE: Mapping[str, Any] = {
    # Its loader reads 1,000 or 1,001 images and takes all that the model predicts so.
    "images_per_target": 1001,
    "images_by": "prediction",
    "nodes": 50,
    "node_power": 1,
    "channel_axis": 1,
    "min_semantic_groups": 2,
    "min_neuron_groups": 2,
    "max_neuron_groups": 100,
    "split_target": True,
    "weight_scaling": "in-place",
    "group_weights": "summed",
}

_CHOICES: Mapping[str, tuple[object, ...]] = {
    "neurons": get_args(NeuronUnit),
    "images_by": get_args(ImagesBy),
    "split_target": (False, True),
    "weight_scaling": get_args(WeightScaling),
    "group_weights": get_args(GroupWeights),
}

_COUNTS = (
    "tau",
    "top_k",
    "images_per_target",
    "max_layers",
    "nodes",
    "max_semantic_groups",
    "max_neuron_groups",
    "min_semantic_groups",
    "min_neuron_groups",
)

_COUNTS_OR_NONE = (
    "max_neurons_per_layer",
    "max_patches_per_image",
    "batch_size",
    "memory_budget",
)


def _is_whole(value: object) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool)


def _check_choice(name: str, value: object, choices: tuple[object, ...]) -> None:
    if type(value) not in {type(choice) for choice in choices} or value not in choices:
        raise ConfigError(f"{name}={value!r}: wanted one of {choices}.")


def _check_count(name: str, value: object, least: int = 1) -> None:
    if not _is_whole(value) or value < least:
        raise ConfigError(f"{name}={value!r}: wanted a whole number of at least {least}.")


def _check_range(name: str, value: object, low: float, high: float) -> None:
    if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
        raise ConfigError(f"{name}={value!r}: wanted a number from {low:g} to {high:g}.")


def _checked_granularities(values: object) -> tuple[float, ...]:
    if not isinstance(values, list | tuple) or not values:
        raise ConfigError(f"granularities={values!r}: wanted at least one number in (0, 1].")
    for value in values:
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value <= 1:
            raise ConfigError(f"granularities={values!r}: {value!r} does not lie in (0, 1].")
    return tuple(float(value) for value in values)
