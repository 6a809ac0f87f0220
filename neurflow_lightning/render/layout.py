"""Where everything of a circuit's picture goes, in pixels; nothing is drawn here.

1. Choose the most important neuron groups of every layer, so that the picture stays readable.
2. Thin the edges between them to the ones that carry most weight.
3. Order the groups of every layer by the barycentre of their neighbours, so that edges cross
   little (Sugiyama, Tagawa & Toda, 1981).
4. Place a lane for every layer, shallow at the left, and the groups' cards in it.
5. Route the edges: each leaves and enters a card at a port of its own.

x grows to the right and y downwards.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

import numpy as np
import numpy.typing as npt

from neurflow_lightning.types import Circuit, GroupEdge, GroupId, NeuronGroup, is_stable

MARGIN = 24
HEADER = 88
LANE_HEADER = 50
FOOTER = 58
CARD_GAP = 16
CARD_HEADER = 23
CARD_FOOTER = 11
CARD_PADDING = 6
PATCH_GAP = 3
MORE_HEIGHT = 20

_MAX_BODY = 740  # the height that the tallest lane's cards aim at
_MIN_CARD, _MAX_CARD = 46, 208
_INDICES_HEIGHT = 46
_SWEEPS = 8
_PORT_INSET = 12
_THINNEST, _THICKEST = 1.1, 7.5
_MAX_GAP = 420  # between lanes


@dataclass(frozen=True, slots=True)
class Card:
    """One neuron group's box.

    Attributes:
        id: which group.
        left, top, width, height: its place.
        importance: see :meth:`Circuit.group_importance`.
        neurons: indices of its neurons, most important first.
        patches: rows of the patches to show, best first; empty when there are no thumbnails.
        stable: whether other images would show it again.
    """

    id: GroupId
    left: float
    top: float
    width: float
    height: float
    importance: float
    neurons: tuple[int, ...]
    patches: tuple[int, ...]
    stable: bool

    @property
    def middle(self) -> float:
        """The y of its centre."""
        return self.top + self.height / 2


@dataclass(frozen=True, slots=True)
class Link:
    """One edge, from the right side of a card to the left side of one in the next lane.

    Attributes:
        source, target: the groups at its ends.
        share: its weight for one member of the target, in [-1, 1]: see :func:`input_shares`.
        thickness: in pixels.
        start, end: where it touches the two cards.
        stable: whether other images would show it again, with the same sign.
    """

    source: GroupId
    target: GroupId
    share: float
    thickness: float
    start: tuple[float, float]
    end: tuple[float, float]
    stable: bool

    @property
    def negative(self) -> bool:
        """Whether it lowers its target; drawn dashed."""
        return self.share < 0


@dataclass(frozen=True, slots=True)
class Lane:
    """One layer's column; ``hidden`` groups had no room, ``bottom`` is where its cards end."""

    layer: str
    left: float
    width: float
    bottom: float
    hidden: int


@dataclass(frozen=True, slots=True)
class CircuitLayout:
    """The whole picture.

    Attributes:
        width, height: its size.
        lanes: shallow to deep.
        cards: of all lanes, top to bottom in each.
        links: weakest first, so that strong ones are drawn over them.
        patch_side: side of a patch's square; 0 when there are no thumbnails.
        patch_columns: patches in a row of a card.
        edges: how many edges the circuit has, shown or not.
        heaviest: largest absolute share of all its edges, 0 without any.
    """

    width: int
    height: int
    lanes: tuple[Lane, ...]
    cards: tuple[Card, ...]
    links: tuple[Link, ...]
    patch_side: int
    patch_columns: int
    edges: int
    heaviest: float

    @property
    def has_unstable(self) -> bool:
        """Whether a group or edge shown is not stable."""
        return not all(part.stable for parts in (self.cards, self.links) for part in parts)

    @property
    def crossings(self) -> int:
        """How many pairs of links cross."""
        order = {card.id: card.top for card in self.cards}
        return _crossings([(link.source, link.target) for link in self.links], order)


