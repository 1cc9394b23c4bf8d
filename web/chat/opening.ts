/**
 * Begins a conversation, and tries again until the network lets it: a child who opens the page in a
 * lift has nothing to press when the signal is back.
 *
 * At most one creation is under way, so that no second, empty conversation reaches the desk.
 */

import { ApiError } from "../shared/api";
import type { Clock } from "../shared/clock";
import type { Access } from "../shared/contract";

export interface OpeningOptions {
  readonly create: () => Promise<Access>;
  readonly onOpened: (access: Access) => void;
  readonly onLost: () => void;
  readonly clock: Clock;
  readonly random: () => number;
}

const FIRST_WAIT = 2_000;
const LONGEST_WAIT = 20_000;

export class Opening {
  private wanted = false;
  private creating = false;
  private failures = 0;
  private cancelRetry: () => void = () => undefined;

  constructor(private readonly options: OpeningOptions) {}

  begin(): void {
    this.wanted = true;
    this.cancelRetry();
    if (this.creating) return;
    this.creating = true;
    this.options.create().then(
      (access) => this.created(access),
      (error) => this.failed(error),
    );
  }

  /** Do not wait for the next try, if there is one to come. */
  hurry(): void {
    if (this.wanted) this.begin();
  }

  /** What is still on its way is ignored when it arrives. */
  cancel(): void {
    this.wanted = false;
    this.failures = 0;
    this.cancelRetry();
  }

  private created(access: Access): void {
    this.creating = false;
    if (!this.wanted) return;
    this.cancel();
    this.options.onOpened(access);
  }

  private failed(error: unknown): void {
    this.creating = false;
    if (!this.wanted) return;
    this.options.onLost();
    const asked = error instanceof ApiError ? (error.retryAfter ?? 0) : 0;
    const wait = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** Math.min(this.failures, 10));
    this.failures += 1;
    const delay = Math.max(asked, wait * (0.5 + this.options.random() / 2));
    this.cancelRetry = this.options.clock.after(delay, () => this.begin());
  }
}
