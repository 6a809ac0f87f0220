"""Which records hold, and what a page is told of a run, with a data provider that is none."""

import json
from dataclasses import dataclass, field
from types import SimpleNamespace

import numpy as np
import pytest

from factories import make_snapshot
from neurflow_lightning.render.record import Record, make_record
from neurflow_lightning.render.tags import tab_tags
from neurflow_lightning.tensorboard_plugin import reading
from neurflow_lightning.tensorboard_plugin.checking import RecordError
from neurflow_lightning.tensorboard_plugin.reading import (
    Asked,
    Cache,
    Entry,
    Experiment,
    NotThereError,
    that_hold,
)

RECORD = make_record(make_snapshot(layers=("layer2", "fc"), neurons=3), step=0)
ASKED = Asked(None)


def entry(step, wall_time=None):
    own = Record({**RECORD.graph, "step": step}, RECORD.sheets)
    graphs = np.array(own.packed_graphs, dtype=object)
    return Entry(step, float(step if wall_time is None else wall_time), graphs)


@dataclass
class Provider:
    """What TensorBoard's would give: run → callback's place → entries."""

    runs: dict
    started: dict = field(default_factory=dict)
    asked: int = 0

    def list_runs(self, context, *, experiment_id):
        names = [*self.runs, "without circuits"]
        return [SimpleNamespace(run_id=one, start_time=self.started.get(one)) for one in names]

    def list_tensors(self, context, *, experiment_id, plugin_name):
        assert plugin_name == "neurflow"
        return {
            run: {tab_tags(place)[0]: None for place in places} for run, places in self.runs.items()
        }

    def _read(self, run_tag_filter, kind):
        self.asked += 1
        (run,), (tag,) = run_tag_filter.runs, run_tag_filter.tags
        for place, entries in self.runs.get(run, {}).items():
            if tab_tags(place)[kind] == tag:
                return {run: {tag: entries}}
        return {}

    def read_tensors(self, ctx, *, experiment_id, plugin_name, downsample, run_tag_filter):
        found = self._read(run_tag_filter, 0)
        return {
            run: {
                tag: [
                    SimpleNamespace(step=one.step, wall_time=one.wall_time, numpy=one.payload)
                    for one in entries
                ]
                for tag, entries in tags.items()
            }
            for run, tags in found.items()
        }

    def read_blob_sequences(self, ctx, *, experiment_id, plugin_name, downsample, run_tag_filter):
        found = self._read(run_tag_filter, 1)
        return {
            run: {
                tag: [
                    SimpleNamespace(
                        step=one.step,
                        wall_time=one.wall_time,
                        values=[SimpleNamespace(blob_key=f"{place}") for place in range(2)],
                    )
                    for one in entries
                ]
                for tag, entries in tags.items()
            }
            for run, tags in found.items()
        }

    def read_blob(self, ctx, *, blob_key):
        return RECORD.sheets[int(blob_key)]


@pytest.fixture
def instant(monkeypatch):
    """Listings are asked for each time."""
    monkeypatch.setattr(reading, "FRESH_SECONDS", 0.0)


def of(*entries, **settings):
    provider = Provider({"run": {0: list(entries)}}, **settings)
    return provider, Experiment(provider)


def series(experiment, run="run", **since):
    return json.loads(experiment.series(ASKED, run, **since))


def steps(told):
    return [one["step"] for one in told["snapshots"]]


# --- which records hold ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "held"),
    [
        ([], []),
        ([1, 2, 3], [1, 2, 3]),
        ([1, 2, 3, 2, 3, 4], [1, 2, 3, 4]),  # resumed
        ([1, 2, 3, 2], [1, 2]),
        ([10, 20, 30, 5], [5]),  # begun anew
        ([7, 7], [7]),
    ],
)
def test_a_later_record_replaces_those_at_its_step_and_after(written, held):
    entries = [Entry(step, float(time), time) for time, step in enumerate(written)]
    found = that_hold(entries)
    assert [one.step for one in found] == held
    assert that_hold(entries[::-1]) == found  # whatever order a loader gives them in
    for one in found:  # the latest of its step
        assert one.payload == max(time for time, step in enumerate(written) if step == one.step)


# --- series ------------------------------------------------------------------------------


