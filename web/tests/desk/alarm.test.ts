/** When the desk rings, and the number in the title. */

import { beforeEach, describe, expect, it } from "vitest";
import { Alarm } from "../../desk/alarm";
import type { Card } from "../../desk/contract";
import { CAMILLE, card, danger, held, MALIK, ME } from "./samples";

let rings: number;
let alarm: Alarm;
const take = (cards: readonly Card[], watched: string | null = null) =>
  alarm.take(cards, CAMILLE, watched);

beforeEach(() => {
  rings = 0;
  alarm = new Alarm(() => {
    rings += 1;
  });
  take([]);
});

describe("the alarm does not ring", () => {
  it("for no danger or R1", () => {
    take([card("a"), card("b", { danger: danger("R1") })]);
    expect([rings, alarm.count.value]).toEqual([0, 0]);
  });

  it("for a child whom a colleague is with", () => {
    take([held("a", MALIK, { danger: danger("R3") })]);
    expect([rings, alarm.count.value]).toEqual([0, 0]);
  });

  it("for what stood there before, which is counted all the same", () => {
    alarm.clear();
    take([card("a", { danger: danger("R3") })]);
    expect([rings, alarm.count.value]).toEqual([0, 1]);
  });

  it("twice for the same danger", () => {
    take([card("a", { danger: danger("R2") })]);
    take([card("a", { danger: danger("R2") })]);
    expect([rings, alarm.count.value]).toEqual([1, 1]);
  });

  it("for the conversation before the counsellor's eyes", () => {
    take([held("a", ME, { danger: danger("R3") })], "a");
    expect([rings, alarm.count.value]).toEqual([0, 0]);
  });
});

describe("the alarm rings", () => {
  it("for a new danger, and again when it rises", () => {
    take([card("a", { danger: danger("R2") })]);
    take([card("a", { danger: danger("R3") })]);
    expect([rings, alarm.count.value]).toEqual([2, 1]);
  });

  it("for a child in danger who talks with the program, or with me", () => {
    take([
      card("a", { status: "with_bot", danger: danger("R2") }),
      held("b", ME, { danger: danger("R2") }),
    ]);
    expect([rings, alarm.count.value]).toEqual([1, 2]);
  });

  it("when a colleague gives a child in danger back", () => {
    take([held("a", MALIK, { danger: danger("R2") })]);
    take([card("a", { danger: danger("R2") })]);
    expect(rings).toBe(1);
  });
});

describe("the number in the title", () => {
  it("goes down when the conversation is opened, taken, lowered or erased", () => {
    const in_danger = ["a", "b", "c", "d"].map((id) => card(id, { danger: danger("R2") }));
    take(in_danger);
    alarm.look("a");
    expect(alarm.count.value).toBe(3);
    take([
      card("a", { danger: danger("R2") }),
      held("b", MALIK, { danger: danger("R2") }),
      card("c"),
    ]);
    expect(alarm.count.value).toBe(0);
  });

  it("goes up again when an opened one rises", () => {
    take([card("a", { danger: danger("R2") })]);
    alarm.look("a");
    take([card("a", { danger: danger("R3") })]);
    expect(alarm.count.value).toBe(1);
  });
});
