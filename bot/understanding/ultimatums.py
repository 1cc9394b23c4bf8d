"""Finds ultimatums: "jusqu'a samedi midi", "il reste 20 min", "ce soir 21h il balance tout".

Most times that a child writes are none ("depuis 18h", "on m'appelle avant 19h", "je reviens dans
5 min"): what stands around the time decides, by the cues of `ultimatums.yml`. Not for: which moment
it is (`deadline`).
"""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import yaml

from bot.understanding import moments
from bot.understanding.filled import filled
from bot.understanding.found import Found

_TABLE = Path(__file__).with_name("ultimatums.yml")
_FAR = 80
_STOP = re.compile(r"[.!?\n](?:\s|$)")
_PAUSE = re.compile(r",|;| - |\b(?:et |mais |donc |alors )?moi\b|\bdonc\b|\bdu coup\b|\bmais\b")
_AT = re.compile(r"(?: |qu')a ?$")


class _Around(NamedTuple):
    """What stands around a time: in its sentence, and nearer, up to the next pause."""

    before: str
    behind: str
    just_before: str
    just_behind: str


def deadlines(text: str) -> Iterator[Found]:
    """Find ultimatums in a plain text (see `plain.read`): "20:00", "PT2H", "samedi 12:00"."""
    for moment in moments.find(text):
        around = _around(text, moment)
        if not _is_other(moment, around) and (_alone(moment, text) or _is_limit(moment, around)):
            by_clock = _says("by", around.before) or _AT.search(around.before) is not None
            yield Found(moments.value(moment, by_clock=by_clock), moment.start(), moment.end())


def _around(text: str, moment: re.Match[str]) -> _Around:
    before = _STOP.split(text[max(0, moment.start() - _FAR) : moment.start()])[-1]
    behind = _STOP.split(text[moment.end() : moment.end() + _FAR])[0]
    return _Around(before, behind, _PAUSE.split(before)[-1], _PAUSE.split(behind)[0])


def _is_other(moment: re.Match[str], around: _Around) -> bool:
    """Tell whether it is a time that has passed, that lasts, or that comes again and again."""
    return (
        _says("since", around.before)
        or _says("passed", around.behind)
        or (moment["count"] is not None and _says("lasted", around.behind))
        or (bool(moment["day"] or moment["noon"]) and _says("habit", around.before))
    )


def _is_limit(moment: re.Match[str], around: _Around) -> bool:
    """Tell whether what is around it makes it the limit that somebody sets."""
    if _says("leaves", around.just_before, around.just_behind):
        return False
    if moment["words"]:
        limited = any(_says(cue, around.before) for cue in ("by", "given", "ultimatum"))
        return limited and not _says("my_own", around.before)
    if _threatens(around):
        return True
    if _says("in", around.before):
        return _says("said", around.before) or _wanted(around.just_before)
    if _says("ultimatum", around.behind):
        return True
    return not _says("my_own", around.before) and _told(around)


def _threatens(around: _Around) -> bool:
    return (
        _spreads(around.just_before)
        or _spreads(around.just_behind)
        or _says("else", around.behind)
        or _says("ultimatum", around.before)
    )


def _told(around: _Around) -> bool:
    """Tell whether the words around it give the time as a limit."""
    if any(_says(cue, around.before) for cue in ("given", "if", "said")):
        return True
    if any(_says(cue, around.behind) for cue in ("last", "said_after")):
        return True
    if _says("placed", around.before):
        return False
    limited = _says("by", around.before) or _says("for", around.before)
    return (limited and _says("money", around.before, around.behind)) or _wanted(around.just_before)


def _wanted(before: str) -> bool:
    return _says("wants", before) and not _says("placed", before)


def _alone(moment: re.Match[str], text: str) -> bool:
    """Tell whether the time is all that is said: the answer to "what did they say?"."""
    if moments.is_short(moment):
        return False
    whole = re.fullmatch(_cues()["alone_before"], text[: moment.start()]) and re.fullmatch(
        _cues()["alone_behind"], text[moment.end() :]
    )
    return whole is not None


def _spreads(part: str) -> bool:
    """Tell whether it is spread now or later: "il balance", and not "il a balancé"."""
    done, spreads = _cues()["done"], _cues()["spreads"]
    return any(not done.search(part[: match.start()]) for match in spreads.finditer(part))


def _says(cue: str, *parts: str) -> bool:
    return any(_cues()[cue].search(part) for part in parts)


@cache
def _cues() -> dict[str, re.Pattern[str]]:
    table = yaml.safe_load(_TABLE.read_text(encoding="utf-8"))
    words: dict[str, str] = table["words"]
    written = {
        **{cue: f"(?:{'|'.join(ways)})$" for cue, ways in table["before"].items()},
        **{cue: f"^(?:{'|'.join(ways)})" for cue, ways in table["behind"].items()},
        **{cue: "|".join(ways) for cue, ways in table["near"].items()},
        **{f"alone_{side}": pattern for side, pattern in table["alone"].items()},
        "done": table["done"],
    }
    return {cue: re.compile(filled(pattern, words)) for cue, pattern in written.items()}
