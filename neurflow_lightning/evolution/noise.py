"""How much of a change is noise: nulls, p-values, correction, persistence.

The *estimation null* says how far two circuits of one and the same network would drift apart had
other probe images been drawn. It is made from one snapshot, without running the network:

1. Images of the target are drawn twice, independently (:func:`draw_images`).
2. From either draw the circuit is made again (:mod:`neurflow_lightning.resampling` says how).
3. The drift between the two circuits of a pair is one draw of the null.

Two resamples are compared with each other, not one with the original: two circuits estimated from
images of their own differ by the error of both.

A neuron that becomes core in a resample but was not attributed has unknown inputs: in the edge
drift it counts only where the other side has not got it, for there all its edges are new.

``concept_drift``, ``group_turnover`` and ``polysemanticity`` have no estimation null: they depend
on clusters of patches and meanings, and what was clustered, the responses of whole layers to single
patches, is not in a snapshot. The null is of neurons that keep their places: groups matched by
their responses have none.

**How true it is.** Between snapshots of images from one population, 1 to 4 in 100 drifts lie above
the 99 % quantile of a bootstrap null, and up to 7 for ``core_turnover`` two layers and more below
the target; of a split-half null, about a third as many. Exact it is only for many images: a concept
whose patches come from few images says little about others. And core neurons are chosen because
they came out high, so that those near the boundary are less settled than they look.

Sources: Efron 1979; Rao and Wu 1988 (n − 1 draws); Phipson and Smyth 2010 (p-values that are never
0); Benjamini and Hochberg 1995; Hahn and Meeker 1991 (prediction limits).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal, get_args

import numpy as np
import numpy.typing as npt
from scipy.special import stdtrit

from neurflow_lightning.errors import ConfigError
from neurflow_lightning.evolution.matching import expected_jaccard, target_rows
from neurflow_lightning.evolution.reports import Measure
from neurflow_lightning.resampling import Doubles, Drawn, bootstrap, layers_again
from neurflow_lightning.types import BoolArray, Circuit, IntArray, Snapshot, frozen_array

Key = tuple[int, Measure, str]
"""Target index, measure, layer; of a layer pair, the upper layer."""
Resampling = Literal["bootstrap", "split-half"]

FEWEST_RESAMPLES = 100
"""With fewer, the 99 % quantile is the largest draw but in name."""

FEWEST_CONTROLS = 3
"""Of two the limit lies so high that hardly a change is above it, of one it is infinite."""

AT_ONCE = 250
"""Pairs of circuits made at once: bounds the memory, to some 50 MB for layers of 2000 neurons."""

ROUNDING = 1e-9
"""Drifts that differ by less are the same but for the order of their arithmetic."""


@dataclass(frozen=True, eq=False)
class Null:
    """What a drift can be when nothing has changed.

    Attributes:
        values: key → (B,) draws, at least one, without NaN. A place whose noise could not be
            measured has none.
    """

    values: Mapping[Key, Doubles]

    def __post_init__(self) -> None:
        frozen = {key: frozen_array(draws, np.float64) for key, draws in self.values.items()}
        object.__setattr__(self, "values", MappingProxyType(frozen))


@dataclass(frozen=True, eq=False)
class EstimationNull(Null):
    """The null of other images, of one snapshot.

    Attributes:
        values: as of :class:`Null`.
        kind: how images were drawn.
        fingerprint: of the probe set.
    """

    kind: Resampling
    fingerprint: str


def estimation_null(
    snapshot: Snapshot, *, resamples: int = 200, seed: int = 0, kind: Resampling = "bootstrap"
) -> EstimationNull:
    """How far circuits drift apart when only the images differ.

    Args:
        snapshot: of whose stored attributions circuits are made again.
        resamples: B, pairs of circuits, at least 100.
        seed: the same snapshot and seed give the same draws. Targets draw independently.
        kind: ``"bootstrap"`` draws n − 1 of n images with replacement, which gives a mean the
            variance it has among samples of n images. ``"split-half"`` compares two halves
            without common images: circuits of half as many images, so that its drifts are larger,
            by √2 where they are small.

    Returns:
        Draws of ``edge_drift``, for every layer pair, and of ``core_turnover``,
        ``importance_turnover`` and ``rank_turnover``, for every layer but the target's own, which
        always holds the target alone. A target with one image has none.

    Raises:
        ConfigError: for numbers out of range.
        SnapshotError: for a concept with patches of images that are not the target's.
    """
    _check_arguments(resamples, seed, kind)
    values: dict[Key, Doubles] = {}
    for circuit in snapshot.circuits:
        target = circuit.target.index
        images = _images(snapshot, target)
        if len(images) < 2:
            continue
        rng = np.random.default_rng([seed, target])
        counts = draw_images(len(images), resamples, kind, rng)
        most = snapshot.config.max_neurons_per_layer
        told: dict[Key, list[Doubles]] = {}
        for start in range(0, resamples, AT_ONCE):
            drawn = Drawn(counts[:, start : start + AT_ONCE], images, snapshot.probe.grid)
            for measure, layer, drifts in _drifts(circuit, drawn, most, rng):
                told.setdefault((target, measure, layer), []).append(drifts[~np.isnan(drifts)])
        joined = {key: np.concatenate(parts) for key, parts in told.items()}
        values |= {key: draws for key, draws in joined.items() if len(draws)}
    return EstimationNull(values, kind, snapshot.probe.fingerprint)


def draw_images(
    images: int, resamples: int, kind: Resampling, rng: np.random.Generator
) -> IntArray:
    """(2, B, n) how often every image was drawn into either circuit of a pair.

    >>> draw_images(4, 1, "split-half", np.random.default_rng(0)).sum(axis=0).tolist()
    [[1, 1, 1, 1]]
    """
    if kind == "bootstrap":
        return bootstrap(images, (2, resamples), rng)
    place = rng.permuted(np.tile(np.arange(images), (resamples, 1)), axis=1)
    half = images // 2  # of an odd number one image, another each time, is in neither half
    return np.stack([place < half, (place >= half) & (place < 2 * half)]).astype(np.int64)


# --- from draws to judgements ------------------------------------------------------------


def quantile(draws: npt.ArrayLike, q: float = 0.99) -> float:
    """A quantile, rounded up to nine digits; NaN without draws.

    A drift that equals it but for the rounding of arithmetic is thus not above it: drifts of sets
    and rankings take few values, so that equal ones are common.

    >>> 0.1 + 0.2 > 0.3, 0.1 + 0.2 > quantile([0.3, 0.3])
    (True, False)
    """
    null = np.asarray(draws, dtype=np.float64)
    if null.size == 0:
        return float("nan")
    return float(np.ceil(np.quantile(null, q) / ROUNDING) * ROUNDING)


def upper_limit(draws: npt.ArrayLike, q: float = 0.99) -> float:
    """What one more draw exceeds with a probability of about 1 − q; NaN without draws.

    Of at least 100 draws their :func:`quantile`. Of fewer, whose quantile would be too low, the
    :func:`prediction_limit`, but no less than their largest. It is no exact bound: of 100 draws one
    more exceeds the 99 % quantile in 2 of 100, of 200 in 1.5, and the limit mostly falls from 99
    draws to 100.

    >>> upper_limit([0.1, 0.1, 0.1])
    0.1
    """
    null = np.asarray(draws, dtype=np.float64)
    if null.size == 0 or null.size >= FEWEST_RESAMPLES:
        return quantile(null, q)
    return max(quantile(null, 1.0), prediction_limit(null, q))


def prediction_limit(draws: npt.ArrayLike, q: float = 0.99) -> float:
    """What one more draw exceeds with probability 1 − q, if the square roots of all are normal.

    ``(m + t s √(1 + 1/n))²`` of the roots' mean m and standard deviation s, with Student's t of
    n − 1 degrees of freedom; the root evens out that large drifts vary more. Infinite for a single
    draw, which does not tell how much they vary.

    Args:
        draws: (n,) at least one, none below 0.
        q: in (0.5, 1).

    >>> prediction_limit([0.1, 0.2, 0.3], 0.99) > prediction_limit([0.1, 0.2, 0.3] * 3, 0.99) > 0.3
    True
    """
    roots = np.sqrt(np.asarray(draws, dtype=np.float64))
    if roots.size == 1:
        return float("inf")
    t = float(stdtrit(roots.size - 1, q))
    spread = float(roots.std(ddof=1)) * float(np.sqrt(1 + 1 / roots.size))
    return (float(roots.mean()) + t * spread) ** 2


def p_value(draws: npt.ArrayLike, observed: float) -> float:
    """(1 + #{D₀ ≥ D}) / (B + 1), in (0, 1]; NaN without draws or for an observed NaN.

    Draws below ``observed`` by less than :data:`ROUNDING` count as equal.

    >>> p_value([0.1, 0.2, 0.3], 0.2)
    0.75
    """
    null = np.asarray(draws, dtype=np.float64)
    if null.size == 0 or np.isnan(observed):
        return float("nan")
    return float((1 + np.count_nonzero(null >= observed - ROUNDING)) / (null.size + 1))


def benjamini_hochberg(p: npt.ArrayLike) -> Doubles:
    """(n,) p-values adjusted for the false discovery rate; NaN stays and counts as no test.

    Raises:
        ConfigError: for a value outside [0, 1].

    >>> benjamini_hochberg([0.01, np.nan, 0.04]).tolist()
    [0.02, nan, 0.04]
    """
    adjusted = np.array(p, dtype=np.float64)
    tested = ~np.isnan(adjusted)
    values = adjusted[tested]
    if values.size and (values.min() < 0 or values.max() > 1):
        raise ConfigError(f"p-values from {values.min():g} to {values.max():g}: wanted [0, 1].")
    order = np.argsort(values)[::-1]  # from the largest, which is multiplied by 1
    factors = len(values) / np.arange(len(values), 0, -1)
    values[order] = np.minimum.accumulate(np.minimum(values[order] * factors, 1.0))
    adjusted[tested] = values
    return adjusted


def persistent(history: Sequence[bool], *, needed: int = 2, of: int = 3) -> bool:
    """Whether at least ``needed`` of the last ``of`` were true, the latest last.

    A history shorter than ``of`` is judged by what there is.

    Raises:
        ConfigError: unless 1 ≤ ``needed`` ≤ ``of``.

    >>> persistent([True, False, True])
    True
    >>> persistent([True, True, False, False])
    False
    """
    if not 1 <= needed <= of:
        raise ConfigError(f"needed={needed}, of={of}: wanted 1 ≤ needed ≤ of.")
    return sum(map(bool, history[-of:])) >= needed


def training_null(adjacent: Iterable[Mapping[Key, float]]) -> Null:
    """The null of ordinary training: drifts between adjacent checkpoints, or to control fine-tunes.

    Args:
        adjacent: for every pair of snapshots that only ordinary training separates, key → drift.
            NaN is left out. A place with fewer than :data:`FEWEST_CONTROLS` numbers has no null:
            they do not tell what is ordinary there.

    >>> steps = [{(0, "edge_drift", "fc"): drift} for drift in (0.1, 0.3, 0.2)]
    >>> training_null(steps).values[0, "edge_drift", "fc"].tolist()
    [0.1, 0.3, 0.2]
    """
    values: dict[Key, list[float]] = {}
    for pair in adjacent:
        for key, drift in pair.items():
            if not np.isnan(drift):
                values.setdefault(key, []).append(float(drift))
    return Null(
        {key: np.array(told) for key, told in values.items() if len(told) >= FEWEST_CONTROLS}
    )


# --- drifts of pairs of circuits made again ------------------------------------------------


def _drifts(
    circuit: Circuit, drawn: Drawn, most: int | None, rng: np.random.Generator
) -> Iterator[tuple[Measure, str, Doubles]]:
    """Every measure that can be resampled, with its (B,) draws, deep to shallow."""
    for layer, kept, neurons in layers_again(circuit, drawn, most, rng):
        if layer != circuit.target.layer:
            yield from _layer_drifts(layer, kept)
        fed = {node.id.index for node in circuit.layer_neurons(layer) if node.inputs is not None}
        if fed:
            edges = _EdgeChange(kept, fed)
            for again in neurons:
                edges.add(
                    again.node.id.index, again.inputs.edges, drawn.known(again.node, again.weights)
                )
            yield "edge_drift", layer, edges.drift()


# --- drift of all pairs at once ----------------------------------------------------------


class _EdgeChange:
    """Edge drift of a layer pair, summed up neuron by neuron.

    Attributes:
        present: (2, B, C) which neurons of the upper layer are in a circuit.
        moved, total: (B,) Σ|w − w′| and Σ|w| + Σ|w′| so far.
    """

    def __init__(self, importance: Doubles, attributed: Collection[int]) -> None:
        self.present = importance > 0
        others = np.delete(self.present, list(attributed), axis=-1)
        # One side has all edges into such a neuron, the other none: that is known without them.
        self.moved = np.logical_xor(*others).sum(axis=-1).astype(np.float64)
        self.total = self.moved.copy()

    def add(self, index: int, edges: Doubles, known: BoolArray) -> None:
        """The edges (2, B, c) into one neuron, and (2, B) where they are known."""
        present = self.present[..., index]
        alone = (present & ~known).any(axis=0) & ~present.all(axis=0)
        compared = np.where((present & (known | ~present).all(axis=0))[..., None], edges, 0.0)
        self.moved += np.abs(compared[0] - compared[1]).sum(axis=-1) + alone
        self.total += np.abs(compared).sum(axis=(0, -1)) + alone

    def drift(self) -> Doubles:
        """(B,) in [0, 1]; NaN where no edge is known."""
        return _ratio(self.moved, self.total)


def _layer_drifts(layer: str, importance: Doubles) -> Iterator[tuple[Measure, str, Doubles]]:
    """The measures of one layer, from the (2, B, C) importances of its neurons."""
    yield "core_turnover", layer, core_turnovers(importance > 0)
    yield "importance_turnover", layer, importance_turnovers(importance)
    yield "rank_turnover", layer, rank_turnovers(importance)


def core_turnovers(core: BoolArray) -> Doubles:
    """(B,) :func:`~neurflow_lightning.evolution.drift.core_turnover` of B pairs at once.

    Args:
        core: (2, B, C) which of a layer's neurons are core.
    """
    width = core.shape[-1]
    sizes = core.sum(axis=-1)
    common = core.all(axis=0).sum(axis=-1)
    jaccard = _ratio(common, core.any(axis=0).sum(axis=-1))
    expected = np.empty(len(common))
    for one, other in np.unique(sizes, axis=1).T.tolist():
        alike = (sizes[0] == one) & (sizes[1] == other)
        expected[alike] = expected_jaccard(one, other, width)
    turnover = np.minimum(1.0 - _ratio(jaccard - expected, 1.0 - expected), 1.0)
    same = (core[0] == core[1]).all(axis=-1)
    turnover[same] = 0.0
    turnover[~same & (sizes == width).any(axis=0)] = np.nan
    turnover[(sizes == 0).all(axis=0)] = np.nan
    return turnover


def importance_turnovers(importance: Doubles) -> Doubles:
    """(B,) :func:`~neurflow_lightning.evolution.drift.importance_turnover` of B pairs at once.

    Args:
        importance: (2, B, C) of a layer's neurons, at least 0.
    """
    least, most = importance.min(axis=0), importance.max(axis=0)
    return _ratio((most - least).sum(axis=-1), most.sum(axis=-1))


def rank_turnovers(importance: Doubles, p: float = 0.9) -> Doubles:
    """(B,) :func:`~neurflow_lightning.evolution.drift.rank_turnover` of B pairs at once.

    Args:
        importance: (2, B, C) of a layer's neurons; those with 0 are not ranked.
        p: of rank-biased overlap.
    """
    present = importance > 0
    order = np.argsort(-importance, axis=-1, kind="stable")
    place = np.argsort(order, axis=-1)
    sizes = present.sum(axis=-1)
    short, long = np.minimum(*sizes), np.maximum(*sizes)
    common = _common_heads(place.max(axis=0), present[0] & present[1], max(int(long.max()), 1))
    rows = np.arange(len(common))
    at_short, at_long = common[rows, short - 1], common[rows, long - 1]
    depth = np.arange(1, common.shape[1] + 1)
    beyond = np.maximum(depth - short[:, None], 0) * _ratio(at_short, short)[:, None]
    weights = np.where(depth <= long[:, None], p**depth / depth, 0.0)
    seen = ((common + beyond) * weights).sum(axis=-1) * (1 - p) / p
    rest = (_ratio(at_long - at_short, long) + _ratio(at_short, short)) * p**long
    turnover: Doubles = 1.0 - np.minimum(seen + rest, 1.0)
    turnover[short == 0] = 1.0
    ranked = np.where(present, place, -1)
    turnover[(ranked[0] == ranked[1]).all(axis=-1)] = 0.0
    turnover[long == 0] = np.nan
    return turnover


def _common_heads(meets: IntArray, shared: BoolArray, longest: int) -> IntArray:
    """(B, longest) number of items that the first 1, 2, … places of both rankings share.

    Args:
        meets: (B, C) place from which on an item is in both heads, for those ``shared``.
    """
    heads = np.zeros((len(meets), longest), dtype=np.int64)
    rows, items = np.nonzero(shared)
    np.add.at(heads, (rows, meets[rows, items]), 1)
    return np.cumsum(heads, axis=1)


def _ratio(part: Doubles | IntArray, whole: Doubles | IntArray) -> Doubles:
    """Divide element by element; NaN where there is nothing to divide by."""
    ratio: Doubles = np.full(part.shape, np.nan)
    np.divide(part, whole, out=ratio, where=whole > 0)
    return ratio


# --- what is checked ---------------------------------------------------------------------


def _images(snapshot: Snapshot, target: int) -> IntArray:
    """Ascending numbers of the probe images that a target was analysed on."""
    rows = target_rows(snapshot.probe, snapshot.config, target)
    return np.unique(rows // snapshot.probe.grid.crops)


def _check_arguments(resamples: int, seed: int, kind: str) -> None:
    if resamples < FEWEST_RESAMPLES:
        raise ConfigError(f"resamples={resamples!r}: wanted at least {FEWEST_RESAMPLES}.")
    if seed < 0:
        raise ConfigError(f"seed={seed!r}: wanted a whole number of at least 0.")
    if kind not in get_args(Resampling):
        raise ConfigError(f"kind={kind!r}: wanted one of {get_args(Resampling)}.")
