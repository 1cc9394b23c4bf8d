"""Starts the action server: `python -m bot.serve_actions`. Rasa's own, on loopback, our logging.

Not for: being reached by anyone but the bot; it refuses any address that is not loopback.
"""

import argparse
import os
import sys
from urllib.parse import SplitResult, urlsplit

from rasa_sdk.endpoint import create_app

from bot import log

_LOOPBACK = ("127.0.0.1", "::1", "localhost")
# The bot keeps its connection for 30 s (see endpoint.py); the server must not close it first.
_KEEP_ALIVE_SECONDS = 75
_MAX_REQUEST_BYTES = 2 * 1024 * 1024


def main() -> None:
    parser = argparse.ArgumentParser(description="Serve the actions on loopback.")
    parser.add_argument("--actions", default="actions", help="the package of the actions")
    package = parser.parse_args().actions
    url = _address()
    app = create_app(package, cors_origins=[])
    app.config.MOTD = False
    app.config.KEEP_ALIVE_TIMEOUT = _KEEP_ALIVE_SECONDS
    app.config.REQUEST_MAX_SIZE = _MAX_REQUEST_BYTES
    log.set_up(os.environ.get("RELAIS_LOG_LEVEL", "INFO"))
    app.run(host=url.hostname, port=url.port, access_log=False)


def _address() -> SplitResult:
    url = urlsplit(os.environ.get("RELAIS_ACTIONS_URL", "http://127.0.0.1:5055/webhook"))
    if url.hostname not in _LOOPBACK or url.port is None:
        sys.exit("RELAIS_ACTIONS_URL must be a loopback address with a port.")
    return url


if __name__ == "__main__":
    main()
