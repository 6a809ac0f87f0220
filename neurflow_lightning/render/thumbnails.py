"""Encoded patches to pixels, and finished pictures to JPEG."""

from __future__ import annotations

import io
from collections.abc import Mapping

from PIL import Image

from neurflow_lightning.errors import SnapshotError

MAX_PICTURE_BYTES = 200_000
"""No picture is larger: hundreds of them must fit into a run's event file."""

_FORMATS = ("JPEG", "PNG")
_MAX_SIDE = 4096
_QUALITIES = (92, 85, 78, 70, 60, 50, 40, 30, 20, 10)


def decode_thumbnail(
    thumbnails: Mapping[int, bytes], row: int, what: str = "thumbnail of patch"
) -> Image.Image:
    """The picture of patch ``row``, or of whatever else ``what`` says, in RGB.

    Raises:
        SnapshotError: when its bytes are no JPEG or PNG of at most 4096 pixels a side.
    """
    try:
        with Image.open(io.BytesIO(thumbnails[row]), formats=_FORMATS) as picture:
            if max(picture.size) > _MAX_SIDE:
                raise ValueError(f"{picture.size[0]}×{picture.size[1]} pixels")
            return picture.convert("RGB")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise SnapshotError(
            f"The {what} {row} cannot be shown ({error}): wanted a JPEG or PNG of at "
            f"most {_MAX_SIDE} pixels a side. Take the snapshot again."
        ) from error


def fit_square(picture: Image.Image, side: int) -> Image.Image:
    """``picture`` scaled to touch a square of ``side`` pixels from inside, proportions kept.

    Enlarged three times or more its pixels stay visible as squares instead of being blurred.
    """
    scale = side / max(picture.size)
    size = (max(1, round(picture.width * scale)), max(1, round(picture.height * scale)))
    sharp = scale >= 3
    return picture.resize(size, Image.Resampling.NEAREST if sharp else Image.Resampling.LANCZOS)


def encode_jpeg(picture: Image.Image, limit: int = MAX_PICTURE_BYTES) -> bytes:
    """``picture`` as JPEG of the best quality that stays within ``limit`` bytes.

    A picture too large even at the lowest quality is returned at that quality.
    """
    encoded = b""
    for quality in _QUALITIES:
        buffer = io.BytesIO()
        # Thin coloured lines smear when colour is stored at half the resolution.
        sampling = "4:4:4" if quality > 60 else "4:2:0"
        picture.save(buffer, "JPEG", quality=quality, subsampling=sampling)
        encoded = buffer.getvalue()
        if len(encoded) <= limit:
            break
    return encoded
