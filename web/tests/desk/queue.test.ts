/** The queue: the api's order, what a tab shows, and that it stays true. */

import { beforeEach, describe, expect, it } from "vitest";
import { settled } from "../hand-clock";
import { unreachable } from "../stand-in-api";
import { card, danger, held, MALIK, openCard } from "./samples";
import { CONVERSATIONS, json, Stage } from "./stage";

let stage: Stage;
const shown = () => stage.desk.queue.shown.value?.map(({ id }) => id) ?? null;

beforeEach(() => {
  stage = new Stage();
  stage.cards = [
    card("r3", { danger: danger("R3"), channel: "sms" }),
    card("asked"),
    card("bot", { status: "with_bot" }),
    held("held", MALIK),
  ];
});

describe("when the list cannot be read", () => {
  it("says so, keeps the old one and tries again", async () => {
    await stage.started();
    stage.api.on(`GET ${CONVERSATIONS}`, unreachable);
    await stage.say("changed", { conversation: "asked", revision: 2 });
    expect(stage.desk.queue.sentence.value).toBe("Pas de connexion pour le moment.");
    expect(shown()).toEqual(["r3", "asked"]);
    stage.api.on(`GET ${CONVERSATIONS}`, () => json({ conversations: [], erased: [] }));
    await stage.clock.pass(5_000);
    expect([shown(), stage.desk.queue.sentence.value]).toEqual([[], null]);
  });

  it("is unknown before the first reading, which is not empty", async () => {
    stage.api.on(`GET ${CONVERSATIONS}`, unreachable);
    await stage.started();
    expect(shown()).toBeNull();
  });

  it("says that the stream is lost, and reads by itself meanwhile", async () => {
    await stage.started();
    await stage.say("resync", {});
    const before = stage.asked(`GET ${CONVERSATIONS}`);
    stage.api.stream.break();
    await stage.clock.pass(300);
    expect(stage.desk.lost.value).toBe(true);
    expect(stage.asked(`GET ${CONVERSATIONS}`)).toBe(before + 1);
    await stage.clock.pass(2_000);
    await stage.say("resync", {});
    expect(stage.desk.lost.value).toBe(false);
  });

  it("says at once that the network is gone when the device knows it", async () => {
    await stage.started();
    await stage.say("resync", {});
    stage.desk.offline();
    expect(stage.desk.lost.value).toBe(true);
  });
});

describe("the queue", () => {
  it("keeps the order of the api and counts behind each tab", async () => {
    await stage.started();
    expect(shown()).toEqual(["r3", "asked"]);
    expect([...stage.desk.queue.counts.value.values()]).toEqual([2, 1, 1, 4]);
    stage.desk.queue.show("all");
    expect(shown()).toEqual(["r3", "asked", "bot", "held"]);
  });

  it("shows one channel alone, also in its counts", async () => {
    await stage.started();
    stage.desk.queue.channel.value = "sms";
    expect(shown()).toEqual(["r3"]);
    expect(stage.desk.queue.counts.value.get("all")).toBe(1);
  });

  it("reads the closed ones only when asked to", async () => {
    await stage.started();
    stage.api.on(`GET ${CONVERSATIONS}`, ({ path }) => {
      const closed = path.endsWith("?status=closed");
      return json({ conversations: closed ? [card("old", { status: "closed" })] : [], erased: [] });
    });
    stage.desk.queue.show("closed");
    expect(shown()).toBeNull();
    await settled();
    expect(shown()).toEqual(["old"]);
  });

  it("shows what was erased in danger where somebody may act on it", async () => {
    const at = "2026-11-24T02:00:00Z";
    const gone = { id: "x", channel: "web", kind: "danger_suicide", level: "R3" } as const;
    stage.erased = [{ ...gone, opened_at: at, erased_at: at }];
    await stage.started();
    expect(stage.desk.queue.erased.value).toHaveLength(1);
    stage.desk.queue.show("with_counsellor");
    expect(stage.desk.queue.erased.value).toHaveLength(0);
  });

  it("reads once for a burst of changes", async () => {
    await stage.started();
    await stage.clock.pass(300);
    const before = stage.asked(`GET ${CONVERSATIONS}`);
    for (let revision = 2; revision < 12; revision += 1) {
      stage.api.stream.say("changed", { conversation: "asked", revision });
    }
    await stage.clock.pass(2_000);
    expect(stage.asked(`GET ${CONVERSATIONS}`) - before).toBe(2);
  });

  it("rings for a new danger, and falls silent when it is opened", async () => {
    stage.cards = [card("asked")];
    await stage.started();
    await stage.listed([card("asked", { danger: danger("R2") })]);
    expect([stage.rings, stage.desk.alarm.count.value]).toEqual([1, 1]);
    await stage.selected(openCard("asked"));
    expect(stage.desk.alarm.count.value).toBe(0);
  });

  it("rings for the open conversation while nobody looks at the page", async () => {
    stage.cards = [card("asked")];
    await stage.started();
    await stage.selected(openCard("asked"));
    stage.watching = false;
    await stage.listed([card("asked", { danger: danger("R2") })]);
    expect([stage.rings, stage.desk.alarm.count.value]).toEqual([1, 1]);
    stage.desk.wake();
    expect(stage.desk.alarm.count.value).toBe(0);
  });

  it("shows for a while that a child is writing", async () => {
    await stage.started();
    await stage.say("typing", { conversation: "asked" });
    expect(stage.desk.typing.conversations.value.has("asked")).toBe(true);
    await stage.clock.pass(6_000);
    expect(stage.desk.typing.conversations.value.size).toBe(0);
  });

  it("no longer shows it once the message is there", async () => {
    await stage.started();
    await stage.say("typing", { conversation: "asked" });
    await stage.say("changed", { conversation: "asked", revision: 2 });
    expect(stage.desk.typing.conversations.value.size).toBe(0);
  });
});
