"""The debug view of the NeurFlow tab, in a real browser: both loaders, and from the disk."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from browsers import guarded, open_file, open_in
from neurflow_lightning.render.html import PageRun, page
from neurflow_lightning.render.mistakes import MistakesRecord
from neurflow_lightning.render.record import Record
from neurflow_lightning.tensorboard_plugin import FRONT_END
from tab_runs import MISTAKEN, STEPS, WALL_TIMES, digits, key_of, mistakes, target_of

LAST = STEPS[-1]


def groups_of(step: int, target: int) -> list[dict]:
    """What the record of a step tells of the groups of a class on its first image, as they lie."""
    circuits = mistakes()[step].content["mistakes"][0]["circuits"]
    return next(one for one in circuits if one["target"] == target)["groups"]


def keys(step: int, target: int) -> dict[tuple[str, int], str]:
    """Layer and number → what the page calls the group."""
    groups = target_of(step, target)["groups"]
    return {(one["layer"], one["number"]): key_of(one) for one in groups}


def opened(any_tab, **state):
    """The view, once it knows the snapshots before."""
    tab = any_tab(view="debug", **{"step": LAST, **state})
    tab.find("section[data-target='3'] > .scroll thead th", has_text="step 154").wait_for()
    return tab


def test_the_mistakes_of_the_step_are_listed_by_kinds_and_the_worst_is_open(any_tab):
    tab = opened(any_tab)
    said = tab.find(".debug nav > p").first.inner_text()
    assert said.startswith("2 of 24 probe images taken for another class. All of them, 2 kinds")
    assert tab.find(".debug nav .rest").is_hidden()
    kinds = tab.every(".kind", "one.textContent")
    assert kinds == ["“eight” taken for “three”× 1", "“one” taken for “three”× 1"]
    told = tab.every(".mistakes button", "[one.dataset.image, one.ariaPressed, one.textContent]")
    assert told == [["0", "true", "80 %"], ["8", "false", "80 %"]]
    said = tab.every(".mistakes button", "one.ariaLabel")
    assert said[0] == "Image 0: taken for three, is eight, 80 % sure"
    assert tab.find(".mistake h2").inner_text() == "Taken for “three”, but is “eight”"
    tab.until("() => document.querySelector('.large image').getBBox().width > 0")
    drawn = tab.find("svg.large").bounding_box()
    assert min(drawn["width"], drawn["height"]) > 250


def test_groups_that_fired_and_how_strongly_and_where(any_tab):
    tab = opened(any_tab)
    fired = [one for one in groups_of(LAST, 3) if one["score"] > 0.8]
    rows = tab.every(
        "section[data-target='3'] > .scroll tbody tr",
        "[one.dataset.group, one.querySelector('.score').textContent]",
    )
    names = keys(LAST, 3)
    wanted = [[names[one["layer"], one["number"]], f"{one['score']:.2f}"] for one in fired[:6]]
    assert rows == wanted
    said = tab.find(".why .headed p").inner_text()
    assert said == f"{len(fired)} of 17 groups fired. The 6 most important:"
    # Named as in the tab, and as the command line does.
    first = tab.find(".why tbody th").first
    assert first.locator(".link").inner_text() == "group 85"
    assert first.locator(".id").inner_text() == f"{fired[0]['layer']}/{fired[0]['number']}"
    heads = tab.every(".why > .scroll thead th", "one.textContent")
    assert heads[:6] == ["here", "usually", "group", "importance", "× normal", "margin if masked"]
    # What the columns of both classes mean is said below, by the words at their heads.
    terms = tab.every(".columns-said dt", "one.textContent")
    assert terms[2:] == ["× normal", "margin if masked", "at step 88, at step 154"]
    every = {*tab.every(".mistake table.groups thead th", "one.textContent")}
    assert every - {"here", "usually"} == {head for term in terms for head in term.split(", ")}
    said = tab.find(".columns-said").inner_text()
    assert "Minus: it speaks for the mistake." in said
    # One frame for each crop, with the numbers of the groups that it fired most.
    boxes = tab.every(".large .frames > g", "one.querySelector('text').textContent")
    assert boxes == ["1 3 5", "2 4 6"]
    box = tab.find(".large .box").first.bounding_box()
    picture = tab.find("svg.large").bounding_box()
    assert box["width"] == pytest.approx(picture["width"] / 2, abs=8)
    # Pointing at a group shows all crops that fired it.
    tab.find(".why tbody tr").nth(1).hover()
    assert len(tab.find(".large .frames > g").all()) == 2
    assert tab.every(".large .frames text", "one.textContent") == ["2", "2"]


def test_the_circuits_of_both_classes_show_what_fired_and_the_path(any_tab):
    tab = opened(any_tab)
    for target, circuit in ((3, "three"), (8, "eight")):
        chart = f"section[data-target='{target}'] .mini[aria-label='Circuit of {circuit}']"
        names = keys(LAST, target)
        fired = {
            names[one["layer"], one["number"]]
            for one in groups_of(LAST, target)
            if one["score"] > 0.8
        }
        assert set(tab.every(f"{chart} .group.fired", "one.dataset.group")) == fired
        assert len(tab.find(f"{chart} .group").all()) == len(names)
        first = groups_of(LAST, target)[0]
        on_path = tab.every(f"{chart} .group.on-path", "one.dataset.group")
        assert on_path == [names[first["layer"], first["number"]]]
        assert tab.every(f"{chart} .along", "one.dataset.sign") == ["+"]


def test_no_two_things_on_the_page_have_one_name(any_tab):
    tab = opened(any_tab)
    keys = tab.every(".debug [data-focus]", "one.dataset.focus")
    assert sum("85" in key for key in keys) == 2  # above, and in the table
    assert len({*keys}) == len(keys)
    regions = tab.every(".debug [role=region]", "one.ariaLabel")
    assert {"Groups of three", "More groups of three"} < {*regions}
    assert len({*regions}) == len(regions)


def test_what_would_have_to_change_is_said(any_tab):
    tab = opened(any_tab)
    told = tab.find(".mistake .remedy p").all_inner_texts()
    assert told[0] == "Without group 85 it would be “eight”."
    assert told[1].startswith("Groups of “eight” that did not fire: group 40, group 95, ")
    assert told[1].endswith(" and 7 more.")
    masked = tab.find(".why tbody tr .effect").first.inner_text()
    assert masked.split("\n") == ["−3.50", "✓ then “eight”"]


def test_the_same_image_before_and_the_scores_of_groups_that_lived(any_tab):
    tab = opened(any_tab)
    rows = tab.every(
        ".before tbody tr", "[...one.querySelectorAll('th, td')].map(cell => cell.textContent)"
    )
    assert rows == [
        ["step 22", "✓ eight", "50 %", "50 %"],
        ["step 88", "three", "70 %", "20 %"],
        ["step 110", "✓ eight", "90 %", "90 %"],
        ["step 154", "three", "60 %", "30 %"],
        ["step 400", "three", "80 %", "10 %"],
    ]
    heads = "section[data-target='3'] > .scroll thead th"
    tab.find(heads, has_text="step 154").wait_for()
    # At step 88 the image was among the worst too, but none of these groups was in the circuit:
    # no column of nothing.
    assert tab.every(heads, "one.textContent")[-2:] == ["margin if masked", "at step 154"]
    before = dict(zip(keys(154, 3).values(), keys(154, 3), strict=True))
    scores = {(one["layer"], one["number"]): one["score"] for one in groups_of(154, 3)}
    shown = tab.every(
        "section[data-target='3'] > .scroll tbody tr",
        "[one.dataset.group, one.lastElementChild.textContent]",
    )
    assert any(text != "–" for _, text in shown)
    assert any(text == "–" for _, text in shown)
    assert not {key for key, _ in shown} & {key for key in keys(88, 3).values() if key[0] == "L"}
    for key, text in shown:
        known = key in before and key.startswith("L")
        assert text == (f"{scores[before[key]]:.2f}" if known else "–")
    tab.named("button", "step 88").click()
    tab.shows(step=88, view="debug")
    tab.find(".before tr.now th", has_text="step 88").wait_for()
    assert tab.find(".mistake h2").inner_text() == "Taken for “three”, but is “eight”"


def test_another_mistake_is_chosen_by_keys_and_is_in_the_link(digits_tab):
    tab = opened(digits_tab)
    first = tab.find(".mistakes button").first
    first.focus()
    tab.page.keyboard.press("ArrowDown")
    tab.page.keyboard.press("Enter")
    tab.find(".mistakes button[data-image='8'][aria-pressed=true]").wait_for()
    assert tab.find(".mistake h2").inner_text() == "Taken for “three”, but is “one”"
    assert tab.read("() => document.activeElement.dataset.image") == "8"
    missing = tab.find("section[data-target='1']").inner_text()
    assert "no circuit of “one”: what was missing of it cannot be told" in missing
    assert "NeurFlowCallback(targets=[3, 8, 1], …)" in missing
    assert tab.link(view="debug", image="8")["step"] == str(LAST)
    tab.go(154)
    tab.find(".mistakes button[data-image='0'][aria-pressed=true]").wait_for()
    note = tab.find(".debug .view-note").inner_text()
    assert note == "Image 8 is not among the mistakes shown at step 154. This is the first of them."


@pytest.mark.parametrize(
    "way", [".mistake .remedy .link >> nth=0", ".mini .group.on-path >> nth=0"]
)
def test_a_group_leads_to_the_circuit(digits_tab, way):
    tab = opened(digits_tab)
    group = keys(LAST, 3)["network.block3", 0]
    tab.find(way).focus()
    tab.page.keyboard.press("Enter")
    tab.shows(view="circuit", target=3, step=LAST)
    tab.find(f"g.node.selected[data-group={group}]").wait_for()
    tab.open("debug")
    tab.find(".mistake .mini").first.wait_for()
    assert not tab.find(".detail").is_visible()


def test_a_step_without_mistakes_says_which_have_some(any_tab):
    tab = any_tab(view="debug", step=STEPS[0])
    tab.find(".debug .view-empty h2").wait_for()
    told = tab.find(".debug .view-empty").inner_text()
    assert f"No mistakes told of at step {STEPS[0]}" in told
    assert f"{len(MISTAKEN)} snapshots, from step {MISTAKEN[0]} to {MISTAKEN[-1]}" in told
    tab.go(STEPS[4])
    tab.find(".debug .view-empty h2", has_text="No mistakes").wait_for()
    tab.until("() => document.querySelector('.debug').innerText.includes('all 24 probe images')")


def test_a_run_without_any_tells_what_to_do(any_tab):
    tab = any_tab(run="second", view="debug")
    tab.find(".debug .view-empty h2").wait_for()
    told = tab.find(".debug .view-empty").inner_text()
    assert "No mistakes are recorded in this run" in told
    assert "NeurFlowCallback(debug_images=4)" in told


def test_steps_without_mistakes_are_not_asked_for_in_turns(own_page, rust_board):
    rust_board.wait_for("digits", len(STEPS))
    asked = []

    def nothing(route):
        asked.append(route.request.url)
        route.fulfill(json={"steps": [], "record": None, "problem": None})

    own_page.route(re.compile(r"/mistakes\?.*step=(88|154)$"), nothing)
    tab = open_in(own_page, rust_board.address, run="digits", view="debug", step=LAST)
    tab.find(".mistake h2").wait_for()
    tab.page.wait_for_timeout(1500)
    assert 2 <= len(asked) < 20  # once each time that the page looks for new snapshots


@pytest.mark.parametrize(("step", "why"), [(0, "is no deflated JSON"), (50, "has replaced")])
def test_mistakes_that_cannot_be_shown_are_told(shared_pages, rust_board, step, why):
    guard = shared_pages("rust")
    rust_board.wait_for("hostile", 6)
    tab = open_in(guard.page, rust_board.address, run="hostile", view="debug", step=step)
    tab.find(".debug .view-empty h2", has_text="cannot be shown").wait_for()
    assert why in tab.find(".debug .view-empty").inner_text()
    guard.check()


# --- what is not known -------------------------------------------------------------------


def changed(change):
    """The mistakes of the last step, otherwise."""
    content = json.loads(json.dumps(mistakes()[LAST].content))
    change(content)
    return MistakesRecord(content, mistakes()[LAST].sheets)


@pytest.fixture
def page_of(tmp_path):
    """Writes a page of the digits with other mistakes at the last step."""

    def write(change, records=None) -> Path:
        script = FRONT_END.read_text(encoding="utf-8")
        told = {**mistakes(), LAST: changed(change)}
        runs = [PageRun("digits", records or digits(), WALL_TIMES, told)]
        path = tmp_path / "page.html"
        path.write_text(page(runs, script, title="digits"), encoding="utf-8")
        return path

    return write


def taken_for_a_seven(content) -> None:
    """Of which there is no circuit; half of the eight's groups fired."""
    content["names"]["7"] = "seven"
    worst = content["mistakes"][0]
    worst["predicted"] = 7
    worst["circuits"] = [one for one in worst["circuits"] if one["target"] == 8]
    for place, group in enumerate(worst["circuits"][0]["groups"]):
        if place % 2:
            group.update(score=1.1, crops=[[2, 1.1]])
        else:
            group["crops"] = [[1, group["score"]]]


