"""Tables, and names from outside that must not act in them."""

from __future__ import annotations

import dataclasses
import re
from math import nan

import pytest
from tensorboard.plugin_util import markdown_to_safe_html

from factories import make_snapshot
from neurflow_lightning.evolution.reports import Drift, DriftReport, LineageEvent, TargetDrift
from neurflow_lightning.render.text import (
    attribution_table,
    circuit_table,
    drift_tables,
    markdown_text,
    plain_attribution_table,
    plain_table,
    visible_text,
)
from neurflow_lightning.types import GroupId, SegmentAttribution

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "a|b|c",
    "line\nbreak\r\n| new | row |",
    "`code` ``more``",
    "[link](javascript:alert(1))",
    "![picture](http://evil.example/x.png)",
    "**bold** _it_ ~~gone~~ # title",
    "http://evil.example <http://evil.example>",
    "&lt;b&gt;",
    "back\\slash \\| pipe",
]


def table_of(name: str) -> str:
    return circuit_table(dataclasses.replace(make_snapshot().circuits[0], name=name))


def rows_of(table: str) -> list[list[str]]:
    lines = [line for line in table.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines]


def test_a_row_for_each_layer_shallow_to_deep():
    circuit = make_snapshot(layers=("a", "b", "fc")).circuits[0]
    header, _, *rows = rows_of(circuit_table(circuit))
    assert [row[0] for row in rows] == ["a", "b", "fc"]
    assert {len(row) for row in rows} == {len(header)} == {8}


def test_numbers_are_those_of_the_statistics():
    circuit = make_snapshot().circuits[0]
    *_, middle, _ = rows_of(circuit_table(circuit))
    statistics = circuit.statistics("layer3")
    strongest = circuit.layer_neurons("layer3")[0]
    assert middle[1] == str(statistics.core_neurons)
    assert middle[3] == f"{statistics.semantic_groups:.2f}"
    assert middle[4] == str(statistics.neuron_groups)
    assert middle[5] == f"{statistics.completeness_gap:.2%}"
    assert middle[6] == f"{statistics.seconds:.2f}"
    assert middle[7].startswith(f"{strongest.id.index} \\({strongest.importance:.2f}\\)")


def test_what_was_left_out_is_said_and_nan_is_a_dash():
    shallowest = rows_of(circuit_table(make_snapshot().circuits[0]))[2]
    assert shallowest[1] == "6 \\(+2 left out\\)"
    assert (shallowest[3], shallowest[5]) == ("–", "–")


def test_stability_is_told_where_it_was_measured():
    circuit = make_snapshot().circuits[0]
    assert {row[2] for row in rows_of(circuit_table(circuit))[2:]} == {"–"}
    stabilities = iter([0.5, 0.7, None, 0.9, 0.9, 0.9])
    measured = dataclasses.replace(
        circuit,
        neurons=tuple(
            dataclasses.replace(
                one, stability=next(stabilities) if one.id.layer == "layer3" else None
            )
            for one in circuit.neurons
        ),
        groups=tuple(
            dataclasses.replace(one, stability=0.7 if one.id == GroupId("layer3", 0) else 0.75)
            for one in circuit.groups
        ),
    )
    *_, middle, _ = rows_of(circuit_table(measured))
    assert middle[2] == "0.78"
    groups = len(circuit.layer_groups("layer3"))
    assert middle[4] == f"{groups} \\(1 unstable\\)"
    unknown = tuple(dataclasses.replace(one, stability=None) for one in measured.groups)
    *_, middle, _ = rows_of(circuit_table(dataclasses.replace(measured, groups=unknown)))
    assert middle[4] == f"{groups} \\(stability unknown\\)"


def test_a_method_without_completeness_gap_has_a_dash():
    circuit = make_snapshot().circuits[0]
    attributions = {
        "layer3": SegmentAttribution("norm-held-gradient", 1),
        "fc": SegmentAttribution("norm-held", 4),
    }
    *_, middle, last = rows_of(circuit_table(circuit, attributions=attributions))
    assert middle[5] == "–"
    assert last[5] == f"{circuit.statistics('fc').completeness_gap:.2%}"
    gaps = [line.count("–") for line in plain_table(circuit, {}, attributions).splitlines()[-2:]]
    assert gaps == [2, 1], "stability was not measured either"


