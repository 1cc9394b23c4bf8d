/** What a counsellor reads when the api refuses. */

import { describe, expect, it } from "vitest";
import { OFFLINE, sentenceOf, TROUBLE } from "../../desk/refusals";
import { ApiError } from "../../shared/api";
import { CAMILLE, MALIK, ME } from "./samples";

function conflict(assignee: unknown, error = "La conversation a changé."): ApiError {
  return new ApiError(409, "", null, { error, holder: "with_counsellor", assignee });
}

describe("a refusal", () => {
  it("names the colleague who was first", () => {
    expect(sentenceOf(conflict(MALIK), CAMILLE)).toBe("Malik a pris cette conversation.");
  });

  it("says the api's own sentence where I hold the conversation myself", () => {
    const error = conflict(ME, "Un danger est ouvert.");
    expect(sentenceOf(error, CAMILLE)).toBe("Un danger est ouvert.");
  });

  it("knows me by my id, not by a name that two of us have", () => {
    const other = { id: "another", name: "Camille" };
    expect(sentenceOf(conflict(other), CAMILLE)).toBe("Camille a pris cette conversation.");
  });

  it("says the api's own sentence where nobody holds it", () => {
    expect(sentenceOf(conflict(null, "C'est terminé."), CAMILLE)).toBe("C'est terminé.");
  });

  it("is a sentence of ours when the network or the api fails, never one for a child", () => {
    expect(sentenceOf(new ApiError(0, "x"), CAMILLE)).toBe(OFFLINE);
    const broken = new ApiError(500, "", null, { error: "Réessaie dans un instant." });
    expect(sentenceOf(broken, CAMILLE)).toBe(TROUBLE);
  });

  it("says how long to wait", () => {
    const locked = (wait: number | null, body: object = { error: "Trop d'essais." }) =>
      sentenceOf(new ApiError(429, "", wait, body), null);
    expect(locked(29_001)).toBe("Trop d'essais. Nouvel essai possible dans 30 s.");
    expect(locked(61_000)).toBe("Trop d'essais. Nouvel essai possible dans 2 min.");
    expect(locked(null, { error: "Attendre.", retry_after: 45 })).toBe(
      "Attendre. Nouvel essai possible dans 45 s.",
    );
  });

  it("survives a body that is not what it should be", () => {
    for (const body of [null, "text", { error: 3 }, { assignee: { id: 1 } }]) {
      expect(sentenceOf(new ApiError(409, "", null, body), CAMILLE)).toBe(TROUBLE);
    }
  });
});
