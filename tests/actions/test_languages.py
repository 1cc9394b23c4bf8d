"""Another language: the essentials in English, a person the second time, danger as in French."""

import pytest

from actions import crisis
from tests.actions import house
from tests.actions.stage import OPENS, Conversation, Spoken, seen, walking
from tests.actions.test_danger import NUMBERS, STEPS, has, numbers

MOST = 3
# Words that are heard as an answer, in whatever language they are written.
SHORT = ("affirm", "deny", "dont_know", "done", "cannot", "later", "thank", "nlu_fallback")
INTENTS = [name for name in house.rules() if name not in crisis.FAMILIES]
WORLDS: tuple[dict[str, object], ...] = (
    {},
    {"line_open": False},
    {"desk_open": False, "line_open": False},
    {"desk_open": False, "desk_opens": None},
    {"holder": "waiting", "ahead": 3},
    {"holder": "waiting", "desk_open": False},
)


def english(spoken: Spoken) -> bool:
    return bool(spoken.names) and all(name.startswith("utter_en_") for name in spoken.names)


def opened(channel: str = "web", **world: object) -> Conversation:
    """Give a conversation whose first words have been said, in French on a page."""
    talk = Conversation(channel=channel)
    for name, value in world.items():
        setattr(talk, name, value)
    if channel == "web":
        talk.says("event_opened")
    return talk


@pytest.mark.parametrize("intent", INTENTS)
@pytest.mark.parametrize("world", WORLDS)
@pytest.mark.parametrize("channel", ["sms", "web"])
def test_every_turn_is_english_short_and_without_a_step(
    channel: str, intent: str, world: dict[str, object]
) -> None:
    talk = Conversation(channel=channel, language="es")
    for name, value in world.items():
        setattr(talk, name, value)
    for _ in range(4):
        spoken = talk.says(intent)
        assert english(spoken)
        assert len(spoken.names) <= MOST
        assert spoken.steps == []


@pytest.mark.parametrize("level", ["R2", "R3"])
@pytest.mark.parametrize("kind", crisis.FAMILIES)
@pytest.mark.parametrize("subject", ["self", "other"])
def test_a_danger_has_the_numbers_of_its_kind_and_a_person(
    kind: str, level: str, subject: str
) -> None:
    spoken = opened().says(kind, danger=seen(kind, level, subject), language="en")
    assert english(spoken)
    assert has(spoken.words, NUMBERS[crisis.FAMILIES[kind], level])
    assert spoken.handoff == {"reason": "danger", "urgency": "high"}
    assert spoken.changes["crisis"] is True
    assert (len(spoken.names) == 1) is (level == "R3")


@pytest.mark.parametrize("kind", crisis.FAMILIES)
@pytest.mark.parametrize("level", ["R2", "R3"])
def test_a_crisis_stays_english_and_gives_a_number_every_time(kind: str, level: str) -> None:
    talk = opened()
    talk.says(kind, danger=seen(kind, level), language="en")
    for intent in ("greet", "ask_pay", "ask_privacy", "nlu_fallback", "insult", "ask_human"):
        spoken = talk.says(intent, language="en")
        assert english(spoken)
        assert "{line_1" in spoken.words or "{line_3114}" in spoken.words


def test_anger_is_not_answered_as_danger_from_the_author() -> None:
    danger = seen("danger_physical", "R1")
    spoken = opened().says("danger_physical", danger=danger, language="en")
    assert spoken.names[-2:] == ["utter_en_danger_anger", "utter_en_question_anger"]


@pytest.mark.parametrize(("kind", "family"), crisis.FAMILIES.items())
def test_yes_and_no_answer_the_question(kind: str, family: str) -> None:
    for answer, words in (("affirm", f"danger_{family}_r3"), ("deny", f"no_{family}")):
        talk = opened()
        talk.says(kind, language="en")
        spoken = talk.says(answer)
        assert spoken.names[0] == f"utter_en_{words}"
        assert spoken.changes["crisis"] is (answer == "affirm")


def test_the_first_time_are_the_essentials() -> None:
    spoken = opened().says("report_threat", language="en")
    assert spoken.names == ["utter_en_opening", "utter_en_essentials", "utter_en_help"]
    assert spoken.handoff is None


def test_at_night_it_is_said_who_answers_now() -> None:
    spoken = opened(line_open=False).says("report_threat", language="ar")
    for line in ("line_3018_opens_en", "line_119", "line_3114", "line_17", "line_112", "line_114"):
        assert f"{{{line}}}" in spoken.words


@pytest.mark.parametrize(
    ("desk", "words"),
    [
        ({"desk_open": True}, "utter_en_human_open"),
        ({"desk_open": False, "desk_opens": OPENS}, "utter_en_human_closed"),
        ({"desk_open": False, "desk_opens": None}, "utter_en_human_closed_unknown"),
    ],
)
def test_the_second_time_a_person_is_asked_for_truthfully(
    desk: dict[str, object], words: str
) -> None:
    talk = opened(**desk)
    talk.says("report_threat", language="en")
    spoken = talk.says("nlu_fallback", language="en")
    assert spoken.names[:2] == ["utter_en_again", words]
    assert spoken.handoff == {"reason": "not_understood", "urgency": "normal"}
    assert "utter_en_again" not in talk.says("report_threat", language="en").names


def test_who_asks_for_a_person_has_one_at_once() -> None:
    spoken = opened().says("ask_human", language="en")
    assert spoken.names == ["utter_en_human_open"]
    assert spoken.handoff == {"reason": "asked", "urgency": "normal"}


