"""Plays a transcript: lets its people act, and holds what follows against what is written.

What the program said is read at the desk (who spoke, which step) and must stand on the child's
screen word for word. Not for: knowing any transcript.
"""

import re
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import count
from typing import Any
from uuid import UUID

from api.channels.messages import Channel
from tests.stack.service import Service
from tests.stack.silence import Silence
from tests.transcripts.children import Child, on_the_web, with_a_phone
from tests.transcripts.counsellor import Counsellor, signed_in
from tests.transcripts.script import Answer, Deed, Desk, Line, Transcript, Writes

Message = dict[str, Any]
Play = Callable[[Any], Awaitable[None]]

_NOBODY_HAS_WRITTEN = -1
# French numbers kept for fiction; each child has its own.
_PHONES = (f"+3363998{number}" for number in count(1000))


@dataclass
class Stage:
    """One conversation under way. `since`: the child's last word, by its number in the thread."""

    service: Service
    child: Child
    counsellor: Counsellor
    silence: Silence
    since: int = _NOBODY_HAS_WRITTEN

    async def play(self, transcript: Transcript) -> None:
        _print(f"\n== {transcript.title} ({self.child.channel.value})")
        for number, line in enumerate(transcript.lines, start=1):
            await self._play(number, line)

    async def said(self, author: str = "bot") -> list[Message]:
        """Return what `author` has said since the child's last word, once all is settled."""
        id_ = await self.settled()
        card = await self.counsellor.card(id_)
        self.silence.heard(*(message["text"] for message in card["messages"]))
        return [
            message
            for message in card["messages"]
            if message["seq"] > self.since
            and message["author"] == author
            and message["delivery"] != "dropped"
        ]

    async def settled(self) -> UUID:
        """Wait until all is answered and has reached the child."""
        id_ = await self.child.conversation()
        await self.service.records.settle(id_)
        return id_

    async def act(self, deed: str | Deed) -> None:
        """Let the child act, after all that was said to it has reached it."""
        deed = Deed(writes=deed) if isinstance(deed, str) else deed
        await self._remember_where_we_are()
        if deed.comes_back:
            await self.child.come_back()
        elif deed.taps is not None:
            await self.child.tap(deed.taps)
        else:
            await self.child.write(deed.writes, picture=deed.picture)
        _print(f"Enfant      {deed.taps or deed.writes or deed.comes_back}")

    async def _remember_where_we_are(self) -> None:
        try:
            id_ = await self.settled()
        except AssertionError:
            return  # a phone that has not written yet has no conversation
        messages = (await self.counsellor.card(id_))["messages"]
        self.since = max((message["seq"] for message in messages), default=self.since)

    async def _play(self, number: int, line: Line) -> None:
        parts: Mapping[str, Play] = {
            "child": self.act,
            "program": self._program,
            "counsellor": self._counsellor,
            "child_reads": self._child_reads,
            "system": self._system,
            "desk": self._desk,
            "ledger": self._ledger,
            "reached": self._reached,
        }
        try:
            await parts[line.kind](line.content)
        except AssertionError as error:
            error.add_note(f"line {number}: {line.model_dump(exclude_unset=True)}")
            raise

    async def _program(self, expected: Answer | str) -> None:
        messages = await self.said()
        screen = await self.child.screen()
        for message in messages:
            _print(f"Programme   {message['text']}")
            assert any(text.startswith(message["text"]) for text in screen), message["text"]
        if isinstance(expected, Answer):
            hold(expected, messages)
        else:
            assert messages == []

    async def _counsellor(self, deed: str | Writes) -> None:
        id_ = await self.settled()
        if isinstance(deed, Writes):
            await self.counsellor.write(deed.writes, id_)
            _print(f"{self.counsellor.name:<11} {deed.writes}")
        else:
            await self.counsellor.do(deed, id_)
            _print(f"{self.counsellor.name:<11} [{deed}]")

    async def _child_reads(self, words: str) -> None:
        await self.settled()
        screen = await self.child.screen()
        assert any(words in text for text in screen), screen

    async def _system(self, words: str) -> None:
        lines = [message["text"] for message in await self.said("system")]
        _print(f"            [{' | '.join(lines)}]")
        assert any(words in line for line in lines), lines

    async def _desk(self, expected: Desk) -> None:
        card = (await self.counsellor.card(await self.settled()))["conversation"]
        assert card["status"] == expected.status
        if expected.reasons is not None:
            assert set(card["reasons"]) == expected.reasons
        if expected.danger == "none":
            assert card["danger"] is None
        elif expected.danger is not None:
            seen = {name: card["danger"][name] for name in ("kind", "level")}
            assert seen == expected.danger.model_dump()

    async def _ledger(self, expected: dict[str, str]) -> None:
        card = (await self.counsellor.card(await self.settled()))["conversation"]
        assert {step: card["steps"].get(step) for step in expected} == expected

    async def _reached(self, steps: frozenset[str]) -> None:
        assert steps <= self.service.records.reached(await self.settled())


@asynccontextmanager
async def opened(service: Service, channel: Channel, silence: Silence) -> AsyncIterator[Stage]:
    """Put a child of this channel and a counsellor on a stage."""
    child = on_the_web(service) if channel is Channel.web else with_a_phone(service, next(_PHONES))
    async with child as present, signed_in(service) as counsellor:
        stage = Stage(service, present, counsellor, silence)
        yield stage
        silence.holds(*present.private(), *service.cookies.values())


def hold(expected: Answer, messages: list[Message]) -> None:
    """Hold what the program said against what it must have said."""
    texts = [message["text"] for message in messages]
    steps = [step for message in messages for step in message["steps"]]
    assert texts, "the program said nothing"
    for words in expected.says:
        assert any(words in text for text in texts), texts
    missing = {number for number in expected.numbers if not named(number, texts)}
    assert not missing, texts
    if expected.steps is not None:
        assert tuple(steps) == expected.steps
    if expected.no_step:
        assert steps == []


def named(number: str, texts: list[str]) -> bool:
    """Say whether a number stands in one of the texts, as a number of its own."""
    return any(re.search(rf"(?<!\d){number}(?!\d)", text) for text in texts)


def _print(line: str) -> None:
    sys.stdout.write(f"{line}\n")
