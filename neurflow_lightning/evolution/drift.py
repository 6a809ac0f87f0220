"""How far one circuit is from another: every measure of change, and what makes up the change.

1. Two circuits of one target are *paired*: neurons by their places, neuron groups by
   :func:`~neurflow_lightning.evolution.matching.match_groups`.
2. Every measure is a function of the pair and a layer; :func:`drifts` gives them all.
3. The changes that a measure sums up are its evidence; :func:`evidence` gives the largest of them.

**Two ways to pair.** Checkpoints of one run have the same neurons at the same places
(``"neurons"``). Networks trained from different seeds have not: there groups are matched by their
responses alone (α = 0), and the nodes and edges compared are those of the group circuit
(``"responses"``). Core turnover has no meaning there and is left out.

**The weight of an edge.** Semantic groups are clusters, whose number and order change from
snapshot to snapshot without any change in the network. So a neuron's meanings enter together:
w(a, s) is the mean of T(a, s, v) over *all* patches of the neuron's concept, divided by the sum of
absolute values over its core neurons. That is the mean over the meanings, each by its share of
patches, taken before anything is normalised, and it is the same however the patches are clustered.
What a source does with opposite signs to two meanings cancels.

**The population** of chance-corrected turnover is the width of the layer: the length of the concept
vectors of the layer above, which hold the responses of all its neurons.

A place where there is nothing to compare has the value NaN.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal, TypeVar

import numpy as np

from neurflow_lightning.evolution.matching import (
    MEMBER_WEIGHT,
    Doubles,
    GroupMatching,
    GroupPair,
    chance_corrected_jaccard,
    group_responses,
    match_groups,
    neuron_response,
    on_rows,
    rank_biased_overlap,
    ruzicka,
)
from neurflow_lightning.evolution.reports import Evidence, Measure
from neurflow_lightning.types import Circuit, GroupId, IntArray, NeuronId, PatchGrid

Matching = Literal["neurons", "responses"]
Key = TypeVar("Key", bound=Hashable)

ENOUGH = 0.8
"""Share of the change that the evidence makes up at least."""

PATCHES_SHOWN = 4
"""Patches named by one piece of evidence, at most."""


@dataclass(frozen=True, eq=False)
class CircuitPair:
    """Two circuits of one target, and what belongs together in them.

    Attributes:
        before, after: with the same layers.
        rows: (R,) ascending rows of the patches both were made on.
        matching: what the nodes are: ``"neurons"`` or (groups matched by) ``"responses"``.
        groups: layer → its groups, for every layer below the target's.
    """

    before: Circuit
    after: Circuit
    rows: IntArray
    matching: Matching
    groups: Mapping[str, GroupMatching]

    @property
    def sides(self) -> tuple[Circuit, Circuit]:
        """Before and after."""
        return self.before, self.after

    @property
    def layers(self) -> tuple[str, ...]:
        """The layers in which something can change, deep to shallow: all but the target's."""
        return tuple(self.groups)

    def names(self, side: int) -> dict[GroupId, GroupPair]:
        """Group of one side (0 before, 1 after) → what it is called in the pair.

        All groups of the target's layer stand for the same decision and have one name.
        """
        target = GroupId(self.before.layers[-1], 0)
        decisions = self.sides[side].layer_groups(target.layer)
        pairs = [one for groups in self.groups.values() for one in groups.pairs()]
        return {group.id: (target, target) for group in decisions} | {
            group: one for one in pairs if (group := one[side]) is not None
        }


def pair(
    before: Circuit, after: Circuit, rows: IntArray, matching: Matching = "neurons"
) -> CircuitPair:
    """Pair two circuits.

    Args:
        before, after: circuits of one target, with the same layers.
        rows: (R,) ascending rows of the patches both were made on, as
            :func:`~neurflow_lightning.evolution.matching.target_rows` gives them.
        matching: as the module says.
    """
    weight = MEMBER_WEIGHT if matching == "neurons" else 0.0
    groups = {
        layer: match_groups(before, after, layer, rows, weight)
        for layer in reversed(before.layers[:-1])
    }
    return CircuitPair(before, after, rows, matching, groups)


def drifts(paired: CircuitPair) -> dict[tuple[Measure, str], float]:
    """Every measure at every place; a pair of layers by its upper one.

    Measures in the order of :data:`~neurflow_lightning.evolution.reports.Measure`, each deep to
    shallow.
    """
    return {
        (measure, layer): value
        for measure in _MEASURES
        for layer, value in measured(paired, measure).items()
    }


def measured(paired: CircuitPair, measure: Measure) -> dict[str, float]:
    """One measure at every layer, deep to shallow; of a pair of layers the upper one.

    Empty where the measure has no meaning: core turnover of groups matched by responses.
    """
    if measure == "core_turnover" and paired.matching == "responses":
        return {}
    layers = paired.before.layers[:0:-1] if measure == "edge_drift" else paired.layers
    return {layer: _MEASURES[measure](paired, layer) for layer in layers}


