"""The walk of a minor from the first word to a person and back, at both pages side by side."""

import time

from playwright.sync_api import expect

from tests.browser import screens
from tests.browser.child import STEPS, Child, ends_the_walk, goes_to_the_third_step
from tests.browser.counsellor import Counsellor
from tests.browser.watch import Watch

GREETED_WITHIN = 2.0
HELLO = "Bonjour, j'ai lu ce que tu as écrit. Je reste avec toi."
NOTE = "Rappeler demain, ne pas laisser de message."


def test_a_breach_of_the_policy_is_seen(child: Child, watch: Watch) -> None:
    child.arrives()
    child.page.evaluate("new Image().src = 'https://ailleurs.example/'")
    child.page.evaluate("new Promise((done) => setTimeout(done))")
    assert any("img-src" in complaint for complaint in watch.complaints)


def test_a_request_elsewhere_is_seen(child: Child, watch: Watch) -> None:
    elsewhere = "https://ailleurs.example/"
    child.page.context.route(elsewhere, lambda route: route.fulfill(body="ailleurs"))
    child.arrives()
    child.page.goto(elsewhere)
    assert watch.foreign == [elsewhere]


def test_arrival_asks_nobody_else_and_keeps_no_cookie(child: Child, watch: Watch) -> None:
    began = time.monotonic()
    child.opens_the_page()
    expect(child.from_program.first).to_contain_text("Je suis un programme, pas une personne")
    assert time.monotonic() - began < GREETED_WITHIN
    child.reads("Qu'est-ce qui se passe")
    assert child.page.context.cookies() == []
    assert watch.foreign == []
    assert watch.complaints == []
    screens.take(child.page, "child-1-arrival")


def test_the_desk_asks_nobody_else_and_keeps_one_cookie(counsellor: Counsellor) -> None:
    watch = Watch(counsellor.home)
    watch.over(counsellor.page.context)
    counsellor.sits_down()
    (cookie,) = counsellor.page.context.cookies()
    assert (cookie["name"], cookie["httpOnly"], cookie["sameSite"]) == ("relais", True, "Strict")
    # Who comes to the door is not known yet: the browser itself writes down that answer.
    assert [said for said in watch.complaints if "401" not in said] == []
    assert watch.foreign == []


def test_the_whole_walk(child: Child, counsellor: Counsellor, watch: Watch) -> None:
    child.arrives()
    goes_to_the_third_step(child)
    screens.take(child.page, "child-2-third-step")
    ends_the_walk(child)
    child.asks_for_a_person()
    child.reads("Je demande une personne de l'équipe")
    screens.take(child.page, "child-3-waiting")

    counsellor.sits_down()
    screens.take(counsellor.page, "desk-2-queue")
    expect(counsellor.cards.first).to_contain_text(child.tag())
    counsellor.opens(child.tag())
    screens.take(counsellor.page, "desk-3-open")
    counsellor.claims()
    counsellor.writes(HELLO)
    child.reads(HELLO)
    expect(child.standing).to_contain_text(f"{counsellor.name()} te répond")

    said_by_program = child.from_program.count()
    child.writes("merci d'être là, j'ai tout gardé")
    expect(counsellor.thread).to_contain_text("merci d'être là, j'ai tout gardé")
    counsellor.notes(NOTE)
    screens.take(counsellor.page, "desk-4-answered")
    screens.take(child.page, "child-4-with-a-person")
    expect(child.from_program).to_have_count(said_by_program)
    expect(child.thread).not_to_contain_text(NOTE)

    counsellor.returns_it()
    child.reads("C'est de nouveau le programme qui te répond")
    # These are its first words since: none came late from the time between.
    expect(child.from_program.nth(said_by_program)).to_contain_text("C'est de nouveau")
    counsellor.claims()
    counsellor.closes()
    expect(child.standing).to_contain_text("Conversation terminée")
    expect(child.choices).to_have_count(0)
    screens.take(child.page, "child-8-ended")
    screens.take(counsellor.page, "desk-8-closed")
    steps = child.opens_panel("Étapes").get_by_role("listitem")
    expect(steps).to_contain_text([f"{STEPS[0]}fait", f"{STEPS[1]}fait", f"{STEPS[2]}fait", "vu"])
    assert (watch.foreign, watch.complaints) == ([], [])
