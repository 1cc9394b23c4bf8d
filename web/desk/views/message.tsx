/** One message, note or reply on its way, with its voice in words and its time. */

import type { JSX } from "preact";
import { timeOfDay } from "../../shared/hours";
import type { CardMessage, Channel, Note } from "../contract";
import { deliveryWords } from "../delivery-words";
import type { Reply } from "../outgoing";
import { stepWords } from "../step-words";
import { words } from "../words";
import { NoteIcon } from "./icons";

export interface MessageProps {
  readonly message: CardMessage;
  readonly channel: Channel;
  /** Written by whoever sits here. */
  readonly mine: boolean;
}

export function MessageView({ message, channel, mine }: MessageProps): JSX.Element {
  const dropped = message.delivery === "dropped" ? "dropped" : "";
  return (
    <li class={`message from-${message.author} ${dropped}`}>
      <p class="voice">
        <b>{voiceWords(message, mine)}</b>
        {message.steps.length > 0 && ` · ${message.steps.map(stepWords).join(", ")}`}
        <time dateTime={message.created_at}>{timeOfDay(message.created_at)}</time>
      </p>
      {message.text !== "" && <p class="text">{message.text}</p>}
      {message.media_types.length > 0 && <p class="media">{words.media}</p>}
      {message.choices && <Choices choices={message.choices} />}
      <DeliveryView message={message} channel={channel} />
    </li>
  );
}

function Choices({ choices }: { choices: NonNullable<CardMessage["choices"]> }): JSX.Element {
  return (
    <p class="offered">
      <span class="unseen">{words.choices}</span>
      {choices.map(({ label }) => (
        <span key={label}>{label}</span>
      ))}
    </p>
  );
}

function DeliveryView({ message, channel }: Omit<MessageProps, "mine">): JSX.Element | null {
  const shown = deliveryWords(message, channel);
  if (shown === null) return null;
  return <p class={shown.bad ? "delivery delivery-bad" : "delivery"}>{shown.words}</p>;
}

export function NoteView({ note }: { readonly note: Note }): JSX.Element {
  return (
    <li class="note">
      <p class="voice">
        <NoteIcon />
        <b>
          {words.noteOf} · {note.name}
        </b>
        <time dateTime={note.created_at}>{timeOfDay(note.created_at)}</time>
      </p>
      <p class="text">{note.text}</p>
    </li>
  );
}

export function ReplyView({ reply, late }: { reply: Reply; late: boolean }): JSX.Element {
  return (
    <li class="message from-counsellor leaving">
      <p class="voice">
        <b>{words.me}</b>
      </p>
      <p class="text">{reply.text}</p>
      <p class={late ? "delivery delivery-bad" : "delivery"}>{late ? words.late : words.sending}</p>
    </li>
  );
}

function voiceWords({ author, name, by_script }: CardMessage, mine: boolean): string {
  if (author === "minor") return words.child;
  if (author === "bot") return by_script ? words.script : words.program;
  if (author === "system") return words.system;
  return mine ? words.me : (name ?? words.status.with_counsellor);
}
