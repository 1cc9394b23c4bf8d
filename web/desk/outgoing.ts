/**
 * Replies on their way. They leave in order, one at a time, each for the conversation it was written
 * in, and again under the same `client_id` until the api has answered.
 *
 * A counsellor may open another conversation meanwhile. Not for: what a refusal looks like.
 */

import { batch, signal } from "@preact/signals";
import { ApiError } from "../shared/api";
import type { Clock } from "../shared/clock";
import type { OpenCard } from "./contract";

export interface Reply {
  readonly clientId: string;
  readonly conversation: string;
  readonly text: string;
}

export interface OutgoingOptions {
  readonly send: (reply: Reply) => Promise<OpenCard>;
  readonly onStored: (card: OpenCard) => void;
  /** The api will never take it: its text goes back to the counsellor. */
  readonly onRefused: (reply: Reply, error: ApiError) => void;
  readonly clock: Clock;
}

const FIRST_WAIT = 1_000;
const LONGEST_WAIT = 10_000;

export class Outgoing {
  readonly replies = signal<readonly Reply[]>([]);
  /** The oldest reply has been tried in vain. */
  readonly late = signal(false);
  private sending = false;
  private failures = 0;
  private cancelRetry: () => void = () => undefined;

  constructor(private readonly options: OutgoingOptions) {}

  add(reply: Reply): void {
    this.replies.value = [...this.replies.value, reply];
    if (!this.late.value) this.flush();
  }

  /** Try now, however long the next try was put off. */
  flush(): void {
    this.cancelRetry();
    const next = this.replies.value[0];
    if (this.sending || next === undefined) return;
    this.sending = true;
    this.options.send(next).then(
      (card) => this.stored(next, card),
      (error) => this.failed(next, error instanceof ApiError ? error : new ApiError(0, "")),
    );
  }

  /** Stop sending and give back what has not left. */
  close(): readonly Reply[] {
    this.cancelRetry();
    const left = this.replies.value;
    this.replies.value = [];
    this.late.value = false;
    return left;
  }

  private stored(reply: Reply, card: OpenCard): void {
    batch(() => {
      if (this.holds(reply)) this.options.onStored(card);
      this.goOn(reply);
    });
  }

  private failed(reply: Reply, error: ApiError): void {
    const held = this.holds(reply);
    if (held && error.passing) this.putOff(error);
    else
      batch(() => {
        if (held) this.options.onRefused(reply, error);
        this.goOn(reply);
      });
  }

  private goOn(reply: Reply): void {
    this.sending = false;
    this.failures = 0;
    this.late.value = false;
    this.replies.value = this.replies.value.filter(({ clientId }) => clientId !== reply.clientId);
    this.flush();
  }

  private putOff(error: ApiError): void {
    this.sending = false;
    this.late.value = true;
    const wait = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** Math.min(this.failures, 10));
    this.failures += 1;
    const delay = Math.max(wait, error.retryAfter ?? 0);
    this.cancelRetry = this.options.clock.after(delay, () => this.flush());
  }

  private holds(reply: Reply): boolean {
    return this.replies.value.some(({ clientId }) => clientId === reply.clientId);
  }
}
