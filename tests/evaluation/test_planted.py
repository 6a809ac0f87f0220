"""Circuits with known answers: what is planted is there, ours finds it, and others may enter.

Every truth is checked by something else than what is measured with it: exact knockouts, or the
arithmetic of the network itself.
"""

import json

import numpy as np
import pytest
import torch

from neurflow_lightning import ProbeSet, analyze
from neurflow_lightning.core.attribution import NotApplicableError
from neurflow_lightning.core.methods import find_method
from neurflow_lightning.errors import ConfigError
from neurflow_lightning.evaluation.planted import factors, invariance, one_pair, wired
from neurflow_lightning.evaluation.planted.__main__ import main
from neurflow_lightning.evaluation.planted.applying import (
    circuits_by,
    concept_request,
    exact_knockout,
    opened,
    single_effects,
)
from neurflow_lightning.evaluation.planted.results import Line, Measured, PlantedReport
from neurflow_lightning.evaluation.planted.running import TIERS, find_planted_method, run_planted
from neurflow_lightning.evaluation.planted.tables import all_tables

OURS = find_method("ig")
EXPECTED = {
    ("T0", "ReLU with bias, 16 nodes", "completeness gap"),
    ("T3", "steep saturation", "share given to the wrong neurons"),
    ("T3", "redundancy (OR)", "share given to the wrong neurons"),
    ("T3", "cancellation", "effect of the two chosen, of the best two"),
    ("T3", "inhibition", "recall@2 of driver and inhibitor"),
    ("T3", "normalisation", "share given to the wrong neurons"),
}
TITLES = {name: tier.title for name, tier in TIERS.items()}


def by_verdict(report, verdict):
    return {one.key for one in report.measured if one.verdict == verdict}


def check_ours(report, tiers):
    """Every line is reached but those that are known to be missed, and these show."""
    assert {one.tier for one in report.measured} == set(tiers)
    assert report.missed() == ()
    assert by_verdict(report, "expected miss") == {key for key in EXPECTED if key[0] in tiers}
    for one in report.measured:
        assert np.isfinite(one.value)
        if one.verdict == "expected miss":
            assert one.shown_by
            assert one.alarm > 0.01


# --- ours reaches the lines --------------------------------------------------------------


@pytest.mark.parametrize("tiers", [["T0"], ["T1"], ["T2"], ["T3"], ["T4"]], ids=str)
def test_ours_on_few_networks(tiers):
    check_ours(run_planted(OURS, "ours", tiers=tiers, quick=True), tiers)


@pytest.mark.slow
@pytest.mark.parametrize("tiers", [[one] for one in TIERS], ids=str)
def test_ours_on_all_networks(tiers):
    check_ours(run_planted(OURS, "ours", tiers=tiers), tiers)


def test_circuits_through_the_protocol_are_those_of_analyze():
    model, images = wired.WiredCNN(0).eval(), wired.strokes(0)
    config, probes = wired.CONFIG, ProbeSet(images)
    theirs = circuits_by(OURS, model, probes, wired.LAYERS, [0], config).circuit(0)
    ours = analyze(model, probes, layers=wired.LAYERS, targets=[0], config=config).circuit(0)
    assert wired.carried(ours) == wired.carried(theirs)
    assert [one.members for one in ours.groups] == [one.members for one in theirs.groups]
    for one, other in zip(ours.neurons, theirs.neurons, strict=True):
        assert one.id == other.id
        if one.inputs is not None:
            np.testing.assert_allclose(one.inputs.scores, other.inputs.scores, rtol=1e-3)


# --- what is planted is there ------------------------------------------------------------


def question_of(pair):
    with opened(pair.model, ("low", "high"), pair.inputs) as network:
        return concept_request(network, "low", "high", 0, pair.inputs, one_pair.TOP_K)


def test_drivers_decoys_and_silent_neurons_by_exact_knockout():
    pair = one_pair.make_pair(0.0, seed=3)
    request = question_of(pair)
    effects = single_effects(request).abs().numpy()
    drivers = sorted(pair.drivers)
    assert set(np.flatnonzero(effects > 1e-6)) == pair.drivers
    low = request.by_neuron(request.lower).numpy()
    assert (low.max(axis=0) == 0).sum() == one_pair.SILENT
    noise = np.random.default_rng(0).normal(0, 1e-6, (64, 150))  # silent ones have no spread
    company = np.corrcoef(pair.inputs.mean((2, 3)).numpy().T + noise)
    alike = (company[drivers] > 0.95).sum(axis=0)
    alike[drivers] = 0
    assert alike.sum() == one_pair.DECOYS


def test_wired_edges_are_those_whose_knockout_is_felt():
    """Within a class's own circuit, from each wired neuron down, by exact ablation."""
    model, images = wired.WiredCNN(2).eval(), wired.strokes(2)
    edges = model.wired_edges(1)
    assert len(edges) == 2 + 2 * 6 + 6 * 4
    for lower, upper in (("objects", "fc"), ("parts", "objects"), ("edges", "parts")):
        for neuron in {one for _, one in edges if one.layer == upper}:
            with opened(model, (lower, upper), images) as network:
                request = concept_request(network, lower, upper, neuron.index, images, 40)
                effects = single_effects(request).abs()
            felt = set(torch.nonzero(effects > 0.02 * effects.sum())[:, 0].tolist())
            assert felt == {source.index for source, one in edges if one == neuron}


