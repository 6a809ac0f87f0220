"""Answers kept on disk by what was asked, so that no question is paid for twice.

A file's name is the SHA-256 of address, model, prompt and pictures; in it is the answer's text
alone. It is checked as one that just came: anybody may have written it.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from neurflow_lightning.errors import LabelError
from neurflow_lightning.storage import write_file

_LARGEST = 2**20


def default_cache() -> Path:
    """The user's own folder for caches."""
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "neurflow-lightning" / "labels"


@dataclass(frozen=True)
class AnswerCache:
    """Answers in a folder, which is made when the first one is kept."""

    folder: Path

    def get(self, question: str) -> str | None:
        """The answer to a question by its :func:`digest`; ``None`` where there is none to read."""
        path = self._path(question)
        try:
            if path.stat().st_size > _LARGEST:
                return None
            answer = json.loads(path.read_bytes())["answer"]
        except (OSError, ValueError, TypeError, KeyError, RecursionError):
            return None
        return answer if isinstance(answer, str) else None

    def put(self, question: str, answer: str) -> None:
        """Keep an answer.

        Raises:
            LabelError: when it cannot be written.
        """
        try:
            write_file(self._path(question), json.dumps({"answer": answer}).encode())
        except OSError as error:
            raise LabelError(f"{self.folder}: Cannot be written: {error.strerror}.") from error

    def _path(self, question: str) -> Path:
        return self.folder / question[:2] / f"{question}.json"


def digest(address: str, body: Mapping[str, Any]) -> str:
    """What a question is known by: the same for the same address, model, prompt and pictures."""
    written = json.dumps([address, body], sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(written.encode()).hexdigest()
