"""The verb ``label``: groups named, names shown, edited and shared. Only CLIP loads torch."""

from __future__ import annotations

import importlib
import json
import os
import shlex
import subprocess
import sys
import tempfile
from argparse import Namespace
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from neurflow_lightning.applications.labelling.asking import Labeller, Matcher, Missed, label_run
from neurflow_lightning.applications.labelling.cache import AnswerCache, default_cache
from neurflow_lightning.applications.labelling.collection import LabelledGroup, Labels
from neurflow_lightning.applications.labelling.endpoint import EndpointLabeller
from neurflow_lightning.applications.labelling.following import Ids, carriers, follow
from neurflow_lightning.applications.labelling.handwritten import (
    LARGEST_FILE,
    editable,
    edited,
    read_written,
    read_written_file,
)
from neurflow_lightning.applications.labelling.storing import (
    labels_place,
    read_labels,
    save_labels,
    write_labels,
)
from neurflow_lightning.applications.labelling.vocabulary import GENERAL, read_vocabulary
from neurflow_lightning.applications.labelling.wire import Endpoint
from neurflow_lightning.cli.exporting import snapshot_files
from neurflow_lightning.cli.output import CommandError, as_json, check_places, deliver
from neurflow_lightning.cli.tab_records import relabel_tab
from neurflow_lightning.cli.telling import called, label_content
from neurflow_lightning.errors import LabelError, SnapshotError
from neurflow_lightning.evolution.lineage import run_ids
from neurflow_lightning.labels import GroupLabels
from neurflow_lightning.render.text import counted, plain_label_table, visible_text
from neurflow_lightning.storage import SUFFIX, load_snapshot
from neurflow_lightning.types import Snapshot

DONE, MISSED = 0, 2
_SHOWN = 20
"""Disputed groups that are listed, at most."""


@dataclass(frozen=True, eq=False)
class Run:
    """Snapshots of one folder, in order, and where its labels are.

    Attributes:
        place: the file of labels.
        paths, snapshots: by training step.
        labels: what is in the file now.
    """

    place: str
    paths: tuple[str, ...]
    snapshots: tuple[Snapshot, ...]
    labels: Labels

    @classmethod
    def read(cls, places: Sequence[str]) -> Run:
        """The run of files and folders.

        Raises:
            CommandError: when they lie in several folders, or there is no snapshot.
            SnapshotError, LabelError: for a file that cannot be read.
        """
        paths = dict.fromkeys(path for one in places for path in _files(one))
        homes = dict.fromkeys(map(labels_place, paths))
        if len(homes) != 1:
            said = "several folders" if homes else "no folder"
            raise CommandError(f"label: wanted snapshots of one folder, got those of {said}.")
        loaded = [(path, load_snapshot(path)) for path in paths]
        if all(snapshot.step is not None for _, snapshot in loaded):
            loaded.sort(key=lambda pair: pair[1].step or 0)
        (place,) = homes
        return cls(
            place,
            tuple(path for path, _ in loaded),
            tuple(snapshot for _, snapshot in loaded),
            read_labels(place, missing_ok=True),
        )


def label(said: Namespace) -> int:
    """``neurflow label``: what was asked of it; shows the names there are if nothing was."""
    ways = {"labeller": _ask, "edit": _edit, "export": _export, "import": _import, "tab": _to_tab}
    asked = [name for name in ways if getattr(said, name.replace("import", "import_"))]
    if len(asked) > 1:
        raise CommandError(f"label: --{asked[0]} and --{asked[1]}: wanted one of them at a time.")
    run = Run.read(said.snapshots)
    check_places({"--json": said.json}, [*run.paths, run.place])
    return ways[asked[0]](said, run) if asked else _show(said, run)


# --- showing -----------------------------------------------------------------------------


def _show(said: Namespace, run: Run) -> int:
    names = follow(run.labels, run.snapshots)
    text = [
        "\n\n".join([visible_text(called(path, snapshot)), *_tables(snapshot, labels)])
        for path, snapshot, labels in zip(run.paths, run.snapshots, names, strict=True)
        if any(labels.values())
    ]
    unnamed = len(run.snapshots) - len(text)
    if not text:
        told = counted(unnamed, "snapshot")
        text.append(f"No names in {told}: --labeller and --edit give some.")
    elif unnamed:
        text.append(f"No names in {unnamed} of {len(run.snapshots)} snapshots.")
    disputes = list(_disputes(run.labels))
    if disputes:
        text.append("\n".join(disputes))
    deliver("\n\n".join(text) + "\n", _documents(said, run, names))
    return DONE


