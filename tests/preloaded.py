"""Everything an api process imports, once: each fork of `forks.py` is one of this.

So that a start is what Relais itself does at a start, and fifteen hundred of them are affordable.
"""

import gc

import httpcore
import psycopg
import sqlalchemy.dialects.postgresql.psycopg
import twilio.rest.api  # type: ignore[import-untyped]
import uvicorn
from sqlalchemy.orm import configure_mappers

import api.cli
import api.migrate
import tests.proof.crash.mortal
from api.danger.phrases import load

__all__ = ["api", "httpcore", "psycopg", "sqlalchemy", "tests", "twilio", "uvicorn"]

load()
configure_mappers()
# What is there by now stays: a collection in a fork would copy all of it.
gc.collect()
gc.freeze()
