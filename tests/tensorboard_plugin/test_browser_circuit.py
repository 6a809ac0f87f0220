"""The circuit, the time bar and the panel of details, in a real browser."""

from __future__ import annotations

import io
import itertools
import re
from collections import Counter

import numpy as np
import pytest
from PIL import Image

from browsers import Tab
from tab_runs import (
    LABELLED,
    STEPS,
    UNPREDICTIVE,
    UNSTABLE,
    WALL_TIMES,
    graph_of,
    key_of,
    keys_of,
    target_of,
)

LAST = STEPS[-1]
PLACES = "[one.dataset.group, one.getAttribute('transform')]"


def edges_of(tab: Tab) -> list[dict]:
    return tab.every(
        ".edges path.edge",
        """({...one.dataset, weight: Number(one.dataset.weight),
             colour: getComputedStyle(one).stroke, dash: getComputedStyle(one).strokeDasharray,
             width: Number(one.getAttribute('stroke-width')),
             opacity: Number(getComputedStyle(one).strokeOpacity)})""",
    )


# --- what is drawn -----------------------------------------------------------------------


def test_a_circuit_shows_its_groups_with_their_patches(any_tab):
    tab = any_tab(step=LAST)
    groups = tab.find("g.node[role=button][tabindex='0']")
    assert sorted(tab.every("g.node", "one.dataset.group")) == sorted(keys_of(LAST))
    assert groups.count() == len(keys_of(LAST))
    shown = dict(tab.every("g.node", "[one.dataset.group, one.querySelectorAll('image').length]"))
    for group in target_of(LAST)["groups"]:
        assert shown[key_of(group)] == min(4, len(group["patches"]))
    tab.until(LOADED)
    frame = tab.find("g.node[data-group=L54] .patches > svg").first
    pixels = np.asarray(Image.open(io.BytesIO(frame.screenshot())).convert("L"), dtype=float)
    assert pixels.std() > 10, "a patch with something to see on it"


LOADED = """() => Promise.all([...document.querySelectorAll('g.node image')].map(one => {
    const sheet = new Image();
    sheet.src = one.href.baseVal;
    return sheet.decode().then(() => sheet.naturalWidth > 0);
})).then(all => all.length > 0 && all.every(Boolean))"""


def test_edges_tell_sign_by_colour_and_by_dash(digits_tab):
    edges = edges_of(digits_tab(step=LAST, threshold=0))
    assert len(edges) == sum(weight != 0 for _, _, weight, _ in target_of(LAST)["edges"])
    predictive = [edge for edge in edges if "unpredictive" not in edge]
    looks = {(edge["sign"], edge["colour"], edge["dash"]) for edge in predictive}
    assert {sign for sign, _, _ in looks} == {"+", "-"}
    assert len(looks) == 2, "one look for each sign"
    assert len({colour for _, colour, _ in looks}) == 2
    assert {dash == "none" for sign, _, dash in looks if sign == "+"} == {True}
    assert {dash == "none" for sign, _, dash in looks if sign == "-"} == {False}
    assert all((edge["weight"] < 0) == (edge["sign"] == "-") for edge in edges)


def test_edges_that_do_not_predict_knockouts_are_dotted(digits_tab):
    edges = edges_of(digits_tab(step=LAST, threshold=0))
    into = {key_of(one) for one in target_of(LAST)["groups"] if one["layer"] == UNPREDICTIVE}
    assert {edge["target"] for edge in edges if "unpredictive" in edge} == into
    dashes = {(edge["sign"], "unpredictive" in edge): edge["dash"] for edge in edges}
    assert len(set(dashes.values())) == len(dashes) == 4


