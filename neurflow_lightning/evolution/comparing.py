"""Two snapshots compared: may they be, how far are they apart, and is that more than noise.

1. Refuse what cannot be compared: other probe images, layers, targets or numbers of the method, and
   circuits with numbers that are not finite. The error shows the difference.
2. Decide how neurons are matched. Networks trained from different seeds share no neuron identities:
   between them the median edge drift is about .97. From .9 on groups are matched by what they
   respond to, and drift is told at group level. :attr:`DriftReport.matching` says which was done.
3. Measure (:mod:`~neurflow_lightning.evolution.drift`), and set every value beside its null.
4. Judge. A place is *significant* when its p, adjusted over its family, is below .05 and its value
   is above the 99 % quantile of every null. A *family* is one measure at all places of the report.
   p is of the first null given. So a null of few draws, such as that of some control fine-tunes,
   comes after one of many: alone it could give no small p. Its quantile is the limit that one more
   draw would keep to in 99 of 100 (:func:`~neurflow_lightning.evolution.noise.upper_limit`).
5. The family of edge drifts, the headline, decides the verdict (:func:`verdict`).

**Why families.** With B draws no p is below 1 / (B + 1), so that a single place among m of a
family is significant only if B + 1 > 20 m. The measures of a place are different views of one
circuit, not different tests of it: adjusted together, four of them would hide what one of them
shows, and would ask for four times as many draws. The edge drift is the one that answers to change
and hardly to the choice of images. So it alone can say *changed*; what another measure adds, at
most, is *drifting*.

**Nulls too small.** Where no outcome whatever could give a place a p below .05, since its null has
fewer than 20 draws, the place is not tested: its adjusted p is NaN. So a few controls alone judge
nothing.

**What says nothing.** Group turnover, concept drift and polysemanticity have no estimation null,
nor have groups matched by responses: without a training null such places decide nothing. Where no
edge drift of a target is tested, its verdict is *unjudged*, never *stable*. But between
checkpoints of one run (``matching="neurons"``) circuits without a common core neuron have changed,
unless a null says that it is noise.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Literal, get_args

import numpy as np

from neurflow_lightning.config import NeurFlowConfig
from neurflow_lightning.errors import ComparisonError, near_matches
from neurflow_lightning.evolution.drift import CircuitPair, Matching, drifts, evidence, pair
from neurflow_lightning.evolution.lineage import Lineage
from neurflow_lightning.evolution.matching import Doubles, target_rows
from neurflow_lightning.evolution.noise import (
    EstimationNull,
    Key,
    Null,
    benjamini_hochberg,
    p_value,
    upper_limit,
)
from neurflow_lightning.evolution.reports import (
    Drift,
    DriftReport,
    GroupCounts,
    LineageEvent,
    Measure,
    NullUsed,
    TargetDrift,
    Verdict,
)
from neurflow_lightning.types import Circuit, ProbeInfo, Snapshot, is_stable

Events = Mapping[int, Sequence[LineageEvent]]
Transfer = Mapping[int, Mapping[str, float]]
"""Target index → layer → functional transfer T of the old core neurons."""

SIGNIFICANT = 0.05
NULL_QUANTILE = 0.99
CARRIED = 0.9
"""T from which on the old core neurons still carry the function."""
STRANGERS = 0.9
"""Median edge drift from which on two networks are taken to share no neuron identities."""

IRRELEVANT = frozenset(
    {
        *("batch_size", "memory_budget", "precision", "resamples"),
        *("attribution", "nodes", "max_layers"),
    }
)
"""Fields of the config that say how an analysis is computed, not what it finds; and those from
which attribution methods and layers were chosen, which the snapshots record."""


def measure_drift(
    before: Snapshot,
    after: Snapshot,
    *,
    null: Null | Sequence[Null] | None = None,
    transfer: Transfer | None = None,
    matching: Matching | None = None,
    events: Events | None = None,
) -> DriftReport:
    """What changed from one snapshot to another, and whether that is more than noise.

    Args:
        before, after: made on the same probe set, with the same layers, targets and numbers.
        null: of which values the drift must exceed the 99 % quantile; of several nulls those of
            all. p is of the first one that has the place. ``None`` gives no p, and the verdict
            *unjudged*; so does a null of fewer than 20 draws alone, which could never be exceeded
            significantly.
        transfer: what functional transfer was measured.
        matching: ``"neurons"`` for two checkpoints of one run, ``"responses"`` for networks that
            share no neuron identities. ``None`` decides by the edge drift: by ``"responses"`` when
            its median over targets and layer pairs is at least .9. The nulls are then left out,
            since they are of neurons, and nothing is judged. Say ``"neurons"`` where you know that
            it is one run: a circuit in which everything changed looks like that of a stranger, and
            only then has it *changed*.
        events: what became of the groups, by target, where a run's
            :class:`~neurflow_lightning.evolution.lineage.Lineage` knows; else it is found from the
            two snapshots, with ids that are theirs alone. Not used when matching by responses.

    Raises:
        ComparisonError: when the snapshots or a null cannot be compared.
    """
    if matching not in (None, *get_args(Matching)):
        raise ComparisonError(f"matching={matching!r}: wanted 'neurons', 'responses' or None.")
    check_comparable(before, after)
    nulls = _checked_nulls(null, before, matching)
    pairs = _pairs(before, after, matching or "neurons")
    values = _values(pairs)
    if matching is None and are_strangers(values):
        matching, nulls = "responses", ()
        pairs = _pairs(before, after, matching)
        values = _values(pairs)
    judged = _judged(values, nulls, before.layers)
    if matching == "responses":
        events = {target: tuple(_group_events(paired)) for target, paired in pairs.items()}
    elif events is None:
        events = _events(before, after)
    return DriftReport(
        before=moment(before),
        after=moment(after),
        matching=matching or "neurons",
        targets=tuple(
            _target_drift(
                paired,
                before.probe,
                judged.get(target, ()),
                events.get(target, ()),
                (transfer or {}).get(target, {}),
            )
            for target, paired in pairs.items()
        ),
        fingerprint=before.probe.fingerprint,
        nulls=tuple(map(_used, nulls)),
    )


def drift_values(before: Snapshot, after: Snapshot, matching: Matching) -> dict[Key, float]:
    """Every measure at every place: what a training null is made of.

    Raises:
        ComparisonError: when the snapshots cannot be compared.
    """
    check_comparable(before, after)
    return _values(_pairs(before, after, matching))


def are_strangers(values: Mapping[Key, float]) -> bool:
    """Whether so few edges are shared that two networks seem to have no neuron in common.

    Args:
        values: drifts of neurons matched by their places.
    """
    edges = [value for (_, measure, _), value in values.items() if measure == "edge_drift"]
    told = [value for value in edges if not np.isnan(value)]
    return bool(told) and float(np.median(told)) >= STRANGERS


def moment(snapshot: Snapshot) -> str:
    """When a snapshot was taken, in words.

    >>> from neurflow_lightning.types import PatchGrid
    >>> probe = ProbeInfo("f", PatchGrid(1, None), (4,))
    >>> moment(Snapshot((), ("fc",), NeurFlowConfig(), probe, epoch=4, step=110))
    'epoch 4, step 110'
    """
    parts = [("epoch", snapshot.epoch), ("step", snapshot.step)]
    told = [f"{name} {number}" for name, number in parts if number is not None]
    averaged = ["averaged weights"] if snapshot.weights == "averaged" else []
    return ", ".join((told or ["outside a training"]) + averaged)


def is_significant(drift: Drift) -> bool:
    """Adjusted p below .05, and the value above the null's 99 % quantile."""
    return drift.p_adjusted < SIGNIFICANT and is_above(drift)


