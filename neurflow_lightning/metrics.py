"""Drift of circuits as torchmetrics: each measure a metric, with a function of the same meaning.

=================  ============================  ==============================================
metric             function                      of
=================  ============================  ==============================================
EdgeDrift          edge_drift                    layer pairs, by the upper layer; the headline
CoreTurnover       core_turnover                 layers below the target's
ImportanceTurnover importance_turnover           layers below the target's
RankTurnover       rank_turnover                 layers below the target's
GroupTurnover      group_turnover                layers below the target's
ConceptDrift       concept_drift                 layers below the target's
Polysemanticity    polysemanticity_change        layers below the target's but the shallowest
=================  ============================  ==============================================

1. :meth:`update` takes two snapshots, or two circuits of one target, and keeps the measure's value
   at every place: each layer (pair) of each target.
2. :meth:`compute` reduces the values of all updates to one: their mean, or the largest. Places
   where there is nothing to compare (NaN) are left out; the result is NaN where all are.

The values are those of :mod:`neurflow_lightning.evolution.drift`, where the definitions stand. What
a metric cannot say is whether a value is more than noise: that takes
:func:`~neurflow_lightning.evolution.comparing.measure_drift` and a null. ::

    drift = MetricCollection([EdgeDrift(), CoreTurnover(reduction="max")])
    drift.update(load_snapshot("epoch=3.safetensors"), load_snapshot("epoch=4.safetensors"))
    drift.compute()["EdgeDrift"]
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from typing import Any, ClassVar, Literal, get_args

import numpy as np
import torch
from torch import Tensor
from torchmetrics import Metric
from torchmetrics.utilities import dim_zero_cat

from neurflow_lightning.errors import ComparisonError, ConfigError, LayerError, near_matches
from neurflow_lightning.evolution.comparing import check_comparable
from neurflow_lightning.evolution.drift import CircuitPair, Matching, measured, pair
from neurflow_lightning.evolution.matching import target_rows
from neurflow_lightning.evolution.reports import Measure
from neurflow_lightning.types import Circuit, IntArray, Snapshot

__all__ = [
    "ConceptDrift",
    "CoreTurnover",
    "EdgeDrift",
    "GroupTurnover",
    "ImportanceTurnover",
    "Polysemanticity",
    "RankTurnover",
    "concept_drift",
    "core_turnover",
    "edge_drift",
    "group_turnover",
    "importance_turnover",
    "polysemanticity_change",
    "rank_turnover",
]

Reduction = Literal["mean", "max"]
Compared = Snapshot | Circuit
"""What can be compared: snapshots on one probe set, or circuits of one target."""


# --- functions ---------------------------------------------------------------------------


def edge_drift(
    before: Compared,
    after: Compared,
    *,
    target: int | str | None = None,
    layer: str | None = None,
    reduction: Reduction = "mean",
    matching: Matching = "neurons",
) -> Tensor:
    """Change of the signed edge weights, a scalar in [0, 1]; NaN where there is no edge.

    Args:
        before, after: two snapshots with the same probe set, layers, targets and numbers, or two
            circuits of one target with the same layers. Of circuits alone it is not known which
            patches they were made on: then those of their concepts are taken, which matters to
            ``group_turnover`` and ``concept_drift`` only.
        target: of which target alone, by class number or name; ``None`` for all. Circuits of
            another target are left out.
        layer: at which layer alone, of a pair the upper one; ``None`` for all.
        reduction: the ``"mean"`` or the ``"max"`` over targets and layers.
        matching: ``"neurons"`` for checkpoints of one run, ``"responses"`` for networks that
            share no neuron identities.

    Raises:
        ComparisonError: when the two cannot be compared.
        SnapshotError: for a target that the snapshots do not have.
        LayerError: for a layer without this measure.
        ConfigError: for a ``reduction`` or ``matching`` that does not exist.
    """
    return _measured("edge_drift", before, after, target, layer, reduction, matching)


def core_turnover(
    before: Compared,
    after: Compared,
    *,
    target: int | str | None = None,
    layer: str | None = None,
    reduction: Reduction = "mean",
) -> Tensor:
    """1 − chance-corrected Jaccard of the core neurons, a scalar in [0, 1].

    Arguments and errors as of :func:`edge_drift`; matched by responses there is no such measure.
    """
    return _measured("core_turnover", before, after, target, layer, reduction, "neurons")


def importance_turnover(
    before: Compared,
    after: Compared,
    *,
    target: int | str | None = None,
    layer: str | None = None,
    reduction: Reduction = "mean",
    matching: Matching = "neurons",
) -> Tensor:
    """1 − Ruzicka similarity of importances, a scalar in [0, 1]; see :func:`edge_drift`."""
    return _measured("importance_turnover", before, after, target, layer, reduction, matching)


def rank_turnover(
    before: Compared,
    after: Compared,
    *,
    target: int | str | None = None,
    layer: str | None = None,
    reduction: Reduction = "mean",
    matching: Matching = "neurons",
) -> Tensor:
    """1 − rank-biased overlap by importance, a scalar in [0, 1]; see :func:`edge_drift`."""
    return _measured("rank_turnover", before, after, target, layer, reduction, matching)


def group_turnover(
    before: Compared,
    after: Compared,
    *,
    target: int | str | None = None,
    layer: str | None = None,
    reduction: Reduction = "mean",
    matching: Matching = "neurons",
) -> Tensor:
    """Share of groups' importance without counterpart, in [0, 1]; see :func:`edge_drift`."""
    return _measured("group_turnover", before, after, target, layer, reduction, matching)


