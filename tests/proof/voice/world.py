"""A house, one child, two colleagues, two kinds of workers, a provider: and all that they can do.

Every event goes in by the door that it has in reality (HTTP where there is one) and says whether
anything could happen at all. Not for: order, which `machine` draws and `walk` exhausts; nor for
judging.
"""

from collections.abc import Coroutine
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

import httpx
from sqlalchemy import update

from api.audit.models import Action
from api.channels.messages import Channel, Inbound
from api.channels.sender import Received
from api.channels.sms_missed import Missed
from api.channels.webchat_out import Page as Stream
from api.conversation.models import Conversation
from api.desk.models import Staff
from api.desk.sessions import begin, cookie_name, lasting
from api.due import DueDeliveries, DueTurns
from api.hooks import Hook
from api.house import House
from api.main import sweep_of
from tests.desk.serving import Colleague, browser, hire
from tests.proof.voice.answers import ANSWERS, READS_DANGER
from tests.proof.voice.promises import Happened, May, check
from tests.proof.voice.provider import Ending, Inbox, Provider
from tests.proof.voice.seen import Seen, Talk, look
from tests.proof.voice.stops import Held
from tests.standins.clock import HandClock
from tests.standins.recording_sender import sid
from tests.standins.scripted_bot import Answer, ScriptedBot
from tests.talk import PHONE, Page, Phone

LATE = timedelta(hours=1)


