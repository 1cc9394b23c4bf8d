"""Parts run side by side: all of them, whatever one of them does."""

import sys
from pathlib import Path

import pytest

from scripts.parts import Part, run_all


def python(name: str, code: str, *, wordy: bool = False) -> Part:
    return Part(name, (sys.executable, "-c", code), wordy=wordy)


@pytest.mark.parametrize("at_once", [1, 2])
def test_one_failure_hides_no_other(at_once: int) -> None:
    parts = [python("a", "exit(1)"), python("b", "exit(0)"), python("c", "exit(2)")]
    assert run_all(parts, at_once=at_once) == ["a", "c"]


def test_what_is_printed_side_by_side_is_shown_together(capsys: pytest.CaptureFixture[str]) -> None:
    code = "import sys, time; print('one', flush=True); time.sleep(0.3); print('two')"
    run_all([python("a", code), python("b", code)], at_once=2)
    assert capsys.readouterr().out.count("one\ntwo\n") == 2


def test_a_wordy_part_speaks_only_when_it_failed(capsys: pytest.CaptureFixture[str]) -> None:
    run_all([python("a", "print('well')", wordy=True)])
    run_all([python("b", "print('ill'); exit(1)", wordy=True)])
    said = capsys.readouterr().out
    assert "well" not in said
    assert "ill" in said


def test_they_really_run_at_once(tmp_path: Path) -> None:
    waits = "import pathlib, sys, time\nuntil = time.monotonic() + 20\n"
    waits += f"pathlib.Path(r'{tmp_path}', '%s').touch()\n"
    waits += f"while not pathlib.Path(r'{tmp_path}', '%s').exists():\n"
    waits += "    time.sleep(0.01)\n    assert time.monotonic() < until\n"
    parts = [python("a", waits % ("a", "b")), python("b", waits % ("b", "a"))]
    assert run_all(parts, at_once=2) == []
