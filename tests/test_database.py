"""What every connection to PostgreSQL is opened with. For SQLite: `test_sqlite.py`."""

import pytest
from sqlalchemy import make_url, text

from api.database import Database
from api.settings import Settings
from tests import postgres


@pytest.fixture(params=["postgresql"])
def server(cluster: tuple[postgres.Server, str]) -> postgres.Server:
    return cluster[0]


async def test_a_transaction_that_stands_still_is_ended_whatever_else_was_asked_for(
    server: postgres.Server,
) -> None:
    url = make_url(server.url).update_query_dict({"options": "-c application_name=ligne"})
    settings = Settings(database_url=url.render_as_string(hide_password=False))
    database = Database(settings.database, lambda _: None)
    async with database.read() as session:
        for setting, value in (
            ("idle_in_transaction_session_timeout", "10s"),
            ("application_name", "ligne"),
        ):
            assert await session.scalar(text(f"SHOW {setting}")) == value
    await database.close()
