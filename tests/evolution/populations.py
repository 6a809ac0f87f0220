"""Snapshots as they come out for images drawn from one and the same population.

The network never changes: every attribution is its own mean plus what an image adds and what a crop
adds. Circuits are made by the functions of the analysis, from images and crops drawn anew.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from neurflow_lightning.config import NeurFlowConfig
from neurflow_lightning.core.circuit import edge_weights, handed_down
from neurflow_lightning.core.selection import next_in_rank, rank_core_neurons, shares_of_largest
from neurflow_lightning.types import (
    Circuit,
    CoreNeuron,
    NeuronConcept,
    NeuronId,
    NeuronInputs,
    PatchGrid,
    ProbeInfo,
    SemanticGroup,
    Snapshot,
)


@dataclass
class Population:
    """A network and the images it may meet.

    Attributes:
        layers: shallow to deep; the last one holds the target, neuron 0.
        width: neurons of a layer.
        tau, top_k: as in the configuration.
        images, crops: of one probe set.
        image_noise, crop_noise: standard deviations beside attributions of about 1.
        meanings: semantic groups of every neuron, of patches in turn.
        most: ``max_neurons_per_layer``.
        seed: of the network.
    """

    layers: tuple[str, ...] = ("low", "mid", "fc")
    width: int = 20
    tau: int = 5
    top_k: int = 20
    images: int = 24
    crops: int = 4
    image_noise: float = 0.4
    crop_noise: float = 0.2
    meanings: int = 2
    most: int | None = None
    seed: int = 0
    means: dict[str, np.ndarray] = field(init=False)

    def __post_init__(self) -> None:
        rng = np.random.default_rng(self.seed)
        shape = (self.width, self.width)
        self.means = {
            layer: rng.gamma(0.5, 1.0, shape) * rng.choice([-1, 1], shape) for layer in self.layers
        }

    def snapshot(self, seed: int) -> Snapshot:
        """The snapshot for one draw of images."""
        rng = np.random.default_rng([self.seed, seed])
        importances = {0: 1.0}
        nodes: list[CoreNeuron] = []
        for layer in reversed(self.layers):
            ranked = sorted(importances.items(), key=lambda one: (-one[1], one[0]))[: self.most]
            found = [self._neuron(rng, NeuronId(layer, index), had) for index, had in ranked]
            nodes += found
            importances = handed_down(found)
        circuit = Circuit(NeuronId(self.layers[-1], 0), "0", self.layers, tuple(nodes), (), ())
        config = NeurFlowConfig(
            tau=self.tau,
            top_k=self.top_k,
            images_per_target=self.images,
            max_neurons_per_layer=self.most,
        )
        grid = PatchGrid(self.images, np.tile([0, 0, 8, 8], (self.crops, 1)))
        probe = ProbeInfo("f" * 64, grid, (3, 8, 8), np.zeros(self.images))
        return Snapshot((circuit,), self.layers, config, probe)

    def _neuron(self, rng: np.random.Generator, neuron: NeuronId, importance: float) -> CoreNeuron:
        rows = self.images * self.crops
        image = np.arange(rows) // self.crops
        activations = rng.normal(size=self.images)[image] + rng.normal(size=rows)
        patches = np.argsort(-activations, kind="stable")[: self.top_k]
        concept = NeuronConcept(patches, activations[patches])
        groups = tuple(
            SemanticGroup(number, patches[number :: self.meanings], 1.0, np.zeros(self.width))
            for number in range(self.meanings)
        )
        if neuron.layer == self.layers[0]:
            return CoreNeuron(neuron, importance, concept, groups, None)
        of_image = rng.normal(size=(self.images, self.width))[image[patches]] * self.image_noise
        of_crop = rng.normal(size=(self.top_k, self.width)) * self.crop_noise
        values = np.float32(self.means[neuron.layer][neuron.index] + of_image + of_crop)
        scores = np.abs(values).mean(axis=0)
        core = rank_core_neurons(scores, self.tau)
        runners_up = next_in_rank(scores, core, self.tau)
        inputs = NeuronInputs(
            sources=core,
            scores=scores[core],
            attributions=values[:, core],
            weights=edge_weights(values[:, core], concept, groups),
            completeness_gap=np.zeros(self.top_k),
            response_change=values.sum(axis=1),
            runners_up=runners_up,
            runner_up_shares=shares_of_largest(values[:, runners_up], values[:, core]),
        )
        return CoreNeuron(neuron, importance, concept, groups, inputs)
