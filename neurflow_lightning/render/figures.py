"""Pictures of circuits as JPEG; the only place that knows matplotlib.

Figures are drawn on the Agg canvas without pyplot, which would keep every figure of a training
alive. All lengths are pixels, with y downwards. Text is never read as mathematics, so that
names from outside may hold any character.
"""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Any

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_hex, to_rgb
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, fontManager
from matplotlib.patches import FancyBboxPatch, PathPatch, Rectangle
from matplotlib.path import Path
from matplotlib.textpath import TextToPath
from PIL import Image

from neurflow_lightning.errors import ConfigError, LayerError, near_matches
from neurflow_lightning.labels import NO_LABELS, GroupLabels, Label
from neurflow_lightning.render.layout import (
    CARD_GAP,
    CARD_HEADER,
    CARD_PADDING,
    FOOTER,
    HEADER,
    LANE_HEADER,
    MARGIN,
    PATCH_GAP,
    Card,
    CircuitLayout,
    Lane,
    Link,
    best_patches,
    by_importance,
    lay_out,
    strongest_neurons,
    thickness,
)
from neurflow_lightning.render.text import counted, number_text, visible_text
from neurflow_lightning.render.thumbnails import decode_thumbnail, encode_jpeg, fit_square
from neurflow_lightning.types import Circuit, NeuronGroup, SegmentAttribution, Snapshot, is_stable

INK, MUTED, HAIR = "#1b2530", "#66727f", "#d0d7df"
PAPER, LANE, GROOVE = "#ffffff", "#f4f6f9", "#e6eaef"
RAISES, LOWERS = "#0072b2", "#d55e00"  # Okabe & Ito: told apart by colour-blind readers
_DASH = (9.0, 5.0)
# Edges between layers whose attributions do not predict knockouts: raising, lowering.
_DOTS, _DASH_DOTS = (2.5, 3.5), (9.0, 3.5, 2.5, 3.5)
_FADED = 0.35  # what is left of the contrast of something unstable

_DPI = 100.0
_POINT = 72.0 / _DPI  # points of one pixel
_OVERSAMPLING = 2  # drawn so many times larger, then reduced: small letters keep their shape
_FALLBACK_FONTS = (
    "Noto Sans CJK SC",
    "Noto Sans CJK JP",
    "PingFang SC",
    "Hiragino Sans",
    "Microsoft YaHei",
    "WenQuanYi Micro Hei",
    "Droid Sans Fallback",
    "Arial Unicode MS",
)

_MIN_WIDTH = 840  # what the legend takes
_NARROW = 100
_CAPTIONS = (  # between two lanes, the first that fits
    ("✗ does not predict knockouts ({})",),
    ("✗ does not predict", "knockouts ({})"),
    ("✗ does not", "predict", "knockouts", "({})"),
    ("✗", "{}"),
    ("✗",),
)
_GRID_LABEL = 232
_GRID_MAX_CELL = 92
_GRID_COLUMNS = 9


def circuit_picture(
    snapshot: Snapshot,
    circuit: Circuit,
    *,
    width: int = 1200,
    title: str | None = None,
    max_groups: int = 6,
    labels: GroupLabels = NO_LABELS,
) -> bytes:
    """The group circuit of one target as JPEG of at most 200 kB.

    Layers stand left to right, shallow to deep, the target at the right. A card is a neuron
    group: its best patches (without thumbnails, its neurons), its name or else how many neurons it
    has, and a bar for its importance. Edges are as thick as their weight; blue and solid raises,
    orange and dashed lowers. Pale are groups and edges that other images might not show again
    (stability below .75). Between layers whose attributions do not predict knockouts, edges are
    dotted, and a caption gives the correlation. Only the ``max_groups`` most important groups of a
    layer and the edges with most weight are drawn, and the picture says what it leaves out.

    Args:
        snapshot: where the circuit comes from; gives the patches, epoch and step.
        circuit: one of its circuits.
        width: in pixels, at least 840; the height follows from the number of groups.
        title: the first line; by default that it is the circuit of the target.
        max_groups: most groups of a layer, at least 1.
        labels: what groups are called.

    Raises:
        ConfigError: when ``width`` or ``max_groups`` is too small.
        SnapshotError: when a thumbnail is no JPEG or PNG.
    """
    _check_least("width", width, _MIN_WIDTH)
    _check_least("max_groups", max_groups, 1)
    layout = lay_out(circuit, width=width, thumbnails=snapshot.thumbnails, max_groups=max_groups)
    sheet = Sheet(layout.width, layout.height)
    heading = title or f"Circuit of “{circuit.name}”"
    _heading(sheet, heading, _circuit_subtitle(snapshot, circuit, layout))
    for lane in layout.lanes:
        _draw_lane(sheet, layout, lane, circuit)
    for lower, upper in pairwise(layout.lanes):
        _draw_caption(sheet, lower, upper, snapshot.attribution_of(upper.layer))
    for link in sorted(layout.links, key=lambda link: link.stable):
        predicts = snapshot.attribution_of(link.target.layer).predicts
        _draw_link(sheet, link, layout.heaviest, predicts)
    for card in layout.cards:
        label = labels.get(circuit.target.index, {}).get(card.id)
        _draw_card(sheet, layout, card, snapshot.thumbnails, circuit.target.layer, label)
    _legend(sheet, layout)
    return encode_jpeg(sheet.render())


