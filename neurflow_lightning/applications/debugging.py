"""Why did the network say that: images seen through the circuits of a snapshot.

1. :func:`debug_image` says which neuron groups fired on one image, on which crops, along which path
   the answer came about, and of a mistake what would have to change.
2. :func:`debug_batch` says what many mistakes share, and tests which neuron groups separate them
   from images that were got right: a route to spurious features.
3. :func:`trace_groups` sets reports of one image at several moments of a training side by side.

The crops are those of the probe images, and a group's normal level is what the snapshot stores: see
:mod:`~neurflow_lightning.applications.firing`. Modes, parameters, attributes and hooks of the model
are left as they were found.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import torch
from scipy.special import softmax
from torch import Tensor, nn

from neurflow_lightning.applications.contrasts import Separation, separation
from neurflow_lightning.applications.firing import (
    THRESHOLD,
    Doubles,
    Firing,
    ImageReport,
    MaskingEffect,
    circuit_firing,
    group_scores,
)
from neurflow_lightning.core.hooks import Forward
from neurflow_lightning.core.intervention import check_width, opened, placed
from neurflow_lightning.core.probes import ProbeSet, make_patches
from neurflow_lightning.core.segments import Network
from neurflow_lightning.core.study import analysis_mode
from neurflow_lightning.errors import ComparisonError, ConfigError, LayerError, ProbeError
from neurflow_lightning.evolution.lineage import run_ids
from neurflow_lightning.evolution.noise import benjamini_hochberg
from neurflow_lightning.labels import GroupLabels
from neurflow_lightning.types import (
    BoolArray,
    Circuit,
    FloatArray,
    GroupId,
    IntArray,
    Snapshot,
    frozen_array,
)

PATCHES_AT_ONCE = 128
"""Most patches in one run of the network, where one image has fewer."""

PERMUTATIONS = 9999
"""With fewer, the smallest p possible is large when hundreds of groups are tested at once."""


# --- one image ---------------------------------------------------------------------------


def debug_image(
    model: nn.Module,
    snapshot: Snapshot,
    image: Tensor,
    true: int | str | None = None,
    *,
    effects: bool = False,
    threshold: float = THRESHOLD,
    forward: Forward | None = None,
) -> ImageReport:
    """Which neuron groups fire on one image, where, and what would have to change.

    Args:
        model: the network that ``snapshot`` was made of.
        snapshot: its circuits.
        image: (...) or (1, ...) as the network takes it: of the probe images' shape, normalised.
        true: its class, by number or name; ``None`` where nobody knows.
        effects: also mask every group that fired on the image, of the circuits of the predicted
            class and its rival, and measure what becomes of the answer: a forward pass each.
        threshold: a score over it fires.
        forward: ``forward(model, x)`` gives the logits where ``model(x)`` does not.

    Raises:
        ProbeError: for an image of another shape.
        LayerError: when the model has not got the snapshot's layers or neurons, or its activations
            on the image are not finite.
        ConfigError: for a class that does not exist, or a threshold that is not above 0.
    """
    _check_threshold(threshold)
    with analysis_mode(model):
        opened_on = _Opened(model, snapshot, _as_batch(image, snapshot), forward)
        (logits,) = opened_on.logits()
        number = _class_number(true, snapshot, len(logits))
        return opened_on.report(0, logits, number, threshold, effects=effects)


def _names(snapshot: Snapshot, report: ImageReport) -> dict[int, str]:
    asked = {report.predicted, report.rival, *([] if report.true is None else [report.true])}
    known = {one.target.index: one.name for one in snapshot.circuits}
    return {one: snapshot.probe.class_name(one) for one in asked} | known


# --- many images -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class GroupContrast:
    """A neuron group on mistakes and on images of the same classes that were got right.

    Attributes:
        target: the class whose circuit the group is of.
        group: which group.
        importance: of the group, in [0, 1].
        direction: ``"misleads"``: the mistakes are images of other classes that were taken for the
            target, and it is tested whether the group scores higher on them. ``"missing"``: they
            are images of the target that were taken for something else, and it is tested
            whether the group scores lower on them.
        mistakes, hits: how many images of each kind were compared.
        fired_mistakes, fired_hits: share of them on which the group fired; NaN of none.
        auroc: how often a mistake scores higher than a hit of the same true class; NaN of none.
        z: in standard deviations of the null, positive in the direction tested; NaN of none.
        p, p_adjusted: one-sided, in the direction tested; adjusted for all tests of a report
            (Benjamini and Hochberg). NaN where nothing could be compared.
    """

    target: int
    group: GroupId
    importance: float
    direction: str
    mistakes: int
    hits: int
    fired_mistakes: float
    fired_hits: float
    auroc: float
    z: float
    p: float
    p_adjusted: float


@dataclass(frozen=True, slots=True)
class Untested:
    """A class whose groups could not be tested in one direction: mistakes or hits are wanting.

    Attributes:
        target: the class.
        direction: as of a :class:`GroupContrast`.
        classes: true classes of the images to compare.
        mistakes: how many of their images were wrongly taken for the target (``"misleads"``), or
            for anything but it (``"missing"``).
        hits: how many of their images were taken rightly; 0 unless there are no mistakes.
    """

    target: int
    direction: str
    classes: tuple[int, ...]
    mistakes: int
    hits: int


@dataclass(frozen=True, eq=False, repr=False)
class BatchReport:
    """What mistakes share, and what separates them from hits.

    Attributes:
        true, predicted: (N,) classes.
        margins: (N,) the predicted class's logit minus the true class's; 0 of a hit.
        contrasts: of every circuit and group below the target's layer, in both directions, those
            that separate most first.
        targets: the classes with a circuit, in the snapshot's order.
        class_names: index → name of each class met.
        threshold, permutations, seed: as given.
        labels: what the groups are called, as of an
            :class:`~neurflow_lightning.applications.firing.ImageReport`.
    """

    true: IntArray
    predicted: IntArray
    margins: FloatArray
    contrasts: tuple[GroupContrast, ...]
    targets: tuple[int, ...]
    class_names: Mapping[int, str]
    threshold: float
    permutations: int
    seed: int
    labels: GroupLabels = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name, dtype in (("true", np.int64), ("predicted", np.int64), ("margins", np.float32)):
            object.__setattr__(self, name, frozen_array(getattr(self, name), dtype))

    def __repr__(self) -> str:
        return (
            f"BatchReport({len(self.mistakes)} of {len(self.true)} images wrong, "
            f"{len(self.significant())} of {len(self.contrasts)} contrasts significant)"
        )

    @property
    def mistakes(self) -> IntArray:
        """(m,) the images that were got wrong, the largest margin first."""
        order: IntArray = np.argsort(-self.margins, kind="stable")
        mistaken: IntArray = order[(self.true != self.predicted)[order]]
        return mistaken

    def significant(self, alpha: float = 0.05) -> tuple[GroupContrast, ...]:
        """The contrasts with an adjusted p of at most ``alpha``, those that separate most first."""
        return tuple(one for one in self.contrasts if one.p_adjusted <= alpha)

    @property
    def untested(self) -> tuple[Untested, ...]:
        """What could not be tested, by class; see :func:`debug_batch` for what is."""
        asked = {(one.target, one.direction): one.mistakes for one in self.contrasts}
        return tuple(
            self._untested(*what) for what, compared in sorted(asked.items()) if not compared
        )

    def _untested(self, target: int, direction: str) -> Untested:
        wrong = self.true != self.predicted
        if direction == "misleads":
            marked = wrong & (self.predicted == target)
            classes = np.unique(self.true[marked])
        else:
            marked = wrong & (self.true == target)
            classes = np.array([target])
        hits = ~wrong & np.isin(self.true, classes)
        return Untested(
            target, direction, tuple(classes.tolist()), int(marked.sum()), int(hits.sum())
        )

    @property
    def without_circuit(self) -> dict[int, int]:
        """Class without a circuit → how many images were wrongly taken for it; most first."""
        taken = Counter(self.predicted[self.mistakes].tolist())
        return {one: count for one, count in taken.most_common() if one not in self.targets}

    def explained_best(self, most: int) -> IntArray:
        """(≤ ``most``,) the mistakes that circuits tell most of.

        First those whose predicted class has a circuit, then those whose true class has one, then
        the others; of each kind the largest margin first.
        """
        return _explained_first(self.mistakes, self.true, self.predicted, self.targets)[:most]

    def passed_over(self, images: Sequence[int]) -> tuple[int, ...]:
        """The mistakes with larger margins than the last of some, but for these."""
        worst = self.mistakes.tolist()
        last = max(map(worst.index, images), default=0)
        return tuple(one for one in worst[:last] if one not in {*images})

    @property
    def suspects(self) -> tuple[GroupContrast, ...]:
        """Groups by how well they separate images wrongly taken for their class from hits."""
        return tuple(one for one in self.contrasts if one.direction == "misleads" and one.mistakes)

    @property
    def shared(self) -> tuple[GroupContrast, ...]:
        """The same groups by the number of mistakes on which they fired, most first."""
        fired = [(round(one.fired_mistakes * one.mistakes), one) for one in self.suspects]
        return tuple(one for count, one in sorted(fired, key=lambda x: -x[0]) if count)


def debug_batch(
    model: nn.Module,
    snapshot: Snapshot,
    images: Tensor,
    labels: Tensor | Sequence[int],
    *,
    threshold: float = THRESHOLD,
    permutations: int = PERMUTATIONS,
    seed: int = 0,
    forward: Forward | None = None,
) -> BatchReport:
    """What mistakes have in common, told by the neuron groups that fired on them.

    Every group of a class's circuit is asked two things: does it score higher on images wrongly
    taken for the class than on images of their true classes that were got right (it *misleads*);
    does it score lower on images of the class that were taken for something else (it is *missing*).
    Scores are compared within true classes by a permutation test.

    What is significant separates mistakes from hits; it need not be their cause. Groups near the
    target separate more easily than others, since they are nearly the answer itself. Better give
    images that are not the probe set's.

    Args:
        model, snapshot, threshold, forward: as in :func:`debug_image`.
        images: (N, ...) as the network takes them.
        labels: (N,) true classes.
        permutations: of the test; the smallest possible p is 1 / (permutations + 1).
        seed: of the permutations.

    Raises:
        ProbeError: for images of another shape, or labels that do not fit them.
        LayerError, ConfigError: as :func:`debug_image`; also for fewer than one permutation.
    """
    _check_threshold(threshold)
    if permutations < 1:
        raise ConfigError(f"permutations={permutations!r}: wanted at least 1.")
    _check_shape(images, snapshot)
    with analysis_mode(model):
        opened_on = _Opened(model, snapshot, images, forward)
        logits = opened_on.logits()
        true = _checked_labels(labels, len(images), logits.shape[1])
        scores = _scores(snapshot, opened_on, len(images))
    predicted = logits.argmax(axis=1)
    rng = np.random.default_rng(seed)
    contrasts = [
        one
        for circuit, columns in zip(snapshot.circuits, scores, strict=True)
        for one in _contrasts(circuit, columns, true, predicted, threshold, permutations, rng)
    ]
    return BatchReport(
        true=true,
        predicted=predicted,
        margins=logits.max(axis=1) - logits[np.arange(len(true)), true],
        contrasts=_ranked(contrasts),
        targets=tuple(one.target.index for one in snapshot.circuits),
        class_names={
            one: snapshot.probe.class_name(one) for one in {*true.tolist(), *predicted.tolist()}
        }
        | {one.target.index: one.name for one in snapshot.circuits},
        threshold=threshold,
        permutations=permutations,
        seed=seed,
    )


def _scores(snapshot: Snapshot, opened_on: _Opened, images: int) -> list[Doubles]:
    """(N, G) of every circuit."""
    parts = [
        [group_scores(circuit, responses) for circuit in snapshot.circuits]
        for responses in opened_on.crop_responses(np.arange(images))
    ]
    return [np.concatenate(columns) for columns in zip(*parts, strict=True)]


def _contrasts(
    circuit: Circuit,
    scores: Doubles,
    true: IntArray,
    predicted: IntArray,
    threshold: float,
    permutations: int,
    rng: np.random.Generator,
) -> Iterator[GroupContrast]:
    """Both directions of every group below the target's layer, p not yet adjusted."""
    target, last = circuit.target.index, circuit.layers[-1]
    places = [place for place, group in enumerate(circuit.groups) if group.id.layer != last]
    hit = true == predicted
    kinds = {
        "misleads": (1.0, (true != target) & (hit | (predicted == target))),
        "missing": (-1.0, true == target),
    }
    for direction, (sign, among) in kinds.items():
        mistaken = ~hit[among]
        columns = scores[among][:, places]
        found = separation(sign * columns, mistaken, true[among], permutations, rng)
        compared = _has_both(mistaken, true[among])
        fired = columns > threshold
        for column, place in enumerate(places):
            group = circuit.groups[place]
            yield GroupContrast(
                target=target,
                group=group.id,
                importance=circuit.group_importance(group),
                direction=direction,
                mistakes=found.marked,
                hits=found.unmarked,
                fired_mistakes=_share(fired[compared & mistaken, column]),
                fired_hits=_share(fired[compared & ~mistaken, column]),
                auroc=_unsigned(found, column, sign),
                z=float(found.z[column]),
                p=float(found.p[column]),
                p_adjusted=float("nan"),
            )


