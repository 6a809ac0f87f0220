"""The benchmarks on tiny sizes: what they measure, how they compare, what they write."""

from __future__ import annotations

import functools
import json
import os
import sys
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from torch import nn

from needs import need_module

BENCHMARKS = Path(__file__).parent.parent / "benchmarks"
sys.path.append(str(BENCHMARKS))

import _measuring as measuring  # noqa: E402
import against_reference as bench  # noqa: E402

MB = 1_000_000
CLONE = os.environ.get("NEURFLOW_REFERENCE", "")
TINY = bench.Case(
    "tiny",
    "resnet18",
    side=32,
    images=2,
    layers=("layer4.0", "layer4.1", "fc"),
    tau=3,
    top_k=4,
    epochs=1,
)


@pytest.fixture(scope="module")
def stored(tmp_path_factory):
    """A case file with noise for images."""
    path = tmp_path_factory.mktemp("case") / "case.pt"
    images = torch.randn(TINY.images, 3, TINY.side, TINY.side, generator=torch.manual_seed(0))
    network = bench.build(TINY.architecture)
    bench.settle(network, images)
    torch.save({"images": images, "state": network.state_dict()}, path)
    return path


def take_beside_what_is_held() -> tuple[int, measuring.Cost]:
    """200 MB, slowly, while 300 MB of before stay."""
    held = np.ones(300 * MB, np.uint8)

    def work() -> int:
        time.sleep(0.2)
        return np.ones(200 * MB, np.uint8).size

    size, cost = measuring.measure(work)
    assert (size, held.size) == (200 * MB, 300 * MB)
    return size, cost


def take_what_was_just_freed() -> measuring.Cost:
    """200 MB in pieces, twice; the last one of before keeps the heap from shrinking by itself."""

    def small_pieces() -> list[bytearray]:
        return [bytearray(b"x" * 50_000) for _ in range(4000)]

    before = small_pieces()
    del before[:-1]
    return measuring.measure(small_pieces)[1]


class TestMeasuring:
    def test_the_peak_is_what_the_work_held_and_nothing_of_before(self):
        size, cost = measuring.apart(take_beside_what_is_held)
        assert 0.975 * size < cost.peak_bytes < 1.25 * size
        assert 0.2 <= cost.seconds < 10

    def test_memory_freed_before_hides_no_peak(self):
        assert measuring.apart(take_what_was_just_freed).peak_bytes > 190 * MB

    def test_a_function_has_a_process_of_its_own(self):
        numbers = {measuring.apart(os.getpid), measuring.apart(os.getpid), os.getpid()}
        assert len(numbers) == 3

    def test_what_the_function_raises_comes_back(self):
        with pytest.raises(ValueError, match="invalid literal"):
            measuring.apart(int, "three")

    def test_a_process_that_dies_is_an_error_with_a_way_out(self):
        with pytest.raises(RuntimeError, match=r"of _exit ended without an answer.*smaller case"):
            measuring.apart(os._exit, 9)

    def test_a_system_that_counts_no_peak_is_an_error(self, monkeypatch, tmp_path):
        monkeypatch.setattr(measuring, "_PROCESS", tmp_path / "absent")
        with pytest.raises(RuntimeError, match="clear_refs can be written"):
            measuring.measure(lambda: None)

    def test_the_machine_is_described(self):
        said = str(measuring.machine())
        assert torch.__version__ in said
        assert f"{len(os.sched_getaffinity(0))} cores" in said


class TestComparing:
    def test_agreement_is_over_the_neurons_of_both_circuits(self):
        truth = {"fc": {0: (1, 2)}, "block": {5: (3, 4), 6: (7, 8), 9: ()}}
        found = {"fc": {0: (2, 1)}, "block": {5: (3, 8), 7: (1, 2), 9: (1, 2)}}
        assert bench.agreement(found, truth) == bench.Agreement(
            found=4, compared=2, overlap=0.75, identical=0.5
        )

    def test_fewer_true_core_neurons_than_tau_can_all_be_found(self):
        assert bench.agreement({"fc": {0: (4, 2, 9)}}, {"fc": {0: (9,)}}).overlap == 1

    def test_nothing_in_common_is_an_error(self):
        with pytest.raises(ValueError, match="shares no neuron"):
            bench.agreement({"fc": {0: (1,)}}, {"fc": {3: (1,)}})

    def test_a_ratio_is_taken_within_each_round(self):
        assert bench.paired_ratio([8.0, 80.0, 9.0], [2.0, 10.0, 3.0]) == 4.0

    def test_the_side_of_least_agreement_counts(self):
        truth = bench.Truth({"fc": {0: (1, 2)}}, 1, 0.0, 1.0)
        runs = [run_of((1, 2)), run_of((1, 3))]
        assert bench._side("ours", runs, truth).agreement.overlap == 0.5


