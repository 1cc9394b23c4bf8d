/** What one counsellor may do with a conversation as it stands. */

import { describe, expect, it } from "vitest";
import { isMine, lowers, movesOf } from "../../desk/moves";
import { CAMILLE, card, danger, held, MALIK, ME } from "./samples";

const NONE = { claim: false, reply: false, release: false, close: false, returnToBot: "no" };

describe("a counsellor", () => {
  it("can do nothing in a closed conversation, not even judge its danger", () => {
    expect(movesOf(card("a", { status: "closed" }), CAMILLE)).toEqual({ ...NONE, judge: false });
  });

  it("can only judge where a colleague holds", () => {
    expect(movesOf(held("a", MALIK), CAMILLE)).toEqual({ ...NONE, judge: true });
  });

  it("has to take a conversation before answering", () => {
    for (const status of ["waiting", "with_bot"] as const) {
      expect(movesOf(card("a", { status }), CAMILLE)).toEqual({
        ...NONE,
        claim: true,
        judge: true,
      });
    }
  });

  it("cannot leave a child in grave danger alone with the program", () => {
    const back = (level: "R1" | "R2" | "R3") =>
      movesOf(held("a", ME, { danger: danger(level) }), CAMILLE).returnToBot;
    expect([back("R3"), back("R2"), back("R1")]).toEqual(["danger", "danger", "yes"]);
  });

  it("answers, releases, returns and ends what is theirs", () => {
    const all = { claim: false, reply: true, release: true, close: true, judge: true };
    expect(movesOf(held("a", ME), CAMILLE)).toEqual({ ...all, returnToBot: "yes" });
  });

  it("is known by the id, not by a name that two of us have", () => {
    const namesake = { id: "staff-another", name: ME.name };
    expect(isMine(held("a", ME), CAMILLE)).toBe(true);
    expect(isMine(held("a", namesake), CAMILLE)).toBe(false);
    expect(isMine(held("a", ME), null)).toBe(false);
  });
});

describe("a judgement", () => {
  it("lowers a danger, or leaves it, or raises it", () => {
    expect([lowers("R3", "R2"), lowers("R2", null), lowers("R1", null)]).toEqual([
      true,
      true,
      true,
    ]);
    expect([
      lowers("R2", "R2"),
      lowers("R2", "R3"),
      lowers(null, "R1"),
      lowers(null, null),
    ]).toEqual([false, false, false, false]);
  });
});
