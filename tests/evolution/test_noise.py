"""The estimation null against the plain way, on populations whose noise is known, and the rules
that turn draws into judgements against scipy."""

import dataclasses

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from scipy import stats
from torch import nn

from evolution.populations import Population
from evolution.resampled import with_images
from evolution.snapshots import Neuron, make_circuit, make_probe, make_snapshot
from neurflow_lightning.config import NeurFlowConfig
from neurflow_lightning.core.pipeline import analyze
from neurflow_lightning.core.probes import ProbeSet
from neurflow_lightning.errors import ConfigError, SnapshotError
from neurflow_lightning.evolution import drift
from neurflow_lightning.evolution.matching import target_rows
from neurflow_lightning.evolution.noise import (
    Null,
    benjamini_hochberg,
    core_turnovers,
    draw_images,
    estimation_null,
    importance_turnovers,
    p_value,
    persistent,
    prediction_limit,
    quantile,
    rank_turnovers,
    training_null,
    upper_limit,
)
from neurflow_lightning.types import Circuit, NeuronId

MEASURES = {
    "edge_drift": drift.edge_drift,
    "core_turnover": drift.core_turnover,
    "importance_turnover": drift.importance_turnover,
    "rank_turnover": drift.rank_turnover,
}
KINDS = ("bootstrap", "split-half")


def drift_of(before, after, measure, layer):
    """The plain measure, of two snapshots of one target."""
    rows = target_rows(before.probe, before.config, before.circuits[0].target.index)
    return MEASURES[measure](drift.pair(before.circuits[0], after.circuits[0], rows), layer)


# --- the null against the plain way ------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "population",
    [
        # Every neuron below the target is a candidate, and none of them has to be attributed.
        Population(layers=("low", "fc"), width=10, tau=5, image_noise=1.0),
        Population(layers=("low", "fc"), width=10, tau=5, image_noise=1.0, most=3),
        # Every neuron is core, so that all of them were attributed.
        Population(layers=("first", "low", "mid", "fc"), width=7, tau=7, meanings=3),
    ],
    ids=["runners-up", "bounded", "deep"],
)
def test_every_draw_is_the_drift_of_two_circuits_made_from_the_images_drawn(population, kind):
    snapshot = population.snapshot(0)
    null = estimation_null(snapshot, resamples=100, seed=3, kind=kind)
    drawn = draw_images(population.images, 100, kind, np.random.default_rng([3, 0]))
    pairs = len(population.layers) - 1
    assert len(null.values) >= 3 * pairs  # where all are core, core turnover is 0 and not NaN
    for place in range(8):
        one, other = (with_images(snapshot, side[place]) for side in drawn)
        for (_, measure, layer), draws in null.values.items():
            assert len(draws) == 100
            expected = drift_of(one, other, measure, layer)
            assert draws[place] == pytest.approx(expected, abs=1e-3), (measure, layer)
    assert quantile(null.values[0, "edge_drift", "fc"]) > 0.02  # they were not all the same


@given(
    arrays.arrays(np.float64, (2, 3, 6), elements=st.sampled_from([0.0, 0.0, 0.1, 0.25, 0.5, 1.0]))
)
def test_measures_of_many_pairs_are_those_of_one(importance):
    """Against drift.py on hand-made circuits, with equal importances and empty sides."""
    many = {
        "core_turnover": core_turnovers(importance > 0),
        "importance_turnover": importance_turnovers(importance),
        "rank_turnover": rank_turnovers(importance),
    }
    for place in range(3):
        one, other = (
            make_circuit(
                {
                    "low": [Neuron(int(i), importance=side[i]) for i in np.flatnonzero(side)],
                    "fc": [Neuron(0, inputs={0: 1.0})],
                },
                width=6,
            )
            for side in importance[:, place]
        )
        pair = drift.pair(one, other, np.arange(16))
        for measure, values in many.items():
            np.testing.assert_allclose(values[place], MEASURES[measure](pair, "low"), atol=1e-12)


