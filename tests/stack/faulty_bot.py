"""A bot that answers wrongly over real HTTP: it says that it is ready, and then anything at all.

Not for: a bot that is slow, frozen or dead; the real one can be made so by a signal.
"""

import threading
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Self


@dataclass
class FaultyBot:
    """Listens on the loopback. `answer` and `status` are what every turn gets."""

    answer: bytes = b""
    status: int = 200

    def __post_init__(self) -> None:
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,))
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        bot = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self._answered(200, b'{"status": "ok", "bot_version": "faulty"}')

            def do_POST(self) -> None:
                self.rfile.read(int(self.headers["Content-Length"]))
                self._answered(bot.status, bot.answer)

            def _answered(self, status: int, body: bytes) -> None:
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        return Handler
