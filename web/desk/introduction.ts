/**
 * Whether the next SMS of a counsellor begins with who is writing. Pure.
 *
 * The api adds that line after each change of voice; here it is only foretold, so that the count of
 * SMS is not read as if nothing were added. Not for: the words of the line.
 */

import type { CardMessage, Myself } from "./contract";

export function isIntroduced(messages: readonly CardMessage[], me: Myself | null): boolean {
  const mine = ({ author, name, delivery }: CardMessage) =>
    author === "counsellor" && name === me?.name && delivery !== "failed";
  const voices = messages.filter((message) => message.author === "system" || mine(message));
  return voices[voices.length - 1]?.author === "counsellor";
}
