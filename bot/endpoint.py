"""The way from Rasa to the action server: one kept connection, and every failure counted.

Not for: running actions. A refusal of a form's validation (400) is part of the dialogue and no
failure; everything else Rasa would swallow, and go on with the next rule as if the action had run.
"""

import json
from typing import Any

import aiohttp
from jsonschema.validators import validator_for
from rasa.core.actions.action import RemoteAction
from rasa.shared.core.events import deserialise_events
from rasa.shared.utils.schemas.events import EVENTS_SCHEMA
from rasa.utils.endpoints import ClientResponseError, EndpointConfig

from bot.failures import note

_BAD_REQUEST = 400
# By the kind of event: Rasa tries all 23 on each one, and what does not fit is dropped silently.
_SHAPES = {
    shape["properties"]["event"]["const"]: validator_for(shape)(shape)
    for shape in EVENTS_SCHEMA["items"]["oneOf"]
}
# Rasa checks each result against its schema, and the schema itself each time: two thirds of a turn.
# What comes back from `request` has been checked (`_checked`), so there Rasa asks for nothing.
RemoteAction._validate_action_result = lambda *_: True  # noqa: SLF001 - Rasa's
# Longer than any action takes and shorter than the turn may take; Rasa's own limit is 300 s.
_SECONDS = 3.0
_HEALTH_SECONDS = 0.5
# Shorter than the action server's (see serve_actions), so that it is never the first to hang up.
_IDLE_SECONDS = 30.0


class ActionEndpoint(EndpointConfig):
    """What Rasa calls for each custom action."""

    def __init__(self, url: str) -> None:
        # The whole domain would travel with each call; an action that needs it says `send_domain`.
        super().__init__(url=url, enable_selective_domain=True)
        self._kept: aiohttp.ClientSession | None = None

    async def request(self, *_: object, **kwargs: object) -> dict[str, Any]:
        """Run the action named in `json`. Raises what Rasa's own endpoint raises."""
        try:
            return await self._call(kwargs["json"])
        except Exception as error:
            if not _is_rejection(error):
                note("action_failed")
            raise

    async def is_up(self) -> bool:
        """Say whether the action server answers; without it the bot can answer next to nothing."""
        health = self.url.replace("/webhook", "/health")
        limit = aiohttp.ClientTimeout(total=_HEALTH_SECONDS)
        try:
            async with self._connection().get(health, timeout=limit) as response:
                return bool(response.ok)
        except (aiohttp.ClientError, TimeoutError):
            return False

    async def close(self) -> None:
        if self._kept is not None:
            await self._kept.close()

    async def _call(self, body: object) -> dict[str, Any]:
        async with self._connection().post(self.url, json=body) as response:
            if response.status >= _BAD_REQUEST:
                text = await response.text()
                raise ClientResponseError(response.status, response.reason, text)
            return _checked(await response.json())

    def _connection(self) -> aiohttp.ClientSession:
        # Made on the first call: the session belongs to the loop that serves.
        if self._kept is None or self._kept.closed:
            self._kept = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=0, keepalive_timeout=_IDLE_SECONDS),
                timeout=aiohttp.ClientTimeout(total=_SECONDS),
            )
        return self._kept


def _checked(result: Any) -> dict[str, Any]:  # noqa: ANN401 - whatever came as JSON
    """Raise on a result that Rasa cannot read: it would drop all of it, or one event, silently."""
    checked: dict[str, Any] = {"events": result["events"], "responses": result["responses"]}
    for event in checked["events"]:
        _SHAPES[event["event"]].validate(event)
    if not all(isinstance(response, dict) for response in checked["responses"]):
        raise TypeError("an action gave a response that is none")
    deserialise_events(checked["events"])
    return checked


def _is_rejection(error: Exception) -> bool:
    """Whether a form's validation has refused: a 400 that names the action."""
    if not isinstance(error, ClientResponseError) or error.status != _BAD_REQUEST:
        return False
    try:
        return "action_name" in json.loads(error.text)
    except (ValueError, TypeError):
        return False