# --- measures ----------------------------------------------------------------------------


def relative_change(before: Mapping[Key, float], after: Mapping[Key, float]) -> float:
    """``Σ|w − w'| / (Σ|w| + Σ|w'|)`` in [0, 1] over the union of keys; NaN without any weight.

    Bray–Curtis, of signed weights. What is missing weighs 0.

    >>> relative_change({"kept": 0.5, "turned": -0.5, "gone": 0.5}, {"kept": 0.5, "turned": 0.5})
    0.6
    """
    total = sum(map(abs, before.values())) + sum(map(abs, after.values()))
    return _share(sum(_changes(before, after).values()), total)


def edge_drift(paired: CircuitPair, layer: str) -> float:
    """Change of the signed weights into a layer, over the union of edges, in [0, 1]."""
    return relative_change(*edge_weights(paired, layer))


def core_turnover(paired: CircuitPair, layer: str) -> float:
    """1 − chance-corrected Jaccard of the core neurons, in [0, 1].

    What agrees less than by chance counts as 1. NaN where one side has every neuron of the layer
    and the other has not: then the sizes alone fix the overlap, and it says nothing.
    """
    before, after = (
        {node.id.index for node in circuit.layer_neurons(layer)} for circuit in paired.sides
    )
    if not before and not after:
        return float("nan")
    width = max(_width(circuit, layer) for circuit in paired.sides)
    if before != after and width in (len(before), len(after)):
        return float("nan")
    return min(1.0 - chance_corrected_jaccard(before, after, width), 1.0)


def importance_turnover(paired: CircuitPair, layer: str) -> float:
    """1 − Ruzicka similarity of the nodes' importances, in [0, 1]; NaN where all are 0."""
    before, after = importances(paired, layer)
    if not any(before.values()) and not any(after.values()):
        return float("nan")
    return 1.0 - ruzicka(before, after)


def rank_turnover(paired: CircuitPair, layer: str) -> float:
    """1 − rank-biased overlap of the nodes, most important first, in [0, 1]; NaN without nodes."""
    before, after = importances(paired, layer)
    if not before and not after:
        return float("nan")
    return 1.0 - rank_biased_overlap(_ranking(before), _ranking(after))


def group_turnover(paired: CircuitPair, layer: str) -> float:
    """Share of the groups' importance without a counterpart on the other side, in [0, 1].

    ``1 − 2 Σ s · min(I, I') / Σ (I + I')`` over the matched groups, s their similarity. NaN where
    all importances are 0.
    """
    total = sum(sum(pair) for pair in _group_importances(paired, layer).values())
    return _share(sum(_group_changes(paired, layer).values()), total)


def concept_drift(paired: CircuitPair, layer: str) -> float:
    """Mean of 1 − Spearman over the matched groups' responses, by importance, in [0, 1].

    Responses of opposite order count as unrelated (1). NaN where no groups are matched.
    """
    groups, weights = paired.groups[layer], _group_importances(paired, layer)
    if not groups.places:
        return float("nan")
    drift = [1.0 - max(float(groups.correlations[place]), 0.0) for place in groups.places]
    weight = [
        sum(weights[groups.before[one].id, groups.after[other].id]) for one, other in groups.places
    ]
    return float(np.average(drift, weights=weight if sum(weight) else None))


def polysemanticity_change(paired: CircuitPair, layer: str) -> float:
    """Mean number of semantic groups a neuron, after minus before; NaN in the shallowest layer."""
    before, after = (circuit.statistics(layer).semantic_groups for circuit in paired.sides)
    return after - before


_MEASURES: Mapping[Measure, Callable[[CircuitPair, str], float]] = {
    "edge_drift": edge_drift,
    "core_turnover": core_turnover,
    "importance_turnover": importance_turnover,
    "rank_turnover": rank_turnover,
    "group_turnover": group_turnover,
    "concept_drift": concept_drift,
    "polysemanticity": polysemanticity_change,
}

# --- what the measures sum up ------------------------------------------------------------

Node = NeuronId | GroupPair
"""What is the same before and after: a neuron, or groups matched."""

Edge = tuple[Node, Node]
"""Source and target."""


def edge_weights(paired: CircuitPair, layer: str) -> tuple[dict[Edge, float], dict[Edge, float]]:
    """Weights of the edges into a layer, before and after.

    The absolute weights into one target sum to 1, or to 0 where it receives nothing.
    """
    if paired.matching == "neurons":
        return _neuron_edges(paired.before, layer), _neuron_edges(paired.after, layer)
    return _group_edges(paired, layer, 0), _group_edges(paired, layer, 1)


