"""The fixture ``neurflow_regression``, in runs of pytest of its own."""

from __future__ import annotations

import dataclasses
import os
import re
import sys
from math import nan
from pathlib import Path

import pytest

from factories import make_snapshot
from neurflow_lightning.applications.labelling.collection import LabelledGroup, Labels
from neurflow_lightning.applications.labelling.storing import write_labels
from neurflow_lightning.evolution.comparing import measure_drift
from neurflow_lightning.evolution.reports import Drift, DriftReport, TargetDrift
from neurflow_lightning.labels import Label
from neurflow_lightning.regression import checking
from neurflow_lightning.storage import load_snapshot, save_snapshot
from neurflow_lightning.types import Snapshot

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

pytest_plugins = ["pytester"]

PLUGIN = ("-p", "neurflow_lightning.pytest_plugin", "-p", "no:cacheprovider")
BASELINE = "neurflow_baselines/net.safetensors"


def drift_by_value(before: Snapshot, after: Snapshot, **_: object) -> DriftReport:
    """A report with the step of the later snapshot, in hundredths, as drift of every target."""
    value = (after.step or 0) / 100
    verdict = "stable" if value < 0.2 else "drifting" if value < 0.5 else "changed"
    targets = (
        TargetDrift(
            target=circuit.target.index,
            name=circuit.name,
            drifts=(Drift("edge_drift", "fc", "layer3", value, 0.2, 0.01, 0.02),),
            events=(),
            evidence=(),
            transfer=(),
            verdict=verdict,
        )
        for circuit in after.circuits
    )
    return DriftReport("baseline", "candidate", "neurons", tuple(targets), before.probe.fingerprint)


@pytest.fixture
def project(pytester, monkeypatch):
    """A project with one test, which compares ``candidate.safetensors`` with baseline ``net``."""
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    monkeypatch.setattr(checking, "measure_drift", drift_by_value)
    pytester.makepyfile(
        test_net="""
        from pathlib import Path

        CANDIDATE = Path(__file__).parent / "candidate.safetensors"

        def test_net(neurflow_regression):
            neurflow_regression(CANDIDATE, "net")
        """
    )
    put(pytester.path, "candidate", 0)
    return pytester


def put(folder: Path, name: str, hundredths: int, **other: object) -> None:
    """A snapshot whose drift from any other is ``hundredths`` / 100."""
    save_snapshot(make_snapshot(step=hundredths, **other), folder / f"{name}.safetensors")


def steps(path: Path) -> int | None:
    return load_snapshot(path).step


def run(project, *options: str) -> pytest.RunResult:
    return project.runpytest_inprocess(*PLUGIN, *options)


# --- baselines ---------------------------------------------------------------------------


def test_a_missing_baseline_is_written_and_the_test_fails(project):
    result = run(project)
    result.assert_outcomes(failed=1)
    result.stdout.re_match_lines(
        [r"There was no baseline .*net\.safetensors: it has been written\. Look at it, commit it"]
    )
    assert steps(project.path / BASELINE) == 0
    run(project).assert_outcomes(passed=1)


def test_with_update_a_missing_baseline_is_written_and_the_test_passes(project):
    run(project, "--neurflow-update").assert_outcomes(passed=1)
    assert steps(project.path / BASELINE) == 0


def test_update_writes_anew_what_differs(project):
    run(project, "--neurflow-update")
    put(project.path, "candidate", 90)
    run(project).assert_outcomes(failed=1)
    assert steps(project.path / BASELINE) == 0
    run(project, "--neurflow-update").assert_outcomes(passed=1)
    assert steps(project.path / BASELINE) == 90


def test_a_change_fails_with_the_table_and_the_way_out(project):
    run(project, "--neurflow-update")
    put(project.path, "candidate", 90)
    result = run(project)
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(
        [
            "neurflow: FAILED (2 failed, 2 warned)",
            "fail: functional: the verdict is changed, re-described at worst is allowed",
            "Where the change is meant, write the baseline *net.safetensors anew: "
            "pytest --neurflow-update",
        ]
    )
    assert "pytest_plugin.py" not in result.stdout.str()  # no traceback of ours


def test_drifting_warns(project):
    run(project, "--neurflow-update")
    put(project.path, "candidate", 30)
    result = run(project)
    result.assert_outcomes(passed=1, warnings=1)
    result.stdout.fnmatch_lines(["*UserWarning: neurflow: passed (2 warned, 2 passed)"])
    result.stdout.re_match_lines([r".*test_net\.py:\d+: UserWarning"])


