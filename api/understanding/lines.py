"""Lines of a list: JSON in, JSON out; what cannot be read is said in French, at its place.

For clinicians who try lists of their own. Pure. Not for: what a text means (`meaning.py`).
"""

import json
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError
from pydantic_core import from_json

from api.channels.webchat_shapes import LONGEST_TEXT

# No text that is short enough needs more, however its characters are written.
LONGEST_LINE = 64 * 1024
BYTE_ORDER_MARK = b"\xef\xbb\xbf"

NO_JSON = "Cette ligne n'est pas du JSON."
NO_OBJECT = 'Cette ligne n\'est pas de la forme {"text": "…"}.'
TOO_LONG = f"Le texte est trop long : {LONGEST_TEXT} caractères au plus."
NO_TEXT = "Il n'y a pas de texte dans « text »."
NO_ID = "« id » est un nombre ou un texte."

# What a child may send, and not only blanks.
Text = Annotated[str, StringConstraints(strict=True, pattern=r"\S", max_length=LONGEST_TEXT)]


class UnreadableLineError(Exception):
    """A line that is none of ours. The message is for who wrote the list and quotes nothing."""

    def __init__(self, sentence: str, name: object = None) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.id = name if isinstance(name, str | int) else None


class Line(BaseModel):
    """One message of a list. `id` is given back with its answer; other keys are ignored."""

    model_config = ConfigDict(frozen=True, allow_inf_nan=False)

    text: Text = Field(repr=False)
    id: str | int | float | None = None


def cut(rest: bytes, chunk: bytes) -> tuple[list[bytes], bytes]:
    """Cut what has come into whole lines and a rest, of which no more is kept than is needed."""
    *whole, rest = (rest + chunk).split(b"\n")
    return whole, rest[: LONGEST_LINE + 1]


def read(line: bytes) -> Line:
    """Read one line. Raises `UnreadableLineError`."""
    if len(line) > LONGEST_LINE:
        raise UnreadableLineError(TOO_LONG)
    try:
        content = from_json(line.removeprefix(BYTE_ORDER_MARK))
    except ValueError:
        raise UnreadableLineError(NO_JSON) from None
    if not isinstance(content, dict):
        raise UnreadableLineError(NO_OBJECT)
    try:
        return Line.model_validate(content)
    except ValidationError as error:
        sentence = _sentence(error)
    raise UnreadableLineError(sentence, content.get("id"))


def written(answer: dict[str, Any], name: object = None) -> bytes:
    """Write one answer as a line, with the `id` of what it answers."""
    named = {} if name is None else {"id": name}
    return json.dumps({**named, **answer}, ensure_ascii=False).encode()


def _sentence(error: ValidationError) -> str:
    first = error.errors(include_input=False, include_url=False)[0]
    if first["loc"][0] == "id":
        return NO_ID
    return TOO_LONG if first["type"] == "string_too_long" else NO_TEXT
