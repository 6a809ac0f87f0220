"""The plugin in real TensorBoard processes, with either loader: what it answers to the page."""

from __future__ import annotations

import io
import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest
from lightning.pytorch.callbacks import ModelCheckpoint
from lightning.pytorch.loggers import TensorBoardLogger
from PIL import Image
from torch.utils.tensorboard import SummaryWriter

from factories import make_snapshot
from neurflow_lightning.render.record import Record, make_record
from neurflow_lightning.render.summaries import record_summary, write_summary
from neurflow_lightning.tensorboard_plugin import FRONT_END
from tab_runs import MANY, SCRIPT, hostile, many, raw_record
from tensorboards import Board, tensorboard
from trainings import fit, neurflow

# --- runs --------------------------------------------------------------------------------

RUNS = {
    "resumed": 3,
    "anew": 2,
    "two callbacks": 2,
    "two callbacks #2": 2,
    "mistaken": 2,
    "many": MANY,
    "hostile": 6,
}
"""Name → snapshots and problems that it is told with."""


def trained(folder: Path, name: str, **settings) -> None:
    """A training that logs to ``name``; a checkpoint after each epoch."""
    keep = ModelCheckpoint(folder / "checkpoints", filename="{step}", save_top_k=-1)
    logger = TensorBoardLogger(folder / "logs", name="", version=name)
    fit(
        folder,
        *settings.pop("callbacks", [neurflow()]),
        keep,
        logger=logger,
        enable_checkpointing=True,
        **settings,
    )


@pytest.fixture(scope="module")
def logs(tmp_path_factory) -> Path:
    """Runs of every kind, in one folder of logs."""
    folder = tmp_path_factory.mktemp("runs")
    trained(folder, "resumed", max_epochs=4)
    trained(folder, "resumed", max_epochs=3, ckpt_path=folder / "checkpoints" / "step=12.ckpt")
    trained(folder, "anew", max_epochs=3)
    trained(folder, "anew", max_epochs=2)
    two = [neurflow(targets=[0]), neurflow(targets=[2], dirpath=folder / "second")]
    trained(folder, "two callbacks", max_epochs=2, callbacks=two)
    trained(folder, "mistaken", max_epochs=2, callbacks=[neurflow(debug_images=2)])
    many(folder / "logs" / "many")
    hostile(folder / "logs" / "hostile")
    with SummaryWriter(str(folder / "logs" / "without circuits")) as writer:
        writer.add_scalar("loss", 1.0, 0)
    return folder / "logs"


@pytest.fixture(scope="module", params=["rust", "python"])
def board(request, logs, tmp_path_factory) -> Iterator[Board]:
    """A TensorBoard of each loader, once it has read everything."""
    fast = request.param == "rust"
    with tensorboard(logs, tmp_path_factory.mktemp("board"), fast=fast) as one:
        _wait_for_all(one)
        yield one


@pytest.fixture(scope="module")
def boards(logs, tmp_path_factory) -> Iterator[tuple[Board, Board]]:
    """Both at once."""
    places = [tmp_path_factory.mktemp(name) for name in ("rust", "python")]
    with (
        tensorboard(logs, places[0], fast=True) as rust,
        tensorboard(logs, places[1], fast=False) as python,
    ):
        for one in (rust, python):
            _wait_for_all(one)
        yield rust, python


def _wait_for_all(board: Board) -> None:
    """Runs are read one after the other, in no order that one could count on."""
    for run, snapshots in RUNS.items():
        board.wait_for(run, snapshots)


# --- what the page is told ---------------------------------------------------------------


def test_the_tab_is_there(board):
    listed = board.listing()
    assert (listed["enabled"], listed["tab_name"]) == (True, "NeurFlow")
    path = listed["loading_mechanism"]["module_path"]
    page = board.ask_at(board.address + path.lstrip("/"))
    assert page.body == FRONT_END.read_bytes()
    assert page.headers["Content-Type"].startswith("text/javascript")


def test_runs_with_circuits_are_listed_and_no_others(board):
    told = board.ask("runs").json
    assert told["schema"] == 1
    names = [one["name"] for one in told["runs"]]
    listed = board.ask_at(f"{board.address}data/runs").json
    assert [name for name in listed if name in names] == [one for one in names if "#" not in one]
    assert set(names) == RUNS.keys()


def test_every_snapshot_is_kept(board):
    told = board.ask("series", run="many").json
    assert [one["step"] for one in told["snapshots"]] == list(range(MANY))
    times = [one["wall_time"] for one in told["snapshots"]]
    assert all(one < other for one, other in itertools.pairwise(times))


def test_a_page_asks_only_for_what_is_new(board):
    whole = board.ask("series", run="many").json
    last = whole["snapshots"][-3]
    told = board.ask("series", run="many", since_step=last["step"], since_time=last["wall_time"])
    assert [one["step"] for one in told.json["snapshots"]] == [MANY - 2, MANY - 1]
    assert told.json["restarted"] is False
    assert board.ask("series", run="many", since_step=10**6).json["restarted"] is True


