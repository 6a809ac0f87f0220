"""Names that follow their groups through a run.

1. A group carries the name of a group that it is recognised as: each holds at least .7 of the
   other's content (:data:`~neurflow_lightning.evolution.lineage.SURVIVES`), on the same probe set.
   Of several, what people said comes first, then what is most alike.
2. A group that changed more than that, step by step, has kept its lineage id. It carries the last
   name that its id had (or the next, before it had any), but no longer as a fresh one: it is shown
   with a question mark, and a labeller is asked again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from neurflow_lightning.applications.labelling.collection import LabelledGroup, Labels
from neurflow_lightning.evolution.lineage import SURVIVES, Content, Lineage, contents_of, overlap
from neurflow_lightning.labels import GroupLabels, Label
from neurflow_lightning.types import GroupId, Snapshot

Ids = Mapping[int, Mapping[GroupId, int]]
"""Target index → neuron group → its lineage id."""

_ROUNDING = 1e-9


def lineage_ids(snapshots: Sequence[Snapshot]) -> tuple[Ids, ...]:
    """The lineage ids of every snapshot of a run, in the run's order."""
    lineage, found = Lineage(), []
    for snapshot in snapshots:
        lineage, _ = lineage.advance(snapshot)
        found.append(lineage.ids_of(snapshot))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Carried:
    """A name that a group carries.

    Attributes:
        named: the group as it was when it was named.
        fresh: whether it is still that.
    """

    named: LabelledGroup
    fresh: bool

    @property
    def label(self) -> Label:
        """As it is shown."""
        return replace(self.named.label, fresh=self.fresh)


Carriers = Mapping[int, Mapping[GroupId, Carried]]
"""Target index → neuron group → the name it carries."""


def follow(
    labels: Labels, snapshots: Sequence[Snapshot], ids: Sequence[Ids] | None = None
) -> tuple[GroupLabels, ...]:
    """What the groups of every snapshot are called; see :func:`carriers`."""
    return tuple(
        {
            target: {group: one.label for group, one in groups.items()}
            for target, groups in own.items()
        }
        for own in carriers(labels, snapshots, ids)
    )


def carriers(
    labels: Labels, snapshots: Sequence[Snapshot], ids: Sequence[Ids] | None = None
) -> tuple[Carriers, ...]:
    """The names that the groups of every snapshot carry.

    Args:
        labels: of the run.
        snapshots: of the run, in order; any part of it will do, but ids go on only within it.
        ids: their lineage ids, if they are known already.
    """
    worlds = [_World.of(snapshot) for snapshot in snapshots]
    known = ids if ids is not None else lineage_ids(snapshots)
    anchors = _anchors(labels, worlds, known)
    return tuple(
        _carried(world, labels, own, anchors, place)
        for place, (world, own) in enumerate(zip(worlds, known, strict=True))
    )


@dataclass(frozen=True)
class _World:
    """The groups of one snapshot, by target and layer, with what they hold."""

    probe: str
    layers: Mapping[tuple[int, str], Mapping[GroupId, tuple[Content, ...]]]

    @classmethod
    def of(cls, snapshot: Snapshot) -> _World:
        layers: dict[tuple[int, str], dict[GroupId, tuple[Content, ...]]] = defaultdict(dict)
        for circuit in snapshot.circuits:
            for group in circuit.groups:
                place = circuit.target.index, group.id.layer
                layers[place][group.id] = contents_of(circuit, group)
        return cls(snapshot.probe.fingerprint, layers)


_Anchors = Mapping[tuple[int, int], Sequence[tuple[int, LabelledGroup]]]
"""Target and lineage id → places of snapshots in which a group of that id was named."""


def _anchors(labels: Labels, worlds: Sequence[_World], ids: Sequence[Ids]) -> _Anchors:
    known = labels.by_key
    found: dict[tuple[int, int], list[tuple[int, LabelledGroup]]] = defaultdict(list)
    for place, (world, own) in enumerate(zip(worlds, ids, strict=True)):
        for (target, layer), groups in world.layers.items():
            for group, contents in groups.items():
                named = known.get((world.probe, target, layer, contents))
                lineage = own.get(target, {}).get(group)
                if named is not None and lineage is not None:
                    found[target, lineage].append((place, named))
    return found


def _carried(world: _World, labels: Labels, ids: Ids, anchors: _Anchors, place: int) -> Carriers:
    named = defaultdict(list)
    for one in labels.groups:
        if one.probe == world.probe:
            named[one.target, one.group.layer].append(one)
    found: dict[int, dict[GroupId, Carried]] = defaultdict(dict)
    for (target, layer), groups in world.layers.items():
        for group in groups:
            carried = _recognised(group, groups, named[target, layer])
            lineage = ids.get(target, {}).get(group)
            if carried is None and lineage is not None:
                carried = _inherited(anchors.get((target, lineage), ()), place)
            if carried is not None:
                found[target][group] = carried
    return dict(found)


def _recognised(
    group: GroupId,
    groups: Mapping[GroupId, tuple[Content, ...]],
    named: Sequence[LabelledGroup],
) -> Carried | None:
    likenesses = [(_likeness(one.contents, groups[group], groups), one) for one in named]
    alike = [(value, one) for value, one in likenesses if value >= SURVIVES - _ROUNDING]
    if not alike:
        return None
    _, best = min(alike, key=lambda pair: (not pair[1].label.by_human, -pair[0]))
    return Carried(best, fresh=True)


def _likeness(
    named: tuple[Content, ...],
    now: tuple[Content, ...],
    world: Mapping[GroupId, tuple[Content, ...]],
) -> float:
    """The smaller of the overlaps there and back, in [0, 1]."""
    if named == now:
        return 1.0
    there = overlap(named, now, world.values())
    return min(there, overlap(now, named, [named])) if there >= SURVIVES - _ROUNDING else 0.0


def _inherited(anchors: Sequence[tuple[int, LabelledGroup]], place: int) -> Carried | None:
    """The last name that an id had up to a snapshot, else the first that it had later."""
    before = [one for at, one in anchors if at <= place]
    after = [one for at, one in anchors if at > place]
    named = before[-1:] or after[:1]
    return Carried(named[0], fresh=False) if named else None
