"""Conversations in which the marks are said: by children and counsellors, in calm and in trouble.

For: leaving traces wherever Relais leaves any. Not for: looking for them (`test_marks.py`).
"""

import asyncio
import signal
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from itertools import cycle
from random import Random

from tests.loopback import open_client
from tests.proof.marks import Marks
from tests.stack.dialogue import Dialogue
from tests.stack.programs import Program
from tests.stack.service import Service
from tests.standins.twilio_control import TwilioControl
from tests.transcripts.children import (
    Child,
    ChildWithAPhone,
    on_the_web,
    with_a_phone,
)
from tests.transcripts.counsellor import Counsellor, signed_in

_FEWEST_IN_A_TEXT, _TEXTS = 4, 200
# One for each kind of mark.
_WALKS = 3
_SENTENCES = (
    "il veut que {} lui donne de l'argent, {}",
    "j'ai bloqué {} hier, {}",
    "il a déjà tout envoyé à {}, {}",
    "j'ai payé {} hier, {}",
)
_DANGERS = ("je veux mourir", "il est devant chez moi", "c'est pour ce soir, j'ai tout préparé")
_TROUBLES = ("error", "garbage", "cut", "delay")
_SETTLED_SECONDS = 40.0


@dataclass
class Told:
    """What has come back in clear: at the desk, where somebody may read it, or as a fact."""

    at_the_desk: str = ""
    as_facts: str = ""
    secrets: set[str] = field(default_factory=set)


