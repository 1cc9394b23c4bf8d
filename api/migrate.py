"""Bringing a database up to this version, with Alembic.

Not for: the migrations themselves (`api/migrations/versions`).
"""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine, make_url

from api.database import prepare_sqlite

MIGRATIONS = Path(__file__).with_name("migrations")


def upgrade(url: str, revision: str = "head") -> None:
    """Migrate the database at `url` (with the api's driver) up to `revision`."""
    engine = create_engine(_blocking(url))
    if engine.dialect.name == "sqlite":
        prepare_sqlite(engine)
    try:
        with engine.connect().execution_options(relais_write=True) as connection:
            command.upgrade(config(connection), revision)
            connection.commit()
    finally:
        engine.dispose()


def config(connection: object) -> Config:
    """Return Alembic's configuration for an open connection."""
    settings = Config()
    settings.set_main_option("script_location", str(MIGRATIONS))
    settings.attributes["connection"] = connection
    return settings


def _blocking(url: str) -> str:
    # Alembic is not asynchronous; psycopg serves both ways, aiosqlite does not.
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        parsed = parsed.set(drivername="sqlite")
    return parsed.render_as_string(hide_password=False)
