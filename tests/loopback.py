"""HTTP to the programs on this machine: no proxy, and no certificates, which take 20 ms to read.

Not for: an app within the test's own process, which needs no address.
"""

import ssl
from typing import Any

import httpx


def open_client(address: str = "", **options: Any) -> httpx.AsyncClient:  # noqa: ANN401 - of httpx
    """Open a client of the program at `address`; `options` are those of httpx."""
    return httpx.AsyncClient(base_url=address, **_here(), **options)


def session(address: str, **options: Any) -> httpx.Client:  # noqa: ANN401 - of httpx
    """Open a client that keeps its connection, for many calls one after the other."""
    return httpx.Client(base_url=address, **_here(), **options)


def get(url: str, **options: Any) -> httpx.Response:  # noqa: ANN401 - of httpx
    return httpx.get(url, **_here(), **options)


def post(url: str, **options: Any) -> httpx.Response:  # noqa: ANN401 - of httpx
    return httpx.post(url, **_here(), **options)


def _here() -> dict[str, Any]:
    # It trusts nobody: what is not on this machine cannot be reached by it.
    return {"trust_env": False, "verify": ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)}
