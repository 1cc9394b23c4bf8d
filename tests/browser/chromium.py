"""The browser: Debian's Chromium, or the one that `RELAIS_CHROMIUM` names.

Not for: Playwright's own downloads, of which there are none.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, sync_playwright

# Without these it looks for its maker's hosts at every start.
_KEEPS_TO_ITSELF = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


class NoBrowserError(Exception):
    """The message says how to get one."""


def find() -> str:
    """Return the browser's path. Raises `NoBrowserError`."""
    found = shutil.which(os.environ.get("RELAIS_CHROMIUM", "chromium"))
    if found is None:
        raise NoBrowserError("Install Chromium, or name one in RELAIS_CHROMIUM.")
    return found


@contextmanager
def running() -> Iterator[Browser]:
    """Start one for many pages, and end it."""
    with sync_playwright() as playwright:
        # The sandbox does not start for root, who runs the tests in most containers.
        browser = playwright.chromium.launch(
            executable_path=find(), args=list(_KEEPS_TO_ITSELF), chromium_sandbox=False
        )
        yield browser
        browser.close()
