"""What a training shows of its worst mistakes."""

import io

import pytest
import torch
from lightning.pytorch.loggers import TensorBoardLogger
from PIL import Image
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

from neurflow_lightning import ProbeSet
from neurflow_lightning.errors import ConfigError, ProbeError
from trainings import Classifier, differences, fit, footprint, images, neurflow


def events_of(logger):
    sizes = {"tensors": 0, "images": 0}
    return EventAccumulator(logger.log_dir, size_guidance=sizes).Reload()


def test_the_worst_are_shown_at_every_snapshot(tmp_path):
    logger, callback = TensorBoardLogger(tmp_path), neurflow(debug_images=2)
    fit(tmp_path, callback, logger=logger, max_epochs=2)
    events = events_of(logger)
    texts = events.Tensors("neurflow_mistakes/groups")
    assert len(texts) == len(callback.snapshots) == 2
    text = texts[-1].tensor_proto.string_val[0].decode()
    assert 1 <= len(callback.mistakes) <= 2
    for place, one in enumerate(callback.mistakes, 1):
        assert one.report.is_mistake
        assert one.report.true == int(callback.probes.labels[one.image])
        assert f"Probe image {one.image}&#58; taken for" in text
        shown = events.Images(f"neurflow_mistakes/{place}")[-1]
        assert Image.open(io.BytesIO(shown.encoded_image_string)).width > 500
    assert text.count("snapshot by snapshot taken for") == len(callback.mistakes)
    margins = [one.report.margin for one in callback.mistakes]
    assert margins == sorted(margins, reverse=True)


def test_nothing_is_shown_unless_asked_for(tmp_path):
    logger, callback = TensorBoardLogger(tmp_path), neurflow()
    fit(tmp_path, callback, logger=logger)
    tags = events_of(logger).Tags()
    assert not [tag for tag in tags["images"] + tags["tensors"] if "mistakes" in tag]
    assert callback.mistakes == ()


def test_the_training_does_not_notice(tmp_path):
    without = footprint(*fit(tmp_path / "without"))
    watched = footprint(*fit(tmp_path / "with", neurflow(debug_images=3)))
    assert differences(without, watched) == []


def test_without_a_logger_they_are_found_all_the_same(tmp_path):
    callback = neurflow(debug_images=1)
    fit(tmp_path, callback)
    assert len(callback.mistakes) == 1


def test_without_labels_nothing_is_a_mistake(tmp_path):
    probes = ProbeSet(images().tensors[0][:6])
    with pytest.raises(ProbeError, match=r"debug_images needs.*debug_images=0"):
        fit(tmp_path, neurflow(debug_images=1, probes=probes))


def test_what_fails_does_not_end_the_training(tmp_path, recwarn):
    probes = ProbeSet(images().tensors[0][:6])
    used, _ = fit(tmp_path, neurflow(debug_images=1, probes=probes, on_error="warn"))
    assert used.state.finished
    assert any("debug_images" in str(one.message) for one in recwarn)


def test_a_perfect_network_has_none(tmp_path):
    class Perfect(Classifier):
        def forward(self, x):
            return self.net.head(self.net.second(self.net.first(x)).mean((2, 3)))

    probes = ProbeSet(torch.rand(6, 1, 8, 8), torch.zeros(6, dtype=torch.long))
    model = Perfect()
    model.net.head.bias.data = torch.tensor([100.0, 0.0, 0.0])
    callback = neurflow(debug_images=1, probes=probes, targets=[0])
    fit(tmp_path, callback, model=model)
    assert callback.mistakes == ()


@pytest.mark.parametrize("wrong", [-1, 1.5, True, None])
def test_a_wrong_number_is_refused(wrong):
    with pytest.raises(ConfigError, match="debug_images="):
        neurflow(debug_images=wrong)
