"""Snapshot ↔ header and arrays: everything comes back, and nothing malformed gets through."""

import copy
import dataclasses
import hashlib
import json
import math
import struct
from collections.abc import Mapping
from contextlib import suppress

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factories import make_snapshot
from neurflow_lightning.config import DEPARTURES, NeurFlowConfig
from neurflow_lightning.errors import SnapshotError
from neurflow_lightning.serialization import SCHEMA_VERSION, pack, unpack
from neurflow_lightning.serialization.layout import (
    ATTRIBUTION_COLUMNS,
    ATTRIBUTION_KEYS,
    CIRCUIT_COLUMNS,
    CIRCUIT_KEYS,
    NEURON_KEYS,
    PROBE_KEYS,
    column_types,
    config_keys,
    header_keys,
)
from neurflow_lightning.types import (
    GroupEdge,
    GroupId,
    NeuronId,
    NeuronInputs,
    PatchGrid,
    ProbeInfo,
    SegmentAttribution,
    Snapshot,
)

PNG = b"\x89PNG\r\n\x1a\n and more"
pytestmark = pytest.mark.filterwarnings("error")


def assert_same(one, other, what="snapshot"):
    """Same types, same numbers to the bit (NaN equals NaN), same order of keys."""
    assert type(one) is type(other), what
    if dataclasses.is_dataclass(one):
        for field in dataclasses.fields(one):
            name = field.name
            assert_same(getattr(one, name), getattr(other, name), f"{what}.{name}")
    elif isinstance(one, np.ndarray):
        assert (one.dtype, one.shape) == (other.dtype, other.shape), what
        assert one.tobytes() == other.tobytes(), what
        assert not other.flags.writeable, what
    elif isinstance(one, Mapping):
        assert list(one) == list(other), what
        for key in one:
            assert_same(one[key], other[key], f"{what}[{key!r}]")
    elif isinstance(one, tuple):
        assert len(one) == len(other), what
        for place, (left, right) in enumerate(zip(one, other, strict=True)):
            assert_same(left, right, f"{what}[{place}]")
    elif isinstance(one, float):
        assert struct.pack("<d", one) == struct.pack("<d", other), what
    else:
        assert one == other, what


def there_and_back(snapshot: Snapshot) -> Snapshot:
    header, arrays = pack(snapshot)
    return unpack(json.loads(json.dumps(header, allow_nan=False)), arrays)


def first_circuit(snapshot: Snapshot, **changes) -> Snapshot:
    """The snapshot with a changed first circuit."""
    circuit = dataclasses.replace(snapshot.circuits[0], **changes)
    return dataclasses.replace(snapshot, circuits=(circuit, *snapshot.circuits[1:]))


def first_neuron(snapshot: Snapshot, **changes) -> Snapshot:
    """The snapshot with a changed first neuron, the target of the first circuit."""
    nodes = snapshot.circuits[0].neurons
    return first_circuit(snapshot, neurons=(dataclasses.replace(nodes[0], **changes), *nodes[1:]))


# --- everything comes back ---------------------------------------------------------------


@pytest.mark.parametrize(
    "snapshot",
    [
        make_snapshot(),
        make_snapshot(seed=3, targets=5, layers=("conv1", "block.0", "block.1", "head"), neurons=9),
        make_snapshot(layers=("fc",)),
        make_snapshot(targets=0),
        make_snapshot(epoch=None, step=None),
        dataclasses.replace(make_snapshot(), weights="averaged", methods={}, versions={}),
        dataclasses.replace(
            make_snapshot(), thumbnails={7: b"\x89PNG\r\n\x1a\n rest", 3: b"\xff\xd8\xff"}
        ),
    ],
    ids=["plain", "large", "one layer", "no circuit", "outside of training", "averaged", "png"],
)
def test_everything_comes_back(snapshot):
    assert_same(snapshot, there_and_back(snapshot))


