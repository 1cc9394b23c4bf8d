"""Actions of the trap bot: one that works, and one for each way to fail."""

import asyncio
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import ActionExecutionRejection

Events = list[dict[str, Any]]


class ActionWalk(Action):
    """Counts the turns in its own memory and names the step; asks for a person when told to."""

    def name(self) -> str:
        return "action_walk"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, _: object) -> Events:
        memory = tracker.get_slot("dialogue") or {}
        number = memory.get("turns", 0) + 1
        dispatcher.utter_message(response="utter_step", step="dont_pay", number=str(number))
        events = [
            SlotSet("dialogue", {**memory, "turns": number}),
            SlotSet("changes", {"steps": {"dont_pay": "done"}}),
        ]
        if tracker.latest_message["intent"]["name"] == "ask_human":
            events.append(SlotSet("handoff", {"reason": "asked", "urgency": "normal"}))
        return events


class ActionRaise(Action):
    """Fails with the child's words in its message, as careless code does."""

    def name(self) -> str:
        return "action_raise"

    def run(self, _: CollectingDispatcher, tracker: Tracker, __: object) -> Events:
        raise RuntimeError(f"cannot answer {tracker.latest_message['text']}")


class ValidateEvidenceForm(Action):
    """Rejects a refusal, so that a rule answers it: ordinary in a form, and no failure."""

    def name(self) -> str:
        return "validate_evidence_form"

    def run(self, _: CollectingDispatcher, tracker: Tracker, __: object) -> Events:
        refused = tracker.latest_message["intent"]["name"] == "deny"
        if refused and tracker.latest_action_name == "action_listen":
            raise ActionExecutionRejection(self.name())
        return []


class ActionLoop(Action):
    def name(self) -> str:
        return "action_loop"

    def run(self, _: CollectingDispatcher, __: Tracker, ___: object) -> Events:
        return [FollowupAction("action_loop")]


class ActionHang(Action):
    def name(self) -> str:
        return "action_hang"

    async def run(self, _: CollectingDispatcher, __: Tracker, ___: object) -> Events:
        await asyncio.sleep(30)
        return []


class ActionSay(Action):
    def name(self) -> str:
        return "action_say"

    def run(self, dispatcher: CollectingDispatcher, _: Tracker, __: object) -> Events:
        dispatcher.utter_message(response="utter_that_nobody_wrote")
        return []


class ActionOffer(Action):
    def name(self) -> str:
        return "action_offer"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, _: object) -> Events:
        unknown = tracker.latest_message["intent"]["name"] == "offer_unknown"
        offered = ["done", "ask_human" if unknown else "greet"]
        dispatcher.utter_message(response="utter_choices", offered=offered)
        return []


class ActionSetUnknownSlot(Action):
    def name(self) -> str:
        return "action_set_unknown_slot"

    def run(self, dispatcher: CollectingDispatcher, _: Tracker, __: object) -> Events:
        dispatcher.utter_message(response="utter_welcome")
        return [SlotSet("chnages", {})]


class ActionFollowUnknown(Action):
    def name(self) -> str:
        return "action_follow_unknown"

    def run(self, dispatcher: CollectingDispatcher, _: Tracker, __: object) -> Events:
        dispatcher.utter_message(response="utter_welcome")
        return [FollowupAction("action_that_nobody_wrote")]


class ActionOddResult(Action):
    def name(self) -> str:
        return "action_odd_result"

    def run(self, dispatcher: CollectingDispatcher, _: Tracker, __: object) -> Events:
        dispatcher.utter_message(response="utter_welcome")
        return [{"event": "slot", "nom": "dialogue"}]
