"""The benchmarks without the reference code, on tiny sizes: what they measure, tell and write."""

from __future__ import annotations

import functools
import json
import pickle
import sys
from dataclasses import asdict, replace
from pathlib import Path

import numpy as np
import pytest
import torch

from needs import need_module
from neurflow_lightning.core import grouping
from neurflow_lightning.core.packing import LARGEST_ERROR

ROOT = Path(__file__).parent.parent
sys.path += [str(ROOT / "benchmarks"), str(ROOT / "examples")]

import _workload as workload  # noqa: E402
import ablation  # noqa: E402
import against_reference  # noqa: E402
import families  # noqa: E402
import floor  # noqa: E402
import overhead  # noqa: E402
import plots  # noqa: E402
import report  # noqa: E402
import scaling  # noqa: E402
import tab as tab_benchmark  # noqa: E402
from _measuring import Cost, machine  # noqa: E402


def pickled(function, *arguments):
    """As a process of its own would do it, with everything pickled on the way, but here."""
    function, arguments = pickle.loads(pickle.dumps((function, arguments)))
    return pickle.loads(pickle.dumps(function(*arguments)))


def noise(side):
    """In the place of the photographs: a few seconds less."""
    images = torch.randn(440, 3, side, side, generator=torch.manual_seed(0))
    return images, torch.arange(440) % 2


@pytest.fixture(autouse=True)
def _here_and_small(monkeypatch):
    for script in (workload, ablation, families, floor, overhead, scaling):
        if hasattr(script, "apart"):
            monkeypatch.setattr(script, "apart", pickled)
    monkeypatch.setattr(against_reference, "solar_cells", noise)
    monkeypatch.setattr(scaling, "solar_cells", noise)


@pytest.fixture
def quick_run(tmp_path, capsys):
    """Runs a benchmark as a user would; its numbers, after a look at all it tells."""

    def run(script, *options, rounds=1):
        name = script.__name__
        files = ("--out", tmp_path / f"{name}.json", "--markdown", tmp_path / f"{name}.md")
        arguments = ["--quick", "--rounds", rounds, *files, *options]
        assert script.main([str(one) for one in arguments]) == 0
        section = (tmp_path / f"{name}.md").read_text()
        printed = capsys.readouterr().out
        table = [line for line in section.splitlines() if line.startswith("|")]
        assert len(table) > 2
        assert set(table) <= set(printed.splitlines())
        assert f"Made by `benchmarks/{name}.py`. {machine().cpu}" in section
        assert "A quick run" in section
        report.main(["--results", str(tmp_path), "--to", str(tmp_path / "page.md")])
        assert section in (tmp_path / "page.md").read_text()
        if name in plots.FIGURES:
            assert plots.main(["--results", str(tmp_path), "--to", str(tmp_path)]) == 0
            assert (tmp_path / f"{name}.svg").stat().st_size < 100_000
        return json.loads((tmp_path / f"{name}.json").read_text())

    return run


class TestTab:
    def test_a_quick_run(self, quick_run):
        found = quick_run(tab_benchmark)
        assert [one["loader"] for one in found["found"]] == ["Rust", "Python"]
        for one in found["found"]:
            assert all(0 < one[name][0] < 60 for name in ("first", "again", "newest", "detail"))
        assert found["record"] > 1000


class TestFloor:
    def test_a_quick_run(self, quick_run):
        found = quick_run(floor, rounds=2)
        parts = {part["name"]: part for part in found["parts"]}
        assert list(parts) == [
            "forward pass",
            *("prefix layer3.1 → layer4.0", "pull-back layer4.0 → layer3.1"),
            *("prefix layer4.0 → layer4.1", "pull-back layer4.1 → layer4.0"),
        ]
        assert parts["forward pass"]["rows"] == 118
        # τ = 2 neurons of layer4.1, k = 4 patches of each
        assert parts["pull-back layer4.1 → layer4.0"]["rows"] == 8
        assert 4 <= parts["prefix layer4.0 → layer4.1"]["rows"] <= 8
        assert len(found["analysis"]) == 2
        first = sum(part["seconds"][0] for part in found["parts"])
        assert found["floor"][0] == pytest.approx(first)
        assert found["ratio"] > 1

    def test_multiply_adds_are_those_of_the_convolution(self):
        """3×3 taps of 4 channels for each of 6 channels at 5×5 places, 7 times."""
        convolution = torch.nn.Conv2d(4, 6, 3, stride=2, padding=1)
        jobs = [made("", convolution, (4, 9, 9), 7) for made in (floor._prefix, floor._pull_back)]
        assert {job.multiply_adds for job in jobs} == {7 * 9 * 4 * 6 * 25}
        assert all(0 < job.work() < 1 for job in jobs)

    def test_batches_are_as_many_as_the_rows(self):
        sizes: list[int] = []
        floor._in_batches(sizes.append, 70, 32)
        assert sizes == [32, 32, 6]

    @pytest.mark.parametrize(("seconds", "said"), [(1.4, ", met"), (1.6, ", not met")])
    def test_the_goal_is_judged_by_the_median_round(self, seconds, said):
        parts = tuple(floor.Part(name, 1, 10, (0.5, 0.5, 0.5)) for name in ("a", "b"))
        found = floor.Found((9.0, seconds, 1.0), parts)
        assert found.ratio == seconds
        assert said in floor.text(workload.QUICK, found)


