/**
 * What stands in the thread, in its order: days, messages by `seq`, and notes between them by time.
 * Pure. Not for: how any of it looks.
 */

import type { CardMessage, Note, OpenCard } from "./contract";

export type Item =
  | { readonly is: "day"; readonly at: string }
  | { readonly is: "message"; readonly message: CardMessage }
  | { readonly is: "note"; readonly note: Note };

export function timeline({
  messages,
  notes,
}: Pick<OpenCard, "messages" | "notes">): readonly Item[] {
  const said = [...messages].sort((one, other) => one.seq - other.seq);
  const kept = [...notes].sort((one, other) => timeOf(one.created_at) - timeOf(other.created_at));
  const items: Item[] = [];
  for (const message of said) {
    while (kept[0] && timeOf(kept[0].created_at) < timeOf(message.created_at)) {
      items.push({ is: "note", note: kept.shift() as Note });
    }
    items.push({ is: "message", message });
  }
  return withDays([...items, ...kept.map((note): Item => ({ is: "note", note }))]);
}

function withDays(items: readonly Item[]): readonly Item[] {
  let day = "";
  return items.flatMap((item) => {
    const at = momentOf(item);
    const own = new Date(at).toDateString();
    if (own === day) return [item];
    day = own;
    return [{ is: "day", at } as const, item];
  });
}

function momentOf(item: Item): string {
  if (item.is === "message") return item.message.created_at;
  return item.is === "note" ? item.note.created_at : item.at;
}

function timeOf(iso: string): number {
  return Date.parse(iso);
}
