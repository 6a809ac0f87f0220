"""A real browser, and the NeurFlow tab in it: in a TensorBoard, or as an exported page."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, quote, urlsplit

from needs import need_command, need_module

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Frame, Locator, Page

FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE = 60_000
"""Milliseconds until a page must have shown what it was asked for."""

FRAME = 'iframe[src*="plugin_entry.html?name=neurflow"]'
ELSEWHERE = re.compile(r"^(?!(https?://127\.0\.0\.1[:/]|(data|blob|about|file):))")
"""Addresses off this machine."""


@contextmanager
def chromium() -> Iterator[Browser]:
    """Debian's Chromium; a test that needs one is skipped where there is none."""
    need_module("playwright", "test")
    program = need_command("chromium", "chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield browser
        browser.close()


@dataclass(frozen=True)
class Guarded:
    """A page of which is known what went wrong on it.

    Attributes:
        page: the page.
        wrong: errors in it, and requests that would have left the machine.
    """

    page: Page
    wrong: list[str]

    def check(self) -> None:
        """Fail if anything went wrong since the last time."""
        wrong, self.wrong[:] = self.wrong[:], []
        assert wrong == []


@contextmanager
def guarded(browser: Browser, **options: Any) -> Iterator[Guarded]:
    """A page without movement, for ``check``."""
    wanted = {"width": 1400, "height": 900}
    options = {"viewport": wanted, "reduced_motion": "reduce", **options}
    wrong: list[str] = []

    def look(route: Any) -> None:
        address = route.request.url
        wrong.append(f"request that leaves the machine: {address}")
        route.abort()

    with browser.new_context(**options) as context:
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.on("pageerror", lambda error: wrong.append(f"page error: {error}"))
        context.route(ELSEWHERE, look)
        yield Guarded(page, wrong)


def keep_picture(page: Page) -> None:
    """Keep a screenshot where ``NEURFLOW_SCREENSHOTS`` names a folder for them."""
    folder = os.environ.get("NEURFLOW_SCREENSHOTS")
    if folder:
        test = os.environ["PYTEST_CURRENT_TEST"].partition("::")[2].partition(" ")[0]
        page.screenshot(path=str(Path(folder) / f"{test.replace('/', '_')}.png"))


# --- the tab -----------------------------------------------------------------------------


@dataclass(frozen=True)
class Tab:
    """The NeurFlow tab on a page.

    Attributes:
        page: the whole page.
        frame: the part of it that is the tab's: TensorBoard's iframe, or all of it.
    """

    page: Page
    frame: Frame

    def find(self, selector: str, **filters: Any) -> Locator:
        """Elements of the tab."""
        return self.frame.locator(selector, **filters)

    def named(self, role: str, name: str, exact: bool = True) -> Locator:
        """The element that a screen reader calls so."""
        return self.frame.get_by_role(role, name=name, exact=exact)  # type: ignore[arg-type]

    def read(self, script: str, argument: Any = None) -> Any:
        """What a script of the tab answers."""
        return self.frame.evaluate(script, argument)

    def every(self, selector: str, script: str) -> list[Any]:
        """What ``script`` (of ``one``) answers for each element, as they lie in the document."""
        found: list[Any] = self.find(selector).evaluate_all(f"all => all.map(one => {script})")
        return found

    def until(self, script: str, argument: Any = None) -> None:
        """Wait until a script of the tab answers yes."""
        self.frame.wait_for_function(script, arg=argument)

    def shows(self, **facts: object) -> None:
        """Wait until the tab says that it shows this: view, step, target, ready."""
        wanted = {name: str(value) for name, value in facts.items()}
        self.until(
            "wanted => Object.entries(wanted)"
            ".every(([name, value]) => document.documentElement.dataset[name] === value)",
            wanted,
        )

    def open(self, view: str) -> None:
        """Choose a view by its tab."""
        self.named("tab", view.capitalize()).click()
        self.shows(view=view)

    def go(self, step: int) -> None:
        """Move the slider to the snapshot of a step."""
        steps = self.every(".slider input", "Number(one.max) + 1")[0]
        for place in range(steps):
            self.slide(place)
            if self.read("() => document.documentElement.dataset.step") == str(step):
                return
        raise AssertionError(f"no snapshot of step {step} among {steps}")

    def slide(self, place: int) -> None:
        """Move the slider to the snapshot at a place in the run."""
        self.find(".slider input").evaluate(
            """(input, place) => {
                input.value = place;
                input.dispatchEvent(new Event("input", { bubbles: true }));
                const frame = then => requestAnimationFrame(then);
                return new Promise(done => frame(() => frame(done)));
            }""",
            place,
        )

    def select(self, key: str) -> None:
        """Choose a neuron group of the circuit. Its box includes clipped sheets; its card not."""
        self.find(f'.view:not([hidden]) g.node[data-group="{key}"] >> .card').first.click()
        self.find(f'.view:not([hidden]) g.node[data-group="{key}"].selected').first.wait_for()

    def link(self, **wanted: str) -> Mapping[str, str]:
        """The state in the address, once it says what is wanted."""
        self.page.wait_for_function(
            """wanted => Object.entries(wanted).every(([name, value]) =>
                location.hash.split("&").includes(`nf.${name}=${encodeURIComponent(value)}`))""",
            arg=wanted,
        )
        hash_ = urlsplit(self.page.url).fragment
        return {name[3:]: value for name, value in parse_qsl(hash_) if name.startswith("nf.")}


def open_in(page: Page, address: str, **state: object) -> Tab:
    """The tab in the TensorBoard at ``address``, by a link to a state.

    Where the page shows that TensorBoard already, only the tab's own frame is loaded anew.
    """
    hash_ = f"#neurflow{hash_of(state)}"
    if not page.url.startswith(address):
        page.goto(address + hash_)
        return ready(tab_in(page))
    frame = tab_in(page).frame
    place = frame.url
    frame.goto("about:blank")  # first, or it would write its own state into the address once more
    page.evaluate("hash => history.replaceState(null, '', hash)", hash_)
    frame.goto(place)
    return ready(Tab(page, frame))


def tab_in(page: Page) -> Tab:
    """The tab that a TensorBoard shows."""
    frame = page.wait_for_selector(FRAME).content_frame()
    assert frame is not None
    return Tab(page, frame)


def open_file(page: Page, path: Path, **state: object) -> Tab:
    """An exported page, from the disk."""
    page.goto("about:blank")
    page.goto(f"{path.as_uri()}#{hash_of(state)[1:]}")
    return ready(Tab(page, page.main_frame))


def ready(tab: Tab) -> Tab:
    """The tab, once it knows what there is to show."""
    tab.until('() => (document.documentElement?.dataset.ready ?? "") !== ""')
    return tab


def hash_of(state: Mapping[str, object]) -> str:
    """``&nf.view=drift&nf.step=4``."""
    return "".join(f"&nf.{name}={quote(str(value), '')}" for name, value in state.items())
