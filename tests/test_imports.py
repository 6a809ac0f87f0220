"""What an import costs: TensorBoard and pytest load the package in programs that have no torch."""

import subprocess
import sys

import pytest

HEAVY = {"torch", "torchvision", "lightning", "matplotlib", "tensorboard", "sklearn", "scipy"}
TORCH = {"torch", "torchvision", "lightning"}


def loaded_by(statement: str) -> set[str]:
    """Top-level modules in memory after ``statement`` ran in a Python of its own."""
    listing = "import sys; print(*{name.partition('.')[0] for name in sys.modules})"
    ran = subprocess.run(
        [sys.executable, "-c", f"{statement}\n{listing}"],
        capture_output=True,
        text=True,
        check=True,
    )
    return set(ran.stdout.split())


@pytest.mark.parametrize("module", ["neurflow_lightning", "neurflow_lightning.types"])
def test_importing_the_package_loads_nothing_heavy(module):
    assert loaded_by(f"import {module}") & HEAVY == set()


@pytest.mark.parametrize(
    "room",
    [
        *("storage", "render.figures", "render.text", "render.summaries"),
        *("evaluation.results", "evaluation.tables", "evaluation.figures"),
    ],
)
def test_files_and_pictures_load_without_torch(room):
    loaded = loaded_by(f"import neurflow_lightning.{room}")
    assert "neurflow_lightning" in loaded
    assert loaded & TORCH == set()


def test_the_algorithm_loads_without_lightning_and_draws_nothing():
    loaded = loaded_by("import neurflow_lightning.core.pipeline")
    assert "torch" in loaded
    assert loaded & {"lightning", "matplotlib", "tensorboard"} == set()


def test_tensorboard_finds_the_tab_without_torch_or_lightning():
    """The loader alone at TensorBoard's start; the plugin only adds what TensorBoard has anyway."""
    loaded = loaded_by(
        "import neurflow_lightning.tensorboard_plugin.loader as one; one.NeurFlowLoader()"
    )
    assert loaded & {*TORCH, "matplotlib", "scipy", "sklearn", "PIL"} == set()
    loaded = loaded_by("import neurflow_lightning.tensorboard_plugin.plugin")
    assert loaded & {*TORCH, "matplotlib", "scipy", "sklearn", "PIL"} == set()
