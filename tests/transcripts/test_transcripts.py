"""Every transcript of this folder, played over the real processes.

With `-s` they are printed as they are played. Not for: failures of a part (`test_failures.py`).
"""

import pytest
from pydantic import ValidationError

from tests.stack.fixtures import ServiceOn
from tests.stack.silence import Silence
from tests.transcripts import script
from tests.transcripts.script import Answer, Line
from tests.transcripts.stage import hold, named, opened

PLAYED = [
    pytest.param(name, database, id=f"{name}-{database}")
    for name in script.names()
    for database in script.read(name).databases
]


def test_a_line_that_nobody_understands_is_refused() -> None:
    with pytest.raises(ValidationError):
        Line.model_validate({"chlid": "bonjour"})


@pytest.mark.parametrize(
    "expected",
    [
        Answer(says=("autre chose",)),
        Answer(numbers=frozenset({"15"})),
        Answer(steps=("dont_pay", "dont_send")),
        Answer(no_step=True),
    ],
    ids=["words", "number", "steps", "no step"],
)
def test_an_answer_that_is_not_so_is_seen(expected: Answer) -> None:
    with pytest.raises(AssertionError):
        hold(expected, [{"text": "Ne paie pas. Le 3115.", "steps": ["dont_pay"]}])


def test_silence_is_no_answer() -> None:
    with pytest.raises(AssertionError):
        hold(Answer(), [])


def test_a_number_inside_another_is_not_named() -> None:
    assert not named("15", ["le 115", "le 3115", "le 150"])
    assert named("15", ["Appelle le 15, ou le 112."])


@pytest.mark.parametrize(("name", "database"), PLAYED)
async def test_transcript(
    name: str, database: str, service_on: ServiceOn, silence: Silence
) -> None:
    transcript = script.read(name)
    async with opened(service_on(database), transcript.channel, silence) as stage:
        await stage.play(transcript)
