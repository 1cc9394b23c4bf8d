"""What must hold before Relais starts: settings that are settings, a free port, a place to write.

Each refusal is one sentence. What is unsafe the api says; it is only asked early here. Not for:
getting anything ready.
"""

import contextlib
import os
import secrets
import socket
import time
from collections.abc import MutableMapping
from pathlib import Path

from alembic.util import CommandError
from pydantic import ValidationError
from sqlalchemy.exc import SQLAlchemyError

from api.migrate import upgrade
from api.settings import Settings, UnsafeSettingsError
from scripts.say import CannotGoOnError, line, seconds

LOOPBACK = "127.0.0.1"
_PORTS_TRIED = 100


def choose_demo(environment: MutableMapping[str, str]) -> None:
    """Take the demo, unless it is declined or the public is to reach this machine."""
    if not environment.get("RELAIS_DEMO"):
        environment["RELAIS_DEMO"] = "0" if environment.get("RELAIS_PUBLIC_URL") else "1"


def choose_secret(environment: MutableMapping[str, str]) -> None:
    """Make what api and bot share, for this run alone, unless the helpline has set one."""
    if not environment.get("RELAIS_BOT_SECRET"):
        environment["RELAIS_BOT_SECRET"] = secrets.token_urlsafe(32)


def read_settings() -> Settings:
    """Read the settings. Raises `CannotGoOnError` naming what is wrong or unsafe, not its value."""
    try:
        settings = Settings()
        settings.refuse_if_unsafe()
    except ValidationError as error:
        wrong = error.errors(include_input=False)[0]
        name = "_".join(("RELAIS", *(str(part).upper() for part in wrong["loc"])))
        raise CannotGoOnError(f"{name}: {wrong['msg']}.") from None
    except UnsafeSettingsError as error:
        raise CannotGoOnError(str(error)) from None
    return settings


def refuse_busy_port(settings: Settings) -> None:
    """Raise `CannotGoOnError` when the port cannot be listened on."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as error:
            raise CannotGoOnError(
                f"port {settings.port} cannot be used ({error.strerror}): stop what holds it, or "
                "choose another with RELAIS_PORT."
            ) from None


def refuse_unwritable(folder: Path) -> None:
    """Raise `CannotGoOnError` when `folder` cannot be written; make it if need be."""
    trial = folder / f".trial-{os.getpid()}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        trial.touch()
        trial.unlink()
    except OSError as error:
        raise CannotGoOnError(
            f"{folder}/ cannot be written ({error.strerror}): database and keys live there."
        ) from None


def bring_up_to_date(settings: Settings) -> None:
    """Migrate the database. Raises `CannotGoOnError` when it cannot be reached or changed."""
    began = time.monotonic()
    try:
        upgrade(settings.database)
    except (SQLAlchemyError, CommandError) as error:
        # The error's own words may hold the address with its password.
        raise CannotGoOnError(
            f"the database cannot be brought up to date ({type(error).__name__}): look at "
            "RELAIS_DATABASE_URL, and whether it is running."
        ) from None
    line(f"  Bringing the database up to date: {seconds(time.monotonic() - began)}")


def free_port(wished: int) -> int:
    """Return the wished loopback port, or the first free one after it.

    None that the system may give to an outgoing connection before its program has started.
    """
    for port in range(wished, wished + _PORTS_TRIED):
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((LOOPBACK, port))
            return port
    last = wished + _PORTS_TRIED - 1
    raise CannotGoOnError(f"no port from {wished} to {last} is free on the loopback address.")
