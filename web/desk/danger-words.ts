/**
 * Dangers in a counsellor's words. Pure. Source: understanding.md, danger levels.
 *
 * Not for: what follows from a level (`moves.ts`).
 */

import type { Danger, Kind, Level } from "./contract";

export const KINDS: { readonly [kind in Kind]: string } = {
  danger_suicide: "Idées de suicide",
  danger_selfharm: "Se fait du mal",
  danger_physical: "Danger physique",
  danger_home: "Danger à la maison",
  danger_runaway: "Fugue",
  danger_other_child: "Un autre enfant en danger",
  danger_unknown: "Danger signalé, sans précision",
};

export const LEVELS: { readonly [level in Level]: string } = {
  R3: "Danger immédiat",
  R2: "Danger",
  R1: "Détresse",
};

export const LEVEL_MEANINGS: { readonly [level in Level]: string } = {
  R3: "en cours ou tout proche",
  R2: "grave, sans urgence immédiate",
  R1: "à garder en tête",
};

const SEEN_BY: { readonly [layer: string]: string } = {
  phrases: "Repéré par les phrases de veille",
  model: "Repéré par le modèle de langue",
  staff: "Noté par l'équipe",
};

/** A kind that this version does not know is still a danger, and is still shown. */
export function kindWords(kind: string): string {
  return (KINDS as { readonly [kind: string]: string })[kind] ?? "À regarder tout de suite";
}

export function isKind(kind: string): kind is Kind {
  return kind in KINDS;
}

export function seenByWords(danger: Danger): string {
  return SEEN_BY[danger.seen_by] ?? "Repéré automatiquement";
}

/** "Idées de suicide, pour quelqu'un d'autre". */
export function dangerWords(danger: Pick<Danger, "kind" | "subject">): string {
  return `${kindWords(danger.kind)}${danger.subject === "other" ? ", pour quelqu'un d'autre" : ""}`;
}

/** Why a person is asked for, without the sentence of the danger that is shown above it. */
export function otherReasons(why: readonly string[], danger: Danger | null): readonly string[] {
  return danger === null ? why : why.filter((words) => !words.includes(`niveau ${danger.level}`));
}
