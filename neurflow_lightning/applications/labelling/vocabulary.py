"""Words that a model without a language of its own may choose from."""

from __future__ import annotations

from pathlib import Path

from neurflow_lightning.errors import LabelError
from neurflow_lightning.labels import LONGEST_NAME, checked_text

MOST_WORDS = 50_000
_LARGEST_FILE = 8 * 2**20

# Textures are the 47 categories of the Describable Textures Dataset (Cimpoi et al. 2014).
_TEXTURES = """
    banded blotchy braided bubbly bumpy chequered cobwebbed cracked crosshatched crystalline dotted
    fibrous flecked freckled frilly gauzy grid grooved honeycombed interlaced knitted lacelike lined
    marbled matted meshed paisley perforated pitted pleated polka-dotted porous potholed scaly
    smeared spiralled sprinkled stained stratified striped studded swirly veined waffled woven
    wrinkled zigzagged smooth rough blurred noisy
"""
_COLOURS = """
    red orange yellow green cyan blue purple pink brown black white grey dark bright colourful
"""
_SHAPES = """
    line|horizontal line|vertical line|diagonal line|curve|circle|ring|arc|corner|cross|triangle|
    square|rectangle|blob|spot|hole|edge|bright edge|dark edge|parallel lines|crossing lines|loop|
    hook|dark corner|bright corner|bright spot|dark spot|border|shadow|reflection
"""
_PARTS = """
    eye|nose|mouth|ear|face|hand|leg|foot|tail|wing|beak|fur|feather|skin|hair|head|wheel|window|
    door|roof|handle|screen|button|wire|pipe|chain|rope|fence|wall|floor|letter|digit|text|logo
"""
_THINGS = """
    person|dog|cat|bird|fish|insect|horse|snake|flower|leaf|tree|grass|fruit|vegetable|food|car|
    truck|bicycle|boat|aeroplane|train|building|bridge|road|furniture|chair|table|bottle|cup|bag|
    clothing|shoe|hat|book|paper|computer|telephone|tool|instrument|ball|toy
"""
_MATERIALS_AND_PLACES = """
    metal|wood|glass|stone|brick|concrete|plastic|fabric|leather|sand|soil|rust|sky|cloud|water|sea|
    snow|ice|fire|mountain|field|forest|street|room|background
"""


def _listed(text: str, between: str | None = None) -> list[str]:
    return [" ".join(word.split()) for word in text.split(between) if word.strip()]


GENERAL: tuple[str, ...] = tuple(
    dict.fromkeys(
        [
            *(f"{word} texture" for word in _listed(_TEXTURES)),
            *(f"{word} colour" for word in _listed(_COLOURS)),
            *_listed(_SHAPES, "|"),
            *_listed(_PARTS, "|"),
            *_listed(_THINGS, "|"),
            *_listed(_MATERIALS_AND_PLACES, "|"),
        ]
    )
)
"""About two hundred words for textures, colours, shapes, parts and things."""


def read_vocabulary(path: str) -> tuple[str, ...]:
    """The words of a file: one a line, each once; what begins with ``#`` is left out.

    Raises:
        LabelError: names the file and the line.
    """
    try:
        data = Path(path).read_bytes()
        if len(data) > _LARGEST_FILE:
            raise LabelError(f"{path}: wanted at most {_LARGEST_FILE} bytes, got {len(data)}.")
        text = data.decode()
    except OSError as error:
        raise LabelError(f"{path}: Cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise LabelError(f"{path}: wanted text in UTF-8.") from error
    words: dict[str, None] = {}
    for number, line in enumerate(text.splitlines(), 1):
        word = line.strip()
        if word and not word.startswith("#"):
            words[checked_text(f"{path}, line {number}", word, LONGEST_NAME)] = None
    if not 2 <= len(words) <= MOST_WORDS:
        raise LabelError(f"{path}: wanted 2 to {MOST_WORDS} words, one a line, got {len(words)}.")
    return tuple(words)