class TestAblation:
    def test_a_quick_run(self, quick_run):
        some = ("nothing folded or restricted", "memory budget of 8 MiB", "bf16")
        found = quick_run(ablation, "--variants", *some)
        rows = {row["name"]: row for row in found["variants"]}
        assert list(rows) == [ablation.AS_IT_IS, *some]
        assert rows[ablation.AS_IT_IS]["times"] == 1
        assert set(rows[ablation.AS_IT_IS]["methods"].values()) == {"folded"}
        assert set(rows["nothing folded or restricted"]["methods"].values()) == {"traced"}
        assert rows["nothing folded or restricted"]["agreement"]["overlap"] == 1

    @pytest.mark.parametrize(
        "name", [name for name, one in ablation.VARIANTS.items() if one.instead]
    )
    def test_what_is_switched_off_was_in_use_and_changes_nothing(self, name, case_file, as_it_is):
        used = set()

        def noting(key, function):
            @functools.wraps(function)
            def called(*arguments, **options):
                used.add(key)
                return function(*arguments, **options)

            return called

        variant = ablation.VARIANTS[name]
        noted = {key: noting(key, one) for key, one in variant.instead.items()}
        network, probes = against_reference.opened(workload.QUICK, case_file)
        with replace(variant, instead=noted).switched():
            snapshot = against_reference.analysis(workload.QUICK, network, probes)()
        assert used == set(variant.instead)
        same = against_reference.agreement(against_reference.core_sets(snapshot), as_it_is.core)
        assert same.overlap > 0.9  # rounding may swap two that are all but equal

    @pytest.mark.parametrize("name", [n for n, one in ablation.VARIANTS.items() if one.config])
    def test_every_other_variant_is_a_configuration(self, name):
        changes = ablation.VARIANTS[name].config
        config = against_reference.config_of(workload.QUICK, **changes)
        assert all(getattr(config, key) == value for key, value in changes.items())
        assert config != against_reference.config_of(workload.QUICK)

    def test_a_name_that_is_gone_is_an_error(self):
        gone = ablation.Variant(instead={"packing.is_no_more": print})
        with pytest.raises(AttributeError, match="is_no_more"), gone.switched():
            pass

    def test_scikit_learn_finds_the_same_clusters(self):
        random = np.random.default_rng(0)
        for _ in range(5):
            points = random.normal(size=(30, 3)) + 4 * random.integers(0, 3, size=(30, 1))
            expected = grouping.cluster(points, 8).tolist()
            assert ablation.scikit_learns_cluster(points, 8).tolist() == expected
        assert not ablation.scikit_learns_cluster(points, 8, threshold=1).any()
        assert not ablation.scikit_learns_cluster(np.ones((9, 2)), 8).any()


@pytest.fixture(scope="module")
def case_file(tmp_path_factory):
    """Images and weights of the quick workload."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(against_reference, "solar_cells", noise)
        path = tmp_path_factory.mktemp("case") / "case.pt"
        against_reference.prepare(workload.QUICK, "random", path)
    return path


@pytest.fixture(scope="module")
def as_it_is(case_file):
    """The package's own answer."""
    return ablation.run(workload.QUICK, case_file, ablation.AS_IT_IS)


class TestScaling:
    def test_a_quick_run(self, quick_run):
        found = quick_run(scaling)
        sizes = [tuple(one["size"].values()) for one in found["sizes"]]
        assert sizes == [
            *((1, 3, 1, 16), (4, 3, 1, 16)),
            *((1, 2, 1, 16), (1, 3, 2, 16), (1, 3, 1, 8)),
        ]
        assert [one["patches"] for one in found["sizes"]] == [59, 236, 59, 118, 59]
        assert all(one["neurons"] >= 3 for one in found["sizes"])
        assert found["growth"]["patches"] == 4

    def test_the_network_is_resnet18_at_64_channels(self):
        ours = scaling.resnet(64).state_dict()
        theirs = against_reference.build("resnet18").state_dict()
        blocks = [name for name in theirs if name.startswith("layer")]
        assert {name: ours[name].shape for name in blocks} == {
            name: theirs[name].shape for name in blocks
        }

    def test_memory_that_grows_is_called_so(self):
        def result(images, megabytes):
            size = replace(scaling.QUICK.base, images=images)
            return scaling.Result(size, (Cost(1.0, megabytes * 1_000_000),), neurons=3)

        flat, grown = ([result(1, 10), result(4, last)] for last in (12, 13))
        assert "1.20\ntimes the memory: flat in patches" in scaling.text(scaling.QUICK, flat)
        assert "times the memory: not flat in patches" in scaling.text(scaling.QUICK, grown)

    def test_more_images_than_there_are_is_an_error(self, tmp_path):
        with pytest.raises(ValueError, match="409 images: wanted at most 408"):
            scaling.store_images(8, 409, tmp_path / "images.pt")


