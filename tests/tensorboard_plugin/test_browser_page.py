"""The NeurFlow tab as a whole, in a real browser: links, themes, keys, files, faults."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pytest
from PIL import Image
from torch.utils.tensorboard import SummaryWriter

from browsers import Tab, guarded, open_file, open_in, tab_in
from needs import need_module
from neurflow_lightning.render.html import PageRun, page
from neurflow_lightning.render.mistakes import MistakesRecord
from neurflow_lightning.render.record import Record
from neurflow_lightning.render.summaries import record_summary, write_summary
from neurflow_lightning.tensorboard_plugin import FRONT_END
from tab_runs import LABELLED, MISTAKEN, SCRIPT, STEPS, digits, keys_of, mistakes, raw_record
from tensorboards import tensorboard

LAST = STEPS[-1]
VIEWS = ("circuit", "lineage", "drift", "compare", "debug")
CONTENT = {
    "circuit": "g.node image",
    "lineage": ".streams .bar",
    "drift": ".panels .point",
    "compare": ".side g.node, .difference-chart .node",
    "debug": ".mistake .mini",
}


def shown(tab: Tab, view: str) -> None:
    """Wait for the content of a view."""
    tab.shows(view=view)
    tab.find(CONTENT[view]).first.wait_for()


# --- links -------------------------------------------------------------------------------

STATES = {
    "circuit": {"step": 110, "group": "L54", "threshold": "0.35", "query": "group 5"},
    "lineage": {"view": "lineage", "target": 8, "layer": "network.block2", "scale": "epoch"},
    "drift": {"view": "drift", "measure": "rank_turnover", "scale": "time", "step": 66},
    "sides": {"view": "compare", "step": 132, "otherStep": 44, "live": 0},
    "difference": {
        "view": "compare",
        "compare": "difference",
        "step": 132,
        "otherRun": "second",
        "otherStep": 66,
    },
    "debug": {"view": "debug", "image": 8},
}
SEEN = """() => [document.documentElement.dataset.view, document.documentElement.dataset.step,
    document.documentElement.dataset.target,
    ...[...document.querySelectorAll("select, input")].map(one => one.value),
    ...[...document.querySelectorAll("[aria-checked], [aria-selected], [aria-pressed]")]
        .filter(one => one.closest("[hidden]") === null)
        .map(one => one.outerHTML.replace(/<svg.*|style="[^"]*"/s, "")),
    ...[...document.querySelectorAll(".view:not([hidden]) path.edge, .view:not([hidden]) .point")]
        .map(one => one.getAttribute("d") ?? one.getAttribute("transform"))]"""


@pytest.mark.parametrize(
    ("any_tab", "name"),
    [
        ("rust", "circuit"),
        ("file", "lineage"),
        ("rust", "drift"),
        ("file", "sides"),
        ("python", "difference"),
        ("python", "debug"),
    ],
    indirect=["any_tab"],
)
def test_a_link_leads_back_to_the_same_state(any_tab, name):
    state = STATES[name]
    tab = any_tab(**state)
    view = str(state.get("view", "circuit"))
    shown(tab, view)
    for part, control in {
        "threshold": "input.threshold",
        "query": ".search input",
        "measure": ".drift select",
        "layer": ".lineage select >> nth=0",
    }.items():
        if part in state:
            assert tab.find(control).input_value() == str(state[part])
    if "scale" in state:
        chosen = tab.find("[aria-label='Time scale'] [aria-checked=true]")
        assert chosen.get_attribute("data-value") == state["scale"]
    if "group" in state:
        tab.find(f"g.node.selected[data-group={state['group']}]").wait_for()
        tab.find(".detail tr.inputs").first.wait_for()  # which come later than the rest
        tab.find(f"section.circuit[data-hits='{len(tab.find('g.node.hit').all())}']").wait_for()
    before = tab.read(SEEN)
    tab.page.reload()
    again = tab if tab.frame == tab.page.main_frame else tab_in(tab.page)
    again.until('() => document.documentElement.dataset.ready === "true"')
    shown(again, view)
    again.until(f"seen => JSON.stringify(({SEEN})()) === JSON.stringify(seen)", before)


def test_what_a_reader_does_is_in_the_link_and_defaults_are_not(digits_tab):
    tab = digits_tab(step=STEPS[2])
    tab.select("L30")
    tab.named("radio", "Epoch").click()
    tab.find("input.threshold").fill("0.25")
    tab.open("lineage")
    link = tab.link(view="lineage", group="L30", scale="epoch", threshold="0.25")
    assert link["step"] == str(STEPS[2])
    assert set(link) == {"view", "run", "step", "group", "scale", "threshold"}
    assert tab.page.url.split("#")[1].startswith("neurflow&")


def test_a_link_typed_into_the_page_is_followed(digits_tab):
    tab = digits_tab(step=LAST)
    tab.page.evaluate(
        "() => { location.hash = 'neurflow&nf.run=digits&nf.step=44&nf.view=drift'; }"
    )
    tab.shows(view="drift", step=44)


def test_other_tabs_keep_their_address_and_the_state_is_kept(own_page, rust_board):
    tab = open_in(own_page, rust_board.address, run="digits", step=STEPS[1], view="lineage")
    shown(tab, "lineage")
    own_page.evaluate("() => { location.hash = 'timeseries'; }")
    own_page.wait_for_timeout(600)
    assert "nf." not in own_page.url
    own_page.evaluate("() => { location.hash = 'neurflow'; }")
    tab = tab_in(own_page)
    shown(tab, "lineage")
    tab.link(view="lineage", step=str(STEPS[1]))


# --- live --------------------------------------------------------------------------------


@pytest.mark.parametrize("loader", ["rust", "python"])
def test_a_run_that_grows_is_followed_on_reload_and_live(own_page, tmp_path, loader):
    logs = tmp_path / "logs"
    with SummaryWriter(str(logs / "training")) as writer:
        for record, step in zip(digits()[:2], STEPS[:2], strict=True):
            write_summary(writer, record_summary(record), step)
        flags = ("--reload_interval", "1")
        with tensorboard(logs, tmp_path, *flags, fast=loader == "rust") as board:
            board.wait_for("training", 2)
            tab = open_in(own_page, board.address)
            tab.shows(step=STEPS[1])
            write_summary(writer, record_summary(digits()[2]), STEPS[2])
            board.wait_for("training", 3)
            own_page.locator(".reload-button").click()
            tab.shows(step=STEPS[2])
            tab.named("button", "Live").click()
            tab.find(".live[aria-pressed=true]").wait_for()
            for record, step in zip(digits()[3:5], STEPS[3:5], strict=True):
                write_summary(writer, record_summary(record), step)
                tab.shows(step=step)
            assert tab.find("g.node").count() == len(keys_of(STEPS[4]))
            tab.named("button", "Live").click()
            tab.slide(0)
            tab.shows(step=STEPS[0])


# --- theme, width ------------------------------------------------------------------------

LUMINANCE = "() => getComputedStyle(document.body).backgroundColor.match(/[\\d.]+/g).slice(0, 3)"


def brightness(tab: Tab) -> float:
    return float(np.mean([float(part) for part in tab.read(LUMINANCE)]))


def test_the_tab_follows_tensorboards_dark_mode(own_page, rust_board):
    tab = open_in(own_page, rust_board.address, run="digits")
    shown(tab, "circuit")
    assert brightness(tab) > 200
    own_page.get_by_role("button", name=re.compile("theme")).click()
    own_page.get_by_role("menuitemradio", name="Dark").or_(
        own_page.get_by_role("menuitem", name="Dark")
    ).click()
    tab.until("() => document.documentElement.dataset.theme === 'dark'")
    assert brightness(tab) < 60
    ink = tab.find("g.node .name").first.evaluate("one => getComputedStyle(one).fill")
    assert min(map(int, re.findall(r"\d+", ink)[:3])) > 180


def test_an_exported_page_follows_the_readers_dark_mode(browser, html_page):
    with guarded(browser, color_scheme="dark") as one:
        tab = open_file(one.page, html_page)
        assert brightness(tab) < 60
        one.page.emulate_media(color_scheme="light")
        tab.until("() => document.documentElement.dataset.theme === 'light'")
        assert brightness(tab) > 200
    one.check()


OVERLAPS = """() => {
    const controls = [...document.querySelectorAll(
        "button, select, input:not([type=range]), .slider, .moment, .legend .key, output, summary")]
        .filter(one => one.checkVisibility({ visibilityProperty: true }))
        .filter(one => one.closest("svg, .detail") === null)
        .map(one => [one.getAttribute("aria-label") ?? one.textContent ?? one.className,
                     one.getBoundingClientRect(), one.closest(".mistake") !== null])
        .filter(([, box]) => box.width > 2);
    const wrong = controls
        .filter(([, box, scrolls]) => box.left < 0 || box.right > innerWidth
            || (box.bottom > innerHeight && !scrolls))
        .map(([name]) => `${name} is off the page`);
    const meet = (one, two) => one.left < two.right - 1 && two.left < one.right - 1
        && one.top < two.bottom - 1 && two.top < one.bottom - 1;
    controls.forEach(([name, one, scrolls], at) =>
        controls.slice(at + 1).forEach(([other, two, also]) => {
            if (scrolls === also && meet(one, two)) wrong.push(`${name} × ${other}`);
        }));
    if (document.documentElement.scrollWidth > innerWidth) wrong.push("the page scrolls sideways");
    return wrong;
}"""


@pytest.mark.parametrize("state", [{}, {"group": "L54"}])
def test_everything_has_room_on_900_pixels(browser, html_page, state):
    with guarded(browser, viewport={"width": 900, "height": 700}) as one:
        for view in VIEWS:
            tab = open_file(one.page, html_page, view=view, run="digits", step=LAST, **state)
            shown(tab, view)
            assert tab.read(OVERLAPS) == [], view
        one.page.set_viewport_size({"width": 1500, "height": 900})
        tab.until("() => document.querySelector('.view:not([hidden])').clientWidth > 1000")
        assert tab.read(OVERLAPS) == []
    one.check()


# --- names and keys ----------------------------------------------------------------------

FOCUSED = """() => {
    const one = document.activeElement;
    if (one === null || one === document.body) return null;
    if (!one.matches("button, select, input, summary, .scroll, [role=button]")) return "";
    return one.getAttribute("aria-label") ?? one.closest("label")?.textContent ?? one.textContent;
}"""


def focusables(tab: Tab) -> list[str]:
    """The names of what the tab key comes by, once around."""
    tab.find("body").evaluate("one => one.ownerDocument.defaultView.focus()")
    names: list[str] = []
    for _ in range(80):
        tab.page.keyboard.press("Tab")
        name = tab.read(FOCUSED)
        if name is None:
            break
        assert name.strip(), "only controls take the focus, and all have a name"
        names.append(name)
    return names


@pytest.mark.parametrize(
    ("view", "wanted"),
    [
        ("circuit", ["three", "Zoom in", "Zoom out", "Fit the whole circuit", "Hide edges"]),
        ("lineage", ["Layer", "Step 44, epoch", "group"]),
        ("drift", ["Measure", "three, step", "Step 44"]),
        ("compare", ["Compare with run", "Compare with step", "Swap", "Side by side", "three"]),
        (
            "debug",
            ["Image 0: taken for three", "The same image before", "step 88", "Groups of three"],
        ),
    ],
)
def test_the_tab_key_reaches_every_control(browser, html_page, view, wanted):
    with guarded(browser) as one:
        step = LAST if view == "debug" else STEPS[1]
        tab = open_file(one.page, html_page, view=view, run="digits", step=step)
        shown(tab, view)
        names = focusables(tab)
        common = ["Run", "Target", view.capitalize(), "Search for", "Save this view"]
        common += ["Play", "Snapshot"]
        if view == "debug":
            common.remove("Target")  # a mistake has classes of its own
        for name in [*common, *wanted, "Step"]:
            assert any(found.startswith(name) for found in names), (name, names)
        where = [next(at for at, n in enumerate(names) if n.startswith(name)) for name in common]
        assert where == sorted(where), f"in the order of reading: {names}"
    one.check()


def test_the_circuit_works_by_keys_alone(digits_tab):
    tab = digits_tab(step=LAST)
    press = tab.page.keyboard.press
    tab.named("tab", "Circuit").focus()
    press("ArrowRight")
    tab.shows(view="lineage")
    press("ArrowLeft")
    tab.shows(view="circuit")
    tab.find("g.node.target").focus()
    press("Enter")
    tab.find("g.node.target[aria-pressed=true]").wait_for()
    press("ArrowLeft")
    focused = "() => document.activeElement.dataset.group"
    beside = tab.read(focused)
    assert beside in keys_of(LAST)
    press("ArrowDown")
    below = tab.read(focused)
    assert below not in {None, beside}
    press(" ")
    tab.find(f"g.node.selected[data-group='{below}']").wait_for()
    press("Escape")
    tab.until("() => document.querySelector('g.node.selected') === null")
    tab.named("radio", "Step").focus()
    press("ArrowRight")
    tab.link(scale="epoch")


def test_lineage_and_comparison_work_by_keys_alone(digits_tab):
    tab = digits_tab(step=LAST, view="lineage")
    press = tab.page.keyboard.press
    tab.find(".columns .column[tabindex='0']").focus()
    press("ArrowLeft")
    press("Enter")
    tab.shows(step=STEPS[-2])
    tab.find(".streams .stream[tabindex='0']").focus()
    press("ArrowDown")
    press("Enter")
    tab.find(".streams .stream[aria-pressed=true]").wait_for()
    tab.open("compare")
    tab.named("radio", "Side by side").focus()
    press("ArrowRight")
    tab.link(compare="difference")
    tab.find(".difference-chart .node[tabindex='0']").focus()
    press("ArrowRight")
    press("Enter")
    tab.find(".difference-chart .node[aria-pressed=true]").wait_for()


def test_a_screen_reader_hears_names_and_the_step(digits_tab):
    tab = digits_tab(step=LAST)
    node = tab.find(f"g.node[data-group={LABELLED[0]}]").get_attribute("aria-label")
    assert node.startswith(f"{LABELLED[1]}, network.block3, ")
    assert "importance" in node
    assert "stability 93 %" in node
    chart = tab.find("svg.chart").get_attribute("aria-label")
    assert chart == f"Circuit of three at step {LAST}, digits"
    tab.slide(0)
    tab.find(".time [aria-live=polite]", has_text=f"step {STEPS[0]}, epoch 0").wait_for(
        state="attached"
    )


# --- files -------------------------------------------------------------------------------

XLINK = re.compile(r"(?:href|src)=[\"'](?!data:image/png;base64,)")


@pytest.mark.parametrize("view", [*VIEWS, "difference"])
def test_a_view_is_saved_as_svg(digits_tab, view):
    more = {"compare": "difference"} if view == "difference" else {}
    name = "compare" if view == "difference" else view
    tab = digits_tab(view=name, step=LAST, **more)
    shown(tab, name)
    saved = _saved(tab, "SVG")
    text = saved.read_text(encoding="utf-8")
    root = ElementTree.fromstring(text)
    assert root.tag.endswith("}svg")
    assert XLINK.search(text) is None, "needs no other file"
    assert "<script" not in text
    assert "var(" not in text, "styles are in it"
    names = "".join(root.itertext())
    assert f"step {LAST}" in names
    drawn = {
        "circuit": LABELLED[1],
        "lineage": "height: importance",
        "drift": "what noise makes",
        "compare": "three",
        "debug": "block2",
    }
    assert drawn[name] in names
    pictures = text.count("<image")
    assert pictures > 4 or view == "drift"
    assert text.count("data:image/png;base64,") == pictures


def test_a_view_is_saved_as_png(any_tab):
    tab = any_tab(step=LAST)
    shown(tab, "circuit")
    saved = _saved(tab, "PNG")
    image = Image.open(saved)
    box = tab.find("svg.chart").bounding_box()
    assert image.size == pytest.approx((2 * (box["width"] + 32), 2 * (box["height"] + 32)), abs=4)
    patch = tab.find("g.node[data-group=L54] .patches > svg").first.bounding_box()
    left, top = (2 * (patch[side] - box[side] + 16) for side in ("x", "y"))
    size = 2 * patch["width"]
    cut = image.convert("L").crop((int(left), int(top), int(left + size), int(top + size)))
    assert np.asarray(cut, dtype=float).std() > 10, "the patch is on it"


def _saved(tab: Tab, kind: str) -> Path:
    tab.find("summary[aria-label='Save this view']").click()
    with tab.page.expect_download() as download:
        tab.named("button", f"Save as {kind}").click()
    assert re.fullmatch(rf"neurflow-[\w-]+\.{kind.lower()}", download.value.suggested_filename)
    return Path(download.value.path())


# --- nothing, broken, hostile ------------------------------------------------------------


def test_a_page_without_runs_tells_what_to_do(browser, tmp_path):
    path = tmp_path / "empty.html"
    path.write_text(page([], FRONT_END.read_text(encoding="utf-8"), title="none"), encoding="utf-8")
    with guarded(browser) as one:
        tab = open_file(one.page, path)
        tab.shows(ready="empty")
        text = tab.find(".welcome").inner_text()
        assert "No circuits yet" in text
        assert "NeurFlowCallback(targets=" in text
        assert "tensorboard --logdir" in text
    one.check()


def test_a_run_that_has_only_begun_says_so_and_shows_its_first_snapshot(own_page, tmp_path):
    logs = tmp_path / "logs"
    with SummaryWriter(str(logs / "begun")) as writer:
        write_summary(writer, raw_record([b"no", b"graph"], [b"no sheet"]), 0)
        with tensorboard(logs, tmp_path, "--reload_interval", "1") as board:
            board.wait_for("begun", 1)
            tab = open_in(own_page, board.address)
            tab.shows(ready="empty")
            text = tab.find(".welcome").inner_text()
            assert "No snapshot yet" in text
            assert "looks again every few seconds" in text
            assert tab.find("summary[aria-label='1 snapshot could not be read']").is_visible()
            write_summary(writer, record_summary(digits()[0]), STEPS[0])
            tab.shows(ready="true", step=STEPS[0])


def test_a_target_that_a_snapshot_does_not_hold_is_told(browser, tmp_path):
    first, second = digits()[:2]
    alone = {**second.graph, "targets": second.graph["targets"][:1]}
    runs = [PageRun("run", [first, Record(alone, second.sheets)], [0.0, 1.0])]
    path = tmp_path / "page.html"
    path.write_text(page(runs, FRONT_END.read_text(encoding="utf-8"), title="x"), encoding="utf-8")
    with guarded(browser) as one:
        tab = open_file(one.page, path, run="run", target=8, step=STEPS[1])
        note = tab.find(".empty-note").inner_text()
        assert (
            note
            == "The snapshot of step 44 holds no circuit of “eight”. Choose another step or target."
        )
    one.check()


def test_broken_records_are_listed_and_the_others_shown(shared_pages, rust_board):
    guard = shared_pages("rust")
    rust_board.wait_for("hostile", 6)
    tab = open_in(guard.page, rust_board.address, run="hostile")
    tab.find("g.node").first.wait_for()
    assert tab.find(".slider input").get_attribute("max") == "1"
    tab.find("summary[aria-label='4 snapshots could not be read']").click()
    told = tab.find(".problems li").all_inner_texts()
    assert [text.split(":")[0] for text in told] == [f"Step {step}" for step in (10, 20, 30, 40)]
    assert "inflates to more than" in told[1]
    guard.check()


IMAGE = "<img src=x onerror=parent.document.title='owned'>"


@pytest.fixture
def hostile_page(tmp_path) -> Path:
    """Names that would be scripts, in every place where a page shows one."""
    script = FRONT_END.read_text(encoding="utf-8")
    names = {"network.block2": SCRIPT, "three": IMAGE, "3": f"{SCRIPT}{IMAGE}"}
    records = [Record(_renamed(one.graph, names), one.sheets) for one in digits()[:4]]
    told = {
        step: _renamed(mistakes()[step].content, names) for step in MISTAKEN if step in STEPS[:4]
    }
    own = {step: MistakesRecord(one, mistakes()[step].sheets) for step, one in told.items()}
    runs = [
        PageRun(SCRIPT, records, [0.0, 1.0, 2.0, 3.0], own),
        PageRun(IMAGE, records[:2], [0.0, 1.0]),
    ]
    path = tmp_path / "hostile.html"
    path.write_text(page(runs, script, title=SCRIPT), encoding="utf-8")
    return path


def _renamed(told: Any, names: Mapping[str, str]) -> Any:
    """JSON with other texts in it, those that are part of a longer one too, and with labels."""
    if isinstance(told, str):
        whole = names.get(told, told)
        return whole.replace("network.block2", names["network.block2"])
    if isinstance(told, list):
        return [_renamed(one, names) for one in told]
    if not isinstance(told, dict):
        return told
    label = {"label": f"{IMAGE} {told['number']}"} if "lineage" in told and "number" in told else {}
    known = {
        names.get(key, key) if key.startswith("network") else key: one for key, one in told.items()
    }
    return {key: _renamed(one, names) for key, one in known.items()} | label


def test_hostile_names_are_only_text_everywhere(browser, hostile_page):
    with guarded(browser) as one:
        for state in (
            {},
            {"view": "lineage"},
            {"view": "drift"},
            {"view": "compare"},
            {"view": "compare", "compare": "difference"},
            {"view": "debug"},
        ):
            view = state.get("view", "circuit")
            tab = open_file(one.page, hostile_page, **state)
            shown(tab, view)
            if view == "circuit":
                tab.find("g.node >> .card").first.click()
                tab.find(".detail tbody tr").first.wait_for()
                assert IMAGE in tab.find(".detail").inner_text()
            scripts = tab.every("script", "one.type")
            assert scripts == ["application/json", "module"], view
            assert tab.find("img, [onerror], [onload], iframe").count() == 0, view
            assert tab.page.title() != "owned"
            assert SCRIPT in tab.find("select >> nth=0").inner_text()
    one.check()


def test_hostile_names_are_only_text_in_tensorboard(shared_pages, rust_board):
    guard = shared_pages("rust")
    rust_board.wait_for("hostile", 6)
    for view in ("circuit", "lineage", "drift", "debug"):
        tab = open_in(guard.page, rust_board.address, run="hostile", view=view)
        tab.shows(view=view)
        assert tab.find("select[aria-label=Target] option").inner_text().startswith(SCRIPT)
        assert tab.find("script:not([type=module])").count() == 0
        assert guard.page.title() == "TensorBoard"
    guard.check()


# --- accessibility -----------------------------------------------------------------------

SERIOUS = {"serious", "critical"}
RULES: Mapping[str, Mapping[str, Any]] = {
    "light": {"resultTypes": ["violations"]},
    "dark": {"resultTypes": ["violations"], "runOnly": ["color-contrast"]},  # all that differs
}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_no_serious_violation(browser, html_page, theme):
    need_module("axe_playwright_python", "test")
    from axe_playwright_python.sync_playwright import Axe

    states = [
        {"view": "lineage"},
        {"view": "drift"},
        {"view": "compare"},
        {"group": "L54"},
        {"view": "debug"},
        {"view": "debug", "image": 8},
        {"view": "debug", "step": STEPS[0]},
        {"view": "compare", "compare": "difference", "step": STEPS[2], "otherStep": STEPS[1]},
    ]
    wrong = []
    with guarded(browser, color_scheme=theme) as one:
        for state in states:
            tab = open_file(one.page, html_page, **{"run": "digits", "step": LAST, **state})
            if state == {"view": "debug", "step": STEPS[0]}:
                tab.find(".debug .view-empty h2").wait_for()
            else:
                shown(tab, str(state.get("view", "circuit")))
            if "group" in state:
                tab.find(".detail .members tbody tr").first.wait_for()
            found = Axe().run(one.page, options=RULES[theme]).response["violations"]
            wrong += [
                (state, rule["id"], node["html"][:200], node["failureSummary"][:300])
                for rule in found
                if rule["impact"] in SERIOUS
                for node in rule["nodes"]
            ]
    assert wrong == []
    one.check()
