"""Snapshot files: written whole or not at all, read without belief."""

import dataclasses
import errno
import json
import os
import struct
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path

import fsspec
import numpy as np
import pytest
from fsspec.implementations.memory import MemoryFileSystem
from hypothesis import given, settings
from hypothesis import strategies as st
from safetensors.numpy import load, save

from factories import make_snapshot
from neurflow_lightning.errors import SnapshotError
from neurflow_lightning.serialization import pack
from neurflow_lightning.storage import (
    LARGEST_HEADER,
    SCHEMA_VERSION,
    decode,
    encode,
    load_snapshot,
    save_snapshot,
)
from neurflow_lightning.types import GroupId, NeuronId, Snapshot

pytestmark = pytest.mark.filterwarnings("error")
ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def snapshot():
    return make_snapshot()


@pytest.fixture(scope="module")
def good():
    return encode(make_snapshot(neurons=3))


@pytest.fixture
def memory():
    """A URL in an empty folder of fsspec's memory filesystem."""
    filesystem = fsspec.filesystem("memory")
    yield "memory://neurflow-test"
    if filesystem.exists("/neurflow-test"):
        filesystem.rm("/neurflow-test", recursive=True)


# --- there and back ----------------------------------------------------------------------


def test_a_file_gives_back_what_was_saved(snapshot, tmp_path):
    path = tmp_path / "a.safetensors"
    save_snapshot(snapshot, path)
    loaded = load_snapshot(path)
    assert encode(loaded) == encode(snapshot)
    assert loaded.circuit("functional").target == NeuronId("fc", 0)
    assert loaded.circuits[0].group(GroupId("fc", 0)).members


@pytest.mark.parametrize("form", ["text", "path", "url"])
def test_local_paths_in_every_form(snapshot, tmp_path, form):
    path = tmp_path / "new" / "folders" / "a b.safetensors"
    given = {"text": str(path), "path": path, "url": f"file://{path}"}[form]
    save_snapshot(snapshot, given)
    assert path.read_bytes() == encode(snapshot)
    assert encode(load_snapshot(given)) == encode(snapshot)


