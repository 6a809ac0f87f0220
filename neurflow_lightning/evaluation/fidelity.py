"""Fidelity of core neurons: what the network still does without them, and with nothing else.

For each target, layer and τ the layer's core neurons are *masked* (set to 0), or everything else is
(they are *retained*); in this layer alone, or in all deeper ones but the logits too. What is read
off is how well the network tells the target from all other classes
(:func:`~neurflow_lightning.core.transfer.target_accuracy`; ½ is chance) and the target's logit.
The same is done to random sets of the same size that hold no neuron of the core set. Core neurons
should lose more than those when masked, and less when retained.

**Degenerate cases.** Near the input nearly all neurons of a narrow layer can be core, and no set of
that size is left outside. Then only the most important ones are used, as many as half of the layer,
and the result says so: of an even number the other half is then every random set. Where the target
has no image nothing can be measured, and that is an error; where other classes have none there is
no accuracy, only the logit.

**How it is run.** Where nothing enters the segments above a layer from elsewhere, the network is
run from the shallowest masked layer up, on activations that are kept; else from the images.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from neurflow_lightning.core.attribution import AttributionRequest, NotApplicableError, scores
from neurflow_lightning.core.memory import in_batches
from neurflow_lightning.core.methods import find_method
from neurflow_lightning.core.segments import Segment, response
from neurflow_lightning.core.selection import ranked
from neurflow_lightning.core.study import Study
from neurflow_lightning.core.transfer import target_accuracy
from neurflow_lightning.errors import ProbeError
from neurflow_lightning.evaluation.results import Chosen, Compared, Fidelity, Mode, Reach
from neurflow_lightning.evaluation.settings import EvaluationSettings
from neurflow_lightning.evaluation.statistics import (
    RESAMPLES,
    UNKNOWN,
    Values,
    percentile_interval,
)
from neurflow_lightning.evaluation.subject import core_sets, random_set
from neurflow_lightning.types import BoolArray, Circuit, IntArray

Masks = Mapping[str, IntArray]
"""Layer → its neurons that are set to 0."""


class MaskedNetwork:
    """The network on fixed images, with neurons of some layers set to 0.

    Args:
        study: the network.
        images: (n, ...) as the network takes them.
        batch_size: images in one run.
    """

    def __init__(self, study: Study, images: Tensor, batch_size: int) -> None:
        self._study, self._images, self._batch_size = study, images, batch_size
        self._kept: dict[str, list[Tensor]] = {}

    def logits(self, masks: Masks) -> Tensor:
        """(n, C) logits on the CPU."""
        masks = {layer: neurons for layer, neurons in masks.items() if len(neurons)}
        layers = self._study.network.layers
        masked = [place for place, layer in enumerate(layers) if layer in masks]
        lowest = min(masked, default=len(layers) - 2)
        way = self._study.segments[lowest:]
        activations = self._activations(layers[lowest], way)
        with self._study.passing(), torch.no_grad():
            if activations is None:
                parts = self._in_batches(lambda batch: self._from_images(batch, masks))
            else:
                parts = [self._from_layer(one, way, masks) for one in activations]
        return torch.cat([one.float().cpu() for one in parts])

    def _from_images(self, batch: Tensor, masks: Masks) -> Tensor:
        placed = {layer: _indices(neurons) for layer, neurons in masks.items()}
        return self._study.network.masked(batch, placed)

    def _from_layer(self, values: Tensor, way: Sequence[Segment], masks: Masks) -> Tensor:
        axes = self._study.network.channel_axes
        for segment in way:
            if segment.lower in masks:
                neurons = _indices(masks[segment.lower]).to(values.device)
                values = values.index_fill(axes[segment.lower], neurons, 0.0)
            values = segment.run(values, ())
        return response(values, axes[way[-1].upper])

    def _activations(self, layer: str, way: Sequence[Segment]) -> list[Tensor] | None:
        """The layer's activations on all images, where the way up from it needs nothing else."""
        if layer in self._kept:
            return self._kept[layer]
        shape = self._study.network.shapes[layer]
        size = len(self._images) * math.prod(shape) * self._study.dtype.itemsize
        if any(segment.needs_context for segment in way) or size > self._study.memory_budget:
            return None
        self._kept.clear()  # one layer at a time is what the budget is for
        with self._study.passing():
            self._kept[layer] = self._in_batches(lambda batch: way[0].entering(batch)[0])
        return self._kept[layer]

    def entering(self, segment: Segment, rows: IntArray) -> tuple[Tensor, tuple[Tensor, ...]]:
        """Lower activations and context of some of the images."""
        with self._study.passing():
            return segment.entering(self._study.placed(self._images[torch.from_numpy(rows)]))

    def _in_batches(self, work: Callable[[Tensor], Tensor]) -> list[Tensor]:
        """What ``work`` makes of all images, some at a time."""
        found = in_batches(
            self._images, self._batch_size, lambda batch: work(self._study.placed(batch))
        )
        return [one for _, one in found]


