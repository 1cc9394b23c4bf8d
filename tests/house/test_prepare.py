"""Getting ready: one sentence when it cannot go on, and nothing but an old Python needed."""

import ast
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from scripts import environments, say
from tests.house.files import ROOT

# Reached by `python3 -m scripts.prepare` before there is any environment.
FIRST = ("__init__", "prepare", "say", "stamps", "environments", "front_end", "model")


def program(folder: Path, script: str) -> Path:
    file = folder / "program"
    file.write_text(f"#!/bin/sh\n{script}\n")
    file.chmod(0o755)
    return file


def test_no_python_3_11_is_one_sentence(tmp_path: Path) -> None:
    uv = program(tmp_path, "exit 2")
    with pytest.raises(say.CannotGoOnError, match=r"needs Python 3\.11 and finds none"):
        environments.python(uv)


def test_no_network_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    silent = program(tmp_path, "echo 'error: dns error: failed to lookup'; exit 1")
    with pytest.raises(say.CannotGoOnError, match="Fetching needs the network"):
        say.step("Fetching", [silent])


def test_a_refusal_of_ours_is_passed_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(say.CannotGoOnError, match=r"^RELAIS_X: too small\.$"):
        say.step("Migrating", [program(tmp_path, "echo 'RELAIS_X: too small.'; exit 1")])


def test_any_other_failure_names_its_log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(say.CannotGoOnError, match=r"its own words are in \.uv/logs/building"):
        say.step("Building", [program(tmp_path, "seq 100; exit 1")])


def test_a_step_that_is_interrupted_ends_what_it_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    # A parent that ignores SIGINT, as a background job does, hands that down to its children.
    code = (
        "import signal, scripts.say; signal.signal(2, signal.default_int_handler); "
        "scripts.say.step('Waiting', ['sh', 'wait.sh'])"
    )
    (tmp_path / "wait.sh").write_text("echo $$ > pid; exec sleep 60\n")
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    waits = [sys.executable, "-c", code]
    out, hidden = subprocess.PIPE, subprocess.DEVNULL
    with subprocess.Popen(waits, env=env, stdout=out, stderr=hidden) as waiting:
        assert waiting.stdout
        assert b"Waiting" in waiting.stdout.readline()
        while not (pid := read(tmp_path / "pid")):
            time.sleep(0.02)
        waiting.send_signal(2)
        assert waiting.wait(10)
    assert not Path(f"/proc/{pid}").exists()


def test_a_finished_step_says_how_long_it_took(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    say.step("Resting", ["true"])
    assert "Resting: 0 s" in capsys.readouterr().out
    assert list((tmp_path / ".uv/logs").iterdir()) == []


@pytest.mark.parametrize("module", FIRST)
def test_the_first_stage_is_python_3_8(module: str) -> None:
    source = (ROOT / f"scripts/{module}.py").read_text(encoding="utf-8")
    tree = ast.parse(source, feature_version=(3, 8))
    assert set(imported(tree)) <= sys.stdlib_module_names | {"scripts"}


def imported(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module.split(".")[0]
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def read(file: Path) -> str:
    return file.read_text().strip() if file.exists() else ""
