/** Cards, messages and notes as the api makes them. */

import type {
  Card,
  CardMessage,
  Danger,
  Level,
  Myself,
  Note,
  OpenCard,
  WholeCard,
} from "../../desk/contract";

export const CAMILLE: Myself = {
  ...{ id: "staff-camille", name: "Camille" },
  ...{ email: "camille@relais.example", role: "counsellor" },
};
export const MALIK = { id: "staff-malik", name: "Malik" };
export const ME = { id: "staff-camille", name: "Camille" };

export function danger(level: Level, more: Partial<Danger> = {}): Danger {
  return {
    ...{ kind: "danger_suicide", level, subject: "self" },
    ...{ words: "jveux mourir", seen_by: "phrases" },
    ...more,
  };
}

export function card(id: string, more: Partial<Card> = {}): Card {
  return {
    ...{ id, channel: "web", status: "waiting", reasons: ["asked"], danger: null },
    ...{ facts: {}, steps: {}, assignee: null, muted: false },
    ...{ waiting_since: "2026-11-24T02:00:00Z", last_at: "2026-11-24T02:05:00Z" },
    why: ["Une personne a été demandée"],
    ...more,
  };
}

export function held(id: string, by: { id: string; name: string }, more: Partial<Card> = {}): Card {
  return card(id, { status: "with_counsellor", assignee: by, waiting_since: null, ...more });
}

export function message(seq: number, more: Partial<CardMessage> = {}): CardMessage {
  return {
    ...{ seq, id: `message-${seq}`, revision: seq, author: "minor", name: null },
    ...{ text: `message ${seq}`, choices: null, steps: [], delivery: null, error_code: null },
    ...{ media_types: [], by_script: false },
    created_at: `2026-11-24T02:0${seq}:00Z`,
    ...more,
  };
}

export function note(id: string, created_at: string): Note {
  return { id, name: "Camille", text: `note ${id}`, created_at };
}

interface Parts {
  readonly revision?: number;
  readonly card?: Partial<WholeCard>;
  readonly messages?: readonly CardMessage[];
  readonly notes?: readonly Note[];
}

export function openCard(id: string, { revision = 1, ...parts }: Parts = {}): OpenCard {
  return {
    conversation: { ...card(id), crisis: false, previous: 0, revision, ...parts.card },
    messages: parts.messages ?? [message(1)],
    notes: parts.notes ?? [],
  };
}
