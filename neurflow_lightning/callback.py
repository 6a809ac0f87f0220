"""``NeurFlowCallback``: decides when to analyse, hands over, logs.

What it does during ``fit``:

1. ``on_fit_start``: layers and arguments are checked, so that a mistake fails before any step.
2. The first validation epoch: probe images are copied out of its batches, once.
3. Whenever the schedule says so and the budget allows it: ``analyze`` without leaving a trace,
   scalars through ``log``, a file on disk, pictures to the loggers.
4. ``on_train_end``: the concept vectors of the last snapshot go to the projector.

In ``Trainer.validate`` it does nothing, unless asked to (``on_validate``): then 2 and 3, once.

The work itself is done elsewhere: ``core`` computes, ``training`` keeps the training as it was,
``storage`` writes and ``publish`` shows.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any, Literal, TypeVar

from lightning.fabric.utilities.exceptions import MisconfigurationException
from lightning.pytorch import Callback, LightningModule, Trainer
from lightning.pytorch.trainer.states import TrainerFn
from lightning_utilities.core.rank_zero import rank_zero_info, rank_zero_warn
from torch import Tensor, nn

from neurflow_lightning.applications.debugging import Mistake
from neurflow_lightning.applications.labelling.following import follow
from neurflow_lightning.applications.labelling.reports import named_report
from neurflow_lightning.applications.labelling.storing import LABELS_FILE, read_labels
from neurflow_lightning.applications.recording import PAST, Looked
from neurflow_lightning.config import NeurFlowConfig, config_of
from neurflow_lightning.core.attribution import AttributionMethod
from neurflow_lightning.core.methods import check_available, find_method, method_name
from neurflow_lightning.core.planning import AnalysisPlan
from neurflow_lightning.core.probes import ProbeSet, check_fingerprint
from neurflow_lightning.core.study import settings_of
from neurflow_lightning.core.time_limit import deadline_in
from neurflow_lightning.errors import (
    AnalysisInterrupted,
    ConfigError,
    NeurFlowError,
    described,
)
from neurflow_lightning.evaluation.results import EvaluationReport
from neurflow_lightning.evaluation.running import settings_of as evaluation_settings_of
from neurflow_lightning.evaluation.settings import EvaluationSettings
from neurflow_lightning.evolution.lineage import Lineage
from neurflow_lightning.evolution.reports import DriftReport
from neurflow_lightning.labels import NO_LABELS, GroupLabels
from neurflow_lightning.publish import (
    publish_concept_vectors,
    publish_drift,
    publish_evaluation,
    publish_mistakes,
    publish_record,
    publish_snapshot,
)
from neurflow_lightning.render.record import NO_LINEAGES, Lineages, make_record
from neurflow_lightning.render.tags import drift_scalars, snapshot_scalars
from neurflow_lightning.storage import load_snapshot, save_snapshot
from neurflow_lightning.training import messages
from neurflow_lightning.training.analysis import Analysis, Bounds, Methods
from neurflow_lightning.training.archive import (
    SnapshotArchive,
    check_filename,
    snapshot_path,
    unused_folder,
)
from neurflow_lightning.training.batches import Key
from neurflow_lightning.training.budget import Budget, Meter, expected_cost
from neurflow_lightning.training.distributed import (
    Outcome,
    attempt,
    merge_snapshots,
    rank_and_processes,
    settle,
)
from neurflow_lightning.training.evolving import (
    Evolution,
    Followed,
    from_archive,
    last_step,
)
from neurflow_lightning.training.mistakes import MistakesPage
from neurflow_lightning.training.moments import Moment, log_scalars, logged_step
from neurflow_lightning.training.probe_source import ProbeSource, target_numbers
from neurflow_lightning.training.schedule import Schedule
from neurflow_lightning.training.trainer_facts import (
    analysed_weights,
    callbacks_of,
    dry_run,
    first_validation_loader,
    has_forward,
    is_initialized,
    known_class_names,
    profiled,
    sharded_strategy,
    stale_monitors,
)
from neurflow_lightning.types import SegmentAttribution, Snapshot

DEFAULT_FILENAME = "epoch={epoch}-step={step}"

_Value = TypeVar("_Value")


class NeurFlowCallback(Callback):
    """Analyses the network's circuits while it trains, and leaves the training as it is.

    Weights, optimiser state, random state, buffers, modes, hooks and the order of the data are
    bit-identical with and without it. On several devices (DDP) each process analyses its share of
    the targets, and all end with the same snapshots; after ``ddp_spawn`` they lie on disk only.
    Logged at every analysis, for each target and layer:

    - ``neurflow/<target>/<layer>/core_neurons``: how many core neurons were found;
    - ``neurflow/<target>/<layer>/semantic_groups``: their mean number of meanings;
    - ``neurflow/<target>/<layer>/neuron_groups``: how many neuron groups;
    - ``neurflow/<target>/<layer>/completeness_gap``: the attributions' relative error;
    - ``neurflow/<target>/<layer>/seconds``: the time it took;
    - ``neurflow/seconds``: the time of the whole analysis;
    - ``neurflow/overhead``: all time that the callback took so far, as a share of the training's;
      the first process's.

    From the second analysis on, what changed since the one before, each beside ``…_null``, the 99 %
    quantile of what other probe images would change (where there is such a null):

    - ``neurflow/<target>/<layer>/edge_drift``: of the edges into a layer, from the one below;
    - ``neurflow/<target>/<layer>/core_turnover``, ``/importance_turnover``, ``/rank_turnover``: of
      a layer's core neurons;
    - ``neurflow/<target>/<layer>/group_turnover``, ``/concept_drift``, ``/polysemanticity``: of its
      neuron groups and of the mean number of meanings;
    - ``neurflow/edge_drift``: the largest edge drift of all targets and layers, for EarlyStopping
      and ModelCheckpoint. It is there from the first analysis on: where there is nothing to compare
      with, or comparing failed, it is 1, as of a circuit of which every edge is new.

    Tables of the same and of what became of the neuron groups go to the loggers as
    ``neurflow/<target>/drift``. See :attr:`drift` and :meth:`on_circuit_change`.

    Args:
        layers: names of the network's modules, shallow to deep, the last giving the logits; a
            unique ending of a name is enough. ``None`` chooses the last block ends, or what the
            last blocks of a transformer add to its residual stream.
        targets: the classes to explain, by number or name. ``None`` takes the five lowest class
            numbers of the first validation epoch (or of ``probes``). Without labels: any neurons
            of the last layer. Those that the first validation epoch has no image of are left out
            for the whole run, with a warning.
        config: the numbers of the method, or the name of an effort: ``"glance"``, ``"quick"``,
            ``"standard"`` or ``"paper"``.
        attribution: how neurons are attributed to the layer below: a name of
            :data:`~neurflow_lightning.method_names.METHODS`, ``package.module:function``, or a
            function; ``None`` takes the config's. What ``"auto"`` chooses at the first analysis
            stays for the whole run.
        like: a snapshot or its file, from which layers, targets, config and attribution methods
            are taken, so that this run's snapshots can be compared with it. The probe set has to be
            the one that it was made on.
        seconds: the time that the first analysis may take (see
            :func:`~neurflow_lightning.core.pipeline.analyze`). It expands neurons in the order of
            their importance until it is used; where it had to leave some out, those after it expand
            as many. ``None`` for no limit.
        probes: the inputs that the circuits are read from. ``None`` takes them from the first
            validation epoch (first data loader), up to ``config.images_per_target`` of each
            target by their true label, as the training's own transforms leave them. They stay the
            same for the whole run, are saved in every checkpoint, and do not depend on the sanity
            check or the number of devices.
        every_n_epochs: analyse at every validation of each n-th epoch, counted from 1; without a
            validation loop at the epoch's end. The default is 1. Excludes the next two.
        every_n_train_steps: analyse after the training batch in which the number of optimiser
            steps passes a multiple of n. Before there are probe images: at the end of the first
            validation.
        train_time_interval: analyse after the training batch in which this much time has passed
            since the last analysis; otherwise like ``every_n_train_steps``.
        max_overhead: the share of the training's time that the callback may take, above 0 and at
            most 1. It measures all it does against the time the training took without it, also
            before a resume. An analysis that would exceed its share is put off: to the schedule's
            next moment or the next epoch end (each validation, where there is one), whichever
            comes first. What is put off is said. ``None`` for no bound; none holds in a
            ``fast_dev_run``.
        dirpath: folder of the snapshots, local or any fsspec address. ``None`` means ``neurflow``
            in the logger's folder, or in ``default_root_dir`` without a logger.
        filename: name of a snapshot's file, with ``{step}`` and, if wanted, ``{epoch}``; by
            default ``epoch={epoch}-step={step}``, named as checkpoints are.
        class_names: name of every class; ``None`` looks for ``classes`` on the data module, then
            on the validation data set. Names, mean and std of given ``probes`` come first.
        mean, std: one number for each image channel, as the images were normalised; pictures
            then show true colours.
        input_key, label_key: where a batch keeps inputs and labels: a name, a position, or a
            dotted path such as ``"left.image"``. ``None`` takes the first and second item, or the
            usual names.
        forward_fn: ``forward_fn(module, inputs)`` gives the logits where the module's ``forward``
            does not.
        module: the classifier, where it is not the LightningModule itself: the dotted name of a
            submodule, or a module.
        trainer_precision: analyse in the context that the trainer's own steps run in, with
            autocast where they have it; otherwise without. Parameters keep their type either
            way. The arithmetic of the analysis itself is ``config.precision``.
        on_error: ``"warn"`` warns once when an analysis fails and goes on training; ``"raise"``
            ends the training. Wrong arguments fail before the first step, as far as the network,
            given ``probes`` and the sanity check's first batch show them.
        on_validate: also analyse in ``Trainer.validate``: once, at its end, whatever schedule and
            ``max_overhead`` say. So a checkpoint is analysed as a training would.
        evaluate_at_end: at the end of ``fit``, measure whether the last snapshot's circuits hold
            (optimality, fidelity, weights; see :attr:`evaluation`): ``True``, or settings. It is
            done on the probe set, in the first process, whatever ``max_overhead`` says. Skipped
            with a warning where the network has trained on since that snapshot.
        debug_images: show so many mistakes among the probe images with each snapshot, those first
            that circuits explain (of a class among ``targets``), the worst of them first: which
            neuron groups fired on them, where, and which did not, in the NeurFlow tab and as
            pictures and text under ``neurflow_mistakes``; see :attr:`mistakes`. The probe images
            need labels.
        verbose: say what will be done, and what it is expected to cost.

    Raises:
        ConfigError: for arguments that no training could use.

    >>> NeurFlowCallback(layers=["layer4", "fc"], targets=[3, 5], every_n_epochs=2).schedule
    Schedule(every_n_epochs=2, every_n_train_steps=None, train_time_interval=None)
    """

    _last_step: int | None
    _plan: AnalysisPlan | None
    _logged_step: int | None
    _rehearsed: Outcome[None]
    _drift: dict[int, DriftReport]
    evaluation: EvaluationReport | None
    """What the evaluation at the end of ``fit`` found; ``None`` without one."""
    _mistakes: tuple[Mistake, ...]
    _looked: dict[int, Looked]
    _methods: Methods
    _bounds: Bounds | None

    def __init__(  # noqa: PLR0913
        self,
        layers: Sequence[str] | None = None,
        targets: Sequence[int | str] | None = None,
        *,
        config: NeurFlowConfig | str | None = None,
        attribution: str | AttributionMethod | None = None,
        like: Snapshot | str | None = None,
        seconds: float | None = None,
        probes: ProbeSet | None = None,
        every_n_epochs: int | None = None,
        every_n_train_steps: int | None = None,
        train_time_interval: timedelta | None = None,
        max_overhead: float | None = 0.05,
        dirpath: str | None = None,
        filename: str | None = None,
        class_names: Sequence[str] | None = None,
        mean: Sequence[float] | None = None,
        std: Sequence[float] | None = None,
        input_key: Key | None = None,
        label_key: Key | None = None,
        forward_fn: Callable[[nn.Module, Tensor], Any] | None = None,
        module: str | nn.Module | None = None,
        trainer_precision: bool = False,
        on_error: Literal["warn", "raise"] = "warn",
        on_validate: bool = False,
        evaluate_at_end: bool | EvaluationSettings = False,
        debug_images: int = 0,
        verbose: bool = True,
    ) -> None:
        super().__init__()
        self.like = _snapshot_of(like)
        if self.like is not None:
            layers, targets, config = settings_of(self.like, layers, targets, config, attribution)
        deadline_in(seconds, self.like)  # what cannot work is an error now
        self.seconds = seconds
        self.layers = _listed("layers", layers)
        self.targets = _listed("targets", targets)
        config = config_of(config)
        self.attribution = find_method(config.attribution if attribution is None else attribution)
        self.config = replace(config, attribution=method_name(self.attribution))
        self.schedule = Schedule(
            every_n_epochs=every_n_epochs,
            every_n_train_steps=every_n_train_steps,
            train_time_interval=train_time_interval,
        )
        self.max_overhead = max_overhead
        self.dirpath = None if dirpath is None else str(dirpath)
        self.filename = filename or DEFAULT_FILENAME
        self.class_names = () if class_names is None else tuple(class_names)
        self.mean, self.std = mean, std
        self.input_key, self.label_key = input_key, label_key
        self.forward_fn, self.module = forward_fn, module
        self.trainer_precision = trainer_precision
        self.on_error, self.verbose = on_error, verbose
        self.on_validate = on_validate
        self.evaluation_settings = evaluation_settings_of(evaluate_at_end)
        self.debug_images = debug_images
        self._analysis = Analysis(
            self.layers,
            self.config,
            self.attribution,
            forward_fn,
            module,
            trainer_precision,
            self.seconds,
        )
        self._given_probes = probes
        self._restored = False
        self._check_arguments()
        self._begin_anew()
        self._state_key = self._generate_state_key(of=self._digest())

    # --- what came out -------------------------------------------------------------------------

    @property
    def snapshots(self) -> tuple[Snapshot, ...]:
        """Snapshots taken by this process, by step. Those before a resume lie on disk only."""
        return self._archive.ordered_snapshots()

    @property
    def snapshot_paths(self) -> tuple[str, ...]:
        """Files of the run's snapshots, by step, also of those taken before a resume."""
        return self._archive.ordered_paths()

    @property
    def drift(self) -> tuple[DriftReport, ...]:
        """What changed from each snapshot to the next, by step, as found by this process.

        A target has *changed* in the report at which its change is known to last, see
        :meth:`on_circuit_change`; until then it is *drifting*.
        """
        return tuple(self._drift[step] for step in sorted(self._drift))

    @property
    def mistakes(self) -> tuple[Mistake, ...]:
        """Mistakes among the probe images at the latest snapshot.

        First those taken for a class with a circuit, then those of such a class, then others; of
        each kind the largest margin first. At most ``debug_images``; on several devices the first
        process has them.
        """
        return self._mistakes

    @property
    def probes(self) -> ProbeSet | None:
        """The run's probe set; ``None`` before the first validation epoch has ended."""
        return self._source.probes

    # --- when ----------------------------------------------------------------------------------

    def should_analyze(self, *, epoch: int, step: int, last_step: int, seconds: float) -> bool:
        """Whether an analysis is due now: override it for a schedule of your own.

        Asked at the end of each validation (or, without one, of each training epoch); with
        ``every_n_train_steps`` or ``train_time_interval`` after each training batch as well. On
        several devices it must answer the same on all. What is due still has to be paid: see
        ``max_overhead``.

        Args:
            epoch: the current epoch, counted from 0.
            step: optimiser steps taken so far.
            last_step: optimiser steps taken when the last analysis was made or put off, or when
                the training started.
            seconds: since the last analysis was made or put off, or since the training started.
        """
        return self.schedule.due(epoch=epoch, step=step, last_step=last_step, seconds=seconds)

    def on_circuit_change(self, report: DriftReport) -> None:
        """Called when circuits have changed: override it to act on that; it does nothing itself.

        A change is significant in itself, and was there in 2 of the last 3 snapshots. It is told
        once, at the second of them, so that one that went back is never told.

        On several devices it is called on all, with the same report. An error in it is handled as
        one in an analysis (``on_error``).

        Args:
            report: from the last snapshot before the change to the latest one, of the targets that
                changed. What differs, and on which images it shows, is in
                ``report.targets[…].evidence``.
        """

    def _takes_part(self, stage: str | None) -> bool:
        """Whether this is an entry point of the trainer that the callback does anything in."""
        return stage == TrainerFn.FITTING or (self.on_validate and stage == TrainerFn.VALIDATING)

    def _due(self, trainer: Trainer) -> bool:
        due = self.should_analyze(
            epoch=trainer.current_epoch,
            step=trainer.global_step,
            last_step=self._last_step or 0,
            seconds=_now() - self._last_time,
        )
        if self.schedule.train_time_interval is not None:
            return bool(trainer.strategy.broadcast(due))  # clocks differ
        return due

    def _analyze_if_due(self, trainer: Trainer, pl_module: LightningModule, moment: Moment) -> None:
        """Take a snapshot that is due, or was put off, if it can be paid."""
        if self.probes is None or trainer.global_step in self._archive:
            return
        due = self._due(trainer)
        # Not after each batch: there, asking alone would cost a broadcast.
        owed = self._meter.budget.owed and moment != "train_batch"
        if not (due or owed):
            return
        self._last_step, self._last_time = trainer.global_step, _now()
        ahead = self._plan_now(trainer, pl_module)
        if ahead is not None and self._affordable(trainer, ahead, due):
            self._take_snapshot(trainer, pl_module, ahead, moment)

    def _plan_now(self, trainer: Trainer, pl_module: LightningModule) -> AnalysisPlan | None:
        """The run's plan, made now where it could not be made before; a collective call."""
        if self._plan is None and self.probes is not None:
            ahead: Outcome[AnalysisPlan | None]
            ahead = attempt(lambda: self._planned(trainer, pl_module))
            self._settle_plan(ahead, forgiving=True, say=pl_module.print)
        return self._plan

    def _affordable(self, trainer: Trainer, ahead: AnalysisPlan, due: bool) -> bool:
        """Whether an analysis can be paid now; if not, it is put off on all processes."""
        if self.max_overhead is None or dry_run(trainer):
            return True
        budget, cost = self._meter.read(), self._cost(ahead)
        if trainer.strategy.broadcast(budget.allows(cost)):  # clocks differ
            return True
        self._meter.put_off(due=due)
        self._say_once(messages.put_off(budget, cost, self.schedule), "budget")
        return False

    def _cost(self, ahead: AnalysisPlan) -> float:
        """What an analysis is expected to take: what the last one took, or else the plan's word."""
        if self._meter.budget.last_cost is not None:
            return self._meter.budget.last_cost
        cost = expected_cost(ahead.seconds, len(ahead.targets), rank_and_processes()[1])
        always = ahead.seconds - sum(ahead.seconds_by_layer.values())
        return cost if self.seconds is None else min(cost, max(self.seconds, always))

    # --- hooks ---------------------------------------------------------------------------------

    def setup(self, trainer: Trainer, pl_module: LightningModule, stage: str) -> None:
        """Refuse what cannot be analysed."""
        strategy = sharded_strategy(trainer)
        if self._takes_part(stage) and strategy is not None:
            raise MisconfigurationException(
                f"NeurFlowCallback cannot analyse under {strategy}: no process has the whole "
                "network. Use DDP, or analyse checkpoints with neurflow_lightning.analyze."
            )

    def on_fit_start(self, trainer: Trainer, pl_module: LightningModule) -> None:
        """Check the arguments against the network and say what will be done."""
        if trainer.global_step == 0 and not self._restored:
            self._begin_anew()
        resumed, self._restored = self._restored, False
        self._meter.stop()
        with self._meter.own_work():
            self._folder = self._resolved_folder(trainer)
            self._check_training(trainer, pl_module)
            self._warn_of_monitors(trainer)
            if self.verbose:
                rank_zero_info(self._announcement())
            if self.probes is not None:
                self._find_class_names(trainer)
                ahead = _tried(pl_module, lambda: self._planned(trainer, pl_module))
                self._settle_plan(ahead, forgiving=resumed, say=rank_zero_info)

    def on_train_start(self, trainer: Trainer, pl_module: LightningModule) -> None:
        """Start the clock; only now is the step of a resumed training known."""
        self._meter.start_training()
        self._last_time = _now()
        if self._last_step is None:
            self._last_step = trainer.global_step

    def on_validation_start(self, trainer: Trainer, pl_module: LightningModule) -> None:
        """In ``Trainer.validate``, where ``fit`` did not: check the arguments against the network.

        Probe set and snapshots of an earlier fit or validation are kept.
        """
        if _fitting(trainer) or not self._takes_part(trainer.state.fn):
            return
        self._plan = None  # the network may be another one
        self._folder = self._resolved_folder(trainer)
        self._check_network(pl_module)
        if self.probes is not None:
            self._find_class_names(trainer)

    def on_validation_batch_start(
        self,
        trainer: Trainer,
        pl_module: LightningModule,
        batch: Any,
        batch_idx: int,
        dataloader_idx: int = 0,
    ) -> None:
        """Copy probe images before ``validation_step`` can change the batch."""
        if self.probes is not None or dataloader_idx != 0 or not self._takes_part(trainer.state.fn):
            return
        with self._meter.own_work():
            self._find_class_names(trainer)
            if not trainer.sanity_checking:
                self._source.take(batch, first_validation_loader(trainer), trainer.global_rank)
            elif batch_idx == 0:
                self._rehearsed = self._rehearse(trainer, pl_module, batch)

    def on_validation_epoch_end(self, trainer: Trainer, pl_module: LightningModule) -> None:
        """Analyse where metrics still reach early stopping and checkpoints."""
        if not self._takes_part(trainer.state.fn):
            return
        if trainer.sanity_checking:
            self._settle_rehearsal()
            return
        with self._meter.own_work():
            if self.probes is None:
                with self._forgiven("capturing the probe images"):
                    self._source.finish()
                    ahead = _tried(pl_module, lambda: self._planned(trainer, pl_module))
                    # Between batches only this print leaves the progress bars whole.
                    self._settle_plan(ahead, forgiving=True, say=pl_module.print)
            if _fitting(trainer):
                self._analyze_if_due(trainer, pl_module, "validation")
            elif (plan := self._plan_now(trainer, pl_module)) is not None:
                self._take_snapshot(trainer, pl_module, plan, "validation")

    def on_train_batch_end(
        self,
        trainer: Trainer,
        pl_module: LightningModule,
        outputs: Any,
        batch: Any,
        batch_idx: int,
    ) -> None:
        """Analyse between epochs, where the schedule counts steps or time."""
        if not self.schedule.by_epoch:
            with self._meter.own_work():
                self._analyze_if_due(trainer, pl_module, "train_batch")

    def on_train_epoch_end(self, trainer: Trainer, pl_module: LightningModule) -> None:
        """Analyse here where there is no validation."""
        owed = self._meter.budget.owed
        if not trainer.enable_validation and (self.schedule.by_epoch or owed):
            with self._meter.own_work():
                self._analyze_if_due(trainer, pl_module, "train_epoch")

    def on_train_end(self, trainer: Trainer, pl_module: LightningModule) -> None:
        """Show the last snapshot's concept vectors; say what was put off or never analysed."""
        with self._meter.own_work():
            self._show_concept_vectors(trainer)
            self._evaluate(trainer, pl_module)
        self._say_what_was_left_out()
        self._meter.stop()

    def on_exception(
        self, trainer: Trainer, pl_module: LightningModule, exception: BaseException
    ) -> None:
        """Let go of the network; after an error Lightning calls no ``teardown``."""
        self._analysis.forget()

    def teardown(self, trainer: Trainer, pl_module: LightningModule, stage: str) -> None:
        """Let go of the network; snapshots and probe set stay."""
        self._analysis.forget()

    def _show_concept_vectors(self, trainer: Trainer) -> None:
        if self._logged_step is None or not trainer.is_global_zero:
            return
        with self._forgiven("the projector"), profiled(trainer, "projector"):
            last = self.snapshots[-1]
            self._report(publish_concept_vectors(trainer.loggers, last, self._logged_step))

    def _evaluate(self, trainer: Trainer, pl_module: LightningModule) -> None:
        """Whether the last snapshot's circuits hold, to :attr:`evaluation` and the loggers."""
        settings, snapshots = self.evaluation_settings, self.snapshots
        if settings is None or not snapshots or not trainer.is_global_zero:
            return
        with self._forgiven("the evaluation"), profiled(trainer, "evaluate"):
            assert self.probes is not None
            last = snapshots[-1]
            self.evaluation = self._analysis.evaluate(
                trainer, pl_module, self.probes, last, settings
            )
            if self._logged_step is not None:
                step = self._logged_step
                self._report(publish_evaluation(trainer.loggers, self.evaluation, step))

    def _say_what_was_left_out(self) -> None:
        budget = self._meter.budget
        made = len({*self._archive.snapshots, *self._archive.paths})
        if made and budget.put_off and self.verbose:
            rank_zero_info(messages.what_was_put_off(budget, made))
        if not made and budget.put_off and self._plan is not None:
            rank_zero_warn(messages.never_paid(budget, self._cost(self._plan)))
        elif not made and not self._warned:
            rank_zero_warn(messages.never_analysed(self.schedule, self.probes is not None))

    # --- state ---------------------------------------------------------------------------------

    @property
    def state_key(self) -> str:
        """One for each set of arguments that decides what is analysed."""
        return self._state_key

    def state_dict(self) -> dict[str, Any]:
        """The probe set, which snapshots there are, the budget; plain values and tensors only."""
        return {
            "probes": self._source.state(),
            "snapshots": self._archive.state(),
            "last_step": self._last_step,
            "budget": self._meter.read().state(),
            "evolution": self._evolution.state(),
            "recorded_step": self._recorded_step,
            "attribution": _state_of(self._methods),
            "bounds": _listed_bounds(self._bounds),
        }

    def load_state_dict(self, state_dict: dict[str, Any]) -> None:
        """Go on with the run's probe set.

        Raises:
            ProbeError: when other ``probes`` were given than the run began with.
        """
        self._source.load(state_dict["probes"])
        self._archive.load(state_dict["snapshots"])
        self._last_step = state_dict["last_step"]
        self._meter = Meter(Budget(self.max_overhead, **state_dict["budget"]), _now)
        self._evolution = Evolution.from_state(state_dict["evolution"])
        # Older checkpoints have none of these.
        self._recorded_step: int | None = state_dict.get("recorded_step")
        if state_dict.get("attribution"):
            self._methods = _methods_from(state_dict["attribution"])
        if state_dict.get("bounds") is not None:
            self._bounds = {(target, layer): n for target, layer, n in state_dict["bounds"]}
        self._drift = {step: one for step, one in self._drift.items() if step in self._archive}
        self._looked = {step: one for step, one in self._looked.items() if step in self._archive}
        self._logged_step = None
        self._restored = True

    def _digest(self) -> str:
        deciding = (
            *(self.layers, self.targets, self.schedule, self.module, self.config.to_dict()),
            *(self.input_key, self.label_key, _qualified_name(self.forward_fn)),
            *(self.dirpath, self.filename),
            # Those before there was a time limit keep their key.
            *(() if self.seconds is None else (self.seconds,)),
        )
        return hashlib.sha256(json.dumps(deciding, default=str).encode()).hexdigest()[:16]

    def _begin_anew(self) -> None:
        self._source = ProbeSource(
            self._given_probes,
            self.targets,
            self.config.images_per_target,
            self.config.granularities,
            self.class_names,
            self.mean,
            self.std,
            self.input_key,
            self.label_key,
        )
        self._archive = SnapshotArchive()
        self._evolution = Evolution()
        self._drift = {}
        self.evaluation = None
        self._mistakes = ()
        self._looked = {}
        self._methods = {} if self.like is None else self.like.attribution
        self._bounds = None if self.like is None else self.like.time_bounds
        self._rehearsed = Outcome(None)
        self._plan = None
        self._warned: set[str] = set()
        self._last_step = None
        self._last_time = _now()
        self._logged_step = None
        self._recorded_step = None
        self._meter = Meter(Budget(self.max_overhead), _now)

    # --- the analysis --------------------------------------------------------------------------

    def _take_snapshot(
        self, trainer: Trainer, pl_module: LightningModule, ahead: AnalysisPlan, moment: Moment
    ) -> None:
        """Analyse, write, show, compare, log. Processes meet when each has settled its own work."""
        step = trainer.global_step
        with self._forgiven(f"the analysis at step {step}"), self._meter.analysis():
            with profiled(trainer, "analyze"):
                self._agree_on_methods(trainer, pl_module, ahead)
                work = attempt(lambda: self._analyze(trainer, pl_module, ahead, moment))
                snapshots, seconds, overheads = zip(*settle(work), strict=True)
            snapshot = merge_snapshots(snapshots, ahead.targets)
            self._methods = snapshot.attribution
            if self._bounds is None:
                self._bounds = snapshot.time_bounds
            self._say_once(messages.rough_attributions(snapshot), "rough attributions")
            self._say_once(messages.ungated_groups(snapshot), "ungated groups")
            self._say_once(messages.unpredictive(snapshot), "attributions that predict nothing")
            with profiled(trainer, "publish"):
                self._keep(trainer, snapshot, moment)
            own, followed = {"neurflow/seconds": max(seconds)}, Followed()
            known = self._evolution.lineage
            if _fitting(trainer):  # where nothing is trained, there is no share of it and no change
                own["neurflow/overhead"] = overheads[0]
                with profiled(trainer, "compare"):
                    followed = self._follow(trainer, snapshot)
                    self._show_drift(trainer, followed.report, snapshot)
                own |= drift_scalars(followed.report, snapshot)
            with profiled(trainer, "record"):
                self._show_record(trainer, snapshot, followed.report, known)
            if self.debug_images and trainer.is_global_zero:
                with self._forgiven("debugging mistakes"), profiled(trainer, "debug"):
                    self._debug(trainer, pl_module, snapshot)
            with self._forgiven("logging"):
                log_scalars(trainer, pl_module, {**snapshot_scalars(snapshot), **own}, moment)
            for change in followed.changes:
                with self._forgiven("on_circuit_change"):
                    self.on_circuit_change(change)

    def _agree_on_methods(
        self, trainer: Trainer, pl_module: LightningModule, ahead: AnalysisPlan
    ) -> None:
        """Before the first analysis, the first of several processes chooses for all of them."""
        rank, processes = rank_and_processes()
        if self._methods or processes == 1:
            return
        chosen: Outcome[dict[str, Any]] = Outcome({})
        if rank == 0:
            chosen = attempt(lambda: self._chosen(trainer, pl_module, ahead))
        self._methods = _methods_from(settle(chosen)[0])

    def _chosen(
        self, trainer: Trainer, pl_module: LightningModule, ahead: AnalysisPlan
    ) -> dict[str, Any]:
        assert self.probes is not None
        return _state_of(self._analysis.choose(trainer, pl_module, self.probes, ahead))

    def _debug(self, trainer: Trainer, pl_module: LightningModule, snapshot: Snapshot) -> None:
        """Mistakes among the probe images, seen through the snapshot."""
        assert self.probes is not None
        self._mistakes = ()  # those of the snapshot before do not stand in where this fails
        found, answers = self._analysis.mistakes(
            trainer, pl_module, self.probes, snapshot, self.debug_images
        )
        labels = self._labels(snapshot)[0]
        self._mistakes = tuple(
            replace(one, report=replace(one.report, labels=labels)) for one in found
        )
        if self._logged_step is None:
            return
        step = trainer.global_step  # of the record, as of that of the snapshot
        shown = frozenset(one.image for one in self._mistakes)
        self._looked[step] = Looked(step, answers, shown)
        # A ``validate`` may be of an earlier step than the training before it.
        known = [one for one in sorted(self._looked) if one <= step]
        for one in known[: -PAST - 1]:
            del self._looked[one]  # nobody is told of it any more
        looked = [self._looked[one] for one in known[-PAST - 1 :]]
        page = MistakesPage(self._mistakes, snapshot, self.probes, looked)
        if self._mistakes:
            self._report(publish_mistakes(trainer.loggers, page.make, self._logged_step))
        if self._is_told(trainer):
            return
        place = _place_among(trainer, self)
        # Also of none: that a network makes no mistakes is told, and takes the place of what a
        # training before a resume wrote at this step.
        size, failures = publish_record(trainer.loggers, page.record, step, place=place)
        self._report(failures)
        self._say_once(messages.large_mistakes(size), "large records of mistakes")

    def _follow(self, trainer: Trainer, snapshot: Snapshot) -> Followed:
        """What changed since the snapshots before: the first process compares, all learn of it."""
        with self._forgiven("comparing with the snapshot before"):
            found = Outcome(Followed())
            if trainer.is_global_zero:
                found = attempt(lambda: self._compared(snapshot, trainer.global_step))
            followed = settle(found)[0]
            if followed.report is not None:
                self._drift[trainer.global_step] = followed.report
            return followed
        return Followed()

    def _compared(self, snapshot: Snapshot, step: int) -> Followed:
        last, earlier = last_step(self._archive, step), from_archive(self._archive)
        try:
            self._evolution, followed = self._evolution.follow(last, earlier, snapshot)
        except Exception:
            # A change that waits for a snapshot that cannot be compared with would wait forever.
            self._evolution = Evolution(self._evolution.lineage)
            raise
        return followed

    def _show_drift(self, trainer: Trainer, report: DriftReport | None, snapshot: Snapshot) -> None:
        if report is not None and trainer.is_global_zero and self._logged_step is not None:
            with self._forgiven("showing what changed"):
                step = self._logged_step
                told = self._named(report, trainer.global_step, snapshot)
                self._report(publish_drift(trainer.loggers, told, snapshot, step))

    def _show_record(
        self,
        trainer: Trainer,
        snapshot: Snapshot,
        report: DriftReport | None,
        known: Lineage,
    ) -> None:
        """The snapshot in the NeurFlow tab, with what changed; ``known``: lineage of before it."""
        if not trainer.is_global_zero or self._is_told(trainer):
            return
        # As in the names of files and checkpoints: ``log`` counts from 0, and so one less.
        lineage, step = self._evolution.lineage, trainer.global_step
        ids: Lineages = NO_LINEAGES  # also where comparing failed: the old ids are of other groups
        if lineage is not known:
            ids = lineage.ids_of(snapshot)
        with self._forgiven("showing the snapshot in the NeurFlow tab"):
            size, failures = publish_record(
                trainer.loggers,
                lambda: make_record(
                    snapshot,
                    step=step,
                    report=report,
                    since=None if report is None else self._recorded_step,
                    lineages=ids,
                    labels=self._labels(snapshot)[0],
                ),
                step,
                place=_place_among(trainer, self),
            )
            self._report(failures)
            self._say_once(messages.large_record(size), "large records")
        self._recorded_step = step

    def _is_told(self, trainer: Trainer) -> bool:
        """Whether ``fit`` told the tab of this step, with what changed: ``validate`` knows less."""
        return not _fitting(trainer) and trainer.global_step in self._drift

    def _analyze(
        self, trainer: Trainer, pl_module: LightningModule, ahead: AnalysisPlan, moment: Moment
    ) -> tuple[Snapshot | None, float, float]:
        """Circuits of the targets that fall to this process, seconds, and the overhead so far."""
        assert self.probes is not None
        weights = analysed_weights(trainer, self, moment)
        try:
            snapshot, seconds = self._analysis.run_share(
                trainer, pl_module, self.probes, ahead, weights, self._methods, self._bounds
            )
        except AnalysisInterrupted as interrupt:
            self._keep_what_is_whole(trainer, interrupt.snapshot, ahead, moment)
            raise
        return snapshot, seconds, self._meter.read().overhead

    def _keep_what_is_whole(
        self, trainer: Trainer, snapshot: Snapshot | None, ahead: AnalysisPlan, moment: Moment
    ) -> None:
        """Circuits that Ctrl-C left whole. Of several processes, each would have but a share."""
        if snapshot is None or rank_and_processes()[1] > 1:
            return

        def keep() -> None:
            self._keep(trainer, snapshot, moment)
            self._show_record(trainer, snapshot, None, self._evolution.lineage)

        failed = attempt(keep).error
        if failed is not None:  # no error may take the place of the interrupt
            self._warn_once("keeping the circuits that were whole", failed)
        path = self._archive.paths.get(trainer.global_step)
        rank_zero_info(messages.interrupted(snapshot, ahead.names, path))

    def _planned(self, trainer: Trainer, pl_module: LightningModule) -> AnalysisPlan:
        """Layers and targets of the run, on its probe set."""
        assert self.probes is not None
        if self.like is not None:
            fingerprint = self.probes.fingerprint(self.config.granularities)
            check_fingerprint(fingerprint, self.like.probe)
        targets = self._source.settled_targets()
        return self._analysis.plan(trainer, pl_module, self.probes, targets)

    def _rehearse(self, trainer: Trainer, pl_module: LightningModule, batch: Any) -> Outcome[None]:
        """Try the arguments on a batch of the sanity check: mistakes come out before any step."""
        probes = attempt(lambda: self._source.rehearsal(batch))
        if probes.error is not None:
            return Outcome(None, probes.error)
        return _tried(
            pl_module,
            lambda: self._analysis.rehearse(trainer, pl_module, probes.value, self.targets),
        )

    def _settle_rehearsal(self) -> None:
        outcome = self._rehearsed
        with self._forgiven("the rehearsal of an analysis", but_wrong_arguments=True):
            settle(outcome)

    def _settle_plan(
        self,
        ahead: Outcome[AnalysisPlan | None],
        *,
        forgiving: bool,
        say: Callable[[str], None],
    ) -> None:
        """Fix layers and targets for the run, if all processes could; a collective call.

        Args:
            forgiving: whether wrong arguments, too, become a warning.
            say: where to say what is expected.
        """
        assert self.probes is not None
        with self._forgiven("planning the analyses", but_wrong_arguments=not forgiving):
            settle(ahead)
            self._plan = ahead.value
        if self._plan is not None:
            self._warn_of_probes(self.probes)
            if self._plan.skipped is not None:
                self._say_once(f"NeurFlow: {self._plan.skipped}.", "skipped modules")
            if self.verbose:
                paid_by = self._meter.budget.training_for(self._cost(self._plan))
                size = self._source.kept_bytes
                say(
                    messages.expectation(
                        self._plan, self.probes, self.config, size, paid_by, self.seconds
                    )
                )

    def _find_class_names(self, trainer: Trainer) -> None:
        if not self._source.class_names:
            with self._forgiven("looking for the classes' names"):
                self._source.name_classes(known_class_names(trainer))

    # --- files and loggers ---------------------------------------------------------------------

    def _keep(self, trainer: Trainer, snapshot: Snapshot, moment: Moment) -> None:
        """Here, on disk and in the loggers' pictures."""
        self._archive.snapshots[trainer.global_step] = snapshot
        self._logged_step = logged_step(trainer, moment)
        self._write(trainer, snapshot)
        self._show(trainer, snapshot)

    def _write(self, trainer: Trainer, snapshot: Snapshot) -> None:
        """One file, by the first process; every process learns of it."""
        if dry_run(trainer):
            return
        step = trainer.global_step
        path = snapshot_path(self._folder, self.filename, trainer.current_epoch, step)
        with self._forgiven(f"writing {path}"):
            if trainer.is_global_zero:
                settle(attempt(lambda: save_snapshot(snapshot, path)))
            else:
                settle(Outcome(None))
            self._archive.paths[step] = path

    def _show(self, trainer: Trainer, snapshot: Snapshot) -> None:
        if trainer.is_global_zero and self._logged_step is not None:
            with self._forgiven("showing the snapshot"):
                step, first = self._logged_step, len(self._archive.snapshots) == 1
                self._report(
                    publish_snapshot(
                        trainer.loggers,
                        snapshot,
                        step,
                        layout=first,
                        labels=self._labels(snapshot)[0],
                    )
                )

    def _labels(self, *snapshots: Snapshot) -> Sequence[GroupLabels]:
        """What each one's groups are called, if somebody has named groups of the run so far."""
        with self._forgiven("reading the names of neuron groups"):
            labels = read_labels(f"{self._folder}/{LABELS_FILE}", missing_ok=True)
            if labels.groups:
                return [follow(labels, [one])[0] for one in snapshots]
        return [NO_LABELS] * len(snapshots)

    def _named(self, report: DriftReport, step: int, snapshot: Snapshot) -> DriftReport:
        """With the names of groups; of the snapshot before, only while it is in memory."""
        last = last_step(self._archive, step)
        before = None if last is None else self._archive.snapshots.get(last)
        if before is None:
            return report
        own, new = self._labels(before, snapshot)
        return named_report(report, own, new)

    def _report(self, failures: Sequence[tuple[str, Exception]]) -> None:
        for name, error in failures:
            self._warn_once(f"showing circuits in {name}", error)

    def _resolved_folder(self, trainer: Trainer) -> str:
        """The same on every process; ``log_dir`` must be asked for on all of them."""
        folder = self.dirpath or f"{trainer.log_dir or trainer.default_root_dir}/neurflow"
        if dry_run(trainer):
            return folder
        earlier = callbacks_of(trainer)[: callbacks_of(trainer).index(self)]
        taken = [one._folder for one in earlier if isinstance(one, NeurFlowCallback)]
        known = self._archive.ordered_paths()
        return settle(
            attempt(lambda: unused_folder(folder, known, taken))
            if trainer.is_global_zero
            else Outcome(folder)
        )[0]

    # --- checks, warnings ----------------------------------------------------------------------

    def _check_arguments(self) -> None:
        if self.targets is not None and self.class_names:
            target_numbers(self.targets, self.class_names)
        check_filename(self.filename)
        if self.evaluation_settings is not None:
            check_available(self.evaluation_settings.all_methods)
        if self.config.images_by != "label":
            raise ConfigError(
                f"images_by={self.config.images_by!r}: wanted 'label' in a training, where one "
                "probe set serves the whole run. NeurFlowConfig.reference(images_by='label') keeps "
                "the rest; analyze() takes either."
            )
        if not isinstance(self.trainer_precision, bool):
            raise ConfigError(
                f"trainer_precision={self.trainer_precision!r}: wanted True or False. The "
                "arithmetic of the analysis is NeurFlowConfig(precision=...)."
            )
        if type(self.debug_images) is not int or self.debug_images < 0:
            raise ConfigError(
                f"debug_images={self.debug_images!r}: wanted a number of images, 0 for none."
            )
        if self.on_error not in ("warn", "raise"):
            raise ConfigError(f"on_error={self.on_error!r}: wanted 'warn' or 'raise'.")

    def _check_training(self, trainer: Trainer, pl_module: LightningModule) -> None:
        if self.probes is None and not trainer.enable_validation:
            raise MisconfigurationException(
                "NeurFlowCallback takes its probe images from the validation loop, and this "
                "training has none. Give probes=ProbeSet(images, labels), or a validation loader."
            )
        self._check_network(pl_module)

    def _check_network(self, pl_module: LightningModule) -> None:
        if self.module is None and self.forward_fn is None and not has_forward(pl_module):
            raise MisconfigurationException(
                f"{type(pl_module).__name__} has no forward that gives logits. Name the "
                "classifier by module='…', or give forward_fn(module, inputs)."
            )
        self._analysis.check_names(pl_module)

    def _warn_of_monitors(self, trainer: Trainer) -> None:
        monitors = stale_monitors(trainer)
        if monitors and (
            self.schedule != Schedule(every_n_epochs=1) or self.max_overhead is not None
        ):
            rank_zero_warn(messages.stale_metrics(monitors, self.schedule, self.max_overhead))
        if monitors and self.on_error == "warn":
            rank_zero_warn(messages.unsure_metrics(monitors))

    def _warn_of_probes(self, probes: ProbeSet) -> None:
        absent = self._source.absent_targets()
        if absent:
            self._say_once(messages.absent_targets(absent, probes.targets()), "absent targets")
        if self._source.unusable is not None:
            self._say_once(messages.unusable_labels(self._source.unusable), "unusable labels")

    def _announcement(self) -> str:
        return messages.announcement(
            self.layers,
            self.targets,
            messages.rhythm(self.schedule, self.max_overhead),
            self._folder,
            self.probes,
        )

    @contextmanager
    def _forgiven(self, what: str, *, but_wrong_arguments: bool = False) -> Iterator[None]:
        """An error inside becomes a warning, said once, unless errors are to be raised."""
        try:
            yield
        except Exception as error:
            wrong = but_wrong_arguments and isinstance(error, NeurFlowError)
            if wrong or self.on_error == "raise":
                raise
            self._warn_once(what, error)

    def _warn_once(self, what: str, error: Exception) -> None:
        """The same error is the same warning, whatever step it came at."""
        self._say_once(messages.failure(what, error), described(error))

    def _say_once(self, warning: str | None, subject: str) -> None:
        """A warning, once in a training for each ``subject``."""
        if warning is not None and subject not in self._warned:
            self._warned.add(subject)
            rank_zero_warn(warning)


