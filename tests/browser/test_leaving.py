"""The quick exit: a neutral site at once, and no way back to what was on the screen."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Route, expect

from tests.browser.child import Child
from tests.stack.programs import ROOT

ELSEWHERE = "https://www.meteofrance.com/"
BEFORE = "https://avant.example/"


def presses_escape_thrice(child: Child) -> None:
    for _ in range(3):
        child.page.keyboard.press("Escape")


@pytest.fixture
def leaving_child(child: Child) -> Child:
    """Give a child that came from another page; no site around the chat is really asked."""

    def answer(route: Route) -> None:
        route.fulfill(body=f"<title>{route.request.url}</title>", content_type="text/html")

    for site in (ELSEWHERE, BEFORE):
        child.page.context.route(f"{site}**", answer)
    child.page.goto(BEFORE)
    child.arrives()
    child.writes("on me fait du chantage")
    child.reads("est-ce que tu es en sécurité")
    return child


def test_the_neutral_site_is_the_one_of_the_helpline() -> None:
    assert f'exit_url: "{ELSEWHERE.rstrip("/")}"' in (ROOT / "helpline.yml").read_text("utf-8")


@pytest.mark.parametrize("leaves", [Child.leaves_fast, presses_escape_thrice])
def test_nothing_is_left_behind(leaving_child: Child, leaves: Callable[[Child], None]) -> None:
    page = leaving_child.page
    leaves(leaving_child)
    page.wait_for_url(ELSEWHERE)
    page.go_back()
    expect(page).to_have_url(BEFORE)
    # The chat's own origin, without the chat.
    page.goto(f"{leaving_child.home}/healthz")
    assert page.evaluate("[sessionStorage.length, localStorage.length]") == [0, 0]


def test_two_escapes_are_no_exit(leaving_child: Child) -> None:
    for _ in range(2):
        leaving_child.page.keyboard.press("Escape")
    leaving_child.writes("je suis toujours là")
    expect(leaving_child.own.last).to_have_text("je suis toujours là")


def test_a_wish_to_come_back_is_kept_by_the_code_only(leaving_child: Child) -> None:
    options = leaving_child.opens_panel("Options")
    options.get_by_role("button", name="Voir mon code").click()
    code = options.locator("output").inner_text()
    leaving_child.leaves_fast()
    leaving_child.page.wait_for_url(ELSEWHERE)
    leaving_child.arrives()
    expect(leaving_child.thread).not_to_contain_text("on me fait du chantage")
    leaving_child.opens_panel("Options").get_by_label("Ton code").fill(code)
    leaving_child.page.keyboard.press("Enter")
    leaving_child.reads("est-ce que tu es en sécurité")
    expect(leaving_child.own.first).to_have_text("on me fait du chantage")
