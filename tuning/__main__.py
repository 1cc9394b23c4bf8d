"""`make encoder`: tunes the encoder to data/nlu and writes bot/encoder. Half an hour or more.

    python -m tuning [--without WRITER ...] [--times N] [--to FOLDER]

Writers left out are there to choose by: how far the encoder is believed (decisions.py) can only be
seen on lines that it has not learned.
"""

import argparse
import time
from pathlib import Path
from random import Random

import torch
from sentencepiece import SentencePieceProcessor

from scripts.say import line as say
from tuning import export, learn, lines, network, pieces, pretrained
from tuning.lines import Forms
from tuning.pretrained import Pretrained

_ROOT = Path(__file__).parents[1]
_DATA = _ROOT / "data/nlu"


def main() -> None:
    asked = _asked()
    began = time.monotonic()
    torch.manual_seed(learn.SEED)
    found = [one for one in lines.lines(_DATA) if one.writer not in asked.without]
    said = lines.forms(found, Random(learn.SEED))  # noqa: S311 - slips of the thumb
    base = pretrained.load()
    kept, model = _pieces(base, said)
    labels = learn.Labels.of(found)
    sizes = {name: len(getattr(labels, name)) for name in ("intents", "levels", "facts")}
    encoder = network.from_pretrained(base, kept, sizes)
    say(f"  {len(found)} lines, {len(kept)} pieces of words")
    lessons = learn.Lessons.of(found, _rows(model, said), labels)
    learn.learn(encoder, lessons, times=asked.times, at_once=asked.at_once)
    learned = {
        "lines": len(found),
        "writers": sorted({one.writer for one in found}),
        "times": asked.times,
        "minutes": round((time.monotonic() - began) / 60),
    }
    export.export(encoder, model, labels, learned, asked.to)


def _pieces(base: Pretrained, said: list[Forms]) -> tuple[list[int], bytes]:
    """Keep the marks and the pieces that are used; give their numbers and the model of them."""
    marks = len(pieces.MARKS)
    whole = pieces.model(base.pieces[marks:], base.scores[marks:])
    used = pieces.used(whole, (text for forms in said for text in forms))
    model = pieces.model([base.pieces[one] for one in used], base.scores[used])
    return [*range(marks), *used], model


def _rows(model: bytes, said: list[Forms]) -> list[tuple[list[int], ...]]:
    processor = SentencePieceProcessor(model_proto=model)
    most = network.LONGEST - 2
    return [
        tuple([pieces.BEGIN, *processor.encode(text)[:most], pieces.END] for text in forms)
        for forms in said
    ]


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tuning")
    parser.add_argument("--without", nargs="*", default=[], metavar="WRITER")
    parser.add_argument("--times", type=int, default=4)
    parser.add_argument("--at-once", type=int, default=64)
    parser.add_argument("--to", type=Path, default=_ROOT / "bot/encoder")
    return parser.parse_args()


if __name__ == "__main__":
    main()
