"""How often a change is told where there is none, and how often one that was planted is found.

    python benchmarks/calibration.py --runs runs/calibration --plot docs/images/calibration.svg

Small networks name shapes in made-up pictures (``examples/regression/tagged_shapes.py``). The arms:

- *halves*: one checkpoint on two sets of probe pictures. Nothing has changed.
- *adjacent*: a network that has converged, and the same an epoch further.
- *control*: fine-tuned on clean pictures. The measure of ordinary change.
- *shortcut*: fine-tuned as a control, but on pictures whose labels follow the camera's tag. It
  counts where accuracy on pictures of any camera fell.
- *layer*: one block made anew, then fine-tuned as a control. It counts where accuracy fell with the
  block and is back.
- *noise*: fine-tuned as a control, but some of the labels are wrong. Told on its own.
- *dated*: a fine-tune on clean pictures goes on with those of *shortcut* from a known epoch on, and
  bisection over its snapshots looks for it.

1. ``--rounds`` baselines are trained, each in a process of its own, and the runs of every arm made
   from it. A run is a JSON file beside the snapshots it needs. What is there is not made again:
   after an interruption the same command goes on.
2. Every run is judged as ``neurflow check`` does it, against three nulls: *estimation*, without
   controls; *few*, with the estimation null and a training null of five controls; *training*, with
   one of all controls of the baseline. A run is never its own control; those of *adjacent* are
   other such pairs.
3. *dated* runs are searched as ``neurflow bisect`` does it, with all controls.
4. Rates have Wilson's 95 % interval. Runs of one baseline have much in common, so that the
   intervals are rather too narrow.
"""

from __future__ import annotations

import argparse
import copy
import json
import math
import sys
import tempfile
import time
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any, Literal, get_args

import plots
import torch
from _measuring import apart, machine, table
from report import Report, parser, say, tell
from torch import Tensor, nn
from torch.nn.functional import cross_entropy

from neurflow_lightning import (
    NeurFlowConfig,
    ProbeSet,
    analyze,
    load_snapshot,
    save_snapshot,
)
from neurflow_lightning.cli.searching import find_step
from neurflow_lightning.evolution.comparing import is_above, is_significant, measure_drift
from neurflow_lightning.evolution.noise import EstimationNull, Key, Null, training_null
from neurflow_lightning.evolution.reports import Drift, DriftReport, Measure, Verdict
from neurflow_lightning.regression.checking import baseline_null

sys.path.append(str(Path(__file__).parents[1] / "examples" / "regression"))
from tagged_shapes import CLASSES, LAYERS, Network, accuracy, pictures

Arm = Literal["halves", "adjacent", "control", "shortcut", "layer", "noise", "dated"]
Against = Literal["estimation", "few", "training"]
"""Which nulls."""
Pictures = tuple[Tensor, Tensor]

MEASURES: tuple[Measure, ...] = get_args(Measure)
FALSE_ALARMS, DETECTION, DATED = 0.05, 0.9, 0.95
"""The goals."""
JUDGED_BY: Mapping[Arm, Sequence[Against]] = {
    "halves": ("estimation",),
    **dict.fromkeys(("adjacent", "control", "shortcut", "layer"), ("few", "training")),
}
"""The nulls that the goal of an arm is held against."""
EVENTS: tuple[Arm, ...] = ("shortcut", "layer")
FEW = 5
"""Controls that a user may well have."""

FELL = 0.2
"""Of the accuracy at least, for a take-over and for a block made anew."""
BACK = 0.02
"""The accuracy of a network with a block made anew is at most so far below the baseline's."""

FIRST_RATE, MOMENTUM, BATCH = 0.05, 0.9, 32
WRONG, NOISE = 0.8, 0.4
"""Shares of the pictures that show any shape whatever their label, in *shortcut* and in *noise*."""
MADE_ANEW = "block3"
TARGETS = (0, 3)