def is_above(drift: Drift) -> bool:
    """The value lies above the null's 99 % quantile; never where one of them is NaN."""
    return abs(drift.value) > drift.null_quantile


def verdict(
    drifts: Iterable[Drift], transfer: Mapping[str, float], *, nothing_shared: bool = False
) -> Verdict:
    """The verdict on a target.

    1. *changed* where an edge drift is significant; *re-described* where at each such place the old
       core neurons still carry the function (T ≥ .9 in the lower layer of the pair).
    2. Else *drifting* where another measure is significant.
    3. Else *unjudged* where no edge drift is tested; *drifting* where one lies above its null's
       quantile.
    4. Else *stable*.

    Args:
        drifts: of all places.
        transfer: functional transfer by layer.
        nothing_shared: two checkpoints of one run have no core neuron in common. Then each edge
            drift counts as significant that no null says to be noise.

    >>> verdict([], {})
    'unjudged'
    """
    told = list(drifts)
    edges = [one for one in told if one.measure == "edge_drift"]
    significant = [one for one in edges if is_significant(one) or (nothing_shared and _told(one))]
    if significant:
        carried = [transfer.get(one.below or one.layer, 0.0) >= CARRIED for one in significant]
        return "re-described" if all(carried) else "changed"
    if any(map(is_significant, told)):
        return "drifting"
    if all(np.isnan(one.p_adjusted) for one in edges):
        return "unjudged"
    return "drifting" if any(map(is_above, edges)) else "stable"


