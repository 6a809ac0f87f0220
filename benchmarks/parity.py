"""The same circuits as the code of the paper's authors: neuron by neuron, in its own semantics.

    git clone https://github.com/tue147/neurflow ../neurflow
    pip install captum scikit-learn elpv-dataset
    python benchmarks/parity.py --reference ../neurflow

1. A case is a network of torchvision with seeded random weights, batch statistics of the images and
   a last bias that spreads the predictions over the classes, and seeded random images; one more is
   trained on photographs of solar cells.
2. :func:`theirs` runs the reference as its ``run.py`` does: images by prediction, patches, layer
   after layer, neuron groups and the weights between them. What it computes and does not keep (the
   clusters of all patches, the attributions) is noted down on its way through.
3. :func:`ours` analyses the same network and images with ``NeurFlowConfig.reference()``.
4. :func:`differences` holds one circuit against the other. Every difference is traced to its cause
   by what the reference computed: a tie, a rounding, or what follows from another difference. One
   without a cause is *unexplained*, and the script ends with 1.
5. :func:`departures` undoes one departure of the reference from the definition at a time and tells
   what that changes.

The reference is read from the user's clone and never written to; nothing of it is stored.
"""

from __future__ import annotations

import argparse
import io
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from _measuring import machine, table
from against_reference import (
    GRANULARITIES,
    TARGET,
    TRAINING_CELLS,
    Reference,
    build,
    check_split,
    fingerprint,
    load_reference,
    settle,
    solar_cells,
    split,
    train,
)
from torch import Tensor, nn
from torch.nn.functional import interpolate

from neurflow_lightning import Circuit, NeurFlowConfig, NeuronId, ProbeSet, Snapshot, analyze
from neurflow_lightning.config import DEPARTURES
from neurflow_lightning.core.circuit import scaled_in_place
from neurflow_lightning.core.grouping import cluster

SEED = 0
LARGEST_ERROR = 1e-4
"""Weights that differ by no more are the same."""
ROUNDING = 1e-4
"""Numbers of the reference that differ by no more, relative to the larger, are a tie: what float32
gives for one and the same number, run through a network in another order."""

Rows = frozenset[int]
Member = tuple[int, Rows]
"""A meaning of a neuron: the neuron's index, the patches of the meaning."""
Group = frozenset[Member]
Array = npt.NDArray[Any]


@dataclass(frozen=True)
class Case:
    """One network.

    Attributes:
        layers: shallow to deep, the last one giving the logits.
        epochs: of training; with 0 weights and images are random.
    """

    architecture: str
    side: int
    layers: tuple[str, ...]
    images: int = 10
    tau: int = 4
    top_k: int = 20
    epochs: int = 0

    @property
    def name(self) -> str:
        """Architecture, and how the weights came about."""
        return f"{self.architecture}, {'trained' if self.epochs else 'random'}"


RESNET18 = ("layer3.0", "layer3.1", "layer4.0", "layer4.1", "fc")
CASES = {
    case.name.replace(", ", "-"): case
    for case in (
        Case("resnet18", 64, RESNET18),
        Case("resnet18", 64, RESNET18, images=12, epochs=8),
        Case("resnet50", 64, ("layer3.5", "layer4.0", "layer4.1", "layer4.2", "fc")),
        Case("googlenet", 64, ("inception4d", "inception4e", "inception5a", "inception5b", "fc")),
        Case(
            "alexnet",
            96,
            (
                *("features.7", "features.9", "features.12"),
                *("classifier.2", "classifier.5", "classifier.6"),
            ),
        ),
    )
}


@dataclass(frozen=True)
class Neuron:
    """What one side found of a neuron that has inputs.

    Attributes:
        patches: most active first.
        core: core neurons, highest score first.
        weights: patches of a meaning → core neuron → weight.
    """

    patches: tuple[int, ...]
    core: tuple[int, ...]
    weights: Mapping[Rows, Mapping[int, float]]

    @property
    def meanings(self) -> frozenset[Rows]:
        """The partition of the patches."""
        return frozenset(self.weights)


