"""benchmarks/evaluations.py on tiny sizes: it runs, and writes what docs/validation.md shows."""

import json
import sys
from pathlib import Path

import pytest

from needs import need_module

ROOT = Path(__file__).parents[2]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("case", "module"),
    [("vit_digits", "sklearn"), ("vit_branches", "sklearn"), ("solar_cells", "elpv_dataset")],
)
def test_a_case_is_trained_evaluated_and_written(case, module, tmp_path, monkeypatch):
    need_module(module, "examples")
    need_module("captum", "captum")
    for folder in ("examples", "benchmarks"):  # after each case the path is as it was
        monkeypatch.syspath_prepend(str(ROOT / folder))
    import evaluations

    monkeypatch.setattr(sys, "argv", ["evaluations.py", case, "--quick", "--out", str(tmp_path)])
    evaluations.main()
    written = json.loads((tmp_path / f"{case}.json").read_text())
    assert written["fidelity"]
    assert written["weights"]
    assert "Fidelity of core neurons" in (tmp_path / f"{case}.md").read_text()
    for what in ("optimality", "fidelity", "weights"):
        assert (tmp_path / f"{case}_{what}.jpg").read_bytes()[:2] == b"\xff\xd8"
