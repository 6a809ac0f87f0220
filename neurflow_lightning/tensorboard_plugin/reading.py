"""Which snapshots a run has, and what is in them, through TensorBoard's data provider.

TensorBoard has two loaders: one in Rust, and one in Python where that cannot be used. They must
show the same.

* **Which records hold.** A resumed training writes steps again that were there already. The Rust
  loader drops every earlier record whose step is not below a new one's; the Python loader keeps
  all. :func:`that_hold` applies the first one's rule to both, by the time of writing.
* **Which sheets belong to a record.** Of two records of one step the Python loader gives the sheets
  of the older one. There TensorBoard's store of events itself is asked, for those of the same time.

A run that was resumed shows in the same way to a page that knows a part of it: when the last step
it knows is gone, or was written again, the answer is the whole run (``restarted``).
"""

from __future__ import annotations

import json
import math
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

from neurflow_lightning.errors import NeurFlowError, near_matches
from neurflow_lightning.render.tags import TAB_PLUGIN, mistakes_tags, tab_place, tab_tags
from neurflow_lightning.tensorboard_plugin.checking import (
    Graph,
    RecordError,
    unpack_graph,
    unpack_light,
    unpack_mistakes,
)

Kept = TypeVar("Kept")

EVERYTHING = 1_000_000
"""Records asked for at once: data providers want a number."""

LARGEST_SHEET = 16 * 2**20
JPEG_MAGIC = b"\xff\xd8\xff"

FRESH_SECONDS = 1.0
"""For so long a listing is not asked for again: a page asks for many parts of a snapshot at once.
TensorBoard itself looks for new events every five seconds."""

KEPT_BYTES = 256 * 2**20
KEPT_LISTINGS = 16


class NotThereError(NeurFlowError, LookupError):
    """A run, snapshot or sheet that is not there."""


@dataclass(frozen=True)
class Entry:
    """A record as it lies in a run.

    Attributes:
        step: at which it was logged.
        wall_time: seconds since 1970 at which it was written.
        payload: of a graph its two forms, light and whole; of an atlas how to get each sheet.
    """

    step: int
    wall_time: float
    payload: Any


def that_hold(entries: Iterable[Entry]) -> list[Entry]:
    """Entries by step: of those written, what no later one has replaced.

    >>> [one.step for one in that_hold([Entry(1, 0, b""), Entry(5, 1, b""), Entry(3, 2, b"")])]
    [1, 3]
    """
    held: list[Entry] = []
    for entry in sorted(entries, key=lambda one: one.wall_time):
        while held and held[-1].step >= entry.step:
            held.pop()
        held.append(entry)
    return held


