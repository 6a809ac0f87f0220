import numpy as np
import pytest
import torch
from torch.nn.functional import interpolate

from neurflow_lightning.core.probes import PatchSet, ProbeSet, make_patches, patch_boxes
from neurflow_lightning.errors import ProbeError


def ramp(*shape: int) -> torch.Tensor:
    return torch.arange(float(np.prod(shape))).reshape(shape)


def test_papers_granularities_give_59_crops():
    boxes = patch_boxes(64, 64, (1, 0.5, 0.25))
    assert len(boxes) == 1 + 9 + 49
    assert boxes[0].tolist() == [0, 0, 64, 64]
    assert boxes[1].tolist() == [0, 0, 32, 32]
    assert boxes[9].tolist() == [32, 32, 32, 32]
    assert boxes[-1].tolist() == [48, 48, 16, 16]


def test_height_and_width_are_treated_separately():
    boxes = patch_boxes(8, 6, (0.5,))
    assert set(map(tuple, boxes[:, 2:])) == {(4, 3)}
    assert sorted(set(boxes[:, 0])) == [0, 2, 4]
    assert sorted(set(boxes[:, 1])) == [0, 1, 2, 3]


@pytest.mark.parametrize("size", [(16, 16), (17, 23), (9, 40)])
def test_crops_stay_on_the_image(size):
    boxes = patch_boxes(*size, (1, 0.7, 0.5, 0.25))
    assert (boxes[:, :2] >= 0).all()
    assert (boxes[:, 0] + boxes[:, 2] <= size[0]).all()
    assert (boxes[:, 1] + boxes[:, 3] <= size[1]).all()


def test_granularities_that_round_to_one_window_give_each_crop_once():
    assert len(patch_boxes(8, 8, (0.5, 0.55, 0.5))) == 9


def test_granularity_that_leaves_no_pixel_is_named():
    with pytest.raises(ProbeError, match=r"0\.25 leaves no pixel of a side of 3"):
        patch_boxes(64, 3, (1, 0.25))


def test_a_patch_is_the_resized_crop_of_its_image():
    probes = ProbeSet(ramp(3, 2, 12, 8))
    patches = make_patches(probes, (1, 0.5))
    rows = np.array([len(patches) - 1, 0, 7, patches.grid.crops + 4])
    batch = patches.batch(rows)
    for row, patch in zip(rows, batch, strict=True):
        top, left, height, width = patches.grid.box(row)
        crop = probes.images[patches.grid.image(row)][
            None, :, top : top + height, left : left + width
        ]
        expected = interpolate(crop, size=(12, 8), mode="bilinear", align_corners=False)[0]
        torch.testing.assert_close(patch, expected)


def test_the_whole_image_is_not_resampled():
    probes = ProbeSet(ramp(2, 1, 5, 7))
    assert torch.equal(make_patches(probes, (1,)).batch(np.array([1])), probes.images[1:])


@pytest.mark.parametrize(
    "inputs",
    [torch.rand(4, 6), torch.rand(4, 5, 3), torch.randint(9, (4, 7)), torch.rand(4, 2, 3, 4, 5)],
)
def test_inputs_that_are_no_images_are_their_own_patches(inputs):
    patches = make_patches(ProbeSet(inputs), (1, 0.5, 0.25))
    assert len(patches) == 4
    assert patches.grid.box(2) is None
    assert torch.equal(patches.batch(np.array([3, 1])), inputs[[3, 1]])


def test_fingerprint_is_pinned_across_machines_and_versions():
    probes = ProbeSet(ramp(2, 1, 4, 4), torch.tensor([1, 0]))
    assert probes.fingerprint((1, 0.5)) == (
        "fa308a3f6a2ea5f17cbcc7cc842f638695a178f410f70acefdbc9ddd2005ad15"
    )


def test_fingerprint_follows_images_labels_and_crops_alone():
    images, labels = torch.rand(3, 1, 4, 4), torch.tensor([0, 1, 0])
    reference = ProbeSet(images, labels).fingerprint((1, 0.5))
    assert ProbeSet(images, labels, ["a", "b"], [0.5], [0.2]).fingerprint((1, 0.5)) == reference
    assert ProbeSet(images.flip(0), labels).fingerprint((1, 0.5)) != reference
    assert ProbeSet(images, 1 - labels).fingerprint((1, 0.5)) != reference
    assert ProbeSet(images).fingerprint((1, 0.5)) != reference
    assert ProbeSet(images, labels).fingerprint((1,)) != reference
    assert ProbeSet(images.double(), labels).fingerprint((1, 0.5)) != reference


def test_fingerprint_of_every_floating_type():
    for dtype in (torch.float16, torch.bfloat16, torch.float64):
        assert len(ProbeSet(torch.ones(1, 1, 2, 2, dtype=dtype)).fingerprint((1,))) == 64


def test_probe_set_keeps_its_own_copy():
    images, labels = torch.zeros(2, 1, 2, 2), torch.tensor([0, 1])
    probes = ProbeSet(images, labels)
    images.fill_(7)
    labels.fill_(7)
    assert probes.images.sum() == 0
    assert probes.targets() == (0, 1)


def test_probe_set_made_in_inference_mode_can_be_differentiated():
    with torch.inference_mode():
        probes = ProbeSet(torch.ones(1, 1, 2, 2))
    assert not probes.images.is_inference()


def test_images_of_a_class_are_chosen_by_true_label():
    probes = ProbeSet(torch.zeros(5, 1, 2, 2), torch.tensor([3, 1, 3, 3, 1]))
    assert probes.images_of(3).tolist() == [0, 2, 3]
    assert probes.images_of(3, limit=2).tolist() == [0, 2]
    with pytest.raises(ProbeError, match=r"No probe image of class 2: .* classes \[1, 3\]"):
        probes.images_of(2)


def test_without_labels_every_image_serves():
    assert ProbeSet(torch.zeros(3, 4)).images_of(17).tolist() == [0, 1, 2]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((torch.zeros(0, 1, 2, 2),), "N at least 1"),
        ((torch.zeros(3),), r"shape \(3,\)"),
        ((torch.zeros(2, 4), torch.tensor([0])), "one for each probe input"),
        ((torch.zeros(2, 4), torch.tensor([0.0, 1.0])), "whole numbers"),
        (([1, 2],), "Probe inputs of type list"),
        ((torch.zeros(2, 4), [0, 1]), "Labels of type list"),
        ((torch.zeros(2, 3, 4, 4), None, (), [0.5]), "mean has 1 numbers; the images have 3"),
    ],
)
def test_probes_that_cannot_serve_are_refused(arguments, message):
    with pytest.raises(ProbeError, match=message):
        ProbeSet(*arguments)


def test_patches_are_cut_only_when_asked_for():
    """1,000 images' patches would fill 1.5 GB; only the images themselves are held."""
    patches = make_patches(ProbeSet(torch.zeros(1000, 3, 46, 46)), (1, 0.5, 0.25))
    assert isinstance(patches, PatchSet)
    assert patches.batch(np.array([58_999])).shape == (1, 3, 46, 46)
