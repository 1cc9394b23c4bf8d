"""The desk on a phone: one thing at a time, with a way back."""

from playwright.sync_api import expect

from tests.browser.child import Child
from tests.browser.conftest import OpenCounsellor
from tests.browser.screens import PHONE

_TOO_WIDE = "document.documentElement.scrollWidth > innerWidth"


def test_from_the_queue_to_a_conversation_and_back(
    child: Child, open_counsellor: OpenCounsellor
) -> None:
    counsellor = open_counsellor(viewport=PHONE, has_touch=True)
    page = counsellor.page
    child.arrives()
    child.asks_for_a_person()
    child.reads("Je demande une personne")
    counsellor.sits_down()
    assert not page.evaluate(_TOO_WIDE)

    counsellor.opens(child.tag())
    expect(counsellor.queue).to_be_hidden()
    assert not page.evaluate(_TOO_WIDE)
    counsellor.claims()
    counsellor.writes("Bonjour.")
    child.reads("Bonjour.")
    page.get_by_role("button", name="File").click()
    expect(counsellor.queue).to_be_visible()
    expect(counsellor.thread).to_be_hidden()

    # The browser's own way back leads to the queue too.
    counsellor.tab("Avec nous").click()
    counsellor.opens(child.tag())
    page.go_back()
    expect(counsellor.queue).to_be_visible()


def test_after_the_end_there_is_no_empty_menu(
    child: Child, open_counsellor: OpenCounsellor
) -> None:
    counsellor = open_counsellor(viewport=PHONE, has_touch=True)
    actions = counsellor.page.get_by_text("Actions", exact=True)
    child.arrives()
    child.asks_for_a_person()
    child.reads("Je demande une personne")
    counsellor.sits_down()
    counsellor.opens(child.tag())
    counsellor.claims()
    actions.click()
    counsellor.closes()
    expect(counsellor.pane.get_by_role("heading", level=2)).to_contain_text("Fermée")
    expect(actions).to_have_count(0)
