"""Probe images → patches (step 1 of the algorithm).

1. A :class:`ProbeSet` holds the images, their true labels and the classes' names, frozen for a
   run. Its fingerprint is the same string on every machine.
2. :func:`patch_boxes` lays windows over an image: for each granularity ``g`` a
   window of ``g`` times the side, moved by half its side.
3. A :class:`PatchSet` cuts and resizes patches only when they are asked for, so that memory does
   not grow with their number.

Inputs that are no images (anything but floating ``(N, C, H, W)``) are their own patches.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import torch
from torch import Tensor
from torch.nn.functional import interpolate

from neurflow_lightning.config import NeurFlowConfig
from neurflow_lightning.errors import ProbeError
from neurflow_lightning.types import IntArray, PatchGrid, ProbeInfo


@dataclass(frozen=True, eq=False)
class ProbeSet:
    """The inputs that a network's circuits are read from.

    Args:
        images: (N, C, H, W) floating images as the network takes them (normalised), or any
            other (N, ...) inputs, at least one.
        labels: (N,) true class of every input; ``None`` lets every input serve every target.
        class_names: name of every class, by number; may be empty.
        mean, std: one number for each image channel: what normalisation subtracted and
            divided by, so that pictures show true colours. Without them each picture is
            stretched to its own range.

    The tensors are copied to the CPU, so that nothing a training step does can change them.

    Raises:
        ProbeError: for no input, labels of another length or type, or mean and std that do not
            fit the channels.

    >>> probes = ProbeSet(torch.zeros(2, 3, 8, 8), torch.tensor([0, 1]))
    >>> len(probes), probes.is_image
    (2, True)
    """

    images: Tensor
    labels: Tensor | None = None
    class_names: Sequence[str] = ()
    mean: Sequence[float] | None = None
    std: Sequence[float] | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "images", _copied(self.images, "Probe inputs"))
        object.__setattr__(self, "class_names", tuple(str(name) for name in self.class_names))
        if self.images.ndim < 2 or len(self.images) == 0:
            raise ProbeError(
                f"Probe inputs of shape {tuple(self.images.shape)}: wanted (N, ...), N at least 1."
            )
        if self.labels is not None:
            object.__setattr__(self, "labels", _checked_labels(self.labels, len(self.images)))
        for name in ("mean", "std"):
            object.__setattr__(self, name, self._checked_channels(name, getattr(self, name)))

    def __len__(self) -> int:
        return len(self.images)

    @property
    def is_image(self) -> bool:
        """Whether the inputs can be cropped: floating ``(N, C, H, W)``."""
        return self.images.ndim == 4 and self.images.is_floating_point()

    def targets(self) -> tuple[int, ...]:
        """The classes present, ascending; empty without labels."""
        return () if self.labels is None else tuple(np.unique(self.labels.numpy()).tolist())

    def images_of(self, target: int, limit: int | None = None) -> IntArray:
        """Rows of the inputs whose true class is ``target``, at most ``limit``, in order.

        Without labels every input serves every target.

        Raises:
            ProbeError: when there is none.
        """
        if self.labels is None:
            return np.arange(len(self))[:limit]
        rows = np.flatnonzero(self.labels.numpy() == target)[:limit]
        if len(rows) == 0:
            raise ProbeError(
                f"No probe image of class {target}: the probe set holds classes "
                f"{list(self.targets())}. Give more validation batches or other targets."
            )
        return rows

    def fingerprint(self, granularities: Sequence[float]) -> str:
        """64 hexadecimal digits that follow from images, labels and crops alone.

        >>> ones = ProbeSet(torch.ones(1, 1, 4, 4))
        >>> ones.fingerprint((1.0,)) == ProbeSet(torch.ones(1, 1, 4, 4)).fingerprint((1.0,))
        True
        >>> ones.fingerprint((1.0,)) == ones.fingerprint((1.0, 0.5))
        False
        """
        header = {
            "shape": list(self.images.shape),
            "dtype": str(self.images.dtype),
            "granularities": [float(one) for one in granularities] if self.is_image else None,
            "labelled": self.labels is not None,
        }
        digest = hashlib.sha256(json.dumps(header, sort_keys=True).encode())
        for tensor in (self.images, self.labels):
            if tensor is not None:
                digest.update(_little_endian(tensor))
        return digest.hexdigest()

    def grid(self, granularities: Sequence[float]) -> PatchGrid:
        """Where the patches of these inputs lie."""
        if not self.is_image:
            return PatchGrid(len(self), None)
        height, width = self.images.shape[-2:]
        return PatchGrid(len(self), patch_boxes(height, width, granularities))

    def info(self, config: NeurFlowConfig) -> ProbeInfo:
        """What a snapshot remembers of this probe set."""
        return ProbeInfo(
            fingerprint=self.fingerprint(config.granularities),
            grid=self.grid(config.granularities),
            input_shape=tuple(self.images.shape[1:]),
            labels=None if self.labels is None else self.labels.numpy(),
            class_names=tuple(self.class_names),
        )

    def _checked_channels(
        self, name: str, values: Sequence[float] | None
    ) -> tuple[float, ...] | None:
        if values is None:
            return None
        channels = self.images.shape[1]
        if len(values) != channels:
            raise ProbeError(f"{name} has {len(values)} numbers; the images have {channels}.")
        return tuple(float(value) for value in values)


@dataclass(frozen=True, eq=False)
class PatchSet:
    """The patches of a probe set, cut when asked for.

    Attributes:
        images: (N, ...) the probe inputs.
        grid: where the patches lie.
    """

    images: Tensor
    grid: PatchGrid

    def __len__(self) -> int:
        return len(self.grid)

    def batch(self, rows: IntArray | Tensor) -> Tensor:
        """(B, ...) the patches of the given rows, resized bilinearly to the input's size."""
        rows = np.array(rows, dtype=np.int64)  # a copy: torch takes no read-only arrays
        if self.grid.boxes is None:
            return self.images[torch.from_numpy(rows)]
        out = self.images.new_empty((len(rows), *self.images.shape[1:]))
        boxes = self.grid.boxes[rows % self.grid.crops]
        for size in np.unique(boxes[:, 2:], axis=0):
            places = np.flatnonzero((boxes[:, 2:] == size).all(axis=1))
            crops = torch.stack([self._crop(int(row)) for row in rows[places]])
            out[torch.from_numpy(places)] = _resized(crops, self.images.shape[-2:])
        return out

    def _crop(self, row: int) -> Tensor:
        assert self.grid.boxes is not None
        top, left, height, width = self.grid.boxes[row % self.grid.crops]
        return self.images[self.grid.image(row), :, top : top + height, left : left + width]


