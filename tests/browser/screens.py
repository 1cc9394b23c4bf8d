"""Pictures of the pages for people to look at: with `RELAIS_SCREENS=1`, in `var/screens`.

Each state on a phone and on a wide screen, light and dark. Not for: comparing pixels.
"""

import os
from collections.abc import Iterator
from typing import Literal

from playwright.sync_api import Page, ViewportSize

from tests.stack.programs import ROOT

PHONE: ViewportSize = {"width": 360, "height": 740}
WIDE: ViewportSize = {"width": 1280, "height": 800}
SIZES = (PHONE, WIDE)
Scheme = Literal["light", "dark"]
SCHEMES: tuple[Scheme, ...] = ("light", "dark")

_FOLDER = ROOT / "var/screens"
# A colour under way is nobody's choice, and what has just been resized has to have been drawn.
_DRAWN = """() => {
  for (const one of document.getAnimations())
    if (one.effect.getComputedTiming().endTime !== Infinity) one.finish();
  return new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
}"""


def take(page: Page, name: str) -> None:
    """Take the state that a page is in, and leave the page as it was."""
    if os.environ.get("RELAIS_SCREENS"):
        for size, scheme in each_look(page):
            page.screenshot(path=_FOLDER / f"{name}-{size['width']}-{scheme}.png")


def each_look(page: Page) -> Iterator[tuple[ViewportSize, Scheme]]:
    """Show the page in each size and scheme in turn, and as it was in the end."""
    before = page.viewport_size
    for size in SIZES:
        page.set_viewport_size(size)
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            page.evaluate(_DRAWN)
            yield size, scheme
    page.emulate_media(color_scheme="light")
    page.set_viewport_size(before or WIDE)
