// @vitest-environment happy-dom
/** The browser's way back leads to the queue, and its history names no conversation. */

import { beforeEach, expect, it } from "vitest";
import { followHistory } from "../../desk/places";
import { openCard } from "./samples";
import { Stage } from "./stage";

let stage: Stage;

beforeEach(async () => {
  window.history.replaceState(null, "");
  stage = new Stage();
  followHistory(stage.desk, window);
  await stage.started();
});

it("has no id in the address or in the history", async () => {
  const before = window.location.href;
  await stage.selected(openCard("secret-id"));
  expect(window.location.href).toBe(before);
  expect(JSON.stringify(window.history.state)).not.toContain("secret-id");
});

it("keeps one place for all conversations", async () => {
  await stage.selected(openCard("a"));
  const places = window.history.length;
  await stage.selected(openCard("b"));
  expect(window.history.length).toBe(places);
});

it("goes back to the queue", async () => {
  await stage.selected(openCard("a"));
  window.history.replaceState(null, "");
  window.dispatchEvent(new PopStateEvent("popstate"));
  expect(stage.desk.conversation.id.value).toBeNull();
});
