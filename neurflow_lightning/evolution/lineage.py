"""What becomes of neuron groups over a run, and which of them are still the same.

Groups are clusters, found anew in every snapshot and numbered as found. A *lineage id* is a number
that a group keeps for as long as it can be recognised.

1. A group holds neurons, each with the share of its patches that lie in the group: its *content*.
   The overlap of an old group X with a new one Y is the share of X's content found in Y again
   (:func:`overlap`): |X ∩ Y| / |X|, where a neuron in several groups is shared out among them.
2. MONIC's transitions follow (:func:`transitions`): X *survives* in Y when their overlap is at
   least .7 and no other group's is; several such groups *merge*; X *splits* when parts of at least
   .3 each sum to .7; else it *disappears*. Groups that come out of none of these *emerge*.
3. Ids follow the transitions. After a merge the group that brought most content goes on, after a
   split the largest part. A new group that a group of old can be recognised in gets its old id.
4. *Stability gate*: a group that would not be found again with other images (stability below .75,
   see :class:`~neurflow_lightning.types.NeuronGroup`) gets no id and makes no event. An id whose
   group has become unstable sleeps, and wakes when a stable group is recognised as it. A group that
   was there and becomes stable gets its first id without an event: it has not emerged.

:class:`Lineage` is all there is to remember: a plain dict takes it through a checkpoint.

Sources: Spiliopoulou, Ntoutsi, Theodoridis and Schult 2006 (MONIC); Hennig 2007 (stability of
single clusters).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from neurflow_lightning.errors import SnapshotError
from neurflow_lightning.evolution.reports import Event, LineageEvent
from neurflow_lightning.types import Circuit, GroupId, NeuronGroup, Snapshot, is_stable

Overlaps = npt.NDArray[np.float64]

SURVIVES = 0.7
IS_PART = 0.3


@dataclass(frozen=True, slots=True)
class Content:
    """A neuron's part of a group.

    Attributes:
        neuron: its index in the layer.
        patches: of its concept, those that belong to the group, ascending.
        of: number of all patches of its concept.
    """

    neuron: int
    patches: tuple[int, ...]
    of: int

    @property
    def share(self) -> float:
        """Share of the neuron that lies in the group, in [0, 1]."""
        return len(self.patches) / self.of


@dataclass(frozen=True, slots=True)
class KnownGroup:
    """A group as it was last seen.

    Attributes:
        group: its key in the snapshot it was last seen in.
        contents: by neuron.
        lineage: its id; ``None`` for an unstable group.
    """

    group: GroupId
    contents: tuple[Content, ...]
    lineage: int | None = None


@dataclass(frozen=True, slots=True)
class LostGroup:
    """A group whose id no group has now.

    Attributes:
        known: as it was last seen.
        told: whether an event said that it went; ``False`` while the id only sleeps.
    """

    known: KnownGroup
    told: bool


@dataclass(frozen=True, slots=True)
class Transition:
    """What became of groups: places among the old and the new ones of a layer."""

    event: Event
    before: tuple[int, ...]
    after: tuple[int, ...]
    overlap: float


# --- contents and overlaps ---------------------------------------------------------------


def contents_of(circuit: Circuit, group: NeuronGroup) -> tuple[Content, ...]:
    """What a group holds of every neuron, by neuron."""
    patches: dict[int, set[int]] = defaultdict(set)
    sizes: dict[int, int] = {}
    nodes = {node.id: node for node in circuit.layer_neurons(group.id.layer)}
    for neuron, meaning in group.members:
        patches[neuron.index].update(nodes[neuron].semantic_groups[meaning].patches.tolist())
        sizes[neuron.index] = len(nodes[neuron].concept.patches)
    return tuple(
        Content(neuron, tuple(sorted(patches[neuron])), sizes[neuron]) for neuron in sorted(patches)
    )


def overlap(
    old: Sequence[Content], new: Sequence[Content], world: Iterable[Sequence[Content]]
) -> float:
    """Share of an old group's content that is in a new one, in [0, 1].

    A neuron's part of the old group goes where its patches went: those that some new group still
    holds for it say in which proportions. Where none is left (its concept moved as a whole), it
    goes by the neuron's shares in the new groups. A neuron that is no core neuron any more goes
    nowhere. So the overlaps with all new groups of a layer sum to at most 1. An empty group
    overlaps nothing.

    Args:
        old, new: the groups.
        world: all new groups of the layer, ``new`` among them.

    >>> pair = (Content(0, (1, 2, 3, 4), 4), Content(1, (5, 6), 2))
    >>> left, right = (Content(0, (1,), 4),), (Content(0, (2, 3, 9), 4),)
    >>> [round(overlap(pair, one, [left, right]), 3) for one in (left, right)]
    [0.167, 0.333]
    """
    there: dict[int, set[int]] = defaultdict(set)
    for group in world:
        for one in group:
            there[one.neuron].update(one.patches)
    found = {one.neuron: one for one in new}
    total = sum(one.share for one in old)
    common = sum(
        one.share * _moved(one, found[one.neuron], there[one.neuron])
        for one in old
        if one.neuron in found
    )
    return common / total if total else 0.0


def _moved(old: Content, new: Content, there: set[int]) -> float:
    """Share of a neuron's part of an old group that went to a new one."""
    left = there.intersection(old.patches)
    return len(left.intersection(new.patches)) / len(left) if left else new.share