def labelled_as(probes: ProbeSet, known: ProbeInfo) -> ProbeSet:
    """A probe set with the labels that a snapshot was made with, whatever its own are.

    They may be the model's predictions. Whether the images are the snapshot's too is told by
    :func:`check_fingerprint`.

    Raises:
        ProbeError: for another number of inputs, or inputs of another shape.
    """
    if probes.images.shape != (known.grid.n_images, *known.input_shape):
        raise _other_images()
    labels = None if known.labels is None else torch.from_numpy(known.labels.copy())
    return replace(probes, labels=labels)


def check_fingerprint(fingerprint: str, known: ProbeInfo) -> None:
    """Refuse a probe set that a snapshot was not made on.

    Raises:
        ProbeError: for another fingerprint than the snapshot's.
    """
    if fingerprint != known.fingerprint:
        raise _other_images()


def _other_images() -> ProbeError:
    return ProbeError(
        "The snapshot was made on other images. Give the probe set that it was made on, its images "
        "in the same order: its rows are the circuit's patches."
    )


def make_patches(probes: ProbeSet, granularities: Sequence[float]) -> PatchSet:
    """The patches of ``probes`` at the given granularities.

    >>> len(make_patches(ProbeSet(torch.zeros(2, 3, 8, 8)), (1, 0.5, 0.25)))
    118
    """
    return PatchSet(probes.images, probes.grid(granularities))


def patch_boxes(height: int, width: int, granularities: Sequence[float]) -> IntArray:
    """(M, 4) top, left, height and width of every crop of an image, by granularity.

    For granularity ``g`` the window's side is ``s = int(g · side)``, its stride
    ``max(min(int(s / 2), side − s), 1)``; height and width are treated separately. With the
    paper's granularities 1, 1/2 and 1/4 an image whose sides 4 divides (16 at the least) gives
    1 + 9 + 49 = 59 crops.

    Raises:
        ProbeError: for a granularity that leaves no pixel.

    >>> len(patch_boxes(64, 32, (1, 0.5, 0.25)))
    59
    >>> patch_boxes(4, 4, (0.5,))[:4].tolist()
    [[0, 0, 2, 2], [0, 1, 2, 2], [0, 2, 2, 2], [1, 0, 2, 2]]
    """
    boxes = (
        (top, left, int(granularity * height), int(granularity * width))
        for granularity in granularities
        for top in _window_starts(height, granularity)
        for left in _window_starts(width, granularity)
    )
    # Granularities that round to one window on a small image give each crop once.
    return np.array(list(dict.fromkeys(boxes)), dtype=np.int64)


def _window_starts(side: int, granularity: float) -> Iterable[int]:
    window = int(granularity * side)
    if window < 1:
        raise ProbeError(
            f"Granularity {granularity:g} leaves no pixel of a side of {side}. "
            f"Leave it out or give larger images."
        )
    stride = max(min(window // 2, side - window), 1)
    return range(0, side - window + 1, stride)


def _resized(crops: Tensor, size: torch.Size) -> Tensor:
    if crops.shape[-2:] == size:
        return crops
    return interpolate(crops, size=list(size), mode="bilinear", align_corners=False)


def _copied(tensor: Tensor, what: str) -> Tensor:
    if not isinstance(tensor, Tensor):
        raise ProbeError(f"{what} of type {type(tensor).__name__}: wanted a torch.Tensor.")
    with torch.inference_mode(False):
        return tensor.detach().to("cpu", copy=True).contiguous()


def _checked_labels(labels: Tensor, count: int) -> Tensor:
    labels = _copied(labels, "Labels")
    if labels.shape != (count,) or labels.is_floating_point() or labels.is_complex():
        raise ProbeError(
            f"Labels of shape {tuple(labels.shape)} and type {labels.dtype}: "
            f"wanted ({count},) whole numbers, one for each probe input."
        )
    return labels.long()


def _little_endian(tensor: Tensor) -> bytes:
    if tensor.dtype == torch.bfloat16:
        tensor = tensor.float()  # exact, and numpy has no bfloat16
    array = tensor.numpy()
    return array.astype(array.dtype.newbyteorder("<")).tobytes()
