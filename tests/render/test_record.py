"""A snapshot as the NeurFlow tab gets it: what is in the graph, and what on the sheets."""

import dataclasses
import io
import itertools
import json
import math
import zlib

import numpy as np
import pytest
from PIL import Image

from factories import IMAGES_PER_CLASS, SIDE, make_snapshot
from neurflow_lightning.errors import SnapshotError
from neurflow_lightning.evolution.comparing import measure_drift
from neurflow_lightning.evolution.lineage import Lineage
from neurflow_lightning.render import record as record_module
from neurflow_lightning.render.record import (
    EVIDENCE,
    FINENESS,
    INPUTS,
    LIGHT_PATCHES,
    Record,
    light,
    make_record,
)
from neurflow_lightning.types import PATCHES_SHOWN, PatchGrid, SegmentAttribution


@pytest.fixture(scope="module")
def snapshot():
    return make_snapshot(targets=2, layers=("layer1", "layer2", "layer3", "fc"), neurons=12)


@pytest.fixture(scope="module")
def compared(snapshot):
    """The snapshot after another one: its record, and the report in it."""
    before = make_snapshot(7, targets=2, layers=snapshot.layers, neurons=12)
    lineage = Lineage()
    for one in (before, snapshot):
        lineage, _ = lineage.advance(one)
    report = measure_drift(before, snapshot, matching="neurons")
    ids = {circuit.target.index: lineage.ids(circuit.target.index) for circuit in snapshot.circuits}
    return make_record(snapshot, step=20, report=report, since=10, lineages=ids), report, ids


def pixels(sheet: bytes, place) -> np.ndarray:
    _, x, y, width, height, *_ = place
    return np.asarray(Image.open(io.BytesIO(sheet)).crop((x, y, x + width, y + height)), float)


# --- the graph ---------------------------------------------------------------------------


def test_the_graph_is_strict_json(compared):
    record, _, _ = compared
    packed = [json.loads(zlib.decompress(one)) for one in record.packed_graphs]
    assert packed == [light(record.graph), record.graph]


def test_groups_edges_and_neurons_are_those_of_the_circuit(snapshot):
    for circuit, told in zip(
        snapshot.circuits, make_record(snapshot, step=1).graph["targets"], strict=True
    ):
        assert (told["target"], told["name"]) == (circuit.target.index, circuit.name)
        for group, one in zip(circuit.groups, told["groups"], strict=True):
            assert (one["layer"], one["number"]) == (group.id.layer, group.id.number)
            assert one["importance"] == pytest.approx(circuit.group_importance(group), rel=1e-3)
            assert [member[:2] for member in one["members"]] == [
                [neuron.index, meaning] for neuron, meaning in group.members
            ]
            assert set(one["patches"]) <= set(group.patches.tolist())
        for edge, (source, target, weight, _) in zip(circuit.edges, told["edges"], strict=True):
            assert circuit.groups[source].id == edge.source
            assert circuit.groups[target].id == edge.target
            assert weight == pytest.approx(edge.weight, rel=1e-3)
        for node, one in zip(circuit.neurons, told["neurons"], strict=True):
            assert (one["layer"], one["index"]) == (node.id.layer, node.id.index)
            assert one["meanings"] == len(node.semantic_groups)


def test_a_neuron_names_its_strongest_inputs_summed_over_its_meanings(snapshot):
    snapshot = dataclasses.replace(snapshot, attribution={"layer3": SegmentAttribution("ig", 16)})
    circuit = snapshot.circuits[0]
    told = make_record(snapshot, step=1).graph["targets"][0]["neurons"]
    node, one = next(
        pair for pair in zip(circuit.neurons, told, strict=True) if pair[0].id.layer == "layer3"
    )
    summed = dict(zip(node.inputs.sources.tolist(), node.inputs.weights.sum(0), strict=True))
    strongest = sorted(summed, key=lambda source: -abs(summed[source]))[:INPUTS]
    assert [source for source, _ in one["inputs"]] == strongest
    assert [weight for _, weight in one["inputs"]] == pytest.approx(
        [summed[source] for source in strongest], rel=1e-3
    )
    gaps = np.abs(node.inputs.completeness_gap).sum() / np.abs(node.inputs.response_change).sum()
    assert one["gap"] == pytest.approx(gaps, rel=1e-3)


