"""The CLIP labeller: with known answers, with a small random model, with a real architecture."""

from __future__ import annotations

import dataclasses
import io
import json
import socket

import pytest
import torch
from PIL import Image

from factories import make_snapshot
from needs import need_module
from neurflow_lightning.applications.labelling import Description, Labeller, Matcher, label_snapshot
from neurflow_lightning.applications.labelling.asking import Question
from neurflow_lightning.applications.labelling.clip import SENTENCES, ClipLabeller, load_clip
from neurflow_lightning.applications.labelling.vocabulary import GENERAL, read_vocabulary
from neurflow_lightning.errors import LabelError
from neurflow_lightning.types import GroupId

COLOURS = {"red": (1.0, 0.0, 0.0), "green": (0.0, 1.0, 0.0), "blue": (0.0, 0.0, 1.0)}


class Eyes(torch.nn.Module):
    """A picture's embedding is its mean colour, a text's the colour it names."""

    def encode_image(self, pictures):
        return pictures.mean((2, 3))

    def encode_text(self, tokens):
        return torch.tensor(list(COLOURS.values()))[tokens[:, 0]]


def tokens(texts):
    return torch.tensor(
        [[next(i for i, word in enumerate(COLOURS) if word in text)] for text in texts]
    )


def seen(picture):
    pixels = torch.frombuffer(bytearray(picture.tobytes()), dtype=torch.uint8)
    return pixels.reshape(picture.height, picture.width, 3).permute(2, 0, 1) / 255


def eyes(vocabulary=tuple(COLOURS)):
    return ClipLabeller(Eyes(), seen, tokens, vocabulary, "eyes")


def picture(*colour):
    return Image.new("RGB", (8, 8), tuple(colour))


def jpeg(one):
    buffer = io.BytesIO()
    one.save(buffer, "JPEG")
    return buffer.getvalue()


def question(shown, others=()):
    return Question(0, "x", GroupId("a", 0), tuple(shown), tuple(others), ())


class TestKnownAnswers:
    def test_it_is_what_it_says(self):
        assert isinstance(eyes(), Labeller)
        assert isinstance(eyes(), Matcher)

    def test_the_word_that_fits(self):
        told = eyes().describe(question([picture(200, 10, 20), picture(250, 30, 0)]))
        assert (told.name, told.caption) == ("red", "Also: green, blue.")

    def test_what_fits_the_whole_layer_is_no_name(self):
        """All are red; only the group's own are somewhat green too."""
        own, other = [picture(200, 90, 0)], [picture(200, 0, 0), picture(210, 5, 0)]
        assert eyes().describe(question(own)).name == "red"
        assert eyes().describe(question(own, other)).name == "green"

    def test_a_group_unlike_the_others_is_named_and_scored(self):
        """All patches of one group are green, all others red."""
        snapshot = make_snapshot()
        circuit = snapshot.circuits[0]
        group = circuit.layer_groups("layer3")[0]
        held = {
            int(row)
            for neuron, meaning in group.members
            for row in circuit.neuron(neuron).semantic_groups[meaning].patches
        }
        thumbnails = {
            row: jpeg(picture(20, 220, 20) if row in held else picture(220, 20, 20))
            for row in snapshot.thumbnails
        }
        painted = dataclasses.replace(snapshot, thumbnails=thumbnails)
        found = label_snapshot(painted, eyes(), targets=[0], layers=["layer3"])
        label = found.groups[0].label
        assert (label.name, label.score) == ("green", 1.0)

    def test_match_is_the_cosine(self):
        fits = eyes().match(Description("red"), [picture(255, 0, 0), picture(0, 255, 0)])
        assert fits == pytest.approx([1, 0])
        fits = eyes().match(Description("red"), [picture(255, 255, 0)])
        assert fits == pytest.approx([0.5**0.5], abs=1e-5)

    def test_more_pictures_than_a_batch(self):
        fits = eyes().match(Description("blue"), [picture(0, 0, 9)] * 150)
        assert fits == pytest.approx([1] * 150)

    def test_a_vocabulary_of_one_word_says_nothing(self):
        with pytest.raises(LabelError, match="at least two words"):
            eyes(("red",))


