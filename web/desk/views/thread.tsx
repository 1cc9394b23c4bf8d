/** The thread: who said what and how far it has come, notes between, kept at its end. */

import type { JSX } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { OpenCard } from "../contract";
import type { Desk } from "../desk";
import { dayWords } from "../since";
import { type Item, timeline } from "../timeline";
import { words } from "../words";
import { MessageView, NoteView, ReplyView } from "./message";

export interface ThreadProps {
  readonly desk: Desk;
  readonly card: OpenCard;
}

// Nearer to the end than this (px), the reader is taken to be following.
const NEAR = 80;

export function ThreadView({ desk, card }: ThreadProps): JSX.Element {
  const { id } = card.conversation;
  const replies = desk.outgoing.replies.value.filter(({ conversation }) => conversation === id);
  const writes = desk.typing.conversations.value.has(id);
  const { box, follows, follow, lookBack } = useFollowing([card, replies.length, writes]);
  return (
    <div class="thread-frame">
      <section
        class="thread"
        ref={box}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reached by keyboard
        tabIndex={0}
        aria-label={words.thread}
        onScroll={lookBack}
      >
        <div role="log" aria-live="polite" aria-relevant="additions">
          <ol>
            {timeline(card).map((item) => (
              <ItemView key={keyOf(item)} item={item} desk={desk} card={card} />
            ))}
            {replies.map((reply) => (
              <ReplyView key={reply.clientId} reply={reply} late={desk.outgoing.late.value} />
            ))}
          </ol>
        </div>
        {writes && (
          <p class="writes" aria-hidden="true">
            {words.child} {words.writes}
          </p>
        )}
      </section>
      {!follows && (
        <button type="button" class="button to-end" onClick={() => follow(true)}>
          {words.toEnd}
        </button>
      )}
    </div>
  );
}

function ItemView({ item, desk, card }: ThreadProps & { readonly item: Item }): JSX.Element {
  if (item.is === "day") return <li class="day">{dayWords(item.at, desk.ticker.now.value)}</li>;
  if (item.is === "note") return <NoteView note={item.note} />;
  const mine = item.message.name === desk.session.me.value?.name;
  return <MessageView message={item.message} channel={card.conversation.channel} mine={mine} />;
}

function keyOf(item: Item): string {
  if (item.is === "message") return item.message.id;
  return item.is === "note" ? item.note.id : item.at;
}

/** Stay at the end as the thread grows, unless the reader has scrolled back. */
function useFollowing(changes: readonly unknown[]) {
  const box = useRef<HTMLElement>(null);
  const [follows, setFollows] = useState(true);
  const toEnd = () => box.current?.scrollTo(0, box.current.scrollHeight);
  const follow = (on: boolean) => {
    setFollows(on);
    if (on && !follows) toEnd();
  };
  const following = useRef(follows);
  following.current = follows;
  const size = useRef("");
  const keep = () => {
    size.current = sizeOf(box.current);
    if (following.current) toEnd();
  };
  const lookBack = () => {
    const { scrollHeight = 0, scrollTop = 0, clientHeight = 0 } = box.current ?? {};
    // What moves because there is less room is no reader who looks back.
    if (size.current === sizeOf(box.current))
      follow(scrollHeight - scrollTop - clientHeight < NEAR);
  };
  useLayoutEffect(keep, changes);
  useEffect(() => whenResized(box.current, keep), []);
  return { box, follows, follow, lookBack };
}

function sizeOf(box: HTMLElement | null): string {
  return `${box?.clientWidth} ${box?.clientHeight}`;
}

/** A question above, a keyboard below: the thread has less room, and its end stays in view. */
function whenResized(box: HTMLElement | null, action: () => void): (() => void) | undefined {
  if (box === null || !("ResizeObserver" in window)) return undefined;
  const observer = new ResizeObserver(action);
  observer.observe(box);
  return () => observer.disconnect();
}