def test_a_probe_of_vectors_without_labels_comes_back():
    snapshot = make_snapshot()
    probe = ProbeInfo("f", PatchGrid(len(snapshot.probe.grid), None), input_shape=(12,))
    snapshot = dataclasses.replace(snapshot, probe=probe, thumbnails={}, images={})
    assert_same(snapshot, there_and_back(snapshot))


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf, -0.0, 5e-324])
def test_every_float_comes_back(value):
    snapshot = make_snapshot()
    circuit = snapshot.circuits[0]
    target = circuit.neurons[0]
    inputs = dataclasses.replace(
        target.inputs, attributions=np.full_like(target.inputs.attributions, value)
    )
    meanings = tuple(
        dataclasses.replace(one, activation=value, concept_vector=one.concept_vector * value)
        for one in target.semantic_groups
    )
    with np.errstate(invalid="ignore"):
        snapshot = first_neuron(snapshot, importance=value, inputs=inputs, semantic_groups=meanings)
    edges = tuple(dataclasses.replace(edge, weight=value) for edge in circuit.edges)
    snapshot = first_circuit(snapshot, edges=edges, seconds={"layer3": value})
    assert_same(snapshot, there_and_back(snapshot))


def measured(snapshot: Snapshot) -> Snapshot:
    """The snapshot with a stability of everything but its last group."""
    circuit = snapshot.circuits[0]
    return first_circuit(
        snapshot,
        neurons=tuple(dataclasses.replace(one, stability=0.25) for one in circuit.neurons),
        groups=(
            *(dataclasses.replace(one, stability=0.5) for one in circuit.groups[:-1]),
            circuit.groups[-1],
        ),
        edges=tuple(dataclasses.replace(one, stability=1.0) for one in circuit.edges),
    )


def test_stability_comes_back():
    snapshot = measured(make_snapshot())
    assert_same(snapshot, there_and_back(snapshot))


def as_version_1(snapshot: Snapshot):
    """Header and arrays as they were written before there was stability."""
    header, arrays = as_version_2(snapshot)
    del header["config"]["resamples"]
    header["schema_version"] = 1
    return header, {name: one for name, one in arrays.items() if not name.endswith(".stability")}


def as_version_2(snapshot: Snapshot):
    """Header and arrays as they were written before methods of attribution were recorded."""
    header, arrays = pack(snapshot)
    for name in ("attribution", "max_layers", "max_patches_per_image"):
        del header["config"][name]
    del header["attribution"]
    header["schema_version"] = 2
    return header, {
        name: one for name, one in arrays.items() if not name.startswith("attribution.")
    }


def before_version_3(snapshot: Snapshot) -> Snapshot:
    config = dataclasses.replace(
        snapshot.config, attribution="ig", max_layers=5, max_patches_per_image=None
    )
    return dataclasses.replace(snapshot, config=config, attribution={})


def test_files_from_before_stability_are_read_as_unmeasured():
    snapshot = make_snapshot(targets=20, neurons=2)
    old = unpack(*as_version_1(measured(snapshot)))
    expected = before_version_3(snapshot)
    unmeasured = dataclasses.replace(expected.config, resamples=0)
    assert_same(dataclasses.replace(expected, config=unmeasured), old)


def test_files_from_before_attribution_are_read_as_integrated_gradients():
    snapshot = measured(make_snapshot(targets=20, neurons=2))
    assert_same(before_version_3(snapshot), unpack(*as_version_2(snapshot)))


@pytest.mark.parametrize(
    "attribution",
    [
        {},
        {"fc": SegmentAttribution("ig", 16)},
        {"layer3": SegmentAttribution("my_package.mine:method", 0, correlation=-1.0)},
        {"fc": SegmentAttribution("custom", 0, margin=0.1, compared={"lrp": math.nan})},
        {"fc": SegmentAttribution("norm+softmax-held", 4, ("norm", "softmax"), 0.5, {}, 0.02)},
    ],
)
def test_every_attribution_comes_back(attribution):
    snapshot = dataclasses.replace(make_snapshot(), attribution=attribution)
    assert_same(snapshot, there_and_back(snapshot))


def test_a_new_file_without_stability_is_refused(packed):
    header, arrays = packed
    with pytest.raises(SnapshotError, match=r"circuits\.0\.edges\.stability' is missing"):
        unpack(header, {k: v for k, v in arrays.items() if not k.endswith("0.edges.stability")})


