"""Where a change came: few looks, the right step, and no silence where it came and went."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from neurflow_lightning.cli.searching import find_step


def searched(changed: list[bool]):
    asked: list[int] = []

    def is_changed(place: int) -> bool:
        asked.append(place)
        return changed[place]

    return find_step(len(changed), is_changed), asked


@given(st.integers(2, 300), st.data())
def test_a_change_that_came_once_is_found(count, data):
    at = data.draw(st.integers(1, count - 1))
    step, asked = searched([place >= at for place in range(count)])
    assert (step.good, step.bad, step.is_monotone) == (at - 1, at, True)
    assert len(asked) == len(set(asked)) <= math.ceil(math.log2(max(count - 1, 1))) + 2
    assert not {0, count - 1} & set(asked)


@given(st.lists(st.booleans(), max_size=60))
def test_what_is_found_is_always_a_step(between):
    changed = [False, *between, True]
    step, asked = searched(changed)
    assert step.bad == step.good + 1
    assert (changed[step.good], changed[step.bad]) == (False, True)
    assert step.looked == {place: changed[place] for place in {0, len(changed) - 1, *asked}}
    wrong = [place for place, one in step.looked.items() if one != (place >= step.bad)]
    assert step.is_monotone == (not wrong)


def test_a_change_that_went_again_is_noticed():
    changed = [False] * 5 + [True] * 5 + [False] * 9 + [True]
    step, _ = searched(changed)
    assert not step.is_monotone


@pytest.mark.parametrize(("count", "looks"), [(2, 0), (3, 1), (4, 2)])
def test_short_rows(count, looks):
    step, asked = searched([False] * (count - 1) + [True])
    assert (step.good, len(asked)) == (count - 2, looks)
