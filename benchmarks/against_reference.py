"""Time, memory and agreement against the code of the paper's authors, on the same work.

    git clone https://github.com/tue147/neurflow ../neurflow
    pip install captum elpv-dataset
    python benchmarks/against_reference.py --reference ../neurflow --cases resnet18-64

1. :func:`prepare` makes images and weights of a case once: photographs of defective solar cells;
   weights as torchvision draws them, with batch statistics of other cells, or trained on these.
2. :func:`run_ours` and :func:`run_reference` analyse the same images with the same layers, target,
   k, τ and patches, without knockout pruning and stability, and cluster neurons and groups. Each
   run has a fresh process; the clock starts when everything is imported and loaded and the network
   has run once.
3. :func:`run_truth` finds the circuit once more with 200 evenly laid Gauss–Legendre nodes in
   float32, and holds some of its scores against captum's integrated gradients.
4. The sides run in turn, ``--pairs`` times. A ratio is the median over these rounds of the
   reference's number over ours in that round.

The reference is read from the user's clone and never written to. Its two modules import each other,
which Python refuses; the one line of that is changed in memory (:func:`load_reference`).
"""

from __future__ import annotations

import argparse
import hashlib
import io
import json
import statistics
import sys
import tempfile
import types
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import asdict, dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any
from unittest import mock

import numpy as np
import torch
import torchvision
from _measuring import Cost, apart, machine, measure, table
from report import at_least_one, say
from torch import Tensor, nn
from torch.nn.functional import cross_entropy, interpolate

from neurflow_lightning import NeurFlowConfig, ProbeSet, Snapshot, analyze

TARGET = 1
"""The class explained: defective solar cells."""

GRANULARITIES = (1.0, 0.5, 0.25)
SEED = 0
TRUTH_NODES = 200
REFERENCE = "reference"
WEIGHTS = ("random", "trained")

TRAINING_CELLS = 400
STATISTICS_CELLS = 32
LARGEST_SPLIT_ERROR = 1e-4
"""Relative difference of logits up to which the reference's split counts as the network itself."""

CircuitSets = dict[str, dict[int, tuple[int, ...]]]
"""Layer → neuron → its core neurons in the layer below."""


@dataclass(frozen=True)
class Case:
    """One workload.

    Attributes:
        layers: shallow to deep, the last one giving the logits.
        epochs: of training, where the weights are trained.
    """

    name: str
    architecture: str
    side: int
    images: int
    layers: tuple[str, ...]
    tau: int
    top_k: int
    epochs: int

    @property
    def patches(self) -> int:
        """1 + 9 + 49 of each image."""
        return 59 * self.images


CASES = {
    case.name: case
    for case in (
        Case(
            "resnet18-64",
            "resnet18",
            side=64,
            images=20,
            layers=("layer2.1", "layer3.0", "layer3.1", "layer4.0", "layer4.1", "fc"),
            tau=8,
            top_k=50,
            epochs=8,
        ),
        Case(
            "resnet18-224",
            "resnet18",
            side=224,
            images=5,
            layers=("layer3.1", "layer4.0", "layer4.1", "fc"),
            tau=8,
            top_k=20,
            epochs=3,
        ),
        Case(
            "resnet50-224",
            "resnet50",
            side=224,
            images=3,
            layers=("layer4.0", "layer4.1", "layer4.2", "fc"),
            tau=4,
            top_k=20,
            epochs=2,
        ),
        Case(
            "googlenet-224",
            "googlenet",
            side=224,
            images=5,
            layers=("inception4e", "inception5a", "inception5b", "fc"),
            tau=4,
            top_k=50,
            epochs=3,
        ),
    )
}

VARIANTS: dict[str, dict[str, Any]] = {
    "float32": {},
    "stability": {"resamples": NeurFlowConfig().resamples},
    "50-nodes": {"nodes": 50, "node_power": 1},
    "64-MiB": {"memory_budget": 64 * 2**20},
    "bf16-prefix": {"precision": "bf16-prefix"},
    "bf16": {"precision": "bf16"},
}
"""Ways to run ours: what each changes of :func:`config_of`."""


