"""The helpline whose line this is: numbers, hours, retention, read once from helpline.yml.

The only source of a number or an opening hour for texts, page and bot. Not for: process settings.
"""

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

import yaml
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from api import yaml_file

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
LOOK_AHEAD_DAYS = 15
DAY_ENDS = "24:00"


class HelplineFileError(Exception):
    """helpline.yml cannot be read as such; the message says where."""


def _end_of_day(value: object) -> object:
    return "23:59:59.999999" if value == DAY_ENDS else value


def _forwards(span: tuple[time, time]) -> tuple[time, time]:
    # A span over midnight would be silently closed: it is written as two days instead.
    if span[0] >= span[1]:
        raise ValueError("an interval ends after it begins, on the same day")
    return span


def _known_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (LookupError, OSError, ValueError):
        raise ValueError("not a known time zone") from None
    return name


Clocktime = Annotated[time, BeforeValidator(_end_of_day)]
Span = Annotated[tuple[Clocktime, Clocktime], AfterValidator(_forwards)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class Hours(_Part):
    """When somebody answers, in local time. `hours_words` is the same for a reader."""

    always_open: bool = False
    hours: dict[Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"], Span] = {}
    on_holidays: Literal["as_usual", "closed"] = "as_usual"
    hours_words: str


class Line(Hours):
    """A number to call, or to write to."""

    number: str
    kind: Literal["tel", "sms"]
    label: str
    verified_on: date


class Retention(_Part):
    """For how many days things are kept."""

    conversation_days: int = Field(gt=0)
    receipts_days: int = Field(gt=0)
    erased_card_days: int = Field(gt=0)


class Silence(_Part):
    """What follows when nobody writes."""

    waiting_ends_after_hours: int = Field(gt=0)
    no_sms_after_minutes: int = Field(gt=0)


class Helpline(_Part):
    """All of helpline.yml that the api uses."""

    name: str
    time_zone: Annotated[str, AfterValidator(_known_zone)]
    lines: dict[str, Line]
    desk: Hours
    holidays: frozenset[date]
    exit_url: str
    retention: Retention
    silence: Silence

    def is_open(self, hours: Hours, now: datetime) -> bool:
        """Say whether somebody answers at `now`."""
        if hours.always_open:
            return True
        local = now.astimezone(ZoneInfo(self.time_zone))
        span = self._span(hours, local.date())
        return span is not None and span[0] <= local.time() < span[1]

    def opens_at(self, hours: Hours, now: datetime) -> datetime | None:
        """Return when somebody answers next, in UTC; None when open now or not in sight."""
        if self.is_open(hours, now):
            return None
        local = now.astimezone(ZoneInfo(self.time_zone))
        for ahead in range(LOOK_AHEAD_DAYS):
            day = local.date() + timedelta(days=ahead)
            span = self._span(hours, day)
            if span is None:
                continue
            opening = datetime.combine(day, span[0], ZoneInfo(self.time_zone))
            if opening > local:
                return opening.astimezone(UTC)
        return None

    def _span(self, hours: Hours, day: date) -> tuple[time, time] | None:
        if hours.on_holidays == "closed" and day in self.holidays:
            return None
        return hours.hours.get(DAYS[day.weekday()])  # type: ignore[call-overload,no-any-return]


def load(path: Path) -> Helpline:
    """Read helpline.yml. Raises `HelplineFileError`."""
    try:
        return Helpline.model_validate(yaml_file.read(path))
    except FileNotFoundError:
        raise HelplineFileError(f"{path.name} is missing") from None
    except yaml.YAMLError as error:
        raise HelplineFileError(f"{path.name} is not YAML: {error}") from None
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        raise HelplineFileError(f"{path.name}, {where}: {first['msg']}") from None
