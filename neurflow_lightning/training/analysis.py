"""One analysis inside a training: the classifier found, nothing disturbed, the work shared out."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Literal

from lightning.pytorch import LightningModule, Trainer
from torch import Tensor, nn

from neurflow_lightning.applications.debugging import Answers, Mistake
from neurflow_lightning.config import NeurFlowConfig
from neurflow_lightning.core.attribution import AttributionMethod, PathAttribution
from neurflow_lightning.core.choosing import AutomaticAttribution
from neurflow_lightning.core.layers import resolve_layers
from neurflow_lightning.core.pipeline import analyze_study, choose_for_study
from neurflow_lightning.core.planning import AnalysisPlan, plan_study
from neurflow_lightning.core.probes import ProbeSet
from neurflow_lightning.core.study import Study, analysis_mode, open_study
from neurflow_lightning.core.time_limit import deadline_in
from neurflow_lightning.errors import ProbeError
from neurflow_lightning.evaluation.results import EvaluationReport
from neurflow_lightning.evaluation.running import evaluate_study
from neurflow_lightning.evaluation.settings import EvaluationSettings
from neurflow_lightning.training.distributed import rank_and_processes, share
from neurflow_lightning.training.mistakes import explained_mistakes
from neurflow_lightning.training.no_trace import no_trace
from neurflow_lightning.training.progress import shown_progress
from neurflow_lightning.training.reuse import StudyKeeper
from neurflow_lightning.training.trainer_facts import (
    class_names_of,
    classifier,
    loaders,
    precision_context,
)
from neurflow_lightning.types import SegmentAttribution, Snapshot

Methods = Mapping[str, SegmentAttribution]
"""Upper layer → how its neurons are attributed to the layer below."""

Bounds = Mapping[tuple[int, str], int]
"""(target, layer) → core neurons, where time sufficed for no more."""


@dataclass(frozen=True, eq=False)
class Analysis:
    """The arguments that every analysis of a run shares; see ``NeurFlowCallback`` for them."""

    layers: Sequence[str] | None
    config: NeurFlowConfig
    attribution: AttributionMethod
    forward: Callable[[nn.Module, Tensor], Any] | None
    module: str | nn.Module | None
    trainer_precision: bool
    seconds: float | None = None
    _keeper: StudyKeeper = field(default_factory=StudyKeeper)

    def check_names(self, pl_module: LightningModule) -> None:
        """Find the classifier and the layers by name.

        Raises:
            ConfigError: for a module that does not exist.
            LayerError: for a layer that does not exist.
        """
        model = classifier(pl_module, self.module)
        if self.layers is not None:
            resolve_layers(model, self.layers)

    def plan(
        self,
        trainer: Trainer,
        pl_module: LightningModule,
        probes: ProbeSet,
        targets: Sequence[int | str] | None,
    ) -> AnalysisPlan:
        """Settle layers and targets, and estimate the cost.

        Raises:
            NeurFlowError: for arguments that do not fit the network or the probe set.
        """
        with self._undisturbed(trainer, pl_module) as model:
            return plan_study(self._opened(model, probes, self.layers, targets))

    def rehearse(
        self,
        trainer: Trainer,
        pl_module: LightningModule,
        probes: ProbeSet,
        targets: Sequence[int | str] | None,
    ) -> None:
        """Open the network on inputs like those of the probe set.

        Raises:
            NeurFlowError: for arguments that do not fit the network or these inputs.
        """
        with self._undisturbed(trainer, pl_module) as model:
            study = self._opened(model, probes, self.layers, targets)
            if not isinstance(self.attribution, PathAttribution | AutomaticAttribution):
                plan_study(study)  # calls the user's function once for each layer pair

    def run_share(
        self,
        trainer: Trainer,
        pl_module: LightningModule,
        probes: ProbeSet,
        ahead: AnalysisPlan,
        weights: Literal["raw", "averaged"],
        methods: Methods,
        bounds: Bounds | None,
    ) -> tuple[Snapshot | None, float]:
        """Circuits of this process's share of the targets, and the seconds they took.

        No snapshot where there are fewer targets than processes and this one has none.

        Args:
            methods: how neurons are attributed; layers that are not among them choose now.
            bounds: how many core neurons to keep, where the first analysis ran out of time;
                ``None`` where this is the first one.
        """
        start = time.perf_counter()
        mine = share(ahead.targets, *rank_and_processes())
        if not mine:
            return None, 0.0
        bar = trainer.progress_bar_callback if trainer.is_global_zero else None
        with self._undisturbed(trainer, pl_module) as model, shown_progress(bar) as progress:
            study = self._opened_for(model, probes, ahead)
            study.adopt(methods)
            study.bounds.clear()
            study.bounds.update(bounds or {})
            snapshot = analyze_study(
                study,
                targets=mine,
                deadline=deadline_in(self.seconds if bounds is None else None),
                progress=progress,
                epoch=trainer.current_epoch,
                step=trainer.global_step,
                weights=weights,
            )
        return snapshot, time.perf_counter() - start

    def choose(
        self,
        trainer: Trainer,
        pl_module: LightningModule,
        probes: ProbeSet,
        ahead: AnalysisPlan,
    ) -> Methods:
        """How the neurons of each layer are attributed, as an analysis of all targets chooses."""
        with self._undisturbed(trainer, pl_module) as model:
            return choose_for_study(self._opened_for(model, probes, ahead))

    def evaluate(
        self,
        trainer: Trainer,
        pl_module: LightningModule,
        probes: ProbeSet,
        snapshot: Snapshot,
        settings: EvaluationSettings,
    ) -> EvaluationReport:
        """Whether a snapshot's circuits hold, on the run's probe set.

        Raises:
            ComparisonError: when the network is no longer the snapshot's.
            ProbeError: for fidelity without labels.
        """
        targets = [one.target.index for one in snapshot.circuits]
        with self._undisturbed(trainer, pl_module) as model:
            study = self._opened(model, probes, snapshot.layers, targets)
            return evaluate_study(study, snapshot, settings=settings)

    def mistakes(
        self,
        trainer: Trainer,
        pl_module: LightningModule,
        probes: ProbeSet,
        snapshot: Snapshot,
        most: int,
    ) -> tuple[tuple[Mistake, ...], Answers]:
        """The mistakes among the probe images that circuits tell most of, and all answers.

        See :func:`~neurflow_lightning.training.mistakes.explained_mistakes`.

        Raises:
            ProbeError: for a probe set without labels.
        """
        if probes.labels is None:
            raise ProbeError(
                "debug_images needs the probe images' classes, and they have none: without them "
                "nothing is a mistake. Give label_key, or debug_images=0."
            )
        with self._undisturbed(trainer, pl_module) as model:
            return explained_mistakes(
                model, snapshot, probes.images, probes.labels, most, forward=self.forward
            )

    def forget(self) -> None:
        """Let go of the network."""
        self._keeper.forget()

    def _opened_for(self, model: nn.Module, probes: ProbeSet, ahead: AnalysisPlan) -> Study:
        return self._opened(model, probes, ahead.layers, [target.index for target in ahead.targets])

    def _opened(
        self,
        model: nn.Module,
        probes: ProbeSet,
        layers: Sequence[str] | None,
        targets: Sequence[int | str] | None,
    ) -> Study:
        """The network opened on the probe set; layers and targets do not change in a run."""
        return self._keeper.study(
            model,
            probes,
            targets,
            lambda: open_study(
                model,
                probes,
                layers,
                targets,
                self.config,
                self.forward,
                attribution=self.attribution,
            ),
        )

    @contextmanager
    def _undisturbed(self, trainer: Trainer, pl_module: LightningModule) -> Iterator[nn.Module]:
        """The classifier, in a context that leaves no trace, with the autocast asked for."""
        model = classifier(pl_module, self.module)
        precision = precision_context(trainer, pl_module.device, of_trainer=self.trainer_precision)
        with no_trace(pl_module, model, loaders=loaders(trainer)), precision:
            _silence(pl_module)
            with analysis_mode(model):
                yield model


def _silence(pl_module: LightningModule) -> None:
    """Let ``log`` do nothing, until ``no_trace`` puts it back: no metric counts these passes."""
    for module in pl_module.modules():
        if "LightningModule" in class_names_of(module):
            vars(module).update(log=_unlogged, log_dict=_unlogged)


def _unlogged(*_: object, **__: object) -> None:
    """In place of ``log`` and ``log_dict``."""
