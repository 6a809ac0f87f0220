"""Where along a row of checkpoints a change came, found with few looks.

1. Halve: of a stretch whose first checkpoint is unchanged and whose last is changed, look at the
   middle, and go on in the half that still begins unchanged and ends changed.
2. What is left is one step, from an unchanged checkpoint to a changed one. It is *the* change only
   if the change came once and stayed. So look twice more, in the middle of the widest stretch not
   looked at on either side: an unchanged checkpoint after a changed one shows that it did not.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True)
class Step:
    """Where the change came.

    Attributes:
        good: place of the last unchanged checkpoint before it.
        bad: ``good + 1``, the first changed one.
        looked: place → whether it was changed, of every place looked at, ascending.
    """

    good: int
    bad: int
    looked: Mapping[int, bool]

    @property
    def is_monotone(self) -> bool:
        """Whether all looked at are unchanged up to ``good`` and changed from ``bad`` on."""
        return all(changed == (place >= self.bad) for place, changed in self.looked.items())


def find_step(count: int, is_changed: Callable[[int], bool]) -> Step:
    """The step from unchanged to changed among places 0 to ``count - 1``.

    The first place is unchanged and the last one changed: neither is asked for. All others are
    asked at most once, at most ``ceil(log2(count - 1)) + 2`` of them.

    Args:
        count: at least 2.
        is_changed: whether the checkpoint at a place has changed; where the change came and went
            several times, the step found is one of several.

    >>> step = find_step(100, lambda place: place >= 70)
    >>> step.good, step.bad, step.is_monotone, len(step.looked)
    (69, 70, True, 11)
    """
    good, bad = 0, count - 1
    looked = {good: False, bad: True}
    while bad - good > 1:
        middle = (good + bad) // 2
        looked[middle] = is_changed(middle)
        good, bad = (good, middle) if looked[middle] else (middle, bad)
    for first, last in ((0, good), (bad, count - 1)):
        unseen = _unseen_middle(looked, first, last)
        if unseen is not None:
            looked[unseen] = is_changed(unseen)
    return Step(good, bad, dict(sorted(looked.items())))


def _unseen_middle(looked: Mapping[int, bool], first: int, last: int) -> int | None:
    """The middle of the widest stretch without a look; ``None`` where every place was looked at."""
    seen = sorted(place for place in looked if first <= place <= last)
    width, start = max(((b - a, a) for a, b in pairwise(seen)), default=(0, 0))
    return start + width // 2 if width > 1 else None
