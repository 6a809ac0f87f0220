"""The calibration on tiny sizes: what it makes, keeps, judges and tells."""

from __future__ import annotations

import json
import pickle
import shutil
import sys
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from scipy.stats import binomtest

from neurflow_lightning.evolution.reports import Drift

ROOT = Path(__file__).parent.parent
sys.path += [str(ROOT / "benchmarks"), str(ROOT / "examples" / "regression")]

import calibration  # noqa: E402
import plots  # noqa: E402
import report  # noqa: E402
import tagged_shapes  # noqa: E402

NAN = float("nan")


def pickled(function, *arguments):
    """As a process of its own would do it, with everything pickled on the way, but here."""
    function, arguments = pickle.loads(pickle.dumps((function, arguments)))
    return pickle.loads(pickle.dumps(function(*arguments)))


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("runs")


@pytest.fixture(scope="module")
def calibrated(folder):
    """Runs the command on ``folder``; its numbers."""
    threads = torch.get_num_threads()

    def run():
        names = {"out": "out.json", "markdown": "section.md", "plot": "figure.svg"}
        files = [each for key, name in names.items() for each in (f"--{key}", folder / name)]
        arguments = ["--quick", "--rounds", 1, "--runs", folder / "runs", *files]
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(calibration, "apart", pickled)
            assert calibration.main([str(one) for one in arguments]) == 0
        return json.loads((folder / "out.json").read_text())

    yield run
    torch.set_num_threads(threads)


@pytest.fixture(scope="module")
def quick(calibrated):
    return calibrated()


class TestQuickRun:
    def test_every_arm_is_made_and_judged(self, quick):
        made = [run["arm"] for run in quick["runs"]]
        assert {arm: made.count(arm) for arm in made} == quick["plan"]["runs"]
        judged = [(one["arm"], one["against"]) for one in quick["judged"]]
        assert judged.count(("halves", "estimation")) == 1
        assert ("halves", "training") not in judged
        for arm, runs in (("adjacent", 3), ("control", 3), ("shortcut", 1), ("noise", 1)):
            for against in ("estimation", "few", "training"):
                assert judged.count((arm, against)) == runs
        assert len(quick["datings"]) == 1

    def test_group_measures_have_a_training_null_only(self, quick):
        for one in quick["judged"]:
            measures = one["measures"]
            # Two targets and three layer pairs; where nothing could be compared there is no null.
            assert 0 < measures["edge_drift"]["judged"] <= 6
            assert 0 <= measures["edge_drift"]["largest"] <= 1
            assert one["against"] != "estimation" or measures["concept_drift"]["judged"] == 0
        assert any(one["measures"]["concept_drift"]["judged"] for one in quick["judged"])

    def test_rates_are_those_of_the_runs_that_count(self, quick):
        for one in quick["rates"]:
            runs = [
                each
                for each in quick["judged"]
                if all(each[key] == one[key] for key in ("arm", "against")) and each["counts"]
            ]
            assert one["of"] == len(runs)
            assert one["hits"] == sum(each["verdict"] == "changed" for each in runs)

    def test_files_are_written(self, quick, folder):
        section = (folder / "section.md").read_text()
        assert "## Calibration" in section
        assert "- *control*, few: false alarms" in section
        assert "- *control*, training: false alarms" in section
        assert "A quick run" in section
        assert "<svg" in (folder / "figure.svg").read_text()

    def test_the_page_of_results_has_its_section_and_figure(self, quick, folder, tmp_path):
        for name, ending in (("section.md", "md"), ("out.json", "json")):
            shutil.copy(folder / name, tmp_path / f"calibration.{ending}")
        assert report.main(["--results", str(tmp_path), "--to", str(tmp_path / "page.md")]) == 0
        assert "## Calibration" in (tmp_path / "page.md").read_text()
        assert plots.main(["--results", str(tmp_path), "--to", str(tmp_path)]) == 0
        drawn = (tmp_path / "calibration.svg").read_bytes()
        assert drawn == (folder / "figure.svg").read_bytes()

    def test_an_interrupted_calibration_goes_on(self, quick, calibrated, folder, monkeypatch):
        """One run is lost, another was cut off while it was written: no other is made again."""
        lost, cut = (folder / "runs" / f"0-{name}-0.json" for name in ("noise", "shortcut"))
        lost.unlink()
        cut.rename(cut.with_name(f"{cut.name}.part"))
        makers = {
            arm: maker if arm in ("noise", "shortcut") else None  # would fail if it were called
            for arm, maker in calibration.MAKERS.items()
        }
        monkeypatch.setattr(calibration, "MAKERS", makers)
        again = calibrated()
        assert lost.is_file()
        assert cut.is_file()
        seconds = {"seconds": 0}
        without = [[one | seconds for one in each["runs"]] for each in (again, quick)]
        assert without[0] == without[1]
        assert again["judged"] == quick["judged"]

    def test_runs_of_another_plan_are_refused(self, quick, folder):
        with pytest.raises(SystemExit, match="another plan"):
            calibration.prepared(folder / "runs", calibration.Plan())


