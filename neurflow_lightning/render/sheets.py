"""Small pictures side by side on JPEG sheets, as the NeurFlow tab cuts them out again.

Each lies in a cell whose sides are multiples of 16 pixels, so that no block of the JPEG holds parts
of two of them.
"""

from __future__ import annotations

import io
import math
from collections.abc import Iterator, Sequence

from PIL import Image

from neurflow_lightning.render.thumbnails import fit_square

_SHEET = 1024
_BLOCK = 16


def at_most(picture: Image.Image, side: int) -> Image.Image:
    """``picture`` made smaller until its longer side has ``side`` pixels; never larger."""
    return picture if max(picture.size) <= side else fit_square(picture, side)


def on_sheets(
    pictures: Sequence[Image.Image], quality: int, before: int
) -> tuple[list[bytes], list[tuple[int, ...]]]:
    """JPEG sheets of the pictures, row by row; their places, on sheets counted from ``before``."""
    if not pictures:
        return [], []
    width = _cell(max(one.width for one in pictures))
    height = _cell(max(one.height for one in pictures))
    columns, rows = max(1, _SHEET // width), max(1, _SHEET // height)
    sheets: list[bytes] = []
    places: list[tuple[int, ...]] = []
    for part in _parts(pictures, columns * rows):
        used = min(columns, len(part)), math.ceil(len(part) / columns)
        sheet = Image.new("RGB", (used[0] * width, used[1] * height), "white")
        for at, picture in enumerate(part):
            x, y = at % columns * width, at // columns * height
            sheet.paste(picture, (x, y))
            places.append((before + len(sheets), x, y, picture.width, picture.height))
        sheets.append(_jpeg(sheet, quality))
    return sheets, places


def _cell(side: int) -> int:
    return math.ceil(side / _BLOCK) * _BLOCK


def _parts(pictures: Sequence[Image.Image], size: int) -> Iterator[Sequence[Image.Image]]:
    for start in range(0, len(pictures), size):
        yield pictures[start : start + size]


def _jpeg(sheet: Image.Image, quality: int) -> bytes:
    buffer = io.BytesIO()
    sheet.save(buffer, "JPEG", quality=quality, optimize=True)
    return buffer.getvalue()
