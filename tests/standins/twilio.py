"""A Twilio on the loopback: the Messages API, signed webhooks, and a control API for tests.

For: tests in this process (`with TwilioStandin() as twilio`) and, as a process of its own,
`python -m tests.standins.twilio --port 0 --webhook URL`, which prints its address.
Not for: anything but this machine; it refuses to post elsewhere.
"""

import argparse
import socket
import sys
import threading
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Self

import uvicorn
from fastapi import FastAPI

from tests.standins.twilio_api import TwilioApi
from tests.standins.twilio_control import Control
from tests.standins.twilio_faults import Faults, Wires
from tests.standins.twilio_ledger import Ledger
from tests.standins.twilio_messages import Messages
from tests.standins.twilio_webhooks import Line, Webhooks

ACCOUNT = "AC" + "0" * 31 + "1"
TOKEN = "standin-token"
# French numbers kept for fiction: nobody has them.
NUMBER = "+33639980000"

_START_SECONDS = 10.0


def build(url: str, account: str, token: str, line: Line, wires: Wires) -> FastAPI:
    """Compose the stand-in for this address."""
    ledger, faults = Ledger(), Faults(wires)
    webhooks = Webhooks(account, token, line, ledger)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        await webhooks.aclose()

    app = FastAPI(lifespan=lifespan, openapi_url=None)
    messages = Messages(account, line, ledger, webhooks)
    TwilioApi(account, token, ledger, faults).add_to(app, messages)
    Control(account, token, line, ledger, url).add_to(app, faults, webhooks)
    return app


class TwilioStandin:
    """The stand-in in a thread of this process."""

    def __init__(
        self,
        *,
        account: str = ACCOUNT,
        token: str = TOKEN,
        number: str = NUMBER,
        webhook: str | None = None,
        port: int = 0,
    ) -> None:
        self._socket = socket.create_server(("127.0.0.1", port))
        # asyncio sets this only where the socket says IPPROTO_TCP; without it each answer, header
        # and body apart, waits 40 ms for the client's acknowledgement.
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        self.account, self.token, self.number = account, token, number
        wires = Wires()
        app = build(self.url, account, token, Line(number, webhook), wires)
        self._server = uvicorn.Server(
            uvicorn.Config(
                app,
                http=wires.protocol(),
                ws="none",
                log_config=None,
                access_log=False,
                # Longer than a client keeps an idle connection: none is hung up on as it is used.
                timeout_keep_alive=75,
                timeout_graceful_shutdown=1,
            ),
        )
        self._thread = threading.Thread(target=self.run, daemon=True)

    def run(self) -> None:
        """Serve until stopped."""
        self._server.run(sockets=[self._socket])

    def __enter__(self) -> Self:
        self._thread.start()
        deadline = time.monotonic() + _START_SECONDS
        while not self._server.started:
            if not self._thread.is_alive() or time.monotonic() > deadline:
                raise RuntimeError("The stand-in for Twilio did not start")
            time.sleep(0.005)
        return self

    def __exit__(self, *exc: object) -> None:
        self._server.should_exit = True
        self._thread.join()


def main() -> None:
    """Run as a process of its own; the address is the first line it prints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--account", default=ACCOUNT)
    parser.add_argument("--token", default=TOKEN)
    parser.add_argument("--number", default=NUMBER)
    parser.add_argument("--webhook")
    standin = TwilioStandin(**vars(parser.parse_args()))
    sys.stdout.write(f"{standin.url}\n")
    sys.stdout.flush()
    standin.run()


if __name__ == "__main__":
    main()
