"""How much two sets, rankings or neuron groups agree, and which groups belong together.

All agreements are 1 for the same and 0 for nothing in common; only the chance-corrected one can
fall below 0.

A group's *response* over the probe is made from what a snapshot stores: of each neuron the ``k``
most active patches and the activation there. On all other patches the neuron is known to be at most
as active as on the last of the ``k``, and no more is known. So the response of a neuron is

    (1 + (k − 1) · (φ − φ_k) / (φ_1 − φ_k)) / k    on its patches, and 0 on all others:

ordered as the activations are, with the patches not stored tied below. It does not change when a
neuron's activations are scaled by a positive factor, as they may be in a ReLU network whose
function stays the same. A group responds as its neurons do on average, each of them only on the
patches of those of its meanings that belong to the group.

Sources: Webber, Moffat and Zobel 2010 (rank-biased overlap); Kuhn 1955 (assignment).
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import TypeVar

import numpy as np
import numpy.typing as npt
from scipy.optimize import linear_sum_assignment
from scipy.stats import hypergeom, rankdata

from neurflow_lightning.config import NeurFlowConfig
from neurflow_lightning.errors import ComparisonError
from neurflow_lightning.types import (
    Circuit,
    CoreNeuron,
    GroupId,
    IntArray,
    NeuronGroup,
    ProbeInfo,
)

Key = TypeVar("Key", bound=Hashable)
Doubles = npt.NDArray[np.float64]

MEMBER_WEIGHT = 0.5
"""α: how much common members count beside like responses, where neurons keep their places."""

LEAST_SIMILARITY = 0.3
"""θ: groups less alike are never matched. MONIC's lower threshold."""


# --- sets and rankings -------------------------------------------------------------------


def jaccard(first: Collection[Hashable], second: Collection[Hashable]) -> float:
    """``|A ∩ B| / |A ∪ B|`` in [0, 1]; 1 for two empty sets.

    >>> jaccard({1, 2, 3}, {2, 3, 4})
    0.5
    """
    a, b = set(first), set(second)
    return len(a & b) / len(a | b) if a | b else 1.0


def expected_jaccard(first: int, second: int, population: int) -> float:
    """E₀J: mean Jaccard of random sets of two sizes, drawn from a population.

    The overlap of such sets is hypergeometric.

    >>> expected_jaccard(3, 3, 3)
    1.0

    Raises:
        ComparisonError: when the population is smaller than one of the sets.
    """
    if not 0 <= max(first, second) <= population or min(first, second) < 0:
        raise ComparisonError(
            f"Sets of {first} and {second} from a population of {population}: wanted a population "
            "that holds both. Give the number of neurons of the layer."
        )
    if first == second == 0:
        return 1.0
    common = np.arange(max(0, first + second - population), min(first, second) + 1)
    chance = hypergeom.pmf(common, population, first, second)
    return float(np.sum(chance * common / (first + second - common)) / np.sum(chance))


def chance_corrected_jaccard(
    first: Collection[Hashable], second: Collection[Hashable], population: int
) -> float:
    """``Ĵ = (J − E₀J) / (1 − E₀J)``: 1 for the same sets, 0 on average for random ones.

    Near the input almost every neuron is a core neuron, and plain Jaccard is high whatever
    happens. At most 1; below 0 for sets that avoid each other. Where the sizes alone fix the
    overlap (a set holds nothing, or the whole population), different sets agree no more than by
    chance: 0.

    Args:
        first, second: the sets.
        population: number of things that could be in them.

    Raises:
        ComparisonError: when the population is smaller than the sets' union.

    >>> chance_corrected_jaccard({0, 1}, {0, 1}, population=4)
    1.0
    >>> chance_corrected_jaccard({0, 1, 2, 3}, {0, 1}, population=4)
    0.0
    """
    a, b = set(first), set(second)
    if len(a | b) > population:
        raise ComparisonError(
            f"{len(a | b)} different neurons in a layer of {population}: wanted at most as many. "
            "One of the snapshots is damaged, or they are of different networks."
        )
    if a == b:
        return 1.0
    if {len(a), len(b)} & {0, population}:
        return 0.0
    expected = expected_jaccard(len(a), len(b), population)
    return (jaccard(a, b) - expected) / (1.0 - expected)


def ruzicka(first: Mapping[Key, float], second: Mapping[Key, float]) -> float:
    """``Σ min(x, y) / Σ max(x, y)`` in [0, 1] of weights of at least 0; 1 where all are 0.

    What is missing weighs 0. With weights 0 and 1 it is the Jaccard index.

    >>> ruzicka({"a": 1.0, "b": 1.0}, {"a": 0.5, "c": 0.5})
    0.2
    """
    pairs = [(first.get(key, 0.0), second.get(key, 0.0)) for key in {**first, **second}]
    if any(x < 0 or y < 0 for x, y in pairs):
        raise ComparisonError("Ruzicka similarity of a negative weight: wanted at least 0.")
    most = sum(max(pair) for pair in pairs)
    return sum(min(pair) for pair in pairs) / most if most else 1.0


