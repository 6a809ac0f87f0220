"""A circuit made again for images drawn, one at a time, by the functions of the analysis."""

from __future__ import annotations

import dataclasses

import numpy as np

from neurflow_lightning.core.circuit import edge_weights, handed_down
from neurflow_lightning.core.selection import rank_core_neurons
from neurflow_lightning.types import CoreNeuron, NeuronConcept, NeuronId, NeuronInputs


def with_images(snapshot, counts):
    """The snapshot whose concepts hold every patch as often as its image was drawn."""
    circuit, crops = snapshot.circuits[0], snapshot.probe.grid.crops
    importances = {circuit.target.index: 1.0}
    nodes = []
    for layer in reversed(circuit.layers):
        ranked = sorted(importances.items(), key=lambda one: (-one[1], one[0]))
        found = [
            again(known_or_new(circuit, NeuronId(layer, index)), importance, counts, crops)
            for index, importance in ranked[: snapshot.config.max_neurons_per_layer]
        ]
        nodes += found
        importances = handed_down(found)
    return dataclasses.replace(
        snapshot, circuits=(dataclasses.replace(circuit, neurons=tuple(nodes)),)
    )


def known_or_new(circuit, neuron):
    """The node, or in the shallowest layer one like its others, since its patches do not count."""
    if all(node.id != neuron for node in circuit.neurons) and neuron.layer == circuit.layers[0]:
        return dataclasses.replace(circuit.neurons[-1], id=neuron)
    return circuit.neuron(neuron)


def again(node: CoreNeuron, importance, counts, crops) -> CoreNeuron:
    drawn = np.repeat(np.arange(len(node.concept.patches)), counts[node.concept.patches // crops])
    concept = NeuronConcept(node.concept.patches[drawn], node.concept.activations[drawn])
    meanings = [
        dataclasses.replace(one, patches=concept.patches[np.isin(concept.patches, one.patches)])
        for one in node.semantic_groups
    ]
    groups = tuple(
        dataclasses.replace(one, number=number)
        for number, one in enumerate(one for one in meanings if len(one.patches))
    )
    if node.inputs is None:
        return CoreNeuron(node.id, importance, concept, groups, None)
    sources = np.concatenate([node.inputs.sources, node.inputs.runners_up])
    values = np.hstack([node.inputs.attributions, node.inputs.runner_up_attributions])[drawn]
    core = rank_core_neurons(np.abs(values).mean(axis=0), len(node.inputs.sources))
    values = values[:, core]
    inputs = NeuronInputs(
        sources=sources[core],
        scores=np.abs(values).mean(axis=0),
        attributions=values,
        weights=edge_weights(values, concept, groups),
        completeness_gap=np.zeros(len(values)),
        response_change=values.sum(axis=1),
    )
    return CoreNeuron(node.id, importance, concept, groups, inputs)
