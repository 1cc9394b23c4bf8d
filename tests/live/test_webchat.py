"""What the child's page sends and reads beside its messages: refusals, seeing, the way back."""

import asyncio
from datetime import datetime
from uuid import uuid4

import httpx
import pytest

from api.channels import webchat_in
from api.channels.tries import Tries
from api.house import House
from api.live.bus import Typing
from tests.standins.clock import HandClock
from tests.standins.scripted_bot import ScriptedBot, saying
from tests.talk import Page, answer_due

DEAD = "Cette conversation n'est plus ouverte ici."


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Slow wrong codes down by less than a test's patience."""
    monkeypatch.setattr(webchat_in, "SLOWED_SECONDS", 0.01)
    monkeypatch.setattr(webchat_in, "SLOWEST_SECONDS", 0.02)


@pytest.fixture
async def page(client: httpx.AsyncClient, house: House, bot: ScriptedBot) -> Page:
    bot.answer = saying("Salut.", "Ne paie pas.", steps=[None, "dont_pay"])
    page = Page(client)
    await page.open()
    await answer_due(house)
    return page


async def resume(client: httpx.AsyncClient, code: object) -> httpx.Response:
    return await client.post("/api/chat/resume", json={"code": code})


@pytest.mark.parametrize(
    ("method", "path", "content"),
    [
        ("POST", "messages", {"client_id": str(uuid4()), "text": "slt"}),
        ("GET", "messages", None),
        ("POST", "seen", {"seq": 1}),
        ("POST", "typing", None),
        ("GET", "events", None),
        ("DELETE", "conversation", None),
    ],
)
async def test_without_a_token_of_ours_nothing_is_possible(
    client: httpx.AsyncClient, page: Page, method: str, path: str, content: object
) -> None:
    for headers in ({}, {"Authorization": "Bearer nobody"}, {"Authorization": "Basic eDp5"}):
        answer = await client.request(method, f"/api/chat/{path}", json=content, headers=headers)
        assert (answer.status_code, answer.json()) == (401, {"error": DEAD})


@pytest.mark.parametrize(
    "content",
    [
        {"text": "slt"},
        {"client_id": "1", "text": "slt"},
        {"client_id": str(uuid4())},
        {"client_id": str(uuid4()), "text": "slt", "choice": 1},
        {"client_id": str(uuid4()), "choice": 0},
        {"client_id": str(uuid4()), "text": ["slt"]},
    ],
)
async def test_a_message_that_is_none_is_refused_without_its_words(
    client: httpx.AsyncClient, page: Page, content: object
) -> None:
    answer = await client.post("/api/chat/messages", json=content, headers=page.headers)
    assert answer.status_code == 422
    assert list(answer.json()) == ["error"]
    assert len(await page.texts()) == 2


async def test_half_a_sign_is_refused_and_breaks_nothing(page: Page) -> None:
    content = f'{{"client_id": "{uuid4()}", "text": "\\ud83d"}}'
    headers = page.headers | {"Content-Type": "application/json"}
    answer = await page.client.post("/api/chat/messages", content=content, headers=headers)
    assert (answer.status_code, list(answer.json())) == (422, ["error"])


@pytest.mark.parametrize("after", ["x", "-1", "9" * 12, "9" * 5000])
async def test_a_number_that_no_message_has_is_refused(
    client: httpx.AsyncClient, page: Page, after: str
) -> None:
    answer = await client.get(f"/api/chat/messages?after={after}", headers=page.headers)
    assert answer.status_code == 422


@pytest.mark.parametrize("code", ["ABCDEFGH", "x" * 64, "é"])
async def test_a_wrong_code_is_refused_in_a_sentence(
    client: httpx.AsyncClient, page: Page, code: str
) -> None:
    answer = await resume(client, code)
    assert answer.status_code == 404
    assert "Ce code ne marche pas" in answer.json()["error"]


@pytest.mark.parametrize("code", ["", "x" * 65, None, 7])
async def test_what_is_no_code_at_all_is_refused(
    client: httpx.AsyncClient, page: Page, code: object
) -> None:
    assert (await resume(client, code)).status_code == 422