def test_details_and_sheets_are_those_of_their_step(board):
    series = board.ask("series", run="resumed").json
    for one in series["snapshots"]:
        detail = board.ask("detail", run="resumed", step=one["step"]).json
        assert detail["step"] == one["step"]
        assert detail["targets"][0]["neurons"]
        for place in [*detail["patches"].values(), *detail["images"].values()]:
            sheet = board.ask("sheet", run="resumed", step=one["step"], sheet=place[0])
            width, height = Image.open(io.BytesIO(sheet.body)).size
            assert place[1] + place[3] <= width
            assert place[2] + place[4] <= height


def test_sheets_are_pictures_that_are_asked_for_again_but_not_sent_again(board):
    place = f"{board.address}data/plugin/neurflow/sheet?run=many&step=3&sheet=0"
    first = board.ask_at(place)
    assert (first.status, first.headers["Content-Type"]) == (200, "image/jpeg")
    assert first.headers["X-Content-Type-Options"] == "nosniff"
    again = board.ask_at(place, **{"If-None-Match": first.headers["ETag"]})
    assert (again.status, again.body) == (304, b"")
    assert "Content-Type is required" not in board.said.read_text()


def test_several_callbacks_in_one_run_are_told_apart(board):
    for run, target in (("two callbacks", 0), ("two callbacks #2", 2)):
        told = board.ask("series", run=run).json
        assert {one["target"] for each in told["snapshots"] for one in each["targets"]} == {target}
        assert len(told["snapshots"]) == 2


def test_each_snapshot_after_the_first_tells_what_changed(board):
    first, *others = board.ask("series", run="resumed").json["snapshots"]
    assert first["targets"][0]["drift"] is None
    for before, one in itertools.pairwise([first, *others]):
        assert one["since"] == before["step"]
        assert one["targets"][0]["drift"]["drifts"]


# --- mistakes ----------------------------------------------------------------------------


def test_mistakes_are_told_with_their_images(board):
    steps = [one["step"] for one in board.ask("series", run="mistaken").json["snapshots"]]
    for step in steps:
        told = board.ask("mistakes", run="mistaken", step=step).json
        assert (told["steps"], told["problem"]) == (steps, None)
        sheets = {one["picture"][0] for one in told["record"]["mistakes"]}
        for sheet in sheets:
            answer = board.ask("mistaken_image", run="mistaken", step=step, sheet=sheet)
            assert answer.headers["Content-Type"] == "image/jpeg"
            assert Image.open(io.BytesIO(answer.body)).format == "JPEG"


def test_a_run_without_mistakes_has_none(board):
    told = board.ask("mistakes", run="many", step=3).json
    assert told == {"steps": [], "record": None, "problem": None}
    assert board.ask("mistaken_image", run="many", step=3, sheet=0).status == 404


def test_broken_mistakes_are_a_problem_and_never_an_svg(board):
    for step, told in ((0, "is no deflated JSON"), (50, "resumed training has replaced")):
        answer = board.ask("mistakes", run="hostile", step=step)
        assert (answer.status, answer.json["record"]) == (200, None)
        assert told in answer.json["problem"]
        image = board.ask("mistaken_image", run="hostile", step=step, sheet=0)
        assert image.status == 422
        assert b"svg" not in image.body


# --- both loaders ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "run", ["resumed", "anew", "mistaken", "many", "hostile", "two callbacks #2"]
)
def test_both_loaders_tell_the_same(boards, run):
    rust, python = boards
    series = [one.ask("series", run=run).json for one in boards]
    assert series[0] == series[1]
    for snapshot in series[0]["snapshots"][:6]:
        for route in ("detail", "sheet", "mistakes", "mistaken_image"):
            more = {} if route in ("detail", "mistakes") else {"sheet": 0}
            one, other = (
                each.ask(route, run=run, step=snapshot["step"], **more) for each in (rust, python)
            )
            assert one.status == other.status
            assert one.body == other.body


@pytest.mark.parametrize(("run", "epochs"), [("resumed", 3), ("anew", 2)])
def test_a_resumed_run_shows_its_second_course(board, run, epochs, logs):
    told = board.ask("series", run=run).json["snapshots"]
    assert [one["epoch"] for one in told] == list(range(epochs))
    assert len(list((logs / run).glob("*tfevents*"))) == 2


# --- hostile -----------------------------------------------------------------------------


def test_broken_records_are_problems_and_the_others_are_shown(board):
    told = board.ask("series", run="hostile").json
    assert [one["step"] for one in told["snapshots"]] == [0, 50]
    problems = {one["step"]: one["message"] for one in told["problems"]}
    assert "is cut off" in problems[10]
    assert "inflates to more than 64 MiB" in problems[20]
    assert "is no deflated JSON" in problems[30]
    assert "wanted two graphs" in problems[40]
    assert board.ask("detail", run="hostile", step=20).status == 422


def test_an_svg_for_a_sheet_is_never_handed_out(board):
    for step in (10, 50):
        answer = board.ask("sheet", run="hostile", step=step, sheet=0)
        assert answer.status == 422
        assert answer.headers["Content-Type"] == "application/json"
        assert b"svg" not in answer.body
    assert board.ask("sheet", run="hostile", step=10, sheet=1).status == 200


