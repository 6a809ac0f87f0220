"""Snapshots made by hand: small, self-consistent, the same for the same seed on every machine."""

from __future__ import annotations

import colorsys
import io
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from PIL import Image, ImageDraw

from neurflow_lightning.config import NeurFlowConfig
from neurflow_lightning.types import (
    Circuit,
    CoreNeuron,
    GroupEdge,
    GroupId,
    NeuronConcept,
    NeuronGroup,
    NeuronId,
    NeuronInputs,
    PatchGrid,
    ProbeInfo,
    SegmentAttribution,
    SemanticGroup,
    Snapshot,
)

CLASS_NAMES = ("functional", "<b>crack</b> & |pipe|", "Zellkörper 细胞", "soldering")
SIDE = 64
TOP_K = 12
IMAGES_PER_CLASS = 4


def make_snapshot(
    seed: int = 0,
    targets: int = 2,
    layers: Sequence[str] = ("layer2", "layer3", "fc"),
    neurons: int = 6,
    epoch: int | None = 0,
    step: int | None = 10,
) -> Snapshot:
    """A plausible snapshot: ``neurons`` core neurons in every layer below the target's.

    The probe set, and so its fingerprint and thumbnails, depends on the number of classes
    alone: snapshots of other seeds, epochs and steps can be compared.
    """
    rng = np.random.default_rng(seed)
    probe = _probe(max(targets, len(CLASS_NAMES)))
    circuits = tuple(
        _circuit(rng, target, tuple(layers), neurons, probe) for target in range(targets)
    )
    shown = {int(row) for one in circuits for group in one.groups for row in group.patches}
    return Snapshot(
        circuits=circuits,
        layers=tuple(layers),
        config=NeurFlowConfig(
            tau=neurons,
            top_k=TOP_K,
            granularities=(1.0, 0.5),
            images_per_target=IMAGES_PER_CLASS,
            max_neurons_per_layer=neurons,
        ),
        probe=probe,
        thumbnails={row: thumbnail(probe.grid, row) for row in sorted(shown)},
        images={image: _source(image) for image in sorted({*map(probe.grid.image, shown)})},
        methods=dict.fromkeys(layers[1:], "traced"),
        attribution={layer: _attribution(place) for place, layer in enumerate(layers[1:])},
        epoch=epoch,
        step=step,
        versions={"neurflow-lightning": "0.1.0", "torch": "2.4.0"},
    )


def _attribution(place: int) -> SegmentAttribution:
    """The shallowest pair's attributions do not predict knockouts, all others do."""
    compared = (
        {"gradient": 0.99}
        if place
        else {"gradient": 0.4, "norm-held-gradient": 0.7, "norm-held": 0.71, "ig": 0.31}
    )
    method, nodes, hold = ("gradient", 1, ()) if place else ("norm-held", 4, ("norm",))
    return SegmentAttribution(method, nodes, hold, compared[method], compared, 0.02)


