"""The script: for every danger the right numbers and no step, within two SMS, in reviewed words."""

import re
from datetime import UTC, datetime, timedelta
from itertools import product
from pathlib import Path

import pytest

from api import helpline as helplines
from api.channels.sms_text import segments
from api.danger.signals import Level, Signal, Subject
from api.dialogue import script as scripts
from api.dialogue.script import QUIET
from api.helpline import HelplineFileError

ROOT = Path(__file__).parents[2]
HELPLINE = helplines.load(ROOT / "helpline.yml")
SCRIPT = scripts.load(HELPLINE)
NOW = datetime(2026, 11, 24, 1, tzinfo=UTC)

SUICIDE = ("danger_suicide", "danger_selfharm")
CHILD = ("danger_home", "danger_runaway", "danger_other_child")
KINDS = (*SUICIDE, "danger_physical", *CHILD, "danger_unknown")
SUBJECTS: tuple[Subject, ...] = ("self", "other")
ALL = list(product(KINDS, Level, SUBJECTS))
KINDS_OF_SUBJECTS = list(product(KINDS, SUBJECTS))
# What belongs to the procedure, which a danger suspends (facts.md 6.2).
STEP_WORDS = re.compile(
    r"pai|pay|envoi|captur|preuve|bloqu|signal|supprim|garde|3018", re.IGNORECASE
)
# Never said to a child (facts.md 3.2 and 6.3).
NEVER = re.compile(
    r"pourquoi|promet|promis|calme|t'inqui|pas grave|aurais|secret|suicid|statisti|\bnous\b|%",
    re.IGNORECASE,
)


def danger(kind: str, level: Level, subject: Subject) -> str:
    line = SCRIPT.danger(Signal(kind, level, subject, words="", phrase="test"))
    assert line.steps == ()
    return line.text


def numbers(text: str) -> set[str]:
    return set(re.findall(r"\d+", text))


def every_text() -> list[str]:
    generic = SCRIPT.instead_of_bot(0, None, NOW)
    short = SCRIPT.instead_of_bot(1, NOW, NOW)
    assert generic is not None
    assert short is not None
    name = "Camille"
    return [
        *(danger(*case) for case in ALL),
        *(line.text for line in (generic, short, SCRIPT.greeting(), SCRIPT.picture())),
        SCRIPT.joined(name),
        SCRIPT.left_to_queue(name),
        SCRIPT.left_to_program(name),
        SCRIPT.closed(name),
        SCRIPT.first_line(name),
    ]


@pytest.mark.parametrize(("kind", "level", "subject"), ALL)
def test_a_danger_text_names_no_step(kind: str, level: Level, subject: Subject) -> None:
    assert not STEP_WORDS.search(danger(kind, level, subject))


@pytest.mark.parametrize("text", every_text())
def test_a_text_fits_into_two_sms_and_says_nothing_forbidden(text: str) -> None:
    assert segments(text) <= 2
    assert not NEVER.search(text)
    assert not set("{}’«»…") & set(text)


@pytest.mark.parametrize("text", [text for text in every_text() if numbers(text)])
def test_every_number_is_one_of_the_helpline_s(text: str) -> None:
    known = {line.number for line in HELPLINE.lines.values()}
    hours = numbers(" ".join(line.hours_words for line in HELPLINE.lines.values()))
    assert numbers(text) <= known | hours


@pytest.mark.parametrize(("kind", "subject"), KINDS_OF_SUBJECTS)
def test_in_r3_the_emergency_numbers_are_there_and_the_one_without_a_voice(
    kind: str, subject: Subject
) -> None:
    found = numbers(danger(kind, Level.R3, subject))
    assert {"112", "114", "15" if kind in SUICIDE else "17"} <= found


@pytest.mark.parametrize(("kind", "subject"), KINDS_OF_SUBJECTS)
def test_in_r2_the_line_for_it_is_there_and_a_person_is_announced(
    kind: str, subject: Subject
) -> None:
    text = danger(kind, Level.R2, subject)
    line = {**dict.fromkeys(SUICIDE, "3114"), **dict.fromkeys(CHILD, "119")}.get(kind, "112")
    assert line in numbers(text)
    assert "Une personne de l'équipe est demandée" in text


@pytest.mark.parametrize("subject", SUBJECTS)
def test_in_r2_of_suicide_now_has_its_numbers_too(subject: Subject) -> None:
    for kind in SUICIDE:
        assert {"15", "112"} <= numbers(danger(kind, Level.R2, subject))


@pytest.mark.parametrize(("kind", "subject"), KINDS_OF_SUBJECTS)
def test_in_r1_a_line_that_answers_at_night_is_there(kind: str, subject: Subject) -> None:
    assert numbers(danger(kind, Level.R1, subject)) & {"3114", "119", "112"}


def test_for_another_child_the_text_speaks_to_the_friend() -> None:
    for kind, level in product(SUICIDE, (Level.R1, Level.R2, Level.R3)):
        assert danger(kind, level, "other") != danger(kind, level, "self")


def test_the_generic_text_delivers_the_mission() -> None:
    generic = SCRIPT.instead_of_bot(0, None, NOW)
    assert generic is not None
    assert generic.steps == ("dont_pay", "dont_send", "keep_evidence", "contact_3018")
    for words in ("Ne paie pas", "N'envoie plus rien", "Garde", "captures", "3018"):
        assert words in generic.text


def test_after_the_generic_text_a_short_line_and_then_one_in_five_minutes() -> None:
    short = SCRIPT.instead_of_bot(1, NOW, NOW)
    assert short is not None
    assert SCRIPT.instead_of_bot(2, NOW, NOW + QUIET - timedelta(seconds=1)) is None
    assert SCRIPT.instead_of_bot(2, NOW, NOW + QUIET) == short


def test_a_person_says_its_name_and_that_it_is_one() -> None:
    assert SCRIPT.first_line("Camille").startswith("Camille, une personne")
    assert "une personne" in SCRIPT.joined("Camille")


@pytest.mark.parametrize("id_", HELPLINE.lines)
def test_a_helpline_without_a_line_that_children_are_given_does_not_start(id_: str) -> None:
    lines = {name: line for name, line in HELPLINE.lines.items() if name != id_}
    with pytest.raises(HelplineFileError, match=rf"line.{id_}\b"):
        scripts.load(HELPLINE.model_copy(update={"lines": lines}))


def test_a_line_that_only_the_script_names_is_missed_at_the_start(tmp_path: Path) -> None:
    file = tmp_path / "script.yml"
    file.write_text(
        scripts.FILE.read_text().replace("Appelle le {line_15}", "Appelle le {line_16}")
    )
    with pytest.raises(HelplineFileError, match="line_16"):
        scripts.load(HELPLINE, file)


def test_anger_at_the_author_is_asked_about_and_not_taken_for_danger_from_them() -> None:
    for subject in SUBJECTS:
        text = danger("danger_physical", Level.R1, subject)
        assert "faire du mal à quelqu'un, là, maintenant ?" in text
        assert numbers(text) == {"119"}


def test_an_unnamed_danger_has_every_number() -> None:
    for level, subject in product(Level, SUBJECTS):
        text = danger("danger_unknown", level, subject)
        assert {"17", "112", "114", "3114", "119"} <= numbers(text)


def test_not_to_see_the_author_is_true_without_a_meeting_too() -> None:
    for subject in SUBJECTS:
        text = danger("danger_physical", Level.R2, subject)
        assert "voir" in text
        assert "rendez-vous" not in text
