"""What one pass keeps, and where activations are taken from when it did not."""

import numpy as np
import pytest
import torch
from attributing import opened
from torch import Tensor, nn
from torch.nn.functional import max_pool2d, relu

from neurflow_lightning.core.study import Study
from neurflow_lightning.core.sweep import Sweep, sweep

LAYERS = ("a", "b", "c", "head")
INPUTS = torch.randn(9, 3, 12, 12, generator=torch.Generator().manual_seed(0))


class Chain(nn.Module):
    """Puts its input's channels together anew, as GoogLeNet does, which loses their layout."""

    def __init__(self) -> None:
        super().__init__()
        self.a, self.b = nn.Conv2d(3, 6, 3, padding=1), nn.Conv2d(6, 6, 3, padding=1)
        self.c, self.head = nn.Conv2d(6, 6, 3, padding=1), nn.Linear(6, 2)

    def forward(self, x: Tensor) -> Tensor:
        x = torch.cat([x[:, :1] * 2.0, x[:, 1:]], 1).contiguous()
        a = max_pool2d(relu(self.a(x)), 2)
        return self.head(relu(self.c(relu(self.b(a)))).mean((2, 3)))


class Skipping(Chain):
    """What comes before ``a`` enters above ``c`` too."""

    def forward(self, x: Tensor) -> Tensor:
        a = relu(self.a(x))
        return self.head(relu(self.c(relu(self.b(a)))).mean((2, 3)) + x.mean((1, 2, 3))[:, None])


class Remembering(Chain):
    """``a`` enters above ``c`` too, and is the smallest value all segments can be entered from."""

    def forward(self, x: Tensor) -> Tensor:
        a = relu(self.a(x))
        small = max_pool2d(a, 4)
        wide = relu(self.c(relu(self.b(small)).repeat(1, 1, 8, 8)))
        return self.head(wide.mean((2, 3)) + small.mean((2, 3)))


def all_rows(study: Study) -> np.ndarray:
    return np.arange(len(study.patches))


def keeping(study: Study, *layers: str) -> Sweep:
    """A sweep that kept just these layers."""
    swept = sweep(study, all_rows(study), lambda _: None)
    assert set(swept.kept) >= set(layers)
    for segment in study.segments:
        if segment.lower not in layers:
            swept.forget(segment)
    return swept


def test_few_patches_run_at_once_where_the_memory_budget_is_small():
    largest = 6 * 12 * 12 * 4  # bytes of one row of ``a``, the largest map
    for room, patches in ((1, 2), (5, 5), (9, 9)):
        with opened(Chain(), INPUTS, LAYERS, memory_budget=10 * room * largest) as study:
            assert study.network.largest_bytes == largest
            assert study.batch_size == patches


@pytest.mark.parametrize("kept", [(), ("a",), ("b",), ("a", "b"), ("a", "b", "c")])
def test_activations_are_those_of_the_network_wherever_they_are_taken_from(kept):
    rows = np.array([7, 2, 2])
    with opened(Chain(), INPUTS, LAYERS, batch_size=2) as study:
        swept = keeping(study, *kept)
        for segment in study.segments:
            lower, context = swept.entering(study, segment, rows)
            true = study.network.activations(study.inputs(rows))[segment.lower]
            torch.testing.assert_close(lower, true)
            assert context == ()


def test_the_network_runs_again_only_for_what_lies_below_all_that_was_kept(monkeypatch):
    with opened(Chain(), INPUTS, LAYERS, batch_size=2) as study:
        swept = keeping(study, "b")
        passes = []
        inputs = Study.inputs
        monkeypatch.setattr(Study, "inputs", lambda *args: passes.append(1) or inputs(*args))
        for segment in reversed(study.segments):  # from a, b and c
            swept.entering(study, segment, np.array([1, 0]))
            assert bool(passes) == (segment.lower == "a")


BYTES_OF_A = len(INPUTS) * 6 * 12 * 12 * 4


@pytest.mark.parametrize(
    ("budget", "top_k", "kept"),
    [
        (10**8, 9, {"a", "b", "c"}),
        (10**8, 1, {"a", "b"}),  # one patch of the target is all that is needed of c
        (2 * BYTES_OF_A, 9, {"a"}),  # though b and c are smaller
        (2 * BYTES_OF_A - 1, 9, {"b", "c"}),
    ],
)
def test_shallow_layers_are_kept_first_and_none_of_which_few_patches_are_needed(
    budget, top_k, kept
):
    settings = {"memory_budget": budget, "top_k": top_k, "tau": 2}
    with opened(Chain(), INPUTS, LAYERS, **settings) as study:
        assert set(sweep(study, all_rows(study), lambda _: None).kept) == kept


@pytest.mark.parametrize(
    ("network", "budget", "kept"),
    [
        (Skipping, 10**8, "context"),
        (Skipping, 10**4, "nothing"),
        (Remembering, 10**8, "context"),
        (Remembering, 2 * BYTES_OF_A, "stem"),
        (Remembering, 2 * BYTES_OF_A - 1, "nothing"),
    ],
)
def test_what_else_enters_a_segment_is_kept_or_captured_again(network, budget, kept):
    rows = np.array([3, 1])
    with opened(network(), INPUTS, LAYERS, batch_size=2, memory_budget=budget) as study:
        swept = sweep(study, all_rows(study), lambda _: None)
        last = study.segments[-1]
        assert last.needs_context
        assert (last.upper in swept.contexts, swept.stem is not None) == (
            kept == "context",
            kept == "stem",
        )
        lower, context = swept.entering(study, last, rows)
        capture = last.capture(study.inputs(rows))
        torch.testing.assert_close(lower, capture.lower)
        torch.testing.assert_close(context, capture.context)


def test_a_layout_that_the_network_loses_is_given_back_where_it_counts():
    seen: list[bool] = []
    network = Chain()
    network.b.register_forward_hook(
        lambda _, args, out: seen.append(args[0].is_contiguous(memory_format=torch.channels_last))
    )
    with opened(network, INPUTS, LAYERS, batch_size=4) as study:
        assert study.layout is torch.channels_last
        seen.clear()
        swept = sweep(study, all_rows(study), lambda _: None)
        assert seen and all(seen)
        true = study.network.responses(study.inputs(all_rows(study)))
    for layer in LAYERS[:-1]:
        most = torch.from_numpy(np.asarray(swept.top[layer].activations)).max()
        torch.testing.assert_close(most, true[layer].max())
