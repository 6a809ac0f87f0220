"""Records as TensorBoard reads them back."""

from __future__ import annotations

import dataclasses
import io
import re
import sys
import types

import numpy as np
import pytest
from PIL import Image
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
from tensorboard.compat.proto.summary_pb2 import Summary
from tensorboard.plugins.custom_scalar import layout_pb2
from torch.utils.tensorboard import SummaryWriter

from factories import make_snapshot
from neurflow_lightning.evolution.comparing import measure_drift
from neurflow_lightning.evolution.noise import estimation_null
from neurflow_lightning.render.figures import circuit_picture
from neurflow_lightning.render.summaries import (
    EMBEDDING_HEADER,
    concept_embeddings,
    image_value,
    layout_value,
    summary,
    write_summary,
)
from neurflow_lightning.render.tags import METRICS, drift_scalars, snapshot_scalars


def test_a_picture_is_stored_byte_for_byte():
    snapshot = make_snapshot()
    jpeg = circuit_picture(snapshot, snapshot.circuits[0])
    value = image_value("neurflow/cat/circuit", jpeg)
    assert value.image.encoded_image_string == jpeg
    assert (value.image.width, value.image.height) == Image.open(io.BytesIO(jpeg)).size


def test_written_at_the_step_given_and_flushed_at_once(tmp_path):
    snapshot = make_snapshot()
    jpeg = circuit_picture(snapshot, snapshot.circuits[0])
    writer = SummaryWriter(str(tmp_path))
    for step in (3, 17):
        write_summary(writer, summary({"circuit": jpeg}, {"table": "**bold** é"}), step)
    events = EventAccumulator(str(tmp_path), size_guidance={"images": 0, "tensors": 0}).Reload()
    assert [event.step for event in events.Images("circuit")] == [3, 17]
    assert events.Images("circuit")[0].encoded_image_string == jpeg
    assert [event.step for event in events.Tensors("table")] == [3, 17]
    assert events.Tensors("table")[0].tensor_proto.string_val[0].decode() == "**bold** é"
    writer.close()


def test_every_scalar_lies_in_one_chart_of_its_metric():
    layers = ("layer2", "layer3", "fc")
    scalars = snapshot_scalars(make_snapshot(layers=layers))
    layout = _layout(layers)
    *of_snapshots, _ = layout.category
    hits = dict.fromkeys(scalars, 0)
    for metric, category in zip(METRICS, of_snapshots, strict=True):
        for chart in category.chart:
            (pattern,) = chart.multiline.tag
            matched = [tag for tag in scalars if re.match(pattern, tag)]
            is_one_pass = metric == "completeness_gap" and "/fc/" in pattern
            assert matched or is_one_pass, f"{pattern} shows nothing"
            assert all(tag.endswith(metric) for tag in matched)
            for tag in matched:
                hits[tag] += 1
    assert set(hits.values()) == {1}


def test_every_edge_drift_lies_in_one_chart_with_its_null():
    before, after = make_snapshot(0), make_snapshot(1)
    report = measure_drift(before, after, null=estimation_null(before), matching="neurons")
    drifts = [tag for tag in drift_scalars(report, after) if "edge_drift" in tag]
    *_, category = _layout(after.layers).category
    assert [chart.title for chart in category.chart] == [
        "layer2 → layer3",
        "layer3 → fc",
        "largest of all",
    ]
    charts = [
        {tag for tag in drifts if re.match(chart.multiline.tag[0], tag)} for chart in category.chart
    ]
    assert charts[-1] == {"neurflow/edge_drift", "neurflow/edge_drift_null"}
    assert {f"{tag}_null" for tag in charts[0] if not tag.endswith("_null")} <= charts[0]
    assert sum(map(len, charts)) == len(drifts) == len(set().union(*charts))


