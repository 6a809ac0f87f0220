"""The labels of a run: which group each belongs to, and what several people or models said.

A group is known by what it holds (:class:`~neurflow_lightning.evolution.lineage.Content`) and by
the probe set whose patches these are: numbers of groups mean something in one snapshot only.

Nothing anybody said is lost. A group may have several labels: those of people come before those
of models, else ours before theirs, and the first one is shown. Where others name it otherwise, it
is *disputed*, and that is told.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from neurflow_lightning.evolution.lineage import Content, contents_of
from neurflow_lightning.labels import Label
from neurflow_lightning.types import Circuit, GroupId, NeuronGroup, Snapshot

Key = tuple[str, int, str, tuple[Content, ...]]
"""Probe set, target, layer and contents: what a labelled group is known by."""


@dataclass(frozen=True, slots=True)
class LabelledGroup:
    """A neuron group as it was when it was named, and its labels.

    Attributes:
        probe: fingerprint of the probe set.
        target: class index.
        group: its id in the snapshot in which it was named.
        contents: what it held.
        epoch, step: of that snapshot.
        labels: the one shown first.
    """

    probe: str
    target: int
    group: GroupId
    contents: tuple[Content, ...]
    epoch: int | None
    step: int | None
    labels: tuple[Label, ...]

    @classmethod
    def of(
        cls, snapshot: Snapshot, circuit: Circuit, group: NeuronGroup, *labels: Label
    ) -> LabelledGroup:
        """A group of a snapshot."""
        return cls(
            probe=snapshot.probe.fingerprint,
            target=circuit.target.index,
            group=group.id,
            contents=contents_of(circuit, group),
            epoch=snapshot.epoch,
            step=snapshot.step,
            labels=labels,
        )

    @property
    def key(self) -> Key:
        """What it is known by."""
        return self.probe, self.target, self.group.layer, self.contents

    @property
    def label(self) -> Label:
        """The one that is shown."""
        return self.labels[0]

    @property
    def disputing(self) -> tuple[Label, ...]:
        """Labels with another name than the one shown."""
        return tuple(one for one in self.labels if one.name != self.label.name)

    def relabelled(self, label: Label) -> LabelledGroup:
        """With a label in place of what the same source said before."""
        kept = [one for one in self.labels if one.source != label.source]
        return replace(self, labels=_ranked([label, *kept]))


@dataclass(frozen=True, slots=True)
class Labels:
    """All labels of a run; every group is there once.

    >>> len(Labels())
    0
    """

    groups: tuple[LabelledGroup, ...] = ()

    def __len__(self) -> int:
        return len(self.groups)

    @property
    def by_key(self) -> Mapping[Key, LabelledGroup]:
        """The groups, by what they are known by."""
        return {one.key: one for one in self.groups}

    @property
    def disputed(self) -> tuple[LabelledGroup, ...]:
        """Groups that are called by several names."""
        return tuple(one for one in self.groups if one.disputing)

    def relabelled(self, named: Iterable[LabelledGroup]) -> Labels:
        """With new labels in place of those that the same sources gave the same groups."""
        found = dict(self.by_key)
        for one in named:
            known = found.get(one.key, replace(one, labels=()))
            for label in one.labels:
                known = known.relabelled(label)
            found[one.key] = known
        return _labels(found)

    def merged(self, theirs: Labels) -> Labels:
        """With everything of other labels, ours first among equals; what both say is there once."""
        found = dict(self.by_key)
        for one in theirs.groups:
            found[one.key] = _united(found.get(one.key), one)
        return _labels(found)


def reconciled(before: Labels, ours: Labels, theirs: Labels) -> Labels:
    """What to write when others wrote meanwhile: nobody's change is lost.

    Args:
        before: what both sides began with.
        ours, theirs: what each made of it. What one side left as it was, the other may change or
            take away; what both changed is kept twice.
    """
    old, mine, others = before.by_key, ours.by_key, theirs.by_key
    found: dict[Key, LabelledGroup] = {}
    for key in [*mine, *(key for key in others if key not in mine)]:
        here, there = mine.get(key), others.get(key)
        one = there if here == old.get(key) else here if there == old.get(key) else None
        if one is None and here is not None and there is not None:
            one = _united(here, there)
        elif one is None and here != old.get(key) and there != old.get(key):
            one = here or there
        if one is not None:
            found[key] = one
    return _labels(found)


def _united(ours: LabelledGroup | None, theirs: LabelledGroup) -> LabelledGroup:
    if ours is None:
        return theirs
    said = {(one.name, one.caption, one.source) for one in ours.labels}
    new = [one for one in theirs.labels if (one.name, one.caption, one.source) not in said]
    return replace(ours, labels=_ranked([*ours.labels, *new]))


def _ranked(labels: Iterable[Label]) -> tuple[Label, ...]:
    """Those of people first, else as they were."""
    return tuple(sorted(labels, key=lambda one: not one.by_human))


def _labels(found: Mapping[Key, LabelledGroup]) -> Labels:
    return Labels(tuple(one for one in found.values() if one.labels))
