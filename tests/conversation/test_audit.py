"""The audit is append-only for everybody who comes through the database, our own code included."""

from uuid import uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from api.audit.models import Action
from api.audit.service import record
from api.errors import ConflictError
from api.house import House
from tests.conversation.rows import counts
from tests.standins.clock import HandClock


@pytest.fixture
async def recorded(house: House, clock: HandClock) -> House:
    async with house.database.write() as session:
        record(
            session, Action.open, at=clock.now(), conversation_id=uuid4(), detail={"level": "R2"}
        )
    return house


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit SET action = 'close'",
        "UPDATE audit SET conversation_id = NULL WHERE action = 'open'",
        "DELETE FROM audit",
        "DELETE FROM audit WHERE action = 'open'",
    ],
)
async def test_no_row_is_changed_or_taken_away(recorded: House, statement: str) -> None:
    with pytest.raises(DBAPIError, match="append-only"):
        async with recorded.database.write() as session:
            await session.execute(text(statement))
    assert await counts(recorded) == {"audit": 1}


async def test_the_table_is_not_emptied_at_once(recorded: House) -> None:
    emptied = {"sqlite": "DELETE FROM audit", "postgresql": "TRUNCATE audit"}
    statement = emptied[recorded.database.engine.dialect.name]
    with pytest.raises(DBAPIError, match="append-only"):
        async with recorded.database.write() as session:
            await session.execute(text(statement))


async def test_what_is_recorded_does_not_happen_without_its_deed(
    recorded: House, clock: HandClock
) -> None:
    async def fails_halfway() -> None:
        async with recorded.database.write() as session:
            record(session, Action.claim, at=clock.now())
            raise ConflictError

    with pytest.raises(ConflictError):
        await fails_halfway()
    assert await counts(recorded) == {"audit": 1}
