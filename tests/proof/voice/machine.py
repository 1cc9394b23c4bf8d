"""Every event in any order: a rule machine over a world. After each, every promise is checked.

At its end everything settles, nothing is left undone, and the state reached is left by real moves.
Not for: the promises themselves (`promises.py`).
"""

import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass, field
from typing import Any

import httpx
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from api.channels.messages import Awaits, Channel, Delivery
from api.conversation.holder import EDGES, KEEPS_A_PERSON, Holder, Move
from api.conversation.service import danger_open
from api.hooks import Hook
from tests.proof.voice.answers import ANSWERS, WORDS
from tests.proof.voice.promises import May
from tests.proof.voice.provider import Ending
from tests.proof.voice.seen import Talk
from tests.proof.voice.stops import OUT, TURN
from tests.proof.voice.world import World

ASKED = May(frozenset({Move.person_asked}))
SPOKEN = May(frozenset({Move.person_asked, Move.declined}))
CLAIMED = May(frozenset({Move.claimed, Move.taken_over}))
NOTHING = May()
LOST = May(frozenset({Move.lost, Move.person_asked}))

# Whoever holds the conversation, or their colleague.
WHO = st.sampled_from(["holder", "colleague"])
WHICH = st.integers(0, 7)
LEVEL = st.sampled_from([None, "R1", "R2", "R3"])
# Most are taken, so that there is something to report.
ENDINGS = (Ending.taken, Ending.taken, Ending.taken, *Ending)
TIMES = (
    {"seconds": 2},
    {"seconds": 16},
    {"seconds": 61},
    {"minutes": 11},
    {"minutes": 16},
)


# Where the child is alone with the bot no danger stands open, but for the one that ends this.
_NEVER = {(Holder.with_bot, move) for move in Move if move is not Move.person_asked}
Edge = tuple[Holder, Move, bool]


@dataclass
class Tally:
    """What was really done: steps that could happen, those refused, and edges taken.

    An edge is a holder, the move that ended it, and whether a danger stood open at that.
    """

    steps: int = 0
    refused: int = 0
    edges: set[Edge] = field(default_factory=set)

    @property
    def missing(self) -> set[Edge]:
        """Return the edges of the table that change something and were never taken."""
        changes = [
            (start, move)
            for (start, move), end in EDGES.items()
            if move is not Move.person_asked or start is not end
        ]
        calm = {(start, move, False) for start, move in changes}
        open_ = {
            (start, move, True)
            for start, move in changes
            if move not in KEEPS_A_PERSON and (start, move) not in _NEVER
        }
        return (calm | open_) - self.edges

    def count(self, before: Talk | None, after: Talk, may: May) -> None:
        """Note the edge between two looks, where there was one: its ends name its move."""
        start, version = (before.row.holder, before.row.holder_version) if before else (None, 0)
        if after.row.holder_version != version + 1:
            return
        for move in may.moves:
            if EDGES.get((start or Holder.with_bot, move)) is after.row.holder:
                self.edges.add((start or Holder.with_bot, move, danger_open(after.row)))


