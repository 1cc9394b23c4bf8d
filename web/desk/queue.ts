/**
 * The conversations as the queue shows them, in the order of the api: danger first.
 *
 * Not for: the order itself, nor for what is open on the right (`conversation.ts`).
 */

import { computed, signal } from "@preact/signals";
import type { ApiError } from "../shared/api";
import type { Card, CardList, Channel, Erased } from "./contract";
import type { DeskApi } from "./desk-api";
import { sentenceOf } from "./refusals";
import { Rereading } from "./rereading";

export type Tab = "waiting" | "with_bot" | "with_counsellor" | "all" | "closed";

export const TABS: readonly Tab[] = ["waiting", "with_bot", "with_counsellor", "all", "closed"];

export class Queue {
  readonly tab = signal<Tab>("waiting");
  /** Null: both channels. */
  readonly channel = signal<Channel | null>(null);
  /** Why the list may be old, or null. */
  readonly sentence = signal<string | null>(null);
  private readonly open = signal<CardList | null>(null);
  private readonly closed = signal<readonly Card[] | null>(null);
  private readonly openReading: Rereading<CardList>;
  private readonly closedReading: Rereading<CardList>;

  readonly cards = computed(() => this.open.value?.conversations ?? []);
  /** The conversations of the tab, or null before they have been read once. */
  readonly shown = computed(() => {
    const all = this.tab.value === "closed" ? this.closed.value : this.open.value?.conversations;
    return all?.filter((card) => this.passes(card.channel) && inTab(card, this.tab.value)) ?? null;
  });
  /** How many stand behind each tab; none is told of the closed, which are not watched. */
  readonly counts = computed(() => {
    const cards = this.cards.value.filter((card) => this.passes(card.channel));
    return new Map<Tab, number>(
      TABS.filter((tab) => tab !== "closed").map((tab) => [
        tab,
        cards.filter((card) => inTab(card, tab)).length,
      ]),
    );
  });
  /** Erased by the child while in danger: shown where somebody may still act on it. */
  readonly erased = computed<readonly Erased[]>(() =>
    this.tab.value === "waiting" || this.tab.value === "all"
      ? (this.open.value?.erased ?? []).filter(({ channel }) => this.passes(channel))
      : [],
  );

  constructor(
    api: DeskApi,
    private readonly onRead: (cards: readonly Card[]) => void,
  ) {
    const onFailed = (error: ApiError) => {
      this.sentence.value = sentenceOf(error, null);
    };
    const { clock } = api;
    this.openReading = new Rereading({
      read: () => api.list(false),
      onRead: (list) => this.take(list),
      ...{ onFailed, clock },
    });
    this.closedReading = new Rereading({
      read: () => api.list(true),
      onRead: ({ conversations }) => {
        this.closed.value = conversations;
      },
      ...{ onFailed, clock },
    });
  }

  /** Something may have changed. */
  refresh(): void {
    this.openReading.ask();
    if (this.tab.value === "closed") this.closedReading.ask();
  }

  show(tab: Tab): void {
    this.tab.value = tab;
    if (tab === "closed") this.closedReading.ask();
  }

  clear(): void {
    this.openReading.stop();
    this.closedReading.stop();
    this.open.value = this.closed.value = this.sentence.value = null;
  }

  private take(list: CardList): void {
    this.open.value = list;
    this.sentence.value = null;
    this.onRead(list.conversations);
  }

  private passes(channel: Channel): boolean {
    return this.channel.value === null || this.channel.value === channel;
  }
}

function inTab(card: Card, tab: Tab): boolean {
  return tab === "all" || card.status === tab;
}
