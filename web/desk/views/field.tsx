/** The field that grows. Enter sends, with or without Ctrl; Shift and Enter begin a line. */

import type { JSX } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import type { DraftKind } from "../drafts";
import { words } from "../words";
import { NoteIcon, SendIcon } from "./icons";

// The api takes 2,000 characters; the field stops there so that nothing typed is refused.
const LONGEST = 2_000;

const KINDS = {
  reply: { label: words.replyField, here: words.replyHere, button: words.send },
  note: { label: words.noteField, here: words.noteHere, button: words.keep },
} as const;

export interface FieldProps {
  readonly kind: DraftKind;
  readonly draft: string;
  readonly onType: (text: string) => void;
  readonly onSend: () => void;
}

export function Field({ kind, draft, onType, onSend }: FieldProps): JSX.Element {
  const field = useRef<HTMLTextAreaElement>(null);
  const { label, here, button } = KINDS[kind];
  useLayoutEffect(() => {
    // On a phone the keyboard would cover the thread before it has been read.
    if (window.matchMedia("(hover: hover)").matches) field.current?.focus();
  }, []);
  useLayoutEffect(() => grow(field.current), [draft]);
  const send = (event: Event) => {
    event.preventDefault();
    onSend();
    field.current?.focus();
  };
  return (
    <form class="write" onSubmit={send}>
      <textarea
        ref={field}
        class="field"
        rows={2}
        maxLength={LONGEST}
        aria-label={label}
        placeholder={here}
        title={words.sendKeys}
        autocomplete="off"
        value={draft}
        onInput={(event) => onType(event.currentTarget.value)}
        onKeyDown={(event) => isSend(event) && send(event)}
      />
      <button type="submit" class="button button-main" disabled={draft.trim() === ""}>
        {kind === "note" ? <NoteIcon /> : <SendIcon />}
        <span class="label">{button}</span>
      </button>
    </form>
  );
}

/** Enter that ends an accent or a word being composed is no sending. */
function isSend(event: KeyboardEvent): boolean {
  return event.key === "Enter" && !event.shiftKey && !event.isComposing;
}

function grow(field: HTMLTextAreaElement | null): void {
  if (field === null) return;
  field.style.height = "auto";
  field.style.height = `${field.scrollHeight + field.offsetHeight - field.clientHeight}px`;
}
