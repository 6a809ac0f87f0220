"""Optimality: are the core neurons those whose knockout changes a concept most.

Def. 3 of the paper asks for the set of at most τ lower neurons whose knockout leaves the smallest
share of a neuron's concept. Core neurons are found by attribution instead; here that is held
against

- random sets of the same size, drawn from the whole layer: these must be beaten;
- sets of the same size that others choose (:data:`~.settings.RIVALS`);
- the best set there is, where there are no more than ``search_runs`` sets, or else what greedy
  search finds: from nothing, always adding the neuron that leaves the smallest share, of equal ones
  that which lowers the concept's activations most. Greedy search looks at as many candidates, in
  the order of their attribution, as ``search_runs`` allows: fewer than all make it no upper bound
  of anything but its candidates, and the result says how many they were.

**Degenerate cases.** A concept that holds all patches loses none to any knockout, and a set as
large as the layer has nothing to be compared with: such neurons and sizes are left out, with a
note.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

import numpy as np

from neurflow_lightning.core.attribution import NotApplicableError, scores
from neurflow_lightning.core.methods import find_method
from neurflow_lightning.core.segments import Segment
from neurflow_lightning.core.selection import ranked
from neurflow_lightning.evaluation.knockouts import Knockouts, overlaps
from neurflow_lightning.evaluation.results import Chosen, Optimality
from neurflow_lightning.evaluation.settings import EvaluationSettings
from neurflow_lightning.evaluation.statistics import Values, bootstrap_mean, wilson
from neurflow_lightning.evaluation.subject import Subject, random_set
from neurflow_lightning.types import CoreNeuron, FloatArray, IntArray


@dataclass(frozen=True, eq=False)
class Found:
    """What was measured of one upper neuron at one size of set.

    Attributes:
        upper, lower: the layers.
        tau: the size asked for; a neuron may have fewer core neurons.
        size: of its sets.
        width: neurons of the lower layer.
        core: overlap without its core neurons.
        random: (sets,) without random sets.
        rivals: method → without the sets that others chose, or why there is none.
        greedy, exhaustive: of the searches; NaN without them.
        candidates: of greedy search.
    """

    upper: str
    lower: str
    tau: int
    size: int
    width: int
    core: float
    random: Values
    rivals: Mapping[str, float | str] = field(default_factory=dict)
    greedy: float = math.nan
    exhaustive: float = math.nan
    candidates: int = 0


def measure_optimality(
    subject: Subject, settings: EvaluationSettings, notes: set[str]
) -> Iterator[Found]:
    """Every neuron of one circuit that is looked at, deep to shallow.

    Args:
        subject: the circuit and its network.
        settings: which sizes, and how many neurons and sets.
        notes: told what cannot be compared.
    """
    for segment in subject.segments():
        upper = subject.upper_neurons(segment, settings.neurons)
        nodes = [one for one in upper if len(one.concept.patches) < len(subject.swept.rows)]
        if len(nodes) < len(upper):
            notes.add(
                f"{segment.upper}: concepts of all patches lose none to any knockout; give more "
                "probe images or a smaller top_k"
            )
        if nodes:
            yield from _of_layer(subject, segment, nodes, settings, notes)


def summarise(found: Sequence[Found], settings: EvaluationSettings) -> tuple[Optimality, ...]:
    """A row for each layer pair and size, over all targets."""
    keys = dict.fromkeys((one.upper, one.lower, one.tau) for one in found)
    return tuple(
        _row([one for one in found if (one.upper, one.lower, one.tau) == key], settings)
        for key in keys
    )


# --- one layer ---------------------------------------------------------------------------


def _of_layer(
    subject: Subject,
    segment: Segment,
    nodes: Sequence[CoreNeuron],
    settings: EvaluationSettings,
    notes: set[str],
) -> Iterator[Found]:
    width = subject.study.network.widths[segment.lower]
    uppers = [one.id.index for one in nodes]
    concepts = [one.concept.patches for one in nodes]
    knockouts = Knockouts(subject.study, subject.swept, segment, subject.swept.rows, uppers)
    answers = [_rival_scores(subject, segment, one, settings) for one in nodes]
    random = np.random.default_rng([settings.seed, subject.circuit.target.index, width])
    drawn: dict[int, Values] = {}  # size → (sets, F) overlaps: neurons share the sets

    def overlap(place: int, neurons: Sequence[int] | IntArray) -> float:
        return _overlap(knockouts, knockouts.without(neurons), concepts, place)

    taus = settings.taus_of(subject.study.config.tau)
    for tau in taus:
        for place, node in enumerate(nodes):
            assert node.inputs is not None
            core = node.inputs.sources[:tau]
            size = len(core)
            if size >= width:
                notes.add(f"{segment.lower}: a set of {size} of {width} neurons has no other")
                continue
            if size not in drawn:
                sets = [random_set(random, width, size) for _ in range(settings.sets)]
                drawn[size] = np.stack(
                    [
                        overlaps(knockouts.rows, knockouts.without(one), concepts, knockouts.limit)
                        for one in sets
                    ]
                )
            rivals = {
                name: found if isinstance(found, str) else overlap(place, ranked(found, size))
                for name, found in answers[place].items()
            }
            best = (math.nan, math.nan, 0)
            if tau == taus[0] and place < settings.search_neurons:
                best = _searched(knockouts, node, place, concepts, width, size, settings)
            yield Found(
                *(segment.upper, segment.lower, tau, size, width),
                overlap(place, core),
                drawn[size][:, place],
                rivals,
                *best,
            )


def _overlap(
    knockouts: Knockouts, responses: FloatArray, concepts: Sequence[IntArray], place: int
) -> float:
    """Of one of the neurons."""
    own = responses[:, [place]]
    return float(overlaps(knockouts.rows, own, [concepts[place]], knockouts.limit)[0])


def _rival_scores(
    subject: Subject, segment: Segment, node: CoreNeuron, settings: EvaluationSettings
) -> dict[str, FloatArray | str]:
    """Method → scores of the lower neurons, or why it has none."""
    found: dict[str, FloatArray | str] = {}
    if not settings.rivals:
        return found
    request = subject.request(segment, node.id.index, node.concept.patches, settings.seed)
    for name in settings.rivals:
        try:
            found[name] = scores(find_method(name)(request))
        except NotApplicableError as error:
            found[name] = str(error)
    return found


# --- searching ---------------------------------------------------------------------------


def _searched(
    knockouts: Knockouts,
    node: CoreNeuron,
    place: int,
    concepts: Sequence[IntArray],
    width: int,
    size: int,
    settings: EvaluationSettings,
) -> tuple[float, float, int]:
    """Overlaps of greedy and of exhaustive search, and the candidates of the former."""
    assert node.inputs is not None
    concept = np.searchsorted(knockouts.rows, node.concept.patches)

    def left(neurons: Sequence[int]) -> tuple[float, float]:
        """The overlap, and what stays of the concept's mean activation."""
        responses = knockouts.without(neurons)
        share = _overlap(knockouts, responses, concepts, place)
        return share, float(responses[concept, place].mean())

    ranking = [*node.inputs.sources.tolist(), *node.inputs.runners_up.tolist()]
    others = sorted(set(range(width)) - set(ranking))
    candidates = [*ranking, *others][: greedy_candidates(width, size, settings.search_runs)]
    chosen: list[int] = []
    share = math.nan
    while len(chosen) < size and len(candidates) > len(chosen):
        tried = {one: left([*chosen, one]) for one in candidates if one not in chosen}
        best = min(tried, key=lambda one: (*tried[one], one))
        chosen.append(best)
        share = tried[best][0]
    if len(chosen) < size:
        share = math.nan
    if math.comb(width, size) > settings.search_runs:
        return share, math.nan, len(candidates)
    every = (left(list(one))[0] for one in combinations(range(width), size))
    return share, min(every), len(candidates)