def test_a_snapshot_is_as_good_as_its_file(project):
    project.makepyfile(
        test_net="""
        from pathlib import Path
        from neurflow_lightning import load_snapshot

        def test_net(neurflow_regression):
            path = Path(__file__).parent / "candidate.safetensors"
            neurflow_regression(load_snapshot(path), "net")
            neurflow_regression(str(path), "net")
        """
    )
    run(project, "--neurflow-update").assert_outcomes(passed=1)
    run(project).assert_outcomes(passed=1)


def test_baselines_lie_beside_their_tests(project):
    folder = project.mkdir("deep")
    (project.path / "test_net.py").rename(folder / "test_deep.py")
    put(folder, "candidate", 7)
    run(project, "--neurflow-update").assert_outcomes(passed=1)
    assert steps(folder / BASELINE) == 7
    assert not (project.path / BASELINE).exists()


def test_workers_that_write_the_same_baseline_leave_it_whole(project):
    project.makepyfile(
        test_net="""
        from pathlib import Path
        import pytest

        @pytest.mark.parametrize("_", range(8))
        def test_net(neurflow_regression, _):
            neurflow_regression(Path(__file__).parent / "candidate.safetensors", "net")
        """
    )
    options = ("-p", "xdist.plugin", "-n", "2", "--neurflow-update")
    project.runpytest_subprocess(*PLUGIN, *options).assert_outcomes(passed=8)
    assert [one.name for one in (project.path / "neurflow_baselines").iterdir()] == [
        "net.safetensors"
    ]
    assert steps(project.path / BASELINE) == 0


def test_what_is_really_measured_decides(project, monkeypatch):
    monkeypatch.setattr(checking, "measure_drift", measure_drift)
    run(project, "--neurflow-update").assert_outcomes(passed=1)
    run(project).assert_outcomes(passed=1)
    put(project.path, "candidate", 10, seed=1)
    result = run(project)
    result.assert_outcomes(failed=1)
    result.stdout.re_match_lines([r"fail: functional: the verdict is changed"])
    put(project.path, "candidate", 10, seed=2)  # shares no neuron identities
    result = run(project)
    result.assert_outcomes(failed=1)
    result.stdout.re_match_lines(
        [r".*the verdict is unjudged: no edge drift had a null of enough draws"]
    )


def test_names_beside_the_baseline_are_told(project, monkeypatch):
    monkeypatch.setattr(checking, "measure_drift", measure_drift)
    run(project, "--neurflow-update").assert_outcomes(passed=1)
    baseline = load_snapshot(project.path / BASELINE)
    named = [
        LabelledGroup.of(baseline, circuit, group, Label("dark corner"))
        for circuit in baseline.circuits
        for group in circuit.groups
    ]
    put(project.path, "candidate", 10, seed=1)
    assert "dark corner" not in run(project).stdout.str()
    labels = project.path / BASELINE
    write_labels(str(labels.with_name("labels.json")), Labels(tuple(named)))
    result = run(project)
    result.assert_outcomes(failed=1)
    assert "“dark corner”" in result.stdout.str()
    labels.with_name("labels.json").write_text("{")
    result = run(project)
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*labels.json: Is no JSON*", "*Mend that file, or move it away*"])
    assert "Traceback" not in result.stdout.str()


def test_controls_say_what_is_ordinary(project, monkeypatch):
    monkeypatch.setattr(checking, "measure_drift", measure_drift)
    run(project, "--neurflow-update")
    put(project.path, "candidate", 10, seed=1)
    run(project).assert_outcomes(failed=1)
    for number in range(3):
        put(project.path, f"control{number}", 10, seed=1)
    project.makepyfile(
        test_net="""
        from pathlib import Path
        from neurflow_lightning import load_snapshot

        HERE = Path(__file__).parent

        def test_net(neurflow_regression):
            paths = [HERE / f"control{number}.safetensors" for number in range(3)]
            controls = [paths[0], str(paths[1]), load_snapshot(paths[2])]
            neurflow_regression(HERE / "candidate.safetensors", "net", controls=controls)
        """
    )
    run(project).assert_outcomes(passed=1)
    put(project.path, "control1", 10, seed=2)  # shares no neuron identities
    result = run(project)
    result.assert_outcomes(failed=1)
    result.stdout.re_match_lines([r"E .*ComparisonError: control 2 \(.*\): Hardly an edge"])
    assert "--neurflow-update" not in result.stdout.str()


