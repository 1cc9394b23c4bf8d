/**
 * Keeps the page as high as what is visible above a phone's keyboard, where the browser does not do
 * so itself (Safari). A page zoomed by hand is left alone.
 */

export function followKeyboard(page: Window): void {
  const view = page.visualViewport;
  if (!view) return;
  const follow = () => {
    if (Math.abs(view.scale - 1) > 0.01) return;
    page.document.documentElement.style.setProperty("--visible-height", `${view.height}px`);
  };
  view.addEventListener("resize", follow);
}
