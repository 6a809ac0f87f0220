"""Records of mistakes: small enough, and the same bytes for the same content."""

import io
import json
import zlib

import numpy as np
import pytest
from PIL import Image

from neurflow_lightning.render import mistakes
from neurflow_lightning.render.mistakes import make_mistakes_record
from neurflow_lightning.render.summaries import mistakes_summary


def noise(side, seed=0):
    random = np.random.default_rng(seed)
    return Image.fromarray(random.integers(0, 255, (side, side, 3), dtype=np.uint8))


def content(count):
    return {"schema": 1, "mistakes": [{"image": place} for place in range(count)]}


def test_every_image_lies_at_its_place():
    colours = [(250, 0, 0), (0, 250, 0), (0, 0, 250)]
    pictures = [Image.new("RGB", (40, 30), one) for one in colours]
    record = make_mistakes_record(content(3), pictures)
    for one, colour in zip(record.content["mistakes"], colours, strict=True):
        sheet, x, y, width, height = one["picture"]
        assert (width, height) == (40, 30)
        drawn = Image.open(io.BytesIO(record.sheets[sheet])).crop((x, y, x + width, y + height))
        assert np.asarray(drawn).mean((0, 1)) == pytest.approx(colour, abs=8)


def test_images_are_drawn_coarser_until_they_fit_as_far_as_they_can():
    pictures = [noise(300, seed) for seed in range(6)]
    fine = make_mistakes_record(content(6), pictures, aimed_bytes=10**7)
    assert max(fine.content["mistakes"][0]["picture"][3:]) == 224
    small = make_mistakes_record(content(6), pictures, aimed_bytes=60_000)
    assert small.size <= 60_000 < fine.size
    least = make_mistakes_record(content(6), pictures, aimed_bytes=1)
    assert max(least.content["mistakes"][0]["picture"][3:]) == 48


def test_nothing_is_drawn_or_packed_twice(monkeypatch):
    drawn, packed = [], []
    draw, pack = mistakes.on_sheets, mistakes.pack_graph
    monkeypatch.setattr(
        mistakes, "on_sheets", lambda *a: drawn.append([one.size for one in a[0]]) or draw(*a)
    )
    monkeypatch.setattr(mistakes, "pack_graph", lambda one: packed.append(one) or pack(one))
    make_mistakes_record(content(6), [noise(300, seed) for seed in range(6)], aimed_bytes=60_000)
    assert len(drawn) > 2
    assert len(packed) < len(drawn)  # what the images alone are too large for is not packed
    drawn.clear()
    make_mistakes_record(content(1), [noise(24)], aimed_bytes=1)
    assert len(drawn) == 6  # seven ways to draw, two of one quality
    drawn.clear()
    packed.clear()
    make_mistakes_record(content(2), [], aimed_bytes=1)
    assert (len(drawn), packed) == (1, [])


def test_an_image_is_never_enlarged():
    record = make_mistakes_record(content(1), [noise(8)])
    assert record.content["mistakes"][0]["picture"][3:] == [8, 8]


def test_what_is_no_image_has_no_picture():
    record = make_mistakes_record(content(2), [])
    assert [one["picture"] for one in record.content["mistakes"]] == [None, None]
    assert record.sheets == ()


def test_what_is_packed_comes_back_under_tags_of_its_own():
    record = make_mistakes_record(content(1), [noise(8)])
    assert json.loads(zlib.decompress(record.packed)) == record.content
    told = {one.tag: one for one in mistakes_summary(record, 1).value}
    assert set(told) == {"neurflow_tab/mistakes_2", "neurflow_tab/mistaken_images_2"}
    assert list(told["neurflow_tab/mistakes_2"].tensor.string_val) == [record.packed]
    assert {one.metadata.plugin_data.plugin_name for one in told.values()} == {"neurflow"}
