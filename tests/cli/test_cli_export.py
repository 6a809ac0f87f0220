"""``export``, and ``--html`` of ``diff`` and ``check``: pages from logs and from snapshots."""

import gc
import json
import re
import shutil
import subprocess
import sys
import weakref

import pytest
from command import HOSTILE, put, run
from lightning.pytorch.loggers import TensorBoardLogger
from torch.utils.tensorboard import SummaryWriter

from neurflow_lightning import load_snapshot, tensorboard_plugin
from neurflow_lightning.tensorboard_plugin import FRONT_END
from tab_runs import hostile
from trainings import fit, neurflow


@pytest.fixture(scope="module")
def trained(tmp_path_factory):
    """Logs of a training, its snapshots among them."""
    folder = tmp_path_factory.mktemp("trained")
    fit(folder, neurflow(), logger=TensorBoardLogger(folder, name="logs"), max_epochs=3)
    return folder / "logs"


@pytest.fixture
def page(tmp_path):
    return tmp_path / "page.html"


def data_of(page):
    """What a page holds."""
    found = re.search(r'id="neurflow-data">(.*?)</script>', page.read_text(), re.DOTALL)
    return json.loads(found[1])


def refused(ran, *parts):
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.count("\n") == 1
    for part in parts:
        assert part in ran.err


# --- export ------------------------------------------------------------------------------


def test_a_folder_of_logs_becomes_a_page(trained, page, capsys):
    ran = run(capsys, "export", trained, "--html", page)
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.startswith(f"{page}: 3 snapshots of 1 run, ")
    data = data_of(page)
    (made,) = data["runs"].values()
    assert list(data["runs"]) == ["version_0"]
    assert data["state"] == {}
    assert [one["step"] for one in made["graphs"]] == [6, 12, 18]
    assert made["graphs"][0]["targets"][0]["neurons"]
    assert made["graphs"][1]["targets"][0]["drift"]["drifts"]
    assert [bool(one) for one in made["sheets"]] == [True] * 3
    assert made["wall_times"] == sorted(made["wall_times"])
    assert made["wall_times"][0] > 1e9
    assert FRONT_END.read_text().strip()[:40] in page.read_text()


def test_the_folder_of_one_run_is_called_by_its_name(trained, page, capsys):
    assert run(capsys, "export", trained / "version_0", "--html", page).status == 0
    assert list(data_of(page)["runs"]) == ["version_0"]


def test_a_run_put_together_from_its_snapshots_shows_the_same(trained, page, tmp_path, capsys):
    run(capsys, "export", trained, "--html", page)
    (logged,) = data_of(page)["runs"].values()
    folder = trained / "version_0" / "neurflow"
    assert run(capsys, "export", folder, "--html", page).status == 0
    ((name, made),) = data_of(page)["runs"].items()
    assert name == "neurflow"
    assert [one["step"] for one in made["graphs"]] == [6, 12, 18]  # optimiser steps
    assert made["graphs"] == logged["graphs"]
    assert made["sheets"] == logged["sheets"]


def test_snapshot_files_may_be_named_in_any_order(trained, page, capsys):
    files = sorted((trained / "version_0" / "neurflow").iterdir(), reverse=True)
    assert run(capsys, "export", *files, "--html", page).status == 0
    (made,) = data_of(page)["runs"].values()
    assert [one["step"] for one in made["graphs"]] == [6, 12, 18]
    assert [one["since"] for one in made["graphs"]] == [None, 6, 12]


def test_snapshots_of_no_training_are_taken_as_they_come(tmp_path, page, capsys):
    files = [put(tmp_path, name, step=None) for name in ("b", "a")]
    assert run(capsys, "export", *files, "--html", page).status == 0
    (made,) = data_of(page)["runs"].values()
    assert [one["step"] for one in made["graphs"]] == [0, 1]


def test_several_folders_of_one_name_are_told_apart(trained, page, tmp_path, capsys):
    copy = tmp_path / "copy" / "version_0"
    shutil.copytree(trained / "version_0", copy)
    ran = run(capsys, "export", trained / "version_0", copy, "--html", page)
    assert "6 snapshots of 2 runs" in ran.out
    assert list(data_of(page)["runs"]) == ["version_0", "version_0 (2)"]


def test_records_that_cannot_be_shown_are_told_and_left_out(tmp_path, page, capsys):
    hostile(tmp_path / "logs")
    ran = run(capsys, "export", tmp_path / "logs", "--html", page)
    assert ran.status == 0
    assert ran.err.count("left out") == 6
    (made,) = data_of(page)["runs"].values()
    assert [one["step"] for one in made["graphs"]] == [0]
    assert "svg" not in json.dumps(made["sheets"])


