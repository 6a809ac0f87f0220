"""One protocol for whatever gives lower neurons a score for an upper one.

A :class:`Question` asks: on these inputs, what does each neuron of the lower layer do for *this*
neuron of the upper one? A :class:`Selector` answers with one number for each input and lower
neuron, ``(B, C')``. Two things are read from an answer:

- :func:`scores` ranks: the mean over inputs of absolute values. The neurons with the highest
  scores are the ones *selected*, as core neurons are.
- :func:`weights` sums: the mean over inputs, with its sign, which may be added up over a set.

So attribution methods (signed, per input) and plain rankings (one number a neuron, the same for all
inputs) go through one door. A selector of your own is a function::

    def strongest(question: Question) -> Tensor:
        return question.by_neuron(question.lower)

    scores(strongest(question))

A question is made of a segment alone, without any snapshot: :func:`ask` runs it on inputs.
:data:`~neurflow_lightning.evaluation.settings.METHODS` names those that are here, :func:`selector`
finds them.

Axes: B inputs; C' neurons of the lower layer.
"""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np
import torch
from torch import Tensor

from neurflow_lightning.core.attribution import integrated_gradients
from neurflow_lightning.core.memory import in_batches
from neurflow_lightning.core.quadrature import gauss_legendre
from neurflow_lightning.core.segments import Network, Segment, response
from neurflow_lightning.errors import ConfigError, NeurFlowError, near_matches
from neurflow_lightning.evaluation.settings import BASELINES, CAPTUM, METHODS, OWN
from neurflow_lightning.types import FloatArray

BATCH = 64
"""Inputs attributed at once, unless a question says otherwise."""


class NotApplicableError(NeurFlowError):
    """A method cannot be used on this segment; says why."""


@dataclass(frozen=True, eq=False)
class Question:
    """What do the lower layer's neurons do for one upper neuron on these inputs.

    Attributes:
        network: that the segment belongs to; in evaluation mode.
        segment: between the two layers.
        neuron: of the upper layer.
        lower: (B, ...) activations of the lower layer, without gradient.
        context: what else enters the segment, a row an input.
        nodes: (position, weight) of the quadrature for integrals along a path.
        seed: of what is drawn.
        batch_size: inputs that may be attributed at once.
    """

    network: Network
    segment: Segment
    neuron: int
    lower: Tensor
    context: tuple[Tensor, ...]
    nodes: tuple[tuple[float, float], ...]
    seed: int = 0
    batch_size: int = BATCH

    def __len__(self) -> int:
        return len(self.lower)

    @property
    def width(self) -> int:
        """C', the neurons of the lower layer."""
        return self.network.widths[self.segment.lower]

    @property
    def axis(self) -> int:
        """The axis of ``lower`` that holds them."""
        return self.network.channel_axes[self.segment.lower]

    def answer(self, lower: Tensor) -> Tensor:
        """(B,) responses of the upper neuron to other lower activations, differentiable."""
        upper = self.segment.run(lower, self.context)
        return response(upper, self.network.channel_axes[self.segment.upper])[:, self.neuron]

    def by_neuron(self, values: Tensor) -> Tensor:
        """(B, C') means over the positions of (B, ...) values shaped as ``lower``."""
        return response(values, self.axis)

    def gradient(self, lower: Tensor) -> Tensor:
        """(B, ...) gradient of each input's answer; zero where the segment ignores its input."""
        with torch.enable_grad():
            leaf = lower.detach().requires_grad_()
            answer = self.answer(leaf).sum()
            if not answer.requires_grad:
                return torch.zeros_like(lower)
            (gradient,) = torch.autograd.grad(answer, leaf, allow_unused=True)
        return torch.zeros_like(lower) if gradient is None else gradient

    def part(self, rows: range) -> Question:
        """The same question on some of the inputs."""
        at = slice(rows.start, rows.stop)
        return replace(self, lower=self.lower[at], context=tuple(one[at] for one in self.context))


