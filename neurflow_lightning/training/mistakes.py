"""The worst mistakes among the probe images, as they are shown with a snapshot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from neurflow_lightning.applications.debugging import Mistake
from neurflow_lightning.applications.picturing import image_picture
from neurflow_lightning.applications.recording import Looked, mistakes_record
from neurflow_lightning.applications.telling import (
    IMAGE_TERMS,
    image_tables,
    terms_markdown,
)
from neurflow_lightning.core.probes import ProbeSet
from neurflow_lightning.core.thumbnails import displayable
from neurflow_lightning.render.mistakes import MistakesRecord
from neurflow_lightning.render.text import markdown_text
from neurflow_lightning.types import Snapshot


@dataclass(frozen=True, eq=False)
class MistakesPage:
    """What is shown of the mistakes at a snapshot.

    Attributes:
        mistakes: the worst first.
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
        terms = [terms_markdown(IMAGE_TERMS)] if self.mistakes else []
        return self._pictures(), "\n\n".join([*map(self._text, self.mistakes), *terms])

    def record(self) -> MistakesRecord:
        """For the NeurFlow tab."""
        return mistakes_record(self.mistakes, self.snapshot, self.probes, self.looked)

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