class OneVoice(RuleBasedStateMachine):
    """One child, two colleagues, workers that stop in the middle, and time."""

    def __init__(self, runner: asyncio.Runner, world: World, tally: Tally) -> None:
        super().__init__()
        self.runner, self.world, self.tally = runner, world, tally
        # False where a promise broke: what would come after it shows nothing more.
        self.sound = False
        # What is done to settle everything was not drawn, and is no step.
        self.drawn = True

    def happens(self, event: Coroutine[Any, Any, bool], may: May, *, counts: bool = True) -> bool:
        before, self.sound = self.world.now, False
        could = self.runner.run(self.world.happens(event, may))
        refused = self.world.status == httpx.codes.CONFLICT
        self.tally.refused += refused
        # Only the desk leaves a status.
        done = could and (not self.world.status or httpx.codes.is_success(self.world.status))
        self.tally.steps += done and counts and self.drawn
        self.sound = True
        for id_, talk in self.world.now.items():
            self.tally.count(before.get(id_), talk, may)
        return could

    @initialize(channel=st.sampled_from(Channel))
    def a_child(self, channel: Channel) -> None:
        self.runner.run(self.world.afresh(channel))
        self.happens(self.world.writes("slt"), NOTHING)

    @rule(words=st.sampled_from(sorted(WORDS)))
    def child_writes(self, words: str) -> None:
        self.happens(self.world.writes(WORDS[words]), ASKED)

    @rule(words=st.sampled_from(sorted(WORDS)))
    def child_writes_twice(self, words: str) -> None:
        self.happens(self.world.writes_twice(WORDS[words]), ASKED)

    @rule(words=st.sampled_from(sorted(WORDS)))
    def sms_is_found_late(self, words: str) -> None:
        self.happens(self.world.is_found_late(WORDS[words]), ASKED)

    @rule(text=st.sampled_from(["", "slt", WORDS["R3"]]))
    def child_sends_picture(self, text: str) -> None:
        self.happens(self.world.sends_picture(text), ASKED)

    @rule(number=st.integers(1, 2))
    def child_taps(self, number: int) -> None:
        self.happens(self.world.taps(number), ASKED)

    @rule()
    def page_reads(self) -> None:
        self.happens(self.world.page_reads(), NOTHING)

    @rule()
    def another_page_opens(self) -> None:
        self.happens(self.world.another_page(), NOTHING)

    @rule()
    def child_erases(self) -> None:
        self.happens(self.world.erases(), May(erases=True))

    @rule(at_its_turn=st.booleans())
    def key_is_lost(self, at_its_turn: bool) -> None:  # noqa: FBT001 - drawn
        if at_its_turn:
            self.child_writes("plain")
            self.time_passes({"seconds": 4})
        self.happens(self.world.loses_key(at_its_turn=at_its_turn), LOST)

    @rule(answer=st.sampled_from(sorted(ANSWERS)), at=st.sampled_from([None, None, *TURN]))
    def bot_takes_turn(self, answer: str, at: Hook | None) -> None:
        self.happens(self.world.bot_takes_turn(ANSWERS[answer], at), SPOKEN)

    @rule(answer=st.sampled_from(sorted(ANSWERS)))
    def two_workers_answer(self, answer: str) -> None:
        self.child_writes("plain")
        self.time_passes({"seconds": 4})
        self.bot_takes_turn(answer, Hook.turn_bot_answered)
        self.time_passes({"seconds": 16})
        self.bot_takes_turn(answer, None)
        self.held_work_goes_on(-1)

    @rule(ending=st.sampled_from(ENDINGS), at=st.sampled_from([None, None, *OUT]))
    def worker_delivers(self, ending: Ending, at: Hook | None) -> None:
        self.happens(self.world.worker_delivers(ending, at), ASKED)

    @rule(which=WHICH)
    def held_work_goes_on(self, which: int) -> None:
        self.happens(self.world.goes_on(which), SPOKEN)

    @rule(which=WHICH)
    def worker_dies(self, which: int) -> None:
        self.happens(self.world.worker_dies(which), NOTHING)

    @rule(which=WHICH, status=st.sampled_from(["sent", "delivered", "undelivered", "unheard"]))
    def provider_reports(self, which: int, status: str) -> None:
        self.happens(self.world.provider_reports(which, status), ASKED)

    def desk(self, who: str, deed: str, may: May, **content: str | None) -> None:
        self.happens(self.world.desk(self.number_of(who), deed, **content), may)

    def number_of(self, who: str) -> int:
        holder = self.world.holder
        return holder if who == "holder" else 1 - holder

    @rule(who=WHO)
    def claims(self, who: str) -> None:
        self.desk(who, "claim", CLAIMED)

    @rule(who=WHO)
    def releases(self, who: str) -> None:
        self.desk(who, "release", May(frozenset({Move.handed_back})))

    @rule(who=WHO)
    def returns_to_bot(self, who: str) -> None:
        self.desk(who, "return-to-bot", May(frozenset({Move.returned})))

    @rule(who=WHO)
    def closes(self, who: str) -> None:
        self.desk(who, "close", May(frozenset({Move.closed})), outcome=None)

    @rule(who=WHO, level=LEVEL)
    def judges_danger(self, who: str, level: str | None) -> None:
        may = May(SPOKEN.moves, lowers=True)
        self.desk(who, "danger", may, level=level, kind="danger_suicide")

    @rule()
    def takes_and_calms(self) -> None:
        self.claims("holder")
        self.judges_danger("holder", None)

    @rule(words=st.sampled_from(sorted(WORDS)))
    def is_taken_over(self, words: str) -> None:
        self.child_writes(words)
        self.claims("holder")
        self.signs_out("holder")
        self.claims("colleague")

    @rule(who=WHO)
    def replies(self, who: str) -> None:
        self.happens(self.world.replies(self.number_of(who), "Je suis là."), NOTHING)

    @rule(who=WHO)
    def notes(self, who: str) -> None:
        self.desk(who, "notes", NOTHING, text="Appeler demain.")

    @rule(who=WHO)
    def desk_erases(self, who: str) -> None:
        self.desk(who, "erase", May(erases=True))

    @rule(who=WHO)
    def signs_out(self, who: str) -> None:
        self.happens(self.world.signs_out(self.number_of(who)), NOTHING)

    @rule(parts=st.sampled_from(TIMES))
    def time_passes(self, parts: dict[str, float]) -> None:
        self.happens(self.world.time_passes(**parts), NOTHING, counts=False)

    @rule(hours=st.sampled_from([1, 73, 31 * 24]))
    def nobody_writes(self, hours: int) -> None:
        self.time_passes({"hours": hours})
        self.happens(self.world.sweeps(), May(frozenset({Move.expired}), erases=True))

    @rule(words=st.sampled_from(sorted(WORDS)), answer=st.sampled_from(sorted(ANSWERS)))
    def child_is_answered(self, words: str, answer: str) -> None:
        self.child_writes(words)
        self.time_passes({"seconds": 4})
        self.bot_takes_turn(answer, None)

    def teardown(self) -> None:
        if not self.sound:
            return
        self.drawn = False
        self.settles()
        self.nothing_is_left()
        self.state_is_left()

    def settles(self) -> None:
        """Let every worker end, and have everything done that is due: all is well again."""
        while self.happens(self.world.goes_on(0), SPOKEN):
            pass
        for _ in range(4):
            self.time_passes({"minutes": 1})
            while self.happens(self.world.bot_takes_turn(ANSWERS["words"]), SPOKEN):
                pass
            while self.happens(self.world.worker_delivers(Ending.taken), ASKED):
                pass

    def nothing_is_left(self) -> None:
        for talk in self.world.now.values():
            for message in talk.messages:
                assert message.delivery is not Delivery.pending, "everything is handed over"
                read = talk.row.holder is Holder.closed or message.awaits is None
                assert read, f"a word of a child awaits {message.awaits or Awaits.answer}"

    def state_is_left(self) -> None:
        """Have a person take it, calm it, end it; then it begins anew."""
        talk = self.world.talk
        if talk is not None and talk.row.holder is not Holder.closed:
            self.takes_and_calms()
            self.closes("holder")
            assert self.world.now[talk.row.id].row.holder is Holder.closed, (
                "every state can be left"
            )
        self.child_writes("plain")
        assert self.world.talk is not None
        assert self.world.talk.row.holder is not Holder.closed, (
            "a closed one is followed by the next"
        )
