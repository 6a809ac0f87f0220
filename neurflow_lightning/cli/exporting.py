"""Pages: the verb ``export``, and ``--html`` of ``diff`` and ``check``. No torch is loaded."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import count, pairwise
from pathlib import Path
from typing import Any

from fsspec.core import url_to_fs

from neurflow_lightning.applications.labelling.collection import Labels
from neurflow_lightning.applications.labelling.following import follow
from neurflow_lightning.applications.labelling.storing import labels_place, read_labels
from neurflow_lightning.cli.output import CommandError, check_places, write
from neurflow_lightning.cli.telling import called, named
from neurflow_lightning.evolution.lineage import run_ids
from neurflow_lightning.evolution.reports import DriftReport
from neurflow_lightning.labels import NO_LABELS, GroupLabels
from neurflow_lightning.render.html import NO_STATE, PageRun, page
from neurflow_lightning.render.mistakes import MistakesRecord
from neurflow_lightning.render.record import NO_LINEAGES, Record, make_record, shown_name
from neurflow_lightning.render.text import counted, visible_text
from neurflow_lightning.storage import SUFFIX, load_snapshot
from neurflow_lightning.types import Snapshot

FEW_BYTES = 1_000_000
"""Of a record in a page of two snapshots: finer than in a run of hundreds."""


def export(said: Namespace) -> int:
    """``neurflow export``: a run as one page."""
    check_places({"--html": said.html}, said.runs)
    check_page(said.html)
    runs = _told_apart(_runs_of(said.runs))
    size = write_page(said.html, runs, title=f"NeurFlow: {', '.join(run.name for run in runs)}")
    snapshots = sum(len(run.records) for run in runs)
    what = f"{counted(snapshots, 'snapshot')} of {counted(len(runs), 'run')}"
    sys.stdout.write(f"{visible_text(said.html)}: {what}, {size / 1e6:.1f} MB\n")
    return 0


# --- two snapshots -----------------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class Compared:
    """Two snapshots and what changed between them.

    Attributes:
        files: where they are.
        before, after: the snapshots.
        report: of the change.
        roles: what each is in the comparison, if that is more than before and after.
    """

    files: tuple[str, str]
    before: Snapshot
    after: Snapshot
    report: DriftReport
    roles: tuple[str, str] = ("", "")

    @property
    def short_files(self) -> tuple[str, str]:
        """The files' names, with their folders where these alone tell them apart."""
        before, after = (Path(one).name for one in self.files)
        return (before, after) if before != after else self.files

    @property
    def name(self) -> str:
        """Both, for people."""
        return " → ".join(self.short_files)

    @property
    def names(self) -> tuple[str, str]:
        """Each, for people: its role, its file, and when it was taken."""
        told = zip(self.roles, self.short_files, (self.before, self.after), strict=True)
        before, after = (f"{role} {called(file, one)}".lstrip() for role, file, one in told)
        return before, after


def write_comparisons(place: str, pairs: Sequence[Compared], shown: int = 0) -> None:
    """A page that opens in the difference of one of the pairs.

    Args:
        place: the file.
        pairs: at least one.
        shown: which is shown first.

    Raises:
        CommandError: when the file cannot be written.
    """
    runs = _told_apart(map(_pair_run, pairs))
    before, after = (record.graph["step"] for record in runs[shown].records)
    state = {
        "view": "compare",
        "compare": "difference",
        "run": runs[shown].name,
        "step": after,
        "otherStep": before,
    }
    write_page(place, runs, title=f"NeurFlow: {runs[shown].name}", state=state)


def _pair_run(pair: Compared) -> PageRun:
    """Both as one run, since what they share is known by ids that stay the same over a run."""
    first, second = _steps(pair.before, pair.after)
    known = pair.report.matching == "neurons"
    ids = run_ids(pair.before, pair.after) if known else [NO_LINEAGES, NO_LINEAGES]
    files = zip(pair.files, (pair.before, pair.after), strict=True)
    labels = [followed_labels([path], iter([one]))[0] for path, one in files]
    records = [
        make_record(
            pair.before, step=first, lineages=ids[0], labels=labels[0], aimed_bytes=FEW_BYTES
        ),
        make_record(
            pair.after,
            step=second,
            report=pair.report,
            since=first,
            lineages=ids[1],
            labels=labels[1],
            aimed_bytes=FEW_BYTES,
        ),
    ]
    called_so = [
        Record({**record.graph, "name": shown_name(name)}, record.sheets)
        for record, name in zip(records, pair.names, strict=True)
    ]
    return PageRun(pair.name, called_so, _times(pair.files))