class Cache:
    """The latest texts asked for, as many as fit; safe between threads.

    >>> cache = Cache(2)
    >>> [cache.get(key, lambda: key) for key in "abca"]
    ['a', 'b', 'c', 'a']
    """

    def __init__(self, room: int) -> None:
        self._room, self._used = room, 0
        self._kept: OrderedDict[Hashable, bytes | str] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Hashable, make: Callable[[], bytes | str]) -> bytes | str:
        """The value kept for ``key``, or a new one; two threads at once may both make it."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        made = make()
        with self._lock:
            if key not in self._kept:
                self._kept[key] = made
                self._used += len(made)
            while self._used > self._room and len(self._kept) > 1:
                self._used -= len(self._kept.popitem(last=False)[1])
        return made


@dataclass(frozen=True)
class Asked:
    """Who asks TensorBoard's data provider, and about which experiment.

    Attributes:
        context: TensorBoard's ``RequestContext``.
        experiment: an id; empty where there is but one.
    """

    context: Any
    experiment: str = ""


@dataclass(frozen=True)
class Place:
    """Where the records of one callback lie: run and tags."""

    run: str
    callback: int

    @property
    def tags(self) -> tuple[str, str]:
        """Of its graphs and atlases."""
        return tab_tags(self.callback)

    @property
    def mistakes_tags(self) -> tuple[str, str]:
        """Of its mistakes and their images."""
        return mistakes_tags(self.callback)


class Experiment:
    """The runs that TensorBoard shows, as far as they have snapshots.

    Args:
        provider: TensorBoard's ``DataProvider``.
        multiplexer: the Python loader's store of events; ``None`` with the Rust loader.
    """

    def __init__(self, provider: Any, multiplexer: Any | None = None) -> None:
        self._provider, self._multiplexer = provider, multiplexer
        self._lights = Cache(KEPT_BYTES)
        self._listings: OrderedDict[Hashable, tuple[float, Any]] = OrderedDict()
        self._lock = threading.Lock()

    # --- runs ------------------------------------------------------------------------------

    def runs(self, asked: Asked) -> dict[str, Place]:
        """Name for people → place, in TensorBoard's order.

        A run with several callbacks comes once for each, as ``run``, ``run #2`` and so on.
        """
        return self._fresh(("runs", asked.experiment), lambda: self._found_runs(asked))

    def _found_runs(self, asked: Asked) -> dict[str, Place]:
        found = self._provider.list_tensors(
            asked.context, experiment_id=asked.experiment, plugin_name=TAB_PLUGIN
        )
        started = {
            run.run_id: (run.start_time if run.start_time is not None else float("inf"))
            for run in self._provider.list_runs(asked.context, experiment_id=asked.experiment)
        }
        places = [
            Place(run, place)
            for run in sorted(found, key=lambda run: (started.get(run, float("inf")), run))
            for place in sorted(_places(found[run]))
        ]
        return {_name(place): place for place in places}

    def place(self, asked: Asked, run: str) -> Place:
        """The place of a run.

        Raises:
            NotThereError: names the runs there are.
        """
        known = self.runs(asked)
        if run not in known:
            raise NotThereError(
                f"run={run[:200]!r}: no such run with snapshots. {near_matches(run[:200], known)}"
            )
        return known[run]

    # --- snapshots -------------------------------------------------------------------------

    def series(
        self,
        asked: Asked,
        run: str,
        since: int | None = None,
        since_time: float | None = None,
    ) -> bytes:
        """The light graphs of a run as JSON, those after step ``since`` or all, and all problems.

        Args:
            asked: by whom.
            run: its name, as :meth:`runs` has it.
            since: the last step that is known already. Is it gone, the answer is the whole run.
            since_time: when that step was written; was it written again, likewise.

        Raises:
            NotThereError: for a run that is not there.
        """
        place = self.place(asked, run)
        entries = self._graphs(asked, place)
        restarted = since is not None and not _knows(entries, since, since_time)
        lights = [(one.step, self._light(asked, place, one)) for one in entries]
        shown = [(step, told) for step, told in lights if isinstance(told, bytes)]
        broken = [(step, told) for step, told in lights if isinstance(told, str)]
        fresh = [told for step, told in shown if since is None or restarted or step > since]
        head = {
            "run": run,
            "layers": json.loads(shown[-1][1])["layers"] if shown else [],
            "problems": [{"step": step, "message": told} for step, told in broken],
            "restarted": restarted,
        }
        snapshots = b",".join(fresh)
        return json.dumps(head)[:-1].encode() + b',"snapshots":[' + snapshots + b"]}"

    def detail(self, asked: Asked, run: str, step: int) -> Graph:
        """The whole graph of one snapshot.

        Raises:
            NotThereError: for a run or step that is not there.
            RecordError: for a record that cannot be shown.
        """
        place = self.place(asked, run)
        entry = _of_step(self._graphs(asked, place), run, step)
        graph = unpack_graph(_packed(entry)[1])
        _check_step(graph, entry)
        return {**graph, "wall_time": entry.wall_time}

    def sheet(self, asked: Asked, run: str, step: int, number: int) -> bytes:
        """One JPEG sheet of a snapshot's atlas.

        Raises:
            NotThereError: for a run, step or sheet that is not there.
            RecordError: for bytes that are no JPEG.
        """
        place = self.place(asked, run)
        return self._sheet(asked, place, place.tags[1], step, number)

    def mistakes(self, asked: Asked, run: str, step: int) -> Graph:
        """The mistakes of one snapshot, and which snapshots have any told of.

        Returns:
            ``steps``, ascending; ``record``, ``None`` where the snapshot has none that can be
            shown; ``problem``, why it cannot, in words for people.

        Raises:
            NotThereError: for a run or step that is not there.
        """
        place = self.place(asked, run)
        snapshot = _of_step(self._graphs(asked, place), run, step)
        entries = self._texts(asked, place, place.mistakes_tags[0])
        told: Graph = {"steps": [one.step for one in entries], "record": None, "problem": None}
        for entry in entries:
            if entry.step == step:
                try:
                    record = _mistakes_of(entry)
                    _check_belongs(record, self._light(asked, place, snapshot))
                    told["record"] = record
                except RecordError as error:
                    told["problem"] = f"The mistakes of step {step} cannot be shown: {error}."
        return told

    def mistaken_image(self, asked: Asked, run: str, step: int, number: int) -> bytes:
        """One JPEG sheet of a snapshot's mistaken images; errors as of :meth:`sheet`."""
        place = self.place(asked, run)
        return self._sheet(asked, place, place.mistakes_tags[1], step, number)

    def _sheet(self, asked: Asked, place: Place, tag: str, step: int, number: int) -> bytes:
        sheets = _of_step(self._blobs(asked, place, tag), place.run, step).payload
        if not 0 <= number < len(sheets):
            raise NotThereError(
                f"sheet={number}: step {step} of run {place.run[:200]!r} has {len(sheets)} sheets, "
                "counted from 0."
            )
        data = sheets[number]()
        if not isinstance(data, bytes) or not data.startswith(JPEG_MAGIC):
            raise RecordError(f"Sheet {number} of step {step} is no JPEG.")
        if len(data) > LARGEST_SHEET:
            raise RecordError(
                f"Sheet {number} of step {step} has {len(data)} bytes: wanted at most "
                f"{LARGEST_SHEET}."
            )
        return data

    def steps(self, asked: Asked, run: str) -> list[int]:
        """The steps of a run's snapshots, ascending, also of those that cannot be shown.

        Raises:
            NotThereError: for a run that is not there.
        """
        place = self.place(asked, run)
        return [entry.step for entry in self._graphs(asked, place)]

    # --- what TensorBoard has --------------------------------------------------------------

    def _graphs(self, asked: Asked, place: Place) -> list[Entry]:
        return self._texts(asked, place, place.tags[0])

    def _texts(self, asked: Asked, place: Place, tag: str) -> list[Entry]:
        def read() -> list[Entry]:
            found = self._provider.read_tensors(**_query(asked, place.run, tag))
            data = found.get(place.run, {}).get(tag, [])
            return that_hold(Entry(one.step, _finite(one.wall_time), one.numpy) for one in data)

        return self._fresh(("texts", asked.experiment, place.run, tag), read)

    def _blobs(self, asked: Asked, place: Place, tag: str) -> list[Entry]:
        """Entries whose payload is, for each sheet, how to get its bytes."""

        def read() -> list[Entry]:
            if self._multiplexer is not None:
                return that_hold(_events(self._multiplexer, place.run, tag))
            found = self._provider.read_blob_sequences(**_query(asked, place.run, tag))
            data = found.get(place.run, {}).get(tag, [])
            return that_hold(
                Entry(
                    one.step, _finite(one.wall_time), [self._blob(asked, key) for key in one.values]
                )
                for one in data
            )

        return self._fresh(("blobs", asked.experiment, place.run, tag), read)

    def _blob(self, asked: Asked, reference: Any) -> Callable[[], Any]:
        return lambda: self._provider.read_blob(asked.context, blob_key=reference.blob_key)

    def _light(self, asked: Asked, place: Place, entry: Entry) -> bytes | str:
        """A snapshot's light graph as JSON; a text says why there is none."""

        def made() -> bytes | str:
            try:
                graph, written = unpack_light(_packed(entry)[0])
                _check_step(graph, entry)
            except RecordError as error:
                return f"The record of step {entry.step} cannot be shown: {error}."
            return b'%s,"wall_time":%a}' % (written[:-1], entry.wall_time)

        return self._lights.get((asked.experiment, place, entry.step, entry.wall_time), made)

    def _fresh(self, key: tuple[Hashable, ...], read: Callable[[], Kept]) -> Kept:
        """What ``read`` gives, not asked for again within a moment."""
        now = time.monotonic()
        with self._lock:
            asked, found = self._listings.get(key, (-math.inf, None))
        if now - asked < FRESH_SECONDS:
            kept: Kept = found
            return kept
        kept = read()
        with self._lock:
            self._listings[key] = now, kept
            self._listings.move_to_end(key)
            while len(self._listings) > KEPT_LISTINGS:
                self._listings.popitem(last=False)
        return kept