# --- transitions -------------------------------------------------------------------------


def transitions(overlaps: npt.ArrayLike) -> tuple[Transition, ...]:
    """MONIC's transitions, given how much of every old group is in every new one.

    Every old group is in exactly one transition that is no ``emerge``. The overlap of a merge is
    the smallest of its groups', of a split the sum of its parts', of a disappearance the largest
    with any group, of an emergence 0.

    Args:
        overlaps: (G, G') in [0, 1], rows of sum at most 1.

    >>> [one.event for one in transitions([[0.9, 0.1], [0.0, 0.2]])]
    ['survive', 'disappear', 'emerge']
    >>> [one.event for one in transitions([[0.5, 0.5]])]
    ['split']
    """
    table = np.asarray(overlaps, dtype=np.float64)
    heirs: dict[int, list[int]] = defaultdict(list)
    found: list[Transition] = []
    for old, row in enumerate(table):
        parts = tuple(np.flatnonzero(_at_least(row, IS_PART)).tolist())
        whole = float(row[list(parts)].sum())
        best = float(row.max(initial=0.0))
        if _at_least(best, SURVIVES):
            heirs[int(np.argmax(row))].append(old)
        elif len(parts) > 1 and _at_least(whole, SURVIVES):
            found.append(Transition("split", (old,), parts, min(whole, 1.0)))
        else:
            found.append(Transition("disappear", (old,), (), best))
    kept = [
        Transition(
            "survive" if len(old) == 1 else "merge",
            tuple(old),
            (new,),
            float(table[old, new].min()),
        )
        for new, old in sorted(heirs.items())
    ]
    explained = {new for one in [*kept, *found] for new in one.after}
    fresh = [new for new in range(table.shape[1]) if new not in explained]
    return (*kept, *found, *(Transition("emerge", (), (new,), 0.0) for new in fresh))


def _at_least(value: Any, threshold: float) -> Any:
    """Whether a sum of shares reaches a threshold, but for its rounding."""
    return value >= threshold - 1e-9


