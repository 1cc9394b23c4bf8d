"""What Twilio does with Messages and Media, and which of its error codes it refuses with.

Not for: HTTP, faults and the contract, which `twilio_api` wraps around it.
"""

import re
from collections.abc import Mapping
from operator import eq, ge, le
from typing import Any

from tests.standins.twilio_faults import TwilioError
from tests.standins.twilio_ledger import Create, Ledger, Message, new_sid
from tests.standins.twilio_shapes import Query, media_shape, message_shape, page_shape
from tests.standins.twilio_webhooks import Line, Webhooks

_E164 = re.compile(r"\+[1-9][0-9]{6,14}")
_LONGEST_BODY = 1600
_LONGEST_VALIDITY = 36000

Form = Mapping[str, str]


class Messages:
    """One account's Messages."""

    def __init__(self, account: str, line: Line, ledger: Ledger, webhooks: Webhooks) -> None:
        self._account, self._line = account, line
        self._ledger, self._webhooks = ledger, webhooks

    def create(self, form: Form, create: Create) -> dict[str, Any]:
        """Take a message, or refuse it as Twilio would."""
        create.outcome = "refused"
        self._check(form)
        scheduled = form.get("ScheduleType") == "fixed"
        message = Message(
            sid=new_sid("SM"),
            direction="outbound-api",
            sender=form.get("From"),
            to=form["To"],
            body=form["Body"],
            status="scheduled" if scheduled else "queued",
            callback=form.get("StatusCallback"),
            service=form.get("MessagingServiceSid"),
            validity=int(form.get("ValidityPeriod", _LONGEST_VALIDITY)),
        )
        self._ledger.messages[message.sid] = message
        create.outcome, create.sid = "accepted", message.sid
        if not scheduled:
            self._webhooks.begin_life(message)
        return message_shape(self._account, message)

    def list(self, path: str, query: Query) -> dict[str, Any]:
        """Newest first; the filters on DateSent leave out what has not been sent."""
        chosen = [
            message_shape(self._account, message)
            for message in self._ledger.newest_first()
            if message.to == query.get("To", message.to)
            and message.sender == query.get("From", message.sender)
            and _sent_within(message, query)
        ]
        return page_shape("messages", path, query, chosen)

    def read(self, sid: str) -> dict[str, Any]:
        return message_shape(self._account, self._found(sid))

    def update(self, sid: str, form: Form) -> dict[str, Any]:
        """Redact the text, or cancel what was scheduled."""
        message = self._found(sid)
        if form.get("Status") == "canceled":
            if message.status != "scheduled":
                raise TwilioError(400, 30409, "This message cannot be canceled")
            self._ledger.advance(message, "canceled", None)
        if "Body" in form:
            if form["Body"] != "":
                raise TwilioError(400, 20001, "Body can only be emptied")
            if message.in_progress:
                raise TwilioError(409, 20009, "Cannot redact before delivery has been completed")
            message.body = ""
        return message_shape(self._account, message)

    def delete(self, sid: str) -> None:
        """Forget a message that is done."""
        if self._found(sid).in_progress:
            raise TwilioError(409, 20009, "Cannot delete before delivery has been completed")
        del self._ledger.messages[sid]
        self._ledger.deleted.append(sid)

    def list_media(self, sid: str, path: str, query: Query) -> dict[str, Any]:
        media = [media_shape(self._account, sid, one) for one in self._found(sid).media]
        return page_shape("media_list", path, query, media)

    def read_media(self, sid: str, media_sid: str) -> dict[str, Any]:
        for one in self._found(sid).media:
            if one.sid == media_sid:
                return media_shape(self._account, sid, one)
        raise _not_found()

    def delete_media(self, sid: str, media_sid: str) -> None:
        self.read_media(sid, media_sid)
        media = self._found(sid).media
        media[:] = [one for one in media if one.sid != media_sid]
        self._ledger.deleted.append(media_sid)

    def _found(self, sid: str) -> Message:
        if sid not in self._ledger.messages:
            raise _not_found()
        return self._ledger.messages[sid]

    def _check(self, form: Form) -> None:
        """Refuse as Twilio does: to whom, from whom, what, and whether they want it."""
        to, sender = form.get("To", ""), form.get("From", "")
        from_service = "MessagingServiceSid" in form
        problems = {
            (400, 21604, "A 'To' phone number is required"): to == "",
            (400, 21211, "The 'To' number is not a valid phone number"): not _E164.fullmatch(to),
            (400, 21603, "A 'From' phone number is required"): not sender and not from_service,
            (400, 21266, "'To' and 'From' number cannot be the same"): to == sender,
            (400, 21606, "The 'From' number is not one of the account"): sender != self._line.number
            and not from_service,
            (400, 21602, "Message body is required"): form.get("Body", "") == "",
            (400, 21617, "The message body exceeds 1600 characters"): len(form.get("Body", ""))
            > _LONGEST_BODY,
            (400, 21624, "Invalid validity period value"): not _valid_period(form),
            (400, 21610, "Attempt to send to unsubscribed recipient"): to in self._ledger.phones
            and self._ledger.phones[to].opted_out,
        }
        for problem, present in problems.items():
            if present:
                raise TwilioError(*problem)


def _valid_period(form: Form) -> bool:
    return 1 <= int(form.get("ValidityPeriod", _LONGEST_VALIDITY)) <= _LONGEST_VALIDITY


def _sent_within(message: Message, query: Query) -> bool:
    """Compare as the filter is written: a day with days, a moment with moments."""
    for name, fits in (("DateSent", eq), ("DateSent<", le), ("DateSent>", ge)):
        bound = query.get(name)
        if bound is None:
            continue
        if message.sent_at is None:
            return False
        sent = message.sent_at.strftime("%Y-%m-%dT%H:%M:%SZ")[: len(bound)]
        if not fits(sent, bound):
            return False
    return True


def _not_found() -> TwilioError:
    return TwilioError(404, 20404, "The requested resource was not found")
