"""What a method was measured at, beside the lines that it must reach; plain values."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from types import MappingProxyType
from typing import Any, Literal

Verdict = Literal["passed", "missed", "expected miss", "no line"]


@dataclass(frozen=True, slots=True)
class Line:
    """A pass line: ``bound`` is the least that is good enough, or the most.

    >>> Line(0.95).holds(0.96), Line(0.01, at_least=False).holds(0.02)
    (True, False)
    """

    bound: float
    at_least: bool = True

    def holds(self, value: float) -> bool:
        """Whether a value reaches it; NaN never does."""
        return value >= self.bound if self.at_least else value <= self.bound

    def __str__(self) -> str:
        return f"{'≥' if self.at_least else '≤'} {self.bound:g}"


@dataclass(frozen=True, slots=True)
class Measured:
    """One number of one case.

    Attributes:
        tier: such as ``"T1"``.
        case: what was planted.
        measure: what the number is.
        value: NaN where the method cannot be used; then ``note`` says why.
        line: that it must reach; ``None`` for numbers that only inform.
        why_missed: why attribution along a path is known to miss the line here; empty where it
            must not. The line is the truth's, whoever misses it.
        shown_by: the check by which a user would notice the miss, with ``alarm`` as its answer.
        alarm: NaN where there is no such check.
        note: why there is no value.
    """

    tier: str
    case: str
    measure: str
    value: float
    line: Line | None = None
    why_missed: str = ""
    shown_by: str = ""
    alarm: float = math.nan
    note: str = ""

    @property
    def verdict(self) -> Verdict:
        """Whether it reaches its line."""
        if self.line is None:
            return "no line"
        if self.line.holds(self.value):
            return "passed"
        return "expected miss" if self.why_missed else "missed"

    @property
    def key(self) -> tuple[str, str, str]:
        """What was measured, whoever was."""
        return self.tier, self.case, self.measure


@dataclass(frozen=True)
class PlantedReport:
    """How a method does on circuits with known answers.

    Attributes:
        method: its name.
        measured: every number, tier by tier.
        seconds: tier → wall time.
        quick: whether fewer networks were drawn than for a full run.
    """

    method: str
    measured: tuple[Measured, ...]
    seconds: Mapping[str, float] = field(default_factory=dict)
    quick: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "seconds", MappingProxyType(dict(self.seconds)))

    def missed(self) -> tuple[Measured, ...]:
        """What misses a line without a known reason."""
        return tuple(one for one in self.measured if one.verdict == "missed")

    def content(self) -> dict[str, Any]:
        """Plain Python values, ready for JSON; no NaN."""
        return {
            "method": self.method,
            "quick": self.quick,
            "seconds": {tier: round(value, 2) for tier, value in self.seconds.items()},
            "measured": [_plain(one) for one in self.measured],
        }


def _plain(one: Measured) -> dict[str, Any]:
    told = {
        name: None if isinstance(value, float) and not math.isfinite(value) else value
        for name, value in asdict(one).items()
    }
    return {**told, "line": None if one.line is None else str(one.line), "verdict": one.verdict}
