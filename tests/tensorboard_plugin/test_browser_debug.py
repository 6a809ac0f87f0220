"""The debug view of the NeurFlow tab, in a real browser: both loaders, and from the disk."""

from __future__ import annotations

import re

import pytest

from browsers import guarded, open_file, open_in
from tab_runs import MISTAKEN, STEPS, key_of, mistakes, target_of

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


def test_the_mistakes_of_the_step_are_listed_and_the_worst_is_open(any_tab):
    tab = opened(any_tab)
    assert tab.find(".debug nav > p").inner_text() == "2 of 24 images taken for another class."
    told = tab.every(".mistakes button", "[one.dataset.image, one.ariaPressed, one.textContent]")
    assert told == [["0", "true", "threeis eight80 %"], ["8", "false", "threeis one80 %"]]
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
    assert (
        tab.find("section[data-target='3'] > p")
        .inner_text()
        .startswith(f"{len(fired)} of 17 groups")
    )
    # One frame for each crop, with the numbers of the groups that it fired most.
    boxes = tab.every(".large .frames > g", "one.querySelector('text').textContent")
    assert boxes == ["1 3 5", "2 4 6"]
    box = tab.find(".large .box").first.bounding_box()
    picture = tab.find("svg.large").bounding_box()
    assert box["width"] == pytest.approx(picture["width"] / 2, abs=8)
    # Pointing at a group shows all crops that fired it.
    tab.find("section[data-target='3'] tbody tr").nth(1).hover()
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


def test_what_would_have_to_change_is_said(any_tab):
    tab = opened(any_tab)
    told = tab.find(".mistake .about p").all_inner_texts()
    assert told[0] == "Without group 85 it would be “eight”."
    assert told[1].startswith("Of the circuit of “eight” did not fire: group 40, group 95, ")
    assert told[1].endswith(" and 7 more.")
    masked = tab.find("section[data-target='3'] tbody tr").first.inner_text()
    assert "−3.50 → eight" in masked


def test_the_same_image_before_and_the_scores_of_groups_that_lived(any_tab):
    tab = opened(any_tab)
    rows = tab.every(
        ".about tbody tr", "[...one.querySelectorAll('th, td')].map(cell => cell.textContent)"
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
    assert tab.every(heads, "one.textContent")[-2:] == ["step 88", "step 154"]
    before = dict(zip(keys(154, 3).values(), keys(154, 3), strict=True))
    scores = {(one["layer"], one["number"]): one["score"] for one in groups_of(154, 3)}
    shown = tab.every(
        "section[data-target='3'] > .scroll tbody tr",
        "[one.dataset.group, one.lastElementChild.textContent]",
    )
    assert any(text != "–" for _, text in shown)
    assert any(text == "–" for _, text in shown)
    for key, text in shown:
        known = key in before and key.startswith("L")
        assert text == (f"{scores[before[key]]:.2f}" if known else "–")
    tab.named("button", "step 88").click()
    tab.shows(step=88, view="debug")
    tab.find(".about tr.now th", has_text="step 88").wait_for()
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
    assert "no circuit of “one”: it is not among the callback’s targets" in missing
    assert tab.link(view="debug", image="8")["step"] == str(LAST)
    tab.go(154)
    tab.find(".mistakes button[data-image='0'][aria-pressed=true]").wait_for()
    note = tab.find(".debug .view-note").inner_text()
    assert note == "Image 8 is not among the worst mistakes at step 154. This is the worst."


@pytest.mark.parametrize("way", [".mistake .about .link >> nth=0", ".mini .group.on-path >> nth=0"])
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


def test_both_classes_have_room_side_by_side_and_one_below_the_other(browser, html_page):
    with guarded(browser, viewport={"width": 1500, "height": 900}) as one:
        tab = open_file(one.page, html_page, run="digits", step=LAST, view="debug")
        tab.find(".mistake .mini").first.wait_for()
        tops = tab.every(".mistake section", "one.getBoundingClientRect().top")
        assert tops[0] == tops[1]
        one.page.set_viewport_size({"width": 900, "height": 900})
        tab.until(
            "() => { const [one, two] = document.querySelectorAll('.mistake section');"
            " return one.getBoundingClientRect().bottom <= two.getBoundingClientRect().top; }"
        )
    one.check()
