"""A thousand webhooks that are not Twilio's: none is accepted, and nothing of any is stored.

Not for: what Twilio says truly (`tests/channels`).
"""

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from random import Random
from typing import Any
from uuid import uuid4

import httpx
import pytest
from pydantic import SecretStr

from api.channels.sms_in import EMPTY_TWIML, INBOUND, STATUS
from api.channels.twilio_inbound import (
    MalformedWebhookError,
    parse_inbound,
    parse_status,
    read_form,
)
from api.house import House
from api.limits import MOST_BYTES
from api.main import create_app, furnish
from api.settings import Settings
from tests.proof.conftest import Proved
from tests.proof.forgeries import FORM_TYPE, Webhook, by_chance, forgeries, signed
from tests.stack.records import Records
from tests.standins.recording_sender import RecordingSender, sid
from tests.standins.twilio_webhooks import sign
from tests.talk import answer_due, deliver_due

TOKEN, PHONE, OTHER = "token", "+33639985501", "+33639985599"
# 307: the same path without the slash at its end, where the same signature is as wrong.
REFUSED = {307, 400, 403, 404, 405, 413, 415, 422}
BY_CHANCE = 600


def inbound(origin: str, text: str = f"Il menace Élodie, é & + 😢From{OTHER}") -> Webhook:
    new_sid = f"SM{uuid4().hex}"
    form = {
        "AccountSid": "AC" + "0" * 32,
        "ApiVersion": "2010-04-01",
        "Body": text,
        "From": PHONE,
        "FromCity": "",
        "FromCountry": "FR",
        "MessageSid": new_sid,
        "NumMedia": "0",
        "SmsSid": new_sid,
        "To": "+33639980000",
    }
    return signed(origin, INBOUND, form, TOKEN)


def status(origin: str, message: str, provider_id: str) -> Webhook:
    form = {"MessageSid": provider_id, "MessageStatus": "delivered", "To": PHONE, "ErrorCode": ""}
    return signed(origin, f"{STATUS}?message={message}", form, TOKEN)


def rows(settings: Settings) -> dict[str, list[tuple[Any, ...]]]:
    with Records(settings.database_url) as records:
        return records.rows()


async def send(client: httpx.AsyncClient, webhook: Webhook) -> httpx.Response:
    headers = [(name.encode(), value.encode()) for name, value in webhook.sent_headers.items()]
    url = f"{client.base_url}".rstrip("/") + webhook.path
    return await client.request(webhook.method, url, content=webhook.content, headers=headers)


def all_of(true: Webhook, origin: str, seed: int) -> Iterator[Webhook]:
    yield from forgeries(true, origin, TOKEN)
    yield from islice(by_chance(true, Random(seed)), BY_CHANCE)  # noqa: S311 - the same each time


def is_whole(one: Webhook) -> bool:
    """Say whether nothing but its signature can tell it from one that Twilio would send."""
    path = one.path.partition("?")[0]
    if one.method != "POST" or path not in (INBOUND, STATUS) or not one.signature:
        return False
    if one.sent_headers["Content-Type"] != FORM_TYPE or len(one.content) > MOST_BYTES:
        return False
    try:
        form = read_form(one.content)
        _ = parse_inbound(form) if path == INBOUND else parse_status(form)
    except MalformedWebhookError:
        return False
    return True


@pytest.fixture
async def handed_over(
    house: House, client: httpx.AsyncClient, settings: Settings, sender: RecordingSender
) -> str:
    """Let a phone write and be answered; return the id of an answer that Twilio has taken."""
    assert (await send(client, inbound(settings.origin))).text == EMPTY_TWIML
    await answer_due(house)
    await deliver_due(house)
    return str(sender.sent[0][0].reference)


