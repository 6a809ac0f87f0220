"""A labeller: an open_clip model that chooses from a vocabulary, on this machine.

A word's fit to a picture is the cosine of their embeddings, the word's averaged over a few
sentences (Radford et al. 2021). A group's name is the word whose mean fit to the group's patches
exceeds that to other groups' patches most: what fits everything in the layer says nothing.

Nothing is fetched unless that is asked for: weights are taken from a file, or from the cache that
an earlier download filled.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import torch
from PIL import Image
from torch import Tensor
from torch.nn.functional import normalize

from neurflow_lightning.applications.labelling.asking import Description, Question
from neurflow_lightning.applications.labelling.vocabulary import GENERAL
from neurflow_lightning.errors import LabelError, near_matches
from neurflow_lightning.labels import LONGEST_NAME
from neurflow_lightning.render.text import visible_text

SENTENCES = ("a photo of {}", "a close-up of {}", "a cropped photo of {}", "{}")
_BATCH = 64
_SAID = 3  # words of a caption


@dataclass(frozen=True, eq=False)
class ClipLabeller:
    """Names groups by the words that fit them best.

    Attributes:
        model: a module with ``encode_image`` and ``encode_text``.
        preprocess: picture → (C, H, W) as the model takes it.
        tokenize: texts → (n, L) tokens.
        vocabulary: the words, at least two.
        source: what the model is called.
        device: where it is.
    """

    model: Any
    preprocess: Callable[[Image.Image], Tensor]
    tokenize: Callable[[list[str]], Tensor]
    vocabulary: tuple[str, ...] = GENERAL
    source: str = "open_clip"
    device: str = "cpu"

    def __post_init__(self) -> None:
        if len(self.vocabulary) < 2:
            raise LabelError("vocabulary: wanted at least two words to choose from.")

    def describe(self, question: Question) -> Description:
        """The word that fits best; the next ones are the caption."""
        fits = (self._pictures(question.shown) @ self._words.T).mean(0)
        if question.others:
            fits = fits - (self._pictures(question.others) @ self._words.T).mean(0)
        best = fits.argsort(descending=True, stable=True)[: 1 + _SAID].tolist()
        name, *next_best = (self.vocabulary[place] for place in best)
        return Description(name, f"Also: {', '.join(next_best)}.")

    def match(self, description: Description, pictures: Sequence[Image.Image]) -> list[float]:
        """The cosine of the name with each picture, in [-1, 1]."""
        fits: list[float] = (self._pictures(pictures) @ self._texts([description.name])[0]).tolist()
        return fits

    @cached_property
    def _words(self) -> Tensor:
        return self._texts(self.vocabulary)

    @torch.inference_mode()
    def _texts(self, words: Sequence[str]) -> Tensor:
        """(n, D) embeddings of unit length."""
        sentences = [sentence.format(word) for word in words for sentence in SENTENCES]
        encoded = (
            self.model.encode_text(self.tokenize(part).to(self.device))
            for part in _batches(sentences)
        )
        each = normalize(torch.cat(list(encoded)).float(), dim=-1)
        return normalize(each.reshape(len(words), len(SENTENCES), -1).mean(1), dim=-1)

    @torch.inference_mode()
    def _pictures(self, pictures: Sequence[Image.Image]) -> Tensor:
        """(n, D) embeddings of unit length."""
        encoded = (
            self.model.encode_image(torch.stack(list(map(self.preprocess, part))).to(self.device))
            for part in _batches(pictures)
        )
        return normalize(torch.cat(list(encoded)).float(), dim=-1)


def load_clip(
    model: str,
    weights: str,
    *,
    vocabulary: Sequence[str] = GENERAL,
    device: str = "cpu",
    download: bool = False,
) -> ClipLabeller:
    """A labeller of an architecture of open_clip and its weights.

    Args:
        model: one of ``open_clip.list_models()``, such as ``"ViT-B-32"``.
        weights: a file, or one of the tags that open_clip knows for the model, such as
            ``"laion2b_s34b_b79k"``.
        vocabulary: the words to choose from.
        device: where it runs.
        download: whether weights that are not on this machine may be fetched.

    Raises:
        LabelError: without open_clip, for a model or weights it does not know or cannot load, and
            for what would have to be fetched.
    """
    open_clip = _open_clip()
    config = open_clip.get_model_config(model)
    if config is None:
        raise LabelError(
            f"open_clip has no model {model!r}. {near_matches(model, open_clip.list_models())}"
        )
    text = config.get("text_cfg", {})
    if not download and (text.get("hf_tokenizer_name") or "siglip" in model.lower()):
        raise LabelError(
            f"The tokenizer of {model!r} would have to be fetched: allow that with --download, or "
            "take a model with CLIP's own, such as 'ViT-B-32'."
        )
    file, settings = _located(open_clip, model, weights, download)
    try:
        network, preprocess = open_clip.create_model_from_pretrained(
            model, pretrained=file, device=device, **settings
        )
        tokenize = open_clip.get_tokenizer(model)
    except Exception as error:  # of torch, safetensors, the hub: each raises its own
        reason = visible_text(str(error))[:300]
        raise LabelError(
            f"{weights}: no weights of {model!r} that can be loaded: {reason}"
        ) from error
    name = visible_text(f"{model} {Path(weights).name}")[: 2 * LONGEST_NAME]
    return ClipLabeller(network.eval(), preprocess, tokenize, tuple(vocabulary), name, device)


def _located(
    open_clip: Any, model: str, weights: str, download: bool
) -> tuple[str, Mapping[str, Any]]:
    """What open_clip is to load, and how pictures are made ready for it."""
    if Path(weights).is_file():
        return weights, {}
    known = open_clip.get_pretrained_cfg(model, weights)
    if not known:
        tags = open_clip.list_pretrained_tags_by_model(model)
        raise LabelError(
            f"{weights!r} is no file, and open_clip knows no such weights of {model!r}. "
            f"{near_matches(weights, tags)}"
        )
    file = weights if download else _cached(known.get("hf_hub", ""))
    if file is None:
        raise LabelError(
            f"The weights {weights!r} of {model!r} are not on this machine: allow to fetch them "
            "with --download, or name their file."
        )
    # What goes with the tag; open_clip itself would only warn of another activation function.
    settings = {
        "image_mean": known.get("mean"),
        "image_std": known.get("std"),
        "image_interpolation": known.get("interpolation"),
        "image_resize_mode": known.get("resize_mode"),
        "force_quick_gelu": known.get("quick_gelu", False),
    }
    return file, settings


def _cached(place: str) -> str | None:
    """The file of weights on the hub, if an earlier download left it here."""
    from huggingface_hub import try_to_load_from_cache

    repository, _, named = place.rpartition("/")
    if not repository:
        return None
    name = named or "open_clip_pytorch_model.bin"
    names = ["open_clip_model.safetensors", name] if name.endswith(".bin") else [name]
    for one in names:
        found = try_to_load_from_cache(repository, one)
        if isinstance(found, str):
            return found
    return None


def _open_clip() -> Any:
    try:
        import open_clip
    except ImportError as error:
        raise LabelError(
            "To label with CLIP, open_clip is needed: pip install 'neurflow-lightning[clip]'."
        ) from error
    return open_clip


def _batches(parts: Sequence[Any]) -> list[Any]:
    return [list(parts[start : start + _BATCH]) for start in range(0, len(parts), _BATCH)]