@dataclass(frozen=True)
class Run:
    """One side's analysis: what it took and the core neurons it found."""

    cost: Cost
    core: CircuitSets


@dataclass(frozen=True)
class Truth:
    """The circuit at :data:`TRUTH_NODES` nodes.

    Attributes:
        checked: neurons whose scores were held against captum's.
        error: the largest difference there, over the neuron's largest score.
        overlap: the smallest overlap of their core neurons with captum's.
    """

    core: CircuitSets
    checked: int
    error: float
    overlap: float


@dataclass(frozen=True)
class Agreement:
    """Core neurons against the truth's.

    Attributes:
        found: neurons of the circuit that have core neurons.
        compared: those of them that the true circuit has too.
        overlap: mean share of a neuron's true core neurons that were found.
        identical: share of the neurons with all of them found.
    """

    found: int
    compared: int
    overlap: float
    identical: float


@dataclass(frozen=True)
class Side:
    """All runs of one side."""

    name: str
    costs: tuple[Cost, ...]
    agreement: Agreement


@dataclass(frozen=True)
class Comparison:
    """One case with one kind of weights."""

    case: Case
    weights: str
    accuracy: float | None
    truth: Mapping[str, float]
    reference: Side
    ours: tuple[Side, ...] = field(default_factory=tuple)


# -- images and weights


def build(architecture: str) -> nn.Module:
    """A network for two classes as torchvision draws it, seeded, in evaluation mode."""
    options: dict[str, Any] = {"weights": None, "num_classes": 2}
    if architecture == "googlenet":
        # Without auxiliary heads, and with its own scaling of the input, as when it is pretrained.
        options |= {"aux_logits": False, "transform_input": True, "init_weights": False}
    torch.manual_seed(SEED)
    network: nn.Module = torchvision.models.get_model(architecture, **options)
    return network.eval()


def solar_cells(side: int) -> tuple[Tensor, Tensor]:
    """(N, 3, side, side) photographs and (N,) labels, 1 for defective; the classes in turns."""
    from elpv_dataset.utils import load_dataset

    photographs, probability, _ = load_dataset()
    random = np.random.default_rng(SEED)
    good, bad = (random.permutation(np.flatnonzero(probability == value)) for value in (0.0, 1.0))
    rows = np.stack([good[: len(bad)], bad], axis=1).ravel()
    gray = torch.tensor(photographs[rows], dtype=torch.float32)[:, None] / 255
    small = interpolate(gray, size=(side, side), mode="bilinear", antialias=True)
    small = (small - small.mean()) / small.std()
    return small.repeat(1, 3, 1, 1), torch.arange(len(rows)) % 2


def prepare(case: Case, weights: str, path: Path) -> float | None:
    """Write images and weights of a case; the accuracy on unseen cells where it was trained."""
    images, labels = solar_cells(case.side)
    network = build(case.architecture)
    unseen = slice(TRAINING_CELLS, None)
    accuracy = None
    if weights == "random":
        settle(network, images[:STATISTICS_CELLS])
    else:
        train(network, images[:TRAINING_CELLS], labels[:TRAINING_CELLS], case.epochs)
        accuracy = _accuracy(network, images[unseen][:200], labels[unseen][:200])
    probes = images[unseen][labels[unseen] == TARGET][: case.images]
    torch.save({"images": probes.clone(), "state": network.state_dict()}, path)
    return accuracy


def settle(network: nn.Module, images: Tensor) -> None:
    """Give batch normalisation the statistics of the images; left in evaluation mode.

    As torchvision draws them, ResNet and GoogLeNet add no constant between hidden layers: along a
    straight path from zero no gradient changes, and one node would be as good as two hundred.
    """
    norms = [one for one in network.modules() if isinstance(one, nn.BatchNorm2d)]
    usual = [one.momentum for one in norms]
    for one in norms:
        one.momentum = 1.0
    with torch.no_grad():
        network.train()(images)
    network.eval()
    for one, momentum in zip(norms, usual, strict=True):
        one.momentum = momentum


