"""A connection that goes and comes back: nothing is lost, nothing is there twice."""

from playwright.sync_api import expect

from tests.browser import screens
from tests.browser.child import Child
from tests.browser.counsellor import Counsellor

HELLO = "Je suis là, prends ton temps."


def test_what_is_written_offline_arrives_once(child: Child, counsellor: Counsellor) -> None:
    child.arrives()
    child.asks_for_a_person()
    child.reads("Je demande une personne")
    counsellor.sits_down()
    counsellor.opens(child.tag())
    counsellor.claims()
    child.reads("C'est une personne de l'équipe")

    child.page.context.set_offline(offline=True)
    child.writes("tu es là ?")
    child.writes("j'ai plus de réseau")
    expect(child.lost).to_be_visible()
    counsellor.writes(HELLO)
    expect(child.thread).not_to_contain_text(HELLO)
    screens.take(child.page, "child-6-connection-lost")

    child.page.context.set_offline(offline=False)
    expect(child.from_others.filter(has_text=HELLO)).to_have_count(1)
    expect(child.lost).to_be_hidden()
    for text in ("tu es là ?", "j'ai plus de réseau"):
        expect(counsellor.thread.get_by_text(text, exact=True)).to_have_count(1)
        expect(child.own.filter(has_text=text)).to_have_count(1)


def test_the_desk_catches_up_with_what_it_missed(child: Child, counsellor: Counsellor) -> None:
    child.arrives()
    counsellor.sits_down()
    counsellor.tab("Toutes").click()
    counsellor.opens(child.tag())
    counsellor.page.context.set_offline(offline=True)
    expect(counsellor.page.get_by_text("Connexion perdue")).to_be_visible()
    child.writes("on me fait du chantage")
    child.reads("est-ce que tu es en sécurité")
    expect(counsellor.thread).not_to_contain_text("on me fait du chantage")
    counsellor.page.context.set_offline(offline=False)
    expect(counsellor.thread.get_by_text("on me fait du chantage", exact=True)).to_have_count(1)
    expect(counsellor.page.get_by_text("Connexion perdue")).to_be_hidden()


def test_a_reload_keeps_the_thread(child: Child) -> None:
    child.arrives()
    child.writes("on me fait du chantage")
    child.reads("est-ce que tu es en sécurité")
    before = child.thread.locator(".bubble").all_inner_texts()
    child.page.reload()
    child.reads("est-ce que tu es en sécurité")
    assert child.thread.locator(".bubble").all_inner_texts() == before
    expect(child.page.get_by_role("button", name="Je ne sais pas")).to_be_visible()
