"""What each idea brings: the workload with one of them switched off, or one number changed.

    python benchmarks/ablation.py
    python benchmarks/ablation.py --variants "as it is" "nothing folded"

The package has no switches for this. They are thrown from outside, by putting other functions in
the place of its own (:data:`VARIANTS`); a name that is no longer there is an error. Each run has a
fresh process, the variants run in turn. A ratio is the median over the rounds of a variant's number
over that of the package as it is in the same round.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from statistics import median
from typing import Any
from unittest import mock

import numpy as np
import torch
from _measuring import Cost, apart, machine, measure, table
from _workload import described, prepared, workload
from against_reference import (
    Agreement,
    Case,
    CircuitSets,
    agreement,
    analysis,
    core_sets,
    in_turns,
    opened,
    paired_ratio,
)
from report import Report, parser, say, tell
from sklearn.cluster import AgglomerativeClustering
from sklearn.metrics import silhouette_score

from neurflow_lightning.core import grouping, lines
from neurflow_lightning.core.attribution import Attribution, AttributionMethod
from neurflow_lightning.core.layer_work import LayerWork
from neurflow_lightning.core.packing import attributions
from neurflow_lightning.core.restriction import Demands, demands

AS_IT_IS = "as it is"
CORE = "neurflow_lightning.core"


# -- what stands in for the package's own functions


def nothing_folded(*_arguments: Any) -> str:
    """Every segment is run whole at every node."""
    return "switched off to measure it"


def plans_of_all_channels(self: lines.FoldedSegment, neurons: Sequence[int]) -> list[Demands]:
    """Every neuron needs everything of the segment."""
    return [demands(self.segment, None) for _ in neurons]  # type: ignore[arg-type]


def nothing_kept(*_arguments: Any) -> set[str]:
    """No activations are kept from the forward pass: they are taken again."""
    return set()


def nothing_done() -> None:
    """What is freed is left to the C library."""


def each_on_its_own(
    work: LayerWork, method: AttributionMethod
) -> Iterator[tuple[int, Attribution]]:
    """Neurons share nothing but the forward pass."""
    for place in range(len(work.neurons)):
        own = replace(work, neurons=work.neurons[[place]], patches=work.patches[[place]])
        for _, attribution in attributions(own, method):
            yield place, attribution


def as_one_neuron(alike: Any) -> int:
    """As many (neuron, patch) pairs are run along the path at once as one neuron has."""
    return int(alike.work.patches.shape[1])


def never_switched(*_arguments: Any) -> None:
    """Every node has a backward pass of its own."""


def channels_first(*_arguments: Any) -> torch.memory_format:
    """Patches in the layout they come in."""
    return torch.contiguous_format


def scikit_learns_cluster(
    points: np.ndarray, most: int, threshold: float = -1.0, least: int = 1
) -> np.ndarray:
    """Ward and silhouette by scikit-learn, anew at every number of clusters."""
    assert least == 1  # as the definition has it
    wide = np.asarray(points, dtype=np.float64)
    most = min(most, len(wide) - 1)
    if most < 2 or grouping._are_one(wide):
        return np.zeros(len(wide), dtype=np.int64)
    cuts = [AgglomerativeClustering(count).fit_predict(wide) for count in range(2, most + 1)]
    scores = [silhouette_score(wide, labels) for labels in cuts]
    best = int(np.argmax(scores))
    if scores[best] < threshold:
        return np.zeros(len(wide), dtype=np.int64)
    return grouping._by_first_appearance(cuts[best])


# -- the variants


@dataclass(frozen=True)
class Variant:
    """One way to make the analysis.

    Attributes:
        config: what differs in the config.
        instead: name in :mod:`neurflow_lightning.core` → what stands in for it.
    """

    config: Mapping[str, Any] = field(default_factory=dict)
    instead: Mapping[str, Callable[..., Any]] = field(default_factory=dict)

    @contextmanager
    def switched(self) -> Iterator[None]:
        """The package with its functions replaced."""
        with ExitStack() as replaced:
            for name, function in self.instead.items():
                replaced.enter_context(mock.patch(f"{CORE}.{name}", function))
            yield


VARIANTS = {
    AS_IT_IS: Variant(),
    "nothing folded or restricted": Variant(instead={"study._folded": nothing_folded}),
    "not restricted to channels": Variant(
        instead={"lines.FoldedSegment.plans": plans_of_all_channels}
    ),
    "each neuron on its own": Variant(instead={"pipeline.attributions": each_on_its_own}),
    "few at once on the path": Variant(instead={"packing._pairs": as_one_neuron}),
    "every node on its own": Variant(instead={"restriction._switched": never_switched}),
    "prefix run again to pull back": Variant(
        instead={"restriction.without_arithmetic": lambda graph: graph}
    ),
    "lower activations taken again": Variant(instead={"sweep._to_keep": nothing_kept}),
    "free memory not given back": Variant(instead={"pipeline.give_back": nothing_done}),
    "freed blocks not reused": Variant(instead={"study.reuse_large_blocks": nothing_done}),
    "memory budget of 8 MiB": Variant({"memory_budget": 8 * 2**20}),
    "channels first": Variant(instead={"study._fastest_layout": channels_first}),
    "scikit-learn's clustering": Variant(
        instead={
            "concepts.cluster": scikit_learns_cluster,
            "grouping.cluster": scikit_learns_cluster,
        }
    ),
    "8 nodes": Variant({"nodes": 8}),
    "50 nodes": Variant({"nodes": 50}),
    "bf16-prefix": Variant({"precision": "bf16-prefix"}),
    "bf16": Variant({"precision": "bf16"}),
}


@dataclass(frozen=True)
class Run:
    """One analysis: what it took, the core neurons it found, how its segments were run."""

    cost: Cost
    core: CircuitSets
    methods: Mapping[str, str]


@dataclass(frozen=True)
class Result:
    """All runs of one variant.

    Attributes:
        times, memory: over those of the package as it is.
        agreement: of the core neurons with those of the package as it is.
        methods: upper layer → how its segment was run.
    """

    name: str
    costs: tuple[Cost, ...]
    times: float
    memory: float
    agreement: Agreement
    methods: Mapping[str, str]


def run(case: Case, path: Path, name: str) -> Run:
    """One analysis in one way."""
    variant = VARIANTS[name]
    network, probes = opened(case, path)
    with variant.switched():
        snapshot, cost = measure(analysis(case, network, probes, **variant.config))
    return Run(cost, core_sets(snapshot), dict(snapshot.methods))


def compare(runs: Mapping[str, Sequence[Run]]) -> list[Result]:
    """Every variant against the package as it is."""
    truth = runs[AS_IT_IS][0].core
    return [
        Result(
            name,
            tuple(one.cost for one in found),
            times=paired_ratio(_seconds(found), _seconds(runs[AS_IT_IS])),
            memory=paired_ratio(_bytes(found), _bytes(runs[AS_IT_IS])),
            agreement=agreement(found[0].core, truth),
            methods=found[0].methods,
        )
        for name, found in runs.items()
    ]


def _seconds(runs: Sequence[Run]) -> list[float]:
    return [one.cost.seconds for one in runs]


def _bytes(runs: Sequence[Run]) -> list[float]:
    return [float(max(one.cost.peak_bytes, 1)) for one in runs]


def results(found: Sequence[Result]) -> str:
    """The table: one row a variant."""
    head = ("", "s", "times", "MB", "times", "core overlap", "identical")
    return table([head, *(_row(one) for one in found)])


def _row(one: Result) -> tuple[str, ...]:
    return (
        one.name,
        f"{median(cost.seconds for cost in one.costs):.2f}",
        f"{one.times:.2f}",
        f"{median(cost.peak_bytes for cost in one.costs) / 1e6:.0f}",
        f"{one.memory:.2f}",
        f"{one.agreement.overlap:.4f}",
        f"{one.agreement.identical:.3f}",
    )


def text(case: Case, rounds: int) -> str:
    return f"""The workload: {described(case)}.

