"""What more training lines bring: intents learned from some of them, judged by what is held out.

Runs in the bot's environment: `python -m evaluation.curve FOLDER`, and prints one line of JSON. The
model alone, without the phrases and without Rasa. Not for: figures that are compared with
those of the whole system.
"""

import json
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random

from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.understanding.importer import WRITER, LabelledFiles
from bot.understanding.meaning import Meaning
from bot.understanding.reader import line_of
from evaluation.heldout import Labelled, judges
from evaluation.scores import macro_f1

ROOT = Path(__file__).parents[1]
SIZES = (15, 30, 60, 120, 240, 480)
_SEED = 7


def main() -> None:
    importer = LabelledFiles(str(ROOT / "config.yml"), training_data_paths=[str(ROOT / "data")])
    lines = [line for line in importer.get_nlu_data().intent_examples if line.get(TEXT)]
    messages = judges(Path(sys.argv[1])).messages
    rows = [[str(size), *_learned(some(lines, size), messages)] for size in SIZES]
    print(json.dumps([*rows, ["all", *_learned(lines, messages)]]))


def some(lines: Sequence[Message], size: int) -> list[Message]:
    """Give at most `size` lines of each intent, as evenly by all its writers as there are lines."""
    by_intent: dict[str, list[Message]] = defaultdict(list)
    for line in lines:
        by_intent[line.get(INTENT)].append(line)
    return [line for one in by_intent.values() for line in list(_in_turns(one))[:size]]


def _in_turns(lines: Sequence[Message]) -> Iterator[Message]:
    chance = Random(_SEED)  # noqa: S311 - which lines are left out
    by_writer: dict[str, list[Message]] = defaultdict(list)
    for line in chance.sample(lines, len(lines)):
        by_writer[line.get(WRITER)].append(line)
    while by_writer:
        for writer in list(by_writer):
            yield by_writer[writer].pop()
            if not by_writer[writer]:
                del by_writer[writer]


def _learned(lines: Sequence[Message], messages: Sequence[Labelled]) -> tuple[int, float]:
    """Say how many lines there were, and the macro-F1 of what was learned from them."""
    meaning = Meaning()
    meaning.fit([line_of(line) for line in lines])
    rows = meaning.features.of([one.text for one in messages])
    said = [meaning.intents[place] for place in meaning.likely(rows).argmax(axis=1)]
    answered = [
        (one if one in message.intents else message.intents[0], one)
        for message, one in zip(messages, said, strict=True)
    ]
    return len(lines), macro_f1(answered)


if __name__ == "__main__":
    main()
