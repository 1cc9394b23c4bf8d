/**
 * The helpline's name, numbers and exit, asked for until they are there: the numbers must be within
 * reach even when the conversation is not.
 */

import { signal } from "@preact/signals";
import { call, type Fetch } from "../shared/api";
import type { Clock } from "../shared/clock";
import type { Helpline } from "../shared/contract";

const RETRY = 5_000;

export class HelplineInfo {
  /** Null until the api has answered once; then the last answer. */
  readonly current = signal<Helpline | null>(null);
  private asking = false;
  private cancelRetry: () => void = () => undefined;

  constructor(
    private readonly fetch: Fetch,
    private readonly clock: Clock,
  ) {}

  /** Ask again: which lines are open changes with the hour. */
  async refresh(): Promise<void> {
    if (this.asking) return;
    this.asking = true;
    this.cancelRetry();
    const { fetch, clock } = this;
    try {
      this.current.value = await call<Helpline>("/api/chat/helpline", { fetch, clock });
    } catch {
      this.cancelRetry = clock.after(RETRY, () => void this.refresh());
    } finally {
      this.asking = false;
    }
  }
}
