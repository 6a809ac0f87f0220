"""Names of attribution methods, known without torch: :mod:`neurflow_lightning.core.methods`."""

from __future__ import annotations

import re
from collections.abc import Mapping

from neurflow_lightning.errors import ConfigError, near_matches

AUTO = "auto"
PATH_METHODS = ("gradient", "midpoint", "norm-held-gradient", "norm-held", "ig")
"""The package's own."""

CAPTUM = (
    "saliency",
    "gradient_activation",
    "guided_backprop",
    "smooth_grad",
    "gradient_shap",
    "deep_lift",
    "internal_influence",
    "conductance",
)
ZENNIT = ("lrp",)
BASELINES = (
    "activation_magnitude",
    "activation_correlation",
    "weight_norm",
    "neuron_mct",
    "random",
)
NOT_COMPLETE = frozenset(
    {
        *("gradient", "saliency", "gradient_activation", "guided_backprop", "smooth_grad"),
        *("internal_influence", *BASELINES),
    }
)
"""Methods whose attributions do not add up to what is attributed."""

METHODS = (AUTO, *PATH_METHODS, *CAPTUM, *ZENNIT, *BASELINES)
"""All names: the package's own, those of Captum and zennit, and baselines to compare with."""

GATE_KINDS = ("norm", "softmax", "gate", "activation")
"""What may be held at its true value: see :mod:`neurflow_lightning.core.gates`."""

_HELD = re.compile(r"(?P<kinds>[a-z]+(\+[a-z]+)*)-held(?P<gradient>-gradient)?")
_ADDRESS = re.compile(r"[A-Za-z_][\w.]*:[A-Za-z_][\w.]*")

CUSTOM = "custom"
"""What a function without an address is called, such as a lambda."""

FORMERLY: Mapping[str, str] = {"integrated_gradients": "ig"}


def held_gates(name: str) -> tuple[tuple[str, ...], bool] | None:
    """Gates and whether one pass is taken, of a name such as ``norm+softmax-held-gradient``.

    >>> held_gates("norm-held"), held_gates("ig")
    ((('norm',), False), None)
    """
    match = _HELD.fullmatch(name)
    if match is None or not set(kinds := match["kinds"].split("+")) <= set(GATE_KINDS):
        return None
    return tuple(kinds), match["gradient"] is not None


def is_own(name: str) -> bool:
    """Whether a name is of one of the package's methods, those of libraries among them.

    >>> is_own("norm-held"), is_own("mine:method"), is_own("custom")
    (True, False, False)
    """
    return name in METHODS or held_gates(name) is not None


def is_address(name: str) -> bool:
    """Whether a name is that of a function: ``package.module:function``."""
    return _ADDRESS.fullmatch(name) is not None


def check_method_name(name: str) -> None:
    """Refuse a name that no method has; whether a function can be imported is not looked at.

    Raises:
        ConfigError: names near matches.

    >>> check_method_name("norm-held")
    """
    if name == CUSTOM or is_own(name) or is_address(name):
        return
    hint = near_matches(name, METHODS)
    if name in FORMERLY:
        hint = f"It is called {FORMERLY[name]!r} now."
    raise ConfigError(f"No attribution method is named {name!r}. {hint}")
