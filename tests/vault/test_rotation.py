"""Rotating: what does not open keeps the old key; nothing that a key has closed is forgotten."""

import pytest
from sqlalchemy import select

from api.audit.models import Action
from api.conversation.models import Conversation
from api.database import Base
from api.desk.models import Role, Staff
from api.desk.staff import add_staff
from api.house import House
from api.main import rotation_of
from api.rotation import KINDS, RotationStoppedError, refuse_missing
from api.settings import Settings
from api.vault import keyfile, keys
from api.vault.keys import KeyFileError, Keys
from api.vault.sealing import Vault
from tests.stack.records import Records


async def opened(house: House, number: str) -> Conversation:
    async with house.database.write() as session:
        return (await house.conversations.of_phone(session, number)).row


async def versions(house: House) -> list[int]:
    async with house.database.read() as session:
        return list(await session.scalars(select(Conversation.key_version)))


def test_everything_that_a_key_closes_is_rotated() -> None:
    columns = {
        str(column)
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if column.name.endswith("key_version")
    }
    assert columns == {f"{kind.table.__tablename__}.{kind.version}" for kind in KINDS}


async def test_a_second_one_at_the_same_time_is_refused(house: House, settings: Settings) -> None:
    with keyfile.alone(settings.key_file), pytest.raises(KeyFileError, match="rotated already"):
        await rotation_of(house).run()
    assert keys.load(settings.key_file).current == 1
    await refuse_missing(house.database, house.vault)


async def test_what_does_not_open_keeps_the_old_key_until_it_is_erased(
    house: House, settings: Settings
) -> None:
    broken = await opened(house, "+33639980101")
    await opened(house, "+33639980102")
    async with house.database.write() as session:
        (await session.get_one(Conversation, broken.id)).wrapped_key = bytes(60)
    with pytest.raises(RotationStoppedError, match="1 rewrapped, but 1 do not open"):
        await rotation_of(house).run()
    assert set(keys.load(settings.key_file).wrapping) == {1, 2}
    async with house.database.write() as session:
        await house.conversations.erase(session, broken.id, by=Action.erase)
    assert await rotation_of(house).run() == 0
    assert set(keys.load(settings.key_file).wrapping) == {2}


async def test_a_number_never_means_two_keys_also_with_an_old_copy_of_the_file(
    house: House, settings: Settings
) -> None:
    copy = keys.load(settings.key_file)
    await opened(house, "+33639980101")
    await rotation_of(house).run()
    keyfile.replace(settings.key_file, copy)
    with pytest.raises(KeyFileError, match="does not hold key 2, which the database needs"):
        await refuse_missing(house.database, Vault(copy))
    with pytest.raises(RotationStoppedError, match="0 rewrapped, but 1 do not open"):
        await rotation_of(house).run()
    assert set(keys.load(settings.key_file).wrapping) == {1, 3}
    assert await versions(house) == [2]


async def test_what_the_old_key_closed_is_in_no_file_while_the_line_runs(
    house: House, settings: Settings
) -> None:
    old = (await opened(house, "+33639980101")).wrapped_key
    await rotation_of(house).run()
    with Records(settings.database_url) as records:
        assert (records.holds(old), records.files_hold(old)) == (False, False)


async def test_second_factors_and_conversations_are_rewrapped(
    house: House, settings: Settings
) -> None:
    await opened(house, "+33639980101")
    await add_staff(
        house.database, house.vault, house.clock, "nour@ligne.example", "Nour", Role.counsellor
    )
    before: Keys = keys.load(settings.key_file)
    assert await rotation_of(house).run() == 2
    after = keys.load(settings.key_file)
    assert (after.current, set(after.wrapping), after.lookup) == (2, {2}, before.lookup)
    async with house.database.read() as session:
        assert await session.scalar(select(Staff.totp_key_version)) == 2
    assert await versions(house) == [2]
