"""A slot and an action are renamed under a live conversation: it goes on.

Another version of the bot is made from this one, trained, and started on the same ports. Not for:
the understanding of that version, which is trained in haste: the child taps.
"""

import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from api.channels.messages import Channel
from tests.stack.dialogue import Dialogue
from tests.stack.model import trained
from tests.stack.programs import ROOT
from tests.stack.service import Service
from tests.stack.silence import Silence
from tests.transcripts.script import Answer, Deed
from tests.transcripts.stage import hold, opened

RENAMED = {
    '("dialogue"': '("memory"',  # the slot in the actions
    "  dialogue: {": "  memory: {",  # and in the domain
    "action_walk": "action_next_words",
}
PARTS = ("actions", "bot", "data", "config.yml")
# Of each intent so many lines are learned: what the child writes is not what is tried here.
LEARNED = 25


@pytest.fixture(scope="session")
def renamed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the project with one slot and one action under other names, and a model of it."""
    project = tmp_path_factory.mktemp("renamed")
    for part in PARTS:
        if (ROOT / part).is_file():
            shutil.copy(ROOT / part, project)
        else:
            shutil.copytree(ROOT / part, project / part, ignore=_what_is_made)
    found = rename(path for path in project.rglob("*") if path.suffix in (".yml", ".py"))
    assert found == set(RENAMED)
    for path in (project / "data/nlu").iterdir():
        path.write_text("".join(shortened(path.read_text(encoding="utf-8"))), encoding="utf-8")
    trained(project)
    return project


async def test_the_conversation_goes_on(
    renamed: Path, dialogue: Dialogue, service: Service, silence: Silence
) -> None:
    async with opened(service, Channel.web, silence) as stage:
        for label in ("On me fait du chantage", "Oui", "J'ai compris"):
            await stage.act(Deed(taps=label))
        hold(Answer(steps=("dont_send",)), await stage.said())
        before = service.records.bot_version(await stage.settled())
        try:
            dialogue.move_to(renamed)
            # The old memory is dropped; what was said and done stands in the ledger.
            await stage.act(Deed(taps="J'ai compris"))
            hold(Answer(steps=("dont_send",)), await stage.said())
            await stage.act(Deed(taps="J'ai compris"))
            hold(Answer(steps=("keep_evidence",)), await stage.said())
            assert service.records.bot_version(await stage.settled()) != before
        finally:
            dialogue.move_to(ROOT)
        await stage.act(Deed(taps="C'est fait"))
        hold(Answer(steps=("keep_evidence",)), await stage.said())
        card = (await stage.counsellor.card(await stage.settled()))["conversation"]
        assert (card["status"], card["reasons"]) == ("with_bot", [])


def rename(files: Iterable[Path]) -> set[str]:
    """Rename in all files; return which old names were found."""
    found: set[str] = set()
    for path in files:
        text = path.read_text(encoding="utf-8")
        found |= {old for old in RENAMED if old in text}
        for old, new in RENAMED.items():
            text = text.replace(old, new)
        path.write_text(text, encoding="utf-8")
    return found


def shortened(data: str) -> Iterator[str]:
    """Give the lines of training data, of each intent the first examples only."""
    examples = 0
    for line in data.splitlines(keepends=True):
        examples = examples + 1 if line.startswith("    - ") else 0
        if examples <= LEARNED:
            yield line


def _what_is_made(_: str, names: list[str]) -> set[str]:
    return {".venv", "models", "__pycache__"} & set(names)