@pytest.mark.parametrize("epsilon", [None, 1.0], ids=["tau", "pruned"])
def test_an_analysis_keeps_as_many_candidates_again(epsilon):
    torch.manual_seed(0)
    network = nn.Sequential(nn.Linear(6, 12), nn.ReLU(), nn.Linear(12, 2))
    probes = ProbeSet(torch.randn(20, 6), torch.zeros(20, dtype=torch.long))

    def inputs(**numbers):
        config = NeurFlowConfig(top_k=8, **numbers)
        return (
            analyze(network, probes, layers=["1", "2"], config=config).circuits[0].neurons[0].inputs
        )

    few, all_of_them = inputs(tau=3, prune_epsilon=epsilon), inputs(tau=6)
    kept = len(few.sources)
    assert kept == (3 if epsilon is None else 1)
    assert few.runners_up.tolist() == all_of_them.sources[kept:].tolist()
    np.testing.assert_allclose(
        few.runner_up_attributions,
        all_of_them.attributions[:, kept:],
        atol=few.largest_attribution * 2**-11,
    )


# --- known answers -----------------------------------------------------------------------


def alike(images=6, crops=2, runners_up=True, **numbers):
    """A snapshot all of whose images give the same attributions."""
    rows = list(range(images * crops))
    low = [Neuron(0, rows), Neuron(1, rows), Neuron(2, rows)]
    circuit = make_circuit({"low": low, "fc": [Neuron(0, rows, inputs={0: 3.0, 1: -1.0})]})
    if runners_up:
        circuit = with_inputs(
            circuit, runners_up=[2, 3], runner_up_shares=np.full((len(rows), 2), 0.2)
        )
    return make_snapshot(circuit, probe=make_probe(images, crops), **numbers)


def with_inputs(circuit: Circuit, **changes) -> Circuit:
    """The circuit with other inputs of its target."""
    target, *others = circuit.neurons
    target = dataclasses.replace(target, inputs=dataclasses.replace(target.inputs, **changes))
    return dataclasses.replace(circuit, neurons=(target, *others))


@pytest.mark.parametrize("kind", KINDS)
def test_images_that_are_all_alike_make_no_noise(kind):
    null = estimation_null(alike(), kind=kind)
    assert set(null.values) == {
        (0, "edge_drift", "fc"),
        (0, "core_turnover", "low"),
        (0, "importance_turnover", "low"),
        (0, "rank_turnover", "low"),
    }
    for draws in null.values.values():
        np.testing.assert_allclose(draws, 0, atol=1e-12)


def test_one_source_of_two_signs():
    """With one patch an image, weights (a, b) of two images: every drift is told by hand.

    Attributions are (1, 0) on image 0 and (0, 1) on image 1; a bootstrap of 2 - 1 images gives the
    circuit of one of them, and two halves are always different images.
    """
    circuit = make_circuit(
        {
            "low": [Neuron(0, [0, 1]), Neuron(1, [0, 1])],
            "fc": [Neuron(0, [0, 1], inputs={0: [1.0, 0.0], 1: [0.0, 1.0]})],
        }
    )
    snapshot = make_snapshot(circuit, probe=make_probe(2, 1))
    halves = estimation_null(snapshot, kind="split-half")
    assert halves.values[0, "edge_drift", "fc"].tolist() == [1.0] * 200
    draws = estimation_null(snapshot, resamples=2000).values[0, "edge_drift", "fc"]
    assert set(draws.tolist()) == {0.0, 1.0}
    assert stats.binomtest(int(draws.sum()), 2000, 0.5).pvalue > 1e-6


