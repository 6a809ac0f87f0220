"""What a test needs of the machine: said and skipped where it is missing, an error in CI."""

from __future__ import annotations

import importlib.util
import os
import shutil

import pytest


def need(condition: object, reason: str) -> None:
    """Go on when ``condition`` holds; else skip with ``reason``, or fail where ``CI`` is set."""
    __tracebackhide__ = True
    if condition:
        return
    if os.environ.get("CI"):
        pytest.fail(f"Missing in CI, where nothing may be skipped: {reason}", pytrace=False)
    pytest.skip(reason)


def need_module(name: str, extra: str) -> None:
    """Need an importable module that ``pip install neurflow-lightning[extra]`` brings."""
    __tracebackhide__ = True
    found = importlib.util.find_spec(name)
    need(found, f"{name} is not installed: pip install -e '.[{extra}]'")


def need_command(name: str, package: str) -> str:
    """Need a program on the path, which Debian's ``package`` brings; its full path."""
    __tracebackhide__ = True
    path = shutil.which(name)
    need(path, f"{name} is not installed: apt-get install {package}")
    return str(path)
