/**
 * The desk's HTTP API, one method a call. A session that has ended is told to one place.
 *
 * Not for: what a refusal means to the counsellor (`refusals.ts`).
 */

import { ApiError, type Call, call, type Fetch } from "../shared/api";
import type { Clock } from "../shared/clock";
import type { CardList, Deed, Myself, OpenCard, Setup } from "./contract";

const DESK = "/api/desk";
const CONVERSATIONS = `${DESK}/conversations`;

export const EVENTS = `${DESK}/events`;

export interface Credentials {
  readonly email: string;
  readonly password: string;
  readonly code: string | null;
}

export class DeskApi {
  /** The session is over: set by whoever shows the sign-in. */
  onSignedOut: () => void = () => undefined;

  constructor(
    readonly fetch: Fetch,
    readonly clock: Clock,
  ) {}

  setup(): Promise<Setup> {
    return this.ask("/api/desk/setup");
  }

  /** Who is signed in. A 401 here is an answer, not the end of a session. */
  myself(): Promise<Myself> {
    return this.ask(`${DESK}/session`);
  }

  signIn(credentials: Credentials): Promise<void> {
    return this.ask(`${DESK}/session`, { method: "POST", body: credentials });
  }

  signOut(): Promise<void> {
    return this.ask(`${DESK}/session`, { method: "DELETE" });
  }

  list(closed: boolean): Promise<CardList> {
    return this.askSignedIn(closed ? `${CONVERSATIONS}?status=closed` : CONVERSATIONS);
  }

  open(id: string): Promise<OpenCard> {
    return this.askSignedIn(`${CONVERSATIONS}/${id}`);
  }

  act(id: string, deed: Deed, body: object = {}): Promise<OpenCard> {
    return this.askSignedIn(`${CONVERSATIONS}/${id}/${deed}`, { method: "POST", body });
  }

  /** Everything of this contact, for good. */
  erase(id: string): Promise<void> {
    return this.askSignedIn(`${CONVERSATIONS}/${id}/erase`, { method: "POST", body: {} });
  }

  typing(id: string): Promise<void> {
    return this.askSignedIn(`${CONVERSATIONS}/${id}/typing`, { method: "POST", body: {} });
  }

  private async askSignedIn<T>(path: string, options: Call = {}): Promise<T> {
    try {
      return await this.ask<T>(path, options);
    } catch (error) {
      if (error instanceof ApiError && error.status === 401) this.onSignedOut();
      throw error;
    }
  }

  private ask<T>(path: string, options: Call = {}): Promise<T> {
    return call<T>(path, { ...options, fetch: this.fetch, clock: this.clock });
  }
}