def _has_both(mistaken: BoolArray, classes: IntArray) -> BoolArray:
    """(N,) whether an image's class has mistakes and hits."""
    both = set(classes[mistaken].tolist()) & set(classes[~mistaken].tolist())
    return np.isin(classes, list(both))


def _share(fired: BoolArray) -> float:
    return float(fired.mean()) if len(fired) else float("nan")


def _unsigned(found: Separation, column: int, sign: float) -> float:
    auroc = float(found.auroc[column])
    return auroc if sign > 0 else 1 - auroc


def _ranked(contrasts: Sequence[GroupContrast]) -> tuple[GroupContrast, ...]:
    """With adjusted p, by z; of equal ones the more important group first; NaN last."""
    adjusted = benjamini_hochberg([one.p for one in contrasts])
    told = [replace(one, p_adjusted=float(p)) for one, p in zip(contrasts, adjusted, strict=True)]
    return tuple(
        sorted(told, key=lambda one: (-np.nan_to_num(one.z, nan=-np.inf), -one.importance))
    )


@dataclass(frozen=True, eq=False)
class Mistake:
    """A mistake among many images.

    Attributes:
        image: its number among them.
        report: of it.
    """

    image: int
    report: ImageReport


@dataclass(frozen=True, eq=False)
class Answers:
    """What a network took images for.

    Attributes:
        taken: (N,) the class of each.
        sure: (N,) that class's share in [0, 1], by the softmax of the logits.
        right: (N,) the share of the true class.
    """

    taken: IntArray
    sure: FloatArray
    right: FloatArray

    def __post_init__(self) -> None:
        for name, dtype in (("taken", np.int64), ("sure", np.float32), ("right", np.float32)):
            object.__setattr__(self, name, frozen_array(getattr(self, name), dtype))


