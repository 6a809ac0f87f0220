"""A labeller: any endpoint that speaks OpenAI's chat completions and takes images.

Crops are sent on sheets, a picture of many: endpoints differ in how many pictures they take, and
all take one. They are drawn anew, so that nothing but their pixels is sent; neither the class nor
the names of files are.
"""

from __future__ import annotations

import base64
import io
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from PIL import Image, ImageDraw

from neurflow_lightning.applications.labelling.answers import (
    DESCRIPTION_SCHEMA,
    PICKS_SCHEMA,
    ROLE,
    describe_prompt,
    pick_prompt,
    read_description,
    read_picks,
)
from neurflow_lightning.applications.labelling.asking import Description, Question
from neurflow_lightning.applications.labelling.cache import AnswerCache, digest
from neurflow_lightning.applications.labelling.wire import Endpoint, Wire
from neurflow_lightning.errors import LabelError, LabellingStopped
from neurflow_lightning.render.text import visible_text
from neurflow_lightning.render.thumbnails import fit_square

SIDE = 128
"""Pixels of a crop on a sheet."""

_COLUMNS = 6
_GAP, _CAPTION = 8, 14

_Answer = TypeVar("_Answer")


@dataclass(frozen=True)
class EndpointLabeller:
    """Asks a multimodal language model.

    Attributes:
        endpoint: where, and what it may take.
        cache: of answers; ``None`` to ask for everything.
        wire: the way there, which counts requests and their cost.

    Raises:
        LabelError: when httpx is not installed.
    """

    endpoint: Endpoint
    cache: AnswerCache | None = None
    wire: Wire = field(default=None, repr=False)  # type: ignore[assignment]

    def __post_init__(self) -> None:
        _check_httpx()
        if self.wire is None:
            object.__setattr__(self, "wire", Wire(self.endpoint))

    @property
    def source(self) -> str:
        """The model and its host."""
        return visible_text(f"{self.endpoint.model} at {self.endpoint.host}")[:200]

    def describe(self, question: Question) -> Description:
        """Name one group; see :class:`~neurflow_lightning.applications.labelling.Labeller`."""
        sheets = [one for one in (question.shown, question.others) if one]
        return self._asked(
            describe_prompt(question),
            [sheet(pictures) for pictures in sheets],
            ("description", DESCRIPTION_SCHEMA),
            lambda text: read_description(text, question),
        )

    def match(self, description: Description, pictures: Sequence[Image.Image]) -> list[float]:
        """Ask which pictures fit: 1 for those that were picked, else 0."""
        return self._asked(
            pick_prompt(description, len(pictures)),
            [sheet(pictures, numbered=True)],
            ("picks", PICKS_SCHEMA),
            lambda text: read_picks(text, len(pictures)),
        )

    def _asked(
        self,
        prompt: str,
        sheets: Sequence[bytes],
        schema: tuple[str, Mapping[str, Any]],
        read: Callable[[str], _Answer],
    ) -> _Answer:
        """The answer, from the cache if it is there and sound; a malformed one is asked again."""
        body = self._body(prompt, sheets, schema)
        known = digest(self.endpoint.url, body)
        if self.cache is not None and (kept := self.cache.get(known)) is not None:
            try:
                return read(kept)
            except LabelError:
                pass  # an older version's, or tampered with

        def fresh() -> _Answer:
            text = self.wire.ask(body, len(sheets))
            answer = read(text)
            if self.endpoint.is_given_away(f"{text}{answer!r}"):
                raise LabelError("Malformed answer: holds the key.")
            if self.cache is not None:
                self.cache.put(known, text)
            return answer

        try:
            return fresh()
        except LabellingStopped:
            raise
        except LabelError:
            return fresh()  # models err; one that errs twice would again

    def _body(
        self, prompt: str, sheets: Sequence[bytes], schema: tuple[str, Mapping[str, Any]]
    ) -> dict[str, Any]:
        pictures = [
            {
                "type": "image_url",
                "image_url": {
                    "url": f"data:image/jpeg;base64,{base64.b64encode(one).decode('ascii')}"
                },
            }
            for one in sheets
        ]
        body: dict[str, Any] = {
            "model": self.endpoint.model,
            "messages": [
                {"role": "system", "content": ROLE},
                {"role": "user", "content": [{"type": "text", "text": prompt}, *pictures]},
            ],
            "max_tokens": self.endpoint.max_tokens,
            "temperature": 0,
        }
        if self.endpoint.json_schema:
            named = {"name": schema[0], "strict": True, "schema": schema[1]}
            body["response_format"] = {"type": "json_schema", "json_schema": named}
        asked = {**body, **self.endpoint.body}
        return {name: value for name, value in asked.items() if value is not None}


def sheet(pictures: Sequence[Image.Image], *, numbered: bool = False) -> bytes:
    """Pictures side by side as JPEG, numbered from 1 if wanted; the same bytes for the same ones.

    Args:
        pictures: at least one.
        numbered: whether each has its number above it.
    """
    head = _CAPTION if numbered else 0
    columns = min(_COLUMNS, len(pictures))
    rows = math.ceil(len(pictures) / columns)
    size = columns * (SIDE + _GAP) + _GAP, rows * (SIDE + head + _GAP) + _GAP
    page = Image.new("RGB", size, "white")
    draw = ImageDraw.Draw(page)
    for place, picture in enumerate(pictures):
        down, right = divmod(place, columns)
        x, y = _GAP + right * (SIDE + _GAP), _GAP + down * (SIDE + head + _GAP)
        if numbered:
            draw.text((x, y), str(place + 1), fill="black")
        fitted = fit_square(picture, SIDE)
        page.paste(fitted, (x + (SIDE - fitted.width) // 2, y + head))
    buffer = io.BytesIO()
    page.save(buffer, "JPEG", quality=90)
    return buffer.getvalue()


def _check_httpx() -> None:
    try:
        import httpx  # noqa: F401
    except ImportError as error:
        raise LabelError(
            "To ask an endpoint, httpx is needed: pip install 'neurflow-lightning[label]'."
        ) from error
