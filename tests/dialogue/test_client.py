"""The bot over HTTP: each way to fail is one error with a word of ours and none of a child."""

import json
import logging
import traceback
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel, ValidationError

from api.dialogue.client import LARGEST_ANSWER, BotFailedError, HttpBot
from api.dialogue.shapes import TurnAnswer, TurnRequest, UnderstoodAnswer
from tests.standins.faulty_bot import SECRET, Fault, FaultyBot

FOLDER = Path(__file__).parents[1] / "contract" / "turn"
SAMPLES = {path.stem: json.loads(path.read_text()) for path in sorted(FOLDER.glob("*.json"))}
TURNS = [name for name, sample in SAMPLES.items() if sample["request"].get("mode") != "understand"]
TURNS.remove("malformed")
ANSWERED = [name for name in TURNS if SAMPLES[name]["status"] == 200]
WORDS = "mot que personne d'autre n'écrit"
ANSWER = SAMPLES["turn"]["response"]


@pytest.fixture
def faulty() -> Iterator[FaultyBot]:
    with FaultyBot() as bot:
        bot.says(ANSWER)
        yield bot


@pytest.fixture
async def client(faulty: FaultyBot) -> AsyncIterator[HttpBot]:
    client = HttpBot(faulty.url, SECRET, 10)
    yield client
    await client.aclose()


@pytest.fixture
async def hasty(faulty: FaultyBot) -> AsyncIterator[HttpBot]:
    """Ask with little patience."""
    client = HttpBot(faulty.url, SECRET, 0.4)
    yield client
    await client.aclose()


def request(sample: str = "turn", **parts: Any) -> TurnRequest:  # noqa: ANN401
    return TurnRequest.model_validate({**SAMPLES[sample]["request"], **parts})


def dumped(shape: BaseModel) -> dict[str, Any]:
    """Return what was said, without what stands for what was not: an older bot says less."""
    return shape.model_dump(mode="json", exclude_unset=True)


async def why(client: HttpBot) -> str:
    """Ask for a turn that fails; return the word, after looking for the child's."""
    with pytest.raises(BotFailedError) as raised:
        await client.turn(request(text=WORDS))
    shown = "".join(traceback.format_exception(raised.value))
    assert WORDS not in shown + repr(raised.value.__context__) + repr(raised.value.__cause__)
    return raised.value.why


@pytest.mark.parametrize("fault", ["slow", "trickle"])
async def test_a_bot_that_does_not_answer_in_time_has_failed(
    faulty: FaultyBot, hasty: HttpBot, fault: Fault
) -> None:
    faulty.fault = fault
    assert await why(hasty) == "too_late"


@pytest.mark.parametrize("fault", ["reset", "cut"])
async def test_a_bot_that_breaks_off_has_failed(
    faulty: FaultyBot, client: HttpBot, fault: Fault
) -> None:
    faulty.fault = fault
    assert await why(client) == "unreachable"


async def test_a_bot_that_is_down_has_failed(faulty: FaultyBot, client: HttpBot) -> None:
    faulty.stop()
    assert await why(client) == "unreachable"
    assert not await client.ready()


@pytest.mark.parametrize("status", [204, 302, 400, 401, 403, 404, 500, 502, 503])
async def test_any_other_status_has_failed(faulty: FaultyBot, client: HttpBot, status: int) -> None:
    faulty.status, faulty.body = status, b""
    assert await why(client) == f"status_{status}"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"null",
        b"[]",
        b"{",
        b"\xff\xfe",
        b"<html>502</html>",
        json.dumps({**ANSWER, "replies": [{"text": ""}]}).encode(),
        json.dumps({**ANSWER, "replies": [{"text": "a" * 2001}]}).encode(),
        json.dumps({**ANSWER, "replies": [{"text": WORDS}] * 13}).encode(),
        json.dumps({**ANSWER, "understood": {"intent": WORDS}}).encode(),
        json.dumps({**ANSWER, "state": {"words": WORDS}}).encode(),
    ],
)
async def test_an_answer_that_is_not_of_the_contract_has_failed(
    faulty: FaultyBot, client: HttpBot, body: bytes
) -> None:
    faulty.body = body
    assert await why(client) == "garbage"


