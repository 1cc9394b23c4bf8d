"""helpline.yml and the texts agree: every number spoken is there, with its hours and its date."""

import re

import pytest
import yaml

from tests.actions import house

HELPLINE = yaml.safe_load((house.ROOT / "helpline.yml").read_text(encoding="utf-8"))
SPOKEN = sorted(
    {line for _, text, _ in house.texts() for line in re.findall(r"{line_(\d+)}", text)}
)


@pytest.mark.parametrize("line", SPOKEN)
def test_a_number_that_is_spoken_has_hours_and_a_date(line: str) -> None:
    entry = HELPLINE["lines"][line]
    assert entry["number"] == line
    assert entry["always_open"] or entry["hours"]
    assert entry["verified_on"]
    assert entry["free"] is True


@pytest.mark.parametrize("line", [line for line in SPOKEN if line != "3018"])
def test_what_is_said_to_answer_day_and_night_is_always_open(line: str) -> None:
    assert HELPLINE["lines"][line]["always_open"] is True


def test_the_3018_is_closed_at_night_and_opens_every_day() -> None:
    hours = HELPLINE["lines"]["3018"]["hours"]
    assert set(hours) == {"mon", "tue", "wed", "thu", "fri", "sat", "sun"}
    assert {tuple(span) for span in hours.values()} == {("09:00", "23:00")}


def test_nothing_unconfirmed_claims_to_be_confirmed() -> None:
    assert HELPLINE["confirmed_by_helpline"] is False
    assert HELPLINE["retention"]["confirmed"] is False


def test_the_emergency_by_sms_is_linked_as_an_sms() -> None:
    assert HELPLINE["lines"]["114"]["kind"] == "sms"


def test_every_slot_of_a_line_has_its_entry() -> None:
    slots = house.read(house.ROOT / "bot/domain/turn.yml")["slots"]
    named = {match[1] for slot in slots if (match := re.fullmatch(r"line_(\d+)", slot))}
    assert named == set(HELPLINE["lines"])
