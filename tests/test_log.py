"""The log of the api: it names the kind of a thing, and never the thing.

Run in processes of their own, because the log belongs to all of a process. Not for: what the whole
stack writes while it fails (`tests/proof/test_silence.py`).
"""

import logging
import re
import subprocess
import sys

import pytest

from api.log import Plain

MARK = "zinzolin"
LINE = re.compile(r"[\d-]{10} [\d:,]{12} [A-Z]+ [\w.]+ [\w.<>]+( \w+=\w+)*")
BEGIN = f"""
import asyncio, logging, sys, threading, warnings
from api import log
log.set_up("DEBUG")
error = ValueError("{MARK}")
library, ours = logging.getLogger("library.{{}}".format(1)), logging.getLogger("api.turn")
async def fails(): raise error
async def forgotten():
    asyncio.get_running_loop().create_task(fails())
    await asyncio.sleep(0.01)
class Lost:
    def __del__(self): raise error
def thread(): raise error
def other():
    one = threading.Thread(target=thread); one.start(); one.join()
"""


def written(code: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", BEGIN + code], capture_output=True, text=True, check=False
    )
    return done.stdout + done.stderr


@pytest.mark.parametrize(
    ("code", "named"),
    [
        (f"library.debug('{MARK}')", "DEBUG library.1"),
        (f"library.warning('%s', '{MARK}')", "WARNING library.1"),
        (f"library.error('{MARK}', exc_info=error)", "error=ValueError"),
        (f"library.error('%d', '{MARK}')", "ERROR library.1"),
        (f"warnings.warn('{MARK}')", "WARNING py.warnings"),
        ("ours.error('work_failed', exc_info=error)", "work_failed error=ValueError"),
        (f"ours.error('%d', '{MARK}')", ""),
        ("raise error", "CRITICAL api.log uncaught error=ValueError"),
        ("Lost()", "CRITICAL api.log uncaught error=ValueError"),
        ("other()", "CRITICAL api.log uncaught error=ValueError"),
        ("asyncio.run(fails())", "CRITICAL api.log uncaught error=ValueError"),
        ("asyncio.run(forgotten())", "ERROR asyncio base_events.default_exception_handler"),
        (f"logging.getLogger('{MARK}x'[8:]).error('{MARK}')", "ERROR x"),
    ],
)
def test_only_the_kind_of_a_thing_is_written(code: str, named: str) -> None:
    shown = written(code)
    assert named in shown
    assert MARK not in shown
    assert [line for line in shown.splitlines() if not LINE.fullmatch(line)] == []


def test_a_library_that_set_up_its_own_handler_loses_it() -> None:
    code = f"library.addHandler(logging.StreamHandler()); log.set_up(); library.error('{MARK}')"
    assert MARK not in written(code)


@pytest.mark.parametrize(("level", "lines"), [("DEBUG", 1), ("INFO", 0), ("WARNING", 0)])
def test_what_talks_at_every_statement_does_so_only_when_asked(level: str, lines: int) -> None:
    code = f"log.set_up('{level}'); logging.getLogger('sqlalchemy.engine').info('{MARK}')"
    assert len(written(code).splitlines()) == lines


@pytest.mark.parametrize("name", ["apis", "myapi", "uvicorn.api", ""])
def test_no_other_logger_passes_for_ours(name: str) -> None:
    record = logging.LogRecord(name, logging.ERROR, "a.py", 1, MARK, (), None, "run")
    assert Plain().format(record).endswith(" a.run")


def test_what_we_say_is_said() -> None:
    record = logging.LogRecord("api.turn", logging.ERROR, "a.py", 1, "failed of=%s", (1,), None)
    assert Plain().format(record).endswith(" ERROR api.turn failed of=1")


def test_neither_a_cause_nor_a_stack_is_written() -> None:
    error = ValueError(MARK)
    error.__cause__ = KeyError(MARK)
    info = (ValueError, error, None)
    record = logging.LogRecord("api", logging.ERROR, "a.py", 1, "work_failed", None, info)
    record.stack_info = f"File … {MARK}"
    assert Plain().format(record).endswith("ERROR api work_failed error=ValueError")
