"""Where things go in a circuit's picture: checked on numbers, without pixels."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from factories import make_snapshot
from neurflow_lightning.render.layout import (
    by_importance,
    input_shares,
    lay_out,
    order_groups,
    thickness,
    thin,
)
from neurflow_lightning.types import (
    Circuit,
    CoreNeuron,
    GroupEdge,
    GroupId,
    NeuronConcept,
    NeuronGroup,
    NeuronId,
    SemanticGroup,
)


def circuit_of(groups: dict[str, int], edges: dict[tuple[str, int, str, int], float]) -> Circuit:
    """A circuit with one neuron a group; neuron ``n`` of a layer has importance ``1 / (n + 1)``."""
    ids = [GroupId(layer, number) for layer, count in groups.items() for number in range(count)]
    return Circuit(
        target=NeuronId(list(groups)[-1], 0),
        name="cat",
        layers=tuple(groups),
        neurons=tuple(_neuron(one) for one in ids),
        groups=tuple(
            NeuronGroup(one, ((NeuronId(one.layer, one.number), 0),), np.ones(2), np.arange(3))
            for one in ids
        ),
        edges=tuple(
            GroupEdge(GroupId(low, i), GroupId(up, j), weight)
            for (low, i, up, j), weight in edges.items()
        ),
    )


def _neuron(group: GroupId) -> CoreNeuron:
    return CoreNeuron(
        id=NeuronId(group.layer, group.number),
        importance=1 / (group.number + 1),
        concept=NeuronConcept(np.arange(3), np.ones(3)),
        semantic_groups=(SemanticGroup(0, np.arange(3), 1.0, np.ones(2)),),
        inputs=None,
    )


def complete(lower: int, upper: int, weight: float = 0.1) -> Circuit:
    edges = {("low", i, "up", j): weight for i in range(lower) for j in range(upper)}
    return circuit_of({"low": lower, "up": upper}, edges)


def test_the_target_stands_at_the_right_and_layers_in_order():
    circuit = make_snapshot(layers=("a", "b", "c", "fc")).circuits[0]
    layout = lay_out(circuit)
    assert [lane.layer for lane in layout.lanes] == ["a", "b", "c", "fc"]
    lefts = [lane.left for lane in layout.lanes]
    assert lefts == sorted(lefts)
    assert layout.cards[-1].id.layer == "fc"


@pytest.mark.parametrize("lanes", [1, 2, 3, 5, 8, 13])
@pytest.mark.parametrize("groups", [1, 4, 12])
@pytest.mark.parametrize("pictures", [True, False])
def test_nothing_overlaps_and_all_lies_on_the_page(lanes, groups, pictures):
    circuit = circuit_of({f"layer{place}": groups for place in range(lanes)}, {})
    layout = lay_out(circuit, thumbnails=range(3) if pictures else ())
    for card in layout.cards:
        assert 0 <= card.left < card.left + card.width <= layout.width
        assert 0 <= card.top < card.top + card.height <= layout.height
    for one, other in itertools.combinations(layout.cards, 2):
        apart_x = one.left + one.width <= other.left or other.left + other.width <= one.left
        apart_y = one.top + one.height <= other.top or other.top + other.height <= one.top
        assert apart_x or apart_y


def test_only_the_most_important_groups_are_shown_and_the_others_counted():
    layout = lay_out(complete(12, 1), max_groups=6)
    shown = {card.id.number for card in layout.cards if card.id.layer == "low"}
    assert shown == {0, 1, 2, 3, 4, 5}
    assert [lane.hidden for lane in layout.lanes] == [6, 0]
    assert layout.edges == 12
    assert {link.source.number for link in layout.links} <= shown


def test_groups_are_sorted_by_importance():
    base = complete(1, 3)
    assert [group.id.number for group in by_importance(base, "up")] == [0, 1, 2]


def test_a_share_is_the_weight_for_one_member_of_the_target():
    circuit = make_snapshot().circuits[0]
    shares = input_shares(circuit)
    for group in circuit.groups:
        into = [abs(share) for edge, share in shares.items() if edge.target == group.id]
        assert sum(into) <= 1 + 1e-5
    edge = circuit.edges[0]
    assert shares[edge] == edge.weight / len(circuit.group(edge.target).members)


def test_negative_edges_are_marked_and_thickness_follows_the_share():
    edges = {("low", 0, "up", 0): 0.5, ("low", 1, "up", 0): -0.25}
    layout = lay_out(circuit_of({"low": 2, "up": 1}, edges))
    weak, strong = layout.links
    assert (strong.share, strong.negative) == (0.5, False)
    assert (weak.share, weak.negative) == (-0.25, True)
    assert weak.thickness == pytest.approx(strong.thickness / 2)
    assert layout.heaviest == 0.5


def test_thickness_without_any_weight_is_the_thinnest():
    assert thickness(0.0, 0.0) == thickness(1e-9, 1.0) > 0


def test_thinning_keeps_the_strongest_into_each_and_one_out_of_each():
    edges = [GroupEdge(GroupId("low", i), GroupId("up", 0), 1.0 / 2**i) for i in range(5)]
    edges.append(GroupEdge(GroupId("low", 5), GroupId("up", 0), 0.0))
    edges.append(GroupEdge(GroupId("low", 0), GroupId("up", 1), 0.9))
    edges.append(GroupEdge(GroupId("low", 1), GroupId("up", 1), 0.1))
    kept = thin(edges, most=2)
    into = {(edge.source.number, edge.target.number) for edge in kept}
    # Two strongest into 0; the others' only edge; into 1 the weak one is below 15 %; no zero.
    assert into == {(0, 0), (1, 0), (2, 0), (3, 0), (4, 0), (0, 1)}


def test_ordering_removes_every_crossing_that_can_be_removed():
    low, up = ([GroupId(layer, number) for number in range(5)] for layer in ("low", "up"))
    edges = [GroupEdge(low[number], up[4 - number], 0.5) for number in range(5)]
    ordered = order_groups([low, up], edges)
    partners = {edge.source: edge.target for edge in edges}
    assert [partners[group] for group in ordered[0]] == ordered[1]


def test_ordering_never_adds_crossings():
    for seed in range(5):
        circuit = make_snapshot(seed, layers=("a", "b", "c", "fc"), neurons=9).circuits[0]
        lanes = [[group.id for group in circuit.layer_groups(one)] for one in circuit.layers]
        before = _count_crossings(lanes, circuit.edges)
        after = _count_crossings(order_groups(lanes, circuit.edges), circuit.edges)
        assert after <= before


def _count_crossings(lanes: list[list[GroupId]], edges: tuple[GroupEdge, ...]) -> int:
    """The slow twin of the layout's own count."""
    place = {group: number for lane in lanes for number, group in enumerate(lane)}
    return sum(
        one.source.layer == other.source.layer
        and (place[one.source] - place[other.source]) * (place[one.target] - place[other.target])
        < 0
        for one, other in itertools.combinations(edges, 2)
    )


