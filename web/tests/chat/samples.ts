/** Messages, standings and entries as the api and the page make them. */

import type { Entry } from "../../chat/outbox";
import type { Access, Message, Standing } from "../../shared/contract";

export const ACCESS: Access = {
  id: "0b9f8f0e-6f0c-4d43-9d0e-7d7f5a3c2b1a",
  token: "secret-token",
  resume_code: "K7QX4M2P",
};

export function message(seq: number, more: Partial<Message> = {}): Message {
  return {
    ...{
      seq,
      revision: seq,
      author: "bot",
      name: null,
      text: `message ${seq}`,
      choices: null,
      step: null,
    },
    ...{ delivery: "sent", created_at: "2026-11-24T02:10:00Z" },
    ...more,
  };
}

export function offering(seq: number, ...labels: string[]): Message {
  return message(seq, { choices: labels.map((label) => ({ label })) });
}

export function standing(more: Partial<Standing> = {}): Standing {
  return { status: "with_bot", steps: {}, waiting: null, counsellor: null, ...more };
}

export function entry(clientId: string, more: Partial<Entry> = {}): Entry {
  return { clientId, text: `text ${clientId}`, choice: null, refused: null, ...more };
}

/** Session storage of one tab. */
export class TabStorage implements Storage {
  private readonly items = new Map<string, string>();
  get length(): number {
    return this.items.size;
  }
  clear(): void {
    this.items.clear();
  }
  getItem(key: string): string | null {
    return this.items.get(key) ?? null;
  }
  key(at: number): string | null {
    return [...this.items.keys()][at] ?? null;
  }
  removeItem(key: string): void {
    this.items.delete(key);
  }
  setItem(key: string, value: string): void {
    this.items.set(key, value);
  }
}