# --- ids over a run ----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Lineage:
    """The ids of a run's groups: those of the last snapshot, and those that could return.

    Attributes:
        next_id: the first id not given yet. Ids are unique over all targets and layers.
        present: (target, layer) → the groups of the last snapshot.
        lost: (target, layer) → groups whose ids no group has now.

    >>> Lineage().next_id
    0
    """

    next_id: int = 0
    present: Mapping[tuple[int, str], tuple[KnownGroup, ...]] = field(default_factory=dict)
    lost: Mapping[tuple[int, str], tuple[LostGroup, ...]] = field(default_factory=dict)

    def ids(self, target: int) -> dict[GroupId, int]:
        """The id of every stable group of a target's circuit in the last snapshot."""
        return {
            known.group: known.lineage
            for (of, _), groups in self.present.items()
            for known in groups
            if of == target and known.lineage is not None
        }

    def ids_of(self, snapshot: Snapshot) -> dict[int, dict[GroupId, int]]:
        """Target index → :meth:`ids`, for the targets of the last snapshot."""
        return {one.target.index: self.ids(one.target.index) for one in snapshot.circuits}

    def advance(self, snapshot: Snapshot) -> tuple[Lineage, dict[int, tuple[LineageEvent, ...]]]:
        """Follow the groups into the run's next snapshot.

        Args:
            snapshot: the next of the run. Targets and layers seen for the first time begin
                without events; those that are missing stay as they were.
                Groups whose stability was not measured are taken as stable.

        Returns:
            The lineage after, and for each target its events, deep to shallow: of every layer the
            old groups' in their order, then what emerged.
        """
        lineage, events = self, {}
        for circuit in snapshot.circuits:
            told: list[LineageEvent] = []
            for layer in reversed(circuit.layers[:-1]):
                lineage, found = lineage._advance_layer(circuit, layer)
                told.extend(found)
            events[circuit.target.index] = tuple(told)
        return lineage, events

    def _advance_layer(self, circuit: Circuit, layer: str) -> tuple[Lineage, list[LineageEvent]]:
        place = circuit.target.index, layer
        groups = circuit.layer_groups(layer)
        now = [KnownGroup(group.id, contents_of(circuit, group)) for group in groups]
        stable = [is_stable(group.stability) for group in groups]
        step = _Step(self.present.get(place, ()), now, stable, self.lost.get(place, ()))
        ids, next_id = step.ids(self.next_id)
        events = list(step.events(ids)) if place in self.present else []
        after = replace(
            self,
            next_id=next_id,
            present={
                **self.present,
                place: tuple(
                    replace(one, lineage=number) for one, number in zip(now, ids, strict=True)
                ),
            },
            lost={**self.lost, place: tuple(step.lost_after(ids))},
        )
        return after, events

    def to_dict(self) -> dict[str, Any]:
        """Plain Python values, ready for JSON or a checkpoint."""
        return {
            "next_id": self.next_id,
            "present": [
                _place_to_dict(place, [_known_to_dict(one) for one in groups])
                for place, groups in self.present.items()
            ],
            "lost": [
                _place_to_dict(
                    place, [{**_known_to_dict(one.known), "told": one.told} for one in groups]
                )
                for place, groups in self.lost.items()
            ],
        }

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Lineage:
        """The inverse of :meth:`to_dict`.

        Raises:
            SnapshotError: for anything :meth:`to_dict` would not have given.

        >>> Lineage.from_dict(Lineage().to_dict()) == Lineage()
        True
        """
        try:
            return cls(
                next_id=_whole(values["next_id"]),
                present={
                    _place(one): tuple(_known(one["layer"], each) for each in one["groups"])
                    for one in values["present"]
                },
                lost={
                    _place(one): tuple(
                        LostGroup(_known(one["layer"], each), bool(each["told"]))
                        for each in one["groups"]
                    )
                    for one in values["lost"]
                },
            )
        except (KeyError, TypeError, ValueError) as error:
            raise SnapshotError(
                f"This is no saved lineage: {type(error).__name__}: {error}. Wanted what "
                "Lineage.to_dict() gave; start anew with Lineage()."
            ) from error


def run_ids(*snapshots: Snapshot) -> list[dict[int, dict[GroupId, int]]]:
    """The ids of the groups of a run's snapshots from its first one on, as :meth:`Lineage.ids_of`.

    >>> run_ids()
    []
    """
    lineage, ids = Lineage(), []
    for snapshot in snapshots:
        lineage, _ = lineage.advance(snapshot)
        ids.append(lineage.ids_of(snapshot))
    return ids