@dataclass
class Lives:
    """All conversations. `texts`: what is still to be said, each a sentence with marks in it."""

    service: Service
    dialogue: Dialogue
    numbers: Iterator[str]
    texts: list[str]
    told: Told = field(default_factory=Told)

    async def all(self, before_erasing: Callable[[], None]) -> None:
        """Live them, those that the machine can bear at once at once; the last two are erased."""
        async with signed_in(self.service) as counsellor:
            self.told.secrets.update(self.service.cookies.values())
            share = len(self.texts) // 8
            # Before anything that keeps the bot from answering in time: facts are to be told, too.
            await asyncio.gather(
                *[self._walks(counsellor, texts) for texts in self._of_the_walks()]
            )
            await self._in_turn(counsellor, share)
            await self._while_the_bot_is_frozen(counsellor, share)
            before_erasing()
            await self._erased(counsellor, len(self.texts))

    def _of_the_walks(self) -> list[list[str]]:
        """Take the texts of the walks, before anybody else takes one."""
        each = max(len(_SENTENCES), len(self.texts) // 4 // _WALKS)
        return [list(self._next(each)) for _ in range(_WALKS)]

    async def _walks(self, counsellor: Counsellor, texts: list[str]) -> None:
        """Let a child on the web say something, wait, and say the next thing."""
        async with on_the_web(self.service) as child:
            for text in texts:
                await child.write(text)
                await self._settled(child)
            await self._answered(counsellor, child)

    async def _in_turn(self, counsellor: Counsellor, how_many: int) -> None:
        """Let phones write, in danger too, while Twilio refuses, is silent or hangs up."""
        for kind, danger in zip(_TROUBLES, cycle(_DANGERS), strict=False):
            async with self._phone() as (child, control):
                await child.write(danger)
                await control.fault("create_message", kind, status=503, seconds=0.2, times=2)
                for text in self._next(-(-how_many // len(_TROUBLES))):
                    await child.write(text)
                await self._settled(child)
                await self._answered(counsellor, child)

    async def _while_the_bot_is_frozen(self, counsellor: Counsellor, how_many: int) -> None:
        async with on_the_web(self.service) as child, self._phone() as (other, _):
            await other.write("slt")
            with frozen(self.dialogue.bot):
                for text, writer in self._shared(how_many, child, other):
                    await writer.write(text)
                await asyncio.gather(self._settled(child), self._settled(other))
            await self._answered(counsellor, child)
            await self._answered(counsellor, other)

    async def _erased(self, counsellor: Counsellor, how_many: int) -> None:
        """Erase one conversation by the child and one by the desk, after a danger in each."""
        async with on_the_web(self.service) as child, self._phone() as (other, _):
            await child.write(_DANGERS[0])
            await other.write(_DANGERS[0])
            for text, writer in self._shared(how_many, child, other):
                await writer.write(text)
            await asyncio.gather(self._settled(child), self._settled(other))
            await self._read(counsellor, child)
            await self._answered(counsellor, other)
            (await child.erase()).raise_for_status()
            await counsellor.do("erases", await other.conversation())

    async def _answered(self, counsellor: Counsellor, child: Child) -> None:
        """Let a counsellor take over, write and note, the child answer; and read all of it."""
        id_ = await child.conversation()
        await counsellor.do("claims", id_)
        for text in self._next(1):
            await counsellor.write(text, id_)
        for text in self._next(1):
            await counsellor.note(text, id_)
        for text in self._next(1):
            await child.write(text)
        await self._settled(child)
        await self._read(counsellor, child)

    async def _read(self, counsellor: Counsellor, child: Child) -> None:
        card = await counsellor.card(await child.conversation())
        for said in (*card["messages"], *card["notes"]):
            self.told.at_the_desk += f"{said['text']}\n"
        self.told.as_facts += str(card["conversation"]["facts"])
        self.told.secrets.update(child.private())

    async def _settled(self, child: Child) -> None:
        # Not until it has reached a phone: what Twilio has cut off is looked for before it goes on.
        id_ = await child.conversation()
        await self.service.records.settle(id_, seconds=_SETTLED_SECONDS, reached=False)

    def _shared(self, how_many: int, *writers: Child) -> Iterator[tuple[str, Child]]:
        return zip(self._next(how_many), cycle(writers), strict=False)

    def _next(self, how_many: int) -> Iterator[str]:
        for _ in range(min(how_many, len(self.texts))):
            yield self.texts.pop(0)

    @asynccontextmanager
    async def _phone(self) -> AsyncIterator[tuple[ChildWithAPhone, TwilioControl]]:
        number = next(self.numbers)
        self.told.at_the_desk += number
        async with with_a_phone(self.service, number) as child:
            yield child, child.control


def begun(service: Service, dialogue: Dialogue, marks: Marks, seed: int) -> Lives:
    """Put all marks into sentences, in an order of chance."""
    random, first = Random(seed), _kept_as_facts(marks)  # noqa: S311 - the same each time
    said = [mark for mark in marks if mark not in first]
    random.shuffle(said)
    many = max(_FEWEST_IN_A_TEXT, len(said) // _TEXTS)
    pieces = [said[at : at + many] for at in range(0, len(said), many)]
    for mark, piece in zip(first, pieces, strict=False):
        piece.insert(0, mark)
    texts = [_sentence(*one) for one in zip(cycle(_SENTENCES), pieces, strict=False)]
    return Lives(service, dialogue, iter([spelled[0] for spelled in marks.numbers]), texts)


async def refused(service: Service, words: Sequence[str]) -> None:
    """Put marks where they do not belong: a password, a token, an address, a form, no JSON."""
    async with open_client(service.url, timeout=10) as client:
        for word in words:
            login = {"email": f"{word}@ligne.example", "password": word}
            tries = [
                await client.post("/api/desk/session", json=login),
                await client.post("/api/chat/resume", json={"code": word}),
                await client.post("/api/chat/messages", content=f'{{"text": "{word}'.encode()),
                await client.get(f"/api/chat/messages?after={word}", headers=_bearer(word)),
                await client.get(f"/api/desk/conversations/{word}?{word}={word}"),
                await client.post(f"/api/sms/twilio/inbound?{word}", data={"Body": word}),
            ]
            assert not any(answer.is_success for answer in tries)


@contextmanager
def frozen(program: Program) -> Iterator[None]:
    program.send(signal.SIGSTOP)
    try:
        yield
    finally:
        program.send(signal.SIGCONT)


def _kept_as_facts(marks: Marks) -> list[str]:
    """Choose what the walks say first, each of its kind: a fact keeps it of some sentences."""
    one_word = [name for name in marks.names if "." not in name]
    kinds = marks.words, one_word, [spelled[0] for spelled in marks.numbers]
    return [mark for kind in kinds for mark in kind[: len(_SENTENCES)]]


def _sentence(pattern: str, marks: list[str]) -> str:
    return pattern.format(marks[0], " ".join(marks[1:]))


def _bearer(word: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {word}"} if word.isascii() else {}
