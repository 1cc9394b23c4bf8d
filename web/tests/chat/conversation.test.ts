/** The conversation as it goes well, and as the child leaves it. */

import { beforeEach, describe, expect, it } from "vitest";
import type { Conversation } from "../../chat/conversation";
import { settled } from "../hand-clock";
import { json, unreachable } from "../stand-in-api";
import { ACCESS, message, offering, standing } from "./samples";
import { MESSAGES, Stage } from "./stage";

let stage: Stage;
let conversation: Conversation;

beforeEach(async () => {
  stage = new Stage();
  conversation = await stage.opened();
});

const posted = () => stage.api.bodies(`POST ${MESSAGES}`);

describe("choices", () => {
  const offer = offering(1, "C'est fait", "Je ne peux pas");

  it("are not sent twice", async () => {
    await stage.say("message", offer, 1);
    conversation.choose(offer, 1);
    conversation.choose(offer, 2);
    await settled();
    conversation.choose(offer, 2);
    await settled();
    expect(posted()).toEqual([{ client_id: "id-1", choice: 1 }]);
    expect(conversation.offer.value).toBeNull();
  });

  it("with a number that was not offered send nothing", async () => {
    await stage.say("message", offer, 1);
    conversation.choose(offer, 3);
    await settled();
    expect(posted()).toEqual([]);
  });

  it("go by their words once something newer was offered", async () => {
    stage.api.on(`POST ${MESSAGES}`, unreachable);
    await stage.say("message", offer, 1);
    conversation.choose(offer, 2);
    await settled();
    await stage.say("message", offering(2, "Oui", "Non"), 2);
    stage.api.on(`POST ${MESSAGES}`, () => json({ seq: 3 }, 202));
    await stage.clock.pass(2_000);
    expect(posted()[0]).toEqual({ client_id: "id-1", choice: 2 });
    expect(posted().pop()).toEqual({ client_id: "id-1", text: "Je ne peux pas" });
  });

  it("close when the child writes instead", async () => {
    await stage.say("message", offer, 1);
    conversation.send("attends");
    expect(conversation.offer.value).toBeNull();
  });

  it.each(["with_counsellor", "closed"] as const)("are put away when it is %s", async (status) => {
    await stage.say("message", offer, 1);
    await stage.say("status", standing({ status }));
    conversation.choose(offer, 1);
    await settled();
    expect([conversation.offer.value, posted()]).toEqual([null, []]);
    await stage.say("status", standing());
    expect(conversation.offer.value?.seq).toBe(1);
  });

  it("carry the wish for a person where they offer it", async () => {
    await stage.say("message", offering(1, "C'est fait", "Parler à quelqu'un"), 1);
    conversation.askPerson("parler à quelqu'un");
    await settled();
    conversation.askPerson("parler à quelqu'un");
    await settled();
    expect(posted()).toEqual([
      { client_id: "id-1", choice: 2 },
      { client_id: "id-2", text: "parler à quelqu'un" },
    ]);
  });
});

describe("messages", () => {
  it("of nothing but spaces are not sent", async () => {
    conversation.send("  \n ");
    await settled();
    expect(posted()).toEqual([]);
  });

  it("that were dropped go from view", async () => {
    await stage.say("message", message(1), 1);
    await stage.say("message", message(1, { revision: 2, delivery: "dropped" }), 2);
    expect(stage.texts).toEqual([]);
  });

  it("of the child stand in their place, once, whichever of stream and answer is first", async () => {
    await stage.say("message", message(1), 1);
    conversation.send("bonjour");
    await stage.say(
      "message",
      message(2, { author: "minor", text: "bonjour", client_id: "id-1" }),
      2,
    );
    await stage.say("message", message(3), 3);
    expect(stage.texts).toEqual(["message 1", "bonjour", "message 3"]);
    expect(conversation.outbox.entries.value).toEqual([]);
  });

  it("to a closed conversation begin the next one", async () => {
    await stage.say("message", message(1), 1);
    await stage.say("message", message(2), 2);
    conversation.displayed(2);
    stage.api.on(`POST ${MESSAGES}`, () => json({ seq: 1 }, 202));
    conversation.send("c'est encore moi");
    await settled();
    expect(stage.texts).toEqual(["c'est encore moi"]);
    expect(stage.api.stream.asked.headers["Last-Event-ID"]).toBeUndefined();
    await stage.say("message", message(2, { text: "Bonjour à nouveau" }), 2);
    conversation.displayed(2);
    await settled();
    expect(stage.api.bodies("POST /api/chat/seen")).toEqual([{ seq: 2 }, { seq: 2 }]);
  });
});

