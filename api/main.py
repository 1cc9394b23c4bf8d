"""The composition root: the only place that knows which parts are real.

`furnish` puts the parts of a process together, `create_app` serves them. Tests hand in their own
clock, bot or sender here. Not for: rules.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from typing import TypeVar

from fastapi import FastAPI

from api import health
from api import helpline as helplines
from api.channels import sms_in, webchat_in, webchat_out
from api.channels.sender import Inbox, Sender
from api.channels.sms_missed import Missed
from api.channels.sms_out import TwilioSender
from api.channels.tries import Tries
from api.clock import Clock, SystemClock
from api.conversation.retention import Sweep
from api.conversation.service import Conversations
from api.danger.phrases import load as load_phrases
from api.database import Database
from api.delivery.service import Deliveries
from api.desk import endpoints, events, session_endpoints
from api.desk.demo import prepare_demo
from api.desk.permissions import refuse_unprotected
from api.dialogue import script as scripts
from api.dialogue.asking import Surroundings
from api.dialogue.client import Bot, HttpBot
from api.dialogue.resting import RestingBot
from api.dialogue.rhythm import Rhythm
from api.dialogue.voice import Voice
from api.due import DueDeliveries, DueTurns
from api.forgery import ForgeryGuard
from api.handoff.service import Handoff
from api.hooks import NOWHERE, Hooks
from api.house import House
from api.limits import BodyLimit
from api.live.bus import MemoryBus
from api.pages import Guarded, serve_pages
from api.refusals import answer_refusals
from api.rotation import Rotation
from api.settings import Settings
from api.turn import Turn
from api.vault import keys
from api.vault.keyfile import Followed
from api.vault.sealing import Vault
from api.worker import Due, Loop, every

T = TypeVar("T")


def furnish(
    settings: Settings,
    *,
    clock: Clock | None = None,
    bot: Bot | None = None,
    sender: Sender | None = None,
    inbox: Inbox | None = None,
    hooks: Hooks = NOWHERE,
) -> House:
    """Put the parts of one process together. Raises what makes a start impossible."""
    clock, bus = clock or SystemClock(), MemoryBus()
    database = Database(settings.database, bus.changed)
    vault = Vault(_keys(settings), Followed(settings.key_file))
    helpline = helplines.load(settings.helpline_file)
    voice = Voice(script := scripts.load(helpline), handoff := Handoff(script))
    conversations = Conversations(vault, clock, helpline)
    around, bot = Surroundings(helpline), bot or _bot(settings, clock)
    phrases, rhythm = load_phrases(), _rhythm(settings)
    turn = Turn(database, conversations, around, voice, bot, phrases, rhythm, clock, hooks)
    twilio = _twilio(settings, hooks) if sender is None else None
    parts = (handoff, script, clock, hooks)
    deliveries = None
    if (out := sender or twilio) is not None:
        deliveries = Deliveries(database, conversations, vault, helpline, out, *parts)
    return House(
        settings=settings,
        clock=clock,
        database=database,
        vault=vault,
        helpline=helpline,
        conversations=conversations,
        turn=turn,
        deliveries=deliveries,
        inbox=inbox or twilio,
        bus=bus,
        bot=bot,
        tries=Tries(settings.resume_tries_per_minute),
    )


def create_app(house: House, *, workers: bool = True) -> FastAPI:
    """Serve a house; with `workers` its loops run inside this process."""

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        if house.settings.demo:
            await prepare_demo(house)
        loops = asyncio.create_task(work(house)) if workers else None
        yield
        if loops is not None:
            loops.cancel()
            with suppress(asyncio.CancelledError):
                await loops
        await house.aclose()

    app = FastAPI(title="Relais", lifespan=lifespan, openapi_url=None)
    app.state.house = house
    for part in (sms_in, webchat_in, webchat_out, session_endpoints, endpoints, events, health):
        app.include_router(part.router)
    refuse_unprotected(app)
    answer_refusals(app)
    serve_pages(app, house.settings.web_dir)
    app.add_middleware(ForgeryGuard, origin=house.settings.origin, demo=house.settings.demo)
    app.add_middleware(BodyLimit)
    app.add_middleware(Guarded)
    return app


async def work(house: House) -> None:
    """Run all loops until cancelled."""
    async with asyncio.TaskGroup() as group:
        group.create_task(_loop(house, DueTurns(house.turn)).run())
        if house.deliveries is not None:
            group.create_task(_loop(house, DueDeliveries(house.deliveries)).run())
        if house.inbox is not None:
            missed = Missed(house, house.inbox)
            group.create_task(every(house.settings.missed_seconds, missed.run))
        group.create_task(every(house.settings.sweep_seconds, sweep_of(house).run))


def sweep_of(house: House) -> Sweep:
    """Return the sweep of a house."""
    return Sweep(
        house.database, house.conversations, house.handoff, house.helpline, house.clock, house.hooks
    )


def rotation_of(house: House) -> Rotation:
    """Return a rotation of the key file of a house."""
    return Rotation(house.settings.key_file, house.database, house.hooks)


def _loop(house: House, due: Due[T]) -> Loop[T]:
    settings = house.settings
    return Loop(
        due,
        bus=house.bus,
        clock=house.clock,
        most=settings.turns_at_once,
        poll=settings.poll_seconds,
    )


def _keys(settings: Settings) -> keys.Keys:
    # Only the demo makes a key by itself: a lost key file must never be replaced in silence.
    if settings.demo and not settings.key_file.exists():
        return keys.create(settings.key_file)
    return keys.load(settings.key_file)


def _bot(settings: Settings, clock: Clock) -> Bot:
    secret = settings.bot_secret.get_secret_value()
    return RestingBot(HttpBot(settings.bot_url, secret, settings.bot_deadline_seconds), clock)


def _rhythm(settings: Settings) -> Rhythm:
    return Rhythm(
        burst=timedelta(seconds=settings.burst_seconds),
        longest=timedelta(seconds=settings.burst_longest_seconds),
        deadline=timedelta(seconds=settings.bot_deadline_seconds),
        script_after=timedelta(seconds=settings.script_after_seconds),
    )


def _twilio(settings: Settings, hooks: Hooks) -> TwilioSender | None:
    if not settings.sms:
        return None
    return TwilioSender(
        settings.twilio_account_sid,
        settings.twilio_tokens[0],
        settings.twilio_from,
        settings.origin + sms_in.STATUS,
        settings.twilio_api_url or None,
        hooks=hooks,
    )