def test_a_runner_up_becomes_core_when_its_images_are_drawn():
    circuit = make_circuit(
        {"low": [Neuron(0, [0, 1])], "fc": [Neuron(0, [0, 1], inputs={0: [1.0, 0.1]})]}
    )
    swapping = with_inputs(circuit, runners_up=[1], runner_up_shares=[[0.1], [0.9]])
    for one, drifts in ((circuit, 0.0), (swapping, 1.0)):
        null = estimation_null(make_snapshot(one, probe=make_probe(2, 1)), kind="split-half")
        assert null.values[0, "edge_drift", "fc"].tolist() == [drifts] * 200
        assert null.values[0, "core_turnover", "low"].tolist() == [drifts] * 200


def test_a_core_neuron_never_attributed_hands_down_as_others_do():
    """Image 0 makes mid:0 core, image 1 mid:1, of which nothing is known: its edges are on one side
    alone, and the only candidate that any neuron of its layer has receives its importance."""
    circuit = make_circuit(
        {
            "low": [Neuron(0, [0, 1])],
            "mid": [Neuron(0, [0, 1], inputs={0: 1.0})],
            "fc": [Neuron(0, [0, 1], inputs={0: [1.0, 0.1]})],
        }
    )
    circuit = with_inputs(circuit, runners_up=[1], runner_up_shares=[[0.1], [0.9]])
    snapshot = make_snapshot(circuit, probe=make_probe(2, 1))
    null = estimation_null(snapshot, kind="split-half")
    assert null.values[0, "importance_turnover", "mid"].tolist() == [1.0] * 200
    assert null.values[0, "edge_drift", "mid"].tolist() == [1.0] * 200
    assert null.values[0, "importance_turnover", "low"].tolist() == [0.0] * 200


def test_a_core_neuron_whose_images_were_not_drawn_counts_where_it_is_new():
    """mid:0 is core by images 0 and 1, but its concept is of 2 and 3; mid:1 the other way round.

    Halves of these images have nothing known in common and all their edges are on one side; other
    halves choose mid:0 by its first place among equals and agree in all.
    """
    circuit = make_circuit(
        {
            "low": [Neuron(0, [0, 1])],
            "mid": [Neuron(0, [2, 3], inputs={0: 1.0}), Neuron(1, [0, 1], inputs={0: 1.0})],
            "fc": [Neuron(0, inputs={0: [1.0, 1.0, 0.0, 0.0]})],
        }
    )
    circuit = with_inputs(circuit, runners_up=[1], runner_up_shares=[[0.0], [0.0], [1.0], [1.0]])
    snapshot = make_snapshot(circuit, probe=make_probe(4, 1))
    draws = estimation_null(snapshot, kind="split-half").values[0, "edge_drift", "mid"]
    drawn = draw_images(4, 200, "split-half", np.random.default_rng([0, 0]))[0]
    apart = drawn[:, 0] == drawn[:, 1]
    assert 30 < apart.sum() < 110  # a third
    assert draws.tolist() == apart.astype(float).tolist()


def test_crops_of_one_image_are_drawn_together():
    """Noise between the crops of an image alone, the same in every image, is no noise."""
    values = np.tile([2.0, -1.0], 6)
    rows = list(range(12))
    circuit = make_circuit(
        {
            "low": [Neuron(0, rows), Neuron(1, rows)],
            "fc": [Neuron(0, rows, inputs={0: values, 1: values[::-1]})],
        }
    )
    null = estimation_null(make_snapshot(circuit, probe=make_probe(6, 2)))
    assert quantile(null.values[0, "edge_drift", "fc"], 1.0) == pytest.approx(0, abs=2e-9)


def test_the_more_images_the_narrower():
    def width(images):
        population = Population(layers=("low", "fc"), tau=20, images=images, top_k=images)
        nulls = [estimation_null(population.snapshot(seed), resamples=100) for seed in range(5)]
        return np.mean([quantile(null.values[0, "edge_drift", "fc"], 0.5) for null in nulls])

    few, many = width(16), width(256)
    assert few / many == pytest.approx(4, rel=0.3)  # as 1 / √images


