/**
 * The child's side of one conversation: everything the page shows and everything it can do.
 *
 * Knows no DOM. Views read the signals and call the methods; the api, time, chance and storage are
 * handed in. Not for: wording and layout.
 */

import { computed, type ReadonlySignal, signal } from "@preact/signals";
import { call, type Fetch } from "../shared/api";
import type { Clock } from "../shared/clock";
import type { Access, Author, Message, Standing } from "../shared/contract";
import { Link } from "./link";
import { Opening } from "./opening";
import { type Entry, Outbox } from "./outbox";
import { Presence } from "./presence";
import { asMessage, bodyOf, joined } from "./said";
import { sameWords } from "./same-words";
import type { Saved } from "./saved";
import { completeUpTo, type Messages, merged, openOffer, opensAnother, shown } from "./thread";
import { TypingSign } from "./typing";

/** `denied`: the token is dead. `erased`: by the child, here or elsewhere. `left`: quick exit. */
export type Phase = "opening" | "open" | "denied" | "erased" | "left";

export interface Surroundings {
  readonly fetch: Fetch;
  readonly clock: Clock;
  readonly random: () => number;
  readonly newClientId: () => string;
  readonly saved: Saved;
}

export class Conversation {
  readonly phase = signal<Phase>("opening");
  readonly standing = signal<Standing | null>(null);
  readonly lost = signal(false);
  readonly draft = signal("");
  readonly resumeCode = signal<string | null>(null);
  readonly outbox: Outbox;
  private readonly opening: Opening;
  private readonly typingSign: TypingSign;
  private readonly known = signal<Messages>([]);
  readonly messages = computed(() => shown(this.known.value));
  /** There is no conversation any more, and another one may begin. */
  readonly over = computed(() => this.phase.value === "erased" || this.phase.value === "denied");
  /** The message whose choices may be tapped now, or null. */
  readonly offer = computed(() =>
    this.outbox.entries.value.some(({ refused }) => refused === null) || this.withoutProgram
      ? null
      : openOffer(this.known.value),
  );
  private access: Access | null = null;
  private link: Link | null = null;
  private presence: Presence | null = null;

  constructor(private readonly around: Surroundings) {
    this.typingSign = new TypingSign(around.clock);
    this.opening = new Opening({
      create: () => this.ask<Access>("/api/chat/conversations", { method: "POST", body: {} }),
      onOpened: (access) => this.enter(access),
      onLost: () => {
        this.lost.value = true;
      },
      clock: around.clock,
      random: around.random,
    });
    this.outbox = new Outbox({
      send: (entry) => this.deliver(entry),
      onSent: (entry, seq) => this.stored(asMessage(entry, seq, around.clock.now())),
      onDenied: () => this.end("denied"),
      onChange: (unsent) => around.saved.keep({ unsent }),
      clock: around.clock,
      random: around.random,
    });
  }

  /** Go on with the conversation of this tab, or begin one so that the greeting is there at once. */
  start(): void {
    const { access, unsent } = this.around.saved;
    this.phase.value = "opening";
    if (access === null) {
      this.opening.begin();
    } else {
      this.outbox.restore(unsent);
      this.enter(access);
    }
  }

  /** Who writes on the other side right now, or null. */
  get typing(): ReadonlySignal<Author | null> {
    return this.typingSign.author;
  }

  send(text: string): void {
    const words = text.trim();
    if (words !== "") this.say(words, null);
  }

  /** Tap the choice with this number (from 1). A tap on a choice that is no longer open does nothing. */
  choose(offer: Message, number: number): void {
    const choice = (offer.choices ?? [])[number - 1];
    if (choice === undefined || this.offer.value?.seq !== offer.seq) return;
    this.say(choice.label, { offer: offer.seq, number });
  }

  /** Ask for a person, in these words: a tap where the program offers just that, a text otherwise. */
  askPerson(text: string): void {
    const offer = this.offer.value;
    const at = (offer?.choices ?? []).findIndex(({ label }) => sameWords(label, text));
    if (offer !== null && at >= 0) this.choose(offer, at + 1);
    else this.send(text);
  }

  /** Put a refused text back under the child's fingers. */
  takeBack(entry: Entry): void {
    this.outbox.remove(entry.clientId);
    if (entry.choice === null) this.draft.value = joined([entry.text, this.draft.value]);
  }

  /** The child is typing; the other side is told now and then. */
  typed(): void {
    this.presence?.typed();
  }

