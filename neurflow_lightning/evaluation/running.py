"""``evaluate``: the evaluations of a snapshot, on the network that it was made of."""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

from torch import Tensor, nn

from neurflow_lightning.core.hooks import Forward
from neurflow_lightning.core.methods import check_available
from neurflow_lightning.core.probes import ProbeSet, check_fingerprint, labelled_as
from neurflow_lightning.core.study import Study, analysis_mode, open_study
from neurflow_lightning.errors import ProbeError
from neurflow_lightning.evaluation import optimality, weights
from neurflow_lightning.evaluation.fidelity import measure_fidelity
from neurflow_lightning.evaluation.results import EvaluationReport, Fidelity
from neurflow_lightning.evaluation.settings import EvaluationSettings
from neurflow_lightning.evaluation.subject import subjects
from neurflow_lightning.types import Snapshot

Say = Callable[[str], None]


def evaluate(
    model: nn.Module,
    snapshot: Snapshot,
    probes: ProbeSet,
    *,
    images: Tensor | None = None,
    labels: Tensor | None = None,
    forward: Forward | None = None,
    settings: EvaluationSettings | None = None,
    say: Say | None = None,
) -> EvaluationReport:
    """Measure whether a snapshot's circuits hold: optimality, fidelity, weights.

    Args:
        model: the network that the snapshot was made of. It is run in evaluation mode; modes,
            parameters, attributes and hooks are left as they were found.
        snapshot: with the circuits.
        probes: the images it was made on; labels are the snapshot's, which may be predictions.
        images, labels: (n, ...) and (n,) on which the masked network is tried; better not those of
            the probe set, which are taken where none are given.
        forward: ``forward(model, x)`` gives the logits where ``model(x)`` does not.
        settings: what is evaluated and how thoroughly.
        say: told what is being done.

    Raises:
        ComparisonError: for another network than the snapshot's.
        ProbeError: for other images than the snapshot's, labels that are missing or do not fit, or
            a target without images.
        ConfigError: for a method of Captum's where Captum is not installed.
        LayerError: when the model has not got the snapshot's layers.
    """
    settings = settings or EvaluationSettings()
    check_available(settings.all_methods)
    targets = [one.target.index for one in snapshot.circuits]
    probes = labelled_as(probes, snapshot.probe)
    # The labels may be predictions already; and how the snapshot's own neurons were attributed, by
    # a function that is not at hand maybe, makes no difference here.
    config = replace(snapshot.config, images_by="label", attribution="ig")
    with analysis_mode(model):
        study = open_study(model, probes, snapshot.layers, targets, config, forward)
        return evaluate_study(
            study, snapshot, images=images, labels=labels, settings=settings, say=say
        )


def evaluate_study(
    study: Study,
    snapshot: Snapshot,
    *,
    images: Tensor | None = None,
    labels: Tensor | None = None,
    settings: EvaluationSettings | None = None,
    say: Say | None = None,
) -> EvaluationReport:
    """:func:`evaluate` with a network that is open already, in its ``analysis_mode``.

    Arguments and errors as there.
    """
    settings = settings or EvaluationSettings()
    check_available(settings.all_methods)
    check_fingerprint(study.probe.fingerprint, snapshot.probe)
    images, labels = _tried_on(study.probes, images, labels, settings)
    notes: set[str] = set()
    seconds = dict.fromkeys(settings.what, 0.0)
    sets: list[optimality.Found] = []
    correlations: list[weights.Correlation] = []
    rows: list[Fidelity] = []
    # Walked even where fidelity alone is asked for: so the circuits are known to be this network's.
    for subject in subjects(study, snapshot):
        name = subject.circuit.name
        if "optimality" in settings.what:
            with _timed(seconds, "optimality", name, say):
                sets += optimality.measure_optimality(subject, settings, notes)
        if "weights" in settings.what:
            with _timed(seconds, "weights", name, say):
                correlations += weights.measure_weights(subject, settings, notes)
    if "fidelity" in settings.what and labels is not None:
        with _timed(seconds, "fidelity", "all targets", say):
            rows += measure_fidelity(study, snapshot.circuits, images, labels, settings, notes)
    return EvaluationReport(
        targets=tuple((one.target.index, one.name) for one in snapshot.circuits),
        layers=snapshot.layers,
        images=len(images),
        own=tuple(
            (one.target.index, 0 if labels is None else int((labels == one.target.index).sum()))
            for one in snapshot.circuits
        ),
        settings=dataclasses.asdict(settings),
        optimality=optimality.summarise(sets, settings),
        fidelity=tuple(rows),
        weights=weights.summarise(correlations, settings),
        notes=tuple(sorted(notes)),
        seconds=tuple(seconds.items()),
    )


def _tried_on(
    probes: ProbeSet, images: Tensor | None, labels: Tensor | None, settings: EvaluationSettings
) -> tuple[Tensor, Tensor | None]:
    """Images and classes that the masked network is tried on."""
    if (images is None) != (labels is None):
        raise ProbeError("images and labels: wanted both or neither.")
    if images is None:
        images, labels = probes.images, probes.labels
    if labels is None:
        if "fidelity" in settings.what:
            raise ProbeError(
                "Fidelity needs images with labels, and the probe set has none: give images and "
                "labels, or leave it out of what=…"
            )
        return images, None
    labels = labels.detach().cpu()
    if labels.shape != images.shape[:1]:
        raise ProbeError(
            f"The labels have the shape {tuple(labels.shape)}: wanted one class for each of the "
            f"{len(images)} images, ({len(images)},)."
        )
    return images, labels


@contextmanager
def _timed(seconds: dict[str, float], what: str, of: str, say: Say | None) -> Iterator[None]:
    if say is not None:
        say(f"{what} of {of}")
    start = time.perf_counter()
    yield
    seconds[what] += time.perf_counter() - start


def settings_of(wanted: bool | EvaluationSettings) -> EvaluationSettings | None:
    """The settings that ``True`` stands for, those given, or ``None`` for ``False``."""
    if isinstance(wanted, EvaluationSettings):
        return wanted
    return EvaluationSettings() if wanted else None
