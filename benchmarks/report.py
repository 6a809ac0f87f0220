"""What the benchmarks say at their end, and RESULTS.md, put together from what they said.

python benchmarks/report.py          # benchmarks/results/*.md → benchmarks/RESULTS.md
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from _measuring import Machine

SECTIONS = (
    *("against_reference", "floor", "ablation", "scaling", "families", "overhead"),
    *("calibration", "tab"),
)
"""The benchmarks whose results make the page, in its order."""

RESULTS = Path(__file__).with_name("results")
PAGE = Path(__file__).with_name("RESULTS.md")


@dataclass(frozen=True)
class Report:
    """What a benchmark found.

    Attributes:
        script: its file's name.
        title: of its section.
        on: the machine, as it was when the benchmark began.
        text: what was measured and how; what follows from it.
        table: the results.
        numbers: every single measurement, plain values.
    """

    script: str
    title: str
    on: Machine
    text: str
    table: str
    numbers: Mapping[str, Any]

    def section(self) -> str:
        """The section of the page, in Markdown."""
        return (
            f"## {self.title}\n\nMade by `benchmarks/{self.script}.py`. {self.on}.\n\n"
            f"{self.text}\n\n{self.table}\n"
        )


def parser(doc: str | None, rounds: int) -> argparse.ArgumentParser:
    """The arguments that every benchmark takes."""
    made = argparse.ArgumentParser(description=(doc or "").splitlines()[0])
    made.add_argument("--rounds", type=at_least_one, default=rounds, help="medians are over these")
    made.add_argument("--quick", action="store_true", help="tiny sizes: whether it works")
    made.add_argument("--out", type=Path, help="JSON with every measurement")
    made.add_argument("--markdown", type=Path, help="file for the section with table and machine")
    return made


def at_least_one(text: str) -> int:
    """A whole number of at least 1."""
    if not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r}: wanted a whole number of at least 1.")
    return int(text)


def tell(report: Report, options: argparse.Namespace) -> None:
    """Print the table, and write what was asked for."""
    print(f"{report.title}\n{report.on}\n\n{report.table}\n\n{report.text}")
    if options.out:
        found = {"machine": asdict(report.on), "quick": options.quick, **report.numbers}
        options.out.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    if options.markdown:
        warning = "\n**A quick run: it shows that the benchmark works, no more.**\n"
        options.markdown.write_text(
            report.section() + (warning if options.quick else ""), encoding="utf-8"
        )


def say(line: str) -> None:
    """How far a benchmark is."""
    print(line, file=sys.stderr, flush=True)


def page(folder: Path) -> str:
    """RESULTS.md from the sections in a folder.

    Raises:
        FileNotFoundError: where there is none.
    """
    paths = {name: folder / f"{name}.md" for name in SECTIONS}
    found = [path.read_text(encoding="utf-8") for path in paths.values() if path.is_file()]
    if not found:
        raise FileNotFoundError(f"{folder} holds no section of any benchmark: run `make bench`.")
    missing = [name for name, path in paths.items() if not path.is_file()]
    left_out = f"\nNot measured: {', '.join(missing)}.\n" if missing else ""
    head = "# Results\n\nMade by `make bench`; every single measurement is in `results/`.\n"
    return "\n".join([head + left_out, *found])


def main(arguments: Sequence[str] | None = None) -> int:
    made = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    made.add_argument("--results", type=Path, default=RESULTS, help="folder of the sections")
    made.add_argument("--to", type=Path, default=PAGE, help="where to write the page")
    options = made.parse_args(arguments)
    options.to.write_text(page(options.results), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