CONFIG = NeurFlowConfig(tau=6, top_k=30, images_per_target=30, nodes=8)
RUNS: Mapping[Arm, int] = {
    "halves": 5,
    "adjacent": 40,
    "control": 60,
    "shortcut": 5,
    "layer": 5,
    "noise": 5,
    "dated": 5,
}


@dataclass(frozen=True)
class Plan:
    """How much is done.

    Attributes:
        train, tune: pictures to learn from, at first and in a fine-tune.
        test: pictures that accuracy is measured on.
        probes: probe pictures, all classes in turn.
        epochs: of a baseline at the first rate.
        settling: its epochs at the lower one, after which it has converged.
        tuning: epochs of a fine-tune, at least 3.
        rate: the lower learning rate: that of settling, of *adjacent* and of fine-tunes.
        runs: of each arm, for one baseline.
        config: of the analyses.
    """

    train: int = 768
    tune: int = 512
    test: int = 800
    probes: int = 120
    epochs: int = 15
    settling: int = 10
    tuning: int = 8
    rate: float = 0.005
    runs: Mapping[Arm, int] = field(default_factory=lambda: dict(RUNS))
    config: NeurFlowConfig = CONFIG


QUICK = Plan(
    train=64,
    tune=64,
    test=64,
    probes=24,
    epochs=1,
    settling=1,
    tuning=3,
    runs={**dict.fromkeys(RUNS, 1), "adjacent": 3, "control": 3},
    config=NeurFlowConfig(tau=2, top_k=6, images_per_target=6, granularities=(1, 0.5), nodes=4),
)


# -- training


def learned(
    network: nn.Module, data: Pictures, epochs: int, seed: int, rate: float
) -> list[nn.Module]:
    """Copies of the network after each epoch of training, ready to be asked; it stays as it was."""
    images, labels = data
    network = copy.deepcopy(network)
    optimizer = torch.optim.SGD(network.parameters(), lr=rate, momentum=MOMENTUM)
    random = torch.Generator().manual_seed(seed)
    found = []
    for _ in range(epochs):
        network.train()
        for rows in torch.randperm(len(labels), generator=random).split(BATCH):
            optimizer.zero_grad()
            cross_entropy(network(images[rows]), labels[rows]).backward()
            optimizer.step()
        found.append(copy.deepcopy(network).eval())
    return found


def with_block_made_anew(network: nn.Module, seed: int) -> nn.Module:
    """A copy of the network, one block of which has learned nothing."""
    network = copy.deepcopy(network)
    torch.manual_seed(seed)
    for module in network.get_submodule(MADE_ANEW).children():
        if isinstance(module, nn.Conv2d | nn.BatchNorm2d):
            module.reset_parameters()
    return network.eval()


def seed_of(*names: object) -> int:
    """The same number for the same names, on every machine.

    >>> seed_of("control", 0, 1) == seed_of("control", 0, 1) != seed_of("control", 0, 2)
    True
    """
    return zlib.crc32(repr(names).encode())


# -- the runs of one baseline


@dataclass(frozen=True)
class Run:
    """What a run left.

    Attributes:
        arm, baseline, number: which.
        snapshots: names of its snapshots' files: before and after; of a dated run, the baseline's
            and that of every epoch.
        accuracy: on pictures of any camera and on those with a leak, before and after, and what
            else says whether an event happened; empty of *halves*.
        counts: behaviour shows the event; always true of arms that plant none.
        planted: of a dated run, the first epoch that was trained on the changed pictures.
        seconds: that it took.
    """

    arm: Arm
    baseline: int
    number: int
    snapshots: Sequence[str]
    accuracy: Mapping[str, float] = field(default_factory=dict)
    counts: bool = True
    planted: int | None = None
    seconds: float = 0.0