@dataclass(frozen=True)
class Found:
    """One side's circuit.

    Attributes:
        neurons: those with inputs.
        groups: layer → its neuron groups.
        edges: (lower, upper) neuron group → weight.
    """

    neurons: Mapping[NeuronId, Neuron]
    groups: Mapping[str, frozenset[Group]]
    edges: Mapping[tuple[Group, Group], float]


@dataclass(frozen=True, eq=False)
class Evidence:
    """What the reference computed on its way to a neuron.

    Attributes:
        rows: (k,) the concept's patches.
        activations: patch → the neuron's activation, for all patches.
        values: (k, C') attributions.
        descriptions: (k, C') r(v).
    """

    rows: Array
    activations: Mapping[int, float]
    values: Array
    descriptions: Array


@dataclass(frozen=True)
class Difference:
    """Something on which the sides disagree.

    Attributes:
        what: kind of thing.
        place: where.
        cause: why; empty where no reason was found.
    """

    what: str
    place: str
    cause: str


@dataclass(frozen=True)
class Comparison:
    """One case: how many things were held against each other, and what differs.

    Attributes:
        compared: kind of thing → how many.
        weight_error: largest difference of two weights.
        edge_error: largest difference of two group weights, over the larger of 1 and the weight.
    """

    case: Case
    images: int
    compared: Mapping[str, int]
    differences: tuple[Difference, ...]
    weight_error: float
    edge_error: float


# -- the work


@dataclass(frozen=True, eq=False)
class Work:
    """What both sides are given: a network, (N, 3, side, side) images, (N,) true classes."""

    network: nn.Module
    images: Tensor
    labels: Tensor


def prepared(case: Case) -> Work:
    """A case's network and images."""
    network = build(case.architecture)
    if case.epochs:
        images, labels = solar_cells(case.side)
        train(network, images[:TRAINING_CELLS], labels[:TRAINING_CELLS], case.epochs)
        unseen = slice(TRAINING_CELLS, TRAINING_CELLS + case.images)
        return Work(network, images[unseen], labels[unseen])
    random = torch.manual_seed(SEED)
    coarse = torch.randn(case.images, 3, 6, 6, generator=random)
    images = interpolate(coarse, size=(case.side, case.side), mode="bicubic")
    images = images + 0.3 * torch.randn(images.shape, generator=random)
    settle(network, images)
    with torch.no_grad():  # else all images would be predicted as the same class
        network.get_submodule(case.layers[-1]).bias -= network(images).median(dim=0).values
    return Work(network, images, torch.arange(case.images) % 2)


# -- theirs


def theirs(
    reference: Reference, case: Case, work: Work
) -> tuple[Found, dict[NeuronId, Evidence], int]:
    """The reference's circuit, what it computed on the way, and how many images it took."""
    parts = split(reference.utils, work.network, case.layers)
    check_split(parts, work.network, work.images[:2])
    rows = torch.arange(len(work.images))  # in the place of labels, to see which images are taken
    chosen, taken = reference.utils.load_model_data(
        "", [TARGET], work.network, "cpu", work.images, rows
    )
    framework = _observed(reference.neurflow.Framework)(
        1, len(case.layers) - 1, chosen, TARGET, "cpu", granularities=list(GRANULARITIES)
    )
    with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
        for number, (below, between) in zip(range(len(parts), 0, -1), parts, strict=True):
            framework.fit(
                number,
                below,
                between,
                top_images_per_neuron=case.top_k,
                max_top_neurons=case.tau,
                acceptable_error_range=-1,
                batch_size_ig=8,
            )
        clusters = {
            number: framework.cluster_concept_vectors(number)[0]
            for number in range(1, len(case.layers))
        }
    place = _places(taken.tolist(), framework.labels_concept_data, case.side)
    return *_told(reference, case, framework, clusters, place), len(taken)


