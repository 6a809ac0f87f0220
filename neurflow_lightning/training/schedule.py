"""When an analysis is due: values in, a bool out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from neurflow_lightning.errors import ConfigError


@dataclass(frozen=True, kw_only=True)
class Schedule:
    """At most one of three rhythms, as in Lightning's ``ModelCheckpoint``; by default every epoch.

    Args:
        every_n_epochs: due in every epoch whose number, counted from 1, is a multiple of this.
        every_n_train_steps: due when the number of optimiser steps passes a multiple of this.
        train_time_interval: due when this much time has passed since the last analysis.

    Raises:
        ConfigError: for two rhythms at once, or one that is not positive.

    >>> Schedule()
    Schedule(every_n_epochs=1, every_n_train_steps=None, train_time_interval=None)
    """

    every_n_epochs: int | None = None
    every_n_train_steps: int | None = None
    train_time_interval: timedelta | None = None

    def __post_init__(self) -> None:
        given = {name: value for name, value in vars(self).items() if value is not None}
        if len(given) > 1:
            raise ConfigError(f"{' and '.join(given)} exclude each other: give one of them.")
        for name, value in given.items():
            _check_positive(name, value)
        if not given:
            object.__setattr__(self, "every_n_epochs", 1)

    @property
    def by_epoch(self) -> bool:
        """Whether epochs are counted; if not, every training batch is a possible moment."""
        return self.every_n_epochs is not None

    def due(self, *, epoch: int, step: int, last_step: int, seconds: float) -> bool:
        """Whether an analysis is due.

        Args:
            epoch: the current epoch, counted from 0.
            step: optimiser steps taken so far.
            last_step: optimiser steps taken at the last analysis, or when the training started.
            seconds: since the last analysis, or since the training started.

        >>> Schedule(every_n_epochs=3).due(epoch=2, step=30, last_step=0, seconds=9.0)
        True
        >>> Schedule(every_n_train_steps=10).due(epoch=0, step=21, last_step=19, seconds=9.0)
        True
        """
        if self.every_n_epochs is not None:
            return (epoch + 1) % self.every_n_epochs == 0
        if self.every_n_train_steps is not None:
            return step // self.every_n_train_steps > last_step // self.every_n_train_steps
        assert self.train_time_interval is not None
        return seconds >= self.train_time_interval.total_seconds()

    def __str__(self) -> str:
        if self.every_n_epochs is not None:
            return _every(self.every_n_epochs, "epoch")
        if self.every_n_train_steps is not None:
            return _every(self.every_n_train_steps, "training step")
        return f"every {self.train_time_interval}"


def _every(count: int, what: str) -> str:
    return f"every {what}" if count == 1 else f"every {count} {what}s"


def _check_positive(name: str, value: int | timedelta) -> None:
    if name == "train_time_interval":
        if not isinstance(value, timedelta) or value <= timedelta(0):
            raise ConfigError(f"{name}={value!r}: wanted a timedelta above zero.")
    elif isinstance(value, bool) or not isinstance(value, int) or value < 1:
        raise ConfigError(f"{name}={value!r}: wanted a whole number of at least 1.")
