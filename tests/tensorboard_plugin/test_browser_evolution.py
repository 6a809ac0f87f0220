"""Lineage, drift and comparison of the NeurFlow tab, in a real browser."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from typing import Any

import pytest

from browsers import guarded, open_file
from neurflow_lightning.render.html import PageRun, page
from neurflow_lightning.render.record import Record
from neurflow_lightning.tensorboard_plugin import FRONT_END
from tab_runs import STEPS, digits, graph_of, key_of, keys_of, target_of

LAST = STEPS[-1]
BLOCK2, BLOCK3, HEAD = "network.block2", "network.block3", "network.head"


def events_of(layer: str, target: int) -> list[dict[str, Any]]:
    """All events of a class in a layer."""
    drifts = [target_of(step, target)["drift"] for step in STEPS[1:]]
    return [one for drift in drifts for one in drift["events"] if one["layer"] == layer]


def groups_of(step: int, layer: str, target: int = 3) -> set[str]:
    return {key_of(one) for one in target_of(step, target)["groups"] if one["layer"] == layer}


def group_told(step: int, number: str) -> str:
    """What the page calls a group, as the record numbers it: "layer/number"."""
    groups = {f"{one['layer']}/{one['number']}": one for one in target_of(step)["groups"]}
    group = groups[number]
    if group["lineage"] is None and group["label"] is None:
        return number
    name = group["label"] or f"group {group['lineage']}"
    return f"{name} of {group['layer']}"


# --- lineage -----------------------------------------------------------------------------


def test_a_stream_for_each_lineage_with_its_births_deaths_splits_and_merges(any_tab):
    tab = any_tab(step=LAST, view="lineage", layer=BLOCK2, target=8)
    streams = tab.find(".streams .stream[role=button]")
    streams.first.wait_for()
    drawn = set(streams.evaluate_all("all => all.map(one => one.dataset.group)"))
    assert drawn == {key for step in STEPS for key in groups_of(step, BLOCK2, 8)}
    turns = Counter(tab.every(".streams .turn", "one.classList[1]"))
    events = Counter(one["event"] for one in events_of(BLOCK2, 8))
    assert turns["birth"] + turns["return"] == events["emerge"] > 0
    assert turns["return"] > 0
    assert turns["death"] == events["disappear"] > 0
    assert min(turns["split"], turns["merge"]) > 0
    assert len(tab.find(".streams .ribbon").all()) > len(drawn)


def test_a_column_for_each_snapshot_which_a_click_shows(digits_tab):
    tab = digits_tab(step=LAST, view="lineage")
    columns = tab.find(".columns .column")
    columns.first.wait_for()
    assert columns.evaluate_all("all => all.map(one => +one.dataset.step)") == list(STEPS)
    columns.nth(2).locator(".column-name").click()
    tab.shows(step=STEPS[2])
    tab.find(f".column[data-step='{STEPS[2]}'][aria-current=step]").wait_for()


def test_a_stream_is_as_high_as_its_group_is_important(digits_tab):
    tab = digits_tab(step=LAST, view="lineage", layer=BLOCK3)
    tab.find(".stream").first.wait_for()
    importance = {}
    for step in STEPS:
        for group in target_of(step)["groups"]:
            if group["layer"] == BLOCK3:
                importance.setdefault(key_of(group), []).append(group["importance"])
    heights = dict(
        tab.every(
            ".stream",
            "[one.dataset.group,"
            " [...one.querySelectorAll('.bar')].map(bar => +bar.getAttribute('height'))]",
        )
    )
    ratios = [
        height / share
        for key, shares in importance.items()
        for height, share in zip(heights[key], shares, strict=True)
        if share > 0.05
    ]
    assert max(ratios) < 1.2 * min(ratios)


CROWDED = """() => {
    const box = one => one.getBoundingClientRect();
    const hit = (a, b) => a.left < b.right - 1 && b.left < a.right - 1
        && a.top < b.bottom - 1 && b.top < a.bottom - 1;
    const marks = document.querySelectorAll(".streams .turn circle, .stream-names text");
    const all = [...marks].map(box);
    const names = [...document.querySelectorAll(".column-name")].map(box).filter(one => one.width);
    const chart = box(document.querySelector(".lineage-chart"));
    const cut = one => one.left < chart.left || one.right > chart.right;
    return {
        overlapping: all.filter((a, at) => all.slice(at + 1).some(b => hit(a, b))).length,
        cut: [...all, ...names].filter(cut).length,
        named: document.querySelectorAll(".stream-names text").length,
    };
}"""


@pytest.mark.parametrize("width", [900, 1400])
def test_marks_and_names_of_streams_neither_overlap_nor_are_cut(own_page, html_page, width):
    own_page.set_viewport_size({"width": width, "height": 820})
    tab = open_file(own_page, html_page, run="digits", view="lineage", layer=BLOCK2)
    tab.find(".stream-names text").first.wait_for()
    found = tab.read(CROWDED)
    assert found["overlapping"] == found["cut"] == 0
    assert found["named"] > 20


def test_selecting_a_stream_highlights_it_in_the_circuit(digits_tab):
    tab = digits_tab(step=LAST, view="lineage", layer=BLOCK2)
    tab.find(".stream[data-group=L54] .bar").first.click()
    tab.find(".stream[data-group=L54][aria-pressed=true]").wait_for()
    tab.find(".streams.has-selection").wait_for()
    assert "Patches of group 54" in tab.find(".strip-name").text_content()
    assert tab.find(".strip image").count() > 0
    assert tab.find(".detail h2").inner_text() == "group 54"
    tab.open("circuit")
    assert tab.every("g.node.selected", "one.dataset.group") == ["L54"]
    tab.find("svg.chart.tracing").wait_for()
    tab.open("lineage")
    tab.find(".stream[data-group=L54] .bar").first.click()
    tab.find(".stream[data-group=L54][aria-pressed=false]").wait_for()


def test_the_layer_of_the_lineage_can_be_chosen(digits_tab):
    tab = digits_tab(step=LAST, view="lineage")
    layer = tab.named("combobox", "Layer")
    assert layer.locator("option").all_inner_texts() == ["block1", "block2", "block3"]
    for name in ("block1", "block3"):
        layer.select_option(label=name)
        tab.link(layer=f"network.{name}") if name != "block3" else None
        wanted = {key for step in STEPS for key in groups_of(step, f"network.{name}")}
        tab.until(f"() => document.querySelectorAll('.streams .stream').length === {len(wanted)}")
        assert set(tab.every(".streams .stream", "one.dataset.group")) == wanted


# --- drift -------------------------------------------------------------------------------


def rows_of(measure: str) -> dict[tuple[str, str | None], list[tuple[int, dict, list]]]:
    """By place: step, drift and row, of every snapshot that has a value."""
    found: dict[tuple[str, str | None], list[tuple[int, dict, list]]] = {}
    for step in STEPS[1:]:
        drift = target_of(step)["drift"]
        for row in drift["drifts"]:
            if row[0] == measure and row[3] is not None:
                found.setdefault((row[1], row[2]), []).append((step, drift, row))
    return found


def test_drift_is_drawn_over_its_null_with_alarms_marked(any_tab):
    tab = any_tab(step=LAST, view="drift")
    tab.find(".panel .point").first.wait_for()
    rows = rows_of("edge_drift")
    assert tab.find(".panel").count() == len(rows) == 3
    for name, points in [(("head"), rows[HEAD, BLOCK3]), ("block3", rows[BLOCK3, BLOCK2])]:
        panel = tab.find(".panel", has=tab.find(f".place:text('→ {name}')"))
        kinds = [
            ("alarm" if drift["verdict"] == "changed" else "significant")
            if row[6] < 0.05 and row[3] > row[4]
            else "quiet"
            for _, drift, row in points
        ]
        drawn = panel.locator(".point")
        assert drawn.evaluate_all("all => all.map(one => one.classList[1])") == kinds
        ys = drawn.evaluate_all("all => all.map(one => +/,([-.\\d]+)/.exec(one.outerHTML)[1])")
        ranked = sorted(range(len(ys)), key=lambda at: -ys[at])
        assert ranked == sorted(range(len(ys)), key=lambda at: points[at][2][3])
        band = panel.locator(".null-band").bounding_box()
        assert band["height"] > 3
        edge = panel.locator(".null-edge").get_attribute("d")
        assert edge.count("L") >= len(points)
    alarms = {drift["verdict"] for _, drift, _ in rows[HEAD, BLOCK3]}
    assert "changed" in alarms, "there is an alarm to be marked"
    assert tab.find(".point.alarm").first.get_attribute("aria-label").endswith("Alarm: changed")


def test_every_targets_verdicts_are_told_and_lead_to_their_step(digits_tab):
    tab = digits_tab(step=LAST, view="drift")
    tab.find(".verdict[data-step]").first.wait_for()
    told = tab.every(".verdicts .verdict", "one.getAttribute('aria-label')")
    wanted = [
        f"{name}, step {step}: {target_of(step, target)['drift']['verdict']}"
        for target, name in ((3, "three"), (8, "eight"))
        for step in STEPS[1:]
    ]
    assert told == wanted
    tab.find(f".verdict[data-target='8'][data-step='{STEPS[2]}'] rect").click()
    tab.shows(target=8, step=STEPS[2], view="drift")


def test_another_measure_can_be_chosen(digits_tab):
    tab = digits_tab(step=LAST, view="drift")
    tab.named("combobox", "Measure").select_option(label="Core turnover")
    tab.link(measure="core_turnover")
    rows = rows_of("core_turnover")
    tab.find(".panel[aria-label^='Core turnover']").first.wait_for()
    assert tab.find(".point").count() - 2 == sum(map(len, rows.values()))  # two in the key


@pytest.mark.parametrize("by", ["mouse", "keyboard"])
def test_a_point_of_the_drift_opens_its_pair_of_steps(digits_tab, by):
    tab = digits_tab(step=LAST, view="drift")
    before, after = STEPS[1], STEPS[2]
    point = tab.find(f".panels .point[data-step='{after}']").first
    if by == "mouse":
        point.click()
    else:
        point.focus()
        tab.page.keyboard.press("Enter")
    tab.shows(view="compare", step=after)
    link = tab.link(view="compare", compare="difference", otherStep=str(before))
    assert link["step"] == str(after)
    assert f"step {before}" in tab.find(".difference-chart").get_attribute("aria-label")


# --- compare -----------------------------------------------------------------------------


def test_two_steps_are_compared_side_by_side(digits_tab):
    before, after = STEPS[1], STEPS[4]
    tab = digits_tab(step=after, view="compare", otherStep=before)
    assert (
        tab.find(".side h3").all_inner_texts()[0].startswith(f"Before: Step {before}".title()[:7])
    )
    for side, step in enumerate((before, after)):
        part = tab.find(".side").nth(side)
        part.locator("g.node").first.wait_for()
        drawn = part.locator("g.node").evaluate_all("all => all.map(one => one.dataset.group)")
        assert sorted(drawn) == sorted(keys_of(step))
        assert part.locator("g.node image").count() > 0
    tab.named("combobox", "Compare with step").select_option(str(STEPS[0]))
    tab.link(otherStep=str(STEPS[0]))
    tab.until(f"() => document.querySelector('.side h3').textContent.includes('{STEPS[0]}')")
    assert len(keys_of(STEPS[0])) == tab.find(".side").first.locator("g.node").count()


def test_two_runs_are_compared_and_swapped(any_tab):
    tab = any_tab(step=LAST, view="compare")
    tab.named("combobox", "Compare with run").select_option(label="second")
    tab.link(otherRun="second")
    first = tab.find(".side").first
    tab.until("() => document.querySelector('.side h3').textContent.includes('second')")
    assert first.locator("g.node").count() == len(keys_of(STEPS[4]))
    tab.named("button", "Swap").click()
    tab.link(run="second", otherRun="digits", otherStep=str(LAST))
    tab.shows(step=STEPS[4])
    tab.until("() => document.querySelector('.side h3').textContent.includes('digits')")
    tab.named("radio", "Difference").click()
    tab.find(".difference-chart .node").first.wait_for()
    assert "neurons are alike" in tab.find(".whole .view-note").inner_text()


def test_a_difference_tells_what_was_gained_lost_strengthened_and_weakened(any_tab):
    before, after = STEPS[1], STEPS[2]
    tab = any_tab(step=after, view="compare", compare="difference", otherStep=before)
    tab.find(".difference-chart .node").first.wait_for()
    changes = dict(tab.every(".difference-chart .node", "[one.dataset.group, one.dataset.change]"))
    was, now = ({*keys_of(step)} - {f"{HEAD}/0"} for step in (before, after))
    assert {key for key, change in changes.items() if change == "gained"} == now - was
    assert {key for key, change in changes.items() if change == "lost"} == was - now
    importance = {
        step: {key_of(one): one["importance"] for one in target_of(step)["groups"]}
        for step in (before, after)
    }
    for key in was & now:
        grown = importance[after][key] - importance[before][key]
        wanted = {"stronger"} if grown > 0.05 else {"weaker"} if grown < -0.05 else set()
        assert changes[key] in (wanted or {"stronger", "weaker", "same"}), key
    edges = Counter(tab.every(".difference-chart .edges path", "one.dataset.change"))
    assert edges["gained"] and edges["lost"]
    looks = {
        (one["change"], one["colour"], one["dash"])
        for one in tab.every(
            ".difference-chart .edges path",
            """({change: one.dataset.change, colour: getComputedStyle(one).stroke,
                 dash: getComputedStyle(one).strokeDasharray})""",
        )
    }
    assert len({colour for _, colour, _ in looks}) == len({change for change, *_ in looks})
    counts = tab.find(".changes .change[data-change=gained] .count").text_content()
    assert counts == f"{len(now - was)} groups, {edges['gained']} edges"


def test_what_is_unstable_is_pale_and_neither_gained_nor_lost(any_tab):
    before, after = STEPS[-2:]
    (unstable,) = (key_of(one) for one in target_of(after)["groups"] if one["stability"] == 0.4)
    tab = any_tab(step=after, view="compare", compare="difference", otherStep=before)
    node = tab.find(f'.difference-chart .node[data-group="{unstable}"]')
    node.wait_for()
    assert node.get_attribute("data-change") == "unstable"
    assert float(node.locator(".name").evaluate("one => getComputedStyle(one).opacity")) < 0.6
    place = node.get_attribute("data-place")
    ends = f'[data-source="{place}"], [data-target="{place}"]'
    changes = tab.every(f".difference-chart .edges path:is({ends})", "one.dataset.change")
    assert set(changes) == {"unstable"}
    told = tab.find(".changes .change[data-change=unstable] .count").text_content()
    assert told.startswith("1 group, ")


def test_a_kind_of_change_can_be_hidden(digits_tab):
    tab = digits_tab(step=STEPS[2], view="compare", compare="difference", otherStep=STEPS[1])
    button = tab.find(".changes .change[data-change=lost]")
    button.click()
    tab.until("() => document.querySelector('.difference-chart .node.lost') === null")
    assert button.get_attribute("aria-pressed") == "false"
    button.focus()
    tab.page.keyboard.press("Enter")
    tab.find(".difference-chart .node.lost").first.wait_for()


def test_the_evidence_of_a_recorded_change_stands_beside_it(digits_tab):
    before, after = STEPS[1], STEPS[2]
    tab = digits_tab(step=after, view="compare", compare="difference", otherStep=before)
    panel = tab.find("aside.evidence")
    panel.wait_for()
    drift = target_of(after)["drift"]
    assert panel.locator("h2 .chip").inner_text() == drift["verdict"]
    items = panel.locator("li")
    assert items.count() == len(drift["evidence"])
    shown = items.locator(".mono").all_text_contents()
    for name, part in zip(shown, drift["evidence"], strict=False):
        if part["kind"] != "group":
            assert name == part["name"]
            continue
        for side, step in (("before", before), ("after", after)):
            own = part["name"].split(" ⇒ ")[0 if side == "before" else -1]
            if part[side] is not None:
                assert group_told(step, own) in name
    assert "in the groups of" in panel.locator("li", has_text="Group").first.inner_text()
    assert panel.locator("image").count() > 0
    rows = panel.locator("tbody tr")
    assert rows.count() == len(rows_of("edge_drift"))
    tab.named("combobox", "Compare with step").select_option(str(STEPS[0]))
    panel.wait_for(state="detached")  # nothing was recorded of that pair


def test_each_snapshot_is_compared_with_the_one_before_it():
    """What the tests above take for granted of the sample."""
    assert [graph_of(step)["since"] for step in STEPS[1:]] == [one for one, _ in pairwise(STEPS)]


# --- pages of single snapshots -----------------------------------------------------------

SIDES = ("baseline.safetensors", "candidate with a long name.safetensors")


@pytest.fixture
def sides_page(tmp_path):
    """As ``neurflow diff`` writes one: two snapshots, called by their files."""
    records = [
        Record({**one.graph, "name": name, "step": step, "since": since}, one.sheets)
        for one, name, step, since in zip(digits()[2:4], SIDES, (0, 1), (None, 0), strict=True)
    ]
    path = tmp_path / "sides.html"
    runs = [PageRun("sides", records, [0.0, 0.0])]
    path.write_text(page(runs, FRONT_END.read_text(encoding="utf-8"), title="sides"), "utf-8")
    return path


@pytest.mark.parametrize("view", ["lineage", "drift", "circuit"])
def test_sides_are_called_by_their_files_not_by_steps(browser, sides_page, view):
    with guarded(browser) as one:
        tab = open_file(one.page, sides_page, view=view, target=3)
        tab.shows(view=view)
        found = ".stream" if view == "lineage" else ".point" if view == "drift" else "g.node"
        tab.find(f"{found}[aria-label]").first.wait_for()
        said = tab.every(f".view.{view} [aria-label], .time [aria-label]", "one.ariaLabel")
        said += tab.every(f".view.{view} title, .time title, .view text", "one.textContent")
        wrong = [text for text in said if re.search(r"\bstep \d", text, re.IGNORECASE)]
        assert wrong == []
        if view == "lineage":
            assert tab.every(".column", "one.ariaLabel.split(': ')[0]") == list(SIDES)
            assert tab.every(".column-name", "one.textContent") == list(SIDES)
            left = tab.every(".column-name", "one.getBoundingClientRect().left")
            assert left[0] >= 0
        if view == "drift":
            point = tab.find(".point[data-step='1']").first.get_attribute("aria-label")
            assert point.startswith(f"{SIDES[1]}, compared with {SIDES[0]}: ")
    one.check()
