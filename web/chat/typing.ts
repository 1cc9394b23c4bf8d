/** Who is writing on the other side: a sign that goes by itself when nothing follows. */

import { signal } from "@preact/signals";
import type { Clock } from "../shared/clock";
import type { Author } from "../shared/contract";
import type { Messages } from "./thread";

const LASTS = 6_000;

export class TypingSign {
  readonly author = signal<Author | null>(null);
  private cancel: () => void = () => undefined;

  constructor(private readonly clock: Clock) {}

  show(author: Author): void {
    this.cancel();
    this.author.value = author;
    this.cancel = this.clock.after(LASTS, () => this.end());
  }

  /** What was being written is there. */
  endWith(messages: Messages): void {
    if (messages.some(({ author }) => author === this.author.value)) this.end();
  }

  end(): void {
    this.cancel();
    this.author.value = null;
  }
}
