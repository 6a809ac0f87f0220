"""Where a run's one probe set comes from: given, captured once, or read back on resume."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from torch import Tensor

from neurflow_lightning.core.probes import ProbeSet
from neurflow_lightning.errors import ConfigError, ProbeError, near_matches
from neurflow_lightning.training.batches import Key, inputs_and_labels, is_spent, unusable_labels
from neurflow_lightning.training.distributed import Outcome, attempt, settle
from neurflow_lightning.training.probe_capture import (
    ProbeCapture,
    in_full_precision,
    merged,
    stacked,
    unpadded_share,
)


@dataclass
class ProbeSource:
    """The probe set of a run, and how it is captured from validation batches.

    Args:
        given: the user's own probe set; nothing is captured then.
        targets: class numbers or names; ``None`` for the lowest classes present.
        images_per_target: most inputs taken of one class (N).
        granularities: of the crops; they belong to the fingerprint.
        class_names, mean, std: handed to the captured probe set, and to a given one that lacks
            them.
        input_key, label_key: where a batch keeps its inputs and labels.

    Attributes:
        probes: the probe set; ``None`` as long as it is not captured. Its inputs and labels stay
            the same for good.
        unusable: what stood in place of the labels, where that was no class number.
    """

    given: ProbeSet | None
    targets: Sequence[int | str] | None
    images_per_target: int
    granularities: Sequence[float]
    class_names: Sequence[str] = ()
    mean: Sequence[float] | None = None
    std: Sequence[float] | None = None
    input_key: Key | None = None
    label_key: Key | None = None
    probes: ProbeSet | None = field(init=False)
    unusable: str | None = field(init=False, default=None)
    _capture: ProbeCapture | None = field(init=False, default=None)
    _error: Exception | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        self.probes = self.given
        self._complete()

    def name_classes(self, names: Sequence[str]) -> None:
        """Names of the classes, found later."""
        self.class_names = names
        self._complete()

    def settled_targets(self) -> Sequence[int | str] | None:
        """The targets, less those that validation had no image of; ``None`` to choose.

        A given probe set is not cut down: a target missing there is a mistake, and said as one.
        """
        absent = self.absent_targets()
        return self.targets and tuple(one for one in self.targets if one not in absent)

    def absent_targets(self) -> tuple[int | str, ...]:
        """The targets that the captured probe set has no image of."""
        probes, numbers = self.probes, self._target_numbers()
        if self.given is not None or probes is None or probes.labels is None or numbers is None:
            return ()
        assert self.targets is not None
        present = probes.targets()
        pairs = zip(self.targets, numbers, strict=True)
        return tuple(target for target, number in pairs if number not in present)

    def rehearsal(self, batch: Any) -> ProbeSet:
        """Two inputs of a batch that is not captured, to try the arguments out on.

        They stand for every target that is named, so that only the arguments are tried.

        Raises:
            ProbeError: when the batch does not hold what the keys say, or mean and std do not fit.
            ConfigError: for a target whose name is not known.
        """
        self._target_numbers()
        inputs, labels = inputs_and_labels(batch, self.input_key, self.label_key)
        if labels is None and self.targets is None:
            _check_usable(unusable_labels(batch, inputs))
        shown = None if labels is None or self.targets is not None else labels[:2]
        return self._probe_set(in_full_precision(inputs[:2]), shown)

    def take(self, batch: Any, loader: Any, rank: int) -> None:
        """Copy what is wanted of a validation batch; an error waits for :meth:`finish`."""
        if self._error is None and not is_spent(batch, self.input_key):
            self._error = attempt(lambda: self._add(batch, loader, rank)).error

    def finish(self) -> ProbeSet:
        """The probe set of what all processes took; a collective call.

        Raises:
            ProbeError: when nothing fit was found. The next validation is tried then.
        """
        captured = () if self._capture is None else self._capture.captured
        outcome = Outcome((captured, self.unusable), self._error)
        self._capture = self._error = None
        shares, unusable = zip(*settle(outcome), strict=True)
        self.unusable = next((one for one in unusable if one is not None), None)
        together = merged(shares, self._target_numbers(), self.images_per_target)
        images, labels = stacked(together)
        if labels is None and self.targets is None:
            _check_usable(self.unusable)
        self.probes = self._probe_set(images, labels)
        return self.probes

    @property
    def kept_bytes(self) -> int:
        """By how much the probe set makes a checkpoint larger."""
        if self.probes is None or self.given is not None:
            return 0
        return self.probes.images.nbytes

    def state(self) -> dict[str, Any]:
        """Plain values and tensors only: the images if they were captured, and the fingerprint."""
        probes = self.probes
        captured = None if self.given is not None else probes
        return {
            "fingerprint": None if probes is None else probes.fingerprint(self.granularities),
            "images": None if captured is None else captured.images,
            "labels": None if captured is None else captured.labels,
            "class_names": [] if captured is None else list(captured.class_names),
        }

    def load(self, state: dict[str, Any]) -> None:
        """Go on with the probe set that the run began with.

        Raises:
            ProbeError: when another one was given.
        """
        if self.given is None and state["images"] is not None:
            names = state["class_names"]
            self.probes = ProbeSet(state["images"], state["labels"], names, self.mean, self.std)
        if self.probes is None or state["fingerprint"] is None:
            return
        if self.probes.fingerprint(self.granularities) != state["fingerprint"]:
            raise ProbeError(
                "The checkpoint's run was analysed on another probe set. Give the same probes, or "
                "none to go on with those it captured: snapshots must stay comparable."
            )

    def _add(self, batch: Any, loader: Any, rank: int) -> None:
        if self._capture is None:
            self._capture = ProbeCapture(
                self._target_numbers(),
                self.images_per_target,
                rank=rank,
                share=unpadded_share(loader),
            )
        if not self._capture.complete:
            inputs, labels = inputs_and_labels(batch, self.input_key, self.label_key)
            self._capture.add(inputs, labels)
            self.unusable = unusable_labels(batch, inputs) if labels is None else None

    def _probe_set(self, images: Tensor, labels: Tensor | None) -> ProbeSet:
        return ProbeSet(images, labels, self.class_names, self.mean, self.std)

    def _complete(self) -> None:
        """Give the probe set what it lacks of names, mean and std."""
        known = {"class_names": self.class_names, "mean": self.mean, "std": self.std}
        lacking: dict[str, Any] = {
            name: value
            for name, value in known.items()
            if value is not None and len(value) > 0 and not getattr(self.probes, name, None)
        }
        if self.probes is not None and lacking:
            self.probes = replace(self.probes, **lacking)

    def _target_numbers(self) -> list[int] | None:
        return None if self.targets is None else target_numbers(self.targets, self.class_names)


def _check_usable(unusable: str | None) -> None:
    if unusable is not None:
        raise ProbeError(
            f"Where labels were looked for stands {unusable}: wanted one class number for each "
            "input. Name them by label_key, or name the targets: then every input serves each."
        )


def target_numbers(targets: Sequence[int | str], class_names: Sequence[str]) -> list[int]:
    """Class numbers of targets given by number or name.

    Raises:
        ConfigError: for a name that is none of ``class_names``.

    >>> target_numbers([3, "cat"], ["dog", "cat"])
    [3, 1]
    """
    names = list(class_names)
    for target in targets:
        if isinstance(target, str) and target not in names:
            raise ConfigError(
                f"No class is named {target!r}. {near_matches(target, names)} Names come from "
                "class_names, or from `classes` of the data module or the validation data set."
            )
    return [names.index(one) if isinstance(one, str) else one for one in targets]
