"""The NeurFlow tab in TensorBoards of both loaders, and as a page on the disk."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from browsers import Guarded, Tab, guarded, keep_picture, open_file, open_in
from neurflow_lightning.render.html import PageRun, page
from neurflow_lightning.tensorboard_plugin import FRONT_END
from tab_runs import STEPS, WALL_TIMES, digits, hostile, mistakes, write
from tensorboards import Board, tensorboard

if TYPE_CHECKING:
    from playwright.sync_api import Page

Opener = Callable[..., Tab]


@pytest.fixture(scope="session")
def digits_logs(tmp_path_factory) -> Path:
    """The digits, the same cut short as a second run, and a run of broken records."""
    logs = tmp_path_factory.mktemp("tab") / "logs"
    write(logs / "digits", digits(), WALL_TIMES, mistakes())
    write(logs / "second", digits()[:5], WALL_TIMES[:5])
    hostile(logs / "hostile")
    return logs


@pytest.fixture(scope="session")
def rust_board(digits_logs, tmp_path_factory) -> Iterator[Board]:
    with _board(digits_logs, tmp_path_factory.mktemp("rust"), fast=True) as board:
        yield board


@pytest.fixture(scope="module")
def python_board(digits_logs, tmp_path_factory) -> Iterator[Board]:
    with _board(digits_logs, tmp_path_factory.mktemp("python"), fast=False) as board:
        yield board


def _board(logs: Path, workplace: Path, *, fast: bool) -> AbstractContextManager[Board]:
    return tensorboard(logs, workplace, "--reload_interval", "1", fast=fast)


@pytest.fixture(scope="session")
def html_page(tmp_path_factory) -> Path:
    """What ``neurflow export`` writes of the digits and the second run."""
    runs = [
        PageRun("digits", digits(), WALL_TIMES, mistakes()),
        PageRun("second", digits()[:5], WALL_TIMES),
    ]
    path = tmp_path_factory.mktemp("page") / "digits.html"
    script = FRONT_END.read_text(encoding="utf-8")
    path.write_text(page(runs, script, title="digits"), encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def shared_pages(browser) -> Iterator[Callable[[str], Guarded]]:
    """A page for each place, which all tests share: to load TensorBoard itself takes its time."""
    with ExitStack() as stack:
        pages: dict[str, Guarded] = {}

        def page_for(place: str) -> Guarded:
            if place not in pages:
                pages[place] = stack.enter_context(guarded(browser))
            return pages[place]

        yield page_for


@pytest.fixture
def own_page(browser) -> Iterator[Page]:
    """A page for one test alone."""
    with guarded(browser) as one:
        yield one.page
        keep_picture(one.page)
    one.check()


@pytest.fixture
def digits_tab(shared_pages, rust_board) -> Iterator[Opener]:
    """Opens the digits in TensorBoard, in a state."""
    yield from _opener(rust_board, shared_pages("rust"))


@pytest.fixture(params=["rust", "python", "file"])
def any_tab(request, shared_pages) -> Iterator[Opener]:
    """Opens the digits wherever they can be seen: with each loader, and from the disk."""
    guard = shared_pages(request.param)
    if request.param != "file":
        yield from _opener(request.getfixturevalue(f"{request.param}_board"), guard)
        return
    path = request.getfixturevalue("html_page")
    yield lambda **state: open_file(guard.page, path, **{"run": "digits", **state})
    keep_picture(guard.page)
    guard.check()


def _opener(board: Board, guard: Guarded) -> Iterator[Opener]:
    board.wait_for("digits", len(STEPS))
    yield lambda **state: open_in(guard.page, board.address, **{"run": "digits", **state})
    keep_picture(guard.page)
    guard.check()
