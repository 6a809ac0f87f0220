"""How a method does on circuits with known answers, from the command line."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser, Namespace, RawDescriptionHelpFormatter
from collections.abc import Sequence
from pathlib import Path

from neurflow_lightning.errors import NeurFlowError
from neurflow_lightning.evaluation.planted.results import PlantedReport
from neurflow_lightning.evaluation.planted.running import (
    SIDE_BY_SIDE,
    TIERS,
    find_planted_method,
    run_planted,
)
from neurflow_lightning.evaluation.planted.tables import all_tables
from neurflow_lightning.render.text import visible_text
from neurflow_lightning.storage import write_file

PASSED, MISSED, MISUSED = 0, 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """0 where all lines are reached but those expected to be missed, 1 elsewhere, 2 for misuse."""
    said = _parser().parse_args(arguments)
    try:
        reports = _reports(said)
    except NeurFlowError as error:
        return _misuse(str(error))
    tables = all_tables(reports, {name: tier.title for name, tier in TIERS.items()})
    written = {
        said.json: json.dumps([one.content() for one in reports], indent=1, ensure_ascii=False),
        said.markdown: "\n".join(table.markdown() for table in tables),
    }
    sys.stdout.write("\n".join(table.text() for table in tables))
    for path, text in written.items():
        if path is not None:
            try:
                write_file(Path(path), f"{text}\n".encode())
            except OSError as error:
                return _misuse(f"{path}: Cannot be written: {error.strerror}.")
    return MISSED if any(one.missed() for one in reports[:1]) else PASSED


def _reports(said: Namespace) -> list[PlantedReport]:
    names = (*(SIDE_BY_SIDE if said.all else ()), *said.methods) or SIDE_BY_SIDE[:1]
    chosen = {name: find_planted_method(name) for name in dict.fromkeys(names)}
    return [
        run_planted(found, name, tiers=said.tiers, quick=said.quick, say=_say)
        for name, found in chosen.items()
    ]


def _parser() -> ArgumentParser:
    parser = ArgumentParser(
        prog="python -m neurflow_lightning.evaluation.planted",
        description=__doc__,
        epilog="tiers:\n" + "\n".join(f"  {name}  {tier.title}" for name, tier in TIERS.items()),
        formatter_class=RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "methods",
        nargs="*",
        metavar="METHOD",
        help="a name such as saliency, or package.module:function; the first one's lines decide "
        "the exit status (default: ig)",
    )
    parser.add_argument("--all", action="store_true", help="those of the documentation, first")
    parser.add_argument("--tiers", nargs="+", default=list(TIERS), metavar="TIER")
    parser.add_argument("--quick", action="store_true", help="fewer networks")
    parser.add_argument("--json", metavar="FILE")
    parser.add_argument("--markdown", metavar="FILE")
    return parser


def _say(what: str) -> None:
    sys.stderr.write(f"{visible_text(what)}\n")


def _misuse(what: str) -> int:
    sys.stderr.write(f"{visible_text(what)}\n")
    return MISUSED


if __name__ == "__main__":
    sys.exit(main())