def _documents(
    said: Namespace, run: Run, names: Sequence[GroupLabels] | None = None
) -> list[tuple[str, str]]:
    """What ``--json`` asks for; ``names`` where they have been followed already."""
    if said.json is None:
        return []
    names = follow(run.labels, run.snapshots) if names is None else names
    return [(said.json, as_json("label", _content(run, names)))]


def _tables(snapshot: Snapshot, labels: GroupLabels) -> Iterator[str]:
    """Those of circuits with names, then which have none."""
    without = []
    for circuit in snapshot.circuits:
        called_so, own = visible_text(circuit.name), labels.get(circuit.target.index)
        if own:
            yield f"Circuit of {called_so}\n{plain_label_table(circuit, own)}"
        else:
            without.append(called_so)
    if without:
        yield f"No names in the circuit{'' if len(without) == 1 else 's'} of {', '.join(without)}."


def _content(run: Run, names: Sequence[GroupLabels]) -> dict[str, Any]:
    return {
        "file": run.place,
        "snapshots": [
            {
                "file": path,
                "circuits": [
                    {
                        "target": {"index": circuit.target.index, "name": circuit.name},
                        "groups": {
                            str(group): label_content(label)
                            for group, label in labels.get(circuit.target.index, {}).items()
                        },
                    }
                    for circuit in snapshot.circuits
                ],
            }
            for path, snapshot, labels in zip(run.paths, run.snapshots, names, strict=True)
        ],
        "disputed": [
            {
                "target": one.target,
                "group": str(one.group),
                "step": one.step,
                "labels": [label_content(label) for label in one.labels],
            }
            for one in run.labels.disputed
        ],
    }


def _disputes(labels: Labels) -> Iterator[str]:
    """A line for each group that is called by several names."""
    disputed = labels.disputed
    if disputed:
        yield f"{len(disputed)} of {len(labels)} groups are called by several names:"
    for one in disputed[:_SHOWN]:
        yield f"  {visible_text(_dispute(one))}"
    if len(disputed) > _SHOWN:
        yield f"  and {len(disputed) - _SHOWN} more"


def _dispute(one: LabelledGroup) -> str:
    others = ", ".join(f"“{other.name}” ({other.source})" for other in one.disputing)
    step = "" if one.step is None else f", step {one.step}"
    return (
        f"class {one.target}, {one.group}{step}: shown as “{one.label.name}” "
        f"({one.label.source}); also {others}"
    )


# --- asking ------------------------------------------------------------------------------


def _ask(said: Namespace, run: Run) -> int:
    scorer = _scorer(said)
    if said.labeller.endswith((".yaml", ".yml")):
        return _take(said, run, scorer)
    labeller = _labeller(said)
    missed: list[Missed] = []
    after = label_run(
        run.snapshots,
        labeller,
        run.labels,
        scorer=scorer,
        targets=_targets(said.targets),
        layers=said.layers,
        again=said.again,
        missed=missed.append,
        progress=_progress if sys.stderr.isatty() else None,
    )
    if isinstance(labeller, EndpointLabeller):
        labeller.wire.close()
    for one in missed:
        told = visible_text(f"{one.target}, {one.group}: {one.error}")
        sys.stderr.write(f"neurflow: {told}\n")
    _save(said, run, after, _spent(labeller))
    return MISSED if missed else DONE


def _take(said: Namespace, run: Run, scorer: Matcher | None) -> int:
    """The names of a person's file."""
    snapshot = _one(run, "a YAML file")
    written = read_written_file(said.labeller, snapshot)
    (carried,) = carriers(run.labels, [snapshot])
    _save(said, run, edited(run.labels, snapshot, carried, written, scorer))
    return DONE


