/**
 * How far a message to the child has come, in words. Pure.
 *
 * "Remis" is what the phone network says, "affiché" what the page says: neither says that it was
 * understood. Not for: trying again; the api does.
 */

import type { CardMessage, Channel } from "./contract";

export interface ShownDelivery {
  readonly words: string;
  /** It did not reach the child. */
  readonly bad: boolean;
}

const WORDS = {
  sms: { pending: "part bientôt", sent: "parti", delivered: "remis au téléphone" },
  web: { pending: "part bientôt", sent: "pas encore affiché", delivered: "affiché sur la page" },
} as const;

/** Null on what the child has written. */
export function deliveryWords(message: CardMessage, channel: Channel): ShownDelivery | null {
  const { delivery, error_code: code } = message;
  if (delivery === null) return null;
  if (delivery === "failed") {
    return { words: code === null ? "pas arrivé" : `pas arrivé (code ${code})`, bad: true };
  }
  if (delivery === "dropped") return { words: "retiré avant l'envoi", bad: false };
  return { words: WORDS[channel][delivery], bad: false };
}
