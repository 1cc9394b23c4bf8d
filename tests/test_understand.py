"""`relais understand`: a list is read in order, as conversations are, and leaks nowhere."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from api.danger.phrases import load
from api.danger.signals import signals, worst
from api.understanding import lines, listing
from tests.forks import relais
from tests.stack.dialogue import SECRET, Dialogue
from tests.standins import faulty_bot
from tests.standins.echo_bot import EchoBot, Json, meaning
from tests.standins.faulty_bot import FaultyBot
from tests.transcripts import danger
from tests.transcripts.danger.walker import Place

ROOT = Path(__file__).parents[1]
WORDS = "zinzolin"
UNREADABLE = [
    ("", lines.NO_JSON),
    (f"{{{WORDS}", lines.NO_JSON),
    ('{"text": "\\ud800"}', lines.NO_JSON),
    ("[" * 50_000, lines.NO_JSON),
    (f'"{WORDS}"', lines.NO_OBJECT),
    ("{}", lines.NO_TEXT),
    ('{"text": 3}', lines.NO_TEXT),
    ('{"text": " \\n"}', lines.NO_TEXT),
    (json.dumps({"text": "é" * 2001}), lines.TOO_LONG),
    ('{"text": "' + "a" * 70_000 + '"}', lines.TOO_LONG),
    ('{"text": "slt", "id": ["a"]}', lines.NO_ID),
]


@pytest.fixture
def echo(monkeypatch: pytest.MonkeyPatch) -> Iterator[EchoBot]:
    with EchoBot() as bot:
        monkeypatch.setenv("RELAIS_BOT_URL", bot.url)
        yield bot


@pytest.fixture
def listed(tmp_path: Path) -> Path:
    return tmp_path / "list.jsonl"


def told(*texts: str) -> str:
    """Write a list of texts, each with its place as its id."""
    return "".join(
        json.dumps({"id": place, "text": text, "label": WORDS}, ensure_ascii=False) + "\n"
        for place, text in enumerate(texts)
    )


def answers(stdout: str) -> list[Json]:
    return [json.loads(line) for line in stdout.splitlines()]


@pytest.mark.parametrize(("line", "sentence"), UNREADABLE)
def test_what_cannot_be_read_is_said_at_its_place(
    echo: EchoBot, listed: Path, line: str, sentence: str
) -> None:
    listed.write_text(f'{{"text": "slt"}}\n{line}\n{{"text": "a+"}}')
    done = relais("understand", str(listed))
    first, error, last = answers(done.stdout)
    assert (first, error, last) == (meaning(), {"error": sentence}, meaning())
    assert done.returncode == 1
    assert done.stderr == "Lignes qui n'ont pas pu être lues : 1. « error » dit pourquoi.\n"


def test_an_unreadable_line_keeps_its_id(echo: EchoBot, listed: Path) -> None:
    listed.write_text('{"id": "a7", "text": ""}\n{"id": 1.5, "text": "slt"}')
    done = relais("understand", str(listed))
    assert answers(done.stdout) == [
        {"id": "a7", "error": lines.NO_TEXT},
        {"id": 1.5, **meaning()},
    ]


@pytest.mark.parametrize("away", ["refused", "secret"])
def test_a_bot_that_is_away_is_one_sentence(
    away: str, listed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed.write_text(told(WORDS))
    with FaultyBot(status=403) as faulty:
        monkeypatch.setenv("RELAIS_BOT_URL", faulty.url)
        monkeypatch.setenv("RELAIS_BOT_SECRET", faulty_bot.SECRET)
        if away == "refused":
            faulty.stop()
        done = relais("understand", str(listed))
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(f"Le bot ne répond pas à {faulty.url} (")
    assert len(done.stderr.splitlines()) == 1
    assert WORDS not in done.stderr + repr(faulty.asked)


def test_a_bot_that_dies_loses_no_answer_that_was_given(echo: EchoBot, listed: Path) -> None:
    def dies(text: str) -> Json:
        if text == WORDS:
            raise ConnectionAbortedError
        return meaning()

    echo.understands = dies
    listed.write_text(told(*["slt"] * listing.MOST_TEXTS, *[WORDS] * 200))
    done = relais("understand", str(listed))
    assert [answer["id"] for answer in answers(done.stdout)] == list(range(listing.MOST_TEXTS))
    assert done.returncode == 1
    assert done.stderr.startswith("Le bot ne répond pas à")
    assert len(done.stderr.splitlines()) == 1


def test_no_word_leaves_this_machine(listed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RELAIS_BOT_URL", "http://relais.example:5005")
    listed.write_text(told(WORDS))
    done = relais("understand", str(listed))
    assert (done.returncode, done.stdout) == (1, "")
    assert "RELAIS_BOT_URL" in done.stderr


def test_a_list_that_is_not_there_is_said(echo: EchoBot, listed: Path) -> None:
    done = relais("understand", str(listed))
    assert (done.returncode, done.stdout) == (1, "")
    assert len(done.stderr.splitlines()) == 1


def test_nothing_is_logged_of_a_text(
    echo: EchoBot, listed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RELAIS_LOG_LEVEL", "DEBUG")
    listed.write_text(told(f"{WORDS} je veux mourir") + f'{{"text": "{WORDS}\n')
    done = relais("understand", str(listed))
    assert answers(done.stdout)[0]["danger"]["words"] == "je veux mourir"
    assert done.stderr
    assert not [word for word in (WORDS, "mourir") if word in done.stderr]


def test_a_long_list_keeps_its_order(echo: EchoBot, listed: Path) -> None:
    texts = [f"message {place} " + "é" * max(0, 1000 - place) for place in range(1500)]
    echo.understands = lambda text: meaning(intent=text.split()[1])
    listed.write_text("\ufeff" + told(*texts))
    done = relais("understand", str(listed))
    assert (done.returncode, done.stderr) == (0, "")
    read = [(answer["id"], answer["intent"]) for answer in answers(done.stdout)]
    assert read == [(place, str(place)) for place in range(1500)]
    assert sorted(text for texts in echo.lists for text in texts) == sorted(texts)
    assert max(len(texts) for texts in echo.lists) == listing.MOST_TEXTS


def test_an_answer_that_would_be_too_large_is_asked_for_in_parts(
    echo: EchoBot, listed: Path
) -> None:
    long = {"paid": [{"value": "yes", "words": "é" * 1500}]}
    echo.understands = lambda text: meaning(intent=text, facts=long)
    listed.write_text(told(*(f"t{place}" for place in range(40))))
    done = relais("understand", str(listed))
    assert (done.returncode, done.stderr) == (0, "")
    assert [answer["intent"] for answer in answers(done.stdout)] == [f"t{n}" for n in range(40)]


def test_each_line_is_answered_before_the_next_is_known(echo: EchoBot) -> None:
    # What was started in the background hands on that it ignores Ctrl-C.
    hears = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)"
    command = [sys.executable, "-c", f"{hears}; from api import cli; cli.main()", "understand"]
    pipe = subprocess.PIPE
    with subprocess.Popen(
        command, cwd=ROOT, env=os.environ, stdin=pipe, stdout=pipe, stderr=pipe, text=True
    ) as talking:
        assert talking.stdin
        assert talking.stdout
        assert talking.stderr
        for text in ("slt", "je veux mourir"):
            talking.stdin.write(json.dumps({"text": text}) + "\n")
            talking.stdin.flush()
            answer = json.loads(talking.stdout.readline())
        talking.send_signal(signal.SIGINT)
        assert talking.wait(10) != 0
        assert "Traceback" not in talking.stderr.read()
    assert answer["intent"] == "danger_suicide"


def test_a_line_without_end_is_not_kept() -> None:
    rest, whole = b"", []
    for _ in range(100):
        more, rest = lines.cut(rest, b"a" * listing.CHUNK)
        whole += more
    assert (whole, len(rest)) == ([], lines.LONGEST_LINE + 1)
    [line], rest = lines.cut(rest, b"\nslt")
    assert (len(line) > lines.LONGEST_LINE, rest) == (True, b"slt")


def test_a_list_is_read_as_the_real_bot_hears_it_in_a_turn(
    dialogue: Dialogue, listed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RELAIS_BOT_URL", dialogue.url)
    monkeypatch.setenv("RELAIS_BOT_SECRET", SECRET)
    spoken = [*danger.seen_by_phrases(), *danger.left_to_the_model()]
    texts = ["slt", "j'ai deja payé 50e en pcs", *(each.texts[0] for each in spoken)]
    listed.write_text(told(*texts))
    done = relais("understand", str(listed))
    assert (done.returncode, done.stderr) == (0, "")
    for text, answer in zip(texts, answers(done.stdout), strict=True):
        seen = worst(signals(text, load()))
        heard = Place(dialogue, "sms").hears(text, seen)["understood"]
        assert (answer["intent"], set(answer["facts"])) == (heard["intent"], set(heard["facts"]))
        graded = ("kind", "level", "subject")
        assert [answer["danger"] and answer["danger"][name] for name in graded] == [
            heard["danger"] and heard["danger"][name] for name in graded
        ]
        assert seen is None or answer["danger"]["words"] == seen.words