@dataclass(frozen=True)
class _Step:
    """One layer of one target, from one snapshot to the next."""

    before: Sequence[KnownGroup]
    after: Sequence[KnownGroup]
    stable: Sequence[bool]
    lost: Sequence[LostGroup]

    def __post_init__(self) -> None:
        world = [one.contents for one in self.after]
        table = [[overlap(old.contents, new, world) for new in world] for old in self.before]
        shape = len(self.before), len(self.after)
        object.__setattr__(self, "table", np.array(table, dtype=np.float64).reshape(shape))
        object.__setattr__(self, "transitions", transitions(self.table))

    table: Overlaps = field(init=False)
    transitions: tuple[Transition, ...] = field(init=False)

    def ids(self, next_id: int) -> tuple[list[int | None], int]:
        """The id of every group after, and the first id not given yet."""
        given = self._inherited()
        given |= self._returned([new for new in range(len(self.after)) if new not in given])
        ids: list[int | None] = []
        for new, stable in enumerate(self.stable):
            if not stable:
                ids.append(None)
            elif new in given:
                ids.append(given[new])
            else:
                ids.append(next_id)
                next_id += 1
        return ids, next_id

    def _inherited(self) -> dict[int, int]:
        """Place after → id that comes down to it: first of whole groups, then of split ones."""
        given: dict[int, int] = {}
        for one in sorted(self.transitions, key=lambda one: one.event == "split"):
            heirs = [new for new in one.after if self.stable[new] and new not in given]
            givers = [old for old in one.before if self.before[old].lineage is not None]
            bonds = [(-self._amount(old, new), old, new) for old in givers for new in heirs]
            if bonds:
                _, old, new = min(bonds)
                number = self.before[old].lineage
                assert number is not None
                given[new] = number
        return given

    def _amount(self, old: int, new: int) -> float:
        """How much of an old group is in a new one, in neurons."""
        size = sum(one.share for one in self.before[old].contents)
        return float(self.table[old, new] * size)

    def _returned(self, without: Sequence[int]) -> dict[int, int]:
        """Place after → id of a lost group that is recognised there: each the other's for .7.

        Overlaps with new groups sum to at most 1, so that no lost group is recognised twice.
        """
        bonds: list[tuple[float, int, int]] = []
        for new in without:
            for lost in self.lost:
                likeness, number = self.likeness(lost.known, new), lost.known.lineage
                if self.stable[new] and number is not None and _at_least(likeness, SURVIVES):
                    bonds.append((-likeness, number, new))
        given: dict[int, int] = {}
        for _, number, new in sorted(bonds):
            if new not in given:
                given[new] = number
        return given

    def likeness(self, lost: KnownGroup, new: int) -> float:
        """The smaller of the overlaps of a lost group with a new one and back."""
        contents = self.after[new].contents
        there = overlap(lost.contents, contents, [one.contents for one in self.after])
        return min(there, overlap(contents, lost.contents, [lost.contents]))

    def lost_after(self, ids: Sequence[int | None]) -> Iterator[LostGroup]:
        """Groups of before, or lost before, whose ids no group has now."""
        told = {old for one in self.transitions if self._is_told(one, ids) for old in one.before}
        for one in self.lost:
            if one.known.lineage not in ids:
                yield one
        for old, known in enumerate(self.before):
            if known.lineage is not None and known.lineage not in ids:
                yield LostGroup(known, told=old in told)

    def events(self, ids: Sequence[int | None]) -> Iterator[LineageEvent]:
        """What is told, in the order of the transitions, then what emerged."""
        explained: set[int] = set()
        for one in self.transitions:
            if one.event != "emerge" and self._is_told(one, ids):
                event = self._event(one, ids)
                explained.update(one.after)
                yield event
        for new, number in enumerate(ids):
            if number is not None and new not in explained:
                yield from self._appearance(new, number)

    def _is_told(self, one: Transition, ids: Sequence[int | None]) -> bool:
        """Groups that had an id went on in groups that have one, or went nowhere."""
        known = any(self.before[old].lineage is not None for old in one.before)
        return known and (not one.after or any(ids[new] is not None for new in one.after))

    def _event(self, one: Transition, ids: Sequence[int | None]) -> LineageEvent:
        before = [self.before[old] for old in one.before if self.before[old].lineage is not None]
        after = [new for new in one.after if ids[new] is not None]
        carriers = [ids[new] for new in after] if after else [known.lineage for known in before]
        return LineageEvent(
            event="survive" if one.event == "merge" and len(before) == 1 else one.event,
            layer=before[0].group.layer,
            before=tuple(known.group for known in before),
            after=tuple(self.after[new].group for new in after),
            lineage=tuple(number for number in carriers if number is not None),
            overlap=one.overlap,
        )

    def _appearance(self, new: int, number: int) -> Iterator[LineageEvent]:
        """A group with an id, none of whose forerunners had one in the last snapshot.

        Nothing is told of one that had forerunners, if unstable ones, and has no id of old.
        """
        group = self.after[new].group
        lost = next((one for one in self.lost if one.known.lineage == number), None)
        if lost is None:
            if not any(one.before and new in one.after for one in self.transitions):
                yield LineageEvent("emerge", group.layer, (), (group,), (number,), 0.0)
            return
        likeness = self.likeness(lost.known, new)
        if lost.told:
            yield LineageEvent("emerge", group.layer, (), (group,), (number,), likeness)
        else:
            woken = (lost.known.group,)
            yield LineageEvent("survive", group.layer, woken, (group,), (number,), likeness)


# --- plain values ------------------------------------------------------------------------


def _place_to_dict(place: tuple[int, str], groups: list[dict[str, Any]]) -> dict[str, Any]:
    return {"target": place[0], "layer": place[1], "groups": groups}


def _known_to_dict(known: KnownGroup) -> dict[str, Any]:
    return {
        "number": known.group.number,
        "lineage": known.lineage,
        "neurons": [[one.neuron, one.of, list(one.patches)] for one in known.contents],
    }


def _place(values: Mapping[str, Any]) -> tuple[int, str]:
    return _whole(values["target"]), _text(values["layer"])


def _known(layer: str, values: Mapping[str, Any]) -> KnownGroup:
    lineage = values["lineage"]
    return KnownGroup(
        group=GroupId(layer, _whole(values["number"])),
        contents=tuple(
            Content(_whole(neuron), tuple(map(_whole, patches)), _whole(of, least=1))
            for neuron, of, patches in values["neurons"]
        ),
        lineage=None if lineage is None else _whole(lineage),
    )


def _whole(value: object, least: int = 0) -> int:
    if type(value) is not int or value < least:
        raise ValueError(f"{value!r} is no whole number of at least {least}")
    return value


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError(f"{value!r} is no text")
    return value