def test_a_policy_names_controls_too(project, monkeypatch):
    monkeypatch.setattr(checking, "measure_drift", measure_drift)
    run(project, "--neurflow-update")
    put(project.path, "candidate", 10, seed=1)
    for number in range(3):
        put(project.path, f"control{number}", 10, seed=1)
    write_policy(project.path, "verdict_at_most: re-described")
    run(project, "--neurflow-policy", "neurflow.yaml").assert_outcomes(failed=1)
    with (project.path / "neurflow.yaml").open("a") as file:
        file.write("controls: [control0.safetensors, control1.safetensors, control2.safetensors]\n")
    run(project, "--neurflow-policy", "neurflow.yaml").assert_outcomes(passed=1)


# --- policies ----------------------------------------------------------------------------


def write_policy(folder: Path, text: str, name: str = "neurflow.yaml") -> None:
    (folder / name).write_text(f"conditions:\n  - {text}\n")


def test_a_policy_says_what_may_change(project):
    run(project, "--neurflow-update")
    put(project.path, "candidate", 90)
    write_policy(project.path, "{measure: edge_drift, at_most: 0.95}", "loose.yaml")
    write_policy(project.path, "{measure: edge_drift, at_most: 0.85}", "strict.yaml")
    run(project, "--neurflow-policy", "loose.yaml").assert_outcomes(passed=1)
    result = run(project, "--neurflow-policy", "strict.yaml")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["fail: functional, layer3 → fc: edge_drift 0.9 is above 0.85"])


def test_a_fixture_of_ones_own_is_another_way_to_say_it(project):
    run(project, "--neurflow-update")
    put(project.path, "candidate", 90)
    project.makeconftest(
        """
        import pytest
        from neurflow_lightning.regression.policy import AtMost, Condition, RegressionPolicy

        @pytest.fixture
        def neurflow_policy():
            return RegressionPolicy((Condition(AtMost("edge_drift", 0.95)),))
        """
    )
    run(project).assert_outcomes(passed=1)


def test_a_wrong_policy_is_an_error_that_names_the_line(project):
    write_policy(project.path, "{measure: edge_drift, at_mots: 0.85}")
    result = run(project, "--neurflow-policy", "neurflow.yaml")
    result.assert_outcomes(errors=1)
    result.stdout.re_match_lines(
        [r"--neurflow-policy: .*neurflow\.yaml, line 2: Unknown key 'at_mots'\. Did you mean 'at_m"]
    )


def test_a_missing_policy_is_an_error(project):
    result = run(project, "--neurflow-policy", "nowhere.yaml")
    result.assert_outcomes(errors=1)
    result.stdout.re_match_lines([r"--neurflow-policy: .*nowhere\.yaml: There is no such file\."])


def test_a_policy_for_another_target_is_no_reason_to_update(project):
    run(project, "--neurflow-update")
    write_policy(project.path, "{measure: edge_drift, at_most: 1, target: functionl}")
    result = run(project, "--neurflow-policy", "neurflow.yaml")
    result.assert_outcomes(failed=1)
    result.stdout.re_match_lines([r"E .*target: 'functionl' is not in the report\. Did you mean"])
    assert "--neurflow-update" not in result.stdout.str()


# --- misuse ------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["", "../net", "a/b", "a\\b", ".hidden", "x" * 101, None, "net\n"])
def test_a_baseline_name_is_a_files_name(project, name):
    project.makepyfile(
        test_net=f"def test_net(neurflow_regression): neurflow_regression('x', {name!r})"
    )
    result = run(project)
    result.assert_outcomes(failed=1)
    result.stdout.re_match_lines(
        [r"E .*ConfigError: Baseline name: wanted letters, digits, .*; got"]
    )
    assert not (project.path / "neurflow_baselines").exists()


def test_what_is_no_snapshot_is_refused(project):
    project.makepyfile(test_net="def test_net(neurflow_regression): neurflow_regression(3, 'net')")
    result = run(project)
    result.assert_outcomes(failed=1)
    result.stdout.re_match_lines([r"E .*Wanted a Snapshot or a snapshot file's path, got 3\."])