def _explained_first(
    worst: IntArray, true: IntArray, predicted: IntArray, targets: Sequence[int]
) -> IntArray:
    """``worst``, but those first whose predicted class is among the targets, then the true one."""
    told = [np.isin(one[worst], targets) for one in (predicted, true)]
    ordered: IntArray = worst[np.argsort(np.select(told, [0, 1], 2), kind="stable")]
    return ordered


def worst_mistakes(
    model: nn.Module,
    snapshot: Snapshot,
    images: Tensor,
    labels: Tensor | Sequence[int],
    most: int,
    *,
    effects: bool = False,
    explained_first: bool = False,
    threshold: float = THRESHOLD,
    forward: Forward | None = None,
) -> tuple[tuple[Mistake, ...], Answers]:
    """Reports of the images that are got wrong by the largest margins.

    Args:
        model, snapshot, images, labels, threshold, forward: as in :func:`debug_batch`.
        most: reports at most.
        effects: as in :func:`debug_image`.
        explained_first: whether those come first of which circuits tell most, see
            :meth:`BatchReport.explained_best`.

    Returns:
        The mistakes, the worst first, and what every image is taken for.

    Raises:
        ProbeError, LayerError, ConfigError: as :func:`debug_batch`.
    """
    _check_threshold(threshold)
    _check_shape(images, snapshot)
    with analysis_mode(model):
        opened_on = _Opened(model, snapshot, images, forward)
        logits = opened_on.logits()
        true = _checked_labels(labels, len(images), logits.shape[1])
        taken, rows = logits.argmax(axis=1), np.arange(len(true))
        order = np.argsort(logits[rows, true] - logits.max(axis=1), kind="stable")
        worst = order[(taken != true)[order]]
        if explained_first:
            targets = [one.target.index for one in snapshot.circuits]
            worst = _explained_first(worst, true, taken, targets)
        found = tuple(
            Mistake(
                row,
                opened_on.report(row, logits[row], int(true[row]), threshold, effects=effects),
            )
            for row in worst[:most].tolist()
        )
    shares = softmax(logits, axis=1).astype(np.float32)
    return found, Answers(taken, shares[rows, taken], shares[rows, true])


