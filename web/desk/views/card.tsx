/** One conversation in the queue: danger first, why a person is asked for, how long it has waited. */

import type { JSX } from "preact";
import { timeOfDay } from "../../shared/hours";
import type { Card, Erased } from "../contract";
import { dangerWords, kindWords, otherReasons } from "../danger-words";
import type { Desk } from "../desk";
import { deadlineWords } from "../fact-words";
import { isMine } from "../moves";
import { sinceWords } from "../since";
import { words } from "../words";
import { LevelBadge } from "./danger";
import { ChannelIcon } from "./icons";

export interface CardProps {
  readonly card: Card;
  readonly desk: Desk;
  /** Whether the Tab key stops here. */
  readonly stop: boolean;
}

export function CardView({ card, desk, stop }: CardProps): JSX.Element {
  const now = desk.ticker.now.value;
  const level = card.danger?.level ?? "none";
  const deadline = deadlineWords(card.facts, now);
  return (
    <li>
      <button
        type="button"
        id={`card-${card.id}`}
        class={`card level-${level}`}
        tabIndex={stop ? 0 : -1}
        aria-current={desk.conversation.id.value === card.id ? "true" : undefined}
        onClick={() => desk.select(card.id)}
      >
        {card.danger && (
          <span class="card-danger">
            <LevelBadge level={card.danger.level} /> <b>{dangerWords(card.danger)}</b>
          </span>
        )}
        <span class="card-line">
          <ChannelIcon channel={card.channel} /> {words[card.channel]}
          <span class="tag">{tagOf(card.id)}</span>
          <Since card={card} now={now} />
        </span>
        <Why card={card} />
        {deadline && <span class="deadline">Ultimatum {deadline}</span>}
        <Marks card={card} desk={desk} />
      </button>
    </li>
  );
}

function Why({ card }: { readonly card: Card }): JSX.Element | null {
  const reasons = otherReasons(card.why, card.danger);
  return reasons.length === 0 ? null : <span class="why">{reasons.join(" · ")}</span>;
}

function Marks({ card, desk }: Pick<CardProps, "card" | "desk">): JSX.Element {
  const { assignee } = card;
  const begun = desk.drafts.read(card.id, "reply") || desk.drafts.read(card.id, "note");
  return (
    <span class="marks">
      {isMine(card, desk.session.me.value) ? (
        <span class="mark mark-mine">{words.mine}</span>
      ) : (
        assignee && <span class="mark">{assignee.name}</span>
      )}
      {desk.queue.tab.value === "all" && <span class="mark">{words.status[card.status]}</span>}
      {card.muted && <span class="mark">{words.muted}</span>}
      {begun !== "" && <span class="mark">{words.draft}</span>}
      {desk.typing.conversations.value.has(card.id) && <span class="mark">{words.writes}</span>}
    </span>
  );
}

/** Erased while in danger: nothing to open, but somebody should know. */
export function ErasedView({ erased, now }: { erased: Erased; now: number }): JSX.Element {
  return (
    <div class={`card erased level-${erased.level}`}>
      <span class="card-danger">
        <LevelBadge level={erased.level} /> <b>{kindWords(erased.kind)}</b>
      </span>
      <span class="card-line">
        <ChannelIcon channel={erased.channel} /> {words[erased.channel]}
        <span class="since">
          {words.erasedAt} {sinceWords(erased.erased_at, now)}
        </span>
      </span>
      <span class="why">
        {words.erased}. {words.openedAt} {timeOfDay(erased.opened_at)}.
      </span>
    </div>
  );
}

/** Four signs by which two counsellors can speak of the same conversation. */
export function tagOf(id: string): string {
  return id.slice(0, 4).toUpperCase();
}

function Since({ card, now }: { readonly card: Card; readonly now: number }): JSX.Element {
  if (card.status === "waiting" && card.waiting_since !== null) {
    return (
      <span class="since">
        {words.waits} {sinceWords(card.waiting_since, now)}
      </span>
    );
  }
  return (
    <span class="since">
      <span class="unseen">{words.lastWord}</span> {words.ago} {sinceWords(card.last_at, now)}
    </span>
  );
}