def train(network: nn.Module, images: Tensor, labels: Tensor, epochs: int) -> None:
    """A few epochs of AdamW, seeded; left in evaluation mode."""
    torch.manual_seed(SEED)
    optimiser = torch.optim.AdamW(network.parameters(), lr=1e-3)
    network.train()
    for _ in range(epochs):
        for rows in torch.randperm(len(images)).split(16):
            optimiser.zero_grad()
            cross_entropy(network(images[rows]), labels[rows]).backward()
            optimiser.step()
    network.eval()


@torch.no_grad()
def _accuracy(network: nn.Module, images: Tensor, labels: Tensor) -> float:
    logits = torch.cat([network(batch) for batch in images.split(32)])
    return float((logits.argmax(1) == labels).float().mean())


def load(case: Case, path: Path) -> tuple[nn.Module, Tensor]:
    """Network and images as :func:`prepare` wrote them, after one run that warms up the kernels."""
    stored = torch.load(path, weights_only=True)
    network = build(case.architecture)
    network.load_state_dict(stored["state"])
    with torch.no_grad():
        network(stored["images"][:2])
    return network, stored["images"]


# -- ours and the truth


def config_of(case: Case, **changes: Any) -> NeurFlowConfig:
    """The case's numbers; as many groups as the reference and no stability; else the paper's."""
    numbers: dict[str, Any] = {
        "tau": case.tau,
        "top_k": case.top_k,
        "images_per_target": case.images,
        "granularities": GRANULARITIES,
        "max_neuron_groups": 100,
        "resamples": 0,
    }
    return NeurFlowConfig.preset("paper", **{**numbers, **changes})


def opened(case: Case, path: Path) -> tuple[nn.Module, ProbeSet]:
    """Network and probe set of a prepared case; the network has run once."""
    network, images = load(case, path)
    return network, ProbeSet(images, torch.full((len(images),), TARGET))


def analysis(
    case: Case, network: nn.Module, probes: ProbeSet, **changes: Any
) -> Callable[[], Snapshot]:
    """The analysis, ready to be made; ``changes`` are to the case's config."""
    config = config_of(case, **changes)
    return lambda: analyze(network, probes, layers=case.layers, targets=[TARGET], config=config)


def core_sets(snapshot: Snapshot) -> CircuitSets:
    """Layer → neuron → its core neurons, of the only circuit."""
    found: CircuitSets = {}
    for node in snapshot.circuits[0].neurons:
        if node.inputs is not None:
            found.setdefault(node.id.layer, {})[node.id.index] = tuple(node.inputs.sources.tolist())
    return found


def run_ours(case: Case, path: Path, variant: str) -> Run:
    """One analysis by this package."""
    snapshot, cost = measure(analysis(case, *opened(case, path), **VARIANTS[variant]))
    return Run(cost, core_sets(snapshot))


def run_truth(case: Case, path: Path) -> Truth:
    """The circuit with so many nodes that more would not change it."""
    snapshot = analysis(case, *opened(case, path), nodes=TRUTH_NODES, node_power=1)()
    checks = list(_checks(case, path, snapshot))
    return Truth(
        core_sets(snapshot),
        len(checks),
        max(error for error, _ in checks),
        min(overlap for _, overlap in checks),
    )


