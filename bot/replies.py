"""Collects what the dialogue says in one turn, in the shape the api reads.

Not for: words (they live in `bot/domain`) and not for sending (the api delivers).
"""

from typing import Any

from rasa.core.channels.channel import OutputChannel

from bot.failures import note

Reply = dict[str, Any]
Choice = dict[str, str]


class Replies(OutputChannel):
    """The output channel of one turn; `channel` is "sms" or "web", for Rasa's channel variants."""

    def __init__(self, channel: str) -> None:
        self._channel = channel
        self.said: list[Reply] = []

    # Rasa declares it on the class, and always asks the instance.
    def name(self) -> str:
        return self._channel

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:  # noqa: ARG002
        text = (message.get("text") or "").strip()
        if not text:
            note("reply_without_text")
            return
        choices = _offered([_choice(button) for button in message.get("buttons") or []], message)
        self.said.append({"text": text, "choices": choices, "step": message.get("step")})


def _offered(choices: list[Choice], message: dict[str, Any]) -> list[Choice]:
    """Keep what an action offers of a response's choices (`offered`, intents in their order)."""
    named = message.get("offered")
    if named is None:
        return choices
    kept = [choice for name in named for choice in choices if choice["intent"] == name]
    if len(kept) != len(named):
        note("choice_without_words")
    return kept


def _choice(button: dict[str, Any]) -> Choice:
    """Read a button: its label is what a tap types, its payload ("/done") what a tap means."""
    label, payload = str(button.get("title", "")), str(button.get("payload", ""))
    if not label or not payload.startswith("/"):
        note("choice_without_intent")
    return {
        "label": label,
        "text": label.lower(),
        "intent": payload.removeprefix("/").partition("{")[0],
    }
