"""What TensorBoard asks of the plugin at start.

TensorBoard imports this module for everybody who has the package, and an error in that import keeps
it from starting: it loads nothing but TensorBoard's own base class.
"""

from __future__ import annotations

from argparse import Namespace
from typing import Any

from tensorboard.plugins import base_plugin

PLUGIN = "neurflow"
ALL = 0
"""As a number of samples TensorBoard takes it for no limit."""


class NeurFlowLoader(base_plugin.TBLoader):  # type: ignore[misc]  # TensorBoard has no types
    """Makes the plugin, and has TensorBoard keep every snapshot of a run."""

    def fix_flags(self, flags: Namespace) -> None:
        """Keep all snapshots, where TensorBoard would keep 10; ``--samples_per_plugin`` holds."""
        samples = getattr(flags, "samples_per_plugin", None)
        if isinstance(samples, dict):
            samples.setdefault(PLUGIN, ALL)

    def load(self, context: Any) -> Any:
        """The plugin; TensorBoard reports what goes wrong here and starts without it."""
        from neurflow_lightning.tensorboard_plugin.plugin import NeurFlowPlugin

        return NeurFlowPlugin(context)
