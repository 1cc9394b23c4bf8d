"""What the tests need of the machine beyond packages: a PostgreSQL and a browser.

As root on Debian they are installed; anywhere else a person is told what is missing and how to get
it. Not for: Python or Node packages.
"""

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from scripts.say import CannotGoOnError, line, step
from tests import postgres


@dataclass(frozen=True)
class Missing:
    """Something that tests need and this machine has not: what is left out, and how to get it."""

    left_out: str
    remedy: str
    package: str


POSTGRES = Missing(
    "the tests on PostgreSQL",
    f"install PostgreSQL 15 or later, or name a server in {postgres.GIVEN}",
    "postgresql",
)
CHROMIUM = Missing("the tests in a browser", "install Chromium", "chromium")


def bring() -> list[Missing]:
    """Install what is missing where that is possible, and return what is still missing."""
    wanted = missing()
    if wanted and _root_on_debian():
        try:
            _install([one.package for one in wanted])
        except CannotGoOnError as reason:
            line(f"Relais: {reason}")
        postgres.programs.cache_clear()
    return missing()


def missing() -> list[Missing]:
    """Say what tests need and this machine has not."""
    here = {POSTGRES: postgres.available(), CHROMIUM: shutil.which("chromium") is not None}
    return [one for one, is_here in here.items() if not is_here]


def _install(packages: list[str]) -> None:
    # RUNLEVEL: Debian would start a PostgreSQL for good; the tests bring up their own.
    quiet = {"DEBIAN_FRONTEND": "noninteractive", "RUNLEVEL": "1"}
    step("Reading Debian's package lists", ["apt-get", "update", "-q"], env=quiet)
    install = ["apt-get", "install", "-q", "-y", "--no-install-recommends", *packages]
    step(f"Installing {' and '.join(packages)}", install, env=quiet)


def _root_on_debian() -> bool:
    release = Path("/etc/os-release")
    return (
        os.geteuid() == 0
        and release.is_file()
        and "\nID=debian\n" in f"\n{release.read_text(encoding='utf-8')}"
        and shutil.which("apt-get") is not None
    )
