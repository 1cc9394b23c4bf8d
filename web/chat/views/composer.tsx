/** Where the child writes: the field that grows, the way to a person, the notices above it. */

import type { JSX } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import type { Conversation } from "../conversation";
import type { Screen } from "../screen";
import { words } from "../words";
import { PersonIcon, SendIcon } from "./icons";

// The api takes 2,000 characters; the field stops there so that nothing typed is refused.
const LONGEST = 2_000;

export interface ComposerProps {
  readonly conversation: Conversation;
  readonly screen: Screen;
}

export function Composer({ conversation, screen }: ComposerProps): JSX.Element {
  const draft = conversation.draft.value;
  const send = () => {
    conversation.send(draft);
    conversation.draft.value = "";
    screen.notice.value = null;
  };
  const type = (text: string) => {
    conversation.draft.value = text;
    screen.notice.value = null;
    if (text !== "") conversation.typed();
  };
  return (
    <footer class="composer" hidden={screen.panel.value !== null}>
      <Notices conversation={conversation} screen={screen} />
      <Field draft={draft} onType={type} onSend={send} />
    </footer>
  );
}

interface FieldProps {
  readonly draft: string;
  readonly onType: (text: string) => void;
  readonly onSend: () => void;
}

function Field({ draft, onType, onSend }: FieldProps): JSX.Element {
  const field = useRef<HTMLTextAreaElement>(null);
  useLayoutEffect(() => grow(field.current), [draft]);
  const send = (event: Event) => {
    event.preventDefault();
    onSend();
    field.current?.focus();
  };
  return (
    <form class="write" onSubmit={send}>
      <label class="unseen" for="field">
        {words.write}
      </label>
      <textarea
        id="field"
        class="field"
        ref={field}
        rows={1}
        maxLength={LONGEST}
        placeholder={words.writeHere}
        autocomplete="off"
        enterkeyhint="send"
        value={draft}
        onInput={(event) => onType(event.currentTarget.value)}
        onKeyDown={(event) => isSend(event) && send(event)}
      />
      <button type="submit" class="send" aria-label={words.send} disabled={draft.trim() === ""}>
        <SendIcon />
      </button>
    </form>
  );
}

/** Enter sends, Shift and Enter begin a line; Enter that ends an accent or a word being composed does not. */
function isSend(event: KeyboardEvent): boolean {
  return event.key === "Enter" && !event.shiftKey && !event.isComposing;
}

function grow(field: HTMLTextAreaElement | null): void {
  if (field === null) return;
  field.style.height = "auto";
  field.style.height = `${field.scrollHeight + field.offsetHeight - field.clientHeight}px`;
}

function Notices({ conversation, screen }: ComposerProps): JSX.Element {
  const status = conversation.standing.value?.status;
  return (
    <>
      <p class="banner banner-lost" role="status" hidden={!conversation.lost.value}>
        {conversation.lost.value && words.lost}
      </p>
      <p class="banner" role="alert" hidden={screen.notice.value === null}>
        {screen.notice.value}
      </p>
      {status !== "with_counsellor" && (
        <button
          type="button"
          class="ask"
          onClick={() => conversation.askPerson(words.askPersonText)}
        >
          <PersonIcon />
          {words.askPerson}
        </button>
      )}
    </>
  );
}
