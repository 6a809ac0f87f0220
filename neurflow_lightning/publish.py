"""Hands a snapshot's pictures and tables to whatever loggers a run has.

Loggers are known by what they can do, not by their class: a Trainer of ``lightning`` and one of
``pytorch_lightning`` have different classes of the same name.

=================  ===============================================  =========================
logger             known by                                         gets
=================  ===============================================  =========================
Weights & Biases   ``logger.log_image``                             pictures
TensorBoard        ``logger.experiment.add_custom_scalars``         pictures, tables, layout,
                                                                    concept vectors, records of
                                                                    the NeurFlow tab
MLflow             ``logger.experiment.log_image`` and ``run_id``   pictures, tables
=================  ===============================================  =========================

Any other logger, such as CSV, is passed over. Scalars (:func:`snapshot_scalars`) reach all of
them through Lightning's own ``log``; those of an evaluation are handed to every logger here.

Tags are ``neurflow/<target>/circuit``, ``neurflow/<target>/<layer>/patches``,
``neurflow/<target>/table`` and ``neurflow/<target>/drift``; for concept vectors
``neurflow/<layer>``; for evaluations ``neurflow/evaluation/<which>``; for mistakes
``neurflow_mistakes/<place>`` and ``neurflow_mistakes/groups``.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from PIL import Image

from neurflow_lightning.evaluation.figures import pictures
from neurflow_lightning.evaluation.results import EvaluationReport
from neurflow_lightning.evaluation.tables import scalars as evaluation_scalars
from neurflow_lightning.evaluation.tables import tables
from neurflow_lightning.evolution.reports import DriftReport
from neurflow_lightning.labels import NO_LABELS, GroupLabels, Label
from neurflow_lightning.render.figures import circuit_picture, patch_grid
from neurflow_lightning.render.mistakes import MistakesRecord
from neurflow_lightning.render.record import Record
from neurflow_lightning.render.summaries import (
    EMBEDDING_HEADER,
    Embedding,
    concept_embeddings,
    mistakes_summary,
    record_summary,
    summary,
    write_summary,
)
from neurflow_lightning.render.tags import (
    ROOT,
    ascii_tag,
    drift_scalars,
    snapshot_scalars,
    tag_part,
    tags_by_target,
    target_tags,
)
from neurflow_lightning.render.text import attribution_table, circuit_table, drift_tables
from neurflow_lightning.types import Circuit, GroupId, Snapshot

__all__ = [
    "PublishFailure",
    "drift_scalars",
    "publish_concept_vectors",
    "publish_drift",
    "publish_evaluation",
    "publish_mistakes",
    "publish_record",
    "publish_snapshot",
    "snapshot_scalars",
]


EVALUATION = f"{ROOT}/evaluation"
MISTAKES = "neurflow_mistakes"
"""Before the tags of mistakes: apart from those of targets, whatever these are called."""


class PublishFailure(NamedTuple):
    """A logger that did not take what it was given, and why."""

    logger: str
    error: Exception


def publish_snapshot(
    loggers: Sequence[object],
    snapshot: Snapshot,
    step: int,
    *,
    layout: bool = True,
    labels: GroupLabels = NO_LABELS,
) -> list[PublishFailure]:
    """Give every logger the snapshot's pictures and tables, as far as it can take them.

    Args:
        loggers: of the run, e.g. ``trainer.loggers``; may be empty.
        snapshot: what to show; drawn only if a logger takes pictures, and then once.
        step: the one that ``log`` uses for the same moment; strictly increasing over a run,
            since TensorBoard drops what was written before at the same or a later step.
        layout: whether to write the layout of the Custom Scalars dashboard too. Once a run is
            enough; the last one written holds.
        labels: what neuron groups are called.

    Returns:
        The loggers that failed. One that fails does not keep the others from getting theirs.

    Raises:
        SnapshotError: when a thumbnail of the snapshot is no JPEG or PNG.
    """
    takers, failures = _takers(loggers, _picture_taker)
    if takers:
        pages = _draw(snapshot, labels)
        layers = snapshot.layers if layout else ()
        failures += _offer(takers, lambda take: take(pages, layers, step))
    return failures


def publish_drift(
    loggers: Sequence[object], report: DriftReport, snapshot: Snapshot, step: int
) -> list[PublishFailure]:
    """Give every logger that takes tables those of what changed, one for each target.

    Args:
        loggers: of the run; may be empty.
        report: of the change to ``snapshot``.
        snapshot: whose targets give the tags.
        step: as of :func:`publish_snapshot`; the same as of the snapshot is possible, since the
            tags are others.

    Returns:
        The loggers that failed.
    """
    takers, failures = _takers(loggers, _picture_taker)
    if takers:
        tags = tags_by_target(snapshot)
        told = ((f"{tags[one.target]}/drift", drift_tables(report, one)) for one in report.targets)
        pages = [_Page({}, {tag: tables}) for tag, tables in told]
        failures += _offer(takers, lambda take: take(pages, (), step))
    return failures


def publish_mistakes(
    loggers: Sequence[object], make: Callable[[], tuple[Mapping[str, bytes], str]], step: int
) -> list[PublishFailure]:
    """Give every logger that takes pictures those of the mistakes told, and a text on them.

    Tags are ``neurflow_mistakes/<place>``, in the order told, and ``neurflow_mistakes/groups``.

    Args:
        loggers: of the run; may be empty.
        make: makes the pictures, by their place, and the text, as Markdown; asked for once, and
            only if a logger takes them.
        step: as of :func:`publish_snapshot`.

    Returns:
        The loggers that failed.
    """
    takers, failures = _takers(loggers, _picture_taker)
    if takers:
        pictures, text = make()
        tagged = {f"{MISTAKES}/{place}": one for place, one in pictures.items()}
        page = _Page(tagged, {f"{MISTAKES}/groups": text})
        failures += _offer(takers, lambda take: take([page], (), step))
    return failures


def publish_record(
    loggers: Sequence[object],
    make: Callable[[], Record | MistakesRecord],
    step: int,
    *,
    place: int = 0,
) -> tuple[int, list[PublishFailure]]:
    """Give TensorBoard a snapshot's record for the NeurFlow tab, or that of its mistakes.

    Other loggers are passed over.

    Args:
        loggers: of the run; may be empty.
        make: makes the record; asked for once, and only if a logger takes it.
        step: as of :func:`publish_snapshot`; each step is written once.
        place: of the callback among those of the training, from 0: each has tags of its own.

    Returns:
        The record's bytes, 0 where none was made, and the loggers that failed.

    Raises:
        SnapshotError: when a thumbnail of the snapshot is no JPEG or PNG.
    """
    writers, failures = _takers(loggers, _summary_writer)
    if not writers:
        return 0, failures
    record = make()
    if isinstance(record, MistakesRecord):
        told = mistakes_summary(record, place)
    else:
        told = record_summary(record, place)
    failures += _offer(writers, lambda writer: write_summary(writer, told, step))
    return record.size, failures


def publish_evaluation(
    loggers: Sequence[object], report: EvaluationReport, step: int
) -> list[PublishFailure]:
    """Give every logger an evaluation's scalars, and its plots and tables as far as it takes them.

    Args:
        loggers: of the run; may be empty.
        report: of what was evaluated.
        step: as of :func:`publish_snapshot`; the same as of the snapshot is possible, since the
            tags are others.

    Returns:
        The loggers that failed.
    """
    numbers = evaluation_scalars(report)
    named = [(type(logger).__name__, logger) for logger in loggers]
    failures = _offer(named, lambda logger: logger.log_metrics(numbers, step=step))
    takers, others = _takers(loggers, _picture_taker)
    if takers:
        told = {name: table.markdown() for name, table in tables(report).items()}
        pages = [_Page(_under(EVALUATION, pictures(report)), _under(EVALUATION, told))]
        others += _offer(takers, lambda take: take(pages, (), step))
    return failures + others


def _under(root: str, named: Mapping[str, Any]) -> dict[str, Any]:
    return {f"{root}/{name}": one for name, one in named.items()}


def publish_concept_vectors(
    loggers: Sequence[object], snapshot: Snapshot, step: int
) -> list[PublishFailure]:
    """Give TensorBoard's projector the groups' concept vectors, with patches as sprites.

    An embedding for each layer, all targets together. Meant for the end of a training: it writes
    text files of every vector. Other loggers are passed over.

    Returns:
        The loggers that failed.

    Raises:
        SnapshotError: when a thumbnail of the snapshot is no JPEG or PNG.
    """
    writers, failures = _takers(loggers, _summary_writer)
    if writers:
        embeddings = concept_embeddings(snapshot)
        failures += _offer(writers, lambda writer: _project(writer, embeddings, step))
    return failures


# --- what is shown -----------------------------------------------------------------------


@dataclass(frozen=True)
class _Page:
    """What is shown of one target: pictures as JPEG and tables in Markdown, by tag."""

    pictures: Mapping[str, bytes]
    tables: Mapping[str, str]


_Taker = Callable[[Sequence[_Page], Sequence[str], int], None]


def _draw(snapshot: Snapshot, labels: GroupLabels) -> list[_Page]:
    return [
        _Page(
            _pictures(snapshot, circuit, tag, labels),
            {f"{tag}/table": _tables(snapshot, circuit, labels.get(circuit.target.index, {}))},
        )
        for circuit, tag in zip(snapshot.circuits, target_tags(snapshot), strict=True)
    ]


def _tables(snapshot: Snapshot, circuit: Circuit, labels: Mapping[GroupId, Label]) -> str:
    table = circuit_table(circuit, labels, snapshot.attribution)
    return f"{table}\n{attribution_table(snapshot)}"


def _pictures(
    snapshot: Snapshot, circuit: Circuit, tag: str, labels: GroupLabels
) -> dict[str, bytes]:
    grids = {
        f"{tag}/{tag_part(layer)}/patches": patch_grid(snapshot, circuit, layer, labels=labels)
        for layer in circuit.layers
        if circuit.layer_groups(layer)
    }
    return {f"{tag}/circuit": circuit_picture(snapshot, circuit, labels=labels), **grids}


# --- to whom -----------------------------------------------------------------------------


def _takers(
    loggers: Sequence[object], way: Callable[[Any], Any]
) -> tuple[list[tuple[str, Any]], list[PublishFailure]]:
    """The ``way`` into every logger that has one, with the logger's name.

    Looking is an attempt already: many loggers reach out to their server when first asked for
    their experiment.
    """
    found: list[tuple[str, Any]] = []
    named = [(type(logger).__name__, logger) for logger in loggers]
    failures = _offer(named, lambda logger: found.append((type(logger).__name__, way(logger))))
    return [(name, taker) for name, taker in found if taker is not None], failures


def _offer(named: Sequence[tuple[str, Any]], action: Callable[[Any], None]) -> list[PublishFailure]:
    """Do ``action`` for each, and collect what went wrong."""
    failures = []
    for name, one in named:
        try:
            action(one)
        except Exception as error:  # a logger may raise anything: no network, no right to write
            failures.append(PublishFailure(name, error))
    return failures


def _picture_taker(logger: Any) -> _Taker | None:
    """How ``logger`` takes pages; ``None`` when it takes none."""
    if hasattr(logger, "log_image"):
        return lambda pages, _, step: _to_wandb(logger, pages, step)
    writer = _summary_writer(logger)
    if writer is not None:
        return lambda pages, layers, step: _to_tensorboard(writer, pages, layers, step)
    if hasattr(getattr(logger, "experiment", None), "log_image") and hasattr(logger, "run_id"):
        return lambda pages, _, step: _to_mlflow(logger, pages, step)
    return None


def _summary_writer(logger: Any) -> Any | None:
    """The ``SummaryWriter`` of a TensorBoard logger; ``None`` for any other."""
    experiment = getattr(logger, "experiment", None)
    return experiment if hasattr(experiment, "add_custom_scalars") else None


def _to_tensorboard(writer: Any, pages: Sequence[_Page], layers: Sequence[str], step: int) -> None:
    for page in pages:
        write_summary(writer, summary(page.pictures, page.tables), step)
    if layers:
        write_summary(writer, summary(layout_of=layers), step)


def _to_wandb(logger: Any, pages: Sequence[_Page], step: int) -> None:
    for page in pages:
        for tag, jpeg in page.pictures.items():
            logger.log_image(key=tag, images=[_opened(jpeg)], step=step)


def _to_mlflow(logger: Any, pages: Sequence[_Page], step: int) -> None:
    for page in pages:
        for tag, jpeg in page.pictures.items():
            logger.experiment.log_image(logger.run_id, _opened(jpeg), key=ascii_tag(tag), step=step)
        for tag, table in page.tables.items():
            file = f"{ascii_tag(tag)}-step{step:08d}.md"
            logger.experiment.log_text(logger.run_id, table, file)


def _project(writer: Any, embeddings: Sequence[Embedding], step: int) -> None:
    import torch  # the writer measures sprites with a tensor's size()

    for one in embeddings:
        writer.add_embedding(
            torch.from_numpy(one.vectors),
            metadata=[list(row) for row in one.metadata],
            metadata_header=list(EMBEDDING_HEADER),
            label_img=None if one.sprites is None else torch.from_numpy(one.sprites),
            global_step=step,
            tag=one.tag,
        )
    writer.flush()


def _opened(jpeg: bytes) -> Image.Image:
    return Image.open(io.BytesIO(jpeg))
