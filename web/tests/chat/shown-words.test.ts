/** What the page says by itself: who answers, the four steps, the numbers to tap. */

import { describe, expect, it } from "vitest";
import { addressOf, type Part, withNumbers } from "../../chat/numbers";
import { standingWords } from "../../chat/standing";
import { doneCount, shownSteps } from "../../chat/steps";
import { words } from "../../chat/words";
import type { Line } from "../../shared/contract";
import { standing } from "./samples";

const NOW = Date.parse("2026-11-24T02:10:00");
const line = (number: string, kind: Line["kind"] = "tel"): Line => ({
  ...{ id: number, number, kind, label: "", open: true },
});
const LINES = [line("15"), line("3018"), line("114", "sms")];

describe("standingWords", () => {
  const said = (more: Parameters<typeof standing>[0]) => {
    const { title, detail } = standingWords(standing(more), NOW);
    return [title, detail].filter((words) => words !== null).join(" | ");
  };
  const waiting = (ahead: number | null, opens_at: string | null) =>
    said({ status: "waiting", waiting: { ahead, opens_at } });

  it("makes up no waiting time and no place", () => {
    expect(waiting(null, null)).toBe("Une personne est demandée");
    expect(said({ status: "waiting" })).toBe("Une personne est demandée");
  });

  it("says when the team is back rather than the place in the queue", () => {
    const words = waiting(2, "2026-11-24T09:00:00");
    expect(words).toBe("Une personne est demandée | L'équipe revient à 9h.");
  });

  it.each([
    [0, "Personne n'attend avant toi."],
    [1, "1 conversation avant la tienne."],
    [3, "3 conversations avant la tienne."],
  ])("says the place when %i are ahead", (ahead, words) => {
    expect(waiting(ahead, null)).toContain(words);
  });

  it("says whether a program or a person answers", () => {
    expect(standingWords(null, NOW).voice).toBe("opening");
    expect(said({})).toBe("Un programme te répond");
    expect(said({ status: "with_counsellor", counsellor: "Camille" })).toContain(
      "Camille te répond",
    );
    expect(said({ status: "with_counsellor" })).toBe("Une personne te répond");
    expect(said({ status: "closed" })).toContain("Conversation terminée");
  });
});

describe("shownSteps", () => {
  it("shows none before the walk has begun", () => {
    expect(shownSteps({}, LINES)).toEqual([]);
    expect(shownSteps({ safe_now: "done", dont_pay: "pending" }, LINES)).toEqual([]);
  });

  it("never shows a refused step as a failure, and writes no number of its own", () => {
    const steps = shownSteps(
      { dont_pay: "cannot", dont_send: "done", keep_evidence: "delivered" },
      [],
    );
    expect(steps.map(({ view }) => view)).toEqual(["later", "done", "seen", "toDo"]);
    expect(steps.map(({ label }) => label).join()).not.toMatch(/\d/);
    expect(doneCount(steps)).toBe(1);
  });

  it("takes the line's number from the settings", () => {
    expect(shownSteps({ dont_pay: "done" }, LINES)[3]?.label).toBe("Contacter le 3018");
  });
});

describe("withNumbers", () => {
  const links = (text: string) =>
    withNumbers(text, LINES).filter((part: Part) => typeof part !== "string").length;

  it.each(["J'ai 15 ans", "le 15 ans", "à 15h", "le 15h30", "le 3018000", "5 euros", ""])(
    "finds no number in %j",
    (text) => expect(links(text)).toBe(0),
  );

  it("finds numbers without losing a letter", () => {
    const text = "Appelle le 15. Ou écris au 114, ou le 3018 !";
    const parts = withNumbers(text, LINES);
    expect(links(text)).toBe(3);
    expect(parts.map((part) => (typeof part === "string" ? part : part.text)).join("")).toBe(text);
  });

  it("knows how to write and how to call", () => {
    expect([addressOf(line("114", "sms")), addressOf(line("01 23"))]).toEqual([
      "sms:114",
      "tel:0123",
    ]);
  });
});

describe("the page's own words", () => {
  const texts = Object.values(words);

  it("hold no number, no curly apostrophe, no question why", () => {
    for (const text of texts) expect(text).not.toMatch(/\d{2,}|’|pourquoi/i);
  });

  it("say tu, never vous", () => {
    for (const text of texts) expect(text).not.toMatch(/\b(vous|votre|vos)\b/i);
  });
});