def _save(said: Namespace, run: Run, after: Labels, spent: str = "") -> None:
    """Write labels, and say how many are new and which are disputed."""
    saved = save_labels(run.place, run.labels, after)
    before = run.labels.by_key
    new = sum(before.get(one.key) != one for one in after.groups)
    gone = len(before.keys() - after.by_key.keys())
    without = f", {gone} without a name now" if gone else ""
    lines = [f"{visible_text(run.place)}: {_groups(new)} named{without}{spent}", *_disputes(saved)]
    deliver("\n".join(lines) + "\n", _documents(said, replace(run, labels=saved)))


def _scorer(said: Namespace) -> Matcher | None:
    if not said.score_with:
        return None
    model, weights = said.score_with
    scorer: Matcher = _clip(said, model, weights, GENERAL)
    return scorer


def _labeller(said: Namespace) -> Labeller:
    if said.labeller == "endpoint":
        return _endpoint(said)
    if said.labeller == "clip":
        if not said.model or not said.weights:
            raise CommandError(
                "label: --labeller clip: wanted --model, such as ViT-B-32, and --weights, a file "
                "or a tag of open_clip."
            )
        words = read_vocabulary(said.vocabulary) if said.vocabulary else GENERAL
        made: Labeller = _clip(said, said.model, said.weights, words)
        return made
    raise CommandError(
        f"label: --labeller {said.labeller}: wanted 'endpoint', 'clip' or a YAML file."
    )


def _endpoint(said: Namespace) -> EndpointLabeller:
    if not said.url or not said.model:
        raise CommandError(
            "label: --labeller endpoint: wanted --url, such as http://127.0.0.1:11434/v1, and "
            "--model."
        )
    endpoint = Endpoint(
        url=said.url,
        model=said.model,
        key_variable=said.key_env,
        timeout=said.timeout,
        attempts=said.attempts,
        per_minute=said.per_minute,
        max_calls=said.max_calls,
        max_cost=said.max_cost,
        prices=None if said.prices is None else (said.prices[0], said.prices[1]),
        json_schema=not said.no_json_schema,
        body=_body(said.body),
    )
    endpoint.key()  # a key that is missing is told before any snapshot is looked at
    cache = None if said.no_cache else AnswerCache(Path(said.cache or default_cache()))
    return EndpointLabeller(endpoint, cache)


def _body(said: str | None) -> Mapping[str, Any]:
    if said is None:
        return {}
    try:
        body = json.loads(said)
    except (ValueError, RecursionError) as error:
        raise CommandError("label: --body: wanted an object of JSON.") from error
    if not isinstance(body, dict):
        raise CommandError("label: --body: wanted an object of JSON.")
    return body


def _clip(said: Namespace, model: str, weights: str, words: Sequence[str]) -> Any:
    # By name: no other way of labelling loads torch.
    clip = importlib.import_module("neurflow_lightning.applications.labelling.clip")
    made = clip.load_clip(
        model, weights, vocabulary=words, device=said.device, download=said.download
    )
    assert isinstance(made, Labeller)
    assert isinstance(made, Matcher)
    return made


def _targets(said: Sequence[str] | None) -> list[int | str] | None:
    return None if said is None else [int(one) if one.isdecimal() else one for one in said]


def _progress(what: str, done: int, total: int) -> None:
    sys.stderr.write(f"\r\x1b[K{done + 1} of {total}: {visible_text(what)}")
    if done + 1 == total:
        sys.stderr.write("\r\x1b[K")
    sys.stderr.flush()


def _groups(count: int) -> str:
    return counted(count, "neuron group")


def _spent(labeller: Labeller) -> str:
    if not isinstance(labeller, EndpointLabeller):
        return ""
    wire = labeller.wire
    cost = "" if labeller.endpoint.prices is None else f", cost {wire.cost:.4g}"
    return f", {counted(wire.calls, 'request')}{cost}"


# --- editing -----------------------------------------------------------------------------


