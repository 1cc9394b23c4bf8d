"""Asks axe-core what people with other senses, hands or screens would stumble over.

Not for: what no program can judge, such as whether words are understood.
"""

from typing import Any

from playwright.sync_api import Page

from tests.browser.screens import each_look
from tests.stack.programs import ROOT

_AXE = ROOT / "web/node_modules/axe-core/axe.min.js"
_GRAVE = frozenset({"serious", "critical"})
_RUN = """async () => {
  const { violations } = await axe.run(document, { resultTypes: ["violations"] });
  return violations.map(({ id, impact, nodes }) => ({
    id, impact, where: nodes.map(({ target, failureSummary }) => `${target}: ${failureSummary}`),
  }));
}"""


def findings(page: Page) -> list[str]:
    """Name what is serious or critical on the page as it is."""
    if not page.evaluate("'axe' in window"):
        page.add_script_tag(path=_AXE)
    found: list[dict[str, Any]] = page.evaluate(_RUN)
    return [
        f"{rule['id']} at {where}"
        for rule in found
        if rule["impact"] in _GRAVE
        for where in rule["where"]
    ]


def findings_in_each_look(page: Page, state: str) -> list[str]:
    """Name it for each size, light and dark."""
    return [
        f"{state}, {size['width']} px, {scheme}: {found}"
        for size, scheme in each_look(page)
        for found in findings(page)
    ]
