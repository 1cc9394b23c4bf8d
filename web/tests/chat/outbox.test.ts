/** What has not left yet: refusals, retries under one name, order. */

import { beforeEach, describe, expect, it } from "vitest";
import { type Entry, Outbox } from "../../chat/outbox";
import { ApiError } from "../../shared/api";
import { HandClock, settled } from "../hand-clock";
import { entry } from "./samples";

let clock: HandClock;
let tried: string[];
let sent: string[];
let denied: number[];
let answer: (entry: Entry) => Promise<{ seq: number }>;
let outbox: Outbox;

const fails =
  (status: number, wait: number | null = null) =>
  () =>
    Promise.reject(new ApiError(status, "Une phrase.", wait));
const takes = () => Promise.resolve({ seq: 7 });

beforeEach(() => {
  clock = new HandClock();
  [tried, sent, denied] = [[], [], []];
  answer = takes;
  outbox = new Outbox({
    send: (leaving) => {
      tried.push(leaving.clientId);
      return answer(leaving);
    },
    onSent: ({ clientId }, seq) => sent.push(`${clientId}@${seq}`),
    onDenied: (error) => denied.push(error.status),
    ...{ clock, random: () => 1 },
  });
  outbox.release();
});

describe("a refusal", () => {
  it("401 ends it: nothing is tried again", async () => {
    answer = fails(401);
    outbox.add(entry("a"));
    await clock.pass(60_000);
    expect([denied, tried]).toEqual([[401], ["a"]]);
  });

  it("422 keeps the text with the api's sentence, and the next one leaves", async () => {
    answer = ({ clientId }) => (clientId === "a" ? fails(422)() : takes());
    outbox.add(entry("a"));
    outbox.add(entry("b"));
    await clock.pass(60_000);
    expect(outbox.entries.value).toEqual([entry("a", { refused: "Une phrase." })]);
    expect([tried, sent]).toEqual([["a", "b"], ["b@7"]]);
  });

  it("429 is tried again, not before the api says so", async () => {
    answer = fails(429, 9_000);
    outbox.add(entry("a"));
    await clock.pass(8_999);
    expect(tried).toEqual(["a"]);
    answer = takes;
    await clock.pass(1);
    expect(sent).toEqual(["a@7"]);
  });
});

describe("without a network", () => {
  it("the same entry is tried again, ever more slowly, until it arrives", async () => {
    answer = fails(0);
    outbox.add(entry("a"));
    await clock.pass(7_000);
    expect([tried, outbox.late.value]).toEqual([["a", "a", "a", "a"], true]);
    answer = takes;
    await clock.pass(20_000);
    expect([sent, outbox.late.value, outbox.entries.value]).toEqual([["a@7"], false, []]);
  });

  it("everything leaves in its order", async () => {
    answer = fails(503);
    for (const name of ["a", "b", "c"]) outbox.add(entry(name));
    await settled();
    answer = takes;
    await clock.pass(20_000);
    expect(sent).toEqual(["a@7", "b@7", "c@7"]);
  });

  it("a flush does not wait for the next try", async () => {
    answer = fails(0);
    outbox.add(entry("a"));
    await clock.pass(30_000);
    answer = takes;
    outbox.flush();
    await settled();
    expect(sent).toEqual(["a@7"]);
  });
});

describe("an entry that came back by the stream first", () => {
  it("is not reported again when its answer arrives", async () => {
    outbox.add(entry("a"));
    outbox.remove("a");
    await settled();
    expect(sent).toEqual([]);
  });

  it("does not hold up the next one when its own answer was lost", async () => {
    answer = fails(0);
    outbox.add(entry("a"));
    outbox.add(entry("b"));
    await settled();
    outbox.remove("a");
    answer = takes;
    await clock.pass(2_000);
    expect(sent).toEqual(["b@7"]);
  });
});

describe("before and after a conversation", () => {
  it("nothing leaves until there is one", async () => {
    outbox.close();
    outbox.add(entry("a"));
    await settled();
    expect(tried).toEqual([]);
    outbox.release();
    await settled();
    expect(sent).toEqual(["a@7"]);
  });

  it("closing gives back what is left and stops every try", async () => {
    answer = fails(0);
    outbox.add(entry("a"));
    await settled();
    expect(outbox.close()).toEqual([entry("a")]);
    await clock.pass(60_000);
    expect(tried).toEqual(["a"]);
  });
});