def by_importance(circuit: Circuit, layer: str) -> list[NeuronGroup]:
    """The layer's groups, most important first, ties by number."""
    groups = circuit.layer_groups(layer)
    return sorted(groups, key=lambda group: (-circuit.group_importance(group), group.id))


def lay_out(
    circuit: Circuit,
    *,
    width: int = 1200,
    thumbnails: Iterable[int] = (),
    max_groups: int = 6,
) -> CircuitLayout:
    """The picture's plan.

    Args:
        circuit: what to show.
        width: of the picture; its height follows.
        thumbnails: patch rows that can be shown; without any, cards list their neurons.
        max_groups: most groups shown of a layer.
    """
    rows = frozenset(thumbnails)
    chosen = {layer: by_importance(circuit, layer)[:max_groups] for layer in circuit.layers}
    shown = {group.id for groups in chosen.values() for group in groups}
    edges = thin(
        [edge for edge in circuit.edges if edge.source in shown and edge.target in shown],
        most=4 if len(circuit.layers) <= 5 else 3 if len(circuit.layers) <= 8 else 2,
    )
    ordered = order_groups([[group.id for group in groups] for groups in chosen.values()], edges)
    frame = _Frame.of(width, [len(groups) for groups in chosen.values()], bool(rows))
    lanes = _lanes(circuit, frame, {layer: len(groups) for layer, groups in chosen.items()})
    cards = [
        card
        for lane, groups in zip(lanes, ordered, strict=True)
        for card in _cards(circuit, frame, lane, groups, rows)
    ]
    shares = input_shares(circuit)
    heaviest = max((abs(share) for share in shares.values()), default=0.0)
    return CircuitLayout(
        width=width,
        height=frame.height + (MORE_HEIGHT if any(lane.hidden for lane in lanes) else 0),
        lanes=lanes,
        cards=tuple(cards),
        links=tuple(_links(edges, cards, shares, heaviest)),
        patch_side=frame.patch_side,
        patch_columns=frame.patch_columns,
        edges=len(circuit.edges),
        heaviest=heaviest,
    )


# --- which edges -------------------------------------------------------------------------


def input_shares(circuit: Circuit) -> dict[GroupEdge, float]:
    """Every edge's weight divided by the number of its target's members.

    An edge of the group circuit sums over the members of its target; divided by their number,
    edges into small and large groups compare, and the absolute shares into a group sum to at
    most 1.
    """
    members = {group.id: len(group.members) for group in circuit.groups}
    return {edge: edge.weight / members[edge.target] for edge in circuit.edges}


def thin(edges: Sequence[GroupEdge], most: int, share: float = 0.15) -> list[GroupEdge]:
    """The edges worth drawing.

    Into every group its ``most`` strongest, as far as they reach ``share`` of the strongest; and
    out of every group at least its strongest. Edges of weight 0 are never drawn.
    """
    strongest_first = sorted(edges, key=lambda edge: (-abs(edge.weight), edge.source, edge.target))
    real = [edge for edge in strongest_first if edge.weight]
    kept: set[GroupEdge] = set()
    for target in {edge.target for edge in real}:
        into = [edge for edge in real if edge.target == target]
        kept |= {edge for edge in into[:most] if abs(edge.weight) >= share * abs(into[0].weight)}
    for source in {edge.source for edge in real} - {edge.source for edge in kept}:
        kept.add(next(edge for edge in real if edge.source == source))
    return [edge for edge in real if edge in kept]


# --- in which order ----------------------------------------------------------------------


def order_groups(
    lanes: Sequence[Sequence[GroupId]], edges: Sequence[GroupEdge]
) -> list[list[GroupId]]:
    """The groups of every lane reordered so that few edges cross.

    Sweeps forth and back, each lane by the weighted barycentre of its neighbours in the lane
    before; the best order met is returned. Groups without edges keep their place.
    """
    ends = [(edge.source, edge.target) for edge in edges]
    current = [list(lane) for lane in lanes]
    best, fewest = current, _crossings(ends, _places(current))
    for sweep in range(_SWEEPS):
        current = _swept(current, edges, forth=sweep % 2 == 0)
        crossings = _crossings(ends, _places(current))
        if crossings < fewest:
            best, fewest = current, crossings
    return best


