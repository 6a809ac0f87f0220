"""How fast the NeurFlow tab gets a long run: 300 snapshots of 5 targets, through both loaders.

    python benchmarks/tab.py

A run of that size is written as a training writes it; a handful of different circuits come again
and again, since what they show makes no difference here. Then a real TensorBoard loads it. What
counts is what a person waits for on opening the tab: the first answer of ``series``, when
TensorBoard has read the event file. The second answer comes from the plugin's cache; a live page
asks for what is new.
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

from _measuring import machine, table
from report import Report, parser, say, tell

ROOT = Path(__file__).parent.parent
sys.path.append(str(ROOT / "tests"))

from factories import make_snapshot  # noqa: E402
from neurflow_lightning.evolution.comparing import measure_drift  # noqa: E402
from neurflow_lightning.render.record import Record, make_record  # noqa: E402
from neurflow_lightning.render.summaries import record_summary, write_summary  # noqa: E402
from neurflow_lightning.tensorboard_plugin.reading import FRESH_SECONDS  # noqa: E402
from tensorboards import Board, tensorboard  # noqa: E402

GOAL = 2.0
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


def results(found: Sequence[Found]) -> str:
    """The table: what is asked for, by loader."""
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
    return table([head, *rows])


def text(size: Size, record_bytes: int, found: Sequence[Found]) -> str:
    slowest = max(median(one.first) for one in found)
    met = "met" if slowest <= GOAL else "not met"
    return f"""A run of {size.snapshots} snapshots of {size.targets} targets, {size.neurons} core
neurons in each layer; a record takes up to {record_bytes / 1e3:.0f} kB, the whole series is an
answer of {found[0].answer_bytes / 1e6:.1f} MB before compression. Medians of
{len(found[0].first)} rounds.

The series is there within {slowest:.2f} s of being asked for the first time (goal: {GOAL:g} s,
{met})."""


def main(arguments: Sequence[str] | None = None) -> int:
    options = parser(__doc__, rounds=3).parse_args(arguments)
    on = machine()
    size = Size(4, 2, 4) if options.quick else Size(300, 5, 24)
    say(f"{on}\n{size}: {options.rounds} rounds")
    with tempfile.TemporaryDirectory() as folder:
        record_bytes = write(Path(folder), size)
        found = [measure(Path(folder), size, options.rounds, fast=fast) for fast in (True, False)]
    numbers = {
        "size": asdict(size),
        "record": record_bytes,
        "found": [asdict(one) for one in found],
    }
    told = text(size, record_bytes, found)
    tell(Report("tab", "The NeurFlow tab", on, told, results(found), numbers), options)
    return 0


if __name__ == "__main__":
    sys.exit(main())
