"""A network opened for analysis on a probe set: what every step of the walk down needs.

Layers and targets are settled here, so that a wrong name fails before any work is done.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field, replace
from typing import TypeVar

import numpy as np
import torch
from torch import Tensor, nn

from neurflow_lightning.config import NeurFlowConfig, config_of
from neurflow_lightning.core import memory_layout
from neurflow_lightning.core.attribution import AttributionMethod, PathAttribution
from neurflow_lightning.core.concepts import ImageLimit
from neurflow_lightning.core.gates import GateKind, hold_gates
from neurflow_lightning.core.hooks import Forward, undisturbed
from neurflow_lightning.core.lines import FoldedSegment
from neurflow_lightning.core.lowering import lowered
from neurflow_lightning.core.memory import (
    budget_of_kept,
    default_budget,
    in_batches,
    reuse_large_blocks,
)
from neurflow_lightning.core.methods import find_method, method_name, recorded_method
from neurflow_lightning.core.probes import (
    PatchSet,
    ProbeSet,
    check_fingerprint,
    labelled_as,
    make_patches,
)
from neurflow_lightning.core.quadrature import gauss_legendre
from neurflow_lightning.core.segments import (
    Network,
    Segment,
    TracedSegment,
    open_network,
)
from neurflow_lightning.core.tracing import UntraceableError
from neurflow_lightning.core.work import most_neurons
from neurflow_lightning.errors import ConfigError, described, near_matches
from neurflow_lightning.method_names import is_own
from neurflow_lightning.types import IntArray, NeuronId, ProbeInfo, SegmentAttribution, Snapshot

Result = TypeVar("Result")

FAST_BATCH = {"cpu": 128, "cuda": 1024}
"""Most patches in one run of the network: more are no faster."""

FAST_INPUT = {"cpu": 5 * 2**17, "cuda": 2**25}
"""Numbers in the patches of one run of a convolutional network: with more, activations leave the
cache and take memory in proportion."""

FAST_TOKENS = 4
"""Times as many patches run at once in a network that is mostly products of matrices."""

FAST_WORK = {"cpu": 48 * 2**20}
"""Bytes worked on at once along the path by a CPU: about its cache. Other devices take a part of
the memory budget."""

RUN_SHARE = 2 / 5
"""Part of the memory budget that one run of the network may take."""

VALUES_IN_A_RUN = 4
"""Of the largest size, that are about to be there at once while a network runs."""

DEFAULT_TARGETS = 5
"""Targets chosen when none are named: the first classes present in the probe set."""


@dataclass(frozen=True, eq=False)
class ChosenMethod:
    """How the neurons of a layer are attributed to the layer below.

    Attributes:
        method: the function, or what the package computes fast.
        record: its record in snapshots.
    """

    method: AttributionMethod
    record: SegmentAttribution


@dataclass(frozen=True)
class Study:
    """A network opened for analysis on a probe set: everything the walk down needs.

    It keeps no weights, so that it can serve many analyses of a network while that trains. Of what
    was computed it keeps which attribution methods were chosen, and counts of core neurons.

    Attributes:
        network, segments: the network, and its parts between neighbouring layers.
        probes, probe, patches: the probe set, its description, its patches.
        targets: the neurons to explain.
        config: the numbers of the method.
        device, dtype: where and in which type the network computes.
        layout: how images lie in memory when the network takes them.
        memory_budget: bytes that the analysis may hold beside the network and the probe images.
        attribution: the method that was asked for.
        chosen: upper layer → how its neurons are attributed to the layer below; filled in by the
            first analysis, and the same method for all targets and analyses after that.
        core_counts: layer → core neurons of the largest circuit so far.
        bounds: (target, layer) → the most core neurons to keep there, where the time of an
            earlier analysis, or that of ``like``, sufficed for no more.
    """

    network: Network
    segments: tuple[Segment, ...]
    probes: ProbeSet
    probe: ProbeInfo
    patches: PatchSet
    targets: tuple[NeuronId, ...]
    config: NeurFlowConfig
    device: torch.device
    dtype: torch.dtype
    layout: torch.memory_format
    memory_budget: int
    attribution: AttributionMethod
    chosen: dict[str, ChosenMethod] = field(default_factory=dict)
    core_counts: dict[str, int] = field(default_factory=dict)
    bounds: dict[tuple[int, str], int] = field(default_factory=dict)
    _folded: dict[tuple[str, tuple[GateKind, ...]], FoldedSegment | str] = field(
        default_factory=dict
    )

    def inputs(self, rows: IntArray) -> Tensor:
        """(B, ...) patches as the network takes them."""
        return self.placed(self.patches.batch(rows))

    def placed(self, batch: Tensor) -> Tensor:
        """(B, ...) any inputs where the network lies, of its type and in its layout."""
        placed = _placed(batch, self.device, self.dtype)
        return placed.contiguous(memory_format=self.layout)

    @property
    def kept_budget(self) -> int:
        """Bytes of what enters the segments that may be kept, so that nothing runs again for it."""
        if self.config.memory_budget is not None:
            return self.memory_budget // 2
        return budget_of_kept(self.device)

    @property
    def image_limit(self) -> ImageLimit | None:
        """Patches of one image that a concept may have, where there is such a bound."""
        most = self.config.max_patches_per_image
        return None if most is None else ImageLimit(self.patches.grid.crops, most)

    def patch_rows(self, target: NeuronId) -> IntArray:
        """Rows of the target's patches, ascending."""
        images = self.probes.images_of(target.index, self.config.images_per_target)
        return self.patches.grid.rows(images)

    def in_batches(
        self, rows: IntArray, work: Callable[[IntArray], Result]
    ) -> Iterator[tuple[IntArray, Result]]:
        """(rows, result) of running the network on the patches, as many at once as fit."""
        return in_batches(rows, self.batch_size, work)

    @property
    def batch_size(self) -> int:
        """Patches in one run of the network."""
        return _batch_size(self.config, self.network, self.probes, self.device, self.memory_budget)

    def rows_at_once(self, segment: Segment) -> int:
        """Patches in one run of a segment whose values are kept for going back through it."""
        size = self.network.segment_work(segment).numbers * self.dtype.itemsize
        most = self.memory_budget // 3
        return max(min(most, FAST_WORK.get(self.device.type, most)) // max(size, 1), 2)

    def arithmetic(self) -> AbstractContextManager[object]:
        """The precision in which the network and its segments are run."""
        if self.config.precision != "bf16" or self.dtype != torch.float32:
            return nullcontext()
        return torch.autocast(self.device.type, torch.bfloat16)

    @contextmanager
    def passing(self) -> Iterator[None]:
        """The precision and the memory layout of a forward pass through the network."""
        with self.arithmetic(), memory_layout.kept(self.layout):
            yield

    def most_neurons(self) -> dict[str, int]:
        """Layer → the most neurons that can be attributed for one target, deep to shallow."""
        most = self.config.max_neurons_per_layer
        deep_first = self.network.layers[:0:-1]
        return most_neurons(deep_first, self.network.widths, 1, self.config.tau, most)

    def expected_neurons(self, layer: str | None = None, count: int = 1) -> dict[str, int]:
        """Layer → the neurons that will be attributed for one target, deep to shallow.

        As many as in the largest circuit so far. Before there is one: as many different ones as
        neurons would have that draw theirs at random, within the config's bound.

        Args:
            layer: where to begin; ``None`` for the deepest one.
            count: its neurons.
        """
        layers = self.network.layers
        top = len(layers) - 1 if layer is None else layers.index(layer)
        found = {layers[top]: count}
        for segment in reversed(self.segments[:top]):
            width = self.network.widths[segment.lower]
            share = min(self.config.tau / width, 1.0)
            different = max(round(width * (1 - (1 - share) ** found[segment.upper])), 1)
            most = min(different, self.config.max_neurons_per_layer or different)
            found[segment.lower] = self.core_counts.get(segment.lower, most)
        del found[self.network.layers[0]]
        return found

    def most_kept(self, target: NeuronId, layer: str) -> int | None:
        """Core neurons of a layer that are kept for a target at most; ``None`` for all."""
        return self.bounds.get((target.index, layer), self.config.max_neurons_per_layer)

    def is_placed(self) -> bool:
        """Whether the network is still on the device and of the type that it was opened with."""
        return _placement(self.network.model) == (self.device, self.dtype)

    def adopt(self, records: Mapping[str, SegmentAttribution]) -> None:
        """Attribute each layer as it was recorded, instead of choosing anew.

        Args:
            records: upper layer → its record in a snapshot; other layers are left as they are.

        Raises:
            ConfigError: for a method that cannot be found here.
        """
        for segment in self.segments:
            if segment.upper in records:
                record = records[segment.upper]
                method = recorded_method(record, self.attribution)
                self.chosen[segment.upper] = ChosenMethod(method, record)

    def records(self) -> dict[str, SegmentAttribution]:
        """Upper layer → how it is attributed, shallow to deep, as far as that is known by now."""
        uppers = [segment.upper for segment in self.segments]
        return {upper: self.chosen[upper].record for upper in uppers if upper in self.chosen}

    def check_again(self) -> None:
        """Let folded gradients be checked again: the weights have changed."""
        for folded in self._folded.values():
            if isinstance(folded, FoldedSegment):
                folded.doubts.clear()

    def folded(self, upper: str, hold: tuple[GateKind, ...] = ()) -> FoldedSegment | None:
        """A segment restricted and folded, with gates held; ``None`` where that is impossible."""
        found = self._folded_or_reason(upper, hold)
        return found if isinstance(found, FoldedSegment) else None

    def methods(self) -> dict[str, str]:
        """Upper layer → how its segment is run: ``"folded"``, ``"traced"`` or ``"replayed"``."""
        return {one.upper: self._method(one) for one in self.segments}

    def reason(self, upper: str) -> str:
        """Why a segment is not run the fastest way; empty where it is."""
        segment = self.segment_below(upper)
        if self._method(segment) == "folded":
            return ""
        found = self._folded_or_reason(upper, self._hold(upper))
        doubts = found.doubts.values() if isinstance(found, FoldedSegment) else (found,)
        return segment.reason or next(filter(None, doubts), "")

    def segment_below(self, upper: str) -> Segment:
        """The segment that ends with the layer ``upper``."""
        (segment,) = (one for one in self.segments if one.upper == upper)
        return segment

    def _method(self, segment: Segment) -> str:
        folded = self.folded(segment.upper, self._hold(segment.upper))
        return segment.method if folded is None or any(folded.doubts.values()) else "folded"

    def _hold(self, upper: str) -> tuple[GateKind, ...]:
        """The gates that are held below a layer, as far as that is known by now."""
        method = self.attribution
        if upper in self.chosen:
            method = self.chosen[upper].method
        return method.hold if isinstance(method, PathAttribution) else ()

    def _folded_or_reason(self, upper: str, hold: tuple[GateKind, ...]) -> FoldedSegment | str:
        if (upper, hold) not in self._folded:
            segment = self.segment_below(upper)
            narrow = _narrow_prefix(self.config, self.device, self.dtype)
            self._folded[upper, hold] = _folded(self.network, segment, hold, narrow)
        return self._folded[upper, hold]

    def name(self, target: NeuronId) -> str:
        """The target's name for people."""
        return self.probe.class_name(target.index)

    def nodes(self, *, gentle: bool) -> list[tuple[float, float]]:
        """(position, weight) of every node of the quadrature.

        Args:
            gentle: whether nothing in the segment changes fastest next to the baseline.
        """
        power = self.config.node_power or (1 if gentle else 3)
        return list(gauss_legendre(self.config.nodes, power))


def open_study(
    model: nn.Module,
    probes: ProbeSet,
    layers: Sequence[str] | None,
    targets: Sequence[int | str] | None,
    config: NeurFlowConfig | str | None,
    forward: Forward | None,
    *,
    attribution: str | AttributionMethod | None = None,
    like: Snapshot | None = None,
) -> Study:
    """Open the network on three patches and settle layers, targets and the attribution method.

    With ``like``, they are those of a snapshot, and the probe set has to be its own.
    """
    if like is not None:
        layers, targets, config = settings_of(like, layers, targets, config, attribution)
    config = config_of(config)
    method = find_method(config.attribution if attribution is None else attribution)
    config = replace(config, attribution=method_name(method))
    device, dtype = _placement(model)
    if device.type == "cpu":
        reuse_large_blocks()
    patches = make_patches(probes, config.granularities)
    example = _placed(patches.batch(np.arange(3) % len(patches)), device, dtype)
    network = open_network(
        model,
        layers,
        example,
        forward=forward,
        channel_axis=config.channel_axis,
        neurons=config.neurons,
        count=config.max_layers,
        segments=True,
    )
    memory_budget = config.memory_budget or default_budget(device)
    if like is not None and config.images_by == "prediction":
        probes = labelled_as(probes, like.probe)
    else:
        probes = _labelled(network, probes, config, device, memory_budget)
    study = Study(
        network=network,
        segments=network.segments(),
        probes=probes,
        probe=probes.info(config),
        patches=patches,
        targets=_resolved_targets(targets, probes, network),
        config=config,
        device=device,
        dtype=dtype,
        layout=_fastest_layout(network, example[:2]),
        memory_budget=memory_budget,
        attribution=method,
    )
    if like is not None:
        check_fingerprint(study.probe.fingerprint, like.probe)
        study.adopt(like.attribution)
        study.bounds.update(like.time_bounds)
    return _with_images(study)


def on_probes(study: Study, probes: ProbeSet, targets: Sequence[int | str] | None) -> Study:
    """An open network on another probe set, whose inputs have the same shape and type."""
    config, network = study.config, study.network
    probes = _labelled(network, probes, config, study.device, study.memory_budget)
    return _with_images(
        replace(
            study,
            probes=probes,
            probe=probes.info(config),
            patches=make_patches(probes, config.granularities),
            targets=_resolved_targets(targets, probes, network),
        )
    )


def _with_images(study: Study) -> Study:
    for target in study.targets:
        study.patch_rows(target)  # a target without probe images is an error now, not later
    return study


def warn_of_skipped(study: Study) -> None:
    """Warn where layers chosen by default leave out most of the network."""
    if study.network.skipped is not None:
        warnings.warn(f"NeurFlow: {study.network.skipped}.", stacklevel=3)


def settings_of(
    like: Snapshot,
    layers: Sequence[str] | None,
    targets: Sequence[int | str] | None,
    config: NeurFlowConfig | str | None,
    attribution: str | AttributionMethod | None,
) -> tuple[Sequence[str], Sequence[int], NeurFlowConfig]:
    """Layers, targets and config of a snapshot that another one shall be made like.

    Raises:
        ConfigError: where any of them was given too, or an attribution method, unless the snapshot
            was made by one without an address.
    """
    given: dict[str, object] = {"layers": layers, "targets": targets, "config": config}
    if not isinstance(like, Snapshot):
        raise ConfigError(
            f"like={like!r}: expected a Snapshot; load_snapshot(path) reads one from its file."
        )
    foreign = foreign_methods(like)
    if not foreign:
        given["attribution"] = attribution
    also = [name for name, value in given.items() if value is not None]
    if also:
        raise ConfigError(
            f"like= already sets layers, targets, config and attribution: drop {', '.join(also)}."
        )
    if not like.circuits:
        raise ConfigError("The snapshot given as like= has no circuit: its analysis was cut short.")
    if foreign and (attribution is None or method_name(find_method(attribution)) not in foreign):
        raise ConfigError(
            f"The snapshot given as like= was attributed by {', '.join(foreign)}. No function is "
            "called because a file names it: give the same one as attribution=."
        )
    return like.layers, [one.target.index for one in like.circuits], like.config


def foreign_methods(snapshot: Snapshot) -> list[str]:
    """The attribution methods of a snapshot that are functions from outside of the package."""
    records = (one.method for one in snapshot.attribution.values())
    names = {snapshot.config.attribution, *records}
    return sorted(name for name in names if not is_own(name))


def _batch_size(
    config: NeurFlowConfig,
    network: Network,
    probes: ProbeSet,
    device: torch.device,
    memory_budget: int,
) -> int:
    if config.batch_size is not None:
        return config.batch_size
    kind = device.type if device.type in FAST_BATCH else "cpu"
    fast = FAST_INPUT[kind] // max(probes.images[0].numel(), 1)
    if not is_convolutional(network):
        fast *= FAST_TOKENS
    room = int(RUN_SHARE * memory_budget) // (VALUES_IN_A_RUN * network.largest_bytes)
    return max(min(fast, FAST_BATCH[kind], room), 2)  # networks with ``squeeze()`` fail on one row


def _labelled(
    network: Network,
    probes: ProbeSet,
    config: NeurFlowConfig,
    device: torch.device,
    memory_budget: int,
) -> ProbeSet:
    """The probe set, with the classes that the network predicts where those shall count."""
    if config.images_by != "prediction":
        return probes
    batch_size = _batch_size(config, network, probes, device, memory_budget)

    def predicted(rows: IntArray) -> Tensor:
        batch = _placed(probes.images[torch.from_numpy(rows)], *_placement(network.model))
        return network.responses(batch)[network.layers[-1]].argmax(dim=1).cpu()

    parts = [part for _, part in in_batches(np.arange(len(probes)), batch_size, predicted)]
    return replace(probes, labels=torch.cat(parts))


@contextmanager
def analysis_mode(model: nn.Module) -> Iterator[None]:
    """Evaluation mode, outside of inference mode; every module's own mode comes back after.

    Parameters keep their ``requires_grad``: reentrant checkpointing fails with frozen ones.
    """
    training = [(module, module.training) for module in model.modules()]
    try:
        for module, _ in training:
            module.training = False
        with torch.inference_mode(False), torch.no_grad(), undisturbed(model):
            yield
    finally:
        for module, mode in training:
            module.training = mode


def _resolved_targets(
    targets: Sequence[int | str] | None, probes: ProbeSet, network: Network
) -> tuple[NeuronId, ...]:
    logits = network.layers[-1]
    width = network.widths[logits]
    if targets is None:
        targets = choose_targets(probes)
    if isinstance(targets, str) or not isinstance(targets, Sequence) or not targets:
        raise ConfigError(f"targets={targets!r}: wanted a list of classes, or None to choose.")
    found = tuple(NeuronId(logits, _class_number(one, probes, logits, width)) for one in targets)
    if len(set(found)) < len(found):
        raise ConfigError(f"targets={list(targets)!r} names a class twice.")
    return found


def choose_targets(probes: ProbeSet) -> tuple[int, ...]:
    """The first :data:`DEFAULT_TARGETS` classes present in the probe set; -1 is no class.

    Raises:
        ConfigError: for a probe set without labels, where any neuron may be a target.
    """
    if probes.labels is None:
        raise ConfigError(
            "targets=None needs labels to choose from, and the probe set has none. "
            "Name the neurons of the last layer to explain, e.g. targets=[0, 1]."
        )
    return tuple(one for one in probes.targets() if one >= 0)[:DEFAULT_TARGETS]


def _class_number(target: int | str, probes: ProbeSet, logits: str, width: int) -> int:
    if isinstance(target, str):
        if target not in probes.class_names:
            raise ConfigError(
                f"No class is named {target!r}. {near_matches(target, probes.class_names)}"
            )
        same = [place for place, name in enumerate(probes.class_names) if name == target]
        if len(same) > 1:
            raise ConfigError(
                f"Several classes are named {target!r}: {', '.join(map(str, same))}. "
                "Give the number of the one to explain."
            )
        (target,) = same
    if isinstance(target, bool) or not isinstance(target, int) or not 0 <= target < width:
        raise ConfigError(
            f"Target {target!r}: {logits!r} has the neurons 0 to {width - 1}.{_one_logit(width)}"
        )
    return int(target)


def _one_logit(width: int) -> str:
    if width > 1:
        return ""
    return (
        " One logit stands for two classes: let forward return both, such as "
        "torch.cat([-logit, logit], 1), or give targets=[0] and probes of one class, labelled 0."
    )


def _folded(
    network: Network,
    segment: Segment,
    hold: tuple[GateKind, ...],
    narrow: bool,
) -> FoldedSegment | str:
    """A segment as known operations, or why it is none."""
    if not isinstance(segment, TracedSegment):
        return ""
    try:
        entering = (segment.tried.lower, *segment.tried.context)
        pure = lowered(segment.graph, segment.root, entering)
        held = hold_gates(pure, hold, entering) if hold else None
    except UntraceableError as error:
        return str(error)
    except torch.OutOfMemoryError:
        raise
    except Exception as error:  # code that nobody foresaw: it is run the plain way
        return described(error)
    axes = network.channel_axes[segment.lower], network.channel_axes[segment.upper]
    if held is None:
        return FoldedSegment(pure, *axes, narrow)
    return FoldedSegment(held.segment, *axes, narrow, held.factors)


def _narrow_prefix(config: NeurFlowConfig, device: torch.device, dtype: torch.dtype) -> bool:
    """Whether the affine part of segments is run in bfloat16."""
    wanted = config.precision in ("bf16-prefix", "bf16")
    wanted = wanted or (config.precision == "auto" and fast_in_bfloat16(device))
    return wanted and dtype == torch.float32


def fast_in_bfloat16(device: torch.device) -> bool:
    """Whether the device has instructions of its own for products of bfloat16."""
    if device.type == "cuda":
        return torch.cuda.get_device_capability(device) >= (8, 0)
    return device.type == "cpu" and torch.cpu._is_avx512_bf16_supported()


def is_convolutional(network: Network) -> bool:
    """Whether most of what the network does are convolutions."""
    work = network.work[network.layers[-1]]
    return work.convolved >= work.multiply_adds / 2


def _fastest_layout(network: Network, example: Tensor) -> torch.memory_format:
    """Channels last where the network takes them: convolutions are fastest so, and hand it on.

    Code with a ``view()`` of feature maps refuses them.
    """
    if example.ndim != 4 or not is_convolutional(network):
        return torch.contiguous_format
    plain = network.responses(example)
    try:
        with memory_layout.kept(torch.channels_last):
            found = network.responses(example.contiguous(memory_format=torch.channels_last))
    except Exception:  # an assertion on the layout, for one
        return torch.contiguous_format
    same = all(
        torch.allclose(found[layer], one, rtol=1e-2, atol=1e-3 * float(one.abs().max()))
        for layer, one in plain.items()
    )
    return torch.channels_last if same else torch.contiguous_format


def _placed(batch: Tensor, device: torch.device, dtype: torch.dtype) -> Tensor:
    return batch.to(device, dtype if batch.is_floating_point() else None)


def _placement(model: nn.Module) -> tuple[torch.device, torch.dtype]:
    """Where the network's first floating parameter or buffer lies, and its type."""
    for tensor in (*model.parameters(), *model.buffers()):
        if tensor.is_floating_point():
            return tensor.device, tensor.dtype
    return torch.device("cpu"), torch.float32
