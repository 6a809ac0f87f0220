"""What can go wrong, by name.

Every error says what was given, what was wanted and the way out. All of them are
:class:`NeurFlowError`, so that a caller can catch the package's own errors alone.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from typing import Any, NoReturn


class NeurFlowError(Exception):
    """Base of every error this package raises on purpose."""


class ConfigError(NeurFlowError, ValueError):
    """An argument or a number of the method is out of its range."""


class ProbeError(NeurFlowError, ValueError):
    """The probe images cannot serve: wrong shape, no image of a target, not enough data."""


class LayerError(NeurFlowError, ValueError):
    """A layer does not exist, is called twice, returns no tensor or lies in the wrong place."""


class SnapshotError(NeurFlowError, ValueError):
    """A snapshot cannot be read, written or compared."""


class ComparisonError(NeurFlowError, ValueError):
    """Two snapshots, or what is said about them, cannot be compared."""


class PolicyError(NeurFlowError, ValueError):
    """A policy that cannot be read, or that asks for what a report does not have.

    Attributes:
        key: of the policy, whose value was wrong; ``None`` where it is no single one.
    """

    def __init__(self, message: str, key: str | None = None) -> None:
        super().__init__(message)
        self.key = key


class LabelError(NeurFlowError, ValueError):
    """A name of a neuron group that cannot be had, read, written or shown."""


class LabellingStopped(LabelError):  # noqa: N818 (it says that it is over)
    """A labeller that cannot go on: a key refused, a cap reached, nobody there."""


def near_matches(wanted: str, known: Iterable[str], limit: int = 5) -> str:
    """A sentence that names the ``known`` words closest to ``wanted``.

    >>> near_matches("layer33", ["layer3", "layer4", "fc"])
    "Did you mean 'layer3', 'layer4'?"
    >>> near_matches("zzz", ["layer3", "fc"])
    "Known are 'layer3', 'fc'."
    >>> near_matches("zzz", [])
    'None is known.'
    """
    names = list(known)
    close = difflib.get_close_matches(wanted, names, n=limit)
    if close:
        return f"Did you mean {_quoted(close)}?"
    if not names:
        return "None is known."
    rest = f" and {len(names) - limit} more" if len(names) > limit else ""
    return f"Known are {_quoted(names[:limit])}{rest}."


def described(error: BaseException) -> str:
    """An error in one line, with its type unless its message speaks for itself.

    >>> described(KeyError("fc")), described(NeurFlowError("No such layer."))
    ("KeyError: 'fc'", 'No such layer.')
    """
    if isinstance(error, NeurFlowError):
        return str(error)
    return f"{type(error).__name__}: {error}"


def _quoted(names: Iterable[str]) -> str:
    return ", ".join(repr(name) for name in names)


class AnalysisInterrupted(KeyboardInterrupt):
    """Ctrl-C during an analysis.

    Attributes:
        snapshot: the :class:`~neurflow_lightning.types.Snapshot` of the circuits that were whole
            by then; ``None`` when there were none.
    """

    def __init__(self, snapshot: Any | None) -> None:
        super().__init__()
        self.snapshot = snapshot


def refuse_constant(name: str) -> NoReturn:
    """For ``json.loads(..., parse_constant=...)``: NaN and the infinities are no JSON."""
    raise ValueError(f"{name} is no number of JSON")
