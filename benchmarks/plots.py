"""The figures of docs/performance.md and docs/evolution.md, drawn from the benchmarks' results.

python benchmarks/plots.py          # benchmarks/results/*.json → docs/images/*.svg
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import Any

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import LogLocator, NullFormatter
from report import RESULTS, say

IMAGES = Path(__file__).parents[1] / "docs" / "images"

OURS, OTHER, THIRD = "#1b6ca8", "#b8b8b8", "#d98b2b"
_STYLE = {
    "svg.fonttype": "none",  # letters stay letters: small files
    "svg.hashsalt": "neurflow",  # the same numbers give the same file
    "font.size": 9,
    "axes.spines.top": False,
    "axes.spines.right": False,
}

Numbers = Mapping[str, Any]


def against_reference(numbers: Numbers) -> Figure:
    """Seconds of both sides in each case, on a logarithmic axis."""
    cases = numbers["comparisons"]
    names = [f"{one['case']['name']}, {one['weights']}" for one in cases]
    theirs = [_seconds(one["reference"]) for one in cases]
    ours = [_seconds(one["ours"][0]) for one in cases]
    figure, axes = _figure(len(cases) * 0.5 + 0.9)
    _bars(axes, names, {"reference": (theirs, OTHER), "neurflow-lightning": (ours, OURS)}, "{:.1f}")
    axes.set(xlabel="seconds (logarithmic)")
    return figure


def floor(numbers: Numbers) -> Figure:
    """The floor's parts in a row, over the analysis."""
    figure, axes = _figure(1.5)
    start, shades = 0.0, {"forward": OTHER, "prefix": THIRD, "pull-back": "#7fb37a"}
    named = set()
    for part in numbers["parts"]:
        kind, seconds = part["name"].split()[0], median(part["seconds"])
        label = None if kind in named else kind
        named.add(kind)
        axes.barh("floor", seconds, left=start, color=shades[kind], label=label, edgecolor="white")
        start += seconds
    axes.barh("analysis", median(numbers["analysis"]), color=OURS)
    axes.set(xlabel="seconds")
    axes.invert_yaxis()
    axes.legend(frameon=False, ncols=3, loc="lower right", bbox_to_anchor=(1, 1))
    return figure


def ablation(numbers: Numbers) -> Figure:
    """Time with one idea switched off, in times of the package as it is."""
    rows = numbers["variants"]
    figure, axes = _figure(len(rows) * 0.27 + 0.8)
    names = [one["name"] for one in rows]
    _bars(axes, names, {"": ([one["times"] for one in rows], OURS)}, "{:.2f}")
    axes.set(xlabel="time, as it is = 1 (logarithmic)")
    return figure


def scaling(numbers: Numbers) -> Figure:
    """Seconds and megabytes against each number."""
    base, values = numbers["scale"]["base"], numbers["scale"]["values"]
    figure = Figure(figsize=(7.2, 3.4), layout="constrained")
    grid = figure.subplots(2, len(values), sharex="col", sharey="row", squeeze=False)
    for column, axis in enumerate(values):
        chosen = [
            one
            for value in values[axis]
            for one in numbers["sizes"]
            if one["size"] == {**base, axis: value}
        ]
        patches = axis == "images"
        across = [one["patches"] if patches else one["size"][axis] for one in chosen]
        seconds, megabytes = grid[0, column], grid[1, column]
        seconds.plot(across, [_seconds(one) for one in chosen], "o-", color=OURS)
        megabytes.plot(across, [_megabytes(one) for one in chosen], "o-", color=THIRD)
        megabytes.set_xlabel("patches" if patches else axis)
        megabytes.set_xticks(across, [f"{one:g}" for one in across], rotation=45)
        for axes in (seconds, megabytes):
            axes.grid(alpha=0.3)
    grid[0, 0].set(ylabel="seconds", ylim=(0, 1.1 * max(map(_seconds, numbers["sizes"]))))
    grid[1, 0].set(ylabel="peak MB", ylim=(0, 1.1 * max(map(_megabytes, numbers["sizes"]))))
    return figure


def families(numbers: Numbers) -> Figure:
    """How many times faster than the plain way, for pairs a block and a stage apart."""
    pairs = numbers["pairs"]
    names = list(dict.fromkeys(one["network"] for one in pairs))
    figure, axes = _figure(len(names) * 0.42 + 0.9)
    shown = {
        f"one {distance} apart": (
            [one["times"] for one in pairs if one["apart"] == distance],
            color,
        )
        for distance, color in (("block", OURS), ("stage", THIRD))
    }
    _bars(axes, names, shown, "{:.1f}")
    axes.set(xlabel="times faster than the plain way (logarithmic)")
    return figure


def calibration(numbers: Numbers) -> Figure:
    """Rates of *changed* with their intervals, and the largest edge drift of every run."""
    figure = Figure(figsize=(7.2, 4.4), layout="constrained")
    rates, drifts = figure.subplots(1, 2)
    _draw_rates(rates, [one for one in numbers["rates"] if one["of"]], numbers["goals"])
    _draw_drifts(drifts, [one for one in numbers["judged"] if one["against"] == "estimation"])
    return figure


