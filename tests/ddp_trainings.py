"""Four trainings on two processes: run as ``python ddp_trainings.py FOLDER``.

Each process writes what came out of each into ``FOLDER/<training>-<rank>.pt``.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import torch

from neurflow_lightning import callback as callback_module
from neurflow_lightning.storage import encode
from neurflow_lightning.training import analysis, evolving
from trainings import Classifier, fit, footprint, images, loader, neurflow

TWO_PROCESSES = {"strategy": "ddp", "devices": 2, "max_epochs": 2}


def odd():
    """A number of images that two processes cannot share evenly."""
    return loader(images(25))


def main(folder: Path) -> None:
    torch.manual_seed(3)
    record(folder, "without", *train(folder))
    callback = neurflow(targets=[0, 1, 2], dirpath=folder / "snapshots")
    torch.manual_seed(3)
    evolving.measure_drift = on_rank_0_only(evolving.measure_drift)
    record(folder, "with", *train(folder, callback), callback)
    bounded = neurflow(targets=[0, 1, 2], max_overhead=0.5, dirpath=folder / "bounded")
    record(folder, "bounded", *train(folder, bounded, model=by_different_clocks()), bounded)
    failing = neurflow(on_error="warn", dirpath=folder / "none")
    analysis.analyze_study = fail_on_rank_1(analysis.analyze_study)
    torch.manual_seed(3)
    record(folder, "failing", *train(folder, failing), failing)


def train(folder, *callbacks, model=None):
    return fit(folder, *callbacks, model=model, validation=odd(), **TWO_PROCESSES)


def by_different_clocks():
    """A step takes a second on the first process, where an analysis of all targets takes three.

    The clock of the second stands still: left to itself, it would never have an analysis paid.
    """
    now, plan_study = 0.0, analysis.plan_study

    class Ticking(Classifier):
        def training_step(self, batch, batch_idx):
            nonlocal now
            now += 1.0 if self.global_rank == 0 else 0.0
            return super().training_step(batch, batch_idx)

    callback_module._now = lambda: now
    analysis.plan_study = lambda study: replace(plan_study(study), seconds=3.0)
    return Ticking()


def fail_on_rank_1(analyze_study):
    def failing(study, **settings):
        if torch.distributed.get_rank() == 1:
            raise ZeroDivisionError("on purpose")
        return analyze_study(study, **settings)

    return failing


def on_rank_0_only(measure_drift):
    def measured(*arguments, **settings):
        assert torch.distributed.get_rank() == 0, "compared twice"
        return measure_drift(*arguments, **settings)

    return measured


def record(folder, name, used, model, callback=None):
    found = footprint(used, model)
    kept = {key: found[key] for key in ("weights", "optimisers", "train order", "torch", "steps")}
    kept["metrics"] = {tag: float(value) for tag, value in used.callback_metrics.items()}
    if callback is not None:
        kept["snapshots"] = [encode(one) for one in callback.snapshots]
        kept["paths"] = list(callback.snapshot_paths)
        kept["probes"] = (callback.probes.images, callback.probes.labels)
        kept["drift"] = [repr(one) for one in callback.drift]
    torch.save(kept, folder / f"{name}-{used.global_rank}.pt")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