def test_departures_come_back_and_are_named_only_where_they_are():
    """So that files of before there were any mean the same, and need no new version."""
    definition = make_snapshot()
    assert not set(DEPARTURES) & set(pack(definition)[0]["config"])
    reference = dataclasses.replace(definition, config=NeurFlowConfig.reference())
    assert set(DEPARTURES) <= set(pack(reference)[0]["config"])
    assert_same(reference, there_and_back(reference))
    one = dataclasses.replace(definition, config=NeurFlowConfig(group_weights="summed"))
    assert set(DEPARTURES) & set(pack(one)[0]["config"]) == {"group_weights"}
    assert_same(one, there_and_back(one))


def test_inputs_may_name_neurons_that_were_left_out():
    snapshot = make_snapshot()
    inputs = snapshot.circuits[0].neurons[0].inputs
    absent = set(range(16)) - set(inputs.sources.tolist())
    sources = np.array([absent.pop() for _ in inputs.sources])
    snapshot = first_neuron(snapshot, inputs=dataclasses.replace(inputs, sources=sources))
    assert_same(snapshot, there_and_back(snapshot))


def test_inputs_without_runners_up_come_back():
    inputs = make_snapshot().circuits[0].neurons[0].inputs
    kept = {field.name: getattr(inputs, field.name) for field in dataclasses.fields(inputs)[:6]}
    snapshot = first_neuron(make_snapshot(), inputs=NeuronInputs(**kept))
    assert snapshot.circuits[0].neurons[0].inputs.runner_up_attributions.shape == (12, 0)
    assert_same(snapshot, there_and_back(snapshot))


def test_header_is_strict_json_without_nan():
    header, _ = pack(first_circuit(make_snapshot(), seconds={"fc": math.nan}))
    assert "NaN" not in json.dumps(header, allow_nan=False)


def test_columns_are_those_of_the_layout():
    _, arrays = pack(make_snapshot(targets=3))
    types = column_types(3, images=True)
    assert {name: array.dtype for name, array in arrays.items()} == types
    assert {array.ndim for array in arrays.values()} == {1}
    assert len(types) == 6 + len(ATTRIBUTION_COLUMNS) + 3 * len(CIRCUIT_COLUMNS)


# --- what packing refuses ----------------------------------------------------------------


def _with_inputs(snapshot, **changes):
    inputs = snapshot.circuits[0].neurons[0].inputs
    return first_neuron(snapshot, inputs=dataclasses.replace(inputs, **changes))


def _transposed(snapshot):
    values = snapshot.circuits[0].neurons[0].inputs.attributions
    return _with_inputs(snapshot, attributions=values.T)


def _with_group(snapshot, **changes):
    groups = snapshot.circuits[0].groups
    return first_circuit(snapshot, groups=(dataclasses.replace(groups[0], **changes), *groups[1:]))


def _renumbered(snapshot):
    meanings = snapshot.circuits[0].neurons[0].semantic_groups
    return first_neuron(snapshot, semantic_groups=meanings[::-1])


def _narrow(snapshot):
    meanings = snapshot.circuits[0].neurons[0].semantic_groups
    last = dataclasses.replace(meanings[-1], concept_vector=meanings[-1].concept_vector[:-1])
    return first_neuron(snapshot, semantic_groups=(*meanings[:-1], last))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (_transposed, r"attributions of fc:0: wanted shape \(12, 6\), got \(6, 12\)"),
        (_renumbered, r"Semantic groups of fc:0 are numbered \[1, 0\]"),
        (_narrow, r"concept vector of semantic group 1 of fc:0: wanted shape \(16,\)"),
        (
            lambda s: _with_inputs(s, runner_up_shares=np.zeros((12, 5))),
            r"runner_up_shares of fc:0: wanted shape \(12, 6\), got \(12, 5\)",
        ),
        (
            lambda s: _with_inputs(s, weights=np.zeros((5, 6))),
            r"weights of fc:0: wanted shape \(2, 6\), got \(5, 6\)",
        ),
        (
            lambda s: _with_group(s, members=((NeuronId("fc", 99), 0),)),
            "fc:99 is a member of fc/0, but the circuit does not hold it",
        ),
        (
            lambda s: _with_group(s, id=GroupId("nowhere", 0)),
            "nowhere is the layer of nowhere/0, but the circuit does not hold it",
        ),
        (
            lambda s: first_circuit(s, edges=(GroupEdge(GroupId("x", 1), GroupId("fc", 0), 1.0),)),
            "x/1 is an edge's source, but the circuit does not hold it",
        ),
    ],
)
def test_packing_refuses_what_it_could_not_give_back(change, message):
    with pytest.raises(SnapshotError, match=message):
        pack(change(make_snapshot()))


