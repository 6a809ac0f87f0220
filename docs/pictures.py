"""Remakes the pictures of the NeurFlow tab, from a training on real photographs of solar cells.

    make pictures

A ResNet-18 learns to tell defective cells from functional ones (``examples/solar_cells.py``, whose
docstring names the photographs and their licence), with a snapshot after each epoch. The run
becomes a page as ``neurflow export`` writes it; Chromium opens it, and what it shows becomes
``docs/images/tab_*.webp``: each view, light and dark, and for the README one picture that moves.

The debug view is ``docs/images/debug_tab_*.webp``, of digits of which one was always marked
(``examples/debugging/``).
"""

from __future__ import annotations

import argparse
import io
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PIL import Image

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT / "examples"), str(ROOT / "examples/debugging"), str(ROOT / "tests")]

from browsers import Tab, chromium, guarded, open_file  # noqa: E402

if TYPE_CHECKING:
    from playwright.sync_api import Browser

State = Mapping[str, Any]

IMAGES = Path(__file__).parent / "images"
EPOCHS = 8
WIDTH, HEIGHT, TALL = 1440, 900, 1180
SCALE = 1.2
"""Pixels of a picture for one of the page."""

MOVING_WIDTH = 960
MOVING_BYTES = 1_500_000
QUALITY = 82


def trained(folder: Path) -> Path:
    """The run's folder of logs."""
    from lightning import Trainer, seed_everything
    from lightning.pytorch.loggers import TensorBoardLogger
    from torchvision.models import resnet18

    from neurflow_lightning import NeurFlowCallback, NeurFlowConfig
    from solar_cells import LAYERS, MEAN, STD, FlippingClassifier, SolarCells

    seed_everything(0, verbose=False)
    neurflow = NeurFlowCallback(
        layers=LAYERS,
        targets=["defective"],
        mean=MEAN,
        std=STD,
        config=NeurFlowConfig(tau=6, top_k=16, images_per_target=16, max_neurons_per_layer=10),
        every_n_epochs=1,
        max_overhead=None,
    )
    logger = TensorBoardLogger(folder, name="", version="solar_cells")
    trainer = Trainer(
        max_epochs=EPOCHS,
        accelerator="cpu",
        logger=logger,
        callbacks=[neurflow],
        enable_checkpointing=False,
        log_every_n_steps=5,
    )
    data = SolarCells()
    trainer.fit(FlippingClassifier(resnet18(num_classes=len(data.classes)), 5e-4), data)
    return Path(logger.log_dir)


def trained_on_a_mark(folder: Path) -> Path:
    """The logs of a network that reads a red square instead of the digit, with its mistakes."""
    from lightning import Trainer, seed_everything
    from lightning.pytorch.loggers import TensorBoardLogger
    from marked_digits import LAYERS, MarkedClassifier, MarkedDigits

    from neurflow_lightning import NeurFlowCallback, NeurFlowConfig

    seed_everything(3, verbose=False)
    neurflow = NeurFlowCallback(
        layers=LAYERS,
        targets=["3", "4", "8"],
        mean=(0, 0, 0),
        std=(1, 1, 1),
        config=NeurFlowConfig(
            tau=8, top_k=30, images_per_target=30, nodes=8, max_neurons_per_layer=12
        ),
        max_overhead=None,
        debug_images=6,
    )
    logger = TensorBoardLogger(folder, name="", version="marked_digits")
    trainer = Trainer(
        max_epochs=6,
        accelerator="cpu",
        logger=logger,
        callbacks=[neurflow],
        enable_checkpointing=False,
        num_sanity_val_steps=0,
    )
    trainer.fit(MarkedClassifier(), MarkedDigits(marked=3, seed=3))
    return Path(logger.log_dir)


def exported(run: Path, place: Path) -> Path:
    """The run as a page."""
    from neurflow_lightning.cli import main as neurflow

    status = neurflow(["export", str(run), "--html", str(place)])
    if status != 0:
        raise SystemExit(f"neurflow export ended with {status}.")
    return place


# --- pictures ----------------------------------------------------------------------------


