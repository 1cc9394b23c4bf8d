"""The names under which counsellors speak.

Not for: anything else about them.
"""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from api.desk.models import Staff


async def names_of(session: AsyncSession, ids: Iterable[UUID]) -> dict[UUID | None, str]:
    """Return `{id: name}`; asks nothing where there is nobody."""
    wanted = tuple(ids)
    if not wanted:
        return {}
    rows = await session.execute(select(Staff.id, Staff.name).where(Staff.id.in_(wanted)))
    return {id_: name for id_, name in rows}  # noqa: C416 - rows are not pairs to mypy
