"""Every event in every state: how each state is really reached, and what each event comes to.

The table of holders says what is right, the store what is so. Not for: order (`machine.py`).
"""

from collections.abc import Callable, Coroutine, Iterator
from dataclasses import dataclass
from itertools import product
from typing import Any

from api.channels.messages import Channel
from api.conversation.holder import EDGES, Holder, Move, MoveRefusedError, after, answers_itself
from api.hooks import Hook
from tests.proof.voice.answers import ANSWERS, WORDS
from tests.proof.voice.promises import LEVELS, May
from tests.proof.voice.provider import Ending
from tests.proof.voice.world import World

HOLDS, COLLEAGUE = 0, 1
ANYTHING = May(frozenset(Move), lowers=True, erases=True)


@dataclass(frozen=True)
class State:
    """A holder, a danger that stands, and where the child writes from."""

    holder: Holder
    level: str | None
    channel: Channel

    @property
    def danger_open(self) -> bool:
        return self.level in ("R2", "R3")

    async def reach(self, world: World) -> None:
        """Come here by real moves."""
        await world.afresh(self.channel)
        await world.happens(answered(world, "plain", "step"), ANYTHING)
        if self.level is not None:
            await world.happens(world.writes(WORDS[self.level]), ANYTHING)
        if self.holder is not Holder.with_bot and not self.danger_open:
            await world.happens(answered(world, "plain", "asked"), ANYTHING)
        if self.holder is Holder.closed and self.danger_open:
            await world.happens(silent(world), ANYTHING)
        elif self.holder not in (Holder.with_bot, Holder.waiting):
            await world.happens(world.desk(HOLDS, "claim"), ANYTHING)
        if self.holder is Holder.closed and not self.danger_open:
            await world.happens(world.desk(HOLDS, "close", outcome=None), ANYTHING)


Coming = Callable[[State], Holder | None]
Level = Callable[[State], str | None]
Event = Callable[[World], Coroutine[Any, Any, bool]]


def moves(*moves: Move) -> Coming:
    """Say that the event is the first of `moves` that the table knows; else it moves nobody."""

    def comes_to(state: State) -> Holder:
        known = [move for move in moves if (state.holder, move) in EDGES]
        try:
            target = after(state.holder, known[0], danger_open=state.danger_open) if known else None
        except MoveRefusedError:
            target = None
        return target or state.holder

    return comes_to


def gone_from(*holders: Holder) -> Coming:
    """Say that nothing is left in these, and that elsewhere nothing happens."""
    return lambda state: None if state.holder in holders else state.holder


def calmed(state: State) -> Holder:
    """Say that who waited only for a danger that is none waits no more."""
    waits = state.holder is Holder.waiting and state.danger_open
    return Holder.with_bot if waits else state.holder


async def answered(world: World, words: str, answer: str) -> bool:
    await world.writes(WORDS[words])
    await world.time_passes(seconds=4)
    return await world.bot_takes_turn(ANSWERS[answer])


async def silent(world: World, hours: int = 73) -> bool:
    await world.time_passes(hours=hours)
    return await world.sweeps()


async def overtaken(world: World) -> bool:
    """Have the bot's answer come after a claim."""
    await world.happens(world.writes(WORDS["plain"]), ANYTHING)
    await world.time_passes(seconds=4)
    slow = world.bot_takes_turn(ANSWERS["three parts"], Hook.turn_bot_answered)
    await world.happens(slow, ANYTHING)
    await world.happens(world.desk(HOLDS, "claim"), ANYTHING)
    return await world.happens(world.goes_on(0), ANYTHING)


async def answered_twice(world: World) -> bool:
    """Have a worker that was paused past its lease conclude after another one has."""
    await world.happens(world.writes(WORDS["plain"]), ANYTHING)
    await world.time_passes(seconds=4)
    slow = world.bot_takes_turn(ANSWERS["step"], Hook.turn_bot_answered)
    await world.happens(slow, ANYTHING)
    await world.time_passes(seconds=16)
    await world.happens(world.bot_takes_turn(ANSWERS["step"]), ANYTHING)
    return await world.happens(world.goes_on(0), ANYTHING)


