"""`relais …`: what a helpline's technician does at a terminal.

Every failure is one sentence on standard error and exit code 1. Not for: what a counsellor does.
"""

import asyncio
import os
import sys
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path
from typing import Annotated, NoReturn, TypeVar

import typer
import uvicorn
from sqlalchemy.exc import SQLAlchemyError

from api import log
from api import settings as all_settings
from api.danger import phrases
from api.desk.models import Role
from api.desk.staff import StaffRefusedError, add_staff
from api.dialogue.client import BotFailedError, HttpBot
from api.helpline import HelplineFileError
from api.house import House
from api.main import create_app, furnish, rotation_of, sweep_of, work
from api.rotation import RotationStoppedError, refuse_missing
from api.server import config
from api.settings import Settings, UnsafeSettingsError
from api.understanding.listing import Listing
from api.vault import keys
from api.vault.keys import KeyFileError

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
keys_app = typer.Typer(no_args_is_help=True, help="The key file.")
staff_app = typer.Typer(no_args_is_help=True, help="Accounts of the desk.")
app.add_typer(keys_app, name="keys")
app.add_typer(staff_app, name="staff")

T = TypeVar("T")
# No child waits for it, and the bot answers others meanwhile.
LIST_DEADLINE_SECONDS = 60.0
BOT_AWAY = (
    "Le bot ne répond pas à {} ({}). Il faut que Relais tourne (make run), avec le même"
    " RELAIS_BOT_SECRET qu'ici."
)
EXPECTED = (
    UnsafeSettingsError,
    HelplineFileError,
    KeyFileError,
    RotationStoppedError,
    StaffRefusedError,
    OSError,
)


def main() -> None:
    """Run a command; what it fails with is said without quoting a row, a path or a password."""
    log.set_up()
    try:
        app()
    except EXPECTED as error:
        _fail(str(error))
    except SQLAlchemyError as error:
        _fail_for_the_database(error)


@app.callback(help="What a technician does at a terminal.")
def prepare() -> None:
    """Speak as little as the setting wants; typer has just put its own last words back."""
    log.set_up(all_settings.read().log_level)


@app.command()
def serve(*, workers: Annotated[bool, typer.Option(help="Run the workers inside.")] = True) -> None:
    """Serve the pages and the HTTP API."""
    # By a house of its own: what a loop has opened ends with it.
    asyncio.run(_and_close(furnish(_safe()), _holds_its_keys))
    house = furnish(_safe())
    server = uvicorn.Server(config(create_app(house, workers=workers), house.settings))
    with suppress(SystemExit):
        server.run()
    if not server.started:
        # The reason was a library's, and those write only where it was.
        port = house.settings.port
        _fail(f"Nothing is served: is port {port} free, and the database up to date?")


@app.command()
def worker() -> None:
    """Run the workers alone: turns, deliveries, the sweep."""
    asyncio.run(_and_close(furnish(_safe()), _work))


@app.command()
def migrate() -> None:
    """Bring the database up to this version."""
    # Of all commands only this one needs Alembic, which would be a fifth of each start.
    from alembic.util import CommandError  # noqa: PLC0415

    from api.migrate import upgrade  # noqa: PLC0415

    try:
        upgrade(all_settings.read().database)
    except CommandError as error:
        _fail_for_the_database(error)


@app.command()
def purge() -> None:
    """Erase what has expired."""
    erased = _done(lambda house: sweep_of(house).purge())
    typer.echo(f"{erased} conversation(s) erased.")


@app.command()
def understand(
    source: Annotated[Path | None, typer.Argument(help="A file; else standard input.")] = None,
) -> None:
    """Read JSON lines {"text"}; write for each what the phrases and the model understand."""
    settings = all_settings.read()
    settings.refuse_if_unsafe(served=False)
    file = sys.stdin.fileno() if source is None else os.open(source, os.O_RDONLY)
    try:
        unreadable = asyncio.run(_understand(settings, file))
    except BotFailedError as error:
        _fail(BOT_AWAY.format(settings.bot_url, error.why))
    if unreadable:
        _fail(f"Lignes qui n'ont pas pu être lues : {unreadable}. « error » dit pourquoi.")


@keys_app.command("create")
def create_keys() -> None:
    """Make the key file. Without it nothing sealed can be read: keep a copy in a safe place."""
    path = all_settings.read().key_file
    keys.create(path)
    typer.echo(f"{path} is made. Keep a copy of it where the database's backups are not.")


@keys_app.command("rotate")
def rotate_keys() -> None:
    """Make a new key and remove the old one, while Relais runs. Run again, it goes on."""
    rewrapped = _done(lambda house: rotation_of(house).run())
    typer.echo(
        f"{rewrapped} conversation key(s) and second factor(s) rewrapped; the key file holds the"
        " new key only. Keep a copy of it, and the old copy for as long as backups need it."
    )


@staff_app.command("add")
def add(email: str, name: str, role: Role = Role.counsellor) -> None:
    """Make an account. Password and second factor are shown once."""
    new = _done(
        lambda house: add_staff(house.database, house.vault, house.clock, email, name, role)
    )
    typer.echo(f"Password: {new.password}\nSecond factor: {new.otpauth_uri}")


async def _work(house: House) -> None:
    await _holds_its_keys(house)
    await work(house)


async def _holds_its_keys(house: House) -> None:
    # Without them every child would be refused. A database that is away is what /readyz is for.
    with suppress(SQLAlchemyError):
        await refuse_missing(house.database, house.vault)


async def _understand(settings: Settings, source: int) -> int:
    bot = HttpBot(settings.bot_url, settings.bot_secret.get_secret_value(), LIST_DEADLINE_SECONDS)
    try:
        # Before the first line is waited for: whoever types one would learn it only then.
        await bot.understand([])
        return await Listing(bot, phrases.load(), typer.echo).run(source)
    finally:
        await bot.aclose()


def _done(job: Callable[[House], Awaitable[T]]) -> T:
    return asyncio.run(_and_close(furnish(all_settings.read()), job))


async def _and_close(house: House, job: Callable[[House], Awaitable[T]]) -> T:
    try:
        return await job(house)
    finally:
        await house.aclose()


def _safe() -> Settings:
    # Only what children or Twilio reach: a key or an account is made before there is an address.
    settings = all_settings.read()
    settings.refuse_if_unsafe()
    return settings


def _fail_for_the_database(error: Exception) -> NoReturn:
    why = type(error).__name__
    _fail(f"The database is busy, away or not migrated ({why}). Run it again when it is not.")


def _fail(sentence: str) -> NoReturn:
    typer.echo(sentence, err=True)
    sys.exit(1)


if __name__ == "__main__":
    main()