def rank_biased_overlap(
    first: Sequence[Hashable], second: Sequence[Hashable], p: float = 0.9
) -> float:
    """RBO_EXT of two rankings, in [0, 1]: overlap of their heads, the first places most.

    The agreement seen at the end of the lists is taken to go on for ever (Webber et al. 2010,
    equation 32). Two empty rankings agree (1); an empty one and another do not (0).

    Args:
        first, second: best first, no item twice; their lengths may differ.
        p: in (0, 1); with .9, the first ten places have about 86 % of the weight.

    Raises:
        ComparisonError: for an item that is ranked twice, or ``p`` out of range.

    >>> rank_biased_overlap("abc", "abc")
    1.0
    >>> rank_biased_overlap("abc", "def")
    0.0
    """
    if not 0 < p < 1:
        raise ComparisonError(f"p={p!r}: wanted a number between 0 and 1.")
    for ranking in (first, second):
        if len(set(ranking)) != len(ranking):
            raise ComparisonError(f"An item is ranked twice in {list(ranking)!r}.")
    if list(first) == list(second):
        return 1.0
    short, long = sorted((list(first), list(second)), key=len)
    s, l = len(short), len(long)  # noqa: E741  (the paper's letters)
    if not s:
        return 0.0
    common = _common_heads(short, long)
    agreement = [
        (x + (common[s - 1] * (d - s) / s if d > s else 0.0)) / d
        for d, x in enumerate(common, start=1)
    ]
    seen = sum(a * p**d for d, a in enumerate(agreement, start=1)) * (1 - p) / p
    rest = ((common[-1] - common[s - 1]) / l + common[s - 1] / s) * p**l
    return min(seen + rest, 1.0)


def _common_heads(short: list[Hashable], long: list[Hashable]) -> list[int]:
    """X_d: number of items common to the first d places of both, for d up to the longer."""
    place = {item: depth for depth, item in enumerate(short)}
    meets = [0] * len(long)
    for depth, item in enumerate(long):
        if item in place:
            meets[max(depth, place[item])] += 1
    return list(accumulate(meets))


# --- responses ---------------------------------------------------------------------------


def target_rows(probe: ProbeInfo, config: NeurFlowConfig, target: int) -> IntArray:
    """Rows of the patches that a target was analysed on: its images by true label, all crops.

    Without labels every image serves every target.
    """
    images = np.arange(probe.grid.n_images)
    if probe.labels is not None:
        images = np.flatnonzero(probe.labels == target)
    return probe.grid.rows(images[: config.images_per_target])


def neuron_response(neuron: CoreNeuron) -> Doubles:
    """(k,) response of a neuron on its own patches, in (0, 1]; as the module says.

    >>> import numpy as np
    >>> from neurflow_lightning.types import CoreNeuron, NeuronConcept, NeuronId
    >>> concept = NeuronConcept(np.array([4, 2, 7]), np.array([3.0, 2.0, 1.0]))
    >>> neuron_response(CoreNeuron(NeuronId("layer1", 0), 1.0, concept, (), None)).round(3).tolist()
    [1.0, 0.667, 0.333]
    """
    activations = neuron.concept.activations.astype(np.float64)
    k = len(activations)
    excess = activations - activations.min(initial=np.inf)
    most = excess.max(initial=0.0)
    return np.asarray((1 + (k - 1) * (excess / most if most > 0 else excess)) / max(k, 1))


def group_responses(circuit: Circuit, layer: str, rows: IntArray) -> Doubles:
    """(G, R) response of every neuron group of a layer on the patches ``rows``.

    Args:
        circuit: groups in the order of :meth:`Circuit.layer_groups`.
        layer: one of its layers.
        rows: (R,) ascending patch rows. Patches that lie elsewhere are left out.
    """
    nodes = {node.id: node for node in circuit.layer_neurons(layer)}
    single = {one: neuron_response(node) for one, node in nodes.items()}
    groups = circuit.layer_groups(layer)
    responses = np.zeros((len(groups), len(rows)))
    for place, group in enumerate(groups):
        for neuron, meaning in group.members:
            node = nodes[neuron]
            own = np.isin(node.concept.patches, node.semantic_groups[meaning].patches)
            responses[place] += on_rows(single[neuron][own], node.concept.patches[own], rows)
        responses[place] /= len(group.neurons)
    return responses


def on_rows(values: Doubles, patches: IntArray, rows: IntArray) -> Doubles:
    """(R,) values of some patches, laid on ascending ``rows``; 0 elsewhere.

    >>> on_rows(np.array([0.5, 1.0]), np.array([7, 2]), np.array([2, 3])).tolist()
    [1.0, 0.0]
    """
    laid = np.zeros(len(rows))
    known = np.isin(patches, rows)
    laid[np.searchsorted(rows, patches[known])] = values[known]
    return laid


