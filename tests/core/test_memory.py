"""Free memory goes back to the system."""

import ctypes
import os
import re
from pathlib import Path

import numpy as np

from needs import need
from neurflow_lightning.core.memory import give_back

BLOCKS, NUMBERS = 1000, 8000  # small enough for the C library to keep them


def resident() -> int:
    found = re.search(r"VmRSS:\s+(\d+) kB", Path("/proc/self/status").read_text())
    assert found is not None
    return int(found[1]) * 1024


def test_what_is_free_between_blocks_in_use_is_given_back():
    found = os.name == "posix" and hasattr(ctypes.CDLL(None), "malloc_trim")
    need(found, "the C library has no malloc_trim")
    blocks = [np.ones(NUMBERS) for _ in range(BLOCKS)]
    taken = BLOCKS * NUMBERS * 8
    del blocks[: BLOCKS - 1]  # the last one keeps the heap from shrinking by itself
    before = resident()
    give_back()
    assert before - resident() > taken // 2
    assert blocks[0].all()


def test_a_system_without_the_call_is_left_as_it_is(monkeypatch):
    monkeypatch.setattr(ctypes, "CDLL", lambda _: object())
    give_back()