async def delivered_late(world: World, at: Hook, deed: str = "claim") -> bool:
    """Have a worker that holds a message come after a claim, or after all is erased."""
    if not await world.happens(world.worker_delivers(Ending.taken, at), ANYTHING):
        return False
    await world.happens(world.desk(HOLDS, deed), ANYTHING)
    return await world.happens(world.goes_on(0), ANYTHING)


async def last_word(world: World) -> bool:
    """Have what a counsellor wrote handed over after the end."""
    await world.happens(world.replies(HOLDS, "Je suis là."), ANYTHING)
    await world.happens(world.desk(HOLDS, "close", outcome=None), ANYTHING)
    await world.happens(world.worker_delivers(Ending.taken), ANYTHING)
    return True


async def undelivered(world: World) -> bool:
    await world.worker_delivers(Ending.taken)
    return await world.provider_reports(0, "undelivered")


async def taken_over(world: World) -> bool:
    await world.signs_out(HOLDS)
    return await world.desk(COLLEAGUE, "claim")


STAYS, ASKED = moves(), moves(Move.person_asked)
CLAIMED = moves(Move.claimed)
ANYWHERE = gone_from(*Holder)


def raised_to(level: str) -> Level:
    """Say that a danger is never lowered by what is said, nor touched once it is over."""

    def comes_to(state: State) -> str | None:
        levels = (state.level,) if state.holder is Holder.closed else (state.level, level)
        return max(levels, key=LEVELS.index)

    return comes_to


def judged_as(level: str | None) -> Level:
    """Say that a person's word is the danger's level, until it is over."""
    return lambda state: state.level if state.holder is Holder.closed else level


def _judged(level: str | None) -> Event:
    return lambda world: world.desk(HOLDS, "danger", level=level, kind="danger_home")


