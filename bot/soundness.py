"""Says whether Rasa has run a turn as its rules meant it. Rasa only writes it into its log.

Not for: whether the answer is a good one; that is for the conversation tests.
"""

from rasa.shared.core.constants import ACTION_LISTEN_NAME, DEFAULT_ACTION_NAMES
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, Event, FollowupAction, SlotSet

# Rasa's own ways out of a dialogue that no rule answers: for us each is a turn without an answer.
_LOST = {
    "action_default_fallback",
    "action_restart",
    "action_session_start",
    "action_back",
    "action_unlikely_intent",
    "action_revert_fallback_events",
}


def failure_in(events: list[Event], domain: Domain, noted: list[str]) -> str | None:
    """Name the first failure of a turn, by its events and by what was noted while it ran."""
    done = [event.action_name for event in events if isinstance(event, ActionExecuted)]
    if _LOST.intersection(done):
        return "no_rule"
    if any(_names_nothing(event, domain) for event in events):
        return "name_unknown"
    if noted:
        return noted[0]
    return None if done and done[-1] == ACTION_LISTEN_NAME else "turn_without_an_end"


def _names_nothing(event: Event, domain: Domain) -> bool:
    """Whether an action set a slot or asked for an action that does not exist."""
    if isinstance(event, SlotSet):
        return all(event.key != slot.name for slot in domain.slots)
    if isinstance(event, FollowupAction):
        return event.action_name not in {*domain.action_names_or_texts, *DEFAULT_ACTION_NAMES}
    return False