def _observed(framework: type) -> type:
    """The reference's class, with notes of what it computes and does not keep."""

    class Observed(framework):  # type: ignore[misc]
        def _store_critical_neuron_info(self, neuron: Any, *seen: Any) -> None:
            super()._store_critical_neuron_info(neuron, *seen)
            neuron.noted = seen

    return Observed


def _places(images: Sequence[int], sizes: Sequence[int], side: int) -> list[int]:
    """The reference's patch → ours: it lists all crops of one size first, we those of an image.

    >>> _places([3], [8, 4, 4], 8)
    [9, 10, 11]
    """
    crops = len(sizes) // len(images)
    before, place = 0, []
    for size in dict.fromkeys(sizes):
        windows = sizes.count(size) // len(images)
        place += [image * crops + before + window for image in images for window in range(windows)]
        before += windows
    return place


def _told(
    reference: Reference,
    case: Case,
    framework: Any,
    clusters: Mapping[int, Mapping[int, Mapping[int, int]]],
    place: Sequence[int],
) -> tuple[Found, dict[NeuronId, Evidence]]:
    neurons: dict[NeuronId, Neuron] = {}
    evidence: dict[NeuronId, Evidence] = {}
    meaning: dict[tuple[int, int, int], Member] = {}
    for number, found in framework.layers.items():
        for index, one in found.items():
            labels, activations, descriptions, values, top, core, _ = one.noted
            rows = np.array([place[row] for row in top])
            id_ = NeuronId(case.layers[number], int(index))
            weights = {}
            for label, into in one.lower_layer_cneus.items():
                own = frozenset(rows[labels == label].tolist())
                meaning[number, index, int(label)] = (int(index), own)
                weights[own] = {int(source): weight for source, weight in into.items()}
            neurons[id_] = Neuron(tuple(rows.tolist()), tuple(core), weights)
            own_activations = dict(zip(place, activations[index].tolist(), strict=True))
            evidence[id_] = Evidence(rows, own_activations, values.numpy(), descriptions)
    groups = {number: _groups(number, clustered, meaning) for number, clustered in clusters.items()}
    edges = {
        (groups[number - 1][lower], groups[number][upper]): weight
        for number in range(2, len(case.layers))
        for upper, into in reference.utils._aggregate_scores(
            framework, number, clusters[number], clusters[number - 1]
        ).items()
        for lower, weight in into.items()
    }
    by_layer = {case.layers[number]: frozenset(one.values()) for number, one in groups.items()}
    return Found(neurons, by_layer, edges), evidence


def _groups(
    number: int,
    clustered: Mapping[int, Mapping[int, int]],
    meaning: Mapping[tuple[int, int, int], Member],
) -> dict[int, Group]:
    """The reference's number of a neuron group → its members."""
    members: dict[int, set[Member]] = {}
    for index, labels in clustered.items():
        for label, group in labels.items():
            members.setdefault(group, set()).add(meaning[number, index, label])
    return {group: frozenset(one) for group, one in members.items()}


# -- ours


def analysis(case: Case, work: Work, **changes: Any) -> Snapshot:
    """What this package finds in the reference's semantics, or with ``changes`` to them."""
    config = NeurFlowConfig.reference(
        **{"tau": case.tau, "top_k": case.top_k, "granularities": GRANULARITIES, **changes}
    )
    probes = ProbeSet(work.images, work.labels)
    return analyze(work.network, probes, layers=case.layers, targets=[TARGET], config=config)


def ours(snapshot: Snapshot) -> Found:
    """The snapshot's circuit, without its shallowest layer: the reference has no nodes there."""
    circuit = snapshot.circuits[0]
    inner = circuit.layers[1:]
    groups = {one.id: _members(circuit, one.members) for one in circuit.groups}
    return Found(
        neurons={
            node.id: Neuron(
                tuple(node.concept.patches.tolist()),
                tuple(node.inputs.sources.tolist()),
                {
                    frozenset(own.patches.tolist()): dict(
                        zip(node.inputs.sources.tolist(), row.tolist(), strict=True)
                    )
                    for own, row in zip(node.semantic_groups, node.inputs.weights, strict=True)
                },
            )
            for node in circuit.neurons
            if node.inputs is not None
        },
        groups={
            layer: frozenset(groups[one.id] for one in circuit.layer_groups(layer))
            for layer in inner
        },
        edges={
            (groups[edge.source], groups[edge.target]): edge.weight
            for edge in circuit.edges
            if edge.source.layer in inner
        },
    )