def test_attribution_of_every_layer_pair(snapshot):
    attribution = {
        "layer2": SegmentAttribution("norm-held", 4, ("norm",), 0.42134, {}, 0.02),
        "layer3": SegmentAttribution("gradient", 1, (), 0.97, {}, 0.02),
        "fc": SegmentAttribution("package.module:" + "x" * 1000, 0),
    }
    record = make_record(dataclasses.replace(snapshot, attribution=attribution), step=1)
    told = dict(record.graph["attribution"])
    last = told.pop("fc")
    names = ("method", "nodes", "correlation", "margin", "predicts")
    assert told == {
        "layer2": dict(zip(names, ("norm-held", 4, 0.4213, 0.02, False), strict=True)),
        "layer3": dict(zip(names, ("gradient", 1, 0.97, 0.02, True), strict=True)),
    }
    assert len(last.pop("method")) == record_module.LONGEST_NAME
    assert last == {"nodes": 0, "correlation": None, "margin": None, "predicts": True}
    assert light(record.graph)["attribution"] == record.graph["attribution"]


def test_a_method_without_completeness_gap_has_none(snapshot):
    attribution = {"layer2": SegmentAttribution("gradient", 1), "fc": SegmentAttribution("ig", 16)}
    graph = make_record(dataclasses.replace(snapshot, attribution=attribution), step=1).graph
    target = graph["targets"][0]
    gaps = {layer: one["completeness_gap"] is None for layer, one in target["statistics"].items()}
    assert gaps == {"layer1": True, "layer2": True, "layer3": False, "fc": False}
    for neuron in target["neurons"]:
        assert (neuron["gap"] is None) == gaps[neuron["layer"]]


def test_what_was_not_measured_is_null(snapshot):
    graph = make_record(snapshot, step=1).graph
    target = graph["targets"][0]
    assert target["statistics"]["layer1"]["semantic_groups"] is None  # NaN
    assert target["groups"][0]["lineage"] is target["groups"][0]["stability"] is None
    assert target["drift"] is graph["since"] is graph["matching"] is None


def test_numbers_that_are_not_finite_are_null(snapshot):
    circuit = snapshot.circuits[0]
    edges = tuple(dataclasses.replace(one, weight=math.inf) for one in circuit.edges)
    broken = dataclasses.replace(circuit, edges=edges)
    graph = make_record(dataclasses.replace(snapshot, circuits=(broken,)), step=1).graph
    assert {weight for _, _, weight, _ in graph["targets"][0]["edges"]} == {None}
    json.dumps(graph, allow_nan=False)


def test_stabilities_are_told(snapshot):
    circuit = snapshot.circuits[0]
    sure = dataclasses.replace(
        circuit,
        groups=tuple(dataclasses.replace(one, stability=0.9) for one in circuit.groups),
        edges=tuple(dataclasses.replace(one, stability=0.8) for one in circuit.edges),
        neurons=tuple(dataclasses.replace(one, stability=0.7) for one in circuit.neurons),
    )
    told = make_record(dataclasses.replace(snapshot, circuits=(sure,)), step=1).graph["targets"][0]
    assert {one["stability"] for one in told["groups"]} == {0.9}
    assert {one[3] for one in told["edges"]} == {0.8}
    assert {one["stability"] for one in told["neurons"]} == {0.7}


def test_drift_events_and_evidence_are_those_of_the_report(compared):
    record, report, _ = compared
    assert (record.graph["since"], record.graph["matching"]) == (10, "neurons")
    for told, drift in zip(record.graph["targets"], report.targets, strict=True):
        one = told["drift"]
        assert one["verdict"] == drift.verdict
        assert [row[:3] for row in one["drifts"]] == [
            [each.measure, each.layer, each.below] for each in drift.drifts
        ]
        assert [each["event"] for each in one["events"]] == [each.event for each in drift.events]
        assert one["events"], "the snapshots are too much alike for this test"
        assert [each["lineage"] for each in one["events"]] == [
            list(each.lineage) for each in drift.events
        ]
        assert [each["name"] for each in one["evidence"]] == [
            each.name for each in drift.evidence[:EVIDENCE]
        ]