def test_a_class_without_a_circuit_is_told_in_place_and_the_true_class_is_shown(browser, page_of):
    with guarded(browser) as one:
        tab = open_file(one.page, page_of(taken_for_a_seven), view="debug", step=LAST)
        tab.find(".mistake .notice").wait_for()
        told = tab.find(".mistake .notice").inner_text()
        assert "no circuit of “seven”: what spoke for it cannot be told or framed" in told
        assert "The callback explains its targets alone: “three”, “eight”." in told
        assert "NeurFlowCallback(targets=[3, 8, 7], …)" in told
        # The groups of the eight stand beside the image, and are framed: those that fired or not.
        headings = tab.find(".why h3").all_inner_texts()
        assert headings == ["Why “seven”", "Why not “eight”"]
        rows = tab.every(".why > .scroll tbody tr", "[one.dataset.group, one.dataset.colour]")
        names = keys(LAST, 8)
        wanted = [names[one["layer"], one["number"]] for one in groups_of(LAST, 8)][:6]
        assert rows == [[key, str(at)] for at, key in enumerate(wanted, 1)]
        framed = tab.every(
            ".large .frames > g",
            "[one.querySelector('text').textContent, one.classList.contains('silent')]",
        )
        assert framed == [["1 3 5", True], ["2 4 6", False]]
        assert "dashed" in tab.find(".mistake figcaption").inner_text()
        assert tab.find(".mini").count() == 1
    one.check()