def greedy_candidates(width: int, size: int, runs: int) -> int:
    """Among how many neurons greedy search may look for ``size`` of them in ``runs`` tries.

    ``m`` candidates take m + (m − 1) + … tries, ``size`` of these terms.

    >>> greedy_candidates(64, 4, 100), greedy_candidates(8, 2, 100), greedy_candidates(9, 4, 3)
    (26, 8, 0)
    """
    most = (runs + size * (size - 1) // 2) // size
    return 0 if most < size else min(width, most)


# --- all neurons of a layer pair ---------------------------------------------------------


def _row(found: Sequence[Found], settings: EvaluationSettings) -> Optimality:
    random = np.random.default_rng(settings.seed)
    core = np.array([one.core for one in found])
    drawn = np.stack([one.random for one in found])
    beaten = (drawn > core[:, None]) + 0.5 * (drawn == core[:, None])
    mean = drawn.mean(axis=1)
    gain = np.round(mean - core, 12)  # equal overlaps have means that differ in the last digit
    searched = [one for one in found if one.candidates]
    size = max(one.size for one in found)
    return Optimality(
        upper=found[0].upper,
        lower=found[0].lower,
        size=found[0].tau,
        neurons=len(found),
        sets=settings.sets,
        core=bootstrap_mean(core, random),
        random=bootstrap_mean(mean, random),
        gain=bootstrap_mean(gain, random),
        won=wilson(int((gain > 0).sum()), len(found)),
        beaten=bootstrap_mean(beaten.mean(axis=1), random),
        rivals=tuple(_rival(name, found) for name in settings.rivals),
        searched=len(searched),
        core_searched=_mean([one.core for one in searched]),
        greedy=_mean([one.greedy for one in searched]),
        candidates=max((one.candidates for one in searched), default=0),
        exhaustive=_mean([one.exhaustive for one in searched]),
        combinations=math.comb(found[0].width, size),
    )


def _rival(name: str, found: Sequence[Found]) -> Chosen:
    values = [one.rivals[name] for one in found]
    reason = next((one for one in values if isinstance(one, str)), "")
    return Chosen(name, _mean([one for one in values if not isinstance(one, str)]), reason)


def _mean(values: Sequence[float]) -> float:
    return float(np.mean(values)) if values else math.nan
