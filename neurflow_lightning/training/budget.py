"""What the callback may take of a training's time, and what it has taken.

1. A :class:`Meter` reads a clock whenever the callback's own work begins or ends, and books the
   time since the last reading either as training or as own work.
2. A :class:`Budget` holds the two sums. An analysis can be paid when all own work, its own cost
   included, stays within ``max_overhead`` times the training: what is not spent is saved up.
3. One that cannot be paid when it is due is put off, and owed until it can.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any, Literal

from neurflow_lightning.errors import ConfigError


@dataclass(frozen=True)
class Budget:
    """Seconds of training and of own work, and what follows for the next analysis.

    Args:
        max_overhead: own work allowed for each second of training, above 0 and at most 1; ``None``
            for no bound.
        trained: seconds of training so far, without the callback's own work.
        spent: seconds of the callback's own work so far.
        last_cost: seconds that the last analysis took, with writing and showing it; ``None``
            before the first one.
        put_off: how many analyses were due and not paid at that moment.
        owed: whether one was put off and none has been made since.

    Raises:
        ConfigError: for a ``max_overhead`` out of its range.

    >>> budget = Budget(0.05, trained=100.0, spent=1.0)
    >>> budget.allows(4.0), budget.allows(4.1)
    (True, False)
    """

    max_overhead: float | None
    trained: float = 0.0
    spent: float = 0.0
    last_cost: float | None = None
    put_off: int = 0
    owed: bool = False

    def __post_init__(self) -> None:
        share = self.max_overhead
        if share is None:
            return
        if isinstance(share, bool) or not isinstance(share, int | float) or not 0 < share <= 1:
            raise ConfigError(
                f"max_overhead={share!r}: wanted a share of the training time, above 0 and at "
                "most 1, such as 0.05 for 5 %; or None for no bound."
            )

    @property
    def overhead(self) -> float:
        """Own work for each second of training so far; infinite before the first one.

        >>> Budget(None, trained=200.0, spent=3.0).overhead
        0.015
        """
        return self.spent / self.trained if self.trained > 0 else math.inf

    def allows(self, cost: float) -> bool:
        """Whether an analysis of ``cost`` seconds can be paid now."""
        if self.max_overhead is None:
            return True
        return self.spent + cost <= self.max_overhead * self.trained

    def training_for(self, cost: float) -> float:
        """Seconds of training that pay for ``cost``; 0 without a bound.

        >>> Budget(0.05).training_for(3.0)
        60.0
        """
        return 0.0 if self.max_overhead is None else cost / self.max_overhead

    def state(self) -> dict[str, Any]:
        """What happened so far; plain values."""
        return {name: value for name, value in vars(self).items() if name != "max_overhead"}


def expected_cost(seconds: float, targets: int, processes: int) -> float:
    """Seconds of an analysis of which ``targets`` are shared out to ``processes``.

    The process with most targets decides.

    Args:
        seconds: of all targets in one process.
        targets, processes: how many; at least 1.

    >>> expected_cost(9.0, targets=3, processes=2)
    6.0
    """
    return seconds * math.ceil(targets / processes) / targets


class Meter:
    """Books time as training or as the callback's own work, by a clock.

    Args:
        budget: what was booked before, as in a run that is resumed.
        clock: seconds from any fixed moment on; never goes back.

    Attributes:
        budget: what was booked by the last reading.
    """

    def __init__(self, budget: Budget, clock: Callable[[], float]) -> None:
        self.budget = budget
        self._clock = clock
        self._doing: Literal["training", "own work"] | None = None
        self._since = clock()

    def read(self) -> Budget:
        """The budget with everything booked until now."""
        now = self._clock()
        passed, self._since = now - self._since, now
        if self._doing == "training":
            self.budget = replace(self.budget, trained=self.budget.trained + passed)
        elif self._doing == "own work":
            self.budget = replace(self.budget, spent=self.budget.spent + passed)
        return self.budget

    def start_training(self) -> None:
        """From now on it is training that goes on."""
        self.stop()
        self._doing = "training"

    def stop(self) -> None:
        """Nothing goes on; what passed since the last reading, after an error too, is not ours."""
        self._doing, self._since = None, self._clock()

    @contextmanager
    def own_work(self) -> Iterator[None]:
        """The callback works meanwhile."""
        self.read()
        before, self._doing = self._doing, "own work"
        try:
            yield
        finally:
            self.read()
            self._doing = before

    @contextmanager
    def analysis(self) -> Iterator[None]:
        """An analysis goes on, within :meth:`own_work`; one that fails does not tell the cost."""
        self.budget = replace(self.read(), owed=False)
        before = self.budget.spent
        yield
        self.budget = replace(self.read(), last_cost=self.budget.spent - before)

    def put_off(self, *, due: bool) -> None:
        """An analysis could not be paid.

        Args:
            due: whether the schedule asked for it now; if not, it was owed, and is counted already.
        """
        self.budget = replace(self.budget, put_off=self.budget.put_off + due, owed=True)