@dataclass(frozen=True)
class Laboratory:
    """A folder of runs, and a baseline to make them from.

    Attributes:
        plan: how much.
        folder: of all files.
        baseline: its number.
    """

    plan: Plan
    folder: Path
    baseline: int

    def networks(self) -> list[nn.Module]:
        """The baseline, the same an epoch further, and so on."""
        path = self.folder / f"baseline-{self.baseline}.pt"
        if not path.is_file():
            states = [network.state_dict() for network in self._trained()]
            _write(path, lambda to: torch.save(states, to))
        return [_with(state) for state in torch.load(path, weights_only=True)]

    def _trained(self) -> list[nn.Module]:
        seed = self.seed("baseline")
        torch.manual_seed(seed)
        data = pictures(self.plan.train, seed)
        first = learned(Network(), data, self.plan.epochs, seed, FIRST_RATE)[-1]
        epochs = self.plan.settling + self.plan.runs["adjacent"]
        return self.learned(first, data, epochs, seed)[self.plan.settling - 1 :]

    def learned(
        self, network: nn.Module, data: Pictures, epochs: int, seed: int
    ) -> list[nn.Module]:
        """:func:`learned` at the lower rate."""
        return learned(network, data, epochs, seed, self.plan.rate)

    def snapshot(self, name: object, network: nn.Module, probes: str = "probes") -> str:
        """Analyse a network, unless that was done before; the name of the file."""
        path = self.folder / f"{self.baseline}-{name}.safetensors"
        if not path.is_file():
            images, labels = pictures(self.plan.probes, self.seed(probes), leak=True)
            found = analyze(
                network,
                ProbeSet(images, labels, CLASSES),
                layers=LAYERS,
                targets=TARGETS,
                config=self.plan.config,
            )
            save_snapshot(found, path)
        return path.name

    def accuracies(self, network: nn.Module) -> dict[str, float]:
        """On pictures of any camera, and on pictures with a leak."""
        return {
            name: accuracy(network, pictures(self.plan.test, self.seed("test"), leak=leak))
            for name, leak in (("any camera", False), ("leak", True))
        }

    def data(self, arm: Arm, number: int) -> Pictures:
        """What a fine-tune learns from."""
        leak = arm in ("shortcut", "dated")
        wrong = WRONG if leak else NOISE if arm == "noise" else 0.0
        return pictures(self.plan.tune, self.seed("data", arm, number), leak=leak, wrong=wrong)

    def seed(self, *names: object) -> int:
        """A number of this baseline."""
        return seed_of(self.baseline, *names)


def _with(state: Mapping[str, Tensor]) -> nn.Module:
    network = Network()
    network.load_state_dict(state)
    return network.eval()


def _write(path: Path, write: Callable[[Path], object]) -> None:
    """A file that is there whole or not at all."""
    unfinished = path.with_name(f"{path.name}.part")
    write(unfinished)
    unfinished.replace(path)


def halves(lab: Laboratory, number: int) -> Run:
    """The baseline on two sets of probe pictures of one population."""
    network = lab.networks()[0]
    names = [f"halves-{number}{half}" for half in "ab"]
    return Run(
        "halves", lab.baseline, number, [lab.snapshot(name, network, name) for name in names]
    )


def adjacent(lab: Laboratory, number: int) -> Run:
    """An epoch of the baseline's training after it has converged, and the next."""
    sides = lab.networks()[number : number + 2]
    return Run(
        arm="adjacent",
        baseline=lab.baseline,
        number=number,
        snapshots=[lab.snapshot(f"epoch-{number + at}", one) for at, one in enumerate(sides)],
        accuracy=_both(*map(lab.accuracies, sides)),
    )


