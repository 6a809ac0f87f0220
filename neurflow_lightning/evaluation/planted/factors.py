"""T4: images of a shape, in a colour, with a texture, and a network that learned to tell them.

Each image holds one of three shapes (disc, cross, frame) in one of three colours (red, green, blue)
and with one of three textures (plain, stripes, dots): nine *factor values*. A small CNN is trained
to read them, each from :data:`COPIES` channels of its own in the layer ``concepts``; so what each
of these channels stands for is known, and what lies below is learned. The target is the sum over
one value of each factor: *disc*, *red*, *stripes*.

Neuron groups cluster *meanings*: what a neuron's patches have in common. A meaning's true label is
thus the factor values that its images share (:data:`SHARED`), such as *red* or *red with stripes*;
they are known of the images, whatever the network does. The groups in ``concepts`` should be the
same partition, by adjusted mutual information.

The factor value of the neurons themselves is another partition, and groups agree less with it: the
channel for red fires on red stripes, the one for stripes too, and that meaning of both is one
group.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator, Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn
from torch.nn import functional

from neurflow_lightning.config import NeurFlowConfig
from neurflow_lightning.core.attribution import AttributionMethod
from neurflow_lightning.core.probes import ProbeSet
from neurflow_lightning.evaluation.planted.applying import ALL, circuits_by
from neurflow_lightning.evaluation.planted.cases import Case, Tier
from neurflow_lightning.evaluation.planted.results import Line, Measured
from neurflow_lightning.evaluation.planted.scoring import (
    adjusted_mutual_information,
    precision_and_recall,
)
from neurflow_lightning.types import Circuit, NeuronId

SIDE = 24
FACTORS, VALUES, COPIES = 3, 3, 4
WANTED = (0, 3, 7)
"""Factor values that the target is the sum of: disc, red, stripes."""

TRAINING_IMAGES, EPOCHS, BATCH = 1500, 8, 50
PROBES = 216

SHARED = 0.8
"""Share of a meaning's images from which on a factor value is common to them."""

LAYERS = ("colours", "parts", "shapes", "concepts", "fc")
CONFIG = NeurFlowConfig(
    granularities=ALL,
    images_per_target=PROBES,
    top_k=40,
    max_neurons_per_layer=16,
    resamples=0,
)


def images(count: int, seed: int) -> tuple[Tensor, Tensor]:
    """(N, 3, 24, 24) images and (N, 3) which value each factor has, all equally often."""
    random = np.random.default_rng(seed)
    values = np.stack(
        [random.permutation(np.arange(count) % VALUES) for _ in range(FACTORS)], axis=1
    )
    drawn = [_image(shape, colour, texture, random) for shape, colour, texture in values.tolist()]
    return torch.from_numpy(np.stack(drawn)), torch.from_numpy(values)


def _image(
    shape: int, colour: int, texture: int, random: np.random.Generator
) -> npt.NDArray[np.float32]:
    row, column = np.mgrid[:SIDE, :SIDE] - random.integers(9, SIDE - 9, (2, 1, 1))
    size = random.integers(6, 9)
    far, near = np.maximum(abs(row), abs(column)), np.minimum(abs(row), abs(column))
    inside = (
        row**2 + column**2 < size**2,
        (far < size) & (near < 2),
        (far < size) & (far > size - 3),
    )
    shade = (np.ones_like(row), row % 4 < 2, (row % 3 == 0) & (column % 3 == 0))
    image = random.normal(0.1, 0.05, (3, SIDE, SIDE))
    image[colour] += random.uniform(0.8, 1.2) * inside[shape] * (0.25 + 0.75 * shade[texture])
    return image.astype(np.float32)


def network(seed: int) -> nn.Sequential:
    """The network of :data:`LAYERS`, trained on images of its own."""
    with torch.random.fork_rng(devices=[]), torch.enable_grad():
        torch.manual_seed(seed)
        model = _untrained()
        optimiser = torch.optim.Adam(model.parameters(), lr=0.005)
        inputs, values = images(TRAINING_IMAGES, seed + 10_000)
        for _ in range(EPOCHS):
            for rows in torch.split(torch.randperm(len(inputs)), BATCH):
                loss = _loss(model[:4](inputs[rows]), values[rows])
                optimiser.zero_grad()
                torch.autograd.backward(loss)
                optimiser.step()
    return model.requires_grad_(False).eval()


