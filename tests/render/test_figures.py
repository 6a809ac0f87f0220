"""Pictures: their size, their bytes, what they survive."""

from __future__ import annotations

import dataclasses
import gc
import io
import itertools
import subprocess
import sys

import numpy as np
import pytest
from matplotlib.figure import Figure
from PIL import Image

from factories import make_snapshot
from neurflow_lightning.errors import ConfigError, LayerError, SnapshotError
from neurflow_lightning.render import figures
from neurflow_lightning.render.figures import circuit_picture, fit_text, patch_grid, text_width
from neurflow_lightning.render.layout import HEADER, LANE_HEADER
from neurflow_lightning.render.thumbnails import (
    MAX_PICTURE_BYTES,
    decode_thumbnail,
    encode_jpeg,
    fit_square,
)
from neurflow_lightning.types import Circuit, GroupId, NeuronGroup, SegmentAttribution, Snapshot


def opened(jpeg: bytes) -> Image.Image:
    assert jpeg.startswith(b"\xff\xd8\xff")
    assert len(jpeg) <= MAX_PICTURE_BYTES
    picture = Image.open(io.BytesIO(jpeg))
    picture.load()
    assert picture.format == "JPEG"
    return picture


def png(pixels: np.ndarray) -> bytes:
    buffer = io.BytesIO()
    Image.fromarray(pixels).save(buffer, "PNG")
    return buffer.getvalue()


def with_groups(circuit: Circuit, layer: str, count: int) -> Circuit:
    """``circuit`` with ``count`` groups in ``layer``, copies of its first, and no edges."""
    first, *_ = circuit.layer_groups(layer)
    rest = [group for group in circuit.groups if group.id.layer != layer]
    copies = [
        NeuronGroup(GroupId(layer, number), first.members, first.concept_vector, first.patches)
        for number in range(count)
    ]
    return dataclasses.replace(circuit, groups=(*rest, *copies), edges=())


@pytest.mark.parametrize(
    "layers", [("fc",), ("a", "fc"), ("a", "b", "c", "d", "fc"), tuple("abcdefghijklm")]
)
@pytest.mark.parametrize("width", [1200, 1600])
def test_circuit_picture_is_a_jpeg_of_the_asked_width(layers, width):
    snapshot = make_snapshot(layers=layers, targets=1)
    assert opened(circuit_picture(snapshot, snapshot.circuits[0], width=width)).width == width


def test_noise_does_not_make_it_larger():
    snapshot = make_snapshot(layers=("a", "b", "c", "d", "e", "fc"), targets=1, neurons=12)
    circuit = snapshot.circuits[0]
    for layer in circuit.layers:
        circuit = with_groups(circuit, layer, 12)
    rng = np.random.default_rng(0)
    noise = {
        row: png(rng.integers(0, 256, (96, 96, 3), dtype=np.uint8)) for row in snapshot.thumbnails
    }
    snapshot = dataclasses.replace(snapshot, circuits=(circuit,), thumbnails=noise)
    opened(circuit_picture(snapshot, circuit))
    opened(patch_grid(snapshot, circuit, "c"))


def shaken(circuit: Circuit, stability: float | None) -> Circuit:
    """``circuit`` with the stability of all its groups and edges."""
    groups = (dataclasses.replace(one, stability=stability) for one in circuit.groups)
    edges = (dataclasses.replace(one, stability=stability) for one in circuit.edges)
    return dataclasses.replace(circuit, groups=tuple(groups), edges=tuple(edges))


def darkness(snapshot: Snapshot, circuit: Circuit, top: int) -> float:
    """Mean darkness of the picture below ``top``."""
    picture = opened(circuit_picture(snapshot, circuit)).convert("L")
    return 255 - float(np.asarray(picture)[top:].mean())


def test_what_is_unstable_is_pale():
    snapshot = make_snapshot(targets=1)
    circuit = snapshot.circuits[0]
    unknown, stable, unstable = (
        darkness(snapshot, shaken(circuit, stability), 88) for stability in (None, 0.75, 0.74)
    )
    assert stable == unknown
    assert unstable < 0.75 * stable


def test_the_patches_themselves_are_in_the_picture():
    snapshot = make_snapshot(targets=1)
    magenta = png(np.full((64, 64, 3), (255, 0, 255), np.uint8))
    tinted = dataclasses.replace(snapshot, thumbnails=dict.fromkeys(snapshot.thumbnails, magenta))
    for picture in (circuit_picture, _first_grid):
        pixels = np.asarray(opened(picture(tinted, tinted.circuits[0])).convert("RGB"), int)
        magenta_share = (np.abs(pixels - (255, 0, 255)).sum(axis=-1) < 40).mean()
        assert magenta_share > 0.1