def test_logs_without_circuits_are_refused_with_the_way_out(tmp_path, page, capsys):
    with SummaryWriter(str(tmp_path / "logs")) as writer:
        writer.add_scalar("loss", 1.0, 0)
    ran = run(capsys, "export", tmp_path / "logs", "--html", page)
    refused(ran, "no circuits in them", str(tmp_path / "logs" / "neurflow"))
    assert not page.exists()


def test_a_folder_of_nothing_is_refused(tmp_path, page, capsys):
    refused(run(capsys, "export", tmp_path, "--html", page), "Neither event files")


def test_a_folder_that_is_not_there_is_refused(tmp_path, page, capsys):
    refused(run(capsys, "export", tmp_path / "gone", "--html", page), "gone")


def test_two_snapshots_of_one_step_are_refused(tmp_path, page, capsys):
    files = [put(tmp_path, name) for name in ("a", "b")]
    refused(run(capsys, "export", *files, "--html", page), "Both are of step 10")


def test_a_snapshot_without_a_step_among_others_is_refused(tmp_path, page, capsys):
    files = [put(tmp_path, "a"), put(tmp_path, "b", step=None)]
    refused(run(capsys, "export", *files, "--html", page), "b.safetensors", "no training step")


def test_files_and_folders_at_once_are_refused(tmp_path, page, capsys):
    ran = run(capsys, "export", put(tmp_path, "a"), tmp_path, "--html", page)
    refused(ran, "not both at once")


