"""All that fails, while children write: each function is one kind of trouble with words in it.

For: giving every process a reason to say more than it may. Not for: what a child is then answered
(`tests/transcripts/test_failures.py`).
"""

import asyncio
import json
import socket
import sqlite3
from collections.abc import Awaitable, Callable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from urllib.parse import urlsplit
from uuid import uuid4

import httpx
import psycopg

from tests.loopback import open_client
from tests.proof.lives import frozen, refused
from tests.stack.dialogue import Dialogue
from tests.stack.faulty_bot import FaultyBot
from tests.stack.programs import Program
from tests.stack.service import Service
from tests.stack.silence import Silence
from tests.standins.twilio_control import TwilioControl
from tests.standins.twilio_webhooks import sign
from tests.transcripts.children import on_the_web, with_a_phone
from tests.transcripts.counsellor import signed_in

# SQLite waits ten seconds for a lock before it gives up (api/database.py).
_LOCKED_SECONDS = 40.0
_SETTLED_SECONDS = 40.0


@dataclass
class Trouble:
    """What can be made to fail, and the words that must then stand nowhere."""

    service: Service
    dialogue: Dialogue
    silence: Silence
    words: Iterator[str]
    phones: Iterator[str]

    def text(self) -> str:
        """Return something that a child could write, with a word of its own in it."""
        text = f"il menace {next(self.words)} de tout envoyer à {next(self.words)}"
        self.silence.heard(text, *text.split())
        return text

    async def write(self) -> None:
        """Let a child on the web write, and wait until somebody has answered."""
        async with on_the_web(self.service) as child:
            await child.write(self.text())
            id_ = await child.conversation()
            await self.service.records.settle(id_, seconds=_SETTLED_SECONDS, reached=False)
            self.silence.holds(*child.private())


async def bot_killed(trouble: Trouble) -> None:
    await _killed(trouble, trouble.dialogue.bot)


async def bot_frozen(trouble: Trouble) -> None:
    with frozen(trouble.dialogue.bot):
        await trouble.write()


async def actions_killed(trouble: Trouble) -> None:
    await _killed(trouble, trouble.dialogue.actions)


async def actions_frozen(trouble: Trouble) -> None:
    with frozen(trouble.dialogue.actions):
        await trouble.write()


async def actions_that_raise(trouble: Trouble) -> None:
    with trouble.dialogue.acting("tests.bot.raising_actions"):
        await trouble.write()


async def twilio_that_fails(trouble: Trouble) -> None:
    control = TwilioControl(trouble.service.twilio.url)
    faults = [("error", 400), ("error", 401), ("error", 503), ("garbage", 200), ("cut", 500)]
    for kind, status in [*faults, ("hang", 500)]:
        await control.fault("create_message", kind, status=status, when="after")
        await control.fault("list_messages", kind, status=status)
        number = next(trouble.phones)
        trouble.silence.heard(number, number.removeprefix("+"))
        async with with_a_phone(trouble.service, number) as child:
            await child.write(trouble.text())
            id_ = await child.conversation()
            await trouble.service.records.settle(id_, seconds=_SETTLED_SECONDS, reached=False)
    await control.aclose()


async def malformed_webhooks(trouble: Trouble) -> None:
    """Post what is truly signed and no message, and what is neither."""
    twilio, url = trouble.service.twilio, trouble.service.inbound
    for name in ("MessageSid", "From", "NumMedia", "Body"):
        form = {"MessageSid": f"SM{uuid4().hex}", "From": next(trouble.phones), "Body": "slt"}
        form |= {name: trouble.text()} if name != "Body" else {"NumMedia": trouble.text()}
        headers = {"X-Twilio-Signature": sign(twilio.token, url, form)}
        async with _client(trouble) as client:
            assert (await client.post(url, data=form, headers=headers)).status_code == 400
            headers["X-Twilio-Signature"] = trouble.text().encode().hex()
            assert (await client.post(url, data=form, headers=headers)).status_code == 403


async def bodies_that_are_none(trouble: Trouble) -> None:
    async with _client(trouble) as client:
        for path in ("/api/chat/messages", "/api/desk/session", "/api/sms/twilio/inbound"):
            for end in (b'"', b"\xff\xfe", b"\0", b"x" * 70_000):
                body = f'{{"text": "{trouble.text()}'.encode() + end
                answer = await client.post(path, content=body, headers=_JSON)
                assert not answer.is_success
    await refused(trouble.service, [next(trouble.words) for _ in range(3)])


