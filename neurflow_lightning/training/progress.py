"""How far an analysis is, shown beside the trainer's own bars without disturbing them."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

Progress = Callable[[str, int, int], None]
"""Called as ``progress(what, done, total)`` while work goes on."""


@contextmanager
def shown_progress(bar: Any) -> Iterator[Progress]:
    """Progress shown where ``bar``, the trainer's progress bar callback, shows its own.

    Bars are recognised by what they can do. Without one, with one switched off, and beside a bar
    of an unknown kind nothing is shown.
    """
    if bar is None or not bar.is_enabled:
        yield _unseen
    elif hasattr(getattr(bar, "progress", None), "add_task"):
        with _rich_progress(bar) as progress:
            yield progress
    elif hasattr(bar, "init_validation_tqdm"):
        with _tqdm_progress() as progress:
            yield progress
    else:
        yield _unseen


@contextmanager
def _rich_progress(bar: Any) -> Iterator[Progress]:
    """One more task. It is hidden, never removed: Lightning finds its tasks by their position."""
    task = bar.progress.add_task("NeurFlow", total=1)

    def progress(what: str, done: int, total: int) -> None:
        bar.progress.update(task, description=_plain(what), completed=done, total=total)
        bar.refresh()

    try:
        yield progress
    finally:
        bar.progress.update(task, visible=False)
        bar.refresh()


@contextmanager
def _tqdm_progress() -> Iterator[Progress]:
    """A bar below those of training (position 0) and validation (position 1)."""
    from tqdm import tqdm  # type: ignore[import-untyped]

    with tqdm(total=1, desc="NeurFlow", leave=False, position=2, file=sys.stdout) as bar:

        def progress(what: str, done: int, total: int) -> None:
            bar.set_description(f"NeurFlow {what}", refresh=False)
            bar.total, bar.n = total, done
            bar.update(0)

        yield progress


def _plain(text: str) -> str:
    """Without what Rich reads as markup."""
    return f"NeurFlow {text}".replace("[", "(").replace("]", ")")


def _unseen(what: str, done: int, total: int) -> None:
    """Nobody watches."""
