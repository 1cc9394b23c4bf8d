"""Every response is said by somebody: no words lie unused, and none is waited for in vain."""

from collections.abc import Iterator

import pytest

from actions import crisis
from tests.actions import house
from tests.actions.stage import Conversation, Spoken, fact, seen, walking

STEPS = ("safe_now", "dont_pay", "dont_send", "keep_evidence", "contact_3018")
WORLDS: tuple[dict[str, object], ...] = (
    {},
    {"line_open": False},
    {"desk_open": False},
    {"desk_open": False, "desk_opens": None},
    {"holder": "waiting", "ahead": 0},
    {"holder": "waiting", "ahead": 1},
    {"holder": "waiting", "ahead": 5},
    {"holder": "waiting", "desk_open": False},
    {"holder": "waiting", "desk_open": False, "desk_opens": None, "line_open": False},
    {"facts": {"subject": fact("other")}, "line_open": False},
    {"facts": {"subject": fact("other")}},
    {"facts": {"paid": fact("yes"), "sent_more": fact("yes"), "evidence": fact("lost")}},
)


KINDS = [
    (kind, level, subject)
    for kind in crisis.FAMILIES
    for level in crisis.LEVELS
    for subject in ("self", "other")
]


def within(talk: Conversation, world: dict[str, object]) -> Conversation:
    for name, value in world.items():
        setattr(talk, name, value)
    return talk


def digressions() -> Iterator[Spoken]:
    for world in WORLDS:
        for step in STEPS:
            for intent in house.rules():
                talk = within(walking(step), world)
                for _ in range(2):
                    yield talk.says(intent)


def walks() -> Iterator[Spoken]:
    for world in WORLDS:
        for answer in ("done", "cannot", "deny"):
            talk = within(walking("dont_pay"), world)
            for _ in range(6):
                yield talk.says(answer)


def crises() -> Iterator[Spoken]:
    for danger in (seen(*kind) for kind in KINDS):
        for answers in (
            ["deny", "affirm"],
            ["affirm", "thank", "thank"],
            ["ask_pay", *["thank"] * 3],
        ):
            talk = walking("dont_pay")
            yield talk.says(danger["kind"], danger=danger)
            yield from (talk.says(answer) for answer in answers)
    for answers in (["deny", "deny", "affirm"], ["deny", "thank", "thank", "affirm"]):
        talk = walking("safe_now")
        yield from (talk.says(answer) for answer in answers)
    lasting = Conversation(crisis=True, channel="sms")
    yield from (lasting.says(move) for move in ("thank", "thank", "ask_pay", "ask_pay"))


def openings() -> Iterator[Spoken]:
    for first in ("greet", "nlu_fallback", "report_threat", "report_for_other"):
        for second in ("affirm", "deny"):
            talk = Conversation(channel="sms")
            yield talk.says(first)
            yield talk.says(second)
        page = Conversation()
        yield page.says("event_opened")
        yield page.says(first)
        yield from (page.says(move) for move in ("deny", "ask_repeat"))
    for move in ("deny", "dont_know", "cannot", "done", "affirm", "ask_repeat"):
        page = Conversation()
        yield page.says("event_opened")
        yield page.says(move)
    waiting = within(walking("dont_pay"), {"holder": "waiting"})
    yield from (waiting.says(move) for move in ("thank", "deny"))


def misunderstandings() -> Iterator[Spoken]:
    for readings in ((), ("greet", "thank"), ("ask_pay", "report_threat")):
        lost = walking("dont_pay")
        for _ in range(2):
            yield lost.says("nlu_fallback", readings=readings)
            yield lost.says("affirm")
        page = Conversation()
        yield page.says("event_opened")
        yield page.says("nlu_fallback", readings=readings)
        yield walking("dont_send").says("nlu_fallback", readings=readings)
    for answer in ("affirm", "deny"):
        unsure = walking("dont_pay")
        yield unsure.says("nlu_fallback", readings=("ask_pay", "report_threat"))
        yield unsure.says(answer)


def in_another_language() -> Iterator[Spoken]:
    for world in WORLDS:
        for first in ("event_opened", "ask_human", "report_threat"):
            talk = within(Conversation(language="en", channel="sms"), world)
            yield from (talk.says(word) for word in (first, "deny", "affirm", *["ask_pay"] * 3))
            yield from (talk.says(event) for event in house.rules() if event[:6] == "event_")
        for kind, level, subject in KINDS:
            for answer in ("deny", "affirm"):
                talk = within(Conversation(language="en"), world)
                yield talk.says(kind, danger=seen(kind, level, subject))
                yield from (talk.says(word) for word in (answer, "ask_pay", "ask_pay"))
        for answer in ("deny", "affirm"):
            lasting = within(Conversation(language="en", crisis=True), world)
            yield from (lasting.says(word) for word in ("thank", answer))


@pytest.fixture(scope="module")
def reached() -> set[str]:
    said = (
        *digressions(),
        *walks(),
        *crises(),
        *openings(),
        *misunderstandings(),
        *in_another_language(),
    )
    return {name for spoken in said for name in spoken.names}


def test_no_response_is_missing(reached: set[str]) -> None:
    assert reached - set(house.responses()) == set()


def test_no_response_lies_unused(reached: set[str]) -> None:
    assert sorted(set(house.responses()) - reached) == []
