"""Runs written by hand: long ones, and hostile ones."""

from __future__ import annotations

import dataclasses
import zlib
from pathlib import Path

from tensorboard.compat.proto.summary_pb2 import (
    DATA_CLASS_BLOB_SEQUENCE,
    DATA_CLASS_TENSOR,
    Summary,
    SummaryMetadata,
)
from tensorboard.compat.proto.tensor_pb2 import TensorProto
from tensorboard.compat.proto.tensor_shape_pb2 import TensorShapeProto
from torch.utils.tensorboard import SummaryWriter

from factories import make_snapshot
from neurflow_lightning.render.record import Record, make_record, pack_graph
from neurflow_lightning.render.summaries import record_summary, write_summary
from neurflow_lightning.render.tags import tab_tags

MANY = 60
SCRIPT = "</script><script>parent.document.title='owned'</script>"
SVG = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"


def many(folder: Path) -> None:
    """More snapshots than TensorBoard keeps by itself, with other data beside them."""
    with SummaryWriter(str(folder)) as writer:
        record = make_record(make_snapshot(layers=("layer2", "fc"), neurons=3), step=0)
        for step in range(MANY):
            own = Record({**record.graph, "step": step}, record.sheets)
            write_summary(writer, record_summary(own), step)
            writer.add_scalar("loss", 1 / (step + 1), step)


def hostile(folder: Path) -> None:
    """Names that would be scripts, and records that are none."""
    snapshot = make_snapshot(targets=1)
    circuit = dataclasses.replace(snapshot.circuits[0], name=SCRIPT + "x" * 10_000)
    good = make_record(dataclasses.replace(snapshot, circuits=(circuit,)), step=0)
    blobs = {
        10: [pack_graph(good.graph)[:-9], b"cut off"],
        20: [zlib.compress(b" " * 2**27), b"bomb"],
        30: [SVG, SVG],
        40: [b"one alone"],
    }
    with SummaryWriter(str(folder)) as writer:
        write_summary(writer, record_summary(good), 0)
        for step, graphs in blobs.items():
            write_summary(writer, raw_record(graphs, [SVG, good.sheets[0]]), step)
        own = Record({**good.graph, "step": 50}, (SVG, *good.sheets[1:]))
        write_summary(writer, record_summary(own), 50)


def raw_record(graphs: list[bytes], sheets: list[bytes]) -> Summary:
    owner = SummaryMetadata.PluginData(plugin_name="neurflow")
    kinds = (DATA_CLASS_TENSOR, DATA_CLASS_BLOB_SEQUENCE)
    return Summary(
        value=[
            Summary.Value(
                tag=tag,
                metadata=SummaryMetadata(plugin_data=owner, data_class=kind),
                tensor=TensorProto(
                    dtype="DT_STRING",
                    string_val=values,
                    tensor_shape=TensorShapeProto(dim=[TensorShapeProto.Dim(size=len(values))]),
                ),
            )
            for tag, kind, values in zip(tab_tags(), kinds, (graphs, sheets), strict=True)
        ]
    )
