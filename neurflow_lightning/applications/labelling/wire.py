"""Requests to an OpenAI-compatible endpoint: how often, how long, how much, and with which key.

1. *Where.* Only to the address that the user gave: redirects are not followed, and neither proxies
   nor keys are taken from the machine's settings. Without TLS a key goes to this machine only.
2. *Key.* Read from its environment variable for each request. It is in the request's header and
   nowhere else: in no attribute, message or file. What the endpoint writes of an error is neither
   quoted nor logged, since it may hold the key. An answer that holds the key is refused.
3. *Patience.* 408, 429, 5xx, time-outs and broken connections are tried again after a pause that
   doubles, or the one that ``Retry-After`` asks for.
4. *Money.* Every request counts, also one that failed. A request that may exceed the cap is not
   sent: what it may cost is estimated from above, and what it did cost is the ``usage`` told, or
   the estimate where none is told or no whole answer arrived. What was refused costs nothing.
"""

from __future__ import annotations

import ipaddress
import json
import logging
import os
import random
import re
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timezone
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from types import MappingProxyType
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from neurflow_lightning.errors import LabelError, LabellingStopped

if TYPE_CHECKING:
    import httpx

KEY_VARIABLE = "NEURFLOW_LABEL_KEY"
"""The environment variable of the key, where no other is named."""

LARGEST_REPLY = 256 * 2**10
"""Bytes of the longest reply read."""

_AGAIN = frozenset({408, 409, 425, 429, 500, 502, 503, 504})
_SHORTEST_PAUSE, _LONGEST_PAUSE = 1.0, 30.0
_IMAGE_TOKENS = 2000
_LOGGERS = ("httpx", "httpcore.connection", "httpcore.http11")
_SHORTEST_KEY = 8  # of what is looked for in answers: shorter ones would be found by chance


@dataclass(frozen=True)
class Endpoint:
    """Where labels are asked for, and what that may take.

    Attributes:
        url: the base address, such as ``https://api.example.com/v1``: ``/chat/completions`` is
            added to it.
        model: its name there; must take images.
        key_variable: the environment variable that holds the key. ``None`` takes that of
            :data:`KEY_VARIABLE`, or no key where it is not set.
        timeout: seconds without a sign of the endpoint, and for a whole reply, more than 0.
        attempts: tries of a request, at least 1.
        longest_wait: seconds of the longest pause that ``Retry-After`` may ask for.
        per_minute: requests a minute, at most; ``None`` for no limit.
        max_calls: requests at all, at most.
        max_cost: of all requests, at most, in the currency of ``prices``.
        prices: of a million tokens of prompt and of answer.
        max_tokens: of an answer, at most.
        json_schema: ask for answers by JSON schema (``response_format``); endpoints that know none
            need ``False``. Answers are checked either way.
        body: what else the request has, such as ``{"seed": 0}``; ``None`` leaves a name out, as in
            ``{"max_tokens": None, "max_completion_tokens": 1000}``.

    Raises:
        LabelError: for an address or a number that cannot be.
    """

    url: str
    model: str
    key_variable: str | None = None
    timeout: float = 60.0
    attempts: int = 5
    longest_wait: float = 120.0
    per_minute: float | None = None
    max_calls: int | None = None
    max_cost: float | None = None
    prices: tuple[float, float] | None = None
    max_tokens: int = 1000
    json_schema: bool = True
    body: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))

    def __post_init__(self) -> None:
        _check_address(self.url)
        if not self.model:
            raise LabelError("model: wanted its name at the endpoint.")
        for name in (
            "timeout",
            "attempts",
            "longest_wait",
            "per_minute",
            "max_calls",
            "max_tokens",
        ):
            value = getattr(self, name)
            if value is not None and not 0 < value < float("inf"):
                raise LabelError(f"{name}={value!r}: wanted a number larger than 0.")
        if self.max_cost is not None and self.prices is None:
            raise LabelError(
                "max_cost: wanted prices too, of a million tokens of prompt and of answer: without "
                "them nobody knows what a request costs. Or set max_calls instead."
            )
        if any(not 0 <= one < float("inf") for one in (*(self.prices or ()), self.max_cost or 0)):
            raise LabelError("max_cost and prices: wanted numbers of at least 0.")

    @property
    def host(self) -> str:
        """The machine it is on."""
        return urlsplit(self.url).hostname or ""

    def key(self) -> str | None:
        """The key, from the environment.

        Raises:
            LabellingStopped: when the variable that was named is not set, or holds no key; or when
                the key would travel without encryption.
        """
        name = self.key_variable or KEY_VARIABLE
        key = os.environ.get(name)
        if key is None and self.key_variable is None:
            return None
        if not key or not re.fullmatch(r"[!-~]+", key):
            raise LabellingStopped(
                f"The environment variable {name} holds no key: wanted one of printable ASCII "
                "characters without spaces."
            )
        if not self.url.startswith("https:") and not _is_this_machine(self.host):
            raise LabellingStopped(
                f"The key would go to {self.host} without encryption: wanted an address that "
                f"begins with https, or no key in {name}."
            )
        return key

    def is_given_away(self, text: str) -> bool:
        """Whether the key stands in a text."""
        key = self.key()
        return key is not None and len(key) >= _SHORTEST_KEY and key in text


