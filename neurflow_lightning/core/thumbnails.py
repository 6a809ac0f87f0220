"""Small encoded pictures of the patches that are shown, cut from their source images."""

from __future__ import annotations

import io
from collections.abc import Iterable
from itertools import groupby

import numpy as np
import numpy.typing as npt
import torch
from PIL import Image
from torch import Tensor

from neurflow_lightning.core.probes import ProbeSet
from neurflow_lightning.types import PatchGrid

SIDE = 64
"""Pixels of a thumbnail's longer side."""

IMAGE_SIDE = 96
"""Most pixels of a source image's longer side: enough to see where a patch lies on it."""

JPEG_QUALITY = 85


def encode_pictures(
    probes: ProbeSet, grid: PatchGrid, rows: Iterable[int]
) -> tuple[dict[int, bytes], dict[int, bytes]]:
    """Patch row → JPEG of the crop, and probe image → JPEG of the image that crops were cut from.

    A crop's longer side has :data:`SIDE` pixels. An image's has at most :data:`IMAGE_SIDE`, and is
    never enlarged. Both are empty for inputs that are no images.
    """
    thumbnails: dict[int, bytes] = {}
    images: dict[int, bytes] = {}
    if grid.boxes is None:
        return thumbnails, images
    for image, own in groupby(sorted(set(rows)), grid.image):
        picture = displayable(probes, image)
        images[image] = _encoded(picture, min(IMAGE_SIDE, max(picture.shape[:2])))
        for row in own:
            top, left, height, width = grid.boxes[row % grid.crops]
            thumbnails[row] = _encoded(picture[top : top + height, left : left + width], SIDE)
    return thumbnails, images


def displayable(probes: ProbeSet, image: int) -> npt.NDArray[np.uint8]:
    """(H, W) or (H, W, 3) of one probe image, as a person would see it.

    Normalisation is undone with the probe set's ``mean`` and ``std``; without them the picture is
    stretched to its own range. Images of two or more than three channels are shown as their mean.
    """
    pixels = probes.images[image].float()
    if probes.mean is not None and probes.std is not None:
        pixels = pixels * per_channel(probes.std) + per_channel(probes.mean)
    else:
        low, high = pixels.min(), pixels.max()
        pixels = (pixels - low) / (high - low).clamp_min(torch.finfo(torch.float32).tiny)
    if pixels.shape[0] != 3:
        pixels = pixels.mean(0, keepdim=True)
    array = pixels.nan_to_num().clamp(0, 1).mul(255).round().byte().permute(1, 2, 0).numpy()
    return array if array.shape[2] == 3 else array[:, :, 0]


def per_channel(values: Iterable[float]) -> Tensor:
    """(C, 1, 1) numbers, one for each channel of an image."""
    return torch.tensor(list(values))[:, None, None]


def _encoded(crop: npt.NDArray[np.uint8], side: int) -> bytes:
    scale = side / max(crop.shape[:2])
    size = (max(round(crop.shape[1] * scale), 1), max(round(crop.shape[0] * scale), 1))
    buffer = io.BytesIO()
    Image.fromarray(crop).resize(size, Image.Resampling.BICUBIC).save(
        buffer, "JPEG", quality=JPEG_QUALITY
    )
    return buffer.getvalue()