def concept_drift(
    before: Compared,
    after: Compared,
    *,
    target: int | str | None = None,
    layer: str | None = None,
    reduction: Reduction = "mean",
    matching: Matching = "neurons",
) -> Tensor:
    """1 − Spearman of matched groups' responses, in [0, 1]; see :func:`edge_drift`."""
    return _measured("concept_drift", before, after, target, layer, reduction, matching)


def polysemanticity_change(
    before: Compared,
    after: Compared,
    *,
    target: int | str | None = None,
    layer: str | None = None,
    reduction: Reduction = "mean",
) -> Tensor:
    """Mean number of meanings a neuron, after minus before; see :func:`edge_drift`."""
    return _measured("polysemanticity", before, after, target, layer, reduction, "neurons")


# --- metrics -----------------------------------------------------------------------------


class CircuitMetric(Metric):
    """What all metrics here have in common; use one of those below.

    Args:
        target: of which target alone, by class number or name; ``None`` for all. Circuits of
            another target are left out.
        layer: at which layer alone, of a pair the upper one; ``None`` for all.
        reduction: the ``"mean"`` or the ``"max"`` over targets, layers and updates.
        matching: ``"neurons"`` for checkpoints of one run, ``"responses"`` for networks that
            share no neuron identities.
        validate_args: whether to look at the other arguments now.
        **settings: of :class:`torchmetrics.Metric`.

    Raises:
        ConfigError: for a ``reduction`` or ``matching`` that does not exist, or that the measure
            has not got.
    """

    measure: ClassVar[Measure]
    is_differentiable = False
    higher_is_better = False
    full_state_update = False
    plot_lower_bound: float | None = 0.0
    plot_upper_bound: float | None = 1.0

    def __init__(
        self,
        target: int | str | None = None,
        layer: str | None = None,
        reduction: Reduction = "mean",
        matching: Matching = "neurons",
        validate_args: bool = True,
        **settings: Any,
    ) -> None:
        super().__init__(**settings)
        if validate_args:
            _check_arguments(self.measure, reduction, matching)
        self.target, self.layer = target, layer
        self.reduction, self.matching = reduction, matching
        # A MetricCollection lets metrics with states of equal names and values share one for good,
        # and after an update without any drift all values are equal: so the names must not be.
        place = hashlib.sha256(repr((target, layer, matching)).encode()).hexdigest()[:12]
        self._state_name = f"{self.measure}_{place}"
        self.add_state(self._state_name, default=[], dist_reduce_fx="cat")

    def update(self, before: Compared, after: Compared) -> None:
        """Add what changed between two snapshots or circuits.

        Raises:
            ComparisonError: when the two cannot be compared.
            SnapshotError: for a target that the snapshots do not have.
            LayerError: for a layer without this measure.
        """
        values = _values(self.measure, before, after, self.target, self.layer, self.matching)
        getattr(self, self._state_name).append(_tensor(values).to(self.device))

    def compute(self) -> Tensor:
        """The values of all updates, reduced to a scalar; NaN without any."""
        kept = getattr(self, self._state_name)  # a tensor once processes have exchanged theirs
        return _reduced(dim_zero_cat(kept) if len(kept) else _tensor([]), self.reduction)

    def plot(
        self, val: Tensor | Sequence[Tensor] | None = None, ax: Any | None = None
    ) -> tuple[Any, Any]:
        """Draw a value, or several as a line.

        Args:
            val: what ``compute`` or ``forward`` gave, once or several times; ``None`` computes.
            ax: matplotlib axes to draw into; ``None`` makes some.

        Returns:
            The figure and its axes.
        """
        figure, axes = self._plot(val, ax)
        return figure, axes


