/**
 * The desk as one counsellor has it open: who is signed in, the queue, the open conversation, what
 * is being written and sent, and the live stream that keeps all of it true.
 *
 * Knows no DOM: network, time, chance and the alarm's sound are handed in. Not for: wording.
 */

import { effect, signal, untracked } from "@preact/signals";
import type { ApiError, Fetch } from "../shared/api";
import type { Clock } from "../shared/clock";
import { EventStream, type StreamEvent } from "../shared/events";
import { Alarm } from "./alarm";
import type { Card, OpenCard } from "./contract";
import { OpenConversation } from "./conversation";
import { DeskApi, EVENTS } from "./desk-api";
import { Drafts } from "./drafts";
import { Outgoing, type Reply } from "./outgoing";
import { Queue } from "./queue";
import { Session } from "./session";
import { Ticker } from "./ticker";
import { TypingSigns } from "./typing-signs";

export interface Surroundings {
  readonly fetch: Fetch;
  readonly clock: Clock;
  readonly random: () => number;
  readonly newClientId: () => string;
  /** A grave danger is new. */
  readonly ring: () => void;
  /** Whether somebody can see the page right now. */
  readonly inView: () => boolean;
}

export class Desk {
  readonly lost = signal(false);
  readonly session: Session;
  readonly queue: Queue;
  readonly conversation: OpenConversation;
  readonly alarm: Alarm;
  readonly drafts = new Drafts();
  readonly outgoing: Outgoing;
  readonly typing: TypingSigns;
  readonly ticker: Ticker;
  private readonly stream: EventStream;
  private lastOne: string | null = null;

  constructor(private readonly around: Surroundings) {
    const api = new DeskApi(around.fetch, around.clock);
    this.session = new Session(api);
    api.onSignedOut = () => this.session.expire();
    this.alarm = new Alarm(around.ring);
    this.queue = new Queue(api, (cards) => this.listed(cards));
    this.conversation = new OpenConversation({
      api,
      me: () => this.session.me.value,
      onGone: (id) => this.gone(id),
      onChanged: () => this.queue.refresh(),
    });
    this.outgoing = new Outgoing({
      send: ({ conversation, clientId, text }) =>
        api.act(conversation, "messages", { client_id: clientId, text }),
      onStored: (card) => this.stored(card),
      onRefused: (reply, error) => this.refused(reply, error),
      clock: around.clock,
    });
    this.typing = new TypingSigns(around.clock);
    this.ticker = new Ticker(around.clock);
    this.stream = this.streamOf();
  }

  start(): void {
    effect(() => {
      const phase = this.session.phase.value;
      untracked(() => {
        if (phase === "signed_in") this.enter();
        if (phase === "signed_out") this.leave();
      });
    });
    void this.session.start();
  }

  select(id: string): void {
    this.conversation.open(id);
    this.alarm.look(id);
  }

  /** Back to the queue alone. */
  back(): void {
    this.conversation.leave();
  }

  /** Send what was written to the child of the open conversation. */
  reply(): void {
    const conversation = this.conversation.id.value;
    if (conversation === null) return;
    const text = this.drafts.read(conversation, "reply").trim();
    if (text === "") return;
    this.drafts.write(conversation, "reply", "");
    this.conversation.sentence.value = null;
    this.outgoing.add({ clientId: this.around.newClientId(), conversation, text });
  }

  /** Keep what was written as a note; it stays in its field until the api has it. */
  async note(): Promise<void> {
    const conversation = this.conversation.id.value;
    if (conversation === null) return;
    const text = this.drafts.read(conversation, "note");
    if (text.trim() === "" || !(await this.conversation.note(text.trim()))) return;
    if (this.drafts.read(conversation, "note") === text)
      this.drafts.write(conversation, "note", "");
  }

  /** End the session and forget everything. Throws `ApiError`. */
  async signOut(): Promise<void> {
    await this.session.signOut();
    this.drafts.forget();
  }

  /** The network or the reader is back: do not wait for the next try. */
  wake(): void {
    if (this.session.phase.value !== "signed_in") return;
    if (this.lost.value) this.stream.open();
    this.outgoing.flush();
    this.ticker.tick();
    const open = this.conversation.id.value;
    if (open !== null) this.alarm.look(open);
  }

  /** The device says that its network is gone: say so now, not when the silence has lasted. */
  offline(): void {
    this.stream.drop();
  }

  private enter(): void {
    const who = this.session.me.value?.email ?? null;
    // What one counsellor has begun is not shown to the next one at the same desk.
    if (who !== this.lastOne) this.drafts.forget();
    this.lastOne = who;
    this.ticker.start();
    this.queue.refresh();
    this.stream.open();
  }

  private leave(): void {
    this.stream.close();
    for (const { conversation, text } of this.outgoing.close())
      this.drafts.putBack(conversation, "reply", text);
    this.conversation.leave();
    this.queue.clear();
    this.alarm.clear();
    this.typing.endAll();
    this.ticker.stop();
    this.lost.value = false;
  }

  private streamOf(): EventStream {
    const { fetch, clock, random } = this.around;
    return new EventStream({
      ...{ url: EVENTS, fetch, clock, random },
      onEvent: (event) => this.hear(event),
      onState: (state) => {
        if (state === "lost") this.reread();
        if (state !== "connecting") this.lost.value = state === "lost";
      },
      onRefused: () => this.session.expire(),
    });
  }

  private hear({ name, data }: StreamEvent): void {
    const { conversation, revision } = data as { conversation?: string; revision?: number };
    if (name === "resync") this.reread();
    else if (conversation === undefined) return;
    else if (name === "typing") this.typing.show(conversation);
    else if (name === "changed") {
      this.queue.refresh();
      // What was being written may be what is there now; whoever goes on writing says so again.
      this.typing.end(conversation);
      this.conversation.changed(conversation, revision ?? null);
    }
  }

  private reread(): void {
    this.queue.refresh();
    const open = this.conversation.id.value;
    if (open !== null) this.conversation.changed(open, null);
  }

  private listed(cards: readonly Card[]): void {
    const watched = this.around.inView() ? this.conversation.id.value : null;
    this.alarm.take(cards, this.session.me.value, watched);
  }

  private stored(card: OpenCard): void {
    this.conversation.take(card);
  }

  private refused(reply: Reply, error: ApiError): void {
    this.drafts.putBack(reply.conversation, "reply", reply.text);
    this.conversation.refuse(reply.conversation, error);
  }

  private gone(id: string): void {
    this.drafts.drop(id);
    this.typing.end(id);
    this.alarm.look(id);
    this.queue.refresh();
  }
}