async def requests_that_are_none(trouble: Trouble) -> None:
    """Send what is no HTTP, and hang up in the middle of what is."""
    where = urlsplit(trouble.service.url)
    assert where.hostname is not None
    for line in ("{}", "GET /{} HTTP/1.1\r\nHost", "POST /api/chat/messages HTTP/1.1\r\n{}: é\r\n"):
        with socket.create_connection((where.hostname, where.port or 80), timeout=5) as wire:
            wire.sendall(f"{line.format(trouble.text())}\r\n\r\n".encode())
            with suppress(OSError):
                wire.recv(100)


async def streams_that_are_cut(trouble: Trouble) -> None:
    async with on_the_web(trouble.service) as child:
        await child.write(trouble.text())
        for _ in range(3):
            page = child.page
            stream = page.client.stream("GET", "/api/chat/events", headers=page.headers)
            async with stream as answer:
                await anext(answer.aiter_bytes(10))
        trouble.silence.holds(*child.private())


async def database_away(trouble: Trouble) -> None:
    """Lock the file for longer than anybody waits, or end every connection of the server."""
    url = trouble.service.env["RELAIS_DATABASE_URL"]
    away = _server_gone(url) if url.startswith("postgresql") else _file_locked(url, trouble)
    async with on_the_web(trouble.service) as child:
        ended = asyncio.create_task(away)
        await asyncio.sleep(0.2)
        writes = [child.page.write(trouble.text()) for _ in range(4)]
        with suppress(httpx.HTTPError):
            await asyncio.gather(*writes, return_exceptions=True)
        await ended
        trouble.silence.holds(*child.private())


async def seals_broken(trouble: Trouble) -> None:
    async with on_the_web(trouble.service) as child, signed_in(trouble.service) as counsellor:
        trouble.silence.holds(*trouble.service.cookies.values(), *child.private())
        await child.write(trouble.text())
        id_ = await child.conversation()
        await trouble.service.records.settle(id_, seconds=_SETTLED_SECONDS, reached=False)
        trouble.service.records.break_seals(id_)
        await child.page.thread()
        await child.page.write(trouble.text())
        with suppress(httpx.HTTPError):
            await counsellor.card(id_)


async def answers_that_are_wrong(trouble: Trouble, bot: FaultyBot) -> None:
    """Have a bot answer with the child's own words in what cannot be read."""
    word = trouble.text()
    for status, answer in (
        (200, word.encode()),
        (200, word.encode("utf-16")),
        (200, json.dumps({"turn": word, "replies": word, "understood": {word: word}}).encode()),
        (200, b'{"turn": "' + word.encode() * 3000 + b'"}'),
        (500, word.encode()),
    ):
        bot.status, bot.answer = status, answer
        await trouble.write()


Kind = Callable[[Trouble], Awaitable[None]]

OF_THE_DATABASE: tuple[Kind, ...] = (database_away, seals_broken)
OF_THE_API: tuple[Kind, ...] = (
    twilio_that_fails,
    malformed_webhooks,
    bodies_that_are_none,
    requests_that_are_none,
    streams_that_are_cut,
    *OF_THE_DATABASE,
)
ALL: tuple[Kind, ...] = (
    bot_killed,
    bot_frozen,
    actions_killed,
    actions_frozen,
    actions_that_raise,
    *OF_THE_API,
)

_JSON = {"Content-Type": "application/json"}


async def _killed(trouble: Trouble, program: Program) -> None:
    program.kill()
    await trouble.write()
    program.start()
    await asyncio.to_thread(program.wait_until_ready)


def _client(trouble: Trouble) -> httpx.AsyncClient:
    # A body that is refused is not read to its end: such a connection is not used again.
    once = httpx.Limits(max_keepalive_connections=0)
    url = trouble.service.url
    return open_client(url, timeout=20, limits=once)


async def _file_locked(url: str, trouble: Trouble) -> None:
    """Hold the lock until somebody has given up and said so."""
    before = _times_given_up(trouble)
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)) as database:
        database.execute("BEGIN IMMEDIATE")
        async with asyncio.timeout(_LOCKED_SECONDS):
            while _times_given_up(trouble) == before:  # noqa: ASYNC110 - another process
                await asyncio.sleep(0.2)
        database.execute("ROLLBACK")


def _times_given_up(trouble: Trouble) -> int:
    return trouble.service.program.log.read_text(encoding="utf-8").count("error=OperationalError")


async def _server_gone(url: str) -> None:
    end = (
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"
    )
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as connection:
        for _ in range(30):
            await connection.execute(f"{end} AND pid <> pg_backend_pid()")
            await asyncio.sleep(0.02)
