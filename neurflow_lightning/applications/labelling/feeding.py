"""Which neuron groups feed a group, and with what share of its input."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from neurflow_lightning.applications.firing import edge_share
from neurflow_lightning.labels import MOST_RELATIONS, Label, Relation
from neurflow_lightning.types import Circuit, GroupId


@dataclass(frozen=True, slots=True)
class Below:
    """A group of the layer below, which feeds the one asked about.

    Attributes:
        group: which.
        name: what it is called; ``None`` where it has no name.
        share: of what the group asked about receives, in [-1, 1]; what is negative lowers it. See
            :func:`~neurflow_lightning.applications.firing.edge_share`.
    """

    group: GroupId
    name: str | None
    share: float

    @property
    def called(self) -> str:
        """Its name, or its id in words."""
        return self.name or str(self.group)


def feeding(circuit: Circuit, group: GroupId, names: Mapping[GroupId, Label]) -> tuple[Below, ...]:
    """The groups below that feed a group most, strongest first, with their share of its input."""
    edges = [edge for edge in circuit.edges if edge.target == group and edge.weight]
    strongest = sorted(edges, key=lambda edge: -abs(edge.weight))[:MOST_RELATIONS]
    return tuple(
        Below(
            edge.source,
            names[edge.source].name if edge.source in names else None,
            # More only where the config sums weights instead of sharing them out.
            max(-1.0, min(1.0, edge_share(circuit, edge))),
        )
        for edge in strongest
    )


def relations(
    below: Sequence[Below], words: Mapping[GroupId, str] = MappingProxyType({})
) -> tuple[Relation, ...]:
    """What feeds a group, to be kept in a label; ``words`` say what a group below does there."""
    return tuple(Relation(one.called, one.share, words.get(one.group, "")) for one in below)
