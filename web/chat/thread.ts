/**
 * The messages of the conversation: their order, which copy of one is newer, and which choices may
 * still be tapped. Pure.
 *
 * Not for: what has not been sent yet (`outbox.ts`).
 */

import type { Message } from "../shared/contract";

export type Messages = readonly Message[];

/**
 * `known` with `incoming` merged in, by rising `seq`. A copy with an older revision changes nothing,
 * whatever order the stream and a read arrive in. Dropped messages stay in the list, unseen, so that
 * a late read cannot bring them back.
 */
export function merged(known: Messages, incoming: Messages): Messages {
  const bySeq = new Map(known.map((message) => [message.seq, message]));
  for (const message of incoming) {
    const old = bySeq.get(message.seq);
    if (old === undefined || isNewer(message, old)) bySeq.set(message.seq, message);
  }
  return [...bySeq.values()].sort((one, other) => one.seq - other.seq);
}

function isNewer(message: Message, old: Message): boolean {
  return old.revision === undefined || (message.revision ?? -1) >= old.revision;
}

/**
 * Whether `own`, just stored, stands where another message is known: words to a closed conversation
 * open the next one, which counts from 1 again.
 */
export function opensAnother(known: Messages, own: Message): boolean {
  return known.some(({ seq, client_id }) => seq === own.seq && client_id !== own.client_id);
}

/** What a reader sees: everything that was not taken back before it reached them. */
export function shown(messages: Messages): Messages {
  return messages.filter((message) => message.delivery !== "dropped");
}

/** The last message that offers choices: the one the api resolves a choice's number against. */
export function lastOffer(messages: Messages): Message | null {
  const offers = shown(messages).filter((message) => (message.choices ?? []).length > 0);
  return offers[offers.length - 1] ?? null;
}

/** The offer that may be tapped: the last one, until the child has said anything after it. */
export function openOffer(messages: Messages): Message | null {
  const offer = lastOffer(messages);
  if (offer === null) return null;
  const answered = messages.some(({ author, seq }) => author === "minor" && seq > offer.seq);
  return answered ? null : offer;
}

/** Up to which `seq` nothing is missing; a read after it leaves no gap. */
export function completeUpTo(messages: Messages): number {
  let complete = 0;
  for (const message of messages) {
    if (message.seq !== complete + 1) break;
    complete = message.seq;
  }
  return complete;
}

/** The highest `seq` that somebody else wrote, or 0: what the page may acknowledge as seen. */
export function highestOfOthers(messages: Messages): number {
  const others = shown(messages).filter((message) => message.author !== "minor");
  return others[others.length - 1]?.seq ?? 0;
}
