"""What a message may mean when the model is not sure of it: its likeliest readings, by name.

Not for: choosing what is offered of them, and not for words (`actions/not_understood.py`).
"""

from typing import Any

from rasa.core.agent import Agent
from rasa.nlu.classifiers.fallback_classifier import THRESHOLD_KEY, FallbackClassifier

NOT_UNDERSTOOD = "nlu_fallback"
MOST = 2
# Dangers at least this likely together are among the readings, however many others are likelier.
# Measured on training lines spoiled until they were not understood: two dangers in three reach it,
# and one in three of the others, who are asked one gentle question more than they needed.
DANGER_SHARE = 0.15


def threshold_of(agent: Agent) -> float | None:
    """Give the confidence below which the model says that it is not sure; None if it never does."""
    for node in agent.processor.model_metadata.predict_schema.nodes.values():
        if issubclass(node.uses, FallbackClassifier):
            config = {**FallbackClassifier.get_default_config(), **node.config}
            return float(config[THRESHOLD_KEY])
    return None


def readings(parsed: dict[str, Any], threshold: float | None) -> list[str]:
    """Name what a message that is not understood may mean, likeliest first; a danger before all.

    Nothing for a message that is understood, nor for signs without a letter. Keyboard mash, which
    the model knows as such, means nothing either, unless a danger is likely in it.
    """
    ranking = parsed.get("intent_ranking") or []
    doubted = parsed["intent"]["name"] == NOT_UNDERSTOOD and any(map(str.isalnum, parsed["text"]))
    if not doubted or not ranking:
        return []
    # Rasa puts its doubt before the model's own ranking, with the threshold as its confidence; the
    # model's own certainty of mash is never below the threshold.
    own = ranking[1:] if ranking[0]["confidence"] == threshold else ranking
    mash = bool(own) and own[0]["name"] == NOT_UNDERSTOOD
    danger, others = _likeliest([one for one in own if one["name"] != NOT_UNDERSTOOD])
    return danger if mash else [*danger, *others][:MOST]


def _likeliest(own: list[dict[str, Any]]) -> tuple[list[str], list[str]]:
    """Give the likeliest danger, if dangers are likely enough together, and all that is none."""
    dangers = [one["name"] for one in own if one["name"].startswith("danger_")]
    share = sum(one["confidence"] for one in own if one["name"] in dangers)
    others = [one["name"] for one in own if one["name"] not in dangers]
    return dangers[:1] if share >= DANGER_SHARE else [], others
