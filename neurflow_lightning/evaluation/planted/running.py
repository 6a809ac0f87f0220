"""Every tier, for any method."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

import torch

from neurflow_lightning.core.attribution import AttributionMethod, NotApplicableError
from neurflow_lightning.core.methods import find_method
from neurflow_lightning.errors import ConfigError, near_matches
from neurflow_lightning.evaluation.planted import (
    closed_form,
    factors,
    failures,
    invariance,
    one_pair,
    wired,
)
from neurflow_lightning.evaluation.planted.applying import exact_knockout
from neurflow_lightning.evaluation.planted.cases import Case, Tier
from neurflow_lightning.evaluation.planted.results import Measured, PlantedReport

TIERS = {
    one.TIER.name: one.TIER for one in (closed_form, one_pair, wired, failures, factors, invariance)
}
"""Name → tier."""

REFERENCE = "exact_knockout"
"""The name of :func:`~neurflow_lightning.evaluation.planted.applying.exact_knockout`."""

SIDE_BY_SIDE = (
    "ig",
    "auto",
    "norm-held",
    "gradient",
    "activation_correlation",
    "weight_norm",
    "saliency",
    "conductance",
    "lrp",
    REFERENCE,
)
"""What the documentation compares."""


def run_planted(
    method: AttributionMethod,
    name: str,
    *,
    tiers: Sequence[str] = tuple(TIERS),
    quick: bool = False,
    say: Callable[[str], None] = lambda _: None,
) -> PlantedReport:
    """Measure a method on circuits with known answers.

    Everything is generated, from fixed seeds; nothing is downloaded.

    Args:
        method: asked about every case.
        name: of the method, for people.
        tiers: of :data:`TIERS`.
        quick: draw fewer networks; a full run takes one or two minutes, a quick one a fifth.
        say: told what is about to be measured.

    Raises:
        ConfigError: for a tier that does not exist.
    """
    for tier in tiers:
        if tier not in TIERS:
            raise ConfigError(f"No tier is named {tier!r}. {near_matches(tier, TIERS)}")
    measured: list[Measured] = []
    seconds = {}
    for tier in (TIERS[one] for one in tiers):
        start = time.perf_counter()
        for case in tier.cases:
            say(f"{name}: {tier.name}, {case.name}")
            with torch.random.fork_rng(devices=[]):
                measured += _measured(tier, case, method, range(tier.seeds[quick]))
        seconds[tier.name] = time.perf_counter() - start
    return PlantedReport(name, tuple(measured), seconds, quick)


def _measured(
    tier: Tier, case: Case, method: AttributionMethod, seeds: Sequence[int]
) -> list[Measured]:
    try:
        return list(case.measure(method, seeds))
    except NotApplicableError as error:
        return [Measured(tier.name, case.name, "–", float("nan"), note=str(error))]


def find_planted_method(name: str) -> AttributionMethod:
    """A method by its name, or a function as ``package.module:function``.

    Raises:
        ConfigError: when there is none of that name, or it cannot be imported.
    """
    return exact_knockout if name == REFERENCE else find_method(name)
