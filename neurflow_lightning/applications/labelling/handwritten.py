"""Names that a person wrote, in YAML; also what ``neurflow label --edit`` opens.

.. code-block:: yaml

    3:                        # a class by number, or in quotes by name
      network.block3:         # a layer
        0: upper curve        # a neuron group by its number in the snapshot: its name, or
        2:
          name: left stroke
          caption: Strokes that end at the left.

An empty name takes away all names that a group has (:func:`edited`). Groups that are left out stay
as they are.
"""

from __future__ import annotations

import reprlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

import yaml

from neurflow_lightning.applications.labelling.asking import (
    Description,
    Matcher,
    retrieval_score,
)
from neurflow_lightning.applications.labelling.collection import LabelledGroup, Labels
from neurflow_lightning.applications.labelling.feeding import feeding, relations
from neurflow_lightning.applications.labelling.following import Carried, Carriers, Ids
from neurflow_lightning.errors import LabelError, NeurFlowError, near_matches
from neurflow_lightning.labels import (
    LONGEST_CAPTION,
    LONGEST_NAME,
    Label,
    checked_text,
)
from neurflow_lightning.render.text import number_text, visible_text
from neurflow_lightning.types import Circuit, GroupId, NeuronGroup, Snapshot

LARGEST_FILE = 4 * 2**20
"""Bytes of the longest file read."""

MOST_NEURONS = 8
"""Most neurons of a group that a file to edit tells."""

Written = Mapping[int, Mapping[GroupId, Description | None]]
"""Target index → neuron group → what was written; ``None`` where its names are to go."""

_INT = "tag:yaml.org,2002:int"
_NULL = "tag:yaml.org,2002:null"
_One = TypeVar("_One")


