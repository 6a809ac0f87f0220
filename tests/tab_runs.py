"""Runs written by hand: a real one with everything in it, long ones, and hostile ones."""

from __future__ import annotations

import base64
import dataclasses
import json
import zlib
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from PIL import Image
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
from neurflow_lightning.render.mistakes import MistakesRecord, make_mistakes_record
from neurflow_lightning.render.record import Record, make_record, pack_graph
from neurflow_lightning.render.summaries import mistakes_summary, record_summary, write_summary
from neurflow_lightning.render.tags import mistakes_tags, tab_tags

SAMPLE = (
    Path(__file__).parent.parent / "neurflow_lightning/tensorboard_plugin/frontend/test/sample.json"
)
STEPS = (22, 44, 66, 88, 110, 132, 154, 400)
WALL_TIMES = tuple(1_790_000_000.0 + 60 * minute for minute in (0, 1, 2, 3, 4, 5, 40, 41))
"""Of the digits: neither lies evenly, and not as the other one."""

LABELLED = ("L74", "corner")
UNSTABLE = "network.block2/8"
"""The group of the last snapshot that is none in other samples of images."""

UNPREDICTIVE = "network.block2"
"""The layer whose attributions do not predict knockouts, in every snapshot but the first."""

ATTRIBUTION = {
    "network.block2": ("norm-held", 4, 0.4213, 0.02, False),
    "network.block3": ("gradient", 1, 0.97, 0.02, True),
    "network.head": ("ig", 16, None, None, True),
}

MANY = 60
SCRIPT = "</script><script>parent.document.title='owned'</script>"
SVG = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"


@cache
def digits() -> tuple[Record, ...]:
    """The front end's sample, a real training; what it had not is put in by hand.

    Names of classes, steps and times that lie unevenly, how layer pairs were attributed in every
    snapshot but the first, and, in the last snapshot of the class *three*, a label, an unstable
    group, and stability of edges and neurons.
    """
    run = json.loads(SAMPLE.read_text(encoding="utf-8"))["runs"]["digits/version_0"]
    *others, last = run["graphs"]
    for graph in run["graphs"]:
        for target, name in zip(graph["targets"], ("three", "eight"), strict=True):
            target["name"] = name
    names = ("method", "nodes", "correlation", "margin", "predicts")
    for graph in run["graphs"][1:]:
        graph["attribution"] = {
            upper: dict(zip(names, values, strict=True)) for upper, values in ATTRIBUTION.items()
        }
    last["step"] = STEPS[-1]
    three = last["targets"][0]
    for group in three["groups"]:
        group["stability"] = 0.93
        if group["lineage"] == int(LABELLED[0][1:]):
            group["label"] = LABELLED[1]
        if f"{group['layer']}/{group['number']}" == UNSTABLE:
            group.update(lineage=None, stability=0.4)
    for neuron in three["neurons"]:
        neuron["stability"] = 0.87
    three["edges"] = [[source, end, weight, 0.98] for source, end, weight, _ in three["edges"]]
    return tuple(
        Record(graph, tuple(base64.b64decode(one.partition(",")[2]) for one in sheets))
        for graph, sheets in zip([*others, last], run["sheets"], strict=True)
    )


MISTAKEN = (STEPS[3], STEPS[4], STEPS[6], STEPS[7])
"""Steps of the digits of which mistakes are told, at the second that there were none."""

CLASSES = {"1": "one", "3": "three", "8": "eight"}
BOXES = [[0, 0, 32, 32], *([top, left, 16, 16] for top in (0, 16) for left in (0, 16))]


@cache
def mistakes() -> dict[int, MistakesRecord]:
    """Mistakes made up for the digits' circuits: step → record.

    Image 0, an eight, is taken for a three at three snapshots; image 8, a one, at the last: of
    that class there is no circuit. Every other group of *three* fired, and none of *eight*.
    """
    eight = _mistake(0, 8)
    past = [
        [22, 8, 0.5, 0.5, 0],
        [88, 3, 0.7, 0.2, 1],
        [110, 8, 0.9, 0.9, 0],
        [154, 3, 0.6, 0.3, 1],
    ]
    told = {
        88: [eight(88, past[:1])],
        110: [],
        154: [eight(154, past[:3])],
        400: [eight(400, past), _mistake(8, 1)(400, [])],
    }
    assert tuple(told) == MISTAKEN
    return {step: _mistakes_record(step, ones) for step, ones in told.items()}