def run_of(core: tuple[int, ...], seconds: float = 1.0, megabytes: int = 10) -> bench.Run:
    return bench.Run(measuring.Cost(seconds, megabytes * MB), {"fc": {0: core}})


class TestOurSide:
    def test_finds_core_neurons_for_every_layer_but_the_shallowest(self, stored):
        run = measuring.apart(bench.run_ours, TINY, stored, "float32")
        assert run.cost.seconds > 0
        assert set(run.core) == {"layer4.1", "fc"}
        assert set(run.core["fc"]) == {bench.TARGET}
        assert set(run.core["layer4.1"]) == set(run.core["fc"][bench.TARGET])

    def test_the_truth_stands_up_to_captum(self, stored, monkeypatch):
        need_module("captum", "test")
        monkeypatch.setattr(bench, "TRUTH_NODES", 20)
        truth = bench.run_truth(TINY, stored)
        assert truth.checked == 2
        assert truth.error < 1e-4
        assert truth.overlap == 1
        ours = bench.run_ours(TINY, stored, "float32")
        assert bench.agreement(ours.core, truth.core).overlap > 0.8

    def test_captum_would_notice_a_wrong_score(self, stored, monkeypatch):
        need_module("captum", "test")
        snapshot = bench.analysis(TINY, *bench.opened(TINY, stored), nodes=1, node_power=3)()
        monkeypatch.setattr(bench, "TRUTH_NODES", 20)
        assert max(error for error, _ in bench._checks(TINY, stored, snapshot)) > 1e-3

    @pytest.mark.parametrize("variant", bench.VARIANTS)
    def test_every_variant_is_a_configuration(self, variant):
        config = bench.config_of(TINY, **bench.VARIANTS[variant])
        assert (config.tau, config.top_k, config.images_per_target) == (3, 4, 2)

    def test_training_changes_the_weights_and_tests_on_other_cells(self, tmp_path, monkeypatch):
        need_module("elpv_dataset", "examples")
        monkeypatch.setattr(bench, "TRAINING_CELLS", 32)
        monkeypatch.setattr(bench, "solar_cells", functools.cache(bench.solar_cells))
        accuracy = bench.prepare(TINY, "trained", tmp_path / "trained.pt")
        assert accuracy is not None
        assert 0 < accuracy < 1
        assert bench.prepare(TINY, "random", tmp_path / "random.pt") is None
        trained, random = (
            torch.load(tmp_path / f"{weights}.pt", weights_only=True)
            for weights in ("trained", "random")
        )
        assert trained["images"].shape == (TINY.images, 3, TINY.side, TINY.side)
        assert torch.equal(trained["images"], random["images"])
        assert not torch.equal(trained["state"]["fc.weight"], random["state"]["fc.weight"])


STAND_IN = {
    "utils.py": "from NeurFlow import Framework\ndef show(found: Framework):\n    return 'shown'\n",
    "NeurFlow.py": "from utils import show\nclass Framework:\n    said = show(None)\n",
}
"""Two modules that import each other as the reference's do."""


@pytest.fixture
def stand_in(tmp_path):
    for name, code in STAND_IN.items():
        (tmp_path / name).write_text(code)
    return tmp_path


class TestTheReferenceSide:
    def test_is_loaded_in_spite_of_its_circle_and_left_as_it_is(self, stand_in):
        assert bench.load_reference(stand_in).neurflow.Framework.said == "shown"
        assert {path.name: path.read_text() for path in stand_in.iterdir()} == STAND_IN
        assert not {"NeurFlow", "utils"} & set(sys.modules)

    def test_is_asked_for_where_there_is_none(self, tmp_path):
        with pytest.raises(FileNotFoundError, match=r"utils.py is missing.*git clone https"):
            bench.load_reference(tmp_path)

    def test_other_code_has_another_fingerprint(self, stand_in):
        before = bench.fingerprint(stand_in)
        (stand_in / "utils.py").write_text(STAND_IN["utils.py"] + "# changed\n")
        assert len(before) == 12
        assert bench.fingerprint(stand_in) != before

    def test_a_split_that_computes_something_else_is_refused(self):
        network = nn.Sequential(nn.Conv2d(3, 4, 1), nn.ReLU(), nn.Flatten(), nn.Linear(16, 2))
        images = torch.randn(2, 3, 2, 2, generator=torch.manual_seed(0))
        bench.check_split(
            [(network[:2], network[2:]), (network[:1], network[1:2])], network, images
        )
        with pytest.raises(ValueError, match="split of the network differs"):
            bench.check_split([(network[:1], network[2:])], network, images)

    @pytest.mark.skipif(not CLONE, reason="NEURFLOW_REFERENCE names no clone of tue147/neurflow")
    @pytest.mark.parametrize("architecture", ["resnet18", "googlenet"])
    def test_finds_the_same_core_neurons(self, architecture, tmp_path):
        need_module("captum", "test")
        case, path = TINY, tmp_path / "case.pt"
        if architecture == "googlenet":
            layers = ("inception5a", "inception5b", "fc")
            case = replace(TINY, architecture=architecture, side=64, layers=layers)
        images = torch.randn(2, 3, case.side, case.side, generator=torch.manual_seed(0))
        network = bench.build(architecture)
        bench.settle(network, images)
        torch.save({"images": images, "state": network.state_dict()}, path)
        theirs = bench.run_reference(case, path, Path(CLONE), 128, 8)
        ours = bench.run_ours(case, path, "50-nodes")
        same = bench.agreement(theirs.core, ours.core)
        assert same.compared == same.found == 1 + case.tau
        assert same.overlap == 1


