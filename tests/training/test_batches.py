from collections import namedtuple
from dataclasses import dataclass
from types import SimpleNamespace

import pytest
import torch

from neurflow_lightning.errors import ProbeError
from neurflow_lightning.training.batches import class_labels, inputs_and_labels, is_spent

IMAGES, LABELS = torch.rand(3, 1, 4, 4), torch.tensor([2, 0, 1])


@dataclass(frozen=True)
class Sample:
    image: torch.Tensor
    label: torch.Tensor


Pair = namedtuple("Pair", ["picture", "kind"])


@pytest.mark.parametrize(
    "batch",
    [
        (IMAGES, LABELS),
        [IMAGES, LABELS, "more"],
        (IMAGES, LABELS[:, None]),
        (IMAGES, [2, 0, 1]),
        {"image": IMAGES, "label": LABELS},
        {"pixel_values": IMAGES, "labels": LABELS, "path": ["a", "b", "c"]},
        Sample(IMAGES, LABELS),
        Pair(IMAGES, LABELS),
        SimpleNamespace(x=IMAGES, y=LABELS),
    ],
)
def test_usual_batches_need_no_keys(batch):
    images, labels = inputs_and_labels(batch)
    assert images is IMAGES
    assert labels.tolist() == [2, 0, 1]


@pytest.mark.parametrize(
    ("batch", "input_key", "label_key"),
    [
        ({"view": IMAGES, "kind": LABELS}, "view", "kind"),
        (Pair(IMAGES, LABELS), "picture", "kind"),
        ((LABELS, IMAGES), 1, 0),
        ({"left": (IMAGES, LABELS), "right": None}, "left.0", "left.1"),
        ({"a.b": IMAGES, "label": LABELS}, "a.b", None),
        (SimpleNamespace(data=SimpleNamespace(pixels=IMAGES), y=LABELS), "data.pixels", "y"),
    ],
)
def test_keys_find_what_they_name(batch, input_key, label_key):
    images, labels = inputs_and_labels(batch, input_key, label_key)
    assert images is IMAGES
    assert labels.tolist() == [2, 0, 1]


@pytest.mark.parametrize(
    "batch",
    [
        IMAGES,
        [IMAGES],
        (IMAGES, torch.rand(3)),
        (IMAGES, torch.zeros(3, 4, 4, dtype=torch.long)),
        (IMAGES, torch.tensor([True, False, True])),
        {"image": IMAGES},
        (IMAGES, ["cat", "dog", "cat"]),
    ],
)
def test_what_is_no_class_label_is_none(batch):
    images, labels = inputs_and_labels(batch)
    assert images is IMAGES
    assert labels is None


@pytest.mark.parametrize(
    ("batch", "keys", "said"),
    [
        ({"picture": IMAGES}, {}, "Name them by input_key. The batch is a dict of 'picture'"),
        ({"image": IMAGES, "x": IMAGES}, {}, "'image' and 'x': say by input_key"),
        ({"image": IMAGES, "y": LABELS, "label": LABELS}, {}, "'label' and 'y': say by label_key"),
        ({"image": IMAGES}, {"input_key": "imgae"}, "no 'imgae'.*Did you mean 'image'"),
        ((IMAGES, LABELS), {"input_key": 5}, "no 5: it is a tuple of 2"),
        ((IMAGES, torch.rand(3)), {"label_key": 1}, "label_key=1 names a tensor .*float32"),
        (((IMAGES, IMAGES), LABELS), {}, "inputs of a batch are a tuple of 2"),
    ],
)
def test_errors_name_what_came_and_the_way_out(batch, keys, said):
    with pytest.raises(ProbeError, match=said):
        inputs_and_labels(batch, **keys)


def test_one_class_number_for_every_input_is_asked_for():
    assert class_labels(torch.tensor([1, 2]), 3) is None
    assert class_labels(torch.tensor(1), 1) is None


@pytest.mark.parametrize(
    ("batch", "key", "spent"),
    [
        (None, None, True),
        ({"left": None}, "left", True),
        ({"left": None, "right": (IMAGES, LABELS)}, "left.0", True),
        ({"left": (IMAGES, LABELS)}, "left.0", False),
        ((IMAGES, LABELS), None, False),
        ({"image": IMAGES}, "wrong", False),
    ],
)
def test_a_combined_loader_that_ran_dry_is_told_from_a_wrong_key(batch, key, spent):
    assert is_spent(batch, key) is spent