async def test_an_answer_without_end_has_failed(faulty: FaultyBot, client: HttpBot) -> None:
    faulty.says({**ANSWER, "state": "a" * LARGEST_ANSWER})
    assert await why(client) == "too_large"


@pytest.mark.parametrize(
    ("parts", "word"),
    [
        ({"turn": "another"}, "another_turn"),
        ({"replies": [], "handoff": None}, "no_replies"),
    ],
)
async def test_another_turn_s_answer_or_none_has_failed(
    faulty: FaultyBot, client: HttpBot, parts: dict[str, Any], word: str
) -> None:
    faulty.says({**ANSWER, **parts})
    assert await why(client) == word


async def test_an_understanding_of_other_texts_has_failed(
    faulty: FaultyBot, client: HttpBot
) -> None:
    faulty.says(SAMPLES["understand"]["response"])
    with pytest.raises(BotFailedError, match="another_turn"):
        await client.understand([WORDS])


async def test_a_proxy_of_the_machine_never_gets_a_child_s_words(
    faulty: FaultyBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    with FaultyBot() as proxy:
        monkeypatch.setenv("HTTP_PROXY", proxy.url)
        monkeypatch.setenv("ALL_PROXY", proxy.url)
        monkeypatch.delenv("NO_PROXY", raising=False)
        monkeypatch.delenv("no_proxy", raising=False)
        client = HttpBot(faulty.url, SECRET, 2)
        await client.turn(request())
        await client.aclose()
        assert (len(faulty.asked), proxy.asked) == (1, [])


async def test_nothing_of_a_turn_is_logged(
    client: HttpBot, faulty: FaultyBot, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    await client.turn(request(text=WORDS))
    faulty.body = b"{"
    await why(client)
    assert not [secret for secret in (WORDS, SECRET) if secret in caplog.text]


@pytest.mark.parametrize("name", ANSWERED)
async def test_a_turn_is_asked_and_answered_as_the_sample_says(
    faulty: FaultyBot, client: HttpBot, name: str
) -> None:
    faulty.says(SAMPLES[name]["response"])
    answer = await client.turn(request(name))
    assert faulty.asked == [SAMPLES[name]["request"]]
    assert faulty.secrets == [SECRET]
    assert dumped(answer) == SAMPLES[name]["response"]


async def test_texts_are_understood_as_the_sample_says(faulty: FaultyBot, client: HttpBot) -> None:
    sample = SAMPLES["understand"]
    faulty.says(sample["response"])
    understood = await client.understand(sample["request"]["texts"])
    assert faulty.asked == [sample["request"]]
    assert [dumped(one) for one in understood] == sample["response"]["understood"]
    assert UnderstoodAnswer.model_validate(sample["response"]).bot_version


async def test_what_the_bot_says_more_of_a_text_is_read(faulty: FaultyBot, client: HttpBot) -> None:
    danger = {"kind": "danger_home", "level": "R2", "subject": "self", "words": WORDS}
    more = {"language": "fr", "readings": ["danger_home", "ask_parents"]}
    said = {"intent": "danger_home", "confidence": 0.4, "danger": danger, **more}
    faulty.says({"understood": [said], "bot_version": "1"})
    [understood] = await client.understand([WORDS])
    assert dumped(understood) == said
    assert WORDS not in repr(understood)


def test_the_malformed_sample_is_none_of_our_requests() -> None:
    with pytest.raises(ValidationError):
        request("malformed")


@pytest.mark.parametrize("name", [*TURNS, "failure"])
def test_no_shape_shows_a_child_s_words(name: str) -> None:
    asked = request(name, text=WORDS, state=WORDS)
    answer = TurnAnswer.model_validate({**ANSWER, "state": WORDS, "replies": [{"text": WORDS}]})
    assert WORDS not in repr(asked) + repr(answer)


async def test_a_bot_is_ready_when_it_says_so(faulty: FaultyBot, client: HttpBot) -> None:
    assert await client.ready()
    faulty.status = 503
    assert not await client.ready()
