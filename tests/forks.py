"""Processes of their own that need not import everything first: forks of one that has.

Not for: what must be started as a technician starts it (`tests/stack/programs.py`).
"""

import multiprocessing
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from api import cli

FORKS = multiprocessing.get_context("forkserver")
FORKS.set_forkserver_preload(["tests.preloaded"])


def relais(
    *command: str, env: Mapping[str, str] = os.environ
) -> "subprocess.CompletedProcess[str]":
    """Run the command line of Relais to its end, in `env` as it is now."""
    with tempfile.TemporaryDirectory() as folder:
        outs = Path(folder, "stdout"), Path(folder, "stderr")
        process = FORKS.Process(target=_relais, args=(command, dict(env), outs))
        process.start()
        process.join()
        said = [out.read_text(encoding="utf-8") for out in outs]
    assert process.exitcode is not None
    return subprocess.CompletedProcess(command, process.exitcode, *said)


def write_to(*files: Path) -> None:
    """Let standard output and standard error end in files from now on."""
    for standard, file in zip((1, 2), files, strict=True):
        os.dup2(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND), standard)


def _relais(command: tuple[str, ...], env: Mapping[str, str], outs: tuple[Path, Path]) -> None:
    os.environ.clear()
    os.environ.update(env)
    write_to(*outs)
    sys.argv = ["relais", *command]
    cli.main()
