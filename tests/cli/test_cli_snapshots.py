"""``show``, ``diff``, ``check`` and ``accept``: what they say, write and end with."""

from __future__ import annotations

import dataclasses
import json
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest
from command import HOSTILE, circuit, put, run

from evolution.snapshots import Neuron, make_circuit, make_probe, make_snapshot
from neurflow_lightning.storage import load_snapshot, save_snapshot


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A baseline, one like it, and one that changed; the working directory."""
    monkeypatch.chdir(tmp_path)
    put(tmp_path, "base")
    put(tmp_path, "same", step=20)
    put(tmp_path, "changed", -3.0, step=30)
    return tmp_path


BASE, SAME, CHANGED = "base.safetensors", "same.safetensors", "changed.safetensors"


def refused(ran, *parts: str) -> None:
    """Status 2 and one line, with these words, on standard error alone."""
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith("neurflow: ")
    assert ran.err.count("\n") == 1 == ran.err.endswith("\n")
    assert "Traceback" not in ran.err
    for part in parts:
        assert part in ran.err


class TestShow:
    def test_text(self, folder, capsys):
        ran = run(capsys, "show", BASE)
        assert (ran.status, ran.err) == (0, "")
        assert ran.out == SHOWN

    def test_json(self, folder, capsys):
        ran = run(capsys, "show", BASE, "--json")
        shown = json.loads(ran.out)
        assert (shown["schema"], shown["version"], shown["file"]) == ("neurflow-show", 1, BASE)
        assert (shown["epoch"], shown["step"]) == (1, 10)
        (told,) = shown["circuits"]
        assert told["target"] == {"index": 2, "name": "crack"}
        assert [one["core_neurons"] for one in told["layers"]] == [2, 2, 1]
        assert told["layers"][0]["completeness_gap"] is None
        weights = {(one["source"], one["target"]): one["weight"] for one in told["edges"]}
        # every group here has one member, so that an edge's share is its weight
        assert [one["share"] for one in told["edges"]] == [*weights.values()]
        assert weights["low/0", "mid/0"] == pytest.approx(0.75)
        assert shown["probe"]["fingerprint"] == "f" * 64

    def test_json_tells_stability_and_what_was_left_out(self, folder, capsys):
        whole = circuit()
        told = dataclasses.replace(
            whole,
            neurons=tuple(dataclasses.replace(one, stability=0.9) for one in whole.neurons),
            edges=tuple(dataclasses.replace(one, stability=0.8) for one in whole.edges),
            groups=tuple(dataclasses.replace(one, stability=0.7) for one in whole.groups),
            left_out={"low": 3},
        )
        save_snapshot(make_snapshot(told), folder / "told.safetensors")
        for name, (neurons, edges, groups), left_out in (
            ("told.safetensors", (0.9, 0.8, 0.7), {"low": 3}),
            (BASE, (None, None, None), {}),
        ):
            (shown,) = json.loads(run(capsys, "show", name, "--json").out)["circuits"]
            assert shown["left_out"] == left_out
            for part, stability in (("neurons", neurons), ("edges", edges), ("groups", groups)):
                assert shown[part]
                assert all(one["stability"] == pytest.approx(stability) for one in shown[part])

    def test_json_to_a_file_leaves_the_text(self, folder, capsys):
        ran = run(capsys, "show", BASE, "--json", "out.json")
        assert ran.out == SHOWN
        assert json.loads((folder / "out.json").read_text())["file"] == BASE


class TestDiff:
    def test_text(self, folder, capsys):
        ran = run(capsys, "diff", BASE, CHANGED)
        assert (ran.status, ran.err) == (0, "")
        assert ran.out == DIFFERENT

    def test_nothing_changed(self, folder, capsys):
        ran = run(capsys, "diff", BASE, SAME)
        assert ran.status == 0
        assert ran.out.startswith("neurflow: stable\n")
        assert "evidence" not in ran.out

    def test_json(self, folder, capsys):
        told = json.loads(run(capsys, "diff", BASE, CHANGED, "--json", "-").out)
        assert (told["schema"], told["verdict"]) == ("neurflow-diff", "changed")
        assert told["before"] == f"{BASE} (epoch 1, step 10)"
        drifts = {(one["measure"], one["layer"]): one for one in told["targets"][0]["drifts"]}
        assert drifts["edge_drift", "mid"]["value"] == pytest.approx(0.375)
        assert drifts["edge_drift", "fc"]["value"] == 0.0

    def test_networks_that_share_no_edge_are_told(self, folder, capsys):
        stranger = make_circuit(
            {
                "low": [Neuron(5), Neuron(6)],
                "mid": [Neuron(7, inputs={5: 1.0, 6: 1.0})],
                "fc": [Neuron(2, inputs={7: 1.0}, importance=1.0)],
            },
            name="crack",
        )
        other = make_snapshot(stranger, epoch=1, step=10, tau=2, top_k=4)
        save_snapshot(other, folder / "other.safetensors")
        ran = run(capsys, "diff", BASE, "other.safetensors")
        assert "--matching responses compares groups" in ran.err
        given = ("--matching", "responses")
        assert run(capsys, "diff", BASE, "other.safetensors", *given).err == ""

    def test_by_responses(self, folder, capsys):
        ran = run(capsys, "diff", BASE, CHANGED, "--matching", "responses")
        assert ran.status == 0
        assert "compared by what neuron groups respond to" in ran.out
        assert ran.out.startswith("neurflow: unjudged\n")


class TestCheck:
    def test_what_is_the_same_passes(self, folder, capsys):
        ran = run(capsys, "check", BASE, SAME)
        assert (ran.status, ran.err) == (0, "")
        assert ran.out.startswith("neurflow: passed (2 passed)\n")
        assert "compared neuron by neuron" in ran.out

    def test_what_changed_fails(self, folder, capsys):
        ran = run(capsys, "check", BASE, CHANGED)
        assert (ran.status, ran.err) == (1, "")
        assert ran.out == FAILED

    def test_one_of_several_fails_them_all(self, folder, capsys):
        ran = run(capsys, "check", BASE, SAME, CHANGED)
        assert ran.status == 1
        assert ran.out.index("neurflow: passed") < ran.out.index("neurflow: FAILED")
        assert run(capsys, "check", BASE, SAME, BASE).status == 0

    def test_a_policy_decides(self, folder, capsys):
        policy = folder / "neurflow.yaml"
        policy.write_text("conditions: [{measure: edge_drift, at_most: 0.4}]")
        assert run(capsys, "check", BASE, CHANGED, "--policy", policy).status == 0
        policy.write_text("conditions: [{measure: edge_drift, at_most: 0.3}]")
        ran = run(capsys, "check", BASE, CHANGED, "--policy", policy)
        assert ran.status == 1
        assert "0.375 is above 0.3" in ran.out
        policy.write_text("conditions: [{measure: edge_drift, at_most: 0.3, severity: warn}]")
        assert run(capsys, "check", BASE, CHANGED, "--policy", policy).status == 0

    def test_transfer_that_was_not_measured_fails_only_where_it_should(self, folder, capsys):
        policy = folder / "neurflow.yaml"
        for severity, status in (("fail", 1), ("warn", 0)):
            policy.write_text(f"conditions: [{{transfer_at_least: 0.9, severity: {severity}}}]")
            ran = run(capsys, "check", BASE, SAME, "--policy", policy)
            assert ran.status == status
            assert f"{severity}: crack: no functional transfer (it needs data)" in ran.out

    def test_documents_are_there_whole_or_not_at_all(self, folder, capsys, monkeypatch):
        (folder / "a.json").write_text("old")

        def full(file):
            raise OSError(28, "No space left on device")

        monkeypatch.setattr("neurflow_lightning.storage.os.fsync", full)
        ran = run(capsys, "check", BASE, SAME, "--json", "a.json")
        refused(ran, "a.json: Cannot be written: No space left on device")
        assert (folder / "a.json").read_text() == "old"
        assert {one.suffix for one in folder.iterdir()} == {".json", ".safetensors"}

    def test_a_link_is_kept_and_a_device_is_written_to(self, folder, capsys):
        (folder / "link.json").symlink_to("real.json")
        assert run(capsys, "check", BASE, SAME, "--json", "link.json").status == 0
        assert (folder / "link.json").is_symlink()
        assert json.loads((folder / "real.json").read_text())["passed"]
        assert run(capsys, "check", BASE, SAME, "--json", "/dev/null").status == 0
        assert not Path("/dev/null").is_file()

    def test_by_responses_nothing_is_judged_and_that_does_not_pass(self, folder, capsys):
        ran = run(capsys, "check", BASE, SAME, "--matching", "responses")
        assert ran.status == 1
        assert "compared by what neuron groups respond to" in ran.out
        assert "unjudged" in ran.out

    def test_json(self, folder, capsys):
        ran = run(capsys, "check", BASE, SAME, CHANGED, "--json", "-")
        assert ran.status == 1
        told = json.loads(ran.out)
        assert (told["schema"], told["passed"], told["baseline"]) == ("neurflow-check", False, BASE)
        assert [one["candidate"] for one in told["reports"]] == [SAME, CHANGED]
        assert [one["passed"] for one in told["reports"]] == [True, False]
        assert {one["matching"] for one in told["reports"]} == {"neurons"}

    def test_every_document_at_once(self, folder, capsys):
        ran = run(
            capsys,
            *("check", BASE, SAME, CHANGED, "--json", "a.json"),
            *("--junit", "a.xml", "--markdown", "a.md"),
        )
        assert ran.out.startswith("neurflow: passed")
        assert not json.loads((folder / "a.json").read_text())["passed"]
        suites = ElementTree.parse(folder / "a.xml").getroot()
        told = {one.get("name"): one.get("failures") for one in suites}
        assert told == {f"neurflow: {SAME}": "0", f"neurflow: {CHANGED}": "1"}
        markdown = (folder / "a.md").read_text()
        assert markdown.startswith("- passed (2 passed): <code>same.safetensors")
        assert "**neurflow: FAILED (1 failed, 1 warned)**" in markdown

    @pytest.mark.parametrize("option", ["--junit", "--markdown"])
    def test_a_document_takes_the_place_of_the_text(self, option, folder, capsys):
        out = run(capsys, "check", BASE, CHANGED, option, "-").out
        assert out.startswith("<?xml" if option == "--junit" else "**neurflow: FAILED")
        assert "──" not in out

    def test_names_are_shown_and_do_nothing(self, folder, capsys):
        for name, weight in (("evil", 3.0), ("evil2", -3.0)):
            put(folder, name, weight, called=HOSTILE)
        both = ("evil.safetensors", "evil2.safetensors")
        for argv in (["show", both[0]], ["diff", *both], ["check", *both]):
            out = run(capsys, *argv).out
            assert "\x1b" not in out
            assert "\u202e" not in out
            assert "<b>crack</b> | x |" in out
        assert "<b>" not in run(capsys, "check", *both, "--markdown", "-").out


class TestControls:
    """Fine-tunes that change as much as the candidate make it ordinary."""

    WILD = tuple(f"wild{number}.safetensors" for number in range(3))
    CALM = tuple(f"calm{number}.safetensors" for number in range(3))

    @pytest.fixture
    def controls(self, folder):
        for number in range(3):
            put(folder, f"wild{number}", -3.0 - number / 10)
            put(folder, f"calm{number}", 3.0 + number / 10)
        return folder

    def test_they_decide_what_is_a_change(self, controls, capsys):
        ran = run(capsys, "check", BASE, CHANGED, "--controls", *self.CALM)
        assert ran.status == 1
        assert "and ordinary training (3 controls)" in ran.out
        ran = run(capsys, "check", BASE, CHANGED, "--controls", *self.WILD)
        assert (ran.status, ran.err) == (0, "")
        assert ran.out.startswith("neurflow: passed (2 passed)\n")
        assert "controls would tell" not in ran.out

    def test_they_are_told_in_json(self, controls, capsys):
        told = json.loads(
            run(capsys, "check", BASE, CHANGED, "--json", "--controls", *self.CALM).out
        )
        assert told["reports"][0]["nulls"] == [
            {"kind": "estimation", "draws": 200},
            {"kind": "estimation", "draws": 200},
            {"kind": "training", "draws": 3},
        ]

    def test_diff_and_bisect_take_them_too(self, controls, capsys):
        out = run(capsys, "diff", BASE, CHANGED, "--controls", *self.WILD).out
        assert out.startswith("neurflow: stable\n")
        assert "ordinary training (3 controls)" in out
        assert run(capsys, "bisect", BASE, CHANGED, SAME).status == 0
        ran = run(capsys, "bisect", BASE, CHANGED, SAME, "--controls", *self.WILD)
        assert ran.status == 1
        assert ran.out.startswith("neurflow: nothing to find")

    def test_a_policy_names_them_from_its_folder(self, controls, capsys, monkeypatch):
        (controls / "deep").mkdir()
        policy = controls / "deep" / "neurflow.yaml"
        names = ", ".join(f"../{one}" for one in self.WILD)
        policy.write_text(f"conditions: [{{verdict_at_most: stable}}]\ncontrols: [{names}]\n")
        given = ("--policy", policy)
        assert run(capsys, "check", BASE, CHANGED, *given).status == 0
        assert run(capsys, "check", BASE, CHANGED, *given, "--controls", *self.CALM).status == 1

    def test_by_responses_they_are_the_only_null(self, controls, capsys):
        given = ("check", BASE, CHANGED, "--matching", "responses", "--controls", *self.WILD)
        ran = run(capsys, *given)
        assert "held against ordinary training (3 controls)" in ran.out
        assert ran.status == 1
        assert "the verdict is unjudged: no edge drift had a null of enough draws" in ran.out

    @pytest.mark.parametrize(("controls_of", "status"), [("WILD", 0), ("CALM", 1)])
    def test_by_responses_a_few_still_bound_each_place(self, controls_of, status, controls, capsys):
        policy = controls / "neurflow.yaml"
        policy.write_text("conditions: [{measure: edge_drift, above_null: 1}]")
        given = ("--matching", "responses", "--controls", *getattr(self, controls_of))
        assert run(capsys, "check", BASE, CHANGED, *given, "--policy", policy).status == status

    def test_the_same_file_counts_once(self, controls, capsys):
        again = (self.CALM[0], f"./{self.CALM[0]}", self.CALM[1])
        ran = run(capsys, "check", BASE, CHANGED, "--controls", *again)
        refused(ran, "Controls: wanted at least 3, better 5 or more", "got 2")

    def test_what_cannot_be_compared_is_named(self, controls, capsys):
        put(controls, "probes", probe=make_probe(images=9, fingerprint="e" * 64))
        put(controls, "layers", layers=("low", "middle", "fc"))
        (controls / "cut.safetensors").write_bytes((controls / BASE).read_bytes()[:99])
        for name, words in (
            ("probes", "fingerprints ffffffffffff… and eeeeeeeeeeee…"),
            ("layers", "only before ['mid'], only after ['middle']"),
            ("cut", "Is truncated"),
            ("none", "there is no such file"),
        ):
            given = (*self.CALM, f"{name}.safetensors")
            ran = run(capsys, "check", BASE, SAME, "--controls", *given)
            refused(ran, f"{name}.safetensors", words)

    @pytest.mark.parametrize("also", [BASE, CHANGED, f"./{CHANGED}"])
    def test_nothing_is_judged_beside_itself(self, also, controls, capsys):
        for verb in ("check", "diff", "bisect"):
            ran = run(capsys, verb, BASE, CHANGED, "--controls", *self.CALM, also)
            refused(ran, f"--controls: {also} is also what is compared")

    def test_documents_do_not_overwrite_them(self, controls, capsys):
        (controls / "odd").write_bytes((controls / SAME).read_bytes())
        ran = run(capsys, "check", BASE, SAME, "--json", "odd", "--controls", *self.CALM, "odd")
        refused(ran, "--json would write to odd: that is a file that is read")


class TestAccept:
    def test_the_candidate_becomes_the_baseline(self, folder, capsys):
        ran = run(capsys, "accept", BASE, CHANGED)
        assert (ran.status, ran.err) == (0, "")
        assert ran.out == f"{BASE} is now {CHANGED} (epoch 3, step 30)\n"
        assert (folder / BASE).read_bytes() == (folder / CHANGED).read_bytes()
        assert run(capsys, "check", BASE, CHANGED).status == 0
        assert {one.name for one in folder.iterdir()} == {BASE, SAME, CHANGED}

    def test_a_baseline_unlike_the_old_one_is_taken_and_told(self, folder, capsys):
        put(folder, "probes", probe=make_probe(images=9, fingerprint="e" * 64))
        ran = run(capsys, "accept", BASE, "probes.safetensors")
        assert ran.status == 0
        assert "cannot be compared with the one it replaces" in ran.err
        assert "fingerprints ffffffffffff… and eeeeeeeeeeee…" in ran.err
        assert load_snapshot(BASE).probe.fingerprint == "e" * 64

    def test_a_baseline_that_cannot_be_read_is_replaced(self, folder, capsys):
        (folder / BASE).write_bytes(b"broken")
        assert run(capsys, "accept", BASE, SAME).status == 0
        assert load_snapshot(BASE).step == 20

    def test_a_new_baseline(self, folder, capsys):
        ran = run(capsys, "accept", "new/first.safetensors", SAME, "--json")
        assert json.loads(ran.out)["moment"] == "epoch 2, step 20"
        assert load_snapshot("new/first.safetensors").step == 20

    def test_a_baseline_is_kept_when_the_candidate_is_no_good(self, folder, capsys):
        before = (folder / BASE).read_bytes()
        (folder / "bad.safetensors").write_bytes(before[:200])
        refused(run(capsys, "accept", BASE, "bad.safetensors"), "bad.safetensors: Is truncated")
        whole = circuit()
        odd = dataclasses.replace(
            whole, edges=(dataclasses.replace(whole.edges[0], weight=float("inf")),)
        )
        save_snapshot(make_snapshot(odd), folder / "odd.safetensors")
        refused(run(capsys, "accept", BASE, "odd.safetensors"), "odd.safetensors", "infinite")
        assert (folder / BASE).read_bytes() == before


class TestMisuse:
    @pytest.mark.parametrize(
        ("argv", "wanted"),
        [
            ([], "VERB"),
            (["shout"], "'shout'"),
            (["show"], "show: the following arguments are required: SNAPSHOT"),
            (["show", BASE, "--jsn"], "--jsn"),
            (["show", BASE, "--model.width", "3"], "--model.width"),
            (["show", "--model.width"], "--model.width: wanted a value"),
            (["check", BASE], "CANDIDATE"),
            (["check", BASE, SAME, "--matching", "hope"], "'hope'"),
            (["check", BASE, SAME, "--policy", "none.yaml"], "--policy: none.yaml: There is no"),
            (["show", "none.safetensors"], "none.safetensors: Cannot be read: there is no such"),
            (["show", "--json", BASE], "SNAPSHOT"),
            (["check", "--json", BASE, SAME, CHANGED], "--json would write to base.safetensors"),
            (["show", BASE, "--json", "a.ckpt"], "--json would write to a.ckpt"),
            (["check", BASE, SAME, "--json", "-", "--junit", "-"], "--junit would write to -"),
            (["check", BASE, SAME, "--json", "a", "--junit", "./a"], "where --json writes"),
            (
                ["check", BASE, SAME, *("--checkpoints", "a", "--config", "c", "--html", "c")],
                "--html would write to c: that is a file that is read",
            ),
            (["analyze", "a.ckpt", "--config", "c", "--json", "c"], "--json would write to c"),
            (["show", BASE, "--json", "no/such/folder.json"], "folder.json: Cannot be written"),
            (["accept", "baseline.txt", SAME], "'.safetensors'"),
            (["analyze", "none.ckpt", "--out", "a.txt"], "--out a.txt"),
            (["check", BASE, SAME, "--data", "a:B"], "--data is for functional transfer"),
            (["check", BASE, SAME, "--model.width", "3"], "--model.width is for functional"),
            (["check", BASE, SAME, "--seed", "0"], "--seed is for functional transfer"),
            (["check", BASE, SAME, "--prefix", "n."], "--prefix is for functional transfer"),
            (["check", BASE, SAME, "--unsafe-load"], "--unsafe-load is for functional transfer"),
            (["check", BASE, SAME, "--accelerator", "cpu"], "--accelerator is for functional"),
            (
                ["check", BASE, SAME, SAME, "--checkpoints", "a", "b"],
                "same.safetensors is named with two --checkpoints, a and b",
            ),
            (["check", BASE, SAME, "--checkpoints", "a", "b"], "2 --checkpoints for 1 candidates"),
            (["check", BASE, SAME, "--checkpoints", "a"], "wanted --model pkg.module:MyModel"),
            (
                ["check", BASE, SAME, "--checkpoints", "a", "--matching", "responses"],
                "--checkpoints and --matching responses",
            ),
        ],
    )
    def test_says_what_was_wanted(self, argv, wanted, folder, capsys):
        before = {one.name: one.read_bytes() for one in folder.iterdir()}
        refused(run(capsys, *argv), wanted)
        assert {one.name: one.read_bytes() for one in folder.iterdir()} == before

    def test_other_probes_are_refused_with_the_difference(self, folder, capsys):
        put(folder, "other", probe=make_probe(images=9, fingerprint="e" * 64))
        for verb in ("diff", "check"):
            refused(
                run(capsys, verb, BASE, "other.safetensors"),
                "base.safetensors and other.safetensors",
                "ffffffffffff… and eeeeeeeeeeee…",
                "images 8 and 9",
            )

    def test_other_layers_are_refused_with_the_difference(self, folder, capsys):
        put(folder, "other", layers=("low", "middle", "fc"))
        refused(
            run(capsys, "check", BASE, "other.safetensors"),
            "only before ['mid'], only after ['middle']",
            "Did you mean 'middle'?",
        )

    def test_other_targets_are_refused(self, folder, capsys):
        put(folder, "other", target=3, called="scratch")
        refused(run(capsys, "diff", BASE, "other.safetensors"), "'crack'", "'scratch'")

    def test_a_policy_for_a_layer_that_is_not_there(self, folder, capsys):
        policy = folder / "neurflow.yaml"
        policy.write_text("conditions: [{measure: edge_drift, at_most: 0.4, layer: mdi}]")
        refused(
            run(capsys, "check", BASE, SAME, "--policy", "neurflow.yaml"),
            "neurflow.yaml, line 1: layer: 'mdi'",
            "'mid'",
        )

    def test_a_hostile_name_in_an_error(self, folder, capsys):
        refused(run(capsys, "show", f"{HOSTILE}.safetensors"), "<b>crack</b> | x |.safetensors")


class TestEnd:
    def test_help_and_version_end_well(self, capsys):
        for argv in (["--help"], ["check", "--help"], ["--version"]):
            with pytest.raises(SystemExit) as stop:
                run(capsys, *argv)
            assert not stop.value.code
        assert "neurflow-lightning 0" in capsys.readouterr().out

    def test_an_error_not_foreseen_is_no_failed_check(self, folder, capsys, monkeypatch):
        def broken(path):
            raise RuntimeError("\x1b[31mbroken")

        monkeypatch.setattr("neurflow_lightning.cli.snapshots.load_snapshot", broken)
        ran = run(capsys, "show", BASE)
        assert ran.status == 2
        assert "Traceback" in ran.err
        assert ran.err.endswith("RuntimeError: broken\n")

    def test_an_interrupt_is_no_failed_check(self, folder, capsys, monkeypatch):
        def stop(path):
            raise KeyboardInterrupt

        monkeypatch.setattr("neurflow_lightning.cli.snapshots.load_snapshot", stop)
        assert run(capsys, "show", BASE).status == 130

    def test_no_torch_is_loaded(self, folder):
        code = (
            "import sys\nfrom neurflow_lightning.cli import main\n"
            f"for argv in (['show', {BASE!r}], ['diff', {BASE!r}, {SAME!r}],"
            f" ['check', {BASE!r}, {SAME!r}], ['accept', 'new.safetensors', {SAME!r}],"
            f" ['bisect', {BASE!r}, {CHANGED!r}, {SAME!r}]):\n"
            "    assert main(argv) == 0, argv\n"
            "print('loaded:', *sys.modules)"
        )
        ran = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=False
        )
        assert ran.returncode == 0, ran.stderr
        loaded = set(ran.stdout.rpartition("loaded:")[2].split())
        assert "neurflow_lightning.regression.checking" in loaded
        heavy = {"torch", "torchvision", "lightning", "matplotlib", "jsonargparse", "tensorboard"}
        assert loaded & heavy == set()


SHOWN = """\
base.safetensors (epoch 1, step 10)
  probe set ffffffffffff: 8 inputs of 3 × 8 × 8, without labels
  layers: low, mid, fc