def test_columns_have_the_attribution_between_them(any_tab):
    tab = any_tab(step=LAST)
    pairs = tab.find(".circuit .pairs g")
    texts = pairs.locator("text")
    assert texts.all_text_contents() == [
        "✗ does not predict knockouts (0.42)",
        "gradient 0.97",
        "ig",
    ]
    assert tab.every(".pairs g.unpredictive", "one.querySelector('title').textContent") == [
        "network.block1 → network.block2: norm-held (4 nodes), correlation with knockouts 0.42, "
        "margin 0.02, ✗ does not predict knockouts"
    ]
    boxes = [one.bounding_box() for one in texts.all()]
    columns = [one.bounding_box() for one in tab.find(".lanes rect").all()]
    for box, lower, upper in zip(boxes, columns, columns[1:], strict=False):
        assert lower["x"] < box["x"] + box["width"] / 2 < upper["x"] + upper["width"]
    for one, other in itertools.pairwise(boxes):
        assert one["x"] + one["width"] < other["x"]
    [row] = set(tab.every(".pairs text", "Number(one.getAttribute('y'))"))
    above = tab.every(".headings text", "Number(one.getAttribute('y'))")
    assert max(above) + 12 <= row, "a line of its own"
    top = tab.find("svg.chart").bounding_box()["y"]
    assert top + row <= min(column["y"] for column in columns)


def test_a_record_without_attribution_has_nothing_between_its_columns(digits_tab):
    tab = digits_tab(step=STEPS[0])
    assert tab.find(".pairs g").count() == 0
    assert tab.find(".edge[data-unpredictive]").count() == 0
    assert "Attribution" not in tab.find(".detail").inner_text()


def test_edges_tell_weight_by_width(digits_tab):
    edges = edges_of(digits_tab(step=LAST, threshold=0))
    for end in {edge["target"] for edge in edges}:  # weights into one group compare
        into = sorted(
            (abs(edge["weight"]), edge["width"]) for edge in edges if edge["target"] == end
        )
        widths = [width for _, width in into]
        assert widths == sorted(widths)
    assert max(edge["width"] for edge in edges) > 3 * min(edge["width"] for edge in edges)


def test_groups_keep_their_place_from_step_to_step(any_tab):
    tab = any_tab(step=STEPS[0])
    places: dict[str, set[str]] = {}
    for step in STEPS:
        tab.go(step)
        shown = tab.every("g.node", PLACES)
        assert sorted(key for key, _ in shown) == sorted(keys_of(step))
        assert len({place for _, place in shown}) == len(shown), "no two in one place"
        for key, place in shown:
            places.setdefault(key, set()).add(place)
    lived_on = Counter(key for step in STEPS for key in keys_of(step) if key.startswith("L"))
    assert sum(count > 1 for count in lived_on.values()) > 10
    assert {key: place for key, place in places.items() if len(place) > 1} == {}


def test_what_happened_to_a_group_and_what_is_unstable_is_marked(digits_tab):
    tab = digits_tab(step=LAST)
    assert tab.every("g.node.unstable", "one.dataset.group") == [UNSTABLE]
    new = tab.find("g.node", has_text="new")
    emerged = {
        (event["layer"], number)
        for event in target_of(LAST)["drift"]["events"]
        if event["event"] == "emerge"
        for number in event["after"]
    }
    marked = set(new.evaluate_all("all => all.map(one => one.dataset.group)"))
    groups = target_of(LAST)["groups"]
    assert marked == {key_of(one) for one in groups if (one["layer"], one["number"]) in emerged}
    assert tab.find(f"g.node[data-group={LABELLED[0]}] .name").text_content() == LABELLED[1]


# --- what is pointed at ------------------------------------------------------------------


def path_of(tab: Tab) -> tuple[set[str], list[dict]]:
    """Groups and edges that stand out."""
    nodes = set(tab.every("g.node.on-path", "one.dataset.group"))
    return nodes, [edge for edge in edges_of(tab) if edge["opacity"] > 0.9]


def strongest_path(step: int) -> set[str]:
    """From the target down, by hand: the product of shares, over every path."""
    record = target_of(step)
    groups = record["groups"]
    below: dict[int, list[tuple[int, float]]] = {}
    for source, end, weight, _ in record["edges"]:
        share = abs(weight) / max(1, len(groups[end]["members"]))
        below.setdefault(end, []).append((source, share))

    def best(at: int) -> tuple[float, list[int]]:
        ways = [(share * best(to)[0], [at, *best(to)[1]]) for to, share in below.get(at, [])]
        return max(ways, default=(1.0, [at]))

    return {key_of(groups[at]) for at in best(0)[1]}