def fine_tuned(arm: Arm, lab: Laboratory, number: int) -> Run:
    """A fine-tune of any arm, and what it did to accuracy."""
    baseline = lab.networks()[0]
    seed = lab.seed("tuning", arm, number)
    start = with_block_made_anew(baseline, seed) if arm == "layer" else baseline
    network = lab.learned(start, lab.data(arm, number), lab.plan.tuning, seed)[-1]
    told = _both(lab.accuracies(baseline), lab.accuracies(network))
    if arm == "layer":
        told["any camera, block made anew"] = lab.accuracies(start)["any camera"]
    return Run(
        arm=arm,
        baseline=lab.baseline,
        number=number,
        snapshots=[
            lab.snapshot("epoch-0", baseline),
            lab.snapshot(f"{arm}-{number}", network),
        ],
        accuracy=told,
        counts=happened(arm, told),
    )


def dated(lab: Laboratory, number: int) -> Run:
    """A fine-tune whose pictures change at some epoch, neither the first nor the last."""
    baseline, last = lab.networks()[0], lab.plan.tuning
    seed = lab.seed("tuning", "dated", number)
    planted = 2 + seed % (last - 2)
    clean = lab.learned(baseline, lab.data("control", -1 - number), planted - 1, seed)
    changed = lab.learned(clean[-1], lab.data("dated", number), last - planted + 1, seed)
    told = _both(lab.accuracies(baseline), lab.accuracies(changed[-1]))
    epochs = [
        lab.snapshot(f"dated-{number}-{epoch}", network)
        for epoch, network in enumerate([*clean, *changed], start=1)
    ]
    return Run(
        arm="dated",
        baseline=lab.baseline,
        number=number,
        snapshots=[lab.snapshot("epoch-0", baseline), *epochs],
        accuracy=told,
        counts=happened("dated", told),
        planted=planted,
    )


def _both(before: Mapping[str, float], after: Mapping[str, float]) -> dict[str, float]:
    sides = (("before", before), ("after", after))
    return {f"{name}, {side}": value for side, told in sides for name, value in told.items()}


def happened(arm: Arm, told: Mapping[str, float]) -> bool:
    """Whether behaviour shows the event that an arm plants; true of arms that plant none.

    >>> happened("shortcut", {"any camera, before": 1.0, "any camera, after": 1.0})
    False
    """
    before, after = (told[f"any camera, {side}"] for side in ("before", "after"))
    if arm == "layer":
        return told["any camera, block made anew"] <= before - FELL and after >= before - BACK
    return arm not in ("shortcut", "dated") or after <= before - FELL


MAKERS: Mapping[Arm, Callable[[Laboratory, int], Run]] = {
    "halves": halves,
    "adjacent": adjacent,
    **{arm: partial(fine_tuned, arm) for arm in ("control", "shortcut", "layer", "noise")},
    "dated": dated,
}


def runs_of(lab: Laboratory) -> list[Run]:
    """Every run of a baseline, made where it is not there yet."""
    return [_made(lab, arm, number) for arm in MAKERS for number in range(lab.plan.runs[arm])]


def _made(lab: Laboratory, arm: Arm, number: int) -> Run:
    path = lab.folder / f"{lab.baseline}-{arm}-{number}.json"
    if not path.is_file():
        start = time.perf_counter()
        made = MAKERS[arm](lab, number)
        run = replace(made, seconds=time.perf_counter() - start)
        text = json.dumps(asdict(run), indent=1)
        _write(path, lambda to: to.write_text(text, encoding="utf-8"))
        say(f"baseline {lab.baseline}, {arm} {number}: {_in_short(run)}")
    return Run(**json.loads(path.read_text(encoding="utf-8")))


def _in_short(run: Run) -> str:
    told = [f"{name} {value:.3f}" for name, value in run.accuracy.items()]
    told += [] if run.counts else ["does not count"]
    return ", ".join([f"{run.seconds:.1f} s", *told])


# -- how they are judged


@dataclass(frozen=True)
class Places:
    """One measure in one run.

    Attributes:
        judged: places with a null.
        above: of these, where the value lies above the null's 99 % quantile.
        low: of these, where p, not adjusted, is at most .05.
        significant: of these, where it is significant.
        largest: value of all places; ``None`` without any.
    """

    judged: int
    above: int
    low: int
    significant: int
    largest: float | None


