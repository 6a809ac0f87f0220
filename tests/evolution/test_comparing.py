"""Two snapshots compared: what is refused, what decides the matching, and the verdicts."""

from dataclasses import replace

import numpy as np
import pytest

from evolution.snapshots import Neuron, make_circuit, make_probe, make_snapshot
from factories import make_snapshot as random_snapshot
from neurflow_lightning.errors import ComparisonError, NeurFlowError
from neurflow_lightning.evolution.comparing import (
    drift_values,
    measure_drift,
    moment,
    until_persistent,
    verdict,
)
from neurflow_lightning.evolution.drift import drifts, evidence, pair
from neurflow_lightning.evolution.lineage import Lineage
from neurflow_lightning.evolution.matching import target_rows
from neurflow_lightning.evolution.noise import (
    EstimationNull,
    Null,
    benjamini_hochberg,
    estimation_null,
    p_value,
    training_null,
)
from neurflow_lightning.evolution.reports import Drift, NullUsed
from neurflow_lightning.types import GroupId

NAN = float("nan")


def three_layers(low, mid, importance=0.5, **names):
    """A target fed by ``mid`` (neuron → weight), all of whose neurons are fed by ``low``."""
    return make_circuit(
        {
            "low": [Neuron(one, patches=[one, one + 1]) for one in low],
            "mid": [
                Neuron(one, patches=[one, one + 2], inputs=low, importance=importance)
                for one in mid
            ],
            "fc": [Neuron(0, inputs=mid)],
        },
        **names,
    )


BASE = three_layers({0: 3.0, 1: 1.0}, {0: 1.0, 1: 1.0})
MOVED = three_layers({0: 1.0, 1: 3.0}, {0: 1.0, 1: 1.0})
STRANGE = three_layers({8: 3.0, 9: 1.0}, {10: 1.0, 11: 1.0})


def null_of(snapshot, value, draws=2000, places=None, kind=Null):
    """A null that draws up to ``value`` at every place, or at those given."""
    values = {
        (circuit.target.index, measure, layer): np.linspace(0, value, draws)
        for circuit in snapshot.circuits
        for measure, layer in drifts(pair(circuit, circuit, np.arange(16)))
        if places is None or (measure, layer) in places
    }
    if kind is Null:
        return Null(values)
    return EstimationNull(values, "bootstrap", snapshot.probe.fingerprint)


# --- the report --------------------------------------------------------------------------


def test_a_snapshot_has_not_changed_from_itself():
    snapshot = random_snapshot()
    report = measure_drift(snapshot, snapshot, null=estimation_null(snapshot))
    assert (report.verdict, report.matching) == ("stable", "neurons")
    assert [one.target for one in report.targets] == [0, 1]
    for target, drift in report.all_drifts():
        assert drift.value == 0 or np.isnan(drift.value)
        assert np.isnan(drift.p) or drift.p == 1
        assert target.events == target.evidence == ()


def test_the_report_holds_what_the_parts_say():
    before, after = random_snapshot(0), random_snapshot(1, epoch=3, step=40)
    null = estimation_null(before)
    report = measure_drift(before, after, null=null, transfer={0: {"layer3": 0.5}})
    one = report.targets[0]
    paired = pair(
        before.circuits[0], after.circuits[0], target_rows(before.probe, before.config, 0)
    )
    assert {(d.measure, d.layer): d.value for d in one.drifts} == pytest.approx(
        drifts(paired), nan_ok=True
    )
    assert one.evidence == evidence(paired, before.probe.grid)
    assert one.transfer == (("layer3", 0.5),)
    _, events = Lineage().advance(before)[0].advance(after)
    assert one.events == tuple(event for event in events[0] if event.event != "survive")
    assert (report.before, report.after) == ("epoch 0, step 10", "epoch 3, step 40")
    assert report.fingerprint == before.probe.fingerprint


def test_every_value_is_set_beside_its_null_and_adjusted_over_the_report():
    before, after = random_snapshot(0), random_snapshot(1)
    null = estimation_null(before)
    report = measure_drift(before, after, null=null)
    told = list(report.all_drifts())
    for target, drift in told:
        draws = null.values.get((target.target, drift.measure, drift.layer), np.empty(0))
        assert drift.p == pytest.approx(p_value(draws, drift.value), nan_ok=True)
        quantile = np.quantile(draws, 0.99) if len(draws) else NAN
        assert drift.null_quantile == pytest.approx(quantile, nan_ok=True)
    for measure in {drift.measure for _, drift in told}:
        family = [drift for _, drift in told if drift.measure == measure]
        expected = benjamini_hochberg([drift.p for drift in family])
        np.testing.assert_array_equal([drift.p_adjusted for drift in family], expected)


