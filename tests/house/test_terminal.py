"""The conversation in the terminal: what is typed reaches the API, what is said is shown once."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from api import terminal
from api.terminal import Terminal

CHOICES = [{"label": "C'est fait"}, {"label": "Je ne peux pas"}]


def message(seq: int, text: str, **more: object) -> dict[str, Any]:
    return {"seq": seq, "author": "bot", "name": None, "text": text, "choices": None, **more}


class Service:
    """The child's API, with the events that a test hands in and a memory of what was sent."""

    def __init__(self, *streams: list[tuple[str, str, Any]]) -> None:
        self.streams = list(streams)
        self.sent: list[tuple[str, Any]] = []
        self.resumed_from: list[str] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        path = request.url.path.removeprefix("/api/chat/")
        if path == "events":
            return self._stream(request)
        self.sent.append((path, json.loads(request.content or "null")))
        if path == "conversations":
            return httpx.Response(201, json={"id": "1", "token": "t", "resume_code": "c"})
        if path == "messages" and len(self.sent[-1][1].get("text", "")) > 2000:
            return httpx.Response(422, json={"error": "C'est trop long."})
        return httpx.Response(204)

    def _stream(self, request: httpx.Request) -> httpx.Response:
        self.resumed_from.append(request.headers["Last-Event-ID"])
        if not self.streams:
            return httpx.Response(401, json={"error": "Plus ouverte."})
        lines = [
            f"id: {id_}\nevent: {name}\ndata: {json.dumps(data)}\n\n"
            for id_, name, data in self.streams.pop(0)
        ]
        return httpx.Response(200, text="".join(lines))


def terminal_to(service: Service) -> tuple[Terminal, list[str]]:
    shown: list[str] = []
    client = httpx.AsyncClient(base_url="http://relais", transport=httpx.MockTransport(service))
    return Terminal(client, shown.append), shown


async def no_lines() -> AsyncIterator[str]:
    for line in list[str]():
        yield line


async def test_nobody_there_is_one_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    assert await terminal.converse("http://127.0.0.1:9", no_lines()) == 1
    assert capsys.readouterr().err.strip() == terminal.NOBODY.format("http://127.0.0.1:9")


async def test_a_refused_message_is_told_in_the_words_of_the_api() -> None:
    chat, shown = terminal_to(Service())
    await chat.say("a" * 2001)
    assert shown == ["(C'est trop long.)"]


async def test_a_conversation_that_is_gone_ends_it() -> None:
    chat, shown = terminal_to(Service())
    await asyncio.wait_for(chat.follow(), 5)
    assert shown == [terminal.ERASED]


async def test_choices_are_numbered_and_a_number_takes_one() -> None:
    service = Service([("1", "message", message(1, "Ne paie pas.", choices=CHOICES))])
    chat, shown = terminal_to(service)
    await chat.follow()
    assert shown[:3] == ["Relais : Ne paie pas.", "   1. C'est fait", "   2. Je ne peux pas"]
    await chat.say("2")
    await chat.say("3")
    assert [
        {k: v for k, v in body.items() if k != "client_id"} for _, body in service.sent[1:]
    ] == [
        {"choice": 2},
        {"text": "3"},
    ]


async def test_a_message_is_shown_once_and_confirmed() -> None:
    twice = [("1", "message", message(1, "Bonjour.")), ("2", "message", message(1, "Bonjour."))]
    service = Service([*twice, ("3", "message", message(2, "coucou", author="minor"))])
    chat, shown = terminal_to(service)
    await chat.follow()
    assert shown == ["Relais : Bonjour.", terminal.ERASED]
    assert service.sent == [("seen", {"seq": 1})]


async def test_it_goes_on_where_it_was_cut_off() -> None:
    first = [("4", "message", message(1, "Bonjour."))]
    service = Service(first, [("7", "message", message(2, "Je suis là.", author="counsellor"))])
    chat, shown = terminal_to(service)
    await chat.follow()
    assert shown[:2] == ["Relais : Bonjour.", "Une personne : Je suis là."]
    assert service.resumed_from == ["0", "4", "7"]