def test_every_group_below_the_target_has_its_lineage_id(compared):
    record, _, ids = compared
    for told in record.graph["targets"]:
        for group in told["groups"]:
            known = {(one.layer, one.number): each for one, each in ids[told["target"]].items()}
            assert group["lineage"] == known.get((group["layer"], group["number"]))
        assert any(group["lineage"] is not None for group in told["groups"])


def test_a_hostile_name_is_text_on_one_line_and_not_endless():
    snapshot = make_snapshot(targets=1)
    name = "\x1b[31m</script>\n" + "x" * 10_000 + "\u202e"
    circuit = dataclasses.replace(snapshot.circuits[0], name=name)
    probe = dataclasses.replace(snapshot.probe, class_names=(name,) * 4)
    graph = make_record(
        dataclasses.replace(snapshot, circuits=(circuit,), probe=probe), step=1
    ).graph
    labels = [graph["targets"][0]["name"], *(one[5] for one in graph["images"].values())]
    for label in labels:
        assert label.startswith("</script> xxx")
        assert len(label) == record_module.LONGEST_NAME


def test_half_a_character_in_a_name_does_no_harm():
    snapshot = make_snapshot(targets=1)
    circuit = dataclasses.replace(snapshot.circuits[0], name="a\ud800b")
    record = make_record(dataclasses.replace(snapshot, circuits=(circuit,)), step=1)
    assert json.loads(zlib.decompress(record.packed_graphs[1]))["targets"][0]["name"]


# --- light -------------------------------------------------------------------------------


def test_a_light_graph_leaves_out_what_only_details_need(compared):
    record, _, _ = compared
    graph, whole = light(record.graph), record.graph
    for one, other in zip(graph["targets"], whole["targets"], strict=True):
        assert "neurons" not in one
        assert "evidence" not in one["drift"]
        assert one["drift"]["events"] == other["drift"]["events"]
        for group, full in zip(one["groups"], other["groups"], strict=True):
            assert "members" not in group
            assert group["size"] == len(full["members"])
            assert group["patches"] == full["patches"][:LIGHT_PATCHES]
    named = {
        str(row) for one in graph["targets"] for two in one["groups"] for row in two["patches"]
    }
    assert set(graph["patches"]) == named
    assert {str(place[5]) for place in graph["patches"].values()} == set(graph["images"])
    assert len(json.dumps(graph)) < len(json.dumps(whole)) / 2


# --- the atlas ---------------------------------------------------------------------------


def test_patches_lie_on_the_sheets_as_they_are(snapshot):
    record = make_record(snapshot, step=1, aimed_bytes=10**9)
    shown = {
        int(row)
        for circuit in snapshot.circuits
        for group in circuit.groups
        for row in group.patches[:PATCHES_SHOWN]
    }
    assert set(record.graph["patches"]) == {str(row) for row in shown}
    for row, place in record.graph["patches"].items():
        wanted = np.asarray(Image.open(io.BytesIO(snapshot.thumbnails[int(row)])), float)
        got = pixels(record.sheets[place[0]], place)
        assert got.shape == wanted.shape
        assert np.abs(got - wanted).mean() < 4
        assert place[5] == snapshot.probe.grid.image(int(row))
        assert place[6:] == snapshot.probe.grid.box(int(row)).tolist()