async def test_whoever_tries_codes_shuts_nobody_out_and_is_noticed_once(
    client: httpx.AsyncClient, house: House, page: Page, caplog: pytest.LogCaptureFixture
) -> None:
    most = house.settings.resume_tries_per_minute
    await asyncio.gather(*(resume(client, "ABCDEFGH") for _ in range(most + 5)))
    assert (await resume(client, page.code)).status_code == 200
    alarms = [record for record in caplog.records if record.name == "api.channels.tries"]
    assert [alarm.getMessage() for alarm in alarms] == ["resume_codes_are_being_tried"]


def test_tries_are_many_for_a_minute_only(clock: HandClock) -> None:
    tries = Tries(2)
    assert [tries.too_many(clock.now()) for _ in range(3)] == [False, False, True]
    clock.move(minutes=1)
    assert not tries.too_many(clock.now())


async def test_nothing_is_delivered_before_the_page_says_so(page: Page) -> None:
    thread = await page.thread()
    assert [message["delivery"] for message in thread["messages"]] == ["sent", "sent"]
    assert thread["steps"] == {"dont_pay": "sent"}


async def test_what_was_seen_is_delivered_and_so_are_its_steps_and_no_more(page: Page) -> None:
    assert (await page.seen(1)).status_code == 204
    thread = await page.thread()
    assert [message["delivery"] for message in thread["messages"]] == ["delivered", "sent"]
    assert thread["steps"] == {"dont_pay": "sent"}
    await page.seen(99)
    thread = await page.thread()
    assert [message["delivery"] for message in thread["messages"]] == ["delivered"] * 2
    assert thread["steps"] == {"dont_pay": "delivered"}


async def test_seeing_again_changes_nothing(page: Page) -> None:
    await page.seen(2)
    before = [message["revision"] for message in (await page.thread())["messages"]]
    await page.seen(2)
    assert [message["revision"] for message in (await page.thread())["messages"]] == before


async def test_only_what_comes_after_is_read(page: Page) -> None:
    assert [message["seq"] for message in (await page.thread(after=1))["messages"]] == [2]


async def test_the_desk_sees_that_the_child_is_writing(page: Page, house: House) -> None:
    async with house.bus.listen() as listener:
        answer = await page.client.post("/api/chat/typing", headers=page.headers)
        assert answer.status_code == 204
        [hint] = await listener.hints(1)
    assert isinstance(hint, Typing)
    assert hint.author == "minor"


async def test_another_page_goes_on_by_the_code(client: httpx.AsyncClient, page: Page) -> None:
    answer = await resume(client, f" {page.code[:4].lower()}-{page.code[4:]} ")
    assert answer.status_code == 200
    other = Page(client, answer.json()["token"])
    await other.write("c moi")
    assert await page.texts() == await other.texts()


async def test_a_child_that_waits_reads_who_is_ahead_and_when_it_opens(
    page: Page, house: House, bot: ScriptedBot
) -> None:
    bot.answer = saying("Je demande.", handoff={"reason": "asked"})
    await page.write("un humain stp")
    await answer_due(house)
    waiting = (await page.thread())["waiting"]
    assert waiting["ahead"] == 0
    assert datetime.fromisoformat(waiting["opens_at"]) == house.helpline.opens_at(
        house.helpline.desk, house.clock.now()
    )


async def test_anybody_may_read_whose_line_it_is_and_who_answers_now(
    client: httpx.AsyncClient, house: House
) -> None:
    told = (await client.get("/api/chat/helpline")).json()
    lines = {line["id"]: line for line in told["lines"]}
    assert (told["name"], told["exit_url"]) == (house.helpline.name, house.helpline.exit_url)
    assert (lines["3018"]["open"], lines["3114"]["open"]) == (False, True)
    assert (lines["114"]["kind"], lines["114"]["number"]) == ("sms", "114")
    assert not told["desk"]["open"]
    assert datetime.fromisoformat(told["desk"]["opens_at"]).hour == 9