def test_halves_drift_by_root_two_more():
    snapshots = [Population(images=60, top_k=60, seed=seed).snapshot(0) for seed in range(5)]
    key = (0, "edge_drift", "fc")
    whole, halves = (
        np.mean([estimation_null(one, kind=kind).values[key].mean() for one in snapshots])
        for kind in KINDS
    )
    assert halves / whole == pytest.approx(np.sqrt(2), rel=0.1)


@pytest.mark.parametrize(("kind", "rate"), [("bootstrap", 0.03), ("split-half", 0.01)])
def test_two_draws_of_one_population_are_rarely_called_different(kind, rate):
    """Measured over 600 trials: 1.7 and 3.2 % for the two layer pairs, .3 % by halves."""
    trials, above = 80, {"fc": 0, "mid": 0}
    for seed in range(trials):
        population = Population(seed=seed)
        before, after = population.snapshot(0), population.snapshot(1)
        null = estimation_null(before, seed=seed, kind=kind)
        for layer in above:
            observed = drift_of(before, after, "edge_drift", layer)
            above[layer] += observed > quantile(null.values[0, "edge_drift", layer])
    most = stats.binom.ppf(0.999, trials, rate)
    assert max(above.values()) <= most


def test_another_network_is_called_different():
    before = Population(seed=0).snapshot(0)
    after = Population(seed=1).snapshot(0)
    null = estimation_null(before)
    for layer in ("mid", "fc"):
        observed = drift_of(before, after, "edge_drift", layer)
        assert p_value(null.values[0, "edge_drift", layer], observed) == 1 / 201


# --- draws of images ---------------------------------------------------------------------


def test_bootstrap_draws_one_image_less():
    drawn = draw_images(9, 4000, "bootstrap", np.random.default_rng(0))
    assert drawn.shape == (2, 4000, 9)
    assert (drawn.sum(axis=-1) == 8).all()
    # The mean over the drawn has the variance of a mean over 9 images: s² / 9, s² by n - 1.
    values = np.arange(9.0)
    means = drawn @ values / 8
    assert means.var() == pytest.approx(values.var(ddof=1) / 9, rel=0.05)
    assert abs(np.corrcoef(means)[0, 1]) < 0.06