@dataclass(frozen=True, slots=True)
class _Failed:
    """A request that came to nothing.

    Attributes:
        why: for people.
        pause: seconds that the endpoint asks to wait; ``None`` where it does not say.
    """

    why: str
    pause: float | None = None


@dataclass
class Wire:
    """The way to an endpoint, and what has gone over it.

    Attributes:
        endpoint: where to.
        calls: requests sent.
        cost: what they cost, in the currency of the prices; 0 without prices.
        clock, sleep, jitter: of time, and chance in [0, 1).
    """

    endpoint: Endpoint
    calls: int = 0
    cost: float = 0.0
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    jitter: Callable[[], float] = field(default_factory=lambda: random.Random().random)
    _last: float | None = field(default=None, repr=False)
    _dearest: float = field(default=0.0, repr=False)
    _client: httpx.Client | None = field(default=None, repr=False)

    def ask(self, body: Mapping[str, Any], images: int) -> str:
        """The text of the answer to a request for a chat completion.

        Args:
            body: of the request.
            images: how many are in it.

        Raises:
            LabelError: for a reply that is none.
            LabellingStopped: when the endpoint refuses, or cannot be reached, or a cap is reached.
        """
        written = json.dumps(body, ensure_ascii=False).encode()
        characters = sum(len(part) for part in _texts(body))
        failed = _Failed("")
        for attempt in range(self.endpoint.attempts):
            if attempt:
                self._wait(failed, attempt)
            expected = self._expected(characters, images)
            self._check_caps(expected)
            self._keep_pace()
            reply = self._post(written, expected)
            if not isinstance(reply, _Failed):
                return self._read(reply, expected)
            failed = reply
        raise LabellingStopped(
            f"{self.endpoint.host}: {failed.why}, {self.endpoint.attempts} times. Try again later."
        )

    def close(self) -> None:
        """Let go of connections."""
        if self._client is not None:
            self._client.close()
            self._client = None

    # --- limits ---

    def _expected(self, characters: int, images: int) -> float:
        """What a request may cost, from above: no text has more tokens than half its characters."""
        if self.endpoint.prices is None:
            return 0.0
        prompt = characters / 2 + _IMAGE_TOKENS * images
        estimate = _cost(self.endpoint.prices, prompt, self.endpoint.max_tokens)
        return max(estimate, self._dearest)

    def _check_caps(self, expected: float) -> None:
        most, limit = self.endpoint.max_calls, self.endpoint.max_cost
        if most is not None and self.calls >= most:
            raise LabellingStopped(f"{self.calls} requests were sent, as many as allowed.")
        if limit is not None and self.cost + expected > limit:
            raise LabellingStopped(
                f"The requests have cost {self.cost:.4g} so far, and the next might exceed "
                f"the limit of {limit:g}."
            )

    def _keep_pace(self) -> None:
        if self.endpoint.per_minute is not None and self._last is not None:
            due = self._last + 60.0 / self.endpoint.per_minute
            if due > self.clock():
                self.sleep(due - self.clock())
        self._last = self.clock()

    def _wait(self, failed: _Failed, attempt: int) -> None:
        if failed.pause is not None:
            if failed.pause > self.endpoint.longest_wait:
                raise LabellingStopped(
                    f"{self.endpoint.host}: {failed.why}, and it asks to wait {failed.pause:.0f} "
                    f"seconds: more than the {self.endpoint.longest_wait:.0f} that are allowed."
                )
            self.sleep(failed.pause)
            return
        pause = min(_SHORTEST_PAUSE * 2 ** (attempt - 1), _LONGEST_PAUSE)
        self.sleep(pause * (0.5 + 0.5 * self.jitter()))

    # --- one request ---

    def _post(self, written: bytes, expected: float) -> bytes | _Failed:
        """The reply's bytes, or why there is none; what another try cannot mend is raised.

        What was not refused counts as it was expected: an answer that did not arrive is paid too.
        """
        import httpx

        key = self.endpoint.key()
        self.calls += 1
        headers = {"Content-Type": "application/json", "Accept-Encoding": "identity"}
        if key is not None:
            headers["Authorization"] = f"Bearer {key}"
        address = f"{self.endpoint.url.rstrip('/')}/chat/completions"
        deadline = self.clock() + self.endpoint.timeout
        paid = expected
        try:
            with (
                _unlogged(),
                self._opened().stream("POST", address, content=written, headers=headers) as reply,
            ):
                if reply.status_code != HTTPStatus.OK:
                    paid = 0.0
                    return self._refused(reply)
                return self._body(reply, deadline)
        # Without its cause: an error of httpx holds the request, and so the key.
        except httpx.TimeoutException as error:
            paid = 0.0 if isinstance(error, httpx.ConnectTimeout) else expected
            return _Failed(f"no answer within {self.endpoint.timeout:g} seconds")
        except httpx.HTTPError as error:
            paid = 0.0 if isinstance(error, httpx.ConnectError) else expected
            return _Failed(f"the connection failed ({type(error).__name__})")
        finally:
            self.cost += paid

    def _opened(self) -> httpx.Client:
        import httpx

        if self._client is None:
            self._client = httpx.Client(
                timeout=self.endpoint.timeout, follow_redirects=False, trust_env=False
            )
        return self._client

    def _refused(self, reply: httpx.Response) -> _Failed:
        told = _status(reply.status_code)
        if reply.status_code in _AGAIN:
            return _Failed(told, _retry_after(reply.headers.get("retry-after")))
        ways = {
            401: f"Wanted a valid key in {self.endpoint.key_variable or KEY_VARIABLE}.",
            403: f"Wanted a valid key in {self.endpoint.key_variable or KEY_VARIABLE}.",
            404: "Wanted a base address such as https://…/v1, and a model that is there.",
            400: "The model may take no images, or know no JSON schema (--no-json-schema).",
        }
        way = ways.get(reply.status_code, "")
        raise LabellingStopped(f"{self.endpoint.host} answers {told}. {way}".rstrip())

    def _body(self, reply: httpx.Response, deadline: float) -> bytes | _Failed:
        """As it came: what is compressed could be far larger than it looks."""
        if reply.headers.get("content-encoding", "identity") != "identity":
            raise LabelError("Malformed answer: compressed, although that was not asked for.")
        data = b""
        for part in reply.iter_raw():
            data += part
            if len(data) > LARGEST_REPLY:
                raise LabelError(f"Malformed answer: more than {LARGEST_REPLY} bytes.")
            if self.clock() > deadline:
                return _Failed(f"no whole answer within {self.endpoint.timeout:g} seconds")
        return data

    def _read(self, data: bytes, expected: float) -> str:
        """The answer's text; what it cost takes the place of what was expected, whatever it is."""
        try:
            reply = json.loads(data)
        except (ValueError, RecursionError):
            reply = None
        spent = self._spent(reply, expected)
        self.cost += spent - expected
        self._dearest = max(self._dearest, spent)
        try:
            choice = reply["choices"][0]
            text, ended = choice["message"]["content"], choice.get("finish_reason")
        except (TypeError, KeyError, IndexError, AttributeError):
            raise LabelError("Malformed answer: is no chat completion.") from None
        if ended == "length":
            raise LabelError("Malformed answer: cut off at its longest.")
        if not isinstance(text, str):
            raise LabelError("Malformed answer: has no text; the model may have refused.")
        return text

    def _spent(self, reply: Any, expected: float) -> float:
        if self.endpoint.prices is None:
            return 0.0
        try:
            tokens = reply["usage"]["prompt_tokens"], reply["usage"]["completion_tokens"]
        except (TypeError, KeyError):
            return expected
        if any(type(one) is not int or not 0 <= one < 10**9 for one in tokens):
            return expected
        return _cost(self.endpoint.prices, *tokens)