def test_one_changed_pair_of_layers_is_significant_whatever_else_is_measured():
    """Adjusted over all measures it could not be: with 200 draws p is at least 1 / 201."""
    cat = {"target": replace(BASE.target, index=1), "name": "cat"}
    before = make_snapshot(BASE, replace(BASE, **cat))
    after = make_snapshot(MOVED, replace(BASE, **cat))
    report = measure_drift(before, after, null=null_of(before, 0.1, draws=200))
    tested = [drift for _, drift in report.all_drifts() if not np.isnan(drift.p)]
    assert len(tested) > 10
    changed = report.targets[0].drift("edge_drift", "mid")
    assert changed.p == pytest.approx(1 / 201)
    assert changed.p_adjusted == pytest.approx(4 / 201)
    assert sum(one.value > 0.1 for one in tested) == 1
    assert [one.verdict for one in report.targets] == ["changed", "stable"]


def test_a_layer_pair_is_named_by_both_layers():
    report = measure_drift(make_snapshot(BASE), make_snapshot(MOVED))
    assert report.targets[0].drift("edge_drift", "mid").place == "low → mid"
    assert report.targets[0].drift("core_turnover", "mid").place == "mid"


def test_a_difference_with_a_sign_is_judged_by_its_size():
    def snapshot(meanings):
        mid = Neuron(0, inputs={0: 1.0}, meanings=meanings)
        return make_snapshot(
            make_circuit({"low": [Neuron(0)], "mid": [mid], "fc": [Neuron(0, inputs={0: 1.0})]})
        )

    many, one = snapshot([[0], [1], [2, 3]]), snapshot(None)
    null = Null({(0, "polysemanticity", "mid"): np.linspace(-3, 0, 200)})
    for before, after in ((many, one), (one, many)):
        drift = measure_drift(before, after, null=null).targets[0].drift("polysemanticity", "mid")
        assert abs(drift.value) == 2
        assert drift.p == pytest.approx(1 / 3, abs=0.01)
        assert 2.9 < drift.null_quantile < 3


def test_events_of_a_run_take_the_place_of_those_found():
    lineage, _ = Lineage().advance(make_snapshot(BASE))
    _, events = lineage.advance(make_snapshot(STRANGE))
    given = {0: events[0][:1]}
    report = measure_drift(
        make_snapshot(BASE), make_snapshot(STRANGE), matching="neurons", events=given
    )
    assert report.targets[0].events == given[0]
    for one in report.targets[0].groups:
        assert (one.stable_before, one.stable_after) == (one.before, one.after)


def test_unstable_groups_make_no_events():
    shaky = (
        replace(one, groups=tuple(replace(group, stability=0.1) for group in one.groups))
        for one in (BASE, STRANGE)
    )
    report = measure_drift(*map(make_snapshot, shaky), matching="neurons")
    (target,) = report.targets
    assert target.events == ()
    assert [one.layer for one in target.groups] == ["mid", "low"]
    for counts in target.groups:
        circuits = (BASE, STRANGE)
        found = tuple(len(circuit.layer_groups(counts.layer)) for circuit in circuits)
        assert (counts.before, counts.after) == found
        assert (counts.stable_before, counts.stable_after) == (0, 0)


def test_by_responses_unstable_groups_make_events_too():
    report = measure_drift(make_snapshot(BASE), make_snapshot(STRANGE), matching="responses")
    assert report.targets[0].groups == ()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, "epoch 0, step 10"),
        ({"epoch": None, "step": None}, "outside a training"),
        ({"step": None, "weights": "averaged"}, "epoch 0, averaged weights"),
    ],
)
def test_a_moment_in_words(changes, words):
    assert moment(replace(make_snapshot(BASE), **changes)) == words


# --- matching ----------------------------------------------------------------------------


def test_networks_without_common_neurons_are_compared_by_responses_and_that_is_said():
    before, after = make_snapshot(BASE), make_snapshot(STRANGE)
    report = measure_drift(before, after, null=null_of(before, 0.1, kind=EstimationNull))
    assert report.matching == "responses"
    measures = {drift.measure for _, drift in report.all_drifts()}
    assert "core_turnover" not in measures
    assert all(np.isnan(drift.p) for _, drift in report.all_drifts())
    events = report.targets[0].events
    assert [one.event for one in events if one.layer == "low"] == ["disappear"] * 2 + ["emerge"] * 2
    assert all(one.lineage == () for one in events)
    assert report.verdict == "unjudged"
    assert measure_drift(before, after, matching="neurons").matching == "neurons"


