"""Nothing a child wrote is ever in a log, of either process, at any level."""

import logging
import re
from pathlib import Path

from bot.log import Plain, to_record
from tests.bot.asking import forced, situation, turn
from tests.bot.services import Bot

MARK = "zinzolin"
LINE = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} [A-Z]+ [\w.]+ [\w.<>]+( \w+)?")
INTENTS = ["raise_error", "odd_result", "loop", "no_rule", "say_gap", "follow_unknown"]


def speak_of_it_everywhere(bot: Bot) -> None:
    """Let turns succeed and fail with the mark in every place a child's words come in."""
    fact = {"value": "yes", "words": MARK}
    known = {"facts": {"paid": [fact]}, "crisis": False, "danger": None, "task": MARK}
    places = {"known": known, "situation": situation(MARK), "turn": MARK}
    for text in (MARK, f"/{MARK}", f'/greet{{"paid": "{MARK}"}}', f"j'ai payé 50 euros {MARK}"):
        bot.post(turn(text, **places))
        bot.post({"mode": "understand", "texts": [text]})
    for intent in INTENTS:
        bot.post(forced(intent, MARK, **places))
    bot.post(forced(MARK, MARK, level=MARK))
    bot.post({"mode": MARK, "turn": MARK})
    bot.post(turn(MARK, now=MARK))
    bot.post(turn(MARK, state=MARK))
    bot.post(turn(MARK), secret=MARK)


def lines_since(log: Path, begin: int) -> list[str]:
    return log.read_text(encoding="utf-8")[begin:].splitlines()


def test_no_word_of_a_child_is_written(bot: Bot, logs: Path) -> None:
    begins = {log: len(log.read_text(encoding="utf-8")) for log in logs.iterdir()}
    speak_of_it_everywhere(bot)

    written = [line for log, begin in begins.items() for line in lines_since(log, begin)]
    assert not [line for line in written if MARK in line]
    # And it was not silent by accident: levels, names and exception types are there.
    text = "\n".join(written)
    assert "ERROR rasa_sdk.endpoint endpoint.exception_handler RuntimeError" in text
    assert "ERROR bot.turn turn.failed.action_failed" in text
    assert "DEBUG rasa.core.processor processor.message.parse" in text
    assert not [line for line in written if not LINE.fullmatch(line)]


def said(record: logging.LogRecord) -> str:
    return Plain().format(record)


def test_arguments_and_tracebacks_are_left_out() -> None:
    info = (ValueError, ValueError(MARK), None)
    record = logging.LogRecord("sanic.error", logging.ERROR, "a.py", 1, MARK, (MARK,), info, "run")

    assert MARK not in said(record)
    assert said(record).endswith("ERROR sanic.error a.run ValueError")


def test_an_event_name_that_is_a_text_is_left_out() -> None:
    assert to_record(None, "error", {"event": f"{MARK} a dit"})[0] == ("unnamed",)
    assert to_record(None, "error", {"event": "turn.failed", "kind": "no_rule"})[0] == (
        "turn.failed.no_rule",
    )
