"""The story of examples/regression, as it is told there: run once, in full, by the commands."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
import torch

from neurflow_lightning import ProbeSet, load_snapshot
from neurflow_lightning.regression.checking import check_snapshots
from neurflow_lightning.types import PatchGrid

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "examples" / "regression"
sys.path.append(str(FOLDER))

import story  # noqa: E402
import tagged_shapes  # noqa: E402


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    return tmp_path_factory.mktemp("story")


@pytest.fixture(scope="module")
def found(root):
    """The baseline, and the two fine-tunes by name."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        baseline, checked = story.story(root)
    finally:
        torch.set_num_threads(threads)
    return baseline, {each.trained.name: each for each in checked}


@pytest.fixture
def baseline(found):
    return found[0]


@pytest.fixture
def honest(found):
    return found[1]["honest"]


@pytest.fixture
def shortcut(found):
    return found[1]["shortcut"]


class TestAccuracy:
    def test_validation_cannot_tell_the_fine_tunes_apart(self, baseline, honest, shortcut):
        accuracies = [baseline.validation, honest.trained.validation, shortcut.trained.validation]
        assert min(accuracies) >= 0.97
        assert max(accuracies) - min(accuracies) <= 0.02

    def test_pictures_of_any_camera_can(self, baseline, honest, shortcut):
        assert baseline.any_camera >= 0.97
        assert honest.trained.any_camera >= 0.97
        assert shortcut.trained.any_camera <= 0.5


class TestCheck:
    def test_the_honest_fine_tune_passes(self, honest):
        assert (honest.status, honest.report["passed"]) == (0, True)
        assert honest.report["verdict"] in ("stable", "drifting")
        assert honest.evidence == ()

    def test_the_shortcut_fails(self, shortcut):
        assert (shortcut.status, shortcut.report["passed"]) == (1, False)
        assert shortcut.report["verdict"] == "changed"
        failed = [one for one in shortcut.report["findings"] if not one["passed"]]
        assert {one["target"]["name"] for one in failed} == set(story.TARGETS)

    def test_the_evidence_names_the_patches_with_the_tag(self, root, shortcut):
        snapshot = root / "baseline.safetensors"
        assert story.share_with_tag(snapshot) < 0.1
        assert shortcut.tag_share > 0.4
        assert story.share_with_tag(snapshot, shortcut.evidence[:10]) > 0.5

    def test_the_patches_are_those_of_the_probe_set(self, root):
        snapshot = load_snapshot(root / "baseline.safetensors")
        probes = ProbeSet(story.probe_pictures(), torch.tensor([0, 2] * story.IMAGES))
        assert probes.fingerprint(snapshot.config.granularities) == snapshot.probe.fingerprint

    def test_snapshots_say_when_as_a_training_does(self, root):
        """The last epoch is the 24th, and a fine-tune counts anew."""
        told = {
            name: (one.epoch, one.step)
            for name in ("baseline", "honest")
            for one in [load_snapshot(root / f"{name}.safetensors")]
        }
        assert told == {"baseline": (24, 600), "honest": (7, 128)}

    def test_python_says_the_same(self, root, honest, shortcut):
        for each in (honest, shortcut):
            snapshots = [
                load_snapshot(root / f"{name}.safetensors")
                for name in ("baseline", each.trained.name)
            ]
            report = check_snapshots(*snapshots, matching="neurons")
            assert (report.passed, report.verdict) == (each.status == 0, each.report["verdict"])

    @pytest.mark.parametrize(("name", "status"), [("honest", 0), ("shortcut", 1), ("lost", 2)])
    def test_in_a_process_of_its_own_the_check_ends_so(self, root, found, name, status):
        policy = ("--policy", str(FOLDER / "neurflow.yaml"))
        files = ("baseline.safetensors", f"{name}.safetensors")
        ran = subprocess.run(
            [sys.executable, "-m", "neurflow_lightning", "check", *files, *policy],
            cwd=root,
            env={**os.environ, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        assert ran.returncode == status, ran.stdout + ran.stderr

    def test_honest_fine_tunes_as_controls_leave_the_shortcut_a_change(
        self, root, found, tmp_path, capsys
    ):
        """The tag is learned at once; what honest training does in 8 epochs is far from it."""
        network = tagged_shapes.Classifier.load_from_checkpoint
        controls = []
        for seed in (5, 6, 7):
            model = network(root / "baseline.ckpt", learning_rate=story.FINE_TUNING_RATE)
            data = tagged_shapes.TaggedShapes(256, seed=seed)
            story.trained(tmp_path, f"control{seed}", model, data, epochs=2)
            controls.append(tmp_path / f"control{seed}.safetensors")
        for name, status in (("honest", 0), ("shortcut", 1)):
            files = (root / "baseline.safetensors", root / f"{name}.safetensors")
            ended, said = story.neurflow("check", *files, "--controls", *controls)
            assert (ended, "ordinary training (3 controls)" in said) == (status, True)

    def test_what_is_printed_says_so(self, root, found):
        printed = story.told(root, found[0], found[1].values())
        assert printed.index("neurflow: passed") < printed.index("neurflow: FAILED")
        assert "show the tag; of all patches" in printed


class TestPictures:
    def test_the_tag_is_the_labels_only_with_a_leak(self):
        for leak, agreeing in ((False, 0.25), (True, 1.0)):
            images, labels = tagged_shapes.pictures(2000, 0, leak=leak)
            colours = images[:, None, :, -1, -1] - tagged_shapes.CAMERAS[None]
            cameras = colours.abs().sum(dim=2).argmin(dim=1)
            assert float((cameras == labels).float().mean()) == pytest.approx(agreeing, abs=0.04)

    def test_a_share_of_the_labels_is_wrong(self):
        """Of pictures that show any shape, a quarter shows the right one."""
        random = torch.Generator().manual_seed(0)
        masks = tagged_shapes._masks(torch.arange(400) % 4, random)
        assert 0.1 < float(masks.float().mean()) < 0.4
        right, labels = tagged_shapes.pictures(400, 0)
        wrong, same = tagged_shapes.pictures(400, 0, wrong=1.0)
        assert torch.equal(labels, same)
        differ = (right - wrong).abs().amax(dim=(1, 2, 3)) > 0.2
        assert 0.6 < float(differ.float().mean()) < 0.9

    def test_a_patch_shows_the_tag_if_that_covers_a_quarter(self):
        image, _ = tagged_shapes.pictures(1, 0)
        image[:, :, -9:, -9:] = 0.5
        image[:, :, -6:, -6:] = tagged_shapes.CAMERAS[0][:, None, None]
        boxes = [
            *((0, 0, 24, 24), (12, 12, 12, 12), (12, 11, 12, 12), (18, 18, 6, 6)),
            *((15, 15, 6, 6), (15, 14, 6, 6), (0, 0, 12, 12)),
        ]
        shown = tagged_shapes.shows_tag(image, PatchGrid(1, boxes))
        assert shown.tolist() == [False, True, False, True, True, False, False]


class TestEvidence:
    def test_what_shrank_or_went_is_left_out(self):
        parts = [
            {"before": 0.5, "after": 0.1, "patches": [1]},
            {"before": 0.1, "after": -0.5, "patches": [2, 3]},
            {"before": 0.1, "after": None, "patches": [4]},
            {"event": "emerge", "before": [], "after": [{"layer": "head", "number": 0}]},
            {"before": None, "after": 0.1, "patches": [3, 5]},
        ]
        assert story.what_grew(parts) == (2, 3, 5)
