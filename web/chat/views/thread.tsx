/** The thread: bubbles in order, the choices of the last offer, who is typing; kept at its end. */

import type { JSX } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Line, Message } from "../../shared/contract";
import type { Conversation } from "../conversation";
import { sameWords } from "../same-words";
import { highestOfOthers } from "../thread";
import { words } from "../words";
import { EntryView, MessageView } from "./message";

export interface ThreadProps {
  readonly conversation: Conversation;
  readonly lines: readonly Line[];
  /** False while a panel covers the thread. */
  readonly inFront: boolean;
}

// Within this distance of the end (px) the reader is taken to be following.
const NEAR = 96;

export function ThreadView({ conversation, lines, inFront }: ThreadProps): JSX.Element {
  const messages = conversation.messages.value;
  const entries = conversation.outbox.entries.value;
  const { box, atEnd, toEnd, onScroll } = useEnd([
    messages,
    entries,
    conversation.typing.value,
    inFront,
  ]);
  useSeen(conversation, messages, inFront && atEnd);
  const choose = (offer: Message, number: number) => {
    conversation.choose(offer, number);
    // The buttons go away; the focus stays here and no keyboard jumps up.
    box.current?.focus();
  };
  return (
    <div class="thread-frame" hidden={!inFront}>
      <main class="thread" ref={box} tabIndex={-1} onScroll={onScroll} aria-label={words.thread}>
        <Log conversation={conversation} lines={lines} />
        <Choices offer={conversation.offer.value} onChoose={choose} />
        <Typing conversation={conversation} />
      </main>
      {!atEnd && (
        <button type="button" class="button to-end" onClick={toEnd}>
          {words.newBelow}
        </button>
      )}
    </div>
  );
}

function Log({ conversation, lines }: Pick<ThreadProps, "conversation" | "lines">): JSX.Element {
  const messages = conversation.messages.value;
  return (
    <div role="log" aria-live="polite" aria-relevant="additions">
      <ol class="messages">
        {messages.map((message, at) => (
          <MessageView
            key={message.client_id ?? message.seq}
            message={message}
            lines={lines}
            begins={!sameVoice(messages[at - 1], message)}
            ends={!sameVoice(messages[at + 1], message)}
          />
        ))}
        {conversation.outbox.entries.value.map((entry) => (
          <EntryView
            key={entry.clientId}
            entry={entry}
            late={conversation.outbox.late.value}
            onTakeBack={(back) => conversation.takeBack(back)}
          />
        ))}
      </ol>
    </div>
  );
}

function sameVoice(one: Message | undefined, other: Message): boolean {
  return one !== undefined && one.author === other.author && one.name === other.name;
}

interface ChoicesProps {
  readonly offer: Message | null;
  readonly onChoose: (offer: Message, number: number) => void;
}

function Choices({ offer, onChoose }: ChoicesProps): JSX.Element | null {
  if (offer === null) return null;
  return (
    <fieldset class="choices">
      <legend class="unseen">{words.choices}</legend>
      {(offer.choices ?? []).map(({ label }, at) =>
        // The way to a person has its own button, always in the same place.
        sameWords(label, words.askPerson) ? null : (
          <button key={label} type="button" class="choice" onClick={() => onChoose(offer, at + 1)}>
            {label}
          </button>
        ),
      )}
    </fieldset>
  );
}

/** Seen only: a screen reader is told the message itself, not that one is being written. */
function Typing({ conversation }: { conversation: Conversation }): JSX.Element | null {
  const author = conversation.typing.value;
  const opening = conversation.messages.value.length === 0 && !conversation.lost.value;
  if (author === null && !opening) return null;
  const name = conversation.standing.value?.counsellor ?? words.person;
  const text = author === "counsellor" ? `${name} ${words.typingPerson}` : words.typingProgram;
  return (
    <p
      class={`typing ${author === "counsellor" ? "from-counsellor" : "from-bot"}`}
      aria-hidden="true"
    >
      <span class="dots">
        <i />
        <i />
        <i />
      </span>
      {author !== null && text}
    </p>
  );
}

/** Follow the end of the thread, whatever grows or shrinks, unless the reader has scrolled back. */
function useEnd(changes: readonly unknown[]) {
  const box = useRef<HTMLElement>(null);
  const [atEnd, setAtEnd] = useState(true);
  const following = useRef(true);
  const follow = (on: boolean) => {
    following.current = on;
    setAtEnd(on);
  };
  const toEnd = () => {
    box.current?.scrollTo(0, box.current.scrollHeight);
    follow(true);
  };
  const keep = () => {
    if (following.current) toEnd();
  };
  useLayoutEffect(keep, changes);
  useEffect(() => whenResized(box.current, keep), []);
  const onScroll = () => {
    const { scrollTop, scrollHeight, clientHeight } = box.current ?? document.body;
    follow(scrollHeight - scrollTop - clientHeight < NEAR);
  };
  return { box, atEnd, toEnd, onScroll };
}

function whenResized(box: HTMLElement | null, action: () => void): () => void {
  window.addEventListener("resize", action);
  // Safari 13.0 has no observer; there the next message brings the end back into view.
  const observer = "ResizeObserver" in window ? new ResizeObserver(action) : null;
  if (box) observer?.observe(box);
  return () => {
    window.removeEventListener("resize", action);
    observer?.disconnect();
  };
}

/** Acknowledge what is on a screen that somebody looks at; it makes a step "delivered". */
function useSeen(conversation: Conversation, messages: readonly Message[], inView: boolean): void {
  const highest = highestOfOthers(messages);
  useEffect(() => {
    const tell = () => {
      if (inView && highest > 0 && document.visibilityState === "visible") {
        conversation.displayed(highest);
      }
    };
    tell();
    document.addEventListener("visibilitychange", tell);
    return () => document.removeEventListener("visibilitychange", tell);
  }, [conversation, highest, inView]);
}