def test_a_total_change_within_one_run_is_a_change():
    before, after = make_snapshot(BASE), make_snapshot(STRANGE)
    assert measure_drift(before, after, matching="neurons").verdict == "changed"
    null = null_of(before, 0.1, draws=8)  # of which alone nothing would be significant
    assert measure_drift(before, after, matching="neurons", null=null).verdict == "changed"
    carried = {0: {"low": 0.95, "mid": 0.95}}
    report = measure_drift(before, after, matching="neurons", transfer=carried)
    assert report.verdict == "re-described"


def test_a_total_change_that_is_within_the_noise_is_none():
    before, after = make_snapshot(BASE), make_snapshot(STRANGE)
    noise = Null({key: np.ones(200) for key in null_of(before, 1.0).values})
    assert measure_drift(before, after, matching="neurons", null=noise).verdict == "stable"


def test_a_target_whose_circuit_is_a_stranger_s_has_changed_where_the_others_stayed():
    """The median drift is low, so that neurons are compared; nothing is hidden."""
    others = [
        replace(BASE, target=replace(BASE.target, index=index), name=str(index)) for index in (1, 2)
    ]
    report = measure_drift(make_snapshot(BASE, *others), make_snapshot(STRANGE, *others))
    assert report.matching == "neurons"
    assert [one.verdict for one in report.targets] == ["changed", "unjudged", "unjudged"]


def test_the_same_function_on_other_neurons_has_not_drifted_by_responses():
    low, high = ([Neuron(one + k, patches=[one, one + 1]) for one in (0, 4)] for k in (0, 8))
    circuits = [
        make_circuit({"low": part, "fc": [Neuron(0, inputs={part[0].index: 3, part[1].index: 1})]})
        for part in (low, high)
    ]
    report = measure_drift(*map(make_snapshot, circuits))
    assert report.matching == "responses"
    assert {d.value for _, d in report.all_drifts() if not np.isnan(d.value)} == {0.0}


def test_checkpoints_of_one_run_are_compared_by_neurons():
    assert measure_drift(make_snapshot(BASE), make_snapshot(MOVED)).matching == "neurons"


def test_an_estimation_null_is_not_for_groups_matched_by_responses():
    snapshot = make_snapshot(BASE)
    with pytest.raises(ComparisonError, match="estimation null is of neurons"):
        measure_drift(
            snapshot,
            snapshot,
            matching="responses",
            null=null_of(snapshot, 0.1, kind=EstimationNull),
        )
    trained = measure_drift(
        snapshot, make_snapshot(STRANGE), matching="responses", null=null_of(snapshot, 0.1)
    )
    assert trained.verdict == "changed"


# --- verdicts ----------------------------------------------------------------------------


def edge(value=0.5, quantile=0.2, p=0.01, layer="mid", below="low"):
    return Drift("edge_drift", layer, below, value, quantile, p, p)


def core(value=0.5, quantile=0.2, p=0.01):
    return Drift("core_turnover", "mid", None, value, quantile, p, p)


UPPER = {"layer": "fc", "below": "mid"}


@pytest.mark.parametrize(
    ("drifts", "transfer", "expected"),
    [
        ([], {}, "unjudged"),
        ([edge(value=0.1)], {}, "stable"),
        ([edge(value=NAN, p=NAN)], {}, "unjudged"),
        ([edge(quantile=NAN, p=NAN)], {}, "unjudged"),
        ([edge(quantile=NAN, p=NAN), edge(value=0.1)], {}, "stable"),
        ([edge(p=0.05)], {}, "drifting"),
        ([edge(value=0.2)], {}, "stable"),
        ([edge(value=0.1), edge(**UPPER)], {}, "changed"),
        ([edge()], {"low": 0.89}, "changed"),
        ([edge()], {"low": NAN}, "changed"),
        ([edge()], {"low": 0.9}, "re-described"),
        ([edge()], {"mid": 0.95}, "changed"),
        ([edge(), edge(**UPPER)], {"low": 0.95}, "changed"),
        ([edge(), edge(**UPPER)], {"low": 0.95, "mid": 0.95}, "re-described"),
        ([edge(p=0.2)], {"low": 0.95}, "drifting"),
        # What is not the headline says "drifting" at most, and only where it is significant.
        ([edge(value=0.1), core()], {}, "drifting"),
        ([edge(value=0.1), core(p=0.2)], {}, "stable"),
        ([core()], {}, "drifting"),
        ([core(p=0.2)], {}, "unjudged"),
    ],
)
def test_verdicts(drifts, transfer, expected):
    assert verdict(drifts, transfer) == expected