def _checks(case: Case, path: Path, snapshot: Snapshot) -> Iterator[tuple[float, float]]:
    """Score error and core overlap of every layer's first neuron against captum."""
    network, images = load(case, path)
    circuit = snapshot.circuits[0]
    for lower, upper in pairwise(case.layers):
        node = circuit.layer_neurons(upper)[0]
        assert node.inputs is not None
        patches = torch.cat([_patch(snapshot, images, int(row)) for row in node.concept.patches])
        scores = captum_scores(network, lower, upper, node.id.index, patches)
        theirs = torch.tensor(node.inputs.scores)
        difference = (scores[torch.tensor(node.inputs.sources)] - theirs).abs().max()
        best = scores.topk(len(theirs)).indices.tolist()
        shared = len(set(best) & set(node.inputs.sources.tolist())) / len(best)
        yield float(difference / theirs.max()), shared


def _patch(snapshot: Snapshot, images: Tensor, row: int) -> Tensor:
    grid = snapshot.probe.grid
    box = grid.box(row)
    assert box is not None
    top, left, height, width = box.tolist()
    image = images[grid.image(row)][None]
    crop = image[..., top : top + height, left : left + width]
    return interpolate(crop, size=image.shape[-2:], mode="bilinear", align_corners=False)


def captum_scores(
    network: nn.Module, lower: str, upper: str, neuron: int, patches: Tensor
) -> Tensor:
    """(C') mean over the patches of |T(a, s, v)|, without any of this package's machinery.

    The whole network runs, and what ``lower`` gives is replaced. That makes a function of the lower
    activations alone where every way from the input to ``upper`` goes through ``lower``, as it does
    at the ends of residual blocks and inception modules.
    """
    from captum.attr import IntegratedGradients

    def upper_of(activations: Tensor) -> Tensor:
        with _outputs(network, upper) as found, _replaced(network, lower, activations):
            network(patches[:1])  # one image is enough: its own lower activations are replaced
        return _positions_averaged(found[0])

    with torch.no_grad(), _outputs(network, lower) as found:
        network(patches)
    attributions = IntegratedGradients(upper_of).attribute(
        found[0],
        baselines=torch.zeros_like(found[0]),
        target=neuron,
        n_steps=TRUTH_NODES,
        method="gausslegendre",
        internal_batch_size=max(TRUTH_NODES, len(patches)),
    )
    return _positions_averaged(attributions.detach()).abs().mean(0)


@contextmanager
def _outputs(network: nn.Module, layer: str) -> Iterator[list[Tensor]]:
    found: list[Tensor] = []

    def keep(_module: nn.Module, _inputs: object, output: Tensor) -> None:
        found.append(output)

    handle = network.get_submodule(layer).register_forward_hook(keep)
    try:
        yield found
    finally:
        handle.remove()


@contextmanager
def _replaced(network: nn.Module, layer: str, value: Tensor) -> Iterator[None]:
    handle = network.get_submodule(layer).register_forward_hook(lambda *_: value)
    try:
        yield
    finally:
        handle.remove()


def _positions_averaged(activations: Tensor) -> Tensor:
    return activations.flatten(2).mean(2) if activations.ndim > 2 else activations


# -- the reference


@dataclass(frozen=True)
class Reference:
    """The two modules of the reference code."""

    neurflow: Any
    utils: Any


def load_reference(folder: Path) -> Reference:
    """The reference code of a clone, loaded without writing to it.

    ``utils`` imports ``Framework`` for its annotations alone, while ``NeurFlow`` imports ``utils``:
    the line gives way to a name that stands for anything.

    Raises:
        FileNotFoundError: where there is no clone.
    """
    utils = types.ModuleType("utils")
    code = _source(folder, "utils.py")
    code = code.replace("from NeurFlow import Framework", "Framework = object")
    exec(compile(code, str(folder / "utils.py"), "exec"), utils.__dict__)
    neurflow = types.ModuleType("NeurFlow")
    with mock.patch.dict(sys.modules, {"utils": utils}):
        code = _source(folder, "NeurFlow.py")
        exec(compile(code, str(folder / "NeurFlow.py"), "exec"), neurflow.__dict__)
    return Reference(neurflow, utils)