def test_a_layer_is_not_taken_for_another_whose_name_it_resembles():
    (chart, *_) = _layout(("layer.1", "layerx1")).category[0].chart
    assert re.match(chart.multiline.tag[0], "neurflow/cat/layer.1/core_neurons")
    assert not re.match(chart.multiline.tag[0], "neurflow/cat/layerx1/core_neurons")


def test_a_prefix_of_the_logger_does_not_hide_the_scalars():
    (chart, *_) = _layout(("layer2",)).category[0].chart
    assert re.match(chart.multiline.tag[0], "run-neurflow/cat/layer2/core_neurons")


def _layout(layers: tuple[str, ...]) -> layout_pb2.Layout:
    return layout_pb2.Layout.FromString(layout_value(layers).tensor.string_val[0])


def test_a_writer_without_a_file_writes_nothing():
    class NoFile:
        def _get_file_writer(self) -> None:
            return None

    write_summary(NoFile(), summary(texts={"table": "x"}), 0)


def test_tensorboardx_gets_bytes_for_message_classes_of_its_own(monkeypatch):
    """Its ``FileWriter.add_summary`` parses bytes into its own ``Summary``."""
    module = types.ModuleType("tensorboardX.writer")
    monkeypatch.setitem(sys.modules, "tensorboardX.writer", module)
    got: list[tuple[object, int]] = []

    class FileWriter:
        def add_summary(self, summary: object, global_step: int | None = None) -> None:
            got.append((summary, global_step))

    class XWriter:
        __module__ = "tensorboardX.writer"

        def _get_file_writer(self) -> FileWriter:
            return FileWriter()

        def flush(self) -> None:
            got.append(("flush", -1))

    record = summary(texts={"table": "x"})
    write_summary(XWriter(), record, 5)
    (written, step), flushed = got
    assert isinstance(written, bytes)
    assert Summary.FromString(written) == record
    assert (step, flushed) == (5, ("flush", -1))


def test_embeddings_have_a_row_for_each_group_of_each_target():
    snapshot = make_snapshot(targets=2)
    embeddings = concept_embeddings(snapshot)
    assert [one.tag for one in embeddings] == [f"neurflow/{layer}" for layer in snapshot.layers]
    for layer, one in zip(snapshot.layers, embeddings, strict=True):
        groups = [group for circuit in snapshot.circuits for group in circuit.layer_groups(layer)]
        np.testing.assert_array_equal(one.vectors, [group.concept_vector for group in groups])
        assert len(one.metadata) == len(groups)
        assert one.sprites.shape == (len(groups), 3, 48, 48)
        assert 0 <= one.sprites.min() < one.sprites.max() <= 1
    assert len(EMBEDDING_HEADER) == 4
    first = snapshot.circuits[0].layer_groups("layer2")[0]
    neurons = " ".join(str(neuron.index) for neuron in first.neurons)
    assert embeddings[0].metadata[0] == ("functional", "0", neurons, "layer2")


def test_embeddings_without_thumbnails_have_no_sprites():
    snapshot = dataclasses.replace(make_snapshot(), thumbnails={})
    assert all(one.sprites is None for one in concept_embeddings(snapshot))


def test_a_group_without_a_thumbnail_gets_a_white_sprite():
    snapshot = make_snapshot(targets=1)
    (only,) = list(snapshot.thumbnails)[:1]
    sparse = dataclasses.replace(snapshot, thumbnails={only: snapshot.thumbnails[only]})
    sprites = [one.sprites for one in concept_embeddings(sparse) if one.sprites is not None]
    whites = [bool((sprite == 1).all()) for layer in sprites for sprite in layer]
    assert any(whites)
    assert not all(whites)


@pytest.mark.parametrize("hostile", ["a\tb", "a\nb", "a\r\nb"])
def test_metadata_cannot_break_out_of_its_cell(hostile):
    snapshot = make_snapshot(targets=1)
    circuit = dataclasses.replace(snapshot.circuits[0], name=hostile)
    for one in concept_embeddings(dataclasses.replace(snapshot, circuits=(circuit,))):
        assert {row[0] for row in one.metadata} == {"a b"}
