"""Whose line this is: hours over holidays, midnight and the two nights when the clock moves."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import yaml

from api import helpline as helplines
from api.helpline import DAYS, Helpline, HelplineFileError, Hours

FILE = Path(__file__).parents[1] / "helpline.yml"
PARIS = ZoneInfo("Europe/Paris")
EVERY_DAY = dict.fromkeys(DAYS, ("09:00", "23:00"))


def helpline(**parts: Any) -> Helpline:  # noqa: ANN401
    content = yaml.safe_load(FILE.read_text())
    return Helpline.model_validate(content | parts)


def hours(days: dict[str, tuple[str, str]] | None = None, **parts: Any) -> Hours:  # noqa: ANN401
    return Hours.model_validate({"hours": days or EVERY_DAY, "hours_words": "…", **parts})


def paris(text: str, fold: int = 0) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=PARIS, fold=fold)


def written(folder: Path, content: str) -> Path:
    file = folder / "helpline.yml"
    file.write_text(content)
    return file


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "helpline.yml"),
        ("lines: [", "not YAML"),
        ("name: Relais", "time_zone"),
        ("- a list", "helpline.yml"),
    ],
)
def test_a_file_that_is_not_one_is_refused_by_its_place(
    tmp_path: Path, content: str, said: str
) -> None:
    with pytest.raises(HelplineFileError, match=said):
        helplines.load(written(tmp_path, content))


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(HelplineFileError, match=r"helpline\.yml is missing"):
        helplines.load(tmp_path / "helpline.yml")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("time_zone: Europe/Paris", "time_zone: Mars/Olympus", "time_zone"),
        ('mon: ["09:00", "21:00"]', 'mon: ["21:00", "09:00"]', "desk.hours"),
        ('mon: ["09:00", "21:00"]', 'mon: ["09:00", "09:00"]', "desk.hours"),
        ('mon: ["09:00", "21:00"]', 'mon: ["09:00", "25:00"]', "desk.hours"),
        ('mon: ["09:00", "21:00"]', 'lundi: ["09:00", "21:00"]', "desk.hours"),
        ("conversation_days: 30", "conversation_days: 0", "retention.conversation_days"),
        ("no_sms_after_minutes: 15", "no_sms_after_minutes: -1", "silence"),
    ],
)
def test_a_value_that_cannot_be_is_refused_by_its_place(
    tmp_path: Path, old: str, new: str, said: str
) -> None:
    content = FILE.read_text()
    assert old in content
    with pytest.raises(HelplineFileError, match=said):
        helplines.load(written(tmp_path, content.replace(old, new)))


@pytest.mark.parametrize(
    ("moment", "open_"),
    [
        ("2026-11-24T08:59:59", False),
        ("2026-11-24T09:00:00", True),
        ("2026-11-24T22:59:59", True),
        ("2026-11-24T23:00:00", False),
    ],
)
def test_hours_begin_with_the_first_time_and_end_before_the_second(
    moment: str, *, open_: bool
) -> None:
    assert helpline().is_open(hours(), paris(moment)) is open_


def test_the_night_says_when_it_opens_in_utc() -> None:
    opens_at = helpline().opens_at(hours(), paris("2026-11-24T02:10:00"))
    assert opens_at == datetime(2026, 11, 24, 8, tzinfo=UTC)
    assert opens_at.tzinfo is UTC


def test_nothing_opens_that_is_open_or_has_no_hours() -> None:
    now = paris("2026-11-24T12:00:00")
    assert helpline().opens_at(hours(), now) is None
    never = Hours(hours_words="jamais")
    assert not helpline().is_open(never, now)
    assert helpline().opens_at(never, now) is None


def test_what_is_always_open_is_open() -> None:
    always = Hours(always_open=True, hours_words="jour et nuit")
    assert helpline().is_open(always, paris("2026-12-25T03:00:00"))


def test_a_day_that_is_not_written_is_closed_until_the_next_that_is() -> None:
    week = hours({"mon": ("09:00", "21:00")})
    assert not helpline().is_open(week, paris("2026-11-24T12:00:00"))
    opens_at = helpline().opens_at(week, paris("2026-11-24T12:00:00"))
    assert opens_at == paris("2026-11-30T09:00:00")


@pytest.mark.parametrize(("on_holidays", "open_"), [("closed", False), ("as_usual", True)])
def test_a_holiday_closes_what_says_so(on_holidays: str, *, open_: bool) -> None:
    noel = paris("2026-12-25T12:00:00")
    line = helpline(holidays=[date(2026, 12, 25)])
    span = hours(on_holidays=on_holidays)
    assert line.is_open(span, noel) is open_
    expected = None if open_ else paris("2026-12-26T09:00:00")
    assert line.opens_at(span, noel) == expected


def test_midnight_is_the_end_of_the_day() -> None:
    late = hours(dict.fromkeys(DAYS, ("09:00", "24:00")))
    assert helpline().is_open(late, paris("2026-11-24T23:59:59"))
    assert not helpline().is_open(late, paris("2026-11-25T00:00:00"))


@pytest.mark.parametrize(
    ("before", "opens_at"),
    [
        ("2027-03-28T01:30:00", datetime(2027, 3, 28, 7, tzinfo=UTC)),  # 09:00, now UTC+2
        ("2026-10-25T01:30:00", datetime(2026, 10, 25, 8, tzinfo=UTC)),  # 09:00, now UTC+1
    ],
)
def test_the_night_when_the_clock_moves_opens_at_the_local_hour(
    before: str, opens_at: datetime
) -> None:
    assert helpline().opens_at(hours(), paris(before)) == opens_at


def test_the_hour_that_comes_twice_is_open_twice() -> None:
    night = hours({"sun": ("02:00", "03:00")})
    for fold in (0, 1):
        assert helpline().is_open(night, paris("2026-10-25T02:30:00", fold).astimezone(UTC))
    past = paris("2026-10-25T03:30:00")
    assert helpline().opens_at(night, past) == paris("2026-11-01T02:00:00")


def test_every_line_of_ours_is_known_by_its_number_and_was_verified() -> None:
    lines = helplines.load(FILE).lines
    assert {"3018", "3114", "119", "17", "15", "112", "114"} <= lines.keys()
    assert all(line.number == id_ for id_, line in lines.items())
    assert {id_ for id_, line in lines.items() if line.kind == "sms"} == {"114"}
