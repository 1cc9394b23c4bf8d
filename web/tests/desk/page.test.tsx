// @vitest-environment happy-dom
/** The desk in a DOM: what a counsellor sees and can do, by mouse and by keyboard. */

import type { DetachedWindowAPI } from "happy-dom";
import { render } from "preact";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Sound } from "../../desk/sound";
import { Page } from "../../desk/views/page";
import { words } from "../../desk/words";
import { settled } from "../hand-clock";
import { card, danger, held, MALIK, ME, message, note, openCard } from "./samples";
import { json, refused, Stage } from "./stage";

let stage: Stage;
let root: HTMLElement;

async function sit(): Promise<void> {
  root = document.createElement("div");
  document.body.replaceChildren(root);
  const sound = new Sound(() => {
    throw new Error("no sound device");
  });
  render(<Page desk={stage.desk} sound={sound} />, root);
  await stage.started();
}

beforeEach(() => {
  stage = new Stage();
});

afterEach(() => {
  render(null, root);
  narrow(false);
});

function narrow(on: boolean): void {
  const { happyDOM } = window as unknown as { happyDOM: DetachedWindowAPI };
  happyDOM.setViewport({ width: on ? 360 : 1280 });
}

const shownText = () => (root.textContent ?? "").replace(/\s+/g, " ");

function button(name: string): HTMLButtonElement {
  const all = [...root.querySelectorAll("button")];
  const found = all.reverse().find((one) => one.textContent?.trim().replace(/\s/g, " ") === name);
  if (found === undefined) throw new Error(`no button ${name}`);
  return found;
}

async function press(name: string): Promise<void> {
  button(name).click();
  await settled();
}

async function type(text: string): Promise<void> {
  const field = root.querySelector("textarea");
  if (field === null) throw new Error("no field");
  field.value = text;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  await settled();
}

async function key(on: Element | null, name: string, more: KeyboardEventInit = {}): Promise<void> {
  const init = { key: name, bubbles: true, cancelable: true, ...more };
  on?.dispatchEvent(new KeyboardEvent("keydown", init));
  await settled();
}

describe("refused", () => {
  it("a wrong password is told beside the form, and no code is asked for in the demo", async () => {
    stage.api.on("GET /api/desk/session", () => refused(401, "x"));
    stage.api.on("POST /api/desk/session", () => refused(401, "Mot de passe incorrect."));
    await sit();
    expect(root.querySelector("[name=code]")).toBeNull();
    root.querySelector("form")?.dispatchEvent(new Event("submit", { cancelable: true }));
    await settled();
    expect(root.querySelector("[role=alert]")?.textContent).toBe("Mot de passe incorrect.");
  });

  it("the code is asked for outside of the demo", async () => {
    stage.api.on("GET /api/desk/session", () => refused(401, "x"));
    stage.api.on("GET /api/desk/setup", () => json({ second_factor: true, helpline: "Écoute" }));
    await sit();
    expect(root.querySelector("[name=code]")).not.toBeNull();
  });

  it("a claim that came too late names the colleague", async () => {
    await sit();
    const taken = { holder: "with_counsellor", assignee: MALIK };
    await stage.selected(openCard("a"), { claim: () => refused(409, "Prise.", taken) });
    await press(words.claim);
    expect(root.querySelector(".refusal")?.textContent).toBe("Malik a pris cette conversation.");
  });

  it("a return to the program says why while a danger stands", async () => {
    await sit();
    await stage.selected(openCard("a", { card: held("a", ME, { danger: danger("R2") }) }));
    await press(words.returnToBot);
    expect(root.querySelector(".refusal")?.textContent).toBe(words.leavingHeld);
    expect(stage.posted("a", "return-to-bot")).toEqual([]);
  });

  it("an erased conversation shows no word of the child", async () => {
    await sit();
    await stage.selected(openCard("a"));
    stage.api.on("GET /api/desk/conversations/a", () => refused(404, "x"));
    await stage.say("changed", { conversation: "a", revision: 9 });
    expect(shownText()).toContain(words.gone);
    expect(shownText()).not.toContain("message 1");
  });
});

describe("the danger", () => {
  const judged = () => json(openCard("a", { revision: 2 }));

  beforeEach(async () => {
    await sit();
    const grave = openCard("a", { card: held("a", ME, { danger: danger("R3") }) });
    await stage.selected(grave, { danger: judged });
    await press("Modifier le danger");
  });

  const choose = async (at: number) => {
    const level = root.querySelectorAll<HTMLInputElement>("[name=level]")[at];
    level?.click();
    await settled();
  };

  it("is not lowered by one click", async () => {
    await choose(3);
    await press("Abaisser le danger");
    expect(stage.posted("a", "danger")).toEqual([]);
    expect(root.querySelector(".sure")?.textContent).toContain("Abaisser de R3 à aucun danger ?");
    await press("Oui, abaisser");
    expect(stage.posted("a", "danger")).toEqual([{ level: null }]);
  });

  it("is asked again when the level is changed after the question", async () => {
    await choose(3);
    await press("Abaisser le danger");
    await choose(2);
    await press("Abaisser le danger");
    expect(stage.posted("a", "danger")).toEqual([]);
  });

  it("is left alone by Escape, which does not leave the conversation", async () => {
    narrow(true);
    await key(root.querySelector("[role=alertdialog]"), "Escape");
    expect(root.querySelector("[role=alertdialog]")).toBeNull();
    expect(stage.desk.conversation.id.value).toBe("a");
  });

  it("is shown with the child's words, and who saw it", () => {
    const shown = root.querySelector(".danger")?.textContent;
    for (const part of ["R3 Danger immédiat", "Idées de suicide", "jveux mourir", "phrases"]) {
      expect(shown).toContain(part);
    }
  });
});