def _source(folder: Path, name: str) -> str:
    path = folder / name
    if not path.is_file():
        raise FileNotFoundError(
            f"{path} is missing: wanted a clone of the reference code. "
            f"git clone https://github.com/tue147/neurflow {folder}"
        )
    return path.read_text(encoding="utf-8")


def fingerprint(folder: Path) -> str:
    """12 digits that tell versions of the reference code apart."""
    code = _source(folder, "NeurFlow.py") + _source(folder, "utils.py")
    return hashlib.sha256(code.encode()).hexdigest()[:12]


def split(utils: Any, network: nn.Module, layers: Sequence[str]) -> list[tuple[Any, Any]]:
    """(network up to the lower layer, network between the layers) of each pair, deep to shallow.

    The helper asks for one of three architectures; what it gives for ``resnet50`` fits any ResNet.
    """
    known = {torchvision.models.ResNet: "resnet50", torchvision.models.AlexNet: "alexnet"}
    extra = utils.get_conditional_modules(known.get(type(network), "googlenet"))
    return [
        (
            utils.split_model(network, lower, True, extra)[0],
            utils.get_sub_model(network, lower, upper, True, extra),
        )
        for lower, upper in reversed(list(pairwise(layers)))
    ]


def check_split(parts: Sequence[tuple[Any, Any]], network: nn.Module, images: Tensor) -> None:
    """Whether the two halves give the network's own logits, and the pairs follow each other.

    Raises:
        ValueError: where they do not: times of another computation would mean nothing.
    """
    with torch.no_grad():
        expected = network(images)
        for below, between in parts:
            found = between(below(images))
            error = float((found - expected).abs().max() / expected.abs().max())
            if not error <= LARGEST_SPLIT_ERROR:
                raise ValueError(
                    f"The reference's split of the network differs from it by {error:.1e}: wanted "
                    f"at most {LARGEST_SPLIT_ERROR:g}. Use an architecture it knows."
                )
            expected = below(images)


def run_reference(case: Case, path: Path, folder: Path, batch: int, batch_ig: int) -> Run:
    """One analysis by the reference code, as its own run.py does it, and its clustering."""
    reference = load_reference(folder)
    network, images = load(case, path)
    check_split(split(reference.utils, network, case.layers), network, images[:2])

    def work() -> Any:
        found = reference.neurflow.Framework(
            1, len(case.layers) - 1, images, TARGET, "cpu", granularities=list(GRANULARITIES)
        )
        parts = split(reference.utils, network, case.layers)
        for layer, (below, between) in zip(range(len(parts), 0, -1), parts, strict=True):
            found.fit(
                layer,
                below,
                between,
                top_images_per_neuron=case.top_k,
                max_top_neurons=case.tau,
                acceptable_error_range=-1,
                batch_size_ig=batch_ig,
                batch_size=batch,
            )
            found.cluster_concept_vectors(layer)
        return found

    with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
        found, cost = measure(work)
    return Run(cost, _core_of_reference(found, case.layers))


def _core_of_reference(found: Any, layers: Sequence[str]) -> CircuitSets:
    """Every meaning of a neuron lists the same core neurons: any one will do."""
    return {
        layers[layer]: {
            int(index): tuple(next(iter(neuron.lower_layer_cneus.values())))
            for index, neuron in neurons.items()
        }
        for layer, neurons in found.layers.items()
    }


# -- comparing


def agreement(found: CircuitSets, truth: CircuitSets) -> Agreement:
    """How far the core neurons agree with the true ones, over the neurons that both circuits have.

    A neuron without any true core neuron tells nothing and is left out.

    Raises:
        ValueError: when there is no neuron to compare.

    >>> agreement({"fc": {0: (3, 1)}}, {"fc": {0: (1, 2)}}).overlap
    0.5
    """
    shares = [
        len(set(core) & set(truth[layer][neuron])) / len(truth[layer][neuron])
        for layer, neurons in found.items()
        for neuron, core in neurons.items()
        if truth.get(layer, {}).get(neuron)
    ]
    if not shares:
        raise ValueError("The circuit shares no neuron with the true one: nothing to compare.")
    return Agreement(
        found=sum(len(neurons) for neurons in found.values()),
        compared=len(shares),
        overlap=statistics.fmean(shares),
        identical=statistics.fmean(share == 1 for share in shares),
    )