describe("what the page shows of the other side", () => {
  it("lets typing end after six seconds, or with the message", async () => {
    await stage.say("typing", { author: "bot" });
    expect(conversation.typing.value).toBe("bot");
    await stage.clock.pass(6_000);
    expect(conversation.typing.value).toBeNull();
    await stage.say("typing", { author: "counsellor" });
    await stage.say("message", message(1, { author: "counsellor", name: "Camille" }), 1);
    expect(conversation.typing.value).toBeNull();
  });

  it("keeps the newest standing", async () => {
    await stage.say("status", standing({ status: "with_counsellor", counsellor: "Camille" }));
    expect(conversation.standing.value?.counsellor).toBe("Camille");
  });
});

describe("what the page tells of the child", () => {
  it("says what was seen until it has arrived, and only what is newer", async () => {
    stage.api.on("POST /api/chat/seen", unreachable);
    conversation.displayed(1);
    conversation.displayed(3);
    await settled();
    stage.api.on("POST /api/chat/seen", () => json(null, 204));
    await stage.clock.pass(10_000);
    conversation.displayed(2);
    await settled();
    expect(stage.api.bodies("POST /api/chat/seen").pop()).toEqual({ seq: 3 });
  });

  it("says that the child types, at most every four seconds", async () => {
    for (let second = 0; second < 8; second += 1) {
      conversation.typed();
      await stage.clock.pass(1_000);
    }
    expect(stage.api.bodies("POST /api/chat/typing")).toHaveLength(2);
  });
});

describe("leaving", () => {
  it("by the quick exit leaves nothing in page or tab, and nothing goes on", async () => {
    await stage.say("message", message(1), 1);
    stage.api.on(`POST ${MESSAGES}`, unreachable);
    conversation.send("mes mots");
    conversation.draft.value = "encore des mots";
    conversation.leave();
    const asked = stage.api.asked.length;
    await stage.clock.pass(60_000);
    expect([stage.storage.length, stage.texts, conversation.draft.value]).toEqual([0, [], ""]);
    expect([conversation.resumeCode.value, conversation.outbox.entries.value]).toEqual([null, []]);
    expect([stage.api.asked.length, conversation.phase.value]).toEqual([asked, "left"]);
  });

  it("by erasing ends everything", async () => {
    await conversation.erase();
    expect([conversation.phase.value, stage.storage.length]).toEqual(["erased", 0]);
  });

  it("is no longer possible to miss when it was erased elsewhere", async () => {
    await stage.say("message", message(1), 1);
    await stage.say("erased", {});
    expect([conversation.phase.value, stage.texts, stage.storage.length]).toEqual([
      "erased",
      [],
      0,
    ]);
  });
});

describe("coming back", () => {
  it("by a reload goes on with the same conversation and what had not left", async () => {
    stage.api.on(`POST ${MESSAGES}`, unreachable);
    conversation.send("pas encore parti");
    await settled();
    stage.api.on(`POST ${MESSAGES}`, () => json({ seq: 2 }, 202));
    stage.reload();
    await stage.opened();
    expect(stage.api.bodies("POST /api/chat/conversations")).toHaveLength(1);
    expect(posted().pop()).toEqual({ client_id: "id-1", text: "pas encore parti" });
    expect(stage.texts).toEqual(["pas encore parti"]);
  });

  it("by a code opens that conversation", async () => {
    await stage.say("message", message(1), 1);
    const other = { ...ACCESS, token: "other-token", resume_code: "AAAA2222" };
    stage.api.on("POST /api/chat/resume", () => json(other));
    await conversation.resume("aaaa 2222");
    await settled();
    expect(stage.api.stream.asked.headers.Authorization).toBe("Bearer other-token");
    expect([conversation.resumeCode.value, stage.texts]).toEqual(["AAAA2222", []]);
  });
});
