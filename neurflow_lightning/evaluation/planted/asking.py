"""A selector asked about one layer pair, or made to find whole circuits as ours are found."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial

import numpy as np
import torch
from torch import Tensor, nn

from neurflow_lightning.config import NeurFlowConfig
from neurflow_lightning.core.attribution import Attribution
from neurflow_lightning.core.packing import LayerWork
from neurflow_lightning.core.pipeline import analyze_study
from neurflow_lightning.core.probes import ProbeSet
from neurflow_lightning.core.segments import Network, open_network
from neurflow_lightning.core.study import analysis_mode, open_study
from neurflow_lightning.evaluation.selectors import Question, Selector, ask
from neurflow_lightning.types import Snapshot

ALL = (1.0,)
"""Granularities: an image is its own only patch."""


@contextmanager
def opened(model: nn.Module, layers: Sequence[str], inputs: Tensor) -> Iterator[Network]:
    """A network in evaluation mode, open at ``layers``."""
    with analysis_mode(model):
        yield open_network(model, layers, inputs[:3])


def concept_question(
    network: Network, lower: str, upper: str, neuron: int, inputs: Tensor, top_k: int
) -> Question:
    """A question about the neuron's concept: the ``top_k`` inputs on which it is most active."""
    segment = network.segment(lower, upper)
    active = network.responses(inputs)[upper][:, neuron]
    rows = active.sort(descending=True, stable=True).indices[:top_k]
    return ask(network, segment, neuron, inputs[rows])


def positions(question: Question) -> int:
    """Places that each lower neuron has; a selector's numbers are means over them."""
    return question.lower[0].numel() // question.width


def response_change(question: Question) -> Tensor:
    """(B,) φ(x) − φ(0)."""
    with torch.no_grad():
        return question.answer(question.lower) - question.answer(torch.zeros_like(question.lower))


def missing(question: Question, answer: Tensor) -> Tensor:
    """(B,) completeness gap of an answer: what all neurons get, minus the response's change."""
    return answer.sum(1) * positions(question) - response_change(question)


def gap_share(questions: Sequence[Question], answers: Sequence[Tensor]) -> float:
    """Σ|gap| / Σ|change| over all neurons and inputs: the share that the quadrature misses."""
    pairs = list(zip(questions, answers, strict=True))
    gap = sum(float(missing(question, answer).abs().sum()) for question, answer in pairs)
    return gap / sum(float(response_change(question).abs().sum()) for question in questions)


def knockout_effect(question: Question, neurons: Sequence[int]) -> Tensor:
    """(B,) what the response loses when lower neurons are set to 0."""
    out = torch.tensor(list(neurons), dtype=torch.long)
    with torch.no_grad():
        left = question.answer(question.lower.index_fill(question.axis, out, 0.0))
        return question.answer(question.lower) - left


def single_effects(question: Question) -> Tensor:
    """(C',) exact ablation: the mean effect of each lower neuron's knockout alone."""
    return torch.stack(
        [knockout_effect(question, [neuron]).mean() for neuron in range(question.width)]
    )


def circuits_by(
    selector: Selector,
    model: nn.Module,
    probes: ProbeSet,
    layers: Sequence[str],
    targets: Sequence[int],
    config: NeurFlowConfig,
) -> Snapshot:
    """Circuits found as ours are, but with a selector's answers in the place of attributions.

    Scores choose core neurons, signed means weigh the edges; what groups neurons is the same for
    all. With ``integrated_gradients`` these are the circuits of ``analyze``.
    """
    with analysis_mode(model):
        study = open_study(model, probes, layers, targets, config, None)
        return analyze_study(study, attribute=partial(_attributed, selector))


def _attributed(selector: Selector, work: LayerWork) -> Iterator[tuple[int, Attribution]]:
    study, segment = work.study, work.segment
    for place, neuron in enumerate(work.neurons.tolist()):
        lower, context = work.entering(np.asarray(work.patches[place]))
        nodes = tuple(study.nodes(gentle=True))
        question = Question(study.network, segment, neuron, lower, context, nodes)
        answer = selector(question).detach()
        yield (
            place,
            Attribution(
                values=answer,
                completeness_gap=missing(question, answer),
                response_change=response_change(question),
                lower=question.by_neuron(lower),
            ),
        )


def exact_knockout(question: Question) -> Tensor:
    """(B, C') what each neuron's knockout alone does: ablation itself, as a selector.

    The reference that no method of scoring single neurons can be asked to beat, at the price of a
    run of the segment for each neuron. Divided by the positions, as attributions are.
    """
    effects = [knockout_effect(question, [neuron]) for neuron in range(question.width)]
    return torch.stack(effects, 1) / positions(question)
