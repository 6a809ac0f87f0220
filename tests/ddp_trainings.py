"""Three trainings on two processes: run as ``python ddp_trainings.py FOLDER``.

Each process writes what came out of each into ``FOLDER/<training>-<rank>.pt``.
"""

from __future__ import annotations

import sys
from pathlib import Path

import torch

from neurflow_lightning.storage import encode
from neurflow_lightning.training import analysis
from trainings import fit, footprint, images, loader, neurflow

TWO_PROCESSES = {"strategy": "ddp", "devices": 2, "max_epochs": 2}


def odd():
    """A number of images that two processes cannot share evenly."""
    return loader(images(25))


def main(folder: Path) -> None:
    torch.manual_seed(3)
    record(folder, "without", *train(folder))
    callback = neurflow(targets=[0, 1, 2], dirpath=folder / "snapshots")
    torch.manual_seed(3)
    record(folder, "with", *train(folder, callback), callback)
    failing = neurflow(on_error="warn", dirpath=folder / "none")
    analysis.analyze = fail_on_rank_1(analysis.analyze)
    torch.manual_seed(3)
    record(folder, "failing", *train(folder, failing), failing)


def train(folder, *callbacks):
    return fit(folder, *callbacks, validation=odd(), **TWO_PROCESSES)


def fail_on_rank_1(analyze):
    def failing(*args, **settings):
        if torch.distributed.get_rank() == 1:
            raise ZeroDivisionError("on purpose")
        return analyze(*args, **settings)

    return failing


def record(folder, name, used, model, callback=None):
    found = footprint(used, model)
    kept = {key: found[key] for key in ("weights", "optimisers", "train order", "torch", "steps")}
    kept["metrics"] = {tag: float(value) for tag, value in used.callback_metrics.items()}
    if callback is not None:
        kept["snapshots"] = [encode(one) for one in callback.snapshots]
        kept["paths"] = list(callback.snapshot_paths)
        kept["probes"] = (callback.probes.images, callback.probes.labels)
    torch.save(kept, folder / f"{name}-{used.global_rank}.pt")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