describe("the queue", () => {
  it("is walked by arrows and opened by the keyboard", async () => {
    stage.cards = [card("a", { danger: danger("R2") }), card("b")];
    await sit();
    const cards = [...root.querySelectorAll<HTMLButtonElement>("button.card")];
    expect(cards.map(({ tabIndex }) => tabIndex)).toEqual([0, -1]);
    cards[0]?.focus();
    await key(cards[0] ?? null, "ArrowDown");
    expect(document.activeElement).toBe(cards[1]);
    stage.conversation(openCard("b"));
    await press((cards[1]?.textContent ?? "").trim().replace(/\s/g, " "));
    expect(stage.desk.conversation.id.value).toBe("b");
  });

  it("says danger, reason, channel and time in words", async () => {
    stage.cards = [card("abcd-1", { channel: "sms", danger: danger("R2"), muted: true })];
    await sit();
    const shown = root.querySelector(".card")?.textContent ?? "";
    for (const part of ["R2 Danger", "Idées de suicide", "SMS", "ABCD", "attend depuis 10 min"]) {
      expect(shown).toContain(part);
    }
    expect(shown).toContain(words.muted);
    await stage.clock.pass(60_000);
    expect(root.querySelector(".card")?.textContent).toContain("attend depuis 11 min");
  });
});

describe("the conversation", () => {
  const answered = () => json(openCard("a", { revision: 2, card: held("a", ME) }));

  it("shows who said what, and keeps a note apart", async () => {
    await sit();
    const messages = [
      message(1),
      message(2, { author: "bot", by_script: true, delivery: "delivered" }),
      message(3, { author: "counsellor", name: "Malik", delivery: "failed", error_code: 30005 }),
      message(4, { author: "minor", text: "", media_types: ["image/jpeg"] }),
    ];
    await stage.selected(openCard("a", { messages, notes: [note("n", "2026-11-24T02:05:00Z")] }));
    const voices = [...root.querySelectorAll(".voice b")].map((voice) => voice.textContent);
    expect(voices).toEqual([
      words.child,
      words.script,
      "Malik",
      words.child,
      "Note interne · Camille",
    ]);
    expect(root.querySelector(".delivery-bad")?.textContent).toBe("pas arrivé (code 30005)");
    expect(shownText()).toContain(words.media);
  });

  it("gives no field before it is taken, and then answers by Enter", async () => {
    await sit();
    await stage.selected(openCard("a"), { claim: answered, messages: answered });
    expect(root.querySelector("textarea")).toBeNull();
    await press(words.claim);
    await type("je suis là");
    await key(root.querySelector("textarea"), "Enter", { shiftKey: true });
    await key(root.querySelector("textarea"), "Enter", { isComposing: true });
    expect(stage.posted("a", "messages")).toEqual([]);
    await key(root.querySelector("textarea"), "Enter", { ctrlKey: true });
    expect(stage.posted("a", "messages")).toEqual([{ client_id: "id-1", text: "je suis là" }]);
    expect(root.querySelector("textarea")?.value).toBe("");
  });

  it("never sends a note to the child", async () => {
    await sit();
    await stage.selected(openCard("a", { card: held("a", ME) }), { notes: answered });
    await type("pour l'enfant");
    await press(words.noteMode);
    expect(root.querySelector("textarea")?.value).toBe("");
    await type("pour l'équipe");
    await key(root.querySelector("textarea"), "Enter");
    expect(stage.posted("a", "notes")).toEqual([{ text: "pour l'équipe" }]);
    expect(stage.posted("a", "messages")).toEqual([]);
    await press(words.replyMode);
    expect(root.querySelector("textarea")?.value).toBe("pour l'enfant");
  });

  it("gives way to the queue by Escape on a phone, and stays beside it where there is room", async () => {
    await sit();
    await stage.selected(openCard("a"));
    await key(root.querySelector("main"), "Escape");
    expect(stage.desk.conversation.id.value).toBe("a");
    narrow(true);
    await key(root.querySelector("main"), "Escape");
    expect(stage.desk.conversation.id.value).toBeNull();
  });

  it("asks before it ends, with its outcome", async () => {
    await sit();
    await stage.selected(openCard("a", { card: held("a", ME) }), { close: answered });
    await press(words.close);
    expect(stage.posted("a", "close")).toEqual([]);
    await press(words.close);
    expect(stage.posted("a", "close")).toEqual([{ outcome: null }]);
  });

  it("does not end while a grave danger stands, and says why", async () => {
    await sit();
    await stage.selected(openCard("a", { card: held("a", ME, { danger: danger("R2") }) }));
    await press(words.close);
    expect(root.querySelector("[role=alertdialog]")).toBeNull();
    expect(root.querySelector(".refusal")?.textContent).toBe(words.leavingHeld);
  });

  it("counts the SMS while they are written", async () => {
    await sit();
    await stage.selected(openCard("a", { card: held("a", ME, { channel: "sms" }) }));
    await type("ça va");
    expect(root.querySelector(".length")?.textContent).toContain("1 SMS, reste 65");
    expect(root.querySelector(".length")?.textContent).toContain("ç");
  });
});
