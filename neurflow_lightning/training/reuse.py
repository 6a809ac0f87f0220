"""The network opened once for all analyses of a run.

Tracing it, and cutting its segments to what neurons need, is done once. Before each further use it
is checked that the network is still the one that was opened: the same modules, parameters and
buffers, where they were; PyTorch's own modules with the same numbers and hooks; and graphs that
give the model's values.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from torch import nn

from neurflow_lightning.core.probes import ProbeSet
from neurflow_lightning.core.study import Study, on_probes


class StudyKeeper:
    """Keeps the last study, and gives it again while it fits.

    It is not pickled or copied with its owner: graphs stay where they were made.
    """

    _study: Study | None
    _probes: ProbeSet | None
    _parts: tuple[object, ...]
    _settings: tuple[object, ...]

    def __init__(self) -> None:
        self.forget()

    def study(
        self,
        model: nn.Module,
        probes: ProbeSet,
        targets: Sequence[int | str] | None,
        opened: Callable[[], Study],
    ) -> Study:
        """The kept study, or a new one where the model is not the one it was opened on.

        The kept study of another probe set with inputs of the same shape keeps its network.

        Args:
            model: in evaluation mode.
            probes: the run's probe set, or that of a rehearsal.
            targets: as in :func:`~neurflow_lightning.core.study.open_study`.
            opened: opens a new study.
        """
        parts = (*model.modules(), *model.parameters(), *model.buffers())
        settings = tuple(_settings(model))
        if not self._fits(parts, settings, probes):
            self.forget()
            self._study, self._parts, self._settings = opened(), parts, settings
        elif self._probes is not probes:
            assert self._study is not None
            self._study = on_probes(self._study, probes, targets)
        self._probes = probes
        assert self._study is not None
        return self._study

    def forget(self) -> None:
        """Let go of the network."""
        self._study = self._probes = None
        self._parts = self._settings = ()

    def _fits(
        self, parts: tuple[object, ...], settings: tuple[object, ...], probes: ProbeSet
    ) -> bool:
        study = self._study
        return (
            study is not None
            and study.probes.images.shape[1:] == probes.images.shape[1:]
            and study.probes.images.dtype == probes.images.dtype
            and len(parts) == len(self._parts)
            and all(one is other for one, other in zip(parts, self._parts, strict=True))
            and settings == self._settings
            and study.is_placed()
            and study.network.is_current()
        )

    def __reduce__(self) -> tuple[type[StudyKeeper], tuple[()]]:
        return StudyKeeper, ()


def _settings(model: nn.Module) -> Iterator[object]:
    """What a graph takes over from PyTorch's own modules: numbers such as a slope, and hooks."""
    for module in model.modules():
        if type(module).__module__.startswith("torch.nn."):
            for name, value in vars(module).items():
                if isinstance(value, int | float | str | tuple):
                    yield name, repr(value)  # tensors within could not be compared
                elif isinstance(value, dict):
                    yield name, tuple(value)