def patch_grid(
    snapshot: Snapshot,
    circuit: Circuit,
    layer: str,
    *,
    width: int = 1200,
    max_rows: int = 12,
    labels: GroupLabels = NO_LABELS,
) -> bytes:
    """The neuron groups of one layer as JPEG of at most 200 kB, a row a group.

    A row has the group's number, name, neurons and importance, and whether it is unstable, then its
    patches, best first; for inputs that are no images, the number of the probe input. Rows are
    sorted by importance; beyond ``max_rows`` they are counted only.
    The arguments are those of :func:`circuit_picture`.

    Raises:
        ConfigError: when ``width`` or ``max_rows`` is too small.
        LayerError: when the circuit has no such layer.
        SnapshotError: when a thumbnail is no JPEG or PNG.
    """
    if layer not in circuit.layers:
        raise LayerError(
            f"Circuit {circuit.name!r} has no layer {layer!r}. "
            f"{near_matches(layer, circuit.layers)}"
        )
    _check_least("width", width, _MIN_WIDTH)
    _check_least("max_rows", max_rows, 1)
    groups = by_importance(circuit, layer)
    rows = groups[:max_rows]
    cell = _grid_cell(snapshot, rows, width)
    pitch = max(cell, 64) + CARD_GAP
    hidden = len(groups) - len(rows)
    sheet = Sheet(width, HEADER + max(1, len(rows)) * pitch + (24 if hidden else 0) + 8)
    _heading(sheet, f"{layer} · {circuit.name}", _grid_subtitle(snapshot, circuit, layer))
    for place, group in enumerate(rows):
        label = labels.get(circuit.target.index, {}).get(group.id)
        _draw_grid_row(sheet, snapshot, circuit, group, HEADER + place * pitch, cell, label)
    if hidden:
        sheet.text(MARGIN, sheet.height - 20, f"+{hidden} more groups", 12.5, MUTED)
    if not groups:
        sheet.text(MARGIN, HEADER + 30, "no core neurons found in this layer", 13, MUTED)
    return encode_jpeg(sheet.render())


def _check_least(name: str, value: int, least: int) -> None:
    if value < least:
        raise ConfigError(f"{name}={value!r}: wanted a whole number of at least {least}.")


# --- a sheet to draw on ------------------------------------------------------------------