@pytest.mark.parametrize("images", [2, 5, 8])
def test_halves_have_no_image_in_common(images):
    drawn = draw_images(images, 50, "split-half", np.random.default_rng(0))
    assert (drawn.sum(axis=-1) == images // 2).all()
    assert set(drawn.sum(axis=0).ravel().tolist()) <= {0, 1}
    assert drawn.sum(axis=(0, 1)).min() > 0  # an odd one is left out by turns


def test_many_draws_are_made_in_parts():
    """Every draw belongs to the images drawn for it, at the seams too."""
    snapshot = Population(layers=("low", "fc"), width=10).snapshot(0)
    many = estimation_null(snapshot, resamples=600, kind="split-half")
    parts = draw_images(24, 600, "split-half", np.random.default_rng([0, 0]))
    key = (0, "edge_drift", "fc")
    assert many.values[key].shape == (600,)
    for place in (249, 250, 599):
        one, other = (with_images(snapshot, side[place]) for side in parts)
        assert many.values[key][place] == pytest.approx(
            drift_of(one, other, "edge_drift", "fc"), abs=1e-3
        )


def test_same_seed_same_draws_and_targets_draw_on_their_own():
    snapshot = Population().snapshot(0)
    null, same, other = (estimation_null(snapshot, seed=seed) for seed in (1, 1, 2))
    key = (0, "edge_drift", "fc")
    assert null.values[key].tolist() == same.values[key].tolist()
    assert null.values[key].tolist() != other.values[key].tolist()
    circuit = snapshot.circuits[0]
    second = make_circuit({"low": [Neuron(0, [0, 4])], "fc": [Neuron(1, [0, 4], inputs={0: 1.0})]})
    more = dataclasses.replace(
        snapshot,
        circuits=(second, circuit),
        probe=dataclasses.replace(snapshot.probe, labels=None),
    )
    assert estimation_null(more, seed=1).values[key].tolist() == null.values[key].tolist()
    node = dataclasses.replace(circuit.neurons[0], id=NeuronId("fc", 5))
    twin = dataclasses.replace(circuit, target=node.id, neurons=(node, *circuit.neurons[1:]))
    both = estimation_null(dataclasses.replace(more, circuits=(circuit, twin))).values
    assert both[key].tolist() != both[5, "edge_drift", "fc"].tolist()


# --- degenerate cases --------------------------------------------------------------------


def test_one_image_has_no_null():
    null = estimation_null(alike(images=1, crops=4))
    assert not null.values


def test_a_concept_of_one_image_says_nothing_about_others():
    circuit = make_circuit({"low": [Neuron(0, [2, 3])], "fc": [Neuron(0, [2, 3], inputs={0: 1.0})]})
    null = estimation_null(make_snapshot(circuit, probe=make_probe(4, 2)))
    assert (0, "edge_drift", "fc") not in null.values


def test_without_runners_up_the_core_stays():
    null = estimation_null(Population(layers=("low", "fc")).snapshot(0))
    assert quantile(null.values[0, "core_turnover", "low"]) > 0
    snapshot = Population(layers=("low", "fc")).snapshot(0)
    bare = with_inputs(snapshot.circuits[0], runners_up=[], runner_up_shares=np.empty((0, 0)))
    null = estimation_null(dataclasses.replace(snapshot, circuits=(bare,)))
    assert quantile(null.values[0, "core_turnover", "low"], 1.0) == 0
    assert quantile(null.values[0, "edge_drift", "fc"]) > 0


def test_a_target_that_receives_nothing():
    circuit = make_circuit({"low": [], "fc": [Neuron(0)]})
    assert not estimation_null(make_snapshot(circuit)).values


def test_a_single_layer_has_no_null():
    assert not estimation_null(make_snapshot(make_circuit({"fc": [Neuron(0)]}))).values


def test_images_of_another_class_contradict_the_snapshot():
    probe = make_probe(4, 2, labels=[0, 0, 1, 1])
    circuit = make_circuit({"low": [], "fc": [Neuron(0, [0, 5], inputs={0: 1.0})]})
    with pytest.raises(SnapshotError, match="concept of fc:0 has a patch of image 2, which is non"):
        estimation_null(make_snapshot(circuit, probe=probe))


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"resamples": 99}, "resamples=99: wanted at least 100"),
        ({"seed": -1}, "seed=-1: wanted a whole number of at least 0"),
        ({"kind": "jackknife"}, r"kind='jackknife': wanted one of \('bootstrap', 'split-half'\)"),
    ],
)
def test_wrong_arguments_are_named(arguments, message):
    with pytest.raises(ConfigError, match=message):
        estimation_null(alike(), **arguments)


def test_draws_cannot_be_changed():
    draws = np.array([0.1, 0.2])
    null = Null({(0, "edge_drift", "fc"): draws})
    draws[:] = 9
    assert null.values[0, "edge_drift", "fc"].tolist() == [0.1, 0.2]
    with pytest.raises(ValueError, match="read-only"):
        null.values[0, "edge_drift", "fc"][0] = 3


# --- from draws to judgements ------------------------------------------------------------


def test_p_values_count_the_observed_one():
    draws = np.linspace(0, 1, 200)
    assert p_value(draws, 2.0) == 1 / 201
    assert p_value(draws, 0.0) == 1.0
    assert p_value([0.3] * 199, 0.3) == 1.0
    assert np.isnan(p_value([], 0.3))
    assert np.isnan(p_value(draws, float("nan")))