def _listed(name: str, values: Sequence[Any] | None) -> tuple[Any, ...] | None:
    """Values as a tuple, NumPy's and PyTorch's numbers as Python's own."""
    if isinstance(values, str | int) or (values is not None and len(values) == 0):
        raise ConfigError(f"{name}={values!r}: wanted a list such as [{values or '…'!r}], or None.")
    if values is None:
        return None
    return tuple(one.item() if hasattr(one, "item") else one for one in values)


def _tried(pl_module: LightningModule, work: Callable[[], _Value]) -> Outcome[_Value | None]:
    """What ``work`` gives; nothing while layers have yet to learn their shape."""
    if not is_initialized(pl_module):
        return Outcome(None)
    outcome = attempt(work)
    return Outcome(outcome.value, outcome.error)


def _snapshot_of(like: Snapshot | str | None) -> Snapshot | None:
    if isinstance(like, str | os.PathLike):
        return load_snapshot(os.fspath(like))
    if like is not None and not isinstance(like, Snapshot):
        raise ConfigError(f"like={like!r}: expected a Snapshot, the path of one, or None.")
    return like


def _state_of(methods: Methods) -> dict[str, Any]:
    """Plain values, for checkpoints and other processes."""
    return {layer: one.to_dict() for layer, one in methods.items()}


def _listed_bounds(bounds: Bounds | None) -> list[list[int | str]] | None:
    return None if bounds is None else [[*place, count] for place, count in bounds.items()]


def _methods_from(state: Mapping[str, Any]) -> Methods:
    """The inverse of :func:`_state_of`."""
    return {layer: SegmentAttribution(**one) for layer, one in state.items()}


def _place_among(trainer: Trainer, callback: NeurFlowCallback) -> int:
    """The place of a callback among those of its kind in a training."""
    own_kind = [one for one in callbacks_of(trainer) if isinstance(one, NeurFlowCallback)]
    return own_kind.index(callback)


def _qualified_name(function: Callable[..., Any] | None) -> str | None:
    """The same in every process, as an address would not be."""
    if function is None:
        return None
    named: Any = function if hasattr(function, "__qualname__") else type(function)
    return f"{named.__module__}.{named.__qualname__}"


def _now() -> float:
    """The clock of schedule and budget."""
    return time.monotonic()


def _fitting(trainer: Trainer) -> bool:
    return trainer.state.fn == TrainerFn.FITTING
