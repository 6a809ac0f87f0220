"""The standard dashboards of a real TensorBoard, looked at in a real browser."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from lightning.pytorch.loggers import TensorBoardLogger

from factories import make_snapshot
from needs import need_command, need_module
from neurflow_lightning.publish import (
    publish_concept_vectors,
    publish_snapshot,
    snapshot_scalars,
)

FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE = 60_000  # milliseconds until the page must have shown what it was asked for
STEPS = (10, 20)

DEEP_IMAGES = """(function within(root) {
    const below = [...root.querySelectorAll("*")].filter(one => one.shadowRoot);
    const own = [...root.querySelectorAll('img[src*="individualImage"]')];
    return own.concat(...below.map(one => within(one.shadowRoot)));
})(document)"""  # the dashboards' elements hide their images in shadow roots


@pytest.fixture(scope="module")
def chromium() -> str:
    need_module("playwright", "test")
    return need_command("chromium", "chromium")


@pytest.fixture(scope="module")
def run_folder(chromium: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("logs")
    logger = TensorBoardLogger(folder, name="run", version=0)
    for epoch, step in enumerate(STEPS):
        snapshot = make_snapshot(seed=epoch, epoch=epoch, step=step)
        logger.log_metrics(snapshot_scalars(snapshot), step)
        assert publish_snapshot([logger], snapshot, step, layout=epoch == 0) == []
    assert publish_concept_vectors([logger], snapshot, step) == []
    logger.finalize("success")
    return folder


@pytest.fixture(scope="module")
def tensorboard(run_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a TensorBoard that shows the run."""
    said = tmp_path_factory.mktemp("tensorboard") / "stderr"
    command = [sys.executable, "-m", "tensorboard.main", "--logdir", str(run_folder)]
    command += ["--host", "127.0.0.1", "--port", "0", "--samples_per_plugin", "images=1000"]
    with said.open("w") as errors, subprocess.Popen(command, stderr=errors) as server:
        try:
            yield _address(said, server)
        finally:
            server.terminate()


def _address(said: Path, server: subprocess.Popen[bytes]) -> str:
    while server.poll() is None:
        found = re.search(r"http://127\.0\.0\.1:\d+/", said.read_text())
        if found:
            return found[0]
    raise AssertionError(f"TensorBoard ended before it served: {said.read_text()}")


@pytest.fixture
def page(chromium: str) -> Iterator[Any]:
    """A page that fails the test on any error in it and on any request that leaves the machine."""
    from playwright.sync_api import sync_playwright

    errors: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        one = browser.new_page(viewport={"width": 1500, "height": 1100})
        one.set_default_timeout(PATIENCE)
        one.on("pageerror", lambda error: errors.append(str(error)))
        one.route(re.compile(r"^https?://(?!127\.0\.0\.1[:/])"), lambda route: route.abort())
        yield one
        browser.close()
    assert errors == []


def _kept(page: Any, name: str) -> None:
    """Keep a screenshot where ``NEURFLOW_SCREENSHOTS`` names a folder for them."""
    folder = os.environ.get("NEURFLOW_SCREENSHOTS")
    if folder:
        page.screenshot(path=str(Path(folder) / f"{name}.png"))


def test_images_dashboard_shows_the_circuit(page: Any, tensorboard: str):
    page.goto(f"{tensorboard}#images&tagFilter=functional%2Fcircuit")
    page.wait_for_function(f"() => {DEEP_IMAGES}.some(one => one.complete && one.naturalWidth > 0)")
    sizes = page.evaluate(f"() => {DEEP_IMAGES}.map(one => [one.naturalWidth, one.naturalHeight])")
    assert sizes[0][0] == 1200
    _kept(page, "images")


def test_text_dashboard_shows_the_tables(page: Any, tensorboard: str):
    page.goto(f"{tensorboard}#text")
    page.get_by_text("Circuit of functional").first.wait_for()
    assert page.locator("th", has_text="completeness gap").first.is_visible()
    assert page.locator("td", has_text="layer3").count() > 0
    _kept(page, "text")


def test_hostile_class_name_is_text_in_the_text_dashboard(page: Any, tensorboard: str):
    page.goto(f"{tensorboard}#text")
    shown = page.get_by_text("Circuit of <b>crack</b> & |pipe|").first
    shown.wait_for()
    assert "<b>" not in shown.inner_html()


def test_custom_scalars_dashboard_has_a_chart_for_each_metric(page: Any, tensorboard: str):
    page.goto(f"{tensorboard}#custom_scalars")
    page.get_by_text("NeurFlow: core neurons").first.wait_for()
    page.get_by_text("NeurFlow: completeness gap").first.wait_for()
    page.get_by_text("whole analysis").first.wait_for(state="attached")
    page.get_by_text("Matches (2)").first.wait_for()
    _kept(page, "custom_scalars")


def test_projector_lists_every_layer(page: Any, tensorboard: str):
    with page.expect_response(re.compile("projector/info")) as answer:
        page.goto(f"{tensorboard}#projector")
    names = {one["tensorName"] for one in answer.value.json()["embeddings"]}
    assert names == {f"neurflow/{layer}:00020" for layer in ("layer2", "layer3", "fc")}
    with page.expect_response(re.compile("sprite_image")) as sprite:
        page.wait_for_load_state()
    assert sprite.value.ok
    tab = page.frame_locator('iframe[src*="name=projector"]').frame_locator("iframe")
    tab.locator(".numDataPoints", has_text=re.compile(r"^[1-9]")).wait_for()
    _kept(page, "projector")