  /** This message and all before it have been in front of the child's eyes. */
  displayed(seq: number): void {
    this.presence?.displayed(seq);
  }

  /** The network or the reader is back: do not wait for the next try. */
  wake(): void {
    this.opening.hurry();
    if (this.lost.value) this.link?.open();
    this.outbox.flush();
  }

  /** The device says that its network is gone: say so now, not when the silence has lasted. */
  offline(): void {
    this.link?.drop();
  }

  /** Open another conversation by its code. Throws `ApiError` with the sentence to show. */
  async resume(code: string): Promise<void> {
    const access = await this.ask<Access>("/api/chat/resume", { method: "POST", body: { code } });
    this.leaveBehind();
    this.outbox.close();
    this.enter(access);
  }

  /** Erase the conversation for everybody. Throws `ApiError` with the sentence to show. */
  async erase(): Promise<void> {
    await this.ask<void>("/api/chat/conversation", { method: "DELETE" });
    this.end("erased");
  }

  /** Begin again after the end of a conversation. */
  startAnew(): void {
    this.leaveBehind();
    this.start();
  }

  /** Quick exit: nothing of the conversation is left in the page or in the tab. */
  leave(): void {
    this.end("left");
    this.draft.value = "";
  }

  /** What the program has offered is nobody's question any more. */
  private get withoutProgram(): boolean {
    const status = this.standing.value?.status;
    return status === "with_counsellor" || status === "closed";
  }

  private say(text: string, choice: Entry["choice"]): void {
    this.outbox.add({ clientId: this.around.newClientId(), text, choice, refused: null });
  }

  private deliver(entry: Entry): Promise<{ readonly seq: number }> {
    const body = bodyOf(entry, this.known.value);
    return this.ask("/api/chat/messages", { method: "POST", body });
  }

  private enter(access: Access): void {
    this.access = access;
    this.around.saved.keep({ access });
    this.resumeCode.value = access.resume_code;
    this.lost.value = false;
    this.phase.value = "open";
    this.listen(access.token);
    this.outbox.release();
  }

  private listen(token: string): void {
    const tell = (path: string, body: unknown) => this.ask(path, { method: "POST", body });
    this.presence = new Presence(tell, this.around.clock);
    this.link = this.linkTo(token);
    this.link.open();
  }

  private stored(own: Message): void {
    if (this.access && opensAnother(this.known.value, own)) {
      this.hangUp();
      this.known.value = [];
      this.listen(this.access.token);
    }
    this.take([own]);
  }

  private hangUp(): void {
    this.link?.close();
    this.presence?.close();
    this.link = this.presence = null;
  }

  private linkTo(token: string): Link {
    const { fetch, clock, random } = this.around;
    return new Link({
      ...{ token, fetch, clock, random },
      completeUpTo: () => completeUpTo(this.known.value),
      onMessages: (messages) => this.take(messages),
      onStanding: (standing) => {
        this.standing.value = standing;
      },
      onTyping: (author) => this.typingSign.show(author),
      onErased: () => this.end("erased"),
      onRefused: () => this.end("denied"),
      onLost: (lost) => {
        if (this.lost.value && !lost) this.outbox.flush();
        this.lost.value = lost;
      },
    });
  }

  private take(messages: Messages): void {
    for (const { client_id } of messages) if (client_id) this.outbox.remove(client_id);
    this.typingSign.endWith(messages);
    this.known.value = merged(this.known.value, messages);
  }

  private end(phase: "denied" | "erased" | "left"): void {
    this.leaveBehind();
    this.phase.value = phase;
    const unsent = this.outbox.close().filter(({ choice }) => choice === null);
    // Words that never left are the child's: they wait in the field for the next conversation.
    if (phase === "denied")
      this.draft.value = joined([...unsent.map(({ text }) => text), this.draft.value]);
    this.around.saved.forget();
  }

  private leaveBehind(): void {
    this.opening.cancel();
    this.typingSign.end();
    this.hangUp();
    this.access = null;
    this.known.value = [];
    this.standing.value = this.resumeCode.value = null;
    this.lost.value = false;
  }

  private ask<T>(path: string, options: { method: "POST" | "DELETE"; body?: unknown }): Promise<T> {
    const { fetch, clock } = this.around;
    const token = this.access?.token;
    return call<T>(path, { ...options, fetch, clock, ...(token === undefined ? {} : { token }) });
  }
}
