"""A real TensorBoard with the NeurFlow tab, in a process of its own."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Any
from urllib.parse import quote

ROOT = Path(__file__).parent.parent
PATIENCE = 60.0
ENTRY = "neurflow_lightning.tensorboard_plugin.loader:NeurFlowLoader"


@dataclass(frozen=True)
class Answer:
    """What a route said."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass(frozen=True)
class Board:
    """A TensorBoard that runs."""

    address: str
    process: subprocess.Popen[bytes]
    said: Path

    def ask(self, route: str, method: str = "GET", **query: object) -> Answer:
        """One of the plugin's routes."""
        parameters = "&".join(f"{name}={quote(str(value), '')}" for name, value in query.items())
        place = f"{self.address}data/plugin/neurflow/{route}"
        return self.ask_at(f"{place}?{parameters}" if parameters else place, method)

    def ask_at(self, place: str, method: str = "GET", **headers: str) -> Answer:
        """Any address."""
        request = urllib.request.Request(place, method=method, headers=headers)
        try:
            with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
                return Answer(answer.status, dict(answer.headers), answer.read())
        except urllib.error.HTTPError as error:
            return Answer(error.code, dict(error.headers), error.read())

    def listing(self) -> Mapping[str, Any]:
        """What TensorBoard says of the plugin."""
        found: Mapping[str, Any] = self.ask_at(f"{self.address}data/plugins_listing").json
        return found["neurflow"]

    def wait_for(self, run: str, steps: int) -> Mapping[str, Any]:
        """The series of a run, once it has so many snapshots or problems."""
        end = time.monotonic() + PATIENCE
        told: Any = None
        while time.monotonic() < end:
            answer = self.ask("series", run=run)
            told = answer.json
            if answer.status == 200 and len(told["snapshots"]) + len(told["problems"]) >= steps:
                series: Mapping[str, Any] = told
                return series
            time.sleep(0.1)
        raise AssertionError(f"{run} has no {steps} snapshots: {str(told)[:500]}")


@contextmanager
def tensorboard(logs: Path, workplace: Path, *flags: str, fast: bool = True) -> Iterator[Board]:
    """A TensorBoard of a folder of runs.

    Args:
        logs: what it shows.
        workplace: an empty folder for what it needs itself.
        flags: of its command line.
        fast: whether with the Rust loader.
    """
    said = workplace / "stderr"
    command = [sys.executable, "-m", "tensorboard.main", "--logdir", str(logs)]
    command += ["--host", "127.0.0.1", "--port", "0", f"--load_fast={str(fast).lower()}", *flags]
    with (
        said.open("w") as errors,
        subprocess.Popen(command, stderr=errors, env=environment(workplace)) as server,
    ):
        try:
            yield Board(_address(said, server), server, said)
        finally:
            server.terminate()


def environment(workplace: Path) -> dict[str, str]:
    """In which a Python finds this checkout's plugin as an installed one.

    Where the package was installed before it had the plugin, an entry point stands in for that.
    """
    paths = [str(ROOT)]
    known = metadata.entry_points(group="tensorboard_plugins")
    if not any(one.value == ENTRY for one in known):
        place = workplace / "installed" / "neurflow_tab-0.dist-info"
        place.mkdir(parents=True)
        (place / "METADATA").write_text("Metadata-Version: 2.1\nName: neurflow-tab\nVersion: 0\n")
        (place / "entry_points.txt").write_text(f"[tensorboard_plugins]\nneurflow = {ENTRY}\n")
        paths.append(str(place.parent))
    inherited = [path for path in [os.environ.get("PYTHONPATH")] if path]
    return {**os.environ, "PYTHONPATH": os.pathsep.join([*paths, *inherited])}


def _address(said: Path, server: subprocess.Popen[bytes]) -> str:
    end = time.monotonic() + PATIENCE
    while server.poll() is None and time.monotonic() < end:
        found = re.search(r"http://127\.0\.0\.1:\d+/", said.read_text())
        if found:
            return found[0]
        time.sleep(0.05)
    raise AssertionError(f"TensorBoard did not serve: {said.read_text()}")
