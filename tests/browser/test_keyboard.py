"""Without a mouse: everything can be reached, and one always sees where one is."""

from playwright.sync_api import expect

from tests.browser.child import Child
from tests.browser.counsellor import Counsellor
from tests.browser.keyboard import stop, tab_to, tour


def test_a_page_without_a_visible_focus_is_found(child: Child) -> None:
    child.arrives()
    tab_to(child.page, "Quitter vite")
    child.page.evaluate("document.activeElement.style.outline = 'none'")
    assert not stop(child.page).outlined


def test_the_focus_is_seen_all_over_the_childs_page(child: Child) -> None:
    child.arrives()
    stops = tour(child.page)
    assert [here for here in stops if not (here.outlined and here.inside)] == []
    names = [here.name.strip() for here in stops]
    for name in ("Quitter vite", "Urgences", "On me fait du chantage", "Parler à quelqu'un"):
        assert name in names, names


def test_a_child_walks_without_a_mouse(child: Child) -> None:
    keys = child.page.keyboard
    child.arrives()
    tab_to(child.page, "On me fait du chantage")
    keys.press("Enter")
    child.reads("est-ce que tu es en sécurité")
    tab_to(child.page, "Oui")
    keys.press("Space")
    child.reads("Première étape")
    child.field.focus()
    keys.type("ok\nest-ce que je dois payer ?\n")
    expect(child.own.last).to_have_text("est-ce que je dois payer ?")
    tab_to(child.page, "Urgences")
    keys.press("Enter")
    expect(child.page.get_by_role("heading", name="Parler tout de suite")).to_be_focused()
    keys.press("Escape")
    expect(child.page.get_by_role("button", name="Urgences")).to_be_focused()
    tab_to(child.page, "Parler à quelqu'un")
    keys.press("Enter")
    expect(child.standing).to_contain_text("Une personne est demandée")


def test_a_counsellor_works_without_a_mouse(child: Child, counsellor: Counsellor) -> None:
    keys = counsellor.page.keyboard
    child.arrives()
    child.asks_for_a_person()
    child.reads("Je demande une personne")
    counsellor.sits_down()
    counsellor.card(child.tag()).focus()
    keys.press("Enter")
    expect(counsellor.pane).to_be_focused()
    tab_to(counsellor.page, "Prendre la conversation")
    keys.press("Enter")
    expect(counsellor.pane.get_by_label("Réponse à l'enfant")).to_be_focused()
    keys.type("Bonjour.\n")
    child.reads("Bonjour.")
    # "En attente", the tab in front, lists it no more.
    expect(counsellor.cards).to_have_count(0)
    keys.press("Escape")
    expect(counsellor.tab("En attente")).to_be_focused()
    counsellor.tab("Avec nous").focus()
    keys.press("Enter")
    counsellor.pane.focus()
    keys.press("Escape")
    expect(counsellor.card(child.tag())).to_be_focused()


def test_the_focus_is_seen_all_over_the_desk(child: Child, counsellor: Counsellor) -> None:
    child.arrives()
    child.asks_for_a_person()
    child.reads("Je demande une personne")
    counsellor.opens_the_desk()
    at_the_door = tour(counsellor.page)
    counsellor.signs_in()
    counsellor.opens(child.tag())
    counsellor.claims()
    stops = [*at_the_door, *tour(counsellor.page)]
    assert [here for here in stops if not (here.outlined and here.inside)] == []
    names = [here.name.strip() for here in stops]
    for name in ("Se déconnecter", "Rendre au programme", "Réponse à l'enfant", "Note interne"):
        assert name in names, names
