"""Through every failure, at DEBUG, no process writes a word, a number, a token or a code.

Not for: the processes' logs in calm, which the transcripts listen to.
"""

import re
from collections.abc import Callable, Sequence
from itertools import count

import pytest

from tests.proof.conftest import Proved
from tests.proof.failures import (
    ALL,
    OF_THE_API,
    OF_THE_DATABASE,
    Kind,
    Trouble,
    actions_that_raise,
    answers_that_are_wrong,
)
from tests.proof.marks import made
from tests.stack.dialogue import Dialogue
from tests.stack.faulty_bot import FaultyBot
from tests.stack.fixtures import QUICK, OpenService
from tests.stack.programs import Program
from tests.stack.silence import Silence

SHORT = QUICK | {"bot_deadline_seconds": "2", "script_after_seconds": "3"}
TroubleOn = Callable[..., Trouble]
# As api/log.py writes it: nothing can follow but names and numbers of our own.
LINE = re.compile(r"[\d-]{10} [\d:,]{12} [A-Z]+ [\w.-]+ [\w.<>]+( \w+=[\w.:-]+)*")


@pytest.fixture
def trouble_on(dialogue: Dialogue, open_service: OpenService, silence: Silence) -> TroubleOn:
    words = iter(made(1000, 21).words)
    phones = (f"+3363998{number}" for number in count(7000))

    def on(database: str, bot_url: str = "") -> Trouble:
        service = open_service(bot_url or dialogue.url, database, **SHORT)
        return Trouble(service, dialogue, silence, words, phones)

    return on


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
async def test_silent_through_every_failure(
    database: str,
    trouble_on: TroubleOn,
    full: bool,  # noqa: FBT001 - a fixture
    proved: Proved,
) -> None:
    trouble, kinds = trouble_on(database), chosen(database, full=full)
    for fails in kinds:
        await fails(trouble)
    trouble.service.program.stop()
    assert trouble.silence.broken() == []
    # And they are not silent by accident.
    log = written(trouble.service.program)
    assert [line for line in log.splitlines() if not LINE.fullmatch(line)] == []
    assert "INFO sqlalchemy.engine" in log
    assert "error=OperationalError" in log
    assert "seal_broken" in log
    secrets = len(trouble.silence.secrets)
    proved("silence", f"{secrets:,} texts and secrets, {len(kinds)} kinds of failure: in no log")


async def test_silent_about_actions_that_quote(trouble_on: TroubleOn) -> None:
    trouble = trouble_on("sqlite")
    await actions_that_raise(trouble)
    trouble.service.program.stop()
    assert " RuntimeError\n" in written(trouble.dialogue.actions)
    assert trouble.silence.broken() == []


async def test_silent_about_answers_that_are_wrong(trouble_on: TroubleOn) -> None:
    with FaultyBot() as bot:
        trouble = trouble_on("sqlite", bot.url)
        await answers_that_are_wrong(trouble, bot)
        trouble.service.program.stop()
    assert trouble.silence.broken() == []


def chosen(database: str, *, full: bool) -> Sequence[Kind]:
    """Return the failures to go through: without `full`, not those that transcripts do as well."""
    if full:
        return ALL
    return OF_THE_API if database == "sqlite" else OF_THE_DATABASE


def written(program: Program) -> str:
    return program.log.read_text(encoding="utf-8")
