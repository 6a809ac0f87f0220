"""Mistakes among the probe images: which are told with a snapshot, and how they are shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from torch import Tensor, nn

from neurflow_lightning.applications.debugging import Answers, Mistake, worst_mistakes
from neurflow_lightning.applications.picturing import image_picture
from neurflow_lightning.applications.recording import Looked, mistakes_record
from neurflow_lightning.applications.telling import (
    image_tables,
    image_terms,
    terms_markdown,
)
from neurflow_lightning.core.hooks import Forward
from neurflow_lightning.core.probes import ProbeSet
from neurflow_lightning.core.thumbnails import displayable
from neurflow_lightning.render.mistakes import MistakesRecord
from neurflow_lightning.render.text import markdown_text
from neurflow_lightning.types import Snapshot


def explained_mistakes(
    model: nn.Module,
    snapshot: Snapshot,
    images: Tensor,
    labels: Tensor,
    most: int,
    *,
    forward: Forward | None = None,
) -> tuple[tuple[Mistake, ...], Answers]:
    """Reports of the mistakes that circuits tell most of, with what masking would do.

    They come in the order of
    :meth:`~neurflow_lightning.applications.debugging.BatchReport.explained_best`: first those whose
    predicted class has a circuit, then those whose true class has one, then the others; of each
    kind the largest margin first.

    Args:
        model, snapshot, images, labels, forward: as of
            :func:`~neurflow_lightning.applications.debugging.worst_mistakes`.
        most: reports at most.

    Returns:
        The mistakes, and what every image is taken for.

    Raises:
        ProbeError, LayerError, ConfigError: as of ``worst_mistakes``.
    """
    return worst_mistakes(
        model, snapshot, images, labels, most, effects=True, explained_first=True, forward=forward
    )


@dataclass(frozen=True, eq=False)
class MistakesPage:
    """What is shown of the mistakes at a snapshot.

    Attributes:
        mistakes: as of :func:`explained_mistakes`.
        snapshot: they were seen through.
        probes: the run's.
        looked: at all probe images, snapshot by snapshot, the last one this.
    """

    mistakes: Sequence[Mistake]
    snapshot: Snapshot
    probes: ProbeSet
    looked: Sequence[Looked]

    def make(self) -> tuple[dict[str, bytes], str]:
        """Pictures as JPEG by their place from ``"1"``, and a text in Markdown."""
        if not self.mistakes:
            return {}, ""
        terms = image_terms(one.report for one in self.mistakes)
        told = [self._chosen(), *map(self._text, self.mistakes), terms_markdown(terms)]
        return self._pictures(), "\n\n".join(told)

    def record(self) -> MistakesRecord:
        """For the NeurFlow tab."""
        return mistakes_record(self.mistakes, self.snapshot, self.probes, self.looked)

    def _chosen(self) -> str:
        """How many mistakes there are, and which of them are told."""
        assert self.probes.labels is not None  # or nothing is a mistake
        taken = self.looked[-1].answers.taken
        wrong = int((taken != self.probes.labels.cpu().numpy()).sum())
        return (
            f"{len(self.mistakes)} of {wrong} mistakes among {len(taken)} probe images. Those "
            "taken for a class with a circuit come first, then those of such a class, then others; "
            "of each kind the largest margin first."
        )

    def _pictures(self) -> dict[str, bytes]:
        if not self.probes.is_image:
            return {}
        return {
            str(place): image_picture(
                one.report, self.snapshot, displayable(self.probes, one.image), _title(one)
            )
            for place, one in enumerate(self.mistakes, 1)
        }

    def _text(self, one: Mistake) -> str:
        name = self.snapshot.probe.class_name
        answers = [f"“{name(int(then.answers.taken[one.image]))}”" for then in self.looked]
        told = f"snapshot by snapshot taken for {', '.join(answers)}"
        return f"{image_tables(one.report, _title(one))}\n{markdown_text(told)}"


def _title(one: Mistake) -> str:
    return f"Probe image {one.image}"
