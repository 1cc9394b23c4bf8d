"""No state of either page has a serious or critical finding, on a phone or wide, light or dark."""

import pytest

from tests.browser import screens
from tests.browser.axe import findings, findings_in_each_look
from tests.browser.child import Child, goes_to_the_third_step
from tests.browser.conftest import OpenChild, OpenCounsellor
from tests.browser.counsellor import Counsellor


@pytest.fixture
def child(open_child: OpenChild) -> Child:
    """Give a child whose browser lets axe-core in, past the page's own policy."""
    return open_child(bypass_csp=True)


@pytest.fixture
def counsellor(open_counsellor: OpenCounsellor) -> Counsellor:
    return open_counsellor(bypass_csp=True)


def test_what_is_wrong_is_found(child: Child) -> None:
    child.arrives()
    child.page.evaluate("document.body.append(document.createElement('button'))")
    assert any("button-name" in found for found in findings(child.page))


def test_the_childs_page(child: Child) -> None:
    child.arrives()
    found = findings_in_each_look(child.page, "arrival")
    goes_to_the_third_step(child)
    found += findings_in_each_look(child.page, "third step")
    for number, panel in enumerate(("Urgences", "Étapes", "Options"), start=1):
        child.opens_panel(panel)
        screens.take(child.page, f"child-7-panel-{number}")
        found += findings_in_each_look(child.page, panel)
        child.goes_back_to_the_thread()
    assert found == []


def test_the_desk(child: Child, counsellor: Counsellor) -> None:
    child.arrives()
    goes_to_the_third_step(child)
    child.writes("je veux mourir")
    child.reads("3114")
    counsellor.opens_the_desk()
    screens.take(counsellor.page, "desk-1-sign-in")
    found = findings_in_each_look(counsellor.page, "sign-in")
    counsellor.signs_in()
    found += findings_in_each_look(counsellor.page, "queue")
    counsellor.opens(child.tag())
    found += findings_in_each_look(counsellor.page, "open conversation")
    counsellor.claims()
    counsellor.notes("Rappeler demain.")
    found += findings_in_each_look(counsellor.page, "answering")
    assert found == []
