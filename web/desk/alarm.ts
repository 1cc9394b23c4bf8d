/**
 * Which conversations have come into grave danger since somebody last looked: the number in the
 * title and the moment of the sound.
 *
 * It says that there is something, never what. Not for: the order of the queue, which is the api's.
 */

import { computed, signal } from "@preact/signals";
import type { Card, Myself } from "./contract";
import { isGrave, isMine } from "./moves";

const RANK = { R1: 0, R2: 1, R3: 2 } as const;

export class Alarm {
  private readonly unseen = signal<ReadonlySet<string>>(new Set());
  readonly count = computed(() => this.unseen.value.size);
  private known: ReadonlyMap<string, number> | null = null;

  constructor(private readonly onRise: () => void) {}

  /** Take the list as it is now; `watched` is the conversation in front of the counsellor's eyes. */
  take(cards: readonly Card[], me: Myself | null, watched: string | null): void {
    const before = this.known;
    const now = new Map(
      cards.map((card) => [card.id, need(card, me)] as const).filter(([, rank]) => rank > 0),
    );
    const risen = [...now].filter(([id, rank]) => rank > (before?.get(id) ?? 0) && id !== watched);
    const kept = [...this.unseen.value].filter((id) => now.has(id));
    this.known = now;
    this.unseen.value = new Set([...kept, ...risen.map(([id]) => id)]);
    // What stood there before the counsellor came is counted, but is no news.
    if (before !== null && risen.length > 0) this.onRise();
  }

  /** The counsellor has opened it. */
  look(id: string): void {
    this.unseen.value = new Set([...this.unseen.value].filter((other) => other !== id));
  }

  clear(): void {
    this.known = null;
    this.unseen.value = new Set();
  }
}

/** 0 where nobody has to be called: no grave danger, or a colleague is there. */
function need(card: Card, me: Myself | null): number {
  if (card.danger === null || !isGrave(card.danger) || card.status === "closed") return 0;
  return card.status === "with_counsellor" && !isMine(card, me) ? 0 : RANK[card.danger.level];
}
