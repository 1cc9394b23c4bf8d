"""The counsellor at the desk's page: what they open, read, take and write.

Not for: what the api refuses them (`tests/desk`).
"""

import re
from collections.abc import Mapping

from playwright.sync_api import Locator, Page, expect


class Counsellor:
    """One page of the desk at `home`, with the login of the demo."""

    def __init__(self, page: Page, home: str, login: Mapping[str, str]) -> None:
        self.page, self.home, self._login = page, home, login

    def opens_the_desk(self) -> None:
        self.page.goto(f"{self.home}/desk")
        expect(self.page.get_by_label("Adresse e-mail")).to_be_focused()

    def signs_in(self) -> None:
        """Sign in without a mouse."""
        keys = self.page.keyboard
        self.page.get_by_label("Adresse e-mail").focus()
        keys.type(self._login["email"])
        keys.press("Tab")
        keys.type(self._login["password"])
        keys.press("Enter")
        expect(self.queue).to_be_visible()

    def sits_down(self) -> None:
        self.opens_the_desk()
        self.signs_in()

    def opens(self, tag: str) -> None:
        """Open a conversation of the queue."""
        self.card(tag).click()
        expect(self.pane.get_by_role("heading", level=2)).to_contain_text(tag)

    def claims(self) -> None:
        self.pane.get_by_role("button", name="Prendre la conversation").click()
        expect(self.pane.get_by_role("heading", level=2)).to_contain_text("Avec moi")

    def writes(self, text: str) -> None:
        self.writing("Réponse", "Réponse à l'enfant").fill(text)
        self.page.keyboard.press("Enter")
        expect(self.thread).to_contain_text(text)

    def notes(self, text: str) -> None:
        self.writing("Note interne", "Note interne, que l'enfant ne voit pas").fill(text)
        self.page.keyboard.press("Enter")
        expect(self.thread.locator(".note")).to_contain_text(text)

    def writing(self, mode: str, label: str) -> Locator:
        """Return the field of a reply or of a note, in front and with the focus."""
        self.pane.get_by_role("button", name=mode, exact=True).click()
        field = self.pane.get_by_label(label, exact=True)
        field.focus()
        return field

    def returns_it(self) -> None:
        self._decides("Rendre au programme")

    def closes(self) -> None:
        self._decides("Terminer")

    def _decides(self, move: str) -> None:
        self.pane.get_by_role("button", name=move).click()
        question = self.page.get_by_role("alertdialog")
        question.get_by_role("button", name=move).click()
        expect(question).to_have_count(0)

    def name(self) -> str:
        """Return whose desk it is, as its head says."""
        return self.page.locator(".who").inner_text()

    @property
    def queue(self) -> Locator:
        return self.page.get_by_role("navigation", name="File")

    @property
    def cards(self) -> Locator:
        return self.queue.locator("button.card")

    def card(self, tag: str) -> Locator:
        return self.cards.filter(has_text=tag)

    def tab(self, name: str) -> Locator:
        return self.queue.get_by_role("button", name=re.compile(f"^{name}"))

    @property
    def pane(self) -> Locator:
        return self.page.get_by_role("main")

    @property
    def thread(self) -> Locator:
        return self.pane.get_by_role("log")
