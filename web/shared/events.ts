/**
 * A server-sent event stream that is read by `fetch`, so that a token travels in a header and never
 * in an address, and that comes back by itself without a gap (`Last-Event-ID`).
 *
 * Not for: knowing what an event means, or reading messages when no stream gets through.
 */

import { createParser, type EventSourceMessage, type EventSourceParser } from "eventsource-parser";
import { type ApiError, type Fetch, refusal } from "./api";
import { type Clock, systemClock } from "./clock";

export type StreamState = "connecting" | "live" | "lost";

export interface StreamEvent {
  readonly name: string;
  readonly data: unknown;
}

export interface StreamOptions {
  readonly url: string;
  readonly token?: string;
  readonly onEvent: (event: StreamEvent) => void;
  readonly onState: (state: StreamState) => void;
  /** The api will not serve this stream (401, 403, 404): it is over, and nothing is tried again. */
  readonly onRefused: (error: ApiError) => void;
  readonly fetch?: Fetch;
  readonly clock?: Clock;
  readonly random?: () => number;
}

const FIRST_WAIT = 1_000;
const LONGEST_WAIT = 15_000;
// Some proxies hold a stream back for ever; the api says something at least every 15 s.
const SILENCE = 45_000;
const ENDED = [401, 403, 404, 410];

export class EventStream {
  private lastEventId = "";
  private state: StreamState | null = null;
  private failures = 0;
  private shortestWait = FIRST_WAIT;
  private connection: AbortController | null = null;
  private cancelTimer: () => void = () => undefined;
  private readonly clock: Clock;

  constructor(private readonly options: StreamOptions) {
    this.clock = options.clock ?? systemClock;
  }

  /** Connect, or connect again at once (the network is back, the page is looked at again). */
  open(): void {
    this.close();
    this.failures = 0;
    void this.connect();
  }

  close(): void {
    this.cancelTimer();
    this.connection?.abort();
    this.connection = null;
  }

  /** The network is known to be gone: do not wait for the silence to tell. */
  drop(): void {
    if (this.connection) this.lose(this.connection);
  }

  private async connect(): Promise<void> {
    const connection = new AbortController();
    this.connection = connection;
    this.become("connecting");
    this.watch(connection);
    try {
      const response = await this.ask(connection.signal);
      if (this.connection !== connection) return;
      if (ENDED.includes(response.status)) return this.end(await refusal(response));
      if (response.ok && response.body) await this.read(response.body.getReader(), connection);
    } catch {
      // A broken network is the expected case: what follows is the same as a stream that ended.
    }
    this.lose(connection);
  }

  private ask(signal: AbortSignal): Promise<Response> {
    const { url, token, fetch } = this.options;
    const headers: Record<string, string> = { Accept: "text/event-stream" };
    if (token !== undefined) headers.Authorization = `Bearer ${token}`;
    if (this.lastEventId !== "") headers["Last-Event-ID"] = this.lastEventId;
    const init: RequestInit = { headers, signal, cache: "no-store", credentials: "same-origin" };
    return fetch ? fetch(url, init) : window.fetch(url, init);
  }

  private async read(
    reader: ReadableStreamDefaultReader<Uint8Array>,
    connection: AbortController,
  ): Promise<void> {
    const decoder = new TextDecoder();
    const parser = this.parser(connection);
    for (;;) {
      const { done, value } = await reader.read();
      if (done || this.connection !== connection) return;
      this.hear(connection);
      parser.feed(decoder.decode(value, { stream: true }));
    }
  }

  private parser(connection: AbortController): EventSourceParser {
    return createParser({
      onEvent: (event) => {
        if (this.connection === connection) this.take(event);
      },
      onRetry: (wait) => {
        this.shortestWait = Math.min(wait, LONGEST_WAIT);
      },
    });
  }

  private take(event: EventSourceMessage): void {
    const data = parsed(event.data);
    if (data === undefined) return;
    this.options.onEvent({ name: event.event ?? "message", data });
    // Only after the page has taken it: an event that failed to be shown is asked for again.
    if (event.id !== undefined) this.lastEventId = event.id;
  }

  private hear(connection: AbortController): void {
    this.failures = 0;
    this.become("live");
    this.watch(connection);
  }

  private watch(connection: AbortController): void {
    this.cancelTimer();
    this.cancelTimer = this.clock.after(SILENCE, () => {
      connection.abort();
      this.lose(connection);
    });
  }

  private lose(connection: AbortController): void {
    if (this.connection !== connection) return;
    this.close();
    this.become("lost");
    const random = this.options.random ?? Math.random;
    const wait = Math.min(LONGEST_WAIT, this.shortestWait * 2 ** Math.min(this.failures, 10));
    this.failures += 1;
    this.cancelTimer = this.clock.after(wait * (0.5 + random() / 2), () => void this.connect());
  }

  private become(state: StreamState): void {
    if (this.state === state) return;
    this.state = state;
    this.options.onState(state);
  }

  private end(error: ApiError): void {
    this.close();
    this.options.onRefused(error);
  }
}

function parsed(data: string): unknown {
  if (data === "") return null;
  try {
    return JSON.parse(data);
  } catch {
    return undefined;
  }
}
