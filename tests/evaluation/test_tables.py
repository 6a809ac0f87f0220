"""Reports as tables, JSON, plots and scalars."""

import io
import json
from dataclasses import replace

import markdown
import numpy as np
import pytest
from deciding import analysed
from PIL import Image

from neurflow_lightning.cli.output import as_json
from neurflow_lightning.evaluation.figures import pictures
from neurflow_lightning.evaluation.running import evaluate
from neurflow_lightning.evaluation.settings import EvaluationSettings
from neurflow_lightning.evaluation.tables import report_markdown, report_text, scalars, tables
from neurflow_lightning.render.text import markdown_text

HOSTILE = "\x1b[31m<b>$x$</b>\n| y |\u202e"


@pytest.fixture(scope="module")
def report():
    model, snapshot, probes = analysed()
    settings = EvaluationSettings(
        taus=[1, 2],
        sets=4,
        weight_sets=5,
        set_sizes=[1, 50],
        methods=["ig", "neuron_mct", "weight_norm"],
    )
    return evaluate(model, snapshot, probes, settings=settings)


def renamed(report, name):
    return replace(
        report,
        fidelity=tuple(replace(one, name=name, layer=name) for one in report.fidelity),
        optimality=tuple(replace(one, upper=name) for one in report.optimality),
        weights=tuple(replace(one, upper=name) for one in report.weights),
    )


def test_every_row_is_in_the_tables(report):
    made = tables(report)
    assert list(made) == ["optimality", "fidelity", "weights"]
    assert len(made["optimality"].rows) == len(report.optimality) == 4
    assert len(made["fidelity"].rows) == len(report.fidelity) == 12
    assert len(made["weights"].rows) == 6
    text = report_text(report)
    won = sum(one.accuracy.gain.verdict == "yes" for one in report.fidelity)
    assert f"fidelity by accuracy: core neurons beat random sets in {won} of 12" in text
    assert "note: low: 8 neurons are too few for the largest sets" in text
    for table in made.values():
        assert {len(row) for row in table.rows} == {len(table.columns)}


def test_names_from_outside_do_nothing(report):
    named = renamed(report, HOSTILE)
    page = report_markdown(named)
    html = markdown.markdown(page, extensions=["tables"])
    assert "<b>" not in html
    cells = sum(len(one.rows) * len(one.columns) for one in tables(named).values())
    assert html.count("<td") == cells
    assert "\x1b" not in report_text(named) + page
    assert "\u202e" not in report_text(named) + page
    rows = [line for line in page.splitlines() if line.startswith("|")]
    assert len(rows) == 4 + 12 + 6 + 2 * 3


def test_json_holds_every_number_and_no_nan(report):
    read = json.loads(as_json("evaluate", report.content()))
    assert read["schema"] == "neurflow-evaluate"
    assert len(read["fidelity"]) == 12
    assert read["fidelity"][0]["accuracy"]["beats_random"] == "yes"
    assert read["settings"]["taus"] == [1, 2]
    assert "NaN" not in json.dumps(read)


def test_plots_are_jpeg_whatever_the_names(report):
    for one in (report, renamed(report, HOSTILE), renamed(report, "$\\frac$ a")):
        drawn = pictures(one)
        assert list(drawn) == ["optimality", "fidelity", "weights"]
        for jpeg in drawn.values():
            assert Image.open(io.BytesIO(jpeg)).format == "JPEG"


def test_of_nothing_nothing_is_drawn(report):
    empty = replace(report, optimality=(), fidelity=(), weights=())
    assert pictures(empty) == tables(empty) == scalars(empty) == {}


def test_scalars_are_finite_and_named_by_place(report):
    found = scalars(report)
    assert np.isfinite(list(found.values())).all()
    assert found["neurflow/evaluation/yes/high/mask_gain"] == 0.5
    assert found["neurflow/evaluation/high/overlap_core"] == 0
    assert found["neurflow/evaluation/high/pearson_1"] == pytest.approx(1)


@pytest.mark.parametrize(
    ("ends", "said"),
    [
        ((-0.1, 0.1), "their intervals hold 0, or there is none, in"),
        ((-0.2, -0.1), "random sets beat them in 1: "),
    ],
)
def test_where_core_neurons_do_not_win_is_said(report, ends, said):
    first = report.fidelity[0]
    gain = replace(first.accuracy.gain, low=ends[0], high=ends[1])
    row = replace(first, accuracy=replace(first.accuracy, gain=gain), name="cat")
    text = report_text(replace(report, fidelity=(row, *report.fidelity[1:])))
    (line,) = (one for one in text.splitlines() if one.startswith("fidelity by accuracy"))
    won = sum(one.accuracy.gain.verdict == "yes" for one in report.fidelity)
    assert f"in {won - 1} of 12; " in line
    place = "cat, high, masked alone (τ=1)"
    assert place in line[line.index(said) :]


def test_why_a_method_has_no_numbers_is_said(report):
    first, *rest = report.weights
    refused = replace(report, weights=(replace(first, reason="there is no ReLU"), *rest))
    line = "ig (fc ← high): there is no ReLU"
    assert f"note: {line}" in report_text(refused)
    assert f"- {markdown_text(line)}" in report_markdown(refused)
    assert line not in report_text(report)