def _edit(said: Namespace, run: Run) -> int:
    snapshot = _one(run, "--edit")
    (carried,) = carriers(run.labels, [snapshot])
    text = editable(called(run.paths[0], snapshot), snapshot, carried, _lineages(run))
    path = _written(text)
    try:
        _open_editor(path)
        changed = _text_of(path)
        if changed == text:
            path.unlink()
            deliver("Nothing was changed.\n")
            return DONE
        written = read_written(changed, str(path), snapshot)
        _save(said, run, edited(run.labels, snapshot, carried, written, _scorer(said)))
    except (LabelError, CommandError) as error:
        raise CommandError(
            f"{error} Nothing was changed; your text is kept: mend {path}, then "
            f"neurflow label {shlex.quote(run.paths[0])} --labeller {path}"
        ) from error
    path.unlink()
    return DONE


def _lineages(run: Run) -> Ids:
    """The lineage ids of a lone snapshot's groups in the run of its folder, as the tab has them.

    None where the folder does not hold one run in a known order, or not all of it can be read.
    """
    (snapshot,) = run.snapshots
    try:
        whole = Run.read([run.place.rpartition("/")[0] or "."])
    except (CommandError, SnapshotError):
        return {}
    steps = [one.step for one in whole.snapshots]
    probes = {one.probe.fingerprint for one in whole.snapshots}
    if None in steps or len({*steps}) < len(steps) or len(probes) > 1:
        return {}
    return run_ids(*whole.snapshots[: steps.index(snapshot.step) + 1])[-1]


def _written(text: str) -> Path:
    handle, name = tempfile.mkstemp(prefix="neurflow-labels-", suffix=".yaml")
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
    return Path(name)


def _open_editor(path: Path) -> None:
    """The user's editor, as git finds it."""
    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi"
    try:
        ended = subprocess.run([*shlex.split(editor), str(path)], check=False).returncode
    except (OSError, ValueError) as error:
        raise CommandError(f"The editor {editor!r} cannot be started: set EDITOR.") from error
    if ended != 0:
        raise CommandError(f"The editor {editor!r} ended with status {ended}.")


def _text_of(path: Path) -> str:
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise CommandError(f"{path}: wanted at most {LARGEST_FILE} bytes.")
        return path.read_bytes().decode()
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(f"{path}: Cannot be read as text in UTF-8.") from error


# --- sharing -----------------------------------------------------------------------------


def _export(said: Namespace, run: Run) -> int:
    check_places({"--export": said.export}, [*run.paths, run.place])
    if said.export == "-":
        raise CommandError("label: --export -: wanted a file.")
    write_labels(said.export, run.labels)
    deliver(f"{visible_text(said.export)}: {_groups(len(run.labels))} with names\n")
    return DONE


def _import(said: Namespace, run: Run) -> int:
    theirs = read_labels(said.import_)
    saved = save_labels(run.place, run.labels, run.labels.merged(theirs))
    probes = {snapshot.probe.fingerprint for snapshot in run.snapshots}
    strangers = sum(one.probe not in probes for one in theirs.groups)
    new = len(saved) - len(run.labels)
    lines = [f"{visible_text(run.place)}: {_groups(len(theirs))} read, {new} of them new"]
    if strangers:
        lines.append(
            f"{_groups(strangers)} of another probe set: no group here can be recognised as these"
        )
    deliver("\n".join([*lines, *_disputes(saved)]) + "\n")
    return DONE


# --- the tab -----------------------------------------------------------------------------


def _to_tab(said: Namespace, run: Run) -> int:
    """The names into the event files of a training that has ended."""
    names = follow(run.labels, run.snapshots)
    changed = relabel_tab(said.tab, list(zip(run.snapshots, names, strict=True)))
    deliver(
        f"{visible_text(said.tab)}: {counted(changed, 'record')} with other names than before\n"
    )
    return DONE


# --- files -------------------------------------------------------------------------------


def _files(place: str) -> list[str]:
    if place.endswith(SUFFIX):
        return [place]
    folder = place.rstrip("/") or "/"
    files = [f"{folder}/{one.rpartition('/')[2]}" for one in snapshot_files(place)]
    if not files:
        raise CommandError(f"{place}: No snapshots ({SUFFIX}) in this folder.")
    return files


def _one(run: Run, what: str) -> Snapshot:
    if len(run.snapshots) != 1:
        raise CommandError(
            f"label: {what} names the groups of one snapshot, by their numbers in it: wanted one, "
            f"got {len(run.snapshots)}."
        )
    return run.snapshots[0]