def _told(drift: Drift) -> bool:
    """There is a value, and no null that it keeps within."""
    return not np.isnan(drift.value) and not abs(drift.value) <= drift.null_quantile


def until_persistent(report: DriftReport, lasting: Mapping[int, bool]) -> DriftReport:
    """The report with *changed* and *re-described* lowered to *drifting* where they may not last.

    Args:
        report: of a training's latest snapshots.
        lasting: target → whether its change was there in 2 of the last 3 snapshots
            (:func:`~neurflow_lightning.evolution.noise.persistent`); targets left out last.
    """
    return replace(
        report,
        targets=tuple(
            replace(one, verdict="drifting")
            if one.verdict in ("changed", "re-described") and not lasting.get(one.target, True)
            else one
            for one in report.targets
        ),
    )


# --- what may be compared ----------------------------------------------------------------


def check_comparable(before: Snapshot, after: Snapshot) -> None:
    """Refuse two snapshots whose difference would not be the network's.

    Raises:
        ComparisonError: names what differs, both values, and the way out.
    """
    _check_probe(before.probe, after.probe)
    _check_layers(before.layers, after.layers)
    _check_config(before.config, after.config)
    _check_attribution(before, after)
    _check_targets(before, after)
    _check_time(before, after)
    for name, snapshot in (("before", before), ("after", after)):
        for circuit in snapshot.circuits:
            _check_finite(name, circuit)


def _check_probe(before: ProbeInfo, after: ProbeInfo) -> None:
    if before.fingerprint == after.fingerprint:
        return
    facts = {
        "images": (before.grid.n_images, after.grid.n_images),
        "crops of an image": (before.grid.crops, after.grid.crops),
        "shape of an input": (before.input_shape, after.input_shape),
        "labelled": (before.labels is not None, after.labels is not None),
    }
    differences = [f"{name} {a} and {b}" for name, (a, b) in facts.items() if a != b]
    raise ComparisonError(
        f"The snapshots are of different probe sets: fingerprints {before.fingerprint[:12]}… and "
        f"{after.fingerprint[:12]}… ({', '.join(differences) or 'other images, labels or crops'}). "
        "What differs could be the images instead of the network: analyse both on one probe set."
    )


def _check_layers(before: Sequence[str], after: Sequence[str]) -> None:
    if tuple(before) == tuple(after):
        return
    gone = [layer for layer in before if layer not in after]
    new = [layer for layer in after if layer not in before]
    if not gone and not new:
        raise ComparisonError(
            f"The snapshots list the same layers in another order: {list(before)} and "
            f"{list(after)}. Analyse both with the same layers."
        )
    hint = f" {near_matches(gone[0], new)}" if gone and new else ""
    raise ComparisonError(
        f"The snapshots are of different layers: only before {gone}, only after {new}.{hint} "
        "Analyse both with the same layers; a renamed layer needs its name of before."
    )


def _check_config(before: NeurFlowConfig, after: NeurFlowConfig) -> None:
    a, b = before.to_dict(), after.to_dict()
    differing = [name for name in a if name not in IRRELEVANT and a[name] != b[name]]
    if differing:
        shown = ", ".join(f"{name} {a[name]} and {b[name]}" for name in differing)
        raise ComparisonError(
            f"The snapshots were made with different numbers: {shown}. Analyse both with the same "
            "NeurFlowConfig."
        )


def _check_attribution(before: Snapshot, after: Snapshot) -> None:
    for layer in before.layers[1:]:
        a, b = (one.attribution_of(layer) for one in (before, after))
        if (a.method, a.nodes, a.hold) != (b.method, b.nodes, b.hold):
            raise ComparisonError(
                f"The neurons of {layer!r} were attributed by {a} before and by {b} after. Analyse "
                "the second network like the first: analyze(…, like=BEFORE)."
            )