# --- what unpacking refuses: the header --------------------------------------------------


@pytest.fixture(scope="module")
def packed():
    return pack(make_snapshot())


def set_at(header, path, value):
    """A copy of the header with ``value`` at a dotted path."""
    header = copy.deepcopy(header)
    place = header
    *folders, last = (int(key) if key.isdigit() else key for key in path.split("."))
    for key in folders:
        place = place[key]
    place[last] = value
    return header


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        ("schema_version", 4, r"newer neurflow-lightning: schema version 4, .* up to 3\. Upgrade"),
        ("schema_version", 0, r"schema_version: wanted one of \(1, 2, 3\), got 0"),
        ("schema_version", True, r"schema_version: wanted one of \(1, 2, 3\), got True"),
        ("schema_version", 2.0, r"schema_version: wanted one of \(1, 2, 3\), got 2.0"),
        ("schema_version", None, r"schema_version: wanted one of \(1, 2, 3\), got None"),
        ("schema_version", 1, "header: 'attribution' is unknown"),
        ("surprise", 1, "header: 'surprise' is unknown"),
        ("config", [], "config: wanted an object"),
        ("config.tau", 0, "config: tau=0: wanted a whole number of at least 1"),
        ("config.granularities", [2.0], "config: granularities"),
        ("config.channel_axis", "x", "config.channel_axis: wanted a whole number"),
        ("config.tao", 3, "config: 'tao' is unknown"),
        ("config.images_by", "guess", "config: images_by='guess': wanted one of"),
        ("layers", "fc", "layers: wanted a list, got 'fc'"),
        ("layers", ["fc", 3], "layers: wanted text, got 3"),
        ("layers", ["fc", "fc"], "layers: .* names one twice"),
        ("layers", ["layer2", "fc"], "circuits.0.layers: 'layer3' is no layer of the snapshot"),
        ("epoch", -1, "epoch: wanted a whole number of at least 0, got -1"),
        ("epoch", 1.5, "epoch: wanted a whole number"),
        ("step", 2**63, "step: wanted a whole number"),
        ("weights", "stolen", "weights: wanted 'raw' or 'averaged', got 'stolen'"),
        ("methods", {"fc": 1}, r"methods\['fc'\]: wanted text, got 1"),
        ("methods", {"fc": "guessed"}, r"methods\['fc'\]: wanted one of .*, got 'guessed'"),
        ("methods", {"gone": "traced"}, "methods: 'gone' is no layer"),
        ("attribution", {}, "attribution: wanted a list"),
        ("attribution.0", [], "attribution: wanted an object"),
        ("attribution.0.layer", "gone", "attribution: 'gone' is no layer"),
        ("attribution.0.layer", "fc", "attribution: .* names one twice"),
        ("attribution.0.method", "salience", "attribution.method: No attribution method is named"),
        ("attribution.0.nodes", -1, "attribution.nodes: wanted a whole number"),
        ("attribution.0.hold", ["nrom"], "attribution.hold: wanted some of .*, got 'nrom'"),
        ("attribution.0.compared", ["ig", "ig"], "attribution.compared: .* names one twice"),
        ("attribution.0.compared", [], "attribution.compared: wanted 1 rows, got 5"),
        ("versions", {"torch": None}, r"versions\['torch'\]: wanted text"),
        ("probe", None, "probe: wanted an object, got None"),
        ("probe.fingerprint", 5, "probe.fingerprint: wanted text"),
        ("probe.n_images", -1, "probe.n_images: wanted a whole number of at least 0"),
        ("probe.n_images", 3, "probe.labels: wanted 3 rows, got 16"),
        ("probe.n_images", 2**62, "probe.n_images: wanted at most"),
        ("probe.boxes", [], "probe.boxes: wanted one or more"),
        ("probe.boxes", [[0, 0, 1]], "probe.boxes: wanted one or more"),
        ("probe.boxes", [[0, 0, 1, -1]], "probe.boxes: wanted a whole number of at least 0"),
        ("probe.boxes", None, "places from 0 to 15"),
        ("probe.labels", [0.5] * 16, "probe.labels: wanted a whole number"),
        ("probe.input_shape", [3, -1], "probe.input_shape: wanted a whole number"),
        ("probe.class_names", [None], "probe.class_names: wanted text"),
        ("circuits", {}, "circuits: wanted a list"),
        ("circuits", [], "Array 'circuits.0.*' is unknown"),
        ("circuits", [0] * 10_000, "circuits: 10000 are named, but there are only 85 arrays"),
        ("circuits.0", 7, "circuits.0.header: wanted an object, got 7"),
        ("circuits.1.target", {"layer": "layer2", "index": 1}, r"of the last of the layers"),
        ("circuits.1.target.index", -1, "circuits.1.target: wanted a whole number"),
        ("circuits.1.name", 4, "circuits.1.name: wanted text"),
        ("circuits.0.layers", [], "circuits.0.neurons.layer: wanted places from 0 to -1"),
        ("circuits.0.layers", ["a", "b", "c"], "circuits.0.layers: 'a' is no layer"),
        ("circuits.0.seconds", ["fc"], "circuits.0.seconds: wanted 1 rows, got 3"),
        ("circuits.0.seconds", ["fc", "fc", "x"], "circuits.0.seconds: .* names one twice"),
        ("circuits.0.left_out", {"x": 1}, "circuits.0.left_out: 'x' is no layer"),
        ("circuits.0.left_out", {"fc": -1}, "circuits.0.left_out: wanted a whole number"),
    ],
)
def test_a_malformed_header_is_refused(packed, path, value, message):
    header, arrays = packed
    with pytest.raises(SnapshotError, match=message):
        unpack(set_at(header, path, value), arrays)