def read_written_file(path: str, snapshot: Snapshot) -> Written:
    """The names in a file; see :func:`read_written`."""
    try:
        if Path(path).stat().st_size > LARGEST_FILE:
            raise LabelError(f"{path}: wanted at most {LARGEST_FILE} bytes.")
        text = Path(path).read_bytes().decode()
    except OSError as error:
        raise LabelError(f"{path}: Cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise LabelError(f"{path}: wanted text in UTF-8.") from error
    return read_written(text, path, snapshot)


def read_written(text: str, source: str, snapshot: Snapshot) -> Written:
    """The names in a text.

    Args:
        text: of YAML, as the module says.
        source: what it is called in errors.
        snapshot: whose classes, layers and groups it names.

    Raises:
        LabelError: names the line.
    """
    document = _composed(text, source)
    if document is None:
        return {}
    found: dict[int, dict[GroupId, Description | None]] = {}
    for key, below in _pairs(document, source):
        circuit = _circuit(key, source, snapshot)
        if circuit.target.index in found:
            raise _at(key, source, f"class {circuit.name!r} is there twice.")
        found[circuit.target.index] = dict(_read_class(below, source, circuit))
    return found


def _read_class(
    node: yaml.Node, source: str, circuit: Circuit
) -> Iterator[tuple[GroupId, Description | None]]:
    seen = set()
    for key, below in _pairs(node, source):
        layer = key.value if isinstance(key, yaml.ScalarNode) else ""
        if layer not in circuit.layers[:-1]:
            near = near_matches(layer[:200], circuit.layers[:-1])
            raise _at(key, source, f"no layer {reprlib.repr(layer)} with groups to name. {near}")
        if layer in seen:
            raise _at(key, source, f"layer {layer!r} is there twice.")
        seen.add(layer)
        known = {str(group.id.number): group.id for group in circuit.layer_groups(layer)}
        told_of = set()
        for number, told in _pairs(below, source):
            word = number.value if isinstance(number, yaml.ScalarNode) else ""
            if word not in known:
                said = f"no group {reprlib.repr(word)} in layer {layer!r}."
                near = f"There are {', '.join(known)}." if known else "There is none."
                raise _at(number, source, f"{said} {near}")
            if word in told_of:
                raise _at(number, source, f"group {word} of layer {layer!r} is there twice.")
            told_of.add(word)
            yield known[word], _description(told, source)


def _description(node: yaml.Node, source: str) -> Description | None:
    if isinstance(node, yaml.ScalarNode):
        parts = {"name": node}
    else:
        parts = {}
        for key, value in _pairs(node, source):
            word = key.value if isinstance(key, yaml.ScalarNode) else ""
            if word not in ("name", "caption") or word in parts:
                raise _at(key, source, "wanted a name and, if you like, a caption, each once.")
            if not isinstance(value, yaml.ScalarNode):
                raise _at(value, source, f"{word}: wanted a text.")
            parts[word] = value
        if "name" not in parts:
            raise _at(node, source, "wanted 'name: …' for the group.")
    name = _text(parts["name"], source, "name", LONGEST_NAME)
    caption = ""
    if "caption" in parts:
        caption = _text(parts["caption"], source, "caption", LONGEST_CAPTION)
    return Description(name, caption) if name else None


def _text(node: yaml.ScalarNode, source: str, what: str, longest: int) -> str:
    """As it is written, so that a group may be called ``no`` or ``1``; ``~`` is empty."""
    value = "" if node.tag == _NULL else node.value
    return _told_at(node, source, lambda: checked_text(what, value.strip(), longest))


def _circuit(key: yaml.Node, source: str, snapshot: Snapshot) -> Circuit:
    if not isinstance(key, yaml.ScalarNode):
        raise _at(key, source, "wanted a class by number or name.")
    if key.tag == _INT:
        for circuit in snapshot.circuits:
            if str(circuit.target.index) == key.value:
                return circuit
        known = ", ".join(str(one.target.index) for one in snapshot.circuits)
        raise _at(key, source, f"no circuit of class number {key.value[:20]}. There are {known}.")
    named = [one for one in snapshot.circuits if one.name == key.value]
    if len(named) != 1:
        near = near_matches(key.value[:200], [one.name for one in snapshot.circuits])
        many = "several circuits" if named else "no circuit"
        raise _at(key, source, f"{many} of a class named {reprlib.repr(key.value)}. {near}")
    return named[0]


# --- YAML --------------------------------------------------------------------------------


def _composed(text: str, source: str) -> yaml.Node | None:
    try:
        node: yaml.Node | None = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        place = f", line {error.problem_mark.line + 1}" if error.problem_mark else ""
        raise LabelError(f"{source}{place}: is no YAML: {error.problem}.") from error
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise LabelError(
            f"{source}, line {line}: wanted characters that are seen, got {chr(error.character)!a}."
        ) from error
    except RecursionError as error:
        raise LabelError(f"{source}: is nested too deeply.") from error
    return node


def _pairs(node: yaml.Node, source: str) -> list[tuple[yaml.Node, yaml.Node]]:
    if isinstance(node, yaml.ScalarNode) and node.tag == _NULL:
        return []
    if not isinstance(node, yaml.MappingNode):
        raise _at(node, source, "wanted keys with values below them, as in '0: name'.")
    return node.value  # type: ignore[no-any-return]


def _at(node: yaml.Node, source: str, message: str) -> LabelError:
    return LabelError(f"{source}, line {node.start_mark.line + 1}: {message}")


def _told_at(node: yaml.Node, source: str, make: Callable[[], _One]) -> _One:
    try:
        return make()
    except NeurFlowError as error:
        raise _at(node, source, str(error)) from error


# --- editing -----------------------------------------------------------------------------


def editable(
    called: str, snapshot: Snapshot, carried: Carriers, ids: Ids = MappingProxyType({})
) -> str:
    """The names of a snapshot's groups as YAML to edit; groups without a name have an empty one.

    A comment beside each says by what it is recognised in the tab, in tables and in pictures.

    Args:
        called: the snapshot's name for people.
        snapshot: whose groups.
        carried: the names that they carry.
        ids: their lineage ids in the run, as far as they are known.
    """
    lines = [
        f"# Names of neuron groups in {visible_text(called)}",
        "# Change names and captions. An empty name takes away all names that the group has.",
        "# What you take out stays as it is.",
    ]
    for circuit in snapshot.circuits:
        lines += ["", f"{circuit.target.index}:  # {visible_text(circuit.name)}"]
        for layer in reversed(circuit.layers[:-1]):
            if groups := circuit.layer_groups(layer):
                lines.append(f"  {_quoted(layer)}:")
                names = carried.get(circuit.target.index, {})
                known = ids.get(circuit.target.index, {})
                for group in groups:
                    told = _recognised(circuit, group, known.get(group.id))
                    lines += _entry(group, names.get(group.id), told)
    return "\n".join(lines) + "\n"


def _recognised(circuit: Circuit, group: NeuronGroup, lineage: int | None) -> str:
    """What tells a group from others, on one line of a few numbers."""
    neurons = [str(neuron.index) for neuron in group.neurons]
    more = len(neurons) - MOST_NEURONS
    parts = [f"importance {number_text(circuit.group_importance(group), '.0%')}"]
    if lineage is not None:
        parts.append(f"lineage {lineage}")
    shown = ", ".join(neurons[:MOST_NEURONS]) + (f" and {more} more" if more > 0 else "")
    return ", ".join([*parts, f"neuron{'' if len(neurons) == 1 else 's'} {shown}"])


def _entry(group: NeuronGroup, carried: Carried | None, told: str) -> Iterator[str]:
    yield f"    {group.id.number}:  # {told}"
    if carried is None:
        yield '      name: ""'
        return
    label = carried.label
    yield f"      name: {_quoted(label.name)}  # {visible_text(_origin(label))}"
    yield f"      caption: {_quoted(label.caption)}"
    for other in carried.named.disputing:
        yield f"      # or: {_quoted(other.name)}  # {visible_text(_origin(other))}"


def _origin(label: Label) -> str:
    score = "" if label.score is None else f", score {label.score:.2f}"
    return f"{label.source}{score}{'' if label.fresh else ', the group has changed since'}"


def _quoted(text: str) -> str:
    """As a double-quoted scalar on one line."""
    dumped: str = yaml.safe_dump(text, default_style='"', allow_unicode=True, width=10**6)
    return dumped.strip()


def edited(
    labels: Labels,
    snapshot: Snapshot,
    carried: Carriers,
    written: Written,
    scorer: Matcher | None = None,
) -> Labels:
    """Labels after a person changed those that a snapshot's groups carry.

    A changed name goes to the group as it was when it was named, so that it follows its lineage;
    where the group has changed since, to the group as it is now.

    Args:
        labels: of the run.
        snapshot: whose groups were edited.
        carried: the names that they carried.
        written: what the person wrote. What is as it was stays whoever's it was.
        scorer: scores new names; without one they have no score.

    Raises:
        LabelError: when a name cannot be scored.
    """
    gone = set()
    new: list[LabelledGroup] = []
    for target, groups in written.items():
        circuit = snapshot.circuit(target)
        for group, told in groups.items():
            had = carried.get(target, {}).get(group)
            if told is None:
                gone.update([had.named.key] if had is not None else [])
            elif had is None or (told.name, told.caption) != (had.label.name, had.label.caption):
                new.append(_Edit(snapshot, circuit, carried, scorer).named(group, told))
    kept = Labels(tuple(one for one in labels.groups if one.key not in gone))
    return kept.relabelled(new)


@dataclass(frozen=True, eq=False)
class _Edit:
    """Where a name is changed."""

    snapshot: Snapshot
    circuit: Circuit
    carried: Carriers
    scorer: Matcher | None

    def named(self, group: GroupId, told: Description) -> LabelledGroup:
        """The group that the name goes to, with it alone."""
        names = self.carried.get(self.circuit.target.index, {})
        had, node = names.get(group), self.circuit.group(group)
        label = Label(told.name, told.caption, self._score(node, told, had))
        if had is not None and had.fresh:
            return replace(had.named, labels=(replace(label, relations=had.label.relations),))
        below = {one: carried.label for one, carried in names.items()}
        label = replace(label, relations=relations(feeding(self.circuit, group, below)))
        return LabelledGroup.of(self.snapshot, self.circuit, node, label)

    def _score(self, node: NeuronGroup, told: Description, had: Carried | None) -> float | None:
        """A score is of a name: a caption put right leaves it."""
        if had is not None and had.fresh and had.label.name == told.name:
            return had.label.score
        if self.scorer is None:
            return None
        return retrieval_score(self.snapshot, self.circuit, node, told, self.scorer)