def test_a_long_name_arrives_as_text_cut_short(board):
    answer = board.ask("series", run="hostile")
    assert answer.headers["Content-Type"] == "application/json"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    name = answer.json["snapshots"][0]["targets"][0]["name"]
    assert name.startswith(SCRIPT)
    assert len(name) == 200


@pytest.mark.parametrize(
    ("route", "query", "status", "told"),
    [
        ("series", {}, 400, "run: missing"),
        ("series", {"run": "many", "since_step": "x"}, 400, "since_step='x': wanted a whole"),
        ("series", {"run": "many", "since_step": "-1"}, 400, "wanted a whole number"),
        ("series", {"run": "many", "since_step": "9" * 40}, 400, "wanted a whole number"),
        ("series", {"run": "many", "since_time": "nan"}, 400, "wanted seconds"),
        ("series", {"run": "../hostile"}, 404, "no such run"),
        ("series", {"run": "/etc/passwd"}, 404, "no such run"),
        ("series", {"run": "Many"}, 404, "Did you mean 'many'"),
        ("series", {"run": "many", "path": "x"}, 400, "'path' is no parameter of this route"),
        ("runs", {"run": "many"}, 400, "there are none"),
        ("index.js", {"v": "1"}, 400, "no parameter"),
        ("detail", {"run": "many"}, 400, "step=''"),
        ("detail", {"run": "many", "step": 10**6}, 404, "no such snapshot"),
        ("sheet", {"run": "many", "step": 3, "sheet": 99}, 404, "sheet=99"),
        ("sheet", {"run": "many", "step": 3, "sheet": "0/../1"}, 400, "wanted a whole number"),
        ("mistakes", {"run": "many"}, 400, "step=''"),
        ("mistakes", {"run": "many", "step": 10**6}, 404, "no such snapshot"),
        ("mistakes", {"run": "/etc/passwd", "step": 3}, 404, "no such run"),
        ("mistaken_image", {"run": "many", "step": 3, "sheet": ".."}, 400, "wanted a whole"),
    ],
)
def test_a_wrong_question_is_answered_in_words(board, route, query, status, told):
    answer = board.ask(route, **query)
    assert answer.status == status
    assert answer.headers["Content-Type"] == "application/json"
    assert told in answer.json["error"]


def test_a_parameter_given_twice_is_refused(board):
    place = f"{board.address}data/plugin/neurflow/series?run=many&run=hostile"
    answer = board.ask_at(place)
    assert (answer.status, answer.json["error"]) == (400, "run: given more than once.")


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS"])
@pytest.mark.parametrize("route", ["runs", "series", "detail", "sheet", "mistakes", "index.js"])
def test_nothing_but_get_is_answered(board, method, route):
    answer = board.ask(route, method)
    assert answer.status == 405
    assert answer.headers["Allow"] == "GET, HEAD"


@pytest.mark.parametrize(
    "route",
    [
        "index.js/../plugin.py",
        "../neurflow/static/index.js",
        "static/index.js",
        "%2e%2e/%2e%2e/etc/passwd",
        "series/many",
        "THIRD_PARTY_LICENSES.txt",
        "",
    ],
)
def test_no_path_leads_to_a_file(board, route):
    answer = board.ask(route)
    assert answer.status in (404, 405)
    assert b"function" not in answer.body


# --- flags, start ------------------------------------------------------------------------


def test_a_users_own_number_of_samples_holds(logs, tmp_path):
    with tensorboard(logs, tmp_path, "--samples_per_plugin", "neurflow=7") as board:
        told = board.wait_for("many", 7)
        assert len(told["snapshots"]) == 7
        assert told["snapshots"][-1]["step"] == MANY - 1


def test_the_tab_is_not_enabled_where_nothing_was_logged_for_it(tmp_path):
    with SummaryWriter(str(tmp_path / "logs")) as writer:
        writer.add_scalar("loss", 1.0, 0)
    with tensorboard(tmp_path / "logs", tmp_path) as board:
        assert board.listing()["enabled"] is False
        assert board.ask("runs").json["runs"] == []


def test_new_snapshots_of_a_run_arrive(tmp_path):
    folder = tmp_path / "logs"
    record = make_record(make_snapshot(layers=("layer2", "fc"), neurons=3), step=0)
    with SummaryWriter(str(folder / "live")) as writer:
        write_summary(writer, record_summary(record), 0)
        with tensorboard(folder, tmp_path, "--reload_interval", "1", fast=False) as board:
            board.wait_for("live", 1)
            own = Record({**record.graph, "step": 5}, record.sheets)
            write_summary(writer, record_summary(own), 5)
            board.wait_for("live", 2)
            told = board.ask("series", run="live", since_step=0).json
            assert [one["step"] for one in told["snapshots"]] == [5]


def test_what_these_tests_write_by_hand_is_what_the_package_writes():
    record = make_record(make_snapshot(), step=0)
    by_hand = raw_record(list(record.packed_graphs), list(record.sheets))
    assert by_hand == record_summary(record)
