"""What Twilio posts to us: is it Twilio, and what does it say.

For: checking the signature and reading the two forms, pure. Not for: HTTP, storing or answering.
Addresses of pictures are not read at all, so that nothing later can fetch or keep one
(facts.md 7.4: a picture is neither opened nor stored).
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl

import phonenumbers
from twilio.request_validator import RequestValidator  # type: ignore[import-untyped]

from api.channels.messages import Delivery, Inbound

# Twilio sends about twenty. Each costs time before the signature is known, so there is an end.
_MOST_PARAMETERS = 100
_MOST_MEDIA = 20

_MESSAGE_SID = re.compile(r"(?:SM|MM)[0-9a-fA-F]{32}")
_SIGNED_SID = re.compile(r"MessageSid((?:SM|MM)[0-9a-fA-F]{32})")
_E164 = re.compile(r"\+[1-9][0-9]{6,14}")
# Short codes too: one that writes could name a child's number in its text.
_SIGNED_SENDER = re.compile(r"From(\+?[0-9]{3,15})")

_DELIVERY = {
    "accepted": Delivery.sent,
    "scheduled": Delivery.sent,
    "queued": Delivery.sent,
    "sending": Delivery.sent,
    "sent": Delivery.sent,
    "delivered": Delivery.delivered,
    "read": Delivery.delivered,
    "undelivered": Delivery.failed,
    "failed": Delivery.failed,
    "canceled": Delivery.failed,
}


class MalformedWebhookError(Exception):
    """A form that Twilio would not send. Names the parameter, never what stood in it."""

    def __init__(self, parameter: str) -> None:
        super().__init__(f"malformed webhook: {parameter}")
        self.parameter = parameter


@dataclass(frozen=True)
class StatusUpdate:
    """How far a message of ours has come; `status` is None for a word that changes nothing.

    Updates come doubled and out of order: who applies them moves only forwards.
    """

    provider_id: str
    status: Delivery | None
    error_code: int | None


def read_form(body: bytes) -> dict[str, str]:
    """Decode a posted form, blank values included: the signature covers them too.

    A name given twice is refused: the signature and the reader could each take another of the two.
    """
    try:
        pairs = parse_qsl(
            body.decode("ascii"),
            keep_blank_values=True,
            strict_parsing=bool(body),
            encoding="utf-8",
            errors="strict",
            max_num_fields=_MOST_PARAMETERS,
        )
    except ValueError:
        # `from None`: the decoder's own error carries the bytes it stumbled on.
        raise MalformedWebhookError("body") from None
    form = dict(pairs)
    if len(form) != len(pairs):
        raise MalformedWebhookError("body")
    return form


def valid_signature(
    url: str,
    params: Mapping[str, str],
    signature: str | None,
    tokens: Sequence[str],
) -> bool:
    """Tell whether one of our tokens signed these parameters for this URL.

    `url` is the configured public one with its path and query, never the request's own: behind a
    proxy that differs, and a `Host` header is the caller's to choose. Two tokens during rotation.
    An empty token is no token: anybody can sign with it.
    """
    if not signature or not _of_one_message(params):
        return False
    return any(
        RequestValidator(token).validate(url, dict(params), signature) for token in tokens if token
    )


def _of_one_message(params: Mapping[str, str]) -> bool:
    """Tell whether what is signed speaks of one message, wherever it is cut into parameters.

    Twilio signs names and values with nothing between them. Cut anew, a text that somebody has
    chosen could become the sender or the id of another message under the same signature.
    Not looked at is the text itself, so that a child may quote anything: `Body` sorts before both,
    so what was cut off it, and the true sender and id behind that, are never in it.
    """
    signed = "".join(name + ("" if name == "Body" else params[name]) for name in sorted(params))
    return all(len(set(pattern.findall(signed))) <= 1 for pattern in (_SIGNED_SID, _SIGNED_SENDER))


def parse_inbound(form: Mapping[str, str]) -> Inbound:
    """Read an inbound message. Raises `MalformedWebhookError`."""
    media_count = _count(form.get("NumMedia") or "0")
    text = form.get("Body")
    if text is None and media_count == 0:
        raise MalformedWebhookError("Body")
    return Inbound(
        provider_id=_message_sid(form),
        from_number=_e164(form.get("From", "")),
        text=text or "",
        media_count=media_count,
        media_types=tuple(form.get(f"MediaContentType{n}", "") for n in range(media_count)),
    )


def parse_status(form: Mapping[str, str]) -> StatusUpdate:
    """Read a status callback. Raises `MalformedWebhookError`."""
    word = form.get("MessageStatus")
    if not word:
        raise MalformedWebhookError("MessageStatus")
    return StatusUpdate(_message_sid(form), delivery_of(word), _error_code(form))


def delivery_of(status: str) -> Delivery | None:
    """Translate Twilio's word for how far a message is; None for one we have no word for."""
    return _DELIVERY.get(status)


def _message_sid(form: Mapping[str, str]) -> str:
    sid = form.get("MessageSid", "")
    if not _MESSAGE_SID.fullmatch(sid):
        raise MalformedWebhookError("MessageSid")
    return sid


def _e164(number: str) -> str:
    """Return the number in the one spelling its keyed hash is made of.

    Short codes and sender names are refused: nobody can be answered there, and no child writes
    from one.
    """
    if not _E164.fullmatch(number):
        raise MalformedWebhookError("From")
    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        raise MalformedWebhookError("From") from None
    if not phonenumbers.is_possible_number(parsed):
        raise MalformedWebhookError("From")
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


def _count(digits: str) -> int:
    if not re.fullmatch(r"[0-9]{1,2}", digits) or int(digits) > _MOST_MEDIA:
        raise MalformedWebhookError("NumMedia")
    return int(digits)


def _error_code(form: Mapping[str, str]) -> int | None:
    code = form.get("ErrorCode", "")
    if code == "":
        return None
    if not re.fullmatch(r"[0-9]{1,6}", code):
        raise MalformedWebhookError("ErrorCode")
    return int(code)