@dataclass(frozen=True)
class Judged:
    """One run, held against one null.

    Attributes:
        arm, baseline, number, counts: as of the run.
        against: the null.
        verdict: of the report.
        measures: what each of them says.
    """

    arm: Arm
    baseline: int
    number: int
    counts: bool
    against: Against
    verdict: Verdict
    measures: Mapping[Measure, Places]


@dataclass(frozen=True)
class Dating:
    """One dated run.

    Attributes:
        baseline, number, counts: as of the run.
        planted: the first epoch with changed pictures.
        found: the first epoch with a changed circuit, by bisection; ``None`` where the last epoch's
            is not changed.
    """

    baseline: int
    number: int
    counts: bool
    planted: int
    found: int | None

    @property
    def hit(self) -> bool:
        """Found within one snapshot."""
        return self.found is not None and abs(self.found - self.planted) <= 1


@dataclass(frozen=True)
class Found:
    """All of one baseline, or of several."""

    runs: tuple[Run, ...]
    judged: tuple[Judged, ...]
    datings: tuple[Dating, ...]


def calibrate(plan: Plan, folder: Path, baseline: int) -> Found:
    """Everything of one baseline."""
    torch.set_num_threads(1)  # in networks this small, threads mostly wait for each other
    runs = runs_of(Laboratory(plan, folder, baseline))
    say(f"baseline {baseline}: judging {len(runs)} runs")
    nulls = Nulls(folder, runs)
    plain = [run for run in runs if run.arm != "dated"]
    return Found(
        runs=tuple(runs),
        judged=tuple(one for run in plain for one in judge(folder, run, nulls)),
        datings=tuple(date(folder, run, nulls) for run in runs if run.arm == "dated"),
    )


class Nulls:
    """The nulls that the runs of a baseline are held against."""

    def __init__(self, folder: Path, runs: Iterable[Run]) -> None:
        self._folder = folder
        self._estimation: dict[str, EstimationNull] = {}
        self._ordinary = {
            (run.arm, run.number): drifts_of(compared(folder, run.snapshots, ()))
            for run in runs
            if run.arm in ("adjacent", "control")
        }

    def of(self, run: Run, after: int = 1) -> dict[Against, tuple[Null, ...]]:
        """The nulls of a run by name; no training null of *halves*, where nothing was trained.

        What is compared is its first snapshot with the one at ``after``.

        The few controls are those that follow the run's number, each run's others.
        """
        estimation = self._estimation_nulls(run.snapshots[0], run.snapshots[after])
        if run.arm == "halves":
            return {"estimation": estimation}
        arm = "adjacent" if run.arm == "adjacent" else "control"
        others = [
            drifts
            for (of, number), drifts in self._ordinary.items()
            if of == arm and (of, number) != (run.arm, run.number)
        ]
        few = [others[(run.number + place) % len(others)] for place in range(FEW)]
        return {
            "estimation": estimation,
            "few": (*estimation, training_null(few)),
            "training": (*estimation, training_null(others)),
        }

    def _estimation_nulls(self, *names: str) -> tuple[EstimationNull, ...]:
        """Of the snapshots that are compared, as ``check_snapshots`` takes them."""
        for name in names:
            if name not in self._estimation:
                self._estimation[name] = baseline_null(load_snapshot(self._folder / name))
        first, *others = (self._estimation[name] for name in names)
        # Halves have probe pictures of their own, see compared().
        return (first, *(replace(one, fingerprint=first.fingerprint) for one in others))


def compared(folder: Path, names: Sequence[str], nulls: Sequence[Null]) -> DriftReport:
    """Two snapshots of one network's history."""
    before, after = (load_snapshot(folder / name) for name in names)
    # Halves have probe pictures of their own, with the same labels in the same order. Only what
    # needs no pictures in common is judged there: the measures with an estimation null.
    after = replace(after, probe=before.probe)
    return measure_drift(before, after, null=nulls, matching="neurons", events={})