class Sheet:
    """A white page measured in pixels."""

    def __init__(self, width: int, height: int) -> None:
        self.width, self.height = width, height
        size = (width / _DPI, height / _DPI)
        self._figure = Figure(figsize=size, dpi=_DPI * _OVERSAMPLING, facecolor=PAPER)
        self._axes = self._figure.add_axes((0, 0, 1, 1))
        self._axes.set_axis_off()
        self._axes.set_xlim(0, width)
        self._axes.set_ylim(height, 0)
        self._pictures: list[tuple[Image.Image, int, int]] = []

    def text(
        self, x: float, y: float, text: str, size: float, colour: str = INK, **style: Any
    ) -> None:
        """``text`` with its left end (or ``ha``) at x, centred on y; ``size`` in pixels."""
        self._axes.text(
            x, y, text, color=colour, va="center_baseline", usetex=False, parse_math=False,
            fontproperties=_font(size, style.pop("weight", "normal")), **style,
        )  # fmt: skip

    def box(self, x: float, y: float, width: float, height: float, **style: Any) -> None:
        """A box with round corners."""
        shape = f"round,pad=0,rounding_size={style.pop('radius', 5)}"
        self._axes.add_patch(FancyBboxPatch((x, y), width, height, boxstyle=shape, **style))

    def bar(self, x: float, y: float, width: float, height: float, colour: str) -> None:
        """A filled rectangle without an edge."""
        self._axes.add_patch(Rectangle((x, y), width, height, color=colour, linewidth=0))

    def curve(self, points: Sequence[tuple[float, float]], width: float, **style: Any) -> None:
        """A cubic Bézier curve along four points."""
        path = Path(points, [Path.MOVETO, Path.CURVE4, Path.CURVE4, Path.CURVE4])
        line = PathPatch(path, fill=False, linewidth=width * _POINT, capstyle="butt", **style)
        self._axes.add_patch(line)

    def picture(self, picture: Image.Image, x: float, y: float) -> None:
        """``picture`` with its left upper corner at (x, y), pixel for pixel, on top of all."""
        self._pictures.append((picture, round(x), round(y)))

    def render(self) -> Image.Image:
        """The page in RGB."""
        canvas = FigureCanvasAgg(self._figure)
        with warnings.catch_warnings():
            # A letter that no installed font has is drawn as a box, for everybody to see.
            warnings.filterwarnings("ignore", message="Glyph .* missing from")
            canvas.draw()  # type: ignore[no-untyped-call]
        pixels = canvas.buffer_rgba()  # type: ignore[no-untyped-call]
        page = Image.frombuffer("RGBA", canvas.get_width_height(), pixels)
        page = page.convert("RGB").reduce(_OVERSAMPLING)
        for picture, x, y in self._pictures:
            page.paste(picture, (x, y))
        return page


@lru_cache(maxsize=64)
def _font(size: float, weight: str = "normal") -> FontProperties:
    installed = {font.name for font in fontManager.ttflist}
    families = ["DejaVu Sans", *(name for name in _FALLBACK_FONTS if name in installed)]
    return FontProperties(family=families, size=size * _POINT, weight=weight)


@lru_cache(maxsize=4096)
def text_width(text: str, size: float, weight: str = "normal") -> float:
    """Pixels that ``text`` takes at ``size`` pixels."""
    font = _font(size, weight)
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing from")
        width: float = TextToPath().get_text_width_height_descent(text, font, ismath=False)[0]
    return width / _POINT


def fit_text(
    text: str, room: float, size: float, weight: str = "normal", *, keep_end: bool = False
) -> str:
    """``text`` made visible and, where it is wider than ``room`` pixels, cut with an ellipsis.

    The beginning is kept, or with ``keep_end`` the end: what tells layers apart is there.

    >>> fit_text("a very long name", 60, 12), fit_text("blocks.11.mlp", 60, 12, keep_end=True)
    ('a very l…', '…11.mlp')
    """
    text = visible_text(text)
    most = int(room)  # letters: hardly any is narrower than a pixel, and names may be endless
    if len(text) <= most and text_width(text, size, weight) <= room:
        return text

    def cut(length: int) -> str:
        return f"…{text[-length:].lstrip('.')}" if keep_end else f"{text[:length]}…"

    fitting, too_long = 0, min(len(text), most + 1)
    while too_long - fitting > 1:
        length = (fitting + too_long) // 2
        if text_width(cut(length), size, weight) <= room:
            fitting = length
        else:
            too_long = length
    return cut(fitting) if fitting else "…"


def _fit_label(label: Label, room: float, size: float, weight: str = "normal") -> str:
    """A name with its score; where both have no room, the name is cut."""
    rest = label.told.removeprefix(label.name)
    return fit_text(label.name, room - text_width(rest, size, weight), size, weight) + rest


def without_shared_prefix(layer: str, layers: Sequence[str]) -> str:
    """The layer's name without the leading parts that all ``layers`` share.

    >>> without_shared_prefix("net.body.0", ["net.stem", "net.body.0", "net.fc"])
    'body.0'
    """
    parts = [name.split(".")[:-1] for name in layers]
    shared = 0
    while all(len(one) > shared and one[shared] == parts[0][shared] for one in parts):
        shared += 1
    return ".".join(layer.split(".")[shared:])


def _first_fitting(texts: Sequence[str], room: float, size: float) -> str:
    """The first of ``texts`` that fits; empty when none does."""
    return next((text for text in texts if text_width(text, size) <= room), "")


