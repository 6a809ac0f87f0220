import io
from types import SimpleNamespace

import pytest
import tqdm
from lightning.pytorch.callbacks import ProgressBar, RichProgressBar, TQDMProgressBar
from lightning.pytorch.callbacks.progress.rich_progress import CustomProgress
from rich.console import Console

from neurflow_lightning.training.progress import shown_progress


def rich_bar(clock=None):
    bar = RichProgressBar()
    bar.progress = CustomProgress(console=Console(file=io.StringIO()), get_time=clock)
    bar.progress.add_task("Epoch 0", total=6)
    return bar


def test_rich_shows_one_task_and_hides_it():
    bar = rich_bar()
    with shown_progress(bar) as progress:
        progress("cat: layer[3]", 6.0, 15.0)
        own = bar.progress.tasks[-1]
        assert (own.description, own.completed, own.total) == ("NeurFlow cat: layer(3)", 40, 100)
        assert own.visible
    assert bar.progress.tasks[0].description == "Epoch 0"
    assert [task.visible for task in bar.progress.tasks] == [True, False]


def test_rich_tells_the_time_left():
    clock = SimpleNamespace(now=0.0)
    bar = rich_bar(lambda: clock.now)
    with shown_progress(bar) as progress:
        for seconds in (2, 4, 8):
            clock.now = seconds
            progress("cat", seconds, 16.0)
        own = bar.progress.tasks[-1]
        assert (own.completed, own.elapsed, own.time_remaining) == (50, 8, 8)
        progress("cat", 8, 32.0)
        assert bar.progress.tasks[-1].completed == 25


def test_rich_hides_its_task_after_an_error():
    bar = rich_bar()
    with pytest.raises(ZeroDivisionError), shown_progress(bar):
        raise ZeroDivisionError
    assert not bar.progress.tasks[-1].visible


def test_tqdm_shows_a_bar_below_the_others_and_clears_it(capsys, monkeypatch):
    monkeypatch.setattr(tqdm.tqdm, "monitor_interval", 0)
    with shown_progress(TQDMProgressBar()) as progress:
        (bar,) = tqdm.tqdm._instances
        progress("cat: layer3", 6.0, 15.0)
        assert (bar.n, bar.total, bar.pos, bar.leave) == (40, 100, -2, False)
        assert bar.desc == "NeurFlow cat: layer3: "
    assert not list(tqdm.tqdm._instances)
    assert "NeurFlow" in capsys.readouterr().out


def test_tqdm_tells_the_time_left_from_the_average_speed(capsys, monkeypatch):
    """Steps show whatever their size, also back where more is left than was expected."""
    monkeypatch.setattr(tqdm.tqdm, "monitor_interval", 0)
    with shown_progress(TQDMProgressBar()) as progress:
        (bar,) = tqdm.tqdm._instances
        clock = SimpleNamespace(now=bar.start_t)
        bar._time = lambda: clock.now
        for seconds, total in ((60, 120.0), (75, 120.0), (76, 121.0), (90, 180.0)):
            clock.now = bar.start_t + seconds
            progress("cat", seconds, total)
        assert bar.last_print_n == pytest.approx(50)
    shown = capsys.readouterr().out
    assert "50%" in shown
    assert "01:00<01:00" in shown
    assert "01:15<00:45" in shown
    assert "01:16<00:45" in shown
    assert "01:30<01:30" in shown


@pytest.mark.parametrize("bar", [None, TQDMProgressBar(refresh_rate=0), ProgressBar()])
def test_nothing_is_shown_without_a_bar(bar, capsys):
    if type(bar) is ProgressBar:
        bar.is_enabled = True  # a bar of an unknown kind
    with shown_progress(bar) as progress:
        progress("cat: layer3", 6.0, 15.0)
    said = capsys.readouterr()
    assert said.out == said.err == ""