@pytest.mark.parametrize("by", ["mouse", "keyboard"])
def test_pointing_at_the_target_follows_its_strongest_path_to_the_input(digits_tab, by):
    tab = digits_tab(step=LAST, threshold=0)
    target = tab.find("g.node.target")
    assert path_of(tab)[0] == set()
    if by == "mouse":
        target.locator(".card").hover()
    else:
        target.focus()
    tab.find("svg.chart.tracing").wait_for()
    nodes, edges = path_of(tab)
    assert nodes == strongest_path(LAST)
    assert len(edges) == len(graph_of(LAST)["layers"]) - 1
    faint = [edge["opacity"] for edge in edges_of(tab) if edge not in edges]
    assert max(faint) < 0.5
    if by == "mouse":
        tab.page.mouse.move(5, 400)
    else:
        tab.find(".field").focus()
    tab.until("() => document.querySelector('svg.chart.tracing') === null")
    assert path_of(tab) == (set(), [])


def test_the_threshold_hides_weak_edges(digits_tab):
    tab = digits_tab(step=LAST, threshold=0)
    everything = edges_of(tab)
    slider = tab.find("input.threshold")
    slider.fill("0.6")
    tab.link(threshold="0.6")
    tab.until(f"() => document.querySelectorAll('.edges path.edge').length < {len(everything)}")
    strong = {(edge["source"], edge["target"]) for edge in edges_of(tab)}
    for end in {edge["target"] for edge in everything}:
        into = [edge for edge in everything if edge["target"] == end]
        most = max(abs(edge["weight"]) for edge in into)
        for edge in into:
            if abs(edge["weight"]) >= 0.6 * most:
                assert (edge["source"], end) in strong
    assert {source for source, _ in strong} == {edge["source"] for edge in everything}
    assert "60 %" in tab.find(".legend output").inner_text()


def test_zoom_pan_and_fit(digits_tab):
    tab = digits_tab(step=LAST)
    card = tab.find("g.node.target .card")

    def comes_to(x: float, y: float, width: float) -> None:
        tab.until(
            """wanted => {
                const one = document.querySelector("g.node.target .card").getBoundingClientRect();
                return [one.x, one.y, one.width].every((side, at) =>
                    wanted[at] === null || Math.abs(side - wanted[at]) < 2);
            }""",
            [x, y, width],
        )

    x, y, width = card.evaluate(
        "one => (box => [box.x, box.y, box.width])(one.getBoundingClientRect())"
    )
    tab.named("button", "Zoom in").click()
    comes_to(None, None, 1.3 * width)
    tab.named("button", "Zoom out").click()
    comes_to(x, y, width)
    mouse, chart = tab.page.mouse, tab.find("svg.chart").bounding_box()
    corner = (chart["x"] + 20, chart["y"] + chart["height"] - 120)
    mouse.move(*corner)
    mouse.down()
    mouse.move(corner[0] + 90, corner[1] - 60, steps=4)
    mouse.up()
    comes_to(x + 90, y - 60, width)
    mouse.wheel(0, -100)
    tab.until(
        f"() => document.querySelector('.card').getBoundingClientRect().width > {1.05 * width}"
    )
    tab.named("button", "Fit the whole circuit").click()
    comes_to(x, y, width)


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        (LABELLED[1], {LABELLED[0]}),
        ("group 85", {"L85"}),
        ("block3:13", None),
        ("no such thing", set()),
    ],
)
def test_search_finds_labels_groups_and_neurons(digits_tab, query, wanted):
    tab = digits_tab(step=LAST)
    if wanted is None:
        layer, neuron = "network.block3", 13
        wanted = {
            key_of(group)
            for group in target_of(LAST)["groups"]
            if group["layer"] == layer and neuron in [member for member, *_ in group["members"]]
        }
        assert wanted
    tab.named("searchbox", "Search for a neuron or a label").fill(query)
    tab.find(f"section.circuit[data-hits='{len(wanted)}']").wait_for()
    assert set(tab.every("g.node.hit", "one.dataset.group")) == wanted
    assert tab.find(".hits").inner_text() == (str(len(wanted)) if wanted else "none")
    found = [tab.find(f"g.node[data-group='{key}'] .name") for key in wanted]
    assert all(one.evaluate("one => getComputedStyle(one).opacity") == "1" for one in found)
    others = tab.find("g.node:not(.hit) .name")
    assert others.first.evaluate("one => getComputedStyle(one).opacity") != "1"


