"""Where a run's snapshots lie: names, and folders that nobody else's lie in."""

import fsspec
import pytest

from neurflow_lightning.errors import ConfigError, SnapshotError
from neurflow_lightning.training.archive import check_filename, snapshot_path, unused_folder


@pytest.fixture
def memory():
    """A URL in an empty folder of fsspec's memory filesystem."""
    yield "memory://neurflow-archive/runs"
    filesystem = fsspec.filesystem("memory")
    if filesystem.exists("/neurflow-archive"):
        filesystem.rm("/neurflow-archive", recursive=True)


@pytest.fixture(params=["local", "remote"])
def folder(request, tmp_path, memory):
    return str(tmp_path / "runs") if request.param == "local" else memory


def put(folder, name="1.safetensors"):
    with fsspec.open(f"{folder}/{name}", "wb", auto_mkdir=True) as file:
        file.write(b"x")
    return f"{folder}/{name}"


# --- names -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("folder", "path"),
    [
        ("memory://", "memory://7.safetensors"),
        ("s3://bucket", "s3://bucket/7.safetensors"),
        ("runs/", "runs/7.safetensors"),
        ("/", "/7.safetensors"),
    ],
)
def test_the_root_of_a_filesystem_stays_its_root(folder, path):
    assert snapshot_path(folder, "{step}", 0, 7) == path


@pytest.mark.parametrize("filename", ["{step.real}", "{step.foo}", "{step[0]}", "{}", "{step"])
def test_a_wrong_field_is_refused_by_the_names_of_those_allowed(filename):
    with pytest.raises(ConfigError, match=r"wanted a template of the fields \{epoch\} and \{step"):
        check_filename(filename)


def test_a_name_leads_to_no_other_folder():
    with pytest.raises(ConfigError, match="no slash"):
        check_filename("{epoch}/{step}")


# --- folders -----------------------------------------------------------------------------


def test_a_folder_without_snapshots_is_taken_as_it_is(folder):
    assert unused_folder(folder, ()) == folder
    put(folder, "weights.ckpt")
    put(f"{folder}/deeper")
    assert unused_folder(folder, ()) == folder


def test_snapshots_of_others_are_left_alone(folder):
    put(folder)
    assert unused_folder(folder, ()) == f"{folder}-v1"
    put(f"{folder}-v1")
    assert unused_folder(f"{folder}/", ()) == f"{folder}-v2"


def test_a_run_goes_on_where_its_own_snapshots_lie(folder):
    put(folder)
    own = put(f"{folder}-v1")
    assert unused_folder(folder, [own]) == f"{folder}-v1"
    put(f"{folder}-v1", "2.safetensors")
    assert unused_folder(folder, [own]) == f"{folder}-v2"


def test_a_folder_given_to_another_callback_is_not_given_again(folder):
    assert unused_folder(folder, (), [f"{folder}/"]) == f"{folder}-v1"
    assert unused_folder(folder, (), [folder, f"{folder}-v1"]) == f"{folder}-v2"


def test_the_same_file_by_another_name_is_the_same(tmp_path, monkeypatch):
    put(str(tmp_path / "runs"))
    monkeypatch.chdir(tmp_path)
    assert unused_folder("runs", [f"file://{tmp_path}/runs/1.safetensors"]) == "runs"


def test_versions_of_a_place_without_a_name_lie_inside_it(tmp_path, monkeypatch):
    put(str(tmp_path))
    monkeypatch.chdir(tmp_path)
    assert unused_folder(".", ()) == "./v1"
    assert unused_folder("memory://", (), ["memory://"]) == "memory://v1"


def test_a_filesystem_that_cannot_be_listed_is_named():
    with pytest.raises(SnapshotError, match=r"^nowhere://runs: Cannot be listed: .*Protocol"):
        unused_folder("nowhere://runs", ())
