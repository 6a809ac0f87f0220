"""How the circuits of a run change while it trains.

1. Every snapshot is compared with the one before, neuron by neuron, against the estimation nulls of
   both, as a regression check does it. Lineage ids go on from snapshot to snapshot.
2. A target's change that is significant is *pending*: the snapshot before it is kept in mind, and
   each of the next two is compared with that one too.
3. A change that is there in 2 of these 3 snapshots *lasts*, and is told once, with what differs
   from the snapshot before it. What went back to how it was is never told. A training in which
   a circuit goes on changing is told so at every other snapshot.

That a change lasts cannot be seen from neighbouring snapshots alone: one that comes at once and
stays, as when a shortcut is found, differs from its neighbour only once.

What must survive a resume is small (:meth:`Evolution.state`): snapshots are read back from their
files, and nulls made from them again, which gives the same draws.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from neurflow_lightning.errors import SnapshotError
from neurflow_lightning.evolution.comparing import Events, measure_drift, until_persistent
from neurflow_lightning.evolution.lineage import Lineage
from neurflow_lightning.evolution.noise import EstimationNull, persistent
from neurflow_lightning.evolution.reports import DriftReport
from neurflow_lightning.regression.checking import baseline_null
from neurflow_lightning.storage import load_snapshot
from neurflow_lightning.training.archive import SnapshotArchive
from neurflow_lightning.types import Snapshot

WATCHED = 3
"""Snapshots in which a change may show, its first one included; it lasts if it does in two."""

Earlier = Callable[[int], Snapshot]
"""Step → the run's snapshot taken at it."""


@dataclass(frozen=True)
class Pending:
    """A change that may not last.

    Attributes:
        since: step of the snapshot before it.
        seen: whether each snapshot from then on differed from that one, the latest last.
    """

    since: int
    seen: tuple[bool, ...]


@dataclass(frozen=True)
class Followed:
    """What a snapshot brought.

    Attributes:
        report: the drift from the one before it, in which no target has *changed* whose change is
            not known to last; ``None`` for the first of a run.
        changes: the changes that are now known to last: for each snapshot that was before one, the
            drift from there, of these targets alone.
    """

    report: DriftReport | None = None
    changes: tuple[DriftReport, ...] = ()