def test_a_path_from_the_working_directory(snapshot, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    save_snapshot(snapshot, "a.safetensors")
    assert encode(load_snapshot("a.safetensors")) == encode(snapshot)


@pytest.mark.parametrize("name", ["a.safetensors", "deep/er/a.safetensors"])
def test_a_remote_filesystem(snapshot, memory, name):
    path = f"{memory}/{name}"
    save_snapshot(make_snapshot(seed=1), path)
    save_snapshot(snapshot, path)
    assert encode(load_snapshot(path)) == encode(snapshot)
    assert fsspec.filesystem("memory").find("/neurflow-test") == [f"/neurflow-test/{name}"]


def test_the_root_of_a_remote_filesystem(snapshot):
    save_snapshot(snapshot, "memory://neurflow-test-root.safetensors")
    assert encode(load_snapshot("memory://neurflow-test-root.safetensors")) == encode(snapshot)
    fsspec.filesystem("memory").rm("/neurflow-test-root.safetensors")


def test_the_same_snapshot_gives_the_same_bytes(tmp_path):
    """In other processes too, whose hashes differ."""
    command = (
        "import sys; from factories import make_snapshot;"
        "from neurflow_lightning.storage import save_snapshot;"
        "save_snapshot(make_snapshot(), sys.argv[1])"
    )
    for seed in "12":
        subprocess.run(
            [sys.executable, "-c", command, str(tmp_path / f"{seed}.safetensors")],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": f"{ROOT}:{ROOT / 'tests'}"},
            check=True,
        )
    assert (tmp_path / "1.safetensors").read_bytes() == (tmp_path / "2.safetensors").read_bytes()


def test_numbers_of_numpy_are_saved_as_numbers(snapshot):
    counted = dataclasses.replace(snapshot, epoch=np.int64(3), step=np.int32(40))
    loaded = decode(encode(counted))
    assert (loaded.epoch, loaded.step) == (3, 40)
    assert type(loaded.epoch) is int


def test_other_tools_can_read_the_file(snapshot, tmp_path):
    path = tmp_path / "a.safetensors"
    save_snapshot(snapshot, path)
    data = path.read_bytes()
    length = int.from_bytes(data[:8], "little")
    header = json.loads(json.loads(data[8 : 8 + length])["__metadata__"]["neurflow"])
    assert header["schema_version"] == SCHEMA_VERSION
    assert header["probe"]["class_names"][1] == "<b>crack</b> & |pipe|"
    assert load(data)["circuits.0.neurons.importance"][0] == 1.0


def test_files_are_written_and_read_without_torch():
    command = (
        "import sys; from factories import make_snapshot;"
        "from neurflow_lightning.storage import encode, decode; decode(encode(make_snapshot()));"
        "assert not {'torch', 'lightning', 'matplotlib'} & set(sys.modules)"
    )
    subprocess.run(
        [sys.executable, "-c", command],
        env={**os.environ, "PYTHONPATH": f"{ROOT}:{ROOT / 'tests'}"},
        check=True,
    )


# --- written whole or not at all ---------------------------------------------------------


def fail(error):
    def failing(*args, **kwargs):
        raise error

    return failing


FULL = OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.parametrize("function", ["fsync", "replace"])
@pytest.mark.parametrize("error", [FULL, KeyboardInterrupt()])
def test_a_crash_leaves_the_old_file_and_no_litter(
    snapshot, tmp_path, monkeypatch, function, error
):
    path = tmp_path / "a.safetensors"
    save_snapshot(snapshot, path)
    monkeypatch.setattr(os, function, fail(error))
    # Where pathlib does not call os.replace by that name, its own is the one to fail.
    if function == "replace":
        monkeypatch.setattr(Path, "replace", fail(error))
    expected = KeyboardInterrupt if isinstance(error, KeyboardInterrupt) else SnapshotError
    with pytest.raises(expected):
        save_snapshot(make_snapshot(seed=1), path)
    assert path.read_bytes() == encode(snapshot)
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("function", ["pipe_file", "mv", "cp_file"])
def test_a_crash_on_a_remote_filesystem_leaves_the_old_file(
    snapshot, memory, monkeypatch, function
):
    path = f"{memory}/a.safetensors"
    save_snapshot(snapshot, path)
    monkeypatch.setattr(MemoryFileSystem, function, fail(FULL))
    with pytest.raises(SnapshotError, match=r"Cannot be written: .*No space left"):
        save_snapshot(make_snapshot(seed=1), path)
    assert encode(load_snapshot(path)) == encode(snapshot)
    assert fsspec.filesystem("memory").find("/neurflow-test") == ["/neurflow-test/a.safetensors"]


def test_readers_see_the_old_file_or_the_new_one(tmp_path):
    path = tmp_path / "a.safetensors"
    versions = [make_snapshot(seed=seed, neurons=3) for seed in range(2)]
    whole = {encode(version) for version in versions}
    save_snapshot(versions[0], path)
    seen, done = [], threading.Event()

    def read():
        while not done.is_set():
            seen.append(path.read_bytes())

    reader = threading.Thread(target=read)
    reader.start()
    try:
        for turn in range(40):
            save_snapshot(versions[turn % 2], path)
    finally:
        done.set()
        reader.join()
    assert seen
    assert set(seen) <= whole


def test_an_inconsistent_snapshot_is_refused_before_anything_is_written(snapshot, tmp_path):
    wrong = dataclasses.replace(snapshot, thumbnails={0: b"<script>"})
    path = tmp_path / "new" / "a.safetensors"
    with pytest.raises(SnapshotError, match="wanted a JPEG or PNG, got b'<script>'"):
        save_snapshot(wrong, path)
    assert not path.parent.exists()


@pytest.mark.parametrize("value", [1.5, b"bytes", object()])
def test_what_json_has_no_word_for_is_refused(snapshot, tmp_path, value):
    with pytest.raises(SnapshotError, match=r"a\.safetensors: "):
        save_snapshot(dataclasses.replace(snapshot, step=value), tmp_path / "a.safetensors")


@pytest.mark.parametrize("name", ["a.ckpt", "a", "a.safetensors.tmp"])
def test_the_name_of_a_file_ends_in_safetensors(snapshot, tmp_path, name):
    with pytest.raises(SnapshotError, match=rf"{name}: .* ends in '\.safetensors'"):
        save_snapshot(snapshot, tmp_path / name)
    assert not list(tmp_path.iterdir())


def test_a_folder_that_cannot_be_made_is_named(snapshot, tmp_path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(SnapshotError, match=r"file/a\.safetensors: Cannot be written: "):
        save_snapshot(snapshot, tmp_path / "file" / "a.safetensors")


@pytest.mark.parametrize("act", [load_snapshot, lambda path: save_snapshot(make_snapshot(), path)])
def test_an_unknown_filesystem_is_named(act):
    with pytest.raises(SnapshotError, match=r"^nowhere://a\.safetensors: .*Protocol not known"):
        act("nowhere://a.safetensors")


# --- what is refused ---------------------------------------------------------------------


def test_a_file_that_is_not_there(tmp_path, memory):
    for path in (tmp_path / "a.safetensors", f"{memory}/a.safetensors"):
        with pytest.raises(SnapshotError, match="no such file") as caught:
            load_snapshot(path)
        assert str(caught.value).startswith(f"{path}: ")


def test_a_folder_is_no_file(tmp_path):
    with pytest.raises(SnapshotError, match="Cannot be read"):
        load_snapshot(tmp_path)


def file_with(header: bytes, payload: bytes = b"", length: int | None = None) -> bytes:
    return struct.pack("<Q", len(header) if length is None else length) + header + payload


def snapshot_with(header: str) -> bytes:
    """A safetensors file with this text as the snapshot's header."""
    _, arrays = pack(make_snapshot(neurons=3))
    return save(arrays, metadata={"neurflow": header})


BOMB = json.dumps({"a": {"dtype": "F32", "shape": [2**40], "data_offsets": [0, 2**42]}}).encode()
OVERFLOW = json.dumps(
    {"a": {"dtype": "F32", "shape": [2**63, 2**63], "data_offsets": [0, 0]}}
).encode()


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "Is truncated, or no safetensors file: .* the file has 0 bytes"),
        (b"\x10\x00", "Is truncated"),
        (
            b"PK\x03\x04 some archive",
            "Is a zip archive, as checkpoints .* `neurflow analyze` makes",
        ),
        (b"\x80\x04\x95cos\nsystem\n(S'touch x'\ntR.", "no safetensors file"),
        (file_with(b"{}", length=2**62), "promise a header of 4611686018427387904 bytes"),
        (file_with(b"{not json"), "The safetensors header is no JSON"),
        (file_with(b"\xff\xfe{}"), "The safetensors header is no JSON"),
        (file_with(b"[]"), "Is no safetensors file: its header is no JSON object"),
        (file_with(b'{"a":' * 100_000), "The safetensors header is no JSON"),
        (file_with(b"[" * 1_000_000), "The safetensors header is no JSON"),
        (file_with(b" " * (LARGEST_HEADER + 1)), f"wanted at most {LARGEST_HEADER}"),
        (file_with(b"{}"), "Is no snapshot: the safetensors metadata has no key 'neurflow'"),
        (file_with(b'{"__metadata__": 3}'), "no safetensors file"),
        (file_with(b'{"__metadata__": {"neurflow": 3}}'), "no safetensors file"),
        (file_with(BOMB), "Is truncated, or no safetensors file"),
        (file_with(OVERFLOW), "Is truncated, or no safetensors file"),
        (save({"weight": np.zeros(3)}), "Is no snapshot"),
        (snapshot_with("{"), "The header is no JSON"),
        (snapshot_with('{"schema_version": NaN}'), "NaN is no number of JSON"),
        (snapshot_with('{"schema_version": -Infinity}'), "-Infinity is no number of JSON"),
        (snapshot_with("[" * 200_000), "The header is no JSON"),
        (snapshot_with('{"schema_version": 1' + "0" * 5000 + "}"), "The header is no JSON|newer"),
        (snapshot_with("[]"), "header: wanted an object"),
        (snapshot_with("{}"), "schema_version: wanted one of .1, 2, 3., got None"),
        (snapshot_with('{"schema_version": 7}'), "newer neurflow-lightning: schema version 7"),
    ],
    ids=lambda value: None if isinstance(value, str) else f"{value[:12]!r}",
)
def test_a_malformed_file_is_refused_by_name(tmp_path, data, message):
    path = tmp_path / "a.safetensors"
    path.write_bytes(data)
    with pytest.raises(SnapshotError, match=message) as caught:
        load_snapshot(path)
    assert str(caught.value).startswith(f"{path}: ")