class EdgeDrift(CircuitMetric):
    """Change of the signed edge weights, in [0, 1]: :func:`edge_drift`."""

    measure = "edge_drift"


class CoreTurnover(CircuitMetric):
    """1 − chance-corrected Jaccard of core neurons, in [0, 1]: :func:`core_turnover`."""

    measure = "core_turnover"


class ImportanceTurnover(CircuitMetric):
    """1 − Ruzicka similarity of importances, in [0, 1]: :func:`importance_turnover`."""

    measure = "importance_turnover"


class RankTurnover(CircuitMetric):
    """1 − rank-biased overlap by importance, in [0, 1]: :func:`rank_turnover`."""

    measure = "rank_turnover"


class GroupTurnover(CircuitMetric):
    """Share of groups' importance without counterpart, in [0, 1]: :func:`group_turnover`."""

    measure = "group_turnover"


class ConceptDrift(CircuitMetric):
    """1 − Spearman of matched groups' responses, in [0, 1]: :func:`concept_drift`."""

    measure = "concept_drift"


class Polysemanticity(CircuitMetric):
    """Change of the mean number of meanings a neuron: :func:`polysemanticity_change`."""

    measure = "polysemanticity"
    plot_lower_bound = None
    plot_upper_bound = None


# --- how they are computed ---------------------------------------------------------------


def _measured(
    measure: Measure,
    before: Compared,
    after: Compared,
    target: int | str | None,
    layer: str | None,
    reduction: Reduction,
    matching: Matching,
) -> Tensor:
    _check_arguments(measure, reduction, matching)
    return _reduced(_tensor(_values(measure, before, after, target, layer, matching)), reduction)


def _values(
    measure: Measure,
    before: Compared,
    after: Compared,
    target: int | str | None,
    layer: str | None,
    matching: Matching,
) -> list[float]:
    """The measure at every place asked for."""
    return [
        value
        for paired in _pairs(before, after, target, matching)
        for value in _of_layer(measure, paired, layer)
    ]


def _of_layer(measure: Measure, paired: CircuitPair, layer: str | None) -> list[float]:
    found = measured(paired, measure)
    if layer is None:
        return list(found.values())
    if layer not in found:
        raise LayerError(f"There is no {measure} of layer {layer!r}. {near_matches(layer, found)}")
    return [found[layer]]


def _pairs(
    before: Compared, after: Compared, target: int | str | None, matching: Matching
) -> Iterator[CircuitPair]:
    if isinstance(before, Snapshot) and isinstance(after, Snapshot):
        check_comparable(before, after)
        chosen = before.circuits if target is None else (before.circuit(target),)
        for circuit in chosen:
            index = circuit.target.index
            rows = target_rows(before.probe, before.config, index)
            yield pair(circuit, after.circuit(index), rows, matching)
    elif isinstance(before, Circuit) and isinstance(after, Circuit):
        _check_circuits(before, after)
        if target is None or target in (before.target.index, before.name):
            yield pair(before, after, _known_rows(before, after), matching)
    else:
        raise ComparisonError(
            f"Cannot compare {type(before).__name__} with {type(after).__name__}: wanted two "
            "snapshots, or two circuits of one target."
        )


def _check_circuits(before: Circuit, after: Circuit) -> None:
    if before.layers != after.layers or before.target != after.target:
        raise ComparisonError(
            f"The circuits are of target {before.target} over {list(before.layers)} and of target "
            f"{after.target} over {list(after.layers)}: wanted the same target and layers."
        )


def _known_rows(*circuits: Circuit) -> IntArray:
    """(R,) ascending rows of all patches that are in any concept."""
    patches = [node.concept.patches for one in circuits for node in one.neurons]
    return np.unique(np.concatenate(patches)) if patches else np.empty(0, np.int64)


def _tensor(values: list[float]) -> Tensor:
    return torch.tensor(values, dtype=torch.float32)


def _reduced(values: Tensor, reduction: Reduction) -> Tensor:
    told = values[~values.isnan()]
    if not len(told):
        return values.new_full((), float("nan"))
    return told.mean() if reduction == "mean" else told.max()


def _check_arguments(measure: Measure, reduction: str, matching: str) -> None:
    for name, value, allowed in (
        ("reduction", reduction, get_args(Reduction)),
        ("matching", matching, get_args(Matching)),
    ):
        if value not in allowed:
            raise ConfigError(f"{name}={value!r}: wanted one of {allowed}.")
    if measure == "core_turnover" and matching == "responses":
        raise ConfigError(
            "matching='responses': groups matched by responses have no core turnover. Take "
            "GroupTurnover, or matching='neurons' for checkpoints of one run."
        )
