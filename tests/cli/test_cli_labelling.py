"""``neurflow label``: names asked for, shown, edited and shared; where else they are shown."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from command import run

from applications.endpoints import Reply, chat, describing, saying, serving
from evolution.snapshots import Neuron, make_circuit
from evolution.snapshots import make_snapshot as small_snapshot
from factories import make_snapshot
from needs import need_module
from neurflow_lightning.applications.labelling.following import follow
from neurflow_lightning.applications.labelling.storing import read_labels
from neurflow_lightning.applications.labelling.wire import KEY_VARIABLE
from neurflow_lightning.cli import labelling
from neurflow_lightning.cli.output import as_json
from neurflow_lightning.evolution.lineage import run_ids
from neurflow_lightning.storage import load_snapshot, save_snapshot

KEY = "sk-cli-71c0ffee71c0ffee"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv(KEY_VARIABLE, raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    save_snapshot(make_snapshot(), "run/a.safetensors")
    save_snapshot(make_snapshot(step=20, epoch=1), "run/b.safetensors")
    return tmp_path


def fed(inputs, step):
    """A group in ``mid`` that is fed by groups of a neuron each in ``low``."""
    circuit = make_circuit(
        {
            "low": [Neuron(one, patches=(one, one + 1)) for one in range(3)],
            "mid": [Neuron(0, inputs=inputs)],
            "fc": [Neuron(0, inputs={0: 1.0}, importance=1.0)],
        }
    )
    return small_snapshot(circuit, epoch=0, step=step)


A, B, LABELS = "run/a.safetensors", "run/b.safetensors", "run/labels.json"


def write(name, text):
    Path(name).write_text(text)
    return name


def editor(monkeypatch, script):
    """An editor that does what a Python function body says with ``text``."""
    before = "import pathlib, sys\npath = pathlib.Path(sys.argv[1])\ntext = path.read_text()\n"
    write("editor.py", f"{before}{script}\npath.write_text(text)\n")
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", f"'{sys.executable}' editor.py")
    monkeypatch.setenv("TMPDIR", str(Path.cwd()))
    monkeypatch.setattr("tempfile.tempdir", None)


def names(place=LABELS):
    return sorted(one.label.name for one in read_labels(place).groups)


class TestEndpoint:
    @pytest.fixture(autouse=True)
    def client(self):
        need_module("httpx", "label")

    def ask(self, capsys, server, *more):
        asked = ("--labeller", "endpoint", "--url", server.url, "--model", "sight-1")
        return run(capsys, "label", "run", *asked, *more)

    def test_a_run_is_named_once(self, folder, capsys, monkeypatch):
        monkeypatch.setenv("MY_KEY", KEY)
        with serving(describing()) as server:
            ran = self.ask(capsys, server, "--key-env", "MY_KEY", "--prices", "1", "2")
            assert (ran.status, ran.err) == (0, "")
            assert ran.out.startswith(
                "run/labels.json: 12 neuron groups named, 24 requests, cost 0.0"
            )
            count = len(server.asked)
            ran = self.ask(capsys, server)
            assert ran.out == "run/labels.json: 0 neuron groups named, 0 requests\n"
            ran = self.ask(capsys, server, "--again")
            assert ran.out.endswith("named, 0 requests\n")  # from the cache
            assert len(server.asked) == count
            ran = self.ask(capsys, server, "--again", "--no-cache", "--layers", "layer3")
            assert len(server.asked) > count
        assert {one.headers.get("Authorization") for one in server.asked[:count]} == {
            f"Bearer {KEY}"
        }
        for path in folder.rglob("*"):
            assert path.is_dir() or KEY.encode() not in path.read_bytes()

    def test_what_was_got_is_kept(self, folder, capsys):
        with serving(describing(), describing(), describing(), saying(Reply(b"", 401))) as server:
            ran = self.ask(capsys, server, "--attempts", "2")
        assert ran.status == 2
        assert "run/labels.json: 2 neuron groups named" in ran.out
        assert ran.err.count("\n") == 2  # its score, and the next group
        assert "401 Unauthorized" in ran.err
        assert len(names()) == 2

    def test_refused_before_anything_is_asked(self, folder, capsys):
        with serving(describing()) as server:
            ran = self.ask(capsys, server, "--key-env", "NO_SUCH_KEY")
            assert (ran.status, ran.out) == (2, "")
            assert "NO_SUCH_KEY holds no key" in ran.err
            ran = self.ask(capsys, server, "--max-cost", "1")
            assert "wanted prices too" in ran.err
            ran = self.ask(capsys, server, "--body", "[1]")
            assert "--body: wanted an object" in ran.err
            assert server.asked == []
        ran = run(capsys, "label", A, "--labeller", "endpoint", "--model", "x")
        assert "wanted --url" in ran.err

    def test_hostile_names_do_not_act_in_the_terminal(self, folder, capsys):
        evil = "<b>x</b> | *y* \\n"
        with serving(describing(evil, "$(touch ran)")) as server:
            self.ask(capsys, server, "--targets", "0")
        ran = run(capsys, "label", A)
        assert evil in ran.out
        assert ran.err == ""

    def test_malformed(self, folder, capsys):
        with serving(
            saying(chat({"name": "\x1b[31mred", "caption": "", "relations": []}))
        ) as server:
            ran = self.ask(capsys, server, "--targets", "0", "--layers", "layer3")
        assert ran.status == 2
        assert ran.err.count("\n") == 6  # three groups, in both snapshots
        assert "\x1b" not in ran.err
        assert not any(path.suffix == ".json" for path in (folder / "cache").rglob("*"))


def test_clip(folder, capsys, tmp_path):
    need_module("open_clip", "clip")
    import open_clip
    import torch

    model = "ViT-S-32-alt"
    with torch.random.fork_rng(devices=[]):
        torch.save(open_clip.create_model(model).state_dict(), "w.pt")
    words = write("words.txt", "crack\ncorner\nspot\n")
    asked = ("--labeller", "clip", "--model", model, "--weights", "w.pt", "--vocabulary", words)
    ran = run(capsys, "label", A, *asked, "--targets", "0")
    assert (ran.status, ran.err) == (0, "")
    assert set(names()) <= {"crack", "corner", "spot"}
    assert all(0 <= one.label.score <= 1 for one in read_labels(LABELS).groups)
    written = write("mine.yaml", "0:\n  layer3:\n    1: mine")
    ran = run(capsys, "label", A, "--labeller", written, "--score-with", model, "w.pt")
    scores = {one.label.name: one.label.score for one in read_labels(LABELS).groups}
    assert scores["mine"] is not None
    ran = run(capsys, "label", A, "--labeller", "clip", "--model", model)
    assert "wanted --model, such as ViT-B-32, and --weights" in ran.err


class TestByHand:
    def test_file(self, folder, capsys):
        written = write(
            "names.yaml", "0:\n  layer3:\n    0: dark corner\n    2: {name: x, caption: y}\n"
        )
        ran = run(capsys, "label", A, "--labeller", written)
        assert (ran.status, ran.out) == (0, "run/labels.json: 2 neuron groups named\n")
        ran = run(capsys, "label", "run", "--json")
        shown = json.loads(ran.out)
        assert shown["schema"] == "neurflow-label"
        first, second = shown["snapshots"]
        assert first["circuits"][0]["groups"].keys() == {"layer3/0", "layer3/2"}
        # The second holds the same groups: they carry the names.
        assert second["circuits"] == first["circuits"]
        told = first["circuits"][0]["groups"]["layer3/2"]
        assert (told["name"], told["caption"], told["source"]) == ("x", "y", "human")
        assert len(told["relations"]) == 3

    def test_what_has_no_names_is_told_once(self, folder, capsys):
        save_snapshot(make_snapshot(3, step=30, epoch=2), "run/c.safetensors")
        told = "No names in 3 snapshots: --labeller and --edit give some.\n"
        assert run(capsys, "label", "run").out == told
        assert "in 1 snapshot: " in run(capsys, "label", A).out
        run(capsys, "label", A, "--labeller", write("n.yaml", "0: {layer3: {0: mine}}"))
        out = run(capsys, "label", "run").out
        assert out.lower().count("no names") == 3  # of the other class, twice; of the last snapshot
        assert out.count("No names in the circuit of <b>crack</b> & |pipe|.") == 2
        assert "c.safetensors" not in out
        assert out.endswith("No names in 1 of 3 snapshots.\n")

    def test_shares_are_those_of_the_snapshot_they_stand_under(self, tmp_path, capsys):
        place = f"{tmp_path}/run"
        for step, inputs in ((10, {0: 0.75, 1: -0.25}), (20, {0: 0.25, 2: 0.75})):
            save_snapshot(fed(inputs, step), f"{place}/{step}.safetensors")
        names = tmp_path / "n.yaml"
        names.write_text("0: {mid: {0: eye}}")
        run(capsys, "label", f"{place}/10.safetensors", "--labeller", names)
        first, later = run(capsys, "label", place).out.split("20.safetensors")
        assert "low/0 +75%, low/1 −25%" in first
        assert "low/2 +75%, low/0 +25%" in later
        assert "low/2 +75%, low/0 +25%" in run(capsys, "show", f"{place}/20.safetensors").out
        told = json.loads(run(capsys, "label", place, "--json").out)["snapshots"][1]
        relations = told["circuits"][0]["groups"]["mid/0"]["relations"]
        assert [(one["group"], one["share"]) for one in relations] == [
            ("low/2", 0.75),
            ("low/0", 0.25),
        ]

    def test_file_that_is_wrong(self, folder, capsys):
        ran = run(capsys, "label", A, "--labeller", write("n.yaml", "0:\n  layer9: {}\n"))
        assert (ran.status, ran.out) == (2, "")
        assert "n.yaml, line 2: no layer 'layer9'" in ran.err
        assert not Path(LABELS).exists()

    def test_numbers_are_of_one_snapshot(self, folder, capsys):
        ran = run(capsys, "label", "run", "--labeller", write("n.yaml", ""))
        assert "wanted one, got 2" in ran.err
        assert "wanted one, got 2" in run(capsys, "label", "run", "--edit").err


class TestEdit:
    def test_names_are_changed(self, folder, capsys, monkeypatch):
        editor(monkeypatch, "text = text.replace('name: \"\"', 'name: \"mine\"', 1)")
        ran = run(capsys, "label", A, "--edit")
        assert (ran.status, ran.err, ran.out) == (0, "", "run/labels.json: 1 neuron group named\n")
        assert names() == ["mine"]
        editor(monkeypatch, "text = text.replace('mine', 'better')")
        run(capsys, "label", B, "--edit")  # the same group, of the next snapshot
        assert names() == ["better"]
        editor(monkeypatch, "text = text.replace('better', '')")
        ran = run(capsys, "label", A, "--edit")
        assert ran.out.endswith("0 neuron groups named, 1 without a name now\n")
        assert names() == []
        assert list(folder.glob("neurflow-labels-*")) == []

    def test_groups_are_recognised_by_lineage(self, folder, capsys, monkeypatch):
        save_snapshot(make_snapshot(3, step=30, epoch=2), "run/c.safetensors")
        last = make_snapshot(5, step=40, epoch=3)
        save_snapshot(last, "run/d.safetensors")
        editor(monkeypatch, "pathlib.Path('seen.yaml').write_text(text)")

        def told():
            assert (
                run(capsys, "label", "run/d.safetensors", "--edit").out == "Nothing was changed.\n"
            )
            return re.findall(r"lineage (\d+),", Path("seen.yaml").read_text())

        shots = [load_snapshot(f"run/{one}.safetensors") for one in "abcd"]
        ids = run_ids(*shots)[-1]
        assert sorted(map(int, told())) == sorted(
            number
            for circuit in last.circuits
            for group, number in ids[circuit.target.index].items()
            if group.layer != circuit.layers[-1]
        )
        save_snapshot(make_snapshot(7, step=40, epoch=3), "run/e.safetensors")
        assert told() == []  # two of one step are not one run
        write("run/e.safetensors", "none")
        assert told() == []

    def test_nothing_changed(self, folder, capsys, monkeypatch):
        editor(monkeypatch, "pass")
        ran = run(capsys, "label", A, "--edit")
        assert (ran.status, ran.out) == (0, "Nothing was changed.\n")
        assert not Path(LABELS).exists()
        assert list(folder.glob("neurflow-labels-*")) == []

    def test_refused_with_the_line_and_the_text_kept(self, folder, capsys, monkeypatch):
        editor(monkeypatch, "text = text.replace('name: \"\"', 'nam: \"mine\"', 1)")
        ran = run(capsys, "label", A, "--edit")
        assert (ran.status, ran.out) == (2, "")
        assert "line 8: wanted a name and" in ran.err
        (kept,) = folder.glob("neurflow-labels-*.yaml")
        assert str(kept) in ran.err
        assert kept.stat().st_mode & 0o077 == 0
        assert not Path(LABELS).exists()
        # What is said there works.
        kept.write_text(kept.read_text().replace("nam:", "name:"))
        ran = run(capsys, "label", A, "--labeller", kept)
        assert ran.status == 0
        assert names() == ["mine"]

    @pytest.mark.parametrize("command", ["false", "no-such-editor-there", "'unclosed"])
    def test_an_editor_that_fails(self, folder, capsys, monkeypatch, command):
        editor(monkeypatch, "pass")
        monkeypatch.setenv("EDITOR", command)
        ran = run(capsys, "label", A, "--edit")
        assert ran.status == 2
        assert "The editor" in ran.err

    def test_what_others_wrote_meanwhile_stays_and_is_told(self, folder, capsys, monkeypatch):
        run(capsys, "label", A, "--labeller", write("n.yaml", "0: {layer3: {0: old}}"))
        write("theirs.yaml", "0: {layer3: {0: theirs}}")
        editor(
            monkeypatch,
            "import subprocess\n"
            "subprocess.run([sys.executable, '-m', 'neurflow_lightning', 'label', "
            f"{A!r}, '--labeller', 'theirs.yaml'], check=True, stdout=subprocess.DEVNULL)\n"
            "text = text.replace('old', 'mine')",
        )
        root = str(Path(__file__).parent.parent.parent)
        monkeypatch.setenv("PYTHONPATH", os.pathsep.join([root, os.environ.get("PYTHONPATH", "")]))
        ran = run(capsys, "label", A, "--edit")
        assert ran.status == 0
        assert "shown as “mine” (human); also “theirs” (human)" in ran.out
        assert "1 of 1 groups are called by several names" in run(capsys, "label", A).out


class TestSharing:
    def test_there_and_back(self, folder, capsys):
        run(capsys, "label", A, "--labeller", write("n.yaml", "0: {layer3: {0: mine, 1: too}}"))
        ran = run(capsys, "label", A, "--export", "shared.json")
        assert ran.out == "shared.json: 2 neuron groups with names\n"
        save_snapshot(make_snapshot(), "other/c.safetensors")
        run(capsys, "label", "other", "--labeller", write("o.yaml", "0: {layer3: {0: ours}}"))
        ran = run(capsys, "label", "other", "--import", "shared.json")
        assert "2 neuron groups read, 1 of them new" in ran.out
        assert "layer3/0, step 10: shown as “ours” (human); also “mine” (human)" in ran.out
        assert names("other/labels.json") == ["ours", "too"]

    def test_of_another_probe_set(self, folder, capsys):
        run(capsys, "label", A, "--labeller", write("n.yaml", "0: {layer3: {0: mine}}"))
        save_snapshot(make_snapshot(targets=5), "other/c.safetensors")
        ran = run(capsys, "label", "other", "--import", LABELS)
        assert "1 neuron group of another probe set" in ran.out

    def test_files_that_are_none(self, folder, capsys):
        write("x.json", '{"schema": "neurflow-labels"}')
        ran = run(capsys, "label", A, "--import", "x.json")
        assert (ran.status, ran.out) == (2, "")
        assert "x.json: the file: wanted an object" in ran.err
        assert "Cannot be read" in run(capsys, "label", A, "--import", "none.json").err
        assert run(capsys, "label", A, "--export", A).status == 2
        assert run(capsys, "label", A, "--export", "-").status == 2


@pytest.mark.parametrize(
    ("said", "says"),
    [
        (["--edit", "--export", "x"], "--edit and --export: wanted one"),
        (["--labeller", "gpt"], "wanted 'endpoint', 'clip' or a YAML file"),
        (["--timeout", "x"], "invalid float"),
    ],
)
def test_misuse(folder, capsys, said, says):
    ran = run(capsys, "label", A, *said)
    assert (ran.status, ran.out) == (2, "")
    assert says in ran.err


@pytest.mark.parametrize("more", [(), ("--json",)])
def test_names_are_followed_once_and_written_only_if_asked(folder, capsys, monkeypatch, more):
    followed, written = [], []
    monkeypatch.setattr(labelling, "follow", lambda *given: followed.append(1) or follow(*given))
    monkeypatch.setattr(labelling, "as_json", lambda *given: written.append(1) or as_json(*given))
    assert run(capsys, "label", "run", *more).status == 0
    assert (len(followed), len(written)) == (1, len(more))


def test_snapshots_of_one_folder(folder, capsys):
    save_snapshot(make_snapshot(), "other/c.safetensors")
    assert "wanted snapshots of one folder" in run(capsys, "label", A, "other").err
    Path("empty").mkdir()
    assert "No snapshots" in run(capsys, "label", "empty").err


class TestWhereElse:
    @pytest.fixture
    def named(self, folder, capsys):
        save_snapshot(make_snapshot(3, step=30, epoch=2), "run/c.safetensors")
        text = "0: {layer3: {0: dark corner}, layer2: {1: <i>stripe</i>}}"
        run(capsys, "label", A, "--labeller", write("n.yaml", text))

    def test_show(self, named, capsys):
        ran = run(capsys, "show", B)
        assert "dark corner" in ran.out
        shown = json.loads(run(capsys, "show", A, "--json").out)
        labels = {one["id"]: one["label"] for one in shown["circuits"][0]["groups"]}
        assert labels["layer3/0"]["name"] == "dark corner"
        assert labels["layer3/1"] is None

    def test_diff_and_check(self, named, capsys):
        ran = run(capsys, "diff", A, "run/c.safetensors")
        assert "“dark corner”" in ran.out
        told = json.loads(run(capsys, "diff", A, "run/c.safetensors", "--json").out)
        events = [event for one in told["targets"] for event in one["events"]]
        assert "dark corner" in {one["called"] for one in events}
        run(capsys, "check", A, "run/c.safetensors", "--markdown", "r.md")
        assert "<i>" not in Path("r.md").read_text()

    def test_export(self, named, capsys):
        assert run(capsys, "export", "run", "--html", "run.html").status == 0
        written = Path("run.html").read_text()
        assert written.count("dark corner") == 2  # in both snapshots that have the group
        assert "<i>stripe" not in written
        assert run(capsys, "diff", A, "run/c.safetensors", "--html", "d.html").status == 0
        assert "dark corner" in Path("d.html").read_text()

    def test_labels_that_cannot_be_read_are_told(self, named, capsys):
        write(LABELS, "{")
        for verb in (["show", A], ["diff", A, B], ["export", "run", "--html", "x.html"]):
            ran = run(capsys, *verb)
            assert (ran.status, ran.out) == (2, "")
            assert "labels.json: Is no JSON" in ran.err


def test_no_torch_is_loaded_but_for_clip(folder):
    write("n.yaml", "0: {layer3: {0: x}}")
    code = (
        "import sys; from neurflow_lightning.cli import main; "
        f"status = main(['label', {A!r}, '--labeller', 'n.yaml']); "
        "assert status == 0; assert 'torch' not in sys.modules, 'torch'"
    )
    root = str(Path(__file__).parent.parent.parent)
    subprocess.run([sys.executable, "-c", code], check=True, env={**os.environ, "PYTHONPATH": root})
