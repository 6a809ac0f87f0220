"""A report as a picture: the image, the groups that fired on it, and those that did not.

On the left the image with a box for each group shown at the right as fired, where it fired most. At
the right, for the predicted and, of a mistake, the true class: the path by which the answer came
about, as the crops that fired its groups, and a row for each group with the crop of this image,
what the group usually fires on, and a bar for how strongly it fired against its normal level.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw

from neurflow_lightning.applications.firing import (
    CircuitFiring,
    Firing,
    ImageReport,
)
from neurflow_lightning.applications.telling import verdict
from neurflow_lightning.render.figures import (
    GROOVE,
    HAIR,
    INK,
    LANE,
    LOWERS,
    MUTED,
    RAISES,
    Sheet,
    fit_text,
)
from neurflow_lightning.render.text import number_text, share_text
from neurflow_lightning.render.thumbnails import decode_thumbnail, encode_jpeg, fit_square
from neurflow_lightning.types import GroupId, Snapshot

Pixels = npt.NDArray[np.uint8]

_MARGIN, _IMAGE, _COLUMN, _TOP = 24, 288, 404, 88
_CELL, _PITCH, _PATH = 52, 62, 92
_LEAST, _SAID = 16, 36  # a crop of the path at least, and the share between two of them
_ROWS = 6
_PATCHES = 3
_MOST = 2.0  # times the normal level at which a bar is full
_COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9")  # Okabe & Ito


def image_picture(
    report: ImageReport, snapshot: Snapshot, pixels: Pixels, title: str = "Debugging"
) -> bytes:
    """A report as JPEG of at most 200 kB.

    Args:
        report: of an image.
        snapshot: it was made with; gives what the groups usually fire on.
        pixels: (H, W) or (H, W, 3) the image as a person would see it, of the network's size.
        title: the first line begins so; any text.

    Raises:
        ValueError: for a report of something that is no image.
        SnapshotError: when a thumbnail of the snapshot is no JPEG or PNG.
    """
    if report.boxes is None:
        raise ValueError("A report of something that is no image cannot be drawn.")
    image = Image.fromarray(pixels).convert("RGB")
    columns = _columns(report)
    rows = max([3, *(len(column.shown) for column in columns)])
    width = _MARGIN + _IMAGE + (_COLUMN + _MARGIN) * max(len(columns), 1) + _MARGIN
    sheet = Sheet(width, _TOP + max(_PATH + 56 + rows * _PITCH, _IMAGE + 70) + 8)
    scene = _Scene(sheet, report, snapshot, image)
    room = width - 2 * _MARGIN
    headline = fit_text(f"{title}: {verdict(report)}", room, 21, "bold")
    sheet.text(_MARGIN, 32, headline, 21, weight="bold")
    sheet.text(_MARGIN, 60, fit_text(_subtitle(report), room, 13), 13, MUTED)
    boxed = next((column.shown for column in columns if column.fired), ())
    sheet.picture(_with_boxes(image, report, boxed), _MARGIN, _TOP)
    for place, column in enumerate(columns):
        left = _MARGIN + _IMAGE + _MARGIN + place * (_COLUMN + _MARGIN)
        _draw_column(scene, left, column)
    if not columns:
        sheet.text(_MARGIN * 2 + _IMAGE, _TOP + 40, "no circuit of its classes", 13, MUTED)
    return encode_jpeg(sheet.render())


@dataclass(frozen=True)
class _Column:
    """A circuit at the right: what heads it, the groups shown, and whether these fired."""

    circuit: CircuitFiring
    heading: str
    shown: Sequence[Firing]
    fired: bool


@dataclass(frozen=True, eq=False)
class _Scene:
    """What everything is drawn on and from."""

    sheet: Sheet
    report: ImageReport
    snapshot: Snapshot
    image: Image.Image

    def name(
        self,
        circuit: CircuitFiring,
        group: GroupId,
        room: float,
        size: float,
        weight: Literal["normal", "bold"] = "normal",
    ) -> str:
        """What a group is called, or else its id, the end of which tells it apart."""
        label = self.report.labels.get(circuit.target, {}).get(group)
        if label is not None:
            return fit_text(label.told, room, size, weight)
        return fit_text(str(group), room, size, weight, keep_end=True)

    def crop(self, crop: int, side: int) -> Image.Image:
        """One crop of the image, in a square."""
        box = self.report.box(crop)
        assert box is not None
        top, left, height, width = box
        return fit_square(self.image.crop((left, top, left + width, top + height)), side)


def _columns(report: ImageReport) -> list[_Column]:
    found: list[_Column] = []
    circuit = report.circuit(report.predicted)
    if circuit is not None:
        below = circuit.below_the_target()
        fired = [one for one in below if one.fired]
        heading = f"What fired for “{circuit.name}”: {len(fired)} of {len(below)} groups"
        found.append(_Column(circuit, heading, fired[:_ROWS], True))
    rival = report.circuit(report.true) if report.is_mistake else None
    if rival is not None:
        below, silent = rival.below_the_target(), report.missing
        heading = f"True class “{rival.name}”: {len(silent)} of {len(below)} groups did not fire"
        found.append(_Column(rival, heading, silent[:_ROWS], False))
    return found


def _subtitle(report: ImageReport) -> str:
    taken, rival = (
        report.class_names.get(one, str(one)) for one in (report.predicted, report.rival)
    )
    moment = [
        f"{name} {one}"
        for name, one in (("epoch", report.epoch), ("step", report.step))
        if one is not None
    ]
    return " · ".join(
        [*moment, f"margin {number_text(report.margin)}: “{taken}” above “{rival}” in the logits"]
    )


def _with_boxes(image: Image.Image, report: ImageReport, groups: Sequence[Firing]) -> Image.Image:
    """The image, large, with a coloured box where each group fired most."""
    shown = fit_square(image, _IMAGE)
    draw = ImageDraw.Draw(shown)
    scale = shown.width / image.width, shown.height / image.height
    for place, one in enumerate(groups):
        box = report.box(one.best)
        if box is None:
            continue
        top, left, height, width = box
        inset = 2 + 3 * place  # boxes of the same crop stay visible
        edges = (
            left * scale[0],
            top * scale[1],
            (left + width) * scale[0],
            (top + height) * scale[1],
        )
        draw.rectangle(
            (edges[0] + inset, edges[1] + inset, edges[2] - inset, edges[3] - inset),
            outline=_COLOURS[place],
            width=3,
        )
    return shown


def _draw_column(scene: _Scene, left: int, column: _Column) -> None:
    sheet = scene.sheet
    height = sheet.height - _TOP - 10
    sheet.box(left, _TOP, _COLUMN, height, radius=9, facecolor=LANE, edgecolor="none")
    title = fit_text(column.heading, _COLUMN - 24, 14, "bold")
    sheet.text(left + 12, _TOP + 20, title, 14, weight="bold")
    _draw_path(scene, left + 12, _TOP + 40, column.circuit)
    top = _TOP + 40 + _PATH + 8
    for place, one in enumerate(column.shown):
        colour = _COLOURS[place] if column.fired else None
        patches = _usual(scene.snapshot, column.circuit, one)
        _draw_row(scene, left + 12, top + place * _PITCH, column.circuit, one, patches, colour)
    if not column.shown:
        none = "none fired" if column.fired else "all fired"
        sheet.text(left + 12, top + 20, none, 13, MUTED)


def _draw_path(scene: _Scene, left: float, top: float, circuit: CircuitFiring) -> None:
    """The path, shallow to deep: crops that fired its groups, and the shares of its edges."""
    sheet = scene.sheet
    steps = circuit.steps()[::-1]
    if not steps:
        sheet.text(left, top + 26, "no path: nothing that fired feeds the class", 12.5, MUTED)
        return
    step = (_COLUMN - 24 - 70) / len(steps)
    side = int(max(_LEAST, min(44, step - _SAID)))
    middle = top + side / 2
    for place, (edge, share) in enumerate(steps):
        x = left + place * step
        colour = RAISES if share >= 0 else LOWERS
        ends = x + side, x + step
        points = [(ends[0], middle), (ends[0], middle), (ends[1], middle), (ends[1], middle)]
        sheet.curve(points, 1 + 5 * min(abs(share), 1), edgecolor=colour)
        sheet.picture(scene.crop(circuit.group(edge.source).best, side), x, top)
        name = scene.name(circuit, edge.source, step - 6, 10.5)
        sheet.text(x, top + side + 11, name, 10.5, MUTED)
        told = {"ha": "center", "weight": "bold"}
        sheet.text((ends[0] + ends[1]) / 2, middle - 10, share_text(share), 10, colour, **told)
    x = left + len(steps) * step + 4
    legend = "on each line: the share of its input that the right end gets from the left"
    sheet.text(left, top + side + 28, fit_text(legend, _COLUMN - 24, 10), 10, MUTED)
    sheet.text(x, middle, fit_text(circuit.name, 66, 14, "bold"), 14, weight="bold")


def _draw_row(
    scene: _Scene,
    left: float,
    top: float,
    circuit: CircuitFiring,
    one: Firing,
    patches: Sequence[Image.Image],
    colour: str | None,
) -> None:
    """A group: its crop of this image, its usual patches, and its score."""
    sheet = scene.sheet
    if colour is not None:
        sheet.bar(left - 7, top, 4, _CELL, colour)
    sheet.picture(scene.crop(one.best, _CELL), left, top)
    for place, patch in enumerate(patches):
        sheet.picture(fit_square(patch, _CELL), left + (_CELL + 3) * (place + 1) + 9, top)
    x = left + (_CELL + 3) * (_PATCHES + 1) + 17
    room = left - 12 + _COLUMN - 12 - x
    name = scene.name(circuit, one.group, room, 12, "bold")
    sheet.text(x, top + 8, name, 12, weight="bold")
    sheet.text(x, top + 25, f"{one.score:.2f} × normal", 11.5, INK if one.fired else MUTED)
    length = min(room, 130)
    share = min(one.score, _MOST) / _MOST
    sheet.bar(x, top + 35, length, 6, GROOVE)
    sheet.bar(x, top + 35, length * share, 6, colour or HAIR)
    sheet.bar(x + length * min(scene.report.threshold, _MOST) / _MOST, top + 32, 1.2, 12, INK)
    told = f"importance {one.importance:.2f}"
    if one.effect is not None:
        told = f"margin if masked {number_text(one.effect.margin_change, '+.1f')}"
    sheet.text(x, top + 50, fit_text(told, room, 10.5), 10.5, MUTED)


def _usual(snapshot: Snapshot, circuit: CircuitFiring, one: Firing) -> list[Image.Image]:
    """A group's most representative patches, as far as the snapshot has them."""
    patches = snapshot.circuit(circuit.target).group(one.group).patches.tolist()
    shown = [row for row in patches if row in snapshot.thumbnails][:_PATCHES]
    return [decode_thumbnail(snapshot.thumbnails, row) for row in shown]
