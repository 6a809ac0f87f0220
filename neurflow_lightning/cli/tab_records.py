"""Names put into the records that a training wrote for the NeurFlow tab. No torch is loaded.

An event file is only ever added to. So every record of a run is written again, with the names, into
a new one beside it: the later record holds, in both of TensorBoard's loaders. It keeps the time of
the one that it replaces, since that is when the training was there.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from pathlib import Path
from typing import Any

from neurflow_lightning.cli.exporting import opened_events, sheet_count
from neurflow_lightning.cli.output import CommandError
from neurflow_lightning.labels import GroupLabels
from neurflow_lightning.render.record import Record, shown_name
from neurflow_lightning.render.summaries import record_summary
from neurflow_lightning.types import Snapshot

SUFFIX = ".neurflow-labels"
"""Of the names of new event files."""

LATER = 1e-6
"""Seconds that a record is later than the one that it replaces, so that a tab that is open takes it
for a new one."""


def relabel_tab(folder: str, named: Sequence[tuple[Snapshot, GroupLabels]]) -> int:
    """Write the records in a folder's event files again, with names; how many have others now.

    TensorBoard reads the newest event file of a run, so that the training must have ended.

    Args:
        folder: with event files, of one run or several.
        named: snapshots, and what their groups are called. Records of other snapshots stay as
            they are.

    Raises:
        CommandError: where there is no record, or one cannot be read or written.
    """
    known = {_of_snapshot(snapshot): labels for snapshot, labels in named}
    experiment, asked = opened_events(folder)
    runs = experiment.runs(asked)
    if not runs:
        raise CommandError(f"{folder}: No records of the NeurFlow tab in event files there.")
    changed = 0
    for name, place in runs.items():
        graphs = [experiment.detail(asked, name, step) for step in experiment.steps(asked, name)]
        new = [_relabelled(graph, known.get(_of_graph(graph))) for graph in graphs]
        others = sum(one != graph for one, graph in zip(new, graphs, strict=True))
        if others:
            sheets = [_sheets(experiment, asked, name, graph) for graph in graphs]
            records = [Record(*one) for one in zip(map(_plain, new), sheets, strict=True)]
            times = [graph["wall_time"] + LATER for graph in graphs]
            _write(Path(folder) / place.run, records, times, place.callback)
        changed += others
    return changed


def _of_snapshot(snapshot: Snapshot) -> Hashable:
    """What tells a snapshot from others: the members of all its groups, on its probe set."""
    return snapshot.probe.fingerprint, tuple(
        (circuit.target.index, group.id.layer, group.id.number, _sorted(group.members))
        for circuit in snapshot.circuits
        for group in circuit.groups
    )


def _sorted(members: Sequence[tuple[Any, int]]) -> Hashable:
    return tuple(sorted((neuron.index, meaning) for neuron, meaning in members))


def _of_graph(graph: Mapping[str, Any]) -> Hashable:
    """As :func:`_of_snapshot`, of its record."""
    return graph["fingerprint"], tuple(
        (
            target["target"],
            group["layer"],
            group["number"],
            tuple(sorted((neuron, meaning) for neuron, meaning, _ in group["members"])),
        )
        for target in graph["targets"]
        for group in target["groups"]
    )


def _relabelled(graph: Mapping[str, Any], labels: GroupLabels | None) -> Mapping[str, Any]:
    if labels is None:
        return graph
    targets = []
    for target in graph["targets"]:
        own = {
            (group.layer, group.number): shown_name(label.told)
            for group, label in labels.get(target["target"], {}).items()
        }
        groups = [
            {**group, "label": own.get((group["layer"], group["number"]))}
            for group in target["groups"]
        ]
        targets.append({**target, "groups": groups})
    return {**graph, "targets": targets}


def _plain(graph: Mapping[str, Any]) -> Mapping[str, Any]:
    return {key: value for key, value in graph.items() if key != "wall_time"}


def _sheets(experiment: Any, asked: Any, run: str, graph: Mapping[str, Any]) -> tuple[bytes, ...]:
    numbers = range(sheet_count(graph))
    return tuple(experiment.sheet(asked, run, graph["step"], number) for number in numbers)


def _write(folder: Path, records: Sequence[Record], times: Sequence[float], callback: int) -> None:
    from tensorboard.compat.proto.event_pb2 import Event
    from tensorboard.summary.writer.event_file_writer import EventFileWriter

    try:
        writer = EventFileWriter(str(folder), filename_suffix=SUFFIX)
        for record, moment in zip(records, times, strict=True):
            summary = record_summary(record, callback)
            writer.add_event(Event(step=record.graph["step"], wall_time=moment, summary=summary))
        writer.close()
    except OSError as error:
        raise CommandError(f"{folder}: Cannot be written: {error.strerror}.") from error
