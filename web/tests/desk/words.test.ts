/** What a counsellor reads: facts, steps, deliveries, dangers and times in French words. */

import { describe, expect, it } from "vitest";
import { dangerWords, kindWords, otherReasons, seenByWords } from "../../desk/danger-words";
import { deliveryWords } from "../../desk/delivery-words";
import { deadlineWords, shownFacts } from "../../desk/fact-words";
import { lastingWords, sinceWords } from "../../desk/since";
import { shownSteps } from "../../desk/step-words";
import { timeline } from "../../desk/timeline";
import { danger, message, note } from "./samples";

const NOW = Date.parse("2026-11-24T10:00:00Z");
const MINUTE = 60_000;

describe("what this version does not know", () => {
  it("is still shown: a danger, a fact, a value, a step, who saw it", () => {
    expect(kindWords("danger_new")).toBe("À regarder tout de suite");
    expect(seenByWords(danger("R2", { seen_by: "" }))).toBe("Repéré automatiquement");
    const facts = { paid: [{ value: "maybe" }], new_fact: [{ value: "x" }] };
    expect(shownFacts(facts, NOW).map(({ label, value }) => [label, value])).toEqual([
      ["A payé", "maybe"],
      ["new_fact", "x"],
    ]);
    expect(shownSteps({ new_step: "done" }).slice(-1)[0]?.label).toBe("new_step");
  });

  it("is no time: a deadline in the child's words stays in them", () => {
    const facts = { deadline: [{ value: "ce soir", words: "ce soir" }] };
    expect(shownFacts(facts, NOW)[0]?.value).toBe("ce soir");
    expect(deadlineWords(facts, NOW)).toBeNull();
  });

  it("is no hour: a deadline that is a day is shown as that day", () => {
    const facts = { deadline: [{ value: "2026-11-28", words: "samedi" }] };
    expect(shownFacts(facts, NOW)[0]?.value).toBe("samedi 28 novembre");
    expect(deadlineWords(facts, NOW)).toBeNull();
  });

  it("gives no time below zero", () => {
    expect(lastingWords(-5)).toBe("moins d'1 min");
    expect(sinceWords("never", NOW)).toBe("moins d'1 min");
  });
});

describe("facts", () => {
  it("stand in the counsellor's order with the child's own words, each once", () => {
    const words = { words: "jlui ai deja donné 50e" };
    const facts = {
      platform: [{ value: "snapchat" }, { value: "discord" }],
      paid: [{ value: "yes", ...words }],
      amount: [{ value: "50 EUR", ...words }],
      demand: [
        { value: "money", words: "du fric" },
        { value: "images", words: "du fric" },
      ],
    };
    const shown = shownFacts(facts, NOW);
    expect(shown.map(({ value }) => value)).toEqual([
      "de l'argent, des images",
      "50 €",
      "oui",
      "Snapchat, Discord",
    ]);
    expect(shown[0]?.words).toEqual(["du fric"]);
  });

  it("count down to an ultimatum, and say that it has passed", () => {
    const deadline = (value: string) => ({ deadline: [{ value }] });
    const soon = deadline(new Date(NOW + 130 * MINUTE).toISOString());
    expect(deadlineWords(soon, NOW)).toMatch(/^à \d+h10 \(dans 2 h 10\)$/);
    const past = deadline(new Date(NOW - 5 * MINUTE).toISOString());
    expect(shownFacts(past, NOW)[0]?.value).toBe("passé depuis 5 min");
    expect(deadlineWords(past, NOW)).toBeNull();
  });
});

describe("steps", () => {
  it("show the four of every walk even before it has begun", () => {
    expect(shownSteps({}).map(({ step, words }) => [step, words])).toEqual([
      ["dont_pay", "à venir"],
      ["dont_send", "à venir"],
      ["keep_evidence", "à venir"],
      ["contact_3018", "à venir"],
    ]);
  });

  it("tell what the child has answered", () => {
    const shown = shownSteps({ dont_pay: "cannot", safe_now: "done", block: "refused" });
    expect(shown.map(({ words }) => words)).toEqual([
      ...["faite", "ne peut pas", "à venir", "à venir", "ne veut pas", "à venir"],
    ]);
  });
});

describe("a delivery", () => {
  const words = (more: object, channel: "sms" | "web" = "sms") =>
    deliveryWords(message(1, { author: "bot", ...more }), channel);

  it("that failed is told with its code", () => {
    expect(words({ delivery: "failed", error_code: 30003 })).toEqual({
      ...{ words: "pas arrivé (code 30003)", bad: true },
    });
  });

  it("means what the channel can know, and nothing on a child's message", () => {
    expect(words({ delivery: "delivered" })?.words).toBe("remis au téléphone");
    expect(words({ delivery: "delivered" }, "web")?.words).toBe("affiché sur la page");
    expect(words({ delivery: "dropped" })?.words).toBe("retiré avant l'envoi");
    expect(words({ delivery: null })).toBeNull();
  });
});

describe("a danger", () => {
  it("is named once: its own sentence is not repeated among the reasons", () => {
    const own = "Danger : idées de suicide (niveau R3), vu par les mots";
    const why = [own, "Une personne a été demandée"];
    expect(otherReasons(why, danger("R3"))).toEqual(["Une personne a été demandée"]);
    expect(otherReasons(["Rendue à la file"], null)).toEqual(["Rendue à la file"]);
  });

  it("says for whom", () => {
    expect(dangerWords(danger("R2", { subject: "other" }))).toBe(
      "Idées de suicide, pour quelqu'un d'autre",
    );
  });
});

describe("the thread", () => {
  it("stands by number, with notes and days between", () => {
    const night = { created_at: "2026-11-22T12:00:00Z" };
    const items = timeline({
      messages: [message(3), message(1, night), message(2)],
      notes: [note("late", "2026-11-24T12:00:00Z"), note("between", "2026-11-24T02:02:30Z")],
    });
    expect(items.map((item) => (item.is === "message" ? item.message.seq : item.is))).toEqual([
      ...["day", 1, "day", 2, "note", 3, "note"],
    ]);
  });
});

describe("a time", () => {
  it("is told in the largest words that help", () => {
    const lasting = [59_000, 7 * MINUTE, 65 * MINUTE, 51 * 60 * MINUTE].map(lastingWords);
    expect(lasting).toEqual(["moins d'1 min", "7 min", "1 h 05", "2 j 3 h"]);
  });
});
