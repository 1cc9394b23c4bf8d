/** French words for times to come. */

import { describe, expect, it } from "vitest";
import { openingWords, timeOfDay } from "../../shared/hours";

// Without an offset: the reader's own clock, wherever this runs. A Tuesday.
const NOW = Date.parse("2026-11-24T02:10:00");

describe("openingWords", () => {
  it.each([
    ["not a time", "bientôt"],
    ["2026-11-24T09:00:00", "à 9h"],
    ["2026-11-25T09:05:00", "demain à 9h05"],
    ["2026-11-27T14:30:00", "vendredi à 14h30"],
    ["2026-12-01T09:00:00", "mardi 1er décembre à 9h"],
  ])("%s is said as %s", (iso, words) => {
    expect(openingWords(iso, NOW)).toBe(words);
  });

  it("counts days by the calendar, not by 24 hours", () => {
    expect(openingWords("2026-11-25T00:30:00", Date.parse("2026-11-24T23:50:00"))).toBe(
      "demain à 0h30",
    );
  });
});

describe("timeOfDay", () => {
  it("says nothing about what is no time", () => expect(timeOfDay("soon")).toBe(""));
  it("has two digits each", () => expect(timeOfDay("2026-11-24T02:05:00")).toBe("02:05"));
});
