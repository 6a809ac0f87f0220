"""Remakes the sample that the front end's tests read, from a real training on the digits.

    python tests/remake_tab_sample.py

Two targets, eight snapshots, with drift, lineage and source images: what `neurflow export` puts
into a page. Sheets are held small, so that the file stays below 600 kB.
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
SAMPLE = ROOT / "neurflow_lightning/tensorboard_plugin/frontend/test/sample.json"
LARGEST = 600_000
OF_A_RECORD = 36_000
COMMENT = (
    "A run in the embedded form, as `neurflow export` writes it: graphs of schema 1, ascending "
    "steps, the sheets of each. Real digits (UCI, CC BY 4.0), targets 3 and 8. Made by "
    "tests/remake_tab_sample.py; do not edit."
)


def trained(folder: Path) -> list[Path]:
    """Snapshot files of a training, by step."""
    import torch
    from lightning import Trainer, seed_everything

    sys.path.insert(0, str(ROOT / "examples"))
    from digits import Classifier, DigitsData, SmallCNN
    from neurflow_lightning import NeurFlowCallback, NeurFlowConfig

    torch.set_num_threads(1)
    seed_everything(0, verbose=False)
    neurflow = NeurFlowCallback(
        layers=["block1", "block2", "block3", "head"],
        targets=["3", "8"],
        config=NeurFlowConfig(tau=5, top_k=20, images_per_target=12, nodes=4),
        every_n_epochs=1,
        max_overhead=None,
        dirpath=folder,
    )
    trainer = Trainer(
        max_epochs=8,
        accelerator="cpu",
        logger=False,
        callbacks=[neurflow],
        num_sanity_val_steps=0,
        enable_checkpointing=False,
        enable_model_summary=False,
        enable_progress_bar=False,
    )
    trainer.fit(Classifier(SmallCNN(), learning_rate=3e-3), DigitsData())
    return [Path(path) for path in neurflow.snapshot_paths]


def embedded(paths: list[Path]) -> dict[str, object]:
    """The run as a page holds it."""
    from neurflow_lightning.render.html import jpeg_address
    from neurflow_lightning.render.record import make_record
    from neurflow_lightning.storage import load_snapshot
    from neurflow_lightning.training.evolving import Evolution

    snapshots = {}
    evolution, last, records = Evolution(), None, []
    for path in paths:
        snapshot = load_snapshot(path)
        step = snapshot.step
        snapshots[step] = snapshot
        evolution, followed = evolution.follow(last, snapshots.__getitem__, snapshot)
        lineages = evolution.lineage.ids_of(snapshot)
        records.append(
            make_record(
                snapshot,
                step=step,
                report=followed.report,
                since=last,
                lineages=lineages,
                aimed_bytes=OF_A_RECORD,
            )
        )
        last = step
    sheets = [[jpeg_address(sheet) for sheet in one.sheets] for one in records]
    graphs = [one.graph for one in records]
    times = [1_760_000_000.0 + 12.5 * place for place in range(len(records))]
    run = {"graphs": graphs, "wall_times": times, "sheets": sheets}
    return {"comment": COMMENT, "runs": {"digits/version_0": run}, "state": {}}


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        sample = embedded(trained(Path(folder)))
    written = json.dumps(sample, ensure_ascii=False, separators=(",", ":")) + "\n"
    assert len(written) <= LARGEST, f"{len(written)} bytes: wanted at most {LARGEST}"
    SAMPLE.parent.mkdir(parents=True, exist_ok=True)
    SAMPLE.write_text(written, encoding="utf-8")


if __name__ == "__main__":
    main()
