"""The plugin's routes, and what they answer.

All are exact, take ``GET`` alone and only the parameters named here, and answer JSON unless said:

- ``index.js``: the page;
- ``runs``: ``{"schema": 1, "runs": [{"name"}…]}``, in TensorBoard's order;
- ``series?run=R&since_step=S&since_time=T``: the light graphs of a run, after step S if given;
- ``detail?run=R&step=S``: one whole graph;
- ``sheet?run=R&step=S&sheet=N``: one JPEG;
- ``mistakes?run=R&step=S``: the mistakes of one snapshot, ``{"steps", "record", "problem"}``;
- ``mistaken_image?run=R&step=S&sheet=N``: one JPEG of their images.

What cannot be answered is ``{"error": "what was wanted, and the way out"}`` with a status of 4xx.
No request names a file.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Mapping
from typing import Any

from tensorboard import errors, plugin_util
from tensorboard.backend import http_util
from tensorboard.plugins import base_plugin
from tensorboard.util import tb_logging
from werkzeug import wrappers

from neurflow_lightning.errors import NeurFlowError
from neurflow_lightning.render.tags import TAB_PLUGIN, TAB_SCHEMA
from neurflow_lightning.tensorboard_plugin import FrontEndError, front_end
from neurflow_lightning.tensorboard_plugin.checking import RecordError
from neurflow_lightning.tensorboard_plugin.reading import Asked, Experiment, NotThereError

logger = tb_logging.get_logger()

JPEG = "image/jpeg"

Request = wrappers.Request
Response = wrappers.Response
Handler = Callable[[Request], Response]


class QueryError(NeurFlowError, ValueError):
    """A request with parameters that the route does not take."""


class MethodError(NeurFlowError, ValueError):
    """A request that is no ``GET``."""


class NotModified(wrappers.Response):
    """That a picture is as it was. TensorBoard warns of answers that do not tell their kind."""

    def get_wsgi_headers(self, environ: Any) -> Any:
        """With the kind, which werkzeug leaves out."""
        headers = super().get_wsgi_headers(environ)
        headers["Content-Type"] = JPEG
        return headers


_STATUS: Mapping[type[Exception], int] = {
    QueryError: 400,
    NotThereError: 404,
    FrontEndError: 404,
    MethodError: 405,
    RecordError: 422,
}


class NeurFlowPlugin(base_plugin.TBPlugin):  # type: ignore[misc]  # TensorBoard has no types
    """The NeurFlow tab."""

    plugin_name = TAB_PLUGIN

    def __init__(self, context: Any) -> None:
        super().__init__(context)
        self._experiment = Experiment(context.data_provider, context.multiplexer)

    def get_plugin_apps(self) -> dict[str, Any]:
        """Route → what answers it."""
        return {
            "/index.js": _route(self._page),
            "/runs": _route(self._runs),
            "/series": _route(self._series, "run", "since_step", "since_time"),
            "/detail": _route(self._detail, "run", "step"),
            "/sheet": _route(self._sheet, "run", "step", "sheet"),
            "/mistakes": _route(self._mistakes, "run", "step"),
            "/mistaken_image": _route(self._mistaken_image, "run", "step", "sheet"),
        }

    def is_active(self) -> bool:
        """Never asked to look: TensorBoard shows the tab where it lists data of the plugin."""
        return False

    def frontend_metadata(self) -> Any:
        """The tab's name and page."""
        return base_plugin.FrontendMetadata(es_module_path="/index.js", tab_name="NeurFlow")

    # --- answers ---------------------------------------------------------------------------

    def _page(self, request: Request, query: Mapping[str, str]) -> Response:
        return _respond(request, front_end(), "text/javascript")

    def _runs(self, request: Request, query: Mapping[str, str]) -> Response:
        names = self._experiment.runs(_asked(request))
        return _json(request, {"schema": TAB_SCHEMA, "runs": [{"name": one} for one in names]})

    def _series(self, request: Request, query: Mapping[str, str]) -> Response:
        since = _whole(query, "since_step") if "since_step" in query else None
        since_time = _seconds(query, "since_time") if "since_time" in query else None
        told = self._experiment.series(_asked(request), _run(query), since, since_time)
        return _respond(request, told, "application/json")

    def _detail(self, request: Request, query: Mapping[str, str]) -> Response:
        run, step = _run(query), _whole(query, "step")
        return _json(request, self._experiment.detail(_asked(request), run, step))

    def _sheet(self, request: Request, query: Mapping[str, str]) -> Response:
        return _jpeg(request, query, self._experiment.sheet)

    def _mistakes(self, request: Request, query: Mapping[str, str]) -> Response:
        run, step = _run(query), _whole(query, "step")
        return _json(request, self._experiment.mistakes(_asked(request), run, step))

    def _mistaken_image(self, request: Request, query: Mapping[str, str]) -> Response:
        return _jpeg(request, query, self._experiment.mistaken_image)


