"""T2: a CNN of four layers wired by hand, with its neuron groups and edges known.

Images hold strokes, horizontal and vertical, in red, green and blue. Each layer has a few features,
each computed by several neurons of different gain, and decoys: louder copies that feed nothing but
a faint leak (a hundredth of a wired weight, of either sign).

1. ``edges``, 3 × 3: six features, red horizontal, red vertical, green horizontal, …
2. ``parts``, 3 × 3: three features, each the sum of two edges around a place.
3. ``objects``, 1 × 1: three features, each one part less 0.6 of the next.
4. ``fc``: each class is one object.

So each class rests on one object, two parts, one of them an inhibitor, and four edges. An edge is
*found* where it carries at least a fiftieth (:data:`CARRIES`) of what enters a neuron; a node
where a way of such edges leads to it from the target.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn

from neurflow_lightning.config import NeurFlowConfig
from neurflow_lightning.core.attribution import AttributionMethod, weights
from neurflow_lightning.core.probes import ProbeSet
from neurflow_lightning.evaluation.planted.applying import (
    ALL,
    circuits_by,
    concept_request,
    opened,
    single_effects,
)
from neurflow_lightning.evaluation.planted.cases import Case, Tier
from neurflow_lightning.evaluation.planted.results import Line, Measured
from neurflow_lightning.evaluation.planted.scoring import (
    adjusted_mutual_information,
    f1,
    precision_and_recall,
)
from neurflow_lightning.evaluation.statistics import spearman
from neurflow_lightning.types import Circuit, CoreNeuron, NeuronId

CARRIES = 0.02
"""Share of what enters a neuron from which on an edge is one."""

LEAK = 0.01
INPUTS, SIDE, BRIGHT = 240, 12, 3
CLASSES = 3

LAYERS = ("edges", "parts", "objects", "fc")
COPIES = {"edges": 2, "parts": 3, "objects": 2}
FEATURES = {"edges": 6, "parts": 3, "objects": 3}
DECOYS = {"edges": 12, "parts": 9, "objects": 6}

CONFIG = NeurFlowConfig(granularities=ALL, images_per_target=INPUTS, top_k=40, resamples=0)

# Feature of the upper layer → weight of each feature of the lower one.
_PARTS = {0: {0: 1.0, 3: 1.0}, 1: {2: 1.0, 5: 1.0}, 2: {4: 1.0, 1: 1.0}}
_OBJECTS = {0: {0: 1.0, 1: -0.6}, 1: {1: 1.0, 2: -0.6}, 2: {2: 1.0, 0: -0.6}}
_CLASSES = {0: {0: 1.0}, 1: {1: 1.0}, 2: {2: 1.0}}
WIRING: Mapping[str, Mapping[int, Mapping[int, float]]] = {
    "parts": _PARTS,
    "objects": _OBJECTS,
    "fc": _CLASSES,
}

Edge = tuple[NeuronId, NeuronId]


class WiredCNN(nn.Module):
    """The network; :attr:`feature` says what each neuron stands for.

    Attributes:
        feature: neuron → number of its feature in its layer, for those that are wired.
    """

    def __init__(self, seed: int) -> None:
        super().__init__()
        generator = torch.Generator().manual_seed(seed)
        self.feature: dict[NeuronId, int] = {}
        kinds = {layer: self._kinds(layer, generator) for layer in COPIES}
        detectors = _detectors(*kinds["edges"], generator)
        parts = _mixed("parts", kinds["edges"], kinds["parts"], generator)
        objects = _mixed("objects", kinds["parts"], kinds["objects"], generator)
        self.edges = _rectified(detectors)
        self.parts = _rectified(_everywhere(parts, 3))
        self.objects = _rectified(_everywhere(objects, 1))
        self.fc = nn.Linear(len(kinds["objects"][0]), CLASSES, bias=False)
        classes = torch.arange(CLASSES), torch.ones(CLASSES, dtype=torch.bool)
        self.fc.weight.data = _mixed("fc", kinds["objects"], classes, generator)

    def forward(self, images: Tensor) -> Tensor:
        """(N, 3, H, W) → (N, 3) logits."""
        found = self.objects(self.parts(self.edges(images)))
        logits: Tensor = self.fc(found.mean((2, 3)))
        return logits

    def _kinds(self, layer: str, generator: torch.Generator) -> tuple[Tensor, Tensor]:
        """(C,) feature of each neuron, and whether it is wired; in an order drawn anew."""
        count = FEATURES[layer] * COPIES[layer]
        feature = torch.cat([torch.arange(count), torch.arange(DECOYS[layer])]) % FEATURES[layer]
        order = torch.randperm(len(feature), generator=generator)
        wired = (torch.arange(len(feature)) < count)[order]
        for neuron in wired.nonzero()[:, 0].tolist():
            self.feature[NeuronId(layer, neuron)] = int(feature[order][neuron])
        return feature[order], wired

    def wired_edges(self, target: int) -> set[Edge]:
        """The edges by which a class is decided, from the lower to the upper neuron."""
        found: set[Edge] = set()
        frontier = {NeuronId("fc", target)}
        for lower, layer in zip(LAYERS[-2::-1], LAYERS[:0:-1], strict=True):
            edges = {
                (source, neuron)
                for neuron in frontier
                for source in self._neurons(lower)
                if self.feature[source] in WIRING[layer][self.feature.get(neuron, target)]
            }
            found |= edges
            frontier = {source for source, _ in edges}
        return found

    def _neurons(self, layer: str) -> list[NeuronId]:
        return [one for one in self.feature if one.layer == layer]


def _rectified(weight: Tensor) -> nn.Sequential:
    """A convolution that keeps the size, and a ReLU: what fires is what counts."""
    out, into, size, _ = weight.shape
    convolution = nn.Conv2d(into, out, size, padding=size // 2, bias=False)
    convolution.weight.data = weight
    return nn.Sequential(convolution, nn.ReLU())


def _everywhere(mixed: Tensor, size: int) -> Tensor:
    """(C, C', size, size) the mean over a place and those around it."""
    return (mixed / size**2)[:, :, None, None].repeat(1, 1, size, size)


def _detectors(feature: Tensor, wired: Tensor, generator: torch.Generator) -> Tensor:
    """(C, 3, 3, 3) bright lines between dark ones: feature 2 · colour + direction."""
    line = torch.tensor([[-0.5], [1.0], [-0.5]]).repeat(1, 3) / 3
    filters = torch.zeros(len(feature), 3, 3, 3)
    for neuron, number in enumerate(feature.tolist()):
        filters[neuron, number // 2] = line if number % 2 == 0 else line.T
    return filters * _gains(wired, generator)[:, None, None, None]


def _mixed(
    layer: str,
    lower: tuple[Tensor, Tensor],
    upper: tuple[Tensor, Tensor],
    generator: torch.Generator,
) -> Tensor:
    """(C, C') weights: those of the wiring, and leaks."""
    weight = LEAK * (2 * torch.rand(len(upper[0]), len(lower[0]), generator=generator) - 1)
    for a, feature in enumerate(upper[0].tolist()):
        for s, (source, is_wired) in enumerate(zip(*map(Tensor.tolist, lower), strict=True)):
            if is_wired and source in WIRING[layer][feature]:
                weight[a, s] = WIRING[layer][feature][source]
    return weight * _gains(upper[1], generator)[:, None]


def _gains(wired: Tensor, generator: torch.Generator) -> Tensor:
    """Of wired neurons about 1, of decoys twice that."""
    gains = 0.8 + 0.4 * torch.rand(len(wired), generator=generator)
    return torch.where(wired, gains, 2 * gains)


def strokes(seed: int) -> Tensor:
    """(N, 3, 12, 12) dark images: bright strokes of one or two kinds, a faint one of every kind."""
    random = np.random.default_rng(seed)
    images = np.zeros((INPUTS, 3, SIDE, SIDE), np.float32)
    for image in images:
        kinds = random.choice(FEATURES["edges"], 2)
        for kind in range(FEATURES["edges"]):
            _draw(image, kind, random.uniform(0.3, 0.5), random)
        for kind in random.choice(kinds, BRIGHT):
            _draw(image, kind, random.uniform(0.5, 1.5), random)
    return torch.from_numpy(images)


def _draw(
    image: npt.NDArray[np.float32], kind: int, brightness: float, random: np.random.Generator
) -> None:
    row, start = random.integers(1, SIDE - 1), random.integers(1, SIDE - 7)
    span = slice(start, start + 6)
    place = (row, span) if kind % 2 == 0 else (span, row)
    image[kind // 2][place] = np.maximum(image[kind // 2][place], brightness)


@dataclass(frozen=True)
class Graph:
    """What was found of a class's circuit."""

    nodes: frozenset[NeuronId]
    edges: frozenset[Edge]


def carried(circuit: Circuit) -> Graph:
    """The edges that carry enough, and the nodes that they lead to from the target."""
    nodes, edges, frontier = set(), set(), {circuit.target}
    while frontier:
        entering = {
            (NeuronId(circuit.layers[circuit.layers.index(one.layer) - 1], source), one)
            for one in frontier
            for source in _sources(circuit.neuron(one))
        }
        edges |= entering
        frontier = {source for source, _ in entering}
        nodes |= frontier
    return Graph(frozenset(nodes), frozenset(edges))


def _sources(neuron: CoreNeuron) -> list[int]:
    if neuron.inputs is None:
        return []
    parts = np.array([neuron.share(group.number) for group in neuron.semantic_groups])
    shares = parts @ np.abs(neuron.inputs.weights)
    return [int(one) for one in neuron.inputs.sources[shares >= CARRIES]]


def _circuits(method: AttributionMethod, seeds: Sequence[int]) -> Iterator[Measured]:
    rows = [_one_network(method, seed) for seed in seeds]
    told = {name: float(np.nanmean([row[name] for row in rows])) for name in rows[0]}
    lines = {
        "node precision": Line(0.95),
        "node recall": Line(0.95),
        "edge F1": Line(0.9),
        "Spearman with exact ablation": Line(0.9),
        "group–feature AMI, edges": Line(0.8),
    }
    for name, value in told.items():
        yield Measured("T2", CASE, name, value, lines.get(name))


def _one_network(method: AttributionMethod, seed: int) -> dict[str, float]:
    """The circuit of one class, in turn."""
    model, images, target = WiredCNN(seed).eval(), strokes(seed), seed % CLASSES
    snapshot = circuits_by(method, model, ProbeSet(images), LAYERS, [target], CONFIG)
    circuit, truth = snapshot.circuit(target), model.wired_edges(target)
    found = carried(circuit)
    precision, recall = precision_and_recall(found.nodes, {source for source, _ in truth})
    return {
        "node precision": precision,
        "node recall": recall,
        "edge F1": f1(found.edges, truth),
        "Spearman with exact ablation": _ablation(method, model, images),
        "group–feature AMI, edges": _grouped_by_feature(circuit, model.feature),
    }


def _grouped_by_feature(circuit: Circuit, feature: Mapping[NeuronId, int]) -> float:
    """AMI of the groups in ``edges`` with features, over wired neurons.

    Above, a part is two edges and an object several parts: such neurons have several meanings.
    """
    members = [
        (group.id.number, feature[neuron])
        for group in circuit.layer_groups("edges")
        for neuron, _ in group.members
        if neuron in feature
    ]
    if not members:
        return float("nan")
    return adjusted_mutual_information(*zip(*members, strict=True))


def _ablation(method: AttributionMethod, model: WiredCNN, images: Tensor) -> float:
    """Mean over the wired neurons of how weights go with what single knockouts do."""
    found = []
    for lower, upper in pairwise(LAYERS):
        wired = [one.index for one in model.feature if one.layer == upper] or range(CLASSES)
        with opened(model, (lower, upper), images) as network:
            for neuron in wired:
                request = concept_request(network, lower, upper, neuron, images, CONFIG.top_k)
                effects = single_effects(request).numpy()
                found.append(spearman(weights(method(request)), effects))
    return float(np.nanmean(found))


CASE = "wired CNN"
TIER = Tier(
    "T2", "a CNN wired by hand: nodes, edges, groups", (Case(CASE, _circuits),), seeds=(6, 1)
)
