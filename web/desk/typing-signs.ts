/** In which conversations a child is writing: signs that go by themselves when nothing follows. */

import { signal } from "@preact/signals";
import type { Clock } from "../shared/clock";

const LASTS = 6_000;

export class TypingSigns {
  readonly conversations = signal<ReadonlySet<string>>(new Set());
  private readonly endings = new Map<string, () => void>();

  constructor(private readonly clock: Clock) {}

  show(conversation: string): void {
    this.endings.get(conversation)?.();
    this.endings.set(
      conversation,
      this.clock.after(LASTS, () => this.end(conversation)),
    );
    this.conversations.value = new Set([...this.conversations.value, conversation]);
  }

  /** What was being written is there. */
  end(conversation: string): void {
    this.endings.get(conversation)?.();
    this.endings.delete(conversation);
    const left = [...this.conversations.value].filter((other) => other !== conversation);
    if (left.length !== this.conversations.value.size) this.conversations.value = new Set(left);
  }

  endAll(): void {
    for (const conversation of [...this.endings.keys()]) this.end(conversation);
  }
}
