/** One conversation of the page on a stand-in api, a hand clock and a tab's storage. */

import { Conversation } from "../../chat/conversation";
import { Saved } from "../../chat/saved";
import { HandClock, settled } from "../hand-clock";
import { json, StandInApi } from "../stand-in-api";
import { ACCESS, standing, TabStorage } from "./samples";

export const EVENTS = "/api/chat/events";
export const MESSAGES = "/api/chat/messages";

export class Stage {
  readonly api = new StandInApi()
    .on("POST /api/chat/conversations", () => json(ACCESS, 201))
    .on(`POST ${MESSAGES}`, () => json({ seq: 2 }, 202))
    .on(`GET ${MESSAGES}`, () => json({ messages: [], ...standing() }))
    .on("POST /api/chat/seen", () => json(null, 204))
    .on("POST /api/chat/typing", () => json(null, 204))
    .on("DELETE /api/chat/conversation", () => json(null, 204))
    .streaming(EVENTS);
  readonly clock = new HandClock();
  readonly storage = new TabStorage();
  conversation = this.reload();

  /** The page as it is after a reload of its tab. */
  reload(): Conversation {
    let ids = 0;
    this.conversation = new Conversation({
      ...{ fetch: this.api.fetch, clock: this.clock, random: () => 1 },
      newClientId: () => `id-${++ids}`,
      saved: new Saved(() => this.storage),
    });
    return this.conversation;
  }

  /** Start, and wait until the stream is open. */
  async opened(): Promise<Conversation> {
    this.conversation.start();
    await settled();
    return this.conversation;
  }

  async say(event: string, data: object, id?: number): Promise<void> {
    this.api.stream.say(event, data, id);
    await settled();
  }

  get texts(): string[] {
    return this.conversation.messages.value.map(({ text }) => text);
  }
}