def _query(asked: Asked, run: str, tag: str) -> dict[str, Any]:
    """What a data provider wants to know of the records that are to be read."""
    from tensorboard.data.provider import RunTagFilter

    return {
        "ctx": asked.context,
        "experiment_id": asked.experiment,
        "plugin_name": TAB_PLUGIN,
        "downsample": EVERYTHING,
        "run_tag_filter": RunTagFilter(runs=[run], tags=[tag]),
    }


def _packed(entry: Entry) -> Sequence[Any]:
    """The two graphs in an entry, light and whole, deflated."""
    if getattr(entry.payload, "shape", None) != (2,):
        raise RecordError("wanted two graphs, a light and a whole one")
    graphs: Sequence[Any] = entry.payload
    return graphs


def _check_step(graph: Graph, entry: Entry) -> None:
    """Refuse a record of another step than the one at which it lies."""
    if graph["step"] != entry.step:
        raise RecordError(f"says step {graph['step']}, but was logged at step {entry.step}")


def _mistakes_of(entry: Entry) -> Graph:
    """The mistakes in an entry, at the step at which it lies."""
    if getattr(entry.payload, "shape", None) != (1,):
        raise RecordError("wanted one text")
    content = unpack_mistakes(entry.payload[0])
    _check_step(content, entry)
    return content