def test_source_images_lie_on_sheets_of_their_own_with_their_labels(snapshot):
    record = make_record(snapshot, step=1, aimed_bytes=10**9)
    patch_sheets = {place[0] for place in record.graph["patches"].values()}
    for image, place in record.graph["images"].items():
        assert place[0] not in patch_sheets
        wanted = np.asarray(Image.open(io.BytesIO(snapshot.images[int(image)])), float)
        assert np.abs(pixels(record.sheets[place[0]], place) - wanted).mean() < 4
        assert place[5] == snapshot.probe.class_names[int(image) // IMAGES_PER_CLASS]
    assert record.graph["input"] == [SIDE, SIDE]


def test_no_block_of_the_jpeg_holds_parts_of_two_patches(snapshot):
    for place in make_record(snapshot, step=1).graph["patches"].values():
        assert place[1] % 16 == place[2] % 16 == 0


def test_many_patches_take_several_sheets_of_bounded_size():
    snapshot = make_snapshot(targets=12, layers=("a", "b", "c", "fc"), neurons=20)
    record = make_record(snapshot, step=1, aimed_bytes=10**9)
    sizes = [Image.open(io.BytesIO(sheet)).size for sheet in record.sheets]
    assert len(sizes) > 1
    assert max(max(size) for size in sizes) <= 1024
    places = [tuple(one[:3]) for one in record.graph["patches"].values()]
    assert len(set(places)) == len(places)


@pytest.mark.parametrize("aimed", [200_000, 40_000, 30_000, 20_000, 10_000])
def test_a_record_with_both_graphs_is_as_large_as_aimed_at_at_most(snapshot, aimed):
    record = make_record(snapshot, step=1, aimed_bytes=aimed)
    assert record.size <= aimed


def test_coarser_records_keep_the_best_patch_of_every_group(snapshot):
    fine, coarse = (make_record(snapshot, step=1, aimed_bytes=one) for one in (10**9, 1))
    assert coarse.size < fine.size / 3
    for target, other in zip(fine.graph["targets"], coarse.graph["targets"], strict=True):
        for group, one in zip(target["groups"], other["groups"], strict=True):
            assert one["patches"][0] == group["patches"][0]


def test_fineness_falls_from_step_to_step():
    for fine, coarse in itertools.pairwise(FINENESS):
        sides = [
            getattr(fine, name) >= getattr(coarse, name) for name in dir(fine) if name[0] != "_"
        ]
        assert all(sides)


def test_evidence_names_only_patches_that_are_there(compared):
    record, _, _ = compared
    for target in record.graph["targets"]:
        for one in [*target["drift"]["evidence"], *target["groups"]]:
            assert {str(row) for row in one["patches"]} <= set(record.graph["patches"])


def test_inputs_that_are_no_images_have_no_patches():
    snapshot = make_snapshot()
    probe = dataclasses.replace(
        snapshot.probe,
        grid=PatchGrid(len(snapshot.probe.grid), None),
        labels=None,
        input_shape=(4,),
    )
    bare = dataclasses.replace(snapshot, probe=probe, thumbnails={}, images={})
    record = make_record(bare, step=1)
    assert record.sheets == ()
    assert record.graph["input"] is None
    assert record.graph["patches"] == record.graph["images"] == {}
    assert {tuple(one["patches"]) for one in record.graph["targets"][0]["groups"]} == {()}


def test_snapshots_of_before_source_images_were_kept_show_their_patches(snapshot):
    record = make_record(dataclasses.replace(snapshot, images={}), step=1)
    assert record.graph["images"] == {}
    assert record.graph["patches"]


def test_a_thumbnail_that_is_no_picture_is_named(snapshot):
    row = next(iter(snapshot.thumbnails))
    broken = {**snapshot.thumbnails, row: b"\xff\xd8\xff but no JPEG"}
    with pytest.raises(SnapshotError, match=f"thumbnail of patch {row} cannot be shown"):
        make_record(dataclasses.replace(snapshot, thumbnails=broken), step=1)
    image = next(iter(snapshot.images))
    broken = {**snapshot.images, image: b"\xff\xd8\xff but no JPEG"}
    with pytest.raises(SnapshotError, match=f"source image {image} cannot be shown"):
        make_record(dataclasses.replace(snapshot, images=broken), step=1)


def test_the_same_snapshot_gives_the_same_bytes(snapshot):
    one, other = (make_record(snapshot, step=1) for _ in range(2))
    assert (one.packed_graphs, one.sheets) == (other.packed_graphs, other.sheets)


def test_without_circuits_there_is_an_empty_record():
    record = make_record(make_snapshot(targets=0), step=1)
    assert record.graph["targets"] == []
    assert record.sheets == ()
    assert isinstance(record, Record)
