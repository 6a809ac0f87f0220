"""The NeurFlow tab of TensorBoard: a run's circuits, and how they change.

TensorBoard finds :class:`~neurflow_lightning.tensorboard_plugin.loader.NeurFlowLoader` by its entry
point. Nothing here loads torch or Lightning: TensorBoard imports it at start, for everybody.

=============  ==============================================================================
``loader``     what TensorBoard asks at start
``plugin``     routes and their answers
``reading``    which records of a run hold, and what is in them
``checking``   whether a record is one: every value from a file is looked at here
``frontend/``  sources of the page (TypeScript)
``static/``    the page, built from them
=============  ==============================================================================
"""

from __future__ import annotations

from pathlib import Path

from neurflow_lightning.errors import NeurFlowError

FRONT_END = Path(__file__).parent / "static" / "index.js"


class FrontEndError(NeurFlowError, FileNotFoundError):
    """The built page is not there."""


def front_end() -> str:
    """The built page, one JavaScript module.

    Raises:
        FrontEndError: when it was not built or not installed.
    """
    try:
        return FRONT_END.read_text(encoding="utf-8")
    except OSError as error:
        raise FrontEndError(
            f"{FRONT_END}: the NeurFlow tab's page cannot be read ({error.strerror}). Install "
            "neurflow-lightning again; in a checkout, run `npm ci && npm run build` in "
            "neurflow_lightning/tensorboard_plugin/frontend."
        ) from error
