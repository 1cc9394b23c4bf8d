// @vitest-environment happy-dom
/** The page in a DOM: what a child can do with it, by finger and by keyboard. */

import { render } from "preact";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { HelplineInfo } from "../../chat/helpline";
import { Screen } from "../../chat/screen";
import { Page } from "../../chat/views/page";
import { words } from "../../chat/words";
import { settled } from "../hand-clock";
import { json, refused, unreachable } from "../stand-in-api";
import { message, offering, standing } from "./samples";
import { MESSAGES, Stage } from "./stage";

const HELPLINE = {
  ...{ name: "Écoute", exit_url: "https://neutral.example/", desk: { open: true, opens_at: null } },
  lines: [
    { id: "3018", number: "3018", label: "Violences en ligne", open: false, kind: "tel" },
    { id: "114", number: "114", label: "Si tu ne peux pas parler", open: true, kind: "sms" },
  ],
};

let stage: Stage;
let screen: Screen;
let left: number;
let root: HTMLElement;

beforeEach(async () => {
  stage = new Stage();
  stage.api.on("GET /api/chat/helpline", () => json(HELPLINE));
  screen = new Screen();
  left = 0;
  root = document.createElement("div");
  document.body.replaceChildren(root);
  const helpline = new HelplineInfo(stage.api.fetch, stage.clock);
  const onLeave = () => {
    left += 1;
  };
  const { conversation, clock } = stage;
  render(<Page {...{ conversation, helpline, screen, clock, onLeave }} />, root);
  await helpline.refresh();
  await stage.opened();
});

afterEach(() => render(null, root));

function button(name: string): HTMLButtonElement {
  const all = [...root.querySelectorAll("button")];
  const found = all.find((one) => (one.textContent || one.ariaLabel)?.trim() === name);
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

async function key(name: string, more: KeyboardEventInit = {}): Promise<void> {
  const event = new KeyboardEvent("keydown", {
    key: name,
    bubbles: true,
    cancelable: true,
    ...more,
  });
  root.querySelector("textarea")?.dispatchEvent(event);
  await settled();
}

const posted = () => stage.api.bodies(`POST ${MESSAGES}`);
const shownText = () => root.textContent ?? "";

describe("when things go wrong the page", () => {
  it("says so in French when the connection is lost", async () => {
    stage.api.on(`GET ${MESSAGES}`, unreachable);
    stage.api.stream.break();
    await settled();
    expect(root.querySelector(".banner-lost")?.textContent).toBe(words.lost);
  });

  it("keeps a refused message and gives it back to the field", async () => {
    stage.api.on(`POST ${MESSAGES}`, () => refused(422, "Ce message est trop long."));
    await type("trop long");
    await key("Enter");
    expect(root.querySelector("[role=alert].refusal")?.textContent).toContain(
      "Ce message est trop long.",
    );
    await press(words.takeBack);
    expect(root.querySelector("textarea")?.value).toBe("trop long");
  });

  it("shows the refusal of a code", async () => {
    stage.api.on("POST /api/chat/resume", () => refused(404, "Ce code ne marche pas."));
    await press(words.more);
    const field = root.querySelector<HTMLInputElement>("#code");
    if (field) field.value = "NOPE";
    field?.dispatchEvent(new Event("input", { bubbles: true }));
    await settled();
    await press(words.resume);
    expect(shownText()).toContain("Ce code ne marche pas.");
  });

  it("offers another beginning when the conversation is gone", async () => {
    await stage.say("erased", {});
    expect(shownText()).toContain(words.erasedTitle);
    expect(root.querySelector(".standing")?.textContent).toContain("Conversation fermée");
    await press(words.startAnew);
    expect(stage.conversation.phase.value).toBe("open");
  });
});

describe("the field", () => {
  it("does not send while a word is being composed, nor with Shift", async () => {
    await type("bonjour");
    await key("Enter", { isComposing: true });
    await key("Enter", { shiftKey: true });
    expect(posted()).toEqual([]);
    await key("Enter");
    expect([posted().length, root.querySelector("textarea")?.value]).toEqual([1, ""]);
  });

  it("has no way to attach anything", () => {
    expect(root.querySelector("input[type=file]")).toBeNull();
  });
});

describe("choices", () => {
  it("are buttons that go once one was tapped", async () => {
    await stage.say("message", offering(1, "Oui", "Non"), 1);
    await press("Non");
    expect(posted()).toEqual([{ client_id: "id-1", choice: 2 }]);
    expect(root.querySelectorAll(".choice")).toHaveLength(0);
  });

  it("leave the way to a person in its own place", async () => {
    await stage.say("message", offering(1, "C'est fait", words.askPerson), 1);
    expect([...root.querySelectorAll(".choice")].map((one) => one.textContent)).toEqual([
      "C'est fait",
    ]);
    await press(words.askPerson);
    expect(posted()).toEqual([{ client_id: "id-1", choice: 2 }]);
  });
});

describe("the voices", () => {
  it("are told apart, for eyes and for ears", async () => {
    await stage.say("message", message(1), 1);
    await stage.say("message", message(2, { author: "counsellor", name: "Camille" }), 2);
    const voices = [...root.querySelectorAll(".voice")].map((one) => one.textContent);
    expect(voices[0]).toContain(words.program);
    expect(voices[1]).toContain("Camille");
    expect(voices[1]).toContain(words.person);
    expect(root.querySelector("[role=log]")?.getAttribute("aria-live")).toBe("polite");
  });

  it("are announced above the thread", async () => {
    await stage.say("status", standing({ status: "with_counsellor", counsellor: "Camille" }));
    expect(root.querySelector(".standing[role=status]")?.textContent).toContain(
      "Camille te répond",
    );
  });
});

describe("what is seen", () => {
  it("is told only while the thread is in front", async () => {
    await press(words.help);
    await stage.say("message", message(1), 1);
    expect(stage.api.bodies("POST /api/chat/seen")).toEqual([]);
    screen.close();
    await settled();
    expect(stage.api.bodies("POST /api/chat/seen")).toEqual([{ seq: 1 }]);
  });
});

describe("help and exit", () => {
  it("has the numbers as links, and says which is closed", async () => {
    await press(words.help);
    const links = [...root.querySelectorAll<HTMLAnchorElement>(".panel .number")];
    expect(links.map((link) => link.getAttribute("href"))).toEqual(["tel:3018", "sms:114"]);
    expect(links.map((link) => link.textContent?.includes(words.closedNow))).toEqual([true, false]);
  });

  it("takes the focus to the panel's title", async () => {
    await press(words.help);
    expect(document.activeElement?.textContent).toBe(words.helpTitle);
  });

  it("leaves by the button", async () => {
    await press(words.quickExit);
    expect(left).toBe(1);
  });

  it("shows nothing once left", async () => {
    await stage.say("message", message(1), 1);
    stage.conversation.leave();
    await settled();
    expect(root.innerHTML).toBe("");
  });

  it("erases only after a second yes", async () => {
    await press(words.more);
    await press(words.erase);
    expect(stage.api.bodies("DELETE /api/chat/conversation")).toEqual([]);
    await press(words.eraseYes);
    expect(stage.conversation.phase.value).toBe("erased");
  });

  it("shows the code only when asked", async () => {
    await press(words.more);
    expect(shownText()).not.toContain("K7QX4M2P");
    await press(words.codeShow);
    expect(shownText()).toContain("K7QX4M2P");
  });
});