# --- how layer pairs were attributed -----------------------------------------------------


def attributed(layers=("a", "b", "c", "fc")):
    """Snapshot whose pairs do not predict, predict, and were not measured."""
    values = (
        SegmentAttribution("norm-held", 4, ("norm",), 0.4213, {"ig": 0.4}, 0.02),
        SegmentAttribution("gradient", 1, (), 0.974, {"gradient": 0.974}, 0.02),
        SegmentAttribution("ig", 16),
    )
    attribution = dict(zip(layers[1:], values, strict=False))
    return dataclasses.replace(make_snapshot(layers=layers), attribution=attribution)


def test_a_row_for_each_layer_pair_with_its_method_correlation_and_margin():
    header, _, *rows = rows_of(attribution_table(attributed()))
    assert header == [
        *("layer pair", "method", "correlation with knockouts", "margin"),
        "predicts knockouts",
    ]
    assert rows == [
        ["a → b", "norm-held \\(4 nodes\\)", "0.42", "0.02", "✗ no, below 0.8"],
        ["b → c", "gradient", "0.97", "0.02", "yes"],
        ["c → fc", "ig \\(16 nodes\\)", "–", "–", "–"],
    ]


def test_the_attribution_in_a_terminal_has_the_same_rows():
    _, _, *rows = rows_of(attribution_table(attributed()))
    title, header, rule, *lines = plain_attribution_table(attributed()).splitlines()
    assert title == "Attribution of layer pairs"
    assert set(rule) == {"─"}
    assert len(rule) >= len(header)
    plain = [re.split(r" {2,}", line) for line in lines]
    assert plain == [[cell.replace("\\", "") for cell in row] for row in rows]


@pytest.mark.parametrize("table", [attribution_table, plain_attribution_table])
def test_one_layer_has_no_pair(table):
    assert table(make_snapshot(layers=("fc",))) == ""


def test_attribution_of_older_snapshots_is_that_of_the_config():
    snapshot = make_snapshot()
    config = dataclasses.replace(snapshot.config, attribution="ig", nodes=16)
    rows = rows_of(attribution_table(dataclasses.replace(snapshot, attribution={}, config=config)))
    assert [row[1:] for row in rows[2:]] == [["ig \\(16 nodes\\)", "–", "–", "–"]] * 2


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_layer_names_are_inert_in_the_attribution(name):
    tags = re.compile(r"<[^>]*>")
    html, plain = (
        markdown_to_safe_html(attribution_table(attributed((one, "b", "fc"))))
        for one in (name, "a")
    )
    assert tags.findall(html) == tags.findall(plain)


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_are_shown_and_inert_in_tensorboard(name):
    html = markdown_to_safe_html(table_of(name))
    plain = markdown_to_safe_html(table_of("cat"))
    tags = re.compile(r"<[^>]*>")
    assert tags.findall(html) == tags.findall(plain)
    heading = tags.sub("", html).splitlines()[0]
    shown = heading.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    shown = re.sub(r"&#(\d+);", lambda match: chr(int(match[1])), shown)
    assert shown == f"Circuit of {visible_text(name)} (100% of the path weight followed)"


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_layer_names_keep_the_table_whole(name):
    snapshot = make_snapshot(layers=(name, "fc"))
    html = markdown_to_safe_html(circuit_table(snapshot.circuits[0]))
    plain = markdown_to_safe_html(circuit_table(make_snapshot(layers=("a", "fc")).circuits[0]))
    tags = re.compile(r"<[^>]*>")
    assert tags.findall(html) == tags.findall(plain)


def test_markdown_has_no_bare_link_left():
    assert "http:" not in markdown_text("http://evil.example")


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("\x1b[1;31mred\x1b[0m", "red"),
        ("\x9b31mred", "red"),
        ("\x1b]0;title\x07name", "name"),
        ("\x1b]8;;http://evil\x1b\\text\x1b]8;;\x1b\\", "text"),
        ("bell\x07 back\x08space\x00", "bell backspace"),
        ("right\u202eleft\u200b", "rightleft"),
        ("two\n lines\t\ttabs", "two lines tabs"),
        ("Zellkörper 细胞 🦊", "Zellkörper 细胞 🦊"),
    ],
)
def test_visible_text(given, shown):
    assert visible_text(given) == shown


