"""How the stand-in's resources look on the wire.

Not for: state, which is the ledger's.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from email.utils import format_datetime
from typing import Any
from urllib.parse import urlencode

from tests.standins.twilio_faults import TwilioError
from tests.standins.twilio_ledger import Media, Message

_VERSION = "2010-04-01"
_MOST_ON_A_PAGE = 1000
_USUAL_ON_A_PAGE = 50

# Paging and filters as the caller wrote them; a later page needs the filters again.
Query = Mapping[str, str]


def message_shape(account: str, message: Message) -> dict[str, Any]:
    """Return the Messages resource."""
    uri = f"/{_VERSION}/Accounts/{account}/Messages/{message.sid}"
    return {
        "account_sid": account,
        "api_version": _VERSION,
        "body": message.body,
        "date_created": _date(message.created_at),
        "date_sent": _date(message.sent_at),
        "date_updated": _date(message.updated_at),
        "direction": message.direction,
        "error_code": message.error_code,
        "error_message": None,
        "from": message.sender,
        "messaging_service_sid": message.service,
        "num_media": str(len(message.media)),
        "num_segments": None,  # counted by operators; nothing of ours reads it
        "price": None,
        "price_unit": "USD",
        "sid": message.sid,
        "status": message.status,
        "subresource_uris": {"media": f"{uri}/Media.json"},
        "to": message.to,
        "uri": f"{uri}.json",
    }


def media_shape(account: str, parent: str, media: Media) -> dict[str, Any]:
    """Return the Media resource."""
    return {
        "account_sid": account,
        "content_type": media.content_type,
        "date_created": _date(media.created_at),
        "date_updated": _date(media.created_at),
        "parent_sid": parent,
        "sid": media.sid,
        "uri": f"/{_VERSION}/Accounts/{account}/Messages/{parent}/Media/{media.sid}.json",
    }


def page_shape(
    name: str,
    path: str,
    query: Query,
    shapes: Sequence[dict[str, Any]],
) -> dict[str, Any]:
    """Cut one page out of all the shapes.

    The token names the last one given, so that what arrives meanwhile shifts nothing.
    """
    size = max(1, min(int(query.get("PageSize", _USUAL_ON_A_PAGE)), _MOST_ON_A_PAGE))
    number, start = int(query.get("Page", "0")), 0
    if token := query.get("PageToken"):
        sids = [shape["sid"] for shape in shapes]
        if token.removeprefix("PA") not in sids:
            raise TwilioError(400, 20001, "Page token is not valid")
        start = sids.index(token.removeprefix("PA")) + 1
    shown = list(shapes[start : start + size])

    def uri(page: int, last: str | None) -> str:
        kept = {key: value for key, value in query.items() if key not in {"Page", "PageToken"}}
        place = {"PageSize": str(size), "Page": str(page)} | (
            {"PageToken": f"PA{last}"} if last else {}
        )
        return f"{path}?{urlencode(kept | place)}"

    more = start + size < len(shapes)
    return {
        name: shown,
        "page": number,
        "page_size": size,
        "start": start,
        "end": start + max(len(shown) - 1, 0),
        "uri": uri(number, None),
        "first_page_uri": uri(0, None),
        "next_page_uri": uri(number + 1, shown[-1]["sid"]) if more else None,
        "previous_page_uri": uri(number - 1, None) if number > 0 else None,
    }


def _date(moment: datetime | None) -> str | None:
    return format_datetime(moment) if moment else None
