"""What the child's page sends and reads, as JSON.

Not for: where it comes from (`webchat_in.py`, `webchat_out.py`).
"""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field, StringConstraints, model_validator

LONGEST_TEXT = 2000

Text = Annotated[str, StringConstraints(min_length=1, max_length=LONGEST_TEXT)]


class Admitted(BaseModel):
    """What opens a conversation again."""

    id: UUID
    token: str
    resume_code: str


class NewMessage(BaseModel):
    """A text, or the number of a choice offered last."""

    client_id: UUID
    text: Text | None = None
    choice: int | None = Field(default=None, ge=1, le=20)

    @model_validator(mode="after")
    def one_of_both(self) -> "NewMessage":
        if (self.text is None) == (self.choice is None):
            raise ValueError("text or choice")
        if self.text is not None and not self.text.strip():
            raise ValueError("text is blank")
        return self


class Taken(BaseModel):
    """The message is kept, under this number."""

    seq: int


class Seen(BaseModel):
    """The page has shown everything up to this message."""

    seq: int = Field(ge=0)


class ResumeCode(BaseModel):
    """The code that the page once showed, however it is spelled."""

    code: str = Field(min_length=1, max_length=64)


class OfferedChoice(BaseModel):
    label: str


class PageMessage(BaseModel):
    """One message as the page shows it."""

    seq: int
    revision: int
    author: str
    name: str | None
    text: str
    choices: list[OfferedChoice] | None
    step: str | None
    delivery: str
    created_at: datetime
    client_id: str | None


class Waiting(BaseModel):
    ahead: int
    opens_at: datetime | None


class Standing(BaseModel):
    """Who answers, and how far the steps have come."""

    status: str
    steps: dict[str, str]
    waiting: Waiting | None
    counsellor: str | None


class PageThread(Standing):
    """The thread from a message on."""

    messages: list[PageMessage]


class PageLine(BaseModel):
    """A number that the page shows."""

    id: str
    number: str
    label: str
    open: bool
    kind: str


class PageDesk(BaseModel):
    open: bool
    opens_at: datetime | None


class PageHelpline(BaseModel):
    """Whose line this is, and who answers now."""

    name: str
    lines: list[PageLine]
    exit_url: str
    desk: PageDesk
