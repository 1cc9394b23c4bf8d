"""The api's own few texts: what a child reads when the bot fails, and the lines on who speaks.

Every danger kind and level has its text, so that danger is answered with everything behind broken.
Not for: the dialogue, whose words are in bot/domain.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

from api import yaml_file
from api.danger.signals import Graded
from api.helpline import Helpline, HelplineFileError

QUIET = timedelta(minutes=5)
FILE = Path(__file__).with_name("script.yml")
# The numbers that the dialogue's own texts name, by way of the bot's slots.
LINES_OF_THE_BOT = ("3018", "3114", "119", "17", "15", "112", "114")


class _Texts(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Generic(_Texts):
    steps: tuple[str, ...]
    text: str


class _Subjects(_Texts):
    self: str
    other: str


class ScriptTexts(_Texts):
    """script.yml, as it stands."""

    greeting: str
    generic: _Generic
    short: str
    picture: str
    danger: dict[str, dict[Literal["R1", "R2", "R3"], _Subjects]]
    joined: str
    left_to_queue: str
    left_to_program: str
    closed: str
    first_line: str
    program_again: str


@dataclass(frozen=True)
class Line:
    """What the script says, and the steps that this delivers."""

    text: str
    steps: tuple[str, ...] = ()


class Script:
    """The texts with the helpline's numbers filled in."""

    def __init__(self, texts: ScriptTexts, helpline: Helpline) -> None:
        self._texts = texts
        self._numbers = {f"line_{id_}": line.number for id_, line in helpline.lines.items()} | {
            f"hours_{id_}": line.hours_words for id_, line in helpline.lines.items()
        }

    def instead_of_bot(self, said: int, said_at: datetime | None, now: datetime) -> Line | None:
        """Return what to say when the bot has failed; None for silence.

        The generic text once, then a short line, then at most one line in five minutes.
        `said`: how often the script has spoken since the bot last did.
        """
        if said == 0:
            generic = self._texts.generic
            return Line(self._filled(generic.text), generic.steps)
        if said == 1 or said_at is None or now - said_at >= QUIET:
            return self.short()
        return None

    def short(self) -> Line:
        return Line(self._filled(self._texts.short))

    def danger(self, signal: Graded) -> Line:
        subjects = self._texts.danger[signal.kind][signal.level.value]
        return Line(self._filled(subjects.other if signal.subject == "other" else subjects.self))

    def greeting(self) -> Line:
        return Line(self._filled(self._texts.greeting))

    def picture(self) -> Line:
        return Line(self._texts.picture)

    def joined(self, name: str) -> str:
        return self._texts.joined.format(name=name)

    def left_to_queue(self, name: str) -> str:
        return self._texts.left_to_queue.format(name=name)

    def left_to_program(self, name: str) -> str:
        return self._texts.left_to_program.format(name=name)

    def closed(self, name: str) -> str:
        return self._texts.closed.format(name=name)

    def first_line(self, name: str) -> str:
        return self._texts.first_line.format(name=name)

    def program_again(self) -> str:
        return self._texts.program_again

    def fill_all(self) -> None:
        """Fill every text that names a line, once; KeyError names the one that is not there."""
        texts = self._texts
        dangers = [
            text
            for levels in texts.danger.values()
            for subjects in levels.values()
            for text in (subjects.self, subjects.other)
        ]
        for text in (*dangers, texts.greeting, texts.generic.text, texts.short):
            self._filled(text)

    def _filled(self, text: str) -> str:
        return text.format(**self._numbers)


def load(helpline: Helpline, file: Path = FILE) -> Script:
    """Read script.yml. Raises `HelplineFileError` when helpline.yml lacks a line that texts name.

    A missing number stops the start, so that it cannot be missed first when a child is in danger.
    """
    missing = [name for name in LINES_OF_THE_BOT if name not in helpline.lines]
    if missing:
        raise HelplineFileError(f"helpline.yml has no line {missing[0]}, which the bot names")
    script = Script(ScriptTexts.model_validate(yaml_file.read(file)), helpline)
    try:
        script.fill_all()
    except KeyError as error:
        raise HelplineFileError(f"helpline.yml lacks {error}, which script.yml names") from None
    return script
