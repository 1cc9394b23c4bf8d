"""Processes of their own that need not import everything first: forks of one that has.

Not for: what must be started as a technician starts it (`tests/stack/programs.py`).
"""

import ctypes
import multiprocessing
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from api import cli
from tests.stack.programs import clean_environment

FORKS = multiprocessing.get_context("forkserver")
FORKS.set_forkserver_preload(["tests.preloaded"])
_SECONDS_OF_A_COMMAND = 120.0
_PR_SET_PDEATHSIG = 1


def relais(
    *command: str, env: Mapping[str, str] = os.environ
) -> "subprocess.CompletedProcess[str]":
    """Run the command line of Relais to its end, with the settings of `env`.

    Raises `TimeoutError`.
    """
    with tempfile.TemporaryDirectory() as folder:
        outs = Path(folder, "stdout"), Path(folder, "stderr")
        process = FORKS.Process(target=_relais, args=(command, dict(env), outs))
        process.start()
        process.join(_SECONDS_OF_A_COMMAND)
        if process.exitcode is None:
            process.kill()
            raise TimeoutError(command)
        said = [out.read_text(encoding="utf-8") for out in outs]
    return subprocess.CompletedProcess(command, process.exitcode, *said)


def become(env: Mapping[str, str], *outs: Path) -> None:
    """Be a process of its own: with these settings of Relais alone, its output in files."""
    whole = {**clean_environment(), **env}
    os.environ.clear()
    os.environ.update(whole)
    for standard, file in zip((1, 2), outs, strict=True):
        os.dup2(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND), standard)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def _relais(command: tuple[str, ...], env: Mapping[str, str], outs: tuple[Path, Path]) -> None:
    become(env, *outs)
    sys.argv = ["relais", *command]
    cli.main()
