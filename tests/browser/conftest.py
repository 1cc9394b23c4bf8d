"""The stage of the browser's tests: one service and one browser, a new device for each person.

Who leaves the stage leaves nothing in the queue, so that "first in the queue" means something.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import TypedDict, Unpack

import pytest
from playwright.sync_api import Browser, BrowserContext, ViewportSize, expect

from tests.browser import chromium
from tests.browser.child import Child
from tests.browser.counsellor import Counsellor
from tests.browser.screens import PHONE, WIDE
from tests.browser.watch import Watch
from tests.stack import dialogue as dialogues
from tests.stack import service as services
from tests.stack.dialogue import Dialogue
from tests.stack.programs import ROOT
from tests.stack.service import Service

PAGES = ROOT / "web/dist"
# For a machine that does ten things at once; what has to be quick is measured where it is claimed.
expect.set_options(timeout=10_000)


class Device(TypedDict, total=False):
    """What of a device a test chooses."""

    viewport: ViewportSize
    has_touch: bool
    # Lets a test's own script in, past the policy of the page.
    bypass_csp: bool


OpenContext = Callable[..., BrowserContext]
OpenChild = Callable[..., Child]
OpenCounsellor = Callable[..., Counsellor]


@pytest.fixture(scope="package")
def dialogue(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dialogue]:
    with dialogues.running(tmp_path_factory.mktemp("dialogue")) as running:
        yield running


@pytest.fixture(scope="package")
def service(dialogue: Dialogue, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """Run the api as it is served, with the pages that were built."""
    assert (PAGES / "chat/index.html").is_file(), "build the pages first: npm run build in web/"
    folder = tmp_path_factory.mktemp("api")
    quick = {"burst_seconds": "0", "web_dir": str(PAGES)}
    with services.running(
        dialogue.url, f"sqlite:///{folder}/relais.db", folder, **quick
    ) as service:
        yield service


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    with chromium.running() as browser:
        yield browser


@pytest.fixture
def open_context(browser: Browser) -> Iterator[OpenContext]:
    """Open contexts (a device each, with nothing kept) that end with the test."""
    with ExitStack() as stack:

        def opened(**device: Unpack[Device]) -> BrowserContext:
            context = browser.new_context(locale="fr-FR", **device)
            stack.callback(context.close)
            return context

        yield opened


@pytest.fixture
def open_child(open_context: OpenContext, service: Service) -> Iterator[OpenChild]:
    """Give children with old phones."""
    with ExitStack() as stack:

        def opened(**device: Unpack[Device]) -> Child:
            old_phone = Device(viewport=PHONE, has_touch=True)
            page = open_context(**(old_phone | device)).new_page()
            child = Child(page, service.url)
            stack.callback(child.is_gone)
            return child

        yield opened


@pytest.fixture
def child(open_child: OpenChild) -> Child:
    return open_child()


@pytest.fixture
def open_counsellor(open_context: OpenContext, service: Service) -> OpenCounsellor:
    """Give pages of the desk, at a wide screen unless it is said otherwise."""

    def opened(**device: Unpack[Device]) -> Counsellor:
        page = open_context(**(Device(viewport=WIDE) | device)).new_page()
        return Counsellor(page, service.url, service.login)

    return opened


@pytest.fixture
def counsellor(open_counsellor: OpenCounsellor) -> Counsellor:
    return open_counsellor()


@pytest.fixture
def watch(child: Child) -> Watch:
    """Watch the child's browser from before it opens the page."""
    watch = Watch(child.home)
    watch.over(child.page.context)
    return watch
