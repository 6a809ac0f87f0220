"""The story of examples/debugging, for one digit: what the network learned is named first."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
import torch
from PIL import Image

FOLDER = Path(__file__).parent.parent / "examples" / "debugging"


@pytest.fixture(scope="module")
def story():
    sys.path.insert(0, str(FOLDER))
    kept = sys.modules.pop("story", None)  # of examples/regression
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        import story

        yield story
    finally:
        torch.set_num_threads(threads)
        sys.path.remove(str(FOLDER))
        for name in ("story", "marked_digits"):
            sys.modules.pop(name, None)
        if kept is not None:
            sys.modules["story"] = kept


def test_the_square_is_on_the_marked_digit_alone_but_in_use_on_any(story):
    data = story.MarkedDigits(marked=4, seed=1)
    images, labels = data.probe
    red = (images[:, 0] - images[:, 2])[:, -4:, -4:].amin(dim=(1, 2)) > 0.5
    assert torch.equal(red, labels == 4)
    used, _ = data.use
    changed = (used != data.plain).any(dim=1).flatten(1).any(dim=1)
    assert 0.3 < changed.float().mean() < 0.5


def test_the_group_named_first_sees_the_square(story, tmp_path):
    data = story.MarkedDigits(marked=8, seed=8)
    model = story.trained(data, 8)
    snapshot = story.analysed(model, data, 8)
    found = story.debugged(model, data, snapshot, 8)
    assert found.probe_accuracy > 0.9 > found.use_accuracy
    assert len(found.caused) > 10
    assert found.first.target == 8
    assert found.without < found.with_square / 2
    assert found.is_found
    told = story.explained(model, data, snapshot, found, tmp_path)
    assert "taken for “8”, but is “" in told
    pictures = sorted(tmp_path.glob("mistake_*.jpg"))
    assert [Image.open(one).format for one in pictures] == ["JPEG", "JPEG"]