def _untrained() -> nn.Sequential:
    channels = FACTORS * VALUES * COPIES
    concepts = nn.Sequential(nn.Conv2d(32, channels, 3, padding=1), nn.ReLU())
    fc = nn.Sequential(nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(channels, 1, bias=False))
    with torch.no_grad():
        fc.get_parameter("2.weight").copy_(
            torch.isin(channel_values(), torch.tensor(WANTED)).float()[None]
        )
        concepts.get_parameter("0.bias").fill_(1.0)  # so that none is dead from the start
    return nn.Sequential(
        OrderedDict(
            colours=nn.Sequential(nn.Conv2d(3, 12, 3, padding=1), nn.ReLU()),
            parts=nn.Sequential(nn.Conv2d(12, 24, 3, 2, padding=1), nn.ReLU()),
            shapes=nn.Sequential(nn.Conv2d(24, 32, 5, 2, padding=2), nn.ReLU()),
            concepts=concepts,
            fc=fc,
        )
    )


def channel_values() -> Tensor:
    """(36,) factor value of each channel of ``concepts``: 3 · factor + value."""
    return torch.arange(FACTORS * VALUES).repeat_interleave(COPIES)


def _loss(concepts: Tensor, values: Tensor) -> Tensor:
    """Each copy of each factor is to tell the value by itself."""
    told = concepts.mean((2, 3)).reshape(-1, FACTORS, VALUES, COPIES).transpose(1, 2)
    return functional.cross_entropy(10 * told, values[:, :, None].expand(-1, -1, COPIES))


def accuracy(model: nn.Sequential, seed: int) -> float:
    """Share of factors that single copies tell rightly on new images."""
    inputs, values = images(300, seed + 20_000)
    with torch.no_grad():
        told = model[:4](inputs).mean((2, 3)).reshape(-1, FACTORS, VALUES, COPIES)
    return float((told.argmax(2) == values[:, :, None]).float().mean())


@lru_cache(maxsize=8)
def trained(seed: int) -> tuple[nn.Sequential, Tensor, Tensor]:
    """A network, probe images and their values: trained once, for all methods."""
    return network(seed), *images(PROBES, seed)


def _grouped(method: AttributionMethod, seeds: Sequence[int]) -> Iterator[Measured]:
    rows = [_one_network(method, seed) for seed in seeds]
    for name in rows[0]:
        value = float(np.mean([row[name] for row in rows]))
        line = Line(0.8) if name == "group–factor AMI" else None
        yield Measured("T4", CASE, name, value, line)


def _one_network(method: AttributionMethod, seed: int) -> dict[str, float]:
    model, probes, values = trained(seed)
    snapshot = circuits_by(method, model, ProbeSet(probes), LAYERS, [0], CONFIG)
    circuit = snapshot.circuit(0)
    wanted = torch.isin(channel_values(), torch.tensor(WANTED)).nonzero()[:, 0].tolist()
    found = [one.id.index for one in circuit.layer_neurons("concepts")]
    return {
        "group–factor AMI": group_factor_agreement(circuit, values.numpy()),
        "AMI with the neurons' own values": group_channel_agreement(circuit),
        "core neurons of wanted values": precision_and_recall(found, wanted)[0],
        "accuracy of the network": accuracy(model, seed),
    }


def group_factor_agreement(circuit: Circuit, values: npt.NDArray[np.int64]) -> float:
    """AMI of neuron groups with the factor values that the images of each meaning share.

    Args:
        circuit: of a network with the layer ``concepts``.
        values: (N, 3) value of each factor in each image.
    """
    meanings = {
        (neuron.id, group.number): shared(values[group.patches])
        for neuron in circuit.layer_neurons("concepts")
        for group in neuron.semantic_groups
    }
    return _agreement(circuit, meanings.__getitem__)


def group_channel_agreement(circuit: Circuit) -> float:
    """AMI of neuron groups with the factor value of each meaning's neuron."""
    channels = channel_values().tolist()
    return _agreement(circuit, lambda member: (channels[member[0].index],))


def shared(values: npt.NDArray[np.int64]) -> tuple[int | None, ...]:
    """The value of each factor that most images share; ``None`` where they differ.

    >>> shared(np.array([[0, 1, 2], [1, 1, 2], [2, 1, 2]]))
    (None, 1, 2)
    """
    counts = [np.bincount(column, minlength=VALUES) for column in values.T]
    return tuple(int(one.argmax()) if one.max() >= SHARED * len(values) else None for one in counts)


def _agreement(circuit: Circuit, label: Callable[[tuple[NeuronId, int]], Hashable]) -> float:
    groups = circuit.layer_groups("concepts")
    members = [(group.id.number, label(member)) for group in groups for member in group.members]
    return adjusted_mutual_information(*zip(*members, strict=True))


CASE = "shape × colour × texture"
TIER = Tier("T4", "neuron groups of a trained network", (Case(CASE, _grouped),), seeds=(5, 1))