class TestTraining:
    def test_the_network_stays_and_its_copies_learn(self):
        torch.manual_seed(0)
        network = tagged_shapes.Network()
        before = {key: one.clone() for key, one in network.state_dict().items()}
        data = tagged_shapes.pictures(64, 0)
        first, second = calibration.learned(network, data, epochs=2, seed=1, rate=0.05)
        assert all(torch.equal(before[key], one) for key, one in network.state_dict().items())
        (again,) = calibration.learned(network, data, epochs=1, seed=1, rate=0.05)
        assert not first.training
        assert torch.equal(again.head.weight, first.head.weight)
        assert not torch.equal(second.head.weight, first.head.weight)

    def test_only_one_block_is_made_anew(self):
        torch.manual_seed(0)
        (network,) = calibration.learned(
            tagged_shapes.Network(), tagged_shapes.pictures(64, 0), epochs=1, seed=1, rate=0.05
        )
        anew = calibration.with_block_made_anew(network, seed=2).state_dict()
        same = {key for key, one in network.state_dict().items() if torch.equal(one, anew[key])}
        assert same == {key for key in anew if not key.startswith("block3.")}


class TestBehaviour:
    @pytest.mark.parametrize(
        ("arm", "anew", "after", "counts"),
        [
            ("shortcut", None, 1.0, False),
            ("shortcut", None, 0.85, False),
            ("shortcut", None, 0.3, True),
            ("dated", None, 1.0, False),
            ("layer", 0.25, 0.99, True),
            ("layer", 0.25, 0.9, False),
            ("layer", 0.95, 1.0, False),
            ("control", None, 0.3, True),
        ],
    )
    def test_an_event_counts_where_behaviour_shows_it(self, arm, anew, after, counts):
        told = {"any camera, before": 1.0, "any camera, after": after}
        if anew is not None:
            told["any camera, block made anew"] = anew
        assert calibration.happened(arm, told) is counts

    def test_what_does_not_count_is_left_out_of_the_rate(self):
        def judged(number, verdict, counts):
            measures = dict.fromkeys(calibration.MEASURES, calibration.Places(0, 0, 0, 0, None))
            return calibration.Judged("shortcut", 0, number, counts, "training", verdict, measures)

        runs = (judged(0, "changed", True), judged(1, "stable", False), judged(2, "stable", True))
        found = calibration.Found((), runs, ())
        told = calibration.changed_rate(found, "shortcut", "training")
        assert (told.hits, told.of) == (1, 2)


class TestDating:
    RUN = calibration.Run(
        "dated", 0, 0, [f"at {epoch}" for epoch in range(9)], counts=True, planted=4
    )

    @pytest.fixture
    def dated(self, monkeypatch):
        """What is found when circuits are changed from an epoch on, and how many were compared."""

        def run(since):
            asked = []

            def compared(_folder, names, _nulls):
                asked.append(names)
                changed = int(names[1].split()[1]) >= since
                return type("Report", (), {"verdict": "changed" if changed else "drifting"})

            nulls = type("Nulls", (), {"of": lambda self, run, after: {"training": ()}})()
            monkeypatch.setattr(calibration, "compared", compared)
            return calibration.date(Path(), self.RUN, nulls), asked

        return run

    @pytest.mark.parametrize("since", range(1, 9))
    def test_the_first_changed_epoch_is_found_by_bisection(self, dated, since):
        dating, asked = dated(since)
        assert dating.found == since
        assert dating.hit is (abs(since - 4) <= 1)
        assert len(asked) <= 6  # the last, halving, and two looks beside the way
        assert {names[0] for names in asked} == {"at 0"}

    def test_a_change_that_is_not_there_is_not_dated(self, dated):
        dating, _ = dated(9)
        assert dating.found is None
        assert not dating.hit


class TestTelling:
    @pytest.mark.parametrize(("hits", "of"), [(0, 20), (1, 20), (19, 20), (20, 20), (7, 100)])
    def test_intervals_are_wilsons(self, hits, of):
        interval = binomtest(hits, of).proportion_ci(0.95, method="wilson")
        told = calibration.Rate(hits, of).interval
        assert told == pytest.approx((interval.low, interval.high), abs=1e-4)

    def test_nothing_has_no_rate(self):
        assert str(calibration.Rate(0, 0)) == "–"
        assert calibration.Rate(0, 0).interval == (0, 1)

    def test_places_without_a_null_are_not_counted(self):
        drift = Drift("edge_drift", "head", "block4", 0.5, 0.4, 0.01, 0.02)
        drifts = [
            drift,
            replace(drift, value=0.3, p=0.04, p_adjusted=0.06),
            replace(drift, value=0.9, null_quantile=NAN, p=NAN, p_adjusted=NAN),
            replace(drift, value=NAN, p=NAN, p_adjusted=NAN),
        ]
        assert calibration.places(drifts) == calibration.Places(2, 1, 2, 1, 0.9)

    def test_without_a_run_no_goal_is_met(self):
        found = calibration.Found((), (), ())
        assert all("not met" in line for line in calibration.goals(found))
