"""A bot over HTTP that answers what the test tells it to, or fails in one of the ways a bot fails.

Slow, trickling and cut answers are made on the socket, so that the client's own reading is tested.
Not for: understanding anything (`tests/bot`), nor for tests without HTTP (`scripted_bot.py`).
"""

import json
import socket
import struct
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Literal, Self

Fault = Literal["none", "slow", "trickle", "reset", "cut"]
SECRET = "loopback-secret"
# Closing with this makes the other side read a reset, not an end.
_RESET = struct.pack("ii", 1, 0)
_TRICKLE_SECONDS = 0.05


@dataclass
class FaultyBot:
    """Listens on the loopback. `body` is what it answers with; `asked` is what it was asked."""

    status: int = 200
    body: bytes = b""
    fault: Fault = "none"
    asked: list[dict[str, Any]] = field(default_factory=list)
    secrets: list[str | None] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))
        self._stopped = threading.Event()
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *exc: object) -> None:
        self.stop()

    def stop(self) -> None:
        """Stop listening: from now on connections are refused."""
        self._stopped.set()
        if self._thread.is_alive():
            self._server.shutdown()
            self._server.server_close()
            self._thread.join()

    def says(self, content: object) -> None:
        """Answer with this JSON from now on."""
        self.body = json.dumps(content).encode()

    def wait(self, seconds: float) -> bool:
        """Wait, though not longer than the test lasts; say whether it still does."""
        return not self._stopped.wait(seconds)


def _handler(bot: FaultyBot) -> type[BaseHTTPRequestHandler]:
    class Handler(_Answering):
        faulty = bot

    return Handler


class _Answering(BaseHTTPRequestHandler):
    faulty: FaultyBot

    def do_POST(self) -> None:
        content = self.rfile.read(int(self.headers["Content-Length"]))
        self.faulty.asked.append(json.loads(content))
        self.faulty.secrets.append(self.headers.get("X-Relais-Secret"))
        if self.faulty.fault == "reset":
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
            return
        if self.faulty.fault == "slow":
            self.faulty.wait(10)
        self.do_GET()

    def do_GET(self) -> None:
        missing = 100 if self.faulty.fault == "cut" else 0
        try:
            self.send_response(self.faulty.status)
            self.send_header("Content-Length", str(len(self.faulty.body) + missing))
            self.end_headers()
            self._write(self.faulty.body)
        except OSError:
            # The client has given up, as it should.
            return

    def _write(self, body: bytes) -> None:
        if self.faulty.fault != "trickle":
            self.wfile.write(body)
            return
        for byte in body:
            if not self.faulty.wait(_TRICKLE_SECONDS):
                return
            self.wfile.write(bytes([byte]))

    def log_message(self, *args: object) -> None:
        """Say nothing."""
