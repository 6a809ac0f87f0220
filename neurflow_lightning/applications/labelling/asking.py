"""Groups shown to a labeller, layer by layer, and what it says about them.

1. From the shallowest layer up, so that the names of the groups below are known when a labeller
   is asked what they do in a group. The target's own layer is left out: its name is the class's.
2. A labeller is shown half of a group's patches, and patches of other groups
   (:func:`~neurflow_lightning.applications.labelling.scoring.split_patches`).
3. Its name is scored on the other half.

Groups that carry a fresh name, or one that a person gave, are not asked about again.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Protocol, runtime_checkable

import numpy as np
from PIL import Image

from neurflow_lightning.applications.labelling.collection import LabelledGroup, Labels
from neurflow_lightning.applications.labelling.feeding import (
    Below,
    feeding,
    relations,
)
from neurflow_lightning.applications.labelling.following import Trail, called
from neurflow_lightning.applications.labelling.scoring import auroc, split_patches
from neurflow_lightning.errors import LabelError, LabellingStopped, LayerError, near_matches
from neurflow_lightning.labels import (
    NO_LABELS,
    GroupLabels,
    Label,
)
from neurflow_lightning.render.thumbnails import decode_thumbnail
from neurflow_lightning.types import Circuit, GroupId, NeuronGroup, Snapshot


@dataclass(frozen=True, eq=False)
class Question:
    """What a labeller is asked about.

    Attributes:
        target, target_name: the class in whose circuit the group is.
        group: which.
        shown: its patches, best first.
        others: patches of other groups of the layer, to tell it from; may be empty.
        below: the groups that feed it most, strongest first.
    """

    target: int
    target_name: str
    group: GroupId
    shown: tuple[Image.Image, ...]
    others: tuple[Image.Image, ...]
    below: tuple[Below, ...]


@dataclass(frozen=True)
class Description:
    """A labeller's answer.

    Attributes:
        name: a few words.
        caption: a sentence; may be empty.
        relations: what groups of the layer below do in this one, by their number; may be empty.
    """

    name: str
    caption: str = ""
    relations: Mapping[int, str] = field(default_factory=lambda: MappingProxyType({}))


@runtime_checkable
class Labeller(Protocol):
    """Who names neuron groups."""

    @property
    def source(self) -> str:
        """What it is called beside its names, such as a model's name."""
        ...

    def describe(self, question: Question) -> Description | None:
        """Name one group; ``None`` where it has no name for it.

        Raises:
            LabellingStopped: when no further question can be answered either.
            LabelError: when this one could not be answered.
        """
        ...


@runtime_checkable
class Matcher(Protocol):
    """Who can say how well pictures fit a text."""

    def match(self, description: Description, pictures: Sequence[Image.Image]) -> Sequence[float]:
        """One number a picture: the higher, the better it fits.

        Raises:
            LabelError: as of :meth:`Labeller.describe`.
        """
        ...


@dataclass(frozen=True, slots=True)
class Missed:
    """A group that got no name, or no score, and why."""

    target: str
    group: GroupId
    error: LabelError


Tell = Callable[[Missed], None]
Progress = Callable[[str, int, int], None]


def label_snapshot(
    snapshot: Snapshot,
    labeller: Labeller,
    *,
    scorer: Matcher | None = None,
    carried: GroupLabels = NO_LABELS,
    targets: Collection[int | str] | None = None,
    layers: Collection[str] | None = None,
    again: bool = False,
    missed: Tell | None = None,
    progress: Progress | None = None,
) -> Labels:
    """Name the neuron groups of a snapshot.

    Args:
        snapshot: with pictures of its patches.
        labeller: names them.
        scorer: scores the names; left out, the labeller if it can match, else there are no scores.
        carried: what the groups are called already (see
            :func:`~neurflow_lightning.applications.labelling.following.follow`).
        targets, layers: ask about these alone; ``None`` for all.
        again: ask also about groups that have a fresh name, or one that a person gave.
        missed: is told of groups that could not be named or scored; left out, their error is
            raised. A labeller that cannot go on ends the work, and is told once.
        progress: called with what is asked about, how much is done and how much there is.

    Returns:
        The new labels alone.

    Raises:
        LabelError: for a snapshot without pictures, or as ``missed`` says.
        LayerError, SnapshotError: when there is no such layer or target.
    """
    if not snapshot.thumbnails:
        raise LabelError(
            "The snapshot has no pictures of its patches, so that nothing can be shown: its "
            "inputs are no images. Name its groups yourself, in a YAML file."
        )
    circuits = _circuits(snapshot, targets)
    _check_layers(snapshot, layers)
    asking = _Asking(snapshot, labeller, _scorer(labeller, scorer), missed or _raise, dict(carried))
    work = [
        (circuit, group)
        for circuit in circuits
        for group in _from_below(circuit, layers)
        if again or asking.wants(circuit, group)
    ]
    found: list[LabelledGroup] = []
    try:
        for done, (circuit, group) in enumerate(work):
            if progress is not None:
                progress(f"{circuit.name}, {group.id}", done, len(work))
            found.extend(asking.named(circuit, group))
    except _Over:
        pass
    return Labels(tuple(found))


