/**
 * What the child has said and the api has not confirmed yet. It leaves in order, one at a time, and
 * is tried again under the same name until it arrives: nothing is lost and nothing is stored twice.
 *
 * Not for: what a refusal looks like; the page shows the api's own sentence beside the text.
 */

import { signal } from "@preact/signals";
import { ApiError } from "../shared/api";
import type { Clock } from "../shared/clock";

export interface Entry {
  readonly clientId: string;
  /** What the child reads as their own message: typed words, or the label of a choice. */
  readonly text: string;
  readonly choice: { readonly offer: number; readonly number: number } | null;
  /** The api's sentence when it will never take this entry; null while it may still leave. */
  readonly refused: string | null;
}

export interface OutboxOptions {
  /** Hand one entry to the api; resolves to its place in the thread. Throws only `ApiError`. */
  readonly send: (entry: Entry) => Promise<{ readonly seq: number }>;
  readonly onSent: (entry: Entry, seq: number) => void;
  /** The conversation no longer takes anything (its token is dead). */
  readonly onDenied: (error: ApiError) => void;
  readonly onChange?: (entries: readonly Entry[]) => void;
  readonly clock: Clock;
  readonly random: () => number;
}

const FIRST_WAIT = 1_000;
const LONGEST_WAIT = 20_000;

export class Outbox {
  readonly entries = signal<readonly Entry[]>([]);
  /** Whether the oldest entry has already failed at least once. */
  readonly late = signal(false);
  private released = false;
  private sending = false;
  private failures = 0;
  private cancelRetry: () => void = () => undefined;

  constructor(private readonly options: OutboxOptions) {}

  add(entry: Entry): void {
    this.change([...this.entries.value, entry]);
    if (!this.late.value) this.flush();
  }

  /** Take over entries of before a reload, without sending them yet. */
  restore(entries: readonly Entry[]): void {
    this.change([...entries, ...this.entries.value]);
  }

  /** There is a conversation to send to. */
  release(): void {
    this.released = true;
    this.flush();
  }

  /** Stop sending and give back what has not left. */
  close(): readonly Entry[] {
    this.released = false;
    this.cancelRetry();
    this.late.value = false;
    const left = this.entries.value;
    this.change([]);
    return left;
  }

  /** Forget one entry: it came back in the thread, or the child takes a refused text back. */
  remove(clientId: string): void {
    if (this.entries.value.some((entry) => entry.clientId === clientId)) {
      this.change(this.entries.value.filter((entry) => entry.clientId !== clientId));
    }
  }

  /** Try now, however long the next try was put off. */
  flush(): void {
    this.cancelRetry();
    const next = this.entries.value.find((entry) => entry.refused === null);
    if (!this.released || this.sending || next === undefined) return;
    this.sending = true;
    this.options.send(next).then(
      ({ seq }) => this.arrived(next, seq),
      (error) => this.failed(next, error instanceof ApiError ? error : new ApiError(0, "")),
    );
  }

  private arrived(entry: Entry, seq: number): void {
    this.sending = false;
    this.failures = 0;
    this.late.value = false;
    if (this.holds(entry)) {
      this.options.onSent(entry, seq);
      this.remove(entry.clientId);
    }
    this.flush();
  }

  private failed(entry: Entry, error: ApiError): void {
    this.sending = false;
    const held = this.holds(entry);
    if (held && error.status === 401) this.options.onDenied(error);
    else if (held && error.passing) this.putOff(error);
    else this.goOn(entry, error.sentence);
  }

  private goOn(entry: Entry, sentence: string): void {
    this.late.value = false;
    if (this.holds(entry)) this.refuse(entry, sentence);
    this.flush();
  }

  /** False once the entry came back by the stream, or the conversation it was for has ended. */
  private holds(entry: Entry): boolean {
    return this.entries.value.some(({ clientId }) => clientId === entry.clientId);
  }

  private putOff(error: ApiError): void {
    this.late.value = true;
    const wait = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** Math.min(this.failures, 10));
    this.failures += 1;
    const jittered = wait * (0.5 + this.options.random() / 2);
    const delay = Math.max(jittered, error.retryAfter ?? 0);
    this.cancelRetry = this.options.clock.after(delay, () => this.flush());
  }

  private refuse(refused: Entry, sentence: string): void {
    this.change(
      this.entries.value.map((entry) =>
        entry.clientId === refused.clientId ? { ...entry, refused: sentence } : entry,
      ),
    );
  }

  private change(entries: readonly Entry[]): void {
    this.entries.value = entries;
    this.options.onChange?.(entries);
  }
}
