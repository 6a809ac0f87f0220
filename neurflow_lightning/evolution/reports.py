"""What is said about the change between two snapshots: frozen values, no arithmetic.

A report holds one :class:`TargetDrift` for each target, which holds one :class:`Drift` for each
measure and place. A place is a layer, or a pair of layers named by its upper one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from neurflow_lightning.types import GroupId

Measure = Literal[
    "edge_drift",
    "core_turnover",
    "importance_turnover",
    "rank_turnover",
    "group_turnover",
    "concept_drift",
    "polysemanticity",
]
"""``edge_drift`` is of a layer pair, all others are of a layer."""

Verdict = Literal["stable", "unjudged", "drifting", "re-described", "changed"]
"""From least to worst. *stable*: no edge drift lies above its null. *unjudged*: no edge drift has a
null of draws enough, so that nothing can be said. *drifting*: an edge drift above its null's
quantile, not significant after correction or not yet persistent; or another measure that is
significant. *re-described*: edge drifts are significant, but the old core neurons still carry the
function. *changed*: edge drifts are significant. See
:func:`~neurflow_lightning.evolution.comparing.verdict`.
"""

VERDICTS: tuple[Verdict, ...] = ("stable", "unjudged", "drifting", "re-described", "changed")

Event = Literal["survive", "split", "merge", "disappear", "emerge"]
"""MONIC's cluster transitions (Spiliopoulou et al. 2006)."""


@dataclass(frozen=True, slots=True)
class Drift:
    """One measure of change at one place.

    Attributes:
        measure: what was measured.
        layer: the layer; of a pair, the upper one.
        below: the lower layer of a pair; ``None`` otherwise.
        value: in [0, 1]; for ``polysemanticity`` the difference, after minus before. NaN where
            there is nothing to compare.
        null_quantile: the 99 % quantile of the null, the largest of several; NaN without one.
        p: of the first null; NaN without one.
        p_adjusted: by Benjamini–Hochberg over the measure's places in all targets of the report;
            NaN also where the null has too few draws for it to be below .05 ever.
    """

    measure: Measure
    layer: str
    below: str | None
    value: float
    null_quantile: float
    p: float
    p_adjusted: float

    @property
    def place(self) -> str:
        """``layer3 → layer4`` for a pair, else the layer."""
        return self.layer if self.below is None else f"{self.below} → {self.layer}"


@dataclass(frozen=True, slots=True)
class Evidence:
    """A part of the change: an edge of the neuron circuit, a group, or a probe image.

    Attributes:
        kind: what it is.
        layer: where; of an edge, the upper layer.
        name: of an edge ``"layer3:7 → layer4:2"``, of a group its :class:`GroupId` in words, of an
            image its number in the probe set.
        before, after: its weight (edge), importance (group) or mean activation (image); NaN where
            it is missing on that side.
        share: of the total change of its kind in its layer, in [0, 1].
        patches: rows of the probe's patches to look at, best first; may be empty.
        called: what the group is called, for people: its label, or by its lineage id; else empty.
        places: where each patch is: its probe image, and top, left, height and width of its box on
            it in pixels; the image alone for inputs that are no images.
    """

    kind: Literal["edge", "group", "image"]
    layer: str
    name: str
    before: float
    after: float
    share: float
    patches: tuple[int, ...] = ()
    called: str = ""
    places: tuple[tuple[int, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class LineageEvent:
    """What became of neuron groups.

    Attributes:
        event: MONIC's name.
        layer: where.
        before, after: the groups; one side is empty for ``disappear`` and ``emerge``.
        lineage: ids that stay the same over a run, of the groups after (before, for those gone).
        overlap: of the old with the new group, in [0, 1].
        called: what the groups are called, for people: labels, or by lineage ids; else empty.
    """

    event: Event
    layer: str
    before: tuple[GroupId, ...]
    after: tuple[GroupId, ...]
    lineage: tuple[int, ...]
    overlap: float
    called: str = ""


@dataclass(frozen=True, slots=True)
class GroupCounts:
    """How many neuron groups of a layer can make events: those that are stable.

    Attributes:
        layer: where.
        before, after: groups of either snapshot.
        stable_before, stable_after: the stable ones among them.
    """

    layer: str
    before: int
    after: int
    stable_before: int
    stable_after: int


@dataclass(frozen=True, slots=True)
class TargetDrift:
    """The change of one target's circuit.

    Attributes:
        target: class index.
        name: for people.
        drifts: every measure at every place, deep to shallow.
        events: of all layers, deep to shallow; without ``survive``.
        evidence: what makes up at least 80 % of the change, greatest share first.
        transfer: functional transfer by layer, empty where no data was given.
        verdict: what its edge drifts say, the headline.
        groups: of every layer below the target's, deep to shallow; empty when matching by
            responses, where groups make events whether they are stable or not.
    """

    target: int
    name: str
    drifts: tuple[Drift, ...]
    events: tuple[LineageEvent, ...]
    evidence: tuple[Evidence, ...]
    transfer: tuple[tuple[str, float], ...]
    verdict: Verdict
    groups: tuple[GroupCounts, ...] = ()

    def drift(self, measure: Measure, layer: str) -> Drift:
        """One measure at one place; ``KeyError`` where there is none."""
        for one in self.drifts:
            if (one.measure, one.layer) == (measure, layer):
                return one
        raise KeyError(f"No {measure} of layer {layer!r} for target {self.name!r}.")


@dataclass(frozen=True, slots=True)
class NullUsed:
    """A null that drifts were held against.

    Attributes:
        kind: ``"estimation"``: what other probe images would have changed; ``"training"``: what
            ordinary training does change.
        draws: how many it has, where it has most.
    """

    kind: Literal["estimation", "training"]
    draws: int


@dataclass(frozen=True, slots=True)
class DriftReport:
    """What changed from one snapshot to another.

    Attributes:
        before, after: what the snapshots are called, such as ``"epoch 4, step 110"``.
        matching: ``"neurons"`` where both are checkpoints of one run, whose neurons keep their
            places; ``"responses"`` where they are not, so that groups are matched by what they
            respond to and drift is told at group level.
        targets: of both snapshots.
        fingerprint: of the probe set that both were made on.
        nulls: all of which a change had to exceed; that of p first.
    """

    before: str
    after: str
    matching: Literal["neurons", "responses"]
    targets: tuple[TargetDrift, ...]
    fingerprint: str
    nulls: tuple[NullUsed, ...] = ()

    @property
    def verdict(self) -> Verdict:
        """The worst of the targets'; *unjudged* without any."""
        return max((one.verdict for one in self.targets), key=VERDICTS.index, default="unjudged")

    def all_drifts(self) -> Iterator[tuple[TargetDrift, Drift]]:
        """Every measure of every target."""
        for target in self.targets:
            for drift in target.drifts:
                yield target, drift
