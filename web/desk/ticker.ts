/** What time it is, as a signal: waiting times go on by themselves. */

import { signal } from "@preact/signals";
import type { Clock } from "../shared/clock";

const STEP = 10_000;

export class Ticker {
  readonly now;
  private cancel: () => void = () => undefined;

  constructor(private readonly clock: Clock) {
    this.now = signal(clock.now());
  }

  start(): void {
    this.stop();
    this.tick();
    this.cancel = this.clock.after(STEP, () => this.start());
  }

  tick(): void {
    this.now.value = this.clock.now();
  }

  stop(): void {
    this.cancel();
  }
}
