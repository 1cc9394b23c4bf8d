/**
 * The shapes that the api and the pages exchange about a conversation.
 *
 * They follow the contract of the child's HTTP API; a field the api may leave out is optional here.
 * Not for: what a page keeps for itself (its outbox, its drafts).
 */

export type Author = "minor" | "bot" | "counsellor" | "system";
export type Delivery = "pending" | "sent" | "delivered" | "failed" | "dropped";
export type Status = "with_bot" | "waiting" | "with_counsellor" | "closed";
export type StepState = "pending" | "sent" | "delivered" | "done" | "refused" | "cannot";
export type Steps = { readonly [step: string]: StepState };

export interface Choice {
  readonly label: string;
}

export interface Message {
  readonly seq: number;
  /** Missing where the api gives no revision (a plain read); then it never replaces a known one. */
  readonly revision?: number;
  readonly author: Author;
  /** The first name of a person; null for any other voice. */
  readonly name: string | null;
  readonly text: string;
  readonly choices: readonly Choice[] | null;
  readonly step: string | null;
  readonly delivery: Delivery;
  /** ISO 8601 with offset. */
  readonly created_at: string;
  /** On the child's own messages only: what the page called it when sending. */
  readonly client_id?: string | null;
}

export interface Waiting {
  /** How many conversations are before this one. */
  readonly ahead: number | null;
  /** When the desk opens, ISO 8601; null while it is open or when nobody knows. */
  readonly opens_at: string | null;
}

export interface Standing {
  readonly status: Status;
  readonly steps: Steps;
  readonly waiting: Waiting | null;
  /** First name of the counsellor who holds the conversation. */
  readonly counsellor?: string | null;
}

export interface Thread extends Standing {
  readonly messages: readonly Message[];
}

/** What opens a conversation again: kept by the page only as long as the tab. */
export interface Access {
  readonly id: string;
  readonly token: string;
  readonly resume_code: string;
}

export interface Line {
  readonly id: string;
  readonly number: string;
  readonly label: string;
  readonly open: boolean;
  readonly kind: "tel" | "sms";
}

export interface Helpline {
  readonly name: string;
  readonly lines: readonly Line[];
  /** The neutral site that the quick exit goes to. */
  readonly exit_url: string;
  readonly desk: { readonly open: boolean; readonly opens_at: string | null };
}
