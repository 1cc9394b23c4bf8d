/**
 * Who answers now, in words: what the line under the title says. Pure.
 *
 * It says only what is known: no waiting time is ever made up.
 */

import type { Standing } from "../shared/contract";
import { openingWords } from "../shared/hours";

export interface StandingWords {
  readonly voice: "program" | "asked" | "person" | "closed" | "opening";
  readonly title: string;
  /** One more sentence, or null. */
  readonly detail: string | null;
}

const ENDED: StandingWords = { voice: "closed", title: "Conversation fermée", detail: null };

export function standingWords(
  standing: Standing | null,
  now: number,
  ended = false,
): StandingWords {
  if (ended) return ENDED;
  switch (standing?.status) {
    case undefined:
      return { voice: "opening", title: "La conversation s'ouvre...", detail: null };
    case "with_bot":
      return { voice: "program", title: "Un programme te répond", detail: null };
    case "waiting":
      return {
        voice: "asked",
        title: "Une personne est demandée",
        detail: waitingWords(standing, now),
      };
    case "with_counsellor":
      return personWords(standing.counsellor ?? null);
    case "closed":
      return { voice: "closed", title: "Conversation terminée", detail: "Tu peux réécrire ici." };
  }
}

function personWords(name: string | null): StandingWords {
  if (name === null) return { voice: "person", title: "Une personne te répond", detail: null };
  return { voice: "person", title: `${name} te répond`, detail: "Une personne de l'équipe." };
}

function waitingWords({ waiting }: Standing, now: number): string | null {
  if (waiting === null) return null;
  if (waiting.opens_at !== null) return `L'équipe revient ${openingWords(waiting.opens_at, now)}.`;
  if (waiting.ahead === null) return null;
  if (waiting.ahead === 0) return "Personne n'attend avant toi.";
  return waiting.ahead === 1
    ? "1 conversation avant la tienne."
    : `${waiting.ahead} conversations avant la tienne.`;
}