def _swept(
    lanes: list[list[GroupId]], edges: Sequence[GroupEdge], *, forth: bool
) -> list[list[GroupId]]:
    swept = [list(lane) for lane in (lanes if forth else reversed(lanes))]
    for before, lane in pairwise(swept):
        fixed = _places([before])
        own = _places([lane])
        centres = {group: _barycentre(group, fixed, edges, own[group]) for group in lane}
        lane.sort(key=centres.__getitem__)
    return swept if forth else swept[::-1]


def _barycentre(
    group: GroupId, fixed: dict[GroupId, float], edges: Sequence[GroupEdge], otherwise: float
) -> float:
    """Mean place of the group's neighbours in the ``fixed`` lane, weighted by |weight|."""
    pulls = [
        (fixed[other], abs(edge.weight))
        for edge in edges
        for one, other in ((edge.source, edge.target), (edge.target, edge.source))
        if one == group and other in fixed
    ]
    total = sum(weight for _, weight in pulls)
    return sum(place * weight for place, weight in pulls) / total if total else otherwise


def _places(lanes: Iterable[Sequence[GroupId]]) -> dict[GroupId, float]:
    """Every group's height in its lane, in (0, 1), the lane's middle at a half."""
    return {group: (place + 0.5) / len(lane) for lane in lanes for place, group in enumerate(lane)}


def _crossings(ends: Sequence[tuple[GroupId, GroupId]], place: dict[GroupId, float]) -> int:
    lanes: dict[str, list[tuple[float, float]]] = {}
    for source, target in ends:
        lanes.setdefault(source.layer, []).append((place[source], place[target]))
    return sum(_crossing_pairs(np.array(pairs)) for pairs in lanes.values())


def _crossing_pairs(pairs: npt.NDArray[np.float64]) -> int:
    """How many of the (n, 2) segments cross, drawn from height ``[:, 0]`` to ``[:, 1]``."""
    left, right = (column[:, None] - column[None, :] for column in pairs.T)
    return int(np.count_nonzero(left * right < 0)) // 2


# --- where -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Frame:
    """The sizes that all lanes share."""

    width: int
    height: int
    lanes: int
    card_width: float
    card_height: float
    patch_side: int
    patch_columns: int

    @classmethod
    def of(cls, width: int, counts: Sequence[int], pictures: bool) -> _Frame:
        tallest = max([1, *counts])
        card_width, columns = _card_width(width, len(counts))
        side = _patch_side(card_width, columns, tallest) if pictures else 0
        if pictures:
            card_width = columns * side + (columns - 1) * PATCH_GAP + 2 * CARD_PADDING
        body = 2 * side + PATCH_GAP if pictures else _INDICES_HEIGHT
        card_height = CARD_HEADER + body + CARD_FOOTER
        cards = tallest * (card_height + CARD_GAP)
        height = HEADER + LANE_HEADER + round(cards) + FOOTER
        return cls(width, height, len(counts), card_width, card_height, side, columns)

    @property
    def lane_width(self) -> float:
        return self.card_width + 2 * CARD_PADDING

    @property
    def middle(self) -> float:
        """The y around which the cards of every lane are centred."""
        return (HEADER + LANE_HEADER + self.height - FOOTER - CARD_GAP) / 2

    def lane_left(self, place: int) -> float:
        room = self.width - 2 * MARGIN - self.lane_width
        pitch = min(room / max(self.lanes - 1, 1), self.lane_width + _MAX_GAP)
        return MARGIN + (room - pitch * (self.lanes - 1)) / 2 + pitch * place


def _card_width(width: int, lanes: int) -> tuple[float, int]:
    """A card's width, and how many patches stand side by side in it."""
    pitch = (width - 2 * MARGIN) / lanes
    card = float(np.clip(0.6 * pitch, _MIN_CARD, _MAX_CARD))
    return (card, 3) if card >= 84 else (card, 2)


