"""What the desk sends and reads, as JSON.

Not for: where it comes from (`cards.py`).
"""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BaseModel, Field, StringConstraints

from api.channels.messages import Channel
from api.conversation.holder import Holder
from api.desk.models import Role

Level = Literal["R1", "R2", "R3"]
Kind = Literal[
    "danger_suicide",
    "danger_selfharm",
    "danger_physical",
    "danger_home",
    "danger_runaway",
    "danger_other_child",
    "danger_unknown",
]


class SignInForm(BaseModel):
    """What somebody types to sign in. `code` is asked for outside the demo."""

    email: str = Field(max_length=254, repr=False)
    password: str = Field(max_length=256, repr=False)
    code: str | None = Field(default=None, max_length=16, repr=False)


class Myself(BaseModel):
    """Who is signed in."""

    id: UUID
    name: str
    email: str
    role: Role


class Setup(BaseModel):
    """What the page has to know before anybody signs in."""

    second_factor: bool
    helpline: str


class Assignee(BaseModel):
    """The counsellor who holds a conversation."""

    id: UUID
    name: str


class CardDanger(BaseModel):
    """`words` are the child's own, for as long as the danger stands."""

    kind: str
    level: str
    subject: str
    words: str | None
    seen_by: str


class Card(BaseModel):
    """One conversation in the list. `why` says in French why a person is asked for."""

    id: UUID
    channel: Channel
    status: Holder
    reasons: list[str]
    danger: CardDanger | None
    facts: dict[str, list[dict[str, Any]]]
    steps: dict[str, str]
    waiting_since: datetime | None
    last_at: datetime
    assignee: Assignee | None
    muted: bool
    why: list[str]


class Erased(BaseModel):
    """What is left of a conversation that was erased while a danger stood: no word of it."""

    id: UUID
    channel: Channel
    kind: str
    level: str
    opened_at: datetime
    erased_at: datetime


class CardList(BaseModel):
    """The list, whom to help next first."""

    conversations: list[Card]
    erased: list[Erased]


class WholeCard(Card):
    """A card that is open. `previous`: how many conversations of the same contact came before."""

    crisis: bool
    revision: int
    previous: int


class CardChoice(BaseModel):
    label: str


class CardMessage(BaseModel):
    """One message as the desk shows it, also one that was dropped."""

    seq: int
    id: UUID
    revision: int
    author: str
    name: str | None
    text: str
    choices: list[CardChoice] | None
    steps: list[str]
    delivery: str | None
    error_code: int | None
    media_types: list[str]
    by_script: bool
    created_at: datetime


class CardNote(BaseModel):
    id: UUID
    name: str
    text: str
    created_at: datetime


class OpenCard(BaseModel):
    """A conversation with everything said in it."""

    conversation: WholeCard
    messages: list[CardMessage]
    notes: list[CardNote]


class NewReply(BaseModel):
    """What a counsellor writes. The same `client_id` again writes nothing twice."""

    client_id: UUID
    text: str = Field(repr=False)


class NewNote(BaseModel):
    text: str = Field(repr=False)


class Ending(BaseModel):
    """How a conversation ended: a word of a list, never a sentence, for it is kept unsealed."""

    outcome: Annotated[str, StringConstraints(pattern=r"^[a-z0-9_]{1,40}$")] | None = None


class Judgement(BaseModel):
    """The danger as a person sees it; None where there is none."""

    level: Level | None
    kind: Kind | None = None