# --- one image over a training -----------------------------------------------------------


@dataclass(frozen=True, slots=True)
class GroupTrace:
    """A neuron group of one class's circuit, on one image, at every snapshot.

    Attributes:
        target: class index.
        layer: of the group.
        lineage: what the group is called as long as it lives.
        groups: which group it is in each snapshot; ``None`` where it is not there.
        scores: its score on the image; ``None`` likewise.
    """

    target: int
    layer: str
    lineage: int
    groups: tuple[GroupId | None, ...]
    scores: tuple[float | None, ...]


def trace_groups(
    snapshots: Sequence[Snapshot], reports: Sequence[ImageReport]
) -> tuple[GroupTrace, ...]:
    """The neuron groups of the last report, and what the same groups did on the image earlier.

    A group is followed by its lineage (:mod:`neurflow_lightning.evolution.lineage`); groups that
    other probe images might not show again have none and are left out.

    Args:
        snapshots: of one run, earliest first.
        reports: of the same image, made with each of them and the network of that moment.

    Raises:
        ComparisonError: when there are not as many reports as snapshots, or none, or snapshots
            that cannot be compared.
    """
    if not snapshots or len(snapshots) != len(reports):
        raise ComparisonError(
            f"{len(reports)} reports for {len(snapshots)} snapshots: wanted one for each."
        )
    known, last = run_ids(*snapshots), len(snapshots) - 1
    traces = []
    for circuit in reports[last].circuits:
        for one in circuit.groups:
            number = known[last].get(circuit.target, {}).get(one.group)
            if number is not None:
                traces.append(_trace(circuit.target, one.group.layer, number, known, reports))
    return tuple(traces)


