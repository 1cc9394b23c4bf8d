"""A transcript as it is written down: who speaks, line by line.

For: reading the `.yml` files beside this one. A line is what a child or a counsellor does, or what
must follow from it. Not for: playing it (`stage.py`).
"""

from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict

from api.channels.messages import Channel

HERE = Path(__file__).parent


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


def _as_says(value: object) -> object:
    return {"says": [value]} if isinstance(value, str) and value != "silent" else value


class Deed(_Part):
    """What a child does when it is not simply writing. `picture` comes with what it `writes`."""

    writes: str = ""
    taps: str | None = None
    picture: str | None = None
    comes_back: Literal["by its code"] | None = None


class Answer(_Part):
    """What the program must have said since the child's last word.

    `steps`: exactly these safety steps, in this order. `says`: each in one of its messages.
    `numbers`: each of them named. `no_step`: nothing of the walk.
    """

    steps: tuple[str, ...] | None = None
    says: tuple[str, ...] = ()
    numbers: frozenset[str] = frozenset()
    no_step: bool = False


class Danger(_Part):
    kind: str
    level: str


class Desk(_Part):
    """How the conversation stands at the desk. `reasons` are exactly these."""

    status: str
    reasons: frozenset[str] | None = None
    danger: Danger | Literal["none"] | None = None


class Writes(_Part):
    """What a counsellor writes to the child."""

    writes: str


Move = Literal["claims", "releases", "returns", "closes", "lowers the danger"]


class Line(_Part):
    """One line: exactly one of these is given."""

    child: str | Deed | None = None
    program: Annotated[Literal["silent"] | Answer | None, BeforeValidator(_as_says)] = None
    counsellor: Move | Writes | None = None
    child_reads: str | None = None
    system: str | None = None
    desk: Desk | None = None
    ledger: dict[str, str] | None = None
    reached: frozenset[str] | None = None

    @property
    def kind(self) -> str:
        (kind,) = self.model_fields_set
        return kind

    @property
    def content(self) -> Any:  # noqa: ANN401 - as its kind says
        return getattr(self, self.kind)


class Transcript(_Part):
    """One conversation. `databases`: on which it is played; on SQLite alone unless said."""

    title: str
    channel: Channel
    databases: tuple[Literal["sqlite", "postgresql"], ...] = ("sqlite",)
    lines: tuple[Line, ...]


def read(name: str) -> Transcript:
    """Read one transcript by the name of its file."""
    content = yaml.safe_load((HERE / f"{name}.yml").read_text(encoding="utf-8"))
    return Transcript.model_validate(content)


def names() -> list[str]:
    """Name every transcript here."""
    return sorted(path.stem for path in HERE.glob("*.yml"))
