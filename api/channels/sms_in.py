"""SMS in: Twilio's two webhooks. Checked, one transaction, an empty answer.

No bot and no provider is called inside the request. A picture is counted and never fetched.
Not for: what Twilio's words mean (`twilio_inbound.py`), or what no webhook brought
(`sms_missed.py`).
"""

import logging
from collections.abc import Mapping
from datetime import timedelta
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from api.channels.messages import Inbound
from api.channels.offers import last_offer
from api.channels.sms_text import resolve_choice
from api.channels.twilio_inbound import (
    MalformedWebhookError,
    parse_inbound,
    parse_status,
    read_form,
    valid_signature,
)
from api.conversation import repository
from api.errors import ForbiddenError, RelaisError
from api.hooks import Hook
from api.house import House, HouseDep
from api.turn import Said

log = logging.getLogger(__name__)

INBOUND = "/api/sms/twilio/inbound"
STATUS = "/api/sms/twilio/status"
EMPTY_TWIML = '<?xml version="1.0" encoding="UTF-8"?><Response/>'

router = APIRouter()


class MalformedError(RelaisError):
    """Signed, but not what Twilio sends."""

    status = 400
    sentence = "Requête mal formée."


@router.post(INBOUND)
async def inbound(request: Request, house: HouseDep) -> Response:
    """Take in one SMS; the same MessageSid again changes nothing."""
    form = await _signed(request, house)
    try:
        message = parse_inbound(form)
    except MalformedWebhookError as error:
        raise MalformedError from error
    await take_in_sms(house, message)
    return Response(EMPTY_TWIML, media_type="text/xml")


async def take_in_sms(house: House, sms: Inbound, *, late: bool = False) -> None:
    """Take in one SMS, in one transaction; one whose receipt is there already changes nothing.

    `late`: it was found long after it was sent (`sms_missed.py`).
    """
    receipt = house.vault.lookup("provider", sms.provider_id)
    async with house.database.write() as session:
        days = timedelta(days=house.helpline.retention.receipts_days)
        expires_at = house.clock.now() + days
        if not await repository.receipt_is_new(session, receipt, expires_at=expires_at):
            return
        thread = await house.conversations.of_phone(session, sms.from_number)
        choice = resolve_choice(sms.text, await last_offer(thread))
        intent = choice.intent if choice else None
        said = Said(sms.text, intent=intent, media_types=sms.media_types, late=late)
        await house.turn.take_in(thread, said)
        await house.hooks.at(Hook.in_before_commit)
    await house.hooks.at(Hook.in_after_commit)


@router.post(STATUS)
async def status(
    request: Request, house: HouseDep, message: Annotated[UUID | None, Query()] = None
) -> Response:
    """Take in how far a message of ours has come."""
    form = await _signed(request, house)
    try:
        update = parse_status(form)
    except MalformedWebhookError as error:
        raise MalformedError from error
    if house.deliveries is not None and message is not None:
        await house.deliveries.report(message, update.provider_id, update.status, update.error_code)
    return Response(status_code=204)


async def _signed(request: Request, house: House) -> Mapping[str, str]:
    # Twilio signs the address that it was given, never the one a proxy made of it.
    query = f"?{request.url.query}" if request.url.query else ""
    url = f"{house.settings.origin}{request.url.path}{query}"
    try:
        form = read_form(await request.body())
    except MalformedWebhookError as error:
        raise ForbiddenError from error
    signature = request.headers.get("X-Twilio-Signature")
    if not valid_signature(url, form, signature, house.settings.twilio_tokens):
        log.warning("webhook_refused")
        raise ForbiddenError
    return form