@pytest.mark.parametrize(
    ("drifts", "transfer", "expected"),
    [
        ([edge(1.0, NAN, NAN)], {}, "changed"),
        ([edge(1.0, 0.9, p=0.2)], {}, "changed"),
        ([edge(1.0, 1.0, p=0.5)], {}, "stable"),
        ([edge(1.0, NAN, NAN)], {"low": 0.95}, "re-described"),
        ([edge(NAN, NAN, NAN)], {}, "unjudged"),
        ([core(1.0, NAN, NAN)], {}, "unjudged"),
    ],
)
def test_verdicts_on_checkpoints_without_a_common_neuron(drifts, transfer, expected):
    assert verdict(drifts, transfer, nothing_shared=True) == expected


@pytest.mark.parametrize(
    ("value", "draws", "expected"),
    [(0.1, 2000, "changed"), (0.9, 2000, "stable"), (0.1, 20, "drifting"), (0.1, 8, "unjudged")],
)
def test_the_verdict_follows_from_the_null(value, draws, expected):
    before = make_snapshot(BASE)
    null = null_of(before, value, draws)
    assert measure_drift(before, make_snapshot(MOVED), null=null).verdict == expected


def test_without_a_null_nothing_is_judged():
    report = measure_drift(make_snapshot(BASE), make_snapshot(MOVED))
    assert report.verdict == "unjudged"
    assert all(np.isnan(drift.p) for _, drift in report.all_drifts())


def test_a_change_lies_above_every_null():
    before, after = make_snapshot(BASE), make_snapshot(MOVED)
    small, large = null_of(before, 0.1), null_of(before, 0.9)
    report = measure_drift(before, after, null=[small, large])
    assert report.verdict == "stable"
    drift = report.targets[0].drift("edge_drift", "mid")
    assert drift.null_quantile == pytest.approx(0.891)
    assert drift.p == pytest.approx(1 / 2001)


def test_a_few_controls_bound_what_is_ordinary_and_give_no_p():
    before, after = make_snapshot(BASE), make_snapshot(MOVED)
    value = measure_drift(before, after).targets[0].drift("edge_drift", "mid").value
    estimation = null_of(before, 0.1, kind=EstimationNull)
    for around, expected in ((0.1, "changed"), (value, "stable")):
        few = training_null(
            {(0, "edge_drift", "mid"): around * scale} for scale in (0.9, 1.0, 1.05)
        )
        report = measure_drift(before, after, null=[estimation, few])
        assert report.verdict == expected
        drift = report.targets[0].drift("edge_drift", "mid")
        assert drift.p == pytest.approx(1 / 2001)
        assert around * 1.05 < drift.null_quantile < around * 2
        assert report.nulls == (NullUsed("estimation", 2000), NullUsed("training", 3))
    alone = measure_drift(before, after, null=few)
    assert alone.nulls == (NullUsed("training", 3),)
    drift = alone.targets[0].drift("edge_drift", "mid")
    assert drift.p == 0.75  # 2 of 3 are as large
    assert np.isnan(drift.p_adjusted)


@pytest.mark.parametrize("matching", ["neurons", "responses"])
def test_a_null_that_nothing_could_exceed_significantly_judges_nothing(matching):
    before, after = make_snapshot(BASE), make_snapshot(MOVED)
    few = null_of(before, 0.1, draws=19)
    assert measure_drift(before, after, null=few, matching=matching).verdict == "unjudged"
    assert measure_drift(before, before, null=few, matching=matching).verdict == "unjudged"


def test_a_place_that_only_controls_know_is_not_tested():
    """It could not be significant, and would raise the adjusted p of the others."""
    before, after = make_snapshot(BASE), make_snapshot(MOVED)
    images = null_of(before, 0.1, draws=30, places=[("edge_drift", "mid")])
    controls = null_of(before, 0.1, draws=5)
    report = measure_drift(before, after, null=[images, controls])
    told = {one.layer: one for _, one in report.all_drifts() if one.measure == "edge_drift"}
    assert told["mid"].p_adjusted == told["mid"].p == pytest.approx(1 / 31)
    assert told["fc"].p > 0.05
    assert np.isnan(told["fc"].p_adjusted)
    assert report.verdict == "changed"


def test_drift_values_are_those_of_the_report():
    before, after = random_snapshot(0), random_snapshot(1)
    report = measure_drift(before, after, matching="neurons")
    told = {
        (target.target, one.measure, one.layer): one.value for target, one in report.all_drifts()
    }
    values = drift_values(before, after, "neurons")
    assert values.keys() == told.keys()
    np.testing.assert_array_equal(list(values.values()), list(told.values()))


