"""What is evaluated and how thoroughly: every number in one frozen value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from neurflow_lightning.errors import ConfigError, near_matches
from neurflow_lightning.method_names import AUTO, CAPTUM, check_method_name

EVALUATIONS = ("optimality", "fidelity", "weights")

OURS = (AUTO, "ig", "norm-held")
"""Attribution methods of the package whose weights are compared with others'."""

RIVALS = ("activation_magnitude", "weight_norm", "neuron_mct")
"""Ways to choose neurons that core neurons are compared with, beside random sets."""


@dataclass(frozen=True, kw_only=True)
class EvaluationSettings:
    """What is evaluated and how thoroughly.

    Args:
        what: of ``"optimality"``, ``"fidelity"`` and ``"weights"``, at least one.
        taus: core neurons a neuron may keep, each at least 1: smaller circuits are made of the
            snapshot's by cutting each neuron's core neurons off there. Those above the snapshot's
            own τ are left out; if none is left, its own τ is taken.
        sets: random sets of one size, at least 2.
        neurons: of each layer, at most so many are looked at for optimality and weights, the most
            important ones first; at least 1.
        search_runs: how many sets the search for the best one may try, for one neuron; at least 1.
            Exhaustive search is done where there are no more sets than this, greedy search over
            as many candidates as this allows.
        search_neurons: of each layer and target, for how many neurons is searched; 0 for none.
        set_sizes: neurons in a set whose summed attribution is compared with its effect.
        weight_sets: random sets of each of these sizes, at least 3.
        methods: attribution methods whose weights are compared, ``"auto"`` being the circuit's own:
            names of
            :data:`~neurflow_lightning.method_names.METHODS`, or ``package.module:function``.
        rivals: ways to choose neurons that core neurons are compared with, likewise.
        seed: of everything that is drawn.
        batch_size: images in one run of the network when it is masked, at least 1.

    Raises:
        ConfigError: for a value out of its range.

    >>> EvaluationSettings(what=["fidelity"]).what
    ('fidelity',)
    """

    what: Sequence[str] = EVALUATIONS
    taus: Sequence[int] = (4, 8, 16)
    sets: int = 20
    neurons: int = 6
    search_runs: int = 100
    search_neurons: int = 1
    set_sizes: Sequence[int] = (1, 5, 10, 20, 50)
    weight_sets: int = 40
    methods: Sequence[str] = (*OURS, *CAPTUM, "activation_magnitude", "neuron_mct")
    rivals: Sequence[str] = RIVALS
    seed: int = 0
    batch_size: int = 128

    def __post_init__(self) -> None:
        least = {
            "sets": 2,
            "neurons": 1,
            "search_runs": 1,
            "search_neurons": 0,
            "weight_sets": 3,
            "seed": 0,
            "batch_size": 1,
        }
        for name, low in least.items():
            _check_whole(name, getattr(self, name), low)
        for name in ("taus", "set_sizes"):
            values = _listed(name, getattr(self, name))
            for one in values:
                _check_whole(name, one, 1)
            object.__setattr__(self, name, tuple(sorted(set(values))))
        for name in ("what", "methods", "rivals"):
            values = _listed(name, getattr(self, name), empty=name == "rivals")
            for value in map(str, values):
                if name != "what":
                    check_method_name(value)
                elif value not in EVALUATIONS:
                    raise ConfigError(
                        f"what: {value!r} is none. {near_matches(value, EVALUATIONS)}"
                    )
            object.__setattr__(self, name, tuple(dict.fromkeys(values)))

    def taus_of(self, tau: int) -> tuple[int, ...]:
        """Those that can be had of a snapshot with this τ; its own where none can.

        >>> EvaluationSettings().taus_of(8), EvaluationSettings().taus_of(2)
        ((4, 8), (2,))
        """
        return tuple(one for one in self.taus if one <= tau) or (tau,)

    @property
    def all_methods(self) -> tuple[str, ...]:
        """Every method that will be used."""
        used = {"optimality": self.rivals, "fidelity": self.rivals, "weights": self.methods}
        return tuple(dict.fromkeys(name for what in self.what for name in used[what]))


def _listed(name: str, values: object, *, empty: bool = False) -> tuple[object, ...]:
    if isinstance(values, str) or not isinstance(values, Sequence) or not (values or empty):
        raise ConfigError(f"{name}={values!r}: wanted a list of at least one.")
    return tuple(values)


def _check_whole(name: str, value: object, least: int) -> None:
    if isinstance(value, bool) or not isinstance(value, int) or value < least:
        raise ConfigError(f"{name}={value!r}: wanted a whole number of at least {least}.")
