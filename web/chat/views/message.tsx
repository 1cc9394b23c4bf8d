/** One message as a bubble: whose voice it is, what it says, when. */

import type { JSX } from "preact";
import type { Line, Message } from "../../shared/contract";
import { timeOfDay } from "../../shared/hours";
import { addressOf, withNumbers } from "../numbers";
import type { Entry } from "../outbox";
import { words } from "../words";
import { PersonIcon, ProgramIcon } from "./icons";

export interface MessageProps {
  readonly message: Message;
  readonly lines: readonly Line[];
  /** Whether this begins, or ends, a run of messages of the same voice. */
  readonly begins: boolean;
  readonly ends: boolean;
}

export function voiceOf(message: Message): string {
  if (message.author === "minor") return words.you;
  if (message.author === "counsellor") return message.name ?? words.person;
  return message.author === "bot" ? words.program : words.system;
}

export function MessageView({ message, lines, begins, ends }: MessageProps): JSX.Element {
  const own = message.author === "minor";
  return (
    <li class={`message from-${message.author}`}>
      {begins && !own && message.author !== "system" ? (
        <Voice message={message} />
      ) : (
        <span class="unseen">{voiceOf(message)} : </span>
      )}
      <p class="bubble">{own ? message.text : <Said text={message.text} lines={lines} />}</p>
      {ends && message.author !== "system" && (
        <time class="when" dateTime={message.created_at}>
          {timeOfDay(message.created_at)}
        </time>
      )}
    </li>
  );
}

function Voice({ message }: { message: Message }): JSX.Element {
  const person = message.author === "counsellor";
  return (
    <p class="voice">
      <span class="badge">{person ? <PersonIcon /> : <ProgramIcon />}</span>
      <span>{voiceOf(message)}</span>
      {person && message.name !== null && <span class="role">{words.person}</span>}
      <span class="unseen"> : </span>
    </p>
  );
}

function Said({ text, lines }: { text: string; lines: readonly Line[] }): JSX.Element {
  return (
    <>
      {withNumbers(unbroken(text), lines).map((part) =>
        typeof part === "string" ? part : <a href={addressOf(part.line)}>{part.text}</a>,
      )}
    </>
  );
}

/** A French sign never begins a line: the space before it does not break. */
function unbroken(text: string): string {
  return text.replace(/ ([:;?!\u00bb])/g, "\u00a0$1");
}

export interface EntryProps {
  readonly entry: Entry;
  readonly late: boolean;
  readonly onTakeBack: (entry: Entry) => void;
}

/** What the child has said and has not been stored yet. */
export function EntryView({ entry, late, onTakeBack }: EntryProps): JSX.Element {
  return (
    <li class={`message from-minor ${entry.refused === null ? "leaving" : "refused"}`}>
      <span class="unseen">{words.you} : </span>
      <p class="bubble">{entry.text}</p>
      {entry.refused === null ? (
        <p class="when">{late ? words.late : words.sending}</p>
      ) : (
        <p class="refusal" role="alert">
          {entry.refused}{" "}
          <button type="button" class="button" onClick={() => onTakeBack(entry)}>
            {words.takeBack}
          </button>
        </p>
      )}
    </li>
  );
}
