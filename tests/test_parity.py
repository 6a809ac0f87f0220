"""The comparison with the reference code: what it finds, and how it explains it."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from needs import need_module

sys.path.append(str(Path(__file__).parent.parent / "benchmarks"))

import parity

from neurflow_lightning import NeuronId

CLONE = os.environ.get("NEURFLOW_REFERENCE", "")
TINY = parity.Case("resnet18", 32, ("layer4.0", "layer4.1", "fc"), images=4, tau=3, top_k=6)
UP = NeuronId("up", 7)
MEANINGS = (frozenset({1, 2}), frozenset({3, 4}))


def neuron(core=(5, 2), meanings=MEANINGS, patches=(1, 2, 3, 4), weights=(0.5, 0.4)):
    into = dict(zip(core, weights, strict=True))
    return parity.Neuron(tuple(patches), tuple(core), dict.fromkeys(meanings, into))


def found(one=None, **changes):
    one = one or neuron()
    groups = {"up": frozenset({frozenset((7, rows) for rows in one.meanings)})}
    return replace(parity.Found({UP: one}, groups, {}), **changes)


def evidence(**changes):
    """Four patches, 3 and 9 as active as each other; neurons 2, 5 and 6 below, 2 and 6 alike."""
    values = np.zeros((4, 8))
    values[:, [2, 5, 6]] = [1.0, 3.0, 1.0]
    descriptions = np.array([[0.0], [0.1], [5.0], [5.1]])
    activations = {1: 9.0, 2: 8.0, 3: 7.0, 4: 7.5, 9: 7.0, 10: 6.0}
    one = parity.Evidence(np.array([1, 2, 3, 4]), activations, values, descriptions)
    return {UP: replace(one, **changes)}


def told(mine, their, seen=None):
    return [(one.what, one.cause) for one in parity.differences(mine, their, seen or evidence())]


class TestDifferences:
    def test_the_same_circuit_has_none(self):
        assert told(found(), found()) == []

    def test_patches_of_equal_activation_are_a_tie(self):
        others = (frozenset({1, 2}), frozenset({9, 4}))
        mine = found(neuron(patches=(1, 2, 9, 4), meanings=others))
        assert told(mine, found())[:2] == [
            ("top patches", "tie: activations equal to 0e+00"),
            ("semantic groups", "follows: the patches differ"),
        ]

    def test_patches_of_another_activation_have_no_excuse(self):
        others = (frozenset({1, 2}), frozenset({10, 4}))
        mine = found(neuron(patches=(1, 2, 10, 4), meanings=others))
        assert told(mine, found())[0] == ("top patches", "")

    def test_core_neurons_of_equal_score_are_a_tie(self):
        assert told(found(neuron(core=(5, 6))), found()) == [
            ("core neurons", "tie: scores equal to 0e+00")
        ]

    def test_core_neurons_of_another_score_have_no_excuse(self):
        assert told(found(neuron(core=(5, 0))), found()) == [("core neurons", "")]

    def test_a_neuron_that_one_side_lacks_follows_from_the_core_above(self):
        low = NeuronId("low", 6)
        mine = found(neuron(core=(5, 6)))
        mine = replace(mine, neurons={**mine.neurons, low: neuron()})
        assert ("neurons", "follows: the core neurons above differ") in told(mine, found())
        alone = found(neurons={UP: neuron(), low: neuron()})
        assert ("neurons", "") in told(alone, found())

    def test_other_clusters_of_the_same_vectors_have_no_excuse_unless_ours_are_theirs(self):
        other = neuron(meanings=(frozenset({1, 3}), frozenset({2, 4})))
        rounding = "rounding: the same clusters of the same vectors"
        assert told(found(other), found())[0] == ("semantic groups", rounding)
        assert told(found(), found(other))[0] == ("semantic groups", "")

    def test_weights_scaled_in_another_order_are_explained_by_a_tie(self):
        """2 and 6 have one score; in either order the first of them is divided first."""
        both = ((2, 6), (6, 2))
        values = np.zeros((4, 8))
        values[:, 2], values[:, 6] = 1.0, -1.0
        weights = (1 / 2, -1 / 1.5)
        mine, their = (found(neuron(core=core, weights=weights)) for core in both)
        cause = "order: tie: scores equal to 0e+00"
        assert told(mine, their, evidence(values=values)) == [("weights", cause)]
        wrong = found(neuron(core=(2, 6), weights=(0.5, -0.5)))
        assert told(wrong, their, evidence(values=values)) == [("weights", "")]

    def test_group_weights_are_compared_where_the_groups_are_the_same(self):
        (group,) = found().groups["up"]
        edge = (group, group)
        assert told(found(edges={edge: 0.5}), found(edges={edge: 0.5 + 1e-5})) == []
        assert told(found(edges={edge: 0.5}), found()) == [("group edges", "")]

    def test_the_table_counts_what_is_the_same(self):
        mine = found(neuron(core=(5, 6)))
        one = parity.compare(TINY, mine, found(), evidence(), images=2)
        cells = [cell.strip() for cell in parity.parity_table([one]).splitlines()[-1].split("|")]
        assert cells[1:-1] == [
            *("resnet18, random", "1 of 1", "1 of 1", "0 of 1", "0e+00"),
            *("1 of 1", "1 of 1", "0e+00", "1", "0"),
        ]


def test_patches_find_their_places():
    """Two images, crops of 8 and 4 and 4: theirs lie size by size, ours image by image."""
    assert parity._places([2, 0], [8, 8, 4, 4, 4, 4], 8) == [6, 0, 7, 8, 1, 2]


def test_departures_are_told_one_by_one():
    work = parity.prepared(TINY)
    told = {one.name: one for one in parity.departures(TINY, work)}
    before = told["(reference)"]
    assert (before.nodes, before.core, before.weights) == (1.0, 1.0, 0.0)
    assert told["weight_scaling"].sums == pytest.approx((1.0, 1.0), abs=1e-5)
    assert told["weight_scaling"].core == 1.0 != told["weight_scaling"].weights
    assert told["min_semantic_groups"].meanings <= before.meanings
    assert told["split_target"].groups == before.groups - 1
    assert told["group_weights"].group_weight < before.group_weight
    assert len(parity.departures_table(told.values()).splitlines()) == len(told) + 2


@pytest.mark.skipif(not CLONE, reason="NEURFLOW_REFERENCE names no clone of tue147/neurflow")
def test_a_small_circuit_is_the_same(tmp_path, monkeypatch, capsys):
    need_module("captum", "test")
    monkeypatch.setattr(parity, "CASES", {"tiny": TINY})
    files = ["--out", str(tmp_path / "a.json"), "--markdown", str(tmp_path / "a.md")]
    assert parity.main(["--reference", CLONE, "--cases", "tiny", *files]) == 0
    (one,) = json.loads((tmp_path / "a.json").read_text())["comparisons"]
    assert one["differences"] == []
    assert one["compared"]["neurons"] >= 1 + TINY.tau
    assert one["weight_error"] <= parity.LARGEST_ERROR
    assert "Nothing differs." in (tmp_path / "a.md").read_text()
    assert "resnet18, random" in capsys.readouterr().out
