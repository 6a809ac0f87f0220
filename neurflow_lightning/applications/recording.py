"""Mistakes at a snapshot as a record for the NeurFlow tab."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from PIL import Image

from neurflow_lightning.applications.debugging import Answers, Mistake
from neurflow_lightning.applications.firing import (
    THRESHOLD,
    CircuitFiring,
    Firing,
    ImageReport,
)
from neurflow_lightning.core.probes import ProbeSet
from neurflow_lightning.core.thumbnails import displayable
from neurflow_lightning.render.mistakes import MistakesRecord, make_mistakes_record
from neurflow_lightning.render.record import number, shown_name
from neurflow_lightning.render.tags import MISTAKES_SCHEMA
from neurflow_lightning.types import Snapshot

CROPS = 4
"""Most crops of a group that are told, those of the highest scores."""

PAST = 24
"""Most earlier snapshots that are told of an image, the latest."""


@dataclass(frozen=True, eq=False)
class Looked:
    """What became of the images that a training watches, at one snapshot.

    Attributes:
        step: of the snapshot.
        answers: of the network to every image.
        shown: the images told of one by one.
    """

    step: int
    answers: Answers
    shown: frozenset[int]


def mistakes_record(
    mistakes: Sequence[Mistake],
    snapshot: Snapshot,
    probes: ProbeSet,
    looked: Sequence[Looked],
) -> MistakesRecord:
    """The record.

    Args:
        mistakes: in the order shown; may be none.
        snapshot: they were seen through.
        probes: the images.
        looked: at the snapshots so far, in order, the last one this; of those before it
            :data:`PAST` are told.
    """
    *before, now = looked
    assert probes.labels is not None  # or nothing is a mistake
    taken, true = now.answers.taken, probes.labels.numpy()
    boxes = snapshot.probe.grid.boxes
    told = [_mistake(one, now.answers, before[-PAST:]) for one in mistakes]
    content = {
        "schema": MISTAKES_SCHEMA,
        "step": now.step,
        "images": len(taken),
        "wrong": int((taken != true).sum()),
        "threshold": mistakes[0].report.threshold if mistakes else THRESHOLD,
        "input": None if boxes is None else [int(x) for x in snapshot.probe.input_shape[-2:]],
        "crops": [] if boxes is None or not mistakes else boxes.tolist(),
        "names": {
            str(one): shown_name(snapshot.probe.class_name(one)) for one in sorted(_classes(told))
        },
        "mistakes": told,
    }
    images = [] if boxes is None else [one.image for one in mistakes]
    pictures = [Image.fromarray(displayable(probes, one)).convert("RGB") for one in images]
    return make_mistakes_record(content, pictures)


def _classes(told: Sequence[dict[str, Any]]) -> Iterator[int]:
    """Every class that is spoken of."""
    for one in told:
        yield from (one["true"], one["predicted"])
        yield from (taken for _, taken, *_ in one["past"])
        for circuit in one["circuits"]:
            yield from (group["effect"][1] for group in circuit["groups"] if group["effect"])


def _mistake(one: Mistake, answers: Answers, before: Sequence[Looked]) -> dict[str, Any]:
    report = one.report
    circuits = (report.circuit(target) for target in (report.predicted, report.true))
    return {
        "image": one.image,
        "true": report.true,
        "predicted": report.predicted,
        "sure": number(answers.sure[one.image]),
        "right": number(answers.right[one.image]),
        "margin": number(report.margin),
        "past": [
            [
                then.step,
                int(then.answers.taken[one.image]),
                number(then.answers.sure[one.image]),
                number(then.answers.right[one.image]),
                int(one.image in then.shown),
            ]
            for then in before
        ],
        "circuits": [_circuit(report, firing) for firing in circuits if firing is not None],
    }


def _circuit(report: ImageReport, firing: CircuitFiring) -> dict[str, Any]:
    return {
        "target": firing.target,
        "path": [
            [edge.source.layer, edge.source.number, number(share)] for edge, share in firing.steps()
        ],
        "groups": [_group(report, one) for one in firing.below_the_target()],
    }


def _group(report: ImageReport, one: Firing) -> dict[str, Any]:
    crops = zip(one.crops.tolist(), one.crop_scores.tolist(), strict=True) if one.fired else ()
    told = [[crop, number(score)] for crop, score in crops][:CROPS]
    effect = one.effect
    return {
        "layer": one.group.layer,
        "number": one.group.number,
        "importance": number(one.importance),
        "score": number(one.score),
        "fired": one.fired,
        "crops": told or [[one.best, number(one.score)]],
        "effect": None if effect is None else [number(effect.margin_change), effect.answer],
    }
