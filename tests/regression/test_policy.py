"""Policies read from YAML: what they say, and what is wrong with those that say nothing."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

import pytest

from neurflow_lightning.errors import NeurFlowError
from neurflow_lightning.regression import policy as policy_module
from neurflow_lightning.regression.policy import (
    DEFAULT_POLICY,
    AboveNull,
    AtMost,
    Condition,
    Forbid,
    PolicyError,
    RegressionPolicy,
    Require,
    StabilityAtLeast,
    TransferAtLeast,
    VerdictAtMost,
    parse_policy,
    read_policy,
)

EVERYTHING = """\
# What may change.
conditions:
  - verdict_at_most: re-described
  - measure: edge_drift
    at_most: 0.3
  - measure: edge_drift
    above_null: 1.5
    target: crack
    layer: "layer[34]"
    severity: warn
  - forbid: [split, merge]
  - require: emerge
    target: 3
  - stability_at_least: 0.8
  - stability_at_least: 1
    measure: core_turnover
    target: "3"
  - transfer_at_least: 9e-1
    layer: 0.1
"""


def test_every_kind_of_condition_is_read():
    policy = parse_policy(EVERYTHING, "neurflow.yaml")
    assert policy.source == "neurflow.yaml"
    assert policy.conditions == (
        Condition(VerdictAtMost("re-described"), line=3),
        Condition(AtMost("edge_drift", 0.3), line=4),
        Condition(AboveNull("edge_drift", 1.5), "crack", "layer[34]", "warn", line=6),
        Condition(Forbid(("split", "merge")), line=11),
        Condition(Require(("emerge",)), target=3, line=12),
        Condition(StabilityAtLeast(0.8, "group_turnover"), line=14),
        Condition(StabilityAtLeast(1.0, "core_turnover"), target="3", line=15),
        Condition(TransferAtLeast(0.9), layer="0.1", line=18),
    )


def test_the_example_of_the_docstring_is_a_policy():
    _, _, indented = policy_module.__doc__.partition(".. code-block:: yaml\n\n")
    example, _, _ = indented.partition("\n\nA condition has")
    policy = parse_policy(example)
    assert len(policy.conditions) == 7
    assert policy.controls == ("controls/first.safetensors",)


def test_a_file_is_read_like_its_text(tmp_path):
    path = tmp_path / "neurflow.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + EVERYTHING.encode())
    assert read_policy(path) == parse_policy(EVERYTHING, str(path))


def test_controls_lie_beside_the_policy(tmp_path):
    path = tmp_path / "deep" / "neurflow.yaml"
    path.parent.mkdir()
    remote = "s3://bucket/c.safetensors"
    path.write_text(
        f"conditions: [forbid: split]\ncontrols: [a.safetensors, ../b.safetensors, '{remote}']"
    )
    *controls, url = read_policy(path).controls
    assert url == remote
    assert [Path(one).resolve() for one in controls] == [
        path.parent / "a.safetensors",
        tmp_path / "b.safetensors",
    ]
    assert parse_policy("conditions: [forbid: split]\ncontrols: /a.b").controls == ("/a.b",)
    assert parse_policy("conditions: [forbid: split]").controls == ()


def test_the_default_fails_on_changed_and_warns_on_drifting():
    fail, warn = DEFAULT_POLICY.conditions
    assert (fail.rule, fail.severity) == (VerdictAtMost("re-described"), "fail")
    assert (warn.rule, warn.severity) == (VerdictAtMost("stable"), "warn")


def of(*lines: str) -> str:
    return "conditions:\n  - " + "\n    ".join(lines)


WRONG = {
    "misspelt key": (
        of("measure: edge_drift", "at_mots: 0.3"),
        r"p, line 3: Unknown key 'at_mots'. Did you mean 'at_most'.*\?",
    ),
    "misspelt measure": (
        of("at_most: 0.3", "measure: edge_drfit"),
        r"p, line 3: measure: 'edge_drfit' is none that is known. Did you mean 'edge_drift'",
    ),
    "misspelt verdict": (
        of("verdict_at_most: driftin"),
        r"p, line 2: verdict_at_most: 'driftin' .* Did you mean 'drifting'\?",
    ),
    "misspelt event": (of("forbid: [split, mrege]"), r"line 2: forbid: 'mrege' .* mean 'merge'"),
    "an event that is never listed": (
        of("forbid: survive"),
        r"forbid: 'survive' is none .* 'split', 'merge', 'disappear', 'emerge'\.",
    ),
    "no event": (of("forbid: []"), r"forbid: wanted one or more of split, merge, .* got \(\)"),
    "a mapping for events": (of("forbid: {a: b}"), r"forbid: None is none that is known"),
    "misspelt severity": (
        of("forbid: split", "severity: wran"),
        r"p, line 3: severity: 'wran' .* 'warn'",
    ),
    "no rule": (
        of("layer: fc"),
        r"p, line 2: A condition says no rule: wanted one of at_most, above_null",
    ),
    "two rules": (
        of("forbid: split", "require: merge"),
        r"p, line 2: A condition has forbid and require: wanted one of",
    ),
    "no measure": (
        of("at_most: 0.3"),
        r"p, line 2: at_most says no measure: wanted 'measure', one of edge_drift, core_turnover",
    ),
    "a measure too many": (
        of("forbid: split", "measure: edge_drift"),
        r"p, line 3: measure: forbid takes none",
    ),
    "a measure without bounds": (
        of("stability_at_least: 0.3", "measure: polysemanticity"),
        r"p, line 3: measure: 'polysemanticity' is none",
    ),
    "too high a bound": (
        of("measure: edge_drift", "at_most: 3"),
        r"p, line 3: at_most: wanted a number from 0 to 1, got 3\.0\.",
    ),
    "a negative bound": (of("transfer_at_least: -0.1"), r"wanted a number from 0 to 1, got -0.1"),
    "no number": (of("transfer_at_least: high"), r"wanted a number from 0 to 1, got 'high'"),
    "NaN": (of("measure: edge_drift", "above_null: .nan"), r"a number from 0, got '.nan'"),
    "infinity": (of("measure: edge_drift", "above_null: 1e999"), r"a number from 0, got inf"),
    "true for a number": (of("transfer_at_least: yes"), r"wanted a number from 0 to 1, got 'yes'"),
    "a list for a number": (of("transfer_at_least: [1]"), r"wanted a number .* got None"),
    "yes for a class": (
        of("forbid: split", "target: yes"),
        r"p, line 3: target: wanted a class by number, or by name in quotes.* got \['yes'\]",
    ),
    "an octal class": (of("forbid: split", "target: 010"), r"target: wanted .* got \['010'\]"),
    "no class": (of("forbid: split", "target:"), r"target: wanted a class"),
    "no layer": (of("forbid: split", "layer: ''"), r"p, line 3: layer: wanted a layer's name"),
    "a verdict of a layer": (
        of("verdict_at_most: stable", "layer: fc"),
        r"p, line 3: layer: wanted no layer, as a verdict is of the whole target, got 'fc'",
    ),
    "a key twice": (of("forbid: split", "forbid: merge"), r"p, line 3: The key 'forbid' is there"),
    "a merge key": (of("<<: {forbid: split}"), r"p, line 2: Unknown key '<<'"),
    "a key that is a list": (of("[a]: b"), r"p, line 2: Unknown key 'a list or mapping'"),
    "a condition that is a word": ("conditions: [split]", r"p, line 1: Wanted keys with values"),
    "no list": ("conditions: split", r"p, line 1: conditions: wanted a list"),
    "no condition": ("conditions: []", r"p, line 1: A policy with no condition passes everything"),
    "a control that is no path": (
        "conditions: [forbid: split]\ncontrols: [a, [b]]",
        r"p, line 2: controls: wanted paths of snapshots, got \('a', None\)",
    ),
    "misspelt top": ("condition: []", r"p, line 1: Unknown key 'condition'.*'conditions'"),
    "no key": ("{}", r"p, line 1: Wanted the key 'conditions'"),
    "a list": ("- a", r"p, line 1: Wanted keys with values, such as 'conditions: …'"),
    "nothing": ("# only a comment\n", r"p: Is empty"),
    "no YAML": (
        "conditions: [\n  a: b: c",
        r"p, line 2: Is no YAML: expected ',' or '\]', but got ':'",
    ),
    "two documents": ("conditions: []\n---\na: b", r"Is no YAML"),
    "control characters": ("conditions: \x00", r"p: Is no YAML: unacceptable character"),
    "a nest": ("[" * 20_000, r"p: Is nested too deeply"),
    "an object": (
        of("!!python/object/apply:os.system {args: [exit]}"),
        r"p, line 2: Unknown key 'args'",
    ),
    "an alias of itself": ("conditions: &a [*a]", r"p, line 1: Wanted keys with values"),
}


@pytest.mark.parametrize(("text", "message"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_said_with_its_line(text, message):
    with pytest.raises(PolicyError) as raised:
        parse_policy(text, "p")
    assert re.search(message, str(raised.value)), raised.value
    assert isinstance(raised.value, NeurFlowError)


def test_what_is_given_is_quoted_short_and_without_control_characters():
    with pytest.raises(PolicyError) as raised:
        parse_policy(of(f'forbid: "\\e[31m\\u202e{"x" * 100_000}"'))
    assert len(str(raised.value)) < 300
    assert str(raised.value).isprintable()


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(PolicyError, match=r"neurflow\.yaml: There is no such file"):
        read_policy(tmp_path / "neurflow.yaml")


def test_a_folder_is_no_policy(tmp_path):
    with pytest.raises(PolicyError, match="Cannot be read: Is a directory"):
        read_policy(tmp_path)


def test_a_file_in_another_encoding_is_no_policy(tmp_path):
    (tmp_path / "p.yaml").write_bytes("conditions: # ä".encode("utf-16"))
    with pytest.raises(PolicyError, match="Is no text in UTF-8"):
        read_policy(tmp_path / "p.yaml")


def test_a_huge_file_is_not_read(tmp_path):
    (tmp_path / "p.yaml").write_bytes(b"#" * (policy_module.LARGEST_FILE + 1))
    with pytest.raises(PolicyError, match="Is longer than 1048576 bytes"):
        read_policy(tmp_path / "p.yaml")


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: AtMost("drift", 0.3), "measure: 'drift' is none"),
        (lambda: AtMost("edge_drift", True), "at_most: wanted a number from 0 to 1, got True"),
        (lambda: AboveNull("edge_drift", float("nan")), "above_null: wanted a number from 0"),
        (lambda: Forbid("split"), "forbid: wanted one or more"),
        (lambda: Condition(Forbid(("split",)), target=True), "target: wanted a class"),
        (lambda: Condition(Forbid(("split",)), severity="error"), "severity: 'error' is none"),
        (lambda: RegressionPolicy(()), "wanted at least one"),
    ],
)
def test_conditions_made_in_python_are_checked_too(make, message):
    with pytest.raises(PolicyError, match=message):
        make()


def test_a_difference_of_meanings_may_be_more_than_one():
    assert AtMost("polysemanticity", 2.5).bound == 2.5


def test_policies_are_frozen():
    with pytest.raises(dataclasses.FrozenInstanceError):
        DEFAULT_POLICY.source = "mine"
