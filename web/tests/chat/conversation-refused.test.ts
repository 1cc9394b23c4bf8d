/** The conversation when it is refused, lost, or over. */

import { beforeEach, describe, expect, it } from "vitest";
import { settled } from "../hand-clock";
import { json, refused, unreachable } from "../stand-in-api";
import { ACCESS, message, standing } from "./samples";
import { EVENTS, MESSAGES, Stage } from "./stage";

let stage: Stage;

beforeEach(() => {
  stage = new Stage();
});

describe("a conversation that cannot be opened", () => {
  it("is opened when the network is back, once, and the words leave then", async () => {
    stage.api.on("POST /api/chat/conversations", unreachable);
    const conversation = await stage.opened();
    conversation.send("au secours");
    expect([conversation.phase.value, conversation.lost.value]).toEqual(["opening", true]);
    stage.api.on("POST /api/chat/conversations", () => json(ACCESS, 201));
    conversation.wake();
    conversation.wake();
    await settled();
    expect(stage.api.bodies("POST /api/chat/conversations")).toHaveLength(2);
    expect(stage.api.bodies(`POST ${MESSAGES}`)).toEqual([
      { client_id: "id-1", text: "au secours" },
    ]);
  });

  it("waits as long as the api asks", async () => {
    stage.api.on("POST /api/chat/conversations", () =>
      refused(429, "Attends.", { "Retry-After": "30" }),
    );
    await stage.opened();
    await stage.clock.pass(29_999);
    expect(stage.api.bodies("POST /api/chat/conversations")).toHaveLength(1);
    await stage.clock.pass(1);
    expect(stage.api.bodies("POST /api/chat/conversations")).toHaveLength(2);
  });
});

describe("a dead token", () => {
  it("ends the conversation, forgets it, and gives unsent words back", async () => {
    const conversation = await stage.opened();
    stage.api.on(`POST ${MESSAGES}`, () =>
      refused(401, "Cette conversation n'est plus ouverte ici."),
    );
    conversation.send("tu es là ?");
    await settled();
    expect([conversation.phase.value, conversation.draft.value]).toEqual(["denied", "tu es là ?"]);
    expect(stage.storage.length).toBe(0);
  });

  it("is noticed by the stream of a reloaded tab", async () => {
    await stage.opened();
    stage.api.on(`GET ${EVENTS}`, () => refused(401, "Cette conversation n'est plus ouverte ici."));
    stage.reload();
    expect((await stage.opened()).phase.value).toBe("denied");
  });

  it("is followed by a new conversation when the child wants one", async () => {
    const conversation = await stage.opened();
    await stage.say("erased", {});
    conversation.startAnew();
    await settled();
    expect(conversation.phase.value).toBe("open");
    expect(stage.api.bodies("POST /api/chat/conversations")).toHaveLength(2);
  });
});

describe("a message that is refused", () => {
  it("stays with the French sentence and can be taken back", async () => {
    const conversation = await stage.opened();
    stage.api.on(`POST ${MESSAGES}`, () => refused(422, "Ce message est trop long."));
    conversation.send("trop long");
    await settled();
    const [entry] = conversation.outbox.entries.value;
    expect(entry?.refused).toBe("Ce message est trop long.");
    if (entry) conversation.takeBack(entry);
    expect([conversation.draft.value, conversation.outbox.entries.value]).toEqual([
      "trop long",
      [],
    ]);
  });
});

describe("a code that is refused", () => {
  it("leaves the conversation as it is", async () => {
    const conversation = await stage.opened();
    stage.api.on("POST /api/chat/resume", () => refused(404, "Ce code ne marche pas."));
    await expect(conversation.resume("NOPE")).rejects.toMatchObject({
      sentence: "Ce code ne marche pas.",
    });
    expect([conversation.phase.value, conversation.resumeCode.value]).toEqual(["open", "K7QX4M2P"]);
  });
});

describe("a connection that is lost", () => {
  it("is said only when neither stream nor read gets through", async () => {
    const conversation = await stage.opened();
    await stage.say("status", standing());
    stage.api.stream.break();
    await settled();
    expect(conversation.lost.value).toBe(false);
    stage.api.on(`GET ${MESSAGES}`, unreachable).on(`GET ${EVENTS}`, unreachable);
    await stage.clock.pass(1_000);
    expect(conversation.lost.value).toBe(true);
  });

  it("is said at once when the device knows it", async () => {
    const conversation = await stage.opened();
    await stage.say("status", standing());
    stage.api.on(`GET ${MESSAGES}`, unreachable).on(`GET ${EVENTS}`, unreachable);
    conversation.offline();
    await settled();
    expect(conversation.lost.value).toBe(true);
  });

  it("brings what was missed by a plain read where no stream gets through", async () => {
    await stage.opened();
    await stage.say("message", message(1), 1);
    const missed = { messages: [message(2), message(3)], ...standing({ status: "waiting" }) };
    stage.api.on(`GET ${EVENTS}`, () => json({}, 502)).on(`GET ${MESSAGES}`, () => json(missed));
    stage.api.stream.break();
    await stage.clock.pass(1_000);
    expect(stage.texts).toEqual(["message 1", "message 2", "message 3"]);
    expect(stage.api.asked.map(({ path }) => path)).toContain(`${MESSAGES}?after=1`);
    expect(stage.conversation.standing.value?.status).toBe("waiting");
  });

  it("comes back without a gap and without a double", async () => {
    await stage.opened();
    await stage.say("message", message(1), 1);
    stage.api.stream.break();
    await stage.clock.pass(1_000);
    expect(stage.api.stream.asked.headers["Last-Event-ID"]).toBe("1");
    await stage.say("message", message(1), 1);
    await stage.say("message", message(2), 2);
    expect(stage.texts).toEqual(["message 1", "message 2"]);
  });

  it("sends the same client_id again until it arrives", async () => {
    const conversation = await stage.opened();
    stage.api.on(`POST ${MESSAGES}`, unreachable);
    conversation.send("bonjour");
    await stage.clock.pass(3_000);
    stage.api.on(`POST ${MESSAGES}`, () => json({ seq: 1 }, 202));
    await stage.clock.pass(20_000);
    const ids = stage.api
      .bodies(`POST ${MESSAGES}`)
      .map((body) => (body as { client_id: string }).client_id);
    expect(new Set(ids)).toEqual(new Set(["id-1"]));
    expect([ids.length > 2, stage.texts]).toEqual([true, ["bonjour"]]);
  });
});