def importances(paired: CircuitPair, layer: str) -> tuple[dict[Node, float], dict[Node, float]]:
    """Importance of the nodes of a layer, before and after."""
    if paired.matching == "neurons":
        return _neuron_importances(paired.before, layer), _neuron_importances(paired.after, layer)
    pairs = _group_importances(paired, layer)
    return (
        {pair: both[0] for pair, both in pairs.items() if pair[0] is not None},
        {pair: both[1] for pair, both in pairs.items() if pair[1] is not None},
    )


def _neuron_importances(circuit: Circuit, layer: str) -> dict[Node, float]:
    nodes = sorted(circuit.layer_neurons(layer), key=lambda node: node.id)
    return {node.id: node.importance for node in nodes}


def _neuron_edges(circuit: Circuit, layer: str) -> dict[Edge, float]:
    below = circuit.layer_below(layer)
    edges: dict[Edge, float] = {}
    for node in circuit.layer_neurons(layer):
        if node.inputs is None or below is None:
            continue
        means = node.inputs.attributions.astype(np.float64).mean(axis=0)
        total = float(np.abs(means).sum()) or 1.0
        for source, mean in zip(node.inputs.sources.tolist(), means.tolist(), strict=True):
            edges[NeuronId(below, source), node.id] = mean / total
    return edges


def _group_edges(paired: CircuitPair, layer: str, side: int) -> dict[Edge, float]:
    name = paired.names(side)
    edges: dict[tuple[GroupPair, GroupPair], float] = defaultdict(float)
    for edge in paired.sides[side].edges:
        if edge.target.layer == layer:
            edges[name[edge.source], name[edge.target]] += edge.weight
    total: dict[GroupPair, float] = defaultdict(float)
    for (_, target), weight in edges.items():
        total[target] += abs(weight)
    return {edge: weight / (total[edge[1]] or 1.0) for edge, weight in edges.items()}


def _group_importances(paired: CircuitPair, layer: str) -> dict[GroupPair, tuple[float, float]]:
    """Every group, matched or not → its importance before and after; 0 where missing."""
    before, after = (
        {group.id: circuit.group_importance(group) for group in circuit.layer_groups(layer)}
        for circuit in paired.sides
    )
    return {
        (old, new): (before[old] if old else 0.0, after[new] if new else 0.0)
        for old, new in paired.groups[layer].pairs()
    }


def _group_changes(paired: CircuitPair, layer: str) -> dict[GroupPair, float]:
    """What :func:`group_turnover` sums up: I + I' − 2 s · min(I, I')."""
    similarity = paired.groups[layer].pairs()
    return {
        pair: max(before + after - 2 * similarity[pair] * min(before, after), 0.0)
        for pair, (before, after) in _group_importances(paired, layer).items()
    }


def _share(part: float, total: float) -> float:
    """At most 1, whatever the rounding; NaN of nothing."""
    return min(part / total, 1.0) if total else float("nan")


def _changes(before: Mapping[Key, float], after: Mapping[Key, float]) -> dict[Key, float]:
    """Absolute difference at every key of either."""
    keys = {**before, **after}
    return {key: abs(before.get(key, 0.0) - after.get(key, 0.0)) for key in keys}


def _ranking(importance: Mapping[Node, float]) -> list[Node]:
    """Most important first; of equals the first listed."""
    return sorted(importance, key=lambda node: -importance[node])


def _width(circuit: Circuit, layer: str) -> int:
    """Number of all neurons of a layer below the target's, told by the concept vectors above it."""
    above = circuit.layers[circuit.layers.index(layer) + 1]
    vectors = [
        one.concept_vector for node in circuit.layer_neurons(above) for one in node.semantic_groups
    ]
    return max((len(vector) for vector in vectors), default=0)


# --- evidence ----------------------------------------------------------------------------


def evidence(paired: CircuitPair, grid: PatchGrid) -> tuple[Evidence, ...]:
    """What makes up at least :data:`ENOUGH` of the change, the greatest share first.

    Of every kind and layer the fewest parts that are enough; nothing where nothing changed.

    - An *edge* changes by |w − w'|: what edge drift sums up. Its patches are those on which the
      source contributes most, on the side where the edge is heavier.
    - A *group* changes by I + I' − 2 s · min(I, I'): what group turnover sums up.
    - An *image* changes by the sum, over its patches and the layer's nodes, of the change of
      importance times response.

    Args:
        paired: the circuits.
        grid: of the probe set.
    """
    parts = [
        *(one for layer in paired.before.layers[:0:-1] for one in _edge_evidence(paired, layer)),
        *(one for layer in paired.layers for one in _group_evidence(paired, layer)),
        *(one for layer in paired.layers for one in _image_evidence(paired, layer, grid)),
    ]
    return tuple(
        replace(part, places=tuple(_place(row, grid) for row in part.patches))
        for part in sorted(parts, key=lambda part: -part.share)
    )


