"""A bot over HTTP that speaks the contract and answers each line it is told with that line.

What a child reads then says which message it answers, and how often. `asked` is its own ledger of
what it was asked. Not for: understanding more than it is told to, or failing (`faulty_bot.py`).
"""

import json
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

GREETING = "Salut."
# Every answer carries a step, so that what is dropped and what is delivered shows in the ledger.
STEP = "dont_pay"

Json = dict[str, Any]


def echo(line: str) -> str:
    """Return what is answered to a line."""
    return f"Lu : {line}"


def meaning(_: str = "", **parts: Any) -> Json:  # noqa: ANN401 - any JSON
    """Return what is understood of a text: always the same, but for `parts`."""
    told: Json = {"facts": {}, "language": "fr", "danger": None}
    return {"intent": "inform", "confidence": 1.0, **told, **parts}


@dataclass
class EchoBot:
    """Listens on the loopback. `seconds` is how long it takes for a turn.

    `understands` is what it reads in a text of a list; `lists` are those it was asked about.
    """

    seconds: float = 0.0
    asked: list[Json] = field(default_factory=list)
    understands: Callable[[str], Json] = meaning
    lists: list[list[str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._server = _Server(("127.0.0.1", 0), _handler(self))
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,))
        self._ended = threading.Event()
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def answer(self, body: Json) -> Json:
        """Answer one call of the contract."""
        if body["mode"] == "understand":
            self.lists.append(body["texts"])
            return {
                "understood": [self.understands(text) for text in body["texts"]],
                "bot_version": "echo",
            }
        self.asked.append(body)
        self._ended.wait(self.seconds)
        lines = body["text"].split("\n") if body["mode"] == "turn" else []
        replies = [{"text": echo(line), "choices": [], "step": STEP} for line in lines]
        return {
            "turn": body["turn"],
            "replies": replies or [{"text": GREETING, "choices": [], "step": None}],
            "understood": meaning(),
            "changes": {"steps": {}, "crisis": body["known"]["crisis"], "task": None},
            "handoff": None,
            "state": body["state"],
            "bot_version": "echo",
        }


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: whoever asked has died, which is what this bot is for."""


def _handler(bot: EchoBot) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def do_GET(self) -> None:
            self._answered({"status": "ok", "bot_version": "echo"})

        def do_POST(self) -> None:
            content = self.rfile.read(int(self.headers["Content-Length"]))
            self._answered(bot.answer(json.loads(content)))

        def _answered(self, content: Json) -> None:
            body = json.dumps(content).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    return Handler