Circuit of crack
layer  core neurons  stability  meanings a neuron  neuron groups  completeness gap  time (s)  strongest neurons
────────────────────────────────────────────────────────────────────────────────────────────────────────────────
low               2          –                  –              2                 –      0.50  0 (0.50), 1 (0.50)
mid               2          –               1.00              2             0.00%      0.50  0 (0.50), 1 (0.50)
fc                1          –               1.00              1             0.00%      0.50  2 (1.00)
"""  # noqa: E501

DIFFERENT = """\
neurflow: changed
  before: base.safetensors (epoch 1, step 10)
  after:  changed.safetensors (epoch 3, step 30)
  compared neuron by neuron
  held against other probe images (200 + 200 draws), which ordinary training may exceed: controls would tell

crack: changed
measure              place      value  null 99 %  p adjusted
edge_drift           mid → fc       0          0           1
edge_drift           low → mid  0.375          0      0.0105
core_turnover        mid            0          0           1
core_turnover        low            0          0           1
importance_turnover  mid            0          0           1
importance_turnover  low            0          0           1
rank_turnover        mid            0          0           1
rank_turnover        low            0          0           1
group_turnover       mid            0          –           –
group_turnover       low            0          –           –
concept_drift        mid            0          –           –
concept_drift        low            0          –           –
polysemanticity      mid            0          –           –
polysemanticity      low            –          –           –
evidence:
  edge  low:0 → mid:0  0.75 → −0.75  100% of the change in the edges into mid; look at image 0 (rows 0–7, columns 0–7), image 0 (rows 0–3, columns 0–3), image 1 (rows 0–7, columns 0–7), image 1 (rows 0–3, columns 0–3)
"""  # noqa: E501

FAILED = """\
neurflow: FAILED (1 failed, 1 warned)
  baseline: base.safetensors (epoch 1, step 10)
  candidate: changed.safetensors (epoch 3, step 30)
  compared neuron by neuron, verdict changed, policy the default policy
  held against other probe images (200 + 200 draws), which ordinary training may exceed: controls would tell

      target  place  condition                       value         bound
────────────────────────────────────────────────────────────────────────
fail  crack   *      verdict at most re-described  changed  re-described
warn  crack   *      verdict at most stable        changed        stable

fail: crack: the verdict is changed, re-described at worst is allowed
    edge  low:0 → mid:0  0.75 → −0.75  100% of the change in the edges into mid; look at image 0 (rows 0–7, columns 0–7), image 0 (rows 0–3, columns 0–3), image 1 (rows 0–7, columns 0–7), image 1 (rows 0–3, columns 0–3)
warn: crack: the verdict is changed, stable at worst is allowed (evidence: see above)
"""  # noqa: E501