def response_correlations(first: Doubles, second: Doubles) -> Doubles:
    """(G, G') Spearman correlation of responses (G, R) with responses (G', R), in [-1, 1].

    A constant response tells nothing apart: it correlates with another constant one to 1, with
    all others to 0.
    """
    a, b = _standardised_ranks(first), _standardised_ranks(second)
    constant = [np.linalg.norm(side, axis=1) == 0 for side in (a, b)]
    cosines = np.round(a @ b.T, 12)  # of a response with itself exactly 1
    return np.clip(np.where(np.logical_and.outer(*constant), 1.0, cosines), -1.0, 1.0)


def _standardised_ranks(values: Doubles) -> Doubles:
    """Ranks along each row, their mean 0 and their length 1; rows of zeros where all are tied."""
    if not values.size:
        return np.zeros(values.shape)
    ranks = rankdata(values, axis=1)
    ranks -= ranks.mean(axis=1, keepdims=True)
    length = np.linalg.norm(ranks, axis=1, keepdims=True)
    return np.asarray(ranks / np.where(length > 0, length, 1.0))


# --- groups ------------------------------------------------------------------------------

GroupPair = tuple[GroupId | None, GroupId | None]
"""A group before and one after that belong together; ``None`` where there is no such group."""


@dataclass(frozen=True, eq=False)
class GroupMatching:
    """Which neuron groups of a layer belong together.

    Attributes:
        before, after: the groups, by number.
        similarity: (G, G') in [0, 1].
        correlations: (G, G') of the responses, in [-1, 1].
        places: of the groups that are matched, in ``before`` and ``after``; none is there twice.
    """

    before: tuple[NeuronGroup, ...]
    after: tuple[NeuronGroup, ...]
    similarity: Doubles
    correlations: Doubles
    places: tuple[tuple[int, int], ...]

    def pairs(self) -> dict[GroupPair, float]:
        """Every group once → similarity: matched pairs, then those left over on either side (0)."""
        found: dict[GroupPair, float] = {
            (self.before[one].id, self.after[other].id): float(self.similarity[one, other])
            for one, other in self.places
        }
        old, new = ({pair[side] for pair in found} for side in (0, 1))
        found |= {(group.id, None): 0.0 for group in self.before if group.id not in old}
        found |= {(None, group.id): 0.0 for group in self.after if group.id not in new}
        return found


def match_groups(
    before: Circuit,
    after: Circuit,
    layer: str,
    rows: IntArray,
    member_weight: float = MEMBER_WEIGHT,
    least: float = LEAST_SIMILARITY,
) -> GroupMatching:
    """Match the neuron groups of a layer in two circuits.

    The similarity of two groups is ``α · J + (1 − α) · max(ρ, 0)`` with the Jaccard index J of
    their neurons and the Spearman correlation ρ of their responses.

    Args:
        before, after: circuits of the same target.
        layer: of both.
        rows: (R,) ascending patch rows that both were made on (:func:`target_rows`).
        member_weight: α in [0, 1]; 0 where the circuits' neurons are not the same.
        least: θ in [0, 1].
    """
    groups = before.layer_groups(layer), after.layer_groups(layer)
    members = [[set(group.neurons) for group in side] for side in groups]
    common = np.array([[jaccard(a, b) for b in members[1]] for a in members[0]])
    correlations = response_correlations(
        group_responses(before, layer, rows), group_responses(after, layer, rows)
    )
    agreement = np.maximum(correlations, 0.0)
    similarity = member_weight * common.reshape(agreement.shape) + (1 - member_weight) * agreement
    return GroupMatching(*groups, similarity, correlations, assign(similarity, least))


def assign(similarity: npt.ArrayLike, least: float) -> tuple[tuple[int, int], ...]:
    """Pairs (row, column) whose similarity beyond ``least`` sums to the most.

    The Hungarian assignment at cost 1 − similarity, with a dummy at cost ``1 − least`` for every
    row, so that what has no partner stays alone. No row and no column is in two pairs, no pair
    is less alike than ``least``, and rows and columns may change sides.

    >>> assign([[0.9, 0.8], [0.8, 0.1]], least=0.3)
    ((0, 1), (1, 0))
    >>> assign([[0.9, 0.8], [0.2, 0.1]], least=0.3)
    ((0, 0),)
    """
    table = np.asarray(similarity, dtype=np.float64)
    if not table.size:
        return ()
    cost = np.hstack([1.0 - table, np.full((len(table), len(table)), 1.0 - least)])
    rows, columns = linear_sum_assignment(cost)
    return tuple(
        (int(row), int(column))
        for row, column in zip(rows, columns, strict=True)
        if column < table.shape[1] and table[row, column] >= least
    )
