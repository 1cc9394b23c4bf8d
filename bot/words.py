"""Finds the words of a response, and refuses to speak when they are missing or not certain.

Not for: the words themselves; a child reads what stands in `bot/domain`.

Stock Rasa is silent about a response that does not exist, draws lots between two that fit, and says
"None" for an empty slot. Here each of these fails the turn: a child never reads "Appelle le None",
and a turn asked again says the same.
"""

import copy
import re
from typing import Any

from rasa.core.nlg import TemplatedNaturalLanguageGenerator
from rasa.core.nlg.generator import ResponseVariationFilter

from bot.failures import note

_PLACEHOLDER = re.compile(r"{([^\n{}]+?)}")


class Words(TemplatedNaturalLanguageGenerator):
    """Speaks the one variant that fits channel and conditions."""

    def generate_from_slots(
        self,
        utter_action: str,
        filled_slots: dict[str, Any],
        output_channel: str,
        **kwargs: object,
    ) -> dict[str, Any] | None:
        fitting = self._fitting(utter_action, filled_slots, output_channel)
        if len(fitting) != 1:
            note("words_not_certain" if fitting else "words_missing")
            return None
        values = {**filled_slots, **kwargs}
        if any(values.get(name) is None for name in _placeholders(fitting[0])):
            note("words_with_a_gap")
            return None
        filled: dict[str, Any] = self._fill_response(
            copy.deepcopy(fitting[0]), filled_slots, **kwargs
        )
        return filled

    def _fitting(
        self, utter_action: str, filled_slots: dict[str, Any], output_channel: str
    ) -> list[dict[str, Any]]:
        if utter_action not in self.responses:
            return []
        variants = ResponseVariationFilter(self.responses)
        return list(variants.responses_for_utter_action(utter_action, output_channel, filled_slots))


def _placeholders(response: dict[str, Any]) -> set[str]:
    texts = [response.get("text") or ""]
    texts += [str(button.get("title", "")) for button in response.get("buttons") or []]
    return {name for text in texts for name in _PLACEHOLDER.findall(text)}