def test_a_class_that_other_snapshots_have_is_said_to_be_there(browser, page_of):
    *others, last = digits()
    targets = [one for one in last.graph["targets"] if one["target"] != 3]
    without = Record({**last.graph, "targets": targets}, last.sheets)

    def drop(content) -> None:
        worst = content["mistakes"][0]
        worst["circuits"] = [one for one in worst["circuits"] if one["target"] != 3]

    with guarded(browser) as one:
        tab = open_file(one.page, page_of(drop, [*others, without]), view="debug", step=LAST)
        tab.find(".mistake .notice").wait_for()
        told = tab.find(".mistake .notice").inner_text()
        assert told.endswith("Other snapshots of this run have one.")
    one.check()


def test_neither_class_has_a_circuit(browser, page_of):
    def other(content) -> None:
        taken_for_a_seven(content)
        content["mistakes"][0].update(true=1, circuits=[])

    with guarded(browser) as one:
        tab = open_file(one.page, page_of(other), view="debug", step=LAST)
        tab.find(".mistake .notice").first.wait_for()
        headings = tab.find(".why h3").all_inner_texts()
        assert headings == ["Why “seven”", "Why not “one”"]
        assert tab.find(".mistake .notice").count() == 2
        assert tab.find(".large .frames > g, .mini, .remedy h3").count() == 0
        assert tab.find(".before tbody tr").count() == 5
    one.check()