@pytest.mark.parametrize("options", [(), ("--neurflow-update",)])
def test_a_snapshot_that_is_not_finite_is_no_baseline(project, options):
    snapshot = make_snapshot()
    first, *others = snapshot.circuits
    nan = dataclasses.replace(first.edges[0], weight=float("nan"))
    broken = dataclasses.replace(first, edges=(nan, *first.edges[1:]))
    save_snapshot(
        dataclasses.replace(snapshot, circuits=(broken, *others)),
        project.path / "candidate.safetensors",
    )
    result = run(project, *options)
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*The baseline *net.safetensors is not written: *is NaN or inf*"])
    assert not (project.path / BASELINE).exists()


def test_controls_are_not_read_to_write_a_baseline(project):
    project.makepyfile(
        test_net="""
        from pathlib import Path

        def test_net(neurflow_regression):
            here = Path(__file__).parent
            neurflow_regression(here / "candidate.safetensors", "net", controls=["gone"])
        """
    )
    run(project, "--neurflow-update").assert_outcomes(passed=1)


def test_a_missing_candidate_writes_no_baseline(project):
    (project.path / "candidate.safetensors").unlink()
    result = run(project)
    result.assert_outcomes(failed=1)
    result.stdout.re_match_lines([r"E .*candidate\.safetensors: Cannot be read: there is no such"])
    assert not (project.path / BASELINE).exists()


@pytest.mark.parametrize("spoil", ["other layers", "truncated"])
def test_a_baseline_that_cannot_be_compared_with_is_named(project, spoil):
    run(project, "--neurflow-update")
    path = project.path / BASELINE
    if spoil == "truncated":
        path.write_bytes(path.read_bytes()[:100])
    else:
        save_snapshot(make_snapshot(layers=("other", "fc")), path)
    result = run(project)
    result.assert_outcomes(failed=1)
    expected = "Is truncated" if spoil == "truncated" else "of different layers"
    assert expected in result.stdout.str()
    result.stdout.re_match_lines([r"Where the change is meant, write the baseline .* anew"])


def test_a_condition_that_nothing_was_measured_for_fails(project, monkeypatch):
    def nothing(before: Snapshot, after: Snapshot, **_: object) -> DriftReport:
        report = drift_by_value(before, after)
        bare = (
            dataclasses.replace(
                one, drifts=(dataclasses.replace(one.drifts[0], p=nan),), verdict="unjudged"
            )
            for one in report.targets
        )
        return dataclasses.replace(report, targets=tuple(bare))

    run(project, "--neurflow-update")
    monkeypatch.setattr(checking, "measure_drift", nothing)
    result = run(project)
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(
        ["*the verdict is unjudged: no edge drift had a null of enough draws"]
    )


# --- the entry point ---------------------------------------------------------------------


def test_pytest_finds_the_plugin_and_starts_without_loading_anything(pytester, monkeypatch):
    project = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text())
    entries = project["project"]["entry-points"]["pytest11"]
    installed = pytester.mkdir("installed") / "said-1.0.dist-info"
    installed.mkdir()
    (installed / "METADATA").write_text("Metadata-Version: 2.1\nName: said\nVersion: 1.0\n")
    lines = [f"{name} = {module}" for name, module in entries.items()]
    (installed / "entry_points.txt").write_text("\n".join(["[pytest11]", *lines]))
    monkeypatch.setenv("PYTHONPATH", str(installed.parent), prepend=os.pathsep)
    monkeypatch.delenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", raising=False)
    pytester.makepyfile(
        """
        import sys

        def test_what_is_loaded(pytestconfig):
            assert pytestconfig.getoption("--neurflow-update") is False
            loaded = {name.partition(".")[0] for name in sys.modules}
            print("loaded:", *sorted(loaded & {"numpy", "scipy", "torch", "lightning", "yaml"}))
            print("ours:", *sorted(one for one in sys.modules if one.startswith("neurflow")))
        """
    )
    blocked = ("-p", "no:hypothesispytest", "-p", "no:xdist", "-p", "no:timeout")
    result = pytester.runpytest_subprocess("-s", *blocked)
    result.assert_outcomes(passed=1)
    output = result.stdout.str()
    assert re.search(r"^.*loaded:$", output, re.MULTILINE), output
    assert "ours: neurflow_lightning neurflow_lightning.pytest_plugin\n" in output