def _steps(before: Snapshot, after: Snapshot) -> tuple[int, int]:
    """Of two snapshots that may be of different trainings: their own where they ascend.

    Else their places, which only the axes of a page show: elsewhere they go by their names.
    """
    if before.step is not None and after.step is not None and before.step < after.step:
        return before.step, after.step
    return 0, 1


# --- runs --------------------------------------------------------------------------------


def _runs_of(places: Sequence[str]) -> Iterator[PageRun]:
    """The runs in folders of logs, or one of snapshot files."""
    files = [place for place in places if place.endswith(SUFFIX)]
    if files:
        if len(files) < len(places):
            raise CommandError(
                "export: wanted snapshot files alone, or folders alone, not both at once."
            )
        yield from_snapshots(_name(str(Path(files[0]).parent)), files)
        return
    for place in places:
        if any(_event_files(place)):
            yield from _from_events(place)
        elif files := snapshot_files(place):
            yield from_snapshots(_name(place), files)
        else:
            raise CommandError(
                f"{place}: Neither event files of TensorBoard nor snapshots ({SUFFIX}) in this "
                "folder. Name the folder of a run's logs, or of its snapshots."
            )


def _told_apart(runs: Iterable[PageRun]) -> list[PageRun]:
    """The runs, a number added to a name that was there before."""
    found: dict[str, PageRun] = {}
    for run in runs:
        names = (f"{run.name} ({number})" for number in count(2))
        name = run.name if run.name not in found else next(one for one in names if one not in found)
        found[name] = replace(run, name=name)
    return list(found.values())


def from_snapshots(name: str, paths: Iterable[str]) -> PageRun:
    """A run put together from its snapshot files: compared anew, one with the one before.

    Raises:
        CommandError: for two snapshots of one step.
        ComparisonError: for snapshots that are not of one run.
        SnapshotError: for files that are none.
    """
    from neurflow_lightning.training.evolving import WATCHED, Evolution

    files = _by_step({path: load_snapshot(path).step for path in paths})
    read = lru_cache(maxsize=WATCHED + 1)(lambda step: load_snapshot(files[step]))
    evolution, last, records = Evolution(), None, []
    labels = followed_labels(list(files.values()), map(read, files))
    for (step, path), own in zip(files.items(), labels, strict=True):
        snapshot = read(step)
        with named(path if last is None else f"{files[last]} and {path}"):
            evolution, followed = evolution.follow(last, read, snapshot)
        ids = evolution.lineage.ids_of(snapshot)
        records.append(
            make_record(
                snapshot,
                step=step,
                report=followed.report,
                since=last,
                lineages=ids,
                labels=own,
            )
        )
        last = step
    return PageRun(name, records, _times(list(files.values())))


def followed_labels(paths: Sequence[str], snapshots: Iterator[Snapshot]) -> Sequence[GroupLabels]:
    """What the groups of a run's snapshots are called, by the labels beside their files.

    Args:
        paths: the files.
        snapshots: what is in them; read only where there are labels.

    Raises:
        LabelError: when a file of labels cannot be read.
    """
    labels = Labels()
    for place in dict.fromkeys(map(labels_place, paths)):
        labels = labels.merged(read_labels(place, missing_ok=True))
    if not labels.groups:
        return [NO_LABELS] * len(paths)
    return follow(labels, list(snapshots))


def _times(paths: Sequence[str]) -> list[float]:
    """When the files were written, seconds since 1970; their places where that is not in order."""
    try:
        times = [_written(path) for path in paths]
    except Exception:  # not every filesystem tells, each in its own way
        times = []
    if times and all(one < other for one, other in pairwise(times)):
        return times
    return [float(place) for place in range(len(paths))]


def _written(path: str) -> float:
    filesystem, place = url_to_fs(path)
    return float(filesystem.modified(place).timestamp())


def _by_step(steps: Mapping[str, int | None]) -> dict[int, str]:
    """Files by training step; of files that tell none, as they were given."""
    if all(step is None for step in steps.values()):
        return dict(enumerate(steps))
    found: dict[int, str] = {}
    for path, step in steps.items():
        if step is None:
            raise CommandError(f"{path}: Tells no training step, but others do: leave it out.")
        if step in found:
            raise CommandError(
                f"{found[step]} and {path}: Both are of step {step}. Name the snapshots of one "
                "run, each once."
            )
        found[step] = path
    return dict(sorted(found.items()))