# --- the circuit -------------------------------------------------------------------------


def _heading(sheet: Sheet, title: str, subtitle: str) -> None:
    room = sheet.width - 2 * MARGIN
    sheet.text(MARGIN, 32, fit_text(title, room, 23, "bold"), 23, weight="bold")
    sheet.text(MARGIN, 61, fit_text(subtitle, room, 13.5), 13.5, MUTED)


def _circuit_subtitle(snapshot: Snapshot, circuit: Circuit, layout: CircuitLayout) -> str:
    counts = (
        f"{counted(len(circuit.neurons), 'core neuron')} in {counted(len(circuit.groups), 'group')}"
    )
    marks = ["pale: unstable"] if layout.has_unstable else []
    if any(not snapshot.attribution_of(layer).predicts for layer in circuit.layers[1:]):
        marks.append("✗ dotted: does not predict knockouts")
    return " · ".join([f"neuron {circuit.target}", *_when(snapshot), counts, *marks])


def _grid_subtitle(snapshot: Snapshot, circuit: Circuit, layer: str) -> str:
    counts = (
        f"{counted(len(circuit.layer_neurons(layer)), 'core neuron')} in "
        f"{counted(len(circuit.layer_groups(layer)), 'group')}, most important first"
    )
    return " · ".join(["Neuron groups and their patches", *_when(snapshot), counts])


def _when(snapshot: Snapshot) -> list[str]:
    moments = {"epoch": snapshot.epoch, "step": snapshot.step}
    said = [f"{name} {moment}" for name, moment in moments.items() if moment is not None]
    return said + (["averaged weights"] if snapshot.weights == "averaged" else [])


def _draw_lane(sheet: Sheet, layout: CircuitLayout, lane: Lane, circuit: Circuit) -> None:
    height = layout.height - HEADER - FOOTER + 6
    sheet.box(lane.left, HEADER, lane.width, height, radius=9, facecolor=LANE, edgecolor="none")
    middle, room = lane.left + lane.width / 2, lane.width - 8
    is_target = lane.layer == circuit.target.layer
    size = 13.0 if lane.width >= _NARROW else 11.0
    shown = without_shared_prefix(lane.layer, circuit.layers)
    name = fit_text(shown, room, size, "bold", keep_end=True)
    sheet.text(middle, HEADER + 17, name, size, weight="bold", ha="center")
    below = circuit.name if is_target else counted(len(circuit.layer_neurons(lane.layer)), "neuron")
    size -= 1.5
    sheet.text(middle, HEADER + 35, fit_text(below, room, size), size, MUTED, ha="center")
    if lane.hidden:
        sheet.text(middle, lane.bottom + 14, f"+{lane.hidden} more", 11.5, MUTED, ha="center")
    if lane.layer not in {card.id.layer for card in layout.cards}:
        y = (HEADER + LANE_HEADER + layout.height - FOOTER) / 2
        sheet.text(middle, y, fit_text("none found", room, 11.5), 11.5, MUTED, ha="center")


def _draw_caption(sheet: Sheet, lower: Lane, upper: Lane, attribution: SegmentAttribution) -> None:
    """Mark a layer pair whose attributions do not predict knockouts, above its edges."""
    if attribution.predicts:
        return
    left, right = lower.left + lower.width, upper.left
    correlation = number_text(attribution.correlation)
    captions = [[line.format(correlation) for line in lines] for lines in _CAPTIONS]
    lines = next(
        lines
        for lines in captions
        if lines == captions[-1]
        or max(text_width(line, 11, "bold") for line in lines) <= right - left - 6
    )
    for place, line in enumerate(lines):
        y = HEADER + 25 + 13 * (place - (len(lines) - 1) / 2)
        sheet.text((left + right) / 2, y, line, 11, weight="bold", ha="center")


def _draw_link(sheet: Sheet, link: Link, heaviest: float, predicts: bool) -> None:
    (x0, y0), (x1, y1) = link.start, link.end
    reach = (x1 - x0) * 0.5
    sheet.curve(
        [(x0, y0), (x0 + reach, y0), (x1 - reach, y1), (x1, y1)],
        link.thickness,
        **_link_style(
            link.negative,
            link.thickness,
            (0.5 + 0.4 * abs(link.share) / heaviest) * (1.0 if link.stable else _FADED),
            predicts,
        ),
    )