def _trace(
    target: int,
    layer: str,
    lineage: int,
    known: Sequence[Mapping[int, Mapping[GroupId, int]]],
    reports: Sequence[ImageReport],
) -> GroupTrace:
    groups: list[GroupId | None] = []
    scores: list[float | None] = []
    for ids, report in zip(known, reports, strict=True):
        circuit = report.circuit(target)
        its = (
            group
            for group, number in ids.get(target, {}).items()
            if number == lineage and group.layer == layer
        )
        group = next(its, None)
        groups.append(group)
        scores.append(None if group is None or circuit is None else circuit.group(group).score)
    return GroupTrace(target, layer, lineage, tuple(groups), tuple(scores))


# --- the network -------------------------------------------------------------------------


class _Opened:
    """A network opened at a snapshot's layers, inside its :func:`analysis_mode`."""

    def __init__(
        self, model: nn.Module, snapshot: Snapshot, images: Tensor, forward: Forward | None
    ) -> None:
        self._model, self._snapshot, self._images = model, snapshot, images
        config = snapshot.config
        self._network: Network = opened(
            model, snapshot.layers, images, forward, config.channel_axis, config.neurons
        )
        neurons = (node.id for circuit in snapshot.circuits for node in circuit.neurons)
        check_width(self._network, neurons)
        grid = snapshot.probe.grid
        self._crops = make_patches(ProbeSet(images), snapshot.config.granularities)
        if self._crops.grid.crops != grid.crops:
            raise ProbeError(
                f"An image gives {self._crops.grid.crops} crops, and each of the snapshot's probe "
                f"images gave {grid.crops}: wanted images as the probe set has them."
            )

    def logits(self) -> Doubles:
        """(N, C) of the whole images."""
        last = self._network.layers[-1]
        starts = range(0, len(self._images), PATCHES_AT_ONCE)
        batches = (self._images[start : start + PATCHES_AT_ONCE] for start in starts)
        return _finite(torch.cat([self._responses(one)[last] for one in batches]), last)

    def _responses(self, batch: Tensor) -> dict[str, Tensor]:
        """Layer → (B, C) responses."""
        found = self._network.responses(placed(_two_rows(batch), self._model))
        return {layer: one[: len(batch)] for layer, one in found.items()}

    def crop_responses(self, rows: IntArray) -> Iterator[dict[str, Doubles]]:
        """A few of the images at a time: layer → (n, M, C) responses to their crops."""
        crops = self._crops.grid.crops
        some = max(PATCHES_AT_ONCE // crops, 1)
        for start in range(0, len(rows), some):
            part = rows[start : start + some]
            found = self._responses(self._crops.batch(self._crops.grid.rows(part)))
            yield {
                layer: _finite(one, layer).reshape(len(part), crops, -1)
                for layer, one in found.items()
            }

    def report(
        self, row: int, logits: Doubles, true: int | None, threshold: float, *, effects: bool
    ) -> ImageReport:
        """Of one of the images, whose (C,) logits are known."""
        snapshot = self._snapshot
        (responses,) = self.crop_responses(np.array([row]))
        image = {layer: one[0] for layer, one in responses.items()}
        circuits = (circuit_firing(one, image, threshold) for one in snapshot.circuits)
        report = ImageReport(
            logits=logits.astype(np.float32),
            true=true,
            circuits=tuple(circuits),
            class_names={},
            boxes=snapshot.probe.grid.boxes,
            threshold=threshold,
            epoch=snapshot.epoch,
            step=snapshot.step,
        )
        report = replace(report, class_names=_names(snapshot, report))
        return self._with_effects(report, self._images[row : row + 1]) if effects else report

    def _with_effects(self, report: ImageReport, image: Tensor) -> ImageReport:
        """The report, with what masking does of each group of predicted class and rival."""
        batch = placed(_two_rows(image), self._model)
        known: dict[tuple[str, bytes], MaskingEffect] = {}

        def effect(one: Firing) -> MaskingEffect:
            key = one.group.layer, one.neurons.tobytes()
            if key not in known:
                known[key] = self._effect(report, batch, one)
            return known[key]

        last = self._network.layers[-1]
        asked = {report.predicted, report.rival}
        circuits = [
            circuit
            if circuit.target not in asked
            else replace(
                circuit,
                groups=tuple(
                    replace(one, effect=effect(one))
                    if one.fired and one.group.layer != last
                    else one
                    for one in circuit.groups
                ),
            )
            for circuit in report.circuits
        ]
        return replace(report, circuits=tuple(circuits))

    def _effect(self, report: ImageReport, batch: Tensor, one: Firing) -> MaskingEffect:
        masked = {one.group.layer: torch.tensor(one.neurons)}
        found = self._network.masked(batch, masked)
        logits = _finite(found, one.group.layer)[0]
        margin = float(logits[report.predicted] - logits[report.rival])
        return MaskingEffect(margin - report.margin, int(logits.argmax()))


def _two_rows(batch: Tensor) -> Tensor:
    """A batch of at least two rows: networks with ``squeeze()`` fail on one."""
    return batch if len(batch) > 1 else batch.repeat(2, *[1] * (batch.ndim - 1))


def _finite(values: Tensor, layer: str) -> Doubles:
    if not values.isfinite().all():
        raise LayerError(
            f"An activation of {layer!r} is not finite: the training has diverged, or an image "
            "holds NaN or infinity."
        )
    found: Doubles = values.double().cpu().numpy()
    return found


# --- what is checked ---------------------------------------------------------------------


def _check_threshold(threshold: float) -> None:
    if not threshold > 0:
        raise ConfigError(f"threshold={threshold!r}: wanted a number above 0, such as {THRESHOLD}.")


def _as_batch(image: Tensor, snapshot: Snapshot) -> Tensor:
    wanted = snapshot.probe.input_shape
    if isinstance(image, Tensor) and tuple(image.shape) == wanted:
        return image[None]
    if isinstance(image, Tensor) and tuple(image.shape) == (1, *wanted):
        return image
    raise ProbeError(
        f"One image: got {_told(image)}, wanted a tensor of shape {wanted}, as the probe images "
        "have it. Give it as the network takes it: transformed like the validation data."
    )


def _check_shape(images: Tensor, snapshot: Snapshot) -> None:
    wanted = snapshot.probe.input_shape
    if not isinstance(images, Tensor) or tuple(images.shape[1:]) != wanted or len(images) == 0:
        raise ProbeError(
            f"Images: got {_told(images)}, wanted a tensor of shape "
            f"(N, {', '.join(map(str, wanted))}) as the probe images have it, N at least 1."
        )


def _told(images: object) -> str:
    """What was given in place of images."""
    shape = getattr(images, "shape", None)
    kind = "tensor" if isinstance(images, Tensor) else type(images).__name__
    return kind if shape is None else f"{kind} of shape {tuple(shape)}"


def _checked_labels(labels: Tensor | Sequence[int], images: int, classes: int) -> IntArray:
    found = torch.as_tensor(labels).cpu().numpy()
    if found.shape != (images,) or not np.issubdtype(found.dtype, np.integer):
        raise ProbeError(
            f"Labels of shape {found.shape} and type {found.dtype}: wanted ({images},) whole "
            "numbers, one for each image."
        )
    if found.min() < 0 or found.max() >= classes:
        raise ProbeError(
            f"Labels from {found.min()} to {found.max()}: the network has the classes 0 to "
            f"{classes - 1}. Leave out images without a class."
        )
    return found.astype(np.int64)


def _class_number(true: int | str | None, snapshot: Snapshot, classes: int) -> int | None:
    if true is None:
        return None
    if isinstance(true, str):
        return _named_class(true, snapshot, classes)
    if isinstance(true, bool) or not 0 <= int(true) < classes:
        raise _no_class(true, snapshot, classes)
    return int(true)


def _named_class(name: str, snapshot: Snapshot, classes: int) -> int:
    numbers = sorted({number for number, known in _named_classes(snapshot) if known == name})
    if len(numbers) > 1:
        said = " and ".join(map(str, numbers))
        raise ConfigError(
            f"true={name!r}: the classes {said} are all called that. Give the number of the one "
            f"that is meant: true={numbers[0]}, say."
        )
    if not numbers or numbers[0] >= classes:
        raise _no_class(name, snapshot, classes)
    return numbers[0]


def _no_class(true: object, snapshot: Snapshot, classes: int) -> ConfigError:
    names = sorted({name for _, name in _named_classes(snapshot)})
    known = f" or one of the names {names}" if names else ""
    return ConfigError(f"true={true!r}: wanted a class from 0 to {classes - 1}{known}.")


def _named_classes(snapshot: Snapshot) -> Iterator[tuple[int, str]]:
    """Numbers and names; of the snapshot's targets also where it knows no other names."""
    yield from enumerate(snapshot.probe.class_names)
    for one in snapshot.circuits:
        yield one.target.index, one.name
