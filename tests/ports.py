"""Ports for programs that are started, killed and started again on them.

Not for: a listener that keeps the port it was given (port 0 is right for it).
"""

import random
import socket

# Below those that the system gives to outgoing connections (from 32768 on, on Linux): one of them
# may be taken while its program is down, even by the very connection that looks whether it is up.
_FIRST, _LAST = 15_000, 32_000


def free_port() -> int:
    """Return a loopback port that nobody listens on and that no connection is given by chance."""
    while True:
        port = random.randint(_FIRST, _LAST)  # noqa: S311 - no secret
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            if not _is_taken(probe, port):
                return port


def _is_taken(probe: socket.socket, port: int) -> bool:
    try:
        probe.bind(("127.0.0.1", port))
    except OSError:
        return True
    return False
