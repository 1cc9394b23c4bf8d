/** The open conversation: refused, gone, newer and older, and what is done with it. */

import { beforeEach, describe, expect, it } from "vitest";
import { settled } from "../hand-clock";
import { unreachable } from "../stand-in-api";
import { card, held, MALIK, ME, openCard } from "./samples";
import { CONVERSATIONS, json, refused, Stage } from "./stage";

let stage: Stage;

beforeEach(async () => {
  stage = new Stage();
  stage.cards = [card("a")];
  await stage.started();
});

const conversation = () => stage.desk.conversation;

describe("a deed is refused", () => {
  it("by a colleague who was first: their name, and the card as it is now", async () => {
    const taken = { holder: "with_counsellor", assignee: MALIK };
    await stage.selected(openCard("a"), { claim: () => refused(409, "Prise.", taken) });
    stage.conversation(openCard("a", { revision: 2, card: held("a", MALIK) }));
    expect(await conversation().claim()).toBe(false);
    await stage.clock.pass(300);
    expect(conversation().sentence.value).toBe("Malik a pris cette conversation.");
    expect(conversation().card.value?.conversation.assignee).toEqual(MALIK);
  });

  it("by the network, and may be tried again", async () => {
    await stage.selected(openCard("a"), { claim: unreachable });
    await conversation().claim();
    expect(conversation().sentence.value).toBe("Pas de connexion pour le moment.");
    stage.conversation(openCard("a"), { claim: () => json(openCard("a", { revision: 2 })) });
    expect(await conversation().claim()).toBe(true);
    expect(conversation().sentence.value).toBeNull();
  });

  it("while another one is under way", async () => {
    const after = () => json(openCard("a", { revision: 2 }));
    await stage.selected(openCard("a"), { claim: after, release: after });
    const first = conversation().claim();
    expect(await conversation().release()).toBe(false);
    expect(await first).toBe(true);
    expect(stage.posted("a", "release")).toEqual([]);
  });
});

describe("a conversation that the child has erased", () => {
  it("leaves the screen with its drafts", async () => {
    await stage.selected(openCard("a"));
    stage.desk.drafts.write("a", "note", "à rappeler");
    stage.api.on(`GET ${CONVERSATIONS}/a`, () => refused(404, "N'existe plus."));
    await stage.say("changed", { conversation: "a", revision: 9 });
    expect(conversation().gone.value).toBe(true);
    expect(conversation().card.value).toBeNull();
    expect(stage.desk.drafts.read("a", "note")).toBe("");
  });
});

describe("a card", () => {
  it("of before never replaces one of after", async () => {
    await stage.selected(openCard("a", { revision: 5 }));
    conversation().take(openCard("a", { revision: 4, messages: [] }));
    expect(conversation().card.value?.conversation.revision).toBe(5);
  });

  it("of another conversation is not shown in this one", async () => {
    await stage.selected(openCard("a"));
    conversation().take(openCard("b", { revision: 9 }));
    expect(conversation().card.value?.conversation.id).toBe("a");
  });

  it("that arrives after the counsellor went on is not shown", async () => {
    stage.conversation(openCard("a"));
    stage.conversation(openCard("b"));
    stage.desk.select("a");
    stage.desk.select("b");
    await settled();
    expect(conversation().card.value?.conversation.id).toBe("b");
  });

  it("is read again when the stream tells of a newer revision, not of a known one", async () => {
    await stage.selected(openCard("a", { revision: 5 }));
    await stage.say("changed", { conversation: "a", revision: 5 });
    expect(stage.asked(`GET ${CONVERSATIONS}/a`)).toBe(1);
    stage.conversation(openCard("a", { revision: 6 }));
    await stage.say("changed", { conversation: "a", revision: 6 });
    expect(conversation().card.value?.conversation.revision).toBe(6);
  });

  it("is read again after the stream was lost", async () => {
    await stage.selected(openCard("a", { revision: 5 }));
    stage.conversation(openCard("a", { revision: 7 }));
    await stage.say("resync", {});
    expect(conversation().card.value?.conversation.revision).toBe(7);
  });
});

describe("what is done", () => {
  const done = () => json(openCard("a", { revision: 2, card: held("a", ME) }));

  it("says what the api needs", async () => {
    await stage.selected(openCard("a"), { claim: done, close: done, danger: done, notes: done });
    await conversation().claim();
    await conversation().judge("R1", "danger_home");
    await conversation().judge(null, null);
    await conversation().close("referred");
    expect(stage.posted("a", "claim")).toEqual([{}]);
    expect(stage.posted("a", "danger")).toEqual([
      { level: "R1", kind: "danger_home" },
      { level: null },
    ]);
    expect(stage.posted("a", "close")).toEqual([{ outcome: "referred" }]);
  });

  it("tells the child of typing now and then", async () => {
    await stage.selected(openCard("a"));
    conversation().typed();
    conversation().typed();
    await stage.clock.pass(4_000);
    conversation().typed();
    expect(stage.posted("a", "typing")).toHaveLength(2);
  });

  it("keeps a note in its field until the api has it", async () => {
    await stage.selected(openCard("a"), { notes: () => refused(422, "Trop long.") });
    stage.desk.drafts.write("a", "note", " appeler le collège ");
    await stage.desk.note();
    expect(stage.desk.drafts.read("a", "note")).toBe(" appeler le collège ");
    stage.conversation(openCard("a"), { notes: done });
    await stage.desk.note();
    expect(stage.posted("a", "notes")[1]).toEqual({ text: "appeler le collège" });
    expect(stage.desk.drafts.read("a", "note")).toBe("");
  });
});
