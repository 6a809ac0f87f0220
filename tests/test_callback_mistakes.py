"""What a training shows of its worst mistakes."""

import io

import pytest
import torch
from lightning.pytorch.loggers import TensorBoardLogger
from PIL import Image
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

from neurflow_lightning import ProbeSet
from neurflow_lightning import callback as callback_module
from neurflow_lightning.errors import ConfigError, ProbeError
from neurflow_lightning.tensorboard_plugin.checking import unpack_mistakes
from neurflow_lightning.training import analysis, messages
from neurflow_lightning.training.mistakes import explained_mistakes
from trainings import Classifier, differences, fit, footprint, images, loader, neurflow, trainer


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
    assert text.count("*× normal*: how active") == 1
    wrong = records_of(events)[-1]["wrong"]
    assert f"{len(callback.mistakes)} of {wrong} mistakes among" in text
    told = [(one.report.predicted not in (0, 2), -one.report.margin) for one in callback.mistakes]
    assert told == sorted(told)  # the callback's targets are 0 and 2


def records_of(events, tag="neurflow_tab/mistakes"):
    """What the NeurFlow tab is told of mistakes, snapshot by snapshot."""
    found = events.Tensors(tag)
    told = [unpack_mistakes(one.tensor_proto.string_val[0]) for one in found]
    assert [one["step"] for one in told] == [one.step for one in found]
    return told


def test_the_tab_is_told_of_them_with_what_they_were_taken_for_before(tmp_path):
    logger, callback = TensorBoardLogger(tmp_path), neurflow(debug_images=2)
    fit(tmp_path, callback, logger=logger, max_epochs=3)
    events = events_of(logger)
    told = records_of(events)
    assert [one["step"] for one in told] == [6, 12, 18]
    assert [len(one["past"]) for one in told[-1]["mistakes"]] == [2] * len(callback.mistakes)
    for one, mistake in zip(told[-1]["mistakes"], callback.mistakes, strict=True):
        assert (one["image"], one["predicted"]) == (mistake.image, mistake.report.predicted)
        for step, taken, sure, right, shown in one["past"]:
            earlier = next(one for one in told if one["step"] == step)
            known = {mistake["image"]: mistake for mistake in earlier["mistakes"]}
            assert shown == (one["image"] in known)
            if shown:
                assert known[one["image"]]["predicted"] == taken
            assert (taken == one["true"]) == (sure == right)
        effects = [group["effect"] for circuit in one["circuits"] for group in circuit["groups"]]
        fired = [group["fired"] for circuit in one["circuits"] for group in circuit["groups"]]
        assert [effect is not None for effect in effects] == fired
    images = events.Tensors("neurflow_tab/mistaken_images")[-1].tensor_proto.string_val
    sheet = Image.open(io.BytesIO(images[0]))
    assert sheet.format == "JPEG"


def test_earlier_answers_are_kept_only_as_long_as_they_are_told(tmp_path, monkeypatch):
    monkeypatch.setattr(callback_module, "PAST", 0)
    logger, callback = TensorBoardLogger(tmp_path), neurflow(debug_images=2)
    fit(tmp_path, callback, logger=logger, max_epochs=2)
    last = records_of(events_of(logger))[-1]
    assert last["mistakes"]
    assert not any(one["past"] for one in last["mistakes"])


def test_a_validation_of_an_earlier_step_is_told_as_what_it_is(tmp_path):
    callback = neurflow(debug_images=2, on_validate=True)
    fit(tmp_path, callback)
    logger = TensorBoardLogger(tmp_path)
    trainer(tmp_path, callback, logger=logger).validate(Classifier(), loader(), verbose=False)
    (told,) = records_of(events_of(logger))
    assert told["step"] == 0
    assert [one["past"] for one in told["mistakes"]] == [[]] * len(callback.mistakes)


def test_large_ones_are_warned_of_once(tmp_path, monkeypatch):
    monkeypatch.setattr(messages, "LARGE_BYTES", 10)
    logger = TensorBoardLogger(tmp_path)
    with pytest.warns(UserWarning, match="smaller debug_images helps") as warned:
        fit(tmp_path, neurflow(debug_images=1), logger=logger, max_epochs=2)
    assert sum("smaller debug_images" in str(one.message) for one in warned) == 1


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


def test_mistakes_of_the_snapshot_before_do_not_stand_in(tmp_path, monkeypatch):
    found = []

    def once(*args, **settings):
        if found:
            raise RuntimeError("on purpose")
        found.append(explained_mistakes(*args, **settings))
        return found[0]

    monkeypatch.setattr(analysis, "explained_mistakes", once)
    callback = neurflow(debug_images=2, on_error="warn")
    with pytest.warns(UserWarning, match="on purpose"):
        fit(tmp_path, callback, max_epochs=2)
    assert found[0][0]
    assert callback.mistakes == ()


def test_a_perfect_network_has_none_and_the_tab_is_told_so(tmp_path):
    probes = ProbeSet(torch.rand(6, 1, 8, 8), torch.zeros(6, dtype=torch.long))
    model, logger = Classifier(), TensorBoardLogger(tmp_path)
    model.net.head.bias.data = torch.tensor([100.0, 0.0, 0.0])
    callback = neurflow(debug_images=1, probes=probes, targets=[0])
    fit(tmp_path, callback, model=model, logger=logger, max_epochs=1)
    assert callback.mistakes == ()
    events = events_of(logger)
    (told,) = records_of(events)
    assert (told["images"], told["wrong"], told["mistakes"]) == (6, 0, [])
    assert "neurflow_tab/mistaken_images" not in events.Tags()["tensors"]


@pytest.mark.parametrize("wrong", [-1, 1.5, True, None])
def test_a_wrong_number_is_refused(wrong):
    with pytest.raises(ConfigError, match="debug_images="):
        neurflow(debug_images=wrong)
