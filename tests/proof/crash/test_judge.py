"""The judge of the matrix sees each thing that must never happen; without this it proves nothing.

Not for: Relais.
"""

import random
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast
from uuid import UUID, uuid4

import pytest

from api.channels.messages import Channel
from api.hooks import Hook
from tests.proof.crash.cell import DANGER, Cell, Course
from tests.proof.crash.judge import judged
from tests.standins.echo_bot import STEP, echo

if TYPE_CHECKING:
    from tests.proof.crash.scene import Scene

STEP_STATE = "delivered"
CELL = Cell("sqlite", Channel.sms, Hook.in_before_commit, 0)
ALARM = "Appelle le 3114."


@dataclass
class FakeChild:
    wrote: list[str]
    read: list[str]

    async def write(self, text: str) -> None:
        self.wrote.append(text)

    async def screen(self) -> list[str]:
        return self.read


@dataclass
class FakeScene:
    """A scene that has settled, with this thread."""

    thread: list[tuple[str, str]]
    ids: set[UUID] = field(default_factory=lambda: {uuid4()})
    creates: list[dict[str, Any]] = field(default_factory=list)
    step: str = STEP_STATE
    seconds_to_recover: float = 60.0

    @property
    def records(self) -> "FakeScene":
        return self

    @property
    def control(self) -> "FakeScene":
        return self

    def under_way(self) -> int:
        return 0

    def conversations(self) -> set[UUID]:
        return self.ids

    async def ledger(self) -> dict[str, Any]:
        return {"violations": [], "creates": self.creates}

    async def card(self, _: UUID) -> dict[str, Any]:
        keys = ("author", "text")
        rest = {"delivery": "delivered", "by_script": False, "steps": [STEP]}
        shown = [{**dict(zip(keys, one, strict=True)), **rest} for one in self.thread]
        return {"messages": shown, "conversation": {"id": "id", "steps": {STEP: self.step}}}


def course(wrote: list[str], read: list[str], thread: list[tuple[str, str]]) -> Course:
    scene = cast("Scene", FakeScene(thread))
    made = Course(scene, CELL, random.Random(0), AsyncExitStack(), set())  # noqa: S311
    made.children = [FakeChild(wrote, read)]
    return made


async def complaints(made: Course, doubles: int = 0) -> list[str]:
    return (await judged(made, doubles=doubles, seconds=60.0)).complaints


WROTE, READ = ("minor", "a"), ("bot", echo("a"))


@pytest.mark.parametrize(
    ("read", "thread", "complaint"),
    [
        ([echo("a")], [READ], "stored 0 times: a"),
        ([echo("a")], [WROTE, WROTE, READ], "stored 2 times: a"),
        ([echo("a")], [WROTE], "answered 0 times: a"),
        ([echo("a")], [WROTE, READ, READ], "answered 2 times: a"),
        ([echo("a"), echo("a")], [WROTE, READ], "sent twice: 1"),
    ],
)
async def test_what_must_never_happen_is_seen(
    read: list[str], thread: list[tuple[str, str]], complaint: str
) -> None:
    assert await complaints(course(["a"], read, thread)) == [complaint]


async def test_what_is_well_is_not_complained_of() -> None:
    danger = f"{DANGER} a"
    thread = [("minor", danger), ("bot", ALARM), WROTE, READ]
    assert await complaints(course([danger, "a"], [ALARM, echo("a")], thread)) == []
    twice = course(["a"], [echo("a")] * 2, [WROTE, READ])
    assert await complaints(twice, doubles=1) == []


async def test_an_answer_over_a_person_is_seen() -> None:
    made = course(["a"], [echo("a")], [WROTE, READ])
    made.to_a_person.append("a")
    assert await complaints(made) == ["answered over a person: a"]


async def test_what_should_be_erased_and_is_there_is_seen() -> None:
    made = course(["a"], [echo("a")], [WROTE, READ])
    made.erased = made.mine()
    assert len(await complaints(made)) == 1


async def test_what_comes_too_late_is_seen() -> None:
    made = course(["a"], [echo("a")], [WROTE, READ])
    assert (await judged(made, seconds=-1.0)).complaints == ["recovered after 0.0 s"]


async def test_a_step_that_was_read_and_does_not_count_is_seen() -> None:
    made = course(["a"], [echo("a")], [WROTE, READ])
    cast("FakeScene", made.scene).step = "sent"
    assert await complaints(made) == ["step not delivered: id"]


async def test_what_is_sent_to_a_phone_of_long_ago_is_seen() -> None:
    made = course(["a"], [echo("a")], [WROTE, READ])
    cast("FakeScene", made.scene).creates = [{"form": {"To": "+33639981234"}}]
    assert await complaints(made) == ["sent late: 1"]