def opened_events(folder: str) -> tuple[Any, Any]:
    """The event files of a folder as the NeurFlow tab reads them, and who asks."""
    from tensorboard.backend.event_processing import data_provider, plugin_event_multiplexer
    from tensorboard.context import RequestContext

    from neurflow_lightning.render.tags import TAB_PLUGIN
    from neurflow_lightning.tensorboard_plugin.reading import Asked, Experiment

    everything = 0
    events = plugin_event_multiplexer.EventMultiplexer(
        tensor_size_guidance={TAB_PLUGIN: everything}
    )
    events.AddRunsFromDirectory(folder).Reload()
    experiment = Experiment(data_provider.MultiplexerDataProvider(events, folder), events)
    return experiment, Asked(RequestContext())


def _from_events(folder: str) -> Iterator[PageRun]:
    """The runs of a folder that have snapshots."""
    experiment, asked = opened_events(folder)
    names = list(experiment.runs(asked))
    if not names:
        raise CommandError(
            f"{folder}: Event files, but no circuits in them. Name the folder of the run's "
            f"snapshots ({SUFFIX}) instead, such as {Path(folder) / 'neurflow'}."
        )
    for name in names:
        yield _read_run(experiment, asked, name, name if name != "." else _name(folder))


def _read_run(experiment: Any, asked: Any, run: str, name: str) -> PageRun:
    """What event files hold of a run; what cannot be shown is told and left out."""
    from neurflow_lightning.tensorboard_plugin.checking import RecordError

    records, times, mistakes = [], [], {}

    def told(problem: object) -> None:
        sys.stderr.write(f"neurflow: {visible_text(f'{name}, step {step}: left out: {problem}')}\n")

    for step in experiment.steps(asked, run):
        try:
            graph = experiment.detail(asked, run, step)
            sheets = [
                experiment.sheet(asked, run, step, sheet) for sheet in range(sheet_count(graph))
            ]
        except (RecordError, LookupError) as error:
            told(error)
            continue
        times.append(graph.pop("wall_time"))
        records.append(Record(graph, tuple(sheets)))
        try:
            found = _read_mistakes(experiment, asked, run, step)
        except (RecordError, LookupError) as error:
            told(error)
            continue
        if found is not None:
            mistakes[step] = found
    if not records:
        raise CommandError(f"{name}: None of its records can be shown.")
    return PageRun(name, records, times, mistakes)


def _read_mistakes(experiment: Any, asked: Any, run: str, step: int) -> MistakesRecord | None:
    """The mistakes of a snapshot with their images; ``None`` where none are told.

    Raises:
        RecordError: where they cannot be shown.
        LookupError: where an image is not there.
    """
    from neurflow_lightning.tensorboard_plugin.checking import RecordError

    told = experiment.mistakes(asked, run, step)
    if told["problem"]:
        raise RecordError(told["problem"])
    if told["record"] is None:
        return None
    places = [one["picture"] for one in told["record"]["mistakes"] if one["picture"]]
    count = max((place[0] + 1 for place in places), default=0)
    sheets = (experiment.mistaken_image(asked, run, step, number) for number in range(count))
    return MistakesRecord(told["record"], tuple(sheets))


def sheet_count(graph: Mapping[str, Any]) -> int:
    """How many sheets a graph's pictures lie on."""
    places = [*graph["patches"].values(), *graph["images"].values()]
    return max((place[0] + 1 for place in places), default=0)


def _event_files(folder: str) -> Iterator[Path]:
    return Path(folder).rglob("*tfevents*")


def snapshot_files(folder: str) -> list[str]:
    """The snapshots in a folder, local or remote, by name.

    Raises:
        CommandError: when it cannot be listed.
    """
    try:
        filesystem, place = url_to_fs(folder)
        names = filesystem.ls(place, detail=False)
    except (OSError, ValueError, ImportError) as error:
        raise CommandError(f"{folder}: Cannot be listed: {error}.") from error
    found = sorted(name for name in names if name.endswith(SUFFIX))
    return [filesystem.unstrip_protocol(name) for name in found]


def _name(place: str) -> str:
    return visible_text(Path(place).resolve().name) or "run"


# --- files -------------------------------------------------------------------------------


def check_page(place: str | None) -> None:
    """Refuse what is no file's name.

    Raises:
        CommandError: for standard output.
    """
    if place == "-":
        raise CommandError("--html -: wanted a file; a page is nothing to read in a terminal.")


def write_page(
    place: str, runs: Sequence[PageRun], *, title: str, state: Mapping[str, Any] = NO_STATE
) -> int:
    """Write a page; a reader sees the old file or the new one.

    Returns:
        How many bytes it has.

    Raises:
        CommandError: when it cannot be written.
        FrontEndError: when the front end is not installed.
    """
    from neurflow_lightning.tensorboard_plugin import front_end

    content = page(runs, front_end(), title=title, state=state).encode()
    write(Path(place), content)
    return len(content)