def label_run(
    snapshots: Sequence[Snapshot],
    labeller: Labeller,
    known: Labels = Labels(),  # noqa: B008 (frozen)
    *,
    scorer: Matcher | None = None,
    targets: Collection[int | str] | None = None,
    layers: Collection[str] | None = None,
    again: bool = False,
    missed: Tell | None = None,
    progress: Progress | None = None,
) -> Labels:
    """Name the groups of a run's snapshots: each when it comes up, and when it has changed.

    Args:
        snapshots: of the run, in order.
        labeller, scorer, targets, layers, again, missed, progress: see :func:`label_snapshot`.
        known: labels that the run has already; their groups are followed.

    Returns:
        The labels known, with the new ones.
    """
    trail, labels, over = Trail.of(snapshots), known, False

    def told(one: Missed) -> None:
        nonlocal over
        over = over or isinstance(one.error, LabellingStopped)
        (missed or _raise)(one)

    for place, snapshot in enumerate(snapshots):
        carried = called(trail.carried(labels, place, later=False))
        new = label_snapshot(
            snapshot,
            labeller,
            scorer=scorer,
            carried=carried,
            targets=targets,
            layers=layers,
            again=again,
            missed=told,
            progress=progress,
        )
        labels = labels.relabelled(new.groups)
        if over:
            break
    return labels


class _Over(Exception):  # noqa: N818 (a way out, no error)
    """The labeller cannot go on."""


@dataclass
class _Asking:
    """One snapshot's groups, and what they are called so far."""

    snapshot: Snapshot
    labeller: Labeller
    scorer: Matcher | None
    missed: Tell
    names: dict[int, Mapping[GroupId, Label]]

    def wants(self, circuit: Circuit, group: NeuronGroup) -> bool:
        """Whether a group has to be asked about."""
        label = self.names.get(circuit.target.index, {}).get(group.id)
        return label is None or not (label.fresh or label.by_human)

    def named(self, circuit: Circuit, group: NeuronGroup) -> Iterator[LabelledGroup]:
        """The group with its label, if it got one."""
        question = self._question(circuit, group)
        try:
            answer = self.labeller.describe(question)
            if answer is None:
                return
            label = self._label(question, answer)
        except LabelError as error:
            self._tell(question, error)
            return
        score = self._score(question, answer, circuit, group)
        label = Label(label.name, label.caption, score, label.source, label.relations)
        own = {**self.names.get(circuit.target.index, {}), group.id: label}
        self.names[circuit.target.index] = own
        yield LabelledGroup.of(self.snapshot, circuit, group, label)

    def _question(self, circuit: Circuit, group: NeuronGroup) -> Question:
        split = split_patches(self.snapshot, circuit, group)
        return Question(
            target=circuit.target.index,
            target_name=circuit.name,
            group=group.id,
            shown=_pictures(self.snapshot, split.shown),
            others=_pictures(self.snapshot, split.others),
            below=feeding(circuit, group.id, self.names.get(circuit.target.index, {})),
        )

    def _label(self, question: Question, answer: Description) -> Label:
        words = {one.group: answer.relations.get(one.group.number, "") for one in question.below}
        below = relations(question.below, words)
        return Label(answer.name, answer.caption, None, self.labeller.source, below)

    def _score(
        self, question: Question, answer: Description, circuit: Circuit, group: NeuronGroup
    ) -> float | None:
        if self.scorer is None:
            return None
        try:
            return retrieval_score(self.snapshot, circuit, group, answer, self.scorer)
        except LabelError as error:
            self._tell(question, error, over=False)
            return None

    def _tell(self, question: Question, error: LabelError, *, over: bool = True) -> None:
        self.missed(Missed(question.target_name, question.group, error))
        if over and isinstance(error, LabellingStopped):
            raise _Over


def retrieval_score(
    snapshot: Snapshot,
    circuit: Circuit,
    group: NeuronGroup,
    description: Description,
    scorer: Matcher,
) -> float | None:
    """How well a name picks a group's held-out patches among others, in [0, 1]; .5 by chance.

    ``None`` where nothing can be held out, or there are no others.

    Raises:
        LabelError: as of :meth:`Matcher.match`.
    """
    split = split_patches(snapshot, circuit, group)
    if not split.held_out or not split.distractors:
        return None
    # Shuffled, since an order would give away what belongs to the group; always alike.
    rows = np.random.default_rng(0).permutation([*split.held_out, *split.distractors]).tolist()
    fits = dict(zip(rows, scorer.match(description, _pictures(snapshot, rows)), strict=True))
    return auroc([fits[row] for row in split.held_out], [fits[row] for row in split.distractors])


def _pictures(snapshot: Snapshot, rows: Sequence[int]) -> tuple[Image.Image, ...]:
    return tuple(decode_thumbnail(snapshot.thumbnails, row) for row in rows)


def _from_below(circuit: Circuit, layers: Collection[str] | None) -> Iterator[NeuronGroup]:
    for layer in circuit.layers[:-1]:
        if layers is None or layer in layers:
            yield from circuit.layer_groups(layer)


def _circuits(snapshot: Snapshot, targets: Collection[int | str] | None) -> tuple[Circuit, ...]:
    if targets is None:
        return snapshot.circuits
    return tuple(snapshot.circuit(target) for target in targets)


def _check_layers(snapshot: Snapshot, layers: Collection[str] | None) -> None:
    for layer in layers or ():
        if layer not in snapshot.layers:
            known = near_matches(layer, snapshot.layers)
            raise LayerError(f"The snapshot has no layer {layer!r}. {known}")


def _scorer(labeller: Labeller, scorer: Matcher | None) -> Matcher | None:
    if scorer is not None:
        return scorer
    return labeller if isinstance(labeller, Matcher) else None


def _raise(one: Missed) -> None:
    raise one.error