def comparison(**changes: object) -> bench.Comparison:
    same = bench.Agreement(found=9, compared=8, overlap=0.9975, identical=0.98)
    costs = {"reference": (40.0, 60.0, 80.0), "float32": (1.0, 2.0, 4.0)}
    reference, ours = (
        bench.Side(name, tuple(measuring.Cost(one, int(one * MB)) for one in seconds), same)
        for name, seconds in costs.items()
    )
    truth = {"checked": 2, "error": 3e-7, "overlap": 1.0}
    made = bench.Comparison(TINY, "trained", 0.75, truth, reference, (ours,))
    return replace(made, **changes)


class TestTelling:
    def test_the_table_has_a_row_for_every_side(self):
        *_, reference, ours = bench.results([comparison()]).splitlines()
        cells = [cell.strip() for cell in ours.strip("|").split("|")]
        assert cells == [
            *("tiny trained", "float32", "2.0", "2", "30.0", "1/30.0"),
            *("0.9975", "0.980", "8 of 9"),
        ]
        assert "60.0" in reference

    def test_columns_are_as_wide_as_their_widest_cell(self):
        assert len({len(line) for line in bench.results([comparison()]).splitlines()}) == 1

    def test_the_section_tells_machine_workload_and_every_run(self):
        text = bench.section([comparison()], "Some machine, quiet", "abc123")
        assert text.startswith("## Against the reference code\n")
        assert "Some machine, quiet" in text
        assert "code abc123" in text
        assert "2 images of 32×32 (118 patches), τ = 3, k = 4, layers layer4.0" in text
        assert "accuracy on unseen cells 0.75" in text
        assert "- tiny trained, reference: 40.0 s, 40 MB; 60.0 s, 60 MB; 80.0 s, 80 MB\n" in text

    def test_a_run_writes_its_table_its_section_and_its_numbers(
        self, stand_in, tmp_path, monkeypatch, capsys
    ):
        monkeypatch.setattr(bench, "CASES", {"tiny": TINY})
        monkeypatch.setattr(bench, "apart", answer)
        options = ["--reference", stand_in, "--cases", "tiny", "--weights", "random", "--pairs", 2]
        files = [
            "--variants",
            "float32",
            "--out",
            tmp_path / "a.json",
            "--markdown",
            tmp_path / "a",
        ]
        assert bench.main([str(one) for one in options + files]) == 0
        assert "float32 |  2.0 |  10 |         21.0 | 1/30.0" in capsys.readouterr().out
        (found,) = json.loads((tmp_path / "a.json").read_text())["comparisons"]
        assert [one["seconds"] for one in found["reference"]["costs"]] == [42.0, 42.0]
        assert found["ours"][0]["agreement"]["overlap"] == 0.5
        assert "tiny, random weights: resnet18" in (tmp_path / "a").read_text()

    @pytest.mark.parametrize("pairs", ["0", "-1", "two"])
    def test_a_number_of_rounds_below_one_is_refused(self, pairs, capsys):
        with pytest.raises(SystemExit):
            bench.main(["--reference", ".", "--pairs", pairs])
        assert "wanted a whole number of at least 1" in capsys.readouterr().err


def answer(function, *_arguments):
    """What each part gives, without doing it."""
    return {
        bench.prepare: None,
        bench.run_truth: bench.Truth({"fc": {0: (1, 2)}}, 1, 1e-7, 1.0),
        bench.run_ours: run_of((1, 3), seconds=2.0),
        bench.run_reference: run_of((1, 2), seconds=42.0, megabytes=300),
    }[function]
