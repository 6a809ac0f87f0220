"""A run, or a comparison, as one self-contained page: the NeurFlow tab without TensorBoard.

The page holds its data and the same front end as the tab. It opens from a disk, asks for nothing,
and cannot: its content security policy allows one script, known by its digest, and no request.
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from neurflow_lightning.render.mistakes import MistakesRecord
from neurflow_lightning.render.record import Record
from neurflow_lightning.render.text import visible_text

NO_STATE: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True, eq=False)
class PageRun:
    """A run as a page holds it.

    Attributes:
        name: for people; another for each run of a page.
        records: by ascending step.
        wall_times: seconds since 1970, one for each record.
        mistakes: step → the mistakes of that snapshot, where they are told.
    """

    name: str
    records: Sequence[Record]
    wall_times: Sequence[float]
    mistakes: Mapping[int, MistakesRecord] = field(default_factory=dict)


def page(
    runs: Sequence[PageRun],
    script: str,
    *,
    title: str,
    state: Mapping[str, Any] = NO_STATE,
) -> str:
    """The page.

    Args:
        runs: what it holds.
        script: the built front end, an ES module.
        title: of the page, any text.
        state: what it shows first; the names are those of the front end's state.

    >>> written = page([], "start()", title="<a> & b")
    >>> "<title>&lt;a&gt; &amp; b</title>" in written
    True
    """
    program = script_text(script)
    digest = base64.b64encode(hashlib.sha256(program.encode()).digest()).decode()
    policy = (
        f"default-src 'none'; script-src 'sha256-{digest}'; style-src 'unsafe-inline'; "
        "img-src data: blob:; base-uri 'none'; form-action 'none'"
    )
    body = (
        f'<script type="application/json" id="neurflow-data">{json_text(_data(runs, state))}'
        "</script>\n"
        f'<script type="module">{program}</script>\n'
        "<noscript>This page draws circuits with JavaScript, which is off.</noscript>\n"
    )
    return document(title, policy, body)


def document(title: str, policy: str, body: str, style: str = "") -> str:
    """A whole page in HTML.

    Args:
        title: any text.
        policy: what the page may do, as a content security policy.
        body: HTML.
        style: CSS.
    """
    return (
        "<!DOCTYPE html>\n"
        '<html lang="en">\n'
        "<head>\n"
        '<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{html.escape(policy)}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f"<title>{html.escape(visible_text(title))}</title>\n"
        f"{f'<style>{style}</style>' if style else ''}"
        "</head>\n"
        "<body>\n"
        f"{body}"
        "</body>\n"
        "</html>\n"
    )


def json_text(content: Mapping[str, Any]) -> str:
    r"""JSON that nothing in it can end early: no ``<`` is left as it is.

    >>> json_text({"name": "</script><!--"})
    '{"name":"\\u003c/script>\\u003c!--"}'
    """
    # ASCII alone, so that not even half of a character outside the basic plane does harm.
    written = json.dumps(content, allow_nan=False, separators=(",", ":"))
    return written.replace("<", "\\u003c")


def script_text(script: str) -> str:
    r"""A program that can stand inside a page: in text and patterns ``<\/script`` says the same.

    >>> script_text("a = '</script>'; b = /<!--/")
    "a = '<\\/script>'; b = /<\\!--/"
    """
    inert = re.sub(r"<(?=/script)", r"<\\", script, flags=re.IGNORECASE)
    # Browsers read "<!-- … <script" as the beginning of a script within the script.
    inert = inert.replace("<!--", "<\\!--")
    return inert.replace("\r\n", "\n").replace("\r", "\n")  # as a browser reads it: the digest


def _data(runs: Sequence[PageRun], state: Mapping[str, Any]) -> dict[str, Any]:
    return {"runs": {run.name: _run(run) for run in runs}, "state": dict(state)}


def _run(run: PageRun) -> dict[str, Any]:
    return {
        "graphs": [record.graph for record in run.records],
        "wall_times": list(run.wall_times),
        "sheets": [_addresses(record) for record in run.records],
        "mistakes": {
            str(step): {"record": one.content, "sheets": _addresses(one)}
            for step, one in run.mistakes.items()
        },
    }


def _addresses(record: Record | MistakesRecord) -> list[str]:
    return [jpeg_address(sheet) for sheet in record.sheets]


def jpeg_address(picture: bytes) -> str:
    """A JPEG as an address that holds all of it."""
    return f"data:image/jpeg;base64,{base64.b64encode(picture).decode()}"