def test_a_change_that_may_not_last_is_drifting():
    before = make_snapshot(BASE)
    report = measure_drift(before, make_snapshot(MOVED), null=null_of(before, 0.1))
    assert until_persistent(report, {0: False}).verdict == "drifting"
    assert until_persistent(report, {0: True}) == until_persistent(report, {}) == report


# --- what is refused ---------------------------------------------------------------------


def refused(before, after, words, **arguments):
    with pytest.raises(ComparisonError, match=words) as caught:
        measure_drift(before, after, **arguments)
    assert isinstance(caught.value, NeurFlowError)


def test_other_probe_images_are_refused():
    other = make_snapshot(BASE, probe=make_probe(images=9, fingerprint="e" * 64))
    refused(make_snapshot(BASE), other, "fingerprints ffffffffffff… and eeee.*images 8 and 9")
    same_size = make_snapshot(BASE, probe=make_probe(fingerprint="e" * 64))
    refused(make_snapshot(BASE), same_size, "other images, labels or crops")


def test_renamed_layers_are_refused_and_the_new_name_is_guessed():
    renamed = make_circuit(
        {
            "low": [Neuron(0)],
            "mid2": [Neuron(0, inputs={0: 1.0})],
            "fc": [Neuron(0, inputs={0: 1.0})],
        }
    )
    refused(
        make_snapshot(BASE),
        make_snapshot(renamed),
        r"only before \['mid'\], only after \['mid2'\]. Did you mean 'mid2'",
    )
    turned = replace(make_snapshot(BASE), layers=("mid", "low", "fc"))
    refused(make_snapshot(BASE), turned, "another order")


@pytest.mark.parametrize(
    "numbers", [{"tau": 4}, {"top_k": 3}, {"granularities": (1.0,)}, {"max_neurons_per_layer": 3}]
)
def test_other_numbers_of_the_method_are_refused(numbers):
    name = next(iter(numbers))
    refused(make_snapshot(BASE), make_snapshot(BASE, **numbers), f"different numbers: {name} ")


def test_numbers_that_change_no_result_may_differ():
    other = make_snapshot(BASE, batch_size=3, memory_budget=10**9, precision="auto")
    report = measure_drift(make_snapshot(BASE), other)
    values = [drift.value for _, drift in report.all_drifts() if not np.isnan(drift.value)]
    assert set(values) == {0.0}


def test_a_missing_target_is_named():
    both = make_snapshot(BASE, replace(BASE, target=replace(BASE.target, index=1), name="cat"))
    refused(both, make_snapshot(BASE), r"only before \['cat'\], only after \[\]")
    refused(make_snapshot(BASE), both, r"only before \[\], only after \['cat'\]")


@pytest.mark.parametrize("side", ["before", "after"])
def test_weights_that_are_not_finite_are_named(side):
    sound, diverged = make_snapshot(BASE), make_snapshot(three_layers({0: NAN}, {0: 1.0}))
    pair_of = (diverged, sound) if side == "before" else (sound, diverged)
    refused(*pair_of, f"snapshot {side}, target '0', the attributions of neuron mid:0")


@pytest.mark.parametrize("number", [NAN, np.inf])
def test_an_importance_or_edge_that_is_not_finite_is_named(number):
    diverged = make_snapshot(three_layers({0: 1.0}, {0: 1.0}, importance=number))
    refused(make_snapshot(BASE), diverged, "the importance of neuron mid:0")
    edges = (replace(BASE.edges[0], weight=number), *BASE.edges[1:])
    broken = make_snapshot(replace(BASE, edges=edges))
    refused(make_snapshot(BASE), broken, "the weight from mid/0 to fc/0")


def test_an_unknown_matching_is_refused():
    refused(make_snapshot(BASE), make_snapshot(BASE), "wanted 'neurons'", matching="groups")


def test_a_null_of_other_probe_images_is_refused():
    snapshot = make_snapshot(BASE)
    other = EstimationNull({}, "bootstrap", "e" * 64)
    refused(snapshot, snapshot, "null is of probe set eeee", null=other)


def test_groups_are_named_by_what_the_snapshot_calls_them():
    report = measure_drift(make_snapshot(BASE), make_snapshot(STRANGE), matching="neurons")
    named = {group for one in report.targets[0].events for group in (*one.before, *one.after)}
    assert named == {GroupId(layer, number) for layer in ("low", "mid") for number in (0, 1)}
