/** One call to the api: its refusals, in French, and its answers. */

import { describe, expect, it } from "vitest";
import { ApiError, call } from "../../shared/api";
import { HandClock } from "../hand-clock";
import { json, refused, StandInApi, unreachable } from "../stand-in-api";

const PATH = "/api/chat/messages";

async function refusalOf(answer: () => Response | Promise<Response>): Promise<ApiError> {
  const { fetch } = new StandInApi().on(`GET ${PATH}`, answer);
  const error: unknown = await call(PATH, { fetch }).catch((caught) => caught);
  if (!(error instanceof ApiError)) throw new Error("not refused");
  return error;
}

describe("a call that is refused", () => {
  it("carries the api's own French sentence", async () => {
    const error = await refusalOf(() => refused(422, "Ce message est trop long."));
    expect([error.status, error.sentence, error.passing]).toEqual([
      422,
      "Ce message est trop long.",
      false,
    ]);
  });

  it("has a French sentence when the api gives none", async () => {
    const error = await refusalOf(() => json({ detail: [{ msg: "Field required" }] }, 422));
    expect(error.sentence).toBe("Un problème est survenu. Réessaie dans un instant.");
  });

  it("has a French sentence for a proxy's page", async () => {
    const error = await refusalOf(() => new Response("<h1>Bad Gateway</h1>", { status: 502 }));
    expect(error.sentence).toContain("Réessaie");
    expect(error.passing).toBe(true);
  });

  it("says how long to wait", async () => {
    const error = await refusalOf(() => refused(429, "Trop d'essais.", { "Retry-After": "7" }));
    expect([error.retryAfter, error.passing]).toEqual([7_000, true]);
  });

  it("says that there is no connection", async () => {
    const error = await refusalOf(unreachable);
    expect([error.status, error.sentence]).toEqual([0, "Pas de connexion pour le moment."]);
  });

  it("keeps the token and the text out of the error", async () => {
    const { fetch } = new StandInApi().on(`POST ${PATH}`, () => refused(401, "Fermée."));
    const options = {
      method: "POST",
      token: "secret-token",
      body: { text: "mes mots" },
      fetch,
    } as const;
    const error = await call(PATH, options).catch((caught) => caught);
    expect(`${error} ${JSON.stringify(error)}`).not.toMatch(/secret-token|mes mots/);
  });

  it("is given up when the network stays silent for 20 s", async () => {
    const clock = new HandClock();
    const fetch = (_: string, init?: RequestInit) =>
      new Promise<Response>((_, reject) =>
        init?.signal?.addEventListener("abort", () => reject(new Error())),
      );
    const outcome = call(PATH, { fetch, clock }).catch((caught) => caught);
    await clock.pass(20_000);
    expect(await outcome).toMatchObject({ status: 0 });
  });
});

describe("a call that is served", () => {
  it("gives the JSON, and nothing for an empty answer", async () => {
    const api = new StandInApi().on(`GET ${PATH}`, () => json({ seq: 3 }));
    api.on("POST /api/chat/seen", () => json(null, 204));
    expect(await call(PATH, { fetch: api.fetch })).toEqual({ seq: 3 });
    const seen = { method: "POST", body: { seq: 3 }, fetch: api.fetch } as const;
    expect(await call("/api/chat/seen", seen)).toBeUndefined();
  });

  it("sends the token in a header and never in the address", async () => {
    const api = new StandInApi().on(`GET ${PATH}`, () => json({}));
    await call(PATH, { token: "secret-token", fetch: api.fetch });
    expect(api.asked[0]?.headers.Authorization).toBe("Bearer secret-token");
    expect(api.asked[0]?.path).not.toContain("secret-token");
  });
});
