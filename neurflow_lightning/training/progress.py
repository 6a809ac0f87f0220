"""How far an analysis is, shown beside the trainer's own bars without disturbing them.

Each bar is given the share of the whole work that is done, and shows from it how much time is left.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from neurflow_lightning.core.work import Progress, unseen

_TQDM_FORMAT = "{l_bar}{bar}| {elapsed}<{remaining}"


@contextmanager
def shown_progress(bar: Any) -> Iterator[Progress]:
    """Progress shown where ``bar``, the trainer's progress bar callback, shows its own.

    Bars are recognised by what they can do. Without one, with one switched off, and beside a bar
    of an unknown kind nothing is shown.
    """
    if bar is None or not bar.is_enabled:
        yield unseen
    elif hasattr(getattr(bar, "progress", None), "add_task"):
        with _rich_progress(bar) as progress:
            yield progress
    elif hasattr(bar, "init_validation_tqdm"):
        with _tqdm_progress() as progress:
            yield progress
    else:
        yield unseen


@contextmanager
def _rich_progress(bar: Any) -> Iterator[Progress]:
    """One more task. It is hidden, never removed: Lightning finds its tasks by their position.

    Its total never changes: then Rich would forget the speed from which it tells the time left.
    """
    task = bar.progress.add_task("NeurFlow", total=100)

    def progress(what: str, done: float, total: float) -> None:
        completed = _percent(done, total)
        bar.progress.update(task, description=_plain(what), completed=completed)
        bar.refresh()

    try:
        yield progress
    finally:
        bar.progress.update(task, visible=False)
        bar.refresh()


@contextmanager
def _tqdm_progress() -> Iterator[Progress]:
    """A bar below those of training (position 0) and validation (position 1).

    The time left follows from the average speed (``smoothing=0``); ``miniters=0`` because steps
    differ in size, and tqdm would show none smaller than the largest yet.
    """
    from tqdm import tqdm  # type: ignore[import-untyped]

    with tqdm(
        total=100,
        desc="NeurFlow",
        leave=False,
        position=2,
        file=sys.stdout,
        bar_format=_TQDM_FORMAT,
        smoothing=0,
        miniters=0,
    ) as bar:

        def progress(what: str, done: float, total: float) -> None:
            bar.set_description(f"NeurFlow {what}", refresh=False)
            bar.update(_percent(done, total) - bar.n)

        yield progress


def _percent(done: float, total: float) -> float:
    return 100 * done / total


def _plain(text: str) -> str:
    """Without what Rich reads as markup."""
    return f"NeurFlow {text}".replace("[", "(").replace("]", ")")
