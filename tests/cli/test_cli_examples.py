"""The files of examples/regression: commands that can be read, and a policy that works."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
import yaml
from command import put, run

from neurflow_lightning.cli.arguments import make_parser, split_dotted
from neurflow_lightning.regression.policy import read_policy

FOLDER = Path(__file__).parents[2] / "examples" / "regression"


def commands() -> list[list[str]]:
    """Every ``neurflow …`` of the examples, as a shell would hand it over."""
    workflow = yaml.safe_load((FOLDER / "github-actions.yml").read_text())
    lines = [step.get("run", "") for step in workflow["jobs"]["check"]["steps"]]
    hooks = yaml.safe_load((FOLDER / "pre-commit-config.yaml").read_text())
    lines += [hook["entry"] for repository in hooks["repos"] for hook in repository["hooks"]]
    readme = (FOLDER / "README.md").read_text().replace("\\\n", "")
    lines += re.findall(r"^\$ (.*)$", readme, re.MULTILINE)
    return [shlex.split(line)[1:] for line in lines if line.startswith("neurflow ")]


def test_there_are_commands_of_every_verb():
    assert {argv[0] for argv in commands()} == {
        *("analyze", "show", "accept", "diff", "check", "bisect"),
    }


@pytest.mark.parametrize("argv", commands(), ids=" ".join)
def test_every_command_can_be_read(argv):
    plain, _ = split_dotted(argv)
    assert make_parser("").parse_args(plain).verb == argv[0]


def test_the_policy_can_be_read_and_kept(tmp_path, capsys):
    assert len(read_policy(FOLDER / "neurflow.yaml").conditions) == 4
    layers = ("block3", "block4", "head")
    base, changed = (
        put(tmp_path, name, weight, layers=layers) for name, weight in (("a", 3.0), ("b", -3.0))
    )
    policy = ("--policy", FOLDER / "neurflow.yaml")
    assert run(capsys, "check", base, base, *policy).status == 0
    assert run(capsys, "check", base, changed, *policy).status == 1
