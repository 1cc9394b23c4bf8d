/**
 * What a counsellor has begun to write, for each conversation apart: a reply and a note.
 *
 * In memory and nowhere else: a child's matter never stays on a disk. Not for: what was sent.
 */

import { signal } from "@preact/signals";

export type DraftKind = "reply" | "note";

export class Drafts {
  private readonly texts = signal<ReadonlyMap<string, string>>(new Map());

  read(conversation: string, kind: DraftKind): string {
    return this.texts.value.get(keyOf(conversation, kind)) ?? "";
  }

  write(conversation: string, kind: DraftKind, text: string): void {
    const texts = new Map(this.texts.value);
    if (text === "") texts.delete(keyOf(conversation, kind));
    else texts.set(keyOf(conversation, kind), text);
    this.texts.value = texts;
  }

  /** A text that could not leave stands before what was begun since. */
  putBack(conversation: string, kind: DraftKind, text: string): void {
    const begun = this.read(conversation, kind);
    this.write(conversation, kind, begun === "" ? text : `${text}\n${begun}`);
  }

  /** The conversation is gone, and what was to be said in it. */
  drop(conversation: string): void {
    this.write(conversation, "reply", "");
    this.write(conversation, "note", "");
  }

  forget(): void {
    this.texts.value = new Map();
  }
}

function keyOf(conversation: string, kind: DraftKind): string {
  return `${kind} ${conversation}`;
}
