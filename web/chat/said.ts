/** What the child has said, as the api takes it and as the thread shows it. Pure. */

import type { Message } from "../shared/contract";
import type { Entry } from "./outbox";
import { lastOffer, type Messages } from "./thread";

export interface SaidBody {
  readonly client_id: string;
  readonly text?: string;
  readonly choice?: number;
}

/**
 * A choice goes by its number only while its offer is still the last one: a number that waited for
 * the network must never answer a question asked since. Its words do then, which the api matches.
 */
export function bodyOf(entry: Entry, known: Messages): SaidBody {
  const { clientId, choice, text } = entry;
  return choice !== null && choice.offer === lastOffer(known)?.seq
    ? { client_id: clientId, choice: choice.number }
    : { client_id: clientId, text };
}

/** The stored entry until its own copy comes by the stream; without a revision, so that it gives way. */
export function asMessage(entry: Entry, seq: number, now: number): Message {
  return {
    ...{ seq, author: "minor", name: null, text: entry.text, choices: null, step: null },
    delivery: "delivered",
    created_at: new Date(now).toISOString(),
    client_id: entry.clientId,
  };
}

/** Texts one under the other; nothing of the empty ones. */
export function joined(texts: readonly string[]): string {
  return texts.filter((text) => text !== "").join("\n");
}