async def test_no_forgery_is_accepted_or_stored(
    client: httpx.AsyncClient, settings: Settings, handed_over: str, proved: Proved
) -> None:
    new, report = inbound(settings.origin), status(settings.origin, handed_over, sid(1))
    forged = [
        replace(new, path=report.path, what="replayed elsewhere"),
        replace(report, path=new.path, what="replayed elsewhere"),
        *all_of(new, settings.origin, 1),
        *all_of(report, settings.origin, 2),
    ]
    before = rows(settings)
    answers = [(one.what, await send(client, one)) for one in forged]

    assert [what for what, answer in answers if answer.status_code not in REFUSED] == []
    assert [what for what, answer in answers if "<Response" in answer.text] == []
    assert rows(settings) == before
    whole = sum(is_whole(one) for one in forged)
    assert whole > 1000
    assert (await send(client, report)).status_code == httpx.codes.NO_CONTENT
    assert (await send(client, new)).text == EMPTY_TWIML
    assert rows(settings) != before
    figure = f"{len(forged):,} forged webhooks, {whole:,} of them whole but for the signature"
    proved("forged", f"{figure}: 0 accepted, 0 stored")


async def test_a_line_without_a_token_takes_nothing_from_anybody(settings: Settings) -> None:
    without = settings.model_copy(update={"twilio_auth_token": SecretStr("")})
    house = furnish(without, sender=RecordingSender())
    transport = httpx.ASGITransport(app=create_app(house, workers=False))
    before = rows(settings)
    async with httpx.AsyncClient(transport=transport, base_url=settings.origin) as client:
        for token in ("", " ", TOKEN, "None"):
            signature = sign(token, settings.origin + INBOUND, (new := inbound("")).form)
            answer = await send(client, replace(new, signature=signature))
            assert answer.status_code == httpx.codes.FORBIDDEN
    assert rows(settings) == before
    await house.aclose()


async def test_one_signature_is_good_for_one_message(
    client: httpx.AsyncClient, settings: Settings
) -> None:
    """Twilio signs names and values without a mark between them, so they can be cut anew."""
    other = "From+33639985599FromCityMessageSid" + "SM" + "e" * 32 + "NumMedia0SmsSid"
    true = inbound(settings.origin, f"Coucou{other}")
    cut = dict(true.form) | {
        "Body": "Coucou",
        "From": "+33639985599",
        "MessageSid": "SM" + "e" * 32,
        "SmsSid": "",
    }
    rest = "".join(name + true.form[name] for name in sorted(true.form) if name > "Body")
    anew = {name: cut[name] for name in ("AccountSid", "ApiVersion", "Body", "From", "FromCity")}
    anew |= {name: cut[name] for name in ("MessageSid", "NumMedia")} | {"SmsSid": rest}
    assert sign(TOKEN, settings.origin + INBOUND, anew) == true.signature
    before = rows(settings)
    assert (await send(client, replace(true, form=anew))).status_code == httpx.codes.FORBIDDEN
    assert rows(settings) == before


async def test_a_number_in_the_text_is_not_who_wrote_it(
    client: httpx.AsyncClient, settings: Settings
) -> None:
    """The same, with an id that has not come yet; and the true message still comes in."""
    true = inbound(settings.origin, f"CoucouFrom{OTHER}")
    (anew,) = (one for one in forgeries(true, settings.origin, TOKEN) if one.what == "cut anew")
    assert sign(TOKEN, settings.origin + INBOUND, anew.form) == true.signature
    assert anew.form["From"] == OTHER
    assert is_whole(anew)
    before = rows(settings)
    assert (await send(client, anew)).status_code == httpx.codes.FORBIDDEN
    assert rows(settings) == before
    assert (await send(client, true)).text == EMPTY_TWIML
    assert rows(settings) != before


async def test_what_is_said_again_in_other_pieces_is_not_stored_again(
    client: httpx.AsyncClient, settings: Settings
) -> None:
    true = inbound(settings.origin, "Il menace Elodie")
    assert (await send(client, true)).text == EMPTY_TWIML
    before = rows(settings)
    shorter = dict(true.form) | {"Body": "Il menace ", "Elodie": ""}
    backwards = {name: true.form[name] for name in reversed(list(true.form))}
    for again in (true.form, shorter, backwards):
        assert (await send(client, replace(true, form=again))).is_success
    assert rows(settings) == before
