/**
 * The conversation that is open at the desk: its card as the api gives it, and what is done with it.
 *
 * A newer revision wins whatever arrives first. Not for: replies on their way (`outgoing.ts`) and
 * what is being written (`drafts.ts`), which outlive the opening of another conversation.
 */

import { batch, signal } from "@preact/signals";
import { ApiError } from "../shared/api";
import type { Deed, Kind, Level, Myself, OpenCard } from "./contract";
import type { DeskApi } from "./desk-api";
import { sentenceOf } from "./refusals";
import { Rereading } from "./rereading";

export interface ConversationOptions {
  readonly api: DeskApi;
  readonly me: () => Myself | null;
  /** It exists no more: erased by the child, or purged. */
  readonly onGone: (id: string) => void;
  /** Something was done or refused; the queue may look different. */
  readonly onChanged: () => void;
}

const TYPING_PAUSE = 4_000;

export class OpenConversation {
  readonly id = signal<string | null>(null);
  readonly card = signal<OpenCard | null>(null);
  readonly gone = signal(false);
  /** The last refusal, as a sentence, until something succeeds. */
  readonly sentence = signal<string | null>(null);
  readonly busy = signal(false);
  private reading: Rereading<OpenCard> | null = null;
  private typedAt = Number.NEGATIVE_INFINITY;

  constructor(private readonly options: ConversationOptions) {}

  open(id: string): void {
    if (this.id.value === id && !this.gone.value) return;
    batch(() => {
      this.leave();
      this.id.value = id;
    });
    this.reading = new Rereading({
      read: () => this.options.api.open(id),
      onRead: (card) => this.take(card),
      onFailed: (error) => this.refuse(id, error),
      clock: this.options.api.clock,
    });
    this.reading.ask();
  }

  leave(): void {
    this.reading?.stop();
    this.reading = null;
    this.id.value = this.card.value = this.sentence.value = null;
    this.gone.value = this.busy.value = false;
    this.typedAt = Number.NEGATIVE_INFINITY;
  }

  /** The stream has told of a change; `revision` null: it may have missed some. */
  changed(id: string, revision: number | null): void {
    const known = this.card.value?.conversation.revision ?? -1;
    if (id === this.id.value && !this.gone.value && (revision === null || revision > known)) {
      this.reading?.ask();
    }
  }

  /** Take a card as the api has answered it; one of before does not replace one of after. */
  take(card: OpenCard): void {
    const { id, revision } = card.conversation;
    if (id !== this.id.value || revision < (this.card.value?.conversation.revision ?? -1)) return;
    this.card.value = card;
  }

  claim(): Promise<boolean> {
    return this.act("claim");
  }

  release(): Promise<boolean> {
    return this.act("release");
  }

  returnToBot(): Promise<boolean> {
    return this.act("return-to-bot");
  }

  close(outcome: string | null): Promise<boolean> {
    return this.act("close", { outcome });
  }

  judge(level: Level | null, kind: Kind | null): Promise<boolean> {
    return this.act("danger", kind === null ? { level } : { level, kind });
  }

  note(text: string): Promise<boolean> {
    return this.act("notes", { text });
  }

  /** Erase everything of this contact, at the child's wish. */
  erase(): Promise<boolean> {
    return this.once(async (id) => {
      await this.options.api.erase(id);
      // Another may be open by now.
      if (id === this.id.value) this.end(id);
      else this.options.onGone(id);
    });
  }

  /** The counsellor is typing a reply; the child is told now and then. */
  typed(): void {
    const { api } = this.options;
    if (this.id.value === null || api.clock.now() - this.typedAt < TYPING_PAUSE) return;
    this.typedAt = api.clock.now();
    // Lost typing is no loss: it is never tried again.
    api.typing(this.id.value).catch(() => undefined);
  }

  /** Say why something is not possible now. */
  warn(sentence: string): void {
    this.sentence.value = sentence;
  }

  /** Show why something was refused, and look how things are now. */
  refuse(id: string, error: ApiError): void {
    if (id !== this.id.value) return;
    if (error.status === 404) this.end(id);
    else if (error.status !== 401) this.sentence.value = sentenceOf(error, this.options.me());
    if (error.status === 409) {
      this.reading?.ask();
      this.options.onChanged();
    }
  }

  private act(deed: Deed, body: object = {}): Promise<boolean> {
    return this.once(async (id) => this.take(await this.options.api.act(id, deed, body)));
  }

  /** Do it, and say whether it was done. One deed at a time: a second click does nothing. */
  private async once(deed: (id: string) => Promise<void>): Promise<boolean> {
    const id = this.id.value;
    if (id === null || this.busy.value) return false;
    this.busy.value = true;
    this.sentence.value = null;
    try {
      await deed(id);
      this.options.onChanged();
      return true;
    } catch (error) {
      this.refuse(id, error instanceof ApiError ? error : new ApiError(0, ""));
      return false;
    } finally {
      if (id === this.id.value) this.busy.value = false;
    }
  }

  private end(id: string): void {
    this.reading?.stop();
    // What has been erased leaves the screen too.
    this.card.value = null;
    this.gone.value = true;
    this.options.onGone(id);
  }
}
