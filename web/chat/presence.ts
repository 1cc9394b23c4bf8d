/**
 * What the page tells about its reader: what has been seen, and that they are typing.
 *
 * `seen` is what makes a step "delivered", so it is told until it has arrived. Not for: deciding
 * what is in view; the page does, because only it knows.
 */

import type { Clock } from "../shared/clock";

export type Tell = (path: string, body: unknown) => Promise<unknown>;

const TYPING_PAUSE = 4_000;
const RETRY = 3_000;

export class Presence {
  private seen = 0;
  private told = 0;
  private telling = false;
  private closed = false;
  private typedAt = Number.NEGATIVE_INFINITY;
  private cancelRetry: () => void = () => undefined;

  constructor(
    private readonly tell: Tell,
    private readonly clock: Clock,
  ) {}

  displayed(seq: number): void {
    if (seq <= this.seen) return;
    this.seen = seq;
    void this.tellSeen();
  }

  typed(): void {
    if (this.clock.now() - this.typedAt < TYPING_PAUSE) return;
    this.typedAt = this.clock.now();
    // Lost typing is no loss: it is never tried again.
    this.tell("/api/chat/typing", {}).catch(() => undefined);
  }

  close(): void {
    this.closed = true;
    this.cancelRetry();
  }

  private async tellSeen(): Promise<void> {
    if (this.telling || this.closed || this.seen === this.told) return;
    this.telling = true;
    this.cancelRetry();
    const seq = this.seen;
    try {
      await this.tell("/api/chat/seen", { seq });
      this.told = seq;
      this.telling = false;
      void this.tellSeen();
    } catch {
      this.telling = false;
      if (!this.closed) this.cancelRetry = this.clock.after(RETRY, () => void this.tellSeen());
    }
  }
}
