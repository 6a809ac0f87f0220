"""Every example, run as a user runs it, with quick settings."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from needs import need_module
from neurflow_lightning import load_snapshot

EXAMPLES = Path(__file__).parent.parent / "examples"


def run(*arguments: str | Path, cwd: Path = EXAMPLES) -> str:
    """What one Python run prints; fails with all of it when it goes wrong."""
    ran = subprocess.run(
        [sys.executable, *map(str, arguments)],
        capture_output=True,
        text=True,
        cwd=cwd,
        env={**os.environ, "OMP_NUM_THREADS": "1"},
        stdin=subprocess.DEVNULL,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "Warning: NeurFlow" not in ran.stderr
    return ran.stdout


def snapshots_under(folder: Path) -> list[Path]:
    return sorted(folder.rglob("neurflow/*.safetensors"))


def events_under(folder: Path) -> list[Path]:
    return sorted(folder.rglob("events.out.tfevents.*"))


def test_the_demo_says_what_changed_and_where_to_look(tmp_path):
    printed = run(EXAMPLES / "digits_demo.py", "--quick", "--epochs", 2, "--root", tmp_path)
    assert "What changed from epoch 0 to epoch 1" in printed
    assert "digit 3: core neurons of its circuit" in printed
    assert f"tensorboard --logdir {tmp_path / 'digits'}" in printed
    assert len(snapshots_under(tmp_path)) == 2
    assert len(events_under(tmp_path)) == 1


def test_the_ten_lines_run_anywhere(tmp_path):
    printed = run(EXAMPLES / "ten_lines.py", cwd=tmp_path)
    assert "network.head/0 [3]" in printed
    assert len(snapshots_under(tmp_path / "lightning_logs")) == 1


def test_a_vision_transformer_has_circuits(tmp_path):
    printed = run(EXAMPLES / "vit_digits.py", "--quick", "--epochs", 1, "--root", tmp_path)
    assert "digit 3: neuron groups" in printed
    (path,) = snapshots_under(tmp_path)
    assert (
        load_snapshot(path).circuit("3").layer_neurons("network.encoder.layers.encoder_layer_1.mlp")
    )


def test_solar_cells_are_explained_by_class_name(tmp_path):
    need_module("elpv_dataset", "examples")
    printed = run(
        EXAMPLES / "solar_cells.py",
        *("--quick", "--epochs", 1, "--cells", 80, "--side", 32, "--root", tmp_path),
    )
    assert "The circuit of 'defective' after epoch 0" in printed
    (path,) = snapshots_under(tmp_path)
    assert load_snapshot(path).probe.class_names == ("functional", "defective")


def test_the_command_line_takes_the_callback_from_its_file(tmp_path):
    run(
        *("-m", "cli.main", "fit", "--config", "cli/config.yaml"),
        *("--trainer.max_epochs", 2, "--trainer.logger.save_dir", tmp_path),
        *("--trainer.callbacks.config.images_per_target", 4),
    )
    (path,) = snapshots_under(tmp_path)
    assert load_snapshot(path).config.tau == 8


@pytest.mark.parametrize("path", sorted(EXAMPLES.rglob("*.py")), ids=lambda path: path.stem)
def test_every_example_says_what_it_shows(path):
    assert path.read_text().startswith('"""')