def test_rounding_decides_nothing():
    """A drift that is equal but for the order of its arithmetic lies neither above nor beyond."""
    value = 0.1 + 0.2  # 0.30000000000000004
    draws = np.full(100, 0.3)
    assert value > 0.3
    assert not value > quantile(draws)
    assert p_value(draws, value) == 1.0


@given(arrays.arrays(np.float64, st.integers(1, 30), elements=st.floats(0, 1)))
def test_adjusted_p_values_are_those_of_scipy(p):
    np.testing.assert_allclose(benjamini_hochberg(p), stats.false_discovery_control(p), rtol=1e-12)


def test_nan_is_no_test():
    p = np.array([0.01, np.nan, 0.04, np.nan, 0.03])
    adjusted = benjamini_hochberg(p)
    assert np.isnan(adjusted[[1, 3]]).all()
    np.testing.assert_allclose(
        adjusted[[0, 2, 4]], stats.false_discovery_control([0.01, 0.04, 0.03])
    )
    assert np.isnan(benjamini_hochberg([np.nan])).all()
    assert benjamini_hochberg([]).shape == (0,)


def test_p_values_out_of_range_are_refused():
    with pytest.raises(ConfigError, match=r"p-values from -0.1 to 1.2: wanted \[0, 1\]"):
        benjamini_hochberg([0.5, -0.1, 1.2])


@pytest.mark.parametrize(
    ("history", "judged"),
    [
        ([], False),
        ([True], False),
        ([True, True], True),
        ([True, False, True], True),
        ([True, False, False, True], False),
        ([False, True, True, False], True),
    ],
)
def test_two_of_the_last_three(history, judged):
    assert persistent(history) is judged


def test_persistence_must_be_possible():
    with pytest.raises(ConfigError, match="needed=4, of=3: wanted 1 ≤ needed ≤ of"):
        persistent([True], needed=4)


def test_a_training_null_gathers_the_drifts_of_each_place():
    key, other = (0, "edge_drift", "fc"), (0, "core_turnover", "low")
    null = training_null([{key: 0.1, other: float("nan")}, {key: 0.3}, {}, {key: 0.2}])
    assert null.values[key].tolist() == [0.1, 0.3, 0.2]
    assert other not in null.values
    assert not training_null([]).values


def test_a_place_of_few_controls_has_no_training_null():
    """A limit of one or two draws is so high that nothing would ever be above it."""
    key, rare = (0, "edge_drift", "fc"), (0, "edge_drift", "mid")
    drifts = [{key: 0.1, rare: 0.1}, {key: 0.2, rare: 0.2}, {key: 0.3, rare: float("nan")}]
    assert set(training_null(drifts).values) == {key}


# --- few draws ---------------------------------------------------------------------------


@pytest.mark.parametrize("count", [3, 5, 20, 99])
def test_one_more_draw_keeps_to_the_limit(count):
    """Of drifts whose square roots are normal; 20 000 repetitions, ± 3 standard errors."""
    rng = np.random.default_rng(count)
    draws = rng.normal(0.4, 0.05, size=(20_000, count + 1)) ** 2
    above = np.mean([row[-1] > prediction_limit(row[:-1]) for row in draws])
    assert above == pytest.approx(0.01, abs=0.0022)


def test_the_limit_of_many_draws_is_their_quantile():
    draws = np.random.default_rng(0).random(100)
    assert upper_limit(draws) == quantile(draws) < 1
    assert upper_limit(draws[:99]) >= draws[:99].max()


def test_the_limit_is_not_below_any_draw():
    few = [0.0] * 30 + [0.5]
    assert prediction_limit(few) < 0.5
    assert upper_limit(few) == pytest.approx(0.5)


def test_a_single_draw_limits_nothing_and_none_is_no_limit():
    assert upper_limit([0.2]) == np.inf
    assert np.isnan(upper_limit([]))