def test_by_sms_nothing_is_told_before_the_ok() -> None:
    talk = opened("sms")
    assert talk.says("report_threat", language="en").names == ["utter_en_opening_private"]
    spoken = talk.says("affirm")
    assert spoken.names == ["utter_en_opening", "utter_en_essentials", "utter_en_help"]


@pytest.mark.parametrize("word", ["affirm", "thank", "nlu_fallback", "ask_human"])
def test_a_word_of_no_language_stays_in_the_one_before(word: str) -> None:
    talk = opened()
    talk.says("report_threat", language="en")
    assert english(talk.says(word))


def test_french_is_answered_in_french_again() -> None:
    talk = opened()
    talk.says("report_threat", language="en")
    spoken = talk.says("report_payment")
    assert spoken.names[0] == "utter_report_payment"
    assert "not_your_fault" in spoken.steps


def test_what_is_known_of_the_language_holds_for_french_words_too() -> None:
    assert english(Conversation(language="en").says("report_payment"))


@pytest.mark.parametrize("event", [name for name in house.rules() if name[:6] == "event_"])
def test_an_event_is_told_in_english_and_is_no_message(event: str) -> None:
    talk = walking("dont_pay")
    talk.holder, talk.desk_open = "waiting", False
    talk.says("report_threat", language="en")
    assert english(talk.says(event))
    assert "utter_en_again" in talk.says("report_threat", language="en").names


def test_the_numbers_stay_after_the_crisis() -> None:
    talk = opened()
    talk.says("danger_home", language="en")
    assert has(talk.says("deny").words, {"line_119"})
    assert talk.says("report_threat", language="en").names[-1] == "utter_en_help"


@pytest.mark.parametrize("answer", SHORT)
@pytest.mark.parametrize("step", STEPS)
def test_a_short_answer_to_a_step_is_heard_as_in_french(step: str, answer: str) -> None:
    spoken = walking(step).says(answer, language="en")
    assert spoken == walking(step).says(answer)


def test_what_is_not_understood_is_of_its_language_where_nothing_was_asked() -> None:
    assert english(Conversation(channel="sms").says("nlu_fallback", language="en"))
    assert "utter_en_essentials" in opened().says("nlu_fallback", language="en").names


def asked_about_safety() -> Conversation:
    """Give a conversation that goes on in English after the question of safety."""
    talk = walking("safe_now")
    talk.says("report_threat", language="en")
    return talk


@pytest.mark.parametrize(
    ("answer", "urgency"), [("deny", "high"), ("dont_know", "normal"), ("cannot", "normal")]
)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_not_safe_is_taken_as_danger_in_every_language(
    language: str, answer: str, urgency: str
) -> None:
    spoken = asked_about_safety().says(answer, language=language)
    if (answer, language) == ("cannot", "fr"):
        assert spoken.names[0] == "utter_danger_unknown"  # it says that the child writes French
    else:
        assert spoken.names == ["utter_en_danger_unknown", "utter_en_question_danger"]
    assert spoken.handoff == {"reason": "danger", "urgency": urgency}
    assert spoken.changes["steps"]["safe_now"] != "done"


def test_safe_is_noted_and_the_next_no_is_no_danger() -> None:
    talk = asked_about_safety()
    spoken = talk.says("affirm", language="en")
    assert english(spoken)
    assert spoken.changes["steps"] == {"safe_now": "done"}
    assert talk.says("deny", language="en").changes["crisis"] is False


@pytest.mark.parametrize("kind", crisis.FAMILIES)
@pytest.mark.parametrize("subject", ["self", "other"])
def test_an_r1_that_the_phrases_saw_is_asked_about_once(kind: str, subject: str) -> None:
    talk = opened()
    talk.danger = seen(kind, "R1", subject)
    spoken = talk.says("report_threat", language="en")
    assert english(spoken)
    assert has(spoken.words, numbers(kind, "R1", subject))
    assert spoken.names[-1].startswith("utter_en_question_")
    assert (spoken.handoff, spoken.changes["crisis"]) == (None, True)
    talk.says("deny", language="en")
    assert "utter_en_essentials" in talk.says("report_threat", language="en").names


@pytest.mark.parametrize(("kind", "family"), crisis.FAMILIES.items())
@pytest.mark.parametrize("known", ["fr", "es"])
def test_a_danger_that_may_be_meant_is_asked_about(known: str, kind: str, family: str) -> None:
    talk = opened()
    talk.language = known
    spoken = talk.says("nlu_fallback", readings=("ask_pay", kind), language="en")
    assert english(spoken)
    assert has(spoken.words, NUMBERS[family, "R2"])
    assert spoken.names[-1].startswith("utter_en_question_")
    assert (spoken.handoff, spoken.changes["crisis"]) == (None, True)
    assert talk.says("affirm", language="en").handoff == {"reason": "danger", "urgency": "high"}


def asks(spoken: Spoken) -> bool:
    return any("_question_" in name for name in spoken.names) and bool(spoken.changes["crisis"])


@pytest.mark.parametrize("first", ["fr", "en"])
@pytest.mark.parametrize("second", ["fr", "en"])
@pytest.mark.parametrize(
    "word", ["affirm", "report_threat", "ask_human", "ask_bot", "nlu_fallback"]
)
def test_a_doubt_of_the_first_sms_is_asked_about_whatever_comes_next(
    word: str, first: str, second: str
) -> None:
    talk = Conversation(channel="sms")
    talk.says("nlu_fallback", readings=("danger_home", "ask_pay"), language=first)
    assert not asks(talk.says("later", language=second))
    spoken = talk.says(word, language=second)
    assert asks(spoken)
    assert spoken.steps == []
    assert (spoken.handoff is not None) is (word == "ask_human")
    assert talk.says("deny").changes["crisis"] is False
