"""What stands in the database, whatever the table: for tests of what is left there.

Not for: assertions.
"""

from typing import Any

from sqlalchemy import func, select

from api.database import Base
from api.house import House


async def counts(house: House) -> dict[str, int]:
    """Return how many rows each table has, empty ones left out."""
    found = {}
    async with house.database.read() as session:
        for table in Base.metadata.sorted_tables:
            number = await session.scalar(select(func.count()).select_from(table))
            if number:
                found[table.name] = number
    return found


async def everything(house: House) -> list[Any]:
    """Return every value of every row of every table."""
    values: list[Any] = []
    async with house.database.read() as session:
        for table in Base.metadata.sorted_tables:
            for row in await session.execute(select(table)):
                values.extend(row)
    return values