def _link_style(
    negative: bool, thick: float, alpha: float, predicts: bool = True
) -> dict[str, Any]:
    """Colour and dash of an edge; matplotlib counts dashes in multiples of the line's width."""
    solid: tuple[float, ...] = () if predicts else _DOTS
    dashes = (_DASH if predicts else _DASH_DOTS) if negative else solid
    line = (0, tuple(part / thick for part in dashes)) if dashes else "solid"
    return {"edgecolor": LOWERS if negative else RAISES, "linestyle": line, "alpha": alpha}


def _draw_card(
    sheet: Sheet,
    layout: CircuitLayout,
    card: Card,
    thumbnails: Mapping[int, bytes],
    target: str,
    label: Label | None,
) -> None:
    edge = {"edgecolor": INK, "linewidth": 1.1} if card.id.layer == target else {"edgecolor": HAIR}
    ink, muted = (INK, MUTED) if card.stable else (_faded(INK), _faded(MUTED))
    sheet.box(card.left, card.top, card.width, card.height, facecolor=PAPER, **edge)
    number = f"#{card.id.number}"
    left, inner = card.left + CARD_PADDING, card.width - 2 * CARD_PADDING
    sheet.text(left, card.top + 12, number, 12, ink, weight="bold")
    room = inner - text_width(number, 12, "bold") - 5
    count = len(card.neurons)
    said = _first_fitting([counted(count, "neuron"), f"{count} n."], room, 11)
    if label is not None:
        said, muted = _fit_label(label, room, 11), ink
    sheet.text(left + inner, card.top + 12, said, 11, muted, ha="right")
    if layout.patch_side:
        _draw_patches(sheet, layout, card, thumbnails)
    else:
        _draw_indices(sheet, card, ink)
    _importance_bar(sheet, left, card.top + card.height - 7, inner, card.importance, ink)


def _draw_patches(
    sheet: Sheet, layout: CircuitLayout, card: Card, thumbnails: Mapping[int, bytes]
) -> None:
    for place, row in enumerate(card.patches):
        down, right = divmod(place, layout.patch_columns)
        x = card.left + CARD_PADDING + right * (layout.patch_side + PATCH_GAP)
        y = card.top + CARD_HEADER + down * (layout.patch_side + PATCH_GAP)
        _place_patch(sheet, thumbnails, row, x, y, layout.patch_side, pale=not card.stable)


def _place_patch(
    sheet: Sheet,
    thumbnails: Mapping[int, bytes],
    row: int,
    x: float,
    y: float,
    side: int,
    *,
    pale: bool = False,
) -> None:
    patch = fit_square(decode_thumbnail(thumbnails, row), side)
    if pale:
        patch = Image.blend(Image.new(patch.mode, patch.size, PAPER), patch, _FADED)
    sheet.picture(patch, x + (side - patch.width) / 2, y + (side - patch.height) / 2)


def _draw_indices(sheet: Sheet, card: Card, ink: str) -> None:
    room = card.width - 2 * CARD_PADDING
    lines = _wrapped([str(index) for index in card.neurons], room, 11, most=3)
    for place, line in enumerate(lines):
        sheet.text(card.left + CARD_PADDING, card.top + CARD_HEADER + 8 + 15 * place, line, 11, ink)


def _wrapped(words: Sequence[str], room: float, size: float, most: int) -> list[str]:
    """``words`` with commas on at most ``most`` lines, an ellipsis where they do not all fit."""
    lines = [""]
    for word in words:
        longer = f"{lines[-1]}, {word}" if lines[-1] else word
        if not lines[-1] or text_width(f"{longer},…", size) <= room:
            lines[-1] = longer
        elif len(lines) < most:
            lines[-1] += ","
            lines.append(word)
        else:
            lines[-1] += ", …"
            break
    return lines


def _importance_bar(
    sheet: Sheet, x: float, y: float, width: float, importance: float, ink: str = INK
) -> None:
    sheet.bar(x, y, width, 3, GROOVE)
    sheet.bar(x, y, width * min(max(importance, 0.0), 1.0), 3, ink)


def _faded(colour: str) -> str:
    """A colour as it looks where it stands for something unstable."""
    red, green, blue = _FADED * np.array(to_rgb(colour)) + (1 - _FADED) * np.array(to_rgb(PAPER))
    return to_hex((red, green, blue))


