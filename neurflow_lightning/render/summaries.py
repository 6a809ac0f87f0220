"""TensorBoard's records of pictures, tables, layouts, concept vectors and of the NeurFlow tab.

Records go through the logger's own writer: a second event file in a run's folder makes
TensorBoard lose data of the first. Pictures are written as the JPEG they already are, where
``SummaryWriter.add_image`` would make PNGs of ten times the size.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from types import MappingProxyType
from typing import Any

import numpy as np
from PIL import Image
from tensorboard.compat.proto.summary_pb2 import (
    DATA_CLASS_BLOB_SEQUENCE,
    DATA_CLASS_TENSOR,
    Summary,
    SummaryMetadata,
)
from tensorboard.compat.proto.tensor_pb2 import TensorProto
from tensorboard.compat.proto.tensor_shape_pb2 import TensorShapeProto
from tensorboard.plugins.custom_scalar import layout_pb2
from tensorboard.plugins.custom_scalar import metadata as custom_scalar
from tensorboard.plugins.text import metadata as text_plugin

from neurflow_lightning.render.mistakes import MistakesRecord
from neurflow_lightning.render.record import Record
from neurflow_lightning.render.tags import (
    METRICS,
    METRICS_OF_SEGMENTS,
    ROOT,
    TAB_PLUGIN,
    mistakes_tags,
    tab_tags,
    tag_part,
)
from neurflow_lightning.render.text import visible_text
from neurflow_lightning.render.thumbnails import decode_thumbnail, fit_square
from neurflow_lightning.types import FloatArray, NeuronGroup, Snapshot

_SPRITE = 48
_TITLES = {
    "core_neurons": "NeurFlow: core neurons",
    "semantic_groups": "NeurFlow: meanings a neuron (polysemanticity)",
    "neuron_groups": "NeurFlow: neuron groups",
    "completeness_gap": "NeurFlow: completeness gap",
    "seconds": "NeurFlow: seconds",
}
EMBEDDING_HEADER = ("target", "group", "neurons", "layer")
"""The projector labels points by the first column."""


def image_value(tag: str, jpeg: bytes) -> Summary.Value:
    """One picture for the Images dashboard; its bytes are stored as they are."""
    with Image.open(io.BytesIO(jpeg)) as picture:
        width, height = picture.size
    image = Summary.Image(width=width, height=height, colorspace=3, encoded_image_string=jpeg)
    return Summary.Value(tag=tag, image=image)


def text_value(tag: str, markdown: str) -> Summary.Value:
    """One Markdown text for the Text dashboard."""
    metadata = text_plugin.create_summary_metadata(display_name="", description="")
    return Summary.Value(tag=tag, metadata=metadata, tensor=_string_tensor([markdown.encode()]))


def layout_value(layers: Sequence[str]) -> Summary.Value:
    """The layout of the Custom Scalars dashboard.

    A category for every metric, in it a chart for every layer that has the metric, in it a line
    for every target. Last, the edge drift of every layer pair, in one chart with its null.
    ``layers`` are listed shallow to deep.
    """
    categories = [
        layout_pb2.Category(
            title=_TITLES[metric],
            chart=[
                _chart(layer, f".*{ROOT}/[^/]+/{re.escape(tag_part(layer))}/{metric}$")
                for layer in (layers[1:] if metric in METRICS_OF_SEGMENTS else layers)
            ],
        )
        for metric in METRICS
    ]
    categories[-1].chart.append(_chart("whole analysis", f".*{ROOT}/seconds$"))
    layout = layout_pb2.Layout(category=[*categories, _edge_drift(layers)])
    data = SummaryMetadata.PluginData(plugin_name=custom_scalar.PLUGIN_NAME)
    return Summary.Value(
        tag=custom_scalar.CONFIG_SUMMARY_TAG,
        metadata=SummaryMetadata(plugin_data=data),
        tensor=_string_tensor([layout.SerializeToString()], scalar=True),
    )


def summary(
    pictures: Mapping[str, bytes] = MappingProxyType({}),
    texts: Mapping[str, str] = MappingProxyType({}),
    layout_of: Sequence[str] = (),
) -> Summary:
    """One record of JPEG pictures and Markdown texts by tag, and a layout for ``layout_of``."""
    values = [image_value(tag, jpeg) for tag, jpeg in pictures.items()]
    values += [text_value(tag, markdown) for tag, markdown in texts.items()]
    return Summary(value=values + ([layout_value(layout_of)] if layout_of else []))


def record_summary(record: Record, place: int = 0) -> Summary:
    """A snapshot for the NeurFlow tab: its graph, light and whole, and its sheets of pictures.

    Args:
        record: what the tab shows.
        place: of the callback among those of the training, from 0.
    """
    return _tab_summary(tab_tags(place), record.packed_graphs, record.sheets)


def mistakes_summary(record: MistakesRecord, place: int = 0) -> Summary:
    """The mistakes of a snapshot for the NeurFlow tab; arguments as of :func:`record_summary`."""
    return _tab_summary(mistakes_tags(place), [record.packed], record.sheets)


def _tab_summary(tags: tuple[str, str], texts: Sequence[bytes], sheets: Sequence[bytes]) -> Summary:
    values = [_tab_value(tags[0], _string_tensor(list(texts)), DATA_CLASS_TENSOR)]
    if sheets:
        atlas = _string_tensor(list(sheets))
        values.append(_tab_value(tags[1], atlas, DATA_CLASS_BLOB_SEQUENCE))
    return Summary(value=values)


def _tab_value(tag: str, tensor: TensorProto, data_class: int) -> Summary.Value:
    owner = SummaryMetadata.PluginData(plugin_name=TAB_PLUGIN)
    metadata = SummaryMetadata(plugin_data=owner, data_class=data_class)
    return Summary.Value(tag=tag, metadata=metadata, tensor=tensor)


def write_summary(writer: Any, record: Summary, step: int) -> None:
    """Write ``record`` at ``step`` with a ``SummaryWriter`` of torch or tensorboardX, and flush.

    A writer without a file, such as Lightning's on every process but the first, writes nothing.
    """
    file_writer = writer._get_file_writer()
    if file_writer is None:
        return
    if type(writer).__module__.partition(".")[0] == "tensorboardX":
        # It has message classes of its own, and parses bytes into them.
        record = record.SerializeToString()
    file_writer.add_summary(record, step)
    writer.flush()


def _edge_drift(layers: Sequence[str]) -> layout_pb2.Category:
    measure = "edge_drift(_null)?$"
    pairs = [
        _chart(f"{below} → {above}", f".*{ROOT}/[^/]+/{re.escape(tag_part(above))}/{measure}")
        for below, above in pairwise(layers)
    ]
    largest = _chart("largest of all", f".*{ROOT}/{measure}")
    return layout_pb2.Category(title="NeurFlow: edge drift and its null", chart=[*pairs, largest])


def _chart(title: str, pattern: str) -> layout_pb2.Chart:
    return layout_pb2.Chart(title=title, multiline=layout_pb2.MultilineChartContent(tag=[pattern]))


def _string_tensor(values: list[bytes], *, scalar: bool = False) -> TensorProto:
    dims = [] if scalar else [TensorShapeProto.Dim(size=len(values))]
    shape = TensorShapeProto(dim=dims)
    return TensorProto(dtype="DT_STRING", string_val=values, tensor_shape=shape)


# --- concept vectors ---------------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class Embedding:
    """The concept vectors of one layer's neuron groups, of all targets.

    Attributes:
        tag: ``neurflow/<layer>``.
        vectors: (n, D).
        metadata: n rows in the order of ``EMBEDDING_HEADER``.
        sprites: (n, 3, 48, 48) in [0, 1], each group's best patch; ``None`` when no group
            has a thumbnail.
    """

    tag: str
    vectors: FloatArray
    metadata: tuple[tuple[str, ...], ...]
    sprites: FloatArray | None


def concept_embeddings(snapshot: Snapshot) -> tuple[Embedding, ...]:
    """What the projector shows of a snapshot: an embedding for every layer with groups.

    Raises:
        SnapshotError: when a thumbnail is no JPEG or PNG.
    """
    return tuple(
        _embedding(snapshot, layer, groups)
        for layer in snapshot.layers
        if (groups := _groups_with_target(snapshot, layer))
    )


def _groups_with_target(snapshot: Snapshot, layer: str) -> list[tuple[NeuronGroup, str]]:
    return [
        (group, circuit.name)
        for circuit in snapshot.circuits
        for group in circuit.layer_groups(layer)
    ]


def _embedding(
    snapshot: Snapshot, layer: str, groups: Sequence[tuple[NeuronGroup, str]]
) -> Embedding:
    return Embedding(
        tag=f"{ROOT}/{tag_part(layer)}",
        vectors=np.stack([group.concept_vector for group, _ in groups]),
        metadata=tuple(_metadata(group, target) for group, target in groups),
        sprites=_sprites(snapshot.thumbnails, [group for group, _ in groups]),
    )


def _metadata(group: NeuronGroup, target: str) -> tuple[str, ...]:
    neurons = " ".join(str(neuron.index) for neuron in group.neurons)
    return (visible_text(target), str(group.id.number), neurons, visible_text(group.id.layer))


def _sprites(thumbnails: Mapping[int, bytes], groups: Sequence[NeuronGroup]) -> FloatArray | None:
    best = [next((int(row) for row in one.patches if row in thumbnails), None) for one in groups]
    if all(row is None for row in best):
        return None
    return np.stack([_sprite(thumbnails, row) for row in best])


def _sprite(thumbnails: Mapping[int, bytes], row: int | None) -> FloatArray:
    """(3, 48, 48) in [0, 1]; white where there is no thumbnail."""
    page = Image.new("RGB", (_SPRITE, _SPRITE), "white")
    if row is not None:
        patch = fit_square(decode_thumbnail(thumbnails, row), _SPRITE)
        page.paste(patch, ((_SPRITE - patch.width) // 2, (_SPRITE - patch.height) // 2))
    return np.asarray(page, np.float32).transpose(2, 0, 1) / np.float32(255)