CASES: dict[str, tuple[Event, Coming]] = {
    "child writes": (lambda world: world.writes(WORDS["plain"]), STAYS),
    "child writes again": (lambda world: world.writes_twice(WORDS["plain"]), STAYS),
    "child writes R1": (lambda world: world.writes(WORDS["R1"]), STAYS),
    "child writes R2": (lambda world: world.writes(WORDS["R2"]), ASKED),
    "child writes R3": (lambda world: world.writes(WORDS["R3"]), ASKED),
    "child sends picture": (lambda world: world.sends_picture(""), STAYS),
    "child taps": (lambda world: world.taps(1), STAYS),
    "sms found late": (lambda world: world.is_found_late(WORDS["plain"]), ASKED),
    "page reads": (lambda world: world.page_reads(), STAYS),
    "child erases": (lambda world: world.erases(), ANYWHERE),
    "bot answers": (lambda world: answered(world, "plain", "three parts"), STAYS),
    "bot asks": (lambda world: answered(world, "plain", "asked"), ASKED),
    "bot understands nothing": (lambda world: answered(world, "plain", "not understood"), ASKED),
    "bot sees danger": (lambda world: answered(world, "plain", "danger"), ASKED),
    "bot reads danger": (lambda world: answered(world, "plain", "reads danger"), ASKED),
    "bot fails": (lambda world: answered(world, "plain", "fails"), ASKED),
    "bot declines": (lambda world: answered(world, "no", "declined"), moves(Move.declined)),
    "bot is overtaken": (overtaken, CLAIMED),
    "two workers answer": (answered_twice, STAYS),
    "sms is taken": (lambda world: world.worker_delivers(Ending.taken), STAYS),
    "sms is put off": (lambda world: world.worker_delivers(Ending.busy), STAYS),
    "sms is refused": (lambda world: world.worker_delivers(Ending.refused), ASKED),
    "sms is unanswered": (lambda world: world.worker_delivers(Ending.lost), STAYS),
    "sms does not arrive": (undelivered, ASKED),
    "sms held before": (lambda world: delivered_late(world, Hook.out_before_request), CLAIMED),
    "sms held after": (lambda world: delivered_late(world, Hook.out_request_written), CLAIMED),
    "sms held and erased": (
        lambda world: delivered_late(world, Hook.out_before_request, "erase"),
        gone_from(Holder.waiting, Holder.with_counsellor),
    ),
    "sms after the end": (last_word, moves(Move.closed)),
    "claimed": (lambda world: world.desk(HOLDS, "claim"), CLAIMED),
    "colleague claims": (lambda world: world.desk(COLLEAGUE, "claim"), CLAIMED),
    "colleague takes over": (taken_over, moves(Move.claimed, Move.taken_over)),
    "released": (lambda world: world.desk(HOLDS, "release"), moves(Move.handed_back)),
    "colleague releases": (lambda world: world.desk(COLLEAGUE, "release"), STAYS),
    "returned": (lambda world: world.desk(HOLDS, "return-to-bot"), moves(Move.returned)),
    "colleague returns": (lambda world: world.desk(COLLEAGUE, "return-to-bot"), STAYS),
    "closed": (lambda world: world.desk(HOLDS, "close", outcome=None), moves(Move.closed)),
    "colleague closes": (lambda world: world.desk(COLLEAGUE, "close", outcome=None), STAYS),
    "danger set": (_judged("R2"), ASKED),
    "danger made small": (_judged("R1"), calmed),
    "danger taken off": (_judged(None), calmed),
    "replied": (lambda world: world.replies(HOLDS, "Je suis là."), STAYS),
    "colleague replies": (lambda world: world.replies(COLLEAGUE, "Je suis là."), STAYS),
    "desk erases": (
        lambda world: world.desk(HOLDS, "erase"),
        gone_from(Holder.waiting, Holder.with_counsellor),
    ),
    "colleague erases": (lambda world: world.desk(COLLEAGUE, "erase"), gone_from(Holder.waiting)),
    "key is lost": (lambda world: world.loses_key(at_its_turn=False), moves(Move.lost)),
    "silence": (silent, moves(Move.expired)),
    "time is over": (lambda world: silent(world, hours=31 * 24), ANYWHERE),
}


# What changes a danger; every other event leaves it as it was.
DANGERS: dict[str, Level] = {
    "child writes R1": raised_to("R1"),
    "child writes R2": raised_to("R2"),
    "child writes R3": raised_to("R3"),
    # While a person holds it asks for nobody: it only reads.
    "bot sees danger": lambda state: (
        state.level if state.holder is Holder.with_counsellor else raised_to("R2")(state)
    ),
    "bot reads danger": raised_to("R2"),
    "danger set": judged_as("R2"),
    "danger made small": judged_as("R1"),
    "danger taken off": judged_as(None),
}


def states() -> Iterator[State]:
    """Give every state that may be: with the bot alone, no danger stands open."""
    for holder, level, channel in product(Holder, (None, "R1", "R2", "R3"), Channel):
        state = State(holder, level, channel)
        if holder is not Holder.with_bot or not state.danger_open:
            yield state


async def walk(world: World, state: State, case: str) -> None:
    """Reach the state, let the event happen, and check what it has come to."""
    await state.reach(world)
    talk = world.talk
    assert talk is not None
    assert (talk.row.holder, talk.row.danger_level) == (state.holder, state.level), state
    event, comes_to = CASES[case]
    could = await world.happens(event(world), ANYTHING)
    expected = comes_to(state) if could else state.holder
    left = world.now.get(talk.row.id)
    assert (left and left.row.holder) == expected, (state, case)
    if left is not None:
        level = DANGERS[case](state) if could and case in DANGERS else state.level
        assert left.row.danger_level == level, (state, case)
    if world.talk is not None and world.talk.row.id != talk.row.id:
        ended = state.holder is Holder.closed or case == "key is lost"
        assert ended, "only a closed one is followed by the next"
        assert case == "bot is overtaken" or answers_itself(world.talk.row.holder), (state, case)
