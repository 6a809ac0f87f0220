"""Names that follow their groups through a run.

1. A group carries the name of a group that it is recognised as: each holds at least .7 of the
   other's content (:data:`~neurflow_lightning.evolution.lineage.SURVIVES`), on the same probe set.
   Of several, what people said comes first, then what is most alike.
2. A group that changed more than that, step by step, has kept its lineage id. It carries the last
   name that its id had (or the next, before it had any), but no longer as a fresh one: it is shown
   with a question mark, and a labeller is asked again.

What feeds a group is no part of its name: it is told as it is in the snapshot shown.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from neurflow_lightning.applications.labelling.collection import Key, LabelledGroup, Labels
from neurflow_lightning.applications.labelling.feeding import feeding, relations
from neurflow_lightning.evolution.lineage import SURVIVES, Content, Lineage, contents_of, overlap
from neurflow_lightning.labels import GroupLabels, Label
from neurflow_lightning.types import Circuit, GroupId, Snapshot

Ids = Mapping[int, Mapping[GroupId, int]]
"""Target index → neuron group → its lineage id."""

_ROUNDING = 1e-9


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


def follow(labels: Labels, snapshots: Sequence[Snapshot]) -> tuple[GroupLabels, ...]:
    """What the groups of every snapshot are called; see :func:`carriers`.

    Relations are the snapshot's own. What was said of one in words stays where the group below is
    called as it was then; numbers of groups mean something only in the snapshot that was named.
    """
    carried = carriers(labels, snapshots)
    return tuple(_shown(*pair) for pair in zip(carried, snapshots, strict=True))


def _shown(carried: Carriers, snapshot: Snapshot) -> GroupLabels:
    names = called(carried)
    return {
        target: {
            group: _fed(snapshot, snapshot.circuit(target), group, one, names[target])
            for group, one in groups.items()
        }
        for target, groups in carried.items()
    }


def _fed(
    snapshot: Snapshot,
    circuit: Circuit,
    group: GroupId,
    carried: Carried,
    names: Mapping[GroupId, Label],
) -> Label:
    """The label of a group, with what feeds the group in this snapshot."""
    named, below = carried.named, feeding(circuit, group, names)
    told = named.label.relations
    here = LabelledGroup.of(snapshot, circuit, circuit.group(group), *named.labels) == named
    if here and len(told) == len(below):
        words = {one.group: relation.text for one, relation in zip(below, told, strict=True)}
    else:
        by_name = {one.group: one.text for one in told}
        words = {one.group: by_name.get(one.name, "") for one in below if one.name}
    return replace(carried.label, relations=relations(below, words))


def called(carried: Carriers) -> GroupLabels:
    """The names alone, as they are shown."""
    return {
        target: {group: one.label for group, one in groups.items()}
        for target, groups in carried.items()
    }


def carriers(labels: Labels, snapshots: Sequence[Snapshot]) -> tuple[Carriers, ...]:
    """The names that the groups of every snapshot carry.

    Args:
        labels: of the run.
        snapshots: of the run, in order; any part of it will do, but ids go on only within it.
    """
    trail = Trail.of(snapshots)
    return tuple(trail.carried(labels, place) for place in range(len(snapshots)))


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


@dataclass(frozen=True)
class Trail:
    """The groups of a run's snapshots, whatever they are called.

    Attributes:
        worlds: the groups, snapshot by snapshot.
        ids: their lineage ids.
        stations: target and lineage id → places of the snapshots that have a group of that id, and
            what it is known by there.
    """

    worlds: tuple[_World, ...]
    ids: tuple[Ids, ...]
    stations: Mapping[tuple[int, int], Sequence[tuple[int, Key]]]

    @classmethod
    def of(cls, snapshots: Sequence[Snapshot]) -> Trail:
        """The trail of a run, in its order."""
        lineage, ids = Lineage(), []
        stations: dict[tuple[int, int], list[tuple[int, Key]]] = defaultdict(list)
        worlds = tuple(map(_World.of, snapshots))
        for place, (snapshot, world) in enumerate(zip(snapshots, worlds, strict=True)):
            lineage, _ = lineage.advance(snapshot)
            own = lineage.ids_of(snapshot)
            ids.append(own)
            for (target, layer), groups in world.layers.items():
                for group, contents in groups.items():
                    if group in own.get(target, {}):
                        key = world.probe, target, layer, contents
                        stations[target, own[target][group]].append((place, key))
        return cls(worlds, tuple(ids), stations)

    def carried(self, labels: Labels, place: int, *, later: bool = True) -> Carriers:
        """The names that the groups of one snapshot carry.

        Args:
            labels: of the run.
            place: of the snapshot in the run.
            later: whether a name that an id has only later on counts too.
        """
        world, ids, known = self.worlds[place], self.ids[place], labels.by_key
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
                    stations = self.stations[target, lineage]
                    carried = _inherited(stations, known, place, later=later)
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


def _inherited(
    stations: Sequence[tuple[int, Key]],
    known: Mapping[Key, LabelledGroup],
    place: int,
    *,
    later: bool,
) -> Carried | None:
    """The last name that an id had up to a snapshot, else the first that it had later."""
    before = (key for at, key in reversed(stations) if at <= place)
    after = (key for at, key in stations if at > place and later)
    named = next((known[key] for key in chain(before, after) if key in known), None)
    return None if named is None else Carried(named, fresh=False)