def _patch_side(card_width: float, columns: int, tallest: int) -> int:
    wide = (card_width - 2 * CARD_PADDING - (columns - 1) * PATCH_GAP) / columns
    high = (_MAX_BODY / tallest - CARD_GAP - CARD_HEADER - CARD_FOOTER - PATCH_GAP) / 2
    return max(14, int(min(wide, max(high, 30))))


def _lanes(circuit: Circuit, frame: _Frame, shown: dict[str, int]) -> tuple[Lane, ...]:
    return tuple(
        Lane(
            layer=layer,
            left=frame.lane_left(place),
            width=frame.lane_width,
            bottom=frame.middle + _stack_height(frame, shown[layer]) / 2,
            hidden=len(circuit.layer_groups(layer)) - shown[layer],
        )
        for place, layer in enumerate(circuit.layers)
    )


def _stack_height(frame: _Frame, cards: int) -> float:
    return cards * (frame.card_height + CARD_GAP) - CARD_GAP if cards else 0.0


def _cards(
    circuit: Circuit,
    frame: _Frame,
    lane: Lane,
    groups: Sequence[GroupId],
    rows: frozenset[int],
) -> list[Card]:
    first = frame.middle - _stack_height(frame, len(groups)) / 2
    return [
        Card(
            id=group,
            left=lane.left + CARD_PADDING,
            top=first + place * (frame.card_height + CARD_GAP),
            width=frame.card_width,
            height=frame.card_height,
            importance=circuit.group_importance(circuit.group(group)),
            neurons=strongest_neurons(circuit, circuit.group(group)),
            patches=best_patches(circuit.group(group), rows, 2 * frame.patch_columns),
            stable=is_stable(circuit.group(group).stability),
        )
        for place, group in enumerate(groups)
    ]


def strongest_neurons(circuit: Circuit, group: NeuronGroup) -> tuple[int, ...]:
    """Indices of the group's neurons, most important first."""
    known = {node.id: node.importance for node in circuit.neurons}
    ranked = sorted(group.neurons, key=lambda neuron: (-known.get(neuron, 0.0), neuron))
    return tuple(neuron.index for neuron in ranked)


def best_patches(group: NeuronGroup, rows: Container[int], most: int) -> tuple[int, ...]:
    """The group's best patches among ``rows``, best first, at most ``most``."""
    return tuple(int(row) for row in group.patches if int(row) in rows)[:most]


def _links(
    edges: Sequence[GroupEdge],
    cards: Sequence[Card],
    shares: dict[GroupEdge, float],
    heaviest: float,
) -> list[Link]:
    card = {one.id: one for one in cards}
    starts = _ports(edges, card, side="source")
    ends = _ports(edges, card, side="target")
    return [
        Link(
            source=edge.source,
            target=edge.target,
            share=shares[edge],
            thickness=thickness(shares[edge], heaviest),
            start=(card[edge.source].left + card[edge.source].width, starts[edge]),
            end=(card[edge.target].left, ends[edge]),
            stable=is_stable(edge.stability),
        )
        for edge in sorted(edges, key=lambda edge: abs(shares[edge]))
    ]


def thickness(share: float, heaviest: float) -> float:
    """Pixels of an edge: linear in |share|, the heaviest 7.5; never too thin to be seen."""
    return max(_THINNEST, _THICKEST * abs(share) / heaviest) if heaviest else _THINNEST


def _ports(
    edges: Sequence[GroupEdge], card: dict[GroupId, Card], side: str
) -> dict[GroupEdge, float]:
    """The y at which every edge touches its card, in the order of the cards at the other ends."""
    other = "target" if side == "source" else "source"
    ranked = sorted(edges, key=lambda edge: (getattr(edge, side), card[getattr(edge, other)].top))
    ports: dict[GroupEdge, float] = {}
    for group, touching in groupby(ranked, key=lambda edge: getattr(edge, side)):
        mine = list(touching)
        room = card[group].height - 2 * _PORT_INSET
        step = min(14.0, room / max(len(mine) - 1, 1))
        first = card[group].middle - step * (len(mine) - 1) / 2
        ports |= {edge: first + step * place for place, edge in enumerate(mine)}
    return ports