def test_mistakes_of_one_kind_stand_together_and_those_not_shown_are_counted(browser, page_of):
    def many(content) -> None:
        eight, one = content["mistakes"]
        content["mistakes"] = [{**eight, "image": image} for image in (3, 4)]
        content["mistakes"] += [one, *({**eight, "image": image} for image in (5, 6, 7))]
        content["wrong"] = 9

    with guarded(browser) as one:
        tab = open_file(one.page, page_of(many), view="debug", step=LAST)
        tab.find(".mistake h2").wait_for()
        kinds = tab.every(".kind", "one.textContent")
        assert kinds == ["“eight” taken for “three”5 shown", "“one” taken for “three”1 shown"]
        images = tab.every(".mistakes button", "one.dataset.image")
        assert images == ["3", "4", "5", "6", "7", "8"]
        said = tab.find(".debug nav > p").all_inner_texts()
        assert "The 6 that circuits tell most of, 2 kinds of mistake" in said[0]
        assert said[-1] == "3 more are not shown: the callback’s debug_images says how many are."
    one.check()


def test_the_margin_is_called_that_everywhere(browser, page_of):
    def undecided(content) -> None:
        worst = content["mistakes"][0]
        worst["margin"] = 7.5
        for circuit in worst["circuits"]:
            for group in circuit["groups"]:
                group["effect"] = group["effect"] and [-1.25, worst["predicted"]]

    with guarded(browser) as one:
        tab = open_file(one.page, page_of(undecided), view="debug", step=LAST)
        tab.find(".mistake h2").wait_for()
        assert tab.find(".mistake header p").inner_text().endswith("· margin 7.5")
        told = tab.find(".mistake .remedy p").first.inner_text()
        assert told.startswith("No group by itself decided: without ")
        assert told.endswith(" the margin of 7.5 changes by −1.25, and it is “three” still.")
        said = tab.find(".columns-said").inner_text()
        assert "the margin, the logit of “three” above that of “eight”, without the group" in said
        assert "lead" not in tab.find(".debug").inner_text().split()
    one.check()