class Selector(Protocol):
    """Gives every lower neuron a number for each input: (B, C'), on any device.

    A selector that has one number a neuron repeats it for every input. It leaves the model, the
    gradients and every random state as it found them, and gives the same answer to the same
    question. :class:`NotApplicableError` says why it has none.
    """

    def __call__(self, question: Question) -> Tensor:
        """(B, C') what each lower neuron does for the question's neuron."""
        ...


def ask(
    network: Network,
    segment: Segment,
    neuron: int,
    inputs: Tensor,
    *,
    nodes: int = 16,
    node_power: int = 1,
    seed: int = 0,
) -> Question:
    """A question about inputs of the network.

    Args:
        network: opened at both layers of the segment.
        segment: one of the network's.
        neuron: of the segment's upper layer.
        inputs: (B, ...) as the network takes them.
        nodes, node_power: of the quadrature along a path, as ``NeurFlowConfig`` has them.
        seed: of what a selector draws.
    """
    lower, context = segment.entering(inputs)
    path = tuple(gauss_legendre(nodes, node_power))
    return Question(network, segment, neuron, lower, context, path, seed)


def scores(answer: Tensor) -> FloatArray:
    """(C',) by which neurons are ranked: the mean absolute value over the inputs.

    >>> scores(torch.tensor([[1.0, 0.0], [-1.0, 0.5]])).tolist()
    [1.0, 0.25]
    """
    return answer.detach().abs().mean(0).float().cpu().numpy()


def weights(answer: Tensor) -> FloatArray:
    """(C',) what may be added up over sets of neurons: the mean over the inputs.

    >>> weights(torch.tensor([[1.0, 0.0], [-1.0, 0.5]])).tolist()
    [0.0, 0.25]
    """
    return answer.detach().mean(0).float().cpu().numpy()


def selector(name: str) -> Selector:
    """A selector by its name.

    Raises:
        ConfigError: for a name that does not exist, or one of Captum's without Captum.
    """
    check_available([name])
    if name in OWN:
        return own_integrated_gradients
    home = "baselines" if name in BASELINES else "captum_methods"
    module = importlib.import_module(f"neurflow_lightning.evaluation.{home}")
    found: Selector = getattr(module, name)
    return found


def check_available(names: Iterable[str]) -> None:
    """Look whether all selectors are here, before any work is done.

    Raises:
        ConfigError: for a name that does not exist, or one of Captum's without Captum.
    """
    asked = list(names)
    for name in asked:
        if name not in METHODS:
            raise ConfigError(f"No selector is named {name!r}. {near_matches(name, METHODS)}")
    theirs = [name for name in asked if name in CAPTUM]
    if theirs and importlib.util.find_spec("captum") is None:
        left = ", ".join(name for name in METHODS if name not in CAPTUM)
        raise ConfigError(
            f"{', '.join(theirs)}: Captum is not installed. Install the extra: pip install "
            f"'neurflow-lightning[captum]'; or choose among {left}."
        )


def in_parts(question: Question, work: Callable[[Question], Tensor]) -> Tensor:
    """(B, ...) of what treats each input by itself, ``batch_size`` inputs at a time."""
    parts = in_batches(
        range(len(question)), question.batch_size, lambda rows: work(question.part(rows)).detach()
    )
    return torch.cat([one for _, one in parts])


def own_integrated_gradients(question: Question) -> Tensor:
    """T(a, s, v): what core neurons are found by."""

    def work(part: Question) -> Tensor:
        neurons = torch.full((len(part),), part.neuron, device=part.lower.device)
        return integrated_gradients(
            part.network, part.segment, part.lower, part.context, neurons, part.nodes
        ).values

    return in_parts(question, work)


def ranked(found: FloatArray, size: int) -> list[int]:
    """The ``size`` neurons with the highest scores, of equals the lower index first.

    >>> ranked(np.array([0.0, 2.0, 2.0]), 2)
    [1, 2]
    """
    return [int(one) for one in np.argsort(-found, kind="stable")[:size]]