One idea is switched off in each row, or one number changed (16 nodes and float32 otherwise), by
replacing functions of the package from outside. Seconds and megabytes (peak resident memory above
that with network and images loaded) are medians of {rounds} runs, each in a process of its own, the
variants in turn; *times* are medians of the ratios to the package as it is, within a round. *Core
overlap* and *identical* compare the core neurons with those that the package finds as it is."""


def main(arguments: Sequence[str] | None = None) -> int:
    made = parser(__doc__, rounds=3)
    made.add_argument("--variants", nargs="+", choices=VARIANTS, default=list(VARIANTS))
    options = made.parse_args(arguments)
    on = machine()
    case = workload(options.quick)
    names = list(dict.fromkeys([AS_IT_IS, *options.variants]))
    runs: dict[str, list[Run]] = {name: [] for name in names}
    say(str(on))
    with prepared(case) as path:
        for number, name in in_turns(names, options.rounds):
            runs[name].append(apart(run, case, path, name))
            say(f"round {number}, {name}: {runs[name][-1].cost.seconds:.2f} s")
    found = compare(runs)
    numbers = {"case": asdict(case), "variants": [asdict(one) for one in found]}
    tell(
        Report("ablation", "Ablation", on, text(case, options.rounds), results(found), numbers),
        options,
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