def _first_grid(snapshot: Snapshot, circuit: Circuit) -> bytes:
    return patch_grid(snapshot, circuit, circuit.layers[0])


def test_both_signs_show_in_their_colours():
    snapshot = make_snapshot(targets=1)
    circuit = snapshot.circuits[0]
    for sign, channel in ((1.0, 2), (-1.0, 0)):
        edges = [dataclasses.replace(one, weight=sign * abs(one.weight)) for one in circuit.edges]
        signed = dataclasses.replace(circuit, edges=tuple(edges))
        bare = dataclasses.replace(snapshot, circuits=(signed,), thumbnails={})
        page = np.asarray(opened(circuit_picture(bare, signed)).convert("RGB"), int)
        edge_area = page[140:-70]
        other = 2 - channel
        assert (edge_area[..., channel] - edge_area[..., other] > 80).sum() > 200
        assert (edge_area[..., other] - edge_area[..., channel] > 80).sum() == 0


def test_lowering_edges_are_dashed_with_dashes_of_one_length():
    for thick in (1.1, 7.5):
        style = figures._link_style(True, thick, 0.5)
        _, dashes = style["linestyle"]
        # matplotlib multiplies dashes by the line's width
        assert [part * thick for part in dashes] == pytest.approx([9.0, 5.0])
        assert style["edgecolor"] == figures.LOWERS
    assert figures._link_style(False, 2.0, 0.5)["linestyle"] == "solid"


def test_edges_that_do_not_predict_knockouts_are_dotted_and_still_tell_their_sign():
    styles = [
        figures._link_style(negative, 2.0, 0.5, predicts)
        for negative in (False, True)
        for predicts in (False, True)
    ]
    raising, _, lowering, lowering_surely = (style["linestyle"] for style in styles)
    assert raising != "solid"
    assert len({raising, lowering, lowering_surely}) == 3


class Written:
    """Texts of a figure, and the box of each in pixels: left, top, right, bottom."""

    def __init__(self, monkeypatch, snapshot: Snapshot, width: int) -> None:
        self.boxes: list[tuple[str, tuple[float, float, float, float]]] = []
        monkeypatch.setattr(figures.Sheet, "text", self._text)
        circuit_picture(snapshot, snapshot.circuits[0], width=width)

    def _text(self, x, y, text, size, colour="", **style):
        room = text_width(text, size, style.get("weight", "normal"))
        left = x - room * {"left": 0.0, "center": 0.5, "right": 1.0}[style.get("ha", "left")]
        self.boxes.append((text, (left, y - size / 2, left + room, y + size / 2)))


@pytest.mark.parametrize("width", [840, 1200])
@pytest.mark.parametrize("count", [2, 3, 5, 8, 13])
def test_captions_of_what_does_not_predict_knockouts_overlap_nothing(monkeypatch, count, width):
    layers = tuple(f"layer{place}" for place in range(count))
    poor = SegmentAttribution("ig", 16, correlation=-0.42)
    snapshot = make_snapshot(layers=layers, targets=1)
    snapshot = dataclasses.replace(snapshot, attribution=dict.fromkeys(layers[1:], poor))
    texts = Written(monkeypatch, snapshot, width).boxes
    above_cards = [one for one in texts if HEADER <= one[1][1] < HEADER + LANE_HEADER]
    assert sum(text.startswith("✗") for text, _ in above_cards) == count - 1
    assert max(bottom for _, (*_, bottom) in above_cards) <= HEADER + LANE_HEADER
    for (_, one), (_, other) in itertools.combinations(above_cards, 2):
        apart_x = one[2] <= other[0] or other[2] <= one[0]
        assert apart_x or one[3] <= other[1] or other[3] <= one[1]


def test_the_caption_has_the_correlation_and_is_only_where_it_belongs(monkeypatch):
    snapshot = make_snapshot(targets=1)  # the lower pair's correlation is .71, the upper's .99
    texts = [text for text, _ in Written(monkeypatch, snapshot, 1200).boxes]
    assert [one for one in texts if one.startswith("✗")] == ["✗ does not predict knockouts (0.71)"]
    assert any("✗ dotted: does not predict knockouts" in one for one in texts)
    sure = dataclasses.replace(snapshot, attribution={})
    assert not any("✗" in text for text, _ in Written(monkeypatch, sure, 1200).boxes)


def test_without_thumbnails_cards_list_neurons():
    snapshot = dataclasses.replace(make_snapshot(), thumbnails={})
    for circuit in snapshot.circuits:
        opened(circuit_picture(snapshot, circuit))
        opened(patch_grid(snapshot, circuit, circuit.layers[0]))


