/** The event stream: when it is over, how it comes back, and that nothing is skipped. */

import { beforeEach, describe, expect, it } from "vitest";
import type { ApiError } from "../../shared/api";
import { EventStream, type StreamEvent } from "../../shared/events";
import { HandClock, settled } from "../hand-clock";
import { json, refused, StandInApi, unreachable } from "../stand-in-api";

const URL = "/api/chat/events";

let api: StandInApi;
let clock: HandClock;
let heard: StreamEvent[];
let states: string[];
let refusals: ApiError[];
let stream: EventStream;

beforeEach(() => {
  api = new StandInApi().streaming(URL);
  clock = new HandClock();
  [heard, states, refusals] = [[], [], []];
  stream = new EventStream({
    ...{ url: URL, token: "secret-token", fetch: api.fetch, clock, random: () => 1 },
    onEvent: (event) => heard.push(event),
    onState: (state) => states.push(state),
    onRefused: (error) => refusals.push(error),
  });
});

describe("a stream that is refused", () => {
  it.each([401, 403, 404])("is over at %i and asks no more", async (status) => {
    api.on(`GET ${URL}`, () => refused(status, "Cette conversation n'est plus ouverte ici."));
    stream.open();
    await clock.pass(120_000);
    expect(refusals.map((error) => error.status)).toEqual([status]);
    expect(api.asked).toHaveLength(1);
  });

  it("is asked for again, ever more slowly, while the network is away", async () => {
    api.on(`GET ${URL}`, unreachable);
    stream.open();
    await clock.pass(31_000);
    // At 0, 1, 3, 7, 15 and 30 s: the pause doubles up to 15 s.
    expect(api.asked).toHaveLength(6);
    expect(refusals).toEqual([]);
  });

  it("is asked for again when the api is in trouble", async () => {
    api.on(`GET ${URL}`, () => json({}, 503));
    stream.open();
    await clock.pass(1_000);
    expect(api.asked).toHaveLength(2);
    expect(states).toEqual(["connecting", "lost", "connecting", "lost"]);
  });
});

describe("an open stream", () => {
  it("sends the token in a header and never in the address", async () => {
    stream.open();
    await settled();
    expect(api.stream.asked.headers.Authorization).toBe("Bearer secret-token");
    expect(api.stream.asked.path).toBe(URL);
  });

  it("reads events that arrive in pieces, accents included", async () => {
    stream.open();
    await settled();
    const bytes = new TextEncoder().encode('event: message\ndata: {"text":"à bientôt"}\n\n');
    // Byte by byte: the letters of two bytes are cut in the middle.
    for (const byte of bytes) api.stream.writeBytes(Uint8Array.of(byte));
    await settled();
    expect(heard).toEqual([{ name: "message", data: { text: "à bientôt" } }]);
  });

  it("passes over what is not JSON", async () => {
    stream.open();
    await settled();
    api.stream.write("event: message\nid: 9\ndata: {broken\n\n");
    api.stream.say("message", { seq: 1 }, 1);
    await settled();
    expect(heard).toEqual([{ name: "message", data: { seq: 1 } }]);
  });

  it("says nothing more once closed", async () => {
    stream.open();
    await settled();
    stream.close();
    api.stream.say("message", { seq: 1 }, 1);
    await clock.pass(120_000);
    expect([heard, api.asked.length]).toEqual([[], 1]);
  });
});

describe("a stream that breaks", () => {
  it("comes back from the last event it was given", async () => {
    stream.open();
    await settled();
    api.stream.say("message", { seq: 1 }, 41);
    api.stream.say("typing", { author: "bot" });
    await settled();
    api.stream.break();
    await clock.pass(1_000);
    expect(api.stream.asked.headers["Last-Event-ID"]).toBe("41");
  });

  it("comes back when the server ends it", async () => {
    stream.open();
    await settled();
    api.stream.write(": here\n\n");
    await settled();
    api.stream.end();
    await clock.pass(1_000);
    expect(api.streams).toHaveLength(2);
    expect(states).toEqual(["connecting", "live", "lost", "connecting"]);
  });

  it("is left at once when the network is known to be gone", async () => {
    stream.drop();
    stream.open();
    await settled();
    api.stream.write(": here\n\n");
    await settled();
    stream.drop();
    expect(states).toEqual(["connecting", "live", "lost"]);
    await clock.pass(1_000);
    expect(api.streams).toHaveLength(2);
  });

  it("is left when it says nothing for 45 s", async () => {
    stream.open();
    await clock.pass(44_000);
    expect(api.streams).toHaveLength(1);
    await clock.pass(3_000);
    expect(api.streams).toHaveLength(2);
  });

  it("stays while it says that it is there", async () => {
    stream.open();
    await settled();
    for (let quarter = 0; quarter < 8; quarter += 1) {
      api.stream.write(": here\n\n");
      await clock.pass(15_000);
    }
    expect(api.streams).toHaveLength(1);
  });

  it("is opened at once when asked to, without a second one", async () => {
    api.on(`GET ${URL}`, unreachable);
    stream.open();
    await clock.pass(10_000);
    api.streaming(URL);
    stream.open();
    await clock.pass(30_000);
    expect(api.streams).toHaveLength(1);
  });
});