def _check_targets(before: Snapshot, after: Snapshot) -> None:
    a, b = ({one.target.index: one.name for one in each.circuits} for each in (before, after))
    if a.keys() == b.keys():
        return
    gone = [name for one, name in a.items() if one not in b]
    new = [name for one, name in b.items() if one not in a]
    raise ComparisonError(
        f"The snapshots are of different targets: only before {gone}, only after {new}. Analyse "
        "both for the same targets; an analysis that was interrupted has only some."
    )


def _check_time(before: Snapshot, after: Snapshot) -> None:
    """Refuse circuits of which time has cut off only one, or each at another place."""
    for short, other in ((before, after), (after, before)):
        for (target, layer), count in short.time_bounds.items():
            others = len(other.circuit(target).layer_neurons(layer))
            if others > count:
                raise ComparisonError(
                    f"Time sufficed for {count} core neurons of layer {layer!r} in one snapshot, "
                    f"and the other has {others}. Analyse the second network like the first: "
                    "analyze(…, like=BEFORE)."
                )


def _check_finite(name: str, circuit: Circuit) -> None:
    for node in circuit.neurons:
        arrays = {
            "activations": node.concept.activations,
            "importance": np.array(node.importance),
        }
        if node.inputs is not None:
            arrays |= {"attributions": node.inputs.attributions, "weights": node.inputs.weights}
        for what, values in arrays.items():
            if not np.isfinite(values).all():
                raise _not_finite(name, circuit, f"the {what} of neuron {node.id}")
    for edge in circuit.edges:
        if not np.isfinite(edge.weight):
            raise _not_finite(name, circuit, f"the weight from {edge.source} to {edge.target}")


def _not_finite(name: str, circuit: Circuit, what: str) -> ComparisonError:
    return ComparisonError(
        f"In the snapshot {name}, target {circuit.name!r}, {what} is NaN or infinite: the network "
        "had diverged or the file is damaged. Analyse a checkpoint whose weights are finite."
    )


def _checked_nulls(
    null: Null | Sequence[Null] | None, before: Snapshot, matching: Matching | None
) -> tuple[Null, ...]:
    nulls = (null,) if isinstance(null, Null) else tuple(null or ())
    for one in nulls:
        if not isinstance(one, EstimationNull):
            continue
        if matching == "responses":
            raise ComparisonError(
                "An estimation null is of neurons and says nothing about groups matched by "
                "responses. Give no null, or a training null of drifts measured by responses."
            )
        if one.fingerprint != before.probe.fingerprint:
            raise ComparisonError(
                f"The null is of probe set {one.fingerprint[:12]}…, the snapshots are of "
                f"{before.probe.fingerprint[:12]}…. Make it from one of the snapshots."
            )
    return nulls


# --- how it is put together --------------------------------------------------------------


def _pairs(before: Snapshot, after: Snapshot, matching: Matching) -> dict[int, CircuitPair]:
    """Target → its circuits, in the order of the snapshot before."""
    others = {circuit.target.index: circuit for circuit in after.circuits}
    return {
        target: pair(
            circuit, others[target], target_rows(before.probe, before.config, target), matching
        )
        for circuit in before.circuits
        for target in [circuit.target.index]
    }


def _values(pairs: Mapping[int, CircuitPair]) -> dict[Key, float]:
    return {
        (target, measure, layer): value
        for target, paired in pairs.items()
        for (measure, layer), value in drifts(paired).items()
    }


def _judged(
    values: Mapping[Key, float], nulls: Sequence[Null], layers: Sequence[str]
) -> dict[int, tuple[Drift, ...]]:
    """Target → its drifts, each beside its null; p adjusted over all those of its measure."""
    below = dict(zip(layers[1:], layers[:-1], strict=True))
    found = [
        (
            target,
            Drift(
                measure=measure,
                layer=layer,
                below=below[layer] if measure == "edge_drift" else None,
                value=value,
                null_quantile=_quantile(nulls, target, measure, layer),
                p=_p(nulls, target, measure, layer, value),
                p_adjusted=float("nan"),
            ),
        )
        for (target, measure, layer), value in values.items()
    ]
    least = [_p(nulls, target, one.measure, one.layer, np.inf) for target, one in found]
    adjusted = _adjusted([drift for _, drift in found], least)
    judged: dict[int, tuple[Drift, ...]] = {}
    for (target, _), drift in zip(found, adjusted, strict=True):
        judged[target] = (*judged.get(target, ()), drift)
    return judged


