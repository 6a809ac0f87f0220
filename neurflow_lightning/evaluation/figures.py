"""Evaluations as plots in JPEG, drawn without pyplot; dollar signs in names are no mathematics."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from itertools import cycle
from statistics import fmean
from typing import Any

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from PIL import Image

from neurflow_lightning.evaluation.results import EvaluationReport, Fidelity, Optimality
from neurflow_lightning.evaluation.settings import OURS
from neurflow_lightning.evaluation.statistics import Interval
from neurflow_lightning.render.figures import HAIR, INK, LOWERS, MUTED, RAISES
from neurflow_lightning.render.text import visible_text
from neurflow_lightning.render.thumbnails import encode_jpeg

_DPI = 110
_COLOURS = (RAISES, LOWERS, "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#f0e442", INK, MUTED)
"""Okabe and Ito's, told apart by colour-blind readers."""

_LONGEST = 16


def pictures(report: EvaluationReport) -> dict[str, bytes]:
    """Name → JPEG, of every evaluation there is."""
    made: dict[str, Callable[[EvaluationReport], bytes]] = {}
    if report.optimality:
        made["optimality"] = optimality_picture
    if report.fidelity:
        made["fidelity"] = fidelity_picture
    if report.weights:
        made["weights"] = weights_picture
    return {name: draw(report) for name, draw in made.items()}


def optimality_picture(report: EvaluationReport) -> bytes:
    """Overlap after knockouts by layer pair: core, random and what others chose; a panel a size."""
    sizes = sorted({one.size for one in report.optimality})
    figure, panels = _panels(
        1, len(sizes), "Share of a concept left after a knockout (less: better)"
    )
    for panel, size in zip(panels, sizes, strict=True):
        rows = [one for one in report.optimality if one.size == size]
        series: list[tuple[str, list[Interval]]] = [
            ("core neurons", [one.core for one in rows]),
            ("random sets", [one.random for one in rows]),
        ]
        for rival in rows[0].rivals:
            values = [_of_rival(one, rival.method) for one in rows]
            series.append((rival.method.replace("_", " "), values))
        for name, found in (
            ("core, where searched", [one.core_searched for one in rows]),
            ("greedy search", [one.greedy for one in rows]),
        ):
            if not all(map(math.isnan, found)):
                series.append((name, [Interval(one, math.nan, math.nan) for one in found]))
        for place, (name, values) in enumerate(series):
            across = [at + (place - len(series) / 2) * 0.11 for at in range(len(rows))]
            _points(panel, across, values, name, _COLOURS[place])
        _name_ticks(panel, [one.upper for one in rows], report.layers)
        panel.set_title(f"sets of {size}", fontsize=10)
        panel.set_ylim(-0.03, 1.03)
    return _jpeg(figure, panels)


def fidelity_picture(report: EvaluationReport) -> bytes:
    """What stays of the accuracy by layer (mean over targets), masked or retained, by τ.

    Of the target's logit where there is no accuracy.
    """
    by_logit = all(math.isnan(one.accuracy.whole) for one in report.fidelity)
    what = "Logit of the target" if by_logit else "Balanced accuracy (½ is chance)"
    figure, panels = _panels(2, 2, what)
    ways = [(mode, reach) for mode in ("mask", "retain") for reach in ("single", "cumulative")]
    layers = report.layers[-2::-1]
    for panel, (mode, reach) in zip(panels, ways, strict=True):
        rows = [one for one in report.fidelity if one.mode == mode]
        # Cumulative curves begin at the deepest layer, where both are the same.
        first = layers[0]
        rows = [
            one
            for one in rows
            if one.reach == reach or (reach == "cumulative" and one.layer == first)
        ]
        for colour, tau in zip(cycle(_COLOURS), sorted({one.tau for one in rows}), strict=False):
            here = [one for one in rows if one.tau == tau]
            for part, style in (("core", "-"), ("random", "--")):
                values = [_mean(here, layer, part, by_logit) for layer in layers]
                label = f"{part}, τ = {tau}"
                panel.plot(range(len(layers)), values, style, color=colour, marker="o", label=label)
        whole = [_mean(rows, layer, "whole", by_logit) for layer in layers]
        panel.plot(range(len(layers)), whole, ":", color=MUTED, label="untouched")
        _name_ticks(panel, layers, report.layers)
        title = "core masked" if mode == "mask" else "nothing but the core retained"
        panel.set_title(title + (", and in all deeper layers" if reach == "cumulative" else ""))
        panel.title.set_fontsize(10)
        if not by_logit:
            panel.set_ylim(0.4, 1.03)
    return _jpeg(figure, panels)