def _mistake(image: int, true: int) -> Callable[[int, list[Any]], dict[str, Any]]:
    def at(step: int, past: list[Any]) -> dict[str, Any]:
        circuits = [_firings(step, target) for target in (3, true) if target != 1]
        shares = {"sure": 0.8, "right": 0.1, "margin": 2.079}
        classes = {"true": true, "predicted": 3}
        return {"image": image, **classes, **shares, "past": past, "circuits": circuits}

    return at


def _firings(step: int, target: int) -> dict[str, Any]:
    """Of the groups of a circuit as they lie: the first fired, the second not, and so on."""
    told = target_of(step, target)
    below = [one for one in told["groups"] if one["layer"] != "network.head"]
    groups = [
        {
            **{name: group[name] for name in ("layer", "number", "importance")},
            "score": (score := (1.5 - 0.01 * place) if place % 2 == 0 and target == 3 else 0.25),
            "crops": [[1 + place % 4, score], [0, 0.9]] if score > 0.8 else [[0, score]],
            "effect": [-3.5, 8] if place == 0 and target == 3 else None,
        }
        for place, group in enumerate(below)
    ]
    first, share = groups[0], 0.37
    return {"target": target, "path": [[first["layer"], first["number"], share]], "groups": groups}


def _mistakes_record(step: int, told: list[dict[str, Any]]) -> MistakesRecord:
    content = {
        "schema": 1,
        "step": step,
        "images": 24,
        "wrong": len(told),
        "threshold": 0.8,
        "input": [32, 32],
        "crops": BOXES,
        "names": CLASSES,
        "mistakes": told,
    }
    colours = ("#c03020", "#2040c0")
    return make_mistakes_record(
        content, [Image.new("RGB", (32, 32), one) for one in colours[: len(told)]]
    )


def graph_of(step: int) -> dict[str, Any]:
    """What the digits' record of a step says."""
    return dict(digits()[STEPS.index(step)].graph)


def target_of(step: int, target: int = 3) -> dict[str, Any]:
    """What the record of a step says of a class."""
    return next(one for one in graph_of(step)["targets"] if one["target"] == target)


def key_of(group: Mapping[str, Any]) -> str:
    """As the page names a group."""
    if group["lineage"] is None:
        return f"{group['layer']}/{group['number']}"
    return f"L{group['lineage']}"


def keys_of(step: int, target: int = 3) -> list[str]:
    """Of all groups of a class in the record of a step."""
    return [key_of(group) for group in target_of(step, target)["groups"]]


def write(
    folder: Path,
    records: Sequence[Record],
    wall_times: Sequence[float],
    mistakes: Mapping[int, MistakesRecord] = MappingProxyType({}),
) -> None:
    """A run of these records."""
    with SummaryWriter(str(folder)) as writer:
        for record, time in zip(records, wall_times, strict=True):
            step = record.graph["step"]
            summaries = [record_summary(record)]
            summaries += [mistakes_summary(mistakes[step])] if step in mistakes else []
            for summary in summaries:
                writer._get_file_writer().add_summary(summary, step, walltime=time)


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
        # Of no JSON, and of circuits that are not these; the image is none.
        write_summary(writer, raw_record([b"no JSON"], [SVG], mistakes_tags()), 0)
        others = {**mistakes()[400].content, "step": 50}
        write_summary(writer, raw_record([pack_graph(others)], [SVG], mistakes_tags()), 50)


def raw_record(
    graphs: list[bytes], sheets: list[bytes], tags: tuple[str, str] = tab_tags()
) -> Summary:
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
            for tag, kind, values in zip(tags, kinds, (graphs, sheets), strict=True)
        ]
    )
