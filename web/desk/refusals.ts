/**
 * What a counsellor reads when the api refuses. Pure.
 *
 * Not for: what happens then (`conversation.ts`, `session.ts`).
 */

import type { ApiError } from "../shared/api";
import type { Assignee, Myself } from "./contract";
import { isMe } from "./moves";

export const OFFLINE = "Pas de connexion pour le moment.";
export const TROUBLE = "Un problème est survenu. Il faut réessayer dans un instant.";

interface Refusal {
  readonly error?: unknown;
  readonly assignee?: unknown;
  /** Seconds. */
  readonly retry_after?: unknown;
}

/** The sentence of a refused call. A colleague who was first is named. */
export function sentenceOf(error: ApiError, me: Myself | null): string {
  const colleague = holderOf(error);
  if (colleague && !isMe(colleague, me)) return `${colleague.name} a pris cette conversation.`;
  if (error.status === 0) return OFFLINE;
  // A child's page and ours meet the same broken api; its sentence there says "tu".
  if (error.status >= 500) return TROUBLE;
  const { error: said, retry_after: seconds } = (error.body ?? {}) as Refusal;
  const words = typeof said === "string" && said !== "" ? said : TROUBLE;
  const wait = typeof seconds === "number" ? seconds * 1000 : error.retryAfter;
  return wait === null ? words : `${words} ${waitWords(wait)}`;
}

/** Who holds the conversation now, when a 409 says so. */
function holderOf(error: ApiError): Assignee | null {
  if (error.status !== 409) return null;
  const assignee = (error.body as Refusal | null)?.assignee as Partial<Assignee> | null | undefined;
  const { id, name } = assignee ?? {};
  return typeof id === "string" && typeof name === "string" ? { id, name } : null;
}

function waitWords(milliseconds: number): string {
  const seconds = Math.max(1, Math.ceil(milliseconds / 1000));
  const wait = seconds < 60 ? `${seconds} s` : `${Math.ceil(seconds / 60)} min`;
  return `Nouvel essai possible dans ${wait}.`;
}