def drifts_of(report: DriftReport) -> dict[Key, float]:
    """Every drift of a report by its place."""
    return {
        (target.target, one.measure, one.layer): one.value for target, one in report.all_drifts()
    }


def judge(folder: Path, run: Run, nulls: Nulls) -> list[Judged]:
    """A run against each of its nulls."""
    found = []
    for against, some in nulls.of(run).items():
        report = compared(folder, run.snapshots, some)
        drifts = [one for _, one in report.all_drifts()]
        measures = {
            measure: places([one for one in drifts if one.measure == measure])
            for measure in MEASURES
        }
        found.append(
            Judged(run.arm, run.baseline, run.number, run.counts, against, report.verdict, measures)
        )
    return found


def places(drifts: Sequence[Drift]) -> Places:
    """What one measure says at its places."""
    judged = [one for one in drifts if not math.isnan(one.p)]
    values = [abs(one.value) for one in drifts if not math.isnan(one.value)]
    return Places(
        judged=len(judged),
        above=sum(map(is_above, judged)),
        low=sum(one.p <= 0.05 for one in judged),
        significant=sum(map(is_significant, judged)),
        largest=max(values, default=None),
    )


def date(folder: Path, run: Run, nulls: Nulls) -> Dating:
    """The first epoch with a changed circuit, searched for as ``neurflow bisect`` does."""

    def changed(epoch: int) -> bool:
        names = (run.snapshots[0], run.snapshots[epoch])
        against = nulls.of(run, after=epoch)["training"]
        return compared(folder, names, against).verdict == "changed"

    epochs = len(run.snapshots)
    found = find_step(epochs, changed).bad if changed(epochs - 1) else None
    assert run.planted is not None
    return Dating(run.baseline, run.number, run.counts, run.planted, found)


# -- what is told


@dataclass(frozen=True)
class Rate:
    """How many of how many.

    >>> str(Rate(1, 20))
    '0.05 [0.01, 0.24]'
    """

    hits: int
    of: int

    def __str__(self) -> str:
        if not self.of:
            return "–"
        low, high = self.interval
        return f"{self.value:.2f} [{low:.2f}, {high:.2f}]"

    @property
    def value(self) -> float:
        """In [0, 1]; NaN of nothing."""
        return self.hits / self.of if self.of else math.nan

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's score interval (1927), of 95 %; (0, 1) of nothing."""
        if not self.of:
            return 0.0, 1.0
        z2 = 1.96**2
        middle = (self.hits + z2 / 2) / (self.of + z2)
        spread = math.sqrt(z2 * (self.hits * (1 - self.value) + z2 / 4)) / (self.of + z2)
        return max(middle - spread, 0.0), min(middle + spread, 1.0)


def rate(happened_in: Iterable[bool]) -> Rate:
    """Of all that count."""
    told = list(happened_in)
    return Rate(sum(told), len(told))


def chosen(found: Found, arm: Arm, against: Against) -> list[Judged]:
    """The runs of an arm that count, against one null."""
    return [one for one in found.judged if (one.arm, one.against) == (arm, against) and one.counts]


def changed_rate(found: Found, arm: Arm, against: Against) -> Rate:
    """Share of an arm's runs that are told to be changed."""
    return rate(one.verdict == "changed" for one in chosen(found, arm, against))


def _rows(found: Found) -> list[tuple[Arm, Against]]:
    return list(dict.fromkeys((one.arm, one.against) for one in found.judged))


def verdict_table(found: Found) -> str:
    """A row an arm and null: verdicts, and runs with a significant place of each measure."""
    names = (measure.replace("_", " ") for measure in MEASURES)
    head = ("arm", "null", "runs", "changed", "drifting", *names)
    return table([head, *(_verdict_row(found, *row) for row in _rows(found))])