def _place(row: int, grid: PatchGrid) -> tuple[int, ...]:
    box = grid.box(row)
    return grid.image(row), *([] if box is None else map(int, box))


def largest_parts(changes: Mapping[Key, float], enough: float = ENOUGH) -> dict[Key, float]:
    """The fewest keys whose changes sum to ``enough`` of all → their shares, greatest first.

    >>> largest_parts({"a": 1.0, "b": 6.0, "c": 3.0})
    {'b': 0.6, 'c': 0.3}
    """
    total, seen = sum(changes.values()), 0.0
    parts: dict[Key, float] = {}
    for key in sorted(changes, key=lambda key: -changes[key]):
        if total <= 0 or seen >= enough:
            break
        parts[key] = changes[key] / total
        seen += parts[key]
    return parts


def _edge_evidence(paired: CircuitPair, layer: str) -> Iterator[Evidence]:
    before, after = edge_weights(paired, layer)
    for edge, share in largest_parts(_changes(before, after)).items():
        heavier = int(abs(after.get(edge, 0.0)) > abs(before.get(edge, 0.0)))
        yield Evidence(
            "edge",
            layer,
            " → ".join(map(_in_words, edge)),
            before.get(edge, _NAN),
            after.get(edge, _NAN),
            share,
            _edge_patches(paired.sides[heavier], edge, heavier),
        )


def _edge_patches(circuit: Circuit, edge: Edge, side: int) -> tuple[int, ...]:
    source, target = edge
    if isinstance(source, NeuronId) and isinstance(target, NeuronId):
        node = circuit.neuron(target)
        if node.inputs is None:
            return ()
        column = node.inputs.attributions[:, node.inputs.sources == source.index]
        best = np.argsort(-np.abs(column).sum(axis=1), kind="stable")
        return _shown(node.concept.patches[best])
    group = target[side] if isinstance(target, tuple) else None
    return _shown(circuit.group(group).patches) if group else ()


def _group_evidence(paired: CircuitPair, layer: str) -> Iterator[Evidence]:
    values = _group_importances(paired, layer)
    for groups, share in largest_parts(_group_changes(paired, layer)).items():
        side = int(groups[1] is not None)
        group = groups[side]
        yield Evidence(
            "group",
            layer,
            _in_words(groups),
            values[groups][0] if groups[0] else _NAN,
            values[groups][1] if groups[1] else _NAN,
            share,
            _shown(paired.sides[side].group(group).patches) if group else (),
        )


def _image_evidence(paired: CircuitPair, layer: str, grid: PatchGrid) -> Iterator[Evidence]:
    before, after = _weighted_responses(paired, layer)
    nothing = np.zeros(len(paired.rows))
    change = sum(
        (abs(before.get(key, nothing) - after.get(key, nothing)) for key in {**before, **after}),
        start=nothing,
    )
    old, new = (np.sum([nothing, *side.values()], axis=0) for side in (before, after))
    images = paired.rows // grid.crops
    by_image = {int(one): float(change[images == one].sum()) for one in np.unique(images)}
    for image, share in largest_parts(by_image).items():
        own = np.flatnonzero(images == image)
        best = own[np.argsort(-change[own], kind="stable")]
        yield Evidence(
            "image",
            layer,
            str(image),
            float(old[own].mean()),
            float(new[own].mean()),
            share,
            _shown(paired.rows[best[change[best] > 0]]),
        )


def _weighted_responses(
    paired: CircuitPair, layer: str
) -> tuple[dict[Node, Doubles], dict[Node, Doubles]]:
    """(R,) importance times response of the nodes of a layer, before and after."""
    weights = importances(paired, layer)
    before, after = (
        {node: weight[node] * response for node, response in responses.items()}
        for weight, responses in zip(
            weights, (_node_responses(paired, layer, side) for side in (0, 1)), strict=True
        )
    )
    return before, after


def _node_responses(paired: CircuitPair, layer: str, side: int) -> dict[Node, Doubles]:
    circuit, rows = paired.sides[side], paired.rows
    if paired.matching == "neurons":
        return {
            node.id: on_rows(neuron_response(node), node.concept.patches, rows)
            for node in circuit.layer_neurons(layer)
        }
    name = paired.names(side)
    responses = group_responses(circuit, layer, rows)
    groups = circuit.layer_groups(layer)
    return {name[group.id]: one for group, one in zip(groups, responses, strict=True)}


def _in_words(node: Node) -> str:
    if isinstance(node, NeuronId):
        return str(node)
    return " ⇒ ".join(dict.fromkeys(str(group) for group in node if group is not None))


def _shown(rows: IntArray) -> tuple[int, ...]:
    return tuple(rows[:PATCHES_SHOWN].tolist())


_NAN = float("nan")