@dataclass(frozen=True, eq=False)
class _Outcome:
    """One way of masking, seen from one target.

    Attributes:
        right: (n,) 1 where the network tells right whether the image is of the target.
        logit: (own,) the target's logit on its own images.
    """

    right: Values
    logit: Values


@dataclass(frozen=True, eq=False)
class _Trial:
    """One target on the images.

    Attributes:
        network: to be masked.
        target: class index.
        truth: (n,) classes of the images.
    """

    network: MaskedNetwork
    target: int
    truth: Tensor

    @property
    def own(self) -> IntArray:
        """Images of the target."""
        return np.flatnonzero((self.truth == self.target).numpy())

    def outcome(self, masks: Masks) -> _Outcome:
        logits = self.network.logits(masks)
        told = (logits.argmax(1) == self.target) == (self.truth == self.target)
        logit = logits[:, self.target][self.truth == self.target]
        return _Outcome(told.double().numpy(), logit.double().numpy())

    def accuracy(self, outcome: _Outcome) -> float:
        """As :func:`target_accuracy`; NaN without images of other classes."""
        own = self.truth == self.target
        if bool(own.all()):
            return math.nan
        right = torch.from_numpy(outcome.right) > 0
        told = torch.where(own == right, self.target, self.target - 1)  # any other answer
        return target_accuracy(self.target, self.truth, told)


def measure_fidelity(
    study: Study,
    circuits: Sequence[Circuit],
    images: Tensor,
    labels: Tensor,
    settings: EvaluationSettings,
    notes: set[str],
) -> Iterator[Fidelity]:
    """Every target, τ, layer (deep to shallow), mode and reach.

    Args:
        study: the network.
        circuits: of the targets.
        images, labels: (n, ...) and (n,): on what the masked network is tried.
        settings: which τ, how many sets.
        notes: told what cannot be compared.

    Raises:
        ProbeError: when no image is of a target.
    """
    for circuit in circuits:
        if not bool((labels == circuit.target.index).any()):
            raise ProbeError(
                f"None of the {len(labels)} images is of target {circuit.name!r}: fidelity needs "
                "some of them. Give more images, or leave fidelity out."
            )
    network = MaskedNetwork(study, images, settings.batch_size)
    for circuit in circuits:
        trial = _Trial(network, circuit.target.index, labels)
        whole = trial.outcome({})
        rivals = _Rivals(study, trial, settings)
        own = (labels == circuit.target.index).numpy()
        draws = _Resamples(own, settings.sets, settings.seed)
        for tau in settings.taus_of(study.config.tau):
            yield from _of_circuit(
                study, circuit, tau, trial, whole, rivals, draws, settings, notes
            )


