/** Order and copies of messages, and what may still be tapped. */

import { describe, expect, it } from "vitest";
import {
  completeUpTo,
  highestOfOthers,
  lastOffer,
  merged,
  openOffer,
  opensAnother,
  shown,
} from "../../chat/thread";
import { message, offering } from "./samples";

const seqs = (messages: readonly { seq: number }[]) => messages.map(({ seq }) => seq);

describe("merged", () => {
  it("never lets an older copy replace a newer one", () => {
    const newer = message(1, { revision: 5, text: "new" });
    expect(merged([newer], [message(1, { revision: 2, text: "old" })])).toEqual([newer]);
  });

  it("never lets a copy without a revision replace one that has it", () => {
    const { revision: _, ...bare } = message(1, { text: "old" });
    expect(merged([message(1)], [bare])[0]?.text).toBe("message 1");
  });

  it("keeps one copy of a message that comes twice", () => {
    expect(merged([message(1)], [message(1), message(1)])).toHaveLength(1);
  });

  it("orders by seq, whatever order things arrive in", () => {
    expect(seqs(merged([message(3)], [message(2), message(1)]))).toEqual([1, 2, 3]);
  });

  it("does not bring back a dropped message by a late read", () => {
    const dropped = merged([message(1)], [message(1, { revision: 2, delivery: "dropped" })]);
    expect(shown(merged(dropped, [message(1)]))).toEqual([]);
  });
});

describe("choices", () => {
  it("are closed once the child has said anything after them", () => {
    const answered = [offering(1, "Oui", "Non"), message(2, { author: "minor" })];
    expect(openOffer(answered)).toBeNull();
    expect(openOffer([...answered, offering(3, "Oui")])?.seq).toBe(3);
  });

  it("are closed when their message was dropped", () => {
    expect(openOffer([{ ...offering(1, "Oui"), delivery: "dropped" }])).toBeNull();
  });

  it("stay open under what the program says after them", () => {
    expect(openOffer([offering(1, "Oui"), message(2)])?.seq).toBe(1);
  });

  it("are those of the last message that offers any", () => {
    expect(
      lastOffer([offering(1, "Oui"), offering(2, "Non"), message(3, { choices: [] })])?.seq,
    ).toBe(2);
  });
});

describe("gaps", () => {
  it("end what is complete", () => {
    expect(completeUpTo([])).toBe(0);
    expect(completeUpTo([message(1), message(2), message(4)])).toBe(2);
    expect(completeUpTo([message(2)])).toBe(0);
  });
});

describe("highestOfOthers", () => {
  it("counts neither the child's own nor dropped messages", () => {
    const thread = [
      message(1),
      message(2, { delivery: "dropped" }),
      message(3, { author: "minor" }),
    ];
    expect(highestOfOthers(thread)).toBe(1);
    expect(highestOfOthers([])).toBe(0);
  });
});

describe("opensAnother", () => {
  it("is no when the same message comes again", () => {
    const own = message(2, { author: "minor", client_id: "a" });
    expect(opensAnother([message(1), own], own)).toBe(false);
  });

  it("is yes when its place is taken by another message", () => {
    expect(opensAnother([message(1)], message(1, { author: "minor", client_id: "a" }))).toBe(true);
  });
});
