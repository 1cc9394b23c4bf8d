"""Goes through a page by the Tab key and looks at where the focus is.

Not for: what a key does; the tests press it.
"""

from dataclasses import dataclass

from playwright.sync_api import Page

# The line may be around the element or around the form that it fills.
_STOP = """() => {
  const element = document.activeElement;
  const outlined = (style) => style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  const form = element.closest("form.write");
  const box = element.getBoundingClientRect();
  return {
    name: element.getAttribute("aria-label") || element.innerText || element.name || element.id,
    place: element === document.body ? "page" : element.tagName.toLowerCase(),
    outlined: outlined(getComputedStyle(element))
      || (form !== null && getComputedStyle(form).boxShadow !== "none"),
    inside: box.width > 0 && box.top >= -1 && box.left >= -1
      && box.bottom <= innerHeight + 1 && box.right <= innerWidth + 1,
  };
}"""
_TO_THE_TOP = """() => {
  document.body.tabIndex = -1;
  document.body.focus();
  document.body.removeAttribute("tabindex");
}"""
_MOST_STOPS = 60


@dataclass(frozen=True)
class Stop:
    """Where the focus is: on what, seen by a line around it, and in the window."""

    name: str
    place: str
    outlined: bool
    inside: bool


def stop(page: Page) -> Stop:
    return Stop(**page.evaluate(_STOP))


def tour(page: Page) -> list[Stop]:
    """Press Tab from the top of the page until the focus leaves it."""
    page.evaluate(_TO_THE_TOP)
    stops: list[Stop] = []
    for _ in range(_MOST_STOPS):
        page.keyboard.press("Tab")
        here = stop(page)
        if here.place == "page":
            break
        stops.append(here)
    return stops


def tab_to(page: Page, name: str) -> None:
    """Press Tab until the focus is on what has this name."""
    passed: list[str] = []
    for _ in range(_MOST_STOPS):
        page.keyboard.press("Tab")
        here = stop(page)
        if here.name.startswith(name):
            return
        passed.append(here.name)
    raise AssertionError(f"no way to {name} by Tab: {passed}")