def _members(circuit: Circuit, members: Iterable[tuple[NeuronId, int]]) -> Group:
    def patches(neuron: NeuronId, meaning: int) -> Rows:
        return frozenset(circuit.neuron(neuron).semantic_groups[meaning].patches.tolist())

    return frozenset((neuron.index, patches(neuron, meaning)) for neuron, meaning in members)


# -- one against the other


def compare(
    case: Case, mine: Found, their: Found, evidence: Mapping[NeuronId, Evidence], images: int
) -> Comparison:
    """Hold both circuits against each other."""
    common = sorted(mine.neurons.keys() & their.neurons.keys())
    alike = [one for one in common if _comparable(mine.neurons[one], their.neurons[one])]
    edges = mine.edges.keys() & their.edges.keys()
    return Comparison(
        case=case,
        images=images,
        compared={
            "neurons": len(mine.neurons.keys() | their.neurons.keys()),
            "top patches": len(common),
            "core neurons": len(common),
            "semantic groups": len(common),
            "weights": len(alike),
            "neuron groups": len(mine.groups),
            "group edges": len(mine.edges.keys() | their.edges.keys()),
        },
        differences=tuple(differences(mine, their, evidence)),
        weight_error=max(
            (weight_error(mine.neurons[one], their.neurons[one]) for one in alike), default=0.0
        ),
        edge_error=max(
            (_edge_error(mine.edges[edge], their.edges[edge]) for edge in edges), default=0.0
        ),
    )


def differences(
    mine: Found, their: Found, evidence: Mapping[NeuronId, Evidence]
) -> Iterator[Difference]:
    """Everything on which two circuits disagree, and why."""
    both = mine.neurons.keys() & their.neurons.keys()
    cores_differ = any(set(mine.neurons[one].core) != set(their.neurons[one].core) for one in both)
    for id_ in sorted(mine.neurons.keys() ^ their.neurons.keys()):
        cause = "follows: the core neurons above differ" if cores_differ else ""
        yield Difference("neurons", str(id_), cause)
    for id_ in sorted(both):
        for what, cause in _neuron_differences(
            mine.neurons[id_], their.neurons[id_], evidence[id_]
        ):
            yield Difference(what, str(id_), cause)
    for layer, groups in their.groups.items():
        if mine.groups[layer] != groups:
            cause = _groups_cause(layer, mine, their, evidence)
            yield Difference("neuron groups", layer, cause)
    if mine.groups == their.groups:
        for edge in sorted(mine.edges.keys() | their.edges.keys(), key=str):
            error = _edge_error(mine.edges.get(edge, 0.0), their.edges.get(edge, 0.0))
            if error > LARGEST_ERROR:
                yield Difference("group edges", f"off by {error:.1e}", "")


def _neuron_differences(
    mine: Neuron, their: Neuron, evidence: Evidence
) -> Iterator[tuple[str, str]]:
    """(what, cause) of one neuron."""
    other_patches = set(mine.patches) != set(their.patches)
    other_core = set(mine.core) != set(their.core)
    if other_patches:
        rows = set(mine.patches) ^ set(their.patches)
        yield "top patches", _tie("activations", [evidence.activations[one] for one in rows])
    if other_core:
        scores = np.abs(evidence.values).mean(axis=0)
        swapped = [scores[one] for one in set(mine.core) ^ set(their.core)]
        yield "core neurons", _follows(other_patches, "patches") or _tie("scores", swapped)
    if mine.meanings != their.meanings:
        cause = _follows(other_patches, "patches") or _clusters_cause(
            evidence.rows, evidence.descriptions, their.meanings, 5
        )
        yield "semantic groups", cause
    if _comparable(mine, their) and weight_error(mine, their) > LARGEST_ERROR:
        yield "weights", _weights_cause(mine, their, evidence)