def _draw_rates(axes: Axes, rates: Sequence[Numbers], goals: Mapping[str, float]) -> None:
    colors = {"estimation": THIRD, "few": "#7fb37a", "training": OURS}
    for place, one in enumerate(rates):
        color = colors[one["against"]]
        axes.plot(one["interval"], (place, place), color=color)
        axes.plot(one["value"], place, "o", color=color)
    for goal in goals.values():
        axes.axvline(goal, color=OTHER, linewidth=0.8, linestyle="--")
    axes.set_yticks(range(len(rates)), [f"{one['arm']}, {one['against']}" for one in rates])
    axes.set(xlabel="runs told to be changed", xlim=(-0.02, 1.02))
    axes.invert_yaxis()


def _draw_drifts(axes: Axes, judged: Sequence[Numbers]) -> None:
    arms = list(dict.fromkeys(one["arm"] for one in judged))
    random = np.random.default_rng(0)
    for place, arm in enumerate(arms):
        for counts, color in ((True, OURS), (False, OTHER)):
            values = [
                one["measures"]["edge_drift"]["largest"]
                for one in judged
                if one["arm"] == arm and one["counts"] is counts
            ]
            shown = [value for value in values if value is not None]
            heights = place + random.uniform(-0.25, 0.25, len(shown))
            axes.plot(shown, heights, ".", color=color, markersize=4)
    axes.set_yticks(range(len(arms)), arms)
    axes.set(xlabel="largest edge drift of a run", xlim=(0, 1))
    axes.invert_yaxis()


FIGURES: dict[str, Callable[[Numbers], Figure]] = {
    one.__name__: one
    for one in (against_reference, floor, ablation, scaling, families, calibration)
}
"""Benchmark → its figure."""


def _figure(height: float) -> tuple[Figure, Axes]:
    figure = Figure(figsize=(7.2, height), layout="constrained")
    return figure, figure.subplots()


def _bars(
    axes: Axes,
    names: Sequence[str],
    groups: Mapping[str, tuple[Sequence[float], str]],
    form: str,
) -> None:
    """Horizontal bars from 1 on a logarithmic axis, one of each group for every name."""
    axes.set_xscale("log")
    axes.axvline(1, color="black", linewidth=0.8)
    places, thickness = np.arange(len(names)), 0.8 / len(groups)
    for number, (label, (widths, color)) in enumerate(groups.items()):
        offset = (number - (len(groups) - 1) / 2) * thickness
        lengths = np.array(widths) - 1
        drawn = axes.barh(places + offset, lengths, thickness, left=1, color=color, label=label)
        axes.bar_label(drawn, [form.format(width) for width in widths], padding=2, fontsize=8)
    axes.set_yticks(places, names)
    axes.invert_yaxis()
    axes.margins(x=0.12)
    axes.xaxis.set_major_locator(LogLocator(subs=(1, 2, 5)))
    axes.xaxis.set_major_formatter("{x:g}")
    axes.xaxis.set_minor_formatter(NullFormatter())
    if len(groups) > 1:
        axes.legend(frameon=False, ncols=2, loc="lower right", bbox_to_anchor=(1, 1))


def _seconds(measured: Numbers) -> float:
    return median(cost["seconds"] for cost in measured["costs"])


def _megabytes(measured: Numbers) -> float:
    return median(cost["peak_bytes"] for cost in measured["costs"]) / 1e6


def write(figure_of: Callable[[Numbers], Figure], numbers: Numbers, path: Path) -> None:
    """One figure, as a file."""
    with mpl.rc_context(_STYLE):
        figure_of(numbers).savefig(path, metadata={"Date": None})


def draw(results: Path, to: Path) -> list[Path]:
    """Every figure whose results are there.

    Raises:
        FileNotFoundError: where there are no results at all.
    """
    drawn = []
    for name, figure_of in FIGURES.items():
        path = results / f"{name}.json"
        if not path.is_file():
            say(f"{path} is missing: no figure of it")
            continue
        write(figure_of, json.loads(path.read_text(encoding="utf-8")), to / f"{name}.svg")
        drawn.append(to / f"{name}.svg")
    if not drawn:
        raise FileNotFoundError(f"{results} holds no results of any benchmark: run `make bench`.")
    return drawn


def main(arguments: Sequence[str] | None = None) -> int:
    made = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    made.add_argument("--results", type=Path, default=RESULTS, help="folder of the JSON files")
    made.add_argument("--to", type=Path, default=IMAGES, help="folder of the figures")
    options = made.parse_args(arguments)
    options.to.mkdir(parents=True, exist_ok=True)
    for path in draw(options.results, options.to):
        print(path)
    return 0


if __name__ == "__main__":
    sys.exit(main())