@pytest.fixture(scope="module")
def small_model(tmp_path_factory):
    """A small random model among those of open_clip, and files of its weights."""
    need_module("open_clip", "clip")
    import open_clip
    from safetensors.torch import save_file

    folder = tmp_path_factory.mktemp("clip")
    eye = {"image_size": 32, "layers": 1, "width": 32, "head_width": 16, "patch_size": 8}
    tongue = {"context_length": 77, "vocab_size": 49408, "width": 32, "heads": 2, "layers": 1}
    config = {"embed_dim": 16, "vision_cfg": eye, "text_cfg": tongue}
    (folder / "small-clip.json").write_text(json.dumps(config))
    open_clip.add_model_config(folder)
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        state = open_clip.create_model("small-clip").state_dict()
    torch.save(state, folder / "weights.pt")
    save_file({name: value.contiguous() for name, value in state.items()}, folder / "w.safetensors")
    return folder


@pytest.fixture
def no_network(monkeypatch):
    def refuse(*_, **__):
        raise AssertionError("went to the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


@pytest.mark.usefixtures("no_network")
class TestSmallModel:
    @pytest.mark.parametrize("file", ["weights.pt", "w.safetensors"])
    def test_a_snapshot_is_labelled_offline(self, small_model, file):
        labeller = load_clip("small-clip", str(small_model / file))
        found = label_snapshot(make_snapshot(), labeller, targets=[0])
        assert len(found) == 6
        for one in found.groups:
            assert one.label.name in GENERAL
            assert one.label.source == f"small-clip {file}"
            assert 0 <= one.label.score <= 1
        assert found == label_snapshot(make_snapshot(), labeller, targets=[0])

    def test_against_the_plain_way(self, small_model):
        words = ("stripe", "dog", "corner")
        labeller = load_clip("small-clip", str(small_model / "weights.pt"), vocabulary=words)
        shown = [picture(10, 200, 30), picture(90, 90, 0)]
        with torch.no_grad():
            images = [labeller.model.encode_image(labeller.preprocess(p)[None])[0] for p in shown]
            fits = []
            for word in words:
                said = [
                    labeller.model.encode_text(labeller.tokenize([one.format(word)]))[0]
                    for one in SENTENCES
                ]
                mean = sum(one / one.norm() for one in said)
                fits.append(sum(float(mean / mean.norm() @ (p / p.norm())) for p in images))
        assert labeller.describe(question(shown)).name == words[fits.index(max(fits))]
        matched = labeller.match(Description("dog"), shown)
        assert sum(matched) == pytest.approx(fits[1], abs=1e-5)

    def test_weights_are_not_fetched_unasked(self, small_model):
        with pytest.raises(LabelError, match="not on this machine: allow to fetch"):
            load_clip("ViT-B-32", "laion2b_s34b_b79k")

    def test_tokenizers_are_not_fetched_unasked(self, small_model):
        with pytest.raises(LabelError, match=r"tokenizer .* would have to be fetched"):
            load_clip("roberta-ViT-B-32", "laion2b_s12b_b32k")

    def test_a_download_of_before_is_used(self, small_model, monkeypatch):
        """As it lies in the hub's cache."""
        import huggingface_hub
        import open_clip

        asked = []

        def cached(repository, name):
            asked.append((repository, name))
            return str(small_model / "w.safetensors") if name.endswith(".safetensors") else None

        monkeypatch.setattr(huggingface_hub, "try_to_load_from_cache", cached)
        told = {"hf_hub": "laion/x/", "mean": (0.1, 0.2, 0.3), "std": (1.0, 1.0, 1.0)}
        monkeypatch.setattr(open_clip, "get_pretrained_cfg", lambda *_: told)
        labeller = load_clip("small-clip", "tag")
        assert asked == [("laion/x", "open_clip_model.safetensors")]
        assert tuple(labeller.preprocess.transforms[-1].mean) == (0.1, 0.2, 0.3)

    def test_the_activation_function_is_that_of_the_weights(self, small_model, monkeypatch):
        """Whether they are fetched or were here: else the same words would get other scores."""
        import huggingface_hub
        import open_clip

        file = str(small_model / "w.safetensors")
        monkeypatch.setattr(huggingface_hub, "try_to_load_from_cache", lambda *_: file)
        told = {"hf_hub": "x/y/", "file": file, "quick_gelu": True}
        monkeypatch.setattr(open_clip, "get_pretrained_cfg", lambda *_: told)
        monkeypatch.setattr(open_clip.factory, "get_pretrained_cfg", lambda *_: told)
        fits = [
            load_clip("small-clip", weights, download=download).match(
                Description("dog"), [picture(9, 99, 9)]
            )
            for weights, download in (("tag", False), ("tag", True), (file, False))
        ]
        assert fits[0] == fits[1] != fits[2]

    def test_unknown_model_and_weights(self, small_model):
        with pytest.raises(LabelError, match="Did you mean 'ViT-B-32'"):
            load_clip("ViT-B-33", "openai")
        with pytest.raises(LabelError, match=r"no such weights .* 'openai'"):
            load_clip("ViT-B-32", "openia")

    @pytest.mark.parametrize("name", ["bad.pt", "bad.safetensors"])
    def test_files_that_are_none(self, small_model, name, tmp_path):
        (tmp_path / name).write_bytes(b"\x80\x04junk")
        with pytest.raises(LabelError, match="no weights of 'small-clip' that can be loaded"):
            load_clip("small-clip", str(tmp_path / name))

    def test_files_run_nothing(self, small_model, tmp_path):
        class Evil:
            def __reduce__(self):
                return (open, (str(tmp_path / "ran"), "w"))

        torch.save({"x": Evil()}, tmp_path / "evil.pt")
        with pytest.raises(LabelError, match="that can be loaded"):
            load_clip("small-clip", str(tmp_path / "evil.pt"))
        assert not (tmp_path / "ran").exists()


@pytest.mark.usefixtures("no_network")
def test_a_real_architecture(tmp_path):
    """ViT-S-32 as it is trained (43 million weights), its weights random."""
    need_module("open_clip", "clip")
    import open_clip

    with torch.random.fork_rng(devices=[]):
        torch.save(open_clip.create_model("ViT-S-32-alt").state_dict(), tmp_path / "w.pt")
    labeller = load_clip("ViT-S-32-alt", str(tmp_path / "w.pt"), vocabulary=("dog", "stripe"))
    fits = labeller.match(Description("dog"), [picture(9, 9, 9), picture(200, 0, 0)])
    assert all(-1 <= fit <= 1 for fit in fits)
    assert labeller.describe(question([picture(9, 9, 9)])).name in ("dog", "stripe")


class TestVocabulary:
    def test_the_general_one(self):
        assert 180 < len(GENERAL) == len(set(GENERAL)) < 300
        assert all(word == " ".join(word.split()) for word in GENERAL)

    def test_read(self, tmp_path):
        path = tmp_path / "words.txt"
        path.write_text("# of cells\ncrack\n\ndark corner\ncrack\n")
        assert read_vocabulary(str(path)) == ("crack", "dark corner")

    @pytest.mark.parametrize(
        ("written", "says"),
        [
            (b"one\n", "2 to 50000 words"),
            (b"a\n\xff\n", "UTF-8"),
            (b"a\n" + b"b" * 100, "line 2: wanted at most 80"),
            ("a\nb\u202ec\n".encode(), "line 2: wanted characters that are seen"),
        ],
    )
    def test_refused(self, written, says, tmp_path):
        path = tmp_path / "words.txt"
        path.write_bytes(written)
        with pytest.raises(LabelError, match=says):
            read_vocabulary(str(path))

    def test_no_file(self, tmp_path):
        with pytest.raises(LabelError, match="Cannot be read"):
            read_vocabulary(str(tmp_path / "none.txt"))