def _comparable(mine: Neuron, their: Neuron) -> bool:
    return set(mine.core) == set(their.core) and mine.meanings == their.meanings


def weight_error(mine: Neuron, their: Neuron) -> float:
    """The largest difference of two weights, of neurons with the same core and meanings."""
    return max(
        abs(mine.weights[meaning][source] - weight)
        for meaning, into in their.weights.items()
        for source, weight in into.items()
    )


def _edge_error(mine: float, their: float) -> float:
    return abs(mine - their) / max(abs(their), 1.0)


def _follows(differ: bool, what: str) -> str:
    return f"follows: the {what} differ" if differ else ""


def _tie(what: str, values: Sequence[float]) -> str:
    """A cause where all values are the same but for rounding."""
    largest = max(map(abs, values))
    spread = (max(values) - min(values)) / largest if largest else 0.0
    return f"tie: {what} equal to {spread:.0e}" if spread <= ROUNDING else ""


def _weights_cause(mine: Neuron, their: Neuron, evidence: Evidence) -> str:
    """Scaling in place depends on the order, and near-equal scores have none."""
    for meaning, into in mine.weights.items():
        inside = np.isin(evidence.rows, list(meaning))
        means = evidence.values[inside].mean(axis=0)[list(mine.core)]
        again = scaled_in_place(means[None].astype(np.float64))[0]
        if np.abs(again - np.array(list(into.values()))).max() > LARGEST_ERROR:
            return ""
    scores = np.abs(evidence.values).mean(axis=0)
    moved = [scores[one] for one, other in zip(mine.core, their.core, strict=True) if one != other]
    return f"order: {_tie('scores', moved)}" if moved and _tie("scores", moved) else ""


def _clusters_cause(
    points: Array, vectors: Array, their: frozenset[frozenset[Any]], most: int
) -> str:
    """A cause where ours clusters the reference's own vectors as the reference does."""
    labels = cluster(vectors, most, least=2)
    again = frozenset(
        frozenset(points[labels == number].tolist()) for number in range(labels.max() + 1)
    )
    return "rounding: the same clusters of the same vectors" if again == their else ""


def _groups_cause(
    layer: str, mine: Found, their: Found, evidence: Mapping[NeuronId, Evidence]
) -> str:
    members = [frozenset().union(*one.groups[layer]) for one in (mine, their)]
    if members[0] != members[1]:
        return "follows: the semantic groups differ"
    ordered = sorted(members[0], key=lambda one: (one[0], sorted(one[1])))
    vectors = []
    for index, rows in ordered:
        one = evidence[NeuronId(layer, index)]
        vectors.append(one.descriptions[np.isin(one.rows, list(rows))].mean(axis=0))
    labels = cluster(np.stack(vectors), 100, least=2)
    again = frozenset(
        frozenset(ordered[place] for place in np.flatnonzero(labels == number))
        for number in range(labels.max() + 1)
    )
    same = again == their.groups[layer]
    return "rounding: the same clusters of the same vectors" if same else ""


# -- what each departure changes


@dataclass(frozen=True)
class Departure:
    """One of the reference's ways given up for the definition's.

    Attributes:
        name: the field.
        nodes: share of the neurons of either circuit that are in both.
        core: mean share of a common neuron's core neurons that stay.
        weights: mean Σ|w − w'| over a neuron's mean weights, each scaled to Σ|w| = 1, halved:
            the share of weight that lies elsewhere.
        sums: smallest and largest Σ|w| of a meaning.
        meanings: mean number of a neuron.
        groups: neuron groups in all layers.
        group_weight: Σ|weight| over all group edges.
        images: that the target was analysed on.
    """

    case: str
    name: str
    nodes: float
    core: float
    weights: float
    sums: tuple[float, float]
    meanings: float
    groups: int
    group_weight: float
    images: int