def photographed(
    browser: Browser,
    page: Path,
    images: Path,
    states: Callable[[Tab], Mapping[str, State]],
    height: int = HEIGHT,
) -> None:
    """What the states show, light and dark."""
    for theme in ("light", "dark"):
        size = {"width": WIDTH, "height": height}
        with guarded(
            browser, viewport=size, device_scale_factor=SCALE, color_scheme=theme
        ) as guard:
            for name, state in states(open_file(guard.page, page)).items():
                shot(open_file(guard.page, page, **state)).save(
                    images / f"{name}_{theme}.webp", "WEBP", quality=QUALITY, method=6
                )
            guard.check()


def views(tab: Tab) -> dict[str, State]:
    """What the pictures show, by name."""
    group, steps = strongest(tab), steps_of(tab)
    pair = {"compare": "difference", "step": steps[-1], "otherStep": steps[-2]}
    return {
        "tab_circuit": {"group": group},
        "tab_lineage": {"view": "lineage", "group": group},
        "tab_drift": {"view": "drift"},
        "tab_compare": {"view": "compare", **pair},
    }


def moving(browser: Browser, page: Path, place: Path) -> None:
    """The circuit step by step, then the other views, as one picture that moves."""
    size = {"width": WIDTH, "height": HEIGHT}
    with guarded(browser, viewport=size, color_scheme="light") as guard:
        tab = open_file(guard.page, page)
        circuits: list[State] = [{"step": step} for step in steps_of(tab)]
        others = list(views(tab).values())
        frames = [
            shot(open_file(guard.page, page, **state)).resize(
                (MOVING_WIDTH, MOVING_WIDTH * HEIGHT // WIDTH), Image.Resampling.LANCZOS
            )
            for state in [*circuits, *others]
        ]
        guard.check()
    times = [1200] * len(circuits) + [3000] * len(others)
    first, *rest = frames
    first.save(
        place,
        "WEBP",
        save_all=True,
        append_images=rest,
        duration=times,
        loop=0,
        quality=QUALITY,
        method=6,
    )
    if place.stat().st_size > MOVING_BYTES:
        raise SystemExit(f"{place} has {place.stat().st_size} bytes: wanted {MOVING_BYTES}.")


def strongest(tab: Tab) -> str:
    """The group that the target rests on most."""
    weights = tab.every(
        ".edges path.edge", "[one.dataset.target, one.dataset.source, +one.dataset.weight]"
    )
    [target] = tab.every("g.node.target", "one.dataset.group")
    return str(max((weight, source) for end, source, weight in weights if end == target)[1])


def steps_of(tab: Tab) -> list[int]:
    """Of all snapshots."""
    data = "JSON.parse(document.getElementById('neurflow-data').textContent)"
    steps: list[int] = tab.read(
        f"() => Object.values({data}.runs)[0].graphs.map(graph => graph.step)"
    )
    return steps


def shot(tab: Tab) -> Image.Image:
    """What the page shows once everything on it is there."""
    tab.until(
        """() => Promise.all([...document.querySelectorAll("image")].map(one => {
            const sheet = new Image();
            sheet.src = one.href.baseVal;
            return sheet.decode();
        }))"""
    )
    tab.page.wait_for_timeout(700)  # details are asked for once a snapshot was looked at
    return Image.open(io.BytesIO(tab.page.screenshot())).convert("RGB")


def main() -> None:
    said = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    said.add_argument("--run", type=Path, help="a run to show, instead of a new training")
    said.add_argument("--marked", type=Path, help="likewise, for the debug view")
    said.add_argument("--images", type=Path, default=IMAGES, help="folder of the pictures")
    options = said.parse_args()
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        run = options.run or trained(Path(folder))
        page = exported(run, Path(folder) / "solar_cells.html")
        photographed(browser, page, options.images, views)
        moving(browser, page, options.images / "tab.webp")
        marked = options.marked or trained_on_a_mark(Path(folder))
        page = exported(marked, Path(folder) / "marked_digits.html")
        mistakes: State = {"view": "debug"}
        photographed(browser, page, options.images, lambda _: {"debug_tab": mistakes}, TALL)


if __name__ == "__main__":
    main()
