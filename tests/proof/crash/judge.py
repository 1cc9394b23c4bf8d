"""What must be true after a death, by the accounts of those who did not die.

The child's own list of what it wrote, its screen, the stand-in's ledger; and the thread as the desk
shows it. Not for: the course of a cell (`cell.py`).
"""

import asyncio
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from tests.proof.crash.cell import DANGER, Cell, Course
from tests.proof.crash.children import PhoneChild
from tests.standins.echo_bot import STEP, echo

_SECONDS_AT_MOST = 45.0

Message = dict[str, Any]


@dataclass
class Verdict:
    """What is wrong with a cell, and how long it took from the death to the last answer."""

    cell: Cell
    recovery: float = 0.0
    complaints: list[str] = field(default_factory=list)
    doubles: int = 0


async def judged(course: Course, *, doubles: int = 0, seconds: float | None = None) -> Verdict:
    """Wait until all is well again, then hold everything against what must be.

    `doubles` is how many messages may have reached a child twice; `seconds` how long it may take,
    where that is not what the scene allows.
    """
    allowed = course.scene.seconds_to_recover if seconds is None else seconds
    died_at = course.died_at or time.monotonic()
    verdict = Verdict(course.cell)
    while time.monotonic() - died_at < _SECONDS_AT_MOST:
        verdict.recovery = time.monotonic() - died_at
        if not course.scene.records.under_way() and not await _missing(course):
            break
        await asyncio.sleep(0.06)
    else:
        verdict.complaints.append("not settled")
    if verdict.recovery > allowed:
        verdict.complaints.append(f"recovered after {verdict.recovery:.1f} s")
    await _hold(course, verdict, doubles)
    return verdict


async def _missing(course: Course) -> bool:
    for child in course.children:
        screen = await child.screen()
        if any(_times(text, screen) == 0 for text in _to_be_answered(course, child.wrote)):
            return True
    screens = [text for child in course.children for text in await child.screen()]
    return any(not _containing(said, screens) for said in course.by_a_person)


async def _hold(course: Course, verdict: Verdict, doubles: int) -> None:
    cards = [await course.scene.card(id_) for id_ in course.mine()]
    thread = [message for card in cards if card for message in card["messages"]]
    for child in course.children:
        _hold_child(course, verdict, child.wrote, await child.screen(), thread)
    verdict.complaints += [f"not erased: {id_}" for id_ in course.erased & course.mine()]
    for said in course.by_a_person:
        screens = [text for child in course.children for text in await child.screen()]
        verdict.doubles += _containing(said, screens) - 1
    if verdict.doubles > doubles:
        verdict.complaints.append(f"sent twice: {verdict.doubles}")
    verdict.complaints += [
        f"step not delivered: {card['conversation']['id']}"
        for card in cards
        if card and _answered(card) and card["conversation"]["steps"].get(STEP) != "delivered"
    ]
    stood_in = sum(message["by_script"] and "3114" not in message["text"] for message in thread)
    if stood_in:
        verdict.complaints.append(f"the script stood in for the bot {stood_in} times")
    await _hold_provider(course, verdict)


async def _hold_provider(course: Course, verdict: Verdict) -> None:
    """Hold the stand-in's ledger: nothing against its contract, nothing to phones of long ago."""
    ledger = await course.scene.control.ledger()
    verdict.complaints += ledger["violations"]
    here = {child.number for child in course.children if isinstance(child, PhoneChild)}
    written_to = {create["form"]["To"] for create in ledger["creates"]}
    verdict.complaints += [f"sent late: {len(late)}" for late in [written_to - here] if late]


def _answered(card: dict[str, Any]) -> bool:
    """Say whether the program's answers reached the child: each of them carries the step."""
    kept = [one for one in card["messages"] if one["author"] == "bot" and not one["by_script"]]
    return any(one["steps"] and one["delivery"] != "dropped" for one in kept)


def _hold_child(
    course: Course, verdict: Verdict, wrote: list[str], screen: list[str], thread: list[Message]
) -> None:
    stored = Counter(message["text"] for message in thread if message["author"] == "minor")
    said = [
        message["text"]
        for message in thread
        if message["author"] == "bot" and message["delivery"] != "dropped"
    ]
    for text in wrote:
        if stored[text] != 1:
            verdict.complaints.append(f"stored {stored[text]} times: {text}")
    for text in _to_be_answered(course, wrote):
        # A thread may hold several children's danger; on its own screen each is told once.
        answers = _times(text, said) if DANGER not in text else 1
        if answers != 1:
            verdict.complaints.append(f"answered {answers} times: {text}")
        arrived = _times(text, screen)
        if arrived == 0:
            verdict.complaints.append(f"never arrived: {text}")
        verdict.doubles += max(0, arrived - 1)
    for text in course.to_a_person:
        if _times(text, screen) or _times(text, said):
            verdict.complaints.append(f"answered over a person: {text}")


def _to_be_answered(course: Course, wrote: list[str]) -> list[str]:
    return [text for text in wrote if text not in course.to_a_person]


def _times(text: str, said: list[str]) -> int:
    # The script's answer to a danger names 3114; everything else is answered by its echo.
    return _containing("3114" if DANGER in text else echo(text), said)


def _containing(words: str, said: list[str]) -> int:
    return sum(words in one for one in said)