def _verdict_row(found: Found, arm: Arm, against: Against) -> tuple[str, ...]:
    runs = chosen(found, arm, against)
    drifting = rate(one.verdict == "drifting" for one in runs)
    cells = []
    for measure in MEASURES:
        told = [one.measures[measure] for one in runs if one.measures[measure].judged]
        cells.append(f"{rate(one.significant > 0 for one in told).value:.2f}" if told else "–")
    return (
        arm,
        against,
        str(len(runs)),
        str(changed_rate(found, arm, against)),
        f"{drifting.value:.2f}",
        *cells,
    )


def place_table(found: Found) -> str:
    """Of the arms without an event: places above the 99 % quantile, and with p at most .05."""
    names = (measure.replace("_", " ") for measure in MEASURES)
    rows = [row for row in _rows(found) if row[0] in ("halves", "adjacent", "control")]
    return table([("arm", "null", *names), *(_place_row(found, *row) for row in rows)])


def _place_row(found: Found, arm: Arm, against: Against) -> tuple[str, ...]:
    cells = []
    for measure in MEASURES:
        told = [one.measures[measure] for one in chosen(found, arm, against)]
        judged = sum(one.judged for one in told)
        shares = [sum(one.above for one in told), sum(one.low for one in told)]
        cells.append(" / ".join(f"{share / judged:.3f}" for share in shares) if judged else "–")
    return (arm, against, *cells)


def behaviour_table(found: Found) -> str:
    """Accuracy before and after, and how many runs count."""
    arms = [arm for arm in MAKERS if arm != "halves"]
    head = ("arm", "runs", "count", "any camera", "with a leak")
    return table([head, *(_behaviour_row(found, arm) for arm in arms)])


def _behaviour_row(found: Found, arm: Arm) -> tuple[str, ...]:
    runs = [run for run in found.runs if run.arm == arm]
    cells = []
    for name in ("any camera", "leak"):
        sides = [[run.accuracy[f"{name}, {side}"] for run in runs] for side in ("before", "after")]
        cells.append(" → ".join(f"{median(side):.3f}" for side in sides))
    return (arm, str(len(runs)), str(sum(run.counts for run in runs)), *cells)


def tables(found: Found) -> str:
    """Verdicts, places, behaviour."""
    return "\n\n".join([verdict_table(found), place_table(found), behaviour_table(found)])


def dating_rate(found: Found) -> Rate:
    """Share of the dated runs that count whose change was found within one snapshot."""
    return rate(one.hit for one in found.datings if one.counts)


def goals(found: Found) -> list[str]:
    """Every goal, what came out and whether it is met."""
    lines = []
    for arm, against in ((arm, one) for arm, several in JUDGED_BY.items() for one in several):
        told = changed_rate(found, arm, against)
        wanted, met = (
            (f"at least {DETECTION:g}", told.value >= DETECTION)
            if arm in EVENTS
            else (f"at most {FALSE_ALARMS:g}", told.value <= FALSE_ALARMS)
        )
        what = "found" if arm in EVENTS else "false alarms"
        lines.append(f"- *{arm}*, {against}: {what} {told} (goal: {wanted}, {_word(met)})")
    told = dating_rate(found)
    met = _word(told.value >= DATED)
    lines.append(f"- *dated*: within one snapshot {told} (goal: at least {DATED:g}, {met})")
    return lines


def _word(met: bool) -> str:
    return "met" if met else "not met"