def test_whether_a_group_fired_is_the_records_to_say(browser, page_of):
    def said(content) -> None:
        for group in content["mistakes"][0]["circuits"][0]["groups"]:
            group["fired"] = False

    with guarded(browser) as one:
        tab = open_file(one.page, page_of(said), view="debug", step=LAST)
        tab.find(".why .headed p").wait_for()
        said_of = tab.find(".why .headed p").inner_text()
        assert said_of == "0 of 17 groups fired. The 6 most important:"
        assert tab.find("section[data-target='3'] .mini .group.fired").count() == 0
    one.check()


def test_earlier_scores_that_nobody_has_get_no_column(browser, page_of):
    def forget(content) -> None:
        for past in content["mistakes"][0]["past"]:
            past[4] = 0

    with guarded(browser) as one:
        tab = open_file(one.page, page_of(forget), view="debug", step=LAST)
        tab.find(".why > .scroll thead").wait_for()
        heads = tab.every(".why > .scroll thead th", "one.textContent")
        assert heads[-1] == "margin if masked"
        assert "at step" not in tab.find(".columns-said").inner_text()
        assert tab.find(".before .note").count() == 0
    one.check()


# --- room and rest -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("width", "beside", "list_beside"), [(1400, 1, 1), (1000, 0, 1), (700, 0, 0)]
)
def test_the_groups_are_near_the_image_at_every_width(
    browser, html_page, width, beside, list_beside
):
    with guarded(browser, viewport={"width": width, "height": 900}) as one:
        tab = open_file(one.page, html_page, run="digits", step=LAST, view="debug")
        tab.find(".why tbody tr").first.wait_for()
        boxes = {
            name: tab.find(selector).bounding_box()
            for name, selector in {
                "image": "svg.large",
                "row": ".why tbody tr >> nth=0",
                "list": ".debug nav",
                "mistake": ".mistake",
            }.items()
        }
        image, row = boxes["image"], boxes["row"]
        assert (row["x"] >= image["x"] + image["width"]) == bool(beside)
        list_right = boxes["list"]["x"] + boxes["list"]["width"]
        assert (list_right <= boxes["mistake"]["x"]) == bool(list_beside)
        foot = tab.find(".time").bounding_box()["y"]
        assert row["y"] + row["height"] <= foot, "the first group is above the fold"
        if beside:
            last = tab.find(".why > .scroll tbody tr").last.bounding_box()
            assert last["y"] + last["height"] <= foot, "all six are"
        assert tab.read("() => document.documentElement.scrollWidth <= innerWidth")
        view = ".view.debug"
        assert tab.every(view, "one.scrollWidth <= one.clientWidth") == [True]
    one.check()