def _adjusted(drifts: Sequence[Drift], least: Sequence[float]) -> list[Drift]:
    """The drifts with p adjusted within each family: those of one measure.

    Args:
        drifts: of all places.
        least: the smallest p that the null of each could give: of those below .05, all could be
            significant together.
    """
    p = np.where(np.array(least) < SIGNIFICANT, [one.p for one in drifts], np.nan)
    p_adjusted = np.empty(len(drifts))
    for measure in {one.measure for one in drifts}:
        family = [place for place, one in enumerate(drifts) if one.measure == measure]
        p_adjusted[family] = benjamini_hochberg(p[family])
    told = zip(drifts, p_adjusted.tolist(), strict=True)
    return [replace(drift, p_adjusted=p) for drift, p in told]


def _used(null: Null) -> NullUsed:
    kind: Literal["estimation", "training"] = (
        "estimation" if isinstance(null, EstimationNull) else "training"
    )
    return NullUsed(kind, max(map(len, null.values.values()), default=0))


def _draws(nulls: Sequence[Null], key: Key) -> Iterator[Doubles]:
    """The draws of every null that has this place; differences with a sign by their size."""
    for null in nulls:
        if key in null.values:
            yield np.abs(null.values[key])


def _quantile(nulls: Sequence[Null], target: int, measure: Measure, layer: str) -> float:
    """The largest 99 % quantile of the nulls; NaN without one."""
    draws = _draws(nulls, (target, measure, layer))
    quantiles = [upper_limit(one, NULL_QUANTILE) for one in draws]
    return max(quantiles, default=float("nan"))


def _p(nulls: Sequence[Null], target: int, measure: Measure, layer: str, value: float) -> float:
    """The p-value of the first null that has the place; NaN without one."""
    draws = next(_draws(nulls, (target, measure, layer)), np.empty(0))
    return p_value(draws, abs(value))


def _target_drift(
    paired: CircuitPair,
    probe: ProbeInfo,
    drifts: tuple[Drift, ...],
    events: Sequence[LineageEvent],
    transfer: Mapping[str, float],
) -> TargetDrift:
    nothing_shared = paired.matching == "neurons" and shares_nothing(paired.before, paired.after)
    return TargetDrift(
        target=paired.before.target.index,
        name=paired.before.name,
        drifts=drifts,
        events=tuple(event for event in events if event.event != "survive"),
        evidence=evidence(paired, probe.grid),
        transfer=tuple(transfer.items()),
        verdict=verdict(drifts, transfer, nothing_shared=nothing_shared),
        groups=() if paired.matching == "responses" else tuple(_group_counts(paired)),
    )


def _group_counts(paired: CircuitPair) -> Iterator[GroupCounts]:
    for layer in reversed(paired.before.layers[:-1]):
        groups = [one.layer_groups(layer) for one in (paired.before, paired.after)]
        stable = [sum(is_stable(one.stability) for one in side) for side in groups]
        yield GroupCounts(layer, *map(len, groups), *stable)


def shares_nothing(before: Circuit, after: Circuit) -> bool:
    """Whether two circuits have no core neuron below the target's layer in common."""
    first, second = (
        {node.id for node in one.neurons if node.id.layer != one.target.layer}
        for one in (before, after)
    )
    return not first & second


def _events(before: Snapshot, after: Snapshot) -> Events:
    """What became of the groups between two snapshots of one run."""
    lineage, _ = Lineage().advance(before)
    return lineage.advance(after)[1]


def _group_events(paired: CircuitPair) -> Iterator[LineageEvent]:
    """What has no counterpart among groups matched by responses; there is no run to give ids."""
    for layer, groups in paired.groups.items():
        for old, new in groups.pairs():
            if new is None and old is not None:
                yield LineageEvent("disappear", layer, (old,), (), (), 0.0)
        for old, new in groups.pairs():
            if old is None and new is not None:
                yield LineageEvent("emerge", layer, (), (new,), (), 0.0)