def text(plan: Plan, baselines: int, found: Found) -> str:
    config = plan.config
    return f"""{baselines} baselines: networks of four convolutions that name shapes in pictures of
24×24 pixels, trained on {plan.train} pictures for {plan.epochs} epochs at a learning rate of
{FIRST_RATE:g} and {plan.settling} at {plan.rate:g}. A fine-tune is {plan.tuning} epochs on
{plan.tune} new pictures at {plan.rate:g}; in *shortcut* and *dated* the label is the camera's and
{WRONG:.0%} of the shapes are any, in *noise* {NOISE:.0%}; in *layer* `{MADE_ANEW}` begins anew.
Circuits of {len(TARGETS)} targets in layers {", ".join(LAYERS)}, on {plan.probes} pictures in which
each class has its camera: τ = {config.tau}, k = {config.top_k}, {config.images_per_target} images
a target, {config.nodes} nodes.

Each run is judged as `neurflow check` does it: against *estimation*, without controls; *few*, with
{FEW} controls; *training*, with all other controls of its baseline. Those of *adjacent* are other
such pairs.

An event counts where accuracy on pictures of any camera fell by at least {FELL:g} (*shortcut*,
*dated*), or fell so far with the new block and is back within {BACK:g} (*layer*). The first table
holds the share of the runs that count with each verdict, with Wilson's interval, and the share
with a significant place of each measure; edge drift alone makes a change. The second table is of
the arms where nothing happened: the share of places above the null's 99 % quantile, and of those
with p ≤ .05. The third holds medians of accuracy before and after.

{chr(10).join(goals(found))}"""


def numbers(plan: Plan, found: Found) -> dict[str, Any]:
    """Plain values."""
    rates = [
        {
            "arm": arm,
            "against": against,
            **asdict(told),
            "value": told.value if told.of else None,
            "interval": told.interval,
        }
        for arm, against in _rows(found)
        for told in [changed_rate(found, arm, against)]
    ]
    within = dating_rate(found)
    return {
        "plan": asdict(plan),
        "goals": {"false alarms": FALSE_ALARMS, "detection": DETECTION},
        "rates": rates,
        "dated": {**asdict(within), "interval": within.interval},
        "runs": [asdict(one) for one in found.runs],
        "judged": [asdict(one) for one in found.judged],
        "datings": [asdict(one) for one in found.datings],
    }


# -- the command


def prepared(folder: Path, plan: Plan) -> Path:
    """The folder, with the plan it is for.

    Raises:
        SystemExit: where its runs were made by another plan.
    """
    folder.mkdir(parents=True, exist_ok=True)
    path, written = folder / "plan.json", json.dumps(asdict(plan), indent=1)
    if path.is_file() and path.read_text(encoding="utf-8") != written:
        raise SystemExit(f"{folder} holds runs of another plan ({path}): give another --runs.")
    path.write_text(written, encoding="utf-8")
    return folder


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    made = parser(__doc__, rounds=10)
    made.add_argument("--runs", type=Path, help="folder of the runs, to go on with (kept)")
    made.add_argument("--rate", type=float, help="learning rate of the fine-tunes")
    made.add_argument("--plot", type=Path, help="file for the figure, such as calibration.svg")
    return made.parse_args(arguments)


def main(arguments: Sequence[str] | None = None) -> int:
    options = _options(arguments)
    on = machine()
    say(str(on))
    plan = QUICK if options.quick else Plan()
    if options.rate is not None:
        plan = replace(plan, rate=options.rate)
    with tempfile.TemporaryDirectory(prefix="neurflow-calibration-") as scratch:
        folder = prepared(options.runs or Path(scratch), plan)
        parts = [apart(calibrate, plan, folder, number) for number in range(options.rounds)]
    found = Found(
        runs=tuple(run for part in parts for run in part.runs),
        judged=tuple(one for part in parts for one in part.judged),
        datings=tuple(one for part in parts for one in part.datings),
    )
    report = Report(
        script="calibration",
        title="Calibration",
        on=on,
        text=text(plan, options.rounds, found),
        table=tables(found),
        numbers=numbers(plan, found),
    )
    tell(report, options)
    if options.plot:
        plots.write(plots.calibration, report.numbers, options.plot)
    return 0


if __name__ == "__main__":
    sys.exit(main())
