"""Whether this process is alive, and whether what it needs answers.

Not for: figures.
"""

from fastapi import APIRouter
from fastapi.responses import JSONResponse
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from api.house import House, HouseDep

router = APIRouter()


@router.get("/healthz")
async def alive() -> dict[str, str]:
    """Answer as long as the process does."""
    return {"status": "alive"}


@router.get("/readyz")
async def ready(house: HouseDep) -> JSONResponse:
    """Say whether database and bot answer. 503 names what does not; the script still answers."""
    parts = {"database": await _database(house), "bot": await house.bot.ready()}
    return JSONResponse(parts, 200 if all(parts.values()) else 503)


async def _database(house: House) -> bool:
    try:
        async with house.database.read() as session:
            await session.execute(text("SELECT 1"))
    except (SQLAlchemyError, OSError):
        return False
    return True
