"""How fast the NeurFlow tab gets a long run: 300 snapshots of 5 targets, through both loaders.

    python benchmarks/tab.py

A run of that size is written as a training writes it; a handful of different circuits come again
and again, since what they show makes no difference here. Then a real TensorBoard loads it.

Asked for without a page, the first answer of ``series`` is what the tab waits for; the second one
comes from the plugin's cache; a live page asks for what is new. With a page, in Chromium, what
counts is what a person waits for: from the moment at which TensorBoard makes the tab's frame until
the circuit and its pictures are on it, with nothing in any cache; and from a movement of the slider
until the next frame has been painted.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import cycle, islice
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

import numpy as np
from _measuring import apart, machine, table
from report import Report, parser, say, tell

ROOT = Path(__file__).parent.parent
sys.path.append(str(ROOT / "tests"))

from browsers import chromium, guarded, open_in  # noqa: E402
from factories import make_snapshot  # noqa: E402
from neurflow_lightning.evolution.comparing import measure_drift  # noqa: E402
from neurflow_lightning.render.record import Record, make_record  # noqa: E402
from neurflow_lightning.render.summaries import record_summary, write_summary  # noqa: E402
from neurflow_lightning.tensorboard_plugin.reading import FRESH_SECONDS  # noqa: E402
from tensorboards import Board, tensorboard  # noqa: E402

if TYPE_CHECKING:
    from playwright.sync_api import Browser, CDPSession

GOAL = 2.0
"""Seconds until the circuit is on the page."""

STEP_GOAL = 0.05
"""Seconds from a movement of the slider to what it shows."""

MOVES = 60
"""Of the slider."""

OK = 200
EVERY = 10
"""Training steps from one snapshot to the next."""

DIFFERENT = 6
LAYERS = ("layer1", "layer2", "layer3", "layer4", "fc")


@dataclass(frozen=True)
class Size:
    """Of a run.

    Attributes:
        snapshots, targets: how many.
        neurons: core neurons in each layer.
    """

    snapshots: int
    targets: int
    neurons: int


@dataclass(frozen=True)
class Found:
    """Of one loader.

    Attributes:
        loader: its name.
        read: seconds from TensorBoard's start until it has the whole run.
        first, again, newest: seconds of the first answer of ``series``, of a second one, and of one
            for the last snapshot alone.
        detail, sheet: seconds of one whole graph, and of one sheet.
        answer_bytes: of the whole series.
    """

    loader: str
    read: float
    first: tuple[float, ...]
    again: tuple[float, ...]
    newest: tuple[float, ...]
    detail: tuple[float, ...]
    sheet: tuple[float, ...]
    answer_bytes: int


@dataclass(frozen=True)
class Looked:
    """What Chromium took, of one loader, in seconds.

    Attributes:
        loader: its name.
        whole: from TensorBoard's address to the circuit: TensorBoard's own page is part of it.
        drawn: from the start of the tab's frame to the circuit.
        pictured: from there on to its pictures too.
        moves: from a movement of the slider to the frame painted after it.
        busy: of the page's main thread for one movement, where nothing is animated: script, style,
            layout, painting.
    """

    loader: str
    whole: tuple[float, ...]
    drawn: tuple[float, ...]
    pictured: tuple[float, ...]
    moves: tuple[float, ...]
    busy: tuple[float, ...]


def records(size: Size) -> Iterator[Record]:
    """Different ones, for ever."""
    snapshots = [
        make_snapshot(seed, size.targets, LAYERS, size.neurons) for seed in range(DIFFERENT)
    ]
    made = []
    for before, after in zip(snapshots[-1:] + snapshots[:-1], snapshots, strict=True):
        report = measure_drift(before, after, matching="neurons")
        made.append(make_record(after, step=0, report=report, since=0))
    return cycle(made)


def write(folder: Path, size: Size) -> int:
    """A run; the bytes of one of its records."""
    from torch.utils.tensorboard import SummaryWriter

    largest = 0
    with SummaryWriter(str(folder / "run")) as writer:
        for place, record in enumerate(islice(records(size), size.snapshots)):
            step = place * EVERY
            own = Record({**record.graph, "step": step}, record.sheets)
            write_summary(writer, record_summary(own), step)
            largest = max(largest, own.size)
    return largest


def measure(logs: Path, size: Size, rounds: int, *, fast: bool) -> Found:
    """What a TensorBoard takes, a new one for each round."""
    read, seconds, sizes = zip(*(_round(logs, size, fast) for _ in range(rounds)), strict=True)
    first, again, newest, detail, sheet = zip(*seconds, strict=True)
    name = "Rust" if fast else "Python"
    return Found(name, median(read), first, again, newest, detail, sheet, sizes[0])


def _round(logs: Path, size: Size, fast: bool) -> tuple[float, list[float], int]:
    last = (size.snapshots - 1) * EVERY
    start = time.perf_counter()
    with (
        tempfile.TemporaryDirectory() as workplace,
        tensorboard(logs, Path(workplace), fast=fast) as board,
    ):
        while board.ask("detail", run="run", step=last).status != OK:
            time.sleep(0.1)
        read = time.perf_counter() - start
        time.sleep(2 * FRESH_SECONDS)  # so that the plugin has nothing at hand
        seconds = [
            _seconds(board, "series"),
            _seconds(board, "series"),
            _seconds(board, "series", since_step=last - EVERY),
            _seconds(board, "detail", step=last),
            _seconds(board, "sheet", step=last, sheet=0),
        ]
        series = board.ask("series", run="run")
        assert len(series.json["snapshots"]) == size.snapshots, series.json["problems"]
        return read, seconds, len(series.body)


def _seconds(board: Board, route: str, **query: int) -> float:
    start = time.perf_counter()
    answer = board.ask(route, run="run", **query)
    assert answer.status == OK, answer.body
    return time.perf_counter() - start


# --- in a browser ------------------------------------------------------------------------

WATCH = """() => {
    if (!location.pathname.endsWith("plugin_entry.html")) return;
    new MutationObserver((_, observer) => {
        if (document.documentElement.dataset.ready !== "true") return;
        observer.disconnect();
        window.drawn = performance.now();
        const sheets = [...document.querySelectorAll("g.node image")].map(one => one.href.baseVal);
        Promise.all([...new Set(sheets)].map(address => {
            const sheet = new Image();
            sheet.src = address;
            return sheet.decode();
        })).then(() => { window.pictured = performance.now(); });
    }).observe(document, { attributes: true, subtree: true });
}"""
"""When the circuit is there, and when all its pictures can be painted."""

MOVE = """async moves => {
    const input = document.querySelector(".slider input");
    const taken = [];
    for (let move = 0; move < moves; move++) {
        await new Promise(done => setTimeout(done, 50));
        const start = performance.now();
        input.value = String((Number(input.value) + 1) % (Number(input.max) + 1));
        input.dispatchEvent(new Event("input", { bubbles: true }));
        await new Promise(done => requestAnimationFrame(() => {
            const after = new MessageChannel();
            after.port1.onmessage = done;
            after.port2.postMessage(null);
        }));
        taken.push(performance.now() - start);
    }
    return taken;
}"""
"""Its own frame request comes after the page's: what it waits for is painted in the same frame."""


