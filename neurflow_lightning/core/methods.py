"""Attribution methods by name.

A method is given by a name of :data:`METHODS`, as ``package.module:function``, or as a function
(:class:`~neurflow_lightning.core.attribution.AttributionMethod`). The package's own:

======================  ========================================================================
``auto``                for each layer pair the cheapest of the next five whose attributions
                        predict knockouts as well as those of the best one
``gradient``            gradient × activation, one pass
``midpoint``            one node, half-way
``norm-held-gradient``  gradient × activation with the norms held, one pass
``norm-held``           integrated gradients with the norms held, four nodes
``ig``                  integrated gradients as in the paper, ``NeurFlowConfig.nodes`` nodes
======================  ========================================================================

Other gates are held by names such as ``norm+softmax-held`` or ``norm+gate-held-gradient``
(:mod:`~neurflow_lightning.core.gates`). All other names are methods to compare with; those of
Captum and of zennit need these packages.
"""

from __future__ import annotations

import importlib
import importlib.util
import sys
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import cast

from torch import Tensor

from neurflow_lightning.core.attribution import (
    AttributionMethod,
    AttributionRequest,
    PathAttribution,
)
from neurflow_lightning.core.gates import GateKind
from neurflow_lightning.errors import ConfigError
from neurflow_lightning.method_names import (
    AUTO,
    BASELINES,
    CAPTUM,
    CUSTOM,
    METHODS,
    ZENNIT,
    check_method_name,
    held_gates,
    is_address,
)
from neurflow_lightning.types import SegmentAttribution

HELD_NODES = 4
"""Nodes of a path along which gates are held; more changed no core neuron in our measurements."""

PATH_ATTRIBUTIONS: Mapping[str, PathAttribution] = {
    "gradient": PathAttribution(at_input=True),
    "midpoint": PathAttribution(nodes=1),
    "norm-held-gradient": PathAttribution(hold=("norm",), at_input=True),
    "norm-held": PathAttribution(hold=("norm",), nodes=HELD_NODES),
    "ig": PathAttribution(),
}
"""The package's own methods, the cheapest first."""

_HOME = "neurflow_lightning.evaluation"
_ADDRESSES: Mapping[str, str] = {
    **{name: f"{_HOME}.captum_methods:{name}" for name in CAPTUM},
    **{name: f"{_HOME}.relevance:{name}" for name in ZENNIT},
    **{name: f"{_HOME}.baselines:{name}" for name in BASELINES},
}
"""Name → the function of a method to compare with."""

_NEEDS = {"captum": CAPTUM, "zennit": ZENNIT}
"""Package, and extra that installs it → the methods that import it."""


def find_method(method: str | AttributionMethod) -> AttributionMethod:
    """The attribution method of a name, or the given function.

    Raises:
        ConfigError: for a name that does not exist, or one that needs a missing package.

    >>> find_method("norm-held").nodes
    4
    """
    if not isinstance(method, str):
        if not callable(method):
            raise ConfigError(
                f"attribution={method!r}: expected a name such as 'auto', or a function from an "
                "AttributionRequest to a tensor."
            )
        return method
    check_available([method])
    if method == AUTO:
        from neurflow_lightning.core.choosing import AutomaticAttribution

        return AutomaticAttribution()
    if method in PATH_ATTRIBUTIONS:
        return PATH_ATTRIBUTIONS[method]
    if method == CUSTOM:
        raise ConfigError(
            "attribution='custom' is what snapshots record of a function without an address. Give "
            "the function itself."
        )
    if (held := held_gates(method)) is not None:
        hold = cast("tuple[GateKind, ...]", held[0])
        if held[1]:
            return PathAttribution(hold=hold, at_input=True)
        return PathAttribution(hold=hold, nodes=HELD_NODES)
    return _imported(_ADDRESSES.get(method, method))


