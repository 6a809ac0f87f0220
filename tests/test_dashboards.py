"""The standard dashboards of a real TensorBoard, looked at in a real browser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from lightning.pytorch.loggers import TensorBoardLogger

from browsers import guarded, keep_picture
from factories import make_snapshot
from neurflow_lightning.publish import (
    publish_concept_vectors,
    publish_snapshot,
    snapshot_scalars,
)
from tensorboards import tensorboard

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

STEPS = (10, 20)

DEEP_IMAGES = """(function within(root) {
    const below = [...root.querySelectorAll("*")].filter(one => one.shadowRoot);
    const own = [...root.querySelectorAll('img[src*="individualImage"]')];
    return own.concat(...below.map(one => within(one.shadowRoot)));
})(document)"""  # the dashboards' elements hide their images in shadow roots


@pytest.fixture(scope="module")
def run_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
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
def address(run_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Of a TensorBoard that shows the run."""
    workplace = tmp_path_factory.mktemp("tensorboard")
    with tensorboard(run_folder, workplace, "--samples_per_plugin", "images=1000") as board:
        yield board.address


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page that fails the test on any error in it and on any request that leaves the machine."""
    with guarded(browser, viewport={"width": 1500, "height": 1100}) as one:
        yield one.page
        keep_picture(one.page)
    one.check()


def test_images_dashboard_shows_the_circuit(page: Page, address: str):
    page.goto(f"{address}#images&tagFilter=functional%2Fcircuit")
    page.wait_for_function(f"() => {DEEP_IMAGES}.some(one => one.complete && one.naturalWidth > 0)")
    sizes = page.evaluate(f"() => {DEEP_IMAGES}.map(one => [one.naturalWidth, one.naturalHeight])")
    assert sizes[0][0] == 1200


def test_text_dashboard_shows_the_tables(page: Page, address: str):
    page.goto(f"{address}#text")
    page.get_by_text("Circuit of functional").first.wait_for()
    assert page.locator("th", has_text="completeness gap").first.is_visible()
    assert page.locator("td", has_text="layer3").count() > 0


def test_hostile_class_name_is_text_in_the_text_dashboard(page: Page, address: str):
    page.goto(f"{address}#text")
    shown = page.get_by_text("Circuit of <b>crack</b> & |pipe|").first
    shown.wait_for()
    assert "<b>" not in shown.inner_html()


def test_custom_scalars_dashboard_has_a_chart_for_each_metric(page: Page, address: str):
    page.goto(f"{address}#custom_scalars")
    page.get_by_text("NeurFlow: core neurons").first.wait_for()
    page.get_by_text("NeurFlow: completeness gap").first.wait_for()
    page.get_by_text("whole analysis").first.wait_for(state="attached")
    page.get_by_text("Matches (2)").first.wait_for()


def test_projector_lists_every_layer(page: Page, address: str):
    with page.expect_response(re.compile("projector/info")) as answer:
        page.goto(f"{address}#projector")
    names = {one["tensorName"] for one in answer.value.json()["embeddings"]}
    assert names == {f"neurflow/{layer}:00020" for layer in ("layer2", "layer3", "fc")}
    with page.expect_response(re.compile("sprite_image")) as sprite:
        page.wait_for_load_state()
    assert sprite.value.ok
    tab = page.frame_locator('iframe[src*="name=projector"]').frame_locator("iframe")
    tab.locator(".numDataPoints", has_text=re.compile(r"^[1-9]")).wait_for()