def weights_picture(report: EvaluationReport) -> bytes:
    """Pearson's correlation of summed attribution and effect by size of set; a panel a layer."""
    uppers = list(dict.fromkeys(one.upper for one in report.weights))
    figure, panels = _panels(1, len(uppers), "Correlation of summed attribution with effect")
    methods = list(dict.fromkeys(one.method for one in report.weights))
    for panel, upper in zip(panels, uppers, strict=True):
        for place, method in enumerate(methods):
            rows = [one for one in report.weights if (one.upper, one.method) == (upper, method)]
            told = [one for one in rows if not math.isnan(one.pearson.value)]
            ours = method in OURS
            panel.plot(
                [one.size for one in told],
                [one.pearson.value for one in told],
                "-" if place < len(_COLOURS) else "--",
                marker="o",
                markersize=4,
                linewidth=2.4 if ours else 1.2,
                color=_COLOURS[place % len(_COLOURS)],
                label=method.replace("_", " "),
                zorder=3 if ours else 2,
            )
        sizes = sorted({one.size for one in report.weights})
        panel.set_xscale("log")
        panel.set_xticks(sizes, [str(one) for one in sizes])
        panel.minorticks_off()
        panel.axhline(0, color=HAIR, zorder=1)
        panel.set_ylim(-1.05, 1.05)
        panel.set_title(_name(upper, report.layers), fontsize=10)
        panel.set_xlabel("neurons in a set")
    return _jpeg(figure, panels)


# --- drawing -----------------------------------------------------------------------------


def _panels(down: int, across: int, title: str) -> tuple[Figure, list[Any]]:
    figure = Figure(figsize=(max(4.4 * across, 8.0), 3.6 * down + 0.9), dpi=_DPI)
    figure.suptitle(title, fontsize=12, color=INK)
    axes = figure.subplots(down, across, squeeze=False)
    return figure, list(axes.flat)


def _jpeg(figure: Figure, panels: Sequence[Any]) -> bytes:
    for panel in panels:
        panel.grid(axis="y", color=HAIR, linewidth=0.6)
        panel.spines[["top", "right"]].set_visible(False)
    handles, labels = panels[0].get_legend_handles_labels()
    figure.legend(handles, labels, loc="outside lower center", ncols=4, frameon=False, fontsize=9)
    figure.set_layout_engine("constrained")
    canvas = FigureCanvasAgg(figure)
    canvas.draw()  # type: ignore[no-untyped-call]
    pixels = canvas.buffer_rgba()  # type: ignore[no-untyped-call]
    page = Image.frombuffer("RGBA", canvas.get_width_height(), pixels)
    return encode_jpeg(page.convert("RGB"))


def _points(
    panel: Any, across: Sequence[float], values: Sequence[Interval], name: str, colour: str
) -> None:
    middle = [one.value for one in values]
    ends = [
        [0.0 if math.isnan(end) else max(end, 0.0) for end in side]
        for side in (
            [one.value - one.low for one in values],
            [one.high - one.value for one in values],
        )
    ]
    panel.errorbar(across, middle, yerr=ends, fmt="o", color=colour, label=name, capsize=2)


def _of_rival(one: Optimality, method: str) -> Interval:
    value = next((each.value for each in one.rivals if each.method == method), math.nan)
    return Interval(value, math.nan, math.nan)


def _mean(rows: Sequence[Fidelity], layer: str, part: str, by_logit: bool) -> float:
    """Over the targets; NaN without any."""
    found = [one.logit if by_logit else one.accuracy for one in rows if one.layer == layer]
    values = [getattr(one, part) for one in found]
    told = [one for one in values if not math.isnan(one)]
    return fmean(told) if told else math.nan


def _name_ticks(panel: Any, names: Sequence[str], layers: Sequence[str]) -> None:
    panel.set_xticks(range(len(names)), [_name(one, layers) for one in names], fontsize=9)


def _name(layer: str, layers: Sequence[str]) -> str:
    """The shortest ending with a word that no other layer has, cut where it is long; literal."""
    parts = layer.split(".")
    starts = (one for one in range(len(parts) - 1, 0, -1) if not parts[one].isdigit())
    endings = (".".join(parts[start:]) for start in starts)
    others = [one for one in layers if one != layer]
    only = (one for one in endings if not any(f".{other}".endswith(f".{one}") for other in others))
    shown = visible_text(next(only, layer))
    cut = shown if len(shown) <= _LONGEST else f"…{shown[1 - _LONGEST :]}"
    return cut.replace("$", r"\$")