def test_both_circuits_have_room_side_by_side_and_one_below_the_other(browser, html_page):
    with guarded(browser, viewport={"width": 1500, "height": 900}) as one:
        tab = open_file(one.page, html_page, run="digits", step=LAST, view="debug")
        tab.find(".mistake .mini").first.wait_for()
        tops = tab.every(".two > section", "one.getBoundingClientRect().top")
        assert tops[0] == tops[1]
        one.page.set_viewport_size({"width": 900, "height": 900})
        tab.until(
            "() => { const [one, two] = document.querySelectorAll('.two > section');"
            " return one.getBoundingClientRect().bottom <= two.getBoundingClientRect().top; }"
        )
    one.check()


def test_what_was_opened_stays_open_when_earlier_scores_arrive(own_page, rust_board):
    rust_board.wait_for("digits", len(STEPS))
    held = []

    def hold(route):
        held.append(route)

    own_page.route(re.compile(r"/mistakes\?.*step=154$"), hold)
    tab = open_in(own_page, rust_board.address, run="digits", view="debug", step=LAST)
    opener = tab.find(".why details summary")
    opener.click()
    heads = tab.find(".why > .scroll thead th", has_text="step 154")
    assert heads.count() == 0
    own_page.wait_for_timeout(200)
    for one in held:
        one.continue_()
    heads.wait_for()
    assert tab.find(".why details[open]").count() == 1
    assert tab.read("() => document.activeElement.localName") == "summary"
    opener.click()
    tab.go(154)
    tab.go(LAST)
    tab.find(".why details:not([open])").wait_for()


def test_the_hidden_panel_asks_for_no_graph(own_page, rust_board):
    rust_board.wait_for("digits", len(STEPS))
    asked = []
    own_page.on("request", lambda one: asked.append(one.url) if "/detail?" in one.url else None)
    tab = open_in(own_page, rust_board.address, run="digits", view="debug", step=LAST, group="L54")
    tab.find(".mistake h2").wait_for()
    tab.go(154)
    own_page.wait_for_timeout(500)
    assert asked == []
    tab.open("circuit")
    tab.find(".detail .members tbody tr").first.wait_for()
    assert len(asked) == 1
