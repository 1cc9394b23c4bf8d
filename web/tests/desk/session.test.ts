/** Signing in and out, and sessions that end by themselves. */

import { beforeEach, describe, expect, it } from "vitest";
import { ENDED } from "../../desk/session";
import { settled } from "../hand-clock";
import { unreachable } from "../stand-in-api";
import { CAMILLE, card, openCard } from "./samples";
import { CONVERSATIONS, EVENTS, json, refused, Stage } from "./stage";

const CREDENTIALS = { email: "camille@relais.example", password: "right", code: null };

let stage: Stage;

beforeEach(() => {
  stage = new Stage();
});

async function atSignIn(): Promise<void> {
  stage.api.on("GET /api/desk/session", () => refused(401, "Il faut se reconnecter."));
  await stage.started();
}

describe("nobody is let in", () => {
  it("without a session", async () => {
    await atSignIn();
    expect(stage.desk.session.phase.value).toBe("signed_out");
    expect(stage.asked(`GET ${CONVERSATIONS}`)).toBe(0);
    expect(stage.api.streams).toHaveLength(0);
  });

  it("with wrong credentials, and reads why", async () => {
    await atSignIn();
    stage.api.on("POST /api/desk/session", () => refused(401, "Mot de passe incorrect."));
    await stage.desk.session.signIn(CREDENTIALS);
    expect(stage.desk.session.sentence.value).toBe("Mot de passe incorrect.");
    expect(stage.desk.session.phase.value).toBe("signed_out");
  });

  it("while the account is locked", async () => {
    await atSignIn();
    const error = { error: "Trop d'essais." };
    stage.api.on("POST /api/desk/session", () => json(error, 429, { "Retry-After": "30" }));
    await stage.desk.session.signIn(CREDENTIALS);
    expect(stage.desk.session.sentence.value).toContain("30 s");
  });

  it("before the api answers, and then by itself", async () => {
    stage.api.on("GET /api/desk/setup", unreachable);
    await stage.started();
    expect(stage.desk.session.phase.value).toBe("asking");
    stage.api.on("GET /api/desk/setup", () => json({ second_factor: true, helpline: "Écoute" }));
    await stage.clock.pass(3_000);
    expect(stage.desk.session.phase.value).toBe("signed_in");
  });
});

describe("a session that ends", () => {
  beforeEach(async () => {
    stage.cards = [card("a")];
    await stage.started();
    await stage.selected(openCard("a"));
    stage.desk.drafts.write("a", "reply", "je suis là");
  });

  it("by a refused call shows the sign-in and leaves nothing of a child on the page", async () => {
    stage.api.on(`POST ${CONVERSATIONS}/a/claim`, () => refused(401, "Terminée."));
    await stage.desk.conversation.claim();
    expect(stage.desk.session.sentence.value).toBe(ENDED);
    expect(stage.desk.queue.cards.value).toEqual([]);
    expect(stage.desk.conversation.card.value).toBeNull();
  });

  it("by a refused stream does the same", async () => {
    stage.api.on(`GET ${EVENTS}`, () => refused(401, "Terminée."));
    stage.api.stream.break();
    await stage.clock.pass(20_000);
    expect(stage.desk.session.phase.value).toBe("signed_out");
  });

  it("throws away what is still being read", async () => {
    let answer = (_: Response): void => undefined;
    const late = new Promise<Response>((resolve) => {
      answer = resolve;
    });
    await stage.clock.pass(300);
    stage.api.on(`GET ${CONVERSATIONS}`, () => late);
    stage.desk.queue.refresh();
    await stage.desk.signOut();
    answer(json({ conversations: [card("a")], erased: [] }));
    await settled();
    expect(stage.desk.queue.cards.value).toEqual([]);
  });

  it("keeps what was begun for the same counsellor, not for another", async () => {
    stage.desk.session.expire();
    await stage.desk.session.signIn(CREDENTIALS);
    expect(stage.desk.drafts.read("a", "reply")).toBe("je suis là");
    stage.desk.session.expire();
    stage.api.on("GET /api/desk/session", () => json({ ...CAMILLE, email: "malik@x.example" }));
    await stage.desk.session.signIn(CREDENTIALS);
    expect(stage.desk.drafts.read("a", "reply")).toBe("");
  });

  it("by signing out forgets what was begun", async () => {
    await stage.desk.signOut();
    expect(stage.desk.drafts.read("a", "reply")).toBe("");
    expect(stage.desk.session.sentence.value).toBeNull();
  });

  it("is not taken for ended while the api could not be told", async () => {
    stage.api.on("DELETE /api/desk/session", unreachable);
    await expect(stage.desk.signOut()).rejects.toMatchObject({ status: 0 });
    expect(stage.desk.session.phase.value).toBe("signed_in");
  });
});