def recorded_method(
    record: SegmentAttribution, asked: AttributionMethod | None = None
) -> AttributionMethod:
    """The method that a snapshot recorded, with its nodes.

    Args:
        record: of a layer pair.
        asked: the function itself, for one that was recorded without an address.

    Raises:
        ConfigError: for one that cannot be found here.

    >>> recorded_method(SegmentAttribution("norm-held", 8, ("norm",))).nodes
    8
    """
    if asked is not None and method_name(asked) == record.method:
        return asked
    method = find_method(record.method)
    # Integrated gradients without nodes of their own take the config's, which lie as it says.
    if isinstance(method, PathAttribution) and method.nodes is not None:
        return replace(method, nodes=record.nodes)
    return method


def attributed(method: AttributionMethod, request: AttributionRequest) -> Tensor:
    """(B, C') attributions by any method, checked and on the device of the request.

    Raises:
        ConfigError: for anything else than a finite tensor of that shape.
    """
    values = method(request)
    expected = len(request), request.width
    if not isinstance(values, Tensor):
        raise ConfigError(
            f"{method_name(method)} returned {type(values).__name__}: expected a tensor of shape "
            f"{expected}."
        )
    if values.shape != expected:
        raise ConfigError(
            f"{method_name(method)} returned a tensor of shape {tuple(values.shape)} for "
            f"{len(request)} inputs: expected {expected}, one number for each input and neuron of "
            f"{request.segment.lower!r}."
        )
    if not values.isfinite().all():
        raise ConfigError(
            f"{method_name(method)} returned NaN or infinite numbers for neuron {request.neuron} "
            f"of {request.segment.upper!r}: expected finite ones."
        )
    return values.detach().to(request.lower.device)


def check_available(names: Iterable[str]) -> None:
    """Check all names before any work is done.

    Raises:
        ConfigError: for a name that does not exist, or one that needs a missing package.
    """
    asked = list(names)
    for name in asked:
        check_method_name(name)
    for package, methods in _NEEDS.items():
        missing = [name for name in asked if name in methods]
        if missing and importlib.util.find_spec(package) is None:
            left = ", ".join(name for name in METHODS if name not in methods)
            raise ConfigError(
                f"{', '.join(missing)}: {package} is not installed. Install the extra: pip install "
                f"'neurflow-lightning[{package}]'; or choose among {left}."
            )


def method_name(method: AttributionMethod) -> str:
    """What a method is called in snapshots, tables and messages.

    >>> method_name(PathAttribution(hold=("norm",), at_input=True)), method_name(PathAttribution())
    ('norm-held-gradient', 'ig')
    """
    if isinstance(method, PathAttribution):
        return _path_name(method)
    if getattr(method, "name", None) == AUTO:
        return AUTO
    module, name = (getattr(method, one, "") for one in ("__module__", "__qualname__"))
    # Of an object, a bound method or a partial there is an address at most of its class.
    is_there = getattr(sys.modules.get(module), name, None) is method
    known = {address: short for short, address in _ADDRESSES.items()}
    address = f"{module}:{name}"
    return known.get(address, address) if is_there and is_address(address) else CUSTOM


def _path_name(method: PathAttribution) -> str:
    for name, known in PATH_ATTRIBUTIONS.items():
        if known == method:
            return name
    if not method.hold:
        return CUSTOM  # evenly laid nodes of its own: no name has these
    held = f"{'+'.join(method.hold)}-held"
    return f"{held}-gradient" if method.at_input else held


def _imported(address: str) -> AttributionMethod:
    module, _, attribute = address.partition(":")
    try:
        found: AttributionMethod = getattr(importlib.import_module(module), attribute)
    except (ImportError, AttributeError, ValueError) as error:
        raise ConfigError(
            f"{address!r} cannot be imported: {error}. Expected package.module:function."
        ) from error
    if not callable(found):
        raise ConfigError(f"{address!r} is no function but a {type(found).__name__}.")
    return found
