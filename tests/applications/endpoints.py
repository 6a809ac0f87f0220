"""A small server that speaks the protocol of chat completions, on this machine."""

from __future__ import annotations

import base64
import io
import json
import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from PIL import Image


@dataclass
class Reply:
    """What the server says, once."""

    body: bytes
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    delay: float = 0.0
    drip: float = 0.0
    reason: str | None = None


@dataclass
class Asked:
    """A request as it came."""

    path: str
    headers: dict[str, str]
    body: dict[str, Any]

    @property
    def text(self) -> str:
        return self.body["messages"][1]["content"][0]["text"]

    @property
    def pictures(self) -> list[Image.Image]:
        urls = [one["image_url"]["url"] for one in self.body["messages"][1]["content"][1:]]
        assert all(url.startswith("data:image/jpeg;base64,") for url in urls)
        return [Image.open(io.BytesIO(base64.b64decode(url.partition(",")[2]))) for url in urls]

    @property
    def wants_picks(self) -> bool:
        return "picked" in self.text


Answer = Callable[[Asked], Reply]


@dataclass
class Server:
    """Where it is, what it was asked, and what it will answer: ``answers`` in turn, the last on."""

    url: str
    answers: list[Answer]
    asked: list[Asked] = field(default_factory=list)
    times: list[float] = field(default_factory=list)


def chat(content: Any, usage: Any = (900, 50), finish: str = "stop") -> Reply:
    """A chat completion whose text is ``content``, as JSON unless it is a text."""
    text = content if isinstance(content, str) else json.dumps(content)
    told: dict[str, Any] = {
        "choices": [{"message": {"role": "assistant", "content": text}, "finish_reason": finish}]
    }
    if usage is not None:
        told["usage"] = {"prompt_tokens": usage[0], "completion_tokens": usage[1]}
    return Reply(json.dumps(told).encode())


def describing(name: str = "dark corner", caption: str = "A dark corner.") -> Answer:
    """Names every group alike, says what each group below does, and picks the first two crops."""

    def answer(asked: Asked) -> Reply:
        if asked.wants_picks:
            return chat({"picked": [1, 2]})
        numbers = [int(one) for one in re.findall(r'{"group": (\d+)', asked.text)]
        relations = [{"group": number, "text": "adds edges"} for number in numbers]
        return chat({"name": name, "caption": caption, "relations": relations})

    return answer


def saying(reply: Reply) -> Answer:
    return lambda _: reply


@contextmanager
def serving(*answers: Answer) -> Iterator[Server]:
    """A server on 127.0.0.1, stopped at the end."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            body = json.loads(self.rfile.read(length))
            asked = Asked(self.path, dict(self.headers), body)
            server.times.append(time.monotonic())
            place = min(len(server.asked), len(server.answers) - 1)
            server.asked.append(asked)
            reply = server.answers[place](asked)
            time.sleep(reply.delay)
            with suppress(OSError):  # the client had enough
                self._send(reply)

        def _send(self, reply: Reply) -> None:
            self.send_response(reply.status, reply.reason)
            for name, value in reply.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(reply.body)))
            self.end_headers()
            step = 1 if reply.drip else 65536
            for start in range(0, len(reply.body), step):
                self.wfile.write(reply.body[start : start + step])
                self.wfile.flush()
                time.sleep(reply.drip)

        def log_message(self, *_: object) -> None:
            pass

    http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    http.daemon_threads = True
    server = Server(f"http://127.0.0.1:{http.server_port}/v1", list(answers))
    thread = threading.Thread(target=http.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        http.shutdown()
        http.server_close()
        thread.join()