def look(browser: Browser, logs: Path, size: Size, rounds: int, *, fast: bool) -> Looked:
    """What a page takes, each time of a new TensorBoard and without a cache."""
    found = [_look(browser, logs, size, fast) for _ in range(rounds)]
    whole, drawn, pictured, moves, busy = zip(*found, strict=True)
    flat = tuple(one for each in moves for one in each)
    return Looked("Rust" if fast else "Python", whole, drawn, pictured, flat, busy)


def look_with_both(logs: Path, size: Size, rounds: int) -> tuple[list[Looked], str]:
    """By both loaders, and the browser that was used."""
    with chromium() as browser:
        looked = [look(browser, logs, size, rounds, fast=fast) for fast in (True, False)]
        return looked, f"Chromium {browser.version}"


def _look(
    browser: Browser, logs: Path, size: Size, fast: bool
) -> tuple[float, float, float, list[float], float]:
    with (
        tempfile.TemporaryDirectory() as workplace,
        tensorboard(logs, Path(workplace), fast=fast) as board,
        guarded(browser, reduced_motion="no-preference") as guard,
    ):
        while board.ask("detail", run="run", step=(size.snapshots - 1) * EVERY).status != OK:
            time.sleep(0.1)
        page = guard.page
        page.add_init_script(f"({WATCH})()")
        start = time.perf_counter()
        tab = open_in(page, board.address, run="run", step=0)
        tab.until("() => window.pictured !== undefined")
        whole = time.perf_counter() - start
        drawn, pictured = tab.read("() => [window.drawn, window.pictured]")
        session = page.context.new_cdp_session(page)
        session.send("Performance.enable")
        moves = tab.read(MOVE, MOVES)
        page.emulate_media(reduced_motion="reduce")  # the drawing alone, without what follows it
        before = _busy(session)
        tab.read(MOVE, MOVES)
        busy = (_busy(session) - before) / MOVES
        guard.check()
    return whole, drawn / 1e3, pictured / 1e3, [one / 1e3 for one in moves], busy