@dataclass(frozen=True)
class Evolution:
    """What is known of a run's changes after its latest snapshot.

    Attributes:
        lineage: ids of the neuron groups.
        pending: target index → its change that may not last.
        nulls: step → the null of its snapshot, of those of which a change is pending.
        null: of the latest snapshot; ``None`` where it was not made: of a run's first snapshot, and
            after a resume.
    """

    lineage: Lineage = field(default_factory=Lineage)
    pending: Mapping[int, Pending] = field(default_factory=dict)
    nulls: Mapping[int, EstimationNull] = field(default_factory=dict, compare=False, repr=False)
    null: EstimationNull | None = field(default=None, compare=False, repr=False)

    def follow(
        self, last: int | None, earlier: Earlier, after: Snapshot
    ) -> tuple[Evolution, Followed]:
        """Go on to the run's next snapshot.

        Args:
            last: step of the snapshot followed last; ``None`` for the first of a run.
            earlier: the run's snapshots: ``last``, and those of which a change is pending.
            after: the next snapshot.

        Raises:
            ComparisonError: when the two cannot be compared.
            SnapshotError: when an earlier snapshot cannot be read.
        """
        lineage, events = self.lineage.advance(after)
        if last is None:
            return Evolution(lineage), Followed()
        nulls = dict(self.nulls) if self.null is None else {**self.nulls, last: self.null}
        null = baseline_null(after)

        def compared(step: int, known: Events | None = None) -> DriftReport:
            before = earlier(step)
            if step not in nulls:
                nulls[step] = baseline_null(before)
            both = nulls[step], null
            return measure_drift(before, after, null=both, matching="neurons", events=known)

        report = compared(last, events)
        then = {since: compared(since) for since in {one.since for one in self.pending.values()}}
        pending, lasting = self._judged(last, report, then)
        needed = {one.since for one in pending.values()}
        known_to_last = {one.target: one.target in lasting for one in report.targets}
        return (
            Evolution(lineage, pending, {step: nulls[step] for step in needed}, null),
            Followed(until_persistent(report, known_to_last), self._changes(then, lasting)),
        )

    def _judged(
        self, last: int, report: DriftReport, then: Mapping[int, DriftReport]
    ) -> tuple[dict[int, Pending], set[int]]:
        """The changes pending from now on, and the targets whose change lasts."""
        fresh = _significant(report)
        pending: dict[int, Pending] = {}
        lasting: set[int] = set()
        for target in (one.target for one in report.targets):
            known = self.pending.get(target)
            if known is not None:
                seen = (*known.seen, target in _significant(then[known.since]))
                if persistent(seen):
                    lasting.add(target)
                    continue
                if len(seen) < WATCHED:
                    pending[target] = Pending(known.since, seen)
                    continue
            if target in fresh:
                pending[target] = Pending(last, (True,))
        return pending, lasting

    def _changes(
        self, then: Mapping[int, DriftReport], lasting: Collection[int]
    ) -> tuple[DriftReport, ...]:
        """The reports of the changes that last, by when they began."""
        since = {target: self.pending[target].since for target in lasting}
        return tuple(
            _of_targets(then[step], [target for target in lasting if since[target] == step])
            for step in sorted(set(since.values()))
        )

    def state(self) -> dict[str, Any]:
        """What survives a resume; plain values."""
        lineage = json.dumps(self.lineage.to_dict(), separators=(",", ":")).encode()
        return {
            "lineage": zlib.compress(lineage),
            "pending": {
                target: {"since": one.since, "seen": list(one.seen)}
                for target, one in self.pending.items()
            },
        }

    @classmethod
    def from_state(cls, state: Mapping[str, Any]) -> Evolution:
        """The inverse of :meth:`state`.

        Raises:
            SnapshotError: for anything that :meth:`state` would not have given.

        >>> Evolution.from_state(Evolution().state()) == Evolution()
        True
        """
        try:
            lineage = json.loads(zlib.decompress(state["lineage"]))
            pending = {
                int(target): Pending(int(one["since"]), tuple(map(bool, one["seen"])))
                for target, one in state["pending"].items()
            }
        except (zlib.error, KeyError, TypeError, ValueError, AttributeError) as error:
            raise SnapshotError(
                f"The checkpoint's memory of changes cannot be read: {type(error).__name__}: "
                f"{error}. Resume from another checkpoint, or begin anew."
            ) from error
        return cls(Lineage.from_dict(lineage), pending)


def last_step(archive: SnapshotArchive, step: int) -> int | None:
    """The step of a run's latest snapshot before ``step``; ``None`` when there is none.

    >>> last_step(SnapshotArchive(paths={4: "a", 9: "b"}), 9)
    4
    """
    return max((one for one in {*archive.snapshots, *archive.paths} if one < step), default=None)


def from_archive(archive: SnapshotArchive) -> Earlier:
    """A run's snapshots, in memory or, if taken before a resume, from their files."""

    def earlier(step: int) -> Snapshot:
        if step in archive.snapshots:
            return archive.snapshots[step]
        if step in archive.paths:
            return load_snapshot(archive.paths[step])
        raise SnapshotError(f"There is no snapshot of step {step} any more.")

    return earlier


def _significant(report: DriftReport) -> set[int]:
    """The targets of which something changed beyond noise."""
    return {one.target for one in report.targets if one.verdict in ("changed", "re-described")}


def _of_targets(report: DriftReport, targets: Collection[int]) -> DriftReport:
    return replace(report, targets=tuple(one for one in report.targets if one.target in targets))