def test_a_target_is_picked_by_its_name(digits_tab):
    tab = digits_tab(step=LAST)
    picker = tab.named("combobox", "Target")
    assert picker.locator("option").all_inner_texts() == ["three", "eight"]
    picker.select_option(label="eight")
    tab.shows(target=8)
    assert sorted(tab.every("g.node", "one.dataset.group")) == sorted(keys_of(LAST, 8))
    assert tab.find("g.node.target .name").text_content() == "eight"


def test_a_run_is_picked_by_its_name(any_tab):
    tab = any_tab(step=LAST)
    tab.named("combobox", "Run").select_option(label="second")
    tab.shows(step=STEPS[4])
    assert sorted(tab.every("g.node", "one.dataset.group")) == sorted(keys_of(STEPS[4]))


# --- time --------------------------------------------------------------------------------


def test_the_slider_goes_to_every_snapshot(digits_tab):
    tab = digits_tab(step=LAST)
    assert tab.find(".slider input").get_attribute("max") == str(len(STEPS) - 1)
    for place, step in enumerate(STEPS):
        tab.slide(place)
        tab.shows(step=step)
        assert tab.find(".slider input").get_attribute("aria-valuetext").startswith(f"step {step}")
        assert tab.find(".moment b").inner_text() == f"Step {step}"


def test_the_track_can_be_dragged(digits_tab):
    tab = digits_tab(step=LAST)
    box = tab.find("svg.track").bounding_box()
    tab.page.mouse.move(box["x"] + box["width"] - 10, box["y"] + 16)
    tab.page.mouse.down()
    tab.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 16, steps=3)
    tab.shows(step=154)  # the nearest to the middle of 22 … 400
    tab.page.mouse.move(box["x"] + 10, box["y"] + 16, steps=3)
    tab.page.mouse.up()
    tab.shows(step=STEPS[0])


@pytest.mark.parametrize(
    ("scale", "wanted"),
    [("Step", STEPS), ("Epoch", range(len(STEPS))), ("Time", WALL_TIMES)],
)
def test_snapshots_lie_by_step_epoch_or_wall_time(any_tab, scale, wanted):
    tab = any_tab(step=LAST)
    tab.named("radio", scale).click()
    tab.find(f"[role=radio][aria-checked=true]:text('{scale}')").wait_for()
    [path] = tab.every(".track .ticks", "one.getAttribute('d')")
    xs = np.array([float(x) for x in re.findall(r"M([\d.]+)", path)])
    places = np.array(list(wanted), dtype=float)
    share = (places - places[0]) / (places[-1] - places[0])
    assert (xs - xs[0]) / (xs[-1] - xs[0]) == pytest.approx(share, abs=1e-3)


def test_play_goes_on_to_the_end_and_then_begins_anew(digits_tab):
    tab = digits_tab(step=STEPS[-3])
    tab.named("button", "Play").click()
    tab.named("button", "Pause").wait_for()
    tab.shows(step=STEPS[-2])
    tab.shows(step=STEPS[-1])
    tab.named("button", "Play").click()
    tab.shows(step=STEPS[0])
    tab.named("button", "Pause").click()
    tab.named("button", "Play").wait_for()


def test_keys_go_through_the_run(digits_tab):
    tab = digits_tab(step=STEPS[3])
    press = tab.page.keyboard.press
    tab.find("body").evaluate("one => one.ownerDocument.defaultView.focus()")
    for key, step in [
        ("ArrowRight", STEPS[4]),
        ("ArrowLeft", STEPS[3]),
        ("Home", STEPS[0]),
        ("ArrowLeft", STEPS[0]),
        ("End", LAST),
    ]:
        press(key)
        tab.shows(step=step)
    press("Home")
    press(" ")
    tab.named("button", "Pause").wait_for()
    press(" ")
    tab.named("button", "Play").wait_for()


