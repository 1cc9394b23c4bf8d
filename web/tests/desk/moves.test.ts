/** What one counsellor may do with a conversation as it stands. */

import { describe, expect, it } from "vitest";
import { isMine, lowers, movesOf } from "../../desk/moves";
import { CAMILLE, card, danger, held, MALIK, ME } from "./samples";

const NONE = {
  ...{ claim: false, takeOver: false, reply: false, release: false, erase: false },
  ...{ close: "no", returnToBot: "no" },
};

describe("a counsellor", () => {
  it("can do nothing in a closed conversation, not even judge its danger", () => {
    expect(movesOf(card("a", { status: "closed" }), CAMILLE)).toEqual({ ...NONE, judge: false });
  });

  it("can only judge where a colleague holds, or take over from one who is absent", () => {
    expect(movesOf(held("a", MALIK), CAMILLE)).toEqual({ ...NONE, takeOver: true, judge: true });
  });

  it("has to take a conversation before answering", () => {
    for (const status of ["waiting", "with_bot"] as const) {
      expect(movesOf(card("a", { status }), CAMILLE)).toEqual({
        ...NONE,
        claim: true,
        judge: true,
        erase: status === "waiting",
      });
    }
  });

  it("cannot leave a child in grave danger to the program, nor to nobody", () => {
    const leaving = (level: "R1" | "R2" | "R3") => {
      const { returnToBot, close } = movesOf(held("a", ME, { danger: danger(level) }), CAMILLE);
      return [returnToBot, close];
    };
    expect(leaving("R3")).toEqual(["danger", "danger"]);
    expect(leaving("R2")).toEqual(["danger", "danger"]);
    expect(leaving("R1")).toEqual(["yes", "yes"]);
  });

  it("answers, releases, returns and ends what is theirs", () => {
    const all = { claim: false, takeOver: false, reply: true, release: true, judge: true };
    expect(movesOf(held("a", ME), CAMILLE)).toEqual({
      ...all,
      ...{ erase: true, close: "yes", returnToBot: "yes" },
    });
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