def paired_ratio(above: Sequence[float], below: Sequence[float]) -> float:
    """Median over the rounds of one number over the other.

    >>> paired_ratio([10.0, 30.0, 20.0], [1.0, 2.0, 4.0])
    10.0
    """
    return statistics.median(one / other for one, other in zip(above, below, strict=True))


def in_turns(sides: Sequence[str], rounds: int) -> Iterator[tuple[int, str]]:
    """Every side once a round; every second round backwards, so that no side is always first.

    >>> list(in_turns(["ours", "reference"], 2))
    [(1, 'ours'), (1, 'reference'), (2, 'reference'), (2, 'ours')]
    """
    for number in range(1, rounds + 1):
        for side in sides if number % 2 else reversed(sides):
            yield number, side


def compare(case: Case, weights: str, options: argparse.Namespace) -> Comparison:
    """Prepare one case, find its truth and run the sides in turn."""
    with tempfile.TemporaryDirectory(prefix="neurflow-benchmark-") as folder:
        path = Path(folder) / "case.pt"
        say(f"{case.name} {weights}: images and weights, then the truth (minutes)")
        accuracy = apart(prepare, case, weights, path)
        truth = apart(run_truth, case, path)
        runs: dict[str, list[Run]] = {name: [] for name in (*options.variants, REFERENCE)}
        for number, name in in_turns(list(runs), options.pairs):
            run = _run(name, case, path, options)
            runs[name].append(run)
            say(f"{case.name} {weights}, round {number}: {name} {_cost(run.cost)}")
    sides = {name: _side(name, found, truth) for name, found in runs.items()}
    reference = sides.pop(REFERENCE)
    facts = {"checked": truth.checked, "error": truth.error, "overlap": truth.overlap}
    return Comparison(case, weights, accuracy, facts, reference, tuple(sides.values()))


def _run(name: str, case: Case, path: Path, options: argparse.Namespace) -> Run:
    if name == REFERENCE:
        sizes = (options.reference_batch, options.reference_batch_ig)
        return apart(run_reference, case, path, options.reference, *sizes)
    return apart(run_ours, case, path, name)


def _side(name: str, runs: Sequence[Run], truth: Truth) -> Side:
    """Runs need not agree to the last bit: the one that agrees least with the truth counts."""
    agreements = [agreement(run.core, truth.core) for run in runs]
    return Side(name, tuple(run.cost for run in runs), min(agreements, key=lambda one: one.overlap))


# -- telling


def _cost(cost: Cost) -> str:
    return f"{cost.seconds:.1f} s, {cost.peak_bytes / 1e6:.0f} MB"


HEAD = ("case", "run", "s", "MB", "times faster", "memory", "core overlap", "identical", "compared")


def results(comparisons: Iterable[Comparison]) -> str:
    """The table: reference and ours, case by case."""
    rows: list[tuple[str, ...]] = [HEAD]
    for one in comparisons:
        rows += [_row(one, side) for side in (one.reference, *one.ours)]
    return table(rows)


def _row(one: Comparison, side: Side) -> tuple[str, ...]:
    seconds, memory = _numbers(side)
    reference_seconds, reference_memory = _numbers(one.reference)
    same = side.agreement
    return (
        f"{one.case.name} {one.weights}",
        side.name,
        f"{statistics.median(seconds):.1f}",
        f"{statistics.median(memory) / 1e6:.0f}",
        f"{paired_ratio(reference_seconds, seconds):.1f}",
        f"1/{paired_ratio(reference_memory, memory):.1f}",
        f"{same.overlap:.4f}",
        f"{same.identical:.3f}",
        f"{same.compared} of {same.found}",
    )


