/**
 * One typed call to the api, and the one error a page ever sees from it.
 *
 * Every error carries a French sentence that can be shown as it is. Not for: deciding whether to
 * try again (the outbox and the stream do), and not for the event stream (`events.ts`).
 */

import { type Clock, systemClock } from "./clock";

export type Fetch = (address: string, init?: RequestInit) => Promise<Response>;

export interface Call {
  readonly method?: "GET" | "POST" | "DELETE" | "PUT";
  /** Sent as JSON; the api takes nothing else. */
  readonly body?: unknown;
  /** The child's bearer token; the desk has a cookie instead. */
  readonly token?: string;
  readonly fetch?: Fetch;
  readonly clock?: Clock;
}

// A dying mobile network answers nothing for minutes; then it is better to ask again.
const PATIENCE = 20_000;

const OFFLINE = "Pas de connexion pour le moment.";
const SILENT = "Un problème est survenu. Réessaie dans un instant.";

/** A call that was not served. `status` is 0 when the network did not answer at all. */
export class ApiError extends Error {
  override readonly name = "ApiError";

  constructor(
    readonly status: number,
    /** French, for the person who reads the page. */
    readonly sentence: string,
    /** Milliseconds the api asks to wait, or null. */
    readonly retryAfter: number | null = null,
    /** The answer's JSON, for callers that need more (who holds the conversation now). */
    readonly body: unknown = null,
  ) {
    super(`api ${status}`);
  }

  /** Whether the same call may succeed later: no network, too many tries, or the api in trouble. */
  get passing(): boolean {
    return [0, 408, 425, 429].includes(this.status) || this.status >= 500;
  }
}

/** Ask the api and return its JSON (undefined for an empty answer). Throws only `ApiError`. */
export async function call<T>(path: string, options: Call = {}): Promise<T> {
  const ask = options.fetch ?? ((address, init) => window.fetch(address, init));
  const limit = new AbortController();
  const cancel = (options.clock ?? systemClock).after(PATIENCE, () => limit.abort());
  try {
    const response = await ask(path, { ...requestOf(options), signal: limit.signal });
    if (!response.ok) throw await refusal(response);
    return (response.status === 204 ? undefined : await response.json()) as T;
  } catch (error) {
    throw error instanceof ApiError ? error : new ApiError(0, OFFLINE);
  } finally {
    cancel();
  }
}

function requestOf(options: Call): RequestInit {
  const headers: Record<string, string> = { Accept: "application/json" };
  if (options.body !== undefined) headers["Content-Type"] = "application/json";
  if (options.token !== undefined) headers.Authorization = `Bearer ${options.token}`;
  return {
    method: options.method ?? "GET",
    headers,
    cache: "no-store",
    credentials: "same-origin",
    ...(options.body === undefined ? {} : { body: JSON.stringify(options.body) }),
  };
}

/** Read an answer that is not a success. Never throws: a proxy's HTML page gives our own sentence. */
export async function refusal(response: Response): Promise<ApiError> {
  const body: unknown = await response.json().catch(() => null);
  const seconds = Number(response.headers.get("Retry-After") ?? Number.NaN);
  const wait = Number.isFinite(seconds) ? Math.max(0, seconds) * 1000 : null;
  return new ApiError(response.status, sentenceOf(body) ?? SILENT, wait, body);
}

function sentenceOf(body: unknown): string | null {
  if (typeof body !== "object" || body === null) return null;
  const { error } = body as { error?: unknown };
  return typeof error === "string" && error !== "" ? error : null;
}
