"""NeurFlow in training: core concept neurons, neuron groups and circuits, watched as they form.

Names are loaded at first use, so that importing the package costs nothing to those who need
only a part of it (TensorBoard imports it at start, without torch or Lightning).
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from neurflow_lightning.applications.debugging import debug_batch, debug_image
    from neurflow_lightning.callback import NeurFlowCallback
    from neurflow_lightning.config import NeurFlowConfig
    from neurflow_lightning.core.intervention import check_edges, intervene
    from neurflow_lightning.core.pipeline import analyze
    from neurflow_lightning.core.probes import ProbeSet
    from neurflow_lightning.errors import NeurFlowError
    from neurflow_lightning.evolution.comparing import measure_drift
    from neurflow_lightning.evolution.reports import DriftReport
    from neurflow_lightning.storage import load_snapshot, save_snapshot
    from neurflow_lightning.types import Circuit, NeuronId, Snapshot

__version__ = "0.1.0"

_HOMES = {
    "Circuit": "types",
    "DriftReport": "evolution.reports",
    "NeurFlowCallback": "callback",
    "NeurFlowConfig": "config",
    "NeurFlowError": "errors",
    "NeuronId": "types",
    "ProbeSet": "core.probes",
    "Snapshot": "types",
    "analyze": "core.pipeline",
    "check_edges": "core.intervention",
    "intervene": "core.intervention",
    "debug_batch": "applications.debugging",
    "debug_image": "applications.debugging",
    "load_snapshot": "storage",
    "measure_drift": "evolution.comparing",
    "save_snapshot": "storage",
}

__all__ = [
    "Circuit",
    "DriftReport",
    "NeurFlowCallback",
    "NeurFlowConfig",
    "NeurFlowError",
    "NeuronId",
    "ProbeSet",
    "Snapshot",
    "analyze",
    "check_edges",
    "debug_batch",
    "debug_image",
    "intervene",
    "load_snapshot",
    "measure_drift",
    "save_snapshot",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
