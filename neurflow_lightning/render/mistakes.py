"""The mistakes of a snapshot as the NeurFlow tab shows them: one JSON object, and sheets of images.

Schema 1; numbers that are not finite are ``null``, groups are those of the snapshot's graph::

    {"schema": 1, "step": 110, "images": 96, "wrong": 7, "threshold": 0.8,
     "input": [height, width], "crops": [[top, left, height, width]…], "names": {"3": "cat"…},
     "mistakes": [{
       "image": 17, "true": 3, "predicted": 5, "sure": 0.93, "right": 0.04, "margin": 2.1,
       "picture": [sheet, x, y, w, h],
       "past": [[step, taken for, share of that class, share of the true class, shown]…],
       "circuits": [{
         "target": 5, "path": [[layer, number, share]…],
         "groups": [{"layer", "number", "importance", "score", "fired": true,
                     "crops": [[crop, score]…],
                     "effect": [change of the margin, class then given]}…]}…]}…]}

``images`` were looked at, ``wrong`` of them got wrong; those that circuits explain come first.
``crops`` are the same for every image; ``input``, ``crops`` and ``picture`` are ``null`` or empty
for what is no image. ``past`` is told of earlier snapshots, the latest last; ``shown`` says whether
the image was among those told then. A path leads from the target down, by the lower ends of its
edges; a ``share`` is the edge's weight for each member of its upper group, in [-1, 1]. ``fired`` is
judged on the score before it was rounded; records of the first versions lack it, and there a score
over ``threshold`` says the same.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from PIL import Image

from neurflow_lightning.render.record import AIMED_BYTES, pack_graph
from neurflow_lightning.render.sheets import at_most, on_sheets

_FINENESS = ((224, 88), (224, 75), (160, 75), (112, 70), (80, 60), (64, 50), (48, 40))
"""Most pixels of an image's longer side, and quality of the JPEG."""


@dataclass(frozen=True, eq=False)
class MistakesRecord:
    """The mistakes of one snapshot for the tab.

    Attributes:
        content: plain values, as the module says; ready for JSON.
        sheets: JPEG files; empty for what is no image.
    """

    content: Mapping[str, Any]
    sheets: tuple[bytes, ...]

    @cached_property
    def packed(self) -> bytes:
        """The content as deflated JSON: the same bytes for the same content."""
        return pack_graph(self.content)

    @property
    def size(self) -> int:
        """Bytes of both."""
        return len(self.packed) + self._of_sheets

    def fits(self, most: int) -> bool:
        """Whether both have at most so many bytes; packs nothing where the sheets have more."""
        return self._of_sheets <= most and self.size <= most

    @property
    def _of_sheets(self) -> int:
        return sum(map(len, self.sheets))


def make_mistakes_record(
    content: Mapping[str, Any], pictures: Sequence[Image.Image], aimed_bytes: int = AIMED_BYTES
) -> MistakesRecord:
    """The record of a snapshot's mistakes.

    Args:
        content: all but where the pictures lie.
        pictures: one for each mistake; none for what is no image.
        aimed_bytes: pictures are drawn coarser until the record is no larger, as far as they can
            be.
    """
    *finer, coarsest = _ways(pictures)
    drawn = (_drawn(content, pictures, *way) for way in finer)
    fitting = (one for one in drawn if one.fits(aimed_bytes))
    return next(fitting, None) or _drawn(content, pictures, *coarsest)


def _ways(pictures: Sequence[Image.Image]) -> list[tuple[int, int]]:
    """Pixels and quality from fine to coarse, as far as they make a difference."""
    largest = max((max(one.size) for one in pictures), default=0)
    ways = ((min(side, largest), quality) for side, quality in _FINENESS)
    return list(dict.fromkeys(ways)) if pictures else [(0, 0)]


def _drawn(
    content: Mapping[str, Any], pictures: Sequence[Image.Image], side: int, quality: int
) -> MistakesRecord:
    sheets, places = on_sheets([at_most(one, side) for one in pictures], quality, 0)
    laid = [[*place] for place in places] if places else [None] * len(content["mistakes"])
    mistakes = [
        {**one, "picture": place} for one, place in zip(content["mistakes"], laid, strict=True)
    ]
    return MistakesRecord({**content, "mistakes": mistakes}, tuple(sheets))
