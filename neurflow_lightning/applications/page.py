"""Reports as one self-contained page that opens without anything else."""

from __future__ import annotations

import base64
import html
from collections.abc import Sequence
from dataclasses import dataclass

from neurflow_lightning.render.text import visible_text

_STYLE = """
:root { color-scheme: light dark; }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 80rem; margin: 2rem auto; padding: 0 1rem; }
img { max-width: 100%; height: auto; border: 1px solid #8886; border-radius: 8px; }
pre { overflow-x: auto; font-size: 13px; line-height: 1.45; }
"""


@dataclass(frozen=True, eq=False)
class Section:
    """One image on a page.

    Attributes:
        title: any text.
        text: what was found, of many lines.
        picture: as JPEG; ``None`` for what is no image.
    """

    title: str
    text: str
    picture: bytes | None


def debugging_page(title: str, intro: str, sections: Sequence[Section]) -> str:
    """The page: the introduction, then a section for each image.

    Nothing in it can run or ask for anything: its content security policy allows styles and
    pictures of its own alone.

    >>> "<h1>&lt;a&gt;</h1>" in debugging_page("<a>", "", [])
    True
    """
    policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
    body = "\n".join([_preformatted(intro), *map(_section, sections)])
    return (
        "<!DOCTYPE html>\n"
        '<html lang="en">\n'
        "<head>\n"
        '<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{html.escape(policy)}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{_shown(title)}</title>\n"
        f"<style>{_STYLE}</style>\n"
        "</head>\n"
        "<body>\n"
        f"<h1>{_shown(title)}</h1>\n"
        f"{body}\n"
        "</body>\n"
        "</html>\n"
    )


def _section(one: Section) -> str:
    picture = ""
    if one.picture is not None:
        data = base64.b64encode(one.picture).decode()
        alt = html.escape(f"The groups that fired on {visible_text(one.title)}", quote=True)
        picture = f'<img src="data:image/jpeg;base64,{data}" alt="{alt}">\n'
    return f"<h2>{_shown(one.title)}</h2>\n{picture}{_preformatted(one.text)}"


def _preformatted(text: str) -> str:
    return f"<pre>{html.escape(text)}</pre>" if text else ""


def _shown(text: str) -> str:
    return html.escape(visible_text(text))