@pytest.mark.parametrize(
    "path", ["layers", "config.nodes", "probe.labels", "circuits.0.name", "circuits.1.target.index"]
)
def test_a_missing_key_is_named(packed, path):
    header, arrays = packed
    header = copy.deepcopy(header)
    place = header
    *folders, last = path.split(".")
    for key in folders:
        place = place[int(key) if key.isdigit() else key]
    del place[last]
    with pytest.raises(SnapshotError, match=f"'{last}' is missing"):
        unpack(header, arrays)


@pytest.mark.parametrize("header", [None, [], "text", 3, {}])
def test_a_header_that_is_no_object_is_refused(packed, header):
    with pytest.raises(SnapshotError, match=r"header|schema_version"):
        unpack(header, packed[1])


# --- what unpacking refuses: the columns -------------------------------------------------

CUT, GROWN = "one row less", "one row more"


@pytest.mark.parametrize("name", sorted(column_types(1, images=True)))
@pytest.mark.parametrize("change", [CUT, GROWN])
def test_a_column_of_another_length_is_refused(name, change):
    header, arrays = pack(make_snapshot(targets=1))
    values = arrays[name]
    rows = values[:-1] if change == CUT else np.concatenate([values, values[-1:]])
    with pytest.raises(SnapshotError):
        unpack(header, arrays | {name: rows})


@pytest.mark.parametrize("name", sorted(column_types(1, images=True)))
def test_a_missing_column_is_named(name):
    header, arrays = pack(make_snapshot(targets=1))
    del arrays[name]
    with pytest.raises(SnapshotError, match=f"Array '{name}' is missing"):
        unpack(header, arrays)


@pytest.mark.parametrize("name", sorted(column_types(1, images=True)))
def test_a_column_of_another_type_or_shape_is_refused(name):
    header, arrays = pack(make_snapshot(targets=1))
    for changed in (arrays[name].astype(bool), arrays[name][None]):
        with pytest.raises(SnapshotError, match=f"{name}: wanted a one-dimensional array"):
            unpack(header, arrays | {name: changed})


