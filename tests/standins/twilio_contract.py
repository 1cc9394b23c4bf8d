"""Twilio's contract, held against both sides: what Relais asks and what the stand-in answers.

Not for: what the description leaves unsaid (error codes, signatures), which the stand-in knows.
"""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker

_FILE = Path(__file__).parents[1] / "contract" / "twilio" / "messages.json"
_FORMATS = FormatChecker(formats=())

Json = Any
Pairs = Iterable[tuple[str, str]]


def _matches(pattern: str) -> Callable[[object], bool]:
    return lambda value: not isinstance(value, str) or re.fullmatch(pattern, value) is not None


# A number, a short code, or a sender's name.
_FORMATS.checks("phone-number")(
    _matches(r"\+[1-9][0-9]{6,14}|[0-9]{3,8}|[A-Za-z][A-Za-z0-9 ]{0,10}")
)
_FORMATS.checks("uri")(_matches(r"https?://[A-Za-z0-9.:\[\]-]+(/\S*)?"))
_FORMATS.checks("date-time")(_matches(r"\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d(\.\d+)?Z)?"))


class Contract:
    """Each check returns the places at fault, and never what stood there."""

    def __init__(self, file: Path = _FILE) -> None:
        described = json.loads(file.read_text(encoding="utf-8"))
        self._operations: Mapping[str, Json] = described["operations"]
        self._shared = described["$defs"]

    def path(self, operation: str) -> str:
        """Return the path with its parameters in braces."""
        return str(self._operations[operation]["path"])

    def method(self, operation: str) -> str:
        return str(self._operations[operation]["method"])

    def status(self, operation: str) -> int:
        """Return the status of success."""
        return int(self._operations[operation]["status"])

    def request_faults(
        self,
        operation: str,
        path: Mapping[str, str],
        query: Pairs = (),
        form: Pairs = (),
    ) -> list[str]:
        """Hold a request against the contract."""
        described = self._operations[operation]
        nothing = {"properties": {}, "additionalProperties": False}
        return [
            *self._faults("path", described["path_parameters"], dict(path)),
            *self._faults("query", described.get("query", nothing), query),
            *self._faults("form", described.get("form", nothing), form),
        ]

    def answer_faults(self, operation: str, status: int, body: Json) -> list[str]:
        """Hold an answer against the contract. `body` is None where there is none."""
        if status >= 400:
            return self._faults("error", self._shared["error"], body)
        described = self._operations[operation]
        wrong = [] if status == described["status"] else ["status"]
        if described["answer"] is None:
            return wrong if body is None else [*wrong, "answer"]
        return wrong + self._faults("answer", described["answer"], body)

    def _faults(self, where: str, schema: Json, given: Json) -> list[str]:
        whole = {**schema, "$defs": self._shared}
        value = given if isinstance(given, dict) else _typed(schema, given)
        errors = Draft202012Validator(whole, format_checker=_FORMATS).iter_errors(value)
        return sorted(
            f"{where}{''.join(f'.{step}' for step in error.absolute_path)}: {error.validator}"
            for error in errors
        )


def _typed(schema: Json, pairs: Json) -> Json:
    """Read the strings of a form as the types that the schema names; a repeated name as a list."""
    if not isinstance(pairs, Iterable):
        return pairs
    value: dict[str, Json] = {}
    for name, text in pairs:
        kind = schema["properties"].get(name, {}).get("type")
        if kind == "array":
            value.setdefault(name, []).append(text)
        elif name in value:
            value[name] = None  # no schema here allows null: a name given twice is a fault
        else:
            value[name] = _read(kind, text)
    return value


def _read(kind: str | None, text: str) -> Json:
    if kind == "integer" and re.fullmatch(r"-?\d{1,9}", text):
        return int(text)
    if kind == "number" and re.fullmatch(r"-?\d{1,9}(\.\d+)?", text):
        return float(text)
    if kind == "boolean" and text in {"true", "false"}:
        return text == "true"
    return text
