"""A danger is seen at once on both pages: numbers for the child, the alarm at the desk."""

from playwright.sync_api import expect

from tests.browser import screens
from tests.browser.child import Child
from tests.browser.conftest import OpenChild
from tests.browser.counsellor import Counsellor


def test_a_wish_to_die_goes_before_all_others(
    child: Child, counsellor: Counsellor, open_child: OpenChild
) -> None:
    first = open_child()
    first.arrives()
    first.asks_for_a_person()
    first.reads("Je demande une personne")
    counsellor.sits_down()
    expect(counsellor.cards).to_have_count(1)

    child.arrives()
    child.writes("je veux mourir")
    child.reads("3114")
    expect(child.last_said.get_by_role("link", name="3114").first).to_be_in_viewport()
    expect(counsellor.page).to_have_title("(1) Relais")
    expect(counsellor.cards.first).to_contain_text(child.tag())
    expect(counsellor.cards.first).to_contain_text("R2 Danger")
    expect(counsellor.cards.nth(1)).to_contain_text(first.tag())
    screens.take(child.page, "child-5-danger")
    screens.take(counsellor.page, "desk-5-danger-in-the-queue")

    counsellor.opens(child.tag())
    expect(counsellor.page).to_have_title("Relais")
    expect(counsellor.pane.get_by_role("region", name="Danger")).to_contain_text("je veux mourir")
    screens.take(counsellor.page, "desk-6-danger-open")


def test_an_open_danger_is_not_handed_back_to_the_program(
    child: Child, counsellor: Counsellor
) -> None:
    child.arrives()
    child.writes("je veux mourir")
    child.reads("3114")
    counsellor.sits_down()
    counsellor.opens(child.tag())
    counsellor.claims()
    counsellor.pane.get_by_role("button", name="Rendre au programme").focus()
    counsellor.page.keyboard.press("Enter")
    expect(counsellor.page.get_by_role("alertdialog")).to_have_count(0)
    expect(counsellor.pane.get_by_role("alert")).to_contain_text("Un danger est ouvert")
    counsellor.pane.get_by_role("button", name="Modifier").click()
    screens.take(counsellor.page, "desk-7-judging")
