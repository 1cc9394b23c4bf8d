/** Replies: never lost, never twice, never in another child's conversation. */

import { beforeEach, describe, expect, it } from "vitest";
import { settled } from "../hand-clock";
import { unreachable } from "../stand-in-api";
import { held, MALIK, ME, message, openCard } from "./samples";
import { json, refused, Stage } from "./stage";

let stage: Stage;
const MINE = { card: held("a", ME) };

beforeEach(async () => {
  stage = new Stage();
  await stage.started();
});

async function reply(text: string): Promise<void> {
  stage.desk.drafts.write(stage.desk.conversation.id.value ?? "", "reply", text);
  stage.desk.reply();
  await settled();
}

const stored = () =>
  json(openCard("a", { ...MINE, revision: 2, messages: [message(1), message(2)] }));
const waiting = () => stage.desk.outgoing.replies.value.map(({ text }) => text);

describe("a reply that cannot leave", () => {
  it("because a colleague has the conversation goes back into its field", async () => {
    const taken = { holder: "with_counsellor", assignee: MALIK };
    await stage.selected(openCard("a", MINE), { messages: () => refused(409, "Prise.", taken) });
    await reply("je suis là");
    expect(stage.desk.drafts.read("a", "reply")).toBe("je suis là");
    expect(stage.desk.conversation.sentence.value).toBe("Malik a pris cette conversation.");
    expect(waiting()).toEqual([]);
  });

  it("stands before what was begun since", async () => {
    let answer = (_: Response): void => undefined;
    const late = new Promise<Response>((resolve) => {
      answer = resolve;
    });
    await stage.selected(openCard("a", MINE), { messages: () => late });
    await reply("trop long");
    stage.desk.drafts.write("a", "reply", "et puis");
    answer(refused(422, "Trop long."));
    await settled();
    expect(stage.desk.drafts.read("a", "reply")).toBe("trop long\net puis");
  });

  it("is no reply when it is empty", async () => {
    await stage.selected(openCard("a", MINE));
    await reply("  \n ");
    expect(waiting()).toEqual([]);
  });

  it("because the session ended is given back", async () => {
    await stage.selected(openCard("a", MINE), { messages: unreachable });
    await reply("je suis là");
    stage.desk.session.expire();
    expect(stage.desk.drafts.read("a", "reply")).toBe("je suis là");
    await stage.clock.pass(60_000);
    expect(stage.posted("a", "messages")).toHaveLength(1);
  });
});

describe("a reply that comes back while another child's conversation is open", () => {
  it.each([404, 409])("says nothing there (%i)", async (status) => {
    await stage.selected(openCard("a", MINE), { messages: unreachable });
    await reply("pour a");
    await stage.selected(openCard("b"));
    stage.conversation(openCard("a"), { messages: () => refused(status, "Refusé.") });
    await stage.clock.pass(1_000);
    const { sentence, gone, card } = stage.desk.conversation;
    expect([sentence.value, gone.value]).toEqual([null, false]);
    expect(card.value?.conversation.id).toBe("b");
    expect(stage.desk.drafts.read("a", "reply")).toBe("pour a");
  });
});

describe("a reply over a bad network", () => {
  it("is sent again under the same name until it arrives, and in order", async () => {
    await stage.selected(openCard("a", MINE), { messages: unreachable });
    await reply("un");
    await reply("deux");
    expect([waiting(), stage.desk.outgoing.late.value]).toEqual([["un", "deux"], true]);
    stage.conversation(openCard("a", MINE), { messages: stored });
    await stage.clock.pass(1_000);
    expect(stage.posted("a", "messages")).toEqual([
      { client_id: "id-1", text: "un" },
      { client_id: "id-1", text: "un" },
      { client_id: "id-2", text: "deux" },
    ]);
    expect([waiting(), stage.desk.outgoing.late.value]).toEqual([[], false]);
  });

  it("leaves at once when the network is back", async () => {
    await stage.selected(openCard("a", MINE), { messages: unreachable });
    await reply("un");
    stage.conversation(openCard("a", MINE), { messages: stored });
    stage.desk.wake();
    await settled();
    expect(waiting()).toEqual([]);
  });

  it("goes to the child it was written for, whoever is open by then", async () => {
    await stage.selected(openCard("a", MINE), { messages: unreachable });
    await reply("pour a");
    await stage.selected(openCard("b"));
    stage.conversation(openCard("a", MINE), { messages: stored });
    await stage.clock.pass(1_000);
    expect(stage.posted("a", "messages")).toHaveLength(2);
    expect(stage.desk.conversation.card.value?.conversation.id).toBe("b");
  });
});

describe("a reply", () => {
  it("leaves its field at once and stands in the thread when stored", async () => {
    await stage.selected(openCard("a", MINE), { messages: stored });
    await reply(" je suis là ");
    expect(stage.posted("a", "messages")).toEqual([{ client_id: "id-1", text: "je suis là" }]);
    expect(stage.desk.drafts.read("a", "reply")).toBe("");
    expect(stage.desk.conversation.card.value?.messages).toHaveLength(2);
  });

  it("begun in one conversation waits there while another is open", async () => {
    await stage.selected(openCard("a", MINE));
    stage.desk.drafts.write("a", "reply", "pour a");
    await stage.selected(openCard("b"));
    expect(stage.desk.drafts.read("b", "reply")).toBe("");
    expect(stage.desk.drafts.read("a", "reply")).toBe("pour a");
  });
});
