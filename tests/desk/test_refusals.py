"""What the desk refuses, at every endpoint: nobody signed in, nothing there, somebody else's.

Each test asks all endpoints of its kind and compares one answer for each.
"""

from collections.abc import Iterable
from typing import Any
from uuid import UUID, uuid4

import httpx

from api.conversation.holder import Reason
from api.desk import sessions
from api.house import House
from tests.desk.serving import Colleague, asks, child, row_of

Content = dict[str, Any] | None

REPLY = {"client_id": str(uuid4()), "text": "Bonjour"}
DEEDS: dict[str, Content] = {
    "claim": None,
    "release": None,
    "return-to-bot": None,
    "close": {"outcome": None},
    "danger": {"level": "R1"},
    "messages": REPLY,
    "notes": {"text": "Rappeler demain"},
    "typing": None,
    "erase": None,
}
OF_HOLDER = ("release", "return-to-bot", "close", "messages", "typing")
SIGNED_IN: list[tuple[str, str, Content]] = [
    ("GET", "session", None),
    ("DELETE", "session", None),
    ("GET", "events", None),
    ("GET", "conversations", None),
    ("GET", f"conversations/{uuid4()}", None),
    *(("POST", f"conversations/{uuid4()}/{deed}", content) for deed, content in DEEDS.items()),
]

Answers = dict[str, tuple[int, Any]]


async def _all_signed_in(client: httpx.AsyncClient) -> Answers:
    answers = {}
    for method, path, content in SIGNED_IN:
        answer = await client.request(method, f"/api/desk/{path}", json=content)
        answers[f"{method} {path}"] = (answer.status_code, answer.json())
    return answers


async def _all_deeds(colleague: Colleague, conversation: UUID, deeds: Iterable[str]) -> Answers:
    answers = {}
    for deed in deeds:
        answer = await colleague.post(f"{conversation}/{deed}", **DEEDS[deed] or {})
        answers[deed] = (answer.status_code, answer.json())
    return answers


async def test_anonymous(stranger: httpx.AsyncClient) -> None:
    signed_out = (401, {"error": "La session est terminée. Il faut se reconnecter."})
    answers = await _all_signed_in(stranger)
    assert answers == dict.fromkeys(answers, signed_out)


async def test_cookie_of_no_session(house: House, stranger: httpx.AsyncClient) -> None:
    stranger.cookies.set(sessions.cookie_name(house.settings), "guessed")
    assert {status for status, _ in (await _all_signed_in(stranger)).values()} == {401}


async def test_unknown_conversation(camille: Colleague) -> None:
    gone = (404, {"error": "Cette conversation n'existe plus."})
    answers = await _all_deeds(camille, uuid4(), DEEDS)
    assert answers == dict.fromkeys(DEEDS, gone)
    assert (await camille.get(f"/{uuid4()}")).status_code == 404


async def test_a_colleague_holds_it(house: House, camille: Colleague, malik: Colleague) -> None:
    conversation = await child(house, "salut")
    await camille.post(f"{conversation}/claim")
    taken = {
        "error": "Une autre personne tient cette conversation.",
        "holder": "with_counsellor",
        "assignee": {"id": str(camille.id), "name": "Camille"},
    }
    answers = await _all_deeds(malik, conversation, ("claim", "erase", *OF_HOLDER))
    assert answers == dict.fromkeys(answers, (409, taken))
    assert (await row_of(house, conversation)).staff_id == camille.id


async def test_nobody_holds_it(house: House, camille: Colleague) -> None:
    conversation = await child(house, "salut")
    await asks(house, conversation, Reason.asked)
    free = {
        "error": "Il faut d'abord prendre la conversation.",
        "holder": "waiting",
        "assignee": None,
    }
    answers = await _all_deeds(camille, conversation, OF_HOLDER)
    assert answers == dict.fromkeys(answers, (409, free))


async def test_closed(house: House, camille: Colleague) -> None:
    conversation = await child(house, "salut")
    await camille.post(f"{conversation}/claim")
    assert (await camille.post(f"{conversation}/close", outcome=None)).status_code == 200
    closed = {
        "error": "Cette conversation est terminée.",
        "holder": "closed",
        "assignee": None,
    }
    answers = await _all_deeds(camille, conversation, ("claim", "danger", "erase", *OF_HOLDER))
    assert answers == dict.fromkeys(answers, (409, closed))


async def test_text_of_the_wrong_length(house: House, camille: Colleague) -> None:
    conversation = await child(house, "salut")
    await camille.post(f"{conversation}/claim")
    refused = (422, {"error": "Le texte doit avoir entre 1 et 2 000 signes."})
    for deed in ("messages", "notes"):
        for text in ("", "   \n", "x" * 2001):
            answer = await camille.post(f"{conversation}/{deed}", **{**REPLY, "text": text})
            assert (answer.status_code, answer.json()) == refused
