/** The open conversation: who it is with, its danger, what was said, and where to answer. */

import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { OpenCard, WholeCard } from "../contract";
import { otherReasons } from "../danger-words";
import type { Desk } from "../desk";
import { isGrave, isMine, movesOf } from "../moves";
import { sinceWords } from "../since";
import { words } from "../words";
import { tagOf } from "./card";
import { Composer } from "./composer";
import { DangerView } from "./danger";
import { Details } from "./details";
import { BackIcon, ChannelIcon } from "./icons";
import { Judge } from "./judge";
import { fits, SIDE_BY_SIDE } from "./media";
import { MoveButtons, type Question, Sure } from "./moves";
import { ThreadView } from "./thread";

export function Pane({ desk }: { readonly desk: Desk }): JSX.Element {
  const { card, gone, sentence } = desk.conversation;
  const box = useRef<HTMLElement>(null);
  useEffect(() => box.current?.focus(), []);
  const leave = (event: KeyboardEvent) => {
    if (event.key === "Escape") toQueue(desk);
  };
  return (
    <main class="pane" ref={box} tabIndex={-1} onKeyDown={leave} aria-label={words.conversation}>
      {gone.value ? <Gone desk={desk} /> : card.value && <Open desk={desk} card={card.value} />}
      {!gone.value && card.value === null && (
        <div class="nothing">
          <BackButton desk={desk} />
          <p role="status">{sentence.value ?? words.reading}</p>
        </div>
      )}
    </main>
  );
}

function Open({ desk, card }: { readonly desk: Desk; readonly card: OpenCard }): JSX.Element {
  const [question, setQuestion] = useState<Question | null>(null);
  const { conversation: whole } = card;
  const moves = movesOf(whole, desk.session.me.value);
  const done = () => setQuestion(null);
  return (
    <>
      <header class="head">
        <BackButton desk={desk} />
        <Title desk={desk} card={whole} />
        <MoveButtons
          moves={moves}
          inDanger={whole.danger !== null}
          onAsk={setQuestion}
          onHeld={() => desk.conversation.warn(words.leavingHeld)}
        />
      </header>
      <DangerView
        danger={whole.danger}
        onJudge={moves.judge ? () => setQuestion("danger") : null}
      />
      <Asked desk={desk} card={whole} question={question} onDone={done} />
      <div class="body">
        <ThreadView desk={desk} card={card} />
        <Details card={whole} now={desk.ticker.now.value} />
      </div>
      <Composer desk={desk} card={card} moves={moves} />
    </>
  );
}

interface AskedProps {
  readonly desk: Desk;
  readonly card: WholeCard;
  readonly question: Question | null;
  readonly onDone: () => void;
}

function Asked({ desk, card, question, onDone }: AskedProps): JSX.Element | null {
  const { conversation } = desk;
  if (question === null) return null;
  if (question !== "danger") {
    const inDanger = isGrave(card.danger);
    return <Sure {...{ question, inDanger, conversation, onDone }} channel={card.channel} />;
  }
  return (
    <Judge
      danger={card.danger}
      busy={conversation.busy.value}
      onJudge={(level, kind) => void conversation.judge(level, kind).then(onDone)}
      onCancel={onDone}
    />
  );
}

function Title({ desk, card }: { readonly desk: Desk; readonly card: WholeCard }): JSX.Element {
  const now = desk.ticker.now.value;
  const holder = isMine(card, desk.session.me.value)
    ? words.mine
    : card.assignee
      ? card.assignee.name
      : words.status[card.status];
  const waits = card.status === "waiting" && card.waiting_since;
  return (
    <div class="title">
      <h2>
        <ChannelIcon channel={card.channel} /> {words[card.channel]}{" "}
        <span class="tag">{tagOf(card.id)}</span> <span class="holder">{holder}</span>
      </h2>
      <p class="facts-line">{lineOf(card, waits ? sinceWords(waits, now) : null).join(" · ")}</p>
    </div>
  );
}

function lineOf(card: WholeCard, waits: string | null): readonly string[] {
  return [
    ...(waits === null ? [] : [`${words.waits} ${waits}`]),
    ...otherReasons(card.why, card.danger),
    ...(card.crisis ? [words.crisis] : []),
    ...(card.previous > 0 ? [previousWords(card.previous)] : []),
  ];
}

function previousWords(previous: number): string {
  return `${previous} conversation${previous > 1 ? "s" : ""} ${words.previous}`;
}

function Gone({ desk }: { readonly desk: Desk }): JSX.Element {
  return (
    <div class="nothing">
      <BackButton desk={desk} />
      <p role="alert">
        <b>{words.gone}</b> {words.goneWhy}
      </p>
    </div>
  );
}

function BackButton({ desk }: { readonly desk: Desk }): JSX.Element {
  return (
    <button type="button" class="quiet back" onClick={() => toQueue(desk)}>
      <BackIcon /> {words.back}
    </button>
  );
}

const FRONT_TAB = '.tab[aria-pressed="true"]';

/** Where both are side by side the conversation stays; on a phone the queue comes back. */
function toQueue(desk: Desk): void {
  const id = desk.conversation.id.value;
  if (!fits(SIDE_BY_SIDE)) desk.back();
  // After the queue is there again. The tab in front need not list the conversation any more.
  setTimeout(() => {
    const place = document.getElementById(`card-${id}`) ?? document.querySelector(FRONT_TAB);
    if (place instanceof HTMLElement) place.focus();
  }, 0);
}