def _busy(session: CDPSession) -> float:
    """Seconds that the page's main thread has worked."""
    metrics = session.send("Performance.getMetrics")["metrics"]
    return next(float(one["value"]) for one in metrics if one["name"] == "TaskDuration")


# --- what is told ------------------------------------------------------------------------


def results(found: Sequence[Found], looked: Sequence[Looked]) -> str:
    """The table: what is asked for, and what a person waits for, by loader."""
    head = ("seconds", *(f"{one.loader} loader" for one in found))
    rows = [("start to everything read", *(f"{one.read:.1f}" for one in found))]
    asked = {
        "series, first time": "first",
        "series, again": "again",
        "series, newest snapshot": "newest",
        "detail of one": "detail",
        "sheet of one": "sheet",
    }
    for what, name in asked.items():
        rows.append((what, *(f"{median(getattr(one, name)):.3f}" for one in found)))
    opened = {
        "TensorBoard's page and the circuit in it": "whole",
        "the tab: its circuit drawn": "drawn",
        "the tab: its pictures too": "pictured",
        "one step of the slider, median": "moves",
        "work for one step": "busy",
    }
    for what, name in opened.items():
        rows.append((what, *(f"{median(getattr(one, name)):.3f}" for one in looked)))
    slow = (f"{np.quantile(one.moves, 0.95):.3f}" for one in looked)
    rows.insert(-1, ("one step of the slider, 95 of 100 below", *slow))
    return table([head, *rows])


def text(size: Size, record_bytes: int, found: Sequence[Found], looked: Sequence[Looked]) -> str:
    opened = max(median(one.pictured) for one in looked)
    moved = max(median(one.moves) for one in looked)
    return f"""A run of {size.snapshots} snapshots of {size.targets} targets, {size.neurons} core
neurons in each layer; a record takes up to {record_bytes / 1e3:.0f} kB, the whole series is an
answer of {found[0].answer_bytes / 1e6:.1f} MB before compression. Medians of
{len(found[0].first)} rounds, each with a new TensorBoard and an empty cache; Chromium has no GPU.

The circuit and its pictures are on the page within {opened:.2f} s of the tab's beginning (goal:
{GOAL:g} s, {_met(opened, GOAL)}), a step of the slider within {1e3 * moved:.0f} ms (goal:
{1e3 * STEP_GOAL:.0f} ms, {_met(moved, STEP_GOAL)})."""


def _met(value: float, goal: float) -> str:
    return "met" if value <= goal else "not met"


def main(arguments: Sequence[str] | None = None) -> int:
    options = parser(__doc__, rounds=3).parse_args(arguments)
    on = machine()
    size = Size(4, 2, 4) if options.quick else Size(300, 5, 24)
    say(f"{on}\n{size}: {options.rounds} rounds")
    with tempfile.TemporaryDirectory() as folder:
        logs = Path(folder)
        record_bytes = write(logs, size)
        found = [measure(logs, size, options.rounds, fast=fast) for fast in (True, False)]
        # Playwright runs an event loop of its own, of which a process can have but one.
        looked, program = apart(look_with_both, logs, size, options.rounds)
    numbers = {
        "size": asdict(size),
        "record": record_bytes,
        "browser": program,
        "found": [asdict(one) for one in found],
        "looked": [asdict(one) for one in looked],
    }
    told = text(size, record_bytes, found, looked)
    tell(Report("tab", "The NeurFlow tab", on, told, results(found, looked), numbers), options)
    return 0


if __name__ == "__main__":
    sys.exit(main())