def test_all_snapshots_come_in_order_with_the_time_of_writing(instant):
    _, experiment = of(entry(30), entry(10), entry(20, 20.125))
    told = series(experiment)
    assert steps(told) == [10, 20, 30]
    assert [one["wall_time"] for one in told["snapshots"]] == [10.0, 20.125, 30.0]
    assert (told["run"], told["layers"], told["restarted"]) == ("run", ["layer2", "fc"], False)
    assert told["problems"] == []


def test_only_later_snapshots_come_when_some_are_known(instant):
    provider, experiment = of(entry(10), entry(20))
    assert steps(series(experiment, since=10)) == [20]
    told = series(experiment, since=20)
    assert (steps(told), told["restarted"], told["layers"]) == ([], False, ["layer2", "fc"])
    provider.runs["run"][0].append(entry(30))
    assert steps(series(experiment, since=20)) == [30]


def test_a_page_that_knows_a_step_that_is_gone_gets_the_whole_run(instant):
    provider, experiment = of(entry(10), entry(20), entry(30))
    assert steps(series(experiment, since=30)) == []
    provider.runs["run"][0].append(entry(20, 99.0))
    told = series(experiment, since=30)
    assert (steps(told), told["restarted"]) == ([10, 20], True)


def test_a_step_written_again_is_noticed_by_its_time(instant):
    provider, experiment = of(entry(10), entry(20))
    assert not series(experiment, since=20, since_time=20.0)["restarted"]
    provider.runs["run"][0].append(entry(20, 99.0))
    told = series(experiment, since=20, since_time=20.0)
    assert (steps(told), told["restarted"]) == ([10, 20], True)
    assert told["snapshots"][1]["wall_time"] == 99.0


def test_a_record_written_again_is_not_taken_from_the_cache(instant):
    provider, experiment = of(entry(10))
    assert series(experiment)["snapshots"][0]["epoch"] == 0
    anew = Record({**RECORD.graph, "step": 10, "epoch": 5}, ())
    graphs = np.array(anew.packed_graphs, dtype=object)
    provider.runs["run"][0].append(Entry(10, 11.0, graphs))
    assert series(experiment)["snapshots"][0]["epoch"] == 5


@pytest.mark.parametrize(
    ("payload", "told"),
    [
        (np.array([b"no", b"zlib"], dtype=object), "is no deflated JSON"),
        (np.array(b"x", dtype=object), "wanted two graphs"),
        (np.array([1.0, 2.0]), "wanted bytes"),
        (np.array([b"x"], dtype=object), "wanted two graphs"),
        (entry(11).payload, "says step 11, but was logged at step 20"),
    ],
)
def test_a_broken_record_is_a_problem_beside_the_others(payload, told, instant):
    _, experiment = of(entry(10), Entry(20, 20.0, payload), entry(30))
    found = series(experiment)
    assert steps(found) == [10, 30]
    assert series(experiment, since=30)["problems"] == found["problems"]  # a page keeps none
    (problem,) = found["problems"]
    assert problem["step"] == 20
    assert problem["message"].startswith("The record of step 20 cannot be shown: ")
    assert told in problem["message"]
    with pytest.raises(RecordError, match=told):
        experiment.detail(ASKED, "run", 20)


@pytest.mark.parametrize("time", [float("nan"), float("inf")])
def test_a_time_that_is_none_does_not_break_the_answer(time, instant):
    _, experiment = of(entry(10), entry(20, time))
    assert {one["wall_time"] for one in series(experiment)["snapshots"]} <= {0.0, 10.0}


def test_a_run_of_nothing_but_broken_records_is_there(instant):
    _, experiment = of(Entry(20, 20.0, np.array([b"x", b"y"], dtype=object)))
    told = series(experiment)
    assert (told["snapshots"], told["layers"], len(told["problems"])) == ([], [], 1)


# --- runs, details, sheets ---------------------------------------------------------------


def test_runs_are_in_the_order_of_tensorboard_and_several_callbacks_told_apart(instant):
    provider = Provider(
        {"b": {0: [entry(1)], 1: [entry(2)]}, "a": {0: [entry(3)]}, "late": {0: []}},
        started={"b": 1.0, "a": 2.0},
    )
    experiment = Experiment(provider)
    assert list(experiment.runs(ASKED)) == ["b", "b #2", "a", "late"]
    assert steps(series(experiment, "b #2")) == [2]


def test_tags_that_are_no_graphs_of_ours_make_no_run(instant):
    provider = Provider({"run": {0: [entry(1)]}})
    provider.list_tensors = lambda *_, **__: {"run": {"neurflow_tab/graph_1": 0, "other": 0}}
    assert list(Experiment(provider).runs(ASKED)) == []