TYPES = column_types(1, images=True)
INTEGER_COLUMNS = sorted(name for name, dtype in TYPES.items() if dtype == np.int64)
FREE = {"circuits.0.neurons.index", "circuits.0.groups.number"}
"""Columns whose large values refer to nothing that could be missing."""


OUT_OF_RANGE = [
    (name, value)
    for name in INTEGER_COLUMNS
    for value in (-1, -(2**63), 2**62, 2**63 - 1)
    if value < 0 or name not in FREE
]


@pytest.mark.parametrize(("name", "value"), OUT_OF_RANGE)
def test_a_number_out_of_range_is_refused(name, value):
    header, arrays = pack(make_snapshot(targets=1))
    values = arrays[name].copy()
    values[0] = value
    with pytest.raises(SnapshotError):
        unpack(header, arrays | {name: values})


def changed(arrays, name, edit):
    values = arrays[name].copy()
    edit(values)
    return arrays | {name: values}


@pytest.mark.parametrize(
    ("name", "row", "value", "message"),
    [
        ("concepts.patches", 0, 160, "circuits.0.concepts.patches: wanted places from 0 to 159"),
        ("semantic_groups.patches", 0, -3, "wanted places from 0 to 159, got -3"),
        ("groups.patches", 0, 10**6, "circuits.0.groups.patches: wanted places from 0 to 159"),
        ("neurons.layer", 0, 3, "circuits.0.neurons.layer: wanted places from 0 to 2, got 3"),
        ("neurons.index", 0, -1, "circuits.0.neurons.index: wanted whole numbers of at least 0"),
        ("inputs.sources", 0, 16, "circuits.0.inputs.sources: wanted places from 0 to 15, got 16"),
        ("inputs.runners_up", 0, -1, "inputs.runners_up: wanted places from 0 to 15, got -1"),
        ("inputs.neuron", 0, 12, "circuits.0.inputs.neuron: wanted rising places"),
        ("inputs.neuron", -1, 12, "a neuron of the shallowest layer has no inputs"),
        ("members.neuron", 0, 1, "Neuron group fc/0 has a member of another layer, layer3:"),
        ("members.semantic_group", 0, 9, "Neuron group fc/0 wants semantic group 9 of fc:0, which"),
        ("groups.member_count", 0, 0, "wanted whole numbers of at least 1, got 0"),
        ("neurons.semantic_group_count", 0, 0, "wanted whole numbers of at least 1, got 0"),
        ("neurons.stability", 0, 1.5, "neurons.stability: wanted numbers from 0 to 1, or NaN, got"),
        ("edges.stability", -1, -0.5, "edges.stability: wanted numbers from 0 to 1"),
        ("groups.stability", 0, math.inf, "groups.stability: wanted numbers from 0 to 1"),
        ("edges.source", 0, 0, "circuits.0.edges: .* does not join a layer with the next one"),
        ("edges.target", 0, 99, "circuits.0.edges.target: wanted places from 0 to"),
        ("groups.number", 1, 0, "circuits.0.groups.number: a neuron group comes twice"),
    ],
)
def test_the_error_names_what_was_wanted(packed, name, row, value, message):
    header, arrays = packed
    arrays = changed(arrays, f"circuits.0.{name}", lambda values: values.put(row, value))
    with pytest.raises(SnapshotError, match=message):
        unpack(header, arrays)


def test_a_neuron_that_comes_twice_is_refused(packed):
    header, arrays = packed
    arrays = changed(arrays, "circuits.0.neurons.index", lambda values: values.put(2, values[1]))
    with pytest.raises(SnapshotError, match=r"neurons.index: a neuron comes twice"):
        unpack(header, arrays)


def test_a_thumbnail_must_be_a_picture(packed):
    header, arrays = packed
    arrays = changed(arrays, "thumbnails.bytes", lambda values: values[:4].fill(ord("<")))
    with pytest.raises(SnapshotError, match="a JPEG or PNG, got b'<<<<"):
        unpack(header, arrays)