def test_plain_table_is_aligned_and_has_nothing_but_text():
    circuit = dataclasses.replace(
        make_snapshot(layers=("层", "layer3", "fc")).circuits[0], name="\x1b[31mred\n\x07"
    )
    table = plain_table(circuit)
    assert all(character == "\n" or character.isprintable() for character in table)
    title, header, rule, *rows = table.splitlines()
    assert title == "Circuit of red (100% of the path weight followed)"
    assert set(rule) == {"─"}
    assert [row.split()[0] for row in rows] == ["层", "layer3", "fc"]
    place = header.index("strongest neurons")
    for row in rows[1:]:
        assert row[place - 2 : place] == "  "
        assert row[place] != " "
    # Its wide letter takes two columns of a terminal.
    assert rows[0][place - 3 : place - 1] == "  "
    assert rows[0][place - 1] != " "


# --- what changed ------------------------------------------------------------------------


def report_of(**changes) -> DriftReport:
    target = TargetDrift(
        target=0,
        name="crack",
        drifts=(
            Drift("edge_drift", "layer4", "layer3", 0.4123, 0.15, 0.00498, 0.0199),
            Drift("concept_drift", "layer4", None, 0.25, nan, nan, nan),
        ),
        events=(
            LineageEvent(
                "split",
                "fc",
                (GroupId("fc", 0),),
                (GroupId("fc", 1), GroupId("fc", 2)),
                (3, 7),
                0.6,
            ),
            LineageEvent("emerge", "fc", (), (GroupId("fc", 5),), (9,), 0.0),
        ),
        evidence=(),
        transfer=(),
        verdict="changed",
    )
    target = dataclasses.replace(target, **changes)
    return DriftReport("epoch 4, step 110", "epoch 5, step 132", "neurons", (target,), "f" * 64)


def drift_text(**changes) -> str:
    report = report_of(**changes)
    return drift_tables(report, report.targets[0])


def test_drifts_stand_beside_their_null():
    rows = rows_of(drift_text())
    assert rows[0] == ["place", "measure", "drift", "null, 99 %", "p", "p adjusted"]
    assert rows[2:4] == [
        ["layer3 → layer4", "edge\\_drift", "0.412", "0.150", "0.00498", "0.0199"],
        ["layer4", "concept\\_drift", "0.250", "–", "–", "–"],
    ]


def test_events_tell_groups_and_lineage():
    rows = rows_of(drift_text())
    assert rows[4] == ["what happened", "before", "after", "lineage", "overlap"]
    assert rows[6:] == [
        ["split", "fc/0", "fc/1, fc/2", "3, 7", "0.60"],
        ["emerge", "–", "fc/5", "9", "0.00"],
    ]


def test_what_changed_says_of_whom_when_and_how_much():
    text = drift_text()
    assert text.startswith("**What changed in the circuit of crack**\n")
    assert "epoch 4, step 110 → epoch 5, step 132: changed\n" in text


def test_no_event_is_said():
    assert "No neuron group came, went, split or merged." in drift_text(events=())


def named_throughout(name: str) -> str:
    layer = GroupId(name, 0)
    return drift_text(
        name=name,
        drifts=(Drift("edge_drift", name, name, 0.1, 0.2, 0.3, 0.4),),
        events=(LineageEvent("survive", name, (layer,), (layer,), (1,), 1.0),),
    )


@pytest.mark.parametrize("name", HOSTILE)
def test_names_do_not_act_in_tables_of_change(name):
    assert [len(row) for row in rows_of(named_throughout(name))] == [6] * 3 + [5] * 3
    tags = re.compile(r"<[^>]*>")
    html, plain = (markdown_to_safe_html(named_throughout(one)) for one in (name, "cat"))
    assert tags.findall(html) == tags.findall(plain)
    assert plain.count("<table>") == 2
