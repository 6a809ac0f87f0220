"""Who may import whom: the contracts of pyproject.toml, run."""

import subprocess
import sys
from pathlib import Path

import pytest

from needs import need_module

ROOT = Path(__file__).parent.parent


def lint_imports(root: Path) -> subprocess.CompletedProcess[str]:
    """Run import-linter's contracts on the package under ``root``."""
    command = "from importlinter.cli import lint_imports_command as run; run()"
    return subprocess.run(
        [sys.executable, "-c", command, "--no-cache", "--config", str(root / "pyproject.toml")],
        capture_output=True,
        text=True,
        cwd=root,
        check=False,
    )


def copy_of_the_project(folder: Path) -> Path:
    for source in [ROOT / "pyproject.toml", *ROOT.glob("neurflow_lightning/**/*.py")]:
        copy = folder / source.relative_to(ROOT)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(source.read_bytes())
    return folder


@pytest.fixture(autouse=True)
def linter():
    need_module("importlinter", "dev")


def test_every_contract_is_kept():
    ran = lint_imports(ROOT)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "0 broken" in ran.stdout


@pytest.mark.parametrize(
    ("room", "forbidden"),
    [
        ("types", "import torch"),
        ("config", "import neurflow_lightning.types"),
        ("core/__init__", "import lightning"),
        ("core/__init__", "import matplotlib"),
        ("render/__init__", "import neurflow_lightning.core"),
    ],
)
def test_a_breach_is_noticed(room, forbidden, tmp_path):
    root = copy_of_the_project(tmp_path)
    module = root / "neurflow_lightning" / f"{room}.py"
    module.write_text(f"{forbidden}\n{module.read_text()}")
    ran = lint_imports(root)
    assert ran.returncode != 0
    assert "BROKEN" in ran.stdout