def test_files_without_source_images_are_as_they_were_before_there_were_any():
    bare = dataclasses.replace(make_snapshot(), images={})
    header, arrays = pack(bare)
    assert set(arrays) == set(column_types(2, images=False))
    assert_same(bare, unpack(header, arrays))


def test_a_source_image_must_be_a_picture(packed):
    header, arrays = packed
    arrays = changed(arrays, "images.bytes", lambda values: values[:4].fill(ord("<")))
    with pytest.raises(SnapshotError, match=r"images.bytes of image .*a JPEG or PNG, got b'<<<<"):
        unpack(header, arrays)


def test_a_source_image_is_one_of_the_probe_set(packed):
    header, arrays = packed
    arrays = changed(arrays, "images.image", lambda values: values.put(0, 10**6))
    with pytest.raises(SnapshotError, match=r"images.image: wanted places from 0"):
        unpack(header, arrays)


def test_a_patch_has_one_thumbnail(packed):
    header, arrays = packed
    arrays = changed(arrays, "thumbnails.row", lambda values: values.put(1, values[0]))
    with pytest.raises(SnapshotError, match=r"thumbnails.row: the same patch has two pictures"):
        unpack(header, arrays)


def test_lengths_that_overflow_are_refused(packed):
    """2⁶³ rows promised twice sum to 0 in 64 bits; here they do not."""
    header, arrays = packed
    name = "circuits.0.neurons.patch_count"
    lengths = arrays[name].copy()
    lengths[:2] = 2**62
    arrays = arrays | {name: np.concatenate([lengths[:2], lengths[:2], lengths[4:]])}
    with pytest.raises(SnapshotError, match=r"concepts.patches: wanted 18446744073709551"):
        unpack(header, arrays)


# --- fuzz --------------------------------------------------------------------------------

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4)
    ),
    max_leaves=6,
)
HEADER, ARRAYS = pack(make_snapshot(neurons=3))


def loads_or_refuses(header, arrays):
    with suppress(SnapshotError):
        assert isinstance(unpack(header, arrays), Snapshot)


def paths(value, prefix=""):
    """Every dotted path of a header."""
    inner = value.items() if isinstance(value, dict) else enumerate(value)
    for key, one in inner:
        yield f"{prefix}{key}"
        if isinstance(one, dict | list):
            yield from paths(one, f"{prefix}{key}.")


@settings(max_examples=200, deadline=None)
@given(path=st.sampled_from(sorted(paths(HEADER))), value=JSON)
def test_any_header_loads_or_is_refused(path, value):
    loads_or_refuses(set_at(HEADER, path, value), ARRAYS)


@settings(max_examples=300, deadline=None)
@given(
    name=st.sampled_from(sorted(ARRAYS)),
    places=st.lists(st.tuples(st.integers(0, 10**6), st.integers(-3, 300)), max_size=4),
    huge=st.sampled_from([0, 0, 2**62, -(2**62)]),
)
def test_any_column_loads_or_is_refused(name, places, huge):
    values = ARRAYS[name].copy()
    for place, value in places:
        if values.dtype == np.int64:
            values[place % len(values)] = value + huge
        else:
            values[place % len(values)] = value % 256
    loads_or_refuses(HEADER, ARRAYS | {name: values})


def test_a_changed_layout_needs_a_new_schema_version():
    """The digest of every version's layout: a release adds one with its version, changes none."""
    known = {1: "e6f7672a4201a602", 2: "b28797277d7c21f6", 3: "28112cbcb5c39d69"}
    assert max(known) == SCHEMA_VERSION
    since = {3: [ATTRIBUTION_KEYS]}
    for version, digest in known.items():
        keys = [header_keys(version), config_keys(version), PROBE_KEYS, CIRCUIT_KEYS, NEURON_KEYS]
        keys += [one for began, added in since.items() if began <= version for one in added]
        columns = [
            (name, dtype.str) for name, dtype in column_types(1, version, images=False).items()
        ]
        layout = repr([sorted(one) for one in [*keys, columns]])
        assert hashlib.sha256(layout.encode()).hexdigest()[:16] == digest
