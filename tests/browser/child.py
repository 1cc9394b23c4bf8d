"""The child at its page: what it reads, taps and writes, in a child's terms.

Not for: what stands behind the page.
"""

import re
from typing import Any

import httpx
from playwright.sync_api import Locator, Page, expect

STEPS = ("Ne pas payer", "Ne plus rien envoyer", "Garder les preuves", "Contacter le 3018")


class Child:
    """One page of the chat at `home`."""

    def __init__(self, page: Page, home: str) -> None:
        self.page, self.home = page, home

    def opens_the_page(self) -> None:
        self.page.goto(f"{self.home}/")

    def arrives(self) -> None:
        """Open the page and wait for the greeting."""
        self.opens_the_page()
        self.reads("Qu'est-ce qui se passe")

    def reads(self, words: str) -> None:
        """Wait until the other side says these words after the child's own last ones."""
        expect(self.last_said.filter(has_text=words).first).to_be_visible()

    def taps(self, choice: str) -> None:
        self.choices.and_(self.page.get_by_text(choice, exact=True)).click()

    def writes(self, text: str) -> None:
        self.field.fill(text)
        self.field.press("Enter")

    def asks_for_a_person(self) -> None:
        self.page.get_by_role("button", name="Parler à quelqu'un").click()

    def opens_panel(self, name: str) -> Locator:
        """Open one of the panels of the head, and return what it shows."""
        self.page.get_by_role("button", name=re.compile(f"^{name}")).click()
        panel = self.page.locator("section.panel")
        expect(panel).to_be_visible()
        return panel

    def goes_back_to_the_thread(self) -> None:
        self.page.get_by_role("button", name="Retour").click()
        expect(self.thread).to_be_visible()

    def leaves_fast(self) -> None:
        self.page.get_by_role("button", name="Quitter vite").click()

    @property
    def thread(self) -> Locator:
        return self.page.get_by_role("log")

    @property
    def from_others(self) -> Locator:
        return self.thread.locator("li:not(.from-minor)")

    @property
    def last_said(self) -> Locator:
        """What the other side has said since the child's own last words."""
        return self.thread.locator("li:not(.from-minor):not(:has(~ li.from-minor))")

    @property
    def from_program(self) -> Locator:
        return self.thread.locator("li.from-bot")

    @property
    def own(self) -> Locator:
        return self.thread.locator("li.from-minor .bubble")

    @property
    def choices(self) -> Locator:
        """What can be tapped now."""
        return self.page.get_by_role("group").get_by_role("button")

    @property
    def field(self) -> Locator:
        return self.page.get_by_label("Écris ton message")

    @property
    def lost(self) -> Locator:
        return self.page.get_by_text("Connexion perdue")

    @property
    def standing(self) -> Locator:
        """Who answers now, in the head of the page."""
        return self.page.locator(".standing")

    def tag(self) -> str:
        """Return the four signs by which the desk names this conversation."""
        return self._access()["id"][:4].upper()

    def is_gone(self) -> None:
        """Leave nothing in the queue for whoever comes next."""
        if access := self._access():
            token = {"Authorization": f"Bearer {access['token']}"}
            erased = httpx.delete(
                f"{self.home}/api/chat/conversation", headers=token, trust_env=False
            )
            assert erased.is_success, erased.status_code

    def _access(self) -> dict[str, str]:
        """Read what the tab keeps to go on after a reload; empty when it keeps nothing."""
        if not self.page.url.startswith(self.home):
            return {}
        kept: dict[str, Any] = self.page.evaluate("JSON.parse(sessionStorage.getItem('messages'))")
        return (kept or {}).get("access") or {}


def goes_to_the_third_step(child: Child) -> None:
    """Take the first two steps: one by tapping, one in its own words."""
    child.taps("On me fait du chantage")
    child.reads("est-ce que tu es en sécurité")
    child.taps("Oui")
    child.reads("Première étape")
    child.taps("J'ai compris")
    child.reads("Deuxième étape")
    child.writes("c'est compris")
    child.reads("Troisième étape")


def ends_the_walk(child: Child) -> None:
    """Ask one question in between, come back to the step, and go to the last one."""
    child.writes("est-ce qu'il va publier les photos ?")
    child.reads("On en est là")
    expect(child.thread).to_contain_text("Personne ne peut le savoir")
    child.taps("C'est fait")
    child.reads("Quatrième étape")