@pytest.mark.parametrize("count", [1, 12, 40])
def test_any_number_of_groups(count):
    snapshot = make_snapshot(targets=1, neurons=8)
    circuit = with_groups(snapshot.circuits[0], "layer3", count)
    assert opened(circuit_picture(snapshot, circuit)).height <= 1200
    assert opened(patch_grid(snapshot, circuit, "layer3")).height <= 1500


def test_a_layer_without_core_neurons():
    snapshot = make_snapshot(targets=1)
    circuit = dataclasses.replace(
        snapshot.circuits[0],
        neurons=snapshot.circuits[0].layer_neurons("fc"),
        groups=snapshot.circuits[0].layer_groups("fc"),
        edges=(),
    )
    opened(circuit_picture(snapshot, circuit))
    opened(patch_grid(snapshot, circuit, "layer2"))


@pytest.mark.parametrize(
    "name", ["$\\frac{1}{", "a" * 500, "", "\x1b[31m\n\u202e", "细胞 🦊", "</svg><script>", "$x$"]
)
@pytest.mark.filterwarnings("error")
def test_any_name_can_be_drawn(name):
    snapshot = make_snapshot(targets=1)
    circuit = dataclasses.replace(snapshot.circuits[0], name=name)
    opened(circuit_picture(snapshot, circuit))
    opened(patch_grid(snapshot, circuit, "layer2"))


def test_user_settings_of_matplotlib_do_not_matter():
    import matplotlib

    snapshot = make_snapshot(targets=1)
    plain = circuit_picture(snapshot, snapshot.circuits[0])
    with matplotlib.rc_context({"text.usetex": True, "font.family": "serif", "font.size": 30}):
        assert circuit_picture(snapshot, snapshot.circuits[0]) == plain


def test_unknown_layer_is_named_with_near_matches():
    snapshot = make_snapshot()
    with pytest.raises(LayerError, match=r"no layer 'layer22'. Did you mean 'layer2'"):
        patch_grid(snapshot, snapshot.circuits[0], "layer22")


def test_sizes_out_of_range_are_refused():
    snapshot = make_snapshot()
    with pytest.raises(ConfigError, match="width=300: wanted a whole number of at least 840"):
        circuit_picture(snapshot, snapshot.circuits[0], width=300)
    with pytest.raises(ConfigError, match="max_rows=0"):
        patch_grid(snapshot, snapshot.circuits[0], "layer2", max_rows=0)


@pytest.mark.parametrize("broken", [b"", b"GIF89a" + bytes(40), b"\xff\xd8\xff\xe0junk"])
def test_a_broken_thumbnail_is_named(broken):
    with pytest.raises(SnapshotError, match="thumbnail of patch 7 cannot be shown"):
        decode_thumbnail({7: broken}, 7)


def test_a_huge_thumbnail_is_refused_before_it_is_decoded():
    huge = png(np.zeros((1, 5000), np.uint8))
    with pytest.raises(SnapshotError, match="5000×1 pixels"):
        decode_thumbnail({0: huge}, 0)


def test_fit_square_keeps_proportions():
    assert fit_square(Image.new("RGB", (100, 50)), 40).size == (40, 20)
    assert fit_square(Image.new("RGB", (1, 500)), 40).size == (1, 40)


def test_small_pixels_stay_squares():
    checker = Image.fromarray(np.array([[0, 255], [255, 0]], np.uint8)).convert("RGB")
    assert set(np.asarray(fit_square(checker, 40)).ravel()) == {0, 255}


def test_encoding_gives_way_in_quality_before_size():
    noise = np.random.default_rng(0).integers(0, 256, (300, 300, 3), dtype=np.uint8)
    small = encode_jpeg(Image.fromarray(noise), limit=30_000)
    assert len(small) <= 30_000 < len(encode_jpeg(Image.fromarray(noise)))


def test_fitted_text_fits():
    for keep_end in (False, True):
        fitted = fit_text("backbone.features.12.block.conv", 90, 13, keep_end=keep_end)
        assert text_width(fitted, 13) <= 90
        assert "…" in fitted
    assert fit_text("short", 90, 13) == "short"


def test_no_figure_outlives_its_picture():
    snapshot = make_snapshot(targets=1)
    for _ in range(3):
        circuit_picture(snapshot, snapshot.circuits[0])
    gc.collect()
    assert not [one for one in gc.get_objects() if type(one) is Figure]


def test_drawing_needs_neither_pyplot_nor_torch():
    code = (
        "import sys; import neurflow_lightning.render.figures, neurflow_lightning.render.summaries;"
        "print([m for m in ('matplotlib.pyplot', 'torch', 'lightning') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