@pytest.mark.parametrize("run", ["nothing", "../../etc/passwd", "", "x" * 100_000])
def test_a_run_that_is_not_there_is_refused_in_few_words(run, instant):
    _, experiment = of(entry(10))
    with pytest.raises(NotThereError, match="no such run") as raised:
        experiment.series(ASKED, run)
    assert len(str(raised.value)) < 500


def test_a_step_that_is_not_there_is_named_with_those_that_are(instant):
    _, experiment = of(entry(10), entry(20))
    with pytest.raises(NotThereError, match=r"step=11: .* \(2 are there, from 10 to 20\)"):
        experiment.detail(ASKED, "run", 11)


def test_details_are_the_whole_graph(instant):
    _, experiment = of(entry(10))
    detail = experiment.detail(ASKED, "run", 10)
    assert detail.pop("wall_time") == 10.0
    assert detail == json.loads(json.dumps({**RECORD.graph, "step": 10}))


def test_sheets_are_the_bytes_that_were_written(instant):
    _, experiment = of(entry(10))
    assert experiment.sheet(ASKED, "run", 10, 1) == RECORD.sheets[1]
    with pytest.raises(NotThereError, match=r"sheet=2: step 10 .* has 2 sheets"):
        experiment.sheet(ASKED, "run", 10, 2)


@pytest.mark.parametrize(
    "blob", [b"<svg onload='alert(1)'/>", b"\x89PNG\r\n\x1a\n", b"", "\xff\xd8\xff", None]
)
def test_only_jpeg_is_handed_out(blob, instant):
    provider, experiment = of(entry(10))
    provider.read_blob = lambda *_, **__: blob
    with pytest.raises(RecordError, match="is no JPEG"):
        experiment.sheet(ASKED, "run", 10, 0)


def test_an_oversized_sheet_is_not_handed_out(monkeypatch, instant):
    monkeypatch.setattr(reading, "LARGEST_SHEET", 10)
    _, experiment = of(entry(10))
    with pytest.raises(RecordError, match="wanted at most 10"):
        experiment.sheet(ASKED, "run", 10, 0)


def test_with_the_python_loader_sheets_are_those_of_the_record_that_holds(instant):
    provider, _ = of(entry(10), entry(10, 99.0))

    def event(time, *sheets):
        return SimpleNamespace(
            step=10, wall_time=time, tensor_proto=SimpleNamespace(string_val=list(sheets))
        )

    old, new = b"\xff\xd8\xffold", b"\xff\xd8\xffnew"
    multiplexer = SimpleNamespace(Tensors=lambda run, tag: [event(10.0, old), event(99.0, new)])
    experiment = Experiment(provider, multiplexer)
    assert experiment.sheet(ASKED, "run", 10, 0) == new


def test_a_run_without_sheets_has_none_with_the_python_loader_too(instant):
    provider, _ = of(entry(10))
    multiplexer = SimpleNamespace(Tensors=lambda run, tag: {}[tag])
    with pytest.raises(NotThereError, match="no such snapshot"):
        Experiment(provider, multiplexer).sheet(ASKED, "run", 10, 0)


# --- asking no more than needed ----------------------------------------------------------


def test_a_listing_is_asked_for_once_in_a_moment(monkeypatch):
    now = [100.0]
    monkeypatch.setattr(reading.time, "monotonic", lambda: now[0])
    provider, experiment = of(entry(10))
    for _ in range(5):
        series(experiment)
        experiment.detail(ASKED, "run", 10)
    assert provider.asked == 1
    now[0] += reading.FRESH_SECONDS
    series(experiment)
    assert provider.asked == 2


def test_listings_of_many_runs_are_not_all_kept(instant):
    provider = Provider({f"run{one}": {0: [entry(1)]} for one in range(20)})
    experiment = Experiment(provider)
    for run in provider.runs:
        series(experiment, run)
    assert len(experiment._listings) <= reading.KEPT_LISTINGS


def test_the_cache_makes_a_value_once_and_forgets_the_oldest():
    cache, made = Cache(6), []

    def value(key):
        return cache.get(key, lambda: made.append(key) or b"xx")

    for key in "abcabcda":
        value(key)
    assert made == ["a", "b", "c", "d", "a"]


def test_one_value_larger_than_the_cache_is_given_all_the_same():
    assert Cache(1).get("a", lambda: b"long") == b"long"