class TestFamilies:
    def test_a_quick_run(self, quick_run):
        found = quick_run(families, "--networks", "mobilenet_v3_small", rounds=2)
        block, stage = found["pairs"]
        assert (block["apart"], stage["apart"]) == ("block", "stage")
        assert (block["lower"], block["upper"]) == ("features.9", "features.10")
        for pair in (block, stage):
            assert pair["method"] == "folded"
            assert len(pair["plain"]) == len(pair["ours"]) == 2
            assert 0 < pair["difference"] < LARGEST_ERROR
            assert pair["times"] > 0

    def test_there_are_ten_and_each_names_layers_of_its_network(self):
        assert len(families.FAMILIES) == 10
        for name, family in families.FAMILIES.items():
            names = dict(against_reference.build(name).named_modules())
            assert {*family.block, *family.stage} <= set(names)

    def test_attributions_of_zero_only_are_an_error(self):
        with pytest.raises(ValueError, match="All attributions are zero"):
            families.relative_difference(torch.zeros(2), torch.zeros(2))


@pytest.fixture
def few_cells(monkeypatch):
    """Noise in the place of the photographs that the example loads."""
    need_module("elpv_dataset", "examples")
    import solar_cells

    photographs = np.random.default_rng(0).integers(0, 256, (60, 40, 40), dtype=np.uint8)
    loaded = (photographs, np.arange(60) % 2 * 1.0, None)
    monkeypatch.setattr(solar_cells, "load_dataset", lambda: loaded)


class TestOverhead:
    @pytest.mark.usefixtures("few_cells")
    @pytest.mark.filterwarnings("ignore:NeurFlow")
    def test_a_quick_run(self, quick_run, monkeypatch):
        # Analyses of tiny trainings cost more than they can pay: here one mode has no bound.
        unbound = {**overhead.SMALLER, "max_overhead": None}
        modes = {**overhead.MODES, "smaller, 5 %": unbound, "all defaults": None}
        monkeypatch.setattr(overhead, "MODES", modes)
        found = quick_run(overhead)["trainings"]
        ((without,), (paid,), (bound,)) = (
            found[mode] for mode in (overhead.WITHOUT, "smaller, 5 %", "smaller, 2 %")
        )
        assert without["seconds"] > 0
        assert (without["share"], without["analyses"]) == (None, 0)
        assert (paid["analyses"], paid["put_off"]) == (2, 0)
        assert 0 < paid["analysis_seconds"] < paid["seconds"]
        assert 0 < paid["logged"] <= paid["share"]
        assert (bound["analyses"], bound["put_off"], bound["logged"]) == (0, 2, None)

    @pytest.mark.parametrize(("share", "kept"), [(0.029, True), (0.031, False), (0.009, False)])
    def test_the_bound_is_kept_within_one_point(self, share, kept):
        found = {"smaller, 2 %": [overhead.Training(1.0, 0.02), overhead.Training(1.0, share)]}
        assert overhead.within_bound(found) is kept

    def test_the_goal_counts_the_default_bound(self):
        seconds = {"without": 10.0, "all defaults": 10.4, "smaller, 5 %": 10.6, "smaller, 2 %": 12}
        found = {
            mode: [overhead.Training(one, share=0.02, analyses=1)] for mode, one in seconds.items()
        }
        said = overhead.text(overhead.Task(3, 60, 32), found)
        assert "at most 1.060 times as long (goal: at most 1.05,\nnot met)" in said
        assert "2 % is kept within one point: 2.0 %" in said


class TestThePage:
    def test_names_what_was_not_measured(self, tmp_path):
        (tmp_path / "scaling.md").write_text("## Scaling\n")
        page = report.page(tmp_path)
        assert page.endswith("## Scaling\n")
        missing = "against_reference, floor, ablation, families, overhead, calibration, tab"
        assert f"Not measured: {missing}." in page

    def test_no_results_are_an_error(self, tmp_path):
        with pytest.raises(FileNotFoundError, match="no section of any benchmark: run `make"):
            report.page(tmp_path)
        with pytest.raises(FileNotFoundError, match="no results of any benchmark: run `make"):
            plots.draw(tmp_path, tmp_path)

    def test_the_comparison_with_the_reference_is_drawn(self, tmp_path):
        same = against_reference.Agreement(9, 8, 0.99, 0.98)
        sides = [
            against_reference.Side(name, (Cost(seconds, 1),), same)
            for name, seconds in (("reference", 80.0), ("float32", 2.0))
        ]
        case = against_reference.CASES["resnet18-64"]
        made = against_reference.Comparison(case, "random", None, {}, sides[0], (sides[1],))
        (tmp_path / "against_reference.json").write_text(
            json.dumps({"comparisons": [asdict(made)]})
        )
        (drawn,) = plots.draw(tmp_path, tmp_path)
        picture = drawn.read_text()
        assert "resnet18-64, random" in picture
        assert ">80.0<" in picture
        assert drawn.read_text() == plots.draw(tmp_path, tmp_path)[0].read_text()