def _probe(classes: int) -> ProbeInfo:
    corners = [(top, left) for top in (0, 16, 32) for left in (0, 16, 32)]
    boxes = [(0, 0, SIDE, SIDE)] + [(top, left, SIDE // 2, SIDE // 2) for top, left in corners]
    names = CLASS_NAMES + tuple(f"class {number}" for number in range(len(CLASS_NAMES), classes))
    return ProbeInfo(
        fingerprint=f"{classes:064x}",
        grid=PatchGrid(IMAGES_PER_CLASS * classes, np.array(boxes)),
        input_shape=(3, SIDE, SIDE),
        labels=np.repeat(np.arange(classes), IMAGES_PER_CLASS),
        class_names=names,
    )


# --- thumbnails --------------------------------------------------------------------------


def thumbnail(grid: PatchGrid, row: int) -> bytes:
    """The patch's crop of its drawn image, as JPEG of ``SIDE`` pixels."""
    top, left, height, width = (int(edge) for edge in grid.box(row))
    crop = _picture(grid.image(row)).crop((left, top, left + width, top + height))
    buffer = io.BytesIO()
    crop.resize((SIDE, SIDE), Image.Resampling.BILINEAR).save(buffer, "JPEG", quality=85)
    return buffer.getvalue()


def _source(image: int) -> bytes:
    """A whole drawn image, as JPEG."""
    buffer = io.BytesIO()
    _picture(image).save(buffer, "JPEG", quality=85)
    return buffer.getvalue()


@lru_cache
def _picture(image: int) -> Image.Image:
    """A gradient with a shape: the class gives hue and shape, the image place and size."""
    shape, copy = divmod(image, IMAGES_PER_CLASS)
    hue = shape * 0.23 % 1
    light, dark = (np.array(colorsys.hsv_to_rgb(hue, 0.45, value)) * 255 for value in (0.95, 0.45))
    slope = np.linspace(0, 1, SIDE)[:, None, None] * np.ones((1, SIDE, 1))
    picture = Image.fromarray((light + (dark - light) * slope).astype(np.uint8))
    radius, x, y = 9 + 3 * copy, 22 + 6 * copy, 38 - 4 * copy
    draw, ink = ImageDraw.Draw(picture), _ink(hue)
    if shape % 4 == 0:
        draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=ink)
    elif shape % 4 == 1:
        draw.line((x - radius, 4, x, y, x - 4, y + 9, x + radius, SIDE - 4), fill=ink, width=4)
    elif shape % 4 == 2:
        draw.rectangle((x - radius, y - radius, x + radius, y + radius), fill=ink)
    else:
        draw.regular_polygon((x, y, radius), 3, rotation=20 * copy, fill=ink)
    return picture


def _ink(hue: float) -> tuple[int, int, int]:
    red, green, blue = colorsys.hsv_to_rgb((hue + 0.5) % 1, 0.8, 0.9)
    return int(red * 255), int(green * 255), int(blue * 255)


# --- circuits ----------------------------------------------------------------------------


def _circuit(
    rng: np.random.Generator, target: int, layers: tuple[str, ...], neurons: int, probe: ProbeInfo
) -> Circuit:
    widths = dict.fromkeys(layers, 2 * neurons + 4) | {layers[-1]: len(probe.class_names)}
    rows = probe.grid.rows(np.flatnonzero(probe.labels == target))
    chosen = {layer: rng.choice(widths[layer], neurons, replace=False) for layer in layers[:-1]}
    chosen[layers[-1]] = np.array([target])
    importances = {target: 1.0}
    nodes: list[CoreNeuron] = []
    for layer, below in zip(reversed(layers), [*reversed(layers[:-1]), None], strict=True):
        level = [
            _neuron(
                rng, NeuronId(layer, index), share, rows, chosen.get(below), widths[below or layer]
            )
            for index, share in sorted(importances.items(), key=lambda item: (-item[1], item[0]))
        ]
        nodes += level
        importances = _handed_down(level)
    groups = tuple(
        group
        for layer in reversed(layers)
        for group in _groups(rng, layer, [node for node in nodes if node.id.layer == layer])
    )
    return Circuit(
        target=NeuronId(layers[-1], target),
        name=probe.class_name(target),
        layers=layers,
        neurons=tuple(nodes),
        groups=groups,
        edges=tuple(_edges(layers, nodes, groups)),
        seconds={layer: round(float(rng.uniform(0.1, 2)), 3) for layer in layers},
        left_out={layers[0]: 2} if len(layers) > 1 else {},
    )


def _neuron(
    rng: np.random.Generator,
    neuron: NeuronId,
    importance: float,
    rows: np.ndarray,
    pool: np.ndarray | None,
    width: int,
) -> CoreNeuron:
    patches = rng.permutation(rows)[:TOP_K]
    activations = np.sort(rng.gamma(2.0, 1.0, len(patches)))[::-1].astype(np.float32)
    meanings = 1 if pool is None else int(rng.integers(1, 4))
    meaning = np.sort(rng.permutation(np.arange(len(patches)) % meanings))
    meaning = rng.permutation(meaning)
    groups = tuple(
        SemanticGroup(
            number=number,
            patches=patches[meaning == number],
            activation=float(activations[meaning == number].mean()),
            concept_vector=rng.gamma(1.5, 1.0, width),
        )
        for number in range(meanings)
    )
    inputs = None if pool is None else _inputs(rng, pool, meaning)
    return CoreNeuron(neuron, importance, NeuronConcept(patches, activations), groups, inputs)


def _inputs(rng: np.random.Generator, pool: np.ndarray, meaning: np.ndarray) -> NeuronInputs:
    strengths = rng.normal(0.3, 1.0, (meaning.max() + 1, len(pool)))
    attributions = strengths[meaning] + rng.normal(0, 0.1, (len(meaning), len(pool)))
    scores = np.abs(attributions).mean(axis=0)
    order = np.argsort(-scores)
    attributions = attributions[:, order]
    means = np.stack(
        [attributions[meaning == number].mean(axis=0) for number in range(meaning.max() + 1)]
    )
    gap = rng.normal(0, 0.01, len(meaning))
    runners_up = np.setdiff1d(np.arange(2 * len(pool) + 4), pool)[: len(pool)]
    weaker = attributions[:, -1:] * np.linspace(0.9, 0.1, len(runners_up))
    return NeuronInputs(
        sources=pool[order],
        scores=scores[order],
        attributions=attributions,
        weights=means / np.abs(means).sum(axis=1, keepdims=True),
        completeness_gap=gap,
        response_change=attributions.sum(axis=1) - gap,
        runners_up=runners_up,
        runner_up_shares=weaker / np.abs(attributions).max(),
    )


def _handed_down(nodes: list[CoreNeuron]) -> dict[int, float]:
    shares: dict[int, float] = {}
    for node in nodes:
        if node.inputs is not None:
            weights = np.abs(node.inputs.weights).mean(axis=0)
            for source, weight in zip(node.inputs.sources, weights, strict=True):
                shares[int(source)] = shares.get(int(source), 0.0) + node.importance * float(weight)
    return shares


def _groups(rng: np.random.Generator, layer: str, nodes: list[CoreNeuron]) -> list[NeuronGroup]:
    meanings = [(node.id, meaning) for node in nodes for meaning in node.semantic_groups]
    number = rng.permutation(np.arange(len(meanings)) % min(3, len(meanings)))
    parts = [
        [meaning for meaning, own in zip(meanings, number, strict=True) if own == one]
        for one in range(number.max() + 1)
    ]
    return [
        NeuronGroup(
            id=GroupId(layer, one),
            members=tuple((neuron, meaning.number) for neuron, meaning in part),
            concept_vector=np.mean([meaning.concept_vector for _, meaning in part], axis=0),
            patches=_most_shared([meaning for _, meaning in part]),
        )
        for one, part in enumerate(parts)
    ]


def _most_shared(meanings: list[SemanticGroup], limit: int = 9) -> np.ndarray:
    rows, counts = np.unique(np.concatenate([one.patches for one in meanings]), return_counts=True)
    return rows[np.argsort(-counts, kind="stable")][:limit]


def _edges(
    layers: tuple[str, ...], nodes: list[CoreNeuron], groups: tuple[NeuronGroup, ...]
) -> list[GroupEdge]:
    known = {node.id: node for node in nodes}
    below = dict(zip(layers[1:], layers[:-1], strict=True))
    return [
        GroupEdge(lower.id, upper.id, weight)
        for upper in groups
        for lower in groups
        if lower.id.layer == below.get(upper.id.layer)
        and (weight := _group_weight(known, upper, lower)) != 0
    ]


def _group_weight(
    known: dict[NeuronId, CoreNeuron], upper: NeuronGroup, lower: NeuronGroup
) -> float:
    total = 0.0
    for neuron, number in upper.members:
        inputs = known[neuron].inputs
        for source, weight in zip(inputs.sources, inputs.weights[number], strict=True):
            node = known[NeuronId(lower.id.layer, int(source))]
            total += float(weight) * _share(node, lower)
    return total


def _share(node: CoreNeuron, group: NeuronGroup) -> float:
    """The share of the neuron's patches that lie in its semantic groups in ``group``."""
    own = [number for neuron, number in group.members if neuron == node.id]
    inside = sum(len(node.semantic_groups[number].patches) for number in own)
    return inside / len(node.concept.patches)