def test_the_slider_works_by_keys(digits_tab):
    tab = digits_tab(step=STEPS[3])
    tab.named("slider", "Snapshot").focus()
    tab.page.keyboard.press("ArrowRight")
    tab.shows(step=STEPS[4])
    tab.page.keyboard.press("Home")
    tab.shows(step=STEPS[0])


def test_alarms_are_marked_on_the_track(digits_tab):
    tab = digits_tab(step=LAST)
    changed = [step for step in STEPS[1:] if target_of(step)["drift"]["verdict"] == "changed"]
    titles = tab.every(".track .alarm title", "one.textContent")
    assert [int(re.search(r"\d+", title)[0]) for title in titles] == changed


# --- details -----------------------------------------------------------------------------


def chosen_group() -> tuple[str, dict]:
    """One with everything: inputs, outputs, members, a label."""
    key = LABELLED[0]
    return key, next(one for one in target_of(LAST)["groups"] if key_of(one) == key)


def test_details_show_patches_at_their_place_on_the_source_image(any_tab):
    tab = any_tab(step=LAST)
    key, group = chosen_group()
    tab.select(key)
    patches = graph_of(LAST)["patches"]
    strip = tab.find(".detail .strip button")
    shown = [row for row in group["patches"] if str(row) in patches]
    tab.until(f"() => document.querySelectorAll('.detail .strip button').length === {len(shown)}")
    for at in (0, len(shown) - 1):
        strip.nth(at).click()
        *_, image, top, left, height, width = patches[str(shown[at])]
        box = tab.find(".detail .whole .box")
        attributes = box.evaluate(
            "one => ['x', 'y', 'width', 'height'].map(a => +one.getAttribute(a))"
        )
        assert attributes == [left, top, width, height]
        label = graph_of(LAST)["images"][str(image)][5]
        caption = tab.find(".detail figcaption").inner_text()
        assert caption == f"image {image}, labelled “{label}”"
    source = tab.find(".detail .whole").bounding_box()
    assert source["width"] > 200, "at full size"


def test_details_list_members_with_their_semantic_groups_and_gaps(any_tab):
    tab = any_tab(step=LAST, group=chosen_group()[0])
    _, group = chosen_group()
    neurons = {
        one["index"]: one for one in target_of(LAST)["neurons"] if one["layer"] == group["layer"]
    }
    rows = tab.find(".detail table.members tbody tr:not(.inputs)")
    rows.first.wait_for()
    told = [row.split() for row in rows.all_inner_texts()]
    assert len(told) == len(group["members"])
    for row, (index, meaning, share) in zip(rows.all(), group["members"], strict=True):
        cells = row.locator("th, td").all_inner_texts()
        neuron = neurons[index]
        many = neuron["meanings"] > 1
        assert cells[0] == str(index)
        assert cells[1] == (f"{meaning + 1} of {neuron['meanings']}" if many else "only")
        assert cells[2] == f"{100 * share:.0f} %"
        assert float(cells[4].removesuffix(" %").lstrip("<")) == pytest.approx(
            100 * neuron["gap"], abs=0.51
        )
        assert cells[5] == "87 %", "stability"
    first = neurons[group["members"][0][0]]
    inputs = tab.find(".detail tr.inputs .input").all_inner_texts()
    index, weight = first["inputs"][0]
    sign = "−" if weight < 0 else "+"
    assert inputs[0].split() == [str(index), f"{sign}{abs(weight):.2f}"]


