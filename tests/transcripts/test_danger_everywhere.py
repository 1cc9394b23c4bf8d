"""Each kind of danger at every place of the walk: the right numbers, and no step in the same turn.

First against the bot's own contract, at all places; then over the whole stack, where the api looks
first. Not for: whether enough words are seen (`tests/danger`).
"""

import asyncio

import pytest

from api.channels.messages import Channel
from tests.stack.dialogue import Body, Dialogue
from tests.stack.service import Service
from tests.stack.silence import Silence
from tests.transcripts import danger
from tests.transcripts.children import ChildOnTheWeb
from tests.transcripts.danger import Spoken
from tests.transcripts.danger.walker import Place, places
from tests.transcripts.script import Answer
from tests.transcripts.stage import Stage, hold, named, opened

WALK = ["safe_now", "dont_pay", "dont_send", "keep_evidence", "contact_3018", "after the walk"]
PHRASES, MODEL = danger.seen_by_phrases(), danger.left_to_the_model()


@pytest.fixture(scope="module")
def everywhere(dialogue: Dialogue) -> list[Place]:
    """Give every place of the walk, on both channels."""
    return [*places(dialogue, "sms"), *places(dialogue, "web")]


@pytest.mark.parametrize("spoken", PHRASES, ids=str)
def test_the_phrases_see_just_this(spoken: Spoken) -> None:
    assert spoken.signal is not None
    assert (spoken.signal.kind, spoken.signal.level.value) == (spoken.kind, spoken.level)


@pytest.mark.parametrize("spoken", MODEL, ids=str)
def test_no_phrase_sees_what_is_left_to_the_model(spoken: Spoken) -> None:
    assert all(danger.unseen(text) for text in spoken.texts)


def test_the_places_are_all_there(everywhere: list[Place]) -> None:
    sms = ["nothing said", "opened", *WALK, "a person is waited for"]
    assert [place.name for place in everywhere if place.channel == "sms"] == sms
    web = ["opened", *WALK, "a person is waited for"]
    assert [place.name for place in everywhere if place.channel == "web"] == web


@pytest.mark.parametrize("spoken", PHRASES, ids=str)
def test_forced_by_the_phrases(spoken: Spoken, everywhere: list[Place]) -> None:
    for place in everywhere:
        holds(spoken, place.hears(spoken.texts[0], spoken.signal), place)


@pytest.mark.parametrize("spoken", MODEL, ids=str)
def test_seen_by_the_model_alone(spoken: Spoken, everywhere: list[Place]) -> None:
    for place in everywhere:
        answers = [place.hears(text) for text in spoken.texts]
        known = [answer for answer in answers if answer["understood"]["intent"] == spoken.kind]
        assert known, place
        for answer in known:
            holds(spoken, answer, place)


@pytest.mark.parametrize("place", ["opened", *WALK])
async def test_over_the_whole_stack(place: str, service: Service, silence: Silence) -> None:
    tried = [asyncio.create_task(spoken_at(place, each, service, silence)) for each in PHRASES]
    await asyncio.gather(*tried)


def holds(spoken: Spoken, answer: Body, place: Place) -> None:
    """Hold an answer of the bot against what this danger needs."""
    texts = [reply["text"] for reply in answer["replies"]]
    assert not [number for number in spoken.numbers if not named(number, texts)], (place, texts)
    assert [reply["step"] for reply in answer["replies"] if reply["step"]] == [], place
    assert answer["changes"]["steps"] == {}, place
    assert answer["changes"]["crisis"], place
    assert answer["handoff"]["reason"] == "danger", place


async def spoken_at(place: str, spoken: Spoken, service: Service, silence: Silence) -> None:
    """Walk there on the page, write the danger, and see what child and desk see."""
    async with opened(service, Channel.web, silence) as stage:
        for _ in range(["opened", *WALK].index(place)):
            await tap_first(stage)
        before = await ledger(stage)
        await stage.act(spoken.texts[0])
        hold(Answer(numbers=spoken.numbers, no_step=True), await stage.said())
        card = (await stage.counsellor.card(await stage.settled()))["conversation"]
        assert (card["danger"]["kind"], card["danger"]["level"]) == (spoken.kind, spoken.level)
        assert card["status"] == "waiting"
        assert card["steps"] == before


async def tap_first(stage: Stage) -> None:
    """Tap the first choice that is offered: the one that leads on."""
    await stage.settled()
    assert isinstance(stage.child, ChildOnTheWeb)
    await stage.child.tap(stage.child.offered()[0])


async def ledger(stage: Stage) -> dict[str, str]:
    steps: dict[str, str] = (await stage.counsellor.card(await stage.settled()))["conversation"][
        "steps"
    ]
    return steps
