"""Free memory goes back to the system, and not before it should."""

import ctypes
import multiprocessing
import os
import platform
import re
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import numpy as np
import pytest
import torch

from needs import need
from neurflow_lightning.core import memory
from neurflow_lightning.core.memory import give_back, reuse_large_blocks

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


TIMES, VALUES, SIZE = 10, 16, 3 * 2**20


def pages_taken(told: bool) -> int:
    """Pages that the system gave while values came and went, as in runs of a network."""
    import resource  # Windows has none

    def run() -> None:
        values = [np.ones(SIZE, np.uint8) for _ in range(VALUES)]
        del values

    if told:
        reuse_large_blocks()
    run()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    for _ in range(TIMES):
        run()
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before


def test_large_blocks_are_reused(monkeypatch):
    need(platform.libc_ver()[0] == "glibc", "the C library is not glibc")
    settled = [name for name in os.environ if name.startswith("MALLOC_")]
    for name in (*settled, "GLIBC_TUNABLES", "LD_PRELOAD"):  # it learns nothing that is settled
        monkeypatch.delenv(name, raising=False)
    fresh = multiprocessing.get_context("spawn")  # where no large block was freed yet
    pages = []
    for told in (False, True):
        with ProcessPoolExecutor(1, mp_context=fresh) as pool:
            pages.append(pool.submit(pages_taken, told).result())
    all_anew = TIMES * VALUES * SIZE // os.sysconf("SC_PAGE_SIZE")
    assert pages[0] > 0.25 * all_anew
    assert pages[1] < 0.1 * all_anew


@pytest.mark.parametrize(
    ("line", "folder", "files"),
    [
        ("0::/job/step", "job", ("memory.max", "memory.current")),
        ("4:memory:/job", "memory/job", ("memory.limit_in_bytes", "memory.usage_in_bytes")),
    ],
)
def test_limits_of_the_job_bound_what_is_free(line, folder, files, tmp_path):
    own = tmp_path / "cgroup"
    own.write_text(f"1:cpu:/elsewhere\n{line}\n")
    group = tmp_path / "root" / folder
    group.mkdir(parents=True)
    for name, text in zip(files, ("5000\n", "1000\n"), strict=True):
        (group / name).write_text(text)
    (group.parent / files[0]).write_text("max\n")
    (group.parent / files[1]).write_text("0\n")
    assert list(memory._free_in_groups(tmp_path / "root", own)) == [4000]


def test_no_system_without_groups_is_bound_by_them(tmp_path):
    assert list(memory._free_in_groups(tmp_path, tmp_path / "none")) == []


def test_processes_of_a_machine_share_what_is_free(monkeypatch):
    monkeypatch.setattr(memory, "free_memory", lambda device: 8 * 2**30)
    cpu = torch.device("cpu")
    assert memory.budget_of_kept(cpu) == 2**30
    monkeypatch.setenv("LOCAL_WORLD_SIZE", "4")
    assert memory.budget_of_kept(cpu) == 2**28
    monkeypatch.setattr(memory, "free_memory", lambda device: 2**40)
    assert memory.budget_of_kept(cpu) == memory.MOST_KEPT_ON_CPU


def test_a_machine_without_limits_has_what_is_free_on_it(monkeypatch):
    monkeypatch.setattr(memory, "_free_in_groups", lambda: iter(()))
    monkeypatch.setattr(memory, "_free_on_machine", lambda: 7)
    assert memory.free_memory(torch.device("cpu")) == 7
    monkeypatch.setattr(memory, "_free_in_groups", lambda: iter((9, 5)))
    assert memory.free_memory(torch.device("cpu")) == 5
