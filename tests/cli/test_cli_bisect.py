"""``bisect`` on snapshots: the step found, how many were looked at, and what is refused."""

from __future__ import annotations

import json
from argparse import Namespace
from pathlib import Path

import pytest
from command import put, run

from evolution.snapshots import make_probe
from neurflow_lightning.cli import checkpoints
from neurflow_lightning.cli.output import CommandError


@pytest.fixture
def row(tmp_path, monkeypatch):
    """``e0`` to ``e15``: the circuit changes at ``e11``; names sort otherwise than steps."""
    monkeypatch.chdir(tmp_path)
    for place in range(16):
        put(tmp_path, f"e{place}", 3.0 if place < 11 else -3.0, step=10 * place)
    return sorted(path.name for path in tmp_path.iterdir())


def test_finds_the_step_with_few_looks(row, capsys):
    ran = run(capsys, "bisect", "e0.safetensors", "e15.safetensors", *row)
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.startswith(
        "neurflow: the circuit changed\n"
        "  after e10.safetensors (epoch 10, step 100)\n"
        "  by    e11.safetensors (epoch 11, step 110)\n"
        "\n"
        "looked at 8 of 16:\n"
        "  as before  e0.safetensors (epoch 0, step 0)\n"
    )
    assert "NOT MONOTONE" not in ran.out
    assert "neurflow: FAILED" in ran.out  # what changed


def test_json(row, capsys):
    ran = run(capsys, "bisect", "e0.safetensors", "e15.safetensors", *row, "--json")
    told = json.loads(ran.out)
    assert (told["schema"], told["found"], told["monotone"]) == ("neurflow-bisect", True, True)
    assert (told["last_good"], told["first_bad"]) == ("e10.safetensors", "e11.safetensors")
    assert told["checkpoints"] == 16
    assert len(told["looked_at"]) == 8
    assert told["report"]["verdict"] == "changed"


def test_says_when_the_change_came_and_went(row, tmp_path, capsys):
    for place in (2, 3):
        put(tmp_path, f"e{place}", -3.0, step=10 * place)
    put(tmp_path, "e13", 3.0, step=130)
    ran = run(capsys, "bisect", "e0.safetensors", "e15.safetensors", *row, "--json")
    told = json.loads(ran.out)
    assert (told["found"], told["monotone"]) == (True, False)
    assert "NOT MONOTONE at" in run(capsys, "bisect", "e0.safetensors", "e15.safetensors", *row).out


def test_nothing_to_find(row, capsys):
    ran = run(capsys, "bisect", "e0.safetensors", "e9.safetensors", "e4.safetensors")
    assert ran.status == 1
    assert ran.out.startswith("neurflow: nothing to find: e9.safetensors (epoch 9, step 90) passes")
    told = json.loads(run(capsys, "bisect", "e0.safetensors", "e9.safetensors", "--json").out)
    assert (told["found"], told["last_good"], told["monotone"]) == (False, None, None)


def test_two_neighbours_need_no_look_between(row, capsys):
    ran = run(capsys, "bisect", "e10.safetensors", "e11.safetensors")
    assert ran.status == 0
    assert "looked at 2 of 2" in ran.out


def test_without_steps_the_order_is_the_given_one(row, tmp_path, capsys):
    names = [f"e{place}.safetensors" for place in range(1, 15)]
    put(tmp_path, "e5", step=None)
    ran = run(capsys, "bisect", "e0.safetensors", "e15.safetensors", *names)
    assert "after e10.safetensors" in ran.out


def test_a_policy_decides_what_a_change_is(row, tmp_path, capsys):
    (tmp_path / "neurflow.yaml").write_text("conditions: [{measure: edge_drift, at_most: 0.4}]")
    ran = run(
        capsys, "bisect", "e0.safetensors", "e15.safetensors", *row, "--policy", "neurflow.yaml"
    )
    assert ran.status == 1


@pytest.mark.parametrize(
    ("condition", "why"),
    [
        ("transfer_at_least: 0.9", "no functional transfer (it needs data) was measured here"),
        ("require: emerge", "no emerge happened"),
        ("{measure: group_turnover, above_null: 1}", "has no null here to be held against"),
    ],
)
def test_what_no_snapshot_keeps_is_no_change(condition, why, row, capsys):
    Path("neurflow.yaml").write_text(f"conditions:\n- {condition}\n")
    given = ("e0.safetensors", "e15.safetensors", *row, "--policy", "neurflow.yaml")
    ran = run(capsys, "bisect", *given)
    assert (ran.status, ran.out) == (2, "")
    assert "GOOD (e0.safetensors), held against itself, does not pass" in ran.err
    assert why in ran.err


def test_what_cannot_be_judged_has_not_changed(tmp_path, monkeypatch, capsys):
    """One image of the target says nothing about other images."""
    monkeypatch.chdir(tmp_path)
    for name, weight, step in (("a", 3.0, 10), ("b", -3.0, 20)):
        put(tmp_path, name, weight, step=step, probe=make_probe(images=1, crops=16))
    ran = run(capsys, "bisect", "a.safetensors", "b.safetensors")
    assert (ran.status, ran.out) == (2, "")
    assert "the verdict is unjudged" in ran.err


@pytest.mark.parametrize(
    ("argv", "wanted"),
    [
        (
            ["e0.safetensors", "e15.safetensors", "e4.safetensors", "--controls", "e4.safetensors"],
            "--controls: e4.safetensors is also what is compared",
        ),
        (
            ["e0.safetensors", "e15.safetensors", "--policy", "p.yaml", "--json", "p.yaml"],
            "--json would write to p.yaml: that is a file that is read",
        ),
        (
            ["e0.safetensors", "e15.safetensors", "--config", "c.yaml", "--json", "c.yaml"],
            "--json would write to c.yaml: that is a file that is read",
        ),
        (["e0.safetensors", "./e0.safetensors"], "one file"),
        (["e9.safetensors", "e4.safetensors"], "is of step 40: wanted one after step 90"),
        (["e4.safetensors", "e9.safetensors", "e12.safetensors"], "e12.safetensors: Is of step"),
        (["e4.safetensors"], "BAD"),
        (["e4.safetensors", "none.safetensors"], "none.safetensors: Cannot be read"),
        (["e4.safetensors", "none.ckpt"], "none.ckpt: Cannot be read: there is no such file"),
    ],
)
def test_misuse(argv, wanted, row, capsys):
    Path("p.yaml").write_text("conditions: [{verdict_at_most: drifting}]")
    ran = run(capsys, "bisect", *argv)
    assert (ran.status, ran.out) == (2, "")
    assert wanted in ran.err
    assert ran.err.count("\n") == 1


def test_a_fine_tune_counts_its_steps_anew():
    steps = {"good": 330, "later": 88, "sooner": 22, "bad": 176}
    said = Namespace(good="good", bad="bad", between=["later", "sooner"])
    assert checkpoints._row(said, steps.get) == ["good", "sooner", "later", "bad"]
    with pytest.raises(CommandError, match="later: Is of step 188: wanted one from step 0 to step"):
        checkpoints._row(said, {**steps, "later": 188}.get)
