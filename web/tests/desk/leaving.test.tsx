// @vitest-environment happy-dom
/** Taking over, leaving and erasing on the page: what is asked, and what is said of it. */

import { render } from "preact";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Sound } from "../../desk/sound";
import { Page } from "../../desk/views/page";
import { words } from "../../desk/words";
import { settled } from "../hand-clock";
import { danger, held, MALIK, ME, openCard } from "./samples";
import { json, Stage } from "./stage";

let stage: Stage;
let root: HTMLElement;

beforeEach(async () => {
  stage = new Stage();
  root = document.createElement("div");
  document.body.replaceChildren(root);
  const sound = new Sound(() => {
    throw new Error("no sound device");
  });
  render(<Page desk={stage.desk} sound={sound} />, root);
  await stage.started();
});

afterEach(() => render(null, root));

/** Press the button: the one of an open question before that of the head. */
async function press(label: string): Promise<void> {
  const buttons = [...root.querySelectorAll("button")];
  const found = buttons.filter((button) => button.textContent === label);
  found[found.length - 1]?.click();
  await settled();
}

describe("a counsellor with a conversation", () => {
  it("erases after a second tap, and leaves nothing on the screen", async () => {
    const erased = () => new Response(null, { status: 204 });
    const grave = held("a", ME, { danger: danger("R2") });
    await stage.selected(openCard("a", { card: grave }), { erase: erased });
    await press(words.erase);
    expect(stage.posted("a", "erase")).toEqual([]);
    expect(root.querySelector("[role=alertdialog]")?.textContent).toContain(words.dangerStays);
    await press(words.reallyErase);
    expect(stage.posted("a", "erase")).toHaveLength(1);
    expect(root.querySelector("[role=alert]")?.textContent).toContain(words.gone);
    expect(stage.desk.conversation.card.value).toBeNull();
  });

  it("does not promise an SMS that is not sent", async () => {
    for (const channel of ["web", "sms"] as const) {
      await stage.selected(openCard(channel, { card: held(channel, ME, { channel }) }));
      await press(words.release);
      const said = root.querySelector("[role=alertdialog]")?.textContent;
      expect(said).toContain(words.sureReleaseWhy[channel]);
      expect(said?.includes("Un message le dit à l'enfant")).toBe(channel === "web");
      await press(words.cancel);
    }
  });

  it("takes over from a colleague, and says when that is possible", async () => {
    await stage.selected(openCard("a", { card: held("a", MALIK) }), {
      claim: () => json(openCard("a", { revision: 2, card: held("a", ME) })),
    });
    expect(root.querySelector(".taking")?.textContent).toContain(words.takeOverWhy);
    await press(words.takeOver);
    expect(stage.posted("a", "claim")).toEqual([{}]);
  });
});
