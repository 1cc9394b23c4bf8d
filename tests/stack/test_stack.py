"""The harness itself: what it must refuse, find and end.

Not for: Relais.
"""

import json
import signal
import sys
from pathlib import Path
from urllib.parse import quote_plus

import pytest

from tests.ports import free_port
from tests.stack.programs import DidNotStartError, Program, answers
from tests.stack.silence import Silence

TEXT = "il menace de tout balancer à 20h"
SERVER = "import http.server as h, sys; h.test(h.SimpleHTTPRequestHandler, port=int(sys.argv[1]))"


def test_a_program_that_ends_before_it_is_ready_is_reported(tmp_path: Path) -> None:
    words = [sys.executable, "-c", "raise SystemExit('no such thing')"]
    program = Program(words, {}, ready="http://127.0.0.1:1/", log=tmp_path / "log")
    with pytest.raises(DidNotStartError, match="no such thing"), program:
        pass


def test_it_is_gone_at_the_end_even_when_frozen(tmp_path: Path) -> None:
    with server(tmp_path) as program:
        program.send(signal.SIGSTOP)
    assert not answers(program.ready)


def test_a_killed_program_comes_back_at_the_same_place(tmp_path: Path) -> None:
    with server(tmp_path) as program:
        program.kill()
        assert not answers(program.ready)
        program.start()
        program.wait_until_ready()


@pytest.mark.parametrize(
    "form", [TEXT, json.dumps({"text": TEXT}), f"Body={quote_plus(TEXT)}", repr([TEXT])]
)
def test_a_text_in_a_log_is_found(form: str, tmp_path: Path) -> None:
    log = tmp_path / "api.log"
    log.write_text(f"INFO started\nERROR {form}\n", encoding="utf-8")
    silence = Silence()
    silence.heard(TEXT)
    silence.listens([log])
    assert silence.broken() == ["api.log"]


def test_a_code_counts_though_it_is_short(tmp_path: Path) -> None:
    log = tmp_path / "api.log"
    log.write_text("INFO resumed code=ZK7Q2MXA\n", encoding="utf-8")
    silence = Silence()
    silence.holds("ZK7Q2MXA")
    silence.listens([log])
    assert silence.broken() == ["api.log"]


def test_each_line_of_a_text_counts(tmp_path: Path) -> None:
    log = tmp_path / "api.log"
    log.write_text(TEXT, encoding="utf-8")
    silence = Silence()
    silence.heard(f"bonjour\n{TEXT}")
    silence.listens([log])
    assert silence.broken() == ["api.log"]


def server(folder: Path) -> Program:
    port = free_port()
    return Program(
        [sys.executable, "-c", SERVER, str(port)],
        {},
        ready=f"http://127.0.0.1:{port}/",
        log=folder / "log",
        cwd=folder,
    )
