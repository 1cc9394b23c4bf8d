/**
 * What one counsellor may do with a conversation as it stands. Pure.
 *
 * It only spares a click that the api would refuse: the api decides. Not for: permissions of roles.
 */

import type { Assignee, Card, Danger, Level, Myself } from "./contract";

export interface Moves {
  readonly claim: boolean;
  /** A colleague holds it: the api gives it where that one is absent. */
  readonly takeOver: boolean;
  readonly reply: boolean;
  readonly release: boolean;
  readonly judge: boolean;
  readonly erase: boolean;
  readonly close: Leaving;
  readonly returnToBot: Leaving;
}

/** Leaving the child without a person. `danger`: held back for as long as R2 or R3 stands. */
export type Leaving = "yes" | "danger" | "no";

export function isMe(assignee: Assignee, me: Myself | null): boolean {
  return assignee.id === me?.id;
}

export function isMine(card: Card, me: Myself | null): boolean {
  return card.status === "with_counsellor" && card.assignee !== null && isMe(card.assignee, me);
}

/** R2 and R3 keep a person asked for (understanding.md, danger levels). */
export function isGrave(danger: Danger | null): boolean {
  return danger !== null && danger.level !== "R1";
}

export function movesOf(card: Card, me: Myself | null): Moves {
  const mine = isMine(card, me);
  const leaving = mine ? (isGrave(card.danger) ? "danger" : "yes") : "no";
  return {
    claim: card.status === "waiting" || card.status === "with_bot",
    takeOver: card.status === "with_counsellor" && !mine,
    reply: mine,
    release: mine,
    judge: card.status !== "closed",
    erase: mine || card.status === "waiting",
    close: leaving,
    returnToBot: leaving,
  };
}

/** Whether a judgement takes a danger down; that is asked twice. */
export function lowers(current: Level | null, next: Level | null): boolean {
  return (next ?? "") < (current ?? "");
}