AS_DEFINED: Mapping[str, Mapping[str, Any]] = {
    "(reference)": {},
    "images_by": {"images_by": "label"},
    "min_semantic_groups": {"min_semantic_groups": 1},
    "split_target": {"split_target": False},
    "min_neuron_groups, max_neuron_groups": {"min_neuron_groups": 1, "max_neuron_groups": 10},
    "weight_scaling": {"weight_scaling": "once"},
    "group_weights": {"group_weights": "shared"},
    "nodes": {"nodes": 16},
}


def departures(case: Case, work: Work) -> Iterator[Departure]:
    """What giving up each departure changes, against the reference's semantics."""
    before = analysis(case, work)
    definition = {one.name: one.default for one in fields(NeurFlowConfig)}
    all_defined = {
        name: definition[name] for name in (*DEPARTURES, "nodes", "node_power", "max_neuron_groups")
    }
    for name, changes in {**AS_DEFINED, "(definition)": all_defined}.items():
        yield _departure(case, name, before, analysis(case, work, **changes))


def _departure(case: Case, name: str, before: Snapshot, after: Snapshot) -> Departure:
    nodes = [{one.id: one for one in each.circuits[0].neurons} for each in (before, after)]
    common = sorted(nodes[0].keys() & nodes[1].keys())
    fed = [one for one in common if nodes[0][one].inputs is not None]
    kept, moved = [], []
    for one in fed:
        first, second = (_mean_weights(each[one]) for each in nodes)
        kept.append(len(first.keys() & second.keys()) / len(first))
        moved.append(
            sum(abs(first.get(s, 0.0) - second.get(s, 0.0)) for s in first.keys() | second.keys())
            / 2
        )
    own = [one for one in nodes[1].values() if one.inputs is not None]
    sums = np.concatenate([np.abs(one.inputs.weights).sum(axis=1) for one in own])
    circuit = after.circuits[0]
    labels = np.asarray(after.probe.labels)
    return Departure(
        case=case.name,
        name=name,
        nodes=len(common) / len(nodes[0].keys() | nodes[1].keys()),
        core=float(np.mean(kept)),
        weights=float(np.mean(moved)),
        sums=(float(sums.min()), float(sums.max())),
        meanings=float(np.mean([len(one.semantic_groups) for one in own])),
        groups=len([one for one in circuit.groups if one.id.layer != circuit.layers[0]]),
        group_weight=float(np.abs([edge.weight for edge in circuit.edges]).sum()),
        images=int((labels == TARGET).sum()),
    )


def _mean_weights(node: Any) -> dict[int, float]:
    """Core neuron → its weight into the neuron, all meanings together; Σ|w| = 1."""
    shares = np.array([node.share(one.number) for one in node.semantic_groups])
    mean = shares @ np.asarray(node.inputs.weights, dtype=np.float64)
    mean /= np.abs(mean).sum() or 1.0
    return dict(zip(node.inputs.sources.tolist(), mean.tolist(), strict=True))


# -- telling


HEAD = (
    *("network", "neurons", "top patches", "core neurons", "largest weight error"),
    *("semantic groups", "neuron groups", "largest group edge error", "differences", "unexplained"),
)


def parity_table(comparisons: Iterable[Comparison]) -> str:
    """How much of every case is the same."""
    return table([HEAD, *map(_row, comparisons)])


def _row(one: Comparison) -> tuple[str, ...]:
    differing = Counter(difference.what for difference in one.differences)

    def same(what: str) -> str:
        return f"{one.compared[what] - differing[what]} of {one.compared[what]}"

    return (
        one.case.name,
        same("neurons"),
        same("top patches"),
        same("core neurons"),
        f"{one.weight_error:.0e}",
        same("semantic groups"),
        same("neuron groups"),
        f"{one.edge_error:.0e}",
        str(len(one.differences)),
        str(len(unexplained(one))),
    )


