"""Everything an api process imports, once: each process of the matrix is a fork of this.

So that a start is what Relais itself does at a start, and fifteen hundred of them are affordable.
"""

import httpcore
import psycopg
import uvicorn

import api.main
import api.migrate
from api.danger.phrases import load

__all__ = ["api", "httpcore", "psycopg", "uvicorn"]

load()