@contextmanager
def _unlogged() -> Iterator[None]:
    """Nothing logged by httpx: it writes down what the endpoint says, which may be the key."""
    loggers = [logging.getLogger(name) for name in _LOGGERS]
    for one in loggers:
        one.addFilter(_nothing)
    try:
        yield
    finally:
        for one in loggers:
            one.removeFilter(_nothing)


def _nothing(record: logging.LogRecord) -> bool:
    return False


def _cost(prices: tuple[float, float], prompt: float, answer: float) -> float:
    return (prices[0] * prompt + prices[1] * answer) / 1e6


def _texts(body: Mapping[str, Any]) -> list[str]:
    """The texts of a request's messages, and its schema."""
    parts = [json.dumps(body.get("response_format", ""))]
    for message in body["messages"]:
        content = message["content"]
        parts += [content] if isinstance(content, str) else [one.get("text", "") for one in content]
    return parts


def _status(code: int) -> str:
    try:
        return f"{code} {HTTPStatus(code).phrase}"
    except ValueError:
        return str(code)


def _retry_after(said: str | None) -> float | None:
    """Seconds to wait, said as a number or as a date.

    >>> _retry_after("7"), _retry_after("soon"), _retry_after(None)
    (7.0, None, None)
    """
    if said is None:
        return None
    if re.fullmatch(r"\d{1,9}(\.\d{1,6})?", said, re.ASCII):
        return float(said)
    try:
        when = parsedate_to_datetime(said)
        when = when if when.tzinfo else when.replace(tzinfo=timezone.utc)
        return max(0.0, (when - datetime.now(timezone.utc)).total_seconds())
    except (ValueError, TypeError, OverflowError):
        return None


def _check_address(url: str) -> None:
    wanted = "wanted a base address such as https://api.example.com/v1"
    try:
        parts = urlsplit(url)
        port_is_one = parts.port is None or parts.port > 0
    except ValueError as error:
        raise LabelError(f"url: {wanted}.") from error
    if parts.scheme not in ("http", "https") or not parts.hostname or not port_is_one:
        raise LabelError(f"url: {wanted}.")
    # Not quoted: what stands there may be a secret.
    if parts.username is not None or parts.password is not None or parts.query or parts.fragment:
        raise LabelError(f"url: {wanted}, without a name, key or question in it.")


def _is_this_machine(host: str) -> bool:
    """Whether a host is the machine this runs on, by its name or number.

    >>> [_is_this_machine(one) for one in ("127.0.0.1", "::1", "localhost", "10.0.0.1")]
    [True, True, True, False]
    """
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
