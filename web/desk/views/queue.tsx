/** The queue: what to show of it, and the conversations in the order of the api. */

import type { JSX } from "preact";
import { useRef } from "preact/hooks";
import type { Channel } from "../contract";
import type { Desk } from "../desk";
import { type Queue, TABS } from "../queue";
import { words } from "../words";
import { CardView, ErasedView } from "./card";

export function QueueView({ desk }: { readonly desk: Desk }): JSX.Element {
  return (
    <nav class="queue" aria-label={words.queue}>
      <Tabs queue={desk.queue} />
      <Channels queue={desk.queue} />
      <List desk={desk} />
      <p class="keys">{words.helpKeys}</p>
    </nav>
  );
}

function Tabs({ queue }: { readonly queue: Queue }): JSX.Element {
  return (
    <fieldset class="tabs" aria-label={words.filter}>
      {TABS.map((tab) => (
        <button
          key={tab}
          type="button"
          class="tab"
          aria-pressed={queue.tab.value === tab}
          onClick={() => queue.show(tab)}
        >
          {words.tabs[tab]} <b class="count">{queue.counts.value.get(tab)}</b>
        </button>
      ))}
    </fieldset>
  );
}

const CHANNELS: readonly (readonly [Channel | null, string])[] = [
  [null, words.bothChannels],
  ["sms", words.sms],
  ["web", words.web],
];

function Channels({ queue }: { readonly queue: Queue }): JSX.Element {
  return (
    <fieldset class="channels" aria-label={words.channelFilter}>
      {CHANNELS.map(([channel, label]) => (
        <button
          key={label}
          type="button"
          class="channel"
          aria-pressed={queue.channel.value === channel}
          onClick={() => {
            queue.channel.value = channel;
          }}
        >
          {label}
        </button>
      ))}
    </fieldset>
  );
}

function List({ desk }: { readonly desk: Desk }): JSX.Element {
  const list = useRef<HTMLUListElement>(null);
  const { queue } = desk;
  const cards = queue.shown.value;
  const open = desk.conversation.id.value;
  // One stop for the Tab key: the arrows go on from there.
  const stop = cards?.some(({ id }) => id === open) ? open : cards?.[0]?.id;
  return (
    <div class="cards">
      {cards === null && <p class="nothing">{words.reading}</p>}
      {cards?.length === 0 && <p class="nothing">{words.empty[queue.tab.value]}</p>}
      <ul ref={list} onKeyDown={(event) => walk(event, list.current)}>
        {cards?.map((card) => (
          <CardView key={card.id} card={card} desk={desk} stop={card.id === stop} />
        ))}
      </ul>
      {queue.erased.value.map((erased) => (
        <ErasedView key={erased.id} erased={erased} now={desk.ticker.now.value} />
      ))}
    </div>
  );
}

const STEPS: { readonly [key: string]: (at: number, last: number) => number } = {
  ArrowDown: (at, last) => Math.min(at + 1, last),
  ArrowUp: (at) => Math.max(at - 1, 0),
  Home: () => 0,
  End: (_, last) => last,
};

function walk(event: KeyboardEvent, list: HTMLElement | null): void {
  const step = STEPS[event.key];
  const buttons = [...(list?.querySelectorAll("button") ?? [])];
  const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
  if (step === undefined || at < 0) return;
  event.preventDefault();
  buttons[step(at, buttons.length - 1)]?.focus();
}
