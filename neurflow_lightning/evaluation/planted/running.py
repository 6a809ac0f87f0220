"""Every tier, for any selector."""

from __future__ import annotations

import importlib
import time
from collections.abc import Callable, Sequence

import torch

from neurflow_lightning.errors import ConfigError, near_matches
from neurflow_lightning.evaluation.planted import (
    closed_form,
    factors,
    failures,
    invariance,
    one_pair,
    wired,
)
from neurflow_lightning.evaluation.planted.asking import exact_knockout
from neurflow_lightning.evaluation.planted.cases import Case, Tier
from neurflow_lightning.evaluation.planted.results import Measured, PlantedReport
from neurflow_lightning.evaluation.selectors import NotApplicableError, Selector, selector
from neurflow_lightning.evaluation.settings import METHODS

TIERS = {
    one.TIER.name: one.TIER for one in (closed_form, one_pair, wired, failures, factors, invariance)
}
"""Name → tier."""

REFERENCE = "exact_knockout"
"""The name of :func:`~neurflow_lightning.evaluation.planted.asking.exact_knockout`."""

SIDE_BY_SIDE = (
    "integrated_gradients",
    "activation_correlation",
    "weight_norm",
    "saliency",
    "gradient_activation",
    "conductance",
    "internal_influence",
    REFERENCE,
)
"""What the documentation compares."""


def run_planted(
    selector: Selector,
    name: str,
    *,
    tiers: Sequence[str] = tuple(TIERS),
    quick: bool = False,
    say: Callable[[str], None] = lambda _: None,
) -> PlantedReport:
    """Measure a selector on circuits with known answers.

    Everything is generated, from fixed seeds; nothing is downloaded.

    Args:
        selector: asked about every case.
        name: of the selector, for people.
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
                measured += _measured(tier, case, selector, range(tier.seeds[quick]))
        seconds[tier.name] = time.perf_counter() - start
    return PlantedReport(name, tuple(measured), seconds, quick)


def _measured(tier: Tier, case: Case, selector: Selector, seeds: Sequence[int]) -> list[Measured]:
    try:
        return list(case.measure(selector, seeds))
    except NotApplicableError as error:
        return [Measured(tier.name, case.name, "–", float("nan"), note=str(error))]


def find_selector(name: str) -> Selector:
    """A selector by its name, or a function as ``package.module:function``.

    Raises:
        ConfigError: when there is none of that name, or it cannot be imported.
    """
    if name == REFERENCE:
        return exact_knockout
    if ":" not in name:
        if name not in METHODS:
            raise ConfigError(
                f"No selector is named {name!r}. {near_matches(name, (*METHODS, REFERENCE))} "
                "One of your own is package.module:function."
            )
        return selector(name)
    module, _, attribute = name.partition(":")
    try:
        found: Selector = getattr(importlib.import_module(module), attribute)
    except (ImportError, AttributeError, ValueError) as error:
        raise ConfigError(
            f"{name}: Cannot be imported: {error}. Wanted package.module:function, importable from "
            "here."
        ) from error
    if not callable(found):
        raise ConfigError(f"{name}: Is no function but {type(found).__name__}.")
    return found
