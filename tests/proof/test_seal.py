"""Ciphertext that was swapped, flipped, cut or relabelled is refused, wherever there is any."""

from collections.abc import AsyncIterator
from itertools import permutations

import pytest

from api.conversation.models import Conversation
from api.desk.models import Staff
from api.house import House
from api.main import furnish
from api.settings import Settings
from api.vault import keyfile, keys
from api.vault.sealing import KeyNotHeldError, SealBrokenError
from tests.proof import sealed
from tests.proof.conftest import Proved
from tests.proof.sealed import OPENED, Cell
from tests.standins.clock import HandClock
from tests.standins.recording_sender import RecordingSender
from tests.standins.scripted_bot import ScriptedBot


@pytest.fixture
async def house(settings: Settings, clock: HandClock) -> AsyncIterator[House]:
    """Give a house that holds two keys, and in which one conversation is of each."""
    keys.create(settings.key_file)
    house = furnish(settings, clock=clock, bot=ScriptedBot(), sender=RecordingSender())
    await sealed.furnish_with_words(house)
    keyfile.replace(settings.key_file, keys.load(settings.key_file).with_new(2))
    async with house.database.write() as session:
        await house.conversations.of_phone(session, "+33639980103")
    yield house
    await house.database.close()


def refused(house: House, cell: Cell) -> bool:
    try:
        cell.open(house)
    except (SealBrokenError, KeyNotHeldError):
        return True
    return False


def test_every_column_of_bytes_is_known_as_sealed_or_as_a_hash() -> None:
    assert sealed.unknown() == set()


async def test_what_is_where_it_was_sealed_opens(house: House) -> None:
    async with house.database.read() as session:
        cells = await sealed.cells(house, session)
        assert {cell.name for cell in cells} == set(OPENED)
        assert [cell for cell in cells if refused(house, cell)] == []


async def test_whatever_is_put_in_another_s_place_is_refused(house: House, proved: Proved) -> None:
    swapped = 0
    async with house.database.read() as session:
        for here, there in permutations(await sealed.cells(house, session), 2):
            own = here.value
            here.put(there.value)
            # Through the store and back: what is opened is what the database says.
            await session.flush()
            await session.refresh(here.row, [here.column])
            assert here.value == there.value
            assert refused(house, here), f"{there} in {here}"
            here.put(own)
            swapped += 1
    proved("seal", f"{database(house)}: {swapped} ciphertexts put in another's place, all refused")


async def test_a_wrapped_key_under_another_version_is_refused(house: House) -> None:
    async with house.database.read() as session:
        for cell in await sealed.cells(house, session):
            for table, column in ((Conversation, "key_version"), (Staff, "totp_key_version")):
                if isinstance(cell.row, table) and cell.column in ("wrapped_key", "totp"):
                    own = getattr(cell.row, column)
                    for version in {0, 1, 2, 3} - {own}:
                        setattr(cell.row, column, version)
                        assert refused(house, cell)
                    setattr(cell.row, column, own)


async def test_one_flipped_bit_or_a_missing_end_is_refused(
    house: House,
    full: bool,  # noqa: FBT001
    proved: Proved,
) -> None:
    flipped = cut = 0
    async with house.database.read() as session:
        for cell in await sealed.cells(house, session):
            own = cell.value
            for bit in range(0, len(own) * 8, 1 if full else 8):
                altered = bytearray(own)
                altered[bit // 8] ^= 1 << (bit + bit // 8) % 8
                cell.put(bytes(altered))
                assert refused(house, cell), f"bit {bit} of {cell}"
                flipped += 1
            for length in range(len(own)):
                cell.put(own[:length])
                assert refused(house, cell), f"{length} bytes of {cell}"
                cut += 1
            cell.put(own)
    proved("seal", f"{database(house)}: {flipped} bits flipped, {cut} ends cut off, all refused")


def database(house: House) -> str:
    return house.database.engine.dialect.name