def test_an_array_that_numpy_has_no_type_for_is_refused():
    written = json.dumps(
        {
            "__metadata__": {"neurflow": "{}"},
            "a": {"dtype": "BF16", "shape": [1], "data_offsets": [0, 2]},
        }
    )
    with pytest.raises(SnapshotError, match="'BF16', which is no type of numpy"):
        decode(file_with(written.encode(), b"\0\0"))


def test_every_truncation_is_refused(good):
    for length in [*range(64), *range(64, len(good), 997), len(good) - 1]:
        with pytest.raises(SnapshotError, match="Is truncated"):
            decode(good[:length])


def test_more_bytes_than_promised_are_refused(good):
    with pytest.raises(SnapshotError, match="no safetensors file"):
        decode(good + b"\0")


# --- fuzz --------------------------------------------------------------------------------


def loads_or_refuses(data):
    with suppress(SnapshotError):
        assert isinstance(decode(data), Snapshot)


@settings(max_examples=400, deadline=None)
@given(
    flips=st.lists(st.tuples(st.integers(0, 2**32), st.integers(1, 255)), min_size=1, max_size=8),
    in_header=st.booleans(),
)
def test_flipped_bytes_load_or_are_refused(good, flips, in_header):
    data = bytearray(good)
    end = 8 + int.from_bytes(good[:8], "little") if in_header else len(good)
    for place, flip in flips:
        data[place % end] ^= flip
    loads_or_refuses(bytes(data))


@settings(max_examples=200, deadline=None)
@given(start=st.integers(0, 2**32), length=st.integers(0, 5000), filling=st.binary(max_size=40))
def test_replaced_stretches_load_or_are_refused(good, start, length, filling):
    start %= len(good)
    loads_or_refuses(good[:start] + filling + good[start + length :])


@settings(max_examples=200, deadline=None)
@given(header=st.binary(max_size=200), payload=st.binary(max_size=50))
def test_any_bytes_are_refused(header, payload):
    for data in (header, file_with(header, payload)):
        with pytest.raises(SnapshotError):
            decode(data)
