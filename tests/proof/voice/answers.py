"""What the bot answers, and what the child writes: one of each kind that matters to a holder.

Not for: words that are good for a child (`bot/domain`).
"""

from collections.abc import Mapping

from tests.standins.scripted_bot import Answer, saying

CHOICES = [
    {"label": "C'est fait", "text": "c'est fait", "intent": "done"},
    {"label": "Quelqu'un est près de moi", "text": "près de moi", "intent": "danger_physical"},
]
STEPS = ["dont_pay", "dont_send", "keep_evidence"]
DANGER = {"kind": "danger_home", "level": "R2", "subject": "self"}
READS_DANGER = {"intent": "danger_home", "confidence": 0.8, "danger": DANGER}

# None: the bot fails.
ANSWERS: Mapping[str, Answer | None] = {
    "words": saying("D'accord."),
    "step": saying("Ne paie pas.", steps=["dont_pay"], choices=CHOICES),
    "three parts": saying("Ne paie pas.", "N'envoie rien.", "Garde tout.", steps=STEPS),
    "done": saying("Bien.", changes={"crisis": False, "steps": {"dont_pay": "done"}}),
    "asked": saying("Je demande.", handoff={"reason": "asked"}),
    "not understood": saying("Je demande.", handoff={"reason": "not_understood"}),
    "declined": saying("D'accord.", handoff={"reason": "declined"}),
    "danger": saying("Appelle.", handoff={"reason": "danger"}),
    "reads danger": saying("Merci.", understood=READS_DANGER),
    "fails": None,
}

WORDS: Mapping[str, str] = {
    "plain": "slt",
    "no": "non c bon",
    "R1": "mes parents vont me tuer",
    "R2": "je veux mourir",
    "R3": "jvais le faire mtn, adieu",
    "other R3": "il est en bas de chez moi",
}
