"""What a tier is made of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from neurflow_lightning.core.attribution import AttributionMethod
from neurflow_lightning.evaluation.planted.results import Measured


@dataclass(frozen=True)
class Case:
    """One thing that is planted.

    Attributes:
        name: as in :attr:`Measured.case`.
        measure: asks a method about it, on networks of the given seeds, at least one.
    """

    name: str
    measure: Callable[[AttributionMethod, Sequence[int]], Iterable[Measured]]


@dataclass(frozen=True)
class Tier:
    """Cases of one kind.

    Attributes:
        name: such as ``"T1"``.
        title: what is planted, for people.
        cases: in order.
        seeds: networks drawn for a full run, and for a quick one.
    """

    name: str
    title: str
    cases: tuple[Case, ...]
    seeds: tuple[int, int]
