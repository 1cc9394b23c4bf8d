/**
 * An api at the end of a `fetch`: it keeps what was asked, answers what the test laid down, and
 * holds the event streams open for the test to speak through.
 */

import type { Fetch } from "../shared/api";

export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body: unknown;
}

export type Answer = (asked: Asked) => Response | Promise<Response>;

export function json(body: unknown, status = 200, headers: Record<string, string> = {}): Response {
  return new Response(status === 204 ? null : JSON.stringify(body), { status, headers });
}

export function refused(status: number, sentence: string, headers = {}): Response {
  return json({ error: sentence }, status, headers);
}

export function unreachable(): Response {
  throw new TypeError("Failed to fetch");
}

/** One open event stream. */
export class Stream {
  private controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  readonly body = new ReadableStream<Uint8Array>({
    start: (controller) => {
      this.controller = controller;
    },
  });

  constructor(readonly asked: Asked) {}

  write(text: string): void {
    this.writeBytes(new TextEncoder().encode(text));
  }

  writeBytes(bytes: Uint8Array): void {
    this.controller?.enqueue(bytes);
  }

  say(event: string, data: unknown, id?: number): void {
    this.write(
      `event: ${event}\n${id === undefined ? "" : `id: ${id}\n`}data: ${JSON.stringify(data)}\n\n`,
    );
  }

  end(): void {
    this.controller?.close();
  }

  break(): void {
    this.controller?.error(new TypeError("network error"));
  }
}

export class StandInApi {
  readonly asked: Asked[] = [];
  readonly streams: Stream[] = [];
  private readonly answers = new Map<string, Answer>();

  /** Lay down the answer to a call such as `POST /api/chat/messages`; the last one laid down holds. */
  on(call: string, answer: Answer): this {
    this.answers.set(call, answer);
    return this;
  }

  /** Answer calls of the event stream with an open stream. */
  streaming(path: string): this {
    return this.on(`GET ${path}`, (asked) => {
      const stream = new Stream(asked);
      this.streams.push(stream);
      return new Response(stream.body, { headers: { "Content-Type": "text/event-stream" } });
    });
  }

  get stream(): Stream {
    const last = this.streams[this.streams.length - 1];
    if (last === undefined) throw new Error("no stream was opened");
    return last;
  }

  bodies(call: string): unknown[] {
    return this.asked.filter((asked) => callOf(asked) === call).map(({ body }) => body);
  }

  readonly fetch: Fetch = async (address, init = {}) => {
    const asked = {
      method: init.method ?? "GET",
      path: address,
      headers: init.headers as Record<string, string>,
      body: typeof init.body === "string" ? JSON.parse(init.body) : undefined,
    };
    this.asked.push(asked);
    const answer = this.answers.get(callOf(asked));
    if (answer === undefined) throw new Error(`nothing laid down for ${callOf(asked)}`);
    return answer(asked);
  };
}

function callOf({ method, path }: Asked): string {
  return `${method} ${path.split("?")[0]}`;
}