def _check_belongs(record: Graph, light: bytes | str) -> None:
    """Refuse mistakes that were seen through other circuits than the snapshot's.

    A training resumed without ``debug_images`` writes snapshots anew, but no mistakes.
    """
    if isinstance(light, str):
        raise RecordError("its snapshot cannot be shown either")
    known = {
        (target["target"], group["layer"], group["number"]): group["importance"]
        for target in json.loads(light)["targets"]
        for group in target["groups"]
    }
    for mistake in record["mistakes"]:
        for circuit in mistake["circuits"]:
            for group in circuit["groups"]:
                key = circuit["target"], group["layer"], group["number"]
                if known.get(key, math.nan) != group["importance"]:
                    raise RecordError(
                        "they were seen through circuits that a resumed training has replaced"
                    )


def _events(multiplexer: Any, run: str, tag: str) -> list[Entry]:
    """What the Python loader holds of a tag of blobs."""

    def sheets(values: Sequence[bytes]) -> list[Callable[[], Any]]:
        return [partial(values.__getitem__, place) for place in range(len(values))]

    try:
        events = multiplexer.Tensors(run, tag)
    except KeyError:
        return []
    return [
        Entry(one.step, _finite(one.wall_time), sheets(one.tensor_proto.string_val))
        for one in events
    ]


def _finite(wall_time: float) -> float:
    """A time that JSON has a word for; files may hold anything."""
    return wall_time if math.isfinite(wall_time) else 0.0


def _places(tags: Mapping[str, Any]) -> list[int]:
    return [place for tag in tags if (place := tab_place(tag)) is not None]


def _name(place: Place) -> str:
    return f"{place.run} #{place.callback + 1}" if place.callback else place.run


def _knows(entries: Iterable[Entry], step: int, wall_time: float | None) -> bool:
    """Whether the run still has what a page has seen last."""
    return any(
        one.step == step and (wall_time is None or one.wall_time == wall_time) for one in entries
    )


def _of_step(entries: Sequence[Entry], run: str, step: int) -> Entry:
    for entry in entries:
        if entry.step == step:
            return entry
    steps = [entry.step for entry in entries]
    there = f"from {steps[0]} to {steps[-1]}" if steps else "none"
    raise NotThereError(
        f"step={step}: run {run[:200]!r} has no such snapshot ({len(steps)} are there, {there})."
    )
