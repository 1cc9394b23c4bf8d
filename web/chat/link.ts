/**
 * The page's line to one conversation: the live stream, and a plain read whenever the stream breaks,
 * so that words get through even where a network lets no stream pass.
 *
 * Not for: keeping anything; it tells what it hears and forgets it.
 */

import { type ApiError, call, type Fetch } from "../shared/api";
import type { Clock } from "../shared/clock";
import type { Author, Message, Standing, Thread } from "../shared/contract";
import { EventStream, type StreamEvent, type StreamState } from "../shared/events";

export interface LinkOptions {
  readonly token: string;
  readonly fetch: Fetch;
  readonly clock: Clock;
  readonly random: () => number;
  readonly completeUpTo: () => number;
  readonly onMessages: (messages: readonly Message[]) => void;
  readonly onStanding: (standing: Standing) => void;
  readonly onTyping: (author: Author) => void;
  readonly onErased: () => void;
  readonly onRefused: (error: ApiError) => void;
  /** True when neither stream nor read gets through; false when one does again. */
  readonly onLost: (lost: boolean) => void;
}

export class Link {
  private readonly stream: EventStream;
  private closed = false;

  constructor(private readonly options: LinkOptions) {
    this.stream = new EventStream({
      url: "/api/chat/events",
      token: options.token,
      fetch: options.fetch,
      clock: options.clock,
      random: options.random,
      onEvent: (event) => this.hear(event),
      onState: (state) => this.turn(state),
      onRefused: options.onRefused,
    });
  }

  open(): void {
    this.stream.open();
  }

  drop(): void {
    this.stream.drop();
  }

  close(): void {
    this.closed = true;
    this.stream.close();
  }

  private turn(state: StreamState): void {
    if (state === "live") this.options.onLost(false);
    if (state === "lost") void this.catchUp();
  }

  private async catchUp(): Promise<void> {
    const { token, fetch } = this.options;
    const path = `/api/chat/messages?after=${this.options.completeUpTo()}`;
    try {
      const thread = await call<Thread>(path, { token, fetch });
      if (this.closed) return;
      this.options.onMessages(thread.messages);
      this.options.onStanding(thread);
      this.options.onLost(false);
    } catch (error) {
      if (this.closed) return;
      const refusal = error as ApiError;
      if (refusal.status === 401) this.options.onRefused(refusal);
      else this.options.onLost(true);
    }
  }

  private hear(event: StreamEvent): void {
    if (event.name === "message") this.options.onMessages([event.data as Message]);
    if (event.name === "status") this.options.onStanding(event.data as Standing);
    if (event.name === "typing") this.options.onTyping((event.data as { author: Author }).author);
    if (event.name === "erased") this.options.onErased();
  }
}