def _legend(sheet: Sheet, layout: CircuitLayout) -> None:
    y, x = layout.height - 24.0, float(MARGIN)
    for negative, said in ((False, "raises"), (True, "lowers")):
        x = _legend_line(sheet, x, y, negative, 4.0, said)
    for part in (1.0, 0.25) if layout.heaviest else ():
        share = part * layout.heaviest
        thick = thickness(share, layout.heaviest)
        x = _legend_line(sheet, x, y, False, thick, f"{share:.0%} of the input", MUTED)
    sheet.bar(x, y - 2, 34, 3, GROOVE)
    sheet.bar(x, y - 2, 20, 3, INK)
    sheet.text(x + 42, y, "importance of the group", 12, MUTED)
    said = f"{len(layout.links)} of {counted(layout.edges, 'edge')} drawn"
    left = x + 42 + text_width("importance of the group", 12) + 20
    if left + text_width(said, 12) <= layout.width - MARGIN:
        sheet.text(layout.width - MARGIN, y, said, 12, MUTED, ha="right")


def _legend_line(
    sheet: Sheet, x: float, y: float, negative: bool, thick: float, said: str, colour: str = ""
) -> float:
    """A sample edge with its meaning; returns where the next entry may start."""
    style = _link_style(negative, thick, 0.9)
    if colour:
        style["edgecolor"] = colour
    sheet.curve([(x, y), (x + 14, y), (x + 28, y), (x + 42, y)], thick, **style)
    sheet.text(x + 50, y, said, 12, MUTED)
    return x + 50 + text_width(said, 12) + 24


# --- the patch grid ----------------------------------------------------------------------


def _grid_patches(snapshot: Snapshot, group: NeuronGroup) -> tuple[int, ...]:
    """The patches there are pictures of; without any picture, the first numbers."""
    rows = snapshot.thumbnails or range(len(snapshot.probe.grid))
    return best_patches(group, rows, _GRID_COLUMNS)


def _grid_cell(snapshot: Snapshot, groups: Sequence[NeuronGroup], width: int) -> int:
    most = max((len(_grid_patches(snapshot, group)) for group in groups), default=1)
    room = (width - 2 * MARGIN - _GRID_LABEL) / max(1, most) - 6
    return int(min(_GRID_MAX_CELL, max(room, 24)))


def _draw_grid_row(
    sheet: Sheet,
    snapshot: Snapshot,
    circuit: Circuit,
    group: NeuronGroup,
    y: float,
    cell: int,
    label: Label | None,
) -> None:
    neurons = [str(index) for index in strongest_neurons(circuit, group)]
    importance, inner = circuit.group_importance(group), _GRID_LABEL - 28
    sheet.text(MARGIN, y + 10, f"#{group.id.number}", 15, weight="bold")
    said = f"importance {importance:.2f}" + ("" if is_stable(group.stability) else ", unstable")
    sheet.text(MARGIN + inner, y + 10, said, 11.5, MUTED, ha="right")
    _importance_bar(sheet, MARGIN, y + 23, inner, importance)
    noun = "neuron" if len(neurons) == 1 else "neurons"
    words = [f"{noun} {neurons[0]}", *neurons[1:]]
    named = [] if label is None else [_fit_label(label, inner, 12, "bold")]
    for place, line in enumerate([*named, *_wrapped(words, inner, 12, 2 - len(named))]):
        weight = "bold" if place < len(named) else "normal"
        sheet.text(MARGIN, y + 39 + 16 * place, line, 12, weight=weight)
    for place, row in enumerate(_grid_patches(snapshot, group)):
        _draw_cell(sheet, snapshot, row, MARGIN + _GRID_LABEL + place * (cell + 6), y, cell)


def _draw_cell(sheet: Sheet, snapshot: Snapshot, row: int, x: float, y: float, cell: int) -> None:
    if row in snapshot.thumbnails:
        _place_patch(sheet, snapshot.thumbnails, row, x, y, cell)
        return
    sheet.box(x, y, cell, cell, facecolor=LANE, edgecolor=HAIR)
    grid = snapshot.probe.grid
    number, noun = grid.image(row), "input" if grid.boxes is None else "image"
    said = _first_fitting([f"{noun} {number}", str(number)], cell - 6, 11)
    sheet.text(x + cell / 2, y + cell / 2, said, 11, MUTED, ha="center")