@dataclass
class World:
    """`channel` is the child's. `held` are pieces of work in the middle; `now` the last look.

    `judged` is how many requests at the provider have been judged; `told` what the stream gives
    while something happens.
    """

    house: House
    clock: HandClock
    bot: ScriptedBot
    provider: Provider
    client: httpx.AsyncClient
    colleagues: list[Colleague]
    channel: Channel = Channel.web
    page: Page = field(init=False)
    stream: Stream | None = None
    held: list[Held] = field(default_factory=list)
    now: Seen = field(default_factory=dict)
    status: int = 0
    sms: int = 0
    judged: int = 0
    told: list[dict[str, Any]] = field(default_factory=list)

    @classmethod
    async def begun(
        cls, house: House, clock: HandClock, bot: ScriptedBot, out: Provider
    ) -> "World":
        """Open the browsers of everybody."""
        names = ("Camille", "Malik")
        colleagues = [await hire(house, name) for name in names]
        return cls(house, clock, bot, out, browser(house), colleagues)

    async def ended(self) -> None:
        for client in (self.client, *(colleague.client for colleague in self.colleagues)):
            await client.aclose()
        await self.house.database.close()

    async def look(self) -> None:
        self.now = await look(self.house.database)

    async def happens(self, event: Coroutine[Any, Any, bool], may: May) -> bool:
        """Let it happen, look again, and check every promise. Say whether it could happen."""
        before, self.status, self.told = self.now, 0, []
        could = await event
        await self.look()
        # An event may have parts: what was asked in one of them was judged with that part.
        asked = self.provider.asked
        now, ever = asked[self.judged :], frozenset(asked[: self.judged])
        self.judged = len(asked)
        refused = self.status == httpx.codes.CONFLICT
        check(Happened(before, self.now, may, now, ever, refused, self.told))
        self.told = []
        return could

    @property
    def talk(self) -> Talk | None:
        """Return the child's last conversation."""
        return max(self.now.values(), key=lambda talk: talk.row.seq, default=None)

    async def afresh(self, channel: Channel) -> None:
        """Leave nothing of what was; a new child of `channel`."""
        for piece in self.held:
            await piece.abandon()
        self.held = []
        await self.look()
        for id_ in self.now:
            async with self.house.database.write() as session:
                await self.house.conversations.erase(session, id_, by=Action.erase)
        self.channel, self.stream, self.page = channel, None, Page(self.client)
        self.provider.took.clear()
        self.bot.failing = None
        await self.look()

    # --- the child

    async def writes(self, text: str, **more: str) -> bool:
        self.sms += 1
        if self.channel is Channel.sms:
            answer = await Phone(self.client, PHONE).write(text, sid=sid(10**9 + self.sms), **more)
        else:
            await self._page_is_open()
            answer = await self.page.write(text)
        return answer.is_success

    async def writes_twice(self, text: str) -> bool:
        """Send the same message again, as a provider or a page without an answer does."""
        if self.channel is Channel.sms:
            await self.writes(text)
            self.sms -= 1
            return await self.writes(text)
        await self._page_is_open()
        id_ = str(uuid4())
        first, again = await self.page.write(text, id_), await self.page.write(text, id_)
        return bool(first.json() == again.json())

    async def sends_picture(self, text: str) -> bool:
        if self.channel is Channel.web:
            return False
        return await self.writes(text, NumMedia="1", MediaContentType0="image/jpeg")

    async def is_found_late(self, text: str) -> bool:
        """Have an SMS found whose webhook was lost an hour ago."""
        if self.channel is Channel.web:
            return False
        self.sms += 1
        lost = Inbound(sid(10**9 + self.sms), PHONE, text)
        inbox = Inbox([Received(lost, self.clock.now() - LATE)], self.provider)
        await Missed(replace(self.house, inbox=inbox), inbox).run()
        return True

    async def taps(self, number: int) -> bool:
        if self.channel is Channel.sms:
            return await self.writes(str(number))
        await self._page_is_open()
        return (await self.page.tap(number)).is_success

    async def page_reads(self) -> bool:
        """Have the stream sent what is new; the page shows and acknowledges all of it."""
        if not self._has_page() or self.talk is None:
            return False
        self.stream = self.stream or Stream(self.house, self.page.token, 0)
        news = await self.stream.news()
        self.told = [event.data for event in news if event.event == "message"]
        return (await self.page.seen(self.talk.row.seq)).is_success

    async def another_page(self) -> bool:
        """Have the child go on at another page, by the code; the first one's token stays good."""
        if not self._has_page():
            return False
        answer = await self.client.post("/api/chat/resume", json={"code": self.page.code})
        if answer.is_success:
            self.page.token, self.stream = answer.json()["token"], None
        return answer.is_success

    async def erases(self) -> bool:
        if not self._has_page():
            return False
        headers = self.page.headers
        answer = await self.client.delete("/api/chat/conversation", headers=headers)
        self.page.token, self.stream = "", None
        return answer.is_success

    async def loses_key(self, *, at_its_turn: bool) -> bool:
        """Damage the key of the last conversation as a failing disk would, and have it noticed.

        The child writes into it, or first a worker takes its turn.
        """
        if self.talk is None:
            return False
        mine = update(Conversation).where(Conversation.id == self.talk.row.id)
        async with self.house.database.write() as session:
            await session.execute(mine.values(wrapped_key=bytes(60)))
        if at_its_turn:
            await self.bot_takes_turn(ANSWERS["words"])
        return await self.writes("slt")

    def _has_page(self) -> bool:
        return self.channel is Channel.web and bool(self.page.token)

    async def _page_is_open(self) -> None:
        if not self.page.token or not self.now:
            await self.page.open()
            self.stream = None

    # --- the program

    async def bot_takes_turn(self, answer: Answer | None, at: Hook | None = None) -> bool:
        """Have a worker take a turn; `answer` None: the bot fails. It stops `at` a point."""
        self.bot.failing = "unreachable" if answer is None else None
        self.bot.answer = answer or self.bot.answer
        self.bot.reading = [READS_DANGER] if answer is ANSWERS["reads danger"] else []
        due = DueTurns(self.house.turn)
        leases = await due.claim(most=1)
        return bool(leases) and await self._work(due.do(leases[0]), at)

    async def worker_delivers(self, ending: Ending, at: Hook | None = None) -> bool:
        """Have a worker hand one message over."""
        assert self.house.deliveries is not None
        self.provider.ending = ending
        due = DueDeliveries(self.house.deliveries)
        parcels = await due.claim(most=1)
        return bool(parcels) and await self._work(due.do(parcels[0]), at)

    async def _work(self, work: Coroutine[Any, Any, None], at: Hook | None) -> bool:
        piece = Held(at)
        if await piece.begin(work):
            self.held.append(piece)
        return True

    async def goes_on(self, which: int) -> bool:
        if not self.held:
            return False
        await self.held.pop(which % len(self.held)).go_on()
        return True

    async def worker_dies(self, which: int) -> bool:
        if not self.held:
            return False
        await self.held.pop(which % len(self.held)).abandon()
        return True

    async def provider_reports(self, which: int, status: str) -> bool:
        """Have the provider report one that it took; it may have done so before."""
        if not self.provider.took:
            return False
        message, taken = self.provider.took[which % len(self.provider.took)]
        await Phone(self.client).report(str(message), taken.provider_id, status)
        return True

    async def time_passes(self, **parts: float) -> bool:
        self.clock.move(**parts)
        return True

    async def sweeps(self) -> bool:
        await sweep_of(self.house).run()
        return True

    # --- the desk

    async def desk(self, who: int, deed: str, **content: Any) -> bool:  # noqa: ANN401
        """Do something at the desk with the last conversation; who is signed out signs in first."""
        if self.talk is None:
            return False
        colleague, path = self.colleagues[who], f"{self.talk.row.id}/{deed}"
        answer = await colleague.post(path, **content)
        if answer.status_code == httpx.codes.UNAUTHORIZED:
            await self._signs_in(colleague)
            answer = await colleague.post(path, **content)
        self.status = answer.status_code
        return True

    async def replies(self, who: int, text: str) -> bool:
        return await self.desk(who, "messages", client_id=str(uuid4()), text=text)

    async def signs_out(self, who: int) -> bool:
        answer = await self.colleagues[who].client.delete("/api/desk/session")
        return answer.is_success

    async def _signs_in(self, colleague: Colleague) -> None:
        house = self.house
        async with house.database.write() as session:
            staff = await session.get_one(Staff, colleague.id)
            token = begin(session, house.vault, staff, house.clock.now(), lasting(house.settings))
        colleague.client.cookies.clear()
        colleague.client.cookies.set(cookie_name(house.settings), token)

    @property
    def holder(self) -> int:
        """Return which colleague holds the last conversation; the first where nobody does."""
        staff_id = self.talk.row.staff_id if self.talk else None
        return int(staff_id == self.colleagues[1].id)
