/**
 * Reading something again whenever it may have changed: one reading at a time, one more when asked
 * for meanwhile, and again later when the api did not answer.
 *
 * Not for: what is read, nor for deciding that it changed.
 */

import { ApiError } from "../shared/api";
import type { Clock } from "../shared/clock";

// A busy evening changes many conversations a second; four lists a second are enough for an eye.
const PAUSE = 250;
const RETRY = 5_000;

export interface RereadingOptions<T> {
  /** Throws only `ApiError`. */
  readonly read: () => Promise<T>;
  readonly onRead: (value: T) => void;
  readonly onFailed: (error: ApiError) => void;
  readonly clock: Clock;
}

export class Rereading<T> {
  private running = false;
  private wanted = false;
  private generation = 0;
  private cancel: () => void = () => undefined;

  constructor(private readonly options: RereadingOptions<T>) {}

  /** Something may have changed: read now, or as soon as the present reading has ended. */
  ask(): void {
    if (this.running) this.wanted = true;
    else void this.run();
  }

  /** Nothing more is to be read, and what is still under way is thrown away. */
  stop(): void {
    this.generation += 1;
    this.cancel();
    this.running = this.wanted = false;
  }

  private async run(): Promise<void> {
    const generation = this.generation;
    this.cancel();
    this.running = true;
    this.wanted = false;
    const retry = await this.tried(generation);
    if (generation !== this.generation) return;
    if (retry) {
      // Nobody who has news waits out this pause: `ask` reads at once.
      this.running = false;
      this.cancel = this.options.clock.after(RETRY, () => void this.run());
    } else this.cancel = this.options.clock.after(PAUSE, () => this.rested());
  }

  private rested(): void {
    this.running = false;
    if (this.wanted) void this.run();
  }

  /** Whether the same reading may succeed later. */
  private async tried(generation: number): Promise<boolean> {
    try {
      const value = await this.options.read();
      if (generation === this.generation) this.options.onRead(value);
      return false;
    } catch (error) {
      const refused = error instanceof ApiError ? error : new ApiError(0, "");
      if (generation === this.generation) this.options.onFailed(refused);
      return refused.passing;
    }
  }
}
