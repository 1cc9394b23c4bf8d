/** What holds for the pages as a whole: nothing inline, nobody else is asked, nothing is stored. */

import { describe, expect, it } from "vitest";
import chat from "../chat/index.html?raw";
import desk from "../desk/index.html?raw";

const sources = {
  ...import.meta.glob<string>("../{chat,desk,shared}/**/*.{ts,tsx,css}", {
    query: "?raw",
    import: "default",
    eager: true,
  }),
  "chat/index.html": chat,
  "desk/index.html": desk,
};

describe.each([
  ["the chat", chat],
  ["the desk", desk],
])("%s", (_, page) => {
  it("has no inline script, style or handler", () => {
    for (const script of page.match(/<script[^>]*>/g) ?? []) expect(script).toContain(" src=");
    expect(page).not.toMatch(/<style|\sstyle=|\son\w+=|javascript:|data:/);
  });

  it("is French and says nothing to the sites it leads to", () => {
    expect(page).toContain('<html lang="fr">');
    expect(page).toContain('name="referrer" content="no-referrer"');
  });
});

it("the chat has a neutral title", () => {
  expect(chat).toContain("<title>Messages</title>");
});

describe.each(Object.entries(sources))("%s", (_, source) => {
  it("asks no other host, sets no cookie and keeps nothing after the tab", () => {
    expect(source).not.toMatch(/https?:\/\/(?!www\.w3\.org\/)/);
    expect(source).not.toMatch(/document\.cookie|localStorage|indexedDB|new EventSource|innerHTML/);
  });
});
