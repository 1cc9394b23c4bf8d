/** How many SMS a text makes: the same count as the operator's. */

import { describe, expect, it } from "vitest";
import { isIntroduced } from "../../desk/introduction";
import { countSms } from "../../desk/sms";
import { CAMILLE, message } from "./samples";

const of = (letter: string, times: number) => letter.repeat(times);

describe("a text", () => {
  it("that is empty makes none", () => {
    expect(countSms("")).toEqual({ segments: 0, left: 160, costly: [] });
  });

  it("of the short alphabet holds 160 alone and 153 in each part", () => {
    expect(countSms(of("é", 160))).toEqual({ segments: 1, left: 0, costly: [] });
    expect(countSms(of("é", 161))).toMatchObject({ segments: 2, left: 145 });
    expect(countSms(of("a", 306))).toMatchObject({ segments: 2, left: 0 });
    expect(countSms(of("a", 307)).segments).toBe(3);
  });

  it("pays two places for a euro sign, which is never cut in half", () => {
    expect(countSms(of("€", 80))).toMatchObject({ segments: 1, left: 0 });
    expect(countSms(of("€", 81)).segments).toBe(2);
    expect(countSms(of("a", 152) + of("€", 77)).segments).toBe(3);
  });

  it("with one letter outside of it holds 70 alone and 67 in each part", () => {
    expect(countSms(`ç${of("a", 69)}`)).toEqual({ segments: 1, left: 0, costly: ["ç"] });
    expect(countSms(`ç${of("a", 70)}`)).toMatchObject({ segments: 2, left: 63 });
  });

  it("names what makes it long, each once: the French traps of facts.md 7.4", () => {
    expect(countSms("ça va être ça, t'inquiète pas : où, à, É, Ç").costly).toEqual(["ç", "ê"]);
    expect(countSms("« l’âge »").costly).toEqual(["«", "’", "â", "»"]);
  });

  it("never cuts an emoji in half", () => {
    expect(countSms(of("😭", 35))).toMatchObject({ segments: 1, left: 0 });
    expect(countSms(`${of("a", 66)}😭${of("a", 3)}`)).toMatchObject({ segments: 2, left: 62 });
  });
});

describe("the next SMS of a counsellor", () => {
  const joined = message(1, { author: "system" });
  const mine = message(2, { author: "counsellor", name: "Camille", delivery: "sent" });

  it("still has to say who writes: first words, failed ones, a colleague's, after a change", () => {
    const failed = { ...mine, delivery: "failed" } as const;
    const others = { ...mine, name: "Malik" };
    const back = message(3, { author: "system" });
    for (const messages of [[], [joined], [joined, failed], [joined, others], [joined, mine, back]])
      expect(isIntroduced(messages, CAMILLE)).toBe(false);
  });

  it("need not say it again while the voice is the same", () => {
    expect(isIntroduced([joined, mine, message(3)], CAMILLE)).toBe(true);
  });
});