@pytest.mark.parametrize("place", ["-", "a.safetensors", "other.ckpt"])
def test_a_page_goes_to_a_file_of_its_own(place, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    file = put(tmp_path, "a")
    before = file.read_bytes()
    assert run(capsys, "export", "a.safetensors", "--html", place).status == 2
    assert file.read_bytes() == before


def test_a_page_that_cannot_be_written_is_named_and_the_old_one_stays(tmp_path, capsys):
    folder = tmp_path / "page.html"
    folder.mkdir()
    ran = run(capsys, "export", put(tmp_path, "a"), "--html", folder)
    refused(ran, str(folder), "Cannot be written")
    assert list(tmp_path.glob(".*")) == []


@pytest.mark.parametrize("verb", ["export", "diff", "check"])
def test_a_page_goes_where_any_document_does(verb, tmp_path, page, capsys):
    file = put(tmp_path, "a")
    files = [file] if verb == "export" else [file, file]
    link = tmp_path / "link.html"
    link.symlink_to(page)
    assert run(capsys, verb, *files, "--html", link).status == 0
    assert link.is_symlink()
    assert data_of(page)["runs"]
    missing = tmp_path / "no" / "page.html"
    refused(run(capsys, verb, *files, "--html", missing), str(missing), "Cannot be written")


def test_snapshots_are_not_all_in_memory_at_once(tmp_path, page, capsys, monkeypatch):
    held = weakref.WeakSet()
    most = []

    def load(path):
        snapshot = load_snapshot(path)
        held.add(snapshot)
        gc.collect()
        most.append(len(held))
        return snapshot

    monkeypatch.setattr("neurflow_lightning.cli.exporting.load_snapshot", load)
    files = [put(tmp_path, f"s{step}", step=step) for step in range(12)]
    assert run(capsys, "export", *files, "--html", page).status == 0
    assert len(data_of(page)["runs"][tmp_path.name]["graphs"]) == 12
    assert max(most) < 8


def test_snapshots_of_two_runs_are_named(tmp_path, page, capsys):
    files = [put(tmp_path, "a", step=1), put(tmp_path, "b", step=2, layers=("low", "mud", "fc"))]
    refused(run(capsys, "export", *files, "--html", page), f"{files[0]} and {files[1]}: ", "'mud'")


def test_a_page_is_there_whole_or_not_at_all(tmp_path, page, capsys, monkeypatch):
    page.write_text("old")
    monkeypatch.setattr(tensorboard_plugin, "FRONT_END", tmp_path / "gone.js")
    ran = run(capsys, "export", put(tmp_path, "a"), "--html", page)
    refused(ran, "gone.js", "npm run build")
    assert page.read_text() == "old"


def test_exporting_loads_no_torch(trained, page):
    program = (
        "import sys; from neurflow_lightning.cli import main; "
        f"main(['export', {str(trained)!r}, '--html', {str(page)!r}]); "
        f"main(['export', {str(trained / 'version_0' / 'neurflow')!r}, '--html', {str(page)!r}]); "
        "print({'torch', 'lightning', 'matplotlib'} & {one.split('.')[0] for one in sys.modules})"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert ran.stdout.splitlines()[-1] == "set()"


# --- diff and check ----------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    put(tmp_path, "base")
    put(tmp_path, "same", step=20)
    put(tmp_path, "changed", -3.0, step=30)
    return tmp_path


def test_diff_writes_a_page_that_opens_in_the_difference(folder, page, capsys):
    ran = run(capsys, "diff", "base.safetensors", "changed.safetensors", "--html", page)
    assert ran.status == 0
    assert ran.out.startswith("neurflow: changed")
    data = data_of(page)
    ((name, made),) = data["runs"].items()
    assert data["state"] == {
        "view": "compare",
        "compare": "difference",
        "run": name,
        "step": 30,
        "otherStep": 10,
    }
    before, after = made["graphs"]
    assert (before["step"], after["step"], after["since"]) == (10, 30, 10)
    assert before["targets"][0]["drift"] is None
    assert after["targets"][0]["drift"]["verdict"] == "changed"
    shared = [
        {one["lineage"] for one in graph["targets"][0]["groups"]} - {None}
        for graph in (before, after)
    ]
    assert shared[0] & shared[1]


def test_snapshots_of_any_steps_can_be_compared(folder, page, capsys):
    run(capsys, "diff", "changed.safetensors", "base.safetensors", "--html", page)
    data = data_of(page)
    (made,) = data["runs"].values()
    assert [one["step"] for one in made["graphs"]] == [0, 1]
    assert (data["state"]["step"], data["state"]["otherStep"]) == (1, 0)
    assert [one["name"] for one in made["graphs"]] == [
        "changed.safetensors (epoch 3, step 30)",
        "base.safetensors (epoch 1, step 10)",
    ]


def test_strangers_share_no_ids(folder, page, capsys):
    files = ["base.safetensors", "changed.safetensors"]
    run(capsys, "diff", *files, "--matching", "responses", "--html", page)
    (made,) = data_of(page)["runs"].values()
    assert made["graphs"][1]["matching"] == "responses"
    for graph in made["graphs"]:
        assert {one["lineage"] for one in graph["targets"][0]["groups"]} == {None}


def test_check_writes_all_candidates_and_opens_with_the_first_that_failed(folder, page, capsys):
    files = ["base.safetensors", "same.safetensors", "changed.safetensors"]
    ran = run(capsys, "check", *files, "--html", page)
    assert ran.status == 1
    data = data_of(page)
    assert list(data["runs"]) == [
        "base.safetensors → same.safetensors",
        "base.safetensors → changed.safetensors",
    ]
    assert data["state"]["run"] == "base.safetensors → changed.safetensors"
    names = [one["name"] for one in data["runs"][data["state"]["run"]]["graphs"]]
    assert names == [
        "baseline base.safetensors (epoch 1, step 10)",
        "candidate changed.safetensors (epoch 3, step 30)",
    ]


def test_a_hostile_name_stays_text_in_the_page(tmp_path, page, capsys):
    for name, weight in (("a", 3.0), ("b", -3.0)):
        put(tmp_path, name, weight, called=f"{HOSTILE}</script>")
    ran = run(
        capsys, "diff", tmp_path / "a.safetensors", tmp_path / "b.safetensors", "--html", page
    )
    assert ran.status == 0
    assert page.read_text().count("</script>") == 2
    (made,) = data_of(page)["runs"].values()
    assert made["graphs"][0]["targets"][0]["name"] == "<b>crack</b> | x |</script>"


@pytest.mark.parametrize("verb", ["diff", "check"])
def test_a_comparison_goes_to_a_file_too(verb, folder, capsys):
    files = ["base.safetensors", "same.safetensors"]
    refused(run(capsys, verb, *files, "--html", "-"), "--html")
    refused(run(capsys, verb, *files, "--html", "same.safetensors"), "--html")


def test_candidates_of_one_name_are_told_apart(folder, page, capsys):
    for name in ("one", "two"):
        (folder / name).mkdir()
        put(folder / name, "candidate", step=20)
    files = ["one/candidate.safetensors", "two/candidate.safetensors"]
    assert run(capsys, "check", "base.safetensors", *files, "--html", page).status == 0
    name = "base.safetensors → candidate.safetensors"
    assert list(data_of(page)["runs"]) == [name, f"{name} (2)"]


def test_files_of_one_name_are_shown_with_their_folders(folder, page, capsys):
    (folder / "new").mkdir()
    put(folder / "new", "base", -3.0, step=20)
    run(capsys, "diff", "base.safetensors", "new/base.safetensors", "--html", page)
    assert list(data_of(page)["runs"]) == ["base.safetensors → new/base.safetensors"]