def test_links_leave_at_the_right_enter_at_the_left_and_share_no_port():
    layout = lay_out(make_snapshot(layers=("a", "b", "fc"), neurons=8).circuits[0])
    card = {one.id: one for one in layout.cards}
    for link in layout.links:
        source, target = card[link.source], card[link.target]
        assert link.start[0] == source.left + source.width
        assert link.end[0] == target.left
        assert source.top < link.start[1] < source.top + source.height
        assert target.top < link.end[1] < target.top + target.height
    for ends in ([link.start for link in layout.links], [link.end for link in layout.links]):
        assert len(set(ends)) == len(ends)


def test_cards_show_only_patches_that_have_a_thumbnail():
    circuit = complete(1, 1)
    assert {card.patches for card in lay_out(circuit, thumbnails=[0, 2]).cards} == {(0, 2)}
    bare = lay_out(circuit)
    assert bare.patch_side == 0
    assert {card.patches for card in bare.cards} == {()}


def test_a_layer_without_groups_keeps_its_lane():
    circuit = circuit_of({"low": 0, "up": 1}, {})
    layout = lay_out(circuit)
    assert [lane.layer for lane in layout.lanes] == ["low", "up"]
    assert [card.id.layer for card in layout.cards] == ["up"]
    assert (layout.links, layout.heaviest) == ((), 0.0)
