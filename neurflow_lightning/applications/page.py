"""Reports as one self-contained page that opens without anything else."""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from neurflow_lightning.render.html import document, jpeg_address
from neurflow_lightning.render.text import visible_text

_STYLE = """
body { font: 16px/1.5 system-ui, sans-serif; max-width: 80rem; margin: 2rem auto; padding: 0 1rem; }
img { max-width: 100%; height: auto; border: 1px solid #8886; border-radius: 8px; }
pre { overflow-x: auto; font-size: 13px; line-height: 1.45; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .3rem 1.5rem; }
dt { font-weight: 600; }
dd { margin: 0; }
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


def debugging_page(
    title: str, intro: str, sections: Sequence[Section], terms: Iterable[tuple[str, str]] = ()
) -> str:
    """The page: the introduction, a section for each image, and what the terms in them mean.

    Nothing in it can run or ask for anything: its content security policy allows styles and
    pictures of its own alone.

    >>> "<h1>&lt;a&gt;</h1>" in debugging_page("<a>", "", [])
    True
    """
    policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
    body = "\n".join([_preformatted(intro), *map(_section, sections), _explained(terms)])
    return document(title, policy, f"<h1>{_shown(title)}</h1>\n{body}\n", _STYLE)


def _section(one: Section) -> str:
    picture = ""
    if one.picture is not None:
        alt = html.escape(f"The groups that fired on {visible_text(one.title)}", quote=True)
        picture = f'<img src="{jpeg_address(one.picture)}" alt="{alt}">\n'
    return f"<h2>{_shown(one.title)}</h2>\n{picture}{_preformatted(one.text)}"


def _explained(terms: Iterable[tuple[str, str]]) -> str:
    known = "".join(
        f"<dt>{_shown(term)}</dt><dd>{_shown(meaning)}</dd>\n" for term, meaning in terms
    )
    return f"<h2>How to read this</h2>\n<dl>\n{known}</dl>" if known else ""


def _preformatted(text: str) -> str:
    return f"<pre>{html.escape(text)}</pre>" if text else ""


def _shown(text: str) -> str:
    return html.escape(visible_text(text))
