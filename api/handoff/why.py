"""Why a conversation asks for a person, in a counsellor's words.

Pure. Not for: deciding that a person is asked for (`triggers.py`), nor for words a child reads.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from api.conversation.holder import Reason

KINDS = {
    "danger_suicide": "idées de suicide",
    "danger_selfharm": "se fait du mal",
    "danger_physical": "danger physique",
    "danger_home": "danger à la maison",
    "danger_runaway": "fugue",
    "danger_other_child": "un autre enfant en danger",
    "danger_unknown": "danger signalé, sans précision",
}
SEEN_BY = {
    "phrases": "vu par les mots",
    "model": "vu par le modèle",
    "staff": "noté par l'équipe",
}
SENTENCES = {
    Reason.danger: "Un danger a été signalé",
    Reason.asked: "Une personne a été demandée",
    Reason.bot_failed: "Le programme est en panne",
    Reason.not_understood: "N'a pas été compris deux fois",
    Reason.returned: "Rendue à la file",
    Reason.late: "Un message est arrivé en retard",
}


@dataclass(frozen=True)
class Alarm:
    """The danger of a conversation, as the desk names it. `seen_by`: phrases, model or staff."""

    kind: str
    level: str
    subject: str
    seen_by: str


def why(reasons: Iterable[str], alarm: Alarm | None) -> list[str]:
    """Return the reasons as sentences: danger first, then in the order in which they came."""
    if alarm is None:
        return [SENTENCES[Reason(name)] for name in reasons]
    # The alarm says more than the bare reason.
    others = [SENTENCES[Reason(name)] for name in reasons if name != Reason.danger]
    return [_danger(alarm), *others]


def _danger(alarm: Alarm) -> str:
    # A kind that this version does not name is still a danger, and is still shown.
    kind = KINDS.get(alarm.kind, "à regarder tout de suite")
    whose = ", pour quelqu'un d'autre" if alarm.subject == "other" else ""
    seen_by = SEEN_BY.get(alarm.seen_by, SEEN_BY["phrases"])
    return f"Danger : {kind}{whose} (niveau {alarm.level}), {seen_by}"