def unexplained(one: Comparison) -> list[Difference]:
    """Differences without a cause."""
    return [difference for difference in one.differences if not difference.cause]


DEPARTURES_HEAD = (
    *("as defined instead", "network", "images", "neurons kept", "core kept", "weight moved"),
    *("Σ\\|w\\| of a meaning", "meanings a neuron", "neuron groups", "Σ\\|group edge\\|"),
)


def departures_table(found: Iterable[Departure]) -> str:
    """What each departure changes."""
    order = [*AS_DEFINED, "(definition)"]
    rows = sorted(found, key=lambda one: order.index(one.name))
    return table([DEPARTURES_HEAD, *map(_departure_row, rows)])


def _departure_row(one: Departure) -> tuple[str, ...]:
    return (
        one.name,
        one.case,
        str(one.images),
        f"{one.nodes:.2f}",
        f"{one.core:.2f}",
        f"{one.weights:.3f}",
        f"{one.sums[0]:.2f} to {one.sums[1]:.2f}",
        f"{one.meanings:.2f}",
        str(one.groups),
        f"{one.group_weight:.1f}",
    )


def section(
    comparisons: Sequence[Comparison], found: Sequence[Departure], on: str, code: str
) -> str:
    """The results in Markdown."""
    told = [
        f"- {one.case.name}, {difference.what} of {difference.place}: "
        f"{difference.cause or '**unexplained**'}"
        for one in comparisons
        for difference in one.differences
    ]
    cases = "".join(f"- {_described(one)}\n" for one in comparisons)
    changes = f"## What each departure changes\n\n{departures_table(found)}\n" if found else ""
    return f"""## Parity

Made by `benchmarks/parity.py`. {on}.
Reference: github.com/tue147/neurflow, code {code}.

{cases}
{parity_table(comparisons)}

{chr(10).join(told) or "Nothing differs."}

{changes}"""


def _described(one: Comparison) -> str:
    case = one.case
    return (
        f"{case.name}: {case.images} images of {case.side}×{case.side}, {one.images} of "
        f"them predicted as the target, τ = {case.tau}, k = {case.top_k}, "
        f"layers {', '.join(case.layers)}"
    )


def main(arguments: Sequence[str] | None = None) -> int:
    options = _options(arguments)
    reference, on = load_reference(options.reference), machine()
    comparisons: list[Comparison] = []
    found: list[Departure] = []
    for name in options.cases:
        case = CASES[name]
        work = prepared(case)
        their, evidence, taken = theirs(reference, case, work)
        mine = ours(analysis(case, work))
        comparisons.append(compare(case, mine, their, evidence, taken))
        found += departures(case, work)
        _write(options, comparisons, found, on, fingerprint(options.reference))
        print(f"{name} done", file=sys.stderr, flush=True)
    print(section(comparisons, found, str(on), fingerprint(options.reference)))
    return int(any(map(unexplained, comparisons)))


def _write(
    options: argparse.Namespace,
    comparisons: Sequence[Comparison],
    found: Sequence[Departure],
    on: Any,
    code: str,
) -> None:
    """After every case, so that a later one that fails costs nothing of this."""
    if options.out:
        numbers = {
            "machine": asdict(on),
            "reference": code,
            "comparisons": [asdict(one) for one in comparisons],
            "departures": [asdict(one) for one in found],
        }
        options.out.write_text(json.dumps(numbers, indent=1) + "\n", encoding="utf-8")
    if options.markdown:
        text = section(comparisons, found, str(on), code)
        options.markdown.write_text(text, encoding="utf-8")


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    add = parser.add_argument
    add("--reference", type=Path, required=True, help="a clone of github.com/tue147/neurflow")
    add("--cases", nargs="+", choices=CASES, default=list(CASES))
    add("--out", type=Path, help="JSON with everything that was compared")
    add("--markdown", type=Path, help="file for the section with the tables")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
