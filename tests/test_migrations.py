"""A migration keeps what stands in the tables, on both databases.

Not for: the newest schema, which every other test runs on.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import MetaData, create_engine, insert, select, types
from sqlalchemy.engine import Engine

from api.migrate import upgrade
from api.settings import Settings

if TYPE_CHECKING:
    from tests import postgres

NOW = datetime(2026, 11, 24, 1, 10, tzinfo=UTC)


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Give an empty database, with the api's driver."""
    if request.param == "sqlite":
        yield f"sqlite+aiosqlite:///{tmp_path}/old.db"
        return
    server: postgres.Server = request.getfixturevalue("cluster")[0]
    with server.fresh() as url:
        yield Settings(database_url=url).database


def test_0003_looks_for_what_was_in_the_hands_of_a_worker(url: str) -> None:
    upgrade(url, "0002")
    engine = create_engine(url.replace("+aiosqlite", ""))
    contact, conversation = uuid4(), uuid4()
    add(engine, "contact", id=contact)
    add(engine, "conversation", id=conversation, contact_id=contact, previous_id=None)
    states: dict[int, dict[str, Any]] = {
        1: {"delivery": "pending", "delivery_unanswered": True},
        2: {"delivery": "pending", "delivery_until": NOW},
        3: {"delivery": "pending"},
        4: {"delivery": "sent", "delivery_unanswered": True},
    }
    for seq, state in states.items():
        add(engine, "message", conversation_id=conversation, seq=seq, **state)
    upgrade(url)
    messages = reflected(engine).tables["message"]
    with engine.connect() as connection:
        found = connection.execute(select(messages.c.seq, messages.c.delivery_asked_at)).all()
    engine.dispose()
    assert {seq for seq, asked_at in found if asked_at is not None} == {1, 2}


def add(engine: Engine, name: str, **values: Any) -> None:  # noqa: ANN401 - whatever a column holds
    """Add a row; what is not said is anything that its column takes, or nothing."""
    table = reflected(engine).tables[name]
    row = {
        column.name: values.get(column.name, None if column.nullable else anything(column.type))
        for column in table.columns
    }
    for column in table.columns:
        # SQLite has no type of its own for them: the api writes the digits alone.
        if isinstance(row[column.name], UUID) and not isinstance(column.type, types.Uuid):
            row[column.name] = row[column.name].hex
    with engine.begin() as connection:
        connection.execute(insert(table).values(row))


def anything(kind: types.TypeEngine[Any]) -> object:
    """Return a value that fits a column; a new one each time, where it may have to be unique."""
    fits: list[tuple[type[types.TypeEngine[Any]], object]] = [
        (types.Boolean, False),
        (types.DateTime, NOW),
        (types.JSON, []),
        (types.Uuid, uuid4()),
        (types.LargeBinary, uuid4().bytes),
        (types.Integer, 0),
    ]
    return next((value for fitting, value in fits if isinstance(kind, fitting)), uuid4().hex)


def reflected(engine: Engine) -> MetaData:
    everything = MetaData()
    everything.reflect(engine)
    return everything