def test_images_show_their_factors():
    images, values = factors.images(54, seed=0)
    assert images.shape == (54, 3, factors.SIDE, factors.SIDE)
    assert all(torch.bincount(column).tolist() == [18, 18, 18] for column in values.T)
    assert torch.equal(images.amax((2, 3)).argmax(1), values[:, 1])


@pytest.mark.parametrize("change", [invariance.rescaled, invariance.permuted])
def test_changes_keep_the_function(change):
    torch.manual_seed(0)
    model = factors._untrained().eval()
    images = factors.images(9, seed=0)[0]
    changed = change(model, 0)
    with torch.no_grad():
        torch.testing.assert_close(changed(images), model(images))
        assert not torch.allclose(changed[:3](images), model[:3](images))


# --- others enter ------------------------------------------------------------------------


def test_company_is_taken_for_work_by_correlation():
    """The decoys do what they are for: without them a correlation looks as good."""
    report = run_planted(
        find_method("activation_correlation"), "company", tiers=["T1", "T3"], quick=True
    )
    recall = {one.case: one.value for one in report.measured if one.measure == "recall@8"}
    assert max(recall.values()) < 0.5
    assert ("T3", "saturation", "share given to the wrong neurons") in by_verdict(report, "missed")


def test_gradients_see_neither_what_is_silent_nor_what_is_saturated():
    told = run_planted(find_method("neuron_mct"), "Taylor", tiers=["T1", "T3"], quick=True)
    assert not {key for key in by_verdict(told, "missed") if key[0] == "T1"}
    missed = {key[1] for key in by_verdict(told, "missed")}
    assert {"saturation", "redundancy (OR)"} <= missed


def test_even_exact_knockouts_of_single_neurons_miss_what_two_do():
    report = run_planted(exact_knockout, "knockouts", tiers=["T1", "T3"], quick=True)
    assert {key[1] for key in by_verdict(report, "missed")} == {"redundancy (OR)"}


def choosy(request):
    """Cannot be asked where there is no ReLU on the way: in the cases on vectors."""
    if request.lower.ndim == 2:
        raise NotApplicableError("only for <maps>")
    return request.by_neuron(request.lower)


def test_what_a_selector_cannot_be_asked_is_said_and_misses_nothing():
    report = run_planted(choosy, "tests:choosy", tiers=["T0"], quick=True)
    notes = {one.case: one.note for one in report.measured if one.note}
    assert set(notes.values()) == {"only for <maps>"}
    assert {one.case for one in report.measured} >= {"linear", "ReLU without bias"}
    ours = run_planted(OURS, "ig", tiers=["T0"], quick=True)
    table = all_tables([ours, report], TITLES)[0].text()
    row = next(line for line in table.splitlines() if line.startswith("ReLU without bias"))
    assert row.rstrip().endswith("–")


def test_nothing_else_is_drawn_or_changed():
    state = torch.get_rng_state()
    first, second = (run_planted(OURS, "ours", tiers=["T3"], quick=True) for _ in range(2))
    assert torch.equal(torch.get_rng_state(), state)
    assert first.measured == second.measured


# --- what is told ------------------------------------------------------------------------


def test_verdicts():
    def measured(value, line, why=""):
        return Measured("T9", "case", "measure", value, line, why_missed=why).verdict

    assert measured(0.9, Line(0.8)) == "passed"
    assert measured(0.7, Line(0.8)) == "missed"
    assert measured(0.7, Line(0.8), "known") == "expected miss"
    assert measured(0.9, Line(0.8), "known") == "passed"
    assert measured(0.9, None) == "no line"
    assert measured(float("nan"), Line(0.8, at_least=False)) == "missed"


def test_a_name_from_outside_is_escaped():
    report = PlantedReport("a|<b>:c", (Measured("T1", "case", "m", 0.5, Line(0.9)),), {"T1": 1.0})
    markdown = all_tables([report], TITLES)[0].markdown()
    assert "<b>" not in markdown
    assert "0.50 ✗" in markdown


def test_command(tmp_path, capsys, monkeypatch):
    (tmp_path / "mine_planted.py").write_text("def mine(request):\n    return request.lower\n")
    monkeypatch.syspath_prepend(tmp_path)
    paths = [tmp_path / "out" / name for name in ("report.json", "report.md")]
    arguments = ["--tiers", "T3", "--quick", "--json", str(paths[0]), "--markdown", str(paths[1])]
    assert main(["ig", "mine_planted:mine", *arguments]) == 0
    told = capsys.readouterr()
    assert "T3: expected failures" in told.out
    assert "mine_planted:mine: T3, cancellation" in told.err
    ours, mine = json.loads(paths[0].read_text())
    assert [one["method"] for one in (ours, mine)] == [
        "ig",
        "mine_planted:mine",
    ]
    assert {one["verdict"] for one in ours["measured"]} == {"passed", "expected miss"}
    assert "| inhibition |" in paths[1].read_text()
    assert main(["mine_planted:mine", "--tiers", "T3", "--quick"]) == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["saliencies"], "Did you mean 'saliency'"),
        (["json:loads_all"], "'json:loads_all' cannot be imported"),
        (["no_such_module_here:f"], "No module named"),
        (["json:__name__"], "'json:__name__' is no function"),
        (["random", "--tiers", "T5"], "No tier is named 'T5'"),
    ],
)
def test_misuse(arguments, said, capsys):
    assert main(arguments) == 2
    assert said in capsys.readouterr().err


def test_methods_by_name():
    assert find_planted_method("exact_knockout") is exact_knockout
    with pytest.raises(ConfigError, match="'mine'"):
        find_planted_method("mine")