def _of_circuit(
    study: Study,
    circuit: Circuit,
    tau: int,
    trial: _Trial,
    whole: _Outcome,
    rivals: _Rivals,
    draws: _Resamples,
    settings: EvaluationSettings,
    notes: set[str],
) -> Iterator[Fidelity]:
    widths = study.network.widths
    random = np.random.default_rng([settings.seed, circuit.target.index, tau])
    core: dict[str, IntArray] = {}
    drawn: list[dict[str, IntArray]] = [{} for _ in range(settings.sets)]
    for layer, found in core_sets(circuit, tau).items():
        used = found[: max(widths[layer] // 2, 1)]
        if not used or len(used) == widths[layer]:
            notes.add(f"{circuit.name}, {layer}: no core neurons, or none beside them")
            return  # nothing came down to here, and so to nothing below
        if 2 * len(used) == widths[layer]:
            notes.add(f"{layer}: where half of it is core, the other half is the only random set")
        core[layer] = np.sort(np.array(used, dtype=np.int64))
        for one in drawn:
            one[layer] = random_set(random, widths[layer], len(used), without=used)
        reaches: dict[Reach, list[str]] = {"single": [layer]}
        if len(core) > 1:
            reaches["cumulative"] = list(core)
        modes: tuple[Mode, ...] = ("mask", "retain")
        for mode in modes:
            for reach, layers in reaches.items():
                ours = trial.outcome(_masks(core, layers, mode, widths))
                theirs = [trial.outcome(_masks(one, layers, mode, widths)) for one in drawn]
                accuracy, logit = _compared(trial, whole, ours, theirs, mode, draws)
                yield Fidelity(
                    *(circuit.target.index, circuit.name, layer, tau, mode, reach),
                    neurons=len(used),
                    core_neurons=len(found),
                    width=widths[layer],
                    sets=settings.sets,
                    accuracy=accuracy,
                    logit=logit,
                    rivals=rivals.of(layer, len(used), mode) if reach == "single" else (),
                )


def _masks(
    sets: Masks, layers: Sequence[str], mode: Mode, widths: Mapping[str, int]
) -> dict[str, IntArray]:
    """What is set to 0: the sets themselves, or all other neurons of their layers."""
    if mode == "mask":
        return {layer: sets[layer] for layer in layers}
    return {layer: np.setdiff1d(np.arange(widths[layer]), sets[layer]) for layer in layers}


class _Rivals:
    """Sets that others choose: the neurons that matter most to the logit itself, by their score.

    Each is asked once for each layer, about the target's own images and the segment from the layer
    to the logits.
    """

    def __init__(self, study: Study, trial: _Trial, settings: EvaluationSettings) -> None:
        self._study, self._trial, self._settings = study, trial, settings
        self._rankings: dict[tuple[str, str], list[int] | str] = {}

    def of(self, layer: str, size: int, mode: Mode) -> tuple[Chosen, ...]:
        return tuple(self._one(name, layer, size, mode) for name in self._settings.rivals)

    def _one(self, name: str, layer: str, size: int, mode: Mode) -> Chosen:
        if (name, layer) not in self._rankings:
            self._rankings[name, layer] = self._ranking(name, layer)
        ranking = self._rankings[name, layer]
        if isinstance(ranking, str):
            return Chosen(name, math.nan, ranking)
        sets = {layer: np.sort(np.array(ranking[:size], dtype=np.int64))}
        masks = _masks(sets, [layer], mode, self._study.network.widths)
        return Chosen(name, self._trial.accuracy(self._trial.outcome(masks)))

    def _ranking(self, name: str, layer: str) -> list[int] | str:
        study, trial = self._study, self._trial
        segment = study.network.segment(layer, study.network.layers[-1])
        lower, context = trial.network.entering(segment, trial.own)
        request = AttributionRequest(
            *(study.network, segment, trial.target, lower, context),
            nodes=tuple(study.nodes(gentle=False)),
            seed=self._settings.seed,
            batch_size=study.batch_size,
        )
        try:
            return ranked(scores(find_method(name)(request)), study.network.widths[layer])
        except NotApplicableError as error:
            return str(error)


# --- numbers -----------------------------------------------------------------------------


def _compared(
    trial: _Trial,
    whole: _Outcome,
    core: _Outcome,
    random: Sequence[_Outcome],
    mode: Mode,
    draws: _Resamples,
) -> tuple[Compared, Compared]:
    """Accuracy and logit."""
    sign = 1.0 if mode == "mask" else -1.0
    right = np.stack([one.right for one in random])
    logit = np.stack([one.logit for one in random])
    mean = float(np.mean([trial.accuracy(one) for one in random]))
    accuracy = trial.accuracy(core)
    gain = UNKNOWN
    value = sign * (mean - accuracy)
    if not math.isnan(value):
        gain = percentile_interval(value, sign * draws.balanced(right - core.right))
    by_logit = sign * (float(logit.mean()) - float(core.logit.mean()))
    return (
        Compared(trial.accuracy(whole), accuracy, mean, gain),
        Compared(
            float(whole.logit.mean()),
            float(core.logit.mean()),
            float(logit.mean()),
            percentile_interval(by_logit, sign * draws.of_own(logit - core.logit)),
        ),
    )


class _Resamples:
    """Images (own and other ones apart) and random sets drawn with replacement, many times."""

    def __init__(self, own: BoolArray, sets: int, seed: int) -> None:
        random = np.random.default_rng(seed)

        def shares(count: int) -> Values:
            """(RESAMPLES, count) share of each in a resample."""
            if not count:
                return np.zeros((RESAMPLES, 0))
            return random.multinomial(count, np.full(count, 1 / count), RESAMPLES) / count

        self._own = own
        self._sets = shares(sets)
        self._of_own, self._of_other = shares(int(own.sum())), shares(int((~own).sum()))

    def balanced(self, values: Values) -> Values:
        """(RESAMPLES,) means of own and of other images, halved, of (sets, n) values."""
        means = self._sets @ values
        of_own = (means[:, self._own] * self._of_own).sum(1)
        found: Values = (of_own + (means[:, ~self._own] * self._of_other).sum(1)) / 2
        return found

    def of_own(self, values: Values) -> Values:
        """(RESAMPLES,) means of (sets, own) values."""
        found: Values = ((self._sets @ values) * self._of_own).sum(1)
        return found


def _indices(neurons: IntArray) -> Tensor:
    return torch.from_numpy(np.array(neurons, dtype=np.int64))