def test_details_list_inputs_and_outputs_with_shares_and_stability(digits_tab):
    tab = digits_tab(step=LAST, group=chosen_group()[0])
    key, _ = chosen_group()
    record = target_of(LAST)
    keys = keys_of(LAST)
    place = keys.index(key)

    def share(edge):
        return edge[2] / len(record["groups"][edge[1]]["members"])

    for title, own, other in (("Fed by", 1, 0), ("Feeds", 0, 1)):
        wanted = sorted(
            (edge for edge in record["edges"] if edge[own] == place and edge[2] != 0),
            key=lambda edge: -abs(share(edge)),
        )
        section = tab.find(".detail section", has=tab.find(f"h3:text-is('{title}')"))
        rows = section.locator("li")
        assert rows.count() == len(wanted) > 0
        for row, edge in zip(rows.all(), wanted, strict=True):
            texts = row.locator(".number").all_text_contents()
            assert texts[0].startswith("−" if edge[2] < 0 else "+")
            percentage = float(texts[0].removesuffix(" %").replace("−", "-"))
            assert percentage == pytest.approx(100 * share(edge), abs=0.6)
            assert texts[1] == "98 %"
            keys_there = row.locator("button").get_attribute("data-focus")
            assert keys_there == f"group {keys[edge[other]]}"
    tab.find(".detail .links button").first.click()
    tab.until(f"() => !document.querySelector('g.node[data-group=\"{key}\"].selected')")
    assert tab.find("g.node.selected").count() == 1


def test_details_tell_importance_stability_and_history(digits_tab):
    tab = digits_tab(step=LAST, group=chosen_group()[0])
    key, group = chosen_group()
    facts = " ".join(tab.find(".detail .facts").inner_text().split())
    assert f"{100 * group['importance']:.0f} % importance" in facts
    assert f"{len(group['members'])} members" in facts
    assert "93 % stable" in facts
    assert tab.find(".detail h2").inner_text() == LABELLED[1]
    line = tab.find(".detail .sparkline .line").get_attribute("d")
    lives = [step for step in STEPS if key in keys_of(step)]
    assert len(re.findall("[ML]", line)) == len(lives)
    tab.find(".detail .events button", has_text=f"step {lives[0]}").click()
    tab.shows(step=lives[0])
    tab.find(".detail .events", has_text="appears").wait_for()
    tab.go(STEPS[0])
    assert "Not in the circuit at step 22" in tab.find(".detail").inner_text()


def test_without_a_choice_the_panel_tells_of_the_whole_circuit(digits_tab):
    tab = digits_tab(step=LAST)
    panel = tab.find(".detail")
    table = panel.locator("table:not(.attribution)")
    rows = [row.split() for row in table.locator("tbody tr").all_inner_texts()]
    assert [row[0] for row in rows] == ["head", "block3", "block2", "block1"]
    statistics = target_of(LAST)["statistics"]
    assert [int(row[1]) for row in rows] == [
        statistics[layer]["core_neurons"] for layer in reversed(graph_of(LAST)["layers"])
    ]
    assert target_of(LAST)["drift"]["verdict"] in panel.inner_text()
    for text in ("What happened at this step", "Made with", "folded"):
        assert text in panel.inner_text()


def test_the_panel_lists_how_layer_pairs_were_attributed(any_tab):
    tab = any_tab(step=LAST)
    rows = tab.find(".detail table.attribution tbody tr")
    cells = "all => all.map(one => [...one.cells].map(cell => cell.textContent))"
    assert rows.evaluate_all(cells) == [
        ["head", "ig", "–", "–"],
        ["block3", "gradient", "0.97", "0.02"],
        ["block2", "norm-held", "✗ 0.42", "0.02"],
    ]
    assert rows.evaluate_all("all => all.map(one => one.className)") == ["", "", "unpredictive"]
    note = tab.find(".detail .unpredictive-note").inner_text()
    assert note == "✗ Attributions into block2 do not predict knockouts."


def test_details_of_a_group_mark_links_that_do_not_predict_knockouts(digits_tab):
    groups = {one["layer"]: key_of(one) for one in target_of(LAST)["groups"]}
    marked = {UNPREDICTIVE: ["Fed by"], "network.block1": ["Feeds"], "network.block3": []}
    for layer, titles in marked.items():
        tab = digits_tab(step=LAST, group=groups[layer])
        tab.find(".detail .links").first.wait_for()
        notes = tab.every(".detail section:has(.unpredictive-note) h3", "one.textContent")
        assert notes == titles
