"""How uvicorn is to serve the api. Not for: what is served (`main.py`)."""

import uvicorn
from fastapi import FastAPI

from api.settings import Settings


def config(app: FastAPI, settings: Settings) -> uvicorn.Config:
    """Return what a server is made of; it is started, and stopped, by who asks."""
    return uvicorn.Config(
        app,
        host=settings.host,
        port=settings.port,
        log_config=None,
        access_log=False,
        server_header=False,
        # Longer than the web server in front keeps a connection that it may use: one that we hang
        # up first, just then, costs a request.
        timeout_keep_alive=75,
        timeout_graceful_shutdown=2,
    )
