"""Rotating the key while children write: killed anywhere, gone on with, and nothing is lost."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError

from api.conversation.models import Conversation
from api.desk.models import Role, Staff
from api.desk.staff import add_staff
from api.hooks import Hook
from api.house import House
from api.main import furnish, rotation_of
from api.settings import Settings
from api.vault import keys
from api.vault.keys import Keys
from api.vault.sealing import KeyNotHeldError, SealBrokenError, Vault, owner
from tests.proof import verbs
from tests.proof.conftest import Proved
from tests.proof.crash.mortal import rotate
from tests.proof.traffic import Traffic, texts
from tests.stack.records import Records
from tests.stack.service import command
from tests.standins.clock import HandClock
from tests.standins.recording_sender import RecordingSender
from tests.standins.scripted_bot import ScriptedBot


@pytest.fixture
async def other(settings: Settings, clock: HandClock, house: House) -> AsyncIterator[House]:
    """Give another process on the same database and key file."""
    other = furnish(settings, clock=clock, bot=ScriptedBot(), sender=RecordingSender())
    yield other
    await other.database.close()


@pytest.fixture
async def traffic(house: House, other: House, full: bool) -> Traffic:  # noqa: FBT001
    """Give a line on which children have written and two colleagues have accounts."""
    traffic = Traffic((house, other))
    for number in range(100 if full else 12):
        await traffic.write(house, f"+33639985{number:03}")
    for name in ("Nour", "Malik"):
        address = f"{name}@ligne.example"
        await add_staff(house.database, house.vault, house.clock, address, name, Role.counsellor)
    return traffic


def places(number: int, *, full: bool) -> list[int]:
    """Return where to kill, of `number` secrets: before the first, on the way, after the last.

    What is killed on the way has done its part, so the way gets shorter with each.
    """
    return [1, 2, *[number // 9] * 7] if full else [1, number // 2]


async def test_killed_under_load_and_gone_on_with(
    settings: Settings,
    traffic: Traffic,
    full: bool,  # noqa: FBT001
    proved: Proved,
) -> None:
    before = keys.load(settings.key_file)
    number = len(traffic.written)
    traffic.slowest = 0.0
    flow = asyncio.create_task(traffic.flow())
    for nth in places(number, full=full):
        await verbs.killed(settings, rotate, Hook.rotate_mid, nth)
        assert len(keys.load(settings.key_file).wrapping) == 2
    await rotation_of(traffic.houses[0]).run()
    await asyncio.sleep(0.2)
    traffic.over = True
    await flow
    secrets = await everything_is_of_the_new_key(settings, traffic, before)
    figure = (
        f"{settings.database_url.partition(':')[0]}: {secrets} secrets, killed"
        f" {len(places(number, full=full))} times, {len(traffic.written) - number} messages written"
        f" (the slowest in {traffic.slowest:.1f} s) and {traffic.read} read meanwhile: 0 lost"
    )
    proved("rotation", figure)


async def test_killed_just_before_the_old_key_goes(
    settings: Settings, house: House, traffic: Traffic
) -> None:
    before, wrapped = keys.load(settings.key_file), await wrapped_keys(house)
    # Before the first, and after each of them: two are second factors.
    await verbs.killed(settings, rotate, Hook.rotate_mid, 1 + len(traffic.written) + 2)
    held = keys.load(settings.key_file)
    assert (held.current, set(held.wrapping)) == (2, {1, 2})
    assert await rotation_of(house).run() == 0
    with Records(settings.database_url) as records:
        assert not [piece for piece in wrapped if records.holds(piece) or records.files_hold(piece)]
    await everything_is_of_the_new_key(settings, traffic, before)


async def test_what_is_being_opened_with_the_old_key_is_waited_for(
    settings: Settings, house: House, other: House
) -> None:
    before = keys.load(settings.key_file)
    async with house.database.write() as session:
        opened = await house.conversations.of_phone(session, "+33639980101")
        assert opened.row.key_version == 1
        rotation = asyncio.create_task(rotation_of(other).run())
        await asyncio.sleep(0.5)
        assert not rotation.done()
        assert set(keys.load(settings.key_file).wrapping) == {1, 2}
    assert await rotation == 1
    await everything_is_of_the_new_key(settings, Traffic((house,)), before)


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_no_child_waits_behind_a_rotation_that_waits(
    settings: Settings, house: House, other: House
) -> None:
    before, traffic = keys.load(settings.key_file), Traffic((house, other))
    async with house.database.write() as session:
        await house.conversations.of_phone(session, "+33639980101")
        rotation = asyncio.create_task(rotation_of(other).run())
        await asyncio.sleep(0.5)
        async with asyncio.timeout(10):
            await traffic.write(other, "+33639980102")
        with pytest.raises(OperationalError):
            await rotation
    assert await rotation_of(other).run() == 1
    await everything_is_of_the_new_key(settings, traffic, before)


async def test_twice_is_two_keys_further(
    settings: Settings, house: House, other: House, traffic: Traffic
) -> None:
    before = keys.load(settings.key_file)
    for _ in range(2):
        await rotation_of(other).run()
    # A process that has seen neither: it meets versions that it does not know.
    assert sorted(await texts(house)) == sorted(traffic.written)
    await traffic.write(house, "+33639980101")
    assert keys.load(settings.key_file).current == 3
    await everything_is_of_the_new_key(settings, traffic, before)


async def test_the_command_itself_also_after_a_file_that_never_took_its_place(
    settings: Settings, house: House, traffic: Traffic
) -> None:
    before, wrapped = keys.load(settings.key_file), await wrapped_keys(house)
    # As a run leaves it that died between the writing of the new file and its renaming.
    beside = settings.key_file.with_name(f"{settings.key_file.name}.new")
    beside.write_text(keys.dump(before.with_new(2)))
    said = command(verbs.environment(settings), "keys", "rotate")
    # Two are second factors.
    assert said.startswith(f"{len(traffic.written) + 2} conversation key(s) and second factor(s)")
    assert not beside.exists()
    with Records(settings.database_url) as records:
        assert not [piece for piece in wrapped if records.holds(piece) or records.files_hold(piece)]
    await everything_is_of_the_new_key(settings, traffic, before)
    await traffic.write(house, "+33639985000")
    assert command(verbs.environment(settings), "purge") == "0 conversation(s) erased.\n"
    assert sorted(await texts(house)) == sorted(traffic.written)


async def wrapped_keys(house: House) -> list[bytes]:
    async with house.database.read() as session:
        return list(await session.scalars(select(Conversation.wrapped_key)))


async def everything_is_of_the_new_key(settings: Settings, traffic: Traffic, before: Keys) -> int:
    """Look with the eyes of a process that has just started. Returns how many secrets there are."""
    held = keys.load(settings.key_file)
    assert set(held.wrapping) == {held.current}
    assert held.lookup == before.lookup
    house = furnish(settings, bot=ScriptedBot(), sender=RecordingSender())
    try:
        assert sorted(await texts(house)) == sorted(traffic.written)
        return await _closed_with(house, held, before)
    finally:
        await house.database.close()


async def _closed_with(house: House, held: Keys, before: Keys) -> int:
    async with house.database.read() as session:
        rows = (await session.scalars(select(Conversation))).all()
        staff = (await session.scalars(select(Staff).where(Staff.totp.is_not(None)))).all()
        assert await session.scalar(select(func.count()).select_from(Staff)) == len(staff)
    secrets = [
        *((owner("conversation", row.id), row.key_version, row.wrapped_key) for row in rows),
        *((owner("staff", one.id), one.totp_key_version or 0, one.totp or b"") for one in staff),
    ]
    old = Vault(Keys(held.current, {held.current: before.wrapping[1]}, before.lookup))
    for for_, version, wrapped in secrets:
        assert version == held.current
        assert house.vault.unwrap(for_, version, wrapped)
        for vault in (Vault(before), old):
            with pytest.raises((SealBrokenError, KeyNotHeldError)):
                vault.unwrap(for_, version, wrapped)
    return len(secrets)
