"""``neurflow``: circuits of checkpoints made, shown, compared, checked and named from a shell.

``show``, ``export``, ``diff``, ``check``, ``accept`` and ``label`` read what is there and load no
torch, but for names by CLIP; ``analyze``, ``evaluate``, ``debug``, ``bisect`` of checkpoints and
``check --checkpoints`` run the network.

A command ends with 0 when all is well, with 1 when a condition failed, and with 2 when it was
misused or could not be done: then one line on standard error says what was wanted.
"""

from __future__ import annotations

import io
import os
import sys
import traceback
from collections.abc import Sequence

from neurflow_lightning import __version__
from neurflow_lightning.cli.arguments import parse
from neurflow_lightning.errors import NeurFlowError
from neurflow_lightning.render.text import visible_text

__all__ = ["main"]

MISUSED = 2
"""Also where an error was not foreseen: 1, what Python would end with, means a failed check."""

INTERRUPTED = 130


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; its exit status.

    Args:
        argv: what follows ``neurflow``; ``None`` for the process's own arguments.
    """
    _write_any_character()
    try:
        command = parse(sys.argv[1:] if argv is None else argv, __version__)
        return command.run()
    except NeurFlowError as error:
        sys.stderr.write(f"neurflow: {visible_text(str(error))}\n")
    except BrokenPipeError:  # the reader, such as `head`, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except KeyboardInterrupt:
        sys.stderr.write("neurflow: interrupted\n")
        return INTERRUPTED
    except Exception:  # in code of the user's, or a mistake of ours: only a traceback helps
        sys.stderr.writelines(map(_visible_line, traceback.format_exc().splitlines()))
    return MISUSED


def _write_any_character() -> None:
    """A terminal that has no sign for a character gets its number instead of an error."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _visible_line(line: str) -> str:
    indent = line[: len(line) - len(line.lstrip())]
    return f"{indent}{visible_text(line)}\n"