def _jpeg(
    request: Request, query: Mapping[str, str], read: Callable[[Asked, str, int, int], bytes]
) -> Response:
    run, step, sheet = _run(query), _whole(query, "step"), _whole(query, "sheet")
    data = read(_asked(request), run, step, sheet)
    # Asked for again each time, and hardly ever sent: a resumed run writes steps anew.
    digest = hashlib.sha256(data).hexdigest()[:32]
    if request.if_none_match.contains(digest):
        response: Response = NotModified(status=304)
    else:
        response = _respond(request, data, JPEG)
    response.set_etag(digest)
    return response


def _asked(request: Request) -> Asked:
    environ = request.environ
    return Asked(plugin_util.context(environ), plugin_util.experiment_id(environ))


# --- one way for all routes --------------------------------------------------------------


def _route(answer: Callable[[Request, Mapping[str, str]], Response], *names: str) -> Any:
    """A WSGI application that answers ``GET`` with these parameters, and tells of errors."""

    def handle(request: Request) -> Response:
        try:
            if request.method not in ("GET", "HEAD"):
                raise MethodError(f"{request.method}: wanted GET.")
            response = answer(request, _query(request, names))
        except Exception as error:  # one broken run must not look like a broken TensorBoard
            response = _refusal(request, error)
        response.headers["X-Content-Type-Options"] = "nosniff"
        return response

    return wrappers.Request.application(handle)


def _refusal(request: Request, error: Exception) -> Response:
    """The error in words for people, with its status."""
    told = str(error)
    if isinstance(error, errors.PublicError):  # TensorBoard's own: a run was deleted meanwhile
        status = error.http_code
    elif type(error) in _STATUS:
        status = _STATUS[type(error)]
    else:
        logger.error("NeurFlow tab: %s", request.path, exc_info=error)
        status = 500
        told = f"The NeurFlow tab failed ({type(error).__name__}): see what TensorBoard printed."
    refusal = _json(request, {"error": told}, status)
    if isinstance(error, MethodError):
        refusal.headers["Allow"] = "GET, HEAD"
    return refusal


def _query(request: Request, names: tuple[str, ...]) -> dict[str, str]:
    for name in request.args:
        if name not in names:
            wanted = f"wanted {', '.join(names)}" if names else "there are none"
            raise QueryError(f"{name[:60]!r} is no parameter of this route: {wanted}.")
        if len(request.args.getlist(name)) > 1:
            raise QueryError(f"{name}: given more than once.")
    return dict(request.args)


def _run(query: Mapping[str, str]) -> str:
    if "run" not in query:
        raise QueryError("run: missing; wanted the name of a run, as the route `runs` lists them.")
    return query["run"]


def _whole(query: Mapping[str, str], name: str) -> int:
    text = query.get(name, "")
    if not re.fullmatch(r"[0-9]{1,16}", text):
        raise QueryError(f"{name}={text[:60]!r}: wanted a whole number of at least 0.")
    return int(text)


def _seconds(query: Mapping[str, str], name: str) -> float:
    text = query[name]
    if not re.fullmatch(r"[0-9]{1,16}(\.[0-9]{1,16})?", text):
        raise QueryError(f"{name}={text[:60]!r}: wanted seconds since 1970.")
    return float(text)


def _json(request: Request, content: Mapping[str, Any], code: int = 200) -> Response:
    written = json.dumps(content, separators=(",", ":"), allow_nan=False)
    return _respond(request, written, "application/json", code)


def _respond(request: Request, content: str | bytes, kind: str, code: int = 200) -> Response:
    response: Response = http_util.Respond(request, content, kind, code=code)
    return response
