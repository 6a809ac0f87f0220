"""Scores and paths that follow on paper."""

from math import exp, log

import numpy as np
import pytest

from evolution.snapshots import Neuron, make_circuit
from neurflow_lightning.applications.firing import (
    circuit_firing,
    crop_scores,
    edge_share,
    group_scores,
    normal_levels,
    strongest_path,
)
from neurflow_lightning.types import GroupId


def circuit(**groups):
    """``fc:0`` is fed by ``mid:0`` (¾) and ``mid:1`` (−¼), each of these by both of ``low``."""
    return make_circuit(
        {
            "low": [Neuron(0), Neuron(1, activations=(8, 8, 4, 4), meanings=[(0, 1, 2), (3,)])],
            "mid": [Neuron(0, inputs={0: 1.0, 1: 1.0}), Neuron(1, inputs={0: 9.0, 1: 1.0})],
            "fc": [Neuron(0, inputs={0: 3.0, 1: -1.0}, importance=1.0)],
        },
        **groups,
    )


LOW, MID, FC = ([GroupId(layer, number) for number in (0, 1)] for layer in ("low", "mid", "fc"))


class TestScore:
    def test_is_the_geometric_mean_of_what_is_normal(self):
        assert crop_scores([[3.0, 4.0]], [1.5, 16.0]) == pytest.approx([(2 * 0.25) ** 0.5], 1e-4)

    def test_is_the_papers_formula_to_the_last_digit(self):
        x, m = [0.3, -2.0, 5.0], [0.2, 1.0, -4.0]
        terms = [
            log(max(one, 0) / (abs(mean) + 1e-6) + 1e-6) for one, mean in zip(x, m, strict=True)
        ]
        assert crop_scores([x], m)[0] == pytest.approx(exp(sum(terms) / 3), rel=1e-12)

    def test_is_one_at_the_normal_level_and_nearly_none_where_one_neuron_is_silent(self):
        assert crop_scores([[2.0, 7.0]], [2.0, 7.0]) == pytest.approx([1.0], abs=1e-5)
        assert crop_scores([[0.0, 7.0]], [2.0, 7.0])[0] < 0.002

    def test_stays_finite_where_nothing_is_normal(self):
        assert np.isfinite(crop_scores([[1.0], [0.0]], [0.0])).all()

    def test_has_a_crop_a_row_whatever_comes_before(self):
        assert crop_scores(np.ones((5, 3, 2)), [1.0, 1.0]).shape == (5, 3)


class TestNormalLevel:
    def test_is_the_mean_over_the_patches_of_the_meanings_in_the_group(self):
        made = circuit(groups={"low": [[0, (1, 0)], [(1, 1)]]})
        first, second = made.layer_groups("low")
        assert normal_levels(made, first) == pytest.approx([2.5, 20 / 3])
        assert normal_levels(made, second) == pytest.approx([4.0])

    def test_counts_patches_when_a_group_has_several_meanings_of_a_neuron(self):
        made = circuit(groups={"low": [[0, 1]]})
        assert normal_levels(made, made.layer_groups("low")[0]) == pytest.approx([2.5, 6.0])


RESPONSES = {  # two crops; normal levels are 2.5 everywhere but low:1, whose is 6
    "low": np.array([[2.5, 0.0], [1.0, 12.0]]),
    "mid": np.array([[2.5, 1.0], [0.0, 5.0]]),
    "fc": np.array([[1.0], [0.5]]),
}


class TestFiring:
    def test_says_which_crops_fired_a_group_the_strongest_first(self):
        one = circuit_firing(circuit(), RESPONSES, 0.5).group(LOW[0])
        assert (one.score, one.best) == (pytest.approx(1.0, abs=1e-5), 0)
        assert one.crops.tolist() == [0]
        assert circuit_firing(circuit(), RESPONSES, 0.3).group(LOW[0]).crops.tolist() == [0, 1]

    def test_of_a_group_that_did_not_fire_the_best_crop_is_told(self):
        one = circuit_firing(circuit(), RESPONSES, 0.8).group(FC[0])
        assert (one.fired, one.crops.tolist(), one.best) == (False, [], 0)
        assert one.score == pytest.approx(0.4, abs=1e-5)
        assert one.activations.tolist() == [1.0]
        assert one.normal.tolist() == [2.5]

    def test_a_score_at_the_threshold_does_not_fire(self):
        score = circuit_firing(circuit(), RESPONSES, 0.8).group(MID[0]).score
        assert not circuit_firing(circuit(), RESPONSES, score).group(MID[0]).fired

    def test_of_many_images_scores_are_those_of_each(self):
        two = {layer: np.stack([one, one[::-1] * 2]) for layer, one in RESPONSES.items()}
        scores = group_scores(circuit(), two)
        each = [
            [
                one.score
                for one in circuit_firing(
                    circuit(), {layer: values[place] for layer, values in two.items()}, 0.8
                ).groups
            ]
            for place in (0, 1)
        ]
        assert scores == pytest.approx(np.array(each))

    def test_an_unknown_group(self):
        with pytest.raises(KeyError, match="low/9"):
            circuit_firing(circuit(), RESPONSES, 0.8).group(GroupId("low", 9))


def path(scores, threshold=0.8, **groups):
    edges = strongest_path(circuit(**groups), scores, threshold)
    return [str(edge.source) for edge in edges]


class TestPath:
    every = dict.fromkeys([*LOW, *MID, FC[0]], 1.0)

    def test_has_the_largest_product_of_shares(self):
        # Through mid/0: ¾ · ½ = .375. Through mid/1: ¼ · .9 = .225.
        assert path(self.every) in (["mid/0", "low/0"], ["mid/0", "low/1"])

    def test_goes_round_what_did_not_fire(self):
        assert path({**self.every, MID[0]: 0.1}) == ["mid/1", "low/0"]
        assert path({**self.every, MID[0]: 0.1, LOW[0]: 0.1}) == ["mid/1", "low/1"]

    def test_that_reaches_lower_comes_first(self):
        only_one = make_circuit(
            {
                "low": [Neuron(0)],
                "mid": [Neuron(0, inputs={}), Neuron(1, inputs={0: 1.0})],
                "fc": [Neuron(0, inputs={0: 9.0, 1: 1.0})],
            }
        )
        found = strongest_path(only_one, {LOW[0]: 1.0, MID[0]: 1.0, MID[1]: 1.0, FC[0]: 1.0}, 0.8)
        assert [str(edge.source) for edge in found] == ["mid/1", "low/0"]

    def test_ends_where_nothing_below_fired(self):
        assert path({**self.every, LOW[0]: 0.0, LOW[1]: 0.0}) == ["mid/0"]

    def test_is_empty_where_nothing_that_fired_feeds_the_target(self):
        assert path({**self.every, MID[0]: 0.0, MID[1]: 0.0}) == []

    def test_begins_at_the_target_though_that_did_not_fire(self):
        assert path({**self.every, FC[0]: 0.0})[0] == "mid/0"

    def test_shares_are_those_of_a_meaning(self):
        made = circuit(groups={"mid": [[0, 1]]})
        (edge,) = [one for one in made.edges if one.target == FC[0]]
        assert edge_share(made, edge) == pytest.approx(0.5)  # ¾ − ¼
        into = {str(one.source): one for one in made.edges if one.target == MID[0]}
        assert into["low/0"].weight == pytest.approx(0.5 + 0.9)
        assert edge_share(made, into["low/0"]) == pytest.approx(0.7)