def _numbers(side: Side) -> tuple[list[float], list[float]]:
    return [one.seconds for one in side.costs], [float(one.peak_bytes) for one in side.costs]


def section(comparisons: Sequence[Comparison], on: str, reference: str) -> str:
    """The Markdown section: what was done, on what, the table and every single run."""
    workloads = "".join(f"- {_workload(one)}\n" for one in comparisons)
    raw = "".join(
        f"- {one.case.name} {one.weights}, {side.name}: {'; '.join(map(_cost, side.costs))}\n"
        for one in comparisons
        for side in (one.reference, *one.ours)
    )
    return f"""## Against the reference code

Made by `benchmarks/against_reference.py`. {on}.
Reference: github.com/tue147/neurflow, code {reference}.

Seconds and megabytes (peak resident memory above that with network and images loaded) are medians
over the runs, each in a process of its own, the sides in turn; *times faster* and *memory* are
medians of the ratios within a round. *Core overlap* is the mean share of a neuron's true core
neurons that were found, *identical* the share of neurons with all of them found, over the neurons
that are in the true circuit too (*compared*). The truth has {TRUTH_NODES} evenly laid
Gauss–Legendre nodes in float32. The reference does not tell how stable its circuit is, and neither
do our runs, but for *stability*: float32 with {NeurFlowConfig().resamples} resamples, the default.
*64-MiB* is float32 with that memory budget, where 144 MiB is the default.

{results(comparisons)}

The workloads:

{workloads}
Every run:

{raw}"""


def _workload(one: Comparison) -> str:
    case, truth = one.case, one.truth
    trained = "" if one.accuracy is None else f" (accuracy on unseen cells {one.accuracy:.2f})"
    return (
        f"{case.name}, {one.weights} weights{trained}: {case.architecture}, {case.images} images "
        f"of {case.side}×{case.side} ({case.patches} patches), τ = {case.tau}, k = {case.top_k}, "
        f"layers {', '.join(case.layers)}. The truth's scores differ from captum's by at most "
        f"{truth['error']:.0e} of a neuron's largest, its core neurons overlap with captum's by "
        f"{truth['overlap']:.3f} or more ({truth['checked']} neurons)."
    )


def main(arguments: Sequence[str] | None = None) -> int:
    options = _options(arguments)
    reference = fingerprint(options.reference)
    on = machine()
    say(str(on))
    comparisons = []
    for name in options.cases:
        for weights in options.weights:
            comparisons.append(compare(CASES[name], weights, options))
            say(results(comparisons[-1:]))
            _write(options, comparisons, asdict(on), section(comparisons, str(on), reference))
    print(results(comparisons))
    return 0


def _write(
    options: argparse.Namespace,
    comparisons: Sequence[Comparison],
    on: Mapping[str, Any],
    markdown: str,
) -> None:
    """After every case, so that a later one that fails costs nothing of this."""
    if options.out:
        found = {"machine": on, "comparisons": [asdict(one) for one in comparisons]}
        options.out.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    if options.markdown:
        options.markdown.write_text(markdown, encoding="utf-8")


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    add = parser.add_argument
    add("--reference", type=Path, required=True, help="a clone of github.com/tue147/neurflow")
    add("--cases", nargs="+", choices=CASES, default=list(CASES))
    add("--weights", nargs="+", choices=WEIGHTS, default=list(WEIGHTS))
    add("--variants", nargs="+", choices=VARIANTS, default=list(VARIANTS), help="ways to run ours")
    add("--pairs", type=at_least_one, default=3, help="rounds: runs of each side")
    add("--reference-batch", type=at_least_one, default=128, help="its batch_size")
    add("--reference-batch-ig", type=at_least_one, default=8, help="its batch_size_ig")
    add("--out", type=Path, help="JSON with every run")
    add("--markdown", type=Path, help="file for the section with table and machine")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
