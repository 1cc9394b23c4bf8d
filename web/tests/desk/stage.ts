/** A desk on a stand-in api and a hand clock, with Camille signed in unless said otherwise. */

import type { Card, Erased, OpenCard } from "../../desk/contract";
import { Desk } from "../../desk/desk";
import { HandClock, settled } from "../hand-clock";
import { type Answer, json, StandInApi } from "../stand-in-api";
import { CAMILLE } from "./samples";

export const CONVERSATIONS = "/api/desk/conversations";
export const EVENTS = "/api/desk/events";

/** A refusal as the desk's api makes it. */
export function refused(status: number, error: string, more: object = {}): Response {
  return json({ error, ...more }, status);
}

export { json };

export class Stage {
  cards: readonly Card[] = [];
  erased: readonly Erased[] = [];
  rings = 0;
  watching = true;
  private ids = 0;
  readonly clock = new HandClock();
  readonly api = new StandInApi()
    .on("GET /api/desk/setup", () => json({ second_factor: false, helpline: "Écoute" }))
    .on("GET /api/desk/session", () => json(CAMILLE))
    .on("DELETE /api/desk/session", () => json(null, 204))
    .on("POST /api/desk/session", () => json(null, 204))
    .on(`GET ${CONVERSATIONS}`, () => json({ conversations: this.cards, erased: this.erased }))
    .streaming(EVENTS);
  readonly desk = new Desk({
    ...{ fetch: this.api.fetch, clock: this.clock, random: () => 1 },
    newClientId: () => `id-${++this.ids}`,
    ring: () => {
      this.rings += 1;
    },
    inView: () => this.watching,
  });

  async started(): Promise<Desk> {
    this.desk.start();
    await settled();
    return this.desk;
  }

  /** Lay down a conversation and what is answered to a deed in it. */
  conversation(open: OpenCard, deeds: { readonly [deed: string]: Answer } = {}): void {
    const path = `${CONVERSATIONS}/${open.conversation.id}`;
    this.api.on(`GET ${path}`, () => json(open));
    this.api.on(`POST ${path}/typing`, () => json(null, 204));
    for (const [deed, answer] of Object.entries(deeds)) this.api.on(`POST ${path}/${deed}`, answer);
  }

  async selected(open: OpenCard, deeds: { readonly [deed: string]: Answer } = {}): Promise<void> {
    this.conversation(open, deeds);
    this.desk.select(open.conversation.id);
    await settled();
  }

  posted(id: string, deed: string): unknown[] {
    return this.api.bodies(`POST ${CONVERSATIONS}/${id}/${deed}`);
  }

  asked(call: string): number {
    return this.api.bodies(call).length;
  }

  async listed(cards: readonly Card[]): Promise<void> {
    this.cards = cards;
    this.desk.queue.refresh();
    await this.clock.pass(300);
  }

  async say(event: string, data: object): Promise<void> {
    this.api.stream.say(event, data);
    await this.clock.pass(300);
  }
}
